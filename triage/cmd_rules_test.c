/* cmd_rules_test.c - what rules hit and miss: in labelled texts, or in a case. */
#include "act.h"
#include "cmd.h"
#include "labelled.h"
#include "match.h"
#include "policy.h"
#include "rules_path.h"
#include "rules_try.h"
#include "rules_verb.h"
#include "say.h"
#include "score.h"
#include <stdlib.h>

#define SHOWN_MAX 40 /* texts that are named, of those that are not as labelled */

struct count {
	unsigned due, found, wrong; /* texts that a label calls for; of those hit; others hit */
};

struct trial {
	const struct ruleset *rs;
	struct count *rule;
	struct count category[CAT_MAX];
	bool *hit;      /* per rule, by the text at hand */
	unsigned shown; /* texts named so far */
	unsigned texts, right, limits;
};

static void on_hit(void *user, const struct hit *hit)
{
	((struct trial *)user)->hit[hit->rule] = true;
}

static void on_limit(void *user, const struct rule *rule, const char *what)
{
	(void)rule;
	(void)what;
	((struct trial *)user)->limits++;
}

static bool names_id(const struct rule_names *names, const char *id)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->name[i], id) == 0)
			return true;
	return false;
}

static void name_text(struct trial *t, const struct labelled_text *l, const char *what,
		      const char *name)
{
	if (++t->shown > SHOWN_MAX)
		return;
	printf("line %u: %s %s: ", l->line, what, name);
	char text[161];
	size_t n = l->text.n < sizeof text - 1 ? l->text.n : sizeof text - 1;
	memcpy(text, l->text.p, n);
	text[n] = 0;
	say_name(stdout, text);
	putchar('\n');
}

/* A hit is as labelled if the label names the rule or its category. */
static bool judge_rules(struct trial *t, const struct labelled_text *l, bool hit_in[CAT_MAX])
{
	bool right = true;
	for (size_t i = 0; i < ruleset_count(t->rs); i++) {
		const struct rule *r = ruleset_at(t->rs, i);
		struct count *c = &t->rule[i];
		bool due = names_id(&l->expected, r->id), allowed = due;
		allowed = allowed || names_id(&l->expected, category_word(r->category)) ||
			  r->clears != CLEARS_NOTHING;
		c->due += due;
		c->found += due && t->hit[i];
		c->wrong += t->hit[i] && !allowed;
		hit_in[r->category] |= t->hit[i] && !r->clears;
		if (due && !t->hit[i])
			name_text(t, l, "missed by", r->id);
		if (t->hit[i] && !allowed)
			name_text(t, l, "hit by", r->id);
		right = right && (due ? t->hit[i] : !t->hit[i] || allowed);
	}
	return right;
}

static void judge(struct trial *t, const struct labelled_text *l)
{
	bool hit_in[CAT_MAX] = { false };
	bool right = judge_rules(t, l, hit_in);
	for (int c = 0; c < CAT_MAX; c++) {
		const char *word = category_word((enum category)c);
		bool due = names_id(&l->expected, word), allowed = due;
		for (size_t i = 0; i < ruleset_count(t->rs) && !allowed; i++)
			allowed = ruleset_at(t->rs, i)->category == (enum category)c &&
				  names_id(&l->expected, ruleset_at(t->rs, i)->id);
		t->category[c].due += allowed;
		t->category[c].found += allowed && hit_in[c];
		t->category[c].wrong += hit_in[c] && !allowed;
		if (due && !hit_in[c]) {
			name_text(t, l, "missed by every rule of", word);
			right = false;
		}
	}
	t->texts++;
	t->right += right;
}

static void print_share(unsigned part, unsigned all)
{
	if (all)
		printf(" %8u %%", part * 100 / all);
	else
		printf(" %10s", "-");
}

static void print_count(const char *name, const struct count *c)
{
	printf("  %-32s %5u %5u %6u %5u", name, c->due, c->found, c->due - c->found, c->wrong);
	print_share(c->found, c->found + c->wrong);
	print_share(c->found, c->due);
	putchar('\n');
}

