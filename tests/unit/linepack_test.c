/*
 * linepack_test.c - what a pack of lines says is what the unit signed, or it is refused with the
 * reason: every bit of it, cut anywhere, in another order, by another key, out of its time.
 */
#include "key_maker.h"
#include "linepack.h"
#include "lines.h"
#include "lines_installed.h"
#include "pack.h"
#include "trust_edit.h"

#define DAY INT64_C(86400000)
#define TODAY (20000 * DAY)

static char folder[64];
static struct key *force, *desk, *other, *ada;
static struct trust *trust;
static const unsigned char secret[LINEPACK_KEY] = "thirty-two bytes that are a key";

static const struct row {
	uint64_t e164;
	uint32_t assertion, line;
	uint16_t from, until;
	const char *grade; /* three characters */
	enum linepack_status status;
	bool lapsed;
} rows[] = {
	{ 447700900123, 1, 1, 19737, 19814, "1AP", LINEPACK_PAST, false },
	{ 447700900124, 2, 1, 0, 0, "2B\0", LINEPACK_CURRENT, true },
	{ 447700900123, 3, 2, 19815, 0, "2CC", LINEPACK_CONTACT_UNIT, false },
	{ 12025550101, 4, 2, 0, 19900, "\0\0\0", LINEPACK_CURRENT, false },
};

/* The first n rows, from the end or from the front: the order they are given in says nothing. */
static void make(struct buf *ret, const unsigned char *key, size_t n, bool backwards)
{
	struct linepack_maker *m = linepack_maker_new(key != NULL);
	struct linepack_tagger *t = linepack_tagger_new(key);
	struct err err = { 0 };
	for (size_t i = 0; i < n; i++) {
		const struct row *r = &rows[backwards ? n - 1 - i : i];
		struct linepack_entry e = { .assertion = r->assertion,
					    .line = r->line,
					    .from = r->from,
					    .until = r->until,
					    .source = r->grade[0],
					    .assessment = r->grade[1],
					    .handling = r->grade[2],
					    .status = r->status,
					    .lapsed = r->lapsed };
		linepack_tag_number(t, r->e164, e.tag);
		assert_true(linepack_add_entry(m, &e));
	}
	struct linepack_entry handle = { .assertion = 9, .line = 2 };
	linepack_tag_text(t, SPAN("hdeano_deals"), handle.tag);
	assert_true(linepack_add_entry(m, &handle));
	struct linepack_line one = { .id = 1,
				     .names = SPAN("Deano\nDeano line"),
				     .unit = SPAN("Desk"),
				     .contact = SPAN("020 7946 0001") };
	struct linepack_line two = { .id = 2, .names = SPAN("Ricky"), .warning = true };
	if (n)
		assert_true(linepack_add_line(m, &one));
	assert_true(linepack_add_line(m, &two));
	assert_true(linepack_add_text(m, 3, SPAN("ask the desk first")));
	if (linepack_make(m, ret, &err))
		fail_msg("%s", err.message);
	linepack_maker_free(m);
	linepack_tagger_free(t);
}

static void sign(struct buf *ret, const struct pack_head *h, span full, span contents,
		 const struct key *by, const unsigned char *key)
{
	struct linepack_about a = { .number = h->number,
				    .issued = h->issued,
				    .expires = h->expires };
	struct buf body = { 0 };
	struct linepack *p;
	assert_int_equal(linepack_open(&p, full, NULL), 0);
	a.identifiers = linepack_entries(p);
	a.lines = linepack_lines(p);
	linepack_free(p);
	if (key)
		linepack_key_id(key, a.key);
	assert_int_equal(linepack_sign(&body, &a, full, contents, by, NULL), 0);
	assert_int_equal(pack_make(ret, h, buf_span(&body), by, NULL, 0, NULL), 0);
	buf_free(&body);
}

static const struct pack_head head = {
	.kind = PACK_LINES, .number = 7, .issued = TODAY, .expires = TODAY + 30 * DAY
};

