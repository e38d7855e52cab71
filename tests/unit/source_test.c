/* source_test.c - folders and single files: what is found, what is said, and that nothing in them
 * is touched. */
#include "evidence_source.h"
#include "sha256.h"
#include <sys/socket.h>
#include <sys/un.h>

static char folder[64];

static int set_up(void **state)
{
	(void)state;
	temp_folder(folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	remove_tree(folder);
	return 0;
}

static void test_layouts_of_phones(void **state)
{
	(void)state;
	static const char *const layouts[] = {
		"private/var/mobile/Library/SMS/sms.db",
		"mobile/Library/SMS/sms.db",
		"filesystem2/mobile/Library/SMS/sms.db",
		"Library/SMS/sms.db",
		"a/b/c/Library/SMS/sms.db",
		"LIBRARY/sms/SMS.DB",
	};
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
		char want[200];
		make_db(in(folder, layouts[i]), TEXTS("hello"));
		snprintf(want, sizeof want, "read t-text %s: \"hello\"\n", layouts[i]);
		expect_source(folder, want);
		remove_tree(folder);
		mkdir(folder, 0700);
	}
	static const char *const droids[] = {
		"data/data/com.android.providers.telephony/databases/mmssms.db",
		"data/user/0/com.android.providers.telephony/databases/mmssms.db",
		"data/user_de/0/com.android.providers.telephony/databases/mmssms.db",
		"com.android.providers.telephony/databases/mmssms.db",
	};
	for (size_t i = 0; i < sizeof droids / sizeof *droids; i++) {
		char want[200];
		make_db(in(folder, droids[i]), SMS("hi"));
		snprintf(want, sizeof want, "read t-droid %s: \"hi\"\n", droids[i]);
		expect_source(folder, want);
		remove_tree(folder);
		mkdir(folder, 0700);
	}
}

static void test_files_of_any_name(void **state)
{
	(void)state;
	make_db(in(folder, "evidence 1.bin"), TEXTS("loose"));
	make_db(in(folder, "sub/no-extension"), SMS("droid"));
	make_db(in(folder, "unclear.db"), CALLS("01632960001"));
	make_db(in(folder, "other.db"), "CREATE TABLE x(y)");
	make_db(in(folder, "photo.jpg"), TEXTS("looks like a photo"));
	write_file(in(folder, "export.txt"), SPAN("<list>1"));
	write_file(in(folder, "plain.txt"), SPAN("nothing in here is of interest"));
	expect_source(
		folder,
		"read t-text evidence 1.bin: \"loose\"\n"
		"read t-list export.txt: \"<list>1\"\n"
		"read t-droid sub/no-extension: \"droid\"\n"
		"unreadable - unclear.db (its content fits two kinds of file, Calls and Notes: "
		"not guessed. Give it the name it has on the phone)\n"
		"note other.db: a database of another kind than linecheck reads\n"
		"loss : files of an iPhone and of an Android phone are together here: whose "
		"phone each is cannot be told\n");
}

