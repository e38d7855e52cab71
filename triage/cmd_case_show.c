/* cmd_case_show.c - what a case holds, what was decided in it, and which exhibits are whole. */
#include "act.h"
#include "authority/verdict.h"
#include "caselog.h"
#include "cmd.h"
#include "decision_words.h"
#include "report/zone.h"
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

static void print_day(const char *before, int64_t at)
{
	char words[80];
	if (!at)
		return; /* a training case keeps no clock */
	zone_words(at, words);
	printf("%s%s", before, words);
}

struct decisions {
	struct case_db *c;
	enum decision_kind kind;
};

/* The name beside a key, as the case keeps it; the key alone if it keeps none. */
static void print_person(struct case_db *c, const char *key)
{
	sqlite3_stmt *st = NULL;
	struct err why = { 0 };
	bool named = false;
	if (case_prepare(c, "SELECT name FROM signer WHERE id=?1", &st, &why) == 0) {
		sqlite3_bind_text(st, 1, key, -1, SQLITE_STATIC);
		named = sqlite3_step(st) == SQLITE_ROW && sqlite3_column_bytes(st, 0) > 0;
	}
	printf(", by ");
	if (named)
		say_name(stdout, (const char *)sqlite3_column_text(st, 0));
	printf(named ? " (key %s)" : "key %s", key);
	sqlite3_finalize(st);
}

static int print_decision(void *user, int64_t id, int64_t at, const char *by, const json_t *choices)
{
	const struct decisions *d = user;
	printf("  %s: decision %lld", decision_words_kind(d->kind), (long long)id);
	print_day(", ", at);
	if (by && *by)
		print_person(d->c, by);
	putchar('\n');
	decision_words(stdout, choices);
	return 0;
}

/* What stands now, oldest kind first. What was superseded is in the log and in case.db. */
static int print_decisions(struct case_db *c, struct err *err)
{
	int rc = 0;
	for (int kind = 0; !rc && kind < DECISION_KIND_MAX; kind++) {
		struct decisions d = { c, (enum decision_kind)kind };
		rc = decision_each(c, d.kind, print_decision, &d, err);
	}
	return rc;
}

static int print_verdict(void *user, const char *finding, const char *rule, bool is_signed,
			 const char *outcome)
{
	struct buf *unsigned_ones = user;
	if (!is_signed)
		buf_addf(unsigned_ones, "%s%s", unsigned_ones->n ? ", " : "", finding);
	if (!is_signed && !outcome)
		return 0;
	printf("  %s, %s: %s%s%s\n", finding, rule, is_signed ? "signed off" : "",
	       is_signed && outcome ? ", " : "",
	       !outcome                         ? ""
	       : strcmp(outcome, "useful") == 0 ? "was useful"
	       : strcmp(outcome, "false") == 0  ? "was a false one"
						: "not known what became of it");
	return 0;
}

static int print_verdicts(struct case_db *c, struct err *err)
{
	struct buf unsigned_ones = { 0 };
	int rc = verdict_each(c, print_verdict, &unsigned_ones, err);
	if (!rc && unsigned_ones.failed)
		rc = err_set(err, E_NOMEM, "Memory ran out while listing the findings.");
	if (!rc && unsigned_ones.n)
		printf("  not signed off as they are now: %s\n", unsigned_ones.data);
	buf_free(&unsigned_ones);
	return rc;
}

static int print_log(struct case_db *c, struct err *err)
{
	char head[65];
	int64_t seq;
	struct err why = { 0 };
	int rc = caselog_head(c, head, &seq, &why);
	if (rc == E_ABSENT)
		return 0;
	if (rc)
		return err_set(err, rc, "%s", why.message);
	printf("  log: entry %lld, head %s\n", (long long)seq, head);
	return 0;
}

static int show(struct act *a, const char *dir)
{
	struct case_db *c = NULL;
	struct err err = { 0 };
	sqlite3_stmt *st = NULL;
	bool unlogged = false;
	int rc = act_look(a, &c, dir, "case-show", PERSON_OFFICER, &unlogged, &err);
	if (!rc)
		rc = case_prepare(
			c,
			"SELECT id,label,state,detail,"
			"(SELECT count(*) FROM evidence_file f WHERE f.exhibit=e.id AND side_of IS "
			"NULL),"
			"(SELECT count(*) FROM record WHERE file IN"
			" (SELECT id FROM evidence_file f WHERE f.exhibit=e.id)),"
			"(SELECT coalesce(sum(times),0) FROM warning w WHERE w.exhibit=e.id AND "
			"loss) "
			"FROM exhibit e ORDER BY id",
			&st, &err);
	if (!rc)
		rc = print_exhibits(c, st, &err);
	if (!rc)
		rc = print_decisions(c, &err);
	if (!rc)
		rc = print_verdicts(c, &err);
	if (!rc)
		rc = print_log(c, &err);
	sqlite3_finalize(st);
	case_close(c);
	act_end(a);
	if (!rc && unlogged)
		say_note("The case cannot be written here: that you looked was not logged.");
	return rc ? say_error(&err) : EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	struct act a = ACT_NEW;
	const char *dir = NULL;
	for (int i = 1; i < argc; i++) {
		if (act_option(&a, argc, argv, &i))
			continue;
		if (argv[i][0] == '-' || dir || !*argv[i])
			return say_usage("case",
					 "Say 'linecheck case show FOLDER', with the folder "
					 "of one case.");
		dir = argv[i];
	}
	if (!dir)
		return say_usage("case", "Say 'linecheck case show FOLDER', with the folder that a "
					 "scan made.");
	return show(&a, dir);
}

const struct cmd case_verb_show = {
	.name = "show",
	.usage = "FOLDER [--key FILE]",
	.line = "say what a case holds, what was decided, and whether it is whole",
	.help = "Lists the exhibits of the case in FOLDER and the decisions that stand. An "
		"exhibit\n"
		"whose reading was interrupted left nothing behind: scan the same source into the "
		"same\n"
		"case again.\n\n" ACT_HELP,
	.run = run,
};
