/* Archived text and property lists: what is cut off anywhere is an error, never other text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "base/buf.h"
#include "bplist.h"
#include "typedstream.h"
#include <cmocka.h>
#include <stdlib.h>

#define HEADER "\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84"
#define ATTRIBUTED "\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85"
#define STRING "\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+"
#define MUTABLE                                                                                   \
	"\x19NSMutableAttributedString\x00\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject" \
	"\x00\x85\x92\x84\x84\x84\x0fNSMutableString\x01\x84\x84\x08NSString\x01\x95\x84\x01+"
#define PLAIN "\x08NSString\x01\x84\x84\x08NSObject\x00\x85\x84\x01+"

static int decode(span blob, span *text)
{
	struct err err = { 0 };
	/* In memory of its own size, so that one byte too far is seen. */
	char *copy = malloc(blob.n ? blob.n : 1);
	assert_non_null(copy);
	memcpy(copy, blob.p, blob.n);
	span got = { (const char *)1, 1 };
	int rc = typedstream_text((span){ copy, blob.n }, &got, &err);
	assert_int_equal(rc, err.code);
	if (rc) {
		assert_ptr_equal(got.p, (const char *)1); /* untouched */
		assert_true(err.message[0] != 0);
	} else {
		assert_true(got.p >= copy && got.p + got.n <= copy + blob.n);
		*text = (span){ blob.p + (got.p - copy), got.n };
	}
	free(copy);
	return rc;
}

static void expect_text(span blob, span want)
{
	span got = SPAN_NONE;
	assert_int_equal(decode(blob, &got), 0);
	assert_true(span_eq(got, want));
	/* Each beginning of it is an error. */
	size_t whole = (size_t)(got.p - blob.p) + got.n + 1;
	for (size_t n = 0; n < whole; n++)
		assert_int_equal(decode((span){ blob.p, n }, &got), E_FORMAT);
	assert_int_equal(decode((span){ blob.p, whole }, &got), 0);
}

static void texts(void **state)
{
	(void)state;
	expect_text(SPAN(HEADER ATTRIBUTED STRING "\x05hello\x86\x84\x02iI\x01\x05"),
		    SPAN("hello"));
	expect_text(SPAN(HEADER MUTABLE "\x05hello\x86\x86"), SPAN("hello"));
	expect_text(SPAN(HEADER "\x08NSString\x01\x84\x84\x08NSObject\x00\x85+\x05hello\x86"),
		    SPAN("hello"));
	expect_text(SPAN(HEADER PLAIN "\x05hello\x86"), SPAN("hello"));
	expect_text(SPAN(HEADER ATTRIBUTED STRING "\x00\x86\x86"), SPAN(""));
	expect_text(SPAN(HEADER ATTRIBUTED STRING "\x03"
						  "a\x00"
						  "b"
						  "\x86"),
		    SPAN("a\0b"));
	expect_text(SPAN(HEADER ATTRIBUTED STRING "\x02\x86\x86\x86"), SPAN("\x86\x86"));
	expect_text(SPAN(HEADER ATTRIBUTED STRING "\x81\x03\x00"
						  "abc\x86"),
		    SPAN("abc"));
	expect_text(SPAN(HEADER ATTRIBUTED STRING "\x82\x03\x00\x00\x00"
						  "abc\x86"),
		    SPAN("abc"));
	expect_text(SPAN("\x04\x0btypedstream\x81\x03\xe8\x84\x01@\x84\x84\x84" ATTRIBUTED STRING
			 "\x81\x00\x03"
			 "abc\x86"),
		    SPAN("abc"));
}

static void long_texts(void **state)
{
	(void)state;
	static const size_t lengths[] = { 127, 128, 255, 256, 65535, 65536, 1000000 };
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct buf blob = { 0 }, text = { 0 };
		size_t n = lengths[i];
		buf_add(&blob, SPAN(HEADER ATTRIBUTED STRING));
		if (n >= 128)
			buf_byte(&blob, (char)(n < 65536 ? 0x81 : 0x82));
		for (size_t k = 0; k < (n < 128 ? 1u : n < 65536 ? 2u : 4u); k++)
			buf_byte(&blob, (char)(n >> 8 * k));
		for (size_t k = 0; k < n; k++)
			buf_byte(&text, (char)('a' + k % 26));
		buf_add(&blob, buf_span(&text));
		buf_byte(&blob, (char)0x86);
		span got;
		assert_int_equal(decode(buf_span(&blob), &got), 0);
		assert_true(span_eq(got, buf_span(&text)));
		assert_int_equal(decode((span){ blob.data, blob.n - 1 }, &got), E_FORMAT);
		buf_free(&blob);
		buf_free(&text);
	}
}

#define BYTES(literal)                       \
	{                                    \
		literal, sizeof(literal) - 1 \
	}

