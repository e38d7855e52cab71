/*
 * gate_test.c - gates without a command of their own: a report leaves only when each finding was
 * signed off as it is; nothing is decided by a clock that was set back; how wide is wide.
 */
#include "authority/verdict.h"
#include "caselog.h"
#include "decision.h"
#include "key_maker.h"
#include "scope/width.h"
#include <sys/syscall.h>
#include <time.h>

static int64_t clock_moved; /* seconds */

/* In place of the C library's: the clock that the program sees. */
int clock_gettime(clockid_t clock, struct timespec *ret)
{
	int rc = (int)syscall(SYS_clock_gettime, clock, ret);
	ret->tv_sec += clock_moved;
	return rc;
}

struct world {
	char dir[64];
	struct key *officer, *supervisor;
	struct case_db *c;
};

/* rc is a refusal that says so; err can be used again. */
static void refuses(int rc, struct err *err, const char *words)
{
	if (rc != E_REFUSED || !strstr(err->message, words))
		fail_msg("%d, not refused with '%s': %s", rc, words, err->message);
	*err = (struct err){ 0 };
}

static void must(int rc, const struct err *err)
{
	if (rc)
		fail_msg("%s", err->message);
}

static int setup(void **state)
{
	static struct world w;
	struct err err = { 0 };
	temp_folder(w.dir);
	w.officer = make_key(w.dir, "officer");
	w.supervisor = make_key(w.dir, "supervisor");
	clock_moved = 0;
	must(case_create(&w.c, in(w.dir, "case"), w.officer, &err), &err);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	clock_moved = 0;
	case_close(w->c);
	key_free(w->officer);
	key_free(w->supervisor);
	remove_tree(w->dir);
	return 0;
}

static void put(struct world *w, const char *sql)
{
	struct err err = { 0 };
	struct log_entry done = { LOG_ALTERATION, "test", { { 0 } }, { { 0 } } };
	must(case_begin(w->c, &err), &err);
	must(case_exec(w->c, "filling", sql, &err), &err);
	must(case_commit(w->c, &done, &err), &err);
}

#define FINDING(id, n)                                                                            \
	"INSERT INTO finding (id,n,rule,category,points,reason,meaning,innocent,without,pivotal)" \
	" VALUES ('" id "'," n ",'r" n "','threat',5,'r','m','i','w',0);"

static void leaves_when_signed(void **state)
{
	struct world *w = *state;
	struct err err = { 0 };
	int64_t n;
	put(w, "INSERT INTO exhibit (id,label,kind,platform,fingerprint,state) VALUES "
	       "(1,'p','folder','ios','f','whole');"
	       "INSERT INTO evidence_file (id,exhibit,path,sha256,state,parser) VALUES "
	       "(1,1,'sms.db','00','read','ios-sms');"
	       "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<4) INSERT INTO record "
	       "(id,file,tbl,row,kind,direction,state) SELECT i,1,'m',i,3,1,0 FROM n;" FINDING(
		       "F1", "1") FINDING("F2", "2") "INSERT INTO finding_record VALUES "
						     "('F1',1,1,NULL,NULL),('F2',1,2,NULL,NULL)");
	refuses(verdict_signed(w->c, &err), &err, "Nobody has signed");
	const char *const one[] = { "F1", NULL };
	must(verdict_sign(w->c, one, "Looked at it with care today.", &n, &err), &err);
	assert_int_equal(n, 1);
	refuses(verdict_signed(w->c, &err), &err, "1 finding of this case is not signed off");
	must(verdict_sign(w->c, NULL, "Looked at both with care today.", &n, &err), &err);
	assert_int_equal(n, 2);
	must(verdict_signed(w->c, &err), &err);
	/* the finding rests on more than was signed */
	put(w, "INSERT INTO finding_record VALUES ('F2',2,3,NULL,NULL)");
	refuses(verdict_signed(w->c, &err), &err, "not signed off");
	must(verdict_sign(w->c, NULL, "Looked at both with care today.", &n, &err), &err);
	must(verdict_signed(w->c, &err), &err);
	/* a stop holds it back, signed or not, until it is lifted */
	json_t *why = json_pack("{sIss}", "n", (json_int_t)1, "why", "carer-in-finding");
	struct decision stop = { .kind = DECISION_STOP, .choices = why };
	int64_t id = 0;
	must(decision_record(w->c, &stop, &id, &err), &err);
	json_decref(why);
	refuses(verdict_signed(w->c, &err), &err, "STOP");
	assert_int_equal(verdict_sign(w->c, NULL, "Looked at both with care.", &n, &err),
			 E_REFUSED);
	struct decision go_on = { .kind = DECISION_GO_ON,
				  .supersedes = id,
				  .second = w->supervisor };
	must(decision_record(w->c, &go_on, NULL, &err), &err);
	must(verdict_signed(w->c, &err), &err);
}

static void second_is_another(void **state)
{
	struct world *w = *state;
	struct err err = { 0 };
	json_t *choices = json_pack("{si}", "stage", 3);
	struct decision d = { .kind = DECISION_STAGE, .choices = choices, .second = w->officer };
	refuses(decision_record(w->c, &d, NULL, &err), &err, "another key");
	d.second = w->supervisor;
	must(decision_record(w->c, &d, NULL, &err), &err);
	json_decref(choices);
}

