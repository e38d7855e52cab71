/* score_people.c - see score_people.h. Handles are resolved once each and remembered by id. */
#include "score_people.h"
#include "name.h"
#include "textmap.h"
#include <stdlib.h>

#define IDS_MAX 20000000 /* parties or lists of them in one case that are remembered */

/* Somebody who did not show themselves, within this file. */
#define HIDDEN (NOBODY - 1)

/* What is remembered of a party or list: 0 not asked yet, else a person, HIDDEN or NOBODY, + 3. */
struct memory {
	uint32_t *of;
	sqlite3_int64 n;
};

static bool remembered(const struct memory *m, sqlite3_int64 id, uint32_t *ret)
{
	if (id <= 0 || id >= m->n || !m->of[id])
		return false;
	*ret = m->of[id] - 3;
	return true;
}

static void keep_in_mind(struct memory *m, sqlite3_int64 id, uint32_t who)
{
	if (id > 0 && id < m->n)
		m->of[id] = who + 3;
}

struct people {
	struct case_db *c;
	struct case_facts *f;
	sqlite3_stmt *party, *set;
	struct memory parties, sets;
	struct numset *by_number;
	struct textmap *by_handle;
	struct numset *line_numbers; /* E.164 of an assertion -> brand */
};

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "memory ran out while scoring the case");
}

void people_free(struct people *p)
{
	if (!p)
		return;
	sqlite3_finalize(p->party);
	sqlite3_finalize(p->set);
	free(p->parties.of);
	free(p->sets.of);
	numset_free(p->by_number);
	textmap_free(p->by_handle);
	numset_free(p->line_numbers);
	free(p);
}

static int remember(struct people *p, struct memory *m, const char *sql, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(p->c, sql, &st, err);
	if (rc)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW)
		m->n = sqlite3_column_int64(st, 0) + 1;
	sqlite3_finalize(st);
	if (m->n < 1 || m->n > IDS_MAX)
		m->n = 1;
	m->of = calloc((size_t)m->n, sizeof *m->of);
	return m->of ? 0 : no_memory(err);
}

int people_open(struct people **ret, struct case_db *c, struct case_facts *f, struct err *err)
{
	struct people *p = calloc(1, sizeof *p);
	if (!p)
		return no_memory(err);
	*p = (struct people){ .c = c, .f = f };
	p->by_number = numset_new(0);
	p->by_handle = textmap_new();
	p->line_numbers = numset_new(f->assertions);
	int rc = p->by_number && p->by_handle && p->line_numbers ? 0 : no_memory(err);
	if (!rc)
		rc = case_prepare(c, "SELECT role,e164,kind,raw FROM party WHERE id=?", &p->party,
				  err);
	if (!rc)
		rc = case_prepare(c, "SELECT party FROM party_set WHERE id=? ORDER BY n LIMIT 3",
				  &p->set, err);
	if (!rc)
		rc = remember(p, &p->parties, "SELECT max(id) FROM party", err);
	if (!rc)
		rc = remember(p, &p->sets, "SELECT max(id) FROM party_set", err);
	for (uint32_t i = 0; !rc && i < f->assertions; i++)
		if (f->assertion[i].e164 &&
		    !numset_put(p->line_numbers, f->assertion[i].e164, f->assertion[i].brand))
			rc = no_memory(err);
	if (rc)
		people_free(p);
	else
		*ret = p;
	return rc;
}

static span column(sqlite3_stmt *st, int i)
{
	const void *bytes = sqlite3_column_blob(st, i);
	int n = sqlite3_column_bytes(st, i);
	if (sqlite3_column_type(st, i) == SQLITE_NULL)
		return SPAN_NONE;
	return (span){ bytes ? bytes : "", n > 0 ? (size_t)n : 0 };
}

struct handle_key {
	char bytes[256];
};

/* The form two handles are compared in; one too long for it as it is. Absent for those who did not
 * show themselves ("private", "-1"): they are never one person. */
