/*
 * score_read.c - see score_read.h.
 *
 * One pass over the matches in their order, joined with their records: nothing is read of a record
 * that met nothing, and of texts only how they are written. The matches of one record come
 * together; they are looked at together, because a rule may need to know that the sender is on the
 * line list. Traces (kinds above REC_SYSTEM) are not weighed: the same contact often stands in a
 * message as well, and nothing graded says yet how much one alone is worth. Reports show them
 * beside the level.
 */
#include "score_read.h"
#include "numset.h"
#include "score_clear.h"
#include "score_people.h"
#include "score_watch.h"
#include "textmap.h"
#include <stdlib.h>

#define DAY_MS INT64_C(86400000)
#define TIME_MAX (INT64_C(100000000) * DAY_MS) /* beyond any calendar: taken as not known */
#define HIGH UINT32_C(0x80000000)              /* conversations that are threads, not persons */
#define MET_MAX 4096u                          /* matches of one record that are looked at */

enum via {
	VIA_FROM,
	VIA_TO,
	VIA_CONTACT,
	VIA_ACCOUNT,
	VIA_MENTION,
	VIA_MEMBER,
	VIA_NAME,
	VIA_TEXT
};

/* One row of `match`, with its indexes. */
struct met {
	enum via via;
	uint32_t assertion, rule; /* NOBODY: not this kind of match */
	uint32_t start, stop;
};

struct record_head {
	sqlite3_int64 id, from, to, thread;
	int64_t time;
	enum record_kind kind;
	enum direction direction;
	unsigned state;
};

struct reader {
	struct case_facts *f;
	struct case_db *c;
	const struct policy *p;
	struct err *err;
	struct people *people;
	struct textmap *rule_ids;
	uint32_t *assertion_at; /* line.id -> assertion + 1 */
	sqlite3_int64 line_ids;
	struct numset *of_line; /* contacts that are a match themselves */
	struct record_head head;
	struct met *met;
	uint32_t met_n, met_cap;
	struct shapes shapes;
	bool shapes_wanted;
	uint32_t shaped; /* the record whose text was looked at last */
};

void case_facts_free(struct case_facts *f)
{
	for (uint32_t i = 0; i < f->assertions; i++)
		free(f->assertion[i].contact);
	free(f->rule);
	free(f->assertion);
	free(f->brand);
	free(f->person);
	free(f->sighting);
	arena_free(f->arena);
	*f = (struct case_facts){ 0 };
}

int32_t sighting_day(const struct sighting *s)
{
	if (s->time == TIME_UNSET)
		return INT32_MIN;
	int64_t day = s->time / DAY_MS - (s->time % DAY_MS < 0);
	return (int32_t)day;
}

uint64_t sighting_with(const struct sighting *s)
{
	if (s->person != NOBODY)
		return s->person;
	return s->conversation != NOWHERE ? (uint64_t)1 << 32 | s->conversation
					  : (uint64_t)2 << 32 | s->record;
}

static int no_memory(const struct reader *r)
{
	return err_set(r->err, E_NOMEM, "memory ran out while scoring the case");
}

/* A copy that lives as long as the facts; NULL when memory ran out. */
static const char *keep(const struct reader *r, sqlite3_stmt *st, int column)
{
	bool ok;
	const char *s = (const char *)sqlite3_column_text(st, column);
	span kept = arena_copy(r->f->arena, span_z(s ? s : ""), &ok);
	return ok ? kept.p : NULL;
}

static int count_rows(const struct reader *r, const char *sql, sqlite3_int64 *ret)
{
	sqlite3_stmt *st;
	int rc = case_prepare(r->c, sql, &st, r->err);
	if (rc)
		return rc;
	*ret = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	if (*ret < 0 || *ret > 100000000)
		return err_set(r->err, E_LIMIT,
			       "the case holds more lines or rules than can be scored");
	return 0;
}

static int by_id(const void *a, const void *b)
{
	const struct rule *const *x = a, *const *y = b;
	return strcmp((*x)->id, (*y)->id);
}

static const struct rule *loaded(const struct rule **sorted, size_t n, const char *id)
{
	struct rule wanted = { .id = id };
	const struct rule *key = &wanted;
	const struct rule **hit = bsearch(&key, sorted, n, sizeof *sorted, by_id);
	return hit ? *hit : NULL;
}

