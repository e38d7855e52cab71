/* authority.c - see authority.h */
#include "authority.h"
#include "base/time.h"
#include "decision.h"
#include "scope/width.h"
#include "stop.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY ((int64_t)86400000)

static bool under_18(const struct form *f, int64_t today)
{
	int year, then;
	unsigned month, day, m, d;
	int64_t born = form_day(f, "born");
	if (born == INT64_MIN)
		return false;
	time_civil(born, &then, &m, &d);
	time_civil(today, &year, &month, &day);
	int age = year - then - (month < m || (month == m && day < d));
	return age < 18;
}

/* Bases that rest on somebody's agreement. */
static bool rests_on_agreement(const char *basis)
{
	static const char *const bases[] = { "user-adult",          "parent",
					     "care-representative", "responsible-adult",
					     "other-adult-user",    "without-capacity" };
	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
		if (strcmp(basis, bases[i]) == 0)
			return true;
	return false;
}

bool authority_needs_notice(const struct form *f)
{
	return rests_on_agreement(form_text(f, "basis"));
}

#define REFUSE(...) err_set(err, E_REFUSED, __VA_ARGS__)

static int gate_basis(const struct form *f, int64_t today, struct err *err)
{
	bool child = under_18(f, today), known = form_answered(f, "born");
	if (form_is(f, "basis", "user-adult") && child)
		return REFUSE(
			"The user is under 18, and a child cannot agree to this (s.38(1)). A "
			"parent, guardian or care representative can, or another adult if none "
			"of them is available.");
	if (form_is(f, "basis", "child-serious-harm") && known && !child)
		return REFUSE(
			"The user is 18 or over: this way is for children (s.40). For a missing "
			"adult use missing-serious-harm.");
	if (known && !child &&
	    (form_is(f, "basis", "parent") || form_is(f, "basis", "care-representative") ||
	     form_is(f, "basis", "responsible-adult")))
		return REFUSE(
			"The user is 18 or over, and nobody agrees for an adult who can decide "
			"(s.37, s.38): record their own agreement (user-adult), or "
			"without-capacity.");
	if (form_is(f, "basis", "without-capacity") && child)
		return REFUSE(
			"The user is under 18: record who agreed for the child instead (parent, "
			"care-representative or responsible-adult).");
	if (form_is(f, "basis", "missing-serious-harm") && form_answered(f, "episode") &&
	    !form_is(f, "episode", "missing"))
		return REFUSE(
			"The user is not missing now, so this way is closed (s.40). For a child "
			"at risk of serious harm use child-serious-harm; otherwise ask for "
			"agreement.");
	return 0;
}

static int gate_agreement(const struct form *f, int64_t today, struct err *err)
{
	if (form_answered(f, "agreed_age") && strtol(form_text(f, "agreed_age"), NULL, 10) > 120)
		return err_set(err, E_USER, "'agreed_age' is not the age of a person.");
	if (form_answered(f, "agreed_age") && strtol(form_text(f, "agreed_age"), NULL, 10) < 18)
		return REFUSE("The person who agreed is under 18, and nobody under 18 can agree to "
			      "this (s.38(1)). Ask an adult who may.");
	if (form_is(f, "agreed_authorised", "yes"))
		return REFUSE(
			"A person who could themselves extract this phone cannot be the one who "
			"agrees (s.38(3)(b)). Ask another adult.");
	if (form_answered(f, "inform_by") && form_day(f, "inform_by") < today)
		return REFUSE(
			"The day on which a parent, guardian or care representative will be told "
			"has passed. Give a day to come.");
	return 0;
}

static int gate_purpose(const struct form *f, struct err *err)
{
	bool back = form_is(f, "episode", "found") || form_is(f, "episode", "returned");
	if (form_has(f, "purposes", "locate") && (back || form_is(f, "episode", "never-missing")))
		return REFUSE(
			"To locate a missing person is a purpose only while they are missing. "
			"They are not: use 'protect' or 'crime' if one of these is yours.");
	if (form_is(f, "schedule3", "3") &&
	    (form_has(f, "purposes", "locate") || form_has(f, "purposes", "protect")))
		return REFUSE(
			"Authorised persons of Part 3 of Schedule 3 may extract to prevent or "
			"detect crime only (s.44(2)). Another authorised person must do this.");
	return 0;
}

