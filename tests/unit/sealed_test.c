/* sealed_test.c - a folder in one encrypted file: it comes back, or an error says why not. */
#include "ending/sealed_head.h"
#include "ending/sealed_stream.h"
/* the parts above are for making files that the program would not */
#include "key_maker.h"
#include <sodium.h>

static char root[64], folder[96], out[96], file[96];
static struct key *ada, *bea;
static const struct sealed_progress quiet = { NULL, NULL };
static const struct sealed_about about = {
	"0123456789abcdef0123456789abcdef",
	"00000000000000000000000000000000000000000000000000000000000000aa", 7, "2027-03-31", false
};

static int set_up(void **state)
{
	(void)state;
	temp_folder(root);
	snprintf(folder, sizeof folder, "%s/case", root);
	snprintf(out, sizeof out, "%s/out", root);
	snprintf(file, sizeof file, "%s/case.sealed", root);
	ada = make_key(root, "ada");
	bea = make_key(root, "bea");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	key_free(ada);
	key_free(bea);
	remove_tree(root);
	return 0;
}

static void make_small(void)
{
	remove_tree(folder);
	write_file(in(folder, "case.db"), SPAN("the database"));
	write_file(in(folder, "vault/EX1/0001"), SPAN("noise"));
	write_file(in(folder, "empty"), SPAN(""));
	mkdir(in(folder, "hollow"), 0700);
}

static int seal_to(const struct sealed_to *to, struct err *err)
{
	int held = -1;
	unlink(file);
	int rc = sealed_write(file, folder, &about, to, &quiet, &held, err);
	if (held >= 0)
		close(held);
	return rc;
}

static void seal(void)
{
	const struct sealed_to to = { .key = key_public(ada), .keys = 1 };
	struct err err = { 0 };
	if (seal_to(&to, &err))
		fail_msg("%s", err.message);
}

static int unpack(const struct sealed_with *with, struct err *err)
{
	remove_tree(out);
	assert_int_equal(mkdir(out, 0700), 0);
	return sealed_unpack(file, with, out, &quiet, err);
}

static int unpack_as(const struct key *k, struct err *err)
{
	return unpack(&(struct sealed_with){ .key = k }, err);
}

static void expect_file(const char *name, span want)
{
	span is = read_file(in(out, name));
	assert_true(span_eq(is, want));
	free((void *)is.p);
}

static void expect_small(void)
{
	struct stat st;
	expect_file("case.db", SPAN("the database"));
	expect_file("vault/EX1/0001", SPAN("noise"));
	expect_file("empty", SPAN(""));
	assert_true(stat(in(out, "hollow"), &st) == 0 && S_ISDIR(st.st_mode));
	assert_true(stat(in(out, "case.db"), &st) == 0 && (st.st_mode & 0777) == 0600);
}

static void comes_back(void **state)
{
	(void)state;
	struct key_public both[2] = { *key_public(ada), *key_public(bea) };
	const struct sealed_to to = {
		.key = both, .keys = 2, .passphrase = PASSPHRASE, .cost = cheap
	};
	struct err err = { 0 };
	struct sealed_peek p;
	make_small();
	assert_int_equal(seal_to(&to, NULL), 0);
	assert_int_equal(unpack_as(ada, NULL), 0);
	expect_small();
	assert_int_equal(unpack_as(bea, NULL), 0);
	expect_small();
	assert_int_equal(unpack(&(struct sealed_with){ .passphrase = PASSPHRASE }, NULL), 0);
	expect_small();
	assert_int_equal(
		unpack(&(struct sealed_with){ .passphrase = SPAN("correct horse batterz") }, &err),
		E_ENCRYPTED);
	assert_non_null(strstr(err.message, "passphrase does not open"));
	/* what stands in clear, and nothing else does */
	assert_int_equal(sealed_peek(file, &p, NULL), 0);
	assert_string_equal(p.about.case_id, about.case_id);
	assert_string_equal(p.about.head, about.head);
	assert_string_equal(p.about.review_by, "2027-03-31");
	assert_true(p.about.seq == 7 && !p.about.training && p.has_passphrase && p.keys == 2);
	assert_string_equal(p.key[1].id, key_public(bea)->id);
	assert_string_equal(p.key[1].name, "bea");
	span bytes = read_file(file);
	assert_null(memmem(bytes.p, bytes.n, "database", 8));
	assert_null(memmem(bytes.p, bytes.n, "case.db", 7));
	free((void *)bytes.p);
}

static void of_all_sizes(void **state)
{
	(void)state;
	const size_t sizes[] = { 1, 65000, 65536, 131072, 200001 };
	char *bytes = malloc(200001);
	for (size_t i = 0; i < 200001; i++)
		bytes[i] = (char)(i * 2654435761u >> 9 & 255);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (size_t less = 0; less < 60;
		     less += 3) { /* ends before, at, behind a chunk's */
			size_t n = sizes[i] > less ? sizes[i] - less : 1;
			remove_tree(folder);
			write_file(in(folder, "f"), (span){ bytes, n });
			seal();
			assert_int_equal(unpack_as(ada, NULL), 0);
			expect_file("f", (span){ bytes, n });
		}
	free(bytes);
}

