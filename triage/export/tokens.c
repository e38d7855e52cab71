/* tokens.c - see tokens.h */
#include "tokens.h"
#include "report/rows.h"
#include "textmap.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct tokens {
	bool plain;
	struct textmap *map;
	char **keys;
	size_t n, cap;
};

/* A number counts in any spelling; anything else by its bytes. */
static span key_of(uint64_t e164, span raw, char out[static 32])
{
	if (!e164)
		return raw;
	int n = snprintf(out, 32, "+%" PRIu64, e164);
	return (span){ out, (size_t)n };
}

static int add(struct tokens *t, span key, struct err *err)
{
	uint32_t known;
	if (!key.n || textmap_get(t->map, key, &known))
		return 0;
	if (t->n == t->cap) {
		size_t cap = t->cap ? 2 * t->cap : 64;
		char **more = realloc(t->keys, cap * sizeof *more);
		if (!more)
			return err_set(err, E_NOMEM, "Memory ran out.");
		t->keys = more;
		t->cap = cap;
	}
	char *copy = malloc(key.n);
	if (copy)
		memcpy(copy, key.p, key.n);
	if (!copy || !textmap_put(t->map, (span){ copy, key.n }, (uint32_t)t->n + 1)) {
		free(copy);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	t->keys[t->n++] = copy;
	return 0;
}

static int load(struct tokens *t, struct case_db *c, struct err *err)
{
	struct rows rows;
	char digits[32];
	int rc =
		rows_ask(&rows, c,
			 "SELECT e164, raw FROM (SELECT 0 AS kind, id, e164, raw FROM party WHERE"
			 " role <> 'owner' UNION ALL SELECT 1, record * 100000 + n, e164, NULL FROM"
			 " mention) ORDER BY kind, id",
			 err);
	while (!rc && (rc = rows_step(&rows, err)) > 0)
		rc = add(t, key_of((uint64_t)rows_number(&rows, 0), rows_bytes(&rows, 1), digits),
			 err);
	rows_close(&rows);
	return rc;
}

int tokens_new(struct tokens **ret, struct case_db *c, bool plain, struct err *err)
{
	struct tokens *t = calloc(1, sizeof *t);
	if (t)
		t->map = textmap_new();
	if (!t || !t->map) {
		free(t);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	t->plain = plain;
	int rc = plain ? 0 : load(t, c, err);
	if (rc)
		tokens_free(t);
	else
		*ret = t;
	return rc;
}

void tokens_free(struct tokens *t)
{
	if (!t)
		return;
	textmap_free(t->map);
	for (size_t i = 0; i < t->n; i++)
		free(t->keys[i]);
	free(t->keys);
	free(t);
}

static void put_token(const struct tokens *t, struct buf *out, span key)
{
	uint32_t n;
	if (key.n && textmap_get(t->map, key, &n))
		buf_addf(out, "T%02" PRIu32, n);
	else
		buf_add(out, SPAN("T00"));
}

void tokens_party(const struct tokens *t, struct buf *out, const struct fact_party *p)
{
	char digits[32];
	bool owner = span_eq(p->role, SPAN("owner"));
	if (!p->known || (!p->raw.p && !p->e164))
		buf_add(out, owner ? SPAN("owner") : SPAN("not known"));
	else if (t->plain) {
		buf_add(out, key_of(p->e164, p->raw, digits));
	} else if (owner)
		buf_add(out, SPAN("owner"));
	else
		put_token(t, out, key_of(p->e164, p->raw, digits));
}

int tokens_text(const struct tokens *t, struct buf *out, struct list_reader *lists, span text,
		struct err *err)
{
	struct fact_mention m;
	char digits[32];
	size_t at = 0;
	int rc = 0;
	while (!t->plain && (rc = list_mention(lists, &m, err)) > 0) {
		if (m.start < (int64_t)at || m.stop < m.start || (uint64_t)m.stop > text.n)
			continue;
		buf_add(out, span_sub(text, at, (size_t)m.start));
		put_token(t, out, key_of(m.e164, SPAN_NONE, digits));
		at = (size_t)m.stop;
	}
	buf_add(out, span_from(text, at));
	return rc;
}
