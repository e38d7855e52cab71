/* cmd_rescan.c - what a case holds against a newer list of lines, without the phone. */
#include "authority/authority.h"
#include "authority/stop.h"
#include "cmd.h"
#include "given.h"
#include "report/report.h"
#include "rescan.h"
#include "say.h"
#include "verb.h"
#include "view_file.h"
#include <stdio.h>

#define SHOWN 50

static void say_column(sqlite3_stmt *st, int i)
{
	const char *s = (const char *)sqlite3_column_text(st, i);
	say_name(stdout, s ? s : "");
}

static int print_changes(struct case_db *c, int64_t id, struct err *err)
{
	static const char *const title[][2] = { { "new", "New" },
						{ "gone", "No longer holds" },
						{ "changed", "Changed" } };
	int64_t all = 0;
	for (size_t i = 0; i < sizeof title / sizeof *title; i++) {
		sqlite3_stmt *st;
		int64_t n = 0;
		int rc = case_prepare(c,
				      "SELECT line,identifier,was,now FROM rescan_change WHERE "
				      "rescan=?1 AND kind=?2 ORDER BY n",
				      &st, err);
		if (rc)
			return rc;
		sqlite3_bind_int64(st, 1, id);
		sqlite3_bind_text(st, 2, title[i][0], -1, SQLITE_STATIC);
		while (sqlite3_step(st) == SQLITE_ROW) {
			if (++n > SHOWN)
				continue;
			if (n == 1)
				printf("%s:\n", title[i][1]);
			printf("  ");
			say_column(st, 0);
			printf("  ");
			say_column(st, 1);
			printf("  ");
			if (i != 0)
				say_column(st, 2);
			if (i == 2)
				printf("  ->  ");
			if (i != 1)
				say_column(st, 3);
			putchar('\n');
		}
		sqlite3_finalize(st);
		if (n > SHOWN)
			printf("  ... and %lld more.\n", (long long)(n - SHOWN));
		all += n;
	}
	if (!all)
		printf("Nothing is new, and all that was found still holds.\n");
	return 0;
}

static int print_lists(struct case_db *c, int64_t id, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT was,now FROM rescan WHERE id=?1", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	if (sqlite3_step(st) == SQLITE_ROW) {
		printf("Matched again, list ");
		if (sqlite3_column_bytes(st, 0))
			say_column(st, 0);
		else
			printf("(none)");
		printf(" -> ");
		say_column(st, 1);
		printf(". What was found before is kept in the case.\n");
	}
	sqlite3_finalize(st);
	return 0;
}

static int show(struct case_db *c, int64_t id, int *ret_code, struct err *err)
{
	char view[4200];
	int rc = stop_check(c, err);
	const char *stop = rc ? NULL : stop_standing(c);
	if (!rc && !stop)
		rc = view_file_write(c, view, sizeof view, err);
	if (!rc)
		rc = print_lists(c, id, err);
	if (!rc && !stop)
		rc = print_changes(c, id, err);
	if (!rc)
		rc = report_level(c, stdout, err);
	if (!rc && stop)
		printf("\nSTOP. %s\n", stop);
	if (!rc && !stop) {
		fputs("\nThe page to open: ", stdout);
		say_name(stdout, view);
		putchar('\n');
	}
	return rc ? rc : report_exit_code(c, ret_code, err);
}

static int run(int argc, char **argv)
{
	struct given g = { .what_for = "matched" };
	const struct verb_own own[] = { { "--lines", &g.lines_file, NULL },
					{ "--lines-key", &g.lines_key, NULL },
					{ "--rules", &g.pack[0], NULL },
					{ NULL, NULL, NULL } };
	struct verb v = { .command = "rescan", .own = own };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int64_t id = 0;
	int code = verb_read(&v, argc, argv, false);
	if (!code && (v.words || !v.dir || !*v.dir))
		code = say_usage("rescan", "Give one case folder.");
	if (code)
		return code;
	g.packs = g.pack[0] != NULL;
	int rc = given_load(&g, &err);
	if (!rc)
		rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc && !case_training(c))
		rc = authority_allows_scan(c, &err);
	if (!rc)
		rc = given_allow(&g, &v.act, c, v.reason, &err);
	if (!rc && !g.lines)
		rc = err_set(&err, E_USER,
			     "There is no list to match with: install a pack ('linecheck lines "
			     "install'), or give --lines FILE.csv.");
	struct scan_options options = { .lines = g.lines,
					.lines_name = given_lines_name(&g),
					.rules = g.rules,
					.policy = g.policy,
					.jit = true };
	if (!rc)
		rc = rescan_case(c, &options, &id, &err);
	if (!rc)
		rc = show(c, id, &code, &err);
	int ended = verb_end(&v, c, rc, &err);
	given_free(&g);
	return ended ? ended : code;
}

const struct cmd cmd_rescan = {
	.name = "rescan",
	.usage = "CASE --key FILE [--lines-key FILE]",
	.line = "match what a case holds against a newer list, without the phone",
	.help = "Uses the pack that is installed ('linecheck lines install'); says what is new, "
		"what no\n"
		"longer holds and what changed, and makes the page again. What was found before "
		"is kept\n"
		"in the case as it was. Texts that were never kept cannot be looked through: "
		"scan again.\n"
		"\n"
		"  --lines-key FILE   the key of a pack whose identifiers are keyed\n"
		"  --lines FILE.csv   another list; on a real case with --reason and --second\n"
		"  --rules FILE.yaml  the same further rules as for the scans of this "
		"case\n" ACT_HELP ACT_HELP_SECOND "\n"
		"Ends with 0: no indicators; 10: indicators; 4: no indicators in what was read, "
		"and\n"
		"something in scope was not read; 1: it failed; 2: the command line is wrong; 3: "
		"authority\n"
		"or policy does not allow it.\n",
	.run = run,
};
