/*
 * android_contacts.c - Android's address book: contacts2.db, and profile.db, of the contacts
 * provider.
 *
 * raw_contacts has a row for each card of each account (the phone, Google, WhatsApp ...): deleted =
 * 1 is one that waits to be deleted at its account. data has its values, told apart by mimetypes:
 * name, phone_v2, email_v2, sip_address, im, nickname, organization, and those that messengers add
 * for themselves. A value whose card is gone is a contact of its own. Cards with an _id from
 * Profile.MIN_ID up are the user's own (profile.db), so their numbers are the phone's account.
 *
 * Before Android 7 the calls are in the same file: the same rows as in calllog.db later.
 *
 * The name is the card's display name; nickname and organisation are its text where they are not
 * the name. Not read: addresses, notes, dates, pictures.
 *
 * Source: ContactsContract and ContactsDatabaseHelper of AOSP, Android 2 to 15.
 */
#include "android_calls.h"
#include "parser.h"

#define MIME "vnd.android.cursor.item/"

/* What identifies a person; WhatsApp, Signal and Telegram keep the number or JID in data1 or data3.
 */
#define IDENTS                                                                                 \
	"('" MIME "phone_v2', '" MIME "email_v2', '" MIME "sip_address', '" MIME "im', '" MIME \
	"vnd.com.whatsapp.profile', '" MIME "vnd.com.whatsapp.w4b.profile', '" MIME            \
	"vnd.org.thoughtcrime.securesms.contact')"

#define PHONE_LABELS                                                                             \
	"CASE CAST({d:data.data2} AS INTEGER) WHEN 0 THEN {d:data.data3} WHEN 1 THEN 'home'"     \
	" WHEN 2 THEN 'mobile'"                                                                  \
	" WHEN 3 THEN 'work' WHEN 4 THEN 'work fax' WHEN 5 THEN 'home fax' WHEN 6 THEN 'pager'"  \
	" WHEN 7 THEN 'other' WHEN 8 THEN 'callback' WHEN 9 THEN 'car' WHEN 10 THEN 'company'"   \
	" WHEN 11 THEN 'isdn' WHEN 12 THEN 'main' WHEN 13 THEN 'other fax' WHEN 14 THEN 'radio'" \
	" WHEN 15 THEN 'telex' WHEN 16 THEN 'tty' WHEN 17 THEN 'work mobile'"                    \
	" WHEN 18 THEN 'work pager' WHEN 19 THEN 'assistant' WHEN 20 THEN 'mms' END"

#define LABEL                                                                                      \
	"CASE t.mimetype WHEN '" MIME "phone_v2' THEN " PHONE_LABELS " WHEN '" MIME "email_v2'"    \
	" THEN CASE CAST({d:data.data2} AS INTEGER) WHEN 0 THEN {d:data.data3} WHEN 1 THEN 'home'" \
	" WHEN 2 THEN 'work' WHEN 3 THEN 'other' WHEN 4 THEN 'mobile' END"                         \
	" WHEN '" MIME "sip_address' THEN 'sip' WHEN '" MIME "im' THEN 'im'"                       \
	" WHEN '" MIME "vnd.org.thoughtcrime.securesms.contact' THEN 'Signal'"                     \
	" ELSE CASE WHEN t.mimetype IS NOT NULL THEN 'WhatsApp' END END"

#define OF(kind) "max(CASE y.mimetype WHEN '" MIME kind "' THEN x.data1 END)"

#define NAME "COALESCE(" OF("name") ", " OF("organization") ", " OF("nickname") ")"

/* The names of a card; text is those that are not its display name. */
#define NAMES                                                                                      \
	"SELECT x.raw_contact_id AS row, " NAME " AS name, NULLIF(group_concat("                   \
	"CASE WHEN y.mimetype <> '" MIME "name'"                                                   \
	" AND x.data1 <> COALESCE({r:raw_contacts.display_name}, '') THEN x.data1 END, char(10))," \
	" " NAME ") AS text FROM data x JOIN mimetypes y ON y._id = x.mimetype_id AND y.mimetype"  \
	" IN ('" MIME "name', '" MIME "nickname', '" MIME "organization')"                         \
	" LEFT JOIN raw_contacts r ON r._id = x.raw_contact_id"                                    \
	" WHERE x.data1 <> '' GROUP BY x.raw_contact_id ORDER BY x.raw_contact_id"

