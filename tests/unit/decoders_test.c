/* The readers that parsers share: Protocol Buffers, keyed archives, JSON in place, base64, TL. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "base64.h"
#include "jsonview.h"
#include "nskeyed.h"
#include "protobuf.h"
#include "tl.h"
#include <cmocka.h>
#include <stdlib.h>

static void assert_span(span got, const char *want)
{
	assert_non_null(got.p);
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n);
}

#define assert_absent(got) assert_null((got).p)

/* ---- Protocol Buffers ---- */

/* 1: 150; 2: "testing"; 3: { 1: 150 }; 4: float 1.5; 5: eight bytes; 2 again: "" */
#define MESSAGE "\x08\x96\x01\x12\x07testing\x1a\x03\x08\x96\x01\x25\x00\x00\xc0\x3f"
#define MORE "\x29\x01\x02\x03\x04\x05\x06\x07\x80\x12\x00"

static void protobuf_fields(void **state)
{
	(void)state;
	span m = SPAN(MESSAGE);
	struct protobuf_field f;
	size_t at = 0;
	assert_int_equal(protobuf_next(m, &at, &f, NULL), 1);
	assert_int_equal(f.number, 1);
	assert_int_equal(f.wire, PROTOBUF_VARINT);
	assert_int_equal(f.value, 150);
	assert_int_equal(protobuf_next(m, &at, &f, NULL), 1);
	assert_int_equal(f.number, 2);
	assert_span(f.bytes, "testing");
	assert_int_equal(protobuf_next(m, &at, &f, NULL), 1);
	assert_int_equal(f.number, 3);
	assert_int_equal(f.bytes.n, 3);
	assert_int_equal(protobuf_next(m, &at, &f, NULL), 1);
	assert_int_equal(f.wire, PROTOBUF_FIXED32);
	assert_int_equal(f.value, 0x3fc00000);
	assert_int_equal(protobuf_next(m, &at, &f, NULL), 0);
	assert_int_equal(at, m.n);
	assert_true(protobuf_valid(m));
	assert_true(protobuf_valid(SPAN("")));
}

static void protobuf_paths(void **state)
{
	(void)state;
	span m = SPAN(MESSAGE MORE);
	struct protobuf_field f;
	assert_true(protobuf_get(PROTOBUF_AT(m, 3), 1, PROTOBUF_VARINT, &f));
	assert_int_equal(f.value, 150);
	assert_true(protobuf_get(m, 5, PROTOBUF_FIXED64, &f));
	assert_true(f.value == 0x8007060504030201u);
	/* The last of several counts, though it is empty; another wire type is another field. */
	assert_span(PROTOBUF_AT(m, 2), "");
	assert_absent(PROTOBUF_AT(m, 1));
	assert_absent(PROTOBUF_AT(m, 6));
	assert_absent(PROTOBUF_AT(m, 3, 2));
	assert_false(protobuf_get(m, 2, PROTOBUF_VARINT, &f));
}

static void protobuf_damaged(void **state)
{
	const struct {
		span bytes;
	} bad[] = {
		{ SPAN("\x08") },                                             /* no value */
		{ SPAN("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01") }, /* too long */
		{ SPAN("\x00\x01") },                                         /* number 0 */
		{ SPAN("\x0b") },                                             /* a group */
		{ SPAN("\x12\x05hell") },
		{ SPAN("\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01") }, /* a length of 2^64 */
		{ SPAN("\x25\x01\x02\x03") },
		{ SPAN("\x29\x01\x02\x03\x04\x05\x06\x07") },
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct protobuf_field f;
		struct err err = { 0 };
		size_t at = 0;
		assert_int_equal(protobuf_next(bad[i].bytes, &at, &f, &err), E_FORMAT);
		assert_true(err.message[0] != 0);
		assert_false(protobuf_valid(bad[i].bytes));
	}
	/* What stands before the damage is read. */
	assert_span(PROTOBUF_AT(SPAN("\x12\x02hi\x12\x05hell"), 2), "hi");
}

/* ---- keyed archives ---- */

/* $top root -> { name: "Deano", note: nil, when: 700000000.5, people: [ "Kay", one past the end ],
 * text: an NSMutableString } */
