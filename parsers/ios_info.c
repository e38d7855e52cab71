/*
 * ios_info.c - Info.plist of an iTunes or Finder backup: the numbers of the iPhone itself.
 *
 * One account record, row 1, named after the device. Keys as backups of iOS 4 to 18 have them:
 * "Phone Number", "IMEI", "MEID", "ICCID", "Serial Number", "Unique Identifier", "Device Name"; of
 * a second SIM the same with " 2" (or any digits) behind. Written by iTunes as XML, by Finder and
 * libimobiledevice also in the binary form. The list also holds pictures and settings, which are
 * not looked at. Source: real backups, and libimobiledevice's idevicebackup2, which writes the
 * file.
 */
#include "accounts.h"
#include "plist_open.h"
#include <stdlib.h>

#define TABLE "Info.plist"

/* key is name, or name with a number behind it. */
static bool is_key(const char *key, span name)
{
	span k = span_z(key);
	if (k.n < name.n || memcmp(k.p, name.p, name.n) != 0)
		return false;
	for (k = span_from(k, name.n); k.n; k = span_from(k, 1))
		if (*k.p != ' ' && (*k.p < '0' || *k.p > '9'))
			return false;
	return true;
}

static void collect(plist_t list, span name, const char *label, struct account *a)
{
	plist_dict_iter at = NULL;
	char *key = NULL;
	plist_t value = NULL;
	plist_dict_new_iter(list, &at);
	if (!at)
		return;
	for (plist_dict_next_item(list, at, &key, &value); value;
	     plist_dict_next_item(list, at, &key, &value)) {
		if (key && is_key(key, name))
			account_add(a, plist_text(value), label);
		free(key);
		key = NULL;
		value = NULL;
	}
	free(key);
	free(at);
}

static int deliver(plist_t list, const struct sink *sink, struct err *err)
{
	static const struct {
		span key;
		const char *label;
	} keys[] = {
		{ SPAN_INIT("Phone Number"), LABEL_PHONE },
		{ SPAN_INIT("IMEI"), LABEL_IMEI },
		{ SPAN_INIT("MEID"), LABEL_MEID },
		{ SPAN_INIT("ICCID"), LABEL_ICCID },
		{ SPAN_INIT("Serial Number"), LABEL_SERIAL },
		{ SPAN_INIT("Unique Identifier"), LABEL_UDID },
	};
	struct account a = { 0 };
	if (plist_get_node_type(list) != PLIST_DICT)
		return err_set(err, E_FORMAT, "Info.plist is not a list of names and values");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		collect(list, keys[i].key, keys[i].label, &a);
	span name = plist_text(plist_in(list, "Device Name"));
	if (!name.n)
		name = plist_text(plist_in(list, "Display Name"));
	if (!a.n)
		return sink->warn(sink->user, WARN_NOTE, TABLE, 0,
				  "no number of the phone itself is in it");
	return account_deliver(&a, sink, TABLE, 1, name);
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	plist_t list = NULL;
	int rc = plist_read(in, &list, err);
	if (rc == 0)
		rc = deliver(list, sink, err);
	plist_free(list);
	return rc;
}

static bool is_list(span head)
{
	static const span binary = SPAN_INIT("bplist00");
	if (head.n >= binary.n && memcmp(head.p, binary.p, binary.n) == 0)
		return true;
	for (size_t i = 0; i + 6 <= head.n && i < 1024; i++)
		if (memcmp(head.p + i, "<plist", 6) == 0)
			return true;
	return false;
}

/* By its name: what tells it apart may stand megabytes behind its beginning. */
static bool sniff(span head, span path)
{
	return is_list(head) &&
	       (parser_glob("Info.plist", path) || parser_glob("*/Info.plist", path));
}

const struct parser parser_ios_info = {
	.name = "ios-info",
	.app = "Backup information (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_ACCOUNT),
	.files = { "Info.plist" },
	.tested = "backups of iOS 14 and 15, binary and XML",
	.sniff = sniff,
	.run = run,
};
