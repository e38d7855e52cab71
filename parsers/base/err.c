/* err.c - see err.h */
#include "base/err.h"
#include <stdarg.h>
#include <stdio.h>

int err_set_at(struct err *e, int code, const char *file, int line, const char *format, ...)
{
	if (!e || e->code)
		return code;
	va_list ap;
	va_start(ap, format);
	vsnprintf(e->message, sizeof e->message, format, ap);
	va_end(ap);
	for (char *p = e->message; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	e->code = code;
	e->file = file;
	e->line = line;
	return code;
}

const char *err_word(int code)
{
	static const char *const words[] = {
		"ok",    "no-memory", "io",      "format", "schema",  "encrypted",
		"limit", "user",      "refused", "absent", "stopped",
	};
	int i = -code;
	if (i < 0 || i >= (int)(sizeof words / sizeof *words))
		return "unknown";
	return words[i];
}
