/* evidential_case.c - sections 2 to 6: authority, exhibit, continuity, method, notes. */
#include "base/time.h"
#include "decision.h"
#include "evidential_part.h"
#include "words.h"
#include "zone.h"
#include <inttypes.h>
#include <stdio.h>

static void answer(struct evidential *e, const char *label, const char *field)
{
	pdf_pair_z(e->p, label, answers_get(&e->answers, field));
}

/* The choices of a decision, as they stand: "from 2025-02-24; kinds account, contact". */
static void put_choices(struct evidential *e, const char *label, enum decision_kind kind)
{
	json_t *choices = NULL, *value, *one;
	const char *key;
	size_t i;
	decision_current(e->c, kind, NULL, &choices, NULL);
	buf_clear(&e->scratch);
	json_object_foreach(choices, key, value)
	{
		buf_addf(&e->scratch, "%s%s: ", e->scratch.n ? "; " : "", key);
		if (json_is_string(value))
			buf_add(&e->scratch, span_z(json_string_value(value)));
		else if (json_is_integer(value))
			buf_addf(&e->scratch, "%" PRId64, (int64_t)json_integer_value(value));
		json_array_foreach(value, i, one)
		{
			if (json_is_string(one))
				buf_addf(&e->scratch, "%s%s", i ? ", " : "",
					 json_string_value(one));
			else
				buf_addf(&e->scratch, "%s%" PRId64, i ? ", " : "",
					 (int64_t)json_integer_value(one));
		}
	}
	pdf_pair(e->p, label, e->scratch.n ? buf_span(&e->scratch) : SPAN_NONE);
	json_decref(choices);
}

static void put_authority(struct evidential *e)
{
	pdf_heading(e->p, 1, "2  Authority and purpose");
	answer(e, "Basis", "basis");
	answer(e, "Other power", "other_power");
	answer(e, "Purposes", "purposes");
	answer(e, "Capacity of the person", "category");
	answer(e, "Under 18 at that time", "child");
	answer(e, "Authorised person", "officer_role");
	answer(e, "Schedule 3, Part", "schedule3");
	answer(e, "Training reference", "training_reference");
	put_choices(e, "Notice", DECISION_NOTICE);
	put_choices(e, "Scope", DECISION_SCOPE);
	put_choices(e, "Stage", DECISION_STAGE);
	pdf_text(e->p,
		 "Stage 1 reads numbers and times, stage 2 the text of chosen threads, stage 3 "
		 "all text. The reasons that were recorded (necessity, proportionality, "
		 "alternatives, collateral intrusion, confidential information) stand in the "
		 "case and can be had from the force.");
}

