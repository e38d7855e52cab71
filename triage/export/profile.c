/* profile.c - see profile.h */
#include "profile.h"
#include <string.h>

static const struct profile profiles[] = {
#define X(name, who, tokens, grades, machine, fields) \
	{ #name, who, tokens, grades, machine, fields },
#include "profiles.list"
#undef X
};

const struct profile *profile_at(size_t i)
{
	return i < sizeof profiles / sizeof *profiles ? &profiles[i] : NULL;
}

const struct profile *profile_find(const char *name)
{
	for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
		if (strcmp(profiles[i].name, name) == 0)
			return &profiles[i];
	return NULL;
}

bool profile_allows(const struct profile *p, const char *field)
{
	size_t n = strlen(field);
	for (const char *at = p->fields; (at = strstr(at, field)); at += n)
		if ((at == p->fields || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	return false;
}
