/*
 * export_jsonld.c - CASE/UCO as JSON-LD: the exhibit as provenance, accounts, calls and messages as
 * observables with facets, each with an @id of its own. IRIs as the CASE-Examples repository of
 * 2026-03-02 has them. "kb:" names are made of record numbers, so they are stable.
 */
#include "base/time.h"
#include "export.h"
#include "report/annex.h"
#include "report/emit.h"
#include <inttypes.h>
#include <stdio.h>

#define UCO "https://ontology.unifiedcyberontology.org/uco/"

struct graph {
	struct export_job *job;
	struct emit *j;
};

static void put_id(struct emit *j, const char *key, const char *kind, int64_t n)
{
	char id[96];
	snprintf(id, sizeof id, "kb:%s-%" PRId64, kind, n);
	if (key) {
		emit_key(j, key);
		emit_open(j, '{');
	}
	emit_pair_word(j, "@id", id);
	if (key)
		emit_close(j, '}');
}

static void put_time(struct emit *j, const char *key, int64_t ms)
{
	char when[25];
	if (ms == TIME_UNSET)
		return;
	time_format(ms, when);
	emit_key(j, key);
	emit_open(j, '{');
	emit_pair_word(j, "@type", "xsd:dateTime");
	emit_pair_word(j, "@value", when);
	emit_close(j, '}');
}

static void open_facet(struct emit *j, const char *kind, const char *type, int64_t n)
{
	char id[64];
	snprintf(id, sizeof id, "%s-facet", kind);
	emit_key(j, "uco-core:hasFacet");
	emit_open(j, '[');
	emit_open(j, '{');
	put_id(j, NULL, id, n);
	emit_pair_word(j, "@type", type);
}

static void close_facet(struct emit *j)
{
	emit_close(j, '}');
	emit_close(j, ']');
	emit_close(j, '}');
}

/* party.id is asked again here: records name parties by value. Only the sides of records that
 * leave.
 */
static int put_parties(struct graph *g, struct err *err)
{
	struct rows rows;
	int rc = rows_ask(
		&rows, g->job->c,
		"WITH chosen AS (SELECT r.\"from\" AS a, r.\"to\" AS b FROM record r WHERE r.kind "
		"IN"
		" (2, 3) AND (r.id IN (SELECT record FROM finding_record UNION SELECT record FROM"
		" match WHERE line IS NOT NULL) OR r.thread IN (SELECT value FROM json_each(?1))))"
		" SELECT id, e164, raw FROM party WHERE id IN (SELECT a FROM chosen UNION SELECT"
		" s.party FROM chosen c JOIN party_set s ON s.id = c.b) ORDER BY id",
		err);
	if (!rc)
		sqlite3_bind_text(rows.st, 1, g->job->f->threads ? g->job->f->threads : "[]", -1,
				  SQLITE_STATIC);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		char number[32];
		uint64_t e164 = (uint64_t)rows_number(&rows, 1);
		snprintf(number, sizeof number, "+%" PRIu64, e164);
		emit_open(g->j, '{');
		put_id(g->j, NULL, "account", rows_number(&rows, 0));
		emit_pair_word(g->j, "@type",
			       e164 ? "uco-observable:PhoneAccount" : "uco-observable:Account");
		open_facet(g->j, "account",
			   e164 ? "uco-observable:PhoneAccountFacet"
				: "uco-observable:AccountFacet",
			   rows_number(&rows, 0));
		if (e164)
			emit_pair_word(g->j, "uco-observable:phoneNumber", number);
		else
			emit_pair(g->j, "uco-observable:accountIdentifier",
				  rows_bytes(&rows, 2).p ? rows_bytes(&rows, 2)
							 : SPAN("not known"));
		close_facet(g->j);
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

/* "from" and "to" of a record as account ids. */
static int put_sides(struct graph *g, int64_t record, struct err *err)
{
	struct rows rows;
	int64_t n = 0;
	int rc = rows_ask(
		&rows, g->job->c,
		"SELECT 0, r.\"from\" FROM record r WHERE r.id = ?1 AND r.\"from\" IS NOT"
		" NULL UNION ALL SELECT 1, s.party FROM record r JOIN party_set s ON s.id ="
		" r.\"to\" WHERE r.id = ?1",
		err);
	if (rc)
		return rc;
	sqlite3_bind_int64(rows.st, 1, record);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		rc = 0;
		if (rows_number(&rows, 0) == 0) {
			put_id(g->j, "uco-observable:from", "account", rows_number(&rows, 1));
			continue;
		}
		if (!n++) {
			emit_key(g->j, "uco-observable:to");
			emit_open(g->j, '[');
		}
		emit_open(g->j, '{');
		put_id(g->j, NULL, "account", rows_number(&rows, 1));
		emit_close(g->j, '}');
	}
	rows_close(&rows);
	if (n)
		emit_close(g->j, ']');
	return rc;
}