static int read_rule(struct reader *r, sqlite3_stmt *st, const struct rule **sorted, size_t n)
{
	struct case_rule rule = { .id = keep(r, st, 0),
				  .meaning = keep(r, st, 2),
				  .innocent = keep(r, st, 3) };
	if (!rule.id || !rule.meaning || !rule.innocent)
		return no_memory(r);
	const char *category = (const char *)sqlite3_column_text(st, 1);
	if (!category || !category_from_word(span_z(category), &rule.category) ||
	    rule.category == CAT_LINE_MATCH || rule.category == CAT_LINE_NAME)
		return err_set(r->err, E_FORMAT, "case.db: rule %s has no category that is known",
			       rule.id);
	rule.rule = loaded(sorted, n, rule.id);
	rule.runs = rule.rule && !rule.rule->off && sqlite3_column_int(st, 4);
	if (!textmap_put(r->rule_ids, span_z(rule.id), r->f->rules))
		return no_memory(r);
	r->f->rule[r->f->rules++] = rule;
	return 0;
}

static int read_rules(struct reader *r, const struct ruleset *rs)
{
	sqlite3_int64 rows;
	sqlite3_stmt *st;
	size_t n = rs ? ruleset_count(rs) : 0;
	int rc = count_rows(r, "SELECT count(*) FROM rule", &rows);
	if (rc)
		return rc;
	const struct rule **sorted = calloc(n + 1, sizeof(const struct rule *));
	r->f->rule = calloc((size_t)rows + 1, sizeof *r->f->rule);
	if (!sorted || !r->f->rule) {
		free(sorted);
		return no_memory(r);
	}
	for (size_t i = 0; i < n; i++)
		sorted[i] = ruleset_at(rs, i);
	qsort(sorted, n, sizeof *sorted, by_id);
	rc = case_prepare(
		r->c, "SELECT id,category,meaning,innocent,not_run IS NULL FROM rule ORDER BY id",
		&st, r->err);
	if (!rc) {
		while (!rc && r->f->rules < rows && sqlite3_step(st) == SQLITE_ROW)
			rc = read_rule(r, st, sorted, n);
		sqlite3_finalize(st);
	}
	free(sorted);
	return rc;
}

static int brand_of(struct reader *r, struct textmap *brands, const char *name, uint32_t *ret)
{
	if (textmap_get(brands, span_z(name), ret))
		return 0;
	*ret = r->f->brands;
	if (!textmap_put(brands, span_z(name), *ret))
		return no_memory(r);
	r->f->brand[r->f->brands++] = (struct brand){ .name = name };
	return 0;
}

static int read_assertion(struct reader *r, sqlite3_stmt *st, struct textmap *brands)
{
	struct case_assertion a = { .e164 = (uint64_t)sqlite3_column_int64(st, 3),
				    .from = TIME_UNSET,
				    .until = TIME_UNSET };
	const char *name = keep(r, st, 1);
	a.identifier = keep(r, st, 2);
	const char *grade = (const char *)sqlite3_column_text(st, 6);
	if (!name || !a.identifier)
		return no_memory(r);
	if (sqlite3_column_type(st, 4) != SQLITE_NULL)
		a.from = sqlite3_column_int64(st, 4);
	if (sqlite3_column_type(st, 5) != SQLITE_NULL)
		a.until = sqlite3_column_int64(st, 5);
	size_t n = grade ? strlen(grade) : 0;
	if (n >= 2 && n <= 3)
		memcpy(a.grade, grade, n);
	a.factor = policy_grade(r->p, a.grade[0], a.grade[1]);
	a.basis = keep(r, st, 7);
	if (!a.basis)
		return no_memory(r);
	if (sqlite3_column_int(st, 8) && a.factor > 0)
		a.factor = a.factor * r->p->line.lapsed / 1000;
	int rc = brand_of(r, brands, name, &a.brand);
	sqlite3_int64 id = sqlite3_column_int64(st, 0);
	if (!rc && id > 0 && id < r->line_ids)
		r->assertion_at[id] = r->f->assertions + 1;
	r->f->assertion[r->f->assertions++] = a;
	return rc;
}

