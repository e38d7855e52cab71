/*
 * adb_usb.c - Android phones on a cable: an interface of class 255, subclass 66, protocol 1 with
 * two bulk endpoints (AOSP's adb.h). libusb claims it and gives it back; a kernel driver on it is
 * put back too. A packet that fills its last USB frame is followed by an empty one.
 */
#include "acquire/adb.h"
#include <libusb.h>
#include <stdio.h>
#include <stdlib.h>

#define CLASS 0xff
#define SUBCLASS 0x42
#define PROTOCOL 1
#define BLOCK 16384
#define PHONES_MAX 32

struct usb_link {
	struct adb_link base;
	libusb_context *usb;
	libusb_device_handle *handle;
	int interface;
	unsigned char in, out;
	uint16_t frame; /* largest of the endpoint to the phone */
	unsigned char block[BLOCK];
	size_t at, n; /* of block: received, not taken */
};

static int trouble(int rc, struct err *err)
{
	switch (rc) {
	case LIBUSB_ERROR_TIMEOUT:
		return err_set(err, E_LIMIT,
			       "The phone did not answer in time. Unlock it, look whether it asks "
			       "something, and start again.");
	case LIBUSB_ERROR_NO_DEVICE:
	case LIBUSB_ERROR_IO:
	case LIBUSB_ERROR_PIPE:
		return err_set(
			err, E_ABSENT,
			"The phone is no longer there: was the cable pulled? Connect it again "
			"and start again.");
	case LIBUSB_ERROR_ACCESS:
		return err_set(err, E_REFUSED,
			       "This computer may not open the phone. Install the rule "
			       "70-linecheck.rules, connect the phone again and start again.");
	case LIBUSB_ERROR_BUSY:
		return err_set(
			err, E_REFUSED,
			"Another program holds the phone (often adb itself: 'adb kill-server' "
			"ends it). Start again then.");
	default:
		return err_set(err, E_IO, "The cable does not work as it should (%s).",
			       libusb_error_name(rc));
	}
}

static int usb_send(struct adb_link *l, const void *p, size_t n, int ms, struct err *err)
{
	struct usb_link *u = (struct usb_link *)l;
	size_t all = n;
	unsigned char *at = (unsigned char *)(uintptr_t)p;
	while (n) {
		int done = 0, take = n < BLOCK ? (int)n : BLOCK;
		int rc = libusb_bulk_transfer(u->handle, u->out, at, take, &done, (unsigned)ms);
		if (rc || done <= 0)
			return trouble(rc ? rc : LIBUSB_ERROR_IO, err);
		at += done;
		n -= (size_t)done;
	}
	if (u->frame && all % u->frame == 0) {
		int done = 0,
		    rc = libusb_bulk_transfer(u->handle, u->out, at, 0, &done, (unsigned)ms);
		if (rc)
			return trouble(rc, err);
	}
	return 0;
}

static int usb_receive(struct adb_link *l, void *p, size_t n, int ms, struct err *err)
{
	struct usb_link *u = (struct usb_link *)l;
	char *to = p;
	while (n) {
		if (u->at == u->n) {
			int done = 0, rc;
			/* Exactly what is expected: a device may hold back what does not fit. */
			int want = n < BLOCK ? (int)n : BLOCK;
			rc = libusb_bulk_transfer(u->handle, u->in, u->block, want, &done,
						  (unsigned)ms);
			if (rc)
				return trouble(rc, err);
			u->at = 0;
			u->n = done > 0 ? (size_t)done : 0;
			continue;
		}
		size_t take = u->n - u->at < n ? u->n - u->at : n;
		memcpy(to, u->block + u->at, take);
		u->at += take;
		to += take;
		n -= take;
	}
	return 0;
}

static void usb_free(struct adb_link *l)
{
	struct usb_link *u = (struct usb_link *)l;
	libusb_release_interface(u->handle, u->interface);
	libusb_close(u->handle);
	libusb_exit(u->usb);
	free(u);
}

/* ---- finding ---- */

/* The debugging interface of a device; false if it has none. */
static bool adb_interface(libusb_device *d, struct usb_link *u)
{
	struct libusb_config_descriptor *config;
	bool found = false;
	if (libusb_get_active_config_descriptor(d, &config) != 0)
		return false;
	for (int i = 0; !found && i < config->bNumInterfaces; i++) {
		if (config->interface[i].num_altsetting < 1)
			continue;
		const struct libusb_interface_descriptor *f = config->interface[i].altsetting;
		if (f->bInterfaceClass != CLASS || f->bInterfaceSubClass != SUBCLASS ||
		    f->bInterfaceProtocol != PROTOCOL)
			continue;
		u->in = u->out = 0;
		for (int k = 0; k < f->bNumEndpoints; k++) {
			const struct libusb_endpoint_descriptor *e = &f->endpoint[k];
			if ((e->bmAttributes & 3) != LIBUSB_TRANSFER_TYPE_BULK)
				continue;
			if (e->bEndpointAddress & LIBUSB_ENDPOINT_IN) {
				u->in = e->bEndpointAddress;
			} else {
				u->out = e->bEndpointAddress;
				u->frame = e->wMaxPacketSize;
			}
		}
		u->interface = f->bInterfaceNumber;
		found = u->in && u->out;
	}
	libusb_free_config_descriptor(config);
	return found;
}

