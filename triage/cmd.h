/*
 * cmd.h - one sub-command = one file cmd_<name>.c = one `const struct cmd`, named in commands.list.
 *
 * Only the command layer prints. What a person reads goes through say.h.
 */
#ifndef CMD_H
#define CMD_H

/* Exit codes: the contract of every command. */
enum {
	EXIT_NOTHING = 0, /* done; for scan: all in scope read, no indicators */
	EXIT_FAILED = 1,  /* it could not be done: a file is not there, not readable, not sound */
	EXIT_USAGE = 2,   /* the command line is wrong, whatever the files hold */
	EXIT_REFUSED = 3, /* authority or policy does not allow it */
	EXIT_INCOMPLETE = 4, /* scan: something in scope was not read, no indicators in what was */
	EXIT_INDICATORS = 10 /* scan: indicators found */
};

struct cmd {
	const char *name;
	const char *usage;                 /* after the name: "SOURCE... [--training] ..." */
	const char *line;                  /* one line for the list of commands */
	const char *help;                  /* the rest, plain English */
	int (*run)(int argc, char **argv); /* argv[0] is the name; gives an exit code */
	const struct cmd *const *verbs; /* of "case", "lines", "report"; NULL-terminated; or NULL */
};

const struct cmd *cmd_find(const char *name);
/* The one of all (NULL-terminated) that a wrong name was most likely meant to be, or NULL. */
const struct cmd *cmd_like(const struct cmd *const *all, const char *name);
const struct cmd *const *cmd_all(void); /* NULL-terminated */
#endif
