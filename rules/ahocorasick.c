/* ahocorasick.c - see ahocorasick.h */
#include "ahocorasick.h"
#include "vector.h"
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

/* Columns: separators, what is not there, each letter, digits, three for bytes past ASCII. That
 * some bytes share one only means that more is let through. A row of 32 is a line of the cache. */
enum {
	COLUMN_SEPARATOR,
	COLUMN_NOTHING,
	COLUMN_LETTER,
	COLUMN_DIGIT = 28,
	COLUMN_OTHER,
	COLUMNS = 32
};

struct ac {
	uint8_t column_of[256];
	uint16_t *go;       /* state and column to state; or, */
	uint32_t *wide;     /* with more than 65,535 states, the same in wider numbers */
	uint32_t first_out; /* states from here on end a literal */
	uint32_t states;
	uint32_t *head; /* per state: first of its literals, NONE */
	uint32_t *link; /* per state: the next shorter state that ends a literal, NONE */
	uint32_t *next; /* per literal: the next that ends in the same state, NONE */
	uint8_t *alone; /* per state: the length of its literals if all are whole words, else 0 */
};

enum { SYM_SEPARATOR = 1, SYM_NOTHING = 2 }; /* else the byte stands for itself */

static unsigned symbol(unsigned char b)
{
	if (b == '\'')
		return SYM_NOTHING;
	if (b >= 0x80 || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z'))
		return b;
	return SYM_SEPARATOR;
}

void ac_symbols(struct buf *out, span folded)
{
	for (size_t i = 0; i < folded.n; i++) {
		unsigned s = symbol((unsigned char)folded.p[i]);
		if (s == SYM_NOTHING)
			continue;
		if (s != SYM_SEPARATOR)
			buf_byte(out, folded.p[i]);
		else if (out->n == 0 || out->data[out->n - 1] != AC_SEPARATOR)
			buf_byte(out, AC_SEPARATOR);
	}
}

static bool is_separator(char c)
{
	return symbol((unsigned char)c) == SYM_SEPARATOR;
}

size_t ac_separator(span text, size_t from, size_t limit)
{
	for (size_t i = from; i < text.n && i < limit; i++)
		if (is_separator(text.p[i]))
			return i;
	return text.n;
}

static size_t before_nothing(span text, size_t i)
{
	while (i > 0 && text.p[i - 1] == '\'')
		i--;
	return i;
}

static size_t after_nothing(span text, size_t i)
{
	while (i < text.n && text.p[i] == '\'')
		i++;
	return i;
}

size_t ac_start(span text, size_t stop, span symbols)
{
	size_t i = stop;
	for (size_t left = symbols.n; left > 0; left--) {
		i = before_nothing(text, i);
		if (i == 0)
			return SIZE_MAX;
		i--;
		if (symbols.p[left - 1] != AC_SEPARATOR) {
			if (text.p[i] != symbols.p[left - 1])
				return SIZE_MAX;
			continue;
		}
		if (!is_separator(text.p[i]))
			return SIZE_MAX;
		while (left > 1) { /* to the first of the run */
			size_t k = before_nothing(text, i);
			if (k == 0 || !is_separator(text.p[k - 1]))
				break;
			i = k - 1;
		}
	}
	return i;
}

size_t ac_stop(span text, size_t start, span symbols)
{
	size_t i = start;
	for (size_t at = 0; at < symbols.n; at++) {
		i = after_nothing(text, i);
		if (i == text.n)
			return SIZE_MAX;
		char c = text.p[i++];
		if (symbols.p[at] != AC_SEPARATOR) {
			if (c != symbols.p[at])
				return SIZE_MAX;
			continue;
		}
		if (!is_separator(c))
			return SIZE_MAX;
		while (at + 1 < symbols.n) { /* to the last of the run */
			size_t k = after_nothing(text, i);
			if (k == text.n || !is_separator(text.p[k]))
				break;
			i = k + 1;
		}
	}
	return i;
}

static uint8_t column_of(unsigned char b)
{
	switch (symbol(b)) {
	case SYM_SEPARATOR:
		return COLUMN_SEPARATOR;
	case SYM_NOTHING:
		return COLUMN_NOTHING;
	default:
		break;
	}
	if (b >= 0x80)
		return (uint8_t)(COLUMN_OTHER + b % 3);
	if (b <= '9')
		return COLUMN_DIGIT;
	return (uint8_t)(COLUMN_LETTER + ((b | 0x20) - 'a'));
}

/* While it is built: states numbered as they come, 0 the root. */
struct build {
	uint32_t *go, *fail, *queue, *link, *head, *rank;
	uint32_t states;
};

static void build_free(struct build *b)
{
	free(b->go);
	free(b->fail);
	free(b->queue);
	free(b->link);
	free(b->head);
	free(b->rank);
}

static bool build_new(struct build *b, size_t cap)
{
	*b = (struct build){ .go = calloc(cap * COLUMNS, sizeof *b->go),
			     .fail = calloc(cap, sizeof *b->fail),
			     .queue = calloc(cap, sizeof *b->queue),
			     .link = calloc(cap, sizeof *b->link),
			     .head = calloc(cap, sizeof *b->head),
			     .rank = calloc(cap, sizeof *b->rank),
			     .states = 1 };
	return b->go && b->fail && b->queue && b->link && b->head && b->rank;
}

static void add_literals(struct ac *ac, struct build *b, const span *literal, size_t n)
{
	b->head[0] = NONE;
	for (size_t i = 0; i < n; i++) {
		uint32_t s = 0;
		for (size_t k = 0; k < literal[i].n; k++) {
			uint8_t column = ac->column_of[(unsigned char)literal[i].p[k]];
			uint32_t *to = &b->go[(size_t)s * COLUMNS + column];
			if (*to == 0) {
				*to = b->states++;
				b->head[*to] = NONE;
			}
			s = *to;
		}
		ac->next[i] = b->head[s];
		b->head[s] = (uint32_t)i;
	}
}

/* Breadth first: where to go on when the next byte does not lengthen any literal. */
static void close_over(struct build *b)
{
	uint32_t first = 0, last = 0;
	b->link[0] = NONE;
	for (uint32_t c = 0; c < COLUMNS; c++) {
		uint32_t to = b->go[c];
		if (to) {
			b->link[to] = NONE;
			b->queue[last++] = to;
		}
	}
	while (first < last) {
		uint32_t s = b->queue[first++], f = b->fail[s];
		b->link[s] = b->head[f] != NONE ? f : b->link[f];
		for (uint32_t c = 0; c < COLUMNS; c++) {
			uint32_t *to = &b->go[(size_t)s * COLUMNS + c],
				 other = b->go[(size_t)f * COLUMNS + c];
			if (c == COLUMN_NOTHING) {
				*to = s;
			} else if (*to) {
				b->fail[*to] = other;
				b->queue[last++] = *to;
			} else {
				*to = other;
			}
		}
	}
}

/* Number the states breadth first, so that those that are met most lie together, and those with
 * output last. */
static void renumber(struct ac *ac, struct build *b)
{
	uint32_t at = 0;
	for (int with_output = 0; with_output < 2; with_output++) {
		if (with_output)
			ac->first_out = at;
		for (uint32_t i = 0; i < b->states; i++) {
			uint32_t s = i ? b->queue[i - 1] : 0;
			if ((b->head[s] != NONE || b->link[s] != NONE) == with_output)
				b->rank[s] = at++;
		}
	}
}

static bool finish(struct ac *ac, struct build *b)
{
	uint32_t n = b->states;
	renumber(ac, b);
	ac->states = n;
	size_t cells = (size_t)n * COLUMNS;
	bool wide = n > UINT16_MAX;
	ac->head = calloc(n, sizeof *ac->head);
	ac->link = calloc(n, sizeof *ac->link);
	if (wide)
		ac->wide = calloc(cells, sizeof *ac->wide);
	else /* a row of 32 columns is one line of the cache */
		ac->go = aligned_alloc(64, (cells * sizeof *ac->go + 63) & ~(size_t)63);
	if (!ac->head || !ac->link || !(wide ? (void *)ac->wide : (void *)ac->go))
		return false;
	for (uint32_t s = 0; s < n; s++) {
		uint32_t r = b->rank[s];
		ac->head[r] = b->head[s];
		ac->link[r] = b->link[s] == NONE ? NONE : b->rank[b->link[s]];
		for (uint32_t c = 0; c < COLUMNS; c++) {
			uint32_t to = b->rank[b->go[(size_t)s * COLUMNS + c]];
			if (wide)
				ac->wide[(size_t)r * COLUMNS + c] = to;
			else
				ac->go[(size_t)r * COLUMNS + c] = (uint16_t)to;
		}
	}
	return true;
}

/* Which states' literals are all whole words. */
static bool mark_alone(struct ac *ac, const span *literal, const bool *whole)
{
	ac->alone = calloc(ac->states, sizeof *ac->alone);
	for (uint32_t s = 0; ac->alone && s < ac->states; s++) {
		bool all = whole != NULL && ac->head[s] != NONE;
		for (uint32_t i = ac->head[s]; all && i != NONE; i = ac->next[i])
			all = whole[i];
		ac->alone[s] = all ? (uint8_t)literal[ac->head[s]].n : 0;
	}
	return ac->alone != NULL;
}

struct ac *ac_new(const span *literal, const bool *whole, size_t n)
{
	struct ac *ac = calloc(1, sizeof *ac);
	if (!ac)
		return NULL;
	size_t cap = 1;
	for (size_t i = 0; i < n; i++)
		cap += literal[i].n;
	for (unsigned b = 0; b < 256; b++)
		ac->column_of[b] = column_of((unsigned char)b);
	struct build b = { .go = NULL };
	bool ok = cap < UINT32_MAX / COLUMNS && build_new(&b, cap);
	ac->next = ok ? calloc(n + 1, sizeof *ac->next) : NULL;
	if (ok && ac->next) {
		add_literals(ac, &b, literal, n);
		close_over(&b);
		ok = finish(ac, &b) && mark_alone(ac, literal, whole);
	} else {
		ok = false;
	}
	build_free(&b);
	if (!ok) {
		ac_free(ac);
		return NULL;
	}
	return ac;
}

void ac_free(struct ac *ac)
{
	if (!ac)
		return;
	free(ac->go);
	free(ac->wide);
	free(ac->head);
	free(ac->link);
	free(ac->next);
	free(ac->alone);
	free(ac);
}

size_t ac_bytes(const struct ac *ac)
{
	return (size_t)ac->states * COLUMNS * (ac->wide ? sizeof *ac->wide : sizeof *ac->go);
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Whether n symbols that end at stop are part of a longer word. With an apostrophe among them,
 * nobody knows here where they begin: then no. */
static bool is_part(span text, size_t stop, size_t n)
{
	if (is_word(text.p[stop]))
		return true;
	if (stop <= n || !is_word(text.p[stop - n - 1]))
		return false;
	return !memchr(text.p + stop - n, '\'', n);
}

__attribute__((noinline)) static void report(const struct ac *ac, uint32_t state, span text,
					     size_t stop, ac_hit_fn *hit, void *user)
{
	for (uint32_t s = state; s != NONE; s = ac->link[s]) {
		if (ac->alone[s] && is_part(text, stop, ac->alone[s]))
			continue;
		for (uint32_t i = ac->head[s]; i != NONE; i = ac->next[i])
			hit(user, i, stop);
	}
}

/* The first separator among the sixteen bytes from p on; 16 if there is none. */
static size_t near_separator(const char *p)
{
	bytes16 v = load16(p);
	bytes16 word = letters16(v) | digits16(v) | (v < all16(0)) | (v == all16('\''));
	return (size_t)__builtin_ctzll(~bits16(word) | 1u << 16);
}

#define HALVES 32 /* bytes from which on it pays to search both halves of a text side by side */

/*
 * Each step waits for the one before it, so two searches side by side take hardly longer than one.
 * The second begins at a separator, at or after the middle, and may run past `to`, but not by 32
 * bytes.
 */
static void scan_halves(const struct ac *ac, span text, size_t from, size_t middle, ac_hit_fn *hit,
			void *user)
{
	const uint16_t *go = ac->go;
	const unsigned char *a = (const unsigned char *)text.p + from,
			    *b = (const unsigned char *)text.p + middle;
	uint32_t first_out = ac->first_out, left = 0, right = 0;
	for (size_t i = 0, n = middle - from; i < n; i++) {
		/* The column is known early; the row is what one has to wait for. */
		const uint16_t *column = go + ac->column_of[a[i]];
		const uint16_t *other = go + ac->column_of[b[i]];
		left = column[(size_t)left * COLUMNS];
		right = other[(size_t)right * COLUMNS];
		if (__builtin_expect((left >= first_out) | (right >= first_out), 0)) {
			if (left >= first_out)
				report(ac, left, text, from + i + 1, hit, user);
			if (right >= first_out)
				report(ac, right, text, middle + i + 1, hit, user);
		}
	}
}

void ac_scan(const struct ac *ac, span text, size_t from, size_t to, ac_hit_fn *hit, void *user)
{
	size_t half = from + (to - from + 1) / 2;
	if (to - from >= HALVES && !ac->wide) {
		size_t k = near_separator(text.p + half);
		if (k < 16) {
			scan_halves(ac, text, from, half + k, hit, user);
			return;
		}
	}
	uint32_t state = 0;
	for (size_t i = from; i < to; i++) {
		size_t cell = (size_t)state * COLUMNS + ac->column_of[(unsigned char)text.p[i]];
		state = ac->wide ? ac->wide[cell] : ac->go[cell];
		if (__builtin_expect(state >= ac->first_out, 0))
			report(ac, state, text, i + 1, hit, user);
	}
}
