/* evidential.c - see evidential.h */
#include "evidential.h"
#include "annex.h"
#include "authority/verdict.h"
#include "base/time.h"
#include "caselog.h"
#include "court/replay.h"
#include "evidential_part.h"
#include "sha256.h"
#include "zone.h"
#include <stdio.h>

#define MARKING "OFFICIAL-SENSITIVE"
#define TITLE "Evidential extraction report"

static const char check_script[] = {
#include "check.inc"
};
static const char checking_page[] = {
#include "checking.inc"
};

static int load(struct evidential *e, struct err *err)
{
	int rc = signed_off_load(&e->sign_off, e->c, err);
	if (!rc)
		rc = answers_load(&e->answers, e->c, err);
	if (!rc)
		rc = caselog_head(e->c, e->head, &e->head_seq, err);
	if (!rc)
		rc = facts_meta(e->c, "tool", e->tool, sizeof e->tool, err);
	if (!rc)
		snprintf(e->reference, sizeof e->reference, "%s",
			 answers_get(&e->answers, "reference"));
	return rc;
}

static void put_cover(struct evidential *e)
{
	char when[80], number[240];
	struct pdf *p = e->p;
	zone_words(e->sign_off.at, when);
	snprintf(number, sizeof number, "%s/B/%lld", e->reference, (long long)e->sign_off.id);
	pdf_heading(p, 1, "1  Cover");
	pdf_pair_z(p, "Force", e->o->force);
	pdf_pair_z(p, "Case reference", e->reference);
	pdf_pair_z(p, "Exhibit reference", answers_get(&e->answers, "exhibit"));
	pdf_pair_z(p, "Report number", number);
	pdf_pair_z(p, "Version", "1 of this number: a later sign-off gives a later number");
	pdf_pair_z(p, "Date of the report", when);
	pdf_pair_z(p, "Signed off by", e->sign_off.by);
	pdf_pair_z(p, "Made by the key",
		   e->o->signer ? e->o->signer->id : "none: this report is not signed");
	pdf_pair_z(p, "Case read with", e->tool);
	pdf_pair_z(p, "Report made with", "linecheck " LINECHECK_VERSION);
	pdf_pair_z(p, "SHA-256 of the program", e->program);
	pdf_space(p);
	pdf_text(p, "This report states what was read from the exhibit and what stands in it. It "
		    "gives no opinion: it does not say what any word or message means, and it "
		    "weighs nothing. The person whose phone it is has not been asked anything by "
		    "it and nothing in it is an interview.");
	pdf_text(p, VERDICT_STATEMENT);
	pdf_text(p,
		 "Text from the exhibit has a line at its side. What hides or changes text, emoji "
		 "and what no font can draw stand in double square brackets with their Unicode "
		 "numbers: normalised in this way, and but for bytes past 6000, which are cut "
		 "and said, a text here is the record's. A record is cited by its number, for "
		 "example EX1/M000123: exhibit 1, record 123, a message. Letters: A account, C "
		 "contact, T telephone call, M message, R reaction, S system, X "
		 "trace.");
}

static int build(struct pdf *p, void *user, struct err *err)
{
	struct evidential *e = user;
	e->p = p;
	put_cover(e);
	int rc = evidential_case(e, err);
	if (!rc)
		rc = evidential_coverage(e, err);
	if (!rc)
		rc = evidential_facts(e, err);
	return rc ? rc : evidential_closing(e, err);
}

static int sha256_of(span bytes, char ret[static 65], struct err *err)
{
	struct sha256 *h = sha256_new(err);
	if (!h)
		return E_NOMEM;
	sha256_add(h, bytes);
	int rc = sha256_end(h, ret, err);
	sha256_free(h);
	return rc;
}

static int put_annexes(struct evidential *e, struct bundle *b, struct err *err)
{
	struct buf list = { 0 };
	int rc = annex_write(e->c, b, err);
	if (!rc)
		rc = replay_describe(e->c, b, err);
	if (!rc)
		rc = replay_program(e->program, err);
	if (!rc)
		rc = bundle_list(b, &list, err);
	if (!rc)
		rc = sha256_of(buf_span(&list), e->annexes, err);
	if (!rc)
		rc = bundle_put(b, "ANNEXES.sha256", buf_span(&list), err);
	buf_free(&list);
	return rc;
}

static int put_document(struct evidential *e, struct bundle *b, struct err *err)
{
	char foot[200];
	struct buf pdf = { 0 };
	snprintf(foot, sizeof foot, "%.80s/B/%lld, annexes %.16s", e->reference,
		 (long long)e->sign_off.id, e->annexes);
	const struct pdf_about about = { .title = TITLE,
					 .marking = e->o->marking ? e->o->marking : MARKING,
					 .foot = foot,
					 .date = e->sign_off.at };
	int rc = list_reader_new(&e->lists, e->c, err);
	if (!rc)
		rc = pdf_make(&pdf, &about, build, e, err);
	if (!rc)
		rc = bundle_put(b, "report.pdf", buf_span(&pdf), err);
	list_reader_free(e->lists);
	buf_free(&pdf);
	return rc;
}

int evidential_write(struct case_db *c, struct bundle *b, const struct evidential_options *o,
		     struct err *err)
{
	struct evidential e = { .c = c, .o = o };
	bool began = false;
	if (case_training(c))
		return err_set(err, E_REFUSED,
			       "This is a training case: no evidential report is made of fictional "
			       "or test data. 'linecheck report safeguarding' makes a marked one.");
	int rc = verdict_signed(c, err);
	if (!rc)
		rc = facts_begin(c, &began, err);
	if (!rc)
		rc = load(&e, err);
	if (!rc)
		rc = put_annexes(&e, b, err);
	if (!rc)
		rc = put_document(&e, b, err);
	if (!rc)
		rc = bundle_put(b, "check.sh", (span){ check_script, sizeof check_script - 1 },
				err);
	if (!rc)
		rc = bundle_put(b, "checking.html",
				(span){ checking_page, sizeof checking_page - 1 }, err);
	facts_end(c, began);
	answers_free(&e.answers);
	buf_free(&e.scratch);
	return rc;
}
