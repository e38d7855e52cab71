/*
 * match_test.c - the sieve and its windows lose nothing and invent nothing: on any text the hits
 * are those of every rule on every form of it, run one by one over the whole. LINECHECK_LONG: more
 * texts, and every hostile text a megabyte long.
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "match.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka.h wants the four above first */
#include <cmocka.h>
#include <time.h>

#define RULES 256

static struct ruleset *load_pack(const char *path)
{
	struct ruleset *rs = NULL;
	struct err err = { 0 };
	if (ruleset_load(&rs, &path, 1, true, &err))
		fail_msg("%s", err.message);
	return rs;
}

static struct ruleset *load(void)
{
	return load_pack(SOURCE_DIR "/tests/rules/every_kind.yaml");
}

struct found {
	struct hit hit[RULES];
	size_t n;
	unsigned limits;
	char what[100];
	const struct rule *rule;
};

static void on_hit(void *user, const struct hit *hit)
{
	struct found *f = user;
	assert_true(f->n < RULES);
	f->hit[f->n++] = *hit;
}

static void on_limit(void *user, const struct rule *rule, const char *what)
{
	struct found *f = user;
	f->limits++;
	f->rule = rule;
	snprintf(f->what, sizeof f->what, "%s", what);
}

static struct found run(struct matcher *m, span text)
{
	struct found f = { .n = 0 };
	matcher_run(m, text, on_hit, on_limit, &f);
	return f;
}

static struct matcher *matcher(const struct ruleset *rs, enum sieve sieve, bool jit)
{
	struct err err = { 0 };
	struct matcher *m = matcher_new_by(rs, sieve, jit, &err);
	if (!m)
		fail_msg("%s", err.message);
	return m;
}

static uint64_t seed = 77009001;

static unsigned pick(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

/* Pieces that come close to the rules, and pieces that get in their way. */
static const char *const bits[] = {
	"trap",
	"line",
	"plug",
	"coke",
	"food",
	"work",
	"it",
	"off",
	"don't",
	"dont",
	"tell",
	"re",
	"up",
	"b",
	"n",
	"w",
	"&",
	"ot",
	"o.t",
	"ki",
	"£500",
	"a",
	"week",
	"@you",
	"w/b",
	"100%",
	"рот",
	"и",
	"caf\xC3\xA9",
	"cafe\xCC\x81",
	"\xE0\xA4\xA8\xE0\xA4\xAE",
	"\xED\x95\x9C",
	"stra\u00DFe",
	"STRASSE",
	"tick",
	"tock",
	"\xC3\xA9t\xC3\xA9",
	"\xC3\x89T\xC3\x89",
	"c0ke",
	"c0k3",
	"bell",
	"the",
	"my",
	"phone",
	"bring",
	"hold",
	"shank",
	"5hank",
	"blade",
	"ring",
	"2",
	"25",
	"1st",
	"no",
	"till",
	"t1ll",
	"tuesday",
	"monday",
	"on",
	"til",
	"until",
	"about",
	"now",
	"fast",
	"mum",
	"burn",
	"for",
	"4",
	"£",
	"gbp",
	"20",
	"\xEF\xBC\x92\xEF\xBC\x95",
	"ab1",
	"ab",
	"\xF0\x9F\x94\x8C",
	"can't",
	"can\xE2\x80\x99t",
	"go",
	"leave",
	"home",
	"live",
	"share",
	"loc",
	"drop",
	"your",
	"location",
	"owe",
	"owes",
	"money",
	"traaap",
	"liiine",
	"fooood",
	"t r a p",
	"l.i.n.e",
	"tr\xD0\xB0p",
	"c\u043Eke",
	"\xD1\x81\xD0\xBE\xD0\xBA\xD0\xB5",
	"tr\u200Bap",
	"\xEF\xBC\xB4\xEF\xBC\xB2\xEF\xBC\xA1\xEF\xBC\xB0",
	"\xE1\xB4\x9B\xCA\x80\xE1\xB4\x80\xE1\xB4\x98",
	"p1ug",
	"f00d",
	"t\u0337r\u0337ap",
	"x",
	"zz",
	"\xEF\xAC\x81",
	"\xEF\xB7\xBA",
	"\xE3\x8C\x80",
	"\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD",
	"\xE2\x80\xAE",
	"\xFF",
	"\xC3",
	"\xE2\x80",
	"\xED\xA0\x80",
	"\xF0\x9F",
	"'",
	"\xE2\x80\x99",
	"\xCC\x81",
	"bell the line",
	"bell my phone",
	"hold that blade",
	"on till",
	"on until",
	"about fast",
	"mum x burn",
	"owes it money",
	"3 for 25",
	"2 4 20",
	"12for£ 30",
	"can't leave home",
	"3 for 25",
	"2 4 Â£20",
	"2forÂ£ 30",
	"foooddd",
	"l  i  n  e",
	"p\xF0\x9F\x94\xA5l\xF0\x9F\x94\xA5u\xF0\x9F\x94\xA5g",
	"\u20AC5",
	"\xC2\xAE",
	"\xF0\x9F\x87\xB9",
	"\xD9\xA5",
};
static const char *const gaps[] = { " ",
				    " ",
				    " ",
				    " ",
				    " ",
				    " ",
				    " ",
				    "",
				    "",
				    "  ",
				    "   ",
				    "    ",
				    "-",
				    ". ",
				    ", ",
				    "\n",
				    "\t",
				    "\xC2\xA0",
				    "'",
				    "_",
				    "...",
				    "\xE2\x80\x94",
				    "&",
				    "\xFF",
				    "\xE2\x80\x8B",
				    "\xF0\x9F\x94\xA5",
				    "0",
				    "e",
				    "\xC3\xA9" };

static void random_text(struct buf *out, unsigned parts)
{
	buf_clear(out);
	for (unsigned i = 0; i < parts; i++) {
		const char *b = bits[pick(sizeof bits / sizeof *bits)];
		size_t from = out->n;
		buf_add(out, span_z(b));
		if (pick(8) == 0) /* shout some */
			for (size_t k = from; k < out->n; k++)
				if (out->data[k] >= 'a' && out->data[k] <= 'z')
					out->data[k] = (char)(out->data[k] - 32);
		if (pick(40) == 0)
			buf_byte(out, (char)pick(256));
		buf_add(out, span_z(gaps[pick(sizeof gaps / sizeof *gaps)]));
	}
	assert_false(out->failed);
}

static bool same(const struct found *a, const struct found *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->hit[i].rule != b->hit[i].rule || a->hit[i].start != b->hit[i].start ||
		    a->hit[i].stop != b->hit[i].stop)
			return false;
	return true;
}

