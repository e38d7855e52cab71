/* cmd_case_erase.c - destroy a case; a certificate is what is left. */
#include "cmd.h"
#include "ending/erasing.h"
#include "ending/volume.h"
#include "say.h"
#include "unlock.h"
#include "verb.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Check and log; the certificate's first part. Nothing is destroyed here. */
static int begin(struct verb *v, int64_t *ret_at, struct err *err)
{
	struct case_db *c = NULL;
	int rc = act_open(&v->act, &c, v->dir, PERSON_OFFICER, err);
	if (!rc)
		rc = verb_second(v, c, true, err);
	const char *warning = rc ? NULL : volume_warning(volume_of(v->dir));
	if (warning)
		say_note("%s", warning);
	if (!rc)
		rc = erasing_begin(c, v->reason, v->act.second, err);
	if (!rc)
		*ret_at = case_now(c);
	case_close(c);
	return rc;
}

/* A run before this was stopped: whoever finishes it signs the end. */
static int go_on(struct verb *v, struct err *err)
{
	if (!v->act.key_file)
		v->act.key_file = getenv("LINECHECK_KEY");
	return v->act.key_file ? act_unlock(&v->act, PERSON_OFFICER, err) : 0;
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "erase", .act.guard = ACT_WHATEVER };
	struct err err = { 0 };
	char certificate[4200];
	int64_t at = (int64_t)time(NULL) * 1000;
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	bool begun = erasing_begun(v.dir);
	int rc = begun ? go_on(&v, &err) : begin(&v, &at, &err);
	if (!rc)
		rc = erasing_finish(v.dir, v.act.key, at, certificate, sizeof certificate, &err);
	if (!rc) {
		printf("The case is destroyed%s. Its certificate: ",
		       begun ? "; this had been begun before" : "");
		say_name(stdout, certificate);
		printf("\nIt says what is claimed: that the keys are destroyed and the files "
		       "removed, not that no disk\nholds old blocks of them.\n");
	}
	return verb_end(&v, NULL, rc, &err);
}

const struct cmd case_verb_erase = {
	.name = "erase",
	.usage = "FOLDER --reason TEXT --key FILE --second FILE",
	.line = "destroy a case, and leave a certificate",
	.help = "Destroys the keys of the vault, then case.db and all else in FOLDER. What is left "
		"is\n"
		"FOLDER.erased.txt: a signed certificate with the SHA-256 of every file, what was "
		"destroyed,\n"
		"what is claimed and what is not. Refused under a legal hold. Cannot be undone; "
		"needs a\n"
		"supervisor. If it is stopped, run it again: it finishes.\n\n" ACT_HELP
			ACT_HELP_SECOND,
	.run = run,
};
