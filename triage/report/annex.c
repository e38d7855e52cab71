/* annex.c - see annex.h */
#include "annex.h"
#include "annex_html.h"
#include "base/utf8.h"
#include "csv.h"
#include "facts_record.h"
#include "report.h"
#include "zone.h"
#include <inttypes.h>
#include <stdio.h>

struct annex {
	struct case_db *c;
	struct list_reader *lists;
	struct csv csv;
	struct buf scratch;
};

typedef int part_fn(struct annex *a, struct err *err);

void annex_exhibit(int64_t exhibit, char out[static 32])
{
	snprintf(out, 32, "EX%" PRId64, exhibit);
}

static void put_exhibit(struct annex *a, int64_t exhibit)
{
	char text[32];
	annex_exhibit(exhibit, text);
	csv_z(&a->csv, text);
}

static void put_local(struct csv *v, int64_t ms)
{
	char words[80] = "";
	if (ms != TIME_UNSET)
		zone_words(ms, words);
	const char *local = strstr(words, " = ");
	csv_z(v, local ? local + 3 : "");
}

static void put_states(struct annex *a, unsigned state)
{
	buf_clear(&a->scratch);
	for (unsigned i = 0; i < 8 * sizeof state; i++)
		if (state & (1u << i) && record_state_word(1u << i))
			buf_addf(&a->scratch, "%s%s", a->scratch.n ? " " : "",
				 record_state_word(1u << i));
	csv_text(&a->csv, buf_span(&a->scratch));
}

static void add_party(struct buf *b, const struct fact_party *p)
{
	if (b->n)
		buf_add(b, SPAN("; "));
	if (span_eq(p->role, SPAN("owner")))
		buf_add(b, SPAN("owner "));
	if (p->raw.p)
		buf_add(b, p->raw);
	else
		buf_add(b, SPAN("not known"));
	if (p->e164)
		buf_addf(b, " = +%" PRIu64, p->e164);
}

static int put_to(struct annex *a, const struct fact_record *r, struct err *err)
{
	struct fact_party p;
	struct fact_contact_id id;
	int rc = 0;
	buf_clear(&a->scratch);
	if (r->to >= 0) {
		list_to(a->lists, r->to);
		while ((rc = list_to_next(a->lists, &p, err)) > 0)
			add_party(&a->scratch, &p);
	}
	csv_text(&a->csv, buf_span(&a->scratch));
	buf_clear(&a->scratch);
	while (!rc && (rc = list_contact_id(a->lists, &id, err)) > 0) {
		add_party(&a->scratch, &id.party);
		rc = 0;
	}
	csv_text(&a->csv, buf_span(&a->scratch));
	return rc;
}

static int put_attachments(struct annex *a, struct err *err)
{
	struct fact_attachment f;
	int rc;
	buf_clear(&a->scratch);
	while ((rc = list_attachment(a->lists, &f, err)) > 0) {
		if (a->scratch.n)
			buf_add(&a->scratch, SPAN("; "));
		buf_add(&a->scratch, f.name);
	}
	csv_text(&a->csv, buf_span(&a->scratch));
	return rc;
}

static int put_record(struct annex *a, const struct fact_record *r, struct err *err)
{
	char id[64], row[24];
	struct csv *v = &a->csv;
	list_of(a->lists, r->id);
	fact_number(r, id);
	snprintf(row, sizeof row, "%" PRId64, r->row);
	csv_z(v, id);
	csv_z(v, record_kind_word(r->kind));
	csv_time(v, r->time);
	put_local(v, r->time);
	csv_text(v, r->time_raw);
	csv_text(v, r->unit);
	csv_z(v, direction_word(r->direction));
	csv_text(v, r->from.role);
	csv_text(v, r->from.raw);
	csv_e164(v, r->from.e164);
	csv_text(v, r->from.name);
	int rc = put_to(a, r, err);
	csv_text(v, r->service);
	csv_text(v, r->thread);
	csv_text(v, r->name);
	csv_text(v, r->text);
	csv_hex(v, r->text);
	csv_z(v, r->text_why ? text_state_word(r->text_why) : "");
	if (r->duration < 0)
		csv_z(v, "");
	else
		csv_int(v, r->duration);
	csv_z(v, r->read == ANSWER_UNKNOWN ? "" : r->read == ANSWER_YES ? "yes" : "no");
	put_states(a, r->state);
	if (!rc)
		rc = put_attachments(a, err);
	put_exhibit(a, r->exhibit);
	csv_text(v, r->file);
	csv_text(v, r->sha256);
	csv_text(v, r->table);
	csv_z(v, row);
	csv_z(v, fact_origin_word(r));
	csv_end(v);
	return rc;
}

