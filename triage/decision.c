/* decision.c - see decision.h */
#include "decision.h"
#include "canon.h"
#include "caselog.h"
#include "key.h"
#include "sha256.h"
#include <sodium.h>
#include <string.h>

#define SALT 32

const char *decision_kind_word(enum decision_kind kind)
{
	static const char *const word[DECISION_KIND_MAX] = {
		[DECISION_AUTHORITY] = "authority",
		[DECISION_SCOPE] = "scope",
		[DECISION_STAGE] = "stage",
		[DECISION_NOTICE] = "notice",
		[DECISION_UNSEAL] = "unseal",
		[DECISION_STOP] = "stop",
		[DECISION_GO_ON] = "go-on",
		[DECISION_TASK] = "task",
		[DECISION_TASK_DONE] = "task-done",
		[DECISION_RETENTION] = "retention",
		[DECISION_OUTCOME] = "outcome",
		[DECISION_SIGN_OFF] = "sign-off",
		[DECISION_LIST] = "list",
		[DECISION_TYPED] = "typed",
		[DECISION_CHECK] = "check",
		[DECISION_CLOSE] = "close",
		[DECISION_DISCLOSURE] = "disclosure",
		[DECISION_PASSWORD] = "backup-password",
	};
	return word[kind];
}

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static int commit_to(span salt, span text, char ret[static 65], struct err *err)
{
	struct sha256 *h = sha256_new(err);
	if (!h)
		return no_memory(err);
	sha256_add(h, salt);
	sha256_add(h, text);
	int rc = sha256_end(h, ret, err);
	sha256_free(h);
	return rc;
}

static int next_id(struct case_db *c, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT coalesce(max(id),0)+1 FROM decision", &st, err);
	if (rc)
		return rc;
	*ret = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 1;
	sqlite3_finalize(st);
	return 0;
}

/* Stores the texts and puts a commitment to each into texts. */
static int add_texts(struct case_db *c, int64_t id, const struct decision_text *list, json_t *texts,
		     struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "INSERT INTO decision_text VALUES(?1,?2,?3,?4)", &st, err);
	for (; !rc && list && list->field; list++) {
		unsigned char salt[SALT] = { 0 };
		char hex[65];
		if (!case_training(c))
			randombytes_buf(salt, sizeof salt);
		rc = commit_to((span){ (const char *)salt, sizeof salt }, span_z(list->text), hex,
			       err);
		if (rc)
			break;
		sqlite3_bind_int64(st, 1, id);
		sqlite3_bind_text(st, 2, list->field, -1, SQLITE_STATIC);
		sqlite3_bind_blob(st, 3, salt, sizeof salt, SQLITE_TRANSIENT);
		sqlite3_bind_text(st, 4, list->text, -1, SQLITE_STATIC);
		rc = case_step(c, st, err);
		if (!rc && json_object_set_new(texts, list->field, json_string(hex)))
			rc = no_memory(err);
	}
	sqlite3_finalize(st);
	return rc;
}

