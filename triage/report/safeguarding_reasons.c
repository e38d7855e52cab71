/* safeguarding_reasons.c - the level, why, what it is consistent with, the words that occurred. */
#include "safeguarding.h"
#include "safeguarding_part.h"
#include "words.h"
#include "zone.h"
#include <inttypes.h>
#include <stdio.h>

static int put_facts(struct safeguarding *s, const struct fact_finding *f, struct err *err)
{
	struct rows rows;
	struct fact_of_finding fact;
	char number[64], when[80], line[240];
	int64_t n = 0;
	int rc = facts_of_finding(&rows, s->c, f->id, SAFEGUARDING_FACTS, err);
	while (!rc && (rc = facts_fact(&rows, &fact, err)) > 0) {
		const struct fact_record *r = &fact.record;
		bool timed = r->time != TIME_UNSET;
		fact_number(r, number);
		if (timed)
			zone_words(r->time, when);
		snprintf(line, sizeof line, "%s, %s%s%s%s%s", number, word_kind(r->kind, 1),
			 r->kind == REC_CONTACT || r->kind == REC_ACCOUNT ? "" : " ",
			 r->kind == REC_CONTACT || r->kind == REC_ACCOUNT
				 ? ""
				 : word_direction(r->kind, r->direction),
			 timed ? ", " : "", timed ? when : "");
		doc_text(&s->d, line);
		if (r->text.p)
			doc_said(&s->d, r->text);
		else if (r->name.p)
			doc_said(&s->d, r->name);
		n++;
		rc = 0;
	}
	rows_close(&rows);
	if (f->records > n) {
		snprintf(line, sizeof line, "and %" PRId64 " more record%s", f->records - n,
			 f->records - n == 1 ? "" : "s");
		doc_text(&s->d, line);
	}
	return rc;
}

static int put_findings(struct safeguarding *s, struct err *err)
{
	struct rows rows;
	struct fact_finding f;
	int64_t n = 0;
	char words[80];
	int rc = facts_findings(&rows, s->c, err);
	while (!rc && (rc = facts_finding(&rows, &f, err)) > 0) {
		const char *category = word_category(f.category);
		rc = 0;
		if (++n > SAFEGUARDING_FINDINGS)
			continue;
		snprintf(words, sizeof words, "F%" PRId64 "  %s", n,
			 category ? category : "Another finding");
		doc_heading(&s->d, 2, words);
		if (f.line.n)
			doc_pair(&s->d, "Line", f.line);
		doc_sentence(&s->d, f.reason);
		doc_pair(&s->d, "What it says", f.meaning);
		doc_pair(&s->d, "What else it could be", f.innocent);
		doc_pair(&s->d, "Without it", f.without);
		rc = put_facts(s, &f, err);
	}
	rows_close(&rows);
	if (!n)
		doc_text(&s->d, "Nothing that was read met the line list or a rule.");
	if (n > SAFEGUARDING_FINDINGS) {
		snprintf(words, sizeof words, "%" PRId64 " more finding%s in the case.",
			 n - SAFEGUARDING_FINDINGS,
			 n - SAFEGUARDING_FINDINGS == 1 ? " stands" : "s stand");
		doc_text(&s->d, words);
	}
	return rc;
}

static int put_strings(struct safeguarding *s, const char *label, span json, struct err *err)
{
	struct rows rows;
	span one;
	int64_t n = 0;
	int rc = facts_strings(&rows, s->c, json, err);
	while (!rc && (rc = facts_string(&rows, &one, err)) > 0) {
		if (n++ == 0)
			doc_text(&s->d, label);
		doc_item(&s->d, one);
		rc = 0;
	}
	rows_close(&rows);
	if (!n) {
		char words[80];
		snprintf(words, sizeof words, "%s nothing in what was read", label);
		doc_text(&s->d, words);
	}
	return rc;
}

