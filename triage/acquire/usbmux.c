/* usbmux.c - see usbmux.h */
#include "acquire/usbmux.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>

#define SOCKET "/var/run/usbmuxd"
#define SECONDS 10 /* for what usbmuxd knows by itself */
#define HEAD 16u
#define KIND_LIST 8u
#define ANSWER_MAX ((uint32_t)1 << 20)
#define PHONES_MAX 256

static const struct wire_patience local = { .seconds = SECONDS };

static int not_running(struct err *err)
{
	return err_set(err, E_ABSENT,
		       "usbmuxd, the service that speaks to iPhones, does not run. Connect the "
		       "phone: Debian starts it then. If it stays so: 'sudo apt install usbmuxd', "
		       "'sudo systemctl start usbmuxd', and look again.");
}

static int confused(const char *what, struct err *err)
{
	return err_set(err, E_FORMAT,
		       "usbmuxd, the service that speaks to iPhones, %s. Pull the cable, 'sudo "
		       "systemctl restart usbmuxd', connect the phone again and start again.",
		       what);
}

/* ---- one question ---- */

static plist_t question(const char *type)
{
	plist_t d = plist_new_dict();
	plist_dict_set_item(d, "BundleID", plist_new_string("linecheck"));
	plist_dict_set_item(d, "ClientVersionString", plist_new_string("linecheck"));
	plist_dict_set_item(d, "MessageType", plist_new_string(type));
	plist_dict_set_item(d, "ProgName", plist_new_string("linecheck"));
	plist_dict_set_item(d, "kLibUSBMuxVersion", plist_new_uint(3));
	return d;
}

static int put(struct wire *w, plist_t q, struct err *err)
{
	char *xml = NULL;
	uint32_t n = 0;
	plist_to_xml(q, &xml, &n);
	if (!xml)
		return err_set(err, E_NOMEM, "Memory ran out.");
	const uint32_t head[4] = { HEAD + n, 1, KIND_LIST, 1 };
	unsigned char bytes[HEAD];
	for (size_t i = 0; i < HEAD; i++)
		bytes[i] = (unsigned char)(head[i / 4] >> i % 4 * 8 & 255);
	int rc = wire_send(w, (span){ (char *)bytes, HEAD }, err);
	if (rc == 0)
		rc = wire_send(w, (span){ xml, n }, err);
	free(xml);
	return rc;
}

static int take(struct wire *w, struct pl **ret, struct err *err)
{
	unsigned char head[HEAD];
	uint32_t field[4] = { 0 };
	int rc = wire_receive(w, head, sizeof head, err);
	if (rc)
		return rc;
	for (size_t i = 0; i < HEAD; i++)
		field[i / 4] |= (uint32_t)head[i] << i % 4 * 8;
	if (field[0] <= HEAD || field[0] > ANSWER_MAX || field[2] != KIND_LIST || field[3] != 1)
		return err_set(err, E_FORMAT, "its answer is none");
	char *bytes = malloc(field[0]);
	if (!bytes)
		return err_set(err, E_NOMEM, "Memory ran out.");
	rc = wire_receive(w, bytes, field[0] - HEAD, err);
	if (rc == 0)
		rc = pl_read(ret, (span){ bytes, field[0] - HEAD }, err);
	explicit_bzero(bytes, field[0]); /* it can hold a pairing record */
	free(bytes);
	return rc;
}

/* Takes q over. On success *ret_wire is what it was asked on, *ret the answer. */
static int ask(plist_t q, const struct wire_patience *patience, struct wire **ret_wire,
	       struct pl **ret, struct err *err)
{
	const char *address = getenv("USBMUXD_SOCKET_ADDRESS");
	bool own = address && strncmp(address, "UNIX:", 5) == 0;
	struct wire *w = NULL;
	struct err why = { 0 };
	int rc = wire_local(&w, own ? address + 5 : SOCKET, patience, &why);
	if (rc == E_ABSENT)
		rc = not_running(err);
	else if (rc)
		rc = err_set(err, rc, "%s", why.message);
	if (rc == 0) {
		rc = put(w, q, &why);
		if (rc == 0)
			rc = take(w, ret, &why);
		if (rc == E_NOMEM || rc == E_STOPPED)
			rc = err_set(err, rc, "%s", why.message);
		else if (rc)
			rc = confused(rc == E_LIMIT    ? "does not answer"
				      : rc == E_ABSENT ? "ended the conversation"
						       : "answers something that is no answer",
				      err);
	}
	plist_free(q);
	if (rc)
		wire_free(w);
	else
		*ret_wire = w;
	return rc;
}

