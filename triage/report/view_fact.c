/* view_fact.c - one fact: when, which way, who, what, and where in the source it stands. */
#include "base/identifier.h"
#include "shown.h"
#include "view.h"
#include "words.h"
#include "zone.h"
#include <inttypes.h>

/* What stands in the brackets after a handle: opens them at the first thing. */
static void put_bracket(FILE *to, bool *open)
{
	HTML_IF(to, *open, "; ", " (");
	*open = true;
}

static void put_party(struct view *v, const struct fact_party *p, bool with_saved)
{
	FILE *to = v->to;
	char text[17];
	size_t more = 0;
	span saved = saved_name(v->saved, p->e164, &more);
	bool owner = span_eq(p->role, SPAN("owner")), open = false;
	identifier_format(p->e164, text);
	if (owner) {
		HTML(to, "this phone");
		if (p->raw.n)
			put_bracket(to, &open);
		html_word(to, p->raw.n ? p->raw : SPAN(""));
	} else if (p->raw.n) {
		html_word(to, p->raw);
	} else {
		HTML_IF(to, span_eq(p->kind, SPAN("WITHHELD")), "a withheld number",
			"a person who is not known");
	}
	if (saved.p && !owner && with_saved) {
		put_bracket(to, &open);
		HTML(to, "saved as <b>");
		html_word(to, saved);
		HTML(to, "</b>");
		if (more) {
			HTML(to, " and in ");
			html_int(to, (int64_t)more);
			HTML(to, " more");
		}
	}
	if (p->name.n) {
		put_bracket(to, &open);
		HTML(to, "named there ");
		html_word(to, p->name);
	}
	if (p->raw.n && p->e164 && !span_eq(p->raw, span_z(text))) {
		put_bracket(to, &open);
		HTML(to, "read as ");
		html_ours(to, text);
		if (span_eq(p->certainty, SPAN("assumed")))
			HTML(to, ", country assumed");
		else if (span_eq(p->certainty, SPAN("map")))
			HTML(to, ", a hidden name whose number WhatsApp's own list gives");
		else if (span_eq(p->certainty, SPAN("contact")))
			HTML(to, ", a hidden name whose number a contact or chat gives");
	}
	if (open)
		HTML(to, ")");
}

static void put_rest(FILE *to, int64_t n)
{
	if (n <= VIEW_PEOPLE)
		return;
	HTML(to, "; and ");
	html_int(to, n - VIEW_PEOPLE);
	HTML(to, " more");
}

static int put_recipients(struct view *v, int64_t set, struct err *err)
{
	struct fact_party p;
	int64_t n = 0;
	int rc;
	list_to(v->lists, set);
	while ((rc = list_to_next(v->lists, &p, err)) > 0) {
		if (++n > VIEW_PEOPLE)
			continue;
		HTML_IF(v->to, n == 1, " to ", "; ");
		put_party(v, &p, true);
	}
	put_rest(v->to, n);
	return rc;
}

static int put_identifiers(struct view *v, struct err *err)
{
	struct fact_contact_id id;
	int64_t n = 0;
	int rc;
	while ((rc = list_contact_id(v->lists, &id, err)) > 0) {
		if (++n > VIEW_PEOPLE)
			continue;
		HTML_IF(v->to, n == 1, ": ", "; ");
		put_party(v, &id.party, false);
		if (id.label.n) {
			HTML(v->to, " (");
			html_word(v->to, id.label);
			HTML(v->to, ")");
		}
	}
	put_rest(v->to, n);
	return rc;
}

static int put_attachments(struct view *v, struct err *err)
{
	struct fact_attachment a;
	int64_t n = 0;
	int rc;
	while ((rc = list_attachment(v->lists, &a, err)) > 0) {
		if (++n > VIEW_PEOPLE)
			continue;
		HTML_IF(v->to, n == 1, "<p class=\"small\">Attached, not opened: ", "; ");
		html_word(v->to, a.name.p ? a.name : SPAN("no name"));
		if (a.type.p) {
			HTML(v->to, " (");
			html_word(v->to, a.type);
			HTML(v->to, ")");
		}
	}
	put_rest(v->to, n);
	if (n)
		HTML(v->to, "</p>\n");
	return rc;
}

static int put_quoted(struct view *v, struct err *err)
{
	span text;
	int rc = list_quoted(v->lists, &text, err);
	if (rc > 0) {
		HTML(v->to, "<p class=\"small\">In answer to, in another person's words: ");
		html_word(v->to, text);
		HTML(v->to, "</p>\n");
	}
	return rc < 0 ? rc : 0;
}

