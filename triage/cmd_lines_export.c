/* cmd_lines_export.c - what counts in the database, as CSV. */
#include "cmd.h"
#include "linedb_export.h"
#include "lines_verb.h"
#include "say.h"
#include "small_file.h"
#include <fcntl.h>
#include <stdio.h>

static int export(int argc, char **argv)
{
	struct lines_verb v = { .name = "export",
				.least = 1,
				.most = 1,
				.word_names = "DATABASE",
				.option = { "--out", "--six!" } };
	struct buf csv = { 0 };
	struct err err = { 0 };
	uint64_t rows;
	int code = lines_verb_read(&v, argc, argv, true);
	if (code)
		return code;
	const char *out = lines_verb_option(&v, "--out");
	if (!out || !*out)
		return say_usage("lines", "Give --out FILE.csv.");
	int rc = lines_verb_open(&v, WHO_ANALYST, &err);
	if (!rc)
		rc = linedb_export(v.d, lines_verb_option(&v, "--six") != NULL, v.reason, &csv,
				   &rows, &err);
	if (!rc)
		rc = small_file_new(AT_FDCWD, out, buf_span(&csv), 0600, &err);
	if (!rc) {
		printf("%llu rows: ", (unsigned long long)rows);
		say_name(stdout, out);
		putchar('\n');
	}
	buf_free(&csv);
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_export = {
	.name = "export",
	.usage = "DATABASE --out FILE.csv [--six] --reason TEXT --key FILE",
	.line = "write what counts as a CSV file that 'lines import' takes",
	.help = "One row for each identifier, with the columns of 'lines import'. It holds "
		"provenance: it\n"
		"stays in the unit. --six writes only line, identifier, from, to, status, grade, "
		"and\n"
		"leaves out the numbers of children. Further names, notes and history have no "
		"column.\n\n" ACT_HELP,
	.run = export,
};
