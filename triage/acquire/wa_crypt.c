/* wa_crypt.c - see wa_crypt.h */
#include "acquire/wa_crypt.h"
#include "protobuf.h"
#include "sha256.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define BLOCK ((size_t)256 * 1024)
#define TAG 16
#define SUM 16
/* Far more than WhatsApp lets anybody keep: a bound on what a small file can be made to fill. */
#define OUT_MAX ((uint64_t)32 << 30)

/* ---- names and headers ---- */

bool wa_backup_name(span name, size_t *ret_n, int *ret_version)
{
	static const char *const ends[] = { ".db.crypt12", ".db.crypt14", ".db.crypt15" };
	static const int versions[] = { 12, 14, 15 };
	for (size_t i = 0; i < 3; i++) {
		span end = span_z(ends[i]);
		if (name.n <= end.n || !span_eq_nocase(span_from(name, name.n - end.n), end))
			continue;
		size_t n = name.n - end.n;
		const char *dash = memchr(name.p, '-', n);
		*ret_n = dash ? (size_t)(dash - name.p) : n;
		*ret_version = versions[i];
		return *ret_n > 0;
	}
	return false;
}

static bool take_bytes(span from, unsigned char *to, size_t n)
{
	if (from.n != n)
		return false;
	memcpy(to, from.p, n);
	return true;
}

static bool read_crypt12(span head, struct wa_header *h)
{
	if (head.n < 67 || memcmp(head.p, "\0\1", 2) != 0 || head.p[2] < 1 || head.p[2] > 3)
		return false;
	h->version = 12;
	memcpy(h->salt, head.p + 3, 32);
	memcpy(h->id, head.p + 35, 16);
	memcpy(h->iv, head.p + 51, 16);
	h->body = 67;
	return true;
}

bool wa_header_read(span head, struct wa_header *ret)
{
	struct wa_header h = { .version = 0 };
	if (read_crypt12(head, &h)) {
		*ret = h;
		return true;
	}
	if (head.n < 2)
		return false;
	size_t n = (unsigned char)head.p[0], at = 1 + (head.p[1] == 1);
	if (head.n - at < n)
		return false;
	span message = span_sub(head, at, at + n);
	span old = PROTOBUF_AT(message, 2), new = PROTOBUF_AT(message, 3);
	h.body = at + n;
	if (take_bytes(PROTOBUF_AT(new, 1), h.iv, 16))
		h.version = 15;
	else if (take_bytes(PROTOBUF_AT(old, 5), h.iv, 16) &&
		 take_bytes(PROTOBUF_AT(old, 3), h.salt, 32) &&
		 take_bytes(PROTOBUF_AT(old, 4), h.id, 16))
		h.version = 14;
	else
		return false;
	*ret = h;
	return true;
}

/* ---- keys ---- */

struct wa_key {
	bool root; /* of crypt15 */
	unsigned char aes[32], salt[32], id[16];
};

void wa_key_free(struct wa_key *k)
{
	if (k)
		OPENSSL_cleanse(k, sizeof *k);
	free(k);
}

static bool derive(const unsigned char root[32], unsigned char out[32])
{
	static const unsigned char zeros[32], purpose[] = "backup encryption\1";
	unsigned char first[32];
	unsigned n = 0;
	bool ok = HMAC(EVP_sha256(), zeros, sizeof zeros, root, 32, first, &n) &&
		  HMAC(EVP_sha256(), first, sizeof first, purpose, sizeof purpose - 1, out, &n);
	OPENSSL_cleanse(first, sizeof first);
	return ok;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	char l = (char)(c | 32);
	return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

static bool from_hex(span text, unsigned char out[32])
{
	static const char between[] = { ' ', '\t', '\r', '\n', '-', ':' };
	size_t n = 0;
	if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		text = span_from(text, 3);
	for (size_t i = 0; i < text.n; i++) {
		int d = hex_digit(text.p[i]);
		if (d < 0 && memchr(between, text.p[i], sizeof between))
			continue;
		if (d < 0 || n == 64)
			return false;
		out[n / 2] = (unsigned char)(n % 2 ? out[n / 2] << 4 | d : d);
		n++;
	}
	return n == 64;
}

/* The array that Java wrote, or what was given. */
static span without_java(span s)
{
	static const unsigned char java[23] =
		"\xac\xed\0\5ur\0\2[B\xac\xf3\x17\xf8\6\10T\xe0\2\0\0xp";
	if (s.n > 27 && memcmp(s.p, java, sizeof java) == 0)
		return span_from(s, 27);
	return s;
}

int wa_key_of(struct wa_key **ret, span bytes, struct err *err)
{
	unsigned char root[32];
	struct wa_key *k = calloc(1, sizeof *k);
	if (!k)
		return err_set(err, E_NOMEM, "Memory ran out.");
	bool ok = true;
	if (from_hex(bytes, root)) {
		k->root = true;
	} else {
		span array = without_java(bytes);
		if (array.n == 131) {
			memcpy(k->salt, array.p + 3, 32);
			memcpy(k->id, array.p + 35, 16);
			memcpy(k->aes, array.p + 99, 32);
		} else if (take_bytes(array, root, 32)) {
			k->root = true;
		} else {
			ok = false;
		}
	}
	if (ok && k->root && !derive(root, k->aes)) {
		wa_key_free(k);
		return err_set(err, E_IO, "OpenSSL could not compute a key.");
	}
	OPENSSL_cleanse(root, sizeof root);
	if (!ok) {
		wa_key_free(k);
		return err_set(err, E_USER,
			       "It holds no key of WhatsApp: give the phone's file 'key' or "
			       "'encrypted_backup.key', or a text file with the 64 digits.");
	}
	*ret = k;
	return 0;
}

/* ---- proving and opening ---- */

struct sealed {
	struct reader *from;
	struct wa_header header;
	uint64_t end; /* of the sealed bytes */
	unsigned char tag[TAG];
	char *block;
};

static int broken(struct err *err)
{
	return err_set(err, E_IO, "OpenSSL failed while a backup was opened.");
}

static EVP_CIPHER_CTX *cipher_new(const struct sealed *s, const struct wa_key *key)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	if (c && EVP_DecryptInit_ex(c, EVP_aes_256_gcm(), NULL, NULL, NULL) == 1 &&
	    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_IVLEN, sizeof s->header.iv, NULL) == 1 &&
	    EVP_DecryptInit_ex(c, NULL, NULL, key->aes, s->header.iv) == 1)
		return c;
	EVP_CIPHER_CTX_free(c);
	return NULL;
}

