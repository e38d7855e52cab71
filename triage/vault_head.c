/* vault_head.c - see vault_head.h */
#include "vault_head.h"
#include <sodium.h>

#define VERSION 2

enum { AT_VERSION = 8, AT_CHUNK = 12, AT_SIZE = 16, AT_ID = 24, AT_KEY = 40, AT_MAC = 56 };

static const char magic[8] = "LCVAULT";

static void put(unsigned char *p, uint64_t v, int n)
{
	for (int i = 0; i < n; i++, v >>= 8)
		p[i] = (unsigned char)v;
}

static uint64_t get(const unsigned char *p, int n)
{
	uint64_t v = 0;
	while (n--)
		v = v << 8 | p[n];
	return v;
}

static void mac(const struct vault_key *k, const char *place, const unsigned char *head,
		unsigned char ret[static 32])
{
	vault_key_mac(k, (span){ (const char *)head, AT_MAC }, place, ret);
}

void vault_head_write(const struct vault_key *k, const char *place, const struct vault_head *h,
		      unsigned char ret[static VAULT_HEAD])
{
	memcpy(ret, magic, sizeof magic);
	put(ret + AT_VERSION, VERSION, 4);
	put(ret + AT_CHUNK, CHUNK, 4);
	put(ret + AT_SIZE, h->size, 8);
	memcpy(ret + AT_ID, h->id, CHUNK_ID);
	vault_key_id(k, ret + AT_KEY);
	mac(k, place, ret, ret + AT_MAC);
}

int vault_head_read(const struct vault_key *k, const char *place,
		    const unsigned char bytes[static VAULT_HEAD], struct vault_head *ret,
		    struct err *err)
{
	unsigned char id[VAULT_KEY_ID], sum[32];
	if (memcmp(bytes, magic, sizeof magic) != 0)
		return err_set(err, E_FORMAT, "'%s' is not a vault file.", place);
	if (get(bytes + AT_VERSION, 4) != VERSION || get(bytes + AT_CHUNK, 4) != CHUNK)
		return err_set(err, E_FORMAT,
			       "The vault file '%s' was written by another version of linecheck.",
			       place);
	vault_key_id(k, id);
	if (memcmp(id, bytes + AT_KEY, sizeof id) != 0)
		return err_set(err, E_ENCRYPTED,
			       "The vault file '%s' was encrypted with another key than this "
			       "case's.",
			       place);
	mac(k, place, bytes, sum);
	if (sodium_memcmp(sum, bytes + AT_MAC, sizeof sum) != 0)
		return err_set(err, E_FORMAT,
			       "The vault file '%s' was altered, or is another file under its "
			       "name.",
			       place);
	ret->size = get(bytes + AT_SIZE, 8);
	memcpy(ret->id, bytes + AT_ID, CHUNK_ID);
	return 0;
}

void vault_head_chunks(const struct vault_key *k, const struct vault_head *h, struct chunk_key *ret)
{
	chunk_key_of(ret, (const unsigned char *)vault_key_bytes(k).p, h->id,
		     SPAN("linecheck vault chunks"));
}
