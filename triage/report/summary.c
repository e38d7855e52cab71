/* summary.c - the end of a scan on a terminal: for a person with twenty minutes. */
#include "base/identifier.h"
#include "facts_record.h"
#include "facts_trace.h"
#include "report.h"
#include "shown.h"
#include "terminal.h"
#include "words.h"
#include "zone.h"
#include <inttypes.h>
#include <stdlib.h>

enum {
	REASONS = 5,  /* findings */
	NAMES = 12,   /* exhibits */
	FACTS = 2,    /* of each */
	PHRASE = 700, /* bytes of a reason */
	QUOTE = 120,  /* bytes of a message */
	WIDTH = 96    /* columns of running text */
};

struct summary {
	FILE *to;
	struct case_db *c;
	struct list_reader *lists;
	bool colour;
};

static void bold(const struct summary *s, const char *text)
{
	fputs(s->colour ? "\033[1m" : "", s->to);
	fputs(text, s->to);
	fputs(s->colour ? "\033[0m" : "", s->to);
}

static void heading(const struct summary *s, const char *text)
{
	putc('\n', s->to);
	bold(s, text);
	putc('\n', s->to);
}

/* Running text from column `at` on, broken between words, further lines indented. */
static int put_wrapped(FILE *to, span s, int at, int indent, struct err *err)
{
	char *line = NULL;
	size_t n = 0;
	FILE *whole = open_memstream(&line, &n);
	if (whole)
		shown_print(whole, s, PHRASE);
	if (!whole || fclose(whole) != 0) {
		free(line);
		return err_set(err, E_NOMEM, "Memory ran out while writing the summary.");
	}
	for (size_t pos = 0; pos < n;) {
		size_t stop = pos;
		int columns = 0;
		for (; stop < n && (line[stop] != ' ' || stop == pos); stop++)
			columns += ((unsigned char)line[stop] & 0xc0) != 0x80;
		if (at + columns > WIDTH && at > indent && line[pos] == ' ') {
			fprintf(to, "\n%*s", indent, "");
			at = indent;
			pos++;
			continue;
		}
		fwrite(line + pos, 1, stop - pos, to);
		at += columns;
		pos = stop;
	}
	putc('\n', to);
	free(line);
	return 0;
}

static void put_party(FILE *to, const struct fact_party *p)
{
	if (p->raw.n)
		shown_name(to, p->raw, 60);
	else
		fputs(span_eq(p->role, SPAN("owner")) ? "this phone" : "a person who is not known",
		      to);
}

/* The other side: who an outgoing record went to, whom any other came from. */
static int put_other(const struct summary *s, const struct fact_record *r, struct err *err)
{
	struct fact_party p = r->from;
	int rc = 0;
	fputs(r->direction == DIR_OUT ? ", to " : ", from ", s->to);
	if (r->direction == DIR_OUT) {
		p = (struct fact_party){ 0 };
		if (r->to >= 0) {
			list_to(s->lists, r->to);
			rc = list_to_next(s->lists, &p, err);
		}
	}
	put_party(s->to, &p);
	if (rc > 0 && list_to_next(s->lists, &p, err) > 0)
		fputs(" and others", s->to);
	return rc < 0 ? rc : 0;
}

/* What comes from evidence stands last on its line, so that it cannot pass for what we say. */
static int put_fact(const struct summary *s, const struct fact_of_finding *f, struct err *err)
{
	int rc = 0;
	FILE *to = s->to;
	const struct fact_record *r = &f->record;
	char text[80];
	fact_number(r, text);
	fprintf(to, "      %s, %s%s", text, fact_typed(r) ? "typed by hand, " : "",
		record_kind_word(r->kind));
	if (r->kind != REC_CONTACT && r->kind != REC_ACCOUNT) {
		fprintf(to, " %s, ", word_direction(r->kind, r->direction));
		if (r->time == TIME_UNSET)
			fputs("time not set", to);
		else {
			zone_words(r->time, text);
			fputs(text, to);
		}
		rc = put_other(s, r, err);
	}
	putc('\n', to);
	span what = r->text.p ? r->text : r->name;
	if (!what.n)
		return rc;
	bool hit = r->text.p && f->start >= 0 && f->stop > f->start;
	span part =
		shown_window(what, hit ? (size_t)f->start : 0, hit ? (size_t)f->stop : 0, QUOTE);
	fputs(part.p > what.p ? "      | ..." : "      | ", to);
	shown_print(to, part, part.n);
	fputs(part.p + part.n < what.p + what.n ? "...\n" : "\n", to);
	return rc;
}

static int put_facts(const struct summary *s, span finding, struct err *err)
{
	struct rows rows;
	struct fact_of_finding f;
	int rc = facts_of_finding(&rows, s->c, finding, FACTS, err);
	while (!rc && (rc = facts_fact(&rows, &f, err)) > 0) {
		rc = put_fact(s, &f, err);
	}
	rows_close(&rows);
	return rc;
}

