/* ab.c - see ab.h */
#include "acquire/ab.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "passwords.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <zlib.h>

#define IN ((size_t)64 * 1024)
#define OUT ((size_t)256 * 1024)
#define LINE_MAX_BYTES 4096
#define ROUNDS_MAX 2000000 /* Android writes 10,000 */
#define SALT_MAX 256
#define SEALED_MAX 1024
#define KEY 32
#define IV 16
#define END_MARK 1024

static const char magic[] = "ANDROID BACKUP\n";

struct head {
	unsigned version;
	bool compressed, encrypted;
	unsigned rounds;
	unsigned char salt[SALT_MAX], check_salt[SALT_MAX], iv[IV], sealed[SEALED_MAX];
	size_t salt_n, check_salt_n, sealed_n;
};

struct ab {
	ab_read_fn *read;
	void *user;
	uint64_t most, given, done;
	size_t zeros; /* at the end of what was given */
	struct head head;
	EVP_CIPHER_CTX *aes;
	z_stream z;
	bool inflating, ended, plain_ended;
	int failed;
	struct err why;
	unsigned char *in, *plain, *out;
	size_t in_at, in_n; /* of what was read and is not used */
};

bool ab_is(span head)
{
	return head.n >= sizeof magic - 1 && memcmp(head.p, magic, sizeof magic - 1) == 0;
}

/* ---- the head ---- */

static int fill(struct ab *a, struct err *err)
{
	a->in_at = a->in_n = 0;
	ptrdiff_t n = a->read(a->user, a->in, IN, err);
	if (n < 0)
		return (int)n;
	a->in_n = (size_t)n;
	a->done += (uint64_t)n;
	return n > 0;
}

/* A line without its end, at most n - 1 bytes. */
static int line(struct ab *a, char *to, size_t n, struct err *err)
{
	for (size_t i = 0;; i++) {
		if (a->in_at == a->in_n) {
			int rc = fill(a, err);
			if (rc < 0)
				return rc;
			if (rc == 0)
				return err_set(err, E_FORMAT,
					       "The Android backup ends within its head: the copy "
					       "is not complete. Copy it again.");
		}
		char c = (char)a->in[a->in_at++];
		if (c == '\n' || i + 1 == n) {
			to[i] = 0;
			return c == '\n' ? 0
					 : err_set(err, E_FORMAT,
						   "The head of the Android backup is damaged: a "
						   "line of it is too long.");
		}
		to[i] = c;
	}
}

static int number(struct ab *a, unsigned most, unsigned *ret, struct err *err)
{
	char text[16];
	unsigned value = 0;
	int rc = line(a, text, sizeof text, err);
	if (rc)
		return rc;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9')
			return err_set(err, E_FORMAT,
				       "The head of the Android backup is damaged: a number "
				       "should stand where '%.20s' stands.",
				       text);
		value = value * 10 + (unsigned)(*p - '0');
		if (value > most)
			return err_set(err, E_LIMIT,
				       "The head of the Android backup has a number (%.20s) larger "
				       "than linecheck accepts.",
				       text);
	}
	*ret = value;
	return *text ? 0 : err_set(err, E_FORMAT, "The head of the Android backup is damaged.");
}

static int digit(char c)
{
	return c >= '0' && c <= '9'                 ? c - '0'
	       : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
						    : -1;
}

static int hex(struct ab *a, unsigned char *to, size_t cap, size_t *ret_n, struct err *err)
{
	char text[LINE_MAX_BYTES];
	int rc = line(a, text, sizeof text, err);
	if (rc)
		return rc;
	size_t n = strlen(text);
	bool good = n && n % 2 == 0 && n / 2 <= cap;
	for (size_t i = 0; good && i < n; i += 2) {
		int high = digit(text[i]), low = digit(text[i + 1]);
		good = high >= 0 && low >= 0;
		if (good)
			to[i / 2] = (unsigned char)(high << 4 | low);
	}
	*ret_n = n / 2;
	return good ? 0
		    : err_set(err, E_FORMAT,
			      "The head of the Android backup is damaged: what its password opens "
			      "cannot be read, so that it stays closed.");
}

