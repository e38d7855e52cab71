/* number.c - see number.h */
#include "base/number.h"
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

static char join_of(uint32_t cp)
{
	switch (cp) {
	case 0x00B7:
	case 0x2022:
	case 0x30FB:
	case 0xFF0E:
		return '.';
	case 0x2044:
	case 0xFF0F:
		return '/';
	default:
		return '-';
	}
}

const struct glyph glyph_ascii[128] = {
	['0'] = { GLYPH_DIGIT, 0, 0 },  ['1'] = { GLYPH_DIGIT, 1, 0 },
	['2'] = { GLYPH_DIGIT, 2, 0 },  ['3'] = { GLYPH_DIGIT, 3, 0 },
	['4'] = { GLYPH_DIGIT, 4, 0 },  ['5'] = { GLYPH_DIGIT, 5, 0 },
	['6'] = { GLYPH_DIGIT, 6, 0 },  ['7'] = { GLYPH_DIGIT, 7, 0 },
	['8'] = { GLYPH_DIGIT, 8, 0 },  ['9'] = { GLYPH_DIGIT, 9, 0 },
	['+'] = { GLYPH_PLUS, 0, 0 },   [' '] = { GLYPH_SPACE, 0, 0 },
	['\t'] = { GLYPH_SPACE, 0, 0 }, ['-'] = { GLYPH_JOIN, '-', 0 },
	['.'] = { GLYPH_JOIN, '.', 0 }, ['/'] = { GLYPH_JOIN, '/', 0 },
	['('] = { GLYPH_OPEN, 0, 0 },   ['['] = { GLYPH_OPEN, 0, 0 },
	[')'] = { GLYPH_CLOSE, 0, 0 },  [']'] = { GLYPH_CLOSE, 0, 0 },
};

struct glyph glyph_wide(span text, size_t i)
{
	size_t pos = i;
	uint32_t cp = utf8_next(text, &pos);
	struct glyph g = { .class = GLYPH_OTHER, .length = (uint8_t)(pos - i) };
	if (cp == UTF8_BAD)
		return g;
	int value = digit_of(cp);
	g.class = (uint8_t)(value >= 0 ? GLYPH_DIGIT : class_of(cp));
	if (g.class == GLYPH_DIGIT)
		g.value = (uint8_t)value;
	else if (g.class == GLYPH_JOIN)
		g.value = (uint8_t)join_of(cp);
	return g;
}

bool number_read(span text, size_t start, struct number *ret)
{
	/* All but stop, which is most of it. */
	ret->plus = ret->more = ret->gb_stated = false;
	ret->n = 0;
	memset(ret->digit, 0, sizeof ret->digit);
	memset(ret->gap, 0, sizeof ret->gap);
	struct number_gap *gap = ret->gap;
	for (size_t i = start; i < text.n;) {
		struct glyph g = glyph_at(text, i);
		i += g.length;
		switch (g.class) {
		case GLYPH_HIDDEN:
			continue;
		case GLYPH_DIGIT:
			if (ret->n == NUMBER_DIGITS) {
				ret->more = gap->count == 0;
				return true;
			}
			ret->digit[ret->n] = (uint8_t)g.value;
			ret->stop[ret->n] = i;
			gap = &ret->gap[++ret->n];
			continue;
		case GLYPH_PLUS:
			if (ret->n || ret->plus)
				return ret->n > 0;
			ret->plus = true;
			*gap = (struct number_gap){ 0 };
			continue;
		case GLYPH_OTHER:
			return ret->n > 0;
		case GLYPH_JOIN:
			gap->join = (char)g.value;
			break;
		case GLYPH_OPEN:
			gap->open = true;
			break;
		case GLYPH_CLOSE:
			gap->close |= !gap->open;
			break;
		case GLYPH_SPACE:
			break;
		}
		if (++gap->count > NUMBER_GAP)
			break;
	}
	return ret->n > 0;
}

/* True if a group of digits ends with digit k - 1. */
static bool ends(const struct number *d, unsigned k)
{
	return k == d->n ? !d->more : k < d->n && d->gap[k].count;
}

/* Sizes of the first groups of digits. */
static unsigned groups(const struct number *d, unsigned *size, unsigned max)
{
	unsigned count = 0;
	for (unsigned k = 0; k < d->n; k++) {
		if (k == 0 || d->gap[k].count) {
			if (count == max)
				break;
			size[count++] = 0;
		}
		size[count - 1]++;
	}
	return count;
}

