/*
 * adb_test.c - an Android phone over ADB gives what its databases hold, whatever its messages say,
 * whatever it refuses, and wherever it fails.
 *
 * The phone is tests/peers/adbd.h in a process of its own, reached by TCP. What must come out is
 * what the same parsers read from the phone's own databases. LINECHECK_LONG: 20,000 messages with
 * half a second for each command; every fault at every packet.
 */
#include "../peers/adbd.h"
#include "acquire/adb.h"
#include "evidence.h"
#include "evidence_helpers.h"
#include "vault_key.h"

static char folder[64];

static int set_up(void **state)
{
	(void)state;
	temp_folder(folder);
	setenv("LINECHECK_DEVICE_SECONDS", "60", 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	remove_tree(folder);
	return 0;
}

/* ---- the phone's data ---- */

static const char tables[] =
	"CREATE TABLE siminfo(_id INTEGER PRIMARY KEY, sim_id INTEGER, icc_id TEXT, number TEXT);"
	"CREATE TABLE sys_account(type TEXT, name TEXT);"
	"INSERT INTO sys_account VALUES('com.google','kid@example.com');"
	"CREATE TABLE sms(_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER,"
	" date_sent INTEGER, type INTEGER, read INTEGER, status INTEGER, sub_id INTEGER, body TEXT,"
	" subject TEXT);"
	"CREATE TABLE pdu(_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, date_sent "
	"INTEGER,"
	" msg_box INTEGER, m_type INTEGER, read INTEGER, sub TEXT, sub_cs INTEGER, sub_id INTEGER);"
	"CREATE TABLE part(_id INTEGER PRIMARY KEY, mid INTEGER, seq INTEGER, chset INTEGER, ct "
	"TEXT,"
	" name TEXT, cl TEXT, fn TEXT, cid TEXT, text TEXT);"
	"CREATE TABLE addr(_id INTEGER PRIMARY KEY, msg_id INTEGER, type INTEGER, address TEXT);"
	"CREATE TABLE threads(_id INTEGER PRIMARY KEY, date INTEGER, message_count INTEGER,"
	" recipient_ids TEXT);"
	"CREATE TABLE canonical_addresses(_id INTEGER PRIMARY KEY, address TEXT);"
	"CREATE TABLE calls(_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER,"
	" type INTEGER, presentation INTEGER, name TEXT, features INTEGER);"
	"CREATE TABLE raw_contacts(_id INTEGER PRIMARY KEY, deleted INTEGER, version INTEGER,"
	" display_name TEXT, account_type TEXT);"
	"CREATE TABLE data(_id INTEGER PRIMARY KEY, raw_contact_id INTEGER, mimetype TEXT, data1 "
	"TEXT,"
	" data2 TEXT, data3 TEXT);"
	"INSERT INTO threads VALUES(1,0,3,'1'),(2,0,1,'1 2');"
	"INSERT INTO canonical_addresses VALUES(1,'+447700900142'),(2,'07700 900456');"
	"INSERT INTO calls VALUES(1,'+447700900142',1700000000000,61,1,1,'Marlo, type=2',0),"
	"(2,'07700900456',1700000001000,0,3,1,NULL,0),(3,'',1700000002000,0,1,2,NULL,1);"
	"INSERT INTO raw_contacts VALUES(1,0,3,'Marlo','com.google'),(2,1,1,'Gone',NULL);"
	"INSERT INTO data VALUES(1,1,'vnd.android.cursor.item/phone_v2','07700 900142','2',NULL),"
	"(2,1,'vnd.android.cursor.item/name','Marlo',NULL,NULL),"
	"(3,2,'vnd.android.cursor.item/phone_v2','07700 900789',NULL,NULL);"
	"INSERT INTO pdu VALUES(1,2,1700000100,0,1,132,1,'Sub, type=2',106,1),"
	"(2,2,1700000200,0,2,128,1,NULL,NULL,1);"
	"INSERT INTO part VALUES(1,1,0,106,'application/smil','smil.xml',NULL,NULL,NULL,'<smil/>'),"
	"(2,1,0,106,'text/plain','t',NULL,NULL,NULL,'look"
	"\n"
	"Row: 9 _id=9, text=x'),"
	"(3,1,0,NULL,'image/jpeg','a, mid=7.jpg',NULL,NULL,NULL,NULL),"
	"(4,2,0,106,'text/plain',NULL,NULL,NULL,NULL,'to both');"
	"INSERT INTO addr VALUES(1,1,137,'+447700900142'),(2,1,151,'+447700900001'),"
	"(3,2,137,'insert-address-token'),(4,2,151,'+447700900142'),(5,2,151,'07700 900456');";

/* Texts that try to be more than texts. %lld: the date of this row, the number of the next. */
static const char *const hostile[] = {
	"see u later, type=2, address=+447700900999, read=1",
	"two lines\nRow: 5 _id=5, body=forged, date=1",
	"Row: 5",
	"NULL",
	"",
	", _id=7",
	"No result found.",
	"Error while accessing provider:sms\njava.lang.SecurityException: Permission Denial",
	"ends with a line\n",
	"\n\n\n",
	"\U0001F34B \U0001F468\u200D\U0001F469\u200D\U0001F467 \u2764\uFE0F",
	"it's \"quoted\" $(id) `id` ; rm -rf /",
};
#define HOSTILE (sizeof hostile / sizeof *hostile)

static void add_sms(sqlite3_stmt *st, int64_t id, const char *address, const char *body, int n)
{
	sqlite3_reset(st);
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, id % 3 == 0 ? 2 : 1);
	sqlite3_bind_text(st, 3, address, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 4, 1700000000000 + id * 1000);
	sqlite3_bind_int64(st, 5, id % 5 == 0 ? 2 : 1);
	sqlite3_bind_text(st, 6, body, n, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
}

static const char *make_phone(int messages)
{
	static char path[96];
	snprintf(path, sizeof path, "%s", in(folder, "phone.db"));
	unlink(path);
	sqlite3 *db = sql_open(path);
	sqlite3_stmt *st;
	sql_run(db, tables);
	sql_run(db, "BEGIN");
	assert_int_equal(
		sqlite3_prepare_v2(db,
				   "INSERT INTO sms(_id,thread_id,address,date,type,body,read,"
				   "date_sent) VALUES(?1,1,?3,?4,?5,?6,?2,0)",
				   -1, &st, NULL),
		SQLITE_OK);
	int64_t id = 10;
	for (int i = 0; i < messages; i++, id += 1 + i % 2) {
		char text[200];
		size_t h = (size_t)i / 40 % HOSTILE;
		snprintf(text, sizeof text, "message %d, a plain one", i);
		if (messages > 1000 ? i % 400 == 7 : i % 40 == 7)
			add_sms(st, id, "A, type=2", hostile[h], -1);
		else
			add_sms(st, id, "+447700900142", text, -1);
	}
	/* one that knows its own date and the number of the next */
	char forged[300];
	snprintf(forged, sizeof forged,
		 "x, date=%lld\nRow: 1 _id=%lld, body=forged by the row before",
		 1700000000000LL + (long long)id * 1000, (long long)id + 1);
	add_sms(st, id, "+447700900999", forged, -1);
	add_sms(st, id + 1, "+447700900142", "the row that was to be forged", -1);
	add_sms(st, id + 2, "+447700900142", "a zero \0 within", 15);
	add_sms(st, id + 3, NULL, NULL, -1);
	char *big = malloc(100001);
	memset(big, 'b', 100000);
	big[100000] = 0;
	add_sms(st, id + 4, "+447700900142", big, -1);
	free(big);
	sqlite3_finalize(st);
	sql_run(db, "COMMIT");
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return path;
}

/* ---- what comes out ---- */

static int on_record(void *user, const struct record *r)
{
	struct buf *b = user;
	if (strncmp(r->table, "linecheck_", 10) == 0) /* e2e/android_phone.sh looks at these */
		return 0;
	buf_addf(b, "%s %s:%lld %lld %s from=%s \"", record_kind_word(r->kind), r->table,
		 (long long)r->row, (long long)r->time, direction_word(r->direction),
		 role_word(r->from.role));
	buf_add(b, r->from.raw);
	for (size_t i = 0; i < r->to_n; i++) {
		buf_addf(b, "\" to=%s \"", role_word(r->to[i].role));
		buf_add(b, r->to[i].raw);
	}
	buf_addf(b, "\" \"");
	buf_add(b, r->text);
	buf_addf(b, "\"%s %u %u \"", r->text.p ? "" : " none", (unsigned)r->read, r->state);
	buf_add(b, r->name);
	for (size_t i = 0; i < r->ids_n; i++) {
		buf_byte(b, '|');
		buf_add(b, r->ids[i].raw);
	}
	for (size_t i = 0; i < r->attachments_n; i++) {
		buf_byte(b, '@');
		buf_add(b, r->attachments[i].name);
	}
	buf_addf(b, "\"\n");
	return 0;
}

static int on_warning(void *user, enum warning kind, const char *table, int64_t row,
		      const char *detail)
{
	(void)user, (void)kind, (void)table, (void)row, (void)detail;
	return 0;
}

static void read_files(struct source *s, struct buf *records, struct buf *states)
{
	for (size_t i = 0; i < source_files(s); i++) {
		struct evidence *e;
		struct input input;
		const struct evidence_file *f = source_file(s, i);
		const struct sink sink = { on_record, on_warning, records };
		if (evidence_open(&e, s, i, &input, NULL) == 0) {
			assert_int_equal(parser_run(f->parser, &input, &sink, NULL), 0);
			evidence_close(e);
		}
		buf_addf(states, "%s %s\n", evidence_state_word(f->state),
			 f->parser ? f->parser->name : "-");
	}
	for (size_t i = 0; i < source_apps(s); i++)
		buf_addf(states, "app %s\n", source_app(s, i)->id);
	for (size_t i = 0; i < source_notes(s); i++)
		if (source_note(s, i)->loss)
			buf_addf(states, "loss %s\n", source_note(s, i)->detail);
}

/* The same rows as the databases of the phone, which the same parsers read. */
static void wanted(const char *db, bool calls, struct buf *out)
{
	const char *const names[][2] = {
		{ "calllog.db", "CREATE TABLE calls AS SELECT * FROM p.calls" },
		{ "contacts2.db", "CREATE TABLE raw_contacts(_id INTEGER PRIMARY KEY, deleted, "
				  "version, display_name, account_type);"
				  "INSERT INTO raw_contacts SELECT * FROM p.raw_contacts;"
				  "CREATE TABLE mimetypes(_id INTEGER PRIMARY KEY, mimetype);"
				  "INSERT INTO mimetypes(mimetype) SELECT DISTINCT mimetype "
				  "FROM p.data ORDER BY 1;"
				  "CREATE TABLE data AS SELECT d.*, m._id AS mimetype_id FROM "
				  "p.data d JOIN mimetypes m USING(mimetype)" },
		{ "mmssms.db", "CREATE TABLE sms AS SELECT * FROM p.sms;"
			       "CREATE TABLE pdu AS SELECT * FROM p.pdu;"
			       "CREATE TABLE part AS SELECT * FROM p.part;"
			       "CREATE TABLE addr AS SELECT * FROM p.addr;"
			       "CREATE TABLE threads AS SELECT * FROM p.threads;"
			       "CREATE TABLE canonical_addresses AS SELECT * FROM "
			       "p.canonical_addresses" }
	};
	struct source *s;
	struct buf states = { 0 };
	struct source_options o = { 0 };
	char path[96];
	remove_tree(in(folder, "want"));
	for (size_t i = calls ? 0 : 1; i < 3; i++) {
		char attach[200];
		snprintf(path, sizeof path, "want/%s", names[i][0]);
		make_db(in(folder, path), "SELECT 1");
		sqlite3 *to = sql_open(in(folder, path));
		snprintf(attach, sizeof attach, "ATTACH '%s' AS p", db);
		sql_run(to, attach);
		sql_run(to, names[i][1]);
		assert_int_equal(sqlite3_close(to), SQLITE_OK);
	}
	assert_int_equal(source_open(&s, in(folder, "want"), &o, NULL), 0);
	read_files(s, out, &states);
	source_close(s);
	buf_free(&states);
}

static void told(void *user, const char *words)
{
	buf_addf(user, "%s\n", words);
}

struct outcome {
	int open, read, close;
	struct err err, close_err;
	struct buf records, states, told;
};

static void outcome_free(struct outcome *o)
{
	buf_free(&o->records);
	buf_free(&o->states);
	buf_free(&o->told);
}

/* Open, read, close. */
static void read_session(const char *id, bool training, unsigned kinds, struct outcome *ret)
{
	struct device_session *session = NULL;
	struct source *s;
	struct vault_key *key;
	char vault[96];
	snprintf(vault, sizeof vault, "%s/vault", folder);
	remove_tree(vault);
	assert_int_equal(mkdir(vault, 0700), 0);
	assert_int_equal(vault_key_training(&key, NULL), 0);
	const struct device_options options = { .training = training,
						.tell = told,
						.user = &ret->told };
	ret->open = transport_adb.open(&session, id, &options, &ret->err);
	if (ret->open == 0) {
		struct source_options o = {
			.device = session, .vault_dir = vault, .vault_key = key, .kinds = kinds
		};
		ret->read = source_open(&s, id, &o, &ret->err);
		if (ret->read == 0) {
			read_files(s, &ret->records, &ret->states);
			source_close(s);
		}
		ret->close = transport_adb.close(session, &ret->close_err);
	}
	vault_key_free(key);
}

static void read_phone(const struct peer_adbd *peer, unsigned kinds, struct outcome *ret)
{
	char id[40];
	int port = 0;
	*ret = (struct outcome){ 0 };
	pid_t pid = peer_start(peer, &port);
	assert_true(pid > 0);
	snprintf(id, sizeof id, "adb:127.0.0.1:%d", port);
	read_session(id, true, kinds, ret);
	peer_stop(pid);
}

static int on_device(void *user, const struct device *d, struct err *err)
{
	(void)err;
	buf_addf(user, "%s %s\n", d->id, device_state_word(d->state));
	return 0;
}

static void expect_same(const struct buf *got, const struct buf *want)
{
	size_t i = 0;
	while (i < got->n && i < want->n && got->data[i] == want->data[i])
		i++;
	if (got->n != want->n || i < got->n)
		fail_msg("from byte %zu on got\n%.300s\nwanted\n%.300s", i,
			 got->data + (i > 100 ? i - 100 : 0), want->data + (i > 100 ? i - 100 : 0));
}

/* ---- the tests ---- */

static void test_every_flavour_gives_every_row(void **state)
{
	(void)state;
	static const char *const flavours[] = { "aosp8", "pixel13", "old6", "samsung11" };
	const char *db = make_phone(200);
	for (size_t i = 0; i < 4; i++) {
		const struct peer_adbd peer = { .db = db, .flavour = flavours[i], .count_fd = -1 };
		bool calls = i != 3;
		struct outcome o;
		struct buf want = { 0 };
		wanted(db, calls, &want);
		read_phone(&peer, 0, &o);
		if (o.open || o.read || o.close)
			fail_msg("%s: %s %s", flavours[i], o.err.message, o.close_err.message);
		assert_true(want.n > 30000);
		expect_same(&o.records, &want);
		assert_non_null(strstr(o.states.data, "app org.thoughtcrime.securesms\n"));
		assert_non_null(strstr(o.told.data, "Revoke USB debugging authorisations"));
		assert_null(strstr(o.states.data, "loss sms"));
		if (calls)
			assert_null(strstr(o.states.data, "unreadable android-calls\n"));
		else
			assert_non_null(strstr(o.states.data, "unreadable android-calls\n"));
		outcome_free(&o);
		buf_free(&want);
	}
}

static void test_its_owner_is_asked(void **state)
{
	(void)state;
	const char *db = make_phone(3);
	struct outcome o;
	struct peer_adbd peer = { .db = db, .owner = OWNER_ALLOWS, .count_fd = -1 };
	read_phone(&peer, 0, &o);
	assert_int_equal(o.open, 0);
	assert_int_equal(o.read, 0);
	assert_non_null(strstr(o.told.data, "Allow USB debugging?"));
	assert_non_null(strstr(o.told.data, "The fingerprint of this computer's key"));
	outcome_free(&o);
	peer.owner = OWNER_SILENT;
	setenv("LINECHECK_DEVICE_SECONDS", "1", 1);
	read_phone(&peer, 0, &o);
	assert_int_equal(o.open, E_REFUSED);
	outcome_free(&o);
}

static void test_only_what_is_in_scope(void **state)
{
	(void)state;
	const struct peer_adbd peer = { .db = make_phone(3), .count_fd = -1 };
	struct outcome o;
	read_phone(&peer, KIND_BIT(REC_CALL), &o);
	assert_int_equal(o.read, 0);
	assert_non_null(strstr(o.states.data, "out-of-scope android-sms\n"));
	assert_null(strstr(o.records.data, "message "));
	assert_non_null(strstr(o.records.data, "call calls:1 "));
	outcome_free(&o);
}

static void test_what_is_gone_or_lies_is_said(void **state)
{
	(void)state;
	struct peer_adbd peer = { .db = make_phone(30), .vanish = 12, .count_fd = -1 };
	struct outcome o;
	read_phone(&peer, 0, &o);
	assert_int_equal(o.read, 0);
	assert_non_null(strstr(o.states.data, "loss sms: 1 texts were gone from the phone"));
	assert_non_null(strstr(o.records.data, "message sms:13 "));
	outcome_free(&o);
	peer = (struct peer_adbd){ .db = peer.db, .lies = true, .count_fd = -1 };
	read_phone(&peer, 0, &o);
	assert_int_equal(o.read, 0);
	assert_non_null(strstr(o.states.data, "loss the phone does not give sms (content://sms): "
					      "what it prints for it is not what"));
	assert_true(!o.records.n || !strstr(o.records.data, "message sms:"));
	outcome_free(&o);
	peer = (struct peer_adbd){ .db = peer.db, .miscounts = true, .count_fd = -1 };
	read_phone(&peer, 0, &o);
	struct buf want = { 0 };
	wanted(peer.db, true, &want);
	expect_same(&o.records, &want);
	buf_free(&want);
	outcome_free(&o);
	peer = (struct peer_adbd){ .db = peer.db, .toggles = true, .count_fd = -1 };
	read_phone(&peer, 0, &o);
	assert_int_equal(o.read, 0);
	assert_int_equal(o.close, E_FORMAT);
	assert_non_null(strstr(o.close_err.message, "linecheck did not change it"));
	outcome_free(&o);
}

static long count_packets(const char *db)
{
	int fds[2];
	char text[20] = "";
	struct outcome o;
	assert_int_equal(pipe(fds), 0);
	const struct peer_adbd peer = { .db = db, .owner = OWNER_ALLOWS, .count_fd = fds[1] };
	read_phone(&peer, 0, &o);
	close(fds[1]);
	assert_true(read(fds[0], text, sizeof text - 1) > 0);
	close(fds[0]);
	outcome_free(&o);
	return strtol(text, NULL, 10);
}

/* Each ends in words or in every record: never in some of them. */
static void test_a_fault_at_every_packet(void **state)
{
	(void)state;
	bool all = getenv("LINECHECK_LONG");
	const char *db = make_phone(3);
	struct buf want = { 0 };
	long packets = count_packets(db);
	wanted(db, true, &want);
	assert_true(packets > 60);
	for (int fault = FAULT_CLOSE; fault < FAULT_MAX; fault++) {
		bool slow = fault == FAULT_SILENT || fault == FAULT_DRIP || fault == FAULT_ORDER;
		if (slow && !all)
			continue; /* a second each */
		setenv("LINECHECK_DEVICE_SECONDS", slow ? "1" : "60", 1);
		for (long at = 1; at <= packets; at += all ? 1 : 61) {
			const struct peer_adbd peer = { .db = db,
							.owner = OWNER_ALLOWS,
							.fault = (enum peer_fault)fault,
							.at = at,
							.count_fd = -1 };
			struct outcome o;
			read_phone(&peer, 0, &o);
			if (o.open || o.read)
				assert_true(o.err.message[0] && !o.records.n);
			else
				expect_same(&o.records, &want);
			outcome_free(&o);
		}
	}
	buf_free(&want);
}

static void test_twenty_thousand_in_two_minutes(void **state)
{
	(void)state;
	bool real = getenv("LINECHECK_LONG");
	const char *db = make_phone(real ? 20000 : 1100);
	const struct peer_adbd peer = {
		.db = db, .flavour = "pixel13", .startup_ms = real ? 500 : 0, .count_fd = -1
	};
	struct outcome o;
	struct buf want = { 0 };
	wanted(db, true, &want);
	time_t start = time(NULL);
	read_phone(&peer, 0, &o);
	double seconds = difftime(time(NULL), start);
	assert_int_equal(o.read, 0);
	expect_same(&o.records, &want);
	if (real)
		print_message("%.0f seconds\n", seconds);
	assert_true(seconds < 120);
	outcome_free(&o);
	buf_free(&want);
}

static void test_addresses(void **state)
{
	(void)state;
	struct device_session *session = NULL;
	struct buf words = { 0 };
	const struct device_options options = { .training = true, .tell = told, .user = &words };
	static const struct {
		const char *id;
		int code;
	} ids[] = { { "adb:", E_USER },
		    { "adb:phone.example:5555", E_USER },
		    { "adb:127.0.0.1", E_USER },
		    { "adb:127.0.0.1:x", E_USER },
		    { "adb:127.0.0.1:1", E_ABSENT },
		    { "adb:[::1]:1", E_ABSENT },
		    { "SERIAL01", E_ABSENT } };
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		struct err err = { 0 };
		assert_int_equal(transport_adb.open(&session, ids[i].id, &options, &err),
				 ids[i].code);
		assert_true(err.message[0]);
	}
	buf_free(&words);
}

