/*
 * collection.h - what collectors of Android phones write beside the phone's files: androidqf's (and
 * MVT's) packages.json says which apps were on the phone.
 */
#ifndef COLLECTION_H
#define COLLECTION_H
#include "catalog.h"

/* Is it a list of a collector that collection_apps reads? */
bool collection_list(span path);
/* Tell the apps of each such list among the entries. A list that cannot be read is noted. */
int collection_apps(struct catalog *c, struct err *err);
/* Stores that hold copies of what is read elsewhere: each message is to count once. */
void collection_copies(struct catalog *c);
#endif
