/* case_verify.c - see case_verify.h */
#include "case_verify.h"
#include "canon.h"
#include "decision.h"
#include "digest.h"
#include "sha256.h"
#include "vault_verify.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct check {
	struct case_db *c;
	const struct trust *trust;
	const char *head;
	verify_bad_fn *bad;
	void *user;
	struct verify_result result;
	json_t *tables; /* name -> the newest digest */
	bool wrong;
	struct err *err;
};

__attribute__((format(printf, 2, 3))) static void tell(struct check *v, const char *format, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	v->wrong = true;
	v->bad(v->user, text);
}

static int hash_of(span bytes, char ret[static 65], struct err *err)
{
	struct sha256 *h = sha256_new(err);
	if (!h)
		return E_NOMEM;
	sha256_add(h, bytes);
	int rc = sha256_end(h, ret, err);
	sha256_free(h);
	return rc;
}

static const char *text_of(const json_t *entry, const char *key)
{
	const char *s = json_string_value(json_object_get(entry, key));
	return s ? s : "";
}

/* The signer's key as the case keeps it, checked against the trust store where there is one. */
static void check_signature(struct check *v, const json_t *entry, span bytes, sqlite3_stmt *log,
			    int64_t seq)
{
	sqlite3_stmt *st;
	const char *by = text_of(entry, "by");
	bool none = sqlite3_column_type(log, 2) == SQLITE_NULL;
	if (!*by) {
		if (!none || !case_training(v->c))
			tell(v, "Entry %lld of the log is not signed.", (long long)seq);
		return;
	}
	if (case_prepare(v->c, "SELECT public FROM signer WHERE id=?1", &st, NULL)) {
		tell(v, "The list of signers cannot be read.");
		return;
	}
	sqlite3_bind_text(st, 1, by, -1, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_ROW || sqlite3_column_bytes(st, 0) != KEY_PUBLIC || none ||
	    sqlite3_column_bytes(log, 2) != KEY_SIGNATURE ||
	    key_verify(sqlite3_column_blob(st, 0), "log", bytes, sqlite3_column_blob(log, 2), NULL))
		tell(v, "The signature of entry %lld of the log is not by the key %s.",
		     (long long)seq, by);
	else {
		const struct person *p = v->trust ? trust_person(v->trust, by) : NULL;
		if (!p)
			v->result.trusted = false;
		else if (memcmp(p->key.sign, sqlite3_column_blob(st, 0), KEY_PUBLIC) != 0)
			tell(v, "The key %s in the case is not the person's in the policy.", by);
	}
	sqlite3_finalize(st);
}

static int check_entry(struct check *v, sqlite3_stmt *st, char prev[static 65])
{
	span bytes = { (const char *)sqlite3_column_text(st, 1),
		       (size_t)sqlite3_column_bytes(st, 1) };
	int64_t seq = sqlite3_column_int64(st, 0), expected = ++v->result.entries;
	json_t *entry;
	if (sqlite3_column_type(st, 1) != SQLITE_TEXT || canon_read(&entry, bytes, NULL)) {
		tell(v, "Entry %lld of the log is damaged.", (long long)seq);
		return hash_of(bytes, prev, v->err);
	}
	if (seq != expected || json_integer_value(json_object_get(entry, "seq")) != expected)
		tell(v, "Entry %lld of the log is missing or out of order.", (long long)expected);
	if (strcmp(text_of(entry, "prev"), prev) != 0)
		tell(v, "Entry %lld of the log does not follow from the one before it.",
		     (long long)seq);
	check_signature(v, entry, bytes, st, seq);
	if (json_object_update(v->tables, json_object_get(entry, "tables")))
		tell(v, "Entry %lld of the log is damaged.", (long long)seq);
	json_decref(entry);
	int rc = hash_of(bytes, prev, v->err);
	if (!rc && v->head && strcasecmp(v->head, prev) == 0)
		v->result.head_seq = seq;
	return rc;
}

static int check_log(struct check *v)
{
	sqlite3_stmt *st;
	char prev[65] = "0000000000000000000000000000000000000000000000000000000000000000";
	int step, rc = case_prepare(v->c, "SELECT seq, entry, signature FROM log ORDER BY seq", &st,
				    v->err);
	if (rc)
		return rc;
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW)
		rc = check_entry(v, st, prev);
	if (!rc && step != SQLITE_DONE)
		tell(v, "The log cannot be read to its end: %s.",
		     sqlite3_errmsg(case_handle(v->c)));
	sqlite3_finalize(st);
	memcpy(v->result.head, prev, 65);
	if (!rc)
		rc = case_prepare(v->c, "SELECT id, seq, sha256 FROM log_head", &st, v->err);
	if (rc)
		return rc;
	if (sqlite3_step(st) != SQLITE_ROW || sqlite3_column_int64(st, 0) != 1 ||
	    sqlite3_column_int64(st, 1) != v->result.entries || sqlite3_column_bytes(st, 2) != 64 ||
	    memcmp(sqlite3_column_text(st, 2), prev, 64) != 0 || sqlite3_step(st) != SQLITE_DONE)
		tell(v, "The end of the log is not where the case says it is: entries are missing "
			"or were changed.");
	sqlite3_finalize(st);
	if (v->head && !v->result.head_seq)
		tell(v, "No entry of the log has the head that was given: this is not the case "
			"that it was printed from, or it was written anew.");
	return 0;
}

