/*
 * evidence_vfs.c - see evidence_vfs.h
 *
 * Version 1 of sqlite3_io_methods on purpose: without xShm SQLite accepts a WAL only in exclusive
 * mode, and without xFetch it maps no memory. Sector size, device characteristics and "a file of
 * no bytes does not exist" are as SQLite's own unix VFS has them, because crash recovery depends
 * on them: what is read must be what stock SQLite would read.
 */
#include "evidence_vfs.h"
#include "overlay.h"
#include "page_check.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* The largest transaction that is undone in memory, temporary files of sorting included. */
#define OVERLAY_CAP ((uint64_t)256 << 20)
#define SECTOR 4096
#define JULIAN_2000 2451544.5 /* any constant will do */

enum { FILE_DB, FILE_WAL, FILE_JOURNAL, FILES };
static const char *const names[FILES] = { EVIDENCE_VFS_DB, EVIDENCE_VFS_DB "-wal",
					  EVIDENCE_VFS_DB "-journal" };

struct evidence_vfs {
	sqlite3_vfs vfs; /* must be first */
	char name[40];
	struct overlay_budget budget;
	struct overlay file[FILES];
	bool opened[FILES]; /* made by SQLite: exists though it has no bytes yet */
	bool pointer_maps;  /* said by the database's first page */
	struct evidence_vfs_events events;
};

struct open_file {
	sqlite3_file file; /* must be first */
	struct evidence_vfs *v;
	struct overlay *overlay;
	struct overlay own; /* temporary files */
};

static struct evidence_vfs *self(sqlite3_vfs *vfs)
{
	return (struct evidence_vfs *)vfs;
}

static struct open_file *opened(sqlite3_file *f)
{
	return (struct open_file *)f;
}

/* ---- files ---- */

static int file_close(sqlite3_file *f)
{
	struct open_file *o = opened(f);
	if (o->overlay == &o->own)
		overlay_done(&o->own);
	return SQLITE_OK;
}

/* Reads of whole pages, of the database or of a frame of the -wal. */
static void look_at_page(struct open_file *o, const unsigned char *buf, size_t n, uint64_t at)
{
	struct evidence_vfs *v = o->v;
	bool of_db = o->overlay == &v->file[FILE_DB], of_wal = o->overlay == &v->file[FILE_WAL];
	if ((!of_db && !of_wal) || n < 512 || (n & (n - 1)))
		return;
	if (of_db ? at % n != 0 : at < 56 || (at - 56) % (n + 24) != 0)
		return;
	if (memcmp(buf, "SQLite format 3", 16) == 0) /* the largest root page: auto_vacuum */
		v->pointer_maps |= (buf[52] | buf[53] | buf[54] | buf[55]) != 0;
	v->events.page_wiped |= !page_sound(buf, n, v->pointer_maps);
}

static int file_read(sqlite3_file *f, void *buf, int n, sqlite3_int64 at)
{
	struct open_file *o = opened(f);
	ptrdiff_t got = at < 0 || n < 0
				? E_IO
				: overlay_read(o->overlay, buf, (size_t)n, (uint64_t)at, NULL);
	if (got < 0) {
		o->v->events.io_failed = true;
		return SQLITE_IOERR_READ;
	}
	if (got == n) {
		look_at_page(o, buf, (size_t)n, (uint64_t)at);
		return SQLITE_OK;
	}
	memset((char *)buf + got, 0, (size_t)(n - (int)got));
	return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *f, const void *buf, int n, sqlite3_int64 at)
{
	struct open_file *o = opened(f);
	if (at < 0 || n < 0)
		return SQLITE_IOERR_WRITE;
	if (o->overlay == &o->v->file[FILE_DB])
		o->v->events.rolled_back = true;
	switch (overlay_write(o->overlay, buf, (size_t)n, (uint64_t)at, NULL)) {
	case 0:
		return SQLITE_OK;
	case E_NOMEM:
		return SQLITE_IOERR_NOMEM;
	case E_LIMIT:
		return SQLITE_FULL;
	default:
		o->v->events.io_failed = true;
		return SQLITE_IOERR_WRITE;
	}
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	if (size < 0)
		return SQLITE_IOERR_TRUNCATE;
	overlay_truncate(opened(f)->overlay, (uint64_t)size);
	return SQLITE_OK;
}

static int file_sync(sqlite3_file *f, int flags)
{
	(void)f;
	(void)flags;
	return SQLITE_OK;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *ret)
{
	*ret = (sqlite3_int64)opened(f)->overlay->size;
	return SQLITE_OK;
}

static int file_lock(sqlite3_file *f, int level)
{
	(void)f;
	(void)level;
	return SQLITE_OK;
}

static int file_reserved(sqlite3_file *f, int *ret)
{
	(void)f;
	*ret = 0;
	return SQLITE_OK;
}

static int file_control(sqlite3_file *f, int op, void *arg)
{
	(void)f;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *f)
{
	(void)f;
	return SECTOR;
}

static int file_device(sqlite3_file *f)
{
	(void)f;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_lock,
	.xCheckReservedLock = file_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_device,
};

/* ---- names ---- */

