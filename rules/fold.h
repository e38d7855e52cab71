/*
 * fold.h - the forms under which a text is searched.
 *
 * People spell around filters, and tired thumbs spell anyhow. A text is searched in its base form
 * (fold_chars.h) and in every further form that differs from it:
 *   lookalikes    Cyrillic, Greek and other letters that pass for ASCII ones, word by word
 *   short, double letters repeated more than twice become one, or two ("traaap", "wheeel"); where
 *                 both vowels and others are, also one of the first and two of the others, and the
 *                 other way round ("foooddd", "beeellll")
 *   decoded       single letters set apart are joined ("c u n c h", "o.t"), and digits and signs
 *                 that stand for letters inside a word are read as letters ("c0k3"); 1 and ! once
 *                 as i, once as l. Numbers, prices, amounts and times are never touched.
 * and in the short and double forms of the decoded ones. At most FOLD_FORMS in all.
 *
 * The original is not changed; each form knows which original bytes each of its bytes came from.
 * Bytes that are not UTF-8 become one space each.
 */
#ifndef FOLD_H
#define FOLD_H
#include "base/span.h"
#include "fold_chars.h"

#define FOLD_FORMS 16
#define FOLD_TEXT_MAX ((size_t)2 << 20) /* bytes of a text that can be folded */

struct folder; /* scratch for one thread */

struct form {
	span text;   /* UTF-8, always valid; 32 zero bytes lie before and after it */
	bool ascii;  /* only ASCII bytes in it */
	size_t cost; /* steps it took to make and takes to search, about a nanosecond each */
};

struct folder *folder_new(void); /* NULL: out of memory */
void folder_free(struct folder *f);

/* Start on text (at most FOLD_TEXT_MAX bytes), which must stay until the last form is done with.
 * slowly: take no short cuts. The forms are the same; for tests. */
void fold_begin(struct folder *f, span text, bool slowly);
/* The next form, the base form first; NULL after the last, or when it cannot be made: see
 * fold_failed() and fold_cut(). The form dies with the next call. */
const struct form *fold_next(struct folder *f);
bool fold_failed(const struct folder *f); /* memory ran out */
/* A very long text is respelt in so many places that the rest of its forms would cost too much. */
bool fold_cut(const struct folder *f);
/* True if there may be a further form: found out without making it. */
bool fold_more(struct folder *f);
/* Whether the text of the last fold_begin() is all ASCII: known once it gave its first form. */
bool fold_ascii(const struct folder *f);
/* Bytes [*start, *stop) of the last form given, not empty: to the original bytes they came from. */
void fold_origin(const struct folder *f, size_t *start, size_t *stop);
/* Give back what a very long text needed. */
void fold_end(struct folder *f);

/* What one character folds to in the base form; NULL: out of memory. */
const struct fold_char *fold_char(struct folder *f, uint32_t cp);
#endif
