/*
 * adb_dump_fuzzer.c - what an Android phone's services print, as rows: three parts, with a line
 * "%%" between them. A text of a notification always stands in the printing that has texts, between
 * brackets, and an app's name is never more than a name. FUZZ_RUNS: 20000
 */
#include "acquire/adb_dump.h"
#include <stdlib.h>

static span part(span *rest)
{
	static const span mark = SPAN_INIT("\n%%\n");
	const char *p = rest->n ? memmem(rest->p, rest->n, mark.p, mark.n) : NULL;
	span s = { rest->p, p ? (size_t)(p - rest->p) + 1 : rest->n };
	*rest = p ? span_from(*rest, s.n + mark.n - 1) : SPAN_NONE;
	return s;
}

static void must(bool what)
{
	if (!what)
		abort();
}

static void check_texts(sqlite3 *db, span full)
{
	sqlite3_stmt *st;
	must(sqlite3_prepare_v2(db, "SELECT title,text,package FROM linecheck_notification", -1,
				&st, NULL) == SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		for (int i = 0; i < 2; i++) {
			size_t n = (size_t)sqlite3_column_bytes(st, i);
			const char *text = sqlite3_column_blob(st, i);
			must(!n || (full.p && memmem(full.p, full.n, text, n)));
		}
		must(!strpbrk((const char *)sqlite3_column_text(st, 2), " \n=("));
	}
	sqlite3_finalize(st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	span rest = { (const char *)data, n };
	span a = part(&rest), full = part(&rest), c = part(&rest);
	struct adb_dump said;
	char digits[32];
	sqlite3 *db;
	must(sqlite3_open(":memory:", &db) == SQLITE_OK);
	must(adb_dump_notifications(a, full, db, &said, NULL) == 0);
	check_texts(db, full);
	must(adb_dump_packages(c, db, &said, NULL) == 0);
	must(adb_dump_usage(c, db, &said, NULL) == 0);
	must(adb_dump_accounts(c, db, &said, NULL) == 0);
	if (adb_dump_parcel(c, digits))
		must(strlen(digits) <= 20 && strspn(digits, "0123456789") == strlen(digits));
	sqlite3_close(db);
	return 0;
}
