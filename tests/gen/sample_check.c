/*
 * sample_check - hold what linecheck found against what sample_phone planted.
 *
 *   sample_check phone FOLDER        every database in FOLDER is sound
 *   sample_check case TRUTH CASE     CASE/case.db says what NAME.truth.jsonl says: every planted
 *                                    line hit, rule hit and number found, none invented; counts by
 *                                    kind; and for small phones each row's sender, direction, time,
 *                                    text and state
 *
 * Reads case.db by its documented schema (triage/case_schema.sql) and nothing else of linecheck.
 * Ends with 1 when anything differs, after naming the first few differences of each sort.
 */
#include "record.h"
#include "tool.h"
#include <ftw.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define SHOWN 10 /* differences named of each sort */

static int differences;

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL))
		die("%s: %s", sqlite3_errmsg(db), sql);
}

/* Print the rows of a query, at most SHOWN, under a heading; gives how many there are. */
static int64_t show(sqlite3 *db, const char *heading, const char *sql)
{
	sqlite3_stmt *st;
	int64_t n = 0;
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL))
		die("%s: %s", sqlite3_errmsg(db), sql);
	for (; sqlite3_step(st) == SQLITE_ROW; n++) {
		if (n == 0)
			printf("%s:\n", heading);
		for (int c = 0; n < SHOWN && c < sqlite3_column_count(st); c++) {
			const unsigned char *s = sqlite3_column_text(st, c);
			printf("%s%s", c ? " | " : "  ", s ? (const char *)s : "-");
		}
		if (n < SHOWN)
			putchar('\n');
	}
	if (sqlite3_finalize(st))
		die("%s: %s", sqlite3_errmsg(db), sql);
	if (n)
		printf("  %" PRId64 " in all\n", n);
	differences += n > 0;
	return n;
}

static int64_t count(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st;
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) || sqlite3_step(st) != SQLITE_ROW)
		die("%s: %s", sqlite3_errmsg(db), sql);
	int64_t n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

/* -- phone -- */

static int databases;

static int check_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	char head[16] = { 0 };
	FILE *f = type == FTW_F ? fopen(path, "rb") : NULL;
	(void)ftw;
	if (!f || st->st_size < 512)
		return f ? fclose(f) : 0;
	size_t n = fread(head, 1, sizeof head, f);
	fclose(f);
	if (n < sizeof head || memcmp(head, "SQLite format 3", sizeof head) != 0)
		return 0;
	sqlite3 *db;
	sqlite3_stmt *s;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) ||
	    sqlite3_exec(db, "PRAGMA locking_mode=EXCLUSIVE", NULL, NULL, NULL) ||
	    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL) ||
	    sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &s, NULL) ||
	    sqlite3_step(s) != SQLITE_ROW)
		die("%s: %s", path, sqlite3_errmsg(db));
	if (strcmp((const char *)sqlite3_column_text(s, 0), "ok") != 0) {
		printf("%s: %s\n", path, (const char *)sqlite3_column_text(s, 0));
		differences++;
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
	databases++;
	return 0;
}

static void check_phone(const char *folder)
{
	if (nftw(folder, check_file, 16, FTW_PHYS))
		die("%s: cannot be walked", folder);
	if (!databases)
		die("%s: no database", folder);
	printf("%d databases are sound\n", databases - differences);
}

/* -- case: the truth into temporary tables -- */

static const char tables[] =
	"CREATE TEMP TABLE t_hit(kind,tbl,row,via,csv_row);"
	"CREATE TEMP TABLE t_phrase(tbl,row,rule);"
	"CREATE TEMP TABLE t_absent(tbl,row);"
	"CREATE TEMP TABLE t_app(id);"
	"CREATE TEMP TABLE t_count(kind,n);"
	"CREATE TEMP TABLE "
	"t_record(kind,tbl,row,time,duration,direction,from_role,from_raw,to_raws,"
	"text,read,state,name,ids);"
	"CREATE TEMP TABLE t_meta(platform,rules);";

