/* base64.c - see base64.h */
#include "base64.h"
#include <stdint.h>

/* 0-63, 64 for padding, 65 for blanks, 255 for anything else. */
static unsigned value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (unsigned)(c - 'A');
	if (c >= 'a' && c <= 'z')
		return (unsigned)(c - 'a') + 26;
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0') + 52;
	if (c == '+' || c == '-')
		return 62;
	if (c == '/' || c == '_')
		return 63;
	if (c == '=')
		return 64;
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' ? 65 : 255;
}

span base64_decode(span text, struct arena *a, bool *nomem)
{
	if (!text.p)
		return SPAN_NONE;
	char *out = arena_alloc(a, text.n / 4 * 3 + 4);
	if (!out) {
		*nomem = true;
		return SPAN_NONE;
	}
	uint32_t bits = 0;
	unsigned have = 0;
	bool ended = false;
	size_t n = 0, letters = 0;
	for (size_t i = 0; i < text.n; i++) {
		unsigned v = value_of(text.p[i]);
		if (v == 65)
			continue;
		if (v == 255 || (ended && v != 64))
			return SPAN_NONE;
		if (v == 64) {
			ended = true;
			continue;
		}
		letters++;
		bits = (bits << 6 | v) & 0xffffffu;
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[n++] = (char)(bits >> have & 0xffu);
		}
	}
	return letters % 4 == 1 ? SPAN_NONE : (span){ out, n };
}
