/*
 * adb.c - a session with an Android phone: its owner's permission, what the phone says of itself,
 * its settings before and after. No program is put on it, nothing is written to it.
 */
#include "acquire/adb.h"
#include "caselog.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SHORT_SECONDS 30
#define SHORT_MAX ((uint64_t)4 << 20)
#define NEWEST 16 /* version of Android whose stand-in was tested */

static const char *const settings[ADB_SETTINGS] = { "adb_enabled", "development_settings_enabled",
						    "stay_on_while_plugged_in",
						    "usb_mass_storage_enabled" };

static bool go_on(void *user)
{
	struct adb_phone *p = user;
	return !p->options.progress ||
	       p->options.progress(p->options.user, "Waiting for the phone", 0, 0);
}

static void tell(void *user, const char *words)
{
	struct adb_phone *p = user;
	char md5[48], sha256[65], text[200];
	p->options.tell(p->options.user, words);
	if (adb_key_fingerprint(p->key, md5, sha256, NULL) != 0)
		return;
	snprintf(text, sizeof text, "The fingerprint of this computer's key for this reading: %s",
		 md5);
	p->options.tell(p->options.user, text);
}

static int note(const struct adb_phone *p, const char *what, const char *name, const char *value,
		struct err *err)
{
	const struct log_entry e = { .act = LOG_COLLECTION,
				     .what = what,
				     .w = { { name, value } } };
	return p->options.c ? caselog_note(p->options.c, &e, err) : 0;
}

/* ---- what it says of itself ---- */

/* The value in a line "[name]: [value]". */
static void property(span all, const char *name, char *out, size_t cap)
{
	char mark[80];
	int n = snprintf(mark, sizeof mark, "[%s]: [", name);
	for (span s = all; s.n;) {
		const char *end = memchr(s.p, '\n', s.n);
		size_t line = end ? (size_t)(end - s.p) : s.n;
		if (line > (size_t)n && memcmp(s.p, mark, (size_t)n) == 0) {
			size_t value = line - (size_t)n, i = 0;
			while (value && s.p[(size_t)n + value - 1] != ']')
				value--;
			for (; i + 1 < value && i + 1 < cap; i++)
				out[i] = s.p[(size_t)n + i];
			out[i] = 0;
			return;
		}
		s = span_from(s, end ? line + 1 : line);
	}
}

static void one_line(const struct buf *b, char *out, size_t cap)
{
	size_t i = 0;
	for (; i < b->n && i + 1 < cap && (unsigned char)b->data[i] >= 0x20; i++)
		out[i] = b->data[i];
	out[i] = 0;
}

static int read_settings(struct adb_phone *p, char to[ADB_SETTINGS][32], struct err *err)
{
	struct buf b = { 0 };
	int rc = 0, code;
	for (size_t i = 0; rc == 0 && i < ADB_SETTINGS; i++) {
		char command[96];
		snprintf(command, sizeof command, "settings get global %s", settings[i]);
		rc = adb_output(p->door, command, SHORT_SECONDS, SHORT_MAX, &b, &code, err);
		if (rc == 0)
			one_line(&b, to[i], sizeof to[i]);
	}
	buf_free(&b);
	return rc;
}

static int read_clock(struct adb_phone *p, struct err *err)
{
	struct buf b = { 0 };
	char text[32], *end;
	int code, rc = adb_output(p->door, "date +%s", SHORT_SECONDS, SHORT_MAX, &b, &code, err);
	if (rc == 0) {
		one_line(&b, text, sizeof text);
		long long there = strtoll(text, &end, 10);
		p->clock_known = *text && !*end && there > 0;
		if (p->clock_known)
			p->clock_ahead = there - (int64_t)time(NULL);
	}
	buf_free(&b);
	return rc;
}

static int describe(struct adb_phone *p, struct err *err)
{
	struct device *d = &p->base.device;
	struct buf b = { 0 };
	int code, rc = adb_output(p->door, "getprop", SHORT_SECONDS, SHORT_MAX, &b, &code, err);
	if (rc == 0) {
		span all = buf_span(&b);
		property(all, "ro.product.model", d->model, sizeof d->model);
		property(all, "ro.product.manufacturer", d->product, sizeof d->product);
		property(all, "ro.build.version.release", d->version, sizeof d->version);
		property(all, "ro.build.id", d->build, sizeof d->build);
		property(all, "ro.serialno", d->serial, sizeof d->serial);
		snprintf(d->os, sizeof d->os, "Android");
		d->newer = strtol(d->version, NULL, 10) > NEWEST;
		d->state = DEVICE_READY;
		d->paired = 1;
	}
	buf_free(&b);
	if (rc == 0)
		rc = read_settings(p, p->setting, err);
	return rc ? rc : read_clock(p, err);
}

/* ---- opening ---- */

