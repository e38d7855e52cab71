/* options.c - see options.h */
#include "options.h"
#include "like.h"
#include "say.h"
#include <stdlib.h>
#include <string.h>

static const struct option_word *find(const struct option_word *o, size_t n, const char *word,
				      const char **ret_value)
{
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : strlen(word);
	*ret_value = equals ? equals + 1 : NULL;
	for (size_t i = 0; i < n; i++)
		if (strlen(o[i].name) == length && memcmp(o[i].name, word, length) == 0)
			return &o[i];
	return NULL;
}

static int take(const char *command, const struct option_word *o, const char *value, int argc,
		char **argv, int *i)
{
	if (!o->value) {
		if (value)
			return say_usage(command, "%s takes no value.", o->name);
		*o->flag = true;
		return 0;
	}
	if (!value && *i + 1 >= argc)
		return say_usage(command, "%s needs a value.", o->name);
	if (*o->value)
		return say_usage(command, "%s is given twice.", o->name);
	*o->value = value ? value : argv[++*i];
	return 0;
}

static int unknown(const char *command, const struct option_word *o, size_t n, const char *word)
{
	struct like l = LIKE_NEW;
	for (size_t i = 0; i < n; i++)
		like_offer(&l, word, o[i].name);
	return l.word ? say_usage(command, "'%s' is not understood. Did you mean %s?", word, l.word)
		      : say_usage(command, "'%s' is not understood.", word);
}

int options_read(const char *command, const struct option_word *o, size_t n, int *argc, char **argv)
{
	int kept = 0;
	bool options = true;
	for (int i = 0; i < *argc; i++) {
		const char *value;
		if (!options || argv[i][0] != '-' || !argv[i][1]) {
			argv[kept++] = argv[i];
		} else if (strcmp(argv[i], "--") == 0) {
			options = false;
		} else {
			const struct option_word *found = find(o, n, argv[i], &value);
			if (!found)
				return unknown(command, o, n, argv[i]);
			int code = take(command, found, value, *argc, argv, &i);
			if (code)
				return code;
		}
	}
	*argc = kept;
	return 0;
}

bool options_descriptor(const char *text, int *ret)
{
	*ret = -1;
	if (!text)
		return true;
	size_t n = strspn(text, "0123456789");
	if (!n || text[n] || n > 6)
		return false;
	*ret = (int)strtol(text, NULL, 10);
	return true;
}
