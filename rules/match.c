/* match.c - see match.h. Fold, sieve, confirm. */
#include "match.h"
#include "ahocorasick.h"
#include "base/utf8.h"
#include "compiled.h"
#include "fold.h"
#include "needs.h"
#include "rx.h"
#include "wordsieve.h"
#include <stdlib.h>

/* For further forms of one text, about a nanosecond each, and FORMS_TIMES its size. */
#define FORMS_STEPS ((size_t)300000)
#define FORMS_TIMES 8
#define FORM_LEAST 4              /* steps a byte that a further form takes, before it is known */
#define STEPS ((uint64_t)1000000) /* about a nanosecond each, and STEPS_TIMES a text's size */
#define STEPS_TIMES 8
#define STEPS_PER_SEARCH 100
#define STEPS_PER_BRANCH 60
#define CHUNK ((size_t)1024) /* of a text, for rules without a literal */
#define CANDIDATES 1024
#define BLOCK ((size_t)4096)
#define LONGEST_WORD ((size_t)4096)
#define SIGNS_MOST 4
/* Reports of a sieve of bytes for a million words: from here on it is faster to look up words. */
#define REPORTS_MOST 500000
#define COMMON_WORD 2500 /* cost of a word (pattern_words.h) that ordinary text is full of */

/* Which texts a rule is for, and which way a text went: a rule is asked where they share a bit. */
enum aim { AIM_ANY = 1, AIM_IN = 2, AIM_OUT = 4, AIM_UNKNOWN = 8 };

/* A place where a rule may match. */
struct candidate {
	uint32_t rule;
	uint32_t start;
	uint32_t branch;
};

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

/* Words of which a match holds one: a bit for each number. */
struct clause {
	uint64_t seen[WORDS_SEEN / 64]; /* as words_seen() */
	uint64_t *word;
};

struct clauses {
	struct clause *clause;
	size_t n;
};

/* Literals that are looked for byte by byte. */
struct bytesieve {
	struct ac *ac;
	uint32_t *place; /* of each of its literals */
	size_t n;
	bool digits; /* each stands in a match with a digit */
};

struct matcher {
	const struct ruleset *rs;
	bool plain, jit;
	unsigned aim; /* of the texts that come */
	struct folder *folder;
	struct rx **regex;   /* one per rule */
	struct rx ***branch; /* per rule, one per alternative; made when first needed */
	struct rx_scratch *scratch;
	struct words *words;
	/* Literals without a whole word; and those of rules on the original, for texts that are
	 * not all ASCII. */
	struct bytesieve parts, originals;
	const uint32_t *sieved;   /* the places of the one at work */
	struct place *place;      /* one per literal */
	struct clauses **clauses; /* per rule, one per alternative; NULL: none */
	bool by_words;            /* else all literals are looked for byte by byte */
	bool whole;               /* the words of all the text are at hand */
	uint32_t *unfiltered;
	size_t unfiltered_n;

	uint32_t run, pass;   /* numbers of this text and of this form */
	uint32_t *hit_in;     /* per rule: the last run it is done with */
	uint32_t *reached_in; /* per rule: the pass `reached` is of */
	uint32_t *reached;    /* per rule: the first start not searched yet */
	struct hit *hit;
	size_t hit_n;
	struct candidate *candidate;
	size_t candidate_n, candidate_cap;

	span text;      /* as given */
	span original;  /* the same, valid UTF-8 with the same offsets */
	char *repaired; /* its memory if the text was not */
	bool original_known, original_ascii;
	const struct form *form;
	bool base;      /* the form is the base form */
	bool all_ascii; /* the text as given is */
	struct {
		size_t stop, start;
		uint32_t word;
		bool joined; /* a letter or digit stands before it */
	} seen;
	uint64_t steps, allowed;
	bool failed, exhausted;
	match_limit_fn *limit;
	void *user;
};

