/* cmd_lines_review.c - what an analyst should look at: due, contradictory, suggested, waiting. */
#include "cmd.h"
#include "linedb_amend.h"
#include "linedb_suggest.h"
#include "lines_verb.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 50

/* One heading and its rows: each query gives one column of text. */
static int print_list(struct linedb *d, const char *title, const char *sql, int64_t *total,
		      struct err *err)
{
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc = linedb_prepare(d, sql, &st, err);
	if (rc)
		return rc;
	for (int i = 1; i <= sqlite3_bind_parameter_count(st); i++)
		sqlite3_bind_int64(st, i, linedb_now());
	while (sqlite3_step(st) == SQLITE_ROW) {
		if (!n++)
			printf("%s\n", title);
		if (n > SHOWN)
			continue;
		const char *text = (const char *)sqlite3_column_text(st, 0);
		printf("  ");
		say_name(stdout, text ? text : "");
		putchar('\n');
	}
	sqlite3_finalize(st);
	if (n > SHOWN)
		printf("  ... and %lld more.\n", (long long)(n - SHOWN));
	*total += n;
	return 0;
}

#define OF_LINE                                                                              \
	"FROM assertion a JOIN line l ON l.id=a.line AND l.current WHERE a.current AND NOT " \
	"a.gone "
#define REVIEW_DAY "date(a.review_by/1000,'unixepoch')"

static const struct {
	const char *title, *sql;
} lists[] = {
	{ "Stale: the review was due, and what it says counts for less until somebody looks "
	  "(amend ASSERTION --review-by DATE)",
	  "SELECT a.id||'  '||l.name||': '||a.raw||', due '||" REVIEW_DAY "||CASE WHEN "
	  "a.review_by<?1-7776000000 THEN ', in no pack any more' ELSE '' END " OF_LINE
	  "AND a.review_by<=?1 ORDER BY a.review_by,a.id" },
	{ "Due within 14 days",
	  "SELECT a.id||'  '||l.name||': '||a.raw||', due '||" REVIEW_DAY " " OF_LINE
	  "AND a.review_by>?1 AND a.review_by<=?1+1209600000 ORDER BY a.review_by,a.id" },
	{ "Contradictory",
	  "SELECT a.id||'  '||l.name||': '||a.raw||' goes on, but the line is '||l.status " OF_LINE
	  "AND a.status='active' AND l.status IN ('closed','dormant','taken-over') AND (a.until IS "
	  "NULL OR a.until>?1) UNION ALL SELECT a.id||'  '||l.name||': '||a.raw||' is graded "
	  "'||a.grade||' (suspected to be false) and goes out nowhere, but its status is "
	  "active' " OF_LINE
	  "AND substr(a.grade,2,1)='E' AND a.status='active' UNION ALL SELECT a.id||'  "
	  "'||l.name||': '||a.raw||' has no grade: it counts little' " OF_LINE
	  "AND a.grade='' AND a.role<>'victim'" },
	{ "Unknown numbers that cases sent in, by the number of phones",
	  "SELECT c.key||'  seen on '||count(DISTINCT c.token)||CASE count(DISTINCT c.token) WHEN "
	  "1 THEN ' phone' ELSE ' phones' END||ifnull(', '||date(min(c.first)/1000,'unixepoch')||"
	  "' to '||date(max(c.last)/1000-1,'unixepoch'),'') FROM candidate c WHERE c.current AND "
	  "NOT c.gone AND NOT EXISTS(SELECT 1 FROM assertion a WHERE a.current AND NOT a.gone AND "
	  "a.key=c.key) GROUP BY c.key ORDER BY count(DISTINCT c.token) DESC,c.key" },
	{ "Proposals that wait for another person",
	  "SELECT p.id||'  '||p.kind||', '||p.rows||CASE p.rows WHEN 1 THEN ' row' ELSE ' rows' "
	  "END||', by '||ifnull(s.name,p.by)||', '||date(p.at/1000,'unixepoch') FROM proposal p "
	  "LEFT JOIN signer s ON s.id=p.by WHERE p.state='open' ORDER BY p.id" },
};

struct shown {
	int64_t n;
};

static void print_suggestion(void *user, const char *id, const char *text)
{
	struct shown *s = user;
	if (!s->n++)
		printf("Suggested (linecheck lines suggest DATABASE --accept ID, or --refuse "
		       "ID)\n");
	if (s->n > SHOWN)
		return;
	printf("  %s  ", id);
	say_name(stdout, text);
	putchar('\n');
}

static int print_suggestions(struct linedb *d, int64_t *total, struct err *err)
{
	struct shown s = { 0 };
	int rc = linedb_suggest(d, print_suggestion, &s, err);
	if (s.n > SHOWN)
		printf("  ... and %lld more.\n", (long long)(s.n - SHOWN));
	*total += s.n;
	return rc;
}

