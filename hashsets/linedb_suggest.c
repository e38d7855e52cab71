/* linedb_suggest.c - see linedb_suggest.h */
#include "linedb_suggest.h"
#include "linedb_amend.h"
#include <stdio.h>
#include <stdlib.h>

#define ALIKE 600 /* per mille of the hashes of the shorter text */
#define SWAP_DAYS 60
#define SUGGESTIONS 500 /* of one kind */

/* ---- names that look alike ---- */

#define NAME_PLAIN 64

/* A name without what people spell either way: y as i, k as c, a letter twice, spaces. */
static size_t plain_name(const char *s, char ret[static NAME_PLAIN])
{
	static const char same[][2] = { { 'y', 'i' }, { 'k', 'c' }, { 'z', 's' }, { 'q', 'c' } };
	size_t n = 0;
	for (; s && *s && n < NAME_PLAIN; s++) {
		char c = *s;
		for (size_t j = 0; j < sizeof same / sizeof *same; j++)
			c = c == same[j][0] ? same[j][1] : c;
		bool twice = n && ret[n - 1] == c && (c < '0' || c > '9');
		if (c != ' ' && !twice)
			ret[n++] = c;
	}
	return n;
}

/* Its first letter and its consonants: what near names share, to find them by. */
static void skeleton(sqlite3_context *x, int values, sqlite3_value **v)
{
	char name[NAME_PLAIN], out[NAME_PLAIN];
	size_t n = plain_name((const char *)sqlite3_value_text(v[0]), name), k = 0;
	(void)values;
	for (size_t i = 0; i < n; i++)
		if (!i || !strchr("aeiouh", name[i]))
			out[k++] = name[i];
	sqlite3_result_text(x, out, n >= 4 ? (int)k : 0, SQLITE_TRANSIENT);
}

/* One letter more, less or another; of long names, two. */
static void near(sqlite3_context *x, int values, sqlite3_value **v)
{
	char a[NAME_PLAIN], b[NAME_PLAIN];
	size_t n = plain_name((const char *)sqlite3_value_text(v[0]), a);
	size_t m = plain_name((const char *)sqlite3_value_text(v[1]), b);
	unsigned row[NAME_PLAIN + 1];
	(void)values;
	for (size_t k = 0; k <= m; k++)
		row[k] = (unsigned)k;
	for (size_t i = 1; i <= n; i++) {
		unsigned corner = row[0];
		row[0] = (unsigned)i;
		for (size_t k = 1; k <= m; k++) {
			unsigned above = row[k], best = corner + (a[i - 1] != b[k - 1]);
			best = above + 1 < best ? above + 1 : best;
			row[k] = row[k - 1] + 1 < best ? row[k - 1] + 1 : best;
			corner = above;
		}
	}
	sqlite3_result_int(x, row[m] <= (n >= 8 && m >= 8 ? 2u : 1u));
}

/* ---- texts that look alike ---- */

/* Each hash of each template, so that pairs are found without comparing all with all. */
static int spread_templates(struct linedb *d, struct err *err)
{
	sqlite3_stmt *st, *add = NULL;
	int rc = linedb_exec(d,
			     "DROP TABLE IF EXISTS temp.shingle; CREATE TEMP TABLE shingle(h "
			     "INTEGER, template INTEGER, line INTEGER, n INTEGER)",
			     err);
	if (!rc)
		rc = linedb_prepare(d,
				    "SELECT id,line,shingles FROM template WHERE current AND NOT "
				    "gone ORDER BY id",
				    &st, err);
	if (rc)
		return rc;
	rc = linedb_prepare(d, "INSERT INTO temp.shingle VALUES(?1,?2,?3,?4)", &add, err);
	while (!rc && sqlite3_step(st) == SQLITE_ROW) {
		const unsigned char *b = sqlite3_column_blob(st, 2);
		int n = sqlite3_column_bytes(st, 2) / 8;
		for (int i = 0; !rc && i < n; i++) {
			uint64_t h = 0;
			for (int k = 0; k < 8; k++)
				h = h << 8 | b[8 * i + k];
			sqlite3_bind_int64(add, 1, (sqlite3_int64)h);
			sqlite3_bind_value(add, 2, sqlite3_column_value(st, 0));
			sqlite3_bind_value(add, 3, sqlite3_column_value(st, 1));
			sqlite3_bind_int(add, 4, n);
			rc = linedb_step(d, add, err);
		}
	}
	sqlite3_finalize(add);
	sqlite3_finalize(st);
	return rc ? rc
		  : linedb_exec(d, "CREATE INDEX temp.shingle_h ON shingle(h,line,template)", err);
}

