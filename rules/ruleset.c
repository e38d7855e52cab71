/* ruleset.c - see ruleset.h. Packs are read here, rules are checked one by one in rule_check.c, and
 * examples are run at the end by the same matcher that runs on a phone. */
#include "ruleset.h"
#include "base/buf.h"
#include "compiled.h"
#include "match.h"
#include "rule_check.h"
#include "yamldoc.h"
#include <openssl/evp.h>
#include <stdlib.h>

#define MAX_PACKS 64
#define MAX_RULES 50000

static bool hash(span bytes, char out[static 65])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	if (!EVP_Digest(bytes.p, bytes.n, digest, &n, EVP_sha256(), NULL) || n != 32)
		return false;
	for (unsigned i = 0; i < n; i++) {
		out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
	}
	out[64] = 0;
	return true;
}

static int start(struct ruleset **ret, struct err *err)
{
	struct ruleset *rs = calloc(1, sizeof *rs);
	if (!rs)
		return err_set(err, E_NOMEM, "out of memory");
	rs->arena = arena_new();
	rs->pack = calloc(MAX_PACKS, sizeof *rs->pack);
	if (!rs->arena || !rs->pack) {
		ruleset_free(rs);
		return err_set(err, E_NOMEM, "out of memory");
	}
	*ret = rs;
	return 0;
}

void ruleset_free(struct ruleset *rs)
{
	if (!rs)
		return;
	arena_free(rs->arena);
	free(rs->body);
	free(rs->pack);
	free(rs);
}

static int add_pack(struct ruleset *rs, const char *name, const struct pack_yaml *y, span bytes,
		    struct err *err)
{
	bool ok, ok2;
	if (!rule_check_name(y->pack) || strchr(y->pack, '.'))
		return err_set(err, E_USER,
			       "%s: pack: a name has only a-z 0-9 _ - and starts with a letter",
			       name);
	if (!rule_check_name(y->version))
		return err_set(err, E_USER, "%s: version: only a-z 0-9 . _ -", name);
	for (size_t i = 0; i < rs->pack_n; i++)
		if (strcmp(rs->pack[i].name, y->pack) == 0)
			return err_set(err, E_USER, "%s: there is already a pack named '%s'", name,
				       y->pack);
	struct pack *p = &rs->pack[rs->pack_n];
	p->name = arena_copy(rs->arena, span_z(y->pack), &ok).p;
	p->version = arena_copy(rs->arena, span_z(y->version), &ok2).p;
	if (!ok || !ok2 || !hash(bytes, p->sha256))
		return err_set(err, E_NOMEM, "%s: out of memory", name);
	rs->pack_n++;
	return 0;
}

/* err carries a rule's message: put before it where it is. */
static int place(struct err *err, const char *name, unsigned line, const char *id,
		 const struct err *why)
{
	return err_set(err, why->code, "%s: line %u: rule %.80s: %s", name, line, id, why->message);
}

static int add_rules(struct ruleset *rs, const char *name, const struct pack_yaml *y,
		     const struct yaml_lines *lines, bool thorough, struct err *err)
{
	if (!y->rule_n)
		return y->override_n ? 0
				     : err_set(err, E_USER, "%s: there are no rules in it", name);
	if (rs->n + y->rule_n > MAX_RULES)
		return err_set(err, E_LIMIT, "%s: more than %d rules in all", name, MAX_RULES);
	struct rule_body *grown = realloc(rs->body, (rs->n + y->rule_n) * sizeof *grown);
	if (!grown)
		return err_set(err, E_NOMEM, "%s: out of memory", name);
	rs->body = grown;
	struct folder *folder = folder_new();
	if (!folder)
		return err_set(err, E_NOMEM, "%s: out of memory", name);
	int code = 0;
	for (unsigned i = 0; i < y->rule_n && code == 0; i++) {
		struct err why = { .code = 0 };
		unsigned line = i < lines->n ? lines->line[i] : 0;
		code = rule_check(&rs->body[rs->n], &y->rule[i], y, rs->pack[rs->pack_n - 1].name,
				  rs->arena, folder, thorough, &why);
		if (code)
			place(err, name, line, y->rule[i].id, &why);
		else
			rs->body[rs->n++].line = line;
	}
	folder_free(folder);
	return code;
}

