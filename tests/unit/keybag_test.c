/* keybag_test.c - the keys of an encrypted backup, its files read at any place, and its passwords.
 */
#include "acquire/backup_list.h"
#include "acquire/cipher.h"
#include "evidence_helpers.h"
#include "passwords.h"
#include <openssl/evp.h>

#define KEY 32

static const unsigned char class_key[KEY] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
					      11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
					      22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };

/* RFC 3394, 4.6: 256 bits of key data with a 256-bit key, which is class_key. */
static const unsigned char rfc_wrapped[] = { 0x28, 0xc9, 0xf4, 0x04, 0xc4, 0xb8, 0x10, 0xf4,
					     0xcb, 0xcc, 0xb3, 0x5c, 0xfb, 0x87, 0xf8, 0x26,
					     0x3f, 0x57, 0x86, 0xe2, 0xd8, 0x0e, 0xd3, 0x26,
					     0xcb, 0xc7, 0xf0, 0xe7, 0x1a, 0x99, 0xf4, 0x3b,
					     0xfb, 0x98, 0x8b, 0x9b, 0x7a, 0x02, 0xdd, 0x21 };
static const unsigned char rfc_key[KEY] = { 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
					    0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff,
					    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,
					    0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f };

/* ---- making bags ---- */

static void field(struct buf *b, const char *tag, span value)
{
	buf_add(b, (span){ tag, 4 });
	for (int i = 24; i >= 0; i -= 8)
		buf_byte(b, (char)(unsigned char)(value.n >> i & 255));
	buf_add(b, value);
}

static void number(struct buf *b, const char *tag, uint32_t v)
{
	char bytes[4];
	for (int i = 0; i < 4; i++)
		bytes[i] = (char)(unsigned char)(v >> (24 - 8 * i) & 255);
	field(b, tag, (span){ bytes, 4 });
}