/* tests/device/android.sh: the real adbd, by address or on a (mocked) cable, whose `content` reads
 * the database at LINECHECK_ADB_DB. */
static void test_a_given_phone(void **state)
{
	const char *id = getenv("LINECHECK_ADB_PHONE"), *path = getenv("LINECHECK_ADB_DB");
	struct outcome o = { 0 };
	struct buf want = { 0 };
	struct err err = { 0 };
	(void)state;
	if (!id || !path) {
		fail_msg("LINECHECK_ADB_PHONE and LINECHECK_ADB_DB go together");
		return;
	}
	copy_file(make_phone(300), path);
	wanted(path, true, &want);
	setenv("LINECHECK_DEVICE_SECONDS", "30", 1);
	if (strncmp(id, "adb:", 4) != 0) {
		struct buf found = { 0 };
		assert_int_equal(transport_adb.devices(on_device, &found, &err), 0);
		buf_byte(&found, 0);
		assert_non_null(strstr(found.data, id));
		buf_free(&found);
	}
	read_session(id, strncmp(id, "adb:", 4) == 0, 0, &o);
	if (o.open || o.read || o.close)
		fail_msg("%s %s", o.err.message, o.close_err.message);
	expect_same(&o.records, &want);
	outcome_free(&o);
	buf_free(&want);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_every_flavour_gives_every_row),
		TEST(test_its_owner_is_asked),
		TEST(test_only_what_is_in_scope),
		TEST(test_what_is_gone_or_lies_is_said),
		TEST(test_a_fault_at_every_packet),
		TEST(test_twenty_thousand_in_two_minutes),
		TEST(test_addresses),
	};
	if (getenv("TEST_ONLY"))
		cmocka_set_test_filter(getenv("TEST_ONLY"));
	const struct CMUnitTest given[] = { TEST(test_a_given_phone) };
	if (getenv("LINECHECK_ADB_PHONE"))
		return cmocka_run_group_tests(given, NULL, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
