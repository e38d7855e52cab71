/* cmd_case_go_on.c - a supervisor lifts a stop. */
#include "cmd.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>

static int run(int argc, char **argv)
{
	struct verb v = { .name = "go-on" };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int64_t stop = 0;
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc) {
		struct err why = { 0 };
		rc = decision_current(c, DECISION_STOP, &stop, NULL, &why);
		if (rc == E_ABSENT)
			err_set(&err, rc, "No stop stands in this case: there is nothing to lift.");
		else if (rc)
			err_set(&err, rc, "%s", why.message);
	}
	if (!rc)
		rc = verb_second(&v, c, true, &err);
	const struct decision_text texts[] = { { "reason", v.reason }, { NULL, NULL } };
	struct decision d = {
		.kind = DECISION_GO_ON, .texts = texts, .supersedes = stop, .second = v.act.second
	};
	if (!rc)
		rc = decision_record(c, &d, NULL, &err);
	if (!rc)
		printf("Recorded. The page and the records can be looked at again.\n");
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_go_on = {
	.name = "go-on",
	.usage = "FOLDER --reason TEXT --key FILE --second FILE",
	.line = "a supervisor lifts a stop",
	.help = "A case stops by itself when the person who agreed, or somebody saved as a parent "
		"or\n"
		"carer, is in a finding, and when it matches more than 20 lines. Only a "
		"supervisor can\n"
		"let it go on.\n\n" ACT_HELP ACT_HELP_SECOND,
	.run = run,
};
