/* ab_test.c - Android backups of every version, closed or open, whole or not, alone or within a
 * collection, give what is in them, or say why not. */
#include "acquire/ab.h"
#include "evidence_source.h"
#include "passwords.h"
#include <archive.h>
#include <archive_entry.h>
#include <openssl/evp.h>
#include <zlib.h>

#define NAME "apps/com.android.providers.telephony/db/mmssms.db"
#define IS_READ "read t-droid " NAME ": \"hello\"\n"
#define ROUNDS 100

static char folder[64];

static int set_up(void **state)
{
	(void)state;
	temp_folder(folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	remove_tree(folder);
	return 0;
}

/* ---- writing one ---- */

struct bytes {
	unsigned char *p;
	size_t n;
};

/* A tar as Android ends it: two blocks of zeros. */
static struct bytes tar_of(const char *name, span file)
{
	struct bytes b = { calloc(1, file.n + 16384), 0 };
	struct archive *a = archive_write_new();
	struct archive_entry *e = archive_entry_new();
	assert_int_equal(archive_write_set_format_by_name(a, "ustar"), ARCHIVE_OK);
	archive_write_set_bytes_per_block(a, 512);
	assert_int_equal(archive_write_open_memory(a, b.p, file.n + 16384, &b.n), ARCHIVE_OK);
	archive_entry_set_pathname(e, name);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0600);
	archive_entry_set_size(e, (int64_t)file.n);
	assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, file.p, file.n), (long)file.n);
	archive_entry_free(e);
	assert_int_equal(archive_write_free(a), ARCHIVE_OK);
	return b;
}

static struct bytes zlib_of(struct bytes b)
{
	uLongf n = compressBound(b.n);
	struct bytes z = { malloc(n), 0 };
	assert_int_equal(compress(z.p, &n, b.p, b.n), Z_OK);
	z.n = n;
	free(b.p);
	return z;
}

static struct bytes aes(const unsigned char *key, const unsigned char *iv, struct bytes b)
{
	struct bytes out = { malloc(b.n + 16), 0 };
	int n = 0, last = 0;
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	assert_int_equal(EVP_EncryptInit_ex(c, EVP_aes_256_cbc(), NULL, key, iv), 1);
	assert_int_equal(EVP_EncryptUpdate(c, out.p, &n, b.p, (int)b.n), 1);
	assert_int_equal(EVP_EncryptFinal_ex(c, out.p + n, &last), 1);
	EVP_CIPHER_CTX_free(c);
	out.n = (size_t)n + (size_t)last;
	return out;
}

static void put_hex(struct buf *b, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_addf(b, "%02X", p[i]);
	buf_byte(b, '\n');
}

/* What Java's PBKDF2 takes for the bytes of the master key: each as a signed character, in UTF-8.
 */
static size_t java_chars(const unsigned char *key, int version, unsigned char *out)
{
	size_t n = 0;
	for (int i = 0; i < 32; i++) {
		if (key[i] < 0x80 || version == 1) {
			out[n++] = key[i];
			continue;
		}
		out[n++] = 0xef;
		out[n++] = (unsigned char)(0xbc | key[i] >> 6);
		out[n++] = (unsigned char)(0x80 | (key[i] & 0x3f));
	}
	return n;
}

static struct bytes closed_with(struct buf *head, int version, const char *password, struct bytes b)
{
	unsigned char salt[64], check_salt[64], iv[16], master_iv[16], master[32], key[32],
		wide[96];
	unsigned char open[83] = { 16 };
	for (unsigned i = 0; i < 64; i++) {
		salt[i] = (unsigned char)(i * 7);
		check_salt[i] = (unsigned char)(i * 11 + 3);
		iv[i % 16] = (unsigned char)(i + 90);
		master_iv[i % 16] = (unsigned char)(i * 3);
		master[i % 32] = (unsigned char)(i * 37 + 5);
	}
	memcpy(open + 1, master_iv, 16);
	open[17] = 32;
	memcpy(open + 18, master, 32);
	open[50] = 32;
	size_t wide_n = java_chars(master, version, wide);
	PKCS5_PBKDF2_HMAC_SHA1((char *)wide, (int)wide_n, check_salt, 64, ROUNDS, 32, open + 51);
	PKCS5_PBKDF2_HMAC_SHA1(password, (int)strlen(password), salt, 64, ROUNDS, 32, key);
	struct bytes sealed = aes(key, iv, (struct bytes){ open, sizeof open });
	put_hex(head, salt, 64);
	put_hex(head, check_salt, 64);
	buf_addf(head, "%d\n", ROUNDS);
	put_hex(head, iv, 16);
	put_hex(head, sealed.p, sealed.n);
	free(sealed.p);
	struct bytes out = aes(master, master_iv, b);
	free(b.p);
	return out;
}

