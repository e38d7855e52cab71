/* cmd_rules_diff.c - two packs against each other, as packs and on a case. */
#include "act.h"
#include "cmd.h"
#include "policy.h"
#include "rules_path.h"
#include "rules_try.h"
#include "rules_verb.h"
#include "say.h"
#include "score.h"
#include <string.h>

struct side {
	struct ruleset *rs;
	struct tried t;
};

static const struct rule *find(const struct ruleset *rs, const char *id, size_t *ret)
{
	for (size_t i = 0; i < ruleset_count(rs); i++)
		if (strcmp(ruleset_at(rs, i)->id, id) == 0) {
			*ret = i;
			return ruleset_at(rs, i);
		}
	return NULL;
}

static const char *const ambiguities[] = {
	[AMBIGUITY_LOW] = "low", [AMBIGUITY_MEDIUM] = "medium", [AMBIGUITY_HIGH] = "high"
};

static bool same_list(const char *const *a, size_t n, const char *const *b, size_t m)
{
	bool same = n == m;
	for (size_t i = 0; same && i < n; i++)
		same = strcmp(a[i], b[i]) == 0;
	return same;
}

static bool reads_the_same(const struct ruleset *a, size_t i, const struct ruleset *b, size_t j)
{
	const struct rule_text *x = ruleset_text(a, i), *y = ruleset_text(b, j);
	return same_list(x->term, x->term_n, y->term, y->term_n) &&
	       same_list(x->needs.name, x->needs.n, y->needs.name, y->needs.n) &&
	       strcmp(x->pattern ? x->pattern : "", y->pattern ? y->pattern : "") == 0;
}

/* How the settings of a rule differ; false: they do not. */
static bool print_settings(const struct side *a, size_t i, const struct side *b, size_t j)
{
	const struct rule *x = ruleset_at(a->rs, i), *y = ruleset_at(b->rs, j);
	bool any = false;
#define CHANGE(...) printf("%s", any ? "; " : "  "), printf(__VA_ARGS__), any = true
	if (!x->off && y->off)
		CHANGE("%s: switched off", x->id);
	if (x->off && !y->off)
		CHANGE("%s: switched on", x->id);
	if (x->weight != y->weight)
		CHANGE("%s: weight %d, then %d", x->id, x->weight, y->weight);
	if (x->ambiguity != y->ambiguity)
		CHANGE("%s: ambiguity %s, then %s", x->id, ambiguities[x->ambiguity],
		       ambiguities[y->ambiguity]);
	if (x->category != y->category)
		CHANGE("%s: category %s, then %s", x->id, category_word(x->category),
		       category_word(y->category));
	if (!reads_the_same(a->rs, i, b->rs, j))
		CHANGE("%s: reads other words", x->id);
#undef CHANGE
	if (any)
		putchar('\n');
	return any;
}

static void print_rules(const struct side *a, const struct side *b)
{
	bool any = false;
	size_t j;
	for (size_t i = 0; i < ruleset_count(a->rs); i++)
		if (find(b->rs, ruleset_at(a->rs, i)->id, &j))
			any |= print_settings(a, i, b, j);
		else
			any |= printf("  %s: only in the first\n", ruleset_at(a->rs, i)->id) > 0;
	for (size_t i = 0; i < ruleset_count(b->rs); i++)
		if (!find(a->rs, ruleset_at(b->rs, i)->id, &j))
			any |= printf("  %s: only in the second\n", ruleset_at(b->rs, i)->id) > 0;
	if (!any)
		printf("  The rules are the same.\n");
}

static struct rule_tried tried_of(const struct side *s, const char *id)
{
	size_t i;
	return find(s->rs, id, &i) ? s->t.rule[i] : (struct rule_tried){ 0, 0 };
}

static bool print_line(const char *id, struct rule_tried x, struct rule_tried y)
{
	if (x.messages == y.messages && x.points == y.points)
		return false;
	printf("  %-32s %8u %8u %8d %8d\n", id, x.messages, y.messages, x.points, y.points);
	return true;
}

static void print_hits(const struct side *a, const struct side *b)
{
	bool any = false;
	size_t j;
	printf("\nOn the case, where it differs:\n  %-32s %8s %8s %8s %8s\n", "rule", "messages",
	       "then", "points", "then");
	for (size_t i = 0; i < ruleset_count(a->rs); i++) {
		const char *id = ruleset_at(a->rs, i)->id;
		any |= print_line(id, a->t.rule[i], tried_of(b, id));
	}
	for (size_t i = 0; i < ruleset_count(b->rs); i++) {
		const char *id = ruleset_at(b->rs, i)->id;
		if (!find(a->rs, id, &j))
			any |= print_line(id, (struct rule_tried){ 0, 0 }, b->t.rule[i]);
	}
	if (!any)
		printf("  nowhere\n");
	printf("\nLevel with the first:  %s (link %d)\nLevel with the second: %s (link %d)\n"
	       "Nothing in the case was changed.\n",
	       level_word(a->t.level), a->t.link, level_word(b->t.level), b->t.link);
}

static int try_both(struct side *a, struct side *b, const char *dir, struct err *err)
{
	char path[4096];
	struct act who = ACT_NEW;
	struct case_db *c = NULL;
	struct policy *policy = NULL;
	bool unlogged = false;
	int rc = rules_default_path("scoring.yaml", path, sizeof path, err);
	if (!rc)
		rc = policy_load(&policy, path, err);
	if (!rc)
		rc = act_look(&who, &c, dir, "rules", PERSON_OFFICER, &unlogged, err);
	if (!rc)
		rc = rules_try(&a->t, c, a->rs, policy, err);
	if (!rc)
		rc = rules_try(&b->t, c, b->rs, policy, err);
	case_close(c);
	act_end(&who);
	policy_free(policy);
	return rc;
}

int rules_diff(int n, char **word)
{
	struct err err = { 0 };
	struct side a = { 0 }, b = { 0 };
	if (n != 3)
		return say_usage("rules", "Say 'linecheck rules diff PACK PACK CASE'.");
	int rc = rules_load(&a.rs, 1, word, true, &err);
	if (!rc)
		rc = rules_load(&b.rs, 1, word + 1, true, &err);
	if (!rc)
		rc = try_both(&a, &b, word[2], &err);
	if (!rc) {
		print_rules(&a, &b);
		print_hits(&a, &b);
	}
	tried_free(&a.t);
	tried_free(&b.t);
	ruleset_free(a.rs);
	ruleset_free(b.rs);
	return rc ? say_error(&err) : EXIT_NOTHING;
}
