/* cmd_case_share.c - another person may open the vault of a case, too. */
#include "case_key.h"
#include "caselog.h"
#include "cmd.h"
#include "key_word.h"
#include "say.h"
#include "verb.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

static int share(struct case_db *c, const struct key_public *to, struct err *err)
{
	static const struct log_entry done = { .act = LOG_ALTERATION, .what = "vault-key" };
	int rc = case_begin(c, err);
	if (!rc)
		rc = case_key_share(c, to, err);
	if (!rc)
		rc = case_commit(c, &done, err);
	if (rc)
		case_rollback(c);
	return rc;
}

/* Only somebody who may read phones here, or look over the shoulder of those who do. */
static int may(const struct verb *v, const struct key_public *to, struct err *err)
{
	int64_t now = (int64_t)time(NULL) * 1000;
	if (!v->act.trust || !trust_may(v->act.trust, to->id, PERSON_OFFICER, now, NULL))
		return 0;
	return trust_may(v->act.trust, to->id, PERSON_SUPERVISOR, now, err);
}

static bool is_force(const struct act *a)
{
	for (size_t i = 0; a->key && a->trust && i < trust_force_keys(a->trust); i++)
		if (memcmp(trust_force_key(a->trust, i), key_public(a->key)->sign, KEY_PUBLIC) == 0)
			return true;
	return false;
}

/* The force's key is nobody's by the policy, and is there for when whoever began has left. */
static int open_case(struct verb *v, struct case_db **ret, struct err *err)
{
	struct err why = { 0 };
	int rc = act_open(&v->act, ret, v->dir, PERSON_OFFICER, &why);
	if (!rc || !is_force(&v->act))
		return rc ? err_set(err, rc, "%s", why.message) : 0;
	rc = case_open(ret, v->dir, CASE_WRITE, false, err);
	return rc ? rc : case_act_as(*ret, v->act.key, err);
}

static int run(int argc, char **argv)
{
	struct verb v = { .name = "share" };
	struct case_db *c = NULL;
	struct key_public to = { 0 };
	struct err err = { 0 };
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	if (v.words != 1)
		return say_usage("case", "Say with whom: a name or key id of the policy, a public "
					 "half of 64 digits, or a key file.");
	int rc = open_case(&v, &c, &err);
	if (!rc)
		rc = key_word(v.word[0], v.act.trust, &to, &err);
	if (!rc)
		rc = may(&v, &to, &err);
	if (!rc)
		rc = share(c, &to, &err);
	if (!rc && case_training(c))
		printf("The vault of a training case is not protected: anybody can open it.\n");
	else if (!rc)
		printf("The vault can be opened with the key %s of %s, too.\n", to.id, to.name);
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_share = {
	.name = "share",
	.usage = "FOLDER PERSON --key FILE",
	.line = "let a colleague open the vault of a case, too",
	.help = "The copies of a phone's files in a case are encrypted to whoever first read a "
		"phone into\n"
		"it, and to the force's key. PERSON (a name or key id of the policy, a public half "
		"of 64\n"
		"digits, or a key file) can then go on with the case. Logged.\n\n" ACT_HELP,
	.run = run,
};
