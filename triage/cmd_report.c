/* cmd_report.c - the documents that leave a case. */
#include "cmd.h"
#include "report_verb.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

static const struct report_verb *const verbs[] = { &report_verb_evidential,
						   &report_verb_safeguarding, &report_verb_daily };
#define VERBS (sizeof verbs / sizeof *verbs)

static int help(const struct report_verb *v)
{
	printf("linecheck report %s %s\n\n%s.\n\n%s", v->name, v->usage, v->line, v->help);
	return EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < VERBS; i++) {
		if (strcmp(argv[1], verbs[i]->name) != 0)
			continue;
		if (argc > 2 && strcmp(argv[2], "--help") == 0)
			return help(verbs[i]);
		return verbs[i]->run(argc - 1, argv + 1);
	}
	if (argc > 1)
		return say_usage("report", "There is no report '%s'.", argv[1]);
	for (size_t i = 0; i < VERBS; i++)
		printf("  linecheck report %s %s\n      %s\n", verbs[i]->name, verbs[i]->usage,
		       verbs[i]->line);
	return EXIT_USAGE;
}

const struct cmd cmd_report = {
	.name = "report",
	.usage = "evidential|safeguarding|daily CASE --out DIR [--key FILE]",
	.line = "make a document that may leave the case",
	.help = "Each report is made from the case alone and is the same bytes every time. "
		"Nothing\n"
		"leaves a case before a person has signed its findings off ('linecheck case "
		"sign-off').\n"
		"'linecheck report NAME --help' says more.\n"
		"\n"
		"  safeguarding  the summary for today's meeting: level, reasons, prompts, "
		"actions\n"
		"  daily         the list for the morning meeting, from many cases\n"
		"  evidential    facts for a court: PDF/A, annexes, manifest, signature\n"
		"\n"
		"Ends with 0; 3: not signed off, a stop stands, or not for this kind of case; 1: "
		"it could\n"
		"not be made; 2: the command line is wrong.\n",
	.run = run,
};
