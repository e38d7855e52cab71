/*
 * report_verb.h - the documents of `linecheck report`: one file each, cmd_report_<name>.c.
 */
#ifndef REPORT_VERB_H
#define REPORT_VERB_H

struct report_verb {
	const char *name, *usage, *line, *help;
	int (*run)(int argc, char **argv); /* argv[0] is the verb; gives an exit code */
};

extern const struct report_verb report_verb_evidential;
#endif
