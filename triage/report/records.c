/* records.c - JSON Lines of the records. Keys and their order: triage/README.md. */
#include "emit.h"
#include "facts_record.h"
#include "report.h"
#include <inttypes.h>

static void put_party(struct emit *j, const struct fact_party *p)
{
	emit_open(j, '{');
	if (p->known)
		emit_pair(j, "role", p->role);
	else
		emit_pair_word(j, "role", "unknown");
	emit_pair(j, "raw", p->raw);
	emit_pair(j, "kind", p->kind);
	emit_pair_e164(j, "e164", p->e164);
	emit_pair(j, "name", p->name);
	emit_pair(j, "certainty", p->certainty);
	emit_close(j, '}');
}

static int put_to(struct emit *j, struct list_reader *lists, int64_t to, struct err *err)
{
	struct fact_party p;
	int rc = 0;
	emit_key(j, "to");
	emit_open(j, '[');
	if (to >= 0) {
		list_to(lists, to);
		while ((rc = list_to_next(lists, &p, err)) > 0)
			put_party(j, &p);
	}
	emit_close(j, ']');
	return rc;
}

static int put_identifiers(struct emit *j, struct list_reader *lists, struct err *err)
{
	struct fact_contact_id id;
	int rc;
	emit_key(j, "identifiers");
	emit_open(j, '[');
	while ((rc = list_contact_id(lists, &id, err)) > 0) {
		emit_open(j, '{');
		emit_pair(j, "raw", id.party.raw);
		emit_pair(j, "kind", id.party.kind);
		emit_pair_e164(j, "e164", id.party.e164);
		emit_pair(j, "certainty", id.party.certainty);
		emit_pair(j, "label", id.label);
		emit_close(j, '}');
	}
	emit_close(j, ']');
	return rc;
}

static int put_mentions(struct emit *j, struct list_reader *lists, span text, struct err *err)
{
	struct fact_mention m;
	int rc;
	emit_key(j, "mentions");
	emit_open(j, '[');
	while ((rc = list_mention(lists, &m, err)) > 0) {
		bool inside = m.start >= 0 && m.stop >= m.start && (uint64_t)m.stop <= text.n;
		emit_open(j, '{');
		emit_pair_int(j, "start", m.start);
		emit_pair_int(j, "stop", m.stop);
		emit_pair(j, "raw",
			  text.p && inside ? span_sub(text, (size_t)m.start, (size_t)m.stop)
					   : SPAN_NONE);
		emit_pair(j, "kind", m.kind);
		emit_pair_e164(j, "e164", m.e164);
		emit_pair(j, "certainty", m.certainty);
		emit_close(j, '}');
	}
	emit_close(j, ']');
	return rc;
}

static int put_attachments(struct emit *j, struct list_reader *lists, struct err *err)
{
	struct fact_attachment a;
	int rc;
	emit_key(j, "attachments");
	emit_open(j, '[');
	while ((rc = list_attachment(lists, &a, err)) > 0) {
		emit_open(j, '{');
		emit_pair(j, "name", a.name);
		emit_pair(j, "type", a.type);
		emit_close(j, '}');
	}
	emit_close(j, ']');
	return rc;
}

/* Only where there is one: most records answer nothing. */
static int put_quoted(struct emit *j, struct list_reader *lists, struct err *err)
{
	span text;
	int rc = list_quoted(lists, &text, err);
	if (rc > 0)
		emit_pair(j, "quoted", text);
	return rc < 0 ? rc : 0;
}

/* Seconds: an integer, or as many decimals as the source had of its thousandths. */
static void put_duration(struct emit *j, int64_t ms)
{
	emit_key(j, "duration");
	if (ms < 0)
		emit_null(j);
	else if (ms % 1000 == 0)
		emit_int(j, ms / 1000);
	else
		emit_thousandths(j, ms);
}