static int read_head(struct ab *a, struct err *err)
{
	struct head *h = &a->head;
	char text[64];
	unsigned compressed = 0;
	size_t iv_n = 0;
	int rc = line(a, text, sizeof text, err);
	if (rc == 0 && strncmp(text, magic, sizeof magic - 2) != 0)
		rc = err_set(err, E_FORMAT, "It is not an Android backup.");
	if (rc == 0)
		rc = number(a, 1000, &h->version, err);
	if (rc == 0)
		rc = number(a, 1, &compressed, err);
	if (rc == 0)
		rc = line(a, text, sizeof text, err);
	if (rc)
		return rc;
	h->compressed = compressed;
	h->encrypted = strcmp(text, "AES-256") == 0;
	if (!h->encrypted)
		return strcmp(text, "none") == 0
			       ? 0
			       : err_set(err, E_FORMAT,
					 "The Android backup is encrypted in a way that linecheck "
					 "does not know ('%.40s').",
					 text);
	if ((rc = hex(a, h->salt, sizeof h->salt, &h->salt_n, err)) ||
	    (rc = hex(a, h->check_salt, sizeof h->check_salt, &h->check_salt_n, err)) ||
	    (rc = number(a, ROUNDS_MAX, &h->rounds, err)) ||
	    (rc = hex(a, h->iv, sizeof h->iv, &iv_n, err)) ||
	    (rc = hex(a, h->sealed, sizeof h->sealed, &h->sealed_n, err)))
		return rc;
	if (!h->rounds || iv_n != IV || h->sealed_n % IV)
		return err_set(err, E_FORMAT,
			       "The head of the Android backup is damaged: what its password opens "
			       "cannot be read, so that it stays closed.");
	return 0;
}

/* ---- the password ---- */

static bool derive(span secret, const unsigned char *salt, size_t salt_n, unsigned rounds,
		   unsigned char out[static KEY])
{
	return PKCS5_PBKDF2_HMAC_SHA1(secret.p, (int)secret.n, salt, (int)salt_n, (int)rounds, KEY,
				      out) == 1;
}

static int aes(const unsigned char *key, const unsigned char *iv, EVP_CIPHER_CTX **ret)
{
	*ret = EVP_CIPHER_CTX_new();
	return *ret && EVP_DecryptInit_ex(*ret, EVP_aes_256_cbc(), NULL, key, iv) == 1 ? 0
										       : E_NOMEM;
}

/* Java's characters of the key's bytes, which it takes as signed. */
static void widened(const unsigned char key[static KEY], struct buf *out)
{
	for (int i = 0; i < KEY; i++) {
		char text[4];
		uint32_t c = key[i] < 0x80 ? key[i] : 0xff00u | key[i];
		buf_add(out, (span){ text, utf8_put(c, text) });
	}
}

static bool checks(const struct head *h, const unsigned char *key, const unsigned char *sum)
{
	unsigned char got[KEY];
	struct buf wide = { 0 };
	widened(key, &wide);
	bool same = !wide.failed &&
		    derive(buf_span(&wide), h->check_salt, h->check_salt_n, h->rounds, got) &&
		    CRYPTO_memcmp(got, sum, KEY) == 0;
	if (!same)
		same = derive((span){ (const char *)key, KEY }, h->check_salt, h->check_salt_n,
			      h->rounds, got) &&
		       CRYPTO_memcmp(got, sum, KEY) == 0;
	if (wide.data)
		OPENSSL_cleanse(wide.data, wide.n);
	buf_free(&wide);
	OPENSSL_cleanse(got, sizeof got);
	return same;
}

