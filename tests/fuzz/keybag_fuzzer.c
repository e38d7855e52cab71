/* keybag_fuzzer.c - the fields of an encrypted backup's key bag. FUZZ_RUNS: 50000 */
#include "acquire/keybag.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct keybag *k = NULL;
	unsigned char key[32], wrapped[KEYBAG_WRAPPED] = { 0 };
	if (keybag_read(&k, (span){ (const char *)data, n }, NULL) != 0)
		return 0;
	if (n < 60)
		abort(); /* salt, rounds and a class take more */
	for (uint32_t c = 0; c < 12; c++)
		if (keybag_file_key(k, c, wrapped, key, NULL) != E_ABSENT)
			abort(); /* nothing is open before a password came */
	keybag_free(k);
	return 0;
}
