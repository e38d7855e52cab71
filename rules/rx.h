/*
 * rx.h - PCRE2 as this engine uses it: on valid UTF-8 only, caseless, Unicode words, with hard
 * limits. With JIT and without it the answers are the same: whatever the compiled code cannot
 * finish within its limits is run again by the interpreter, whose word counts.
 */
#ifndef RX_H
#define RX_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

#define RX_MATCH_LIMIT 100000

struct rx;
struct rx_scratch; /* for one thread */

enum rx_answer { RX_NO, RX_YES, RX_LIMIT };

/* anchored: it can match only where the search starts. */
int rx_new(struct rx **ret, const char *source, bool anchored, bool jit, struct err *err);
/* For rx_reach() alone. */
int rx_new_reach(struct rx **ret, const char *source, bool jit, struct err *err);
void rx_free(struct rx *re);
struct rx_scratch *rx_scratch_new(uint32_t match_limit); /* NULL: out of memory */
void rx_scratch_free(struct rx_scratch *s);

/*
 * Search text from byte `start`, looking at [from, to) of it only: as if the text went on beyond,
 * so ^ and $ match at its real ends only. All four are on character boundaries.
 */
enum rx_answer rx_search(const struct rx *re, struct rx_scratch *s, span text, size_t from,
			 size_t to, size_t start, size_t *ret_start, size_t *ret_stop);
/* Whether there is a match that begins in [start, last], and where the first of them does. */
enum rx_answer rx_reach(const struct rx *re, struct rx_scratch *s, span text, size_t from,
			size_t to, size_t start, size_t last, size_t *ret_start);
#endif