static void explain(const struct ruleset *rs, span text, const char *name, const struct found *f)
{
	printf("%s:", name);
	for (size_t i = 0; i < f->n; i++)
		printf(" %s[%zu,%zu)", ruleset_at(rs, f->hit[i].rule)->id, f->hit[i].start,
		       f->hit[i].stop);
	printf("\n  in \"");
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] >= ' ' && text.p[i] <= '~')
			putchar(text.p[i]);
		else
			printf("\\x%02X", (unsigned char)text.p[i]);
	printf("\"\n");
}

static bool on_boundary(span s, size_t at)
{
	for (size_t pos = 0; pos < s.n;) {
		if (pos == at)
			return true;
		utf8_next(s, &pos);
		if (pos > at)
			return false;
	}
	return at == s.n;
}

static void check_against_plain(unsigned texts, unsigned most_parts, size_t least)
{
	struct ruleset *rs = load();
	/* Both sieves, whichever would be taken; one of them without JIT. */
	struct matcher *fast = matcher(rs, SIEVE_WORDS, true),
		       *slow = matcher(rs, SIEVE_BYTES, false),
		       *plain = matcher(rs, SIEVE_NONE, true);
	struct buf text = { 0 };
	size_t hits = 0, per_rule[64] = { 0 };
	for (unsigned i = 0; i < texts; i++) {
		random_text(&text, 1 + pick(most_parts));
		char *exact = malloc(text.n + 1); /* so that a read past its end is seen */
		memcpy(exact, text.data, text.n);
		span s = { exact, text.n };
		struct found a = run(fast, s), b = run(slow, s), c = run(plain, s);
		if (!same(&a, &c) || !same(&a, &b)) {
			explain(rs, s, "by words", &a);
			explain(rs, s, "by bytes, without JIT", &b);
			explain(rs, s, "plain", &c);
			fail();
		}
		assert_int_equal(a.limits + b.limits + c.limits, 0);
		for (size_t k = 0; k < a.n; k++) {
			assert_true(a.hit[k].start < a.hit[k].stop && a.hit[k].stop <= s.n);
			assert_true(on_boundary(s, a.hit[k].start));
			assert_true(on_boundary(s, a.hit[k].stop));
			assert_true(k == 0 || a.hit[k].rule > a.hit[k - 1].rule);
			per_rule[a.hit[k].rule]++;
		}
		hits += a.n;
		free(exact);
	}
	/* The comparison means something only if every rule was hit, often. */
	for (size_t i = 0; i < ruleset_count(rs); i++)
		if (per_rule[i] < least)
			fail_msg("%s was hit only %zu times", ruleset_at(rs, i)->id, per_rule[i]);
	assert_true(hits > texts / 2);
	matcher_free(fast);
	matcher_free(slow);
	matcher_free(plain);
	ruleset_free(rs);
	buf_free(&text);
}

