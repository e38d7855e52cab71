/*
 * score.h - what facts weigh: pure, in integers, by the policy alone.
 *
 * An item is what a case says about one line, one name or one rule: a finding to be. Items can be
 * left out, to see what the level would be without them; leaving one out never raises the level.
 */
#ifndef SCORE_H
#define SCORE_H
#include "near.h"
#include "policy.h"
#include "tally.h"

#define LINK_MAX 100 /* axis 1 is 0..100 */

/* "No indicators found in scope" ... ; level -1: "Cannot say: too little was read". */
const char *level_word(int level);

enum item_kind { ITEM_LINE, ITEM_NAME, ITEM_RULE };

/* For ITEM_LINE: 0 or 1 each, or how many where one item stands for several lines. */
struct line_counts {
	uint32_t lines, events, both, sure, near, outside, saved_only, mentioned, own, family;
	uint32_t not_counted;
};

struct item {
	enum item_kind kind;
	enum category category;
	int64_t milli; /* ITEM_LINE: contact_score() of its best number */
	int weight;    /* ITEM_RULE */
	enum ambiguity ambiguity;
	uint32_t most;  /* ITEM_RULE: most messages with one person */
	bool line_only; /* ITEM_RULE: counts only with a line that counts, in the same message */
	struct line_counts line;
	struct tally tally; /* its messages; of a line its calls and messages, of a name nothing */
};

struct verdict {
	int level;
	enum harm harm;
	int link;
};

struct scorer;

/* item and near must outlive the scorer. NULL when memory ran out. */
struct scorer *scorer_new(const struct policy *p, const struct item *item, size_t n,
			  const struct near *near);
void scorer_free(struct scorer *s);

void scorer_leave_out(struct scorer *s, size_t i);
void scorer_take_back(struct scorer *s, size_t i);
struct verdict scorer_run(struct scorer *s);

/* Of the last run. Points add up to link. */
void scorer_points(const struct scorer *s, int *ret_points);
/* Whether the item weighed anything, or would have below the caps. */
bool scorer_counts(const struct scorer *s, size_t i);
/* Whether something else that counts stands in the same conversation. */
bool scorer_beside(const struct scorer *s, size_t i);
/* Whether all conditions hold, by the facts of the last run. */
bool scorer_holds(const struct scorer *s, const struct conditions *all);
#endif
