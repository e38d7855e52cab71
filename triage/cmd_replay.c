/* cmd_replay.c - the same source again: does it give what a report says it gave? */
#include "cmd.h"
#include "court/replay.h"
#include "given.h"
#include "options.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>

static void print_different(void *user, const char *file, const char *how)
{
	(void)user;
	printf("  NOT THE SAME: %s: %s\n", file, how);
}

static int replay(struct given *g, const char *bundle, char **sources, size_t n, const char *work,
		  const char *confidential)
{
	struct err err = { 0 };
	struct say_progress progress = { 0 };
	int64_t same = 0;
	int rc = given_load(g, &err);
	if (!rc) {
		const struct scan_options options = { .lines = g->lines,
						      .lines_name = given_lines_name(g),
						      .rules = g->rules,
						      .policy = g->policy,
						      .confidential = confidential,
						      .jit = true,
						      .progress = say_progress_fn,
						      .user = &progress };
		say_progress_start(&progress);
		rc = replay_run(bundle, (const char *const *)sources, n, work, &options,
				print_different, NULL, &same, &err);
		say_progress_end(&progress);
	}
	if (rc)
		return say_error(&err);
	printf("The same: %lld annexes, byte for byte.\n", (long long)same);
	return EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	const char *work = getenv("TMPDIR"), *confidential = NULL, *rules = NULL;
	struct given g = { .what_for = "replayed" };
	const struct option_word options[] = { { "--lines", &g.lines_file, NULL },
					       { "--lines-key", &g.lines_key, NULL },
					       { "--rules", &rules, NULL },
					       { "--confidential", &confidential, NULL },
					       { "--skip-bad-lines", NULL, &g.skip_bad },
					       { "--work", &work, NULL } };
	int code = options_read("replay", options, sizeof options / sizeof *options, &argc, argv);
	if (code)
		return code;
	if (argc < 3)
		return say_usage("replay", "Say which report, and which source: 'linecheck replay "
					   "DIR SOURCE --lines FILE'.");
	if (rules)
		g.pack[g.packs++] = rules;
	code = replay(&g, argv[1], argv + 2, (size_t)argc - 2, work && *work ? work : "/tmp",
		      confidential);
	given_free(&g);
	return code;
}

const struct cmd cmd_replay = {
	.name = "replay",
	.usage = "REPORT SOURCE... --lines FILE [--rules FILE] [--work DIR]",
	.line = "does the same source give again what an evidential report says it gave?",
	.help = "Checks the report (as 'verify' does), reads the source into a scratch case under "
		"the "
		"same\n"
		"scope and stage, writes the annexes again and compares them byte for byte. "
		"Refused "
		"unless\n"
		"version and program are those that made the report and the lists are the same. "
		"The "
		"scratch\n"
		"case is removed. Sources in the order of EX1, EX2 ...\n"
		"\n"
		"  --lines FILE         the list of lines that was used\n"
		"  --rules FILE         the further rules that were used\n"
		"  --confidential FILE  the force's list of confidential numbers that was used\n"
		"  --work DIR           where the scratch case may stand; TMPDIR or /tmp if not "
		"given\n"
		"\n"
		"Ends with 0: the same; 1: not the same, and each file is named, with the records "
		"that differ "
		"and in\n"
		"what, or it could not be done;\n"
		"2: the command line is wrong; 3: another version, program or list.\n",
	.run = run,
};
