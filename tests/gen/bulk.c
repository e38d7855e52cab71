/*
 * bulk.c - a phone with as many messages as wanted, for the benchmark and for tests of scale.
 *
 * The mix: one person in 150 is a deal line; one text in 400 mentions the number of one; one in 20
 * mentions a number at all, in one of nine spellings; one in ten is not plain ASCII; some are
 * reactions, group events, photos, edited, taken back or deleted.
 */
#include "tool.h"
#include "words.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START phone_time("2024-01-01", "06:00")
#define STOP phone_time("2025-06-30", "22:00")

struct bulk {
	struct rng r;
	struct numbers *numbers;
	struct writer *writer;
	uint64_t given;
	int64_t step;
	uint32_t direct; /* chats 0 .. direct-1 are with one person each */
	uint32_t usable; /* chats for ordinary draws; the one behind it is the line's group */
	uint64_t *last;  /* per chat: ordinal + 1 of its latest text, for reactions */
};

static bool is_line(const struct phone *p, uint32_t person)
{
	uint32_t line;
	const struct person *q = &p->people[person];
	return deal_lines_about(p->lines, q->e164, q->handle, &line, 1) > 0;
}

/* The handle as the platform stores it: iOS in international form, Android as it came. */
static void set_handle(struct phone *p, struct rng *r, struct person *q)
{
	unsigned spelling = p->platform == PHONE_IOS ? 0 : rng_below(r, 4) ? 0 : rng_below(r, 3);
	number_spell(q->e164, spelling, q->handle);
}

/* One person in 150 is a deal line, none twice; one in 600 by an e-mail address if there is one. */
static bool make_line(struct phone *p, struct bulk *b, uint32_t i)
{
	struct person *q = &p->people[i];
	if (i % 150 != 75 || !p->lines->n)
		return false;
	size_t n = rng_below(&b->r, (uint32_t)p->lines->n);
	while (i % 600 == 75 && p->lines->n >= 250 && p->lines->at[n].e164)
		n = (n + 1) % p->lines->n;
	const struct deal_line *l = &p->lines->at[n];
	for (uint32_t k = 75; k < i; k += 150)
		if (l->e164 ? p->people[k].e164 == l->e164
			    : strcmp(p->people[k].handle, l->identifier) == 0)
			return false;
	q->e164 = l->e164;
	if (l->e164)
		set_handle(p, &b->r, q);
	else
		snprintf(q->handle, sizeof q->handle, "%s", l->identifier);
	return true;
}

static void make_person(struct phone *p, struct bulk *b, uint32_t i)
{
	static const char *const senders[] = { "RailTix", "Parcel", "Penny", "School", "TopUp" };
	struct person *q = &p->people[i];
	struct rng *r = &b->r;
	words_name(i, q);
	q->imessage = p->platform == PHONE_IOS && rng_below(r, 5) < 3;
	if (make_line(p, b, i)) {
		/* done */
	} else if (i % 40 == 39) {
		snprintf(q->handle, sizeof q->handle, "%s%u", senders[i / 40 % 5], i);
		q->imessage = false;
	} else if (q->imessage && i % 23 == 22) {
		snprintf(q->handle, sizeof q->handle, "%s.%s%u@example.com", q->first, q->last, i);
	} else {
		q->e164 = numbers_person(b->numbers, i);
		set_handle(p, r, q);
	}
	if (i != OWNER && rng_below(r, 10) < 6) {
		if (q->e164)
			number_spell(q->e164, rng_below(r, SPELLINGS), q->card);
		else
			memcpy(q->card, q->handle, sizeof q->card);
		q->has_photo = rng_one_in(r, 50);
	}
}

static void make_chats(struct phone *p, struct bulk *b)
{
	static const char *const names[] = { "Year 10", "Family", "Five a side", "Science project",
					     "Saturday shift" };
	uint32_t groups = 2 + p->people_n / 50;
	p->chats = must(calloc(p->people_n + groups + 1, sizeof *p->chats));
	for (uint32_t i = 1; i < p->people_n; i++)
		p->chats[p->chats_n++] = (struct chat){ { i }, 1, NULL };
	b->direct = p->chats_n;
	for (uint32_t g = 0; g < groups; g++) {
		struct chat *c = &p->chats[p->chats_n++];
		uint32_t wanted = 2 + rng_below(&b->r, 5);
		c->name = g % 3 == 2 ? NULL : names[g % 5];
		for (uint32_t tries = 0; c->members < wanted && tries < 100; tries++) {
			uint32_t i = 1 + rng_below(&b->r, p->people_n - 1);
			bool known = is_line(p, i) || !p->people[i].e164;
			for (uint32_t m = 0; m < c->members; m++)
				known |= c->member[m] == i;
			if (!known)
				c->member[c->members++] = i;
		}
		if (c->members < 2)
			p->chats_n--;
	}
	b->usable = p->chats_n;
	/* One group with a deal line in it: only plain texts, so that each hit is beyond doubt. */
	struct chat *c = &p->chats[p->chats_n++];
	for (uint32_t i = 1; i < p->people_n && c->members < 2; i++)
		if (p->people[i].e164 && !is_line(p, i))
			c->member[c->members++] = i;
	for (uint32_t i = 1; i < p->people_n && c->members < 3; i++)
		if (p->people[i].e164 && is_line(p, i))
			c->member[c->members++] = i;
	if (c->members < 3)
		p->chats_n--;
}

