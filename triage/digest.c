/* digest.c - see digest.h */
#include "digest.h"
#include "base/span.h"
#include "sha256.h"
#include <endian.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define SALT 32

struct feed {
	struct sha256 *hash;
	size_t n;
	char bytes[32768];
};

static void flush(struct feed *f)
{
	sha256_add(f->hash, (span){ f->bytes, f->n });
	f->n = 0;
}

static void feed(struct feed *f, const void *p, size_t n)
{
	if (n > sizeof f->bytes - f->n)
		flush(f);
	if (n > sizeof f->bytes) {
		sha256_add(f->hash, (span){ p, n });
	} else if (n) {
		memcpy(f->bytes + f->n, p, n);
		f->n += n;
	}
}

static void feed_tagged(struct feed *f, char tag, uint64_t v)
{
	unsigned char out[9] = { (unsigned char)tag };
	v = htobe64(v);
	memcpy(out + 1, &v, sizeof v);
	feed(f, out, sizeof out);
}

/* By sqlite3_value: a third of the calls that sqlite3_column_* makes, over millions of values. */
static void feed_value(struct feed *f, sqlite3_value *v)
{
	double real;
	uint64_t bits;
	int type = sqlite3_value_type(v);
	switch (type) {
	case SQLITE_INTEGER:
		feed_tagged(f, 'i', (uint64_t)sqlite3_value_int64(v));
		break;
	case SQLITE_FLOAT:
		real = sqlite3_value_double(v);
		memcpy(&bits, &real, sizeof bits);
		feed_tagged(f, 'r', bits);
		break;
	case SQLITE_TEXT:
	case SQLITE_BLOB: {
		const void *p = type == SQLITE_TEXT ? (const void *)sqlite3_value_text(v)
						    : sqlite3_value_blob(v);
		size_t n = (size_t)sqlite3_value_bytes(v);
		feed_tagged(f, type == SQLITE_TEXT ? 't' : 'b', n);
		feed(f, p, n);
		break;
	}
	default:
		feed(f, "n", 1);
	}
}

static int feed_rows(struct case_db *c, struct feed *f, const char *sql, int64_t *rows,
		     struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, sql, &st, err);
	if (rc)
		return rc;
	int n = sqlite3_column_count(st), step;
	while ((step = sqlite3_step(st)) == SQLITE_ROW) {
		for (int i = 0; i < n; i++)
			feed_value(f, sqlite3_column_value(st, i));
		feed(f, "e", 1);
		++*rows;
	}
	if (step != SQLITE_DONE)
		rc = case_error(c, "reading the case to its end", err);
	sqlite3_finalize(st);
	return rc;
}

static int find_salt(struct case_db *c, const char *table, unsigned char ret[static SALT],
		     struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT value FROM salt WHERE name=?1", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_ROW)
		rc = err_set(err, E_ABSENT, "The case has no salt for its table '%s'.", table);
	else if (sqlite3_column_type(st, 0) != SQLITE_BLOB || sqlite3_column_bytes(st, 0) != SALT)
		rc = err_set(err, E_FORMAT, "The salt of the table '%s' is damaged.", table);
	else
		memcpy(ret, sqlite3_column_blob(st, 0), SALT);
	sqlite3_finalize(st);
	return rc;
}

int digest_salt(struct case_db *c, const char *table, bool renew, struct err *err)
{
	unsigned char value[SALT] = { 0 };
	sqlite3_stmt *st;
	if (!case_training(c))
		randombytes_buf(value, sizeof value);
	int rc = case_prepare(c,
			      renew ? "INSERT OR REPLACE INTO salt VALUES(?1,?2)"
				    : "INSERT OR IGNORE INTO salt VALUES(?1,?2)",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
	sqlite3_bind_blob(st, 2, value, sizeof value, SQLITE_STATIC);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

/* Natural order is the order of the key, and an index must not stand in for the table. */
static int table_sql(const char *table, char *sql, size_t cap, struct err *err)
{
	for (const char *p = table; *p; p++)
		if (!(*p >= 'a' && *p <= 'z') && !(*p >= '0' && *p <= '9') && *p != '_')
			return err_set(err, E_FORMAT,
				       "The case holds a table with a strange name.");
	snprintf(sql, cap, "SELECT * FROM \"%s\" NOT INDEXED", table);
	return 0;
}

static int digest_with(struct case_db *c, struct feed *f, const char *table, int64_t *rows,
		       struct err *err)
{
	unsigned char salt[SALT];
	char sql[160];
	int rc = find_salt(c, table, salt, err);
	if (rc)
		return rc;
	feed(f, salt, sizeof salt);
	if (strcmp(table, DIGEST_SCHEMA) == 0) {
		rc = feed_rows(c, f,
			       "SELECT type,name,tbl_name,sql FROM sqlite_schema ORDER BY name",
			       rows, err);
		return rc ? rc
			  : feed_rows(c, f,
				      "SELECT user_version, application_id FROM "
				      "pragma_user_version, pragma_application_id",
				      rows, err);
	}
	rc = table_sql(table, sql, sizeof sql, err);
	return rc ? rc : feed_rows(c, f, sql, rows, err);
}

int digest_table(struct case_db *c, const char *table, char ret[static 65], int64_t *ret_rows,
		 struct err *err)
{
	struct feed f = { .hash = sha256_new(err) };
	char hex[65];
	int64_t rows = 0;
	if (!f.hash)
		return err_set(err, E_NOMEM, "Memory ran out.");
	int rc = digest_with(c, &f, table, &rows, err);
	flush(&f);
	if (!rc)
		rc = sha256_end(f.hash, hex, err);
	sha256_free(f.hash);
	if (rc)
		return rc;
	memcpy(ret, hex, sizeof hex);
	*ret_rows = rows;
	return 0;
}
