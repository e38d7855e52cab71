/* Trying other rules on a case: a text that cannot be read is an error, never a quiet end. */
#include "../report/fixture.h"
#include "policy.h"
#include "rules_try.h"

struct tools {
	struct ruleset *rs;
	struct policy *policy;
};

static struct tools tools(void)
{
	struct tools t = { 0 };
	struct err err = { 0 };
	const char *const core = SOURCE_DIR "/rules/packs/core.yaml";
	if (ruleset_load(&t.rs, &core, 1, true, &err) ||
	    policy_load(&t.policy, SOURCE_DIR "/rules/packs/scoring.yaml", &err))
		fail_msg("%s", err.message);
	return t;
}

static void same(const struct tried *a, const struct tried *b, size_t rules)
{
	assert_int_equal(a->texts, b->texts);
	assert_int_equal(a->level, b->level);
	assert_int_equal(a->link, b->link);
	for (size_t i = 0; i < rules; i++) {
		assert_int_equal(a->rule[i].messages, b->rule[i].messages);
		assert_int_equal(a->rule[i].points, b->rule[i].points);
	}
}

static void a_text_that_cannot_be_read(void **state)
{
	(void)state;
	struct tools with = tools();
	struct case_db *c = new_case(true, true);
	struct tried before, bad, after;
	struct err err = { 0 };
	if (rules_try(&before, c, with.rs, with.policy, &err))
		fail_msg("%s", err.message);
	assert_int_equal(before.texts, 4); /* messages 5 to 8 have one */
	assert_true(sqlite3_get_autocommit(case_handle(c)));

	/* a row whose text is an error when it comes to be read, with rows before and after it */
	run_sql(c,
		"ALTER TABLE record RENAME COLUMN text TO kept; ALTER TABLE record ADD COLUMN text "
		"AS (CASE id WHEN 6 THEN abs(-9223372036854775807 - 1) ELSE kept END)");
	int rc = rules_try(&bad, c, with.rs, with.policy, &err);
	assert_int_not_equal(rc, 0);
	assert_int_equal(err.code, rc);
	if (!strstr(err.message, "reading the case's texts"))
		fail_msg("it says: %s", err.message);
	assert_true(sqlite3_get_autocommit(case_handle(c))); /* nothing stays begun */

	/* and nothing of that try is left for the next one */
	run_sql(c, "ALTER TABLE record DROP COLUMN text; ALTER TABLE record RENAME COLUMN kept TO "
		   "text");
	if (rules_try(&after, c, with.rs, with.policy, &err))
		fail_msg("%s", err.message);
	same(&before, &after, ruleset_count(with.rs));
	tried_free(&before);
	tried_free(&bad);
	tried_free(&after);
	policy_free(with.policy);
	ruleset_free(with.rs);
	drop_case(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_that_cannot_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
