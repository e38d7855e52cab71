/* cmd_lines_amend.c - a change by hand to what stands in the database. */
#include "cmd.h"
#include "linedb_amend.h"
#include "lines_verb.h"
#include "say.h"
#include <stdlib.h>
#include <string.h>

static int amend(int argc, char **argv)
{
	struct lines_verb v = {
		.name = "amend",
		.least = 2,
		.most = 2,
		.word_names = "DATABASE LINE, or DATABASE NUMBER-OF-ASSERTION",
		.option = { "--from",      "--to",        "--status",     "--grade",
			    "--role",      "--review-by", "--conditions", "--force",
			    "--reference", "--officer",   "--received",   "--area",
			    "--areas",     "--drugs",     "--ocg",        "--unit",
			    "--contact",   "--warning",   "--ddtro",      "--ddtro-on",
			    "--holder",    "--brand",     "--fact",       "--assessment",
			    "--template",  "--takeover" }
	};
	struct linedb_field f[LINES_OPTIONS];
	char name[LINES_OPTIONS][16];
	struct err err = { 0 };
	size_t n = 0;
	int64_t line = 0, proposal = 0;
	int code = lines_verb_read(&v, argc, argv, true);
	if (code)
		return code;
	for (size_t i = 0; v.option[i]; i++) {
		if (!v.value[i])
			continue;
		strncpy(name[n], v.option[i] + 2, sizeof name[n] - 1);
		name[n][sizeof name[n] - 1] = 0;
		for (char *c = name[n]; *c; c++)
			*c = *c == '-' ? '_' : *c;
		f[n] = (struct linedb_field){ name[n], v.value[i] };
		n++;
	}
	if (!n)
		return say_usage("lines",
				 "Say what to change. See 'linecheck lines amend --help'.");
	int rc = lines_verb_open(&v, WHO_ANALYST, &err);
	struct err none = { 0 };
	if (!rc && linedb_find_line(v.d, v.word[1], &line, &none) == 0)
		rc = linedb_amend_line(v.d, line, f, n, v.reason, &proposal, &err);
	else if (!rc && v.word[1][strspn(v.word[1], "0123456789")])
		rc = err_set(&err, E_ABSENT, "%s", none.message);
	else if (!rc)
		rc = linedb_amend_assertion(v.d, strtoll(v.word[1], NULL, 10), f, n, v.reason,
					    &proposal, &err);
	if (!rc)
		lines_verb_say_proposal(proposal);
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_amend = {
	.name = "amend",
	.usage = "DATABASE LINE|ASSERTION --NAME VALUE ... --reason TEXT --key FILE",
	.line = "propose a change to a line or to one of its identifiers",
	.help = "Of an assertion (its number stands in 'lines show'): --from, --to, --status, "
		"--grade,\n"
		"--role, --review-by, --conditions, --force, --reference, --officer, --received.\n"
		"Of a line: --status, --area, --areas, --drugs, --ocg, --unit, --contact, "
		"--warning yes|no,\n"
		"--ddtro, --ddtro-on, --holder; and to be added: --brand NAME, --fact TEXT,\n"
		"--assessment TEXT, --template TEXT (kept as hashes only), --takeover LINE (that "
		"runs it\n"
		"now). A value of - takes out what stands there.\n\n" ACT_HELP,
	.run = amend,
};
