/* view_timeline.c - contact with each matched line over time: a picture and the same as a table. */
#include "base/identifier.h"
#include "timeline.h"
#include "view.h"
#include "words.h"
#include "zone.h"
#include <inttypes.h>

/* The picture, in units of its viewBox. All lanes have one time axis. */
enum { LEFT = 110, WIDTH = 740, UP = 56, GAP = 3, DOWN = 56, FOOT = 22 };

static uint32_t incoming(const struct lane *l, size_t bin)
{
	return l->bin[bin][EVENT_MESSAGE_IN] + l->bin[bin][EVENT_CALL_IN];
}

static uint32_t outgoing(const struct lane *l, size_t bin)
{
	return l->bin[bin][EVENT_MESSAGE_OUT] + l->bin[bin][EVENT_CALL_OUT];
}

static uint32_t others(const struct lane *l, size_t bin)
{
	return l->bin[bin][EVENT_UNCLEAR] + l->bin[bin][EVENT_MENTIONED];
}

static uint32_t highest(const struct timeline *t, const struct lane *l)
{
	uint32_t most = 1;
	for (size_t i = 0; i < t->bins; i++) {
		if (incoming(l, i) > most)
			most = incoming(l, i);
		if (outgoing(l, i) > most)
			most = outgoing(l, i);
	}
	return most;
}

/* A bar of n from y0 upwards (up) or downwards; gives where it ended. Never thinner than visible.
 */
static int bar(FILE *to, int x, int width, int y0, bool up, uint32_t n, uint32_t most,
	       const char *style)
{
	if (!n)
		return y0;
	int height = (int)((uint64_t)n * (UP - 4) / most);
	if (height < 3)
		height = 3;
	fprintf(to, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", style, x,
		up ? y0 - height : y0, width, height);
	return up ? y0 - height : y0 + height;
}

