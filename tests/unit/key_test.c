/* key_test.c - a key opens with its passphrase only, and what it signs or seals cannot be changed.
 */
#include "hex.h"
#include "key_maker.h"
#include <openssl/evp.h>

static char folder[64];
static const char *path; /* a key file, made for each test */

static int set_up(void **state)
{
	(void)state;
	static char here[128];
	temp_folder(folder);
	snprintf(here, sizeof here, "%s", in(folder, "own.key"));
	path = here;
	return key_create_at_cost(path, "Ada Example 1234", PASSPHRASE, cheap, NULL, NULL);
}

static int tear_down(void **state)
{
	(void)state;
	remove_tree(folder);
	return 0;
}

static int open_only(const char *file, span passphrase, struct err *err)
{
	struct key *k = NULL;
	int rc = key_open(&k, file, passphrase, err);
	assert_true((rc == 0) == (k != NULL));
	key_free(k);
	return rc;
}

static void test_made_and_opened(void **state)
{
	(void)state;
	struct key_public p, made;
	struct key *k;
	struct err err = { 0 };
	struct stat st;
	assert_int_equal(key_peek(path, &p, NULL), 0);
	assert_string_equal(p.name, "Ada Example 1234");
	assert_int_equal(strlen(p.id), 16);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(key_open(&k, path, PASSPHRASE, NULL), 0);
	assert_memory_equal(key_public(k)->sign, p.sign, sizeof p.sign);
	assert_string_equal(key_public(k)->id, p.id);
	assert_string_equal(key_public(k)->name, p.name);
	key_free(k);
	key_free(NULL);
	assert_int_equal(open_only(path, SPAN("correct horse batterz"), &err), E_ENCRYPTED);
	assert_non_null(strstr(err.message, "Ada Example"));
	assert_int_equal(open_only(path, SPAN(""), NULL), E_ENCRYPTED);
	assert_int_equal(open_only(path, SPAN("correct horse battery "), NULL), E_ENCRYPTED);
	/* never over something */
	span before = read_file(path);
	err = (struct err){ 0 };
	assert_int_equal(key_create_at_cost(path, "Other", PASSPHRASE, cheap, &made, &err), E_USER);
	assert_non_null(strstr(err.message, "there already"));
	span after = read_file(path);
	assert_true(span_eq(before, after));
	free((void *)before.p);
	free((void *)after.p);
	/* two keys are never the same */
	assert_int_equal(key_create_at_cost(in(folder, "2"), "Ada Example 1234", PASSPHRASE, cheap,
					    &made, NULL),
			 0);
	assert_memory_not_equal(made.sign, p.sign, sizeof p.sign);
}

/* The one key in these tests that costs what a real one does. */
static void test_what_a_real_key_costs(void **state)
{
	(void)state;
	struct key_public p;
	struct key_file f;
	assert_int_equal(key_create(in(folder, "real"), "Ada", PASSPHRASE, &p, NULL), 0);
	span bytes = read_file(in(folder, "real"));
	assert_int_equal(key_file_parse(bytes, "real", &f, NULL), 0);
	assert_int_equal(f.cost.ops, 3);
	assert_int_equal(f.cost.kib, 262144);
	free((void *)bytes.p);
	assert_int_equal(open_only(in(folder, "real"), PASSPHRASE, NULL), 0);
}