static int which(const char *name)
{
	for (int i = 0; i < FILES; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	return -1;
}

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *ret_flags)
{
	struct evidence_vfs *v = self(vfs);
	struct open_file *o = opened(f);
	*o = (struct open_file){ .v = v };
	if (!name) { /* temporary, for sorting and automatic indexes: in memory, under the cap */
		overlay_init(&o->own, NULL, &v->budget);
		o->overlay = &o->own;
	} else {
		int i = which(name);
		bool fits = (i == FILE_DB && flags & SQLITE_OPEN_MAIN_DB) ||
			    (i == FILE_WAL && flags & SQLITE_OPEN_WAL) ||
			    (i == FILE_JOURNAL && flags & SQLITE_OPEN_MAIN_JOURNAL);
		if (!fits)
			return SQLITE_CANTOPEN;
		if (i != FILE_DB && v->file[i].size == 0 && !v->opened[i] &&
		    !(flags & SQLITE_OPEN_CREATE))
			return SQLITE_CANTOPEN;
		v->opened[i] = true;
		o->overlay = &v->file[i];
	}
	if (ret_flags)
		*ret_flags = flags;
	f->pMethods = &methods;
	return SQLITE_OK;
}

/* "Deleting" the -wal or -journal means that SQLite is done with it; the evidence stays as it is.
 */
static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync_dir)
{
	(void)sync_dir;
	struct evidence_vfs *v = self(vfs);
	int i = which(name);
	if (i != FILE_WAL && i != FILE_JOURNAL)
		return SQLITE_IOERR_DELETE_NOENT;
	if (v->file[FILE_DB].size == 0 && v->file[i].base_size > 0) {
		if (i == FILE_WAL)
			v->events.wal_ignored = true;
		else
			v->events.journal_ignored = true;
	}
	overlay_done(&v->file[i]);
	v->opened[i] = false;
	return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret)
{
	(void)flags;
	struct evidence_vfs *v = self(vfs);
	int i = which(name);
	if (i < 0) /* only a journal makes SQLite ask for another name: its super-journal */
		v->events.super_journal = true;
	*ret = i == FILE_DB || (i > 0 && v->file[i].size > 0);
	return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int n, char *out)
{
	(void)vfs;
	int len = snprintf(out, (size_t)n, "%s", name);
	return len < 0 || len >= n ? SQLITE_CANTOPEN : SQLITE_OK;
}

static void *vfs_dl_open(sqlite3_vfs *vfs, const char *name)
{
	(void)vfs;
	(void)name;
	return NULL;
}

static void vfs_dl_error(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	snprintf(out, (size_t)n, "refused");
}

static void (*vfs_dl_sym(sqlite3_vfs *vfs, void *handle, const char *symbol))(void)
{
	(void)vfs;
	(void)handle;
	(void)symbol;
	return NULL;
}

static void vfs_dl_close(sqlite3_vfs *vfs, void *handle)
{
	(void)vfs;
	(void)handle;
}

static int vfs_randomness(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	memset(out, 0, (size_t)n);
	return n;
}

static int vfs_sleep(sqlite3_vfs *vfs, int us)
{
	(void)vfs;
	(void)us;
	return 0;
}

static int vfs_time(sqlite3_vfs *vfs, double *ret)
{
	(void)vfs;
	*ret = JULIAN_2000;
	return SQLITE_OK;
}

static int vfs_error(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	(void)n;
	(void)out;
	return 0;
}

int evidence_vfs_new(struct evidence_vfs **ret, const struct evidence_vfs_files *files,
		     struct err *err)
{
	struct evidence_vfs *v = calloc(1, sizeof *v);
	if (!v)
		return err_set(err, E_NOMEM, "Memory ran out.");
	v->budget.cap = OVERLAY_CAP;
	overlay_init(&v->file[FILE_DB], files->db, &v->budget);
	overlay_init(&v->file[FILE_WAL], files->wal, &v->budget);
	overlay_init(&v->file[FILE_JOURNAL], files->journal, &v->budget);
	snprintf(v->name, sizeof v->name, "linecheck-%p", (void *)v);
	v->vfs = (sqlite3_vfs){
		.iVersion = 1,
		.szOsFile = sizeof(struct open_file),
		.mxPathname = 512, /* SQLite reads a super-journal's name up to this length */
		.zName = v->name,
		.xOpen = vfs_open,
		.xDelete = vfs_delete,
		.xAccess = vfs_access,
		.xFullPathname = vfs_full_path,
		.xDlOpen = vfs_dl_open,
		.xDlError = vfs_dl_error,
		.xDlSym = vfs_dl_sym,
		.xDlClose = vfs_dl_close,
		.xRandomness = vfs_randomness,
		.xSleep = vfs_sleep,
		.xCurrentTime = vfs_time,
		.xGetLastError = vfs_error,
	};
	if (sqlite3_vfs_register(&v->vfs, 0) != SQLITE_OK) {
		evidence_vfs_free(v);
		return err_set(err, E_NOMEM, "SQLite could not be started.");
	}
	*ret = v;
	return 0;
}

void evidence_vfs_free(struct evidence_vfs *v)
{
	if (!v)
		return;
	sqlite3_vfs_unregister(&v->vfs);
	for (int i = 0; i < FILES; i++)
		overlay_done(&v->file[i]);
	free(v);
}

const char *evidence_vfs_name(const struct evidence_vfs *v)
{
	return v->name;
}

struct evidence_vfs_events evidence_vfs_events(const struct evidence_vfs *v)
{
	struct evidence_vfs_events e = v->events;
	e.memory_cap = v->budget.hit;
	return e;
}
