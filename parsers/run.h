/*
 * run.h - one parser on one database: what parser.c, rows*.c and address.c share. Not for parsers.
 */
#ifndef RUN_H
#define RUN_H
#include "base/buf.h"
#include "members.h"
#include "parser.h"

/* Records of one row; see row_again. */
#define PARTS_PER_ROW 100000
/* Bounds on what one row may bring; each, when reached, is a WARN_LIMIT on that row. */
#define SIDES_PER_ROW 2048 /* handles from side queries */
#define IDS_PER_RECORD 512 /* identifiers of a contact or account */
#define ATTACHMENTS_PER_ROW 256
#define TEXT_PARTS_BYTES (16u << 20) /* text put together from side queries */

struct run {
	const struct parser *parser;
	sqlite3 *db;
	span path;
	const struct sink *sink;
	struct err *err;
	struct members *members;
	uint64_t place, again;  /* of a row that holds several records */
	struct members *people; /* account number -> who it is; of .decode hooks */
	struct buf noted;       /* what is absent and was told, each ended by a newline */
	int stop; /* the whole run ends with this: the sink's answer, or no memory or steps left */
	bool members_told; /* that there are too many */

	/* Of the row at hand. */
	bool arena_used;
	bool limit_told; /* one WARN_LIMIT a row is enough */
	bool side_from_given;
	struct arena *arena;
	struct party side_from;
	struct party *to; /* room for MEMBERS_PER_THREAD + SIDES_PER_ROW + 2 */
	size_t to_n;
	size_t side_to_n; /* how many of them side queries gave */
	struct contact_id *ids;
	size_t ids_n;
	struct attachment *attachments;
	size_t attachments_n;
	struct buf text;
	char time_text[32];
};

/* Tell the sink; remembers in run->stop that it wants to end. 0 or run->stop. */
int run_warn(struct run *run, enum warning kind, const char *table, int64_t row,
	     const char *detail);

/* "column X absent", once a file: a schema_absent for run. */
int run_note_absent(void *run, span table, span column);

/* Run q, whose need is there. 0, run->stop, or the E_* of err. */
int rows_run(struct run *run, const struct query *q);

/* Who sent r to whom: from r->direction, the row's own words, side queries and members. */
struct row_handles {
	span peer, peer_name, owner;
};
void address(struct run *run, struct row_handles *h, struct record *r);
#endif