static int put(span pack, int64_t now, struct err *err)
{
	struct linepack_about about;
	struct lines_install o = { .trust = trust, .by = ada, .reader = ada, .now = now };
	bool same;
	return lines_installed_put(in(folder, "machine"), pack, &o, &about, &same, err);
}

static void test_says_what_it_was_given(void **state)
{
	(void)state;
	for (int keyed = 0; keyed < 2; keyed++) {
		const unsigned char *key = keyed ? secret : NULL;
		struct buf a = { 0 }, b = { 0 }, pack = { 0 };
		struct lines *l;
		struct err err = { 0 };
		make(&a, key, 4, false);
		make(&b, key, 4, true);
		assert_true(span_eq(buf_span(&a), buf_span(&b)));
		sign(&pack, &head, buf_span(&a), buf_span(&a), desk, key);
		remove_tree(in(folder, "machine"));
		if (put(buf_span(&pack), TODAY + DAY, &err))
			fail_msg("%s", err.message);
		if (keyed) {
			assert_int_equal(lines_installed_load(&l, in(folder, "machine"), trust,
							      NULL, TODAY + DAY, &err),
					 E_ENCRYPTED);
			const unsigned char wrong[LINEPACK_KEY] = "another key";
			assert_int_equal(lines_installed_load(&l, in(folder, "machine"), trust,
							      wrong, TODAY + DAY, &err),
					 E_ENCRYPTED);
		}
		if (lines_installed_load(&l, in(folder, "machine"), trust, key, TODAY + DAY, &err))
			fail_msg("%s", err.message);
		assert_int_equal(lines_count(l), 5);
		struct identifier id = { .kind = ID_GB_MOBILE, .e164 = 447700900123 };
		uint32_t i = lines_find(l, &id, SPAN_NONE);
		assert_int_not_equal(i, LINES_NONE);
		const struct assertion *at = lines_at(l, i);
		assert_int_equal(at->number, 1);
		assert_string_equal(at->line, "Deano");
		assert_true(at->from == 19737 * DAY && at->until == 19814 * DAY && !at->lapsed);
		assert_true(at->source == '1' && at->assessment == 'A' && at->handling == 'P');
		assert_string_equal(line_status_word(at->status), "past");
		assert_string_equal(at->contact, "020 7946 0001");
		assert_string_equal(at->raw, keyed ? "" : "+447700900123");
		i = lines_next(l, i);
		at = lines_at(l, i);
		assert_int_equal(at->number, 3);
		assert_string_equal(line_status_word(at->status), "contact the unit first");
		assert_string_equal(at->conditions, "ask the desk first");
		assert_int_equal(lines_next(l, i), LINES_NONE);
		id.e164 = 447700900124;
		assert_true(lines_at(l, lines_find(l, &id, SPAN_NONE))->lapsed);
		id.e164 = 447700900125;
		assert_int_equal(lines_find(l, &id, SPAN_NONE), LINES_NONE);
		id = (struct identifier){ .kind = ID_RAW };
		i = lines_find(l, &id, SPAN("@Deano_Deals"));
		assert_int_not_equal(i, LINES_NONE);
		assert_int_equal(lines_at(l, i)->number, 9);
		i = lines_find_name(l, SPAN("Deano line"));
		assert_string_equal(lines_at(l, i)->line, "Deano");
		assert_int_equal(lines_at(l, i)->number, 0);
		lines_free(l);
		buf_free(&a);
		buf_free(&b);
		buf_free(&pack);
	}
}

/* Nothing of a keyed pack is a number; all of a clear one can be read back. */
static void test_keyed_hides(void **state)
{
	(void)state;
	struct buf a = { 0 };
	struct linepack *p;
	struct linepack_entry e;
	for (int keyed = 0; keyed < 2; keyed++) {
		int found = 0;
		buf_clear(&a);
		make(&a, keyed ? secret : NULL, 4, false);
		assert_int_equal(linepack_open(&p, buf_span(&a), NULL), 0);
		assert_int_equal(linepack_keyed(p), keyed);
		for (uint32_t i = 0; i < linepack_entries(p); i++) {
			linepack_entry(p, i, &e);
			for (size_t k = 0; k < 4; k++)
				found += linepack_untag(e.tag) == rows[k].e164;
		}
		assert_int_equal(found, keyed ? 0 : 6); /* one number stands twice */
		linepack_free(p);
	}
	buf_free(&a);
}