void matcher_free(struct matcher *m)
{
	if (!m)
		return;
	folder_free(m->folder);
	for (size_t i = 0; m->regex && i < m->rs->n; i++)
		rx_free(m->regex[i]);
	free(m->regex);
	for (size_t i = 0; m->branch && i < m->rs->n; i++) {
		for (size_t k = 0; m->branch[i] && k < m->rs->body[i].branch_n; k++)
			rx_free(m->branch[i][k]);
		free(m->branch[i]);
	}
	free(m->branch);
	rx_scratch_free(m->scratch);
	for (size_t i = 0; m->clauses && i < m->rs->n; i++) {
		for (size_t k = 0; m->clauses[i] && k < m->rs->body[i].branch_n; k++) {
			for (size_t c = 0; c < m->clauses[i][k].n; c++)
				free(m->clauses[i][k].clause[c].word);
			free(m->clauses[i][k].clause);
		}
		free(m->clauses[i]);
	}
	free(m->clauses);
	words_free(m->words);
	ac_free(m->parts.ac);
	free(m->parts.place);
	ac_free(m->originals.ac);
	free(m->originals.place);
	free(m->place);
	free(m->unfiltered);
	free(m->hit_in);
	free(m->reached_in);
	free(m->reached);
	free(m->hit);
	free(m->candidate);
	free(m);
}

static unsigned aim_of(const struct rule_body *b)
{
	const struct rule_when *w = &b->rule.when;
	return w->in || w->out ? AIM_ANY | (w->in ? AIM_IN : 0u) | (w->out ? AIM_OUT : 0u)
			       : AIM_ANY | AIM_IN | AIM_OUT | AIM_UNKNOWN;
}

void matcher_aim(struct matcher *m, enum direction direction)
{
	m->aim = direction == DIR_IN ? AIM_IN : direction == DIR_OUT ? AIM_OUT : AIM_UNKNOWN;
}

static struct place place_of(const struct rule_body *b, uint32_t rule, const struct literal *l)
{
	return (struct place){
		.literal = l,
		.rule = rule,
		.aim = (unsigned char)aim_of(b),
		.last = l->word.p[l->word.n - 1],
		.ends_word = l->after.n ? l->after.p[0] == AC_SEPARATOR : l->edge_after,
		.begins_word =
			l->before.n ? l->before.p[l->before.n - 1] == AC_SEPARATOR : l->edge_before,
		.original = b->rule.on_original,
	};
}

/* Rules that look at other things than text, and those switched off, are not for this engine. */
static bool is_read(const struct rule_body *b)
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

/* How a word of a literal can be looked for; WORD_KINDS: not at all. */
static enum word_kind kind_of(span word, bool edge_before, bool edge_after)
{
	enum word_kind kind = edge_before && edge_after ? WORD_WHOLE
			      : edge_after              ? WORD_ENDS
			      : edge_before             ? WORD_BEGINS
							: WORD_KINDS;
	return kind < WORD_KINDS && words_can(word, kind) ? kind : WORD_KINDS;
}

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
			kind_of(w, edge_before, !is_long && (k < all.n || l->edge_after));
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