static int read_lines(struct reader *r)
{
	sqlite3_int64 rows, last;
	sqlite3_stmt *st;
	int rc = count_rows(r, "SELECT count(*) FROM line", &rows);
	if (!rc)
		rc = count_rows(r, "SELECT max(id) FROM line", &last);
	if (rc)
		return rc;
	r->line_ids = last + 1;
	r->assertion_at = calloc((size_t)r->line_ids, sizeof *r->assertion_at);
	r->f->assertion = calloc((size_t)rows + 1, sizeof *r->f->assertion);
	r->f->brand = calloc((size_t)rows + 1, sizeof *r->f->brand);
	struct textmap *brands = textmap_new();
	if (!r->assertion_at || !r->f->assertion || !r->f->brand || !brands) {
		textmap_free(brands);
		return no_memory(r);
	}
	rc = case_prepare(
		r->c,
		"SELECT l.id,l.line,l.identifier,l.e164,l.\"from\",l.until,l.grade,CASE WHEN "
		"s.assertion>=2147483648 THEN ' It is in pack '||s.number||', which was '||s.age||"
		"CASE s.age WHEN 1 THEN ' day' ELSE ' days' END||' old, because several cases "
		"showed it; nobody has graded it. Ring this desk'||CASE WHEN s.contact<>'' THEN "
		"': '||s.contact ELSE '' END||'.' ELSE CASE WHEN s.assertion>0 THEN ' It is "
		"assertion '||s.assertion||' of pack '||s.number||', which was '||s.age||CASE "
		"s.age WHEN 1 THEN ' day' ELSE ' days' END||' old.' ELSE '' END||CASE WHEN "
		"s.lapsed THEN ' The unit has not reviewed it in time, so it counts less.' ELSE "
		"'' END||CASE WHEN l.status='contact the unit first' THEN ' Contact the unit "
		"before anything else'||CASE WHEN s.unit||s.contact<>'' THEN ': '||trim(s.unit||' "
		"'||s.contact) ELSE '' END||'.' WHEN s.unit||s.contact<>'' THEN ' Ask '||trim("
		"s.unit||' '||s.contact)||'.' ELSE '' END||CASE WHEN s.conditions<>'' THEN ' "
		"Conditions: '||s.conditions||'.' ELSE '' END END,"
		"s.lapsed FROM line l LEFT JOIN line_source s ON s.line=l.id ORDER BY l.line,l.id",
		&st, r->err);
	if (!rc) {
		while (!rc && r->f->assertions < rows && sqlite3_step(st) == SQLITE_ROW)
			rc = read_assertion(r, st, brands);
		sqlite3_finalize(st);
	}
	textmap_free(brands);
	return rc;
}

static bool is_group(const struct record_head *h)
{
	return h->state & STATE_GROUP;
}

/* What a match with the line list says of its record. */
static enum sight sight_of(const struct record_head *h, enum via via)
{
	switch (via) {
	case VIA_FROM:
		if (h->direction == DIR_OUT)
			return SIGHT_OWN;
		break;
	case VIA_TO:
		if (is_group(h))
			return SIGHT_MEMBER;
		if (h->direction == DIR_IN)
			return SIGHT_OWN;
		break;
	case VIA_CONTACT:
		return SIGHT_SAVED;
	case VIA_ACCOUNT:
		return SIGHT_OWN;
	case VIA_MENTION:
		return SIGHT_MENTION;
	case VIA_NAME:
		return SIGHT_NAME;
	default:
		return SIGHT_MEMBER;
	}
	bool event = h->kind == REC_CALL || h->kind == REC_MESSAGE || h->kind == REC_REACTION;
	if (h->state & STATE_DRAFT) /* nothing went out */
		return SIGHT_MENTION;
	return event ? SIGHT_EVENT : SIGHT_MEMBER;
}

