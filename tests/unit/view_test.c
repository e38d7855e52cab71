/* The working view: what stands on it, and that nothing from a phone can change it. */
#include "../report/fixture.h"
#include "../report/page_check.h"
#include "report/timeline.h"
#include "report/words.h"
#include <ctype.h>

static void check_page(struct text t)
{
	char why[256];
	if (!page_ok((span){ t.p, t.n }, why, sizeof why))
		fail_msg("%s", why);
}

static void has(struct text t, const char *part)
{
	if (!strstr(t.p, part))
		fail_msg("the page lacks: %s", part);
}

static void lacks(struct text t, const char *part)
{
	if (memmem(t.p, t.n, part, strlen(part)))
		fail_msg("the page has: %s", part);
}

/* In this order. */
static void in_order(struct text t, const char *const *parts)
{
	const char *at = t.p;
	for (; *parts; parts++) {
		const char *found = strstr(at, *parts);
		if (!found)
			fail_msg("not there, or too early: %s", *parts);
		else
			at = found;
	}
}

static void the_story(void **state)
{
	(void)state;
	static const char *const order[] = {
		"<p class=\"training\">TRAINING: fictional or test data</p>",
		"not for handing on",
		"<h2>Strong indicators \xe2\x80\x93 discuss same day</h2>",
		"A person decides. The program made no decision.",
		"<h3>Why</h3>",
		"<a href=\"#F1\">F1</a>",
		"without <a href=\"#F1\">F1</a> the level would be another one",
		"<b>Not compared:</b> 1 bad row of the line list was left out:",
		"On the phone and not read:</b> <bdi dir=\"auto\" class=\"w\">Snapchat</bdi>, ",
		"<bdi dir=\"auto\" class=\"w\">WhatsApp</bdi>",
		"<b>In scope and not read:</b> 2 files, 1 loss within the files that were read.",
		"Absence of hits is not absence of risk.",
		"<h2>What to do next</h2>",
		"Messages may hold a debt over the child",
		"<h2>Findings</h2>",
		"<article id=\"F1\">",
		"What else it could be",
		"two-way: messages or calls went both ways",
		"<b>F1.1</b> Saved contact <b><bdi dir=\"auto\" class=\"w\">Deano line</bdi></b>",
		"Call received, 2025-07-25 18:59:59 UTC = Fri 25 Jul 2025 19:59:59 BST",
		"Call dialled",
		"Message direction not known, time not set in the source (stored: <bdi ",
		">0</bdi>)",
		"from a person who is not known",
		"ring <mark>07700 900123</mark> when u land",
		"Source: record EX1/M000008, file <bdi ",
		">HomeDomain/Library/SMS/sms.db</bdi>, table <bdi ",
		">message</bdi>, row 141, SHA-256 <code><bdi dir=\"auto\">cccccccccccc</bdi>",
		"<article id=\"F2\">",
		"<article id=\"F3\">",
		"And 13 more records behind this finding",
		"<h2>Contact with each matched line</h2>",
		"2BP</bdi>: untested source, known indirectly, but corroborated",
		"<svg ",
		"<th scope=\"row\">25 Jul 2025</th>",
		"<h2>What this is consistent with</h2>",
		"a child under threat, or held by a debt",
		"<h2>What was looked at</h2>",
		"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
		"In what was given, but linecheck has no reader for it",
		"<h2>What could not be seen</h2>",
		"com.toyopagroup.picaboo",
		"<b>Loss</b>",
		"stage 3 was not asked for",
		"never opened",
		"<h2>What it was compared with</h2>",
		"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
		"<h2>Words on this page</h2>",
		"<footer>",
		"id=\"run\"",
		NULL,
	};
	struct case_db *c = new_case(true, true);
	struct text t = made_by(report_view, c);
	check_page(t);
	in_order(t, order);
	has(t, "content=\"default-src 'none'; style-src 'unsafe-inline'\"");
	lacks(t, case_path);
	free(t.p);
	drop_case(c);
}

