/*
 * wire.h - a connection to a service of an iPhone (usbmux.h makes it), with TLS where the phone
 * asks for it, every wait bounded.
 *
 * The bytes go through our own hands: libimobiledevice 1.3 would wait without end inside a TLS
 * record, and hands lists from the phone to libplist (see pl.h).
 */
#ifndef ACQUIRE_WIRE_H
#define ACQUIRE_WIRE_H
#include "acquire/pl.h"
#include <plist/plist.h>

struct wire;
struct pairing; /* pairing.h */

/* Asked while waiting; false ends the wait with E_STOPPED. */
typedef bool wire_go_on(void *user);
struct wire_patience {
	int seconds; /* for one message or one piece of a file; 0: WIRE_SECONDS */
	wire_go_on *go_on;
	void *user;
};
#define WIRE_SECONDS 60

/* With the service behind a socket of this machine. patience is copied. E_ABSENT: nothing answers
 * there. */
int wire_local(struct wire **ret, const char *path, const struct wire_patience *patience,
	       struct err *err);
void wire_free(struct wire *w); /* NULL is legal */

/* From now on with TLS, as the host of the pairing. */
int wire_tls(struct wire *w, const struct pairing *p, struct err *err);
/* And back, as lockdownd does when a session ends. */
void wire_plain(struct wire *w);

/* All of them: E_ABSENT: the phone has closed the connection (its cable?); E_LIMIT: it was silent
 * or too slow for longer than the patience; E_STOPPED; E_FORMAT. */
int wire_send(struct wire *w, span bytes, struct err *err);
int wire_receive(struct wire *w, void *to, size_t n, struct err *err);
/* Some bytes, at least one and at most `most`: borrowed until the next call. */
int wire_some(struct wire *w, size_t most, span *ret, struct err *err);
/* Is there something to receive? Waits up to ms. 1, 0, negative. */
int wire_ready(struct wire *w, int ms, struct err *err);

/* What one wait may take. */
int64_t wire_patience_ms(const struct wire *w);

/* Length (32 bits, big-endian), then the list. Takes the list over. */
int wire_send_list(struct wire *w, plist_t list, bool binary, struct err *err);
/* *ret is the caller's to pl_free. */
int wire_receive_list(struct wire *w, struct pl **ret, struct err *err);
#endif
