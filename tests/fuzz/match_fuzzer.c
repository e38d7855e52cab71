/* match_fuzzer.c - any bytes as a text: with JIT and without, by words, by bytes and one rule after
 * the other, the same hits, on whole characters of it; and every limit is named. FUZZ_RUNS: 2000 */
#include "base/utf8.h"
#include "match.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(condition) ((condition) ? (void)0 : abort())
#define RULES_MAX 64

struct found {
	struct hit hit[RULES_MAX];
	size_t n;
	unsigned limits;
};

static void on_hit(void *user, const struct hit *hit)
{
	struct found *f = user;
	MUST(f->n < RULES_MAX);
	f->hit[f->n++] = *hit;
}

static void on_limit(void *user, const struct rule *rule, const char *what)
{
	(void)rule;
	MUST(what && *what);
	((struct found *)user)->limits++;
}

static void must_be_same(const struct found *a, const struct found *b)
{
	MUST(a->n == b->n);
	for (size_t i = 0; i < a->n; i++)
		MUST(a->hit[i].rule == b->hit[i].rule && a->hit[i].start == b->hit[i].start &&
		     a->hit[i].stop == b->hit[i].stop);
}

static bool is_edge(span text, size_t at)
{
	size_t pos = 0;
	while (pos < at)
		utf8_next(text, &pos);
	return pos == at;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct ruleset *rs;
	static struct matcher *m[4]; /* by words, the same without JIT, by bytes, plain */
	struct err err = { 0 };
	if (!rs) {
		const char *path = SOURCE_DIR "/tests/rules/every_kind.yaml";
		MUST(ruleset_load(&rs, &path, 1, false, &err) == 0);
		m[0] = matcher_new_by(rs, SIEVE_WORDS, true, &err);
		m[1] = matcher_new_by(rs, SIEVE_WORDS, false, &err);
		m[2] = matcher_new_by(rs, SIEVE_BYTES, true, &err);
		m[3] = matcher_new_plain(rs, true, &err);
		MUST(m[0] && m[1] && m[2] && m[3] && ruleset_count(rs) <= RULES_MAX);
	}
	struct found f[4] = { 0 };
	span text = { n ? (const char *)data : "", n };
	for (int i = 0; i < 4; i++)
		if (i < 2 || (f[0].limits == 0 && n <= 4096))
			matcher_run(m[i], text, on_hit, on_limit, &f[i]);
		else
			f[i] = f[0];
	must_be_same(&f[0], &f[1]);
	must_be_same(&f[0], &f[2]);
	must_be_same(&f[0], &f[3]);
	MUST(f[0].limits == f[1].limits);
	for (size_t i = 0; i < f[0].n; i++) {
		const struct hit *h = &f[0].hit[i];
		MUST(h->start < h->stop && h->stop <= n);
		MUST(is_edge(text, h->start) && is_edge(text, h->stop));
	}
	return 0;
}