static int add_contact(struct reader *r, struct case_assertion *a, enum sight sight, int32_t day)
{
	if (sight == SIGHT_OUTREACH || sight == SIGHT_NAME)
		return 0;
	if (!a->contact && !(a->contact = calloc(1, sizeof *a->contact)))
		return no_memory(r);
	struct contact *c = a->contact;
	enum zone zone = contact_zone(r->p, a->from, a->until, r->head.time);
	switch (sight) {
	case SIGHT_EVENT:
		contact_event(c, zone, r->head.direction, day);
		break;
	case SIGHT_OWN:
		c->own++;
		break;
	case SIGHT_SAVED:
		c->saved++;
		break;
	case SIGHT_MENTION:
		c->zone[zone].mentioned++;
		break;
	default:
		c->zone[zone].member++;
		break;
	}
	return 0;
}

int facts_add(struct case_facts *f, struct sighting s, struct err *err)
{
	if (f->n == SIGHTINGS_MAX) {
		if (!f->left_after)
			f->left_after = s.record;
		return 0;
	}
	if (f->n == f->cap) {
		uint32_t cap = f->cap ? f->cap + f->cap / 2 : 1024;
		struct sighting *more = realloc(f->sighting, cap * sizeof *more);
		if (!more)
			return err_set(err, E_NOMEM, "memory ran out while scoring the case");
		f->sighting = more;
		f->cap = cap;
	}
	f->sighting[f->n++] = s;
	return 0;
}

static int add_sighting(struct reader *r, struct sighting s)
{
	return facts_add(r->f, s, r->err);
}

bool direction_fits(const struct rule_when *w, enum direction d)
{
	return (!w->in && !w->out) || (w->in && d == DIR_IN) || (w->out && d == DIR_OUT);
}

/* Whether it is contact with a number on the list, by an entry that is not suspected false. */
static bool with_line(const struct reader *r)
{
	for (uint32_t i = 0; i < r->met_n; i++) {
		const struct met *m = &r->met[i];
		if (m->assertion != NOBODY && r->f->assertion[m->assertion].factor >= 0 &&
		    sight_of(&r->head, m->via) == SIGHT_EVENT)
			return true;
	}
	return false;
}

static bool exonerated(const struct reader *r)
{
	for (uint32_t i = 0; i < r->met_n; i++) {
		if (r->met[i].rule == NOBODY)
			continue;
		const struct case_rule *rule = &r->f->rule[r->met[i].rule];
		const struct category_policy *c = r->p->by_category[rule->category];
		if (c->exonerates && rule->rule &&
		    direction_fits(&rule->rule->when, r->head.direction))
			return true;
	}
	return false;
}

uint32_t conversation_of(sqlite3_int64 id, bool group, uint32_t person, bool hidden)
{
	uint32_t thread = id > 0 && id < HIGH - 1 ? HIGH | (uint32_t)id : NOWHERE;
	return group ? thread : person != NOBODY ? person : hidden ? NOWHERE : thread;
}

static struct sighting base_sighting(const struct reader *r, uint32_t person, bool hidden)
{
	const struct record_head *h = &r->head;
	return (struct sighting){
		.time = h->time,
		.record = (uint32_t)h->id,
		.person = person,
		.conversation = conversation_of(h->thread, is_group(h), person, hidden),
		.start = UINT32_MAX,
		.stop = UINT32_MAX,
		.kind = (uint8_t)h->kind,
		.direction = (uint8_t)h->direction,
		.group = is_group(h),
		.event = (h->kind == REC_CALL || h->kind == REC_MESSAGE) &&
			 !(h->state & STATE_DRAFT),
	};
}

/* One sighting for each line that the record met: the strongest there is. */
static int see_lines(struct reader *r, struct sighting base, bool outreach)
{
	uint32_t first = r->f->n;
	for (uint32_t i = 0; i < r->met_n; i++) {
		const struct met *m = &r->met[i];
		if (m->assertion == NOBODY)
			continue;
		struct case_assertion *a = &r->f->assertion[m->assertion];
		struct sighting s = base;
		enum sight sight = sight_of(&r->head, m->via);
		if (outreach && sight == SIGHT_EVENT)
			sight = SIGHT_OUTREACH;
		int rc = add_contact(r, a, sight, sighting_day(&base));
		if (rc)
			return rc;
		s.sight = (uint8_t)sight;
		s.subject = r->f->rules + a->brand;
		if (sight == SIGHT_NAME) /* a finding of its own */
			s.subject += r->f->brands;
		s.start = m->start;
		s.stop = m->stop;
		uint32_t at = first;
		while (at < r->f->n && r->f->sighting[at].subject != s.subject)
			at++;
		if (at == r->f->n)
			rc = add_sighting(r, s);
		else if (s.sight < r->f->sighting[at].sight)
			r->f->sighting[at] = s;
		if (rc)
			return rc;
	}
	return 0;
}

