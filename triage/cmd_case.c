/* cmd_case.c - the sub-commands of a case, one file each: case_verbs.list. */
#include "sub_commands.h"
#include <stddef.h>

#define V(name) extern const struct cmd case_verb_##name;
#include "case_verbs.list"
#undef V

static const struct cmd *const verbs[] = {
#define V(name) &case_verb_##name,
#include "case_verbs.list"
#undef V
	NULL,
};

static int run(int argc, char **argv)
{
	return sub_commands_run(verbs, argc, argv);
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
