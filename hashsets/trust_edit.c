/* trust_edit.c - see trust_edit.h */
#include "trust_edit.h"
#include "hex.h"
#include "small_file.h"
#include "trust_file.h"
#include "trust_seen.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static int no_memory(struct err *err)
{
	err_set(err, E_NOMEM, "Memory ran out.");
	return E_NOMEM;
}

/* A folder that nobody else changes until it is closed; -1 with err set. */
static int lock(const char *dir, struct err *err)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		err_set(err, errno == ENOENT ? E_ABSENT : E_IO, "'%.200s' cannot be opened: %s.",
			dir, strerror(errno));
	else if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		err_set(err, E_IO, "Somebody else is changing '%.200s' just now.", dir);
		close(fd);
		fd = -1;
	}
	return fd;
}

static json_t *day_json(int64_t ms)
{
	char text[25];
	time_format(ms, text);
	return json_stringn(text, 10);
}

/* Sign, read again as anyone would, and only then put it in place. */
static int put(int fd, const char *dir, const unsigned char *root, const json_t *policy,
	       const json_t *rotations, const struct key *by, bool fresh, struct err *err)
{
	struct buf b = { 0 };
	struct trust *t = NULL;
	int rc = trust_file_write(policy, rotations, by, &b, err);
	if (!rc)
		rc = trust_file_parse(buf_span(&b), root, dir, &t, err);
	if (!rc)
		rc = trust_seen_own_check(t, err);
	if (!rc)
		rc = fresh ? small_file_new(fd, "policy.json", buf_span(&b), 0644, err)
			   : small_file_replace(fd, "policy.json", buf_span(&b), 0644, err);
	if (!rc)
		trust_seen_own_note(t);
	trust_free(t);
	buf_free(&b);
	return rc;
}

int trust_create(const char *dir, const char *force, bool training, int64_t today,
		 const struct key *key, struct err *err)
{
	char root[2 * KEY_PUBLIC + 2];
	const unsigned char *sign = key_public(key)->sign;
	int rc = key_name_check(force, err);
	if (rc)
		return rc;
	if (mkdir(dir, 0755) != 0 && errno != EEXIST)
		return err_set(err, E_IO, "'%.200s' cannot be made: %s.", dir, strerror(errno));
	json_t *policy =
		json_pack("{s:s,s:s,s:o,s:i,s:[],s:s,s:[]}", "format", "linecheck-policy-1",
			  "force", force, "issued", day_json(today), "number", 1, "people",
			  "training", training ? "allowed" : "refused", "units");
	json_t *rotations = json_array();
	int fd = lock(dir, err);
	rc = fd < 0 ? E_IO : policy && rotations ? 0 : no_memory(err);
	hex_write(root, sign, KEY_PUBLIC);
	memcpy(root + 2 * KEY_PUBLIC, "\n", 2);
	if (!rc)
		rc = small_file_new(fd, "force.pub", span_z(root), 0644, err);
	if (!rc) {
		rc = put(fd, dir, sign, policy, rotations, key, true, err);
		if (rc)
			unlinkat(fd, "force.pub", 0);
	}
	if (fd >= 0)
		close(fd);
	json_decref(policy);
	json_decref(rotations);
	return rc;
}

/* A change to the policy's JSON; what it makes of it is checked as a whole afterwards. */
typedef int change_fn(json_t *policy, const void *user, struct err *err);

struct edit {
	const char *dir;
	int64_t today;
	const struct key *key, *next; /* next: NULL but for a rotation */
};

static int check_signer(const struct trust *t, const struct key *key, struct err *err)
{
	char id[17];
	const unsigned char *signer = t->keys[t->keys_n - 1];
	key_id(signer, id);
	return memcmp(signer, key_public(key)->sign, KEY_PUBLIC) == 0
		       ? 0
		       : err_set(err, E_REFUSED,
				 "This policy is signed by the force's key %s; the key you gave is "
				 "%s "
				 "(%s).",
				 id, key_public(key)->id, key_public(key)->name);
}

static int next_policy(const struct trust *t, int64_t today, json_t **ret, struct err *err)
{
	if (t->number >= CANON_INTEGER_MAX)
		return err_set(err, E_LIMIT, "There is no policy number after this one.");
	json_t *policy = json_deep_copy(json_object_get(t->file, "policy"));
	if (!policy ||
	    json_object_set_new(policy, "number", json_integer((json_int_t)t->number + 1)) ||
	    json_object_set_new(policy, "issued", day_json(today))) {
		json_decref(policy);
		return no_memory(err);
	}
	*ret = policy;
	return 0;
}

static int change_locked(int fd, const struct edit *e, change_fn *change, const void *user,
			 struct err *err)
{
	struct trust *t;
	json_t *policy = NULL, *rotations = NULL;
	int rc = trust_open_dir(&t, e->dir, err);
	if (rc)
		return rc;
	rc = check_signer(t, e->key, err);
	if (!rc)
		rc = trust_seen_own_check(t, err);
	if (!rc)
		rc = next_policy(t, e->today, &policy, err);
	if (!rc && !(rotations = json_deep_copy(json_object_get(t->file, "rotations"))))
		rc = no_memory(err);
	if (!rc && change)
		rc = change(policy, user, err);
	if (!rc && e->next)
		rc = trust_file_rotate(rotations, e->key, key_public(e->next)->sign, err);
	if (!rc)
		rc = put(fd, e->dir, t->keys[0], policy, rotations, e->next ? e->next : e->key,
			 false, err);
	json_decref(policy);
	json_decref(rotations);
	trust_free(t);
	return rc;
}