static void words_that_never_appear(void **state)
{
	(void)state;
	/* words that blame a child, and those that a program cannot know */
	static const char *const banned[] = {
		"drug dealer", "runner",     "gang",      "prostitut", "chose",    "lifestyle",
		"streetwise",  "abscond",    "suspect ",  "offender",  "nominal",  "guilty",
		"criminal",    "clean bill", "no risk",   "safe to",   "infected", "victim is",
		" red ",       "amber",      "no threat",
	};
	struct case_db *c = new_case(true, true);
	/* every category, so that every piece of advice is on the page */
	static const char *const categories[] = {
		"number-swap",   "line-phone", "logistics",   "threat",         "weapons",
		"drug-supply",   "mule",       "recruitment", "remote-control", "coercion",
		"concealment",   "cuckooing",  "travel",      "evasion",        "health-alert",
		"outreach-text", "welfare",    "line-name",
	};
	for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) {
		char sql[256];
		snprintf(sql, sizeof sql,
			 "INSERT INTO finding VALUES('F%zu', %zu, 'r', '%s', NULL, 1, 'x', 'x', "
			 "'x', 'x',"
			 " 2, 0, NULL)",
			 10 + i, 10 + i, categories[i]);
		run_sql(c, sql);
	}
	static const char *const roles[] = { "worker",      "line-phone", "mule",
					     "recruitment", "associate",  "false-positive" };
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		char sql[128];
		snprintf(sql, sizeof sql, "INSERT INTO role VALUES('%s', %zu, '[]', '[]')",
			 roles[i], 5 + i);
		run_sql(c, sql);
	}
	for (int level = -1; level <= 3; level++) {
		char sql[96];
		snprintf(sql, sizeof sql, "UPDATE outcome SET level = nullif(%d, -1)", level);
		run_sql(c, sql);
		struct text t = made_by(report_view, c);
		check_page(t);
		for (size_t i = 0; i < t.n; i++)
			t.p[i] = (char)tolower((unsigned char)t.p[i]);
		char *body = strstr(t.p, "<body>");
		for (size_t i = 0; i < sizeof banned / sizeof *banned; i++)
			if (strstr(body, banned[i]))
				fail_msg("level %d: '%s' in: %.80s", level, banned[i],
					 strstr(body, banned[i]) - 40);
		has(t, "that can kill: get medical help now"); /* all advice is there */
		free(t.p);
	}
	drop_case(c);
}

/* What ran and met nothing is said, folded, beside what met something; what did not run is not
 * among it. */
static void what_ran_and_met_nothing(void **state)
{
	(void)state;
#define W(word) "<bdi dir=\"auto\" class=\"w\">" word "</bdi>"
	static const char searches[] =
		"<details>\n<summary>Each rule that ran: 4 rules, 2 of them met nothing</summary>\n"
		"<p>A rule that met nothing is a result too: it ran over all that this stage let "
		"it read. A rule that met records may still count for nothing: only findings "
		"count. <code>linecheck rules explain</code> with the name of a rule says what it "
		"looks for.</p>\n<table><thead><tr><th scope=\"col\">Rule</th><th "
		"scope=\"col\">Looks for</th><th scope=\"col\">Records it met</th></tr></thead>"
		"<tbody>\n"
		"<tr><th scope=\"row\">" W(
			"core.debt.work-it-off") "</th><td>%s</td>"
						 "<td class=\"n\">1</td></tr>\n"
						 "<tr><th scope=\"row\">" W(
							 "core.supply.offer") "</th><td>%s</td>"
									      "<td "
									      "class=\"n\">14</"
									      "td></tr>\n"
									      "<tr><th "
									      "scope=\"row\">" W(
										      "core.threat."
										      "hurt") "</"
											      "th><"
											      "td>%"
											      "s</"
											      "td>"
											      "<td "
											      "clas"
											      "s="
											      "\"n"
											      "\">"
											      "noth"
											      "ing "
											      "met<"
											      "/td>"
											      "</"
											      "tr>"
											      "\n"
											      "<tr>"
											      "<th "
											      "scop"
											      "e="
											      "\"ro"
											      "w\""
											      ">" W("force.own&lt;b&gt;") "</th><td>" W(
												      "own&amp;word") "</td><td class=\"n\">nothing met</td></tr>\n"
														      "</tbody></table>\n</details>\n"
														      "<p>1 rule did not run. It stands under <q>What could not be seen</q>, with the "
														      "reason.</p>\n</section>\n";
	struct case_db *c = new_case(true, true);
	char want[4000];
	run_sql(c, "INSERT INTO rule VALUES('core.threat.hurt',2,'threat',2,'m','i',NULL),"
		   "('force.own<b>',2,'own&word',2,'m','i',NULL);"
		   "INSERT INTO pack VALUES(3,'lines','lines','7','" /* a signed one */
		   "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd',9,0);"
		   "INSERT INTO meta VALUES('lines-signer','0123456789abcdef')");
	snprintf(want, sizeof want, searches, word_category(SPAN("debt-threat")),
		 word_category(SPAN("broadcast")), word_category(SPAN("threat")));
	struct text t = made_by(report_view, c);
	check_page(t);
	has(t, want);
	in_order(t, (const char *const[]){
			    "<caption>Rules that did not run</caption>", "core.travel.tickets",
			    "stage 3 was not asked for", "<h2>What it was compared with</h2>",
			    "line list</th><td>" W("lines.csv"),
			    "</td><td>no</td><td class=\"hash\"><bdi dir=\"auto\">eeeeeeee",
			    "rules</th><td>" W("core"),
			    "</td><td>no</td><td class=\"hash\"><bdi dir=\"auto\">ffffffff",
			    "signed pack of lines</th><td>" W("lines"),
			    "</td><td>yes, by a unit that the policy of the force trusts: key " W(
				    "0123456789abcdef") "</td><td class=\"hash\"><bdi "
							"dir=\"auto\">dddd",
			    "<details>", NULL });
	free(t.p);
#undef W
	drop_case(c);
}

