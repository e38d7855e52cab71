/*
 * record.h - one normalised fact from a phone.
 *
 * All spans are borrowed and die with the call that gives the record. What a source does not say
 * is absent, TIME_UNSET or "unknown": a parser never guesses sender, direction, time or owner.
 */
#ifndef RECORD_H
#define RECORD_H
#include "base/identifier.h"
#include "base/span.h"
#include "base/time.h"

enum record_kind {
	REC_ACCOUNT, /* an account or number of the phone itself */
	REC_CONTACT, /* an address book entry */
	REC_CALL,
	REC_MESSAGE,
	REC_REACTION, /* a tapback or emoji on another message */
	REC_SYSTEM,   /* group events and other rows that no person wrote */
	/* Traces: what a phone keeps beside conversations. Each is a kind of its own, so that each
	 * has its own key in a scope; none is asked for unless named. name is the app, service what
	 * happened; text, if any, a title, and subject to the stage like any text. */
	REC_TRACE_APP,          /* an app was put on or removed */
	REC_TRACE_NOTIFICATION, /* a notification was shown or answered */
	REC_TRACE_CONTACTED,    /* an app had to do with a person */
	REC_TRACE_USAGE,        /* an app was used */
	REC_TRACE_PERMISSION,   /* what an app is allowed */
	REC_TRACE_NOTE,         /* the title of a note */
	REC_TRACE_CALENDAR,     /* the title of a calendar entry */
	REC_KIND_MAX,
	REC_TRACE_FIRST = REC_TRACE_APP
};
/* Bits of sets of kinds. */
#define KIND_BIT(kind) (1u << (kind))
#define KINDS_COMMUNICATION (KIND_BIT(REC_TRACE_FIRST) - 1) /* account to system */
static inline bool kind_is_trace(enum record_kind kind)
{
	return kind >= REC_TRACE_FIRST;
}

enum direction { DIR_UNKNOWN, DIR_IN, DIR_OUT };
enum role { ROLE_UNKNOWN, ROLE_OWNER, ROLE_PERSON };
enum answer { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES };

/* Bits of record.state */
enum {
	STATE_EDITED = 1 << 0,
	STATE_UNSENT = 1 << 1,  /* taken back by its sender: text absent or what is left of it */
	STATE_DELETED = 1 << 2, /* in "recently deleted", or marked deleted by the app */
	STATE_DRAFT = 1 << 3,
	STATE_FAILED = 1 << 4, /* was not sent */
	STATE_FORWARDED = 1 << 5,
	STATE_MISSED = 1 << 6,   /* calls */
	STATE_REJECTED = 1 << 7, /* calls: declined or blocked */
	STATE_VOICEMAIL = 1 << 8,
	STATE_BLOCKED = 1 << 9,
	STATE_VIDEO = 1 << 10,     /* calls */
	STATE_GROUP = 1 << 11,     /* the thread has more than two members */
	STATE_RECOVERED = 1 << 12, /* not a live row of its table */
	STATE_VIEW_ONCE = 1 << 13, /* was meant to be seen once */
	STATE_ALL = (1 << 14) - 1
};
/* "edited", "missed" ...: the word for one bit, NULL for none. */
const char *record_state_word(unsigned bit);

struct party {
	enum role role;
	/* Handle as stored; absent if the source does not say. An app's user name has '@' before
	 * it and its account number the app's name, "telegram:12345678": bare they would be read as
	 * a sender's name or as a phone number. */
	span raw;
	span name; /* name that this source gives beside the handle */
};

struct attachment {
	span name, type; /* as stored; content is never read */
};

struct contact_id {
	span raw;
	span label; /* "mobile", "home" ... as stored */
};

struct record {
	enum record_kind kind;
	const char *table; /* origin: table, XML element or file part; static or the parser's */
	int64_t row;       /* origin: primary key, or the ordinal of the element, from 1 */

	int64_t time;  /* ms UTC or TIME_UNSET */
	span time_raw; /* as stored, as text; absent if there is none */
	enum time_unit time_unit;
	int64_t local;    /* TIME_NO_ZONE: what that clock showed, in ms as if it were UTC's; time
			     is then unset. 0: not known */
	int64_t duration; /* ms, calls; -1 not said */

	enum direction direction;
	struct party from; /* role unknown and raw absent: not known */
	const struct party *to;
	size_t to_n;

	span thread; /* key, stable within the file */
	span thread_name;
	span service; /* "SMS", "iMessage", "MMS", "FaceTime" ... */
	span text;    /* any bytes; absent if there is no text */
	span quoted;  /* text of another message that this one answers: not its sender's words */
	span name;    /* contacts: display name */
	enum answer read;
	unsigned state;

	const struct contact_id *ids; /* contacts and accounts */
	size_t ids_n;
	const struct attachment *attachments;
	size_t attachments_n;
};

/* "message", "call", "trace-apps" ...: stable words for JSON, case.db and scopes. */
const char *record_kind_word(enum record_kind kind);
bool record_kind_from_word(span word, enum record_kind *ret);
const char *direction_word(enum direction direction); /* "in", "out", "unknown" */
const char *role_word(enum role role);                /* "owner", "person", "unknown" */
#endif
