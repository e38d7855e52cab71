/* view_outcome.c - the top of the page: the level, its reasons, what was not read, what to do. */
#include "view.h"
#include "words.h"

static int put_reasons(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_finding f;
	int64_t n = 0;
	int rc = facts_findings(&rows, v->c, err);
	while (!rc && (rc = facts_finding(&rows, &f, err)) > 0) {
		rc = 0;
		if (++n > VIEW_REASONS)
			continue;
		if (n == 1)
			HTML(to, "<h3>Why</h3>\n<ol class=\"reasons\">\n");
		HTML(to, "<li>");
		view_finding_link(to, f.id);
		HTML(to, " <b>");
		view_word(to, word_category(f.category), f.category);
		HTML(to, "</b>: ");
		html_sentence(to, f.meaning);
		HTML(to, " ");
		html_sentence(to, f.reason);
		HTML(to, " <span class=\"small\">(");
		html_int(to, f.points);
		HTML_IF(to, f.points == 1, " point)", " points)");
		HTML(to, "</span></li>\n");
	}
	rows_close(&rows);
	if (n)
		HTML(to, "</ol>\n");
	if (n > VIEW_REASONS) {
		HTML(to, "<p>And ");
		html_int(to, n - VIEW_REASONS);
		HTML(to, " more findings below.</p>\n");
	}
	return rc;
}

static int put_smallest_set(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_finding f;
	int64_t n = 0;
	int rc = facts_findings(&rows, v->c, err);
	while (!rc && (rc = facts_finding(&rows, &f, err)) > 0) {
		rc = 0;
		if (!f.pivotal || ++n > VIEW_FINDINGS)
			continue;
		HTML_IF(to, n == 1, "<p><b>What the level rests on:</b> without ", ", ");
		view_finding_link(to, f.id);
	}
	rows_close(&rows);
	if (n > VIEW_FINDINGS)
		HTML(to, " and others");
	if (n)
		HTML(to, " the level would be another one. This is the smallest set of findings of "
			 "which that is true: look at these first.</p>\n");
	return rc;
}

static int put_not_compared(struct view *v, struct err *err)
{
	char words[200];
	int rc = facts_not_compared(v->c, words, sizeof words, err);
	if (rc || !*words)
		return rc;
	HTML(v->to, "<p class=\"unread\"><b>Not compared:</b> ");
	html_ours(v->to, words);
	HTML(v->to, "</p>\n");
	return 0;
}

/* What a list of n leaves out. */
static void put_more(FILE *to, int64_t n)
{
	if (n <= VIEW_REASONS)
		return;
	HTML(to, " and ");
	html_int(to, n - VIEW_REASONS);
	HTML(to, " more");
}

/* Of a phone of which one file was given, all the rest was not seen. */
static int put_single_files(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_exhibit e;
	int64_t n = 0;
	int rc = facts_exhibits(&rows, v->c, err);
	while (!rc && (rc = facts_exhibit(&rows, &e, err)) > 0) {
		rc = 0;
		if (!span_eq(e.kind, SPAN("file")) || ++n > VIEW_REASONS)
			continue;
		HTML_IF(to, n == 1,
			"<p class=\"unread\"><b>One file, and nothing else of its phone:</b> ",
			", ");
		view_exhibit(to, e.id);
	}
	rows_close(&rows);
	put_more(to, n);
	if (n)
		HTML(to, ".</p>\n");
	return rc;
}

static int put_unread_apps(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_app a;
	int64_t n = 0;
	int rc = facts_apps(&rows, v->c, err);
	while (!rc && (rc = facts_app(&rows, &a, err)) > 0) {
		rc = 0;
		if (a.read || ++n > VIEW_REASONS)
			continue;
		HTML_IF(to, n == 1, "<p class=\"unread\"><b>On the phone and not read:</b> ", ", ");
		html_word(to, a.name);
	}
	rows_close(&rows);
	put_more(to, n);
	if (n)
		HTML(to, ". Nothing that was said there stands on this page.</p>\n");
	return rc;
}

/* One entry of a list that opens with the first. */
static void put_gap(FILE *to, bool *open, int64_t n, const char *one, const char *many)
{
	if (!n)
		return;
	HTML_IF(to, *open, ", ", "<p class=\"unread\"><b>In scope and not read:</b> ");
	*open = true;
	html_int(to, n);
	HTML(to, " ");
	html_ours(to, n == 1 ? one : many);
}

static int put_gaps(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct fact_gaps g;
	bool open = false;
	int rc = facts_gaps(v->c, &g, err);
	if (rc)
		return rc;
	put_gap(to, &open, g.exhibits, "source that was not read to its end",
		"sources that were not read to their end");
	put_gap(to, &open, g.files, "file", "files");
	put_gap(to, &open, g.losses, "loss within the files that were read",
		"losses within the files that were read");
	if (open)
		HTML(to, ". Which: under <q>What was looked at</q> and <q>What could not be "
			 "seen</q>.</p>\n");
	return 0;
}

