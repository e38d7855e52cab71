/* answers.c - see answers.h */
#include "answers.h"
#include "decision.h"
#include "rows.h"
#include <stdio.h>

int answers_load(struct answers *a, struct case_db *c, struct err *err)
{
	struct err why = { 0 };
	*a = (struct answers){ .c = c };
	int rc = decision_current(c, DECISION_AUTHORITY, &a->decision, &a->choices, &why);
	if (!rc || rc == E_ABSENT)
		return 0;
	return err_set(err, rc, "%s", why.message);
}

void answers_free(struct answers *a)
{
	json_decref(a->choices);
	buf_free(&a->text);
}

const char *answers_get(struct answers *a, const char *field)
{
	const json_t *v = json_object_get(a->choices, field);
	json_t *one;
	size_t i;
	buf_clear(&a->text);
	if (json_is_string(v))
		buf_add(&a->text, span_z(json_string_value(v)));
	json_array_foreach(v, i, one)
		buf_addf(&a->text, "%s%s", i ? ", " : "",
			 json_string_value(one) ? json_string_value(one) : "");
	if (!v && a->decision &&
	    decision_text(a->c, a->decision, field, &a->text, NULL) == E_REFUSED)
		buf_add(&a->text, SPAN("(erased)"));
	return a->text.n && !a->text.failed ? a->text.data : "";
}

int signed_off_load(struct signed_off *ret, struct case_db *c, struct err *err)
{
	struct rows rows;
	int rc = decision_current(c, DECISION_SIGN_OFF, &ret->id, NULL, err);
	if (!rc)
		rc = rows_ask(&rows, c,
			      "SELECT d.at, d.by, coalesce(s.name, '') FROM decision d LEFT JOIN "
			      "signer s ON s.id = d.by WHERE d.id = ?1",
			      err);
	if (rc)
		return rc;
	sqlite3_bind_int64(rows.st, 1, ret->id);
	rc = rows_step(&rows, err);
	if (rc > 0) {
		span by = rows_bytes(&rows, 1), name = rows_bytes(&rows, 2);
		ret->at = rows_number(&rows, 0);
		if (by.n)
			snprintf(ret->by, sizeof ret->by, "%.*s, key %.*s", (int)name.n, name.p,
				 (int)by.n, by.p);
		else
			snprintf(ret->by, sizeof ret->by, "nobody by key: a training case");
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}
