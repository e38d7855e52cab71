/* scan_match.c - see scan_match.h */
#include "scan_match.h"
#include "accounts.h"
#include "linepack.h"
#include "match_ahead.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define MENTIONS_IN_TEXT 1000 /* numbers stored of one text; the rest is a named limit */

struct scan_match {
	struct case_db *c;
	const struct scan_options *options;
	int stage;
	struct match_ahead *ahead; /* from the first text on */
	struct record_store *records;
	struct hidden *hidden;
	struct warning_store *warnings;
	sqlite3_stmt *add_match, *add_line, *add_source;
	int64_t lines_pack;
	int64_t *line_row; /* per assertion: its row in table line, 0 = not met yet */
	int64_t line_rows;
	int64_t file;
	struct err *err; /* the caller's, while it waits */
};

/* A hidden name can itself be on the list, whatever its number. */
uint32_t scan_match_listed(void *lines, const struct identifier *id, span raw)
{
	if (!lines)
		return LINES_NONE;
	uint32_t found = lines_find(lines, id, raw);
	if (found == LINES_NONE && id->kind == ID_JID_LID && id->e164) {
		struct identifier bare = identifier_of(raw);
		found = lines_find(lines, &bare, raw);
	}
	return found;
}

static_assert(NOT_LISTED == LINES_NONE, "record_store keeps what lines_find gives");

static void bind_time(sqlite3_stmt *st, int i, int64_t t)
{
	if (t == TIME_UNSET)
		sqlite3_bind_null(st, i);
	else
		sqlite3_bind_int64(st, i, t);
}

/* What was met: a pack may hold no more of it than a keyed hash. */
struct met {
	uint64_t e164;
	span raw;
};

static int add_source(struct scan_match *s, int64_t row, const struct assertion *a)
{
	const struct linepack_about *p = lines_about(s->options->lines);
	sqlite3_stmt *st = s->add_source;
	if (!p)
		return 0;
	int64_t age = (case_now(s->c) - p->issued) / INT64_C(86400000);
	sqlite3_bind_int64(st, 1, row);
	sqlite3_bind_int64(st, 2, a->number);
	sqlite3_bind_text(st, 3, a->uuid, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, a->unit, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 5, a->contact, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 6, a->conditions, -1, SQLITE_STATIC);
	sqlite3_bind_int(st, 7, a->lapsed);
	sqlite3_bind_int64(st, 8, (sqlite3_int64)p->number);
	sqlite3_bind_int64(st, 9, p->issued);
	sqlite3_bind_int64(st, 10, age > 0 ? age : 0);
	return case_step(s->c, st, s->err);
}

/* The row of an assertion in table line, made when it is met for the first time. */
static int line_row(struct scan_match *s, uint32_t i, struct met met, int64_t *ret)
{
	if (s->line_row[i]) {
		*ret = s->line_row[i];
		return 0;
	}
	const struct assertion *a = lines_at(s->options->lines, i);
	char grade[4] = { a->source, a->assessment, a->handling, 0 };
	sqlite3_stmt *st = s->add_line;
	sqlite3_bind_int64(st, 1, ++s->line_rows);
	sqlite3_bind_int64(st, 2, s->lines_pack);
	sqlite3_bind_int64(st, 3, a->row);
	sqlite3_bind_text(st, 4, a->line, -1, SQLITE_STATIC);
	uint64_t e164 = a->id.e164 || *a->raw ? a->id.e164 : met.e164;
	char number[17];
	identifier_format(met.e164, number);
	if (*a->raw)
		sqlite3_bind_text(st, 5, a->raw, -1, SQLITE_STATIC);
	else if (met.e164)
		sqlite3_bind_text(st, 5, number, -1, SQLITE_STATIC);
	else
		sqlite3_bind_text(st, 5, met.raw.p ? met.raw.p : "", (int)met.raw.n, SQLITE_STATIC);
	if (e164)
		sqlite3_bind_int64(st, 6, (sqlite3_int64)e164);
	else
		sqlite3_bind_null(st, 6);
	bind_time(st, 7, a->from);
	bind_time(st, 8, a->until);
	sqlite3_bind_text(st, 9, line_status_word(a->status), -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 10, grade, -1, SQLITE_STATIC);
	*ret = s->line_row[i] = s->line_rows;
	int rc = case_step(s->c, st, s->err);
	return rc ? rc : add_source(s, *ret, a);
}

struct place {
	const char *via;
	size_t start, stop; /* stop 0: not in the text */
};

