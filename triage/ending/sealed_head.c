/* sealed_head.c - see sealed_head.h */
#include "sealed_head.h"
#include "base/utf8.h"
#include "canon.h"
#include "hex.h"
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#define FORMAT "linecheck-sealed-1"

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static void set_hex(json_t *to, const char *name, const unsigned char *bytes, size_t n)
{
	char hex[2 * SEALED_BOX + 1];
	hex_write(hex, bytes, n);
	json_object_set_new(to, name, json_string(hex));
}

static json_t *head_json(const struct sealed_head *h)
{
	const struct sealed_about *a = &h->about;
	json_t *keys = json_array();
	json_t *v = json_pack("{ss ss ss so sI sI sb}", "case", a->case_id, "format", FORMAT,
			      "head", a->head, "keys", keys, "seq", (json_int_t)a->seq, "size",
			      (json_int_t)h->size, "training", a->training);
	if (!v)
		return NULL;
	set_hex(v, "id", h->id, sizeof h->id);
	for (size_t i = 0; i < h->keys; i++) {
		json_t *k = json_pack("{ssss}", "id", h->key[i].id, "name", h->key[i].name);
		set_hex(k, "sealed", h->key[i].sealed, SEALED_BOX);
		json_array_append_new(keys, k);
	}
	if (h->has_pass) {
		json_t *p = json_pack("{sIsI}", "kib", (json_int_t)h->pass.cost.kib, "ops",
				      (json_int_t)h->pass.cost.ops);
		set_hex(p, "salt", h->pass.salt, sizeof h->pass.salt);
		set_hex(p, "nonce", h->pass.nonce, sizeof h->pass.nonce);
		set_hex(p, "sealed", h->pass.sealed, sizeof h->pass.sealed);
		json_object_set_new(v, "passphrase", p);
	}
	if (a->review_by[0])
		json_object_set_new(v, "review_by", json_string(a->review_by));
	return v;
}

int sealed_head_write(const struct sealed_head *h, struct buf *ret, struct err *err)
{
	struct buf json = { 0 };
	json_t *v = head_json(h);
	int rc = v ? canon_write(&json, v, err) : no_memory(err);
	json_decref(v);
	if (!rc) {
		buf_add(ret, SPAN(SEALED_MAGIC));
		for (int shift = 24; shift >= 0; shift -= 8)
			buf_byte(ret, (char)(json.n >> shift & 255));
		buf_add(ret, buf_span(&json));
	}
	if (!rc && (json.failed || ret->failed))
		rc = no_memory(err);
	buf_free(&json);
	return rc;
}

static bool read_hex(const json_t *v, const char *name, unsigned char *ret, size_t n)
{
	return hex_read(ret, n, span_z(json_string_value(json_object_get(v, name))));
}

/* A short text that may be shown: no control characters, no longer than cap - 1 bytes. */
static bool read_text(const json_t *v, const char *name, char *ret, size_t cap)
{
	const char *s = json_string_value(json_object_get(v, name));
	if (!s || strlen(s) >= cap || !utf8_valid(span_z(s)))
		return false;
	for (const char *p = s; *p; p++)
		if ((unsigned char)*p < ' ')
			return false;
	memcpy(ret, s, strlen(s) + 1);
	return true;
}

static bool read_keys(const json_t *v, struct sealed_head *h)
{
	const json_t *keys = json_object_get(v, "keys");
	size_t n = json_array_size(keys);
	if (!json_is_array(keys) || n > SEALED_KEYS_MAX)
		return false;
	for (; h->keys < n; h->keys++) {
		const json_t *k = json_array_get(keys, h->keys);
		if (!read_text(k, "id", h->key[h->keys].id, sizeof h->key[0].id) ||
		    !read_text(k, "name", h->key[h->keys].name, sizeof h->key[0].name) ||
		    !read_hex(k, "sealed", h->key[h->keys].sealed, SEALED_BOX))
			return false;
	}
	return true;
}

