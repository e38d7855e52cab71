/*
 * evidence_db.c - see evidence_db.h
 *
 * The budgets grow with the file, so that no sound database reaches them and a crafted one (b-tree
 * pages that share children, overflow chains that run in circles) ends. They count steps of
 * SQLite's virtual machine and pages fetched, not time: the same bytes end at the same row.
 */
#include "evidence_db.h"
#include <assert.h>
#include <stdlib.h>

#define LENGTH_MAX (64 << 20) /* one value or row */
#define SQL_MAX 1000000       /* one statement, also of the schema */
#define COLUMNS_MAX 2000      /* SQLite's own default; phones have tables of some hundreds */
#define DEPTH_MAX 300         /* of an expression; contacts2.db has OR chains of dozens */
#define CACHE_KIB 4096
#define MEMORY_MAX ((sqlite3_int64)192 << 20) /* a schema without end, a sort of everything */

#define STEP_EVERY 4096
/* A row of 20 bytes with its joins and side queries takes under 1,000 steps. */
#define STEPS_PER_BYTE 60
#define STEPS_FREE ((uint64_t)20000000)
/* A page holds up to some 200 rows, each with up to 20 fetches. */
#define FETCHES_PER_PAGE 4000
#define FETCHES_FREE ((uint64_t)1000000)

struct generated { /* a column that the database computes from an expression */
	char *table, *column;
	struct generated *next;
};

struct evidence_db {
	struct evidence_vfs *vfs;
	sqlite3 *db;
	uint64_t steps, steps_max, fetches, fetches_max;
	sqlite3_int64 memory_before;
	const char *limit;
	struct generated *generated;
	bool generated_read;
};

/* Reset each time, because SQLite keeps them in 32 bits. */
static uint64_t fetches_since(sqlite3 *db)
{
	int hit = 0, miss = 0, high;
	sqlite3_db_status(db, SQLITE_DBSTATUS_CACHE_HIT, &hit, &high, 1);
	sqlite3_db_status(db, SQLITE_DBSTATUS_CACHE_MISS, &miss, &high, 1);
	return (uint64_t)(unsigned)hit + (uint64_t)(unsigned)miss;
}

static int on_progress(void *user)
{
	struct evidence_db *e = user;
	e->steps += STEP_EVERY;
	e->fetches += fetches_since(e->db);
	if (e->steps > e->steps_max)
		e->limit = "it takes more steps to read than any sound database of its size";
	else if (e->fetches > e->fetches_max)
		e->limit = "its pages are read over and over, as in no sound database";
	else if (sqlite3_memory_used() - e->memory_before > MEMORY_MAX)
		e->limit = "reading it takes more memory than linecheck gives to one file";
	return e->limit != NULL;
}

static bool one_of(const char *word, const char *const *list)
{
	for (; word && *list; list++)
		if (sqlite3_stricmp(word, *list) == 0)
			return true;
	return false;
}

static bool is_generated(struct evidence_db *e, const char *table, const char *column)
{
	for (const struct generated *g = e->generated; g; g = g->next)
		if (sqlite3_stricmp(g->table, table) == 0 &&
		    sqlite3_stricmp(g->column, column) == 0)
			return e->generated_read = true;
	return false;
}

