/* cmd_version.c - which linecheck this is. */
#include "cmd.h"
#include <sqlite3.h>
#include <stdio.h>

static int run(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	printf("linecheck %s (SQLite %s)\n", LINECHECK_VERSION, sqlite3_libversion());
	return EXIT_NOTHING;
}

const struct cmd cmd_version = {
	.name = "version",
	.usage = "",
	.line = "say which version this is",
	.help = "Prints the version of linecheck and of the SQLite library it uses.\n",
	.run = run,
};
