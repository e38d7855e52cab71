/* like.c - see like.h */
#include "like.h"
#include <stdint.h>
#include <string.h>

#define NAME_MAX_N 24

/* Letters to change, add, leave out or swap with their neighbour until a is b. */
static size_t distance(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), d[NAME_MAX_N + 1][NAME_MAX_N + 1];
	if (n > NAME_MAX_N || m > NAME_MAX_N)
		return SIZE_MAX;
	for (size_t i = 0; i <= n; i++)
		for (size_t k = 0; k <= m; k++) {
			if (!i || !k) {
				d[i][k] = i + k;
				continue;
			}
			size_t best = d[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
			if (d[i - 1][k] + 1 < best)
				best = d[i - 1][k] + 1;
			if (d[i][k - 1] + 1 < best)
				best = d[i][k - 1] + 1;
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] &&
			    d[i - 2][k - 2] + 1 < best)
				best = d[i - 2][k - 2] + 1;
			d[i][k] = best;
		}
	return d[n][m];
}

void like_offer(struct like *l, const char *typed, const char *word)
{
	size_t n = strcspn(typed, "="), far;
	char name[NAME_MAX_N + 1];
	if (n > NAME_MAX_N)
		return;
	memcpy(name, typed, n);
	name[n] = 0;
	far = distance(name, word);
	if (n > 1 && strcmp(name, "--") != 0 && strncmp(word, name, n) == 0)
		far = 0; /* its beginning */
	if (far < l->far && far < n) {
		l->far = far;
		l->word = word;
	}
}
