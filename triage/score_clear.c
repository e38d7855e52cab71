/* score_clear.c - see score_clear.h */
#include "score_clear.h"
#include "base/utf8.h"
#include <stdlib.h>

#define TEXT_MAX ((size_t)65536) /* bytes of a text whose marks are looked at */
#define VERSE_BREAKS 2           /* line ends or " / " in a verse, at least */

struct clear {
	struct case_facts *f;
	struct case_db *c;
	struct err *err;
	sqlite3_stmt *text;
	struct by_person *by; /* rules that clear a person's messages, in order of persons */
	uint32_t by_n;
	uint32_t *grave; /* per person: categories that words in other messages do not explain */
};

struct by_person {
	uint32_t person, sighting;
	const struct rule *rule;
};

static const struct rule *rule_of(const struct clear *k, const struct sighting *s)
{
	return s->sight == SIGHT_TEXT ? k->f->rule[s->subject].rule : NULL;
}

static bool is_clearing(const struct clear *k, const struct sighting *s)
{
	const struct rule *r = rule_of(k, s);
	return r && r->clears != CLEARS_NOTHING;
}

static bool can_go(const struct clear *k, const struct sighting *s)
{
	const struct rule *r = rule_of(k, s);
	return r && !r->clears && r->category != CAT_WELFARE && r->category != CAT_OUTREACH_TEXT;
}

static size_t words_in(span text)
{
	size_t n = 0;
	bool inside = false;
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		bool word = c >= 0x80 || (c >= '0' && c <= '9') ||
			    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (inside && c == '\'');
		n += word && !inside;
		inside = word;
	}
	return n;
}

/* Opening and closing marks of one kind; the straight one is both. */
static bool is_mark(uint32_t cp, bool open, bool *ret_straight)
{
	*ret_straight = cp == '"';
	return cp == '"' || cp == (open ? 0x201CU : 0x201DU) || cp == (open ? 0xABU : 0xBBU);
}

/* The next passage in quotation marks from *at on, with its marks. */
static bool next_quote(span text, size_t *at, size_t *ret_start, size_t *ret_stop)
{
	bool inside = false, straight, other;
	size_t start = 0;
	while (*at < text.n) {
		size_t from = *at;
		uint32_t cp = utf8_next(text, at);
		if (!inside && is_mark(cp, true, &straight)) {
			inside = true;
			start = from;
		} else if (inside && is_mark(cp, false, &other) && other == straight) {
			*ret_start = start;
			*ret_stop = *at;
			return true;
		}
	}
	return false;
}

static bool is_verse(span text, size_t least)
{
	size_t breaks = 0;
	for (size_t i = 0; i < text.n; i++)
		breaks += text.p[i] == '\n' || (text.p[i] == '/' && i > 0 && i + 1 < text.n &&
						text.p[i - 1] == ' ' && text.p[i + 1] == ' ');
	return breaks >= VERSE_BREAKS && words_in(text) >= least;
}

static int add_shape(struct clear *k, const struct sighting *of, uint32_t rule, size_t start,
		     size_t stop)
{
	struct sighting s = *of;
	s.subject = rule;
	s.start = (uint32_t)start;
	s.stop = (uint32_t)stop;
	return facts_add(k->f, s, k->err);
}

static int shape_text(struct clear *k, const struct sighting *of, uint32_t rule, span text)
{
	const struct rule *r = k->f->rule[rule].rule;
	size_t at = 0, start, stop;
	int rc = 0;
	if (r->watch.shape == SHAPE_LYRICS)
		return is_verse(text, r->watch.least) ? add_shape(k, of, rule, 0, text.n) : 0;
	while (!rc && next_quote(text, &at, &start, &stop))
		if (words_in(span_sub(text, start, stop)) >= r->watch.least)
			rc = add_shape(k, of, rule, start, stop);
	return rc;
}

