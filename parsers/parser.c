/* parser.c - the registry, the schema check, and the order in which a parser's queries run. */
#include "run.h"
#include "schema.h"
#include "statement.h"
#include <stdio.h>
#include <stdlib.h>

#define P(name) extern const struct parser parser_##name;
#include "parsers.list"
#undef P

const struct parser *const parsers[] = {
#define P(name) &parser_##name,
#include "parsers.list"
#undef P
	NULL
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define QUERIES COUNT(((struct parser *)0)->q)
#define NEEDS COUNT(((struct parser *)0)->need)

const char *warning_word(enum warning kind)
{
	static const char *const words[WARN_KIND_MAX] = {
		[WARN_NOTE] = "note",           [WARN_ROW_LOST] = "row-lost",
		[WARN_TEXT_LOST] = "text-lost", [WARN_FIELD_UNKNOWN] = "field-unknown",
		[WARN_LIMIT] = "limit",
	};
	return (size_t)kind < COUNT(words) ? words[kind] : "unknown";
}

const struct parser *parser_find(const char *name)
{
	for (const struct parser *const *p = parsers; *p; p++)
		if (!strcmp((*p)->name, name))
			return *p;
	return NULL;
}

const char *link_word(enum link_kind kind)
{
	static const char *const words[LINK_KIND_MAX] = { "", "contact", "map" };
	return (size_t)kind < COUNT(words) ? words[kind] : "";
}

/* ---- file names ---- */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Only the last '*' is ever tried again, so the work is at most pattern times path. */
bool parser_glob(const char *pattern, span path)
{
	const char *star = NULL;
	size_t at = 0, retry = 0;
	while (at < path.n) {
		if (*pattern == '*') {
			star = ++pattern;
			retry = at;
		} else if (*pattern && (*pattern == '?' || lower(*pattern) == lower(path.p[at]))) {
			pattern++;
			at++;
		} else if (star) {
			pattern = star;
			at = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

bool parser_claims(const struct parser *p, span path)
{
	for (size_t i = 0; i < COUNT(p->files) && p->files[i]; i++)
		if (parser_glob(p->files[i], path))
			return true;
	return false;
}

/* ---- what the database has ---- */

static int check(sqlite3 *db, const char *const *need, size_t n, struct schema_lack *lack,
		 struct err *err)
{
	for (size_t i = 0; i < n && need[i]; i++) {
		int rc = schema_check(db, span_z(need[i]), lack, err);
		if (rc)
			return rc;
	}
	return 0;
}

static const char *slot_of(const struct query *q)
{
	return q->slot ? q->slot : q->sql;
}

/* The version of slot that fits, or NULL. lacking gets what its first version lacks. */
static int choose(const struct parser *p, const char *slot, sqlite3 *db, const struct query **ret,
		  struct buf *lacking, struct err *err)
{
	*ret = NULL;
	bool first = true;
	for (size_t i = 0; i < QUERIES && p->q[i].sql; i++) {
		const struct query *q = &p->q[i];
		if (strcmp(slot_of(q), slot) != 0)
			continue;
		struct schema_lack lack = { 0 };
		int rc = check(db, q->need, COUNT(q->need), &lack, err);
		if (rc == 0 && lack.tables + lack.columns == 0)
			*ret = q;
		else if (rc == 0 && first)
			buf_add(lacking, buf_span(&lack.names));
		first = false;
		buf_free(&lack.names);
		if (rc || *ret)
			return rc;
	}
	return 0;
}

/* The queries that fit, one a slot, in order of slots. */
struct plan {
	const struct query *query[QUERIES];
	size_t n;
	struct buf lacking; /* what the slots lack that must be there */
};

typedef int slot_absent(void *user, const struct query *q, span lacking);

static bool slot_seen(const struct parser *p, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(slot_of(&p->q[k]), slot_of(&p->q[i])))
			return true;
	return false;
}

static int make_plan(const struct parser *p, sqlite3 *db, struct plan *plan, slot_absent *absent,
		     void *user, struct err *err)
{
	int rc = 0;
	struct buf lacking = { 0 };
	for (size_t i = 0; rc == 0 && i < QUERIES && p->q[i].sql; i++) {
		const struct query *q;
		if (slot_seen(p, i))
			continue;
		buf_clear(&lacking);
		rc = choose(p, slot_of(&p->q[i]), db, &q, &lacking, err);
		if (rc == 0 && q) {
			plan->query[plan->n++] = q;
		} else if (rc == 0 && p->q[i].optional) {
			rc = absent ? absent(user, &p->q[i], buf_span(&lacking)) : 0;
		} else if (rc == 0) {
			buf_addf(&plan->lacking, "%s%s", plan->lacking.n ? "; " : "",
				 lacking.data ? lacking.data : "");
		}
	}
	buf_free(&lacking);
	return rc;
}

static int newer(const struct parser *p, span lacking, struct err *err)
{
	return err_set(err, E_SCHEMA, "newer or older than tested: %s needs %.*s", p->app,
		       (int)lacking.n, lacking.p);
}

/* The parser's own need. */
static int identify(const struct parser *p, sqlite3 *db, struct err *err)
{
	if (!p->need[0])
		return err_set(err, E_FORMAT, "%s is not read from a database", p->app);
	struct schema_lack lack = { 0 };
	int rc = check(db, p->need, NEEDS, &lack, err);
	if (rc == 0 && (lack.tables || (lack.columns && !lack.found)))
		rc = err_set(err, E_FORMAT, "not a database of %s: it must have %s", p->app,
			     lack.names.data ? lack.names.data : "");
	else if (rc == 0 && lack.columns)
		rc = newer(p, buf_span(&lack.names), err);
	buf_free(&lack.names);
	return rc;
}

int parser_accepts(const struct parser *p, sqlite3 *db, struct err *err)
{
	int rc = identify(p, db, err);
	if (rc)
		return rc;
	struct plan plan = { 0 };
	rc = make_plan(p, db, &plan, NULL, NULL, err);
	if (rc == 0 && plan.lacking.n)
		rc = newer(p, buf_span(&plan.lacking), err);
	buf_free(&plan.lacking);
	return rc;
}

int parser_gives(const struct parser *p, sqlite3 *db, unsigned *ret, struct err *err)
{
	struct plan plan = { 0 };
	unsigned have = 0, lacking = 0;
	int rc = make_plan(p, db, &plan, NULL, NULL, err);
	for (size_t i = 0; rc == 0 && i < QUERIES && p->q[i].sql; i++)
		if (!p->q[i].members && !p->q[i].links)
			lacking |= KIND_BIT(p->q[i].kind);
	for (size_t i = 0; rc == 0 && i < plan.n; i++)
		if (!plan.query[i]->members && !plan.query[i]->links)
			have |= KIND_BIT(plan.query[i]->kind);
	buf_free(&plan.lacking);
	if (rc == 0)
		*ret = p->kinds & ~(lacking & ~have);
	return rc;
}

/* ---- a run ---- */

int run_warn(struct run *run, enum warning kind, const char *table, int64_t row, const char *detail)
{
	if (run->stop)
		return run->stop;
	int rc = run->sink->warn(run->sink->user, kind, table, row, detail);
	if (rc < 0)
		run->stop = rc;
	return run->stop;
}

int run_note_absent(void *user, span table, span column)
{
	struct run *run = user;
	struct buf detail = { 0 };
	if (column.p)
		buf_addf(&detail, "column %.*s.%.*s absent", (int)table.n, table.p, (int)column.n,
			 column.p);
	else
		buf_addf(&detail, "table %.*s absent", (int)table.n, table.p);
	buf_byte(&detail, '\n');
	int rc = 0;
	if (detail.failed || run->noted.failed)
		rc = err_set(run->err, E_NOMEM, "memory ran out");
	else if (!run->noted.data || !strstr(run->noted.data, detail.data)) {
		buf_add(&run->noted, buf_span(&detail));
		detail.data[detail.n - 1] = 0;
		rc = run_warn(run, WARN_NOTE, NULL, 0, detail.data);
	}
	buf_free(&detail);
	return rc;
}

/* The table has rows: none, where it cannot be told. */
static bool has_rows(sqlite3 *db, const char *table)
{
	sqlite3_stmt *st = NULL;
	bool has = false;
	char *sql = schema_has(db, span_z(table), SPAN_NONE, &has, NULL) == 0 && has
			    ? sqlite3_mprintf("SELECT 1 FROM main.\"%w\" LIMIT 1", table)
			    : NULL;
	has = sql &&
	      sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_NO_VTAB, &st, NULL) == SQLITE_OK &&
	      sqlite3_step(st) == SQLITE_ROW;
	sqlite3_finalize(st);
	sqlite3_free(sql);
	return has;
}

/* A table that is not there is nothing lost; one with rows that no query fits is. */
static int slot_missing(void *user, const struct query *q, span lacking)
{
	struct run *run = user;
	struct buf detail = { 0 };
	bool loss =
		(q->members || q->kind != REC_ACCOUNT) && q->table && has_rows(run->db, q->table);
	enum warning kind = !loss                    ? WARN_NOTE
			    : q->members || q->links ? WARN_FIELD_UNKNOWN
						     : WARN_ROW_LOST;
	buf_addf(&detail, "no %s read: %.*s absent", q->slot ? q->slot : record_kind_word(q->kind),
		 (int)lacking.n, lacking.p);
	int rc = detail.failed ? err_set(run->err, E_NOMEM, "memory ran out")
			       : run_warn(run, kind, q->table, 0, detail.data);
	buf_free(&detail);
	return rc;
}

/* Does a need or a part in braces name this table: "name(", "name."? */
static bool text_names(const char *text, span table)
{
	span all = span_z(text);
	for (size_t i = 0; i + table.n < all.n; i++) {
		char before = i ? all.p[i - 1] : ' ', after = all.p[i + table.n];
		if ((after == '(' || after == '.') && strchr(" {?!:", before) &&
		    span_eq_nocase(span_sub(all, i, i + table.n), table))
			return true;
	}
	return false;
}

static bool names(const char *const *text, size_t n, span table)
{
	for (size_t i = 0; i < n && text[i]; i++)
		if (text_names(text[i], table))
			return true;
	return false;
}

static bool parser_names(const struct parser *p, span table)
{
	if (names(p->need, NEEDS, table))
		return true;
	for (size_t i = 0; i < QUERIES && p->q[i].sql; i++) {
		const struct query *q = &p->q[i];
		if (names(q->need, COUNT(q->need), table) || names(&q->sql, 1, table) ||
		    names(q->along, COUNT(q->along), table) ||
		    names(q->side, COUNT(q->side), table))
			return true;
	}
	return false;
}

/* A view or virtual table under the name of a table that is read: somebody put it there. */
static int tell_shadows(struct run *run)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(run->db,
				    "SELECT name FROM sqlite_schema WHERE type='view'"
				    " OR (type='table' AND rootpage=0) ORDER BY name",
				    -1, &st, NULL);
	while (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW && !run->stop) {
		const char *name = (const char *)sqlite3_column_text(st, 0);
		char detail[200];
		if (!name || !*name || !parser_names(run->parser, span_z(name)))
			continue;
		snprintf(detail, sizeof detail,
			 "%.60s is a view or a virtual table, not a table: what it would give was "
			 "not read",
			 name);
		run_warn(run, WARN_FIELD_UNKNOWN, NULL, 0, detail);
	}
	sqlite3_finalize(st);
	return run->stop;
}

static void run_free(struct run *run)
{
	arena_free(run->arena);
	members_free(run->members);
	members_free(run->people);
	free(run->to);
	free(run->ids);
	free(run->attachments);
	buf_free(&run->text);
	buf_free(&run->noted);
}

static int run_prepare(struct run *run)
{
	run->arena = arena_new();
	run->members = members_new();
	run->people = members_new();
	run->to = calloc(MEMBERS_PER_THREAD + SIDES_PER_ROW + 2, sizeof *run->to);
	run->ids = calloc(IDS_PER_RECORD, sizeof *run->ids);
	run->attachments = calloc(ATTACHMENTS_PER_ROW, sizeof *run->attachments);
	if (!run->arena || !run->members || !run->people || !run->to || !run->ids ||
	    !run->attachments)
		return err_set(run->err, E_NOMEM, "memory ran out");
	return 0;
}

/* Members first: records need them. A query that breaks off does not end the others. */
static int run_plan(struct run *run, const struct plan *plan)
{
	int first = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < plan->n; i++) {
			if (plan->query[i]->links || plan->query[i]->members != (pass == 0))
				continue;
			int rc = rows_run(run, plan->query[i]);
			if (run->stop)
				return run->stop;
			if (rc && !first)
				first = rc;
		}
	return first;
}

