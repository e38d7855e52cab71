/*
 * case_verify.h - is a case what its log says?
 *
 * Checks the log's chain and signatures, every table against its last digest, the decisions, the
 * database's own structure, and the files of the vault. Without a head from outside the answer is
 * at most "internally consistent": whoever can write the folder could have written all of it anew.
 */
#ifndef CASE_VERIFY_H
#define CASE_VERIFY_H
#include "case.h"
#include "trust.h"

struct verify_result {
	int64_t entries;      /* of the log */
	int64_t head_seq;     /* entry that --head names, 0: none was given */
	int64_t vault_files;  /* compared with their SHA-256 */
	int64_t vault_closed; /* not compared: they are encrypted to others than the one who acts */
	bool trusted;         /* every signer is a person of the trust store */
	char head[65];
};

/* Told each thing that is wrong: what, in plain words. */
typedef void verify_bad_fn(void *user, const char *what);

/* 0: all is as the log says; E_FORMAT: something is not (told to bad); else an error. head: 64 hex
 * digits from paper, or NULL. t: NULL where there is none. */
int case_verify(struct case_db *c, const char *head, const struct trust *t, verify_bad_fn *bad,
		void *user, struct verify_result *ret, struct err *err);
/* The log and what people decided, without the child's data: quick enough for every command. 0, or
 * E_FORMAT with the first thing that is wrong. */
int case_verify_decisions(struct case_db *c, struct err *err);
#endif
