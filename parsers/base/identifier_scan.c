/*
 * identifier_scan.c - telephone numbers in running text; see identifier.h.
 *
 * A number begins where a group of digits begins and ends where one ends: "1234507700900123" has
 * none. What stands before and behind it may forbid it: a word, a web address, a price, a date.
 * A candidate that fails costs a look at a bounded stretch, so a scan is linear in the text.
 */
#include "base/identifier.h"
#include "base/number.h"

/* No number has fewer digits than this, and than that without a plus or an '@'. */
#define FEWEST 7
#define FEWEST_UNMARKED 10
/* How far a candidate looks for what it stands in. */
#define REACH 256

/* Eight bytes at a time: a 1 in each byte that is a digit, or that begins a longer character. */
#define LOW 0x0101010101010101u
#define HIGH 0x8080808080808080u

static uint64_t word_at(const char *p)
{
	uint64_t word;
	memcpy(&word, p, sizeof word);
	return word;
}

static uint64_t digits_in(uint64_t word)
{
	uint64_t value = word ^ 0x30 * LOW;
	uint64_t above_9 = ((value & ~HIGH) + 0x76 * LOW) | value;
	return (~above_9 & HIGH) >> 7;
}

static uint64_t leads_in(uint64_t word)
{
	return (word & word << 1 & HIGH) >> 7;
}

static uint64_t pluses_in(uint64_t word)
{
	uint64_t other = word ^ '+' * LOW;
	return (~(((other & ~HIGH) + 0x7F * LOW) | other) & HIGH) >> 7;
}

static unsigned sum_of(uint64_t bytes)
{
	return (unsigned)(bytes * LOW >> 56);
}

/* False if no number can stand in text from i on: most texts have too few digits. Counts too many
 * rather than too few, and stops soon after it knows, so that a scan stays linear. */
static bool enough(span text, size_t i)
{
	enum { WORD = sizeof(uint64_t), BLOCK = 16 * WORD };
	unsigned digits = 0, leads = 0;
	span rest = span_from(text, i);
	if (rest.n < WORD)
		return rest.n >= FEWEST;
	while (i < text.n && digits + leads < FEWEST_UNMARKED) {
		size_t stop = text.n - i > BLOCK ? i + BLOCK : text.n;
		uint64_t digit_sums = 0, lead_sums = 0; /* of at most 17 words: no byte overflows */
		for (; stop - i >= WORD; i += WORD) {
			uint64_t word = word_at(text.p + i);
			digit_sums += digits_in(word);
			lead_sums += leads_in(word);
		}
		if (i < stop) { /* overlaps the word before */
			uint64_t word = word_at(text.p + stop - WORD);
			digit_sums += digits_in(word);
			lead_sums += leads_in(word);
			i = stop;
		}
		digits += sum_of(digit_sums);
		leads += sum_of(lead_sums);
	}
	if (digits + leads >= FEWEST_UNMARKED)
		return true;
	return digits + leads >= FEWEST &&
	       (leads || memchr(rest.p, '+', rest.n) || memchr(rest.p, '@', rest.n));
}