static void clock_set_back(void **state)
{
	struct world *w = *state;
	struct err err = { 0 };
	struct decision d = { .kind = DECISION_TASK };
	must(decision_record(w->c, &d, NULL, &err), &err);
	clock_moved = -9 * 60; /* clocks are put right by minutes */
	must(decision_record(w->c, &d, NULL, &err), &err);
	clock_moved = -24 * 3600;
	refuses(decision_record(w->c, &d, NULL, &err), &err, "clock");
	struct log_entry erased = { LOG_ERASURE, "erase", { { 0 } }, { { 0 } } };
	must(caselog_note(w->c, &erased, &err), &err);
	clock_moved = 24 * 3600;
	must(decision_record(w->c, &d, NULL, &err), &err);
}

static void wide(void **state)
{
	static const struct {
		const char *scope, *authority;
		bool wide;
	} cases[] = {
		{ "{\"from\":\"2025-01-01\",\"to\":\"2025-04-01\"}", "{}", false },
		{ "{\"from\":\"2025-01-01\",\"to\":\"2025-04-02\"}", "{}", true },
		{ "{\"to\":\"2025-04-02\"}", "{}", true },
		{ "{}", "{\"missing_from\":\"2025-01-01\"}", true },
		{ "{\"from\":\"2025-01-01\"}", "{}", true },
		/* somebody is still missing: the days since then, and no more */
		{ "{\"from\":\"2024-12-18\"}", "{\"missing_from\":\"2025-01-01\"}", false },
		{ "{\"from\":\"2024-12-17\"}", "{\"missing_from\":\"2025-01-01\"}", true },
		{ "{\"from\":\"2022-12-18\"}", "{\"missing_from\":\"2023-01-01\"}", true },
		/* they are back */
		{ "{\"from\":\"2024-12-18\",\"to\":\"2025-07-15\"}",
		  "{\"missing_from\":\"2025-01-01\",\"found_on\":\"2025-07-01\"}", true },
		{ "{\"from\":\"2024-12-18\",\"to\":\"2025-03-15\"}",
		  "{\"missing_from\":\"2025-01-01\",\"found_on\":\"2025-03-01\"}", false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *scope = json_loads(cases[i].scope, 0, NULL);
		json_t *authority = json_loads(cases[i].authority, 0, NULL);
		if (scope_is_wide(scope, authority, INT64_C(1767225600000)) != cases[i].wide)
			fail_msg("%s around %s", cases[i].scope, cases[i].authority);
		json_decref(scope);
		json_decref(authority);
	}
}

struct step {
	const char *choices;
	bool second, needed;
};

/* Each step is asked for, then decided, by one or by two. */
static void take_steps(struct world *w, enum decision_kind kind, const struct step *step, size_t n,
		       const char *authority)
{
	struct err err = { 0 };
	json_t *around = json_loads(authority, 0, NULL);
	for (size_t i = 0; i < n; i++) {
		json_t *choices = json_loads(step[i].choices, 0, NULL);
		bool needed = false;
		assert_non_null(choices);
		must(kind == DECISION_STAGE
			     ? stage_needs_second(w->c, choices, 0, &needed, &err)
			     : scope_needs_second(w->c, choices, around, 0, INT64_C(1767225600000),
						  &needed, &err),
		     &err);
		if (needed != step[i].needed)
			fail_msg("step %zu, %s: %d", i, step[i].choices, needed);
		struct decision d = { .kind = kind,
				      .choices = choices,
				      .second = step[i].second ? w->supervisor : NULL };
		must(decision_record(w->c, &d, NULL, &err), &err);
		json_decref(choices);
	}
	json_decref(around);
}

static void bit_by_bit(void **state)
{
	static const struct step days[] = {
		{ "{\"from\":\"2025-02-24\",\"to\":\"2025-03-28\"}", false, false },
		{ "{\"from\":\"2025-01-01\",\"to\":\"2025-02-23\"}", false, false },
		{ "{\"from\":\"2025-03-29\",\"to\":\"2025-04-20\"}", true, true },
		/* inside what was decided, by one or by two */
		{ "{\"from\":\"2025-01-10\",\"to\":\"2025-02-10\"}", false, false },
		{ "{\"from\":\"2025-04-01\",\"to\":\"2025-04-10\"}", false, false },
		{ "{\"from\":\"2025-04-01\",\"to\":\"2025-04-21\"}", false, true },
		/* around the episode, always */
		{ "{\"from\":\"2025-02-24\",\"to\":\"2025-03-20\"}", false, false },
	};
	take_steps(*state, DECISION_SCOPE, days, sizeof days / sizeof *days,
		   "{\"missing_from\":\"2025-03-10\",\"found_on\":\"2025-03-14\"}");
	static const struct step threads[] = {
		{ "{\"stage\":2,\"threads\":[1,2,3,4,5,6]}", false, false },
		{ "{\"stage\":2,\"threads\":[5,6,7,8,9,10]}", false, false },
		{ "{\"stage\":2,\"threads\":[11]}", false, true },
		{ "{\"stage\":2,\"threads\":[1,10]}", false, false },
		{ "{\"stage\":2,\"threads\":[]}", false, false },
		{ "{\"stage\":2,\"threads\":[1,2,3,4,5,6,7,8,9,10,11,12]}", true, true },
		{ "{\"stage\":1}", false, false },
		{ "{\"stage\":3}", true, true },
	};
	take_steps(*state, DECISION_STAGE, threads, sizeof threads / sizeof *threads, "{}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(leaves_when_signed, setup, teardown),
		cmocka_unit_test_setup_teardown(second_is_another, setup, teardown),
		cmocka_unit_test_setup_teardown(clock_set_back, setup, teardown),
		cmocka_unit_test(wide),
		cmocka_unit_test_setup_teardown(bit_by_bit, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
