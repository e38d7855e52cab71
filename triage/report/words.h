/*
 * words.h - plain English for the words that a case holds.
 *
 * The child is presumed to be a victim: no word here accuses anybody, and nothing is called by a
 * colour or a label. tests/unit/report_test.c holds the list of words that never appear.
 */
#ifndef WORDS_H
#define WORDS_H
#include "base/span.h"
#include "record.h"
#include <stddef.h>

extern const char word_absence[];  /* "Absence of hits is not absence of risk." */
extern const char word_person[];   /* a person decides */
extern const char word_working[];  /* not for handing on */
extern const char word_training[]; /* the mark of training data */

/* level -1..3: the contract's words, and what it asks of a person. */
const char *word_level(int level);
const char *word_level_next(int level);

/* Each gives plain words for a stored word, or NULL if it does not know it: show it as it is. */
const char *word_state(span state);      /* of an evidence file */
const char *word_outside(span reason);   /* why rows were left out */
const char *word_state_next(span state); /* what to do about a file in that state */
const char *word_loss(span kind);        /* of a warning that is a loss: what was lost */
/* files: how many were seen in it; losses: parts of it could not be looked at. */
const char *word_exhibit_state(span state, int64_t files, bool losses);
const char *word_exhibit_kind(span kind);
const char *word_platform(span platform);
const char *word_contact(span grade_kind); /* how a line was met */
const char *word_role(span role);          /* goes after "consistent with" */
const char *word_category(span category);
/* Category i and what it asks of a person (NULL: nothing of its own); false past the last. */
bool word_next(size_t i, const char **ret_category, const char **ret_next);
const char *word_line_status(span status);
const char *word_pack(span kind);
const char *word_harm(span harm);

/* "2B": what the two grades mean; either may be NULL. */
void word_grade(span grade, const char **ret_source, const char **ret_assessment);

/* "1 message", "2 messages"; "contact", "account" ... n decides. */
const char *word_kind(enum record_kind kind, int64_t n);
const char *word_direction(enum record_kind kind, enum direction direction);
#endif
