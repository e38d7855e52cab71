/* pack_head.c - see pack_head.h */
#include "pack_head.h"
#include "hex.h"
#include <assert.h>
#include <openssl/evp.h>
#include <stdlib.h>

#define MAGIC "LCPACK1\n"
#define MAGIC_N (sizeof MAGIC - 1)
#define LENGTH_N 4

static const char *const kind_words[] = { [PACK_LINES] = "lines", [PACK_RULES] = "rules" };

const char *pack_kind_word(enum pack_kind kind)
{
	assert(kind >= 0 && kind < PACK_KIND_MAX);
	return kind_words[kind];
}

int pack_sha256(span bytes, char ret[static 65], struct err *err)
{
	unsigned char sum[32];
	if (EVP_Digest(bytes.p, bytes.n, sum, NULL, EVP_sha256(), NULL) != 1)
		return err_set(err, E_NOMEM, "Memory ran out.");
	hex_write(ret, sum, sizeof sum);
	return 0;
}

/* Everything but body and recipients; NULL when memory ran out. */
static json_t *clear_json(const struct pack_head *h, const unsigned char *nonce)
{
	char issued[25], expires[25], hex[2 * PACK_NONCE + 1];
	time_format(h->issued, issued);
	time_format(h->expires, expires);
	json_t *v = json_pack("{s:I,s:s,s:s,s:s,s:I,s:s}", "base", (json_int_t)h->base, "expires",
			      expires, "issued", issued, "kind", pack_kind_word(h->kind), "number",
			      (json_int_t)h->number, "unit", h->unit);
	if (v && nonce) {
		hex_write(hex, nonce, PACK_NONCE);
		if (json_object_set_new(v, "nonce", json_string(hex))) {
			json_decref(v);
			return NULL;
		}
	}
	return v;
}

int pack_head_clear(const struct pack_head *h, const unsigned char *nonce, struct buf *ret,
		    struct err *err)
{
	json_t *v = clear_json(h, nonce);
	int rc = v ? canon_write(ret, v, err) : err_set(err, E_NOMEM, "Memory ran out.");
	json_decref(v);
	return rc;
}

int pack_head_write(const struct pack_head *h, const unsigned char *nonce, json_t *recipients,
		    struct buf *ret, struct err *err)
{
	struct buf head = { 0 };
	json_t *v = clear_json(h, nonce);
	json_t *body = json_pack("{s:I,s:s}", "bytes", (json_int_t)h->body_bytes, "sha256",
				 h->body_sha256);
	int rc = 0;
	if (!v || json_object_set_new(v, "body", body) ||
	    json_object_set(v, "recipients", recipients))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = canon_write(&head, v, err);
	if (!rc && head.n > PACK_HEAD_MAX)
		rc = err_set(err, E_LIMIT, "The pack has too many recipients.");
	if (!rc) {
		buf_add(ret, SPAN(MAGIC));
		for (int shift = 24; shift >= 0; shift -= 8)
			buf_byte(ret, (char)(head.n >> shift & 255));
		buf_add(ret, buf_span(&head));
		if (ret->failed)
			rc = err_set(err, E_NOMEM, "Memory ran out.");
	}
	buf_free(&head);
	json_decref(v);
	return rc;
}

static bool read_time(const json_t *v, const char *key, int64_t *ret)
{
	char again[25];
	const char *s = json_string_value(json_object_get(v, key));
	if (!s || strlen(s) != 24 || s[23] != 'Z' || !time_parse(span_z(s), ret))
		return false;
	time_format(*ret, again);
	return strcmp(s, again) == 0; /* one spelling */
}

static bool read_number(const json_t *v, const char *key, json_int_t least, uint64_t *ret)
{
	const json_t *n = json_object_get(v, key);
	*ret = (uint64_t)json_integer_value(n);
	return json_is_integer(n) && json_integer_value(n) >= least;
}

static bool read_hex_text(const json_t *v, const char *key, char *ret, size_t bytes)
{
	unsigned char out[32];
	const char *s = json_string_value(json_object_get(v, key));
	assert(bytes <= sizeof out);
	if (!hex_read(out, bytes, span_z(s)))
		return false;
	memcpy(ret, s, 2 * bytes + 1);
	return true;
}