/* Luhn, over 15 digits. */
static const char *imei_check(span raw)
{
	unsigned sum = 0;
	size_t digits = 0;
	for (size_t i = 0; i < raw.n; i++) {
		unsigned d = (unsigned)(raw.p[i] - '0');
		if (d > 9)
			return NULL;
		if (digits++ % 2)
			d = 2 * d > 9 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	if (digits != 15)
		return NULL;
	return sum % 10 ? " (its check digit is wrong)" : " (its check digit is right)";
}

static int put_accounts(struct evidential *e, struct err *err)
{
	struct rows rows;
	struct fact_record r;
	struct fact_contact_id id;
	char number[64];
	int rc = facts_records(&rows, e->c, KIND_BIT(REC_ACCOUNT), err);
	while (!rc && (rc = facts_record(&rows, &r, err)) > 0) {
		buf_clear(&e->scratch);
		fact_number(&r, number);
		if (r.service.p)
			buf_add(&e->scratch, r.service);
		list_of(e->lists, r.id);
		while ((rc = list_contact_id(e->lists, &id, err)) > 0) {
			const char *luhn = span_eq(id.party.kind, SPAN("imei")) && id.party.raw.p
						   ? imei_check(id.party.raw)
						   : NULL;
			buf_add(&e->scratch, e->scratch.n ? SPAN("; ") : SPAN(""));
			buf_add(&e->scratch, id.party.kind);
			buf_byte(&e->scratch, ' ');
			buf_add(&e->scratch, id.party.raw.p ? id.party.raw : SPAN("not known"));
			buf_addf(&e->scratch, "%s", luhn ? luhn : "");
		}
		pdf_pair(e->p, number, buf_span(&e->scratch));
	}
	rows_close(&rows);
	return rc;
}

static int put_exhibits(struct evidential *e, struct err *err)
{
	struct rows rows;
	struct fact_exhibit x;
	pdf_heading(e->p, 1, "3  Exhibit");
	answer(e, "Reference", "exhibit");
	answer(e, "Condition when received", "condition");
	answer(e, "Cut off from its network", "isolation");
	answer(e, "When", "isolated_at");
	answer(e, "By", "isolated_by");
	answer(e, "Why not", "not_isolated");
	pdf_blank(e->p, "Make and model");
	pdf_blank(e->p, "Time shown, and true time");
	pdf_blank(e->p, "Seal numbers");
	pdf_heading(e->p, 2, "3.1  Identities that the exhibit holds");
	int rc = put_accounts(e, err);
	pdf_heading(e->p, 2, "3.2  Copies that were read");
	if (!rc)
		rc = facts_exhibits(&rows, e->c, err);
	if (rc)
		return rc;
	while (!rc && (rc = facts_exhibit(&rows, &x, err)) > 0) {
		const char *kind = word_exhibit_kind(x.kind);
		buf_clear(&e->scratch);
		buf_addf(&e->scratch, "%s, ", kind ? kind : "");
		buf_add(&e->scratch, x.label);
		buf_addf(&e->scratch,
			 "; %" PRId64 " files seen (%" PRId64 " bytes), %" PRId64 " kept (%" PRId64
			 " bytes); fingerprint ",
			 x.files_seen, x.bytes_seen, x.files_kept, x.bytes_kept);
		buf_add(&e->scratch, x.fingerprint);
		char number[32];
		snprintf(number, sizeof number, "EX%" PRId64, x.id);
		pdf_pair(e->p, number, buf_span(&e->scratch));
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static void put_continuity(struct evidential *e)
{
	static const struct pdf_column columns[] = { { "Held by", 3 },   { "From (UTC)", 3 },
						     { "To (UTC)", 3 },  { "Reason", 4 },
						     { "Signature", 3 }, { NULL, 0 } };
	static const span empty[] = { SPAN_INIT(" "), SPAN_INIT(" "), SPAN_INIT(" "),
				      SPAN_INIT(" "), SPAN_INIT(" ") };
	pdf_heading(e->p, 1, "4  Continuity");
	pdf_text(e->p,
		 "To be completed by hand by each holder of the exhibit. The program does not "
		 "know who held it.");
	pdf_table(e->p, columns);
	for (int i = 0; i < 5; i++) {
		pdf_space(e->p);
		pdf_row(e->p, empty);
	}
	pdf_table_end(e->p);
}

static int put_method(struct evidential *e, struct err *err)
{
	static const struct pdf_column columns[] = {
		{ "Command", 5 }, { "Started", 4 }, { "Finished", 4 }, { NULL, 0 }
	};
	struct rows rows;
	struct fact_run r;
	char started[25], finished[25];
	pdf_heading(e->p, 1, "5  Method");
	pdf_text(e->p,
		 "The copies named in section 3 were read by linecheck. It opens evidence for "
		 "reading only; a database is read with its write-ahead log and journal as "
		 "the phone's own software would, with every write kept in memory and thrown "
		 "away. Each file is hashed (SHA-256) as it is opened. No network is used. "
		 "Pictures, videos and sound are not opened.");
	pdf_text(e->p,
		 "Times are given in UTC as worked out from the raw value, and in UK local time "
		 "(Europe/London: GMT, or BST in summer), with the raw value and how it "
		 "counts.");
	pdf_heading(e->p, 2, "5.1  Runs");
	pdf_table(e->p, columns);
	int rc = facts_runs(&rows, e->c, err);
	while (!rc && (rc = facts_run(&rows, &r, err)) > 0) {
		strcpy(started, "-");
		strcpy(finished, "did not finish");
		if (r.started != TIME_UNSET)
			time_format(r.started, started);
		if (r.finished != TIME_UNSET)
			time_format(r.finished, finished);
		pdf_row(e->p, (span[]){ r.command, span_z(started), span_z(finished) });
		rc = 0;
	}
	rows_close(&rows);
	pdf_table_end(e->p);
	pdf_heading(e->p, 2, "5.2  Changes to the device's state");
	pdf_text(e->p, "linecheck read copies and did not connect to the device in this case: it "
		       "changed nothing on it. What the making of the copy changed (for example a "
		       "pairing record, a backup flag) is for whoever made the copy to state:");
	pdf_blank(e->p, "Changes, by whom, when");
	pdf_blank(e->p, "Deviations from procedure");
	return rc;
}

static int put_notes(struct evidential *e, struct err *err)
{
	static const struct pdf_column columns[] = {
		{ "No.", 1 }, { "When (UTC)", 3 }, { "Decision", 2 }, { "By", 4 }, { NULL, 0 }
	};
	struct rows rows;
	pdf_heading(e->p, 1, "6  Contemporaneous notes");
	pdf_text(e->p, "What was done in the case is kept in a log in which each entry holds the "
		       "SHA-256 of the one before, signed by whoever acted. Whoever has the head "
		       "below can prove that nothing before it was changed: linecheck verify CASE "
		       "--head HEAD.");
	pdf_pair_int(e->p, "Entries up to the head", e->head_seq);
	pdf_pair_z(e->p, "Head of the log", e->head);
	pdf_table(e->p, columns);
	int rc =
		rows_ask(&rows, e->c,
			 "SELECT d.id, d.at, d.kind, coalesce(s.name, '') || ', key ' || d.by FROM "
			 "decision d LEFT JOIN signer s ON s.id = d.by ORDER BY d.id",
			 err);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		char when[25] = "", number[24];
		int64_t at = rows_time(&rows, 1);
		if (at != TIME_UNSET)
			time_format(at, when);
		snprintf(number, sizeof number, "%" PRId64, rows_number(&rows, 0));
		pdf_row(e->p, (span[]){ span_z(number), span_z(when), rows_bytes(&rows, 2),
					rows_bytes(&rows, 3) });
		rc = 0;
	}
	rows_close(&rows);
	pdf_table_end(e->p);
	return rc;
}

int evidential_case(struct evidential *e, struct err *err)
{
	put_authority(e);
	int rc = put_exhibits(e, err);
	put_continuity(e);
	if (!rc)
		rc = put_method(e, err);
	return rc ? rc : put_notes(e, err);
}
