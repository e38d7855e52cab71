/*
 * wording.h - words that may not reach a person, and things that no rule may read.
 *
 * The child is presumed a victim: some words judge. And a rule must never read who somebody is, how
 * they talk about themselves, where they live or learn, or what they listen to: as far as lists can
 * see that, such a rule is refused.
 */
#ifndef WORDING_H
#define WORDING_H
#include "base/span.h"

/* The first word in a text for people that must not be there, or NULL; *ret_instead says what to
 * write. */
const char *wording_banned(span text, const char **ret_instead);
/* What a term, pattern, literal or id reads that it must not, such as "school"; NULL if nothing.
 * *ret_why is a reason in plain words. The answer lives until the next call in this thread. */
const char *wording_unfair(span text, const char **ret_why);
#endif
