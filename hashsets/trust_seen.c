/* trust_seen.c - see trust_seen.h */
#include "trust_seen.h"
#include "hex.h"
#include "small_file.h"
#include "trust_file.h"
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#define FORMAT "linecheck-seen-1"

/* An object of root -> {number, policy, signer}; empty where there is no file. */
static int load(int dir, const char *path, json_t **ret, struct err *err)
{
	struct buf b = { 0 };
	json_t *v = NULL;
	struct err own = { 0 };
	int rc = small_file_read(dir, path, TRUST_FILE_MAX, &b, NULL, &own);
	if (rc == E_ABSENT) {
		*ret = json_object();
		return *ret ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
	}
	if (rc)
		return err_set(err, rc, "%s", own.message);
	if (!b.n || b.data[b.n - 1] != '\n' || canon_read(&v, (span){ b.data, b.n - 1 }, NULL))
		v = NULL;
	const char *format = json_string_value(json_object_get(v, "format"));
	json_t *seen = json_object_get(v, "seen");
	if (format && strcmp(format, FORMAT) == 0 && json_is_object(seen))
		*ret = json_incref(seen);
	else
		rc = err_set(err, E_FORMAT,
			     "'%.200s', which remembers the last policy seen, is damaged: find out "
			     "why, then delete it.",
			     path);
	json_decref(v);
	buf_free(&b);
	return rc;
}

static json_t *entry_of(const json_t *seen, const struct trust *t)
{
	char root[2 * KEY_PUBLIC + 1];
	hex_write(root, t->keys[0], KEY_PUBLIC);
	return json_object_get(seen, root);
}

static bool knows_signer(const struct trust *t, const char *signer)
{
	char hex[2 * KEY_PUBLIC + 1];
	for (size_t i = 0; i < t->keys_n; i++) {
		hex_write(hex, t->keys[i], KEY_PUBLIC);
		if (signer && strcmp(hex, signer) == 0)
			return true;
	}
	return false;
}

static int check(const json_t *e, const struct trust *t, struct err *err)
{
	const char *sha256 = json_string_value(json_object_get(e, "policy"));
	const char *signer = json_string_value(json_object_get(e, "signer"));
	json_int_t number = json_integer_value(json_object_get(e, "number"));
	if (!e)
		return 0;
	if (t->number < (uint64_t)number)
		return err_set(err, E_REFUSED,
			       "Policy %llu in '%.150s' is older than policy %lld, which this "
			       "machine has seen. Get the newest one from whoever keeps it.",
			       (unsigned long long)t->number, t->dir, (long long)number);
	if (!knows_signer(t, signer))
		return err_set(err, E_REFUSED,
			       "The policy in '%.150s' is signed by a force key that was replaced. "
			       "Get the newest one from whoever keeps it.",
			       t->dir);
	if (t->number == (uint64_t)number && (!sha256 || strcmp(sha256, t->sha256) != 0))
		return err_set(
			err, E_REFUSED,
			"The policy in '%.150s' and another one that this machine has seen "
			"both have the number %llu. Ask whoever keeps it which is right; that "
			"one must be issued again under a higher number.",
			t->dir, (unsigned long long)t->number);
	return 0;
}

int trust_seen_check(int dir, const char *path, const struct trust *t, struct err *err)
{
	json_t *seen = NULL;
	int rc = load(dir, path, &seen, err);
	if (!rc)
		rc = check(entry_of(seen, t), t, err);
	json_decref(seen);
	return rc;
}

static int save(int dir, const char *path, json_t *seen, mode_t mode, struct err *err)
{
	struct buf b = { 0 };
	json_t *v = json_pack("{s:s,s:O}", "format", FORMAT, "seen", seen);
	int rc = v ? canon_write(&b, v, err) : err_set(err, E_NOMEM, "Memory ran out.");
	buf_byte(&b, '\n');
	if (!rc)
		rc = small_file_replace(dir, path, buf_span(&b), mode, err);
	json_decref(v);
	buf_free(&b);
	return rc;
}

int trust_seen_note(int dir, const char *path, const struct trust *t, mode_t mode, struct err *err)
{
	char root[2 * KEY_PUBLIC + 1], signer[2 * KEY_PUBLIC + 1];
	json_t *seen = NULL;
	int rc = load(dir, path, &seen, err);
	if (rc)
		return rc;
	const json_t *old = entry_of(seen, t);
	if (!old || t->number > (uint64_t)json_integer_value(json_object_get(old, "number"))) {
		hex_write(root, t->keys[0], KEY_PUBLIC);
		hex_write(signer, t->keys[t->keys_n - 1], KEY_PUBLIC);
		json_t *e = json_pack("{s:I,s:s,s:s}", "number", (json_int_t)t->number, "policy",
				      t->sha256, "signer", signer);
		rc = json_object_set_new(seen, root, e) ? err_set(err, E_NOMEM, "Memory ran out.")
							: save(dir, path, seen, mode, err);
	}
	json_decref(seen);
	return rc;
}

/* ~/.local/state/linecheck, made if need be; false if there is no such place. */
static bool own_path(char path[static PATH_MAX])
{
	static const char *const parts[] = { "/.local", "/state", "/linecheck" };
	const char *home = getenv("HOME");
	if (!home || home[0] != '/' || strlen(home) > PATH_MAX - 64)
		return false;
	size_t n = (size_t)snprintf(path, PATH_MAX, "%s", home);
	for (size_t i = 0; i < 3; i++) {
		n += (size_t)snprintf(path + n, PATH_MAX - n, "%s", parts[i]);
		mkdir(path, 0700); /* what fails here fails below */
	}
	snprintf(path + n, PATH_MAX - n, "/trust-seen.json");
	return true;
}

int trust_seen_own_check(const struct trust *t, struct err *err)
{
	char path[PATH_MAX];
	struct err own = { 0 };
	if (!own_path(path))
		return 0;
	int rc = trust_seen_check(AT_FDCWD, path, t, &own);
	return rc == 0 || rc == E_IO ? 0 : err_set(err, rc, "%s", own.message);
}

void trust_seen_own_note(const struct trust *t)
{
	char path[PATH_MAX];
	if (own_path(path))
		trust_seen_note(AT_FDCWD, path, t, 0600, NULL);
}
