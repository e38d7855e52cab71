/* story.h - the story as data (story_text.c) for the one who tells it (story.c). */
#ifndef GEN_STORY_H
#define GEN_STORY_H
#include "phone.h"

/* Who is in it; OWNER is 0. */
enum cast {
	MUM = 1,
	NAN,
	SISTER,
	HARVEY,
	MO,
	JESS,
	OLI,
	COACH,
	BARBER, /* has a number that was a deal line's two years ago */
	SCHOOL,
	PARCEL,
	BANK,
	PIZZA,
	CLEAN_CAST, /* the rest are not in the clean phone */
	LINE = CLEAN_CAST,
	LINE_NEW,
	BOSS,
	RAIL,
	CAST
};

struct cast_member {
	const char *first, *last;
	uint64_t e164;
	const char *sender; /* when there is no number */
	int saved;          /* spelling in the address book, -1: not saved */
	bool imessage;
};
extern const struct cast_member story_cast[CAST];

enum { CHAT_FRIENDS = CAST, CHAT_FAMILY, CHAT_COUNT }; /* chats below CAST are with one person */
extern const uint32_t story_friends[3], story_family[2];

/* Day 0 is the Friday on which the child goes missing. */
struct scene {
	int day;
	const char *clock;
	uint32_t chat, from;
	const char *text;
	const char *category;
	unsigned flags;
	enum message_kind kind;
	uint64_t e164; /* a number in the text */
	const char *spelling;
};
extern const struct scene story_scenes[], clean_scenes[];
extern const size_t story_scenes_n, clean_scenes_n;

struct scene_call {
	const char *clock;
	int day;
	uint32_t person; /* OWNER: withheld */
	int seconds;     /* 0: not answered */
	bool out, facetime;
};
extern const struct scene_call story_calls[], clean_calls[];
extern const size_t story_calls_n, clean_calls_n;

extern const struct deal_line story_lines[];
extern const size_t story_lines_n;
#endif
