/*
 * parser.h - what a parser is, and the loop that runs one.
 *
 * A parser is one `const struct parser parser_<name>` in one file, named once in parsers.list.
 * For a database it is data: which file, which tables, and SELECTs whose column aliases are record
 * field names. Code is needed only where SQL cannot say it (.row hook) or where the file is not a
 * database (.run). A parser never sees another parser, opens no file and prints nothing.
 *
 * To add one: parsers/template.c says it step by step.
 *
 * Column aliases that a query may give (bound by name; unknown ones are for the .row hook):
 *   row          INTEGER, needed: key of the row in .table. Rows of one contact query that follow
 *                each other with the same row are one record.
 *   kind         'message' | 'call' | 'reaction' | 'system' ...: overrides query.kind
 *   time         in query.unit
 *   duration     seconds, INTEGER or REAL
 *   sent         1 = out, 0 = in, NULL or anything else = unknown
 *   peer         handle of the other person: `from` if in, `to` if out. If NULL the person is
 *                unknown: never replaced by the group. Where the direction is unknown, so is the
 *                sender, and peer stands in `to`: concerned, not said to have sent anything.
 *   peer_name    name the row gives for peer
 *   owner        handle of the phone's own account: `to` if in, `from` if out
 *   thread, thread_name, service, text, name
 *   quoted       text of another message that this one answers: never part of `text`
 *   read         1 | 0 | NULL
 *   state        INTEGER, STATE_* bits of record.h
 *   ident, label contacts and accounts: one identifier of this row and its label
 *   side         0 or NULL: skip the side queries for this row (they cost a look-up each)
 *   lost         NULL, or in words what the row refers to and is not there: a counted loss
 * Numbers may be stored as text. A value that is no number, or no possible time, is a warning.
 *
 * A side query is run for each row with ?1 = row; its aliases:
 *   from, to     a handle each (from: the last one wins), from_name, to_name; to_owner = 1 says
 *                that the handle is the phone's own. If any `to` comes, peer and the thread's
 *                members are not added.
 *   text         appended to the record's text, a newline between parts
 *   att_name, att_type
 *   ident, label
 *   lost         as above
 *
 * An along query (.along) is read once, in step with the main one: both give `row` in ascending
 * order. Where the keys are equal it gives what the main row leaves absent: sent, peer, peer_name,
 * owner, thread, thread_name, service, text, name, read; state adds bits. It needs no index and
 * costs little; use it for a join table with a row for most rows. When it has several rows for one
 * key, the first counts; for a thread that is noted. `lost` is as above. If it gives from, to,
 * att_type or ident, it is a side query that is read so: the aliases are those of a side query, and
 * all its rows count.
 *
 * A member query (struct query with .members = true) fills the thread members once, before the
 * records: aliases thread, peer, peer_name; to_owner = 1 says that the member is the phone's own;
 * thread_name and owner are what a record of that thread lacks.
 * A sender without a name gets the one that its thread's members give it.
 * A record with that thread gets them: `to` of an outgoing message is the members; of an incoming
 * one in a group the owner and the members but its sender (the owner alone, if the sender is not
 * known). STATE_GROUP is set where a thread has more than one member beside the owner.
 *
 * A link query (struct query with .links) gives no records but which number stands behind a hidden
 * name: aliases row, ident (the hidden name) and peer (the number's handle). parser_links() runs
 * it.
 *
 * Optional columns and tables, in the SQL:
 *   {table.column}              table.column where the column exists, NULL where it does not
 *   {alias:table.column}        the same, giving alias.column
 *   {?table(col,col) t2(col): SQL}   SQL where all of them exist, else NULL. Around a whole side
 *                               or along query: it is left out.
 *   {!table(col,col): SQL}      the same, but nothing instead of NULL
 * What is absent is noted once a file ("column X absent"). Columns named without braces must be in
 * .need. Views and virtual tables are never read; one that stands where a table should be is a
 * loss.
 *
 * Said of every query, without the parser's doing: a text that is not UTF-8 or holds zero bytes
 * (the record stands), rows whose keys are not in order, and rows of key 0 without content, which a
 * page that was overwritten with zeros gives (no record).
 */
#ifndef PARSER_H
#define PARSER_H
#include "base/arena.h"
#include "base/err.h"
#include "record.h"
#include <sqlite3.h>

