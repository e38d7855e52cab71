/* policy.c - see policy.h: loading, and the checks that scoring relies on. */
#include "policy.h"
#include "policy_yaml.h"
#include "yaml_strict.h"
#include <openssl/evp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define POINTS_MAX 1000
#define DAYS_MAX 36500
#define HOURS_MAX 8760
#define DIMINISH_MAX 16
#define FACTS_MAX 1000
#define ROLES_MAX 8
#define LEVEL_MAX 3

const char *harm_word(enum harm harm)
{
	static const char *const words[HARM_MAX] = { "none", "possible", "strong", "immediate" };
	return words[harm];
}

/* Where the check is, for its messages. */
struct check {
	struct policy *p;
	const char *name;
	struct err *err;
};

#define WRONG(c, ...) wrong((c), __VA_ARGS__)

__attribute__((format(printf, 2, 3))) static int wrong(const struct check *c, const char *format,
						       ...)
{
	char text[300];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	return err_set(c->err, E_USER, "%s: %s", c->name, text);
}

struct range {
	const char *key;
	int value, low, high;
};

static int in_ranges(const struct check *c, const struct range *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (r[i].value < r[i].low || r[i].value > r[i].high)
			return WRONG(c, "%s is %d: it must be from %d to %d", r[i].key, r[i].value,
				     r[i].low, r[i].high);
	return 0;
}

#define RANGES(c, ...)                                        \
	in_ranges((c), (const struct range[]){ __VA_ARGS__ }, \
		  sizeof((const struct range[]){ __VA_ARGS__ }) / sizeof(struct range))
#define FACTOR(key, v)                 \
	{                              \
		key, (v), 0, PER_MILLE \
	}
#define POINTS(key, v)                  \
	{                               \
		key, (v), 0, POINTS_MAX \
	}

static int check_diminish(const struct check *c, const char *key, const int *f, unsigned n)
{
	if (n > DIMINISH_MAX)
		return WRONG(c, "%s has %u factors: at most %d", key, n, DIMINISH_MAX);
	for (unsigned i = 0; i < n; i++)
		if (f[i] < 0 || f[i] > (i ? f[i - 1] : PER_MILLE))
			return WRONG(c, "%s: %d is out of order: from at most 1000 downwards", key,
				     f[i]);
	return 0;
}

static int check_grades(const struct check *c)
{
	const struct line_policy *l = &c->p->line;
	bool seen[3][4] = { { false } };
	for (unsigned i = 0; i < l->grades; i++) {
		const char *g = l->grade[i].grade;
		if (g[0] < '1' || g[0] > '3' || g[1] < 'A' || g[1] > 'D' || g[2])
			return WRONG(c, "line.grades: '%s' is not 1A to 3D", g);
		bool *s = &seen[g[0] - '1'][g[1] - 'A'];
		if (*s)
			return WRONG(c, "line.grades: '%s' stands twice", g);
		*s = true;
		int rc = RANGES(c, FACTOR("line.grades: factor", l->grade[i].factor));
		if (rc)
			return rc;
	}
	for (int s = 0; s < 3; s++)
		for (int a = 0; a < 4; a++)
			if (!seen[s][a])
				return WRONG(c, "line.grades: %c%c is missing", '1' + s, 'A' + a);
	return 0;
}

/* More contact must never count for less: each step down this list is at least the one before. */
static int check_direction(const struct check *c)
{
	const struct direction_policy *d = &c->p->line.direction;
	if (d->unknown > d->in || d->unknown > d->out_once || d->in > d->two_way ||
	    d->out_once > d->out || d->out_once > d->two_way || d->out > d->two_way)
		return WRONG(c,
			     "line.direction: more contact would count for less; keep unknown <= "
			     "in <= two_way and unknown <= out_once <= out <= two_way");
	return 0;
}

