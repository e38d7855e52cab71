/* signal_crypt.c - see signal_crypt.h */
#include "signal_crypt.h"
#include "base/buf.h"
#include "protobuf.h"
#include "sha256.h"
#include "signal_frames.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)65536)
#define ROUNDS 250000
#define MAC 10u
#define PASSPHRASE_MAX 256

struct signal_opened {
	struct reader *from;
	unsigned char aes[32], mac[32], iv[16];
	uint32_t version, counter;
	uint64_t first; /* where the frames begin */
	char *block;
	/* While frames are read: */
	EVP_CIPHER_CTX *cipher;
	EVP_MAC_CTX *hmac;
	uint64_t at;
	uint32_t next; /* the counter of the next frame or file */
	unsigned char *frame;
	size_t room;
};

static int broken(struct err *err)
{
	return err_set(err, E_IO, "OpenSSL failed while a backup was opened.");
}

static uint32_t big(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* ---- keys ---- */

static size_t strip(span passphrase, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < passphrase.n; i++)
		if (passphrase.p[i] != ' ' && passphrase.p[i] != '-' && passphrase.p[i] != '\r' &&
		    n < PASSPHRASE_MAX)
			out[n++] = passphrase.p[i];
	return n;
}

static bool stretch(const char *pass, size_t n, span salt, unsigned char key[static 64])
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	const EVP_MD *sha512 = EVP_sha512();
	unsigned len = 0;
	bool ok = md && EVP_DigestInit_ex(md, sha512, NULL) == 1 &&
		  EVP_DigestUpdate(md, salt.p ? salt.p : "", salt.n) == 1 &&
		  EVP_DigestUpdate(md, pass, n) == 1 && EVP_DigestUpdate(md, pass, n) == 1 &&
		  EVP_DigestFinal_ex(md, key, &len) == 1;
	for (int i = 1; ok && i < ROUNDS; i++)
		ok = EVP_DigestInit_ex(md, NULL, NULL) == 1 && EVP_DigestUpdate(md, key, 64) == 1 &&
		     EVP_DigestUpdate(md, pass, n) == 1 && EVP_DigestFinal_ex(md, key, &len) == 1;
	EVP_MD_CTX_free(md);
	return ok;
}

static bool expand(const unsigned char *key, unsigned char out[static 64])
{
	static const unsigned char zeros[32], info[] = "Backup Export";
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
	size_t n = 64;
	bool ok = c && EVP_PKEY_derive_init(c) > 0 &&
		  EVP_PKEY_CTX_set_hkdf_md(c, EVP_sha256()) > 0 &&
		  EVP_PKEY_CTX_set1_hkdf_salt(c, zeros, sizeof zeros) > 0 &&
		  EVP_PKEY_CTX_set1_hkdf_key(c, key, 32) > 0 &&
		  EVP_PKEY_CTX_add1_hkdf_info(c, info, sizeof info - 1) > 0 &&
		  EVP_PKEY_derive(c, out, &n) > 0 && n == 64;
	EVP_PKEY_CTX_free(c);
	return ok;
}

static int make_keys(struct signal_opened *o, const unsigned char *key, struct err *err)
{
	unsigned char both[64];
	bool ok = expand(key, both);
	memcpy(o->aes, both, 32);
	memcpy(o->mac, both + 32, 32);
	OPENSSL_cleanse(both, sizeof both);
	return ok ? 0 : broken(err);
}

/* ---- frames ---- */

static void restart(struct signal_opened *o)
{
	o->at = o->first;
	o->next = o->counter;
}

static bool begin(struct signal_opened *o)
{
	unsigned char iv[16];
	memcpy(iv, o->iv, sizeof iv);
	for (int i = 0; i < 4; i++)
		iv[i] = (unsigned char)(o->next >> (24 - 8 * i));
	o->next++;
	return EVP_DecryptInit_ex(o->cipher, EVP_aes_256_ctr(), NULL, o->aes, iv) == 1 &&
	       EVP_MAC_init(o->hmac, o->mac, sizeof o->mac, NULL) == 1;
}

/* Read exactly n bytes at o->at: 1, 0 if the file ends before, or negative. */
static int read_exactly(struct signal_opened *o, void *to, size_t n, struct err *err)
{
	size_t done = 0;
	while (done < n) {
		ptrdiff_t got = reader_at(o->from, (char *)to + done, n - done, o->at + done, err);
		if (got <= 0)
			return (int)got;
		done += (size_t)got;
	}
	o->at += n;
	return 1;
}

static bool make_room(struct signal_opened *o, size_t n)
{
	if (n <= o->room)
		return true;
	size_t room = n < 4096 ? 4096 : n + n / 2;
	unsigned char *more = malloc(room);
	if (!more)
		return false;
	if (o->frame)
		OPENSSL_cleanse(o->frame, o->room);
	free(o->frame);
	o->frame = more;
	o->room = room;
	return true;
}

