/* facts_record.c - see facts_record.h */
#include "facts_record.h"
#include "typed.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* The columns of struct fact_record, in the order that read_record() takes them. */
#define COLUMNS                                                                                 \
	"r.id, f.exhibit, r.row, r.kind, r.direction, r.time, r.duration, r.\"to\", r.read,"    \
	" r.state, f.path, f.path_hex, f.sha256, r.tbl, r.time_raw, r.unit, t.key, t.name,"     \
	" r.service, r.text, r.name, p.id, p.e164, p.role, p.raw, p.kind, p.certainty, p.name," \
	" r.text_state, r.thread, k.shown"
#define JOINS                                                                           \
	" JOIN evidence_file f ON f.id = r.file LEFT JOIN party p ON p.id = r.\"from\"" \
	" LEFT JOIN thread t ON t.id = r.thread LEFT JOIN clock k ON k.record = r.id"
enum { PARTY = 21, TEXT_WHY = 28, THREAD_ID = 29, SHOWN = 30, COLUMNS_N = 31 };

/* id, e164, role, raw, kind, certainty, name from column `at` on. */
static struct fact_party read_party(const struct rows *r, int at)
{
	return (struct fact_party){
		.known = sqlite3_column_type(r->st, at) != SQLITE_NULL,
		.e164 = (uint64_t)rows_number(r, at + 1),
		.role = rows_bytes(r, at + 2),
		.raw = rows_bytes(r, at + 3),
		.kind = rows_bytes(r, at + 4),
		.certainty = rows_bytes(r, at + 5),
		.name = rows_bytes(r, at + 6),
	};
}

static enum text_state text_why(int64_t n)
{
	return n > TEXT_SHOWN && n < TEXT_STATE_MAX ? (enum text_state)n : TEXT_SHOWN;
}

static struct fact_record read_record(const struct rows *r)
{
	int64_t read = rows_number_or(r, 8, -1);
	return (struct fact_record){
		.id = rows_number(r, 0),
		.exhibit = rows_number(r, 1),
		.row = rows_number(r, 2),
		.kind = rows_kind(r, 3),
		.direction = rows_direction(r, 4),
		.time = rows_time(r, 5),
		.duration = rows_number_or(r, 6, -1),
		.to = rows_number_or(r, 7, -1),
		.read = read < 0 ? ANSWER_UNKNOWN
			: read   ? ANSWER_YES
				 : ANSWER_NO,
		.state = (unsigned)rows_number(r, 9),
		.file = rows_bytes(r, 10),
		.file_hex = rows_bytes(r, 11),
		.sha256 = rows_bytes(r, 12),
		.table = rows_bytes(r, 13),
		.time_raw = rows_bytes(r, 14),
		.unit = rows_bytes(r, 15),
		.thread = rows_bytes(r, 16),
		.thread_name = rows_bytes(r, 17),
		.service = rows_bytes(r, 18),
		.text = rows_bytes(r, 19),
		.name = rows_bytes(r, 20),
		.from = read_party(r, PARTY),
		.text_why = text_why(rows_number(r, TEXT_WHY)),
		.thread_id = rows_number(r, THREAD_ID),
		.local = rows_number_or(r, SHOWN, 0),
	};
}

int facts_records(struct rows *r, struct case_db *c, unsigned kinds, struct err *err)
{
	int rc = rows_ask(r, c,
			  "SELECT " COLUMNS " FROM record r" JOINS
			  " WHERE (?1 >> r.kind) & 1 ORDER BY r.id",
			  err);
	if (!rc)
		sqlite3_bind_int64(r->st, 1, (int64_t)kinds);
	return rc;
}

