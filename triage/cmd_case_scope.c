/* cmd_case_scope.c - decide anew what may be read: kinds of record, days, people. */
#include "base/time.h"
#include "cmd.h"
#include "record.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY ((int64_t)86400000)
#define WIDE 90 /* days that one person may decide alone */

/* "a,b" as a JSON array; kinds: each must be a kind of record. NULL: something is wrong. */
static json_t *list_of(const char *text, bool kinds)
{
	json_t *list = json_array();
	enum record_kind kind;
	while (list && *text) {
		size_t n = strcspn(text, ",");
		while (n && *text == ' ') {
			text++;
			n--;
		}
		if (!n || (kinds && !record_kind_from_word((span){ text, n }, &kind))) {
			json_decref(list);
			return NULL;
		}
		json_array_append_new(list, json_stringn(text, n));
		text += n + (text[n] == ',');
	}
	if (json_array_size(list))
		return list;
	json_decref(list);
	return NULL;
}

/* What is given replaces that part of the scope that stands; "any" opens it. */
static int change(json_t *scope, const struct verb *v)
{
	static const char *const lists[] = { "kinds", "with" }, *const days[] = { "from", "to" };
	char option[16];
	int64_t ms;
	for (size_t i = 0; i < 2; i++) {
		snprintf(option, sizeof option, "--%s", lists[i]);
		const char *value = verb_option(v, option);
		if (!value)
			continue;
		if (i == 1 && strcmp(value, "any") == 0) {
			json_object_del(scope, lists[i]);
			continue;
		}
		if (json_object_set_new(scope, lists[i], list_of(value, i == 0)))
			return say_usage("case", "%s is a list with commas%s.", option,
					 i == 0 ? " of account, contact, call, message"
						: " of numbers");
	}
	for (size_t i = 0; i < 2; i++) {
		snprintf(option, sizeof option, "--%s", days[i]);
		const char *value = verb_option(v, option);
		if (!value)
			continue;
		if (strcmp(value, "any") == 0)
			json_object_del(scope, days[i]);
		else if (!time_parse_date(span_z(value), &ms))
			return say_usage("case", "%s is a day (YYYY-MM-DD), or 'any'.", option);
		else
			json_object_set_new(scope, days[i], json_string(value));
	}
	return 0;
}

static bool is_wide(const json_t *scope)
{
	int64_t from, to = (int64_t)time(NULL) * 1000;
	const char *first = json_string_value(json_object_get(scope, "from"));
	const char *last = json_string_value(json_object_get(scope, "to"));
	if (!first || !time_parse_date(span_z(first), &from))
		return true;
	if (last)
		time_parse_date(span_z(last), &to);
	return to - from > WIDE * DAY;
}

/* Does b name something that a does not? Absent: everything. */
static bool list_wider(const json_t *a, const json_t *b)
{
	if (!a || !b)
		return a && !b;
	for (size_t i = 0; i < json_array_size(b); i++) {
		bool there = false;
		for (size_t k = 0; k < json_array_size(a); k++)
			there |= json_equal(json_array_get(a, k), json_array_get(b, i)) != 0;
		if (!there)
			return true;
	}
	return false;
}

/* Days as YYYY-MM-DD sort as text. */
static bool day_wider(const json_t *a, const json_t *b, bool first)
{
	const char *x = json_string_value(a), *y = json_string_value(b);
	if (!x || !y)
		return x && !y;
	return first ? strcmp(y, x) < 0 : strcmp(y, x) > 0;
}

/* More than the notice said that was handed over for the scope before. */
static bool is_wider(const json_t *old, const json_t *scope)
{
	static const char *const names[] = { "kinds", "with", "from", "to" };
	for (int i = 0; i < 4; i++) {
		const json_t *a = json_object_get(old, names[i]),
			     *b = json_object_get(scope, names[i]);
		if (i < 2 ? list_wider(a, b) : day_wider(a, b, i == 2))
			return true;
	}
	return false;
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "scope",
			  .option = { { "--kinds", NULL },
				      { "--from", NULL },
				      { "--to", NULL },
				      { "--with", NULL } } };
	struct case_db *c = NULL;
	struct err err = { 0 }, none = { 0 };
	json_t *scope = NULL;
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc && decision_current(c, DECISION_SCOPE, NULL, &scope, &none))
		scope = json_pack("{s[ssss]}", "kinds", "account", "contact", "call", "message");
	json_t *old = json_deep_copy(scope);
	json_object_del(scope, "wider");
	if (!rc && (code = change(scope, &v)) != 0) {
		json_decref(old);
		json_decref(scope);
		case_close(c);
		act_end(&v.act);
		return code;
	}
	bool wider = !rc && is_wider(old, scope);
	json_decref(old);
	if (wider)
		json_object_set_new(scope, "wider", json_true());
	if (!rc)
		rc = verb_second(&v, c, is_wide(scope), &err);
	if (!rc)
		rc = verb_decide(&v, c, DECISION_SCOPE, json_incref(scope), true, NULL, &err);
	json_decref(scope);
	if (!rc)
		printf("Recorded. It counts when the same source is scanned again into this "
		       "case.\n%s",
		       wider && !case_training(c) ? "More is asked for than before: where somebody "
						    "agreed, a new notice is "
						    "needed first:\nlinecheck case notice\n"
						  : "");
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_scope = {
	.name = "scope",
	.usage = "FOLDER [--kinds LIST] [--from DAY] [--to DAY] [--with LIST] --reason TEXT --key "
		 "FILE",
	.line = "decide anew which kinds of record, days and people are in scope",
	.help = "What is not given stays as it was; 'any' opens it. More than 90 days need a "
		"second\n"
		"person. Rows without a time or without a known person are outside a scope that "
		"asks\n"
		"for one: they are counted.\n"
		"\n"
		"  --kinds LIST   of account, contact, call, message\n"
		"  --from DAY     first day, YYYY-MM-DD\n"
		"  --to DAY       last day\n"
		"  --with LIST    numbers of the people it is about\n" ACT_HELP ACT_HELP_SECOND,
	.run = run,
};
