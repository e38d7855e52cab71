/* cmd_lines_decide.c - making the database; approving, refusing, undoing; its log. */
#include "cmd.h"
#include "linedb_change.h"
#include "linedb_text.h"
#include "lines_verb.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int create(int argc, char **argv)
{
	struct lines_verb v = { .name = "create", .least = 1, .most = 1, .word_names = "DATABASE" };
	struct err err = { 0 };
	int code = lines_verb_read(&v, argc, argv, false);
	if (code)
		return code;
	int rc = lines_verb_unlock(&v, WHO_ANALYST, &err);
	if (!rc)
		rc = linedb_create(v.word[0], v.act.key, &err);
	if (!rc)
		printf("Made. Two people are needed from here on: one proposes, another "
		       "approves.\n");
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_create = {
	.name = "create",
	.usage = "DATABASE --key FILE",
	.line = "make an empty line database",
	.help = "DATABASE is a new file. Keep it where only the unit can read it.\n\n" ACT_HELP,
	.run = create,
};

static int decide(int argc, char **argv, const char *name,
		  int (*fn)(struct lines_verb *v, int64_t proposal, struct err *err))
{
	struct lines_verb v = {
		.name = name, .least = 2, .most = 2, .word_names = "DATABASE PROPOSAL"
	};
	struct err err = { 0 };
	int code = lines_verb_read(&v, argc, argv, true);
	if (code)
		return code;
	if (v.word[1][strspn(v.word[1], "0123456789")] || strlen(v.word[1]) > 15)
		return say_usage("lines", "'%s' is not the number of a proposal.", v.word[1]);
	int rc = lines_verb_open(&v, WHO_DECIDES, &err);
	if (!rc)
		rc = fn(&v, strtoll(v.word[1], NULL, 10), &err);
	return lines_verb_end(&v, rc, &err);
}

static int do_approve(struct lines_verb *v, int64_t proposal, struct err *err)
{
	int rc = linedb_approve(v->d, proposal, v->reason, v->supervisor, err);
	if (!rc)
		printf("Proposal %lld counts now. The next pack carries it.\n",
		       (long long)proposal);
	return rc;
}

static int do_refuse(struct lines_verb *v, int64_t proposal, struct err *err)
{
	int rc = linedb_refuse(v->d, proposal, v->reason, err);
	if (!rc)
		printf("Proposal %lld is refused; it stays in the log.\n", (long long)proposal);
	return rc;
}

static int do_undo(struct lines_verb *v, int64_t proposal, struct err *err)
{
	int64_t own;
	int rc = linedb_undo(v->d, proposal, v->reason, &own, err);
	if (!rc)
		lines_verb_say_proposal(own);
	return rc;
}

static int approve(int argc, char **argv)
{
	return decide(argc, argv, "approve", do_approve);
}

static int refuse(int argc, char **argv)
{
	return decide(argc, argv, "refuse", do_refuse);
}

static int undo(int argc, char **argv)
{
	return decide(argc, argv, "undo", do_undo);
}

const struct cmd lines_verb_approve = {
	.name = "approve",
	.usage = "DATABASE PROPOSAL --reason TEXT --key FILE",
	.line = "approve what another person proposed",
	.help = "An analyst or a supervisor, never the one who proposed it. Where it touches a "
		"number that\n"
		"a child uses (role victim): a supervisor. All of it counts then, or, if "
		"something in it\n"
		"was changed by others since, none.\n\n" ACT_HELP,
	.run = approve,
};
const struct cmd lines_verb_refuse = {
	.name = "refuse",
	.usage = "DATABASE PROPOSAL --reason TEXT --key FILE",
	.line = "refuse a proposal, or take back your own",
	.help = "It stays in the database, marked as refused, and never counts.\n\n" ACT_HELP,
	.run = refuse,
};
const struct cmd lines_verb_undo = {
	.name = "undo",
	.usage = "DATABASE PROPOSAL --reason TEXT --key FILE",
	.line = "propose to put back what an approved proposal changed",
	.help = "Another person approves it, as any other. What was changed again since must be "
		"undone\n"
		"first. Nothing is deleted: both changes stay in the history.\n\n" ACT_HELP,
	.run = undo,
};

/* ---- the log ---- */

static void print_proposals(struct linedb *d)
{
	sqlite3_stmt *st;
	if (linedb_prepare(d,
			   "SELECT p.id,p.kind,p.rows,s.name,p.victim FROM proposal p LEFT JOIN "
			   "signer s ON s.id=p.by WHERE p.state='open' ORDER BY p.id",
			   &st, NULL))
		return;
	while (sqlite3_step(st) == SQLITE_ROW) {
		printf("OPEN  proposal %lld (%s, %lld rows, by ",
		       (long long)sqlite3_column_int64(st, 0),
		       (const char *)sqlite3_column_text(st, 1),
		       (long long)sqlite3_column_int64(st, 2));
		say_name(stdout, (const char *)sqlite3_column_text(st, 3));
		printf(")%s\n", sqlite3_column_int(st, 4)
					? ": touches a child's number, for a supervisor"
					: "");
	}
	sqlite3_finalize(st);
}

static int print_log(struct linedb *d, int64_t most, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		d,
		"SELECT l.seq,json_extract(l.entry,'$.at'),json_extract(l.entry,'$.what'),"
		"json_extract(l.entry,'$.n.proposal'),json_extract(l.entry,'$.n.rows'),s.name,"
		"(SELECT text FROM log_text t WHERE t.seq=l.seq AND field='query'),"
		"(SELECT text FROM log_text t WHERE t.seq=l.seq AND field='why'),"
		"json_extract(l.entry,'$.n.number') FROM log l LEFT JOIN signer s ON "
		"s.id=json_extract(l.entry,'$.by') WHERE "
		"l.seq>(SELECT max(seq) FROM log)-?1 ORDER BY l.seq",
		&st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, most);
	while (sqlite3_step(st) == SQLITE_ROW) {
		char at[25];
		time_format(sqlite3_column_int64(st, 1), at);
		at[19] = 0;
		at[10] = ' ';
		printf("%lld  %s  ", (long long)sqlite3_column_int64(st, 0), at);
		say_name(stdout, (const char *)sqlite3_column_text(st, 5));
		printf("  %s", (const char *)sqlite3_column_text(st, 2));
		if (sqlite3_column_type(st, 3) == SQLITE_INTEGER)
			printf(" (proposal %lld, %lld row%s)",
			       (long long)sqlite3_column_int64(st, 3),
			       (long long)sqlite3_column_int64(st, 4),
			       sqlite3_column_int64(st, 4) == 1 ? "" : "s");
		if (sqlite3_column_type(st, 8) == SQLITE_INTEGER)
			printf(" (pack %lld)", (long long)sqlite3_column_int64(st, 8));
		for (int i = 6; i < 8; i++)
			if (sqlite3_column_type(st, i) == SQLITE_TEXT) {
				fputs(i == 6 ? "  '" : "  - ", stdout);
				say_name(stdout, (const char *)sqlite3_column_text(st, i));
				fputs(i == 6 ? "'" : "", stdout);
			}
		putchar('\n');
	}
	sqlite3_finalize(st);
	return 0;
}

