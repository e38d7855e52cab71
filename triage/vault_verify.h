/*
 * vault_verify.h - are the files of CASE/vault those that the case names, byte for byte?
 */
#ifndef VAULT_VERIFY_H
#define VAULT_VERIFY_H
#include "case.h"

struct vault_checked {
	int64_t files;  /* compared and right */
	int64_t closed; /* not compared: the vault is not sealed to the one who acts */
};

/* Tells bad each file that is missing, changed, or not one of the case's. */
int vault_verify(struct case_db *c, void (*bad)(void *user, const char *what), void *user,
		 struct vault_checked *ret, struct err *err);
#endif
