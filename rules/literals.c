/* literals.c - see literals.h */
#include "literals.h"
#include "ahocorasick.h"
#include "clauses.h"
#include "wordsieve.h"
#include <stdlib.h>

/* Reports of a sieve of bytes for a million words: from here on it is faster to look up words. */
#define REPORTS_MOST 500000
#define REPORT_STEPS 25
#define COMMON_WORD 2500 /* cost of a word (pattern_words.h) that ordinary text is full of */

struct place { /* of a literal: its rule */
	const struct literal *literal;
	uint32_t rule;
	unsigned char aim;           /* of its rule */
	char last;                   /* byte of its word */
	bool ends_word, begins_word; /* no letter or digit may stand after, before it */
	uint32_t word;               /* the same number for the same word */
	bool original;   /* its rule reads the original: edges are the same in ASCII texts only */
	span head, tail; /* what stands beside its whole words, if the word sieve looks for it */
};

/* Literals that are looked for byte by byte. */
struct bytesieve {
	struct ac *ac;
	uint32_t *place; /* of each of its literals */
	size_t n;
	bool digits; /* each stands in a match with a digit */
};

struct literals {
	const struct ruleset *rs;
	struct words *words;
	struct clauses *clauses; /* NULL: none */
	/* Literals without a word that can be looked up; and those of rules on the original, for
	 * texts that are not all ASCII. */
	struct bytesieve parts, originals;
	struct place *place; /* one per literal */
	bool by_words;       /* else all literals are parts */

	const struct literals_text *text;
	literals_hit_fn *hit;
	void *user;
	uint64_t *steps;
	const uint32_t *sieved; /* the places of the sieve of bytes at work */
	bool whole;             /* the words of all the text are at hand */
	struct {                /* the last report of a sieve of bytes */
		size_t stop, start;
		uint32_t word;
		bool joined; /* a letter or digit stands before it */
	} seen;
};

unsigned literals_aim(const struct rule_body *b)
{
	const struct rule_when *w = &b->rule.when;
	return w->in || w->out ? AIM_ANY | (w->in ? AIM_IN : 0u) | (w->out ? AIM_OUT : 0u)
			       : AIM_ANY | AIM_IN | AIM_OUT | AIM_UNKNOWN;
}

static struct place place_of(const struct rule_body *b, uint32_t rule, const struct literal *l)
{
	return (struct place){
		.literal = l,
		.rule = rule,
		.aim = (unsigned char)literals_aim(b),
		.last = l->word.p[l->word.n - 1],
		.ends_word = l->after.n ? l->after.p[0] == AC_SEPARATOR : l->edge_after,
		.begins_word =
			l->before.n ? l->before.p[l->before.n - 1] == AC_SEPARATOR : l->edge_before,
		.original = b->rule.on_original,
	};
}

bool literals_read(const struct rule_body *b)
{
	return b->rule.kind == RULE_TEXT && !b->rule.off;
}

static int by_word(const void *a, const void *b)
{
	const struct place *const *x = a, *const *y = b;
	const span *v = &(*x)->literal->word, *w = &(*y)->literal->word;
	int order = memcmp(v->p, w->p, v->n < w->n ? v->n : w->n);
	return order ? order : (v->n > w->n) - (v->n < w->n);
}

/* Number the words. */
static bool number_words(struct place *place, size_t n)
{
	struct place **order = calloc(n + 1, sizeof(struct place *));
	for (size_t i = 0; order && i < n; i++)
		order[i] = &place[i];
	if (order)
		qsort(order, n, sizeof(struct place *), by_word);
	for (size_t i = 1; order && i < n; i++)
		order[i]->word = order[i - 1]->word + (by_word(&order[i], &order[i - 1]) != 0);
	free(order);
	return order != NULL;
}

/* Words in a row, as the word sieve looks for them. */
struct phrase {
	span word[WORDS_MOST];
	enum word_kind kind[WORDS_MOST];
	size_t n;
	span head, tail; /* the rest of the literal */
};

/* A word that need not be whole is looked for in every word of a text: better only beside the
 * others of its phrase, if these are rare enough. */
static void leave_parts(struct phrase *p, span all)
{
	if (p->n > 1 && p->kind[p->n - 1] == WORD_BEGINS) {
		const span *last = &p->word[--p->n - 1];
		p->tail = span_from(all, (size_t)(last->p + last->n - all.p));
	}
	double rarest = COMMON_WORD;
	for (size_t i = 1; i < p->n; i++) {
		double cost = pattern_word_cost(p->word[i], true, true);
		rarest = cost < rarest ? cost : rarest;
	}
	if (p->n > 1 && p->kind[0] == WORD_ENDS &&
	    (rarest < COMMON_WORD || p->word[0].n == WORD_PART_BYTES)) {
		p->head = span_sub(all, 0, (size_t)(p->word[1].p - all.p));
		memmove(p->word, p->word + 1, --p->n * sizeof *p->word);
		memmove(p->kind, p->kind + 1, p->n * sizeof *p->kind);
	}
}

