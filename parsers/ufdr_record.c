/* ufdr_record.c - see ufdr.h: from a decoded entry to a record. Nothing is guessed: a report of a
 * version that does not say who owns the phone leaves direction and roles unknown. */
#include "ufdr.h"

static bool is(span s, const char *word)
{
	return span_eq_nocase(s, span_z(word));
}

static bool one_of(span s, const char *const *words)
{
	for (; *words; words++)
		if (is(s, *words))
			return true;
	return false;
}

static bool digits(span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* Apps that know people by their phone numbers. */
static bool by_number(span source)
{
	static const char *const apps[] = { "Apple Messages",
					    "Native",
					    "Native Messages",
					    "Phone",
					    "SMS",
					    "MMS",
					    "iMessage",
					    "Messages",
					    "FaceTime",
					    "RCS",
					    "WhatsApp",
					    "WhatsApp Business",
					    "Signal",
					    "Viber",
					    "SIM",
					    NULL };
	return !source.n || one_of(source, apps);
}

span ufdr_handle(struct export *x, span id, span source)
{
	struct buf b = { 0 };
	if (!id.n || by_number(source) || memchr(id.p, '@', id.n) || *id.p == '+')
		return id.n ? id : SPAN_NONE;
	if (digits(id)) {
		for (size_t i = 0; i < source.n; i++)
			buf_byte(&b,
				 (char)(source.p[i] >= 'A' && source.p[i] <= 'Z' ? source.p[i] + 32
										 : source.p[i]));
		buf_byte(&b, ':');
	} else {
		buf_byte(&b, '@');
	}
	buf_add(&b, id);
	span kept = export_keep(x, buf_span(&b));
	buf_free(&b);
	return kept;
}

/* ---- who ---- */

static bool same_person(const struct ufdr_party *a, const struct ufdr_party *b)
{
	return a->id.n ? span_eq(a->id, b->id) : !b->id.n && a->name.n && span_eq(a->name, b->name);
}

/* What the chat's list of people says of somebody, where the message does not. */
static enum answer owner_of(const struct ufdr_party *p, const struct ufdr_chat *chat)
{
	if (p->owner != ANSWER_UNKNOWN || !chat)
		return p->owner;
	for (size_t i = 0; i < chat->people.n; i++)
		if (same_person(p, &chat->people.p[i]))
			return chat->people.p[i].owner;
	return ANSWER_UNKNOWN;
}

static struct party party_of(struct export *x, const struct ufdr_item *it,
			     const struct ufdr_party *p, enum answer owner)
{
	return (struct party){ .role = owner == ANSWER_YES  ? ROLE_OWNER
				       : owner == ANSWER_NO ? ROLE_PERSON
							    : ROLE_UNKNOWN,
			       .raw = ufdr_handle(x, p->id, it->source),
			       .name = p->name.n ? p->name : SPAN_NONE };
}

static const struct ufdr_party *sender_of(const struct ufdr_item *it)
{
	for (size_t i = 0; i < it->people.n; i++)
		if (it->people.p[i].role == UFDR_FROM)
			return &it->people.p[i];
	return NULL;
}

static size_t with_role(const struct ufdr_item *it, enum ufdr_party_role role)
{
	size_t n = 0;
	for (size_t i = 0; i < it->people.n; i++)
		n += it->people.p[i].role == role;
	return n;
}

static enum direction direction_of(const struct ufdr_item *it, const struct ufdr_chat *chat)
{
	static const char *const in[] = { "Incoming", "Missed", "Rejected", "Inbox", NULL };
	static const char *const out[] = { "Outgoing", "Dialed", "Sent",    "Outbox",
					   "Drafts",   "Draft",  "Dialled", NULL };
	const span said[] = { it->direction, it->kind == UFDR_CALL ? it->type : SPAN_NONE,
			      it->folder };
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		if (one_of(said[i], in))
			return DIR_IN;
		if (one_of(said[i], out))
			return DIR_OUT;
	}
	const struct ufdr_party *from = sender_of(it);
	enum answer owner = from ? owner_of(from, chat) : ANSWER_UNKNOWN;
	if (owner != ANSWER_UNKNOWN)
		return owner == ANSWER_YES ? DIR_OUT : DIR_IN;
	for (size_t i = 0; i < it->people.n; i++)
		if (it->people.p[i].role == UFDR_TO && it->people.p[i].owner == ANSWER_YES)
			return DIR_IN;
	/* of the phone's own texts and calls the report names the other end alone */
	if (it->kind != UFDR_MESSAGE && it->people.n && !chat) {
		if (!with_role(it, UFDR_TO) && from)
			return DIR_IN;
		if (!from && with_role(it, UFDR_TO) == it->people.n)
			return DIR_OUT;
	}
	return DIR_UNKNOWN;
}

