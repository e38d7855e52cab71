/*
 * rows_inside.h - what the parts of reading a query share: the walk over its rows (rows.c), what a
 * row says (rows_values.c), queries beside it (rows_sides.c), what is behind damage (rows_damage.c)
 * and the doors of a parser's hooks (rows_doors.c, declared in parser.h). Nobody else includes it.
 */
#ifndef ROWS_INSIDE_H
#define ROWS_INSIDE_H
#include "run.h"
#include "statement.h"

#define SIDE_MAX (sizeof((struct query *)0)->side / sizeof(char *))
#define ALONG_MAX (sizeof((struct query *)0)->along / sizeof(char *))

/* A query that is read in step with the main one, both in order of row. */
struct along {
	struct statement s;
	bool live; /* stands on a row, of this key */
	bool used; /* and a record took what it says */
	bool many; /* has aliases of a side query: all rows of one key count */
	int64_t key;
	int rewinds;
};

struct cursor {
	const struct query *q;
	struct statement main, side[SIDE_MAX];
	struct along along[ALONG_MAX];
	size_t sides, alongs;
	bool along_many; /* one of them is */

	/* Contacts and accounts: rows that follow each other with one key are one record. */
	bool merge;
	bool begun;   /* pending is being merged */
	bool dropped; /* the hook said that pending is no record */
	struct record pending;

	uint64_t rows;
	int64_t last;    /* key of the row read last */
	bool descending; /* keys went down: reading cannot go on behind a gap */
	bool disorder_told;
	bool after; /* the statement takes "row > ?1" */
	int gaps;
	int failed; /* reading broke off with this */
};

struct row {
	struct run *run;
	struct cursor *cursor;
	int64_t key;
	struct row_handles *handles; /* of a .decode hook */
};

/* E_NOMEM, which ends the run. */
int rows_nomem(struct run *run);
/* A copy that lives as long as the row; without bytes as it came. */
span rows_keep(struct run *run, span s);
/* What the app stores, without what it adds of its own. */
span rows_bare(span raw, handle_fn *strip);
void rows_take_time(struct row *row, struct record *r);
void rows_take_duration(struct row *row, struct record *r);
/* What the row refers to and is not there, as the query words it. */
void rows_tell_lost(const struct row *row, struct statement *s);
/* What the main row, or one read along with it, says: each field that r still lacks. */
void rows_fill(struct statement *s, const struct query *q, struct record *r, struct row_handles *h);

/* What the queries read along with the main one say of the row at hand. */
void rows_along(struct row *row, struct record *r, struct row_handles *h);
/* What side queries say of it: 0, or run->stop. */
int rows_sides(struct row *row, struct record *r);
/* 0, 1 = no more of these (told once a row), or run->stop. */
int rows_keep_ident(const struct row *row, span raw, span label);
int rows_add_ident(struct row *row, struct statement *s);
int rows_add_attachment(const struct row *row, span name, span type);

/* Nothing more can be read after this code of SQLite, of any table. */
bool rows_over(int rc);
/* It is a row, or the end. */
bool rows_readable(int rc);
/* After a step gave the error rc: what it gives next behind the damage, or rc. */
int rows_go_on(struct run *run, struct cursor *c, int rc);
#endif
