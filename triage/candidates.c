/* candidates.c - see candidates.h */
#include "candidates.h"
#include "base/identifier.h"
#include "csv_cell.h"
#include "hex.h"
#include <openssl/sha.h>
#include <stdio.h>

/* An entry of a pack that is itself a candidate has this instead of a line's uuid. */
#define NO_LINE "00000000-0000-0000-0000-000000000000"

static const char query[] =
	"WITH f AS (SELECT fr.record,g.category,g.points FROM finding g JOIN finding_record fr ON "
	"fr.finding=g.id WHERE g.category IN ('broadcast','number-swap')),"
	"who AS (SELECT p.e164,f.record,f.category,f.points FROM f JOIN record r ON r.id=f.record "
	"JOIN party p ON p.id=r.\"from\" WHERE r.direction=1 AND p.role='person' UNION ALL "
	"SELECT m.e164,f.record,'named',f.points FROM f JOIN mention m ON m.record=f.record WHERE "
	"f.category='number-swap')"
	"SELECT w.e164,date(min(r.time)/1000,'unixepoch'),date(max(r.time)/1000,'unixepoch'),"
	"max(w.category='broadcast'),max(w.category='number-swap'),max(w.category='named'),"
	"count(DISTINCT r.time/86400000) FROM who w JOIN record r ON r.id=w.record WHERE w.e164 IS "
	"NOT NULL AND w.e164 NOT IN (SELECT l.e164 FROM line l LEFT JOIN line_source s ON "
	"s.line=l.id WHERE l.e164 IS NOT NULL AND ifnull(s.uuid,'')<>'" NO_LINE "') AND w.e164 NOT "
	"IN (SELECT e164 FROM party WHERE role='owner' AND e164 IS NOT NULL) AND w.e164 NOT IN "
	"(SELECT p.e164 FROM contact_id i JOIN record a ON a.id=i.record AND a.kind=0 JOIN party p "
	"ON p.id=i.party WHERE p.e164 IS NOT NULL) AND w.e164 NOT IN (SELECT p.e164 FROM finding g "
	"JOIN finding_record fr ON fr.finding=g.id JOIN record a ON a.id=fr.record JOIN party p ON "
	"p.id=a.\"from\" WHERE g.category='outreach-text' AND p.e164 IS NOT NULL) "
	"GROUP BY w.e164 HAVING max(w.points)>0 OR count(DISTINCT w.record)>1 ORDER BY w.e164";

static int read_token(struct case_db *c, char ret[static 33], struct err *err)
{
	static const char purpose[] = "linecheck candidates\n";
	unsigned char digest[32];
	char text[sizeof purpose + 64];
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT value FROM meta WHERE key='case'", &st, err);
	if (rc)
		return rc;
	int n = sqlite3_step(st) == SQLITE_ROW ? snprintf(text, sizeof text, "%s%.63s", purpose,
							  (const char *)sqlite3_column_text(st, 0))
					       : 0;
	sqlite3_finalize(st);
	if (n <= 0)
		return err_set(err, E_FORMAT, "The case has no id of its own.");
	SHA256((const unsigned char *)text, (size_t)n, digest);
	hex_write(ret, digest, 16);
	return 0;
}

static void put_row(struct buf *b, sqlite3_stmt *st, const char *number, const char *token)
{
	char days[24];
	struct buf seen = { 0 };
	snprintf(days, sizeof days, "%lld", (long long)sqlite3_column_int64(st, 6));
	csv_cell(b, SPAN(""));
	csv_cell(b, span_z(number));
	for (int i = 1; i < 3; i++)
		csv_cell(b, (span){ sqlite3_column_bytes(st, i)
					    ? (const char *)sqlite3_column_text(st, i)
					    : "",
				    (size_t)sqlite3_column_bytes(st, i) });
	csv_cell(b, SPAN(""));
	csv_cell(b, SPAN(""));
	csv_cell(b, span_z(token));
	if (sqlite3_column_int(st, 3))
		buf_addf(&seen, "sent offers as lines do; ");
	if (sqlite3_column_int(st, 4))
		buf_addf(&seen, "said that a number is new; ");
	if (sqlite3_column_int(st, 5))
		buf_addf(&seen, "was named as a new number; ");
	buf_addf(&seen, "on %s day%s", days, days[0] == '1' && !days[1] ? "" : "s");
	csv_cell(b, buf_span(&seen));
	csv_end(b);
	buf_free(&seen);
}

static bool left_out(const char *const *list, size_t n, uint64_t e164)
{
	for (size_t i = 0; i < n; i++)
		if (identifier_of(span_z(list[i])).e164 == e164)
			return true;
	return false;
}

int candidates_write(struct case_db *c, const char *const *leave_out, size_t n, struct buf *ret,
		     uint64_t *ret_rows, struct err *err)
{
	static const char *const head[] = { "line",   "identifier", "from",    "to",
					    "status", "grade",      "seen_in", "seen_as" };
	char token[33], number[17];
	sqlite3_stmt *st;
	int step;
	*ret_rows = 0;
	int rc = read_token(c, token, err);
	if (!rc)
		rc = case_prepare(c, query, &st, err);
	if (rc)
		return rc;
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_cell(ret, span_z(head[i]));
	csv_end(ret);
	while ((step = sqlite3_step(st)) == SQLITE_ROW) {
		uint64_t e164 = (uint64_t)sqlite3_column_int64(st, 0);
		if (left_out(leave_out, n, e164))
			continue;
		identifier_format(e164, number);
		put_row(ret, st, number, token);
		++*ret_rows;
	}
	if (step != SQLITE_DONE)
		rc = case_error(c, "looking for unknown numbers", err);
	sqlite3_finalize(st);
	if (!rc && ret->failed)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	return rc;
}
