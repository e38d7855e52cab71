/* cmd_case_stage.c - the stages of reading: numbers and times, text of some threads, all text. */
#include "cmd.h"
#include "say.h"
#include "scope/width.h"
#include "verb.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Threads given by number; each must be one of the case. */
static int chosen(const struct verb *v, struct case_db *c, json_t *ret, struct err *err)
{
	for (size_t i = 1; i < v->words; i++) {
		sqlite3_stmt *st;
		int64_t id = strtoll(v->word[i], NULL, 10);
		int rc = case_prepare(c, "SELECT 1 FROM thread WHERE id=?1", &st, err);
		if (rc)
			return rc;
		sqlite3_bind_int64(st, 1, id);
		bool there = sqlite3_step(st) == SQLITE_ROW;
		sqlite3_finalize(st);
		if (!there)
			return err_set(
				err, E_USER,
				"There is no thread %s in this case. 'linecheck records' gives "
				"each message its thread's number as thread_id.",
				v->word[i]);
		json_array_append_new(ret, json_integer(id));
	}
	return 0;
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "stage", .act.guard = ACT_INTACT };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	int stage = v.words && v.word[0][1] == 0 ? v.word[0][0] - '0' : 0;
	if (stage < 1 || stage > 3 || (stage != 2 && v.words > 1))
		return say_usage("case",
				 "Say which stage: 1 numbers and times; 2 the text of threads "
				 "with a number on the list, and of those named after it; 3 all "
				 "text.");
	json_t *threads = json_array();
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = chosen(&v, c, threads, &err);
	bool second = false;
	json_t *choices = json_pack("{siso}", "stage", stage, "threads", threads);
	if (!rc)
		rc = stage_needs_second(c, choices, 0, &second, &err);
	if (!rc)
		rc = verb_second(&v, c, second, &err);
	if (!rc)
		rc = verb_decide(&v, c, DECISION_STAGE, json_incref(choices), true, NULL, &err);
	json_decref(choices);
	if (!rc)
		printf("Recorded: stage %d. It counts when the same source is scanned again into "
		       "this "
		       "case;\nof an archive or a phone, 'linecheck scan --case FOLDER' "
		       "alone reads what the vault keeps.\n",
		       stage);
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_stage = {
	.name = "stage",
	.usage = "FOLDER 1|2|3 [THREAD...] --reason TEXT --key FILE [--second FILE]",
	.line = "decide how far reading may go: numbers, some threads, all text",
	.help = "Stage 1 looks at numbers and times and keeps no text. Stage 2 reads the text of "
		"threads\n"
		"with a number on the list, and of those whose numbers are named. Stage 3 reads "
		"all text\n"
		"in scope. It needs a supervisor as the second person, and so do more than ten "
		"named threads.\n\n" ACT_HELP ACT_HELP_SECOND,
	.run = run,
};
