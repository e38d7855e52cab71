/* annex.c - see annex.h */
#include "annex.h"
#include "annex_html.h"
#include "base/utf8.h"
#include "facts_record.h"
#include "report.h"
#include "sheet.h"
#include "zone.h"
#include <inttypes.h>
#include <stdio.h>

struct annex {
	struct case_db *c;
	struct list_reader *lists;
	struct sheet sheet;
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
	sheet_z(&a->sheet, text);
}

static void put_local(struct sheet *v, int64_t ms)
{
	char words[80] = "";
	if (ms != TIME_UNSET)
		zone_words(ms, words);
	const char *local = strstr(words, " = ");
	sheet_z(v, local ? local + 3 : "");
}

static void put_states(struct annex *a, unsigned state)
{
	buf_clear(&a->scratch);
	for (unsigned i = 0; i < 8 * sizeof state; i++)
		if (state & (1u << i) && record_state_word(1u << i))
			buf_addf(&a->scratch, "%s%s", a->scratch.n ? " " : "",
				 record_state_word(1u << i));
	sheet_text(&a->sheet, buf_span(&a->scratch));
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
	sheet_text(&a->sheet, buf_span(&a->scratch));
	buf_clear(&a->scratch);
	while (!rc && (rc = list_contact_id(a->lists, &id, err)) > 0) {
		add_party(&a->scratch, &id.party);
		rc = 0;
	}
	sheet_text(&a->sheet, buf_span(&a->scratch));
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
	sheet_text(&a->sheet, buf_span(&a->scratch));
	return rc;
}

static int put_record(struct annex *a, const struct fact_record *r, struct err *err)
{
	char id[64], row[24];
	struct sheet *v = &a->sheet;
	list_of(a->lists, r->id);
	fact_number(r, id);
	snprintf(row, sizeof row, "%" PRId64, r->row);
	sheet_z(v, id);
	sheet_z(v, record_kind_word(r->kind));
	sheet_time(v, r->time);
	put_local(v, r->time);
	sheet_text(v, r->time_raw);
	sheet_text(v, r->unit);
	sheet_z(v, direction_word(r->direction));
	sheet_text(v, r->from.role);
	sheet_text(v, r->from.raw);
	sheet_e164(v, r->from.e164);
	sheet_text(v, r->from.name);
	int rc = put_to(a, r, err);
	sheet_text(v, r->service);
	sheet_text(v, r->thread);
	sheet_text(v, r->name);
	sheet_text(v, r->text);
	sheet_hex(v, r->text);
	sheet_z(v, r->text_why ? text_state_word(r->text_why) : "");
	if (r->duration < 0)
		sheet_z(v, "");
	else
		sheet_int(v, r->duration);
	sheet_z(v, r->read == ANSWER_UNKNOWN ? "" : r->read == ANSWER_YES ? "yes" : "no");
	put_states(a, r->state);
	if (!rc)
		rc = put_attachments(a, err);
	put_exhibit(a, r->exhibit);
	sheet_text(v, r->file);
	sheet_text(v, r->sha256);
	sheet_text(v, r->table);
	sheet_z(v, row);
	sheet_z(v, fact_origin_word(r));
	sheet_end(v);
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
	sheet_titles(&a->sheet, titles);
	int rc = facts_records(&rows, a->c, KIND_BIT(REC_KIND_MAX) - 1, err);
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
		sheet_z(&a->sheet, "evidence-file");
		put_exhibit(a, f.exhibit);
		sheet_text(&a->sheet, f.path);
		sheet_text(&a->sheet, f.path_hex);
		if (f.size < 0)
			sheet_z(&a->sheet, "");
		else
			sheet_int(&a->sheet, f.size);
		sheet_text(&a->sheet, f.sha256);
		sheet_text(&a->sheet, f.state);
		sheet_text(&a->sheet, f.parser);
		sheet_text(&a->sheet, f.side_of);
		sheet_text(&a->sheet, f.detail);
		sheet_end(&a->sheet);
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
	sheet_titles(&a->sheet, titles);
	int rc = put_files(a, err);
	if (rc)
		return rc;
	rc = facts_packs(&rows, a->c, err);
	while (!rc && (rc = facts_pack(&rows, &p, err)) > 0) {
		sheet_text(&a->sheet, p.kind);
		sheet_z(&a->sheet, "");
		sheet_text(&a->sheet, p.name);
		for (int i = 0; i < 2; i++)
			sheet_z(&a->sheet, "");
		sheet_text(&a->sheet, p.sha256);
		sheet_text(&a->sheet, p.version);
		for (int i = 0; i < 3; i++)
			sheet_z(&a->sheet, "");
		sheet_end(&a->sheet);
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
	sheet_titles(&a->sheet, titles);
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
		sheet_z(&a->sheet, id);
		sheet_time(&a->sheet, rows_time(&rows, 3));
		sheet_z(&a->sheet, direction_word(rows_direction(&rows, 4)));
		sheet_text(&a->sheet, rows_bytes(&rows, 5));
		sheet_text(&a->sheet, rows_bytes(&rows, 6));
		sheet_int(&a->sheet, rows_number(&rows, 7));
		sheet_text(&a->sheet, rows_bytes(&rows, 8));
		sheet_e164(&a->sheet, (uint64_t)rows_number(&rows, 9));
		sheet_time(&a->sheet, rows_time(&rows, 10));
		sheet_time(&a->sheet, rows_time(&rows, 11));
		sheet_end(&a->sheet);
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
	sheet_titles(&a->sheet, titles);
	int rc = facts_searches(&rows, a->c, err);
	struct fact_search s;
	while (!rc && (rc = facts_search(&rows, &s, err)) > 0) {
		sheet_text(&a->sheet, s.id);
		sheet_text(&a->sheet, s.pack);
		sheet_text(&a->sheet, s.version);
		sheet_text(&a->sheet, s.sha256);
		sheet_int(&a->sheet, s.stage);
		sheet_int(&a->sheet, s.records);
		sheet_text(&a->sheet, s.not_run);
		sheet_end(&a->sheet);
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
	sheet_titles(&a->sheet, titles);
	int rc = facts_warnings(&rows, a->c, err);
	while (!rc && (rc = facts_warning(&rows, &w, err)) > 0) {
		put_exhibit(a, w.exhibit);
		sheet_text(&a->sheet, w.file);
		sheet_z(&a->sheet, w.loss ? "yes" : "no");
		sheet_text(&a->sheet, w.kind);
		sheet_text(&a->sheet, w.table);
		sheet_int(&a->sheet, w.row);
		sheet_text(&a->sheet, w.detail);
		sheet_int(&a->sheet, w.times);
		sheet_end(&a->sheet);
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static int put_jsonl(struct annex *a, struct err *err)
{
	return report_records(a->c, KIND_BIT(REC_KIND_MAX) - 1, a->sheet.to, err);
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
		rc = bundle_open(b, parts[i].path, &a.sheet.to, err);
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