static void not_texts(void **state)
{
	(void)state;
	static const span cases[] = {
		BYTES(""),
		BYTES("bplist00"),
		/* another class, no class, a class that is itself, a reference to nothing */
		BYTES(HEADER "\x06NSData\x00\x85\x84\x01+\x01x\x86"),
		BYTES(HEADER "\x85\x84\x01+\x01x\x86"),
		BYTES(HEADER "\x08NSObject\x00\x85" STRING "\x01x\x86"),
		BYTES(HEADER "\x01Q\x00\x93\x84\x01+\x01x\x86"),
		BYTES("\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\xf0\x84\x01+\x01x\x86"),
		/* a negative length, a length as a real number, a type that is not text */
		BYTES(HEADER ATTRIBUTED STRING "\xffx\x86"),
		BYTES(HEADER ATTRIBUTED STRING "\x83x\x86"),
		BYTES(HEADER ATTRIBUTED "\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01i\x01x\x86"),
		/* the string does not end where its length says */
		BYTES(HEADER ATTRIBUTED STRING "\x02xyz\x86"),
	};
	span got;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (decode(cases[i], &got) != E_FORMAT)
			fail_msg("case %zu was read", i);
	assert_int_equal(typedstream_text(SPAN_NONE, &got, NULL), E_FORMAT);
}

/* Endless nesting of classes, types and references ends. */
static void hostile_nesting(void **state)
{
	(void)state;
	struct buf blob = { 0 };
	span got;
	buf_add(&blob, SPAN("\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84"));
	for (int i = 0; i < 100000; i++)
		buf_add(&blob, SPAN("\x84\x84\x01Q\x00"));
	assert_int_equal(decode(buf_span(&blob), &got), E_FORMAT);
	buf_free(&blob);
}

/* ---- property lists ---- */

/* {"ec": [1, -2], "name": "abc"} with offsets and references of one byte */
static const char small[] = "bplist00"
			    "\xd2\x01\x02\x03\x04" /* 8: dict of two */
			    "\x52"
			    "ec" /* 13 */
			    "\x54"
			    "name"         /* 16 */
			    "\xa2\x05\x06" /* 21: array of two */
			    "\x53"
			    "abc"                                  /* 24 */
			    "\x10\x01"                             /* 28 */
			    "\x13\xff\xff\xff\xff\xff\xff\xff\xfe" /* 30 */
			    "\x08\x0d\x10\x15\x18\x1c\x1e"
			    "\0\0\0\0\0\0\x01\x01"
			    "\0\0\0\0\0\0\0\x07"
			    "\0\0\0\0\0\0\0\0"
			    "\0\0\0\0\0\0\0\x27";
#define SMALL ((span){ small, sizeof small - 1 })

static void plist_is_read(void **state)
{
	(void)state;
	struct bplist b;
	struct bplist_node root, list, node, name;
	assert_int_equal(bplist_open(SMALL, &b, NULL), 0);
	assert_true(bplist_root(&b, &root));
	assert_int_equal(root.kind, BPLIST_DICT);
	assert_int_equal(root.n, 2);
	assert_true(bplist_get(&b, &root, "ec", &list));
	assert_int_equal(list.kind, BPLIST_ARRAY);
	assert_true(bplist_item(&b, &list, 0, &node));
	assert_int_equal(node.value, 1);
	assert_true(bplist_item(&b, &list, 1, &node));
	assert_int_equal(node.value, -2);
	assert_false(bplist_item(&b, &list, 2, &node));
	assert_false(bplist_item(&b, &root, 0, &node));
	assert_true(bplist_get(&b, &root, "name", &node));
	assert_true(span_eq(node.bytes, SPAN("abc")));
	assert_false(bplist_get(&b, &root, "nam", &node));
	assert_false(bplist_get(&b, &list, "ec", &node));
	assert_true(bplist_entry(&b, &root, 1, &name, &node));
	assert_true(span_eq(name.bytes, SPAN("name")));
	assert_false(bplist_entry(&b, &root, 2, &name, &node));
}

/* Whatever one byte of it becomes: no crash, and nothing outside of it. */
static void plist_each_byte(void **state)
{
	(void)state;
	for (size_t at = 0; at < SMALL.n; at++)
		for (int value = 0; value < 256; value++) {
			char *copy = malloc(SMALL.n);
			assert_non_null(copy);
			memcpy(copy, SMALL.p, SMALL.n);
			copy[at] = (char)value;
			struct bplist b;
			struct bplist_node root, node, item, name;
			if (bplist_open((span){ copy, SMALL.n }, &b, NULL) == 0 &&
			    bplist_root(&b, &root)) {
				for (uint64_t i = 0; i < root.n && i < 8; i++)
					if (bplist_entry(&b, &root, i, &name, &node) &&
					    node.bytes.p)
						assert_true(node.bytes.p >= copy &&
							    node.bytes.p + node.bytes.n <=
								    copy + SMALL.n);
				if (bplist_get(&b, &root, "ec", &node))
					bplist_item(&b, &node, 0, &item);
			}
			free(copy);
		}
	struct bplist b;
	for (size_t n = 0; n < SMALL.n; n++) {
		char *copy = malloc(n ? n : 1);
		assert_non_null(copy);
		memcpy(copy, SMALL.p, n);
		bplist_open((span){ copy, n }, &b, NULL);
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),         cmocka_unit_test(long_texts),
		cmocka_unit_test(not_texts),     cmocka_unit_test(hostile_nesting),
		cmocka_unit_test(plist_is_read), cmocka_unit_test(plist_each_byte),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