static const char ARCHIVE[] =
	"62706c6973743030d4010203040506070a582476657273696f6e592461726368697665725424746f7058246f"
	"626a6563747312000186a05f100f4e534b657965644172636869766572d1080954726f6f748001a70b0c1718"
	"1b202155246e756c6cd50d0e0f10111213141516546e616d65546e6f7465547768656e5670656f706c655474"
	"65787480028000800380048006554465616e6fd1191a574e532e74696d652341c4dc9380400000d11c1d5a4e"
	"532e6f626a65637473a21e1f80058063534b6179d12223594e532e737472696e6757752061626f757408111a"
	"24293237494c51535b616c71767b8287898b8d8f91979aa2abaeb9bcbec0c4c7d10000000000000101000000"
	"0000000024000000000000000000000000000000d9";

static span bytes_of(const char *hex, char *out)
{
	size_t n = strlen(hex) / 2;
	for (size_t i = 0; i < n; i++) {
		char pair[3] = { hex[2 * i], hex[2 * i + 1], 0 };
		out[i] = (char)strtoul(pair, NULL, 16);
	}
	return (span){ out, n };
}

static span text_at(const struct nskeyed *k, const struct bplist_node *object, const char *name,
		    struct arena *a)
{
	struct bplist_node node;
	bool nomem = false;
	span text =
		nskeyed_get(k, object, name, &node) ? nskeyed_text(k, &node, a, &nomem) : SPAN_NONE;
	assert_false(nomem);
	return text;
}

static void nskeyed_objects(void **state)
{
	static const char *const names[] = { "alias", "note", "name", NULL };
	char bytes[sizeof ARCHIVE];
	struct arena *a = arena_new();
	struct nskeyed k;
	struct bplist_node root, node;
	double when = 0;
	(void)state;
	assert_int_equal(nskeyed_open(bytes_of(ARCHIVE, bytes), &k, NULL), 0);
	assert_true(nskeyed_top(&k, "root", &root));
	assert_false(nskeyed_top(&k, "other", &node));
	assert_span(text_at(&k, &root, "name", a), "Deano");
	assert_span(text_at(&k, &root, "text", a), "u about");
	assert_absent(text_at(&k, &root, "note", a));
	assert_absent(text_at(&k, &root, "people", a));
	assert_true(nskeyed_any(&k, &root, names, &node)); /* nil is as good as absent */
	assert_span(node.bytes, "Deano");
	assert_true(nskeyed_get(&k, &root, "when", &node));
	assert_true(nskeyed_date(&k, &node, &when));
	assert_true(when == 700000000.5);
	assert_int_equal(nskeyed_count(&k, &node), 0);
	assert_true(nskeyed_get(&k, &root, "people", &node));
	assert_int_equal(nskeyed_count(&k, &node), 2);
	assert_true(nskeyed_item(&k, &node, 0, &root));
	assert_span(root.bytes, "Kay");
	assert_false(nskeyed_item(&k, &node, 1, &root));
	assert_false(nskeyed_item(&k, &node, 2, &root));
	assert_false(nskeyed_date(&k, &node, &when));
	arena_free(a);
}

/* Any byte of it may be anything. */
static void nskeyed_damaged(void **state)
{
	char bytes[sizeof ARCHIVE];
	span whole = bytes_of(ARCHIVE, bytes);
	struct arena *a = arena_new();
	struct err err = { 0 };
	struct nskeyed k;
	(void)state;
	assert_int_equal(nskeyed_open(SPAN("no property list at all, but long enough"), &k, &err),
			 E_FORMAT);
	for (size_t n = 0; n < whole.n; n++) {
		/* In memory of its own size, so that one byte too far is seen. */
		char *copy = malloc(n + 1);
		struct bplist_node root;
		assert_non_null(copy);
		memcpy(copy, bytes, n);
		if (nskeyed_open((span){ copy, n }, &k, NULL) == 0 &&
		    nskeyed_top(&k, "root", &root))
			text_at(&k, &root, "name", a);
		free(copy);
		bytes[n] = (char)~bytes[n];
		if (nskeyed_open(whole, &k, NULL) == 0 && nskeyed_top(&k, "root", &root))
			text_at(&k, &root, "text", a);
		bytes[n] = (char)~bytes[n];
	}
	arena_free(a);
}

