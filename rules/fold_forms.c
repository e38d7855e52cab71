/* fold_forms.c - see fold_forms.h */
#include "fold_forms.h"
#include "vector.h"
#include <utf8proc.h>

static bytes16 words(bytes16 v)
{
	return letters16(v) | within16(v, '0', '9');
}

static bytes16 signs(bytes16 v)
{
	return within16(v, '0', '9') | (v == all16('$')) | (v == all16('@'));
}

/* Bytes that are part of a word, as far as the forms are concerned: every one past ASCII counts. */
static bytes16 wordish(bytes16 v)
{
	return words(v) | (v < all16(0));
}

/* What a step looks for, in the sixteen bytes from p on. */
typedef bytes16 seek_fn(const char *p);

static bytes16 seek_runs(const char *p)
{
	bytes16 v = load16(p);
	return (v == load16(p + 1)) & (v == load16(p + 2)) & letters16(v);
}

static bytes16 seek_alone(const char *p)
{
	return letters16(load16(p)) & ~wordish(load16(p - 1)) & ~wordish(load16(p + 1));
}

static bytes16 seek_signs(const char *p)
{
	bytes16 v = load16(p);
	return signs(v) | (v == all16('!'));
}

/* The first place from i on, in steps of sixteen, whose sixteen bytes hold what is sought; n if
 * none does. The pad after the text can be read. */
