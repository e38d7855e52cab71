/* log.c - see log.h */
#include "log.h"
#include "canon.h"
#include "caselog.h"
#include "facts.h"
#include "hex.h"
#include "shown.h"
#include "zone.h"
#include <inttypes.h>

static int damaged(int64_t seq, struct err *err)
{
	return err_set(err, E_FORMAT,
		       "Entry %" PRId64 " of the log is damaged. 'linecheck verify' names all "
		       "that is not right.",
		       seq);
}

/* As the policy names the person, else as their key did; "" in a training case. */
static int name_of(struct case_db *c, const struct trust *t, const char *key, struct buf *ret,
		   struct err *err)
{
	const struct person *p = t ? trust_person(t, key) : NULL;
	sqlite3_stmt *st;
	buf_clear(ret);
	if (p) {
		buf_add(ret, span_z(p->key.name));
		return 0;
	}
	int rc = case_prepare(c, "SELECT name FROM signer WHERE id=?1", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW)
		buf_add(ret, (span){ (const char *)sqlite3_column_text(st, 0),
				     (size_t)sqlite3_column_bytes(st, 0) });
	sqlite3_finalize(st);
	return 0;
}

struct entry {
	int64_t seq;
	json_t *json;
	struct buf name;
	char sha256[65];
};

typedef void entry_fn(FILE *to, const struct entry *e);

static const char *word(const struct entry *e, const char *key)
{
	const char *s = json_string_value(json_object_get(e->json, key));
	return s ? s : "";
}

static void put_pairs(FILE *to, const json_t *pairs)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)pairs, key, value)
	{
		putc(' ', to);
		shown_name(to, span_z(key), 40);
		putc('=', to);
		if (json_is_integer(value))
			fprintf(to, "%" PRId64, (int64_t)json_integer_value(value));
		else if (json_is_string(value))
			shown_name(to, span_z(json_string_value(value)), 80);
	}
}

static void put_line(FILE *to, const struct entry *e)
{
	char when[80] = "no clock";
	int64_t at = json_integer_value(json_object_get(e->json, "at"));
	if (at)
		zone_words(at, when);
	fprintf(to, "%5" PRId64 "  %s  ", e->seq, when);
	shown_name(to, span_z(word(e, "act")), 20);
	fputs(": ", to);
	shown_name(to, span_z(word(e, "what")), 40);
	put_pairs(to, json_object_get(e->json, "n"));
	put_pairs(to, json_object_get(e->json, "w"));
	if (*word(e, "by")) {
		fputs("  by ", to);
		shown_name(to, buf_span(&e->name), 120);
		fputs(", key ", to);
		shown_name(to, span_z(word(e, "by")), 40);
	}
	putc('\n', to);
}

static void put_json(FILE *to, const struct entry *e)
{
	json_t *line =
		json_pack("{sI sO sO sO sO ss# sO sO ss}", "seq", (json_int_t)e->seq, "at",
			  json_object_get(e->json, "at"), "act", json_object_get(e->json, "act"),
			  "what", json_object_get(e->json, "what"), "key",
			  json_object_get(e->json, "by"), "name", e->name.data ? e->name.data : "",
			  (int)e->name.n, "counts", json_object_get(e->json, "n"), "words",
			  json_object_get(e->json, "w"), "sha256", e->sha256);
	json_dumpf(line, to, JSON_COMPACT | JSON_ENSURE_ASCII);
	putc('\n', to);
	json_decref(line);
}

static bool is_entry(const json_t *j)
{
	return json_is_integer(json_object_get(j, "at")) &&
	       json_is_string(json_object_get(j, "act")) &&
	       json_is_string(json_object_get(j, "what")) &&
	       json_is_string(json_object_get(j, "by")) &&
	       json_is_object(json_object_get(j, "n")) && json_is_object(json_object_get(j, "w"));
}

static span bytes_of(sqlite3_stmt *st, int i)
{
	return (span){ (const char *)sqlite3_column_text(st, i),
		       (size_t)sqlite3_column_bytes(st, i) };
}

static int one(struct case_db *c, const struct trust *t, sqlite3_stmt *st, FILE *to, entry_fn *fn,
	       struct err *err)
{
	struct entry e = { .seq = sqlite3_column_int64(st, 0) };
	if (canon_read(&e.json, bytes_of(st, 1), NULL))
		return damaged(e.seq, err);
	int rc = is_entry(e.json) ? name_of(c, t, word(&e, "by"), &e.name, err)
				  : damaged(e.seq, err);
	if (!rc)
		rc = caselog_hash(bytes_of(st, 1), e.sha256, err);
	if (!rc)
		fn(to, &e);
	json_decref(e.json);
	buf_free(&e.name);
	return rc;
}

