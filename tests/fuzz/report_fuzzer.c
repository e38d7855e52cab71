/*
 * report_fuzzer.c - a case with any bytes in the columns that evidence fills still gives a page, a
 * document and records that are whole.
 *
 * The input is split at its newlines; each part goes into some columns of one story. Slow for each
 * input: a few runs prove the paths, html_escape_fuzzer.c proves the writers.
 *
 * FUZZ_RUNS: 150
 */
#include "../report/page_check.h"
#include "case.h"
#include "report/report.h"
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *const columns[][2] = {
	{ "exhibit", "label" },       { "evidence_file", "path" },
	{ "evidence_file", "state" }, { "app", "name" },
	{ "warning", "detail" },      { "party", "raw" },
	{ "party", "name" },          { "party", "e164" },
	{ "party", "role" },          { "thread", "name" },
	{ "record", "text" },         { "record", "name" },
	{ "record", "time" },         { "record", "time_raw" },
	{ "record", "kind" },         { "record", "direction" },
	{ "record", "\"from\"" },     { "record", "\"to\"" },
	{ "record", "duration" },     { "record", "state" },
	{ "record", "row" },          { "contact_id", "party" },
	{ "attachment", "name" },     { "mention", "start" },
	{ "mention", "e164" },        { "line", "line" },
	{ "line", "until" },          { "line", "grade" },
	{ "match", "line" },          { "match", "via" },
	{ "finding", "category" },    { "finding", "reason" },
	{ "finding", "grade_kind" },  { "finding_record", "start" },
	{ "finding_record", "stop" }, { "finding_count", "records" },
	{ "role", "\"for\"" },        { "role", "against" },
	{ "outcome", "harm" },        { "run", "started" },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static struct case_db *open_story(void)
{
	char dir[] = "/tmp/linecheck-fuzz-XXXXXX", command[96];
	struct case_db *c = NULL;
	FILE *f = fopen(SOURCE_DIR "/tests/report/story.sql", "r");
	char *sql = calloc(1, 65536);
	if (!f || !sql || !mkdtemp(dir) || case_open(&c, dir, CASE_NEW, true, NULL) ||
	    !fread(sql, 1, 65535, f) || case_exec(c, "making the story", sql, NULL))
		abort();
	fclose(f);
	free(sql);
	/* The descriptor stays; nothing is left behind however the run ends. */
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	if (system(command) != 0)
		abort();
	return c;
}

/* Some rows of a column become this value: as a number where the bytes can be one, else as bytes.
 */
static void put(struct case_db *c, size_t column, span value)
{
	char sql[160];
	sqlite3_stmt *st;
	int64_t number = 0;
	memcpy(&number, value.p, value.n < 8 ? value.n : 8);
	snprintf(sql, sizeof sql, "UPDATE OR IGNORE %s SET %s = ?1", columns[column][0],
		 columns[column][1]);
	if (case_prepare(c, sql, &st, NULL))
		abort();
	if (value.n % 2)
		sqlite3_bind_int64(st, 1, number);
	else
		sqlite3_bind_blob64(st, 1, value.p, value.n, SQLITE_STATIC);
	sqlite3_step(st);
	sqlite3_finalize(st);
}

static int records(struct case_db *c, FILE *to, struct err *err)
{
	return report_records(c, ~0u, to, err);
}

static int summary(struct case_db *c, FILE *to, struct err *err)
{
	return report_summary(c, to, false, err);
}

static char *made_by(int (*report)(struct case_db *, FILE *, struct err *), struct case_db *c,
		     size_t *ret_n)
{
	char *out = NULL;
	struct err err = { 0 };
	FILE *to = open_memstream(&out, ret_n);
	int rc = report(c, to, &err);
	fclose(to);
	if (rc) {
		fprintf(stderr, "%s\n", err.message);
		abort();
	}
	return out;
}

static void demand_json(const char *p, size_t n)
{
	json_t *j = json_loadb(p, n, JSON_ALLOW_NUL, NULL);
	if (!j)
		abort();
	json_decref(j);
}

static void check(struct case_db *c)
{
	size_t n;
	char why[256], *out = made_by(report_view, c, &n);
	if (!page_ok((span){ out, n }, why, sizeof why)) {
		fprintf(stderr, "%s\n", why);
		abort();
	}
	free(out);
	out = made_by(report_json, c, &n);
	demand_json(out, n);
	free(out);
	out = made_by(records, c, &n);
	for (char *p = out, *end; (end = memchr(p, '\n', n - (size_t)(p - out))); p = end + 1)
		demand_json(p, (size_t)(end - p));
	free(out);
	free(made_by(summary, c, &n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct case_db *c;
	if (!c)
		c = open_story();
	if (case_exec(c, "trying", "SAVEPOINT try", NULL))
		abort();
	span rest = { (const char *)data, n };
	for (size_t i = 0; rest.n && i < COLUMNS; i++) {
		const char *stop = memchr(rest.p, '\n', rest.n);
		size_t part = stop ? (size_t)(stop - rest.p) : rest.n;
		if (part > 1)
			put(c, (unsigned char)rest.p[0] % COLUMNS, span_sub(rest, 1, part));
		rest = span_from(rest, part + (stop != NULL));
	}
	check(c);
	if (case_exec(c, "trying", "ROLLBACK TO try; RELEASE try", NULL))
		abort();
	return 0;
}
