/* story_fill.c - the ordinary messages around a story: exchanges from ordinary.txt, the same for
 * one story each time. */
#include "rng.h"
#include "story.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LISTS_MAX 32
#define LINES_MAX 256
#define FIRST_NUMBER 900700 /* stories use those below */
#define DAY_MS 86400000LL

enum kind { FRIENDS, FAMILY, STRANGERS, FIRMS, KINDS };
static const char *const kind_name[] = { "friends", "family", "strangers", "firms" };

struct list {
	const char *name, *items;
};

struct ordinary {
	struct story *s;
	struct list list[LISTS_MAX];
	size_t lists;
	const char *line[KINDS][LINES_MAX];
	size_t lines[KINDS];
	size_t who[KINDS][32];
	size_t whos[KINDS];
	struct rng rng;
};

/* The i-th of a list whose items are parted by ", "; counts them if ret is NULL. */
static size_t item(const char *items, size_t i, span *ret)
{
	size_t n = 0;
	for (const char *p = items;; n++) {
		const char *end = strstr(p, ", ");
		size_t length = end ? (size_t)(end - p) : strlen(p);
		if (ret && n == i) {
			*ret = (span){ p, length };
			return n;
		}
		if (!end)
			return n + 1;
		p = end + 2;
	}
}

static const char *list_of(const struct ordinary *o, const char *name, size_t n)
{
	for (size_t i = 0; i < o->lists; i++)
		if (strlen(o->list[i].name) == n && !strncmp(o->list[i].name, name, n))
			return o->list[i].items;
	die("ordinary messages: there is no list '%.*s'", (int)n, name);
}

static span draw(struct ordinary *o, const char *name, size_t n)
{
	const char *items = list_of(o, name, n);
	span got = { "", 0 };
	item(items, rng_below(&o->rng, (uint32_t)item(items, 0, NULL)), &got);
	return got;
}

static void take_line(struct ordinary *o, const char *line, int *kind)
{
	const char *equal = strstr(line, " = ");
	if (!*line || *line == '#')
		return;
	if ((*line == '{' || *line == '@') && equal && *kind < 0) {
		const char *end = line + strcspn(line, "} ");
		if (o->lists == LISTS_MAX)
			die("ordinary messages: too many lists");
		o->list[o->lists++] =
			(struct list){ story_copy(o->s, line + 1, (size_t)(end - line - 1)),
				       equal + 3 };
	} else if (*line == '[') {
		for (*kind = 0; *kind < KINDS; ++*kind)
			if (!strncmp(line + 1, kind_name[*kind], strlen(kind_name[*kind])))
				return;
		die("ordinary messages: '%s' is not a kind of people", line);
	} else if (*kind >= 0 && o->lines[*kind] < LINES_MAX) {
		o->line[*kind][o->lines[*kind]++] = line;
	} else {
		die("ordinary messages: '%s' is not understood", line);
	}
}

static void read_ordinary(struct ordinary *o, const char *path)
{
	int kind = -1;
	char *text = story_file(path);
	for (char *line = text, *next; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		take_line(o, story_copy(o->s, line, strlen(line)), &kind);
	}
	free(text);
}

static void add_people(struct ordinary *o)
{
	size_t number = FIRST_NUMBER;
	for (int kind = 0; kind < KINDS; kind++) {
		const char *names = kind == STRANGERS
					    ? ""
					    : list_of(o, kind_name[kind], strlen(kind_name[kind]));
		size_t n = kind == STRANGERS ? 12 : item(names, 0, NULL);
		for (size_t i = 0; i < n && i < 32; i++) {
			char made[64];
			span name = { "", 0 };
			struct person p = { .key = "" };
			if (kind != STRANGERS)
				item(names, i, &name);
			if (kind == FIRMS)
				snprintf(made, sizeof made, "%.*s", (int)name.n, name.p);
			else
				snprintf(made, sizeof made, "07700 %06zu", number++);
			p.address = story_copy(o->s, made, strlen(made));
			if (kind == FRIENDS || kind == FAMILY)
				p.name = story_copy(o->s, name.p, name.n);
			o->who[kind][o->whos[kind]++] = story_add_person(o->s, p);
		}
	}
}

/* One message of an exchange: {word} drawn, blanks at both ends gone. */
static const char *written(struct ordinary *o, const char *from, size_t n)
{
	char text[1024];
	size_t used = 0;
	while (n && *from == ' ')
		from++, n--;
	while (n && from[n - 1] == ' ')
		n--;
	for (size_t i = 0; i < n;) {
		const char *end = from[i] == '{' ? memchr(from + i, '}', n - i) : NULL;
		span got = { from + i, 1 };
		if (end) {
			got = draw(o, from + i + 1, (size_t)(end - from) - i - 1);
			i = (size_t)(end - from);
		}
		if (used + got.n >= sizeof text)
			break;
		memcpy(text + used, got.p, got.n);
		used += got.n;
		i++;
	}
	return story_copy(o->s, text, used);
}

static size_t exchange(struct ordinary *o, int64_t from, int64_t days)
{
	uint32_t roll = rng_below(&o->rng, 20);
	int kind = roll < 11 ? FRIENDS : roll < 15 ? FAMILY : roll < 17 ? STRANGERS : FIRMS;
	size_t who = o->who[kind][rng_below(&o->rng, (uint32_t)o->whos[kind])], n = 0;
	bool out = kind != FIRMS && rng_one_in(&o->rng, 2);
	int64_t time = from + rng_below(&o->rng, (uint32_t)days) * DAY_MS + 27000000 +
		       rng_below(&o->rng, 50400) * 1000LL;
	for (const char *p = o->line[kind][rng_below(&o->rng, (uint32_t)o->lines[kind])]; p; n++) {
		const char *end = strchr(p, '|');
		struct event *e = story_add_event(o->s);
		e->time = time;
		e->person = (int)who;
		e->out = out != (n % 2 == 1);
		e->text = written(o, p, end ? (size_t)(end - p) : strlen(p));
		time += 20000 + rng_below(&o->rng, 400) * 1000LL;
		p = end ? end + 1 : NULL;
	}
	if ((kind == FRIENDS || kind == FAMILY) && rng_one_in(&o->rng, 12)) {
		struct event *e = story_add_event(o->s);
		*e = (struct event){ .time = time,
				     .order = e->order,
				     .kind = EVENT_CALL,
				     .group = -1,
				     .person = (int)who,
				     .out = out,
				     .text = "",
				     .seconds = (int)rng_below(&o->rng, 600) };
	}
	return n;
}

static int by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

void story_fill(struct story *s, const char *ordinary, size_t n)
{
	struct ordinary *o = must(calloc(1, sizeof *o));
	/* Stories that must come out alike stand among the same messages. */
	const char *seed = s->alike ? s->alike : s->name;
	uint64_t hash = 0;
	int64_t first = s->event[0].time, last = first;
	for (; *seed; seed++)
		hash = rng_hash(hash, (unsigned char)*seed, 1);
	for (size_t i = 0; i < s->events; i++) {
		first = s->event[i].time < first ? s->event[i].time : first;
		last = s->event[i].time > last ? s->event[i].time : last;
	}
	first -= first % DAY_MS + 40 * DAY_MS;
	o->s = s;
	rng_seed(&o->rng, hash, 1);
	read_ordinary(o, ordinary);
	add_people(o);
	for (size_t made = 0; made < n;)
		made += exchange(o, first, (last - first) / DAY_MS + 10);
	qsort(s->event, s->events, sizeof *s->event, by_time);
	free(o);
}
