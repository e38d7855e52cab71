/* recovery.c - see recovery.h */
#include "recovery.h"
#include "base/buf.h"
#include "caselog.h"
#include "ending/folder_list.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NAME "backup-password.recovery"
#define SCHEMA "linecheck-recovery-1"
#define BYTES_MAX 16384

static void path_of(const char *dir, char *out, size_t cap)
{
	snprintf(out, cap, "%s/" NAME, dir);
}

bool recovery_stands(const char *case_dir)
{
	char path[4200];
	path_of(case_dir, path, sizeof path);
	return access(path, F_OK) == 0;
}

/* ---- the record ---- */

/* Four groups of five; no letter or digit that is taken for another: 98 bits. */
static void make_password(char out[static RECOVERY_PASSWORD])
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
	size_t n = 0;
	for (int group = 0; group < 4; group++) {
		if (group)
			out[n++] = '-';
		for (int i = 0; i < 5; i++)
			out[n++] = letters[randombytes_uniform(sizeof letters - 1)];
	}
	out[n] = 0;
}

static int seal_one(json_t *to, const unsigned char *sign, const char *password, struct err *err)
{
	char id[17];
	struct buf sealed = { 0 };
	key_id(sign, id);
	int rc = key_seal(sign, span_z(password), &sealed, err);
	size_t cap = sodium_base64_ENCODED_LEN(sealed.n, sodium_base64_VARIANT_ORIGINAL);
	char *text = rc ? NULL : malloc(cap);
	if (text) {
		sodium_bin2base64(text, cap, (const unsigned char *)sealed.data, sealed.n,
				  sodium_base64_VARIANT_ORIGINAL);
		json_object_set_new(to, id, json_string(text));
	} else if (!rc) {
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	}
	free(text);
	buf_free(&sealed);
	return rc;
}

static int compose(struct case_db *c, const struct trust *t, const struct recovery *r, json_t **ret,
		   struct err *err)
{
	int rc = 0;
	json_t *j = json_object(), *sealed = json_object();
	json_object_set_new(j, "schema", json_string(SCHEMA));
	json_object_set_new(j, "device", json_string(r->device));
	json_object_set_new(j, "set_at", json_integer(case_now(c)));
	if (case_training(c)) {
		json_object_set_new(j, "password", json_string(r->password));
	} else if (!case_actor(c)) {
		rc = err_set(err, E_REFUSED,
			     "A password is set only by a person: give --key FILE.");
	} else {
		rc = seal_one(sealed, key_public(case_actor(c))->sign, r->password, err);
		size_t n = t ? trust_force_keys(t) : 0;
		if (!rc && n)
			rc = seal_one(sealed, trust_force_key(t, n - 1), r->password, err);
	}
	json_object_set_new(j, "sealed", sealed);
	if (rc)
		json_decref(j);
	else
		*ret = j;
	return rc;
}

static int cannot(const char *path, const char *what, struct err *err)
{
	return err_set(err, E_IO,
		       "The recovery record '%s' could not be %s: %s. No password was set. Make "
		       "room, or use a case folder that can be written.",
		       path, what, strerror(errno));
}

static int write_record(const char *path, span bytes, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return cannot(path, "made", err);
	bool ok = true;
	while (ok && bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		ok = n > 0 || (n < 0 && errno == EINTR);
		bytes = n > 0 ? span_from(bytes, (size_t)n) : bytes;
	}
	ok = ok && fsync(fd) == 0;
	int error = errno;
	ok = close(fd) == 0 && ok;
	if (!ok) {
		unlink(path);
		errno = error;
		return cannot(path, "written", err);
	}
	return folder_sync_parent(path, err);
}

static int read_bytes(const char *path, char *out, size_t cap, size_t *ret_n, struct err *err)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return err_set(err, E_ABSENT,
			       "This case has no recovery record: it left no backup password on a "
			       "phone.");
	ssize_t n = fd < 0 ? -1 : read(fd, out, cap);
	if (fd >= 0)
		close(fd);
	if (n < 0)
		return err_set(err, E_IO, "The recovery record '%s' cannot be read: %s.", path,
			       strerror(errno));
	*ret_n = (size_t)n;
	return 0;
}

static int open_sealed(struct case_db *c, const json_t *j, struct buf *ret, struct err *err)
{
	const struct key *k = case_actor(c);
	const char *text = k ? json_string_value(json_object_get(json_object_get(j, "sealed"),
								 key_public(k)->id))
			     : NULL;
	unsigned char bytes[1024];
	size_t n;
	if (!text)
		return err_set(
			err, E_ENCRYPTED,
			"The recovery record is not sealed to your key. Those who can open it: "
			"whoever scanned the phone, and the holder of the force's key.");
	if (sodium_base642bin(bytes, sizeof bytes, text, strlen(text), NULL, &n, NULL,
			      sodium_base64_VARIANT_ORIGINAL) != 0)
		return err_set(err, E_FORMAT, "The recovery record is damaged.");
	return key_unseal(k, (span){ (char *)bytes, n }, ret, err);
}