/* "adb:192.0.2.7:5555", "adb:[2001:db8::1]:5555" */
static int open_address(struct adb_link **ret, const char *id, struct err *err)
{
	char host[64], port[8];
	const char *from = id + 4, *colon = strrchr(from, ':');
	size_t n = colon ? (size_t)(colon - from) : 0;
	if (n > 1 && from[0] == '[' && from[n - 1] == ']') {
		from++;
		n -= 2;
	}
	if (!n || n >= sizeof host || strlen(colon + 1) >= sizeof port || !colon[1])
		return err_set(err, E_USER,
			       "'%.80s' is not an address: give the phone's with its port, "
			       "adb:192.0.2.7:5555.",
			       id);
	memcpy(host, from, n);
	host[n] = 0;
	snprintf(port, sizeof port, "%s", colon + 1);
	return adb_tcp(ret, host, port, err);
}

static int open_link(struct adb_link **ret, const char *id, const struct device_options *o,
		     struct err *err)
{
	if (strncmp(id, "adb:", 4) == 0)
		return open_address(ret, id, err);
	/* a cable leads to a real phone */
	if (o->training)
		return err_set(err, E_ABSENT,
			       "A training case takes no phone on a cable. For a stand-in give its "
			       "address: adb:127.0.0.1:5555.");
	return adb_usb_open(ret, id, err);
}

static int close_phone(struct device_session *session, struct err *err);

static int open_phone(struct device_session **ret, const char *id, const struct device_options *o,
		      struct err *err)
{
	struct adb_link *link = NULL;
	int rc = open_link(&link, id, o, err);
	if (rc)
		return rc;
	struct adb_phone *p = calloc(1, sizeof *p);
	if (!p) {
		link->free(link);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	p->base.transport = &transport_adb;
	p->base.device = (struct device){
		.transport = &transport_adb, .paired = -1, .locked = -1, .encrypted = -1
	};
	snprintf(p->base.device.id, sizeof p->base.device.id, "%s", id);
	p->options = *o;
	struct adb_patience patience = { .go_on = go_on, .tell = tell, .user = p };
	const char *seconds = getenv("LINECHECK_DEVICE_SECONDS");
	if (seconds)
		patience.seconds = patience.owner_seconds = (int)strtol(seconds, NULL, 10);
	rc = adb_key_new(&p->key, err);
	if (rc == 0)
		rc = adb_connect(&p->door, link, p->key, &patience, err);
	else
		link->free(link);
	if (rc == 0) {
		char md5[48], sha256[65];
		rc = adb_key_fingerprint(p->key, md5, sha256, err);
		if (rc == 0)
			rc = note(p,
				  adb_asked_owner(p->door) ? "phone-allowed-key" : "phone-opened",
				  "key", sha256, err);
	}
	if (rc == 0)
		rc = describe(p, err);
	if (rc == 0) {
		*ret = &p->base;
		return 0;
	}
	adb_free(p->door);
	adb_key_free(p->key);
	free(p);
	return rc;
}

/* ---- the end ---- */

static int compare(struct adb_phone *p, struct err *err)
{
	char now[ADB_SETTINGS][32] = { { 0 } };
	struct err why = { 0 };
	int rc = read_settings(p, now, &why);
	if (rc) {
		note(p, "phone-not-checked", NULL, NULL, NULL);
		return err_set(err, rc,
			       "The phone was gone before its settings could be compared: look at "
			       "Developer options with its owner. (%.200s)",
			       why.message);
	}
	for (size_t i = 0; i < ADB_SETTINGS; i++)
		if (strcmp(now[i], p->setting[i]) != 0) {
			note(p, "phone-setting-changed", "setting", settings[i], NULL);
			return err_set(err, E_FORMAT,
				       "The phone's setting %s was '%.31s' and is '%.31s' now: "
				       "linecheck did not change it. Ask whether somebody did.",
				       settings[i], p->setting[i], now[i]);
		}
	p->options.tell(p->options.user,
			"The phone's settings are as they were at the beginning. What is left on "
			"it: that this computer was allowed, until that is revoked, and what its "
			"own logs say of the connection.");
	return note(p, "phone-as-it-was", NULL, NULL, err);
}

static int close_phone(struct device_session *session, struct err *err)
{
	struct adb_phone *p = (struct adb_phone *)session;
	if (!p)
		return 0;
	int rc = compare(p, err);
	p->options.tell(
		p->options.user,
		"Now on the phone, with its owner: Settings, Developer options: tap 'Revoke USB "
		"debugging authorisations', then switch USB debugging off as it was before.");
	adb_free(p->door);
	adb_key_free(p->key);
	free(p);
	return rc;
}

static int devices(device_fn *fn, void *user, struct err *err)
{
	return adb_usb_devices(fn, user, err);
}

const struct transport transport_adb = { .name = "adb",
					 .what = "Android phones",
					 .devices = devices,
					 .open = open_phone,
					 .close = close_phone,
					 .acquire = &acquire_adb };
