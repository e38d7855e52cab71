/*
 * backup_list.h - the files that an iTunes or Finder backup says it holds: Manifest.db (iOS 10 and
 * later), Manifest.mbdb (before), and what its plists say of encryption and apps.
 */
#ifndef BACKUP_LIST_H
#define BACKUP_LIST_H
#include "base/arena.h"
#include "catalog.h"

/* One file of a backup's own list. Spans die with the call. */
struct backup_row {
	span domain, path; /* "HomeDomain", "Library/SMS/sms.db" */
	unsigned char id[20];
	bool id_ok; /* the list names its file by 40 hex digits, and nothing else */
	enum entry_kind kind;
	bool size_known;
	uint64_t size;
	span key;                  /* of an encrypted file, as keybag.h says; absent: none */
	uint32_t protection_class; /* where the list says it beside the key; 0: it does not */
};
typedef int backup_row_fn(void *user, const struct backup_row *row, struct err *err);
/* True if the details of a row (its size and key) are wanted: they cost. */
typedef bool backup_wanted_fn(void *user, span domain, span path);

/* E_FORMAT: not a database, or without the table. Rows before a damage have been told. */
int backup_list_db(const struct evidence_vfs_files *files, backup_wanted_fn *wanted,
		   backup_row_fn *row, void *user, struct err *err);
/* True if it is such a list. */
bool backup_list_db_is(const struct evidence_vfs_files *files);
/* E_FORMAT at the first record that is damaged; rows before it have been told. */
int backup_list_mbdb(struct reader *r, backup_row_fn *row, void *user, struct err *err);

/* What an archived MBFile says (column "file" of Manifest.db). */
struct backup_file {
	bool size_known;
	uint64_t size;
	span key; /* in the archive; absent: none */
};
/* False if it is no such archive. */
bool backup_file_read(span archive, struct backup_file *ret);

/* What Manifest.plist or Info.plist says. */
struct backup_plist {
	bool known, encrypted;
	span keybag;       /* BackupKeyBag, in the arena; absent: there is none */
	span manifest_key; /* what opens Manifest.db, wrapped; since iOS 10.2 */
};
typedef void backup_app_fn(void *user, span id);
/* Tells the bundle id of each installed app. On failure what was read before stands. */
int backup_plist_read(struct reader *r, struct arena *a, backup_app_fn *app, void *user,
		      struct backup_plist *ret, struct err *err);
#endif
