/*
 * backup_parts.h - inside of what reads an iTunes or Finder backup: only acquire/backup*.c include
 * it. backup.c finds the backup and leads; backup_payload.c has its files, backup_rows.c what its
 * list says of them, backup_found.c makes of both what the source lists.
 */
#ifndef ACQUIRE_BACKUP_PARTS_H
#define ACQUIRE_BACKUP_PARTS_H
#include "acquire/backup_crypt.h"

#define BACKUP_ROWS_MAX 100000 /* wanted files and their side files */

/* A file that the list, or the hash of its path, says is wanted. */
struct wanted_row {
	span path; /* "HomeDomain/Library/SMS/sms.db"; of a side file: of its database */
	int side;  /* -1, or a SIDE_ */
	unsigned char id[20];
	bool id_ok, size_known;
	bool exact; /* not from the backup's list: found by the hash of its path */
	enum entry_kind kind;
	uint64_t size;
	size_t order;
	span key; /* of an encrypted file; absent: none */
	uint32_t protection_class;
};

struct backup {
	struct catalog *c;
	span dir;           /* path of its folder in the source; "" */
	size_t first, stop; /* its payloads, ordered by id */
	struct entry *db, *mbdb, *manifest, *info;
	bool list_plain; /* the list could be read, so it is not encrypted itself */
	bool encrypted;  /* somebody says so */
	struct backup_plist said;
	const char *closed; /* why it stays encrypted, in words */
	bool tried;         /* to open it */
	bool no_list;       /* or one that is not whole */
	bool from_exact;    /* the rows that come now are not the list's */
	uint64_t files_listed;
	struct wanted_row *row;
	size_t rows, cap;
	span last_domain;
	char last_domain_bytes[256];
};

/* For notes: the source itself has no path. */
span backup_named(const struct backup *b);

/* ---- backup_payload.c: the files under their 20 bytes ---- */

void backup_payloads_sort(struct catalog *c);
struct payload *backup_payload_find(const struct backup *b, const unsigned char id[20]);
/* What is known of it beyond its name and length, or NULL. */
struct entry *backup_payload_entry(const struct catalog *c, const struct payload *p);
/* It is one of the list's files. Gives the entry that knows more of it, or NULL. */
const struct entry *backup_payload_use(struct catalog *c, struct payload *p);
/* "dir/3d/3d0d..." or "dir/3d0d...", as the source has it; absent when memory ran out. */
span backup_payload_path(const struct catalog *c, const struct payload *p);
struct place backup_payload_place(const struct catalog *c, const struct payload *p);

/* ---- backup_rows.c: what the list says ---- */

int backup_entry_read(struct backup *b, const struct entry *e, struct reader **ret,
		      struct err *err);
/* Is Manifest.db a database as it stands? Since iOS 10.2 an encrypted backup's is not. */
bool backup_list_is_closed(struct backup *b);
/* From the best list there is. What a damaged list told before its damage stands. The exact paths
 * are looked for in any case: a list can be cut where nothing shows it. */
int backup_rows_read(struct backup *b, struct err *err);

/* ---- backup_found.c: from rows to the source's list ---- */

int backup_rows_list(struct backup *b, struct err *err);
#endif