/* A value whose kind is not in mimetypes could be a number, and is not guessed. */
#define KIND " LEFT JOIN mimetypes t ON t._id = d.mimetype_id"
#define IS_IDENT " (t.mimetype IN " IDENTS " OR t.mimetype IS NULL)"
#define IDENT                                                                             \
	"CASE WHEN t.mimetype IS NOT NULL THEN d.data1 END AS ident, " LABEL " AS label," \
	" CASE WHEN t.mimetype IS NULL THEN"                                              \
	" 'a value of it is of a kind that is not in the table mimetypes' END AS lost"

/* Sorted by key alone, so that what data holds is not kept. */
#define VALUES                                                                 \
	"SELECT d.raw_contact_id AS row, " IDENT                               \
	" FROM (SELECT _id FROM data ORDER BY raw_contact_id, _id LIMIT -1) x" \
	" CROSS JOIN data d ON d._id = x._id AND d.data1 <> ''" KIND " WHERE" IS_IDENT

static int value_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t known = 0;
	(void)r;
	if (row_int(row, "known", &known) && !known)
		return err_set(err, E_FORMAT, "a value whose kind is not in the table mimetypes");
	return 0;
}

const struct parser parser_android_contacts = {
	.name = "android-contacts",
	.app = "Contacts (Android; with calls before version 7)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_CONTACT) | KIND_BIT(REC_ACCOUNT) | KIND_BIT(REC_CALL),
	.files = { "*/com.android.providers.contacts/databases/contacts2.db",
		   "*/com.android.providers.contacts/db/contacts2.db",
		   "*/com.android.providers.contacts/databases/profile.db",
		   "*/com.samsung.android.providers.contacts/databases/contacts2.db",
		   "*/contacts2.db", "contacts2.db" },
	.tested = "Android 2-15, tables as published; real file of 4",
	.keeps_deleted = true,
	.need = { "data(_id,mimetype_id,raw_contact_id,data1)", "mimetypes(_id,mimetype)" },
	.q = {
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.optional = true,
			.table = "raw_contacts",
			.need = { "raw_contacts(_id)" },
			.sql = "SELECT r._id AS row,"
			       " CASE WHEN r._id >= 9223372034707292160 THEN 'account' END AS kind,"
			       " NULLIF({r:raw_contacts.display_name}, '') AS name,"
			       " {r:raw_contacts.account_type} AS service,"
			       " CASE WHEN {r:raw_contacts.deleted} = 1 THEN 4 ELSE 0 END AS state"
			       " FROM raw_contacts r ORDER BY r._id",
			.along = { NAMES, VALUES },
		},
		{
			/* The card is gone, or there is no table of cards. */
			.slot = "values",
			.kind = REC_CONTACT,
			.table = "data",
			.need = { "raw_contacts(_id)" },
			.sql = "SELECT d._id AS row, d.data1 AS ident, " LABEL " AS label,"
			       " t.mimetype IS NOT NULL AS known,"
			       " CASE WHEN d.raw_contact_id > 0 AND t.mimetype IS NOT NULL THEN"
			       " 'the card it belongs to is not in the table raw_contacts' END AS lost"
			       " FROM data d" KIND
			       " LEFT JOIN raw_contacts r ON r._id = d.raw_contact_id"
			       " WHERE r._id IS NULL AND d.data1 <> '' AND" IS_IDENT " ORDER BY d._id",
			.row = value_row,
		},
		{
			.slot = "values",
			.kind = REC_CONTACT,
			.table = "data",
			.sql = "SELECT d._id AS row, d.data1 AS ident, " LABEL " AS label,"
			       " t.mimetype IS NOT NULL AS known,"
			       " CASE WHEN d.raw_contact_id > 0 AND t.mimetype IS NOT NULL THEN"
			       " 'there is no table of cards: whose it is, is not known' END AS lost"
			       " FROM data d" KIND
			       " WHERE d.data1 <> '' AND" IS_IDENT " ORDER BY d._id",
			.row = value_row,
		},
		ANDROID_CALLS_QUERY,
	},
};