struct recipients {
	struct party *p;
	size_t n, others;
};

static void add(struct recipients *r, struct party p)
{
	r->others += p.role != ROLE_OWNER;
	r->p[r->n++] = p;
}

/* The recipients that the entry names; where it names none, the chat's people but the sender. */
static void name_recipients(struct export *x, const struct ufdr_item *it,
			    const struct ufdr_chat *chat, enum direction dir, struct recipients *r)
{
	const struct ufdr_party *from = sender_of(it);
	for (size_t i = 0; i < it->people.n; i++) {
		const struct ufdr_party *p = &it->people.p[i];
		enum answer owner = owner_of(p, chat);
		if (p == from)
			continue;
		/* the other end of a call or text, whatever the report calls its part in it */
		if (owner == ANSWER_UNKNOWN && dir == DIR_OUT)
			owner = ANSWER_NO;
		add(r, party_of(x, it, p, owner));
	}
	bool named = r->n > 0;
	for (size_t i = 0; !named && chat && i < chat->people.n; i++) {
		const struct ufdr_party *p = &chat->people.p[i];
		if (from && same_person(from, p))
			continue;
		struct party one = party_of(x, it, p, p->owner);
		one.raw = export_keep(x, one.raw);
		one.name = export_keep(x, one.name);
		add(r, one);
	}
}

/* Without a sender by role: the one other person of what came in. */
static void find_sender(struct record *r, struct recipients *to)
{
	size_t at = to->n;
	for (size_t i = 0; i < to->n; i++)
		if (to->p[i].role != ROLE_OWNER)
			at = i;
	if (r->from.raw.p || r->from.name.p || to->others != 1 || at == to->n)
		return;
	r->from = to->p[at];
	r->from.role = ROLE_PERSON;
	to->n--;
	to->others--;
	for (size_t i = at; i < to->n; i++)
		to->p[i] = to->p[i + 1];
}

static void set_people(struct export *x, struct record *r, const struct ufdr_item *it,
		       const struct ufdr_chat *chat)
{
	const struct ufdr_party *from = sender_of(it);
	struct recipients to = { .p = arena_alloc(x->arena, (UFDR_PEOPLE + 2) * sizeof *to.p) };
	if (!to.p) {
		if (!x->stop)
			x->stop = err_set(x->err, E_NOMEM, "memory ran out");
		return;
	}
	r->direction = direction_of(it, chat);
	name_recipients(x, it, chat, r->direction, &to);
	if (from) {
		enum answer owner = owner_of(from, chat);
		if (owner == ANSWER_UNKNOWN && r->direction != DIR_UNKNOWN)
			owner = r->direction == DIR_OUT ? ANSWER_YES : ANSWER_NO;
		/* of an outgoing text or call some versions put the other end down as its sender */
		if (r->direction == DIR_OUT && owner == ANSWER_NO)
			add(&to, party_of(x, it, from, ANSWER_NO));
		else if (r->direction == DIR_IN && owner == ANSWER_YES)
			add(&to, party_of(x, it, from, ANSWER_YES));
		else
			r->from = party_of(x, it, from, owner);
	}
	if (r->direction == DIR_IN)
		find_sender(r, &to);
	if (r->direction == DIR_OUT) {
		size_t kept = 0;
		if (!r->from.raw.p && !r->from.name.p)
			r->from = (struct party){ .role = ROLE_OWNER };
		for (size_t i = 0; i < to.n; i++)
			if (to.p[i].role == ROLE_OWNER) {
				if (!r->from.raw.p)
					r->from = to.p[i];
			} else {
				to.p[kept++] = to.p[i];
			}
		to.n = kept;
	} else if (r->direction == DIR_IN && to.n == to.others) {
		to.p[to.n++] = (struct party){ .role = ROLE_OWNER };
	}
	size_t people = to.others + (r->direction == DIR_IN && (r->from.raw.p || r->from.name.p));
	if (people > 1)
		r->state |= STATE_GROUP;
	r->to = to.p;
	r->to_n = to.n;
}

