/* linedb_import.c - see linedb_import.h */
#include "linedb_import.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "given_file.h"
#include "linedb_text.h"
#include "lines_csv.h"
#include "name.h"
#include "numset.h"
#include "sipkey.h"
#include "textmap.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define DAY INT64_C(86400000)
#define REVIEW_ACTIVE (90 * DAY)
#define REVIEW_RESTING (365 * DAY)
#define PIECE ((size_t)64 * 1024)
#define FILE_MAX ((uint64_t)2048 << 20)

const char *const linedb_import_columns[IC_MAX] = {
	[COL_LINE] = "line",
	[COL_IDENTIFIER] = "identifier",
	[COL_FROM] = "from",
	[COL_TO] = "to",
	[COL_STATUS] = "status",
	[COL_GRADE] = "grade",
	[IC_TYPE] = "type",
	[IC_PRECISION] = "precision",
	[IC_ROLE] = "role",
	[IC_REVIEW_BY] = "review_by",
	[IC_ORIGINAL] = "original",
	[IC_CONDITIONS] = "conditions",
	[IC_FORCE] = "force",
	[IC_REFERENCE] = "reference",
	[IC_OFFICER] = "officer",
	[IC_RECEIVED] = "received",
	[IC_LINE_STATUS] = "line_status",
	[IC_AREA] = "area",
	[IC_AREAS] = "areas",
	[IC_UNIT] = "unit",
	[IC_CONTACT] = "contact",
	[IC_WARNING] = "warning",
	[IC_SEEN_IN] = "seen_in",
	[IC_SEEN_AS] = "seen_as",
};

/* An assertion that this file adds or says again. Those about one number of one line are a chain.
 */
struct pending {
	uint64_t check; /* a second hash: two keys that fall together by chance are told apart */
	int64_t from, until;
	uint32_t row, before;
};

struct importer {
	struct linedb *d;
	import_tell_fn *tell;
	void *user;
	struct import_result *result;
	const char *name, *maps;
	int64_t proposal, now, next_line, next_assertion;
	sqlite3_stmt *find_line, *find, *add_line, *add;
	struct textmap *lines; /* words -> line[] */
	struct {
		int64_t id;
		bool fresh, edited;
	} * line;
	uint32_t lines_n, lines_cap;
	struct arena *text;
	struct numset *seen; /* hash of line and key -> pending[] + 1 */
	struct pending *pending;
	uint32_t pending_n, pending_cap;
	struct sipkey salt[2];
	struct buf words, says;
	struct row_value value;
	struct err *err;
};

/* What the columns beside the six say, read. Empty strings are NULL. */
struct extra {
	char text[IC_MAX][ROW_FIELD_MAX * 5 + 1];
	int64_t review_by, received;
	char grade[4], original[4];
};

static int no_memory(struct importer *m)
{
	return err_set(m->err, E_NOMEM, "Memory ran out while reading %s.", m->name);
}

static void tell(struct importer *m, enum import_tell kind, uint32_t row, const char *text)
{
	m->result->n[kind]++;
	if (m->tell)
		m->tell(m->user, kind, row, text);
}

static int bad(void *user, uint32_t row, const char *why, struct err *err)
{
	(void)err;
	tell(user, IMPORT_BAD, row, why);
	return 0;
}

static span trim(span s)
{
	while (s.n && (unsigned char)s.p[0] <= ' ')
		s = span_from(s, 1);
	while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	if (s.n > 1 && s.p[0] == '\'' && strchr("+0=-@", s.p[1]))
		s = span_from(s, 1);
	return s;
}

/* ---- grades ---- */

static void read_map(struct linedb *d, const char *key, char ret[static 6])
{
	sqlite3_stmt *st;
	ret[0] = 0;
	if (linedb_prepare(d, "SELECT value FROM meta WHERE key=?1", &st, NULL))
		return;
	sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_bytes(st, 0) == 5)
		memcpy(ret, sqlite3_column_text(st, 0), 6);
	sqlite3_finalize(st);
}

static bool is_555(span s)
{
	return s.n >= 2 && s.n <= 3 && s.p[0] >= 'A' && s.p[0] <= 'E' && s.p[1] >= '1' &&
	       s.p[1] <= '5' && (s.n == 2 || (s.p[2] >= '1' && s.p[2] <= '5'));
}

bool linedb_grade(struct linedb *d, span original, char ret[static 4])
{
	char source[6], info[6], handling[6];
	memset(ret, 0, 4);
	if (!is_555(original))
		return false;
	read_map(d, "source_map", source);
	read_map(d, "info_map", info);
	read_map(d, "handling_map", handling);
	if (!source[0] || !info[0] || !handling[0])
		return false;
	ret[0] = source[original.p[0] - 'A'];
	ret[1] = info[original.p[1] - '1'];
	if (original.n == 3)
		ret[2] = handling[original.p[2] - '1'];
	return true;
}

/* ---- the columns beside the six ---- */

static bool one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

const char *const linedb_types[] = { "number", "handle", "imei", "imsi",       "iccid", "meid",
				     "esn",    "mac",    "udid", "android-id", "other", NULL };
