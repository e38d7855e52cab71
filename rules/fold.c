/* fold.c - see fold.h. Base form and lookalikes are made from the original; the other forms from
 * those, in fold_forms.c. */
#include "fold.h"
#include "base/utf8.h"
#include "fold_forms.h"
#include <stdlib.h>

#define KEEP ((size_t)64 << 10) /* buffers larger than this are given back */

enum step {
	STEP_BASE,
	STEP_LOOK,
	STEP_SHORT,
	STEP_DOUBLE,
	STEP_I,
	STEP_I_SHORT,
	STEP_I_DOUBLE,
	STEP_L,
	STEP_L_SHORT,
	STEP_L_DOUBLE,
	STEP_END
};

struct folder {
	struct fold_chars *chars;
	span text;
	struct layer base, look, joined, decoded, runs;
	const struct layer *plain; /* what the further forms are made from: look or base */
	const struct layer *read;  /* the decoded form: joined, decoded, or NULL */
	const struct layer *last;  /* the layer of the form given last */
	struct form form;
	enum step step;
	bool lookalikes;      /* of the base form: some character has one */
	bool cyrillic, greek; /* and some letter of that script has none */
	struct triggers triggers;
	bool ambiguous;    /* the decoded form holds a 1 or ! that was read as i */
	bool ascii;        /* the text is */
	bool slowly;       /* make every form, whatever the triggers say */
	bool long_letters; /* the layer looked at last has some */
	bool failed;
};

struct folder *folder_new(void)
{
	struct folder *f = calloc(1, sizeof *f);
	if (!f)
		return NULL;
	f->chars = fold_chars_new();
	if (!f->chars) {
		free(f);
		return NULL;
	}
	return f;
}

void folder_free(struct folder *f)
{
	if (!f)
		return;
	struct layer *all[] = { &f->base, &f->look, &f->joined, &f->decoded, &f->runs };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		layer_free(all[i]);
	fold_chars_free(f->chars);
	free(f);
}

void fold_end(struct folder *f)
{
	struct layer *all[] = { &f->base, &f->look, &f->joined, &f->decoded, &f->runs };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i]->cap > KEEP)
			layer_free(all[i]);
}

const struct fold_char *fold_char(struct folder *f, uint32_t cp)
{
	return fold_chars_get(f->chars, cp);
}

/* Append what one character of the original becomes. */
static bool emit(struct folder *f, struct layer *l, size_t from, size_t len, uint32_t cp)
{
	if (cp == UTF8_BAD)
		return layer_put(l, " ", 1, from, 1);
	const struct fold_char *c = fold_chars_get(f->chars, cp);
	if (!c)
		return false;
	if (c->n == 0)
		return c->flags & CHAR_MARK ? layer_extend(l, from, len) : true;
	return layer_put(l, c->utf8, c->n, from, len);
}

static bool make_base(struct folder *f)
{
	span s = f->text;
	struct layer *l = &f->base;
	l->under = NULL;
	if (!form_ascii(l, s, &f->ascii))
		return false;
	if (f->ascii)
		return true;
	layer_clear(l);
	for (size_t pos = 0; pos < s.n;) {
		size_t from = pos;
		unsigned char b = (unsigned char)s.p[pos];
		if (b < 0x80) {
			char lower = b >= 'A' && b <= 'Z' ? (char)(b + 32) : (char)b;
			pos++;
			if (!layer_copy(l, &lower, 1, from))
				return false;
			continue;
		}
		uint32_t cp = utf8_next(s, &pos);
		if (cp != UTF8_BAD) {
			const struct fold_char *c = fold_chars_get(f->chars, cp);
			if (!c)
				return false;
			if (c->look)
				f->lookalikes = true;
			else if (c->flags & CHAR_LETTER) {
				f->cyrillic |= (c->flags & CHAR_CYRILLIC) != 0;
				f->greek |= (c->flags & CHAR_GREEK) != 0;
			}
		}
		if (!emit(f, l, from, pos - from, cp))
			return false;
	}
	return layer_done(l);
}

/*
 * A word is read by its looks when all of it can be, and when it mixes alphabets, or uses
 * characters that no language writes in, or when nothing in the whole text shows that the writer
 * is simply writing Russian or Greek.
 */
static bool word_is_disguised(struct folder *f, size_t pos, size_t *ret_stop)
{
	bool all = true, ascii = false, odd = false, cyrillic = false, greek = false;
	size_t stop = pos;
	while (pos < f->text.n) {
		uint32_t cp = utf8_next(f->text, &pos);
		const struct fold_char *c = cp == UTF8_BAD ? NULL : fold_chars_get(f->chars, cp);
		if (!c || (c->n && !(c->flags & CHAR_WORD) && !c->look))
			break;
		stop = pos;
		if (c->n == 0)
			continue;
		bool plain = c->n == 1;
		ascii |= plain && (c->flags & CHAR_LETTER);
		if (c->look) {
			cyrillic |= (c->flags & CHAR_CYRILLIC) != 0;
			greek |= (c->flags & CHAR_GREEK) != 0;
			odd |= !(c->flags & (CHAR_CYRILLIC | CHAR_GREEK));
		}
		all &= plain || c->look;
	}
	*ret_stop = stop;
	if (!all || !(cyrillic || greek || odd))
		return false;
	return ascii || odd || ((!cyrillic || !f->cyrillic) && (!greek || !f->greek));
}

