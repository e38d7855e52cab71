/* case_key.c - see case_key.h */
#include "case_key.h"
#include <stdio.h>
#include <string.h>

static int put(struct case_db *c, const char *who, const char *name, span sealed, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "INSERT OR REPLACE INTO vault_key VALUES(?1,?2,?3)", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, who, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, name, -1, SQLITE_STATIC);
	sqlite3_bind_blob64(st, 3, sealed.p, sealed.n, SQLITE_STATIC);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

static int seal_to(struct case_db *c, const struct vault_key *k, const struct key_public *to,
		   struct err *err)
{
	struct buf sealed = { 0 };
	int rc = key_seal(to->sign, vault_key_bytes(k), &sealed, err);
	if (!rc)
		rc = put(c, to->id, to->name, buf_span(&sealed), err);
	buf_free(&sealed);
	return rc;
}

static int count(struct case_db *c, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT count(*) FROM vault_key", &st, err);
	if (rc)
		return rc;
	*ret = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return 0;
}

/* The force's key that signs now: the last of the chain. */
static int seal_to_force(struct case_db *c, const struct vault_key *k, const struct trust *t,
			 struct err *err)
{
	struct key_public force;
	size_t n = trust_force_keys(t);
	if (!n)
		return 0;
	memcpy(force.sign, trust_force_key(t, n - 1), sizeof force.sign);
	key_id(force.sign, force.id);
	snprintf(force.name, sizeof force.name, "%s", trust_force(t));
	return seal_to(c, k, &force, err);
}

static int make_sealed(struct case_db *c, const struct trust *t, struct err *err)
{
	struct vault_key *k;
	if (!case_actor(c))
		return err_set(err, E_REFUSED,
			       "The vault of a real case is sealed to a person: give --key FILE.");
	int rc = vault_key_random(&k, err);
	if (rc)
		return rc;
	rc = seal_to(c, k, key_public(case_actor(c)), err);
	if (!rc && t)
		rc = seal_to_force(c, k, t, err);
	vault_key_free(k);
	return rc;
}

static int make_open(struct case_db *c, struct err *err)
{
	struct vault_key *k;
	int rc = vault_key_training(&k, err);
	if (rc)
		return rc;
	rc = put(c, "", "training: not protected", vault_key_bytes(k), err);
	vault_key_free(k);
	return rc;
}

int case_key_ensure(struct case_db *c, const struct trust *t, struct err *err)
{
	int64_t n = 0;
	int rc = count(c, &n, err);
	if (rc || n)
		return rc;
	return case_training(c) ? make_open(c, err) : make_sealed(c, t, err);
}

static int unseal(struct case_db *c, const struct key *k, span sealed, struct vault_key **ret,
		  struct err *err)
{
	struct buf bytes = { 0 };
	if (case_training(c))
		return vault_key_of(ret, sealed, err);
	int rc = key_unseal(k, sealed, &bytes, err);
	if (!rc)
		rc = vault_key_of(ret, buf_span(&bytes), err);
	key_wipe(&bytes);
	return rc;
}

int case_key_open(struct case_db *c, const struct key *k, struct vault_key **ret, struct err *err)
{
	sqlite3_stmt *st;
	int64_t n = 0;
	int rc = count(c, &n, err);
	if (rc)
		return rc;
	if (!n)
		return err_set(err, E_ABSENT,
			       "This case has no key for its vault: nothing was kept in it, or the "
			       "key was destroyed.");
	if (!k && !case_training(c))
		return err_set(err, E_ENCRYPTED,
			       "The vault of this case is encrypted. Give --key with the key file "
			       "of a person who can open it.");
	rc = case_prepare(c, "SELECT sealed FROM vault_key WHERE who=?1", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, case_training(c) ? "" : key_public(k)->id, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW)
		rc = unseal(
			c, k,
			(span){ sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0) },
			ret, err);
	else
		rc = err_set(
			err, E_ENCRYPTED,
			"The vault of this case is not sealed to your key. Whoever first read a "
			"phone into it, or the holder of the force's key, can add you: "
			"'linecheck case share'.");
	sqlite3_finalize(st);
	return rc;
}

int case_key_share(struct case_db *c, const struct key_public *to, struct err *err)
{
	struct vault_key *k;
	if (case_training(c))
		return 0; /* anybody can open it */
	int rc = case_key_open(c, case_actor(c), &k, err);
	if (rc)
		return rc;
	rc = seal_to(c, k, to, err);
	vault_key_free(k);
	return rc;
}

int case_key_destroy(struct case_db *c, int64_t *ret_copies, struct err *err)
{
	int64_t n = 0;
	int rc = count(c, &n, err);
	if (!rc && n)
		rc = case_exec(c, "destroying the vault's key",
			       "UPDATE vault_key SET sealed=zeroblob(length(sealed));"
			       "DELETE FROM vault_key",
			       err);
	if (!rc && ret_copies)
		*ret_copies = n;
	return rc;
}