static void wrap(const unsigned char kek[KEY], const unsigned char key[KEY], char out[40])
{
	int n = 0;
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	EVP_CIPHER_CTX_set_flags(ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
	assert_int_equal(EVP_EncryptInit_ex(ctx, EVP_aes_256_wrap(), NULL, kek, NULL), 1);
	assert_int_equal(EVP_EncryptUpdate(ctx, (unsigned char *)out, &n, key, KEY), 1);
	assert_int_equal(n, 40);
	EVP_CIPHER_CTX_free(ctx);
}

#define SALT_1 "twenty bytes of salt"
#define SALT_2 "another twenty bytes"

static void add_class(struct buf *b, uint32_t n, uint32_t how, uint32_t type,
		      const unsigned char kek[KEY])
{
	char wrapped[40];
	wrap(kek, class_key, wrapped);
	field(b, "UUID", SPAN("0123456789abcdef"));
	number(b, "CLAS", n);
	number(b, "WRAP", how);
	number(b, "KTYP", type);
	field(b, "WPKY", (span){ wrapped, sizeof wrapped });
}

/* The password is "pass"; class 3 opens, 4 is of another kind, 9 is not the password's alone. */
static void make_bag(struct buf *b, bool two_steps, uint32_t rounds)
{
	unsigned char first[KEY], kek[KEY], other[KEY] = { 7 };
	const char *p = "pass";
	int n = 4;
	buf_clear(b);
	number(b, "VERS", 4);
	number(b, "TYPE", 1);
	field(b, "UUID", SPAN("0123456789abcdef"));
	field(b, "HMCK", SPAN("an unknown length"));
	number(b, "WRAP", 1);
	field(b, "SALT", SPAN(SALT_1));
	number(b, "ITER", 100);
	if (two_steps) {
		number(b, "DPIC", rounds);
		field(b, "DPSL", SPAN(SALT_2));
		assert_int_equal(PKCS5_PBKDF2_HMAC(p, n, (const unsigned char *)SALT_2, 20,
						   (int)rounds, EVP_sha256(), KEY, first),
				 1);
		p = (const char *)first;
		n = KEY;
	}
	assert_int_equal(PKCS5_PBKDF2_HMAC(p, n, (const unsigned char *)SALT_1, 20, 100, EVP_sha1(),
					   KEY, kek),
			 1);
	add_class(b, 9, 3, 0, other);
	add_class(b, 3, 2, 0, kek);
	add_class(b, 4, 2, 1, kek);
	assert_false(b->failed);
}

static struct keybag *opened(void)
{
	struct buf b = { 0 };
	struct keybag *k;
	make_bag(&b, true, 200);
	assert_int_equal(keybag_read(&k, buf_span(&b), NULL), 0);
	assert_int_equal(keybag_unlock(k, SPAN("pass"), NULL), 0);
	buf_free(&b);
	return k;
}

/* ---- the bag ---- */

static void test_opens_with_its_password(void **state)
{
	(void)state;
	for (int two = 0; two < 2; two++) {
		struct buf b = { 0 };
		struct keybag *k;
		struct err err = { 0 };
		unsigned char key[KEY];
		make_bag(&b, two, 200);
		assert_int_equal(keybag_read(&k, buf_span(&b), NULL), 0);
		assert_int_equal(keybag_two_steps(k), two);
		assert_int_equal(keybag_file_key(k, 3, rfc_wrapped, key, NULL), E_ABSENT);
		assert_int_equal(keybag_unlock(k, SPAN("Pass"), NULL), E_ENCRYPTED);
		assert_int_equal(keybag_unlock(k, SPAN(""), NULL), E_ENCRYPTED);
		assert_int_equal(keybag_file_key(k, 3, rfc_wrapped, key, NULL), E_ABSENT);
		assert_int_equal(keybag_unlock(k, SPAN("pass"), NULL), 0);
		assert_int_equal(keybag_file_key(k, 3, rfc_wrapped, key, NULL), 0);
		assert_memory_equal(key, rfc_key, KEY);
		/* classes that no password opens, and one that is not there */
		assert_int_equal(keybag_file_key(k, 4, rfc_wrapped, key, NULL), E_ABSENT);
		assert_int_equal(keybag_file_key(k, 9, rfc_wrapped, key, NULL), E_ABSENT);
		assert_int_equal(keybag_file_key(k, 77, rfc_wrapped, key, &err), E_ABSENT);
		assert_non_null(strstr(err.message, "no key for files of this class (77)"));
		unsigned char bad[40];
		for (size_t i = 0; i < sizeof bad; i++) {
			memcpy(bad, rfc_wrapped, sizeof bad);
			bad[i] ^= 1;
			assert_int_equal(keybag_file_key(k, 3, bad, key, NULL), E_FORMAT);
		}
		/* another password closes it again */
		assert_int_equal(keybag_unlock(k, SPAN("wrong"), NULL), E_ENCRYPTED);
		assert_int_equal(keybag_file_key(k, 3, rfc_wrapped, key, NULL), E_ABSENT);
		keybag_free(k);
		buf_free(&b);
	}
}

static void put(char *at, span bytes)
{
	memcpy(at, bytes.p, bytes.n);
}

static void test_damaged_bags(void **state)
{
	(void)state;
	struct buf b = { 0 };
	struct keybag *k;
	make_bag(&b, true, 200);
	span all = buf_span(&b);
	/* cut anywhere: refused, or whole fields short */
	for (size_t n = 0; n < all.n; n++) {
		char *copy = malloc(n + 1); /* so that a byte too far is seen */
		memcpy(copy, all.p, n);
		if (keybag_read(&k, (span){ copy, n }, NULL) == 0)
			keybag_free(k);
		free(copy);
	}
	assert_int_equal(keybag_read(&k, SPAN(""), NULL), E_FORMAT);
	/* without a field that is needed */
	static const char *const needed[] = { "SALT", "ITER", "DPIC", "DPSL" };
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
		struct err err = { 0 };
		make_bag(&b, true, 200);
		char *at = memmem(b.data, b.n, needed[i], 4);
		assert_non_null(at);
		put(at, SPAN("XXXX"));
		assert_int_equal(keybag_read(&k, buf_span(&b), &err), E_FORMAT);
		assert_non_null(strstr(err.message, i < 2 ? "lacks" : "one half"));
	}
	/* lengths that lie */
	make_bag(&b, true, 200);
	char *at = memmem(b.data, b.n, "SALT", 4);
	put(at + 4, SPAN("\xff\xff\xff\xff"));
	assert_int_equal(keybag_read(&k, buf_span(&b), NULL), E_FORMAT);
	make_bag(&b, true, 200);
	at = memmem(b.data, b.n, "CLAS", 4);
	put(at + 4, SPAN("\0\0\0\3"));
	assert_int_equal(keybag_read(&k, buf_span(&b), NULL), E_FORMAT);
	/* work without end */
	buf_clear(&b);
	make_bag(&b, true, 200);
	at = memmem(b.data, b.n, "DPIC", 4);
	put(at + 8, SPAN("\x7f\xff\xff\xff"));
	struct err err = { 0 };
	assert_int_equal(keybag_read(&k, buf_span(&b), &err), E_LIMIT);
	assert_non_null(strstr(err.message, "2147483647"));
	buf_free(&b);
}

