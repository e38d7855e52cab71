/*
 * source.h - inside of the door to evidence: what a source holds while it is listed and read. Only
 * evidence.c, source.c, catalog.c and acquire/ include it.
 */
#ifndef SOURCE_H
#define SOURCE_H
#include "evidence.h"
#include "evidence_vfs.h"
#include "notes.h"
#include "reader.h"
#include "vault.h"
#include "want.h"
#include <sys/stat.h>

struct catalog;
struct entry;  /* catalog.h */
struct cipher; /* acquire/cipher.h */
struct keybag; /* acquire/keybag.h */

/* Where the bytes of a listed file are. */
struct place {
	enum place_kind { PLACE_NONE, PLACE_TREE, PLACE_VAULT } kind;
	const char *path;            /* TREE: below the source's folder */
	uint32_t part;               /* VAULT: number until it is kept */
	const char *name;            /* VAULT: once it is kept */
	uint64_t size;               /* when it was listed */
	const struct cipher *cipher; /* of an encrypted backup: read decrypted; NULL: as it is */
};

/* What must not change while a file is evidence. */
struct stamp {
	bool set;
	uint64_t dev, ino, size;
	int64_t mtime_ns, ctime_ns;
};

struct listed {
	struct evidence_file file;
	struct place place, side_place[SIDES];
	enum want_side side_kind[SIDES];
	struct place sealed;     /* a backup whose content is at place, once opened */
	const char *sealed_with; /* what opened it, for people */
	struct stamp sealed_stamp;
	char inner[65];                          /* SHA-256 of that database */
	struct stamp stamp, side_stamp[SIDES];   /* of the files that were read in place */
	char sha256[65], side_sha256[SIDES][65]; /* known from the copy */
	bool read; /* was opened and given out: another file with the same bytes is not */
};

/* One way to get at files: acquire/folder.c, acquire/archive.c. */
struct acquire {
	const char *kind; /* source_info.kind, unless a backup is found */
	bool live;        /* the bytes came in pieces over a cable, just now */
	/* Look at every file once and tell the catalog. */
	int (*list)(struct source *s, struct catalog *c, struct err *err);
	/* The bytes at a place; *ret_stamp is set where they can change. */
	int (*open)(struct source *s, const struct place *p, struct reader **ret,
		    struct stamp *ret_stamp, struct err *err);
	/* Bytes that were passed over when it was listed: entries with their paths, in order of
	 * them; place, size, sha256, state and detail are filled in of those that are found. NULL:
	 * every file can be opened at any time. */
	int (*fetch)(struct source *s, struct entry *entry, size_t n, struct err *err);
	/* A file or folder of this path is there, and is no link. NULL: links_saw was told. */
	bool (*has)(const struct source *s, span path);
};
extern const struct acquire acquire_folder, acquire_archive;

struct source {
	struct arena *arena;
	struct source_options options;
	struct source_info info;
	struct wants *wants;
	struct notes *notes;
	const struct acquire *how;
	int root;         /* folder: the descriptor; archive: the file */
	const char *only; /* folder: the one file that was given, and its side files; or NULL */
	struct vault *vault;
	struct keybag *keybag; /* of an encrypted backup that was opened */
	const char **kept;     /* by number of the vault: the name it was kept under */
	struct listed *list;
	size_t lists, cap;
	struct source_app *app;
	size_t apps;
	bool out_of_memory; /* while taking notes */
};

/* Notes: words are copied; memory running out is remembered and told by source_open. */
void source_note_add(struct source *s, bool loss, span path, const char *detail);
__attribute__((format(printf, 4, 5))) void source_note_addf(struct source *s, bool loss, span path,
							    const char *format, ...);
/* E_STOPPED when the user said so. */
int source_progress(struct source *s, const char *what, uint64_t done, uint64_t total,
		    struct err *err);
/* Open the bytes at a place, decrypted where the place says so; and as they are stored. */
int source_read(struct source *s, const struct place *p, struct reader **ret,
		struct stamp *ret_stamp, struct err *err);
int source_read_stored(struct source *s, const struct place *p, struct reader **ret,
		       struct stamp *ret_stamp, struct err *err);
/* Open readers of a listed file: of itself, and as SQLite wants them. */
struct evidence_readers {
	struct reader *main, *side[SIDES]; /* side: as listed.file.side */
	struct evidence_vfs_files db;
};
/* Stamps what can change. A side file that cannot be opened is noted and left out. */
int source_read_listed(struct source *s, struct listed *l, struct evidence_readers *ret,
		       struct err *err);
void source_readers_free(struct evidence_readers *r);
/* A new entry of the list, zeroed, to be filled at once: it moves with the next. NULL with 0 when
 * the list is full, which is noted. */
int source_list(struct source *s, struct listed **ret, struct err *err);

/* What is listed and holds, by its tables, no kind of record in scope becomes out of scope. */
void source_leave_out(struct source *s);
/* The order of the list: by path, bytewise. */
void source_sort(struct source *s);
void source_count_kept(struct source *s);
/* file.ends of each listed file whose bytes are there. */
int source_mark_ends(struct source *s, struct err *err);
/* Begins the detail of a file that was not read because another has the same bytes. */
#define EVIDENCE_SAME_BYTES "The same bytes as "

struct stamp stamp_of(const struct stat *st);
bool stamp_same(const struct stamp *a, const struct stamp *b);
#endif
