/* whatsapp_line.c - see whatsapp_line.h */
#include "whatsapp_line.h"
#include "base/time.h"
#include "base/utf8.h"

#define WORD_MAX 32 /* bytes of the words beside a time */

struct cursor {
	span s;
	size_t at;
};

bool chat_mark(uint32_t cp)
{
	return cp == 0x200E || cp == 0x200F || cp == 0x061C || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
}

bool chat_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == 0xA0 || cp == 0x202F || cp == 0x2007 ||
	       cp == 0x2009 || cp == 0x3000;
}

/* The next character that is seen, and where it ends; 0 at the end. */
static uint32_t look(struct cursor *c, size_t *ret_end)
{
	while (c->at < c->s.n) {
		size_t end = c->at;
		uint32_t cp = utf8_next(c->s, &end);
		if (!chat_mark(cp)) {
			*ret_end = end;
			return cp;
		}
		c->at = end;
	}
	*ret_end = c->at;
	return 0;
}

static bool take(struct cursor *c, uint32_t wanted)
{
	size_t end;
	if (look(c, &end) != wanted || !wanted)
		return false;
	c->at = end;
	return true;
}

static bool blanks(struct cursor *c)
{
	size_t end;
	bool some = false;
	while (chat_blank(look(c, &end))) {
		c->at = end;
		some = true;
	}
	return some;
}

static int digit(uint32_t cp)
{
	static const uint32_t zeros[] = { '0', 0x660, 0x6F0, 0x966, 0x9E6 };
	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
		if (cp >= zeros[i] && cp <= zeros[i] + 9)
			return (int)(cp - zeros[i]);
	return -1;
}

/* 1 to max digits and no more. */
static bool number(struct cursor *c, unsigned max, unsigned *ret, unsigned *ret_width)
{
	unsigned value = 0, width = 0;
	size_t end;
	int d;
	while ((d = digit(look(c, &end))) >= 0) {
		if (++width > max)
			return false;
		value = value * 10 + (unsigned)d;
		c->at = end;
	}
	*ret = value;
	*ret_width = width;
	return width > 0;
}

/* ---- date ---- */

static char separator(struct cursor *c, uint32_t sign)
{
	static const char plain[] = "/.-";
	for (size_t i = 0; plain[i]; i++)
		if (take(c, (unsigned char)plain[i])) {
			if (plain[i] == '.')
				blanks(c); /* "24. 12. 2022" */
			return plain[i];
		}
	return take(c, sign) ? ' ' : 0;
}

static bool date(struct cursor *c, struct chat_line *l)
{
	static const uint32_t signs[] = { 0x5E74, 0x6708, 0x65E5 }; /* year, month, day */
	if (!number(c, 4, &l->part[0], &l->width[0]))
		return false;
	l->separator = separator(c, signs[0]);
	if (!l->separator || !number(c, 2, &l->part[1], &l->width[1]) ||
	    separator(c, signs[1]) != l->separator || !number(c, 4, &l->part[2], &l->width[2]))
		return false;
	if (l->separator == ' ' && !take(c, signs[2]))
		return false;
	if (l->separator == '.')
		take(c, '.'); /* "2022. 12. 24." */
	bool first = l->width[0] == 4 && l->width[2] <= 2;
	bool last = l->width[0] <= 2 && (l->width[2] == 4 || l->width[2] == 2);
	return first || last;
}

/* ---- words ---- */

struct word {
	char text[WORD_MAX];
	size_t n;
};

/* Letters up to a digit or a sign that ends them; dots, blanks and quotes between them do not
 * count, nor does the case of ASCII. False where something else or too much stands there. */
static bool words(struct cursor *c, struct word *w)
{
	size_t end;
	uint32_t cp;
	w->n = 0;
	while ((cp = look(c, &end)) != 0 && digit(cp) < 0 && cp != ']' && cp != '-' &&
	       cp != 0x2013) {
		bool dropped = cp == '.' || cp == '\'' || cp == 0x2019 || chat_blank(cp);
		bool letter = cp >= 0x80 || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
		if (cp == UTF8_BAD || (!dropped && !letter))
			return false;
		for (size_t i = c->at; i < end && !dropped; i++) {
			char b = c->s.p[i];
			if (w->n == WORD_MAX)
				return false;
			w->text[w->n++] = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
		}
		c->at = end;
	}
	return true;
}

static bool one_of(const struct word *w, const char *const *list)
{
	span text = { w->text, w->n };
	for (; *list; list++)
		if (span_eq(text, span_z(*list)))
			return true;
	return false;
}

static const char *const am[] = { "am",   "πμ",   "ص",    "قظ",   "sa",     "fm",   "vm",
				  "ap",   "de",   "pg",   "öö",   "ÖÖ",     "오전", "上午",
				  "午前", "凌晨", "清晨", "早上", "पूर्वाह्न", NULL };
