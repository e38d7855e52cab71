/* cmd_check.c - numbers read off a handset: does the list know them? */
#include "authority/authority.h"
#include "authority/stop.h"
#include "caselog.h"
#include "cmd.h"
#include "decision.h"
#include "given.h"
#include "report/words.h"
#include "report/zone.h"
#include "say.h"
#include "scope/confidential.h"
#include "verb.h"
#include <stdio.h>
#include <string.h>

#define DAY ((int64_t)86400000)

struct check {
	const struct verb *v;
	const struct lines *lines;
	struct confidential *sealed;
};

static uint32_t find(const struct check *k, const char *number)
{
	span raw = span_z(number);
	struct identifier id = identifier_of(raw);
	return confidential_has(k->sealed, raw) ? LINES_NONE : lines_find(k->lines, &id, raw);
}

static void print_day(const char *before, int64_t ms)
{
	char words[24];
	zone_day_words(ms / DAY - (ms % DAY < 0), words);
	printf("%s%s", before, words);
}

static void print_assertion(const struct assertion *a)
{
	char grade[4] = { a->source, a->assessment, a->handling, 0 };
	const char *source, *assessment;
	const char *status = line_status_word(a->status);
	const char *plain = word_line_status(span_z(status));
	printf("  ON THE LIST: ");
	say_name(stdout, a->line);
	if (a->from != TIME_UNSET)
		print_day(", from ", a->from);
	if (a->until != TIME_UNSET)
		print_day(", until ", a->until - 1);
	if (a->from == TIME_UNSET && a->until == TIME_UNSET)
		printf(", no dates");
	printf("; status: %s", plain ? plain : status);
	word_grade(span_z(grade), &source, &assessment);
	if (!a->source)
		printf("; not graded\n");
	else
		printf("; graded %s (%s%s%s)\n", grade, source ? source : "?",
		       assessment ? ", " : "", assessment ? assessment : "");
}

static void print_number(const struct check *k, const char *number)
{
	span raw = span_z(number);
	struct identifier id = identifier_of(raw);
	char e164[17];
	say_name(stdout, number);
	if (confidential_has(k->sealed, raw)) {
		puts("\n  a helpline or another confidential number: not looked up");
		return;
	}
	identifier_format(id.e164, e164);
	if (id.e164)
		printf("  read as %s%s\n", e164,
		       id.certainty == CERTAINTY_ASSUMED ? ", country assumed" : "");
	else
		printf("  no phone number in full: compared as it stands\n");
	uint32_t i = lines_find(k->lines, &id, raw);
	if (i == LINES_NONE)
		puts("  not on the list. That does not say that it is harmless.");
	for (; i != LINES_NONE; i = lines_next(k->lines, i))
		print_assertion(lines_at(k->lines, i));
}

static int add_met(void *user, int64_t id, int64_t at, const char *by, const json_t *choices)
{
	(void)id;
	(void)at;
	(void)by;
	*(int64_t *)user += json_integer_value(json_object_get(choices, "met"));
	return 0;
}

/* Who may ask without end has the list: past a number of hits a supervisor decides. */
static int bounded(struct verb *v, struct case_db *c, int64_t met, struct err *err)
{
	int64_t before = 0;
	if (case_training(c) || !met)
		return 0;
	int rc = decision_each(c, DECISION_CHECK, add_met, &before, err);
	if (rc || before + met <= STOP_LINES)
		return rc;
	if (!v->act.second_file)
		return err_set(err, E_REFUSED,
			       "In this case the list has answered more than %d times. Whether it "
			       "may answer more is a supervisor's decision: give --second.",
			       STOP_LINES);
	return act_second(&v->act, PERSON_SUPERVISOR, err);
}