/* ---- files ---- */

static span encrypted(span plain, bool padded)
{
	static const unsigned char zeros[16];
	unsigned char *out = malloc(plain.n + 16);
	int n = 0, end = 0;
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	assert_int_equal(EVP_EncryptInit_ex(ctx, EVP_aes_256_cbc(), NULL, rfc_key, zeros), 1);
	EVP_CIPHER_CTX_set_padding(ctx, padded);
	assert_int_equal(
		EVP_EncryptUpdate(ctx, out, &n, (const unsigned char *)plain.p, (int)plain.n), 1);
	assert_int_equal(EVP_EncryptFinal_ex(ctx, out + n, &end), 1);
	EVP_CIPHER_CTX_free(ctx);
	return (span){ (char *)out, (size_t)(n + end) };
}

static struct cipher cipher_of(const struct keybag *k)
{
	struct cipher c = { .bag = k, .protection_class = 3 };
	memcpy(c.wrapped, rfc_wrapped, sizeof c.wrapped);
	return c;
}

static span noise(size_t n)
{
	char *p = malloc(n + 1);
	uint64_t seed = n + 1;
	for (size_t i = 0; i < n; i++)
		p[i] = (char)(unsigned char)(rnd(&seed) & 255);
	return (span){ p, n };
}

static void test_read_at_any_place(void **state)
{
	(void)state;
	static const size_t sizes[] = { 0, 1, 15, 16, 17, 4096, 65535, 65536, 65537, 200000 };
	struct keybag *k = opened();
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		span plain = noise(sizes[i]), stored = encrypted(plain, true);
		struct reader *r, *below;
		struct cipher c = cipher_of(k);
		enum cipher_end end;
		uint64_t said = sizes[i], seed = i;
		static char got[300000];
		assert_int_equal(reader_of_memory(&below, stored, NULL), 0);
		assert_int_equal(cipher_measure(&c, below, &said, &end, NULL), 0);
		assert_int_equal(end, CIPHER_END_GOOD);
		assert_int_equal(c.size, said);
		assert_int_equal(cipher_measure(&c, below, NULL, &end, NULL), 0);
		assert_int_equal(c.size, said);
		assert_int_equal(cipher_reader(&r, below, &c, NULL), 0);
		assert_int_equal(reader_size(r), sizes[i]);
		assert_int_equal(reader_at(r, got, sizeof got, 0, NULL), sizes[i]);
		assert_memory_equal(got, plain.p, sizes[i]);
		for (int t = 0; t < 400 && sizes[i]; t++) {
			uint64_t at = rnd(&seed) % sizes[i];
			size_t n = t % 3 ? rnd(&seed) % 5000 : rnd(&seed) % 150000;
			size_t want = n < sizes[i] - at ? n : (size_t)(sizes[i] - at);
			assert_int_equal(reader_at(r, got, n, at, NULL), want);
			assert_memory_equal(got, plain.p + at, want);
		}
		/* one behind the other, as a table is read */
		for (uint64_t at = 0; at < sizes[i]; at += 512) {
			size_t want = sizes[i] - at < 512 ? (size_t)(sizes[i] - at) : 512;
			assert_int_equal(reader_at(r, got, 512, at, NULL), want);
			assert_memory_equal(got, plain.p + at, want);
		}
		assert_int_equal(reader_at(r, got, 1, sizes[i], NULL), 0);
		reader_free(r);
		free((void *)plain.p);
		free((void *)stored.p);
	}
	keybag_free(k);
}

