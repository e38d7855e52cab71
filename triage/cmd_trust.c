/* cmd_trust.c - the force's policy: who may do what, and which units issue packs. */
#include "base/time.h"
#include "cmd.h"
#include "hex.h"
#include "options.h"
#include "say.h"
#include "trust_edit.h"
#include "trust_print.h"
#include "unlock.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DAY_MS INT64_C(86400000)
#define INSTALLED "/etc/linecheck"

enum option {
	O_FORCE,
	O_KEY,
	O_FD,
	O_TRAINING,
	O_ROLE,
	O_NAME,
	O_PUBLIC,
	O_FROM,
	O_UNTIL,
	O_ON,
	O_NEW_KEY,
	O_ID,
	O_MAX
};

static const char *const option_names[O_MAX] = {
	"--force",  "--key",  "--passphrase-fd", "--training", "--role",    "--name",
	"--public", "--from", "--until",         "--on",       "--new-key", "--id",
};

struct trust_words {
	const char *folder, *second; /* second: an id, or "allowed" */
	const char *v[O_MAX];
	bool new_root;
	int fd;
};

static int64_t today(void)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	int64_t s = fixed && *fixed ? strtoll(fixed, NULL, 10) : (int64_t)time(NULL);
	return s * 1000 / DAY_MS * DAY_MS;
}

/* The day that an option says, or one for an option that is not there. */
static int day_of(const char *option, const char *text, int64_t otherwise, int64_t *ret,
		  struct err *err)
{
	*ret = otherwise;
	if (text && !time_parse_date(span_z(text), ret))
		return err_set(err, E_USAGE, "%s needs a date like 2025-03-31, not '%.40s'.",
			       option, text);
	return 0;
}

static int done(const char *folder, const char *what)
{
	struct trust *t;
	struct err err = { 0 };
	if (trust_open_dir(&t, folder, &err))
		return say_error(&err);
	printf("%sPolicy %llu of %s is in ", what, (unsigned long long)trust_number(t),
	       trust_force(t));
	say_name(stdout, folder);
	printf(".\nIt counts on a machine when root installs it there: linecheck trust install ");
	say_name(stdout, folder);
	putchar('\n');
	trust_free(t);
	return EXIT_NOTHING;
}

static int training_of(const char *word, bool otherwise, bool *ret, struct err *err)
{
	*ret = word ? strcmp(word, "allowed") == 0 : otherwise;
	if (word && !*ret && strcmp(word, "refused") != 0)
		return err_set(err, E_USAGE, "Training is 'allowed' or 'refused', not '%.40s'.",
			       word);
	return 0;
}

static int do_create(const struct trust_words *w)
{
	struct key *key = NULL;
	struct err err = { 0 };
	bool training;
	int rc = training_of(w->v[O_TRAINING], false, &training, &err);
	if (!rc)
		rc = unlock_key(&key, w->v[O_KEY], w->fd, &err);
	if (!rc)
		rc = trust_create(w->folder, w->v[O_FORCE], training, today(), key, &err);
	key_free(key);
	return rc ? say_error(&err)
		  : done(w->folder, "Nobody may do anything yet: 'linecheck trust "
				    "add' names people and units.\n");
}

static int read_entry(const struct trust_words *w, struct trust_entry *e, struct err *err)
{
	e->name = w->v[O_NAME];
	e->role = PERSON_ROLE_MAX;
	if (strcmp(w->v[O_ROLE], "unit") != 0 &&
	    !person_role_from_word(span_z(w->v[O_ROLE]), &e->role))
		return err_set(err, E_USAGE,
			       "--role is officer, supervisor, analyst, auditor or "
			       "unit.");
	if (!hex_read(e->sign, sizeof e->sign, span_z(w->v[O_PUBLIC])))
		return err_set(err, E_USAGE,
			       "--public needs the 64 digits that 'linecheck key show' "
			       "prints.");
	struct err why = { 0 };
	int rc = key_public_check(e->sign, &why);
	if (rc)
		return err_set(err, E_USAGE, "--public: %s", why.message);
	rc = day_of("--from", w->v[O_FROM], today(), &e->from, err);
	return rc ? rc : day_of("--until", w->v[O_UNTIL], TIME_UNSET, &e->last, err);
}

static int do_add(const struct trust_words *w)
{
	struct key *key = NULL;
	struct trust_entry e;
	struct err err = { 0 };
	char id[17], what[KEY_NAME_MAX + 200];
	int rc = read_entry(w, &e, &err);
	if (!rc)
		rc = unlock_key(&key, w->v[O_KEY], w->fd, &err);
	if (!rc)
		rc = trust_add(w->folder, &e, today(), key, &err);
	key_free(key);
	if (rc)
		return say_error(&err);
	key_id(e.sign, id);
	snprintf(what, sizeof what,
		 "Added %s as %s with the key %s.\nHave that id read out by its "
		 "holder before you hand the policy on.\n",
		 w->v[O_NAME], w->v[O_ROLE], id);
	return done(w->folder, what);
}

