/*
 * linepack.h - the contents of a pack of lines: what a scan looks identifiers up in.
 *
 * Contents, all integers big-endian:
 *
 *   "LCLINES1", u32 flags (1 keyed, 2 delta), u32 entries, u32 lines, u32 bytes of lines, u32
 *   texts, u32 bytes of texts, u32 gone entries, u32 gone lines, u32 gone texts, 4 bytes 0
 *   entries  32 bytes each, in order of tag and assertion:
 *            tag 16, u32 assertion, u32 line, u16 first day, u16 day after the last (days from
 *            1970, 0 open), u8 grade (source 0-3, assessment 0-5 << 2, handling 0-2 << 5), u8
 *            status (0 current, 1 past, 2 contact the unit first) and 4 review lapsed, 2 bytes 0
 *   lines    in order of their number: u32 line, 16 bytes uuid, u8 1 risk to life, then three
 *            texts, each u8 length and UTF-8: names separated by line feeds, the one to show
 *            first; unit; contact
 *   texts    in order: u32 assertion, u16 length, UTF-8: conditions of its handling
 *   gone     (delta) 20 bytes each: tag, assertion; then u32 each: lines, texts
 *
 * A tag stands for an identifier. Keyed: the first 16 bytes of HMAC-SHA-256 over the key of
 * linedb_schema.sql. Clear: of a number 8 bytes of its digits through a fixed permutation and 8 of
 * 0; of anything else the first 16 bytes of SHA-256.
 *
 * Signed with it is a statement, canonical JSON: {"content":sha256,"expires":ms,"format":
 * "linecheck-lines-1","identifiers":N,"issued":ms,"key":id or "","lines":N,"number":N,"unit":key
 * id}. "content" is the SHA-256 of the full contents, also where the pack holds a delta: whichever
 * way a machine got there, it holds the same signed bytes. The body of a pack is u32 length and
 * statement, 64 bytes of signature (context "lines"), contents. An installed list has the same
 * form, always full.
 */
#ifndef LINEPACK_H
#define LINEPACK_H
#include "trust.h"

#define LINEPACK_TAG 16
#define LINEPACK_KEY 32 /* bytes of the key of keyed identifiers */
#define LINEPACK_NONE UINT32_MAX

enum linepack_status { LINEPACK_CURRENT, LINEPACK_PAST, LINEPACK_CONTACT_UNIT };

struct linepack_entry {
	unsigned char tag[LINEPACK_TAG];
	uint32_t assertion, line;
	uint16_t from, until;
	char source, assessment, handling; /* as in struct assertion */
	enum linepack_status status;
	bool lapsed;
};

struct linepack_line {
	uint32_t id;
	unsigned char uuid[16];
	bool warning;
	span names, unit, contact;
};

struct linepack_about {
	uint64_t number;
	int64_t issued, expires;
	char unit[17], key[17];
	uint32_t identifiers, lines;
	char content[65];
};

/* Contents, checked: every offset, order and text. bytes must outlive it. */
struct linepack;
int linepack_open(struct linepack **ret, span contents, struct err *err);
void linepack_free(struct linepack *p); /* NULL is legal */
bool linepack_keyed(const struct linepack *p);
bool linepack_delta(const struct linepack *p);
uint32_t linepack_entries(const struct linepack *p);
uint32_t linepack_lines(const struct linepack *p);
void linepack_entry(const struct linepack *p, uint32_t i, struct linepack_entry *ret);
void linepack_line(const struct linepack *p, uint32_t i, struct linepack_line *ret);
/* The place of a line by its number; LINEPACK_NONE. */
uint32_t linepack_find_line(const struct linepack *p, uint32_t id);
/* The first entry with this tag; those after it have it too until one has not. */
uint32_t linepack_find(const struct linepack *p, const unsigned char tag[static LINEPACK_TAG]);
bool linepack_same_tag(const struct linepack *p, uint32_t i, uint32_t k);
/* Conditions of an assertion; absent if there are none. */
span linepack_text(const struct linepack *p, uint32_t assertion);

/* ---- tags ---- */

struct linepack_tagger;                                                /* keyed or clear */
struct linepack_tagger *linepack_tagger_new(const unsigned char *key); /* NULL key: clear */
void linepack_tagger_free(struct linepack_tagger *t);                  /* wipes the key */
void linepack_tag_number(const struct linepack_tagger *t, uint64_t e164,
			 unsigned char ret[static LINEPACK_TAG]);
void linepack_tag_text(const struct linepack_tagger *t, span key,
		       unsigned char ret[static LINEPACK_TAG]);
/* The number that a clear tag stands for, 0 if it is none. */
uint64_t linepack_untag(const unsigned char tag[static LINEPACK_TAG]);
void linepack_key_id(const unsigned char key[static LINEPACK_KEY], char ret[static 17]);

/* ---- making ---- */

struct linepack_maker;
struct linepack_maker *linepack_maker_new(bool keyed);
void linepack_maker_free(struct linepack_maker *m);
bool linepack_add_entry(struct linepack_maker *m, const struct linepack_entry *e);
bool linepack_add_line(struct linepack_maker *m, const struct linepack_line *l); /* in order */
bool linepack_add_text(struct linepack_maker *m, uint32_t assertion, span text); /* in any order */
int linepack_make(struct linepack_maker *m, struct buf *ret, struct err *err);
/* The delta from one full contents to another, and back: applying it to old gives new. */
int linepack_diff(const struct linepack *old, const struct linepack *new, struct buf *ret,
		  struct err *err);
int linepack_apply(const struct linepack *old, const struct linepack *delta, struct buf *ret,
		   struct err *err);

/* ---- the signed form ---- */

/* Statement, signature, contents appended to ret. about->content and ->unit are filled. full: the
 * contents that the statement is about; contents: those to write. */
int linepack_sign(struct buf *ret, struct linepack_about *about, span full, span contents,
		  const struct key *unit, struct err *err);
/* Take apart and check the signature by a unit that was trusted then; t NULL: not checked. */
int linepack_verify(span bytes, const struct trust *t, struct linepack_about *ret, span *ret_head,
		    span *ret_contents, struct err *err);
/* E_FORMAT: contents are not those that the statement is about. */
int linepack_verify_content(const struct linepack_about *about, span full, struct err *err);
#endif
