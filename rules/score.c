/*
 * score.c - see score.h.
 *
 * One run: which rules count and for how much (alone, repeated, beside others), lines with their
 * diminishing factors, categories with theirs and their caps, then harm, level, floor and gates.
 * All of it rises with the items, which is what makes "without" and the search in pivot.c sound;
 * policy.c refuses the settings that would break that.
 */
#include "score.h"
#include <stdlib.h>

struct scorer {
	const struct policy *p;
	const struct item *item;
	size_t n, words;
	const struct near *near;
	uint64_t *alive;
	uint64_t *of[CAT_MAX]; /* items of a category */
	uint64_t *supports;    /* items that can stand beside another */
	uint64_t *low;         /* rules of low ambiguity */
	size_t *by_points;     /* lines and names, most points first */
	size_t ranked;
	uint64_t *buffer;

	/* Of the last run. */
	int *factor;    /* per mille that a rule's weight counts for; lines: 1 if they count */
	int64_t *milli; /* what each item brought, in thousandths */
	size_t *order;  /* items that brought something, in the order they were added */
	size_t ordered;
	int64_t total;
	struct verdict verdict;
};

const char *level_word(int level)
{
	static const char *const words[] = {
		"No indicators found in scope",
		"Some indicators \xe2\x80\x93 consider",
		"Strong indicators \xe2\x80\x93 discuss same day",
		"Immediate safeguarding",
	};
	return level < 0 || level > 3 ? "Cannot say: too little was read" : words[level];
}

static bool has(const uint64_t *set, size_t i)
{
	return set[i / 64] >> i % 64 & 1;
}

static void put(uint64_t *set, size_t i)
{
	set[i / 64] |= UINT64_C(1) << i % 64;
}

void scorer_leave_out(struct scorer *s, size_t i)
{
	s->alive[i / 64] &= ~(UINT64_C(1) << i % 64);
}

void scorer_take_back(struct scorer *s, size_t i)
{
	put(s->alive, i);
}

static void rank(struct scorer *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->item[i].kind == ITEM_RULE)
			continue;
		size_t at = s->ranked++;
		while (at && s->item[s->by_points[at - 1]].milli < s->item[i].milli) {
			s->by_points[at] = s->by_points[at - 1];
			at--;
		}
		s->by_points[at] = i;
	}
}

/* What counts only in a context cannot be one: else two such things would hold each other up. */
static bool supports(const struct category_policy *c, enum ambiguity ambiguity)
{
	return ambiguity == AMBIGUITY_LOW
		       ? !c->exonerates
		       : ambiguity == AMBIGUITY_MEDIUM && !c->exonerates && !c->context_n;
}

struct scorer *scorer_new(const struct policy *p, const struct item *item, size_t n,
			  const struct near *near)
{
	struct scorer *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	*s = (struct scorer){ .p = p, .item = item, .n = n, .near = near };
	s->words = near_words(near);
	s->buffer = calloc((CAT_MAX + 3) * s->words, sizeof *s->buffer);
	s->by_points = calloc(n + 1, sizeof *s->by_points);
	s->factor = calloc(n + 1, sizeof *s->factor);
	s->milli = calloc(n + 1, sizeof *s->milli);
	s->order = calloc(n + 1, sizeof *s->order);
	if (!s->buffer || !s->by_points || !s->factor || !s->milli || !s->order) {
		scorer_free(s);
		return NULL;
	}
	uint64_t *next = s->buffer;
	s->alive = next;
	s->supports = next += s->words;
	s->low = next += s->words;
	for (int c = 0; c < CAT_MAX; c++)
		s->of[c] = next += s->words;
	for (size_t i = 0; i < n; i++) {
		const struct item *it = &item[i];
		const struct category_policy *c = p->by_category[it->category];
		bool rule = it->kind == ITEM_RULE;
		put(s->alive, i);
		put(s->of[it->category], i);
		if (rule && it->ambiguity == AMBIGUITY_LOW)
			put(s->low, i);
		if (rule ? supports(c, it->ambiguity) : it->kind == ITEM_LINE && it->line.lines)
			put(s->supports, i);
	}
	rank(s);
	return s;
}

void scorer_free(struct scorer *s)
{
	if (!s)
		return;
	free(s->buffer);
	free(s->by_points);
	free(s->factor);
	free(s->milli);
	free(s->order);
	free(s);
}

