/* view_readers.c - what each reader that this phone needed gives, and what it was tested on. */
#include "facts_trace.h"
#include "parser.h"
#include "view.h"
#include "words.h"

static void put_kinds(FILE *to, unsigned kinds)
{
	bool some = false;
	for (int kind = 0; kind < REC_KIND_MAX; kind++)
		if (kinds & KIND_BIT(kind)) {
			HTML_IF(to, some, ", ", "");
			html_ours(to, word_kind((enum record_kind)kind, 2));
			some = true;
		}
}

static void put_reader(FILE *to, span name, const struct parser *p)
{
	HTML(to, "<tr><th scope=\"row\">");
	if (!p) { /* of another version of this program */
		html_word(to, name);
		HTML(to, "</th><td>not a reader of this version</td><td></td><td></td>"
			 "<td></td></tr>\n");
		return;
	}
	html_ours(to, p->app);
	HTML(to, "<br><span class=\"small\">reader ");
	html_ours(to, p->name);
	HTML(to, "</span></th><td>");
	put_kinds(to, p->kinds);
	HTML(to, "</td><td>");
	HTML_IF(to, p->keeps_deleted, "live rows, and deleted ones that the app keeps, marked",
		"live rows");
	HTML(to, "</td><td>");
	html_ours(to, p->tested);
	HTML(to, "</td><td>");
	html_ours(to, p->limits ? p->limits : "");
	HTML(to, "</td></tr>\n");
}

static int put_unread(FILE *to, struct case_db *c, int64_t *n, struct err *err)
{
	struct rows rows;
	struct fact_app app;
	int rc = facts_unread_apps(&rows, c, err);
	while (!rc && (rc = facts_app(&rows, &app, err)) > 0) {
		rc = 0;
		if (++*n > VIEW_ROWS)
			continue;
		HTML(to, "<tr><th scope=\"row\">");
		html_word(to, app.name);
		HTML(to, "</th><td>that it is on the phone</td><td>none</td><td>presence only</td>"
			 "<td>what was said in it: it was not read</td></tr>\n");
	}
	rows_close(&rows);
	return rc;
}

int view_readers(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	span name;
	int64_t n = 0;
	HTML(to,
	     "<table><caption>What is read of the apps on this phone, and what that was tested on"
	     "</caption>\n<thead><tr><th scope=\"col\">App</th><th scope=\"col\">Gives</th>"
	     "<th scope=\"col\">Rows</th><th scope=\"col\">Versions it was tested on</th>"
	     "<th scope=\"col\">Does not say</th></tr></thead><tbody>\n");
	int rc = facts_readers(&rows, v->c, err);
	while (!rc && (rc = facts_reader(&rows, &name, err)) > 0) {
		rc = 0;
		if (++n <= VIEW_ROWS)
			put_reader(to, name, reader_of(name));
	}
	rows_close(&rows);
	if (!rc)
		rc = put_unread(to, v->c, &n, err);
	HTML(to,
	     "</tbody></table>\n<p class=\"small\">A real file is a public one that was read with "
	     "its published contents; as published: the layout is from public descriptions, "
	     "the rows were made up. No reader looks into the free space of a "
	     "database.</p>\n");
	view_more(to, n - VIEW_ROWS, "readers", "scan --json");
	return rc;
}
