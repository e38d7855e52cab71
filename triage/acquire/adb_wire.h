/*
 * adb_wire.h - a conversation with the adbd of an Android phone: packets, authentication, streams.
 *
 * A packet is six little-endian words (command, two arguments, length, sum of the bytes, the
 * command inverted) and its bytes. Both sides begin with CNXN (version, largest packet, a banner
 * with what they can do); a phone that does not know us answers AUTH TOKEN, takes a SIGNATURE of it
 * or an RSAPUBLICKEY, and then asks its owner. OPEN opens a stream to a service
 * ("shell,v2,raw:id"), OKAY says that it is open or that a WRTE arrived, CLSE ends it. One stream
 * is open at a time; what still comes of a closed one is dropped. Every wait is bounded, and so is
 * every length.
 *
 * Source: AOSP packages/modules/adb, protocol.txt, SERVICES.TXT, SYNC.TXT and
 * shell_protocol.h (Apache-2.0).
 */
#ifndef ADB_WIRE_H
#define ADB_WIRE_H
#include "base/buf.h"
#include "base/err.h"
#include <stdint.h>

#define ADB_SECONDS 30 /* for one packet */
#define ADB_PACKET_MAX ((uint32_t)256 * 1024)

/* Bytes to and from a phone: adb_tcp.c, adb_usb.c. Each waits at most ms. */
struct adb_link {
	/* All n bytes, 0; or E_ABSENT: the phone is gone; E_LIMIT: it was silent. What came of a
	 * packet's head before that is given by the next receive. */
	int (*send)(struct adb_link *l, const void *p, size_t n, int ms, struct err *err);
	int (*receive)(struct adb_link *l, void *p, size_t n, int ms, struct err *err);
	void (*free)(struct adb_link *l);
};

/* host is numeric or a name, port "5555". The only place that opens a socket of a network. */
int adb_tcp(struct adb_link **ret, const char *host, const char *port, struct err *err);
/* Over descriptors that are already open; it closes them. For tests and for adb_tcp. */
int adb_fd(struct adb_link **ret, int fd, struct err *err);

struct adb_key; /* adb_key.h */

/* Asked while waiting for a person: false ends with E_STOPPED. */
typedef bool adb_go_on(void *user);

struct adb_patience {
	int seconds;       /* for a packet; 0: ADB_SECONDS */
	int owner_seconds; /* for the owner's answer on the phone; 0: 180 */
	adb_go_on *go_on;
	void (*tell)(void *user, const char *words); /* what to do on the phone */
	void *user;
};

struct adb;
/* Takes link over, also on failure. key is borrowed. E_REFUSED: nobody allowed it on the phone in
 * time. E_FORMAT: it does not speak the protocol, or asks for TLS. */
int adb_connect(struct adb **ret, struct adb_link *link, const struct adb_key *key,
		const struct adb_patience *patience, struct err *err);
void adb_free(struct adb *a);                /* NULL is legal */
const char *adb_banner(const struct adb *a); /* "device::ro.product.name=...;features=..." */
bool adb_can(const struct adb *a, const char *feature);
bool adb_asked_owner(const struct adb *a); /* the key was shown to the owner in this session */

/* Pieces of what a command prints, in order. 0, or negative to end. */
typedef int adb_take(void *user, span piece, struct err *err);

/* Run a command, raw: what it prints is not changed on the way; what it says on standard error is
 * kept apart (adb_said), where the phone keeps it apart (Android 7 and later). *ret_exit: its exit
 * code, -1 where the phone is too old to say (before Android 7). seconds: for the whole. most:
 * bytes of output. E_ABSENT: the phone is gone. E_LIMIT: longer or more than that. */
int adb_run(struct adb *a, const char *command, int seconds, uint64_t most, adb_take *take,
	    void *user, int *ret_exit, struct err *err);
const struct buf *adb_said(const struct adb *a); /* by the last command, its beginning */
/* Into out. */
int adb_output(struct adb *a, const char *command, int seconds, uint64_t most, struct buf *out,
	       int *ret_exit, struct err *err);

/* The output of a command as it comes, for what is read like a file: only in order, and nothing
 * else is asked for until it is closed. A person may first have to say yes on the phone: the first
 * bytes are waited for as long as for an owner. read: bytes into buf, 0 at the end, or negative. */
int adb_exec(struct adb *a, const char *command, struct err *err);
ptrdiff_t adb_exec_read(struct adb *a, void *buf, size_t n, struct err *err);
void adb_exec_close(struct adb *a);

/* One name of a folder on shared storage. */
struct adb_file {
	span name;
	uint32_t mode, size, mtime;
};
typedef int adb_file_fn(void *user, const struct adb_file *f, struct err *err);
/* sync: names of a folder, and the bytes of a file. A folder that is not there is empty. E_REFUSED:
 * the phone does not give it, or it is more than is taken; the next one may be asked for. */
int adb_list(struct adb *a, const char *folder, adb_file_fn *fn, void *user, struct err *err);
int adb_fetch(struct adb *a, const char *path, uint64_t most, adb_take *take, void *user,
	      struct err *err);
#endif