/* ---- what ---- */

/* "00:01:39", "1.02:03:04", either with a fraction of a second. */
static int64_t duration_of(span s)
{
	int64_t part[4] = { 0 }, ms = 0, scale = 100;
	size_t at = 0, n = 0;
	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && i - at < 6) {
			part[n] = part[n] * 10 + (s.p[i] - '0');
			continue;
		}
		if (i == at || (i < s.n && s.p[i] != ':' && s.p[i] != '.'))
			return -1;
		if (i < s.n && s.p[i] == '.' && n >= 2) { /* the fraction */
			for (i++; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, scale /= 10)
				ms += (s.p[i] - '0') * scale;
			if (i < s.n)
				return -1;
			break;
		}
		if (i == s.n)
			break;
		if (++n == 4)
			return -1;
		at = i + 1;
	}
	if (n < 2)
		return -1;
	int64_t days = n == 3 ? part[0] : 0, *p = part + (n - 2);
	return (((days * 24 + p[0]) * 60 + p[1]) * 60 + p[2]) * 1000 + ms;
}

static unsigned state_of(const struct ufdr_item *it, enum direction dir)
{
	unsigned s = it->deleted ? STATE_DELETED | STATE_RECOVERED : 0;
	s |= it->forwarded ? STATE_FORWARDED : 0;
	s |= it->edited ? STATE_EDITED : 0;
	if (it->kind == UFDR_CALL) {
		bool missed = is(it->type, "Missed") || is(it->status, "Missed") ||
			      is(it->status, "Unanswered");
		s |= missed && dir == DIR_IN ? STATE_MISSED : 0;
		s |= is(it->type, "Rejected") || is(it->status, "Rejected") ? STATE_REJECTED : 0;
		s |= is(it->type, "Blocked") || is(it->status, "Blocked")
			     ? STATE_REJECTED | STATE_BLOCKED
			     : 0;
		return s | (it->video ? STATE_VIDEO : 0);
	}
	s |= is(it->folder, "Drafts") || is(it->folder, "Draft") || is(it->status, "Draft")
		     ? STATE_DRAFT
		     : 0;
	s |= is(it->status, "Unsent") || is(it->status, "Failed") ? STATE_FAILED : 0;
	return s;
}

static span joined(struct export *x, span a, span b)
{
	struct buf both = { 0 };
	if (!a.n || !b.n)
		return a.n ? a : b.n ? b : SPAN_NONE;
	buf_add(&both, a);
	buf_byte(&both, '\n');
	buf_add(&both, b);
	span kept = export_keep(x, buf_span(&both));
	buf_free(&both);
	return kept;
}

static void set_identity(struct export *x, struct record *r, const struct ufdr_item *it)
{
	struct contact_id *ids = arena_alloc(x->arena, (UFDR_IDS + 1) * sizeof *ids);
	if (!ids) {
		if (!x->stop)
			x->stop = err_set(x->err, E_NOMEM, "memory ran out");
		return;
	}
	r->name = it->name.n ? it->name : SPAN_NONE;
	for (size_t i = 0; i < it->ids; i++)
		ids[r->ids_n++] = (struct contact_id){
			it->of_app[i] ? ufdr_handle(x, it->id[i].raw, it->source) : it->id[i].raw,
			it->id[i].label
		};
	if (it->user.n)
		ids[r->ids_n++] = (struct contact_id){ ufdr_handle(x, it->user, it->source),
						       SPAN("user name") };
	r->ids = ids;
}