/* ---- the queries: id, evidence ---- */

#define DAY_OF(column) "date((" column ")/1000,'unixepoch')"

static const char *const queries[] = {
	"SELECT 'same:'||a.id||':'||b.id,a.name||' and '||b.name||': the names differ only in "
	"spelling. One line?' FROM temp.called a JOIN temp.called b ON b.k=a.k AND b.id>a.id AND "
	"lc_near(a.words,b.words) ORDER BY a.id,b.id",

	"SELECT 'both:'||a.id||':'||b.id,a.raw||' is on '||l.name||' "
	"('||ifnull(" DAY_OF("a.\"from\"") ",'open')||' to '||ifnull(" DAY_OF(
		"a.until-1") ",'open')||') and on "
			     "'||m.name||' ('||ifnull(" DAY_OF(
				     "b.\"from\"") ",'open')||' to "
						   "'||ifnull(" DAY_OF(
							   "b.until-1") ",'open')||') at the same "
									"time. Taken over, or a "
									"mistake?' FROM "
									"assertion a JOIN "
									"assertion b ON b.current "
									"AND NOT b.gone AND "
									"b.key=a.key AND "
									"b.line<>a.line AND "
									"(ifnull(b.\"from\",0)>"
									"ifnull(a.\"from\",0) OR "
									"(ifnull(b.\"from\",0)="
									"ifnull(a.\"from\",0) AND "
									"b.id>a.id)) AND "
									"ifnull(b.\"from\",0)<"
									"ifnull(a.until,9e15) AND "
									"ifnull(a.\"from\",0)<"
									"ifnull(b.until,9e15) JOIN "
									"line l ON l.id=a.line AND "
									"l.current JOIN "
									"line m ON m.id=b.line AND "
									"m.current WHERE a.current "
									"AND NOT a.gone AND NOT "
									"EXISTS(SELECT 1 "
									"FROM link k WHERE "
									"k.current AND NOT k.gone "
									"AND k.kind IN "
									"('takeover','same') AND "
									"((k.line=a.line AND "
									"k.other=b.line) OR "
									"(k.line=b.line AND "
									"k.other=a.line))) ORDER "
									"BY "
									"a.id,b.id",

	"SELECT 'back:'||x.a||':'||x.b,l.name||' and '||m.name||': '||x.alike||' "
	"per mille of a "
	"text of one is in a text of the other. Is the brand back under another "
	"name?' FROM (SELECT "
	"s.line AS a,t.line AS b,max(alike) AS alike FROM (SELECT s.line AS "
	"sl,t.line AS tl,"
	"s.template,t.template,1000*count(*)/min(s.n,t.n) AS alike FROM "
	"temp.shingle s JOIN "
	"temp.shingle t ON t.h=s.h AND t.line>s.line GROUP BY "
	"s.template,t.template) JOIN (SELECT "
	"DISTINCT line FROM temp.shingle) s ON s.line=sl JOIN (SELECT DISTINCT "
	"line FROM "
	"temp.shingle) t ON t.line=tl WHERE alike>=?1 GROUP BY s.line,t.line) x "
	"JOIN line l ON "
	"l.id=x.a AND l.current JOIN line m ON m.id=x.b AND m.current WHERE NOT "
	"EXISTS(SELECT 1 "
	"FROM link k WHERE k.current AND NOT k.gone AND k.kind IN "
	"('takeover','same') AND "
	"((k.line=x.a AND k.other=x.b) OR (k.line=x.b AND k.other=x.a))) ORDER BY "
	"x.a,x.b",

	"SELECT 'swap:'||a.id||':'||b.id,l.name||': '||a.raw||' ended '||" DAY_OF(
		"a.until-1") "||', "
			     "'||b.raw||' began '||" DAY_OF(
				     "b.\"from\"") "||'. The same line on a new "
						   "number?' FROM "
						   "assertion a JOIN assertion b "
						   "ON b.line=a.line AND b.current "
						   "AND NOT b.gone AND "
						   "b.key<>a.key "
						   "AND b.type=a.type AND "
						   "b.\"from\" BETWEEN "
						   "a.until-86400000 AND "
						   "a.until+86400000*?2 JOIN line "
						   "l ON l.id=a.line AND l.current "
						   "WHERE a.current AND NOT a.gone "
						   "AND a.until IS NOT NULL AND "
						   "NOT EXISTS(SELECT 1 FROM link "
						   "k WHERE k.current AND NOT "
						   "k.gone AND k.kind='swap' AND "
						   "k.line=a.id AND k.other=b.id) "
						   "ORDER BY a.id,b.id",

	"SELECT 'ended:'||a.id,l.name||': '||a.raw||' has the status "
	"'||a.status||', but its last "
	"day was '||" DAY_OF("a.until-1") "||'. Is it closed?' FROM assertion a JOIN line l ON "
					  "l.id=a.line AND l.current WHERE a.current AND NOT "
					  "a.gone AND a.until<=?3 AND a.status IN "
					  "('active','suspected') ORDER BY a.id",
};

