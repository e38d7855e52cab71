/* decision_verify.c - do the decisions of a case stand as they were signed? See decision.h */
#include "canon.h"
#include "decision.h"
#include "key.h"
#include "sha256.h"
#include <string.h>

struct row {
	sqlite3_stmt *st;
	json_t *body;
	span bytes;
	int64_t id;
};

static int wrong(const struct row *r, const char *what, struct err *err)
{
	return err_set(err, E_FORMAT, "Decision %lld: %s.", (long long)r->id, what);
}

static bool says(const struct row *r, const char *key, int column)
{
	const char *text = (const char *)sqlite3_column_text(r->st, column);
	const char *said = json_string_value(json_object_get(r->body, key));
	return text && said && strcmp(text, said) == 0;
}

static int check_signature(struct case_db *c, const struct row *r, int by, int signature,
			   struct err *err)
{
	sqlite3_stmt *st;
	const char *id = (const char *)sqlite3_column_text(r->st, by);
	bool none = sqlite3_column_type(r->st, signature) == SQLITE_NULL;
	if (!id || !*id)
		return none && case_training(c) ? 0
		       : none && !id            ? 0
						: wrong(r, "nobody signed it", err);
	if (sqlite3_column_bytes(r->st, signature) != KEY_SIGNATURE)
		return wrong(r, "its signature is missing", err);
	int rc = case_prepare(c, "SELECT public FROM signer WHERE id=?1", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_ROW || sqlite3_column_bytes(st, 0) != KEY_PUBLIC)
		rc = wrong(r, "its signer is not among the case's", err);
	else
		rc = key_verify(sqlite3_column_blob(st, 0), "decision", r->bytes,
				sqlite3_column_blob(r->st, signature), NULL)
			     ? wrong(r, "its signature is not by its signer", err)
			     : 0;
	sqlite3_finalize(st);
	return rc;
}

static int check_text(const struct row *r, sqlite3_stmt *st, struct err *err)
{
	const char *field = (const char *)sqlite3_column_text(st, 0);
	const char *said =
		json_string_value(json_object_get(json_object_get(r->body, "texts"), field));
	char hex[65];
	if (!said)
		return wrong(r, "it has a text that was not part of it", err);
	if (sqlite3_column_type(st, 2) == SQLITE_NULL)
		return 0; /* erased */
	struct sha256 *h = sha256_new(err);
	if (!h)
		return E_NOMEM;
	sha256_add(h, (span){ sqlite3_column_blob(st, 1), (size_t)sqlite3_column_bytes(st, 1) });
	sha256_add(h, (span){ (const char *)sqlite3_column_text(st, 2),
			      (size_t)sqlite3_column_bytes(st, 2) });
	int rc = sha256_end(h, hex, err);
	sha256_free(h);
	if (!rc && strcmp(hex, said) != 0)
		rc = wrong(r, "one of its texts was changed", err);
	return rc;
}

static int check_texts(struct case_db *c, const struct row *r, struct err *err)
{
	sqlite3_stmt *st;
	size_t n = 0;
	int rc = case_prepare(c, "SELECT field, salt, text FROM decision_text WHERE decision=?1",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, r->id);
	for (; !rc && sqlite3_step(st) == SQLITE_ROW; n++)
		rc = check_text(r, st, err);
	sqlite3_finalize(st);
	if (!rc && n != json_object_size(json_object_get(r->body, "texts")))
		rc = wrong(r, "one of its texts is missing", err);
	return rc;
}

static int check(struct case_db *c, struct row *r, struct err *err)
{
	const json_t *supersedes = json_object_get(r->body, "supersedes");
	if (!says(r, "kind", 1) || !says(r, "by", 3) ||
	    json_integer_value(json_object_get(r->body, "id")) != r->id ||
	    json_integer_value(json_object_get(r->body, "at")) != sqlite3_column_int64(r->st, 2) ||
	    json_integer_value(supersedes) != sqlite3_column_int64(r->st, 8))
		return wrong(r, "its row does not say what was signed", err);
	int rc = check_signature(c, r, 3, 5, err);
	if (!rc)
		rc = check_signature(c, r, 6, 7, err);
	return rc ? rc : check_texts(c, r, err);
}

int decision_verify(struct case_db *c, struct err *err)
{
	struct row r = { 0 };
	int rc = case_prepare(c, "SELECT * FROM decision ORDER BY id", &r.st, err);
	if (rc)
		return rc;
	while (!rc && sqlite3_step(r.st) == SQLITE_ROW) {
		r.id = sqlite3_column_int64(r.st, 0);
		r.bytes = (span){ (const char *)sqlite3_column_text(r.st, 4),
				  (size_t)sqlite3_column_bytes(r.st, 4) };
		rc = canon_read(&r.body, r.bytes, NULL) ? wrong(&r, "it is damaged", err) : 0;
		if (!rc) {
			rc = check(c, &r, err);
			json_decref(r.body);
		}
	}
	sqlite3_finalize(r.st);
	return rc;
}
