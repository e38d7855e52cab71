/*
 * adbd_system.h - the system services, backups and shared storage of the stand-in phone (adbd.h,
 * which includes this): dumpsys, service call, bu, sync.
 *
 * Their data stand in tables of its database, and a table that is not there is a service that is
 * not there: sys_app, sys_usage, sys_account, sys_notification, siminfo, files(path, mode, data),
 * backup(data).
 *
 * Real: the lines of AOSP's dumps, with the length of a text since Android 9 (published printings);
 * the parcel of an IMEI, and of a refusal; the refusals' words. Invented: which of the flavours
 * does what, and that Android 13 prints six fields of a package.
 */
#ifndef PEERS_ADBD_SYSTEM_H
#define PEERS_ADBD_SYSTEM_H

PEER sqlite3_stmt *peer_rows(struct peer *p, const char *sql)
{
	sqlite3_stmt *st = NULL;
	return sqlite3_prepare_v2(p->db, sql, -1, &st, NULL) == SQLITE_OK ? st : NULL;
}

PEER span peer_cell(sqlite3_stmt *st, int i)
{
	const char *text = sqlite3_column_blob(st, i);
	return (span){ text ? text : "", (size_t)sqlite3_column_bytes(st, i) };
}

PEER bool peer_package_dump(struct peer *p, struct buf *out)
{
	sqlite3_stmt *st = peer_rows(p, "SELECT package,first,last,installer FROM sys_app");
	buf_addf(out, "vers,1\n\nlib,android.test.runner,jar,/system/framework/x.jar\n\n");
	for (int id = 10000; st && sqlite3_step(st) == SQLITE_ROW; id++) {
		buf_addf(out, "pkg,");
		buf_add(out, peer_cell(st, 0));
		buf_addf(out, ",%d,42,", id);
		if (!peer_is(p, "pixel13"))
			buf_addf(out, "%lld,", (long long)sqlite3_column_int64(st, 1));
		buf_addf(out, "%lld,", (long long)sqlite3_column_int64(st, 2));
		buf_add(out, peer_cell(st, 3));
		buf_addf(out, "\npkg-splt,base,0\npkg-usr,0,IbhSL,0,?\n");
	}
	bool there = st;
	sqlite3_finalize(st);
	return there;
}

PEER bool peer_usage_dump(struct peer *p, struct buf *out)
{
	sqlite3_stmt *st = peer_rows(p, "SELECT time,type,package FROM sys_usage");
	buf_addf(out, "user=0\n  Last 24 hour events (beginTime=1767139200000 "
		      "endTime=1767225600000 )\n");
	while (st && sqlite3_step(st) == SQLITE_ROW) {
		buf_addf(out, "    time=%lld type=", (long long)sqlite3_column_int64(st, 0));
		buf_add(out, peer_cell(st, 1));
		buf_addf(out, " package=");
		buf_add(out, peer_cell(st, 2));
		buf_addf(out, " class=x.Main flags=0x0 \n");
	}
	buf_addf(out,
		 "  In-memory daily stats\n    timeRange=\"x\"\n      time=1 type=X package=no\n");
	bool there = st;
	sqlite3_finalize(st);
	return there;
}

PEER bool peer_account_dump(struct peer *p, struct buf *out)
{
	sqlite3_stmt *n = peer_rows(p, "SELECT count(*) FROM sys_account");
	sqlite3_stmt *st = peer_rows(p, "SELECT name,type FROM sys_account");
	if (n && sqlite3_step(n) == SQLITE_ROW)
		buf_addf(out, "User UserInfo{0:Owner:13}:\n  Accounts: %d\n",
			 sqlite3_column_int(n, 0));
	while (st && sqlite3_step(st) == SQLITE_ROW) {
		buf_addf(out, "    Account {name=");
		buf_add(out, peer_cell(st, 0));
		buf_addf(out, ", type=");
		buf_add(out, peer_cell(st, 1));
		buf_addf(out, "}\n");
	}
	buf_addf(out, "\n  AccountId, Action_Type, timestamp, UID, TableName, Key\n");
	bool there = st;
	sqlite3_finalize(n);
	sqlite3_finalize(st);
	return there;
}