static void short_texts_give_what_every_rule_on_every_form_gives(void **state)
{
	(void)state;
	if (getenv("LINECHECK_LONG"))
		check_against_plain(200000, 12, 40);
	else
		check_against_plain(20000, 12, 8);
}

static void long_texts_too(void **state)
{
	(void)state;
	if (getenv("LINECHECK_LONG"))
		check_against_plain(5000, 400, 1);
	else
		check_against_plain(500, 400, 1);
}

/* What the rules that ship look for, and how people would write it. */
struct wordings {
	const char *word[60000];
	size_t n;
};

static void add_words(struct wordings *w, char *text)
{
	for (char *p = strtok(text, " "); p; p = strtok(NULL, " ")) {
		assert_true(w->n < sizeof w->word / sizeof *w->word);
		w->word[w->n++] = p;
	}
}

/* One of the alternatives of a pattern, or nearly: what stands in sets and counts goes. */
static void spell_out(struct buf *out, const char *pattern)
{
	for (const char *p = pattern; *p; p++) {
		if (*p == '[') {
			while (*p != ']')
				p++;
			buf_byte(out, '5');
		} else if (*p == '{') {
			p = strchr(p, '}');
		} else if (*p == '\\') {
			p++;
			buf_byte(out, *p == 'd' ? '7' : *p == 'w' ? 'x' : ' ');
		} else if (strchr("()|?:!=<^$.,", *p)) {
			buf_byte(out, ' ');
		} else {
			buf_byte(out, *p);
		}
	}
}

/* An example, or words of one and of others between: near misses are what the sieve has to tell
 * apart. */
static void wording(struct buf *out, const struct ruleset *rs, const struct wordings *words)
{
	const struct rule_text *t = ruleset_text(rs, pick((unsigned)ruleset_count(rs)));
	size_t n = t->match_n + t->nomatch_n;
	buf_clear(out);
	for (unsigned i = pick(4); i > 0; i--)
		buf_addf(out, "%s ", words->word[pick((unsigned)words->n)]);
	if (n && pick(3)) {
		size_t k = pick((unsigned)n);
		span s = span_z(k < t->match_n ? t->match[k] : t->nomatch[k - t->match_n]);
		unsigned harm = pick(5);
		size_t at = pick((unsigned)s.n + 1);
		buf_add(out, span_sub(s, 0, at));
		if (harm == 1)
			buf_addf(out, " %s ", words->word[pick((unsigned)words->n)]);
		else if (harm == 2)
			buf_add(out, span_z(gaps[pick(sizeof gaps / sizeof *gaps)]));
		else if (harm == 3 && at < s.n)
			at++;
		buf_add(out, span_from(s, at));
	}
	for (unsigned i = pick(6); i > 0; i--) {
		buf_add(out, span_z(pick(6) ? " " : gaps[pick(sizeof gaps / sizeof *gaps)]));
		buf_add(out, span_z(words->word[pick((unsigned)words->n)]));
	}
}

