/* cmd_lines_import.c - rows into the database: what would change, then a proposal. */
#include "cmd.h"
#include "linedb_import.h"
#include "lines_verb.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

#define SHOWN 20

struct shown {
	bool all;
	uint64_t n[IMPORT_TELL_MAX];
};

static void tell(void *user, enum import_tell kind, uint32_t row, const char *text)
{
	static const char *const mark[IMPORT_TELL_MAX] = {
		[IMPORT_BAD] = "bad",   [IMPORT_NEW_LINE] = "new line",
		[IMPORT_NEW] = "+",     [IMPORT_CHANGED] = "~",
		[IMPORT_FLAG] = "look", [IMPORT_CANDIDATE] = "candidate",
	};
	struct shown *s = user;
	if (kind == IMPORT_SAME || (s->n[kind]++ >= SHOWN && !s->all))
		return;
	printf("  row %u  %s  ", (unsigned)row, mark[kind]);
	say_name(stdout, text);
	putchar('\n');
}

static void print_result(const struct import_result *r, const struct shown *s)
{
	bool cut = false;
	for (int i = 0; i < IMPORT_TELL_MAX; i++)
		cut = cut || (!s->all && s->n[i] > SHOWN);
	if (cut)
		printf("  ... the first %d of each kind; --all shows every row.\n", SHOWN);
	printf("%llu new identifiers, %llu new lines, %llu changed, %llu as they are, %llu to look "
	       "at, %llu bad rows.\n",
	       (unsigned long long)r->n[IMPORT_NEW], (unsigned long long)r->n[IMPORT_NEW_LINE],
	       (unsigned long long)r->n[IMPORT_CHANGED], (unsigned long long)r->n[IMPORT_SAME],
	       (unsigned long long)r->n[IMPORT_FLAG], (unsigned long long)r->n[IMPORT_BAD]);
	if (r->n[IMPORT_CANDIDATE])
		printf("%llu unknown numbers of cases.\n",
		       (unsigned long long)r->n[IMPORT_CANDIDATE]);
	if (*r->ignored) {
		printf("Columns that were not used: ");
		say_name(stdout, r->ignored);
		printf(".\n");
	}
}

static int import(int argc, char **argv)
{
	struct lines_verb v = { .name = "import",
				.least = 2,
				.most = 2,
				.word_names = "DATABASE FILE.csv",
				.option = { "--apply!", "--skip-bad-rows!", "--all!" } };
	struct import_result r;
	struct shown s = { 0 };
	struct err err = { 0 };
	int code = lines_verb_read(&v, argc, argv, false);
	if (code)
		return code;
	bool apply = lines_verb_option(&v, "--apply");
	if (apply && !v.reason)
		return say_usage("lines", "Say where the rows come from: --reason \"...\".");
	s.all = lines_verb_option(&v, "--all");
	int rc = lines_verb_open(&v, WHO_ANALYST, &err);
	if (rc)
		return lines_verb_end(&v, rc, &err);
	rc = linedb_import(v.d, v.word[1], apply, lines_verb_option(&v, "--skip-bad-rows"),
			   v.reason, tell, &s, &r, &err);
	print_result(&r, &s);
	if (!rc && r.proposal)
		lines_verb_say_proposal(r.proposal);
	else if (!rc)
		printf("Nothing was kept: --apply makes this a proposal.\n");
	code = lines_verb_end(&v, rc, &err);
	return code ? code : !apply && r.n[IMPORT_BAD] ? EXIT_FAILED : EXIT_NOTHING;
}

