/* linepack_fuzzer.c - any bytes as the contents of a pack of lines, and as a signed list: a list in
 * which everything can be looked up, or a reason. Two of them in one input: what the second says
 * changed can be applied to the first, or is refused. FUZZ_RUNS: 100000 */
#include "base/utf8.h"
#include "known_keys.h"
#include "linepack.h"
#include "lines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void look_at(const struct linepack *p)
{
	struct linepack_entry e;
	struct linepack_line l;
	for (uint32_t i = 0; i < linepack_entries(p); i++) {
		linepack_entry(p, i, &e);
		uint32_t first = linepack_find(p, e.tag);
		MUST(first <= i); /* the first of those with this tag */
		for (uint32_t k = first; k < i; k++)
			MUST(linepack_same_tag(p, k, k + 1));
		MUST(linepack_delta(p) || linepack_find_line(p, e.line) != LINEPACK_NONE);
		span text = linepack_text(p, e.assertion);
		MUST(!text.p || utf8_valid(text));
		linepack_untag(e.tag);
	}
	for (uint32_t i = 0; i < linepack_lines(p); i++) {
		linepack_line(p, i, &l);
		MUST(linepack_find_line(p, l.id) == i);
		MUST(utf8_valid(l.names) && utf8_valid(l.unit) && utf8_valid(l.contact));
	}
}

/* A full list as a scan would use it, signed by whoever. */
static void use(span contents, const struct linepack *p)
{
	static struct key *unit;
	struct buf b = { 0 };
	struct linepack_about a = { .number = 1, .issued = 1, .expires = 2 };
	struct lines *l;
	if (!unit)
		unit = known_key(2);
	a.identifiers = linepack_entries(p);
	if (linepack_keyed(p))
		memcpy(a.key, "0123456789abcdef", 17);
	MUST(linepack_sign(&b, &a, contents, contents, unit, NULL) == 0);
	int rc = lines_of_pack(&l, b.data, b.n, NULL, NULL, NULL); /* takes the bytes */
	if (rc) {
		MUST(linepack_keyed(p) || linepack_delta(p));
		return;
	}
	MUST(!linepack_keyed(p) && lines_count(l) == linepack_entries(p));
	for (uint32_t i = 0; i < lines_slots(l); i++) {
		const struct assertion *at = lines_at(l, i);
		MUST(at->line[0] && utf8_valid(span_z(at->raw)));
		MUST(at->from == TIME_UNSET || at->until == TIME_UNSET || at->from < at->until);
	}
	struct identifier id = { .kind = ID_GB_MOBILE, .e164 = 447700900123 };
	uint32_t i = lines_find(l, &id, SPAN_NONE);
	for (uint32_t k = 0; i != LINES_NONE; k++, i = lines_next(l, i))
		MUST(k < lines_count(l));
	lines_find_name(l, SPAN("Deano line"));
	lines_free(l);
}

static int open_it(span s, struct linepack **ret)
{
	struct err err = { 0 };
	int rc = linepack_open(ret, s, &err);
	MUST(rc == 0 || (rc == E_FORMAT && err.message[0]));
	return rc;
}

static void both(span one, span two)
{
	struct linepack *a = NULL, *b = NULL, *c;
	struct buf out = { 0 };
	int rc = open_it(one, &a) | open_it(two, &b);
	if (a) {
		look_at(a);
		use(one, a);
	}
	if (!rc && linepack_delta(b) && !linepack_delta(a)) {
		if (linepack_apply(a, b, &out, NULL) == 0 && open_it(buf_span(&out), &c) == 0) {
			look_at(c);
			linepack_free(c);
		}
	} else if (!rc && !linepack_delta(b) && !linepack_delta(a) &&
		   linepack_keyed(a) == linepack_keyed(b)) {
		struct buf delta = { 0 };
		MUST(linepack_diff(a, b, &delta, NULL) == 0);
		MUST(linepack_open(&c, buf_span(&delta), NULL) == 0);
		MUST(linepack_apply(a, c, &out, NULL) == 0);
		MUST(span_eq(buf_span(&out), two));
		linepack_free(c);
		buf_free(&delta);
	}
	buf_free(&out);
	linepack_free(a);
	linepack_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	span s = { n ? (const char *)data : "", n };
	struct linepack_about about;
	span head, contents;
	size_t half = n > 2 ? (size_t)(data[0] << 8 | data[1]) : 0;
	if (linepack_verify(s, NULL, &about, &head, &contents, NULL) == 0)
		MUST(head.n + contents.n == n && about.issued < about.expires);
	both(s, s);
	if (half && half + 2 <= n)
		both(span_sub(s, 2, 2 + half), span_from(s, 2 + half));
	return 0;
}