/* As people write: loud, drawn out, with apostrophes, in other letters, with digits for letters. */
static void disguise(struct buf *text, struct buf *out)
{
	unsigned how = pick(9);
	buf_clear(out);
	for (size_t i = 0; i < text->n; i++) {
		char c = text->data[i];
		bool letter = c >= 'a' && c <= 'z', some = pick(6) == 0;
		if (how == 1 && letter)
			c = (char)(c - 32);
		else if (how == 2 && some && (c == 'o' || c == 'e' || c == 'i'))
			c = c == 'o' ? '0' : c == 'e' ? '3' : '1';
		buf_byte(out, c);
		if (how == 3 && some && letter)
			buf_addf(out, "%c%c", c, c);
		else if (how == 4 && some)
			buf_byte(out, '\'');
		else if (how == 5 && letter && i + 1 < text->n && text->data[i + 1] >= 'a')
			buf_byte(out, ' ');
		else if (how == 6 && some && c == ' ')
			buf_add(out, SPAN("\xF0\x9F\x98\x82 "));
		else if (how == 7 && some && letter)
			buf_add(out, SPAN("\xE2\x80\x8B"));
		else if (how == 8 && some && c == 'a')
			buf_add(out, SPAN("\u0430"));
	}
	assert_false(out->failed);
}

/* The same for the rules that ship: on texts made of what they look for, their examples and near
 * misses of them, in every disguise. */
static void the_rules_that_ship_lose_nothing(void **state)
{
	(void)state;
	unsigned texts = getenv("LINECHECK_LONG") ? 60000 : 3000;
	struct ruleset *rs = load_pack(SOURCE_DIR "/rules/packs/core.yaml");
	struct matcher *fast = matcher(rs, SIEVE_WORDS, true),
		       *slow = matcher(rs, SIEVE_BYTES, false),
		       *plain = matcher(rs, SIEVE_NONE, true);
	static struct wordings words;
	struct buf all = { 0 }, text = { 0 }, disguised = { 0 };
	assert_true(ruleset_count(rs) < RULES);
	for (size_t i = 0; i < ruleset_count(rs); i++) {
		const struct rule_text *t = ruleset_text(rs, i);
		for (size_t k = 0; k < t->term_n; k++)
			buf_addf(&all, "%s ", t->term[k]);
		for (size_t k = 0; k < t->match_n; k++)
			buf_addf(&all, "%s ", t->match[k]);
		if (t->pattern)
			spell_out(&all, t->pattern);
		buf_byte(&all, ' ');
	}
	buf_byte(&all, 0);
	assert_false(all.failed);
	add_words(&words, all.data);
	size_t hits = 0, rules = 0;
	bool hit[RULES] = { false };
	for (unsigned i = 0; i < texts; i++) {
		wording(&text, rs, &words);
		disguise(&text, &disguised);
		span s = buf_span(&disguised);
		enum direction direction = pick(2) ? DIR_IN : DIR_OUT;
		struct matcher *each[] = { fast, slow, plain };
		struct found f[3];
		for (size_t k = 0; k < 3; k++) {
			matcher_aim(each[k], direction);
			f[k] = run(each[k], s);
		}
		if (!same(&f[0], &f[2]) || !same(&f[0], &f[1])) {
			explain(rs, s, "by words", &f[0]);
			explain(rs, s, "by bytes, without JIT", &f[1]);
			explain(rs, s, "plain", &f[2]);
			fail();
		}
		for (size_t k = 0; k < f[0].n; k++) {
			rules += !hit[f[0].hit[k].rule];
			hit[f[0].hit[k].rule] = true;
		}
		hits += f[0].n;
	}
	/* The comparison means something only if the texts are full of what the rules look for. */
	if (hits < texts / 4 || rules < 90)
		fail_msg("only %zu hits of %zu rules in %u texts", hits, rules, texts);
	matcher_free(fast);
	matcher_free(slow);
	matcher_free(plain);
	ruleset_free(rs);
	buf_free(&all);
	buf_free(&text);
	buf_free(&disguised);
}

struct want {
	const char *text, *rule, *piece;
};