/* 1: it opens. */
static int try_one(struct ab *a, span password)
{
	const struct head *h = &a->head;
	unsigned char key[KEY], open[SEALED_MAX + IV];
	int n = 0, last = 0, rc = 0;
	EVP_CIPHER_CTX *c = NULL;
	if (!derive(password, h->salt, h->salt_n, h->rounds, key) || aes(key, h->iv, &c))
		rc = E_NOMEM;
	bool good = rc == 0 && EVP_DecryptUpdate(c, open, &n, h->sealed, (int)h->sealed_n) == 1 &&
		    EVP_DecryptFinal_ex(c, open + n, &last) == 1 &&
		    n + last == 1 + IV + 1 + KEY + 1 + KEY && open[0] == IV &&
		    open[1 + IV] == KEY && open[2 + IV + KEY] == KEY;
	if (good && checks(h, open + 2 + IV, open + 3 + IV + KEY))
		rc = aes(open + 2 + IV, open + 1, &a->aes) ? E_NOMEM : 1;
	EVP_CIPHER_CTX_free(c);
	OPENSSL_cleanse(key, sizeof key);
	OPENSSL_cleanse(open, sizeof open);
	return rc;
}

/* As version 1 took it: the low byte of each of Java's characters. */
static int try_old(struct ab *a, span password)
{
	struct buf low = { 0 };
	if (utf8_ascii(password))
		return 0;
	for (size_t at = 0; at < password.n;) {
		uint32_t c = utf8_next(password, &at);
		if (c > 0xffff)
			buf_byte(&low,
				 (char)(unsigned char)((0xd800 + ((c - 0x10000) >> 10)) & 255));
		buf_byte(&low, (char)(unsigned char)(c & 255));
	}
	int rc = low.failed ? E_NOMEM : try_one(a, buf_span(&low));
	if (low.data)
		OPENSSL_cleanse(low.data, low.n);
	buf_free(&low);
	return rc;
}

static int unlock(struct ab *a, struct passwords *passwords, struct err *err)
{
	span password;
	for (unsigned attempt = 0;; attempt++) {
		int rc = passwords_next(passwords, "the encrypted Android backup", attempt,
					&password, err);
		if (rc)
			return rc;
		rc = try_one(a, password);
		if (rc == 0)
			rc = try_old(a, password);
		if (rc)
			return rc > 0 ? 0 : err_set(err, rc, "Memory ran out.");
	}
}

/* ---- opening ---- */

int ab_open(struct ab **ret, ab_read_fn *read, void *user, uint64_t most,
	    struct passwords *passwords, struct err *err)
{
	struct ab *a = calloc(1, sizeof *a);
	int rc = a ? 0 : E_NOMEM;
	if (a) {
		*a = (struct ab){ .read = read, .user = user, .most = most };
		a->in = malloc(IN);
		a->plain = malloc(IN + IV);
		a->out = malloc(OUT);
		rc = a->in && a->plain && a->out ? 0 : E_NOMEM;
	}
	if (rc)
		err_set(err, rc, "Memory ran out.");
	if (rc == 0)
		rc = read_head(a, err);
	if (rc == 0 && a->head.encrypted)
		rc = unlock(a, passwords, err);
	if (rc == 0 && a->head.compressed) {
		a->inflating = inflateInit(&a->z) == Z_OK;
		if (!a->inflating)
			rc = err_set(err, E_NOMEM, "Memory ran out.");
	}
	if (rc == 0)
		*ret = a;
	else
		ab_free(a);
	return rc;
}

void ab_free(struct ab *a)
{
	if (!a)
		return;
	EVP_CIPHER_CTX_free(a->aes);
	if (a->inflating)
		inflateEnd(&a->z);
	free(a->in);
	free(a->plain);
	free(a->out);
	free(a);
}

/* ---- the tar ---- */

