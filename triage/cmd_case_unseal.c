/* cmd_case_unseal.c - a decision of its own: to read what a confidential number sealed. */
#include "cmd.h"
#include "say.h"
#include "scope/confidential.h"
#include "verb.h"
#include <stdio.h>

static int run(int argc, char **argv)
{
	struct verb v = { .name = "unseal" };
	struct case_db *c = NULL;
	struct confidential *list = NULL;
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	if (v.words != 1)
		return say_usage("case",
				 "Say which number: 'linecheck case unseal FOLDER NUMBER'.");
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc && case_training(c))
		rc = err_set(&err, E_REFUSED,
			     "Helplines stay sealed in training cases: nobody has to learn to open "
			     "them.");
	if (!rc)
		rc = confidential_load(&list, NULL, &err);
	if (!rc)
		rc = verb_second(&v, c, true, &err);
	if (!rc)
		rc = verb_decide(&v, c, DECISION_UNSEAL, json_pack("{ss}", "number", v.word[0]),
				 false, NULL, &err);
	if (!rc && !confidential_has(list, span_z(v.word[0])))
		say_note("That number is not on the list that ships; if it is on your force's "
			 "list, it "
			 "is unsealed now.");
	confidential_free(list);
	if (!rc)
		printf("Recorded. It counts when the same source is scanned again into this "
		       "case.\n");
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_unseal = {
	.name = "unseal",
	.usage = "FOLDER NUMBER --reason TEXT --key FILE --second FILE",
	.line = "allow the records with one confidential number to be read",
	.help = "What a child says to a helpline is confidential; such records are counted and not "
		"looked\n"
		"at. To open them for one number needs a reason and a supervisor.\n\n" ACT_HELP
			ACT_HELP_SECOND,
	.run = run,
};
