/* tool.c - see tool.h */
#include "tool.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void die(const char *format, ...)
{
	char text[2048];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	fprintf(stderr, "%s\n", text);
	exit(1);
}

void *must(void *p)
{
	if (!p)
		die("memory ran out");
	return p;
}

char *text_copy(const char *s)
{
	return must(strdup(s));
}

char *path_join(const char *dir, const char *name)
{
	size_t n = strlen(dir) + strlen(name) + 2;
	char *path = must(malloc(n));
	snprintf(path, n, "%s/%s", dir, name);
	return path;
}

void make_parents(const char *path)
{
	char *copy = text_copy(path);
	for (char *p = copy + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = 0;
		if (mkdir(copy, 0755) && errno != EEXIST)
			die("%s: %s", copy, strerror(errno));
		*p = '/';
	}
	free(copy);
}

void write_file(const char *path, const void *data, size_t n)
{
	make_parents(path);
	FILE *f = fopen(path, "wb");
	if (!f)
		die("%s: %s", path, strerror(errno));
	if (fwrite(data, 1, n, f) != n || fclose(f))
		die("%s: %s", path, strerror(errno));
}