const char *const linedb_roles[] = { "deal", "holder", "worker", "burner", "victim", NULL };
static const char *const precisions[] = { "day", "month", "unknown", NULL };
static const char *const yes_no[] = { "yes", "no", "1", "0", NULL };

static bool refuse(struct importer *m, uint32_t row, const char *column, const char *value,
		   const char *what)
{
	char why[ROW_WHY_MAX];
	snprintf(why, sizeof why, "'%.60s' in the column '%s' is not %s", value, column, what);
	tell(m, IMPORT_BAD, row, why);
	return false;
}

static bool read_day(struct importer *m, uint32_t row, const struct extra *x, int column,
		     int64_t *ret)
{
	*ret = TIME_UNSET;
	return !x->text[column][0] || time_parse_date(span_z(x->text[column]), ret) ||
	       refuse(m, row, linedb_import_columns[column], x->text[column],
		      "a date: write it as YYYY-MM-DD");
}

static bool read_extra(struct importer *m, uint32_t row, const span *field, struct extra *x)
{
	for (int i = 0; i < IC_MAX; i++) {
		span s = trim(field[i]);
		size_t most = i < COL_MAX ? (size_t)ROW_FIELD_MAX * 5 : sizeof x->text[i] - 1;
		if (i >= COL_MAX && (s.n > most || !utf8_valid(s) || (s.n && memchr(s.p, 0, s.n))))
			return refuse(m, row, linedb_import_columns[i], "...",
				      "UTF-8 text of at most 1000 bytes");
		x->text[i][0] = 0;
		if (i >= COL_MAX && s.n) {
			memcpy(x->text[i], s.p, s.n);
			x->text[i][s.n] = 0;
		}
	}
	static const struct {
		int column;
		const char *const *words;
		const char *what;
	} sets[] = {
		{ IC_TYPE, linedb_types,
		  "a kind of identifier: number, handle, imei, imsi, iccid, meid, esn, mac, udid, "
		  "android-id or other" },
		{ IC_ROLE, linedb_roles,
		  "a role: deal, holder, worker, burner, or victim for a child's own phone; "
		  "numbers "
		  "of customers are not kept" },
		{ IC_PRECISION, precisions, "day, month or unknown" },
		{ IC_WARNING, yes_no, "yes or no" },
	};
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		const char *v = x->text[sets[i].column];
		if (*v && !one_of(v, sets[i].words))
			return refuse(m, row, linedb_import_columns[sets[i].column], v,
				      sets[i].what);
	}
	enum line_status status;
	if (x->text[IC_LINE_STATUS][0] && !line_status_from_word(x->text[IC_LINE_STATUS], &status))
		return refuse(m, row, "line_status", x->text[IC_LINE_STATUS], "a status");
	if (x->text[IC_ORIGINAL][0] &&
	    !linedb_grade(m->d, span_z(x->text[IC_ORIGINAL]), x->original))
		return refuse(m, row, "original", x->text[IC_ORIGINAL],
			      "a 5x5x5 grade, for example B24");
	return read_day(m, row, x, IC_REVIEW_BY, &x->review_by) &&
	       read_day(m, row, x, IC_RECEIVED, &x->received);
}

/* A device or other identifier whose kind the row names, so that its digits are not guessed at. */
static bool read_typed(struct importer *m, uint32_t row, const struct extra *x, span identifier,
		       char ret_raw[static ROW_FIELD_MAX + 1], struct row_key *ret)
{
	static const char *const named[] = { "meid",       "esn",   "mac", "udid",
					     "android-id", "other", NULL };
	span s = trim(identifier);
	size_t n = 0;
	if (!one_of(x->text[IC_TYPE], named))
		return false;
	ret->n = 0;
	if (!s.n || s.n > ROW_FIELD_MAX || !utf8_valid(s)) {
		refuse(m, row, "identifier", "...", "text of 1 to 200 bytes");
		return true;
	}
	memcpy(ret_raw, s.p, s.n);
	ret_raw[s.n] = 0;
	n = (size_t)snprintf(ret->bytes, sizeof ret->bytes, "o%s:", x->text[IC_TYPE]);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (strchr(" -:.", c))
			continue;
		ret->bytes[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	ret->n = n;
	return true;
}

/* ---- lines ---- */

static bool keep_line(struct importer *m, span words, int64_t id, bool fresh, uint32_t *ret)
{
	bool ok;
	if (m->lines_n == m->lines_cap) {
		uint32_t cap = m->lines_cap ? m->lines_cap * 2 : 256;
		void *p = realloc(m->line, cap * sizeof *m->line);
		if (!p)
			return false;
		m->line = p;
		m->lines_cap = cap;
	}
	span kept = arena_copy(m->text, words, &ok);
	m->line[m->lines_n].id = id;
	m->line[m->lines_n].fresh = fresh;
	m->line[m->lines_n].edited = fresh;
	*ret = m->lines_n++;
	return ok && textmap_put(m->lines, kept, *ret);
}

static void bind_text(sqlite3_stmt *st, int i, const char *s)
{
	if (s && *s)
		sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, i);
}

static void bind_time(sqlite3_stmt *st, int i, int64_t t)
{
	if (t == TIME_UNSET)
		sqlite3_bind_null(st, i);
	else
		sqlite3_bind_int64(st, i, t);
}

