/* cmd_case_task.c - what is still to be done in a case, and by when. */
#include "cmd.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int print_task(void *user, int64_t id, int64_t at, const char *by, const json_t *choices)
{
	const char *what = json_string_value(json_object_get(choices, "what"));
	const char *day = json_string_value(json_object_get(choices, "by"));
	(void)at;
	(void)by;
	++*(int *)user;
	printf("  task %lld, by %s: %s\n", (long long)id, day ? day : "?",
	       what && strcmp(what, "inform-parent") == 0
		       ? "tell a parent, guardian or care representative that the phone was read "
			 "(s.38(5))"
	       : what ? what
		      : "?");
	return 0;
}

static int done(struct verb *v, struct case_db *c, const char *id, struct err *err)
{
	const struct decision_text texts[] = { { "reason", v->reason }, { NULL, NULL } };
	struct decision d = { .kind = DECISION_TASK_DONE,
			      .texts = texts,
			      .supersedes = strtoll(id, NULL, 10) };
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT 1 FROM decision WHERE id=?1 AND kind='task'", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, d.supersedes);
	if (sqlite3_step(st) != SQLITE_ROW)
		rc = err_set(err, E_USER, "There is no task %s in this case.", id);
	sqlite3_finalize(st);
	return rc ? rc : decision_record(c, &d, NULL, err);
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "task", .option = { { "--done", NULL } } };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int open = 0;
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	const char *id = verb_option(&v, "--done");
	if (id && !v.reason)
		return say_usage("case", "Say what was done: --reason \"...\".");
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc && id)
		rc = done(&v, c, id, &err);
	if (!rc)
		rc = decision_each(c, DECISION_TASK, print_task, &open, &err);
	if (!rc && !open)
		printf("  no task is open\n");
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_task = {
	.name = "task",
	.usage = "FOLDER [--done N --reason TEXT] --key FILE",
	.line = "list what is still to be done, or record that it was",
	.help = "Tasks come from the law: for example to tell a parent afterwards.\n\n" ACT_HELP,
	.run = run,
};
