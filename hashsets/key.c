/* key.c - see key.h */
#include "key.h"
#include "base/utf8.h"
#include "hex.h"
#include "key_file.h"
#include "small_file.h"
#include <assert.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#define FILE_MAX 4096

/* libsodium's MODERATE: 3 passes over 256 MiB */
const struct key_cost key_real_cost = { crypto_pwhash_OPSLIMIT_MODERATE,
					crypto_pwhash_MEMLIMIT_MODERATE / 1024 };

struct secret {
	unsigned char sign[crypto_sign_SECRETKEYBYTES];
	unsigned char box[crypto_box_SECRETKEYBYTES], box_public[crypto_box_PUBLICKEYBYTES];
};

struct key {
	struct key_public public;
	struct secret *secret; /* sodium_malloc: locked, fenced, wiped when freed */
};

static int ready(struct err *err)
{
	return sodium_init() < 0 ? err_set(err, E_IO,
					   "The random numbers of this machine cannot be "
					   "used: nothing can be signed or sealed.")
				 : 0;
}

/* Its own function so that a reader, and the analyser, see that it is never 0. */
static int no_memory(struct err *err)
{
	err_set(err, E_NOMEM, "Memory ran out.");
	return E_NOMEM;
}

void key_id(const unsigned char sign[static KEY_PUBLIC], char ret[static 17])
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(sum, sign, KEY_PUBLIC);
	hex_write(ret, sum, 8);
}

int key_public_check(const unsigned char sign[static KEY_PUBLIC], struct err *err)
{
	if (ready(err))
		return E_IO;
	/* a point of small order would verify what nobody signed */
	return crypto_core_ed25519_is_valid_point(sign)
		       ? 0
		       : err_set(err, E_USER,
				 "This is not the public half of a key: one of its digits is "
				 "wrong. "
				 "'linecheck key show' prints it.");
}

int key_name_check(const char *name, struct err *err)
{
	span s = span_z(name);
	if (!s.n || s.n > KEY_NAME_MAX || s.p[0] == ' ' || s.p[s.n - 1] == ' ')
		return err_set(err, E_USER,
			       "A name has 1 to %d bytes and no space at its beginning or end.",
			       KEY_NAME_MAX);
	for (size_t at = 0; at < s.n;) {
		uint32_t cp = utf8_next(s, &at);
		if (cp == UTF8_BAD || cp < 0x20 || utf8_is_hidden(cp))
			return err_set(err, E_USER,
				       "A name is UTF-8 without control or hidden characters.");
	}
	return 0;
}

int key_passphrase_check(span passphrase, struct err *err)
{
	size_t characters = 0;
	for (size_t at = 0; at < passphrase.n; characters++)
		utf8_next(passphrase, &at);
	if (characters < KEY_PASSPHRASE_MIN)
		return err_set(err, E_USER,
			       "The passphrase is too short: at least %d characters, best four or "
			       "more words picked by chance.",
			       KEY_PASSPHRASE_MIN);
	if (passphrase.n > KEY_PASSPHRASE_MAX)
		return err_set(err, E_USER, "The passphrase is longer than %d bytes.",
			       KEY_PASSPHRASE_MAX);
	return 0;
}

/* Of seed, which must not be f's memory; fills public but for the name. */
static void derive(const unsigned char seed[static KEY_SEED], struct secret *secret,
		   unsigned char sign[static KEY_PUBLIC])
{
	crypto_sign_seed_keypair(sign, secret->sign, seed);
	int bad = crypto_sign_ed25519_sk_to_curve25519(secret->box, secret->sign);
	bad |= crypto_scalarmult_base(secret->box_public, secret->box);
	assert(!bad);
	(void)bad;
}

