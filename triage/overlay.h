/*
 * overlay.h - a file that can be written in memory only: what SQLite does to evidence when it rolls
 * back a hot journal or recovers a WAL happens here, over bytes that stay as they are.
 */
#ifndef OVERLAY_H
#define OVERLAY_H
#include "reader.h"

/* What several overlays may hold together. */
struct overlay_budget {
	uint64_t used, cap;
	bool hit; /* a write was refused because of the cap */
};

struct overlay {
	struct reader *base; /* borrowed; NULL: nothing below */
	uint64_t base_size;  /* bytes of base that still show through */
	uint64_t size;       /* of the file as its user sees it */
	struct overlay_budget *budget;
	struct overlay_block *block; /* open addressing by number, a power of two slots */
	size_t slots, blocks;
};

/* From { 0 }. base may be NULL. */
void overlay_init(struct overlay *o, struct reader *base, struct overlay_budget *budget);
void overlay_done(struct overlay *o); /* back to an empty file over nothing */

/* As reader_at: how many bytes there were. The base being shorter than it was counts as zeros, and
 * as E_IO where it cannot be read at all. */
ptrdiff_t overlay_read(struct overlay *o, void *buf, size_t n, uint64_t at, struct err *err);
/* E_LIMIT at the cap (budget->hit is set), E_NOMEM, E_IO. */
int overlay_write(struct overlay *o, const void *buf, size_t n, uint64_t at, struct err *err);
void overlay_truncate(struct overlay *o, uint64_t size);
#endif
