/* mms.c - see mms.h. Numbers: OMA-TS-MMS_ENC, and android.provider.Telephony as it documents them.
 */
#include "mms.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { BOX_INBOX = 1, BOX_SENT = 2, BOX_DRAFTS = 3, BOX_OUTBOX = 4, BOX_FAILED = 5 };
enum {
	SEND_REQ = 128,
	NOTIFICATION_IND = 130,
	RETRIEVE_CONF = 132,
	DELIVERY_IND = 134,
	READ_REC_IND = 135,
	READ_ORIG_IND = 136
};

bool mms_is_token(span address)
{
	return span_eq_nocase(address, SPAN("insert-address-token"));
}

enum direction mms_direction(int64_t box, int64_t type)
{
	switch (box) {
	case BOX_INBOX:
		return DIR_IN;
	case BOX_SENT:
	case BOX_DRAFTS:
	case BOX_OUTBOX:
	case BOX_FAILED:
		return DIR_OUT;
	default:
		break;
	}
	if (type == SEND_REQ)
		return DIR_OUT;
	return type == RETRIEVE_CONF || type == NOTIFICATION_IND ? DIR_IN : DIR_UNKNOWN;
}

unsigned mms_state(int64_t box)
{
	return box == BOX_DRAFTS ? STATE_DRAFT : box == BOX_FAILED ? STATE_FAILED : 0;
}

bool mms_is_report(int64_t type)
{
	return type >= DELIVERY_IND && type <= READ_ORIG_IND;
}

bool mms_is_notice(int64_t type)
{
	return type == NOTIFICATION_IND;
}

span mms_subject(struct arena *a, span stored, int64_t charset)
{
	/* Google's Messages keeps a base64 record of its own there. */
	if (!stored.n || (stored.n >= 6 && memcmp(stored.p, "proto:", 6) == 0))
		return SPAN_NONE;
	if (charset != 106 || utf8_ascii(stored))
		return stored;
	struct buf bytes = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < stored.n;) {
		uint32_t cp = utf8_next(stored, &i);
		ok = cp < 0x100;
		buf_byte(&bytes, (char)cp);
	}
	span s = stored;
	if (ok && !bytes.failed && utf8_valid(buf_span(&bytes)))
		s = arena_copy(a, buf_span(&bytes), &ok);
	buf_free(&bytes);
	return ok ? s : stored;
}

/* ---- who to whom ---- */

struct handle {
	span raw;
	uint64_t e164;
};

static struct handle handle_of(span raw)
{
	return (struct handle){ raw, raw.p ? identifier_of(raw).e164 : 0 };
}

static bool same(const struct handle *a, const struct handle *b)
{
	return a->raw.p && b->raw.p &&
	       ((a->e164 && a->e164 == b->e164) || span_eq_nocase(a->raw, b->raw));
}

struct list {
	struct handle *at;
	size_t n;
};

static bool has(const struct list *l, const struct handle *h)
{
	for (size_t i = 0; i < l->n; i++)
		if (same(&l->at[i], h))
			return true;
	return false;
}

/* What Google's Messages writes where the number of a person stands: the conversation itself. */
static bool is_conversation(span s)
{
	static const span end = SPAN_INIT("@rcs.google.com");
	return s.n >= end.n && span_eq_nocase(span_from(s, s.n - end.n), end);
}

/* Each once, without what is empty. The token is kept: it says that the phone is among them. */
static bool make_list(struct arena *a, const span *from, size_t n, struct list *ret)
{
	ret->n = 0;
	ret->at = arena_alloc(a, (n + 1) * sizeof *ret->at);
	if (!ret->at)
		return false;
	for (size_t i = 0; i < n && ret->n < MMS_ADDRESSES; i++) {
		struct handle h = handle_of(from[i]);
		if (from[i].n && !is_conversation(from[i]) && !has(ret, &h))
			ret->at[ret->n++] = h;
	}
	return true;
}

static void add(struct party *to, size_t *n, enum role role, span raw)
{
	to[(*n)++] = (struct party){ role, raw, SPAN_NONE };
}

static void sent(struct record *r, struct handle from, const struct list *to,
		 const struct list *people, struct party *out, size_t *n, bool *doubtful)
{
	const struct list *recipients = to->n ? to : people;
	r->from = (struct party){ .role = ROLE_OWNER };
	if (from.raw.n && !mms_is_token(from.raw)) {
		*doubtful = has(recipients, &from);
		if (!*doubtful)
			r->from.raw = from.raw;
	}
	for (size_t i = 0; i < recipients->n; i++)
		if (mms_is_token(recipients->at[i].raw))
			add(out, n, ROLE_OWNER, SPAN_NONE);
		else
			add(out, n, ROLE_PERSON, recipients->at[i].raw);
}

