/* archive_flow.c - the bytes of an entry: see archive_parts.h. */
#include "acquire/archive_parts.h"
#include "sha256.h"

#define ENTRY_MAX ((uint64_t)64 << 30) /* bytes of one file */

int archive_account(struct pack *p, uint64_t n)
{
	p->produced += n;
	if (p->produced > p->cap) {
		source_note_add(
			p->s, true, SPAN_NONE,
			"the archive unpacks to far more than it should (a bomb?): the rest "
			"of it was not read");
		return E_LIMIT;
	}
	int64_t done = p->ab ? (int64_t)ab_done(p->ab) : archive_filter_bytes(p->a, -1);
	return source_progress(p->s, "Reading the archive", done > 0 ? (uint64_t)done : 0, p->size,
			       p->err);
}

int flow_next(struct flow *f)
{
	const void *block = NULL;
	size_t n = 0;
	int64_t at = 0;
	int r = archive_read_data_block(f->p->a, &block, &n, &at);
	if (r == ARCHIVE_EOF)
		return 0;
	if (r != ARCHIVE_OK) {
		const char *why = archive_error_string(f->p->a);
		f->failed = true;
		snprintf(f->why, sizeof f->why, "%s", why ? why : "damaged");
		if (r != ARCHIVE_WARN)
			return 0;
	}
	if (at < 0 || (uint64_t)at < f->at || (uint64_t)at > ENTRY_MAX || n > ENTRY_MAX) {
		f->failed = true;
		snprintf(f->why, sizeof f->why, "its parts are out of order or too large");
		return 0;
	}
	f->hole = (uint64_t)at - f->at;
	f->block = block;
	f->n = n;
	f->at = (uint64_t)at + n;
	int rc = archive_account(f->p, f->hole + n);
	return rc ? rc : 1;
}

int archive_pass(struct pack *p)
{
	struct flow f = { .p = p };
	int rc;
	if (p->skips)
		return 0; /* the next header skips */
	while ((rc = flow_next(&f)) > 0)
		;
	return rc;
}

/* Where an entry goes: into the vault, or only through the hash. */
struct out {
	struct vault_writer *vault;
	struct sha256 *hash;
	uint64_t size;
};

static int out_write(struct out *o, span bytes, struct err *err)
{
	o->size += bytes.n;
	if (o->vault)
		return vault_write(o->vault, bytes, err);
	sha256_add(o->hash, bytes);
	return 0;
}

static int out_zeros(struct out *o, uint64_t n, struct err *err)
{
	static const char zeros[4096];
	int rc = 0;
	for (size_t part; rc == 0 && n; n -= part) {
		part = n < sizeof zeros ? (size_t)n : sizeof zeros;
		rc = out_write(o, (span){ zeros, part }, err);
	}
	return rc;
}

static int out_end(struct out *o, struct entry *e, bool ok, struct err *err)
{
	int rc = 0;
	if (o->vault && ok)
		rc = vault_finish(o->vault, e->sha256, &e->size, err);
	else if (o->vault)
		vault_abandon(o->vault);
	else if (ok)
		rc = sha256_end(o->hash, e->sha256, err);
	if (ok)
		e->size = o->size;
	sha256_free(o->hash);
	return rc;
}

int flow_head(struct flow *f, struct buf *head)
{
	int rc = 1;
	while (rc > 0 && head->n < CATALOG_HEAD) {
		rc = flow_next(f);
		if (rc <= 0)
			break;
		for (; f->hole && head->n < CATALOG_HEAD; f->hole--)
			buf_byte(head, 0);
		if (f->hole) /* nothing that is read begins with so many zeros */
			break;
		buf_add(head, (span){ f->block, f->n });
	}
	return head->failed ? err_set(f->p->err, E_NOMEM, "Memory ran out.") : rc;
}

int flow_copy(struct flow *f, const struct buf *head, int more, struct entry *e, bool keep)
{
	struct pack *p = f->p;
	struct out o = { 0 };
	int rc = 0;
	if (keep) {
		e->place.kind = PLACE_VAULT;
		rc = vault_create(p->s->vault, &o.vault, &e->place.part, p->err);
	} else if (!(o.hash = sha256_new(p->err))) {
		rc = E_NOMEM;
	}
	if (rc)
		return rc;
	rc = out_write(&o, buf_span(head), p->err);
	if (rc == 0 && f->hole) {
		rc = out_zeros(&o, f->hole, p->err);
		if (rc == 0)
			rc = out_write(&o, (span){ f->block, f->n }, p->err);
	}
	while (rc == 0 && more > 0) {
		more = flow_next(f);
		if (more < 0)
			rc = more;
		if (more <= 0)
			break;
		rc = out_zeros(&o, f->hole, p->err);
		if (rc == 0)
			rc = out_write(&o, (span){ f->block, f->n }, p->err);
	}
	int end = out_end(&o, e, rc == 0, p->err);
	e->place.size = e->size;
	return rc ? rc : end;
}