/* The first byte from i on that a number may begin with, or that begins a longer character. */
static size_t next_mark(span text, size_t i)
{
	while (text.n - i >= sizeof(uint64_t)) {
		uint64_t word = word_at(text.p + i);
		if (digits_in(word) | leads_in(word) | pluses_in(word))
			break;
		i += sizeof word;
	}
	while (i < text.n && (unsigned char)text.p[i] < 0xC0 && text.p[i] != '+' &&
	       (text.p[i] < '0' || text.p[i] > '9'))
		i++;
	return i;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_one_of(char c, const char *any)
{
	return c && strchr(any, c);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The character that ends at i; length 0 at the start of the text. */
static struct glyph glyph_before(span text, size_t i)
{
	if (!i)
		return (struct glyph){ 0 };
	size_t back = i - 1;
	while (back && i - back < 4 && ((unsigned char)text.p[back] & 0xC0) == 0x80)
		back--;
	struct glyph g = glyph_at(text, back);
	return back + g.length == i ? g : (struct glyph){ .class = GLYPH_OTHER, .length = 1 };
}

/* Skip characters that draw nothing, backwards and forwards; a few, so that it costs little. */
static size_t before_hidden(span text, size_t i)
{
	for (int k = 0; k < 8; k++) {
		struct glyph g = glyph_before(text, i);
		if (!g.length || g.class != GLYPH_HIDDEN)
			break;
		i -= g.length;
	}
	return i;
}

static size_t behind_hidden(span text, size_t i)
{
	for (int k = 0; k < 8 && i < text.n; k++) {
		struct glyph g = glyph_at(text, i);
		if (g.class != GLYPH_HIDDEN)
			break;
		i += g.length;
	}
	return i;
}

static bool ends_with(span text, size_t stop, const char *word)
{
	size_t n = strlen(word);
	return stop >= n && span_eq_nocase(span_sub(text, stop - n, stop), (span){ word, n });
}

/* True if i stands in a web address, at a place where that names something else than a number to
 * call. */
static bool in_address(span text, size_t i)
{
	static const char *const calls[] = {
		"wa.me/", "phone=", "tel:", "sms:", "tel://", "sms://"
	};
	size_t start = i;
	bool scheme = false, path = false;
	while (start && i - start < REACH) {
		struct glyph g = glyph_before(text, start);
		char c = text.p[start - 1];
		if (g.class == GLYPH_SPACE || (unsigned char)c <= ' ' || is_one_of(c, "\"'<>"))
			break;
		start -= g.length;
		char next = text.p[start + 1];
		path |= c == '/';
		if (c == ':' && i - start > 2 && next == '/' && text.p[start + 2] == '/')
			scheme = true;
		/* example.org/ */
		if (c == '.' && path && is_letter(next) && start && is_letter(text.p[start - 1]))
			scheme = true;
	}
	if (!scheme &&
	    !(i - start > 4 && span_eq_nocase(span_sub(text, start, start + 4), SPAN("www."))))
		return false;
	for (size_t k = 0; k < sizeof calls / sizeof *calls; k++)
		if (ends_with(text, i, calls[k]))
			return false;
	return true;
}

/* Words that people write without a space before a number: "tel07700 900123". */
static bool is_call_word(span text, size_t stop)
{
	static const char *const words[] = {
		"tel",  "mob",  "mobile", "phone", "fone", "cell", "num",  "number",   "no", "on",
		"call", "ring", "bell",   "text",  "txt",  "ph",   "line", "whatsapp", "wa",
	};
	size_t start = stop;
	while (start && stop - start < 10 && is_letter(text.p[start - 1]))
		start--;
	if (start && (is_letter(text.p[start - 1]) || is_digit(text.p[start - 1]) ||
		      text.p[start - 1] == '_' || (text.p[start - 1] & 0x80)))
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_eq_nocase(span_sub(text, start, stop), span_z(words[i])))
			return true;
	return false;
}

/* "550e8400-e29b-41d4-a716-446655440000" */
static bool ends_uuid(span text, size_t start)
{
	return start >= 24 && text.p[start - 1] == '-' && text.p[start - 6] == '-' &&
	       text.p[start - 11] == '-' && text.p[start - 16] == '-';
}

/* What stands before a number of this form allows it. group: digits in its first group. */
static bool begins_well(span text, size_t start, enum form form, unsigned group)
{
	size_t i = before_hidden(text, start);
	if (!i)
		return true;
	char c = text.p[i - 1];
	bool plus = form == FORM_PLUS_NATIONAL || glyph_at(text, start).class == GLYPH_PLUS;
	if (!plus) {
		if (c == '_' || c == '$' || ends_with(text, i, "\xC2\xA3") ||
		    ends_with(text, i, "\xE2\x82\xAC"))
			return false;
		if (is_letter(c) && !is_call_word(text, i))
			return false;
		if (form == FORM_CODE && ends_uuid(text, i))
			return false;
		/* 24-07-0770 0900123: the middle of a date or of a longer number */
		struct glyph join = glyph_before(text, i);
		bool joined = join.class == GLYPH_JOIN &&
			      glyph_before(text, before_hidden(text, i - join.length)).class ==
				      GLYPH_DIGIT;
		if (joined && ((form == FORM_NATIONAL && group <= 2) || form == FORM_BARE))
			return false;
		if (form == FORM_BARE && is_one_of(c, "#=&?%@\\"))
			return false;
	}
	return (unsigned char)c <= ' ' || !in_address(text, i);
}

/* What stands behind it allows it. */
static bool finishes_well(span text, size_t stop, enum form form)
{
	size_t i = behind_hidden(text, stop), start = i;
	if (i == text.n)
		return true;
	if (text.p[i] == '_')
		return false;
	struct glyph join = glyph_at(text, i);
	size_t next = behind_hidden(text, i + join.length);
	if (form == FORM_BARE && join.class == GLYPH_JOIN && next < text.n &&
	    glyph_at(text, next).class == GLYPH_DIGIT)
		return false;
	/* 07700900123b4c is a reference, 07700900123ext4 is not */
	while (i < text.n && i - start < 16 && is_letter(text.p[i]))
		i++;
	if (i == start || i == text.n || !is_digit(text.p[i]))
		return true;
	span word = span_sub(text, start, i);
	return span_eq_nocase(word, SPAN("x")) || span_eq_nocase(word, SPAN("ext"));
}

/* At least two labels, the last a name: "example.org", not "5.30pm". */
static bool is_domain(span s)
{
	size_t label = 0, labels = 1;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '.') {
			if (i == label)
				return false;
			label = i + 1;
			labels++;
		}
	return labels > 1 && s.n - label >= 2 && is_letter(s.p[label]);
}