static bool read_pass(const json_t *v, struct sealed_head *h)
{
	const json_t *p = json_object_get(v, "passphrase");
	json_int_t ops = json_integer_value(json_object_get(p, "ops"));
	json_int_t kib = json_integer_value(json_object_get(p, "kib"));
	if (!p)
		return true;
	h->has_pass = true;
	h->pass.cost = (struct key_cost){ (uint32_t)ops, (uint32_t)kib };
	return ops >= 1 && ops <= KEY_OPS_MAX && kib >= KEY_KIB_MIN && kib <= KEY_KIB_MAX &&
	       read_hex(p, "salt", h->pass.salt, sizeof h->pass.salt) &&
	       read_hex(p, "nonce", h->pass.nonce, sizeof h->pass.nonce) &&
	       read_hex(p, "sealed", h->pass.sealed, sizeof h->pass.sealed);
}

static bool read_about(const json_t *v, struct sealed_about *a)
{
	json_int_t seq = json_integer_value(json_object_get(v, "seq"));
	a->seq = seq;
	a->training = json_is_true(json_object_get(v, "training"));
	return seq >= 0 && read_text(v, "case", a->case_id, sizeof a->case_id) &&
	       read_text(v, "head", a->head, sizeof a->head) &&
	       (!json_object_get(v, "review_by") ||
		read_text(v, "review_by", a->review_by, sizeof a->review_by));
}

static int damaged(const char *name, struct err *err)
{
	return err_set(err, E_FORMAT,
		       "'%.200s' is not a sealed case, or it was damaged or altered. Use your copy "
		       "of it.",
		       name);
}

static int parse(span bytes, const char *name, struct sealed_head *h, struct err *err)
{
	json_t *v = NULL;
	struct buf again = { 0 };
	if (canon_read(&v, span_from(bytes, SEALED_START), NULL))
		return damaged(name, err);
	const char *format = json_string_value(json_object_get(v, "format"));
	json_int_t size = json_integer_value(json_object_get(v, "size"));
	h->size = size > 0 ? (uint64_t)size : 0; /* below 2^53, as canonical JSON is */
	int rc = 0;
	if (format && strncmp(format, "linecheck-sealed-", 17) == 0 && strcmp(format, FORMAT) != 0)
		rc = err_set(err, E_FORMAT, "'%.200s' was made by a newer linecheck, or altered.",
			     name);
	else if (size <= 0 || !read_about(v, &h->about) || !read_keys(v, h) || !read_pass(v, h) ||
		 !read_hex(v, "id", h->id, sizeof h->id))
		rc = damaged(name, err);
	/* no other member: the same bytes when written again */
	if (!rc)
		rc = sealed_head_write(h, &again, err);
	if (!rc && !span_eq(buf_span(&again), bytes))
		rc = damaged(name, err);
	buf_free(&again);
	json_decref(v);
	return rc;
}

