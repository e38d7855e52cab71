/* linepack_make.c - see linepack.h: contents, deltas, and the signed form. */
#include "canon.h"
#include "hex.h"
#include "linepack_bytes.h"
#include <openssl/sha.h>
#include <stdlib.h>

#define STATEMENT_MAX ((size_t)4096)

struct linepack_maker {
	bool keyed;
	struct buf part[6]; /* by enum linepack_part */
	uint32_t n[6];
	struct text {
		uint32_t assertion;
		size_t at, n;
	} * text;
	uint32_t texts, texts_cap;
	struct buf words;
};

struct linepack_maker *linepack_maker_new(bool keyed)
{
	struct linepack_maker *m = calloc(1, sizeof *m);
	if (m)
		m->keyed = keyed;
	return m;
}

void linepack_maker_free(struct linepack_maker *m)
{
	if (!m)
		return;
	for (int i = 0; i < 6; i++)
		buf_free(&m->part[i]);
	buf_free(&m->words);
	free(m->text);
	free(m);
}

bool linepack_add_entry(struct linepack_maker *m, const struct linepack_entry *e)
{
	unsigned char b[ENTRY] = { 0 };
	memcpy(b, e->tag, LINEPACK_TAG);
	put32(b + 16, e->assertion);
	put32(b + 20, e->line);
	put16(b + 24, e->from);
	put16(b + 26, e->until);
	if (e->source)
		b[28] = (unsigned char)((e->source - '0') | (e->assessment - 'A' + 1) << 2);
	b[28] |= (unsigned char)(e->handling == 'P' ? 32 : e->handling == 'C' ? 64 : 0);
	b[29] = (unsigned char)(e->status | (e->lapsed ? 4 : 0));
	buf_add(&m->part[PART_ENTRY], (span){ (const char *)b, sizeof b });
	m->n[PART_ENTRY]++;
	return !m->part[PART_ENTRY].failed;
}

bool linepack_add_line(struct linepack_maker *m, const struct linepack_line *l)
{
	struct buf *b = &m->part[PART_LINE];
	unsigned char id[4];
	const span texts[] = { l->names, l->unit, l->contact };
	put32(id, l->id);
	buf_add(b, (span){ (const char *)id, 4 });
	buf_add(b, (span){ (const char *)l->uuid, 16 });
	buf_byte(b, l->warning);
	for (int k = 0; k < 3; k++) {
		size_t n = texts[k].n < 256 ? texts[k].n : 255;
		while (n && n < texts[k].n && (texts[k].p[n] & 0xc0) == 0x80)
			n--;
		buf_byte(b, (char)n);
		buf_add(b, (span){ n ? texts[k].p : "", n });
	}
	m->n[PART_LINE]++;
	return !b->failed;
}

bool linepack_add_text(struct linepack_maker *m, uint32_t assertion, span text)
{
	if (m->texts == m->texts_cap) {
		uint32_t cap = m->texts_cap ? m->texts_cap * 2 : 64;
		struct text *t = realloc(m->text, cap * sizeof *t);
		if (!t)
			return false;
		m->text = t;
		m->texts_cap = cap;
	}
	m->text[m->texts++] = (struct text){ assertion, m->words.n, text.n & 0xffff };
	buf_add(&m->words, text);
	return !m->words.failed;
}

static int by_assertion(const void *a, const void *b)
{
	const struct text *x = a, *y = b;
	return (x->assertion > y->assertion) - (x->assertion < y->assertion);
}

static int by_tag(const void *a, const void *b)
{
	return memcmp(a, b, 20);
}

static void put_texts(struct linepack_maker *m)
{
	if (m->texts)
		qsort(m->text, m->texts, sizeof *m->text, by_assertion);
	for (uint32_t i = 0; i < m->texts; i++) {
		unsigned char head[6];
		put32(head, m->text[i].assertion);
		put16(head + 4, (unsigned)m->text[i].n);
		buf_add(&m->part[PART_TEXT], (span){ (const char *)head, 6 });
		buf_add(&m->part[PART_TEXT], (span){ m->words.data + m->text[i].at, m->text[i].n });
	}
	m->n[PART_TEXT] += m->texts;
}

static int put_together(struct linepack_maker *m, bool delta, struct buf *ret, struct err *err)
{
	unsigned char head[HEAD] = "LCLINES1";
	const size_t sizes[] = { m->n[PART_ENTRY],     m->n[PART_LINE],      m->part[PART_LINE].n,
				 m->n[PART_TEXT],      m->part[PART_TEXT].n, m->n[PART_GONE_ENTRY],
				 m->n[PART_GONE_LINE], m->n[PART_GONE_TEXT] };
	size_t all = HEAD;
	put32(head + 8, (m->keyed ? 1u : 0u) | (delta ? 2u : 0u));
	for (int i = 0; i < 8; i++)
		put32(head + 12 + 4 * i, (uint32_t)sizes[i]);
	for (int i = 0; i < 6; i++)
		all += m->part[i].n;
	if (!ret->data && (ret->data = malloc(all + 1)))
		ret->cap = all + 1;
	buf_add(ret, (span){ (const char *)head, sizeof head });
	for (int i = 0; i < 6; i++) {
		if (m->part[i].failed)
			ret->failed = true;
		buf_add(ret, buf_span(&m->part[i]));
		buf_free(&m->part[i]);
	}
	return ret->failed ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
}

