/* rules.c - see rules.h; the form of the file is that of rules/packs. */
#include "rules.h"
#include "tool.h"
#include "words.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rule_pack {
	char (*term)[32];
	uint32_t n, invented;
};

/* Syllables that make no English word in any pairing that was looked at, and end in a consonant
 * that no suffix (-s, -er, -in, -ing) can be taken for. */
static const char *const start[] = { "zor", "tal", "vud", "mep", "jax", "kob", "fim", "gub", "dox",
				     "ruv", "lup", "wib", "yam", "hep", "bix", "nov", "sif", "quo",
				     "pax", "cuv", "zit", "vop", "mik", "tud", "rax" };
static const char *const end[] = { "mek", "dop", "zut", "lox", "vud", "kub", "tam", "bex", "pom",
				   "jib", "fub", "wek", "hax", "yod", "cam", "nup", "gat", "rov",
				   "sib", "lem", "dux", "zab", "vik", "mot", "kep" };
#define START (sizeof start / sizeof *start)
#define END (sizeof end / sizeof *end)

static void invent(uint32_t i, char out[static 32])
{
	/* 625 words of two syllables; a phrase of two words uses two of three, which are its own */
	const char *a = start[i % START], *b = end[i / START % END];
	if (i % 5 == 4)
		snprintf(out, 32, "%so%s %s%so", a, b, b, a);
	else
		snprintf(out, 32, "%s%s", a, b);
}

struct rule_pack *rule_pack_made(uint64_t seed, uint32_t n)
{
	struct rule_pack *p = must(calloc(1, sizeof *p));
	struct rng r;
	uint32_t all = START * END;
	if (n > all)
		die("at most %u rules", all);
	rng_seed(&r, seed, 'r');
	uint32_t *order = must(calloc(all, sizeof *order));
	for (uint32_t i = 0; i < all; i++)
		order[i] = i;
	rng_shuffle(&r, order, all);
	p->n = n;
	p->term = must(calloc(n + 1, sizeof *p->term));
	for (uint32_t i = 0; i < n; i++) {
		const char *word = n >= 100 ? words_common(i) : NULL;
		if (word) {
			snprintf(p->term[i], sizeof *p->term, "%s", word);
			p->invented = i + 1;
		} else
			invent(order[i], p->term[i]);
	}
	free(order);
	return p;
}

void rule_pack_free(struct rule_pack *p)
{
	if (p)
		free(p->term);
	free(p);
}

uint32_t rule_pack_count(const struct rule_pack *p)
{
	return p->n;
}

uint32_t rule_pack_invented(const struct rule_pack *p)
{
	return p->invented;
}

void rule_pack_id(const struct rule_pack *p, uint32_t rule, char out[static 24])
{
	if (rule >= p->n)
		die("no rule %u", rule);
	snprintf(out, 24, "sample.term.r%04u", rule);
}

/* One letter of a term, written in one of the ways people use to be read and not found. */
static size_t add_letter(char c, unsigned how, bool first, bool last, char *out)
{
	static const struct {
		char c;
		const char *digit, *alike;
	} ways[] = { { 'a', "4", "\xd0\xb0" }, { 'e', "3", "\xd0\xb5" }, { 'o', "0", "\xd0\xbe" } };
	const char *instead = NULL;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (ways[i].c == c)
			instead = how == 7 ? ways[i].digit : how == 9 ? ways[i].alike : NULL;
	if (instead)
		return (size_t)sprintf(out, "%s", instead);
	if (how == 5 || (how == 6 && first))
		c = (char)toupper((unsigned char)c);
	size_t times = how == 8 && last ? 4 : 1;
	memset(out, c, times);
	return times;
}

void rule_pack_spell(const struct rule_pack *p, uint32_t rule, struct rng *r,
		     char out[static TERM_SPELLED])
{
	unsigned how = rng_below(r, 10); /* 0 to 4: as it is */
	const char *term = p->term[rule];
	size_t n = 0;
	for (size_t i = 0; term[i]; i++)
		n += add_letter(term[i], how, i == 0, !term[i + 1], out + n);
	out[n] = 0;
}

bool rule_pack_word(const struct rule_pack *p, const char *word, uint32_t *ret)
{
	for (uint32_t i = 0; i < p->invented; i++)
		if (strcmp(p->term[i], word) == 0) {
			*ret = i;
			return true;
		}
	return false;
}

void rule_pack_write(const struct rule_pack *p, const char *path)
{
	FILE *f = fopen(path, "w");
	if (!f)
		die("cannot write %s", path);
	fprintf(f, "pack: sample\nversion: \"1\"\nabout: Invented terms, for tests of speed and "
		   "recall.\n"
		   "rules:\n");
	for (uint32_t i = 0; i < p->n; i++) {
		char id[24];
		rule_pack_id(p, i, id);
		fprintf(f,
			"  - id: %s\n    category: drug-supply\n    stage: 3\n    weight: 1\n"
			"    ambiguity: medium\n"
			"    terms: [\"%s\"]\n    meaning: \"An invented term that says "
			"nothing.\"\n"
			"    innocent: \"An invented term, so it means nothing at all.\"\n"
			"    match: [\"some %s here\"]\n    nomatch: [\"nothing here\"]\n",
			id, p->term[i], p->term[i]);
	}
	if (fclose(f))
		die("cannot write %s", path);
}
