/*
 * fold_leet.c - "c0k3", "5hank", "tr@p" read as words; see fold_forms.h
 *
 * A word in which digits and signs may stand for letters is made of ASCII letters and those alone,
 * with as many letters as signs. It is left as it is when it may be a number, a price, an amount or
 * a time: that form of the text is searched in any case.
 */
#include "fold_forms.h"
#include "fold_walk.h"
#include "vector.h"

#define MOST_SPACES 3 /* between a currency sign and its number */

struct leet {
	const char *p; /* zero bytes before and after */
	size_t n;
	struct fold_chars *chars;
};

struct token {
	size_t from, stop;
};

char form_leet_letter(char c, char one)
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

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether the character at i can be part of such a word. A ! has a letter on each side: else it is
 * a shout. */
static bool in_token(const struct leet *l, size_t i, struct glyph g)
{
	char c = l->p[i];
	if (c == '!')
		return is_letter(*(l->p + i - 1)) && is_letter(l->p[i + 1]);
	return g.flags & CHAR_WORD || c == '@' || c == '$';
}

/* The token around the sign at i. */
static struct token token_at(const struct leet *l, size_t i)
{
	struct token t = { i, i };
	while (t.from > 0) {
		struct glyph g = glyph_before(l->chars, l->p + t.from);
		if (!in_token(l, t.from - g.n, g))
			break;
		t.from -= g.n;
	}
	while (t.stop < l->n) {
		struct glyph g = glyph_at(l->chars, l->p + t.stop);
		if (!in_token(l, t.stop, g))
			break;
		t.stop += g.n;
	}
	return t;
}

static bool in_list(const char *list, const char *p, size_t n)
{
	char word[12] = " ";
	if (n == 0 || n > sizeof word - 3)
		return false;
	memcpy(word + 1, p, n);
	memcpy(word + 1 + n, " ", 2);
	return strstr(list, word) != NULL;
}

#define CODES " gbp eur usd "
#define CURRENCIES CODES "euro euros quid pound pounds lek "

/* What follows a number: "7pm", "5each", "3bags". */
static bool is_unit(const char *p, size_t n)
{
	return in_list(" am pm ish st nd rd th h hr hrs hour hours min mins m s sec secs day days "
		       "night nights wk wks week weeks mth mths month months yr yrs year years "
		       "x k g gs gram grams kg kilo kilos mg ml l lb lbs oz ozs z zs zed zeds "
		       "km mile miles in ft gb mb tb p ps pcs per pp pw ea each bag bags "
		       "bit bits shot shots wrap wraps bar bars pill pills ball balls for fa fr to "
		       "til till or man men people ppl times way ways lads kids" CURRENCIES,
		       p, n);
}

/* What stands before a number: "till10", "x5", "gbp20". */
static bool is_lead(const char *p, size_t n)
{
	return in_list(" x no nr at on for fa fr to til till until from by rs" CURRENCIES, p, n);
}

/* "5each", "3for10", "till7pm", "gbp5": a number with nothing but such words stuck to it, or after
 * a currency's code. */
static bool is_measure(const char *p, struct token t)
{
	if (t.stop - t.from > 3 && is_digit(p[t.from + 3]) && in_list(CODES, p + t.from, 3))
		return true;
	for (size_t at = t.from; at < t.stop;) {
		size_t from = at;
		while (at < t.stop && is_letter(p[at]))
			at++;
		size_t n = at - from;
		while (at < t.stop && !is_letter(p[at]))
			at++;
		if (n && !(from == t.from ? is_lead(p + from, n) : is_unit(p + from, n)))
			return false;
	}
	return true;
}

/* A currency sign before the number that the token begins with, which is not another number's:
 * "£ 5each", but "5£ 5hank". */
static bool is_priced(const struct leet *l, size_t from)
{
	size_t i = from;
	while (i > 0 && from - i <= MOST_SPACES && l->p[i - 1] == ' ')
		i--;
	if (i == 0)
		return false;
	struct glyph g = glyph_before(l->chars, l->p + i);
	if (g.flags & CHAR_MONEY)
		return i == g.n || !is_digit(l->p[i - g.n - 1]);
	size_t word = i;
	while (word > 0 && i - word < 8 && is_letter(l->p[word - 1]))
		word--;
	return i < from && (word == 0 || !is_digit(l->p[word - 1])) &&
	       in_list(CURRENCIES, l->p + word, i - word);
}