static const char *text_of(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static void bind(sqlite3_stmt *st, int i, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	if (json_is_integer(v))
		sqlite3_bind_int64(st, i, json_integer_value(v));
	else if (json_is_boolean(v))
		sqlite3_bind_int(st, i, json_is_true(v));
	else if (json_is_string(v))
		sqlite3_bind_text(st, i, json_string_value(v), -1, SQLITE_TRANSIENT);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What a row of case.db looks like for comparison: the raw handles in order, "owner" for the
 * phone's own user. */
static void bind_parties(sqlite3_stmt *st, int i, const json_t *list)
{
	const char *names[16];
	size_t n = json_array_size(list);
	char text[1024] = "";
	if (!json_is_array(list))
		return;
	if (n > 16)
		die("a record to more than 16 people");
	for (size_t k = 0; k < n; k++) {
		const json_t *p = json_array_get(list, k);
		names[k] = text_of(p, "raw");
		if (!names[k])
			names[k] = text_of(p, "role");
	}
	qsort(names, n, sizeof *names, by_text);
	for (size_t k = 0; k < n; k++) {
		size_t used = strlen(text);
		snprintf(text + used, sizeof text - used, "%s%s", k ? "," : "", names[k]);
	}
	sqlite3_bind_text(st, i, text, -1, SQLITE_TRANSIENT);
}

static void bind_state(sqlite3_stmt *st, int i, const json_t *list)
{
	static const struct {
		const char *word;
		unsigned bit;
	} words[] = { { "edited", STATE_EDITED },   { "unsent", STATE_UNSENT },
		      { "deleted", STATE_DELETED }, { "draft", STATE_DRAFT },
		      { "failed", STATE_FAILED },   { "group", STATE_GROUP } };
	unsigned state = 0;
	size_t k;
	json_t *v;
	if (!json_is_array(list))
		return;
	json_array_foreach(list, k, v) for (size_t w = 0; w < sizeof words / sizeof *words;
					    w++) if (strcmp(json_string_value(v), words[w].word) ==
						     0) state |= words[w].bit;
	sqlite3_bind_int(st, i, (int)state);
}

struct loader {
	sqlite3 *db;
	sqlite3_stmt *hit, *phrase, *absent, *app, *record, *count;
};

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st;
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL))
		die("%s: %s", sqlite3_errmsg(db), sql);
	return st;
}

static void insert(struct loader *l, sqlite3_stmt *st, const json_t *o, const char *const *keys)
{
	for (int i = 0; keys[i]; i++)
		bind(st, i + 1, o, keys[i]);
	if (st == l->record) {
		const json_t *from = json_object_get(o, "from");
		const json_t *ids = json_object_get(o, "identifiers");
		if (from)
			sqlite3_bind_text(st, 7, text_of(from, "role"), -1, SQLITE_TRANSIENT);
		if (from && text_of(from, "raw"))
			sqlite3_bind_text(st, 8, text_of(from, "raw"), -1, SQLITE_TRANSIENT);
		bind_parties(st, 9, json_object_get(o, "to"));
		bind_state(st, 12, json_object_get(o, "state"));
		if (ids)
			sqlite3_bind_text(st, 14, json_string_value(json_array_get(ids, 0)), -1,
					  SQLITE_TRANSIENT);
	}
	if (sqlite3_step(st) != SQLITE_DONE || sqlite3_reset(st))
		die("truth: %s", sqlite3_errmsg(l->db));
	sqlite3_clear_bindings(st);
}

static void load_counts(struct loader *l, const json_t *o)
{
	static const char *const kinds[] = { "message", "reaction", "system", "call",
					     "contact", "mention",  NULL };
	for (int i = 0; kinds[i]; i++) {
		sqlite3_bind_text(l->count, 1, kinds[i], -1, SQLITE_STATIC);
		bind(l->count, 2, o, kinds[i]);
		sqlite3_step(l->count);
		sqlite3_reset(l->count);
	}
}

static void load_fact(struct loader *l, const json_t *o)
{
	static const char *const hit[] = { "kind", "table", "row", "via", "csv_row", NULL };
	static const char *const phrase[] = { "table", "row", "rule", NULL };
	static const char *const place[] = { "table", "row", NULL };
	static const char *const app[] = { "id", NULL };
	static const char *const record[] = { "kind",      "table", "row",  "time", "duration",
					      "direction", "-",     "-",    "-",    "text",
					      "read",      "-",     "name", NULL };
	const char *fact = text_of(o, "fact");
	if (!fact)
		die("truth: a line without a fact");
	if (strcmp(fact, "hit") == 0)
		insert(l, l->hit, o, hit);
	else if (strcmp(fact, "phrase") == 0 && text_of(o, "rule"))
		insert(l, l->phrase, o, phrase);
	else if (strcmp(fact, "absent") == 0)
		insert(l, l->absent, o, place);
	else if (strcmp(fact, "app") == 0)
		insert(l, l->app, o, app);
	else if (strcmp(fact, "record") == 0)
		insert(l, l->record, o, record);
	else if (strcmp(fact, "counts") == 0)
		load_counts(l, o);
}

