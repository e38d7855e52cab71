/* main.c - start-up: a private process, then the command that was asked for. */
#include "cmd.h"
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

static void be_private(void)
{
	umask(077);
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	prctl(PR_SET_DUMPABLE, 0);
}

/* For a person who typed nothing but the name. */
static void guide(void)
{
	printf("linecheck checks what is on a phone against known deal lines (phone numbers that\n"
	       "sell drugs) and the words that go with them, and says what it found, how sure it\n"
	       "is and what it could not see.\n"
	       "\n"
	       "What to do next:\n"
	       "  1. Have a copy of the phone: an iPhone backup folder, a folder or archive of "
	       "its\n"
	       "     files, or an export such as an SMS backup. Phones are not read by cable yet.\n"
	       "  2. Have the list of deal lines as a CSV file; check it: linecheck lines check "
	       "FILE\n"
	       "  3. linecheck scan THE-COPY --training --lines FILE\n"
	       "  4. Open the page that the last line names.\n"
	       "\n"
	       "--training says that the data is fictional. This version cannot yet record the\n"
	       "authority that reading a child's phone needs, and refuses without it.\n"
	       "\n"
	       "All commands: linecheck --help\n");
}

static void list(FILE *to)
{
	fprintf(to, "linecheck checks a phone for signs of county lines exploitation.\n\n");
	for (const struct cmd *const *c = cmd_all(); *c; c++)
		fprintf(to, "  linecheck %-10s %s\n", (*c)->name, (*c)->line);
	fprintf(to, "\nlinecheck COMMAND --help says more about one of them.\n");
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C");
	be_private();
	if (argc < 2) {
		guide();
		return EXIT_NOTHING;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		list(stdout);
		return EXIT_NOTHING;
	}
	const struct cmd *c = cmd_find(strcmp(argv[1], "--version") == 0 ? "version" : argv[1]);
	if (!c) {
		fprintf(stderr, "linecheck: there is no command '%s'.\n\n", argv[1]);
		list(stderr);
		return EXIT_USAGE;
	}
	if (argc > 2 && strcmp(argv[2], "--help") == 0) {
		printf("linecheck %s %s\n\n%s", c->name, c->usage, c->help);
		return EXIT_NOTHING;
	}
	return c->run(argc - 1, argv + 1);
}