static int64_t result(const struct pl *p)
{
	int64_t n = -1;
	return pl_int(pl_get(pl_root(p), "Number"), &n) ? n : -1;
}

/* ---- which phones ---- */

/* Newer ones have 24 digits, which their owner and Apple write with a dash. */
static void udid_of(span serial, char to[static 64])
{
	if (serial.n == 24)
		snprintf(to, 64, "%.8s-%.16s", serial.p, serial.p + 8);
	else
		snprintf(to, 64, "%.*s", (int)(serial.n < 63 ? serial.n : 63), serial.p);
	for (char *c = to; *c; c++) /* it becomes a name and part of a command to type */
		if (!(*c >= '0' && *c <= '9') && !((*c | 32) >= 'a' && (*c | 32) <= 'z') &&
		    *c != '-')
			*c = '_';
}

static bool one_phone(const struct pl_node *n, struct usbmux_phone *ret)
{
	const struct pl_node *of = pl_get(n, "Properties"), *way = pl_get(of, "ConnectionType");
	span serial = pl_text(pl_get(of, "SerialNumber"));
	int64_t handle = 0;
	if (!pl_int(pl_get(n, "DeviceID"), &handle) && !pl_int(pl_get(of, "DeviceID"), &handle))
		return false;
	if (!serial.n || handle < 0 || handle > UINT32_MAX || (way && !pl_is(way, "USB")))
		return false;
	ret->handle = (uint32_t)handle;
	udid_of(serial, ret->udid);
	return true;
}

static int udid_order(const void *a, const void *b)
{
	const struct usbmux_phone *x = a, *y = b;
	return strcmp(x->udid, y->udid);
}

int usbmux_phones(struct usbmux_phone **ret, size_t *ret_n, struct err *err)
{
	struct wire *w;
	struct pl *p;
	struct err why = { 0 };
	int rc = ask(question("ListDevices"), &local, &w, &p, &why);
	if (rc)
		return err_set(err, rc == E_FORMAT ? E_ABSENT : rc, "%s", why.message);
	wire_free(w);
	const struct pl_node *list = pl_get(pl_root(p), "DeviceList");
	size_t n = 0;
	struct usbmux_phone *phone = NULL;
	if (!list || list->kind != PL_ARRAY) {
		confused("does not say which phones there are", &why);
		rc = err_set(err, E_ABSENT, "%s", why.message);
	}
	if (rc == 0 && !(phone = calloc(PHONES_MAX, sizeof *phone)))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	for (const struct pl_node *i = rc ? NULL : list->first; i && n < PHONES_MAX; i = i->next)
		n += one_phone(i, &phone[n]);
	if (n)
		qsort(phone, n, sizeof *phone, udid_order);
	pl_free(p);
	if (rc)
		return rc;
	*ret = phone;
	*ret_n = n;
	return 0;
}

/* ---- a connection ---- */

int usbmux_connect(struct wire **ret, uint32_t handle, uint16_t port,
		   const struct wire_patience *patience, struct err *err)
{
	struct wire *w;
	struct pl *p;
	plist_t q = question("Connect");
	plist_dict_set_item(q, "DeviceID", plist_new_uint(handle));
	plist_dict_set_item(q, "PortNumber", plist_new_uint(htons(port)));
	int rc = ask(q, patience, &w, &p, err);
	if (rc)
		return rc;
	if (result(p) != 0) {
		rc = err_set(err, E_ABSENT,
			     "The phone does not answer. Connect it again, unlock it and start "
			     "again.");
		wire_free(w);
	} else {
		*ret = w;
	}
	pl_free(p);
	return rc;
}

/* ---- pairing records ---- */

int usbmux_record(struct pl **ret, const char *udid, struct err *err)
{
	struct wire *w;
	struct pl *p;
	plist_t q = question("ReadPairRecord");
	plist_dict_set_item(q, "PairRecordID", plist_new_string(udid));
	int rc = ask(q, &local, &w, &p, err);
	if (rc)
		return rc;
	wire_free(w);
	span bytes = pl_data(pl_get(pl_root(p), "PairRecordData"));
	*ret = NULL;
	if (bytes.n)
		rc = pl_read(ret, bytes, err);
	pl_free(p);
	return rc;
}

void usbmux_forget(const char *udid)
{
	struct wire *w;
	struct pl *p;
	plist_t q = question("DeletePairRecord");
	plist_dict_set_item(q, "PairRecordID", plist_new_string(udid));
	if (ask(q, &local, &w, &p, NULL) == 0) {
		wire_free(w);
		pl_free(p);
	}
}
