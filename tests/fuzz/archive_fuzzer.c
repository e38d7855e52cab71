/*
 * archive_fuzzer.c - zip, tar, tar.gz and 7z files of a phone, damaged; or any bytes at all.
 *
 * FUZZ_RUNS: 800
 *
 * The first byte chooses a sound archive to change by the rest (four bytes each: where, what), or,
 * from 0xf0, the rest as it is. The archive is listed, its wanted files are read from the vault
 * and offered to the parsers, and the vault holds what the list says and nothing else.
 */
#include "base/buf.h"
#include "evidence.h"
#include "vault_key.h"
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *const kinds[][2] = {
	{ "zip", NULL }, { "ustar", NULL }, { "pax", "gzip" }, { "7zip", NULL }, { "raw", "gzip" },
};
#define KINDS (sizeof kinds / sizeof *kinds)
#define ROOM (1 << 17)

static char *sound[KINDS];
static size_t sound_n[KINDS];
static char folder[64], file[96], vault[96];
static struct vault_key *key;

static void must(int ok)
{
	if (!ok)
		abort();
}

static span a_database(void)
{
	sqlite3 *db;
	sqlite3_int64 n = 0;
	must(sqlite3_open(":memory:", &db) == SQLITE_OK);
	must(sqlite3_exec(
		     db,
		     "PRAGMA page_size=512; CREATE TABLE sms(_id INTEGER PRIMARY KEY, address,"
		     " date, body, type, read, thread_id, person);"
		     "INSERT INTO sms VALUES(1,'07700900123',1600000000000,'hello',1,1,1,NULL)",
		     NULL, NULL, NULL) == SQLITE_OK);
	unsigned char *p = sqlite3_serialize(db, "main", &n, 0);
	must(p != NULL);
	char *copy = malloc((size_t)n);
	must(copy != NULL);
	memcpy(copy, p, (size_t)n);
	sqlite3_free(p);
	sqlite3_close(db);
	return (span){ copy, (size_t)n };
}

static void make(size_t kind, span db)
{
	static const char *const names[] = {
		"data/data/com.android.providers.telephony/databases/mmssms.db",
		"loose",
		"Info.plist",
		"3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28",
		"Manifest.mbdb",
	};
	bool raw = strcmp(kinds[kind][0], "raw") == 0;
	struct archive *a = archive_write_new();
	struct archive_entry *e = archive_entry_new();
	must(archive_write_set_format_by_name(a, kinds[kind][0]) == ARCHIVE_OK);
	must(!kinds[kind][1] || archive_write_add_filter_by_name(a, kinds[kind][1]) == ARCHIVE_OK);
	sound[kind] = calloc(1, ROOM);
	must(sound[kind] != NULL);
	archive_write_set_bytes_in_last_block(a, 1);
	must(archive_write_open_memory(a, sound[kind], ROOM, &sound_n[kind]) == ARCHIVE_OK);
	for (size_t i = 0; i < (raw ? 1 : sizeof names / sizeof *names); i++) {
		archive_entry_clear(e);
		archive_entry_set_pathname(e, names[i]);
		archive_entry_set_filetype(e, AE_IFREG);
		archive_entry_set_size(e, (int64_t)db.n);
		must(archive_write_header(a, e) == ARCHIVE_OK);
		must(archive_write_data(a, db.p, db.n) == (ssize_t)db.n);
	}
	archive_entry_free(e);
	must(archive_write_free(a) == ARCHIVE_OK);
}

static size_t empty_vault(void)
{
	size_t n = 0;
	DIR *d = opendir(vault);
	must(d != NULL);
	for (struct dirent *e; (e = readdir(d));)
		if (e->d_name[0] != '.') {
			n++;
			unlinkat(dirfd(d), e->d_name, 0);
		}
	closedir(d);
	return n;
}

static int on_record(void *user, const struct record *r)
{
	(void)user;
	(void)r;
	return 0;
}

static int on_warning(void *user, enum warning kind, const char *table, int64_t row,
		      const char *detail)
{
	(void)user;
	(void)kind;
	(void)table;
	(void)row;
	(void)detail;
	return 0;
}

static void read_source(void)
{
	struct source *s;
	struct source_options o = { .vault_dir = vault, .vault_key = key };
	if (source_open(&s, file, &o, NULL) != 0)
		return;
	size_t kept = 0;
	for (size_t i = 0; i < source_files(s); i++) {
		struct evidence *e;
		struct input in;
		struct evidence_file *f = source_file(s, i);
		struct sink sink = { on_record, on_warning, NULL };
		must(f->state < EVIDENCE_STATE_MAX && (f->state == EVIDENCE_READ || f->detail));
		if (evidence_open(&e, s, i, &in, NULL) == 0) {
			must(strlen(f->sha256) == 64 && f->vault != NULL);
			parser_run(f->parser, &in, &sink, NULL);
			evidence_close(e);
		}
		kept += f->vault && (i == 0 || !source_file(s, i - 1)->vault ||
				     strcmp(f->vault, source_file(s, i - 1)->vault) != 0);
		for (size_t k = 0; k < f->side_n; k++)
			kept += f->side[k].vault != NULL;
	}
	source_check_unchanged(s);
	for (size_t i = 0; i < source_notes(s); i++)
		must(source_note(s, i)->detail != NULL);
	source_close(s);
	must(empty_vault() <= kept);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (!folder[0]) {
		snprintf(folder, sizeof folder, "/tmp/linecheck-fuzz-XXXXXX");
		must(mkdtemp(folder) != NULL);
		snprintf(file, sizeof file, "%s/source", folder);
		snprintf(vault, sizeof vault, "%s/vault", folder);
		must(mkdir(vault, 0700) == 0);
		must(vault_key_training(&key, NULL) == 0);
		span db = a_database();
		for (size_t i = 0; i < KINDS; i++)
			make(i, db);
		free((void *)(uintptr_t)db.p);
	}
	if (n < 2)
		return 0;
	char *bytes = malloc(ROOM + n);
	size_t length = n - 1;
	must(bytes != NULL);
	memcpy(bytes, data + 1, length);
	if (data[0] < 0xf0) {
		length = sound_n[data[0] % KINDS];
		memcpy(bytes, sound[data[0] % KINDS], length);
		const uint8_t *p = data + 1;
		for (size_t left = n - 1; left >= 4 && length; p += 4, left -= 4) {
			size_t at = ((size_t)p[0] << 16 | (size_t)p[1] << 8 | p[2]) % length;
			if (p[3] == 0xff)
				length = at;
			else
				bytes[at] = (char)p[3];
		}
	}
	FILE *f = fopen(file, "wb");
	must(f != NULL);
	must(fwrite(bytes, 1, length, f) == length);
	must(fclose(f) == 0);
	free(bytes);
	read_source();
	empty_vault();
	return 0;
}
