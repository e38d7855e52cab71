/* view_findings.c - each finding with what it means, what else it could be, and its facts. */
#include "view.h"
#include "words.h"
#include <inttypes.h>

static bool our_id(span id)
{
	if (id.n < 2 || id.n > 12 || id.p[0] != 'F')
		return false;
	for (size_t i = 1; i < id.n; i++)
		if (id.p[i] < '0' || id.p[i] > '9')
			return false;
	return true;
}

void view_finding_id(FILE *to, span id)
{
	if (our_id(id))
		html_raw(to, id);
	else
		html_word(to, id);
}

void view_finding_link(FILE *to, span id)
{
	bool ours = our_id(id);
	if (ours) {
		HTML(to, "<a href=\"#");
		html_raw(to, id);
		HTML(to, "\">");
	}
	view_finding_id(to, id);
	if (ours)
		HTML(to, "</a>");
}

static void put_row(FILE *to, const char *term, span words)
{
	if (!words.n)
		return;
	HTML(to, "<dt>");
	html_ours(to, term);
	HTML(to, "</dt><dd>");
	html_sentence(to, words);
	HTML(to, "</dd>\n");
}

static int put_facts(struct view *v, const struct fact_finding *f, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_of_finding fact;
	int64_t shown = 0;
	HTML(to, "<h4>Facts it rests on</h4>\n<ol class=\"facts\">\n");
	int rc = facts_of_finding(&rows, v->c, f->id, VIEW_FACTS, err);
	while (!rc && (rc = facts_fact(&rows, &fact, err)) > 0) {
		rc = view_fact(v, f->id, &fact, err);
		shown++;
	}
	rows_close(&rows);
	HTML(to, "</ol>\n");
	view_more(to, f->records - shown, "records behind this finding", "records CASE");
	return rc;
}

static int put_finding(struct view *v, const struct fact_finding *f, struct err *err)
{
	FILE *to = v->to;
	HTML(to, "<article");
	if (our_id(f->id)) {
		HTML(to, " id=\"");
		html_raw(to, f->id);
		HTML(to, "\"");
	}
	HTML(to, ">\n<h3>");
	view_finding_id(to, f->id);
	HTML(to, ". ");
	view_word(to, word_category(f->category), f->category);
	if (f->line.n) {
		HTML(to, ": ");
		html_word(to, f->line);
	}
	HTML(to, "</h3>\n<p>");
	html_sentence(to, f->reason);
	HTML(to, "</p>\n<p class=\"small\">");
	html_int(to, f->points);
	HTML_IF(to, f->points == 1, " point", " points");
	HTML(to, ", rule ");
	html_word(to, f->rule);
	HTML(to, ", rests on ");
	html_int(to, f->records);
	HTML_IF(to, f->records == 1, " record", " records");
	HTML(to, "</p>\n<dl>\n");
	put_row(to, "What it says", f->meaning);
	put_row(to, "What else it could be", f->innocent);
	if (f->grade_kind.n) {
		const char *plain = word_contact(f->grade_kind);
		put_row(to, "Kind of contact", plain ? span_z(plain) : f->grade_kind);
	}
	put_row(to, "If this finding fell away", f->without);
	HTML(to, "</dl>\n");
	int rc = put_facts(v, f, err);
	HTML(to, "</article>\n");
	return rc;
}

/* Findings past the first VIEW_FINDINGS: a line each. */
static void put_short(FILE *to, const struct fact_finding *f)
{
	HTML(to, "<tr><td>");
	view_finding_id(to, f->id);
	HTML(to, "</td><td>");
	view_word(to, word_category(f->category), f->category);
	HTML(to, "</td><td>");
	html_sentence(to, f->reason);
	HTML(to, "</td><td class=\"n\">");
	html_int(to, f->points);
	HTML(to, "</td></tr>\n");
}

int view_findings(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_finding f;
	int64_t n = 0;
	HTML(to, "<section>\n<h2>Findings</h2>\n");
	int rc = facts_findings(&rows, v->c, err);
	while (!rc && (rc = facts_finding(&rows, &f, err)) > 0) {
		n++;
		rc = 0;
		if (n <= VIEW_FINDINGS)
			rc = put_finding(v, &f, err);
		else if (n <= VIEW_FINDINGS + VIEW_ROWS) {
			if (n == VIEW_FINDINGS + 1)
				HTML(to, "<table><caption>Further findings, in short</caption>\n"
					 "<thead><tr><th scope=\"col\">Finding</th><th "
					 "scope=\"col\">Kind</th><th scope=\"col\">Reason</th>"
					 "<th scope=\"col\">Points</th></tr></thead><tbody>\n");
			put_short(to, &f);
		}
	}
	rows_close(&rows);
	if (n > VIEW_FINDINGS)
		HTML(to, "</tbody></table>\n");
	if (!n)
		HTML(to, "<p>There are no findings in what was read.</p>\n");
	view_more(to, n - VIEW_FINDINGS - VIEW_ROWS, "findings", "scan --json");
	HTML(to, "</section>\n");
	return rc;
}