static void hits_are_shown_on_the_original_bytes(void **state)
{
	(void)state;
	static const struct want want[] = {
		{ "my TR\xD0\xB0P now", "t.word", "TR\xD0\xB0P" },
		{ "\xF0\x9F\x98\x80 the t r a p", "t.word", "t r a p" },
		{ "\xE4\xBD\xA0\xE5\xA5\xBD traaaap!", "t.word", "traaaap" },
		{ "Re...Up soon", "t.phrase", "Re...Up" },
		{ "Don\xE2\x80\x99t   tell him", "t.phrase", "Don\xE2\x80\x99t   tell" },
		{ "B n W", "t.phrase", "B n W" },
		{ "\xFF\xFF go O.T. now", "t.short", "O.T" },
		{ "get \u00A3500 A WEEK", "t.sign", "\u00A3500 A WEEK" },
		{ "STRASSE", "t.scripts", "STRASSE" },
		{ "ok \xED\x95\x9C ok", "t.scripts", "\xED\x95\x9C" },
		{ "the c0ke", "t.original-term", "c0ke" },
		{ "Bell my the LINE", "t.first", "Bell my the LINE" },
		{ "hold that big 5hank", "t.last", "hold that big 5hank" },
		{ "\u00A350", "t.pound", "\u00A350" },
		{ "can\xE2\x80\x99t go home", "t.quote", "can\xE2\x80\x99t go home" },
		/* other scripts, signs and emoji before, between and after */
		{ "\xE0\xA4\xA8\xE0\xA4\xAE\xE0\xA5\x87 t\xF0\x9F\x94\xA5r\xF0\x9F\x94\xA5"
		  "a\xF0\x9F\x94\xA5p \xD9\x85",
		  "t.word",
		  "t\xF0\x9F\x94\xA5r\xF0\x9F\x94\xA5"
		  "a\xF0\x9F\x94\xA5p" },
		{ "\xD9\x85\xD8\xB1 \xC2\xAE"
		  "c0k3\xC3\x97",
		  "t.word", "c0k3" },
		{ "\xE2\x82\xAC"
		  "5each foooddd \xE4\xBD\xA0",
		  "t.word", "foooddd" },
		{ "\xE4\xBD\xA0 \xF0\x9F\x87\xB5\xF0\x9F\x87\xB1\xF0\x9F\x87\xBA\xF0\x9F\x87\xAC!",
		  "t.word", "\xF0\x9F\x87\xB5\xF0\x9F\x87\xB1\xF0\x9F\x87\xBA\xF0\x9F\x87\xAC" },
		{ "\xCE\xB1 p - 1 - u - g", "t.word", "p - 1 - u - g" },
		{ "\xD0\x9F\xD1\x80\xD0\xB8 \xD0\xA0\xD0\xBE\xD1\x82!", "t.scripts",
		  "\xD0\xA0\xD0\xBE\xD1\x82" },
	};
	struct ruleset *rs = load();
	struct matcher *m = matcher(rs, SIEVE_BEST, true);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		struct found f = run(m, span_z(want[i].text));
		bool seen = false;
		for (size_t k = 0; k < f.n; k++) {
			if (strcmp(ruleset_at(rs, f.hit[k].rule)->id, want[i].rule) != 0)
				continue;
			seen = true;
			span got = span_sub(span_z(want[i].text), f.hit[k].start, f.hit[k].stop);
			if (!span_eq(got, span_z(want[i].piece)))
				fail_msg("%s: '%.*s', not '%s'", want[i].rule, (int)got.n, got.p,
					 want[i].piece);
		}
		if (!seen)
			fail_msg("%s does not hit '%s'", want[i].rule, want[i].text);
	}
	matcher_free(m);
	ruleset_free(rs);
}

static void ordinary_neighbours_are_not_hits(void **state)
{
	(void)state;
	static const char *const quiet[] = {
		"trapped",
		"online",
		"bootrap",
		"unplugged",
		"seafood",
		"work it offline",
		"re uphill",
		"tell them don't",
		"124 for 20",
		"re    up",

		"not",
		"kit",
		"work,it,then,off",
		"go on tiles",
		"\xC3\xA9trap\xC3\xA9",
		"trap\xD0\xB6",
		"\xE0\xA4\xA8\xE0\xA4\xAE\xE0\xA4\xB8",
		"",
		" ",
	};
	struct ruleset *rs = load();
	struct matcher *m = matcher(rs, SIEVE_BEST, true);
	for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
		struct found f = run(m, span_z(quiet[i]));
		for (size_t k = 0; k < f.n; k++) {
			const char *id = ruleset_at(rs, f.hit[k].rule)->id;
			fail_msg("%s hits '%s'", id, quiet[i]);
		}
	}
	struct found f = run(m, SPAN_NONE);
	assert_int_equal(f.n, 0);
	matcher_free(m);
	ruleset_free(rs);
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A megabyte of the worst that can be thought of ends, and says so when it was not all looked at.
 */