static void test_one_file(void **state)
{
	(void)state;
	make_db(in(folder, "photo.jpg"), TEXTS("by content"));
	expect_source(in(folder, "photo.jpg"), "read t-text photo.jpg: \"by content\"\n");
	/* named as one, being another */
	make_db(in(folder, "sms.db"), SMS("not an iPhone"));
	expect_source(in(folder, "sms.db"), "read t-droid sms.db: \"not an iPhone\"\n");
	make_db(in(folder, "old.db"), "CREATE TABLE call(number)");
	expect_source(in(folder, "old.db"), "read t-note old.db\n");
	make_db(in(folder, "new.db"), "CREATE TABLE sms(_id, words)");
	expect_source(in(folder, "new.db"), "newer-than-tested t-droid new.db (...\n");
	make_db(in(folder, "x.db"), "CREATE TABLE x(y)");
	expect_source(in(folder, "x.db"),
		      "present-not-read - x.db (a database that no parser of linecheck reads)\n");
	write_file(in(folder, "words.txt"), SPAN("only words"));
	expect_source(in(folder, "words.txt"),
		      "present-not-read - words.txt (not a kind of file that linecheck reads)\n");
	write_file(in(folder, "empty"), SPAN(""));
	expect_source(in(folder, "empty"), "unreadable - empty (The file is empty (0 bytes).)\n");
	write_file(in(folder, "backup.zip"), SPAN("PK"));
	expect_source(in(folder, "backup.zip"),
		      "unreadable - backup.zip (It is named as an archive, but is none that...\n");
	mkdir(in(folder, "d"), 0700);
	write_file(in(folder, "d/sms.db"), SPAN(""));
	expect_source(in(folder, "d/sms.db"),
		      "unreadable t-text sms.db (The file is empty (0 bytes).)\n");
	expect_source(in(folder, "nowhere"), "error absent: There is nothing at '...\n");
	expect_source("/dev/null",
		      "error user: '/dev/null' is a device, neither a folder nor a file: ...\n");
	/* a link that the user gives is the user's word */
	assert_int_equal(symlink(in(folder, "photo.jpg"), in(folder, "link")), 0);
	expect_source(in(folder, "link"), "read t-text photo.jpg: \"by content\"\n");
	struct source *s;
	struct source_options o = { .parsers = test_parsers };
	assert_int_equal(source_open(&s, in(folder, "link"), &o, NULL), 0);
	assert_string_equal(source_info(s)->label, "link");
	assert_string_equal(source_info(s)->kind, "file");
	assert_int_equal(source_info(s)->platform, PLATFORM_IOS);
	assert_int_equal(source_info(s)->files_seen, 1);
	assert_int_equal(source_info(s)->files_kept, 1);
	source_close(s);
}

/* A database with a -wal that adds one row and deletes another; copied while it is open. */
static void wal_db(const char *to)
{
	char wal[1100];
	const char *live = in(folder, "live.db");
	sqlite3 *db = sql_open(live);
	sql_run(db, "PRAGMA journal_mode=WAL; CREATE TABLE message(body);"
		    "INSERT INTO message VALUES('first'), ('deleted later');"
		    "PRAGMA wal_checkpoint(TRUNCATE);"
		    "DELETE FROM message WHERE body LIKE 'deleted%';"
		    "INSERT INTO message VALUES('newest');");
	char live_wal[160];
	snprintf(live_wal, sizeof live_wal, "%s-wal", live);
	snprintf(wal, sizeof wal, "%s-wal", to);
	copy_file(live, to);
	copy_file(live_wal, wal);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	unlink(live);
}

static void test_side_files(void **state)
{
	(void)state;
	char db[128], wal[160], journal[160];
	snprintf(db, sizeof db, "%s/t/Library/SMS/sms.db", folder);
	snprintf(wal, sizeof wal, "%s-wal", db);
	snprintf(journal, sizeof journal, "%s-journal", db);
	wal_db(db);
	expect_source(in(folder, "t"),
		      "read t-text Library/SMS/sms.db +wal: \"first\" \"newest\"\n");
	expect_source(db, "read t-text sms.db +wal: \"first\" \"newest\"\n");
	/* one that is not claimed by its name */
	wal_db(in(folder, "loose/any.name"));
	expect_source(in(folder, "loose"), "read t-text any.name +wal: \"first\" \"newest\"\n");
	write_file(journal, SPAN(""));
	expect_source(in(folder, "t"),
		      "read t-text Library/SMS/sms.db +wal,journal: \"first\" \"newest\"\n");
	unlink(journal);
	unlink(wal);
	expect_source(in(folder, "t"),
		      "read t-text Library/SMS/sms.db: \"first\" \"deleted later\"\n");
	/* a side file that is none */
	assert_int_equal(symlink("/etc/passwd", wal), 0);
	expect_source(in(folder, "t"),
		      "read t-text Library/SMS/sms.db: \"first\" \"deleted later\"\n"
		      "loss Library/SMS/sms.db-wal: a link: not followed\n");
	unlink(wal);
	assert_int_equal(mkdir(wal, 0700), 0);
	expect_source(in(folder, "t"),
		      "read t-text Library/SMS/sms.db: \"first\" \"deleted later\"\n"
		      "loss Library/SMS/sms.db-wal: a folder stands where this file should be\n");
	remove_tree(wal);
	/* a side file alone */
	write_file(wal, SPAN("x"));
	unlink(db);
	expect_source(in(folder, "t"),
		      "loss Library/SMS/sms.db-wal: a side file whose database is not there\n"
		      "loss : none of its files is of a kind that linecheck reads: is it a phone's "
		      "backup or copy?\n");
}

