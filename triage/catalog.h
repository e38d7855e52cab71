/*
 * catalog.h - what is seen while a source is listed, and how it becomes the list of evidence.
 *
 * A transport shows every name once; the catalog says whether the bytes are needed, and keeps what
 * may matter. When all has been seen it finds backups, pairs databases with their side files,
 * offers files that no glob claims to every parser by their content, and orders the list.
 */
#ifndef CATALOG_H
#define CATALOG_H
#include "base/buf.h"
#include "evidence_db.h"
#include "links.h"
#include "order.h"
#include "source.h"

enum entry_kind { ENTRY_FILE, ENTRY_FOLDER, ENTRY_LINK, ENTRY_OTHER };

/* What a name is, as far as is known. */
enum sighting {
	SIGHT_NONE,    /* nothing to do with it */
	SIGHT_HEAD,    /* its first bytes decide: catalog_sight_head */
	SIGHT_WANTED,  /* a parser claims it by its name */
	SIGHT_STORE,   /* the message store of an app that no parser reads: listed, never read */
	SIGHT_SIDE,    /* a -wal, -journal or -shm */
	SIGHT_META,    /* Manifest.db, Info.plist ...: how a backup is recognised and read */
	SIGHT_PAYLOAD, /* a file of a backup under its number */
	SIGHT_LOOSE    /* no glob claims it, its content may */
};

#define CATALOG_HEAD 4096 /* first bytes that catalog_sight_head wants to see */

struct entry {
	span path; /* as the source names it */
	enum entry_kind kind;
	span target; /* of a link, as stored; absent if it cannot be read */
	bool hard;   /* the target counts from the source's root */
	uint64_t size;
	struct place place;
	char sha256[65];           /* "" if not known */
	enum evidence_state state; /* READ, or why its bytes cannot be had */
	const char *detail;        /* static or in the source's arena */
	/* the catalog's own */
	enum sighting sight;
	uint32_t order;
	bool used;
};

struct catalog;

int catalog_new(struct catalog **ret, struct source *s, struct err *err);
void catalog_free(struct catalog *c); /* NULL is legal */

enum sighting catalog_sight(struct catalog *c, span path, enum entry_kind kind);
/* SIGHT_LOOSE, SIGHT_SIDE or SIGHT_NONE. */
enum sighting catalog_sight_head(struct catalog *c, span path, span head);
/* True if the payload must be kept when it is seen: an archive is read once. */
bool catalog_payload_wanted(struct catalog *c, span path);
/* Copies path. */
int catalog_add(struct catalog *c, const struct entry *e, enum sighting sight, struct err *err);
/* A folder's name can be an app's. Called for each folder; archives name folders in their paths. */
void catalog_folder(struct catalog *c, span path);
/* Count a file that was seen. */
void catalog_count(struct catalog *c, uint64_t bytes);
/* A name that ends as those of archives do. */
bool catalog_is_archive(span name);
/* ... as those of Android backups do. */
bool catalog_is_ab(span name);

/* Make the source's list, apps and kind. */
int catalog_finish(struct catalog *c, struct err *err);

/* ---- for catalog.c, backup.c, offer.c ---- */

struct payload {
	unsigned char id[20];
	uint32_t dir;   /* index of payload_dirs */
	uint32_t entry; /* index + 1 of an entry that knows more; 0: path follows from id and dir */
	uint32_t fetched; /* index + 1 of what was fetched later */
	uint64_t size;
	bool flat; /* in the folder itself, not in a folder of two digits */
	bool used; /* the backup's list says what it is */
};

struct catalog {
	struct source *s;
	struct arena *arena;
	struct links *links;
	struct entry *entry;
	size_t entries, entries_cap;
	struct entry *fetched; /* payloads that were passed over first */
	size_t fetches;
	struct payload *payload;
	size_t payloads, payloads_cap;
	span *payload_dir;
	size_t payload_dirs, payload_dirs_cap;
	span *app_seen; /* by index of apps[]: the smallest path; absent if not seen */
	bool too_many;  /* a limit on what is kept was met */
	size_t offered; /* files whose content was looked at */
	bool alone;     /* one file was given: whatever it is has to be said */
};

/* A file with its side files, wherever they are. */
struct found_side {
	span path;
	uint64_t size;
	struct place place;
	const char *sha256; /* [65] */
};

struct found {
	span path;
	uint64_t size;
	struct place place;
	const char *sha256;        /* [65], or NULL */
	enum evidence_state state; /* READ unless its bytes cannot be had */
	const char *detail;
	const char *stored; /* of what is read decrypted: what is stored, in words; or NULL */
	struct found_side side[SIDES]; /* place.kind PLACE_NONE: not there */
};

/* List it: for each parser of w that takes it, or as an app's store that is not read. */
int catalog_list(struct catalog *c, const struct found *f, const struct want *w, struct err *err);
int catalog_list_as(struct catalog *c, const struct found *f, const struct parser *p,
		    enum evidence_state state, const char *detail, struct err *err);
/* List it if exactly one parser takes its content. */
int catalog_list_loose(struct catalog *c, const struct found *f, struct err *err);

/* The app was seen at path (or in the list so named). */
void catalog_app(struct catalog *c, const struct app *app, span path);
/* The n-th entry of this path, n from 0; entries must be sorted. NULL if there is none. */
struct entry *catalog_find(struct catalog *c, span path, size_t n);
/* The part before the last '/'; "" if there is none. And the part after. */
span path_folder(span path);
span path_name(span path);
/* a/b, or b where a is "". In the source's arena, NUL-terminated; absent when memory ran out. */
span path_join(struct source *s, span a, span b);

/* sealed.c: WhatsApp's own backups. True if name is one of a file that parsers want; *ret: by whom.
 */
bool sealed_wanted(struct catalog *c, span path, struct want *ret);
/* A file of p's encrypted kind: listed as what is in it if a password that was given opens it, else
 * as encrypted. */
int sealed_list_signal(struct catalog *c, const struct found *f, const struct parser *p,
		       struct err *err);
/* List them, after all else is listed: opened where a key was given, else as encrypted. */
int sealed_list(struct catalog *c, struct err *err);

/* backup.c: every iTunes or Finder backup among the entries. E_USER if there are several. */
int backup_resolve(struct catalog *c, struct err *err);
/* Files with a backup's kind of name that belong to none: looked at for their content. */
int backup_leftovers(struct catalog *c, struct err *err);

/* offer.c: which parsers take what the readers hold. */
struct offer {
	const struct parser *taker;  /* the only one */
	const struct parser *second; /* another that takes it too */
	const struct parser *nearly; /* has its tables, not all of its columns */
	bool database;
	bool sealed; /* in the taker's encrypted form */
};
int offer_database(struct source *s, const struct evidence_vfs_files *files, struct offer *ret,
		   struct err *err);
void offer_head(struct source *s, span head, span path, struct offer *ret);
bool is_sqlite(span head);
#endif
