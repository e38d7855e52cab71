/* deal.c - see deal.h */
#include "deal.h"
#include "tool.h"
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const brands[] = { "Marlo", "Kobi",  "Denzo", "Tavi",  "Renko", "Jorro",
				      "Milt",  "Sonto", "Brodi", "Lanx",  "Petro", "Vico",
				      "Hazo",  "Dunc",  "Fenn",  "Gizzo", "Orlo",  "Quill",
				      "Yanni", "Zed",   "Cliff", "Wes",   "Ike",   "Nando" };
#define BRANDS (sizeof brands / sizeof *brands)

/* Windows as a unit would keep them; the bulk phone's messages lie in 2024 and 2025. */
static const struct {
	const char *from, *to, *status, *grade;
} kinds[] = {
	{ "2023-11-01", "", "active", "1AP" },
	{ "2024-02-10", "2025-12-31", "active", "1BP" },
	{ "", "", "suspected", "2B" },
	{ "2022-05-01", "2023-03-31", "closed", "1A" },
	{ "2024-06-01", "2024-09-30", "dormant", "2CC" },
	{ "2024-01-15", "", "unknown", "" },
	{ "2025-01-01", "", "taken-over", "3D" },
	{ "2023-01-01", "2025-12-31", "ddtro", "1A" },
};
#define KINDS (sizeof kinds / sizeof *kinds)

static const struct deal_lines *sorting;

static int by_number(const void *a, const void *b)
{
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	uint64_t x = sorting->at[i].e164, y = sorting->at[j].e164;
	if (x != y)
		return x < y ? -1 : 1;
	return i < j ? -1 : i > j;
}

static struct deal_lines *ready(struct deal_lines *d)
{
	d->order = must(calloc(d->n + 1, sizeof *d->order));
	for (uint32_t i = 0; i < d->n; i++)
		d->order[i] = i;
	sorting = d;
	qsort(d->order, d->n, sizeof *d->order, by_number);
	return d;
}

struct deal_lines *deal_lines_made(const struct numbers *pool, uint64_t seed, size_t n)
{
	struct deal_lines *d = must(calloc(1, sizeof *d));
	struct rng r;
	rng_seed(&r, seed, 'd');
	d->at = must(calloc(n + 1, sizeof *d->at));
	d->n = n;
	for (size_t i = 0; i < n; i++) {
		struct deal_line *l = &d->at[i];
		size_t kind = i < 3 ? i : rng_below(&r, KINDS);
		snprintf(l->brand, sizeof l->brand, "%s %04zu", brands[i % BRANDS], i);
		if (i % 8 == 7) /* one brand, two numbers */
			memcpy(l->brand, d->at[i - 1].brand, sizeof l->brand);
		l->from = kinds[kind].from;
		l->to = kinds[kind].to;
		l->status = kinds[kind].status;
		l->grade = kinds[kind].grade;
		if (i % 250 == 249) {
			snprintf(l->identifier, sizeof l->identifier, "line%04zu@example.com", i);
			continue;
		}
		/* i % 400 == 399: the number of an earlier row, taken over by this brand */
		l->e164 = numbers_line(pool, i % 400 == 399 ? i - 200 : i);
		number_spell(l->e164, i % 3 ? rng_below(&r, SPELLINGS) : 0, l->identifier);
	}
	return ready(d);
}

struct deal_lines *deal_lines_given(const struct deal_line *rows, size_t n)
{
	struct deal_lines *d = must(calloc(1, sizeof *d));
	d->at = must(calloc(n + 1, sizeof *d->at));
	memcpy(d->at, rows, n * sizeof *rows);
	d->n = n;
	return ready(d);
}

void deal_lines_free(struct deal_lines *d)
{
	if (d) {
		free(d->at);
		free(d->order);
	}
	free(d);
}

void deal_lines_write(const struct deal_lines *d, const char *path)
{
	FILE *f = fopen(path, "w");
	if (!f)
		die("cannot write %s", path);
	fputs("line,identifier,from,to,status,grade\n", f);
	for (size_t i = 0; i < d->n; i++) {
		const struct deal_line *l = &d->at[i];
		fprintf(f, "%s,%s,%s,%s,%s,%s\n", l->brand, l->identifier, l->from, l->to,
			l->status, l->grade);
	}
	if (fclose(f))
		die("cannot write %s", path);
}

static bool same_address(const char *a, const char *b)
{
	while (*a && tolower((unsigned char)*a) == tolower((unsigned char)*b))
		a++, b++;
	return *a == *b;
}

size_t deal_lines_about(const struct deal_lines *d, uint64_t e164, const char *address,
			uint32_t *ret, size_t max)
{
	size_t n = 0, low = 0, high = d->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->at[d->order[middle]].e164 < e164)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < d->n && n < max && d->at[d->order[low]].e164 == e164; low++)
		if (e164 || same_address(d->at[d->order[low]].identifier, address))
			ret[n++] = d->order[low];
	return n;
}
