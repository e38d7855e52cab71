/*
 * floor - what reading a backup must cost at least: SHA-256 of the files a scan reads, and a bare
 * SELECT of the columns it uses, table by table, without a join, a look-up or a word about them.
 *
 *   floor backup FOLDER    prints "sha256 SECONDS select SECONDS rows N bytes N"
 *   floor unpack ARCHIVE   reads every byte out of an archive; prints "unpack SECONDS bytes N"
 */
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A backup names a file by the SHA-1 of its domain and path. */
static const struct table {
	const char *file;
	const char *sql;
} tables[] = {
	{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28", /* HomeDomain, Library/SMS/sms.db */
	  "SELECT ROWID,text,CASE WHEN text IS NULL THEN attributedBody END,subject,date,handle_id,"
	  "is_from_me,is_read,service,account,destination_caller_id,error,is_sent,is_delivered,"
	  "is_finished,is_forward,is_system_message,item_type,group_title,other_handle,"
	  "associated_message_type,date_edited,date_retracted,message_summary_info,"
	  "cache_has_attachments FROM message" },
	{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28", "SELECT ROWID,id FROM handle" },
	{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28",
	  "SELECT ROWID,guid,style,chat_identifier,display_name,account_login FROM chat" },
	{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28",
	  "SELECT chat_id,handle_id FROM chat_handle_join" },
	{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28",
	  "SELECT chat_id,message_id FROM chat_message_join" },
	{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28",
	  "SELECT chat_id,message_id FROM chat_recoverable_message_join" },
	{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28",
	  "SELECT message_id,attachment_id FROM message_attachment_join" },
	{ "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28",
	  "SELECT ROWID,transfer_name,mime_type FROM attachment" },
	{ "5a/5a4935c78a5255723f707230a451d79c540d2741", /* Library/CallHistoryDB/CallHistory... */
	  "SELECT Z_PK,ZDATE,ZDURATION,ZORIGINATED,ZANSWERED,ZADDRESS,ZNAME,ZCALLTYPE,"
	  "ZSERVICE_PROVIDER FROM ZCALLRECORD" },
	{ "5a/5a4935c78a5255723f707230a451d79c540d2741", "SELECT Z_PK,ZVALUE FROM ZHANDLE" },
	{ "5a/5a4935c78a5255723f707230a451d79c540d2741",
	  "SELECT * FROM Z_2REMOTEPARTICIPANTHANDLES" },
	{ "31/31bb7ba8914766d4ba40d6dfb6113c8b614be442", /* Library/AddressBook/AddressBook... */
	  "SELECT ROWID,First,Last,Organization FROM ABPerson" },
	{ "31/31bb7ba8914766d4ba40d6dfb6113c8b614be442",
	  "SELECT record_id,property,label,value FROM ABMultiValue" },
};
#define TABLES (sizeof tables / sizeof *tables)

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fail(const char *what, const char *why)
{
	fprintf(stderr, "floor: %s: %s\n", what, why);
	exit(1);
}

static uint64_t hash(const char *path)
{
	static char block[1 << 20];
	unsigned char sum[EVP_MAX_MD_SIZE];
	uint64_t bytes = 0;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	if (fd < 0 || !ctx || !EVP_DigestInit_ex(ctx, EVP_sha256(), NULL))
		fail(path, "cannot be hashed");
	while ((n = read(fd, block, sizeof block)) > 0) {
		EVP_DigestUpdate(ctx, block, (size_t)n);
		bytes += (uint64_t)n;
	}
	if (n < 0 || !EVP_DigestFinal_ex(ctx, sum, NULL))
		fail(path, "cannot be hashed");
	EVP_MD_CTX_free(ctx);
	close(fd);
	return bytes;
}

/* Each value is fetched in the type it has; nothing is done with it. */
static uint64_t touch(sqlite3_stmt *st, int columns)
{
	uint64_t sum = 0;
	for (int c = 0; c < columns; c++) {
		switch (sqlite3_column_type(st, c)) {
		case SQLITE_INTEGER:
			sum += (uint64_t)sqlite3_column_int64(st, c);
			break;
		case SQLITE_FLOAT:
			sum += sqlite3_column_double(st, c) > 0;
			break;
		case SQLITE_NULL:
			break;
		default:
			sum += sqlite3_column_blob(st, c) != NULL;
			sum += (uint64_t)sqlite3_column_bytes(st, c);
		}
	}
	return sum;
}

static uint64_t read_table(const char *path, const char *sql, uint64_t *sum)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	uint64_t rows = 0;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) ||
	    sqlite3_prepare_v2(db, sql, -1, &st, NULL))
		fail(path, sqlite3_errmsg(db));
	for (; sqlite3_step(st) == SQLITE_ROW; rows++)
		*sum += touch(st, sqlite3_column_count(st));
	if (sqlite3_finalize(st))
		fail(path, sqlite3_errmsg(db));
	sqlite3_close(db);
	return rows;
}

static int backup(const char *folder)
{
	char path[4096], last[4096] = "";
	uint64_t bytes = 0, rows = 0, sum = 0;
	double start = now();
	for (size_t i = 0; i < TABLES; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, tables[i].file);
		if (strcmp(path, last) != 0)
			bytes += hash(path);
		memcpy(last, path, sizeof last);
	}
	double hashed = now();
	for (size_t i = 0; i < TABLES; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, tables[i].file);
		rows += read_table(path, tables[i].sql, &sum);
	}
	double done = now();
	printf("sha256 %.3f select %.3f rows %" PRIu64 " bytes %" PRIu64 "\n", hashed - start,
	       done - hashed, rows, bytes);
	return sum == 0; /* the sum is used, so the reading cannot be left out */
}

static int unpack(const char *path)
{
	static char block[1 << 20];
	struct archive *a = archive_read_new();
	struct archive_entry *e;
	uint64_t bytes = 0;
	la_ssize_t n;
	double start = now();
	if (!a || archive_read_support_format_all(a) || archive_read_support_filter_all(a) ||
	    archive_read_open_filename(a, path, 1 << 20))
		fail(path, a ? archive_error_string(a) : "memory ran out");
	while (archive_read_next_header(a, &e) == ARCHIVE_OK) {
		while ((n = archive_read_data(a, block, sizeof block)) > 0)
			bytes += (uint64_t)n;
		if (n < 0)
			fail(path, archive_error_string(a));
	}
	archive_read_free(a);
	printf("unpack %.3f bytes %" PRIu64 "\n", now() - start, bytes);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "backup") == 0)
		return backup(argv[2]);
	if (argc == 3 && strcmp(argv[1], "unpack") == 0)
		return unpack(argv[2]);
	fputs("Usage: floor backup FOLDER | floor unpack ARCHIVE\n", stderr);
	return 2;
}