static void hostile_megabytes_end_in_time(void **state)
{
	(void)state;
	static const char *const unit[] = {
		"a",
		"A",
		" ",
		"trapx ",
		"xtrap ",
		"t r a p ",
		"t.r.a.p.x",
		"c0k3x ",
		"1!1l ",
		"aaab ",
		"trap-",
		"mum ",
		"burn ",
		"bring a b c ",
		"ring ring ",
		"ow ow ",
		"re   ",
		"re'''''",
		"\xFF",
		"\xED\x95\x9C",
		"\xEF\xB7\xBA",
		"\xE3\x8C\x80",
		"a\xCC\x81\xCC\x81\xCC\x81",
		"\u0430\u043Ea",
		"\xE1\xB4\x80",
		"4 for ",
		"£",
		"ab ",
		"on ",
		"\xF0\x9F\x94\xA5",
		"live e loc no ",
		"t\xF0\x9F\x94\xA5r\xF0\x9F\x94\xA5",
		"a1 b ",
		"\u20AC5each ",
		"5h@nk$",
		"foooddd ",
		"\xF0\x9F\x87\xB9",
		"\xF0\xAF\xA0\x80", /* a compatibility ideograph */
		"can't leave hom ",
		"till tuesday ",
		"a'a'",
		"trap'line'",
		"bring that ",
		"i'm'i'm'",
	};
	const size_t most = 1000000;
	struct ruleset *rs = load();
	struct matcher *m = matcher(rs, SIEVE_WORDS, true);
	struct matcher *slow = matcher(rs, SIEVE_WORDS, false);
	char *text = malloc(most + 64);
	for (size_t i = 0; i <= sizeof unit / sizeof *unit; i++) {
		/* 130,000 bytes are past every fixed budget; some reach a megabyte in any run. */
		size_t n = getenv("LINECHECK_LONG") || i % 8 == 0 ? most : 130000, len = 0;
		while (len < n) {
			span u = span_z(i < sizeof unit / sizeof *unit
						? unit[i]
						: bits[pick(sizeof bits / sizeof *bits)]);
			if (len + u.n > n)
				break;
			memcpy(text + len, u.p, u.n);
			len += u.n;
		}
		double began = seconds();
		struct found a = run(m, (span){ text, len });
		double took = seconds() - began;
		/* It ends: a thousand times what is allowed without sanitizers, for loaded
		 * machines. rules_bench has the real gate. */
		if (took > 1000.0 * 20e-6 * (double)n / 1024)
			fail_msg("'%s' x %zu took %.1f s",
				 i < sizeof unit / sizeof *unit ? unit[i] : "all", n, took);
		struct found b = run(slow, (span){ text, len });
		if (!same(&a, &b) || a.limits != b.limits)
			fail_msg("'%s': JIT changes the answer", unit[i]);
	}
	free(text);
	matcher_free(m);
	matcher_free(slow);
	ruleset_free(rs);
}

static void texts_beyond_the_size_that_is_folded_are_cut_and_named(void **state)
{
	(void)state;
	size_t n = ((size_t)2 << 20) + 100;
	char *text = malloc(n);
	memset(text, '-', n);
	span trap = SPAN(" trap ");
	memcpy(text + n - 60, trap.p, trap.n);
	struct ruleset *rs = load();
	struct matcher *m = matcher(rs, SIEVE_BEST, true);
	struct found f = run(m, (span){ text, n });
	assert_int_equal(f.n, 0);
	assert_int_equal(f.limits, 1);
	assert_string_equal(f.what, "the text is too long: only its first 2 MiB were searched");
	assert_null(f.rule);
	f = run(m, (span){ text + 200, n - 200 });
	assert_int_equal(f.n, 1);
	assert_int_equal(f.limits, 0);
	matcher_free(m);
	ruleset_free(rs);
	free(text);
}

