/* caselog.c - see caselog.h */
#include "caselog.h"
#include "canon.h"
#include "digest.h"
#include "key.h"
#include "sha256.h"
#include <string.h>

const char *log_act_word(enum log_act act)
{
	static const char *const word[LOG_ACT_MAX] = {
		[LOG_COLLECTION] = "collection",     [LOG_ALTERATION] = "alteration",
		[LOG_CONSULTATION] = "consultation", [LOG_DISCLOSURE] = "disclosure",
		[LOG_COMBINATION] = "combination",   [LOG_ERASURE] = "erasure",
	};
	return word[act];
}

#define CLOCK_SLACK ((int64_t)10 * 60 * 1000)

/* A clock that was set back could make a key count that counts no more. Erasing is never held up.
 */
static int check_clock(struct case_db *c, const struct log_entry *e, struct err *err)
{
	sqlite3_stmt *st;
	if (case_training(c) || e->act == LOG_ERASURE)
		return 0;
	int rc = case_prepare(
		c, "SELECT json_extract(entry,'$.at') FROM log ORDER BY seq DESC LIMIT 1", &st,
		err);
	if (rc)
		return rc;
	bool back = sqlite3_step(st) == SQLITE_ROW &&
		    case_now(c) < sqlite3_column_int64(st, 0) - CLOCK_SLACK;
	sqlite3_finalize(st);
	return back ? err_set(err, E_REFUSED,
			      "By this machine's clock it is earlier than the last entry of the "
			      "case's log. Set the clock right, then run the command again.")
		    : 0;
}

#define NO_ENTRY "0000000000000000000000000000000000000000000000000000000000000000"

static int last(struct case_db *c, char hash[static 65], int64_t *seq, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT seq, sha256 FROM log_head WHERE id=1", &st, err);
	if (rc)
		return rc;
	memcpy(hash, NO_ENTRY, 65);
	*seq = 0;
	if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_bytes(st, 1) == 64) {
		memcpy(hash, sqlite3_column_text(st, 1), 65);
		*seq = sqlite3_column_int64(st, 0);
	}
	sqlite3_finalize(st);
	return 0;
}

static int add_tables(struct case_db *c, json_t *entry, struct err *err)
{
	json_t *tables = json_object();
	bool failed = json_object_set_new(entry, "tables", tables) != 0;
	for (const char *const *t = case_changed(c); !failed && *t; t++) {
		char hex[65];
		int64_t rows;
		if (strcmp(*t, "log") == 0 || strcmp(*t, "log_head") == 0)
			continue;
		int rc = digest_salt(c, *t, false, err);
		if (rc)
			return rc;
		if (strcmp(*t, "salt") == 0)
			continue;
		rc = digest_table(c, *t, hex, &rows, err);
		if (rc)
			return rc;
		failed = json_object_set_new(
				 tables, *t,
				 json_pack("{sIss}", "rows", (json_int_t)rows, "sha256", hex)) != 0;
	}
	return failed ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
}

static int make_entry(struct case_db *c, const struct log_entry *e, int64_t seq, const char *prev,
		      struct buf *ret, struct err *err)
{
	const struct key *k = case_actor(c);
	json_t *j = json_pack("{sssIssss sIss s{}s{}}", "act", log_act_word(e->act), "at",
			      (json_int_t)case_now(c), "by", k ? key_public(k)->id : "", "prev",
			      prev, "seq", (json_int_t)seq, "what", e->what, "n", "w");
	if (!j)
		return err_set(err, E_NOMEM, "Memory ran out.");
	bool failed = false;
	for (size_t i = 0; i < sizeof e->n / sizeof e->n[0] && e->n[i].name; i++)
		failed |= json_object_set_new(json_object_get(j, "n"), e->n[i].name,
					      json_integer(e->n[i].value)) != 0;
	for (size_t i = 0; i < sizeof e->w / sizeof e->w[0] && e->w[i].name; i++)
		failed |= json_object_set_new(json_object_get(j, "w"), e->w[i].name,
					      json_string(e->w[i].value)) != 0;
	int rc = failed ? err_set(err, E_NOMEM, "Memory ran out.") : add_tables(c, j, err);
	if (!rc)
		rc = canon_write(ret, j, err);
	json_decref(j);
	if (!rc && ret->failed)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	return rc;
}

int caselog_hash(span bytes, char ret[static 65], struct err *err)
{
	struct sha256 *h = sha256_new(err);
	if (!h)
		return err_set(err, E_NOMEM, "Memory ran out.");
	sha256_add(h, bytes);
	int rc = sha256_end(h, ret, err);
	sha256_free(h);
	return rc;
}

static int store(struct case_db *c, int64_t seq, span entry, const char *hash, struct err *err)
{
	unsigned char signature[KEY_SIGNATURE];
	sqlite3_stmt *st;
	const struct key *k = case_actor(c);
	int rc = k ? key_sign(k, "log", entry, signature, err) : 0;
	if (!rc)
		rc = case_prepare(c, "INSERT INTO log VALUES(?1,?2,?3)", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, seq);
	sqlite3_bind_text64(st, 2, entry.p, entry.n, SQLITE_STATIC, SQLITE_UTF8);
	if (k)
		sqlite3_bind_blob(st, 3, signature, sizeof signature, SQLITE_STATIC);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	if (!rc)
		rc = case_prepare(c, "INSERT OR REPLACE INTO log_head VALUES(1,?1,?2)", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, seq);
	sqlite3_bind_text(st, 2, hash, -1, SQLITE_STATIC);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

int caselog_append(struct case_db *c, const struct log_entry *e, struct err *err)
{
	char prev[65], hash[65];
	int64_t seq;
	struct buf entry = { 0 };
	int rc = check_clock(c, e, err);
	if (!rc)
		rc = last(c, prev, &seq, err);
	if (!rc)
		rc = make_entry(c, e, ++seq, prev, &entry, err);
	if (!rc)
		rc = caselog_hash(buf_span(&entry), hash, err);
	if (!rc)
		rc = store(c, seq, buf_span(&entry), hash, err);
	buf_free(&entry);
	return rc;
}

int caselog_note(struct case_db *c, const struct log_entry *e, struct err *err)
{
	int rc = case_begin(c, err);
	if (!rc)
		rc = case_commit(c, e, err);
	if (rc)
		case_rollback(c);
	return rc;
}

int caselog_head(struct case_db *c, char ret[static 65], int64_t *ret_seq, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c,
			      "SELECT seq, entry FROM log WHERE entry NOT LIKE "
			      "'{\"act\":\"consultation\"%' ORDER BY seq DESC LIMIT 1",
			      &st, err);
	if (rc)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW) {
		*ret_seq = sqlite3_column_int64(st, 0);
		rc = caselog_hash((span){ (const char *)sqlite3_column_text(st, 1),
					  (size_t)sqlite3_column_bytes(st, 1) },
				  ret, err);
	} else
		rc = err_set(err, E_ABSENT, "Nothing has been done in this case yet.");
	sqlite3_finalize(st);
	return rc;
}
