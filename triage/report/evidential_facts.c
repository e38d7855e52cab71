/* evidential_facts.c - sections 9 to 11: the records, the number matches, the searches. */
#include "base/time.h"
#include "evidential_part.h"
#include "words.h"
#include "zone.h"
#include <inttypes.h>
#include <stdio.h>

#define ROWS_MAX 2000 /* of a table; the annex has all */

static const char *epoch(span unit)
{
	static const struct {
		const char *word, *plain;
	} units[] = {
		{ "unix-s", "seconds since 1970-01-01 UTC" },
		{ "unix-ms", "milliseconds since 1970-01-01 UTC" },
		{ "unix-us", "microseconds since 1970-01-01 UTC" },
		{ "unix-ns", "nanoseconds since 1970-01-01 UTC" },
		{ "unix-s-or-ms", "seconds or milliseconds since 1970-01-01 UTC, by size" },
		{ "cocoa", "seconds or nanoseconds since 2001-01-01 UTC" },
		{ "text", "date and time as text with its zone" },
		{ "no-zone", "date and time as text of a clock whose zone is not said" },
	};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (span_eq(unit, span_z(units[i].word)))
			return units[i].plain;
	return NULL;
}

static void add_party(struct buf *b, const struct fact_party *p)
{
	if (!p->known) {
		buf_add(b, SPAN("not known"));
		return;
	}
	if (span_eq(p->role, SPAN("owner")))
		buf_add(b, SPAN("the phone's own account "));
	buf_add(b, p->raw.p ? p->raw : SPAN("(the source does not say)"));
	if (p->e164)
		buf_addf(b, ", normalised +%" PRIu64, p->e164);
	buf_add(b, SPAN(" ["));
	buf_add(b, p->certainty);
	buf_add(b, SPAN("]"));
	if (p->name.p && p->name.n) {
		buf_add(b, SPAN(", named there \""));
		buf_add(b, p->name);
		buf_byte(b, '"');
	}
}

static int put_people(struct evidential *e, const struct fact_record *r, struct err *err)
{
	struct fact_party party;
	struct fact_contact_id id;
	int rc = 0, n = 0;
	if (r->kind != REC_CONTACT && r->kind != REC_ACCOUNT) {
		buf_clear(&e->scratch);
		add_party(&e->scratch, &r->from);
		pdf_pair(e->p, "From", buf_span(&e->scratch));
	}
	if (r->to >= 0) {
		list_to(e->lists, r->to);
		while ((rc = list_to_next(e->lists, &party, err)) > 0) {
			buf_clear(&e->scratch);
			add_party(&e->scratch, &party);
			pdf_pair(e->p, n++ ? "" : "To", buf_span(&e->scratch));
		}
	}
	list_of(e->lists, r->id);
	while (!rc && (rc = list_contact_id(e->lists, &id, err)) > 0) {
		buf_clear(&e->scratch);
		add_party(&e->scratch, &id.party);
		pdf_pair(e->p, "Identifier", buf_span(&e->scratch));
		rc = 0;
	}
	return rc;
}

static void put_time(struct evidential *e, const struct fact_record *r)
{
	char words[80] = "not set";
	const char *unit = r->unit.p ? epoch(r->unit) : NULL;
	if (r->kind == REC_CONTACT || r->kind == REC_ACCOUNT)
		return;
	if (r->time != TIME_UNSET)
		zone_words(r->time, words);
	buf_clear(&e->scratch);
	buf_addf(&e->scratch, "%s; raw value ", words);
	buf_add(&e->scratch, r->time_raw.p ? r->time_raw : SPAN("none"));
	buf_addf(&e->scratch, "%s%s", unit ? ", " : "", unit ? unit : "");
	pdf_pair(e->p, "Time", buf_span(&e->scratch));
}

