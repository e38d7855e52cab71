/* stream.h - a stream read in whole pieces: the caller says how many bytes the next one has. */
#ifndef STREAM_H
#define STREAM_H
#include "base/buf.h"
#include "parser.h"

struct stream {
	const struct input *in;
	char *data;
	size_t from, n, cap; /* data[from, n) was read and not taken */
	uint64_t passed;     /* bytes of the file before data[from] */
	bool ended;
};

/* The next n bytes, not taken yet; shorter at the end of the file. Valid until the next call. */
int stream_see(struct stream *s, size_t n, span *ret, struct err *err);
void stream_take(struct stream *s, size_t n); /* n of those that were seen */
void stream_free(struct stream *s);
#endif
