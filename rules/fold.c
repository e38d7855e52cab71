/* fold.c - see fold.h. Base form and lookalikes are made from the original; the other forms from
 * those, in fold_forms.c. */
#include "fold.h"
#include "base/utf8.h"
#include "fold_forms.h"
#include <stdlib.h>

#define KEEP ((size_t)64 << 10) /* buffers larger than this are given back */
#define PIECE_COST 16
/* Pieces of a further form, and one for every so many bytes of the text: only very long texts that
 * are respelt all over need more. */
#define PIECES 16384
#define PIECE_BYTES 8

/* Each of the last three is followed by its four ways to keep long letters: see keeps. */
enum step {
	STEP_BASE,
	STEP_LOOK,
	STEP_RUNS,
	STEP_I = STEP_RUNS + 4,
	STEP_L = STEP_I + 5,
	STEP_END = STEP_L + 5
};

static const struct keep keeps[] = { { 1, 1 }, { 2, 2 }, { 2, 1 }, { 1, 2 } };

struct folder {
	struct fold_chars *chars;
	span text;
	struct layer base, look, joined, decoded, runs;
	const struct layer *plain; /* what the further forms are made from: look or base */
	const struct layer *read;  /* the decoded form: joined, decoded, or NULL */
	const struct layer *last;  /* the layer of the form given last */
	struct form form;
	enum step step;
	bool lookalikes;           /* of the base form: some character has one */
	bool cyrillic, greek;      /* and some letter of that script has none */
	bool foreign;              /* some letter is not ASCII */
	bool runs_of_others;       /* some character past ASCII three times in a row */
	struct fold_char previous; /* of those past ASCII */
	unsigned in_a_row;
	struct triggers triggers;
	bool ambiguous;     /* the decoded form holds a 1 or ! that was read as i */
	bool ascii;         /* the text is */
	bool slowly;        /* make every form, whatever the triggers say */
	bool parted;        /* the plain form holds letters set apart: see joined */
	unsigned runs_seen; /* RUNS_...: long letters of the layer whose forms are being made */
	bool cut;           /* a form needed too many pieces */
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
	/* No other layer is longer than these. */
	if (f->base.cap <= KEEP && f->look.cap <= KEEP)
		return;
	struct layer *all[] = { &f->base, &f->look, &f->joined, &f->decoded, &f->runs };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i]->cap > KEEP)
			layer_free(all[i]);
}

const struct fold_char *fold_char(struct folder *f, uint32_t cp)
{
	return fold_chars_get(f->chars, cp);
}

/* Writes a layer from the original: characters that stay as they are, but for ASCII case, are
 * copied many at a time. */
struct writer {
	struct layer *to;
	span from;
	size_t start, stop; /* to be copied */
	size_t last;        /* where the last character of them begins */
};

static bool flush(struct writer *w)
{
	size_t start = w->start;
	w->start = w->stop;
	return start == w->stop ||
	       layer_lower(w->to, w->from.p + start, w->stop - start, start, w->last);
}

/* The character of len bytes at `from` stays. */
static bool keep(struct writer *w, size_t from, size_t len)
{
	if (w->stop != from && !flush(w))
		return false;
	if (w->start == w->stop)
		w->start = from;
	w->last = from;
	w->stop = from + len;
	return true;
}

/* It becomes something else. */
static bool put(struct writer *w, const char *p, size_t n, size_t from, size_t len)
{
	return flush(w) && layer_put(w->to, p, n, from, len);
}

/* It becomes what folding makes of it; c is NULL for a byte that is not UTF-8. */
static bool fold(struct writer *w, const struct fold_char *c, size_t from, size_t len)
{
	if (!c)
		return put(w, " ", 1, from, 1);
	if (c->n == len && c->utf8[0] == w->from.p[from] &&
	    memcmp(c->utf8, w->from.p + from, len) == 0)
		return keep(w, from, len);
	if (c->n)
		return put(w, c->utf8, c->n, from, len);
	return !(c->flags & CHAR_MARK) || (flush(w) && layer_extend(w->to, from, len));
}

/* The byte at `from` is not UTF-8: it and those of its kind after it, up to *pos, become spaces. */
static bool put_bad(struct writer *w, size_t from, size_t *pos)
{
	static const char spaces[] = "                                ";
	size_t stop = *pos, after = stop;
	while (after < w->from.n && after - from < sizeof spaces - 1 &&
	       utf8_next(w->from, &after) == UTF8_BAD)
		stop = after;
	*pos = stop;
	/* The last by itself: what vanishes after it belongs to it alone. */
	return flush(w) && (stop - from == 1 || layer_copy(w->to, spaces, stop - from - 1, from)) &&
	       layer_copy(w->to, " ", 1, stop - 1);
}

