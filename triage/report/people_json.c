/* people_json.c - what `people` prints: one person a line. Keys and their order: triage/README.md.
 */
#include "emit.h"
#include "facts.h"
#include "identities.h"
#include "report.h"
#include <inttypes.h>

static void put_person_id(struct emit *j, uint32_t person)
{
	char text[24];
	snprintf(text, sizeof text, "P%" PRIu64, (uint64_t)person + 1);
	emit_word(j, text);
}

static void put_exhibit(struct emit *j, int64_t exhibit)
{
	char text[32];
	snprintf(text, sizeof text, "EX%" PRId64, exhibit);
	emit_pair_word(j, "exhibit", text);
}

static void put_record(struct emit *j, const struct entry *e)
{
	char text[64];
	snprintf(text, sizeof text, "EX%" PRId64 "/C%06" PRId64, e->exhibit, e->record);
	emit_pair_word(j, "record", text);
}

static span spelling_of(const struct identities *p, const struct known_id *id)
{
	return id->spelling == NO_PERSON ? SPAN_NONE : p->told[id->spelling].text;
}

static void put_told(struct emit *j, const struct identities *p, const char *key, const char *text,
		     uint32_t first, uint32_t n)
{
	emit_key(j, key);
	emit_open(j, '[');
	for (; first != NO_PERSON; first = p->told[first].next) {
		const struct told *t = &p->told[first];
		emit_open(j, '{');
		emit_pair(j, text, t->text);
		if (t->certainty.p)
			emit_pair(j, "certainty", t->certainty);
		put_exhibit(j, t->exhibit);
		emit_close(j, '}');
	}
	emit_close(j, ']');
	if (n > IDENTITIES_LISTED) {
		char more[32];
		snprintf(more, sizeof more, "%s_left_out", key);
		emit_pair_int(j, more, n - IDENTITIES_LISTED);
	}
}

static void put_ids(struct emit *j, const struct identities *p, const struct person *who)
{
	emit_key(j, "identifiers");
	emit_open(j, '[');
	for (uint32_t i = who->id; i != NO_PERSON; i = p->id[i].next) {
		const struct known_id *id = &p->id[i];
		emit_open(j, '{');
		emit_pair_word(j, "kind", id_kind_word(id->kind));
		emit_pair_e164(j, "e164", id->e164);
		put_told(j, p, "spellings", "raw", id->spelling, id->spellings);
		put_told(j, p, "names", "name", id->name, id->names);
		put_told(j, p, "saved_as", "name", id->saved_as, id->saved_ases);
		emit_pair_bool(j, "shared", id->shared);
		emit_pair_bool(j, "owner", id->owner);
		emit_close(j, '}');
	}
	emit_close(j, ']');
}

static void put_number(struct emit *j, const char *key, const struct identities *p, uint32_t i)
{
	if (p->id[i].e164)
		emit_pair_e164(j, key, p->id[i].e164);
	else
		emit_pair(j, key, spelling_of(p, &p->id[i]));
}

/* Each entry with what it holds; each hidden name with its number. */
static void put_links(struct emit *j, const struct identities *p, const struct person *who)
{
	emit_key(j, "links");
	emit_open(j, '[');
	for (uint32_t i = who->id; i != NO_PERSON; i = p->id[i].next) {
		const struct known_id *id = &p->id[i];
		if (id->kind != ID_JID_LID)
			continue;
		emit_open(j, '{');
		put_number(j, "identifier", p, i);
		emit_key(j, "with");
		emit_open(j, '[');
		if (id->number != NO_PERSON) {
			char number[17];
			identifier_format(p->id[id->number].e164, number);
			emit_word(j, number);
		}
		emit_close(j, ']');
		emit_pair(j, "certainty", id->certainty);
		emit_pair(j, "why", id->reason);
		emit_close(j, '}');
	}
	for (uint32_t i = who->entry; i != NO_PERSON; i = p->entry[i].next) {
		const struct entry *e = &p->entry[i];
		emit_open(j, '{');
		emit_pair(j, "name", e->name);
		emit_key(j, "with");
		emit_open(j, '[');
		for (uint32_t k = 0; k < e->ids; k++) {
			const struct known_id *id = &p->id[p->entry_id[e->first_id + k]];
			char number[17];
			identifier_format(id->e164, number);
			emit_string(j, id->e164 ? span_z(number) : spelling_of(p, id));
		}
		emit_close(j, ']');
		emit_pair_word(j, "certainty", "contact");
		emit_pair_word(j, "why", "Saved together in one entry");
		put_record(j, e);
		emit_close(j, '}');
	}
	emit_close(j, ']');
}

/* The persons that hold what this one shares: of an entry its shared numbers. */
static void put_shared(struct emit *j, const struct identities *p, const struct person *who,
		       uint32_t self)
{
	emit_key(j, "shares_with");
	emit_open(j, '[');
	for (uint32_t i = who->entry; i != NO_PERSON; i = p->entry[i].next)
		for (uint32_t k = 0; k < p->entry[i].ids; k++) {
			uint32_t id = p->entry_id[p->entry[i].first_id + k];
			if (p->id[id].shared && p->id[id].person != self)
				put_person_id(j, p->id[id].person);
		}
	emit_close(j, ']');
}

static void put_person(struct emit *j, const struct identities *p, uint32_t n)
{
	const struct person *who = &p->person[n];
	emit_open(j, '{');
	emit_key(j, "id");
	put_person_id(j, n);
	put_ids(j, p, who);
	put_links(j, p, who);
	put_shared(j, p, who, n);
	emit_close(j, '}');
}

int report_people(struct case_db *c, FILE *to, struct err *err)
{
	struct identities *p = NULL;
	struct emit j = { .to = to };
	bool began = false;
	int rc = facts_begin(c, &began, err);
	if (!rc)
		rc = identities_load(&p, c, err);
	for (uint32_t i = 0; !rc && i < p->persons; i++) {
		put_person(&j, p, i);
		if (ferror(to))
			rc = err_set(err, E_IO, "The people could not be written.");
	}
	if (!rc && !emit_flush(&j))
		rc = err_set(err, E_IO, "The people could not be written.");
	identities_free(p);
	facts_end(c, began);
	return rc;
}