static void test_what_stands_in_a_databases_place(void **state)
{
	(void)state;
	char path[160], tree[128];
	snprintf(tree, sizeof tree, "%s/tree", folder);
	snprintf(path, sizeof path, "%s/Library/SMS/sms.db", tree);
	make_parents(path);
	assert_int_equal(mkdir(path, 0700), 0);
	expect_source(tree, "unreadable t-text Library/SMS/sms.db (a folder stands where this file "
			    "should be)\n");
	rmdir(path);
	make_db(in(folder, "elsewhere"), TEXTS("reached by a link"));
	assert_int_equal(symlink("../../../elsewhere", path), 0);
	expect_source(tree, "unreadable t-text Library/SMS/sms.db (a link stands where this file "
			    "should be: not followed)\n");
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	expect_source(tree, "unreadable t-text Library/SMS/sms.db (it is not a regular file: not "
			    "opened)\n");
	unlink(path);
	/* as many zeros as one likes */
	write_file(path, SPAN(""));
	assert_int_equal(truncate(path, (off_t)64 << 20), 0);
	struct source *s;
	struct evidence *e;
	struct input input;
	struct err err = { 0 };
	struct source_options o = { .parsers = test_parsers };
	assert_int_equal(source_open(&s, tree, &o, NULL), 0);
	assert_int_equal(source_files(s), 1);
	struct evidence_file *f = source_file(s, 0);
	assert_int_equal(evidence_open(&e, s, 0, &input, &err), E_FORMAT);
	assert_int_equal(f->state, EVIDENCE_UNREADABLE);
	assert_non_null(strstr(f->detail, "not a SQLite database"));
	assert_string_equal(f->sha256,
			    "3b6a07d0d404fab4e23b6d34bc6696a6a312dd92821332385e5af7c01c421351");
	source_close(s);
}

