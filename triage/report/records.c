/* records.c - JSON Lines of the records. Keys and their order: triage/README.md. */
#include "facts_record.h"
#include "json.h"
#include "report.h"
#include <inttypes.h>

static void put_party(struct json *j, const struct fact_party *p)
{
	json_open(j, '{');
	if (p->known)
		json_pair(j, "role", p->role);
	else
		json_pair_word(j, "role", "unknown");
	json_pair(j, "raw", p->raw);
	json_pair(j, "kind", p->kind);
	json_pair_e164(j, "e164", p->e164);
	json_pair(j, "name", p->name);
	json_pair(j, "certainty", p->certainty);
	json_close(j, '}');
}

static int put_to(struct json *j, struct list_reader *lists, int64_t to, struct err *err)
{
	struct fact_party p;
	int rc = 0;
	json_key(j, "to");
	json_open(j, '[');
	if (to >= 0) {
		list_to(lists, to);
		while ((rc = list_to_next(lists, &p, err)) > 0)
			put_party(j, &p);
	}
	json_close(j, ']');
	return rc;
}

static int put_identifiers(struct json *j, struct list_reader *lists, struct err *err)
{
	struct fact_contact_id id;
	int rc;
	json_key(j, "identifiers");
	json_open(j, '[');
	while ((rc = list_contact_id(lists, &id, err)) > 0) {
		json_open(j, '{');
		json_pair(j, "raw", id.party.raw);
		json_pair(j, "kind", id.party.kind);
		json_pair_e164(j, "e164", id.party.e164);
		json_pair(j, "certainty", id.party.certainty);
		json_pair(j, "label", id.label);
		json_close(j, '}');
	}
	json_close(j, ']');
	return rc;
}

static int put_mentions(struct json *j, struct list_reader *lists, span text, struct err *err)
{
	struct fact_mention m;
	int rc;
	json_key(j, "mentions");
	json_open(j, '[');
	while ((rc = list_mention(lists, &m, err)) > 0) {
		bool inside = m.start >= 0 && m.stop >= m.start && (uint64_t)m.stop <= text.n;
		json_open(j, '{');
		json_pair_int(j, "start", m.start);
		json_pair_int(j, "stop", m.stop);
		json_pair(j, "raw",
			  text.p && inside ? span_sub(text, (size_t)m.start, (size_t)m.stop)
					   : SPAN_NONE);
		json_pair(j, "kind", m.kind);
		json_pair_e164(j, "e164", m.e164);
		json_pair(j, "certainty", m.certainty);
		json_close(j, '}');
	}
	json_close(j, ']');
	return rc;
}

static int put_attachments(struct json *j, struct list_reader *lists, struct err *err)
{
	struct fact_attachment a;
	int rc;
	json_key(j, "attachments");
	json_open(j, '[');
	while ((rc = list_attachment(lists, &a, err)) > 0) {
		json_open(j, '{');
		json_pair(j, "name", a.name);
		json_pair(j, "type", a.type);
		json_close(j, '}');
	}
	json_close(j, ']');
	return rc;
}

/* Seconds: an integer, or as many decimals as the source had of its thousandths. */
static void put_duration(struct json *j, int64_t ms)
{
	json_key(j, "duration");
	if (ms < 0)
		json_null(j);
	else if (ms % 1000 == 0)
		json_int(j, ms / 1000);
	else
		json_thousandths(j, ms);
}

static void put_state(struct json *j, unsigned state)
{
	json_key(j, "state");
	json_open(j, '[');
	for (unsigned i = 0; i < 8 * sizeof state; i++)
		if (state & (1u << i) && record_state_word(1u << i))
			json_word(j, record_state_word(1u << i));
	json_close(j, ']');
}

static void put_origin(struct json *j, const struct fact_record *r)
{
	char text[32];
	json_key(j, "origin");
	json_open(j, '{');
	snprintf(text, sizeof text, "EX%" PRId64, r->exhibit);
	json_pair_word(j, "exhibit", text);
	json_key(j, "file");
	json_string(j, r->file);
	if (r->file_hex.p)
		json_pair(j, "file_hex", r->file_hex);
	json_pair(j, "sha256", r->sha256);
	json_pair(j, "table", r->table);
	snprintf(text, sizeof text, "%" PRId64, r->row);
	json_pair_word(j, "row", text);
	json_pair_word(j, "state", r->state & STATE_RECOVERED ? "recovered" : "live");
	json_close(j, '}');
}

static int put_record(struct json *j, struct list_reader *lists, const struct fact_record *r,
		      struct err *err)
{
	char id[64];
	list_of(lists, r->id);
	json_open(j, '{');
	json_pair_word(j, "kind", record_kind_word(r->kind));
	json_pair_time(j, "time", r->time);
	json_pair(j, "time_raw", r->time_raw);
	json_pair_word(j, "direction", direction_word(r->direction));
	json_key(j, "from");
	put_party(j, &r->from);
	int rc = put_to(j, lists, r->to, err);
	json_pair(j, "thread", r->thread);
	json_pair(j, "service", r->service);
	json_pair(j, "text", r->text);
	put_duration(j, r->duration);
	json_pair(j, "name", r->name);
	if (!rc)
		rc = put_identifiers(j, lists, err);
	if (!rc)
		rc = put_mentions(j, lists, r->text, err);
	if (!rc)
		rc = put_attachments(j, lists, err);
	json_key(j, "read");
	if (r->read == ANSWER_UNKNOWN)
		json_null(j);
	else
		json_bool(j, r->read == ANSWER_YES);
	put_state(j, r->state);
	put_origin(j, r);
	fact_number(r, id);
	json_pair_word(j, "id", id);
	json_pair(j, "time_unit", r->unit);
	json_pair(j, "thread_name", r->thread_name);
	json_close(j, '}');
	return rc;
}

static int put_records(struct case_db *c, enum record_kind kind, FILE *to, struct err *err)
{
	struct rows rows = { 0 };
	struct list_reader *lists = NULL;
	struct fact_record r;
	struct json j = { .to = to };
	int rc = list_reader_new(&lists, c, err);
	if (!rc)
		rc = facts_records(&rows, c, kind, err);
	while (!rc && (rc = facts_record(&rows, &r, err)) > 0) {
		rc = put_record(&j, lists, &r, err);
		if (!rc && ferror(to))
			rc = err_set(err, E_IO, "The records could not be written.");
	}
	rows_close(&rows);
	list_reader_free(lists);
	return rc;
}

int report_records(struct case_db *c, enum record_kind kind, FILE *to, struct err *err)
{
	bool began = false;
	int rc = facts_begin(c, &began, err);
	if (!rc)
		rc = put_records(c, kind, to, err);
	facts_end(c, began);
	return rc;
}
