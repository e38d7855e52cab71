/*
 * lines.h - the deal lines that a scan looks for, from a CSV file.
 *
 * Columns by header name, in any order: line,identifier,from,to,status,grade. `from` and `to` are
 * dates (YYYY-MM-DD), `to` is inclusive, empty is open. grade is [123][A-E][PC]? or empty (3x5x2:
 * source, assessment, handling). Unknown columns are ignored and said; a missing `line` or
 * `identifier` column is an error. Spellings of a brand that differ only in case or spacing are one
 * line, under the spelling that came first.
 */
#ifndef LINES_H
#define LINES_H
#include "base/err.h"
#include "base/identifier.h"
#include "base/time.h"

enum line_status {
	LINE_UNKNOWN,
	LINE_SUSPECTED,
	LINE_ACTIVE,
	LINE_SEIZED,
	LINE_POLICE_OPERATED,
	LINE_DDTRO,
	LINE_DORMANT,
	LINE_CLOSED,
	LINE_TAKEN_OVER,
	/* What an installed pack says instead: no more leaves the unit. */
	LINE_CONTACT_UNIT,
	LINE_CURRENT,
	LINE_PAST,
	LINE_STATUS_MAX,
	LINE_STATUS_CSV = LINE_CONTACT_UNIT /* those below may stand in a CSV file */
};
const char *line_status_word(enum line_status status);
bool line_status_from_word(const char *word, enum line_status *ret);

/* "This identifier belonged to this line from .. to": the thing that is graded. */
struct assertion {
	const char *line; /* brand; UTF-8, never empty */
	const char *raw;  /* the identifier as in the file */
	struct identifier id;
	const char *key; /* what is compared when there is no E.164 number, or "" */
	int64_t from;    /* first ms of the window, or TIME_UNSET = open */
	int64_t until;   /* first ms after the window, or TIME_UNSET = open */
	enum line_status status;
	char source;     /* '1' '2' '3', or 0 when not graded */
	char assessment; /* 'A'..'E', or 0 */
	char handling;   /* 'P', 'C', or 0 */
	uint32_t row; /* line of the CSV file, the header is 1; of a pack the place in it, from 1 */
	/* Of an installed pack only, else 0 or NULL. */
	uint32_t number; /* the unit's number of the assertion */
	bool lapsed;     /* its review was overdue when the pack was issued */
	const char *uuid, *unit, *contact, *conditions;
};

#define LINES_NONE UINT32_MAX

struct lines;

struct trust;
struct linepack_about;
/* Bytes of an installed list (linepack.h), which l keeps and frees, also on failure. t: checks the
 * signature, NULL where the caller has. key: of keyed identifiers, LINEPACK_KEY bytes, or NULL. */
int lines_of_pack(struct lines **ret, char *bytes, size_t n, const struct trust *t,
		  const unsigned char *key, struct err *err);
/* What the unit says of the pack; NULL for a CSV file. */
const struct linepack_about *lines_about(const struct lines *l);

/* A bad row: its line in the file, and why. why repeats parts of the row as they are, hidden
 * characters among them: whoever prints it makes them harmless, as for struct err. */
typedef void lines_bad_fn(void *user, uint32_t row, const char *why);

/* Load path. Each bad row is told to bad (may be NULL). With skip_bad false one bad row makes the
 * load fail with E_USER. */
int lines_load_csv(struct lines **ret, const char *path, bool skip_bad, lines_bad_fn *bad,
		   void *user, struct err *err);
/* The same from memory, for tests and fuzzing; name stands for the path in messages. */
int lines_load_csv_bytes(struct lines **ret, span csv, const char *name, bool skip_bad,
			 lines_bad_fn *bad, void *user, struct err *err);
void lines_free(struct lines *l);

uint32_t lines_count(const struct lines *l);
/* Of a pack: valid until the next call. What is not in the pack (a handle, a keyed number) is "".
 */
const struct assertion *lines_at(const struct lines *l, uint32_t i);
/* One more than the highest i that lines_find_name can give: of a pack, lines follow assertions. */
uint32_t lines_slots(const struct lines *l);
uint32_t lines_skipped(const struct lines *l);    /* bad rows left out */
const char *lines_sha256(const struct lines *l);  /* of the file, 64 hex digits */
uint32_t lines_distinct(const struct lines *l);   /* lines, however many assertions each has */
const char *lines_ignored(const struct lines *l); /* columns not used: "notes, owner", or "" */

/* The first assertion about a handle, or LINES_NONE; then the next about the same identifier, in
 * the order of the file. raw is what identifier_of was given. */
uint32_t lines_find(const struct lines *l, const struct identifier *id, span raw);
uint32_t lines_next(const struct lines *l, uint32_t i);

/* The first assertion of the line whose brand a saved contact's name gives: the name is the brand
 * itself and "line" beside it ("Deano line", "deano line 2", "LINE deano"), without regard to case.
 * LINES_NONE if none. A bare first name is never one. */
uint32_t lines_find_name(const struct lines *l, span contact_name);
#endif
