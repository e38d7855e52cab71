/*
 * facts_trace.h - what a case knows beside its conversations: traces, and which readers were at
 * work.
 *
 * The same rules as facts.h: 1 = a row, 0 = no more; spans die with the next step.
 */
#ifndef FACTS_TRACE_H
#define FACTS_TRACE_H
#include "facts.h"
#include "scope/scope.h"

/* Traces that are alike, as one: the same kind, app, event and person. Titles stand alone. Those
 * with a number on the line list come first. */
struct fact_trace {
	enum record_kind kind;
	int64_t times, in, out, first, last; /* TIME_UNSET: none has a time */
	bool listed;                         /* with a number on the line list */
	span name, service, raw, text;
	uint64_t e164;
	enum text_state text_why;
};
int facts_traces(struct rows *r, struct case_db *c, struct err *err);
int facts_trace(struct rows *r, struct fact_trace *ret, struct err *err);

/* How many traces are with a number on the line list. */
int facts_traces_listed(struct case_db *c, int64_t *ret, struct err *err);

/* Names of the parsers that a file of this case was for, read or not; by name. */
int facts_readers(struct rows *r, struct case_db *c, struct err *err);
int facts_reader(struct rows *r, span *ret_name, struct err *err);
/* Of this version; NULL if it has none of that name. */
const struct parser *reader_of(span name);
#endif