static int review(int argc, char **argv)
{
	struct lines_verb v = { .name = "review", .least = 1, .most = 1, .word_names = "DATABASE" };
	struct linedb_entry e = { .what = "review" };
	struct err err = { 0 };
	int64_t total = 0;
	int code = lines_verb_read(&v, argc, argv, false);
	if (code)
		return code;
	int rc = lines_verb_open(&v, WHO_DECIDES, &err);
	if (!rc)
		rc = linedb_note(v.d, &e, &err);
	for (size_t i = 0; !rc && i < sizeof lists / sizeof *lists; i++)
		rc = print_list(v.d, lists[i].title, lists[i].sql, &total, &err);
	if (!rc)
		rc = print_suggestions(v.d, &total, &err);
	if (!rc && !total)
		printf("Nothing is due.\n");
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_review = {
	.name = "review",
	.usage = "DATABASE --key FILE",
	.line = "what is due, stale, contradictory, suggested, or waits for approval",
	.help = "What is not reviewed in time counts for less, and after 90 days more goes out in "
		"no pack.\n\n" ACT_HELP,
	.run = review,
};

/* ---- suggestions ---- */

static int suggest(int argc, char **argv)
{
	struct lines_verb v = { .name = "suggest",
				.least = 1,
				.most = 1,
				.word_names = "DATABASE",
				.option = { "--accept", "--refuse" } };
	struct linedb_entry e = { .what = "suggest" };
	struct err err = { 0 };
	int64_t total = 0, proposal = 0;
	int code = lines_verb_read(&v, argc, argv, false);
	if (code)
		return code;
	const char *yes = lines_verb_option(&v, "--accept"),
		   *no = lines_verb_option(&v, "--refuse");
	if (yes && no)
		return say_usage("lines", "Give --accept or --refuse.");
	if ((yes || no) && (!v.reason || strlen(v.reason) < LINES_REASON))
		return say_usage("lines", "Say why: --reason \"...\".");
	int rc = lines_verb_open(&v, yes || no ? WHO_ANALYST : WHO_DECIDES, &err);
	if (!rc && yes) {
		rc = linedb_suggest_accept(v.d, yes, v.reason, &proposal, &err);
		if (!rc)
			lines_verb_say_proposal(proposal);
	} else if (!rc && no) {
		rc = linedb_suggest_refuse(v.d, no, v.reason, &err);
		if (!rc)
			printf("Refused. It is not suggested again.\n");
	} else if (!rc) {
		rc = linedb_note(v.d, &e, &err);
		if (!rc)
			rc = print_suggestions(v.d, &total, &err);
		if (!rc && !total)
			printf("Nothing is suggested.\n");
	}
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_suggest = {
	.name = "suggest",
	.usage = "DATABASE [--accept ID | --refuse ID] [--reason TEXT] --key FILE",
	.line = "names, numbers and texts that may belong together, with the evidence",
	.help = "Names that differ in spelling, one number on two lines, texts of one line under "
		"another\n"
		"name, a new number soon after an old one ended, dates that have passed. Nothing "
		"changes by\n"
		"itself: accepting makes a proposal, refusing is kept with its "
		"reason.\n\n" ACT_HELP,
	.run = suggest,
};

/* ---- links ---- */

static int find_end(struct lines_verb *v, const char *kind, const char *word, int64_t *ret,
		    struct err *err)
{
	if (strcmp(kind, "swap") != 0)
		return linedb_find_line(v->d, word, ret, err);
	if (!*word || word[strspn(word, "0123456789")] || strlen(word) > 15)
		return err_set(err, E_USER,
			       "'%.60s' is not the number of an assertion: 'lines show' gives it.",
			       word);
	*ret = strtoll(word, NULL, 10);
	return 0;
}

static int link_run(int argc, char **argv)
{
	struct lines_verb v = { .name = "link",
				.least = 3,
				.most = 3,
				.word_names = "DATABASE OLD NEW",
				.option = { "--kind" } };
	struct err err = { 0 };
	int64_t one = 0, other = 0, proposal = 0;
	int code = lines_verb_read(&v, argc, argv, true);
	if (code)
		return code;
	const char *kind = lines_verb_option(&v, "--kind");
	kind = kind ? kind : "swap";
	if (strcmp(kind, "swap") != 0 && strcmp(kind, "takeover") != 0 && strcmp(kind, "same") != 0)
		return say_usage("lines", "--kind is swap, takeover or same.");
	int rc = lines_verb_open(&v, WHO_ANALYST, &err);
	if (!rc)
		rc = find_end(&v, kind, v.word[1], &one, &err);
	if (!rc)
		rc = find_end(&v, kind, v.word[2], &other, &err);
	if (!rc)
		rc = linedb_link_propose(v.d, kind, one, other, "by hand", v.reason, &proposal,
					 &err);
	if (!rc)
		lines_verb_say_proposal(proposal);
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_link = {
	.name = "link",
	.usage = "DATABASE OLD NEW [--kind swap|takeover|same] --reason TEXT --key FILE",
	.line = "propose that one followed the other",
	.help = "swap: OLD and NEW are numbers of assertions ('lines show'), of a number and of "
		"the one\n"
		"that came after it; an open last day of the old one becomes the day before the "
		"new one\n"
		"began. takeover, same: OLD and NEW are lines.\n\n" ACT_HELP,
	.run = link_run,
};
