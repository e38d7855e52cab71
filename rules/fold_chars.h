/*
 * fold_chars.h - what one character folds to, whatever stands around it.
 *
 * Compatibility decomposition and case folding (utf8proc), accents taken off, invisible characters
 * gone, typographic punctuation as ASCII. Because nothing around the character matters, the folding
 * of a text is the foldings of its characters in a row: a literal that stands in a text also stands
 * folded in the folded text.
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
	CHAR_GREEK = 1 << 4
};

#define FOLD_CHAR_MAX 12

struct fold_char {
	uint8_t n;    /* bytes of utf8; 0: folds to nothing */
	uint8_t look; /* the ASCII letter it is a lookalike of, or 0 */
	uint8_t flags;
	char utf8[FOLD_CHAR_MAX + 1];
};

struct fold_chars; /* tables filled as characters turn up; for one thread */

struct fold_chars *fold_chars_new(void); /* NULL: out of memory */
void fold_chars_free(struct fold_chars *t);
/* cp must be a Unicode scalar value. NULL: out of memory. Lives as long as t. */
const struct fold_char *fold_chars_get(struct fold_chars *t, uint32_t cp);

/* True for characters that a pack may not hold in what people read: controls, bidirectional and
 * zero-width characters, tags, variation selectors. */
bool fold_chars_hidden(uint32_t cp);
#endif
