/*
 * backup_list_fuzzer.c - what a backup says of itself: Manifest.mbdb, Manifest.plist, Info.plist.
 *
 * FUZZ_RUNS: 30000
 */
#include "acquire/backup_list.h"
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static size_t rows;

static int on_row(void *user, const struct backup_row *row, struct err *err)
{
	(void)user;
	(void)err;
	volatile char last = 0; /* the bytes are there */
	if (row->domain.n)
		last = row->domain.p[row->domain.n - 1];
	if (row->path.n)
		last = row->path.p[row->path.n - 1];
	(void)last;
	rows++;
	return 0;
}

static void on_app(void *user, span id)
{
	(void)user;
	if (!id.n || !id.p)
		abort();
	rows++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const starts[] = {
		"mbdb\5",
		"bplist00",
		"<plist><dict><key>Installed Applications</key><array>",
		"<plist><dict><key>Applications</key><dict>",
		"",
	};
	struct reader *r;
	struct backup_plist said = { 0 };
	static struct arena *arena;
	if (n < 1)
		return 0;
	if (!arena)
		arena = arena_new();
	arena_reset(arena);
	const char *start = starts[data[0] % 5];
	size_t before = strlen(start) + (data[0] % 5 == 0); /* "mbdb\5\0" */
	char *bytes = malloc(before + n);
	if (!bytes)
		return 0;
	memcpy(bytes, start, before);
	memcpy(bytes + before, data + 1, n - 1);
	rows = 0;
	if (reader_of_memory(&r, (span){ bytes, before + n - 1 }, NULL) == 0) {
		backup_list_mbdb(r, on_row, NULL, NULL);
		if (backup_plist_read(r, arena, on_app, NULL, &said, NULL) == 0 && said.encrypted &&
		    !said.known)
			abort();
		if (rows > n + 1)
			abort(); /* each takes bytes */
		reader_free(r);
	}
	free(bytes);
	return 0;
}