/* Gives the length of the head. password NULL: open. */
static size_t write_ab(const char *path, int version, bool packed, const char *password,
		       struct bytes tar)
{
	struct buf all = { 0 };
	buf_addf(&all, "ANDROID BACKUP\n%d\n%d\n%s\n", version, packed,
		 password ? "AES-256" : "none");
	if (packed)
		tar = zlib_of(tar);
	if (password)
		tar = closed_with(&all, version, password, tar);
	size_t head = all.n;
	buf_add(&all, (span){ (char *)tar.p, tar.n });
	write_file(path, buf_span(&all));
	buf_free(&all);
	free(tar.p);
	return head;
}

static struct bytes phone(void)
{
	if (access(in(folder, "sms.db"), F_OK) != 0)
		make_db(in(folder, "sms.db"), SMS("hello"));
	span db = read_file(in(folder, "sms.db"));
	struct bytes tar = tar_of(NAME, db);
	free((void *)(uintptr_t)db.p);
	return tar;
}

static const char *make(const char *name, int version, bool packed, const char *password)
{
	static char path[128];
	struct bytes tar = phone();
	snprintf(path, sizeof path, "%s", in(folder, name));
	write_ab(path, version, packed, password, tar);
	return path;
}

/* Keep only the first n bytes; negative: leave out that many at the end. */
static void cut(const char *path, long n)
{
	span all = read_file(path);
	size_t keep = n < 0 ? all.n - (size_t)-n : (size_t)n;
	write_file(path, (span){ all.p, keep });
	free((void *)(uintptr_t)all.p);
}

static void change(const char *path, size_t at)
{
	span all = read_file(path);
	((char *)(uintptr_t)all.p)[at < all.n ? at : all.n - 1] ^= 0x55;
	write_file(path, all);
	free((void *)(uintptr_t)all.p);
}

/* Another hexadecimal digit. */
static void change_digit(const char *path, size_t at)
{
	span all = read_file(path);
	char *p = (char *)(uintptr_t)all.p + at;
	*p = *p == '0' ? '1' : '0';
	write_file(path, all);
	free((void *)(uintptr_t)all.p);
}

/* ---- reading one ---- */

/* The passwords are lines; NULL: nobody can be asked. */
static void expect_opened(const char *path, const char *lines, const char *want)
{
	struct passwords *p = NULL;
	struct source *s;
	struct buf got = { 0 };
	struct err err = { 0 };
	char vault[96];
	int fds[2];
	snprintf(vault, sizeof vault, "%s/vault", folder);
	remove_tree(vault);
	assert_int_equal(mkdir(vault, 0700), 0);
	if (lines) {
		assert_int_equal(pipe(fds), 0);
		assert_int_equal(write(fds[1], lines, strlen(lines)), (long)strlen(lines));
		close(fds[1]);
		assert_int_equal(passwords_new(&p, fds[0], false, NULL, NULL, NULL), 0);
	}
	struct source_options o = { .vault_dir = vault,
				    .vault_key = test_vault_key(),
				    .parsers = test_parsers,
				    .passwords = p };
	int rc = source_open(&s, path, &o, &err);
	if (rc) {
		buf_addf(&got, "error %s: %s\n", err_word(rc), err.message);
	} else {
		tell_source(s, &got);
		source_close(s);
	}
	expect_text(got.data ? got.data : "", want);
	buf_free(&got);
	passwords_free(p);
	if (lines)
		close(fds[0]);
}

static void test_every_version_opens(void **state)
{
	(void)state;
	for (int version = 1; version <= 5; version++)
		for (int packed = 0; packed < 2; packed++) {
			expect_opened(make("a.ab", version, packed, NULL), NULL, IS_READ);
			expect_opened(make("a.ab", version, packed, "pass word"), "no\npass word\n",
				      IS_READ);
		}
	expect_opened(make("a.ab", 9, true, NULL), NULL,
		      IS_READ "note : an Android backup of version 9: linecheck was tested with 1 "
			      "to 5\n");
}

static void test_a_password_of_other_letters(void **state)
{
	(void)state;
	expect_opened(make("a.ab", 3, true, "caf\303\251 \360\237\215\213"),
		      "caf\303\251 \360\237\215\213\n", IS_READ);
	/* version 1: the low bytes of Java's characters */
	expect_opened(make("a.ab", 1, true, "caf\351"), "caf\303\251\n", IS_READ);
}

static void test_without_its_password(void **state)
{
	(void)state;
	const char *path = make("a.ab", 5, true, "secret");
	expect_opened(path, NULL, "encrypted - a.ab (the Android backup is encrypted: ...\n");
	expect_opened(path, "wrong\n",
		      "error encrypted: The password that was given does not open "
		      "the encrypted Android backup...\n");
}

