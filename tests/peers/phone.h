/*
 * phone.h - a stand-in for usbmuxd and one iPhone behind it, on a Unix socket: what is shared by
 * its parts. It answers libimobiledevice's tools and linecheck alike; it is written from the
 * protocol, not with linecheck's code, and can fail at every step on purpose.
 *
 *   phone.c      options, usbmuxd            door.c     lockdownd, pairing, TLS
 *   conn.c       connections, faults         services.c AFC, notifications, applications
 *   backup.c     mobilebackup2            files.c    the files it sends
 */
#ifndef PEER_PHONE_H
#define PEER_PHONE_H
#include <openssl/ssl.h>
#include <plist/plist.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum fault {
	FAULT_NONE,
	FAULT_CLOSE,
	FAULT_UNPLUG,
	FAULT_GARBAGE,
	FAULT_TRUNCATE,
	FAULT_OVERSIZE,
	FAULT_ORDER,
	FAULT_DRIP,
	FAULT_SILENT,
	FAULT_MAX
};

/* Where a fault is: messages of this kind are counted, and the one with number at has it. */
struct faulty {
	enum fault kind;
	long at, point;
};

struct phone {
	const char *socket, *state, *backup, *make, *udid, *version;
	const char *trust;    /* "yes", "ask", "deny" */
	int asks;             /* "pending" answers before trust is given */
	int locked;           /* sessions refused as locked before one is given */
	const char *passcode; /* NULL: not asked; milliseconds until it is entered; "never" */
	int passcode_limit;   /* milliseconds until "never" ends in 208 */
	int folders;          /* that it has the host make, of 256 */
	int error;            /* that the backup ends with */
	bool snapshot, purge, tls;
	uint64_t big;    /* bytes of a file that nobody wants */
	long long clock; /* what its clock shows; 0: this machine's */
	/* other ways of a phone that are as right: "word,word=value,..."; e2e/iphone_ways.sh names
	 * them */
	const char *like;
	struct faulty phones, mux; /* what the phone says; what usbmuxd says of it */
	const char *count;         /* file that gets how many points there were of both */
	/* state, under lock */
	pthread_mutex_t lock;
	bool gone;
	int paired_asks, locked_seen, sessions;
	EVP_PKEY *key;
	char *certificate, *private_key, *public_key;
	SSL_CTX *ctx;
	FILE *log;
};
extern struct phone phone;

struct conn {
	int fd;
	SSL *ssl;
};

/* conn.c: false: the connection is over */
bool conn_read(struct conn *c, void *to, size_t n);
bool conn_write(struct conn *c, const void *from, size_t n);     /* a point where a fault can be */
bool conn_write_mux(struct conn *c, const void *from, size_t n); /* ... of usbmuxd */
bool conn_write_plain(struct conn *c, const void *from, size_t n);
bool conn_tls(struct conn *c);
bool conn_send(struct conn *c, plist_t p, bool binary); /* takes p */
plist_t conn_receive(struct conn *c);
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Is the word in phone.like? Its value, "" without one; NULL: it is not there. */
const char *like(const char *word);

/* state files */
char *state_read(const char *name, size_t *ret_n); /* NULL: not there; caller frees */
void state_write(const char *name, const void *bytes, size_t n);
void state_remove(const char *name);

const char *text_of(plist_t dict, const char *key, char *to, size_t cap); /* "" if absent */

/* door.c */
void door_start(void);
void door(struct conn *c);
int port_of(const char *service);
bool service_tls(void);
void (*service_at(int port))(struct conn *);

/* files.c: the files of dir, sorted */
struct files {
	char **name;
	size_t n;
};
void files_of(const char *dir, struct files *f);
void files_free(struct files *f);
/* Those that are payload (or not), and what is said of them; the answer is the caller's to hear */
bool files_send(struct conn *c, const char *dir, const struct files *f, bool payload);
bool file_is_payload(const char *name);
bool hear_status(struct conn *c, char *what, size_t cap); /* the host's answer */

/* services.c, backup.c */
void afc(struct conn *c);
void notifications(struct conn *c);
void applications(struct conn *c);
void springboard(struct conn *c);
void backup(struct conn *c);
void notify(const char *name); /* to everybody who observes it */
#endif
