/* cmd_case_scope.c - decide anew what may be read: kinds of record, days, people. */
#include "base/time.h"
#include "cmd.h"
#include "record.h"
#include "say.h"
#include "scope/width.h"
#include "verb.h"
#include <stdio.h>
#include <string.h>

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

static int run(int argc, char **argv)
{
	struct verb v = { .name = "scope",
			  .act.guard = ACT_INTACT,
			  .option = { { "--kinds", NULL },
				      { "--from", NULL },
				      { "--to", NULL },
				      { "--with", NULL } } };
	struct case_db *c = NULL;
	struct err err = { 0 }, none = { 0 };
	json_t *scope = NULL, *authority = NULL;
	bool second = false;
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
	if (!rc)
		decision_current(c, DECISION_AUTHORITY, NULL, &authority, NULL);
	bool wider = !rc && scope_is_wider(old, scope);
	json_decref(old);
	if (wider)
		json_object_set_new(scope, "wider", json_true());
	if (!rc)
		rc = scope_needs_second(c, scope, authority, 0, case_now(c), &second, &err);
	if (!rc)
		rc = verb_second(&v, c, second, &err);
	json_decref(authority);
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
		"  --kinds LIST   of account, contact, call, message; and of what is beside "
		"conversations,\n"
		"                 each only if named: trace-apps, trace-notifications,\n"
		"                 trace-contacts-used, trace-usage, trace-permissions,\n"
		"                 trace-notes-titles, trace-calendar\n"
		"  --from DAY     first day, YYYY-MM-DD\n"
		"  --to DAY       last day\n"
		"  --with LIST    numbers of the people it is about\n" ACT_HELP ACT_HELP_SECOND,
	.run = run,
};