/* ---- JSON ---- */

static void json_members(void **state)
{
	span object = jsonview_first(
		SPAN(" {\"a\" : 1, \"b\":{\"a\":[2,{\"x\":\"}\"}]},"
		     "\"c\":\"q\\\"z\",\"d\":null,\"e\":true , \"f\":\"12\"}  rest"));
	struct arena *a = arena_new();
	bool nomem = false;
	int64_t n = 0;
	size_t at = 0;
	span name, value;
	(void)state;
	assert_int_equal(jsonview_kind(object), JSONVIEW_OBJECT);
	assert_true(object.p[object.n - 1] == '}');
	assert_true(jsonview_int(jsonview_get(object, "a"), &n));
	assert_int_equal(n, 1);
	assert_span(jsonview_get(object, "b"), "{\"a\":[2,{\"x\":\"}\"}]}");
	assert_span(jsonview_text(jsonview_get(object, "c"), a, &nomem), "q\"z");
	assert_int_equal(jsonview_kind(jsonview_get(object, "d")), JSONVIEW_NULL);
	assert_absent(jsonview_text(jsonview_get(object, "d"), a, &nomem));
	assert_true(jsonview_true(jsonview_get(object, "e")));
	assert_true(jsonview_int(jsonview_get(object, "f"), &n));
	assert_int_equal(n, 12);
	assert_span(jsonview_number_or_text(jsonview_get(object, "f"), a, &nomem), "12");
	assert_span(jsonview_number_or_text(jsonview_get(object, "a"), a, &nomem), "1");
	assert_absent(jsonview_get(object, "x"));
	assert_absent(jsonview_get(SPAN("[1]"), "a"));
	value = jsonview_get(jsonview_get(object, "b"), "a");
	assert_true(jsonview_next(value, &at, &name, &object));
	assert_span(object, "2");
	assert_absent(name);
	assert_true(jsonview_next(value, &at, NULL, &object));
	assert_span(object, "{\"x\":\"}\"}");
	assert_false(jsonview_next(value, &at, NULL, &object));
	assert_false(nomem);
	arena_free(a);
}

static void json_texts(void **state)
{
	static const struct {
		const char *json, *text;
	} is[] = {
		{ "\"\"", "" },
		{ "\"\\u00e9\\n\\/\\\\\"", "\xc3\xa9\n/\\" },
		{ "\"\\ud83d\\udc8a\"", "\xf0\x9f\x92\x8a" },
		{ "\"\\ud83d\"", "\xef\xbf\xbd" }, /* half a pair */
		{ "\"\\u12\"", "\xef\xbf\xbd"
			       "12" },
		{ "\"\\q\"", "q" },
	};
	struct arena *a = arena_new();
	bool nomem = false;
	(void)state;
	for (size_t i = 0; i < sizeof is / sizeof *is; i++)
		assert_span(jsonview_text(jsonview_first(span_z(is[i].json)), a, &nomem),
			    is[i].text);
	arena_free(a);
}

static void json_damaged(void **state)
{
	int64_t n;
	size_t at = 0;
	span value;
	(void)state;
	assert_absent(jsonview_first(SPAN("{\"a\":1")));
	assert_absent(jsonview_first(SPAN("\"open")));
	assert_absent(jsonview_first(SPAN("  ")));
	assert_absent(jsonview_first(SPAN_NONE));
	assert_absent(jsonview_get(SPAN("{\"a\" 1}"), "a"));
	assert_absent(jsonview_get(SPAN("{a:1}"), "a"));
	assert_false(jsonview_next(SPAN("[ ]"), &at, NULL, &value));
	assert_int_equal(jsonview_kind(SPAN("nul")), JSONVIEW_NONE);
	assert_false(jsonview_int(SPAN("1.5"), &n));
	assert_false(jsonview_int(SPAN("9223372036854775808"), &n));
	assert_true(jsonview_int(SPAN("9223372036854775807"), &n));
	assert_true(n == INT64_MAX);
	assert_true(jsonview_int(SPAN("-9223372036854775808"), &n));
	assert_true(n == INT64_MIN);
	assert_false(jsonview_int(SPAN("-"), &n));
}

/* ---- base64 ---- */