static int write_row(void *user, const struct match_row *row)
{
	struct scan_match *s = user;
	sqlite3_stmt *st = s->add_match;
	sqlite3_bind_int64(st, 1, row->record);
	if (row->line)
		sqlite3_bind_int64(st, 2, row->line);
	else
		sqlite3_bind_null(st, 2);
	sqlite3_bind_text(st, 3, row->rule, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, row->via, -1, SQLITE_STATIC);
	if (row->stop) {
		sqlite3_bind_int64(st, 5, (sqlite3_int64)row->start);
		sqlite3_bind_int64(st, 6, (sqlite3_int64)row->stop);
	} else {
		sqlite3_bind_null(st, 5);
		sqlite3_bind_null(st, 6);
	}
	return case_step(s->c, st, s->err);
}

static int write_limit(void *user, int64_t file, int64_t record, const struct rule *rule,
		       const char *what)
{
	struct scan_match *s = user;
	char detail[300];
	snprintf(detail, sizeof detail, "%s%s%s", rule ? rule->id : "", rule ? ": " : "", what);
	return warning_store_add(s->warnings, file, warning_word(WARN_LIMIT), true, "record",
				 record, detail, s->err);
}

static int add_match(struct scan_match *s, int64_t record, int64_t line, struct place at)
{
	const struct match_row row = {
		.record = record, .line = line, .via = at.via, .start = at.start, .stop = at.stop
	};
	return s->ahead ? match_ahead_row(s->ahead, &row, s->err) : write_row(s, &row);
}

/* A match for each assertion about one identifier. */
static int match_line(struct scan_match *s, int64_t record, uint32_t first, struct met met,
		      struct place at)
{
	for (uint32_t i = first; i != LINES_NONE; i = lines_next(s->options->lines, i)) {
		int64_t line;
		int rc = line_row(s, i, met, &line);
		if (!rc)
			rc = add_match(s, record, line, at);
		if (rc)
			return rc;
	}
	return 0;
}

static int match_raw(struct scan_match *s, int64_t record, span raw, enum id_kind device,
		     const char *via)
{
	struct identifier id = record_identifier(s->hidden, raw, device);
	return match_line(s, record, scan_match_listed((void *)s->options->lines, &id, raw),
			  (struct met){ id.e164, raw }, (struct place){ .via = via });
}

static int match_parties(struct scan_match *s, const struct record *r, const struct stored *stored)
{
	struct met from = { 0, r->from.raw };
	if (stored->from_listed != LINES_NONE)
		from.e164 = record_identifier(s->hidden, r->from.raw, ID_ABSENT).e164;
	int rc = match_line(s, stored->record, stored->from_listed, from,
			    (struct place){ .via = "from" });
	/* In a group the phone's owner did not pick each member. */
	const char *via = r->state & STATE_GROUP   ? "member"
			  : r->direction == DIR_IN ? "member"
						   : "to";
	for (size_t i = 0; !rc && stored->to_listed && i < r->to_n; i++)
		if (r->to[i].role != ROLE_OWNER)
			rc = match_raw(s, stored->record, r->to[i].raw, ID_ABSENT, via);
	for (size_t i = 0; !rc && stored->ids_listed && i < r->ids_n; i++)
		rc = r->kind == REC_ACCOUNT
			     ? match_raw(s, stored->record, r->ids[i].raw,
					 account_device(r->ids[i].label), "account")
			     : match_raw(s, stored->record, r->ids[i].raw, ID_ABSENT, "contact");
	if (!rc && r->kind == REC_CONTACT && r->name.p && s->options->lines) {
		uint32_t named = lines_find_name(s->options->lines, r->name);
		int64_t line;
		if (named != LINES_NONE &&
		    !(rc = line_row(s, named, (struct met){ 0, SPAN("") }, &line)))
			rc = add_match(s, stored->record, line, (struct place){ .via = "name" });
	}
	return rc;
}

static int ahead(struct scan_match *s)
{
	const struct match_ahead_sink sink = { write_row, write_limit, s };
	return s->ahead ? 0
			: match_ahead_open(&s->ahead, s->options->rules, s->options->jit, &sink,
					   s->err);
}

static int match_text(struct scan_match *s, span text, enum direction direction, int64_t record)
{
	size_t pos = 0;
	struct mention m;
	int rc = 0, n = 0;
	while (!rc && identifier_scan(text, &pos, &m)) {
		if (n == MENTIONS_IN_TEXT)
			return warning_store_add(
				s->warnings, s->file, warning_word(WARN_LIMIT), true, "record",
				record, "more phone numbers in one text than are kept", s->err);
		rc = record_store_mention(s->records, record, n++, &m, s->err);
		if (!rc)
			rc = match_line(s, record,
					scan_match_listed((void *)s->options->lines, &m.id,
							  span_sub(text, m.start, m.stop)),
					(struct met){ m.id.e164, span_sub(text, m.start, m.stop) },
					(struct place){ "mention", m.start, m.stop });
	}
	if (rc)
		return rc;
	const struct match_text t = { s->file, record, direction, s->stage, text };
	rc = ahead(s);
	return rc ? rc : match_ahead_text(s->ahead, &t, s->err);
}

