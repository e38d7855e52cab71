/* story_read.c - a story from its file, and what stands above its first day: README.md. */
#include "story_place.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const story_roles[] = { "customer",           "worker",         "line-phone",
				    "debt-threat-victim", "mule",           "recruitment",
				    "associate",          "false-positive", NULL };
const char *const story_categories[] = {
	"line-match", "line-name",   "number-swap",    "broadcast",    "line-phone",
	"logistics",  "debt-threat", "threat",         "weapons",      "drug-supply",
	"mule",       "recruitment", "remote-control", "coercion",     "concealment",
	"cuckooing",  "travel",      "evasion",        "health-alert", "outreach-text",
	"welfare",    NULL
};

/* The next part of *rest up to `at`, or all. */
static const char *part(struct story *s, const char **rest, char at)
{
	const char *end = strchr(*rest, at);
	size_t n = end ? (size_t)(end - *rest) : strlen(*rest);
	const char *got = story_trimmed(s, *rest, n);
	*rest += end ? n + 1 : n;
	return got;
}

/* ---- what stands above the first day ---- */

/* KEY* | how | 07700 900300 x24 */
static void people_in_a_row(struct place *at, const char *key, bool saved, const char *address)
{
	struct story *s = at->s;
	const char *times = strstr(address, " x");
	size_t stem = strlen(key) - 1;
	char digits[16] = "", made[64];
	size_t n = 0;
	if (!times)
		story_wrong(at, "people in a row need a number and x and how many", key);
	for (const char *p = address; p < times && n + 1 < sizeof digits; p++)
		if (isdigit((unsigned char)*p))
			digits[n++] = *p;
	if (n != 11)
		story_wrong(at, "not a number", address);
	long first = strtol(digits + 5, NULL, 10), count = strtol(times + 2, NULL, 10);
	for (long i = 0; i < count; i++) {
		struct person p = { 0 };
		snprintf(made, sizeof made, "%.*s%ld", (int)stem, key, i + 1);
		p.key = story_copy(s, made, strlen(made));
		p.name = saved ? p.key : NULL;
		snprintf(made, sizeof made, "%.5s %06ld", digits, first + i);
		p.address = story_copy(s, made, strlen(made));
		story_add_person(s, p);
	}
}

static void read_person(struct place *at, const char *value)
{
	struct story *s = at->s;
	const char *key = part(s, &value, '|'), *how = part(s, &value, '|'),
		   *address = part(s, &value, '|');
	bool saved = !strncmp(how, "saved", 5);
	struct person p = { key, saved ? key : NULL, address };
	if (!*key || !*address ||
	    (!saved && strcmp(how, "unsaved") != 0 && strcmp(how, "sender") != 0))
		story_wrong(at, "a person is NAME | saved, saved as X, unsaved or sender | number",
			    key);
	if (!strncmp(how, "saved as ", 9))
		p.name = story_trimmed(s, how + 9, strlen(how + 9));
	if (story_person(s, key) >= 0)
		story_wrong(at, "this person is there twice", key);
	if (key[strlen(key) - 1] == '*')
		people_in_a_row(at, key, saved, address);
	else
		story_add_person(s, p);
}

static void read_group(struct place *at, const char *value)
{
	struct story *s = at->s;
	if (s->groups == sizeof s->group / sizeof *s->group)
		story_wrong(at, "too many groups", value);
	struct group *g = &s->group[s->groups++];
	g->name = part(s, &value, '|');
	while (*value) {
		const char *key = part(s, &value, ',');
		int person = story_person(s, key);
		if (person < 0 || g->members == MEMBERS_MAX)
			story_wrong(at, "no such person, or too many", key);
		g->member[g->members++] = (size_t)person;
	}
}

/* Ozzy | number | from | to or open | status | grade, as a row of a lines file. */
static void read_line(struct place *at, const char *value)
{
	struct story *s = at->s;
	char row[512];
	const char *f[6];
	for (size_t i = 0; i < 6; i++)
		f[i] = part(s, &value, '|');
	if (!*f[5])
		story_wrong(at, "a line is BRAND | number | from | to | status | grade", f[0]);
	snprintf(row, sizeof row, "%s%s,%s,%s,%s,%s,%s\n", s->lines, f[0], f[1], f[2],
		 !strcmp(f[3], "open") ? "" : f[3], f[4], f[5]);
	s->lines = story_copy(s, row, strlen(row));
}