static bool make_look(struct folder *f, bool *ret_changed)
{
	struct layer *l = &f->look;
	l->under = NULL;
	*ret_changed = false;
	layer_clear(l);
	for (size_t pos = 0; pos < f->text.n;) {
		size_t stop;
		bool disguised = word_is_disguised(f, pos, &stop);
		if (stop == pos) { /* between words */
			size_t from = pos;
			uint32_t cp = utf8_next(f->text, &pos);
			if (!emit(f, l, from, pos - from, cp))
				return false;
			continue;
		}
		*ret_changed |= disguised;
		while (pos < stop) {
			size_t from = pos;
			uint32_t cp = utf8_next(f->text, &pos);
			const struct fold_char *c =
				cp == UTF8_BAD ? NULL : fold_chars_get(f->chars, cp);
			char letter = c && disguised ? (char)c->look : 0;
			if (!(letter ? layer_put(l, &letter, 1, from, pos - from)
				     : emit(f, l, from, pos - from, cp)))
				return false;
		}
	}
	return layer_done(l);
}

void fold_begin(struct folder *f, span text, bool slowly)
{
	if (text.n > FOLD_TEXT_MAX)
		text.n = FOLD_TEXT_MAX;
	f->text = text;
	f->step = STEP_BASE;
	f->failed = false;
	f->slowly = slowly;
	f->lookalikes = f->cyrillic = f->greek = false;
	f->long_letters = false;
	f->last = NULL;
}

static const struct form *give(struct folder *f, const struct layer *l)
{
	f->last = l;
	f->form = (struct form){ { l->text + LAYER_PAD, l->n }, l->ascii };
	return &f->form;
}

/* Join and decode f->plain into f->read, reading 1 and ! as `one`. */
static bool decode(struct folder *f, char one)
{
	bool joined = false, leet = false;
	f->read = NULL;
	f->ambiguous = false;
	if (f->triggers.apart && !form_join(&f->joined, f->plain, &joined))
		return false;
	const struct layer *from = joined ? &f->joined : f->plain;
	if ((f->triggers.leet || joined) &&
	    !form_leet(&f->decoded, from, one, &f->ambiguous, &leet))
		return false;
	if (joined || leet)
		f->read = leet ? &f->decoded : from;
	return true;
}

/* The short form of a layer, then its double form; without the first there is no second. */
static bool make_runs(struct folder *f, const struct layer *from, bool first,
		      const struct layer **ret)
{
	if (!first && !f->long_letters)
		return true;
	if (!form_runs(&f->runs, from, first ? 1 : 2, f->chars, &f->long_letters))
		return false;
	if (f->long_letters)
		*ret = &f->runs;
	return true;
}

/* Make the form of this step. *ret stays NULL when there is no such form. */
static bool make(struct folder *f, enum step step, const struct layer **ret)
{
	bool changed = false;
	switch (step) {
	case STEP_BASE:
		if (!make_base(f))
			return false;
		f->plain = *ret = &f->base;
		return true;
	case STEP_LOOK:
		if (f->lookalikes && !make_look(f, &changed))
			return false;
		if (changed)
			f->plain = *ret = &f->look;
		return true;
	case STEP_SHORT:
	case STEP_DOUBLE:
		return !f->triggers.runs || make_runs(f, f->plain, step == STEP_SHORT, ret);
	case STEP_I:
	case STEP_L:
		if (step == STEP_L && !f->ambiguous)
			f->read = NULL; /* it would be the same form again */
		else if (!decode(f, step == STEP_I ? 'i' : 'l'))
			return false;
		*ret = f->read;
		return true;
	case STEP_I_SHORT:
	case STEP_L_SHORT:
		return !f->read || make_runs(f, f->read, true, ret);
	case STEP_I_DOUBLE:
	case STEP_L_DOUBLE:
		return !f->read || make_runs(f, f->read, false, ret);
	case STEP_END:
		break;
	}
	return true;
}

/* What more than the base form there can be. Most texts have no other. */
static enum step after_base(struct folder *f)
{
	bool all = f->slowly || !f->ascii;
	f->triggers = all ? (struct triggers){ true, true, true } : form_triggers(&f->base);
	if (f->lookalikes)
		return STEP_LOOK;
	if (f->triggers.runs)
		return STEP_SHORT;
	return f->triggers.apart || f->triggers.leet ? STEP_I : STEP_END;
}

const struct form *fold_next(struct folder *f)
{
	const struct layer *l = NULL;
	if (f->step == STEP_LOOK)
		f->step = after_base(f);
	while (f->step < STEP_END && !l) {
		if (!make(f, f->step, &l)) {
			f->failed = true;
			f->step = STEP_END;
			return NULL;
		}
		f->step = (enum step)(f->step + 1);
	}
	return l ? give(f, l) : NULL;
}

bool fold_failed(const struct folder *f)
{
	return f->failed;
}

void fold_origin(const struct folder *f, size_t *start, size_t *stop)
{
	for (const struct layer *l = f->last; l; l = l->under)
		layer_under(l, start, stop);
}
