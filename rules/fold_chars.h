/*
 * fold_chars.h - what one character folds to, whatever stands around it.
 *
 * Compatibility decomposition and case folding (utf8proc), accents taken off, invisible characters
 * gone, typographic punctuation as ASCII; Hangul as it is written. Because nothing around the
 * character matters, the folding of a text is the foldings of its characters in a row: a literal
 * that stands in a text also stands folded in the folded text.
 *
 * Numbers and prices keep their value: small raised or lowered digits, fractions and other signs
 * that hold a digit and more stay as they are (ten squared must not become 102), and so do currency
 * signs that would become letters.
 */
#ifndef FOLD_CHARS_H
#define FOLD_CHARS_H
#include <stdbool.h>
#include <stdint.h>

enum {
	CHAR_WORD = 1 << 0,   /* letter, mark or number: part of a word */
	CHAR_LETTER = 1 << 1, /* letter */
	CHAR_MARK = 1 << 2,   /* folds to nothing and belongs to the character before it */
	CHAR_CYRILLIC = 1 << 3,
	CHAR_GREEK = 1 << 4,
	CHAR_MONEY = 1 << 5 /* a currency sign: guards the digits beside it */
};

#define FOLD_CHAR_MAX 12

struct fold_char {
	uint8_t n;    /* bytes of utf8; 0: folds to nothing */
	uint8_t look; /* the ASCII letter it is a lookalike of, or 0 */
	uint8_t flags;
	char utf8[FOLD_CHAR_MAX + 1];
};

#define FOLD_CHARS_PAGED 0x30000u /* from here on, characters are answered one by one */

/* Tables filled as characters turn up; for one thread. */
struct fold_chars {
	struct fold_char *page[FOLD_CHARS_PAGED / 256];
	struct fold_char other;
	bool failed; /* memory ran out in fold_flags() */
};

struct fold_chars *fold_chars_new(void); /* NULL: out of memory */
void fold_chars_free(struct fold_chars *t);
const struct fold_char *fold_chars_fill(struct fold_chars *t, uint32_t cp);

/* cp must be a Unicode scalar value. NULL: out of memory. The answer lives until the next call. */
static inline const struct fold_char *fold_chars_get(struct fold_chars *t, uint32_t cp)
{
	if (cp < FOLD_CHARS_PAGED && t->page[cp / 256])
		return &t->page[cp / 256][cp % 256];
	return fold_chars_fill(t, cp);
}

static inline unsigned fold_flags_ascii(char c)
{
	if (c >= 'a' && c <= 'z')
		return CHAR_WORD | CHAR_LETTER;
	return c >= '0' && c <= '9' ? CHAR_WORD : c == '$' ? CHAR_MONEY : 0;
}

/* Flags of a character of folded text. Out of memory: those of a mark, which no step touches, and
 * t->failed. */
static inline unsigned fold_flags(struct fold_chars *t, uint32_t cp)
{
	if (cp < 0x80)
		return fold_flags_ascii((char)cp);
	const struct fold_char *c = fold_chars_get(t, cp);
	t->failed |= !c;
	return c ? c->flags : CHAR_WORD;
}
#endif