static int edit(const struct edit *e, change_fn *change, const void *user, struct err *err)
{
	int fd = lock(e->dir, err);
	if (fd < 0)
		return E_IO;
	int rc = change_locked(fd, e, change, user, err);
	close(fd);
	return rc;
}

static int append(json_t *policy, const void *user, struct err *err)
{
	const struct trust_entry *e = user;
	char hex[2 * KEY_PUBLIC + 1];
	bool unit = e->role == PERSON_ROLE_MAX, failed;
	hex_write(hex, e->sign, KEY_PUBLIC);
	json_t *v =
		json_pack("{s:o,s:s,s:s}", "from", day_json(e->from), "key", hex, "name", e->name);
	failed = !v;
	if (v && !unit)
		failed |= json_object_set_new(v, "role", json_string(person_role_word(e->role)));
	if (v && e->last != TIME_UNSET)
		failed |= json_object_set_new(v, "until", day_json(e->last));
	failed |= json_array_append_new(json_object_get(policy, unit ? "units" : "people"), v);
	return failed ? no_memory(err) : 0;
}

int trust_add(const char *dir, const struct trust_entry *e, int64_t today, const struct key *key,
	      struct err *err)
{
	int rc = key_name_check(e->name, err);
	if (!rc)
		rc = key_public_check(e->sign, err);
	if (!rc && e->last != TIME_UNSET && e->last < e->from)
		rc = err_set(err, E_USER, "The last day is before the first.");
	return rc ? rc : edit(&(struct edit){ dir, today, key, NULL }, append, e, err);
}

struct change {
	const char *id, *member;
	int64_t day;
};

static bool has_id(const json_t *entry, const char *id)
{
	unsigned char sign[KEY_PUBLIC];
	char own[17];
	if (!hex_read(sign, sizeof sign, span_z(json_string_value(json_object_get(entry, "key")))))
		return false;
	key_id(sign, own);
	return strcmp(own, id) == 0;
}

static bool member_day(const json_t *entry, const char *member, int64_t *ret)
{
	return time_parse_date(span_z(json_string_value(json_object_get(entry, member))), ret);
}

/* True if the day is to be set: dates only shorten. */
static bool shortens(const json_t *entry, const struct change *c)
{
	int64_t now;
	if (!member_day(entry, c->member, &now))
		return true;
	return strcmp(c->member, "until") == 0 && c->day < now;
}

static bool begins_later(const json_t *entry, const struct change *c)
{
	int64_t from;
	return strcmp(c->member, "until") == 0 && member_day(entry, "from", &from) && from > c->day;
}

static int set_day(json_t *policy, const void *user, struct err *err)
{
	static const char *const lists[] = { "people", "units" };
	const struct change *c = user;
	size_t found = 0, changed = 0;
	for (size_t l = 0; l < 2; l++) {
		json_t *list = json_object_get(policy, lists[l]);
		for (size_t i = 0; i < json_array_size(list); i++) {
			json_t *entry = json_array_get(list, i);
			if (!has_id(entry, c->id))
				continue;
			found++;
			if (!shortens(entry, c))
				continue;
			if (begins_later(entry, c))
				return err_set(err, E_USER,
					       "%s begins after that day: give a later one, or "
					       "revoke the key.",
					       c->id);
			if (json_object_set_new(entry, c->member, day_json(c->day)))
				return no_memory(err);
			changed++;
		}
	}
	if (!found)
		return err_set(err, E_USER,
			       "Nobody in this policy has the key '%.40s'. 'linecheck trust check' "
			       "lists all.",
			       c->id);
	if (!changed)
		return err_set(err, E_USER, "That stands in the policy already: %s %s.", c->id,
			       strcmp(c->member, "until") == 0 ? "ends no later" : "is revoked");
	return 0;
}

int trust_retire(const char *dir, const char *id, int64_t last, int64_t today,
		 const struct key *key, struct err *err)
{
	struct change c = { id, "until", last };
	return edit(&(struct edit){ dir, today, key, NULL }, set_day, &c, err);
}

int trust_revoke(const char *dir, const char *id, int64_t today, const struct key *key,
		 struct err *err)
{
	struct change c = { id, "revoked", today };
	return edit(&(struct edit){ dir, today, key, NULL }, set_day, &c, err);
}

static int set_training(json_t *policy, const void *user, struct err *err)
{
	const char *word = user;
	return json_object_set_new(policy, "training", json_string(word)) ? no_memory(err) : 0;
}

int trust_set_training(const char *dir, bool allowed, int64_t today, const struct key *key,
		       struct err *err)
{
	return edit(&(struct edit){ dir, today, key, NULL }, set_training,
		    allowed ? "allowed" : "refused", err);
}

int trust_rotate(const char *dir, int64_t today, const struct key *key, const struct key *next,
		 struct err *err)
{
	return edit(&(struct edit){ dir, today, key, next }, NULL, NULL, err);
}
