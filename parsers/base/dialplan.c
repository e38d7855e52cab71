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

/* NOLINTBEGIN(bugprone-suspicious-missing-comma): the parts of one sentence */
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
	[FORM_STATED] = RANGES("National form, the country is stated beside it"),
	[FORM_BARE] = RANGES("Ten digits without the first 0, the UK is assumed"),
	[FORM_PLUS_NATIONAL] = RANGES("A plus before the national form, the UK is assumed"),
};
/* clang-format on */
/* NOLINTEND(bugprone-suspicious-missing-comma) */

static enum range range_of(const uint8_t *d)
{
	switch (d[0] * 1000 + d[1] * 100 + d[2] * 10 + d[3]) {
	case 1534:
	case 7509:
	case 7829:
	case 7937:
		return JERSEY;
	case 1481:
	case 7781:
	case 7839:
	case 7911:
		return GUERNSEY;
	case 1624:
	case 7524:
	case 7624:
	case 7924:
		return MAN;
	case 7457:
		return d[4] == 6 ? MAN : MOBILE;
	case 7700:
		return d[4] == 3 || d[4] == 7 || d[4] == 8 ? JERSEY : MOBILE;
	case 7797:
		return d[4] >= 7 ? JERSEY : MOBILE;
	default:
		break;
	}
	switch (d[0]) {
	case 1:
	case 2:
		return GEOGRAPHIC;
	case 3:
		return WIDE;
	case 5:
		return VOIP;
	case 7:
		return d[1] == 0 ? PERSONAL : d[1] == 6 ? PAGER : MOBILE;
	case 8:
	case 9:
		return SERVICE;
	default:
		return OTHER;
	}
}

void dialplan_gb(const uint8_t *digits, unsigned n, enum form form, struct identifier *ret)
{
	enum range range = range_of(digits);
	uint64_t value = 44;
	for (unsigned i = 0; i < n; i++)
		value = value * 10 + digits[i];
	ret->kind =
		digits[0] == 7 && range != PERSONAL && range != PAGER ? ID_GB_MOBILE : ID_GB_FIXED;
	ret->certainty = form == FORM_INTERNATIONAL || form == FORM_JID || form == FORM_STATED
				 ? CERTAINTY_CERTAIN
				 : CERTAINTY_ASSUMED;
	ret->e164 = value;
	ret->reason = reasons[form][range];
}

bool dialplan_gb_nine(const uint8_t *d)
{
	return d[0] == 1 || ((d[0] == 8 || d[0] == 5) && d[1] == 0 && d[2] == 0);
}

