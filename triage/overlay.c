/* overlay.c - see overlay.h */
#include "overlay.h"
#include <stdlib.h>

#define BLOCK ((size_t)4096)

struct overlay_block {
	uint64_t number;
	unsigned char *bytes; /* NULL: a free slot */
};

void overlay_init(struct overlay *o, struct reader *base, struct overlay_budget *budget)
{
	uint64_t size = base ? reader_size(base) : 0;
	*o = (struct overlay){ .base = base, .base_size = size, .size = size, .budget = budget };
}

void overlay_done(struct overlay *o)
{
	for (size_t i = 0; i < o->slots; i++)
		free(o->block[i].bytes);
	if (o->budget)
		o->budget->used -= o->blocks * BLOCK;
	free(o->block);
	*o = (struct overlay){ .budget = o->budget };
}

static size_t slot_of(const struct overlay *o, uint64_t number)
{
	size_t i = (size_t)(number * 0x9E3779B97F4A7C15u >> 32) & (o->slots - 1);
	while (o->block[i].bytes && o->block[i].number != number)
		i = (i + 1) & (o->slots - 1);
	return i;
}

static unsigned char *block_find(const struct overlay *o, uint64_t number)
{
	return o->blocks ? o->block[slot_of(o, number)].bytes : NULL;
}

/* Bytes of the base, zeros where it has none. */
static int base_read(struct overlay *o, void *buf, size_t n, uint64_t at, struct err *err)
{
	size_t have = 0;
	if (o->base && at < o->base_size) {
		have = n < o->base_size - at ? n : (size_t)(o->base_size - at);
		ptrdiff_t got = reader_at(o->base, buf, have, at, err);
		if (got < 0)
			return (int)got;
		have = (size_t)got;
	}
	memset((char *)buf + have, 0, n - have);
	return 0;
}

ptrdiff_t overlay_read(struct overlay *o, void *buf, size_t n, uint64_t at, struct err *err)
{
	if (at >= o->size)
		return 0;
	if (n > o->size - at)
		n = (size_t)(o->size - at);
	if (!o->blocks) {
		int rc = base_read(o, buf, n, at, err);
		return rc ? rc : (ptrdiff_t)n;
	}
	for (size_t done = 0; done < n;) {
		uint64_t pos = at + done;
		size_t in = (size_t)(pos % BLOCK), part = BLOCK - in;
		if (part > n - done)
			part = n - done;
		const unsigned char *b = block_find(o, pos / BLOCK);
		if (b) {
			memcpy((char *)buf + done, b + in, part);
		} else {
			int rc = base_read(o, (char *)buf + done, part, pos, err);
			if (rc)
				return rc;
		}
		done += part;
	}
	return (ptrdiff_t)n;
}

static int grow(struct overlay *o, struct err *err)
{
	struct overlay old = *o;
	o->slots = old.slots ? old.slots * 2 : 64;
	o->block = calloc(o->slots, sizeof *o->block);
	if (!o->block) {
		*o = old;
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	for (size_t i = 0; i < old.slots; i++)
		if (old.block[i].bytes)
			o->block[slot_of(o, old.block[i].number)] = old.block[i];
	free(old.block);
	return 0;
}

/* The block to write in, with what lies below it already in place. */
static int block_make(struct overlay *o, uint64_t number, unsigned char **ret, struct err *err)
{
	if ((*ret = block_find(o, number)))
		return 0;
	if (o->budget->cap - o->budget->used < BLOCK) {
		o->budget->hit = true;
		return err_set(err, E_LIMIT,
			       "Undoing its unfinished changes takes more memory "
			       "than linecheck gives to one file.");
	}
	int rc = (o->blocks + 1) * 2 > o->slots ? grow(o, err) : 0;
	if (rc)
		return rc;
	unsigned char *b = malloc(BLOCK);
	if (!b)
		return err_set(err, E_NOMEM, "Memory ran out.");
	rc = base_read(o, b, BLOCK, number * BLOCK, err);
	if (rc) {
		free(b);
		return rc;
	}
	o->block[slot_of(o, number)] = (struct overlay_block){ number, b };
	o->blocks++;
	o->budget->used += BLOCK;
	*ret = b;
	return 0;
}

int overlay_write(struct overlay *o, const void *buf, size_t n, uint64_t at, struct err *err)
{
	if (at > INT64_MAX - n)
		return err_set(err, E_LIMIT, "A write beyond the end of any file.");
	for (size_t done = 0; done < n;) {
		uint64_t pos = at + done;
		size_t in = (size_t)(pos % BLOCK), part = BLOCK - in;
		if (part > n - done)
			part = n - done;
		unsigned char *b;
		int rc = block_make(o, pos / BLOCK, &b, err);
		if (rc)
			return rc;
		memcpy(b + in, (const char *)buf + done, part);
		done += part;
		if (pos + part > o->size)
			o->size = pos + part;
	}
	return 0;
}

void overlay_truncate(struct overlay *o, uint64_t size)
{
	if (size >= o->size) { /* what is added reads as zeros: nothing of the base is there */
		o->size = size;
		return;
	}
	/* Blocks past the end must not come back when the file grows again: they become zeros. */
	for (size_t i = 0; i < o->slots; i++) {
		if (!o->block[i].bytes || (o->block[i].number + 1) * BLOCK <= size)
			continue;
		uint64_t begin = o->block[i].number * BLOCK;
		size_t keep = begin < size ? (size_t)(size - begin) : 0;
		memset(o->block[i].bytes + keep, 0, BLOCK - keep);
	}
	if (o->base_size > size)
		o->base_size = size;
	o->size = size;
}
