/*
 * evidence.h - the only door to evidence.
 *
 * A source (folder, backup, archive, single file) is opened once; it lists the files that parsers
 * want and hands each out as a read-only database or stream. Nothing in a source is ever written.
 * SQLite sees evidence only through our own VFS (evidence_vfs.c). Files of an archive are kept
 * byte for byte in CASE/vault; files of a folder are read in place, hashed as they are opened and
 * checked again at the end.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H
#include "parser.h"

enum evidence_state {
	EVIDENCE_READ,
	EVIDENCE_ABSENT, /* the source lists it, its bytes are not there */
	EVIDENCE_ENCRYPTED,
	EVIDENCE_OUT_OF_SCOPE,
	EVIDENCE_UNREADABLE,
	EVIDENCE_NEWER,            /* newer than tested: columns it needs are missing */
	EVIDENCE_PRESENT_NOT_READ, /* an app's data that no parser reads */
	EVIDENCE_STATE_MAX
};
/* "read", "absent", ... "newer-than-tested", "present-not-read" */
const char *evidence_state_word(enum evidence_state state);

/* One file that a parser wants. Strings live as long as the source. */
struct evidence_file {
	span path;                   /* as the source names it; any bytes */
	const struct parser *parser; /* NULL: no parser takes it, see state and detail */
	unsigned kinds; /* KIND_BIT()s that it can give; of a database as far as its tables go */
	enum evidence_state state; /* as far as known before reading: READ means "can be tried" */
	const char *detail;        /* why not, plain words; NULL */
	uint64_t size;             /* of the main file */
	char sha256[65];           /* "" until opened */
	char ends[65];     /* SHA-256 over both ends of it and of its side files: tells it from
			    * another of its name and size. "": its bytes were not taken */
	const char *vault; /* name in source_options.vault_dir, or NULL */
	/* Side files: -wal, -journal (used) and -shm (hashed, never used). In a fixed order. */
	struct evidence_side {
		span path;
		uint64_t size;
		char sha256[65];
		const char *vault;
	} side[3];
	size_t side_n;
	/* A backup that was opened: the database that was in it. Its vault is NULL where there is
	 * none. */
	struct evidence_side opened;
};

/* A remark on the source as a whole: a link that was not followed, a name that is not UTF-8, a
 * duplicate, a file that changed while it was read. loss: something may have been missed. */
struct source_note {
	span path;
	bool loss;
	const char *detail;
};

/* A telling app seen on the phone: apps.list. */
struct source_app {
	const char *id, *name;
	const char
		*category; /* "messages", "second-number", "vault", "location", "money", "travel" */
	const char *parser_app; /* parser.app that reads its messages, or NULL */
	span evidence;          /* path or list it was seen in */
};

struct source_info {
	const char *label; /* last part of the path as given */
	const char *kind;  /* 'itunes-backup', 'folder', 'file', 'archive', 'iphone' */
	enum platform platform;
	char fingerprint[65]; /* of what is listed, in scope or not; each file has its ends */
	uint64_t files_seen, bytes_seen, files_kept, bytes_kept;
	double unlock_seconds; /* spent making keys of passwords while it was opened; never stored
				*/
};

struct source;

/* Progress of long work: done of total bytes (total 0 = not known). May be NULL. Returning false
 * ends the work with E_STOPPED. */
typedef bool progress_fn(void *user, const char *what, uint64_t done, uint64_t total);

struct wa_key;
struct vault_key;      /* vault_key.h */
struct passwords;      /* passwords.h */
struct device_session; /* acquire/transport.h */

struct source_options {
	const struct wa_key *whatsapp_key; /* opens WhatsApp's own backups; NULL: none was given */
	struct passwords *passwords; /* of encrypted backups and archives; NULL: there are none */
	/* A phone on a cable: path is then only its name for people. NULL: path is a file or folder
	 */
	struct device_session *device;
	const char *vault_dir; /* where files of an archive are kept; made by the caller, empty */
	const struct vault_key *vault_key;   /* that they are encrypted with; goes with vault_dir */
	const struct parser *const *parsers; /* NULL: all of parsers.list */
	/* KIND_BIT()s in scope, 0: all. A file whose parser gives none of them is listed as out of
	 * scope; its bytes are not taken. */
	unsigned kinds;
	progress_fn *progress;
	void *user;
};

/* Open path, find out what it is, list what parsers want. In order: by path, bytewise. */
int source_open(struct source **ret, const char *path, const struct source_options *options,
		struct err *err);

/* The same source again, from what was kept of it in options->vault_dir (files, as they were
 * stored; of each a name in the vault, or why its bytes are not there). Everything is copied. A
 * file that is in scope by now and of which nothing was kept is listed as absent. */
struct source_kept {
	struct source_info info;
	const struct evidence_file *file;
	size_t files;
	const struct source_app *app; /* id and evidence */
	size_t apps;
};
#define EVIDENCE_NOT_TAKEN                                                                         \
	"in scope by now, but its bytes were not taken when the source was read: give the source " \
	"again"
int source_open_kept(struct source **ret, const struct source_kept *kept,
		     const struct source_options *options, struct err *err);
/* Checks that in-place files have not changed since they were hashed (notes it), and frees. */
void source_close(struct source *s); /* NULL is legal */
/* The same check, to be called before the notes are stored. */
void source_check_unchanged(struct source *s);

const struct source_info *source_info(const struct source *s);
size_t source_files(const struct source *s);
struct evidence_file *source_file(struct source *s, size_t i);
size_t source_notes(const struct source *s);
const struct source_note *source_note(const struct source *s, size_t i);
size_t source_apps(const struct source *s);
const struct source_app *source_app(const struct source *s, size_t i);

/* SHA-256 of file i and its side files as they are now, into file->sha256 and side[].sha256; "" for
 * a side file that cannot be read. E_ABSENT: its bytes are not there, or not wanted. */
int source_hash(struct source *s, size_t i, struct err *err);

/*
 * Hash file i (and its side files) and make it ready for parser_run. On success fills *ret_in,
 * valid until evidence_close. On failure file->state and file->detail say what it is.
 * A file without a parser by its name is offered to every parser by its tables here:
 * file->parser is set; two takers are an error that names both.
 */
struct evidence;
int evidence_open(struct evidence **ret, struct source *s, size_t i, struct input *ret_in,
		  struct err *err);
/* True when a SQLite step budget or other limit was hit (the file's state becomes unreadable). */
const char *evidence_limit_hit(const struct evidence *e); /* NULL, or what */
void evidence_close(struct evidence *e);

/*
 * For tests and fuzzing: a database from memory through the same VFS, limits and authoriser.
 * wal and journal may be absent.
 */
int evidence_open_memory(struct evidence **ret, span db, span wal, span journal,
			 struct input *ret_in, struct err *err);
#endif
