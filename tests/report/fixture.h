/*
 * fixture.h - cases for the tests of reports, made by SQL.
 *
 * Included by each test program once; everything is static.
 */
#ifndef FIXTURE_H
#define FIXTURE_H
#include "case.h"
#include "report/report.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct text {
	char *p;
	size_t n;
};

static inline char *slurp(const char *path)
{
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	struct text t = { 0 };
	FILE *to = open_memstream(&t.p, &t.n);
	for (int c; (c = getc(f)) != EOF;)
		putc(c, to);
	fclose(f);
	fclose(to);
	return t.p;
}

static inline void run_sql(struct case_db *c, const char *sql)
{
	char *message = NULL;
	if (sqlite3_exec(case_handle(c), sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s in: %.200s", message, sql);
}

static char case_path[64];

/* A new case; story: with tests/report/story.sql in it. */
static inline struct case_db *new_case(bool training, bool story)
{
	struct case_db *c = NULL;
	struct err err = { 0 };
	snprintf(case_path, sizeof case_path, "/tmp/linecheck-report-XXXXXX");
	assert_non_null(mkdtemp(case_path));
	if (training ? case_open(&c, case_path, CASE_NEW, true, &err)
		     : case_create(&c, case_path, NULL, &err))
		fail_msg("%s", err.message);
	run_sql(c, "PRAGMA synchronous=OFF"); /* nothing here outlives the test */
	if (story) {
		char *sql = slurp(SOURCE_DIR "/tests/report/story.sql");
		run_sql(c, sql);
		free(sql);
	}
	return c;
}

static inline void drop_case(struct case_db *c)
{
	char command[128];
	case_close(c);
	snprintf(command, sizeof command, "rm -rf '%s'", case_path);
	assert_int_equal(system(command), 0);
}

typedef int report_fn(struct case_db *c, FILE *to, struct err *err);

static inline struct text made_by(report_fn *report, struct case_db *c)
{
	struct text t = { 0 };
	struct err err = { 0 };
	FILE *to = open_memstream(&t.p, &t.n);
	if (report(c, to, &err))
		fail_msg("%s", err.message);
	fclose(to);
	return t;
}

static inline int all_records(struct case_db *c, FILE *to, struct err *err)
{
	return report_records(c, ~0u, to, err);
}

static inline int plain_summary(struct case_db *c, FILE *to, struct err *err)
{
	return report_summary(c, to, false, err);
}

static inline int colour_summary(struct case_db *c, FILE *to, struct err *err)
{
	return report_summary(c, to, true, err);
}

/*
 * Everything that a phone, a path, a list or an app can say, as hostile as it gets: markup,
 * controls, bidirectional overrides, zero-width characters, bytes that are not UTF-8, NUL, forged
 * tokens.
 */
#define HOSTILE_TEXT                                                                           \
	"</blockquote><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;<!--"       \
	"\x1b[31m\x9b\xc2\x9b\r\x08\xe2\x80\xae"                                               \
	"evil\xe2\x80\xac\xe2\x81\xa6\xe2\x81\xa9\xef\xbb\xbf"                                 \
	"\xe2\x80\x8b\xf3\xa0\x81\xa7\xed\xa0\x80\xff\xc0\xaf \xe2\x9f\xa6U+0041\xe2\x9f\xa7 " \
	"http://example.com/ javascript:alert(3) ]]> %s%n \xe2\x80\xa8 \xee\x80\x80"
static const char hostile[] = HOSTILE_TEXT "\0after NUL";

/* The story, with every column that evidence or a list can fill made hostile. */
static inline struct case_db *hostile_case(void)
{
	static const char *const columns[] = {
		"exhibit.label",
		"exhibit.detail",
		"evidence_file.path",
		"evidence_file.detail",
		"app.name",
		"app.evidence",
		"warning.detail",
		"warning.tbl",
		"party.raw",
		"party.name",
		"thread.key",
		"thread.name",
		"record.text",
		"record.name",
		"record.service",
		"record.time_raw",
		"record.tbl",
		"contact_id.label",
		"attachment.name",
		"attachment.type",
		"line.line",
		"line.identifier",
		"line.grade",
		"line.status",
		"finding.line",
		"finding.reason",
		"finding.meaning",
		"finding.innocent",
		"finding.without",
		"finding.rule",
		"finding.category",
		"finding.grade_kind",
		"pack.name",
		"pack.version",
		"rule.not_run",
		"rule.category",
		"evidence_file.state",
		"exhibit.state",
		"exhibit.kind",
		"exhibit.platform",
		"warning.kind",
		"outcome.harm",
		"pack.kind",
		"pack.sha256",
		"run.command",
		"party.kind",
		"party.certainty",
		"evidence_file.parser",
		"evidence_file.sha256",
	};
	struct case_db *c = new_case(false, true);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		char table[64], sql[160];
		snprintf(table, sizeof table, "%s", columns[i]);
		char *column = strchr(table, '.');
		*column++ = 0;
		snprintf(sql, sizeof sql, "UPDATE %s SET %s = ?1", table, column);
		sqlite3_stmt *st;
		assert_int_equal(sqlite3_prepare_v2(case_handle(c), sql, -1, &st, NULL), SQLITE_OK);
		sqlite3_bind_blob(st, 1, hostile, sizeof hostile - 1, SQLITE_STATIC);
		assert_int_equal(sqlite3_step(st), SQLITE_DONE);
		sqlite3_finalize(st);
	}
	run_sql(c, "INSERT INTO app VALUES(1, X'3C623EE280AE1B', 'x', 0, 'y');"
		   "UPDATE role SET \"for\" = '[\"F1\\\"><script>\", \"\\u202e\\u0000\"]',"
		   " against = 'not JSON <b>';"
		   "INSERT INTO role VALUES('<b>\x1b', 9, '[\"F2\"]', '[\"<i>\\u202e\"]');"
		   "INSERT INTO finding SELECT '\"><script>', 99, rule, category, line, points, "
		   "reason,"
		   " meaning, innocent, without, 1, 1, grade_kind FROM finding WHERE n = 1;"
		   "INSERT INTO rule VALUES('<b>\x9b', 2, 'travel', 3, 'x', 'y', 'z');");
	return c;
}
#endif
