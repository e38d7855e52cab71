/* linedb_export.c - see linedb_export.h */
#include "linedb_export.h"
#include "csv_cell.h"

/* In the order of linedb_import_columns, but for the two of candidates. */
#define COLUMNS                                                                                  \
	"l.name,a.raw,date(a.\"from\"/1000,'unixepoch'),date(a.until/1000-1,'unixepoch'),"       \
	"a.status,a.grade,a.type,a.precision,a.role,date(a.review_by/1000,'unixepoch'),"         \
	"a.original,a.conditions,a.force,a.reference,a.officer,date(a.received/1000,"            \
	"'unixepoch'),l.status,l.area,l.areas,l.unit,l.contact,CASE l.warning WHEN 1 THEN 'yes'" \
	" ELSE 'no' END"

#define EXPORTED ((int)IC_SEEN_IN)

static int write_rows(struct linedb *d, bool six, struct buf *ret, uint64_t *rows, struct err *err)
{
	sqlite3_stmt *st;
	int columns = six ? COL_MAX : EXPORTED, step;
	int rc = linedb_prepare(d,
				"SELECT " COLUMNS
				" FROM line l JOIN assertion a ON a.line=l.id WHERE l.current AND "
				"NOT l.gone AND a.current AND NOT a.gone AND (NOT ?1 OR "
				"a.role<>'victim') ORDER BY l.id,a.id",
				&st, err);
	if (rc)
		return rc;
	sqlite3_bind_int(st, 1, six);
	while ((step = sqlite3_step(st)) == SQLITE_ROW) {
		for (int i = 0; i < columns; i++) {
			const char *text = (const char *)sqlite3_column_text(st, i);
			csv_cell(ret,
				 (span){ text ? text : "", (size_t)sqlite3_column_bytes(st, i) });
		}
		csv_end(ret);
		++*rows;
	}
	if (step != SQLITE_DONE)
		rc = linedb_error(d, err);
	sqlite3_finalize(st);
	return rc;
}

int linedb_export(struct linedb *d, bool six, const char *why, struct buf *ret, uint64_t *ret_rows,
		  struct err *err)
{
	*ret_rows = 0;
	for (int i = 0; i < (six ? COL_MAX : EXPORTED); i++)
		csv_cell(ret, span_z(linedb_import_columns[i]));
	csv_end(ret);
	int rc = write_rows(d, six, ret, ret_rows, err);
	if (!rc && ret->failed)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	struct linedb_entry e = { .what = "export",
				  .why = why,
				  .n = { { "rows", (int64_t)*ret_rows } } };
	return rc ? rc : linedb_note(d, &e, err);
}
