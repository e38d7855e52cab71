/*
 * ios_commcenter.c - settings of the iPhone's telephony service: its own numbers and its SIMs.
 *
 * com.apple.commcenter.plist is in backups; ...device_specific_nobackup.plist only in copies of the
 * whole file system. Row 1 is the phone: PhoneNumber, ReportedPhoneNumber, imei or imeis, meid,
 * LastKnownICCI(D), ReportedSubscriberIdentity. Each further row is a SIM that was in it, from
 * PersonalWallet: the key is its ICCID, below it CarrierEntitlements/lastGoodImsi and phonebook/
 * CopiedSIMPhoneNumber. What a version does not have is left out.
 *
 * Source: what public forensic tools report from these files, iOS 12 to 18 (iLEAPP's imeiImsi and
 * celWireless); the names are from there, the meaning of each is what its name says.
 */
#include "accounts.h"
#include "plist_strings.h"

#define TABLE "commcenter"

struct reader {
	const struct sink *sink;
	struct err *err;
	struct account phone, sim;
	span card; /* the wallet's key of sim */
	int64_t row;
};

/* "imeis" is several in one string. */
static void add_several(struct account *a, span s, const char *label)
{
	for (size_t i = 0, start = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
			continue;
		account_add(a, span_sub(s, start, i), label);
		start = i + 1;
	}
}

struct key {
	const char *name, *label;
};

static const char *label_of(const struct key *keys, size_t n, span name)
{
	for (size_t i = 0; i < n; i++)
		if (span_eq(name, span_z(keys[i].name)))
			return keys[i].label;
	return NULL;
}

static void take_phone(struct reader *d, span name, span text)
{
	static const struct key keys[] = {
		{ "PhoneNumber", LABEL_PHONE },
		{ "ReportedPhoneNumber", LABEL_PHONE },
		{ "imei", LABEL_IMEI },
		{ "imeis", LABEL_IMEI },
		{ "meid", LABEL_MEID },
		{ "LastKnownICCI", LABEL_ICCID },
		{ "LastKnownICCID", LABEL_ICCID },
		{ "CDMANetworkPhoneNumberICCID", LABEL_ICCID },
		{ "ReportedSubscriberIdentity", LABEL_IMSI },
	};
	const char *label = label_of(keys, sizeof keys / sizeof *keys, name);
	if (label && span_eq(name, SPAN("imeis")))
		add_several(&d->phone, text, label);
	else if (label)
		account_add(&d->phone, text, label);
}

static int end_sim(struct reader *d)
{
	return d->card.p ? account_deliver(&d->sim, d->sink, TABLE, d->row++, d->err) : 0;
}

static int begin_sim(struct reader *d, span card)
{
	char digits[24];
	bool ok;
	int rc = end_sim(d);
	d->card = arena_copy(d->sim.arena, card, &ok);
	d->sim.failed |= !ok;
	if (identifier_of_device(card, ID_ICCID, digits).kind == ID_ICCID)
		account_add(&d->sim, card, LABEL_ICCID);
	return rc;
}

/* PersonalWallet, card, group, name */
static int take_sim(struct reader *d, const span *path, span text)
{
	static const struct key carrier[] = {
		{ "lastGoodImsi", LABEL_IMSI },
		{ "kEntitlementsSelfRegistrationUpdateImsi", LABEL_IMSI },
		{ "kEntitlementsSelfRegistrationUpdateImei", LABEL_IMEI },
	};
	static const struct key book[] = {
		{ "CopiedSIMPhoneNumber", LABEL_PHONE },
		{ "SIMPhoneNumber", LABEL_PHONE },
	};
	const char *label = NULL;
	int rc = span_eq(path[1], d->card) ? 0 : begin_sim(d, path[1]);
	if (span_eq(path[2], SPAN("CarrierEntitlements")))
		label = label_of(carrier, sizeof carrier / sizeof *carrier, path[3]);
	else if (span_eq(path[2], SPAN("phonebook")))
		label = label_of(book, sizeof book / sizeof *book, path[3]);
	if (label)
		account_add(&d->sim, text, label);
	return rc;
}

static int take(void *user, const span *name, size_t n, span text)
{
	struct reader *d = user;
	if (n == 1)
		take_phone(d, *name, text);
	else if (n == 4 && span_eq(*name, SPAN("PersonalWallet")))
		return take_sim(d, name, text);
	return 0;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct reader d = { .sink = sink, .err = err, .row = 2 };
	d.phone.arena = d.sim.arena = arena_new();
	if (!d.sim.arena)
		return err_set(err, E_NOMEM, "memory ran out");
	int rc = plist_strings(in, take, &d, err);
	/* What stood before a broken place stands. */
	int sim = end_sim(&d);
	int phone = account_deliver(&d.phone, sink, TABLE, 1, err);
	arena_free(d.sim.arena);
	return phone < 0 ? phone : sim < 0 ? sim : rc;
}

static bool sniff(span head, span path)
{
	static const char *const any[] = { "", NULL };
	static const char *const telling[] = { "PersonalWallet", "ReportedPhoneNumber",
					       "ReportedSubscriberIdentity", NULL };
	return plist_sniff(head, parser_glob("*com.apple.commcenter*.plist", path) ? any : telling);
}

const struct parser parser_ios_commcenter = {
	.name = "ios-commcenter",
	.app = "Telephony settings (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_ACCOUNT),
	.files = { "WirelessDomain/Library/Preferences/com.apple.commcenter.plist",
		   "*/wireless/Library/Preferences/com.apple.commcenter.plist",
		   "*/com.apple.commcenter.device_specific_nobackup.plist",
		   "com.apple.commcenter.plist",
		   "com.apple.commcenter.device_specific_nobackup.plist" },
	.tested = "iOS 12-18, keys as published",
	.sniff = sniff,
	.run = run,
};
