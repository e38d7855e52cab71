/* linedb_amend.c - see linedb_amend.h */
#include "linedb_amend.h"
#include "linedb_import.h"
#include "linedb_text.h"
#include "name.h"
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>

#define WORDS 5
#define TEXT_MAX 1000

static bool is_word_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

int linedb_find_line(struct linedb *d, const char *name, int64_t *ret, struct err *err)
{
	struct buf words = { 0 };
	sqlite3_stmt *st;
	if (!name_words(span_z(name), &words) || !words.n)
		buf_add(&words, span_z(name));
	int rc = linedb_prepare(
		d,
		"SELECT id FROM line WHERE current AND NOT gone AND uuid=?2 UNION ALL SELECT id "
		"FROM line WHERE current AND NOT gone AND words=?1 UNION ALL SELECT line FROM "
		"brand "
		"WHERE current AND NOT gone AND words=?1 LIMIT 1",
		&st, err);
	if (!rc) {
		sqlite3_bind_text(st, 1, words.data, (int)words.n, SQLITE_STATIC);
		sqlite3_bind_text(st, 2, name, -1, SQLITE_STATIC);
		if (sqlite3_step(st) == SQLITE_ROW)
			*ret = sqlite3_column_int64(st, 0);
		else
			rc = err_set(err, E_ABSENT, "No line is called '%.100s'.", name);
		sqlite3_finalize(st);
	}
	buf_free(&words);
	return rc;
}

/* ---- assertions ---- */

struct assertion_edit {
	struct linedb *d;
	int64_t id, proposal;
	struct err *err;
};

static int set_time(const struct assertion_edit *e, const char *column, int64_t t)
{
	return t == TIME_UNSET
		       ? linedb_set(e->d, LT_ASSERTION, e->id, e->proposal, column, NULL, e->err)
		       : linedb_set_number(e->d, LT_ASSERTION, e->id, e->proposal, column, t,
					   e->err);
}

/* The four columns that a CSV row has too are read as there. */
static int set_checked(const struct assertion_edit *e, const struct linedb_field *f,
		       enum row_column column, const char *value)
{
	struct row_value *v = malloc(sizeof *v);
	char why[ROW_WHY_MAX];
	span six[COL_MAX] = { SPAN_INIT("x"), SPAN_INIT("07700900000"),
			      SPAN_INIT(""),  SPAN_INIT(""),
			      SPAN_INIT(""),  SPAN_INIT("") };
	six[column] = span_z(value);
	int rc = 0;
	if (!v)
		return err_set(e->err, E_NOMEM, "Memory ran out.");
	if (!lines_row_read(six, v, why))
		rc = err_set(e->err, E_USER, "--%s: %s", f->name, why);
	else if (column == COL_FROM)
		rc = set_time(e, "from", v->a.from);
	else if (column == COL_TO)
		rc = set_time(e, "until", v->a.until);
	else
		rc = linedb_set(e->d, LT_ASSERTION, e->id, e->proposal, f->name, value, e->err);
	free(v);
	return rc;
}

static int set_assertion(const struct assertion_edit *e, const struct linedb_field *f)
{
	static const char *const texts[] = { "conditions", "force", "reference", "officer", NULL };
	const char *value = strcmp(f->value, "-") == 0 ? "" : f->value;
	char grade[4];
	for (enum row_column c = COL_FROM; c < COL_MAX; c++)
		if (strcmp(f->name, linedb_import_columns[c]) == 0 &&
		    !(c == COL_GRADE && linedb_grade(e->d, span_z(value), grade)))
			return set_checked(e, f, c, c == COL_STATUS && !*value ? "unknown" : value);
	if (strcmp(f->name, "grade") == 0) { /* in the older form */
		int rc = linedb_set(e->d, LT_ASSERTION, e->id, e->proposal, "original", value,
				    e->err);
		return rc ? rc
			  : linedb_set(e->d, LT_ASSERTION, e->id, e->proposal, "grade", grade,
				       e->err);
	}
	if (strcmp(f->name, "role") == 0 && is_word_of(value, linedb_roles))
		return linedb_set(e->d, LT_ASSERTION, e->id, e->proposal, "role", value, e->err);
	if (is_word_of(f->name, texts) && strlen(value) <= TEXT_MAX)
		return linedb_set(e->d, LT_ASSERTION, e->id, e->proposal, f->name,
				  *value ? value : NULL, e->err);
	int64_t day;
	if ((strcmp(f->name, "review_by") == 0 || strcmp(f->name, "received") == 0) &&
	    time_parse_date(span_z(value), &day))
		return set_time(e, f->name, day);
	return err_set(e->err, E_USER, "'%.60s' will not do for --%s of an assertion.", f->value,
		       f->name);
}

