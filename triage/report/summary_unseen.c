/* summary_unseen.c - the part of the summary that says what was not seen. */
#include "facts.h"
#include "shown.h"
#include "terminal.h"
#include "words.h"
#include <inttypes.h>
#include <string.h>

enum {
	NAMES = 12,  /* apps, files, losses */
	STATES = 8,  /* kinds of files that were not read */
	PHRASE = 700 /* bytes of a reason */
};

struct unseen {
	FILE *to;
	struct case_db *c;
	int64_t read, things; /* files that were read; what is named below */
	const char *next[STATES];
	size_t nexts;
	char reason[PHRASE]; /* of the file before: the same one is said once */
};

void terminal_word(FILE *to, const char *plain, span stored)
{
	if (plain)
		fputs(plain, to);
	else
		shown_name(to, stored, 96);
}

void terminal_number(FILE *to, int64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%" PRId64, n);
	for (int i = 0; i < len; i++) {
		putc(digits[i], to);
		int left = len - 1 - i;
		if (left > 0 && left % 3 == 0 && digits[i] != '-')
			putc(',', to);
	}
}

/* Each piece of advice once. */
static void advise(struct unseen *u, const char *next)
{
	for (size_t i = 0; i < u->nexts; i++)
		if (u->next[i] == next)
			return;
	if (next && u->nexts < STATES)
		u->next[u->nexts++] = next;
}

static void put_more(struct unseen *u, int64_t n, const char *of)
{
	u->things += n;
	if (n <= NAMES)
		return;
	fputs("  and ", u->to);
	terminal_number(u->to, n - NAMES);
	fprintf(u->to, " more %s: the page names them\n", of);
}

static int put_apps(struct unseen *u, struct err *err)
{
	FILE *to = u->to;
	struct rows rows;
	struct fact_app a;
	int64_t n = 0;
	int rc = facts_unread_apps(&rows, u->c, err);
	while (!rc && (rc = facts_app(&rows, &a, err)) > 0) {
		rc = 0;
		if (++n > NAMES)
			continue;
		fputs(n == 1 ? "  Apps on the phone that were not read: " : ", ", to);
		shown_name(to, a.name, 40);
	}
	rows_close(&rows);
	if (n > NAMES) {
		fputs(" and ", to);
		terminal_number(to, n - NAMES);
		fputs(" more", to);
	}
	fputs(n ? "\n" : "", to);
	u->things += n;
	if (n)
		advise(u, word_state_next(SPAN("present-not-read")));
	return rc;
}

static bool is_new_reason(struct unseen *u, span reason)
{
	size_t n = reason.n < sizeof u->reason ? reason.n : sizeof u->reason - 1;
	bool same = strlen(u->reason) == n && memcmp(u->reason, reason.p, n) == 0;
	memcpy(u->reason, reason.p, n);
	u->reason[n] = 0;
	return !same;
}

static int put_files(struct unseen *u, struct err *err)
{
	FILE *to = u->to;
	struct rows rows;
	struct fact_file f;
	int64_t n = 0;
	int rc = facts_files(&rows, u->c, err);
	while (!rc && (rc = facts_file(&rows, &f, err)) > 0) {
		rc = 0;
		bool read = span_eq(f.state, SPAN("read")) || span_eq(f.state, SPAN("typed"));
		u->read += read && f.parser.n;
		if (read || !f.state.n || span_eq(f.state, SPAN("out-of-scope")))
			continue;
		advise(u, word_state_next(f.state));
		if (++n > NAMES)
			continue;
		fputs("  ", to);
		terminal_word(to, word_state(f.state), f.state);
		fputs(": ", to);
		shown_name(to, f.path, 200);
		putc('\n', to);
		if (f.detail.n && !span_eq(f.state, SPAN("present-not-read")) &&
		    is_new_reason(u, f.detail)) {
			fputs("      ", to);
			shown_name(to, f.detail, PHRASE);
			putc('\n', to);
		}
	}
	rows_close(&rows);
	put_more(u, n, "files that were not read");
	return rc;
}

static int put_losses(struct unseen *u, struct err *err)
{
	FILE *to = u->to;
	struct rows rows;
	struct fact_warning w;
	int64_t n = 0;
	int rc = facts_warning_groups(&rows, u->c, err);
	while (!rc && (rc = facts_warning(&rows, &w, err)) > 0) {
		rc = 0;
		if (!w.loss || ++n > NAMES)
			continue;
		fputs("  Lost, ", to);
		terminal_number(to, w.times);
		fputs(w.times == 1 ? " time: " : " times: ", to);
		terminal_word(to, word_loss(w.kind), w.kind);
		if (w.file.p) {
			fputs(", in: ", to);
			shown_name(to, w.file, 200);
		}
		fputs("\n      ", to);
		shown_name(to, w.detail, PHRASE);
		putc('\n', to);
	}
	rows_close(&rows);
	put_more(u, n, "kinds of loss");
	if (n)
		advise(u,
		       "A loss: read the reason beside it. A fresh copy of the phone, or another "
		       "tool, may show what is missing.");
	return rc;
}

