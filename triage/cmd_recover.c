/* cmd_recover.c - a temporary backup password that was left on a phone is taken away. */
#include "cmd.h"
#include "device_run.h"
#include "say.h"
#include "verb.h"
#include "view_file.h"
#include <stdio.h>

static void tell(void *user, const char *words)
{
	(void)user;
	say_note("%s", words);
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "recover", .command = "recover" };
	struct case_db *c = NULL;
	struct err err = { 0 };
	char view[4200];
	int code = verb_read(&v, argc, argv, false);
	if (!code && (!v.dir || v.words))
		code = say_usage("recover", "Give the folder of the case.");
	if (code)
		return code;
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	const struct device_run r = { .c = c, .trust = v.act.trust, .tell = tell };
	if (!rc)
		rc = device_recover(&r, &err);
	if (!rc)
		rc = view_file_write(c, view, sizeof view, &err);
	if (!rc)
		printf("The phone says that the password is gone: its backups are not encrypted. "
		       "The "
		       "recovery record is removed.\n");
	return verb_end(&v, c, rc, &err);
}

const struct cmd cmd_recover = {
	.name = "recover",
	.usage = "FOLDER --key FILE [--passphrase-fd N]",
	.line = "take a temporary backup password off a phone that was left with it",
	.help = "When the page of a case says LEFT SET: connect that phone by cable, unlock it, "
		"and "
		"run\n"
		"this with the case's folder. It takes the password away, asks the phone whether "
		"it "
		"is gone,\n"
		"and only then removes the recovery record. Whoever scanned the phone or holds the "
		"force's\n"
		"key can do it.\n\n" ACT_HELP "\n"
		"Ends with 0: the password is gone; 1: it is not, and why; 3: refused.\n",
	.run = run,
};
