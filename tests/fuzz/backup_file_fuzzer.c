/* backup_file_fuzzer.c - what Manifest.db says of one file: its length and its key. FUZZ_RUNS:
 * 50000 */
#include "acquire/backup_list.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct backup_file f;
	if (!backup_file_read((span){ (const char *)data, n }, &f))
		return 0;
	if (f.size_known && f.size > INT64_MAX)
		abort();
	if (f.key.n > n)
		abort();
	volatile char last = 0; /* the bytes are there */
	if (f.key.n)
		last = f.key.p[f.key.n - 1];
	(void)last;
	return 0;
}
