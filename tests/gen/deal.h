/* deal.h - the fictional deal lines of a sample: what lines.csv says. */
#ifndef GEN_DEAL_H
#define GEN_DEAL_H
#include "numbers.h"

struct deal_line {
	char brand[32];
	char identifier[48]; /* as written in the file */
	uint64_t e164;       /* 0: an e-mail address */
	const char *from, *to, *status, *grade;
};

struct deal_lines {
	struct deal_line *at; /* at[i] is line i + 2 of the file: the header is 1 */
	size_t n;
	uint32_t *order; /* by number, for the search */
};

/* n rows from the line pool: now and then a second number for a brand, an e-mail address, a number
 * that two brands claim, a lapsed window. */
struct deal_lines *deal_lines_made(const struct numbers *pool, uint64_t seed, size_t n);
/* Rows given by hand; identifier must be a phone number. */
struct deal_lines *deal_lines_given(const struct deal_line *rows, size_t n);
void deal_lines_free(struct deal_lines *d);
void deal_lines_write(const struct deal_lines *d, const char *path);

/* The rows about a number (or, when e164 is 0, about an e-mail address): writes up to max indices,
 * in the order of the file, and gives how many. */
size_t deal_lines_about(const struct deal_lines *d, uint64_t e164, const char *address,
			uint32_t *ret, size_t max);
#endif
