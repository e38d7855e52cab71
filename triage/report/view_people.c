/* view_identities.c - numbers, handles and names that belong together, and what says so. */
#include "identities.h"
#include "view.h"
#include <inttypes.h>

enum { SHOWN_NAMES = 4 }; /* of one list */

static void put_id(struct view *v, const struct identities *p, const struct known_id *id)
{
	FILE *to = v->to;
	char number[17];
	identifier_format(id->e164, number);
	if (id->e164)
		html_ours(to, number);
	uint32_t n = 0;
	for (uint32_t t = id->spelling; t != NO_PERSON && n < SHOWN_NAMES;
	     t = p->told[t].next, n++) {
		if (span_eq(p->told[t].text, span_z(number)))
			continue;
		HTML_IF(to, id->e164 || n, "; as ", "");
		html_word(to, p->told[t].text);
		if (span_eq(p->told[t].certainty, SPAN("assumed")))
			HTML(to, " (a UK number is assumed)");
	}
	if (id->spellings > SHOWN_NAMES)
		HTML(to, "; and other spellings");
	if (id->owner)
		HTML(to, " <b>also the phone's own</b>");
	if (id->shared)
		HTML(to, " <b>saved under different names</b>");
}

static void put_list(FILE *to, const struct identities *p, uint32_t first, uint32_t all)
{
	uint32_t n = 0;
	for (uint32_t t = first; t != NO_PERSON && n < SHOWN_NAMES; t = p->told[t].next, n++) {
		HTML_IF(to, n, ", ", " ");
		html_word(to, p->told[t].text);
	}
	if (all > SHOWN_NAMES)
		HTML(to, " and other names");
}

static void put_names(struct view *v, const struct identities *p, const struct known_id *id)
{
	if (id->shared) {
		HTML(v->to, ":");
		put_list(v->to, p, id->saved_as, id->saved_ases);
	}
	if (id->names) {
		HTML(v->to, "<br>an app calls it");
		put_list(v->to, p, id->name, id->names);
	}
}

static void put_why(struct view *v, const struct identities *p, const struct person *who)
{
	FILE *to = v->to;
	char text[64];
	bool some = false;
	for (uint32_t i = who->id; i != NO_PERSON; i = p->id[i].next)
		if (p->id[i].number != NO_PERSON) {
			HTML_IF(to, some, "<br>", "");
			html_sentence(to, p->id[i].reason);
			some = true;
		}
	uint32_t n = 0;
	for (uint32_t i = who->entry; i != NO_PERSON; i = p->entry[i].next) {
		const struct entry *e = &p->entry[i];
		if (++n > SHOWN_NAMES)
			break;
		HTML_IF(to, some, "<br>saved as ", "saved as ");
		html_word(to, e->name.n ? e->name : SPAN("an entry without a name"));
		snprintf(text, sizeof text, ", EX%" PRId64 "/C%06" PRId64, e->exhibit, e->record);
		html_ours(to, text);
		for (uint32_t k = 0, told = 0; k < e->ids && told < SHOWN_NAMES; k++) {
			const struct known_id *id = &p->id[p->entry_id[e->first_id + k]];
			if (!id->shared || &p->person[id->person] == who)
				continue;
			HTML_IF(to, told, ", ",
				"; the entry also holds, not counted as theirs alone: ");
			identifier_format(id->e164, text);
			html_word(to, id->e164 ? span_z(text) : p->told[id->spelling].text);
			told++;
		}
		some = true;
	}
	if (who->entries > SHOWN_NAMES)
		HTML(to, "<br>and other entries");
	if (!some)
		HTML(to, "different entries hold this number: nothing says whose it is");
}

/* One number under one name needs no telling. */
static bool is_telling(const struct identities *p, const struct person *who)
{
	if (who->ids > 1)
		return true;
	return who->ids && p->id[who->id].shared;
}

static void put_person(struct view *v, const struct identities *p, uint32_t n)
{
	FILE *to = v->to;
	const struct person *who = &p->person[n];
	char text[24];
	snprintf(text, sizeof text, "P%" PRIu64, (uint64_t)n + 1);
	HTML(to, "<tr><th scope=\"row\">");
	html_ours(to, text);
	HTML(to, "</th><td>");
	uint32_t shown = 0;
	for (uint32_t i = who->id; i != NO_PERSON && shown < 2 * SHOWN_NAMES; i = p->id[i].next) {
		HTML_IF(to, shown++, "<br>", "");
		put_id(v, p, &p->id[i]);
		put_names(v, p, &p->id[i]);
	}
	if (who->ids > 2 * SHOWN_NAMES)
		HTML(to, "<br>and others");
	HTML(to, "</td><td>");
	put_why(v, p, who);
	HTML(to, "</td></tr>\n");
}

int view_people(struct view *v, struct err *err)
{
	FILE *to = v->to;
	struct identities *p = NULL;
	int64_t n = 0;
	int rc = identities_load(&p, v->c, err);
	if (rc)
		return rc;
	for (uint32_t i = 0; i < p->persons; i++) {
		if (!is_telling(p, &p->person[i]) || ++n > VIEW_ROWS)
			continue;
		if (n == 1)
			HTML(to,
			     "<section>\n<h2>People with several numbers or names</h2>\n<p>Brought "
			     "together only where the phone itself says so; names alone join "
			     "nobody. A "
			     "number saved under different names may be one person's or "
			     "several's.</p>\n"
			     "<table><thead><tr><th scope=\"col\">Person</th><th "
			     "scope=\"col\">Numbers "
			     "and handles</th><th scope=\"col\">What says "
			     "so</th></tr></thead><tbody>\n");
		put_person(v, p, i);
	}
	if (n) {
		HTML(to, "</tbody></table>\n");
		view_more(to, n - VIEW_ROWS, "people", "people CASE");
		HTML(to, "</section>\n");
	}
	identities_free(p);
	return 0;
}