int facts_records_chosen(struct rows *r, struct case_db *c, const char *threads, int64_t limit,
			 struct err *err)
{
	int rc = rows_ask(
		r, c,
		"SELECT " COLUMNS " FROM record r" JOINS
		" WHERE r.id IN (SELECT record FROM finding_record UNION SELECT record FROM"
		" match WHERE line IS NOT NULL) OR r.thread IN (SELECT value FROM"
		" json_each(?1)) ORDER BY r.id LIMIT ?2",
		err);
	if (rc)
		return rc;
	sqlite3_bind_text(r->st, 1, threads, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(r->st, 2, limit);
	return 0;
}

int facts_record(struct rows *r, struct fact_record *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = read_record(r);
	return rc;
}

int facts_of_finding(struct rows *r, struct case_db *c, span finding, int limit, struct err *err)
{
	int rc = rows_ask(r, c,
			  "SELECT " COLUMNS ", x.n, x.start, x.stop FROM finding_record x"
			  " JOIN record r ON r.id = x.record" JOINS
			  " WHERE x.finding = ?1 ORDER BY x.n LIMIT ?2",
			  err);
	if (rc)
		return rc;
	sqlite3_bind_int(r->st, 2, limit);
	if (sqlite3_bind_text64(r->st, 1, finding.p, finding.n, SQLITE_TRANSIENT, SQLITE_UTF8) !=
	    SQLITE_OK) {
		rc = case_error(c, "reading the case", err);
		rows_close(r);
	}
	return rc;
}

int facts_fact(struct rows *r, struct fact_of_finding *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_of_finding){
			.n = rows_number(r, COLUMNS_N),
			.start = rows_number_or(r, COLUMNS_N + 1, -1),
			.stop = rows_number_or(r, COLUMNS_N + 2, -1),
			.record = read_record(r),
		};
	return rc;
}

void fact_number(const struct fact_record *r, char out[static 64])
{
	static const char letters[REC_KIND_MAX] = { 'A', 'C', 'T', 'M', 'R', 'S', 'X',
						    'X', 'X', 'X', 'X', 'X', 'X' };
	snprintf(out, 64, "EX%" PRId64 "/%c%06" PRId64, r->exhibit, letters[r->kind], r->id);
}

bool fact_typed(const struct fact_record *r)
{
	return !r->sha256.p && span_eq(r->table, SPAN(TYPED_TABLE));
}

const char *fact_origin_word(const struct fact_record *r)
{
	return fact_typed(r) ? "typed" : r->state & STATE_RECOVERED ? "recovered" : "live";
}

/* One table with rows (record, n, ...), read in that order and kept on the row it is at. */
struct list {
	struct rows rows;
	bool started, have;
	int64_t at;     /* record of the row at hand, while have */
	int64_t placed; /* the record that it was placed for, while started */
	bool fresh;     /* not placed yet for the record that is wanted now */
};

struct list_reader {
	struct rows to;
	int64_t id; /* the record that is wanted now */
	struct list contact_ids, attachments, mentions, quoted;
};

static int list_step(struct list *l, struct err *err)
{
	int rc = rows_step(&l->rows, err);
	l->have = rc > 0;
	if (l->have)
		l->at = rows_number(&l->rows, 0);
	return rc < 0 ? rc : 0;
}

/* Stand on the first row of record id or of a later one. Steps over a few rows are cheaper than a
 * look-up. */
static int list_place(struct list *l, int64_t id, struct err *err)
{
	enum { STEPS = 16 };
	int rc = 0;
	bool seek = !l->started || id <= l->placed;
	for (int i = 0; !rc && !seek && l->have && l->at < id; i++) {
		rc = list_step(l, err);
		seek = i == STEPS && l->have && l->at < id;
	}
	if (!rc && seek) {
		sqlite3_reset(l->rows.st);
		sqlite3_bind_int64(l->rows.st, 1, id);
		rc = list_step(l, err);
	}
	l->started = true;
	l->placed = id;
	l->fresh = false;
	return rc;
}

static int list_next(struct list *l, int64_t id, struct err *err)
{
	int rc = 0;
	if (l->fresh)
		rc = list_place(l, id, err);
	else if (l->have && l->at == id)
		rc = list_step(l, err);
	return rc ? rc : l->have && l->at == id;
}

