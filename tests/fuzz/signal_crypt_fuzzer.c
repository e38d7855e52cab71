/*
 * signal_crypt_fuzzer.c - backups of Signal that nobody would write: the bytes as they are, and as
 * frames that fit their HMAC, so that what is inside is looked at too. What is given must be read
 * by its parser without more than warnings. FUZZ_RUNS: 1500
 */
#include "acquire/signal_crypt.h"
#include "base/buf.h"
#include "check_sink.h"
#include "signal_frames.h"
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <stdlib.h>

extern const struct parser parser_signal_android;

static const unsigned char key[32] = "32 bytes, for tests and nothing.";

struct stream {
	span all;
	size_t at;
};

static ptrdiff_t read_all(void *user, void *buf, size_t n, struct err *err)
{
	struct stream *s = user;
	size_t left = s->all.n - s->at, take = left < n ? left : n;
	(void)err;
	memcpy(buf, s->all.p + s->at, take);
	s->at += take;
	return (ptrdiff_t)take;
}

static int take(void *user, span piece, struct err *err)
{
	(void)err;
	buf_add(user, piece);
	return 0;
}

static void open_and_read(span all)
{
	struct signal_opened *o = NULL;
	struct reader *r = NULL;
	struct buf out = { 0 };
	struct err err = { 0 };
	char sha256[65];
	if (reader_of_memory(&r, all, NULL))
		abort();
	if (signal_opened_key(&o, r, key, &err)) {
		if (!err.message[0])
			abort();
	} else {
		if (signal_opened_give(o, take, &out, sha256, &err) || out.failed)
			abort();
		struct stream s = { buf_span(&out), 0 };
		struct input in = { .read = read_all, .user = &s, .size = out.n };
		struct check check = { .parser = &parser_signal_android };
		struct sink sink = check_sink(&check);
		err = (struct err){ 0 };
		if (parser_run(&parser_signal_android, &in, &sink, &err) && !err.code)
			abort();
	}
	signal_opened_free(o);
	reader_free(r);
	buf_free(&out);
}

static void expand(unsigned char out[static 64])
{
	unsigned char zeros[32] = { 0 };
	size_t n = 64;
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
	if (!c || EVP_PKEY_derive_init(c) <= 0 || EVP_PKEY_CTX_set_hkdf_md(c, EVP_sha256()) <= 0 ||
	    EVP_PKEY_CTX_set1_hkdf_salt(c, zeros, 32) <= 0 ||
	    EVP_PKEY_CTX_set1_hkdf_key(c, key, 32) <= 0 ||
	    EVP_PKEY_CTX_add1_hkdf_info(c, (const unsigned char *)"Backup Export", 13) <= 0 ||
	    EVP_PKEY_derive(c, out, &n) <= 0)
		abort();
	EVP_PKEY_CTX_free(c);
}

static void big(unsigned char *to, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(n >> (24 - 8 * i));
}

/* Each frame of the input: two bytes of length, and so many. */
static void seal_and_read(const uint8_t *data, size_t n)
{
	static const unsigned char head[] = { 0, 0, 0, 22, 10, 20, 10, 16, 0, 0, 0, 0,  1,
					      2, 3, 4, 5,  6,  7,  8,  9,  1, 2, 3, 24, 1 };
	unsigned char keys[64], iv[16], length[4], sum[64];
	unsigned sum_n;
	struct buf out = { 0 };
	uint32_t counter = 0;
	int len;
	expand(keys);
	buf_add(&out, (span){ (const char *)head, sizeof head });
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	while (n > 2) {
		size_t size = ((size_t)data[0] << 8 | data[1]) % 1024;
		data += 2, n -= 2;
		size = size < n ? size : n;
		unsigned char *frame = malloc(size + 4);
		memcpy(iv, head + 8, 16);
		big(iv, counter++);
		big(length, (uint32_t)size + 10);
		EVP_EncryptInit_ex(c, EVP_aes_256_ctr(), NULL, keys, iv);
		EVP_EncryptUpdate(c, frame, &len, length, 4);
		EVP_EncryptUpdate(c, frame + 4, &len, data, (int)size);
		HMAC(EVP_sha256(), keys + 32, 32, frame, size + 4, sum, &sum_n);
		buf_add(&out, (span){ (char *)frame, size + 4 });
		buf_add(&out, (span){ (char *)sum, 10 });
		free(frame);
		data += size, n -= size;
	}
	EVP_CIPHER_CTX_free(c);
	open_and_read(buf_span(&out));
	buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	span all = { (const char *)data, n };
	uint64_t first;
	if (signal_header(all, &first).p && first > n)
		abort();
	open_and_read(all);
	seal_and_read(data, n);
	return 0;
}