static bool read_kind(const json_t *v, enum pack_kind *ret)
{
	const char *s = json_string_value(json_object_get(v, "kind"));
	for (int i = 0; s && i < PACK_KIND_MAX; i++)
		if (strcmp(s, kind_words[i]) == 0) {
			*ret = (enum pack_kind)i;
			return true;
		}
	return false;
}

static bool read_head(const json_t *v, struct pack_parts *p)
{
	struct pack_head *h = &p->head;
	const json_t *body = json_object_get(v, "body"),
		     *recipients = json_object_get(v, "recipients"),
		     *nonce = json_object_get(v, "nonce");
	h->recipients = json_array_size(recipients);
	h->sealed = h->recipients > 0;
	return json_is_array(recipients) && h->recipients <= PACK_RECIPIENTS_MAX &&
	       json_object_size(v) == (h->sealed ? 9 : 8) && json_object_size(body) == 2 &&
	       read_kind(v, &h->kind) && read_number(v, "number", 1, &h->number) &&
	       read_number(v, "base", 0, &h->base) && h->base < h->number &&
	       read_number(body, "bytes", 0, &h->body_bytes) &&
	       read_hex_text(body, "sha256", h->body_sha256, 32) &&
	       read_hex_text(v, "unit", h->unit, 8) && read_time(v, "issued", &h->issued) &&
	       read_time(v, "expires", &h->expires) && h->issued < h->expires &&
	       (!h->sealed ||
		hex_read(p->nonce, sizeof p->nonce, span_z(json_string_value(nonce))));
}

static int bad(const char *what, struct err *err)
{
	return err_set(err, E_FORMAT,
		       "This is not a whole pack: %s. Get it again from the unit that "
		       "issued it.",
		       what);
}

int pack_parse(span bytes, struct pack_parts *ret, struct err *err)
{
	struct pack_parts p = { 0 };
	json_t *v = NULL;
	size_t start = MAGIC_N + LENGTH_N, n = 0;
	if (bytes.n < MAGIC_N || memcmp(bytes.p, MAGIC, MAGIC_N) != 0) {
		if (bytes.n >= MAGIC_N && memcmp(bytes.p, MAGIC, 6) == 0 && bytes.p[7] == '\n')
			return bad("it was made by a newer linecheck, or altered", err);
		return bad("it does not begin like one", err);
	}
	if (bytes.n < start)
		return bad("it is cut short", err);
	for (size_t i = MAGIC_N; i < start; i++)
		n = n << 8 | (unsigned char)bytes.p[i];
	if (n > PACK_HEAD_MAX)
		return bad("its head is too long", err);
	if (bytes.n - start < n + KEY_SIGNATURE)
		return bad("it is cut short", err);
	if (canon_read(&v, (span){ bytes.p + start, n }, NULL))
		return bad("its head is not as linecheck writes it", err);
	p.signed_bytes = (span){ bytes.p, start + n };
	p.signature = (const unsigned char *)bytes.p + start + n;
	p.body = span_from(bytes, start + n + KEY_SIGNATURE);
	bool good = read_head(v, &p);
	p.recipients = json_incref(json_object_get(v, "recipients"));
	json_decref(v);
	int rc = 0;
	if (!good)
		rc = bad("its head is not understood", err);
	else if (p.body.n != p.head.body_bytes)
		rc = bad(p.body.n < p.head.body_bytes ? "it is cut short"
						      : "something follows its end",
			 err);
	else if (p.body.n > PACK_BODY_MAX)
		rc = err_set(err, E_LIMIT, "The pack is larger than %zu MiB.", PACK_BODY_MAX >> 20);
	if (rc)
		pack_parts_free(&p);
	else
		*ret = p;
	return rc;
}

void pack_parts_free(struct pack_parts *p)
{
	json_decref(p->recipients);
	p->recipients = NULL;
}

int pack_check_body(struct pack_parts *p, span bytes, struct err *err)
{
	char sha256[65];
	int rc = pack_sha256(p->body, sha256, err);
	if (!rc && strcmp(sha256, p->head.body_sha256) != 0)
		rc = bad("its contents were altered", err);
	return rc ? rc : pack_sha256(bytes, p->head.sha256, err);
}
