/*
 * score_property_test.c - what must hold of every case, on random ones from a fixed seed.
 *
 *   - points add up to the link;
 *   - without a record that is not exonerating: never a higher level, harm or link;
 *   - "without this the level would be" is what scoring says when the finding's matches are gone;
 *   - without the pivotal set the level is lower, and no smaller set does that.
 */
#include "case_maker.h"

static const struct maker_rule rules[] = {
	{ "t.debt", "debt-threat", 12, "low", "" },
	{ "t.owe", "debt-threat", 6, "medium", "" },
	{ "t.threat", "threat", 15, "low", "{direction: in}" },
	{ "t.threat-two", "threat", 8, "medium", "{sender: not-family}" },
	{ "t.knife", "weapons", 6, "low", "" },
	{ "t.supply", "drug-supply", 8, "medium", "" },
	{ "t.order", "logistics", 12, "low", "{sender: unsaved}" },
	{ "t.watch", "remote-control", 10, "medium", "{sender: not-family}" },
	{ "t.offer", "broadcast", 8, "high", "{sender: unsaved, repeat: 2, repeat_days: 2}" },
	{ "t.many", "line-phone", 20, "low", "{direction: out}" },
	{ "t.plug", "concealment", 15, "low", "" },
	{ "t.card", "mule", 10, "medium", "" },
	{ "t.train", "travel", 8, "medium", "" },
	{ "t.film", "coercion", 15, "low", "" },
	{ "t.help", "outreach-text", 0, "low", "" },
	{ "t.harm-self", "welfare", 0, "medium", "" },
	{ "t.line-only", "logistics", 6, "high", "{sender: line}" },
};
enum { RULES = sizeof rules / sizeof *rules, OUTREACH = 14, PEOPLE = 6, RECORDS = 14 };

/* Without contacts and without rules that ask who is on the list or helps: see counterfactuals. */
static bool plain;

static uint64_t seed = 0x9e3779b97f4a7c15u;

static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 20) % below;
}

/* One in `of` */
static bool chance(unsigned of)
{
	return draw(of) == 0;
}

struct story {
	int records;
	int64_t record[RECORDS];
	bool exonerates[RECORDS]; /* outreach, or a contact that is saved as a person */
	int64_t line[4];
	int person_of_line[4];
};

static void clear(struct maker *m)
{
	maker_exec(m, "DELETE FROM role; DELETE FROM finding_count; DELETE FROM finding_record;"
		      "DELETE FROM finding; DELETE FROM outcome; DELETE FROM match;"
		      "DELETE FROM contact_id; DELETE FROM record; DELETE FROM party_set;"
		      "DELETE FROM party; DELETE FROM line;");
}

static const char *number(int person)
{
	static char text[4][20];
	static int at;
	at = (at + 1) % 4;
	snprintf(text[at], sizeof text[0], "+447700900%03d", 100 + person);
	return text[at];
}

static void make_lines(struct maker *m, struct story *s)
{
	static const char *const grades[] = { "1A", "1B", "2C", "2D", "3A", "1E", "" };
	static const char *const names[] = { "Deano", "Ricky" };
	for (int i = 0; i < 4; i++) {
		int from = chance(4) ? OPEN : (int)draw(60) - 40, to = from;
		if (from != OPEN)
			to = chance(4) ? OPEN : from + (int)draw(40);
		s->person_of_line[i] = (int)draw(3);
		s->line[i] = make_line(m, names[draw(2)], number(s->person_of_line[i]), from, to,
				       grades[draw(7)]);
	}
}

/* Matches of a record with each entry about that person. */
static void meet_lines(struct maker *m, const struct story *s, int64_t record, int person,
		       const char *via)
{
	for (int i = 0; i < 4; i++)
		if (s->person_of_line[i] == person)
			meet_line(m, record, s->line[i], via);
}

static void make_contact_record(struct maker *m, struct story *s, int k, int person)
{
	static const char *const names[] = { "Mum", "Sam", "Deano line", "Jo" };
	const char *name = names[draw(4)];
	s->record[k] = make_contact(m, name, number(person));
	bool line = false;
	for (int i = 0; i < 4; i++)
		line = line || s->person_of_line[i] == person;
	meet_lines(m, s, s->record[k], person, "contact");
	if (strcmp(name, "Deano line") == 0) {
		meet_line(m, s->record[k], s->line[0], "name");
		line = true;
	}
	s->exonerates[k] = !line || strcmp(name, "Mum") == 0;
}

static void make_talk(struct maker *m, struct story *s, int k, int person)
{
	enum direction d = (enum direction)draw(3);
	int64_t time = chance(10) ? NEVER : START + draw(8) * 12 * HOUR;
	unsigned state = chance(10) ? STATE_FORWARDED : chance(10) ? STATE_GROUP : 0;
	enum record_kind kind = chance(4) ? REC_CALL : REC_MESSAGE;
	s->record[k] = make_record(m, kind, d, number(person), time, state);
	meet_lines(m, s, s->record[k], person, d == DIR_OUT ? "to" : "from");
	if (kind == REC_CALL)
		return;
	for (unsigned i = draw(4); i; i--) {
		unsigned rule = draw(plain ? OUTREACH : RULES);
		meet_rule(m, s->record[k], rules[rule].id);
		s->exonerates[k] = s->exonerates[k] || rule == OUTREACH;
	}
	if (chance(6))
		meet_line(m, s->record[k], s->line[draw(4)], chance(2) ? "mention" : "member");
}

