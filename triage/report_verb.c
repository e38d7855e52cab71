/* report_verb.c - see report_verb.h */
#include "report_verb.h"
#include "caselog.h"
#include "cmd.h"
#include "safety.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

bool report_threads(const char *list, char *out, size_t cap)
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

static int make(struct verb *v, const char *out, const char *what, struct bundle_signing *s,
		report_write_fn *write, void *user, char manifest[static 65], struct err *err)
{
	struct case_db *c = NULL;
	struct bundle *b = NULL;
	const struct log_entry entry = { .act = LOG_CONSULTATION,
					 .what = what,
					 .w = { { "manifest", manifest } } };
	int rc = act_open(&v->act, &c, v->dir, PERSON_OFFICER, err);
	s->key = v->act.key;
	if (!rc)
		rc = bundle_new(&b, out, err);
	if (!rc)
		rc = write(c, b, &v->act, user, err);
	if (!rc)
		rc = bundle_end(b, s, manifest, err);
	if (!rc)
		rc = caselog_note(c, &entry, err);
	bundle_free(b);
	case_close(c);
	return rc;
}

int report_make(struct verb *v, const char *out, const char *main_file, const char *what,
		struct bundle_signing *s, report_write_fn *write, void *user)
{
	struct err err = { 0 };
	char manifest[65];
	int rc = make(v, out, what, s, write, user, manifest, &err);
	act_end(&v->act);
	if (rc)
		return say_error(&err);
	say_name(stdout, out);
	printf("/%s\nSHA-256 of the list of all files (" BUNDLE_MANIFEST "): %s\n"
	       "Check it with: linecheck verify ",
	       main_file, manifest);
	say_name(stdout, out);
	printf(", or without linecheck: sh check.sh in that folder.\n");
	safety_before_handover();
	return EXIT_NOTHING;
}
