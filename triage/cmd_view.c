/* cmd_view.c - make the working view of a case again. */
#include "act.h"
#include "authority/authority.h"
#include "cmd.h"
#include "say.h"
#include "view_file.h"
#include <stdio.h>

static int write_view(struct act *a, const char *dir)
{
	struct case_db *c = NULL;
	struct err err = { 0 };
	char path[4200];
	bool unlogged = false;
	int rc = act_look(a, &c, dir, "view", PERSON_OFFICER, &unlogged, &err);
	if (!rc)
		rc = authority_allows_handover(c, &err);
	if (!rc)
		rc = view_file_write(c, path, sizeof path, &err);
	case_close(c);
	act_end(a);
	if (rc)
		return say_error(&err);
	say_name(stdout, path);
	putchar('\n');
	return EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	struct act a = ACT_NEW;
	const char *dir = NULL;
	for (int i = 1; i < argc; i++) {
		if (act_option(&a, argc, argv, &i))
			continue;
		if (argv[i][0] == '-')
			return say_usage("view", "There is no option '%s'.", argv[i]);
		if (dir)
			return say_usage("view", "One case at a time: give the folder that a scan "
						 "made.");
		dir = argv[i];
	}
	if (!dir || !*dir)
		return say_usage("view", "Which case: give the folder that a scan made.");
	return write_view(&a, dir);
}

const struct cmd cmd_view = {
	.name = "view",
	.usage = "CASE [--key FILE]",
	.line = "write the working view of a case again and say where it is",
	.help = "Writes CASE/view.html from the case alone and prints its path. The page is a "
		"working\n"
		"view: it stays inside the case and is not for handing on.\n\n" ACT_HELP "\n"
		"Ends with 0; 1: there is no case there, or it cannot be read or written; 2: the "
		"command\n"
		"line is wrong.\n",
	.run = run,
};
