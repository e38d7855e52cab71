/* cmd_case_hold.c - a legal hold: set, lifted. */
#include "cmd.h"
#include "ending/retention.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>
#include <string.h>

static int run(int argc, char **argv)
{
	struct verb v = { .name = "hold", .act.guard = ACT_WHATEVER };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	bool on = v.words == 1 && strcmp(v.word[0], "on") == 0;
	if (v.words != 1 || (!on && strcmp(v.word[0], "off") != 0))
		return say_usage("case", "Say 'linecheck case hold FOLDER on' or '... off'.");
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = verb_second(&v, c, !on, &err);
	if (!rc)
		rc = retention_hold(c, on, v.reason, v.act.second, &err);
	if (!rc)
		puts(on ? "A legal hold stands: nothing of the case can be erased."
			: "The legal hold is lifted: the case can be closed and erased.");
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_hold = {
	.name = "hold",
	.usage = "FOLDER on|off --reason TEXT --key FILE [--second FILE]",
	.line = "set or lift a legal hold",
	.help = "May there be a criminal investigation? While the answer is yes, or not known, a "
		"hold\n"
		"stands: what was found, and what was not, may have to be disclosed, and 'case "
		"close' and\n"
		"'case erase' are refused. Lifting it needs a supervisor.\n\n" ACT_HELP
			ACT_HELP_SECOND,
	.run = run,
};
