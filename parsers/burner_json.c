/* burner_json.c - see burner_json.h */
#include "burner_json.h"
#include "jsonview.h"

enum { RECEIVED = 1, SENT = 2, TYPE_CALL = 1, CALL_MISSED = 4, CALL_VOICEMAIL = 5 };

static span text_of(span object, const char *name, struct arena *a, bool *nomem)
{
	return jsonview_text(jsonview_get(object, name), a, nomem);
}

static int64_t number_of(span object, const char *name, int64_t none)
{
	jsonview_int(jsonview_get(object, name), &none);
	return none;
}

static span thread_of(span burner, span contact, struct arena *a, bool *nomem)
{
	span both = ARENA_JOIN(a, burner, SPAN("/"), contact);
	*nomem |= !both.p;
	return both;
}

static unsigned call_state(int64_t state)
{
	return state == CALL_MISSED      ? STATE_MISSED
	       : state == CALL_VOICEMAIL ? STATE_MISSED | STATE_VOICEMAIL
					 : 0u;
}

bool burner_read(span object, struct arena *a, struct burner_message *ret, bool *nomem)
{
	struct burner_message m = { .kind = REC_MESSAGE };
	span read = jsonview_get(object, "read");
	m.contact = text_of(object, "contactPhoneNumber", a, nomem);
	if (!m.contact.n || !jsonview_get(object, "direction").n)
		return false;
	m.direction = number_of(object, "direction", -1);
	m.created = number_of(object, "dateCreated", 0);
	m.id = text_of(object, "id", a, nomem);
	m.burner = text_of(object, "burnerId", a, nomem);
	m.thread = thread_of(m.burner, m.contact, a, nomem);
	m.text = text_of(object, "message", a, nomem);
	if (number_of(object, "messageType", 0) == TYPE_CALL) {
		m.kind = REC_CALL;
		m.state = call_state(number_of(object, "state", 0));
	}
	if (m.direction == RECEIVED && jsonview_kind(read) == JSONVIEW_BOOL)
		m.read = jsonview_true(read) ? ANSWER_YES : ANSWER_NO;
	m.file[0] = text_of(object, "assetUrl", a, nomem);
	m.file[1] = text_of(object, "voiceUrl", a, nomem);
	*ret = m;
	return true;
}

void burner_message_row(const struct row *row, struct record *r, const struct burner_message *m)
{
	const struct party *own = row_person_of(row, m->burner);
	const struct party *other = row_person_of(row, m->contact);
	r->direction = m->direction == RECEIVED ? DIR_IN
		       : m->direction == SENT   ? DIR_OUT
						: DIR_UNKNOWN;
	r->kind = m->kind;
	r->state |= m->state;
	r->thread = m->thread;
	r->service = SPAN("Burner");
	r->read = m->read;
	r->text = m->text.n ? m->text : SPAN_NONE;
	row_peer(row, m->contact, other ? other->name : SPAN_NONE);
	if (own)
		row_owner(row, own->raw);
	if (m->created)
		row_time_int(row, r, TIME_UNIX_MS, m->created);
	for (size_t i = 0; i < 2; i++)
		if (m->file[i].n)
			row_attachment(row, m->file[i], SPAN_NONE);
}

bool burner_next(span answer, size_t *at, span *ret)
{
	if (jsonview_kind(answer) == JSONVIEW_ARRAY)
		return jsonview_next(answer, at, NULL, ret);
	if (*at || jsonview_kind(answer) != JSONVIEW_OBJECT)
		return false;
	*ret = answer;
	*at = answer.n;
	return true;
}

bool burner_number(const struct row *row, span object, bool *nomem)
{
	span id = text_of(object, "id", row_arena(row), nomem);
	span number = text_of(object, "phoneNumber", row_arena(row), nomem);
	if (!number.n)
		number = text_of(object, "phoneNumberId", row_arena(row), nomem);
	struct party own = { ROLE_OWNER, number, SPAN_NONE };
	return !number.n || row_person(row, id, &own);
}

bool burner_contact(const struct row *row, span object, bool *nomem)
{
	span number = text_of(object, "phoneNumber", row_arena(row), nomem);
	span name = text_of(object, "name", row_arena(row), nomem);
	struct party party = { ROLE_PERSON, number, name };
	return !number.n || !name.n || row_person(row, number, &party);
}
