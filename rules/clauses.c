/* clauses.c - see clauses.h */
#include "clauses.h"
#include <stdlib.h>

/* Words of which a match holds one: a bit for each number. */
struct clause {
	uint64_t seen[WORDS_SEEN / 64]; /* as words_seen() */
	uint64_t *word;
};

struct set { /* of an alternative */
	struct clause *clause;
	size_t n;
};

struct clauses {
	const struct ruleset *rs;
	struct words *words;
	struct set **set; /* per rule, one per alternative; NULL: none */
};

void clauses_free(struct clauses *c)
{
	if (!c)
		return;
	for (size_t i = 0; c->set && i < c->rs->n; i++) {
		for (size_t k = 0; c->set[i] && k < c->rs->body[i].branch_n; k++) {
			for (size_t j = 0; j < c->set[i][k].n; j++)
				free(c->set[i][k].clause[j].word);
			free(c->set[i][k].clause);
		}
		free(c->set[i]);
	}
	free(c->set);
	free(c);
}

static enum word_kind kind_of(const struct pattern_word *w)
{
	return words_kind(w->text, w->edge_before, w->edge_after);
}

/* Only what the word sieve can tell: a clause with another word says nothing. */
static bool can_tell(const struct pattern_clause *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (kind_of(&c->word[i]) == WORD_KINDS)
			return false;
	return true;
}

static bool add(struct words *words, struct set *ret, const struct branch *b)
{
	ret->clause = calloc(b->clauses + 1, sizeof *ret->clause);
	for (size_t i = 0; ret->clause && i < b->clauses; i++) {
		const struct pattern_clause *c = &b->clause[i];
		for (size_t k = 0; can_tell(c) && k < c->n; k++)
			if (!words_add(words, c->word[k].text, kind_of(&c->word[k])))
				return false;
	}
	return ret->clause != NULL;
}

static void mark(struct clause *c, uint32_t number)
{
	c->word[number / 64] |= UINT64_C(1) << number % 64;
	c->seen[number % WORDS_SEEN / 64] |= UINT64_C(1) << number % 64;
}

static bool mark_all(struct words *words, struct set *ret, const struct branch *b)
{
	for (size_t i = 0; i < b->clauses; i++) {
		const struct pattern_clause *from = &b->clause[i];
		if (!can_tell(from))
			continue;
		struct clause *c = &ret->clause[ret->n];
		c->word = calloc(words_count(words) / 64 + 1, sizeof *c->word);
		if (!c->word)
			return false;
		ret->n++;
		for (size_t k = 0; k < from->n; k++)
			mark(c, words_add(words, from->word[k].text, kind_of(&from->word[k])));
		if (from->digit)
			mark(c, WORDS_DIGIT);
	}
	return true;
}

struct clauses *clauses_new(const struct ruleset *rs, struct words *words)
{
	struct clauses *c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	c->rs = rs;
	c->words = words;
	bool ok = (c->set = calloc(rs->n + 1, sizeof(struct set *))) != NULL;
	for (size_t i = 0; ok && i < rs->n; i++) {
		const struct rule_body *b = &rs->body[i];
		if (!b->branch_n)
			continue;
		ok = (c->set[i] = calloc(b->branch_n, sizeof *c->set[i])) != NULL;
		for (size_t k = 0; ok && k < b->branch_n; k++)
			ok = add(words, &c->set[i][k], &b->branch[k]);
	}
	if (!ok) {
		clauses_free(c);
		return NULL;
	}
	return c;
}

bool clauses_done(struct clauses *c)
{
	bool ok = true;
	for (size_t i = 0; ok && i < c->rs->n; i++)
		for (size_t k = 0; ok && c->set[i] && k < c->rs->body[i].branch_n; k++)
			ok = mark_all(c->words, &c->set[i][k], &c->rs->body[i].branch[k]);
	return ok;
}

static bool holds(const struct clause *c, const struct text_word *t, const struct word_part *part)
{
	if ((t->digit && (c->word[0] >> WORDS_DIGIT & 1)) ||
	    (c->word[t->word / 64] >> t->word % 64 & 1))
		return true;
	for (uint32_t i = 0; i < t->part_n; i++) {
		uint32_t word = part[t->part + i].word;
		if (c->word[word / 64] >> word % 64 & 1)
			return true;
	}
	return false;
}

/* Whether one may be there at all. */
static bool seen(const struct clause *c, const uint64_t *words)
{
	uint64_t both = 0;
	for (size_t i = 0; i < WORDS_SEEN / 64; i++)
		both |= c->seen[i] & words[i];
	return both != 0;
}

/* The first word that begins at `from` or later. */
static size_t word_from(const struct text_word *t, size_t n, size_t from)
{
	size_t low = 0;
	while (n > low) {
		size_t middle = low + (n - low) / 2;
		if (t[middle].start < from)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

bool clauses_hold(const struct clauses *c, uint32_t rule, uint32_t branch, size_t at, size_t width,
		  uint64_t *steps)
{
	const struct set *all = &c->set[rule][branch];
	const struct branch *b = &c->rs->body[rule].branch[branch];
	const uint64_t *words = all->n ? words_seen(c->words) : NULL;
	for (size_t i = 0; i < all->n; i++)
		if (!seen(&all->clause[i], words))
			return false;
	size_t n;
	const struct text_word *t = words_text(c->words, &n);
	const struct word_part *part = words_parts(c->words);
	size_t reach = b->before * width, end = at + b->max_chars * width;
	size_t first = word_from(t, n, at > reach ? at - reach : 0);
	first -= first > 0; /* the match may begin inside a word */
	for (size_t i = 0; i < all->n; i++) {
		size_t k = first;
		while (k < n && t[k].start <= end && !holds(&all->clause[i], &t[k], part))
			k++;
		*steps += k - first;
		if (k == n || t[k].start > end)
			return false;
	}
	return true;
}
