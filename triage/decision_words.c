/* decision_words.c - see decision_words.h */
#include "decision_words.h"
#include "say.h"
#include <string.h>

#define COLUMN 30

const char *decision_words_kind(enum decision_kind kind)
{
	static const char *const words[DECISION_KIND_MAX] = {
		[DECISION_AUTHORITY] = "What allows the phone to be read",
		[DECISION_SCOPE] = "What is in scope",
		[DECISION_STAGE] = "How far reading may go",
		[DECISION_NOTICE] = "The notice to the person who agrees",
		[DECISION_UNSEAL] = "A confidential number that may be read",
		[DECISION_STOP] = "A stop, for a supervisor to decide",
		[DECISION_GO_ON] = "A supervisor let it go on",
		[DECISION_TASK] = "Something to do",
		[DECISION_TASK_DONE] = "Something that was done",
		[DECISION_RETENTION] = "How long the case is kept",
		[DECISION_OUTCOME] = "What became of a finding",
		[DECISION_SIGN_OFF] = "Findings that a person looked at",
		[DECISION_LIST] = "A list that is not a signed pack was allowed",
		[DECISION_TYPED] = "Typed by hand from a handset",
		[DECISION_CHECK] = "Numbers were looked up",
		[DECISION_CLOSE] = "The case was closed",
		[DECISION_DISCLOSURE] = "Something left the case",
		[DECISION_PASSWORD] = "A temporary backup password on the phone",
	};
	return words[kind];
}

/* Where the name of a choice alone would not be understood. */
static const char *label(const char *name)
{
	static const struct {
		const char *name, *label;
	} labels[] = {
		{ "agreed_age", "age of the person who agreed" },
		{ "agreed_authorised", "who agreed may extract, too" },
		{ "asked", "numbers asked for" },
		{ "basis", "allowed by" },
		{ "category", "the person counts as" },
		{ "child", "under 18" },
		{ "class", "retention class" },
		{ "copy", "copy of the notice" },
		{ "found_on", "found or back on" },
		{ "hold", "legal hold" },
		{ "how", "agreed" },
		{ "inform_by", "tell a parent by" },
		{ "investigation", "criminal investigation" },
		{ "isolated_at", "cut off from networks at" },
		{ "isolated_by", "cut off by" },
		{ "isolation", "cut off how" },
		{ "manifest", "SHA-256 of its list of files" },
		{ "met", "numbers that the list knew" },
		{ "other_power", "power" },
		{ "parties", "people and numbers erased" },
		{ "retention", "retention class" },
		{ "profile", "recipient is" },
		{ "schedule3", "Schedule 3, Part" },
		{ "sha256", "SHA-256" },
		{ "stage", "stage (1 numbers, 3 all text)" },
		{ "training_reference", "training of the officer" },
		{ "views", "the child's views" },
		{ "views_help", "help with the views" },
	};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].name, name) == 0)
			return labels[i].label;
	return NULL;
}

static void put_label(FILE *to, const char *name)
{
	const char *known = label(name);
	int n = 0;
	fputs("    ", to);
	if (known)
		n = fprintf(to, "%s", known);
	else
		for (; name[n]; n++)
			putc(name[n] == '_' ? ' ' : name[n], to);
	fprintf(to, "%*s  ", n < COLUMN ? COLUMN - n : 0, "");
}

static void put_value(FILE *to, const json_t *v)
{
	const json_t *one;
	size_t i;
	if (json_is_string(v)) {
		say_name(to, json_string_value(v));
	} else if (json_is_integer(v)) {
		fprintf(to, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	} else if (json_is_boolean(v)) {
		fputs(json_is_true(v) ? "yes" : "no", to);
	} else if (json_is_array(v) && !json_array_size(v)) {
		fputs("none", to);
	} else if (json_is_array(v) && json_is_string(json_array_get(v, 0))) {
		json_array_foreach(v, i, one)
		{
			fputs(i ? ", " : "", to);
			put_value(to, one);
		}
	} else if (json_is_array(v)) {
		fprintf(to, "%zu", json_array_size(v));
	} else if (json_object_get(v, "rule")) {
		put_value(to, json_object_get(v, "rule"));
	} else {
		fputs("(not shown)", to);
	}
}

void decision_words(FILE *to, const json_t *choices)
{
	const char *name;
	json_t *value;
	char *const sorted = json_dumps(choices, JSON_COMPACT | JSON_SORT_KEYS);
	/* a dump that is read again has its names in order */
	json_t *in_order = sorted ? json_loads(sorted, 0, NULL) : NULL;
	free(sorted);
	json_object_foreach(in_order, name, value)
	{
		put_label(to, name);
		put_value(to, value);
		putc('\n', to);
	}
	json_decref(in_order);
}
