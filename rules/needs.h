/* needs.h - whether one of some words stands within so many words of a match. */
#ifndef NEEDS_H
#define NEEDS_H
#include "fold.h"
#include "ruleset.h"

/* words: folded. text is valid UTF-8; [start, stop) of it is the match. A word is a run of letters
 * and digits; words cut by the match count from its edge. At most NEEDS_REACH bytes on each side.
 */
#define NEEDS_REACH ((size_t)480)
bool needs_near(struct folder *folder, const struct rule_names *words, uint32_t within, span text,
		size_t start, size_t stop);
#endif
