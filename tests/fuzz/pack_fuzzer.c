/* pack_fuzzer.c - any bytes as a pack; or, signed by a trusted unit, as the head of one.
 * FUZZ_RUNS: 20000 */
#include "known_keys.h"
#include "pack_head.h"
#include "trust_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define NOW (INT64_C(20000) * 86400000)

static struct key *force, *unit, *reader;
static struct trust *trust;

static void begin(void)
{
	char hex[2 * KEY_PUBLIC + 1];
	struct buf b = { 0 };
	force = known_key(1), unit = known_key(2), reader = known_key(3);
	for (int i = 0; i < KEY_PUBLIC; i++)
		snprintf(hex + 2 * i, 3, "%02x", key_public(unit)->sign[i]);
	json_t *none = json_array(),
	       *policy = json_pack("{s:s,s:s,s:s,s:i,s:[],s:s,s:[{s:s,s:s,s:s}]}", "format",
				   "linecheck-policy-1", "force", "F", "issued", "2024-01-01",
				   "number", 1, "people", "training", "refused", "units", "from",
				   "2024-01-01", "key", hex, "name", "Desk");
	MUST(none && policy && trust_file_write(policy, none, force, &b, NULL) == 0);
	MUST(trust_file_parse(buf_span(&b), key_public(force)->sign, "s", &trust, NULL) == 0);
	json_decref(policy);
	json_decref(none);
	buf_free(&b);
}

static void open_it(span bytes)
{
	struct buf body = { 0 };
	struct pack_head h, peeked;
	struct err err = { 0 };
	int rc = pack_open(&body, &h, bytes, trust, reader, NOW, &err);
	if (rc) {
		MUST(err.message[0] && body.n == 0);
		MUST(rc == E_FORMAT || rc == E_REFUSED || rc == E_ENCRYPTED || rc == E_LIMIT);
	} else {
		MUST(h.number > h.base && h.issued < h.expires && h.expires > NOW);
		MUST(pack_peek(&peeked, bytes, NULL) == 0);
		MUST(peeked.number == h.number && peeked.recipients == h.recipients);
		MUST(strcmp(h.unit, key_public(unit)->id) == 0);
		MUST(body.n + (h.sealed ? 16 : 0) == h.body_bytes);
	}
	buf_free(&body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (!trust)
		begin();
	open_it((span){ n ? (const char *)data : "", n });
	struct buf b = { 0 };
	unsigned char signature[KEY_SIGNATURE];
	buf_add(&b, SPAN("LCPACK1\n"));
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_byte(&b, (char)(n >> shift & 255));
	buf_add(&b, (span){ n ? (const char *)data : "", n });
	MUST(key_sign(unit, "pack", buf_span(&b), signature, NULL) == 0);
	buf_add(&b, (span){ (const char *)signature, sizeof signature });
	buf_add(&b, SPAN("abc"));
	open_it(buf_span(&b));
	buf_free(&b);
	return 0;
}
