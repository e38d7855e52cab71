/* score_people.c - see score_people.h. Handles are resolved once each and remembered by id. */
#include "score_people.h"
#include "name.h"
#include "textmap.h"
#include <stdlib.h>

#define IDS_MAX 20000000 /* parties or lists of them in one case that are remembered */

/* What is remembered of a party or list: 0 not asked yet, 1 nobody, else person + 2. */
struct memory {
	uint32_t *of;
	sqlite3_int64 n;
};

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

static int add_person(struct people *p, struct person who, uint32_t *ret, struct err *err)
{
	struct case_facts *f = p->f;
	if (f->persons == f->persons_cap) {
		uint32_t cap = f->persons_cap ? f->persons_cap * 2 : 64;
		struct person *more = realloc(f->person, cap * sizeof *more);
		if (!more)
			return no_memory(err);
		f->person = more;
		f->persons_cap = cap;
	}
	*ret = f->persons;
	f->person[f->persons++] = who;
	return 0;
}

struct handle_key {
	char bytes[256];
};

/* The form two handles are compared in; one too long for it as it is. */
static span handle_key(span raw, struct handle_key *k)
{
	size_t n = identifier_key(raw, k->bytes, sizeof k->bytes);
	return n && n <= sizeof k->bytes ? (span){ k->bytes, n } : raw;
}

static int person_of(struct people *p, uint64_t e164, enum id_kind kind, span raw, uint32_t *ret,
		     struct err *err)
{
	struct handle_key k;
	span key = e164 ? SPAN("") : handle_key(raw, &k);
	if (e164 ? numset_get(p->by_number, e164, ret) : textmap_get(p->by_handle, key, ret))
		return 0;
	bool ok, ok_key;
	span kept = arena_copy(p->f->arena, raw, &ok);
	span kept_key = arena_copy(p->f->arena, key, &ok_key);
	struct person who = { .e164 = e164, .raw = kept, .kind = kind };
	int rc = ok && ok_key ? add_person(p, who, ret, err) : no_memory(err);
	if (rc)
		return rc;
	bool put = e164 ? numset_put(p->by_number, e164, *ret)
			: textmap_put(p->by_handle, kept_key, *ret);
	return put ? 0 : no_memory(err);
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
	bool kept = id > 0 && id < p->parties.n;
	*ret = NOBODY;
	if (kept && p->parties.of[id]) {
		*ret = p->parties.of[id] == 1 ? NOBODY : p->parties.of[id] - 2;
		return 0;
	}
	int rc = 0;
	sqlite3_bind_int64(p->party, 1, id);
	if (sqlite3_step(p->party) == SQLITE_ROW) {
		span role = column(p->party, 0), raw = column(p->party, 3);
		enum id_kind kind = ID_RAW;
		id_kind_from_word(column(p->party, 2), &kind);
		if (!span_eq(role, span_z(role_word(ROLE_OWNER))) && raw.p && is_somebody(kind))
			rc = person_of(p, (uint64_t)sqlite3_column_int64(p->party, 1), kind, raw,
				       ret, err);
	}
	sqlite3_reset(p->party);
	if (!rc && kept)
		p->parties.of[id] = *ret == NOBODY ? 1 : *ret + 2;
	return rc;
}

/* The one person of a list beside the owner; NOBODY if there are more. */
static int of_set(struct people *p, sqlite3_int64 id, uint32_t *ret, struct err *err)
{
	bool kept = id > 0 && id < p->sets.n;
	*ret = NOBODY;
	if (kept && p->sets.of[id]) {
		*ret = p->sets.of[id] == 1 ? NOBODY : p->sets.of[id] - 2;
		return 0;
	}
	sqlite3_int64 party[3];
	int n = 0, people = 0, rc = 0;
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
	if (!rc && kept)
		p->sets.of[id] = *ret == NOBODY ? 1 : *ret + 2;
	return rc;
}

int people_of(struct people *p, sqlite3_int64 from, sqlite3_int64 to, enum direction direction,
	      uint32_t *ret, struct err *err)
{
	int rc = 0;
	*ret = NOBODY;
	if (direction != DIR_OUT && from)
		rc = of_party(p, from, ret, err);
	if (!rc && *ret == NOBODY && direction != DIR_IN && to)
		rc = of_set(p, to, ret, err);
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

static void mark(struct people *p, uint64_t e164, span raw, bool saved, bool family)
{
	uint32_t who, brand;
	struct handle_key k;
	if (family && e164 && numset_get(p->line_numbers, e164, &brand))
		p->f->brand[brand].family = true;
	bool known = e164 ? numset_get(p->by_number, e164, &who)
			  : raw.p && textmap_get(p->by_handle, handle_key(raw, &k), &who);
	if (known) {
		p->f->person[who].saved |= saved;
		p->f->person[who].family |= family;
	}
}

int people_mark(struct people *p, const struct policy *policy, const struct numset *of_line,
		struct err *err)
{
	sqlite3_stmt *st;
	struct buf words = { 0 };
	sqlite3_int64 last = 0;
	bool family = false;
	int rc = case_prepare(p->c,
			      "SELECT i.record,t.e164,t.raw,r.name FROM contact_id i "
			      "JOIN record r ON r.id=i.record JOIN party t ON t.id=i.party "
			      "WHERE r.kind=1",
			      &st, err);
	if (rc)
		return rc;
	int step;
	while ((step = sqlite3_step(st)) == SQLITE_ROW) {
		sqlite3_int64 record = sqlite3_column_int64(st, 0);
		uint32_t unused;
		if (record != last) {
			name_words(column(st, 3), &words);
			family = says_family(policy, buf_span(&words));
			last = record;
		}
		bool saved = !numset_get(of_line, (uint64_t)record, &unused);
		mark(p, (uint64_t)sqlite3_column_int64(st, 1), column(st, 2), saved, family);
	}
	if (step != SQLITE_DONE)
		rc = case_error(p->c, "reading the contacts", err);
	sqlite3_finalize(st);
	buf_free(&words);
	return rc;
}
