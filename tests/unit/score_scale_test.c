/*
 * score_scale_test.c - a large case, made from a fixed seed: the outcome is exact, the time and the
 * memory of scoring are printed.
 *
 * LINECHECK_SCORE_RECORDS=1000000 makes it the size that README promises are about; a release
 * build then shows what they cost.
 */
#include "case_maker.h"
#include <sys/resource.h>
#include <time.h>

enum { RULES = 40, LINES = 500, PEOPLE = 400, THREADS = 300 };

static struct maker_rule rules[RULES];

static uint64_t seed = 0x2545f4914f6cdd1du;

static uint64_t draw(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed >> 16) % below;
}

static void name_rules(void)
{
	static char id[RULES][24];
	static const char *const categories[] = {
		"debt-threat", "threat",  "logistics", "mule",
		"drug-supply", "weapons", "travel",    "evasion"
	};
	static const char *const ambiguities[] = { "low", "medium" };
	for (int i = 0; i < RULES; i++) {
		snprintf(id[i], sizeof id[i], "t.rule-%02d", i);
		rules[i] = (struct maker_rule){ id[i], categories[i % 8], 4 + i % 8,
						ambiguities[i / 8 % 2],
						i % 5 ? "" : "{sender: unsaved, repeat: 2}" };
	}
}

/* Of this process: other work on the machine does not count. */
static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long peak_kib(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

static char text[400];

static int64_t add_record(struct maker *m, int64_t i, int64_t person, int64_t time)
{
	bool out = i % 3 == 0;
	sqlite3_bind_int64(m->record, 1, 1);
	sqlite3_bind_int(m->record, 2, i % 10 ? REC_MESSAGE : REC_CALL);
	sqlite3_bind_int64(m->record, 3, time);
	sqlite3_bind_int(m->record, 4, out ? DIR_OUT : DIR_IN);
	sqlite3_bind_int64(m->record, 5, out ? 1 : person);
	sqlite3_bind_int64(m->record, 6, out ? person : 1);
	sqlite3_bind_int64(m->record, 7, 1 + person % THREADS);
	sqlite3_bind_text(m->record, 8, text, 20 + (int)(i % 300), SQLITE_STATIC);
	sqlite3_bind_null(m->record, 9);
	sqlite3_bind_int64(m->record, 10, 0);
	return maker_step(m, m->record);
}

static void fill(struct maker *m, int64_t records)
{
	memset(text, 'x', sizeof text);
	int64_t owner = make_party(m, "owner"), line[LINES];
	assert_int_equal(owner, 1);
	for (int i = 0; i < PEOPLE; i++) {
		char number[24];
		snprintf(number, sizeof number, "+447700900%03d", i);
		int64_t id = make_party(m, number);
		sqlite3_bind_int64(m->set, 1, id);
		sqlite3_bind_int64(m->set, 2, 0);
		sqlite3_bind_int64(m->set, 3, id);
		maker_step(m, m->set);
	}
	maker_exec(m, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<300) "
		      "INSERT INTO thread (id,file,key) SELECT i,1,'t'||i FROM n");
	for (int i = 0; i < LINES; i++) {
		char name[24], number[24];
		snprintf(name, sizeof name, "Line %d", i);
		snprintf(number, sizeof number, "+1202555%04d", 100 + i);
		line[i] = make_line(m, name, number, (int)draw(200) - 100, OPEN, "2B");
	}
	for (int64_t i = 0; i < records; i++) {
		int64_t person = 2 + (int64_t)draw(PEOPLE);
		int64_t time = START + (int64_t)draw(100) * DAY + (int64_t)draw(86400000);
		int64_t r = add_record(m, i, person, time);
		if (i % 63 == 0)
			meet_line(m, r, line[draw(LINES)], i % 3 == 0 ? "to" : "from");
		if (i % 10 == 1)
			meet_rule(m, r, rules[draw(RULES)].id);
	}
}

static void scale(void **state)
{
	(void)state;
	const char *wanted = getenv("LINECHECK_SCORE_RECORDS");
	int64_t records = wanted ? strtoll(wanted, NULL, 10) : 20000;
	struct maker one, *m = &one;
	name_rules();
	maker_open(m, rules, RULES);
	fill(m, records);
	int64_t matches = ask(m, "SELECT count(*) FROM match");
	long before = peak_kib();
	double start = seconds();
	score_it(m);
	print_message("%lld records, %lld matches: scored in %.3f s, %ld KiB more at the peak\n",
		      (long long)records, (long long)matches, seconds() - start,
		      peak_kib() - before);
	/* Everything that matched is in a finding or was held back by its rule's conditions. */
	assert_int_equal(ask(m, "SELECT count(*) FROM finding WHERE rule='line'"),
			 ask(m, "SELECT count(DISTINCT line) FROM match WHERE line NOT NULL"));
	assert_int_equal(ask(m, "SELECT sum(records) FROM finding_count c JOIN finding f ON "
				"f.id=c.finding WHERE rule='line'"),
			 ask(m, "SELECT count(*) FROM match WHERE line NOT NULL"));
	assert_int_equal(ask(m, "SELECT sum(records) FROM finding_count c JOIN finding f ON "
				"f.id=c.finding WHERE rule='t.rule-01'"),
			 ask(m, "SELECT count(*) FROM match WHERE rule='t.rule-01'"));
	assert_true(ask(m, "SELECT count(*) FROM finding WHERE rule LIKE 't.%'") > RULES / 2);
	assert_int_equal(LINK(m), 100);
	assert_int_equal(LEVEL(m), 3);
	assert_int_equal(ask(m, "SELECT sum(points) FROM finding"), 100);
	maker_close(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(scale) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
