/* cmd_report.c - the documents that leave a case. */
#include "cmd.h"
#include "report_verb.h"
#include "sub_commands.h"

static const struct cmd *const verbs[] = { &report_verb_evidential, &report_verb_safeguarding,
					   &report_verb_daily, NULL };

static int run(int argc, char **argv)
{
	return sub_commands_run(verbs, argc, argv);
}

const struct cmd cmd_report = {
	.name = "report",
	.usage = "evidential|safeguarding|daily CASE --out DIR [--key FILE]",
	.line = "make a document that may leave the case",
	.help = "Each report is made from the case alone and is the same bytes every time. "
		"Nothing\n"
		"leaves a case before a person has signed its findings off ('linecheck case "
		"sign-off').\n"
		"'linecheck report NAME --help' says more of each.\n"
		"\n"
		"Ends with 0; 3: not signed off, a stop stands, or not for this kind of case; 1: "
		"it could\n"
		"not be made; 2: the command line is wrong.\n",
	.run = run,
	.verbs = verbs,
};
