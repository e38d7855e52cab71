/* wal_check.c - see wal_check.h */
#include "wal_check.h"
#include <stdlib.h>
#include <string.h>

#define HEADER 32
#define FRAME 24
#define VERSION 3007000u

struct sum {
	uint32_t a, b;
	bool big_endian;
};

static uint32_t big(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t little(const unsigned char *p)
{
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

/* n is a multiple of 8. */
static void add(struct sum *s, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i += 8) {
		s->a += (s->big_endian ? big(p + i) : little(p + i)) + s->b;
		s->b += (s->big_endian ? big(p + i + 4) : little(p + i + 4)) + s->a;
	}
}

static bool fits(const struct sum *s, const unsigned char *stored)
{
	return big(stored) == s->a && big(stored + 4) == s->b;
}

static bool read_header(const unsigned char *h, struct sum *sum, uint32_t *page_size)
{
	uint32_t magic = big(h), size = big(h + 8);
	*sum = (struct sum){ .big_endian = magic & 1 };
	add(sum, h, 24);
	*page_size = size;
	return (magic & ~1u) == 0x377f0682u && big(h + 4) == VERSION && size >= 512 &&
	       size <= 65536 && (size & (size - 1)) == 0 && fits(sum, h + 24);
}

struct log {
	struct reader *wal;
	const unsigned char *header;
	struct sum sum;
	uint32_t beyond;
	uint64_t behind; /* frames since the last commit that write behind `beyond` */
};

/* 1: the frame is used; 0: it is where reading ends, and the state says why; negative E_IO. */
static int one_frame(struct log *l, unsigned char *frame, uint64_t i, struct wal_state *w,
		     struct err *err)
{
	size_t n = FRAME + w->page_size;
	ptrdiff_t got = reader_at(l->wal, frame, n, HEADER + i * n, err);
	if (got < 0)
		return (int)got;
	if (got < FRAME)
		return 0;
	if (memcmp(frame + 8, l->header + 16, 8) != 0) {
		/* Behind the log's end stand the frames of earlier rounds. */
		if (i == 0)
			w->trouble = WAL_NOT_ITS;
		return 0;
	}
	w->trouble = WAL_DAMAGED;
	if ((size_t)got < n)
		return 0;
	add(&l->sum, frame, 8);
	add(&l->sum, frame + FRAME, w->page_size);
	if (!fits(&l->sum, frame + 16) || big(frame) == 0)
		return 0;
	l->behind += big(frame) > l->beyond;
	w->trouble = WAL_UNFINISHED;
	if (big(frame + 4)) {
		w->trouble = WAL_FINE;
		w->committed = i + 1;
		w->db_pages = big(frame + 4);
		w->pages += l->behind;
		l->behind = 0;
	}
	return 1;
}

int wal_check(struct reader *wal, uint32_t beyond, struct wal_state *ret, struct err *err)
{
	unsigned char header[HEADER];
	struct wal_state w = { .trouble = WAL_FINE };
	struct log l = { .wal = wal, .header = header, .beyond = beyond };
	if (reader_size(wal) == 0) {
		*ret = w;
		return 0;
	}
	ptrdiff_t got = reader_at(wal, header, sizeof header, 0, err);
	if (got < 0)
		return (int)got;
	if (got < HEADER || !read_header(header, &l.sum, &w.page_size)) {
		*ret = (struct wal_state){ .trouble = WAL_NO_HEADER };
		return 0;
	}
	unsigned char *frame = malloc(FRAME + w.page_size);
	if (!frame)
		return err_set(err, E_NOMEM, "Memory ran out.");
	w.frames = (reader_size(wal) - HEADER) / (FRAME + w.page_size);
	int rc = 1;
	for (uint64_t i = 0; rc > 0 && HEADER + i * (FRAME + w.page_size) < reader_size(wal); i++)
		rc = one_frame(&l, frame, i, &w, err);
	free(frame);
	if (rc < 0)
		return rc;
	*ret = w;
	return 0;
}

const char *wal_trouble_words(enum wal_trouble trouble, bool *loss)
{
	*loss = trouble != WAL_FINE && trouble != WAL_UNFINISHED;
	switch (trouble) {
	case WAL_NO_HEADER:
		return "it could not be used: it is not a write-ahead log, or its beginning is "
		       "damaged. What it changed in its database is missing";
	case WAL_NOT_ITS:
		return "it could not be used: what it holds does not belong to its own header. "
		       "What "
		       "it changed in its database is missing";
	case WAL_DAMAGED:
		return "it was used only up to where it is damaged or cut: what it changed after "
		       "that is missing";
	case WAL_UNFINISHED:
		return "its last change was never completed, and is not used, as SQLite does";
	case WAL_FINE:
	default:
		return NULL;
	}
}
