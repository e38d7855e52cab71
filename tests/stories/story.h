/* story.h - one labelled story as README.md here tells its form. All strings live in the story's
 * arena. Whatever is wrong with a story ends the tool with its file and line: a story is never half
 * read. */
#ifndef STORY_H
#define STORY_H
#include "base/arena.h"
#include "tool.h"
#include <stdbool.h>
#include <stdint.h>

#define PEOPLE_MAX 256
#define EVENTS_MAX 8192
#define WORDS_MAX 24
#define MEMBERS_MAX 16

struct person {
	const char *key;     /* how the story calls this person */
	const char *name;    /* in the contacts; NULL: not saved */
	const char *address; /* a number as written, or a sender's name */
};

struct group {
	const char *name;
	size_t member[MEMBERS_MAX];
	size_t members;
};

enum event_kind { EVENT_TEXT, EVENT_CALL, EVENT_MISSED };

struct event {
	int64_t time; /* ms UTC */
	size_t order; /* as told: parts events of one time */
	enum event_kind kind;
	bool out;
	int person; /* -1: the phone's user, to a group */
	int group;  /* -1: none */
	int seconds;
	const char *text;
};

struct words {
	const char *word[WORDS_MAX];
	size_t n;
	bool any; /* `any` stands among them */
};

struct story {
	struct arena *arena;
	const char *file, *name; /* name: the file's, without folder and .story */
	const char *title, *alike, *phone, *lines;
	struct person *person;
	size_t people;
	struct group group[8];
	size_t groups;
	struct event *event;
	size_t events;
	unsigned levels; /* bit per level code */
	int at_most;     /* -1: not said */
	struct words roles, not_roles, findings, not_findings;
};

extern const char *const story_roles[], *const story_categories[]; /* NULL at the end */

struct story *story_read(const char *path);
void story_free(struct story *s);

/* Add about n ordinary messages, drawn from the file `ordinary`; then events are in order of time.
 */
void story_fill(struct story *s, const char *ordinary, size_t n);
/* out/phone: what a phone's owner might have exported; out/lines.csv: the lines of the story after
 * those of base. */
void story_write(const struct story *s, const char *out, const char *base);

int story_person(const struct story *s, const char *key); /* -1: nobody */
size_t story_add_person(struct story *s, struct person p);
struct event *story_add_event(struct story *s);
const char *story_copy(struct story *s, const char *from, size_t n);
/* Minutes of UK local time on a day, as ms UTC. The rule that holds since 1996: an hour ahead from
 * the last Sunday of March to the last Sunday of October. */
int64_t story_time(int year, int month, int day, int minutes);
/* A whole file, with a NUL after it; the caller frees. */
char *story_file(const char *path);

/* story_judge.c: results/NAME.json of each story against its labels; prints what differs and, to
 * `table` unless NULL, the measure of all. Returns the number of stories that are right. */
size_t story_judge(struct story *const *story, size_t n, const char *results, const char *table);
#endif
