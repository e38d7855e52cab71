/*
 * options.h - the words of a command line: "--name VALUE", "--name=VALUE", "--flag", and the rest.
 */
#ifndef OPTIONS_H
#define OPTIONS_H
#include <stdbool.h>
#include <stddef.h>

struct option_word {
	const char *name;   /* "--key" */
	const char **value; /* set if it is given; NULL for a flag */
	bool *flag;
};

/* Take the options out of argv; what is left stands in front, *argc says how much. "--" ends them.
 * 0, or the exit code of a wrong word that was told (say_usage with command): unknown, without its
 * value, or given twice. */
int options_read(const char *command, const struct option_word *o, size_t n, int *argc,
		 char **argv);
/* A number that fits a descriptor; false if it is not one. NULL gives -1. */
bool options_descriptor(const char *text, int *ret);
#endif