/*
 * The next frame, opened: 1; 0 where the backup is no longer whole, or ends. *ret lives until the
 * next call.
 */
static int next_frame(struct signal_opened *o, span *ret, struct err *err)
{
	unsigned char length[4], sum[EVP_MAX_MD_SIZE];
	size_t sum_n = 0;
	int out = 0;
	int rc = read_exactly(o, length, sizeof length, err);
	if (rc <= 0)
		return rc;
	if (!begin(o))
		return broken(err);
	if (o->version >= 1 && (EVP_MAC_update(o->hmac, length, sizeof length) != 1 ||
				EVP_DecryptUpdate(o->cipher, length, &out, length, 4) != 1))
		return broken(err);
	uint32_t n = big(length);
	if (n <= MAC || n > SIGNAL_FRAME_MAX || n > reader_size(o->from) - o->at)
		return 0;
	if (!make_room(o, n))
		return err_set(err, E_NOMEM, "Memory ran out.");
	if ((rc = read_exactly(o, o->frame, n, err)) <= 0)
		return rc;
	n -= MAC;
	if (EVP_MAC_update(o->hmac, o->frame, n) != 1 ||
	    EVP_MAC_final(o->hmac, sum, &sum_n, sizeof sum) != 1)
		return broken(err);
	if (CRYPTO_memcmp(sum, o->frame + n, MAC) != 0)
		return 0;
	if (EVP_DecryptUpdate(o->cipher, o->frame, &out, o->frame, (int)n) != 1)
		return broken(err);
	*ret = (span){ (char *)o->frame, n };
	return 1;
}

/* Pass over the bytes of a file that follow a frame. False where the backup ends before. */
static bool pass_file(struct signal_opened *o, span frame)
{
	static const struct {
		uint32_t number, length;
	} files[] = { { 4, 3 }, { 7, 2 }, { 8, 2 } };
	struct protobuf_field f;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		if (!protobuf_get(frame, files[i].number, PROTOBUF_BYTES, &f))
			continue;
		if (!protobuf_get(f.bytes, files[i].length, PROTOBUF_VARINT, &f))
			f.value = 0;
		uint64_t left = reader_size(o->from) - o->at;
		if (f.value > UINT32_MAX || f.value + MAC > left)
			return false;
		o->at += f.value + MAC;
		o->next++;
	}
	return true;
}

static EVP_MAC_CTX *hmac_new(void)
{
	char digest[] = "SHA256";
	const OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string("digest", digest, 0),
				      OSSL_PARAM_construct_end() };
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *c = mac ? EVP_MAC_CTX_new(mac) : NULL;
	EVP_MAC_free(mac);
	if (c && EVP_MAC_CTX_set_params(c, params) != 1) {
		EVP_MAC_CTX_free(c);
		return NULL;
	}
	return c;
}

/* The header, and room. *ret_salt stands in head. */
static int prepare(struct signal_opened *o, char head[static SIGNAL_HEAD], span *ret_salt,
		   struct err *err)
{
	struct protobuf_field f;
	ptrdiff_t n = reader_at(o->from, head, SIGNAL_HEAD, 0, err);
	span header = n > 0 ? signal_header((span){ head, (size_t)n }, &o->first) : SPAN_NONE;
	if (n < 0)
		return (int)n;
	if (!header.p)
		return err_set(err, E_FORMAT, "It is no backup of Signal that linecheck knows.");
	if (protobuf_get(header, 3, PROTOBUF_VARINT, &f))
		o->version = f.value < 100 ? (uint32_t)f.value : 100;
	if (o->version > 1)
		return err_set(err, E_FORMAT,
			       "The backup of Signal is of a newer kind than linecheck knows.");
	if (protobuf_get(header, 1, PROTOBUF_BYTES, &f))
		memcpy(o->iv, f.bytes.p, sizeof o->iv);
	o->counter = big(o->iv);
	*ret_salt = protobuf_get(header, 2, PROTOBUF_BYTES, &f) ? f.bytes : SPAN_NONE;
	o->block = malloc(BLOCK);
	o->cipher = EVP_CIPHER_CTX_new();
	o->hmac = hmac_new();
	return o->block && o->cipher && o->hmac ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
}