static int parse(struct case_db *c, const json_t *j, struct recovery *ret, struct err *err)
{
	struct buf opened = { 0 };
	int rc = 0;
	const char *device = json_string_value(json_object_get(j, "device"));
	const char *schema = json_string_value(json_object_get(j, "schema"));
	const char *open = json_string_value(json_object_get(j, "password"));
	if (!device || !schema || strcmp(schema, SCHEMA) != 0 ||
	    strlen(device) >= sizeof ret->device)
		return err_set(err, E_FORMAT, "The recovery record is damaged.");
	if (case_training(c) && open)
		buf_add(&opened, span_z(open));
	else
		rc = open_sealed(c, j, &opened, err);
	if (rc == 0 && (opened.failed || !opened.n || opened.n >= sizeof ret->password))
		rc = err_set(err, E_FORMAT, "The recovery record is damaged.");
	if (rc == 0) {
		*ret = (struct recovery){ 0 };
		memcpy(ret->device, device, strlen(device));
		memcpy(ret->password, opened.data, opened.n);
	}
	key_wipe(&opened);
	return rc;
}

int recovery_read(struct case_db *c, struct recovery *ret, struct err *err)
{
	char path[4200], bytes[BYTES_MAX];
	size_t n = 0;
	path_of(case_dir(c), path, sizeof path);
	int rc = read_bytes(path, bytes, sizeof bytes, &n, err);
	if (rc)
		return rc;
	json_t *j = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);
	rc = j ? parse(c, j, ret, err) : err_set(err, E_FORMAT, "The recovery record is damaged.");
	json_decref(j);
	explicit_bzero(bytes, sizeof bytes);
	return rc;
}

/* ---- the mark ---- */

static int mark(struct case_db *c, const char *device, struct err *err)
{
	static const struct log_entry set = { .act = LOG_ALTERATION, .what = "password-intended" };
	static const struct log_entry gone = { .act = LOG_ALTERATION, .what = "password-gone" };
	sqlite3_stmt *st;
	int rc = case_begin(c, err);
	if (!rc)
		rc = case_prepare(c,
				  device ? "INSERT OR REPLACE INTO meta VALUES('left-set',?1)"
					 : "DELETE FROM meta WHERE key='left-set'",
				  &st, err);
	if (!rc) {
		if (device)
			sqlite3_bind_text(st, 1, device, -1, SQLITE_STATIC);
		rc = case_step(c, st, err);
		sqlite3_finalize(st);
	}
	if (!rc)
		rc = case_commit(c, device ? &set : &gone, err);
	if (rc)
		case_rollback(c);
	return rc;
}

static int remove_record(struct case_db *c, struct err *err)
{
	char path[4200];
	path_of(case_dir(c), path, sizeof path);
	if (unlink(path) != 0 && errno != ENOENT)
		return err_set(err, E_IO,
			       "The recovery record '%s' is no longer needed and could not be "
			       "removed: %s.",
			       path, strerror(errno));
	return folder_sync_parent(path, err);
}

int recovery_begin(struct case_db *c, const struct trust *t, const char *device,
		   struct recovery *ret, struct err *err)
{
	char path[4200];
	struct recovery r = { 0 }, back = { 0 };
	json_t *j = NULL;
	path_of(case_dir(c), path, sizeof path);
	if (recovery_stands(case_dir(c)))
		return err_set(err, E_USER,
			       "A temporary backup password of this case still stands on a phone. "
			       "First: linecheck recover %s",
			       case_dir(c));
	if (sodium_init() < 0)
		return err_set(err, E_IO, "libsodium could not be started.");
	snprintf(r.device, sizeof r.device, "%s", device);
	make_password(r.password);
	int rc = compose(c, t, &r, &j, err);
	char *text = rc ? NULL : json_dumps(j, JSON_SORT_KEYS | JSON_COMPACT);
	json_decref(j);
	if (!rc && !text)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = write_record(path, span_z(text), err);
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
	if (rc)
		return rc;
	rc = recovery_read(c, &back, err);
	if (!rc && (strcmp(back.password, r.password) != 0 || strcmp(back.device, r.device) != 0))
		rc = err_set(err, E_IO,
			     "The recovery record does not read back. No password was "
			     "set.");
	if (!rc)
		rc = mark(c, device, err);
	explicit_bzero(&back, sizeof back);
	if (rc)
		remove_record(c, NULL);
	else
		*ret = r;
	explicit_bzero(&r, sizeof r);
	return rc;
}

int recovery_end(struct case_db *c, struct err *err)
{
	int rc = mark(c, NULL, err);
	return rc ? rc : remove_record(c, err);
}