static int on_authorise(void *user, int action, const char *a, const char *b, const char *database,
			const char *inner)
{
	static const char *const pragmas[] = { "table_info", "table_xinfo", "table_list",
					       "index_list", "index_info",  NULL };
	static const char *const refused[] = { "load_extension", "fts3_tokenizer", "randomblob",
					       "zeroblob", NULL };
	(void)database;
	(void)inner;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE: /* in a parser's own SQL: views are off */
		return SQLITE_OK;
	case SQLITE_READ:
		return is_generated(user, a, b) ? SQLITE_IGNORE : SQLITE_OK;
	case SQLITE_FUNCTION:
		return one_of(b, refused) ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		return one_of(a, pragmas) ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

/* count() of our own: SQLite's counts a whole table in one step, which no budget could end. */
static void count_step(sqlite3_context *ctx, int n, sqlite3_value **value)
{
	sqlite3_int64 *count = sqlite3_aggregate_context(ctx, sizeof *count);
	if (count && (n == 0 || sqlite3_value_type(value[0]) != SQLITE_NULL))
		++*count;
}

static void count_final(sqlite3_context *ctx)
{
	sqlite3_int64 *count = sqlite3_aggregate_context(ctx, 0);
	sqlite3_result_int64(ctx, count ? *count : 0);
}

static int fail(struct evidence_db *e, int rc, struct err *err)
{
	if (e->limit)
		return err_set(err, E_LIMIT, "The database was left: %s.", e->limit);
	struct evidence_vfs_events events = evidence_vfs_events(e->vfs);
	if (events.memory_cap) {
		e->limit = "undoing its unfinished changes takes more memory than linecheck gives "
			   "to one file";
		return err_set(err, E_LIMIT, "The database was left: %s.", e->limit);
	}
	const char *why = e->db ? sqlite3_errmsg(e->db) : sqlite3_errstr(rc);
	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		return err_set(err, E_NOMEM, "Memory ran out.");
	case SQLITE_NOTADB:
		return err_set(
			err, E_FORMAT,
			"It is not a SQLite database: damaged, encrypted or something else.");
	case SQLITE_TOOBIG:
		return err_set(err, E_LIMIT, "The database cannot be opened: %s.", why);
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		return err_set(err, events.io_failed ? E_IO : E_FORMAT,
			       "The database cannot be opened: %s.", why);
	default:
		return err_set(err, E_FORMAT, "The database cannot be opened: %s.", why);
	}
}

static int configure(struct evidence_db *e)
{
	static const struct {
		int option, value;
	} config[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
		{ SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
	};
	static const struct {
		int limit, value;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, LENGTH_MAX },   { SQLITE_LIMIT_SQL_LENGTH, SQL_MAX },
		{ SQLITE_LIMIT_COLUMN, COLUMNS_MAX },  { SQLITE_LIMIT_EXPR_DEPTH, DEPTH_MAX },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 100 }, { SQLITE_LIMIT_FUNCTION_ARG, 32 },
		{ SQLITE_LIMIT_ATTACHED, 0 },          { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 100 }, { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};
	for (size_t i = 0; i < sizeof config / sizeof *config; i++) {
		int now = -1;
		int rc = sqlite3_db_config(e->db, config[i].option, config[i].value, &now);
		if (rc != SQLITE_OK || now != config[i].value)
			return rc ? rc : SQLITE_ERROR;
	}
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		sqlite3_limit(e->db, limits[i].limit, limits[i].value);
	sqlite3_extended_result_codes(e->db, 1);
	sqlite3_progress_handler(e->db, STEP_EVERY, on_progress, e);
	int rc = sqlite3_drop_modules(e->db, NULL); /* no virtual tables */
	for (int n = 0; rc == SQLITE_OK && n < 2; n++)
		rc = sqlite3_create_function_v2(e->db, "count", n,
						SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, NULL,
						count_step, count_final, NULL);
	char sql[120];
	sqlite3_snprintf(sizeof sql, sql,
			 "PRAGMA locking_mode=EXCLUSIVE; PRAGMA cell_size_check=ON;"
			 "PRAGMA mmap_size=0; PRAGMA cache_size=-%d",
			 CACHE_KIB);
	return rc ? rc : sqlite3_exec(e->db, sql, NULL, NULL, NULL);
}

static int generated_add(struct evidence_db *e, const char *table, const char *column)
{
	struct generated *g = calloc(1, sizeof *g);
	if (!g)
		return SQLITE_NOMEM;
	g->next = e->generated;
	e->generated = g;
	g->table = sqlite3_mprintf("%s", table ? table : "");
	g->column = sqlite3_mprintf("%s", column ? column : "");
	return g->table && g->column ? SQLITE_OK : SQLITE_NOMEM;
}

/* Columns whose value is an expression of the schema. A table that cannot be described cannot be
 * read either, so its failing is not one here. */
