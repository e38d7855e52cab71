/*
 * number.h - digits written by people, and which telephone number they are. For identifier*.c only.
 *
 * number_read() takes what stands in the text: digits of any script, the separators between them,
 * hidden characters skipped. number_whole() and number_prefix() say which E.164 number that is.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H
#include "base/identifier.h"

enum glyph_class {
	GLYPH_OTHER,
	GLYPH_DIGIT,
	GLYPH_PLUS,
	GLYPH_SPACE,
	GLYPH_JOIN, /* hyphens, dots, slashes between digits */
	GLYPH_OPEN,
	GLYPH_CLOSE,
	GLYPH_HIDDEN /* draws nothing: bidirectional controls, zero-width, keycaps */
};

struct glyph {
	enum glyph_class class;
	unsigned value;  /* of a digit */
	unsigned length; /* bytes */
};

/* The character at i, which must be < text.n. */
struct glyph glyph_at(span text, size_t i);

/* "1470", "00" and 15 digits */
#define NUMBER_DIGITS 21
/* Between two digits of one number: " - ", ") (" */
#define NUMBER_GAP 3

struct number {
	bool plus;
	bool more; /* the digit run goes on beyond NUMBER_DIGITS */
	unsigned n;
	uint8_t digit[NUMBER_DIGITS];
	/* Before digit k: 0 if it follows its predecessor directly, else the separator's class,
	 * with '-', '.' or '/' told apart in join. */
	struct {
		bool any, open, close;
		char join;
	} gap[NUMBER_DIGITS + 1];
	size_t stop[NUMBER_DIGITS]; /* byte behind digit k */
	bool follows;               /* more digits stand behind the last gap */
};

/* Read from a digit, plus or opening bracket at start. false if there is no digit. */
bool number_read(span text, size_t start, struct number *ret);

/* What all the digits are. Always sets ret: ID_RAW or ID_SHORT with a reason when they are not a
 * number with an E.164 form. */
void number_whole(const struct number *d, struct identifier *ret);

/* The number that the digits begin with, ending where a group of digits ends, as it may stand in
 * running text; *ret_digits of them belong to it. false if there is none. */
bool number_prefix(const struct number *d, struct identifier *ret, unsigned *ret_digits);

/* Digits of a WhatsApp user: international without a plus. false unless 7 to 15 digits that can
 * be one. */
bool number_of_jid(span digits, struct identifier *ret);
#endif
