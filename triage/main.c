/* main.c - start-up: a private process, then the command that was asked for. */
#include "cmd.h"
#include "say.h"
#include <locale.h>
#include <sqlite3.h>
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
	       "     files, or an export such as an SMS backup. Or connect the phone:\n"
	       "       linecheck devices\n"
	       "  2. Have the list of deal lines as a CSV file, and check it:\n"
	       "       linecheck lines check FILE.csv\n"
	       "  3. Scan the copy. Nothing in it is changed:\n"
	       "       linecheck scan THE-COPY --training --lines FILE.csv\n"
	       "  4. Open the page that the last line of the scan names.\n"
	       "\n"
	       "--training says that the data is fictional. A real child's phone is read only in\n"
	       "a case that records what allows it:\n"
	       "       linecheck case new FOLDER\n"
	       "\n"
	       "All commands: linecheck help\n");
}

static void list(FILE *to)
{
	fprintf(to, "linecheck checks a phone for signs of county lines exploitation.\n\n");
	for (const struct cmd *const *c = cmd_all(); *c; c++)
		fprintf(to, "  linecheck %-10s %s\n", (*c)->name, (*c)->line);
	fprintf(to, "\nlinecheck help COMMAND says more about one of them.\n");
}

static const struct cmd *verb_of(const struct cmd *c, const char *word)
{
	for (const struct cmd *const *v = c->verbs; v && *v; v++)
		if (strcmp((*v)->name, word) == 0)
			return *v;
	return NULL;
}

/* word: what stood behind the command's name, perhaps one of its verbs; or NULL. */
static int help(const struct cmd *c, const char *word)
{
	const struct cmd *verb = word ? verb_of(c, word) : NULL;
	if (verb) {
		printf("linecheck %s %s%s%s\n\n%s", c->name, word, *verb->usage ? " " : "",
		       verb->usage, verb->help);
		return EXIT_NOTHING;
	}
	printf("linecheck %s%s%s\n\n%s", c->name, *c->usage ? " " : "", c->usage, c->help);
	for (const struct cmd *const *v = c->verbs; v && *v; v++)
		printf("%s  linecheck %s %-10s %s\n", v == c->verbs ? "\n" : "", c->name,
		       (*v)->name, (*v)->line);
	return EXIT_NOTHING;
}

static int unknown(const char *name)
{
	const struct cmd *like = cmd_like(cmd_all(), name);
	fputs("linecheck: there is no command '", stderr);
	say_name(stderr, name);
	fputs("'.\n", stderr);
	if (like)
		fprintf(stderr, "Did you mean 'linecheck %s'?\n", like->name);
	fputs("To see all commands: linecheck help\n", stderr);
	return EXIT_USAGE;
}

static bool asks_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C");
	be_private();
	/* one thread: no lock is worth its price a million rows long */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	if (argc < 2) {
		guide();
		return EXIT_NOTHING;
	}
	bool asked = strcmp(argv[1], "help") == 0 || asks_help(argv[1]);
	if (asked && (argc < 3 || asks_help(argv[2]))) {
		list(stdout);
		return EXIT_NOTHING;
	}
	const char *name = asked ? argv[2] : argv[1];
	if (asked && strcmp(name, "help") == 0) {
		list(stdout);
		return EXIT_NOTHING;
	}
	const struct cmd *c = cmd_find(strcmp(name, "--version") == 0 ? "version" : name);
	if (!c)
		return unknown(name);
	if (asked && argc > 3 && c->verbs && !verb_of(c, argv[3]) && !asks_help(argv[3]))
		return say_usage(c->name, "There is no '%s %s'.", c->name, argv[3]);
	if (asked)
		return help(c, argc > 3 ? argv[3] : NULL);
	/* Anywhere among its words, so that it can be put behind a command that went wrong. */
	for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (asks_help(argv[i]))
			return help(c, argv[2]);
	return c->run(argc - 1, argv + 1);
}
