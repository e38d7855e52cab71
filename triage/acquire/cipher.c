/* cipher.c - see cipher.h */
#include "acquire/cipher.h"
#include <openssl/evp.h>
#include <stdlib.h>

#define BLOCK 16u
#define PIECE ((size_t)64 * 1024)

struct opened {
	struct reader *stored;
	EVP_CIPHER_CTX *ctx;
	uint64_t next; /* where the block after the last one read begins; last is that one */
	unsigned char last[BLOCK];
	unsigned char in[PIECE], out[PIECE];
};

static void opened_free(void *user)
{
	struct opened *o = user;
	reader_free(o->stored);
	EVP_CIPHER_CTX_free(o->ctx);
	explicit_bzero(o->out, sizeof o->out);
	free(o);
}

static int exactly(struct reader *r, void *to, size_t n, uint64_t at, struct err *err)
{
	ptrdiff_t got = reader_at(r, to, n, at, err);
	if (got < 0)
		return (int)got;
	return (size_t)got == n ? 0
				: err_set(err, E_IO, "The file became shorter while it was read.");
}

/* Blocks [at, at + n), both of whole blocks, n at most PIECE, into out. */
static int blocks(struct opened *o, unsigned char *out, size_t n, uint64_t at, struct err *err)
{
	static const unsigned char zeros[BLOCK];
	unsigned char before[BLOCK];
	int done = 0, rc = 0;
	/* Pages of a table follow each other: the block before is the last one of the page before,
	 * and without it the reader below sees reads that follow each other too. */
	if (at == 0)
		memcpy(before, zeros, sizeof before);
	else if (at == o->next)
		memcpy(before, o->last, sizeof before);
	else
		rc = exactly(o->stored, before, BLOCK, at - BLOCK, err);
	if (rc == 0)
		rc = exactly(o->stored, o->in, n, at, err);
	if (rc)
		return rc;
	if (EVP_DecryptInit_ex(o->ctx, NULL, NULL, NULL, before) != 1 ||
	    EVP_CIPHER_CTX_set_padding(o->ctx, 0) != 1 ||
	    EVP_DecryptUpdate(o->ctx, out, &done, o->in, (int)n) != 1 || (size_t)done != n)
		return err_set(err, E_IO, "OpenSSL could not decrypt a file.");
	memcpy(o->last, o->in + n - BLOCK, BLOCK);
	o->next = at + n;
	return 0;
}

static int on_read(void *user, char *buf, size_t n, uint64_t at, struct err *err)
{
	struct opened *o = user;
	while (n) {
		uint64_t first = at - at % BLOCK;
		size_t skip = (size_t)(at - first);
		size_t whole = n > PIECE - skip ? PIECE : (skip + n + BLOCK - 1) / BLOCK * BLOCK;
		size_t got = whole - skip < n ? whole - skip : n;
		bool straight = skip == 0 && got == whole;
		int rc = blocks(o, straight ? (unsigned char *)buf : o->out, whole, first, err);
		if (rc)
			return rc;
		if (!straight)
			memcpy(buf, o->out + skip, got);
		buf += got;
		at += got;
		n -= got;
	}
	return 0;
}

static int open_blocks(struct reader **ret, struct reader *stored, const struct cipher *c,
		       uint64_t size, struct err *err)
{
	unsigned char key[32];
	int rc = keybag_file_key(c->bag, c->protection_class, c->wrapped, key, err);
	struct opened *o = rc ? NULL : calloc(1, sizeof *o);
	if (rc == 0 && (!o || !(o->ctx = EVP_CIPHER_CTX_new())))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (rc == 0 && EVP_DecryptInit_ex(o->ctx, EVP_aes_256_cbc(), NULL, key, NULL) != 1)
		rc = err_set(err, E_IO, "OpenSSL could not decrypt a file.");
	explicit_bzero(key, sizeof key);
	if (rc) {
		if (o)
			opened_free(o);
		reader_free(stored);
		return rc;
	}
	o->stored = stored;
	o->next = UINT64_MAX;
	const struct reader_made made = { on_read, opened_free, o };
	return reader_of_made(ret, &made, size, err);
}

int cipher_reader(struct reader **ret, struct reader *stored, const struct cipher *c,
		  struct err *err)
{
	uint64_t whole = reader_size(stored) - reader_size(stored) % BLOCK;
	return open_blocks(ret, stored, c, c->size < whole ? c->size : whole, err);
}

/* Of the last block: 1 to 16 bytes that each say how many they are; 0: no padding. */
static unsigned padding(const unsigned char block[static BLOCK])
{
	unsigned n = block[BLOCK - 1];
	if (n < 1 || n > BLOCK)
		return 0;
	for (unsigned i = 1; i <= n; i++)
		if (block[BLOCK - i] != n)
			return 0;
	return n;
}

int cipher_measure(struct cipher *c, struct reader *stored, const uint64_t *said,
		   enum cipher_end *ret, struct err *err)
{
	uint64_t stored_size = reader_size(stored), whole = stored_size - stored_size % BLOCK;
	unsigned char key[32], last[BLOCK], before[BLOCK] = { 0 }, plain[BLOCK] = { 0 };
	int rc = keybag_file_key(c->bag, c->protection_class, c->wrapped, key, err), n = 0;
	unsigned pad = 0;
	if (rc == 0 && whole) {
		EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
		rc = exactly(stored, last, BLOCK, whole - BLOCK, err);
		if (rc == 0 && whole > BLOCK)
			rc = exactly(stored, before, BLOCK, whole - (uint64_t)2 * BLOCK, err);
		if (rc == 0 &&
		    (!ctx || EVP_DecryptInit_ex(ctx, EVP_aes_256_cbc(), NULL, key, before) != 1 ||
		     EVP_CIPHER_CTX_set_padding(ctx, 0) != 1 ||
		     EVP_DecryptUpdate(ctx, plain, &n, last, BLOCK) != 1 || n != (int)BLOCK))
			rc = err_set(err, E_IO, "OpenSSL could not decrypt a file.");
		EVP_CIPHER_CTX_free(ctx);
		pad = padding(plain);
		explicit_bzero(plain, sizeof plain);
	}
	explicit_bzero(key, sizeof key);
	if (rc)
		return rc;
	*ret = stored_size % BLOCK ? CIPHER_END_RAGGED : pad ? CIPHER_END_GOOD : CIPHER_END_BARE;
	/* The list is right where the stored bytes can be its file's; else what is there counts. */
	if (said && *said <= whole && whole - *said <= BLOCK)
		c->size = *said;
	else
		c->size = whole - (*ret == CIPHER_END_GOOD ? pad : 0);
	return 0;
}