/* The shape rules on the text of one record that has a hit. */
static int shape_record(struct clear *k, uint32_t i)
{
	struct sighting of = k->f->sighting[i];
	sqlite3_bind_int64(k->text, 1, of.record);
	int rc = 0;
	if (sqlite3_step(k->text) == SQLITE_ROW) {
		const void *bytes = sqlite3_column_blob(k->text, 0);
		int n = sqlite3_column_bytes(k->text, 0);
		span text = { bytes ? bytes : "", n > 0 ? (size_t)n : 0 };
		if (text.n > TEXT_MAX)
			text.n = TEXT_MAX;
		for (uint32_t r = 0; !rc && r < k->f->rules; r++)
			if (k->f->rule[r].runs && k->f->rule[r].rule->kind == RULE_SHAPE)
				rc = shape_text(k, &of, r, text);
	}
	sqlite3_reset(k->text);
	return rc;
}

static int by_record(const void *a, const void *b)
{
	const struct sighting *x = a, *y = b;
	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

static void sort(struct clear *k)
{
	if (k->f->n)
		qsort(k->f->sighting, k->f->n, sizeof *k->f->sighting, by_record);
}

static int add_shapes(struct clear *k)
{
	bool any = false;
	for (uint32_t r = 0; r < k->f->rules; r++)
		any |= k->f->rule[r].runs && k->f->rule[r].rule->kind == RULE_SHAPE;
	if (!any)
		return 0;
	int rc = case_prepare(k->c, "SELECT text FROM record WHERE id=?", &k->text, k->err);
	uint32_t last = 0;
	for (uint32_t i = 0, n = k->f->n; !rc && i < n; i++) {
		const struct sighting *s = &k->f->sighting[i];
		if (!can_go(k, s) || s->record == last)
			continue;
		last = s->record;
		rc = shape_record(k, i);
	}
	sqlite3_finalize(k->text);
	sort(k);
	return rc;
}

/* What would have counted by itself: taking that away is worth telling. */
static bool is_loss(const struct clear *k, const struct sighting *s)
{
	const struct rule *r = rule_of(k, s);
	return r->weight && r->ambiguity == AMBIGUITY_LOW && r->when.repeat < 2 && !r->when.near.n;
}

/* Whether the clearing sighting takes the other one away; both are of one record, or of one
 * person. */
static bool takes(const struct clear *k, const struct sighting *by, const struct sighting *s)
{
	const struct rule *r = rule_of(k, by);
	if (!can_go(k, s) || (r->takes.n && !rule_named(rule_of(k, s), &r->takes)))
		return false;
	if (r->clears == CLEARS_HIT)
		return s->start != UINT32_MAX && by->start != UINT32_MAX && s->start >= by->start &&
		       s->stop <= by->stop;
	return true;
}

/* Contact with a listed number, or a plain threat, debt, order or concealment: ordinary words in
 * other messages with that person explain none of it, and nothing beside it. */
static uint32_t grave_of(const struct clear *k, const struct sighting *s)
{
	static const uint32_t grave = UINT32_C(1) << CAT_DEBT_THREAT | UINT32_C(1) << CAT_THREAT |
				      UINT32_C(1) << CAT_COERCION | UINT32_C(1) << CAT_CONCEALMENT;
	const struct rule *r = rule_of(k, s);
	if (s->sight == SIGHT_EVENT)
		return UINT32_C(1) << CAT_LINE_MATCH;
	if (!r || !r->weight || r->ambiguity != AMBIGUITY_LOW)
		return 0;
	return grave & UINT32_C(1) << r->category;
}

static void find_grave(struct clear *k)
{
	for (uint32_t i = 0; i < k->f->n; i++) {
		const struct sighting *s = &k->f->sighting[i];
		if (s->person != NOBODY)
			k->grave[s->person] |= grave_of(k, s);
	}
}

/* A rule that names a grave category is meant for it: a helpline repeats what it was told. */
static bool is_kept(const struct clear *k, const struct rule *r, uint32_t person)
{
	uint32_t grave = person != NOBODY ? k->grave[person] : 0;
	for (size_t i = 0; i < r->takes.n; i++) {
		enum category c;
		if (category_from_word(span_z(r->takes.name[i]), &c))
			grave &= ~(UINT32_C(1) << c);
	}
	return grave != 0;
}

/* The sightings of one record; marks who goes, and which clearing ones took something. */
static void clear_record(struct clear *k, uint32_t from, uint32_t to, bool *gone)
{
	struct sighting *s = k->f->sighting;
	for (uint32_t i = from; i < to; i++) {
		if (!is_clearing(k, &s[i]))
			continue;
		if (rule_of(k, &s[i])->clears == CLEARS_PERSON &&
		    is_kept(k, rule_of(k, &s[i]), s[i].person)) {
			gone[i] = true;
			continue;
		}
		bool took = false;
		for (uint32_t j = from; j < to; j++)
			if (takes(k, &s[i], &s[j])) {
				gone[j] = true;
				took |= is_loss(k, &s[j]);
			}
		gone[i] = !took;
		if (rule_of(k, &s[i])->clears == CLEARS_PERSON && s[i].person != NOBODY)
			k->by[k->by_n++] = (struct by_person){ s[i].person, i, rule_of(k, &s[i]) };
	}
}

static int by_person_order(const void *a, const void *b)
{
	const struct by_person *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->rule != y->rule)
		return strcmp(x->rule->id, y->rule->id);
	return x->sighting < y->sighting ? -1 : x->sighting > y->sighting;
}

