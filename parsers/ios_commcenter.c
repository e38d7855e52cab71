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
#include "plist_open.h"
#include <stdlib.h>

#define TABLE "commcenter"

static void add(struct account *a, plist_t list, const char *key, const char *label)
{
	account_add(a, plist_text(plist_in(list, key)), label);
}

/* "imeis" is several in one string. */
static void add_several(struct account *a, span s, const char *label)
{
	for (size_t i = 0, start = 0; i <= s.n && s.p; i++) {
		bool digit = i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
		if (digit)
			continue;
		account_add(a, span_sub(s, start, i), label);
		start = i + 1;
	}
}

static void phone(struct account *a, plist_t list)
{
	add(a, list, "PhoneNumber", LABEL_PHONE);
	add(a, list, "ReportedPhoneNumber", LABEL_PHONE);
	add(a, list, "imei", LABEL_IMEI);
	add_several(a, plist_text(plist_in(list, "imeis")), LABEL_IMEI);
	add(a, list, "meid", LABEL_MEID);
	add(a, list, "LastKnownICCI", LABEL_ICCID);
	add(a, list, "LastKnownICCID", LABEL_ICCID);
	add(a, list, "CDMANetworkPhoneNumberICCID", LABEL_ICCID);
	add(a, list, "ReportedSubscriberIdentity", LABEL_IMSI);
}

static void sim(struct account *a, const char *key, plist_t wallet)
{
	char digits[24];
	plist_t carrier = plist_in(wallet, "CarrierEntitlements");
	plist_t book = plist_in(wallet, "phonebook");
	add(a, book, "CopiedSIMPhoneNumber", LABEL_PHONE);
	add(a, book, "SIMPhoneNumber", LABEL_PHONE);
	if (identifier_of_device(span_z(key), ID_ICCID, digits).kind == ID_ICCID)
		account_add(a, span_z(key), LABEL_ICCID);
	add(a, carrier, "lastGoodImsi", LABEL_IMSI);
	add(a, carrier, "kEntitlementsSelfRegistrationUpdateImsi", LABEL_IMSI);
	add(a, carrier, "kEntitlementsSelfRegistrationUpdateImei", LABEL_IMEI);
}

static int sims(plist_t wallet, const struct sink *sink)
{
	plist_dict_iter at = NULL;
	char *key = NULL;
	plist_t value = NULL;
	int rc = 0;
	int64_t row = 2;
	if (!wallet || plist_get_node_type(wallet) != PLIST_DICT)
		return 0;
	plist_dict_new_iter(wallet, &at);
	while (at && rc >= 0) {
		struct account a = { 0 };
		plist_dict_next_item(wallet, at, &key, &value);
		if (!value)
			break;
		sim(&a, key ? key : "", value);
		rc = account_deliver(&a, sink, TABLE, row++, SPAN_NONE);
		free(key);
		key = NULL;
		value = NULL;
	}
	free(key);
	free(at);
	return rc;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	plist_t list = NULL;
	struct account a = { 0 };
	int rc = plist_read(in, &list, err);
	if (rc == 0) {
		phone(&a, list);
		rc = account_deliver(&a, sink, TABLE, 1, SPAN_NONE);
	}
	if (rc >= 0)
		rc = sims(plist_in(list, "PersonalWallet"), sink);
	plist_free(list);
	return rc;
}

static bool sniff(span head, span path)
{
	(void)head;
	return parser_glob("*com.apple.commcenter*.plist", path);
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
	.tested = "iOS 12-18 as described publicly",
	.sniff = sniff,
	.run = run,
};
