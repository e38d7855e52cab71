/* trust_file.c - see trust_file.h */
#include "trust_file.h"
#include "hex.h"
#include <openssl/evp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define FORMAT "linecheck-trust-1"
#define ROTATION "linecheck-rotation-1"

int trust_bad_at(struct err *err, const char *dir, const char *file, int line, const char *format,
		 ...)
{
	char what[300];
	va_list ap;
	va_start(ap, format);
	vsnprintf(what, sizeof what, format, ap);
	va_end(ap);
	return err_set_at(err, E_FORMAT, file, line, "The policy in '%.120s' cannot be used: %s.",
			  dir, what);
}

static int no_memory(struct err *err)
{
	err_set(err, E_NOMEM, "Memory ran out.");
	return E_NOMEM;
}

static json_t *hex_json(const unsigned char *bytes, size_t n)
{
	char hex[2 * KEY_SIGNATURE + 1];
	hex_write(hex, bytes, n);
	return json_string(hex);
}

/* What a rotation's signature is over. */
static int rotation_bytes(const unsigned char *from, const unsigned char *to, struct buf *ret,
			  struct err *err)
{
	json_t *v = json_pack("{s:s,s:o,s:o}", "format", ROTATION, "from",
			      hex_json(from, KEY_PUBLIC), "to", hex_json(to, KEY_PUBLIC));
	int rc = v ? canon_write(ret, v, err) : no_memory(err);
	json_decref(v);
	return rc;
}

static int altered(const char *dir, const char *what, struct err *err)
{
	return err_set(err, E_REFUSED,
		       "The policy in '%.200s' is refused: %s. It was altered, or is not this "
		       "force's. Get it again from whoever keeps it.",
		       dir, what);
}

static int read_rotation(struct trust *t, const json_t *v, struct err *err)
{
	unsigned char signature[KEY_SIGNATURE];
	const unsigned char *from = t->keys[t->keys_n - 1];
	unsigned char *to = t->keys[t->keys_n];
	struct buf b = { 0 };
	if (json_object_size(v) != 2 ||
	    !hex_read(to, KEY_PUBLIC, span_z(json_string_value(json_object_get(v, "to")))) ||
	    !hex_read(signature, sizeof signature,
		      span_z(json_string_value(json_object_get(v, "signature")))))
		return trust_bad(err, t->dir, "a change of the force's key is not understood");
	for (size_t i = 0; i < t->keys_n; i++)
		if (memcmp(t->keys[i], to, KEY_PUBLIC) == 0)
			return trust_bad(err, t->dir, "a force key follows itself");
	int rc = rotation_bytes(from, to, &b, err);
	if (!rc && key_verify(from, "rotation", buf_span(&b), signature, NULL))
		rc = altered(t->dir,
			     "a change of the force's key is not signed by the key before "
			     "it",
			     err);
	buf_free(&b);
	if (!rc)
		t->keys_n++;
	return rc;
}

static int read_keys(struct trust *t, const unsigned char *root, struct err *err)
{
	const json_t *list = json_object_get(t->file, "rotations");
	size_t n = json_array_size(list);
	int rc = 0;
	if (!json_is_array(list) || n > TRUST_ROTATIONS_MAX)
		return trust_bad(err, t->dir, "the changes of the force's key are missing");
	t->keys = calloc(n + 1, sizeof *t->keys);
	if (!t->keys)
		return no_memory(err);
	memcpy(t->keys[0], root, KEY_PUBLIC);
	t->keys_n = 1;
	for (size_t i = 0; i < n && !rc; i++)
		rc = read_rotation(t, json_array_get(list, i), err);
	return rc;
}

static int sha256_hex(span bytes, char ret[static 65], struct err *err)
{
	unsigned char sum[32];
	if (EVP_Digest(bytes.p, bytes.n, sum, NULL, EVP_sha256(), NULL) != 1)
		return no_memory(err);
	hex_write(ret, sum, sizeof sum);
	return 0;
}

static int check_signature(struct trust *t, struct err *err)
{
	unsigned char signature[KEY_SIGNATURE];
	struct buf b = { 0 };
	if (!hex_read(signature, sizeof signature,
		      span_z(json_string_value(json_object_get(t->file, "signature")))))
		return trust_bad(err, t->dir, "it has no signature");
	int rc = canon_write(&b, json_object_get(t->file, "policy"), err);
	if (!rc && key_verify(t->keys[t->keys_n - 1], "policy", buf_span(&b), signature, NULL))
		rc = altered(t->dir, "the signature does not fit", err);
	if (!rc)
		rc = sha256_hex(buf_span(&b), t->sha256, err);
	buf_free(&b);
	return rc;
}

static int fill(struct trust *t, span bytes, const unsigned char *root, struct err *err)
{
	if (!bytes.n || bytes.p[bytes.n - 1] != '\n' ||
	    canon_read(&t->file, (span){ bytes.p, bytes.n - 1 }, NULL))
		return trust_bad(err, t->dir,
				 "policy.json is not as linecheck writes it: damaged "
				 "or altered");
	const char *format = json_string_value(json_object_get(t->file, "format"));
	if (!format || strcmp(format, FORMAT) != 0 || json_object_size(t->file) != 4)
		return trust_bad(err, t->dir, "it was made by a newer linecheck, or altered");
	int rc = read_keys(t, root, err);
	if (!rc)
		rc = check_signature(t, err);
	/* only now is it somebody's we trust; what it says must still make sense */
	return rc ? rc : trust_policy_parse(t, err);
}

int trust_file_parse(span bytes, const unsigned char root[static KEY_PUBLIC], const char *dir,
		     struct trust **ret, struct err *err)
{
	struct trust *t = calloc(1, sizeof *t);
	if (!t)
		return no_memory(err);
	t->dir = strdup(dir);
	int rc = t->dir ? fill(t, bytes, root, err) : no_memory(err);
	if (rc)
		trust_free(t);
	else
		*ret = t;
	return rc;
}

int trust_file_write(const json_t *policy, const json_t *rotations, const struct key *by,
		     struct buf *ret, struct err *err)
{
	unsigned char signature[KEY_SIGNATURE];
	struct buf b = { 0 };
	int rc = canon_write(&b, policy, err);
	if (!rc)
		rc = key_sign(by, "policy", buf_span(&b), signature, err);
	buf_free(&b);
	if (rc)
		return rc;
	json_t *v = json_pack("{s:s,s:O,s:O,s:o}", "format", FORMAT, "policy", policy, "rotations",
			      rotations, "signature", hex_json(signature, sizeof signature));
	rc = v ? canon_write(ret, v, err) : no_memory(err);
	if (!rc)
		buf_byte(ret, '\n');
	json_decref(v);
	return rc;
}

int trust_file_rotate(json_t *rotations, const struct key *from,
		      const unsigned char to[static KEY_PUBLIC], struct err *err)
{
	unsigned char signature[KEY_SIGNATURE];
	struct buf b = { 0 };
	int rc = rotation_bytes(key_public(from)->sign, to, &b, err);
	if (!rc)
		rc = key_sign(from, "rotation", buf_span(&b), signature, err);
	buf_free(&b);
	if (rc)
		return rc;
	json_t *v = json_pack("{s:o,s:o}", "signature", hex_json(signature, sizeof signature), "to",
			      hex_json(to, KEY_PUBLIC));
	return json_array_append_new(rotations, v) ? no_memory(err) : 0;
}
