/* cmd_case_type.c - a record typed by hand, as a person saw it on the handset. */
#include "authority/authority.h"
#include "authority/stop.h"
#include "cmd.h"
#include "given.h"
#include "report/report.h"
#include "report/zone.h"
#include "say.h"
#include "typed.h"
#include "verb.h"
#include "view_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEEN_BY_MOST 120

struct words {
	const char *number, *name, *text, *time, *direction, *seconds, *by, *photo, *lines;
	bool missed;
};

static int wrong(const char *what)
{
	return say_usage("case", "%s", what);
}

/* A whole number from 1 to most; false if it is not one. */
static bool whole(const char *text, int64_t most, int64_t *ret)
{
	if (!text || !*text || strlen(text) > 9 || strspn(text, "0123456789") != strlen(text))
		return false;
	*ret = strtoll(text, NULL, 10);
	return *ret <= most;
}

static span span_or_none(const char *text)
{
	return text && *text ? span_z(text) : SPAN_NONE;
}

static int read_event(struct typed *t, const struct words *w)
{
	int64_t seconds;
	bool call = t->kind == REC_CALL;
	if (!w->direction || (strcmp(w->direction, "in") != 0 && strcmp(w->direction, "out") != 0))
		return wrong("Say which way it went: --direction in, or --direction out.");
	t->direction = strcmp(w->direction, "in") == 0 ? DIR_IN : DIR_OUT;
	if (w->time && !zone_parse(span_z(w->time), &t->time))
		return wrong("--time is \"YYYY-MM-DD HH:MM\", UK time.");
	t->time_typed = span_or_none(w->time);
	if (w->seconds && (!call || !whole(w->seconds, 864000, &seconds)))
		return wrong("--seconds is how long a call took.");
	if (w->seconds)
		t->duration = seconds * 1000;
	if (w->missed && (!call || t->direction != DIR_IN))
		return wrong("--missed goes with a call that came in.");
	t->state = w->missed ? STATE_MISSED : 0;
	if (w->name || (w->text && call))
		return wrong("A call has --number, --time, --direction, --seconds, --missed; a "
			     "message has --text instead of the last two.");
	t->text = span_or_none(w->text);
	return 0;
}

/* 0 or an exit code. */
static int read_typed(struct typed *t, const struct verb *v, const struct words *w)
{
	*t = (struct typed){ .time = TIME_UNSET, .duration = -1, .seen_by = w->by };
	if (v->words != 1 || !record_kind_from_word(span_z(v->word[0]), &t->kind) ||
	    (t->kind != REC_CONTACT && t->kind != REC_CALL && t->kind != REC_MESSAGE))
		return wrong("Say what was seen: 'linecheck case type FOLDER contact', call or "
			     "message.");
	if (!w->number || !*w->number)
		return wrong("Type the number as the handset shows it: --number.");
	if (!w->by || !*w->by || strlen(w->by) > SEEN_BY_MOST)
		return wrong("Say who saw it: --seen-by, by rank and collar number or name.");
	if (!whole(w->photo, 1000000, &t->photo) || !t->photo)
		return wrong("Photograph the screen and say which photo it is: --photo 3.");
	t->number = span_z(w->number);
	if (t->kind != REC_CONTACT)
		return read_event(t, w);
	if (w->text || w->time || w->direction || w->seconds || w->missed)
		return wrong("A contact has --number and --name.");
	t->name = span_or_none(w->name);
	return 0;
}

static int allowed(struct verb *v, struct case_db *c, struct given *g, struct err *err)
{
	int rc = authority_allows_scan(c, err);
	return rc ? rc : given_allow(g, &v->act, c, v->reason, err);
}

static int say_result(struct case_db *c, const struct typed *t, const struct typed_result *r,
		      struct err *err)
{
	static const char letters[REC_KIND_MAX] = { 'A', 'C', 'T', 'M', 'R', 'S' };
	if (r->out) {
		printf("Not kept: it is %s. It was counted, no more.\n",
		       scope_out_sentence(r->out));
		return 0;
	}
	printf("Recorded as EX%lld/%c%06lld, typed by hand.\n", (long long)r->exhibit,
	       letters[t->kind], (long long)r->record);
	if (r->text_withheld)
		printf("Its text was not kept: the stage of this case does not allow it.\n");
	int rc = stop_check(c, err);
	const char *stop = rc ? NULL : stop_standing(c);
	if (!rc)
		rc = report_level(c, stdout, err);
	if (!rc && stop)
		view_file_remove(c);
	if (!rc && stop)
		printf("\nSTOP. %s\n", stop);
	return rc;
}

static int run(int argc, char **argv)
{
	struct words w = { 0 };
	struct verb v = { .name = "type" };
	const struct verb_own own[] = {
		{ "--number", &w.number, NULL },
		{ "--name", &w.name, NULL },
		{ "--text", &w.text, NULL },
		{ "--time", &w.time, NULL },
		{ "--direction", &w.direction, NULL },
		{ "--seconds", &w.seconds, NULL },
		{ "--seen-by", &w.by, NULL },
		{ "--photo", &w.photo, NULL },
		{ "--lines", &w.lines, NULL },
		{ "--missed", NULL, &w.missed },
		{ NULL, NULL, NULL },
	};
	struct case_db *c = NULL;
	struct err err = { 0 };
	struct typed t;
	struct typed_result result;
	v.own = own;
	int code = verb_read(&v, argc, argv, false);
	if (!code)
		code = read_typed(&t, &v, &w);
	if (code)
		return code;
	struct given g = { .lines_file = w.lines, .what_for = "recorded" };
	int rc = given_load(&g, &err);
	if (!rc)
		rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = allowed(&v, c, &g, &err);
	struct scan_options options = { .lines = g.lines,
					.lines_name = given_lines_name(&g),
					.rules = g.rules,
					.policy = g.policy,
					.jit = true };
	if (!rc)
		rc = act_confidential(&v.act, NULL, &options.confidential, &err);
	if (!rc)
		rc = typed_add(c, &t, &options, &result, &err);
	if (!rc)
		rc = say_result(c, &t, &result, &err);
	code = verb_end(&v, c, rc, &err);
	given_free(&g);
	return code;
}

const struct cmd case_verb_type = {
	.name = "type",
	.usage = "FOLDER contact|call|message --number N ... --seen-by WHO --photo N --key FILE",
	.line = "record by hand what was seen on a handset that cannot be copied",
	.help = "For basic phones. Photograph each screen first; one command for each entry seen. "
		"It\n"
		"counts as evidence like any other and is marked as typed. Scope, stage and "
		"sealed\n"
		"numbers apply: what they leave out is counted and not kept.\n"
		"If a picture on the phone may be a sexual one of a child: stop, open and "
		"photograph\n"
		"nothing, and call the unit of your force that deals with such images.\n"
		"\n"
		"  --number N         as the handset shows it\n"
		"  --name TEXT        of a contact\n"
		"  --time \"DAY HH:MM\" UK time; leave it out if the screen does not say\n"
		"  --direction in|out of a call or message\n"
		"  --seconds N        how long a call took\n"
		"  --missed           a call that was not answered\n"
		"  --text TEXT        of a message\n"
		"  --seen-by WHO      who read the screen\n"
		"  --photo N          number of the photograph of the screen\n"
		"  --lines FILE.csv   the same list as for the scans of this case; without it, the "
		"pack\n"
		"                     that is installed\n" ACT_HELP ACT_HELP_SECOND,
	.run = run,
};
