/* cmd_view.c - make the working view of a case again. */
#include "case.h"
#include "cmd.h"
#include "say.h"
#include "view_file.h"
#include <stdio.h>

static int run(int argc, char **argv)
{
	struct case_db *c = NULL;
	struct err err = { 0 };
	char path[4200];
	if (argc == 2 && argv[1][0] == '-')
		return say_usage("view", "There is no option '%s'.", argv[1]);
	if (argc != 2 || !*argv[1])
		return say_usage("view", "%s: give the folder that a scan made.",
				 argc > 2 ? "One case at a time" : "Which case");
	int rc = case_open(&c, argv[1], CASE_READ, false, &err);
	if (!rc)
		rc = view_file_write(c, path, sizeof path, &err);
	case_close(c);
	if (rc)
		return say_error(&err);
	say_name(stdout, path);
	putchar('\n');
	return EXIT_NOTHING;
}

const struct cmd cmd_view = {
	.name = "view",
	.usage = "CASE",
	.line = "write the working view of a case again and say where it is",
	.help = "Writes CASE/view.html from the case alone and prints its path. The page is a "
		"working\n"
		"view: it stays inside the case and is not for handing on.\n"
		"\n"
		"Ends with 0; 1: there is no case there, or it cannot be read or written; 2: the "
		"command\n"
		"line is wrong.\n",
	.run = run,
};
