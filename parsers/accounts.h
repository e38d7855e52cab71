/*
 * accounts.h - the numbers of the phone itself, as parsers of settings files give them.
 *
 * Labels are fixed words, because they say what a number is: an IMEI that is read as a phone number
 * would be a wrong one.
 */
#ifndef ACCOUNTS_H
#define ACCOUNTS_H
#include "parser.h"

#define LABEL_PHONE "phone"
#define LABEL_IMEI "IMEI"
#define LABEL_MEID "MEID"
#define LABEL_IMSI "IMSI"
#define LABEL_ICCID "ICCID"
#define LABEL_SERIAL "serial"
#define LABEL_UDID "UDID"
#define LABEL_WHATSAPP "WhatsApp"                      /* a JID */
#define LABEL_WHATSAPP_LAST "WhatsApp, signed in last" /* the same, of who may have left */

#define ACCOUNT_IDS_MAX 64

/* What a label says that its number is: ID_IMEI, ID_IMSI, ID_ICCID; ID_RAW for other numbers of a
 * device (serial, UDID, MEID); ID_ABSENT for everything else, which is a handle. */
enum id_kind account_device(span label);

struct account {
	struct arena *arena; /* of the one who fills it */
	struct contact_id id[ACCOUNT_IDS_MAX];
	size_t n;
	bool full;   /* something was left out */
	bool failed; /* memory ran out */
	span name;
};

/* A copy; left out if it is empty, or there already under the same label. */
void account_add(struct account *a, span raw, const char *label);
/* One record with its identifiers in the order of the labels above, or none if it has no
 * identifier; then a is empty again. 0, or negative to end. */
int account_deliver(struct account *a, const struct sink *sink, const char *table, int64_t row,
		    struct err *err);
#endif
