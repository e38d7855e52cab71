/*
 * signal_frames.h - the form in which a legacy backup of Signal on Android is kept once it is
 * opened: what it says of people first, then the rest, without keys, settings and files.
 *
 * SIGNAL_FRAMES, then each frame behind its length of four bytes, the highest first. A frame is the
 * BackupFrame of Signal's Backups.proto; only these of its fields are kept:
 *   2 statement { 1 statement, 2 repeated parameters { 1 string, 2 integer, 3 double, 4 blob, 5
 * null } } 5 version { 1 version of the database } 6 end People are the statements on
 * SIGNAL_PEOPLE_TABLES; of all tables in SIGNAL_TABLES there are CREATE statements before any row.
 */
#ifndef SIGNAL_FRAMES_H
#define SIGNAL_FRAMES_H
#include "base/span.h"
#include <stdbool.h>
#include <stdint.h>

#define SIGNAL_FRAMES "linecheck: opened backup of Signal 1\n"
/* The encrypted backup's own header, and where its frames begin: see acquire/signal_crypt.h for the
 * form. Absent if head (SIGNAL_HEAD bytes, or all of a shorter file) is none. */
#define SIGNAL_HEAD 512
span signal_header(span head, uint64_t *ret_first);
#define SIGNAL_FRAME_MAX ((uint32_t)16 << 20)

enum signal_table {
	SIGNAL_TABLE_NONE, /* not kept */
	SIGNAL_RECIPIENT,
	SIGNAL_GROUPS,
	SIGNAL_MEMBERSHIP,
	SIGNAL_THREAD,
	SIGNAL_LAST_PEOPLE = SIGNAL_THREAD,
	SIGNAL_SMS,
	SIGNAL_MMS,
	SIGNAL_MESSAGE,
	SIGNAL_REACTION,
	SIGNAL_CALL,
	SIGNAL_PART,
	SIGNAL_ATTACHMENT,
	SIGNAL_TABLES
};

/* What a statement is about: CREATE TABLE or INSERT INTO one of these tables; *ret_rest is the text
 * behind the table's name. SIGNAL_TABLE_NONE for all else. */
enum signal_table signal_statement(span sql, bool *ret_create, span *ret_rest);
const char *signal_table_name(enum signal_table table);
#endif