/* Something that supports, of another category, stands in the same conversation. */
bool scorer_beside(const struct scorer *s, size_t i)
{
	const uint64_t *row = near_row(s->near, SCOPE_THREAD, i);
	const uint64_t *own = s->of[s->item[i].category];
	for (size_t w = 0; w < s->words; w++)
		if (row[w] & s->alive[w] & s->supports[w] & ~own[w])
			return true;
	return false;
}

static bool in_context(const struct scorer *s, size_t i, const struct category_policy *c)
{
	const uint64_t *row = near_row(s->near, c->anywhere ? SCOPE_PHONE : SCOPE_THREAD, i);
	for (unsigned k = 0; k < c->context_n; k++)
		for (size_t w = 0; w < s->words; w++)
			if (row[w] & s->alive[w] & s->supports[w] & s->of[c->context[k]][w])
				return true;
	return false;
}

static bool with_line(const struct scorer *s, size_t i)
{
	const uint64_t *row = near_row(s->near, SCOPE_MESSAGE, i);
	for (size_t w = 0; w < s->words; w++)
		if (row[w] & s->alive[w] & s->supports[w] & s->of[CAT_LINE_MATCH][w])
			return true;
	return false;
}

static int rule_factor(const struct scorer *s, size_t i)
{
	const struct item *it = &s->item[i];
	const struct category_policy *c = s->p->by_category[it->category];
	const struct text_policy *t = &s->p->text;
	const struct band *band = it->ambiguity == AMBIGUITY_LOW      ? &t->low
				  : it->ambiguity == AMBIGUITY_MEDIUM ? &t->medium
								      : &t->high;
	if (!it->weight && c->kind != CATEGORY_NOTE)
		return 0;
	if (it->line_only && !with_line(s, i))
		return 0;
	if (c->context_n && it->ambiguity != AMBIGUITY_LOW && !in_context(s, i, c))
		return 0;
	int factor = band->alone;
	if (band->repeated > factor && it->most >= (uint32_t)t->repeated)
		factor = band->repeated;
	if (band->beside > factor && scorer_beside(s, i))
		factor = band->beside;
	return factor;
}

/* Of a pair, how many are of low ambiguity is asked of what was written, not of lines. */
static bool pair_of(const struct scorer *s, const struct pair *p, size_t i, enum category b)
{
	const uint64_t *row = near_row(s->near, p->scope, i);
	int low = p->low - (has(s->low, i) ? 1 : 0);
	for (size_t w = 0; w < s->words; w++) {
		uint64_t hit = row[w] & s->alive[w] & s->supports[w] & s->of[b][w];
		if (low > 0)
			hit &= s->low[w];
		if (hit && low < 2)
			return true;
	}
	return false;
}

static bool pair_holds(const struct scorer *s, const struct pair *p)
{
	for (size_t i = 0; i < s->n; i++) {
		if (!has(s->alive, i) || !has(s->supports, i))
			continue;
		for (unsigned a = 0; a < p->a_n; a++) {
			if (s->item[i].category != p->a[a])
				continue;
			for (unsigned b = 0; b < p->b_n; b++)
				if (pair_of(s, p, i, p->b[b]))
					return true;
		}
	}
	return false;
}

/* Add up to left of milli, in the order of calls; caps are what is left. */
static void bring(struct scorer *s, size_t i, int64_t milli, int64_t *left_a, int64_t *left_b)
{
	int64_t left = (int64_t)LINK_MAX * PER_MILLE - s->total;
	left = *left_a < left ? *left_a : left;
	left = *left_b < left ? *left_b : left;
	milli = milli < left ? milli : left;
	s->milli[i] = milli;
	s->order[s->ordered++] = i;
	*left_a -= milli;
	*left_b -= left_a == left_b ? 0 : milli;
	s->total += milli;
}

static void add_lines(struct scorer *s)
{
	const struct line_policy *l = &s->p->line;
	int64_t left = (int64_t)l->cap * PER_MILLE;
	unsigned k = 0;
	for (size_t r = 0; r < s->ranked && k < l->diminish_n; r++) {
		size_t i = s->by_points[r];
		const struct item *it = &s->item[i];
		if (it->kind == ITEM_LINE && it->line.lines && has(s->alive, i))
			bring(s, i, it->milli * l->diminish[k++] / PER_MILLE, &left, &left);
	}
}