static void load_truth(sqlite3 *db, const char *path)
{
	char *line = NULL;
	size_t size = 0;
	FILE *f = fopen(path, "r");
	struct loader l = { .db = db };
	if (!f)
		die("%s cannot be read", path);
	run(db, tables);
	l.hit = prepare(db, "INSERT INTO t_hit VALUES(?,?,?,?,?)");
	l.phrase = prepare(db, "INSERT INTO t_phrase VALUES(?,?,?)");
	l.absent = prepare(db, "INSERT INTO t_absent VALUES(?,?)");
	l.app = prepare(db, "INSERT INTO t_app VALUES(?)");
	l.record = prepare(db, "INSERT INTO t_record VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
	l.count = prepare(db, "INSERT INTO t_count VALUES(?,?)");
	run(db, "BEGIN");
	while (getline(&line, &size, f) > 0) {
		json_error_t err;
		json_t *o = json_loads(line, 0, &err);
		if (!o)
			die("%s: %s", path, err.text);
		load_fact(&l, o);
		json_decref(o);
	}
	run(db, "COMMIT");
	sqlite3_finalize(l.hit);
	sqlite3_finalize(l.phrase);
	sqlite3_finalize(l.absent);
	sqlite3_finalize(l.app);
	sqlite3_finalize(l.record);
	sqlite3_finalize(l.count);
	fclose(f);
	free(line);
}

/* -- case: compare -- */

/* Contacts and calls are told apart by kind alone: their parsers may name either of two tables. */
#define PLACE(kind, table) \
	"CASE WHEN " kind " IN ('message','reaction','system') THEN " table " ELSE '' END"

static const char views[] =
	"CREATE TEMP TABLE c_record AS SELECT r.id,"
	" CASE r.kind WHEN 0 THEN 'account' WHEN 1 THEN 'contact' WHEN 2 THEN 'call'"
	"  WHEN 3 THEN 'message' WHEN 4 THEN 'reaction' ELSE 'system' END AS kind, r.tbl, r.row "
	" FROM record r;"
	"CREATE INDEX temp.c_record_id ON c_record(id);"
	"CREATE TEMP TABLE w_hit AS SELECT kind," PLACE(
		"kind", "tbl") " AS place,row,via,csv_row"
			       " FROM t_hit;"
			       "CREATE TEMP TABLE c_hit AS SELECT r.kind," PLACE(
				       "r.kind",
				       "r.tbl") " AS place,r.row,m.via,"
						" l.csv_row FROM match m JOIN c_record r ON "
						"r.id=m.record JOIN line l ON l.id=m.line;"
						"CREATE TEMP TABLE c_phrase AS SELECT "
						"r.tbl,r.row,m.rule FROM match m"
						" JOIN c_record r ON r.id=m.record WHERE m.rule IS "
						"NOT NULL;";

static void check_counts(sqlite3 *db)
{
	show(db, "counts differ (kind | planted | found)",
	     "SELECT t.kind,t.n,(SELECT count(*) FROM c_record c WHERE c.kind=t.kind) AS found"
	     " FROM t_count t WHERE t.kind!='mention' AND t.n!=found");
	show(db, "phone numbers in texts differ (planted | found)",
	     "SELECT t.n,(SELECT count(*) FROM mention) AS found FROM t_count t"
	     " WHERE t.kind='mention' AND t.n!=found");
}

static void check_hits(sqlite3 *db, bool rules)
{
	show(db, "line hits that were planted and not found (kind | table | row | via | csv row)",
	     "SELECT * FROM w_hit EXCEPT SELECT * FROM c_hit");
	show(db, "line hits that nobody planted", "SELECT * FROM c_hit EXCEPT SELECT * FROM w_hit");
	show(db, "line hits that are there more than once",
	     "SELECT *,count(*) AS n FROM c_hit WHERE via!='mention' GROUP BY 1,2,3,4,5 HAVING "
	     "n>1");
	show(db, "rows that a -wal deletes and that were read all the same",
	     "SELECT t.tbl,t.row FROM t_absent t JOIN c_record c ON c.tbl=t.tbl AND c.row=t.row");
	show(db, "apps that are on the phone and were not told",
	     "SELECT id FROM t_app WHERE id NOT IN (SELECT id FROM app)");
	if (!rules)
		return;
	show(db, "rule hits that were planted and not found (table | row | rule)",
	     "SELECT * FROM t_phrase EXCEPT SELECT * FROM c_phrase");
	show(db, "rule hits that nobody planted",
	     "SELECT * FROM c_phrase WHERE rule LIKE 'sample.%' EXCEPT SELECT * FROM t_phrase");
}

/* Times of MMS are whole seconds; the truth has them so. */
static void check_records(sqlite3 *db)
{
	char sql[4096];
	run(db,
	    "CREATE TEMP TABLE c_row AS SELECT c.kind," PLACE(
		    "c.kind",
		    "c.tbl") " AS place,c.row,"
			     " r.time,r.duration,CASE r.direction WHEN 1 THEN 'in' WHEN 2 THEN "
			     "'out' ELSE 'unknown' END"
			     " AS direction,f.role AS from_role,CAST(f.raw AS TEXT) AS from_raw,"
			     " (SELECT group_concat(raw,',') FROM (SELECT CASE p.role WHEN 'owner' "
			     "THEN 'owner' ELSE"
			     "  coalesce(CAST(p.raw AS TEXT),p.role) END AS raw FROM party_set s "
			     "JOIN party p"
			     "  ON p.id=s.party WHERE s.id=r.\"to\" ORDER BY raw)) AS to_raws,"
			     " CAST(r.text AS TEXT) AS text,r.read,r.state,CAST(r.name AS TEXT) AS "
			     "name,"
			     " (SELECT group_concat(CAST(p.raw AS TEXT),',') FROM contact_id i "
			     "JOIN party p"
			     "  ON p.id=i.party WHERE i.record=r.id) AS ids"
			     " FROM c_record c JOIN record r ON r.id=c.id LEFT JOIN party f ON "
			     "f.id=r.\"from\";"
			     "CREATE INDEX temp.c_row_key ON c_row(kind,place,row);");
	static const struct {
		const char *what, *column, *unless;
	} fields[] = {
		{ "time", "time", "t.time IS NULL" },
		{ "duration", "duration", "t.duration IS NULL" },
		{ "direction", "direction", "t.direction IS NULL" },
		{ "who it is from: role", "from_role", "t.from_role IS NULL" },
		{ "who it is from: handle", "from_raw", "t.from_raw IS NULL" },
		{ "who it is to", "to_raws", "t.to_raws IS NULL" },
		{ "text", "text", "t.text IS NULL" },
		{ "read", "read", "t.read IS NULL" },
		{ "state", "state", "t.state IS NULL" },
		{ "name", "name", "t.name IS NULL" },
		{ "identifiers", "ids", "t.ids IS NULL" },
	};
	show(db, "rows that gave no record (kind | table | row)",
	     "SELECT t.kind,t.tbl,t.row FROM t_record t LEFT JOIN c_row c ON c.kind=t.kind AND "
	     "c.place=" PLACE("t.kind", "t.tbl") " AND c.row=t.row WHERE c.row IS NULL");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		char heading[128];
		snprintf(heading, sizeof heading, "%s differs (kind | table | row | true | read)",
			 fields[i].what);
		snprintf(sql, sizeof sql,
			 "SELECT t.kind,t.tbl,t.row,t.%s,c.%s FROM t_record t JOIN c_row c ON"
			 " c.kind=t.kind AND c.place=" PLACE(
				 "t.kind", "t.tbl") " AND c.row=t.row"
						    " WHERE NOT(%s) AND t.%s IS NOT c.%s",
			 fields[i].column, fields[i].column, fields[i].unless, fields[i].column,
			 fields[i].column);
		show(db, heading, sql);
	}
}

