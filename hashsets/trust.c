/* trust.c - see trust.h */
#include "trust.h"
#include "hex.h"
#include "small_file.h"
#include "trust_file.h"
#include "trust_seen.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const role_words[] = { [PERSON_OFFICER] = "officer",
					  [PERSON_SUPERVISOR] = "supervisor",
					  [PERSON_ANALYST] = "analyst",
					  [PERSON_AUDITOR] = "auditor" };

const char *person_role_word(enum person_role role)
{
	assert(role >= 0 && role < PERSON_ROLE_MAX);
	return role_words[role];
}

bool person_role_from_word(span word, enum person_role *ret)
{
	for (int i = 0; i < PERSON_ROLE_MAX; i++)
		if (span_eq(word, span_z(role_words[i]))) {
			*ret = (enum person_role)i;
			return true;
		}
	return false;
}

/* For the installed store: root's alone to write. */
static int check_owner(const char *dir, const char *name, const struct stat *st, struct err *err)
{
	if (st->st_uid == 0 && !(st->st_mode & (S_IWGRP | S_IWOTH)))
		return 0;
	return err_set(err, E_REFUSED,
		       "'%.200s%s%s' is not root's alone to write, so the policy there counts for "
		       "nothing. As root: chown root and chmod go-w, then 'linecheck trust check'.",
		       dir, name ? "/" : "", name ? name : "");
}

static int read_one(int fd, const char *dir, const char *name, size_t max, bool installed,
		    struct buf *ret, struct err *err)
{
	struct stat st;
	struct err own = { 0 };
	int rc = small_file_read(fd, name, max, ret, &st, &own);
	/* a store that lacks a file is not "no store": that would let everything through */
	if (rc)
		return err_set(err, rc == E_ABSENT ? E_FORMAT : rc, "In '%.200s': %s", dir,
			       own.message);
	return installed ? check_owner(dir, name, &st, err) : 0;
}

static int read_root(int fd, const char *dir, bool installed, unsigned char *ret, struct err *err)
{
	struct buf b = { 0 };
	int rc = read_one(fd, dir, "force.pub", 2 * KEY_PUBLIC + 1, installed, &b, err);
	if (!rc && (b.n != 2 * KEY_PUBLIC + 1 || b.data[b.n - 1] != '\n' ||
		    !hex_read(ret, KEY_PUBLIC, (span){ b.data, b.n - 1 })))
		rc = err_set(err, E_FORMAT, "'%.200s/force.pub' is not the public half of a key.",
			     dir);
	buf_free(&b);
	return rc;
}

static int read_store(int fd, const char *dir, bool installed, struct trust **ret, struct err *err)
{
	struct stat st;
	struct buf b = { 0 };
	unsigned char root[KEY_PUBLIC];
	struct trust *t = NULL;
	int rc = 0;
	if (fstat(fd, &st) != 0) {
		err_set(err, E_IO, "'%.200s' cannot be read: %s.", dir, strerror(errno));
		return E_IO;
	}
	if (installed)
		rc = check_owner(dir, NULL, &st, err);
	if (!rc)
		rc = read_root(fd, dir, installed, root, err);
	if (!rc)
		rc = read_one(fd, dir, "policy.json", TRUST_FILE_MAX, installed, &b, err);
	if (!rc)
		rc = trust_file_parse(buf_span(&b), root, dir, &t, err);
	buf_free(&b);
	if (!rc && installed)
		rc = trust_seen_check(fd, "seen.json", t, err);
	if (rc || !t) {
		trust_free(t);
		return rc;
	}
	t->installed = installed;
	*ret = t;
	return 0;
}

static int open_dir(struct trust **ret, const char *dir, bool installed, struct err *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (installed ? O_NOFOLLOW : 0));
	if (fd < 0)
		return err_set(err, errno == ENOENT ? E_ABSENT : E_IO,
			       "'%.200s' cannot be opened: %s.", dir, strerror(errno));
	int rc = read_store(fd, dir, installed, ret, err);
	close(fd);
	return rc;
}

int trust_open_dir(struct trust **ret, const char *dir, struct err *err)
{
	return open_dir(ret, dir, false, err);
}

/* Something of a store is there: then it counts, even if it cannot be read or is not sound. */
static bool is_store(const char *dir)
{
	static const char *const names[] = { "force.pub", "policy.json" };
	char path[PATH_MAX];
	struct stat st;
	for (size_t i = 0; i < 2; i++) {
		int n = snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		if (n > 0 && (size_t)n < sizeof path &&
		    (lstat(path, &st) == 0 || (errno != ENOENT && errno != ENOTDIR)))
			return true;
	}
	return false;
}

static bool own_dir(char path[static PATH_MAX])
{
	const char *named = getenv("LINECHECK_TRUST"), *home = getenv("HOME");
	int n = named && *named ? snprintf(path, PATH_MAX, "%s", named)
		: home && *home ? snprintf(path, PATH_MAX, "%s/.config/linecheck", home)
				: 0;
	return n > 0 && n < PATH_MAX;
}

static int no_store(struct err *err)
{
	const char *named = getenv("LINECHECK_TRUST");
	if (named && *named)
		return err_set(err, E_USER,
			       "LINECHECK_TRUST names '%.200s', and there is no policy in it.",
			       named);
	return err_set(err, E_ABSENT,
		       "There is no policy on this machine that says who may do what. 'linecheck "
		       "trust --help' says how one is made and installed.");
}

