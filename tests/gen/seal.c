/* seal.c - see seal.h */
#include "seal.h"
#include "rng.h"
#include "tool.h"
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY 32
#define WRAPPED 40
#define CLASSES 11
#define ITER 10000u

struct seal {
	uint64_t seed;
	unsigned char class_key[CLASSES + 1][KEY];
	unsigned char bag[4096];
	size_t n;
};

static void fill(uint64_t seed, uint64_t what, uint64_t n, unsigned char *out, size_t size)
{
	for (size_t i = 0; i < size; i += 8) {
		uint64_t v = rng_hash(seed ^ (n + 1) * 0x9e3779b97f4a7c15u, what, i);
		memcpy(out + i, &v, size - i < 8 ? size - i : 8);
	}
}

static void wrap(const unsigned char kek[KEY], const unsigned char key[KEY],
		 unsigned char out[WRAPPED])
{
	int n = 0;
	EVP_CIPHER_CTX *ctx = must(EVP_CIPHER_CTX_new());
	EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	if (EVP_EncryptInit_ex(ctx, EVP_aes_256_wrap(), NULL, kek, NULL) != 1 ||
	    EVP_EncryptUpdate(ctx, out, &n, key, KEY) != 1 || n != WRAPPED)
		die("a key cannot be wrapped");
	EVP_CIPHER_CTX_free(ctx);
}

static void field(struct seal *s, const char *tag, const void *value, size_t n)
{
	unsigned char head[8] = { (unsigned char)tag[0],
				  (unsigned char)tag[1],
				  (unsigned char)tag[2],
				  (unsigned char)tag[3],
				  0,
				  0,
				  (unsigned char)(n >> 8),
				  (unsigned char)n };
	if (s->n + sizeof head + n > sizeof s->bag)
		die("the key bag is too small");
	memcpy(s->bag + s->n, head, sizeof head);
	memcpy(s->bag + s->n + sizeof head, value, n);
	s->n += sizeof head + n;
}

static void field_number(struct seal *s, const char *tag, uint32_t v)
{
	unsigned char b[4] = { (unsigned char)(v >> 24), (unsigned char)(v >> 16),
			       (unsigned char)(v >> 8), (unsigned char)v };
	field(s, tag, b, sizeof b);
}

static void field_random(struct seal *s, const char *tag, uint64_t n, size_t size)
{
	unsigned char b[64];
	uint64_t what = 0;
	memcpy(&what, tag, 4);
	fill(s->seed, what, n, b, size);
	field(s, tag, b, size);
}

static void one_class(struct seal *s, uint32_t number, const unsigned char kek[KEY])
{
	unsigned char wrapped[WRAPPED];
	/* 9 to 11 are bound to the phone too: no password opens them; 2 is of another kind */
	bool bound = number >= 9, curve = number == 2;
	fill(s->seed, 'C', number, s->class_key[number], KEY);
	if (bound)
		fill(s->seed, 'W', number, wrapped, sizeof wrapped);
	else
		wrap(kek, s->class_key[number], wrapped);
	field_random(s, "UUID", number, 16);
	field_number(s, "CLAS", number);
	field_number(s, "WRAP", bound ? 3 : 2);
	field_number(s, "KTYP", curve);
	field(s, "WPKY", wrapped, sizeof wrapped);
	if (curve)
		field_random(s, "PBKY", number, 32);
}

struct seal *seal_new(const struct backup_form *f, uint64_t seed)
{
	struct seal *s = must(calloc(1, sizeof *s));
	unsigned char salt[20], first_salt[20], first[KEY], kek[KEY];
	const char *password = f->password;
	size_t n = strlen(password);
	uint32_t iter = f->rounds < ITER ? f->rounds : ITER;
	s->seed = seed;
	fill(seed, 'S', 0, salt, sizeof salt);
	fill(seed, 'D', 0, first_salt, sizeof first_salt);
	field_number(s, "VERS", f->generation == GEN_MBDB ? 3 : 4);
	field_number(s, "TYPE", 1);
	field_random(s, "UUID", 0, 16);
	field_random(s, "HMCK", 0, 40);
	field_number(s, "WRAP", 1);
	field(s, "SALT", salt, sizeof salt);
	field_number(s, "ITER", iter);
	if (f->generation == GEN_SEALED) {
		field_number(s, "DPWT", 0);
		field_number(s, "DPIC", f->rounds);
		field(s, "DPSL", first_salt, sizeof first_salt);
		if (PKCS5_PBKDF2_HMAC(password, (int)n, first_salt, sizeof first_salt,
				      (int)f->rounds, EVP_sha256(), KEY, first) != 1)
			die("no PBKDF2");
		password = (const char *)first;
		n = sizeof first;
	}
	if (PKCS5_PBKDF2_HMAC(password, (int)n, salt, sizeof salt, (int)iter, EVP_sha1(), KEY,
			      kek) != 1)
		die("no PBKDF2");
	for (uint32_t i = 1; i <= CLASSES; i++)
		if (i != 5) /* phones have none */
			one_class(s, i, kek);
	return s;
}

void seal_free(struct seal *s)
{
	free(s);
}

const unsigned char *seal_bag(const struct seal *s, size_t *ret_n)
{
	*ret_n = s->n;
	return s->bag;
}

static void encrypt(FILE *from, FILE *to, const unsigned char key[KEY], const char *path)
{
	static unsigned char in[1 << 16], out[sizeof in + 16];
	static const unsigned char zeros[16];
	int n = 0;
	size_t got;
	EVP_CIPHER_CTX *ctx = must(EVP_CIPHER_CTX_new());
	bool ok = EVP_EncryptInit_ex(ctx, EVP_aes_256_cbc(), NULL, key, zeros) == 1;
	while (ok && (got = fread(in, 1, sizeof in, from)) > 0)
		ok = EVP_EncryptUpdate(ctx, out, &n, in, (int)got) == 1 &&
		     fwrite(out, 1, (size_t)n, to) == (size_t)n;
	ok = ok && EVP_EncryptFinal_ex(ctx, out, &n) == 1 &&
	     fwrite(out, 1, (size_t)n, to) == (size_t)n;
	EVP_CIPHER_CTX_free(ctx);
	if (!ok || ferror(from))
		die("%s: cannot be encrypted", path);
}

void seal_file(const struct seal *s, const char *path, uint64_t n, uint32_t protection_class,
	       unsigned char out[static SEAL_KEY])
{
	unsigned char key[KEY];
	char beside[4200];
	fill(s->seed, 'F', n, key, sizeof key);
	snprintf(beside, sizeof beside, "%s.sealing", path);
	FILE *from = fopen(path, "rb"), *to = fopen(beside, "wb");
	if (!from || !to)
		die("%s: cannot be encrypted", path);
	encrypt(from, to, key, path);
	fclose(from);
	if (fclose(to) || rename(beside, path))
		die("%s: cannot be encrypted", path);
	memset(out, 0, 4);
	out[0] = (unsigned char)protection_class;
	wrap(s->class_key[protection_class], key, out + 4);
}
