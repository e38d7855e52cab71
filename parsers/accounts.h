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

#define ACCOUNT_IDS_MAX 32

struct account {
	struct contact_id id[ACCOUNT_IDS_MAX];
	size_t n;
	bool full; /* something was left out */
};

/* Left out if it is empty, or there already under the same label. */
void account_add(struct account *a, span raw, const char *label);
/* Nothing if the account has no identifier. 0 or what the sink answered. */
int account_deliver(const struct account *a, const struct sink *sink, const char *table,
		    int64_t row, span name);
#endif