static int insert_line(struct importer *m, const struct extra *x, span words, int64_t id)
{
	char uuid[37];
	sqlite3_stmt *st = m->add_line;
	linedb_uuid(uuid);
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, m->proposal);
	sqlite3_bind_text(st, 3, uuid, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, m->value.line, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 5, words.p, (int)words.n, SQLITE_STATIC);
	sqlite3_bind_text(st, 6,
			  x->text[IC_LINE_STATUS][0] ? x->text[IC_LINE_STATUS]
						     : line_status_word(m->value.a.status),
			  -1, SQLITE_STATIC);
	bind_text(st, 7, x->text[IC_AREA]);
	bind_text(st, 8, x->text[IC_AREAS]);
	bind_text(st, 9, x->text[IC_UNIT]);
	bind_text(st, 10, x->text[IC_CONTACT]);
	sqlite3_bind_int(st, 11, x->text[IC_WARNING][0] == 'y' || x->text[IC_WARNING][0] == '1');
	int rc = linedb_step(m->d, st, m->err);
	sqlite3_clear_bindings(st);
	return rc;
}

/* What a row says of a line that is there: only what it says anew. */
static int amend_line(struct importer *m, const struct extra *x, uint32_t at, uint32_t row)
{
	static const struct {
		int column;
		const char *name;
	} all[] = { { IC_LINE_STATUS, "status" }, { IC_AREA, "area" },
		    { IC_AREAS, "areas" },        { IC_UNIT, "unit" },
		    { IC_CONTACT, "contact" },    { IC_WARNING, "warning" } };
	int rc = 0;
	for (size_t i = 0; !rc && i < sizeof all / sizeof *all; i++) {
		const char *now = x->text[all[i].column];
		char sql[160];
		sqlite3_stmt *st;
		if (!*now)
			continue;
		bool warning = all[i].column == IC_WARNING;
		if (warning)
			now = *now == 'y' || *now == '1' ? "1" : "0";
		snprintf(
			sql, sizeof sql,
			"SELECT %s, proposal=?2 FROM line WHERE id=?1 AND (current OR proposal=?2) "
			"ORDER BY v DESC LIMIT 1",
			all[i].name);
		rc = linedb_prepare(m->d, sql, &st, m->err);
		if (rc)
			return rc;
		sqlite3_bind_int64(st, 1, m->line[at].id);
		sqlite3_bind_int64(st, 2, m->proposal);
		bool differs = false, own = false;
		char was[120] = "";
		if (sqlite3_step(st) == SQLITE_ROW) {
			const char *s = (const char *)sqlite3_column_text(st, 0);
			snprintf(was, sizeof was, "%.100s", s ? s : "");
			differs = strcmp(s ? s : "", now) != 0;
			own = sqlite3_column_int(st, 1) && s;
		}
		sqlite3_finalize(st);
		if (!differs)
			continue;
		buf_clear(&m->says);
		if (own && m->line[at].fresh) {
			buf_addf(&m->says,
				 "%s: an earlier row of this line says '%s' in the column '%s', "
				 "this one '%s': the first is kept",
				 m->value.line, was, linedb_import_columns[all[i].column], now);
			tell(m, IMPORT_FLAG, row, m->says.data ? m->says.data : "");
			continue;
		}
		rc = linedb_edit(m->d, LT_LINE, m->line[at].id, m->proposal, m->err);
		if (!rc)
			rc = warning ? linedb_set_number(m->d, LT_LINE, m->line[at].id, m->proposal,
							 "warning", *now == '1', m->err)
				     : linedb_set(m->d, LT_LINE, m->line[at].id, m->proposal,
						  all[i].name, now, m->err);
		buf_addf(&m->says, "%s: %s %s -> %s", m->value.line, all[i].name,
			 *was ? was : "(none)", now);
		if (!rc)
			tell(m, IMPORT_CHANGED, row, m->says.data ? m->says.data : "");
	}
	return rc;
}

static int line_of(struct importer *m, uint32_t row, const struct extra *x, uint32_t *ret)
{
	if (!name_words(span_z(m->value.line), &m->words))
		return no_memory(m);
	if (!m->words.n)
		buf_add(&m->words, span_z(m->value.line));
	span words = buf_span(&m->words);
	if (textmap_get(m->lines, words, ret))
		return amend_line(m, x, *ret, row);
	sqlite3_bind_text(m->find_line, 1, words.p, (int)words.n, SQLITE_STATIC);
	int64_t id = sqlite3_step(m->find_line) == SQLITE_ROW
			     ? sqlite3_column_int64(m->find_line, 0)
			     : 0;
	sqlite3_reset(m->find_line);
	if (id)
		return keep_line(m, words, id, false, ret) ? amend_line(m, x, *ret, row)
							   : no_memory(m);
	int rc = insert_line(m, x, words, m->next_line);
	if (!rc && !keep_line(m, words, m->next_line++, true, ret))
		rc = no_memory(m);
	if (!rc)
		tell(m, IMPORT_NEW_LINE, row, m->value.line);
	return rc;
}

/* ---- assertions ---- */

