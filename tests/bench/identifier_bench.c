/*
 * identifier_bench.c - messages a second through identifier_scan(), beside one PCRE2 expression of
 * about the same numbers, on the same texts in the same run.
 *
 *   identifier_bench [MESSAGES]      (1000000)
 *
 * Texts are made from a seed: about 54 bytes, one in twenty with a number, some with prices, times,
 * emoji and other digits. Processor seconds, best of five. Ends with 1 if the two do not find the
 * same or the expression is faster.
 */
#include "base/identifier.h"
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t seed = 88172645463325252u;
static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 32) % below;
}

static char *text;
static size_t *start; /* message i is text[start[i] .. start[i + 1]) */
static size_t messages, bytes;

static void make(void)
{
	static const char *const words[] = {
		"about", "tonight", "bring", "the",  "bus",   "at",   "quarter", "past", "lol",
		"mum",   "says",    "can",   "you",  "get",   "milk", "on",      "way",  "home",
		"see",   "train",   "is",    "late", "again", "ring", "me",      "when", "there",
	};
	static const char *const extras[] = {
		"\u00A320",         "3 for 25",         "10:30",        "07/12/2024",
		"\xF0\x9F\x98\x82", "don\xE2\x80\x99t", "ref 12345678", "2nite"
	};
	static const char *const forms[] = { "07700 900%03u",        "07700900%03u",
					     "+44 7700 900%03u",     "+447700900%03u",
					     "0044 7700 900%03u",    "447700900%03u",
					     "+44 (0)7700 900 %03u", "7700900%03u",
					     "07700-900-%03u" };
	text = malloc(messages * 96);
	start = malloc((messages + 1) * sizeof *start);
	if (!text || !start)
		exit(1);
	for (size_t i = 0; i < messages; i++) {
		char *p = text + bytes, *begin = p;
		size_t length = 30 + draw(40);
		start[i] = bytes;
		bool number = draw(20) == 0, extra = draw(4) == 0;
		while ((size_t)(p - begin) < length) {
			if (number && draw(4) == 0) {
				p += sprintf(p, forms[draw(sizeof forms / sizeof *forms)],
					     draw(1000));
				number = false;
			} else if (extra && draw(4) == 0) {
				p += sprintf(p, "%s", extras[draw(sizeof extras / sizeof *extras)]);
				extra = false;
			} else {
				p += sprintf(p, "%s", words[draw(sizeof words / sizeof *words)]);
			}
			*p++ = ' ';
		}
		bytes = (size_t)(p - text);
	}
	start[messages] = bytes;
}

static span message(size_t i)
{
	return (span){ text + start[i], start[i + 1] - start[i] };
}

static uint64_t sum;

static size_t run_scan(void)
{
	size_t found = 0;
	struct mention m;
	for (size_t i = 0; i < messages; i++) {
		span s = message(i);
		for (size_t pos = 0; identifier_scan(s, &pos, &m); found++)
			sum += m.id.e164;
	}
	return found;
}

static pcre2_code *re;
static pcre2_match_data *data;

static size_t run_expression(void)
{
	size_t found = 0;
	for (size_t i = 0; i < messages; i++) {
		span s = message(i);
		PCRE2_SIZE at = 0;
		while (at < s.n &&
		       pcre2_jit_match(re, (PCRE2_SPTR)s.p, s.n, at, 0, data, NULL) > 0) {
			PCRE2_SIZE *v = pcre2_get_ovector_pointer(data);
			sum += v[0];
			found++;
			at = v[1];
		}
	}
	return found;
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double measure(const char *name, size_t (*run)(void), size_t *ret_found)
{
	double best = 1e9;
	for (int i = 0; i < 5; i++) {
		double begin = seconds();
		*ret_found = run();
		double took = seconds() - begin;
		best = took < best ? took : best;
	}
	printf("%-24s %7.1f M messages/s %6.2f GB/s %9zu found\n", name,
	       (double)messages / best / 1e6, (double)bytes / best / 1e9, *ret_found);
	return best;
}

int main(int argc, char **argv)
{
	static const char pattern[] =
		"(?<![\\w+])(?:(?:\\+|00)?44[ .-]{0,2}(?:\\(0\\)[ .-]?|0)?|0|(?=7\\d{9}))(?!0)"
		"(?:\\d[ .()-]{0,2}){9}\\d(?!\\d)";
	int code;
	PCRE2_SIZE at;
	messages = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 1000000;
	if (!messages)
		return 2;
	re = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, 0, &code, &at, NULL);
	data = pcre2_match_data_create(4, NULL);
	if (!re || !data || pcre2_jit_compile(re, PCRE2_JIT_COMPLETE) != 0)
		return 1;
	make();
	printf("%zu messages, %.1f bytes each\n", messages, (double)bytes / (double)messages);
	size_t found, expected;
	double scan = measure("identifier_scan", run_scan, &found);
	double expression = measure("PCRE2 JIT expression", run_expression, &expected);
	printf("%.1f times as fast (%llu)\n", expression / scan, (unsigned long long)sum % 10);
	free(text);
	free(start);
	pcre2_match_data_free(data);
	pcre2_code_free(re);
	return found == expected && scan < expression ? 0 : 1;
}
