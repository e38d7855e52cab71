/* pack.c - see pack.h */
#include "pack.h"
#include "hex.h"
#include "pack_head.h"
#include <sodium.h>
#include <stdlib.h>

#define PROOF crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEALED_KEY (PACK_BODY_KEY + crypto_box_SEALBYTES)

static int no_memory(struct err *err)
{
	err_set(err, E_NOMEM, "Memory ran out.");
	return E_NOMEM;
}

/* ---- making ---- */

static int check_made(const struct pack_head *h, span body, size_t to_n, struct err *err)
{
	if (h->number < 1 || h->number > CANON_INTEGER_MAX || h->base >= h->number)
		return err_set(
			err, E_USER,
			"A pack's number is 1 or more, and a delta stands on an earlier one.");
	if (h->issued < 0 || h->expires <= h->issued ||
	    h->expires > time_days(9999, 1, 1) * 86400000)
		return err_set(err, E_USER, "A pack must expire after it was issued.");
	if (body.n > PACK_BODY_MAX - PROOF)
		return err_set(err, E_LIMIT, "A pack holds at most %zu MiB.", PACK_BODY_MAX >> 20);
	if (to_n > PACK_RECIPIENTS_MAX)
		return err_set(err, E_LIMIT, "A pack can be sealed to at most %d keys.",
			       PACK_RECIPIENTS_MAX);
	return 0;
}

static int add_recipient(json_t *list, const unsigned char *sign, const unsigned char *key,
			 struct err *err)
{
	char id[17], hex[2 * SEALED_KEY + 1];
	struct buf b = { 0 };
	int rc = key_seal(sign, (span){ (const char *)key, PACK_BODY_KEY }, &b, err);
	if (!rc && b.n == SEALED_KEY) {
		key_id(sign, id);
		hex_write(hex, (const unsigned char *)b.data, b.n);
		if (json_array_append_new(list, json_pack("{s:s,s:s}", "id", id, "key", hex)))
			rc = no_memory(err);
	}
	buf_free(&b);
	return rc;
}

/* body, encrypted, into out; the key that does it is sealed to each recipient. */
static int seal_body(const struct pack_head *h, span body, const struct pack_recipient *to,
		     size_t to_n, unsigned char nonce[static PACK_NONCE], json_t *recipients,
		     struct buf *out, struct err *err)
{
	struct buf clear = { 0 };
	unsigned char *key = sodium_malloc(PACK_BODY_KEY);
	out->data = malloc(body.n + PROOF + 1);
	int rc = key && out->data ? 0 : no_memory(err);
	if (!rc) {
		out->cap = body.n + PROOF + 1;
		randombytes_buf(key, PACK_BODY_KEY);
		randombytes_buf(nonce, PACK_NONCE);
	}
	for (size_t i = 0; i < to_n && !rc; i++)
		rc = add_recipient(recipients, to[i].sign, key, err);
	if (!rc)
		rc = pack_head_clear(h, nonce, &clear, err);
	if (!rc) {
		crypto_aead_xchacha20poly1305_ietf_encrypt(
			(unsigned char *)out->data, NULL, (const unsigned char *)body.p, body.n,
			(const unsigned char *)clear.data, clear.n, NULL, nonce, key);
		out->n = body.n + PROOF;
		out->data[out->n] = 0;
	}
	sodium_free(key);
	buf_free(&clear);
	return rc;
}

static int put_together(struct buf *ret, struct pack_head *h, span body, const unsigned char *nonce,
			json_t *recipients, const struct key *unit, struct err *err)
{
	unsigned char signature[KEY_SIGNATURE];
	size_t before = ret->n;
	h->body_bytes = body.n;
	int rc = pack_sha256(body, h->body_sha256, err);
	if (!rc)
		rc = pack_head_write(h, nonce, recipients, ret, err);
	if (!rc)
		rc = key_sign(unit, "pack", span_from(buf_span(ret), before), signature, err);
	if (!rc) {
		buf_add(ret, (span){ (const char *)signature, sizeof signature });
		buf_add(ret, body);
		if (ret->failed)
			rc = no_memory(err);
	}
	if (rc && ret->data) {
		ret->n = before;
		ret->data[before] = 0;
	}
	return rc;
}

int pack_make(struct buf *ret, const struct pack_head *head, span body, const struct key *unit,
	      const struct pack_recipient *to, size_t to_n, struct err *err)
{
	struct pack_head h = *head;
	unsigned char nonce[PACK_NONCE];
	struct buf sealed = { 0 };
	if (!body.p)
		body = SPAN("");
	int rc = check_made(&h, body, to_n, err);
	if (rc)
		return rc;
	memcpy(h.unit, key_public(unit)->id, sizeof h.unit);
	json_t *recipients = json_array();
	if (!recipients)
		rc = no_memory(err);
	if (!rc && to_n) {
		rc = seal_body(&h, body, to, to_n, nonce, recipients, &sealed, err);
		body = buf_span(&sealed);
	}
	if (!rc)
		rc = put_together(ret, &h, body, to_n ? nonce : NULL, recipients, unit, err);
	json_decref(recipients);
	buf_free(&sealed);
	return rc;
}