static int put_changes(struct view *v, int64_t rescan, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_rescan_change c;
	int64_t n = 0;
	int rc = facts_rescan_changes(&rows, v->c, rescan, err);
	while (!rc && (rc = facts_rescan_change(&rows, &c, err)) > 0) {
		rc = 0;
		if (++n > VIEW_FINDINGS)
			continue;
		HTML_IF(to, n == 1, "<ul>\n<li>", "<li>");
		html_ours(to, span_eq(c.kind, SPAN("new"))    ? "New: "
			      : span_eq(c.kind, SPAN("gone")) ? "No longer holds: "
							      : "Changed: ");
		html_word(to, c.line);
		HTML(to, " ");
		html_word(to, c.identifier);
		HTML(to, " (");
		html_word(to, c.was);
		HTML_IF(to, c.was.n && c.now.n, " -> ", "");
		html_word(to, c.now);
		HTML(to, ")</li>\n");
	}
	rows_close(&rows);
	HTML_IF(to, n > 0, "</ul>\n", "");
	return rc;
}

/* What another list changed, newest last. */
static int put_rescans(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_rescan r;
	int rc = facts_rescans(&rows, v->c, err);
	while (!rc && (rc = facts_rescan(&rows, &r, err)) > 0) {
		HTML(to, "<p><b>Matched again without the phone:</b> list ");
		html_word(to, r.was.n ? r.was : SPAN("(none)"));
		HTML(to, " -> ");
		html_word(to, r.now);
		HTML(to, ". The level was <q>");
		html_ours(to, word_level((int)r.was_level));
		HTML(to, "</q>; what was found then is kept in the case.</p>\n");
		rc = put_changes(v, r.id, err);
	}
	rows_close(&rows);
	return rc;
}

int view_outcome(struct view *v, struct err *err)
{
	FILE *to = v->to;
	const struct fact_outcome *o = &v->outcome;
	HTML(to, "<section class=\"outcome\">\n<h2>");
	html_ours(to, word_level(o->level));
	HTML(to, "</h2>\n<p>");
	if (o->level >= 0) {
		HTML(to, "Level ");
		html_int(to, o->level);
		HTML(to, " on a scale from 0 to 3. ");
	}
	html_ours(to, word_person);
	HTML(to, "</p>\n");
	if (o->assessed) {
		HTML(to, "<ul class=\"axes\">\n<li>Link to listed lines: <b>");
		html_int(to, o->link);
		HTML(to, "</b> of 100</li>\n<li>Danger now: <b>");
		view_word(to, word_harm(span_z(o->harm)), span_z(o->harm));
		HTML(to, "</b></li>\n<li>Read: <b>");
		html_int(to, o->coverage);
		HTML(to, " per cent</b> of the files in scope</li>\n</ul>\n");
	} else {
		HTML(to, "<p>This case has not been assessed yet.</p>\n");
	}
	int rc = put_reasons(v, err);
	if (!rc)
		rc = put_smallest_set(v, err);
	if (!rc)
		rc = put_rescans(v, err);
	if (!rc)
		rc = put_not_compared(v, err);
	if (!rc)
		rc = put_single_files(v, err);
	if (!rc)
		rc = put_unread_apps(v, err);
	if (!rc)
		rc = put_gaps(v, err);
	HTML(to, "<p><b>");
	html_ours(to, word_absence);
	HTML(to, "</b></p>\n</section>\n");
	return rc;
}

/* Steps that only this case's findings ask for. */
static int put_case_steps(struct view *v, struct err *err)
{
	const char *category, *next;
	int rc = 0;
	for (size_t i = 0; !rc && word_next(i, &category, &next); i++) {
		bool has = false;
		if (next)
			rc = facts_has_category(v->c, category, &has, err);
		if (has) {
			HTML(v->to, "<li>");
			html_ours(v->to, next);
			HTML(v->to, "</li>\n");
		}
	}
	return rc;
}

int view_next(struct view *v, struct err *err)
{
	FILE *to = v->to;
	HTML(to, "<section>\n<h2>What to do next</h2>\n<ol>\n<li>");
	html_ours(to, word_level_next(v->outcome.level));
	HTML(to, "</li>\n");
	int rc = put_case_steps(v, err);
	HTML(to,
	     "<li>Talk with the child before anything else. Listen, and write down what they say "
	     "in "
	     "their own words. Ask open questions: <q>Tell me about the days you were away.</q> "
	     "<q>Who "
	     "do you feel safe with?</q> <q>What are you worried could happen now?</q> Do not put "
	     "a "
	     "finding to the child as a fact, and do not read their messages out to them. This "
	     "page is "
	     "not an interview.</li>\n"
	     "<li>Think of the return home interview (within 72 hours of coming back) and of a "
	     "referral to the National Referral Mechanism. That a child seemed to agree does not "
	     "count against them.</li>\n"
	     "</ol>\n<h3>Safety, before the phone is switched off or goes back</h3>\n<ul>\n"
	     "<li><b>Being followed.</b> Somebody may be able to see where this phone is, or "
	     "expects "
	     "an answer from it. A phone that goes quiet can put the child in danger: ask what "
	     "happens "
	     "when they do not answer, and plan for it.</li>\n"
	     "<li><b>Debt.</b> What is lost or taken by the police is often held against the child "
	     "as "
	     "a debt. Ask openly what they think will be asked of them.</li>\n"
	     "<li><b>Handing it back.</b> Messages can be waiting on the phone, and others may "
	     "want to "
	     "know where it has been. Agree with the child and with those who look after them how, "
	     "when and where it goes back.</li>\n"
	     "<li>Do not ring, text or look up a number on this page.</li>\n"
	     "</ul>\n</section>\n");
	return rc;
}