static int put_record(struct export_job *job, const struct fact_record *r, void *user,
		      struct err *err)
{
	struct graph *g = user;
	struct emit *j = g->j;
	char id[64];
	bool call = r->kind == REC_CALL;
	(void)job;
	if (!call && r->kind != REC_MESSAGE)
		return 0;
	fact_number(r, id);
	emit_open(j, '{');
	put_id(j, NULL, call ? "call" : "message", r->id);
	emit_pair_word(j, "@type", call ? "uco-observable:Call" : "uco-observable:Message");
	emit_pair_word(j, "uco-core:name", id);
	open_facet(j, call ? "call" : "message",
		   call ? "uco-observable:CallFacet" : "uco-observable:MessageFacet", r->id);
	int rc = put_sides(g, r->id, err);
	put_time(j, call ? "uco-observable:startTime" : "uco-observable:sentTime", r->time);
	if (call)
		emit_pair_word(j, "uco-observable:callType", direction_word(r->direction));
	if (call && r->duration >= 0) {
		char seconds[32];
		snprintf(seconds, sizeof seconds, "%" PRId64, r->duration / 1000);
		emit_key(j, "uco-observable:duration");
		emit_open(j, '{');
		emit_pair_word(j, "@type", "xsd:integer");
		emit_pair_word(j, "@value", seconds);
		emit_close(j, '}');
	}
	if (!call && r->text.p) {
		emit_key(j, "uco-observable:messageText");
		emit_string(j, r->text);
	}
	close_facet(j);
	return rc;
}

static void put_context(struct emit *j)
{
	static const char *const names[][2] = {
		{ "kb", "urn:linecheck:" },
		{ "case-investigation", "https://ontology.caseontology.org/case/investigation/" },
		{ "uco-core", UCO "core/" },
		{ "uco-observable", UCO "observable/" },
		{ "uco-action", UCO "action/" },
		{ "uco-tool", UCO "tool/" },
		{ "uco-types", UCO "types/" },
		{ "xsd", "http://www.w3.org/2001/XMLSchema#" },
	};
	emit_key(j, "@context");
	emit_open(j, '{');
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		emit_pair_word(j, names[i][0], names[i][1]);
	emit_close(j, '}');
}

static int put_provenance(struct graph *g, struct err *err)
{
	struct rows rows;
	struct fact_exhibit x;
	struct emit *j = g->j;
	char name[32];
	emit_open(j, '{');
	put_id(j, NULL, "tool", 1);
	emit_pair_word(j, "@type", "uco-tool:AnalyticTool");
	emit_pair_word(j, "uco-core:name", "linecheck");
	emit_pair_word(j, "uco-tool:version", LINECHECK_VERSION);
	emit_close(j, '}');
	int rc = facts_exhibits(&rows, g->job->c, err);
	while (!rc && (rc = facts_exhibit(&rows, &x, err)) > 0) {
		annex_exhibit(x.id, name);
		emit_open(j, '{');
		put_id(j, NULL, "provenance", x.id);
		emit_pair_word(j, "@type", "case-investigation:ProvenanceRecord");
		emit_pair_word(j, "case-investigation:exhibitNumber", name);
		emit_close(j, '}');
		emit_open(j, '{');
		put_id(j, NULL, "action", x.id);
		emit_pair_word(j, "@type", "case-investigation:InvestigativeAction");
		emit_pair_word(j, "uco-core:name", "extracted");
		put_id(j, "uco-action:instrument", "tool", 1);
		put_id(j, "uco-action:result", "provenance", x.id);
		emit_close(j, '}');
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

int export_jsonld(struct export_job *job, struct err *err)
{
	struct emit j = { .indent = 3 };
	struct graph g = { job, &j };
	int rc = bundle_open(job->b, "case.jsonld", &j.to, err);
	if (rc)
		return rc;
	emit_open(&j, '{');
	put_context(&j);
	emit_key(&j, "@graph");
	emit_open(&j, '[');
	rc = put_provenance(&g, err);
	if (!rc)
		rc = put_parties(&g, err);
	if (!rc)
		rc = export_each(job, put_record, &g, err);
	emit_close(&j, ']');
	emit_close(&j, '}');
	if (!rc && (!emit_flush(&j) || putc('\n', j.to) == EOF))
		rc = err_set(err, E_IO, "The export could not be written.");
	return rc ? rc : bundle_close(job->b, err);
}
