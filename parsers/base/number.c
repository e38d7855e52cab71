/* number.c - see number.h */
#include "base/number.h"
#include "base/dialplan.h"
#include "base/utf8.h"

/* Digits that people and phones write beside 0-9: full width, Arabic, Persian, Devanagari,
 * Bengali, mathematical (styled text), segmented, circled. */
static int digit_of(uint32_t cp)
{
	static const struct {
		uint32_t zero, last;
	} rows[] = {
		{ 0x0660, 0x0669 },   { 0x06F0, 0x06F9 }, { 0x0966, 0x096F },
		{ 0x09E6, 0x09EF },   { 0xFF10, 0xFF19 }, { 0x1D7CE, 0x1D7FF },
		{ 0x1FBF0, 0x1FBF9 }, { 0x245F, 0x2468 }, /* circled 1 to 9; its zero is 24EA */
	};
	if (cp == 0x24EA)
		return 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (cp >= rows[i].zero && cp <= rows[i].last)
			return cp == 0x245F ? -1 : (int)((cp - rows[i].zero) % 10);
	return -1;
}

static enum glyph_class class_of(uint32_t cp)
{
	switch (cp) {
	case '\t':
	case 0x00A0:
	case 0x202F:
	case 0x205F:
	case 0x3000:
		return GLYPH_SPACE;
	case 0x00B7: /* middle dot, bullet, katakana dot, full-width full stop and solidus */
	case 0x2022:
	case 0x30FB:
	case 0xFF0E:
	case 0xFF0F:
	case 0x2043:
	case 0x2044:
	case 0x2212:
	case 0xFE58:
	case 0xFE63:
	case 0xFF0D:
		return GLYPH_JOIN;
	case 0xFF08:
	case 0xFF3B:
		return GLYPH_OPEN;
	case 0xFF09:
	case 0xFF3D:
		return GLYPH_CLOSE;
	case 0xFF0B:
	case 0xFE62:
	case 0x2795:
		return GLYPH_PLUS;
	case 0x20E3: /* keycap */
	case 0xFE0E:
	case 0xFE0F:
		return GLYPH_HIDDEN;
	default:
		break;
	}
	if (cp >= 0x2000 && cp <= 0x200A)
		return GLYPH_SPACE;
	if (cp >= 0x2010 && cp <= 0x2015)
		return GLYPH_JOIN;
	/* Control bytes are no part of a number; line and paragraph separators end it. */
	if (cp >= 0xA0 && cp != 0x2028 && cp != 0x2029 && utf8_is_hidden(cp))
		return GLYPH_HIDDEN;
	return GLYPH_OTHER;
}

struct glyph glyph_at(span text, size_t i)
{
	unsigned char c = (unsigned char)text.p[i];
	if (c < 0x80) {
		struct glyph g = { .class = GLYPH_OTHER, .length = 1 };
		if (c >= '0' && c <= '9') {
			g.class = GLYPH_DIGIT;
			g.value = (unsigned)(c - '0');
		} else if (c == ' ' || c == '\t') {
			g.class = GLYPH_SPACE;
		} else if (c == '-' || c == '.' || c == '/') {
			g.class = GLYPH_JOIN;
		} else if (c == '(' || c == '[') {
			g.class = GLYPH_OPEN;
		} else if (c == ')' || c == ']') {
			g.class = GLYPH_CLOSE;
		} else if (c == '+') {
			g.class = GLYPH_PLUS;
		}
		return g;
	}
	size_t pos = i;
	uint32_t cp = utf8_next(text, &pos);
	struct glyph g = { .length = (unsigned)(pos - i) };
	int value = cp == UTF8_BAD ? -1 : digit_of(cp);
	if (value >= 0) {
		g.class = GLYPH_DIGIT;
		g.value = (unsigned)value;
	} else {
		g.class = cp == UTF8_BAD ? GLYPH_OTHER : class_of(cp);
	}
	return g;
}