/* The longest row of words in a literal that can be looked for. */
static struct phrase phrase_of(const struct literal *l)
{
	span all = { l->before.n ? l->before.p : l->word.p, l->before.n + l->word.n + l->after.n };
	struct phrase best = { .n = 0 }, now = { .n = 0 };
	for (size_t i = 0; i < all.n;) {
		size_t k = i;
		while (k < all.n && all.p[k] != AC_SEPARATOR)
			k++;
		bool edge_before = i > 0 || l->edge_before, is_long = k - i > WORD_BYTES;
		size_t stop = is_long ? i + WORD_BYTES : k; /* of a long word the first of it */
		span w = span_sub(all, i, stop);
		enum word_kind kind =
			words_kind(w, edge_before, !is_long && (k < all.n || l->edge_after));
		if (kind == WORD_KINDS || now.n == WORDS_MOST)
			now.n = 0;
		if (kind != WORD_KINDS) {
			if (!now.n)
				now.head = span_sub(all, 0, i);
			now.word[now.n] = w;
			now.kind[now.n++] = kind;
			now.tail = span_from(all, stop);
		}
		if (now.n > best.n)
			best = now;
		if (is_long)
			now.n = 0;
		i = k + 1;
	}
	leave_parts(&best, all);
	return best;
}

/* The byte of what stands beside a phrase that is nearest to it, 0: a separator at most. */
static char nearest(span beside, bool last)
{
	for (size_t i = 0; i < beside.n; i++) {
		char c = beside.p[last ? beside.n - 1 - i : i];
		if (c != AC_SEPARATOR)
			return c;
	}
	return 0;
}

static bool add_phrase(struct literals *s, const struct phrase *p, uint32_t place)
{
	uint32_t number[WORDS_MOST];
	for (size_t i = 0; i < p->n; i++)
		if (!(number[i] = words_add(s->words, p->word[i], p->kind[i])))
			return false;
	s->place[place].head = p->head;
	s->place[place].tail = p->tail;
	return words_phrase(s->words, number, p->n, place, nearest(p->head, true),
			    nearest(p->tail, false));
}

static bool build_bytes(struct bytesieve *b, const struct place *place)
{
	span *symbols = calloc(b->n + 1, sizeof *symbols);
	bool *whole = calloc(b->n + 1, sizeof *whole);
	for (size_t i = 0; symbols && whole && i < b->n; i++) {
		const struct place *p = &place[b->place[i]];
		symbols[i] = p->literal->word;
		whole[i] = p->begins_word && p->ends_word && !p->original;
	}
	b->ac = symbols && whole && b->n ? ac_new(symbols, whole, b->n) : NULL;
	bool ok = symbols && whole && (!b->n || b->ac);
	free(symbols);
	free(whole);
	return ok;
}

static bool needs_digit(const struct rule_body *b, const struct literal *l)
{
	bool needs = false;
	for (size_t i = 0; l->branch != NO_BRANCH && i < b->branch[l->branch].clauses; i++) {
		const struct pattern_clause *c = &b->branch[l->branch].clause[i];
		needs |= c->digit && !c->n;
	}
	return needs;
}

/* Where each literal is looked for. */
static bool place_literals(struct literals *s)
{
	uint32_t at = 0;
	s->parts.digits = true;
	for (size_t i = 0; i < s->rs->n; i++) {
		const struct rule_body *b = &s->rs->body[i];
		for (size_t k = 0; literals_read(b) && k < b->literal_n; k++, at++) {
			struct phrase phrase = { .n = 0 };
			if (s->by_words)
				phrase = phrase_of(&b->literal[k]);
			s->place[at] = place_of(b, (uint32_t)i, &b->literal[k]);
			if (phrase.n && !add_phrase(s, &phrase, at))
				return false;
			if (!phrase.n) {
				s->parts.place[s->parts.n++] = at;
				s->parts.digits &= needs_digit(b, &b->literal[k]);
			} else if (b->rule.on_original) {
				s->originals.place[s->originals.n++] = at;
			}
		}
	}
	return true;
}

static bool build(struct literals *s, const struct ruleset *rs, enum sieve sieve)
{
	size_t n = 0;
	double reports = 0; /* of a sieve of bytes, for a million words of ordinary text */
	for (size_t i = 0; i < rs->n; i++) {
		const struct rule_body *b = &rs->body[i];
		for (size_t k = 0; literals_read(b) && k < b->literal_n; k++, n++)
			reports += pattern_word_rate(b->literal[k].word);
	}
	s->rs = rs;
	s->by_words = sieve == SIEVE_WORDS || (sieve == SIEVE_BEST && reports > REPORTS_MOST);
	s->words = words_new();
	s->place = calloc(n + 1, sizeof *s->place);
	s->parts.place = calloc(n + 1, sizeof *s->parts.place);
	s->originals.place = calloc(n + 1, sizeof *s->originals.place);
	bool ok = s->words && s->place && s->parts.place && s->originals.place &&
		  place_literals(s) && number_words(s->place, n) &&
		  build_bytes(&s->parts, s->place) && build_bytes(&s->originals, s->place);
	if (ok && s->by_words)
		ok = (s->clauses = clauses_new(rs, s->words)) != NULL && clauses_done(s->clauses);
	return ok && words_done(s->words);
}