/* A warning is a counted, named loss or remark on one row. */
enum warning {
	WARN_NOTE,          /* a remark: nothing is lost. "column X absent" */
	WARN_ROW_LOST,      /* the row gave no record */
	WARN_TEXT_LOST,     /* the record stands, its text or a part of it could not be decoded */
	WARN_FIELD_UNKNOWN, /* the record stands, a field could not be read and is unset */
	WARN_LIMIT,         /* a limit was reached: the rest of this row or file was not read */
	WARN_KIND_MAX
};
const char *warning_word(enum warning kind);
/* All but WARN_NOTE make the reading incomplete. */
static inline bool warning_is_loss(enum warning kind)
{
	return kind != WARN_NOTE;
}

/* Where a parser's results go; given by the caller. Both return 0 to go on, negative to end
 * (parser_run then returns that value). table may be NULL, row 0: about the file as a whole. */
struct sink {
	int (*record)(void *user, const struct record *r);
	int (*warn)(void *user, enum warning kind, const char *table, int64_t row,
		    const char *detail);
	void *user;
};

/* How a number behind a hidden name is known. */
enum link_kind {
	LINK_NONE,
	LINK_CONTACT, /* both stand in one address book entry or chat */
	LINK_MAP,     /* the app keeps a list of just that */
	LINK_KIND_MAX
};
const char *link_word(enum link_kind kind); /* "contact", "map" */

/* Borrowed, like a record. */
struct link {
	enum link_kind kind;
	const char *table;
	int64_t row;
	span hidden, handle; /* "1000...@lid" is "447700900123@s.whatsapp.net" */
};

/* What parser_run reads: db for databases, read for streams. */
struct input {
	sqlite3 *db;
	/* Fill buf with up to n bytes: the number read, 0 at the end, negative E_* on failure. */
	ptrdiff_t (*read)(void *user, void *buf, size_t n, struct err *err);
	void *user;
	uint64_t size; /* bytes of a stream */
	span path;     /* as the source names it, for formats that speak through their name */
};

struct run; /* one parser on one file, see parser.c; for hooks */
struct row; /* the row at hand */

/* For .row hooks. Absent where the query has no such alias or the value is NULL; row_int is false
 * also where the value is not an integer. */
span row_bytes(const struct row *row, const char *alias);
bool row_int(const struct row *row, const char *alias, int64_t *ret);
/* Memory that lives until the record has been delivered. */
struct arena *row_arena(const struct row *row);
/* Counted against the row at hand. */
int row_warn(const struct row *row, enum warning kind, const char *detail);

/*
 * For .decode hooks: what the aliases of the same name give, from inside a blob. Spans must live
 * until the record is delivered: parts of the row's blobs, or in row_arena. Each is true, or false
 * when a limit was reached or memory ran out (told by the caller of the hook).
 */
void row_peer(const struct row *row, span handle, span name);
void row_owner(const struct row *row, span handle);
/* Who wrote it, also where nothing says whether that is the phone's owner. */
void row_from(const struct row *row, span handle, span name);
/* The file's path as the source names it, for apps that put the account into its name. */
span row_path(const struct row *row);
bool row_attachment(const struct row *row, span name, span type);
bool row_ident(const struct row *row, span raw, span label);
/* The record's time, with its raw value as text; a time that cannot be is a warning. */
void row_time_int(const struct row *row, struct record *r, enum time_unit unit, int64_t raw);
void row_time_real(const struct row *row, struct record *r, enum time_unit unit, double raw);
/* Of a member query: one member of thread; what the thread is called and the phone's own account in
 * it, each may be absent. */
bool row_member(const struct row *row, span thread, const struct party *party);
bool row_thread(const struct row *row, span thread, span name, span owner);
/* Who stands behind an account number of this file: told by member queries, asked for by message
 * rows. The first to be told stays; NULL if nobody was. */
bool row_person(const struct row *row, span account, const struct party *party);
const struct party *row_person_of(const struct row *row, span account);
/* For a row that holds several records: once this one is delivered, the hook is called again, and
 * row_place gives place, which must go up; it is 0 the first time. Not for contacts. */
uint64_t row_place(const struct row *row);
void row_again(const struct row *row, uint64_t place);

/* The handle within what an app stores: without marks of its own ("P:" before an account's number,
 * "(filtered)" behind a sender's). A part of raw, or SPAN_NONE where nothing is left. */
typedef span handle_fn(span raw);

/* A .row hook for tables where a column says who sent a message: a value that says neither is told.
 * Not of system rows, which nobody sent. */
int row_needs_direction(const struct row *row, struct record *r, struct err *err);

