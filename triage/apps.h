/*
 * apps.h - apps whose being on a phone says something: messengers, second numbers, vaults, location
 * sharing, money, travel. The list is apps.list. That an app is there is a fact to report, never a
 * point against the child.
 */
#ifndef APPS_H
#define APPS_H
#include "parser.h"

struct app {
	enum platform platform;
	const char
		*category; /* "messages", "second-number", "vault", "location", "money", "travel" */
	const char *id;    /* bundle id or package */
	const char *name;  /* for people */
	const char *reader; /* parser.app that reads its messages, or NULL */
	const char *store; /* glob of its main message store, as in parser.files; NULL: not known */
};

extern const struct app apps[];
size_t apps_count(void);

/* The app of exactly this id, or NULL. An id can belong to an iOS and an Android app: PLATFORM_ANY
 * takes either. Ids compare as Apple and Android do: every byte. */
const struct app *app_find(enum platform platform, span id);
#endif
