/* annex_html.c - see annex_html.h */
#include "annex_html.h"
#include "annex.h"
#include "facts_record.h"
#include "html.h"
#include "zone.h"
#include <inttypes.h>

static const char style[] =
	"<style>body{font:1em/1.4 sans-serif;margin:1em;color:#000;background:#fff}"
	"table{border-collapse:collapse;width:100%;table-layout:fixed}"
	"td,th{border:1px solid #767676;padding:.3em;text-align:left;vertical-align:top;"
	"overflow-wrap:anywhere}"
	"pre{white-space:pre-wrap;margin:0;font:inherit;overflow-wrap:anywhere}"
	".said,blockquote{margin:0;white-space:pre-wrap}.tok{border:1px dotted #000}"
	"th:nth-child(1){width:9em}th:nth-child(2){width:13em}th:nth-child(3){width:7em}"
	"@media(max-width:60em){th:nth-child(n){width:auto}}"
	"</style>";

struct chunk {
	struct case_db *c;
	struct bundle *b;
	struct list_reader *lists;
	FILE *to;
	int64_t n; /* records on this page */
	int page, pages;
};

static void name_of(int page, char out[static 64])
{
	snprintf(out, 64, "records-%04d.html", page);
}

static void link_to(FILE *to, int page, const char *words)
{
	char name[64];
	name_of(page, name);
	HTML(to, "<a href=\"");
	html_ours(to, name);
	HTML(to, "\">");
	html_ours(to, words);
	HTML(to, "</a> ");
}

static void head(FILE *to, const char *title)
{
	HTML(to, "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
		 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		 "style-src 'unsafe-inline'\"><title>");
	html_ours(to, title);
	HTML(to, "</title>");
	html_raw(to, (span){ style, sizeof style - 1 });
	HTML(to, "</head><body><main><h1>");
	html_ours(to, title);
	HTML(to, "</h1>\n");
}

static int begin(struct chunk *k, struct err *err)
{
	char path[96], name[64], title[80];
	name_of(k->page, name);
	snprintf(path, sizeof path, "annex/%s", name);
	int rc = bundle_open(k->b, path, &k->to, err);
	if (rc)
		return rc;
	snprintf(title, sizeof title, "Records, page %d of %d", k->page, k->pages);
	head(k->to, title);
	HTML(k->to, "<nav><a href=\"records.html\">All pages</a> ");
	if (k->page > 1)
		link_to(k->to, k->page - 1, "Page before");
	if (k->page < k->pages)
		link_to(k->to, k->page + 1, "Next page");
	HTML(k->to, "</nav>\n<table><thead><tr><th scope=\"col\">Record</th><th scope=\"col\">Time"
		    "</th><th scope=\"col\">Direction</th><th scope=\"col\">From, to</th>"
		    "<th scope=\"col\">Text or name</th><th scope=\"col\">Source</th></tr></thead>"
		    "<tbody>\n");
	return 0;
}

static int end(struct chunk *k, struct err *err)
{
	HTML(k->to, "</tbody></table></main></body></html>\n");
	k->to = NULL;
	k->n = 0;
	return bundle_close(k->b, err);
}

static void put_party(FILE *to, const struct fact_party *p)
{
	char e164[32];
	if (span_eq(p->role, SPAN("owner")))
		HTML(to, "owner ");
	if (p->raw.p)
		html_word(to, p->raw);
	else
		HTML(to, "not known");
	if (p->e164) {
		snprintf(e164, sizeof e164, " = +%" PRIu64, p->e164);
		html_ours(to, e164);
	}
}

static int put_people(struct chunk *k, const struct fact_record *r, struct err *err)
{
	struct fact_party p;
	struct fact_contact_id id;
	int rc = 0;
	if (r->from.known)
		put_party(k->to, &r->from);
	if (r->to >= 0) {
		HTML(k->to, "<br>to ");
		list_to(k->lists, r->to);
		for (int n = 0; (rc = list_to_next(k->lists, &p, err)) > 0; n++) {
			HTML_IF(k->to, n > 0, "; ", "");
			put_party(k->to, &p);
		}
	}
	while (!rc && (rc = list_contact_id(k->lists, &id, err)) > 0) {
		put_party(k->to, &id.party);
		HTML(k->to, "<br>");
		rc = 0;
	}
	return rc;
}