static void print_trial(const struct trial *t)
{
	if (t->shown > SHOWN_MAX)
		printf("and %u more\n", t->shown - SHOWN_MAX);
	printf("%s  %-32s %5s %5s %6s %5s %10s %10s\n", t->shown ? "\n" : "", "category", "due",
	       "found", "missed", "wrong", "precision", "recall");
	for (int c = 0; c < CAT_MAX; c++)
		if (t->category[c].due || t->category[c].wrong)
			print_count(category_word((enum category)c), &t->category[c]);
	printf("\n  %-32s %5s %5s %6s %5s %10s %10s\n", "rule", "due", "found", "missed", "wrong",
	       "precision", "recall");
	for (size_t i = 0; i < ruleset_count(t->rs); i++)
		if (t->rule[i].due || t->rule[i].wrong)
			print_count(ruleset_at(t->rs, i)->id, &t->rule[i]);
	printf("\n%u of %u texts are hit as their labels say.\n"
	       "A text alone has no sender, direction or neighbours: what a rule asks of those "
	       "(when) is not\nasked here. Try a case or a story for that.\n",
	       t->right, t->texts);
	if (t->limits)
		printf("%u limits were reached: those texts were not searched to the end.\n",
		       t->limits);
}

static int test_texts(const struct ruleset *rs, const char *path)
{
	struct err err = { 0 };
	struct labelled *l = NULL;
	struct trial t = { .rs = rs };
	size_t n = ruleset_count(rs);
	struct matcher *m = matcher_new(rs, true, &err);
	t.rule = calloc(n + 1, sizeof *t.rule);
	t.hit = calloc(n + 1, sizeof *t.hit);
	int rc = err.code;
	if (!m || !t.rule || !t.hit)
		rc = rc ? rc : err_set(&err, E_NOMEM, "out of memory");
	if (!rc)
		rc = labelled_load(&l, path, rs, &err);
	for (size_t i = 0; !rc && i < labelled_count(l); i++) {
		const struct labelled_text *text = labelled_at(l, i);
		memset(t.hit, 0, n * sizeof *t.hit);
		matcher_run(m, text->text, on_hit, on_limit, &t);
		judge(&t, text);
	}
	if (!rc)
		print_trial(&t);
	bool right = t.right == t.texts;
	labelled_free(l);
	matcher_free(m);
	free(t.rule);
	free(t.hit);
	return rc ? say_error(&err) : right ? EXIT_NOTHING : EXIT_FAILED;
}

static void print_case(const struct ruleset *rs, const struct tried *t)
{
	unsigned quiet = 0;
	printf("  %-32s %-15s %8s %6s\n", "rule", "category", "messages", "points");
	for (size_t i = 0; i < ruleset_count(rs); i++) {
		const struct rule *r = ruleset_at(rs, i);
		if (t->rule[i].messages || t->rule[i].points)
			printf("  %-32s %-15s %8u %6d\n", r->id, category_word(r->category),
			       t->rule[i].messages, t->rule[i].points);
		else
			quiet++;
	}
	printf("\n%u rules hit nothing. %lld texts were read. With these rules the level would be: "
	       "%s (link %d).\n"
	       "messages: whose words a rule hits; points: what that weighs once its conditions "
	       "are asked.\n"
	       "A case has no labels: a person says which hits are right. Nothing in the case was "
	       "changed.\n",
	       quiet, (long long)t->texts, level_word(t->level), t->link);
	if (t->limits)
		printf("%u texts were not searched to the end: a limit was reached.\n", t->limits);
}

static int test_case(const struct ruleset *rs, const char *dir)
{
	char path[4096];
	struct err err = { 0 };
	struct act a = ACT_NEW;
	struct case_db *c = NULL;
	struct policy *policy = NULL;
	struct tried t = { 0 };
	bool unlogged = false;
	int rc = rules_default_path("scoring.yaml", path, sizeof path, &err);
	if (!rc)
		rc = policy_load(&policy, path, &err);
	if (!rc)
		rc = act_look(&a, &c, dir, "rules", PERSON_OFFICER, &unlogged, &err);
	if (!rc)
		rc = rules_try(&t, c, rs, policy, &err);
	if (!rc)
		print_case(rs, &t);
	tried_free(&t);
	case_close(c);
	act_end(&a);
	policy_free(policy);
	return rc ? say_error(&err) : EXIT_NOTHING;
}

int rules_test(int n, char **word)
{
	struct err err = { 0 };
	struct ruleset *rs = NULL;
	if (n < 1)
		return say_usage("rules", "Say what to try the rules on: 'linecheck rules test "
					  "FILE|CASE [PACK...]'.");
	if (rules_load(&rs, n - 1, word + 1, true, &err))
		return say_error(&err);
	int code = case_exists(word[0]) ? test_case(rs, word[0]) : test_texts(rs, word[0]);
	ruleset_free(rs);
	return code;
}
