/*
 * plist_strings.h - the texts in a property list file, whether XML or binary.
 *
 * For settings files: each <string> that stands in dictionaries within dictionaries is told with
 * the names that lead to it. Texts in arrays, and deeper than PLIST_NAMES, are passed over, and so
 * is everything that is not text: an XML list is never held as a whole, nor are its pictures.
 */
#ifndef PLIST_STRINGS_H
#define PLIST_STRINGS_H
#include "parser.h"

#define PLIST_NAMES 4
#define PLIST_TEXT_MAX 65536               /* longer ones are passed over */
#define PLIST_BYTES_MAX ((size_t)16 << 20) /* of a binary list, which cannot be read in pieces */

/* name[0] to name[n - 1] lead to text. All UTF-8, and gone after the call. 0, or negative to end.
 */
typedef int plist_string(void *user, const span *name, size_t n, span text);

/* In the order of the file. 0, what tell answered, E_FORMAT or E_LIMIT. */
int plist_strings(const struct input *in, plist_string *tell, void *user, struct err *err);

/* Is head the beginning of a property list in which one of words (NULL-terminated) stands? */
bool plist_sniff(span head, const char *const *words);
#endif