static int gate_days(const struct form *f, int64_t now, struct err *err)
{
	int64_t today = now / DAY, isolated, from = form_day(f, "from"), to = form_day(f, "to"),
		missing = form_day(f, "missing_from"), found = form_day(f, "found_on");
	if (to == INT64_MIN && found != INT64_MIN)
		to = found + SCOPE_MARGIN;
	if (from == INT64_MIN && missing != INT64_MIN)
		from = missing - SCOPE_MARGIN;
	if (form_answered(f, "isolated_at") &&
	    time_parse(span_z(form_text(f, "isolated_at")), &isolated) && isolated > now)
		return REFUSE(
			"The moment when the phone was cut off has not come yet. It decides what "
			"is put aside: give when it was.");
	if (from != INT64_MIN && to != INT64_MIN && from > to)
		return REFUSE("The scope ends before it begins. Correct 'from' or 'to'.");
	if (missing != INT64_MIN && missing > today)
		return REFUSE("The day on which they went missing has not come yet.");
	if (found != INT64_MIN && (found > today || (missing != INT64_MIN && found < missing)))
		return REFUSE(
			"The day on which they were found is before they went missing, or has "
			"not come yet.");
	if (form_day(f, "born") != INT64_MIN && form_day(f, "born") > today)
		return REFUSE("The date of birth has not come yet.");
	if (form_answered(f, "review_by") && form_day(f, "review_by") <= today)
		return REFUSE("The review must be on a day to come.");
	return 0;
}

/* The five texts are five: one answer copied into another box is not an answer. */
static int gate_texts(const struct form *f, struct err *err)
{
	static const char *const five[] = { "necessity", "proportionality", "alternatives",
					    "collateral", "confidential_risk" };
	for (int i = 0; i < 5; i++)
		for (int k = 0; k < i; k++)
			if (form_answered(f, five[i]) &&
			    strcmp(form_text(f, five[i]), form_text(f, five[k])) == 0)
				return REFUSE(
					"'%s' says the same as '%s'. Each of the five needs an "
					"answer of its own, for this case.",
					five[i], five[k]);
	return 0;
}

int authority_gate(const struct form *f, int64_t now, struct err *err)
{
	int64_t today = now / DAY;
	if (form_is(f, "category", "suspect"))
		return REFUSE("A suspect's phone is not read under this power: that would be a way "
			      "round the Police and Criminal Evidence Act 1984 and what it gives a "
			      "child (an appropriate adult, a lawyer). Stop here and speak to the "
			      "investigating officer.");
	int rc = gate_basis(f, today, err);
	if (!rc)
		rc = gate_agreement(f, today, err);
	if (!rc)
		rc = gate_purpose(f, err);
	if (!rc)
		rc = gate_days(f, now, err);
	return rc ? rc : gate_texts(f, err);
}

int authority_check(const struct form *f, int64_t now, struct err *err)
{
	for (size_t i = 0; i < form_fields_n; i++) {
		const struct field *field = &form_fields[i];
		if (form_asks(f, field) && !field->optional && !form_answered(f, field->id))
			return err_set(err, E_USER, "'%s' is not answered: %s", field->id,
				       field->question);
	}
	if (form_is(f, "basis", "responsible-adult") && !form_answered(f, "inform_by") &&
	    !form_answered(f, "inform_not"))
		return REFUSE(
			"A parent, guardian or care representative must be told afterwards, or "
			"it must be recorded why that is not appropriate (s.38(5)). Answer "
			"'inform_by' or 'inform_not'.");
	if (!form_is(f, "basis", "training") && !form_answered(f, "missing_from") &&
	    !form_answered(f, "from"))
		return err_set(
			err, E_USER,
			"'from' is not answered: without a missing episode the first day of the "
			"scope must be given.");
	return authority_gate(f, now, err);
}

static bool erasable(const struct field *field)
{
	return field->personal || field->kind == FIELD_TEXT || field->kind == FIELD_HANDLES;
}