static int show_log(int argc, char **argv)
{
	struct lines_verb v = { .name = "log",
				.least = 1,
				.most = 1,
				.word_names = "DATABASE",
				.option = { "--check!", "--last" } };
	struct err err = { 0 };
	int64_t entries = 0, last = 1000000000;
	int code = lines_verb_read(&v, argc, argv, false);
	if (code)
		return code;
	const char *few = lines_verb_option(&v, "--last");
	if (few && (!*few || few[strspn(few, "0123456789")] || strlen(few) > 9))
		return say_usage("lines", "--last needs a number.");
	if (few)
		last = strtoll(few, NULL, 10);
	int rc = lines_verb_open(&v, WHO_READS, &err);
	if (!rc)
		rc = print_log(v.d, last, &err);
	if (!rc)
		print_proposals(v.d);
	if (!rc && lines_verb_option(&v, "--check")) {
		char head[65];
		int64_t seq;
		rc = linedb_check(v.d, &entries, &err);
		if (!rc)
			rc = chain_head(linedb_handle(v.d), head, &seq, &err);
		if (!rc)
			printf("Sound: %lld entries, and what counts is what they say. Head: %s\n",
			       (long long)entries, head);
	}
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_log = {
	.name = "log",
	.usage = "DATABASE [--last N] [--check] --key FILE",
	.line = "who did and looked up what, when and why; open proposals",
	.help = "--check follows the chain from the first entry, checks each signature, and that "
		"every\n"
		"row that counts is one that a second person approved. For analysts, supervisors "
		"and\n"
		"auditors.\n\n" ACT_HELP,
	.run = show_log,
};