static span handle_key(span raw, struct handle_key *k)
{
	size_t n = identifier_key(raw, k->bytes, sizeof k->bytes);
	if (!n)
		return SPAN_NONE;
	return n <= sizeof k->bytes ? (span){ k->bytes, n } : raw;
}

static bool find(const struct people *p, uint64_t e164, span key, uint32_t *ret)
{
	return e164 ? numset_get(p->by_number, e164, ret) : textmap_get(p->by_handle, key, ret);
}

/* key: of the handle, where there is no number. */
static int add_person(struct people *p, uint64_t e164, span key, uint32_t *ret, struct err *err)
{
	struct case_facts *f = p->f;
	if (f->persons == f->persons_cap) {
		uint32_t cap = f->persons_cap ? f->persons_cap + f->persons_cap / 2 : 64;
		struct person *more = realloc(f->person, cap * sizeof *more);
		if (!more)
			return no_memory(err);
		f->person = more;
		f->persons_cap = cap;
	}
	bool ok = true;
	span kept = e164 ? SPAN_NONE : arena_copy(f->arena, key, &ok);
	if (!ok || !(e164 ? numset_put(p->by_number, e164, f->persons)
			  : textmap_put(p->by_handle, kept, f->persons)))
		return no_memory(err);
	*ret = f->persons;
	f->person[f->persons++] = (struct person){ .e164 = e164 };
	return 0;
}

static int person_of(struct people *p, uint64_t e164, enum id_kind kind, span raw, uint32_t *ret,
		     struct err *err)
{
	struct handle_key k;
	span key = e164 ? SPAN("") : handle_key(raw, &k);
	if (!key.p) {
		*ret = HIDDEN;
		return 0;
	}
	if (!find(p, e164, key, ret)) {
		int rc = add_person(p, e164, key, ret, err);
		if (rc)
			return rc;
	}
	struct person *who = &p->f->person[*ret];
	if (who->met)
		return 0;
	bool ok = true;
	who->met = true;
	who->kind = kind;
	if (!e164)
		who->raw = arena_copy(p->f->arena, raw, &ok);
	return ok ? 0 : no_memory(err);
}

/* Callers who hid their number are not one person. */
static bool is_somebody(enum id_kind kind)
{
	return kind != ID_ABSENT && kind != ID_WITHHELD && kind != ID_UNKNOWN &&
	       kind != ID_PAYPHONE;
}

/* NOBODY for the owner, for an unknown sender, and for a handle that the source does not give. */
static int of_party(struct people *p, sqlite3_int64 id, uint32_t *ret, struct err *err)
{
	if (remembered(&p->parties, id, ret))
		return 0;
	int rc = 0;
	*ret = NOBODY;
	sqlite3_bind_int64(p->party, 1, id);
	if (sqlite3_step(p->party) == SQLITE_ROW) {
		span role = column(p->party, 0), raw = column(p->party, 3);
		enum id_kind kind = ID_RAW;
		id_kind_from_word(column(p->party, 2), &kind);
		bool owner = span_eq(role, span_z(role_word(ROLE_OWNER)));
		if (!owner && raw.p && is_somebody(kind))
			rc = person_of(p, (uint64_t)sqlite3_column_int64(p->party, 1), kind, raw,
				       ret, err);
		else if (!owner && raw.p && kind != ID_ABSENT)
			*ret = HIDDEN;
	}
	sqlite3_reset(p->party);
	if (!rc)
		keep_in_mind(&p->parties, id, *ret);
	return rc;
}

/* The one person of a list beside the owner; NOBODY if there are more. */
static int of_set(struct people *p, sqlite3_int64 id, uint32_t *ret, struct err *err)
{
	if (remembered(&p->sets, id, ret))
		return 0;
	sqlite3_int64 party[3];
	int n = 0, people = 0, rc = 0;
	*ret = NOBODY;
	sqlite3_bind_int64(p->set, 1, id);
	while (n < 3 && sqlite3_step(p->set) == SQLITE_ROW)
		party[n++] = sqlite3_column_int64(p->set, 0);
	sqlite3_reset(p->set);
	for (int i = 0; !rc && i < n; i++) {
		uint32_t who;
		rc = of_party(p, party[i], &who, err);
		if (!rc && who != NOBODY && people++ == 0)
			*ret = who;
	}
	if (people != 1)
		*ret = NOBODY;
	if (!rc)
		keep_in_mind(&p->sets, id, *ret);
	return rc;
}