/* National digits that subscribers of each country code have. */
static const struct {
	uint8_t min, max;
} lengths[1000] = {
	/* clang-format off */
	[1] = { 10, 10 }, [7] = { 10, 10 }, [20] = { 8, 10 }, [27] = { 5, 9 }, [30] = { 10, 10 },
	[31] = { 9, 11 }, [32] = { 8, 9 }, [33] = { 9, 9 }, [34] = { 9, 9 }, [36] = { 8, 9 },
	[39] = { 6, 12 }, [40] = { 6, 9 }, [41] = { 9, 9 }, [43] = { 5, 13 }, [45] = { 8, 8 },
	[46] = { 7, 9 }, [47] = { 8, 8 }, [48] = { 7, 9 }, [49] = { 6, 11 }, [51] = { 8, 9 },
	[52] = { 10, 10 }, [53] = { 6, 10 }, [54] = { 10, 11 }, [55] = { 10, 11 }, [56] = { 9, 9 },
	[57] = { 8, 10 }, [58] = { 10, 10 }, [60] = { 8, 10 }, [61] = { 9, 9 }, [62] = { 7, 12 },
	[63] = { 6, 10 }, [64] = { 8, 10 }, [65] = { 8, 8 }, [66] = { 8, 9 }, [81] = { 9, 10 },
	[82] = { 5, 10 }, [84] = { 9, 10 }, [86] = { 7, 11 }, [90] = { 10, 10 }, [91] = { 10, 10 },
	[92] = { 9, 10 }, [93] = { 9, 9 }, [94] = { 9, 9 }, [95] = { 6, 10 }, [98] = { 6, 10 },
	[211] = { 9, 9 }, [212] = { 9, 9 }, [213] = { 8, 9 }, [216] = { 8, 8 }, [218] = { 9, 9 },
	[220] = { 7, 9 }, [221] = { 9, 9 }, [222] = { 8, 8 }, [223] = { 8, 8 }, [224] = { 8, 9 },
	[225] = { 10, 10 }, [226] = { 8, 8 }, [227] = { 8, 8 }, [228] = { 8, 8 },
	[229] = { 10, 10 }, [230] = { 7, 8 }, [231] = { 7, 9 }, [232] = { 8, 8 }, [233] = { 9, 9 },
	[234] = { 10, 10 }, [235] = { 8, 8 }, [236] = { 8, 8 }, [237] = { 9, 9 }, [238] = { 7, 7 },
	[239] = { 7, 7 }, [240] = { 9, 9 }, [241] = { 7, 8 }, [242] = { 9, 9 }, [243] = { 7, 10 },
	[244] = { 9, 9 }, [245] = { 9, 9 }, [246] = { 7, 7 }, [247] = { 5, 5 }, [248] = { 7, 7 },
	[249] = { 9, 9 }, [250] = { 8, 9 }, [251] = { 9, 9 }, [252] = { 6, 9 }, [253] = { 8, 8 },
	[254] = { 7, 9 }, [255] = { 9, 9 }, [256] = { 9, 9 }, [257] = { 8, 8 }, [258] = { 8, 9 },
	[260] = { 9, 9 }, [261] = { 9, 9 }, [262] = { 9, 9 }, [263] = { 9, 9 }, [264] = { 8, 9 },
	[265] = { 7, 9 }, [266] = { 8, 8 }, [267] = { 7, 8 }, [268] = { 8, 8 }, [269] = { 7, 7 },
	[290] = { 4, 5 }, [291] = { 7, 7 }, [297] = { 7, 7 }, [298] = { 6, 6 }, [299] = { 6, 6 },
	[350] = { 8, 8 }, [351] = { 9, 9 }, [352] = { 4, 11 }, [353] = { 7, 10 }, [354] = { 7, 9 },
	[355] = { 8, 9 }, [356] = { 8, 8 }, [357] = { 8, 8 }, [358] = { 5, 10 }, [359] = { 6, 9 },
	[370] = { 8, 8 }, [371] = { 8, 8 }, [372] = { 7, 8 }, [373] = { 8, 8 }, [374] = { 8, 8 },
	[375] = { 9, 9 }, [376] = { 6, 9 }, [377] = { 8, 9 }, [378] = { 8, 10 }, [380] = { 9, 9 },
	[381] = { 7, 12 }, [382] = { 8, 8 }, [383] = { 8, 12 }, [385] = { 8, 9 }, [386] = { 8, 8 },
	[387] = { 8, 9 }, [389] = { 8, 8 }, [420] = { 9, 9 }, [421] = { 6, 9 }, [423] = { 7, 9 },
	[500] = { 5, 5 }, [501] = { 7, 7 }, [502] = { 8, 8 }, [503] = { 8, 8 }, [504] = { 8, 8 },
	[505] = { 8, 8 }, [506] = { 8, 8 }, [507] = { 7, 8 }, [508] = { 6, 9 }, [509] = { 8, 8 },
	[590] = { 9, 9 }, [591] = { 8, 8 }, [592] = { 7, 7 }, [593] = { 8, 9 }, [594] = { 9, 9 },
	[595] = { 7, 9 }, [596] = { 9, 9 }, [597] = { 6, 7 }, [598] = { 8, 8 }, [599] = { 7, 8 },
	[670] = { 7, 8 }, [672] = { 6, 6 }, [673] = { 7, 7 }, [674] = { 7, 7 }, [675] = { 7, 8 },
	[676] = { 5, 7 }, [677] = { 5, 7 }, [678] = { 5, 7 }, [679] = { 7, 7 }, [680] = { 7, 7 },
	[681] = { 6, 6 }, [682] = { 5, 5 }, [683] = { 4, 7 }, [685] = { 5, 10 }, [686] = { 5, 8 },
	[687] = { 6, 6 }, [688] = { 5, 7 }, [689] = { 8, 8 }, [690] = { 4, 7 }, [691] = { 7, 7 },
	[692] = { 7, 7 }, [800] = { 8, 8 }, [808] = { 8, 8 }, [850] = { 8, 10 }, [852] = { 8, 8 },
	[853] = { 8, 8 }, [855] = { 8, 9 }, [856] = { 8, 10 }, [870] = { 9, 9 },
	[878] = { 10, 10 }, [880] = { 6, 10 }, [881] = { 9, 10 }, [882] = { 7, 12 },
	[883] = { 9, 12 }, [886] = { 8, 9 }, [888] = { 11, 11 }, [960] = { 7, 7 },
	[961] = { 7, 8 }, [962] = { 8, 9 }, [963] = { 8, 9 }, [964] = { 8, 10 }, [965] = { 8, 8 },
	[966] = { 9, 9 }, [967] = { 7, 9 }, [968] = { 8, 8 }, [970] = { 8, 9 }, [971] = { 8, 9 },
	[972] = { 8, 12 }, [973] = { 8, 8 }, [974] = { 8, 8 }, [975] = { 7, 8 }, [976] = { 8, 10 },
	[977] = { 8, 10 }, [979] = { 9, 9 }, [992] = { 9, 9 }, [993] = { 8, 8 }, [994] = { 9, 9 },
	[995] = { 9, 9 }, [996] = { 9, 9 }, [998] = { 9, 9 },
	/* clang-format on */
};

unsigned dialplan_country(const uint8_t *d, unsigned *ret_min, unsigned *ret_max)
{
	/* No code is the beginning of another, so the first that exists is the one. */
	unsigned code = 0;
	for (unsigned n = 1; n <= 3; n++) {
		code = code * 10 + d[n - 1];
		if (lengths[code].max) {
			*ret_min = lengths[code].min;
			*ret_max = lengths[code].max;
			return n;
		}
	}
	*ret_min = *ret_max = 0;
	return 3;
}
