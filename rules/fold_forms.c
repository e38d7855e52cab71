/* fold_forms.c - see fold_forms.h */
#include "fold_forms.h"
#include "fold_walk.h"
#include "vector.h"

/* The first place from i on, in steps of sixteen, where the same letter stands three times; n if
 * there is none. The pad after the text can be read. */
static size_t seek_runs(const struct layer *l, size_t i)
{
	for (; i < l->n; i += 16) {
		const char *p = l->text + LAYER_PAD + i;
		bytes16 v = load16(p);
		if (bits16((v == load16(p + 1)) & (v == load16(p + 2)) & letters16(v)))
			return i;
	}
	return l->n;
}

static bytes16 lower(bytes16 v)
{
	return v | (within16(v, 'A', 'Z') & all16(0x20));
}

/* Copy in lower case; false if a byte is not ASCII. */
static bool copy_lower(char *to, const char *p, size_t n)
{
	bytes16 high = all16(0);
	if (n < 16) {
		char rest[16] = { 0 };
		for (size_t i = 0; i < n; i++)
			rest[i] = p[i];
		high = load16(rest);
		bytes16 v = lower(high);
		memcpy(to, &v, sizeof v); /* there is room after the text */
		return bits16(high < all16(0)) == 0;
	}
	for (size_t i = 0;; i += 16) {
		if (i + 16 > n) /* the last sixteen, some of them again */
			i = n - 16;
		bytes16 v = load16(p + i);
		high |= v;
		v = lower(v);
		memcpy(to + i, &v, sizeof v);
		if (i + 16 == n)
			return bits16(high < all16(0)) == 0;
	}
}

bool form_ascii(struct layer *out, span text, bool *ret_ascii)
{
	*ret_ascii = false;
	if (!layer_room(out, text.n))
		return false;
	layer_clear(out);
	char *to = out->text + LAYER_PAD;
	if (!copy_lower(to, text.p, text.n))
		return true;
	memset(to + text.n, 0, LAYER_PAD);
	out->n = text.n;
	*ret_ascii = true;
	return true;
}

#define LOOK 54 /* bytes looked at in one go: 64 bits, less those that look beyond */

/* What is asked for may be found where it is not, never the other way round. */
struct looked {
	struct triggers t;
	unsigned alone; /* single letters, so far */
};

/* Look at up to LOOK bytes from p on; bit 1 is the first, bit 0 the byte before. */
static void look(const char *p, size_t n, struct looked *l)
{
	uint64_t letter = 0, digit = 0, odd = 0, bang = 0, dot = 0, same = 0;
	p--;
	for (size_t i = 0; i < n + 10 && i < 64; i += 16) {
		bytes16 v = load16(p + i);
		letter |= bits16(letters16(v)) << i;
		digit |= bits16(digits16(v)) << i;
		odd |= bits16((v == all16('$')) | (v == all16('@'))) << i;
		bang |= bits16(v == all16('!')) << i;
		dot |= bits16(v == all16('.')) << i;
		same |= bits16(v == load16(p + i + 1)) << i;
	}
	l->t.runs |= (same & same >> 1 & letter) != 0;
	l->t.leet |= odd || (letter & digit >> 1) || (digit & letter >> 1) ||
		     (letter & bang >> 1 & letter >> 2);
	/* A letter with none beside it, then two more, or what may be read as such, as far apart
	 * again; or one after a dot. Bits 0 and 63 have a neighbour that is not seen. */
	uint64_t word = letter | digit, alone = word & ~(word << 1) & ~(word >> 1);
	uint64_t first = letter & alone & ~(uint64_t)1;
	l->t.apart |= odd || (first & dot >> 1 & alone >> 2) ||
		      (first & ((alone >> 2 & alone >> 4) | (alone >> 3 & alone >> 6) |
				(alone >> 4 & alone >> 8)));
	l->alone += (unsigned)__builtin_popcountll(first);
}

struct triggers form_triggers(const struct layer *in)
{
	struct looked l = { { false, false, false }, 0 };
	for (size_t i = 0; i < in->n; i += LOOK)
		look(in->text + LAYER_PAD + i, in->n - i < LOOK ? in->n - i : LOOK, &l);
	/* Signs past ASCII may stand between the letters: any two will do. */
	l.t.apart |= !in->ascii && l.alone > 1;
	return l.t;
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static size_t char_bytes(const char *p)
{
	unsigned char b = (unsigned char)*p;
	return b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
}

/* The next place from i on where a character stands three times; n if there is none. */
static size_t next_run(const struct layer *l, size_t i)
{
	const char *p = l->text + LAYER_PAD;
	size_t n = l->n;
	if (l->ascii)
		i = seek_runs(l, i);
	for (; i + 2 < n; i++) {
		if (p[i] == p[i + 1] && p[i] == p[i + 2] && (unsigned char)p[i] < 0x80)
			return i;
		size_t w;
		if ((unsigned char)p[i] >= 0xC0 && i + 3 * (w = char_bytes(p + i)) <= n &&
		    p[i] == p[i + w] && memcmp(p + i, p + i + w, 2 * w) == 0)
			return i;
	}
	return n;
}

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

bool form_runs(struct layer *out, const struct layer *in, struct keep keep,
	       struct fold_chars *chars, unsigned *ret_runs)
{
	const char *p = in->text + LAYER_PAD;
	size_t copied = 0; /* bytes of in that are in out */
	*ret_runs = 0;
	layer_clear(out);
	out->under = in;
	for (size_t i = next_run(in, 0); i < in->n;) {
		size_t w = char_bytes(p + i), stop = i + 3 * w;
		while (stop + w <= in->n && memcmp(p + i, p + stop, w) == 0)
			stop += w;
		if (is_letter(p[i]) || glyph_at(chars, p + i).flags & CHAR_LETTER) {
			bool vowel = is_vowel(p[i]);
			unsigned kept = vowel ? keep.vowels : keep.others;
			size_t last = i + (kept - 1) * w; /* the one that stands for the rest */
			if (last > copied && !layer_copy(out, p + copied, last - copied, copied))
				return false;
			if (!layer_put(out, p + i, w, last, stop - last))
				return false;
			copied = stop;
			*ret_runs |= vowel ? RUNS_VOWELS : RUNS_OTHERS;
		}
		i = next_run(in, stop);
	}
	if (chars->failed)
		return false;
	if (*ret_runs == 0)
		return true;
	if (in->n > copied && !layer_copy(out, p + copied, in->n - copied, copied))
		return false;
	return layer_done(out);
}
