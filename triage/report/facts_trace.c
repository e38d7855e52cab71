/* facts_trace.c - see facts_trace.h */
#include "facts_trace.h"
#include "parser.h"

#define LISTED "(SELECT DISTINCT record FROM match WHERE line IS NOT NULL)"

int facts_traces(struct rows *r, struct case_db *c, struct err *err)
{
	/* Of what was sent each recipient counts, of all else the sender or whoever is named. */
	return rows_ask(
		r, c,
		"SELECT r.kind, r.name, r.service, p.raw, p.e164, r.text, r.text_state,"
		" count(*), sum(r.direction=1), sum(r.direction=2), min(r.time), max(r.time),"
		" max(l.record IS NOT NULL) AS listed"
		" FROM record r LEFT JOIN party_set s ON s.id=r.\"to\" AND r.direction<>1"
		" LEFT JOIN party p ON p.id=coalesce(s.party, r.\"from\")"
		" LEFT JOIN " LISTED " l ON l.record=r.id WHERE r.kind > 5"
		" GROUP BY r.kind, r.name, r.service, p.raw,"
		" CASE WHEN r.text IS NOT NULL OR r.text_state<>0 THEN r.id END"
		" ORDER BY listed DESC, r.kind, count(*) DESC, min(r.id), p.raw",
		err);
}

int facts_trace(struct rows *r, struct fact_trace *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_trace){
			.kind = rows_kind(r, 0),
			.name = rows_bytes(r, 1),
			.service = rows_bytes(r, 2),
			.raw = rows_bytes(r, 3),
			.e164 = (uint64_t)rows_number(r, 4),
			.text = rows_bytes(r, 5),
			.text_why = (enum text_state)rows_number(r, 6),
			.times = rows_number(r, 7),
			.in = rows_number(r, 8),
			.out = rows_number(r, 9),
			.first = rows_time(r, 10),
			.last = rows_time(r, 11),
			.listed = rows_number(r, 12) != 0,
		};
	return rc;
}

int facts_traces_listed(struct case_db *c, int64_t *ret, struct err *err)
{
	struct rows r;
	int rc = rows_ask(&r, c,
			  "SELECT count(*) FROM " LISTED " l JOIN record r ON r.id=l.record"
			  " WHERE r.kind > 5",
			  err);
	if (rc)
		return rc;
	rc = rows_step(&r, err);
	if (rc > 0)
		*ret = rows_number(&r, 0);
	rows_close(&r);
	return rc < 0 ? rc : 0;
}

int facts_readers(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT DISTINCT parser FROM evidence_file WHERE parser IS NOT NULL"
			" AND side_of IS NULL ORDER BY parser",
			err);
}

int facts_reader(struct rows *r, span *ret_name, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret_name = rows_bytes(r, 0);
	return rc;
}

const struct parser *reader_of(span name)
{
	for (const struct parser *const *p = parsers; *p; p++)
		if (span_eq(name, span_z((*p)->name)))
			return *p;
	return NULL;
}
