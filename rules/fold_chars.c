/* fold_chars.c - see fold_chars.h */
#include "fold_chars.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct lookalike {
	uint32_t cp;
	char letter;
};

static const struct lookalike lookalikes[] = {
#define K(cp, letter) { cp, letter },
#include "lookalikes.list"
#undef K
};

static bool between(uint32_t cp, uint32_t low, uint32_t high)
{
	return cp >= low && cp <= high;
}

/* Accents and overlays on another letter. Vowel signs and the like of other scripts stay. */
static bool is_accent(uint32_t cp)
{
	if (cp == 0x0345) /* the combining iota is a letter once its case is folded */
		return false;
	return between(cp, 0x0300, 0x036F) || between(cp, 0x0483, 0x0489) ||
	       between(cp, 0x1AB0, 0x1AFF) || between(cp, 0x1DC0, 0x1DFF) ||
	       between(cp, 0x20D0, 0x20F0) || between(cp, 0xFE20, 0xFE2F);
}

static bool is_variation(uint32_t cp)
{
	return between(cp, 0xFE00, 0xFE0F) || between(cp, 0x180B, 0x180F) ||
	       between(cp, 0xE0100, 0xE01EF);
}

static bool is_skin_tone(uint32_t cp)
{
	return between(cp, 0x1F3FB, 0x1F3FF);
}

static bool is_hangul(uint32_t cp)
{
	return between(cp, 0xAC00, 0xD7A3);
}

/* Letters by name that are drawn as nothing. */
static bool is_filler(uint32_t cp)
{
	return cp == 0x034F || cp == 0x115F || cp == 0x1160 || cp == 0x17B4 || cp == 0x17B5 ||
	       cp == 0x3164 || cp == 0xFFA0;
}

static bool is_apostrophe(uint32_t cp)
{
	return cp == 0x2018 || cp == 0x2019 || cp == 0x201B || cp == 0x02BC || cp == 0x02B9 ||
	       cp == 0x2032 || cp == 0x00B4 || cp == 0x1FFD || cp == 0xFF07;
}

static bool vanishes(uint32_t cp)
{
	return is_accent(cp) || is_variation(cp) || is_skin_tone(cp) || is_filler(cp) ||
	       cp == 0x2065 || between(cp, 0xFFF0, 0xFFF8) || between(cp, 0xE0000, 0xE0FFF) ||
	       utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_CF;
}

/* One ASCII sign for the typographic ones, 0 for what keeps its own form. */
static char plain_sign(uint32_t cp)
{
	if (is_apostrophe(cp))
		return '\'';
	if (cp < 0x80)
		return 0;
	if (cp == 0x2800) /* an empty Braille cell: drawn as nothing */
		return ' ';
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_CC:
		return ' ';
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PD:
		return '-';
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
		return '"';
	case UTF8PROC_CATEGORY_PO:
		return '.';
	default:
		return 0;
	}
}

#define PARTS 20 /* the longest decomposition in Unicode is 18 characters */

/* Decompose and case-fold until nothing changes: a case folding can decompose further. */
static size_t decompose(uint32_t cp, utf8proc_int32_t out[static PARTS])
{
	const utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
	utf8proc_int32_t part[PARTS] = { (utf8proc_int32_t)cp };
	size_t n = 1;
	for (int round = 0; round < 4; round++) {
		size_t m = 0;
		for (size_t i = 0; i < n; i++) {
			int boundary = UTF8PROC_BOUNDCLASS_START;
			utf8proc_ssize_t k = utf8proc_decompose_char(
				part[i], out + m, (utf8proc_ssize_t)(PARTS - m), how, &boundary);
			if (k < 0 || (size_t)k > PARTS - m) {
				out[0] = (utf8proc_int32_t)cp;
				return 1;
			}
			m += (size_t)k;
		}
		if (m == n && memcmp(part, out, m * sizeof *out) == 0)
			return m;
		memcpy(part, out, m * sizeof *out);
		n = m;
	}
	return n;
}

static void put(struct fold_char *c, uint32_t cp, bool *fits)
{
	utf8proc_uint8_t bytes[4];
	size_t n = (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, bytes);
	if (c->n + n > FOLD_CHAR_MAX) {
		*fits = false;
		return;
	}
	memcpy(c->utf8 + c->n, bytes, n);
	c->n = (uint8_t)(c->n + n);
}

static uint8_t flags_of(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return CHAR_WORD | CHAR_LETTER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return CHAR_WORD;
	case UTF8PROC_CATEGORY_SC:
		return CHAR_MONEY;
	default:
		return 0;
	}
}