static int by_id(const void *a, const void *b)
{
	const struct rule_body *const *x = a, *const *y = b;
	return strcmp((*x)->rule.id, (*y)->rule.id);
}

static int check_unique(const struct ruleset *rs, const char *name, struct err *err)
{
	const struct rule_body **sorted = calloc(rs->n + 1, sizeof(const struct rule_body *));
	int code = 0;
	if (!sorted)
		return err_set(err, E_NOMEM, "%s: out of memory", name);
	for (size_t i = 0; i < rs->n; i++)
		sorted[i] = &rs->body[i];
	qsort(sorted, rs->n, sizeof(const struct rule_body *), by_id);
	for (size_t i = 1; i < rs->n && code == 0; i++)
		if (strcmp(sorted[i]->rule.id, sorted[i - 1]->rule.id) == 0)
			code = err_set(err, E_USER,
				       "%s: line %u: rule %s: the id is also used on line %u", name,
				       sorted[i]->line > sorted[i - 1]->line ? sorted[i]->line
									     : sorted[i - 1]->line,
				       sorted[i]->rule.id,
				       sorted[i]->line > sorted[i - 1]->line ? sorted[i - 1]->line
									     : sorted[i]->line);
	free(sorted);
	return code;
}

/* A later pack changes what an earlier one says, by name and with a reason. */
static int override_one(struct ruleset *rs, size_t before, const char *pack, const char *name,
			const struct override_yaml *o, struct err *err)
{
	static const char *const words[] = { "low", "medium", "high" };
	size_t at = 0;
	while (at < before && strcmp(rs->body[at].rule.id, o->id) != 0)
		at++;
	if (at == before)
		return err_set(err, E_USER,
			       "%s: overrides: no pack before this one has a rule %.80s", name,
			       o->id);
	struct rule *r = &rs->body[at].rule;
	unsigned band = 0;
	while (o->ambiguity && band < 3 && strcmp(o->ambiguity, words[band]) != 0)
		band++;
	if (band == 3 || (o->weight && (*o->weight < 0 || *o->weight > 40)) ||
	    (!o->off && !o->weight && !o->ambiguity))
		return err_set(err, E_USER,
			       "%s: overrides: %.80s: give off: true, a weight from 0 to 40, or an "
			       "ambiguity (low, medium, high)",
			       name, o->id);
	if (o->weight)
		r->weight = *o->weight;
	if (o->ambiguity)
		r->ambiguity = (enum ambiguity)band;
	if (o->off) {
		struct buf why = { 0 };
		bool ok;
		buf_addf(&why, "Switched off by the pack %s: %s", pack, o->why);
		r->off = arena_copy(rs->arena, buf_span(&why), &ok).p;
		ok &= !why.failed;
		buf_free(&why);
		if (!ok)
			return err_set(err, E_NOMEM, "%s: out of memory", name);
	}
	return 0;
}

static int apply_overrides(struct ruleset *rs, size_t before, const char *name,
			   const struct pack_yaml *y, struct err *err)
{
	int code = 0;
	for (unsigned i = 0; i < y->override_n && code == 0; i++)
		code = override_one(rs, before, rs->pack[rs->pack_n - 1].name, name,
				    &y->overrides[i], err);
	return code;
}

bool rule_named(const struct rule *r, const struct rule_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->name[i], r->id) == 0 ||
		    strcmp(names->name[i], category_word(r->category)) == 0)
			return true;
	return false;
}

struct example {
	uint32_t rule;
	bool hit, limit;
};

static void on_hit(void *user, const struct hit *hit)
{
	struct example *e = user;
	e->hit |= hit->rule == e->rule;
}

static void on_limit(void *user, const struct rule *rule, const char *what)
{
	(void)rule;
	(void)what;
	((struct example *)user)->limit = true;
}