static int see_rules(struct reader *r, struct sighting base, bool line)
{
	for (uint32_t i = 0; i < r->met_n; i++) {
		const struct met *m = &r->met[i];
		if (m->rule == NOBODY)
			continue;
		const struct rule *rule = r->f->rule[m->rule].rule;
		if (rule && (!direction_fits(&rule->when, r->head.direction) ||
			     (rule->when.line_only && !line)))
			continue;
		if (r->head.state & r->p->text.leave_out)
			continue;
		struct sighting s = base;
		s.sight = SIGHT_TEXT;
		s.subject = m->rule;
		s.start = m->start;
		s.stop = m->stop;
		int rc = add_sighting(r, s);
		if (rc)
			return rc;
	}
	return 0;
}

/* All matches of one record are there. */
static int finish_record(struct reader *r)
{
	if (!r->met_n)
		return 0;
	uint32_t person;
	bool hidden;
	int rc = people_of(r->people, r->head.from, r->head.to, r->head.direction, &person, &hidden,
			   r->err);
	if (rc)
		return rc;
	struct sighting base = base_sighting(r, person, hidden);
	bool any_line = false, name = false;
	for (uint32_t i = 0; i < r->met_n; i++) {
		any_line = any_line || r->met[i].assertion != NOBODY;
		name = name || r->met[i].via == VIA_NAME;
	}
	if (any_line && r->head.kind == REC_CONTACT &&
	    !numset_put(r->of_line, (uint64_t)r->head.id, name ? OF_LINE_NAME : OF_LINE_NUMBER))
		return no_memory(r);
	if (any_line)
		rc = see_lines(r, base, exonerated(r));
	if (!rc)
		rc = see_rules(r, base, any_line && with_line(r));
	r->met_n = 0;
	return rc;
}

static bool via_of(const char *word, enum via *ret)
{
	static const char *const words[] = { "from",    "to",     "contact", "account",
					     "mention", "member", "name",    "text" };
	for (size_t i = 0; word && i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], word) == 0) {
			*ret = (enum via)i;
			return true;
		}
	return false;
}

static uint32_t offset(sqlite3_stmt *st, int column)
{
	sqlite3_int64 v = sqlite3_column_int64(st, column);
	bool set = sqlite3_column_type(st, column) != SQLITE_NULL && v >= 0 && v < UINT32_MAX;
	return set ? (uint32_t)v : UINT32_MAX;
}

/* The text of a record that has a hit, once. False when memory ran out. */
static bool see_shape(struct reader *r, sqlite3_stmt *st)
{
	if (!r->shapes_wanted || r->shaped == (uint32_t)r->head.id)
		return true;
	const void *bytes = sqlite3_column_blob(st, 13);
	int n = sqlite3_column_bytes(st, 13);
	r->shaped = (uint32_t)r->head.id;
	return !bytes || n <= 0 ||
	       shapes_see(&r->shapes, r->f, r->shaped, (span){ bytes, (size_t)n });
}

static int add_met(struct reader *r, sqlite3_stmt *st)
{
	struct met m = { .assertion = NOBODY, .rule = NOBODY };
	if (r->met_n == MET_MAX) {
		if (!r->f->left_after)
			r->f->left_after = r->head.id;
		return 0;
	}
	if (!via_of((const char *)sqlite3_column_text(st, 3), &m.via))
		return err_set(r->err, E_FORMAT, "case.db: a match does not say how it was met");
	if (sqlite3_column_type(st, 1) != SQLITE_NULL) {
		sqlite3_int64 id = sqlite3_column_int64(st, 1);
		if (id <= 0 || id >= r->line_ids || !r->assertion_at[id])
			return err_set(r->err, E_FORMAT,
				       "case.db: a match names a line that is not there");
		m.assertion = r->assertion_at[id] - 1;
	} else {
		const char *id = (const char *)sqlite3_column_text(st, 2);
		if (!id || !textmap_get(r->rule_ids, span_z(id), &m.rule))
			return err_set(r->err, E_FORMAT,
				       "case.db: a match names a rule that is not there");
	}
	if (m.rule != NOBODY && !see_shape(r, st))
		return no_memory(r);
	m.start = offset(st, 4);
	m.stop = offset(st, 5);
	if (r->met_n == r->met_cap) {
		uint32_t cap = r->met_cap ? r->met_cap * 2 : 64;
		struct met *more = realloc(r->met, cap * sizeof *more);
		if (!more)
			return no_memory(r);
		r->met = more;
		r->met_cap = cap;
	}
	r->met[r->met_n++] = m;
	return 0;
}

