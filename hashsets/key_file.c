/* key_file.c - see key_file.h */
#include "key_file.h"
#include "canon.h"
#include "hex.h"
#include <sodium.h>
#include <stdlib.h>

#define FORMAT "linecheck-key-1"

/* Everything but "sealed" and "sum"; NULL when memory ran out. */
static json_t *clear_json(const struct key_file *f)
{
	char salt[2 * KEY_SALT + 1], nonce[2 * KEY_NONCE + 1], sign[2 * KEY_PUBLIC + 1];
	hex_write(salt, f->salt, sizeof f->salt);
	hex_write(nonce, f->nonce, sizeof f->nonce);
	hex_write(sign, f->public.sign, sizeof f->public.sign);
	return json_pack("{s:s,s:{s:I,s:I,s:s},s:s,s:s,s:s}", "format", FORMAT, "kdf", "kib",
			 (json_int_t)f->cost.kib, "ops", (json_int_t)f->cost.ops, "salt", salt,
			 "name", f->public.name, "nonce", nonce, "public", sign);
}

int key_file_clear(const struct key_file *f, struct buf *ret, struct err *err)
{
	json_t *v = clear_json(f);
	int rc = v ? canon_write(ret, v, err) : err_set(err, E_NOMEM, "Memory ran out.");
	json_decref(v);
	return rc;
}

static int add_sum(json_t *v, struct err *err)
{
	struct buf b = { 0 };
	unsigned char sum[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof sum + 1];
	int rc = canon_write(&b, v, err);
	if (!rc) {
		crypto_hash_sha256(sum, (const unsigned char *)b.data, b.n);
		hex_write(hex, sum, sizeof sum);
		if (json_object_set_new(v, "sum", json_string(hex)))
			rc = err_set(err, E_NOMEM, "Memory ran out.");
	}
	buf_free(&b);
	return rc;
}

int key_file_write(const struct key_file *f, struct buf *ret, struct err *err)
{
	char sealed[2 * KEY_SEALED + 1];
	json_t *v = clear_json(f);
	hex_write(sealed, f->sealed, sizeof f->sealed);
	int rc = 0;
	if (!v || json_object_set_new(v, "sealed", json_string(sealed)))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = add_sum(v, err);
	if (!rc)
		rc = canon_write(ret, v, err);
	if (!rc)
		buf_byte(ret, '\n');
	json_decref(v);
	return rc;
}

static int damaged(const char *name, struct err *err)
{
	return err_set(err, E_FORMAT,
		       "'%.200s' is not a key file, or it was damaged or altered. Use your copy of "
		       "it.",
		       name);
}

static bool is_hex(const json_t *v, const char *key, unsigned char *ret, size_t n)
{
	return hex_read(ret, n, span_z(json_string_value(json_object_get(v, key))));
}

static bool read_members(const json_t *v, struct key_file *f)
{
	const json_t *kdf = json_object_get(v, "kdf");
	const char *name = json_string_value(json_object_get(v, "name"));
	json_int_t ops = json_integer_value(json_object_get(kdf, "ops"));
	json_int_t kib = json_integer_value(json_object_get(kdf, "kib"));
	if (!is_hex(kdf, "salt", f->salt, sizeof f->salt) ||
	    !is_hex(v, "nonce", f->nonce, sizeof f->nonce) ||
	    !is_hex(v, "public", f->public.sign, sizeof f->public.sign) ||
	    !is_hex(v, "sealed", f->sealed, sizeof f->sealed))
		return false;
	if (ops < 1 || ops > KEY_OPS_MAX || kib < KEY_KIB_MIN || kib > KEY_KIB_MAX)
		return false;
	if (key_name_check(name, NULL) || key_public_check(f->public.sign, NULL))
		return false;
	f->cost = (struct key_cost){ (uint32_t)ops, (uint32_t)kib };
	memcpy(f->public.name, name, strlen(name) + 1);
	key_id(f->public.sign, f->public.id);
	return true;
}

int key_file_parse(span bytes, const char *name, struct key_file *ret, struct err *err)
{
	json_t *v = NULL;
	struct key_file f = { 0 };
	struct buf again = { 0 };
	const char *format;
	if (!bytes.n || bytes.p[bytes.n - 1] != '\n' ||
	    canon_read(&v, (span){ bytes.p, bytes.n - 1 }, NULL))
		return damaged(name, err);
	format = json_string_value(json_object_get(v, "format"));
	int rc = 0;
	if (format && strncmp(format, "linecheck-key-", 14) == 0 && strcmp(format, FORMAT) != 0)
		rc = err_set(err, E_FORMAT, "'%.200s' was made by a newer linecheck, or altered.",
			     name);
	else if (!read_members(v, &f))
		rc = damaged(name, err);
	/* No other member, and the sum: the same bytes when written again. */
	if (!rc)
		rc = key_file_write(&f, &again, err);
	if (!rc && !span_eq(buf_span(&again), bytes))
		rc = damaged(name, err);
	buf_free(&again);
	json_decref(v);
	if (!rc)
		*ret = f;
	return rc;
}
