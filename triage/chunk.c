/* chunk.c - see chunk.h */
#include "chunk.h"
#include <openssl/evp.h>
#include <sodium.h>

#define NONCE 12
#define AD 13

void chunk_key_of(struct chunk_key *ret, const unsigned char from[static CHUNK_KEY],
		  const unsigned char id[static CHUNK_ID], span bound)
{
	crypto_generichash_state h;
	crypto_generichash_init(&h, from, CHUNK_KEY, CHUNK_KEY);
	crypto_generichash_update(&h, id, CHUNK_ID);
	if (bound.n)
		crypto_generichash_update(&h, (const unsigned char *)bound.p, bound.n);
	crypto_generichash_final(&h, ret->bytes, CHUNK_KEY);
	sodium_memzero(&h, sizeof h);
}

void chunk_key_wipe(struct chunk_key *k)
{
	sodium_memzero(k, sizeof *k);
}

static void describe(uint64_t number, bool last, size_t n, unsigned char nonce[static NONCE],
		     unsigned char ad[static AD])
{
	memset(nonce, 0, NONCE);
	for (int i = 0; i < 8; i++)
		nonce[4 + i] = ad[i] = (unsigned char)(number >> 8 * i & 255);
	ad[8] = last;
	for (int i = 0; i < 4; i++)
		ad[9 + i] = (unsigned char)(n >> 8 * i & 255);
}

int chunk_seal(const struct chunk_key *k, uint64_t number, bool last, span plain,
	       unsigned char *out, struct err *err)
{
	unsigned char nonce[NONCE], ad[AD];
	int n;
	if (!plain.n || plain.n > CHUNK)
		return err_set(err, E_LIMIT, "A chunk has 1 to %zu bytes.", CHUNK);
	describe(number, last, plain.n, nonce, ad);
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	bool done = c && EVP_EncryptInit_ex(c, EVP_chacha20_poly1305(), NULL, k->bytes, nonce) &&
		    EVP_EncryptUpdate(c, NULL, &n, ad, AD) &&
		    EVP_EncryptUpdate(c, out, &n, (const unsigned char *)plain.p, (int)plain.n) &&
		    EVP_EncryptFinal_ex(c, out + plain.n, &n) &&
		    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, (int)CHUNK_TAG, out + plain.n);
	EVP_CIPHER_CTX_free(c);
	return done ? 0 : err_set(err, E_NOMEM, "Memory ran out while encrypting.");
}

bool chunk_open(const struct chunk_key *k, uint64_t number, bool last, span sealed,
		unsigned char *out)
{
	unsigned char nonce[NONCE], ad[AD], tag[CHUNK_TAG];
	int n;
	if (sealed.n <= CHUNK_TAG || sealed.n > CHUNK_STRIDE)
		return false;
	size_t plain = sealed.n - CHUNK_TAG;
	describe(number, last, plain, nonce, ad);
	memcpy(tag, sealed.p + plain, CHUNK_TAG);
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	bool done = c && EVP_DecryptInit_ex(c, EVP_chacha20_poly1305(), NULL, k->bytes, nonce) &&
		    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, (int)CHUNK_TAG, tag) &&
		    EVP_DecryptUpdate(c, NULL, &n, ad, AD) &&
		    EVP_DecryptUpdate(c, out, &n, (const unsigned char *)sealed.p, (int)plain) &&
		    EVP_DecryptFinal_ex(c, out + plain, &n) == 1;
	EVP_CIPHER_CTX_free(c);
	return done;
}