static void put_state(struct evidential *e, const struct fact_record *r)
{
	buf_clear(&e->scratch);
	buf_addf(&e->scratch, "%s; read by the phone's user: %s", fact_origin_word(r),
		 r->read == ANSWER_UNKNOWN ? "not recorded"
		 : r->read == ANSWER_YES   ? "yes"
					   : "no");
	for (unsigned i = 0; i < 8 * sizeof r->state; i++)
		if (r->state & (1u << i) && record_state_word(1u << i))
			buf_addf(&e->scratch, "; %s", record_state_word(1u << i));
	pdf_pair(e->p, "State", buf_span(&e->scratch));
}

static void put_origin(struct evidential *e, const struct fact_record *r)
{
	buf_clear(&e->scratch);
	buf_add(&e->scratch, r->file);
	buf_add(&e->scratch, SPAN(", table "));
	buf_add(&e->scratch, r->table);
	buf_addf(&e->scratch, ", row %" PRId64 ", SHA-256 of the file ", r->row);
	buf_add(&e->scratch, r->sha256.p ? r->sha256 : SPAN("none: typed by hand"));
	pdf_pair(e->p, "Source", buf_span(&e->scratch));
}

static int put_record(struct evidential *e, const struct fact_record *r, struct err *err)
{
	char number[64], title[160];
	struct fact_attachment f;
	fact_number(r, number);
	snprintf(title, sizeof title, "%s   %s%s%s", number, word_kind(r->kind, 1),
		 r->kind == REC_CONTACT || r->kind == REC_ACCOUNT ? "" : ", ",
		 r->kind == REC_CONTACT || r->kind == REC_ACCOUNT
			 ? ""
			 : word_direction(r->kind, r->direction));
	pdf_bold(e->p, title);
	put_time(e, r);
	int rc = put_people(e, r, err);
	if (r->service.p)
		pdf_pair(e->p, "Service", r->service);
	if (r->thread.p)
		pdf_pair(e->p, "Thread", r->thread);
	if (r->duration >= 0)
		pdf_pair_int(e->p, "Duration, ms", r->duration);
	if (r->name.p)
		pdf_pair(e->p, "Name", r->name);
	while (!rc && (rc = list_attachment(e->lists, &f, err)) > 0) {
		pdf_pair(e->p, "Attachment, not opened", f.name.p ? f.name : f.type);
		rc = 0;
	}
	put_state(e, r);
	put_origin(e, r);
	if (r->text.p)
		pdf_said(e->p, r->text);
	else if (r->text_why)
		pdf_pair_z(e->p, "Text", text_state_word(r->text_why));
	pdf_space(e->p);
	return rc;
}

static int put_records(struct evidential *e, struct err *err)
{
	struct rows rows;
	struct fact_record r;
	int64_t n = 0;
	char words[160];
	pdf_heading(e->p, 1, "9  Records");
	pdf_text(e->p,
		 "Printed here: the records that met a number of the list or a search, and the "
		 "threads that were chosen to be printed whole. Every other record in scope "
		 "is in annex/records.csv, .jsonl and .html under the same numbers.");
	int rc = facts_records_chosen(&rows, e->c, e->o->threads ? e->o->threads : "[]",
				      EVIDENTIAL_RECORDS + 1, err);
	while (!rc && (rc = facts_record(&rows, &r, err)) > 0)
		rc = ++n > EVIDENTIAL_RECORDS ? 0 : put_record(e, &r, err);
	rows_close(&rows);
	snprintf(words, sizeof words,
		 n > EVIDENTIAL_RECORDS ? "The first %" PRId64
					  " are printed; the others are in the annexes only."
					: "%" PRId64 " records are printed.",
		 n > EVIDENTIAL_RECORDS ? (int64_t)EVIDENTIAL_RECORDS : n);
	pdf_text(e->p, words);
	return rc;
}

