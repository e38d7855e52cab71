/*
 * lockdown.h - lockdownd, the porter of an iPhone: what it says of itself, and its services.
 *
 * The messages are those of libimobiledevice's lockdown.c, read as facts: QueryType, GetValue,
 * StartSession (then TLS), StartService, StopSession.
 */
#ifndef ACQUIRE_LOCKDOWN_H
#define ACQUIRE_LOCKDOWN_H
#include "acquire/pairing.h"
#include "acquire/wire.h"

struct lockdown;

int lockdown_open(struct lockdown **ret, uint32_t handle, const struct wire_patience *patience,
		  struct err *err);
void lockdown_close(struct lockdown *l); /* NULL is legal */

/* Value of a key, or of all keys of a domain; domain and key may be NULL. *ret: pl_get(root,
 * "Value"), which is NULL if the phone has no such value. E_ABSENT, as of any connection: the phone
 * is gone, which is not the same. */
int lockdown_get(struct lockdown *l, const char *domain, const char *key, struct pl **ret,
		 struct err *err);
/* Begin a session. E_REFUSED: the phone does not know this computer; E_ENCRYPTED: it is locked. */
int lockdown_session(struct lockdown *l, const struct pairing *p, struct err *err);
bool lockdown_in_session(const struct lockdown *l);
/* A connection to a service, with TLS if the phone wants it. escrow: works while it is locked. */
int lockdown_service(struct lockdown *l, const char *name, const struct pairing *p, bool escrow,
		     struct wire **ret, struct err *err);
#endif
