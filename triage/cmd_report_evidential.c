/* cmd_report_evidential.c - the evidential extraction report: facts for a court. */
#include "cmd.h"
#include "report/evidential.h"
#include "report_verb.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

static int write_it(struct case_db *c, struct bundle *b, const struct act *a, void *user,
		    struct err *err)
{
	struct evidential_options *o = user;
	o->signer = a->key ? key_public(a->key) : NULL;
	o->force = a->trust ? trust_force(a->trust) : NULL;
	return evidential_write(c, b, o, err);
}

static int run(int argc, char **argv)
{
	const char *out = NULL, *list = NULL;
	char threads[4096];
	struct evidential_options o = { 0 };
	struct bundle_signing s = { 0 };
	const struct verb_own own[] = { { "--out", &out, NULL },
					{ "--marking", &o.marking, NULL },
					{ "--threads", &list, NULL },
					{ "--cms-key", &s.cms_key, NULL },
					{ "--cms-cert", &s.cms_certificate, NULL },
					{ NULL, NULL, NULL } };
	struct verb v = { .name = "evidential", .command = "report", .own = own };
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	if (!v.dir || !*v.dir || v.words || !out || !*out)
		return say_usage("report", "Say which case, and which new folder to make: "
					   "'linecheck report evidential CASE --out DIR'.");
	if (list && !report_threads(list, threads, sizeof threads))
		return say_usage("report", "--threads takes numbers with commas: the thread_id of "
					   "'linecheck records'.");
	if (!s.cms_key != !s.cms_certificate)
		return say_usage("report", "--cms-key and --cms-cert go together.");
	o.threads = list ? threads : NULL;
	return report_make(&v, out, "report.pdf", "report-evidential", &s, write_it, &o);
}

const struct cmd report_verb_evidential = {
	.name = "evidential",
	.usage = "CASE --out DIR --key FILE [--threads 3,8] [--marking TEXT]",
	.line = "the facts of a case for a court, with annexes, manifest and signature",
	.help = "Makes the folder DIR with report.pdf (PDF/A-1b), annex/ (every record in scope as "
		"CSV,\n"
		"JSON Lines and pages to read), check.sh (checks all of it with sha256sum and "
		"openssl\n"
		"alone) and MANIFEST.sha256 with its signature. Facts only: no level, no points, "
		"no "
		"meaning\n"
		"of a word. Refused for a training case, and before 'linecheck case sign-off'.\n"
		"\n"
		"  --out DIR        a folder that is not there yet\n"
		"  --threads LIST   print these threads whole (thread_id of 'linecheck records')\n"
		"  --marking TEXT   on every page; OFFICIAL-SENSITIVE if not given\n"
		"  --cms-key FILE --cms-cert FILE  sign the manifest with a certificate, too "
		"(PEM)\n" ACT_HELP,
	.run = run,
};
