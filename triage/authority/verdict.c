/* verdict.c - see verdict.h */
#include "verdict.h"
#include "authority.h"
#include "decision.h"
#include <string.h>

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

/* {"records":[...],"rule":"...","total":N} of the finding in the row of st: id, rule, total. */
static int basis_of(struct case_db *c, sqlite3_stmt *found, json_t **ret, struct err *err)
{
	sqlite3_stmt *st;
	int step;
	json_t *records = json_array();
	int rc = case_prepare(c,
			      "SELECT record FROM finding_record WHERE finding=?1 ORDER BY record "
			      "LIMIT ?2",
			      &st, err);
	if (rc) {
		json_decref(records);
		return rc;
	}
	sqlite3_bind_text(st, 1, (const char *)sqlite3_column_text(found, 0), -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(st, 2, VERDICT_RECORDS);
	while ((step = sqlite3_step(st)) == SQLITE_ROW)
		json_array_append_new(records, json_integer(sqlite3_column_int64(st, 0)));
	if (step != SQLITE_DONE)
		rc = case_error(c, "reading a finding", err);
	sqlite3_finalize(st);
	*ret = json_pack("{sosssI}", "records", records, "rule",
			 (const char *)sqlite3_column_text(found, 1), "total",
			 (json_int_t)sqlite3_column_int64(found, 2));
	if (!rc && !*ret)
		rc = no_memory(err);
	return rc;
}

#define FINDING                                                                           \
	"SELECT f.id, f.rule, coalesce((SELECT n.records FROM finding_count n WHERE "     \
	"n.finding=f.id), (SELECT count(*) FROM finding_record r WHERE r.finding=f.id)) " \
	"FROM finding f "

int verdict_basis(struct case_db *c, const char *finding, json_t **ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, FINDING "WHERE f.id=?1", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, finding, -1, SQLITE_STATIC);
	int step = sqlite3_step(st);
	if (step == SQLITE_ROW)
		rc = basis_of(c, st, ret, err);
	else if (step == SQLITE_DONE)
		rc = err_set(err, E_USER,
			     "There is no finding '%s' in this case now. 'linecheck case show' "
			     "lists them.",
			     finding);
	else
		rc = case_error(c, "reading a finding", err);
	sqlite3_finalize(st);
	return rc;
}

static int all_findings(struct case_db *c, json_t *list, struct err *err)
{
	sqlite3_stmt *st;
	json_t *basis;
	int rc = case_prepare(c, FINDING "ORDER BY f.n", &st, err), step = SQLITE_DONE;
	if (rc)
		return rc;
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW)
		if (!(rc = basis_of(c, st, &basis, err)))
			json_array_append_new(list, basis);
	if (!rc && step != SQLITE_DONE)
		rc = case_error(c, "reading the findings", err);
	sqlite3_finalize(st);
	return rc;
}

static bool same_rule(const json_t *a, const json_t *b)
{
	return json_equal(json_object_get(a, "rule"), json_object_get(b, "rule"));
}

static bool share_record(const json_t *a, const json_t *b)
{
	const json_t *x = json_object_get(a, "records"), *y = json_object_get(b, "records");
	for (size_t i = 0, k = 0; i < json_array_size(x) && k < json_array_size(y);) {
		json_int_t p = json_integer_value(json_array_get(x, i)),
			   q = json_integer_value(json_array_get(y, k));
		if (p == q)
			return true;
		i += p < q;
		k += q < p;
	}
	return false;
}

int verdict_sign(struct case_db *c, const char *const *findings, const char *reason, int64_t *ret_n,
		 struct err *err)
{
	json_t *list = json_array(), *basis = NULL;
	int rc = authority_allows_handover(c, err);
	if (!rc && !findings)
		rc = all_findings(c, list, err);
	for (; !rc && findings && *findings; findings++)
		if (!(rc = verdict_basis(c, *findings, &basis, err)))
			json_array_append_new(list, basis);
	const struct decision_text texts[] = { { "reason", reason }, { NULL, NULL } };
	struct decision d = { .kind = DECISION_SIGN_OFF, .texts = texts };
	*ret_n = (int64_t)json_array_size(list);
	json_t *choices = json_pack("{sOss}", "findings", list, "statement", VERDICT_STATEMENT);
	d.choices = choices;
	decision_current(c, DECISION_SIGN_OFF, &d.supersedes, NULL, NULL);
	if (!rc)
		rc = choices ? decision_record(c, &d, NULL, err) : no_memory(err);
	json_decref(choices);
	json_decref(list);
	return rc;
}

