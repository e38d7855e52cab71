/* linedb_import_fuzzer.c - any bytes as a CSV file for the unit's database, and as what cases send
 * in: told row by row, kept whole or not at all, and what is kept goes out and comes in again.
 * FUZZ_RUNS: 40 */
#include "base/utf8.h"
#include "known_keys.h"
#include "linedb_export.h"
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define WHY "a fuzz target"

static struct key *ada, *bea;
static char empty[64], path[80], other[80];

static void begin(void)
{
	ada = known_key(1), bea = known_key(2);
	snprintf(empty, sizeof empty, "%s/linedb_fuzz.XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	int fd = mkstemp(empty);
	MUST(fd >= 0);
	close(fd);
	unlink(empty);
	snprintf(path, sizeof path, "%s.db", empty);
	snprintf(other, sizeof other, "%s.2.db", empty);
}

static void tell(void *user, enum import_tell kind, uint32_t row, const char *text)
{
	uint64_t *n = user;
	MUST(kind < IMPORT_TELL_MAX && row > 1);
	n[kind]++;
	MUST(utf8_valid(span_z(text)));
}

static int take(const char *to, span csv, bool skip, struct import_result *r)
{
	struct linedb *d;
	struct err err = { 0 };
	uint64_t n[IMPORT_TELL_MAX] = { 0 };
	MUST(linedb_open(&d, to, ada, NULL) == 0);
	int rc = linedb_import_bytes(d, csv, "list.csv", true, skip, WHY, tell, n, r, &err);
	MUST(rc == 0 || err.message[0]);
	for (int i = 0; i < IMPORT_TELL_MAX; i++)
		MUST(n[i] == r->n[i]);
	MUST((rc == 0) == (r->proposal != 0));
	MUST(rc || skip || !r->n[IMPORT_BAD]);
	linedb_close(d);
	return rc;
}

static void approve(const char *to, int64_t proposal)
{
	struct linedb *d;
	int64_t entries;
	MUST(linedb_open(&d, to, bea, NULL) == 0);
	MUST(linedb_approve(d, proposal, WHY, true, NULL) == 0);
	MUST(linedb_check(d, &entries, NULL) == 0);
	linedb_close(d);
}

static void export(const char *from, struct buf *ret)
{
	struct linedb *d;
	uint64_t rows;
	MUST(linedb_open(&d, from, ada, NULL) == 0);
	MUST(linedb_export(d, false, WHY, ret, &rows, NULL) == 0);
	linedb_close(d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	span csv = { n ? (const char *)data : "", n };
	struct import_result r, again;
	struct buf out = { 0 }, back = { 0 };
	if (!ada)
		begin();
	unlink(path);
	unlink(other);
	MUST(linedb_create(path, ada, NULL) == 0);
	if (take(path, csv, true, &r) == 0) {
		approve(path, r.proposal);
		export(path, &out);
		MUST(linedb_create(other, ada, NULL) == 0);
		/* nothing but candidates: an export without a row */
		if (r.n[IMPORT_NEW]) {
			MUST(take(other, buf_span(&out), false, &again) == 0);
			MUST(again.n[IMPORT_NEW] == r.n[IMPORT_NEW]);
			approve(other, again.proposal);
			export(other, &back);
			MUST(span_eq(buf_span(&out), buf_span(&back)));
		}
	}
	buf_free(&out);
	buf_free(&back);
	unlink(path);
	unlink(other);
	return 0;
}
