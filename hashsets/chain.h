/*
 * chain.h - an append-only log in a SQLite database: each entry names the hash of the one before.
 *
 * Tables, made by the owner's schema:
 *
 *   log(seq INTEGER PRIMARY KEY, entry TEXT NOT NULL, signature BLOB)
 *   log_text(seq, field, salt BLOB, text TEXT, PRIMARY KEY (seq, field))
 *
 * An entry is canonical JSON (canon.h): what the owner gives, and "at" (ms UTC), "by" (key id),
 * "prev" (SHA-256 of the entry before, 64 zeros for the first), "seq" and "texts": for each free
 * text its SHA-256 with a salt, so that a text can be erased and the chain still stands. Entries
 * are signed (context "log").
 */
#ifndef CHAIN_H
#define CHAIN_H
#include "key.h"
#include <jansson.h>
#include <sqlite3.h>
#include <stdint.h>

struct chain_text {
	const char *field; /* NULL ends the list */
	const char *text;  /* NULL: left out */
};

/* Append inside the caller's transaction. body (an object) is taken over, also on failure; texts
 * may be NULL. */
int chain_append(sqlite3 *db, const struct key *by, int64_t at, json_t *body,
		 const struct chain_text *texts, struct err *err);

/* The hash and number of the last entry; 64 zeros and 0 if there is none. */
int chain_head(sqlite3 *db, char ret[static 65], int64_t *ret_seq, struct err *err);

/* A key's public half for its id; false: nobody knows it. */
typedef bool chain_key_fn(void *user, const char *id, unsigned char ret[static KEY_PUBLIC]);
/* One sound entry, in order; non-zero ends the walk with that code. */
typedef int chain_entry_fn(void *user, int64_t seq, const json_t *entry, struct err *err);

/* Walk and check all: order, hashes, signatures, texts. E_FORMAT names the first entry that is
 * wrong. each may be NULL. */
int chain_check(sqlite3 *db, chain_key_fn *key, chain_entry_fn *each, void *user, struct err *err);
/* A free text of an entry, appended. E_ABSENT: none, or erased. */
int chain_text(sqlite3 *db, int64_t seq, const char *field, struct buf *ret, struct err *err);
#endif
