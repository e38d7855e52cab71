/* cmd_case_close.c - the work is done: everybody without a hit is forgotten. */
#include "cmd.h"
#include "ending/closing.h"
#include "ending/volume.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>

static void say_done(const struct closing *n)
{
	if (n->resumed) {
		printf("The case was closed before, and the erasing is finished now.\n");
	} else {
		printf("Closed. Erased: %lld records, %lld people and numbers, %lld threads; kept: "
		       "%lld records in which\nsomething was met.\n",
		       (long long)n->records, (long long)n->parties, (long long)n->threads,
		       (long long)n->kept);
		if (n->vault_keys)
			printf("The key of the vault was destroyed, and its %lld files removed.\n",
			       (long long)n->vault_files);
	}
	printf("The log, the findings, the counts and the SHA-256 of every file stay. 'linecheck "
	       "view' makes the\npage anew. A disk without moving parts may keep what was erased "
	       "for a while.\n");
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "close" };
	struct closing n = { 0 };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = verb_second(&v, c, true, &err);
	const char *warning = rc ? NULL : volume_warning(volume_of(v.dir));
	if (warning)
		say_note("%s", warning);
	if (!rc)
		rc = closing_run(c, v.reason, v.act.second, &n, &err);
	if (!rc)
		say_done(&n);
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_close = {
	.name = "close",
	.usage = "FOLDER --reason TEXT --key FILE --second FILE",
	.line = "end the work: erase everybody without a hit",
	.help = "Erases the records in which nothing was met, with the people in them, and the "
		"copies of\n"
		"the phone's files. Refused under a legal hold. Cannot be undone; needs a "
		"supervisor. If it\n"
		"is stopped, run it again: it finishes.\n\n" ACT_HELP ACT_HELP_SECOND,
	.run = run,
};
