/* vault_test.c - what goes into the vault comes out, and nothing half written is taken for whole.
 */
#include "evidence_helpers.h"
#include "vault.h"

static char folder[64];
static struct vault *vault;

static int set_up(void **state)
{
	(void)state;
	temp_folder(folder);
	return vault_open(&vault, folder, NULL);
}

static int tear_down(void **state)
{
	(void)state;
	vault_free(vault);
	vault = NULL;
	remove_tree(folder);
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
	/* "tail -c +4097" of a vault file is the file */
	char sha256[65];
	span raw = read_file(in(folder, "0006"));
	struct reader *r;
	assert_int_equal(reader_of_memory(&r, span_from(raw, 4096), NULL), 0);
	check(r, 200000);
	assert_int_equal(reader_sha256(r, sha256, NULL, NULL, NULL), 0);
	for (int i = 0; i < 32; i++) { /* and its header says so */
		char hex[3];
		snprintf(hex, sizeof hex, "%02x", (unsigned char)raw.p[32 + i]);
		assert_memory_equal(hex, sha256 + 2 * i, 2);
	}
	reader_free(r);
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
	assert_int_equal(vault_open(&vault, folder, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "not empty"));
}

static void test_damaged_files_are_refused(void **state)
{
	(void)state;
	char sha256[65], name[16];
	struct reader *r;
	struct err err = { 0 };
	assert_int_equal(vault_keep(vault, put(100000, sha256), name, NULL), 0);
	char path[128];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	span whole = read_file(path);
	if (!whole.p) {
		fail_msg("%s is not there", path);
		return;
	}
	/* killed while it was written: shorter than it says, or without a header */
	assert_int_equal(truncate(path, (off_t)whole.n - 1), 0);
	assert_int_equal(vault_read(vault, name, &r, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "not whole"));
	char *p = (char *)(uintptr_t)whole.p;
	const struct {
		size_t at;
		const char *words;
	} changes[] = { { 0, "not a vault file" }, { 8, "newer linecheck" }, { 12, "newer" },
			{ 16, "newer" },           { 20, "newer" },          { 24, "not whole" },
			{ 31, "not whole" } };
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		p[changes[i].at] ^= 0x55;
		write_file(path, whole);
		p[changes[i].at] ^= 0x55;
		err = (struct err){ 0 };
		assert_int_equal(vault_read(vault, name, &r, &err), E_FORMAT);
		assert_non_null(strstr(err.message, changes[i].words));
	}
	unlink(path);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(vault_read(vault, name, &r, NULL), E_IO);
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(vault_read(vault, name, &r, NULL), E_FORMAT);
	free(p);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_what_goes_in_comes_out),
		TEST(test_known_hash_and_holes),
		TEST(test_nothing_is_left_that_was_not_kept),
		TEST(test_damaged_files_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