static bool overlap(int64_t from, int64_t until, int64_t from2, int64_t until2)
{
	return (from == TIME_UNSET || until2 == TIME_UNSET || from < until2) &&
	       (from2 == TIME_UNSET || until == TIME_UNSET || from2 < until);
}

/* False, and told, if this file said the same, or of the same time, before. */
static int first_time(struct importer *m, uint32_t row, int64_t line, span key, int64_t from,
		      int64_t until, bool *ret)
{
	uint64_t hash = sipkey_of(&m->salt[0], key) ^ (uint64_t)line * UINT64_C(0x9e3779b97f4a7c15);
	uint64_t check = sipkey_of(&m->salt[1], key) + (uint64_t)line;
	uint32_t last = 0;
	hash += !hash;
	numset_get(m->seen, hash, &last);
	*ret = false;
	for (uint32_t i = last; i; i = m->pending[i - 1].before) {
		const struct pending *p = &m->pending[i - 1];
		if (p->check != check || !overlap(from, until, p->from, p->until))
			continue;
		char why[ROW_WHY_MAX];
		bool same = p->from == from && p->until == until;
		snprintf(why, sizeof why,
			 same ? "it says the same as row %u (same line, identifier and dates): "
				"delete one of the two"
			      : "its dates overlap with row %u, which is about the same line and "
				"identifier: correct one of the two",
			 (unsigned)p->row);
		tell(m, IMPORT_BAD, row, why);
		return 0;
	}
	if (m->pending_n == m->pending_cap) {
		uint32_t cap = m->pending_cap ? m->pending_cap * 2 : 1024;
		struct pending *p = realloc(m->pending, cap * sizeof *p);
		if (!p)
			return no_memory(m);
		m->pending = p;
		m->pending_cap = cap;
	}
	m->pending[m->pending_n++] = (struct pending){ check, from, until, row, last };
	*ret = true;
	return numset_put(m->seen, hash, m->pending_n) ? 0 : no_memory(m);
}

static int64_t column_time(sqlite3_stmt *st, int i)
{
	return sqlite3_column_type(st, i) == SQLITE_NULL ? TIME_UNSET : sqlite3_column_int64(st, i);
}

static int64_t review_of(const struct importer *m, enum line_status status)
{
	bool rests = status == LINE_DORMANT || status == LINE_CLOSED || status == LINE_TAKEN_OVER;
	int64_t at = m->now + (rests ? REVIEW_RESTING : REVIEW_ACTIVE);
	return at / DAY * DAY;
}

static int insert(struct importer *m, uint32_t row, const struct extra *x, int64_t line, span key)
{
	const struct row_value *v = &m->value;
	sqlite3_stmt *st = m->add;
	char dates[40];
	sqlite3_bind_int64(st, 1, m->next_assertion++);
	sqlite3_bind_int64(st, 2, m->proposal);
	sqlite3_bind_int64(st, 3, line);
	sqlite3_bind_text(st, 4, x->text[IC_TYPE][0] ? x->text[IC_TYPE] : linedb_type_of(key), -1,
			  SQLITE_STATIC);
	sqlite3_bind_text(st, 5, v->raw, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 6, key.p, (int)key.n, SQLITE_STATIC);
	bind_time(st, 7, v->a.from);
	bind_time(st, 8, v->a.until);
	sqlite3_bind_text(st, 9,
			  x->text[IC_PRECISION][0] ? x->text[IC_PRECISION]
			  : v->a.from == TIME_UNSET && v->a.until == TIME_UNSET ? "unknown"
										: "day",
			  -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 10, x->text[IC_ROLE][0] ? x->text[IC_ROLE] : "deal", -1,
			  SQLITE_STATIC);
	sqlite3_bind_text(st, 11, line_status_word(v->a.status), -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 12, x->grade, -1, SQLITE_STATIC);
	bind_text(st, 13, x->text[IC_ORIGINAL]);
	for (int i = IC_CONDITIONS; i <= IC_OFFICER; i++)
		bind_text(st, 14 + i - IC_CONDITIONS, x->text[i]);
	bind_time(st, 18, x->received);
	sqlite3_bind_int64(st, 19,
			   x->review_by == TIME_UNSET ? review_of(m, v->a.status) : x->review_by);
	int rc = linedb_step(m->d, st, m->err);
	if (rc)
		return rc;
	if (m->tell) {
		buf_clear(&m->says);
		linedb_dates(v->a.from, v->a.until, dates);
		buf_addf(&m->says, "%s: %s, %s, %s%s%s", v->line, v->raw, dates,
			 line_status_word(v->a.status), x->grade[0] ? ", " : "", x->grade);
	}
	tell(m, IMPORT_NEW, row, m->says.data ? m->says.data : "");
	return 0;
}

/* Columns of m->find, in this order. */
enum {
	F_ID,
	F_LINE,
	F_FROM,
	F_UNTIL,
	F_STATUS,
	F_GRADE,
	F_PRECISION,
	F_ROLE,
	F_REVIEW,
	F_ORIGINAL,
	F_CONDITIONS,
	F_FORCE,
	F_REFERENCE,
	F_OFFICER,
	F_RECEIVED,
	F_NAME
};