/* What the text holds that matters for further forms. */
static void note(struct folder *f, const struct fold_char *c)
{
	if (c->n == 0)
		return;
	bool again = f->previous.n == c->n && memcmp(f->previous.utf8, c->utf8, c->n) == 0;
	f->in_a_row = again ? f->in_a_row + 1 : 1;
	f->previous = *c;
	f->runs_of_others |= f->in_a_row > 2 || c->n > 4; /* of one, or inside one */
	f->lookalikes |= c->look != 0;
	f->foreign |= (c->flags & CHAR_LETTER) && c->n > 1;
	if (!c->look && c->flags & CHAR_LETTER) {
		f->cyrillic |= (c->flags & CHAR_CYRILLIC) != 0;
		f->greek |= (c->flags & CHAR_GREEK) != 0;
	}
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
	struct writer w = { .to = l, .from = s };
	f->previous.n = 0;
	for (size_t pos = 0; pos < s.n;) {
		size_t from = pos;
		if ((unsigned char)s.p[pos] < 0x80) {
			if (!keep(&w, pos++, 1))
				return false;
			continue;
		}
		uint32_t cp = utf8_next(s, &pos);
		if (cp == UTF8_BAD) {
			if (!put_bad(&w, from, &pos))
				return false;
			continue;
		}
		const struct fold_char *c = fold_chars_get(f->chars, cp);
		if (!c)
			return false;
		note(f, c);
		if (!fold(&w, c, from, pos - from))
			return false;
	}
	return flush(&w) && layer_done(l);
}

