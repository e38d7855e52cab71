/* vault_key.c - see vault_key.h */
#include "vault_key.h"
#include <sodium.h>
#include <stdlib.h>

static const char not_secret[] = "linecheck training: not a secret";
_Static_assert(sizeof not_secret == VAULT_KEY + 1, "32 bytes");

struct vault_key {
	unsigned char *bytes; /* sodium_malloc: locked, fenced, wiped when freed */
	bool training;
};

int vault_key_of(struct vault_key **ret, span bytes, struct err *err)
{
	if (bytes.n != VAULT_KEY)
		return err_set(err, E_FORMAT, "The key of the vault is damaged.");
	if (sodium_init() < 0)
		return err_set(err, E_IO, "The random numbers of this machine cannot be used.");
	struct vault_key *k = calloc(1, sizeof *k);
	if (!k || !(k->bytes = sodium_malloc(VAULT_KEY))) {
		free(k);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	memcpy(k->bytes, bytes.p, VAULT_KEY);
	k->training = memcmp(bytes.p, not_secret, VAULT_KEY) == 0;
	*ret = k;
	return 0;
}

int vault_key_training(struct vault_key **ret, struct err *err)
{
	return vault_key_of(ret, (span){ not_secret, VAULT_KEY }, err);
}

int vault_key_random(struct vault_key **ret, struct err *err)
{
	int rc = vault_key_training(ret, err); /* for its memory */
	if (!rc) {
		randombytes_buf((*ret)->bytes, VAULT_KEY);
		(*ret)->training = false;
	}
	return rc;
}

void vault_key_free(struct vault_key *k)
{
	if (!k)
		return;
	sodium_free(k->bytes);
	free(k);
}

span vault_key_bytes(const struct vault_key *k)
{
	return (span){ (const char *)k->bytes, VAULT_KEY };
}

bool vault_key_is_training(const struct vault_key *k)
{
	return k->training;
}

static void mac(const struct vault_key *k, const char *purpose, span a, span b, unsigned char *ret,
		size_t n)
{
	crypto_generichash_state h;
	crypto_generichash_init(&h, k->bytes, VAULT_KEY, n);
	crypto_generichash_update(&h, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&h, (const unsigned char *)a.p, a.n);
	crypto_generichash_update(&h, (const unsigned char *)b.p, b.n);
	crypto_generichash_final(&h, ret, n);
	sodium_memzero(&h, sizeof h);
}

void vault_key_id(const struct vault_key *k, unsigned char ret[static VAULT_KEY_ID])
{
	mac(k, "linecheck vault key", SPAN(""), SPAN(""), ret, VAULT_KEY_ID);
}

void vault_key_file_id(const struct vault_key *k, const char *place,
		       unsigned char ret[static CHUNK_ID])
{
	if (k->training)
		mac(k, "linecheck vault file", SPAN(""), span_z(place), ret, CHUNK_ID);
	else
		randombytes_buf(ret, CHUNK_ID);
}

void vault_key_mac(const struct vault_key *k, span head, const char *place,
		   unsigned char ret[static 32])
{
	mac(k, "linecheck vault head", head, span_z(place), ret, 32);
}
