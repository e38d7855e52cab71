/* cmd_case_sign_off.c - a person signs findings off before anything leaves; what became of them. */
#include "authority/verdict.h"
#include "cmd.h"
#include "safety.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 200

/* "F1,F3" into its words, in place. */
static size_t split(char *list, const char *ret[static MOST + 1])
{
	size_t n = 0;
	char *rest = NULL;
	for (char *word = strtok_r(list, ", ", &rest); word && n < MOST;
	     word = strtok_r(NULL, ", ", &rest))
		ret[n++] = word;
	ret[n] = NULL;
	return n;
}

static int run_sign_off(int argc, char **argv)
{
	const char *list = NULL, *finding[MOST + 1];
	bool all = false;
	const struct verb_own own[] = { { "--finding", &list, NULL },
					{ "--all", NULL, &all },
					{ NULL, NULL, NULL } };
	struct verb v = { .name = "sign-off", .own = own };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int64_t n = 0;
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	char *words = strdup(list ? list : "");
	if (!words || all == (split(words, finding) > 0)) {
		free(words);
		return say_usage("case", "Say what you have looked at: --finding F1,F3 or --all.");
	}
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = verdict_sign(c, all ? NULL : finding, v.reason, &n, &err);
	if (!rc) {
		printf("Signed off: %lld finding%s. " VERDICT_STATEMENT "\n", (long long)n,
		       n == 1 ? "" : "s");
		safety_before_handover();
	}
	free(words);
	return verb_end(&v, c, rc, &err);
}

static int run_outcome(int argc, char **argv)
{
	struct verb v = { .name = "outcome" };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	if (v.words != 2 || (strcmp(v.word[1], "useful") != 0 && strcmp(v.word[1], "false") != 0 &&
			     strcmp(v.word[1], "unknown") != 0))
		return say_usage("case",
				 "Say of which finding, and what became of it: 'linecheck case "
				 "outcome FOLDER F1 useful', or false, or unknown.");
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = verdict_outcome(c, v.word[0], v.word[1], v.reason, &err);
	if (!rc)
		printf("Recorded: %s was %s.\n", v.word[0],
		       strcmp(v.word[1], "false") == 0 ? "a false one" : v.word[1]);
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_sign_off = {
	.name = "sign-off",
	.usage = "FOLDER --finding F1,F3 | --all --reason TEXT --key FILE",
	.line = "say that you have looked at the findings; nothing leaves before",
	.help = "A person decides, never the program. A finding that changes after it was signed "
		"must\n"
		"be signed again.\n"
		"\n"
		"  --finding LIST  numbers of findings, with commas\n"
		"  --all           every finding that the case has now\n"
		"  --reason TEXT   what you make of them, in a sentence\n" ACT_HELP,
	.run = run_sign_off,
};

const struct cmd case_verb_outcome = {
	.name = "outcome",
	.usage = "FOLDER FINDING useful|false|unknown --reason TEXT --key FILE",
	.line = "record later what became of a finding",
	.help = "Kept by what the finding rests on: it stays with it when the case is scanned "
		"again.\n\n" ACT_HELP,
	.run = run_outcome,
};