static int put_matches(struct evidential *e, struct err *err)
{
	static const struct pdf_column columns[] = { { "Record", 3 },
						     { "Met as", 2 },
						     { "Identifier on the list", 4 },
						     { "List and row", 4 },
						     { "Assertion counts from", 4 },
						     { "until", 4 },
						     { NULL, 0 } };
	struct rows rows;
	char row[160], from[25], until[25];
	int64_t n = 0;
	pdf_heading(e->p, 1, "10  Number matches");
	pdf_text(e->p,
		 "A number or name of a record was the same, after normalising, as one on the "
		 "list. The rule: both are read as E.164 numbers by the same code and are "
		 "equal. That a number is on a list says nothing of who used it. Grades of "
		 "the list are not part of this report.");
	pdf_table(e->p, columns);
	int rc = rows_ask(
		&rows, e->c,
		"SELECT r.id, f.exhibit, r.kind, m.via, l.identifier, p.name, l.csv_row,"
		" l.\"from\", l.until FROM match m JOIN line l ON l.id = m.line JOIN pack p"
		" ON p.id = l.pack JOIN record r ON r.id = m.record JOIN evidence_file f ON"
		" f.id = r.file ORDER BY m.id",
		err);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		rc = 0;
		if (++n > ROWS_MAX)
			continue;
		const struct fact_record r = { .id = rows_number(&rows, 0),
					       .exhibit = rows_number(&rows, 1),
					       .kind = rows_kind(&rows, 2) };
		char number[64];
		span name = rows_bytes(&rows, 5);
		fact_number(&r, number);
		snprintf(row, sizeof row, "%.*s, row %" PRId64, name.n > 100 ? 100 : (int)name.n,
			 name.p, rows_number(&rows, 6));
		strcpy(from, "open");
		strcpy(until, "open");
		if (rows_time(&rows, 7) != TIME_UNSET)
			time_format(rows_time(&rows, 7), from);
		if (rows_time(&rows, 8) != TIME_UNSET)
			time_format(rows_time(&rows, 8), until);
		pdf_row(e->p, (span[]){ span_z(number), rows_bytes(&rows, 3), rows_bytes(&rows, 4),
					span_z(row), span_z(from), span_z(until) });
	}
	rows_close(&rows);
	pdf_table_end(e->p);
	if (!n)
		pdf_text(e->p, "None.");
	if (n > ROWS_MAX)
		pdf_text(e->p, "There are more: annex/matches.csv has all.");
	return rc;
}

static int put_searches(struct evidential *e, struct err *err)
{
	static const struct pdf_column columns[] = { { "Search", 6 },
						     { "Stage", 1 },
						     { "Records met", 2 },
						     { "Not run because", 5 },
						     { NULL, 0 } };
	struct rows rows;
	struct fact_search s;
	char stage[24], met[24];
	pdf_heading(e->p, 1, "11  Searches that were run");
	pdf_text(e->p,
		 "Each search of the pack named in section 7, by its identifier. 0 records met "
		 "is a nil result: the search ran over all text in scope and met nothing. "
		 "The identifier is a file reference and asserts nothing of any record. The "
		 "exact words and patterns stand in the pack with that SHA-256, which the "
		 "force discloses on request.");
	pdf_table(e->p, columns);
	int rc = facts_searches(&rows, e->c, err);
	while (!rc && (rc = facts_search(&rows, &s, err)) > 0) {
		snprintf(stage, sizeof stage, "%" PRId64, s.stage);
		snprintf(met, sizeof met, "%" PRId64, s.records);
		pdf_row(e->p, (span[]){ s.id, span_z(stage), s.not_run.p ? SPAN_NONE : span_z(met),
					s.not_run.p ? s.not_run : SPAN("") });
		rc = 0;
	}
	rows_close(&rows);
	pdf_table_end(e->p);
	return rc;
}

int evidential_facts(struct evidential *e, struct err *err)
{
	int rc = put_records(e, err);
	if (!rc)
		rc = put_matches(e, err);
	return rc ? rc : put_searches(e, err);
}