PEER size_t peer_units(span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] & 0xC0) != 0x80)
			n += ((unsigned char)s.p[i] & 0xF8) == 0xF0 ? 2 : 1;
	return n;
}

PEER void peer_extra(struct peer *p, struct buf *out, const char *key, sqlite3_stmt *st, int i,
		     bool full)
{
	span text = peer_cell(st, i);
	buf_addf(out, "                %s=", key);
	if (sqlite3_column_type(st, i) == SQLITE_NULL) {
		buf_addf(out, "null\n");
	} else if (full) {
		buf_addf(out, "String (");
		buf_add(out, text);
		buf_addf(out, ")\n");
	} else if (peer_is(p, "pixel13") || peer_is(p, "samsung11")) {
		buf_addf(out, "String [length=%zu]\n", peer_units(text));
	} else {
		buf_addf(out, "String\n");
	}
}

PEER bool peer_notification_dump(struct peer *p, struct buf *out, bool full)
{
	sqlite3_stmt *st =
		peer_rows(p, "SELECT id,package,time,title,text FROM sys_notification ORDER BY id");
	buf_addf(out, "Current Notification Manager state:\n  Notification List:\n");
	while (st && sqlite3_step(st) == SQLITE_ROW) {
		long id = (long)sqlite3_column_int64(st, 0);
		span package = peer_cell(st, 1);
		int n = (int)package.n;
		buf_addf(out,
			 "    NotificationRecord(0x%08lx: pkg=%.*s user=UserHandle{0} id=%ld "
			 "tag=null importance=4 key=0|%.*s|%ld|null|10123: "
			 "Notification(channel=c))\n      uid=10123 userId=0\n      notification=\n"
			 "            when=1/1\n            tickerText=",
			 0x5a5a0000 + id * 7919, n, package.p, id, n, package.p, id);
		if (full)
			buf_add(out, peer_cell(st, 4));
		buf_addf(out, "%s\n            extras={\n", full ? "" : "...");
		peer_extra(p, out, "android.title", st, 3, full);
		buf_addf(out, "                android.showWhen=Boolean (true)\n");
		peer_extra(p, out, "android.text", st, 4, full);
		buf_addf(out,
			 "                android.appInfo=ApplicationInfo (x)\n            }\n"
			 "      mCreationTimeMs=1\n      mUpdateTimeMs=%lld\n",
			 (long long)sqlite3_column_int64(st, 2));
	}
	buf_addf(out, "  \n  mSoundNotificationKey=null\n");
	bool there = st;
	sqlite3_finalize(st);
	return there;
}

PEER void peer_dumpsys(struct peer *p, const char *what, struct buf *out, struct buf *said)
{
	bool there = false;
	if (strcmp(what, "package --checkin") == 0)
		there = peer_package_dump(p, out);
	else if (strcmp(what, "usagestats -c") == 0)
		there = peer_usage_dump(p, out);
	else if (strcmp(what, "account") == 0)
		there = peer_account_dump(p, out);
	else if (strncmp(what, "notification", 12) == 0)
		there = peer_notification_dump(p, out, strstr(what, "--noredact"));
	if (there)
		return;
	buf_clear(out);
	buf_addf(said, "Can't find service: %.40s\n", what);
}

/* Given on Android 8 and 6, refused later (an exception's code in the first word). A line holds
 * four words, a word two characters. */
PEER void peer_imei(struct peer *p, struct buf *out)
{
	static const char imei[] = "490154203237518";
	if (peer_is(p, "pixel13") || peer_is(p, "samsung11")) {
		buf_addf(out, "Result: Parcel(\n  0x%08x: %08x %08x '........')\n", 0, 0xffffffffU,
			 9);
		return;
	}
	buf_addf(out, "Result: Parcel(\n  0x%08x: %08x %08x", 0, 0, (unsigned)(sizeof imei - 1));
	for (size_t i = 0, word = 2; i < sizeof imei; i += 2, word++) {
		if (word % 4 == 0)
			buf_addf(out, " '................'\n  0x%08zx:", word * 4);
		buf_addf(out, " %04x%04x", i + 1 < sizeof imei ? (unsigned)imei[i + 1] : 0U,
			 (unsigned)imei[i]);
	}
	buf_addf(out, " '................')\n");
}