static bool is_signed(const json_t *sign_off, const json_t *basis)
{
	size_t i;
	json_t *value;
	json_array_foreach(json_object_get(sign_off, "findings"), i, value)
	{
		if (json_equal(value, basis))
			return true;
	}
	return false;
}

int verdict_signed(struct case_db *c, struct err *err)
{
	json_t *sign_off = NULL, *list = json_array(), *basis;
	struct err why = { 0 };
	size_t i, open = 0;
	int rc = authority_allows_handover(c, err);
	if (!rc) {
		rc = decision_current(c, DECISION_SIGN_OFF, NULL, &sign_off, &why);
		if (rc)
			rc = err_set(err, rc == E_ABSENT ? E_REFUSED : rc, "%s",
				     rc == E_ABSENT ? "Nobody has signed the findings off, and "
						      "nothing leaves a case before that: "
						      "linecheck case sign-off."
						    : why.message);
	}
	if (!rc)
		rc = all_findings(c, list, err);
	if (!rc)
		json_array_foreach(list, i, basis) open += !is_signed(sign_off, basis);
	if (!rc && open)
		rc = err_set(err, E_REFUSED,
			     "%zu finding%s of this case %s not signed off as %s now: linecheck "
			     "case sign-off.",
			     open, open == 1 ? "" : "s", open == 1 ? "is" : "are",
			     open == 1 ? "it is" : "they are");
	json_decref(sign_off);
	json_decref(list);
	return rc;
}

struct search {
	const json_t *basis;
	int64_t id;
	char outcome[16];
};

/* The last one that was said counts. */
static int find_outcome(void *user, int64_t id, int64_t at, const char *by, const json_t *choices)
{
	struct search *s = user;
	const json_t *finding = json_object_get(choices, "finding");
	const char *outcome = json_string_value(json_object_get(choices, "outcome"));
	(void)at;
	(void)by;
	if (outcome && same_rule(finding, s->basis) && share_record(finding, s->basis)) {
		s->id = id;
		snprintf(s->outcome, sizeof s->outcome, "%s", outcome);
	}
	return 0;
}

int verdict_outcome(struct case_db *c, const char *finding, const char *outcome, const char *reason,
		    struct err *err)
{
	json_t *basis = NULL;
	int rc = verdict_basis(c, finding, &basis, err);
	struct search s = { .basis = basis };
	if (!rc)
		rc = decision_each(c, DECISION_OUTCOME, find_outcome, &s, err);
	json_t *choices = rc ? NULL : json_pack("{sOss}", "finding", basis, "outcome", outcome);
	const struct decision_text texts[] = { { "reason", reason }, { NULL, NULL } };
	struct decision d = {
		.kind = DECISION_OUTCOME, .choices = choices, .texts = texts, .supersedes = s.id
	};
	if (!rc)
		rc = choices ? decision_record(c, &d, NULL, err) : no_memory(err);
	json_decref(choices);
	json_decref(basis);
	return rc;
}

int verdict_each(struct case_db *c, verdict_fn *fn, void *user, struct err *err)
{
	sqlite3_stmt *st;
	json_t *sign_off = NULL;
	int rc = case_prepare(c, FINDING "ORDER BY f.n", &st, err), step = SQLITE_DONE;
	if (rc)
		return rc;
	decision_current(c, DECISION_SIGN_OFF, NULL, &sign_off, NULL);
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW) {
		json_t *basis = NULL;
		rc = basis_of(c, st, &basis, err);
		struct search s = { .basis = basis };
		if (!rc)
			rc = decision_each(c, DECISION_OUTCOME, find_outcome, &s, err);
		if (!rc)
			rc = fn(user, (const char *)sqlite3_column_text(st, 0),
				(const char *)sqlite3_column_text(st, 1),
				is_signed(sign_off, basis), *s.outcome ? s.outcome : NULL);
		json_decref(basis);
	}
	if (!rc && step != SQLITE_DONE)
		rc = case_error(c, "reading the findings", err);
	sqlite3_finalize(st);
	json_decref(sign_off);
	return rc;
}
