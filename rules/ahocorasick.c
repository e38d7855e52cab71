/* ahocorasick.c - see ahocorasick.h */
#include "ahocorasick.h"
#include <stdlib.h>

#define NONE UINT32_MAX

struct ac {
	uint8_t class_of[256];
	uint32_t classes;
	uint32_t *go;       /* state and class to state; states count in rows (state * classes) */
	uint32_t first_out; /* states from here on end a literal */
	uint32_t states;
	uint32_t *head; /* per state: first of its literals, NONE */
	uint32_t *link; /* per state: the next shorter state that ends a literal, NONE */
	uint32_t *next; /* per literal: the next that ends in the same state, NONE */
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

size_t ac_start(span text, size_t stop, span symbols)
{
	size_t i = stop;
	for (size_t left = symbols.n; left > 0 && i > 0; left--) {
		while (i > 0 && text.p[i - 1] == '\'')
			i--;
		if (i > 0)
			i--;
		if (left == 1 || symbols.p[left - 1] != AC_SEPARATOR)
			continue;
		for (size_t k = i; k > 0; k--) { /* to the first of the run */
			unsigned s = symbol((unsigned char)text.p[k - 1]);
			if (s == SYM_SEPARATOR)
				i = k - 1;
			else if (s != SYM_NOTHING)
				break;
		}
	}
	return i;
}

/* Classes: 0 what no literal has, 1 separators, 2 apostrophes, then each byte that is used. */
static void classify(struct ac *ac, const span *literal, size_t n)
{
	for (int b = 0; b < 256; b++) {
		unsigned s = symbol((unsigned char)b);
		ac->class_of[b] = s == SYM_SEPARATOR || s == SYM_NOTHING ? (uint8_t)s : 0;
	}
	ac->classes = 3;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < literal[i].n; k++) {
			uint8_t *c = &ac->class_of[(unsigned char)literal[i].p[k]];
			if (*c == 0)
				*c = (uint8_t)ac->classes++;
		}
}

/* While it is built: states numbered as they come, 0 the root. */
struct build {
	uint32_t *go, *fail, *queue, *link, *head, *rank;
	bool *after_separator;
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
	free(b->after_separator);
}

static bool build_new(struct build *b, size_t cap, size_t classes)
{
	*b = (struct build){ .go = calloc(cap * classes, sizeof *b->go),
			     .fail = calloc(cap, sizeof *b->fail),
			     .queue = calloc(cap, sizeof *b->queue),
			     .link = calloc(cap, sizeof *b->link),
			     .head = calloc(cap, sizeof *b->head),
			     .rank = calloc(cap, sizeof *b->rank),
			     .after_separator = calloc(cap, sizeof *b->after_separator),
			     .states = 1 };
	return b->go && b->fail && b->queue && b->link && b->head && b->rank && b->after_separator;
}

static void add_literals(struct ac *ac, struct build *b, const span *literal, size_t n)
{
	b->head[0] = NONE;
	for (size_t i = 0; i < n; i++) {
		uint32_t s = 0;
		for (size_t k = 0; k < literal[i].n; k++) {
			uint8_t class = ac->class_of[(unsigned char)literal[i].p[k]];
			uint32_t *to = &b->go[s * ac->classes + class];
			if (*to == 0) {
				*to = b->states++;
				b->head[*to] = NONE;
				b->after_separator[*to] = class == SYM_SEPARATOR;
			}
			s = *to;
		}
		ac->next[i] = b->head[s];
		b->head[s] = (uint32_t)i;
	}
}

/* Breadth first: where to go on when the next byte does not lengthen any literal. */
static void close_over(const struct ac *ac, struct build *b)
{
	uint32_t classes = ac->classes, first = 0, last = 0;
	b->link[0] = NONE;
	for (uint32_t c = 0; c < classes; c++) {
		uint32_t to = b->go[c];
		if (to) {
			b->link[to] = NONE;
			b->queue[last++] = to;
		}
	}
	while (first < last) {
		uint32_t s = b->queue[first++], f = b->fail[s];
		b->link[s] = b->head[f] != NONE ? f : b->link[f];
		for (uint32_t c = 0; c < classes; c++) {
			uint32_t *to = &b->go[s * classes + c], other = b->go[f * classes + c];
			if (c == SYM_NOTHING || (c == SYM_SEPARATOR && b->after_separator[s])) {
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

/* Number the states so that those with output come last, and keep them as rows. */
static bool finish(struct ac *ac, const struct build *b)
{
	uint32_t n = b->states, classes = ac->classes, at = 0;
	for (int with_output = 0; with_output < 2; with_output++) {
		if (with_output)
			ac->first_out = at * classes;
		for (uint32_t s = 0; s < n; s++)
			if ((b->head[s] != NONE || b->link[s] != NONE) == with_output)
				b->rank[s] = at++;
	}
	ac->states = n;
	ac->go = calloc((size_t)n * classes, sizeof *ac->go);
	ac->head = calloc(n, sizeof *ac->head);
	ac->link = calloc(n, sizeof *ac->link);
	if (!ac->go || !ac->head || !ac->link)
		return false;
	for (uint32_t s = 0; s < n; s++) {
		uint32_t r = b->rank[s];
		ac->head[r] = b->head[s];
		ac->link[r] = b->link[s] == NONE ? NONE : b->rank[b->link[s]];
		for (uint32_t c = 0; c < classes; c++)
			ac->go[r * classes + c] = b->rank[b->go[s * classes + c]] * classes;
	}
	return true;
}

struct ac *ac_new(const span *literal, size_t n)
{
	struct ac *ac = calloc(1, sizeof *ac);
	if (!ac)
		return NULL;
	size_t cap = 1;
	for (size_t i = 0; i < n; i++)
		cap += literal[i].n;
	classify(ac, literal, n);
	struct build b = { .go = NULL };
	bool ok = cap < UINT32_MAX / ac->classes && build_new(&b, cap, ac->classes);
	ac->next = ok ? calloc(n + 1, sizeof *ac->next) : NULL;
	if (ok && ac->next) {
		add_literals(ac, &b, literal, n);
		close_over(ac, &b);
		ok = finish(ac, &b);
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
	free(ac->head);
	free(ac->link);
	free(ac->next);
	free(ac);
}

size_t ac_bytes(const struct ac *ac)
{
	return (size_t)ac->states * ac->classes * sizeof *ac->go;
}

static void report(const struct ac *ac, uint32_t state, size_t stop, ac_hit_fn *hit, void *user)
{
	for (uint32_t s = state; s != NONE; s = ac->link[s])
		for (uint32_t i = ac->head[s]; i != NONE; i = ac->next[i])
			hit(user, i, stop);
}

void ac_scan(const struct ac *ac, span text, ac_hit_fn *hit, void *user)
{
	const uint32_t *go = ac->go;
	uint32_t state = 0, first_out = ac->first_out;
	for (size_t i = 0; i < text.n; i++) {
		state = go[state + ac->class_of[(unsigned char)text.p[i]]];
		if (__builtin_expect(state >= first_out, 0))
			report(ac, state / ac->classes, i + 1, hit, user);
	}
}
