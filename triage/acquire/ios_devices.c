/* ios_devices.c - which iPhones are on the cable, and what each says of itself. */
#include "acquire/ios.h"
#include "acquire/usbmux.h"
#include "base/identifier.h"
#include <stdio.h>
#include <stdlib.h>

#define LOOK_SECONDS 10 /* for one answer while phones are only looked at */

/* ---- the way there ---- */

static bool machines_own(const char *path)
{
	char real[4096];
	return strcmp(path, "/var/run/usbmuxd") == 0 || strcmp(path, "/run/usbmuxd") == 0 ||
	       (realpath(path, real) && strcmp(real, "/run/usbmuxd") == 0);
}

int ios_way(bool training, bool any, struct err *err)
{
	const char *address = getenv("USBMUXD_SOCKET_ADDRESS");
	if (address && *address && strncmp(address, "UNIX:", 5) != 0)
		return err_set(err, E_REFUSED,
			       "USBMUXD_SOCKET_ADDRESS is no socket of this machine: phones are "
			       "never read over a network. Unset it, or give UNIX:/path.");
	if (training && !any && (!address || !*address || machines_own(address + 5)))
		return err_set(
			err, E_REFUSED,
			"A training case takes no phone from this machine's own cable: a real "
			"phone needs a real case ('linecheck case new'). For a stand-in set "
			"USBMUXD_SOCKET_ADDRESS=UNIX:/path to its socket.");
	return 0;
}

int ios_find(const char *id, char udid[static 64], uint32_t *ret_handle, struct err *err)
{
	struct usbmux_phone *phone;
	size_t n, found = 0;
	int rc = usbmux_phones(&phone, &n, err);
	if (rc)
		return rc;
	while (id && found < n && strcmp(id, phone[found].udid) != 0)
		found++;
	if (!id && n > 1)
		rc = err_set(err, E_USER,
			     "More than one iPhone is connected: say which with --device UDID "
			     "('linecheck devices' names them).");
	else if (found == n && id)
		rc = err_set(err, E_ABSENT,
			     "No iPhone '%s' is connected by cable. 'linecheck devices' shows "
			     "what is.",
			     id);
	else if (found == n)
		rc = err_set(err, E_ABSENT,
			     "No iPhone is connected. Connect it by cable and unlock it.");
	if (rc == 0) {
		snprintf(udid, 64, "%s", phone[found].udid);
		*ret_handle = phone[found].handle;
	}
	free(phone);
	return rc;
}

/* ---- what it says ---- */

const char *ios_model(const char *product)
{
	static const struct {
		const char *product, *name;
	} models[] = {
#define M(product, name) { product, name },
#include "acquire/ios_models.list"
#undef M
	};
	for (size_t i = 0; i < sizeof models / sizeof *models; i++)
		if (strcmp(models[i].product, product) == 0)
			return models[i].name;
	return product;
}

void ios_describe(struct device *d, const struct pl_node *v)
{
	static const char *const imei[] = { "InternationalMobileEquipmentIdentity",
					    "InternationalMobileEquipmentIdentity2" };
	static const char *const iccid[] = { "IntegratedCircuitCardIdentity",
					     "IntegratedCircuitCardIdentity2" };
	static const char *const number[] = { "PhoneNumber", "PhoneNumber2" };
	char product[64];
	pl_string(pl_get(v, "ProductType"), product, sizeof product);
	if (*product) {
		snprintf(d->product, sizeof d->product, "%s", product);
		snprintf(d->model, sizeof d->model, "%s", ios_model(product));
	}
	pl_string(pl_get(v, "DeviceName"), d->name, sizeof d->name);
	pl_string(pl_get(v, "ProductVersion"), d->version, sizeof d->version);
	pl_string(pl_get(v, "BuildVersion"), d->build, sizeof d->build);
	pl_string(pl_get(v, "SerialNumber"), d->serial, sizeof d->serial);
	snprintf(d->os, sizeof d->os, strncmp(product, "iPad", 4) == 0 ? "iPadOS" : "iOS");
	for (size_t i = 0; i < DEVICE_NUMBERS; i++) {
		char digits[24];
		pl_string(pl_get(v, imei[i]), d->imei[i], sizeof d->imei[i]);
		pl_string(pl_get(v, iccid[i]), d->iccid[i], sizeof d->iccid[i]);
		pl_string(pl_get(v, number[i]), d->number[i], sizeof d->number[i]);
		d->imei_ok[i] =
			identifier_of_device(span_z(d->imei[i]), ID_IMEI, digits).kind == ID_IMEI;
	}
	if (pl_get(v, "PasswordProtected"))
		d->locked = pl_true(pl_get(v, "PasswordProtected"));
	d->newer = strtol(d->version, NULL, 10) > IOS_NEWEST;
}

