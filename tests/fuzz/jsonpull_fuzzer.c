/* jsonpull_fuzzer.c - JSON a token at a time: whole and in pieces of one byte it is the same, what
 * opens closes, and the search for a path ends. FUZZ_RUNS: 60000 */
#include "jsonpull.h"
#include <stdlib.h>

struct stream {
	const uint8_t *data;
	size_t n, at, piece;
};

static ptrdiff_t read_piece(void *user, void *buf, size_t n, struct err *err)
{
	struct stream *s = user;
	(void)err;
	size_t left = s->n - s->at, take = left < n ? left : n;
	if (s->piece && take > s->piece)
		take = s->piece;
	if (take)
		memcpy(buf, s->data + s->at, take);
	s->at += take;
	return (ptrdiff_t)take;
}

static uint64_t mix(uint64_t sum, uint64_t value)
{
	return (sum ^ value) * 0x100000001b3u;
}

static uint64_t walk(const uint8_t *data, size_t n, size_t piece)
{
	struct stream stream = { data, n, 0, piece };
	struct input in = { .read = read_piece, .user = &stream, .size = n };
	struct jsonpull *j = jsonpull_new(&in);
	struct json_token t;
	struct err err = { 0 };
	size_t depth = 0;
	uint64_t sum = 1;
	int rc;
	if (!j)
		abort();
	while ((rc = jsonpull_next(j, &t, &err)) > 0) {
		depth += t.kind == JSON_OBJECT || t.kind == JSON_ARRAY;
		if (depth > JSON_DEPTH_MAX)
			abort();
		if ((t.kind == JSON_OBJECT_END || t.kind == JSON_ARRAY_END) && !depth--)
			abort();
		if (t.kind == JSON_KEY && !depth)
			abort();
		sum = mix(mix(sum, t.kind), t.flaws);
		for (size_t i = 0; i < t.text.n; i++)
			sum = mix(sum, (unsigned char)t.text.p[i]);
	}
	if ((rc == 0 && depth) || (rc < 0 && err.code != rc))
		abort();
	if (jsonpull_next(j, &t, NULL) != rc)
		abort(); /* the end stays the end */
	jsonpull_free(j);
	return mix(sum, (uint64_t)-rc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (walk(data, n, 0) != walk(data, n, 1))
		abort();
	span head = { (const char *)data, n };
	json_head_has(head, "messages/sender_name");
	json_head_has(head, "*/*/a");
	return 0;
}
