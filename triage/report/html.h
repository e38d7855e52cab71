/*
 * html.h - the only way in which text gets into a page.
 *
 * HTML() takes literals of this program and nothing else; whatever comes from a case goes through
 * html_word() or html_said(), which escape it, show unseen characters as tokens and isolate its
 * direction. Text of a case never stands inside a tag. A failed write shows in ferror(to).
 */
#ifndef HTML_H
#define HTML_H
#include "base/span.h"
#include <stdint.h>
#include <stdio.h>

#define HTML(to, literal) html_raw((to), SPAN("" literal ""))
#define HTML_IF(to, test, yes, no) html_raw((to), (test) ? SPAN("" yes "") : SPAN("" no ""))
void html_raw(FILE *to, span ours);

/* On one line, marked as not our words; what goes past about 200 bytes is cut and the cut is said.
 */
void html_word(FILE *to, span s);
/* A sentence or two from a pack or a rule: the same, but cut only past about 1000 bytes. */
void html_sentence(FILE *to, span s);
/* Our own words, or an id made by this program. Escaped too. */
void html_ours(FILE *to, const char *s);
void html_int(FILE *to, int64_t n);

/* A message text as a block: about HTML_SAID_MAX bytes round [start, stop), which is marked; -1:
 * no mark. A cut is said with the length of the whole. */
enum { HTML_SAID_MAX = 700 };
void html_said(FILE *to, span text, int64_t start, int64_t stop);
#endif
