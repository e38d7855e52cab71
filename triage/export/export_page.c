/* export_page.c - an export to read. */
#include "export.h"
#include "report/answers.h"
#include "report/doc.h"
#include "report/words.h"
#include <stdio.h>

static int put_record(struct export_job *j, const struct fact_record *r, void *user,
		      struct err *err)
{
	struct doc *d = user;
	char id[64], when[25] = "";
	struct buf from = { 0 };
	fact_number(r, id);
	if (r->time != TIME_UNSET)
		time_format(r->time, when);
	tokens_party(j->tokens, &from, &r->from);
	int rc = export_to(j, r, err);
	doc_row(d, (span[]){ span_z(id), span_z(record_kind_word(r->kind)), span_z(when),
			     span_z(direction_word(r->direction)), buf_span(&from),
			     buf_span(&j->text) });
	buf_free(&from);
	if (!rc && r->text.p && profile_allows(j->f->profile, "record.text")) {
		buf_clear(&j->text);
		rc = tokens_text(j->tokens, &j->text, j->lists, r->text, err);
		doc_row(d, (span[]){ SPAN(""), SPAN("text"), SPAN(""), SPAN(""), SPAN(""),
				     buf_span(&j->text) });
	}
	return rc;
}

static int put_findings(struct export_job *j, struct doc *d, struct err *err)
{
	struct rows rows;
	struct fact_finding f;
	if (!profile_allows(j->f->profile, "finding.category"))
		return 0;
	doc_heading(d, 1, "Why");
	int rc = facts_findings(&rows, j->c, err);
	while (!rc && (rc = facts_finding(&rows, &f, err)) > 0) {
		const char *category = word_category(f.category);
		doc_bold(d, category ? category : "Another finding");
		if (profile_allows(j->f->profile, "finding.meaning"))
			doc_sentence(d, f.meaning);
		if (profile_allows(j->f->profile, "finding.innocent"))
			doc_pair(d, "What else it could be", f.innocent);
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static int put_actions(struct export_job *j, struct doc *d, struct err *err)
{
	const char *category, *next;
	bool has;
	int rc = 0;
	if (!profile_allows(j->f->profile, "action"))
		return 0;
	doc_heading(d, 1, "What to do");
	for (size_t i = 0; !rc && word_next(i, &category, &next); i++) {
		rc = facts_has_category(j->c, category, &has, err);
		if (!rc && has && next)
			doc_item(d, span_z(next));
	}
	return rc;
}

static int put_head(struct export_job *j, struct doc *d, struct err *err)
{
	const struct export_for *f = j->f;
	struct answers a;
	struct fact_outcome o;
	int rc = answers_load(&a, j->c, err);
	if (rc)
		return rc;
	doc_pair_z(d, "To", f->recipient);
	doc_pair_z(d, "For", f->purpose);
	doc_pair_z(d, "Handling",
		   f->handling == 'C' ? "C: may be shared only under the conditions below"
				      : "P: lawful sharing permitted");
	doc_pair_z(d, "Conditions", f->conditions);
	if (profile_allows(f->profile, "case.reference"))
		doc_pair_z(d, "Case reference", answers_get(&a, "reference"));
	if (profile_allows(f->profile, "child.record"))
		doc_pair_z(d, "Child's record number", answers_get(&a, "person"));
	if (profile_allows(f->profile, "child.born"))
		doc_pair_z(d, "Date of birth", answers_get(&a, "born"));
	answers_free(&a);
	rc = facts_outcome(j->c, &o, err);
	if (rc)
		return rc;
	if (profile_allows(f->profile, "outcome.level"))
		doc_bold(d, word_level(o.level));
	if (profile_allows(f->profile, "outcome.next"))
		doc_text(d, word_level_next(o.level));
	doc_text(d, word_absence);
	doc_text(d, word_person);
	doc_text(d, "Use this only for what it was given for, and ask before passing it on. It can "
		    "be called back.");
	return 0;
}

int export_page(struct export_job *j, struct err *err)
{
	static const struct pdf_column columns[] = { { "Record", 1 },    { "Kind", 1 },
						     { "Time, UTC", 1 }, { "Direction", 1 },
						     { "From", 1 },      { "To", 1 },
						     { NULL, 0 } };
	struct doc d = { 0 };
	int rc = bundle_open(j->b, "export.html", &d.html, err);
	if (rc)
		return rc;
	doc_begin(&d, "Shared information",
		  case_training(j->c) ? "TRAINING - OFFICIAL-SENSITIVE" : "OFFICIAL-SENSITIVE",
		  case_training(j->c));
	rc = put_head(j, &d, err);
	if (!rc)
		rc = put_findings(j, &d, err);
	if (!rc)
		rc = put_actions(j, &d, err);
	if (!rc && profile_allows(j->f->profile, "record.id")) {
		doc_heading(&d, 1, "Records");
		if (j->f->profile->tokens)
			doc_text(&d, "Other people stand as T01, T02 and so on; the same token is "
				     "the same number in all that is shared from this case.");
		doc_table(&d, columns);
		rc = export_each(j, put_record, &d, err);
		doc_table_end(&d);
	}
	doc_end(&d);
	return rc ? rc : bundle_close(j->b, err);
}
