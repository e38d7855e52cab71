/* cmd_export.c - what a recipient may have of a case; the register of what left. */
#include "caselog.h"
#include "cmd.h"
#include "decision.h"
#include "export/export.h"
#include "report/shown.h"
#include "report/zone.h"
#include "report_verb.h"
#include "safety.h"
#include "say.h"
#include "sha256.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int sha256_of(span bytes, char ret[static 65], struct err *err)
{
	struct sha256 *h = sha256_new(err);
	if (!h)
		return E_NOMEM;
	sha256_add(h, bytes);
	int rc = sha256_end(h, ret, err);
	sha256_free(h);
	return rc;
}

/* In the register before the folder gets its name: what is not recorded has not left. */
static int enter(struct case_db *c, struct bundle *b, const struct export_for *f,
		 const struct bundle_signing *s, const struct export_left *left, struct err *err)
{
	struct buf list = { 0 };
	char manifest[65], handling[2] = { f->handling, 0 };
	const struct decision_text texts[] = { { "recipient", f->recipient },
					       { "purpose", f->purpose },
					       { "conditions", f->conditions ? f->conditions : "" },
					       { TOKENS_FIELD,
						 left->tokens.data ? left->tokens.data : "" },
					       { NULL, NULL } };
	int rc = bundle_sealed(b, s, err);
	if (!rc)
		rc = bundle_list(b, &list, err);
	if (!rc)
		rc = sha256_of(buf_span(&list), manifest, err);
	buf_free(&list);
	if (rc)
		return rc;
	json_t *choices =
		json_pack("{sssssssI}", "handling", handling, "manifest", manifest, "profile",
			  f->profile->name, TOKENS_FIELD, (json_int_t)left->highest);
	const struct decision d = { .kind = DECISION_DISCLOSURE,
				    .choices = choices,
				    .texts = texts };
	rc = choices ? decision_record(c, &d, NULL, err) : err_set(err, E_NOMEM, "Memory ran out.");
	json_decref(choices);
	return rc;
}

static int log_it(struct case_db *c, const struct export_for *f, const char *manifest,
		  struct err *err)
{
	const struct log_entry entry = { .act = LOG_DISCLOSURE,
					 .what = "export",
					 .w = { { "manifest", manifest },
						{ "profile", f->profile->name } } };
	return caselog_note(c, &entry, err);
}

static int make(struct verb *v, const char *dir, const char *out, const struct export_for *f,
		char manifest[static 65], struct err *err)
{
	struct case_db *c = NULL;
	struct bundle *b = NULL;
	struct export_left left = { 0 };
	int rc = act_open(&v->act, &c, dir, PERSON_OFFICER, err);
	const struct bundle_signing s = { .key = v->act.key };
	if (!rc)
		rc = bundle_new(&b, out, err);
	if (!rc)
		rc = export_write(c, b, f, &left, err);
	if (!rc)
		rc = enter(c, b, f, &s, &left, err);
	if (!rc)
		rc = bundle_end(b, &s, manifest, err);
	if (!rc)
		rc = log_it(c, f, manifest, err);
	bundle_free(b);
	buf_free(&left.tokens);
	case_close(c);
	return rc;
}

struct list {
	struct case_db *c;
	int64_t n;
};

static void put_text(struct case_db *c, int64_t id, const char *label, const char *field)
{
	struct buf text = { 0 };
	if (decision_text(c, id, field, &text, NULL) == 0 && text.n) {
		printf("      %s: ", label);
		shown_print(stdout, buf_span(&text), 300);
		putchar('\n');
	}
	buf_free(&text);
}

static int put_entry(void *user, int64_t id, int64_t at, const char *by, const json_t *choices)
{
	struct list *l = user;
	char when[80];
	const char *profile = json_string_value(json_object_get(choices, "profile"));
	const char *manifest = json_string_value(json_object_get(choices, "manifest"));
	zone_words(at, when);
	printf("  %" PRId64 "  %s  %s, by key %s\n", id, when, profile ? profile : "?",
	       *by ? by : "none");
	put_text(l->c, id, "to", "recipient");
	put_text(l->c, id, "for", "purpose");
	put_text(l->c, id, "conditions", "conditions");
	printf("      list %s\n", manifest ? manifest : "?");
	l->n++;
	return 0;
}