static int put_not_compared(struct unseen *u, struct err *err)
{
	char words[200];
	int rc = facts_not_compared(u->c, words, sizeof words, err);
	if (rc || !*words)
		return rc;
	fprintf(u->to, "  %s\n", words);
	advise(u, "Not compared: get the unit's list, or have the rows corrected ('linecheck lines "
		  "check' names them), and look again with it.");
	return 0;
}

static int count_records(struct case_db *c, int64_t *ret, struct err *err)
{
	struct fact_counts counts;
	int rc = facts_counts(c, &counts, err);
	if (rc)
		return rc;
	*ret = 0;
	for (int kind = 0; kind < REC_KIND_MAX; kind++)
		*ret += counts.total[kind];
	fact_counts_free(&counts);
	return 0;
}

/* A source in which there was nothing to read, and what was given instead. */
static int put_nothing_read(struct unseen *u, struct err *err)
{
	FILE *to = u->to;
	struct rows rows;
	struct fact_exhibit e;
	int64_t seen = 0;
	int rc = facts_exhibits(&rows, u->c, err);
	while (!rc && (rc = facts_exhibit(&rows, &e, err)) > 0) {
		rc = 0;
		seen += e.files_seen;
	}
	rows_close(&rows);
	fputs("  Nothing was read: ", to);
	if (!seen)
		fputs("no file was found.\n", to);
	else if (seen == 1)
		fputs("one file was found, and its messages, calls or contacts could not be "
		      "read.\n",
		      to);
	else {
		terminal_number(to, seen);
		fputs(" files were found, and no messages, calls or contacts could be read from "
		      "them.\n",
		      to);
	}
	advise(u, "Is it the right folder or file? Give the backup folder itself (the one with "
		  "Manifest.db in it), the folder that holds the phone's files, an archive of "
		  "these, or one database.");
	return rc;
}

/* Of a phone of which one file was given, all the rest was not seen. */
static int put_single_files(struct unseen *u, struct err *err)
{
	struct rows rows;
	struct fact_exhibit e;
	int rc = facts_exhibits(&rows, u->c, err);
	while (!rc && (rc = facts_exhibit(&rows, &e, err)) > 0) {
		rc = 0;
		if (!span_eq(e.kind, SPAN("file")))
			continue;
		fprintf(u->to,
			"  EX%" PRId64 " is one file: nothing else of its phone was given.\n",
			e.id);
		u->things++;
	}
	rows_close(&rows);
	return rc;
}

static int put_outside(struct unseen *u, struct err *err)
{
	struct rows rows;
	struct fact_outside o;
	int64_t n = 0, stage = 3;
	int rc = facts_stage(u->c, &stage, err);
	if (!rc && stage == 1)
		fputs("  The text of messages: at stage 1 only numbers and times are looked at.\n",
		      u->to);
	if (!rc && stage == 2)
		fputs("  The text of messages, but for threads with a number on the list and those "
		      "chosen (stage 2).\n",
		      u->to);
	if (!rc)
		rc = facts_outside(&rows, u->c, err);
	while (!rc && (rc = facts_outside_row(&rows, &o, err)) > 0) {
		rc = 0;
		if (++n > NAMES)
			continue;
		fputs("  Left out by the scope: ", u->to);
		terminal_number(u->to, o.rows);
		fputs(" ", u->to);
		shown_name(u->to, o.kind, 20);
		fprintf(u->to, " record%s %s\n", o.rows == 1 ? "" : "s", word_outside(o.reason));
	}
	rows_close(&rows);
	put_more(u, n, "kinds of record that were left out");
	return rc;
}

int summary_unseen(FILE *to, struct case_db *c, struct err *err)
{
	struct unseen u = { .to = to, .c = c };
	int64_t records = 0;
	int rc = put_not_compared(&u, err);
	if (!rc)
		rc = put_single_files(&u, err);
	if (!rc)
		rc = put_outside(&u, err);
	if (!rc)
		rc = put_apps(&u, err);
	if (!rc)
		rc = put_files(&u, err);
	if (!rc)
		rc = put_losses(&u, err);
	if (!rc && !u.read)
		rc = count_records(c, &records, err);
	if (!rc && !u.read && !records)
		rc = put_nothing_read(&u, err);
	if (rc)
		return rc;
	if (!u.things && u.read)
		fputs("  Every file in scope was read.\n", to);
	fputs("  Pictures, videos, sound: never opened.\n", to);
	for (size_t i = 0; i < u.nexts; i++)
		fprintf(to, "%s  - %s\n", i ? "" : "\nWhat to do about it\n", u.next[i]);
	return 0;
}
