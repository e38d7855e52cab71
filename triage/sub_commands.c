/* sub_commands.c - see sub_commands.h */
#include "sub_commands.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

static void list(const char *command, const struct cmd *const *all)
{
	for (; *all; all++)
		fprintf(stderr, "  linecheck %s %-10s %s\n", command, (*all)->name, (*all)->line);
}

int sub_commands_run(const struct cmd *const *all, int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	for (const struct cmd *const *c = all; *c; c++)
		if (strcmp((*c)->name, word) == 0)
			return (*c)->run(argc - 1, argv + 1);
	list(argv[0], all);
	return *word ? say_usage(argv[0], "There is no '%s %s'.", argv[0], word) : EXIT_USAGE;
}
