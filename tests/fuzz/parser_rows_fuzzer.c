/*
 * parser_rows_fuzzer.c - a database parser on rows and databases that nobody would write.
 *
 * Built once per parser: PARSER_STRUCT names it, PARSER_SQL is its golden input.sql, read at the
 * start for the schema and for rows that belong together. The first byte of an input chooses:
 *   even  the golden rows with cells changed as the data says
 *   odd   only rows made from the data
 *   >= 0xc0  the golden database with bytes changed; >= 0xf0 the data as a database
 * Cells get any storage class, whatever the column was declared as. Each input is read twice, the
 * second time with the steps counted and cut off: results must agree as far as they go.
 */
#include "check_sink.h"
#include <stdio.h>
#include <stdlib.h>

extern const struct parser PARSER_STRUCT;

#define TABLES 64
#define COLUMNS 128
#define NEW_ROWS 12
#define CHANGES 24
#define STEP_CALLS 40 /* of 100,000 virtual machine steps */

struct table {
	char *insert; /* "INSERT OR IGNORE INTO t VALUES(?,?...)" */
	char *name;
	char *column[COLUMNS];
	int columns;
};

static sqlite3 *db;
static struct table tables[TABLES];
static int tables_n;
static int steps;

struct bytes {
	const uint8_t *p;
	size_t n;
};

static unsigned take(struct bytes *b)
{
	if (!b->n)
		return 0;
	b->n--;
	return *b->p++;
}

static int on_steps(void *user)
{
	(void)user;
	return ++steps > STEP_CALLS;
}

static void must(int rc, const char *what)
{
	if (rc == SQLITE_OK)
		return;
	fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
	abort();
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = calloc(1, 4u << 20);
	if (!f || !text || fread(text, 1, (4u << 20) - 1, f) == 0)
		abort();
	fclose(f);
	return text;
}

