/*
 * tl.h - the beginning of a message, and of a user, as Telegram for Android stores them: TL, its
 * own binary form.
 *
 * The form (core.telegram.org/mtproto/TL): little-endian; an object is the number of its
 * constructor and its fields; text is a length byte (or 254 and three bytes), the bytes, and zeros
 * up to a multiple of four. Which fields there are, and in which order, is from the descriptions of
 * the client's own readers that ALEAPP's Telegram artifacts and their tests give (MIT; layers 68 to
 * 227).
 *
 * Only what stands before the text is stepped over; what follows it (pictures, buttons, reactions)
 * is not read. A header that is not known ends the reading: what was read before it stands, and the
 * text is lost. Nothing is searched for.
 */
#ifndef TL_H
#define TL_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

enum tl_kind { TL_MESSAGE, TL_SERVICE, TL_EMPTY };
enum tl_peer { TL_NOBODY, TL_USER, TL_CHAT, TL_CHANNEL };

struct tl_message {
	enum tl_kind kind;
	uint32_t constructor;
	enum tl_peer from; /* who wrote it, where the record says so */
	int64_t from_id;
	bool from_read; /* the record was read as far as that */
	bool forwarded, edited;
	int32_t date; /* seconds since 1970; 0 if not reached */
	span text;    /* absent if not reached */
	/* A service message about a telephone call */
	bool call, call_missed, call_video;
	int32_t call_seconds; /* -1 not said */
	span title;           /* of a service message that gives a group a name */
};

/* 0; or E_FORMAT when the text was not reached, with *ret what was. */
int tl_message(span blob, struct tl_message *ret, struct err *err);

struct tl_user {
	int64_t id;
	bool self;                          /* the account that is signed in */
	span first, last, user_name, phone; /* absent if not there */
};
int tl_user(span blob, struct tl_user *ret, struct err *err);
#endif
