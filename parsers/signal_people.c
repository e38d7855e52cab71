/* signal_people.c - see signal_people.h. A hash table with chains, as in members.c. */
#include "signal_people.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct signal_member {
	const struct signal_member *next;
	span key;
};

struct name {
	struct name *next;
	span key;
	uint64_t hash;
	struct signal_person *who;
};

struct signal_people {
	struct arena *arena;
	struct name **chain;
	size_t chains, names;
};

struct signal_people *signal_people_new(void)
{
	struct signal_people *p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->chains = 1024;
	p->chain = calloc(p->chains, sizeof(struct name *));
	p->arena = arena_new();
	if (!p->chain || !p->arena) {
		signal_people_free(p);
		return NULL;
	}
	return p;
}

void signal_people_free(struct signal_people *p)
{
	if (!p)
		return;
	free(p->chain);
	arena_free(p->arena);
	free(p);
}

struct signal_key signal_key_of(char kind, span id)
{
	struct signal_key k = { .n = 1 };
	size_t n = id.n < SIGNAL_KEY - 1 ? id.n : SIGNAL_KEY - 1;
	k.bytes[0] = kind;
	if (n)
		memcpy(k.bytes + 1, id.p, n);
	k.n += n;
	return k;
}

struct signal_key signal_key_int(char kind, int64_t id)
{
	char text[24];
	int n = snprintf(text, sizeof text, "%" PRId64, id);
	return signal_key_of(kind, (span){ text, (size_t)n });
}

static span key_span(const struct signal_key *key)
{
	return (span){ key->bytes, key->n };
}

static uint64_t hash_of(span key)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 0x100000001b3u;
	return h ^ h >> 29;
}

static struct name *seek(const struct signal_people *p, span key, uint64_t hash)
{
	struct name *n = p->chain[hash % p->chains];
	while (n && (n->hash != hash || !span_eq(n->key, key)))
		n = n->next;
	return n;
}

/* Twice as many chains, so that they stay short whatever the file holds. */
static void widen(struct signal_people *p)
{
	size_t chains = p->chains * 2;
	struct name **chain = calloc(chains, sizeof(struct name *));
	if (!chain)
		return; /* slower, not wrong */
	for (size_t i = 0; i < p->chains; i++)
		for (struct name *n = p->chain[i], *next; n; n = next) {
			next = n->next;
			n->next = chain[n->hash % chains];
			chain[n->hash % chains] = n;
		}
	free(p->chain);
	p->chain = chain;
	p->chains = chains;
}

/* A chain grows by one for each two that were one: short, and never a ring, as only the end of one
 * is ever told to be another. */
static struct signal_person *settled(struct signal_person *who)
{
	while (who->same)
		who = who->same;
	return who;
}

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "memory ran out");
}

struct signal_person *signal_people_find(struct signal_people *p, const struct signal_key *key)
{
	struct name *n = seek(p, key_span(key), hash_of(key_span(key)));
	return n ? settled(n->who) : NULL;
}

int signal_people_also(struct signal_people *p, const struct signal_key *key,
		       struct signal_person *who, struct err *err)
{
	span k = key_span(key);
	uint64_t hash = hash_of(k);
	bool ok = true;
	struct signal_person *old = signal_people_find(p, key);
	if (old) { /* the first to be told stays */
		if (old != who && old->who == SIGNAL_NOBODY && !old->handle.n && !old->name.n)
			old->same = who;
		return 0;
	}
	if (p->names == SIGNAL_PEOPLE)
		return err_set(err, E_LIMIT, "more people than linecheck reads");
	struct name *n = arena_alloc(p->arena, sizeof *n);
	span own = arena_copy(p->arena, k, &ok);
	if (!n || !ok)
		return no_memory(err);
	if (p->names == 2 * p->chains)
		widen(p);
	*n = (struct name){ p->chain[hash % p->chains], own, hash, who };
	p->chain[hash % p->chains] = n;
	p->names++;
	return 0;
}

struct signal_person *signal_people_add(struct signal_people *p, const struct signal_key *key,
					struct err *err)
{
	struct signal_person *who = signal_people_find(p, key);
	if (who)
		return who;
	if (!(who = arena_alloc(p->arena, sizeof *who))) {
		no_memory(err);
		return NULL;
	}
	return signal_people_also(p, key, who, err) ? NULL : who;
}

span signal_people_keep(struct signal_people *p, span s, struct err *err)
{
	bool ok = true;
	span copy = arena_copy(p->arena, s, &ok);
	if (!ok)
		no_memory(err);
	return copy;
}

int signal_people_join(struct signal_people *p, struct signal_person *group,
		       const struct signal_key *key, struct err *err)
{
	bool ok = true;
	if (group->members == SIGNAL_GROUP_MEMBERS)
		return err_set(err, E_LIMIT, "more members of a group than linecheck reads");
	struct signal_member *m = arena_alloc(p->arena, sizeof *m);
	span own = arena_copy(p->arena, key_span(key), &ok);
	if (!m || !ok)
		return no_memory(err);
	*m = (struct signal_member){ group->member, own };
	group->member = m;
	group->members++;
	return 0;
}

struct party signal_party(const struct signal_person *who)
{
	if (!who || who->who == SIGNAL_GROUP || who->who == SIGNAL_NOBODY)
		return (struct party){ .role = ROLE_UNKNOWN };
	return (struct party){ .role = who->who == SIGNAL_SELF ? ROLE_OWNER : ROLE_PERSON,
			       .raw = who->handle,
			       .name = who->name };
}

/* Members but the owner and the author, in the order they were told. */
static size_t put_members(struct signal_people *p, struct party *to,
			  const struct signal_person *group, const struct signal_person *author)
{
	size_t n = 0;
	for (const struct signal_member *m = group->member; m; m = m->next) {
		struct name *found = seek(p, m->key, hash_of(m->key));
		struct signal_person *who = found ? settled(found->who) : NULL;
		if (who && who != author && who->who == SIGNAL_PERSON)
			to[n++] = signal_party(who);
	}
	for (size_t i = 0; i < n / 2; i++) {
		struct party t = to[i];
		to[i] = to[n - 1 - i];
		to[n - 1 - i] = t;
	}
	return n;
}

bool signal_address(struct signal_people *p, struct record *r, const struct signal_person *chat,
		    const struct signal_person *author, const struct signal_person *self,
		    struct arena *a)
{
	const struct party owner = { .role = ROLE_OWNER,
				     .raw = self ? self->handle : SPAN_NONE,
				     .name = self ? self->name : SPAN_NONE };
	struct party *to = arena_alloc(a, (2 + (chat ? chat->members : 0)) * sizeof *to);
	if (!to)
		return false;
	r->to = to;
	r->from = (struct party){ .role = ROLE_UNKNOWN };
	if (r->direction == DIR_OUT)
		r->from = owner;
	else if (r->direction == DIR_IN) {
		to[r->to_n++] = owner;
		r->from = signal_party(author && author->who != SIGNAL_SELF ? author : NULL);
	}
	if (!chat)
		return true;
	r->thread_name = chat->name;
	if (chat->who == SIGNAL_GROUP) {
		r->state |= STATE_GROUP;
		r->to_n += put_members(p, to + r->to_n, chat,
				       r->direction == DIR_UNKNOWN ? NULL : author);
	} else if (r->direction != DIR_IN && chat->who != SIGNAL_NOBODY) {
		to[r->to_n++] = signal_party(chat);
	}
	return true;
}