/* With an index: comparing all names with all would take hours in a large database. */
static const char spread_names[] =
	"DROP TABLE IF EXISTS temp.called; CREATE TEMP TABLE called(id INTEGER PRIMARY KEY, name "
	"TEXT, words TEXT, k TEXT); INSERT INTO called SELECT id,name,words,lc_skeleton(words) "
	"FROM "
	"line WHERE current AND NOT gone AND lc_skeleton(words)<>''; CREATE INDEX temp.called_k ON "
	"called(k)";

static int prepare(struct linedb *d, struct err *err)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
	sqlite3 *db = linedb_handle(d);
	if (sqlite3_create_function(db, "lc_skeleton", 1, flags, NULL, skeleton, NULL, NULL) ||
	    sqlite3_create_function(db, "lc_near", 2, flags, NULL, near, NULL, NULL))
		return linedb_error(d, err);
	int rc = linedb_exec(d, spread_names, err);
	return rc ? rc : spread_templates(d, err);
}

/* Decided before, or waiting for somebody's approval. */
static int is_settled(struct linedb *d, const char *id, bool *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		d,
		"SELECT 1 FROM link k JOIN proposal p ON p.id=k.proposal WHERE k.evidence=?1 AND "
		"((k.current AND NOT k.gone) OR p.state='open') LIMIT 1",
		&st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
	*ret = sqlite3_step(st) == SQLITE_ROW;
	sqlite3_finalize(st);
	return 0;
}

static int run(struct linedb *d, const char *sql, linedb_suggest_fn *fn, void *user,
	       struct err *err)
{
	sqlite3_stmt *st;
	int n = 0, step = SQLITE_DONE, rc = linedb_prepare(d, sql, &st, err);
	if (rc)
		return rc;
	const int64_t value[] = { ALIKE, SWAP_DAYS, linedb_now() };
	for (int i = 1; i <= sqlite3_bind_parameter_count(st) && i <= 3; i++)
		sqlite3_bind_int64(st, i, value[i - 1]);
	while (!rc && n < SUGGESTIONS && (step = sqlite3_step(st)) == SQLITE_ROW) {
		const char *id = (const char *)sqlite3_column_text(st, 0);
		bool settled = false;
		rc = is_settled(d, id, &settled, err);
		if (!rc && !settled) {
			fn(user, id, (const char *)sqlite3_column_text(st, 1));
			n++;
		}
	}
	if (!rc && step != SQLITE_DONE && step != SQLITE_ROW)
		rc = linedb_error(d, err);
	sqlite3_finalize(st);
	return rc;
}

int linedb_suggest(struct linedb *d, linedb_suggest_fn *fn, void *user, struct err *err)
{
	int rc = prepare(d, err);
	for (size_t i = 0; !rc && i < sizeof queries / sizeof *queries; i++)
		rc = run(d, queries[i], fn, user, err);
	return rc;
}

/* ---- deciding ---- */

struct wanted {
	const char *id;
	bool found;
};

static void is_it(void *user, const char *id, const char *text)
{
	struct wanted *w = user;
	(void)text;
	w->found = w->found || strcmp(id, w->id) == 0;
}

static int parse(struct linedb *d, const char *id, char kind[static 8], int64_t n[static 2],
		 struct err *err)
{
	struct wanted w = { id, false };
	int rc = linedb_suggest(d, is_it, &w, err);
	size_t length = strcspn(id, ":");
	if (!rc && (!w.found || length > 7))
		rc = err_set(err, E_ABSENT,
			     "'%.60s' is not suggested now: 'linecheck lines suggest' lists what "
			     "is.",
			     id);
	if (rc)
		return rc;
	char *end;
	memcpy(kind, id, length);
	kind[length] = 0;
	n[0] = strtoll(id + length + 1, &end, 10);
	n[1] = *end ? strtoll(end + 1, NULL, 10) : n[0];
	return 0;
}

