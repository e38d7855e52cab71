/* sealed_stream.h - the bytes inside the chunks of a sealed case, one after the other. */
#ifndef SEALED_STREAM_H
#define SEALED_STREAM_H
#include "chunk.h"

struct sealed_out;
/* Write at offset start of fd; size bytes are to come. fd and k are borrowed. */
int sealed_out_open(struct sealed_out **ret, int fd, uint64_t start, const struct chunk_key *k,
		    uint64_t size, struct err *err);
int sealed_out_put(struct sealed_out *o, span bytes, struct err *err);
/* All has come. The SHA-256 of it. */
int sealed_out_end(struct sealed_out *o, char sha256[static 65], struct err *err);
void sealed_out_free(struct sealed_out *o); /* NULL is legal */

struct sealed_in;
int sealed_in_open(struct sealed_in **ret, int fd, uint64_t start, const struct chunk_key *k,
		   uint64_t size, struct err *err);
/* Exactly n bytes. E_FORMAT: altered, cut short, or past the end. */
int sealed_in_get(struct sealed_in *i, void *buf, size_t n, struct err *err);
uint64_t sealed_in_left(const struct sealed_in *i);
/* The SHA-256 of all that was given. */
int sealed_in_end(struct sealed_in *i, char sha256[static 65], struct err *err);
void sealed_in_free(struct sealed_in *i);
#endif
