/* chain.c - see chain.h */
#include "chain.h"
#include "canon.h"
#include "hex.h"
#include <openssl/sha.h>
#include <sodium.h>

#define NO_ENTRY "0000000000000000000000000000000000000000000000000000000000000000"
#define SALT 16

static int failed(sqlite3 *db, struct err *err)
{
	int rc = sqlite3_errcode(db);
	return err_set(err, rc == SQLITE_NOMEM ? E_NOMEM : E_IO, "The log cannot be %s: %s.",
		       rc == SQLITE_FULL ? "written, the disk is full" : "read or written",
		       sqlite3_errmsg(db));
}

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static void hash_of(span bytes, char ret[static 65])
{
	unsigned char digest[32];
	SHA256((const unsigned char *)bytes.p, bytes.n, digest);
	hex_write(ret, digest, sizeof digest);
}

static void hash_text(const unsigned char salt[static SALT], span text, char ret[static 65])
{
	crypto_hash_sha256_state s;
	unsigned char digest[32];
	crypto_hash_sha256_init(&s);
	crypto_hash_sha256_update(&s, salt, SALT);
	crypto_hash_sha256_update(&s, (const unsigned char *)text.p, text.n);
	crypto_hash_sha256_final(&s, digest);
	hex_write(ret, digest, sizeof digest);
}

int chain_head(sqlite3 *db, char ret[static 65], int64_t *ret_seq, struct err *err)
{
	sqlite3_stmt *st;
	if (sqlite3_prepare_v2(db, "SELECT seq, entry FROM log ORDER BY seq DESC LIMIT 1", -1, &st,
			       NULL) != SQLITE_OK)
		return failed(db, err);
	int step = sqlite3_step(st);
	memcpy(ret, NO_ENTRY, 65);
	*ret_seq = 0;
	if (step == SQLITE_ROW) {
		*ret_seq = sqlite3_column_int64(st, 0);
		hash_of((span){ (const char *)sqlite3_column_text(st, 1),
				(size_t)sqlite3_column_bytes(st, 1) },
			ret);
	}
	sqlite3_finalize(st);
	return step == SQLITE_ROW || step == SQLITE_DONE ? 0 : failed(db, err);
}

static int add_text(sqlite3 *db, int64_t seq, const struct chain_text *t, json_t *texts,
		    struct err *err)
{
	unsigned char salt[SALT];
	char hex[65];
	sqlite3_stmt *st;
	randombytes_buf(salt, sizeof salt);
	hash_text(salt, span_z(t->text), hex);
	if (json_object_set_new(texts, t->field, json_string(hex)))
		return no_memory(err);
	if (sqlite3_prepare_v2(db, "INSERT INTO log_text VALUES(?1,?2,?3,?4)", -1, &st, NULL) !=
	    SQLITE_OK)
		return failed(db, err);
	sqlite3_bind_int64(st, 1, seq);
	sqlite3_bind_text(st, 2, t->field, -1, SQLITE_STATIC);
	sqlite3_bind_blob(st, 3, salt, sizeof salt, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, t->text, -1, SQLITE_STATIC);
	int step = sqlite3_step(st);
	sqlite3_finalize(st);
	return step == SQLITE_DONE ? 0 : failed(db, err);
}

static int store(sqlite3 *db, int64_t seq, span entry, const struct key *by, struct err *err)
{
	unsigned char signature[KEY_SIGNATURE];
	sqlite3_stmt *st;
	int rc = key_sign(by, "log", entry, signature, err);
	if (rc)
		return rc;
	if (sqlite3_prepare_v2(db, "INSERT INTO log VALUES(?1,?2,?3)", -1, &st, NULL) != SQLITE_OK)
		return failed(db, err);
	sqlite3_bind_int64(st, 1, seq);
	sqlite3_bind_text64(st, 2, entry.p, entry.n, SQLITE_STATIC, SQLITE_UTF8);
	sqlite3_bind_blob(st, 3, signature, sizeof signature, SQLITE_STATIC);
	int step = sqlite3_step(st);
	sqlite3_finalize(st);
	return step == SQLITE_DONE ? 0 : failed(db, err);
}

int chain_append(sqlite3 *db, const struct key *by, int64_t at, json_t *body,
		 const struct chain_text *texts, struct err *err)
{
	char prev[65];
	int64_t seq;
	struct buf entry = { 0 };
	json_t *list = json_object();
	int rc = body && list ? chain_head(db, prev, &seq, err) : no_memory(err);
	for (; !rc && texts && texts->field; texts++)
		if (texts->text)
			rc = add_text(db, seq + 1, texts, list, err);
	if (!rc && (json_object_set_new(body, "at", json_integer(at)) ||
		    json_object_set_new(body, "by", json_string(key_public(by)->id)) ||
		    json_object_set_new(body, "prev", json_string(prev)) ||
		    json_object_set_new(body, "seq", json_integer(++seq)) ||
		    json_object_set(body, "texts", list)))
		rc = no_memory(err);
	if (!rc)
		rc = canon_write(&entry, body, err);
	if (!rc)
		rc = store(db, seq, buf_span(&entry), by, err);
	buf_free(&entry);
	json_decref(list);
	json_decref(body);
	return rc;
}

