/* identities.c - see identities.h */
#include "identities.h"
#include "base/arena.h"
#include "rows.h"
#include "textmap.h"
#include <assert.h>
#include <stdlib.h>

#define KEY_MOST 300

/* Identifiers, then entries, in one forest: who belongs together. */
struct part {
	struct arena *arena;
	struct textmap *of_key;
	uint32_t *of_party; /* party.id to identifier */
	int64_t parties;
	uint32_t *up;
};

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

/* Room for one more of *array. */
static bool grow(void **array, uint32_t n, size_t size)
{
	if (n & (n - 1))
		return true;
	if (n >= UINT32_MAX / 2)
		return false;
	void *more = realloc(*array, (n ? 2 * (size_t)n : 1) * size);
	if (more)
		*array = more;
	return more != NULL;
}

static span keep(struct identities *p, span s, bool *ok)
{
	struct part *part = p->hidden_part;
	bool copied = true;
	span kept = s.p ? arena_copy(part->arena, s, &copied) : SPAN_NONE;
	*ok = *ok && copied;
	return kept;
}

static bool is_somebody(enum id_kind kind)
{
	return kind != ID_ABSENT && kind != ID_WITHHELD && kind != ID_UNKNOWN &&
	       kind != ID_PAYPHONE && kind != ID_JID_GROUP && kind != ID_JID_BROADCAST;
}

/* The identifier of a key, made if it is new. */
static int id_of(struct identities *p, span key, enum id_kind kind, uint64_t e164, uint32_t *ret,
		 struct err *err)
{
	struct part *part = p->hidden_part;
	bool ok = true;
	if (textmap_get(part->of_key, key, ret))
		return 0;
	span own = keep(p, key, &ok);
	if (!ok || !grow((void **)&p->id, p->ids, sizeof *p->id) ||
	    !textmap_put(part->of_key, own, p->ids))
		return no_memory(err);
	p->id[p->ids] = (struct known_id){ .kind = kind,
					   .e164 = e164,
					   .person = NO_PERSON,
					   .next = NO_PERSON,
					   .spelling = NO_PERSON,
					   .name = NO_PERSON,
					   .saved_as = NO_PERSON,
					   .number = NO_PERSON };
	*ret = p->ids++;
	return 0;
}

static int number_id(struct identities *p, uint64_t e164, enum id_kind kind, uint32_t *ret,
		     struct err *err)
{
	char key[17];
	identifier_format(e164, key);
	return id_of(p, span_z(key), kind, e164, ret, err);
}

static int handle_id(struct identities *p, span raw, enum id_kind kind, uint32_t *ret,
		     struct err *err)
{
	char key[KEY_MOST + 1];
	size_t n = identifier_key(raw, key + 1, KEY_MOST);
	key[0] = (char)('a' + kind); /* no key of a number begins so */
	if (n == 0 || n > KEY_MOST) {
		*ret = NO_PERSON;
		return 0;
	}
	return id_of(p, (span){ key, n + 1 }, kind, 0, ret, err);
}

/* Add to a list unless it is there; the last ones of a long list are only counted. */
static int tell(struct identities *p, uint32_t *first, uint32_t *n, struct told t, struct err *err)
{
	bool ok = true;
	uint32_t *last = first;
	for (; *last != NO_PERSON; last = &p->told[*last].next)
		if (span_eq(p->told[*last].text, t.text))
			return 0;
	if (++*n > IDENTITIES_LISTED)
		return 0;
	/* last may point into told, which grow() moves: first does not. */
	uint32_t at = p->tolds;
	*last = at;
	t.text = keep(p, t.text, &ok);
	t.certainty = keep(p, t.certainty, &ok);
	t.next = NO_PERSON;
	if (!ok || !grow((void **)&p->told, p->tolds, sizeof *p->told))
		return no_memory(err);
	p->told[p->tolds++] = t;
	return 0;
}

static bool is_link(span certainty)
{
	return span_eq(certainty, SPAN("map")) || span_eq(certainty, SPAN("contact"));
}

