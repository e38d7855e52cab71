/*
 * backup_db.c - Manifest.db: Files(fileID, domain, relativePath, flags, file). flags 1 is a file, 2
 * a folder, 4 a link; file is a keyed archive of an MBFile, whose "Size" is the length and, in an
 * encrypted backup, "EncryptionKey" data with the file's wrapped key. As backups of iOS 10 to 18
 * have it and public descriptions say.
 */
#include "acquire/backup_list.h"
#include "nskeyed.h"

#define ROWS_MAX 10000000

bool backup_file_read(span archive, struct backup_file *ret)
{
	struct nskeyed k;
	struct bplist_node file, node, bytes;
	struct backup_file f = { .key = SPAN_NONE };
	if (!archive.n || nskeyed_open(archive, &k, NULL) != 0 || !nskeyed_top(&k, "root", &file) ||
	    file.kind != BPLIST_DICT)
		return false;
	if (nskeyed_get(&k, &file, "Size", &node) && node.kind == BPLIST_INT && node.value >= 0) {
		f.size_known = true;
		f.size = (uint64_t)node.value;
	}
	if (nskeyed_get(&k, &file, "EncryptionKey", &node)) {
		if (node.kind == BPLIST_DATA)
			f.key = node.bytes;
		else if (nskeyed_get(&k, &node, "NS.data", &bytes) && bytes.kind == BPLIST_DATA)
			f.key = bytes.bytes;
		else
			f.key = SPAN(""); /* there is one, and it cannot be read */
	}
	*ret = f;
	return true;
}

static span column(sqlite3_stmt *st, int i)
{
	const void *p = sqlite3_column_blob(st, i);
	int n = sqlite3_column_bytes(st, i);
	return p ? (span){ p, (size_t)n } : SPAN("");
}

static span column_text(sqlite3_stmt *st, int i)
{
	const void *p = sqlite3_column_text(st, i); /* before bytes: it may convert from UTF-16 */
	int n = sqlite3_column_bytes(st, i);
	return p ? (span){ p, (size_t)n } : SPAN("");
}

static int one_row(sqlite3_stmt *st, backup_wanted_fn *wanted, backup_row_fn *row, void *user,
		   struct err *err)
{
	struct backup_row r = { .kind = ENTRY_OTHER };
	sqlite3_int64 flags = sqlite3_column_int64(st, 3);
	r.id_ok = want_hex_id(column_text(st, 0), r.id);
	r.domain = column_text(st, 1);
	r.path = column_text(st, 2);
	if (flags == 1)
		r.kind = ENTRY_FILE;
	else if (flags == 2)
		r.kind = ENTRY_FOLDER;
	else if (flags == 4)
		r.kind = ENTRY_LINK;
	struct backup_file f;
	if (r.kind == ENTRY_FILE && wanted(user, r.domain, r.path) &&
	    backup_file_read(column(st, 4), &f)) {
		r.size_known = f.size_known;
		r.size = f.size;
		r.key = f.key;
	}
	return row(user, &r, err);
}

int backup_list_db(const struct evidence_vfs_files *files, backup_wanted_fn *wanted,
		   backup_row_fn *row, void *user, struct err *err)
{
	struct evidence_db *e = NULL;
	sqlite3_stmt *st = NULL;
	int rc = evidence_db_open(&e, files, err);
	if (rc)
		return rc;
	sqlite3 *db = evidence_db_handle(e);
	int sql = sqlite3_prepare_v2(
		db, "SELECT fileID, domain, relativePath, flags, file FROM Files", -1, &st, NULL);
	for (uint64_t n = 0; sql == SQLITE_OK && rc == 0; n++) {
		if (n >= ROWS_MAX)
			rc = err_set(err, E_LIMIT, "The list has more than %d files.", ROWS_MAX);
		else if ((sql = sqlite3_step(st)) == SQLITE_ROW) {
			rc = one_row(st, wanted, row, user, err);
			sql = SQLITE_OK;
		}
	}
	if (rc == 0 && sql != SQLITE_DONE)
		rc = evidence_db_limit(e) ? err_set(err, E_LIMIT, "%s", evidence_db_limit(e))
					  : err_set(err, E_FORMAT, "%s", sqlite3_errmsg(db));
	sqlite3_finalize(st);
	bool loss = false;
	const char *remark;
	for (size_t i = 0; rc == 0 && (remark = evidence_db_remark(e, i, &loss)); i++)
		if (loss)
			rc = err_set(err, E_FORMAT, "%s", remark);
	evidence_db_close(e);
	return rc;
}

bool backup_list_db_is(const struct evidence_vfs_files *files)
{
	struct evidence_db *e = NULL;
	if (evidence_db_open(&e, files, NULL) != 0)
		return false;
	bool yes = sqlite3_table_column_metadata(evidence_db_handle(e), "main", "Files", "fileID",
						 NULL, NULL, NULL, NULL, NULL) == SQLITE_OK &&
		   sqlite3_table_column_metadata(evidence_db_handle(e), "main", "Files",
						 "relativePath", NULL, NULL, NULL, NULL,
						 NULL) == SQLITE_OK;
	evidence_db_close(e);
	return yes;
}
