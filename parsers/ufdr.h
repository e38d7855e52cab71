/*
 * ufdr.h - inside of the UFDR parser: what one decoded entry of a Cellebrite report is, between the
 * XML (ufdr.c) and the record (ufdr_record.c).
 */
#ifndef UFDR_H
#define UFDR_H
#include "export.h"

#define UFDR_PEOPLE 256 /* of one chat, message or call */
#define UFDR_FILES 64
#define UFDR_IDS 64

enum ufdr_kind { UFDR_MESSAGE, UFDR_SMS, UFDR_MMS, UFDR_CALL, UFDR_CONTACT, UFDR_ACCOUNT };
enum ufdr_party_role { UFDR_GENERAL, UFDR_FROM, UFDR_TO };

struct ufdr_party {
	span id, name;
	enum ufdr_party_role role;
	enum answer owner; /* IsPhoneOwner */
};

struct ufdr_people {
	struct ufdr_party p[UFDR_PEOPLE];
	size_t n;
};

struct ufdr_chat {
	struct arena *arena;
	bool open;
	span id, key, name, source; /* id: the model's own, key: the app's */
	struct ufdr_people people;
	int64_t messages;
};

/* One message, call, contact or account as the XML gave it. Spans are of the export's arena. */
struct ufdr_item {
	enum ufdr_kind kind;
	const char *table; /* the model's type */
	int64_t row;
	bool open, deleted, forwarded, edited, system, video;
	span source, service, time, body, subject, quoted, direction, type, folder, status,
		duration, name, user;
	struct ufdr_people people;
	struct attachment file[UFDR_FILES];
	size_t files;
	struct contact_id id[UFDR_IDS];
	bool of_app[UFDR_IDS]; /* a handle of the app's own, not a number */
	size_t ids;
};

/* Make the record of it and deliver. chat: what it stands in, or NULL. */
void ufdr_deliver(struct export *x, const struct ufdr_item *it, const struct ufdr_chat *chat);
/* The handle as records want it: one of an app whose handles are no phone numbers says so. */
span ufdr_handle(struct export *x, span id, span source);
#endif
