/*
 * facts.h - every question that a report asks of a case, in one place.
 *
 * Each question is opened with facts_<things>() and stepped with facts_<thing>(): 1 = a row, 0 = no
 * more, negative = error. Spans belong to SQLite and die with the next step or with rows_close().
 * Absent (p == NULL) is SQL's NULL. Everything that comes from evidence may be any bytes.
 */
#ifndef FACTS_H
#define FACTS_H
#include "base/span.h"
#include "case.h"
#include "record.h"
#include "rows.h"

/* A report is made from one moment of the case: begin, questions, end. */
int facts_begin(struct case_db *c, bool *ret_began, struct err *err);
void facts_end(struct case_db *c, bool began);

/* A value of `meta`, copied; "" if it is not there. */
int facts_meta(struct case_db *c, const char *key, char *ret, size_t cap, struct err *err);
/* The sentence for page one while a backup password that was set for this case stands on a phone;
 * "" if none does. */
int facts_left_set(struct case_db *c, char *ret, size_t cap, struct err *err);
/* What was read and not compared with known lines: that there was no list, or that rows of it were
 * left out; "" if neither. */
int facts_not_compared(struct case_db *c, char *ret, size_t cap, struct err *err);

struct fact_outcome {
	bool assessed; /* false: the case was never scored */
	int level;     /* 0..3, -1 "Cannot say" */
	int64_t link, coverage;
	char harm[24];
};
int facts_outcome(struct case_db *c, struct fact_outcome *ret, struct err *err);

struct fact_exhibit {
	int64_t id, files_seen, bytes_seen, files_kept, bytes_kept;
	int64_t losses; /* of the source as a whole: parts that could not be looked at */
	span label, kind, platform, fingerprint, state, detail;
};
int facts_exhibits(struct rows *r, struct case_db *c, struct err *err);
int facts_exhibit(struct rows *r, struct fact_exhibit *ret, struct err *err);

struct fact_file {
	int64_t id, exhibit, size; /* size -1: not known */
	span path, path_hex, sha256, state, parser, detail;
	span side_of;          /* path of the database that it belongs to; absent: none */
	int64_t losses, notes; /* warnings about it */
};
int facts_files(struct rows *r, struct case_db *c, struct err *err);
int facts_file(struct rows *r, struct fact_file *ret, struct err *err);

/* Records by file and kind. facts_counts() reads the whole record table once. */
struct fact_counts {
	int64_t total[REC_KIND_MAX];
	struct fact_file_count {
		int64_t file, exhibit, n[REC_KIND_MAX];
	} * files; /* ascending by file */
	size_t files_n;
};
int facts_counts(struct case_db *c, struct fact_counts *ret, struct err *err);
void fact_counts_free(struct fact_counts *f);
/* All zero if the file gave none. */
const struct fact_file_count *fact_counts_of(const struct fact_counts *f, int64_t file);

struct fact_app {
	int64_t exhibit;
	bool read;
	span id, name, evidence;
};
int facts_apps(struct rows *r, struct case_db *c, struct err *err);
/* Those that were not read, each name once, whatever phones have it under whatever id; by name. */
int facts_unread_apps(struct rows *r, struct case_db *c, struct err *err);
int facts_app(struct rows *r, struct fact_app *ret, struct err *err);

struct fact_warning {
	int64_t exhibit, row, times; /* row 0: the file as a whole */
	bool loss;
	span file, kind, table, detail; /* file: path; absent = about the exhibit */
};
int facts_warnings(struct rows *r, struct case_db *c, struct err *err);
/* One for each exhibit, file, kind, table and detail; losses first, of them those of a whole
 * source; row is then the first one. */
int facts_warning_groups(struct rows *r, struct case_db *c, struct err *err);
int facts_warning(struct rows *r, struct fact_warning *ret, struct err *err);
int facts_warning_total(struct case_db *c, int64_t *ret_all, int64_t *ret_losses, struct err *err);

struct fact_pack {
	int64_t entries, skipped;
	span kind, name, version, sha256;
	span signer; /* id of the key that signed it; absent: not signed */
};
int facts_packs(struct rows *r, struct case_db *c, struct err *err);
int facts_pack(struct rows *r, struct fact_pack *ret, struct err *err);

struct fact_line {
	int64_t id, csv_row;
	uint64_t e164;       /* 0: none */
	int64_t from, until; /* TIME_UNSET: open */
	span line, identifier, status, grade, pack;
	int64_t assertion, number, issued, age; /* number 0: not of a signed pack */
	bool lapsed;
	span uuid, unit, contact, conditions;
};
/* Every assertion that something met: by brand, brands in the order of the findings. */
int facts_lines(struct rows *r, struct case_db *c, struct err *err);
int facts_line(struct rows *r, struct fact_line *ret, struct err *err);