static void test_names_and_passphrases(void **state)
{
	(void)state;
	char long_name[KEY_NAME_MAX + 2], long_word[KEY_PASSPHRASE_MAX + 1];
	memset(long_name, 'n', sizeof long_name);
	memset(long_word, 'w', sizeof long_word);
	long_name[KEY_NAME_MAX] = 0;
	assert_int_equal(key_name_check(long_name, NULL), 0);
	assert_int_equal(key_name_check("Z\xc3\xb6\xc3\xab", NULL), 0);
	long_name[KEY_NAME_MAX] = 'n', long_name[KEY_NAME_MAX + 1] = 0;
	const char *bad[] = { "", " a", "a ", "a\nb", "a\x1b[2J", "a\xff", "a\u202eb", long_name };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(key_name_check(bad[i], NULL), E_USER);
		assert_int_equal(
			key_create_at_cost(in(folder, "n"), bad[i], PASSPHRASE, cheap, NULL, NULL),
			E_USER);
	}
	assert_int_equal(key_passphrase_check(SPAN("elevenchars"), NULL), E_USER);
	assert_int_equal(key_passphrase_check(SPAN("twelve chars"), NULL), 0);
	/* characters, not bytes */
	assert_int_equal(key_passphrase_check(
				 SPAN("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"), NULL),
			 E_USER);
	assert_int_equal(key_passphrase_check((span){ long_word, KEY_PASSPHRASE_MAX }, NULL), 0);
	assert_int_equal(key_passphrase_check((span){ long_word, sizeof long_word }, NULL), E_USER);
	assert_int_equal(
		key_create_at_cost(in(folder, "n"), "Ada", SPAN("too short"), cheap, NULL, NULL),
		E_USER);
	assert_int_equal(access(in(folder, "n"), F_OK), -1);
}

static void test_each_bit_of_the_file(void **state)
{
	(void)state;
	span whole = read_file(path);
	struct key_file f;
	char *p = malloc(whole.n + 1);
	assert_non_null(p);
	memcpy(p, whole.p, whole.n);
	assert_int_equal(key_file_parse(whole, "k", &f, NULL), 0);
	for (size_t i = 0; i < whole.n; i++)
		for (int bit = 0; bit < 8; bit++) {
			struct err err = { 0 };
			p[i] = (char)(whole.p[i] ^ 1 << bit);
			assert_int_equal(key_file_parse((span){ p, whole.n }, "k", &f, &err),
					 E_FORMAT);
			assert_true(err.message[0]);
			p[i] = whole.p[i];
		}
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(key_file_parse((span){ p, n }, "k", &f, NULL), E_FORMAT);
	for (int c = 0; c < 256; c++) {
		p[whole.n] = (char)c;
		assert_int_equal(key_file_parse((span){ p, whole.n + 1 }, "k", &f, NULL), E_FORMAT);
	}
	/* and through the door that people use */
	p[whole.n / 2] ^= 1;
	write_file(path, (span){ p, whole.n });
	assert_int_equal(open_only(path, PASSPHRASE, NULL), E_FORMAT);
	write_file(path, (span){ whole.p, whole.n - 1 });
	assert_int_equal(open_only(path, PASSPHRASE, NULL), E_FORMAT);
	write_file(path, whole);
	assert_int_equal(open_only(path, PASSPHRASE, NULL), 0);
	free(p);
	free((void *)whole.p);
}

static int open_changed(const struct key_file *f)
{
	struct buf b = { 0 };
	assert_int_equal(key_file_write(f, &b, NULL), 0);
	write_file(path, buf_span(&b));
	buf_free(&b);
	return open_only(path, PASSPHRASE, NULL);
}