static bool joins_numbers(char c)
{
	return c == '.' || c == ',' || c == ':' || c == '/' || c == '-' || c == '\'';
}

/* Digits that end the token, and nothing but they may stand for letters: "no10", "bag5.50". Two of
 * the same may: "be11". */
static bool ends_in_number(const struct leet *l, struct token t, size_t signs)
{
	size_t tail = 0;
	while (is_digit(l->p[t.stop - tail - 1]))
		tail++;
	if (tail == 0 || signs > tail)
		return false;
	for (size_t k = 1; k < tail; k++)
		if (l->p[t.stop - k - 1] != l->p[t.stop - 1])
			return true;
	return joins_numbers(l->p[t.stop]) && is_digit(l->p[t.stop + 1]);
}

/* Digits that begin the token and are more than a letter, or part of what stands before it. */
static bool begins_with_number(const struct leet *l, struct token t, size_t letters)
{
	const char *p = l->p + t.from;
	if ((*p == '@' || *p == '$') && is_digit(p[1])) /* "@5each" */
		return true;
	if (!is_digit(*p))
		return false;
	if (is_digit(p[1]) || (letters == 1 && *p != '0')) /* "4u", but "0t" is a word */
		return true;
	return (t.from >= 2 && joins_numbers(p[-1]) &&
		(glyph_before(l->chars, p - 1).flags & (CHAR_WORD | CHAR_LETTER)) == CHAR_WORD) ||
	       is_priced(l, t.from);
}

/* "bags@5", "bags@10each": what stands after the @ at k is a price. */
static bool at_price(const struct leet *l, struct token t, size_t k)
{
	size_t from = ++k;
	while (is_digit(l->p[k]))
		k++;
	return k > from && (k == t.stop || (t.stop - k > 1 && is_unit(l->p + k, t.stop - k)));
}

static bool beside_money(const struct leet *l, struct token t)
{
	return (t.from > 0 && glyph_before(l->chars, l->p + t.from).flags & CHAR_MONEY) ||
	       (t.stop < l->n && glyph_at(l->chars, l->p + t.stop).flags & CHAR_MONEY);
}

/* Whether the token is a word in which digits stand for letters. */
static bool is_leet_word(const struct leet *l, struct token t)
{
	const char *p = l->p;
	size_t letters = 0, signs = 0;
	for (size_t k = t.from; k < t.stop; k++) {
		letters += is_letter(p[k]);
		if (is_letter(p[k]))
			continue;
		if (!form_leet_letter(p[k], 'i')) /* 2 and 6 are numbers; other scripts */
			return false;
		if (p[k] == '$' && ((k > t.from && is_digit(p[k - 1])) || is_digit(p[k + 1])))
			return false;
		if (p[k] == '@' && at_price(l, t, k))
			return false;
		signs++;
	}
	return signs > 0 && letters >= signs && !beside_money(l, t) &&
	       !begins_with_number(l, t, letters) && !ends_in_number(l, t, signs) &&
	       !is_measure(p, t);
}

/* The first place, in steps of sixteen, where a sign stands; n if there is none. */
static size_t seek_signs(const struct layer *in)
{
	for (size_t i = 0; i < in->n; i += 16) {
		bytes16 v = load16(in->text + LAYER_PAD + i);
		if (bits16(digits16(v) | (v == all16('$')) | (v == all16('@')) | (v == all16('!'))))
			return i;
	}
	return in->n;
}

bool form_leet(struct layer *out, const struct layer *in, char one, struct fold_chars *chars,
	       bool *ret_ones, bool *ret_changed)
{
	const struct leet l = { in->text + LAYER_PAD, in->n, chars };
	*ret_changed = *ret_ones = false;
	for (size_t i = seek_signs(in); i < in->n;) {
		if (!form_leet_letter(l.p[i], one)) {
			i++;
			continue;
		}
		struct token t = token_at(&l, i);
		i = t.stop > i ? t.stop : i + 1;
		if (!is_leet_word(&l, t))
			continue;
		if (!*ret_changed) {
			layer_clear(out);
			out->under = in;
			if (!layer_copy(out, l.p, in->n, 0) || !layer_done(out))
				return false;
			*ret_changed = true;
		}
		for (size_t k = t.from; k < t.stop; k++) {
			char letter = form_leet_letter(l.p[k], one);
			if (!letter)
				continue;
			out->text[LAYER_PAD + k] = letter;
			*ret_ones |= l.p[k] == '1' || l.p[k] == '!';
		}
	}
	return !chars->failed;
}
