/*
 * source_verify.h - is a source that was read in place still the one that was read?
 */
#ifndef SOURCE_VERIFY_H
#define SOURCE_VERIFY_H
#include "case.h"
#include "evidence.h"

struct source_checked {
	int64_t exhibit; /* that path was compared with */
	char label[256];
	int64_t same, changed, missing, added; /* files, side files too */
};

/* Hash the folder or file at path again and compare it with the exhibit that it fits best; of
 * options, passwords and progress count. Tells
 * bad each file that is changed, missing or new. 0: all are as they were; E_FORMAT: not;
 * E_ABSENT: no exhibit was read in place, or path is not there; E_USER: path is an archive. */
int source_verify(struct case_db *c, const char *path, const struct source_options *options,
		  void (*bad)(void *user, const char *what), void *user, struct source_checked *ret,
		  struct err *err);
#endif
