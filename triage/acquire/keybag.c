/* keybag.c - see keybag.h */
#include "acquire/keybag.h"
#include <openssl/evp.h>
#include <sodium.h>

#define CLASSES_MAX 64
#define SALT_MAX 64
#define KEY 32
#define WRAP_PASSWORD 2u
#define TYPE_AES 0u

struct class_key {
	uint32_t number, wrap, type;
	bool wrapped_ok, open;
	unsigned char wrapped[KEYBAG_WRAPPED], key[KEY];
};

struct salt {
	size_t n; /* 0: not there */
	unsigned char bytes[SALT_MAX];
};

struct keybag {
	struct salt salt, first_salt;
	bool rounds_ok, first_rounds_ok;
	uint32_t rounds, first_rounds;
	struct class_key class[CLASSES_MAX];
	size_t classes;
};

/* ---- reading ---- */

static bool number(span value, uint32_t *ret)
{
	uint32_t v = 0;
	if (value.n != 4)
		return false;
	for (size_t i = 0; i < 4; i++)
		v = v << 8 | (unsigned char)value.p[i];
	*ret = v;
	return true;
}

static bool field(span *s, span *ret_tag, span *ret_value)
{
	uint32_t n;
	if (s->n < 8 || !number(span_sub(*s, 4, 8), &n) || n > s->n - 8)
		return false;
	*ret_tag = span_sub(*s, 0, 4);
	*ret_value = span_sub(*s, 8, 8 + (size_t)n);
	*s = span_from(*s, 8 + (size_t)n);
	return true;
}

static bool is(span tag, const char *name)
{
	return memcmp(tag.p, name, 4) == 0;
}

static bool salt(span value, struct salt *ret)
{
	if (!value.n || value.n > sizeof ret->bytes)
		return false;
	memcpy(ret->bytes, value.p, value.n);
	ret->n = value.n;
	return true;
}

static bool header(struct keybag *k, span tag, span value)
{
	if (is(tag, "SALT"))
		return salt(value, &k->salt);
	if (is(tag, "DPSL"))
		return salt(value, &k->first_salt);
	if (is(tag, "ITER"))
		return k->rounds_ok = number(value, &k->rounds);
	if (is(tag, "DPIC"))
		return k->first_rounds_ok = number(value, &k->first_rounds);
	return true; /* what else stands there is not needed */
}

static bool of_class(struct class_key *c, span tag, span value)
{
	if (is(tag, "CLAS"))
		return number(value, &c->number);
	if (is(tag, "WRAP"))
		return number(value, &c->wrap);
	if (is(tag, "KTYP"))
		return number(value, &c->type);
	if (is(tag, "WPKY") && value.n == sizeof c->wrapped) {
		memcpy(c->wrapped, value.p, value.n);
		c->wrapped_ok = true;
	}
	return true;
}

static int read_fields(struct keybag *k, span s, struct err *err)
{
	bool own_id = false;
	struct class_key *c = NULL;
	while (s.n) {
		span tag, value;
		size_t left = s.n;
		if (!field(&s, &tag, &value))
			return err_set(err, E_FORMAT, "it is cut short %zu bytes before its end",
				       left);
		bool ok = true;
		if (is(tag, "UUID") && !own_id) {
			own_id = true;
		} else if (is(tag, "UUID")) {
			if (k->classes == CLASSES_MAX)
				return err_set(err, E_LIMIT, "it has more than %d classes",
					       CLASSES_MAX);
			c = &k->class[k->classes++];
		} else {
			ok = c ? of_class(c, tag, value) : header(k, tag, value);
		}
		if (!ok)
			return err_set(err, E_FORMAT, "a field of it has a wrong length");
	}
	return 0;
}

static int check(const struct keybag *k, struct err *err)
{
	if (!k->salt.n || !k->rounds_ok || !k->rounds || !k->classes)
		return err_set(err, E_FORMAT, "it lacks what makes a key of the password");
	if ((k->first_salt.n != 0) != k->first_rounds_ok ||
	    (k->first_rounds_ok && !k->first_rounds))
		return err_set(err, E_FORMAT, "one half of its first step (DPSL, DPIC) is missing");
	if (k->rounds > KEYBAG_ROUNDS_MAX || k->first_rounds > KEYBAG_ROUNDS_MAX)
		return err_set(
			err, E_LIMIT, "it asks for more rounds of work than any phone does (%lu)",
			(unsigned long)(k->rounds > k->first_rounds ? k->rounds : k->first_rounds));
	return 0;
}

