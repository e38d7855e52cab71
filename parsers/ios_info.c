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
#include "plist_strings.h"

#define TABLE "Info.plist"

/* key is name, or name with a number behind it. */
static bool is_key(span key, const char *word)
{
	span name = span_z(word);
	if (key.n < name.n || memcmp(key.p, name.p, name.n) != 0)
		return false;
	for (key = span_from(key, name.n); key.n; key = span_from(key, 1))
		if (*key.p != ' ' && (*key.p < '0' || *key.p > '9'))
			return false;
	return true;
}

static int take(void *user, const span *name, size_t n, span text)
{
	static const struct {
		const char *key, *label;
	} keys[] = {
		{ "Phone Number", LABEL_PHONE },
		{ "IMEI", LABEL_IMEI },
		{ "MEID", LABEL_MEID },
		{ "ICCID", LABEL_ICCID },
		{ "Serial Number", LABEL_SERIAL },
		{ "Unique Identifier", LABEL_UDID },
	};
	struct account *a = user;
	if (n != 1)
		return 0;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (is_key(*name, keys[i].key))
			account_add(a, text, keys[i].label);
	bool ok = true;
	if (span_eq(*name, SPAN("Device Name")))
		a->name = arena_copy(a->arena, text, &ok);
	a->failed |= !ok;
	return 0;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct account a = { .arena = arena_new() };
	int rc = a.arena ? plist_strings(in, take, &a, err)
			 : err_set(err, E_NOMEM, "memory ran out");
	/* What stood before a broken place stands. */
	bool none = rc == 0 && !a.n;
	int delivered = a.arena ? account_deliver(&a, sink, TABLE, 1, err) : 0;
	if (none)
		delivered = sink->warn(sink->user, WARN_NOTE, TABLE, 0,
				       "no number of the phone itself is in it");
	arena_free(a.arena);
	return delivered < 0 ? delivered : rc;
}

/* Under its own name what tells it apart may stand megabytes behind its beginning. */
static bool sniff(span head, span path)
{
	static const char *const any[] = { "", NULL };
	static const char *const telling[] = { "Target Identifier", "Unique Identifier",
					       "Last Backup Date", NULL };
	bool named = parser_glob("Info.plist", path) || parser_glob("*/Info.plist", path);
	return plist_sniff(head, named ? any : telling);
}

const struct parser parser_ios_info = {
	.name = "ios-info",
	.app = "Backup information (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_ACCOUNT),
	.files = { "Info.plist" },
	.tested = "iOS 14, real backup; iOS 4-18, keys as published",
	.sniff = sniff,
	.run = run,
};
