/* story_days.c - what happens in a story: its days and the lines below them. */
#include "story_place.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Days since 1970 of a date of the Gregorian calendar. */
static int64_t days_of(int y, int m, int d)
{
	y -= m <= 2;
	int64_t era = y / 400, of_era = y % 400;
	int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int64_t last_sunday(int year, int month)
{
	int64_t last = days_of(year, month, 31);
	return last - (last + 4) % 7; /* 1970-01-01 was a Thursday */
}

int64_t story_time(int year, int month, int day, int minutes)
{
	int64_t local = days_of(year, month, day) * 1440 + minutes;
	bool summer = local >= last_sunday(year, 3) * 1440 + 60 &&
		      local < last_sunday(year, 10) * 1440 + 120;
	return (local - (summer ? 60 : 0)) * 60000;
}

void story_day(struct place *at, const char *text)
{
	const char *p = text;
	at->year = story_number(at, &p, 4);
	if (*p++ != '-')
		story_wrong(at, "a day is == 2026-03-02", text);
	at->month = story_number(at, &p, 2);
	if (*p++ != '-')
		story_wrong(at, "a day is == 2026-03-02", text);
	at->day = story_number(at, &p, 2);
	if (at->year < 1997 || at->month < 1 || at->month > 12 || at->day < 1 || at->day > 31 || *p)
		story_wrong(at, "a day is == 2026-03-02", text);
}

struct told {
	int minutes, step; /* step in seconds, between people in a row */
	int group;
	const char *who, *what;
	bool out;
};

/* "(call 35s)" */
static bool read_call(const struct place *at, const char *text, int *ret)
{
	if (strncmp(text, "(call", 5) != 0 && strncmp(text, "(missed", 7) != 0)
		return false;
	const char *p = text + 5 + (text[5] == ' ');
	*ret = story_number(at, &p, 5);
	if (strcmp(p, "s)") != 0)
		story_wrong(at, "a call is (call 35s) or (missed call)", text);
	return true;
}

static void add_event(struct place *at, const struct told *t, int person, int64_t later)
{
	struct event *e = story_add_event(at->s);
	e->time = story_time(at->year, at->month, at->day, t->minutes) + later;
	e->person = person;
	e->group = t->group;
	e->out = t->out;
	e->text = t->what;
	if (!strcmp(t->what, "(missed call)"))
		e->kind = EVENT_MISSED;
	else if (read_call(at, t->what, &e->seconds))
		e->kind = EVENT_CALL;
	/* What is told within one minute goes on by the second. */
	if (e->order && e[-1].time - e[-1].time % 60000 == e->time)
		e->time = e[-1].time + 1000;
}

static void add_told(struct place *at, const struct told *t)
{
	struct story *s = at->s;
	size_t n = strlen(t->who), hits = 0;
	if (t->group >= 0 && t->out && !n) {
		add_event(at, t, -1, 0);
		return;
	}
	if (n && t->who[n - 1] == '*') {
		for (size_t i = 0; i < s->people; i++)
			if (!strncmp(s->person[i].key, t->who, n - 1) &&
			    isdigit((unsigned char)s->person[i].key[n - 1]))
				add_event(at, t, (int)i, (int64_t)hits++ * t->step * 1000);
	} else if (story_person(s, t->who) >= 0) {
		add_event(at, t, story_person(s, t->who), 0);
		hits = 1;
	}
	if (!hits)
		story_wrong(at, "no such person", t->who);
}

/* "+20s ", "+12m ", "+3h " */
static const char *read_step(struct place *at, const char *p, int *ret)
{
	char *end;
	if (*p != '+')
		return p;
	long n = strtol(p + 1, &end, 10);
	long unit = *end == 's' ? 1 : *end == 'm' ? 60 : *end == 'h' ? 3600 : 0;
	if (!unit || end[1] != ' ')
		story_wrong(at, "a step is +20s, +12m or +3h", p);
	*ret = (int)(n * unit);
	return end + 2;
}

static const char *read_in_group(struct place *at, const char *p, int *ret)
{
	const char *end = strchr(p, ']');
	if (*p != '[' || !end)
		return p;
	for (size_t i = 0; i < at->s->groups; i++)
		if (strlen(at->s->group[i].name) == (size_t)(end - p - 1) &&
		    !strncmp(at->s->group[i].name, p + 1, (size_t)(end - p - 1)))
			*ret = (int)i;
	if (*ret < 0)
		story_wrong(at, "no such group", p);
	return end + 1;
}

void story_said(struct place *at, const char *line)
{
	struct told t = { .step = 25, .group = -1 };
	const char *from = line;
	int hours = story_number(at, &from, 2);
	if (*from++ != ':')
		story_wrong(at, "a line begins with a time", line);
	t.minutes = hours * 60 + story_number(at, &from, 2);
	if (hours > 23 || t.minutes >= 24 * 60 || *from++ != ' ')
		story_wrong(at, "a line begins with a time", line);
	const char *p = read_in_group(at, read_step(at, from, &t.step), &t.group);
	const char *in = strchr(p, '>'), *out = strchr(p, '<');
	t.out = out && (!in || out < in);
	const char *mark = t.out ? out : in;
	if (!mark)
		story_wrong(at, "who writes to whom (> or <)?", line);
	t.who = story_trimmed(at->s, p, (size_t)(mark - p));
	t.what = story_trimmed(at->s, mark + 1, strlen(mark + 1));
	add_told(at, &t);
}