/* The rules of a category that count most, most first: at most as many as diminish has factors. */
static unsigned best_of(const struct scorer *s, enum category c, size_t *best, unsigned most)
{
	unsigned n = 0;
	for (size_t w = 0; w < s->words; w++)
		for (uint64_t left = s->of[c][w] & s->alive[w]; left; left &= left - 1) {
			size_t i = w * 64 + (size_t)__builtin_ctzll(left);
			int64_t worth = (int64_t)s->item[i].weight * s->factor[i];
			if (worth <= 0)
				continue;
			unsigned at = n;
			while (at &&
			       (int64_t)s->item[best[at - 1]].weight * s->factor[best[at - 1]] <
				       worth)
				at--;
			if (at == most)
				continue;
			n += n < most;
			for (unsigned k = n - 1; k > at; k--)
				best[k] = best[k - 1];
			best[at] = i;
		}
	return n;
}

static void add_category(struct scorer *s, const struct category_policy *c, int64_t *left)
{
	size_t best[16];
	const struct text_policy *t = &s->p->text;
	unsigned most = t->diminish_n < 16 ? t->diminish_n : 16;
	unsigned n = best_of(s, c->category, best, most);
	if (!n)
		return;
	bool raised = c->raise && pair_holds(s, &s->p->pair[c->raise->index]);
	int64_t here = (int64_t)(raised ? c->raise->cap : c->cap) * PER_MILLE;
	int64_t more = raised ? (int64_t)c->raise->add * PER_MILLE : 0;
	for (unsigned k = 0; k < n; k++) {
		const struct item *it = &s->item[best[k]];
		int64_t milli =
			(int64_t)it->weight * s->factor[best[k]] * t->diminish[k] / PER_MILLE;
		bring(s, best[k], milli + more, &here, left);
		more = 0;
	}
}

static void add_kind(struct scorer *s, enum category_kind kind, int cap)
{
	int64_t left = (int64_t)cap * PER_MILLE;
	for (unsigned i = 0; i < s->p->categories; i++)
		if (s->p->category[i].kind == kind)
			add_category(s, &s->p->category[i], &left);
}

/* A line's name alone says too little: only beside something that counts. */
static void add_names(struct scorer *s)
{
	int64_t left = (int64_t)s->p->line_name.cap * PER_MILLE;
	if (!s->total)
		return;
	for (size_t r = 0; r < s->ranked; r++) {
		size_t i = s->by_points[r];
		if (s->item[i].kind == ITEM_NAME && has(s->alive, i))
			bring(s, i, (int64_t)s->p->line_name.points * PER_MILLE, &left, &left);
	}
}

static int clamp(uint64_t v)
{
	return v > FACT_MAX ? FACT_MAX : (int)v;
}

static uint32_t line_count(const struct line_counts *l, enum measure m)
{
	switch (m) {
	case MEASURE_LINES:
		return l->lines;
	case MEASURE_EVENTS:
		return l->events;
	case MEASURE_BOTH:
		return l->both;
	case MEASURE_SURE:
		return l->sure;
	case MEASURE_NEAR:
		return l->near;
	case MEASURE_OUTSIDE:
		return l->outside;
	case MEASURE_SAVED_ONLY:
		return l->saved_only;
	case MEASURE_MENTIONED:
		return l->mentioned;
	case MEASURE_OWN:
		return l->own;
	case MEASURE_FAMILY:
		return l->family;
	default:
		return l->not_counted;
	}
}

static bool concerns(const struct scorer *s, size_t i, const struct condition *k)
{
	const struct item *it = &s->item[i];
	if (!has(s->alive, i))
		return false;
	if (k->category != CAT_MAX)
		return it->category == k->category;
	const struct category_policy *c = s->p->by_category[it->category];
	return it->kind == ITEM_RULE && c->gates;
}

static int count_categories(const struct scorer *s, const struct condition *k)
{
	uint32_t seen = 0;
	for (size_t i = 0; i < s->n; i++)
		if (concerns(s, i, k) && s->factor[i])
			seen |= UINT32_C(1) << s->item[i].category;
	return __builtin_popcount(seen);
}

