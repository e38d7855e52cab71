/* view_roles.c - what the phone's part could be: "consistent with", never "is". */
#include "view.h"
#include "words.h"

static int put_for(struct view *v, span array, struct err *err)
{
	struct rows rows;
	span id;
	int64_t n = 0;
	int rc = facts_strings(&rows, v->c, array, err);
	while (!rc && (rc = facts_string(&rows, &id, err)) > 0) {
		rc = 0;
		if (++n > VIEW_ROWS)
			continue;
		if (n > 1)
			HTML(v->to, ", ");
		view_finding_link(v->to, id);
	}
	rows_close(&rows);
	if (!n)
		HTML(v->to, "nothing");
	return rc;
}

static int put_against(struct view *v, span array, struct err *err)
{
	struct rows rows;
	span sentence;
	int64_t n = 0;
	int rc = facts_strings(&rows, v->c, array, err);
	while (!rc && (rc = facts_string(&rows, &sentence, err)) > 0) {
		rc = 0;
		if (++n > VIEW_ROWS)
			continue;
		HTML_IF(v->to, n == 1, "<ul>", "");
		HTML(v->to, "<li>");
		html_sentence(v->to, sentence);
		HTML(v->to, "</li>");
	}
	rows_close(&rows);
	HTML_IF(v->to, n, "</ul>", "nothing in what was read");
	return rc;
}

int view_roles(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_role r;
	int64_t n = 0;
	int rc = facts_roles(&rows, v->c, err);
	while (!rc && (rc = facts_role(&rows, &r, err)) > 0) {
		if (++n == 1)
			HTML(to,
			     "<section>\n<h2>What this is consistent with</h2>\n<p>These are "
			     "possibilities to weigh, not statements about the child. A child is "
			     "presumed to be a victim whichever of them fits.</p>\n<table><thead>"
			     "<tr><th scope=\"col\">Consistent with</th><th scope=\"col\">For"
			     "</th><th scope=\"col\">Against</th></tr></thead><tbody>\n");
		HTML(to, "<tr><th scope=\"row\">");
		view_word(to, word_role(r.id), r.id);
		HTML(to, "</th><td>");
		rc = put_for(v, r.for_json, err);
		HTML(to, "</td><td>");
		if (!rc)
			rc = put_against(v, r.against_json, err);
		HTML(to, "</td></tr>\n");
	}
	rows_close(&rows);
	if (n)
		HTML(to, "</tbody></table>\n</section>\n");
	return rc;
}
