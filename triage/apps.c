/* apps.c - see apps.h */
#include "apps.h"

const struct app apps[] = {
#define A(platform, category, id, name, reader, store) \
	{ PLATFORM_##platform, (category), (id), (name), (reader), (store) },
#include "apps.list"
#undef A
};

size_t apps_count(void)
{
	return sizeof apps / sizeof *apps;
}

const struct app *app_find(enum platform platform, span id)
{
	for (size_t i = 0; i < apps_count(); i++)
		if ((platform == PLATFORM_ANY || apps[i].platform == platform) &&
		    span_eq(id, span_z(apps[i].id)))
			return &apps[i];
	return NULL;
}
