/* cmd_people.c - who is who in a case, as JSON Lines. */
#include "act.h"
#include "authority/authority.h"
#include "cmd.h"
#include "report/report.h"
#include "say.h"
#include <stdio.h>

static int print_people(struct act *a, const char *dir)
{
	struct case_db *c = NULL;
	struct err err = { 0 };
	bool unlogged = false;
	int rc = act_look(a, &c, dir, "people", PERSON_OFFICER, &unlogged, &err);
	if (!rc)
		rc = authority_allows_handover(c, &err);
	if (!rc)
		rc = report_people(c, stdout, &err);
	if (!rc && fflush(stdout) != 0)
		rc = err_set(&err, E_IO,
			     "The people could not be written to their end. Free some space where "
			     "they go, then run the command again.");
	case_close(c);
	act_end(a);
	if (!rc && unlogged)
		say_note("The case cannot be written here: that you looked was not logged.");
	return rc ? say_error(&err) : EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	struct act a = ACT_NEW;
	const char *dir = NULL;
	for (int i = 1; i < argc; i++) {
		if (act_option(&a, argc, argv, &i))
			continue;
		if (argv[i][0] == '-')
			return say_usage("people", "There is no option '%s'.", argv[i]);
		if (dir)
			return say_usage("people", "One case at a time.");
		dir = argv[i];
	}
	if (!dir || !*dir)
		return say_usage("people", "Which case? Give the folder that a scan made.");
	return print_people(&a, dir);
}

const struct cmd cmd_people = {
	.name = "people",
	.usage = "CASE [--key FILE]",
	.line = "print who is who in a case, one JSON object a line",
	.help = "Numbers, handles and names that the phone itself says are one person's, each link "
		"with\n"
		"what it rests on and how sure it is; for programs. Names alone join nobody, and a "
		"number\n"
		"saved under different names stands alone, marked shared. triage/README.md lists "
		"the\n"
		"keys.\n\n" ACT_HELP "\n"
		"Ends with 0; 1: there is no case there, or it cannot be read; 2: the command "
		"line is\n"
		"wrong.\n",
	.run = run,
};