static int read_block(struct sealed *s, uint64_t at, uint64_t end, ptrdiff_t *ret, struct err *err)
{
	uint64_t left = end - at;
	*ret = reader_at(s->from, s->block, left < BLOCK ? (size_t)left : BLOCK, at, err);
	if (*ret < 0)
		return (int)*ret;
	return *ret ? 0 : err_set(err, E_IO, "The file became shorter while it was read.");
}

/* SHA-256 of the whole file, and whether its last bytes are the MD5 of all before them. */
static int sum_up(struct sealed *s, uint64_t end, bool *ret_summed, char sha256[static 65],
		  struct err *err)
{
	unsigned char sum[EVP_MAX_MD_SIZE], stored[SUM];
	unsigned n = 0;
	struct sha256 *sha = sha256_new(err);
	EVP_MD_CTX *md5 = EVP_MD_CTX_new();
	uint64_t size = reader_size(s->from), stop = end - SUM;
	int rc = sha && md5 && EVP_DigestInit_ex(md5, EVP_md5(), NULL) == 1 ? 0 : broken(err);
	for (uint64_t at = 0; !rc && at < size;) {
		ptrdiff_t got = 0;
		rc = read_block(s, at, at < stop ? stop : size, &got, err);
		if (rc)
			break;
		sha256_add(sha, (span){ s->block, (size_t)got });
		if (at < stop && EVP_DigestUpdate(md5, s->block, (size_t)got) != 1)
			rc = broken(err);
		at += (uint64_t)got;
	}
	if (!rc && (EVP_DigestFinal_ex(md5, sum, &n) != 1 || n != SUM))
		rc = broken(err);
	if (!rc && reader_at(s->from, stored, SUM, stop, err) != SUM)
		rc = err_set(err, E_IO, "The file became shorter while it was read.");
	if (!rc)
		rc = sha256_end(sha, sha256, err);
	*ret_summed = !rc && memcmp(sum, stored, SUM) == 0;
	EVP_MD_CTX_free(md5);
	sha256_free(sha);
	return rc;
}

/* Where the sealed bytes end, and their tag. */
static int find_end(struct sealed *s, char sha256[static 65], struct err *err)
{
	char head[WA_HEAD];
	uint64_t size = reader_size(s->from), end = size;
	bool summed;
	ptrdiff_t n = reader_at(s->from, head, sizeof head, 0, err);
	if (n < 0)
		return (int)n;
	if (!wa_header_read((span){ head, (size_t)n }, &s->header) ||
	    size < s->header.body + TAG + SUM + 4)
		return err_set(err, E_FORMAT,
			       "It is no backup of WhatsApp that linecheck knows: its first bytes "
			       "are not those of crypt12, crypt14 or crypt15.");
	if (s->header.version == 12)
		end -= 4;
	int rc = sum_up(s, end, &summed, sha256, err);
	if (rc)
		return rc;
	s->end = end - TAG - (summed ? SUM : 0);
	return reader_at(s->from, s->tag, TAG, s->end, err) == TAG
		       ? 0
		       : err_set(err, E_IO, "The file became shorter while it was read.");
}

