/*
 * facts_record.h - records as reports see them, with the people, files and lists they point to.
 *
 * The same rules as facts.h: 1 = a row, 0 = no more; spans die with the next step.
 */
#ifndef FACTS_RECORD_H
#define FACTS_RECORD_H
#include "facts.h"
#include "scope/scope.h"

struct fact_party {
	bool known;    /* false: the record names nobody here, all else is absent */
	uint64_t e164; /* 0: none */
	span role, raw, kind, certainty, name;
};

struct fact_record {
	int64_t id, exhibit, row;
	enum record_kind kind;
	enum direction direction;
	int64_t time;     /* TIME_UNSET */
	int64_t local;    /* what a clock of unknown zone showed, as record.h; 0 */
	int64_t duration; /* ms, -1 */
	int64_t to;       /* party_set, -1: none */
	enum answer read;
	unsigned state;
	span file, file_hex, sha256, table, time_raw, unit, thread, thread_name, service, text,
		name;
	struct fact_party from;
	int64_t thread_id;        /* 0: none */
	enum text_state text_why; /* why a text is not here */
};

/* All records of the kinds whose KIND_BIT() is set, in order. */
int facts_records(struct rows *r, struct case_db *c, unsigned kinds, struct err *err);
/* The first `limit` of those that a finding rests on, that met a number of the line list, or that
 * stand in one of the threads (a JSON array of their ids); in order. */
int facts_records_chosen(struct rows *r, struct case_db *c, const char *threads, int64_t limit,
			 struct err *err);
int facts_record(struct rows *r, struct fact_record *ret, struct err *err);

/* The first `limit` records that a finding rests on. *ret_n: the fact's number; start and stop are
 * bytes of the text, -1 where the fact is not in the text. */
struct fact_of_finding {
	int64_t n, start, stop;
	struct fact_record record;
};
int facts_of_finding(struct rows *r, struct case_db *c, span finding, int limit, struct err *err);
int facts_fact(struct rows *r, struct fact_of_finding *ret, struct err *err);

/* "EX1/M000123": the record's stable number. Letters: A account, C contact, T telephone call,
 * M message, R reaction, S system, X trace. */
void fact_number(const struct fact_record *r, char out[static 64]);
/* Typed by a person who saw it on the handset (typed.h): there are no bytes to check it against. */
bool fact_typed(const struct fact_record *r);
const char *fact_origin_word(const struct fact_record *r); /* "live", "recovered", "typed" */

/* Lists that hang on a record. A list_reader answers in any order; asked in ascending order it
 * reads each table once, in step with the records. */
struct list_reader;
int list_reader_new(struct list_reader **ret, struct case_db *c, struct err *err);
void list_reader_free(struct list_reader *l); /* NULL is legal */

/* Who set `to` names. */
void list_to(struct list_reader *l, int64_t to);
int list_to_next(struct list_reader *l, struct fact_party *ret, struct err *err);

/* The lists of record `id`, from their start; then each call gives the next row of one list. */
void list_of(struct list_reader *l, int64_t id);
struct fact_contact_id {
	struct fact_party party;
	span label;
};
int list_contact_id(struct list_reader *l, struct fact_contact_id *ret, struct err *err);
struct fact_attachment {
	span name, type;
};
int list_attachment(struct list_reader *l, struct fact_attachment *ret, struct err *err);
struct fact_mention {
	int64_t start, stop;
	uint64_t e164;
	span kind, certainty;
};
/* At most one: what the record answers. */
int list_quoted(struct list_reader *l, span *ret, struct err *err);
int list_mention(struct list_reader *l, struct fact_mention *ret, struct err *err);
#endif
