/* view_searches.c - each rule that ran and how many records it met: nil results, too. */
#include "view.h"
#include "words.h"

struct tally {
	int64_t ran, nothing, not_run;
};

static int count(struct view *v, struct tally *ret, struct err *err)
{
	struct rows rows;
	struct fact_search s;
	int rc = facts_searches(&rows, v->c, err);
	while (!rc && (rc = facts_search(&rows, &s, err)) > 0) {
		rc = 0;
		ret->not_run += s.not_run.p != NULL;
		ret->ran += !s.not_run.p;
		ret->nothing += !s.not_run.p && !s.records;
	}
	rows_close(&rows);
	return rc;
}

static void put_search(FILE *to, const struct fact_search *s)
{
	HTML(to, "<tr><th scope=\"row\">");
	html_word(to, s->id);
	HTML(to, "</th><td>");
	view_word(to, word_category(s->category), s->category);
	HTML(to, "</td><td class=\"n\">");
	if (s->records)
		html_int(to, s->records);
	else
		HTML(to, "nothing met");
	HTML(to, "</td></tr>\n");
}

static void put_head(FILE *to, const struct tally *t)
{
	HTML(to, "<details>\n<summary>Each rule that ran: ");
	html_int(to, t->ran);
	HTML_IF(to, t->ran == 1, " rule, ", " rules, ");
	html_int(to, t->nothing);
	HTML(to, " of them met nothing</summary>\n<p>A rule that met nothing is a result too: it "
		 "ran over all that this stage let it read. A rule that met records may still "
		 "count for nothing: only findings count. <code>linecheck rules explain</code> "
		 "with the name of a rule says what it looks for.</p>\n");
	HTML(to, "<table><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Looks for</th>"
		 "<th scope=\"col\">Records it met</th></tr></thead><tbody>\n");
}

int view_searches(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_search s;
	struct tally t = { 0 };
	int64_t n = 0;
	int rc = count(v, &t, err);
	if (rc)
		return rc;
	if (t.ran) {
		put_head(to, &t);
		rc = facts_searches(&rows, v->c, err);
		while (!rc && (rc = facts_search(&rows, &s, err)) > 0) {
			rc = 0;
			if (!s.not_run.p && ++n <= VIEW_ROWS)
				put_search(to, &s);
		}
		rows_close(&rows);
		HTML(to, "</tbody></table>\n");
		view_more(to, n - VIEW_ROWS, "rules that ran", "scan --json");
		HTML(to, "</details>\n");
	}
	if (t.not_run) {
		HTML(to, "<p>");
		html_int(to, t.not_run);
		HTML_IF(to, t.not_run == 1, " rule did not run. It stands ",
			" rules did not run. They stand ");
		HTML(to, "under <q>What could not be seen</q>, with the reason.</p>\n");
	}
	return rc;
}
