/* cmd_case.c - the sub-commands of a case, one file each: case_verbs.list. */
#include "cmd.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

#define V(name) extern const struct cmd case_verb_##name;
#include "case_verbs.list"
#undef V

static const struct cmd *const verbs[] = {
#define V(name) &case_verb_##name,
#include "case_verbs.list"
#undef V
	NULL,
};

static void list(FILE *to)
{
	for (size_t i = 0; verbs[i]; i++)
		fprintf(to, "  linecheck case %-10s %s\n", verbs[i]->name, verbs[i]->line);
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
	return say_usage("case", "There is no 'case %s'.", word);
}

const struct cmd cmd_case = {
	.name = "case",
	.usage = "VERB FOLDER ...",
	.line = "make a case, decide what may be read in it, say what it holds",
	.help = "A case is a folder. What the law requires before a child's phone is read is asked "
		"by\n"
		"'case new'; nothing outside the recorded scope is stored, shown or exported.\n"
		"'linecheck case --help' lists the verbs, 'linecheck case VERB --help' explains "
		"one.\n"
		"\n"
		"Ends with 0; 1: it could not be done; 2: the command line is wrong; 3: the law "
		"or a\n"
		"policy does not allow it.\n",
	.run = run,
	.verbs = verbs,
};
