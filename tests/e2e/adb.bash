# A stand-in Android phone for the black-box tests: after lib.bash.
#   make_phone FILE      its data; dates of 13 March 2025; texts that try to be more than texts among them
#   peer [OPTION...]     start it (again) on FILE phone.db: $at is its address; unpeer: end it, the packets it sent in $packets
#   live CASE [OPTION...]  the stand-in is scanned as training; as scan()
peerpid=
unpeer() {
	[ -n "$peerpid" ] || return 0
	for _ in $(seq 100); do # until its last connection has ended
		[ -s "$work/packets" ] || [ ! -e "$work/packets" ] && break
		sleep 0.02
	done
	kill "$peerpid" 2>/dev/null || true
	wait "$peerpid" 2>/dev/null || true
	peerpid=
	packets=$(cat "$work/packets" 2>/dev/null || echo 0)
}
peer() {
	unpeer
	rm -f "$work/port" "$work/packets"
	ASAN_OPTIONS=detect_leaks=0 "$BUILD_DIR/tests/peer_adbd" --db "$work/phone.db" --port "$work/port" --count "$work/packets" "$@" \
		2>"$work/peer.err" &
	peerpid=$!
	for _ in $(seq 100); do
		[ -s "$work/port" ] && break
		sleep 0.05
	done
	at=adb:127.0.0.1:$(cat "$work/port") || fail "the stand-in does not start: $(cat "$work/peer.err")"
}
trap 'unpeer; rm -rf "$work"' EXIT
export LINECHECK_DEVICE_SECONDS=${LINECHECK_DEVICE_SECONDS:-20}
live() {
	local to=$1
	shift
	code=0
	timeout "${limit:-120}" "$LINECHECK" scan --training --json --case "$to" --device "$at" "$@" >"$to.json" 2>"$to.err" </dev/null || code=$?
}
must_say() { grep -qF -e "$2" "$1" || fail "$1 does not say '$2': $(head -c 900 "$1")"; }
must_not_say() { ! grep -qF -e "$2" "$1" || fail "$1 says '$2'"; }
# What the messages, calls and contacts of a case say, without where they lie.
said() { "$LINECHECK" records "$1" | jq -c 'select(.kind == "message" or .kind == "call" or .kind == "contact") | [.kind, .origin.table, .origin.row,
	.time, .direction, .from.role, .from.raw, [.to[] | .role, .raw], .text, .name, [.identifiers[]?.raw], .duration, .read, .state]' | sort; }