static void measure(const struct keybag *k, span stored, const uint64_t *said, uint64_t want,
		    enum cipher_end want_end)
{
	struct reader *r;
	struct cipher c = cipher_of(k);
	enum cipher_end end;
	assert_int_equal(reader_of_memory(&r, stored, NULL), 0);
	assert_int_equal(cipher_measure(&c, r, said, &end, NULL), 0);
	assert_int_equal(c.size, want);
	assert_int_equal(end, want_end);
	reader_free(r);
}

static void test_wrong_lengths(void **state)
{
	(void)state;
	struct keybag *k = opened();
	span plain = noise(1000), stored = encrypted(plain, true); /* 1008 */
	uint64_t right = 1000, more = 5000, less = 100, within = 995;
	measure(k, stored, &right, 1000, CIPHER_END_GOOD);
	measure(k, stored, &within, 995, CIPHER_END_GOOD);
	/* the list is wrong: the padding knows */
	measure(k, stored, &more, 1000, CIPHER_END_GOOD);
	measure(k, stored, &less, 1000, CIPHER_END_GOOD);
	/* cut */
	measure(k, (span){ stored.p, 1007 }, &right, 992, CIPHER_END_RAGGED);
	measure(k, (span){ stored.p, 992 }, &right, 992, CIPHER_END_BARE);
	measure(k, (span){ stored.p, 15 }, &right, 0, CIPHER_END_RAGGED);
	measure(k, (span){ stored.p, 0 }, &right, 0, CIPHER_END_BARE);
	free((void *)plain.p);
	free((void *)stored.p);
	/* written without a padding */
	plain = noise(4096);
	stored = encrypted(plain, false);
	right = 4096;
	measure(k, stored, &right, 4096, CIPHER_END_BARE);
	measure(k, stored, NULL, 4096, CIPHER_END_BARE);
	free((void *)plain.p);
	free((void *)stored.p);
	keybag_free(k);
}

/* ---- passwords ---- */

static struct passwords *from_lines(const char *lines, int fds[2])
{
	struct passwords *p;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], lines, strlen(lines)), strlen(lines));
	close(fds[1]);
	assert_int_equal(passwords_new(&p, fds[0], true, NULL, NULL, NULL), 0);
	return p;
}

static void test_passwords_from_a_descriptor(void **state)
{
	(void)state;
	int fds[2];
	span s;
	struct err err = { 0 };
	struct passwords *p = from_lines("one\ntwo\n", fds);
	assert_int_equal(passwords_next(p, "the archive", 0, &s, NULL), 0);
	assert_true(span_eq(s, SPAN("one")));
	assert_int_equal(passwords_next(p, "the archive", 1, &s, NULL), 0);
	assert_true(span_eq(s, SPAN("two")));
	/* something else: the same ones are tried again */
	assert_int_equal(passwords_next(p, "the backup", 0, &s, NULL), 0);
	assert_true(span_eq(s, SPAN("one")));
	assert_int_equal(passwords_next(p, "the backup", 1, &s, NULL), 0);
	assert_int_equal(passwords_next(p, "the backup", 2, &s, &err), E_ENCRYPTED);
	assert_non_null(strstr(err.message, "does not open the backup"));
	passwords_free(p);
	close(fds[0]);
	/* an empty line says: none; no line at all is a mistake */
	p = from_lines("\n", fds);
	assert_int_equal(passwords_next(p, "the backup", 0, &s, NULL), E_ABSENT);
	passwords_free(p);
	close(fds[0]);
	p = from_lines("", fds);
	assert_int_equal(passwords_next(p, "the backup", 0, &s, NULL), E_USER);
	passwords_free(p);
	close(fds[0]);
	assert_int_equal(passwords_next(NULL, "the backup", 0, &s, NULL), E_ABSENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_opens_with_its_password),
		cmocka_unit_test(test_damaged_bags),
		cmocka_unit_test(test_read_at_any_place),
		cmocka_unit_test(test_wrong_lengths),
		cmocka_unit_test(test_passwords_from_a_descriptor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