static ptrdiff_t last_of_aes(struct ab *a, const unsigned char **ret, struct err *err)
{
	int n = 0;
	if (EVP_DecryptFinal_ex(a->aes, a->plain, &n) != 1)
		return err_set(err, E_FORMAT,
			       "the encrypted backup is cut short or damaged: it does not end as "
			       "encrypted bytes do");
	*ret = a->plain;
	return n;
}

/* Decrypted bytes: their number, 0 at the end. */
static ptrdiff_t plain(struct ab *a, const unsigned char **ret, struct err *err)
{
	while (!a->plain_ended) {
		if (a->in_at == a->in_n) {
			int rc = fill(a, err);
			if (rc < 0)
				return rc;
			if (rc == 0) {
				a->plain_ended = true;
				return a->aes ? last_of_aes(a, ret, err) : 0;
			}
		}
		const unsigned char *from = a->in + a->in_at;
		size_t n = a->in_n - a->in_at;
		a->in_at = a->in_n;
		if (!a->aes) {
			*ret = from;
			return (ptrdiff_t)n;
		}
		int made = 0;
		if (EVP_DecryptUpdate(a->aes, a->plain, &made, from, (int)n) != 1)
			return err_set(err, E_IO, "OpenSSL could not decrypt.");
		*ret = a->plain;
		if (made)
			return made;
	}
	return 0;
}

/* zlib: more than its own words, for people. */
static ptrdiff_t unpacked(struct ab *a, const void **ret, struct err *err)
{
	a->z.next_out = a->out;
	a->z.avail_out = (uInt)OUT;
	while (a->z.avail_out == OUT && !a->ended) {
		if (!a->z.avail_in) {
			const unsigned char *p = NULL;
			ptrdiff_t n = plain(a, &p, err);
			if (n < 0)
				return n;
			if (n == 0)
				return err_set(err, E_FORMAT,
					       "the backup is cut short: its compressed bytes do "
					       "not end");
			a->z.next_in = (z_const Bytef *)(uintptr_t)p;
			a->z.avail_in = (uInt)n;
		}
		int z = inflate(&a->z, Z_NO_FLUSH);
		a->ended = z == Z_STREAM_END;
		bool bad = z != Z_OK && z != Z_STREAM_END && z != Z_BUF_ERROR;
		if (bad && a->z.avail_out == OUT) /* else what comes before the damage first */
			return err_set(err, z == Z_MEM_ERROR ? E_NOMEM : E_FORMAT,
				       "the compressed bytes of the backup are damaged");
	}
	*ret = a->out;
	return (ptrdiff_t)(OUT - a->z.avail_out);
}

static void count_zeros(struct ab *a, const unsigned char *p, size_t n)
{
	size_t i = n;
	while (i && n - i < END_MARK && !p[i - 1])
		i--;
	a->zeros = n - i + (i ? 0 : a->zeros);
}

ptrdiff_t ab_next(struct ab *a, const void **ret, struct err *err)
{
	ptrdiff_t n;
	if (a->failed)
		return err_set(err, a->failed, "%s", a->why.message);
	if (a->head.compressed) {
		n = unpacked(a, ret, &a->why);
	} else {
		const unsigned char *p = a->out;
		n = plain(a, &p, &a->why);
		*ret = p;
	}
	if (n > 0) {
		count_zeros(a, *ret, (size_t)n);
		a->given += (uint64_t)n;
		if (a->given > a->most)
			n = err_set(&a->why, E_LIMIT,
				    "the backup unpacks to far more than it should (a bomb?)");
	}
	if (n < 0) {
		a->failed = (int)n;
		return err_set(err, (int)n, "%s", a->why.message);
	}
	return n;
}

unsigned ab_version(const struct ab *a)
{
	return a->head.version;
}

bool ab_encrypted(const struct ab *a)
{
	return a->head.encrypted;
}

uint64_t ab_done(const struct ab *a)
{
	return a->done;
}

bool ab_has_end_mark(const struct ab *a)
{
	return a->zeros >= END_MARK;
}