static int put_record(struct chunk *k, const struct fact_record *r, struct err *err)
{
	char id[64], words[80], row[48];
	FILE *to = k->to;
	list_of(k->lists, r->id);
	fact_number(r, id);
	HTML(to, "<tr><th scope=\"row\" id=\"");
	html_ours(to, id);
	HTML(to, "\">");
	html_ours(to, id);
	HTML(to, "<br>");
	html_ours(to, record_kind_word(r->kind));
	HTML(to, "</th><td>");
	if (r->time != TIME_UNSET) {
		zone_words(r->time, words);
		html_ours(to, words);
	} else {
		HTML(to, "not set");
	}
	HTML(to, "<br>raw: ");
	html_word(to, r->time_raw.p ? r->time_raw : SPAN(""));
	HTML(to, "</td><td>");
	html_ours(to, direction_word(r->direction));
	HTML(to, "</td><td>");
	int rc = put_people(k, r, err);
	HTML(to, "</td><td>");
	if (r->name.p)
		html_word(to, r->name);
	if (r->text.p)
		html_said(to, r->text, -1, -1);
	else if (r->text_why)
		html_ours(to, text_state_word(r->text_why));
	HTML(to, "</td><td>");
	html_word(to, r->file);
	HTML(to, "<br>");
	html_word(to, r->table);
	snprintf(row, sizeof row, " row %" PRId64 ", ", r->row);
	html_ours(to, row);
	html_ours(to, fact_origin_word(r));
	HTML(to, "</td></tr>\n");
	return rc;
}

static int put_pages(struct chunk *k, struct err *err)
{
	struct rows rows;
	struct fact_record r;
	int rc = facts_records(&rows, k->c, KIND_BIT(REC_KIND_MAX) - 1, err);
	while (!rc && (rc = facts_record(&rows, &r, err)) > 0) {
		rc = 0;
		if (!k->to) {
			k->page++;
			rc = begin(k, err);
		}
		if (!rc)
			rc = put_record(k, &r, err);
		if (!rc && ++k->n == ANNEX_CHUNK)
			rc = end(k, err);
	}
	rows_close(&rows);
	return !rc && k->to ? end(k, err) : rc;
}

static int put_index(struct chunk *k, int64_t records, struct err *err)
{
	char words[64];
	int rc = bundle_open(k->b, "annex/records.html", &k->to, err);
	if (rc)
		return rc;
	head(k->to, "Records");
	HTML(k->to, "<p>Every record in scope, ");
	html_int(k->to, records);
	HTML(k->to, " in all. A text of more than 700 bytes is cut here, and that is said; "
		    "records.jsonl has it whole. What hides or changes text, and what is not "
		    "text, stands in the brackets \xe2\x9f\xa6 \xe2\x9f\xa7.</p>\n<ol>\n");
	for (int i = 1; i <= k->pages; i++) {
		snprintf(words, sizeof words, "Page %d", i);
		HTML(k->to, "<li>");
		link_to(k->to, i, words);
		HTML(k->to, "</li>\n");
	}
	HTML(k->to, "</ol></main></body></html>\n");
	k->to = NULL;
	return bundle_close(k->b, err);
}

int annex_html(struct case_db *c, struct bundle *b, struct err *err)
{
	struct chunk k = { .c = c, .b = b };
	struct fact_counts counts;
	int64_t records = 0;
	int rc = facts_counts(c, &counts, err);
	if (rc)
		return rc;
	for (int i = 0; i < REC_KIND_MAX; i++)
		records += counts.total[i];
	fact_counts_free(&counts);
	k.pages = (int)((records + ANNEX_CHUNK - 1) / ANNEX_CHUNK);
	rc = put_index(&k, records, err);
	if (!rc)
		rc = list_reader_new(&k.lists, c, err);
	if (!rc)
		rc = put_pages(&k, err);
	list_reader_free(k.lists);
	return rc;
}
