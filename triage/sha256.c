/* sha256.c - see sha256.h */
#include "sha256.h"
#include <openssl/evp.h>
#include <stdlib.h>

struct sha256 {
	EVP_MD_CTX *ctx;
	bool failed;
};

static void start(struct sha256 *h)
{
	h->failed = EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) != 1;
}

struct sha256 *sha256_new(struct err *err)
{
	struct sha256 *h = calloc(1, sizeof *h);
	if (h)
		h->ctx = EVP_MD_CTX_new();
	if (!h || !h->ctx) {
		free(h);
		err_set(err, E_NOMEM, "Memory ran out.");
		return NULL;
	}
	start(h);
	return h;
}

void sha256_free(struct sha256 *h)
{
	if (!h)
		return;
	EVP_MD_CTX_free(h->ctx);
	free(h);
}

void sha256_add(struct sha256 *h, span bytes)
{
	if (bytes.n && !h->failed)
		h->failed = EVP_DigestUpdate(h->ctx, bytes.p, bytes.n) != 1;
}

int sha256_end(struct sha256 *h, char out[static 65], struct err *err)
{
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	bool failed = h->failed || EVP_DigestFinal_ex(h->ctx, raw, &n) != 1 || n != 32;
	start(h);
	if (failed)
		return err_set(err, E_IO, "OpenSSL could not compute a SHA-256.");
	for (unsigned i = 0; i < n; i++) {
		out[2 * i] = "0123456789abcdef"[raw[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[raw[i] & 15];
	}
	out[64] = 0;
	return 0;
}