struct found {
	int64_t id, from, until;
};

/* One column of an assertion that is there against what the row says; empty says nothing. */
static int compare(struct importer *m, const struct found *f, sqlite3_stmt *st, int column,
		   const char *name, const char *now, bool *ret_changed)
{
	const char *was = (const char *)sqlite3_column_text(st, column);
	if (!*now || strcmp(was ? was : "", now) == 0)
		return 0;
	buf_addf(&m->says, "%s%s %s -> %s", *ret_changed ? "; " : "", name,
		 was && *was ? was : "(none)", now);
	int rc = *ret_changed ? 0 : linedb_edit(m->d, LT_ASSERTION, f->id, m->proposal, m->err);
	*ret_changed = true;
	return rc ? rc : linedb_set(m->d, LT_ASSERTION, f->id, m->proposal, name, now, m->err);
}

static int compare_time(struct importer *m, const struct found *f, int64_t was, const char *name,
			int64_t now, bool *ret_changed)
{
	char before[12], after[12];
	if (now == TIME_UNSET || was == now)
		return 0;
	bool last = strcmp(name, "until") == 0;
	linedb_day(was == TIME_UNSET ? was : was - last, before);
	linedb_day(now - last, after);
	buf_addf(&m->says, "%s%s %s -> %s", *ret_changed ? "; " : "", last ? "to" : name,
		 *before ? before : "(open)", after);
	int rc = *ret_changed ? 0 : linedb_edit(m->d, LT_ASSERTION, f->id, m->proposal, m->err);
	*ret_changed = true;
	return rc ? rc
		  : linedb_set_number(m->d, LT_ASSERTION, f->id, m->proposal, name, now, m->err);
}

static int amend(struct importer *m, uint32_t row, const struct extra *x, sqlite3_stmt *st)
{
	const struct row_value *v = &m->value;
	struct found f = { sqlite3_column_int64(st, F_ID), column_time(st, F_FROM),
			   column_time(st, F_UNTIL) };
	bool changed = false;
	buf_clear(&m->says);
	buf_addf(&m->says, "%s: %s: ", v->line, v->raw);
	int rc = compare_time(m, &f, f.from, "from", v->a.from, &changed);
	if (!rc)
		rc = compare_time(m, &f, f.until, "until", v->a.until, &changed);
	if (!rc && v->a.status != LINE_UNKNOWN)
		rc = compare(m, &f, st, F_STATUS, "status", line_status_word(v->a.status),
			     &changed);
	if (!rc)
		rc = compare(m, &f, st, F_GRADE, "grade", x->grade, &changed);
	static const struct {
		int column, field;
		const char *name;
	} more[] = { { F_PRECISION, IC_PRECISION, "precision" },
		     { F_ROLE, IC_ROLE, "role" },
		     { F_ORIGINAL, IC_ORIGINAL, "original" },
		     { F_CONDITIONS, IC_CONDITIONS, "conditions" },
		     { F_FORCE, IC_FORCE, "force" },
		     { F_REFERENCE, IC_REFERENCE, "reference" },
		     { F_OFFICER, IC_OFFICER, "officer" } };
	for (size_t i = 0; !rc && i < sizeof more / sizeof *more; i++)
		rc = compare(m, &f, st, more[i].column, more[i].name, x->text[more[i].field],
			     &changed);
	if (!rc)
		rc = compare_time(m, &f, column_time(st, F_REVIEW), "review_by", x->review_by,
				  &changed);
	if (!rc)
		rc = compare_time(m, &f, column_time(st, F_RECEIVED), "received", x->received,
				  &changed);
	if (!rc)
		tell(m, changed ? IMPORT_CHANGED : IMPORT_SAME, row,
		     m->says.data ? m->says.data : "");
	return rc;
}

/* The assertion that the row is about, among those of the same identifier: the same line and the
 * same first day; or the only one of the line where the row or the assertion has no first day. */
static int64_t target_of(struct importer *m, uint32_t row, int64_t line, bool *ret_bad)
{
	const struct row_value *v = &m->value;
	int64_t exact = 0, loose = 0, overlaps = 0;
	int loosely = 0;
	char other[2 * ROW_FIELD_MAX] = "", dates[40] = "";
	while (sqlite3_step(m->find) == SQLITE_ROW) {
		int64_t id = sqlite3_column_int64(m->find, F_ID);
		int64_t from = column_time(m->find, F_FROM), until = column_time(m->find, F_UNTIL);
		bool meets = overlap(v->a.from, v->a.until, from, until);
		if (sqlite3_column_int64(m->find, F_LINE) != line) {
			if (meets && !*other)
				snprintf(other, sizeof other, "%.200s",
					 (const char *)sqlite3_column_text(m->find, F_NAME));
			continue;
		}
		if (from == v->a.from)
			exact = id;
		else if (from == TIME_UNSET || v->a.from == TIME_UNSET) {
			loose = id;
			loosely++;
		} else if (meets) {
			overlaps = id;
			linedb_dates(from, until, dates);
		}
	}
	sqlite3_reset(m->find);
	char why[ROW_WHY_MAX];
	*ret_bad = !exact && (overlaps || loosely > 1);
	if (*ret_bad) {
		snprintf(why, sizeof why,
			 overlaps ? "the database has this identifier on this line %s, which "
				    "overlaps: give the first day as it stands there to change it, "
				    "or correct the dates"
				  : "the database has this identifier on this line more than once: "
				    "give the first day (from) of the one that is meant%s",
			 overlaps ? dates : "");
		tell(m, IMPORT_BAD, row, why);
		return 0;
	}
	if (*other) {
		snprintf(why, sizeof why,
			 "%.80s: %.60s is on the line %.80s at the same time: a takeover, or a "
			 "mistake?",
			 v->line, v->raw, other);
		tell(m, IMPORT_FLAG, row, why);
	}
	return exact ? exact : loose;
}