static uint64_t append(uint64_t value, const uint8_t *digits, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		value = value * 10 + digits[i];
	return value;
}

/* UK national digits from o on; nine of them only where they are all there is. Gives the digit
 * behind the number, 0 for none. */
static unsigned gb(const struct number *d, unsigned o, bool whole, bool nine, enum form form,
		   struct identifier *ret)
{
	if (o >= d->n || d->digit[o] == 0)
		return 0;
	unsigned stop = o + 10;
	if (!(whole ? d->n == stop && !d->more : ends(d, stop))) {
		stop = o + 9;
		if (!nine || d->n != stop || !dialplan_gb_nine(d->digit + o))
			return 0;
	}
	dialplan_gb(d->digit + o, stop - o, form, ret);
	return stop;
}

/* Where the number of another country ends: its national digits begin at `at` and are min to max.
 * The longest that ends with a group. */
static unsigned foreign_stop(const struct number *d, unsigned at, unsigned min, unsigned max)
{
	for (unsigned k = max; max && k >= min; k--)
		if (ends(d, at + k))
			return at + k;
	/* One unbroken run behind the plus is a number, whatever the plan says of its length. */
	unsigned run = 0;
	groups(d, &run, 1);
	return d->plus && d->digit[0] != 0 && run >= 7 && run <= 15 && ends(d, run) ? run : 0;
}

/* Country code from digit o on. */
static unsigned international(const struct number *d, unsigned o, bool whole,
			      struct identifier *ret)
{
	unsigned n = d->n - o, min, max;
	const uint8_t *p = d->digit + o;
	if (n < 7 || p[0] == 0)
		return 0;
	if (p[0] == 4 && p[1] == 4)
		return gb(d, p[2] == 0 ? o + 3 : o + 2, whole, true, FORM_INTERNATIONAL, ret);
	unsigned code = dialplan_country(p, &min, &max), at = o + code, trunk = 0;
	/* "+49 (0)30": a bracketed 0 is not dialled from abroad. In Italy it is, so there nobody
	 * can tell what the writer meant. */
	if (d->digit[at] == 0 && d->gap[at].open && d->gap[at + 1].close) {
		if (p[0] == 3 && p[1] == 9)
			return 0;
		trunk = 1;
	}
	unsigned stop = d->n;
	if (!whole)
		stop = foreign_stop(d, at + trunk, min, max);
	else if (d->more || n - trunk < 7 || n - trunk > 15)
		stop = 0;
	if (stop <= at + trunk)
		return 0;
	*ret = (struct identifier){
		.kind = ID_E164,
		.certainty = CERTAINTY_CERTAIN,
		.e164 = append(append(0, p, code), d->digit + at + trunk, stop - at - trunk),
		.reason = "International form, a number of another country",
	};
	return stop;
}

/* The forms that say how they are meant by what they begin with. */
static unsigned marked(const struct number *d, unsigned o, bool whole, struct identifier *ret,
		       enum form *ret_form)
{
	const uint8_t *p = d->digit + o;
	if (d->n < o + 7)
		return 0;
	*ret_form = FORM_INTERNATIONAL;
	if (p[0] == 0 && p[1] == 0)
		return d->gap[o + 1].count ? 0 : international(d, o + 2, whole, ret);
	if (p[0] == 0) {
		*ret_form = d->plus        ? FORM_PLUS_NATIONAL
			    : d->gb_stated ? FORM_STATED
					   : FORM_NATIONAL;
		return gb(d, o + 1, whole, whole, *ret_form, ret);
	}
	if (d->plus)
		return international(d, o, whole, ret);
	if (p[0] != 4 || p[1] != 4)
		return 0;
	*ret_form = FORM_CODE;
	return gb(d, p[2] == 0 ? o + 3 : o + 2, whole, false, FORM_CODE, ret);
}

/* "07-12-2024 ...", "7/12/24 ...": two short groups and a year, joined by one character each. */
static bool begins_with_date(const struct number *d, const unsigned *size, unsigned count)
{
	if (count < 3 || size[0] > 2 || size[1] > 2)
		return false;
	unsigned at = size[0] + size[1];
	struct number_gap first = d->gap[size[0]], second = d->gap[at];
	if (first.count != 1 || second.count != 1 || !first.join || first.join != second.join)
		return false;
	if (size[2] == 4) {
		unsigned century = d->digit[at] * 10u + d->digit[at + 1];
		return century == 19 || century == 20;
	}
	struct number_gap third = d->gap[at + size[2]];
	return size[2] == 2 && count > 3 && (third.count != 1 || third.join != first.join);
}

