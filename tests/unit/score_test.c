/* score_test.c - what contact weighs, exactly; and what the policy's loader refuses. */
#include "base/buf.h"
#include "contact.h"
#include "score.h"
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define PACK SOURCE_DIR "/rules/packs/scoring.yaml"

static struct policy *policy;
static struct buf yaml;

static int load(void **state)
{
	(void)state;
	struct err err = { 0 };
	if (policy_load(&policy, PACK, &err)) {
		print_error("%s\n", err.message);
		return -1;
	}
	FILE *f = fopen(PACK, "r");
	char piece[4096];
	size_t n;
	while (f && (n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&yaml, (span){ piece, n });
	if (f)
		fclose(f);
	return yaml.n ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	policy_free(policy);
	buf_free(&yaml);
	return 0;
}

/* in, out, unknown events, on how many days, in a zone */
struct some {
	enum zone zone;
	int in, out, unknown, days;
};

static void add(struct contact *c, struct some s)
{
	int k = 0;
	for (int i = 0; i < s.in + s.out + s.unknown; i++, k++)
		contact_event(c, s.zone,
			      i < s.in           ? DIR_IN
			      : i < s.in + s.out ? DIR_OUT
						 : DIR_UNKNOWN,
			      s.days ? k % s.days : INT32_MIN);
}

/* Thousandths of a point, by the table of the domain notes: 40 x G x T x I x D. */
static void situations(void **state)
{
	(void)state;
	static const struct {
		const char *grade;
		struct some a, b;
		int64_t milli;
		bool sure, near;
	} cases[] = {
		/* grade, with sustained two-way contact inside the window */
		{ "1A", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 40000, true, true },
		{ "1B", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 36000, true, true },
		{ "1C", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 30000, true, true },
		{ "1D", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 20000, false, true },
		{ "2A", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 32000, true, true },
		{ "2B", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 30000, true, true },
		{ "2C", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 24000, true, true },
		{ "2D", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 14000, false, true },
		{ "3A", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 10000, false, true },
		{ "3D", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 10000, false, true },
		{ "", { ZONE_INSIDE, 5, 5, 0, 3 }, { 0 }, 8000, false, true },
		/* time */
		{ "1A", { ZONE_NEAR, 5, 5, 0, 3 }, { 0 }, 24000, true, true },
		{ "1A", { ZONE_UNDATED, 5, 5, 0, 3 }, { 0 }, 20000, false, true },
		{ "1A", { ZONE_OUTSIDE, 5, 5, 0, 3 }, { 0 }, 8000, false, false },
		{ "1A", { ZONE_FAR, 5, 5, 0, 3 }, { 0 }, 2000, false, false },
		/* interaction: 1-2 events, 3-9, 10 and more, 3 days */
		{ "1A", { ZONE_INSIDE, 1, 1, 0, 1 }, { 0 }, 20000, true, true },
		{ "1A", { ZONE_INSIDE, 1, 1, 0, 0 }, { 0 }, 20000, true, true },
		{ "1A", { ZONE_INSIDE, 2, 1, 0, 1 }, { 0 }, 32000, true, true },
		{ "1A", { ZONE_INSIDE, 5, 4, 0, 2 }, { 0 }, 32000, true, true },
		{ "1A", { ZONE_INSIDE, 5, 5, 0, 1 }, { 0 }, 40000, true, true },
		{ "1A", { ZONE_INSIDE, 2, 1, 0, 3 }, { 0 }, 40000, true, true },
		/* direction */
		{ "1A", { ZONE_INSIDE, 1, 0, 0, 1 }, { 0 }, 10000, false, true },
		{ "1A", { ZONE_INSIDE, 10, 0, 0, 3 }, { 0 }, 20000, false, true },
		{ "1A", { ZONE_INSIDE, 0, 1, 0, 1 }, { 0 }, 14000, true, true },
		{ "1A", { ZONE_INSIDE, 0, 2, 0, 1 }, { 0 }, 20000, true, true },
		{ "1A", { ZONE_INSIDE, 0, 0, 3, 1 }, { 0 }, 16000, false, true },
		/* the best cut: two inside, eight near: all ten at .6 beat two at 1.0 */
		{ "1A", { ZONE_INSIDE, 1, 1, 0, 1 }, { ZONE_NEAR, 4, 4, 0, 1 }, 24000, true, true },
		/* nine inside and one near: nine at 1.0 win */
		{ "1A", { ZONE_INSIDE, 5, 4, 0, 1 }, { ZONE_NEAR, 1, 0, 0, 1 }, 32000, true, true },
		/* one answer near the window turns a broadcast inside it into two-way: 40 x .6 x .8
		 */
		{ "1A", { ZONE_INSIDE, 3, 0, 0, 1 }, { ZONE_NEAR, 0, 1, 0, 1 }, 19200, true, true },
		{ "1A", { ZONE_INSIDE, 1, 0, 0, 1 }, { ZONE_FAR, 5, 5, 0, 3 }, 10000, false, true },
		/* both sides of the gate: G >= .6, T >= .6, D >= .7 */
		{ "2C", { ZONE_NEAR, 0, 1, 0, 1 }, { 0 }, 5040, true, true },
		{ "1D", { ZONE_NEAR, 0, 1, 0, 1 }, { 0 }, 4200, false, true },
		{ "2C", { ZONE_UNDATED, 0, 1, 0, 1 }, { 0 }, 4200, false, true },
		{ "2C", { ZONE_NEAR, 1, 0, 0, 1 }, { 0 }, 3600, false, true },
		{ "1A", { 0 }, { 0 }, 0, false, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct contact c = { 0 };
		add(&c, cases[i].a);
		add(&c, cases[i].b);
		const char *g = cases[i].grade;
		int grade = policy_grade(policy, g[0], g[0] ? g[1] : 0);
		struct contact_score s = contact_score(policy, grade, &c);
		if (s.milli != cases[i].milli || s.sure != cases[i].sure || s.near != cases[i].near)
			fail_msg("case %zu (%s): %lld %d %d", i, g, (long long)s.milli, s.sure,
				 s.near);
	}
	assert_int_equal(policy_grade(policy, '1', 'E'), -1);
	assert_int_equal(policy_grade(policy, '3', 'E'), -1);
}

static void without_contact(void **state)
{
	(void)state;
	struct contact_score s;
	s = contact_score(policy, 1000, &(struct contact){ .saved = 1 });
	assert_int_equal(s.milli, 6000); /* 40 x .5 x .3 */
	assert_true(s.near && !s.sure);
	s = contact_score(policy, 1000, &(struct contact){ .own = 1 });
	assert_int_equal(s.milli, 20000);
	struct contact c = { 0 };
	c.zone[ZONE_INSIDE].mentioned = 7;
	s = contact_score(policy, 1000, &c);
	assert_int_equal(s.milli, 12000);
	assert_true(s.near && !s.sure);
	c = (struct contact){ 0 };
	c.zone[ZONE_OUTSIDE].member = 100;
	s = contact_score(policy, 1000, &c);
	assert_int_equal(s.milli, 2400);
	assert_false(s.near);
}

static void zones(void **state)
{
	(void)state;
	const int64_t day = 86400000, from = 1000 * day, until = 1010 * day;
	static const struct {
		int64_t ms;
		enum zone zone;
	} cases[] = {
		{ 1000, ZONE_INSIDE },
		{ 0, ZONE_INSIDE },
		{ 10 * INT64_C(86400000) - 1, ZONE_INSIDE },
		{ 10 * INT64_C(86400000), ZONE_NEAR },
		{ 100 * INT64_C(86400000) - 1, ZONE_NEAR },
		{ 100 * INT64_C(86400000), ZONE_OUTSIDE },
		{ 375 * INT64_C(86400000) - 1, ZONE_OUTSIDE },
		{ 375 * INT64_C(86400000), ZONE_FAR },
		{ -1, ZONE_NEAR },
		{ -90 * INT64_C(86400000), ZONE_NEAR },
		{ -90 * INT64_C(86400000) - 1, ZONE_OUTSIDE },
		{ -365 * INT64_C(86400000), ZONE_OUTSIDE },
		{ -365 * INT64_C(86400000) - 1, ZONE_FAR },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(contact_zone(policy, from, until, from + cases[i].ms),
				 cases[i].zone);
	assert_int_equal(contact_zone(policy, from, until, TIME_UNSET), ZONE_UNDATED);
	assert_int_equal(contact_zone(policy, TIME_UNSET, TIME_UNSET, from), ZONE_UNDATED);
	assert_int_equal(contact_zone(policy, from, TIME_UNSET, from * 9), ZONE_INSIDE);
	assert_int_equal(contact_zone(policy, TIME_UNSET, until, 0), ZONE_INSIDE);
	assert_int_equal(contact_zone(policy, TIME_UNSET, until, until), ZONE_NEAR);
}

/* One more event, of any kind anywhere, never counts for less. */
static void more_contact_never_less(void **state)
{
	(void)state;
	uint64_t seed = 88172645463325252u;
	for (int run = 0; run < 3000; run++) {
		struct contact c = { 0 };
		struct contact_score before = { 0 };
		for (int i = 0; i < 16; i++) {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			enum zone z = (enum zone)(seed % ZONE_MAX);
			switch (seed >> 8 & 7) {
			case 0:
				c.saved++;
				break;
			case 1:
				c.zone[z].mentioned++;
				break;
			case 2:
				c.zone[z].member++;
				break;
			default:
				contact_event(&c, z, (enum direction)(seed >> 16 & 0xff) % 3,
					      seed >> 24 & 1 ? INT32_MIN
							     : (int32_t)(seed >> 32 & 7));
			}
			struct contact_score now = contact_score(policy, 750, &c);
			assert_true(now.milli >= before.milli);
			assert_true(now.sure >= before.sure && now.near >= before.near);
			before = now;
		}
	}
}

static void level_words(void **state)
{
	(void)state;
	assert_string_equal(level_word(0), "No indicators found in scope");
	assert_string_equal(level_word(1), "Some indicators \xe2\x80\x93 consider");
	assert_string_equal(level_word(2), "Strong indicators \xe2\x80\x93 discuss same day");
	assert_string_equal(level_word(3), "Immediate safeguarding");
	assert_string_equal(level_word(-1), "Cannot say: too little was read");
}

/* Each change to the shipped file is refused, with these words. */
static void refused(void **state)
{
	(void)state;
	static const struct {
		const char *find, *put, *message;
	} cases[] = {
		{ "  cap: 70\n", "  cap: 1001\n", "line.cap is 1001: it must be from 0 to 1000" },
		{ "  ungraded: 200\n", "  ungraded: -1\n",
		  "line.ungraded is -1: it must be from 0 to 1000" },
		{ "diminish: [1000, 500, 250]", "diminish: [1000, 250, 500]",
		  "text.diminish: 500 is out of order: from at most 1000 downwards" },
		{ "{grade: 2C, factor: 600}", "{grade: 2B, factor: 600}",
		  "line.grades: '2B' stands twice" },
		{ "    - {grade: 2C, factor: 600}\n", "", "line.grades: 2C is missing" },
		{ "{grade: 2C, factor: 600}", "{grade: 2E, factor: 600}",
		  "line.grades: '2E' is not 1A to 3D" },
		{ "far_days: 365", "far_days: 80",
		  "line.time.far_days is 80: it must be from 90 to 36500" },
		{ "two_way: 1000", "two_way: 600",
		  "line.direction: more contact would count for less; keep unknown <= in <= "
		  "two_way "
		  "and unknown <= out_once <= out <= two_way" },
		{ "- {events: 3, factor: 800}", "- {factor: 800}",
		  "line.interaction: events and days is 0: it must be from 1 to 64" },
		{ "bounds: [8, 24]", "bounds: [24, 8]", "levels.bounds must rise from above 0" },
		{ "none: [0, 1, 2]", "none: [0, 1]",
		  "levels.none has 2 levels: one more than bounds is needed" },
		{ "strong: [2, 2, 2]", "strong: [0, 2, 2]",
		  "levels.strong: 0 is out of order: 0 to 3, and more evidence never a lower "
		  "level" },
		{ "all: [{fact: concealment.low}]", "all: [{fact: concealment.lo}]",
		  "harm: there is no fact 'concealment.lo'" },
		{ "all: [{fact: concealment.low}]", "all: [{fact: concealment.lines}]",
		  "harm: there is no fact 'concealment.lines'" },
		{ "all: [{fact: concealment.low}]", "all: [{fact: line-match.low}]",
		  "harm: there is no fact 'line-match.low'" },
		{ "all: [{fact: concealment.low}]", "all: [{fact: pair.none}]",
		  "harm: there is no fact 'pair.none'" },
		{ "all: [{fact: concealment.low}]", "all: [{fact: harm}]",
		  "harm: harm cannot depend on itself" },
		{ "all: [{fact: concealment.low}]", "all: [{fact: concealment.low, below: 3}]",
		  "harm: 'below' would let more evidence count for less" },
		{ "all: [{fact: concealment.low}]", "all: [{fact: concealment.low, min: 33}]",
		  "min of a condition is 33: it must be from 0 to 32" },
		{ "raise: {pair: debt-and-threat,", "raise: {pair: debt,",
		  "categories: debt-threat: there is no pair 'debt'" },
		{ "{category: mule, kind: text,", "{category: evasion, kind: text,",
		  "categories: evasion stands twice" },
		{ "  - {category: welfare, kind: note}\n", "", "categories: welfare is missing" },
		{ "{category: welfare, kind: note}", "{category: line-match, kind: note}",
		  "categories: line-match is set under line and line_name" },
		{ "- id: worker\n", "- id: carrier\n", "roles: there is no role 'carrier'" },
		{ "- id: worker\n", "- id: mule\n", "roles: mule stands twice" },
		{ "        - say: A phone does not show who held it.\n", "",
		  "roles: worker needs a sentence against it that always holds" },
		{ "  - kind: dialled\n", "  - kind: phoned\n",
		  "contact: the kind 'dialled' is missing" },
		{ "id: threat-and-weapon", "id: debt-and-threat",
		  "pairs: the id 'debt-and-threat' stands twice" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *at = strstr(yaml.data, cases[i].find);
		assert_non_null(at);
		struct buf changed = { 0 };
		size_t before = (size_t)(at - yaml.data), length = strlen(cases[i].find);
		buf_add(&changed, span_sub(buf_span(&yaml), 0, before));
		buf_add(&changed, span_z(cases[i].put));
		buf_add(&changed, span_from(buf_span(&yaml), before + length));
		struct policy *p = NULL;
		struct err err = { 0 };
		char message[480];
		snprintf(message, sizeof message, "s.yaml: %s", cases[i].message);
		int rc = policy_load_bytes(&p, buf_span(&changed), "s.yaml", &err);
		if (rc != E_USER || p)
			fail_msg("case %zu was taken", i);
		assert_string_equal(err.message, message);
		buf_free(&changed);
	}
}

static void malformed(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"name: x",
		"- a\n- b\n",
		"name: [",
		"name: &a x\nversion: *a\n",
		"\xff\xfe",
		"{}",
		"name: scoring\nversion: '1'\nunknown: 1\n",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct policy *p = NULL;
		struct err err = { 0 };
		assert_true(policy_load_bytes(&p, span_z(texts[i]), "s.yaml", &err) < 0);
		assert_null(p);
		assert_true(err.message[0]);
	}
	struct policy *p = NULL;
	struct err err = { 0 };
	assert_true(policy_load(&p, "/nonexistent/scoring.yaml", &err) < 0);
}

/* Words that judge the child stand nowhere in what the policy can say. */
static void wording(void **state)
{
	(void)state;
	static const char *const banned[] = { "drug dealer", "runner",    "gang",
					      "prostitute",  "chose",     "lifestyle",
					      "streetwise",  "absconded", "offender",
					      "nominal",     "seized",    "police" };
	char *text = strdup(yaml.data);
	for (char *c = text; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	for (size_t i = 0; i < sizeof banned / sizeof *banned; i++)
		assert_null(strstr(text, banned[i]));
	free(text);
	for (unsigned i = 0; i < policy->contacts; i++)
		assert_null(strstr(policy->contact[i].meaning, " is a "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(situations),  cmocka_unit_test(without_contact),
		cmocka_unit_test(zones),       cmocka_unit_test(more_contact_never_less),
		cmocka_unit_test(level_words), cmocka_unit_test(refused),
		cmocka_unit_test(malformed),   cmocka_unit_test(wording),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