static void make_calls(struct phone *p, struct bulk *b)
{
	struct rng *r = &b->r;
	p->calls_n = (uint32_t)(p->messages / 50 + 5);
	p->calls = must(calloc(p->calls_n, sizeof *p->calls));
	int64_t step = (STOP - START) / p->calls_n;
	for (uint32_t i = 0; i < p->calls_n; i++) {
		struct call *c = &p->calls[i];
		do
			c->person = rng_below(r, p->people_n); /* OWNER: withheld */
		while (c->person != OWNER && !p->people[c->person].e164 &&
		       !strchr(p->people[c->person].handle, '@'));
		c->time = START + step * i + rng_below(r, (uint32_t)(step < 1000 ? 1 : 1000));
		c->out = c->person != OWNER && rng_one_in(r, 2);
		c->answered = rng_below(r, 10) < 7;
		c->facetime = p->people[c->person].imessage && c->person != OWNER;
		c->video = c->facetime && rng_one_in(r, 2);
		c->duration = c->answered ? 1000 * (1 + (int64_t)rng_below(r, 900)) : 0;
	}
}

/* Chats with low numbers are used more: the square of an even draw. */
static uint32_t draw_chat(const struct phone *p, struct bulk *b)
{
	struct rng *r = &b->r;
	if (b->usable < p->chats_n && rng_one_in(r, 2000))
		return b->usable;
	uint64_t x = rng_below(r, 1u << 16);
	return (uint32_t)((x * x >> 16) * b->usable >> 16);
}

static void draw_special(struct phone *p, struct bulk *b, struct message *m)
{
	struct rng *r = &b->r;
	const struct chat *c = &p->chats[m->chat];
	bool group = c->members > 1 && m->chat < b->usable;
	switch (rng_below(r, 60)) {
	case 0:
	case 1:
		if (p->platform == PHONE_IOS && m->chat < b->usable && b->last[m->chat]) {
			m->kind = MESSAGE_REACTION;
			m->target = b->last[m->chat] - 1;
			m->reaction = rng_below(r, 6);
		}
		break;
	case 2:
		if (p->platform == PHONE_IOS && group) {
			m->kind = rng_one_in(r, 2) ? MESSAGE_RENAMED : MESSAGE_ADDED;
			m->subject = c->member[0] == m->sender ? c->member[1] : c->member[0];
			m->text = m->kind == MESSAGE_RENAMED ? "The group" : NULL;
		}
		break;
	case 3:
		m->flags |= m->chat < b->usable ? MESSAGE_PHOTO : 0;
		break;
	case 4:
		if (p->platform == PHONE_IOS && !group)
			m->flags |= MESSAGE_EDITED;
		break;
	case 5:
		if (p->platform == PHONE_IOS && m->chat < b->usable)
			m->flags |= MESSAGE_DELETED;
		break;
	default:
		break;
	}
}

static void bulk_next(struct phone *p, struct message *m)
{
	struct bulk *b = p->state;
	struct rng *r = &b->r;
	memset(m, 0, sizeof *m);
	m->ordinal = b->given++;
	m->time = START + (int64_t)m->ordinal * b->step + rng_below(r, 900);
	m->chat = draw_chat(p, b);
	const struct chat *c = &p->chats[m->chat];
	const struct person *q = &p->people[c->member[0]];
	bool company = c->members == 1 && !q->e164 && !strchr(q->handle, '@');
	m->sender = !company && rng_below(r, 10) < 4 ? OWNER : c->member[rng_below(r, c->members)];
	m->read = m->sender == OWNER || rng_below(r, 10) < 9;
	draw_special(p, b, m);
	if (m->kind != MESSAGE_TEXT)
		return;
	if (p->platform == PHONE_IOS && rng_one_in(r, 2))
		m->flags |= MESSAGE_BODY_ONLY;
	writer_text(b->writer, r, rng_one_in(r, 400), m);
	if (!(m->flags & MESSAGE_DELETED))
		b->last[m->chat] = m->ordinal + 1;
}

static void bulk_free(void *state)
{
	struct bulk *b = state;
	numbers_free(b->numbers);
	writer_free(b->writer);
	free(b->last);
	free(b);
}

struct phone *phone_bulk(const struct phone_wish *wish)
{
	struct phone *p = must(calloc(1, sizeof *p));
	struct bulk *b = must(calloc(1, sizeof *b));
	p->platform = wish->platform;
	p->seed = wish->seed;
	p->messages = wish->messages;
	p->state = b;
	p->state_free = bulk_free;
	p->next = bulk_next;
	p->backed_up = STOP + 3600000;
	rng_seed(&b->r, wish->seed, 'b');
	b->numbers = numbers_new(wish->seed, wish->lines);
	p->lines = deal_lines_made(b->numbers, wish->seed, wish->lines);
	if (wish->rules)
		p->rules = rule_pack_made(wish->seed, wish->rules);
	b->writer = writer_new(p, b->numbers);
	b->step = wish->messages ? (STOP - START) / (int64_t)wish->messages : 0;
	uint64_t people = 100 + wish->messages / 300;
	p->people_n = people > 3000 ? 3000 : (uint32_t)people;
	p->people = must(calloc(p->people_n, sizeof *p->people));
	for (uint32_t i = 0; i < p->people_n; i++)
		make_person(p, b, i);
	make_chats(p, b);
	b->last = must(calloc(p->chats_n, sizeof *b->last));
	make_calls(p, b);
	return p;
}