static int do_retire(const struct trust_words *w)
{
	struct key *key = NULL;
	struct err err = { 0 };
	int64_t last;
	int rc = day_of("--on", w->v[O_ON], today(), &last, &err);
	if (!rc)
		rc = unlock_key(&key, w->v[O_KEY], w->fd, &err);
	if (!rc)
		rc = trust_retire(w->folder, w->second, last, today(), key, &err);
	key_free(key);
	return rc ? say_error(&err)
		  : done(w->folder, "What it signed until its last day goes on "
				    "counting.\n");
}

static int do_revoke(const struct trust_words *w)
{
	struct key *key = NULL;
	struct err err = { 0 };
	int rc = unlock_key(&key, w->v[O_KEY], w->fd, &err);
	if (!rc)
		rc = trust_revoke(w->folder, w->second, today(), key, &err);
	key_free(key);
	return rc ? say_error(&err)
		  : done(w->folder,
			 "Nothing that it signed counts any more, whatever date it bears.\n"
			 "Machines know it when they have this policy: install it on every "
			 "one today.\n");
}

static int do_training(const struct trust_words *w)
{
	struct key *key = NULL;
	struct err err = { 0 };
	bool allowed;
	int rc = training_of(w->second, false, &allowed, &err);
	if (!rc)
		rc = unlock_key(&key, w->v[O_KEY], w->fd, &err);
	if (!rc)
		rc = trust_set_training(w->folder, allowed, today(), key, &err);
	key_free(key);
	return rc ? say_error(&err) : done(w->folder, "");
}

static int do_rotate(const struct trust_words *w)
{
	struct key *key = NULL, *next = NULL;
	struct err err = { 0 };
	int rc = unlock_key(&key, w->v[O_KEY], w->fd, &err);
	if (!rc)
		rc = unlock_key(&next, w->v[O_NEW_KEY], w->fd, &err);
	if (!rc)
		rc = trust_rotate(w->folder, today(), key, next, &err);
	key_free(key);
	key_free(next);
	return rc ? say_error(&err)
		  : done(w->folder,
			 "The new key signs from here on. A machine goes on believing the "
			 "old one until it has\nthis policy: install it on every one.\n");
}

static int do_check(const struct trust_words *w)
{
	struct trust *t = NULL;
	struct err err = { 0 };
	if (w->folder ? trust_open_dir(&t, w->folder, &err) : trust_open(&t, &err))
		return say_error(&err);
	trust_print(stdout, t, w->folder != NULL, today());
	trust_free(t);
	return EXIT_NOTHING;
}

static int check_root(const struct trust *t, const struct trust_words *w, struct err *err)
{
	char id[17];
	key_id(trust_force_key(t, 0), id);
	if (w->new_root && !w->v[O_ID])
		return err_set(err, E_USAGE,
			       "With --new-root say whose root it is: --id and the 16 "
			       "digits that the force reads out to you.");
	if (w->v[O_ID] && strcmp(w->v[O_ID], id) != 0)
		return err_set(
			err, E_REFUSED,
			"The root of this policy is %s, not %.40s: it is not the one that you "
			"were told of. Nothing was installed.",
			id, w->v[O_ID]);
	return 0;
}

static int do_install(const struct trust_words *w)
{
	struct trust *t = NULL;
	struct err err = { 0 };
	char id[17];
	int rc = trust_open_dir(&t, w->folder, &err);
	if (!rc)
		rc = check_root(t, w, &err);
	if (!rc && geteuid() != 0)
		rc = err_set(&err, E_REFUSED,
			     "Only root can install a policy for everyone on this "
			     "machine: sudo linecheck trust install %.200s",
			     w->folder);
	if (!rc)
		rc = trust_install(w->folder, INSTALLED, w->new_root, &err);
	if (!rc && t) {
		key_id(trust_force_key(t, 0), id);
		printf("Policy %llu of %s counts on this machine for everyone.\nIts root is %s: "
		       "have it read out by the force, and take /etc/linecheck away if it "
		       "differs.\n",
		       (unsigned long long)trust_number(t), trust_force(t), id);
	}
	trust_free(t);
	return rc ? say_error(&err) : EXIT_NOTHING;
}

static int do_lost(const struct trust_words *w)
{
	(void)w;
	trust_print_lost(stdout);
	return EXIT_NOTHING;
}

#define BIT(o) (1u << (o))
#define SIGN BIT(O_KEY) /* changes the policy */

