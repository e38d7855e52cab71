/*
 * pattern.h - what a rule's regular expression may be.
 *
 * PCRE2 runs it, but a pack is a user's file and the text is a stranger's: the form is smaller than
 * PCRE2's so that each pattern has a longest match, and so that what a declared literal promises
 * can be checked. Allowed: characters, . and [...] sets, \d \w \s \D \W \S \p{..}, ^ $ \b \B,
 * groups, |, look-around, ? {n} {n,m}. Not: * + {n,}, back references, verbs, callouts, \C, flags.
 */
#ifndef PATTERN_H
#define PATTERN_H
#include "base/buf.h"
#include "base/err.h"
#include "fold.h"

#define PATTERN_MAX_CHARS 120 /* longest match with its look-around; 480 bytes at most */

struct pattern;

/* folded: it will run on folded text, so characters that folding never leaves are refused. */
int pattern_parse(struct pattern **ret, span text, bool folded, struct folder *folder,
		  struct err *err);
void pattern_free(struct pattern *p);

/* The alternatives that the whole of it consists of, at least one. */
size_t pattern_branches(const struct pattern *p);
unsigned pattern_min(const struct pattern *p); /* characters of the shortest match */
unsigned pattern_max(const struct pattern *p); /* of the longest, look-around counted in */

/* True if every match must hold one of the literals, as ahocorasick.h reads them (symbols).
 * May say false where a cleverer look would say true. */
bool pattern_requires(const struct pattern *p, struct folder *folder, const span *literal,
		      size_t n);

/* Append one text that matches, or nearly: repeats as often as they may be, choices by *seed. */
void pattern_sample(const struct pattern *p, uint64_t *seed, struct buf *out);
#endif