void list_of(struct list_reader *l, int64_t id)
{
	l->id = id;
	l->contact_ids.fresh = l->attachments.fresh = l->mentions.fresh = l->quoted.fresh = true;
}

int list_reader_new(struct list_reader **ret, struct case_db *c, struct err *err)
{
	struct list_reader *l = calloc(1, sizeof *l);
	if (!l)
		return err_set(err, E_NOMEM, "Memory ran out while reading the case.");
	int rc = rows_ask(&l->to, c,
			  "SELECT p.id, p.e164, p.role, p.raw, p.kind, p.certainty, p.name"
			  " FROM party_set s JOIN party p ON p.id = s.party WHERE s.id = ?1"
			  " ORDER BY s.n",
			  err);
	if (!rc)
		rc = rows_ask(&l->contact_ids.rows, c,
			      "SELECT i.record, p.id, p.e164, p.role, p.raw, p.kind, p.certainty,"
			      " p.name, i.label FROM contact_id i JOIN party p ON p.id = i.party"
			      " WHERE i.record >= ?1 ORDER BY i.record, i.n",
			      err);
	if (!rc)
		rc = rows_ask(&l->attachments.rows, c,
			      "SELECT record, name, type FROM attachment WHERE record >= ?1"
			      " ORDER BY record, n",
			      err);
	if (!rc)
		rc = rows_ask(&l->mentions.rows, c,
			      "SELECT record, start, stop, e164, kind, certainty FROM mention"
			      " WHERE record >= ?1 ORDER BY record, n",
			      err);
	if (!rc)
		rc = rows_ask(&l->quoted.rows, c,
			      "SELECT record, text FROM quoted WHERE record >= ?1 ORDER BY record",
			      err);
	if (rc)
		list_reader_free(l);
	else
		*ret = l;
	return rc;
}

void list_reader_free(struct list_reader *l)
{
	if (!l)
		return;
	rows_close(&l->to);
	rows_close(&l->contact_ids.rows);
	rows_close(&l->attachments.rows);
	rows_close(&l->mentions.rows);
	rows_close(&l->quoted.rows);
	free(l);
}

void list_to(struct list_reader *l, int64_t to)
{
	sqlite3_reset(l->to.st);
	sqlite3_bind_int64(l->to.st, 1, to);
}

int list_to_next(struct list_reader *l, struct fact_party *ret, struct err *err)
{
	int rc = rows_step(&l->to, err);
	if (rc > 0)
		*ret = read_party(&l->to, 0);
	return rc;
}

int list_contact_id(struct list_reader *l, struct fact_contact_id *ret, struct err *err)
{
	int rc = list_next(&l->contact_ids, l->id, err);
	if (rc > 0)
		*ret = (struct fact_contact_id){
			.party = read_party(&l->contact_ids.rows, 1),
			.label = rows_bytes(&l->contact_ids.rows, 8),
		};
	return rc;
}

int list_attachment(struct list_reader *l, struct fact_attachment *ret, struct err *err)
{
	int rc = list_next(&l->attachments, l->id, err);
	if (rc > 0)
		*ret = (struct fact_attachment){
			.name = rows_bytes(&l->attachments.rows, 1),
			.type = rows_bytes(&l->attachments.rows, 2),
		};
	return rc;
}

int list_quoted(struct list_reader *l, span *ret, struct err *err)
{
	int rc = list_next(&l->quoted, l->id, err);
	if (rc > 0)
		*ret = rows_bytes(&l->quoted.rows, 1);
	return rc;
}

int list_mention(struct list_reader *l, struct fact_mention *ret, struct err *err)
{
	int rc = list_next(&l->mentions, l->id, err);
	const struct rows *r = &l->mentions.rows;
	if (rc > 0)
		*ret = (struct fact_mention){
			.start = rows_number(r, 1),
			.stop = rows_number(r, 2),
			.e164 = (uint64_t)rows_number(r, 3),
			.kind = rows_bytes(r, 4),
			.certainty = rows_bytes(r, 5),
		};
	return rc;
}
