/* cmd_report_daily.c - the list for the morning meeting, from many cases. */
#include "cmd.h"
#include "report/daily.h"
#include "report/facts.h"
#include "report_verb.h"
#include "say.h"
#include <stdio.h>

static int add(struct act *a, struct daily *d, const char *dir, struct err *err)
{
	struct case_db *c = NULL;
	bool unlogged = false, began = false;
	int rc = act_look(a, &c, dir, "report-daily", PERSON_OFFICER, &unlogged, err);
	if (!rc)
		rc = facts_begin(c, &began, err);
	if (!rc)
		rc = daily_add(d, c, dir, err);
	if (c)
		facts_end(c, began);
	case_close(c);
	return rc;
}

static int make(struct verb *v, const char *out, struct err *err)
{
	struct daily *d = NULL;
	struct bundle *b = NULL;
	char manifest[65];
	int rc = daily_new(&d, err);
	if (!rc)
		rc = add(&v->act, d, v->dir, err);
	for (size_t i = 0; !rc && i < v->words; i++)
		rc = add(&v->act, d, v->word[i], err);
	const struct bundle_signing s = { .key = v->act.key };
	if (!rc)
		rc = bundle_new(&b, out, err);
	if (!rc)
		rc = daily_write(d, b, err);
	if (!rc)
		rc = bundle_end(b, &s, manifest, err);
	bundle_free(b);
	daily_free(d);
	return rc;
}

static int run(int argc, char **argv)
{
	const char *out = NULL;
	struct err err = { 0 };
	const struct verb_own own[] = { { "--out", &out, NULL }, { NULL, NULL, NULL } };
	struct verb v = { .name = "daily", .command = "report", .own = own };
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	if (!v.dir || !*v.dir || !out || !*out)
		return say_usage("report", "Say which cases, and which new folder to make: "
					   "'linecheck report daily CASE... --out DIR'.");
	int rc = make(&v, out, &err);
	act_end(&v.act);
	if (rc)
		return say_error(&err);
	say_name(stdout, out);
	puts("/daily.html");
	return EXIT_NOTHING;
}

const struct cmd report_verb_daily = {
	.name = "daily",
	.usage = "CASE... --out DIR --key FILE",
	.line = "the list for the morning meeting, from many cases",
	.help = "Makes the folder DIR with daily.html, daily.pdf and daily.csv: each case with its "
		"level and\n"
		"the kinds of reason, most urgent first. A case that nobody has signed off stands "
		"at "
		"the top\n"
		"without its level: look at it, then sign it off. No name, number or text of a "
		"phone. Up to\n"
		"33 cases at once.\n"
		"\n"
		"  --out DIR        a folder that is not there yet\n" ACT_HELP,
	.run = run,
};