static int check_line(const struct check *c)
{
	const struct line_policy *l = &c->p->line;
	const struct time_policy *t = &l->time;
	int rc = RANGES(
		c, POINTS("line.points", l->points), POINTS("line.cap", l->cap),
		FACTOR("line.ungraded", l->ungraded), FACTOR("line.lapsed", l->lapsed),
		FACTOR("line.time.inside", t->inside), FACTOR("line.time.near", t->near),
		FACTOR("line.time.undated", t->undated), FACTOR("line.time.outside", t->outside),
		FACTOR("line.time.far", t->far),
		{ "line.time.near_days", t->near_days, 0, DAYS_MAX },
		{ "line.time.far_days", t->far_days, t->near_days, DAYS_MAX },
		FACTOR("line.direction.in", l->direction.in),
		FACTOR("line.direction.out_once", l->direction.out_once),
		FACTOR("line.direction.out", l->direction.out),
		FACTOR("line.direction.two_way", l->direction.two_way),
		FACTOR("line.direction.unknown", l->direction.unknown),
		FACTOR("line.saved", l->saved), FACTOR("line.mentioned", l->mentioned),
		FACTOR("line.member", l->member), FACTOR("line.own", l->own),
		FACTOR("line.sure.grade", l->sure.grade), FACTOR("line.sure.time", l->sure.time),
		FACTOR("line.sure.direction", l->sure.direction), FACTOR("line.near", l->near),
		POINTS("line_name.points", c->p->line_name.points),
		POINTS("line_name.cap", c->p->line_name.cap));
	for (unsigned i = 0; !rc && i < l->steps; i++) {
		const struct step *s = &l->step[i];
		rc = RANGES(c, { "line.interaction: events", s->events, 0, FACT_MAX },
			    { "line.interaction: days", s->days, 0, FACT_MAX },
			    { "line.interaction: events and days", s->events + s->days, 1,
			      2 * FACT_MAX },
			    FACTOR("line.interaction: factor", s->factor));
	}
	if (!rc)
		rc = check_diminish(c, "line.diminish", l->diminish, l->diminish_n);
	if (!rc)
		rc = check_grades(c);
	return rc ? rc : check_direction(c);
}

static int check_text(const struct check *c)
{
	const struct text_policy *t = &c->p->text;
	int rc = RANGES(c, POINTS("text.cap", t->cap),
			{ "text.near_hours", t->near_hours, 1, HOURS_MAX },
			{ "text.repeated", t->repeated, 1, FACT_MAX },
			FACTOR("text.low.alone", t->low.alone),
			FACTOR("text.low.repeated", t->low.repeated),
			FACTOR("text.low.beside", t->low.beside),
			FACTOR("text.medium.alone", t->medium.alone),
			FACTOR("text.medium.repeated", t->medium.repeated),
			FACTOR("text.medium.beside", t->medium.beside),
			FACTOR("text.high.alone", t->high.alone),
			FACTOR("text.high.repeated", t->high.repeated),
			FACTOR("text.high.beside", t->high.beside),
			POINTS("behaviour_cap", c->p->behaviour_cap),
			{ "facts", c->p->facts, 1, FACTS_MAX });
	return rc ? rc : check_diminish(c, "text.diminish", t->diminish, t->diminish_n);
}

static bool find_pair(const struct policy *p, const char *id, unsigned *ret)
{
	for (unsigned i = 0; i < p->pairs; i++)
		if (strcmp(p->pair[i].id, id) == 0) {
			*ret = i;
			return true;
		}
	return false;
}

static int check_pairs(const struct check *c)
{
	const struct policy *p = c->p;
	for (unsigned i = 0; i < p->pairs; i++) {
		unsigned first;
		if (find_pair(p, p->pair[i].id, &first) && first != i)
			return WRONG(c, "pairs: the id '%s' stands twice", p->pair[i].id);
		int rc = RANGES(c, { "pairs: low", p->pair[i].low, 0, 2 });
		if (rc)
			return rc;
	}
	return 0;
}