static const char *const pm[] = { "pm",  "μμ", "م",  "بظ",   "ch",   "em",   "nm",     "ip", "du",
				  "ptg", "ös", "ÖS", "오후", "下午", "午後", "अपराह्न", NULL };
/* "at" and the like, between a date and a time. */
static const char *const joining[] = { "at", "um", "à", "às", "as", "a",    "alas", "kl", "klo",
				       "в",  "o",  "u", "ob", "om", "alle", "ore",  NULL };

static enum half half_of(const struct word *w)
{
	return !w->n ? HALF_NONE : one_of(w, am) ? HALF_AM : one_of(w, pm) ? HALF_PM : HALF_UNKNOWN;
}

/* ---- time ---- */

static bool clock_time(struct cursor *c, struct chat_line *l)
{
	unsigned width;
	if (!number(c, 2, &l->hour, &width))
		return false;
	if (!take(c, ':') && !take(c, '.')) { /* "13 h 34" */
		blanks(c);
		if (!take(c, 'h'))
			return false;
		blanks(c);
	}
	if (!number(c, 2, &l->minute, &width) || width != 2)
		return false;
	struct cursor before = *c;
	if (take(c, ':') || take(c, '.'))
		l->seconds = number(c, 2, &l->second, &width) && width == 2;
	if (!l->seconds)
		*c = before; /* "13:01. - " */
	return true;
}

/* What ends the stamp: "]", or a dash between blanks. */
static bool ending(struct cursor *c, bool bracket)
{
	if (bracket)
		return take(c, ']') && (blanks(c) || c->at == c->s.n);
	if (!take(c, '-') && !take(c, 0x2013))
		return false;
	return blanks(c) || c->at == c->s.n;
}

bool chat_line(span line, struct chat_line *ret)
{
	struct chat_line l = { .separator = 0 };
	struct cursor c = { line, 0 };
	struct word before, after;
	size_t end;
	l.bracket = take(&c, '[');
	look(&c, &end);
	size_t start = c.at;
	if (!date(&c, &l))
		return false;
	size_t gap = c.at;
	blanks(&c);
	l.comma = take(&c, ',') || take(&c, 0x60C) || take(&c, 0x3001);
	blanks(&c);
	if (!words(&c, &before) || c.at == gap || !clock_time(&c, &l))
		return false;
	size_t stop = c.at, behind = c.at;
	if (!words(&c, &after))
		return false;
	/* A dash belongs to the stamp only behind a blank: it may be a part of what follows. */
	bool blank = false;
	for (size_t i = behind; i < c.at;) {
		uint32_t cp = utf8_next(line, &i);
		blank = chat_blank(cp) || (blank && chat_mark(cp));
		if (!chat_blank(cp) && !chat_mark(cp))
			stop = i;
	}
	if ((!l.bracket && !blank) || !ending(&c, l.bracket))
		return false;
	l.half = half_of(&after);
	if (before.n && !one_of(&before, joining))
		l.half = l.half == HALF_NONE ? half_of(&before) : HALF_UNKNOWN;
	l.stamp = span_sub(line, start, stop);
	l.rest = span_from(line, c.at);
	*ret = l;
	return true;
}

bool chat_line_time(const struct chat_line *l, int64_t *ret_ms)
{
	unsigned hour = l->hour;
	if (hour > 23 || l->minute > 59 || l->second > 59 || l->half == HALF_UNKNOWN ||
	    (l->half == HALF_AM && hour > 12))
		return false;
	if (l->half == HALF_AM && hour == 12)
		hour = 0;
	if (l->half == HALF_PM && hour < 12)
		hour += 12;
	*ret_ms = (int64_t)(hour * 3600 + l->minute * 60 + l->second) * 1000;
	return true;
}

bool chat_line_day(const struct chat_line *l, enum date_order order, int64_t *ret_days)
{
	/* Where year, month and day stand. */
	static const unsigned place[ORDERS][3] = {
		[ORDER_DMY] = { 2, 1, 0 }, [ORDER_MDY] = { 2, 0, 1 }, [ORDER_YMD] = { 0, 1, 2 }
	};
	unsigned at = place[order][0];
	unsigned year = l->part[at] + (l->width[at] == 2 ? 2000 : 0);
	unsigned month = l->part[place[order][1]], day = l->part[place[order][2]];
	if (l->width[at] % 2 || year < 2009 || year > 2099 || month < 1 || month > 12 || day < 1 ||
	    day > 31)
		return false;
	int64_t days = time_days((int)year, month, day);
	int y;
	unsigned m, d;
	time_civil(days, &y, &m, &d);
	if (m != month)
		return false; /* 31 April */
	*ret_days = days;
	return true;
}