/* A pattern that the linter would refuse, loaded without it: the limit is named, nothing hangs. */
static void a_pattern_past_its_limit_is_named(void **state)
{
	(void)state;
	static const char bad[] =
		"pack: t\nversion: '1'\nrules:\n"
		"  - {id: t.bad, pattern: 'zz(?:a{1,9}){1,12}(?:a{1,9})b', literal: [zz], match: "
		"[zzab], "
		"nomatch: [x], category: logistics, stage: 2, weight: 0, ambiguity: low, "
		"meaning: what a test says, innocent: only a test}\n"
		"  - {id: t.good, terms: [other], match: [other], nomatch: [x], category: "
		"logistics, "
		"stage: 2, weight: 0, ambiguity: low, meaning: what a test says, innocent: only a "
		"test}\n";
	struct err err = { 0 };
	struct ruleset *rs = NULL;
	if (ruleset_load_memory(&rs, "bad", SPAN(bad), false, &err))
		fail_msg("%s", err.message);
	span text = SPAN("zzaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac b other");
	for (int jit = 0; jit < 2; jit++) {
		struct matcher *m = matcher(rs, SIEVE_BEST, jit);
		struct found f = run(m, text);
		assert_int_equal(f.limits, 1);
		assert_string_equal(f.what, "the pattern reached its match limit");
		assert_string_equal(f.rule->id, "t.bad");
		assert_int_equal(f.n, 1);
		assert_string_equal(ruleset_at(rs, f.hit[0].rule)->id, "t.good");
		f = run(m, SPAN("zzaab"));
		assert_int_equal(f.n, 1);
		assert_int_equal(f.limits, 0);
		matcher_free(m);
	}
	ruleset_free(rs);
}

#define TEST_RULE(id, what)                                                                    \
	"  - {id: " id ", " what ", match: [x], nomatch: [y], category: logistics, stage: 2, " \
	"weight: 0, ambiguity: low, meaning: what a test says, innocent: only a test}\n"

/* Signs in a row are one separator to the sieve: a match may begin with any of them. */
static void a_match_may_begin_with_any_of_some_signs(void **state)
{
	(void)state;
	static const char pack[] = "pack: t\nversion: '1'\nrules:\n" TEST_RULE(
		"t.pattern", "pattern: '\\b% off\\b|\\bxx?y'")
		TEST_RULE("t.term", "terms: ['% off']");
	struct err err = { 0 };
	struct ruleset *rs = NULL;
	if (ruleset_load_memory(&rs, "signs", SPAN(pack), false, &err))
		fail_msg("%s", err.message);
	for (int sieve = SIEVE_BEST; sieve <= SIEVE_NONE; sieve++) {
		struct matcher *m = matcher(rs, (enum sieve)sieve, true);
		struct found f = run(m, SPAN("get 20% off now"));
		assert_int_equal(f.n, 2);
		for (size_t i = 0; i < f.n; i++) {
			assert_int_equal(f.hit[i].start, 6);
			assert_int_equal(f.hit[i].stop, 11);
		}
		assert_int_equal(run(m, SPAN("get 20 off now")).n, 0);
		matcher_free(m);
	}
	ruleset_free(rs);
}

/* A word ends or begins at an apostrophe, or reads over it; one of a phrase need not be whole where
 * its pattern does not say so; long words are cut for the sieve only. */
static void words_are_found_however_they_are_written(void **state)
{
	(void)state;
	static const char pack[] = "pack: t\nversion: '1'\nrules:\n" TEST_RULE(
		"t.a", "terms: [mum, your mums house]")
		TEST_RULE("t.b", "pattern: '\\b(?:the )?(?:stash|stow) ?(?:spot|place)s?\\b'")
			TEST_RULE("t.c", "pattern: 'counterrevolutionaries? here'")
				TEST_RULE("t.d", "pattern: 'x(?:burn|torch) it'");
	static const struct {
		const char *text, *rules;
	} cases[] = {
		{ "mum's here", "a" },
		{ "'mum'", "a" },
		{ "mums", "" },
		{ "your mum's house", "a" },
		{ "stashspots", "b" },
		{ "the stow place", "b" },
		{ "restow place", "" },
		{ "counterrevolutionarie here", "c" },
		{ "xcounterrevolutionaries here!", "c" },
		{ "counterrevolution here", "" },
		{ "axtorch itx", "d" },
		{ "torch it", "" },
		{ "m'u'm", "" },
	};
	struct err err = { 0 };
	struct ruleset *rs = NULL;
	if (ruleset_load_memory(&rs, "words", SPAN(pack), false, &err))
		fail_msg("%s", err.message);
	for (int sieve = SIEVE_BEST; sieve <= SIEVE_NONE; sieve++) {
		struct matcher *m = matcher(rs, (enum sieve)sieve, true);
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
			struct found f = run(m, span_z(cases[i].text));
			char got[8] = "";
			for (size_t k = 0; k < f.n; k++)
				got[k] = ruleset_at(rs, f.hit[k].rule)->id[2];
			assert_string_equal(got, cases[i].rules);
		}
		matcher_free(m);
	}
	ruleset_free(rs);
}

