/* doc.c - see doc.h */
#include "doc.h"
#include "html.h"

static const char style[] =
	"<style>body{margin:0 auto;padding:1.5rem;max-width:52rem;background:#fff;color:#000;"
	"font:1.05rem/1.5 sans-serif}h1{font-size:1.5rem}h2{font-size:1.3rem;margin-top:2rem;"
	"border-bottom:2px solid #000}h3{font-size:1.1rem}"
	".marking{font-weight:700;text-align:center;border:2px solid #000;padding:.3rem}"
	"blockquote{margin:.4rem 0;padding:.2rem .8rem;border-left:4px solid #000;"
	"white-space:pre-wrap;overflow-wrap:anywhere}bdi{overflow-wrap:anywhere}"
	".w{border-bottom:1px dotted #000}.tok{border:1px solid #000}"
	"table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:.3rem;"
	"text-align:left;vertical-align:top;overflow-wrap:anywhere}"
	".pair{margin:.2rem 0}.pair b{display:inline-block;min-width:12rem}"
	".blank{border-bottom:1px solid #000;display:inline-block;width:60%}"
	"@media "
	"print{body{max-width:none;padding:0}h2,h3{break-after:avoid}.new{break-before:page}}"
	"@page{margin:16mm;@bottom-right{content:counter(page) ' of ' counter(pages)}}</style>";

static void end_list(struct doc *d)
{
	if (d->list)
		HTML(d->html, "</ul>\n");
	d->list = false;
}

static void put_ours(struct doc *d, const char *words)
{
	html_ours(d->html, words);
}

void doc_begin(struct doc *d, const char *title, const char *marking, bool training)
{
	if (d->pdf) {
		pdf_heading(d->pdf, 1, title);
		return;
	}
	HTML(d->html, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\">"
		      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		      "style-src 'unsafe-inline'\"><title>");
	if (training)
		HTML(d->html, "TRAINING: ");
	put_ours(d, title);
	HTML(d->html, "</title>");
	html_raw(d->html, (span){ style, sizeof style - 1 });
	HTML(d->html, "</head>\n<body>\n<header><p class=\"marking\">");
	put_ours(d, marking);
	HTML(d->html, "</p></header>\n<main>\n<h1>");
	put_ours(d, title);
	HTML(d->html, "</h1>\n");
}

void doc_end(struct doc *d)
{
	if (d->pdf)
		return;
	end_list(d);
	HTML(d->html, "</main>\n</body>\n</html>\n");
}

void doc_page(struct doc *d)
{
	if (d->pdf) {
		pdf_page(d->pdf);
		return;
	}
	end_list(d);
	HTML(d->html, "<div class=\"new\"></div>\n");
}

void doc_heading(struct doc *d, int level, const char *words)
{
	if (d->pdf) {
		pdf_heading(d->pdf, level, words);
		return;
	}
	end_list(d);
	HTML_IF(d->html, level == 1, "<h2>", "<h3>");
	put_ours(d, words);
	HTML_IF(d->html, level == 1, "</h2>\n", "</h3>\n");
}

void doc_text(struct doc *d, const char *words)
{
	if (d->pdf) {
		pdf_text(d->pdf, words);
		return;
	}
	end_list(d);
	HTML(d->html, "<p>");
	put_ours(d, words);
	HTML(d->html, "</p>\n");
}

void doc_bold(struct doc *d, const char *words)
{
	if (d->pdf) {
		pdf_bold(d->pdf, words);
		return;
	}
	end_list(d);
	HTML(d->html, "<p><b>");
	put_ours(d, words);
	HTML(d->html, "</b></p>\n");
}

void doc_sentence(struct doc *d, span s)
{
	if (d->pdf) {
		pdf_sentence(d->pdf, s);
		return;
	}
	end_list(d);
	HTML(d->html, "<p>");
	html_sentence(d->html, s);
	HTML(d->html, "</p>\n");
}

void doc_item(struct doc *d, span s)
{
	if (d->pdf) {
		pdf_item(d->pdf, s);
		return;
	}
	HTML_IF(d->html, d->list, "<li>", "<ul>\n<li>");
	d->list = true;
	html_sentence(d->html, s);
	HTML(d->html, "</li>\n");
}

void doc_said(struct doc *d, span s)
{
	if (d->pdf) {
		pdf_said(d->pdf, s);
		return;
	}
	end_list(d);
	html_said(d->html, s, -1, -1);
	HTML(d->html, "\n");
}

void doc_pair(struct doc *d, const char *label, span value)
{
	if (d->pdf) {
		pdf_pair(d->pdf, label, value);
		return;
	}
	end_list(d);
	HTML(d->html, "<p class=\"pair\"><b>");
	put_ours(d, label);
	HTML(d->html, "</b> ");
	html_sentence(d->html, value.p && value.n ? value : SPAN("\xe2\x80\x93"));
	HTML(d->html, "</p>\n");
}

void doc_pair_z(struct doc *d, const char *label, const char *value)
{
	doc_pair(d, label, value && *value ? span_z(value) : SPAN_NONE);
}

void doc_blank(struct doc *d, const char *label)
{
	if (d->pdf) {
		pdf_blank(d->pdf, label);
		return;
	}
	end_list(d);
	HTML(d->html, "<p class=\"pair\"><b>");
	put_ours(d, label);
	HTML(d->html, "</b> <span class=\"blank\">&nbsp;</span></p>\n");
}

void doc_table(struct doc *d, const struct pdf_column *columns)
{
	d->columns = columns;
	if (d->pdf) {
		pdf_table(d->pdf, columns);
		return;
	}
	end_list(d);
	HTML(d->html, "<table><thead><tr>");
	for (; columns->title; columns++) {
		HTML(d->html, "<th scope=\"col\">");
		put_ours(d, columns->title);
		HTML(d->html, "</th>");
	}
	HTML(d->html, "</tr></thead><tbody>\n");
}

void doc_row(struct doc *d, const span *cells)
{
	if (d->pdf) {
		pdf_row(d->pdf, cells);
		return;
	}
	HTML(d->html, "<tr>");
	for (size_t i = 0; d->columns[i].title; i++) {
		HTML(d->html, "<td>");
		html_sentence(d->html, cells[i].p ? cells[i] : SPAN(""));
		HTML(d->html, "</td>");
	}
	HTML(d->html, "</tr>\n");
}

void doc_table_end(struct doc *d)
{
	if (d->pdf)
		pdf_table_end(d->pdf);
	else
		HTML(d->html, "</tbody></table>\n");
}