static int try_examples(struct matcher *m, uint32_t rule, const char *const *text, size_t n,
			bool wanted, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct example e = { .rule = rule };
		matcher_run(m, span_z(text[i]), on_hit, on_limit, &e);
		if (e.limit)
			return err_set(err, E_LIMIT, "the example '%.80s' is too intricate",
				       text[i]);
		if (e.hit != wanted)
			return err_set(err, E_USER, "%s: '%.80s' %s", wanted ? "match" : "nomatch",
				       text[i],
				       wanted ? "is not hit: change the rule or the example"
					      : "is hit: narrow the rule or change the example");
	}
	return 0;
}

/* Run the examples of the rules from `first` on. */
static int check_all_examples(const struct ruleset *rs, size_t first, const char *name,
			      struct err *err)
{
	struct err why = { .code = 0 };
	struct matcher *m = matcher_new(rs, false, &why);
	if (!m)
		return err_set(err, why.code, "%s: %s", name, why.message);
	int code = 0;
	for (size_t i = first; i < rs->n && code == 0; i++) {
		if (rs->body[i].rule.kind != RULE_TEXT)
			continue;
		const struct rule_text *t = &rs->body[i].text;
		code = try_examples(m, (uint32_t)i, t->match, t->match_n, true, &why);
		if (code == 0)
			code = try_examples(m, (uint32_t)i, t->nomatch, t->nomatch_n, false, &why);
		if (code)
			place(err, name, rs->body[i].line, rs->body[i].rule.id, &why);
	}
	matcher_free(m);
	return code;
}

static int add(struct ruleset *rs, const char *name, span bytes, bool check_examples,
	       struct err *err)
{
	struct pack_yaml *y = NULL;
	struct yaml_lines lines = { .list = NULL };
	size_t first = rs->n;
	int code;
	if ((code = pack_yaml_load(&y, name, bytes, &lines, err)) == 0 &&
	    (code = add_pack(rs, name, y, bytes, err)) == 0 &&
	    (code = add_rules(rs, name, y, &lines, check_examples, err)) == 0 &&
	    (code = apply_overrides(rs, first, name, y, err)) == 0 &&
	    (code = check_unique(rs, name, err)) == 0 && check_examples)
		code = check_all_examples(rs, first, name, err);
	pack_yaml_free(y);
	free(lines.line);
	return code;
}

int ruleset_load_memory(struct ruleset **ret, const char *name, span yaml, bool check_examples,
			struct err *err)
{
	struct ruleset *rs = NULL;
	int code = start(&rs, err);
	if (code)
		return code;
	code = add(rs, name, yaml, check_examples, err);
	if (code)
		ruleset_free(rs);
	else
		*ret = rs;
	return code;
}

int ruleset_load(struct ruleset **ret, const char *const *paths, size_t n, bool check_examples,
		 struct err *err)
{
	struct ruleset *rs = NULL;
	if (n == 0 || n > MAX_PACKS)
		return err_set(err, E_USER, "from 1 to %d rule packs can be loaded, not %zu",
			       MAX_PACKS, n);
	int code = start(&rs, err);
	for (size_t i = 0; i < n && code == 0; i++) {
		span bytes = SPAN_NONE;
		code = yamldoc_read(paths[i], "a rule pack in YAML", &bytes, err);
		if (code == 0)
			code = add(rs, paths[i], bytes, check_examples, err);
		free((char *)bytes.p);
	}
	if (code)
		ruleset_free(rs);
	else
		*ret = rs;
	return code;
}

size_t ruleset_count(const struct ruleset *rs)
{
	return rs->n;
}

const struct rule *ruleset_at(const struct ruleset *rs, size_t i)
{
	return &rs->body[i].rule;
}

const struct rule_text *ruleset_text(const struct ruleset *rs, size_t i)
{
	return &rs->body[i].text;
}

size_t ruleset_packs(const struct ruleset *rs)
{
	return rs->pack_n;
}

void ruleset_pack(const struct ruleset *rs, size_t i, const char **name, const char **version,
		  const char **sha256)
{
	*name = rs->pack[i].name;
	*version = rs->pack[i].version;
	*sha256 = rs->pack[i].sha256;
}