static int take_row(struct importer *m, uint32_t row, const struct extra *x)
{
	struct row_value *v = &m->value;
	char number[17];
	uint32_t at;
	bool first = false, wrong = false;
	span key = { v->key.bytes, v->key.n };
	if (v->a.id.e164) {
		identifier_format(v->a.id.e164, number);
		key = span_z(number);
	}
	int rc = line_of(m, row, x, &at);
	if (!rc)
		rc = first_time(m, row, m->line[at].id, key, v->a.from, v->a.until, &first);
	if (rc || !first)
		return rc;
	sqlite3_bind_text(m->find, 1, key.p, (int)key.n, SQLITE_STATIC);
	int64_t target = target_of(m, row, m->line[at].id, &wrong);
	if (wrong)
		return 0;
	if (!target)
		return insert(m, row, x, m->line[at].id, key);
	while (sqlite3_step(m->find) == SQLITE_ROW)
		if (sqlite3_column_int64(m->find, F_ID) == target) {
			rc = amend(m, row, x, m->find);
			break;
		}
	sqlite3_reset(m->find);
	return rc;
}

/* ---- candidates ---- */

static bool is_token(const char *s)
{
	size_t n = strspn(s, "0123456789abcdef");
	return n >= 16 && n <= 64 && !s[n];
}

/* How many cases have it, this one among them; *ret_known: this one has been counted. */
static int count_cases(struct importer *m, span key, const char *token, int64_t *ret,
		       bool *ret_known)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		m->d,
		"SELECT count(DISTINCT token),ifnull(max(token=?2),0) FROM candidate WHERE key=?1 "
		"AND current AND NOT gone",
		&st, m->err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, key.p, (int)key.n, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, token, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW) {
		*ret_known = sqlite3_column_int(st, 1);
		*ret = sqlite3_column_int64(st, 0) + !*ret_known;
	}
	sqlite3_finalize(st);
	return 0;
}

static int add_candidate(struct importer *m, const struct extra *x, span key)
{
	const struct row_value *v = &m->value;
	sqlite3_stmt *st;
	int64_t id;
	int rc = linedb_next_id(m->d, LT_CANDIDATE, &id, m->err);
	if (!rc)
		rc = linedb_prepare(
			m->d,
			"INSERT INTO candidate(id,v,base,proposal,current,gone,key,raw,token,"
			"first,last,why) VALUES(?1,1,0,?2,0,0,?3,?4,?5,?6,?7,?8)",
			&st, m->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, m->proposal);
	sqlite3_bind_text(st, 3, key.p, (int)key.n, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, v->raw, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 5, x->text[IC_SEEN_IN], -1, SQLITE_STATIC);
	bind_time(st, 6, v->a.from);
	bind_time(st, 7, v->a.until);
	sqlite3_bind_text(st, 8, x->text[IC_SEEN_AS], -1, SQLITE_STATIC);
	rc = linedb_step(m->d, st, m->err);
	sqlite3_finalize(st);
	return rc;
}

static int take_candidate(struct importer *m, uint32_t row, const span *field,
			  const struct extra *x)
{
	char why[ROW_WHY_MAX], number[17];
	span six[COL_MAX];
	int64_t cases = 0;
	bool known = false, first;
	memcpy(six, field, sizeof six);
	if (trim(six[COL_LINE]).n || trim(six[COL_STATUS]).n || trim(six[COL_GRADE]).n) {
		tell(m, IMPORT_BAD, row,
		     "a row with 'seen_in' is a candidate: line, status and grade stay empty until "
		     "an analyst has looked at it");
		return 0;
	}
	if (!is_token(x->text[IC_SEEN_IN])) {
		refuse(m, row, "seen_in", x->text[IC_SEEN_IN],
		       "what 'lines candidates' writes there: 16 to 64 of the digits 0-9 a-f");
		return 0;
	}
	six[COL_LINE] = SPAN("candidate");
	if (!lines_row_read(six, &m->value, why)) {
		tell(m, IMPORT_BAD, row, why);
		return 0;
	}
	span key = { m->value.key.bytes, m->value.key.n };
	if (m->value.a.id.e164) {
		identifier_format(m->value.a.id.e164, number);
		key = span_z(number);
	}
	buf_clear(&m->says);
	buf_addf(&m->says, "%.*s %s", (int)key.n, key.p, x->text[IC_SEEN_IN]);
	if (m->says.failed)
		return no_memory(m);
	int rc = first_time(m, row, 0, buf_span(&m->says), TIME_UNSET, TIME_UNSET, &first);
	if (!rc && first)
		rc = count_cases(m, key, x->text[IC_SEEN_IN], &cases, &known);
	if (rc || !first)
		return rc;
	if (known) {
		tell(m, IMPORT_SAME, row, "");
		return 0;
	}
	sqlite3_bind_text(m->find, 1, key.p, (int)key.n, SQLITE_STATIC);
	const char *line = sqlite3_step(m->find) == SQLITE_ROW
				   ? (const char *)sqlite3_column_text(m->find, F_NAME)
				   : NULL;
	buf_clear(&m->says);
	buf_addf(&m->says, "%s: seen on %lld phone%s%s%s%s%.80s", m->value.raw, (long long)cases,
		 cases == 1 ? "" : "s", x->text[IC_SEEN_AS][0] ? ", " : "", x->text[IC_SEEN_AS],
		 line ? "; it is on the line " : "", line ? line : "");
	sqlite3_reset(m->find);
	rc = add_candidate(m, x, key);
	if (!rc)
		tell(m, IMPORT_CANDIDATE, row, m->says.data ? m->says.data : "");
	return rc;
}

