/* canon_fuzzer.c - any bytes as canonical JSON, and as a key file: what is taken is written again
 * as the same bytes. FUZZ_RUNS: 20000 */
#include "canon.h"
#include "key_file.h"
#include "pack_head.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(condition) ((condition) ? (void)0 : abort())

static void key_bytes(span bytes)
{
	struct key_file f;
	struct buf again = { 0 };
	struct err err = { 0 };
	int rc = key_file_parse(bytes, "k", &f, &err);
	MUST(rc == 0 || (rc == E_FORMAT && err.message[0]));
	if (rc == 0) {
		MUST(f.cost.ops >= 1 && f.cost.ops <= KEY_OPS_MAX && f.cost.kib <= KEY_KIB_MAX);
		MUST(f.public.name[0] && strlen(f.public.id) == 16);
		MUST(key_file_write(&f, &again, NULL) == 0 && span_eq(buf_span(&again), bytes));
	}
	buf_free(&again);
}

/* A changed key file with its sum made right, so that what stands behind the sum is reached. */
static void key_with_sum(json_t *v)
{
	struct buf b = { 0 };
	char sha256[65];
	json_object_del(v, "sum");
	MUST(canon_write(&b, v, NULL) == 0 && pack_sha256(buf_span(&b), sha256, NULL) == 0);
	json_object_set_new(v, "sum", json_string(sha256));
	buf_clear(&b);
	MUST(canon_write(&b, v, NULL) == 0);
	buf_byte(&b, '\n');
	key_bytes(buf_span(&b));
	buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	span bytes = { n ? (const char *)data : "", n };
	json_t *v = NULL;
	struct buf again = { 0 };
	struct err err = { 0 };
	key_bytes(bytes);
	if (n && data[n - 1] == '\n') /* as a key file ends */
		bytes.n--;
	int rc = canon_read(&v, bytes, &err);
	MUST(rc == 0 || ((rc == E_FORMAT || rc == E_LIMIT) && !v && err.message[0]));
	if (rc == 0) {
		MUST(canon_write(&again, v, NULL) == 0 && span_eq(buf_span(&again), bytes));
		if (json_is_object(v))
			key_with_sum(v);
	}
	buf_free(&again);
	json_decref(v);
	return 0;
}