static void put_time(FILE *to, const struct fact_record *r)
{
	char text[80];
	if (r->time != TIME_UNSET) {
		zone_words(r->time, text);
		html_ours(to, text);
		return;
	}
	if (r->local) {
		time_format(r->local, text);
		text[10] = ' ';
		text[19] = 0;
		html_ours(to, text);
		HTML(to, " by a clock whose time zone the source does not say");
		return;
	}
	HTML(to, "time not set in the source");
	if (r->time_raw.n) {
		HTML(to, " (stored: ");
		html_word(to, r->time_raw);
		HTML(to, ")");
	}
}

static void put_marks(FILE *to, const struct fact_record *r)
{
	bool some = false;
	for (unsigned i = 0; i < 8 * sizeof r->state; i++) {
		const char *word = r->state & (1u << i) ? record_state_word(1u << i) : NULL;
		if (!word)
			continue;
		HTML_IF(to, some, ", ", " \xc2\xb7 marked ");
		html_ours(to, word);
		some = true;
	}
	if (r->kind == REC_MESSAGE && r->direction == DIR_IN && r->read != ANSWER_UNKNOWN)
		HTML_IF(to, r->read == ANSWER_YES, " \xc2\xb7 read", " \xc2\xb7 not read yet");
}

static void put_source(struct view *v, const struct fact_record *r)
{
	FILE *to = v->to;
	char text[64];
	fact_number(r, text);
	HTML(to, "<p class=\"small\">Source: record ");
	html_ours(to, text);
	HTML(to, ", file ");
	html_word(to, r->file);
	HTML(to, ", table ");
	html_word(to, r->table);
	snprintf(text, sizeof text, ", row %" PRId64, r->row);
	html_ours(to, text);
	if (r->sha256.n) {
		HTML(to, ", SHA-256 <code>");
		html_sentence(to, (span){ r->sha256.p, r->sha256.n < 12 ? r->sha256.n : 12 });
		HTML(to, "\xe2\x80\xa6</code>");
	}
	if (r->state & STATE_RECOVERED)
		HTML(to, ", recovered: not a live row");
	if (fact_typed(r))
		HTML(to, ", typed by hand: there are no bytes to check it against");
	HTML(to, "</p>\n");
}

/* "Message received, iMessage, from ... to ..." */
static int put_event(struct view *v, const struct fact_record *r, struct err *err)
{
	FILE *to = v->to;
	static const char *const names[REC_KIND_MAX] = {
		"Account", "Saved contact", "Call",  "Message", "Reaction", "System event", "Trace",
		"Trace",   "Trace",         "Trace", "Trace",   "Trace",    "Trace"
	};
	int rc = 0;
	html_ours(to, names[r->kind]);
	if (r->kind == REC_CONTACT || r->kind == REC_ACCOUNT) {
		HTML(to, " <b>");
		html_word(to, r->name.p ? r->name : SPAN("without a name"));
		HTML(to, "</b>");
		return put_identifiers(v, err);
	}
	HTML(to, " ");
	html_ours(to, word_direction(r->kind, r->direction));
	HTML(to, ", ");
	put_time(to, r);
	HTML(to, "<br>");
	if (r->service.n) {
		html_word(to, r->service);
		HTML(to, ", ");
	}
	HTML(to, "from ");
	put_party(v, &r->from, true);
	if (r->to >= 0)
		rc = put_recipients(v, r->to, err);
	else if (r->direction == DIR_OUT)
		HTML(to, " to a person who is not known");
	if (r->duration >= 0) {
		HTML(to, ", ");
		html_int(to, r->duration / 1000);
		HTML(to, " s");
	}
	put_marks(to, r);
	return rc;
}

int view_fact(struct view *v, span finding, const struct fact_of_finding *f, struct err *err)
{
	FILE *to = v->to;
	const struct fact_record *r = &f->record;
	list_of(v->lists, r->id);
	HTML(to, "<li><p><b>");
	view_finding_id(to, finding);
	HTML(to, ".");
	html_int(to, f->n);
	HTML(to, "</b> ");
	int rc = put_event(v, r, err);
	HTML(to, "</p>\n");
	if (r->text.p)
		html_said(to, r->text, f->start, f->stop);
	if (!rc)
		rc = put_quoted(v, err);
	if (!rc)
		rc = put_attachments(v, err);
	put_source(v, r);
	HTML(to, "</li>\n");
	return rc;
}