static int end_old(struct linedb *d, int64_t proposal, int64_t old, int64_t new, struct err *err)
{
	int64_t from = 0, open = 0;
	int rc = linedb_number(
		d, "SELECT ifnull(\"from\",0) FROM assertion WHERE id=?1 AND current AND NOT gone",
		new, &from, err);
	if (!rc)
		rc = linedb_number(
			d,
			"SELECT until IS NULL FROM assertion WHERE id=?1 AND current AND "
			"NOT gone",
			old, &open, err);
	if (rc == E_ABSENT)
		return err_set(err, rc, "There is no assertion %lld, or no %lld.", (long long)old,
			       (long long)new);
	if (rc || !open || !from)
		return rc;
	rc = linedb_edit(d, LT_ASSERTION, old, proposal, err);
	return rc ? rc : linedb_set_number(d, LT_ASSERTION, old, proposal, "until", from, err);
}

static int check_lines(struct linedb *d, int64_t one, int64_t other, struct err *err)
{
	int64_t n = 0;
	int rc = linedb_number(d, "SELECT count(*) FROM line WHERE id=?1 AND current AND NOT gone",
			       one, &n, err);
	if (!rc && n)
		rc = linedb_number(d,
				   "SELECT count(*) FROM line WHERE id=?1 AND current AND NOT gone",
				   other, &n, err);
	return rc || n ? rc : err_set(err, E_ABSENT, "There is no such line.");
}

int linedb_link_propose(struct linedb *d, const char *kind, int64_t one, int64_t other,
			const char *evidence, const char *why, int64_t *ret_proposal,
			struct err *err)
{
	if (one == other)
		return err_set(err, E_USER, "A link is between two.");
	int rc = linedb_propose(d, "link", 0, ret_proposal, err);
	if (!rc && strcmp(kind, "swap") == 0)
		rc = end_old(d, *ret_proposal, one, other, err);
	else if (!rc)
		rc = check_lines(d, one, other, err);
	if (!rc)
		rc = linedb_link(d, *ret_proposal, one, other, kind, evidence, err);
	if (!rc)
		return linedb_propose_end(d, *ret_proposal, "link", why, err);
	linedb_rollback(d);
	return rc;
}

int linedb_suggest_accept(struct linedb *d, const char *id, const char *why, int64_t *ret_proposal,
			  struct err *err)
{
	static const struct linedb_field closed = { "status", "closed" };
	char kind[8];
	int64_t n[2] = { 0 };
	int rc = parse(d, id, kind, n, err);
	if (rc)
		return rc;
	if (strcmp(kind, "ended") == 0)
		return linedb_amend_assertion(d, n[0], &closed, 1, why, ret_proposal, err);
	if (strcmp(kind, "swap") == 0)
		return linedb_link_propose(d, "swap", n[0], n[1], id, why, ret_proposal, err);
	if (strcmp(kind, "both") == 0) {
		static const char sql[] = "SELECT line FROM assertion WHERE id=?1 AND current";
		rc = linedb_number(d, sql, n[0], &n[0], err);
		if (!rc)
			rc = linedb_number(d, sql, n[1], &n[1], err);
		return rc ? rc
			  : linedb_link_propose(d, "takeover", n[0], n[1], id, why, ret_proposal,
						err);
	}
	return linedb_link_propose(d, "same", n[0], n[1], id, why, ret_proposal, err);
}

/* Nothing that goes out changes: one person's word is enough. */
int linedb_suggest_refuse(struct linedb *d, const char *id, const char *why, struct err *err)
{
	char kind[8], sha256[65] = "";
	int64_t n[2] = { 0 }, proposal = 0, rows = 0;
	int rc = parse(d, id, kind, n, err);
	if (rc)
		return rc;
	rc = linedb_propose(d, "link", 0, &proposal, err);
	if (!rc)
		rc = linedb_link(d, proposal, n[0], n[1], "not", id, err);
	if (!rc)
		rc = linedb_seal_rows(d, proposal, &rows, sha256, err);
	if (!rc)
		rc = linedb_apply(d, proposal, err);
	struct linedb_entry e = { .what = "suggestion-refused",
				  .why = why,
				  .query = id,
				  .n = { { "proposal", proposal }, { "rows", rows } },
				  .w = { { "sha256", sha256 } } };
	if (!rc)
		rc = linedb_commit(d, &e, err);
	if (rc)
		linedb_rollback(d);
	return rc;
}
