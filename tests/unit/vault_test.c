/* vault_test.c - what goes into the vault comes out, and nothing half written is taken for whole.
 */
#include "evidence_helpers.h"
#include "vault.h"

static char folder[96], root[64];
static struct vault *vault;
static struct vault_key *key;

static int set_up(void **state)
{
	(void)state;
	temp_folder(root);
	snprintf(folder, sizeof folder, "%s/EX1", root);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(vault_key_random(&key, NULL), 0);
	return vault_open(&vault, folder, key, NULL);
}

static int tear_down(void **state)
{
	(void)state;
	vault_free(vault);
	vault = NULL;
	vault_key_free(key);
	remove_tree(root);
	return 0;
}

static size_t files_in(const char *dir)
{
	size_t n = 0;
	DIR *d = opendir(dir);
	for (struct dirent *e; (e = readdir(d));)
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static char byte_at(uint64_t i)
{
	return (char)(unsigned char)((i * 2654435761u >> 7) & 255);
}

/* n bytes, given in uneven pieces. */
static uint32_t put(uint64_t n, char sha256[65])
{
	struct vault_writer *w;
	uint32_t number;
	uint64_t size = 0;
	char piece[70001];
	assert_int_equal(vault_create(vault, &w, &number, NULL), 0);
	for (uint64_t at = 0, step = 1; at < n; step = step * 5 % 70001) {
		size_t part = step < n - at ? (size_t)step : (size_t)(n - at);
		for (size_t i = 0; i < part; i++)
			piece[i] = byte_at(at + i);
		assert_int_equal(vault_write(w, (span){ piece, part }, NULL), 0);
		at += part;
	}
	assert_int_equal(vault_finish(w, sha256, &size, NULL), 0);
	assert_true(size == n);
	return number;
}

static void check(struct reader *r, uint64_t n)
{
	char piece[100];
	uint64_t seed = n;
	assert_true(reader_size(r) == n);
	for (int i = 0; i < 200; i++) {
		uint64_t at = n ? rnd(&seed) % n : 0;
		size_t want = rnd(&seed) % sizeof piece;
		ptrdiff_t got = reader_at(r, piece, want, at, NULL);
		assert_int_equal(got, want < n - at ? want : n - at);
		for (ptrdiff_t k = 0; k < got; k++)
			assert_int_equal(piece[k], byte_at(at + (uint64_t)k));
	}
	assert_int_equal(reader_at(r, piece, 1, n, NULL), 0);
}

static void test_what_goes_in_comes_out(void **state)
{
	(void)state;
	const uint64_t sizes[] = { 0, 1, 65535, 65536, 65537, 200000, 262144 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		char sha256[65], again[65], name[16], number[16];
		struct reader *r;
		uint32_t n = put(sizes[i], sha256);
		assert_int_equal(vault_read_number(vault, n, &r, NULL), 0);
		check(r, sizes[i]);
		reader_free(r);
		assert_int_equal(vault_keep(vault, n, name, NULL), 0);
		snprintf(number, sizeof number, "%04zu", i + 1);
		assert_string_equal(name, number);
		assert_int_equal(vault_read(vault, name, &r, NULL), 0);
		check(r, sizes[i]);
		assert_int_equal(reader_sha256(r, again, NULL, NULL, NULL), 0);
		assert_string_equal(sha256, again);
		reader_free(r);
		struct stat st;
		assert_int_equal(stat(in(folder, name), &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
	assert_int_equal(vault_sync(vault, NULL), 0);
	/* 64 KiB and 16 bytes a chunk, behind 88 bytes; and nothing of the file's bytes shows */
	span raw = read_file(in(folder, "0006"));
	assert_true(raw.n == 88 + 200000 + 4 * 16);
	for (uint64_t at = 0; at + 16 <= 200000; at += 16) {
		char piece[16];
		for (unsigned i = 0; i < sizeof piece; i++)
			piece[i] = byte_at(at + i);
		assert_null(memmem(raw.p, raw.n, piece, sizeof piece));
	}
	free((void *)raw.p);
}

static void test_known_hash_and_holes(void **state)
{
	(void)state;
	struct vault_writer *w;
	uint32_t n;
	uint64_t size;
	char sha256[65];
	assert_int_equal(vault_create(vault, &w, &n, NULL), 0);
	assert_int_equal(vault_write(w, SPAN("abc"), NULL), 0);
	assert_int_equal(vault_finish(w, sha256, &size, NULL), 0);
	assert_string_equal(sha256,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	struct reader *r;
	char bytes[8];
	assert_int_equal(vault_create(vault, &w, &n, NULL), 0);
	assert_int_equal(vault_write_zeros(w, 150000, NULL), 0);
	assert_int_equal(vault_write(w, SPAN("end"), NULL), 0);
	assert_int_equal(vault_finish(w, sha256, &size, NULL), 0);
	assert_true(size == 150003);
	assert_int_equal(vault_read_number(vault, n, &r, NULL), 0);
	assert_int_equal(reader_at(r, bytes, sizeof bytes, 149998, NULL), 5);
	assert_memory_equal(bytes, "\0\0end", 5);
	reader_free(r);
}

static void test_nothing_is_left_that_was_not_kept(void **state)
{
	(void)state;
	struct vault_writer *w;
	uint32_t n;
	char sha256[65], name[16];
	put(100, sha256);
	uint32_t kept = put(200, sha256);
	vault_drop(vault, put(300, sha256));
	assert_int_equal(vault_create(vault, &w, &n, NULL), 0);
	assert_int_equal(vault_write(w, SPAN("half"), NULL), 0);
	vault_abandon(w);
	assert_int_equal(vault_keep(vault, kept, name, NULL), 0);
	assert_int_equal(files_in(folder), 2);
	vault_free(vault);
	vault = NULL;
	assert_int_equal(files_in(folder), 1);
	/* the folder of an exhibit is for one run only */
	struct err err = { 0 };
	assert_int_equal(vault_open(&vault, folder, key, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "not empty"));
}

/* All bytes of a kept file, or the first error. */
static int read_kept(struct vault *v, const char *name, struct buf *ret, struct err *err)
{
	struct reader *r;
	char piece[50000];
	int rc = vault_read(v, name, &r, err);
	if (rc)
		return rc;
	for (uint64_t at = 0; !rc && at < reader_size(r);) {
		ptrdiff_t n = reader_at(r, piece, sizeof piece, at, err);
		if (n <= 0)
			rc = n ? (int)n : E_IO;
		else
			buf_add(ret, (span){ piece, (size_t)n });
		at += n > 0 ? (uint64_t)n : 0;
	}
	reader_free(r);
	return rc;
}

static void expect_error(const char *name, int code, const char *words)
{
	struct buf b = { 0 };
	struct err err = { 0 };
	int rc = read_kept(vault, name, &b, &err);
	if (rc != code || !strstr(err.message, words))
		fail_msg("%d '%s', not %d '%s'", rc, err.message, code, words);
	buf_free(&b);
}

static void test_every_bit_counts(void **state)
{
	(void)state;
	char sha256[65], name[16], path[128];
	assert_int_equal(vault_keep(vault, put(300, sha256), name, NULL), 0);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	span whole = read_file(path);
	char *p = (char *)(uintptr_t)whole.p;
	assert_true(whole.n == 88 + 300 + 16);
	for (size_t bit = 0; bit < 8 * whole.n; bit++) {
		struct buf b = { 0 };
		struct err err = { 0 };
		p[bit / 8] ^= (char)(1 << bit % 8);
		write_file(path, whole);
		p[bit / 8] ^= (char)(1 << bit % 8);
		int rc = read_kept(vault, name, &b, &err);
		/* the id of the key is what tells another key from an altered file */
		if (rc != (bit / 8 >= 40 && bit / 8 < 56 ? E_ENCRYPTED : E_FORMAT) || b.n ||
		    !err.message[0])
			fail_msg("bit %zu: %d, %zu bytes, '%s'", bit, rc, b.n, err.message);
		buf_free(&b);
	}
	write_file(path, whole);
	struct buf b = { 0 };
	assert_int_equal(read_kept(vault, name, &b, NULL), 0);
	assert_true(b.n == 300);
	buf_free(&b);
	free(p);
}

/* Cut anywhere, or longer: an error, also where the reader was open before the cut. */
static void test_a_length_that_is_not_right(void **state)
{
	(void)state;
	char sha256[65], name[16], path[128], byte;
	assert_int_equal(vault_keep(vault, put(3 * 65536, sha256), name, NULL), 0);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	span whole = read_file(path);
	const size_t stride = 65552;
	const size_t cuts[] = { 0,
				1,
				87,
				88,
				89,
				88 + 16,
				88 + stride - 1,
				88 + stride,
				88 + stride + 1,
				88 + 2 * stride,
				88 + 2 * stride + 16,
				88 + 2 * stride + 17,
				whole.n - 17,
				whole.n - 16,
				whole.n - 1 };
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		struct reader *r;
		struct err err = { 0 };
		write_file(path, whole);
		assert_int_equal(vault_read(vault, name, &r, NULL), 0);
		assert_int_equal(truncate(path, (off_t)cuts[i]), 0);
		expect_error(name, E_FORMAT, "not whole");
		assert_int_equal(reader_at(r, &byte, 1, 3 * 65536 - 1, &err), E_FORMAT);
		assert_non_null(strstr(err.message, "not whole"));
		reader_free(r);
	}
	write_file(path, whole);
	assert_int_equal(truncate(path, (off_t)whole.n + 1), 0);
	expect_error(name, E_FORMAT, "not whole");
	free((void *)whole.p);
}

/* Chunks and files cannot take each other's places. */
static void test_order_and_place(void **state)
{
	(void)state;
	char sha256[65], one[16], two[16], path[128], other[128];
	assert_int_equal(vault_keep(vault, put(3 * 65536, sha256), one, NULL), 0);
	assert_int_equal(vault_keep(vault, put(3 * 65536, sha256), two, NULL), 0);
	snprintf(path, sizeof path, "%s/%s", folder, one);
	snprintf(other, sizeof other, "%s/%s", folder, two);
	span a = read_file(path), b = read_file(other);
	const size_t stride = 65552;
	assert_true(a.n == b.n && a.n == 88 + 3 * stride);
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < 3; k++) {
			char *mixed = malloc(a.n);
			char *to = mixed + 88 + k * stride;
			const char *from = (i == k ? b.p : a.p) + 88 + i * stride;
			memcpy(mixed, a.p, a.n);
			memcpy(to, from, stride);
			write_file(path, (span){ mixed, a.n });
			expect_error(one, E_FORMAT, "altered");
			free(mixed);
		}
	write_file(path, b);
	expect_error(one, E_FORMAT, "another file under its name");
	/* the head of the one over the chunks of the other */
	char *mixed = malloc(a.n);
	memcpy(mixed, b.p, a.n);
	memcpy(mixed, a.p, 88);
	write_file(path, (span){ mixed, a.n });
	expect_error(one, E_FORMAT, "altered");
	free(mixed);
	/* in another exhibit */
	char elsewhere[128];
	struct vault *v;
	struct reader *r;
	struct err err = { 0 };
	write_file(path, a);
	snprintf(elsewhere, sizeof elsewhere, "%s/EX2", root);
	assert_int_equal(rename(folder, elsewhere), 0);
	assert_int_equal(vault_open_kept(&v, elsewhere, key, NULL), 0);
	assert_int_equal(vault_read(v, one, &r, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "another file under its name"));
	vault_free(v);
	assert_int_equal(rename(elsewhere, folder), 0);
	struct buf whole = { 0 };
	assert_int_equal(read_kept(vault, one, &whole, NULL), 0);
	buf_free(&whole);
	free((void *)a.p);
	free((void *)b.p);
}

static void test_another_key(void **state)
{
	(void)state;
	char sha256[65], name[16];
	struct vault_key *other;
	struct vault *v;
	struct reader *r;
	struct err err = { 0 };
	assert_int_equal(vault_keep(vault, put(100, sha256), name, NULL), 0);
	assert_int_equal(vault_key_random(&other, NULL), 0);
	assert_int_equal(vault_open_kept(&v, folder, other, NULL), 0);
	assert_int_equal(vault_read(v, name, &r, &err), E_ENCRYPTED);
	assert_non_null(strstr(err.message, "another key"));
	vault_free(v);
	vault_key_free(other);
	/* the same 32 bytes are the same key */
	assert_int_equal(vault_key_of(&other, vault_key_bytes(key), NULL), 0);
	assert_int_equal(vault_open_kept(&v, folder, other, NULL), 0);
	assert_int_equal(vault_read(v, name, &r, NULL), 0);
	check(r, 100);
	reader_free(r);
	vault_free(v);
	vault_key_free(other);
	assert_int_equal(vault_key_of(&other, SPAN("short"), &err), E_FORMAT);
}

/* A training vault is the same bytes each time; a real one never is. */
static void test_training_is_the_same_bytes(void **state)
{
	(void)state;
	char sha256[65], name[16];
	struct vault_key *training;
	span was[2];
	assert_int_equal(vault_key_training(&training, NULL), 0);
	assert_true(vault_key_is_training(training) && !vault_key_is_training(key));
	for (int real = 0; real < 2; real++) {
		for (int i = 0; i < 2; i++) {
			vault_free(vault);
			vault = NULL;
			remove_tree(folder);
			assert_int_equal(mkdir(folder, 0700), 0);
			assert_int_equal(vault_open(&vault, folder, real ? key : training, NULL),
					 0);
			assert_int_equal(vault_keep(vault, put(70000, sha256), name, NULL), 0);
			was[i] = read_file(in(folder, name));
		}
		assert_int_equal(span_eq(was[0], was[1]), !real);
		free((void *)was[0].p);
		free((void *)was[1].p);
	}
	vault_key_free(training);
}

static void test_what_is_no_vault_file(void **state)
{
	(void)state;
	char sha256[65], name[16], path[128];
	struct reader *r;
	assert_int_equal(vault_keep(vault, put(100, sha256), name, NULL), 0);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	unlink(path);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(vault_read(vault, name, &r, NULL), E_IO);
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(vault_read(vault, name, &r, NULL), E_FORMAT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_what_goes_in_comes_out),
		TEST(test_known_hash_and_holes),
		TEST(test_nothing_is_left_that_was_not_kept),
		TEST(test_every_bit_counts),
		TEST(test_a_length_that_is_not_right),
		TEST(test_order_and_place),
		TEST(test_another_key),
		TEST(test_training_is_the_same_bytes),
		TEST(test_what_is_no_vault_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
