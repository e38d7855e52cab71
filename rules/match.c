/* match.c - see match.h. Fold, sieve, confirm. */
#include "match.h"
#include "ahocorasick.h"
#include "base/utf8.h"
#include "compiled.h"
#include "fold.h"
#include "literals.h"
#include "needs.h"
#include "rx.h"
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

/* A place where a rule may match. */
struct candidate {
	uint32_t rule;
	uint32_t start;
	uint32_t branch;
};

struct matcher {
	const struct ruleset *rs;
	bool plain, jit;
	unsigned aim; /* of the texts that come */
	struct folder *folder;
	struct rx **regex;   /* one per rule */
	struct rx ***branch; /* per rule, one per alternative; made when first needed */
	struct rx_scratch *scratch;
	struct literals *literals;
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
	bool one_block; /* the candidates are all there are in the form */
	size_t first;   /* where the first match of an alternative begins, SIZE_MAX */

	span text;      /* as given */
	span original;  /* the same, valid UTF-8 with the same offsets */
	char *repaired; /* its memory if the text was not */
	bool original_known, original_ascii;
	const struct form *form;
	bool base;      /* the form is the base form */
	bool all_ascii; /* the text as given is */
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
	literals_free(m->literals);
	free(m->unfiltered);
	free(m->hit_in);
	free(m->reached_in);
	free(m->reached);
	free(m->hit);
	free(m->candidate);
	free(m);
}

void matcher_aim(struct matcher *m, enum direction direction)
{
	m->aim = direction == DIR_IN ? AIM_IN : direction == DIR_OUT ? AIM_OUT : AIM_UNKNOWN;
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
	m->unfiltered = calloc(rs->n + 1, sizeof *m->unfiltered);
	int code = 0;
	if (!m->folder || !m->scratch || !m->regex || !m->branch || !m->hit_in || !m->reached_in ||
	    !m->reached || !m->hit || !m->candidate || !m->unfiltered ||
	    !(m->literals = literals_new(rs, sieve)))
		code = err_set(err, E_NOMEM, "out of memory");
	for (size_t i = 0; i < rs->n && code == 0; i++) {
		const struct rule_body *b = &rs->body[i];
		struct err why = { .code = 0 };
		if (!literals_read(b))
			continue;
		if (!b->literal_n)
			m->unfiltered[m->unfiltered_n++] = (uint32_t)i;
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

/* Whether the alternative that the literal belongs to matches around it, and where first: far
 * cheaper to ask than the whole pattern on all that it might reach. RX_LIMIT: nobody knows. */
static enum rx_answer ask_branch(struct matcher *m, const struct candidate *c, span text,
				 size_t width, size_t at, size_t *ret_start)
{
	if (c->branch == NO_BRANCH)
		return RX_LIMIT;
	const struct branch *b = &m->rs->body[c->rule].branch[c->branch];
	struct rx *regex = branch_regex(m, c);
	size_t reach = b->max_chars * width + 4;
	size_t begin = back(text, at, b->before * width);
	size_t from = back(text, begin, reach), to = on(text, at, reach);
	if (!regex || !spend(m, STEPS_PER_BRANCH + (at - begin)))
		return RX_LIMIT;
	return rx_reach(regex, m->scratch, text, from, to, begin, at, ret_start);
}

static void confirm(struct matcher *m, const struct candidate *c)
{
	const struct rule_body *b = &m->rs->body[c->rule];
	span text;
	size_t width, at = c->start, stop = at + 1, start;
	if (m->hit_in[c->rule] == m->run || m->exhausted || !subject(m, b, &text, &width))
		return;
	if (b->rule.on_original)
		fold_origin(m->folder, &at, &stop);
	if (b->terms) {
		confirm_term(m, c->rule, text, width, at);
		return;
	}
	enum rx_answer answer = ask_branch(m, c, text, width, at, &start);
	if (answer == RX_YES && m->one_block && !b->needs.n)
		m->first = start < m->first ? start : m->first;
	else if (answer != RX_NO)
		confirm_pattern(m, c->rule, text, width, at);
}

/* All alternatives of a rule have been asked, in all of the text: the pattern itself has its first
 * match where the first of theirs is. */
static void confirm_first(struct matcher *m, uint32_t rule)
{
	const struct rule_body *b = &m->rs->body[rule];
	span text;
	size_t width, first = m->first, start, stop;
	m->first = SIZE_MAX;
	if (first == SIZE_MAX || m->hit_in[rule] == m->run || !subject(m, b, &text, &width))
		return;
	size_t reach = b->max_chars * width + 4;
	if (search(m, rule, text, back(text, first, reach), on(text, first, reach), first, &start,
		   &stop) == RX_YES)
		keep_hit(m, rule, start, stop);
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
	uint32_t before = 0; /* rule of the last candidate */
	m->first = SIZE_MAX;
	sort(m->candidate, m->candidate_n);
	for (size_t i = 0; i < m->candidate_n; i++) {
		struct candidate c = m->candidate[i];
		if (i > 0 && c.rule != before)
			confirm_first(m, before);
		before = c.rule;
		if (m->hit_in[c.rule] == m->run)
			continue;
		if (c.start >= end)
			m->candidate[kept++] = c;
		else if (i == 0 || by_rule_and_start(&c, &m->candidate[i - 1]) != 0)
			confirm(m, &c);
	}
	if (m->candidate_n)
		confirm_first(m, before);
	m->candidate_n = kept;
}

/* A rule on all of a text, in chunks whose edges cut no match. */
static void search_all(struct matcher *m, uint32_t rule)
{
	const struct rule_body *b = &m->rs->body[rule];
	span text;
	size_t width, start, stop;
	if (!(literals_aim(b) & m->aim) || m->hit_in[rule] == m->run ||
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

static void candidate(void *user, uint32_t rule, size_t start, uint32_t branch)
{
	struct matcher *m = user;
	if (m->candidate_n == m->candidate_cap) {
		struct candidate *c = realloc(m->candidate, 2 * m->candidate_cap * sizeof *c);
		if (!c) {
			m->failed = true;
			return;
		}
		m->candidate = c;
		m->candidate_cap *= 2;
	}
	m->candidate[m->candidate_n++] = (struct candidate){ rule, (uint32_t)start, branch };
}

/* Block by block, so that only a few candidates wait at a time. A block ends at a separator, where
 * the sieve begins anew; without one, the next block goes back as far as a match can reach. */
static void sieve(struct matcher *m)
{
	span text = m->form->text;
	const struct literals_text what = { .text = text,
					    .ascii = m->form->ascii,
					    .base = m->base,
					    .all_ascii = m->all_ascii,
					    .aim = m->aim,
					    .done = m->hit_in,
					    .run = m->run };
	for (size_t from = 0; from < text.n;) {
		size_t limit = from + BLOCK + LONGEST_WORD;
		size_t to =
			from + BLOCK < text.n ? ac_separator(text, from + BLOCK, limit) : text.n;
		bool cut = to == text.n && limit < text.n;
		if (cut)
			to = limit;
		m->failed |= !literals_find(m->literals, &what, from, to, candidate, m, &m->steps);
		if (!spend(m, 0))
			return;
		bool last = to == text.n;
		m->one_block = last && from == 0;
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
			if (literals_read(&m->rs->body[i]))
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
