/*
 * folder_list.h - everything in a folder, in order of bytes; and its removal.
 */
#ifndef FOLDER_LIST_H
#define FOLDER_LIST_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct folder_entry {
	char *path; /* below the folder, parts separated by '/' */
	bool folder;
	uint64_t size;
};

struct folder_list {
	struct folder_entry *entry;
	size_t n, cap;
};

/* A folder stands before what is in it. Links, devices, and more than depth folders inside each
 * other are E_REFUSED. From { 0 }; free it also on failure. */
int folder_list(struct folder_list *ret, const char *folder, int depth, struct err *err);
void folder_list_free(struct folder_list *l);

/* Remove the folder with all that is in it; links are not followed. Not being there is no error. */
int folder_remove(const char *folder, struct err *err);
/* The name itself reaches the disk: sync the folder that holds path. */
int folder_sync_parent(const char *path, struct err *err);
#endif
