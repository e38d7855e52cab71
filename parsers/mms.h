/*
 * mms.h - what Android's multimedia messages mean, wherever they are stored.
 *
 * The telephony provider and the exports made from it share the numbers of OMA MMS 1.2: a PDU type
 * (m_type), a box (msg_box) and addresses with a type. The phone's own address stands as the words
 * "insert-address-token" in what it sends, and as its number in what it receives, where nothing
 * marks it: it is told by what it is not (see mms_address).
 */
#ifndef MMS_H
#define MMS_H
#include "base/arena.h"
#include "record.h"

enum { MMS_FROM = 137, MMS_TO = 151, MMS_CC = 130, MMS_BCC = 129 };

#define MMS_ADDRESSES 2048 /* of one message */

/* The words that stand for the phone's own address. */
bool mms_is_token(span address);

/* By the box, and where that says nothing by the PDU: -1 stands for "not given". */
enum direction mms_direction(int64_t box, int64_t type);
/* STATE_DRAFT, STATE_FAILED. */
unsigned mms_state(int64_t box);
/* A report of delivery or reading, which no person wrote. */
bool mms_is_report(int64_t type);
/* Only the notice of a message came, not the message. */
bool mms_is_notice(int64_t type);

/* A subject as people saw it: the provider stores the bytes of charset as if they were Latin-1
 * characters. 106 is UTF-8 in the numbers of IANA. What is no text is absent. */
span mms_subject(struct arena *a, span stored, int64_t charset);

struct mms_parties {
	span from;      /* type 137, or absent */
	const span *to; /* 151, 130, 129 */
	size_t to_n;
	/* The other people of the conversation, by what the source says of its thread: never the
	 * phone itself. */
	const span *people;
	size_t people_n;
};

/*
 * Fill from, to and STATE_GROUP of r, whose direction is set; the arrays are of the arena.
 *
 * Of what came in, a recipient who is among the people of the conversation is that person. If all
 * of those are there and one recipient is left, that is the phone; otherwise nobody can say which
 * it is, and who is left is ROLE_UNKNOWN. The sender of what came in is the FROM address or, in a
 * conversation with one person, that person.
 * False when memory ran out. *doubtful is set if the phone's own address as given cannot be right
 * and was left out.
 */
bool mms_address(struct arena *a, struct record *r, const struct mms_parties *p, bool *doubtful);
#endif