int chain_text(sqlite3 *db, int64_t seq, const char *field, struct buf *ret, struct err *err)
{
	sqlite3_stmt *st;
	if (sqlite3_prepare_v2(db, "SELECT text FROM log_text WHERE seq=?1 AND field=?2", -1, &st,
			       NULL) != SQLITE_OK)
		return failed(db, err);
	sqlite3_bind_int64(st, 1, seq);
	sqlite3_bind_text(st, 2, field, -1, SQLITE_STATIC);
	int rc = E_ABSENT;
	if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_type(st, 0) == SQLITE_TEXT) {
		buf_add(ret, (span){ (const char *)sqlite3_column_text(st, 0),
				     (size_t)sqlite3_column_bytes(st, 0) });
		rc = 0;
	}
	sqlite3_finalize(st);
	return rc ? err_set(err, rc, "There is no such text.") : 0;
}

struct check {
	sqlite3 *db;
	chain_key_fn *key;
	chain_entry_fn *each;
	void *user;
	char prev[65];
	int64_t seq;
	struct err *err;
};

static const char *text_of(const json_t *v, const char *name)
{
	const char *s = json_string_value(json_object_get(v, name));
	return s ? s : "";
}

static int wrong(struct check *c, const char *why)
{
	return err_set(c->err, E_FORMAT, "Entry %lld of the log %s.", (long long)c->seq, why);
}

/* Every text that is still there is the one that was committed to. */
static int check_texts(struct check *c, const json_t *entry)
{
	sqlite3_stmt *st;
	const json_t *texts = json_object_get(entry, "texts");
	int rc = 0, step = SQLITE_ROW;
	if (sqlite3_prepare_v2(c->db, "SELECT field,salt,text FROM log_text WHERE seq=?1", -1, &st,
			       NULL) != SQLITE_OK)
		return failed(c->db, c->err);
	sqlite3_bind_int64(st, 1, c->seq);
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW) {
		char hex[65];
		const char *field = (const char *)sqlite3_column_text(st, 0);
		if (sqlite3_column_type(st, 2) == SQLITE_NULL)
			continue;
		if (!field || sqlite3_column_bytes(st, 1) != SALT) {
			rc = wrong(c, "has a damaged text");
			break;
		}
		hash_text(sqlite3_column_blob(st, 1),
			  (span){ (const char *)sqlite3_column_text(st, 2),
				  (size_t)sqlite3_column_bytes(st, 2) },
			  hex);
		if (strcmp(text_of(texts, field), hex) != 0)
			rc = wrong(c, "has a text that was changed");
	}
	if (!rc && step != SQLITE_DONE)
		rc = failed(c->db, c->err);
	sqlite3_finalize(st);
	return rc;
}

static int check_entry(struct check *c, sqlite3_stmt *st)
{
	unsigned char public[KEY_PUBLIC];
	span bytes = { (const char *)sqlite3_column_text(st, 1),
		       (size_t)sqlite3_column_bytes(st, 1) };
	json_t *entry = NULL;
	c->seq++;
	if (sqlite3_column_int64(st, 0) != c->seq)
		return wrong(c, "is missing");
	if (!bytes.p || canon_read(&entry, bytes, NULL))
		return wrong(c, "is damaged");
	int rc = 0;
	if (json_integer_value(json_object_get(entry, "seq")) != c->seq ||
	    strcmp(text_of(entry, "prev"), c->prev) != 0)
		rc = wrong(c, "does not follow from the one before it");
	else if (!c->key(c->user, text_of(entry, "by"), public))
		rc = wrong(c, "is by a key that nobody here knows");
	else if (sqlite3_column_bytes(st, 2) != KEY_SIGNATURE ||
		 key_verify(public, "log", bytes, sqlite3_column_blob(st, 2), NULL))
		rc = wrong(c, "is not signed by the key that it names");
	if (!rc)
		rc = check_texts(c, entry);
	if (!rc && c->each)
		rc = c->each(c->user, c->seq, entry, c->err);
	json_decref(entry);
	hash_of(bytes, c->prev);
	return rc;
}

int chain_check(sqlite3 *db, chain_key_fn *key, chain_entry_fn *each, void *user, struct err *err)
{
	struct check c = { db, key, each, user, NO_ENTRY, 0, err };
	sqlite3_stmt *st;
	int rc = 0, step = SQLITE_DONE;
	if (sqlite3_prepare_v2(db, "SELECT seq, entry, signature FROM log ORDER BY seq", -1, &st,
			       NULL) != SQLITE_OK)
		return failed(db, err);
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW)
		rc = check_entry(&c, st);
	sqlite3_finalize(st);
	return rc || step == SQLITE_DONE ? rc : failed(db, err);
}
