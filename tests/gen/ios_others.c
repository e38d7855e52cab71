/* ios_others.c - other apps in a backup: WhatsApp, one that no parser reads, and the phone's own
 * number. */
#include "db.h"
#include "tool.h"
#include "writers.h"
#include <plist/plist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_whatsapp(const struct phone *p, struct backup *b)
{
	struct db d;
	char jid[64];
	db_create(&d,
		  backup_file(b, "AppDomainGroup-group.net.whatsapp.WhatsApp.shared",
			      "ChatStorage.sqlite"),
		  schema_ios_whatsapp);
	sqlite3_stmt *session = db_prepare(
		&d, "INSERT INTO ZWACHATSESSION(Z_PK,Z_ENT,Z_OPT,ZSESSIONTYPE,ZCONTACTJID,"
		    "ZPARTNERNAME) VALUES(?,4,1,0,?,?)");
	sqlite3_stmt *message = db_prepare(
		&d, "INSERT INTO ZWAMESSAGE(Z_PK,Z_ENT,Z_OPT,ZISFROMME,ZMESSAGETYPE,ZSORT,"
		    "ZCHATSESSION,ZMESSAGEDATE,ZFROMJID,ZTEXT,ZTOJID) "
		    "VALUES(?,9,1,?,0,?,1,?,?,?,?)");
	const struct person *q = &p->people[1];
	snprintf(jid, sizeof jid, "%s@s.whatsapp.net", q->handle + (*q->handle == '+'));
	db_bind(session, "iss", (int64_t)1, jid, q->first);
	db_step(&d, session);
	for (int64_t i = 1; i <= 4; i++) {
		bool out = i % 2 == 0;
		db_bind(message, "iiirsss", i, (int64_t)out, i,
			db_cocoa_s(p->backed_up - 7200000 + i * 60000), out ? NULL : jid,
			out ? "on my way" : "where are you", out ? jid : NULL);
		db_step(&d, message);
	}
	sqlite3_finalize(session);
	sqlite3_finalize(message);
	db_finish(&d);
	backup_app(b, "net.whatsapp.WhatsApp");
}

/* The mobile network's own note of the phone's number. */
static void write_own_number(const struct phone *p, struct backup *b)
{
	plist_t plist = plist_new_dict();
	char *bytes = NULL;
	uint32_t n = 0;
	plist_dict_set_item(plist, "PhoneNumber", plist_new_string(p->people[OWNER].handle));
	plist_dict_set_item(plist, "LastKnownICCID", plist_new_string("8944000000000000001"));
	plist_to_bin(plist, &bytes, &n);
	write_file(
		backup_file(b, "WirelessDomain", "Library/Preferences/com.apple.commcenter.plist"),
		must(bytes), n);
	free(bytes);
	plist_free(plist);
}

void ios_write_others(const struct phone *p, struct backup *b, struct truth *t)
{
	static const char *const folders[][2] = {
		{ "HomeDomain", "" },
		{ "HomeDomain", "Library" },
		{ "HomeDomain", "Library/SMS" },
		{ "HomeDomain", "Library/AddressBook" },
		{ "HomeDomain", "Library/CallHistoryDB" },
		{ "HomeDomain", "Library/Preferences" },
		{ "MediaDomain", "Library/SMS/Attachments" },
		{ "CameraRollDomain", "Media/DCIM/100APPLE" },
		{ "AppDomain-net.whatsapp.WhatsApp", "Library" },
		{ "AppDomain-org.whispersystems.signal", "Library" },
	};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		backup_folder(b, folders[i][0], folders[i][1]);
	write_whatsapp(p, b);
	truth_app(t, "net.whatsapp.WhatsApp", "WhatsApp");
	truth_others(t, 4);
	/* Signal keeps its messages out of backups: only that it is there shows */
	backup_app(b, "org.whispersystems.signal");
	truth_app(t, "org.whispersystems.signal", "Signal");
	write_own_number(p, b);
	write_image(backup_file(b, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_0001.JPG"));
}

void ios_write(struct phone *p, const char *dir, bool wal, struct truth *t)
{
	struct backup *b = backup_new(dir, p);
	ios_write_messages(p, b, wal, t);
	ios_write_contacts(p, b, t);
	ios_write_calls(p, b, wal, t);
	ios_write_others(p, b, t);
	backup_close(b);
}