static int on_row(void *user, uint32_t row, const span *field, struct err *err)
{
	struct importer *m = user;
	struct extra x = { .grade = "", .original = "" };
	char why[ROW_WHY_MAX];
	span six[COL_MAX];
	m->err = err;
	memcpy(six, field, sizeof six);
	if (!read_extra(m, row, field, &x))
		return 0;
	if (x.text[IC_SEEN_IN][0])
		return take_candidate(m, row, field, &x);
	/* A grade in the older form is taken as the original. */
	span grade = trim(six[COL_GRADE]);
	if (is_555(grade) && linedb_grade(m->d, grade, x.original)) {
		memcpy(x.text[IC_ORIGINAL], grade.p, grade.n);
		x.text[IC_ORIGINAL][grade.n] = 0;
		six[COL_GRADE] = SPAN("");
	}
	char raw[ROW_FIELD_MAX + 1];
	struct row_key key;
	bool typed = read_typed(m, row, &x, six[COL_IDENTIFIER], raw, &key);
	if (typed && !key.n)
		return 0;
	if (typed)
		six[COL_IDENTIFIER] = SPAN("typed");
	if (!lines_row_read(six, &m->value, why)) {
		tell(m, IMPORT_BAD, row, why);
		return 0;
	}
	struct assertion *a = &m->value.a;
	if (typed) {
		memcpy(m->value.raw, raw, sizeof raw);
		m->value.key = key;
	}
	if (a->source)
		snprintf(x.grade, sizeof x.grade, "%c%c%.1s", a->source, a->assessment,
			 a->handling ? (char[]){ a->handling, 0 } : "");
	else
		memcpy(x.grade, x.original, sizeof x.grade);
	if (x.text[IC_TYPE][0] && !typed) {
		span is = a->id.e164 ? SPAN("+") : (span){ m->value.key.bytes, m->value.key.n };
		if (strcmp(linedb_type_of(is), x.text[IC_TYPE]) != 0) {
			refuse(m, row, "identifier", m->value.raw, "what the column 'type' says");
			return 0;
		}
	}
	return take_row(m, row, &x);
}

/* ---- the whole file ---- */

static int prepare(struct importer *m)
{
	int rc = linedb_prepare(
		m->d,
		"SELECT id FROM line WHERE current AND NOT gone AND words=?1 UNION ALL SELECT line "
		"FROM brand WHERE current AND NOT gone AND words=?1 LIMIT 1",
		&m->find_line, m->err);
	if (!rc)
		rc = linedb_prepare(
			m->d,
			"SELECT a.id,a.line,a.\"from\",a.until,a.status,a.grade,a.precision,a.role,"
			"a.review_by,a.original,a.conditions,a.force,a.reference,a.officer,"
			"a.received,l.name FROM assertion a JOIN line l ON l.id=a.line AND "
			"l.current WHERE a.current AND a.key=?1 AND NOT a.gone ORDER BY a.id",
			&m->find, m->err);
	if (!rc)
		rc = linedb_prepare(m->d,
				    "INSERT INTO line(id,v,base,proposal,current,gone,uuid,name,"
				    "words,status,area,areas,unit,contact,warning) "
				    "VALUES(?1,1,0,?2,0,0,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
				    &m->add_line, m->err);
	if (!rc)
		rc = linedb_prepare(
			m->d,
			"INSERT INTO assertion(id,v,base,proposal,current,gone,line,type,raw,key,"
			"\"from\",until,precision,role,status,grade,original,conditions,force,"
			"reference,officer,received,review_by) "
			"VALUES(?1,1,0,?2,0,0,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,"
			"?18,?19)",
			&m->add, m->err);
	if (!rc)
		rc = linedb_next_id(m->d, LT_LINE, &m->next_line, m->err);
	if (!rc)
		rc = linedb_next_id(m->d, LT_ASSERTION, &m->next_assertion, m->err);
	return rc;
}

struct source {
	int fd; /* -1: memory */
	span rest;
	char piece[PIECE];
};