/* key, or the passphrase's. */
static int opened(struct signal_opened **ret, struct reader *from, const unsigned char *key,
		  span passphrase, struct err *err)
{
	char head[SIGNAL_HEAD], pass[PASSPHRASE_MAX];
	unsigned char stretched[64];
	span salt = SPAN_NONE, frame;
	struct signal_opened *o = calloc(1, sizeof *o);
	if (!o)
		return err_set(err, E_NOMEM, "Memory ran out.");
	o->from = from;
	int rc = prepare(o, head, &salt, err);
	if (!rc && !key && !stretch(pass, strip(passphrase, pass), salt, stretched))
		rc = broken(err);
	if (!rc)
		rc = make_keys(o, key ? key : stretched, err);
	OPENSSL_cleanse(pass, sizeof pass);
	OPENSSL_cleanse(stretched, sizeof stretched);
	restart(o);
	if (!rc && (rc = next_frame(o, &frame, err)) == 0)
		rc = err_set(err, E_ENCRYPTED,
			     "The passphrase that was given does not open this backup of Signal: "
			     "it is another backup's, or the file was changed.");
	if (rc < 0) {
		signal_opened_free(o);
		return rc;
	}
	*ret = o;
	return 0;
}

int signal_opened_new(struct signal_opened **ret, struct reader *from, span passphrase,
		      struct err *err)
{
	return opened(ret, from, NULL, passphrase, err);
}

int signal_opened_key(struct signal_opened **ret, struct reader *from, const unsigned char *key,
		      struct err *err)
{
	return opened(ret, from, key, SPAN_NONE, err);
}

void signal_opened_free(struct signal_opened *o)
{
	if (!o)
		return;
	EVP_CIPHER_CTX_free(o->cipher);
	EVP_MAC_CTX_free(o->hmac);
	if (o->frame)
		OPENSSL_cleanse(o->frame, o->room);
	free(o->frame);
	free(o->block);
	OPENSSL_cleanse(o, sizeof *o);
	free(o);
}

/* ---- giving ---- */

enum pass { PASS_PEOPLE, PASS_REST };

struct giving {
	signal_take *take;
	void *user;
	struct buf out;
};

static int give(struct giving *g, span frame, struct err *err)
{
	for (int i = 24; i >= 0; i -= 8)
		buf_byte(&g->out, (char)(unsigned char)((frame.n >> i) & 255));
	buf_add(&g->out, frame);
	if (g->out.failed)
		return err_set(err, E_NOMEM, "Memory ran out.");
	if (g->out.n < BLOCK)
		return 0;
	int rc = g->take(g->user, buf_span(&g->out), err);
	buf_clear(&g->out);
	return rc;
}

static bool is_wanted(span frame, enum pass pass)
{
	struct protobuf_field f;
	bool create;
	span rest;
	if (protobuf_get(frame, 5, PROTOBUF_BYTES, &f))
		return pass == PASS_PEOPLE;
	if (protobuf_get(frame, 6, PROTOBUF_VARINT, &f))
		return pass == PASS_REST;
	if (!protobuf_get(frame, 2, PROTOBUF_BYTES, &f) ||
	    !protobuf_get(f.bytes, 1, PROTOBUF_BYTES, &f))
		return false;
	enum signal_table t = signal_statement(f.bytes, &create, &rest);
	if (t == SIGNAL_TABLE_NONE)
		return false;
	bool people = create || t <= SIGNAL_LAST_PEOPLE;
	return people == (pass == PASS_PEOPLE);
}

static int give_pass(struct signal_opened *o, struct giving *g, enum pass pass, struct err *err)
{
	span frame;
	int rc;
	restart(o);
	while ((rc = next_frame(o, &frame, err)) > 0) {
		if (is_wanted(frame, pass) && (rc = give(g, frame, err)))
			return rc;
		if (!pass_file(o, frame))
			return 0;
	}
	return rc;
}

static int sum_up(struct signal_opened *o, char sha256[static 65], struct err *err)
{
	struct sha256 *sha = sha256_new(err);
	uint64_t size = reader_size(o->from);
	int rc = sha ? 0 : broken(err);
	for (uint64_t at = 0; !rc && at < size;) {
		ptrdiff_t got = reader_at(o->from, o->block, BLOCK, at, err);
		if (got <= 0)
			rc = got < 0 ? (int)got
				     : err_set(err, E_IO,
					       "The file became shorter while it was read.");
		else
			sha256_add(sha, (span){ o->block, (size_t)got });
		at += got > 0 ? (uint64_t)got : 0;
	}
	if (!rc)
		rc = sha256_end(sha, sha256, err);
	sha256_free(sha);
	return rc;
}

int signal_opened_give(struct signal_opened *o, signal_take *take, void *user,
		       char sha256[static 65], struct err *err)
{
	struct giving g = { .take = take, .user = user };
	sha256[0] = 0;
	int rc = sum_up(o, sha256, err);
	buf_add(&g.out, SPAN(SIGNAL_FRAMES));
	if (!rc)
		rc = give_pass(o, &g, PASS_PEOPLE, err);
	if (!rc)
		rc = give_pass(o, &g, PASS_REST, err);
	if (!rc && g.out.n)
		rc = take(user, buf_span(&g.out), err);
	if (g.out.data)
		OPENSSL_cleanse(g.out.data, g.out.cap);
	buf_free(&g.out);
	return rc;
}
