/* score_case_test.c - from rows of a case to findings, roles and a level. */
#include "case_maker.h"

#define LINE_A "+447700900101"
#define LINE_B "+447700900102"
#define LINE_C "+447700900103"
#define FRIEND "+447700900201"
#define STRANGER "+447700900202"
#define MUM "+447700900203"

static const struct maker_rule rules[] = {
	{ "t.debt", "debt-threat", 12, "low", "" },
	{ "t.owe", "debt-threat", 6, "medium", "" },
	{ "t.threat", "threat", 15, "low", "{direction: in}" },
	{ "t.threat-two", "threat", 8, "medium", "" },
	{ "t.knife", "weapons", 6, "low", "" },
	{ "t.supply", "drug-supply", 8, "medium", "" },
	{ "t.serve", "drug-supply", 8, "low", "" },
	{ "t.order", "logistics", 12, "low", "" },
	{ "t.watch", "remote-control", 10, "medium", "{sender: not-family}" },
	{ "t.offer", "broadcast", 8, "high", "{sender: unsaved, repeat: 3, repeat_days: 2}" },
	{ "t.many", "line-phone", 20, "low", "{direction: out}" },
	{ "t.calls", "line-phone", 30, "low", "" },
	{ "t.swap", "number-swap", 10, "low", "{sender: unsaved}" },
	{ "t.plug", "concealment", 15, "low", "" },
	{ "t.card", "mule", 10, "low", "" },
	{ "t.job", "recruitment", 8, "low", "{direction: in}" },
	{ "t.train", "travel", 8, "medium", "" },
	{ "t.feds", "evasion", 3, "low", "" },
	{ "t.film", "coercion", 15, "low", "" },
	{ "t.help", "outreach-text", 0, "low", "{direction: in}" },
	{ "t.harm-self", "welfare", 0, "low", "" },
	{ "t.bad-batch", "health-alert", 0, "low", "" },
	{ "t.line-only", "logistics", 6, "high", "{sender: line}" },
	{ "t.flat", "cuckooing", 10, "low", "" },
};

static int setup(void **state)
{
	struct maker *m = malloc(sizeof *m);
	maker_open(m, rules, sizeof rules / sizeof *rules);
	*state = m;
	return 0;
}

static int teardown(void **state)
{
	maker_close(*state);
	free(*state);
	return 0;
}

static int64_t say(struct maker *m, const char *rule, const char *peer, enum direction d, int day,
		   int hour)
{
	int64_t r = make_message(m, d, peer, START + day * DAY + hour * HOUR);
	meet_rule(m, r, rule);
	return r;
}

static int64_t points(struct maker *m, const char *rule_or_line)
{
	char sql[200];
	snprintf(sql, sizeof sql, "SELECT points FROM finding WHERE rule='%s' OR line='%s'",
		 rule_or_line, rule_or_line);
	return ask(m, sql);
}

static void empty_case(void **state)
{
	struct maker *m = *state;
	score_it(m);
	assert_int_equal(LEVEL(m), 0);
	assert_int_equal(LINK(m), 0);
	assert_string_equal(HARM(m), "none");
	assert_int_equal(ask(m, "SELECT coverage FROM outcome"), 100);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding"), 0);
	assert_int_equal(ask(m, "SELECT count(*) FROM role"), 0);
}

static void two_way_contact(void **state)
{
	struct maker *m = *state;
	int64_t line = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	line_events(m, line, LINE_A, 6, DIR_IN, 1, 3);
	line_events(m, line, LINE_A, 4, DIR_OUT, 2, 2);
	int64_t call = make_record(m, REC_CALL, DIR_IN, LINE_A, START + 5 * DAY, STATE_MISSED);
	meet_line(m, call, line, "from");
	score_it(m);
	assert_int_equal(LEVEL(m), 2);
	assert_int_equal(LINK(m), 40);
	assert_string_equal(HARM(m), "none");
	assert_int_equal(ask(m, "SELECT count(*) FROM finding"), 1);
	assert_string_equal(ask_text(m,
				     "SELECT id||','||n||','||rule||','||category||','||line||','||"
				     "points||','||without_level||','||pivotal||','||grade_kind "
				     "FROM finding"),
			    "F1,1,line,line-match,Deano,40,0,1,two-way");
	assert_string_equal(
		ask_text(m, "SELECT reason FROM finding"),
		"1 call and 10 messages with +447700900101 on 4 days between 2 March 2024 and 6 "
		"March 2024: 7 received, 4 sent. The list gives +447700900101 to the line from 1 "
		"March 2024 to 31 March 2024, graded 1A (a reliable source, known directly to the "
		"source). All fall inside those dates.");
	assert_string_equal(ask_text(m, "SELECT without FROM finding"),
			    "Without this the level would be: No indicators found in scope.");
	assert_int_equal(ask(m, "SELECT count(*) FROM finding_record WHERE finding='F1'"), 11);
	assert_int_equal(ask(m, "SELECT records FROM finding_count WHERE finding='F1'"), 11);
	assert_int_equal(ask(m, "SELECT record FROM finding_record WHERE n=1"), 1);
	assert_string_equal(ask_text(m, "SELECT id||' '||n||' '||\"for\" FROM role"),
			    "worker 1 [\"F1\"]");
	assert_string_equal(ask_text(m, "SELECT against FROM role"),
			    "[\"No messages that read like instructions were found.\","
			    "\"A phone does not show who held it.\"]");
}

