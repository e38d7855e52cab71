/* cmd_lines.c - the sub-commands of the line database, by lines_verbs.list. */
#include "sub_commands.h"
#include <stddef.h>

#define L(name) extern const struct cmd lines_verb_##name;
#include "lines_verbs.list"
#undef L

static const struct cmd *const verbs[] = {
#define L(name) &lines_verb_##name,
#include "lines_verbs.list"
#undef L
	NULL,
};

static int run(int argc, char **argv)
{
	return sub_commands_run(verbs, argc, argv);
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
