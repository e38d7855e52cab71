/* given.c - see given.h */
#include "given.h"
#include "decision.h"
#include "lines_installed.h"
#include "lines_key.h"
#include "match.h"
#include "policy.h"
#include "rules_path.h"
#include "say.h"
#include <stdlib.h>
#include <string.h>

#define BAD_ROWS_SHOWN 20

const char *given_lines_name(const struct given *g)
{
	const char *path = g->lines_file ? g->lines_file : "", *slash = strrchr(path, '/');
	return slash && slash[1] ? slash + 1 : path;
}

static void bad_line(void *user, uint32_t row, const char *why)
{
	struct given *g = user;
	if (++g->bad_rows <= BAD_ROWS_SHOWN)
		say_note("%s: row %u: %s", g->lines_file, (unsigned)row, why);
}

/* The rows were named one by one: the error only says how many, and what to do. */
int given_load_lines(struct given *g, struct err *err)
{
	struct err why = { 0 };
	if (!g->lines_file)
		return 0;
	int rc = lines_load_csv(&g->lines, g->lines_file, g->skip_bad, bad_line, g, &why);
	if (g->bad_rows > BAD_ROWS_SHOWN)
		say_note("%s: and %u bad rows more; 'linecheck lines check' names them all.",
			 g->lines_file, g->bad_rows - BAD_ROWS_SHOWN);
	if (rc == E_USER && g->bad_rows)
		return err_set(err, rc,
			       "The list '%s' has %u bad row%s, so nothing was %s. Correct %s, "
			       "or give --skip-bad-lines to leave %s out.",
			       g->lines_file, g->bad_rows, g->bad_rows == 1 ? "" : "s", g->what_for,
			       g->bad_rows == 1 ? "it" : "them", g->bad_rows == 1 ? "it" : "them");
	if (rc)
		return err_set(err, rc, "%s", why.message);
	if (g->bad_rows)
		say_note("%s: %u bad row%s left out.", g->lines_file, g->bad_rows,
			 g->bad_rows == 1 ? "" : "s");
	if (!lines_count(g->lines))
		return err_set(
			err, E_USER,
			"'%s' holds no deal line: nothing could be matched. Give a list with at "
			"least one row, or leave --lines out.",
			g->lines_file);
	return 0;
}

int given_load(struct given *g, struct err *err)
{
	const char *paths[GIVEN_PACKS + 1];
	char core[4096], scoring[4096];
	int rc = rules_default_path("core.yaml", core, sizeof core, err);
	if (!rc)
		rc = rules_default_path("scoring.yaml", scoring, sizeof scoring, err);
	if (rc)
		return rc;
	paths[0] = core;
	memcpy(paths + 1, g->pack, sizeof g->pack);
	rc = ruleset_load(&g->rules, paths, g->packs + 1, false, err);
	if (!rc)
		rc = policy_load(&g->policy, scoring, err);
	return rc ? rc : given_load_lines(g, err);
}

void given_free(struct given *g)
{
	lines_free(g->lines);
	ruleset_free(g->rules);
	policy_free(g->policy);
}

static int same_list(void *user, int64_t id, int64_t at, const char *by, const json_t *choices)
{
	const char **sha256 = user;
	const char *allowed = json_string_value(json_object_get(choices, "sha256"));
	(void)id;
	(void)at;
	(void)by;
	if (*sha256 && allowed && strcmp(allowed, *sha256) == 0)
		*sha256 = NULL;
	return 0;
}

static void say_age(const struct linepack_about *a, int64_t now)
{
	int64_t days = (now - a->issued) / INT64_C(86400000);
	say_note("Pack %llu of lines, %lld day%s old, %u identifiers.%s",
		 (unsigned long long)a->number, (long long)days, days == 1 ? "" : "s",
		 (unsigned)a->identifiers,
		 days >= LINES_OLD_DAYS    ? " It is more than 30 days old: get a newer one."
		 : days >= LINES_WARN_DAYS ? " It is more than 7 days old: is there a newer one?"
					   : "");
}

static int use_installed(struct given *g, const struct trust *t, int64_t now, struct err *err)
{
	unsigned char key[LINEPACK_KEY];
	char dir[4096];
	struct err why = { 0 };
	bool keyed = false;
	if (g->no_lines || !lines_installed_dir(dir, sizeof dir))
		return 0;
	int rc = lines_key_find(g->lines_key, key, &keyed, &why);
	if (!rc)
		rc = lines_installed_load(&g->lines, dir, t, keyed ? key : NULL, now, &why);
	lines_key_wipe(key);
	if (rc == E_ABSENT && !g->lines_key)
		return 0;
	if (rc)
		return err_set(err, rc, "%s", why.message);
	say_age(lines_about(g->lines), now);
	return 0;
}

int given_allow(struct given *g, struct act *a, struct case_db *c, const char *reason,
		struct err *err)
{
	const struct decision_text texts[] = { { "reason", reason }, { NULL, NULL } };
	if (case_training(c))
		return 0;
	if (a->trust && trust_installed(a->trust) && getenv("LINECHECK_RULES"))
		return err_set(
			err, E_REFUSED,
			"LINECHECK_RULES names other rules than those installed here. Unset "
			"it: where the force installed its policy, a real phone is read with "
			"the installed rules.");
	if (!g->lines)
		return use_installed(g, a->trust, case_now(c), err);
	const char *wanted = lines_sha256(g->lines);
	int rc = decision_each(c, DECISION_LIST, same_list, &wanted, err);
	if (rc || !wanted)
		return rc;
	if (!reason || !a->second_file)
		return err_set(err, E_REFUSED,
			       "A list that is not a signed pack is used on a real phone only by a "
			       "supervisor's decision: give --reason and --second.");
	rc = act_second(a, PERSON_SUPERVISOR, err);
	if (rc)
		return rc;
	json_t *choices = json_pack("{ss}", "sha256", wanted);
	struct decision d = {
		.kind = DECISION_LIST, .choices = choices, .texts = texts, .second = a->second
	};
	rc = decision_record(c, &d, NULL, err);
	json_decref(choices);
	return rc;
}
