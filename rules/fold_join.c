/* fold_join.c - "c u n c h", "p-l-u-g", "o.t" read as words; see fold_forms.h */
#include "fold_forms.h"
#include "fold_walk.h"
#include "vector.h"

#define GAP_CHARS 3 /* signs between two letters of a row, at most */
#define SAME_DIGITS 2

struct join {
	const char *p;
	size_t n;
	struct fold_chars *chars;
};

/* Letters set apart, each a single character, `gap` bytes between any two. */
struct row {
	size_t stop; /* after its last character */
	size_t last; /* where that begins */
	size_t gap;
	size_t all, letters;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool word_at(const struct join *j, size_t i)
{
	return i < j->n && glyph_at(j->chars, j->p + i).flags & CHAR_WORD;
}

/* Bytes of the signs that begin at i, if a row can go on after them, else 0. */
static size_t gap_at(const struct join *j, size_t i)
{
	size_t at = i;
	for (unsigned k = 0; k < GAP_CHARS && at < j->n; k++) {
		char c = j->p[at];
		struct glyph g = glyph_at(j->chars, j->p + at);
		if (c == '\'' || c == '@' || c == 0 || g.flags & (CHAR_WORD | CHAR_MONEY))
			break;
		at += g.n;
	}
	return at - i;
}

/* Whether the digit or sign at i may stand for a letter of a row: nothing of a word or price is
 * beside it, and no digit follows a $. */
static bool sign_at(const struct join *j, size_t i, size_t gap)
{
	char c = j->p[i];
	if (c == '!' || !form_leet_letter(c, 'i'))
		return false;
	size_t after = i + 1 + gap;
	if (c == '$' && after < j->n && is_digit(j->p[after]))
		return false;
	return i + 1 >= j->n ||
	       !(glyph_at(j->chars, j->p + i + 1).flags & (CHAR_WORD | CHAR_MONEY));
}

/*
 * The row that begins with the letter at i. Digits and @ at its end belong to it only if others
 * stand between its letters: "c 0 k 3", but "c u n c h 4 days". Two different digits in a row are a
 * number, and end it.
 */
static struct row row_at(const struct join *j, size_t i)
{
	size_t first = glyph_at(j->chars, j->p + i).n;
	struct row r = { .stop = i + first, .last = i, .all = 1, .letters = 1 };
	struct row sure = r; /* up to the last that is sure to belong to it */
	unsigned same = 0;   /* digits in a row, all the same */
	bool inside = false, number = false;
	const char *gap = j->p + r.stop;
	r.gap = sure.gap = gap_at(j, r.stop);
	while (r.gap && r.stop + r.gap < j->n && j->p[r.stop] == *gap &&
	       (r.gap == 1 || memcmp(j->p + r.stop, gap, r.gap) == 0)) {
		size_t at = r.stop + r.gap;
		char c = j->p[at];
		struct glyph g = glyph_at(j->chars, j->p + at);
		bool letter = (g.flags & CHAR_LETTER) && !word_at(j, at + g.n);
		if (!letter && !sign_at(j, at, r.gap))
			break;
		same = !is_digit(c) ? 0 : j->p[r.last] == c ? same + 1 : 1;
		number = same > SAME_DIGITS || (same == 1 && is_digit(j->p[r.last]));
		if (number)
			break;
		r.all++;
		r.letters += letter;
		r.last = at;
		r.stop = at + g.n;
		inside |= letter && r.letters < r.all;
		if (letter || c == '$')
			sure = r;
	}
	return number || !inside ? sure : r;
}

static bool is_word(const struct join *j, const struct row *r)
{
	if (r->letters < r->all) /* "x 5 p" is a number between letters */
		return r->all >= 4 && 2 * r->letters >= r->all;
	return r->all >= 3 || (r->all == 2 && r->gap == 1 && j->p[r->last - 1] == '.');
}

/* The first place, in steps of sixteen, where a letter stands with none beside it; n if there is
 * none. The layer is ASCII. */
static size_t seek_alone(const struct layer *l)
{
	for (size_t i = 0; i < l->n; i += 16) {
		const char *p = l->text + LAYER_PAD + i;
		bytes16 before = load16(p - 1), after = load16(p + 1);
		if (bits16(letters16(load16(p)) & ~(letters16(before) | digits16(before)) &
			   ~(letters16(after) | digits16(after))))
			return i;
	}
	return l->n;
}

static bool join_row(struct layer *out, const struct join *j, const struct row *r, size_t i)
{
	for (;;) {
		size_t n = glyph_at(j->chars, j->p + i).n;
		if (!layer_copy(out, j->p + i, n, i))
			return false;
		if (i == r->last)
			return true;
		i += n + r->gap;
	}
}

bool form_join(struct layer *out, const struct layer *in, struct fold_chars *chars,
	       bool *ret_changed)
{
	const struct join j = { in->text + LAYER_PAD, in->n, chars };
	size_t copied = 0; /* bytes of in that are in out */
	*ret_changed = false;
	layer_clear(out);
	out->under = in;
	size_t i = in->ascii ? seek_alone(in) : 0;
	bool word_before = i > 0 && fold_flags_ascii(j.p[i - 1]) & CHAR_WORD;
	while (i < in->n) {
		struct glyph g = glyph_at(chars, j.p + i);
		bool alone = !word_before && g.flags & CHAR_LETTER && !word_at(&j, i + g.n);
		word_before = (g.flags & CHAR_WORD) != 0;
		if (!alone) {
			i += g.n;
			continue;
		}
		struct row r = row_at(&j, i);
		if (!is_word(&j, &r)) {
			/* Its last one may begin a row of its own, with other signs. */
			word_before &= r.all == 1;
			i = r.all > 1 ? r.last : i + g.n;
			continue;
		}
		if ((i > copied && !layer_copy(out, j.p + copied, i - copied, copied)) ||
		    !join_row(out, &j, &r, i))
			return false;
		copied = i = r.stop;
		word_before = true;
		*ret_changed = true;
	}
	if (chars->failed)
		return false;
	if (!*ret_changed)
		return true;
	if (in->n > copied && !layer_copy(out, j.p + copied, in->n - copied, copied))
		return false;
	return layer_done(out);
}