/* Somebody who changes a file can make its sum right again; the seal is what holds. */
static void test_altered_with_care(void **state)
{
	(void)state;
	struct key_file f, g;
	struct key_public other;
	span whole = read_file(path);
	assert_int_equal(key_file_parse(whole, "k", &f, NULL), 0);
	assert_int_equal(open_changed(&f), 0);
	g = f;
	g.public.name[0] = 'E';
	assert_int_equal(open_changed(&g), E_ENCRYPTED);
	g = f;
	g.salt[0] ^= 1;
	assert_int_equal(open_changed(&g), E_ENCRYPTED);
	g = f;
	g.nonce[23] ^= 128;
	assert_int_equal(open_changed(&g), E_ENCRYPTED);
	for (size_t i = 0; i < KEY_SEALED; i++) {
		g = f;
		g.sealed[i] ^= 4;
		assert_int_equal(open_changed(&g), E_ENCRYPTED);
	}
	g = f;
	g.cost.ops = 2;
	assert_int_equal(open_changed(&g), E_ENCRYPTED);
	assert_int_equal(key_create_at_cost(in(folder, "2"), "B", PASSPHRASE, cheap, &other, NULL),
			 0);
	g = f;
	memcpy(g.public.sign, other.sign, sizeof other.sign);
	assert_int_equal(open_changed(&g), E_ENCRYPTED);
	/* what is no key at all, or a trap that would eat the machine */
	const struct key_cost costs[] = { { 0, 8 },          { KEY_OPS_MAX + 1, 8 },
					  { 1, 7 },          { 1, KEY_KIB_MAX + 1 },
					  { UINT32_MAX, 8 }, { 1, UINT32_MAX } };
	for (size_t i = 0; i < sizeof costs / sizeof *costs; i++) {
		g = f;
		g.cost = costs[i];
		assert_int_equal(open_changed(&g), E_FORMAT);
	}
	g = f;
	memset(g.public.sign, 0, sizeof g.public.sign);
	assert_int_equal(open_changed(&g), E_FORMAT);
	g = f;
	g.public.name[0] = 0;
	assert_int_equal(open_changed(&g), E_FORMAT);
	free((void *)whole.p);
}

static void test_what_is_not_a_key_file(void **state)
{
	(void)state;
	struct key_public p;
	struct err err = { 0 };
	assert_int_equal(key_peek(in(folder, "none"), &p, &err), E_ABSENT);
	assert_int_equal(key_peek(folder, &p, NULL), E_FORMAT);
	assert_int_equal(mkfifo(in(folder, "pipe"), 0600), 0);
	assert_int_equal(key_peek(in(folder, "pipe"), &p, NULL), E_FORMAT);
	assert_int_equal(symlink(path, in(folder, "link")), 0);
	err = (struct err){ 0 };
	assert_int_equal(key_peek(in(folder, "link"), &p, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "link"));
	assert_int_equal(key_peek("/dev/zero", &p, NULL), E_FORMAT);
	write_file(in(folder, "empty"), SPAN(""));
	assert_int_equal(key_peek(in(folder, "empty"), &p, NULL), E_FORMAT);
	struct buf b = { 0 };
	for (int i = 0; i < 5000; i++)
		buf_byte(&b, 'x');
	write_file(in(folder, "large"), buf_span(&b));
	assert_int_equal(key_peek(in(folder, "large"), &p, NULL), E_LIMIT);
	buf_free(&b);
	write_file(in(folder, "newer"), SPAN("{\"format\":\"linecheck-key-2\"}\n"));
	err = (struct err){ 0 };
	assert_int_equal(key_peek(in(folder, "newer"), &p, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "newer"));
}

static void test_another_passphrase(void **state)
{
	(void)state;
	struct key_public before, after;
	span next = SPAN("four words by chance"), was = read_file(path);
	assert_int_equal(key_peek(path, &before, NULL), 0);
	assert_int_equal(key_change_at_cost(path, SPAN("not the passphrase"), next, cheap, NULL),
			 E_ENCRYPTED);
	assert_int_equal(key_change_at_cost(path, PASSPHRASE, SPAN("short"), cheap, NULL), E_USER);
	span now = read_file(path);
	assert_true(span_eq(was, now));
	free((void *)now.p);
	write_file(in(folder, "own.key.new"), SPAN("left by a run that was stopped"));
	assert_int_equal(key_change_at_cost(path, PASSPHRASE, next, cheap, NULL), 0);
	assert_int_equal(access(in(folder, "own.key.new"), F_OK), -1);
	assert_int_equal(key_peek(path, &after, NULL), 0);
	assert_memory_equal(before.sign, after.sign, sizeof before.sign);
	assert_string_equal(before.name, after.name);
	assert_int_equal(open_only(path, next, NULL), 0);
	assert_int_equal(open_only(path, PASSPHRASE, NULL), E_ENCRYPTED);
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	free((void *)was.p);
}

