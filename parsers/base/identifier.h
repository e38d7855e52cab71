/*
 * identifier.h - what a raw handle is: phone number, short code, sender name, e-mail, JID, device
 * number. All normalising of MSISDN, IMEI, IMSI, ICCID and JID is here and nowhere else.
 *
 * Never padded, never fuzzy: "07700 90012" is not a number. A range check is a label, it never
 * drops a number: the drama range 07700 900xxx fails libphonenumber's own validity test.
 *
 * Sources: ITU-T E.164 (at most 15 digits), Ofcom numbering plan (07: mobile but 070 personal and
 * 076 pager; 01/02 geographic, 03 UK-wide, 05 VoIP, 08/09 service), WhatsApp JIDs as public
 * descriptions give them (user[.agent][:device]@server), GSM 03.40 alphanumeric senders.
 */
#ifndef BASE_IDENTIFIER_H
#define BASE_IDENTIFIER_H
#include "base/span.h"
#include <stdint.h>

enum id_kind {
	ID_ABSENT,    /* the source gave nothing */
	ID_RAW,       /* none of the below: kept as it is; "@name" is an app's user name */
	ID_GB_MOBILE, /* +44 7..., 10 national digits, but not 070 and 076 (07624 is Isle of Man) */
	ID_GB_FIXED,  /* any other +44 number of 10 national digits; of 9 where it begins 01, 0500,
			 0800 */
	ID_E164,      /* a number of another country in international form */
	ID_SHORT,     /* 3 to 6 digits */
	ID_ALPHA,     /* sender name of up to 11 characters, at least one letter */
	ID_EMAIL,
	ID_JID_GROUP,     /* ...@g.us */
	ID_JID_LID,       /* ...@lid: WhatsApp's hidden number */
	ID_JID_BROADCAST, /* ...@broadcast, status@broadcast */
	ID_WITHHELD,      /* number hidden by the caller: "", "-2", "private", "withheld" ... */
	ID_UNKNOWN,       /* the network did not say: "-1", "unknown" */
	ID_PAYPHONE,      /* "-3", "payphone" */
	ID_IMEI,          /* 14, 15 (Luhn) or 16 digits, only where the caller says device */
	ID_IMSI,
	ID_ICCID,
	ID_KIND_MAX
};

enum id_certainty {
	CERTAINTY_NONE,    /* no E.164 form */
	CERTAINTY_ASSUMED, /* national form: the country is the default one, not stated */
	CERTAINTY_CERTAIN, /* international form, or a JID that carries it */
	/* Of hidden names (ID_JID_LID), which say no number themselves: */
	CERTAINTY_CONTACT,   /* an address book entry or chat gives the number */
	CERTAINTY_MAP,       /* the app's own list gives it */
	CERTAINTY_UNRESOLVED /* nothing does, or two places differ */
};

struct identifier {
	enum id_kind kind;
	enum id_certainty certainty;
	uint64_t e164;      /* digits of the E.164 number without '+', or 0 */
	const char *reason; /* one plain sentence, static: why this kind and certainty */
};

/* Stable words for JSON and case.db: "GB_MOBILE", "SHORT" ...; "certain", "assumed", "none",
 * "contact", "map", "unresolved". */
const char *id_kind_word(enum id_kind kind);
bool id_kind_from_word(span word, enum id_kind *ret);
const char *id_certainty_word(enum id_certainty certainty);

/* What a phone, chat or call database stores as a handle. Country default is GB. */
struct identifier identifier_of(span raw);

/* What a device field holds; want is ID_IMEI, ID_IMSI or ID_ICCID. out gets the digits that are
 * compared (IMEI: the first 14), NUL-terminated, or "" if raw is not of that kind (result ID_RAW).
 */
struct identifier identifier_of_device(span raw, enum id_kind want, char out[static 24]);

/* The form two handles are compared in when neither has an E.164 number: e-mail, sender and
 * user names lower-case, JIDs without device, digits without separators, others trimmed. Nothing
 * for those who did not show themselves: two hidden callers are not one person. Writes at most cap
 * bytes (no NUL), gives the length needed. */
size_t identifier_key(span raw, char *out, size_t cap);

/* "+447700900123" with a NUL; out[17]. e164 == 0 gives "". */
void identifier_format(uint64_t e164, char out[static 17]);

struct mention {
	size_t start, stop;   /* bytes in the text */
	struct identifier id; /* always has an E.164 number */
};

/* The next phone number in text at or after *pos; *pos moves past it. Linear in text.n over a
 * whole scan. Finds every spelling in the list that tests/unit/identifier_test.c gives; what keeps
 * dates, cards, web addresses and the like out stands in tests/unit/identifier_scan_test.c. The
 * span alone gives the same identifier. A national form needs all its ten digits after the 0. */
bool identifier_scan(span text, size_t *pos, struct mention *ret);
#endif