PEER void peer_backup(struct peer *p, struct buf *out)
{
	sqlite3_stmt *st = peer_rows(p, "SELECT data FROM backup");
	if (st && sqlite3_step(st) == SQLITE_ROW)
		buf_add(out, peer_cell(st, 0));
	sqlite3_finalize(st);
}

/* ---- shared storage ---- */

PEER void peer_word(struct buf *b, const char *id, uint32_t v)
{
	unsigned char n[4];
	if (id)
		buf_add(b, span_z(id));
	peer_put32(n, v);
	buf_add(b, (span){ (char *)n, 4 });
}

PEER void peer_sync_list(struct peer *p, const char *folder, struct buf *out)
{
	sqlite3_stmt *st = peer_rows(p, "SELECT substr(path,length(?1)+2),mode,length(data) FROM "
					"files WHERE path LIKE ?1||'/%' AND "
					"instr(substr(path,length(?1)+2),'/')=0 ORDER BY path");
	if (st)
		sqlite3_bind_text(st, 1, folder, -1, SQLITE_STATIC);
	while (st && sqlite3_step(st) == SQLITE_ROW) {
		span name = peer_cell(st, 0);
		peer_word(out, "DENT", (uint32_t)sqlite3_column_int(st, 1));
		peer_word(out, NULL, (uint32_t)sqlite3_column_int64(st, 2));
		peer_word(out, NULL, 1700000000);
		peer_word(out, NULL, (uint32_t)name.n);
		buf_add(out, name);
	}
	sqlite3_finalize(st);
	peer_word(out, "DONE", 0);
	for (int i = 0; i < 3; i++)
		peer_word(out, NULL, 0);
}

PEER void peer_sync_file(struct peer *p, const char *path, struct buf *out)
{
	static const char denied[] = "Permission denied";
	sqlite3_stmt *st = peer_rows(p, "SELECT data FROM files WHERE path=?1 AND mode=33200");
	if (st)
		sqlite3_bind_text(st, 1, path, -1, SQLITE_STATIC);
	if (!st || sqlite3_step(st) != SQLITE_ROW) {
		peer_word(out, "FAIL", sizeof denied - 1);
		buf_add(out, SPAN("Permission denied"));
	} else {
		for (span s = peer_cell(st, 0); s.n;) {
			size_t n = s.n < 65536 ? s.n : 65536;
			peer_word(out, "DATA", (uint32_t)n);
			buf_add(out, (span){ s.p, n });
			s = span_from(s, n);
		}
		peer_word(out, "DONE", 0);
	}
	sqlite3_finalize(st);
}

/* One request a stream, as linecheck asks; until the other side closes it. */
PEER void peer_sync(struct peer *p)
{
	struct buf b = { 0 }, out = { 0 };
	uint32_t x, y, command;
	do
		command = peer_receive(p, &x, &y, &b);
	while (command != P_WRTE && command != P_CLSE);
	if (command == P_WRTE && b.n > 8) {
		char path[1100];
		size_t n = b.n - 8 < sizeof path - 1 ? b.n - 8 : sizeof path - 1;
		memcpy(path, b.data + 8, n);
		path[n] = 0;
		peer_send(p, P_OKAY, p->local, p->remote, SPAN_NONE);
		if (memcmp(b.data, "LIST", 4) == 0)
			peer_sync_list(p, path, &out);
		else
			peer_sync_file(p, path, &out);
		if (peer_write(p, buf_span(&out)))
			while (peer_receive(p, &x, &y, &b) != P_CLSE)
				;
		peer_send(p, P_CLSE, p->local, p->remote, SPAN_NONE);
	}
	buf_free(&b);
	buf_free(&out);
}
#endif