static void hostile_page(void **state)
{
	(void)state;
	struct case_db *c = hostile_case();
	struct text t = made_by(report_view, c);
	check_page(t);
	lacks(t, "<script");
	lacks(t, "<img");
	lacks(t, "TRAINING");
	has(t, "&lt;script&gt;alert(1)&lt;/script&gt;");
	has(t, "\xe2\x9f\xa6U+001B\xe2\x9f\xa7");
	has(t, "\xe2\x9f\xa6U+202E\xe2\x9f\xa7");
	has(t, "http://example.com/"); /* as text: check_page saw that no attribute holds it */
	free(t.p);
	drop_case(c);
}

static void an_empty_case(void **state)
{
	(void)state;
	struct case_db *c = new_case(false, false);
	struct text t = made_by(report_view, c);
	check_page(t);
	has(t, "Cannot say: too little was read");
	has(t, "This case has not been assessed yet.");
	has(t, "Absence of hits is not absence of risk.");
	lacks(t, "TRAINING");
	free(t.p);
	drop_case(c);
}

/* What a single file, or a scan without a list, leaves out stands on the first screen. */
static void one_file_without_a_list(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, false);
	run_sql(c, "INSERT INTO exhibit(id,label,kind,platform,fingerprint,state,files_seen) VALUES"
		   "(1,'sms.xml','file','android','f','whole',1)");
	struct text t = made_by(report_view, c);
	check_page(t);
	in_order(t, (const char *const[]){
			    "<b>Not compared:</b> No line list was used: no number was compared",
			    "<b>One file, and nothing else of its phone:</b> EX1.",
			    "<h2>What to do next</h2>", NULL });
	free(t.p);
	drop_case(c);
}

/* However much a case holds, the page stays small enough to open, and says what it leaves out. */
static void a_bounded_page(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, true);
	run_sql(c,
		"PRAGMA synchronous=OFF; BEGIN;"
		"WITH n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 30099)"
		" INSERT INTO record "
		"(id,file,tbl,row,kind,time,time_raw,unit,direction,\"from\",\"to\",thread,service,"
		"text,duration,name,read,state) SELECT i, 3, 'message', i, 3, 1700000000000 + i * "
		"600000, "
		"'1', 'unix-ms',"
		" 1 + i % 2, 2, 1, 1, 'SMS', printf('%.*c', 5000, 'x'), NULL, NULL, NULL, 0 FROM n;"
		"INSERT INTO match SELECT id, id, 1, NULL, 'from', NULL, NULL FROM record WHERE id "
		">= 100;"
		"INSERT INTO finding SELECT 'F' || i, i, 'r', 'threat', NULL, 1, 'reason', 'm', "
		"'i', 'w', 1, 0,"
		" NULL FROM (WITH n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 1009)"
		" SELECT i FROM n);"
		"INSERT INTO finding_record SELECT f.id, k.i, 100 + f.n * 20 + k.i, 2000, 2010 "
		"FROM finding f,"
		" (WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) SELECT i "
		"FROM n) k"
		" WHERE f.n >= 10;"
		"WITH n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 5009)"
		" INSERT INTO evidence_file SELECT i, 1, 'f' || i, NULL, 1, NULL, NULL, 'absent', "
		"NULL, 0, NULL,"
		" NULL FROM n;"
		"INSERT INTO warning SELECT NULL, 1, id, 'row-lost', 1, 't', id, 'lost ' || id, 1 "
		"FROM"
		" evidence_file WHERE id >= 10;"
		"INSERT INTO app SELECT 1, 'a' || id, 'App ' || id, 0, 'x' FROM evidence_file "
		"WHERE id >= 10;"
		"INSERT INTO line SELECT id, 1, id, 'Line ' || id, '07700 900' || id, NULL, NULL, "
		"NULL, 'active',"
		" '' FROM evidence_file WHERE id >= 10; COMMIT;");
	struct text t = made_by(report_view, c);
	check_page(t);
	if (t.n > 3000000)
		fail_msg("the page has %zu bytes", t.n);
	has(t, "And 12 more records behind this finding");
	has(t, "And 563 more findings, which this page leaves out");
	has(t, "And 4,602 more evidence files that were not read, which this page leaves out");
	has(t, "And 4,602 more kinds of loss and remark, which this page leaves out");
	has(t, "And 4,602 more apps, which this page leaves out");
	has(t, "And 4,989 more matched lines, which this page leaves out");
	has(t, "cut here: 5,000 bytes in all");
	free(t.p);
	drop_case(c);
}

