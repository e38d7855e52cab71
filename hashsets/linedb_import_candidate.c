/* linedb_import_candidate.c - see linedb_import_inside.h */
#include "linedb_import_inside.h"
#include <stdio.h>

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

int importer_candidate(struct importer *m, uint32_t row, const span *field, const struct extra *x)
{
	char why[ROW_WHY_MAX], number[17];
	span six[COL_MAX];
	int64_t cases = 0;
	bool known = false, first;
	memcpy(six, field, sizeof six);
	if (importer_trim(six[COL_LINE]).n || importer_trim(six[COL_STATUS]).n ||
	    importer_trim(six[COL_GRADE]).n) {
		importer_tell(m, IMPORT_BAD, row,
			      "a row with 'seen_in' is a candidate: line, status and grade stay "
			      "empty until "
			      "an analyst has looked at it");
		return 0;
	}
	if (!is_token(x->text[IC_SEEN_IN])) {
		importer_refuse(
			m, row, "seen_in", x->text[IC_SEEN_IN],
			"what 'lines candidates' writes there: 16 to 64 of the digits 0-9 a-f");
		return 0;
	}
	six[COL_LINE] = SPAN("candidate");
	if (!lines_row_read(six, &m->value, why)) {
		importer_tell(m, IMPORT_BAD, row, why);
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
		return importer_no_memory(m);
	int rc = importer_first_time(m, row, 0, buf_span(&m->says), TIME_UNSET, TIME_UNSET, &first);
	if (!rc && first)
		rc = count_cases(m, key, x->text[IC_SEEN_IN], &cases, &known);
	if (rc || !first)
		return rc;
	if (known) {
		importer_tell(m, IMPORT_SAME, row, "");
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
		importer_tell(m, IMPORT_CANDIDATE, row, m->says.data ? m->says.data : "");
	return rc;
}
