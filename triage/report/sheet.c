/* sheet.c - see sheet.h */
#include "sheet.h"
#include "base/time.h"
#include "base/utf8.h"
#include "shown.h"
#include <inttypes.h>

static void begin(struct sheet *v)
{
	fputs(v->some ? ",\"" : "\"", v->to);
	v->some = true;
}

static bool formula(span s)
{
	size_t pos = 0;
	switch (s.n ? utf8_next(s, &pos) : 0) {
	case '=':
	case '+':
	case '-':
	case '@':
	case '\t':
	case '\r':
	case '\n':
	case 0xff1d: /* full-width = + - @ */
	case 0xff0b:
	case 0xff0d:
	case 0xff20:
	case 0x2212: /* minus sign */
		return true;
	default:
		return false;
	}
}

static void put(FILE *to, span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			putc('"', to);
		putc(s.p[i], to);
	}
}

void sheet_text(struct sheet *v, span s)
{
	struct shown piece;
	begin(v);
	if (s.p && formula(s))
		putc('\'', v->to);
	for (size_t pos = 0; s.p && shown_next(s, &pos, s.n, &piece);)
		if (piece.kind == SHOWN_PLAIN)
			put(v->to, piece.plain);
		else if (piece.kind == SHOWN_NEWLINE)
			putc('\n', v->to);
		else
			fprintf(v->to, SHOWN_OPEN "%s" SHOWN_CLOSE, piece.token);
	putc('"', v->to);
}

void sheet_z(struct sheet *v, const char *s)
{
	sheet_text(v, span_z(s));
}

void sheet_int(struct sheet *v, int64_t n)
{
	begin(v);
	fprintf(v->to, "%" PRId64 "\"", n);
}

void sheet_e164(struct sheet *v, uint64_t e164)
{
	char text[32] = "";
	if (e164)
		snprintf(text, sizeof text, "+%" PRIu64, e164);
	sheet_z(v, text);
}

void sheet_time(struct sheet *v, int64_t ms)
{
	char text[25] = "";
	if (ms != TIME_UNSET)
		time_format(ms, text);
	sheet_z(v, text);
}

void sheet_hex(struct sheet *v, span s)
{
	begin(v);
	if (s.p && !utf8_valid(s))
		for (size_t i = 0; i < s.n; i++)
			fprintf(v->to, "%02x", (unsigned char)s.p[i]);
	putc('"', v->to);
}

void sheet_end(struct sheet *v)
{
	fputs("\r\n", v->to);
	v->some = false;
}

void sheet_titles(struct sheet *v, const char *const *titles)
{
	for (; *titles; titles++)
		sheet_z(v, *titles);
	sheet_end(v);
}