static void put_label(FILE *to, int x, int y, const char *anchor, const char *text)
{
	fprintf(to, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
	html_ours(to, text);
	HTML(to, "</text>");
}

static void put_picture(FILE *to, const struct timeline *t, const struct lane *l)
{
	char first[40], last[40], text[64];
	int plot = WIDTH - LEFT, axis = UP, below = UP + GAP;
	uint32_t most = highest(t, l);
	timeline_bin_words(t, 0, first);
	timeline_bin_words(t, t->bins - 1, last);
	fprintf(to,
		"<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>Contact over time: received above, "
		"sent below. The table under it says the same.</title>\n",
		WIDTH, UP + GAP + DOWN + FOOT);
	put_label(to, LEFT - 8, 20, "end", "received \xe2\x96\xb2");
	put_label(to, LEFT - 8, below + DOWN - 10, "end", "sent \xe2\x96\xbc");
	snprintf(text, sizeof text, "most: %" PRIu32, most);
	put_label(to, LEFT - 8, axis - 16, "end", text);
	fprintf(to, "<path class=\"axis\" d=\"M%d %d.5H%d\"/>\n", LEFT, axis + 1, WIDTH);
	for (size_t i = 0; i < t->bins; i++) {
		int x = LEFT + (int)(i * (size_t)plot / t->bins);
		int next = LEFT + (int)((i + 1) * (size_t)plot / t->bins);
		int width = next - x > 24 ? 22 : next - x > 2 ? next - x - 1 : 2;
		int y = bar(to, x, width, axis, true, l->bin[i][EVENT_MESSAGE_IN], most, "msg");
		bar(to, x, width, y, true, l->bin[i][EVENT_CALL_IN], most, "call");
		y = bar(to, x, width, below, false, l->bin[i][EVENT_MESSAGE_OUT], most, "msg");
		bar(to, x, width, y, false, l->bin[i][EVENT_CALL_OUT], most, "call");
		if (others(l, i))
			fprintf(to, "<circle class=\"other\" cx=\"%d\" cy=\"%d\" r=\"3\"/>",
				x + width / 2, axis + 1);
	}
	put_label(to, LEFT, UP + GAP + DOWN + 16, "start", first);
	if (t->bins > 1)
		put_label(to, WIDTH, UP + GAP + DOWN + 16, "end", last);
	HTML(to,
	     "</svg>\n<p class=\"key\"><span class=\"box msg\"></span> message <span class=\"box "
	     "call\"></span> call <span class=\"dot\"></span> mentioned, in the same group, or "
	     "direction not known</p>\n");
}

static void put_cells(FILE *to, const int64_t n[EVENT_MAX])
{
	for (int e = 0; e < EVENT_MAX; e++) {
		HTML(to, "<td class=\"n\">");
		html_int(to, n[e]);
		HTML(to, "</td>");
	}
	HTML(to, "</tr>\n");
}

static void put_table(FILE *to, const struct timeline *t, const struct lane *l)
{
	char text[40];
	HTML(to, "<table class=\"times\"><thead><tr><th scope=\"col\">When (UK days)</th>"
		 "<th scope=\"col\">Messages received</th><th scope=\"col\">Messages sent</th>"
		 "<th scope=\"col\">Calls received</th><th scope=\"col\">Calls dialled</th>"
		 "<th scope=\"col\">Direction not known</th><th scope=\"col\">Mentioned, or in the "
		 "same "
		 "group</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < t->bins; i++) {
		int64_t n[EVENT_MAX], all = 0;
		for (int e = 0; e < EVENT_MAX; e++)
			all += n[e] = l->bin[i][e];
		if (!all)
			continue;
		timeline_bin_words(t, i, text);
		HTML(to, "<tr><th scope=\"row\">");
		html_ours(to, text);
		HTML(to, "</th>");
		put_cells(to, n);
	}
	HTML(to, "</tbody><tfoot><tr><th scope=\"row\">In all</th>");
	put_cells(to, l->total);
	HTML(to, "</tfoot></table>\n");
}

/* The list's dates are UTC days; in the UK a summer day ends an hour before. */
static void put_utc_day(FILE *to, int64_t ms)
{
	const int64_t day_ms = 86400000;
	char day[24];
	zone_day_words(ms / day_ms - (ms % day_ms < 0), day);
	html_ours(to, day);
}

static void put_window(FILE *to, const struct fact_line *l)
{
	if (l->from == TIME_UNSET && l->until == TIME_UNSET) {
		HTML(to, "no dates given");
		return;
	}
	if (l->from != TIME_UNSET) {
		HTML(to, "from ");
		put_utc_day(to, l->from);
	}
	if (l->until != TIME_UNSET) {
		HTML(to, " to ");
		put_utc_day(to, l->until - 1);
	} else {
		HTML(to, " on, no end given");
	}
}

static void put_grade(FILE *to, span grade)
{
	const char *source, *assessment;
	word_grade(grade, &source, &assessment);
	if (!grade.n) {
		HTML(to, "not graded");
		return;
	}
	html_word(to, grade);
	if (source) {
		HTML(to, ": ");
		html_ours(to, source);
	}
	if (assessment) {
		HTML(to, ", ");
		html_ours(to, assessment);
	}
}

/* What the line list says about the numbers of this line that were met. */
static int put_assertions(struct view *v, span brand, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_line l;
	int64_t n = 0;
	int rc = facts_lines(&rows, v->c, err);
	HTML(to, "<table><thead><tr><th scope=\"col\">On the list</th><th scope=\"col\">When</th>"
		 "<th scope=\"col\">State of the line</th><th scope=\"col\">Grade</th>"
		 "<th scope=\"col\">Row of the list</th></tr></thead><tbody>\n");
	while (!rc && (rc = facts_line(&rows, &l, err)) > 0) {
		rc = 0;
		if (!span_eq(l.line, brand) || ++n > VIEW_REASONS)
			continue;
		HTML(to, "<tr><th scope=\"row\" class=\"id\">");
		html_word(to, l.identifier);
		HTML(to, "</th><td>");
		put_window(to, &l);
		HTML(to, "</td><td>");
		view_word(to, word_line_status(l.status), l.status);
		HTML(to, "</td><td>");
		put_grade(to, l.grade);
		HTML(to, "</td><td class=\"n\">");
		html_int(to, l.csv_row);
		HTML(to, "</td></tr>\n");
	}
	rows_close(&rows);
	HTML(to, "</tbody></table>\n");
	view_more(to, n - VIEW_REASONS, "entries of this line", "scan --json");
	return rc;
}

static int put_lane(struct view *v, const struct timeline *t, const struct lane *l, struct err *err)
{
	FILE *to = v->to;
	char text[80];
	HTML(to, "<h3>");
	html_word(to, l->line);
	HTML(to, "</h3>\n");
	int rc = put_assertions(v, l->line, err);
	if (l->saved) {
		HTML(to, "<p>Saved in ");
		html_int(to, l->saved);
		HTML_IF(to, l->saved == 1, " contact or account", " contacts or accounts");
		HTML(to, " of the phone.</p>\n");
	}
	if (l->first != TIME_UNSET) {
		zone_words(l->first, text);
		HTML(to, "<p>First: ");
		html_ours(to, text);
		zone_words(l->last, text);
		HTML(to, "<br>Last: ");
		html_ours(to, text);
		HTML(to, "</p>\n");
		put_picture(to, t, l);
	}
	if (l->first != TIME_UNSET || l->undated)
		put_table(to, t, l);
	else
		HTML(to, "<p>No message or call with it was seen.</p>\n");
	if (l->undated) {
		HTML(to, "<p>Of these, ");
		html_int(to, l->undated);
		HTML(to, " have no time in the source and are only in the last row.</p>\n");
	}
	return rc;
}

int view_timeline(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct timeline *t = NULL;
	int rc = timeline_load(&t, v->c, err);
	if (rc)
		return rc;
	if (t->lanes) {
		HTML(to, "<section>\n<h2>Contact with each matched line</h2>\n<p>Every message and "
			 "call "
			 "with a number on the line list, whatever it counts for. All pictures "
			 "have the "
			 "same time axis.</p>\n");
		for (size_t i = 0; !rc && i < t->lanes; i++)
			rc = put_lane(v, t, &t->lane[i], err);
		view_more(to, t->more_lines, "matched lines", "scan --json");
		HTML(to, "</section>\n");
	}
	timeline_free(t);
	return rc;
}
