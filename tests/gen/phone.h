/*
 * phone.h - a fictional phone before it has a make: people, chats, calls, and messages in order of
 * time. The writers (ios_*.c, android_*.c) say it in the databases of a platform.
 */
#ifndef GEN_PHONE_H
#define GEN_PHONE_H
#include "deal.h"
#include "rules.h"
#include "seal.h"

#define OWNER 0u /* index of the phone's own user */
#define MEMBERS_MAX 8
#define MENTIONS_MAX 4
#define HITS_MAX 24

struct person {
	char first[24], last[24];
	char handle[80]; /* as messages and calls store it: number, e-mail, sender name */
	char card[80];   /* as the address book has it; "" = not saved */
	uint64_t e164;   /* 0: an e-mail address or a sender name */
	bool imessage;
	bool has_photo;
};

struct chat {
	uint32_t member[MEMBERS_MAX]; /* without the owner */
	uint32_t members;             /* more than one: a group */
	const char *name;             /* groups; may be NULL */
};

enum message_kind {
	MESSAGE_TEXT,
	MESSAGE_REACTION,
	MESSAGE_ADDED,  /* sender added subject to the group */
	MESSAGE_RENAMED /* sender named the group: text */
};

enum {
	MESSAGE_EDITED = 1 << 0,
	MESSAGE_UNSENT = 1 << 1,
	MESSAGE_DELETED = 1 << 2,   /* in "recently deleted" */
	MESSAGE_BODY_ONLY = 1 << 3, /* iOS: text only in attributedBody */
	MESSAGE_PHOTO = 1 << 4,
	MESSAGE_DRAFT = 1 << 5,
	MESSAGE_FAILED = 1 << 6
};

struct mention {
	uint64_t e164;
	char spelling[NUMBER_TEXT];
};

struct message {
	enum message_kind kind;
	unsigned flags;
	uint64_t ordinal; /* from 0, in order of time */
	uint32_t chat, sender;
	uint32_t subject;  /* MESSAGE_ADDED: the person */
	uint64_t target;   /* MESSAGE_REACTION: ordinal of the other message */
	unsigned reaction; /* MESSAGE_REACTION: 0 loved .. 5 questioned */
	int64_t time;      /* ms UTC */
	bool read;
	const char *text;     /* NULL: none. Lives until the next message is asked for */
	const char *category; /* what a reader should see in it; NULL: nothing */
	struct mention mention[MENTIONS_MAX];
	size_t mentions;
	uint32_t rule[HITS_MAX]; /* rules of the generated pack that must hit */
	size_t rules;
};

struct call {
	uint32_t person;        /* OWNER: number withheld */
	int64_t time, duration; /* ms */
	bool out, answered, facetime, video;
};

enum platform_kind { PHONE_IOS, PHONE_ANDROID };

struct phone {
	enum platform_kind platform;
	uint64_t seed;
	struct person *people;
	struct chat *chats;
	struct call *calls;
	uint32_t people_n, chats_n, calls_n;
	uint64_t messages; /* how many next gives */
	struct deal_lines *lines;
	struct rule_pack *rules; /* NULL: none was asked for */
	void (*next)(struct phone *, struct message *);
	void *state; /* of next */
	void (*state_free)(void *);
	int64_t backed_up;       /* when the copy was taken, ms UTC */
	struct backup_form form; /* of an iPhone's backup */
};

void phone_free(struct phone *p);

struct phone_wish {
	enum platform_kind platform;
	uint64_t seed, messages;
	uint32_t lines, rules;
};

/* A small phone that a person can follow; clean: the same child without the line. */
struct phone *phone_story(const struct phone_wish *wish, bool clean);
/* As many messages as wanted, with planted hits. */
struct phone *phone_bulk(const struct phone_wish *wish);

/* "YYYY-MM-DD" and "HH:MM" to ms UTC. */
int64_t phone_time(const char *date, const char *clock);
#endif
