/* cmd_version.c - which linecheck this is. */
#include "cmd.h"
#include "say.h"
#include <sqlite3.h>
#include <stdio.h>

static int run(int argc, char **argv)
{
	if (argc > 1)
		return say_usage(argv[0], "It takes no other words, and '%s' is one.", argv[1]);
	printf("linecheck %s (SQLite %s)\n", LINECHECK_VERSION, sqlite3_libversion());
	return EXIT_NOTHING;
}

const struct cmd cmd_version = {
	.name = "version",
	.usage = "",
	.line = "say which version this is",
	.help = "Prints the version of linecheck and of SQLite, the library it reads databases "
		"with.\n"
		"\n"
		"Ends with 0; 2: the command line is wrong.\n",
	.run = run,
};
