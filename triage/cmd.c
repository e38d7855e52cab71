/* cmd.c - the table of commands, made from commands.list. */
#include "cmd.h"
#include "like.h"
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

const struct cmd *cmd_like(const struct cmd *const *all, const char *name)
{
	struct like l = LIKE_NEW;
	const struct cmd *like = NULL;
	for (; *all; all++) {
		const char *before = l.word;
		like_offer(&l, name, (*all)->name);
		if (l.word != before)
			like = *all;
	}
	return like;
}
