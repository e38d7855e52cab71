/*
 * number.h - digits written by people, and which telephone number they are. For identifier*.c only.
 *
 * number_read() takes what stands in the text: digits of any script, the separators between them,
 * hidden characters skipped. number_whole() and number_prefix() say which E.164 number that is.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H
#include "base/dialplan.h"
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
	uint8_t class;
	uint8_t value;  /* of a digit; of a joining character '-', '.' or '/' */
	uint8_t length; /* bytes */
};

extern const struct glyph glyph_ascii[128]; /* without length */
struct glyph glyph_wide(span text, size_t i);

/* The character at i, which must be < text.n. */
static inline struct glyph glyph_at(span text, size_t i)
{
	unsigned char c = (unsigned char)text.p[i];
	if (c >= 0x80)
		return glyph_wide(text, i);
	struct glyph g = glyph_ascii[c];
	g.length = 1;
	return g;
}

/* "1470", "00" and 15 digits */
#define NUMBER_DIGITS 21
/* Most separators between two digits of one number: " - ", ") (" */
#define NUMBER_GAP 3

struct number_gap {
	uint8_t count; /* separators; 0: the digits stand together */
	char join;     /* the last of '-', '.', '/' */
	bool open;
	bool close; /* a closing bracket, and no opening one before it in this gap */
};

struct number {
	bool plus;
	bool more;      /* the last digit's group goes on: more digits than a number has */
	bool gb_stated; /* set by the caller: the context says that a national form is the UK's */
	unsigned n;
	uint8_t digit[NUMBER_DIGITS];
	struct number_gap gap[NUMBER_DIGITS + 1]; /* before digit k */
	size_t stop[NUMBER_DIGITS];               /* byte behind digit k */
};

/* Read from a digit, plus or opening bracket at start. false if there is no digit. Looks at no more
 * than NUMBER_DIGITS + 1 digits, whatever the text. */
bool number_read(span text, size_t start, struct number *ret);

/* What all the digits are. Always sets ret: ID_RAW or ID_SHORT with a reason when they are not a
 * number with an E.164 form. */
void number_whole(const struct number *d, struct identifier *ret);

/* The number that the digits begin with, ending where a group of digits ends, as it may stand in
 * running text: gives how many digits belong to it, 0 for none. */
unsigned number_prefix(const struct number *d, struct identifier *ret, enum form *ret_form);

/* Digits of a WhatsApp user: international without a plus. false if they cannot be a number. */
bool number_of_jid(span digits, struct identifier *ret);
#endif