static void not_for_others(void **state)
{
	(void)state;
	struct err err = { 0 };
	make_small();
	seal();
	assert_int_equal(unpack_as(bea, &err), E_ENCRYPTED);
	assert_non_null(strstr(err.message, "not sealed to your key"));
	err = (struct err){ 0 };
	assert_int_equal(unpack(&(struct sealed_with){ .passphrase = PASSPHRASE }, &err),
			 E_ENCRYPTED);
	assert_non_null(strstr(err.message, "not to a passphrase"));
	assert_int_equal(unpack(&(struct sealed_with){ 0 }, NULL), E_ENCRYPTED);
	assert_int_equal(seal_to(&(struct sealed_to){ 0 }, NULL), E_USER);
	struct stat st;
	assert_int_equal(stat(file, &st), -1);
}

static void every_bit_counts(void **state)
{
	(void)state;
	make_small();
	seal();
	span whole = read_file(file);
	char *p = (char *)(uintptr_t)whole.p;
	for (size_t bit = 0; bit < 8 * whole.n; bit++) {
		struct err err = { 0 };
		p[bit / 8] ^= (char)(1 << bit % 8);
		write_file(file, whole);
		p[bit / 8] ^= (char)(1 << bit % 8);
		int rc = unpack_as(ada, &err);
		if ((rc != E_FORMAT && rc != E_ENCRYPTED) || !err.message[0])
			fail_msg("bit %zu of %zu: %d '%s'", bit, 8 * whole.n, rc, err.message);
	}
	write_file(file, whole);
	assert_int_equal(unpack_as(ada, NULL), 0);
	free(p);
}

static void cut_and_mixed(void **state)
{
	(void)state;
	struct err err = { 0 };
	remove_tree(folder);
	char *bytes = calloc(1, 300000);
	write_file(in(folder, "f"), (span){ bytes, 300000 });
	seal();
	span whole = read_file(file);
	size_t head = whole.n - (size_t)chunk_stored(1 + 2 + 1 + 8 + 300000 + 1 + 8);
	const size_t cuts[] = { 0,
				7,
				11,
				12,
				head - 1,
				head,
				head + 16,
				head + CHUNK_STRIDE - 1,
				head + CHUNK_STRIDE,
				head + 2 * CHUNK_STRIDE,
				whole.n - 17,
				whole.n - 1 };
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		err = (struct err){ 0 };
		write_file(file, (span){ whole.p, cuts[i] });
		assert_int_equal(unpack_as(ada, &err), E_FORMAT);
		assert_non_null(
			strstr(err.message, cuts[i] < head ? "not a sealed case" : "not whole"));
	}
	char *mixed = malloc(whole.n + 1);
	memcpy(mixed, whole.p, whole.n);
	mixed[whole.n] = 0;
	write_file(file, (span){ mixed, whole.n + 1 });
	err = (struct err){ 0 };
	assert_int_equal(unpack_as(ada, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "not whole"));
	memcpy(mixed + head, whole.p + head + CHUNK_STRIDE, CHUNK_STRIDE);
	memcpy(mixed + head + CHUNK_STRIDE, whole.p + head, CHUNK_STRIDE);
	write_file(file, (span){ mixed, whole.n });
	err = (struct err){ 0 };
	assert_int_equal(unpack_as(ada, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "altered"));
	free(mixed);
	free((void *)whole.p);
	free(bytes);
}

/* ---- what somebody else could seal to our key ---- */

static void seal_bytes(span plain)
{
	struct sealed_head h = { .about = about, .size = plain.n };
	const struct sealed_to to = { .key = key_public(ada), .keys = 1 };
	unsigned char key[CHUNK_KEY] = { 1 };
	char sha256[65];
	struct chunk_key k;
	struct sealed_out *o;
	struct buf bytes = { 0 };
	assert_int_equal(sealed_head_lock(&h, key, &to, NULL), 0);
	assert_int_equal(sealed_head_write(&h, &bytes, NULL), 0);
	chunk_key_of(&k, key, h.id, buf_span(&bytes));
	write_file(file, buf_span(&bytes));
	int fd = open(file, O_RDWR | O_CLOEXEC);
	assert_int_equal(sealed_out_open(&o, fd, bytes.n, &k, plain.n, NULL), 0);
	assert_int_equal(sealed_out_put(o, plain, NULL), 0);
	assert_int_equal(sealed_out_end(o, sha256, NULL), 0);
	sealed_out_free(o);
	close(fd);
	buf_free(&bytes);
}

static void name(struct buf *b, char kind, const char *path, size_t n)
{
	buf_byte(b, kind);
	buf_byte(b, (char)(n >> 8));
	buf_byte(b, (char)(n & 255));
	buf_add(b, (span){ path, n });
}

static void number(struct buf *b, uint64_t v)
{
	for (int shift = 56; shift >= 0; shift -= 8)
		buf_byte(b, (char)(v >> shift & 255));
}