static bool add_phrase(struct matcher *m, const struct phrase *p, uint32_t place)
{
	uint32_t number[WORDS_MOST];
	for (size_t i = 0; i < p->n; i++)
		if (!(number[i] = words_add(m->words, p->word[i], p->kind[i])))
			return false;
	m->place[place].head = p->head;
	m->place[place].tail = p->tail;
	return words_phrase(m->words, number, p->n, place, nearest(p->head, true),
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
static bool place_literals(struct matcher *m)
{
	uint32_t at = 0;
	m->parts.digits = true;
	for (size_t i = 0; i < m->rs->n; i++) {
		const struct rule_body *b = &m->rs->body[i];
		for (size_t k = 0; is_read(b) && k < b->literal_n; k++, at++) {
			struct phrase phrase = { .n = 0 };
			if (m->by_words)
				phrase = phrase_of(&b->literal[k]);
			m->place[at] = place_of(b, (uint32_t)i, &b->literal[k]);
			if (phrase.n && !add_phrase(m, &phrase, at))
				return false;
			if (!phrase.n) {
				m->parts.place[m->parts.n++] = at;
				m->parts.digits &= needs_digit(b, &b->literal[k]);
			} else if (b->rule.on_original) {
				m->originals.place[m->originals.n++] = at;
			}
		}
		if (b->literal_n == 0 && is_read(b))
			m->unfiltered[m->unfiltered_n++] = (uint32_t)i;
	}
	return true;
}

static enum word_kind word_kind(const struct pattern_word *w)
{
	return kind_of(w->text, w->edge_before, w->edge_after);
}

/* Only what the word sieve can tell: a clause with another word says nothing. */
static bool can_tell(const struct pattern_clause *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (word_kind(&c->word[i]) == WORD_KINDS)
			return false;
	return true;
}

static bool add_clauses(struct matcher *m, struct clauses *ret, const struct branch *b)
{
	ret->clause = calloc(b->clauses + 1, sizeof *ret->clause);
	for (size_t i = 0; ret->clause && i < b->clauses; i++) {
		if (!can_tell(&b->clause[i]))
			continue;
		for (size_t k = 0; k < b->clause[i].n; k++)
			if (!words_add(m->words, b->clause[i].word[k].text,
				       word_kind(&b->clause[i].word[k])))
				return false;
	}
	return ret->clause != NULL;
}

static void mark(struct clause *c, uint32_t number)
{
	c->word[number / 64] |= UINT64_C(1) << number % 64;
	c->seen[number % WORDS_SEEN / 64] |= UINT64_C(1) << number % 64;
}

/* When all words have their numbers. */
static bool mark_clauses(struct matcher *m, struct clauses *ret, const struct branch *b)
{
	for (size_t i = 0; i < b->clauses; i++) {
		if (!can_tell(&b->clause[i]))
			continue;
		struct clause *c = &ret->clause[ret->n++];
		c->word = calloc(words_count(m->words) / 64 + 1, sizeof *c->word);
		if (!c->word)
			return false;
		for (size_t k = 0; k < b->clause[i].n; k++) {
			const struct pattern_word *w = &b->clause[i].word[k];
			uint32_t number = words_add(m->words, w->text, word_kind(w));
			mark(c, number);
		}
		if (b->clause[i].digit)
			mark(c, WORDS_DIGIT);
	}
	return true;
}

static bool build_clauses(struct matcher *m)
{
	bool ok = (m->clauses = calloc(m->rs->n + 1, sizeof(struct clauses *))) != NULL;
	for (int marks = 0; marks < 2; marks++)
		for (size_t i = 0; ok && i < m->rs->n; i++) {
			const struct rule_body *b = &m->rs->body[i];
			if (!is_read(b) || !b->branch_n || !m->by_words)
				continue;
			if (!marks)
				m->clauses[i] = calloc(b->branch_n, sizeof *m->clauses[i]);
			ok = m->clauses[i] != NULL;
			for (size_t k = 0; ok && k < b->branch_n; k++)
				ok = marks ? mark_clauses(m, &m->clauses[i][k], &b->branch[k])
					   : add_clauses(m, &m->clauses[i][k], &b->branch[k]);
		}
	return ok;
}

static bool build_sieve(struct matcher *m, enum sieve sieve)
{
	size_t n = 0;
	double reports = 0; /* of a sieve of bytes, for a million words of ordinary text */
	for (size_t i = 0; i < m->rs->n; i++) {
		const struct rule_body *b = &m->rs->body[i];
		for (size_t k = 0; is_read(b) && k < b->literal_n; k++, n++)
			reports += pattern_word_rate(b->literal[k].word);
	}
	m->by_words = sieve == SIEVE_WORDS || (sieve == SIEVE_BEST && reports > REPORTS_MOST);
	m->words = words_new();
	m->place = calloc(n + 1, sizeof *m->place);
	m->parts.place = calloc(n + 1, sizeof *m->parts.place);
	m->originals.place = calloc(n + 1, sizeof *m->originals.place);
	m->unfiltered = calloc(m->rs->n + 1, sizeof *m->unfiltered);
	return m->words && m->place && m->parts.place && m->originals.place && m->unfiltered &&
	       place_literals(m) && number_words(m->place, n) && build_bytes(&m->parts, m->place) &&
	       build_bytes(&m->originals, m->place) && build_clauses(m) && words_done(m->words);
}

static int create(struct matcher **ret, const struct ruleset *rs, enum sieve sieve, bool jit,
		  struct err *err)
{
	struct matcher *m = calloc(1, sizeof *m);
	if (!m)
		return err_set(err, E_NOMEM, "out of memory");
	m->rs = rs;
	bool plain = m->plain = sieve == SIEVE_NONE;
	m->aim = AIM_ANY;
	m->folder = folder_new();
	m->scratch = rx_scratch_new(RX_MATCH_LIMIT);
	m->regex = calloc(rs->n + 1, sizeof(struct rx *));
	m->branch = calloc(rs->n + 1, sizeof(struct rx **));
	m->jit = jit;
	m->hit_in = calloc(rs->n + 1, sizeof *m->hit_in);
	m->reached_in = calloc(rs->n + 1, sizeof *m->reached_in);
	m->reached = calloc(rs->n + 1, sizeof *m->reached);
	m->hit = calloc(rs->n + 1, sizeof *m->hit);
	m->candidate = calloc(CANDIDATES, sizeof *m->candidate);
	m->candidate_cap = CANDIDATES;
	int code = 0;
	if (!m->folder || !m->scratch || !m->regex || !m->branch || !m->hit_in || !m->reached_in ||
	    !m->reached || !m->hit || !m->candidate || !build_sieve(m, sieve))
		code = err_set(err, E_NOMEM, "out of memory");
	for (size_t i = 0; i < rs->n && code == 0; i++) {
		const struct rule_body *b = &rs->body[i];
		struct err why = { .code = 0 };
		if (!is_read(b))
			continue;
		code = rx_new(&m->regex[i], b->regex, b->terms && !plain, jit, &why);
		if (code)
			err_set(err, code, "rule %s: %s", b->rule.id, why.message);
	}
	if (code) {
		matcher_free(m);
		return code;
	}
	*ret = m;
	return 0;
}

struct matcher *matcher_new_by(const struct ruleset *rs, enum sieve sieve, bool jit,
			       struct err *err)
{
	struct matcher *m = NULL;
	return create(&m, rs, sieve, jit, err) == 0 ? m : NULL;
}

struct matcher *matcher_new(const struct ruleset *rs, bool jit, struct err *err)
{
	return matcher_new_by(rs, SIEVE_BEST, jit, err);
}

struct matcher *matcher_new_plain(const struct ruleset *rs, bool jit, struct err *err)
{
	return matcher_new_by(rs, SIEVE_NONE, jit, err);
}

static void say(struct matcher *m, const struct rule *rule, const char *what)
{
	if (m->limit)
		m->limit(m->user, rule, what);
}

/* Valid UTF-8 with the offsets of the text as given: a byte that is not UTF-8 becomes SUB. */
static bool know_original(struct matcher *m)
{
	if (m->original_known)
		return true;
	m->original = m->text;
	m->original_ascii = true;
	for (size_t pos = 0; pos < m->text.n;) {
		size_t from = pos;
		uint32_t cp = utf8_next(m->text, &pos);
		m->original_ascii &= cp < 0x80;
		if (cp != UTF8_BAD)
			continue;
		if (!m->repaired) {
			m->repaired = malloc(m->text.n);
			if (!m->repaired)
				return false;
			memcpy(m->repaired, m->text.p, m->text.n);
			m->original.p = m->repaired;
		}
		m->repaired[from] = 0x1A;
	}
	m->original_known = true;
	return true;
}

/* The text that a rule is confirmed on, and how many bytes one of its characters may take. */
static bool subject(struct matcher *m, const struct rule_body *b, span *ret, size_t *ret_width)
{
	if (!b->rule.on_original) {
		*ret = m->form->text;
		*ret_width = m->form->ascii ? 1 : 4;
		return true;
	}
	if (!know_original(m)) {
		m->failed = true;
		return false;
	}
	*ret = m->original;
	*ret_width = m->original_ascii ? 1 : 4;
	return true;
}

static bool inside_character(span text, size_t at)
{
	return at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80;
}

static size_t back(span text, size_t at, size_t by)
{
	at = at > by ? at - by : 0;
	while (at > 0 && inside_character(text, at))
		at--;
	return at;
}

static size_t on(span text, size_t at, size_t by)
{
	at = text.n - at > by ? at + by : text.n;
	while (inside_character(text, at))
		at++;
	return at;
}

static void keep_hit(struct matcher *m, uint32_t rule, size_t start, size_t stop)
{
	if (!m->rs->body[rule].rule.on_original)
		fold_origin(m->folder, &start, &stop);
	m->hit_in[rule] = m->run;
	m->hit[m->hit_n++] = (struct hit){ rule, start, stop };
}

static bool spend(struct matcher *m, uint64_t steps)
{
	m->steps += steps;
	if (m->steps <= m->allowed || m->plain)
		return true;
	if (!m->exhausted)
		say(m, NULL, "the text is too intricate: not every place in it was checked");
	m->exhausted = true;
	return false;
}

static enum rx_answer search(struct matcher *m, uint32_t rule, span text, size_t from, size_t to,
			     size_t start, size_t *ret_start, size_t *ret_stop)
{
	const struct rule_body *b = &m->rs->body[rule];
	enum rx_answer answer = RX_NO;
	do {
		if (!spend(m, STEPS_PER_SEARCH + (to - from)))
			return RX_NO;
		answer = rx_search(m->regex[rule], m->scratch, text, from, to, start, ret_start,
				   ret_stop);
		if (answer != RX_YES || !b->needs.n ||
		    needs_near(m->folder, &b->needs, b->text.within, text, *ret_start, *ret_stop))
			break;
		answer = RX_NO;
		start = on(text, *ret_start, 1);
	} while (start < to && (!b->terms || m->plain));
	if (answer == RX_LIMIT) { /* said once: the rule is done with this text */
		m->hit_in[rule] = m->run;
		spend(m, 2 * RX_MATCH_LIMIT);
		say(m, &m->rs->body[rule].rule, "the pattern reached its match limit");
	}
	return answer;
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_sign(char c)
{
	return (signed char)c >= 0 && !is_word_byte(c);
}

/* Terms: it is known where the match begins. A character more on each side shows the edges of
 * words.
 */
static void confirm_term(struct matcher *m, uint32_t rule, span text, size_t width, size_t at)
{
	size_t first = at, start, stop;
	/* Of signs in a row, of which one may be the first of the term, only the last is known. */
	while (first > 0 && at - first < SIGNS_MOST && is_sign(text.p[first]) &&
	       is_sign(text.p[first - 1]))
		first--;
	for (; first <= at && m->hit_in[rule] != m->run && !m->exhausted; first++) {
		size_t from = back(text, first, 4);
		size_t to = on(text, first, m->rs->body[rule].max_chars * width + 4);
		if (search(m, rule, text, from, to, first, &start, &stop) == RX_YES)
			keep_hit(m, rule, start, stop);
	}
}

/*
 * Patterns: the literal stands somewhere in the match, so the match begins at most its longest
 * length before the literal, and not after it. A match that begins later may be cut short by the
 * window: it is left to its own literal.
 */
static void confirm_pattern(struct matcher *m, uint32_t rule, span text, size_t width, size_t at)
{
	size_t reach = m->rs->body[rule].max_chars * width, start, stop;
	size_t begin = back(text, at, reach);
	if (m->reached_in[rule] == m->pass && m->reached[rule] > begin)
		begin = m->reached[rule];
	if (begin > at)
		return;
	if (search(m, rule, text, back(text, begin, reach + 4), on(text, at, reach + 4), begin,
		   &start, &stop) == RX_YES &&
	    start <= at) {
		keep_hit(m, rule, start, stop);
		return;
	}
	m->reached_in[rule] = m->pass;
	m->reached[rule] = (uint32_t)on(text, at, 1);
}

static struct rx *branch_regex(struct matcher *m, const struct candidate *c)
{
	const struct rule_body *b = &m->rs->body[c->rule];
	struct rx ***all = &m->branch[c->rule];
	if (!*all)
		*all = calloc(b->branch_n, sizeof(struct rx *));
	if (*all && !(*all)[c->branch])
		rx_new_reach(&(*all)[c->branch], b->branch[c->branch].regex, m->jit, NULL);
	return *all ? (*all)[c->branch] : NULL;
}

/* Whether the alternative that the literal belongs to matches around it: far cheaper to ask than
 * the whole pattern on all that it might reach. */
static bool branch_holds(struct matcher *m, const struct candidate *c, span text, size_t width,
			 size_t at)
{
	if (c->branch == NO_BRANCH)
		return true;
	const struct branch *b = &m->rs->body[c->rule].branch[c->branch];
	struct rx *regex = branch_regex(m, c);
	size_t reach = b->max_chars * width + 4;
	size_t begin = back(text, at, b->before * width);
	size_t from = back(text, begin, reach), to = on(text, at, reach);
	if (!regex || !spend(m, STEPS_PER_BRANCH + (at - begin)))
		return true;
	return rx_reach(regex, m->scratch, text, from, to, begin, at) != RX_NO;
}

static void confirm(struct matcher *m, const struct candidate *c)
{
	const struct rule_body *b = &m->rs->body[c->rule];
	span text;
	size_t width, at = c->start, stop = at + 1;
	if (m->hit_in[c->rule] == m->run || m->exhausted || !subject(m, b, &text, &width))
		return;
	if (b->rule.on_original)
		fold_origin(m->folder, &at, &stop);
	if (b->terms)
		confirm_term(m, c->rule, text, width, at);
	else if (branch_holds(m, c, text, width, at))
		confirm_pattern(m, c->rule, text, width, at);
}

static int by_rule_and_start(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->branch > y->branch) - (x->branch < y->branch);
}

static void sort(struct candidate *c, size_t n)
{
	if (n > 24) {
		qsort(c, n, sizeof *c, by_rule_and_start);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		struct candidate x = c[i];
		size_t k = i;
		for (; k > 0 && by_rule_and_start(&x, &c[k - 1]) < 0; k--)
			c[k] = c[k - 1];
		c[k] = x;
	}
}

/* Confirm the candidates that begin before `end`; no later one will be found there. */
static void settle(struct matcher *m, size_t end)
{
	size_t kept = 0;
	sort(m->candidate, m->candidate_n);
	for (size_t i = 0; i < m->candidate_n; i++) {
		struct candidate c = m->candidate[i];
		if (m->hit_in[c.rule] == m->run)
			continue;
		if (c.start >= end)
			m->candidate[kept++] = c;
		else if (i == 0 || by_rule_and_start(&c, &m->candidate[i - 1]) != 0)
			confirm(m, &c);
	}
	m->candidate_n = kept;
}

/* Where the word of a report begins, and what stands beside it: asked once for all literals that
 * have the word. SIZE_MAX: it is another word, with other digits. */
static size_t word_start(struct matcher *m, const struct place *p, span text, size_t stop)
{
	if (m->seen.stop != stop || m->seen.word != p->word) {
		m->seen.stop = stop;
		m->seen.word = p->word;
		m->seen.start = ac_start(text, stop, p->literal->word);
		m->seen.joined = m->seen.start != SIZE_MAX && m->seen.start > 0 &&
				 is_word_byte(text.p[m->seen.start - 1]);
	}
	return m->seen.start;
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

/* Whether what each match of the alternative holds besides its words is there, within its reach. */
static bool may_match(const struct matcher *m, const struct place *p, size_t at)
{
	uint32_t branch = p->literal->branch;
	if (!m->whole || branch == NO_BRANCH || (p->original && !m->all_ascii))
		return true;
	const struct clauses *all = &m->clauses[p->rule][branch];
	const struct branch *b = &m->rs->body[p->rule].branch[branch];
	const uint64_t *words = all->n ? words_seen(m->words) : NULL;
	for (size_t i = 0; i < all->n; i++)
		if (!seen(&all->clause[i], words))
			return false;
	size_t n, width = m->form->ascii ? 1 : 4;
	const struct text_word *t = words_text(m->words, &n);
	const struct word_part *part = words_parts(m->words);
	size_t reach = (b->before + 1) * width + WORD_BYTES, end = at + b->max_chars * width;
	size_t first = n > 16 ? word_from(t, n, at > reach ? at - reach : 0) : 0;
	for (size_t i = 0; i < all->n; i++) {
		size_t k = first;
		while (k < n && t[k].start <= end && !holds(&all->clause[i], &t[k], part))
			k++;
		if (k == n || t[k].start > end)
			return false;
	}
	return true;
}

static void keep_candidate(struct matcher *m, const struct place *p, size_t start, size_t stop)
{
	span text = m->form->text;
	bool edges = !p->original || m->all_ascii;
	if (start == SIZE_MAX || stop == SIZE_MAX || stop - start > MATCH_MAX_BYTES)
		return;
	if (edges && ((p->literal->edge_before && start > 0 && is_word_byte(text.p[start - 1])) ||
		      (p->literal->edge_after && stop < text.n && is_word_byte(text.p[stop]))))
		return;
	if (!may_match(m, p, start))
		return;
	if (m->candidate_n == m->candidate_cap) {
		struct candidate *c = realloc(m->candidate, 2 * m->candidate_cap * sizeof *c);
		if (!c) {
			m->failed = true;
			return;
		}
		m->candidate = c;
		m->candidate_cap *= 2;
	}
	m->candidate[m->candidate_n++] =
		(struct candidate){ p->rule, (uint32_t)start, p->literal->branch };
}

/* Of the word sieve: a literal whose whole words stand at [start, stop). */
static void phrase(void *user, uint32_t literal, size_t start, size_t stop)
{
	struct matcher *m = user;
	const struct place *p = &m->place[literal];
	if (!(p->aim & m->aim) || m->hit_in[p->rule] == m->run ||
	    (p->original && !(m->base && m->all_ascii)))
		return;
	if (p->head.n)
		start = ac_start(m->form->text, start, p->head);
	if (p->tail.n)
		stop = ac_stop(m->form->text, stop, p->tail);
	keep_candidate(m, p, start, stop);
}

/* Of a sieve of bytes: the word of a literal ends at stop. */
static void candidate(void *user, uint32_t literal, size_t stop)
{
	struct matcher *m = user;
	const struct place *p = &m->place[m->sieved[literal]];
	span text = m->form->text;
	bool edges = !p->original || m->all_ascii;
	if (!(p->aim & m->aim) || m->hit_in[p->rule] == m->run || (p->original && !m->base) ||
	    text.p[stop - 1] != p->last || (edges && p->ends_word && is_word_byte(text.p[stop])))
		return;
	size_t start = word_start(m, p, text, stop);
	if (start == SIZE_MAX || (edges && p->begins_word && m->seen.joined))
		return;
	if (p->literal->before.n)
		start = ac_start(text, start, p->literal->before);
	if (p->literal->after.n)
		stop = ac_stop(text, stop, p->literal->after);
	keep_candidate(m, p, start, stop);
}

/* A rule on all of a text, in chunks whose edges cut no match. */
static void search_all(struct matcher *m, uint32_t rule)
{
	const struct rule_body *b = &m->rs->body[rule];
	span text;
	size_t width, start, stop;
	if (!(aim_of(b) & m->aim) || m->hit_in[rule] == m->run ||
	    (b->rule.on_original && !m->base) || !subject(m, b, &text, &width))
		return;
	size_t reach = b->max_chars * width + 4;
	size_t chunk = m->plain ? text.n : CHUNK;
	for (size_t begin = 0; begin < text.n && !m->exhausted && m->hit_in[rule] != m->run;) {
		size_t end = on(text, begin, chunk);
		if (search(m, rule, text, m->plain ? 0 : back(text, begin, reach),
			   on(text, end, reach), begin, &start, &stop) == RX_YES &&
		    (start < end || end == text.n)) {
			keep_hit(m, rule, start, stop);
			return;
		}
		begin = end;
	}
}

static void find_bytes(struct matcher *m, const struct bytesieve *b, span text, size_t from,
		       size_t to)
{
	if (!b->ac)
		return;
	m->sieved = b->place;
	ac_scan(b->ac, text, from, to, candidate, m);
}

/* The candidates that begin in [from, to), and perhaps some after them. */
static void find(struct matcher *m, span text, size_t from, size_t to)
{
	if (!m->by_words) {
		find_bytes(m, &m->parts, text, from, to);
		return;
	}
	size_t ahead = text.n - to > MATCH_MAX_BYTES ? to + MATCH_MAX_BYTES : text.n;
	m->whole = from == 0 && ahead == text.n;
	m->failed |= !words_read(m->words, text, m->form->ascii, from, ahead);
	words_find(m->words, text, to, phrase, m);
	if (!m->parts.digits || !m->whole || words_digit(m->words))
		find_bytes(m, &m->parts, text, from, to);
	if (m->base && !m->all_ascii)
		find_bytes(m, &m->originals, text, from, to);
}

/* Block by block, so that only a few candidates wait at a time. A block ends at a separator, where
 * the sieve begins anew; without one, the next block goes back as far as a match can reach. */
static void sieve(struct matcher *m)
{
	span text = m->form->text;
	for (size_t from = 0; from < text.n;) {
		size_t limit = from + BLOCK + LONGEST_WORD;
		size_t to =
			from + BLOCK < text.n ? ac_separator(text, from + BLOCK, limit) : text.n;
		bool cut = to == text.n && limit < text.n;
		if (cut)
			to = limit;
		find(m, text, from, to);
		bool last = to == text.n;
		if (m->candidate_n)
			settle(m, last ? text.n : to > MATCH_MAX_BYTES ? to - MATCH_MAX_BYTES : 0);
		if (last)
			return;
		from = cut ? to - MATCH_MAX_BYTES : to;
	}
}

static void search_form(struct matcher *m)
{
	if (m->plain) {
		for (uint32_t i = 0; i < m->rs->n; i++)
			if (is_read(&m->rs->body[i]))
				search_all(m, i);
		return;
	}
	sieve(m);
	for (size_t i = 0; i < m->unfiltered_n; i++)
		search_all(m, m->unfiltered[i]);
}

static void search_forms(struct matcher *m)
{
	size_t steps = 0, most = FORMS_STEPS + FORMS_TIMES * m->text.n;
	bool left_out = false;
	fold_begin(m->folder, m->text, m->plain);
	for (m->base = true; !left_out && (m->form = fold_next(m->folder)) != NULL;
	     m->base = false) {
		m->pass++;
		m->candidate_n = 0;
		m->seen.stop = SIZE_MAX;
		m->all_ascii = fold_ascii(m->folder);
		search_form(m);
		steps += m->base ? 0 : m->form->cost;
		left_out =
			steps + FORM_LEAST * m->text.n > most && !m->plain && fold_more(m->folder);
	}
	if (left_out || fold_cut(m->folder))
		say(m, NULL, "the text is too intricate: not every respelling of it was searched");
	m->failed |= fold_failed(m->folder);
	fold_end(m->folder);
}

static int by_rule(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	return (x->rule > y->rule) - (x->rule < y->rule);
}

void matcher_run(struct matcher *m, span text, match_hit_fn *hit, match_limit_fn *limit, void *user)
{
	m->limit = limit;
	m->user = user;
	if (!text.p || text.n == 0)
		return;
	if (text.n > FOLD_TEXT_MAX) {
		text.n = FOLD_TEXT_MAX;
		say(m, NULL, "the text is too long: only its first 2 MiB were searched");
	}
	m->text = text;
	m->original_known = m->failed = m->exhausted = false;
	m->steps = 0;
	m->allowed = STEPS + STEPS_TIMES * text.n;
	m->hit_n = 0;
	if (++m->run == 0) { /* the numbers went round: no old mark may pass for a new one */
		memset(m->hit_in, 0, m->rs->n * sizeof *m->hit_in);
		m->run = 1;
	}
	if (m->pass > UINT32_MAX - FOLD_FORMS - 1) {
		memset(m->reached_in, 0, m->rs->n * sizeof *m->reached_in);
		m->pass = 0;
	}
	search_forms(m);
	free(m->repaired);
	m->repaired = NULL;
	if (m->failed)
		say(m, NULL, "memory ran out: not all of the text was searched");
	if (m->hit_n > 1)
		qsort(m->hit, m->hit_n, sizeof *m->hit, by_rule);
	if (hit)
		for (size_t i = 0; i < m->hit_n; i++)
			hit(user, &m->hit[i]);
}
