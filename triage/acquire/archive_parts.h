/*
 * archive_parts.h - inside of what reads archives: only acquire/archive*.c include it. archive.c
 * opens and walks them, archive_form.c knows them by their bytes, archive_flow.c has the bytes of
 * an entry, archive_entry.c decides what becomes of one.
 */
#ifndef ACQUIRE_ARCHIVE_PARTS_H
#define ACQUIRE_ARCHIVE_PARTS_H
#include "acquire/archive.h"
#include "catalog.h"
#include <archive.h>
#include <archive_entry.h>

struct pack {
	struct source *s;
	struct catalog *c;
	struct archive *a;
	struct archive_entry *e;
	uint64_t size, produced, cap;
	bool skips;          /* what is not wanted costs nothing to pass over (zip) */
	struct buf last;     /* path of the entry before */
	unsigned attempt;    /* at a password */
	int no_password;     /* 0: there may be another; why there is none */
	struct err password; /* ... in words */
	bool unlocked;       /* an entry was opened with a password */
	bool told;           /* what broke the archive off */
	struct ab *ab;
	ab_read_fn *from; /* bytes of an .ab, or NULL */
	void *from_user;
	span within; /* path of the .ab that is read, where it is not the source itself */
	struct buf joined;
	struct err *err;
};

/* ---- archive_form.c ---- */

enum archive_form { FORM_NONE, FORM_ZIP, FORM_7Z, FORM_TAR, FORM_AB, FORM_PACKED };

/* What fd is, by its first bytes; of FORM_PACKED also in what. libarchive is not asked: it would
 * unpack layer within layer, and a file can be made that holds itself. */
enum archive_form archive_form_of(int fd, int *ret_filter);
/* A zip ends with its list and a mark behind it. Without the list libarchive takes the entries as
 * they come, and does not say how many are missing. */
bool archive_zip_ends(int fd, uint64_t size);
/* A tar ends with two blocks of zeros. Some writers leave them out. */
bool archive_tar_ends(int fd, uint64_t size);

/* ---- archive_flow.c ---- */

/* Bytes of an entry in order, holes as zeros. */
struct flow {
	struct pack *p;
	const char *block;
	size_t n;
	uint64_t hole; /* zeros before block */
	uint64_t at;   /* bytes given so far, holes included */
	bool failed;
	char why[200];
};

/* Called for every block that comes out: 0, E_LIMIT (a bomb, said) or E_STOPPED. */
int archive_account(struct pack *p, uint64_t n);
/* The next block: 1, 0 at the end, negative E_LIMIT or E_STOPPED. A failing of the archive ends
 * the entry and is told in the flow. */
int flow_next(struct flow *f);
/* The first bytes of the entry, as many blocks as that takes. */
int flow_head(struct flow *f, struct buf *head);
/* The rest of the entry, after what flow_head gave, into the vault or only through the hash. */
int flow_copy(struct flow *f, const struct buf *head, int more, struct entry *e, bool keep);
/* Pass over an entry. What cannot be skipped is unpacked and counted. */
int archive_pass(struct pack *p);

/* ---- archive_entry.c ---- */

extern const char archive_locked[]; /* in words: encrypted, and no password */
const char *archive_on_password(struct archive *a, void *user);
/* A name without what makes it absolute. Absolute and climbing names are harmless here, because
 * they never become a name on the disk: they are said, and read. */
span archive_trimmed(span s);
int archive_one_entry(struct pack *p, bool alone);
#endif
