/*
 * evidence_fuzzer.c - a database with its -wal and -journal, damaged in every way.
 *
 * FUZZ_RUNS: 2500
 *
 * The first byte chooses: below 0xf0 a sound database that was copied in the middle of a change
 * (with a -wal, or with a hot journal), of which the data changes bytes, cuts lengths or swaps the
 * side files; from 0xf0 the data itself is cut into the three files. Each is read twice: the same
 * bytes must give the same rows and end in the same way.
 */
#include "base/buf.h"
#include "evidence.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define IMAGES 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct image {
	char *bytes[3]; /* database, -wal, -journal */
	size_t n[3];
};

static struct image images[IMAGES];

static void must(int ok)
{
	if (!ok)
		abort();
}

static void load(const char *path, const char *end, char **ret, size_t *ret_n)
{
	char name[256];
	snprintf(name, sizeof name, "%s%s", path, end);
	FILE *f = fopen(name, "rb");
	*ret = calloc(1, 1 << 18);
	*ret_n = f ? fread(*ret, 1, 1 << 18, f) : 0;
	if (f)
		fclose(f);
	must(*ret != NULL);
}

static void make(struct image *im, const char *mode, int page, const char *encoding)
{
	char folder[] = "/tmp/linecheck-fuzz-XXXXXX", path[64];
	must(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/a.db", folder);
	sqlite3 *db;
	must(sqlite3_open(path, &db) == SQLITE_OK);
	char *sql = sqlite3_mprintf(
		"PRAGMA page_size=%d; PRAGMA encoding='%s'; PRAGMA journal_mode=%s;"
		"PRAGMA cache_size=3; CREATE TABLE message(ROWID INTEGER PRIMARY KEY, text, g AS "
		"(text || 'x'), handle_id); CREATE INDEX mt ON message(text);"
		"CREATE VIEW v AS SELECT * FROM message; CREATE TABLE handle(id) ;"
		"CREATE TRIGGER tr AFTER INSERT ON handle BEGIN DELETE FROM message; END;"
		"WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 40)"
		"INSERT INTO message(text, handle_id) SELECT hex(zeroblob(i * 9)), i FROM n;"
		"BEGIN; UPDATE message SET text = text || 'changed'; DELETE FROM message WHERE "
		"ROWID %% 3 = 0;%s",
		page, encoding, mode, strcmp(mode, "wal") == 0 ? "COMMIT;" : "");
	must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_free(sql);
	static const char *const ends[] = { "", "-wal", "-journal" };
	for (int i = 0; i < 3; i++)
		load(path, ends[i], &im->bytes[i], &im->n[i]);
	sqlite3_close(db);
	unlink(path);
	rmdir(folder);
}

static void read_all(const span file[3], struct buf *out)
{
	static const char *const queries[] = {
		"SELECT name, type FROM sqlite_schema",
		"SELECT * FROM message",
		"SELECT text FROM message ORDER BY text",
		"SELECT m.text, h.id FROM message m LEFT JOIN handle h ON h.rowid = m.handle_id",
		"SELECT count(*) FROM handle",
	};
	struct evidence *e;
	struct input in;
	struct err err = { 0 };
	int rc = evidence_open_memory(&e, file[0], file[1], file[2], &in, &err);
	buf_addf(out, "%d %s\n", rc, err.message);
	if (rc)
		return;
	for (const struct parser *const *p = parsers; *p; p++)
		buf_addf(out, "%d ", parser_accepts(*p, in.db, NULL));
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		sqlite3_stmt *st = NULL;
		int sql = sqlite3_prepare_v2(in.db, queries[i], -1, &st, NULL);
		for (int rows = 0; sql == SQLITE_OK && rows < 2000; rows++) {
			sql = sqlite3_step(st);
			if (sql != SQLITE_ROW)
				break;
			for (int k = 0; k < sqlite3_column_count(st); k++) {
				const void *p = sqlite3_column_blob(st, k);
				int bytes = sqlite3_column_bytes(st, k);
				if (p && bytes > 0)
					buf_add(out, (span){ p, bytes < 64 ? (size_t)bytes : 64 });
			}
			sql = SQLITE_OK;
		}
		sqlite3_finalize(st);
		buf_addf(out, "= %d\n", sql);
	}
	const char *limit = evidence_limit_hit(e);
	buf_add(out, span_z(limit ? limit : ""));
	evidence_close(e);
}

/* Five bytes of data: which file, where (3), what. */
static void damage(struct image *im, const uint8_t *data, size_t n)
{
	for (; n >= 5; data += 5, n -= 5) {
		int i = data[0] % 3;
		size_t at = (size_t)data[1] << 16 | (size_t)data[2] << 8 | data[3];
		if (!im->n[i])
			continue;
		at %= im->n[i];
		switch (data[0] / 3 % 4) {
		case 0:
			im->n[i] = at;
			break;
		case 1: { /* another's side file */
			int k = (i + 1 + data[4] % 2) % 3;
			size_t part = im->n[i] - at;
			part = part < im->n[k] ? part : im->n[k];
			memmove(im->bytes[k], im->bytes[i] + at, part);
			break;
		}
		default:
			im->bytes[i][at] = (char)data[4];
			break;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (!images[0].bytes[0]) {
		make(&images[0], "wal", 512, "UTF-8");
		make(&images[1], "delete", 1024, "UTF-8");
		make(&images[2], "wal", 4096, "UTF-16le");
		make(&images[3], "persist", 512, "UTF-16be");
	}
	if (n < 4)
		return 0;
	struct image im = { 0 };
	if (data[0] < 0xf0) {
		const struct image *from = &images[data[0] % IMAGES];
		im = *from;
		for (int i = 0; i < 3; i++) {
			im.bytes[i] = calloc(1, 1 << 18);
			must(im.bytes[i] != NULL);
			memcpy(im.bytes[i], from->bytes[i], from->n[i]);
		}
		damage(&im, data + 1, n - 1);
	} else {
		size_t first = (size_t)data[1] * 16, second = (size_t)data[2] * 16, rest = n - 4;
		first = first < rest ? first : rest;
		second = second < rest - first ? second : rest - first;
		const size_t length[3] = { rest - first - second, first, second };
		const uint8_t *p = data + 4;
		for (int i = 0; i < 3; p += length[i], i++) {
			im.bytes[i] = malloc(length[i] + 1);
			must(im.bytes[i] != NULL);
			memcpy(im.bytes[i], p, length[i]);
			im.n[i] = length[i];
		}
	}
	span file[3];
	for (int i = 0; i < 3; i++)
		file[i] = i && !im.n[i] ? SPAN_NONE : (span){ im.bytes[i], im.n[i] };
	struct buf once = { 0 }, again = { 0 };
	read_all(file, &once);
	read_all(file, &again);
	if (!span_eq(buf_span(&once), buf_span(&again)))
		abort();
	buf_free(&once);
	buf_free(&again);
	for (int i = 0; i < 3; i++)
		free(im.bytes[i]);
	return 0;
}