static void test_deltas(void **state)
{
	(void)state;
	struct buf full[5] = { { 0 } }, delta = { 0 }, again = { 0 };
	for (size_t n = 0; n < 5; n++)
		make(&full[n], NULL, n, false);
	for (size_t from = 0; from < 5; from++)
		for (size_t to = 0; to < 5; to++) {
			struct linepack *a, *b, *d;
			struct err err = { 0 };
			buf_clear(&delta);
			buf_clear(&again);
			assert_int_equal(linepack_open(&a, buf_span(&full[from]), NULL), 0);
			assert_int_equal(linepack_open(&b, buf_span(&full[to]), NULL), 0);
			assert_int_equal(linepack_diff(a, b, &delta, &err), 0);
			if (linepack_open(&d, buf_span(&delta), &err) ||
			    linepack_apply(a, d, &again, &err))
				fail_msg("%zu to %zu: %s", from, to, err.message);
			assert_true(linepack_delta(d));
			assert_true(span_eq(buf_span(&again), buf_span(&full[to])));
			linepack_free(a);
			linepack_free(b);
			linepack_free(d);
		}
	for (size_t n = 0; n < 5; n++)
		buf_free(&full[n]);
	buf_free(&delta);
	buf_free(&again);
}

/* As put() for bytes that must be refused: with a reason, and nothing is installed. */
static void refused(span pack, int64_t now, const char *reason, const char *what, size_t at)
{
	struct err err = { 0 };
	int rc = put(pack, now, &err);
	if (rc == 0 || !err.message[0])
		fail_msg("%s %zu: accepted", what, at);
	if (reason && !strstr(err.message, reason))
		fail_msg("%s %zu: '%s', not '%s'", what, at, err.message, reason);
	struct linepack_about a;
	assert_int_equal(lines_installed_about(in(folder, "machine"), trust, &a, NULL), E_ABSENT);
}

static void test_any_bit_or_cut(void **state)
{
	(void)state;
	struct buf a = { 0 }, pack = { 0 };
	make(&a, NULL, 4, false);
	sign(&pack, &head, buf_span(&a), buf_span(&a), desk, NULL);
	remove_tree(in(folder, "machine"));
	for (size_t at = 0; at < pack.n * 8; at++) {
		pack.data[at / 8] ^= (char)(1 << at % 8);
		refused(buf_span(&pack), TODAY + DAY, NULL, "bit", at);
		pack.data[at / 8] ^= (char)(1 << at % 8);
	}
	for (size_t n = 0; n < pack.n; n++)
		refused(span_sub(buf_span(&pack), 0, n), TODAY + DAY, NULL, "cut at", n);
	buf_byte(&pack, 0);
	refused(buf_span(&pack), TODAY + DAY, NULL, "longer", 1);
	buf_free(&a);
	buf_free(&pack);
}

/* Signed by the unit all the same: what no sound unit makes is refused. */
static void test_wrong_but_signed(void **state)
{
	(void)state;
	struct buf a = { 0 }, pack = { 0 };
	struct err err = { 0 };
	struct linepack *p;
	size_t first = 48, size = 32;
	char swap[32];
	make(&a, NULL, 4, false);
	/* two entries in another order */
	memcpy(swap, a.data + first, size);
	memmove(a.data + first, a.data + first + size, size);
	memcpy(a.data + first + size, swap, size);
	assert_int_equal(linepack_open(&p, buf_span(&a), &err), E_FORMAT);
	assert_non_null(strstr(err.message, "not in order"));
	/* every byte of the contents changed: refused, or another sound list, never a crash */
	buf_clear(&a);
	make(&a, NULL, 4, false);
	for (size_t i = 0; i < a.n * 8; i++) {
		a.data[i / 8] ^= (char)(1 << i % 8);
		if (linepack_open(&p, buf_span(&a), &err) == 0) {
			struct linepack_entry e;
			struct linepack_line l;
			for (uint32_t k = 0; k < linepack_entries(p); k++) {
				linepack_entry(p, k, &e);
				assert_true(linepack_find(p, e.tag) <= k);
			}
			for (uint32_t k = 0; k < linepack_lines(p); k++)
				linepack_line(p, k, &l);
			linepack_free(p);
		}
		a.data[i / 8] ^= (char)(1 << i % 8);
	}
	/* a statement about other contents */
	struct buf b = { 0 };
	make(&b, NULL, 3, false);
	remove_tree(in(folder, "machine"));
	sign(&pack, &head, buf_span(&b), buf_span(&a), desk, NULL);
	refused(buf_span(&pack), TODAY + DAY, "not the one that the unit signed", "contents", 0);
	buf_free(&a);
	buf_free(&b);
	buf_free(&pack);
}