static int take_party(struct identities *p, const struct rows *r, struct err *err)
{
	struct part *part = p->hidden_part;
	enum id_kind kind = ID_RAW;
	int64_t party = rows_number(r, 0), exhibit = rows_number(r, 1);
	span raw = rows_bytes(r, 3), certainty = rows_bytes(r, 6), name = rows_bytes(r, 8);
	uint64_t e164 = (uint64_t)rows_number(r, 5);
	uint32_t id, number = NO_PERSON;
	bool ok = true;
	if (!id_kind_from_word(rows_bytes(r, 4), &kind) || !is_somebody(kind))
		return 0;
	int rc = kind == ID_JID_LID || !e164 ? handle_id(p, raw, kind, &id, err)
					     : number_id(p, e164, kind, &id, err);
	if (!rc && id != NO_PERSON && kind == ID_JID_LID && e164 && is_link(certainty))
		rc = number_id(p, e164, ID_E164, &number, err);
	if (rc || id == NO_PERSON)
		return rc;
	assert(p->id && id < p->ids);
	part->of_party[party] = id;
	if (kind == ID_JID_LID) {
		p->id[id].number = number;
		p->id[id].certainty = keep(p, certainty, &ok);
		p->id[id].reason = keep(p, rows_bytes(r, 7), &ok);
	}
	p->id[id].owner |= span_eq(rows_bytes(r, 2), SPAN("owner"));
	if (!ok)
		return no_memory(err);
	rc = tell(p, &p->id[id].spelling, &p->id[id].spellings,
		  (struct told){ raw, certainty, exhibit, NO_PERSON }, err);
	if (!rc && name.n)
		rc = tell(p, &p->id[id].name, &p->id[id].names,
			  (struct told){ name, SPAN_NONE, exhibit, NO_PERSON }, err);
	return rc;
}

static int take_parties(struct identities *p, struct case_db *c, struct err *err)
{
	struct part *part = p->hidden_part;
	struct rows r;
	int rc = rows_ask(&r, c, "SELECT coalesce(max(id),0) FROM party", err);
	if (!rc && (rc = rows_step(&r, err)) > 0) {
		part->parties = rows_number(&r, 0);
		rc = 0;
	}
	rows_close(&r);
	if (rc)
		return rc;
	if (part->parties < 0 || part->parties >= UINT32_MAX / 4)
		return err_set(err, E_LIMIT, "The case has more people than can be listed.");
	part->of_party = malloc(((size_t)part->parties + 1) * sizeof *part->of_party);
	if (!part->of_party)
		return no_memory(err);
	for (int64_t i = 0; i <= part->parties; i++)
		part->of_party[i] = NO_PERSON;
	rc = rows_ask(
		&r, c,
		"SELECT id, exhibit, role, raw, kind, e164, certainty, reason, name FROM party"
		" WHERE id > 0 AND raw IS NOT NULL ORDER BY id",
		err);
	while (!rc && (rc = rows_step(&r, err)) > 0)
		rc = take_party(p, &r, err);
	rows_close(&r);
	return rc;
}

static int take_entry(struct identities *p, const struct rows *r, struct err *err)
{
	struct part *part = p->hidden_part;
	int64_t record = rows_number(r, 0), party = rows_number(r, 1);
	uint32_t id = party > 0 && party <= part->parties ? part->of_party[party] : NO_PERSON;
	bool ok = true;
	if (id == NO_PERSON)
		return 0;
	if (!p->entries || p->entry[p->entries - 1].record != record) {
		struct entry e = { .record = record,
				   .exhibit = rows_number(r, 3),
				   .name = keep(p, rows_bytes(r, 2), &ok),
				   .person = NO_PERSON,
				   .next = NO_PERSON,
				   .first_id = p->entry_ids };
		if (!ok || !grow((void **)&p->entry, p->entries, sizeof *p->entry))
			return no_memory(err);
		p->entry[p->entries++] = e;
	}
	struct entry *e = &p->entry[p->entries - 1];
	struct known_id *known = &p->id[id];
	if (!grow((void **)&p->entry_id, p->entry_ids, sizeof *p->entry_id))
		return no_memory(err);
	p->entry_id[p->entry_ids++] = id;
	e->ids++;
	if (e->name.n && !known->saved.n)
		known->saved = e->name;
	else if (e->name.n && !span_eq_nocase(e->name, known->saved))
		known->shared = true;
	return e->name.n ? tell(p, &known->saved_as, &known->saved_ases,
				(struct told){ e->name, SPAN_NONE, e->exhibit, NO_PERSON }, err)
			 : 0;
}

