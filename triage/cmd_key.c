/* cmd_key.c - a person's key: make it, show its public half, change its passphrase. */
#include "cmd.h"
#include "hex.h"
#include "options.h"
#include "say.h"
#include "unlock.h"
#include <string.h>
#include <unistd.h>

static void print_key(const struct key_public *p)
{
	char hex[2 * KEY_PUBLIC + 1];
	hex_write(hex, p->sign, KEY_PUBLIC);
	printf("  name    %s\n  id      %s\n  public  %s\n", p->name, p->id, hex);
}

static int new_key(const char *file, const char *name, int fd)
{
	struct passphrase p = { 0 };
	struct key_public made;
	struct err err = { 0 };
	if (key_name_check(name, &err))
		return say_usage("key", "--name: %s", err.message);
	int rc = 0;
	if (access(file, F_OK) == 0)
		rc = err_set(&err, E_USER, "'%.200s' is there already: nothing is overwritten.",
			     file);
	if (!rc)
		rc = passphrase_new(&p, fd, &err);
	if (!rc)
		rc = key_create(file, name, passphrase_span(&p), &made, &err);
	passphrase_wipe(&p);
	if (rc)
		return say_error(&err);
	printf("Made ");
	say_name(stdout, file);
	putchar('\n');
	print_key(&made);
	printf("\nGive id and public to whoever keeps the force's policy, and have the id read "
	       "back "
	       "to you.\nKeep a copy of the file in another place. Nobody can open it without the "
	       "passphrase:\na forgotten passphrase is a lost key.\n");
	return EXIT_NOTHING;
}

static int show(const char *file)
{
	struct key_public p;
	struct err err = { 0 };
	if (key_peek(file, &p, &err))
		return say_error(&err);
	print_key(&p);
	return EXIT_NOTHING;
}

static int change(const char *file, int fd)
{
	struct passphrase old = { 0 }, fresh = { 0 };
	struct key_public p;
	struct err err = { 0 };
	int rc = key_peek(file, &p, &err);
	if (!rc)
		rc = passphrase_read(&old, "Passphrase as it is: ", fd, &err);
	if (!rc)
		rc = passphrase_new(&fresh, fd, &err);
	if (!rc)
		rc = key_change(file, passphrase_span(&old), passphrase_span(&fresh), &err);
	passphrase_wipe(&old);
	passphrase_wipe(&fresh);
	if (rc)
		return say_error(&err);
	say_name(stdout, file);
	printf(" has a new passphrase. Copies of the file still open with the old one, and the "
	       "disk may\nhold the old file for a while: if somebody may know the old passphrase, "
	       "have the key\nrevoked and make another.\n");
	return EXIT_NOTHING;
}

static int run(int argc, char **argv)
{
	const char *name = NULL, *fd_text = NULL;
	const struct option_word words[] = { { "--name", &name, NULL },
					     { "--passphrase-fd", &fd_text, NULL } };
	int fd, code = options_read("key", words, sizeof words / sizeof *words, &argc, argv);
	if (code)
		return code;
	if (!options_descriptor(fd_text, &fd))
		return say_usage("key", "--passphrase-fd needs the number of a descriptor.");
	if (argc == 3 && strcmp(argv[1], "new") == 0 && name)
		return new_key(argv[2], name, fd);
	if (argc == 3 && strcmp(argv[1], "show") == 0 && !name && !fd_text)
		return show(argv[2]);
	if (argc == 3 && strcmp(argv[1], "passphrase") == 0 && !name)
		return change(argv[2], fd);
	return say_usage("key",
			 "Say 'linecheck key new FILE --name NAME', 'linecheck key show FILE' or "
			 "'linecheck key passphrase FILE'.");
}

const struct cmd cmd_key = {
	.name = "key",
	.usage = "new FILE --name NAME | show FILE | passphrase FILE   [--passphrase-fd N]",
	.line = "make a person's, unit's or force's key, show its public half",
	.help = "A key is a file and a passphrase. With it a person signs decisions, a unit its "
		"packs and a\n"
		"force its policy.\n"
		"\n"
		"new         asks a passphrase twice and makes FILE, which must not exist. NAME is "
		"how the\n"
		"            person is known at work; a collar number in it tells two people of "
		"one "
		"name apart.\n"
		"show        prints name, id and public half, which are no secret: hand them to "
		"whoever\n"
		"            keeps the policy.\n"
		"passphrase  asks the old one and a new one twice.\n"
		"\n"
		"Passphrases are asked on the terminal. A program gives them on a descriptor, one "
		"line each,\n"
		"in the order they are asked: --passphrase-fd 3 3<FILE. hashsets/README.md says "
		"what to do\n"
		"when a key is lost.\n"
		"\n"
		"Ends with 0; 1: a key or passphrase cannot be read, made or does not fit; 2: the "
		"command\n"
		"line is wrong.\n",
	.run = run,
};
