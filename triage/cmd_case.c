/* cmd_case.c - what a case holds, and which of its exhibits are whole. */
#include "case.h"
#include "cmd.h"
#include "say.h"
#include <string.h>

static void print_exhibits(struct case_db *c, sqlite3_stmt *st)
{
	printf("%s%s\n", case_dir(c), case_training(c) ? "  (training)" : "");
	int n = 0;
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *state = (const char *)sqlite3_column_text(st, 3);
		if (state && strcmp(state, "whole") == 0)
			printf("  EX%lld  whole: %lld files read or missing, %lld records, %lld "
			       "losses\n",
			       (long long)sqlite3_column_int64(st, 0),
			       (long long)sqlite3_column_int64(st, 5),
			       (long long)sqlite3_column_int64(st, 6),
			       (long long)sqlite3_column_int64(st, 7));
		else
			printf("  EX%lld  not whole: its reading was interrupted or failed, and "
			       "nothing of it is kept. Scan the same source into this case "
			       "again.\n",
			       (long long)sqlite3_column_int64(st, 0));
		n++;
	}
	if (!n)
		printf("  nothing has been read into it\n");
}

static int show(const char *dir)
{
	struct case_db *c;
	struct err err = { 0 };
	sqlite3_stmt *st;
	if (case_open(&c, dir, CASE_READ, false, &err))
		return say_error(&err);
	int rc = case_prepare(
		c,
		"SELECT id,label,kind,state,detail,"
		"(SELECT count(*) FROM evidence_file f WHERE f.exhibit=e.id AND side_of IS NULL),"
		"(SELECT count(*) FROM record WHERE file IN"
		" (SELECT id FROM evidence_file f WHERE f.exhibit=e.id)),"
		"(SELECT coalesce(sum(times),0) FROM warning w WHERE w.exhibit=e.id AND loss) "
		"FROM exhibit e ORDER BY id",
		&st, &err);
	if (rc) {
		case_close(c);
		return say_error(&err);
	}
	print_exhibits(c, st);
	sqlite3_finalize(st);
	case_close(c);
	return EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "show") == 0)
		return show(argv[2]);
	return say_usage("case", "Say 'case show FOLDER'.");
}

const struct cmd cmd_case = {
	.name = "case",
	.usage = "show FOLDER",
	.line = "say what a case holds and whether it is whole",
	.help = "Lists the exhibits of the case in FOLDER. An exhibit whose reading was "
		"interrupted\n"
		"left nothing behind: scan the same source into the same case again.\n",
	.run = run,
};