static void one_matcher_forgets_between_texts(void **state)
{
	(void)state;
	struct ruleset *rs = load();
	struct matcher *m = matcher(rs, SIEVE_BEST, true);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(run(m, SPAN("trap")).n, 1);
		assert_int_equal(run(m, SPAN("nothing here")).n, 0);
	}
	matcher_free(m);
	matcher_free(NULL);
	ruleset_free(rs);
}

static size_t hits_of(struct matcher *m, const char *id, const struct ruleset *rs)
{
	struct found f = run(m, SPAN("said this here"));
	size_t n = 0;
	for (size_t i = 0; i < f.n; i++)
		n += strcmp(ruleset_at(rs, f.hit[i].rule)->id, id) == 0;
	return n;
}

/* A rule for one direction is asked only of texts that went it, with the sieve and without. */
static void a_direction_leaves_out_rules_for_the_other(void **state)
{
	(void)state;
#define RULE(id, what, when)                                                         \
	"  - {id: " id ", " what ", " when "match: [said this here], nomatch: [x],"  \
	" category: logistics, stage: 2, weight: 0, ambiguity: low, meaning: what a" \
	" test says, innocent: only a test}\n"
	static const char pack[] = "pack: t\nversion: '1'\nrules:\n" RULE("t.in", "terms: [said]",
									  "when: {direction: in}, ")
		RULE("t.out", "pattern: '\\bth[a-z]s\\b'", "when: {direction: out}, ")
			RULE("t.any", "terms: [here]", "");
	struct err err = { 0 };
	struct ruleset *rs = NULL;
	if (ruleset_load_memory(&rs, "directions", SPAN(pack), false, &err))
		fail_msg("%s", err.message);
	for (int plain = 0; plain < 2; plain++) {
		static const struct {
			enum direction direction;
			size_t in, out;
		} cases[] = { { DIR_IN, 1, 0 }, { DIR_OUT, 0, 1 }, { DIR_UNKNOWN, 0, 0 } };
		struct matcher *m = matcher(rs, plain ? SIEVE_NONE : SIEVE_BEST, true);
		assert_int_equal(run(m, SPAN("said this here")).n, 3);
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
			matcher_aim(m, cases[i].direction);
			assert_int_equal(hits_of(m, "t.in", rs), cases[i].in);
			assert_int_equal(hits_of(m, "t.out", rs), cases[i].out);
			assert_int_equal(hits_of(m, "t.any", rs), 1);
		}
		matcher_free(m);
	}
	ruleset_free(rs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_texts_give_what_every_rule_on_every_form_gives),
		cmocka_unit_test(long_texts_too),
		cmocka_unit_test(the_rules_that_ship_lose_nothing),
		cmocka_unit_test(hits_are_shown_on_the_original_bytes),
		cmocka_unit_test(ordinary_neighbours_are_not_hits),
		cmocka_unit_test(hostile_megabytes_end_in_time),
		cmocka_unit_test(texts_beyond_the_size_that_is_folded_are_cut_and_named),
		cmocka_unit_test(a_pattern_past_its_limit_is_named),
		cmocka_unit_test(a_match_may_begin_with_any_of_some_signs),
		cmocka_unit_test(words_are_found_however_they_are_written),
		cmocka_unit_test(one_matcher_forgets_between_texts),
		cmocka_unit_test(a_direction_leaves_out_rules_for_the_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