static inline size_t seek(const struct layer *l, size_t i, seek_fn *what)
{
	while (i < l->n && bits16(what(l->text + LAYER_PAD + i)) == 0)
		i += 16;
	return i < l->n ? i : l->n;
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

#define LOOK 58 /* bytes looked at in one go: 64 bits, less those that look beyond */

/* Look at up to LOOK bytes from p on; bit 1 is the first, bit 0 the byte before. What is asked for
 * may be found where it is not, never the other way round. */
static void look(const char *p, size_t n, struct triggers *t)
{
	uint64_t letter = 0, digit = 0, odd = 0, bang = 0, dot = 0, same = 0;
	p--;
	for (size_t i = 0; i < n + 6 && i < 64; i += 16) {
		bytes16 v = load16(p + i);
		letter |= bits16(letters16(v)) << i;
		digit |= bits16(within16(v, '0', '9')) << i;
		odd |= bits16((v == all16('$')) | (v == all16('@'))) << i;
		bang |= bits16(v == all16('!')) << i;
		dot |= bits16(v == all16('.')) << i;
		same |= bits16(v == load16(p + i + 1)) << i;
	}
	t->runs |= (same & same >> 1 & letter) != 0;
	t->leet |= odd || (letter & digit >> 1) || (digit & letter >> 1) ||
		   (letter & bang >> 1 & letter >> 2);
	/* A letter with none beside it, then two more, or what may be read as such; or one after a
	 * dot. */
	uint64_t word = letter | digit;
	t->apart |= odd || (letter & ~(letter << 1) & ~(letter >> 1) & word >> 2 & ~(letter >> 3) &
			    (dot >> 1 | (word >> 4 & ~(letter >> 5))));
}

struct triggers form_triggers(const struct layer *in)
{
	struct triggers t = { false, false, false };
	for (size_t i = 0; i < in->n; i += LOOK)
		look(in->text + LAYER_PAD + i, in->n - i < LOOK ? in->n - i : LOOK, &t);
	return t;
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Part of a word, as far as the forms are concerned: every byte past ASCII counts. */
static bool is_word(char c)
{
	return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

/* Length of the character at p; p points into valid UTF-8. */
static size_t char_bytes(const char *p)
{
	unsigned char b = (unsigned char)*p;
	return b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
}

static bool letter_at(const char *p, struct fold_chars *chars, bool *ret)
{
	*ret = is_letter(*p);
	if ((unsigned char)*p < 0x80)
		return true;
	utf8proc_int32_t cp;
	if (utf8proc_iterate((const utf8proc_uint8_t *)p, 4, &cp) <= 0)
		return true;
	const struct fold_char *c = fold_chars_get(chars, (uint32_t)cp);
	if (!c)
		return false;
	*ret = (c->flags & CHAR_LETTER) != 0;
	return true;
}

/* The next place from i on where a character stands three times; n if there is none. */
static size_t next_run(const struct layer *l, size_t i)
{
	const char *p = l->text + LAYER_PAD;
	size_t n = l->n;
	if (l->ascii)
		i = seek(l, i, seek_runs);
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

bool form_runs(struct layer *out, const struct layer *in, unsigned keep, struct fold_chars *chars,
	       bool *ret_changed)
{
	const char *p = in->text + LAYER_PAD;
	size_t copied = 0; /* bytes of in that are in out */
	*ret_changed = false;
	layer_clear(out);
	out->under = in;
	for (size_t i = next_run(in, 0); i < in->n;) {
		size_t w = char_bytes(p + i), stop = i + 3 * w;
		while (stop + w <= in->n && memcmp(p + i, p + stop, w) == 0)
			stop += w;
		bool letter;
		if (!letter_at(p + i, chars, &letter))
			return false;
		if (letter) {
			size_t last = i + (keep - 1) * w; /* the one that stands for the rest */
			if (last > copied && !layer_copy(out, p + copied, last - copied, copied))
				return false;
			if (!layer_put(out, p + i, w, last, stop - last))
				return false;
			copied = stop;
			*ret_changed = true;
		}
		i = next_run(in, stop);
	}
	if (!*ret_changed)
		return true;
	if (in->n > copied && !layer_copy(out, p + copied, in->n - copied, copied))
		return false;
	return layer_done(out);
}

/* The letter that a digit or sign stands for, or 0. */
static char leet_letter(char c, char one)
{
	switch (c) {
	case '0':
		return 'o';
	case '1':
	case '!':
		return one;
	case '3':
		return 'e';
	case '4':
	case '@':
		return 'a';
	case '5':
	case '$':
		return 's';
	case '7':
		return 't';
	case '8':
		return 'b';
	case '9':
		return 'g';
	default:
		return 0;
	}
}

static bool is_separator(char c)
{
	return !is_word(c) && c != '\'' && c != '@' && c != '$' && c != 0;
}

/* One letter, or later in the row a digit or sign read as one, with nothing of a word beside it. */
static bool stands_alone(const char *p, size_t i, size_t n, bool first)
{
	if (i >= n || !(is_letter(p[i]) || (!first && leet_letter(p[i], 'i') && p[i] != '!')))
		return false;
	return (i == 0 || !is_word(p[i - 1])) && (i + 1 == n || !is_word(p[i + 1]));
}

bool form_join(struct layer *out, const struct layer *in, bool *ret_changed)
{
	const char *p = in->text + LAYER_PAD;
	size_t n = in->n, same_from = 0;
	*ret_changed = false;
	layer_clear(out);
	out->under = in;
	for (size_t i = seek(in, 0, seek_alone); i < n;) {
		if (!is_letter(p[i])) {
			i++;
			continue;
		}
		if (is_word(p[i + 1]) || is_word(p[i - 1])) { /* a word: past its next letter */
			i += 2;
			continue;
		}
		size_t letters_n = 1, all = 1, stop = i;
		while (stop + 2 < n && is_separator(p[stop + 1]) && p[stop + 1] == p[i + 1] &&
		       stands_alone(p, stop + 2, n, false)) {
			stop += 2;
			all++;
			letters_n += is_letter(p[stop]);
		}
		bool row = all >= 3 || (all == 2 && p[i + 1] == '.');
		if (!row || 2 * letters_n < all) {
			/* The next one may start a row of its own, with another sign. */
			i = all > 1 ? stop : i + 1;
			continue;
		}
		if (i > same_from && !layer_copy(out, p + same_from, i - same_from, same_from))
			return false;
		for (size_t k = i; k <= stop; k += 2)
			if (!layer_copy(out, p + k, 1, k))
				return false;
		same_from = i = stop + 1;
		*ret_changed = true;
	}
	if (!*ret_changed)
		return true;
	if (n > same_from && !layer_copy(out, p + same_from, n - same_from, same_from))
		return false;
	return layer_done(out);
}

/* What may follow one digit and make it an amount, a time or a place in a row: "7pm", "5th". */
static bool is_unit(const char *p, size_t n)
{
	static const char units[] = " am pm st nd rd th hr hrs min mins sec secs day days wk wks "
				    "week weeks yr yrs x k m g gs kg mg ml l lb oz z zs cm mm km "
				    "in ft gb mb p pcs s for ";
	if (n == 0 || n > 5)
		return false;
	char word[8] = " ";
	memcpy(word + 1, p, n);
	memcpy(word + 1 + n, " ", 2);
	return strstr(units, word) != NULL;
}

/* Whether the byte at p can be part of a word written with digits and signs. A ! has a letter on
 * each side: else it is a shout. The bytes beside p can be read. */
static bool in_token(const char *p)
{
	if (*p == '!')
		return is_letter(p[-1]) && is_letter(p[1]);
	return is_word(*p) || *p == '@' || *p == '$';
}

/* A character past ASCII that is no letter of any script: an emoji (U+1F000-1FFFF), a sign or
 * punctuation of U+2000-2FFF, the place of a picture or of a bad byte (U+FFF9-FFFD). It stands
 * beside a word, not in it. */
static bool is_sign(const char *lead)
{
	unsigned char a = (unsigned char)lead[0], b = (unsigned char)lead[1];
	return (a == 0xF0 && b == 0x9F) || a == 0xE2 ||
	       (a == 0xEF && b == 0xBF && (unsigned char)lead[2] >= 0xB9);
}

/* Where the token around i starts and stops. p[-1] and p[n] can be read. */
static size_t token_from(const char *p, size_t i)
{
	while (i > 0 && in_token(p + i - 1)) {
		size_t lead = i - 1;
		while (lead > 0 && ((unsigned char)p[lead] & 0xC0) == 0x80)
			lead--;
		if ((unsigned char)p[lead] >= 0x80 && is_sign(p + lead))
			break;
		i = lead;
	}
	return i;
}

static size_t token_stop(const char *p, size_t i, size_t n)
{
	while (i < n && in_token(p + i) && !((unsigned char)p[i] >= 0x80 && is_sign(p + i)))
		i += char_bytes(p + i);
	return i < n ? i : n;
}

/* Whether [i, stop) is a word in which digits stand for letters. p[-1] and p[stop] can be read. */
static bool is_leet_word(const char *p, size_t i, size_t stop)
{
	size_t letters_n = 0, signs = 0, lead = 0;
	for (size_t k = i; k < stop; k++) {
		if ((unsigned char)p[k] >= 0x80)
			return false;
		if (is_letter(p[k]))
			letters_n++;
		else if (leet_letter(p[k], 'i'))
			signs++;
		else
			return false; /* 2 and 6 are numbers */
		if (p[k] == '$' && k + 1 < stop && is_digit(p[k + 1]))
			return false;
	}
	if (signs == 0 || letters_n < signs)
		return false;
	while (is_digit(p[i + lead]))
		lead++;
	if (lead > 1 || (lead == 1 && is_unit(p + i + 1, stop - i - 1)))
		return false;
	if (letters_n == 1 && lead && p[i] != '0') /* "4u", but "0t" is a word */
		return false;
	/* "0.4gram", "1,5kilo": the token is the end of a number. */
	return !(lead && i >= 2 && (p[i - 1] == '.' || p[i - 1] == ',') && is_digit(p[i - 2]));
}

bool form_leet(struct layer *out, const struct layer *in, char one, bool *ret_ones,
	       bool *ret_changed)
{
	const char *p = in->text + LAYER_PAD;
	size_t n = in->n;
	*ret_changed = *ret_ones = false;
	for (size_t i = seek(in, 0, seek_signs); i < n;) {
		if (p[i] > '@' || p[i] < '!' || !leet_letter(p[i], one)) {
			i++;
			continue;
		}
		size_t from = token_from(p, i), stop = token_stop(p, i, n);
		i = stop > i ? stop : i + 1;
		if (is_leet_word(p, from, stop)) {
			if (!*ret_changed) {
				layer_clear(out);
				out->under = in;
				if (!layer_copy(out, p, n, 0) || !layer_done(out))
					return false;
				*ret_changed = true;
			}
			for (size_t k = from; k < stop; k++) {
				char letter = leet_letter(p[k], one);
				if (!letter)
					continue;
				out->text[LAYER_PAD + k] = letter;
				*ret_ones |= p[k] == '1' || p[k] == '!';
			}
		}
	}
	return true;
}
