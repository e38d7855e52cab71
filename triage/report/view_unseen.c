/* view_unseen.c - what could not be seen, and what nobody looked at. */
#include "view.h"
#include "words.h"

static int put_apps(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_app a;
	int64_t n = 0;
	int rc = facts_apps(&rows, v->c, err);
	while (!rc && (rc = facts_app(&rows, &a, err)) > 0) {
		rc = 0;
		if (a.read || ++n > VIEW_ROWS)
			continue;
		if (n == 1)
			HTML(to,
			     "<table><caption>Apps on the phone whose messages were not read"
			     "</caption>\n<thead><tr><th scope=\"col\">App</th><th scope=\"col\">Id"
			     "</th><th scope=\"col\">Exhibit</th><th scope=\"col\">Seen "
			     "in</th></tr>"
			     "</thead><tbody>\n");
		HTML(to, "<tr><th scope=\"row\">");
		html_word(to, a.name);
		HTML(to, "</th><td>");
		html_word(to, a.id);
		HTML(to, "</td><td>");
		view_exhibit(to, a.exhibit);
		HTML(to, "</td><td>");
		html_word(to, a.evidence);
		HTML(to, "</td></tr>\n");
	}
	rows_close(&rows);
	HTML_IF(to, n, "</tbody></table>\n",
		"<p>No messaging app was seen beyond those that were read. That is only as sure as "
		"the "
		"list of apps in the source.</p>\n");
	view_more(to, n - VIEW_ROWS, "apps", "scan --json");
	return rc;
}

static int put_warnings(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_warning w;
	int64_t n = 0;
	int rc = facts_warning_groups(&rows, v->c, err);
	while (!rc && (rc = facts_warning(&rows, &w, err)) > 0) {
		rc = 0;
		if (++n > VIEW_ROWS)
			continue;
		if (n == 1)
			HTML(to,
			     "<table><caption>Losses and remarks while "
			     "reading</caption>\n<thead><tr>"
			     "<th scope=\"col\">Loss or remark</th><th scope=\"col\">What</th>"
			     "<th scope=\"col\">Where</th><th scope=\"col\">Times</th></tr></thead>"
			     "<tbody>\n");
		HTML(to, "<tr><td>");
		HTML_IF(to, w.loss, "<b>Loss</b>", "Remark");
		HTML(to, "<br><span class=\"small\">");
		html_word(to, w.kind);
		HTML(to, "</span></td><td>");
		html_sentence(to, w.detail);
		HTML(to, "</td><td>");
		view_exhibit(to, w.exhibit);
		if (w.file.p) {
			HTML(to, ", ");
			html_word(to, w.file);
		}
		if (w.table.p) {
			HTML(to, ", table ");
			html_word(to, w.table);
		}
		HTML(to, "</td><td class=\"n\">");
		html_int(to, w.times);
		HTML(to, "</td></tr>\n");
	}
	rows_close(&rows);
	HTML_IF(to, n, "</tbody></table>\n",
		"<p>No loss and no remark was noted while reading.</p>\n");
	view_more(to, n - VIEW_ROWS, "kinds of loss and remark", "scan --json");
	return rc;
}

static int put_rules(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_rule r;
	int64_t n = 0;
	int rc = facts_rules_not_run(&rows, v->c, err);
	while (!rc && (rc = facts_rule(&rows, &r, err)) > 0) {
		rc = 0;
		if (++n > VIEW_ROWS)
			continue;
		if (n == 1)
			HTML(to, "<table><caption>Rules that did not run</caption>\n<thead><tr><th "
				 "scope=\"col\">Rule</th><th scope=\"col\">Looks for</th>"
				 "<th scope=\"col\">Why not</th></tr></thead><tbody>\n");
		HTML(to, "<tr><th scope=\"row\">");
		html_word(to, r.id);
		HTML(to, "</th><td>");
		view_word(to, word_category(r.category), r.category);
		HTML(to, "</td><td>");
		html_sentence(to, r.not_run);
		HTML(to, "</td></tr>\n");
	}
	rows_close(&rows);
	if (n)
		HTML(to, "</tbody></table>\n");
	view_more(to, n - VIEW_ROWS, "rules that did not run", "scan --json");
	return rc;
}

static int put_outside(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_outside o;
	int64_t n = 0, stage = 3;
	int rc = facts_stage(v->c, &stage, err);
	if (!rc && stage < 3)
		HTML_IF(to, stage == 1,
			"<p>Stage 1: numbers and times were looked at. No message text was read, "
			"stored or shown.</p>\n",
			"<p>Stage 2: text was read only of the threads with a number on the list "
			"and of those that were chosen.</p>\n");
	if (!rc)
		rc = facts_outside(&rows, v->c, err);
	while (!rc && (rc = facts_outside_row(&rows, &o, err)) > 0) {
		rc = 0;
		if (++n > VIEW_ROWS)
			continue;
		if (n == 1)
			HTML(to,
			     "<table><caption>Left out, as the scope of this case says: counted "
			     "and not kept</caption>\n<thead><tr><th scope=\"col\">Exhibit</th><th "
			     "scope=\"col\">Kind</th><th scope=\"col\">Why</th><th "
			     "scope=\"col\">How many</th></tr></thead><tbody>\n");
		HTML(to, "<tr><td>");
		view_exhibit(to, o.exhibit);
		HTML(to, "</td><td>");
		html_word(to, o.kind);
		HTML(to, "</td><td>");
		html_ours(to, word_outside(o.reason));
		HTML(to, "</td><td class=\"n\">");
		html_int(to, o.rows);
		HTML(to, "</td></tr>\n");
	}
	rows_close(&rows);
	if (n)
		HTML(to, "</tbody></table>\n");
	return rc;
}

int view_unseen(struct view *v, struct err *err)
{
	FILE *to = v->to;
	HTML(to, "<section>\n<h2>What could not be seen</h2>\n");
	int rc = put_outside(v, err);
	if (!rc)
		rc = put_apps(v, err);
	if (!rc)
		rc = put_warnings(v, err);
	if (!rc)
		rc = put_rules(v, err);
	HTML(to, "<h3>Nobody looked at</h3>\n<ul>\n"
		 "<li>pictures, videos and sound: they are never opened; of an attachment only its "
		 "name "
		 "and type are noted</li>\n"
		 "<li>what is kept on a server, on another phone or on a memory card that is not "
		 "in the "
		 "source</li>\n"
		 "<li>what was deleted so that the files that were read no longer hold it</li>\n"
		 "<li>websites, e-mail, notes, places and payments</li>\n"
		 "</ul>\n<p><b>");
	html_ours(to, word_absence);
	HTML(to, "</b></p>\n</section>\n");
	return rc;
}
