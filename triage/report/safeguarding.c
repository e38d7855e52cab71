/* safeguarding.c - see safeguarding.h */
#include "safeguarding.h"
#include "authority/verdict.h"
#include "safeguarding_part.h"
#include "words.h"
#include <stdio.h>

#define TITLE "Safeguarding summary"
#define MARKING "OFFICIAL-SENSITIVE"
#define NOT_EVIDENCE "intelligence / safeguarding, not evidence"

static const char check_script[] = {
#include "check.inc"
};
static const char checking_page[] = {
#include "checking.inc"
};

static int put_unseen(struct safeguarding *s, struct err *err)
{
	struct rows rows = { 0 };
	struct fact_file f;
	struct fact_app a;
	struct fact_outside o;
	int64_t n = 0;
	char words[400];
	doc_heading(&s->d, 1, "What was not seen");
	doc_item(&s->d, SPAN("Pictures, videos and sound: never opened."));
	int rc = facts_not_compared(s->c, words, sizeof words, err);
	if (!rc && *words)
		doc_item(&s->d, span_z(words));
	if (!rc)
		rc = facts_unread_apps(&rows, s->c, err);
	while (!rc && (rc = facts_app(&rows, &a, err)) > 0) {
		buf_clear(&s->text);
		buf_add(&s->text, SPAN("App on the phone, not read: "));
		buf_add(&s->text, a.name);
		doc_item(&s->d, buf_span(&s->text));
		rc = 0;
	}
	rows_close(&rows);
	if (!rc)
		rc = facts_files(&rows, s->c, err);
	while (!rc && (rc = facts_file(&rows, &f, err)) > 0) {
		const char *state = word_state(f.state);
		rc = 0;
		if (span_eq(f.state, SPAN("read")) || span_eq(f.state, SPAN("typed")) || ++n > 20)
			continue;
		buf_clear(&s->text);
		buf_addf(&s->text, "%s: ", state ? state : "Not read");
		buf_add(&s->text, f.path);
		doc_item(&s->d, buf_span(&s->text));
	}
	rows_close(&rows);
	if (!rc)
		rc = facts_outside(&rows, s->c, err);
	while (!rc && (rc = facts_outside_row(&rows, &o, err)) > 0) {
		snprintf(words, sizeof words, "%lld %.*s record%s left out: %s", (long long)o.rows,
			 (int)(o.kind.n < 20 ? o.kind.n : 20), o.kind.p, o.rows == 1 ? "" : "s",
			 word_outside(o.reason));
		doc_item(&s->d, span_z(words));
		rc = 0;
	}
	rows_close(&rows);
	doc_text(&s->d, word_absence);
	return rc;
}

static int put_all(struct safeguarding *s, struct err *err)
{
	doc_begin(&s->d, TITLE, s->marking, case_training(s->c));
	doc_text(&s->d, "For the people who protect the child, today. It is information, not "
			"evidence, and holds meanings and assessments that a court gets from a "
			"qualified witness only. It may be unused material: keep it.");
	int rc = safeguarding_reasons(s, err);
	if (!rc)
		rc = put_unseen(s, err);
	if (!rc)
		rc = safeguarding_actions(s, err);
	if (!rc)
		rc = safeguarding_talk(s, err);
	if (!rc)
		rc = safeguarding_referral(s, err);
	doc_end(&s->d);
	return rc;
}

static int build(struct pdf *p, void *user, struct err *err)
{
	struct safeguarding *s = user;
	s->d = (struct doc){ .pdf = p };
	return put_all(s, err);
}

static int put_page(struct safeguarding *s, struct bundle *b, struct err *err)
{
	FILE *to;
	int rc = bundle_open(b, "summary.html", &to, err);
	if (rc)
		return rc;
	s->d = (struct doc){ .html = to };
	rc = put_all(s, err);
	return rc ? rc : bundle_close(b, err);
}

static int put_document(struct safeguarding *s, struct bundle *b, struct err *err)
{
	char foot[160];
	struct buf pdf = { 0 };
	snprintf(foot, sizeof foot, "%.80s/A/%lld", answers_get(&s->answers, "reference"),
		 (long long)s->signed_off.id);
	const struct pdf_about about = {
		.title = TITLE, .marking = s->marking, .foot = foot, .date = s->signed_off.at
	};
	int rc = pdf_make(&pdf, &about, build, s, err);
	if (!rc)
		rc = bundle_put(b, "summary.pdf", buf_span(&pdf), err);
	buf_free(&pdf);
	return rc;
}

int safeguarding_write(struct case_db *c, struct bundle *b, const char *marking, struct err *err)
{
	struct safeguarding s = { .c = c };
	char full[300];
	bool began = false;
	snprintf(full, sizeof full, "%s%.120s - %s", case_training(c) ? "TRAINING - " : "",
		 marking ? marking : MARKING, NOT_EVIDENCE);
	s.marking = full;
	int rc = verdict_signed(c, err);
	if (!rc)
		rc = facts_begin(c, &began, err);
	if (!rc)
		rc = signed_off_load(&s.signed_off, c, err);
	if (!rc)
		rc = answers_load(&s.answers, c, err);
	if (!rc)
		rc = facts_outcome(c, &s.outcome, err);
	if (!rc)
		rc = put_page(&s, b, err);
	if (!rc)
		rc = put_document(&s, b, err);
	if (!rc)
		rc = bundle_put(b, "check.sh", (span){ check_script, sizeof check_script - 1 },
				err);
	if (!rc)
		rc = bundle_put(b, "checking.html",
				(span){ checking_page, sizeof checking_page - 1 }, err);
	if (!rc && s.text.failed)
		rc = err_set(err, E_NOMEM, "Memory ran out while the summary was made.");
	facts_end(c, began);
	answers_free(&s.answers);
	buf_free(&s.text);
	return rc;
}
