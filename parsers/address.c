/*
 * address.c - who sent a record to whom.
 *
 * Only what the row, its side queries and its thread say. The thread stands for nobody: a message
 * in a group whose sender is not named has an unknown sender.
 */
#include "run.h"

static void add(struct run *run, enum role role, span raw, span name)
{
	run->to[run->to_n++] = (struct party){ role, raw, name };
}

/* Where raw is among the members, or list->n. */
static size_t member_at(const struct member_list *list, span raw)
{
	if (!raw.p)
		return list->n;
	for (size_t i = 0; i < list->n; i++)
		if (span_eq(raw, list->party[i].raw))
			return i;
	uint64_t e164 = identifier_of(raw).e164;
	for (size_t i = 0; i < list->n; i++)
		if ((e164 && list->e164[i] == e164) || span_eq_nocase(raw, list->party[i].raw))
			return i;
	return list->n;
}

static void add_owner(struct run *run, span owner)
{
	for (size_t i = 0; i < run->to_n; i++)
		if (run->to[i].role == ROLE_OWNER)
			return;
	add(run, ROLE_OWNER, owner, SPAN_NONE);
}

static void address_out(struct run *run, const struct row_handles *h,
			const struct member_list *members, struct record *r)
{
	r->from.role = ROLE_OWNER;
	r->from.raw = run->side_from_given ? run->side_from.raw : h->owner;
	r->from.name = run->side_from_given ? run->side_from.name : SPAN_NONE;
	if (run->side_to_n)
		return;
	if (!members) {
		if (h->peer.p || h->peer_name.p)
			add(run, ROLE_PERSON, h->peer, h->peer_name);
		return;
	}
	/* The list is who is in the thread now; the row may name somebody who has left. */
	if (h->peer.p && member_at(members, h->peer) == members->n)
		add(run, ROLE_PERSON, h->peer, h->peer_name);
	for (size_t i = 0; i < members->n; i++)
		if (members->party[i].role != ROLE_OWNER)
			run->to[run->to_n++] = members->party[i];
}

static void address_in(struct run *run, const struct row_handles *h,
		       const struct member_list *members, struct record *r)
{
	if (run->side_from_given)
		r->from = run->side_from;
	else if (h->peer.p || h->peer_name.p)
		r->from = (struct party){ ROLE_PERSON, h->peer, h->peer_name };
	if (run->side_to_n) {
		add_owner(run, h->owner);
		return;
	}
	add(run, ROLE_OWNER, h->owner, SPAN_NONE);
	if (!members || !r->from.raw.p)
		return;
	size_t sender = member_at(members, r->from.raw);
	if (sender < members->n && !r->from.name.p)
		r->from.name = members->party[sender].name;
	/* Without a known sender nobody can be left out of the list, and the sender is no
	 * recipient. Between two people the other one is the sender, by whatever handle. */
	if (members->persons < 2)
		return;
	for (size_t i = 0; i < members->n; i++)
		if (i != sender && members->party[i].role != ROLE_OWNER)
			run->to[run->to_n++] = members->party[i];
}

/* Whoever the row names is told as concerned, not as its sender. */
static void address_unknown(struct run *run, const struct row_handles *h, struct record *r)
{
	if (run->side_from_given)
		r->from = (struct party){ ROLE_UNKNOWN, run->side_from.raw, run->side_from.name };
	if (!run->side_to_n && (h->peer.p || h->peer_name.p))
		add(run, ROLE_PERSON, h->peer, h->peer_name);
}

void address(struct run *run, struct row_handles *h, struct record *r)
{
	const struct member_list *members = members_of(run->members, r->thread);
	if (members) {
		if (members->persons > 1)
			r->state |= STATE_GROUP;
		if (!r->thread_name.p)
			r->thread_name = members->name;
		if (!h->owner.p)
			h->owner = members->owner;
		if (!members->n)
			members = NULL;
	}
	if (r->direction == DIR_OUT)
		address_out(run, h, members, r);
	else if (r->direction == DIR_IN)
		address_in(run, h, members, r);
	else
		address_unknown(run, h, r);
	r->to = run->to;
	r->to_n = run->to_n;
}
