/* cmd_lines_check.c - a CSV list of lines: which rows are bad. */
#include "cmd.h"
#include "lines.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

static void print_bad(void *user, uint32_t row, const char *why)
{
	uint32_t *n = user;
	++*n;
	printf("row %u: ", (unsigned)row);
	say_name(stdout, why);
	putchar('\n');
}

static void print_count(uint32_t n, const char *one, const char *more)
{
	printf("%u %s", (unsigned)n, n == 1 ? one : more);
}

static void print_summary(const struct lines *l)
{
	uint32_t undated = 0, ungraded = 0, suspect = 0;
	for (uint32_t i = 0; i < lines_count(l); i++) {
		const struct assertion *a = lines_at(l, i);
		undated += a->from == TIME_UNSET && a->until == TIME_UNSET;
		ungraded += !a->source;
		suspect += a->assessment == 'E';
	}
	print_count(lines_count(l), "identifier", "identifiers");
	printf(" of ");
	print_count(lines_distinct(l), "line", "lines");
	printf(".\n");
	if (undated)
		printf("%u without dates: a contact counts half, whenever it was.\n",
		       (unsigned)undated);
	if (ungraded)
		printf("%u without a grade: they count little.\n", (unsigned)ungraded);
	if (suspect)
		printf("%u graded E (suspected false): listed when met, never counted.\n",
		       (unsigned)suspect);
	if (*lines_ignored(l)) {
		printf("Columns that were not used: ");
		say_name(stdout, lines_ignored(l));
		printf(".\n");
	}
	printf("SHA-256 of the file: %s\n", lines_sha256(l));
}

static int check(const char *path)
{
	struct lines *l;
	struct err err = { 0 };
	uint32_t bad = 0;
	int rc = lines_load_csv(&l, path, true, print_bad, &bad, &err);
	if (rc)
		return say_error(&err);
	if (!bad && !lines_count(l)) {
		lines_free(l);
		err_set(&err, E_USER,
			"'%s' holds no deal line below its first row: nothing could be matched "
			"with "
			"it. Add at least one row.",
			path);
		return say_error(&err);
	}
	if (bad) {
		print_count(bad, "row is bad", "rows are bad");
		printf(": correct them, or scan with --skip-bad-lines to leave them out.\n"
		       "Without them: ");
	}
	print_summary(l);
	lines_free(l);
	return bad ? EXIT_FAILED : EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	if (argc == 2 && *argv[1])
		return check(argv[1]);
	return say_usage("lines",
			 "Say 'linecheck lines check FILE.csv', with the list of deal lines.");
}

const struct cmd lines_verb_check = {
	.name = "check",
	.usage = "FILE.csv",
	.line = "check a list of deal lines and say which rows are bad",
	.help = "FILE is a CSV file in UTF-8 whose first line names its columns:\n"
		"\n"
		"  line,identifier,from,to,status,grade\n"
		"  Deano,07700 900123,2024-01-15,2024-03-31,active,1AP\n"
		"\n"
		"line and identifier are needed. Dates are YYYY-MM-DD; an empty one is open. "
		"status is\n"
		"suspected, active, seized, police-operated, ddtro, dormant, closed, taken-over "
		"or\n"
		"unknown. grade is how intelligence is graded (3x5x2): source 1 (reliable) to 3, "
		"what\n"
		"it says A (known directly) to E (suspected false), handling P or C or nothing.\n"
		"\n"
		"Ends with 0: every row is good; 1: a row is bad, or the file cannot be read; 2: "
		"the\n"
		"command line is wrong.\n",
	.run = run,
};
