/* retention.c - see retention.h */
#include "retention.h"
#include "base/time.h"
#include "decision.h"
#include "recovery.h"
#include <string.h>

static bool choice(const json_t *choices, const char *key, char *ret, size_t cap)
{
	const char *s = json_string_value(json_object_get(choices, key));
	if (!s || strlen(s) >= cap)
		return false;
	memcpy(ret, s, strlen(s) + 1);
	return true;
}

/* closing.c logs it last of all. */
static bool finished(struct case_db *c)
{
	sqlite3_stmt *st;
	if (case_prepare(c, "SELECT 1 FROM log WHERE entry LIKE '%\"what\":\"close-done\"}'", &st,
			 NULL))
		return false;
	bool found = sqlite3_step(st) == SQLITE_ROW;
	sqlite3_finalize(st);
	return found;
}

static int load(struct case_db *c, struct retention *ret, json_t **ret_choices, struct err *err)
{
	struct retention r = { .hold = !case_training(c) };
	struct err why = { 0 };
	json_t *choices = NULL;
	char hold[8] = "";
	int rc = decision_current(c, DECISION_RETENTION, &r.decision, &choices, &why);
	if (rc && rc != E_ABSENT)
		return err_set(err, rc, "%s", why.message);
	if (!rc) {
		if (!choice(choices, "review_by", r.review_by, sizeof r.review_by))
			r.review_by[0] = 0;
		if (!choice(choices, "class", r.class, sizeof r.class))
			r.class[0] = 0;
		r.hold = !choice(choices, "hold", hold, sizeof hold) || strcmp(hold, "no") != 0;
	}
	r.closed = decision_current(c, DECISION_CLOSE, NULL, NULL, NULL) == 0;
	r.finished = r.closed && finished(c);
	if (ret_choices)
		*ret_choices = choices;
	else
		json_decref(choices);
	*ret = r;
	return 0;
}

int retention_load(struct case_db *c, struct retention *ret, struct err *err)
{
	return load(c, ret, NULL, err);
}

static int64_t day_of(const char *s)
{
	int64_t ms;
	return time_parse_date(span_z(s), &ms) ? ms : TIME_UNSET;
}

int64_t retention_due(const struct retention *r)
{
	return r->review_by[0] ? day_of(r->review_by) : TIME_UNSET;
}

static int decide(struct case_db *c, const char *key, const char *value, const char *reason,
		  const struct key *second, struct err *err)
{
	const struct decision_text texts[] = { { "reason", reason }, { NULL, NULL } };
	struct decision d = { .kind = DECISION_RETENTION, .texts = texts, .second = second };
	struct retention r;
	json_t *choices = NULL;
	int rc = load(c, &r, &choices, err);
	if (rc)
		return rc;
	json_t *changed = choices ? json_deep_copy(choices) : json_object();
	json_decref(choices);
	if (!json_object_get(changed, "hold"))
		json_object_set_new(changed, "hold", json_string(r.hold ? "yes" : "no"));
	if (json_object_set_new(changed, key, json_string(value)))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	d.choices = changed;
	d.supersedes = r.decision;
	if (!rc)
		rc = decision_record(c, &d, NULL, err);
	json_decref(changed);
	return rc;
}

int retention_review(struct case_db *c, const char *review_by, const char *reason,
		     const struct key *second, struct err *err)
{
	int64_t day = day_of(review_by);
	if (day == TIME_UNSET)
		return err_set(err, E_USER, "'%s' is not a day: write it as 2027-03-31.",
			       review_by);
	if (day <= case_now(c))
		return err_set(err, E_USER, "The next review must be on a day to come, not on %s.",
			       review_by);
	return decide(c, "review_by", review_by, reason, second, err);
}

int retention_hold(struct case_db *c, bool hold, const char *reason, const struct key *second,
		   struct err *err)
{
	return decide(c, "hold", hold ? "yes" : "no", reason, second, err);
}

int retention_allows(struct case_db *c, const char *what, struct err *err)
{
	if (recovery_stands(case_dir(c)))
		return err_set(err, E_REFUSED,
			       "The case is not %s: it holds the only record of a backup password "
			       "that still stands on a phone. First: linecheck recover %s",
			       what, case_dir(c));
	struct retention r;
	int rc = retention_load(c, &r, err);
	if (rc || !r.hold)
		return rc;
	if (!r.decision)
		return err_set(
			err, E_REFUSED,
			"The case is not %s: no retention is recorded in it, and while it is "
			"not known whether there may be a criminal investigation everything "
			"is kept. 'linecheck case review' and 'case hold' record it.",
			what);
	return err_set(err, E_REFUSED,
		       "The case is not %s: a legal hold stands, because there may be a criminal "
		       "investigation. 'linecheck case hold FOLDER off' lifts it.",
		       what);
}

int retention_open(struct case_db *c, struct err *err)
{
	struct retention r;
	int rc = retention_load(c, &r, err);
	if (!rc && r.closed)
		rc = err_set(err, E_REFUSED,
			     "This case was closed and what it rested on was erased: nothing is "
			     "read into it any more. Make a new case.");
	return rc;
}
