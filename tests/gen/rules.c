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

void rule_pack_spell(const struct rule_pack *p, uint32_t rule, struct rng *r, char out[static 64])
{
	uint32_t how = rng_below(r, 10);
	const char *term = p->term[rule];
	size_t n = strlen(term);
	for (size_t i = 0; i <= n; i++) {
		char c = term[i];
		if (how == 7 || (how == 8 && i == 0))
			c = (char)toupper((unsigned char)c);
		else if (how == 9 && c == 'o')
			c = '0';
		else if (how == 9 && c == 'e')
			c = '3';
		out[i] = c;
	}
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
	fprintf(f, "name: sample\nversion: \"1\"\nrules:\n");
	for (uint32_t i = 0; i < p->n; i++) {
		char id[24];
		rule_pack_id(p, i, id);
		fprintf(f,
			"  - id: %s\n    category: drug-supply\n    stage: 3\n    weight: 1\n"
			"    terms: [\"%s\"]\n    meaning: \"An invented term.\"\n"
			"    innocent: \"It means nothing.\"\n"
			"    match: [\"some %s here\"]\n    nomatch: [\"nothing here\"]\n",
			id, p->term[i], p->term[i]);
	}
	if (fclose(f))
		die("cannot write %s", path);
}