int64_t sighting_time(sqlite3_stmt *st, int i)
{
	int64_t time = sqlite3_column_int64(st, i);
	bool set = sqlite3_column_type(st, i) != SQLITE_NULL && time > -TIME_MAX && time < TIME_MAX;
	return set ? time : TIME_UNSET;
}

static int start_record(struct reader *r, sqlite3_stmt *st, sqlite3_int64 id)
{
	sqlite3_int64 kind = sqlite3_column_int64(st, 6), direction = sqlite3_column_int64(st, 8);
	if (id <= 0 || id >= UINT32_MAX)
		return err_set(r->err, E_LIMIT, "the case holds more records than can be scored");
	r->head = (struct record_head){
		.id = id,
		.kind = kind >= 0 && kind < REC_KIND_MAX ? (enum record_kind)kind : REC_SYSTEM,
		.time = sighting_time(st, 7),
		.direction = direction == DIR_IN    ? DIR_IN
			     : direction == DIR_OUT ? DIR_OUT
						    : DIR_UNKNOWN,
		.from = sqlite3_column_int64(st, 9),
		.to = sqlite3_column_int64(st, 10),
		.thread = sqlite3_column_int64(st, 11),
		.state = (unsigned)sqlite3_column_int64(st, 12),
	};
	return 0;
}

static int read_matches(struct reader *r)
{
	sqlite3_stmt *st;
	r->shapes_wanted = shapes_wanted(r->f);
	int rc = case_prepare(r->c,
			      "SELECT m.record,m.line,m.rule,m.via,m.start,m.stop,r.kind,r.time,"
			      "r.direction,r.\"from\",r.\"to\",r.thread,r.state,r.text "
			      "FROM match m CROSS JOIN record r ON r.id=m.record WHERE r.kind<=5 "
			      "ORDER BY m.id",
			      &st, r->err);
	if (rc)
		return rc;
	int step = SQLITE_DONE;
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW) {
		sqlite3_int64 id = sqlite3_column_int64(st, 0);
		if (id != r->head.id) {
			rc = finish_record(r);
			if (!rc)
				rc = start_record(r, st, id);
		}
		if (!rc)
			rc = add_met(r, st);
	}
	if (!rc && step != SQLITE_DONE)
		rc = case_error(r->c, "reading the matches", r->err);
	sqlite3_finalize(st);
	shapes_sort(&r->shapes);
	if (r->shapes.left_after && !r->f->left_after)
		r->f->left_after = r->shapes.left_after;
	return rc ? rc : finish_record(r);
}

static bool is_business(const struct policy *p, enum id_kind kind)
{
	for (unsigned i = 0; i < p->words.businesses; i++)
		if (p->words.business[i] == kind)
			return true;
	return false;
}

bool person_fits(const struct case_facts *f, const struct policy *p, const struct rule *rule,
		 uint32_t person)
{
	if (!rule || person == NOBODY)
		return true;
	const struct person *who = &f->person[person];
	if (rule->when.unsaved_only && (who->saved || is_business(p, who->kind)))
		return false;
	return !rule->when.not_family || (!who->family && !is_business(p, who->kind));
}

#define ORDER(a, b)     \
	if ((a) != (b)) \
	return (a) < (b) ? -1 : 1

static int by_subject(const void *a, const void *b)
{
	const struct sighting *x = a, *y = b;
	ORDER(x->subject, y->subject);
	ORDER(x->time, y->time);
	ORDER(x->record, y->record);
	return 0;
}