static int case_name(struct case_db *c, char ret[static 65], struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT value FROM meta WHERE key='case'", &st, err);
	if (rc)
		return rc;
	ret[0] = 0;
	if (sqlite3_step(st) == SQLITE_ROW)
		snprintf(ret, 65, "%s", (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	return 0;
}

struct stamp {
	int64_t id, at;
};

static int make_body(struct case_db *c, const struct decision *d, struct stamp stamp,
		     struct buf *ret, struct err *err)
{
	char name[65];
	const struct key *k = case_actor(c);
	int rc = case_name(c, name, err);
	if (rc)
		return rc;
	json_t *texts = json_object();
	json_t *choices = d->choices ? json_deep_copy(d->choices) : json_object();
	json_t *body = json_pack("{sI ss ss so sI ss sI so}", "at", (json_int_t)stamp.at, "by",
				 k ? key_public(k)->id : "", "case", name, "choices", choices, "id",
				 (json_int_t)stamp.id, "kind", decision_kind_word(d->kind),
				 "supersedes", (json_int_t)d->supersedes, "texts", texts);
	if (!body)
		return no_memory(err);
	rc = add_texts(c, stamp.id, d->texts, texts, err);
	if (!rc)
		rc = canon_write(ret, body, err);
	json_decref(body);
	return rc ? rc : ret->failed ? no_memory(err) : 0;
}

static int bind_signature(sqlite3_stmt *st, int i, const struct key *k, span body, struct err *err)
{
	unsigned char signature[KEY_SIGNATURE];
	if (!k) {
		sqlite3_bind_null(st, i);
		return 0;
	}
	int rc = key_sign(k, "decision", body, signature, err);
	if (!rc)
		sqlite3_bind_blob(st, i, signature, sizeof signature, SQLITE_TRANSIENT);
	return rc;
}

static int keep_second(struct case_db *c, const struct key *k, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "INSERT OR IGNORE INTO signer VALUES(?1,?2,?3)", &st, err);
	if (rc)
		return rc;
	const struct key_public *p = key_public(k);
	sqlite3_bind_text(st, 1, p->id, -1, SQLITE_STATIC);
	sqlite3_bind_blob(st, 2, p->sign, sizeof p->sign, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, p->name, -1, SQLITE_STATIC);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

static int store(struct case_db *c, const struct decision *d, struct stamp stamp, span body,
		 struct err *err)
{
	const struct key *k = case_actor(c);
	sqlite3_stmt *st;
	int rc = d->second ? keep_second(c, d->second, err) : 0;
	if (!rc)
		rc = case_prepare(c, "INSERT INTO decision VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)", &st,
				  err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, stamp.id);
	sqlite3_bind_text(st, 2, decision_kind_word(d->kind), -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 3, stamp.at);
	sqlite3_bind_text(st, 4, k ? key_public(k)->id : "", -1, SQLITE_STATIC);
	sqlite3_bind_text64(st, 5, body.p, body.n, SQLITE_STATIC, SQLITE_UTF8);
	rc = bind_signature(st, 6, k, body, err);
	if (d->second)
		sqlite3_bind_text(st, 7, key_public(d->second)->id, -1, SQLITE_STATIC);
	if (!rc)
		rc = bind_signature(st, 8, d->second, body, err);
	if (d->supersedes)
		sqlite3_bind_int64(st, 9, d->supersedes);
	if (!rc)
		rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

int decision_add(struct case_db *c, const struct decision *d, int64_t *ret_id, struct err *err)
{
	struct buf body = { 0 };
	struct stamp stamp = { .at = case_now(c) };
	const struct key *k = case_actor(c);
	if (d->second && (!k || strcmp(key_public(k)->id, key_public(d->second)->id) == 0))
		return err_set(err, E_REFUSED,
			       "This needs a second person: the one who approves must have another "
			       "key than the one who asks.");
	int rc = next_id(c, &stamp.id, err);
	if (!rc)
		rc = make_body(c, d, stamp, &body, err);
	if (!rc)
		rc = store(c, d, stamp, buf_span(&body), err);
	buf_free(&body);
	if (!rc && ret_id)
		*ret_id = stamp.id;
	return rc;
}

int decision_record(struct case_db *c, const struct decision *d, int64_t *ret_id, struct err *err)
{
	int64_t id = 0;
	int rc = case_begin(c, err);
	if (!rc)
		rc = decision_add(c, d, &id, err);
	struct log_entry entry = { LOG_ALTERATION,
				   "decision",
				   { { "decision", id } },
				   { { "kind", decision_kind_word(d->kind) } } };
	if (!rc)
		rc = case_commit(c, &entry, err);
	if (rc)
		case_rollback(c);
	else if (ret_id)
		*ret_id = id;
	return rc;
}

static int choices_of(sqlite3_stmt *st, int column, json_t **ret, struct err *err)
{
	json_t *body;
	span bytes = { (const char *)sqlite3_column_text(st, column),
		       (size_t)sqlite3_column_bytes(st, column) };
	int rc = canon_read(&body, bytes, err);
	if (rc)
		return rc;
	*ret = json_incref(json_object_get(body, "choices"));
	json_decref(body);
	return *ret ? 0 : err_set(err, E_FORMAT, "A decision of the case is damaged.");
}

#define STANDS                                                                          \
	"FROM decision d WHERE kind=?1 AND NOT EXISTS (SELECT 1 FROM decision s WHERE " \
	"s.supersedes=d.id) ORDER BY id "

int decision_current(struct case_db *c, enum decision_kind kind, int64_t *ret_id,
		     json_t **ret_choices, struct err *err)
{
	sqlite3_stmt *st;
	json_t *choices = NULL;
	int rc = case_prepare(c, "SELECT id, body " STANDS "DESC LIMIT 1", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, decision_kind_word(kind), -1, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_ROW)
		rc = err_set(err, E_ABSENT, "No decision on '%s' has been recorded in this case.",
			     decision_kind_word(kind));
	else if (ret_choices)
		rc = choices_of(st, 1, &choices, err);
	if (!rc && ret_id)
		*ret_id = sqlite3_column_int64(st, 0);
	if (!rc && ret_choices)
		*ret_choices = choices;
	sqlite3_finalize(st);
	return rc;
}

bool decision_exists(struct case_db *c, enum decision_kind kind)
{
	return decision_current(c, kind, NULL, NULL, NULL) == 0;
}

int decision_each(struct case_db *c, enum decision_kind kind, decision_fn *fn, void *user,
		  struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT id, at, by, body " STANDS, &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, decision_kind_word(kind), -1, SQLITE_STATIC);
	while (!rc && sqlite3_step(st) == SQLITE_ROW) {
		json_t *choices;
		rc = choices_of(st, 3, &choices, err);
		if (rc)
			break;
		rc = fn(user, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
			(const char *)sqlite3_column_text(st, 2), choices);
		json_decref(choices);
	}
	sqlite3_finalize(st);
	return rc;
}

int decision_text(struct case_db *c, int64_t id, const char *field, struct buf *ret,
		  struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT text FROM decision_text WHERE decision=?1 AND field=?2",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_text(st, 2, field, -1, SQLITE_STATIC);
	if (sqlite3_step(st) != SQLITE_ROW)
		rc = err_set(err, E_ABSENT, "Decision %lld has no text '%s'.", (long long)id,
			     field);
	else if (sqlite3_column_type(st, 0) == SQLITE_NULL)
		rc = err_set(err, E_REFUSED, "The text '%s' of decision %lld was erased.", field,
			     (long long)id);
	else
		buf_add(ret, (span){ (const char *)sqlite3_column_text(st, 0),
				     (size_t)sqlite3_column_bytes(st, 0) });
	sqlite3_finalize(st);
	return rc;
}

int decision_erase_texts(struct case_db *c, struct err *err)
{
	return case_exec(c, "erasing the free texts",
			 "UPDATE decision_text SET text=NULL, salt=zeroblob(32)", err);
}
