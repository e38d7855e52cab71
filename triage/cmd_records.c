/* cmd_records.c - the records of a case as JSON Lines. */
#include "act.h"
#include "authority/authority.h"
#include "cmd.h"
#include "report/report.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

static int print_records(struct act *a, const char *dir, unsigned kinds)
{
	struct case_db *c = NULL;
	struct err err = { 0 };
	bool unlogged = false;
	int rc = act_look(a, &c, dir, "records", PERSON_OFFICER, &unlogged, &err);
	if (!rc)
		rc = authority_allows_handover(c, &err);
	if (!rc)
		rc = report_records(c, kinds, stdout, &err);
	if (!rc && fflush(stdout) != 0)
		rc = err_set(&err, E_IO,
			     "The records could not be written to their end. Free some space "
			     "where they go, then run the command again.");
	case_close(c);
	act_end(a);
	if (!rc && unlogged)
		say_note("The case cannot be written here: that you looked was not logged.");
	return rc ? say_error(&err) : EXIT_NOTHING;
}

static bool kinds_of(const char *word, unsigned *ret)
{
	enum record_kind kind;
	if (strcmp(word, "trace") == 0)
		*ret = ~KINDS_COMMUNICATION;
	else if (record_kind_from_word(span_z(word), &kind))
		*ret = KIND_BIT(kind);
	else
		return false;
	return true;
}

static int run(int argc, char **argv)
{
	struct act a = ACT_NEW;
	const char *dir = NULL;
	unsigned kinds = KINDS_COMMUNICATION;
	for (int i = 1; i < argc; i++) {
		if (act_option(&a, argc, argv, &i))
			continue;
		if (strcmp(argv[i], "--kind") == 0) {
			if (++i == argc || !kinds_of(argv[i], &kinds))
				return say_usage("records", "--kind takes account, contact, call, "
							    "message, reaction, system, or trace "
							    "and the trace- kinds of a scope.");
		} else if (argv[i][0] == '-') {
			return say_usage("records", "There is no option '%s'.", argv[i]);
		} else if (dir) {
			return say_usage("records", "One case at a time.");
		} else {
			dir = argv[i];
		}
	}
	if (!dir || !*dir)
		return say_usage("records", "Which case? Give the folder that a scan made.");
	return print_records(&a, dir, kinds);
}

const struct cmd cmd_records = {
	.name = "records",
	.usage = "CASE [--kind account|contact|call|message|reaction|system|trace] [--key FILE]",
	.line = "print the records of a case, one JSON object a line",
	.help = "Every record that was read into the case, in the order of reading, each with its "
		"place\n"
		"in the source; for programs. triage/README.md lists the keys. With --kind only "
		"records\n"
		"of that kind. Traces (apps, permissions, notifications ...: only what the scope "
		"of "
		"the case\n"
		"names) are printed with --kind trace, or --kind trace-usage and the like, "
		"alone.\n\n" ACT_HELP "\n"
		"Ends with 0; 1: there is no case there, or it cannot be read; 2: the command "
		"line is\n"
		"wrong.\n",
	.run = run,
};