static int wrong_key(const struct sealed *s, const struct wa_key *key, struct err *err)
{
	if (key->root != (s->header.version == 15))
		return err_set(err, E_ENCRYPTED,
			       "The key that was given is for %s, and this backup is crypt%d: give "
			       "the file '%s'%s.",
			       key->root ? "crypt15" : "crypt12 and crypt14", s->header.version,
			       key->root ? "key" : "encrypted_backup.key",
			       key->root ? "" : " or the 64 digits");
	return err_set(err, E_ENCRYPTED,
		       "The key that was given does not open this backup: it is another phone's or "
		       "another time's, or the file was changed.");
}

/* Every byte is opened once with nowhere to go: only the tag says whether they are right. */
static int prove(struct sealed *s, const struct wa_key *key, struct err *err)
{
	bool fits = key->root == (s->header.version == 15) &&
		    (key->root || (memcmp(key->salt, s->header.salt, 32) == 0 &&
				   memcmp(key->id, s->header.id, 16) == 0));
	if (!fits)
		return wrong_key(s, key, err);
	EVP_CIPHER_CTX *c = cipher_new(s, key);
	unsigned char *out = malloc(BLOCK + 16);
	int rc = c && out ? 0 : broken(err), n = 0;
	for (uint64_t at = s->header.body; !rc && at < s->end;) {
		ptrdiff_t got = 0;
		rc = read_block(s, at, s->end, &got, err);
		if (!rc && EVP_DecryptUpdate(c, out, &n, (unsigned char *)s->block, (int)got) != 1)
			rc = broken(err);
		at += (uint64_t)got;
	}
	if (!rc && (EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, TAG, s->tag) != 1 ||
		    EVP_DecryptFinal_ex(c, out, &n) != 1))
		rc = wrong_key(s, key, err);
	EVP_CIPHER_CTX_free(c);
	if (out)
		OPENSSL_cleanse(out, BLOCK + 16);
	free(out);
	return rc;
}

struct unpack {
	z_stream z;
	uint64_t given;
	bool ended;
	unsigned char *out; /* [BLOCK] */
	wa_take *take;
	void *user;
};

static int inflate_some(struct unpack *u, unsigned char *in, size_t n, struct err *err)
{
	u->z.next_in = in;
	u->z.avail_in = (uInt)n;
	while (!u->ended && u->z.avail_in) {
		u->z.next_out = u->out;
		u->z.avail_out = (uInt)BLOCK;
		int z = inflate(&u->z, Z_NO_FLUSH);
		size_t made = BLOCK - u->z.avail_out;
		if (z != Z_OK && z != Z_STREAM_END)
			return err_set(err, E_FORMAT,
				       "The backup was opened, but what is inside is not a "
				       "deflated database.");
		u->ended = z == Z_STREAM_END;
		u->given += made;
		if (u->given > OUT_MAX)
			return err_set(err, E_LIMIT,
				       "The backup holds more than linecheck opens (%d GiB).",
				       (int)(OUT_MAX >> 30));
		int rc = made ? u->take(u->user, (span){ (char *)u->out, made }, err) : 0;
		if (rc)
			return rc;
	}
	return 0;
}

static int unpack(struct sealed *s, const struct wa_key *key, struct unpack *u, struct err *err)
{
	EVP_CIPHER_CTX *c = cipher_new(s, key);
	unsigned char *plain = malloc(BLOCK + 16);
	int rc = c && plain ? 0 : broken(err), n = 0;
	for (uint64_t at = s->header.body; !rc && at < s->end;) {
		ptrdiff_t got = 0;
		rc = read_block(s, at, s->end, &got, err);
		if (!rc &&
		    EVP_DecryptUpdate(c, plain, &n, (unsigned char *)s->block, (int)got) != 1)
			rc = broken(err);
		if (!rc)
			rc = inflate_some(u, plain, (size_t)n, err);
		at += (uint64_t)got;
	}
	if (!rc && !u->ended)
		rc = err_set(err, E_FORMAT, "The database in the backup breaks off.");
	EVP_CIPHER_CTX_free(c);
	free(plain);
	return rc;
}

int wa_open(struct reader *from, const struct wa_key *key, wa_take *take, void *user,
	    char sha256[static 65], struct err *err)
{
	struct sealed s = { .from = from, .block = malloc(BLOCK) };
	struct unpack u = { .out = malloc(BLOCK), .take = take, .user = user };
	sha256[0] = 0;
	int rc = s.block && u.out ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = find_end(&s, sha256, err);
	if (!rc)
		rc = prove(&s, key, err);
	if (!rc && inflateInit(&u.z) != Z_OK)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	else if (!rc) {
		rc = unpack(&s, key, &u, err);
		inflateEnd(&u.z);
	}
	free(s.block);
	free(u.out);
	return rc;
}