static bool openssl_agrees(const unsigned char *sign, span message, const unsigned char *signature)
{
	EVP_PKEY *p = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, sign, KEY_PUBLIC);
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	bool good = p && c && EVP_DigestVerifyInit(c, NULL, NULL, NULL, p) == 1 &&
		    EVP_DigestVerify(c, signature, KEY_SIGNATURE, (const unsigned char *)message.p,
				     message.n) == 1;
	EVP_MD_CTX_free(c);
	EVP_PKEY_free(p);
	return good;
}

static void test_signatures(void **state)
{
	(void)state;
	struct key *k, *other = make_key(folder, "other");
	unsigned char s[KEY_SIGNATURE], again[KEY_SIGNATURE];
	char text[] = "the head of the log";
	span bytes = { text, sizeof text - 1 };
	assert_int_equal(key_open(&k, path, PASSPHRASE, NULL), 0);
	const unsigned char *sign = key_public(k)->sign;
	assert_int_equal(key_sign(k, "log", bytes, s, NULL), 0);
	assert_int_equal(key_sign(k, "log", bytes, again, NULL), 0);
	assert_memory_equal(s, again, sizeof s);
	assert_int_equal(key_verify(sign, "log", bytes, s, NULL), 0);
	/* anyone can check it, without this program */
	assert_true(openssl_agrees(sign, SPAN("linecheck\0log\0the head of the log"), s));
	assert_false(openssl_agrees(sign, bytes, s));
	/* another purpose, another key, other bytes */
	assert_int_equal(key_verify(sign, "decision", bytes, s, NULL), E_FORMAT);
	assert_int_equal(key_verify(sign, "lo", bytes, s, NULL), E_FORMAT);
	assert_int_equal(key_verify(sign, "", SPAN("log\0the head of the log"), s, NULL), E_FORMAT);
	assert_int_equal(key_verify(key_public(other)->sign, "log", bytes, s, NULL), E_FORMAT);
	assert_int_equal(key_verify(sign, "log", (span){ text, bytes.n - 1 }, s, NULL), E_FORMAT);
	assert_int_equal(key_verify(sign, "log", (span){ text, bytes.n + 1 }, s, NULL), E_FORMAT);
	for (size_t i = 0; i < bytes.n * 8; i++) {
		text[i / 8] = (char)(text[i / 8] ^ 1 << i % 8);
		assert_int_equal(key_verify(sign, "log", bytes, s, NULL), E_FORMAT);
		text[i / 8] = (char)(text[i / 8] ^ 1 << i % 8);
	}
	for (size_t i = 0; i < sizeof s * 8; i++) {
		s[i / 8] = (unsigned char)(s[i / 8] ^ 1 << i % 8);
		assert_int_equal(key_verify(sign, "log", bytes, s, NULL), E_FORMAT);
		s[i / 8] = (unsigned char)(s[i / 8] ^ 1 << i % 8);
	}
	assert_int_equal(key_sign(k, "log", SPAN_NONE, s, NULL), 0);
	assert_int_equal(key_verify(sign, "log", SPAN(""), s, NULL), 0);
	/* keys of small order verify what nobody signed: here, an all-zero signature */
	unsigned char weak[KEY_PUBLIC] = { 1 }, nothing[KEY_SIGNATURE] = { 1 };
	assert_int_equal(key_verify(weak, "log", bytes, nothing, NULL), E_FORMAT);
	assert_int_equal(key_public_check(weak, NULL), E_USER);
	assert_int_equal(key_public_check(sign, NULL), 0);
	key_free(k);
	key_free(other);
}