enum at { AT_NOTHING, AT_NUMBER, AT_OTHER };

/* Digits that an '@' follows: a WhatsApp account is a number, a group or an e-mail address is
 * not. */
static enum at at_sign(span text, size_t start, size_t stop, struct mention *ret)
{
	size_t i = stop;
	for (int k = 0; k < 24 && i < text.n; k++) {
		struct glyph g = glyph_at(text, i);
		if (g.class != GLYPH_DIGIT && g.class != GLYPH_JOIN && !is_one_of(text.p[i], ":_"))
			break;
		i = behind_hidden(text, i + g.length);
	}
	if (i >= text.n || text.p[i] != '@')
		return AT_NOTHING;
	size_t end = i + 1;
	while (end < text.n && end - i < REACH &&
	       (is_letter(text.p[end]) || is_digit(text.p[end]) || text.p[end] == '.' ||
		text.p[end] == '-'))
		end++;
	while (end > i + 1 && (text.p[end - 1] == '.' || text.p[end - 1] == '-'))
		end--;
	struct identifier id = identifier_of(span_sub(text, start, end));
	if (id.e164) {
		*ret = (struct mention){ start, end, id };
		return AT_NUMBER;
	}
	/* Accounts of WhatsApp that are no number, and e-mail; but not
	 * "07700900123@s.whatsapp.net", where somebody wrote a number in their own way. */
	if (id.kind == ID_JID_GROUP || id.kind == ID_JID_LID || id.kind == ID_JID_BROADCAST)
		return AT_OTHER;
	bool account = ends_with(text, end, "@s.whatsapp.net") || ends_with(text, end, "@c.us");
	return !account && is_domain(span_sub(text, i + 1, end)) ? AT_OTHER : AT_NOTHING;
}

