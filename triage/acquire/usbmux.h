/*
 * usbmux.h - usbmuxd, the service of this machine that speaks to iPhones: which are on a cable, a
 * connection to one of them, the pairing records that it keeps.
 *
 * The messages are those of libusbmuxd.c, read as facts: 16 bytes of head in the machine's little
 * end first (length with the head, version 1, kind 8, a tag that the answer repeats), then a list.
 * libusbmuxd 2.0 itself is not used: it makes room for whatever length it is told, and waits as
 * long as a byte comes now and then.
 */
#ifndef ACQUIRE_USBMUX_H
#define ACQUIRE_USBMUX_H
#include "acquire/wire.h"

struct usbmux_phone {
	char udid[64]; /* of newer ones with its dash: "00008030-00112233445566AA" */
	uint32_t handle;
};

/* Those on a cable, ordered by UDID; what Wi-Fi brings is left out. *ret is the caller's to free.
 * E_ABSENT: usbmuxd does not run, or what answers is not usbmuxd, or is silent: there can be phones
 * of other makers all the same. */
int usbmux_phones(struct usbmux_phone **ret, size_t *ret_n, struct err *err);
/* patience is copied. E_ABSENT: the phone is gone, or nothing listens there. */
int usbmux_connect(struct wire **ret, uint32_t handle, uint16_t port,
		   const struct wire_patience *patience, struct err *err);
/* The record of a phone, the caller's to pl_free; *ret NULL: there is none. */
int usbmux_record(struct pl **ret, const char *udid, struct err *err);
/* Take it away. Whether it is gone is to be read back. */
void usbmux_forget(const char *udid);
#endif