const struct cmd lines_verb_import = {
	.name = "import",
	.usage = "DATABASE FILE.csv [--apply --reason TEXT] [--skip-bad-rows] [--all] --key FILE",
	.line = "say what a CSV file would change; --apply makes it a proposal",
	.help = "Reads the six columns of 'lines check' and, by their names, of each identifier: "
		"type,\n"
		"precision, role, review_by, original (a 5x5x5 grade), conditions, force, "
		"reference,\n"
		"officer, received; of the line: line_status, area, areas, unit, contact, warning. "
		"Each\n"
		"bad row is named with its reason. '+' is an identifier more, '~' one that would "
		"change\n"
		"(old -> new), 'look' something to check. An empty cell takes nothing away, and "
		"no row\n"
		"takes an identifier out. The file of 'lines candidates' is taken, too: each "
		"number says on\n"
		"how many phones it was seen.\n\n"
		"  --apply            keep what is shown as a proposal; needs --reason\n"
		"  --skip-bad-rows    go on without the rows that are bad\n"
		"  --all              show every row, not only the first of each kind\n" ACT_HELP,
	.run = import,
};

/* A cell as the importer reads it: quoted. */
static void add_cell(struct buf *row, const char *text)
{
	if (row->n && row->data[row->n - 1] != '\n')
		buf_byte(row, ',');
	buf_byte(row, '"');
	for (; *text; text++) {
		if (*text == '"')
			buf_byte(row, '"');
		buf_byte(row, *text);
	}
	buf_byte(row, '"');
}

static void tell_add(void *user, enum import_tell kind, uint32_t row, const char *text)
{
	struct err *err = user;
	(void)row;
	if (kind == IMPORT_BAD)
		err_set(err, E_USER, "%s", text);
	else if (kind != IMPORT_SAME) {
		say_name(stdout, text);
		putchar('\n');
	}
}

static int add(int argc, char **argv)
{
	struct lines_verb v = {
		.name = "add",
		.least = 3,
		.most = 3,
		.word_names = "DATABASE LINE IDENTIFIER",
		.option = { "--from",     "--to",         "--status",      "--grade",
			    "--type",     "--precision",  "--role",        "--review-by",
			    "--original", "--conditions", "--force",       "--reference",
			    "--officer",  "--received",   "--line-status", "--area",
			    "--areas",    "--unit",       "--contact",     "--warning" }
	};
	struct import_result r;
	struct err err = { 0 }, why = { 0 };
	struct buf head = { 0 }, row = { 0 };
	int code = lines_verb_read(&v, argc, argv, true);
	if (code)
		return code;
	add_cell(&head, "line");
	add_cell(&head, "identifier");
	add_cell(&row, v.word[1]);
	add_cell(&row, v.word[2]);
	for (size_t i = 0; v.option[i]; i++) {
		if (!v.value[i])
			continue;
		char column[32];
		snprintf(column, sizeof column, "%s", v.option[i] + 2);
		for (char *c = column; *c; c++)
			*c = *c == '-' ? '_' : *c;
		add_cell(&head, column);
		add_cell(&row, v.value[i]);
	}
	buf_byte(&head, '\n');
	buf_byte(&row, '\n');
	buf_add(&head, buf_span(&row));
	int rc = head.failed ? err_set(&err, E_NOMEM, "Memory ran out.")
			     : lines_verb_open(&v, WHO_ANALYST, &err);
	if (!rc)
		rc = linedb_import_bytes(v.d, buf_span(&head), "the command line", true, false,
					 v.reason, tell_add, &why, &r, &err);
	if (rc && why.code)
		err = why;
	if (!rc)
		lines_verb_say_proposal(r.proposal);
	buf_free(&head);
	buf_free(&row);
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_add = {
	.name = "add",
	.usage = "DATABASE LINE IDENTIFIER [--from DATE --to DATE --status WORD --grade 1AP ...] "
		 "--reason TEXT --key FILE",
	.line = "propose an identifier of a line, known or new",
	.help = "The same as a row of 'lines import'; its columns are options: --type, "
		"--precision,\n"
		"--role, --review-by, --original, --conditions, --force, --reference, --officer,\n"
		"--received, --line-status, --area, --areas, --unit, --contact, "
		"--warning.\n\n" ACT_HELP,
	.run = add,
};