/* Each way of meeting a line: its points, kind and role. */
static void kinds_of_contact(void **state)
{
	(void)state;
	static const struct {
		const char *kind; /* of contact; "(null)": none of the words would be true */
		int points, level;
		const char *role;
	} cases[] = {
		{ "received-only", 8, 1, "customer" }, { "dialled", 14, 1, "(no row)" },
		{ "saved-only", 6, 1, "associate" },   { "mentioned", 12, 1, "(no row)" },
		{ "mentioned", 12, 1, "(no row)" },    { "(null)", 20, 1, "line-phone" },
		{ "(null)", 10, 1, "(no row)" },       { "(null)", 20, 1, "line-phone" },
		{ "mentioned", 12, 1, "(no row)" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct maker one, *m = &one;
		maker_open(m, rules, sizeof rules / sizeof *rules);
		int64_t line = make_line(m, "Deano", LINE_A, 0, 30, i == 0 ? "1D" : "1A"), r;
		switch (i) {
		case 0:
			line_events(m, line, LINE_A, 9, DIR_IN, 1, 2);
			break;
		case 1:
			line_events(m, line, LINE_A, 1, DIR_OUT, 1, 1);
			break;
		case 2:
			meet_line(m, make_contact(m, "D", LINE_A), line, "contact");
			break;
		case 3:
			r = make_message(m, DIR_IN, FRIEND, START + DAY);
			meet_line(m, r, line, "mention");
			break;
		case 4:
			r = make_record(m, REC_MESSAGE, DIR_IN, FRIEND, START + DAY, STATE_GROUP);
			meet_line(m, r, line, "member");
			break;
		case 5:
			r = make_message(m, DIR_OUT, FRIEND, START + DAY);
			meet_line(m, r, line, "from");
			break;
		case 6:
			r = make_record(m, REC_CALL, DIR_UNKNOWN, LINE_A, START + DAY, 0);
			meet_line(m, r, line, "from");
			break;
		case 7:
			r = make_contact(m, "", LINE_A);
			meet_line(m, r, line, "account");
			break;
		default: /* never sent: as if it was only written down */
			r = make_record(m, REC_MESSAGE, DIR_OUT, LINE_A, START + DAY, STATE_DRAFT);
			meet_line(m, r, line, "to");
		}
		score_it(m);
		if (points(m, "Deano") != cases[i].points || LEVEL(m) != cases[i].level)
			fail_msg("case %zu: %d points, level %d", i, (int)points(m, "Deano"),
				 (int)LEVEL(m));
		assert_string_equal(ask_text(m, "SELECT grade_kind FROM finding"), cases[i].kind);
		assert_string_equal(ask_text(m, "SELECT id FROM role WHERE n=1"), cases[i].role);
		maker_close(m);
	}
}

static void recycled_number(void **state)
{
	struct maker *m = *state;
	int64_t line = make_line(m, "Deano", LINE_A, -1000, -970, "1A");
	line_events(m, line, LINE_A, 8, DIR_IN, 1, 8);
	line_events(m, line, LINE_A, 8, DIR_OUT, 1, 8);
	score_it(m);
	assert_int_equal(LINK(m), 2);
	assert_int_equal(LEVEL(m), 0);
	assert_string_equal(ask_text(m, "SELECT id FROM role"), "false-positive");
	assert_non_null(
		strstr(ask_text(m, "SELECT reason FROM finding"),
		       "Against those dates: 16 further away. At such a distance the number "
		       "may well have had another user."));
	/* One contact near the dates is another matter. */
	int64_t r = make_message(m, DIR_IN, LINE_A, START - 960 * DAY);
	meet_line(m, r, line, "from");
	score_it(m);
	assert_int_equal(LINK(m), 6); /* 40 x .6 x .5 x .5 */
	assert_int_equal(LEVEL(m), 1);
}

static void suspected_false(void **state)
{
	struct maker *m = *state;
	int64_t line = make_line(m, "Deano", LINE_A, 0, 30, "1EP");
	line_events(m, line, LINE_A, 8, DIR_OUT, 1, 8);
	say(m, "t.line-only", LINE_A, DIR_OUT, 1, 1);
	score_it(m);
	assert_int_equal(LINK(m), 0);
	assert_int_equal(LEVEL(m), 0);
	assert_int_equal(points(m, "Deano"), 0);
	assert_string_equal(
		ask_text(m, "SELECT reason FROM finding"),
		"8 messages with +447700900101 on 8 days between 2 March 2024 and 9 March 2024: 8 "
		"sent. The list gives +447700900101 to the line from 1 March 2024 to 31 March "
		"2024, "
		"graded 1EP (a reliable source, suspected to be false). All fall inside those "
		"dates. It is listed and not counted.");
	/* Another entry for the same line counts. */
	int64_t other = make_line(m, "Deano", LINE_A, OPEN, OPEN, "");
	int64_t r = make_message(m, DIR_IN, LINE_A, START + 3 * DAY);
	meet_line(m, r, line, "from");
	meet_line(m, r, other, "from");
	score_it(m);
	assert_int_equal(points(m, "Deano"), 1); /* 40 x .2 x .5 x .5 x .5 */
	assert_non_null(
		strstr(ask_text(m, "SELECT reason FROM finding"),
		       "to the line without dates, not graded. 1 other entry of the list for "
		       "this line was met too."));
}

static void several_lines(void **state)
{
	struct maker *m = *state;
	int64_t a = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	line_events(m, a, LINE_A, 10, DIR_IN, 1, 3);
	line_events(m, a, LINE_A, 10, DIR_OUT, 1, 3);
	/* A second number of the same line adds nothing to its points. */
	int64_t a2 = make_line(m, "Deano", LINE_C, 0, 30, "2C");
	line_events(m, a2, LINE_C, 1, DIR_IN, 1, 1);
	score_it(m);
	assert_int_equal(LINK(m), 40);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding"), 1);
	assert_non_null(strstr(ask_text(m, "SELECT reason FROM finding"),
			       "21 messages with +447700900101 and 1 other number of the line on"));
	int64_t b = make_line(m, "Ricky", LINE_B, 0, 30, "1A");
	line_events(m, b, LINE_B, 10, DIR_OUT, 1, 3);
	score_it(m);
	assert_int_equal(points(m, "Deano"), 40);
	assert_int_equal(points(m, "Ricky"), 24); /* 40 x .6 */
	assert_int_equal(LINK(m), 64);
	int64_t c = make_line(m, "Frank", "+447700900104", 0, 30, "1A");
	line_events(m, c, "+447700900104", 10, DIR_OUT, 1, 3);
	score_it(m);
	assert_int_equal(LINK(m), 70); /* the cap: 40 + 24 + 14.4 */
	assert_int_equal(ask(m, "SELECT sum(points) FROM finding"), 70);
	/* No single line decides the level any more; all three do. */
	assert_int_equal(ask(m, "SELECT count(*) FROM finding WHERE without_level=2"), 3);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding WHERE pivotal"), 3);
	assert_string_equal(ask_text(m, "SELECT without FROM finding WHERE n=1"),
			    "Without this the level would still be: Strong indicators \xe2\x80\x93 "
			    "discuss same day.");
}

static void name_of_a_line(void **state)
{
	struct maker *m = *state;
	int64_t line = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	meet_line(m, make_contact(m, "Deano line", STRANGER), line, "name");
	score_it(m);
	assert_int_equal(LINK(m), 0);
	assert_int_equal(LEVEL(m), 0);
	assert_string_equal(
		ask_text(m, "SELECT rule||' '||category||' '||line||' '||points||' '||reason FROM "
			    "finding"),
		"line-name line-name Deano 0 1 contact is saved under the name of this line. Alone "
		"a "
		"name says nothing: it counts only beside another finding.");
	say(m, "t.card", STRANGER, DIR_IN, 1, 1);
	score_it(m);
	assert_int_equal(points(m, "t.card"), 5);
	assert_int_equal(points(m, "Deano"), 4);
	assert_int_equal(LINK(m), 9);
	/* At most four for all names together. */
	int64_t other = make_line(m, "Ricky", LINE_B, 0, 30, "1A");
	meet_line(m, make_contact(m, "Ricky line", STRANGER), other, "name");
	score_it(m);
	assert_int_equal(LINK(m), 9);
	/* The number is a finding of its own. */
	int64_t both = make_contact(m, "Deano line", LINE_A);
	meet_line(m, both, line, "contact");
	meet_line(m, both, line, "name");
	score_it(m);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding WHERE line='Deano'"), 2);
	assert_int_equal(ask(m, "SELECT points FROM finding WHERE line='Deano' AND rule='line'"),
			 6);
	assert_int_equal(ask(m, "SELECT points FROM finding WHERE line='Deano' AND "
				"rule='line-name'"),
			 4);
	assert_int_equal(ask(m, "SELECT records FROM finding_count JOIN finding ON id=finding "
				"WHERE line='Deano' AND rule='line-name'"),
			 2);
}

/* A rule alone, in several messages, beside another category; diminishing; caps. */
static void text_rules(void **state)
{
	struct maker *m = *state;
	say(m, "t.card", STRANGER, DIR_IN, 1, 1);
	score_it(m);
	assert_int_equal(points(m, "t.card"), 5); /* low, alone: half of 10 */
	assert_int_equal(LEVEL(m), 1);
	assert_string_equal(ask_text(m, "SELECT reason FROM finding"),
			    "1 message with +447700900202 (not in the contacts) on 2 March 2024: 1 "
			    "received. It stands alone and counts for less.");
	assert_int_equal(ask(m, "SELECT start FROM finding_record"), 0);
	assert_int_equal(ask(m, "SELECT stop FROM finding_record"), 7);
	say(m, "t.card", STRANGER, DIR_IN, 9, 1);
	score_it(m);
	assert_int_equal(points(m, "t.card"), 10);
	assert_string_equal(
		ask_text(m, "SELECT reason FROM finding"),
		"2 messages with +447700900202 (not in the contacts) on 2 days between 2 "
		"March 2024 and 10 March 2024: 2 received.");
	/* medium: a quarter alone, half when repeated */
	say(m, "t.owe", FRIEND, DIR_UNKNOWN, 20, 1);
	make_contact(m, "Sam", FRIEND);
	score_it(m);
	assert_int_equal(points(m, "t.owe"), 2); /* 1.5 on top of 10 */
	assert_non_null(
		strstr(ask_text(m, "SELECT reason FROM finding WHERE rule='t.owe'"),
		       "+447700900201 (saved in the contacts) on 21 March 2024: 1 of unknown "
		       "direction."));
	say(m, "t.owe", FRIEND, DIR_IN, 30, 1);
	score_it(m);
	assert_int_equal(points(m, "t.owe"), 3);
	/* Beside a hit of another category within a day in the same conversation: whole. */
	say(m, "t.feds", FRIEND, DIR_OUT, 30, 24);
	score_it(m);
	assert_int_equal(points(m, "t.owe"), 6);
	assert_int_equal(points(m, "t.feds"), 3);
	assert_int_equal(LINK(m), 19);
	assert_string_equal(HARM(m), "none");
}

/* Several messages make a rule more only with one person: strangers do not add up. */
static void repeats_are_with_one_person(void **state)
{
	struct maker *m = *state;
	say(m, "t.threat-two", STRANGER, DIR_IN, 1, 1);
	say(m, "t.threat-two", FRIEND, DIR_IN, 9, 1);
	say(m, "t.threat-two", LINE_B, DIR_IN, 20, 1);
	score_it(m);
	assert_int_equal(points(m, "t.threat-two"), 2); /* a quarter of 8 */
	assert_non_null(strstr(ask_text(m, "SELECT reason FROM finding"),
			       "3 received. Each stands alone and counts for less."));
	say(m, "t.threat-two", FRIEND, DIR_IN, 30, 1);
	score_it(m);
	assert_int_equal(points(m, "t.threat-two"), 4);
}

static void near_means_near(void **state)
{
	(void)state;
	static const struct {
		const char *peer;
		int day, hour, owe;
	} cases[] = {
		{ FRIEND, 7, 1, 6 },   /* 72 hours later */
		{ FRIEND, 7, 2, 2 },   /* 73 hours later */
		{ STRANGER, 4, 1, 2 }, /* the same hour, another conversation */
		{ FRIEND, 1, 1, 6 },   /* 72 hours before */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct maker one, *m = &one;
		maker_open(m, rules, sizeof rules / sizeof *rules);
		say(m, "t.owe", FRIEND, DIR_IN, 4, 1);
		say(m, "t.feds", cases[i].peer, DIR_IN, cases[i].day, cases[i].hour);
		score_it(m);
		assert_int_equal(points(m, "t.owe"), cases[i].owe);
		maker_close(m);
	}
}

static void categories_and_caps(void **state)
{
	struct maker *m = *state;
	for (int i = 0; i < 4; i++) {
		say(m, "t.order", STRANGER, DIR_IN, i, 1);
		say(m, "t.serve", STRANGER, DIR_IN, i, 1);
		say(m, "t.supply", STRANGER, DIR_IN, i, 1);
	}
	score_it(m);
	assert_int_equal(points(m, "t.order"), 12);
	assert_int_equal(points(m, "t.serve"), 8);
	assert_int_equal(points(m, "t.supply"), 0); /* half of 8, but the category's cap is 8 */
	assert_int_equal(LINK(m), 20);
	/* behaviour: at most 35 together, whatever the categories give */
	say(m, "t.many", FRIEND, DIR_OUT, 40, 1);
	say(m, "t.many", FRIEND, DIR_OUT, 41, 1);
	say(m, "t.calls", MUM, DIR_IN, 50, 1);
	say(m, "t.calls", MUM, DIR_IN, 51, 1);
	say(m, "t.swap", STRANGER, DIR_IN, 60, 1);
	say(m, "t.swap", STRANGER, DIR_IN, 61, 1);
	score_it(m);
	assert_int_equal(points(m, "t.calls") + points(m, "t.many") + points(m, "t.swap"), 35);
	assert_int_equal(LINK(m), 55);
	assert_int_equal(ask(m, "SELECT sum(points) FROM finding"), 55);
}

/* Rules that need a context: nothing without it. Words of high ambiguity: nothing alone. */
static void context_and_ambiguity(void **state)
{
	struct maker *m = *state;
	say(m, "t.supply", STRANGER, DIR_IN, 1, 1);
	say(m, "t.supply", STRANGER, DIR_IN, 2, 1);
	say(m, "t.train", FRIEND, DIR_IN, 1, 1);
	score_it(m);
	assert_int_equal(LINK(m), 0);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding"), 0);
	/* logistics with the same person within a day makes supply count; travel may stand with
	 * anybody on that day */
	say(m, "t.order", STRANGER, DIR_IN, 1, 3);
	score_it(m);
	assert_int_equal(points(m, "t.supply"), 8);
	assert_int_equal(points(m, "t.train"), 2); /* medium, alone in its conversation */
	assert_int_equal(points(m, "t.order"), 6); /* supply that needs it does not hold it up */
}

static void conditions_of_rules(void **state)
{
	struct maker *m = *state;
	/* direction */
	say(m, "t.threat", STRANGER, DIR_OUT, 1, 1);
	say(m, "t.threat", STRANGER, DIR_UNKNOWN, 1, 1);
	/* forwarded, and never sent */
	for (int i = 0; i < 2; i++) {
		int64_t r = make_record(m, REC_MESSAGE, DIR_OUT, STRANGER, START + DAY,
					i ? STATE_DRAFT : STATE_FORWARDED);
		meet_rule(m, r, "t.knife");
	}
	/* repeats: three messages on two days, from one unsaved person */
	say(m, "t.offer", STRANGER, DIR_IN, 1, 1);
	say(m, "t.offer", STRANGER, DIR_IN, 1, 2);
	say(m, "t.offer", STRANGER, DIR_IN, 1, 3);
	say(m, "t.offer", LINE_B, DIR_IN, 2, 1);
	/* family */
	make_contact(m, "My Mum \xe2\x9d\xa4", MUM);
	say(m, "t.watch", MUM, DIR_IN, 1, 1);
	say(m, "t.watch", MUM, DIR_IN, 2, 1);
	/* not on the list */
	say(m, "t.line-only", STRANGER, DIR_IN, 1, 1);
	/* a business is nobody's stranger */
	for (int i = 0; i < 4; i++)
		say(m, "t.offer", "PIZZAHUB", DIR_IN, i, 1);
	score_it(m);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding"), 0);
	assert_int_equal(LINK(m), 0);

	say(m, "t.offer", STRANGER, DIR_IN, 2, 1);
	say(m, "t.watch", STRANGER, DIR_IN, 30, 1);
	int64_t line = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	int64_t r = make_message(m, DIR_IN, LINE_A, START + 20 * DAY);
	meet_line(m, r, line, "from");
	meet_rule(m, r, "t.line-only");
	score_it(m);
	assert_int_equal(ask(m, "SELECT records FROM finding_count JOIN finding ON id=finding "
				"WHERE rule='t.offer'"),
			 4);
	assert_int_equal(points(m, "t.offer"), 4);
	assert_int_equal(points(m, "t.watch"), 3); /* 2.5 that bring the sum from 17 to 19.5 */
	assert_int_equal(points(m, "t.line-only"), 3);
	assert_int_equal(points(m, "Deano"), 10);
	/* saving the stranger takes the offer away; saving a line under a name does not make it a
	 * person */
	make_contact(m, "Jo", STRANGER);
	meet_line(m, make_contact(m, "D", LINE_A), line, "contact");
	for (int i = 0; i < 3; i++)
		say(m, "t.offer", LINE_A, DIR_IN, 10 + i, 1);
	score_it(m);
	assert_int_equal(ask(m, "SELECT records FROM finding_count JOIN finding ON id=finding "
				"WHERE rule='t.offer'"),
			 3);
}

/* Each rule of the harm axis, and the level it gives. */
static void harm(void **state)
{
	(void)state;
	static const struct {
		struct {
			const char *rule;
			enum direction d;
			int day, hour;
		} said[4];
		const char *harm;
		int level;
	} cases[] = {
		{ { { "t.debt", DIR_IN, 1, 1 } }, "possible", 1 },
		{ { { "t.debt", DIR_IN, 1, 1 }, { "t.debt", DIR_IN, 9, 1 } }, "strong", 2 },
		{ { { "t.owe", DIR_IN, 1, 1 }, { "t.owe", DIR_IN, 9, 1 } }, "none", 0 },
		{ { { "t.owe", DIR_IN, 1, 1 },
		    { "t.owe", DIR_IN, 9, 1 },
		    { "t.owe", DIR_IN, 10, 1 } },
		  "possible",
		  1 },
		{ { { "t.debt", DIR_IN, 1, 1 }, { "t.threat", DIR_IN, 2, 1 } }, "immediate", 3 },
		{ { { "t.debt", DIR_IN, 1, 1 }, { "t.threat", DIR_IN, 4, 2 } }, "possible", 1 },
		{ { { "t.owe", DIR_IN, 1, 1 }, { "t.threat", DIR_IN, 1, 1 } }, "immediate", 3 },
		{ { { "t.owe", DIR_IN, 1, 1 }, { "t.threat-two", DIR_IN, 1, 1 } }, "none", 1 },
		{ { { "t.threat", DIR_IN, 1, 1 }, { "t.knife", DIR_IN, 1, 2 } }, "immediate", 3 },
		{ { { "t.threat", DIR_IN, 1, 1 }, { "t.threat", DIR_IN, 1, 9 } }, "possible", 1 },
		{ { { "t.threat", DIR_IN, 1, 1 }, { "t.threat", DIR_IN, 2, 9 } }, "strong", 2 },
		{ { { "t.knife", DIR_IN, 1, 1 } }, "none", 0 },
		{ { { "t.plug", DIR_IN, 1, 1 } }, "strong", 2 },
		{ { { "t.plug", DIR_IN, 1, 1 }, { "t.plug", DIR_IN, 9, 1 } }, "immediate", 3 },
		{ { { "t.plug", DIR_IN, 1, 1 }, { "t.order", DIR_IN, 1, 2 } }, "immediate", 3 },
		{ { { "t.film", DIR_IN, 1, 1 } }, "possible", 1 },
		{ { { "t.film", DIR_IN, 1, 1 }, { "t.film", DIR_IN, 1, 2 } }, "strong", 2 },
		{ { { "t.watch", DIR_IN, 1, 1 },
		    { "t.watch", DIR_IN, 2, 1 },
		    { "t.watch", DIR_IN, 3, 1 } },
		  "none",
		  0 },
		{ { { "t.watch", DIR_IN, 1, 1 },
		    { "t.watch", DIR_IN, 2, 1 },
		    { "t.watch", DIR_IN, 3, 1 },
		    { "t.order", DIR_IN, 1, 1 } },
		  "strong",
		  2 },
		{ { { "t.flat", DIR_IN, 1, 1 } }, "possible", 1 },
		{ { { "t.harm-self", DIR_OUT, 1, 1 } }, "immediate", 3 },
		{ { { "t.bad-batch", DIR_IN, 1, 1 } }, "none", 0 },
		{ { { "t.feds", DIR_IN, 1, 1 } }, "none", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct maker one, *m = &one;
		maker_open(m, rules, sizeof rules / sizeof *rules);
		for (int k = 0; k < 4 && cases[i].said[k].rule; k++)
			say(m, cases[i].said[k].rule, STRANGER, cases[i].said[k].d,
			    cases[i].said[k].day, cases[i].said[k].hour);
		score_it(m);
		if (strcmp(HARM(m), cases[i].harm) != 0 || LEVEL(m) != cases[i].level)
			fail_msg("case %zu: %s, level %d", i, HARM(m), (int)LEVEL(m));
		maker_close(m);
	}
}

/* "Strong" by text alone: two categories, three messages, two days; and enough points. */
static void text_gate(void **state)
{
	(void)state;
	static const struct {
		int orders, order_days, cards, card_day, level;
	} cases[] = {
		{ 2, 2, 2, 5, 1 }, /* 22 points: below the bound */
		{ 3, 3, 0, 0, 1 }, /* one category */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct maker one, *m = &one;
		maker_open(m, rules, sizeof rules / sizeof *rules);
		for (int k = 0; k < cases[i].orders; k++)
			say(m, "t.order", STRANGER, DIR_IN, k % cases[i].order_days, k);
		for (int k = 0; k < cases[i].cards; k++)
			say(m, "t.card", STRANGER, DIR_IN, cases[i].card_day, k);
		score_it(m);
		assert_int_equal(LEVEL(m), cases[i].level);
		maker_close(m);
	}
	/* A line contact brings the points, its grade does not open the gate: the text does. */
	static const struct {
		const char *said[4];
		int days[4];
		int level;
	} gates[] = {
		{ { "t.order", "t.order", "t.card" }, { 1, 2, 3 }, 2 },
		{ { "t.order", "t.order", "t.order" }, { 1, 2, 3 }, 1 }, /* one category */
		{ { "t.order", "t.card" }, { 1, 2 }, 1 },                /* two messages */
		{ { "t.order", "t.order", "t.card" }, { 1, 1, 1 }, 1 },  /* one day */
	};
	for (size_t i = 0; i < sizeof gates / sizeof *gates; i++) {
		struct maker one, *m = &one;
		maker_open(m, rules, sizeof rules / sizeof *rules);
		int64_t line = make_line(m, "Deano", LINE_A, 0, 30, "1D");
		line_events(m, line, LINE_A, 10, DIR_IN, 20, 3);
		line_events(m, line, LINE_A, 10, DIR_OUT, 20, 3);
		for (int k = 0; k < 4 && gates[i].said[k]; k++)
			say(m, gates[i].said[k], STRANGER, DIR_IN, gates[i].days[k], k);
		score_it(m);
		assert_true(LINK(m) >= 24);
		assert_string_equal(HARM(m), "none");
		if (LEVEL(m) != gates[i].level)
			fail_msg("gate %zu: level %d", i, (int)LEVEL(m));
		maker_close(m);
	}
}

/* "Strong" by a number: grade, time and direction each on both sides, with the points the same. */
static void number_gate(void **state)
{
	(void)state;
	static const struct {
		const char *grade;
		int from, to;
		enum direction d;
		int level;
	} cases[] = {
		{ "2C", 0, 30, DIR_OUT, 2 },      { "1D", 0, 30, DIR_OUT, 1 },
		{ "1B", 32, 60, DIR_OUT, 2 },     /* within 90 days */
		{ "1B", OPEN, OPEN, DIR_OUT, 1 }, /* no dates */
		{ "1A", 0, 30, DIR_IN, 1 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct maker one, *m = &one;
		maker_open(m, rules, sizeof rules / sizeof *rules);
		int64_t line =
			make_line(m, "Deano", LINE_A, cases[i].from, cases[i].to, cases[i].grade);
		line_events(m, line, LINE_A, 10, cases[i].d, 1, 3);
		/* 12 points in one category: enough for the bound of "Strong", no gate of its own
		 */
		for (int k = 0; k < 3; k++)
			say(m, "t.order", STRANGER, DIR_IN, k, 1);
		score_it(m);
		assert_true(LINK(m) >= 24);
		if (LEVEL(m) != cases[i].level)
			fail_msg("case %zu: level %d, link %d", i, (int)LEVEL(m), (int)LINK(m));
		maker_close(m);
	}
}

static void outreach(void **state)
{
	struct maker *m = *state;
	int64_t line = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	for (int i = 0; i < 4; i++) {
		int64_t r = make_message(m, DIR_IN, LINE_A, START + i * DAY);
		meet_line(m, r, line, "from");
		meet_rule(m, r, "t.help");
	}
	score_it(m);
	assert_int_equal(LINK(m), 0);
	assert_int_equal(LEVEL(m), 0);
	assert_int_equal(points(m, "t.help"), 0);
	assert_int_equal(points(m, "Deano"), 0);
	assert_string_equal(ask_text(m, "SELECT grade_kind FROM finding WHERE line='Deano'"),
			    "received-only");
	assert_string_equal(
		ask_text(m, "SELECT reason FROM finding WHERE line='Deano'"),
		"+447700900101 was met on this phone; no call or message was found that counts as "
		"contact. 4 messages from the number tell people where to find help; they are not "
		"counted as contact. The list gives +447700900101 to the line from 1 March 2024 to "
		"31 March 2024, graded 1A (a reliable source, known directly to the source). It is "
		"listed and not counted.");
	assert_string_equal(ask_text(m, "SELECT id FROM role WHERE n=1"), "false-positive");
	/* Ordinary messages from the number still count. */
	line_events(m, line, LINE_A, 3, DIR_IN, 10, 1);
	score_it(m);
	assert_int_equal(points(m, "Deano"), 16); /* 40 x .8 x .5 */
}

static void pivotal_sets(void **state)
{
	(void)state;
	struct maker one, *m = &one;
	maker_open(m, rules, sizeof rules / sizeof *rules);
	/* Level 3 rests on debt and threat together; a line stands beside them. */
	int64_t line = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	line_events(m, line, LINE_A, 10, DIR_OUT, 1, 3);
	say(m, "t.debt", STRANGER, DIR_IN, 1, 1);
	say(m, "t.threat", STRANGER, DIR_IN, 1, 2);
	score_it(m);
	assert_int_equal(LEVEL(m), 3);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding WHERE pivotal"), 1);
	assert_int_equal(ask(m, "SELECT without_level FROM finding WHERE rule='t.debt'"), 2);
	assert_int_equal(ask(m, "SELECT without_level FROM finding WHERE rule='t.threat'"), 2);
	assert_int_equal(ask(m, "SELECT without_level FROM finding WHERE line='Deano'"), 3);
	assert_int_equal(ask(m, "SELECT pivotal FROM finding WHERE n=1"), 1);
	maker_close(m);

	/* Two independent reasons for "Strong": neither alone lowers it, both do. */
	maker_open(m, rules, sizeof rules / sizeof *rules);
	line = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	line_events(m, line, LINE_A, 10, DIR_OUT, 1, 3);
	say(m, "t.plug", STRANGER, DIR_IN, 1, 1);
	say(m, "t.card", FRIEND, DIR_IN, 1, 1);
	score_it(m);
	assert_int_equal(LEVEL(m), 2);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding WHERE without_level=2"), 3);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding WHERE pivotal"), 2);
	assert_int_equal(ask(m, "SELECT pivotal FROM finding WHERE rule='t.card'"), 0);
	maker_close(m);
}

static void roles(void **state)
{
	struct maker *m = *state;
	int64_t line = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	line_events(m, line, LINE_A, 5, DIR_OUT, 1, 5);
	for (int i = 0; i < 3; i++) {
		int64_t r = say(m, "t.order", LINE_A, DIR_IN, i, 1);
		meet_line(m, r, line, "from");
		say(m, "t.debt", STRANGER, DIR_IN, i, 1);
		say(m, "t.card", FRIEND, DIR_IN, i, 1);
		say(m, "t.job", FRIEND, DIR_IN, i, 1);
	}
	score_it(m);
	assert_int_equal(ask(m, "SELECT count(*) FROM role"), 3);
	assert_string_equal(ask_text(m,
				     "SELECT group_concat(id) FROM (SELECT id FROM role ORDER BY "
				     "n)"),
			    "worker,debt-threat-victim,mule");
	assert_int_equal(ask(m, "SELECT count(*) FROM role WHERE json_array_length(against)=0"), 0);
	assert_int_equal(ask(m, "SELECT count(*) FROM role WHERE json_array_length(\"for\")=0"), 0);
	/* Every finding named exists. */
	assert_int_equal(ask(m, "SELECT count(*) FROM role, json_each(role.\"for\") j "
				"WHERE j.value NOT IN (SELECT id FROM finding)"),
			 0);
}

static void family_number(void **state)
{
	struct maker *m = *state;
	int64_t line = make_line(m, "Deano", MUM, 0, 30, "1A");
	meet_line(m, make_contact(m, "MUM", MUM), line, "contact");
	line_events(m, line, MUM, 5, DIR_OUT, 1, 5);
	score_it(m);
	assert_int_equal(LINK(m), 40);
	assert_non_null(strstr(ask_text(m, "SELECT reason FROM finding"),
			       "The number is saved in the contacts."));
	assert_non_null(strstr(ask_text(m, "SELECT reason FROM finding"),
			       "The number is saved as family."));
	assert_string_equal(ask_text(m, "SELECT \"for\" FROM role WHERE id='false-positive'"),
			    "[\"F1\"]");
}

/* A rule's sentence says how the contacts hold the other person: saved, not, or as the line. */
static void saved_as_the_line(void **state)
{
	(void)state;
	static const struct {
		const char *name, *via, *says;
	} cases[] = {
		{ "Marlo line", "name",
		  "with +447700900101, saved as \xe2\x80\x9cMarlo line\xe2\x80\x9d, which is a "
		  "name "
		  "of the line itself (no saved person) on" },
		{ "Sam \xe2\x80\x9dx", "contact",
		  "with +447700900101, saved as \xe2\x80\x9cSam 'x\xe2\x80\x9d, which is a number "
		  "on the line list (no saved person) on" },
		{ "", "contact",
		  "with +447700900101, saved without a name, which is a number on the line list "
		  "(no "
		  "saved person) on" },
		{ "Sam", NULL, "with +447700900101 (saved in the contacts) on" },
		{ NULL, NULL, "with +447700900101 (not in the contacts) on" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct maker one, *m = &one;
		maker_open(m, rules, sizeof rules / sizeof *rules);
		int64_t line = make_line(m, "Marlo", LINE_A, 0, 30, "1A");
		int64_t contact = cases[i].name ? make_contact(m, cases[i].name, LINE_A) : 0;
		if (cases[i].via)
			meet_line(m, contact, line, cases[i].via);
		say(m, "t.card", LINE_A, DIR_IN, 1, 1);
		score_it(m);
		const char *got = ask_text(m, "SELECT reason FROM finding WHERE rule='t.card'");
		if (!strstr(got, cases[i].says))
			fail_msg("%s\nis not in\n%s", cases[i].says, got);
		maker_close(m);
	}
}

/* Callers who hide their number are never one person, whatever the case calls their kind. */
static void hidden_callers(void **state)
{
	(void)state;
	static const char *const hidden[] = { "-1", "-2", "unknown", "private", "withheld", "" };
	for (size_t i = 0; i < 2 * sizeof hidden / sizeof *hidden; i++) {
		struct maker one, *m = &one;
		maker_open(m, rules, sizeof rules / sizeof *rules);
		for (int k = 1; k < 5; k++) /* t.offer needs three of one person on two days */
			say(m, "t.offer", hidden[i / 2], DIR_IN, k, 1);
		maker_exec(m, "UPDATE record SET thread=7");
		if (i % 2)
			maker_exec(m, "UPDATE party SET kind='RAW' WHERE role='person'");
		score_it(m);
		assert_int_equal(ask(m, "SELECT count(*) FROM finding"), 0);
		for (int k = 1; k < 5; k++)
			say(m, "t.offer", STRANGER, DIR_IN, k, 1);
		score_it(m);
		assert_int_equal(ask(m, "SELECT count(*) FROM finding"), 1);
		maker_close(m);
	}
}

/* Words that are not family: only whole words count. */
static void family_words(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int findings;
	} cases[] = {
		{ "Mum", 0 },
		{ "mum mobile", 0 },
		{ "D\xc3\x81"
		  "D",
		  1 },
		{ "DAD!!", 0 },
		{ "Mumtaz", 1 },
		{ "Nan", 0 },
		{ "Nando's", 1 },
		{ "Foster carer", 0 },
		{ "big man", 1 },
		{ "", 1 },
		{ "\xff\xfe", 1 },
		{ "\xef\xbc\xad\xef\xbd\x95\xef\xbd\x8d", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct maker one, *m = &one;
		maker_open(m, rules, sizeof rules / sizeof *rules);
		make_contact(m, cases[i].name, MUM);
		say(m, "t.watch", MUM, DIR_IN, 1, 1);
		say(m, "t.watch", MUM, DIR_IN, 2, 1);
		score_it(m);
		if (ask(m, "SELECT count(*) FROM finding") != cases[i].findings)
			fail_msg("'%s'", cases[i].name);
		maker_close(m);
	}
}

static void coverage(void **state)
{
	struct maker *m = *state;
	maker_exec(m, "INSERT INTO evidence_file (id,exhibit,path,state,kinds) VALUES "
		      "(2,1,'chat.db','encrypted',8),(3,1,'calls.db','absent',4),"
		      "(4,1,'x.db','out-of-scope',8);"
		      "INSERT INTO evidence_file (id,exhibit,path,state,kinds,side_of) VALUES "
		      "(5,1,'sms.db-wal','read',8,1)");
	score_it(m);
	assert_int_equal(ask(m, "SELECT coverage FROM outcome"), 33);
	assert_int_equal(LEVEL(m), 0);
	/* No file that holds messages was read: nothing can be said, unless something was found. */
	maker_exec(m, "UPDATE evidence_file SET state='unreadable' WHERE id=1;"
		      "UPDATE evidence_file SET state='read' WHERE id=3");
	score_it(m);
	assert_int_equal(LEVEL(m), -1);
	int64_t line = make_line(m, "Deano", LINE_A, -1000, -970, "1A");
	line_events(m, line, LINE_A, 4, DIR_OUT, 1, 1);
	score_it(m);
	assert_int_equal(LEVEL(m), -1);
	assert_string_equal(
		ask_text(m, "SELECT without FROM finding"),
		"Without this the level would still be: Cannot say: too little was read.");
	assert_int_equal(ask(m, "SELECT without_level FROM finding"), -1);
	line = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	line_events(m, line, LINE_A, 1, DIR_IN, 1, 1);
	score_it(m);
	assert_int_equal(LEVEL(m), 1);
	assert_string_equal(ask_text(m, "SELECT without FROM finding"),
			    "Without this the level would be: Cannot say: too little was read.");
	/* Nothing at all was read. */
	maker_exec(m, "DELETE FROM match; UPDATE evidence_file SET state='absent'");
	score_it(m);
	assert_int_equal(LEVEL(m), -1);
	assert_int_equal(ask(m, "SELECT coverage FROM outcome"), 0);
}

static void no_message_files(void **state)
{
	struct maker *m = *state;
	maker_exec(m, "UPDATE evidence_file SET kinds=4");
	score_it(m);
	assert_int_equal(LEVEL(m), 0); /* a call log that was given alone */
}

static void again_gives_the_same(void **state)
{
	struct maker *m = *state;
	int64_t line = make_line(m, "Deano", LINE_A, 0, 30, "1A");
	line_events(m, line, LINE_A, 60, DIR_OUT, 1, 3);
	say(m, "t.debt", STRANGER, DIR_IN, 1, 1);
	say(m, "t.threat", STRANGER, DIR_IN, 1, 1);
	const char *all =
		"SELECT (SELECT group_concat(id||n||rule||points||reason||without||pivotal,"
		"'|') FROM finding)||(SELECT group_concat(finding||n||record,'|') FROM "
		"finding_record)||(SELECT group_concat(id||n||\"for\"||against) FROM role)||"
		"(SELECT level||link||harm||coverage FROM outcome)";
	score_it(m);
	char *first = strdup(ask_text(m, all));
	assert_true(strlen(first) > 500);
	score_it(m);
	assert_string_equal(ask_text(m, all), first);
	free(first);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding_record WHERE finding=(SELECT id FROM "
				"finding WHERE line='Deano')"),
			 50);
	assert_int_equal(ask(m, "SELECT records FROM finding_count WHERE finding=(SELECT id FROM "
				"finding WHERE line='Deano')"),
			 60);
}

/* More lines than have an item of their own: all listed, the link capped, the order fixed. */
static void many_lines(void **state)
{
	struct maker *m = *state;
	for (int i = 0; i < 400; i++) {
		char name[24], number[24];
		snprintf(name, sizeof name, "Line %03d", i);
		snprintf(number, sizeof number, "+447700900%03d", i);
		int64_t line = make_line(m, name, number, 0, 30, "1A");
		line_events(m, line, number, 3, i % 2 ? DIR_IN : DIR_OUT, 1, 1);
	}
	score_it(m);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding"), 400);
	assert_int_equal(LINK(m), 70);
	assert_int_equal(ask(m, "SELECT sum(points) FROM finding"), 70);
	assert_int_equal(LEVEL(m), 2);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding_record"), 1200);
	assert_int_equal(ask(m, "SELECT count(*) FROM finding WHERE without_level=2"), 400);
	assert_true(ask(m, "SELECT count(*) FROM finding WHERE pivotal") > 100);
}

static void unknown_rule(void **state)
{
	struct maker *m = *state;
	maker_exec(m, "INSERT INTO rule VALUES ('old.rule',1,'mule',2,'It meant this.','Or that.',"
		      "NULL)");
	say(m, "old.rule", STRANGER, DIR_IN, 1, 1);
	score_it(m);
	assert_int_equal(LEVEL(m), 0);
	assert_string_equal(
		ask_text(m, "SELECT points||' '||meaning||' '||reason FROM finding"),
		"0 It meant this. 1 message with +447700900202 (not in the contacts) on 2 March "
		"2024: 1 received. The rule is not in the packs in use, so it was not weighed.");
}

/* A case whose tables contradict each other is refused, not guessed at. */
static void damaged_case(void **state)
{
	struct maker *m = *state;
	struct err err = { 0 };
	int64_t r = make_message(m, DIR_IN, STRANGER, START);
	maker_exec(m, "PRAGMA foreign_keys=OFF");
	sqlite3_stmt *st =
		maker_prepare(m, "INSERT INTO match (record,line,via) VALUES (?,77,'from')");
	sqlite3_bind_int64(st, 1, r);
	if (sqlite3_step(st) != SQLITE_DONE) {
		/* foreign keys hold it off already */
		sqlite3_finalize(st);
		return;
	}
	sqlite3_finalize(st);
	assert_int_equal(score_case(m->c, m->rs, m->p, &err), E_FORMAT);
	assert_string_equal(err.message, "case.db: a match names a line that is not there");
}

/* Hostile values in a case: no crash, and what is shown is short and plain. */
static void hostile_values(void **state)
{
	struct maker *m = *state;
	static const char *const peers[] = {
		"\x1b[2Jevil",
		"\xe2\x80\xaespoof",
		"\xff\xff\xff",
		"",
		"-1",
		"withheld",
		"a very long handle that goes on and on and on and on and on"
	};
	for (size_t i = 0; i < sizeof peers / sizeof *peers; i++) {
		int64_t r = make_message(m, DIR_IN, peers[i],
					 i % 2 ? INT64_MAX : INT64_MIN + 1 + (int64_t)i);
		meet_rule(m, r, "t.card");
	}
	int64_t line = make_line(m, "Deano", LINE_A, OPEN, 3, "9Z");
	int64_t r = make_message(m, DIR_OUT, LINE_A, INT64_MAX);
	meet_line(m, r, line, "to");
	score_it(m);
	const char *reason = ask_text(m, "SELECT reason FROM finding WHERE rule='t.card'");
	for (const char *p = reason; *p; p++)
		assert_true((unsigned char)*p >= 0x20);
	assert_null(strstr(reason, "\xe2\x80\xae"));
	assert_non_null(strstr(reason,
			       "7 messages with several people at times that the phone does "
			       "not give: 7 received."));
	assert_int_equal(points(m, "Deano"), 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(empty_case),
		TEST(two_way_contact),
		cmocka_unit_test(kinds_of_contact),
		TEST(recycled_number),
		TEST(suspected_false),
		TEST(several_lines),
		TEST(name_of_a_line),
		TEST(text_rules),
		TEST(repeats_are_with_one_person),
		cmocka_unit_test(near_means_near),
		TEST(categories_and_caps),
		TEST(context_and_ambiguity),
		TEST(conditions_of_rules),
		cmocka_unit_test(harm),
		cmocka_unit_test(text_gate),
		cmocka_unit_test(number_gate),
		TEST(outreach),
		cmocka_unit_test(pivotal_sets),
		TEST(roles),
		TEST(family_number),
		cmocka_unit_test(family_words),
		cmocka_unit_test(saved_as_the_line),
		cmocka_unit_test(hidden_callers),
		TEST(coverage),
		TEST(no_message_files),
		TEST(again_gives_the_same),
		TEST(many_lines),
		TEST(unknown_rule),
		TEST(damaged_case),
		TEST(hostile_values),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