static int feed(struct importer *m, struct source *from, struct lines_csv *csv)
{
	uint64_t total = 0;
	for (;;) {
		span piece = { from->rest.p, from->rest.n < PIECE ? from->rest.n : PIECE };
		if (from->fd >= 0) {
			ssize_t n;
			do
				n = read(from->fd, from->piece, PIECE);
			while (n < 0 && errno == EINTR);
			if (n < 0)
				return err_set(m->err, E_IO, "%s cannot be read: %s.", m->name,
					       strerror(errno));
			piece = (span){ from->piece, (size_t)n };
		} else
			from->rest = span_from(from->rest, piece.n);
		if (!piece.n)
			return lines_csv_end(csv, m->err);
		total += piece.n;
		if (total > FILE_MAX)
			return err_set(m->err, E_LIMIT, "%s is larger than 2 GiB: split it.",
				       m->name);
		int rc = lines_csv_feed(csv, piece, m->err);
		if (rc)
			return rc;
	}
}

static int finish(struct importer *m, bool apply, bool skip_bad, const char *why)
{
	struct import_result *r = m->result;
	if (!apply) {
		linedb_rollback(m->d);
		return 0;
	}
	if (r->n[IMPORT_BAD] && !skip_bad)
		return err_set(m->err, E_USER,
			       "%llu row%s of %s cannot be taken, so nothing was. Correct %s, or "
			       "give --skip-bad-rows to leave %s out.",
			       (unsigned long long)r->n[IMPORT_BAD],
			       r->n[IMPORT_BAD] == 1 ? "" : "s", m->name,
			       r->n[IMPORT_BAD] == 1 ? "it" : "them",
			       r->n[IMPORT_BAD] == 1 ? "it" : "them");
	int rc = linedb_propose_end(m->d, m->proposal, "import", why, m->err);
	if (!rc)
		r->proposal = m->proposal;
	return rc;
}

static int run(struct importer *m, struct source *from, bool apply, bool skip_bad, const char *why)
{
	struct csv_sink sink = { .row = on_row,
				 .bad = bad,
				 .user = m,
				 .column = linedb_import_columns,
				 .columns = IC_MAX };
	struct lines_csv *csv = lines_csv_new(&sink, m->name);
	m->lines = textmap_new();
	m->text = arena_new();
	m->seen = numset_new(1024);
	m->now = linedb_now();
	sipkey_draw(&m->salt[0]);
	sipkey_draw(&m->salt[1]);
	int rc = csv && m->lines && m->text && m->seen ? 0 : no_memory(m);
	if (!rc)
		rc = linedb_propose(m->d, "import", 0, &m->proposal, m->err);
	if (!rc)
		rc = prepare(m);
	if (!rc)
		rc = feed(m, from, csv);
	if (!rc)
		snprintf(m->result->ignored, sizeof m->result->ignored, "%s",
			 lines_csv_ignored(csv));
	sqlite3_finalize(m->find_line);
	sqlite3_finalize(m->find);
	sqlite3_finalize(m->add_line);
	sqlite3_finalize(m->add);
	if (!rc)
		rc = finish(m, apply, skip_bad, why);
	if (rc)
		linedb_rollback(m->d);
	lines_csv_free(csv);
	textmap_free(m->lines);
	numset_free(m->seen);
	arena_free(m->text);
	free(m->line);
	free(m->pending);
	buf_free(&m->words);
	buf_free(&m->says);
	return rc;
}

static int start(struct linedb *d, struct source *from, const char *name, bool apply, bool skip_bad,
		 const char *why, import_tell_fn *fn, void *user, struct import_result *ret,
		 struct err *err)
{
	struct importer *m = calloc(1, sizeof *m);
	*ret = (struct import_result){ 0 };
	if (!m)
		return err_set(err, E_NOMEM, "Memory ran out.");
	m->d = d;
	m->name = name;
	m->tell = fn;
	m->user = user;
	m->result = ret;
	m->err = err;
	int rc = run(m, from, apply, skip_bad, why);
	free(m);
	return rc;
}

int linedb_import(struct linedb *d, const char *path, bool apply, bool skip_bad, const char *why,
		  import_tell_fn *fn, void *user, struct import_result *ret, struct err *err)
{
	struct source *from = calloc(1, sizeof *from);
	uint64_t size;
	if (!from)
		return err_set(err, E_NOMEM, "Memory ran out.");
	int rc = given_file_open(path, "the CSV file of the deal lines", &from->fd, &size, err);
	if (!rc) {
		rc = start(d, from, path, apply, skip_bad, why, fn, user, ret, err);
		close(from->fd);
	}
	free(from);
	return rc;
}

int linedb_import_bytes(struct linedb *d, span csv, const char *name, bool apply, bool skip_bad,
			const char *why, import_tell_fn *fn, void *user, struct import_result *ret,
			struct err *err)
{
	struct source *from = calloc(1, sizeof *from);
	if (!from)
		return err_set(err, E_NOMEM, "Memory ran out.");
	from->fd = -1;
	from->rest = csv;
	int rc = start(d, from, name, apply, skip_bad, why, fn, user, ret, err);
	free(from);
	return rc;
}