unsigned char *key_stretch(struct key_cost cost, const unsigned char salt[static KEY_SALT],
			   span passphrase, struct err *err)
{
	if (ready(err))
		return NULL;
	unsigned char *ret = sodium_malloc(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
	if (ret && crypto_pwhash(ret, crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
				 passphrase.n ? passphrase.p : "", passphrase.n, salt, cost.ops,
				 (size_t)cost.kib * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0)
		return ret;
	sodium_free(ret);
	err_set(err, E_NOMEM,
		"A passphrase takes %u MiB of memory, and this machine has not got "
		"them free.",
		(unsigned)cost.kib / 1024);
	return NULL;
}

static int seal_seed(struct key_file *f, const unsigned char seed[static KEY_SEED], span passphrase,
		     struct err *err)
{
	struct buf clear = { 0 };
	randombytes_buf(f->salt, sizeof f->salt);
	randombytes_buf(f->nonce, sizeof f->nonce);
	unsigned char *key = key_stretch(f->cost, f->salt, passphrase, err);
	int rc = key ? key_file_clear(f, &clear, err) : E_NOMEM;
	if (!rc)
		crypto_aead_xchacha20poly1305_ietf_encrypt(f->sealed, NULL, seed, KEY_SEED,
							   (const unsigned char *)clear.data,
							   clear.n, NULL, f->nonce, key);
	sodium_free(key);
	buf_free(&clear);
	return rc;
}

static int unseal_seed(const struct key_file *f, const char *path, span passphrase,
		       unsigned char seed[static KEY_SEED], struct err *err)
{
	struct buf clear = { 0 };
	unsigned char *key = key_stretch(f->cost, f->salt, passphrase, err);
	int rc = key ? key_file_clear(f, &clear, err) : E_NOMEM;
	if (!rc && crypto_aead_xchacha20poly1305_ietf_decrypt(
			   seed, NULL, NULL, f->sealed, KEY_SEALED,
			   (const unsigned char *)clear.data, clear.n, f->nonce, key))
		rc = err_set(err, E_ENCRYPTED, "The passphrase does not open '%.200s' (%s).", path,
			     f->public.name);
	sodium_free(key);
	buf_free(&clear);
	return rc;
}

static int load(const char *path, struct key_file *ret, struct err *err)
{
	struct buf bytes = { 0 };
	int rc = ready(err);
	if (!rc)
		rc = small_file_read(AT_FDCWD, path, FILE_MAX, &bytes, NULL, err);
	if (!rc)
		rc = key_file_parse(buf_span(&bytes), path, ret, err);
	buf_free(&bytes);
	return rc;
}

int key_create_at_cost(const char *path, const char *name, span passphrase, struct key_cost cost,
		       struct key_public *ret, struct err *err)
{
	struct key_file f = { .cost = cost };
	struct buf bytes = { 0 };
	int rc = ready(err);
	if (!rc)
		rc = key_name_check(name, err);
	if (!rc)
		rc = key_passphrase_check(passphrase, err);
	if (rc)
		return rc;
	unsigned char *seed = sodium_malloc(KEY_SEED);
	struct secret *secret = sodium_malloc(sizeof *secret);
	if (!seed || !secret) {
		rc = no_memory(err);
		goto out;
	}
	randombytes_buf(seed, KEY_SEED);
	derive(seed, secret, f.public.sign);
	key_id(f.public.sign, f.public.id);
	memcpy(f.public.name, name, strlen(name) + 1);
	rc = seal_seed(&f, seed, passphrase, err);
	if (!rc)
		rc = key_file_write(&f, &bytes, err);
	if (!rc)
		rc = small_file_new(AT_FDCWD, path, buf_span(&bytes), 0600, err);
	if (!rc && ret)
		*ret = f.public;
out:
	sodium_free(seed);
	sodium_free(secret);
	buf_free(&bytes);
	return rc;
}

int key_create(const char *path, const char *name, span passphrase, struct key_public *ret,
	       struct err *err)
{
	return key_create_at_cost(path, name, passphrase, key_real_cost, ret, err);
}

int key_peek(const char *path, struct key_public *ret, struct err *err)
{
	struct key_file f;
	int rc = load(path, &f, err);
	if (!rc)
		*ret = f.public;
	return rc;
}

struct key *key_of_seed(const unsigned char seed[static KEY_SEED], const char *name)
{
	struct key *k = calloc(1, sizeof *k);
	if (k && !ready(NULL))
		k->secret = sodium_malloc(sizeof *k->secret);
	if (!k || !k->secret) {
		key_free(k);
		return NULL;
	}
	derive(seed, k->secret, k->public.sign);
	key_id(k->public.sign, k->public.id);
	snprintf(k->public.name, sizeof k->public.name, "%s", name);
	if (sodium_mprotect_readonly(k->secret) != 0) {
		key_free(k);
		return NULL;
	}
	return k;
}

int key_open(struct key **ret, const char *path, span passphrase, struct err *err)
{
	struct key_file f;
	struct key *k = NULL;
	int rc = load(path, &f, err);
	if (rc)
		return rc;
	unsigned char *seed = sodium_malloc(KEY_SEED);
	if (!seed)
		return no_memory(err);
	rc = unseal_seed(&f, path, passphrase, seed, err);
	if (!rc && !(k = key_of_seed(seed, f.public.name)))
		rc = no_memory(err);
	sodium_free(seed);
	if (!k)
		return rc;
	if (memcmp(k->public.sign, f.public.sign, KEY_PUBLIC) != 0) {
		key_free(k);
		return err_set(err, E_FORMAT, "'%.200s' names another public half than its own.",
			       path);
	}
	*ret = k;
	return 0;
}

int key_change_at_cost(const char *path, span old_passphrase, span passphrase, struct key_cost cost,
		       struct err *err)
{
	struct key_file f;
	struct buf bytes = { 0 };
	int rc = key_passphrase_check(passphrase, err);
	if (!rc)
		rc = load(path, &f, err);
	if (rc)
		return rc;
	unsigned char *seed = sodium_malloc(KEY_SEED);
	rc = seed ? unseal_seed(&f, path, old_passphrase, seed, err) : no_memory(err);
	f.cost = cost;
	if (!rc)
		rc = seal_seed(&f, seed, passphrase, err);
	if (!rc)
		rc = key_file_write(&f, &bytes, err);
	if (!rc)
		rc = small_file_replace(AT_FDCWD, path, buf_span(&bytes), 0600, err);
	sodium_free(seed);
	buf_free(&bytes);
	return rc;
}

int key_change(const char *path, span old_passphrase, span passphrase, struct err *err)
{
	return key_change_at_cost(path, old_passphrase, passphrase, key_real_cost, err);
}

void key_free(struct key *k)
{
	if (!k)
		return;
	sodium_free(k->secret);
	free(k);
}

const struct key_public *key_public(const struct key *k)
{
	return &k->public;
}

void key_wipe(struct buf *b)
{
	if (b->data)
		sodium_memzero(b->data, b->cap);
	buf_free(b);
}

/* "linecheck\0" context "\0" bytes */
static int message_of(const char *context, span bytes, struct buf *ret, struct err *err)
{
	buf_add(ret, (span){ "linecheck", 10 });
	buf_add(ret, (span){ context, strlen(context) + 1 });
	buf_add(ret, bytes);
	return ret->failed ? no_memory(err) : 0;
}

int key_sign(const struct key *k, const char *context, span bytes,
	     unsigned char ret[static KEY_SIGNATURE], struct err *err)
{
	struct buf m = { 0 };
	int rc = message_of(context, bytes, &m, err);
	if (!rc)
		crypto_sign_detached(ret, NULL, (const unsigned char *)m.data, m.n,
				     k->secret->sign);
	buf_free(&m);
	return rc;
}

int key_verify(const unsigned char sign[static KEY_PUBLIC], const char *context, span bytes,
	       const unsigned char signature[static KEY_SIGNATURE], struct err *err)
{
	struct buf m = { 0 };
	int rc = ready(err);
	if (!rc)
		rc = message_of(context, bytes, &m, err);
	if (!rc &&
	    crypto_sign_verify_detached(signature, (const unsigned char *)m.data, m.n, sign) != 0)
		rc = err_set(err, E_FORMAT,
			     "The signature does not fit: altered, or signed by another key.");
	buf_free(&m);
	return rc;
}

int key_seal(const unsigned char sign[static KEY_PUBLIC], span secret, struct buf *ret,
	     struct err *err)
{
	unsigned char box[crypto_box_PUBLICKEYBYTES], out[KEY_SECRET_MAX + crypto_box_SEALBYTES];
	int rc = ready(err);
	if (rc)
		return rc;
	if (secret.n > KEY_SECRET_MAX)
		return err_set(err, E_LIMIT, "At most %d bytes can be sealed to a key.",
			       KEY_SECRET_MAX);
	if (crypto_sign_ed25519_pk_to_curve25519(box, sign) != 0)
		return err_set(err, E_USER, "This is not the public half of a key.");
	crypto_box_seal(out, (const unsigned char *)(secret.p ? secret.p : ""), secret.n, box);
	buf_add(ret, (span){ (const char *)out, secret.n + crypto_box_SEALBYTES });
	return ret->failed ? no_memory(err) : 0;
}

int key_unseal(const struct key *k, span sealed, struct buf *ret, struct err *err)
{
	unsigned char out[KEY_SECRET_MAX];
	if (sealed.n < crypto_box_SEALBYTES || sealed.n > KEY_SECRET_MAX + crypto_box_SEALBYTES ||
	    crypto_box_seal_open(out, (const unsigned char *)sealed.p, sealed.n,
				 k->secret->box_public, k->secret->box) != 0)
		return err_set(err, E_ENCRYPTED,
			       "It was not sealed to the key of %s (%s), or it was altered.",
			       k->public.name, k->public.id);
	buf_add(ret, (span){ (const char *)out, sealed.n - crypto_box_SEALBYTES });
	sodium_memzero(out, sizeof out);
	return ret->failed ? no_memory(err) : 0;
}
