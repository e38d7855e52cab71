/* cmd_case_notice.c - the notice of section 39(3): write it, and record how it was confirmed. */
#include "authority/authority.h"
#include "authority/notice.h"
#include "cmd.h"
#include "safety.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>
#include <string.h>

static int run_notice(int argc, char **argv)
{
	struct verb v = { .name = "notice",
			  .act.guard = ACT_INTACT,
			  .option = { { "--form", NULL } } };
	struct case_db *c = NULL;
	struct err err = { 0 };
	enum notice_form form = NOTICE_PLAIN;
	char path[4200];
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	if (verb_option(&v, "--form") && !notice_form_from_word(verb_option(&v, "--form"), &form))
		return say_usage("case", "--form takes plain, easy-read or welsh.");
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = authority_allows_handover(c, &err);
	if (!rc)
		rc = notice_make(c, form, path, sizeof path, &err);
	if (!rc) {
		printf("The notice to hand over: ");
		say_name(stdout, path);
		printf(" (and .html)\nWhen the person has agreed to this one: linecheck case "
		       "confirm ");
		say_name(stdout, v.dir);
		printf(" --how written --copy given\nNothing more can be read before that.\n");
		if (!case_training(c))
			safety_before_handover();
	}
	return verb_end(&v, c, rc, &err);
}

static int run_confirm(int argc, char **argv)
{
	struct verb v = { .name = "confirm",
			  .act.guard = ACT_INTACT,
			  .option = { { "--how", NULL }, { "--copy", NULL } } };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	const char *how = verb_option(&v, "--how"), *copy = verb_option(&v, "--copy");
	if (!how || (strcmp(how, "written") != 0 && strcmp(how, "spoken") != 0))
		return say_usage("case",
				 "Say how the person agreed: --how written, or --how spoken.");
	if (!copy || (strcmp(copy, "given") != 0 && strcmp(copy, "not-given") != 0))
		return say_usage(
			"case",
			"Say whether they have a copy of the notice: --copy given, or --copy "
			"not-given with --reason.");
	if ((strcmp(how, "spoken") == 0 || strcmp(copy, "given") != 0) && !v.reason)
		return say_usage("case", "Agreement is given in writing and a copy is handed over, "
					 "unless the person cannot write or read: say why with "
					 "--reason (s.39(5)).");
	int rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = notice_confirm(c, how, v.reason, strcmp(copy, "given") == 0, &err);
	if (!rc) {
		printf("Recorded. Next: linecheck scan SOURCE --key FILE --case ");
		say_name(stdout, v.dir);
		putchar('\n');
	}
	if (!rc && !case_training(c) && strcmp(copy, "given") == 0)
		safety_before_handover();
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_notice = {
	.name = "notice",
	.usage = "FOLDER [--form plain|easy-read|welsh] --key FILE",
	.line = "write the notice to hand over before the phone is read",
	.help = "Makes the notice that section 39(3) requires from what the case has recorded: "
		"what "
		"is\n"
		"asked for, why, what is done with it, that it may be refused, and that the "
		"enquiry does\n"
		"not end for that. Its hash is recorded.\n\n" ACT_HELP,
	.run = run_notice,
};

const struct cmd case_verb_confirm = {
	.name = "confirm",
	.usage = "FOLDER --how written|spoken --copy given|not-given [--reason TEXT] --key FILE",
	.line = "record that the person has agreed, and how",
	.help = "Nothing of the phone can be read before this is recorded.\n\n" ACT_HELP,
	.run = run_confirm,
};