static int each(struct case_db *c, const struct trust *t, FILE *to, entry_fn *fn, int64_t *ret_n,
		struct err *err)
{
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc = case_prepare(c, "SELECT seq, entry FROM log ORDER BY seq", &st, err), step = 0;
	if (rc)
		return rc;
	for (; !rc && (step = sqlite3_step(st)) == SQLITE_ROW; n++)
		rc = one(c, t, st, to, fn, err);
	if (!rc && step != SQLITE_DONE)
		rc = case_error(c, "reading the log", err);
	sqlite3_finalize(st);
	*ret_n = n;
	return rc;
}

int report_log(struct case_db *c, const struct trust *t, FILE *to, int64_t *ret_n, struct err *err)
{
	return each(c, t, to, put_line, ret_n, err);
}

int report_log_json(struct case_db *c, const struct trust *t, FILE *to, int64_t *ret_n,
		    struct err *err)
{
	return each(c, t, to, put_json, ret_n, err);
}

/* Writes a value as a line of canonical JSON; takes it over. */
static int put_canon(FILE *to, json_t *value, struct err *err)
{
	struct buf line = { 0 };
	int rc = value ? canon_write(&line, value, err)
		       : err_set(err, E_NOMEM, "Memory ran out while writing the log.");
	buf_byte(&line, '\n');
	if (!rc && (line.failed || fwrite(line.data, 1, line.n, to) != line.n))
		rc = err_set(err, E_IO, "The log could not be written to its end.");
	buf_free(&line);
	json_decref(value);
	return rc;
}

static int put_header(struct case_db *c, FILE *to, struct err *err)
{
	sqlite3_stmt *st;
	char name[80] = "", hex[2 * KEY_PUBLIC + 1];
	int rc = facts_meta(c, "case", name, sizeof name, err);
	json_t *signers = json_array();
	if (!rc)
		rc = case_prepare(c, "SELECT id, name, public FROM signer ORDER BY id", &st, err);
	if (rc) {
		json_decref(signers);
		return rc;
	}
	while (sqlite3_step(st) == SQLITE_ROW) {
		if (sqlite3_column_bytes(st, 2) != KEY_PUBLIC)
			continue;
		hex_write(hex, sqlite3_column_blob(st, 2), KEY_PUBLIC);
		json_array_append_new(signers,
				      json_pack("{ssssss}", "id", sqlite3_column_text(st, 0),
						"name", sqlite3_column_text(st, 1), "public", hex));
	}
	sqlite3_finalize(st);
	/* takes signers over, whether it can or not */
	return put_canon(to,
			 json_pack("{ssssso}", "case", name, "format", "linecheck-log-1", "signers",
				   signers),
			 err);
}

static int put_entry(sqlite3_stmt *st, FILE *to, struct err *err)
{
	json_t *entry;
	char hash[65], signature[2 * KEY_SIGNATURE + 1] = "";
	if (canon_read(&entry, bytes_of(st, 1), NULL))
		return damaged(sqlite3_column_int64(st, 0), err);
	int rc = caselog_hash(bytes_of(st, 1), hash, err);
	if (sqlite3_column_bytes(st, 2) == KEY_SIGNATURE)
		hex_write(signature, sqlite3_column_blob(st, 2), KEY_SIGNATURE);
	if (!rc)
		rc = put_canon(to,
			       json_pack("{sOssss}", "entry", entry, "sha256", hash, "signature",
					 signature),
			       err);
	json_decref(entry);
	return rc;
}

int report_log_export(struct case_db *c, FILE *to, int64_t *ret_n, struct err *err)
{
	sqlite3_stmt *st;
	int step = SQLITE_DONE, rc = put_header(c, to, err);
	*ret_n = 0;
	if (!rc)
		rc = case_prepare(c, "SELECT seq, entry, signature FROM log ORDER BY seq", &st,
				  err);
	if (rc)
		return rc;
	for (; !rc && (step = sqlite3_step(st)) == SQLITE_ROW; ++*ret_n)
		rc = put_entry(st, to, err);
	if (!rc && step != SQLITE_DONE)
		rc = case_error(c, "reading the log", err);
	sqlite3_finalize(st);
	return rc;
}
