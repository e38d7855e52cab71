/*
 * evidence_vfs.h - all that SQLite can see of the world while it reads one database of evidence.
 *
 * Three files exist: the database, its -wal and its -journal, as readers that are already open. No
 * name is ever looked up. What SQLite writes (rolling back a hot journal, recovering a WAL) goes
 * to overlays in memory; every other name does not exist, cannot be made and cannot be deleted.
 * There is no shared memory: a connection must use locking_mode=EXCLUSIVE, which puts the
 * wal-index on the heap. Clock and randomness are constant, so that the same bytes give the same
 * rows.
 */
#ifndef EVIDENCE_VFS_H
#define EVIDENCE_VFS_H
#include "reader.h"

/* Borrowed: they must outlive the VFS. wal and journal may be NULL. */
struct evidence_vfs_files {
	struct reader *db, *wal, *journal;
};

struct evidence_vfs;

int evidence_vfs_new(struct evidence_vfs **ret, const struct evidence_vfs_files *files,
		     struct err *err);
void evidence_vfs_free(struct evidence_vfs *v); /* after the connection; NULL is legal */

/* For sqlite3_open_v2: the name of the VFS, and of the database in it. */
const char *evidence_vfs_name(const struct evidence_vfs *v);
#define EVIDENCE_VFS_DB "evidence"

/* What happened while SQLite read. */
struct evidence_vfs_events {
	bool rolled_back;   /* a hot journal was undone, in memory */
	bool super_journal; /* the journal names a super-journal; treated as not there, so that the
			     * journal counts as done with and is not played back */
	bool wal_ignored;   /* SQLite threw the -wal away: it stands beside an empty database */
	bool journal_ignored; /* the same of the -journal */
	bool memory_cap;      /* a write was refused: the overlays may not grow further */
	bool page_wiped;      /* a page has what SQLite never writes: see page_check.h */
	bool io_failed;       /* the operating system refused to read */
};
struct evidence_vfs_events evidence_vfs_events(const struct evidence_vfs *v);
#endif
