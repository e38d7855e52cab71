/* sub_commands.c - see sub_commands.h */
#include "sub_commands.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

static void list(const char *command, const struct cmd *const *all, size_t n, FILE *to)
{
	for (size_t i = 0; i < n; i++)
		fprintf(to, "  linecheck %s %-10s %s\n", command, all[i]->name, all[i]->line);
}

int sub_commands_run(const struct cmd *const *all, size_t n, int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	if (!*word || strcmp(word, "--help") == 0) {
		list(argv[0], all, n, *word ? stdout : stderr);
		return *word ? EXIT_NOTHING : EXIT_USAGE;
	}
	for (size_t i = 0; i < n; i++) {
		if (strcmp(all[i]->name, word) != 0)
			continue;
		if (argc > 2 && strcmp(argv[2], "--help") == 0) {
			printf("linecheck %s %s %s\n\n%s", argv[0], word, all[i]->usage,
			       all[i]->help);
			return EXIT_NOTHING;
		}
		return all[i]->run(argc - 1, argv + 1);
	}
	list(argv[0], all, n, stderr);
	return say_usage(argv[0], "There is no '%s %s'.", argv[0], word);
}