static void text_of(libusb_device_handle *h, uint8_t index, char *out, size_t cap)
{
	unsigned char text[128];
	int n = index ? libusb_get_string_descriptor_ascii(h, index, text, sizeof text) : 0;
	size_t i = 0;
	for (; n > 0 && i < (size_t)n && i + 1 < cap; i++)
		out[i] = (char)text[i];
	out[i] = 0;
}

/* Without a right to open it, its place on the bus is its name. */
static void look(libusb_device *d, struct device *ret)
{
	struct libusb_device_descriptor said;
	libusb_device_handle *h = NULL;
	*ret = (struct device){
		.transport = &transport_adb, .paired = -1, .locked = -1, .encrypted = -1
	};
	snprintf(ret->os, sizeof ret->os, "Android");
	snprintf(ret->id, sizeof ret->id, "usb-%d-%d", libusb_get_bus_number(d),
		 libusb_get_device_address(d));
	int rc = libusb_get_device_descriptor(d, &said);
	if (rc == 0)
		rc = libusb_open(d, &h);
	if (rc) {
		ret->state = rc == LIBUSB_ERROR_ACCESS ? DEVICE_NO_RIGHT : DEVICE_TROUBLE;
		snprintf(ret->detail, sizeof ret->detail, "This computer may not open it (%s).",
			 libusb_error_name(rc));
		snprintf(ret->next, sizeof ret->next,
			 "Install 70-linecheck.rules (README), and connect it again.");
		return;
	}
	text_of(h, said.iProduct, ret->model, sizeof ret->model);
	text_of(h, said.iManufacturer, ret->product, sizeof ret->product);
	text_of(h, said.iSerialNumber, ret->serial, sizeof ret->serial);
	if (*ret->serial)
		snprintf(ret->id, sizeof ret->id, "%s", ret->serial);
	libusb_close(h);
	ret->state = DEVICE_READY;
	snprintf(ret->next, sizeof ret->next,
		 "linecheck scan --device %s: the phone then asks its owner to allow debugging.",
		 ret->id);
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct device *)a)->id, ((const struct device *)b)->id);
}

int adb_usb_devices(device_fn *fn, void *user, struct err *err)
{
	libusb_context *usb = NULL;
	libusb_device **all = NULL;
	struct device *phone = calloc(PHONES_MAX, sizeof *phone);
	size_t n = 0;
	struct usb_link ignored;
	int rc = 0;
	/* a machine without USB has no phone on it */
	if (phone && libusb_init(&usb) == 0) {
		ssize_t count = libusb_get_device_list(usb, &all);
		for (ssize_t i = 0; i < count && n < PHONES_MAX; i++)
			if (adb_interface(all[i], &ignored))
				look(all[i], &phone[n++]);
		if (count >= 0)
			libusb_free_device_list(all, 1);
		libusb_exit(usb);
	}
	if (n)
		qsort(phone, n, sizeof *phone, by_id);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = fn(user, &phone[i], err);
	free(phone);
	return rc;
}

static int claim(struct usb_link *u, libusb_device *d, struct err *err)
{
	int rc = libusb_open(d, &u->handle);
	if (rc)
		return trouble(rc, err);
	libusb_set_auto_detach_kernel_driver(u->handle, 1);
	rc = libusb_claim_interface(u->handle, u->interface);
	if (rc) {
		libusb_close(u->handle);
		return trouble(rc, err);
	}
	return 0;
}

int adb_usb_open(struct adb_link **ret, const char *id, struct err *err)
{
	libusb_device **all = NULL;
	struct usb_link *u = calloc(1, sizeof *u);
	struct device said;
	bool found = false;
	if (!u)
		return err_set(err, E_NOMEM, "Memory ran out.");
	u->base = (struct adb_link){ usb_send, usb_receive, usb_free };
	int rc = libusb_init(&u->usb) == 0 ? 0 : E_ABSENT;
	ssize_t count = rc ? 0 : libusb_get_device_list(u->usb, &all);
	for (ssize_t i = 0; rc == 0 && i < count && !found; i++) {
		if (!adb_interface(all[i], u))
			continue;
		look(all[i], &said);
		found = strcmp(said.id, id) == 0;
		if (found)
			rc = claim(u, all[i], err);
	}
	if (all)
		libusb_free_device_list(all, 1);
	if (rc == 0 && !found)
		rc = E_ABSENT;
	if (rc == 0) {
		*ret = &u->base;
		return 0;
	}
	if (u->usb)
		libusb_exit(u->usb);
	free(u);
	return err_set(err, rc,
		       "No Android phone '%.80s' is on a cable with USB debugging on. 'linecheck "
		       "devices' shows those that are.",
		       id);
}
