/* story.c - the phone of story_text.c, or only the ordinary part of it. */
#include "story.h"
#include "tool.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_0 "2025-03-14"
#define DAY_MS 86400000

struct told {
	const struct scene *scene;
	int64_t time;
};

struct story {
	struct told *told;
	uint64_t n, given;
	uint64_t last_of_chat[CHAT_COUNT]; /* ordinal of its latest text, for reactions */
};

static int64_t moment(int day, const char *clock)
{
	return phone_time(DAY_0, clock) + (int64_t)day * DAY_MS;
}

static int by_time(const void *a, const void *b)
{
	const struct told *x = a, *y = b;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->scene < y->scene ? -1 : x->scene > y->scene;
}

static void tell(struct story *s, const struct scene *scenes, size_t n, bool android)
{
	s->told = must(realloc(s->told, (s->n + n) * sizeof *s->told));
	for (size_t i = 0; i < n; i++) {
		/* an Android phone of this kind has no reactions and no group events */
		if (android && scenes[i].kind != MESSAGE_TEXT)
			continue;
		s->told[s->n++] =
			(struct told){ &scenes[i], moment(scenes[i].day, scenes[i].clock) +
							   (int64_t)(i * 137 % 1000) };
	}
}

static void story_next(struct phone *p, struct message *m)
{
	struct story *s = p->state;
	const struct told *told = &s->told[s->given];
	const struct scene *scene = told->scene;
	memset(m, 0, sizeof *m);
	m->kind = scene->kind;
	m->flags = scene->flags;
	m->ordinal = s->given++;
	m->chat = scene->chat < CAST ? scene->chat - 1 : scene->chat - CAST + p->chats_n - 2;
	m->sender = scene->from;
	m->time = told->time;
	/* what came while the phone was dead or hidden from others stayed unread */
	m->read = scene->from == OWNER || !(scene->day == 1 && scene->from == MUM);
	m->text = scene->text;
	m->category = scene->category;
	if (p->platform == PHONE_IOS && scene->from != OWNER && m->ordinal % 3 == 0)
		m->flags |= MESSAGE_BODY_ONLY;
	if (p->platform == PHONE_ANDROID)
		m->flags &= ~(unsigned)(MESSAGE_EDITED | MESSAGE_UNSENT | MESSAGE_DELETED |
					MESSAGE_BODY_ONLY);
	if (m->kind == MESSAGE_REACTION)
		m->target = s->last_of_chat[scene->chat];
	else if (m->kind == MESSAGE_RENAMED)
		m->text = "the lads";
	else
		s->last_of_chat[scene->chat] = m->ordinal;
	if (scene->e164) {
		m->mention[0].e164 = scene->e164;
		snprintf(m->mention[0].spelling, sizeof m->mention[0].spelling, "%s",
			 scene->spelling);
		m->mentions = 1;
	}
}

static void story_free(void *state)
{
	struct story *s = state;
	free(s->told);
	free(s);
}

static void add_people(struct phone *p)
{
	for (uint32_t i = 0; i < p->people_n; i++) {
		const struct cast_member *c = &story_cast[i];
		struct person *q = &p->people[i];
		snprintf(q->first, sizeof q->first, "%s", c->first);
		snprintf(q->last, sizeof q->last, "%s", c->last);
		q->e164 = c->e164;
		q->imessage = c->imessage && p->platform == PHONE_IOS;
		q->has_photo = i == MUM;
		if (c->e164)
			number_spell(c->e164, 0, q->handle);
		else
			snprintf(q->handle, sizeof q->handle, "%s", c->sender);
		if (c->saved >= 0)
			number_spell(c->e164, (unsigned)c->saved, q->card);
	}
}

static void add_chats(struct phone *p)
{
	p->chats = must(calloc(p->people_n + 2, sizeof *p->chats));
	for (uint32_t i = 1; i < p->people_n; i++)
		p->chats[p->chats_n++] = (struct chat){ { i }, 1, NULL };
	struct chat *friends = &p->chats[p->chats_n++], *family = &p->chats[p->chats_n++];
	memcpy(friends->member, story_friends, sizeof story_friends);
	friends->members = sizeof story_friends / sizeof *story_friends;
	friends->name = "the lads";
	memcpy(family->member, story_family, sizeof story_family);
	family->members = sizeof story_family / sizeof *story_family;
}

static int call_by_time(const void *a, const void *b)
{
	const struct call *x = a, *y = b;
	return x->time < y->time ? -1 : x->time > y->time;
}

static void add_calls(struct phone *p, const struct scene_call *calls, size_t n)
{
	p->calls = must(realloc(p->calls, (p->calls_n + n) * sizeof *p->calls));
	for (size_t i = 0; i < n; i++)
		p->calls[p->calls_n++] = (struct call){
			.person = calls[i].person,
			.time = moment(calls[i].day, calls[i].clock),
			.duration = calls[i].seconds * 1000,
			.out = calls[i].out,
			.answered = calls[i].seconds > 0,
			.facetime = calls[i].facetime && p->platform == PHONE_IOS,
			.video = calls[i].facetime && p->platform == PHONE_IOS,
		};
	qsort(p->calls, p->calls_n, sizeof *p->calls, call_by_time);
}

struct phone *phone_story(const struct phone_wish *wish, bool clean)
{
	struct phone *p = must(calloc(1, sizeof *p));
	struct story *s = must(calloc(1, sizeof *s));
	bool android = wish->platform == PHONE_ANDROID;
	p->platform = wish->platform;
	p->seed = wish->seed;
	p->state = s;
	p->state_free = story_free;
	p->next = story_next;
	p->people_n = clean ? CLEAN_CAST : CAST;
	p->people = must(calloc(p->people_n, sizeof *p->people));
	p->backed_up = moment(5, "10:00");
	p->lines = deal_lines_given(story_lines, story_lines_n);
	add_people(p);
	if (clean) /* even the barber has another number */
		number_spell(p->people[BARBER].e164 = 447700900180, 0, p->people[BARBER].handle);
	add_chats(p);
	tell(s, clean_scenes, clean_scenes_n, android);
	add_calls(p, clean_calls, clean_calls_n);
	if (!clean) {
		tell(s, story_scenes, story_scenes_n, android);
		add_calls(p, story_calls, story_calls_n);
	}
	qsort(s->told, s->n, sizeof *s->told, by_time);
	p->messages = s->n;
	return p;
}