static bool is_scope(const struct field *field)
{
	return strcmp(field->id, "kinds") == 0 || strcmp(field->id, "from") == 0 ||
	       strcmp(field->id, "to") == 0 || strcmp(field->id, "with") == 0;
}

struct pending {
	struct decision decision;
	json_t *choices;
	struct decision_text texts[64];
	char *owned[64];
	size_t texts_n;
	size_t owned_n;
};

static void add_text(struct pending *p, const char *field, const json_t *value)
{
	if (p->texts_n + 1 >= sizeof p->texts / sizeof *p->texts)
		return;
	const char *text = json_string_value(value);
	if (!text) { /* a list */
		char *dump = json_dumps(value, JSON_COMPACT);
		p->owned[p->owned_n++] = dump;
		text = dump ? dump : "";
	}
	p->texts[p->texts_n++] = (struct decision_text){ field, text };
	p->texts[p->texts_n] = (struct decision_text){ NULL, NULL };
}

static int record(struct case_db *c, struct pending *p, enum decision_kind kind, bool supersede,
		  struct err *err)
{
	p->decision.kind = kind;
	p->decision.choices = p->choices;
	p->decision.texts = p->texts_n ? p->texts : NULL;
	p->decision.supersedes = 0;
	if (supersede)
		decision_current(c, kind, &p->decision.supersedes, NULL, NULL);
	int rc = p->choices ? decision_add(c, &p->decision, NULL, err)
			    : err_set(err, E_NOMEM, "Memory ran out.");
	json_decref(p->choices);
	for (size_t i = 0; i < p->owned_n; i++)
		free(p->owned[i]);
	*p = (struct pending){ 0 };
	return rc;
}

static int record_authority(struct case_db *c, const struct form *f, bool supersede,
			    struct err *err)
{
	struct pending p = { .choices = json_object() };
	const char *id;
	json_t *value;
	json_object_foreach((json_t *)form_answers(f), id, value)
	{
		const struct field *field = form_field(id);
		if (is_scope(field))
			continue;
		if (erasable(field))
			add_text(&p, id, value);
		else
			json_object_set(p.choices, id, value);
	}
	if (form_answered(f, "born"))
		json_object_set_new(p.choices, "child",
				    json_string(under_18(f, case_now(c) / DAY) ? "yes" : "no"));
	return record(c, &p, DECISION_AUTHORITY, supersede, err);
}

static void set_day(json_t *choices, const char *key, const struct form *f, int64_t fallback)
{
	int64_t day = form_day(f, key);
	char text[25];
	if (day == INT64_MIN)
		day = fallback;
	if (day == INT64_MIN)
		return;
	time_format(day * DAY, text);
	text[10] = 0;
	json_object_set_new(choices, key, json_string(text));
}

static json_t *scope_choices(const struct form *f)
{
	json_t *choices = json_object();
	int64_t missing = form_day(f, "missing_from"), found = form_day(f, "found_on");
	if (form_answered(f, "kinds"))
		json_object_set(choices, "kinds", json_object_get(form_answers(f), "kinds"));
	else
		json_object_set_new(choices, "kinds",
				    json_pack("[ssss]", "account", "contact", "call", "message"));
	set_day(choices, "from", f, missing == INT64_MIN ? INT64_MIN : missing - SCOPE_MARGIN);
	set_day(choices, "to", f, found == INT64_MIN ? INT64_MIN : found + SCOPE_MARGIN);
	if (form_answered(f, "with"))
		json_object_set(choices, "with", json_object_get(form_answers(f), "with"));
	return choices;
}

int authority_needs_second(struct case_db *c, const struct form *f, int64_t now, bool *ret,
			   struct err *err)
{
	json_t *scope = scope_choices(f);
	int rc = 0;
	*ret = !form_is(f, "basis", "training") && scope_is_wide(scope, form_answers(f), now);
	if (c && !*ret && !form_is(f, "basis", "training"))
		rc = scope_needs_second(c, scope, form_answers(f), 0, now, ret, err);
	json_decref(scope);
	return rc;
}