static int put_reasons(const struct summary *s, struct err *err)
{
	FILE *to = s->to;
	struct rows rows;
	struct fact_finding f;
	int64_t n = 0;
	int rc = facts_findings(&rows, s->c, err);
	while (!rc && (rc = facts_finding(&rows, &f, err)) > 0) {
		rc = 0;
		if (++n > REASONS)
			continue;
		if (n == 1)
			heading(s, "Why");
		fputs("  ", to);
		shown_print(to, f.id, 12);
		fputs("  ", to);
		terminal_word(to, word_category(f.category), f.category);
		fputs(", ", to);
		terminal_number(to, f.points);
		fprintf(to, " point%s\n      ", f.points == 1 ? "" : "s");
		rc = put_wrapped(to, f.meaning, 6, 6, err);
		fputs("      ", to);
		if (!rc)
			rc = put_wrapped(to, f.reason, 6, 6, err);
		if (!rc)
			rc = put_facts(s, f.id, err);
	}
	rows_close(&rows);
	if (n > REASONS) {
		fputs("  and ", to);
		terminal_number(to, n - REASONS);
		fputs(" more on the page\n", to);
	}
	if (n)
		fputs("  (Points: how much a reason weighs. EX1/M000001: a record of exhibit EX1; "
		      "the "
		      "page says where it stands.)\n",
		      to);
	return rc;
}

static int put_counts(const struct summary *s, struct err *err)
{
	struct fact_counts counts;
	bool some = false;
	int rc = facts_counts(s->c, &counts, err);
	if (rc)
		return rc;
	fputs("  In all: ", s->to);
	for (int kind = 0; kind < REC_KIND_MAX; kind++) {
		int64_t n = counts.total[kind];
		if (!n)
			continue;
		fputs(some ? ", " : "", s->to);
		terminal_number(s->to, n);
		fprintf(s->to, " %s", word_kind((enum record_kind)kind, n));
		some = true;
	}
	fputs(some ? "\n" : "no records\n", s->to);
	fact_counts_free(&counts);
	int64_t listed = 0;
	rc = facts_traces_listed(s->c, &listed, err);
	if (!rc && listed) {
		fputs("  Traces with a number on the line list, not weighed, on the page: ", s->to);
		terminal_number(s->to, listed);
		putc('\n', s->to);
	}
	return rc;
}

static int put_exhibits(const struct summary *s, struct err *err)
{
	FILE *to = s->to;
	struct rows rows;
	struct fact_exhibit e;
	int64_t n = 0;
	int rc = facts_exhibits(&rows, s->c, err);
	while (!rc && (rc = facts_exhibit(&rows, &e, err)) > 0) {
		rc = 0;
		if (++n > NAMES)
			continue;
		fprintf(to, "  EX%" PRId64 " ", e.id);
		terminal_word(to, word_exhibit_kind(e.kind), e.kind);
		fputs(", ", to);
		terminal_word(to, word_exhibit_state(e.state, e.files_seen, e.losses > 0), e.state);
		fputs(": ", to);
		shown_name(to, e.label, 80);
		putc('\n', to);
		if (e.detail.n) {
			fputs("      ", to);
			shown_name(to, e.detail, PHRASE);
			putc('\n', to);
		}
	}
	rows_close(&rows);
	return rc;
}

static int put_summary(const struct summary *s, struct err *err)
{
	struct fact_outcome o;
	int rc = facts_outcome(s->c, &o, err);
	if (rc)
		return rc;
	if (case_training(s->c)) {
		bold(s, word_training);
		fputs("\n\n", s->to);
	}
	char left[480];
	rc = facts_left_set(s->c, left, sizeof left, err);
	if (rc)
		return rc;
	if (*left) {
		bold(s, left);
		fputs("\n\n", s->to);
	}
	bold(s, word_level(o.level));
	fprintf(s->to, "\n%s\n", word_level_next(o.level));
	rc = put_reasons(s, err);
	if (rc)
		return rc;
	heading(s, "Looked at");
	rc = put_exhibits(s, err);
	if (!rc)
		rc = put_counts(s, err);
	if (!rc)
		heading(s, "Not seen");
	if (!rc)
		rc = summary_unseen(s->to, s->c, err);
	fprintf(s->to, "\n%s\n%s\n", word_absence, word_person);
	if (!rc && ferror(s->to))
		rc = err_set(err, E_IO, "The summary could not be written.");
	return rc;
}

int report_level(struct case_db *c, FILE *to, struct err *err)
{
	struct fact_outcome o;
	int rc = facts_outcome(c, &o, err);
	if (!rc)
		fprintf(to, "%s\n%s\n", word_level(o.level), word_level_next(o.level));
	return rc;
}

int report_summary(struct case_db *c, FILE *to, bool colour, struct err *err)
{
	struct summary s = { .to = to, .c = c, .colour = colour };
	bool began = false;
	int rc = facts_begin(c, &began, err);
	if (!rc)
		rc = list_reader_new(&s.lists, c, err);
	if (!rc)
		rc = put_summary(&s, err);
	list_reader_free(s.lists);
	facts_end(c, began);
	return rc;
}