/* Digits of this form that are no telephone number: dates, and 0.1277583123. */
static bool is_date_or_fraction(const struct number *d)
{
	unsigned size[4] = { 0 };
	unsigned count = groups(d, size, 4);
	bool fraction = d->digit[0] == 0 && size[0] == 1 && size[1] >= 7 && d->gap[1].count == 1 &&
			d->gap[1].join == '.';
	return !d->plus && (fraction || begins_with_date(d, size, count));
}

static const char *raw_reason(const struct number *d)
{
	const uint8_t *p = d->digit;
	if (d->more || d->n > 17)
		return "More digits than a telephone number has: kept as it is";
	if (d->plus && p[0] == 0)
		return "No country code begins with 0: kept as it is";
	if (d->plus && d->n > 2 && p[0] == 4 && p[1] == 4)
		return "+44 with the wrong number of digits for a UK number: kept as it is";
	if (d->plus)
		return "A plus, but not 7 to 15 digits behind it: kept as it is";
	if (d->n < 3)
		return "Fewer than 3 digits: kept as it is";
	if (p[0] == 0 && p[1] == 8 && d->n == 8)
		return "A UK service number of 8 digits, which has no longer form: kept as it is";
	if (p[0] == 0)
		return "Begins with 0, but has the wrong number of digits for a UK number: kept as "
		       "it is";
	return "Digits without a plus or a 0: the country is not stated, kept as it is";
}

void number_whole(const struct number *d, struct identifier *ret)
{
	enum form form;
	unsigned size[3] = { 0 };
	if (is_date_or_fraction(d)) {
		*ret = (struct identifier){
			.kind = ID_RAW,
			.reason = "Written like a date or a decimal fraction: kept as it is",
		};
		return;
	}
	if (marked(d, 0, true, ret, &form))
		return;
	/* 702-555-0123 is how North America writes its numbers: not assumed to be ours. */
	bool american = groups(d, size, 3) == 3 && size[0] == 3 && size[1] == 3;
	if (!d->plus && d->n == 10 && d->digit[0] == 7 && !american &&
	    gb(d, 0, true, false, FORM_BARE, ret))
		return;
	/* What UK networks take before a number: 141 hides the caller's own, 1470 shows it. */
	static const uint8_t hide[] = { 1, 4, 1 }, show[] = { 1, 4, 7, 0 };
	bool shown = memcmp(d->digit, show, sizeof show) == 0;
	unsigned prefix = shown                                      ? sizeof show
			  : memcmp(d->digit, hide, sizeof hide) == 0 ? sizeof hide
								     : 0;
	if (!d->plus && prefix && d->digit[prefix] == 0 && marked(d, prefix, true, ret, &form)) {
		ret->reason = shown ? "Dialled with 1470 before it, to show the caller's own number"
				    : "Dialled with 141 before it, to hide the caller's own number";
		return;
	}
	*ret = (struct identifier){ .kind = ID_RAW, .reason = raw_reason(d) };
	if (!d->plus && d->n >= 3 && d->n <= 6) {
		ret->kind = ID_SHORT;
		ret->reason = "3 to 6 digits: a short code or service number";
	}
}

unsigned number_prefix(const struct number *d, struct identifier *ret, enum form *ret_form)
{
	unsigned size[4] = { 0 };
	unsigned count = groups(d, size, 4);
	if (is_date_or_fraction(d))
		return 0;
	unsigned used = marked(d, 0, false, ret, ret_form);
	/* A bank card: four groups of four. */
	if (used && *ret_form == FORM_CODE && used == 12 && count == 4 && size[0] == 4 &&
	    size[1] == 4 && size[2] == 4)
		return 0;
	if (used || d->plus || d->digit[0] != 7)
		return used;
	/* Without the 0 only as phones and people write it: 7700900123, 7700 900123, 7700 900 123.
	 */
	if (size[0] != 10 && !(size[0] == 4 && size[1] == 6) &&
	    !(size[0] == 4 && size[1] == 3 && size[2] == 3))
		return 0;
	*ret_form = FORM_BARE;
	return gb(d, 0, false, false, FORM_BARE, ret);
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
		return gb(&d, 2, true, true, FORM_JID, ret) > 0;
	*ret = (struct identifier){
		.kind = ID_E164,
		.certainty = CERTAINTY_CERTAIN,
		.e164 = append(0, d.digit, d.n),
		.reason = "WhatsApp account named by its number, a number of another country",
	};
	return true;
}
