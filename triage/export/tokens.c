/* tokens.c - see tokens.h */
#include "tokens.h"
#include "decision.h"
#include "hex.h"
#include "report/rows.h"
#include "textmap.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { OWNER = 0 }; /* the number of the phone's own numbers and handles */

struct token {
	char *key;
	uint32_t key_n, number;
	bool left, known; /* written in this export; in the register */
};

struct tokens {
	bool plain;
	struct textmap *map; /* from a key to its place in all */
	struct token *all;
	size_t n, cap;
	uint32_t last, highest; /* number given last; highest that has left */
};

/* A number counts in any spelling; anything else by its bytes. */
static span key_of(uint64_t e164, span raw, char out[static 32])
{
	if (!e164)
		return raw;
	int n = snprintf(out, 32, "+%" PRIu64, e164);
	return (span){ out, (size_t)n };
}

static int add(struct tokens *t, span key, uint32_t number, struct err *err)
{
	uint32_t known;
	if (!key.n || textmap_get(t->map, key, &known))
		return 0;
	if (t->n == t->cap) {
		size_t cap = t->cap ? 2 * t->cap : 64;
		struct token *more = realloc(t->all, cap * sizeof *more);
		if (!more)
			return err_set(err, E_NOMEM, "Memory ran out.");
		t->all = more;
		t->cap = cap;
	}
	char *copy = malloc(key.n);
	if (copy)
		memcpy(copy, key.p, key.n);
	if (!copy || !textmap_put(t->map, (span){ copy, key.n }, (uint32_t)t->n)) {
		free(copy);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	if (number > t->last)
		t->last = number;
	t->all[t->n++] = (struct token){ .key = copy, .key_n = (uint32_t)key.n, .number = number };
	return 0;
}

/* "12 +447700900123" or "12 x6a6f": false if it is neither. */
static bool read_key(const char *line, uint32_t *ret_number, struct buf *ret_key)
{
	char *end;
	unsigned long number = strtoul(line, &end, 10);
	unsigned char byte;
	buf_clear(ret_key);
	if (!number || number > UINT32_MAX / 2 || *end++ != ' ')
		return false;
	*ret_number = (uint32_t)number;
	if (*end != 'x') {
		buf_add(ret_key, span_z(end));
		return *end == '+';
	}
	for (end++; *end; end += 2) {
		if (!end[1] || !hex_read(&byte, 1, (span){ end, 2 }))
			return false;
		buf_byte(ret_key, (char)byte);
	}
	return ret_key->n > 0;
}

struct register_of {
	struct tokens *t;
	struct case_db *c;
	struct err *err;
	int rc;
};

static int load_given(void *user, int64_t id, int64_t at, const char *by, const json_t *choices)
{
	struct register_of *r = user;
	struct buf text = { 0 }, key = { 0 };
	uint32_t number;
	char *rest = NULL;
	json_int_t highest = json_integer_value(json_object_get(choices, TOKENS_FIELD));
	(void)at;
	(void)by;
	if (highest > r->t->last && highest < INT32_MAX)
		r->t->last = (uint32_t)highest;
	/* erased, or of something else that left: none */
	if (decision_text(r->c, id, TOKENS_FIELD, &text, NULL) == 0 && text.n) {
		for (char *line = strtok_r(text.data, "\n", &rest); line && !r->rc;
		     line = strtok_r(NULL, "\n", &rest))
			if (read_key(line, &number, &key))
				r->rc = add(r->t, buf_span(&key), number, r->err);
	}
	buf_free(&text);
	buf_free(&key);
	return r->rc;
}

/* A number that the phone has as its own is nobody else's, in a text either. */
static int load_owner(struct tokens *t, struct case_db *c, struct err *err)
{
	struct rows rows;
	char digits[32];
	int rc = rows_ask(&rows, c, "SELECT e164, raw FROM party WHERE role = 'owner' ORDER BY id",
			  err);
	while (!rc && (rc = rows_step(&rows, err)) > 0) {
		span key = key_of((uint64_t)rows_number(&rows, 0), rows_bytes(&rows, 1), digits);
		rc = add(t, key, OWNER, err);
	}
	rows_close(&rows);
	return rc;
}

static int load_others(struct tokens *t, struct case_db *c, struct err *err)
{
	struct rows rows;
	char digits[32];
	int rc =
		rows_ask(&rows, c,
			 "SELECT e164, raw FROM (SELECT 0 AS kind, id, 0 AS n, e164, raw FROM party"
			 " WHERE role <> 'owner' UNION ALL SELECT 1, record, n, e164, NULL FROM"
			 " mention) ORDER BY kind, id, n",
			 err);
	while (!rc && (rc = rows_step(&rows, err)) > 0)
		rc = add(t, key_of((uint64_t)rows_number(&rows, 0), rows_bytes(&rows, 1), digits),
			 t->last + 1, err);
	rows_close(&rows);
	return rc;
}

static int load(struct tokens *t, struct case_db *c, struct err *err)
{
	struct register_of given = { .t = t, .c = c, .err = err };
	int rc = load_owner(t, c, err);
	if (!rc)
		rc = decision_each(c, DECISION_DISCLOSURE, load_given, &given, err);
	if (!rc)
		rc = given.rc;
	for (size_t i = 0; i < t->n; i++)
		t->all[i].known = true;
	t->highest = t->last;
	return rc ? rc : load_others(t, c, err);
}

static void put_key(struct buf *to, const struct token *k)
{
	bool number = k->key_n > 1 && *k->key == '+';
	for (uint32_t i = 1; i < k->key_n; i++)
		number = number && k->key[i] >= '0' && k->key[i] <= '9';
	buf_addf(to, "%" PRIu32 " %s", k->number, number ? "" : "x");
	for (uint32_t i = 0; i < k->key_n; i++)
		buf_addf(to, number ? "%c" : "%02x", (unsigned char)k->key[i]);
	buf_byte(to, '\n');
}

int tokens_left(const struct tokens *t, struct buf *ret, uint32_t *ret_highest, struct err *err)
{
	*ret_highest = t->highest;
	for (size_t i = 0; i < t->n; i++) {
		const struct token *k = &t->all[i];
		if (!k->left || k->known || k->number == OWNER)
			continue;
		if (k->number > *ret_highest)
			*ret_highest = k->number;
		put_key(ret, k);
	}
	return ret->failed ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
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
		free(t->all[i].key);
	free(t->all);
	free(t);
}

static void put_token(const struct tokens *t, struct buf *out, span key)
{
	uint32_t at;
	struct token *k = key.n && textmap_get(t->map, key, &at) ? &t->all[at] : NULL;
	if (!k) {
		buf_add(out, SPAN("T00"));
	} else if (k->number == OWNER) {
		buf_add(out, SPAN("owner"));
	} else {
		k->left = true;
		buf_addf(out, "T%02" PRIu32, k->number);
	}
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