/* Whole brackets and keycaps: "(07700) 900123" begins with its bracket. */
static void widen(span text, const struct number *d, unsigned used, struct mention *m)
{
	unsigned k = 0;
	while (k < used && !d->gap[k].open && !d->gap[k].close)
		k++;
	if (k < used && d->gap[k].close && m->start &&
	    (text.p[m->start - 1] == '(' || text.p[m->start - 1] == '['))
		m->start--;
	while (text.n - m->stop >= 3 &&
	       (memcmp(text.p + m->stop, "\xEF\xB8\x8F", 3) == 0 || /* U+FE0F, U+20E3 */
		memcmp(text.p + m->stop, "\xE2\x83\xA3", 3) == 0))
		m->stop += 3;
}

/* A plus or the first digit of a group at start. bound: digits before it make a number without
 * plus or 0 unlikely. */
static bool candidate(span text, size_t start, bool bound, struct mention *ret)
{
	/* Without plus, 0, 44 or 7 only the account of WhatsApp is left: "12025550100@". */
	if (text.p[start] >= '1' && text.p[start] <= '9' && text.p[start] != '4' &&
	    text.p[start] != '7') {
		size_t i = start;
		while (i < text.n && i - start < NUMBER_DIGITS && is_digit(text.p[i]))
			i++;
		if (i == text.n || !is_one_of(text.p[i], "@.:_"))
			return false;
	}
	struct number d;
	struct identifier id;
	enum form form;
	if (!number_read(text, start, &d) || d.n < FEWEST)
		return false;
	unsigned group = 1;
	while (group < d.n && !d.gap[group].count)
		group++;
	if (group >= FEWEST && !(group == d.n && d.more)) {
		enum at at = at_sign(text, start, behind_hidden(text, d.stop[group - 1]), ret);
		if (at == AT_OTHER)
			return false;
		if (at == AT_NUMBER)
			return begins_well(text, start, FORM_JID, group);
	}
	if (!d.plus && d.n < FEWEST_UNMARKED)
		return false;
	unsigned used = number_prefix(&d, &id, &form);
	if (!used || (bound && (form == FORM_BARE || form == FORM_CODE)))
		return false;
	size_t stop = d.stop[used - 1];
	if (!begins_well(text, start, form, group) || !finishes_well(text, stop, form))
		return false;
	*ret = (struct mention){ start, stop, id };
	widen(text, &d, used, ret);
	return true;
}

bool identifier_scan(span text, size_t *pos, struct mention *ret)
{
	size_t i = *pos;
	if (i >= text.n || !enough(text, i)) {
		*pos = text.n;
		return false;
	}
	bool inside = false;           /* behind a digit of the same group */
	bool bound = false;            /* behind digits of another country, or of a lone 1 */
	unsigned gap = NUMBER_GAP + 1; /* separators since the last digit */
	unsigned group = 0, first = 0; /* digits of the last group, and its first */
	while (i < text.n) {
		if (gap > NUMBER_GAP && (i = next_mark(text, i)) == text.n)
			break;
		struct glyph g = glyph_at(text, i);
		bool begins = g.class == GLYPH_PLUS || (g.class == GLYPH_DIGIT && !inside);
		if (g.class == GLYPH_DIGIT && !inside)
			bound = gap <= NUMBER_GAP && (bound || (group == 1 && first == 1));
		if (begins && candidate(text, i, bound, ret)) {
			*pos = ret->stop;
			return true;
		}
		switch (g.class) {
		case GLYPH_HIDDEN:
			break;
		case GLYPH_DIGIT:
			if (!inside) {
				group = 0;
				first = g.value;
			}
			bound |= ++group == 2 && first == 0 && g.value == 0;
			inside = true;
			gap = 0;
			break;
		case GLYPH_PLUS:
			inside = false;
			bound = true;
			gap = 0;
			break;
		case GLYPH_OTHER:
			inside = false;
			gap = NUMBER_GAP + 1;
			break;
		default:
			inside = false;
			gap++;
		}
		i += g.length;
	}
	*pos = text.n;
	return false;
}