static void harden(sqlite3 *d)
{
	sqlite3_db_config(d, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(d, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(d, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(d, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_limit(d, SQLITE_LIMIT_LENGTH, 1 << 20);
	sqlite3_limit(d, SQLITE_LIMIT_COLUMN, 256);
}

static void learn_table(const char *name)
{
	struct table *t = &tables[tables_n++];
	sqlite3_stmt *st;
	char *sql = sqlite3_mprintf("SELECT name FROM pragma_table_info(%Q)", name);
	must(sqlite3_prepare_v2(db, sql, -1, &st, NULL), "columns");
	while (t->columns < COLUMNS && sqlite3_step(st) == SQLITE_ROW)
		t->column[t->columns++] = sqlite3_mprintf("%s", sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	sqlite3_free(sql);
	t->name = sqlite3_mprintf("%s", name);
	t->insert = sqlite3_mprintf("INSERT OR IGNORE INTO \"%w\" VALUES(?", name);
	for (int i = 1; i < t->columns; i++)
		t->insert = sqlite3_mprintf("%z,?", t->insert);
	t->insert = sqlite3_mprintf("%z)", t->insert);
}

static void start(void)
{
	sqlite3_stmt *st;
	char *sql = read_file(PARSER_SQL);
	must(sqlite3_open_v2(":memory:", &db,
			     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
			     NULL),
	     "open");
	must(sqlite3_exec(db, sql, NULL, NULL, NULL), PARSER_SQL);
	free(sql);
	must(sqlite3_prepare_v2(db,
				"SELECT name FROM sqlite_schema WHERE type = 'table'"
				" AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%'",
				-1, &st, NULL),
	     "tables");
	while (tables_n < TABLES && sqlite3_step(st) == SQLITE_ROW)
		learn_table((const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	harden(db);
	must(sqlite3_exec(db, "PRAGMA ignore_check_constraints=ON", NULL, NULL, NULL), "pragma");
}

static void bind_value(sqlite3_stmt *st, int i, struct bytes *b)
{
	static const char *const texts[] = { "+447700900123",
					     "07700 900123",
					     "friend@example.org",
					     "",
					     "me;+447700900124",
					     "iMessage",
					     "SMS",
					     "1",
					     "0",
					     "-" };
	static const int64_t numbers[] = { 1,
					   0,
					   -1,
					   2,
					   3,
					   INT64_MAX,
					   INT64_MIN,
					   700000000,
					   700000000000000000,
					   1767225600000,
					   1767225600,
					   2000,
					   3007 };
	unsigned kind = take(b), n;
	switch (kind % 8) {
	case 0:
		sqlite3_bind_null(st, i);
		break;
	case 1:
		sqlite3_bind_int64(st, i, take(b) % 8);
		break;
	case 2:
		sqlite3_bind_int64(st, i, numbers[take(b) % (sizeof numbers / sizeof *numbers)]);
		break;
	case 3:
		sqlite3_bind_double(st, i, (double)take(b) * 7e6 + take(b) / 3.0);
		break;
	case 4:
		sqlite3_bind_text(st, i, texts[take(b) % (sizeof texts / sizeof *texts)], -1,
				  SQLITE_STATIC);
		break;
	case 5:
	case 6:
		n = take(b);
		if (n > b->n)
			n = (unsigned)b->n;
		if (kind % 8 == 5)
			sqlite3_bind_text(st, i, (const char *)b->p, (int)n, SQLITE_TRANSIENT);
		else
			sqlite3_bind_blob(st, i, b->p, (int)n, SQLITE_TRANSIENT);
		b->p += n;
		b->n -= n;
		break;
	default:
		sqlite3_bind_int64(st, i, (int64_t)((uint64_t)take(b) << (take(b) % 64)));
		break;
	}
}

static void add_row(struct bytes *b)
{
	sqlite3_stmt *st;
	const struct table *t = &tables[take(b) % (unsigned)tables_n];
	if (sqlite3_prepare_v2(db, t->insert, -1, &st, NULL))
		return; /* generated columns */
	for (int i = 1; i <= t->columns; i++)
		bind_value(st, i, b);
	sqlite3_step(st);
	sqlite3_finalize(st);
}

static void change_cell(struct bytes *b)
{
	sqlite3_stmt *st;
	const struct table *t = &tables[take(b) % (unsigned)tables_n];
	char *sql = sqlite3_mprintf(
		"UPDATE OR IGNORE \"%w\" SET \"%w\" = ?1 WHERE rowid = (SELECT rowid"
		" FROM \"%w\" LIMIT 1 OFFSET ?2)",
		t->name, t->column[take(b) % (unsigned)t->columns], t->name);
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK) {
		sqlite3_bind_int64(st, 2, take(b) % 32);
		bind_value(st, 1, b);
		sqlite3_step(st);
		sqlite3_finalize(st);
	}
	sqlite3_free(sql);
}

static int on_link(void *user, const struct link *l)
{
	(void)user;
	if (!l->table || !l->hidden.n || !l->handle.n || !*link_word(l->kind))
		abort();
	return 0;
}

static int run(sqlite3 *d, struct check *check, struct err *err)
{
	struct input in = { .db = d, .path = SPAN("input") };
	struct sink sink = check_sink(check);
	*check = (struct check){ .parser = &PARSER_STRUCT, .stop_after = check->stop_after };
	*err = (struct err){ 0 };
	parser_links(&PARSER_STRUCT, d, on_link, NULL, NULL);
	int rc = parser_run(&PARSER_STRUCT, &in, &sink, err);
	if (rc && rc != E_STOPPED && (!err->code || !err->message[0]))
		abort();
	return rc;
}

static void read_twice(sqlite3 *d)
{
	struct check first = { 0 }, second = { 0 };
	struct err err = { 0 };
	steps = 0;
	sqlite3_progress_handler(d, 100000, on_steps, NULL);
	int accepts = parser_accepts(&PARSER_STRUCT, d, &err);
	int rc = run(d, &first, &err);
	if (rc == 0 && accepts)
		abort();
	int again = run(d, &second, &err);
	if (rc != E_LIMIT && again != E_LIMIT && (first.sum != second.sum || rc != again))
		abort();
	if (first.records > 1 && again != E_LIMIT) {
		second.stop_after = first.records / 2;
		if (run(d, &second, &err) != E_STOPPED || second.records != first.records / 2)
			if (steps <= STEP_CALLS)
				abort();
	}
	sqlite3_progress_handler(d, 0, NULL, NULL);
}

static void read_image(const uint8_t *data, size_t n)
{
	sqlite3 *image;
	uint8_t *copy = sqlite3_malloc64(n ? n : 1);
	memcpy(copy, data, n);
	if (sqlite3_open_v2(":memory:", &image, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
			    NULL) ||
	    sqlite3_deserialize(image, "main", copy, (sqlite3_int64)n, (sqlite3_int64)n,
				SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)) {
		sqlite3_close(image);
		return;
	}
	harden(image);
	read_twice(image);
	sqlite3_close(image);
}

/* The golden database as an image with some of its bytes changed. */
static void read_damaged(struct bytes *b)
{
	sqlite3_int64 n = 0;
	unsigned char *image = sqlite3_serialize(db, "main", &n, 0);
	if (!image)
		abort();
	for (unsigned i = take(b) % 16; i && n; i--) {
		size_t at = (take(b) << 16 | take(b) << 8 | take(b)) % (size_t)n;
		image[at] = (uint8_t)take(b);
	}
	if (take(b) % 4 == 0)
		n = (sqlite3_int64)((size_t)n * take(b) / 256);
	read_image(image, (size_t)n);
	sqlite3_free(image);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct bytes b = { data, n };
	if (!db)
		start();
	unsigned mode = take(&b);
	if (mode >= 0xf0) {
		read_image(b.p, b.n);
		return 0;
	}
	if (mode >= 0xc0) {
		read_damaged(&b);
		return 0;
	}
	must(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), "begin");
	for (int i = 0; mode % 2 && i < tables_n; i++) {
		char *sql = sqlite3_mprintf("DELETE FROM \"%w\"", tables[i].name);
		must(sqlite3_exec(db, sql, NULL, NULL, NULL), "delete");
		sqlite3_free(sql);
	}
	for (int i = 0; mode % 2 && b.n && i < NEW_ROWS; i++)
		add_row(&b);
	for (int i = 0; mode % 2 == 0 && b.n && i < CHANGES; i++)
		change_cell(&b);
	read_twice(db);
	must(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), "rollback");
	return 0;
}
