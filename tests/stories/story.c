/* story.c - what reading, filling and writing a story share. */
#include "story_place.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void story_wrong(const struct place *at, const char *what, const char *which)
{
	die("%s:%d: %s: %s", at->s->file, at->line, what, which);
}

const char *story_copy(struct story *s, const char *from, size_t n)
{
	bool ok = true;
	span copy = arena_copy(s->arena, (span){ from, n }, &ok);
	if (!ok)
		die("memory ran out");
	return copy.p;
}

/* Without blanks at both ends. */
const char *story_trimmed(struct story *s, const char *from, size_t n)
{
	while (n && isspace((unsigned char)*from))
		from++, n--;
	while (n && isspace((unsigned char)from[n - 1]))
		n--;
	return story_copy(s, n ? from : "", n);
}

int story_number(const struct place *at, const char **p, size_t digits)
{
	int value = 0;
	size_t n = 0;
	for (; n < digits && isdigit((unsigned char)(*p)[n]); n++)
		value = value * 10 + ((*p)[n] - '0');
	if (!n)
		story_wrong(at, "a number is missing", *p);
	*p += n;
	return value;
}

char *story_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	long n = f && !fseek(f, 0, SEEK_END) ? ftell(f) : -1;
	char *text = n >= 0 ? must(malloc((size_t)n + 1)) : NULL;
	if (!text || fseek(f, 0, SEEK_SET) || fread(text, 1, (size_t)n, f) != (size_t)n)
		die("%s cannot be read", path);
	fclose(f);
	text[n] = 0;
	return text;
}

int story_person(const struct story *s, const char *key)
{
	for (size_t i = 0; i < s->people; i++)
		if (!strcmp(s->person[i].key, key))
			return (int)i;
	return -1;
}

size_t story_add_person(struct story *s, struct person p)
{
	if (s->people == PEOPLE_MAX)
		die("%s: too many people", s->file);
	s->person[s->people] = p;
	return s->people++;
}

struct event *story_add_event(struct story *s)
{
	if (s->events == EVENTS_MAX)
		die("%s: too many messages and calls", s->file);
	struct event *e = &s->event[s->events];
	*e = (struct event){ .order = s->events++, .group = -1 };
	return e;
}
