/*
 * vault_verify.h - are the files of CASE/vault those that the case names, byte for byte?
 */
#ifndef VAULT_VERIFY_H
#define VAULT_VERIFY_H
#include "case.h"

/* Tells bad each file that is missing, changed, or not one of the case's. *ret_files: how many were
 * compared and right. */
int vault_verify(struct case_db *c, void (*bad)(void *user, const char *what), void *user,
		 int64_t *ret_files, struct err *err);
#endif
