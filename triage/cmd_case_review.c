/* cmd_case_review.c - when is a case due for review; the next review recorded. */
#include "base/time.h"
#include "cmd.h"
#include "ending/case_seal.h"
#include "ending/retention.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

static void print_case(const char *dir, const struct retention *r, const char *more)
{
	int64_t due = retention_due(r), days = 0;
	say_name(stdout, dir);
	if (due == TIME_UNSET) {
		printf("\n  no review is recorded: give --until DAY --reason TEXT");
	} else {
		days = due / 86400000 - (int64_t)time(NULL) / 86400;
		printf("\n  %s %s%s", days > 0 ? "review by" : "DUE since", r->review_by,
		       r->class[0] ? ", class " : "");
		say_name(stdout, r->class);
	}
	printf("%s%s%s\n", r->hold ? "; legal hold" : "",
	       r->finished ? "; closed"
	       : r->closed ? "; closing was stopped: run 'linecheck case close' again"
			   : "",
	       more);
}

/* A sealed case says when it is due without being opened; that is not proved. */
static int look_sealed(const char *dir, struct err *err)
{
	struct sealed_peek p;
	struct retention r = { 0 };
	char path[4200];
	int rc = case_sealed_path(dir, path, sizeof path, err);
	if (!rc)
		rc = sealed_peek(path, &p, err);
	if (rc)
		return rc;
	memcpy(r.review_by, p.about.review_by, sizeof r.review_by);
	print_case(dir, &r, "; sealed");
	return 0;
}

static int look(const char *dir, struct err *err)
{
	struct case_db *c;
	struct retention r;
	char path[4200];
	if (!case_exists(dir) && case_sealed_path(dir, path, sizeof path, err) == 0 &&
	    sealed_peek(path, &(struct sealed_peek){ 0 }, NULL) == 0)
		return look_sealed(dir, err);
	int rc = case_open(&c, dir, CASE_READ, false, err);
	if (rc)
		return rc;
	rc = retention_load(c, &r, err);
	if (!rc)
		print_case(dir, &r, "");
	case_close(c);
	return rc;
}

static int look_all(const struct verb *v)
{
	int code = EXIT_NOTHING;
	for (size_t i = 0; i <= v->words; i++) {
		struct err err = { 0 };
		if (look(i ? v->word[i - 1] : v->dir, &err))
			code = say_error(&err);
	}
	return code;
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "review",
			  .act.guard = ACT_WHATEVER,
			  .option = { { "--until", NULL } } };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	const char *until = verb_option(&v, "--until");
	if (!until)
		return look_all(&v);
	if (v.words)
		return say_usage("case", "A new day is recorded for one case at a time.");
	code = verb_read(&(struct verb){ .name = "review", .option = { { "--until", NULL } } },
			 argc, argv, true);
	if (code)
		return code;
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = retention_review(c, until, v.reason, NULL, &err);
	if (!rc)
		printf("Recorded: the next review is by %s.\n", until);
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_review = {
	.name = "review",
	.usage = "FOLDER... | FOLDER --until DAY --reason TEXT --key FILE",
	.line = "say when cases are due for review, or record the next day",
	.help = "Every decision to keep a case longer is recorded with its reason; what was "
		"decided "
		"before\n"
		"stays. A sealed case says when it is due without being opened.\n"
		"\n"
		"  --until DAY   the next review, as 2027-03-31.\n" ACT_HELP,
	.run = run,
};
