/* guard.c - see guard.h */
#include "guard.h"
#include "canon.h"
#include "case_verify.h"
#include "decision.h"
#include "scope/width.h"
#include <stdio.h>
#include <string.h>

int guard_intact(struct case_db *c, struct err *err)
{
	struct err why = { 0 };
	if (case_training(c))
		return 0;
	int rc = case_verify_decisions(c, &why);
	if (rc != E_FORMAT)
		return rc ? err_set(err, rc, "%s", why.message) : 0;
	return err_set(err, E_REFUSED,
		       "The case in '%s' was altered: %s 'linecheck verify' names all that is not "
		       "right. Go back to a copy, and tell a supervisor.",
		       case_dir(c), why.message);
}

struct standing {
	int64_t id, at;
	const char *kind, *by, *second;
	const json_t *choices;
};

/* Decisions that another of the same kind can replace, so that a key that no longer counts is no
 * dead end. */
static bool is_replaced(const char *kind)
{
	return strcmp(kind, "authority") == 0 || strcmp(kind, "scope") == 0 ||
	       strcmp(kind, "stage") == 0 || strcmp(kind, "notice") == 0;
}

static int needs_second(struct case_db *c, const struct standing *d, bool *ret, struct err *err)
{
	json_t *authority = NULL;
	*ret = strcmp(d->kind, "unseal") == 0 || strcmp(d->kind, "list") == 0 ||
	       strcmp(d->kind, "go-on") == 0;
	if (strcmp(d->kind, "stage") == 0)
		return stage_needs_second(c, d->choices, d->id, ret, err);
	if (strcmp(d->kind, "scope") != 0)
		return 0;
	decision_current(c, DECISION_AUTHORITY, NULL, &authority, NULL);
	int rc = scope_needs_second(c, d->choices, authority, d->id, d->at, ret, err);
	json_decref(authority);
	return rc;
}

/* Was this key's the person, in that role, when it was decided? */
static int check_key(const struct trust *t, const struct standing *d, const char *id,
		     enum person_role role, struct err *err)
{
	struct err why = { 0 };
	const struct person *p = trust_person(t, id);
	bool was =
		p && (p->role == role || (p->role == PERSON_SUPERVISOR && role == PERSON_OFFICER));
	if (is_replaced(d->kind) ? trust_may(t, id, role, d->at, &why) == 0 : was)
		return 0;
	return err_set(err, E_REFUSED, "Decision %lld of this case (%s) does not count: %s%s",
		       (long long)d->id, d->kind,
		       p ? "" : "it was signed with a key that the policy does not know.",
		       !p                     ? ""
		       : is_replaced(d->kind) ? why.message
					      : "its signer has another role in the policy.");
}

static int check(struct case_db *c, const struct trust *t, const struct standing *d,
		 struct err *err)
{
	int rc = check_key(t, d, d->by, PERSON_OFFICER, err);
	if (!rc && d->second)
		rc = check_key(t, d, d->second, PERSON_SUPERVISOR, err);
	bool needed = false;
	if (!rc && !d->second)
		rc = needs_second(c, d, &needed, err);
	if (!rc && needed)
		rc = err_set(
			err, E_REFUSED,
			"Decision %lld of this case (%s) does not count: it needs a supervisor "
			"as the second person.",
			(long long)d->id, d->kind);
	if (rc && err && is_replaced(d->kind)) {
		size_t n = strlen(err->message);
		snprintf(err->message + n, sizeof err->message - n,
			 " Record it anew: 'linecheck case %s'.",
			 strcmp(d->kind, "authority") == 0 ? "amend" : d->kind);
	}
	return rc;
}

int guard_people(struct case_db *c, const struct trust *t, struct err *err)
{
	sqlite3_stmt *st;
	if (case_training(c))
		return 0;
	int rc = case_prepare(c,
			      "SELECT id, at, kind, by, second, body FROM decision d WHERE kind IN "
			      "('authority','scope','stage','notice','unseal','list','go-on') AND "
			      "NOT EXISTS (SELECT 1 FROM decision s WHERE s.supersedes=d.id) "
			      "ORDER BY id",
			      &st, err);
	if (rc)
		return rc;
	while (!rc && sqlite3_step(st) == SQLITE_ROW) {
		json_t *body;
		span bytes = { (const char *)sqlite3_column_text(st, 5),
			       (size_t)sqlite3_column_bytes(st, 5) };
		rc = canon_read(&body, bytes, err);
		if (rc)
			break;
		struct standing d = { .id = sqlite3_column_int64(st, 0),
				      .at = sqlite3_column_int64(st, 1),
				      .kind = (const char *)sqlite3_column_text(st, 2),
				      .by = (const char *)sqlite3_column_text(st, 3),
				      .second = (const char *)sqlite3_column_text(st, 4),
				      .choices = json_object_get(body, "choices") };
		rc = check(c, t, &d, err);
		json_decref(body);
	}
	sqlite3_finalize(st);
	return rc;
}