int linepack_make(struct linepack_maker *m, struct buf *ret, struct err *err)
{
	if (m->n[PART_ENTRY])
		qsort(m->part[PART_ENTRY].data, m->n[PART_ENTRY], ENTRY, by_tag);
	put_texts(m);
	return put_together(m, false, ret, err);
}

/* ---- deltas ---- */

static void add(struct linepack_maker *m, enum linepack_part part, const unsigned char *p, size_t n)
{
	buf_add(&m->part[part], (span){ (const char *)p, n });
	m->n[part]++;
}

/* Both in order: what only the new has or has otherwise is put, what only the old has is gone. */
static void diff_part(struct linepack_maker *m, const struct linepack *old,
		      const struct linepack *new, enum linepack_part part)
{
	size_t key = part == PART_ENTRY ? 20 : 4, a_n, b_n;
	for (uint32_t i = 0, k = 0;;) {
		const unsigned char *a = linepack_raw(old, part, i, &a_n);
		const unsigned char *b = linepack_raw(new, part, k, &b_n);
		if (!a && !b)
			return;
		int order = !a ? 1 : !b ? -1 : memcmp(a, b, key);
		if (order < 0)
			add(m, part + PART_GONE_ENTRY, a, key);
		else if (order > 0 || a_n != b_n || memcmp(a, b, a_n) != 0)
			add(m, part, b, b_n);
		i += order <= 0;
		k += order >= 0;
	}
}

int linepack_diff(const struct linepack *old, const struct linepack *new, struct buf *ret,
		  struct err *err)
{
	struct linepack_maker *m = linepack_maker_new(linepack_keyed(new));
	if (!m)
		return err_set(err, E_NOMEM, "Memory ran out.");
	for (enum linepack_part p = PART_ENTRY; p <= PART_TEXT; p++)
		diff_part(m, old, new, p);
	int rc = put_together(m, true, ret, err);
	linepack_maker_free(m);
	return rc;
}

static void apply_part(struct linepack_maker *m, const struct linepack *old,
		       const struct linepack *delta, enum linepack_part part)
{
	size_t key = part == PART_ENTRY ? 20 : 4, a_n, b_n, g_n;
	for (uint32_t i = 0, k = 0, g = 0;;) {
		const unsigned char *a = linepack_raw(old, part, i, &a_n);
		const unsigned char *b = linepack_raw(delta, part, k, &b_n);
		const unsigned char *gone = linepack_raw(delta, part + PART_GONE_ENTRY, g, &g_n);
		if (!a && !b)
			return;
		int order = !a ? 1 : !b ? -1 : memcmp(a, b, key);
		if (order >= 0) {
			add(m, part, b, b_n);
			i += order == 0;
			k++;
			continue;
		}
		while (gone && memcmp(gone, a, key) < 0)
			gone = linepack_raw(delta, part + PART_GONE_ENTRY, ++g, &g_n);
		if (!gone || memcmp(gone, a, key) != 0)
			add(m, part, a, a_n);
		i++;
	}
}

int linepack_apply(const struct linepack *old, const struct linepack *delta, struct buf *ret,
		   struct err *err)
{
	if (!linepack_delta(delta) || linepack_delta(old) ||
	    linepack_keyed(old) != linepack_keyed(delta))
		return err_set(err, E_FORMAT,
			       "The pack does not stand on the list that is "
			       "installed.");
	struct linepack_maker *m = linepack_maker_new(linepack_keyed(old));
	if (!m)
		return err_set(err, E_NOMEM, "Memory ran out.");
	for (enum linepack_part p = PART_ENTRY; p <= PART_TEXT; p++)
		apply_part(m, old, delta, p);
	int rc = put_together(m, false, ret, err);
	linepack_maker_free(m);
	return rc;
}

/* ---- the signed form ---- */

static void hash_of(span s, char ret[static 65])
{
	unsigned char digest[32];
	SHA256((const unsigned char *)s.p, s.n, digest);
	hex_write(ret, digest, sizeof digest);
}

