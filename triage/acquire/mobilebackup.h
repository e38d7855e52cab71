/*
 * mobilebackup.h - the backup service of an iPhone, com.apple.mobilebackup2.
 *
 * The phone leads: it sends every file of its backup and asks the host to make folders, move, copy
 * and remove what it sent, to say how much room there is, and to send files back. This host keeps
 * what the sink takes and lets the rest run through. The messages are those of libimobiledevice's
 * idevicebackup2.c and device_link_service.c, read as facts; so are the codes of a file's parts.
 *
 * No lock is taken on /com.apple.itunes.lock_sync, as syncing programs do: that writes a file on
 * the phone.
 */
#ifndef ACQUIRE_MOBILEBACKUP_H
#define ACQUIRE_MOBILEBACKUP_H
#include "acquire/ios.h"

#define MOBILEBACKUP_ROOM ((uint64_t)4 << 40) /* told to a phone that asks how much is free */
#define MOBILEBACKUP_MINUTES 3 /* a phone waits so long for its passcode, as reported */

struct mobilebackup;

/* What comes. Names are below the backup's folder: "3d/3d0d...", "Manifest.db", and before they are
 * moved perhaps "Snapshot/3d/3d0d..."; any bytes. Each gives 0 or ends the backup. */
struct mobilebackup_sink {
	int (*begin)(void *user, span name, struct err *err);
	int (*data)(void *user, span bytes, struct err *err);
	/* whole false: the phone could not read it, why in its words, at most 400 bytes */
	int (*end)(void *user, bool whole, span why, struct err *err);
	int (*move)(void *user, span from, span to, struct err *err);
	int (*copy)(void *user, span from, span to, struct err *err);
	int (*remove)(void *user, span name, struct err *err);
	/* bytes drained; total 0: the phone does not say */
	int (*progress)(void *user, uint64_t done, uint64_t total, struct err *err);
	void (*passcode)(void *user, bool asked); /* the phone's question is there, is gone */
	span info; /* for a phone that asks for the host's Info.plist; absent: there is none */
	void *user;
};

struct mobilebackup_told {
	uint64_t files, bytes; /* sent by the phone */
	unsigned asked_room;   /* it asked how much is free */
	unsigned asked_purge;  /* ... to make room, which was declined */
	unsigned asked_files;  /* ... for files of an earlier backup, of which there are none */
	unsigned unknown;      /* messages that are not known, answered with "no" */
};

/* Begin with the service. */
int mobilebackup_open(struct mobilebackup **ret, struct ios *s, struct err *err);
/* A full backup through the sink. E_ENCRYPTED: the passcode was not entered in time; E_FORMAT,
 * E_IO: the phone's error in words. */
int mobilebackup_run(struct mobilebackup *m, const struct mobilebackup_sink *sink,
		     struct mobilebackup_told *told, struct err *err);
/* Set (old absent), remove (new absent) or change the backup password. E_USER: the old one is
 * wrong. Whether it took is to be read back. */
int mobilebackup_password(struct mobilebackup *m, span old, span new,
			  void (*passcode)(void *, bool), void *user, struct err *err);
void mobilebackup_free(struct mobilebackup *m); /* says good-bye; NULL is legal */

/* The phone's error in a sentence with what to do; code as MBErrorDomain has it. */
int mobilebackup_error(int64_t code, span words, struct err *err);
#endif