static void check_table(struct check *v, const char *table)
{
	const json_t *last = json_object_get(v->tables, table);
	char hex[65];
	int64_t rows;
	struct err why = { 0 };
	if (strcmp(table, "log") == 0 || strcmp(table, "log_head") == 0 ||
	    strcmp(table, "salt") == 0)
		return;
	if (!last) {
		tell(v, "The table '%s' is not one that the log knows.", table);
		return;
	}
	if (digest_table(v->c, table, hex, &rows, &why))
		tell(v, "The table '%s' cannot be read: %s", table, why.message);
	else if (strcmp(hex, text_of(last, "sha256")) != 0)
		tell(v, "The table '%s' is not as the log left it (%lld rows now, %lld then).",
		     table, (long long)rows,
		     (long long)json_integer_value(json_object_get(last, "rows")));
}

/* Tables that are there, tables that should be, and salts for nothing else. */
static int check_tables(struct check *v)
{
	sqlite3_stmt *st;
	const char *name;
	json_t *value;
	json_t *seen = json_object();
	int rc = case_prepare(v->c, "SELECT name FROM sqlite_schema WHERE type='table' ORDER BY 1",
			      &st, v->err);
	if (rc)
		return rc;
	check_table(v, DIGEST_SCHEMA);
	json_object_set_new(seen, DIGEST_SCHEMA, json_true());
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(st, 0);
		check_table(v, table ? table : "?");
		json_object_set_new(seen, table ? table : "?", json_true());
	}
	sqlite3_finalize(st);
	json_object_foreach(v->tables, name, value) if (!json_object_get(seen, name))
		tell(v, "The table '%s' is missing.", name);
	rc = case_prepare(v->c, "SELECT name FROM salt", &st, v->err);
	if (!rc) {
		int step;
		while ((step = sqlite3_step(st)) == SQLITE_ROW) {
			name = (const char *)sqlite3_column_text(st, 0);
			if (!name ||
			    (!json_object_get(v->tables, name) && strcmp(name, "salt") != 0))
				tell(v, "There is a salt for a table that is not there.");
		}
		if (step != SQLITE_DONE)
			tell(v, "The salts cannot be read.");
		sqlite3_finalize(st);
	}
	json_decref(seen);
	return rc;
}

static int check_structure(struct check *v)
{
	sqlite3_stmt *st;
	int n = 0;
	int rc = case_prepare(v->c, "PRAGMA integrity_check(5)", &st, v->err);
	if (rc)
		return rc;
	int step;
	while ((step = sqlite3_step(st)) == SQLITE_ROW) {
		const char *what = (const char *)sqlite3_column_text(st, 0);
		if (n++ || !what || strcmp(what, "ok") != 0)
			tell(v, "The database file is damaged: %s", what ? what : "?");
	}
	if (step != SQLITE_DONE)
		tell(v, "The database file is damaged: %s", sqlite3_errmsg(case_handle(v->c)));
	sqlite3_finalize(st);
	return 0;
}

static void bad_vault(void *user, const char *what)
{
	tell(user, "%s", what);
}

static int check_vault(struct check *v)
{
	struct vault_checked checked = { 0 };
	int rc = vault_verify(v->c, bad_vault, v, &checked, v->err);
	v->result.vault_files = checked.files;
	v->result.vault_closed = checked.closed;
	return rc;
}

/* One view of the case while it is checked: another linecheck may be adding to it. */
static int hold_still(struct case_db *c, bool *ret_own, struct err *err)
{
	*ret_own = false;
	if (!sqlite3_get_autocommit(case_handle(c)))
		return 0;
	int rc = case_exec(c, "checking the case", "BEGIN", err);
	*ret_own = !rc;
	return rc;
}

int case_verify(struct case_db *c, const char *head, const struct trust *t, verify_bad_fn *bad,
		void *user, struct verify_result *ret, struct err *err)
{
	struct err own = { 0 };
	struct check v = { .c = c,
			   .trust = t,
			   .head = head,
			   .bad = bad,
			   .user = user,
			   .tables = json_object(),
			   .err = err ? err : &own };
	v.result.trusted = t != NULL;
	bool own_view = false;
	int rc = hold_still(c, &own_view, v.err);
	if (!rc)
		rc = check_structure(&v);
	if (!rc)
		rc = check_log(&v);
	if (!rc)
		rc = check_tables(&v);
	if (!rc && !v.wrong) {
		struct err why = { 0 };
		int decided = decision_verify(c, &why);
		if (decided == E_FORMAT)
			tell(&v, "%s", why.message);
		else
			rc = decided;
	}
	if (own_view)
		case_exec(c, "checking the case", "COMMIT", NULL);
	if (!rc)
		rc = check_vault(&v);
	json_decref(v.tables);
	*ret = v.result;
	if (rc)
		return rc;
	return v.wrong ? err_set(v.err, E_FORMAT, "The case is not as its log says.") : 0;
}

static void first_bad(void *user, const char *what)
{
	char *first = user;
	if (!*first)
		snprintf(first, 400, "%s", what);
}

int case_verify_decisions(struct case_db *c, struct err *err)
{
	static const char *const tables[] = { "meta", "signer", "decision", "decision_text" };
	char what[400] = "";
	struct err own = { 0 };
	struct check v = { .c = c,
			   .bad = first_bad,
			   .user = what,
			   .tables = json_object(),
			   .err = err ? err : &own };
	bool own_view = false;
	int rc = hold_still(c, &own_view, v.err);
	if (!rc)
		rc = check_log(&v);
	for (size_t i = 0; !rc && i < sizeof tables / sizeof *tables; i++)
		check_table(&v, tables[i]);
	json_decref(v.tables);
	if (!rc && v.wrong)
		rc = err_set(v.err, E_FORMAT, "%s", what);
	if (!rc)
		rc = decision_verify(c, v.err);
	if (own_view)
		case_exec(c, "checking the case", "COMMIT", NULL);
	return rc;
}
