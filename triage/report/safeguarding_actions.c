/* safeguarding_actions.c - the referral on one page; who does what by when. */
#include "decision.h"
#include "safeguarding_part.h"
#include "words.h"
#include <inttypes.h>
#include <stdio.h>

#define REASONS 6

static void answer(struct safeguarding *s, const char *label, const char *field)
{
	doc_pair_z(&s->d, label, answers_get(&s->answers, field));
}

static int has_unread_apps(struct safeguarding *s, bool *ret, struct err *err)
{
	struct rows rows;
	struct fact_app a;
	int rc = facts_unread_apps(&rows, s->c, err);
	if (!rc && (rc = facts_app(&rows, &a, err)) > 0) {
		*ret = true;
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

int safeguarding_referral(struct safeguarding *s, struct err *err)
{
	struct rows rows;
	struct fact_finding f;
	struct fact_gaps gaps;
	bool apps = false;
	int64_t n = 0;
	doc_page(&s->d);
	doc_heading(&s->d, 1, "Referral");
	doc_text(&s->d, "For MASH, a MEGA or MACE meeting, or the National Referral Mechanism. "
			"Information to protect a child, not evidence. Complete by hand.");
	answer(s, "Case reference", "reference");
	answer(s, "Child's record number", "person");
	answer(s, "Date of birth", "born");
	answer(s, "Missing since", "missing_from");
	answer(s, "Back on", "found_on");
	answer(s, "The child's own views", "views_text");
	doc_pair_z(&s->d, "Outcome of the check", word_level(s->outcome.level));
	doc_text(&s->d, "Reasons, each with an ordinary explanation in the summary:");
	int rc = facts_findings(&rows, s->c, err);
	while (!rc && (rc = facts_finding(&rows, &f, err)) > 0) {
		rc = 0;
		if (++n <= REASONS)
			doc_item(&s->d, f.meaning);
	}
	rows_close(&rows);
	if (!n)
		doc_item(&s->d, SPAN("no finding"));
	if (!rc)
		rc = has_unread_apps(s, &apps, err);
	if (!rc)
		rc = facts_gaps(s->c, &gaps, err);
	if (!rc)
		doc_pair_z(&s->d, "What was read",
			   fact_gaps_any(&gaps) ? "not all: something in scope could not be read"
			   : apps ? "all in scope, but for apps that are named under What "
				    "was not seen"
				  : "all in scope");
	doc_text(&s->d,
		 "National Referral Mechanism: police and councils are first responders and "
		 "have a duty to notify (Modern Slavery Act 2015, s.52). A child's agreement "
		 "to what was done with them does not matter, and no means need be shown. If "
		 "the child is ever accused, s.45(4) may protect them: say so early.");
	doc_blank(&s->d, "Referred to");
	doc_blank(&s->d, "Referred by, role, telephone");
	doc_blank(&s->d, "Date and time");
	doc_blank(&s->d, "Risks if it becomes known");
	return rc;
}

static int put_task(void *user, int64_t id, int64_t at, const char *by, const json_t *choices)
{
	struct safeguarding *s = user;
	const char *what = json_string_value(json_object_get(choices, "what"));
	const char *day = json_string_value(json_object_get(choices, "by"));
	(void)id;
	(void)at;
	(void)by;
	if (what && strcmp(what, "inform-parent") == 0)
		what = "Tell a parent, guardian or care representative that the phone was read "
		       "(s.38(5)), unless that is not appropriate.";
	doc_row(&s->d, (span[]){ span_z(what ? what : "?"), SPAN(" "), span_z(day ? day : " ") });
	return 0;
}

int safeguarding_actions(struct safeguarding *s, struct err *err)
{
	static const struct pdf_column columns[] = {
		{ "Action", 7 }, { "Owner", 3 }, { "By when", 2 }, { NULL, 0 }
	};
	static const char *const always[] = {
		"Agree a plan for giving the phone back, and for what the child says about it.",
		"Arrange the return-home interview within 72 hours, by somebody independent.",
		"Record the child's own views and who they trust.",
	};
	const char *category, *next;
	bool has;
	int rc = 0;
	doc_heading(&s->d, 1, "Actions");
	doc_text(&s->d, "Each needs a named owner and a date. Write them in at the meeting.");
	doc_table(&s->d, columns);
	for (size_t i = 0; !rc && word_next(i, &category, &next); i++) {
		rc = facts_has_category(s->c, category, &has, err);
		if (!rc && has && next)
			doc_row(&s->d, (span[]){ span_z(next), SPAN(" "), SPAN(" ") });
	}
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		doc_row(&s->d, (span[]){ span_z(always[i]), SPAN(" "), SPAN(" ") });
	if (!rc)
		rc = decision_each(s->c, DECISION_TASK, put_task, s, err);
	doc_table_end(&s->d);
	return rc;
}