static int put_roles(struct safeguarding *s, struct err *err)
{
	struct rows rows;
	struct fact_role r;
	char words[240];
	int64_t n = 0;
	doc_heading(&s->d, 1, "What this is consistent with");
	doc_text(&s->d,
		 "Possibilities to weigh, not statements about the child, who is presumed to "
		 "be a victim whichever of them fits.");
	int rc = facts_roles(&rows, s->c, err);
	while (!rc && (rc = facts_role(&rows, &r, err)) > 0) {
		const char *plain = word_role(r.id);
		snprintf(words, sizeof words, "Consistent with %s",
			 plain ? plain : "something else");
		doc_bold(&s->d, words);
		rc = put_strings(s, "For, by finding:", r.for_json, err);
		if (!rc)
			rc = put_strings(s, "Against:", r.against_json, err);
		n++;
	}
	rows_close(&rows);
	if (!n)
		doc_text(&s->d, "Too little was found to say.");
	return rc;
}

/* The words that occurred, each with what it can mean and what else. */
static int put_terms(struct safeguarding *s, struct err *err)
{
	static const struct pdf_column columns[] = { { "As written", 3 },
						     { "Can mean", 5 },
						     { "What else it could be", 5 },
						     { "Times", 1 },
						     { NULL, 0 } };
	struct rows rows;
	char times[24];
	int64_t n = 0;
	doc_heading(&s->d, 1, "Words that occurred");
	doc_text(&s->d,
		 "What these words can mean. Many are ordinary speech of young people and say "
		 "nothing by themselves; only somebody who knows the child can say what was "
		 "meant.");
	int rc = rows_ask(
		&rows, s->c,
		"SELECT substr(CAST(r.text AS BLOB), m.start + 1, m.stop - m.start) AS said,"
		" u.meaning, u.innocent, count(*) FROM match m JOIN rule u ON u.id = m.rule"
		" JOIN record r ON r.id = m.record WHERE m.start IS NOT NULL AND r.text IS"
		" NOT NULL AND m.stop > m.start AND u.id IN (SELECT rule FROM finding)"
		" GROUP BY said, u.id ORDER BY u.id, said LIMIT ?1",
		err);
	if (rc)
		return rc;
	sqlite3_bind_int(rows.st, 1, SAFEGUARDING_TERMS + 1);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		rc = 0;
		if (++n > SAFEGUARDING_TERMS)
			continue;
		if (n == 1)
			doc_table(&s->d, columns);
		snprintf(times, sizeof times, "%" PRId64, rows_number(&rows, 3));
		doc_row(&s->d, (span[]){ rows_bytes(&rows, 0), rows_bytes(&rows, 1),
					 rows_bytes(&rows, 2), span_z(times) });
	}
	rows_close(&rows);
	if (n)
		doc_table_end(&s->d);
	else
		doc_text(&s->d, "None: no text was read, or none met a rule.");
	if (n > SAFEGUARDING_TERMS)
		doc_text(&s->d, "There are more; the working view has them.");
	return rc;
}

int safeguarding_reasons(struct safeguarding *s, struct err *err)
{
	char words[160];
	doc_heading(&s->d, 1, word_level(s->outcome.level));
	doc_text(&s->d, word_level_next(s->outcome.level));
	doc_text(&s->d, word_person);
	doc_bold(&s->d, word_absence);
	if (s->outcome.assessed) {
		const char *harm = word_harm(span_z(s->outcome.harm));
		snprintf(words, sizeof words, "%s", harm ? harm : s->outcome.harm);
		doc_pair_z(&s->d, "Danger now", words);
		snprintf(words, sizeof words, "%" PRId64 " per cent of the files in scope",
			 s->outcome.coverage);
		doc_pair_z(&s->d, "Read", words);
	}
	doc_pair_z(&s->d, "Looked at and signed off by", s->signed_off.by);
	zone_words(s->signed_off.at, words);
	doc_pair_z(&s->d, "When", words);
	doc_heading(&s->d, 1, "Why");
	int rc = put_findings(s, err);
	if (!rc)
		rc = put_roles(s, err);
	return rc ? rc : put_terms(s, err);
}