static bool is_line(enum category c)
{
	return c == CAT_LINE_MATCH || c == CAT_LINE_NAME;
}

static int check_categories(const struct check *c)
{
	struct policy *p = c->p;
	for (unsigned i = 0; i < p->categories; i++) {
		struct category_policy *k = &p->category[i];
		const char *word = category_word(k->category);
		if (is_line(k->category))
			return WRONG(c, "categories: %s is set under line and line_name", word);
		if (p->by_category[k->category])
			return WRONG(c, "categories: %s stands twice", word);
		p->by_category[k->category] = k;
		int rc = RANGES(c, POINTS("categories: cap", k->cap));
		if (rc)
			return rc;
		if (!k->raise)
			continue;
		if (!find_pair(p, k->raise->pair, &k->raise->index))
			return WRONG(c, "categories: %s: there is no pair '%s'", word,
				     k->raise->pair);
		rc = RANGES(c, POINTS("categories: raise.add", k->raise->add),
			    { "categories: raise.cap", k->raise->cap, k->cap, POINTS_MAX });
		if (rc)
			return rc;
	}
	for (int k = 0; k < CAT_MAX; k++)
		if (!p->by_category[k] && !is_line((enum category)k))
			return WRONG(c, "categories: %s is missing",
				     category_word((enum category)k));
	return 0;
}

enum { OF_RULES = 1, OF_TEXT = 2, OF_LINE = 4, OF_NAME = 8 };

static const struct {
	const char *word;
	enum measure measure;
	unsigned of;
} measures[] = {
	{ "messages", MEASURE_MESSAGES, OF_RULES | OF_TEXT },
	{ "days", MEASURE_DAYS, OF_RULES | OF_TEXT | OF_LINE },
	{ "in", MEASURE_IN, OF_RULES | OF_TEXT | OF_LINE },
	{ "out", MEASURE_OUT, OF_RULES | OF_TEXT | OF_LINE },
	{ "low", MEASURE_LOW, OF_RULES | OF_TEXT },
	{ "categories", MEASURE_CATEGORIES, OF_TEXT },
	{ "lines", MEASURE_LINES, OF_LINE | OF_NAME },
	{ "events", MEASURE_EVENTS, OF_LINE },
	{ "both", MEASURE_BOTH, OF_LINE },
	{ "sure", MEASURE_SURE, OF_LINE },
	{ "near", MEASURE_NEAR, OF_LINE },
	{ "outside", MEASURE_OUTSIDE, OF_LINE },
	{ "saved-only", MEASURE_SAVED_ONLY, OF_LINE },
	{ "mentioned", MEASURE_MENTIONED, OF_LINE },
	{ "own", MEASURE_OWN, OF_LINE },
	{ "family", MEASURE_FAMILY, OF_LINE },
	{ "not-counted", MEASURE_NOT_COUNTED, OF_LINE },
};

static bool resolve(const struct policy *p, struct condition *k)
{
	span fact = span_z(k->fact);
	if (strcmp(k->fact, "harm") == 0) {
		k->measure = MEASURE_HARM;
		return true;
	}
	const char *dot = strchr(k->fact, '.');
	if (!dot)
		return false;
	span of = span_sub(fact, 0, (size_t)(dot - fact.p));
	if (span_eq(of, SPAN("pair"))) {
		k->measure = MEASURE_PAIR;
		return find_pair(p, dot + 1, &k->pair);
	}
	unsigned bit = OF_RULES;
	k->category = CAT_MAX;
	if (span_eq(of, SPAN("text")))
		bit = OF_TEXT;
	else if (!category_from_word(of, &k->category))
		return false;
	else if (is_line(k->category))
		bit = k->category == CAT_LINE_MATCH ? OF_LINE : OF_NAME;
	for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
		if (strcmp(measures[i].word, dot + 1) == 0 && measures[i].of & bit) {
			k->measure = measures[i].measure;
			return true;
		}
	return false;
}