static int run_database(const struct parser *p, const struct input *in, const struct sink *sink,
			struct err *err)
{
	sqlite3 *db = in->db;
	int rc = identify(p, db, err);
	if (rc)
		return rc;
	struct run run = { .parser = p, .db = db, .path = in->path, .sink = sink, .err = err };
	struct plan plan = { 0 };
	rc = run_prepare(&run);
	if (rc == 0)
		rc = tell_shadows(&run);
	if (rc == 0)
		rc = make_plan(p, db, &plan, slot_missing, &run, err);
	if (rc == 0)
		rc = run_plan(&run, &plan);
	if (rc == 0 && plan.lacking.n)
		rc = newer(p, buf_span(&plan.lacking), err);
	buf_free(&plan.lacking);
	run_free(&run);
	return rc;
}

static int links_of(struct run *run, const struct query *q, link_fn *tell, void *user)
{
	struct statement s = { 0 };
	int rc = statement_prepare(&s, run->db, q->table, q->sql, run_note_absent, run, run->err);
	int step = SQLITE_DONE;
	while (!rc && s.st && (step = sqlite3_step(s.st)) == SQLITE_ROW) {
		struct link link = { .kind = q->links, .table = q->table };
		statement_integer(&s, F_ROW, &link.row);
		link.hidden = statement_field(&s, F_IDENT);
		link.handle = statement_field(&s, F_PEER);
		if (s.nomem)
			rc = err_set(run->err, E_NOMEM, "memory ran out");
		else if (link.hidden.n && link.handle.n)
			rc = tell(user, &link);
	}
	if (!rc && s.st && step != SQLITE_DONE)
		rc = schema_error(run->db, step, q->table, "reading the numbers behind names in",
				  run->err);
	statement_free(&s);
	return rc;
}

static int no_warning(void *user, enum warning kind, const char *table, int64_t row,
		      const char *detail)
{
	(void)user;
	(void)kind;
	(void)table;
	(void)row;
	(void)detail;
	return 0;
}

/* What is absent is told by parser_run. */
int parser_links(const struct parser *p, sqlite3 *db, link_fn *tell, void *user, struct err *err)
{
	const struct sink deaf = { .warn = no_warning };
	struct run run = { .parser = p, .db = db, .sink = &deaf, .err = err };
	struct plan plan = { 0 };
	int rc = make_plan(p, db, &plan, NULL, NULL, err);
	for (size_t i = 0; !rc && i < plan.n; i++)
		if (plan.query[i]->links)
			rc = links_of(&run, plan.query[i], tell, user);
	buf_free(&plan.lacking);
	buf_free(&run.noted);
	return rc;
}

int parser_run(const struct parser *p, const struct input *in, const struct sink *sink,
	       struct err *err)
{
	return p->run ? p->run(in, sink, err) : run_database(p, in, sink, err);
}
