/* scoring_yaml_fuzzer.c - any bytes as a scoring policy: refused with a reason, or one by which
 * facts can be weighed and less never counts for more.
 * FUZZ_RUNS: 1500
 * FUZZ_SEEDS: rules/packs/scoring.yaml */
#include "contact.h"
#include "pivot.h"
#include "role_score.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(condition) ((condition) ? (void)0 : abort())
#define ITEMS 8

static void check_contact(const struct policy *p)
{
	struct contact c = { 0 };
	struct contact_score before = { 0 };
	int grade = policy_grade(p, '1', 'A');
	MUST(grade >= 0 && grade <= PER_MILLE && policy_grade(p, '1', 'E') < 0);
	for (int i = 0; i < 24; i++) {
		contact_event(&c, (enum zone)(i * 7 % ZONE_MAX), (enum direction)(i * 5 % 3),
			      i / 3);
		struct contact_score now = contact_score(p, grade, &c);
		MUST(now.milli >= before.milli && now.sure >= before.sure);
		before = now;
	}
}

static void make(struct item *item, struct near *near)
{
	static const enum category categories[ITEMS] = { CAT_LINE_MATCH,  CAT_LINE_NAME,
							 CAT_THREAT,      CAT_DEBT_THREAT,
							 CAT_WEAPONS,     CAT_LOGISTICS,
							 CAT_DRUG_SUPPLY, CAT_CONCEALMENT };
	for (int i = 0; i < ITEMS; i++) {
		item[i] = (struct item){
			.kind = i > 1 ? ITEM_RULE
				: i   ? ITEM_NAME
				      : ITEM_LINE,
			.category = categories[i],
			.milli = i ? 0 : 20000,
			.weight = 5 + i,
			.most = 2,
			.ambiguity = (enum ambiguity)(i % 3),
			.line = { .lines = !i, .sure = !i, .near = !i, .events = 3 }
		};
		for (int k = 0; k <= i; k++)
			MUST(tally_add(
				&item[i].tally,
				(struct tally_message){ i + k, k, (enum direction)(k % 3) }));
		near_enter(near, (enum scope)(i % SCOPE_MAX), (size_t)i);
	}
	near_finish(near);
}

static void check_scorer(const struct policy *p)
{
	struct item item[ITEMS];
	const struct role_policy *role[ROLES_SHOWN_MAX];
	bool pivotal[ITEMS], proved;
	int points[ITEMS], sum = 0;
	struct near *near = near_new(ITEMS);
	MUST(near);
	make(item, near);
	struct scorer *s = scorer_new(p, item, ITEMS, near);
	MUST(s);
	struct verdict v = scorer_run(s);
	MUST(v.level >= 0 && v.level <= 3 && v.link >= 0 && v.link <= LINK_MAX);
	scorer_points(s, points);
	for (int i = 0; i < ITEMS; i++)
		sum += points[i];
	MUST(sum == v.link);
	for (size_t i = 0; i < ITEMS; i++)
		MUST(pivot_without(s, i) <= v.level);
	MUST(pivot_find(s, ITEMS, pivotal, &proved) >= 0);
	MUST(role_score(p, s, role) <= ROLES_SHOWN_MAX);
	scorer_free(s);
	near_free(near);
	for (int i = 0; i < ITEMS; i++)
		tally_free(&item[i].tally);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct policy *p = NULL;
	struct err err = { 0 };
	int rc = policy_load_bytes(&p, (span){ n ? (const char *)data : "", n }, "scoring.yaml",
				   &err);
	if (rc) {
		MUST(!p && err.code == rc && err.message[0]);
		return 0;
	}
	MUST(*policy_name(p) && *policy_version(p) && strlen(policy_sha256(p)) == 64);
	check_contact(p);
	check_scorer(p);
	policy_free(p);
	return 0;
}