struct query {
	const char *slot; /* queries of one slot are versions of each other: the first whose need
			     exists is run. In order of slots. */
	enum record_kind kind;
	bool members;
	enum link_kind links;
	bool optional;     /* no query of the slot fits: a note, not "newer than tested" */
	const char *table; /* origin */
	enum time_unit unit;
	const char *need[8]; /* "table(col,col)" beyond the parser's own need */
	const char *sql;
	const char *along[3];
	handle_fn *peer_handle;  /* for peer, from, to, ident; NULL: as stored */
	handle_fn *owner_handle; /* for owner, to with to_owner, ident of accounts */
	const char *side[4];
	/* For rows whose meaning lies in a blob. Called with what the row itself gave, before side
	 * queries and members: what it sets (direction, thread, text, time, and the doors row_peer
	 * to row_time above) is then treated as if the columns had said it. In a member query r is
	 * empty, and row_member and row_thread say all. Of the rows of one contact only the first
	 * is shown, and what the record gets must be in row_arena. Returns as .row does. */
	int (*decode)(const struct row *row, struct record *r, struct err *err);
	/* Complete or change r, which has all that the query, its sides and the members gave.
	 * 0 = deliver; 1 = not a record, skip silently (say why in a comment at the hook); negative
	 * E_* = row lost, the core counts it with err's message. Of the rows of one contact only
	 * the first is shown, before the others are added. */
	int (*row)(const struct row *row, struct record *r, struct err *err);
};

enum platform { PLATFORM_ANY, PLATFORM_IOS, PLATFORM_ANDROID };

struct parser {
	const char *name; /* "ios-sms": stored with every record, never changes */
	const char *app;  /* for people: "Messages (iPhone)" */
	enum platform platform;
	unsigned kinds; /* KIND_BIT()s of what it gives: what scope and coverage need to know */
	/* Globs on "Domain/relative/path" of a backup and on paths in a tree; '*' also matches '/',
	 * compared without case. The first are exact backup paths, whose SHA-1 name a backup file.
	 */
	const char *files[10];
	/* Its tables are those of any app: only a glob says that a file is its. */
	bool by_path_only;
	/* For the table of what is covered, in parsers/README.md and in every view: */
	const char *tested; /* versions, and how each was tested: "iOS 14, real file; iOS 5-17,
			       tables as published" */
	const char *limits; /* what it cannot say, in a few words; NULL: nothing beyond the notes
			       of a run */
	bool keeps_deleted; /* gives rows too that the app keeps once they are deleted or taken
			       back, marked STATE_DELETED or STATE_UNSENT. No parser looks into free
			       space */

	/* Database: identifies it and lists what every query needs. "!table": another app's, or an
	 * older version's, database has that table, and is not this one. */
	const char *need[8];
	struct query q[12];
	/* Files of parsers with a greater number are read before those of others: what they know of
	 * hidden names the others need. */
	int early;

	/* Recognise its encrypted form: triage opens it into what sniff and run know. NULL: it has
	 * none. sniff takes both. */
	bool (*sealed)(span head);
	/* Not a database: recognise the first n bytes (path may help), and read it. */
	bool (*sniff)(span head, span path);
	int (*run)(const struct input *in, const struct sink *sink, struct err *err);
};

extern const struct parser *const parsers[]; /* NULL-terminated, in the order of parsers.list */
const struct parser *parser_find(const char *name);

/* True if one of the parser's globs matches. */
bool parser_claims(const struct parser *p, span path);

/* 0 if the database has what the parser needs: .need, and a version of each slot that is not
 * optional. E_SCHEMA: it has the parser's tables but lacks
 * columns, which err names ("newer than tested"). E_FORMAT: not its database at all. */
int parser_accepts(const struct parser *p, sqlite3 *db, struct err *err);

/* KIND_BIT()s of what p can give from this database: .kinds without those of slots that are not
 * there. Negative if the schema cannot be read. */
int parser_gives(const struct parser *p, sqlite3 *db, unsigned *ret, struct err *err);

/* Read it all into sink. 0, or negative when the file could not be read to its end: what was
 * delivered before stands. Row troubles go to sink->warn and do not end the run. Damage ends one
 * query, not the others. E_LIMIT: a progress handler interrupted a statement. */
int parser_run(const struct parser *p, const struct input *in, const struct sink *sink,
	       struct err *err);

/* Tell each link of the database: before parser_run, which passes them over. 0, what tell answered,
 * or negative when they could not be read to their end. */
typedef int link_fn(void *user, const struct link *link);
int parser_links(const struct parser *p, sqlite3 *db, link_fn *tell, void *user, struct err *err);

/* '*' any bytes, '?' one byte, case-insensitive in ASCII. Linear-ish: no backtracking blow-up. */
bool parser_glob(const char *pattern, span path);
#endif
