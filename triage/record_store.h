/*
 * record_store.h - records of one exhibit into case.db.
 *
 * Parties, lists of recipients and threads are stored once each and shared. A store lives inside
 * one transaction of the case.
 */
#ifndef RECORD_STORE_H
#define RECORD_STORE_H
#include "case.h"
#include "hidden.h"
#include "record.h"
#include "scope/scope.h"

#define NOT_LISTED UINT32_MAX

/* Asked once for each new handle: what the line list says of it, or NOT_LISTED. */
typedef uint32_t listed_fn(void *user, const struct identifier *id, span raw);

struct record_store;

/* hidden: the numbers behind hidden names, borrowed. again: the exhibit is being read again
 * (reread.h) and what was read before keeps its number. */
int record_store_open(struct record_store **ret, struct case_db *c, int64_t exhibit, bool again,
		      struct hidden *hidden, listed_fn *listed, void *user, struct err *err);
void record_store_free(struct record_store *s); /* NULL is legal */

/* What a raw handle is; device as account_device() says, ID_ABSENT for a handle. hidden may be
 * NULL: then a hidden name is no number's. */
struct identifier record_identifier(struct hidden *hidden, span raw, enum id_kind device);

/* What was stored, and whether its parties are on the line list. */
struct stored {
	int64_t record;
	uint32_t from_listed; /* listed_fn's answer for the sender */
	bool to_listed;       /* one of the recipients is listed */
	bool ids_listed;      /* one of the contact's identifiers is listed */
};

/* text: why r's text, what it quotes, attachments and thread name are not to be stored, or
 * TEXT_SHOWN. */
int record_store_add(struct record_store *s, int64_t file, const struct record *r,
		     enum text_state text, struct stored *ret, struct err *err);

/* Numbers in the text of a record: n counts from 0 within the record. */
int record_store_mention(struct record_store *s, int64_t record, int n,
			 const struct mention *mention, struct err *err);
#endif
