/* err.c - see err.h */
#include "base/err.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A message that was cut ends with a whole character. */
static void cut(char *s)
{
	size_t n = strlen(s), more = 0;
	while (more < n && more < 3 && ((unsigned char)s[n - 1 - more] & 0xC0) == 0x80)
		more++;
	if (more == n)
		return;
	unsigned char first = (unsigned char)s[n - 1 - more];
	size_t need = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
	if (more < need)
		s[n - 1 - more] = 0;
}

int err_set_at(struct err *e, int code, const char *file, int line, const char *format, ...)
{
	if (!e || e->code)
		return code;
	va_list ap;
	va_start(ap, format);
	int n = vsnprintf(e->message, sizeof e->message, format, ap);
	va_end(ap);
	if (n >= (int)sizeof e->message)
		cut(e->message);
	e->code = code;
	e->file = file;
	e->line = line;
	return code;
}

const char *err_word(int code)
{
	static const char *const words[] = {
		"ok",    "no-memory", "io",      "format", "schema",  "encrypted",
		"limit", "user",      "refused", "absent", "stopped", "usage",
	};
	int i = -code;
	if (i < 0 || i >= (int)(sizeof words / sizeof *words))
		return "unknown";
	return words[i];
}
