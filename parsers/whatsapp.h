/*
 * whatsapp.h - what WhatsApp's files have in common, whatever the phone.
 *
 * Accounts are JIDs (identifier.h): a person is ...@s.whatsapp.net, which carries the number, or
 * ...@lid, a hidden name that says nothing of it. A group (...@g.us), a broadcast list, the status
 * list and a channel are no person: none of them is ever a sender or a recipient.
 */
#ifndef WHATSAPP_H
#define WHATSAPP_H
#include "parser.h"

/* NULL where the SQL expression x, a JID, is no person's. */
#define WHATSAPP_PERSON(x)                                                        \
	"CASE WHEN instr(" x ",'@g.us') OR instr(" x ",'@broadcast') OR instr(" x \
	",'@newsletter')"                                                         \
	" OR instr(" x ",'@temp') OR " x "='' THEN NULL ELSE " x " END"

/* The list that WhatsApp keeps of hidden names and numbers. Both stand there with or without what
 * follows their digits. */
#define WHATSAPP_LID_PAIRS                                                                        \
	"SELECT Z_PK AS row, CASE WHEN instr(ZLID,'@') THEN ZLID ELSE ZLID||'@lid' END AS ident," \
	" CASE WHEN instr(ZPHONENUMBER,'@') THEN ZPHONENUMBER"                                    \
	" ELSE ltrim(ZPHONENUMBER,'+')||'@s.whatsapp.net' END AS peer"                            \
	" FROM ZWAPHONENUMBERLIDPAIR ORDER BY Z_PK"

_Static_assert(STATE_EDITED == 1 && STATE_UNSENT == 2 && STATE_DELETED == 4 && STATE_FAILED == 16 &&
		       STATE_FORWARDED == 32 && STATE_MISSED == 64 && STATE_REJECTED == 128 &&
		       STATE_VIDEO == 1024 && STATE_GROUP == 2048 && STATE_VIEW_ONCE == 8192,
	       "the numbers in the SQL");
#endif