static void make_story(struct maker *m, struct story *s)
{
	*s = (struct story){ 0 };
	clear(m);
	make_lines(m, s);
	s->records = 1 + (int)draw(RECORDS);
	for (int k = 0; k < s->records; k++) {
		int person = (int)draw(PEOPLE);
		if (!plain && chance(6))
			make_contact_record(m, s, k, person);
		else
			make_talk(m, s, k, person);
	}
}

struct outcome {
	int64_t level, link, harm;
};

static struct outcome outcome_of(struct maker *m)
{
	score_it(m);
	return (struct outcome){
		LEVEL(m),
		LINK(m),
		ask(m, "SELECT CASE harm WHEN 'none' THEN 0 WHEN 'possible' THEN 1 WHEN 'strong' "
		       "THEN 2 ELSE 3 END FROM outcome"),
	};
}

static void less_never_more(void **state)
{
	struct maker *m = *state;
	int levels[4] = { 0 };
	for (int run = 0; run < 120; run++) {
		struct story s;
		make_story(m, &s);
		struct outcome all = outcome_of(m);
		levels[all.level]++;
		assert_int_equal(ask(m, "SELECT coalesce(sum(points),0) FROM finding"), all.link);
		for (int k = 0; k < s.records; k++) {
			char sql[300];
			if (s.exonerates[k])
				continue;
			maker_exec(m, "SAVEPOINT whole");
			snprintf(sql, sizeof sql,
				 "DELETE FROM finding_record; DELETE FROM match WHERE record=%lld;"
				 "DELETE FROM contact_id WHERE record=%lld;"
				 "DELETE FROM record WHERE id=%lld",
				 (long long)s.record[k], (long long)s.record[k],
				 (long long)s.record[k]);
			maker_exec(m, sql);
			struct outcome less = outcome_of(m);
			if (less.level > all.level || less.link > all.link || less.harm > all.harm)
				fail_msg("run %d: without record %d %lld/%lld/%lld, with it "
					 "%lld/%lld/%lld",
					 run, k, (long long)less.level, (long long)less.link,
					 (long long)less.harm, (long long)all.level,
					 (long long)all.link, (long long)all.harm);
			maker_exec(m, "ROLLBACK TO whole; RELEASE whole");
		}
	}
	/* The stories are worth something: every level comes up. */
	for (int i = 0; i < 4; i++)
		assert_true(levels[i] >= 5);
}

/* The level when the matches behind some findings are gone; bit i of set is finding i + 1. */
static int64_t level_without(struct maker *m, unsigned set)
{
	static const char *const drop[] = {
		"DELETE FROM match WHERE rule=(SELECT rule FROM f WHERE n=%d)",
		"DELETE FROM match WHERE line IN (SELECT id FROM line WHERE line=(SELECT line FROM "
		"f "
		"WHERE n=%d))",
	};
	maker_exec(m, "SAVEPOINT whole; CREATE TEMP TABLE f AS SELECT n,rule,line FROM finding");
	for (int n = 1; set >> (n - 1); n++) {
		if (!(set >> (n - 1) & 1))
			continue;
		for (int i = 0; i < 2; i++) {
			char sql[300];
			snprintf(sql, sizeof sql, drop[i], n);
			maker_exec(m, sql);
		}
	}
	int64_t level = outcome_of(m).level;
	maker_exec(m, "ROLLBACK TO whole; RELEASE whole");
	return level;
}

/* Where a rule asks whether the other person is on the list, the matches of a line hold up more
 * than its own finding; such stories are left to the test before. */
static void counterfactuals(void **state)
{
	struct maker *m = *state;
	int compared = 0, sets[4] = { 0 };
	plain = true;
	for (int run = 0; run < 400 && compared < 45; run++) {
		struct story s;
		make_story(m, &s);
		int64_t level = outcome_of(m).level;
		int n = (int)ask(m, "SELECT count(*) FROM finding");
		if (n < 1 || n > 9)
			continue;
		compared++;
		unsigned pivotal = 0;
		for (int i = 1; i <= n; i++) {
			char sql[100];
			snprintf(sql, sizeof sql, "SELECT pivotal FROM finding WHERE n=%d", i);
			pivotal |= ask(m, sql) ? 1u << (i - 1) : 0;
			snprintf(sql, sizeof sql, "SELECT without_level FROM finding WHERE n=%d",
				 i);
			assert_int_equal(level_without(m, 1u << (i - 1)), ask(m, sql));
		}
		int size = __builtin_popcount(pivotal);
		sets[size < 3 ? size : 3]++;
		if (!level) {
			assert_int_equal(size, 0);
			continue;
		}
		assert_true(size > 0);
		assert_true(level_without(m, pivotal) < level);
		for (unsigned set = 1; set < 1u << n; set++)
			if (__builtin_popcount(set) < size)
				assert_int_equal(level_without(m, set), level);
	}
	assert_true(compared >= 40 && sets[1] >= 5 && sets[2] >= 5);
}

static int setup(void **state)
{
	struct maker *m = malloc(sizeof *m);
	maker_open(m, rules, RULES);
	*state = m;
	return 0;
}

static int teardown(void **state)
{
	maker_close(*state);
	free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(less_never_more, setup, teardown),
		cmocka_unit_test_setup_teardown(counterfactuals, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