/*
 * The recipient who must be the phone: the only one who is neither the sender nor anybody else of
 * the conversation, when all of those are found among the recipients. NULL if that is not so: a
 * number that is written in two ways, or left out, would make somebody else the phone.
 */
static const struct handle *phone_among(const struct list *to, const struct list *people,
					const struct handle *sender)
{
	const struct handle *own = NULL;
	if (!people->n || !sender->raw.p)
		return NULL;
	for (size_t i = 0; i < people->n; i++)
		if (!same(&people->at[i], sender) && !has(to, &people->at[i]))
			return NULL;
	for (size_t i = 0; i < to->n; i++) {
		const struct handle *h = &to->at[i];
		if (same(h, sender) || has(people, h))
			continue;
		if (own || mms_is_token(h->raw))
			return NULL;
		own = h;
	}
	return own;
}

static void received(struct record *r, struct handle from, const struct list *to,
		     const struct list *people, struct party *out, size_t *n)
{
	if (from.raw.n && !mms_is_token(from.raw))
		r->from = (struct party){ ROLE_PERSON, from.raw, SPAN_NONE };
	else if (people->n == 1)
		r->from = (struct party){ ROLE_PERSON, people->at[0].raw, SPAN_NONE };
	struct handle sender = handle_of(r->from.raw);
	const struct handle *own = phone_among(to, people, &sender);
	add(out, n, ROLE_OWNER, own ? own->raw : SPAN_NONE);
	for (size_t i = 0; i < to->n; i++) {
		const struct handle *h = &to->at[i];
		if (h == own || mms_is_token(h->raw) || same(h, &sender))
			continue;
		add(out, n, has(people, h) ? ROLE_PERSON : ROLE_UNKNOWN, h->raw);
	}
	/* A group whose recipients the message does not list, and whose sender is known. */
	for (size_t i = 0; !to->n && sender.raw.p && people->n > 1 && i < people->n; i++)
		if (!same(&people->at[i], &sender))
			add(out, n, ROLE_PERSON, people->at[i].raw);
}

/* Nobody is said to have sent or got anything: who the source names is concerned. */
static void concerned(const struct handle *from, const struct list *to, const struct list *people,
		      struct party *out, size_t *n)
{
	for (size_t i = 0; i < to->n; i++)
		if (!mms_is_token(to->at[i].raw))
			add(out, n, has(people, &to->at[i]) ? ROLE_PERSON : ROLE_UNKNOWN,
			    to->at[i].raw);
	for (size_t i = 0; i < people->n; i++)
		if (!has(to, &people->at[i]) && !same(&people->at[i], from))
			add(out, n, ROLE_PERSON, people->at[i].raw);
}

static bool is_group(const struct record *r, const struct list *people)
{
	size_t persons = r->direction == DIR_IN, unknown = 0; /* the sender is one */
	for (size_t i = 0; i < r->to_n; i++) {
		persons += r->to[i].role == ROLE_PERSON;
		unknown += r->to[i].role == ROLE_UNKNOWN;
	}
	/* One of those who are not known may be the phone. */
	return persons + (unknown ? unknown - 1 : 0) > 1 || people->n > 1;
}

bool mms_address(struct arena *a, struct record *r, const struct mms_parties *p, bool *doubtful)
{
	struct list to, people;
	size_t n = 0;
	*doubtful = false;
	if (!make_list(a, p->to, p->to_n, &to) || !make_list(a, p->people, p->people_n, &people))
		return false;
	struct party *out = arena_alloc(a, (to.n + people.n + 2) * sizeof *out);
	if (!out)
		return false;
	struct handle from = handle_of(p->from);
	r->from = (struct party){ 0 };
	if (r->direction == DIR_OUT) {
		sent(r, from, &to, &people, out, &n, doubtful);
	} else if (r->direction == DIR_IN) {
		received(r, from, &to, &people, out, &n);
	} else {
		if (from.raw.n && !mms_is_token(from.raw))
			r->from.raw = from.raw;
		concerned(&from, &to, &people, out, &n);
	}
	r->to = out;
	r->to_n = n;
	if (is_group(r, &people))
		r->state |= STATE_GROUP;
	return true;
}