int ios_encrypts(struct lockdown *l, struct err *err)
{
	struct pl *p;
	int rc = lockdown_get(l, "com.apple.mobile.backup", "WillEncrypt", &p, err);
	if (rc)
		return rc;
	/* a phone that never encrypted does not say it */
	rc = pl_true(pl_get(pl_root(p), "Value"));
	pl_free(p);
	return rc;
}

static void say(struct device *d, enum device_state state, const char *detail, const char *next)
{
	d->state = state;
	snprintf(d->detail, sizeof d->detail, "%s", detail);
	snprintf(d->next, sizeof d->next, "%s", next);
}

static void ready(struct device *d)
{
	char next[480];
	snprintf(next, sizeof next,
		 "linecheck scan --device %s --case FOLDER --key FILE. Keep it unlocked; it will "
		 "ask for its passcode on its own screen.%s",
		 d->id,
		 d->newer ? " Its system is newer than any that was tested: compare what is found "
			    "with the phone's screen."
			  : "");
	if (d->locked == 1)
		say(d, DEVICE_LOCKED, "It trusts this computer, and is locked.",
		    "Have its passcode entered on it, and keep it unlocked.");
	else
		say(d, DEVICE_READY, "", next);
	if (d->newer && !*d->detail)
		snprintf(d->detail, sizeof d->detail,
			 "Its system is newer than any that was tested.");
}

static void in_session(struct device *d, struct lockdown *l, const struct pairing *pairing)
{
	struct pl *p;
	struct err err = { 0 };
	int rc = lockdown_session(l, pairing, &err);
	if (rc == 0 && lockdown_get(l, NULL, NULL, &p, NULL) == 0) {
		ios_describe(d, pl_get(pl_root(p), "Value"));
		pl_free(p);
	}
	if (rc == 0) {
		int yes = ios_encrypts(l, NULL);
		d->encrypted = yes < 0 ? -1 : yes;
		d->paired = 1;
		ready(d);
	} else if (rc == E_REFUSED) {
		d->paired = 0;
		say(d, DEVICE_NO_TRUST,
		    "It no longer trusts this computer (reset, or trust was taken back).",
		    "Scan it: it will ask its owner to trust this computer.");
	} else if (rc == E_ENCRYPTED) {
		d->paired = 1;
		d->locked = 1;
		say(d, DEVICE_LOCKED, "It trusts this computer, and is locked.",
		    "Have its passcode entered on it, and keep it unlocked.");
	} else {
		say(d, DEVICE_TROUBLE, err.message,
		    "Pull the cable, connect it again, look again.");
	}
}

static void look_at(struct device *d, uint32_t handle)
{
	struct lockdown *l;
	struct pairing pairing;
	struct pl *p;
	struct err err = { 0 };
	const struct wire_patience patience = { .seconds = LOOK_SECONDS };
	if (lockdown_open(&l, handle, &patience, &err) != 0) {
		say(d, DEVICE_TROUBLE, err.message,
		    "Unlock it; pull the cable and connect it again; look again.");
		return;
	}
	if (lockdown_get(l, NULL, NULL, &p, NULL) == 0) {
		ios_describe(d, pl_get(pl_root(p), "Value"));
		pl_free(p);
	}
	int rc = pairing_read(&pairing, d->id, &err);
	if (rc == 0) {
		in_session(d, l, &pairing);
		pairing_done(&pairing);
	} else if (rc != E_ABSENT) {
		say(d, DEVICE_TROUBLE, err.message,
		    "Pull the cable, connect it again, look again.");
	} else {
		d->paired = 0;
		say(d, DEVICE_NO_TRUST, "It does not trust this computer yet.",
		    "Have it unlocked. When you scan it, it asks 'Trust This Computer?': tap "
		    "Trust and enter its passcode. The trust is taken back at the end.");
	}
	lockdown_close(l);
}

static int devices(device_fn *fn, void *user, struct err *err)
{
	struct usbmux_phone *phone = NULL;
	size_t n = 0;
	int rc = ios_way(false, true, err);
	if (rc == 0)
		rc = usbmux_phones(&phone, &n, err);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct device d = {
			.transport = &transport_ios, .paired = -1, .locked = -1, .encrypted = -1
		};
		snprintf(d.id, sizeof d.id, "%s", phone[i].udid);
		snprintf(d.os, sizeof d.os, "iOS");
		look_at(&d, phone[i].handle);
		rc = fn(user, &d, err);
	}
	free(phone);
	return rc;
}

const struct transport transport_ios = { .name = "ios",
					 .what = "iPhones and iPads",
					 .devices = devices,
					 .open = ios_open,
					 .close = ios_close,
					 .password = ios_password,
					 .acquire = &acquire_ios };