/* What conditions stand for decides what they may ask. */
enum use { USE_HARM, USE_LEVEL, USE_ROLE };

static int check_conditions(const struct check *c, const char *where, struct conditions *all,
			    enum use use)
{
	for (unsigned i = 0; i < all->n; i++) {
		struct condition *k = &all->list[i];
		if (!resolve(c->p, k))
			return WRONG(c, "%s: there is no fact '%s'", where, k->fact);
		if (k->measure == MEASURE_HARM && use == USE_HARM)
			return WRONG(c, "%s: harm cannot depend on itself", where);
		if (k->below && use != USE_ROLE)
			return WRONG(c, "%s: 'below' would let more evidence count for less",
				     where);
		int rc = RANGES(c, { "min of a condition", k->min, 0, FACT_MAX },
				{ "below of a condition", k->below, 0, FACT_MAX });
		if (rc)
			return rc;
		if (!k->min && !k->below)
			k->min = 1;
	}
	return 0;
}

static int check_levels(const struct check *c)
{
	struct level_policy *l = &c->p->level;
	for (unsigned i = 0; i < l->bounds; i++)
		if (l->bound[i] <= (i ? l->bound[i - 1] : 0))
			return WRONG(c, "levels.bounds must rise from above 0");
	for (int h = 0; h < HARM_MAX; h++) {
		if (l->row_n[h] != l->bounds + 1)
			return WRONG(c, "levels.%s has %u levels: one more than bounds is needed",
				     harm_word((enum harm)h), l->row_n[h]);
		for (unsigned i = 0; i <= l->bounds; i++) {
			int v = l->row[h][i];
			if (v < 0 || v > LEVEL_MAX || (i && v < l->row[h][i - 1]) ||
			    (h && v < l->row[h - 1][i]))
				return WRONG(c,
					     "levels.%s: %d is out of order: 0 to 3, and more "
					     "evidence never a lower level",
					     harm_word((enum harm)h), v);
		}
	}
	int rc = RANGES(c, { "levels.messages_read", l->messages_read, 0, 100 });
	for (unsigned i = 0; !rc && i < l->at_leasts; i++) {
		rc = RANGES(c, { "levels.at_least: level", l->at_least[i].level, 1, LEVEL_MAX });
		if (!rc)
			rc = check_conditions(c, "levels.at_least", &l->at_least[i].all, USE_LEVEL);
	}
	for (unsigned i = 0; !rc && i < l->gates; i++) {
		rc = RANGES(c, { "levels.gates: level", l->gate[i].level, 1, LEVEL_MAX });
		if (!rc)
			rc = check_conditions(c, "levels.gates", &l->gate[i].all, USE_LEVEL);
	}
	return rc;
}

static int check_role(const struct check *c, struct role_policy *r)
{
	static const char *const ids[] = { "customer",           "worker",        "line-phone",
					   "debt-threat-victim", "mule",          "recruitment",
					   "associate",          "false-positive" };
	bool known = false, always = false;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		known = known || strcmp(ids[i], r->id) == 0;
	if (!known)
		return WRONG(c, "roles: there is no role '%s'", r->id);
	int rc = RANGES(c, { "roles: needs", r->needs, 1, POINTS_MAX });
	for (unsigned i = 0; !rc && i < r->clauses; i++) {
		rc = RANGES(c, { "roles: points", r->clause[i].points, 1, POINTS_MAX });
		if (!rc)
			rc = check_conditions(c, "roles", &r->clause[i].all, USE_ROLE);
	}
	for (unsigned i = 0; !rc && i < r->againsts; i++) {
		rc = check_conditions(c, "roles", &r->against[i].all, USE_ROLE);
		always = always || !r->against[i].all.n;
	}
	if (!rc && !always)
		rc = WRONG(c, "roles: %s needs a sentence against it that always holds", r->id);
	return rc;
}

