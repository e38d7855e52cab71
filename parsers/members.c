/* members.c - see members.h. Threads in a hash table by key, each with arrays that grow. */
#include "members.h"
#include "base/arena.h"
#include "base/err.h"
#include <stdlib.h>

struct thread {
	struct thread *next; /* in its chain */
	span key;
	uint64_t hash;
	struct member_list list;
	struct party *party;
	uint64_t *e164;
	size_t cap;
};

struct chain {
	struct thread *first;
};

struct members {
	struct arena *arena; /* threads, keys and handles */
	struct chain *chain;
	size_t chains, threads, total;
	struct thread *last; /* messages of one thread often follow each other */
};

static uint64_t hash_of(span key)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 0x100000001b3u;
	return h ^ h >> 29;
}

struct members *members_new(void)
{
	struct members *m = calloc(1, sizeof *m);
	if (!m)
		return NULL;
	m->chains = 1024;
	m->chain = calloc(m->chains, sizeof *m->chain);
	m->arena = arena_new();
	if (!m->chain || !m->arena) {
		members_free(m);
		return NULL;
	}
	return m;
}

void members_free(struct members *m)
{
	if (!m)
		return;
	for (size_t i = 0; m->chain && i < m->chains; i++)
		for (struct thread *t = m->chain[i].first; t; t = t->next) {
			free(t->party);
			free(t->e164);
		}
	free(m->chain);
	arena_free(m->arena);
	free(m);
}

static struct thread *seek(struct members *m, span key, uint64_t hash)
{
	struct thread *t = m->chain[hash % m->chains].first;
	while (t && (t->hash != hash || !span_eq(t->key, key)))
		t = t->next;
	return t;
}

/* Twice as many chains, so that they stay short whatever the file holds. */
static void widen(struct members *m)
{
	size_t chains = m->chains * 2;
	struct chain *chain = calloc(chains, sizeof *chain);
	if (!chain)
		return; /* slower, not wrong */
	for (size_t i = 0; i < m->chains; i++)
		for (struct thread *t = m->chain[i].first, *next; t; t = next) {
			next = t->next;
			t->next = chain[t->hash % chains].first;
			chain[t->hash % chains].first = t;
		}
	free(m->chain);
	m->chain = chain;
	m->chains = chains;
}

static int thread_of(struct members *m, span key, struct thread **ret)
{
	uint64_t hash = hash_of(key);
	*ret = seek(m, key, hash);
	if (*ret)
		return 0;
	if (m->threads >= MEMBERS_PER_FILE)
		return E_LIMIT;
	bool ok;
	struct thread *t = arena_alloc(m->arena, sizeof *t);
	if (!t)
		return E_NOMEM;
	t->key = arena_copy(m->arena, key, &ok);
	if (!ok)
		return E_NOMEM;
	if (m->threads >= m->chains)
		widen(m);
	t->hash = hash;
	t->next = m->chain[hash % m->chains].first;
	m->chain[hash % m->chains].first = t;
	m->threads++;
	*ret = t;
	return 0;
}

static bool grow(struct thread *t)
{
	if (t->list.n < t->cap)
		return true;
	size_t cap = t->cap ? t->cap * 2 : 2;
	struct party *party = realloc(t->party, cap * sizeof *party);
	if (party)
		t->party = party;
	uint64_t *e164 = realloc(t->e164, cap * sizeof *e164);
	if (e164)
		t->e164 = e164;
	if (!party || !e164)
		return false;
	t->cap = cap;
	return true;
}

int members_name(struct members *m, span thread, span name, span owner)
{
	struct thread *t;
	bool ok_name = true, ok_owner = true;
	int rc = thread_of(m, thread, &t);
	if (rc)
		return rc;
	if (!t->list.name.p)
		t->list.name = arena_copy(m->arena, name, &ok_name);
	if (!t->list.owner.p)
		t->list.owner = arena_copy(m->arena, owner, &ok_owner);
	return ok_name && ok_owner ? 0 : E_NOMEM;
}

int members_add(struct members *m, span thread, const struct party *party)
{
	struct thread *t;
	int rc = thread_of(m, thread, &t);
	if (rc)
		return rc;
	uint64_t e164 = party->raw.p ? identifier_of(party->raw).e164 : 0;
	for (size_t i = 0; i < t->list.n; i++)
		if ((e164 && t->e164[i] == e164) || span_eq_nocase(t->party[i].raw, party->raw))
			return 0;
	if (t->list.n >= MEMBERS_PER_THREAD || m->total >= MEMBERS_PER_FILE)
		return E_LIMIT;
	bool ok_raw, ok_name;
	struct party copy = { .role = party->role,
			      .raw = arena_copy(m->arena, party->raw, &ok_raw),
			      .name = arena_copy(m->arena, party->name, &ok_name) };
	if (!ok_raw || !ok_name || !grow(t))
		return E_NOMEM;
	t->party[t->list.n] = copy;
	t->e164[t->list.n] = e164;
	t->list.n++;
	t->list.persons += copy.role != ROLE_OWNER;
	t->list.party = t->party;
	t->list.e164 = t->e164;
	m->total++;
	return 0;
}

const struct member_list *members_of(struct members *m, span thread)
{
	if (!m->threads || !thread.p)
		return NULL;
	if (!m->last || !span_eq(m->last->key, thread)) {
		struct thread *t = seek(m, thread, hash_of(thread));
		if (!t)
			return NULL;
		m->last = t;
	}
	return &m->last->list;
}