static void strange_names(void **state)
{
	(void)state;
	static const char *const paths[] = {
		"..",        ".",     "",     "/etc/x", "../x",
		"d/../../x", "d/./x", "d//x", "d/",     "a/b/c/d/e/f/g/h/i/j",
		"missing/x", "f" /* twice */
	};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		for (int kind = 0; kind < 2; kind++) {
			struct buf b = { 0 };
			name(&b, 'F', "f", 1);
			number(&b, 0);
			name(&b, 'D', "d", 1);
			name(&b, kind ? 'F' : 'D', paths[i], strlen(paths[i]));
			if (kind)
				number(&b, 0);
			buf_byte(&b, 'E');
			number(&b, 3);
			seal_bytes(buf_span(&b));
			assert_int_equal(unpack_as(ada, NULL), E_FORMAT);
			buf_free(&b);
		}
	struct buf b = { 0 };
	name(&b, 'F', "a\0b", 3);
	number(&b, 0);
	seal_bytes(buf_span(&b));
	assert_int_equal(unpack_as(ada, NULL), E_FORMAT);
	buf_free(&b);
	struct stat st;
	assert_int_equal(stat(in(root, "x"), &st), -1);
}

static void strange_bytes(void **state)
{
	(void)state;
	struct buf b[6] = { 0 };
	name(&b[0], 'F', "f", 1);
	number(&b[0], UINT64_MAX);
	name(&b[1], 'F', "f", 1);
	number(&b[1], 0); /* no end */
	buf_byte(&b[2], 'E');
	number(&b[2], 1);
	buf_byte(&b[3], 'E');
	number(&b[3], 0);
	buf_byte(&b[3], 'E'); /* more behind the end */
	buf_byte(&b[4], 'L');
	buf_byte(&b[5], 'F');
	for (size_t i = 0; i < sizeof b / sizeof *b; i++) {
		struct err err = { 0 };
		seal_bytes(buf_span(&b[i]));
		assert_int_equal(unpack_as(ada, &err), E_FORMAT);
		assert_true(err.message[0] != 0);
		buf_free(&b[i]);
	}
	/* and one that is right, so that the above are wrong for their own reasons */
	buf_byte(&b[0], 'E');
	number(&b[0], 0);
	seal_bytes(buf_span(&b[0]));
	assert_int_equal(unpack_as(ada, NULL), 0);
	buf_free(&b[0]);
}

static void links_are_refused(void **state)
{
	(void)state;
	struct err err = { 0 };
	const struct sealed_to to = { .key = key_public(ada), .keys = 1 };
	make_small();
	assert_int_equal(symlink("/etc/passwd", in(folder, "link")), 0);
	assert_int_equal(seal_to(&to, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "link"));
	unlink(in(folder, "link"));
	assert_int_equal(mkfifo(in(folder, "pipe"), 0600), 0);
	assert_int_equal(seal_to(&to, NULL), E_REFUSED);
	/* nothing is overwritten */
	int held = -1;
	make_small();
	write_file(file, SPAN("mine"));
	assert_int_equal(sealed_write(file, folder, &about, &to, &quiet, &held, NULL), E_IO);
	span is = read_file(file);
	assert_true(span_eq(is, SPAN("mine")));
	free((void *)is.p);
}

/* libsodium's ChaCha20-Poly1305 and OpenSSL's are each other's test. */
static void chunks_are_rfc_8439(void **state)
{
	(void)state;
	struct chunk_key k;
	unsigned char from[CHUNK_KEY] = { 1, 2, 3 }, id[CHUNK_ID] = { 9 }, sealed[100 + CHUNK_TAG],
		      plain[100], nonce[12] = { 0, 0, 0, 0, 5 },
		      ad[13] = { 5, 0, 0, 0, 0, 0, 0, 0, 1, 100 };
	unsigned long long n = 0;
	for (size_t i = 0; i < sizeof plain; i++)
		plain[i] = (unsigned char)i;
	chunk_key_of(&k, from, id, SPAN("bound"));
	assert_int_equal(chunk_seal(&k, 5, true, (span){ (char *)plain, 100 }, sealed, NULL), 0);
	unsigned char again[100];
	assert_int_equal(crypto_aead_chacha20poly1305_ietf_decrypt(again, &n, NULL, sealed,
								   sizeof sealed, ad, sizeof ad,
								   nonce, k.bytes),
			 0);
	assert_memory_equal(again, plain, 100);
	span s = { (char *)sealed, sizeof sealed };
	assert_true(chunk_open(&k, 5, true, s, again));
	assert_false(chunk_open(&k, 5, false, s, again));
	assert_false(chunk_open(&k, 6, true, s, again));
	assert_false(chunk_open(&k, 5, true, (span){ s.p, CHUNK_TAG }, again));
	struct chunk_key other;
	chunk_key_of(&other, from, id, SPAN("bounD"));
	assert_false(chunk_open(&other, 5, true, s, again));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comes_back),          cmocka_unit_test(of_all_sizes),
		cmocka_unit_test(not_for_others),      cmocka_unit_test(every_bit_counts),
		cmocka_unit_test(cut_and_mixed),       cmocka_unit_test(strange_names),
		cmocka_unit_test(strange_bytes),       cmocka_unit_test(links_are_refused),
		cmocka_unit_test(chunks_are_rfc_8439),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
