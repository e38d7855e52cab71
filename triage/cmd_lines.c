/* cmd_lines.c - the sub-commands of the line database, by lines_verbs.list. */
#include "cmd.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

#define L(name) extern const struct cmd lines_verb_##name;
#include "lines_verbs.list"
#undef L

static const struct cmd *const verbs[] = {
#define L(name) &lines_verb_##name,
#include "lines_verbs.list"
#undef L
	NULL,
};

static void list(FILE *to)
{
	for (size_t i = 0; verbs[i]; i++)
		fprintf(to, "  linecheck lines %-10s %s\n", verbs[i]->name, verbs[i]->line);
}

static int run(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	if (!*word) {
		list(stderr);
		return EXIT_USAGE;
	}
	for (size_t i = 0; verbs[i]; i++)
		if (strcmp(verbs[i]->name, word) == 0)
			return verbs[i]->run(argc - 1, argv + 1);
	list(stderr);
	return say_usage("lines", "There is no 'lines %s'.", word);
}

const struct cmd cmd_lines = {
	.name = "lines",
	.usage = "VERB ...",
	.line = "what is known of deal lines: lists, the unit's database, packs",
	.help = "A CSV list (one table) is checked by 'lines check FILE.csv' and used by 'scan "
		"--lines'\n"
		"in training. An intelligence unit keeps a database of lines (one file), in "
		"which nothing\n"
		"counts until a second person has approved it, and gives out signed packs, which "
		"an\n"
		"officer installs with 'lines install'.\n"
		"'linecheck lines --help' lists the verbs, 'linecheck lines VERB --help' explains "
		"one.\n"
		"\n"
		"Ends with 0; 1: it could not be done; 2: the command line is wrong; 3: a policy "
		"does\n"
		"not allow it.\n",
	.run = run,
	.verbs = verbs,
};