int trust_open_at(struct trust **ret, const char *installed, struct err *err)
{
	char own[PATH_MAX];
	struct trust *t = NULL;
	int rc;
	if (is_store(installed))
		rc = open_dir(&t, installed, true, err);
	else if (own_dir(own) && is_store(own))
		rc = open_dir(&t, own, false, err);
	else
		return no_store(err);
	if (!rc && t)
		rc = trust_seen_own_check(t, err);
	if (rc || !t) {
		trust_free(t);
		return rc;
	}
	trust_seen_own_note(t);
	*ret = t;
	return 0;
}

int trust_open(struct trust **ret, struct err *err)
{
	return trust_open_at(ret, TRUST_INSTALLED, err);
}

void trust_free(struct trust *t)
{
	if (!t)
		return;
	json_decref(t->file);
	free(t->keys);
	free(t->people);
	free(t->units);
	free(t->dir);
	free(t);
}

bool trust_installed(const struct trust *t)
{
	return t->installed;
}

bool trust_training_allowed(const struct trust *t)
{
	return t->training;
}

const char *trust_dir(const struct trust *t)
{
	return t->dir;
}

const char *trust_force(const struct trust *t)
{
	return t->force;
}

uint64_t trust_number(const struct trust *t)
{
	return t->number;
}

int64_t trust_issued(const struct trust *t)
{
	return t->issued;
}

size_t trust_force_keys(const struct trust *t)
{
	return t->keys_n;
}

const unsigned char *trust_force_key(const struct trust *t, size_t i)
{
	assert(i < t->keys_n);
	return t->keys[i];
}

static bool covers(const struct person *p, int64_t at)
{
	return at >= p->from && (p->until == TIME_UNSET || at < p->until);
}

/* The entry with this key that covers at, else the next to begin after it, else the last. */
static const struct person *find(const struct person *p, size_t n, const char *id, int64_t at)
{
	const struct person *ret = NULL;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(p[i].key.id, id) != 0)
			continue;
		if (at != TIME_UNSET && covers(&p[i], at))
			return &p[i];
		bool both_later = at != TIME_UNSET && ret && p[i].from > at && ret->from > at;
		if (!ret || (both_later ? p[i].from < ret->from : p[i].from > ret->from))
			ret = &p[i];
	}
	return ret;
}

const struct person *trust_person(const struct trust *t, const char *id)
{
	return find(t->people, t->people_n, id, TIME_UNSET);
}

size_t trust_people(const struct trust *t)
{
	return t->people_n;
}

const struct person *trust_person_at(const struct trust *t, size_t i)
{
	assert(i < t->people_n);
	return &t->people[i];
}

size_t trust_units(const struct trust *t)
{
	return t->units_n;
}

const struct person *trust_unit_at(const struct trust *t, size_t i)
{
	assert(i < t->units_n);
	return &t->units[i];
}

/* Revoked once is revoked: other days of the same key are no better. */
static const struct person *find_revoked(const struct person *p, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (p[i].revoked && strcmp(p[i].key.id, id) == 0)
			return &p[i];
	return NULL;
}

static int not_then(const struct person *p, int64_t at, struct err *err)
{
	char day[25];
	if (at == TIME_UNSET)
		return err_set(err, E_REFUSED, "It is not known when %s acted.", p->key.name);
	time_format(at < p->from ? p->from : p->until - 1, day);
	return err_set(err, E_REFUSED,
		       at < p->from ? "By the policy, %s may act only from %.10s on."
				    : "By the policy, %s could act until %.10s only.",
		       p->key.name, day);
}

/* NULL with the reason in err. */
static const struct person *may_at(const struct trust *t, const struct person *list, size_t n,
				   const char *id, int64_t at, struct err *err)
{
	char day[25];
	const struct person *revoked = find_revoked(list, n, id), *p = find(list, n, id, at);
	if (!p) {
		err_set(err, E_REFUSED,
			"No %s in policy %llu of %.127s has the key %.16s. Ask whoever keeps the "
			"policy to add it.",
			list == t->units ? "unit" : "person", (unsigned long long)t->number,
			t->force, id);
	} else if (revoked) {
		time_format(revoked->revoked_on, day);
		err_set(err, E_REFUSED,
			"The key %s of %s was revoked on %.10s: nothing it signed counts.",
			p->key.id, p->key.name, day);
	} else if (at != TIME_UNSET && covers(p, at))
		return p;
	else
		not_then(p, at, err);
	return NULL;
}

int trust_may(const struct trust *t, const char *id, enum person_role role, int64_t at,
	      struct err *err)
{
	const struct person *p = may_at(t, t->people, t->people_n, id, at, err);
	if (!p)
		return E_REFUSED;
	if (p->role == role || (role == PERSON_OFFICER && p->role == PERSON_SUPERVISOR))
		return 0;
	return err_set(err, E_REFUSED, "%s is %s by the policy; this needs %s.", p->key.name,
		       person_role_word(p->role), person_role_word(role));
}

int trust_unit(const struct trust *t, const char *id, int64_t at, const struct key_public **ret,
	       struct err *err)
{
	const struct person *p = may_at(t, t->units, t->units_n, id, at, err);
	if (!p)
		return E_REFUSED;
	if (ret)
		*ret = &p->key;
	return 0;
}