bool number_read(span text, size_t start, struct number *ret)
{
	*ret = (struct number){ 0 };
	unsigned gap = 0;
	for (size_t i = start; i < text.n;) {
		struct glyph g = glyph_at(text, i);
		switch (g.class) {
		case GLYPH_DIGIT:
			if (ret->n == NUMBER_DIGITS) {
				ret->more = !ret->gap[ret->n].any;
				ret->follows = true;
				return true;
			}
			ret->digit[ret->n] = (uint8_t)g.value;
			ret->stop[ret->n++] = i + g.length;
			gap = 0;
			break;
		case GLYPH_HIDDEN:
			break;
		case GLYPH_PLUS:
			if (ret->n || ret->plus)
				return ret->n > 0;
			ret->plus = true;
			break;
		case GLYPH_OTHER:
			return ret->n > 0;
		default:
			if (++gap > NUMBER_GAP)
				return ret->n > 0;
			ret->gap[ret->n].any = true;
			if (g.class == GLYPH_OPEN)
				ret->gap[ret->n].open = true;
			else if (g.class == GLYPH_CLOSE)
				ret->gap[ret->n].close = true;
			else if (g.class == GLYPH_JOIN)
				ret->gap[ret->n].join = g.length == 1 ? text.p[i] : '-';
		}
		i += g.length;
	}
	return ret->n > 0;
}

/* True if a group of digits ends behind digit k - 1. */
static bool ends(const struct number *d, unsigned k)
{
	return k == d->n ? !d->more : k < d->n && d->gap[k].any;
}

/* National digits from o on, whole or as a prefix. Gives how many digits are used, 0 for none. */
static unsigned gb_national(const struct number *d, unsigned o, bool whole, bool nine,
			    enum form form, struct identifier *ret)
{
	if (o >= d->n || d->digit[o] == 0)
		return 0;
	unsigned stop = o + 10;
	if (!(whole ? d->n == stop && !d->more : ends(d, stop))) {
		stop = o + 9;
		if (!nine || d->n != stop || d->more || !dialplan_gb_nine(d->digit + o))
			return 0;
	}
	dialplan_gb(d->digit + o, stop - o, form, ret);
	return stop;
}

static uint64_t value_of(const uint8_t *digits, unsigned n)
{
	uint64_t value = 0;
	for (unsigned i = 0; i < n; i++)
		value = value * 10 + digits[i];
	return value;
}

/* Country code and number from digit o on. */
static unsigned international(const struct number *d, unsigned o, bool whole,
			      struct identifier *ret)
{
	unsigned n = d->n - o, min, max;
	const uint8_t *p = d->digit + o;
	if (n < 7 || p[0] == 0)
		return 0;
	if (p[0] == 4 && p[1] == 4) {
		unsigned national = o + 2;
		if (d->digit[national] == 0)
			national++;
		return gb_national(d, national, whole, true, FORM_INTERNATIONAL, ret);
	}
	unsigned code = dialplan_country(p, &min, &max);
	/* "+49 (0)30": the bracketed 0 is not dialled from abroad. Italy's is. */
	unsigned trunk = 0;
	unsigned at = o + code;
	if (d->digit[at] == 0 && d->gap[at].open && d->gap[at + 1].close) {
		if (p[0] == 3 && p[1] == 9)
			return 0;
		trunk = 1;
	}
	unsigned stop = 0;
	if (whole) {
		if (!d->more && n - trunk >= 7 && n - trunk <= 15)
			stop = d->n;
	} else {
		for (unsigned k = max + 1; k-- > min && !stop;)
			if (ends(d, at + trunk + k))
				stop = at + trunk + k;
		/* One unbroken run behind the plus is a number whatever its length. */
		for (unsigned k = 7; k <= 15 && !stop && d->plus; k++)
			if (ends(d, o + k)) {
				bool broken = false;
				for (unsigned i = 1; i < k; i++)
					broken |= d->gap[o + i].any;
				if (!broken)
					stop = o + k;
			}
	}
	if (!stop)
		return 0;
	uint64_t head = value_of(p, code);
	for (unsigned i = at + trunk; i < stop; i++)
		head = head * 10 + d->digit[i];
	*ret = (struct identifier){ ID_E164, CERTAINTY_CERTAIN, head,
				    "International form, a number of another country" };
	return stop;
}

static unsigned read_forms(const struct number *d, unsigned o, bool whole, struct identifier *ret)
{
	const uint8_t *p = d->digit + o;
	unsigned n = d->n - o;
	if (n < 7)
		return 0;
	if (p[0] == 0 && p[1] == 0)
		return d->gap[o + 1].any ? 0 : international(d, o + 2, whole, ret);
	if (p[0] == 0)
		return gb_national(d, o + 1, whole, whole,
				   d->plus ? FORM_PLUS_NATIONAL : FORM_NATIONAL, ret);
	if (d->plus)
		return international(d, o, whole, ret);
	if (p[0] == 4 && p[1] == 4)
		return gb_national(d, p[2] == 0 ? o + 3 : o + 2, whole, false, FORM_CODE, ret);
	return 0;
}

