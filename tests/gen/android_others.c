/* android_others.c - the SIM with the phone's own number, and what no parser reads yet. */
#include "db.h"
#include "rng.h"
#include "tool.h"
#include "writers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_sim(const struct phone *p, const char *dir)
{
	struct db d;
	char *path =
		path_join(dir, "data/data/com.android.providers.telephony/databases/telephony.db");
	db_create(&d, path, schema_android_telephony);
	sqlite3_stmt *st = db_prepare(
		&d, "INSERT INTO siminfo(_id,icc_id,sim_id,display_name,carrier_name,number,mcc,"
		    "mnc,mcc_string,mnc_string,imsi,iso_country_code) VALUES(1,"
		    "'8944000000000000001',0,'SIM 1','Sample',?,1,1,'001','01',"
		    "'001010000000001','gb')");
	db_bind(st, "s", p->people[OWNER].handle);
	db_step(&d, st);
	sqlite3_finalize(st);
	db_finish(&d);
	free(path);
}

static void write_whatsapp(const struct phone *p, const char *dir)
{
	struct db d;
	char *path = path_join(dir, "data/data/com.whatsapp/databases/msgstore.db");
	char user[NUMBER_TEXT], jid[64];
	const struct person *q = &p->people[1];
	number_spell(q->e164, 7, user);
	snprintf(jid, sizeof jid, "%s@s.whatsapp.net", user);
	db_create(&d, path, schema_android_whatsapp);
	sqlite3_stmt *st =
		db_prepare(&d, "INSERT INTO jid(_id,user,server,agent,device,type,raw_string) "
			       "VALUES(1,?,'s.whatsapp.net',0,0,0,?)");
	db_bind(st, "ss", user, jid);
	db_step(&d, st);
	sqlite3_finalize(st);
	db_exec(&d, "INSERT INTO chat(_id,jid_row_id,hidden) VALUES(1,1,0)");
	st = db_prepare(&d, "INSERT INTO message(_id,chat_row_id,from_me,key_id,timestamp,"
			    "message_type,text_data,sort_id) VALUES(?,1,?,?,?,0,?,?)");
	for (int64_t i = 1; i <= 4; i++) {
		char key[32];
		snprintf(key, sizeof key, "3EB0%08lld", (long long)i);
		db_bind(st, "iisisi", i, (int64_t)(i % 2 == 0), key,
			p->backed_up - 7200000 + i * 60000, i % 2 ? "where are you" : "on my way",
			i);
		db_step(&d, st);
	}
	sqlite3_finalize(st);
	db_finish(&d);
	free(path);
}

/* Signal's database is encrypted: to whoever has no key it is noise. */
static void write_signal(const struct phone *p, const char *dir)
{
	uint64_t noise[1024];
	char *path = path_join(dir, "data/data/org.thoughtcrime.securesms/databases/signal.db");
	for (uint64_t i = 0; i < sizeof noise / sizeof *noise; i++)
		noise[i] = rng_hash(p->seed, 0x5163, i);
	write_file(path, (const char *)noise, sizeof noise);
	free(path);
}

void android_write_others(const struct phone *p, const char *dir, struct truth *t)
{
	static const char packages[] = "com.android.providers.telephony 1001 0 "
				       "/data/user_de/0/com.android.providers.telephony platform\n"
				       "com.whatsapp 10191 0 /data/user/0/com.whatsapp default\n"
				       "org.thoughtcrime.securesms 10192 0 "
				       "/data/user/0/org.thoughtcrime.securesms default\n";
	char *path = path_join(dir, "data/system/packages.list");
	char *image = path_join(dir, "data/media/0/DCIM/Camera/IMG_20250301_120000.jpg");
	write_sim(p, dir);
	write_whatsapp(p, dir);
	truth_app(t, "com.whatsapp", "WhatsApp");
	truth_others(t, 4);
	write_signal(p, dir);
	truth_app(t, "org.thoughtcrime.securesms", "Signal");
	write_file(path, packages, sizeof packages - 1);
	write_image(image);
	free(path);
	free(image);
}

void android_write(struct phone *p, const char *dir, bool wal, struct truth *t)
{
	android_write_messages(p, dir, wal, t);
	android_write_people(p, dir, wal, t);
	android_write_others(p, dir, t);
}
