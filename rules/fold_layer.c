/* fold_layer.c - see fold_layer.h */
#include "fold_layer.h"
#include <stdlib.h>

void layer_free(struct layer *l)
{
	free(l->text);
	free(l->piece);
	*l = (struct layer){ 0 };
}

void layer_clear(struct layer *l)
{
	l->n = l->piece_n = 0;
	l->char_len = 0;
	l->ascii = true;
	l->full = false;
}

bool layer_room(struct layer *l, size_t n)
{
	if (n + 2 * LAYER_PAD <= l->cap)
		return true;
	size_t cap = l->cap ? l->cap : 1024;
	while (cap < n + 2 * LAYER_PAD)
		cap *= 2;
	char *p = realloc(l->text, cap);
	if (!p)
		return false;
	if (!l->text)
		memset(p, 0, LAYER_PAD);
	l->text = p;
	l->cap = cap;
	return true;
}

static bool piece_add(struct layer *l, size_t at, size_t from, size_t len)
{
	if (l->piece_max && l->piece_n >= l->piece_max) {
		l->full = true;
		return false;
	}
	if (l->piece_n == l->piece_cap) {
		size_t cap = l->piece_cap ? 2 * l->piece_cap : 64;
		struct piece *p = realloc(l->piece, cap * sizeof *p);
		if (!p)
			return false;
		l->piece = p;
		l->piece_cap = cap;
	}
	l->piece[l->piece_n++] = (struct piece){ (uint32_t)at, (uint32_t)from, (uint32_t)len };
	return true;
}

/* True when the last piece copies, and would go on with the byte at from. */
static bool goes_on(const struct layer *l, size_t from)
{
	if (l->piece_n == 0)
		return false;
	const struct piece *p = &l->piece[l->piece_n - 1];
	return p->len == 0 && p->from + (l->n - p->at) == from;
}

static bool append(struct layer *l, const char *p, size_t n)
{
	if (l->n + n + 2 * LAYER_PAD > l->cap && !layer_room(l, l->n + n))
		return false;
	if (n == 1) { /* most often */
		l->text[LAYER_PAD + l->n++] = *p;
		l->ascii &= (unsigned char)*p < 0x80;
		return true;
	}
	memcpy(l->text + LAYER_PAD + l->n, p, n);
	if (l->ascii)
		for (size_t i = 0; i < n; i++)
			if ((unsigned char)p[i] >= 0x80) {
				l->ascii = false;
				break;
			}
	l->n += n;
	return true;
}

bool layer_copy(struct layer *l, const char *p, size_t n, size_t from)
{
	if (!goes_on(l, from) && !piece_add(l, l->n, from, 0))
		return false;
	l->char_at = l->n;
	l->char_from = from;
	l->char_len = n;
	return append(l, p, n);
}

bool layer_lower(struct layer *l, const char *p, size_t n, size_t from, size_t last)
{
	if (!goes_on(l, from) && !piece_add(l, l->n, from, 0))
		return false;
	if (l->n + n + 2 * LAYER_PAD > l->cap && !layer_room(l, l->n + n))
		return false;
	char *to = l->text + LAYER_PAD + l->n;
	unsigned char high = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char b = (unsigned char)p[i];
		high |= b;
		to[i] = (char)(b >= 'A' && b <= 'Z' ? b + 32 : b);
	}
	l->ascii &= high < 0x80;
	l->char_at = l->n + (last - from);
	l->char_from = last;
	l->char_len = n - (last - from);
	l->n += n;
	return true;
}

static size_t char_length(char first)
{
	unsigned char b = (unsigned char)first;
	return b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
}

bool layer_put(struct layer *l, const char *p, size_t n, size_t from, size_t len)
{
	/* One character of the same length: no position inside it is ever asked for. */
	if (n == len && char_length(p[0]) == n)
		return layer_copy(l, p, n, from);
	if (!piece_add(l, l->n, from, len))
		return false;
	l->char_at = l->n;
	l->char_from = from;
	l->char_len = len;
	return append(l, p, n);
}

bool layer_extend(struct layer *l, size_t from, size_t len)
{
	if (l->char_len == 0 || l->char_from + l->char_len != from)
		return true;
	l->char_len += len;
	struct piece *p = &l->piece[l->piece_n - 1];
	if (p->at == l->char_at) {
		p->len = (uint32_t)l->char_len;
		return true;
	}
	return piece_add(l, l->char_at, l->char_from, l->char_len);
}

bool layer_done(struct layer *l)
{
	if (!layer_room(l, l->n))
		return false;
	memset(l->text + LAYER_PAD + l->n, 0, LAYER_PAD);
	return true;
}

/* The piece that holds byte at. */
static const struct piece *piece_of(const struct layer *l, size_t at)
{
	size_t low = 0, high = l->piece_n;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (l->piece[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return &l->piece[low];
}

void layer_under(const struct layer *l, size_t *start, size_t *stop)
{
	if (l->piece_n == 0)
		return;
	const struct piece *a = piece_of(l, *start), *b = piece_of(l, *stop - 1);
	*start = a->from + (a->len ? 0 : *start - a->at);
	*stop = b->from + (b->len ? b->len : *stop - b->at);
}