static void check_case(const char *truth, const char *case_dir)
{
	char *path = path_join(case_dir, "case.db");
	sqlite3 *db;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL))
		die("%s: %s", path, sqlite3_errmsg(db));
	load_truth(db, truth);
	run(db, views);
	bool rules = count(db, "SELECT count(*) FROM rule WHERE id LIKE 'sample.%'") > 0;
	check_counts(db);
	check_hits(db, rules);
	check_records(db);
	printf("planted: %" PRId64 " line hits, %" PRId64 " rule hits%s; found: %" PRId64
	       ", %" PRId64 "; rows compared one by one: %" PRId64 "\n",
	       count(db, "SELECT count(*) FROM (SELECT DISTINCT * FROM w_hit)"),
	       count(db, "SELECT count(*) FROM t_phrase"), rules ? "" : " (pack not loaded)",
	       count(db,
		     "SELECT count(*) FROM (SELECT * FROM w_hit INTERSECT SELECT * FROM c_hit)"),
	       count(db, "SELECT count(*) FROM (SELECT * FROM t_phrase INTERSECT SELECT * FROM "
			 "c_phrase)"),
	       count(db, "SELECT count(*) FROM t_record"));
	sqlite3_close(db);
	free(path);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "phone") == 0)
		check_phone(argv[2]);
	else if (argc == 4 && strcmp(argv[1], "case") == 0)
		check_case(argv[2], argv[3]);
	else {
		fputs("Usage: sample_check phone FOLDER | sample_check case TRUTH CASE\n", stderr);
		return 2;
	}
	if (differences)
		printf("%d sorts of difference\n", differences);
	return differences > 0;
}
