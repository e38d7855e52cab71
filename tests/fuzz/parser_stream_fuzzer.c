/*
 * parser_stream_fuzzer.c - a parser that reads a stream: the input is the file.
 *
 * Built once per stream parser, PARSER_STRUCT names it. The bytes come in pieces of changing size,
 * as a pipe or an archive gives them; two runs with other pieces must give the same records.
 */
#include "check_sink.h"
#include <stdlib.h>

extern const struct parser PARSER_STRUCT;

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
	memcpy(buf, s->data + s->at, take);
	s->at += take;
	return (ptrdiff_t)take;
}

static uint64_t run(const uint8_t *data, size_t n, size_t piece, int *rc)
{
	struct stream stream = { data, n, 0, piece };
	struct input in = { .read = read_piece, .user = &stream, .size = n, .path = SPAN("input") };
	struct check check = { .parser = &PARSER_STRUCT };
	struct sink sink = check_sink(&check);
	struct err err = { 0 };
	*rc = parser_run(&PARSER_STRUCT, &in, &sink, &err);
	if (*rc && !err.code)
		abort();
	return check.sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	int whole_rc, pieces_rc;
	if (PARSER_STRUCT.sniff)
		PARSER_STRUCT.sniff((span){ (const char *)data, n < 4096 ? n : 4096 },
				    SPAN("input"));
	uint64_t whole = run(data, n, 0, &whole_rc);
	uint64_t pieces = run(data, n, 7, &pieces_rc);
	if (whole != pieces || whole_rc != pieces_rc)
		abort();
	return 0;
}