static void test_sealed_to_a_key(void **state)
{
	(void)state;
	struct key *k, *other = make_key(folder, "other");
	struct err err = { 0 };
	char secret[KEY_SECRET_MAX + 1];
	for (size_t i = 0; i < sizeof secret; i++)
		secret[i] = (char)(i * 7);
	assert_int_equal(key_open(&k, path, PASSPHRASE, NULL), 0);
	const unsigned char *sign = key_public(k)->sign;
	const size_t sizes[] = { 0, 1, 32, KEY_SECRET_MAX };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct buf sealed = { 0 }, out = { 0 };
		span s = { secret, sizes[i] };
		assert_int_equal(key_seal(sign, s, &sealed, NULL), 0);
		assert_int_equal(key_unseal(k, buf_span(&sealed), &out, NULL), 0);
		assert_true(span_eq(buf_span(&out), s));
		assert_int_equal(key_unseal(other, buf_span(&sealed), &out, NULL), E_ENCRYPTED);
		assert_int_equal(out.n, sizes[i]);
		key_wipe(&out);
		assert_null(out.data);
		if (sizes[i] == 32) {
			for (size_t b = 0; b < sealed.n * 8; b++) {
				sealed.data[b / 8] = (char)(sealed.data[b / 8] ^ 1 << b % 8);
				assert_int_equal(key_unseal(k, buf_span(&sealed), &out, NULL),
						 E_ENCRYPTED);
				sealed.data[b / 8] = (char)(sealed.data[b / 8] ^ 1 << b % 8);
			}
			for (size_t n = 0; n < sealed.n; n++)
				assert_int_equal(
					key_unseal(k, (span){ sealed.data, n }, &out, NULL),
					E_ENCRYPTED);
		}
		buf_free(&sealed);
	}
	struct buf b = { 0 };
	assert_int_equal(key_seal(sign, (span){ secret, sizeof secret }, &b, NULL), E_LIMIT);
	assert_int_equal(key_unseal(k, SPAN_NONE, &b, &err), E_ENCRYPTED);
	assert_non_null(strstr(err.message, "Ada Example"));
	unsigned char zero[KEY_PUBLIC] = { 0 };
	assert_int_equal(key_seal(zero, SPAN("x"), &b, NULL), E_USER);
	assert_null(b.data);
	key_free(k);
	key_free(other);
}

/* RFC 8032, 7.1, TEST 1: which public half grows from which seed. */
static void test_known_key(void **state)
{
	(void)state;
	unsigned char seed[KEY_SEED];
	char sign[2 * KEY_PUBLIC + 1];
	assert_true(
		hex_read(seed, sizeof seed,
			 SPAN("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
	struct key *k = key_of_seed(seed, "Known");
	assert_non_null(k);
	hex_write(sign, key_public(k)->sign, KEY_PUBLIC);
	assert_string_equal(sign,
			    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
	/* sha256sum of those 32 bytes */
	assert_string_equal(key_public(k)->id, "21fe31dfa154a261");
	key_free(k);
}

static void test_hex(void **state)
{
	(void)state;
	unsigned char out[3] = { 9, 9, 9 };
	char text[7];
	assert_true(hex_read(out, 3, SPAN("00fa9b")));
	assert_memory_equal(out, "\x00\xfa\x9b", 3);
	hex_write(text, out, 3);
	assert_string_equal(text, "00fa9b");
	const char *bad[] = { "", "00fa9", "00fa9b0", "00FA9B", "00fa9g", "00fa9 ", "+0fa9b" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(hex_read(out, 3, span_z(bad[i])));
	assert_false(hex_read(out, 0, SPAN_NONE));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_made_and_opened),       TEST(test_what_a_real_key_costs),
		TEST(test_names_and_passphrases), TEST(test_each_bit_of_the_file),
		TEST(test_altered_with_care),     TEST(test_what_is_not_a_key_file),
		TEST(test_another_passphrase),    TEST(test_signatures),
		TEST(test_sealed_to_a_key),       cmocka_unit_test(test_known_key),
		cmocka_unit_test(test_hex),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
