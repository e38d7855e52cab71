/* fold_forms.c - see fold_forms.h */
#include "fold_forms.h"
#include <utf8proc.h>

/*
 * The quick look reads eight bytes at a time. All arithmetic is on bytes below 0x80, so no byte
 * ever carries into the next; a mask has 0x80 in each byte that fits.
 */
#define EACH(byte) (0x0101010101010101u * (uint64_t)(byte))

static uint64_t load(const char *p)
{
	uint64_t w;
	memcpy(&w, p, sizeof w);
	return w;
}

static uint64_t within(uint64_t w, unsigned char low, unsigned char high)
{
	return (w + EACH(0x80 - low)) & ~(w + EACH(0x7F - high)) & EACH(0x80);
}

static uint64_t letters(uint64_t w)
{
	return within(w, 'a', 'z');
}

static uint64_t words(uint64_t w)
{
	return letters(w) | within(w, '0', '9');
}

static uint64_t same(uint64_t a, uint64_t b)
{
	return ~((a ^ b) + EACH(0x7F)) & EACH(0x80);
}

/* Reads from one byte before p to 13 after. */
static void look(const char *p, uint64_t *runs, uint64_t *apart, uint64_t *leet)
{
	uint64_t before = load(p - 1), w = load(p), w1 = load(p + 1), w2 = load(p + 2);
	uint64_t l = letters(w), l1 = letters(w1);
	*runs |= same(w, w1) & same(w1, w2) & l;
	uint64_t sign = within(w, '0', '9') | within(w, '$', '$') | within(w, '@', '@');
	uint64_t sign1 = within(w1, '0', '9') | within(w1, '$', '$') | within(w1, '@', '@');
	uint64_t bang = within(w1, '!', '!') & letters(w2);
	*leet |= (l & (sign1 | bang)) | (sign & l1);
	uint64_t none = EACH(0x80);
	uint64_t alone = l & ~words(before) & ~words(w1) & none;
	if (alone) {
		uint64_t w3 = load(p + 3), w4 = load(p + 4);
		*apart |= alone & (words(w2) | within(w2, '$', '$') | within(w2, '@', '@')) &
			  ~words(w3) & none &
			  (words(w4) | within(w1, '.', '.') | within(w4, '$', '$') |
			   within(w4, '@', '@'));
	}
}

bool form_ascii(struct layer *out, span text, bool *ret_ascii, struct triggers *ret)
{
	*ret_ascii = false;
	if (!layer_room(out, text.n))
		return false;
	layer_clear(out);
	char *to = out->text + LAYER_PAD;
	uint64_t high = 0;
	size_t i = 0;
	for (; i + 8 <= text.n; i += 8) {
		uint64_t w = load(text.p + i);
		high |= w;
		w |= within(w & EACH(0x7F), 'A', 'Z') >> 2;
		memcpy(to + i, &w, sizeof w);
	}
	if (high & EACH(0x80))
		return true;
	for (; i < text.n; i++) {
		char c = text.p[i];
		high |= (unsigned char)c;
		to[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	if (high & EACH(0x80))
		return true;
	memset(to + text.n, 0, LAYER_PAD);
	uint64_t runs = 0, apart = 0, leet = 0;
	for (i = 0; i < text.n; i += 8)
		look(to + i, &runs, &apart, &leet);
	out->n = text.n;
	*ret = (struct triggers){ runs != 0, apart != 0, leet != 0 };
	*ret_ascii = true;
	return true;
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

bool form_runs(struct layer *out, const struct layer *in, unsigned keep, struct fold_chars *chars,
	       bool *ret_changed)
{
	const char *p = in->text + LAYER_PAD;
	*ret_changed = false;
	layer_clear(out);
	out->under = in;
	size_t same_from = 0; /* bytes not yet copied start here */
	for (size_t i = 0; i < in->n;) {
		size_t w = char_bytes(p + i), stop = i + w;
		while (stop + w <= in->n && memcmp(p + i, p + stop, w) == 0)
			stop += w;
		bool letter = false;
		if (stop - i > 2 * w && !letter_at(p + i, chars, &letter))
			return false;
		if (letter) {
			size_t last = i + (keep - 1) * w; /* the one that stands for the rest */
			if (last > same_from &&
			    !layer_copy(out, p + same_from, last - same_from, same_from))
				return false;
			if (!layer_put(out, p + i, w, last, stop - last))
				return false;
			same_from = stop;
			*ret_changed = true;
		}
		i = stop;
	}
	if (!*ret_changed)
		return true;
	if (in->n > same_from && !layer_copy(out, p + same_from, in->n - same_from, same_from))
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
	return !is_word(c) && c != '\'' && c != 0;
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
	for (size_t i = 0; i < n;) {
		if (!stands_alone(p, i, n, true)) {
			i++;
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
	for (size_t i = 0; i < n;) {
		if (!in_token(p + i)) {
			i++;
			continue;
		}
		size_t from = i, stop = i;
		while (stop < n && in_token(p + stop))
			stop++;
		i = stop;
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