static void test_cut_anywhere_is_said(void **state)
{
	(void)state;
	static const char *const passwords[] = { NULL, "secret" };
	for (int closed = 0; closed < 2; closed++) {
		make("a.ab", 5, true, passwords[closed]);
		/* all of zlib's bytes but its checksum: nothing of the file is missing */
		cut(in(folder, "a.ab"), closed ? -16 : -3);
		expect_opened(in(folder, "a.ab"), closed ? "secret\n" : NULL,
			      closed ? "read t-droid " NAME ": (error 11)\n"
				       "loss " NAME ": damaged in the archive, read as far as it "
				       "came: the encrypted backup is cut short or damaged: ...\n"
				       "loss : the archive is damaged or cut short: ...\n"
				       "loss " NAME ": the archive says 8192 bytes, but holds ...\n"
				     : IS_READ "loss : the end of the archive: the backup is cut "
					       "short: its compressed bytes do not end\n");
	}
	make("a.ab", 5, false, NULL);
	cut(in(folder, "a.ab"), -1024);
	expect_opened(in(folder, "a.ab"), NULL,
		      IS_READ "loss : the Android backup has no end mark: it may be cut short, and "
			      "files may be missing\n");
	for (long n = 15; n < 24; n++) {
		make("a.ab", 5, true, NULL);
		cut(in(folder, "a.ab"), n);
		expect_opened(in(folder, "a.ab"), NULL, "error format: ...\n");
	}
}

static void test_damage_is_said(void **state)
{
	(void)state;
	make("a.ab", 5, true, NULL);
	change(in(folder, "a.ab"), 60);
	expect_opened(in(folder, "a.ab"), NULL,
		      "error format: The archive cannot be read: the "
		      "compressed bytes of the backup are damaged.\n");
	make("a.ab", 5, true, "secret");
	change_digit(in(folder, "a.ab"), 100); /* a salt: no password opens it now */
	expect_opened(in(folder, "a.ab"), "secret\n", "error encrypted: ...\n");
	write_file(in(folder, "a.ab"), SPAN("ANDROID BACKUP\n5\n1\nAES-128\n"));
	expect_opened(in(folder, "a.ab"), NULL,
		      "error format: The Android backup is encrypted in a way that linecheck does "
		      "not know ('AES-128').\n");
	write_file(in(folder, "a.ab"),
		   SPAN("ANDROID BACKUP\n5\n1\nAES-256\n00\n00\n4000000000\n00\n00\n"));
	expect_opened(in(folder, "a.ab"), "secret\n", "error limit: ...\n");
}

static void test_within_a_collection(void **state)
{
	(void)state;
	make("collection/backup.ab", 5, true, "secret");
	write_file(in(folder, "collection/getprop.txt"), SPAN("[a]: [b]\n"));
	expect_opened(in(folder, "collection"), "secret\n",
		      "read t-droid backup.ab/" NAME ": \"hello\"\n");
	expect_opened(in(folder, "collection"), NULL,
		      "encrypted - backup.ab (the Android backup is encrypted: ...\n");
	/* the same, packed */
	span ab = read_file(in(folder, "collection/backup.ab"));
	struct bytes tar = tar_of("x/backup.ab", ab);
	write_file(in(folder, "c.tar"), (span){ (char *)tar.p, tar.n });
	expect_opened(in(folder, "c.tar"), "secret\n",
		      "read t-droid x/backup.ab/" NAME ": \"hello\"\n");
	tar = zlib_of(tar);
	free(tar.p);
	/* a damaged one does not end the collection */
	write_file(in(folder, "collection/backup.ab"), (span){ ab.p, 300 });
	write_file(in(folder, "collection/a.list"), SPAN("<list>a"));
	expect_opened(in(folder, "collection"), "secret\n",
		      "read t-list a.list: \"<list>a\"\n"
		      "unreadable - backup.ab (The Android backup ends within its head: ...\n");
	/* named so, and another thing */
	write_file(in(folder, "collection/backup.ab"), SPAN("words"));
	expect_opened(in(folder, "collection"), NULL,
		      "read t-list a.list: \"<list>a\"\n"
		      "loss backup.ab: an archive within the source: not opened. Take it out, and "
		      "give it as a source of its own\n");
	free((void *)(uintptr_t)ab.p);
}

static ptrdiff_t read_small(void *user, void *buf, size_t n, struct err *err)
{
	span *left = user;
	(void)err;
	size_t take = left->n < n ? left->n : n;
	take = take < 1000 ? take : 1000;
	memcpy(buf, left->p, take);
	*left = span_from(*left, take);
	return (ptrdiff_t)take;
}

static void test_a_bomb_is_bounded(void **state)
{
	(void)state;
	struct bytes zeros = { calloc(1, 8 << 20), 8 << 20 };
	struct ab *a;
	struct err err = { 0 };
	const void *block;
	ptrdiff_t n;
	uint64_t given = 0;
	write_ab(in(folder, "a.ab"), 5, true, NULL, zeros);
	span all = read_file(in(folder, "a.ab")), left = all;
	assert_int_equal(ab_open(&a, read_small, &left, 1 << 20, NULL, &err), 0);
	while ((n = ab_next(a, &block, &err)) > 0)
		given += (uint64_t)n;
	assert_int_equal(n, E_LIMIT);
	assert_true(given <= 1 << 20);
	ab_free(a);
	free((void *)(uintptr_t)all.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_every_version_opens, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_a_password_of_other_letters, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_without_its_password, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cut_anywhere_is_said, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_damage_is_said, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_within_a_collection, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_a_bomb_is_bounded, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
