/* cmd_report_evidential.c - the evidential extraction report: facts for a court. */
#include "caselog.h"
#include "cmd.h"
#include "report/evidential.h"
#include "report_verb.h"
#include "safety.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>
#include <string.h>

/* "12,15" into "[12,15]"; false if it is no list of numbers. */
static bool threads_json(const char *list, char *out, size_t cap)
{
	size_t n = list ? strlen(list) : 0;
	if (!n || strspn(list, "0123456789,") != n || list[0] == ',' || list[n - 1] == ',' ||
	    strstr(list, ",,") || n + 3 > cap)
		return false;
	/* JSON has no leading zeros */
	for (const char *p = list; *p; p++)
		if (*p == '0' && (p == list || p[-1] == ',') && p[1] && p[1] != ',')
			return false;
	snprintf(out, cap, "[%s]", list);
	return true;
}

static int log_it(struct case_db *c, const char *manifest, struct err *err)
{
	const struct log_entry entry = { .act = LOG_CONSULTATION,
					 .what = "report-evidential",
					 .w = { { "manifest", manifest } } };
	return caselog_note(c, &entry, err);
}

static int make(struct verb *v, const char *dir, struct evidential_options *o,
		struct bundle_signing *s, const char *out, struct err *err)
{
	struct case_db *c = NULL;
	struct bundle *b = NULL;
	char manifest[65];
	int rc = act_open(&v->act, &c, dir, PERSON_OFFICER, err);
	if (!rc) {
		s->key = v->act.key;
		o->signer = v->act.key ? key_public(v->act.key) : NULL;
		o->force = v->act.trust ? trust_force(v->act.trust) : NULL;
		rc = bundle_new(&b, out, err);
	}
	if (!rc)
		rc = evidential_write(c, b, o, err);
	if (!rc)
		rc = bundle_end(b, s, manifest, err);
	if (!rc)
		rc = log_it(c, manifest, err);
	bundle_free(b);
	case_close(c);
	if (rc)
		return rc;
	say_name(stdout, out);
	printf("/report.pdf\nSHA-256 of the list of all files (" BUNDLE_MANIFEST "): %s\n"
	       "Check it with: linecheck verify ",
	       manifest);
	say_name(stdout, out);
	printf(", or without linecheck: sh check.sh in that folder.\n");
	safety_before_handover();
	return 0;
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
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	if (!v.dir || !*v.dir || v.words || !out || !*out)
		return say_usage("report", "Say which case, and which new folder to make: "
					   "'linecheck report evidential CASE --out DIR'.");
	if (list && !threads_json(list, threads, sizeof threads))
		return say_usage("report", "--threads takes numbers with commas: the thread_id of "
					   "'linecheck records'.");
	if (!s.cms_key != !s.cms_certificate)
		return say_usage("report", "--cms-key and --cms-cert go together.");
	o.threads = list ? threads : NULL;
	int rc = make(&v, v.dir, &o, &s, out, &err);
	act_end(&v.act);
	return rc ? say_error(&err) : EXIT_NOTHING;
}

const struct report_verb report_verb_evidential = {
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