static void read_words(struct place *at, const char *value, const char *const *known,
		       struct words *ret)
{
	while (*value) {
		char at_end = strchr(value, ',') ? ',' : ' ';
		const char *word = part(at->s, &value, at_end);
		size_t n = strcspn(word, ":"), i = 0;
		if (!*word)
			continue;
		if (!strcmp(word, "any")) {
			ret->any = true;
			continue;
		}
		while (known[i] && (strlen(known[i]) != n || strncmp(known[i], word, n) != 0))
			i++;
		if (!known[i] || ret->n == WORDS_MAX)
			story_wrong(at, "not a word of this kind", word);
		ret->word[ret->n++] = word;
	}
}

static void read_levels(struct place *at, const char *value)
{
	for (; *value; value++) {
		if (*value >= '0' && *value <= '3')
			at->s->levels |= 1U << (*value - '0');
		else if (*value != ' ')
			story_wrong(at, "a level is 0 to 3", value);
	}
}

static bool is(const char *line, const char *key, const char **ret)
{
	size_t n = strlen(key);
	if (strncmp(line, key, n) != 0 || line[n] != ':')
		return false;
	*ret = line + n + 1 + strspn(line + n + 1, " ");
	return true;
}

static void head(struct place *at, const char *line)
{
	struct story *s = at->s;
	const char *value;
	if (is(line, "title", &value))
		s->title = value;
	else if (is(line, "alike", &value))
		s->alike = value;
	else if (is(line, "phone", &value))
		s->phone = value;
	else if (is(line, "person", &value))
		read_person(at, value);
	else if (is(line, "group", &value))
		read_group(at, value);
	else if (is(line, "line", &value))
		read_line(at, value);
	else if (is(line, "level", &value))
		read_levels(at, value);
	else if (is(line, "roles", &value))
		read_words(at, value, story_roles, &s->roles);
	else if (is(line, "not roles", &value))
		read_words(at, value, story_roles, &s->not_roles);
	else if (is(line, "findings", &value))
		read_words(at, value, story_categories, &s->findings);
	else if (is(line, "not findings", &value))
		read_words(at, value, story_categories, &s->not_findings);
	else if (is(line, "at most", &value))
		s->at_most = story_number(at, &value, 4);
	/* `missing` waits for the day that a scan can be told of it. */
	else if (!is(line, "why", &value) && !is(line, "missing", &value))
		story_wrong(at, "not understood", line);
}

static void one_line(struct place *at, const char *line)
{
	if (!*line || *line == '#')
		return;
	if (!strncmp(line, "== ", 3)) {
		story_day(at, line + 3);
	} else if (at->year) {
		story_said(at, line);
	} else {
		head(at, line);
	}
}

static const char *base_name(struct story *s, const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');
	return story_copy(s, name, dot ? (size_t)(dot - name) : strlen(name));
}

struct story *story_read(const char *path)
{
	struct story *s = must(calloc(1, sizeof *s));
	struct place at = { .s = s };
	s->arena = must(arena_new());
	s->person = must(calloc(PEOPLE_MAX, sizeof *s->person));
	s->event = must(calloc(EVENTS_MAX, sizeof *s->event));
	s->file = story_copy(s, path, strlen(path));
	s->name = base_name(s, path);
	s->phone = "07700 900999";
	s->lines = "";
	s->at_most = -1;
	char *text = story_file(path);
	for (char *line = text, *next; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		at.line++;
		one_line(&at, story_copy(s, line, strlen(line)));
	}
	free(text);
	if (!s->title || !s->levels || !s->events)
		die("%s: a story needs a title, a level and something that happens", path);
	return s;
}

void story_free(struct story *s)
{
	if (!s)
		return;
	free(s->person);
	free(s->event);
	arena_free(s->arena);
	free(s);
}