/* That it was asked, by whom and why; never what was asked. */
static int note(struct verb *v, struct case_db *c, int64_t met, struct err *err)
{
	const struct decision_text texts[] = { { "reason", v->reason }, { NULL, NULL } };
	json_t *choices =
		json_pack("{sIsI}", "asked", (json_int_t)v->words, "met", (json_int_t)met);
	struct decision d = {
		.kind = DECISION_CHECK, .choices = choices, .texts = texts, .second = v->act.second
	};
	struct log_entry done = { LOG_CONSULTATION,
				  "check",
				  { { "asked", (int64_t)v->words }, { "met", met } },
				  { { 0 } } };
	int rc = choices ? case_begin(c, err) : err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = decision_add(c, &d, NULL, err);
	if (!rc)
		rc = case_commit(c, &done, err);
	if (rc)
		case_rollback(c);
	json_decref(choices);
	return rc;
}

static int ask(struct verb *v, struct case_db *c, struct check *k, struct err *err)
{
	int64_t met = 0;
	const char *own;
	int rc = act_confidential(&v->act, NULL, &own, err);
	if (!rc)
		rc = confidential_load(&k->sealed, own, err);
	for (size_t i = 0; !rc && i < v->words; i++)
		met += find(k, v->word[i]) != LINES_NONE;
	if (!rc)
		rc = bounded(v, c, met, err);
	if (!rc)
		rc = note(v, c, met, err);
	for (size_t i = 0; !rc && i < v->words; i++)
		print_number(k, v->word[i]);
	if (!rc)
		puts("\nA person decides. That these numbers were looked up was logged; the "
		     "numbers were not.");
	return rc;
}

static int allowed(struct verb *v, struct case_db *c, struct given *g, struct err *err)
{
	int rc = authority_allows_scan(c, err);
	if (!rc)
		rc = authority_allows_handover(c, err);
	return rc ? rc : given_allow(g, &v->act, c, v->reason, err);
}

/* "check NUMBER... --case FOLDER": the folder is an option here, the numbers are the words. */
static int take_words(struct verb *v, const char *dir)
{
	if (!dir || !*dir)
		return say_usage("check", "Say for which case: --case FOLDER.");
	if (!v->dir)
		return say_usage("check", "Say which numbers: 'linecheck check NUMBER...'.");
	if (v->words == VERB_WORDS)
		return say_usage("check", "At most %d numbers at a time.", VERB_WORDS);
	memmove(v->word + 1, v->word, v->words * sizeof *v->word);
	v->word[0] = v->dir;
	v->words++;
	v->dir = dir;
	return 0;
}

static int run(int argc, char **argv)
{
	const char *dir = NULL, *lines = NULL;
	const struct verb_own own[] = { { "--case", &dir, NULL },
					{ "--lines", &lines, NULL },
					{ NULL, NULL, NULL } };
	struct verb v = { .command = "check", .own = own };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, true);
	if (!code)
		code = take_words(&v, dir);
	if (code)
		return code;
	struct given g = { .lines_file = lines, .what_for = "looked up" };
	int rc = given_load_lines(&g, &err);
	if (!rc)
		rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = allowed(&v, c, &g, &err);
	if (!rc && !g.lines)
		rc = err_set(&err, E_USER,
			     "There is no list to ask: install a pack ('linecheck lines install'), "
			     "or give --lines FILE.csv.");
	struct check k = { .v = &v, .lines = g.lines };
	if (!rc)
		rc = ask(&v, c, &k, &err);
	code = verb_end(&v, c, rc, &err);
	confidential_free(k.sealed);
	given_free(&g);
	return code;
}

const struct cmd cmd_check = {
	.name = "check",
	.usage = "NUMBER... --case FOLDER --reason TEXT [--lines FILE.csv] --key FILE",
	.line = "look up numbers that were read off a handset",
	.help = "Says of each number whether the list knows it: line, dates, status, grade. "
		"Nothing is\n"
		"kept but that so many numbers were looked up, by whom and why. What was seen on "
		"the\n"
		"handset is recorded with 'linecheck case type'.\n"
		"\n"
		"  --case FOLDER      the case that this belongs to\n"
		"  --reason TEXT      why, in a sentence\n"
		"  --lines FILE.csv   the list to ask; without it, the pack that is "
		"installed\n" ACT_HELP ACT_HELP_SECOND "\n"
		"Ends with 0, whatever the list says; 1: it failed; 2: the command line is "
		"wrong; 3:\n"
		"authority or policy does not allow it.\n",
	.run = run,
};
