/* cmd_replay.c - the same source again: does it give what a report says it gave? */
#include "acquire/wa_crypt.h"
#include "cmd.h"
#include "court/replay.h"
#include "given.h"
#include "options.h"
#include "passwords.h"
#include "say.h"
#include <stdio.h>
#include <stdlib.h>

static void print_different(void *user, const char *file, const char *how)
{
	(void)user;
	printf("  NOT THE SAME: %s: %s\n", file, how);
}

/* What is asked for besides the source. */
struct words {
	const char *work, *confidential, *whatsapp_key;
	int password_fd;
};

/* Before a question is asked, nothing of the progress stands in its line. */
static void before_asking(void *user)
{
	struct say_progress *p = user;
	bool active = p->active;
	say_progress_end(p);
	p->active = active;
}

static int replay(struct given *g, const char *bundle, char **sources, size_t n,
		  const struct words *w)
{
	struct err err = { 0 };
	struct say_progress progress = { 0 };
	struct passwords *passwords = NULL;
	struct wa_key *whatsapp_key = NULL;
	int64_t same = 0;
	int rc = given_load(g, &err);
	if (!rc)
		rc = passwords_new(&passwords, w->password_fd, true, before_asking, &progress,
				   &err);
	if (!rc && w->whatsapp_key)
		rc = wa_key_load(&whatsapp_key, w->whatsapp_key, &err);
	if (!rc) {
		const struct scan_options options = { .lines = g->lines,
						      .lines_name = given_lines_name(g),
						      .rules = g->rules,
						      .policy = g->policy,
						      .confidential = w->confidential,
						      .passwords = passwords,
						      .whatsapp_key = whatsapp_key,
						      .jit = true,
						      .progress = say_progress_fn,
						      .user = &progress };
		say_progress_start(&progress);
		rc = replay_run(bundle, (const char *const *)sources, n, w->work, &options,
				print_different, NULL, &same, &err);
		say_progress_end(&progress);
	}
	passwords_free(passwords);
	wa_key_free(whatsapp_key);
	if (rc)
		return say_error(&err);
	printf("The same: %lld annexes, byte for byte.\n", (long long)same);
	return EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	const char *tmp = getenv("TMPDIR"), *rules = NULL, *password_fd = NULL;
	struct words w = { 0 };
	struct given g = { .what_for = "replayed" };
	const struct option_word options[] = { { "--lines", &g.lines_file, NULL },
					       { "--lines-key", &g.lines_key, NULL },
					       { "--rules", &rules, NULL },
					       { "--confidential", &w.confidential, NULL },
					       { "--password-fd", &password_fd, NULL },
					       { "--whatsapp-key", &w.whatsapp_key, NULL },
					       { "--skip-bad-lines", NULL, &g.skip_bad },
					       { "--work", &w.work, NULL } };
	int code = options_read("replay", options, sizeof options / sizeof *options, &argc, argv);
	if (code)
		return code;
	if (argc < 3)
		return say_usage("replay", "Say which report, and which source: 'linecheck replay "
					   "DIR SOURCE --lines FILE'.");
	if (!options_descriptor(password_fd, &w.password_fd))
		return say_usage("replay",
				 "--password-fd needs the number of a descriptor, not '%s'.",
				 password_fd);
	if (rules)
		g.pack[g.packs++] = rules;
	if (!w.work)
		w.work = tmp && *tmp ? tmp : "/tmp";
	code = replay(&g, argv[1], argv + 2, (size_t)argc - 2, &w);
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
		"  --password-fd N      read the password of an encrypted backup from that "
		"descriptor; else it\n"
		"                       is asked for\n"
		"  --whatsapp-key FILE  the key of WhatsApp's own backups that was used\n"
		"  --lines-key FILE     the key of a pack whose identifiers are keyed\n"
		"  --skip-bad-lines     if bad rows of the list were left out then\n"
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
