/* adb_key.c - see adb_key.h. The public form is that of AOSP's crypto_utils/android_pubkey: words
 * in the modulus, -1/n mod 2^32, n and 2^4096 mod n as little-endian words, the exponent. */
#include "acquire/adb_key.h"
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <stdlib.h>

#define BITS 2048
#define BYTES (BITS / 8)
#define PUBLIC (4 + 4 + BYTES + BYTES + 4)

struct adb_key {
	EVP_PKEY *pair;
};

static int failed(struct err *err)
{
	return err_set(err, E_NOMEM, "OpenSSL could not make or use the key for the phone.");
}

int adb_key_new(struct adb_key **ret, struct err *err)
{
	struct adb_key *k = calloc(1, sizeof *k);
	if (k)
		k->pair = EVP_RSA_gen(BITS);
	if (!k || !k->pair) {
		adb_key_free(k);
		return failed(err);
	}
	*ret = k;
	return 0;
}

void adb_key_free(struct adb_key *k)
{
	if (k)
		EVP_PKEY_free(k->pair);
	free(k);
}

int adb_key_sign(const struct adb_key *k, const unsigned char token[static ADB_TOKEN],
		 struct buf *out, struct err *err)
{
	unsigned char signature[BYTES];
	size_t n = sizeof signature;
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new(k->pair, NULL);
	bool ok = c && EVP_PKEY_sign_init(c) == 1 &&
		  EVP_PKEY_CTX_set_rsa_padding(c, RSA_PKCS1_PADDING) == 1 &&
		  EVP_PKEY_CTX_set_signature_md(c, EVP_sha1()) == 1 &&
		  EVP_PKEY_sign(c, signature, &n, token, ADB_TOKEN) == 1;
	EVP_PKEY_CTX_free(c);
	if (ok)
		buf_add(out, (span){ (char *)signature, n });
	return ok && !out->failed ? 0 : failed(err);
}

static void put32(unsigned char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++, v >>= 8)
		p[i] = (unsigned char)(v & 255);
}

/* -1/n mod 2^32, by Newton's steps. */
static uint32_t inverse(uint32_t n)
{
	uint32_t x = 1;
	for (int i = 0; i < 5; i++)
		x *= 2 - n * x;
	return 0 - x;
}

static bool public_half(const struct adb_key *k, unsigned char out[static PUBLIC])
{
	BIGNUM *n = NULL, *rr = BN_new();
	BN_CTX *ctx = BN_CTX_new();
	bool ok = rr && ctx && EVP_PKEY_get_bn_param(k->pair, OSSL_PKEY_PARAM_RSA_N, &n) == 1 &&
		  BN_set_bit(rr, 2 * BITS) == 1 && BN_mod(rr, rr, n, ctx) == 1 &&
		  BN_bn2lebinpad(n, out + 8, BYTES) == BYTES &&
		  BN_bn2lebinpad(rr, out + 8 + BYTES, BYTES) == BYTES;
	if (ok) {
		uint32_t low = (uint32_t)out[8] | (uint32_t)out[9] << 8 | (uint32_t)out[10] << 16 |
			       (uint32_t)out[11] << 24;
		put32(out, BYTES / 4);
		put32(out + 4, inverse(low));
		put32(out + 8 + 2 * BYTES, 65537);
	}
	BN_free(n);
	BN_free(rr);
	BN_CTX_free(ctx);
	return ok;
}

int adb_key_public(const struct adb_key *k, struct buf *out, struct err *err)
{
	unsigned char raw[PUBLIC], text[(PUBLIC + 2) / 3 * 4 + 1];
	if (!public_half(k, raw))
		return failed(err);
	int n = EVP_EncodeBlock(text, raw, PUBLIC);
	buf_add(out, (span){ (char *)text, (size_t)n });
	buf_add(out, SPAN(" linecheck"));
	buf_byte(out, 0);
	return out->failed ? failed(err) : 0;
}

int adb_key_fingerprint(const struct adb_key *k, char md5[static 48], char sha256[static 65],
			struct err *err)
{
	unsigned char raw[PUBLIC], sum[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	if (!public_half(k, raw) || EVP_Digest(raw, PUBLIC, sum, &n, EVP_md5(), NULL) != 1)
		return failed(err);
	for (unsigned i = 0; i < 16; i++)
		snprintf(md5 + 3 * i, 4, i < 15 ? "%02X:" : "%02X", sum[i]);
	if (EVP_Digest(raw, PUBLIC, sum, &n, EVP_sha256(), NULL) != 1)
		return failed(err);
	for (unsigned i = 0; i < 32; i++)
		snprintf(sha256 + 2 * i, 3, "%02x", sum[i]);
	return 0;
}
