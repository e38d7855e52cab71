/* view_traces.c - what the phone keeps beside its conversations, where a scope asked for it. */
#include "base/identifier.h"
#include "facts_trace.h"
#include "view.h"
#include "words.h"
#include "zone.h"

static void put_time(FILE *to, int64_t time)
{
	char text[80];
	if (time == TIME_UNSET) {
		HTML(to, "not said");
		return;
	}
	zone_words(time, text);
	html_ours(to, text);
}

static void put_person(struct view *v, const struct fact_trace *t)
{
	char number[17];
	size_t more;
	if (!t->raw.n)
		return;
	html_word(v->to, t->raw);
	identifier_format(t->e164, number);
	if (t->e164 && !span_eq(t->raw, span_z(number))) {
		HTML(v->to, " = ");
		html_ours(v->to, number);
	}
	span saved = saved_name(v->saved, t->e164, &more);
	if (saved.n) {
		HTML(v->to, ", saved as ");
		html_word(v->to, saved);
	}
	if (t->listed)
		HTML(v->to, " <b>on the line list</b>");
}

static void put_what(FILE *to, const struct fact_trace *t)
{
	if (t->name.n) {
		html_word(to, t->name);
		HTML(to, "<br>");
	}
	html_word(to, t->service);
	if (t->text.n) {
		HTML(to, "<br>");
		html_word(to, t->text);
	} else if (t->text_why) {
		HTML(to, "<br>its title is not read at this stage");
	}
}

static void put_trace(struct view *v, const struct fact_trace *t)
{
	FILE *to = v->to;
	HTML(to, "<tr><th scope=\"row\">");
	html_ours(to, word_kind(t->kind, 1));
	HTML(to, "</th><td>");
	put_what(to, t);
	HTML(to, "</td><td>");
	put_person(v, t);
	HTML(to, "</td><td class=\"n\">");
	html_int(to, t->times);
	if (t->in || t->out) {
		HTML(to, "<br><span class=\"small\">in ");
		html_int(to, t->in);
		HTML(to, ", out ");
		html_int(to, t->out);
		HTML(to, "</span>");
	}
	HTML(to, "</td><td>");
	put_time(to, t->first);
	HTML(to, "</td><td>");
	put_time(to, t->last);
	HTML(to, "</td></tr>\n");
}

int view_traces(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_trace t;
	int64_t n = 0;
	for (int kind = REC_TRACE_FIRST; kind < REC_KIND_MAX; kind++)
		n += v->counts.total[kind];
	if (!n)
		return 0;
	HTML(to,
	     "<section>\n<h2>Traces</h2>\n<p>What the phone keeps beside its conversations, as far "
	     "as the scope asked for it. Traces have no content and are not weighed: the level "
	     "does "
	     "not rest on them. Many are made by the phone itself, without anybody touching "
	     "it.</p>\n"
	     "<table><thead><tr><th scope=\"col\">Trace</th><th scope=\"col\">What</th>"
	     "<th scope=\"col\">With</th><th scope=\"col\">Times</th><th scope=\"col\">First</th>"
	     "<th scope=\"col\">Last</th></tr></thead><tbody>\n");
	n = 0;
	int rc = facts_traces(&rows, v->c, err);
	while (!rc && (rc = facts_trace(&rows, &t, err)) > 0) {
		rc = 0;
		if (++n <= VIEW_ROWS)
			put_trace(v, &t);
	}
	rows_close(&rows);
	HTML(to, "</tbody></table>\n");
	view_more(to, n - VIEW_ROWS, "rows of traces", "records CASE --kind trace");
	HTML(to, "</section>\n");
	return rc;
}
