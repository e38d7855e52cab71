/*
 * given_file.h - open a file that the user named: a list or a rule pack.
 */
#ifndef GIVEN_FILE_H
#define GIVEN_FILE_H
#include "base/err.h"
#include <stdint.h>

/* A descriptor to be closed, and the size in bytes. Only a regular file: a pipe, socket or device
 * is refused (E_USER) without being opened, so that none can hold the program. what: "the CSV file
 * of the deal lines", for the message. */
int given_file_open(const char *path, const char *what, int *ret_fd, uint64_t *ret_size,
		    struct err *err);
#endif
