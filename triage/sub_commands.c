/* sub_commands.c - see sub_commands.h */
#include "sub_commands.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

static void list(const char *command, const struct cmd *const *all)
{
	size_t widest = 0;
	for (size_t i = 0; all[i]; i++)
		widest = strlen(all[i]->name) > widest ? strlen(all[i]->name) : widest;
	for (; *all; all++)
		fprintf(stderr, "  linecheck %s %-*s %s\n", command, (int)widest, (*all)->name,
			(*all)->line);
}

int sub_commands_run(const struct cmd *const *all, int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	for (const struct cmd *const *c = all; *c; c++)
		if (strcmp((*c)->name, word) == 0) {
			say_verb(argv[0], word);
			return (*c)->run(argc - 1, argv + 1);
		}
	const struct cmd *like = cmd_like(all, word);
	if (like)
		return say_usage(argv[0], "There is no '%s %s'. Did you mean 'linecheck %s %s'?",
				 argv[0], word, argv[0], like->name);
	list(argv[0], all);
	return *word ? say_usage(argv[0], "There is no '%s %s'.", argv[0], word) : EXIT_USAGE;
}
