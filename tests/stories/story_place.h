/* story_place.h - where a story is being read; between the parts that read it. */
#ifndef STORY_PLACE_H
#define STORY_PLACE_H
#include "story.h"

struct place {
	struct story *s;
	int line;
	int year, month, day; /* of the heading; 0: none yet */
};

/* End the tool: what is wrong, and with which words. */
__attribute__((noreturn)) void story_wrong(const struct place *at, const char *what,
					   const char *which);
/* A copy without blanks at both ends. */
const char *story_trimmed(struct story *s, const char *from, size_t n);
/* A number of at most that many digits, which *p moves behind. */
int story_number(const struct place *at, const char **p, size_t digits);
/* "2026-03-02": the day of the lines that follow. */
void story_day(struct place *at, const char *text);
/* "19:04 K > text": what happened then. */
void story_said(struct place *at, const char *line);
#endif