static int show_register(struct verb *v, const char *dir)
{
	struct case_db *c = NULL;
	struct err err = { 0 };
	bool unlogged = false;
	int rc = act_look(&v->act, &c, dir, "export-register", PERSON_AUDITOR, &unlogged, &err);
	struct list l = { c, 0 };
	if (!rc)
		rc = decision_each(c, DECISION_DISCLOSURE, put_entry, &l, &err);
	if (!rc && !l.n)
		puts("  nothing has left this case");
	return verb_end(v, c, rc, &err);
}

static int usage(void)
{
	return say_usage("export",
			 "Say to whom, of which case, and where to: 'linecheck export "
			 "council CASE --out DIR --recipient ... --purpose ... --handling "
			 "P', or 'linecheck export list CASE'.");
}

static int run(int argc, char **argv)
{
	const char *out = NULL, *handling = NULL, *list = NULL;
	char threads[4096], manifest[65];
	struct export_for f = { 0 };
	struct err err = { 0 };
	const struct verb_own own[] = { { "--out", &out, NULL },
					{ "--recipient", &f.recipient, NULL },
					{ "--purpose", &f.purpose, NULL },
					{ "--handling", &handling, NULL },
					{ "--conditions", &f.conditions, NULL },
					{ "--threads", &list, NULL },
					{ NULL, NULL, NULL } };
	struct verb v = { .name = "export", .command = "export", .own = own };
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	if (v.words != 1)
		return usage();
	if (strcmp(v.dir, "list") == 0)
		return show_register(&v, v.word[0]);
	f.profile = profile_find(v.dir);
	if (!f.profile)
		return say_usage("export",
				 "There is no recipient '%s'. There are: council, school, "
				 "health, other-force, cps, defence, court.",
				 v.dir);
	if (!out || !*out || !f.recipient || !*f.recipient || !f.purpose || !*f.purpose)
		return usage();
	if (!handling || (strcmp(handling, "P") != 0 && strcmp(handling, "C") != 0))
		return say_usage("export", "--handling is P (lawful sharing permitted) or C "
					   "(permitted with conditions).");
	if (*handling == 'C' && (!f.conditions || !*f.conditions))
		return say_usage("export",
				 "Handling C needs the conditions: --conditions \"...\".");
	f.handling = *handling;
	if (list && !report_threads(list, threads, sizeof threads))
		return say_usage("export", "--threads takes numbers with commas: the thread_id of "
					   "'linecheck records'.");
	f.threads = list ? threads : NULL;
	int rc = make(&v, v.word[0], out, &f, manifest, &err);
	act_end(&v.act);
	if (rc)
		return say_error(&err);
	say_name(stdout, out);
	printf("/export.html\nSHA-256 of the list of all files: %s\nIt stands in the register: "
	       "'linecheck export list' names all that left.\n",
	       manifest);
	safety_before_handover();
	return EXIT_NOTHING;
}

const struct cmd cmd_export = {
	.name = "export",
	.usage = "WHO CASE --out DIR --recipient TEXT --purpose TEXT --handling P|C",
	.line = "give a recipient what they may have of a case, and record it",
	.help = "WHO is council, school, health, other-force, cps, defence or court: each has a "
		"list "
		"of fields,\n"
		"and nothing else leaves. Council, school, health and defence get other people as "
		"tokens (T01).\n"
		"Grade and status of a line leave only to other-force and cps, and only as the "
		"handling code\n"
		"allows. Refused before 'linecheck case sign-off'. 'linecheck export list CASE' "
		"shows the\n"
		"register: what left, to whom, for what, under which conditions.\n"
		"\n"
		"  --out DIR          a folder that is not there yet\n"
		"  --recipient TEXT   who gets it\n"
		"  --purpose TEXT     what for\n"
		"  --handling P|C     P lawful sharing permitted; C permitted with conditions\n"
		"  --conditions TEXT  needed with C\n"
		"  --threads LIST     these threads whole (thread_id of 'linecheck "
		"records')\n" ACT_HELP "\n"
		"Ends with 0; 3: not signed off, or a stop stands; 1: it could not be made; 2: the "
		"command\n"
		"line is wrong.\n",
	.run = run,
};