static int find_generated(struct evidence_db *e)
{
	sqlite3_stmt *tables = NULL, *columns = NULL;
	int rc = sqlite3_prepare_v2(e->db,
				    "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
				    "sql LIKE '%AS%(%' AND sql NOT LIKE 'CREATE VIRTUAL%'",
				    -1, &tables, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(tables)) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(tables, 0);
		char *sql = sqlite3_mprintf("PRAGMA main.table_xinfo(%Q)", table ? table : "");
		rc = sql ? SQLITE_OK : SQLITE_NOMEM;
		if (sql && sqlite3_prepare_v2(e->db, sql, -1, &columns, NULL) == SQLITE_OK)
			while (rc == SQLITE_OK && sqlite3_step(columns) == SQLITE_ROW)
				if (sqlite3_column_int(columns, 6) >= 2) /* 2 virtual, 3 stored */
					rc = generated_add(
						e, table,
						(const char *)sqlite3_column_text(columns, 1));
		sqlite3_finalize(columns);
		columns = NULL;
		sqlite3_free(sql);
	}
	sqlite3_finalize(tables);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static void set_budget(struct evidence_db *e, const struct evidence_vfs_files *files)
{
	uint64_t bytes = reader_size(files->db) + (files->wal ? reader_size(files->wal) : 0);
	if (bytes > (uint64_t)1 << 50) /* a sparse file can claim any size */
		bytes = (uint64_t)1 << 50;
	e->steps_max = STEPS_FREE + bytes * STEPS_PER_BYTE;
	e->fetches_max = FETCHES_FREE + bytes / 4096 * FETCHES_PER_PAGE;
	e->memory_before = sqlite3_memory_used();
}

int evidence_db_open(struct evidence_db **ret, const struct evidence_vfs_files *files,
		     struct err *err)
{
	struct evidence_db *e = calloc(1, sizeof *e);
	if (!e)
		return err_set(err, E_NOMEM, "Memory ran out.");
	int rc = evidence_vfs_new(&e->vfs, files, err);
	if (rc) {
		free(e);
		return rc;
	}
	set_budget(e, files);
	int sql = sqlite3_open_v2(EVIDENCE_VFS_DB, &e->db, SQLITE_OPEN_READWRITE,
				  evidence_vfs_name(e->vfs));
	if (sql == SQLITE_OK)
		sql = configure(e);
	if (sql == SQLITE_OK)
		sql = find_generated(e);
	if (sql == SQLITE_OK)
		sql = sqlite3_set_authorizer(e->db, on_authorise, e);
	if (sql != SQLITE_OK) {
		rc = fail(e, sql, err);
		evidence_db_close(e);
		return rc;
	}
	*ret = e;
	return 0;
}

void evidence_db_close(struct evidence_db *e)
{
	if (!e)
		return;
	int rc = sqlite3_close(e->db);
	assert(rc == SQLITE_OK); /* a statement was not finalised */
	(void)rc;
	evidence_vfs_free(e->vfs);
	while (e->generated) {
		struct generated *g = e->generated;
		e->generated = g->next;
		sqlite3_free(g->table);
		sqlite3_free(g->column);
		free(g);
	}
	free(e);
}

sqlite3 *evidence_db_handle(const struct evidence_db *e)
{
	return e->db;
}

const char *evidence_db_limit(const struct evidence_db *e)
{
	if (!e->limit && evidence_vfs_events(e->vfs).memory_cap)
		return "it needs more temporary memory than linecheck gives to one file";
	return e->limit;
}

const char *evidence_db_remark(const struct evidence_db *e, size_t i, bool *loss)
{
	struct evidence_vfs_events v = evidence_vfs_events(e->vfs);
	const struct {
		bool said, loss;
		const char *text;
	} all[] = {
		{ v.rolled_back, false,
		  "a change that was never finished (hot journal) was undone, as SQLite does" },
		{ v.super_journal, true,
		  "its -journal names a super-journal, which is not part of the evidence: as "
		  "SQLite "
		  "does then, the -journal was not played back" },
		{ v.wal_ignored, true,
		  "its -wal was ignored, as SQLite does: the database is empty" },
		{ v.journal_ignored, true,
		  "its -journal was ignored, as SQLite does: the database is empty" },
		{ e->generated_read, true,
		  "a column that the database computes by itself was not read" },
		{ v.page_wiped, true,
		  "a page of it is damaged (overwritten with zeros?): rows are missing, and some "
		  "may "
		  "read as empty" },
		{ v.io_failed, true, "the operating system refused to read a part of it" },
	};
	for (size_t k = 0; k < sizeof all / sizeof *all; k++)
		if (all[k].said && i-- == 0) {
			*loss = all[k].loss;
			return all[k].text;
		}
	return NULL;
}