static bool is_money(uint32_t cp)
{
	return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_SC;
}

/* Whether its decomposition would change how a number or a price beside it reads. */
static bool must_stay(uint32_t cp, const utf8proc_int32_t *part, size_t n)
{
	utf8proc_propval_t type = utf8proc_get_property((utf8proc_int32_t)cp)->decomp_type;
	bool digit = false;
	for (size_t i = 0; i < n; i++)
		digit |= between((uint32_t)part[i], '0', '9');
	if (digit && cp >= 0x80)
		return n > 1 || type == UTF8PROC_DECOMP_TYPE_SUPER ||
		       type == UTF8PROC_DECOMP_TYPE_SUB;
	return is_money(cp) && (n > 1 || !is_money((uint32_t)part[0]));
}

static uint8_t lookalike_of(uint32_t cp)
{
	if (between(cp, 0x1F150, 0x1F169)) /* white on black circle */
		return (uint8_t)('a' + (cp - 0x1F150));
	if (between(cp, 0x1F170, 0x1F189)) /* white on black square */
		return (uint8_t)('a' + (cp - 0x1F170));
	if (between(cp, 0x1F1E6, 0x1F1FF)) /* regional indicators: fold.c leaves flags alone */
		return (uint8_t)('a' + (cp - 0x1F1E6));
	for (size_t i = 0; i < sizeof lookalikes / sizeof *lookalikes; i++)
		if (lookalikes[i].cp == cp)
			return (uint8_t)lookalikes[i].letter;
	return 0;
}

static void fill(struct fold_char *c, uint32_t cp)
{
	memset(c, 0, sizeof *c);
	bool fits = true;
	if (vanishes(cp)) {
		if (is_accent(cp) || is_variation(cp) || is_skin_tone(cp) || cp == 0x200D)
			c->flags = CHAR_MARK;
		return;
	}
	utf8proc_int32_t part[PARTS] = { 0 };
	size_t n = 1;
	if (is_apostrophe(cp)) /* one of them decomposes to a space */
		part[0] = '\'';
	else if (is_hangul(cp)) /* would only grow */
		part[0] = (utf8proc_int32_t)cp;
	else
		n = decompose(cp, part);
	if (must_stay(cp, part, n)) {
		part[0] = (utf8proc_int32_t)cp;
		n = 1;
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t p = (uint32_t)part[i];
		if (vanishes(p))
			continue;
		char sign = plain_sign(p);
		put(c, sign ? (uint32_t)sign : p, &fits);
	}
	if (!fits) { /* a whole sentence in one character: it stands for itself */
		c->n = 0;
		fits = true;
		put(c, cp, &fits);
	}
	c->flags = flags_of(cp);
	c->look = lookalike_of(cp);
	if (between(cp, 0x0370, 0x03FF) || between(cp, 0x1F00, 0x1FFF))
		c->flags |= CHAR_GREEK;
	if (between(cp, 0x0400, 0x052F) || between(cp, 0x1C80, 0x1C8F) ||
	    between(cp, 0x2DE0, 0x2DFF) || between(cp, 0xA640, 0xA69F))
		c->flags |= CHAR_CYRILLIC;
	/* An accented lookalike looks like the letter without its accent. */
	if (!c->look && cp >= 0x80 && n > 1 && is_accent((uint32_t)part[1]))
		c->look = lookalike_of((uint32_t)part[0]);
}

struct fold_chars *fold_chars_new(void)
{
	return calloc(1, sizeof(struct fold_chars));
}

void fold_chars_free(struct fold_chars *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < FOLD_CHARS_PAGED / 256; i++)
		free(t->page[i]);
	free(t);
}

const struct fold_char *fold_chars_fill(struct fold_chars *t, uint32_t cp)
{
	if (cp >= FOLD_CHARS_PAGED) {
		bool fits = true;
		memset(&t->other, 0, sizeof t->other);
		if (vanishes(cp)) {
			t->other.flags = is_variation(cp) ? CHAR_MARK : 0;
			return &t->other;
		}
		t->other.flags = flags_of(cp);
		put(&t->other, cp, &fits);
		return &t->other;
	}
	struct fold_char *page = malloc(256 * sizeof *page);
	if (!page)
		return NULL;
	for (uint32_t i = 0; i < 256; i++)
		fill(&page[i], (cp & ~(uint32_t)255) + i);
	t->page[cp / 256] = page;
	return &page[cp % 256];
}