int keybag_read(struct keybag **ret, span bytes, struct err *err)
{
	struct keybag *k = sodium_init() < 0 ? NULL : sodium_malloc(sizeof *k);
	if (!k)
		return err_set(err, E_NOMEM, "Memory ran out.");
	memset(k, 0, sizeof *k);
	int rc = read_fields(k, bytes, err);
	if (rc == 0)
		rc = check(k, err);
	if (rc == 0)
		*ret = k;
	else
		keybag_free(k);
	return rc;
}

void keybag_free(struct keybag *k)
{
	sodium_free(k);
}

bool keybag_two_steps(const struct keybag *k)
{
	return k->first_salt.n != 0;
}

/* ---- opening ---- */

/* RFC 3394; false if the wrapped key is not one of kek's. */
static bool unwrap(const unsigned char kek[static KEY],
		   const unsigned char wrapped[static KEYBAG_WRAPPED],
		   unsigned char key[static KEY])
{
	int n = 0;
	unsigned char out[KEYBAG_WRAPPED];
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	if (ctx)
		EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	bool ok = ctx && EVP_DecryptInit_ex(ctx, EVP_aes_256_wrap(), NULL, kek, NULL) == 1 &&
		  EVP_DecryptUpdate(ctx, out, &n, wrapped, KEYBAG_WRAPPED) == 1 && n == KEY;
	if (ok)
		memcpy(key, out, KEY);
	explicit_bzero(out, sizeof out);
	EVP_CIPHER_CTX_free(ctx);
	return ok;
}

static int derive(const struct keybag *k, span password, unsigned char key[static KEY],
		  struct err *err)
{
	const char *p = password.p;
	size_t n = password.n;
	unsigned char first[KEY];
	bool ok = n <= INT32_MAX;
	if (ok && k->first_salt.n) {
		ok = PKCS5_PBKDF2_HMAC(p, (int)n, k->first_salt.bytes, (int)k->first_salt.n,
				       (int)k->first_rounds, EVP_sha256(), KEY, first) == 1;
		p = (const char *)first;
		n = sizeof first;
	}
	ok = ok && PKCS5_PBKDF2_HMAC(p, (int)n, k->salt.bytes, (int)k->salt.n, (int)k->rounds,
				     EVP_sha1(), KEY, key) == 1;
	explicit_bzero(first, sizeof first);
	return ok ? 0 : err_set(err, E_IO, "OpenSSL could not make a key of the password.");
}

int keybag_unlock(struct keybag *k, span password, struct err *err)
{
	unsigned char key[KEY];
	bool any = false;
	int rc = derive(k, password, key, err);
	for (size_t i = 0; rc == 0 && i < k->classes; i++) {
		struct class_key *c = &k->class[i];
		c->open = c->wrapped_ok && c->type == TYPE_AES && (c->wrap & WRAP_PASSWORD) &&
			  unwrap(key, c->wrapped, c->key);
		any |= c->open;
	}
	explicit_bzero(key, sizeof key);
	if (rc == 0 && !any)
		rc = err_set(err, E_ENCRYPTED, "The password does not open the backup.");
	return rc;
}

int keybag_file_key(const struct keybag *k, uint32_t protection_class,
		    const unsigned char wrapped[static KEYBAG_WRAPPED],
		    unsigned char key[static 32], struct err *err)
{
	for (size_t i = 0; i < k->classes; i++) {
		const struct class_key *c = &k->class[i];
		if (c->number != protection_class || !c->open)
			continue;
		if (unwrap(c->key, wrapped, key))
			return 0;
		return err_set(err, E_FORMAT,
			       "its key does not fit the key of its class (%lu): the backup's list "
			       "is damaged there",
			       (unsigned long)protection_class);
	}
	return err_set(err, E_ABSENT,
		       "the password opens the backup, but the backup holds no key for files of "
		       "this class (%lu)",
		       (unsigned long)protection_class);
}
