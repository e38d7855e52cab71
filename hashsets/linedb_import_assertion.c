/* linedb_import_assertion.c - see linedb_import_inside.h */
#include "linedb_import_inside.h"
#include "linedb_text.h"
#include <stdio.h>
#include <stdlib.h>

#define DAY INT64_C(86400000)
#define REVIEW_ACTIVE (90 * DAY)
#define REVIEW_RESTING (365 * DAY)

static bool overlap(int64_t from, int64_t until, int64_t from2, int64_t until2)
{
	return (from == TIME_UNSET || until2 == TIME_UNSET || from < until2) &&
	       (from2 == TIME_UNSET || until == TIME_UNSET || from2 < until);
}

/* False, and told, if this file said the same, or of the same time, before. */
int importer_first_time(struct importer *m, uint32_t row, int64_t line, span key, int64_t from,
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
		importer_tell(m, IMPORT_BAD, row, why);
		return 0;
	}
	if (m->pending_n == m->pending_cap) {
		uint32_t cap = m->pending_cap ? m->pending_cap * 2 : 1024;
		struct pending *p = realloc(m->pending, cap * sizeof *p);
		if (!p)
			return importer_no_memory(m);
		m->pending = p;
		m->pending_cap = cap;
	}
	m->pending[m->pending_n++] = (struct pending){ check, from, until, row, last };
	*ret = true;
	return numset_put(m->seen, hash, m->pending_n) ? 0 : importer_no_memory(m);
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
	importer_tell(m, IMPORT_NEW, row, m->says.data ? m->says.data : "");
	return 0;
}

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
		importer_tell(m, changed ? IMPORT_CHANGED : IMPORT_SAME, row,
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
		importer_tell(m, IMPORT_BAD, row, why);
		return 0;
	}
	if (*other) {
		snprintf(why, sizeof why,
			 "%.80s: %.60s is on the line %.80s at the same time: a takeover, or a "
			 "mistake?",
			 v->line, v->raw, other);
		importer_tell(m, IMPORT_FLAG, row, why);
	}
	return exact ? exact : loose;
}

int importer_assertion(struct importer *m, uint32_t row, const struct extra *x)
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
	int rc = importer_line(m, row, x, &at);
	if (!rc)
		rc = importer_first_time(m, row, m->line[at].id, key, v->a.from, v->a.until,
					 &first);
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