int linedb_amend_assertion(struct linedb *d, int64_t id, const struct linedb_field *f, size_t n,
			   const char *why, int64_t *ret_proposal, struct err *err)
{
	struct assertion_edit e = { d, id, 0, err };
	int64_t wrong = 0;
	int rc = linedb_propose(d, "amend", 0, &e.proposal, err);
	if (!rc)
		rc = linedb_edit(d, LT_ASSERTION, id, e.proposal, err);
	for (size_t i = 0; !rc && i < n; i++)
		rc = set_assertion(&e, &f[i]);
	if (!rc)
		rc = linedb_number(d,
				   "SELECT count(*) FROM assertion WHERE proposal=?1 AND "
				   "\"from\">=until",
				   e.proposal, &wrong, err);
	if (!rc && wrong)
		rc = err_set(err, E_USER, "The last day would be before the first.");
	if (rc)
		linedb_rollback(d);
	else
		rc = linedb_propose_end(d, e.proposal, "amend", why, err);
	*ret_proposal = e.proposal;
	return rc;
}

/* ---- lines ---- */

/* A row that hangs on a line: brand, note, template, link. Its columns are bound after ?3. */
static int add_row(struct linedb *d, enum linedb_table t, int64_t proposal, int64_t line,
		   const char *columns, const char *a, const char *b, struct err *err)
{
	char sql[300];
	sqlite3_stmt *st;
	int64_t id;
	int rc = linedb_next_id(d, t, &id, err);
	snprintf(sql, sizeof sql,
		 "INSERT INTO %s(id,v,base,proposal,current,gone,line,%s) "
		 "VALUES(?1,1,0,?2,0,0,?3,?4,?5)",
		 linedb_table_name(t), columns);
	if (!rc)
		rc = linedb_prepare(d, sql, &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, proposal);
	sqlite3_bind_int64(st, 3, line);
	sqlite3_bind_text(st, 4, a, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 5, b, -1, SQLITE_STATIC);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

static int by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

size_t linedb_shingles(span text, uint64_t ret[static LINEDB_SHINGLES])
{
	struct buf words = { 0 };
	size_t n = 0, start[WORDS] = { 0 }, seen = 0;
	if (text.n > NAME_MAX_BYTES)
		text.n = NAME_MAX_BYTES;
	if (!name_words(text, &words)) {
		buf_free(&words);
		return 0;
	}
	struct buf plain = { 0 };
	for (size_t i = 0; i < words.n; i++) {
		bool digit = words.data[i] >= '0' && words.data[i] <= '9';
		bool before = plain.n && plain.data[plain.n - 1] == '0';
		if (!digit || !before)
			buf_byte(&plain, digit ? '0' : words.data[i]);
	}
	for (size_t at = 0; at <= plain.n && n < LINEDB_SHINGLES && plain.data; at++) {
		if (at < plain.n && plain.data[at] != ' ')
			continue;
		seen++;
		if (seen >= WORDS) {
			unsigned char digest[32];
			size_t from = start[seen % WORDS];
			SHA256((const unsigned char *)plain.data + from, at - from, digest);
			memcpy(&ret[n++], digest, 8);
		}
		start[seen % WORDS] = at + 1;
	}
	buf_free(&words);
	buf_free(&plain);
	qsort(ret, n, sizeof *ret, by_value);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (!i || ret[i] != ret[i - 1])
			ret[kept++] = ret[i];
	return kept;
}

int linedb_likeness(const uint64_t *a, size_t a_n, const uint64_t *b, size_t b_n)
{
	size_t i = 0, k = 0, both = 0, least = a_n < b_n ? a_n : b_n;
	while (i < a_n && k < b_n) {
		uint64_t x = a[i], y = b[k];
		both += x == y;
		i += x <= y;
		k += y <= x;
	}
	return least ? (int)(both * 1000 / least) : 0;
}

static int add_template(struct linedb *d, int64_t proposal, int64_t line, const char *text,
			struct err *err)
{
	uint64_t hashes[LINEDB_SHINGLES];
	unsigned char bytes[LINEDB_SHINGLES * 8];
	sqlite3_stmt *st;
	int64_t id;
	size_t n = linedb_shingles(span_z(text), hashes);
	if (!n)
		return err_set(err, E_USER, "A template needs five words or more.");
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < 8; k++)
			bytes[8 * i + (size_t)k] = (unsigned char)(hashes[i] >> (56 - 8 * k));
	int rc = linedb_next_id(d, LT_TEMPLATE, &id, err);
	if (!rc)
		rc = linedb_prepare(d,
				    "INSERT INTO template(id,v,base,proposal,current,gone,line,"
				    "shingles) VALUES(?1,1,0,?2,0,0,?3,?4)",
				    &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, proposal);
	sqlite3_bind_int64(st, 3, line);
	sqlite3_bind_blob(st, 4, bytes, (int)(8 * n), SQLITE_STATIC);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

static int add_brand(struct linedb *d, int64_t proposal, int64_t line, const char *name,
		     struct err *err)
{
	struct buf words = { 0 };
	int64_t other;
	struct err none = { 0 };
	if (linedb_find_line(d, name, &other, &none) == 0)
		return err_set(err, E_USER, "'%.100s' is the name of a line already.", name);
	if (!name_words(span_z(name), &words) || !words.n)
		buf_add(&words, span_z(name));
	int rc =
		strlen(name) > ROW_FIELD_MAX
			? err_set(err, E_USER, "A name has at most %d bytes.", ROW_FIELD_MAX)
			: add_row(d, LT_BRAND, proposal, line, "name,words", name, words.data, err);
	buf_free(&words);
	return rc;
}

int linedb_link(struct linedb *d, int64_t proposal, int64_t line, int64_t other, const char *kind,
		const char *evidence, struct err *err)
{
	sqlite3_stmt *st;
	int64_t id;
	int rc = linedb_next_id(d, LT_LINK, &id, err);
	if (!rc)
		rc = linedb_prepare(d,
				    "INSERT INTO link(id,v,base,proposal,current,gone,line,other,"
				    "kind,evidence) VALUES(?1,1,0,?2,0,0,?3,?4,?5,?6)",
				    &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, proposal);
	sqlite3_bind_int64(st, 3, line);
	sqlite3_bind_int64(st, 4, other);
	sqlite3_bind_text(st, 5, kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 6, evidence, -1, SQLITE_STATIC);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

static int add_takeover(struct linedb *d, int64_t proposal, int64_t line, const char *name,
			struct err *err)
{
	int64_t id;
	int rc = linedb_find_line(d, name, &id, err);
	if (!rc && id == line)
		rc = err_set(err, E_USER, "A line does not take itself over.");
	if (rc)
		return rc;
	return linedb_link(d, proposal, line, id, "takeover", "by hand", err);
}

static int amend_line(struct linedb *d, int64_t id, int64_t proposal, const struct linedb_field *f,
		      struct err *err)
{
	static const char *const texts[] = { "area",    "areas", "drugs",  "ocg", "unit",
					     "contact", "ddtro", "holder", NULL };
	const char *value = strcmp(f->value, "-") == 0 ? "" : f->value;
	enum line_status status;
	int64_t day;
	if (strlen(value) > TEXT_MAX && strcmp(f->name, "fact") != 0 &&
	    strcmp(f->name, "assessment") != 0)
		return err_set(err, E_USER, "--%s: at most %d bytes.", f->name, TEXT_MAX);
	if (strcmp(f->name, "brand") == 0 && *value)
		return add_brand(d, proposal, id, value, err);
	if (strcmp(f->name, "template") == 0)
		return add_template(d, proposal, id, value, err);
	if (strcmp(f->name, "takeover") == 0)
		return add_takeover(d, proposal, id, value, err);
	if (*value && (strcmp(f->name, "fact") == 0 || strcmp(f->name, "assessment") == 0))
		return add_row(d, LT_NOTE, proposal, id, "kind,text", f->name, value, err);
	int rc = linedb_edit(d, LT_LINE, id, proposal, err);
	if (rc)
		return rc;
	if (is_word_of(f->name, texts))
		return linedb_set(d, LT_LINE, id, proposal, f->name, *value ? value : NULL, err);
	if (strcmp(f->name, "status") == 0 && line_status_from_word(value, &status))
		return linedb_set(d, LT_LINE, id, proposal, "status", value, err);
	if (strcmp(f->name, "warning") == 0 &&
	    (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0))
		return linedb_set_number(d, LT_LINE, id, proposal, "warning", *value == 'y', err);
	if (strcmp(f->name, "ddtro_on") == 0 && time_parse_date(span_z(value), &day))
		return linedb_set_number(d, LT_LINE, id, proposal, "ddtro_on", day, err);
	return err_set(err, E_USER, "'%.60s' will not do for --%s of a line.", f->value, f->name);
}

int linedb_amend_line(struct linedb *d, int64_t id, const struct linedb_field *f, size_t n,
		      const char *why, int64_t *ret_proposal, struct err *err)
{
	int64_t proposal = 0;
	int rc = linedb_propose(d, "amend", 0, &proposal, err);
	for (size_t i = 0; !rc && i < n; i++)
		rc = amend_line(d, id, proposal, &f[i], err);
	if (rc)
		linedb_rollback(d);
	else
		rc = linedb_propose_end(d, proposal, "amend", why, err);
	*ret_proposal = proposal;
	return rc;
}
