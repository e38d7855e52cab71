/* cmd_case_seal.c - put a case away in one encrypted file. */
#include "cmd.h"
#include "ending/case_seal.h"
#include "ending/volume.h"
#include "key_word.h"
#include "say.h"
#include "unlock.h"
#include "verb.h"
#include <stdio.h>
#include <string.h>

struct sealing {
	const char *to[SEALED_KEYS_MAX]; /* as given */
	size_t tos;
	bool passphrase;
	struct key_public key[SEALED_KEYS_MAX];
	size_t keys;
	struct passphrase secret;
};

/* Take --to and --passphrase out of argv; 0 or an exit code. */
static int take_words(struct sealing *s, int *argc, char **argv)
{
	int n = 1;
	for (int i = 1; i < *argc; i++) {
		if (strcmp(argv[i], "--passphrase") == 0)
			s->passphrase = true;
		else if (strcmp(argv[i], "--to") != 0)
			argv[n++] = argv[i];
		else if (i + 1 == *argc || s->tos == SEALED_KEYS_MAX)
			return say_usage("case",
					 "--to needs a key behind it, and takes at most %d.",
					 SEALED_KEYS_MAX);
		else
			s->to[s->tos++] = argv[++i];
	}
	*argc = n;
	return 0;
}

/* Without --to: whoever seals it, and the force. */
static int usual_keys(struct sealing *s, const struct act *a, struct err *err)
{
	size_t force = a->trust ? trust_force_keys(a->trust) : 0;
	if (a->key)
		s->key[s->keys++] = *key_public(a->key);
	if (force) {
		struct key_public *k = &s->key[s->keys++];
		memcpy(k->sign, trust_force_key(a->trust, force - 1), KEY_PUBLIC);
		key_id(k->sign, k->id);
		key_word_name(k, a->trust);
	}
	return s->keys ? 0
		       : err_set(err, E_USER,
				 "Say who is to open the case again: --to KEY, or --passphrase.");
}

static int who(struct sealing *s, struct verb *v, struct err *err)
{
	int rc = 0;
	for (; !rc && s->keys < s->tos; s->keys++)
		rc = key_word(s->to[s->keys], v->act.trust, &s->key[s->keys], err);
	if (!rc && !s->tos && !s->passphrase)
		rc = usual_keys(s, &v->act, err);
	if (!rc && s->passphrase)
		rc = passphrase_new(&s->secret, v->act.key_fd, err);
	return rc;
}

static int seal(struct sealing *s, struct case_db *c, struct err *err)
{
	struct say_progress progress;
	const struct sealed_progress told = { say_progress_fn, &progress };
	struct sealed_to to = { .key = s->key, .keys = s->keys };
	if (s->passphrase)
		to.passphrase = passphrase_span(&s->secret);
	say_progress_start(&progress);
	int rc = case_seal(c, &to, &told, err);
	say_progress_end(&progress);
	return rc;
}

static void say_done(const struct sealing *s, const char *dir)
{
	char path[4200];
	if (case_sealed_path(dir, path, sizeof path, NULL))
		return;
	printf("The case is sealed in ");
	say_name(stdout, path);
	printf(", which was read back from the disk and compared; the folder was\nremoved. It is "
	       "opened again ('linecheck case open') with");
	for (size_t i = 0; i < s->keys; i++)
		printf("%s the key of %s", i ? " or" : "", s->key[i].name);
	printf("%s%s.\n", s->keys && s->passphrase ? " or" : "",
	       s->passphrase ? " the passphrase" : "");
	printf("A disk without moving parts may keep what was in the folder for a while; the "
	       "sealed file\nholds nothing that can be read without a key.\n");
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "seal", .act.guard = ACT_WHATEVER };
	struct sealing s = { 0 };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int code = take_words(&s, &argc, argv);
	if (!code)
		code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	char sealed[4200];
	const char *warning = volume_warning(volume_of(v.dir));
	int rc = case_seal_tidy(v.dir, &err);
	if (!rc && !case_exists(v.dir) &&
	    case_sealed_path(v.dir, sealed, sizeof sealed, NULL) == 0 &&
	    sealed_peek(sealed, &(struct sealed_peek){ 0 }, NULL) == 0) {
		printf("The case is sealed already.\n");
		return verb_end(&v, NULL, 0, &err);
	}
	if (!rc)
		rc = act_open(&v.act, &c, v.dir, PERSON_OFFICER, &err);
	if (!rc)
		rc = who(&s, &v, &err);
	if (!rc && warning)
		say_note("%s", warning);
	if (!rc)
		rc = seal(&s, c, &err);
	if (!rc)
		say_done(&s, v.dir);
	passphrase_wipe(&s.secret);
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_seal = {
	.name = "seal",
	.usage = "FOLDER [--to KEY ...] [--passphrase] --key FILE",
	.line = "put a case away in one encrypted file",
	.help = "FOLDER becomes FOLDER.sealed: everything in it, encrypted. The folder is removed "
		"only\n"
		"after the sealed file was read back from the disk. Stopped at any moment, nothing "
		"is\n"
		"lost: run it again.\n"
		"\n"
		"  --to KEY       who may open it: a public half of 64 digits, a file with it, or "
		"a "
		"key\n"
		"                 file. May be given again. Without it: you and your force.\n"
		"  --passphrase   a passphrase opens it, too. It is asked for; from "
		"--passphrase-fd it\n"
		"                 is the line after the one for your key.\n" ACT_HELP,
	.run = run,
};