static int count_messages(const struct scorer *s, const struct condition *k)
{
	static const enum tally_of of[MEASURE_MAX] = {
		[MEASURE_DAYS] = TALLY_DAYS, [MEASURE_IN] = TALLY_IN, [MEASURE_OUT] = TALLY_OUT
	};
	struct tally_union u = { .of = of[k->measure] };
	for (size_t i = 0; i < s->n && u.count < FACT_MAX; i++)
		if (concerns(s, i, k) && s->factor[i] &&
		    (k->measure != MEASURE_LOW || has(s->low, i)))
			tally_join(&u, &s->item[i].tally);
	return u.count;
}

/* Counts are exact up to FACT_MAX, which no condition goes beyond. */
static int fact(const struct scorer *s, const struct condition *k)
{
	uint64_t sum = 0;
	switch (k->measure) {
	case MEASURE_PAIR:
		return pair_holds(s, &s->p->pair[k->pair]);
	case MEASURE_HARM:
		return (int)s->verdict.harm;
	case MEASURE_CATEGORIES:
		return count_categories(s, k);
	case MEASURE_MESSAGES:
	case MEASURE_DAYS:
	case MEASURE_IN:
	case MEASURE_OUT:
	case MEASURE_LOW:
		return count_messages(s, k);
	default:
		for (size_t i = 0; i < s->n; i++)
			if (concerns(s, i, k))
				sum += k->category == CAT_LINE_NAME
					       ? 1
					       : line_count(&s->item[i].line, k->measure);
		return clamp(sum);
	}
}

bool scorer_holds(const struct scorer *s, const struct conditions *all)
{
	for (unsigned i = 0; i < all->n; i++) {
		const struct condition *k = &all->list[i];
		int v = fact(s, k);
		if (v < k->min || (k->below && v >= k->below))
			return false;
	}
	return true;
}

static enum harm harm_of(const struct scorer *s)
{
	enum harm harm = HARM_NONE;
	for (unsigned i = 0; i < s->p->harms; i++) {
		const struct harm_rule *r = &s->p->harm[i];
		if (r->harm > harm && scorer_holds(s, &r->all))
			harm = r->harm;
	}
	return harm;
}

static bool gate_open(const struct scorer *s, int level)
{
	bool gated = false;
	for (unsigned i = 0; i < s->p->level.gates; i++) {
		const struct level_rule *g = &s->p->level.gate[i];
		if (g->level != level)
			continue;
		if (scorer_holds(s, &g->all))
			return true;
		gated = true;
	}
	return !gated;
}

static int level_of(const struct scorer *s)
{
	const struct level_policy *l = &s->p->level;
	unsigned row = 0;
	while (row < l->bounds && s->verdict.link >= l->bound[row])
		row++;
	int level = l->row[s->verdict.harm][row];
	for (unsigned i = 0; i < l->at_leasts; i++)
		if (l->at_least[i].level > level && scorer_holds(s, &l->at_least[i].all))
			level = l->at_least[i].level;
	while (level && !gate_open(s, level))
		level--;
	return level;
}

struct verdict scorer_run(struct scorer *s)
{
	s->ordered = 0;
	s->total = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct item *it = &s->item[i];
		s->milli[i] = 0;
		s->factor[i] = !has(s->alive, i)       ? 0
			       : it->kind == ITEM_RULE ? rule_factor(s, i)
			       : it->kind == ITEM_LINE ? it->line.lines != 0
						       : 1;
	}
	add_lines(s);
	add_kind(s, CATEGORY_BEHAVIOUR, s->p->behaviour_cap);
	add_kind(s, CATEGORY_TEXT, s->p->text.cap);
	add_names(s);
	s->verdict.link = (int)((s->total + PER_MILLE / 2) / PER_MILLE);
	s->verdict.harm = harm_of(s);
	s->verdict.level = level_of(s);
	return s->verdict;
}

/* Each running total is rounded, and an item gets what it adds to that: so points add up. */
void scorer_points(const struct scorer *s, int *ret_points)
{
	int64_t sum = 0;
	int before = 0;
	for (size_t i = 0; i < s->n; i++)
		ret_points[i] = 0;
	for (size_t k = 0; k < s->ordered; k++) {
		sum += s->milli[s->order[k]];
		int now = (int)((sum + PER_MILLE / 2) / PER_MILLE);
		ret_points[s->order[k]] = now - before;
		before = now;
	}
}

bool scorer_counts(const struct scorer *s, size_t i)
{
	return s->factor[i] != 0;
}
