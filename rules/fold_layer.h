/*
 * fold_layer.h - a text made from another text, and where each of its bytes came from.
 *
 * A layer's bytes are described by pieces in order. A piece either copies bytes of the text under
 * it one for one, or stands as a whole for some bytes of it. No pieces: the layer copies the text
 * under it from the first byte to the last.
 */
#ifndef FOLD_LAYER_H
#define FOLD_LAYER_H
#include "base/span.h"
#include <stdint.h>

#define LAYER_PAD 32 /* zero bytes before and after the text, for reading many at a time */

struct piece {
	uint32_t at;   /* first byte in the layer */
	uint32_t from; /* first byte in the text under it */
	uint32_t len;  /* 0: copies byte for byte; else stands for this many bytes */
};

struct layer {
	char *text; /* LAYER_PAD bytes, the text, LAYER_PAD bytes */
	size_t n, cap;
	struct piece *piece;
	size_t piece_n, piece_cap;
	size_t piece_max; /* if not 0, one more is refused as if memory ran out, and `full` says so
			   */
	bool full;
	const struct layer *under;           /* NULL: the original */
	size_t char_at, char_from, char_len; /* the last character put */
	bool ascii;
};

void layer_free(struct layer *l);  /* back to { 0 } */
void layer_clear(struct layer *l); /* no text, no pieces, ASCII */
/* Make room for n bytes of text in all. False: out of memory. */
bool layer_room(struct layer *l, size_t n);

/* Append n bytes that one character of len bytes at from became. False: out of memory. */
bool layer_put(struct layer *l, const char *p, size_t n, size_t from, size_t len);
/* Append n bytes that are the bytes at from. */
bool layer_copy(struct layer *l, const char *p, size_t n, size_t from);
/* Append the n bytes at from, ASCII letters in lower case; the last character begins at last. */
bool layer_lower(struct layer *l, const char *p, size_t n, size_t from, size_t last);
/* The len bytes at from vanish, and belong to the character before them. */
bool layer_extend(struct layer *l, size_t from, size_t len);
/* After the last append: the bytes after the text are zero. */
bool layer_done(struct layer *l);

/* Bytes [*start, *stop) of the layer, not empty, to bytes of the text under it. */
void layer_under(const struct layer *l, size_t *start, size_t *stop);
#endif
