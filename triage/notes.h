/*
 * notes.h - remarks on a source, bounded: of remarks with the same words the first paths in byte
 * order are kept and the rest is counted, so that the result does not depend on the order in which
 * a folder gives its names.
 */
#ifndef NOTES_H
#define NOTES_H
#include "base/arena.h"
#include "evidence.h"

#define NOTE_PATHS 10 /* named per group; the rest are counted */

struct notes;

struct notes *notes_new(void); /* NULL when memory ran out */
void notes_free(struct notes *n);

/* detail is copied, path too. path may be absent. False when memory ran out. */
bool notes_add(struct notes *n, bool loss, span path, const char *detail);
__attribute__((format(printf, 4, 5))) bool notes_addf(struct notes *n, bool loss, span path,
						      const char *format, ...);

/* In order: by words, then by path; a count of what was not named ends a group. Valid until the
 * next notes_add. */
size_t notes_count(struct notes *n);
const struct source_note *notes_at(struct notes *n, size_t i);
#endif