static int check_roles(const struct check *c)
{
	struct roles_policy *r = &c->p->roles;
	int rc = RANGES(c, { "roles.most", r->most, 1, ROLES_MAX });
	for (unsigned i = 0; !rc && i < r->n; i++) {
		for (unsigned k = 0; k < i; k++)
			if (strcmp(r->list[i].id, r->list[k].id) == 0)
				return WRONG(c, "roles: %s stands twice", r->list[i].id);
		rc = check_role(c, &r->list[i]);
	}
	return rc;
}

static const char *const contact_kinds[] = { "saved-only", "received-only", "two-way", "dialled",
					     "mentioned",  "unclear",       "own",     "name" };

static const struct contact_text *find_contact(const struct policy *p, const char *kind)
{
	for (unsigned i = 0; i < p->contacts; i++)
		if (strcmp(p->contact[i].kind, kind) == 0)
			return &p->contact[i];
	return NULL;
}

static int check_contacts(const struct check *c)
{
	for (size_t i = 0; i < sizeof contact_kinds / sizeof *contact_kinds; i++)
		if (!find_contact(c->p, contact_kinds[i]))
			return WRONG(c, "contact: the kind '%s' is missing", contact_kinds[i]);
	return 0;
}

static int check_all(const struct check *c)
{
	int rc = check_line(c);
	if (!rc)
		rc = check_text(c);
	if (!rc)
		rc = check_pairs(c);
	if (!rc)
		rc = check_categories(c);
	for (unsigned i = 0; !rc && i < c->p->harms; i++)
		rc = check_conditions(c, "harm", &c->p->harm[i].all, USE_HARM);
	if (!rc)
		rc = check_levels(c);
	if (!rc)
		rc = check_roles(c);
	return rc ? rc : check_contacts(c);
}

static bool digest(span bytes, char out[static 65])
{
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	if (EVP_Digest(bytes.p, bytes.n, raw, &n, EVP_sha256(), NULL) != 1)
		return false;
	for (unsigned i = 0; i < n; i++)
		snprintf(out + i * 2, 3, "%02x", raw[i]);
	return true;
}

int policy_load_bytes(struct policy **ret, span yaml, const char *name, struct err *err)
{
	void *root;
	if (yaml.n > YAMLDOC_MAX_BYTES)
		return err_set(err, E_LIMIT, "%s: larger than %zu MiB", name,
			       YAMLDOC_MAX_BYTES >> 20);
	int rc = yaml_strict_check(name, yaml, NULL, err);
	if (!rc)
		rc = yamldoc_load(&root, &policy_schema, name, yaml, err);
	if (rc)
		return rc;
	struct check c = { root, name, err };
	rc = digest(yaml, c.p->sha256) ? check_all(&c)
				       : err_set(err, E_NOMEM, "%s: out of memory", name);
	if (rc)
		policy_free(root);
	else
		*ret = root;
	return rc;
}

int policy_load(struct policy **ret, const char *path, struct err *err)
{
	span yaml;
	int rc = yamldoc_read(path, "scoring in YAML", &yaml, err);
	if (rc)
		return rc;
	rc = policy_load_bytes(ret, yaml, path, err);
	free((void *)yaml.p);
	return rc;
}

void policy_free(struct policy *p)
{
	yamldoc_free(&policy_schema, p);
}

const char *policy_name(const struct policy *p)
{
	return p->name;
}

const char *policy_version(const struct policy *p)
{
	return p->version;
}

const char *policy_sha256(const struct policy *p)
{
	return p->sha256;
}

int policy_grade(const struct policy *p, char source, char assessment)
{
	if (!source)
		return p->line.ungraded;
	for (unsigned i = 0; i < p->line.grades; i++) {
		const char *g = p->line.grade[i].grade;
		if (g[0] == source && g[1] == assessment)
			return p->line.grade[i].factor;
	}
	return -1;
}

const struct contact_text *policy_contact(const struct policy *p, const char *kind)
{
	return find_contact(p, kind);
}
