/* cmd_case.c - what a case holds, and which of its exhibits are whole. */
#include "case.h"
#include "cmd.h"
#include "say.h"
#include <string.h>

static const char *plural(long long n, const char *one, const char *more)
{
	return n == 1 ? one : more;
}

static void print_exhibit(sqlite3_stmt *st)
{
	const char *label = (const char *)sqlite3_column_text(st, 1);
	const char *state = (const char *)sqlite3_column_text(st, 2);
	const char *detail = (const char *)sqlite3_column_text(st, 3);
	long long files = sqlite3_column_int64(st, 4), records = sqlite3_column_int64(st, 5),
		  losses = sqlite3_column_int64(st, 6);
	printf("  EX%lld  ", (long long)sqlite3_column_int64(st, 0));
	if (state && strcmp(state, "whole") == 0)
		printf("whole: %lld %s, %lld %s, %lld %s while reading", files,
		       plural(files, "file", "files"), records,
		       plural(records, "record", "records"), losses,
		       plural(losses, "loss", "losses"));
	else
		printf("not whole: its reading was interrupted or failed, and nothing of it is "
		       "kept. Scan the same source into this case again");
	printf(": ");
	say_name(stdout, label ? label : "");
	putchar('\n');
	if (detail && *detail) {
		printf("       ");
		say_name(stdout, detail);
		putchar('\n');
	}
}

static int print_exhibits(struct case_db *c, sqlite3_stmt *st, struct err *err)
{
	int n = 0, step;
	say_name(stdout, case_dir(c));
	puts(case_training(c) ? "  (training: fictional or test data)" : "");
	for (; (step = sqlite3_step(st)) == SQLITE_ROW; n++)
		print_exhibit(st);
	if (step != SQLITE_DONE)
		return case_error(c, "reading what is in it", err);
	if (!n)
		printf("  nothing has been read into it: linecheck scan SOURCE --case FOLDER\n");
	return 0;
}

static int show(const char *dir)
{
	struct case_db *c;
	struct err err = { 0 };
	sqlite3_stmt *st = NULL;
	if (case_open(&c, dir, CASE_READ, false, &err))
		return say_error(&err);
	int rc = case_prepare(
		c,
		"SELECT id,label,state,detail,"
		"(SELECT count(*) FROM evidence_file f WHERE f.exhibit=e.id AND side_of IS NULL),"
		"(SELECT count(*) FROM record WHERE file IN"
		" (SELECT id FROM evidence_file f WHERE f.exhibit=e.id)),"
		"(SELECT coalesce(sum(times),0) FROM warning w WHERE w.exhibit=e.id AND loss) "
		"FROM exhibit e ORDER BY id",
		&st, &err);
	if (!rc)
		rc = print_exhibits(c, st, &err);
	sqlite3_finalize(st);
	case_close(c);
	return rc ? say_error(&err) : EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "show") == 0 && *argv[2])
		return show(argv[2]);
	return say_usage("case",
			 "Say 'linecheck case show FOLDER', with the folder that a scan made.");
}

const struct cmd cmd_case = {
	.name = "case",
	.usage = "show FOLDER",
	.line = "say what a case holds and whether it is whole",
	.help = "Lists the exhibits of the case in FOLDER. An exhibit whose reading was "
		"interrupted\n"
		"left nothing behind: scan the same source into the same case again.\n"
		"\n"
		"Ends with 0; 1: there is no case there, or it cannot be read; 2: the command "
		"line is\n"
		"wrong.\n",
	.run = run,
};