static void test_links_and_things_are_not_followed(void **state)
{
	(void)state;
	char outside[64];
	temp_folder(outside);
	make_db(in(outside, "Library/SMS/sms.db"), TEXTS("outside"));
	make_db(in(folder, "Library/SMS/sms.db"), TEXTS("inside"));
	assert_int_equal(symlink(outside, in(folder, "link-to-folder")), 0);
	assert_int_equal(symlink("..", in(folder, "Library/loop")), 0);
	assert_int_equal(symlink("/etc/passwd", in(folder, "link-to-file")), 0);
	assert_int_equal(mkfifo(in(folder, "fifo"), 0600), 0);
	int sock = socket(AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	snprintf(a.sun_path, sizeof a.sun_path, "%s/socket", folder);
	assert_int_equal(bind(sock, (struct sockaddr *)&a, sizeof a), 0);
	write_file(in(folder, "bad-\xff-name"), SPAN("0123456789abcdef"));
	expect_source(folder,
		      "read t-text Library/SMS/sms.db: \"inside\"\n"
		      "note Library/loop: a link to something in the source: looked at there\n"
		      "loss link-to-file: a link to something that the source does not have: "
		      "not followed\n"
		      "loss link-to-folder: a link to something that the source does not have: "
		      "not followed\n"
		      "note bad-\xff-name: a name that is not UTF-8\n"
		      "note fifo: not a regular file: not opened\n"
		      "note socket: not a regular file: not opened\n");
	close(sock);
	remove_tree(outside);
}

/* A link hides nothing where the source has what it points to. */
static void test_links_within_the_source(void **state)
{
	(void)state;
	make_db(in(folder, "t/data/data/p/Library/SMS/sms.db"), TEXTS("inside"));
	make_db(in(folder, "t/private/var/x/note"), "CREATE TABLE x(y)");
	mkdir(in(folder, "t/data/user"), 0700);
	assert_int_equal(symlink("/data/data", in(folder, "t/data/user/0")), 0);
	assert_int_equal(symlink("/var/x/./note", in(folder, "t/data/ios")), 0);
	assert_int_equal(symlink("../../outside", in(folder, "t/data/out")), 0);
	assert_int_equal(symlink("data/p/../none", in(folder, "t/data/none")), 0);
	assert_int_equal(symlink("user/0", in(folder, "t/data/chain")), 0);
	make_parents(in(folder, "t/data/x/Library/SMS/sms.db"));
	assert_int_equal(symlink("../../../data/p/Library/SMS/sms.db",
				 in(folder, "t/data/x/Library/SMS/sms.db")),
			 0);
	write_file(in(folder, "t/more.zip"), SPAN("PK\3\4 and so on"));
	write_file(in(folder, "t/report.ufdr"), SPAN("PK\3\4 and so on"));
	write_file(in(folder, "t/none.zip"), SPAN(""));
	write_file(in(folder, "t/Some.app/res.zip"), SPAN("PK\3\4 and so on"));
	expect_source(
		in(folder, "t"),
		"read t-text data/data/p/Library/SMS/sms.db: \"inside\"\n"
		"note private/var/x/note: a database of another kind than linecheck reads\n"
		"note data/x/Library/SMS/sms.db: a link to a file of the source that is read "
		"there\n"
		"note data/ios: a link to something in the source: looked at there\n"
		"note data/user/0: a link to something in the source: looked at there\n"
		"loss data/chain: a link to something that the source does not have: not "
		"followed\n"
		"loss data/none: a link to something that the source does not have: not "
		"followed\n"
		"loss data/out: a link to something that the source does not have: not "
		"followed\n"
		"loss more.zip: an archive within the source: not opened. Take it out, and give "
		"it as a source of its own\n"
		"loss report.ufdr: an archive within the source: not opened. Take it out, and give "
		"it as a source of its own\n");
	mkdir(in(folder, "e"), 0700);
	expect_source(in(folder, "e"), "loss : the folder is empty: there is no file in it\n");
}

static void test_depth_ends(void **state)
{
	(void)state;
	struct buf b = { 0 };
	int dir = open(folder, O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < 230; i++) {
		assert_int_equal(mkdirat(dir, "d", 0700), 0);
		int below = openat(dir, "d", O_RDONLY | O_DIRECTORY);
		close(dir);
		dir = below;
	}
	close(dir);
	tell_path(folder, NULL, &b);
	assert_non_null(strstr(b.data, "loss d/d/d/d"));
	assert_non_null(strstr(b.data, "folders deeper than 200 are not walked"));
	buf_free(&b);
}

static int name_order(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Everything about a tree: names, kinds, times, sizes; without moving a time itself. */
static void hash_tree(const char *path, struct sha256 *h)
{
	char names[50][256];
	size_t n = 0;
	DIR *d = fdopendir(open(path, O_RDONLY | O_DIRECTORY | O_NOATIME));
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			snprintf(names[n++], sizeof names[0], "%s", e->d_name);
	closedir(d);
	qsort(names, n, sizeof names[0], name_order);
	for (size_t i = 0; i < n; i++) {
		char below[1024];
		struct stat st;
		snprintf(below, sizeof below, "%s/%s", path, names[i]);
		assert_int_equal(lstat(below, &st), 0);
		sha256_add(h, span_z(below));
		const int64_t facts[] = {
			st.st_mode,         (int64_t)st.st_ino, st.st_size,
			st.st_mtim.tv_sec,  st.st_mtim.tv_nsec, st.st_ctim.tv_sec,
			st.st_ctim.tv_nsec, st.st_atim.tv_sec,  st.st_atim.tv_nsec
		};
		sha256_add(h, (span){ (const char *)facts, sizeof facts });
		if (S_ISDIR(st.st_mode)) {
			hash_tree(below, h);
		} else {
			int fd = open(below, O_RDONLY | O_NOATIME);
			char bytes[100000];
			ssize_t got = read(fd, bytes, sizeof bytes);
			assert_true(got >= 0 && got == st.st_size);
			sha256_add(h, (span){ bytes, (size_t)got });
			close(fd);
		}
	}
}

static void test_the_source_stays_as_it_is(void **state)
{
	(void)state;
	char before[65], after[65];
	char db[128];
	snprintf(db, sizeof db, "%s/Library/SMS/sms.db", folder);
	wal_db(db);
	make_db(in(folder, "loose.db"), CALLS("01632960001"));
	make_db(in(folder, "hot/sms.db"), TEXTS("x"));
	write_file(in(folder, "hot/sms.db-journal"), SPAN("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7....."));
	write_file(in(folder, "x.list"), SPAN("<list>"));
	/* times of long ago, so that reading would move the time of access */
	struct timespec old[2] = { { 1000000000, 0 }, { 1000000000, 0 } };
	static const char *const paths[] = { "Library/SMS/sms.db",
					     "Library/SMS/sms.db-wal",
					     "loose.db",
					     "hot/sms.db",
					     "x.list",
					     "Library",
					     "hot",
					     "Library/SMS" };
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		assert_int_equal(utimensat(AT_FDCWD, in(folder, paths[i]), old, 0), 0);
	struct sha256 *h = sha256_new(NULL);
	hash_tree(folder, h);
	sha256_end(h, before, NULL);
	struct buf b = { 0 };
	tell_path(folder, NULL, &b);
	tell_path(db, NULL, &b);
	assert_non_null(strstr(b.data, "newest"));
	buf_free(&b);
	hash_tree(folder, h);
	sha256_end(h, after, NULL);
	sha256_free(h);
	assert_string_equal(before, after);
}

static void test_a_change_is_said(void **state)
{
	(void)state;
	make_db(in(folder, "Library/SMS/sms.db"), TEXTS("one"));
	make_db(in(folder, "Library/Calls/calls.db"), CALLS("01632960001"));
	struct source *s;
	struct evidence *e;
	struct input input;
	struct source_options o = { .parsers = test_parsers };
	assert_int_equal(source_open(&s, folder, &o, NULL), 0);
	assert_int_equal(source_files(s), 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(evidence_open(&e, s, i, &input, NULL), 0);
		evidence_close(e);
	}
	source_check_unchanged(s);
	assert_int_equal(source_notes(s), 0);
	source_close(s);

	assert_int_equal(source_open(&s, folder, &o, NULL), 0);
	write_file(in(folder, "Library/Calls/calls.db"), SPAN("shorter")); /* before it is opened */
	for (size_t i = 0; i < 2; i++)
		if (evidence_open(&e, s, i, &input, NULL) == 0)
			evidence_close(e);
	make_db(in(folder, "Library/SMS/sms.db"), "INSERT INTO message VALUES('two')");
	source_check_unchanged(s);
	assert_int_equal(source_notes(s), 2);
	assert_true(source_note(s, 0)->loss);
	assert_non_null(strstr(source_note(s, 0)->detail, "it changed while linecheck worked"));
	assert_true(span_eq(source_note(s, 0)->path, SPAN("Library/SMS/sms.db")));
	assert_non_null(strstr(source_note(s, 1)->detail, "length changed"));
	source_close(s);
}

/* Of the list, then of the one file in it. */
static void fingerprint_in(const char *path, unsigned kinds, char out[129])
{
	struct source *s;
	struct source_options o = { .parsers = test_parsers, .kinds = kinds };
	assert_int_equal(source_open(&s, path, &o, NULL), 0);
	assert_int_equal(source_files(s), 1);
	snprintf(out, 129, "%s%s", source_info(s)->fingerprint, source_file(s, 0)->ends);
	source_close(s);
}

static void fingerprint_of(const char *path, char out[129])
{
	fingerprint_in(path, 0, out);
	assert_int_equal(strlen(out), 128);
}

static void test_fingerprint(void **state)
{
	(void)state;
	char a[129], b[129];
	make_db(in(folder, "a/Library/SMS/sms.db"), TEXTS("one"));
	write_file(in(folder, "a/picture.jpg"), SPAN("not wanted"));
	fingerprint_of(in(folder, "a"), a);
	fingerprint_of(in(folder, "a"), b);
	assert_string_equal(a, b);
	/* elsewhere, at another time, with another picture: the same source */
	copy_file(in(folder, "a/Library/SMS/sms.db"), in(folder, "b/Library/SMS/sms.db"));
	fingerprint_of(in(folder, "b"), b);
	assert_string_equal(a, b);
	/* the same length, another change: another source */
	make_db(in(folder, "b/Library/SMS/sms.db"), "UPDATE message SET body = 'two'");
	struct stat x, y;
	assert_int_equal(stat(in(folder, "a/Library/SMS/sms.db"), &x), 0);
	assert_int_equal(stat(in(folder, "b/Library/SMS/sms.db"), &y), 0);
	assert_int_equal(x.st_size, y.st_size);
	fingerprint_of(in(folder, "b"), b);
	assert_string_not_equal(a, b);
	assert_memory_equal(a, b, 64);
	/* out of scope: the same list, none of its bytes */
	fingerprint_in(in(folder, "a"), KIND_BIT(REC_CALL), b);
	assert_int_equal(strlen(b), 64);
	assert_memory_equal(a, b, 64);
}

static void test_the_same_bytes_count_once(void **state)
{
	(void)state;
	make_db(in(folder, "data/data/com.android.providers.telephony/databases/mmssms.db"),
		SMS("once"));
	copy_file(in(folder, "data/data/com.android.providers.telephony/databases/mmssms.db"),
		  in(folder, "data/user/0/com.android.providers.telephony/databases/mmssms.db"));
	expect_source(
		folder,
		"read t-droid data/data/com.android.providers.telephony/databases/mmssms.db: "
		"\"once\"\n"
		"read t-droid data/user/0/com.android.providers.telephony/databases/mmssms.db "
		"(The same bytes as 'data/data/com.android.providers.telephony/databases/"
		"mmssms.db': read and counted there.)\n");
}

static void test_apps(void **state)
{
	(void)state;
	make_db(in(folder, "data/data/com.whatsapp/databases/msgstore.db"), "CREATE TABLE m(x)");
	make_db(in(folder, "data/data/co.uk.getmondo/databases/x.db"), "CREATE TABLE m(x)");
	write_file(in(folder, "data/app/~~r==/org.thoughtcrime.securesms-Ab3==/base.apk"),
		   SPAN("not looked into"));
	struct buf b = { 0 };
	tell_path(folder, NULL, &b);
	expect_text(buf_span(&b).p,
		    "present-not-read - data/data/com.whatsapp/databases/msgstore.db (WhatsApp: on "
		    "the phone, but linecheck does not read it)\n"
		    "app Signal (its messages are encrypted)\napp WhatsApp\napp Monzo\n"
		    "note data/data/co.uk.getmondo/databases/x.db: a database of another kind than "
		    "linecheck reads\n");
	buf_free(&b);
}

static bool stop_at_once(void *user, const char *what, uint64_t done, uint64_t total)
{
	(void)what;
	(void)done;
	(void)total;
	return --*(int *)user >= 0;
}

static void test_stopping(void **state)
{
	(void)state;
	make_db(in(folder, "Library/SMS/sms.db"), TEXTS("x"));
	struct source *s;
	struct evidence *e;
	struct input input;
	int left = 0;
	struct source_options o = { .parsers = test_parsers,
				    .progress = stop_at_once,
				    .user = &left };
	assert_int_equal(source_open(&s, folder, &o, NULL), E_STOPPED);
	left = 1000;
	assert_int_equal(source_open(&s, folder, &o, NULL), 0);
	left = 0;
	assert_int_equal(evidence_open(&e, s, 0, &input, NULL), E_STOPPED);
	assert_int_equal(source_file(s, 0)->state, EVIDENCE_READ); /* nothing is wrong with it */
	source_close(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_layouts_of_phones),
		TEST(test_files_of_any_name),
		TEST(test_one_file),
		TEST(test_side_files),
		TEST(test_what_stands_in_a_databases_place),
		TEST(test_links_and_things_are_not_followed),
		TEST(test_links_within_the_source),
		TEST(test_depth_ends),
		TEST(test_the_source_stays_as_it_is),
		TEST(test_a_change_is_said),
		TEST(test_fingerprint),
		TEST(test_the_same_bytes_count_once),
		TEST(test_apps),
		TEST(test_stopping),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
