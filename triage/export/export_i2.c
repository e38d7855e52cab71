/* export_i2.c - entities and links as CSV for i2: phones, and calls and messages between them. */
#include "base/time.h"
#include "export.h"
#include "report/sheet.h"
#include <inttypes.h>
#include <stdio.h>

/* The same number in several files is one entity: they are named by what they are. */
#define CHOSEN                                                                                    \
	"WITH chosen AS (SELECT r.* FROM record r WHERE r.kind IN (2, 3) AND (r.id IN (SELECT "   \
	"record FROM finding_record UNION SELECT record FROM match WHERE line IS NOT NULL) OR "   \
	"r.thread IN (SELECT value FROM json_each(?1)))), side AS (SELECT c.id, c.kind, c.time, " \
	"c.duration, f.id AS a, t.id AS b FROM chosen c JOIN party f ON f.id = c.\"from\" JOIN "  \
	"party_set s ON s.id = c.\"to\" JOIN party t ON t.id = s.party) "
#define NAME(p) \
	"coalesce('+' || " p ".e164, CAST(" p ".raw AS TEXT), " p ".role || ' ' || " p ".id)"

static int ask(struct rows *rows, struct export_job *j, const char *sql, struct err *err)
{
	int rc = rows_ask(rows, j->c, sql, err);
	if (!rc)
		sqlite3_bind_text(rows->st, 1, j->f->threads ? j->f->threads : "[]", -1,
				  SQLITE_STATIC);
	return rc;
}

static int put_entities(struct export_job *j, struct err *err)
{
	static const char *const titles[] = { "identity", "type", "label", NULL };
	struct sheet v = { 0 };
	struct rows rows;
	int rc = bundle_open(j->b, "entities.csv", &v.to, err);
	if (rc)
		return rc;
	sheet_titles(&v, titles);
	rc = ask(&rows, j,
		 CHOSEN "SELECT DISTINCT " NAME("p") " AS name, p.e164 IS NOT NULL FROM party p"
						     " WHERE p.id IN (SELECT a FROM side UNION "
						     "SELECT b FROM side) ORDER BY name",
		 err);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		sheet_text(&v, rows_bytes(&rows, 0));
		sheet_z(&v, rows_number(&rows, 1) ? "Phone" : "Account");
		sheet_text(&v, rows_bytes(&rows, 0));
		sheet_end(&v);
		rc = 0;
	}
	rows_close(&rows);
	return rc ? rc : bundle_close(j->b, err);
}

int export_i2(struct export_job *j, struct err *err)
{
	static const char *const titles[] = { "from",    "to",     "type", "startTime",
					      "endTime", "record", NULL };
	struct sheet v = { 0 };
	struct rows rows;
	int rc = put_entities(j, err);
	if (!rc)
		rc = bundle_open(j->b, "links.csv", &v.to, err);
	if (rc)
		return rc;
	sheet_titles(&v, titles);
	rc = ask(&rows, j,
		 CHOSEN "SELECT " NAME("p") ", " NAME(
			 "q") ", s.kind, s.time, s.duration, s.id,"
			      " e.exhibit FROM side s JOIN party p ON p.id = s.a JOIN party q ON "
			      "q.id = s.b"
			      " JOIN record r ON r.id = s.id JOIN evidence_file e ON e.id = r.file"
			      " ORDER BY s.id, 2",
		 err);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		const struct fact_record r = { .id = rows_number(&rows, 5),
					       .exhibit = rows_number(&rows, 6),
					       .kind = rows_kind(&rows, 2) };
		char id[64];
		int64_t start = rows_time(&rows, 3), ms = rows_number_or(&rows, 4, -1);
		fact_number(&r, id);
		sheet_text(&v, rows_bytes(&rows, 0));
		sheet_text(&v, rows_bytes(&rows, 1));
		sheet_z(&v, r.kind == REC_CALL ? "call" : "message");
		sheet_time(&v, start);
		sheet_time(&v, start == TIME_UNSET || ms < 0 ? TIME_UNSET : start + ms);
		sheet_z(&v, id);
		sheet_end(&v);
		rc = 0;
	}
	rows_close(&rows);
	return rc ? rc : bundle_close(j->b, err);
}
