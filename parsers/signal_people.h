/*
 * signal_people.h - who is who in one backup of Signal: recipients by the numbers that its rows
 * use, groups with their members, chats with whom they are with.
 *
 * A backup names people once and then by a number; what is said here is what its rows are addressed
 * with. Bounded by SIGNAL_PEOPLE, whatever the backup holds.
 */
#ifndef SIGNAL_PEOPLE_H
#define SIGNAL_PEOPLE_H
#include "base/arena.h"
#include "base/err.h"
#include "record.h"

enum {
	SIGNAL_PEOPLE = 262144,      /* of one file, with other names of the same */
	SIGNAL_GROUP_MEMBERS = 2048, /* Signal allows 1001 */
	SIGNAL_KEY = 80
};

enum signal_who {
	SIGNAL_NOBODY, /* a call link, a list of people, Signal itself */
	SIGNAL_PERSON,
	SIGNAL_SELF, /* the phone's own account */
	SIGNAL_GROUP
};

struct signal_person {
	enum signal_who who;
	span handle, name;
	const struct signal_member *member; /* of groups; the last one told first */
	size_t members;
	struct signal_person *same; /* who it turned out to be */
};

struct signal_people;

struct signal_people *signal_people_new(void); /* NULL when memory ran out */
void signal_people_free(struct signal_people *p);

/* A key: kind tells numbers of recipients, of chats, account ids ... apart. Longer ids than fit are
 * cut, at no harm but to themselves. */
struct signal_key {
	char bytes[SIGNAL_KEY];
	size_t n;
};
struct signal_key signal_key_of(char kind, span id);
struct signal_key signal_key_int(char kind, int64_t id);

/* The one of that key, made if it is new. NULL: memory ran out, or there are too many (err). */
struct signal_person *signal_people_add(struct signal_people *p, const struct signal_key *key,
					struct err *err);
/* key is another name of who. One that was only spoken of so far under that key becomes who. */
int signal_people_also(struct signal_people *p, const struct signal_key *key,
		       struct signal_person *who, struct err *err);
struct signal_person *signal_people_find(struct signal_people *p, const struct signal_key *key);
/* A copy that lives as long as p. */
span signal_people_keep(struct signal_people *p, span s, struct err *err);
/* Somebody of that key, who may be told of later, is in the group. */
int signal_people_join(struct signal_people *p, struct signal_person *group,
		       const struct signal_key *key, struct err *err);

/*
 * Sender, recipients and thread name of r, from the chat's other side and the author; r->direction
 * is set. author NULL: not known; never the group. self may be NULL. Parties stand in a. False when
 * memory ran out.
 */
bool signal_address(struct signal_people *p, struct record *r, const struct signal_person *chat,
		    const struct signal_person *author, const struct signal_person *self,
		    struct arena *a);
struct party signal_party(const struct signal_person *who);
#endif