static bool is_regional(uint32_t cp)
{
	return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

/* Letters that are drawn as flags two by two: two alone are a flag, not a word. */
static bool regional_is_disguised(struct folder *f, size_t pos, size_t *ret_stop)
{
	size_t letters = 0;
	while (pos < f->text.n && is_regional(utf8_next(f->text, &pos))) {
		*ret_stop = pos;
		letters++;
	}
	return letters != 2;
}

/*
 * A word is read by its looks when all of it can be, and when it mixes alphabets, or uses
 * characters that no language writes in, or when nothing in the whole text shows that the writer
 * is simply writing Russian or Greek.
 */
static bool word_is_disguised(struct folder *f, size_t pos, size_t *ret_stop)
{
	bool all = true, ascii = false, odd = false, cyrillic = false, greek = false;
	size_t stop = pos, first = pos;
	if (is_regional(utf8_next(f->text, &first)))
		return regional_is_disguised(f, pos, ret_stop);
	while (pos < f->text.n) {
		uint32_t cp = utf8_next(f->text, &pos);
		if (is_regional(cp))
			break;
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
	struct writer w = { .to = l, .from = f->text };
	l->under = NULL;
	*ret_changed = false;
	layer_clear(l);
	for (size_t pos = 0; pos < f->text.n;) {
		size_t stop;
		bool disguised = word_is_disguised(f, pos, &stop);
		if (stop == pos) /* between words */
			stop = pos + 1;
		*ret_changed |= disguised;
		while (pos < stop) {
			size_t from = pos;
			uint32_t cp = utf8_next(f->text, &pos);
			const struct fold_char *c =
				cp == UTF8_BAD ? NULL : fold_chars_get(f->chars, cp);
			char letter = c && disguised ? (char)c->look : 0;
			if (!(letter      ? put(&w, &letter, 1, from, pos - from)
			      : cp < 0x80 ? keep(&w, from, 1)
					  : fold(&w, c, from, pos - from)))
				return false;
		}
	}
	return flush(&w) && layer_done(l);
}

void fold_begin(struct folder *f, span text, bool slowly)
{
	if (text.n > FOLD_TEXT_MAX)
		text.n = FOLD_TEXT_MAX;
	f->text = text;
	f->step = STEP_BASE;
	f->failed = f->chars->failed = f->cut = false;
	f->look.piece_max = f->joined.piece_max = f->runs.piece_max =
		slowly ? 0 : PIECES + text.n / PIECE_BYTES;
	f->look.full = f->joined.full = f->runs.full = false;
	f->slowly = slowly;
	f->lookalikes = f->cyrillic = f->greek = f->foreign = f->runs_of_others = false;
	f->in_a_row = 0;
	f->runs_seen = 0;
	f->last = NULL;
}

static const struct form *give(struct folder *f, const struct layer *l)
{
	size_t cost = l->n + PIECE_COST * l->piece_n;
	for (const struct layer *u = l->under; l != f->plain && u && u != f->plain; u = u->under)
		cost += u->n + PIECE_COST * u->piece_n;
	f->last = l;
	f->form = (struct form){ { l->text + LAYER_PAD, l->n }, l->ascii, cost };
	return &f->form;
}

/* Join and decode f->plain into f->read, reading 1 and ! as `one`; i comes first. */
static bool decode(struct folder *f, char one)
{
	bool leet = false;
	f->read = NULL;
	f->ambiguous = false;
	if (one == 'i') { /* for l it is the same again */
		f->parted = false;
		if (f->triggers.apart && !form_join(&f->joined, f->plain, f->chars, &f->parted))
			return false;
	}
	const struct layer *from = f->parted ? &f->joined : f->plain;
	if ((f->triggers.leet || f->parted) &&
	    !form_leet(&f->decoded, from, one, f->chars, &f->ambiguous, &leet))
		return false;
	if (f->parted || leet)
		f->read = leet ? &f->decoded : from;
	return true;
}

/* The form of a layer with long letters kept in way `how`; those after the first are only asked for
 * if it can differ. */
static bool make_runs(struct folder *f, const struct layer *from, size_t how,
		      const struct layer **ret)
{
	const unsigned both = RUNS_VOWELS | RUNS_OTHERS;
	unsigned runs;
	if ((how > 0 && f->runs_seen == 0) || (how > 1 && f->runs_seen != both))
		return true;
	if (!form_runs(&f->runs, from, keeps[how], f->chars, &runs))
		return false;
	f->runs_seen = runs;
	if (runs)
		*ret = &f->runs;
	return true;
}

static bool make_look_form(struct folder *f, const struct layer **ret)
{
	bool changed = false;
	if (f->lookalikes && !make_look(f, &changed))
		return false;
	if (changed)
		f->plain = *ret = &f->look;
	return true;
}

/* Make the form of this step. *ret stays NULL when there is no such form. */
static bool make(struct folder *f, enum step step, const struct layer **ret)
{
	switch (step) {
	case STEP_BASE:
		if (!make_base(f))
			return false;
		f->plain = *ret = &f->base;
		return true;
	case STEP_LOOK:
		return make_look_form(f, ret);
	case STEP_I:
	case STEP_L:
		if (step == STEP_L && !f->ambiguous)
			f->read = NULL; /* it would be the same form again */
		else if (!decode(f, step == STEP_I ? 'i' : 'l'))
			return false;
		*ret = f->read;
		return true;
	default:
		break;
	}
	if (step < STEP_I)
		return !f->triggers.runs || make_runs(f, f->plain, (size_t)(step - STEP_RUNS), ret);
	size_t how = (size_t)(step - (step < STEP_L ? STEP_I : STEP_L)) - 1;
	return !f->read || make_runs(f, f->read, how, ret);
}

/* What more there can be. Most texts have no other form. */
static void look_further(struct folder *f)
{
	if (f->slowly) {
		f->triggers = (struct triggers){ true, true, true };
		return;
	}
	f->triggers = form_triggers(f->plain);
	f->triggers.runs |= f->runs_of_others;
	f->triggers.apart |= f->foreign;
	if (f->triggers.runs)
		return;
	f->step = f->triggers.apart || f->triggers.leet ? STEP_I : STEP_END;
}

bool fold_more(struct folder *f)
{
	if (f->step == STEP_LOOK && !f->lookalikes)
		f->step = STEP_RUNS;
	if (f->step == STEP_RUNS)
		look_further(f);
	return f->step < STEP_END;
}

const struct form *fold_next(struct folder *f)
{
	const struct layer *l = NULL;
	while (!l && fold_more(f)) {
		if (!make(f, f->step, &l)) {
			f->cut = f->look.full || f->joined.full || f->runs.full;
			f->failed = !f->cut;
			f->step = STEP_END;
			return NULL;
		}
		f->step = (enum step)(f->step + 1);
	}
	return l ? give(f, l) : NULL;
}

bool fold_cut(const struct folder *f)
{
	return f->cut;
}

bool fold_ascii(const struct folder *f)
{
	return f->ascii;
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
