/* pack_test.c - a pack opens whole, from a unit that was trusted, in its time, to those it is for.
 */
#include "canon.h"
#include "key_maker.h"
#include "pack.h"
#include "trust_edit.h"

#define DAY INT64_C(86400000)
#define TODAY (20000 * DAY)
#define BODY SPAN("line,identifier\nDeano,07700 900123\n")

static char folder[64], store[80];
static struct key *force, *desk, *ada, *bea;
static struct trust *trust;

static void load_trust(void)
{
	trust_free(trust);
	trust = NULL;
	assert_int_equal(trust_open_dir(&trust, store, NULL), 0);
}

static void add_unit(const struct key *k, const char *name, int64_t last)
{
	struct trust_entry e = {
		.name = name, .role = PERSON_ROLE_MAX, .from = TODAY, .last = last
	};
	memcpy(e.sign, key_public(k)->sign, sizeof e.sign);
	assert_int_equal(trust_add(store, &e, TODAY, force, NULL), 0);
}

static int set_up(void **state)
{
	(void)state;
	temp_folder(folder);
	snprintf(store, sizeof store, "%s/store", folder);
	setenv("HOME", folder, 1);
	force = make_key(folder, "Force");
	desk = make_key(folder, "Desk");
	ada = make_key(folder, "Ada");
	bea = make_key(folder, "Bea");
	assert_int_equal(trust_create(store, "Example Police", false, TODAY, force, NULL), 0);
	add_unit(desk, "Line Desk", TODAY + 9 * DAY);
	load_trust();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	key_free(force);
	key_free(desk);
	key_free(ada);
	key_free(bea);
	trust_free(trust);
	trust = NULL;
	remove_tree(folder);
	return 0;
}

static const struct pack_head plain = {
	.kind = PACK_LINES, .number = 7, .issued = TODAY + DAY, .expires = TODAY + 31 * DAY
};

static void make(struct buf *ret, const struct pack_head *h, const struct key *by,
		 const struct key *to)
{
	struct pack_recipient r[2];
	struct err err = { 0 };
	if (to) { /* among others */
		memcpy(r[0].sign, key_public(force)->sign, KEY_PUBLIC);
		memcpy(r[1].sign, key_public(to)->sign, KEY_PUBLIC);
	}
	buf_clear(ret);
	if (pack_make(ret, h, BODY, by, r, to ? 2 : 0, &err))
		fail_msg("%s", err.message);
}

static int open_at(span bytes, const struct key *reader, int64_t now, struct err *err)
{
	struct buf body = { 0 };
	struct pack_head h;
	buf_add(&body, SPAN("before"));
	int rc = pack_open(&body, &h, bytes, trust, reader, now, err);
	if (rc)
		assert_string_equal(body.data, "before");
	else
		assert_true(span_eq(span_from(buf_span(&body), 6), BODY));
	buf_free(&body);
	return rc;
}

static int open_now(span bytes, struct err *err)
{
	return open_at(bytes, ada, TODAY + 2 * DAY, err);
}