int linepack_sign(struct buf *ret, struct linepack_about *a, span full, span contents,
		  const struct key *unit, struct err *err)
{
	unsigned char signature[KEY_SIGNATURE], size[4];
	struct buf statement = { 0 };
	hash_of(full, a->content);
	memcpy(a->unit, key_public(unit)->id, sizeof a->unit);
	json_t *j = json_pack("{s:s,s:I,s:s,s:I,s:I,s:s,s:I,s:I,s:s}", "content", a->content,
			      "expires", (json_int_t)a->expires, "format", "linecheck-lines-1",
			      "identifiers", (json_int_t)a->identifiers, "issued",
			      (json_int_t)a->issued, "key", a->key, "lines", (json_int_t)a->lines,
			      "number", (json_int_t)a->number, "unit", a->unit);
	int rc = j ? canon_write(&statement, j, err) : err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = key_sign(unit, "lines", buf_span(&statement), signature, err);
	if (!rc) {
		put32(size, (uint32_t)statement.n);
		if (!ret->data && (ret->data = malloc(contents.n + STATEMENT_MAX)))
			ret->cap = contents.n + STATEMENT_MAX;
		buf_add(ret, (span){ (const char *)size, 4 });
		buf_add(ret, buf_span(&statement));
		buf_add(ret, (span){ (const char *)signature, sizeof signature });
		buf_add(ret, contents);
		if (ret->failed)
			rc = err_set(err, E_NOMEM, "Memory ran out.");
	}
	json_decref(j);
	buf_free(&statement);
	return rc;
}

static bool take_text(const json_t *j, const char *name, char *ret, size_t length,
		      bool may_be_empty)
{
	const char *s = json_string_value(json_object_get(j, name));
	if (!s || (strlen(s) != length && (*s || !may_be_empty)) ||
	    s[strspn(s, "0123456789abcdef")])
		return false;
	memcpy(ret, s, strlen(s) + 1);
	return true;
}

static bool take_number(const json_t *j, const char *name, int64_t least, int64_t most,
			int64_t *ret)
{
	const json_t *v = json_object_get(j, name);
	*ret = json_integer_value(v);
	return json_is_integer(v) && *ret >= least && *ret <= most;
}

static bool read_statement(span s, struct linepack_about *a)
{
	json_t *j = NULL;
	int64_t number, identifiers, lines;
	if (canon_read(&j, s, NULL))
		return false;
	const char *format = json_string_value(json_object_get(j, "format"));
	const int64_t last = time_days(9999, 1, 1) * 86400000;
	bool ok = format && strcmp(format, "linecheck-lines-1") == 0 && json_object_size(j) == 9 &&
		  take_text(j, "content", a->content, 64, false) &&
		  take_text(j, "unit", a->unit, 16, false) &&
		  take_text(j, "key", a->key, 16, true) &&
		  take_number(j, "number", 1, CANON_INTEGER_MAX, &number) &&
		  take_number(j, "identifiers", 0, UINT32_MAX, &identifiers) &&
		  take_number(j, "lines", 0, UINT32_MAX, &lines) &&
		  take_number(j, "issued", 0, last, &a->issued) &&
		  take_number(j, "expires", a->issued + 1, last, &a->expires);
	json_decref(j);
	if (ok) {
		a->number = (uint64_t)number;
		a->identifiers = (uint32_t)identifiers;
		a->lines = (uint32_t)lines;
	}
	return ok;
}

int linepack_verify(span bytes, const struct trust *t, struct linepack_about *ret, span *ret_head,
		    span *ret_contents, struct err *err)
{
	const struct key_public *unit = NULL;
	size_t n = bytes.n >= 4 ? get32((const unsigned char *)bytes.p) : 0;
	if (!n || n > STATEMENT_MAX || bytes.n - 4 < n + KEY_SIGNATURE)
		return err_set(err, E_FORMAT, "The list of lines is damaged: it is cut short.");
	span statement = span_sub(bytes, 4, 4 + n);
	const unsigned char *signature = (const unsigned char *)bytes.p + 4 + n;
	if (!read_statement(statement, ret))
		return err_set(err, E_FORMAT,
			       "The list of lines is damaged: its statement cannot be read.");
	int rc = t ? trust_unit(t, ret->unit, ret->issued, &unit, err) : 0;
	if (rc)
		return rc;
	if (unit && key_verify(unit->sign, "lines", statement, signature, NULL))
		return err_set(err, E_REFUSED,
			       "The list of lines is not signed by %s, which it names: it was "
			       "altered, or signed by another key.",
			       unit->name);
	*ret_head = span_sub(bytes, 0, 4 + n + KEY_SIGNATURE);
	*ret_contents = span_from(bytes, 4 + n + KEY_SIGNATURE);
	return 0;
}

int linepack_verify_content(const struct linepack_about *about, span full, struct err *err)
{
	char sha256[65];
	hash_of(full, sha256);
	return strcmp(sha256, about->content) == 0
		       ? 0
		       : err_set(err, E_FORMAT,
				 "The list of lines is not the one that the unit signed: it was "
				 "altered, or is damaged.");
}
