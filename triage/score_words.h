/*
 * score_words.h - the sentences of a finding: what was seen, in plain English, with numbers.
 *
 * They state what the phone and the list say and what it is consistent with; never that a person
 * is or did something. Text from the phone is short and has nothing hidden in it.
 */
#ifndef SCORE_WORDS_H
#define SCORE_WORDS_H
#include "base/buf.h"
#include "score_read.h"

/* Sightings of one subject, counted. */
struct summary {
	uint32_t records;
	uint32_t in, out, unknown; /* events of a line; messages of a rule */
	uint32_t calls, texts;     /* of the events */
	uint32_t outreach, own, saved, member, mention;
	int64_t first, last; /* TIME_UNSET: no time is known */
	uint32_t undated;
	uint32_t days;
	uint32_t people;    /* different ones that are known */
	uint32_t person[3]; /* the first of them */
};

/* Counts s[n], sightings of one subject in order of time. */
void summarise(struct summary *ret, const struct sighting *s, uint32_t n);

/* A line as a whole: the entry of the list that weighs most, and how much more of it was met. */
struct line_words {
	const struct case_assertion *best;
	uint32_t entries; /* of the list that were met, best among them */
	uint32_t numbers; /* different identifiers among those */
	bool family, counted;
};
void words_line(struct buf *out, const struct summary *sum, const struct line_words *line,
		const struct case_facts *f, const struct policy *p);

enum weighing { WEIGHED_ALONE, WEIGHED_MORE, WEIGHED_NOTE, WEIGHED_UNKNOWN, WEIGHED_CLEARS };
void words_rule(struct buf *out, const struct summary *sum, const struct case_facts *f,
		enum weighing weighing);
void words_app(struct buf *out, const char *apps);
void words_name(struct buf *out, const struct summary *sum, bool counts);
void words_without(struct buf *out, int level, int without);
#endif