static uint32_t first_of(const struct clear *k, uint32_t person)
{
	uint32_t low = 0, high = k->by_n;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (k->by[middle].person < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A person's other messages; of each rule that took something, one sighting with that person is
 * listed. */
static void clear_people(struct clear *k, bool *gone)
{
	struct sighting *s = k->f->sighting;
	const struct rule *last = NULL;
	uint32_t n = 0; /* one of each rule and person is enough */
	if (k->by_n)
		qsort(k->by, k->by_n, sizeof *k->by, by_person_order);
	for (uint32_t i = 0; i < k->by_n; i++) {
		bool again = n && last == k->by[i].rule && k->by[n - 1].person == k->by[i].person;
		last = k->by[i].rule;
		if (!again)
			k->by[n++] = k->by[i];
	}
	k->by_n = n;
	for (uint32_t i = 0; i < k->f->n; i++) {
		if (s[i].person == NOBODY || !can_go(k, &s[i]))
			continue;
		for (uint32_t j = first_of(k, s[i].person);
		     j < k->by_n && k->by[j].person == s[i].person; j++)
			if (takes(k, &s[k->by[j].sighting], &s[i])) {
				gone[i] = true;
				if (is_loss(k, &s[i]))
					gone[k->by[j].sighting] = false;
			}
	}
}

static int clear_all(struct clear *k)
{
	struct case_facts *f = k->f;
	bool *gone = calloc((size_t)f->n + 1, sizeof *gone);
	k->by = calloc((size_t)f->n + 1, sizeof *k->by);
	k->grave = calloc((size_t)f->persons + 1, sizeof *k->grave);
	if (!gone || !k->by || !k->grave) {
		free(gone);
		return err_set(k->err, E_NOMEM, "memory ran out while scoring the case");
	}
	find_grave(k);
	for (uint32_t i = 0, next; i < f->n; i = next) {
		next = i + 1;
		while (next < f->n && f->sighting[next].record == f->sighting[i].record)
			next++;
		clear_record(k, i, next, gone);
	}
	clear_people(k, gone);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < f->n; i++)
		if (!gone[i])
			f->sighting[kept++] = f->sighting[i];
	f->n = kept;
	free(gone);
	return 0;
}

int score_clear(struct case_facts *f, struct case_db *c, struct err *err)
{
	struct clear k = { .f = f, .c = c, .err = err };
	sort(&k);
	int rc = add_shapes(&k);
	if (!rc)
		rc = clear_all(&k);
	free(k.by);
	free(k.grave);
	return rc;
}
