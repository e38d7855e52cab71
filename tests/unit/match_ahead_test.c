/*
 * match_ahead_test.c - what is matched on a second thread comes back in the order in which it was
 * given, as if there were none.
 */
#include "base/buf.h"
#include "match_ahead.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka.h wants the four above first */
#include <cmocka.h>

static struct ruleset *load(void)
{
	const char *path = SOURCE_DIR "/tests/rules/every_kind.yaml";
	struct ruleset *rs = NULL;
	struct err err = { 0 };
	if (ruleset_load(&rs, &path, 1, true, &err))
		fail_msg("%s", err.message);
	return rs;
}

/* What was given, as lines of text. */
struct seen {
	struct buf out;
	long rows, stop_at; /* stop_at: the row that cannot be kept; 0 = none */
	struct err err;
};

static int on_row(void *user, const struct match_row *row)
{
	struct seen *s = user;
	if (++s->rows == s->stop_at)
		return err_set(&s->err, E_IO, "full");
	buf_addf(&s->out, "%lld %lld %s %s %zu %zu\n", (long long)row->record, (long long)row->line,
		 row->rule ? row->rule : "-", row->via, row->start, row->stop);
	return 0;
}

static int on_limit(void *user, int64_t file, int64_t record, const struct rule *rule,
		    const char *what)
{
	struct seen *s = user;
	buf_addf(&s->out, "limit %lld %lld %s %s\n", (long long)file, (long long)record,
		 rule ? rule->id : "-", what);
	return 0;
}

/* Text number i; one in fifty is longer than a batch. */
static void text_of(struct buf *b, long i)
{
	static const char *const words[] = { "trap line",    "the plug",  "coke",
					     "nothing here", "grab food", "" };
	buf_clear(b);
	for (long n = i % 50 == 49 ? 12000 : i % 7; n >= 0; n--)
		buf_addf(b, "%s %ld ", words[(i + n) % 6], n);
}

struct direct {
	const struct ruleset *rs;
	struct seen *seen;
	long i;
	int stage;
};

static void direct_hit(void *user, const struct hit *hit)
{
	struct direct *d = user;
	const struct rule *rule = ruleset_at(d->rs, hit->rule);
	const struct match_row row = { .record = d->i,
				       .rule = rule->id,
				       .via = "text",
				       .start = hit->start,
				       .stop = hit->stop };
	if ((int)rule->stage <= d->stage)
		on_row(d->seen, &row);
}

static void direct_limit(void *user, const struct rule *rule, const char *what)
{
	struct direct *d = user;
	on_limit(d->seen, 7, d->i, rule, what);
}

static struct match_row plain_row(long i)
{
	return (struct match_row){ .record = i, .line = i + 1, .via = "from" };
}

static void directly(const struct ruleset *rs, long n, struct seen *seen)
{
	struct err err = { 0 };
	struct buf text = { 0 };
	struct matcher *m = matcher_new(rs, true, &err);
	assert_non_null(m);
	for (long i = 0; i < n; i++) {
		struct direct d = { rs, seen, i, (int)(i % 3) };
		const struct match_row row = plain_row(i);
		text_of(&text, i);
		if (i % 3 == 0)
			on_row(seen, &row);
		matcher_aim(m, (enum direction)(i % 3));
		matcher_run(m, buf_span(&text), direct_hit, direct_limit, &d);
	}
	matcher_free(m);
	buf_free(&text);
}

static int ahead(const struct ruleset *rs, long n, long settle_each, struct seen *seen)
{
	const struct match_ahead_sink sink = { on_row, on_limit, seen };
	struct match_ahead *m = NULL;
	struct buf text = { 0 };
	int rc = match_ahead_open(&m, rs, true, &sink, &seen->err);
	for (long i = 0; !rc && i < n; i++) {
		const struct match_row row = plain_row(i);
		text_of(&text, i);
		if (i % 3 == 0)
			rc = match_ahead_row(m, &row, &seen->err);
		const struct match_text t = { 7, i, (enum direction)(i % 3), (int)(i % 3),
					      buf_span(&text) };
		if (!rc)
			rc = match_ahead_text(m, &t, &seen->err);
		if (!rc && settle_each && i % settle_each == 0)
			rc = match_ahead_settle(m, &seen->err);
	}
	if (!rc)
		rc = match_ahead_settle(m, &seen->err);
	match_ahead_free(m);
	buf_free(&text);
	return rc;
}

static void test_order(void **state)
{
	(void)state;
	struct ruleset *rs = load();
	static const long each[] = { 0, 1, 511, 512, 513 };
	struct seen want = { 0 };
	directly(rs, 3000, &want);
	assert_true(want.rows > 2000); /* 1,000 plain ones, and hits */
	for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
		struct seen got = { 0 };
		assert_int_equal(ahead(rs, 3000, each[i], &got), 0);
		assert_int_equal(got.rows, want.rows);
		assert_string_equal(got.out.data, want.out.data);
		buf_free(&got.out);
	}
	buf_free(&want.out);
	ruleset_free(rs);
}

/* A full disk: the failure comes back, and nothing after it is given. */
static void test_sink_fails(void **state)
{
	(void)state;
	struct ruleset *rs = load();
	for (long at = 1; at < 1500; at += 97) {
		struct seen got = { .stop_at = at };
		assert_int_equal(ahead(rs, 3000, 0, &got), E_IO);
		assert_int_equal(got.rows, at);
		assert_string_equal(got.err.message, "full");
		buf_free(&got.out);
	}
	ruleset_free(rs);
}

static void test_dropped(void **state)
{
	(void)state;
	struct ruleset *rs = load();
	struct seen got = { 0 };
	const struct match_ahead_sink sink = { on_row, on_limit, &got };
	struct match_ahead *m = NULL;
	assert_int_equal(match_ahead_open(&m, rs, true, &sink, &got.err), 0);
	for (int64_t i = 0; i < 700; i++) {
		const struct match_text t = { 7, i, DIR_IN, 2, SPAN("trap line") };
		assert_int_equal(match_ahead_text(m, &t, &got.err), 0);
	}
	match_ahead_free(m);
	assert_int_equal(got.rows, 0);
	ruleset_free(rs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_sink_fails),
		cmocka_unit_test(test_dropped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
