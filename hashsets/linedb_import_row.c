/* linedb_import_row.c - see linedb_import_inside.h */
#include "base/utf8.h"
#include "linedb_import_inside.h"
#include <stdio.h>

span importer_trim(span s)
{
	while (s.n && (unsigned char)s.p[0] <= ' ')
		s = span_from(s, 1);
	while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	if (s.n > 1 && s.p[0] == '\'' && strchr("+0=-@", s.p[1]))
		s = span_from(s, 1);
	return s;
}

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

bool importer_is_555(span s)
{
	return s.n >= 2 && s.n <= 3 && s.p[0] >= 'A' && s.p[0] <= 'E' && s.p[1] >= '1' &&
	       s.p[1] <= '5' && (s.n == 2 || (s.p[2] >= '1' && s.p[2] <= '5'));
}

bool linedb_grade(struct linedb *d, span original, char ret[static 4])
{
	char source[6], info[6], handling[6];
	memset(ret, 0, 4);
	if (!importer_is_555(original))
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

bool importer_refuse(struct importer *m, uint32_t row, const char *column, const char *value,
		     const char *what)
{
	char why[ROW_WHY_MAX];
	snprintf(why, sizeof why, "'%.60s' in the column '%s' is not %s", value, column, what);
	importer_tell(m, IMPORT_BAD, row, why);
	return false;
}

static bool read_day(struct importer *m, uint32_t row, const struct extra *x, int column,
		     int64_t *ret)
{
	*ret = TIME_UNSET;
	return !x->text[column][0] || time_parse_date(span_z(x->text[column]), ret) ||
	       importer_refuse(m, row, linedb_import_columns[column], x->text[column],
			       "a date: write it as YYYY-MM-DD");
}

bool importer_read_extra(struct importer *m, uint32_t row, const span *field, struct extra *x)
{
	for (int i = 0; i < IC_MAX; i++) {
		span s = importer_trim(field[i]);
		size_t most = i < COL_MAX ? (size_t)ROW_FIELD_MAX * 5 : sizeof x->text[i] - 1;
		if (i >= COL_MAX && (s.n > most || !utf8_valid(s) || (s.n && memchr(s.p, 0, s.n))))
			return importer_refuse(m, row, linedb_import_columns[i], "...",
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
			return importer_refuse(m, row, linedb_import_columns[sets[i].column], v,
					       sets[i].what);
	}
	enum line_status status;
	if (x->text[IC_LINE_STATUS][0] && !line_status_from_word(x->text[IC_LINE_STATUS], &status))
		return importer_refuse(m, row, "line_status", x->text[IC_LINE_STATUS], "a status");
	if (x->text[IC_ORIGINAL][0] &&
	    !linedb_grade(m->d, span_z(x->text[IC_ORIGINAL]), x->original))
		return importer_refuse(m, row, "original", x->text[IC_ORIGINAL],
				       "a 5x5x5 grade, for example B24");
	return read_day(m, row, x, IC_REVIEW_BY, &x->review_by) &&
	       read_day(m, row, x, IC_RECEIVED, &x->received);
}

/* A device or other identifier whose kind the row names, so that its digits are not guessed at. */
bool importer_read_typed(struct importer *m, uint32_t row, const struct extra *x, span identifier,
			 char ret_raw[static ROW_FIELD_MAX + 1], struct row_key *ret)
{
	static const char *const named[] = { "meid",       "esn",   "mac", "udid",
					     "android-id", "other", NULL };
	span s = importer_trim(identifier);
	size_t n = 0;
	if (!one_of(x->text[IC_TYPE], named))
		return false;
	ret->n = 0;
	if (!s.n || s.n > ROW_FIELD_MAX || !utf8_valid(s)) {
		importer_refuse(m, row, "identifier", "...", "text of 1 to 200 bytes");
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