int people_of(struct people *p, sqlite3_int64 from, sqlite3_int64 to, enum direction direction,
	      uint32_t *ret, bool *ret_hidden, struct err *err)
{
	int rc = 0;
	*ret = NOBODY;
	if (direction != DIR_OUT && from)
		rc = of_party(p, from, ret, err);
	if (!rc && *ret == NOBODY && direction != DIR_IN && to)
		rc = of_set(p, to, ret, err);
	*ret_hidden = *ret == HIDDEN;
	if (*ret_hidden)
		*ret = NOBODY;
	return rc;
}

/* True if one of the words is on the list. words: from name_words(). */
static bool says_family(const struct policy *policy, span words)
{
	for (size_t at = 0; at < words.n;) {
		size_t stop = at;
		while (stop < words.n && words.p[stop] != ' ')
			stop++;
		for (unsigned i = 0; i < policy->words.families; i++)
			if (span_eq(span_sub(words, at, stop), span_z(policy->words.family[i])))
				return true;
		at = stop + 1;
	}
	return false;
}

/* One contact, as far as it says something of the people in it. */
struct contact_says {
	span name;
	uint32_t of_line; /* 0: it is no match */
	bool family;
};

static int mark(struct people *p, uint64_t e164, span raw, const struct contact_says *c,
		struct err *err)
{
	uint32_t who, brand;
	struct handle_key k;
	span key = e164 || !raw.p ? SPAN_NONE : handle_key(raw, &k);
	if (c->family && e164 && numset_get(p->line_numbers, e164, &brand))
		p->f->brand[brand].family = true;
	if (!e164 && !key.p)
		return 0;
	int rc = find(p, e164, key, &who) ? 0 : add_person(p, e164, key, &who, err);
	if (rc)
		return rc;
	struct person *person = &p->f->person[who];
	person->family |= c->family;
	if (!c->of_line) {
		person->saved = true;
	} else if (!person->saved_as.p || (c->of_line == OF_LINE_NAME && !person->line_name)) {
		bool ok;
		person->saved_as = arena_copy(p->f->arena, c->name.p ? c->name : SPAN(""), &ok);
		person->line_name = c->of_line == OF_LINE_NAME;
		if (!ok)
			return no_memory(err);
	}
	return 0;
}

int people_mark(struct people *p, const struct policy *policy, const struct numset *of_line,
		struct err *err)
{
	sqlite3_stmt *st;
	struct buf words = { 0 };
	sqlite3_int64 last = 0;
	struct contact_says says = { 0 };
	int rc = case_prepare(p->c,
			      "SELECT i.record,t.e164,t.raw,r.name FROM contact_id i "
			      "JOIN record r ON r.id=i.record JOIN party t ON t.id=i.party "
			      "WHERE r.kind=1",
			      &st, err);
	if (rc)
		return rc;
	int step = SQLITE_DONE;
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW) {
		sqlite3_int64 record = sqlite3_column_int64(st, 0);
		says.name = column(st, 3);
		if (record != last) {
			name_words(says.name, &words);
			says.family = says_family(policy, buf_span(&words));
			if (!numset_get(of_line, (uint64_t)record, &says.of_line))
				says.of_line = 0;
			last = record;
		}
		rc = mark(p, (uint64_t)sqlite3_column_int64(st, 1), column(st, 2), &says, err);
	}
	if (!rc && step != SQLITE_DONE)
		rc = case_error(p->c, "reading the contacts", err);
	sqlite3_finalize(st);
	buf_free(&words);
	return rc;
}