/* Assertions met by an earlier exhibit keep their rows. */
static int load_lines(struct scan_match *s)
{
	sqlite3_stmt *st;
	int rc = case_prepare(s->c, "SELECT id, csv_row FROM line ORDER BY id", &st, s->err);
	if (rc)
		return rc;
	uint32_t n = s->options->lines ? lines_slots(s->options->lines) : 0;
	while (sqlite3_step(st) == SQLITE_ROW) {
		s->line_rows = sqlite3_column_int64(st, 0);
		/* Assertions stand in the order of the file: search by row. */
		uint32_t low = 0, high = n;
		int64_t row = sqlite3_column_int64(st, 1);
		while (low < high) {
			uint32_t middle = low + (high - low) / 2;
			if (lines_at(s->options->lines, middle)->row < row)
				low = middle + 1;
			else
				high = middle;
		}
		if (low < n && lines_at(s->options->lines, low)->row == row)
			s->line_row[low] = s->line_rows;
	}
	sqlite3_finalize(st);
	return 0;
}

int scan_match_open(struct scan_match **ret, const struct scan_match_setup *setup, struct err *err)
{
	const struct scan_options *o = setup->options;
	struct scan_match *s = calloc(1, sizeof *s);
	if (!s)
		return err_set(err, E_NOMEM, "Memory ran out.");
	*s = (struct scan_match){ .c = setup->c,
				  .options = o,
				  .stage = setup->stage,
				  .records = setup->records,
				  .hidden = setup->hidden,
				  .warnings = setup->warnings,
				  .lines_pack = setup->lines_pack,
				  .err = err };
	int rc = 0;
	if (!(s->line_row = calloc((o->lines ? (size_t)lines_slots(o->lines) : 0) + 1,
				   sizeof *s->line_row)))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = case_prepare(s->c,
				  "INSERT INTO match(record,line,rule,via,start,stop) "
				  "VALUES(?,?,?,?,?,?)",
				  &s->add_match, err);
	if (!rc)
		rc = case_prepare(s->c, "INSERT INTO line VALUES(?,?,?,?,?,?,?,?,?,?)",
				  &s->add_line, err);
	if (!rc)
		rc = case_prepare(s->c, "INSERT INTO line_source VALUES(?,?,?,?,?,?,?,?,?,?)",
				  &s->add_source, err);
	if (!rc)
		rc = load_lines(s);
	if (rc)
		scan_match_free(s);
	else
		*ret = s;
	return rc;
}

void scan_match_free(struct scan_match *s)
{
	if (!s)
		return;
	sqlite3_finalize(s->add_match);
	sqlite3_finalize(s->add_line);
	sqlite3_finalize(s->add_source);
	match_ahead_free(s->ahead);
	free(s->line_row);
	free(s);
}

int scan_match_again(struct scan_match *s, const struct scan_met *m, struct err *err)
{
	struct place at = { m->via, m->start, m->stop };
	struct met met = { m->e164, m->raw };
	int64_t line;
	s->err = err;
	if (m->rule)
		return write_row(s, &(struct match_row){ .record = m->record,
							 .rule = m->rule,
							 .via = m->via,
							 .start = m->start,
							 .stop = m->stop });
	if (!m->named)
		return match_line(s, m->record, m->first, met, at);
	int rc = line_row(s, m->first, (struct met){ 0, SPAN("") }, &line);
	return rc ? rc : add_match(s, m->record, line, at);
}

int scan_match_record(struct scan_match *s, int64_t file, const struct record *r,
		      const struct stored *stored, struct err *err)
{
	s->err = err;
	s->file = file;
	int rc = match_parties(s, r, stored);
	if (!rc && r->kind == REC_MESSAGE && r->text.p && r->text.n)
		rc = match_text(s, r->text, r->direction, stored->record);
	return rc;
}

int scan_match_settle(struct scan_match *s, struct err *err)
{
	s->err = err;
	return s->ahead ? match_ahead_settle(s->ahead, err) : 0;
}

double scan_match_seconds(const struct scan_match *s)
{
	return s->ahead ? match_ahead_seconds(s->ahead) : 0;
}