static void base64_texts(void **state)
{
	struct arena *a = arena_new();
	bool nomem = false;
	(void)state;
	assert_span(base64_decode(SPAN("dSBhYm91dA=="), a, &nomem), "u about");
	assert_span(base64_decode(SPAN("dSBh\nYm91dA"), a, &nomem), "u about");
	assert_span(base64_decode(SPAN("-_+/"), a, &nomem), "\xfb\xff\xbf");
	assert_span(base64_decode(SPAN(""), a, &nomem), "");
	assert_absent(base64_decode(SPAN("dSBhY"), a, &nomem));
	assert_absent(base64_decode(SPAN("dSB!"), a, &nomem));
	assert_absent(base64_decode(SPAN("dA==dA=="), a, &nomem));
	assert_absent(base64_decode(SPAN_NONE, a, &nomem));
	assert_false(nomem);
	arena_free(a);
}

/* ---- TL ---- */

/* message 0x9815cec8, flags with a sender (bit 8), no second flags, number 1, from user 1002, in
 * the dialog of user 1001, at 1767225600, "u about" */
static const char MESSAGE_TL[] = "c8ce15980001000000000000"
				 "01000000"
				 "22175159ea03000000000000"
				 "22175159e903000000000000"
				 "00b9556907752061626f7574";

static void tl_messages(void **state)
{
	char bytes[sizeof MESSAGE_TL];
	span blob = bytes_of(MESSAGE_TL, bytes);
	struct tl_message m;
	struct err err = { 0 };
	(void)state;
	assert_int_equal(tl_message(blob, &m, &err), 0);
	assert_int_equal(m.kind, TL_MESSAGE);
	assert_int_equal(m.from, TL_USER);
	assert_int_equal(m.from_id, 1002);
	assert_int_equal(m.date, 1767225600);
	assert_span(m.text, "u about");
	assert_false(m.edited || m.forwarded || m.call);
	/* Cut off anywhere, it has no text; the sender stands from where it was read. */
	for (size_t n = 0; n < blob.n; n++) {
		char *copy = malloc(n + 1);
		assert_non_null(copy);
		memcpy(copy, blob.p, n);
		err = (struct err){ 0 };
		assert_int_equal(tl_message((span){ copy, n }, &m, &err), E_FORMAT);
		assert_true(err.message[0] != 0);
		assert_absent(m.text);
		assert_int_equal(m.from, n < 28 ? TL_NOBODY : TL_USER);
		free(copy);
	}
	bytes[0] = 0x11;
	err = (struct err){ 0 };
	assert_int_equal(tl_message(blob, &m, &err), E_FORMAT);
	assert_string_equal(err.message, "a record of a kind that is not known (9815ce11)");
	assert_int_equal(m.from, TL_NOBODY);
}

/* user 0x215c4438 with flags first name, telephone and self (bits 1, 4, 10) */
static void tl_users(void **state)
{
	static const char hex[] = "38445c21"
				  "12040000"
				  "00000000"
				  "ea03000000000000"
				  "05446561"
				  "6e6f0000"
				  "0c343437"
				  "37303039"
				  "30303132"
				  "33000000";
	char bytes[sizeof hex];
	span blob = bytes_of(hex, bytes);
	struct tl_user u;
	(void)state;
	assert_int_equal(tl_user(blob, &u, NULL), 0);
	assert_int_equal(u.id, 1002);
	assert_true(u.self);
	assert_span(u.first, "Deano");
	assert_span(u.phone, "447700900123");
	assert_absent(u.last);
	assert_absent(u.user_name);
	bytes[5] = 0;
	assert_int_equal(tl_user(blob, &u, NULL), 0);
	assert_false(u.self);
	assert_int_equal(tl_user((span){ bytes, 34 }, &u, NULL), E_FORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(protobuf_fields),  cmocka_unit_test(protobuf_paths),
		cmocka_unit_test(protobuf_damaged), cmocka_unit_test(nskeyed_objects),
		cmocka_unit_test(nskeyed_damaged),  cmocka_unit_test(json_members),
		cmocka_unit_test(json_texts),       cmocka_unit_test(json_damaged),
		cmocka_unit_test(base64_texts),     cmocka_unit_test(tl_messages),
		cmocka_unit_test(tl_users),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