static void test_who_and_when(void **state)
{
	(void)state;
	struct buf a = { 0 }, pack = { 0 };
	make(&a, NULL, 4, false);
	remove_tree(in(folder, "machine"));
	sign(&pack, &head, buf_span(&a), buf_span(&a), other, NULL);
	refused(buf_span(&pack), TODAY + DAY, NULL, "another key", 0);
	buf_clear(&pack);
	sign(&pack, &head, buf_span(&a), buf_span(&a), desk, NULL);
	refused(buf_span(&pack), TODAY - DAY, "clock", "from the future", 0);
	refused(buf_span(&pack), TODAY + 30 * DAY, "expired", "expired", 0);
	struct err err = { 0 };
	assert_int_equal(put(buf_span(&pack), TODAY + DAY, &err), 0);
	/* installed, and then too old for a scan, or the clock set back */
	struct lines *l;
	assert_int_equal(lines_installed_load(&l, in(folder, "machine"), trust, NULL,
					      TODAY + 31 * DAY, &err),
			 E_REFUSED);
	assert_non_null(strstr(err.message, "expired"));
	err = (struct err){ 0 };
	assert_int_equal(
		lines_installed_load(&l, in(folder, "machine"), trust, NULL, TODAY - DAY, &err),
		E_REFUSED);
	/* another pack of the same number */
	err = (struct err){ 0 };
	struct buf b = { 0 };
	make(&b, NULL, 3, false);
	buf_clear(&pack);
	sign(&pack, &head, buf_span(&b), buf_span(&b), desk, NULL);
	assert_int_equal(put(buf_span(&pack), TODAY + DAY, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "two packs one number"));
	buf_free(&a);
	buf_free(&b);
	buf_free(&pack);
}

static void add_unit(const struct key *k, const char *name)
{
	struct trust_entry e = {
		.name = name, .role = PERSON_ROLE_MAX, .from = TODAY, .last = TIME_UNSET
	};
	memcpy(e.sign, key_public(k)->sign, sizeof e.sign);
	assert_int_equal(trust_add(in(folder, "trust"), &e, TODAY, force, NULL), 0);
}

static int set_up(void **state)
{
	(void)state;
	temp_folder(folder);
	setenv("HOME", folder, 1);
	force = make_key(folder, "Force");
	desk = make_key(folder, "Desk");
	other = make_key(folder, "Other");
	ada = make_key(folder, "Ada");
	assert_int_equal(
		trust_create(in(folder, "trust"), "Example Police", false, TODAY, force, NULL), 0);
	add_unit(desk, "Line Desk");
	assert_int_equal(trust_open_dir(&trust, in(folder, "trust"), NULL), 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	trust_free(trust);
	key_free(force);
	key_free(desk);
	key_free(other);
	key_free(ada);
	remove_tree(folder);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_says_what_it_was_given),
		cmocka_unit_test(test_keyed_hides),
		cmocka_unit_test(test_deltas),
		cmocka_unit_test(test_any_bit_or_cut),
		cmocka_unit_test(test_wrong_but_signed),
		cmocka_unit_test(test_who_and_when),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