/* ---- opening ---- */

static void minute_of(int64_t ms, char ret[static 25])
{
	time_format(ms, ret);
	ret[10] = ' ';
	ret[16] = 0;
}

static int check_time(const struct pack_head *h, int64_t now, struct err *err)
{
	char then[25], today[25];
	minute_of(h->issued, then);
	minute_of(now, today);
	if (h->issued > now + PACK_CLOCK_SLACK_MS)
		return err_set(err, E_REFUSED,
			       "Pack %llu was issued on %s, and this machine's clock says %s "
			       "(UTC). Set the clock right.",
			       (unsigned long long)h->number, then, today);
	minute_of(h->expires, then);
	if (now >= h->expires)
		return err_set(err, E_REFUSED,
			       "Pack %llu expired on %s (UTC). Get a newer one from the unit "
			       "that issued it.",
			       (unsigned long long)h->number, then);
	return 0;
}

static int check_signature(const struct pack_parts *p, const struct trust *t, struct err *err)
{
	const struct key_public *unit = NULL;
	int rc = trust_unit(t, p->head.unit, p->head.issued, &unit, err);
	if (rc || !unit)
		return rc;
	if (key_verify(unit->sign, "pack", p->signed_bytes, p->signature, NULL))
		return err_set(err, E_REFUSED,
			       "The pack's signature is not that of %s, which it names: it was "
			       "altered, or signed by another key.",
			       unit->name);
	return 0;
}

static int not_for(const struct key *reader, struct err *err)
{
	if (!reader)
		return err_set(err, E_ENCRYPTED,
			       "The pack is sealed: give the key that it was "
			       "sealed to.");
	return err_set(err, E_ENCRYPTED,
		       "The pack is not sealed to the key of %s (%s). Ask the unit that issued it.",
		       key_public(reader)->name, key_public(reader)->id);
}

/* The key of the body: the one sealed to reader. */
static int find_key(const struct pack_parts *p, const struct key *reader, struct buf *ret,
		    struct err *err)
{
	unsigned char sealed[SEALED_KEY];
	for (size_t i = 0; reader && i < p->head.recipients; i++) {
		const json_t *v = json_array_get(p->recipients, i);
		const char *id = json_string_value(json_object_get(v, "id"));
		const char *hex = json_string_value(json_object_get(v, "key"));
		if (!id || strcmp(id, key_public(reader)->id) != 0 ||
		    !hex_read(sealed, sizeof sealed, span_z(hex)))
			continue;
		buf_clear(ret);
		if (key_unseal(reader, (span){ (const char *)sealed, sizeof sealed }, ret, NULL) ==
			    0 &&
		    ret->n == PACK_BODY_KEY)
			return 0;
	}
	return not_for(reader, err);
}

static int unseal_body(const struct pack_parts *p, const struct key *reader, struct buf *ret,
		       struct err *err)
{
	struct buf key = { 0 }, clear = { 0 };
	int rc = find_key(p, reader, &key, err);
	if (!rc)
		rc = pack_head_clear(&p->head, p->nonce, &clear, err);
	unsigned char *out = rc ? NULL : malloc(p->body.n + 1);
	if (!rc && !out)
		rc = no_memory(err);
	if (!rc && (!key.data || crypto_aead_xchacha20poly1305_ietf_decrypt(
					 out, NULL, NULL, (const unsigned char *)p->body.p,
					 p->body.n, (const unsigned char *)clear.data, clear.n,
					 p->nonce, (const unsigned char *)key.data) != 0))
		rc = err_set(err, E_FORMAT,
			     "The pack's sealed contents do not open: the unit that issued it made "
			     "it wrongly.");
	if (!rc)
		buf_add(ret, (span){ (const char *)out, p->body.n - PROOF });
	free(out);
	key_wipe(&key);
	buf_free(&clear);
	return rc;
}

int pack_open(struct buf *ret_body, struct pack_head *ret, span bytes, const struct trust *t,
	      const struct key *reader, int64_t now, struct err *err)
{
	struct pack_parts p;
	size_t before = ret_body->n;
	int rc = pack_parse(bytes, &p, err);
	if (rc)
		return rc;
	rc = check_signature(&p, t, err);
	if (!rc)
		rc = check_time(&p.head, now, err);
	if (!rc)
		rc = pack_check_body(&p, bytes, err);
	if (!rc && p.head.sealed)
		rc = unseal_body(&p, reader, ret_body, err);
	else if (!rc)
		buf_add(ret_body, p.body);
	if (!rc && ret_body->failed)
		rc = no_memory(err);
	if (!rc && ret)
		*ret = p.head;
	if (rc && ret_body->data) {
		ret_body->n = before;
		ret_body->data[before] = 0;
	}
	pack_parts_free(&p);
	return rc;
}

int pack_peek(struct pack_head *ret, span bytes, struct err *err)
{
	struct pack_parts p;
	int rc = pack_parse(bytes, &p, err);
	if (rc)
		return rc;
	rc = pack_check_body(&p, bytes, err);
	if (!rc)
		*ret = p.head;
	pack_parts_free(&p);
	return rc;
}
