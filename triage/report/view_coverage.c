/* view_coverage.c - what was looked at: every exhibit and every evidence file. */
#include "view.h"
#include "words.h"

static void put_kinds(FILE *to, const int64_t n[REC_KIND_MAX])
{
	bool some = false;
	for (int kind = 0; kind < REC_KIND_MAX; kind++) {
		if (!n[kind])
			continue;
		if (some)
			HTML(to, ", ");
		html_int(to, n[kind]);
		HTML(to, " ");
		html_ours(to, word_kind((enum record_kind)kind, n[kind]));
		some = true;
	}
	if (!some)
		HTML(to, "no records");
}

static int put_exhibits(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_exhibit e;
	int64_t n = 0;
	HTML(to,
	     "<table><caption>Exhibits (sources)</caption>\n<thead><tr><th scope=\"col\">Exhibit"
	     "</th><th scope=\"col\">What it is</th><th scope=\"col\">State</th>"
	     "<th scope=\"col\">Files in it</th><th scope=\"col\">Files opened</th></tr></thead>"
	     "<tbody>\n");
	int rc = facts_exhibits(&rows, v->c, err);
	while (!rc && (rc = facts_exhibit(&rows, &e, err)) > 0) {
		rc = 0;
		if (++n > VIEW_ROWS)
			continue;
		HTML(to, "<tr><th scope=\"row\">");
		view_exhibit(to, e.id);
		HTML(to, "</th><td>");
		html_word(to, e.label);
		HTML(to, ", ");
		view_word(to, word_exhibit_kind(e.kind), e.kind);
		HTML(to, ", ");
		view_word(to, word_platform(e.platform), e.platform);
		HTML(to, "</td><td>");
		view_word(to, word_exhibit_state(e.state, e.files_seen, e.losses > 0), e.state);
		if (e.detail.n) {
			HTML(to, ": ");
			html_sentence(to, e.detail);
		}
		HTML(to, "</td><td class=\"n\">");
		html_int(to, e.files_seen);
		HTML(to, "</td><td class=\"n\">");
		html_int(to, e.files_kept);
		HTML(to, "</td></tr>\n");
	}
	rows_close(&rows);
	HTML(to, "</tbody></table>\n");
	view_more(to, n - VIEW_ROWS, "exhibits", "scan --json");
	return rc;
}

static void put_file(struct view *v, const struct fact_file *f)
{
	FILE *to = v->to;
	HTML(to, "<tr><td>");
	view_exhibit(to, f->exhibit);
	HTML(to, "</td><th scope=\"row\">");
	html_word(to, f->path);
	if (f->side_of.p) {
		HTML(to, "<br><span class=\"small\">belongs to ");
		html_word(to, f->side_of);
		HTML(to, "</span>");
	}
	HTML(to, "<br><span class=\"hash\">");
	if (f->sha256.n) {
		HTML(to, "SHA-256 ");
		html_sentence(to, f->sha256);
	} else {
		HTML_IF(to, span_eq(f->state, SPAN("typed")), "no SHA-256: there is no file",
			"no SHA-256: not opened");
	}
	HTML(to, "</span></th><td>");
	view_word(to, word_state(f->state), f->state);
	if (f->parser.n) {
		HTML(to, "<br><span class=\"small\">reader ");
		html_word(to, f->parser);
		HTML(to, "</span>");
	}
	if (f->detail.n) {
		HTML(to, "<br><span class=\"small\">");
		html_sentence(to, f->detail);
		HTML(to, "</span>");
	}
	HTML(to, "</td><td>");
	if (!f->side_of.p)
		put_kinds(to, fact_counts_of(&v->counts, f->id)->n);
	if (f->losses) {
		HTML(to, "<br><b>");
		html_int(to, f->losses);
		HTML_IF(to, f->losses == 1, " loss</b>", " losses</b>");
	}
	HTML(to, "</td></tr>\n");
}

static int put_files(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_file f;
	int64_t seen[2] = { 0, 0 }; /* not read, read: neither crowds the other out */
	HTML(to,
	     "<table><caption>Evidence files</caption>\n<thead><tr><th scope=\"col\">Exhibit</th>"
	     "<th scope=\"col\">File, as the source names it</th><th scope=\"col\">State</th>"
	     "<th scope=\"col\">Gave</th></tr></thead><tbody>\n");
	int rc = facts_files(&rows, v->c, err);
	while (!rc && (rc = facts_file(&rows, &f, err)) > 0) {
		rc = 0;
		if (++seen[span_eq(f.state, SPAN("read")) || span_eq(f.state, SPAN("typed"))] <=
		    VIEW_ROWS)
			put_file(v, &f);
	}
	rows_close(&rows);
	HTML(to, "</tbody></table>\n");
	view_more(to, seen[0] - VIEW_ROWS, "evidence files that were not read", "scan --json");
	view_more(to, seen[1] - VIEW_ROWS, "evidence files that were read", "scan --json");
	return rc;
}

int view_coverage(struct view *v, struct err *err)
{
	HTML(v->to, "<section>\n<h2>What was looked at</h2>\n<p>In all: ");
	put_kinds(v->to, v->counts.total);
	HTML(v->to, ".</p>\n");
	int rc = put_exhibits(v, err);
	if (!rc)
		rc = put_files(v, err);
	if (!rc)
		rc = view_readers(v, err);
	HTML(v->to, "</section>\n");
	return rc;
}

/* A case that was made before signers were kept names none. */
static void put_signer(FILE *to, const struct fact_pack *p)
{
	if (!span_eq(p->kind, SPAN("lines"))) {
		HTML(to, "no");
		return;
	}
	HTML(to, "yes, by a unit that the policy of the force trusts");
	if (p->signer.n) {
		HTML(to, ": key ");
		html_word(to, p->signer);
	}
}

int view_packs(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct rows rows;
	struct fact_pack p;
	int64_t n = 0;
	HTML(to,
	     "<section>\n<h2>What it was compared with</h2>\n<table><thead><tr><th "
	     "scope=\"col\">Pack</th><th scope=\"col\">Name</th><th scope=\"col\">Version</th>"
	     "<th scope=\"col\">Entries</th><th scope=\"col\">Left out as bad</th>"
	     "<th scope=\"col\">Signed</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>\n");
	int rc = facts_packs(&rows, v->c, err);
	while (!rc && (rc = facts_pack(&rows, &p, err)) > 0) {
		rc = 0;
		if (++n > VIEW_ROWS)
			continue;
		HTML(to, "<tr><th scope=\"row\">");
		view_word(to, word_pack(p.kind), p.kind);
		HTML(to, "</th><td>");
		html_word(to, p.name);
		HTML(to, "</td><td>");
		html_word(to, p.version);
		HTML(to, "</td><td class=\"n\">");
		html_int(to, p.entries);
		HTML(to, "</td><td class=\"n\">");
		html_int(to, p.skipped);
		HTML(to, "</td><td>");
		put_signer(to, &p);
		HTML(to, "</td><td class=\"hash\">");
		html_sentence(to, p.sha256);
		HTML(to, "</td></tr>\n");
	}
	rows_close(&rows);
	HTML(to, "</tbody></table>\n");
	view_more(to, n - VIEW_ROWS, "packs", "scan --json");
	if (!rc)
		rc = view_searches(v, err);
	HTML(to, "</section>\n");
	return rc;
}
