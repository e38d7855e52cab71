/* score_shape.c - see score_shape.h */
#include "score_shape.h"
#include "base/utf8.h"
#include <stdlib.h>

#define TEXT_MAX ((size_t)65536) /* bytes of a text whose marks are looked at */
#define VERSE_BREAKS 2           /* line ends or " / " in a verse, at least */

static size_t words_in(span text)
{
	size_t n = 0;
	bool inside = false;
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		bool word = c >= 0x80 || (c >= '0' && c <= '9') ||
			    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (inside && c == '\'');
		n += word && !inside;
		inside = word;
	}
	return n;
}

/* Opening and closing marks of one kind; the straight one is both. */
static bool is_mark(uint32_t cp, bool open, bool *ret_straight)
{
	*ret_straight = cp == '"';
	return cp == '"' || cp == (open ? 0x201CU : 0x201DU) || cp == (open ? 0xABU : 0xBBU);
}

/* The next passage in quotation marks from *at on, with its marks. */
static bool next_quote(span text, size_t *at, size_t *ret_start, size_t *ret_stop)
{
	bool inside = false, straight, other;
	size_t start = 0;
	while (*at < text.n) {
		size_t from = *at;
		uint32_t cp = utf8_next(text, at);
		if (!inside && is_mark(cp, true, &straight)) {
			inside = true;
			start = from;
		} else if (inside && is_mark(cp, false, &other) && other == straight) {
			*ret_start = start;
			*ret_stop = *at;
			return true;
		}
	}
	return false;
}

static bool is_verse(span text, size_t least)
{
	size_t breaks = 0;
	if (text.n < 2 * least - 1) /* so many words do not fit */
		return false;
	for (size_t i = 0; i < text.n; i++)
		breaks += text.p[i] == '\n' || (text.p[i] == '/' && i > 0 && i + 1 < text.n &&
						text.p[i - 1] == ' ' && text.p[i + 1] == ' ');
	return breaks >= VERSE_BREAKS && words_in(text) >= least;
}

/* Most texts have no such byte. */
static bool may_quote(span text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c == '"' || c == 0xC2 || c == 0xE2)
			return true;
	}
	return false;
}

bool shapes_wanted(const struct case_facts *f)
{
	for (uint32_t i = 0; i < f->rules; i++)
		if (f->rule[i].runs && f->rule[i].rule->kind == RULE_SHAPE)
			return true;
	return false;
}

static bool add(struct shapes *t, struct shape s)
{
	if (t->n == SIGHTINGS_MAX) {
		t->left_after = t->left_after ? t->left_after : s.record;
		return true;
	}
	if (t->n == t->cap) {
		uint32_t cap = t->cap ? t->cap * 2 : 256;
		struct shape *more = realloc(t->at, cap * sizeof *more);
		if (!more)
			return false;
		t->at = more;
		t->cap = cap;
	}
	t->at[t->n++] = s;
	return true;
}

static bool see(struct shapes *t, uint32_t record, uint32_t rule, const struct rule *r, span text)
{
	size_t at = 0, start, stop;
	bool ok = true;
	if (r->watch.shape == SHAPE_LYRICS)
		return !is_verse(text, r->watch.least) ||
		       add(t, (struct shape){ record, rule, 0, (uint32_t)text.n });
	if (!may_quote(text))
		return true;
	while (ok && next_quote(text, &at, &start, &stop))
		if (words_in(span_sub(text, start, stop)) >= r->watch.least)
			ok = add(t,
				 (struct shape){ record, rule, (uint32_t)start, (uint32_t)stop });
	return ok;
}

bool shapes_see(struct shapes *t, const struct case_facts *f, uint32_t record, span text)
{
	bool ok = true;
	if (text.n > TEXT_MAX)
		text.n = TEXT_MAX;
	for (uint32_t i = 0; ok && i < f->rules; i++)
		if (f->rule[i].runs && f->rule[i].rule->kind == RULE_SHAPE)
			ok = see(t, record, i, f->rule[i].rule, text);
	return ok;
}

static int by_record(const void *a, const void *b)
{
	const struct shape *x = a, *y = b;
	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

void shapes_sort(struct shapes *t)
{
	if (t->n)
		qsort(t->at, t->n, sizeof *t->at, by_record);
}

void shapes_free(struct shapes *t)
{
	free(t->at);
	*t = (struct shapes){ 0 };
}
