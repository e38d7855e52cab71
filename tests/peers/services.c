/* services.c - AFC, notification_proxy, installation_proxy and springboardservices of the stand-in:
 * as much as backup programs ask of them. */
#include "phone.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- AFC: 40 bytes of head (magic, whole length, this length, number, operation) ---- */

struct afc_head {
	char magic[8];
	uint64_t whole, here, number, operation;
};

static bool reply(struct conn *c, uint64_t number, uint64_t operation, const void *head, size_t n,
		  const void *body, size_t m)
{
	char bytes[1024];
	struct afc_head h = {
		.whole = 40 + n + m, .here = 40 + n, .number = number, .operation = operation
	};
	memcpy(h.magic, "CFA6LPAA", 8);
	memcpy(bytes, &h, 40);
	if (n)
		memcpy(bytes + 40, head, n);
	if (m)
		memcpy(bytes + 40 + n, body, m);
	return conn_write(c, bytes, 40 + n + m);
}

static bool afc_one(struct conn *c, const struct afc_head *h)
{
	static const char info[] = "Model\0iPhone12,1\0FSTotalBytes\00064000000000\0FSFreeBytes\000"
				   "30000000000\0FSBlockSize\0004096";
	static const char folder[] =
		"st_size\00064\0st_blocks\0001\0st_nlink\0002\0st_ifmt\0S_IFDIR\0"
		"st_mtime\0001\0st_birthtime\0001";
	uint64_t none = 0, handle = 1, absent = 8, not_supported = 16;
	switch (h->operation) {
	case 0x03: /* a folder's names */
		return reply(c, h->number, 2, NULL, 0, ".\0..", 5);
	case 0x0a:
		return reply(c, h->number, 2, NULL, 0, folder, sizeof folder);
	case 0x0b:
		return reply(c, h->number, 2, NULL, 0, info, sizeof info);
	case 0x0d: /* open */
		return reply(c, h->number, 0x0e, &handle, 8, NULL, 0);
	case 0x0f: /* read */
		return reply(c, h->number, 2, NULL, 0, NULL, 0);
	case 0x08: /* remove */
		return reply(c, h->number, 1, &absent, 8, NULL, 0);
	case 0x09:
	case 0x10:
	case 0x14:
	case 0x1b: /* make a folder, write, close, lock */
		return reply(c, h->number, 1, &none, 8, NULL, 0);
	default:
		return reply(c, h->number, 1, &not_supported, 8, NULL, 0);
	}
}

void afc(struct conn *c)
{
	struct afc_head h;
	while (conn_read(c, &h, sizeof h)) {
		if (h.whole < sizeof h || h.whole > 1 << 20)
			return;
		char *rest = malloc(h.whole);
		bool ok = conn_read(c, rest, h.whole - sizeof h);
		say("AFC %#llx %.60s", (unsigned long long)h.operation,
		    h.operation == 0x0d ? rest + 8 : "");
		free(rest);
		if (!ok || !afc_one(c, &h))
			return;
	}
}

/* ---- notifications ---- */

static struct {
	struct conn *conn;
	char name[128];
} observers[64];

static bool prompt; /* the phone's question for its passcode stands */
#define PRESENTED "com.apple.LocalAuthentication.ui.presented"

void notify(const char *name)
{
	say("notification %s", name);
	prompt = strcmp(name, PRESENTED) == 0;
	for (size_t i = 0; i < 64; i++) {
		pthread_mutex_lock(&phone.lock);
		struct conn *c = observers[i].conn && strcmp(observers[i].name, name) == 0
					 ? observers[i].conn
					 : NULL;
		pthread_mutex_unlock(&phone.lock);
		if (!c)
			continue;
		plist_t d = plist_new_dict();
		plist_dict_set_item(d, "Command", plist_new_string("RelayNotification"));
		plist_dict_set_item(d, "Name", plist_new_string(name));
		conn_send(c, d, false);
	}
}

void notifications(struct conn *c)
{
	char command[64], name[128];
	for (;;) {
		plist_t q = conn_receive(c);
		if (!q)
			break;
		text_of(q, "Command", command, sizeof command);
		text_of(q, "Name", name, sizeof name);
		plist_free(q);
		if (strcmp(command, "ObserveNotification") == 0) {
			pthread_mutex_lock(&phone.lock);
			for (size_t i = 0; i < 64; i++)
				if (!observers[i].conn) {
					observers[i].conn = c;
					snprintf(observers[i].name, sizeof observers[i].name, "%s",
						 name);
					break;
				}
			pthread_mutex_unlock(&phone.lock);
			if (prompt && strcmp(name, PRESENTED) == 0) /* asked in the same moment */
				notify(PRESENTED);
		} else if (strcmp(command, "Shutdown") == 0) {
			plist_t d = plist_new_dict();
			plist_dict_set_item(d, "Command", plist_new_string("ProxyDeath"));
			conn_send(c, d, false);
			break;
		}
	}
	pthread_mutex_lock(&phone.lock);
	for (size_t i = 0; i < 64; i++)
		if (observers[i].conn == c)
			observers[i].conn = NULL;
	pthread_mutex_unlock(&phone.lock);
}

/* ---- applications ---- */

static bool browse_page(struct conn *c, const char *const *ids, size_t first, size_t n)
{
	plist_t d = plist_new_dict(), list = plist_new_array();
	for (size_t i = first; i < first + n; i++) {
		plist_t app = plist_new_dict();
		plist_dict_set_item(app, "CFBundleIdentifier", plist_new_string(ids[i]));
		plist_dict_set_item(app, "CFBundleVersion", plist_new_string("1"));
		plist_dict_set_item(app, "ApplicationType", plist_new_string("User"));
		plist_array_append_item(list, app);
	}
	plist_dict_set_item(d, "Status", plist_new_string("BrowsingApplications"));
	plist_dict_set_item(d, "CurrentIndex", plist_new_uint(first));
	plist_dict_set_item(d, "CurrentAmount", plist_new_uint(n));
	plist_dict_set_item(d, "CurrentList", list);
	return conn_send(c, d, false);
}

void applications(struct conn *c)
{
	static const char *const ids[] = { "net.whatsapp.WhatsApp", "com.toyopagroup.picaboo",
					   "org.whispersystems.signal", "com.example.game" };
	const size_t all = sizeof ids / sizeof *ids, page = like("pages") ? 1 : all;
	for (;;) {
		plist_t q = conn_receive(c);
		bool ok = true;
		if (!q)
			return;
		plist_free(q);
		for (size_t i = 0; ok && i < all; i += page)
			ok = browse_page(c, ids, i, page);
		plist_t d = plist_new_dict();
		plist_dict_set_item(d, "Status", plist_new_string("Complete"));
		if (!conn_send(c, d, false) || !ok)
			return;
	}
}

void springboard(struct conn *c)
{
	for (;;) {
		plist_t q = conn_receive(c);
		if (!q)
			return;
		plist_free(q);
		plist_t d = plist_new_dict();
		plist_dict_set_item(d, "pngData", plist_new_data("", 0));
		if (!conn_send(c, d, true))
			return;
	}
}
