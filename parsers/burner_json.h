/*
 * burner_json.h - one message, call or voice message of Burner as its servers send it: JSON that
 * the app keeps in a cache (iPhone) or in a column (Android).
 *
 * Names and numbers, from iLEAPP's burnerCache artifacts (MIT, Burner 4.0 to 5.4) and the public
 * files of its tests: contactPhoneNumber; burnerId which of the phone's numbers; dateCreated in ms;
 * direction 1 received, 2 sent; messageType 1 a call, 2 a text or picture; state of a call 3
 * completed, 4 missed, 5 voice message; message the text; read; assetUrl, voiceUrl; dateCreated.
 * Not for other apps.
 */
#ifndef BURNER_JSON_H
#define BURNER_JSON_H
#include "parser.h"

struct burner_message {
	int64_t direction; /* -1 not said */
	int64_t created;   /* ms, 0 not said */
	enum record_kind kind;
	unsigned state;
	enum answer read;
	span id, burner, contact, text, thread;
	span file[2]; /* picture, voice message; absent or not */
};

/* Spans in object or in a. False if it is no message: no direction or no contact. *nomem is only
 * ever set. */
bool burner_read(span object, struct arena *a, struct burner_message *ret, bool *nomem);

/* In a .decode hook: what the message says of r. The phone's own number is what row_person_of gives
 * for its burnerId, the contact's name what it gives for the number. */
void burner_message_row(const struct row *row, struct record *r, const struct burner_message *m);

/* In a .decode hook of a member query: a number of the phone's own, or a contact. */
bool burner_number(const struct row *row, span object, bool *nomem);
bool burner_contact(const struct row *row, span object, bool *nomem);

/* The objects of an answer, one at a time from *at 0: the answer itself, or the entries of a list.
 */
bool burner_next(span answer, size_t *at, span *ret);
#endif
