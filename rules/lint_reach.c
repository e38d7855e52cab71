/* lint_reach.c - see lint_reach.h */
#include "lint_reach.h"
#include "compiled.h"
#include "match.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REMARK 300

/* "a|b" are two names. Whether one of them is a category, a line, or a rule that runs. */
static bool names_something(const struct ruleset *rs, size_t self, const char *names)
{
	enum category c;
	for (const char *p = names; *p;) {
		size_t n = strcspn(p, "|");
		span word = { p, n };
		bool any =
			category_from_word(word, &c) && (c == CAT_LINE_MATCH || c == CAT_LINE_NAME);
		for (size_t i = 0; i < rs->n && !any; i++) {
			const struct rule *r = &rs->body[i].rule;
			any = i != self && !r->off &&
			      (span_eq(word, span_z(r->id)) ||
			       span_eq(word, span_z(category_word(r->category))));
		}
		if (any)
			return true;
		p += n + (p[n] == '|');
	}
	return false;
}

/* all: each name must be something (steps); else one is enough. */
static void check_names(const struct ruleset *rs, size_t i, const char *key,
			const struct rule_names *names, bool all, lint_fn *remark, void *user)
{
	char text[REMARK];
	bool any = names->n == 0, every = true;
	for (size_t k = 0; k < names->n; k++) {
		bool known = names_something(rs, i, names->name[k]);
		any |= known;
		every &= known;
		if (known)
			continue;
		snprintf(text, sizeof text,
			 "%s: '%.80s' is no category of other rules and no rule that runs here",
			 key, names->name[k]);
		remark(user, &rs->body[i].rule, text);
	}
	if (!any || (all && !every)) {
		snprintf(text, sizeof text, "never counts: what it needs under %s is not there",
			 key);
		remark(user, &rs->body[i].rule, text);
	}
}

/* A term with another term of the rule in it, as whole words, is found by that one. */
static void check_terms(const struct ruleset *rs, size_t i, lint_fn *remark, void *user)
{
	char text[REMARK];
	const struct rule_text *t = &rs->body[i].text;
	for (size_t a = 0; a < t->term_n; a++)
		for (size_t b = 0; b < t->term_n; b++) {
			size_t n = strlen(t->term[b]);
			const char *at = a == b ? NULL : strstr(t->term[a], t->term[b]);
			if (!at || (at > t->term[a] && at[-1] != ' ') || (at[n] && at[n] != ' '))
				continue;
			snprintf(text, sizeof text, "'%.60s' is never needed: '%.60s' is in it",
				 t->term[a], t->term[b]);
			remark(user, &rs->body[i].rule, text);
			break;
		}
}

int lint_reach(const struct ruleset *rs, size_t i, lint_fn *remark, void *user, struct err *err)
{
	(void)err;
	const struct rule *r = &rs->body[i].rule;
	char text[REMARK];
	check_names(rs, i, "when: near", &r->when.near, false, remark, user);
	check_names(rs, i, "takes", &r->takes, false, remark, user);
	if (r->kind == RULE_TRAFFIC)
		check_names(rs, i, "traffic: hits", &r->watch.of, false, remark, user);
	if (r->kind == RULE_SEQUENCE)
		check_names(rs, i, "sequence: steps", &r->watch.of, true, remark, user);
	check_terms(rs, i, remark, user);
	if (r->off) {
		snprintf(text, sizeof text, "does not run: %.200s", r->off);
		remark(user, r, text);
	}
	return 0;
}

struct example {
	const struct ruleset *rs;
	size_t self;
	uint32_t *hits; /* per rule: examples of self that it hits */
};

static void on_hit(void *user, const struct hit *hit)
{
	((struct example *)user)->hits[hit->rule]++;
}

/* The words alone: what the other rule asks beside them makes it another rule. */
static bool asks_no_more(const struct rule *other, const struct rule *r)
{
	return other->category == r->category && !other->when.near.n && other->when.repeat <= 1 &&
	       !other->when.line_only && !other->when.missing && !other->clears == !r->clears;
}

int lint_overlap(const struct ruleset *rs, const char *pack, lint_fn *remark, void *user,
		 struct err *err)
{
	char text[REMARK];
	struct example e = { .rs = rs, .hits = calloc(rs->n + 1, sizeof *e.hits) };
	struct matcher *m = matcher_new(rs, false, err);
	if (!e.hits || !m) {
		free(e.hits);
		matcher_free(m);
		return err_set(err, E_NOMEM, "out of memory");
	}
	for (size_t i = 0; i < rs->n; i++) {
		const struct rule_body *b = &rs->body[i];
		if (strcmp(b->rule.pack, pack) != 0 || b->rule.off || b->text.match_n < 2)
			continue;
		memset(e.hits, 0, rs->n * sizeof *e.hits);
		e.self = i;
		for (size_t k = 0; k < b->text.match_n; k++)
			matcher_run(m, span_z(b->text.match[k]), on_hit, NULL, &e);
		for (size_t k = 0; k < rs->n; k++)
			if (k != i && e.hits[k] == b->text.match_n &&
			    asks_no_more(&rs->body[k].rule, &b->rule)) {
				snprintf(text, sizeof text,
					 "overlaps: %s hits all of its examples too",
					 rs->body[k].rule.id);
				remark(user, &b->rule, text);
			}
	}
	free(e.hits);
	matcher_free(m);
	return 0;
}
