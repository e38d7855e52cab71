/*
 * hidden.h - which number stands behind a hidden name, as the files of one exhibit say.
 *
 * WhatsApp shows people to each other as ...@lid, a name that says nothing of the number. Its own
 * list of both (LINK_MAP) is believed before an address book entry or chat that names both
 * (LINK_CONTACT). Only what a record needs goes into the case: its reason names the place. Where
 * two places of one kind say different numbers, nobody is believed: two people are never made one.
 */
#ifndef HIDDEN_H
#define HIDDEN_H
#include "parser.h"

struct hidden;

struct hidden *hidden_new(void);    /* NULL when memory ran out */
void hidden_free(struct hidden *l); /* NULL is legal */

/* What a file, named path, says; copies. Passed over where hidden is no hidden name, or handle no
 * number. 0, E_LIMIT past a million, or E_NOMEM. */
int hidden_add(struct hidden *l, const struct link *link, span path);

/* id, of raw, with the number that stands behind it, how certain that is, and why; of every other
 * kind as it is. reason lives as long as l. */
struct identifier hidden_resolve(struct hidden *l, span raw, struct identifier id);
#endif