static int record_retention(struct case_db *c, const struct form *f, bool supersede,
			    struct err *err)
{
	struct pending p = { .choices =
				     json_pack("{ssssss}", "review_by", form_text(f, "review_by"),
					       "class", form_text(f, "retention"), "hold",
					       form_is(f, "investigation", "no") ? "no" : "yes") };
	return record(c, &p, DECISION_RETENTION, supersede, err);
}

static int record_task(struct case_db *c, const struct form *f, struct err *err)
{
	if (!form_is(f, "basis", "responsible-adult") || !form_answered(f, "inform_by"))
		return 0;
	struct pending p = { .choices = json_pack("{ssss}", "what", "inform-parent", "by",
						  form_text(f, "inform_by")) };
	return record(c, &p, DECISION_TASK, false, err);
}

int authority_record(struct case_db *c, const struct form *f, bool supersede,
		     const struct key *second, struct err *err)
{
	bool training = form_is(f, "basis", "training");
	int rc = record_authority(c, f, supersede, err);
	struct pending scope = { .choices = scope_choices(f), .decision.second = second };
	if (!rc)
		rc = record(c, &scope, DECISION_SCOPE, supersede, err);
	else
		json_decref(scope.choices);
	struct pending stage = { .choices = json_pack("{si}", "stage", 1) };
	if (!rc)
		rc = record(c, &stage, DECISION_STAGE, supersede, err);
	else
		json_decref(stage.choices);
	if (!rc && !training)
		rc = record_retention(c, f, supersede, err);
	if (!rc && !training)
		rc = record_task(c, f, err);
	return rc;
}

int authority_allows_handover(struct case_db *c, struct err *err)
{
	const char *why = stop_standing(c);
	return why ? REFUSE("STOP. %s 'linecheck case go-on' records the decision.", why) : 0;
}

/* Was the scope widened after the notice? INT64_MAX: the authority itself is a new one. */
static int asks_more(struct case_db *c, int64_t notice, bool *ret, struct err *err)
{
	sqlite3_stmt *st;
	*ret = notice == INT64_MAX;
	int rc = case_prepare(c,
			      "SELECT 1 FROM decision WHERE kind='scope' AND id>?1 AND "
			      "json_extract(body,'$.choices.wider')=1",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, notice);
	*ret |= sqlite3_step(st) == SQLITE_ROW;
	sqlite3_finalize(st);
	return 0;
}

int authority_allows_scan(struct case_db *c, struct err *err)
{
	struct err why = { 0 };
	json_t *authority, *notice = NULL;
	int64_t authority_id = 0, notice_id = 0;
	bool newer = false;
	if (case_training(c))
		return 0;
	int rc = decision_current(c, DECISION_AUTHORITY, &authority_id, &authority, &why);
	if (rc == E_ABSENT)
		return REFUSE("This case has no recorded authority, so nothing of the phone may be "
			      "read. 'linecheck case new %s' records one.",
			      case_dir(c));
	if (rc)
		return err_set(err, rc, "%s", why.message);
	const char *basis = json_string_value(json_object_get(authority, "basis"));
	bool agreement = basis && rests_on_agreement(basis);
	bool training = basis && strcmp(basis, "training") == 0;
	json_decref(authority);
	decision_current(c, DECISION_NOTICE, &notice_id, &notice, NULL);
	const char *state = json_string_value(json_object_get(notice, "state"));
	bool confirmed = state && strcmp(state, "confirmed") == 0;
	json_decref(notice);
	if (training)
		return REFUSE(
			"The authority of this case is a training one: it cannot be used for a "
			"real phone.");
	if (agreement && !confirmed)
		return REFUSE(
			"The person has not confirmed that they agree. Hand over the notice, then "
			"record it: linecheck case confirm %s --how written --copy given",
			case_dir(c));
	if (agreement)
		rc = asks_more(c, authority_id > notice_id ? INT64_MAX : notice_id, &newer, err);
	if (!rc && newer)
		rc = REFUSE(
			"More is asked for now than the notice said that was confirmed. Hand over "
			"a "
			"new one (linecheck case notice %s), then record that they agree to it.",
			case_dir(c));
	return rc;
}
