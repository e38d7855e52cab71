/* reread.c - see reread.h */
#include "reread.h"
#include <stdio.h>

static const char remember[] =
	"CREATE TEMP TABLE old_exhibit(id);"
	"CREATE TEMP TABLE old_file(path,parser,id);"
	"CREATE TEMP TABLE old_thread(file,key,id,PRIMARY KEY(file,key));"
	"CREATE TEMP TABLE old_record(id INTEGER PRIMARY KEY,file,tbl,row,kind);"
	"CREATE TEMP TABLE old_highest(tbl,id);"
	"INSERT INTO old_highest SELECT 'evidence_file',max(id) FROM evidence_file UNION ALL "
	"SELECT 'thread',max(id) FROM thread UNION ALL SELECT 'record',max(id) FROM record";

static const char move[] =
	"INSERT INTO old_file SELECT path,coalesce(parser,''),id FROM evidence_file WHERE exhibit="
	"(SELECT id FROM old_exhibit) AND side_of IS NULL;"
	"INSERT OR IGNORE INTO old_thread SELECT file,key,id FROM thread WHERE file IN (SELECT id "
	"FROM old_file);"
	"INSERT INTO old_record SELECT id,file,tbl,row,kind FROM record WHERE file IN (SELECT id "
	"FROM old_file);"
	"CREATE INDEX temp.old_record_row ON old_record(file,row,tbl,kind,id);"
	"DELETE FROM match WHERE record IN (SELECT id FROM old_record);"
	"DELETE FROM mention WHERE record IN (SELECT id FROM old_record);"
	"DELETE FROM quoted WHERE record IN (SELECT id FROM old_record);"
	"DELETE FROM attachment WHERE record IN (SELECT id FROM old_record);"
	"DELETE FROM clock WHERE record IN (SELECT id FROM old_record);"
	"DELETE FROM contact_id WHERE record IN (SELECT id FROM old_record);"
	"DELETE FROM record WHERE id IN (SELECT id FROM old_record);"
	"DELETE FROM thread WHERE id IN (SELECT id FROM old_thread);"
	"DELETE FROM party_set WHERE party IN (SELECT id FROM party WHERE exhibit=(SELECT id FROM "
	"old_exhibit));"
	"DELETE FROM party WHERE exhibit=(SELECT id FROM old_exhibit);"
	"DELETE FROM warning WHERE exhibit=(SELECT id FROM old_exhibit);"
	"DELETE FROM app WHERE exhibit=(SELECT id FROM old_exhibit);"
	"DELETE FROM outside WHERE exhibit=(SELECT id FROM old_exhibit);"
	"DELETE FROM evidence_file WHERE exhibit=(SELECT id FROM old_exhibit)";

int reread_begin(struct case_db *c, int64_t exhibit, struct err *err)
{
	char sql[80];
	int rc = case_exec(c, "preparing to read again", remember, err);
	snprintf(sql, sizeof sql, "INSERT INTO old_exhibit VALUES(%lld)", (long long)exhibit);
	if (!rc)
		rc = case_exec(c, "preparing to read again", sql, err);
	return rc ? rc : case_exec(c, "preparing to read again", move, err);
}

void reread_end(struct case_db *c)
{
	case_exec(c, "finishing to read again",
		  "DROP TABLE IF EXISTS temp.old_exhibit; DROP TABLE IF EXISTS temp.old_file;"
		  "DROP TABLE IF EXISTS temp.old_thread; DROP TABLE IF EXISTS temp.old_record;"
		  "DROP TABLE IF EXISTS temp.old_highest",
		  NULL);
}

static int ask(struct case_db *c, const char *sql, const char *a, const char *b, int64_t *ret,
	       struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, sql, &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, a, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, b, -1, SQLITE_STATIC);
	*ret = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return 0;
}

int reread_file(struct case_db *c, const char *path, const char *parser, int64_t *ret,
		struct err *err)
{
	return ask(c, "SELECT min(id) FROM temp.old_file WHERE path=?1 AND parser=?2", path, parser,
		   ret, err);
}

int reread_highest(struct case_db *c, const char *table, int64_t *ret, struct err *err)
{
	return ask(c, "SELECT id FROM temp.old_highest WHERE tbl=?1 AND ?2=''", table, "", ret,
		   err);
}
