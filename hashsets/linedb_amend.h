/*
 * linedb_amend.h - changes by hand to what is there: each makes a proposal.
 */
#ifndef LINEDB_AMEND_H
#define LINEDB_AMEND_H
#include "linedb_change.h"

struct linedb_field {
	const char
		*name; /* a column; of an assertion: from, to, status, grade, role, review_by ... */
	const char *value; /* "-" empties it */
};

/* id: of the assertion. E_USER: a value that will not do. */
int linedb_amend_assertion(struct linedb *d, int64_t id, const struct linedb_field *f, size_t n,
			   const char *why, int64_t *ret_proposal, struct err *err);
/* Columns of a line (status, area, areas, drugs, ocg, unit, contact, warning, ddtro, ddtro_on,
 * holder), and what is added to it: brand (a further name), fact, assessment (notes), template (a
 * text it sends: only hashes of it are kept), takeover (the name of the line that runs it now). */
int linedb_amend_line(struct linedb *d, int64_t id, const struct linedb_field *f, size_t n,
		      const char *why, int64_t *ret_proposal, struct err *err);

/* A row of table link, in a proposal that is open. */
int linedb_link(struct linedb *d, int64_t proposal, int64_t line, int64_t other, const char *kind,
		const char *evidence, struct err *err);

/* The line of this name, spelling of a name, or uuid. E_ABSENT. */
int linedb_find_line(struct linedb *d, const char *name, int64_t *ret, struct err *err);

/* Hashes of five words at a time, sorted; at most LINEDB_SHINGLES. Numbers in the text count as
 * one word each, whatever they are. Gives how many. */
#define LINEDB_SHINGLES 400
size_t linedb_shingles(span text, uint64_t ret[static LINEDB_SHINGLES]);
/* Per mille of those of the smaller that the other has too. */
int linedb_likeness(const uint64_t *a, size_t a_n, const uint64_t *b, size_t b_n);
#endif
