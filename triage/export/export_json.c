/* export_json.c - an export for programs: keys are the fields that the profile allows. */
#include "export.h"
#include "report/answers.h"
#include "report/emit.h"
#include "report/words.h"
#include <inttypes.h>
#include <stdio.h>

struct writer {
	struct export_job *job;
	struct emit *j;
};

static bool allows(const struct writer *w, const char *field)
{
	return profile_allows(w->job->f->profile, field);
}

static void put_answer(struct writer *w, struct answers *a, const char *field, const char *question)
{
	if (!allows(w, field))
		return;
	emit_key(w->j, field);
	emit_string(w->j, span_z(answers_get(a, question)));
}

static int put_head(struct writer *w, struct err *err)
{
	const struct export_for *f = w->job->f;
	struct answers a;
	struct fact_outcome o;
	const char handling[2] = { f->handling, 0 };
	emit_pair_word(w->j, "schema", "linecheck-export-1");
	emit_pair_bool(w->j, "training", case_training(w->job->c));
	emit_pair_word(w->j, "profile", f->profile->name);
	emit_pair(w->j, "recipient", span_z(f->recipient));
	emit_pair(w->j, "purpose", span_z(f->purpose));
	emit_pair_word(w->j, "handling", handling);
	emit_pair(w->j, "conditions", f->conditions ? span_z(f->conditions) : SPAN_NONE);
	emit_pair_time(w->j, "signed_off", w->job->date);
	int rc = answers_load(&a, w->job->c, err);
	if (rc)
		return rc;
	put_answer(w, &a, "case.reference", "reference");
	put_answer(w, &a, "child.record", "person");
	put_answer(w, &a, "child.born", "born");
	answers_free(&a);
	rc = facts_outcome(w->job->c, &o, err);
	if (rc)
		return rc;
	if (allows(w, "outcome.level"))
		emit_pair(w->j, "outcome.level", span_z(word_level(o.level)));
	if (allows(w, "outcome.next"))
		emit_pair(w->j, "outcome.next", span_z(word_level_next(o.level)));
	if (allows(w, "outcome.read"))
		emit_pair_int(w->j, "outcome.read", o.coverage);
	return 0;
}

static int put_findings(struct writer *w, struct err *err)
{
	struct rows rows;
	struct fact_finding f;
	if (!allows(w, "finding.category"))
		return 0;
	emit_key(w->j, "findings");
	emit_open(w->j, '[');
	int rc = facts_findings(&rows, w->job->c, err);
	while (!rc && (rc = facts_finding(&rows, &f, err)) > 0) {
		const char *category = word_category(f.category);
		emit_open(w->j, '{');
		emit_pair(w->j, "finding.category", category ? span_z(category) : f.category);
		if (allows(w, "finding.meaning"))
			emit_pair(w->j, "finding.meaning", f.meaning);
		if (allows(w, "finding.innocent"))
			emit_pair(w->j, "finding.innocent", f.innocent);
		emit_close(w->j, '}');
		rc = 0;
	}
	rows_close(&rows);
	emit_close(w->j, ']');
	return rc;
}

static int put_actions(struct writer *w, struct err *err)
{
	const char *category, *next;
	bool has;
	int rc = 0;
	if (!allows(w, "action"))
		return 0;
	emit_key(w->j, "action");
	emit_open(w->j, '[');
	for (size_t i = 0; !rc && word_next(i, &category, &next); i++) {
		rc = facts_has_category(w->job->c, category, &has, err);
		if (!rc && has && next)
			emit_string(w->j, span_z(next));
	}
	emit_close(w->j, ']');
	return rc;
}

static int put_matches(struct writer *w, struct err *err)
{
	struct rows rows;
	if (!allows(w, "match.identifier"))
		return 0;
	emit_key(w->j, "matches");
	emit_open(w->j, '[');
	int rc = rows_ask(
		&rows, w->job->c,
		"SELECT r.id, f.exhibit, r.kind, l.identifier, l.line, l.status, l.grade"
		" FROM match m JOIN line l ON l.id = m.line JOIN record r ON r.id = m.record"
		" JOIN evidence_file f ON f.id = r.file ORDER BY m.id",
		err);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		char id[64];
		const struct fact_record r = { .id = rows_number(&rows, 0),
					       .exhibit = rows_number(&rows, 1),
					       .kind = rows_kind(&rows, 2) };
		bool graded = export_grade(w->job->f, rows_bytes(&rows, 6));
		fact_number(&r, id);
		emit_open(w->j, '{');
		emit_pair_word(w->j, "record.id", id);
		emit_pair(w->j, "match.identifier", rows_bytes(&rows, 3));
		if (allows(w, "match.line"))
			emit_pair(w->j, "match.line", rows_bytes(&rows, 4));
		if (allows(w, "match.status") && graded)
			emit_pair(w->j, "match.status", rows_bytes(&rows, 5));
		if (allows(w, "match.grade") && graded)
			emit_pair(w->j, "match.grade", rows_bytes(&rows, 6));
		emit_close(w->j, '}');
		rc = 0;
	}
	rows_close(&rows);
	emit_close(w->j, ']');
	return rc;
}

int export_json(struct export_job *job, struct err *err)
{
	struct emit j = { .indent = 2 };
	struct writer w = { job, &j };
	int rc = bundle_open(job->b, "export.json", &j.to, err);
	if (rc)
		return rc;
	emit_open(&j, '{');
	rc = put_head(&w, err);
	if (!rc)
		rc = put_findings(&w, err);
	if (!rc)
		rc = put_actions(&w, err);
	if (!rc)
		rc = put_matches(&w, err);
	emit_close(&j, '}');
	if (!rc && (!emit_flush(&j) || putc('\n', j.to) == EOF))
		rc = err_set(err, E_IO, "The export could not be written.");
	return rc ? rc : bundle_close(job->b, err);
}
