/*
 * want.h - which paths of a source are wanted, and by whom: the parsers' globs and the message
 * stores of apps.list, ready to be asked once for every file of a phone.
 */
#ifndef WANT_H
#define WANT_H
#include "apps.h"

#define WANT_PARSERS 4 /* that may claim one path */

struct want {
	const struct parser *parser[WANT_PARSERS];
	size_t parsers;
	const struct app *store; /* its main message store; only when no parser claims the path */
	const struct parser *outside; /* claims it, but gives nothing that is in scope */
};

/* The ends of the side files of a database, in the order of evidence_file.side. */
enum want_side { SIDE_WAL, SIDE_JOURNAL, SIDE_SHM, SIDES };
extern const char *const want_side_ends[SIDES];

/* A backup file whose name is known without the backup's own list: SHA-1 of "Domain-path". */
struct want_exact {
	unsigned char id[20];
	const char *path; /* "HomeDomain/Library/SMS/sms.db" */
	int side;         /* -1: the file itself, or a SIDE_ of it */
};

struct wants;

/* parsers is NULL-terminated and outlives wants. kinds: KIND_BIT()s in scope, 0: all. */
int wants_new(struct wants **ret, const struct parser *const *parsers, unsigned kinds,
	      struct err *err);
void wants_free(struct wants *w); /* NULL is legal */

/* Does p give anything that is in scope? */
bool want_in_scope(const struct wants *w, const struct parser *p);
/* True if the path is claimed, in scope or not, or is a message store. Tried as it is and with a
 * '/' before it, so that "* /sms.db" (without the blank) also finds a bare "sms.db". */
bool want_path(const struct wants *w, span path, struct want *ret);
/* True if path is a side file of a path for which want_path is true: *ret_main is that path. */
bool want_side(span path, span *ret_main, enum want_side *ret_side);

/* The exact backup paths with their side files, ordered by id. */
size_t want_exacts(const struct wants *w);
const struct want_exact *want_exact_at(const struct wants *w, size_t i);
/* By the file's name; NULL if it is none of them. */
const struct want_exact *want_exact_find(const struct wants *w, const unsigned char id[static 20]);
/* SHA-1 of "domain-path" as a backup names its files. */
bool want_backup_id(span domain, span path, unsigned char id[static 20]);
/* 40 hex digits, either case, and nothing else. */
bool want_hex_id(span name, unsigned char id[static 20]);

/* All parsers, for offering a file by its content. */
const struct parser *const *wants_parsers(const struct wants *w);
/* A parser for databases has no .run. */
static inline bool want_database(const struct parser *p)
{
	return !p->run;
}
#endif