static int put_records(struct annex *a, struct err *err)
{
	static const char *const titles[] = {
		"record",      "kind",        "time_utc", "time_uk",   "time_raw",    "time_unit",
		"direction",   "from_role",   "from_raw", "from_e164", "from_name",   "to",
		"identifiers", "service",     "thread",   "name",      "text",        "text_hex",
		"text_state",  "duration_ms", "read",     "state",     "attachments", "exhibit",
		"file",        "file_sha256", "table",    "row",       "origin",      NULL
	};
	struct rows rows;
	struct fact_record r;
	csv_titles(&a->csv, titles);
	int rc = facts_records(&rows, a->c, REC_KIND_MAX, err);
	while (!rc && (rc = facts_record(&rows, &r, err)) > 0)
		rc = put_record(a, &r, err);
	rows_close(&rows);
	return rc;
}

static int put_files(struct annex *a, struct err *err)
{
	struct rows rows;
	struct fact_file f;
	int rc = facts_files(&rows, a->c, err);
	while (!rc && (rc = facts_file(&rows, &f, err)) > 0) {
		csv_z(&a->csv, "evidence-file");
		put_exhibit(a, f.exhibit);
		csv_text(&a->csv, f.path);
		csv_text(&a->csv, f.path_hex);
		if (f.size < 0)
			csv_z(&a->csv, "");
		else
			csv_int(&a->csv, f.size);
		csv_text(&a->csv, f.sha256);
		csv_text(&a->csv, f.state);
		csv_text(&a->csv, f.parser);
		csv_text(&a->csv, f.side_of);
		csv_text(&a->csv, f.detail);
		csv_end(&a->csv);
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static int put_sources(struct annex *a, struct err *err)
{
	static const char *const titles[] = { "what",    "exhibit", "path",  "path_hex",
					      "size",    "sha256",  "state", "parser",
					      "side_of", "detail",  NULL };
	struct rows rows;
	struct fact_pack p;
	csv_titles(&a->csv, titles);
	int rc = put_files(a, err);
	if (rc)
		return rc;
	rc = facts_packs(&rows, a->c, err);
	while (!rc && (rc = facts_pack(&rows, &p, err)) > 0) {
		csv_text(&a->csv, p.kind);
		csv_z(&a->csv, "");
		csv_text(&a->csv, p.name);
		for (int i = 0; i < 2; i++)
			csv_z(&a->csv, "");
		csv_text(&a->csv, p.sha256);
		csv_text(&a->csv, p.version);
		for (int i = 0; i < 3; i++)
			csv_z(&a->csv, "");
		csv_end(&a->csv);
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static int put_matches(struct annex *a, struct err *err)
{
	static const char *const titles[] = { "record", "time_utc", "direction",  "met_as",
					      "list",   "list_row", "identifier", "e164",
					      "from",   "until",    NULL };
	struct rows rows;
	csv_titles(&a->csv, titles);
	int rc = rows_ask(&rows, a->c,
			  "SELECT r.id, f.exhibit, r.kind, r.time, r.direction, m.via, p.name,"
			  " l.csv_row, l.identifier, l.e164, l.\"from\", l.until FROM match m"
			  " JOIN line l ON l.id = m.line JOIN pack p ON p.id = l.pack JOIN record r"
			  " ON r.id = m.record JOIN evidence_file f ON f.id = r.file ORDER BY m.id",
			  err);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		char id[64];
		const struct fact_record r = { .id = rows_number(&rows, 0),
					       .exhibit = rows_number(&rows, 1),
					       .kind = rows_kind(&rows, 2) };
		fact_number(&r, id);
		csv_z(&a->csv, id);
		csv_time(&a->csv, rows_time(&rows, 3));
		csv_z(&a->csv, direction_word(rows_direction(&rows, 4)));
		csv_text(&a->csv, rows_bytes(&rows, 5));
		csv_text(&a->csv, rows_bytes(&rows, 6));
		csv_int(&a->csv, rows_number(&rows, 7));
		csv_text(&a->csv, rows_bytes(&rows, 8));
		csv_e164(&a->csv, (uint64_t)rows_number(&rows, 9));
		csv_time(&a->csv, rows_time(&rows, 10));
		csv_time(&a->csv, rows_time(&rows, 11));
		csv_end(&a->csv);
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static int put_searches(struct annex *a, struct err *err)
{
	static const char *const titles[] = { "search", "pack",        "version", "pack_sha256",
					      "stage",  "records_met", "not_run", NULL };
	struct rows rows;
	csv_titles(&a->csv, titles);
	int rc = facts_searches(&rows, a->c, err);
	struct fact_search s;
	while (!rc && (rc = facts_search(&rows, &s, err)) > 0) {
		csv_text(&a->csv, s.id);
		csv_text(&a->csv, s.pack);
		csv_text(&a->csv, s.version);
		csv_text(&a->csv, s.sha256);
		csv_int(&a->csv, s.stage);
		csv_int(&a->csv, s.records);
		csv_text(&a->csv, s.not_run);
		csv_end(&a->csv);
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static int put_warnings(struct annex *a, struct err *err)
{
	static const char *const titles[] = { "exhibit", "file",   "loss",  "kind", "table",
					      "row",     "detail", "times", NULL };
	struct rows rows;
	struct fact_warning w;
	csv_titles(&a->csv, titles);
	int rc = facts_warnings(&rows, a->c, err);
	while (!rc && (rc = facts_warning(&rows, &w, err)) > 0) {
		put_exhibit(a, w.exhibit);
		csv_text(&a->csv, w.file);
		csv_z(&a->csv, w.loss ? "yes" : "no");
		csv_text(&a->csv, w.kind);
		csv_text(&a->csv, w.table);
		csv_int(&a->csv, w.row);
		csv_text(&a->csv, w.detail);
		csv_int(&a->csv, w.times);
		csv_end(&a->csv);
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static int put_jsonl(struct annex *a, struct err *err)
{
	return report_records(a->c, REC_KIND_MAX, a->csv.to, err);
}

int annex_write(struct case_db *c, struct bundle *b, struct err *err)
{
	static const struct {
		const char *path;
		part_fn *write;
	} parts[] = {
		{ "annex/records.csv", put_records },   { "annex/records.jsonl", put_jsonl },
		{ "annex/sources.csv", put_sources },   { "annex/matches.csv", put_matches },
		{ "annex/searches.csv", put_searches }, { "annex/warnings.csv", put_warnings },
	};
	struct annex a = { .c = c };
	int rc = list_reader_new(&a.lists, c, err);
	for (size_t i = 0; !rc && i < sizeof parts / sizeof *parts; i++) {
		rc = bundle_open(b, parts[i].path, &a.csv.to, err);
		if (!rc)
			rc = parts[i].write(&a, err);
		if (!rc)
			rc = bundle_close(b, err);
	}
	if (!rc && a.scratch.failed)
		rc = err_set(err, E_NOMEM, "Memory ran out while the annexes were written.");
	list_reader_free(a.lists);
	buf_free(&a.scratch);
	return rc ? rc : annex_html(c, b, err);
}
