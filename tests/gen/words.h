/* words.h - what ordinary people in a generated phone are called and what they write. */
#ifndef GEN_WORDS_H
#define GEN_WORDS_H
#include "phone.h"

#define TEXT_MAX 1024

/* Fill first and last name of person i: no two of the first 10,000 are the same. */
void words_name(uint32_t i, struct person *p);
/* The ordinary words that a generated rule pack may also use as terms, commonest first. */
const char *words_common(size_t i); /* NULL at the end */

struct writer;
struct writer *writer_new(const struct phone *p, const struct numbers *numbers);
void writer_free(struct writer *w);
/* A text of about 54 bytes into m: text, mentions and rules. line: hide the number of a deal line
 * in it. The text lives until the next call. */
void writer_text(struct writer *w, struct rng *r, bool line, struct message *m);
#endif
