/* linedb_text.c - see linedb_text.h */
#include "linedb_text.h"
#include <sodium.h>
#include <stdio.h>

void linedb_day(int64_t ms, char ret[static 12])
{
	char whole[25];
	ret[0] = 0;
	if (ms == TIME_UNSET)
		return;
	time_format(ms, whole);
	memcpy(ret, whole, 10);
	ret[10] = 0;
}

void linedb_dates(int64_t from, int64_t until, char ret[static 40])
{
	char a[12], b[12];
	linedb_day(from, a);
	linedb_day(until == TIME_UNSET ? until : until - 1, b);
	if (*a && *b)
		snprintf(ret, 40, "%s to %s", a, b);
	else if (*a || *b)
		snprintf(ret, 40, "%s %s", *a ? "from" : "to", *a ? a : b);
	else
		snprintf(ret, 40, "undated");
}

void linedb_uuid(char ret[static 37])
{
	unsigned char b[16];
	randombytes_buf(b, sizeof b);
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	for (size_t i = 0, n = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			ret[n++] = '-';
		snprintf(ret + n, 3, "%02x", b[i]);
		n += 2;
	}
}

const char *linedb_type_of(span key)
{
	if (!key.n)
		return "other";
	switch (key.p[0]) {
	case '+':
		return "number";
	case 'i':
		return "imei";
	case 's':
		return "imsi";
	case 'c':
		return "iccid";
	case 'h':
		return "handle";
	default:
		return "other";
	}
}