/* Texts stand in the report without their conversation: that of one person is told by the number,
 * one spelling of one number being one thread. */
static span thread_of(struct export *x, const struct record *r)
{
	const struct party *p = r->direction == DIR_IN && r->to_n == 1 ? &r->from
				: r->to_n == 1                         ? r->to
								       : NULL;
	char e164[17];
	if (!p || !p->raw.n)
		return SPAN_NONE;
	struct identifier id = identifier_of(p->raw);
	if (!id.e164)
		return p->raw;
	identifier_format(id.e164, e164);
	return export_keep(x, span_z(e164));
}

void ufdr_deliver(struct export *x, const struct ufdr_item *it, const struct ufdr_chat *chat)
{
	static const enum record_kind kinds[] = {
		[UFDR_MESSAGE] = REC_MESSAGE, [UFDR_SMS] = REC_MESSAGE,
		[UFDR_MMS] = REC_MESSAGE,     [UFDR_CALL] = REC_CALL,
		[UFDR_CONTACT] = REC_CONTACT, [UFDR_ACCOUNT] = REC_ACCOUNT,
	};
	struct record r = { .kind = kinds[it->kind],
			    .table = it->table,
			    .row = it->row,
			    .time = TIME_UNSET,
			    .duration = -1 };
	x->table = it->table;
	x->row = it->row;
	if (it->kind == UFDR_CONTACT || it->kind == UFDR_ACCOUNT) {
		set_identity(x, &r, it);
		r.service = it->service.n ? it->service : it->source.n ? it->source : SPAN_NONE;
		r.state = it->deleted ? STATE_DELETED | STATE_RECOVERED : 0;
		export_deliver(x, &r);
		return;
	}
	set_people(x, &r, it, chat);
	r.state |= state_of(it, r.direction);
	export_time_text(x, &r, it->time);
	r.service = it->source.n             ? it->source
		    : chat && chat->source.n ? export_keep(x, chat->source)
		    : it->kind == UFDR_SMS   ? SPAN("SMS")
		    : it->kind == UFDR_MMS   ? SPAN("MMS")
		    : it->kind == UFDR_CALL  ? SPAN("Phone")
					     : SPAN_NONE;
	if (chat) {
		r.thread = export_keep(x, chat->key.n ? chat->key : chat->id);
		r.thread_name = chat->name.n ? export_keep(x, chat->name) : SPAN_NONE;
	}
	if (!chat && it->kind != UFDR_CALL)
		r.thread = thread_of(x, &r);
	if (it->kind == UFDR_CALL) {
		r.duration = it->duration.n ? duration_of(it->duration) : -1;
		if (it->duration.n && r.duration < 0)
			export_warn(x, WARN_FIELD_UNKNOWN, "a duration that is none");
		if (r.direction == DIR_UNKNOWN)
			export_warn(x, WARN_FIELD_UNKNOWN, "the report does not say who rang");
		export_deliver(x, &r);
		return;
	}
	if (it->system) {
		r.kind = REC_SYSTEM;
		r.direction = DIR_UNKNOWN;
		r.from = (struct party){ 0 };
		r.to_n = 0;
	} else if (r.direction == DIR_UNKNOWN) {
		export_warn(x, WARN_FIELD_UNKNOWN, "the report does not say who sent it");
	}
	r.text = joined(x, it->subject, it->body);
	r.quoted = it->quoted.n ? it->quoted : SPAN_NONE;
	r.attachments = it->file;
	r.attachments_n = it->files;
	if (r.direction == DIR_IN && (is(it->status, "Read") || is(it->status, "Unread")))
		r.read = is(it->status, "Read") ? ANSWER_YES : ANSWER_NO;
	export_deliver(x, &r);
}