static void put_state(struct emit *j, unsigned state)
{
	emit_key(j, "state");
	emit_open(j, '[');
	for (unsigned i = 0; i < 8 * sizeof state; i++)
		if (state & (1u << i) && record_state_word(1u << i))
			emit_word(j, record_state_word(1u << i));
	emit_close(j, ']');
}

static void put_origin(struct emit *j, const struct fact_record *r)
{
	char text[32];
	emit_key(j, "origin");
	emit_open(j, '{');
	snprintf(text, sizeof text, "EX%" PRId64, r->exhibit);
	emit_pair_word(j, "exhibit", text);
	emit_key(j, "file");
	emit_string(j, r->file);
	if (r->file_hex.p)
		emit_pair(j, "file_hex", r->file_hex);
	emit_pair(j, "sha256", r->sha256);
	emit_pair(j, "table", r->table);
	snprintf(text, sizeof text, "%" PRId64, r->row);
	emit_pair_word(j, "row", text);
	emit_pair_word(j, "state", fact_origin_word(r));
	emit_close(j, '}');
}

static int put_record(struct emit *j, struct list_reader *lists, const struct fact_record *r,
		      struct err *err)
{
	char id[64];
	list_of(lists, r->id);
	emit_open(j, '{');
	emit_pair_word(j, "kind", record_kind_word(r->kind));
	emit_pair_time(j, "time", r->time);
	emit_pair(j, "time_raw", r->time_raw);
	emit_pair_word(j, "direction", direction_word(r->direction));
	emit_key(j, "from");
	put_party(j, &r->from);
	int rc = put_to(j, lists, r->to, err);
	emit_pair(j, "thread", r->thread);
	emit_pair(j, "service", r->service);
	emit_pair(j, "text", r->text);
	if (r->text_why)
		emit_pair_word(j, "text_state", text_state_word(r->text_why));
	put_duration(j, r->duration);
	emit_pair(j, "name", r->name);
	if (!rc)
		rc = put_identifiers(j, lists, err);
	if (!rc)
		rc = put_mentions(j, lists, r->text, err);
	if (!rc)
		rc = put_attachments(j, lists, err);
	emit_key(j, "read");
	if (r->read == ANSWER_UNKNOWN)
		emit_null(j);
	else
		emit_bool(j, r->read == ANSWER_YES);
	put_state(j, r->state);
	put_origin(j, r);
	fact_number(r, id);
	emit_pair_word(j, "id", id);
	emit_pair(j, "time_unit", r->unit);
	emit_pair(j, "thread_name", r->thread_name);
	emit_key(j, "thread_id"); /* what 'case stage' takes */
	if (r->thread_id) {
		snprintf(id, sizeof id, "%" PRId64, r->thread_id);
		emit_word(j, id);
	} else {
		emit_null(j);
	}
	if (r->local) {
		char shown[25];
		time_format(r->local, shown);
		shown[19] = 0;
		emit_pair_word(j, "time_shown", shown);
	}
	if (!rc)
		rc = put_quoted(j, lists, err);
	emit_close(j, '}');
	return rc;
}

static int put_records(struct case_db *c, unsigned kinds, FILE *to, struct err *err)
{
	struct rows rows = { 0 };
	struct list_reader *lists = NULL;
	struct fact_record r;
	struct emit j = { .to = to };
	int rc = list_reader_new(&lists, c, err);
	if (!rc)
		rc = facts_records(&rows, c, kinds, err);
	while (!rc && (rc = facts_record(&rows, &r, err)) > 0) {
		rc = put_record(&j, lists, &r, err);
		if (!rc && ferror(to))
			rc = err_set(err, E_IO, "The records could not be written.");
	}
	if (!rc && !emit_flush(&j))
		rc = err_set(err, E_IO, "The records could not be written.");
	rows_close(&rows);
	list_reader_free(lists);
	return rc;
}

int report_records(struct case_db *c, unsigned kinds, FILE *to, struct err *err)
{
	bool began = false;
	int rc = facts_begin(c, &began, err);
	if (!rc)
		rc = put_records(c, kinds, to, err);
	facts_end(c, began);
	return rc;
}