static void test_made_and_opened(void **state)
{
	(void)state;
	struct buf b = { 0 }, again = { 0 }, body = { 0 };
	struct pack_head h, peeked, want = plain;
	make(&b, &plain, desk, NULL);
	make(&again, &plain, desk, NULL);
	assert_true(span_eq(buf_span(&b), buf_span(&again))); /* same contents, same bytes */
	assert_memory_equal(b.data, "LCPACK1\n\0\0", 10);
	assert_int_equal(pack_open(&body, &h, buf_span(&b), trust, NULL, TODAY + DAY, NULL), 0);
	assert_true(span_eq(buf_span(&body), BODY));
	assert_int_equal(h.kind, PACK_LINES);
	assert_true(h.number == 7 && h.base == 0 && h.issued == plain.issued &&
		    h.expires == plain.expires && h.body_bytes == body.n);
	assert_false(h.sealed);
	assert_string_equal(h.unit, key_public(desk)->id);
	/* sha256sum of the file, and of the body within it, by another library */
	assert_int_equal(strlen(h.sha256), 64);
	assert_string_not_equal(h.sha256, h.body_sha256);
	assert_int_equal(pack_peek(&peeked, buf_span(&b), NULL), 0);
	assert_memory_equal(&peeked, &h, sizeof h);
	/* rules, a delta, nothing in it */
	want.kind = PACK_RULES, want.base = 6;
	buf_clear(&b);
	buf_clear(&body);
	assert_int_equal(pack_make(&b, &want, SPAN_NONE, desk, NULL, 0, NULL), 0);
	assert_int_equal(pack_open(&body, &h, buf_span(&b), trust, NULL, TODAY + DAY, NULL), 0);
	assert_int_equal(body.n, 0);
	assert_true(h.kind == PACK_RULES && h.base == 6);
	assert_string_equal(h.body_sha256,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	buf_free(&b);
	buf_free(&again);
	buf_free(&body);
}

/* The layout that pack.h gives, put together by hand. */
static void test_layout(void **state)
{
	(void)state;
	struct buf b = { 0 }, by_hand = { 0 };
	char head[600];
	unsigned char signature[KEY_SIGNATURE];
	make(&b, &plain, desk, NULL);
	struct pack_head h;
	assert_int_equal(pack_peek(&h, buf_span(&b), NULL), 0);
	int n = snprintf(
		head, sizeof head,
		"{\"base\":0,\"body\":{\"bytes\":35,\"sha256\":\"%s\"},\"expires\":\"2024-11-"
		"04T00:00:00.000Z\",\"issued\":\"2024-10-05T00:00:00.000Z\",\"kind\":"
		"\"lines\",\"number\":7,\"recipients\":[],\"unit\":\"%s\"}",
		h.body_sha256, key_public(desk)->id);
	buf_add(&by_hand, SPAN("LCPACK1\n\0\0"));
	buf_byte(&by_hand, (char)(n >> 8));
	buf_byte(&by_hand, (char)(n & 255));
	buf_add(&by_hand, span_z(head));
	assert_int_equal(key_sign(desk, "pack", buf_span(&by_hand), signature, NULL), 0);
	buf_add(&by_hand, (span){ (const char *)signature, sizeof signature });
	buf_add(&by_hand, BODY);
	assert_true(span_eq(buf_span(&b), buf_span(&by_hand)));
	buf_free(&b);
	buf_free(&by_hand);
}

static void each_change(span whole)
{
	char *p = malloc(whole.n + 1);
	assert_non_null(p);
	memcpy(p, whole.p, whole.n);
	for (size_t i = 0; i < whole.n; i++)
		for (int bit = 0; bit < 8; bit++) {
			struct err err = { 0 };
			p[i] = (char)(whole.p[i] ^ 1 << bit);
			int rc = open_now((span){ p, whole.n }, &err);
			if ((rc != E_FORMAT && rc != E_REFUSED) || !err.message[0])
				fail_msg("byte %zu bit %d: %d", i, bit, rc);
			p[i] = whole.p[i];
		}
	for (size_t n = 0; n < whole.n; n++) {
		char *cut = malloc(n ? n : 1); /* one byte more would be seen */
		assert_non_null(cut);
		memcpy(cut, whole.p, n);
		assert_int_equal(open_now((span){ cut, n }, NULL), E_FORMAT);
		free(cut);
	}
	for (int c = 0; c < 256; c++) {
		p[whole.n] = (char)c;
		assert_int_equal(open_now((span){ p, whole.n + 1 }, NULL), E_FORMAT);
	}
	/* re-ordered: any two neighbouring blocks of 16 bytes that differ */
	for (size_t i = 0; i + 32 <= whole.n; i += 16) {
		if (memcmp(whole.p + i, whole.p + i + 16, 16) == 0)
			continue;
		memcpy(p, whole.p, whole.n);
		memcpy(p + i, whole.p + i + 16, 16);
		memcpy(p + i + 16, whole.p + i, 16);
		int rc = open_now((span){ p, whole.n }, NULL);
		assert_true(rc == E_FORMAT || rc == E_REFUSED);
	}
	assert_int_equal(open_now(whole, NULL), 0);
	free(p);
}

static void test_each_bit(void **state)
{
	(void)state;
	struct buf b = { 0 };
	make(&b, &plain, desk, NULL);
	each_change(buf_span(&b));
	make(&b, &plain, desk, ada);
	each_change(buf_span(&b));
	buf_free(&b);
}

static void refused(span bytes, int64_t now, int code, const char *words)
{
	struct err err = { 0 };
	int rc = open_at(bytes, NULL, now, &err);
	if (rc != code || !strstr(err.message, words))
		fail_msg("%d, not %d '%s': %s", rc, code, words, err.message);
}

static void test_who_signed(void **state)
{
	(void)state;
	struct buf b = { 0 };
	struct pack_head late = plain;
	int64_t now = TODAY + 2 * DAY;
	/* a person, the force, a stranger: none of them issues packs */
	make(&b, &plain, ada, NULL);
	refused(buf_span(&b), now, E_REFUSED, "No unit");
	make(&b, &plain, force, NULL);
	refused(buf_span(&b), now, E_REFUSED, "No unit");
	/* another key under the unit's name */
	char *at;
	make(&b, &plain, bea, NULL);
	for (at = b.data; memcmp(at, key_public(bea)->id, 16) != 0; at++)
		;
	memcpy(at, key_public(desk)->id, 16);
	refused(buf_span(&b), now, E_REFUSED, "signature is not that of Line Desk");
	/* what the unit signed for another purpose, or a head on another body */
	make(&b, &plain, desk, NULL);
	struct pack_head h;
	assert_int_equal(pack_peek(&h, buf_span(&b), NULL), 0);
	unsigned char signature[KEY_SIGNATURE];
	size_t head = b.n - BODY.n - KEY_SIGNATURE;
	assert_int_equal(key_sign(desk, "report", (span){ b.data, head }, signature, NULL), 0);
	memcpy(b.data + head, signature, sizeof signature);
	refused(buf_span(&b), now, E_REFUSED, "signature");
	make(&b, &plain, desk, NULL);
	b.data[b.n - 3] = '7';
	refused(buf_span(&b), now, E_FORMAT, "altered");
	/* issued while the unit could, read after: good. Issued after: not */
	make(&b, &plain, desk, NULL);
	assert_int_equal(open_at(buf_span(&b), NULL, TODAY + 20 * DAY, NULL), 0);
	late.issued = TODAY + 10 * DAY;
	make(&b, &late, desk, NULL);
	refused(buf_span(&b), TODAY + 20 * DAY, E_REFUSED, "until 2024-10-13");
	late.issued = TODAY - DAY;
	make(&b, &late, desk, NULL);
	refused(buf_span(&b), now, E_REFUSED, "only from");
	/* revoked: nothing counts, whatever date it bears */
	make(&b, &plain, desk, NULL);
	assert_int_equal(trust_revoke(store, key_public(desk)->id, TODAY + 5 * DAY, force, NULL),
			 0);
	load_trust();
	refused(buf_span(&b), now, E_REFUSED, "revoked");
	buf_free(&b);
}

static void test_time(void **state)
{
	(void)state;
	struct buf b = { 0 };
	make(&b, &plain, desk, NULL);
	span s = buf_span(&b);
	refused(s, plain.issued - PACK_CLOCK_SLACK_MS - 1, E_REFUSED, "Set the clock right");
	assert_int_equal(open_at(s, NULL, plain.issued - PACK_CLOCK_SLACK_MS, NULL), 0);
	assert_int_equal(open_at(s, NULL, plain.expires - 1, NULL), 0);
	refused(s, plain.expires, E_REFUSED, "expired on 2024-11-04");
	buf_free(&b);
}

static void test_recipients(void **state)
{
	(void)state;
	struct buf b = { 0 }, again = { 0 };
	struct pack_head h;
	struct err err = { 0 };
	int64_t now = TODAY + 2 * DAY;
	make(&b, &plain, desk, ada);
	assert_int_equal(pack_peek(&h, buf_span(&b), NULL), 0);
	assert_true(h.sealed && h.recipients == 2 && h.body_bytes == BODY.n + 16);
	assert_int_equal(open_at(buf_span(&b), ada, now, NULL), 0);
	assert_int_equal(open_at(buf_span(&b), force, now, NULL), 0);
	assert_int_equal(open_at(buf_span(&b), bea, now, &err), E_ENCRYPTED);
	assert_non_null(strstr(err.message, "Bea"));
	assert_int_equal(open_at(buf_span(&b), desk, now, NULL), E_ENCRYPTED); /* nor who made it */
	refused(buf_span(&b), now, E_ENCRYPTED, "sealed");
	for (size_t i = 0; i + 5 <= b.n; i++)
		assert_true(memcmp(b.data + i, "Deano", 5) != 0);
	/* each time another key; what is in it cannot be told from its hash */
	make(&again, &plain, desk, ada);
	assert_false(span_eq(buf_span(&b), buf_span(&again)));
	struct pack_head other;
	assert_int_equal(pack_peek(&other, buf_span(&again), NULL), 0);
	assert_string_not_equal(h.body_sha256, other.body_sha256);
	/* another unit that puts its own name on it cannot, even if it is trusted */
	add_unit(bea, "Other Desk", TIME_UNSET);
	load_trust();
	char *at = b.data;
	while (memcmp(at, key_public(desk)->id, 16) != 0)
		at++;
	memcpy(at, key_public(bea)->id, 16);
	unsigned char signature[KEY_SIGNATURE];
	size_t head = b.n - BODY.n - 16 - KEY_SIGNATURE;
	assert_int_equal(key_sign(bea, "pack", (span){ b.data, head }, signature, NULL), 0);
	memcpy(b.data + head, signature, sizeof signature);
	assert_int_equal(open_at(buf_span(&b), ada, now, NULL), E_FORMAT);
	buf_free(&b);
	buf_free(&again);
}

/* Well signed by the unit, and yet no pack of ours. */
static int open_head(const char *head)
{
	struct buf b = { 0 };
	unsigned char signature[KEY_SIGNATURE];
	char text[600];
	snprintf(text, sizeof text, head, key_public(desk)->id);
	size_t n = strlen(text);
	buf_add(&b, SPAN("LCPACK1\n\0\0"));
	buf_byte(&b, (char)(n >> 8));
	buf_byte(&b, (char)(n & 255));
	buf_add(&b, span_z(text));
	assert_int_equal(key_sign(desk, "pack", buf_span(&b), signature, NULL), 0);
	buf_add(&b, (span){ (const char *)signature, sizeof signature });
	struct buf body = { 0 };
	int rc = pack_open(&body, NULL, buf_span(&b), trust, NULL, TODAY + 2 * DAY, NULL);
	buf_free(&b);
	buf_free(&body);
	return rc;
}

#define EMPTY                      \
	"{\"bytes\":0,\"sha256\":" \
	"\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}"
#define HEAD(base, body, expires, issued, kind, number, recipients)                             \
	"{\"base\":" base ",\"body\":" body ",\"expires\":\"" expires "\",\"issued\":\"" issued \
	"\",\"kind\":\"" kind "\",\"number\":" number ",\"recipients\":" recipients             \
	",\"unit\":\"%s\"}"
#define T1 "2024-10-05T00:00:00.000Z"
#define T2 "2024-11-04T00:00:00.000Z"

static void test_signed_but_not_understood(void **state)
{
	(void)state;
	static const char *const bad[] = {
		HEAD("7", EMPTY, T2, T1, "lines", "7", "[]"),
		HEAD("8", EMPTY, T2, T1, "lines", "7", "[]"),
		HEAD("-1", EMPTY, T2, T1, "lines", "7", "[]"),
		HEAD("0", EMPTY, T2, T1, "lines", "0", "[]"),
		HEAD("0", EMPTY, T2, T1, "lines", "\"7\"", "[]"),
		HEAD("0", EMPTY, T2, T1, "words", "7", "[]"),
		HEAD("0", EMPTY, T1, T1, "lines", "7", "[]"),
		HEAD("0", EMPTY, T1, T2, "lines", "7", "[]"),
		HEAD("0", EMPTY, "2024-11-04", T1, "lines", "7", "[]"),
		HEAD("0", EMPTY, "2024-11-04T00:00:00Z", T1, "lines", "7", "[]"),
		HEAD("0", EMPTY, "2024-11-04T01:00:00.000+01:00", T1, "lines", "7", "[]"),
		HEAD("0", EMPTY, T2, T1, "lines", "7", "{}"),
		HEAD("0", EMPTY, T2, T1, "lines", "7", "[{}]"),
		HEAD("0", EMPTY, T2, T1, "lines", "7", "[],\"revision\":1"),
		HEAD("0", "{\"bytes\":0,\"sha256\":\"\"}", T2, T1, "lines", "7", "[]"),
		HEAD("0",
		     "{\"bytes\":-1,\"sha256\":"
		     "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}",
		     T2, T1, "lines", "7", "[]"),
		HEAD("0", "0", T2, T1, "lines", "7", "[]"),
		"{\"unit\":\"%s\"}",
		"[]%s",
	};
	assert_int_equal(open_head(HEAD("0", EMPTY, T2, T1, "lines", "7", "[]")), 0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (open_head(bad[i]) != E_FORMAT)
			fail_msg("taken: %s", bad[i]);
}

static void test_not_made(void **state)
{
	(void)state;
	struct buf b = { 0 };
	struct pack_head h = plain;
	struct pack_recipient weak = { { 0 } };
	buf_add(&b, SPAN("before"));
	h.number = 0;
	assert_int_equal(pack_make(&b, &h, BODY, desk, NULL, 0, NULL), E_USER);
	h = plain, h.base = h.number;
	assert_int_equal(pack_make(&b, &h, BODY, desk, NULL, 0, NULL), E_USER);
	h = plain, h.expires = h.issued;
	assert_int_equal(pack_make(&b, &h, BODY, desk, NULL, 0, NULL), E_USER);
	h = plain, h.number = UINT64_MAX;
	assert_int_equal(pack_make(&b, &h, BODY, desk, NULL, 0, NULL), E_USER);
	h = plain, h.expires = INT64_MAX;
	assert_int_equal(pack_make(&b, &h, BODY, desk, NULL, 0, NULL), E_USER);
	assert_int_equal(pack_make(&b, &plain, BODY, desk, &weak, 1, NULL), E_USER);
	assert_int_equal(pack_make(&b, &plain, BODY, desk, &weak, PACK_RECIPIENTS_MAX + 1, NULL),
			 E_LIMIT);
	assert_string_equal(b.data, "before");
	assert_int_equal(b.n, 6);
	buf_free(&b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_made_and_opened),
		TEST(test_layout),
		TEST(test_each_bit),
		TEST(test_who_signed),
		TEST(test_time),
		TEST(test_recipients),
		TEST(test_signed_but_not_understood),
		TEST(test_not_made),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
