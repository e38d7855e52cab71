/* backup_payload.c - the files of a backup under their 20 bytes: see backup_parts.h. */
#include "acquire/backup_parts.h"
#include <stdlib.h>

static const struct catalog *sorting; /* qsort has no argument; one thread */

static int payload_order(const void *a, const void *b)
{
	const struct payload *x = a, *y = b;
	span dx = sorting->payload_dir[x->dir], dy = sorting->payload_dir[y->dir];
	int c = x->dir == y->dir ? 0 : span_order(dx, dy);
	if (c)
		return c;
	c = memcmp(x->id, y->id, sizeof x->id);
	if (c)
		return c;
	c = (int)x->flat - (int)y->flat;
	return c ? c : (x->entry > y->entry) - (x->entry < y->entry);
}

void backup_payloads_sort(struct catalog *c)
{
	sorting = c;
	if (c->payloads)
		qsort(c->payload, c->payloads, sizeof *c->payload, payload_order);
}

struct payload *backup_payload_find(const struct backup *b, const unsigned char id[20])
{
	size_t low = b->first, high = b->stop;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (memcmp(b->c->payload[mid].id, id, 20) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < b->stop && memcmp(b->c->payload[low].id, id, 20) == 0 ? &b->c->payload[low]
									   : NULL;
}

struct entry *backup_payload_entry(const struct catalog *c, const struct payload *p)
{
	return p->fetched ? &c->fetched[p->fetched - 1] : p->entry ? &c->entry[p->entry - 1] : NULL;
}

const struct entry *backup_payload_use(struct catalog *c, struct payload *p)
{
	p->used = true;
	if (p->entry)
		c->entry[p->entry - 1].used = true;
	return backup_payload_entry(c, p);
}

span backup_payload_path(const struct catalog *c, const struct payload *p)
{
	char hex[44];
	span dir = c->payload_dir[p->dir];
	const struct entry *e = backup_payload_entry(c, p);
	if (e)
		return e->path;
	for (int i = 0; i < 20; i++) {
		hex[3 + 2 * i] = "0123456789abcdef"[p->id[i] >> 4];
		hex[4 + 2 * i] = "0123456789abcdef"[p->id[i] & 15];
	}
	hex[0] = hex[3];
	hex[1] = hex[4];
	hex[2] = '/';
	return path_join(c->s, dir, p->flat ? (span){ hex + 3, 40 } : (span){ hex, 43 });
}

struct place backup_payload_place(const struct catalog *c, const struct payload *p)
{
	const struct entry *e = backup_payload_entry(c, p);
	if (e)
		return e->place;
	if (c->s->how != &acquire_folder) /* seen, but not kept */
		return (struct place){ 0 };
	span path = backup_payload_path(c, p);
	return (struct place){ .kind = path.p ? PLACE_TREE : PLACE_NONE,
			       .path = path.p,
			       .size = p->size };
}

int backup_leftovers(struct catalog *c, struct err *err)
{
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < c->payloads; i++) {
		if (c->payload[i].used || c->payload[i].entry)
			continue;
		rc = i % 64 ? 0 : source_progress(c->s, "Looking at files", i, c->payloads, err);
		struct found f = { .path = backup_payload_path(c, &c->payload[i]),
				   .size = c->payload[i].size };
		f.place = backup_payload_place(c, &c->payload[i]);
		if (rc == 0 && f.path.p && f.place.kind == PLACE_TREE && f.size > 0)
			rc = catalog_list_loose(c, &f, err);
	}
	return rc;
}