struct literals *literals_new(const struct ruleset *rs, enum sieve sieve)
{
	struct literals *s = calloc(1, sizeof *s);
	if (s && !build(s, rs, sieve)) {
		literals_free(s);
		return NULL;
	}
	return s;
}

void literals_free(struct literals *s)
{
	if (!s)
		return;
	clauses_free(s->clauses);
	words_free(s->words);
	ac_free(s->parts.ac);
	free(s->parts.place);
	ac_free(s->originals.ac);
	free(s->originals.place);
	free(s->place);
	free(s);
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Where the word of a report begins, and what stands beside it: asked once for all literals that
 * have the word. SIZE_MAX: it is another word, with other digits. */
static size_t word_start(struct literals *s, const struct place *p, span text, size_t stop)
{
	if (s->seen.stop != stop || s->seen.word != p->word) {
		s->seen.stop = stop;
		s->seen.word = p->word;
		s->seen.start = ac_start(text, stop, p->literal->word);
		s->seen.joined = s->seen.start != SIZE_MAX && s->seen.start > 0 &&
				 is_word_byte(text.p[s->seen.start - 1]);
	}
	return s->seen.start;
}

/* The literal stands at [start, stop), if its edges are right. */
static void report(struct literals *s, const struct place *p, size_t start, size_t stop)
{
	const struct literals_text *t = s->text;
	const struct literal *l = p->literal;
	bool edges = !p->original || t->all_ascii;
	if (start == SIZE_MAX || stop == SIZE_MAX || stop - start > MATCH_MAX_BYTES)
		return;
	if (edges && ((l->edge_before && start > 0 && is_word_byte(t->text.p[start - 1])) ||
		      (l->edge_after && stop < t->text.n && is_word_byte(t->text.p[stop]))))
		return;
	if (s->whole && edges && l->branch != NO_BRANCH &&
	    !clauses_hold(s->clauses, p->rule, l->branch, start, t->ascii ? 1 : 4, s->steps))
		return;
	s->hit(s->user, p->rule, start, l->branch);
}

static bool is_out(const struct literals *s, const struct place *p)
{
	return !(p->aim & s->text->aim) || s->text->done[p->rule] == s->text->run;
}

/* Of the word sieve: a literal whose whole words stand at [start, stop). */
static void phrase(void *user, uint32_t literal, size_t start, size_t stop)
{
	struct literals *s = user;
	const struct place *p = &s->place[literal];
	*s->steps += REPORT_STEPS;
	if (is_out(s, p) || (p->original && !(s->text->base && s->text->all_ascii)))
		return;
	if (p->head.n)
		start = ac_start(s->text->text, start, p->head);
	if (p->tail.n)
		stop = ac_stop(s->text->text, stop, p->tail);
	report(s, p, start, stop);
}

/* Of a sieve of bytes: the word of a literal ends at stop. */
static void candidate(void *user, uint32_t literal, size_t stop)
{
	struct literals *s = user;
	const struct place *p = &s->place[s->sieved[literal]];
	*s->steps += REPORT_STEPS;
	span text = s->text->text;
	bool edges = !p->original || s->text->all_ascii;
	if (is_out(s, p) || (p->original && !s->text->base) || text.p[stop - 1] != p->last ||
	    (edges && p->ends_word && is_word_byte(text.p[stop])))
		return;
	size_t start = word_start(s, p, text, stop);
	if (start == SIZE_MAX || (edges && p->begins_word && s->seen.joined))
		return;
	if (p->literal->before.n)
		start = ac_start(text, start, p->literal->before);
	if (p->literal->after.n)
		stop = ac_stop(text, stop, p->literal->after);
	report(s, p, start, stop);
}

static void find_bytes(struct literals *s, const struct bytesieve *b, size_t from, size_t to)
{
	if (!b->ac)
		return;
	s->sieved = b->place;
	ac_scan(b->ac, s->text->text, from, to, candidate, s);
}

bool literals_find(struct literals *s, const struct literals_text *text, size_t from, size_t to,
		   literals_hit_fn *hit, void *user, uint64_t *steps)
{
	s->text = text;
	s->hit = hit;
	s->user = user;
	s->steps = steps;
	s->whole = false;
	s->seen.stop = SIZE_MAX;
	if (!s->by_words) {
		find_bytes(s, &s->parts, from, to);
		return true;
	}
	size_t n = text->text.n, ahead = n - to > MATCH_MAX_BYTES ? to + MATCH_MAX_BYTES : n;
	if (!words_read(s->words, text->text, text->ascii, from, ahead))
		return false;
	s->whole = from == 0 && ahead == n;
	words_find(s->words, text->text, to, phrase, s);
	if (!s->parts.digits || !s->whole || words_digit(s->words))
		find_bytes(s, &s->parts, from, to);
	if (text->base && !text->all_ascii)
		find_bytes(s, &s->originals, from, to);
	return true;
}