static int by_person(const void *a, const void *b)
{
	const struct sighting *x = a, *y = b;
	ORDER(sighting_with(x), sighting_with(y));
	ORDER(x->time, y->time);
	ORDER(x->record, y->record);
	return 0;
}

/* True if the sightings, of one rule with one person and in order of time, are enough. */
static bool repeated(const struct rule_when *w, const struct sighting *s, uint32_t n)
{
	uint32_t days = 0;
	int32_t last = INT32_MIN;
	for (uint32_t i = 0; i < n; i++) {
		int32_t day = sighting_day(&s[i]);
		days += day != last;
		last = day;
	}
	return n >= w->repeat && days >= w->repeat_days;
}

/* Of one rule's sightings those with people it repeats with; gives how many are left, in order. */
static uint32_t keep_repeated(const struct rule_when *w, struct sighting *s, uint32_t n)
{
	uint32_t kept = 0;
	if (w->repeat <= 1 && w->repeat_days <= 1)
		return n;
	qsort(s, n, sizeof *s, by_person);
	for (uint32_t i = 0, next; i < n; i = next) {
		next = i + 1;
		while (next < n && sighting_with(&s[next]) == sighting_with(&s[i]))
			next++;
		if (!repeated(w, &s[i], next - i))
			continue;
		memmove(&s[kept], &s[i], (next - i) * sizeof *s);
		kept += next - i;
	}
	qsort(s, kept, sizeof *s, by_subject);
	return kept;
}

/* Keep the sightings whose rules' conditions hold. */
static void apply_conditions(struct reader *r)
{
	struct case_facts *f = r->f;
	uint32_t kept = 0;
	if (f->n)
		qsort(f->sighting, f->n, sizeof *f->sighting, by_subject);
	kept = 0;
	for (uint32_t i = 0, next; i < f->n; i = next) {
		uint32_t subject = f->sighting[i].subject;
		next = i + 1;
		while (next < f->n && f->sighting[next].subject == subject)
			next++;
		const struct rule *rule = subject < f->rules ? f->rule[subject].rule : NULL;
		uint32_t n =
			rule ? keep_repeated(&rule->when, &f->sighting[i], next - i) : next - i;
		memmove(&f->sighting[kept], &f->sighting[i], n * sizeof *f->sighting);
		kept += n;
	}
	f->n = kept;
}

/* Conditions on the other person, now that the contacts are known. */
static void keep_fitting(struct reader *r)
{
	struct case_facts *f = r->f;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < f->n; i++) {
		const struct sighting *s = &f->sighting[i];
		const struct rule *rule = s->sight == SIGHT_TEXT ? f->rule[s->subject].rule : NULL;
		if (!rule ||
		    (person_fits(f, r->p, rule, s->person) && !(rule->when.in_private && s->group)))
			f->sighting[kept++] = *s;
	}
	f->n = kept;
}

/* What needs more than one record: what exonerates, and rules that watch the whole phone. */
static int look_around(struct reader *r)
{
	int rc = people_mark(r->people, r->p, r->of_line, r->err);
	if (!rc)
		keep_fitting(r);
	if (!rc)
		rc = score_clear(r->f, &r->shapes, r->err);
	shapes_free(&r->shapes);
	if (!rc && watch_needed(r->f))
		rc = score_watch(r->f, r->c, r->p, r->people, r->err);
	return rc;
}

int score_read(struct case_facts *f, struct case_db *c, const struct ruleset *rs,
	       const struct policy *p, struct err *err)
{
	struct reader r = { .f = f, .c = c, .p = p, .err = err };
	f->arena = arena_new();
	r.rule_ids = textmap_new();
	r.of_line = numset_new(0);
	int rc = f->arena && r.rule_ids && r.of_line ? 0 : no_memory(&r);
	if (!rc)
		rc = read_rules(&r, rs);
	if (!rc)
		rc = read_lines(&r);
	if (!rc)
		rc = people_open(&r.people, c, f, err);
	if (!rc)
		rc = read_matches(&r);
	if (!rc)
		rc = look_around(&r);
	if (!rc)
		apply_conditions(&r);
	people_free(r.people);
	textmap_free(r.rule_ids);
	numset_free(r.of_line);
	free(r.assertion_at);
	free(r.met);
	shapes_free(&r.shapes);
	return rc;
}
