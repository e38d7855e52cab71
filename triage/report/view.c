/* view.c - the working view as a whole: the order of its parts. */
#include "view.h"
#include "caselog.h"
#include "report.h"
#include "words.h"
#include <inttypes.h>

void view_word(FILE *to, const char *plain, span stored)
{
	if (plain)
		html_ours(to, plain);
	else
		html_word(to, stored);
}

void view_exhibit(FILE *to, int64_t exhibit)
{
	char text[32];
	snprintf(text, sizeof text, "EX%" PRId64, exhibit);
	html_ours(to, text);
}

void view_more(FILE *to, int64_t more, const char *what, const char *how)
{
	if (more <= 0)
		return;
	HTML(to, "<p class=\"small\">And ");
	html_int(to, more);
	HTML(to, " more ");
	html_ours(to, what);
	HTML(to, ", which this page leaves out. They are in what <code>linecheck ");
	html_ours(to, how);
	HTML(to, "</code> prints.</p>\n");
}

static void put_head(struct view *v)
{
	FILE *to = v->to;
	HTML(to,
	     "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
	     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
	     "'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
	     "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	HTML_IF(to, case_training(v->c), "TRAINING - ", "");
	HTML(to, "Phone check, working view</title>\n<style>");
	html_raw(to, span_z(view_style));
	if (case_training(v->c))
		html_raw(to, span_z(view_style_training));
	HTML(to, "</style>\n</head>\n<body>\n<header>\n");
	if (case_training(v->c)) {
		HTML(to, "<p class=\"training\">");
		html_ours(to, word_training);
		HTML(to, "</p>\n");
	}
	HTML(to, "<h1>Phone check: working view</h1>\n<p class=\"small\">");
	html_ours(to, word_working);
	HTML(to, "</p>\n</header>\n<main>\n");
}

/* The one place for times of running. */
static int put_runs(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_run r;
	char text[25];
	int64_t n = 0;
	HTML(to, "<p class=\"small\" id=\"run\">Made by: ");
	int rc = facts_runs(&rows, v->c, err);
	while (!rc && (rc = facts_run(&rows, &r, err)) > 0) {
		rc = 0;
		if (++n > VIEW_REASONS)
			continue;
		HTML_IF(to, n == 1, "", "; ");
		html_word(to, r.command);
		if (r.started != TIME_UNSET) {
			time_format(r.started, text);
			HTML(to, ", started ");
			html_ours(to, text);
		}
		if (r.finished != TIME_UNSET) {
			time_format(r.finished, text);
			HTML(to, ", finished ");
			html_ours(to, text);
		}
	}
	rows_close(&rows);
	HTML(to, "</p>\n");
	view_more(to, n - VIEW_REASONS, "runs", "scan --json");
	return rc;
}

static int put_head_of_log(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct err why = { 0 };
	char head[65];
	int64_t seq;
	int rc = caselog_head(v->c, head, &seq, &why);
	if (rc == E_ABSENT)
		return 0;
	if (rc)
		return err_set(err, rc, "%s", why.message);
	HTML(to, "<p class=\"small\">Log of this case, entry ");
	html_int(to, seq);
	HTML(to, ", head: <code>");
	html_ours(to, head);
	HTML(to,
	     "</code>. Whoever has this head can prove later that nothing before it was changed "
	     "(linecheck verify).</p>\n");
	return 0;
}

static int put_foot(struct view *v, struct err *err)
{
	FILE *to = v->to;
	char tool[128];
	int rc = facts_meta(v->c, "tool", tool, sizeof tool, err);
	HTML(to, "</main>\n<footer>\n<p>");
	html_ours(to, word_person);
	HTML(to, " ");
	html_ours(to, word_absence);
	HTML(to, "</p>\n<p>");
	html_ours(to, word_working);
	HTML(to, "</p>\n<p class=\"small\">");
	if (!rc)
		html_word(to, span_z(tool));
	HTML(to, ". Times: UTC as the source gives it, and UK local time (Europe/London: GMT, or "
		 "BST in "
		 "summer time).</p>\n");
	if (!rc)
		rc = put_runs(v, err);
	if (!rc)
		rc = put_head_of_log(v, err);
	HTML(to, "</footer>\n");
	HTML(to, "</body>\n</html>\n");
	return rc;
}

/* First of all: somebody must do it before the phone goes back. */
static int put_left_set(struct view *v, struct err *err)
{
	char left[480];
	int rc = facts_left_set(v->c, left, sizeof left, err);
	if (rc || !*left)
		return rc;
	HTML(v->to, "<p class=\"training\"><b>");
	html_word(v->to, span_z(left));
	HTML(v->to, "</b></p>\n");
	return 0;
}

static int put_page(struct view *v, struct err *err)
{
	static int (*const parts[])(struct view * v, struct err * err) = {
		put_left_set, view_outcome, view_next,     view_findings, view_timeline, view_roles,
		view_people,  view_traces,  view_coverage, view_unseen,   view_packs,
	};
	int rc = 0;
	put_head(v);
	for (size_t i = 0; !rc && i < sizeof parts / sizeof *parts; i++)
		rc = parts[i](v, err);
	if (rc)
		return rc;
	view_glossary(v);
	rc = put_foot(v, err);
	if (!rc && (fflush(v->to) != 0 || ferror(v->to)))
		rc = err_set(err, E_IO, "The working view could not be written.");
	return rc;
}

int report_view(struct case_db *c, FILE *to, struct err *err)
{
	struct view v = { .to = to, .c = c };
	bool began = false;
	int rc = facts_begin(c, &began, err);
	if (!rc)
		rc = facts_outcome(c, &v.outcome, err);
	if (!rc)
		rc = facts_counts(c, &v.counts, err);
	if (!rc)
		rc = list_reader_new(&v.lists, c, err);
	if (!rc)
		rc = saved_load(&v.saved, c, err);
	if (!rc)
		rc = put_page(&v, err);
	saved_free(v.saved);
	list_reader_free(v.lists);
	fact_counts_free(&v.counts);
	facts_end(c, began);
	return rc;
}