static const struct verb {
	const char *name;
	int least, most; /* words after the verb */
	unsigned needed, allowed;
	bool new_root;
	int (*run)(const struct trust_words *w);
} verbs[] = {
	{ "check", 0, 1, 0, 0, false, do_check },
	{ "create", 1, 1, BIT(O_FORCE) | SIGN, BIT(O_FD) | BIT(O_TRAINING), false, do_create },
	{ "add", 1, 1, BIT(O_ROLE) | BIT(O_NAME) | BIT(O_PUBLIC) | SIGN,
	  BIT(O_FD) | BIT(O_FROM) | BIT(O_UNTIL), false, do_add },
	{ "retire", 2, 2, SIGN, BIT(O_FD) | BIT(O_ON), false, do_retire },
	{ "revoke", 2, 2, SIGN, BIT(O_FD), false, do_revoke },
	{ "training", 2, 2, SIGN, BIT(O_FD), false, do_training },
	{ "rotate", 1, 1, SIGN | BIT(O_NEW_KEY), BIT(O_FD), false, do_rotate },
	{ "install", 1, 1, 0, BIT(O_ID), true, do_install },
	{ "lost", 0, 0, 0, 0, false, do_lost },
};

static int run_verb(const struct verb *v, int words, const struct trust_words *w)
{
	if (words < v->least || words > v->most)
		return say_usage("trust", "'trust %s' takes %s.", v->name,
				 v->most == 0   ? "no folder"
				 : v->most == 1 ? "one folder"
						: "a folder and one word");
	for (int i = 0; i < O_MAX; i++) {
		if (v->needed & BIT(i) && !w->v[i])
			return say_usage("trust", "'trust %s' needs %s.", v->name, option_names[i]);
		if (w->v[i] && !((v->needed | v->allowed) & BIT(i)))
			return say_usage("trust", "'trust %s' takes no %s.", v->name,
					 option_names[i]);
	}
	if (w->new_root && !v->new_root)
		return say_usage("trust", "'trust %s' takes no --new-root.", v->name);
	return v->run(w);
}

static int run(int argc, char **argv)
{
	struct trust_words w = { 0 };
	struct option_word words[O_MAX + 1];
	for (int i = 0; i < O_MAX; i++)
		words[i] = (struct option_word){ option_names[i], &w.v[i], NULL };
	words[O_MAX] = (struct option_word){ "--new-root", NULL, &w.new_root };
	int code = options_read("trust", words, O_MAX + 1, &argc, argv);
	if (code)
		return code;
	if (!options_descriptor(w.v[O_FD], &w.fd))
		return say_usage("trust", "--passphrase-fd needs the number of a descriptor.");
	w.folder = argc > 2 ? argv[2] : NULL;
	w.second = argc > 3 ? argv[3] : NULL;
	for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, argv[1]) == 0)
			return run_verb(&verbs[i], argc - 2, &w);
	return say_usage("trust", "Say what to do: 'linecheck trust check', for one.");
}

const struct cmd cmd_trust = {
	.name = "trust",
	.usage = "check [FOLDER] | create | add | retire | revoke | training | rotate | install | "
		 "lost",
	.line = "the force's policy: who may do what, which units issue packs",
	.help = "check [FOLDER]            who may do what, and which policy counts on this "
		"machine\n"
		"create FOLDER --force NAME --key FORCEKEY [--training allowed|refused]\n"
		"                          policy 1, with nobody in it; training is refused unless "
		"allowed\n"
		"add FOLDER --role ROLE --name NAME --public DIGITS [--from DAY] [--until DAY] "
		"--key "
		"FORCEKEY\n"
		"                          a person or unit; 'linecheck key show' prints the "
		"digits\n"
		"retire FOLDER ID [--on DAY] --key FORCEKEY\n"
		"                          the last day (today); what was signed until then goes "
		"on "
		"counting\n"
		"revoke FOLDER ID --key FORCEKEY\n"
		"                          the key may be in wrong hands: nothing it signed "
		"counts\n"
		"training FOLDER allowed|refused --key FORCEKEY\n"
		"rotate FOLDER --key OLDKEY --new-key NEWKEY\n"
		"                          another force key from here on\n"
		"install FOLDER [--id ID] [--new-root]\n"
		"                          as root: make it count for everyone on this machine\n"
		"lost                      what to do when a key is lost or stolen\n"
		"\n"
		"FOLDER belongs to whoever keeps the policy. Each change makes a new number; a "
		"machine that\n"
		"has seen a number refuses lower ones. ROLE is officer (own cases), supervisor "
		"(decides what\n"
		"needs a second person), analyst (keeps the line database), auditor (reads logs "
		"only) or unit\n"
		"(issues packs). Each change asks the passphrase of the force's key, or takes it "
		"with\n"
		"--passphrase-fd N.\n"
		"\n"
		"Ends with 0; 1: a policy, key or passphrase cannot be read or does not fit; 2: "
		"the "
		"command\n"
		"line is wrong; 3: refused.\n",
	.run = run,
};
