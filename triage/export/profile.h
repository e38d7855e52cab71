/*
 * profile.h - what a recipient may have, as data (profiles.list): a list of fields, and whether
 * third parties stand as tokens. Nothing is written that profile_allows() does not allow.
 */
#ifndef PROFILE_H
#define PROFILE_H
#include <stdbool.h>
#include <stddef.h>

struct profile {
	const char *name, *who;
	bool tokens;  /* third parties as T01, T02 ... */
	bool grades;  /* may bear grade and status of a line, if the handling code allows */
	bool machine; /* CASE/UCO JSON-LD and i2 CSV, too */
	const char *fields;
};

const struct profile *profile_find(const char *name); /* NULL: none */
const struct profile *profile_at(size_t i);           /* NULL past the last */
/* field: "record.text". */
bool profile_allows(const struct profile *p, const char *field);
#endif
