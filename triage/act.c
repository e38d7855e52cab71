/* act.c - see act.h */
#include "act.h"
#include "authority/guard.h"
#include "caselog.h"
#include "say.h"
#include "unlock.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool take(const char *name, int argc, char **argv, int *i, const char **ret)
{
	size_t n = strlen(name);
	if (strncmp(argv[*i], name, n) != 0)
		return false;
	if (argv[*i][n] == '=') {
		*ret = argv[*i] + n + 1;
		return true;
	}
	if (argv[*i][n] || *i + 1 >= argc)
		return false;
	*ret = argv[++*i];
	return true;
}

static bool take_fd(const char *name, int argc, char **argv, int *i, int *ret)
{
	const char *value;
	int at = *i;
	if (!take(name, argc, argv, &at, &value) || !*value ||
	    strspn(value, "0123456789") != strlen(value) || strlen(value) > 6)
		return false;
	*i = at;
	*ret = (int)strtol(value, NULL, 10);
	return true;
}

bool act_option(struct act *a, int argc, char **argv, int *i)
{
	return take("--key", argc, argv, i, &a->key_file) ||
	       take_fd("--passphrase-fd", argc, argv, i, &a->key_fd) ||
	       take("--second", argc, argv, i, &a->second_file) ||
	       take_fd("--second-passphrase-fd", argc, argv, i, &a->second_fd);
}

static int find_trust(struct act *a, struct err *err)
{
	struct err why = { 0 };
	if (a->trust)
		return 0;
	int rc = trust_open(&a->trust, &why);
	if (rc == E_ABSENT)
		return err_set(
			err, E_REFUSED,
			"No trust store says who may read phones here. An administrator makes "
			"one with 'linecheck trust'; a training case needs none.");
	return rc ? err_set(err, rc, "%s", why.message) : 0;
}

int act_training(struct err *err)
{
	struct trust *t;
	struct err why = { 0 };
	int rc = trust_open(&t, &why);
	bool refused = access(LINECHECK_TRAINING_REFUSED, F_OK) == 0;
	if (rc == E_ABSENT && !refused)
		return 0;
	if (rc == E_ABSENT || (!rc && refused && !trust_installed(t))) {
		if (!rc)
			trust_free(t);
		return err_set(err, E_REFUSED,
			       "This machine has linecheck for real cases: training is refused "
			       "until a policy of the force is installed that allows it.");
	}
	if (rc)
		return err_set(err, rc, "%s", why.message);
	if (!trust_training_allowed(t))
		rc = err_set(err, E_REFUSED,
			     "The policy of %s does not allow training cases on this machine. "
			     "Whoever keeps it can: 'linecheck trust training FOLDER allowed'.%s",
			     trust_force(t),
			     trust_installed(t) || !getenv("LINECHECK_TRUST")
				     ? ""
				     : " This one is self-made: without LINECHECK_TRUST it "
				       "does not count.");
	trust_free(t);
	return rc;
}

static int64_t real_now(void)
{
	return (int64_t)time(NULL) * 1000;
}

static int may(const struct act *a, enum person_role role, struct err *err)
{
	const char *id = key_public(a->key)->id;
	if (role == PERSON_AUDITOR && !trust_may(a->trust, id, PERSON_OFFICER, real_now(), NULL))
		return 0;
	return trust_may(a->trust, id, role, real_now(), err);
}

int act_unlock(struct act *a, enum person_role role, struct err *err)
{
	if (!a->key_file)
		a->key_file = getenv("LINECHECK_KEY");
	if (!a->key_file || !*a->key_file)
		return err_set(
			err, E_REFUSED,
			"A real case is opened only by a person with a key: give --key FILE. "
			"'linecheck key new FILE' makes one.");
	int rc = find_trust(a, err);
	if (!rc && !a->key)
		rc = unlock_key(&a->key, a->key_file, a->key_fd, err);
	if (!rc)
		rc = may(a, role, err);
	if (!rc && !trust_installed(a->trust))
		say_note("Self-made trust: the policy in %s was not installed by the force.",
			 trust_dir(a->trust));
	return rc;
}

int act_second(struct act *a, enum person_role role, struct err *err)
{
	if (!a->second_file)
		return err_set(
			err, E_REFUSED,
			"This needs a second person, a %s: give --second with their key file.",
			person_role_word(role));
	int rc = find_trust(a, err);
	if (!rc && !a->second)
		rc = unlock_key(&a->second, a->second_file, a->second_fd, err);
	if (!rc && a->key && strcmp(key_public(a->key)->id, key_public(a->second)->id) == 0)
		rc = err_set(err, E_REFUSED,
			     "The second person must be another one: both keys are the same.");
	return rc ? rc : trust_may(a->trust, key_public(a->second)->id, role, real_now(), err);
}

int act_guard(const struct act *a, struct case_db *c, struct err *err)
{
	if (a->guard == ACT_WHATEVER || case_training(c))
		return 0;
	int rc = guard_intact(c, err);
	return rc || a->guard == ACT_INTACT ? rc : guard_people(c, a->trust, err);
}

/* A person's key for a real case; in a training case a key is welcome and not needed. */
static int step_in(struct act *a, struct case_db *c, enum person_role role, struct err *err)
{
	int rc = case_agrees(c, err);
	if (rc || (case_training(c) && !a->key_file))
		return rc;
	rc = case_training(c) ? unlock_key(&a->key, a->key_file, a->key_fd, err)
			      : act_unlock(a, role, err);
	if (!rc && role != PERSON_AUDITOR)
		rc = act_guard(a, c, err);
	return rc ? rc : case_act_as(c, a->key, err);
}

int act_open(struct act *a, struct case_db **ret, const char *dir, enum person_role role,
	     struct err *err)
{
	struct case_db *c;
	int rc = case_open(&c, dir, CASE_WRITE, false, err);
	if (rc)
		return rc;
	rc = step_in(a, c, role, err);
	if (rc)
		case_close(c);
	else
		*ret = c;
	return rc;
}

static bool can_write(const char *dir)
{
	char path[4200];
	snprintf(path, sizeof path, "%s/case.db", dir);
	return access(path, W_OK) == 0 && access(dir, W_OK) == 0;
}

int act_look(struct act *a, struct case_db **ret, const char *dir, const char *what,
	     enum person_role role, bool *ret_unlogged, struct err *err)
{
	struct case_db *c;
	struct log_entry entry = { .act = LOG_CONSULTATION, .what = what };
	bool write = can_write(dir);
	int rc = case_open(&c, dir, write ? CASE_WRITE : CASE_READ, false, err);
	if (rc)
		return rc;
	rc = step_in(a, c, role, err);
	if (!rc && write)
		rc = caselog_note(c, &entry, err);
	if (rc) {
		case_close(c);
		return rc;
	}
	*ret_unlogged = !write;
	*ret = c;
	return 0;
}

int act_confidential(struct act *a, const char *named, const char **ret, struct err *err)
{
	*ret = named;
	if (!a->trust || snprintf(a->confidential, sizeof a->confidential, "%s/confidential.csv",
				  trust_dir(a->trust)) >= (int)sizeof a->confidential)
		return 0;
	if (access(a->confidential, F_OK) != 0)
		return 0;
	if (named)
		return err_set(
			err, E_USER,
			"The policy has a list of confidential numbers, and it always counts: "
			"leave --confidential out, or have '%s' added to %s.",
			named, a->confidential);
	*ret = a->confidential;
	return 0;
}

void act_end(struct act *a)
{
	key_free(a->key);
	key_free(a->second);
	trust_free(a->trust);
	*a = ACT_NEW;
}
