/* wa_crypt_fuzzer.c - headers, keys and whole backups of WhatsApp that nobody would write.
 * FUZZ_RUNS: 4000 */
#include "acquire/wa_crypt.h"
#include <stdint.h>
#include <stdlib.h>

static int take(void *user, span piece, struct err *err)
{
	size_t *given = user;
	(void)err;
	*given += piece.n;
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	span all = { (const char *)data, n };
	struct wa_header h;
	struct wa_key *key = NULL;
	struct reader *r = NULL;
	struct err err = { 0 };
	char sha256[65];
	size_t given = 0, beginning;
	int version;
	if (wa_header_read(all, &h) && (h.body > n || h.version < 12 || h.version > 15))
		abort();
	if (wa_backup_name(all, &beginning, &version) && beginning > n)
		abort();
	if (wa_key_of(&key, all, &err) == 0)
		wa_key_free(key);
	else if (!err.message[0])
		abort();
	key = NULL;
	if (wa_key_of(&key,
		      SPAN("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
		      NULL) ||
	    reader_of_memory(&r, all, NULL))
		abort();
	err = (struct err){ 0 };
	/* Nobody seals 16 bytes of a tag by chance: nothing may be given. */
	if (wa_open(r, key, take, &given, sha256, &err) == 0 || !err.message[0] || given)
		abort();
	reader_free(r);
	wa_key_free(key);
	return 0;
}
