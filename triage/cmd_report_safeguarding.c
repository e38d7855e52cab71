/* cmd_report_safeguarding.c - the summary for today's meeting. */
#include "cmd.h"
#include "report/safeguarding.h"
#include "report_verb.h"
#include "say.h"
#include <stdio.h>

static int write_it(struct case_db *c, struct bundle *b, const struct act *a, void *user,
		    struct err *err)
{
	(void)a;
	return safeguarding_write(c, b, user, err);
}

static int run(int argc, char **argv)
{
	const char *out = NULL, *marking = NULL;
	struct bundle_signing s = { 0 };
	const struct verb_own own[] = { { "--out", &out, NULL },
					{ "--marking", &marking, NULL },
					{ NULL, NULL, NULL } };
	struct verb v = { .name = "safeguarding", .command = "report", .own = own };
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	if (!v.dir || !*v.dir || v.words || !out || !*out)
		return say_usage("report", "Say which case, and which new folder to make: "
					   "'linecheck report safeguarding CASE --out DIR'.");
	return report_make(&v, out, "summary.pdf", "report-safeguarding", &s, write_it,
			   (void *)marking);
}

const struct cmd report_verb_safeguarding = {
	.name = "safeguarding",
	.usage = "CASE --out DIR --key FILE [--marking TEXT]",
	.line = "the summary for today's meeting: level, reasons, prompts, actions, referral",
	.help = "Makes the folder DIR with summary.html and summary.pdf, signed like every report. "
		"It "
		"holds\n"
		"meanings and assessments and is not evidence. A training case gives a marked one. "
		"Refused\n"
		"before 'linecheck case sign-off'.\n"
		"\n"
		"  --out DIR        a folder that is not there yet\n"
		"  --marking TEXT   on every page; OFFICIAL-SENSITIVE if not given\n" ACT_HELP,
	.run = run,
};