static int take_entries(struct identities *p, struct case_db *c, struct err *err)
{
	struct rows r;
	int rc = rows_ask(&r, c,
			  "SELECT i.record, i.party, r.name, f.exhibit FROM contact_id i"
			  " JOIN record r ON r.id=i.record JOIN evidence_file f ON f.id=r.file"
			  " WHERE r.kind=1 ORDER BY i.record, i.n",
			  err);
	while (!rc && (rc = rows_step(&r, err)) > 0)
		rc = take_entry(p, &r, err);
	rows_close(&r);
	return rc;
}

static uint32_t top(uint32_t *up, uint32_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

/* The lower one leads, so that the order is that of first appearance. */
static void join(uint32_t *up, uint32_t a, uint32_t b)
{
	a = top(up, a);
	b = top(up, b);
	if (a < b)
		up[b] = a;
	else
		up[a] = b;
}

static int join_all(struct identities *p, struct err *err)
{
	struct part *part = p->hidden_part;
	size_t n = (size_t)p->ids + p->entries;
	part->up = calloc(n + 1, sizeof *part->up);
	p->person = calloc(n + 1, sizeof *p->person);
	if (!part->up || !p->person)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		part->up[i] = (uint32_t)i;
	for (uint32_t i = 0; i < p->ids; i++)
		if (p->id[i].number != NO_PERSON)
			join(part->up, i, p->id[i].number);
	for (uint32_t i = 0; i < p->entries; i++)
		for (uint32_t k = 0; k < p->entry[i].ids; k++) {
			uint32_t id = p->entry_id[p->entry[i].first_id + k];
			if (!p->id[id].shared)
				join(part->up, p->ids + i, id);
		}
	return 0;
}

/* up becomes the number of each top's person. */
static void number_all(struct identities *p)
{
	struct part *part = p->hidden_part;
	uint32_t n = p->ids + p->entries;
	uint32_t *of_top = part->up;
	for (uint32_t i = 0; i < n; i++)
		part->up[i] = top(part->up, i);
	/* A top stands before all that it leads. */
	for (uint32_t i = 0; i < n; i++)
		of_top[i] = of_top[i] == i ? p->persons++ : of_top[part->up[i]];
	for (uint32_t i = 0; i < p->persons; i++)
		p->person[i] = (struct person){ NO_PERSON, NO_PERSON, 0, 0 };
	for (uint32_t i = n; i-- > 0;) {
		struct person *who = &p->person[of_top[i]];
		if (i < p->ids) {
			p->id[i].person = of_top[i];
			p->id[i].next = who->id;
			who->id = i;
			who->ids++;
		} else {
			struct entry *e = &p->entry[i - p->ids];
			e->person = of_top[i];
			e->next = who->entry;
			who->entry = i - p->ids;
			who->entries++;
		}
	}
}

int identities_load(struct identities **ret, struct case_db *c, struct err *err)
{
	struct identities *p = calloc(1, sizeof *p);
	struct part *part = calloc(1, sizeof *part);
	if (!p || !part) {
		free(p);
		free(part);
		return no_memory(err);
	}
	p->hidden_part = part;
	part->arena = arena_new();
	part->of_key = textmap_new();
	int rc = part->arena && part->of_key ? 0 : no_memory(err);
	if (!rc)
		rc = take_parties(p, c, err);
	if (!rc)
		rc = take_entries(p, c, err);
	if (!rc)
		rc = join_all(p, err);
	if (rc) {
		identities_free(p);
		return rc;
	}
	number_all(p);
	*ret = p;
	return 0;
}

void identities_free(struct identities *p)
{
	if (!p)
		return;
	struct part *part = p->hidden_part;
	textmap_free(part->of_key);
	arena_free(part->arena);
	free(part->of_party);
	free(part->up);
	free(part);
	free(p->id);
	free(p->entry);
	free(p->entry_id);
	free(p->told);
	free(p->person);
	free(p);
}
