/* dialplan.c - see dialplan.h */
#include "base/dialplan.h"

enum range {
	MOBILE,
	GEOGRAPHIC,
	JERSEY,
	GUERNSEY,
	MAN,
	PERSONAL,
	PAGER,
	VOIP,
	WIDE,
	SERVICE,
	OTHER,
	RANGE_MAX
};

/* clang-format off */
#define RANGES(form) { \
	[MOBILE] = form ", a UK mobile", \
	[GEOGRAPHIC] = form ", a UK landline range", \
	[JERSEY] = form ", a range of Jersey", \
	[GUERNSEY] = form ", a range of Guernsey", \
	[MAN] = form ", a range of the Isle of Man", \
	[PERSONAL] = form ", a UK personal number (070), which may lead anywhere", \
	[PAGER] = form ", a UK pager range (076)", \
	[VOIP] = form ", a UK company or internet number range (05)", \
	[WIDE] = form ", a UK-wide number range (03)", \
	[SERVICE] = form ", a UK service number range (08 or 09)", \
	[OTHER] = form ", a UK number outside the ranges in use" }
static const char *const reasons[FORM_MAX][RANGE_MAX] = {
	[FORM_INTERNATIONAL] = RANGES("International form"),
	[FORM_JID] = RANGES("WhatsApp account named by its number"),
	[FORM_CODE] = RANGES("44 without a plus, read as the UK country code"),
	[FORM_NATIONAL] = RANGES("National form, the UK is assumed"),
	[FORM_BARE] = RANGES("Ten digits without the first 0, the UK is assumed"),
	[FORM_HIDING] = RANGES("Dialled behind a prefix that hides the caller's own number"),
	[FORM_PLUS_NATIONAL] = RANGES("A plus before the national form, the UK is assumed"),
};
/* clang-format on */

static enum range range_of(const uint8_t *d)
{
	/* The longest prefix decides: first match wins. */
	static const struct {
		char prefix[6];
		unsigned char range;
	} ranges[] = {
		{ "1534", JERSEY },   { "7509", JERSEY },   { "77003", JERSEY },
		{ "77007", JERSEY },  { "77008", JERSEY },  { "77977", JERSEY },
		{ "77978", JERSEY },  { "77979", JERSEY },  { "7829", JERSEY },
		{ "7937", JERSEY },   { "1481", GUERNSEY }, { "7781", GUERNSEY },
		{ "7839", GUERNSEY }, { "7911", GUERNSEY }, { "1624", MAN },
		{ "74576", MAN },     { "7524", MAN },      { "7624", MAN },
		{ "7924", MAN },      { "70", PERSONAL },   { "76", PAGER },
		{ "7", MOBILE },      { "1", GEOGRAPHIC },  { "2", GEOGRAPHIC },
		{ "3", WIDE },        { "5", VOIP },        { "8", SERVICE },
		{ "9", SERVICE },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		const char *p = ranges[i].prefix;
		size_t k = 0;
		while (p[k] && d[k] == (uint8_t)(p[k] - '0'))
			k++;
		if (!p[k])
			return ranges[i].range;
	}
	return OTHER;
}

void dialplan_gb(const uint8_t *digits, unsigned n, enum form form, struct identifier *ret)
{
	enum range range = range_of(digits);
	uint64_t value = 44;
	for (unsigned i = 0; i < n; i++)
		value = value * 10 + digits[i];
	ret->kind =
		digits[0] == 7 && range != PERSONAL && range != PAGER ? ID_GB_MOBILE : ID_GB_FIXED;
	ret->certainty = form == FORM_INTERNATIONAL || form == FORM_JID ? CERTAINTY_CERTAIN
									: CERTAINTY_ASSUMED;
	ret->e164 = value;
	ret->reason = reasons[form][range];
}

bool dialplan_gb_nine(const uint8_t *d)
{
	return d[0] == 1 || ((d[0] == 8 || d[0] == 5) && d[1] == 0 && d[2] == 0);
}

unsigned dialplan_country(const uint8_t *d, unsigned *ret_min, unsigned *ret_max)
{
	if (d[0] == 1) {
		*ret_min = *ret_max = 10;
		return 1;
	}
	*ret_min = 4;
	*ret_max = 12;
	return d[0] == 7 ? 1 : 3;
}
