/* cmd.c - the table of commands, made from commands.list. */
#include "cmd.h"
#include <stdint.h>
#include <string.h>

#define C(name) extern const struct cmd cmd_##name;
#include "commands.list"
#undef C

static const struct cmd *const commands[] = {
#define C(name) &cmd_##name,
#include "commands.list"
#undef C
	NULL
};

const struct cmd *const *cmd_all(void)
{
	return commands;
}

const struct cmd *cmd_find(const char *name)
{
	for (const struct cmd *const *c = commands; *c; c++)
		if (strcmp((*c)->name, name) == 0)
			return *c;
	return NULL;
}

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

const struct cmd *cmd_like(const char *name)
{
	const struct cmd *like = NULL;
	size_t least = 3; /* two slips of the finger, no more */
	size_t n = strlen(name);
	for (const struct cmd *const *c = commands; *c; c++) {
		size_t d = distance(name, (*c)->name);
		if (n > 1 && strncmp((*c)->name, name, n) == 0)
			d = 0; /* its beginning */
		if (d < least && d < n) {
			least = d;
			like = *c;
		}
	}
	return like;
}
