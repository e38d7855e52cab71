/* numbers.c - see numbers.h. Ranges: Ofcom, "Telephone numbers for use in TV and radio drama". */
#include "numbers.h"
#include "tool.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct range {
	uint64_t first;
	uint32_t count;
	unsigned area; /* digits of the area part of the national number */
} ranges[] = {
	{ 447700900000, 1000, 4 }, { 441632960000, 1000, 4 }, { 442079460000, 1000, 2 },
	{ 441134960000, 1000, 3 }, { 441144960000, 1000, 3 }, { 441154960000, 1000, 3 },
	{ 441164960000, 1000, 3 }, { 441174960000, 1000, 3 }, { 441184960000, 1000, 3 },
	{ 441214960000, 1000, 3 }, { 441314960000, 1000, 3 }, { 441414960000, 1000, 3 },
	{ 441514960000, 1000, 3 }, { 441614960000, 1000, 3 }, { 441914980000, 1000, 3 },
	{ 442896496000, 1000, 2 }, { 442920180000, 1000, 2 }, { 448081570000, 1000, 3 },
	{ 443069990000, 1000, 4 }, { 12025550100, 100, 3 },
};
#define RANGES (sizeof ranges / sizeof *ranges)
#define MOBILES 1000u /* the first range */

struct numbers {
	uint32_t *line, *person; /* ordinals over all ranges */
	size_t line_n, person_n;
};

static uint64_t nth(uint32_t i)
{
	for (size_t r = 0; r < RANGES; r++) {
		if (i < ranges[r].count)
			return ranges[r].first + i;
		i -= ranges[r].count;
	}
	die("number out of range");
}

struct numbers *numbers_new(uint64_t seed, size_t lines)
{
	struct numbers *n = must(calloc(1, sizeof *n));
	struct rng r;
	uint32_t total = 0;
	for (size_t i = 0; i < RANGES; i++)
		total += ranges[i].count;
	if (lines > total - 4000)
		die("at most %u lines: there are no more fictional numbers", total - 4000);
	uint32_t *all = must(calloc(total, sizeof *all));
	for (uint32_t i = 0; i < total; i++)
		all[i] = i;
	rng_seed(&r, seed, 'n');
	rng_shuffle(&r, all, MOBILES);
	rng_shuffle(&r, all + MOBILES, total - MOBILES);
	/* Lines: up to half of the mobiles, then the others from the front. People: the rest. */
	size_t mobiles = lines < MOBILES / 2 ? lines : MOBILES / 2, fixed = lines - mobiles;
	n->line = must(calloc(lines + 1, sizeof *n->line));
	n->person = must(calloc(total, sizeof *n->person));
	memcpy(n->line, all, mobiles * sizeof *all);
	memcpy(n->line + mobiles, all + MOBILES, fixed * sizeof *all);
	n->line_n = lines;
	memcpy(n->person, all + mobiles, (MOBILES - mobiles) * sizeof *all);
	n->person_n = MOBILES - mobiles;
	memcpy(n->person + n->person_n, all + MOBILES + fixed,
	       (total - MOBILES - fixed) * sizeof *all);
	n->person_n += total - MOBILES - fixed;
	free(all);
	return n;
}

void numbers_free(struct numbers *n)
{
	if (n) {
		free(n->line);
		free(n->person);
	}
	free(n);
}

uint64_t numbers_line(const struct numbers *n, size_t i)
{
	if (i >= n->line_n)
		die("more lines wanted than there are");
	return nth(n->line[i]);
}

uint64_t numbers_person(const struct numbers *n, size_t i)
{
	if (i >= n->person_n)
		die("more people wanted than there are fictional numbers");
	return nth(n->person[i]);
}

size_t numbers_people(const struct numbers *n)
{
	return n->person_n;
}

static unsigned area_digits(uint64_t e164)
{
	for (size_t r = 0; r < RANGES; r++)
		if (e164 >= ranges[r].first && e164 < ranges[r].first + ranges[r].count)
			return ranges[r].area;
	die("%" PRIu64 " is not a fictional number", e164);
}

void number_spell(uint64_t e164, unsigned spelling, char out[static NUMBER_TEXT])
{
	char digits[16];
	unsigned area = area_digits(e164);
	int size = snprintf(digits, sizeof digits, "%" PRIu64, e164);
	if (digits[0] == '1') {
		static const char *const forms[] = { "+1%.3s%.3s%s", "+1 %.3s %.3s %s",
						     "+1 (%.3s) %.3s-%s", "001%.3s%.3s%s" };
		snprintf(out, NUMBER_TEXT, forms[spelling % 4], digits + 1, digits + 4, digits + 7);
		return;
	}
	const char *n = digits + 2; /* national number: area, middle, last */
	int a = (int)area, rest = size - 2 - a, b = rest - (rest == 6 ? 3 : 4);
	switch (spelling) {
	case 0:
		snprintf(out, NUMBER_TEXT, "+44%s", n);
		break;
	case 1:
		snprintf(out, NUMBER_TEXT, "0%s", n);
		break;
	case 2:
		snprintf(out, NUMBER_TEXT, "0%.*s %s", a, n, n + a);
		break;
	case 3:
		snprintf(out, NUMBER_TEXT, "0%.*s %.*s %s", a, n, b, n + a, n + a + b);
		break;
	case 4:
		snprintf(out, NUMBER_TEXT, "+44 %.*s %s", a, n, n + a);
		break;
	case 5:
		snprintf(out, NUMBER_TEXT, "+44 (0)%.*s %.*s %s", a, n, b, n + a, n + a + b);
		break;
	case 6:
		snprintf(out, NUMBER_TEXT, "0044%s", n);
		break;
	case 7:
		snprintf(out, NUMBER_TEXT, "44%s", n);
		break;
	case 8:
		snprintf(out, NUMBER_TEXT, "0%.*s-%.*s-%s", a, n, b, n + a, n + a + b);
		break;
	default:
		die("no spelling %u", spelling);
	}
}