static bool read_all(int fd, char *p, size_t n)
{
	for (off_t at = 0; n;) {
		ssize_t got = pread(fd, p, n, at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
		at += got;
	}
	return true;
}

int sealed_head_read(int fd, uint64_t file_size, const char *name, struct sealed_head *ret,
		     struct buf *ret_bytes, struct err *err)
{
	unsigned char start[SEALED_START];
	size_t n = 0;
	if (!read_all(fd, (char *)start, sizeof start) || memcmp(start, SEALED_MAGIC, 8) != 0)
		return damaged(name, err);
	for (int i = 8; i < SEALED_START; i++)
		n = n << 8 | start[i];
	n += SEALED_START;
	if (n > SEALED_START + SEALED_HEAD_MAX)
		return damaged(name, err);
	char *bytes = malloc(n);
	if (!bytes)
		return no_memory(err);
	struct sealed_head h = { 0 };
	int rc = read_all(fd, bytes, n) ? parse((span){ bytes, n }, name, &h, err)
					: damaged(name, err);
	uint64_t want = n + chunk_stored(h.size);
	if (!rc && file_size != want)
		rc = err_set(err, E_FORMAT,
			     "'%.200s' is not whole: it has %llu bytes and should have %llu. Use "
			     "your copy of it.",
			     name, (unsigned long long)file_size, (unsigned long long)want);
	if (!rc)
		buf_add(ret_bytes, (span){ bytes, n });
	if (!rc && ret_bytes->failed)
		rc = no_memory(err);
	free(bytes);
	if (!rc)
		*ret = h;
	return rc;
}

static int lock_pass(struct sealed_head *h, const unsigned char key[static CHUNK_KEY],
		     const struct sealed_to *to, struct err *err)
{
	h->has_pass = true;
	h->pass.cost = to->cost.kib ? to->cost : key_real_cost;
	randombytes_buf(h->pass.salt, sizeof h->pass.salt);
	randombytes_buf(h->pass.nonce, sizeof h->pass.nonce);
	unsigned char *stretched = key_stretch(h->pass.cost, h->pass.salt, to->passphrase, err);
	if (!stretched)
		return E_NOMEM;
	crypto_aead_xchacha20poly1305_ietf_encrypt(h->pass.sealed, NULL, key, CHUNK_KEY, h->id,
						   sizeof h->id, NULL, h->pass.nonce, stretched);
	sodium_free(stretched);
	return 0;
}

int sealed_head_lock(struct sealed_head *h, const unsigned char key[static CHUNK_KEY],
		     const struct sealed_to *to, struct err *err)
{
	if (to->keys > SEALED_KEYS_MAX || (!to->keys && !to->passphrase.p))
		return err_set(err, E_USER, "A case is sealed to 1 to %d keys, or to a passphrase.",
			       SEALED_KEYS_MAX);
	for (h->keys = 0; h->keys < to->keys; h->keys++) {
		const struct key_public *k = &to->key[h->keys];
		struct buf box = { 0 };
		int rc = key_seal(k->sign, (span){ (const char *)key, CHUNK_KEY }, &box, err);
		if (!rc)
			memcpy(h->key[h->keys].sealed, box.data, SEALED_BOX);
		buf_free(&box);
		if (rc)
			return rc;
		memcpy(h->key[h->keys].id, k->id, sizeof k->id);
		memcpy(h->key[h->keys].name, k->name, sizeof k->name);
	}
	return to->passphrase.p ? lock_pass(h, key, to, err) : 0;
}

static int unlock_pass(const struct sealed_head *h, span passphrase,
		       unsigned char key[static CHUNK_KEY], struct err *err)
{
	if (!h->has_pass)
		return err_set(err, E_ENCRYPTED,
			       "This case was sealed to keys, not to a passphrase.");
	unsigned char *stretched = key_stretch(h->pass.cost, h->pass.salt, passphrase, err);
	if (!stretched)
		return E_NOMEM;
	int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(key, NULL, NULL, h->pass.sealed,
							     SEALED_PASS, h->id, sizeof h->id,
							     h->pass.nonce, stretched);
	sodium_free(stretched);
	return bad ? err_set(err, E_ENCRYPTED,
			     "The passphrase does not open the sealed case, or the case was "
			     "altered.")
		   : 0;
}

int sealed_head_unlock(const struct sealed_head *h, const struct sealed_with *with,
		       unsigned char key[static CHUNK_KEY], struct err *err)
{
	if (with->passphrase.p)
		return unlock_pass(h, with->passphrase, key, err);
	for (size_t i = 0; with->key && i < h->keys; i++) {
		struct buf plain = { 0 };
		if (strcmp(h->key[i].id, key_public(with->key)->id) != 0)
			continue;
		int rc = key_unseal(with->key, (span){ (const char *)h->key[i].sealed, SEALED_BOX },
				    &plain, err);
		if (!rc && plain.n != CHUNK_KEY)
			rc = err_set(err, E_FORMAT, "The sealed case was altered.");
		if (!rc)
			memcpy(key, plain.data, CHUNK_KEY);
		key_wipe(&plain);
		return rc;
	}
	return err_set(err, E_ENCRYPTED,
		       "The case is not sealed to your key. 'linecheck case open' without a key "
		       "names those who can open it.");
}