/* Group sizes of the first digits: up to max of them. */
static unsigned groups(const struct number *d, unsigned *size, unsigned max)
{
	unsigned count = 0;
	for (unsigned k = 0; k < d->n && count < max; k++) {
		if (k == 0 || d->gap[k].any)
			size[count++] = 0;
		size[count - 1]++;
	}
	return count;
}

static bool bare_mobile(const struct number *d, bool whole)
{
	/* 702-555-0123 is how North America writes its numbers: not assumed to be ours. */
	unsigned size[4] = { 0 };
	unsigned count = groups(d, size, 4);
	if (d->plus || d->digit[0] != 7 || d->n < 10)
		return false;
	if (whole)
		return d->n == 10 && !d->more && !(count == 3 && size[0] == 3 && size[1] == 3);
	return ends(d, 10) && size[0] >= 4 && (size[0] != 4 || size[1] == 6 || size[1] == 3);
}

void number_whole(const struct number *d, struct identifier *ret)
{
	*ret = (struct identifier){ .kind = ID_RAW };
	if (read_forms(d, 0, true, ret))
		return;
	if (bare_mobile(d, true)) {
		gb_national(d, 0, true, false, FORM_BARE, ret);
		return;
	}
	/* 141 hides the caller's number, 1470 shows it. */
	unsigned prefix = 0;
	if (!d->plus && d->n > 10 && d->digit[0] == 1 && d->digit[1] == 4) {
		if (d->digit[2] == 1 && d->digit[3] == 0)
			prefix = 3;
		else if (d->digit[2] == 7 && d->digit[3] == 0 && d->digit[4] == 0)
			prefix = 4;
	}
	if (prefix && read_forms(d, prefix, true, ret))
		return;
	*ret = (struct identifier){ .kind = ID_RAW };
	if (d->plus && d->digit[0] == 4 && d->n > 1 && d->digit[1] == 4)
		ret->reason = "+44 with the wrong number of digits: kept as it is";
	else if (d->plus)
		ret->reason = "A plus, but not 7 to 15 digits behind it: kept as it is";
	else if (d->more || d->n > 15)
		ret->reason = "More digits than a telephone number has: kept as it is";
	else if (d->n >= 3 && d->n <= 6) {
		ret->kind = ID_SHORT;
		ret->reason = "3 to 6 digits: a short code or service number";
	} else if (d->n < 3)
		ret->reason = "Fewer than 3 digits: kept as it is";
	else if (d->digit[0] == 0 && d->n == 8 && d->digit[1] == 8)
		ret->reason = "A UK service number of 8 digits: kept as it is";
	else if (d->digit[0] == 0)
		ret->reason = "Begins like a UK number, but with the wrong number of digits: kept "
			      "as it is";
	else
		ret->reason =
			"Digits without a plus or 0: the country is not stated, kept as it is";
}

bool number_prefix(const struct number *d, struct identifier *ret, unsigned *ret_digits)
{
	unsigned used = read_forms(d, 0, false, ret);
	if (!used && bare_mobile(d, false))
		used = gb_national(d, 0, false, false, FORM_BARE, ret);
	if (!used)
		return false;
	*ret_digits = used;
	return true;
}

bool number_of_jid(span digits, struct identifier *ret)
{
	struct number d = { 0 };
	if (digits.n < 7 || digits.n > 15 || digits.p[0] == '0')
		return false;
	for (size_t i = 0; i < digits.n; i++) {
		if (digits.p[i] < '0' || digits.p[i] > '9')
			return false;
		d.digit[d.n++] = (uint8_t)(digits.p[i] - '0');
	}
	if (d.digit[0] == 4 && d.digit[1] == 4)
		return gb_national(&d, 2, true, true, FORM_JID, ret) > 0;
	*ret = (struct identifier){ ID_E164, CERTAINTY_CERTAIN, value_of(d.digit, d.n),
				    "WhatsApp account named by a number of another country" };
	return true;
}
