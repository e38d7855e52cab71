/* cmd_case_open.c - take a sealed case out again. */
#include "cmd.h"
#include "ending/case_seal.h"
#include "ending/volume.h"
#include "say.h"
#include "unlock.h"
#include "verb.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "CASE.sealed" stands for CASE. */
static void strip(const char *word, char *ret, size_t cap)
{
	size_t n = strlen(word);
	while (n > 1 && word[n - 1] == '/')
		n--;
	if (n > 7 && memcmp(word + n - 7, ".sealed", 7) == 0)
		n -= 7;
	snprintf(ret, cap, "%.*s", (int)n, word);
}

/* Nothing was given to open it with: say who can. */
static int say_who(const struct sealed_peek *p)
{
	printf("The case can be opened with:\n");
	for (size_t i = 0; i < p->keys; i++) {
		printf("  the key %s of ", p->key[i].id);
		say_name(stdout, p->key[i].name);
		putchar('\n');
	}
	if (p->has_passphrase)
		printf("  its passphrase (--passphrase)\n");
	return say_usage("case", "Give --key FILE%s.", p->has_passphrase ? " or --passphrase" : "");
}

static int unlock(struct verb *v, const struct sealed_peek *p, bool passphrase,
		  struct passphrase *secret, struct err *err)
{
	int rc = 0;
	if (!p->about.training)
		rc = act_unlock(&v->act, PERSON_OFFICER, err);
	else if (v->act.key_file)
		rc = unlock_key(&v->act.key, v->act.key_file, v->act.key_fd, err);
	if (!rc && passphrase)
		rc = passphrase_read(secret, "Passphrase of the sealed case: ", v->act.key_fd, err);
	return rc;
}

static int open_case(struct verb *v, const char *folder, bool passphrase, struct err *err)
{
	struct passphrase secret = { 0 };
	struct say_progress progress;
	const struct sealed_progress told = { say_progress_fn, &progress };
	struct sealed_peek peek;
	char path[4200];
	bool done = false;
	int rc = case_sealed_path(folder, path, sizeof path, err);
	if (!rc)
		rc = sealed_peek(path, &peek, err);
	if (rc == 0 && !passphrase && !v->act.key_file && !case_exists(folder))
		return say_who(&peek);
	if (!rc)
		rc = unlock(v, &peek, passphrase, &secret, err);
	const struct sealed_with with = { .key = v->act.key,
					  .passphrase = passphrase ? passphrase_span(&secret)
								   : SPAN_NONE };
	if (!rc) {
		say_progress_start(&progress);
		rc = case_unseal(folder, &with, v->act.key, &told, &done, err);
		say_progress_end(&progress);
	}
	passphrase_wipe(&secret);
	const char *warning = rc ? NULL : volume_warning(volume_of(folder));
	if (!rc) {
		printf("The case is open in ");
		say_name(stdout, folder);
		puts(done ? ": it was already, and what was left of opening it is done now."
			  : ". Who sealed it is not proved by opening it: 'linecheck verify' "
			    "checks "
			    "it.");
	}
	if (warning)
		say_note("%s", warning);
	return rc ? say_error(err) : EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "open" };
	struct err err = { 0 };
	char folder[4096];
	bool passphrase = false;
	int n = 1;
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--passphrase") == 0)
			passphrase = true;
		else
			argv[n++] = argv[i];
	int code = verb_read(&v, n, argv, false);
	if (code)
		return code;
	strip(v.dir, folder, sizeof folder);
	if (!v.act.key_file)
		v.act.key_file = getenv("LINECHECK_KEY");
	code = open_case(&v, folder, passphrase, &err);
	act_end(&v.act);
	return code;
}

const struct cmd case_verb_open = {
	.name = "open",
	.usage = "FOLDER [--passphrase] --key FILE",
	.line = "take a sealed case out again",
	.help = "FOLDER.sealed becomes FOLDER. The sealed file is removed only after the folder "
		"was "
		"read\n"
		"back from the disk. Stopped at any moment, nothing is lost: run it again. Without "
		"a key\n"
		"or passphrase it says who can open the case.\n"
		"\n"
		"  --passphrase   open it with its passphrase; from --passphrase-fd it is the line "
		"after\n"
		"                 the one for your key.\n" ACT_HELP,
	.run = run,
};
