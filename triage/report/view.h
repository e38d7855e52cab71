/*
 * view.h - the parts of the working view. Each part writes its sections to v->to.
 *
 * The page is bounded whatever the case holds: the limits stand here, and where one cuts, the page
 * says how much it left out and how to see it.
 */
#ifndef VIEW_H
#define VIEW_H
#include "facts_record.h"
#include "html.h"
#include "saved.h"

enum {
	VIEW_REASONS = 8,   /* on top */
	VIEW_FINDINGS = 40, /* in full */
	VIEW_FACTS = 8,     /* of one finding */
	VIEW_PEOPLE = 4,    /* of one list of recipients */
	VIEW_LINES = 12,    /* with a timeline of their own */
	VIEW_ROWS = 400     /* of any other table */
};

struct view {
	FILE *to;
	struct case_db *c;
	struct fact_outcome outcome;
	struct fact_counts counts;
	struct list_reader *lists;
	struct saved *saved;
};

extern const char view_style[];
extern const char view_style_training[]; /* on every printed page */

int view_outcome(struct view *v, struct err *err);
int view_next(struct view *v, struct err *err);
int view_findings(struct view *v, struct err *err);
int view_timeline(struct view *v, struct err *err);
int view_roles(struct view *v, struct err *err);
int view_traces(struct view *v, struct err *err);
int view_people(struct view *v, struct err *err);
int view_readers(struct view *v, struct err *err);
int view_coverage(struct view *v, struct err *err);
int view_unseen(struct view *v, struct err *err);
int view_packs(struct view *v, struct err *err);
int view_searches(struct view *v, struct err *err);
void view_glossary(struct view *v);

/* Plain words if there are any, else the stored word. */
void view_word(FILE *to, const char *plain, span stored);
/* "EX1" */
void view_exhibit(FILE *to, int64_t exhibit);
/* The id of a finding, as a link to it where it is one that this program makes. */
void view_finding_id(FILE *to, span id);
void view_finding_link(FILE *to, span id);
/* "... and 12 more <what>. See them with: linecheck <how>"; nothing if more is 0. */
void view_more(FILE *to, int64_t more, const char *what, const char *how);
/* One fact as an item of a list. */
int view_fact(struct view *v, span finding, const struct fact_of_finding *f, struct err *err);
#endif
