/* replay.c - see replay.h */
#include "replay.h"
#include "bundle_check.h"
#include "canon.h"
#include "decision.h"
#include "report/annex.h"
#include "report/facts.h"
#include "small_file.h"
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#define FORMAT "linecheck-replay-1"
#define SIZE_MAX_JSON ((size_t)1 << 20)
#define PATH_ROOM 4400

int replay_program(char ret[static 65], struct err *err)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	if (n <= 0)
		return err_set(err, E_IO,
			       "The program's own file cannot be found: /proc is not there.");
	path[n] = 0;
	return bundle_sha256(path, ret, err);
}

static int put_packs(struct case_db *c, json_t *list, struct err *err)
{
	struct rows rows;
	struct fact_pack p;
	int rc = facts_packs(&rows, c, err);
	while (!rc && (rc = facts_pack(&rows, &p, err)) > 0) {
		json_array_append_new(list, json_pack("{ss#ss#}", "kind", p.kind.p, (int)p.kind.n,
						      "sha256", p.sha256.p, (int)p.sha256.n));
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static void put_decision(struct case_db *c, json_t *to, const char *key, enum decision_kind kind)
{
	json_t *choices = NULL;
	if (decision_current(c, kind, NULL, &choices, NULL) == 0)
		json_object_set(to, key, choices);
	json_decref(choices);
}

static json_t *describe(struct case_db *c, struct err *err)
{
	char program[65];
	json_t *authority = NULL, *packs = json_array();
	int rc = replay_program(program, err);
	if (!rc)
		rc = put_packs(c, packs, err);
	json_t *j = rc ? NULL
		       : json_pack("{sssOssss}", "format", FORMAT, "packs", packs, "program",
				   program, "version", LINECHECK_VERSION);
	json_decref(packs);
	if (!j)
		return NULL;
	put_decision(c, j, "scope", DECISION_SCOPE);
	put_decision(c, j, "stage", DECISION_STAGE);
	decision_current(c, DECISION_AUTHORITY, NULL, &authority, NULL);
	if (json_is_string(json_object_get(authority, "isolated_at")))
		json_object_set(j, "isolated_at", json_object_get(authority, "isolated_at"));
	json_decref(authority);
	return j;
}

int replay_describe(struct case_db *c, struct bundle *b, struct err *err)
{
	struct buf text = { 0 };
	json_t *j = describe(c, err);
	int rc = j ? canon_write(&text, j, err) : E_NOMEM;
	if (!rc)
		rc = bundle_put(b, REPLAY_FILE, buf_span(&text), err);
	json_decref(j);
	buf_free(&text);
	return rc ? err_set(err, rc, "How to do it again could not be written.") : 0;
}

static int record(struct case_db *c, enum decision_kind kind, const json_t *choices,
		  struct err *err)
{
	const struct decision d = { .kind = kind, .choices = choices };
	return choices ? decision_record(c, &d, NULL, err) : 0;
}

static int decide(struct case_db *c, const json_t *j, struct err *err)
{
	const json_t *isolated = json_object_get(j, "isolated_at");
	json_t *authority = isolated ? json_pack("{sO}", "isolated_at", isolated) : NULL;
	int rc = record(c, DECISION_AUTHORITY, authority, err);
	json_decref(authority);
	if (!rc)
		rc = record(c, DECISION_SCOPE, json_object_get(j, "scope"), err);
	return rc ? rc : record(c, DECISION_STAGE, json_object_get(j, "stage"), err);
}

static int same_packs(struct case_db *c, const json_t *j, struct err *err)
{
	json_t *now = json_array();
	int rc = put_packs(c, now, err);
	if (!rc && !json_equal(now, json_object_get(j, "packs")))
		rc = err_set(err, E_REFUSED,
			     "The lists or rules are others than those of the report: their "
			     "SHA-256 are not those of its section 7. Give the same --lines and "
			     "--rules.");
	json_decref(now);
	return rc;
}

static int read_back(const char *dir, json_t **ret, struct err *err)
{
	char path[PATH_ROOM], program[65];
	struct buf text = { 0 };
	snprintf(path, sizeof path, "%s/" REPLAY_FILE, dir);
	int rc = small_file_read(AT_FDCWD, path, SIZE_MAX_JSON, &text, NULL, err);
	if (!rc)
		rc = canon_read(ret, buf_span(&text), err);
	buf_free(&text);
	if (!rc)
		rc = replay_program(program, err);
	if (rc)
		return rc;
	const char *format = json_string_value(json_object_get(*ret, "format"));
	const char *version = json_string_value(json_object_get(*ret, "version"));
	const char *made = json_string_value(json_object_get(*ret, "program"));
	if (!format || strcmp(format, FORMAT) != 0 || !version || !made)
		rc = err_set(err, E_FORMAT, "'%s' is not a description of a run.", path);
	else if (strcmp(version, LINECHECK_VERSION) != 0)
		rc = err_set(err, E_REFUSED,
			     "The report was made by linecheck %s, and this is " LINECHECK_VERSION
			     ". Use that version.",
			     version);
	else if (strcmp(made, program) != 0)
		rc = err_set(err, E_REFUSED,
			     "The report was made by another build of linecheck: the program's "
			     "SHA-256 was %s and is %s here. Use that build.",
			     made, program);
	return rc;
}

static void quiet(void *user, const char *what)
{
	(void)user;
	(void)what;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static int again(const char *dir, const json_t *j, const char *const *sources, size_t n,
		 const char *work, const struct scan_options *options, replay_fn *differs,
		 void *user, int64_t *ret_same, struct err *err)
{
	char path[PATH_ROOM], sha256[65];
	struct case_db *c = NULL;
	struct bundle *b = NULL;
	struct scan_result result;
	const struct bundle_signing nobody = { 0 };
	bool began = false;
	snprintf(path, sizeof path, "%.4380s/case", work);
	int rc = case_open(&c, path, CASE_NEW, true, err);
	if (!rc)
		rc = decide(c, j, err);
	for (size_t i = 0; !rc && i < n; i++)
		rc = scan_source(c, sources[i], options, &result, err);
	if (!rc)
		rc = same_packs(c, j, err);
	snprintf(path, sizeof path, "%.4380s/again", work);
	if (!rc)
		rc = bundle_new(&b, path, err);
	if (!rc)
		rc = facts_begin(c, &began, err);
	if (!rc)
		rc = annex_write(c, b, err);
	if (c)
		facts_end(c, began);
	if (!rc)
		rc = bundle_end(b, &nobody, sha256, err);
	bundle_free(b);
	case_close(c);
	return rc ? rc : replay_compare(dir, path, differs, user, ret_same, err);
}

int replay_run(const char *bundle, const char *const *sources, size_t sources_n, const char *work,
	       const struct scan_options *options, replay_fn *differs, void *user,
	       int64_t *ret_same, struct err *err)
{
	const struct bundle_checks checks = { 0 };
	struct bundle_result result;
	char scratch[PATH_ROOM];
	json_t *j = NULL;
	*ret_same = 0;
	int rc = bundle_check(bundle, &checks, quiet, NULL, &result, err);
	if (!rc)
		rc = read_back(bundle, &j, err);
	snprintf(scratch, sizeof scratch, "%.4000s/linecheck-replay-XXXXXX", work);
	if (!rc && !mkdtemp(scratch))
		rc = err_set(err, E_IO, "No folder can be made in '%s'. Give --work another one.",
			     work);
	if (!rc) {
		rc = again(bundle, j, sources, sources_n, scratch, options, differs, user, ret_same,
			   err);
		nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	}
	json_decref(j);
	return rc;
}