/* Each record but traces that met a line, as often as it met one; in record order. */
struct fact_contact {
	int64_t record, line, time;
	enum record_kind kind;
	enum direction direction;
	span via;
};
int facts_contacts(struct rows *r, struct case_db *c, struct err *err);
int facts_contact(struct rows *r, struct fact_contact *ret, struct err *err);

/* Numbers of the people in the facts of all findings that contacts hold, with the contact's name:
 * by number, then in record order; at most `limit`. */
int facts_saved_numbers(struct rows *r, struct case_db *c, int limit, struct err *err);
int facts_saved_number(struct rows *r, uint64_t *ret_e164, span *ret_name, struct err *err);

struct fact_rule {
	span id, category, not_run; /* not_run absent: it ran */
	int64_t stage;
};
/* Only those that did not run. */
int facts_rules_not_run(struct rows *r, struct case_db *c, struct err *err);
int facts_rule(struct rows *r, struct fact_rule *ret, struct err *err);

struct fact_search {
	int64_t stage, records;                            /* records: how many met it */
	span id, category, not_run, pack, version, sha256; /* not_run absent: it ran */
};
/* Every rule that was loaded, by id. A record meets a rule by its text, or by being a fact of a
 * finding of it: rules of traffic and of a whole thread have no words. */
int facts_searches(struct rows *r, struct case_db *c, struct err *err);
int facts_search(struct rows *r, struct fact_search *ret, struct err *err);

struct fact_finding {
	int64_t n, points, records; /* records: how many it rests on in all */
	int without_level;          /* -1: cannot say */
	bool pivotal;
	span id, rule, category, line, reason, meaning, innocent, without, grade_kind;
};
int facts_findings(struct rows *r, struct case_db *c, struct err *err);
int facts_finding(struct rows *r, struct fact_finding *ret, struct err *err);
int facts_finding_total(struct case_db *c, int64_t *ret, struct err *err);
int facts_has_category(struct case_db *c, const char *category, bool *ret, struct err *err);

struct fact_role {
	span id, for_json, against_json; /* each a JSON array of strings, "[]" if it was not one */
};
int facts_roles(struct rows *r, struct case_db *c, struct err *err);
int facts_role(struct rows *r, struct fact_role *ret, struct err *err);
/* The strings of such an array. */
int facts_strings(struct rows *r, struct case_db *c, span json, struct err *err);
int facts_string(struct rows *r, span *ret, struct err *err);

/* Rows that were read and not kept. */
struct fact_outside {
	int64_t exhibit, rows;
	span reason, kind; /* scope_out_word(), record_kind_word() */
};
int facts_outside(struct rows *r, struct case_db *c, struct err *err);
int facts_outside_row(struct rows *r, struct fact_outside *ret, struct err *err);
/* The lowest stage that an exhibit was read at; 3 if there is none. */
int facts_stage(struct case_db *c, int64_t *ret, struct err *err);

struct fact_run {
	int64_t started, finished; /* TIME_UNSET */
	span command;
};
int facts_runs(struct rows *r, struct case_db *c, struct err *err);
int facts_run(struct rows *r, struct fact_run *ret, struct err *err);

/* Another list took the place of the one before, without the phone. */
struct fact_rescan {
	int64_t id, at;               /* at: TIME_UNSET in a training case */
	span was, now;                /* number of a pack, name of a CSV file, "" */
	int64_t was_level, now_level; /* -1: none */
};
int facts_rescans(struct rows *r, struct case_db *c, struct err *err);
int facts_rescan(struct rows *r, struct fact_rescan *ret, struct err *err);
struct fact_rescan_change {
	span kind; /* "new", "gone", "changed" */
	span line, identifier, was, now;
};
int facts_rescan_changes(struct rows *r, struct case_db *c, int64_t rescan, struct err *err);
int facts_rescan_change(struct rows *r, struct fact_rescan_change *ret, struct err *err);

/* What was in scope and was not read. */
struct fact_gaps {
	int64_t files;    /* evidence files that are absent, encrypted, unreadable ... */
	int64_t losses;   /* warnings that are losses, counted */
	int64_t exhibits; /* sources that were not read to their end */
	bool no_exhibit;  /* nothing was read at all */
};
int facts_gaps(struct case_db *c, struct fact_gaps *ret, struct err *err);
static inline bool fact_gaps_any(const struct fact_gaps *g)
{
	return g->files || g->losses || g->exhibits || g->no_exhibit;
}
#endif