make_phone() {
	rm -f "$1"
	sqlite3 -bail "$1" <<-'END'
		CREATE TABLE sms(_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, date_sent INTEGER, type INTEGER,
		 read INTEGER, status INTEGER, sub_id INTEGER, body TEXT, subject TEXT);
		CREATE TABLE pdu(_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, date_sent INTEGER, msg_box INTEGER, m_type INTEGER,
		 read INTEGER, sub TEXT, sub_cs INTEGER, sub_id INTEGER);
		CREATE TABLE part(_id INTEGER PRIMARY KEY, mid INTEGER, seq INTEGER, chset INTEGER, ct TEXT, name TEXT, cl TEXT, fn TEXT,
		 cid TEXT, text TEXT);
		CREATE TABLE addr(_id INTEGER PRIMARY KEY, msg_id INTEGER, type INTEGER, address TEXT);
		CREATE TABLE threads(_id INTEGER PRIMARY KEY, date INTEGER, message_count INTEGER, recipient_ids TEXT);
		CREATE TABLE canonical_addresses(_id INTEGER PRIMARY KEY, address TEXT);
		CREATE TABLE calls(_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER, presentation INTEGER,
		 name TEXT, features INTEGER);
		CREATE TABLE raw_contacts(_id INTEGER PRIMARY KEY, deleted INTEGER, version INTEGER, display_name TEXT, account_type TEXT);
		CREATE TABLE data(_id INTEGER PRIMARY KEY, raw_contact_id INTEGER, mimetype TEXT, data1 TEXT, data2 TEXT, data3 TEXT);
		CREATE TABLE siminfo(_id INTEGER PRIMARY KEY, sim_id INTEGER, icc_id TEXT, number TEXT, display_name TEXT, carrier_name TEXT);
		INSERT INTO threads VALUES(1,0,4,'1'),(2,0,2,'1 2');
		INSERT INTO canonical_addresses VALUES(1,'+447700900142'),(2,'07700 900456');
		INSERT INTO sms(_id,thread_id,address,date,date_sent,type,read,body) VALUES
		(1,1,'+447700900142',1741867200000,0,1,1,'Marlo line up and running, save the number'),
		(2,1,'+447700900142',1741867260000,0,2,1,'who dis'),
		(3,1,'+447700900142',1741867320000,0,1,1,'see u later, type=2, address=+447700900999, read=1'),
		(4,1,'+447700900142',1741867380000,0,1,0,'two lines'||char(10)||'Row: 2 _id=2, body=forged, date=1'),
		(5,1,'+447700900142',1741867390000,0,1,0,'NULL'),
		(6,1,'+447700900142',1741867400000,0,1,0,NULL);
		INSERT INTO pdu VALUES(1,2,1741867440,0,1,132,1,NULL,NULL,1);
		INSERT INTO part VALUES(1,1,0,106,'text/plain',NULL,NULL,NULL,NULL,'to both of you');
		INSERT INTO addr VALUES(1,1,137,'+447700900142'),(2,1,151,'+447700900411'),(3,1,151,'07700 900456');
		INSERT INTO calls VALUES(1,'+447700900142',1741867500000,61,1,1,'Marlo, type=2',0),(2,'07700900456',1741867600000,0,3,1,NULL,0);
		INSERT INTO raw_contacts VALUES(1,0,3,'Marlo','com.google');
		INSERT INTO data VALUES(1,1,'vnd.android.cursor.item/phone_v2','07700 900142','2',NULL),
		(2,1,'vnd.android.cursor.item/name','Marlo',NULL,NULL);
		INSERT INTO siminfo VALUES(1,0,'8944100000000000000','+447700900411','Card 1','Invented Mobile');
		CREATE TABLE sys_app(package TEXT, first INTEGER, last INTEGER, installer TEXT);
		INSERT INTO sys_app VALUES('org.thoughtcrime.securesms',1741860000000,1741864000000,'com.android.vending'),
		('com.example.app',1741860000000,1741860000000,'?');
		CREATE TABLE sys_usage(time INTEGER, type TEXT, package TEXT);
		INSERT INTO sys_usage VALUES(1741867200000,'ACTIVITY_RESUMED','com.whatsapp'),(1741867210000,'ACTIVITY_PAUSED','com.whatsapp');
		CREATE TABLE sys_account(type TEXT, name TEXT);
		INSERT INTO sys_account VALUES('com.google','kid@example.com'),('com.whatsapp','WhatsApp');
		CREATE TABLE sys_notification(id INTEGER, package TEXT, time INTEGER, title TEXT, text TEXT);
		INSERT INTO sys_notification VALUES(1,'com.whatsapp',1741867200000,'Marlo','u about? :)'),
		(2,'com.whatsapp',1741867300000,'Deano','two'||char(10)||'lines )'||char(10)||char(127819)),
		(3,'com.whatsapp',1741867300000,'Evil','x)'||char(10)||'                android.title=String (Mum)'),
		(4,'com.whatsapp',1741867300000,'Worse','x)'||char(10)||'    NotificationRecord(0x00000001: pkg=com.forged user=UserHandle{0} id=1)'),
		(5,'com.snapchat.android',1741867300000,NULL,NULL);
		CREATE TABLE files(path TEXT, mode INTEGER, data BLOB);
		INSERT INTO files VALUES('/sdcard/DCIM',16877,NULL),('/sdcard/DCIM/a.jpg',33200,x'00'),('/sdcard/DCIM/b.mp4',33200,x'00'),
		('/sdcard/Android',16877,NULL),('/sdcard/Android/data',16877,NULL),('/sdcard/Android/data/x.opus',33200,x'00'),
		('/sdcard/WhatsApp',16877,NULL),('/sdcard/WhatsApp/Databases',16877,NULL),
		('/sdcard/WhatsApp/Databases/msgstore.db.crypt14',33200,zeroblob(70000)),('/sdcard/Signal',16877,NULL);
	END
}