static struct timeline *timeline_of(struct case_db *c)
{
	struct timeline *t = NULL;
	struct err err = { 0 };
	if (timeline_load(&t, c, &err))
		fail_msg("%s", err.message);
	return t;
}

static void timeline_counts(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, true);
	struct timeline *t = timeline_of(c);
	char words[40];
	assert_int_equal(t->lanes, 1);
	const struct lane *l = &t->lane[0];
	assert_memory_equal(l->line.p, "Deano", l->line.n);
	/* one message each way, one call each way, one mention without a time; saved once, although
	 * the contact met the line by number and by name */
	static const int64_t totals[EVENT_MAX] = { 1, 1, 1, 1, 0, 1 };
	assert_memory_equal(l->total, totals, sizeof totals);
	assert_int_equal(l->saved, 1);
	assert_int_equal(l->undated, 1);
	assert_int_equal(t->stretch, STRETCH_DAY);
	assert_int_equal(t->bins, 1);
	timeline_bin_words(t, 0, words);
	assert_string_equal(words, "25 Jul 2025");
	timeline_free(t);
	/* a message late on a UK summer evening is on the UK day; a record that met the line as its
	 * sender and in its text is one message received */
	run_sql(c, "INSERT INTO record "
		   "(id,file,tbl,row,kind,time,time_raw,unit,direction,\"from\",\"to\",thread,"
		   "service,text,duration,name,read,state) VALUES(20, 3, 'message', 200, 3, "
		   "1753484400000, '1', "
		   "'cocoa', 1, 2, 1, 1,"
		   " 'SMS', 'ring 07700 900123', NULL, NULL, 1, 0),"
		   " (21, 3, 'message', 201, 3, 1753484400000, '1', 'cocoa', 0, 2, 1, 1, 'SMS', "
		   "'x', NULL, NULL,"
		   " 1, 0);"
		   "INSERT INTO match VALUES(20, 20, 1, NULL, 'mention', 5, 17), (21, 20, 1, NULL, "
		   "'from', NULL,"
		   " NULL), (22, 21, 1, NULL, 'from', NULL, NULL)");
	t = timeline_of(c);
	assert_int_equal(t->bins, 2);
	assert_int_equal(t->lane[0].bin[1][EVENT_MESSAGE_IN], 1);
	assert_int_equal(t->lane[0].bin[1][EVENT_MENTIONED], 0);
	assert_int_equal(t->lane[0].bin[1][EVENT_UNCLEAR], 1);
	timeline_bin_words(t, 1, words);
	assert_string_equal(words, "26 Jul 2025");
	timeline_free(t);
	/* lines stand in the order of their findings; those without one come last */
	run_sql(c, "INSERT INTO line SELECT 2, 1, 3, 'Aces', identifier, e164, NULL, NULL, "
		   "'closed', '' FROM"
		   " line; INSERT INTO line SELECT 3, 1, 4, 'Zed', identifier, e164, NULL, NULL, "
		   "'closed', ''"
		   " FROM line WHERE id = 1;"
		   "UPDATE finding SET line = 'Zed' WHERE id = 'F1'");
	t = timeline_of(c);
	assert_int_equal(t->lanes, 3);
	assert_memory_equal(t->lane[0].line.p, "Zed", 3);
	assert_memory_equal(t->lane[1].line.p, "Deano", 5);
	assert_memory_equal(t->lane[2].line.p, "Aces", 4);
	assert_int_equal(t->lane[0].total[EVENT_MESSAGE_IN], 0);
	assert_int_equal(t->lane[1].total[EVENT_MESSAGE_IN], 2);
	timeline_free(t);
	drop_case(c);
}

static void timeline_stretches(void **state)
{
	(void)state;
	static const struct {
		int days;
		enum stretch stretch;
		size_t bins;
		const char *first, *last;
	} spans[] = {
		{ 61, STRETCH_DAY, 62, "1 Jan 2024", "2 Mar 2024" },
		{ 62, STRETCH_WEEK, 9, "week of 1 Jan 2024", "week of 26 Feb 2024" },
		{ 700, STRETCH_MONTH, 24, "Jan 2024", "Dec 2025" },
		{ 3650, STRETCH_YEAR, 10, "2024", "2033" },
		{ 60000, STRETCH_YEAR, 165, "2024", "2188" },
	};
	struct case_db *c = new_case(true, true);
	run_sql(c, "DELETE FROM match WHERE line IS NOT NULL; UPDATE record SET time = "
		   "1704110400000 WHERE id = 5;"
		   "INSERT INTO match VALUES(50, 5, 1, NULL, 'from', NULL, NULL), (51, 6, 1, NULL, "
		   "'to', NULL,"
		   " NULL)");
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		char sql[96], words[40];
		snprintf(sql, sizeof sql,
			 "UPDATE record SET time = 1704110400000 + %d * 86400000 WHERE id = 6",
			 spans[i].days);
		run_sql(c, sql);
		struct timeline *t = timeline_of(c);
		assert_int_equal(t->stretch, spans[i].stretch);
		assert_int_equal(t->bins, spans[i].bins);
		timeline_bin_words(t, 0, words);
		assert_string_equal(words, spans[i].first);
		timeline_bin_words(t, t->bins - 1, words);
		assert_string_equal(words, spans[i].last);
		assert_int_equal(t->lane[0].bin[0][EVENT_MESSAGE_IN], 1);
		assert_int_equal(t->lane[0].bin[t->bins - 1][EVENT_MESSAGE_OUT], 1);
		timeline_free(t);
		struct text page = made_by(report_view, c);
		check_page(page);
		free(page.p);
	}
	drop_case(c);
}

/* A list says "to 30 June": that is the day the page says, in summer time too. */
static void windows_of_lines(void **state)
{
	(void)state;
	static const struct {
		const char *from, *until, *expect;
	} windows[] = {
		{ "1675209600000", "1688169600000", "from 1 Feb 2023 to 30 Jun 2023" },
		{ "1688169600000", "NULL", "from 1 Jul 2023 on, no end given" },
		{ "NULL", "1704067200000", " to 31 Dec 2023" },
		{ "NULL", "NULL", "no dates given" },
	};
	struct case_db *c = new_case(true, true);
	for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
		char sql[128], cell[80];
		snprintf(sql, sizeof sql, "UPDATE line SET \"from\" = %s, until = %s",
			 windows[i].from, windows[i].until);
		run_sql(c, sql);
		snprintf(cell, sizeof cell, "<td>%s</td>", windows[i].expect);
		struct text t = made_by(report_view, c);
		has(t, cell);
		free(t.p);
	}
	drop_case(c);
}

static void saved_names(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, true);
	run_sql(c, "INSERT INTO record "
		   "(id,file,tbl,row,kind,time,time_raw,unit,direction,\"from\",\"to\",thread,"
		   "service,text,duration,name,read,state) VALUES(30, 1, 'ABPerson', 30, 1, NULL, "
		   "NULL, NULL, 0, NULL, "
		   "NULL, NULL, NULL,"
		   " NULL, NULL, 'Other name', NULL, 0);"
		   "INSERT INTO contact_id VALUES(30, 0, 2, NULL), (30, 1, 2, NULL)");
	struct text t = made_by(report_view, c);
	has(t, "from <bdi dir=\"auto\" class=\"w\">07700 900123</bdi> (saved as <b><bdi "
	       "dir=\"auto\" class=\"w\">Deano "
	       "line</bdi></b> "
	       "and in 1 more; read as +447700900123, country assumed) to this phone (<bdi "
	       "dir=\"auto\" class=\"w\">+447700900001</bdi>)");
	has(t, "from <bdi dir=\"auto\" class=\"w\">+447700900077</bdi> to this phone");
	free(t.p);
	drop_case(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_story),
		cmocka_unit_test(words_that_never_appear),
		cmocka_unit_test(what_ran_and_met_nothing),
		cmocka_unit_test(hostile_page),
		cmocka_unit_test(an_empty_case),
		cmocka_unit_test(one_file_without_a_list),
		cmocka_unit_test(a_bounded_page),
		cmocka_unit_test(timeline_counts),
		cmocka_unit_test(timeline_stretches),
		cmocka_unit_test(windows_of_lines),
		cmocka_unit_test(saved_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
