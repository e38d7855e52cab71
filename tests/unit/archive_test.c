/* archive_test.c - archives give what the folder they were made of gives, and nothing in them can
 * write, loop or fill a disk. */
#include "evidence_source.h"
#include "passwords.h"
#include "sha256.h"
#include "vault.h"
#include "want.h"
#include <archive.h>
#include <archive_entry.h>

#define ZEROS_20M "9e21c61969cd3e077a1b2b58ddb583b175e13c6479d2d83912eaddc23c0cdd52"

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

/* ---- making archives ---- */

struct pack {
	struct archive *a;
	struct archive_entry *e;
};

static void pack_open(struct pack *p, const char *path, const char *format, const char *filter,
		      const char *options)
{
	p->a = archive_write_new();
	p->e = archive_entry_new();
	assert_int_equal(archive_write_set_format_by_name(p->a, format), ARCHIVE_OK);
	if (filter)
		assert_int_equal(archive_write_add_filter_by_name(p->a, filter), ARCHIVE_OK);
	if (options) {
		assert_int_equal(archive_write_set_options(p->a, options), ARCHIVE_OK);
		archive_write_set_passphrase(p->a, "secret");
	}
	assert_int_equal(archive_write_open_filename(p->a, path), ARCHIVE_OK);
}

static struct archive_entry *entry(struct pack *p, const char *name, unsigned type, int64_t size)
{
	archive_entry_clear(p->e);
	archive_entry_set_pathname(p->e, name);
	archive_entry_set_filetype(p->e, type);
	archive_entry_set_perm(p->e, 0644);
	archive_entry_set_mtime(p->e, 1500000000, 0);
	if (size >= 0)
		archive_entry_set_size(p->e, size);
	return p->e;
}

static void pack_file(struct pack *p, const char *name, span bytes)
{
	assert_int_equal(archive_write_header(p->a, entry(p, name, AE_IFREG, (int64_t)bytes.n)),
			 ARCHIVE_OK);
	assert_int_equal(archive_write_data(p->a, bytes.p, bytes.n), bytes.n);
}

static void pack_from(struct pack *p, const char *name, const char *path)
{
	span bytes = read_file(path);
	assert_non_null(bytes.p);
	pack_file(p, name, bytes);
	free((void *)bytes.p);
}

static void pack_close(struct pack *p)
{
	archive_entry_free(p->e);
	assert_int_equal(archive_write_free(p->a), ARCHIVE_OK);
}

static void pack_tree(struct pack *p, const char *root, const char *below, const char *prefix)
{
	char names[100][256], path[2048], name[2048];
	size_t n = 0;
	snprintf(path, sizeof path, "%s/%s", root, below);
	DIR *d = opendir(path);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		if (e->d_name[0] != '.')
			snprintf(names[n++], sizeof names[0], "%s", e->d_name);
	closedir(d);
	for (size_t i = 0; i < n; i++) {
		struct stat st;
		snprintf(path, sizeof path, "%s/%s%s", root, below, names[i]);
		snprintf(name, sizeof name, "%s%s%s", prefix, below, names[i]);
		assert_int_equal(lstat(path, &st), 0);
		if (S_ISDIR(st.st_mode)) {
			char deeper[1024];
			snprintf(deeper, sizeof deeper, "%.700s%s/", below, names[i]);
			pack_tree(p, root, deeper, prefix);
		} else {
			pack_from(p, name, path);
		}
	}
}

static const char *vault_path(void)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/vault", folder);
	return path;
}

/* A fresh vault for each archive. */
static const char *vault(void)
{
	remove_tree(vault_path());
	assert_int_equal(mkdir(vault_path(), 0700), 0);
	return vault_path();
}

static void expect_in_vault(const char *name, span want)
{
	struct vault *v;
	struct reader *r;
	char *is = malloc(want.n + 1);
	assert_int_equal(vault_open_kept(&v, vault_path(), test_vault_key(), NULL), 0);
	assert_int_equal(vault_read(v, name, &r, NULL), 0);
	assert_true(reader_size(r) == want.n);
	assert_true(reader_at(r, is, want.n + 1, 0, NULL) == (ptrdiff_t)want.n);
	assert_memory_equal(is, want.p, want.n);
	reader_free(r);
	vault_free(v);
	free(is);
}

static size_t in_vault(void)
{
	size_t n = 0;
	DIR *d = opendir(vault_path());
	for (struct dirent *e; (e = readdir(d));)
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static void expect_archive(const char *path, const char *want)
{
	struct buf got = { 0 };
	tell_path(path, vault(), &got);
	expect_text(got.data ? got.data : "", want);
	buf_free(&got);
}

static const struct {
	const char *name, *format, *filter;
} kinds[] = {
	{ "a.zip", "zip", NULL },        { "a.tar", "pax", NULL },
	{ "a.ustar", "ustar", NULL },    { "a.tar.gz", "gnutar", "gzip" },
	{ "a.tar.xz", "pax", "xz" },     { "a.tar.zst", "pax", "zstd" },
	{ "a.tar.bz2", "pax", "bzip2" }, { "a.7z", "7zip", NULL },
};
#define KINDS (sizeof kinds / sizeof *kinds)

/* ---- the same as a folder ---- */

static void make_tree(void)
{
	sqlite3 *db = sql_open(in(folder, "live.db"));
	sql_run(db, "PRAGMA journal_mode=WAL; CREATE TABLE message(body);"
		    "INSERT INTO message VALUES('old'); PRAGMA wal_checkpoint(TRUNCATE);"
		    "INSERT INTO message VALUES('new')");
	copy_file(in(folder, "live.db"), in(folder, "tree/private/var/mobile/Library/SMS/sms.db"));
	copy_file(in(folder, "live.db-wal"),
		  in(folder, "tree/private/var/mobile/Library/SMS/sms.db-wal"));
	sql_run(db, "INSERT INTO message VALUES('newer')");
	copy_file(in(folder, "live.db"), in(folder, "tree/loose/any name"));
	copy_file(in(folder, "live.db-wal"), in(folder, "tree/loose/any name-wal"));
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	make_db(in(folder, "tree/private/var/mobile/Containers/x/ChatStorage.sqlite"),
		"CREATE TABLE x(y)");
	make_db(in(folder, "tree/private/var/mobile/Library/Other/other.db"), "CREATE TABLE x(y)");
	make_db(in(folder, "tree/unclear.db"), CALLS("01632960001"));
	make_db(in(folder, "tree/notes/notes.db"), CALLS("01632960002"));
	write_file(in(folder, "tree/a.list"), SPAN("<list>a"));
	write_file(in(folder, "tree/b.txt"), SPAN("<list>b"));
	write_file(in(folder, "tree/words.txt"), SPAN("words"));
	write_file(in(folder, "tree/empty"), SPAN(""));
	write_file(in(folder, "tree/photo.jpg"), SPAN("SQLite format 3"));
}

static void test_an_archive_reads_as_its_folder(void **state)
{
	(void)state;
	make_tree();
	struct buf of_folder = { 0 };
	tell_path(in(folder, "tree"), NULL, &of_folder);
	assert_non_null(strstr(of_folder.data, "sms.db +wal: \"old\" \"new\"\n"));
	assert_non_null(strstr(of_folder.data, "any name +wal"));
	for (size_t i = 0; i < KINDS; i++) {
		struct pack p;
		pack_open(&p, in(folder, kinds[i].name), kinds[i].format, kinds[i].filter, NULL);
		pack_tree(&p, in(folder, "tree"), "", "");
		pack_close(&p);
		expect_archive(in(folder, kinds[i].name), of_folder.data);
		/* what is kept: the wanted files, byte for byte, and nothing else */
		struct source *s;
		struct source_options o = { .vault_dir = vault(),
					    .vault_key = test_vault_key(),
					    .parsers = test_parsers };
		assert_int_equal(source_open(&s, in(folder, kinds[i].name), &o, NULL), 0);
		assert_string_equal(source_info(s)->kind, "archive");
		size_t kept = 0;
		for (size_t k = 0; k < source_files(s); k++) {
			struct evidence_file *f = source_file(s, k);
			char file[1100];
			kept += f->vault != NULL;
			if (!f->vault)
				continue;
			snprintf(file, sizeof file, "%s/tree/%.*s", folder, (int)f->path.n,
				 f->path.p);
			span was = read_file(file);
			expect_in_vault(f->vault, was);
			free((void *)was.p);
			for (size_t n = 0; n < f->side_n; n++)
				kept += f->side[n].vault != NULL;
		}
		assert_true(kept >= 7);
		assert_int_equal(in_vault(), kept);
		source_close(s);
		assert_int_equal(in_vault(), kept);
	}
	/* at any depth */
	struct pack p;
	pack_open(&p, in(folder, "deep.zip"), "zip", NULL, NULL);
	pack_tree(&p, in(folder, "tree"), "", "cases/2026/phone 1/");
	pack_close(&p);
	struct buf got = { 0 };
	tell_path(in(folder, "deep.zip"), vault(), &got);
	assert_non_null(strstr(got.data,
			       "read t-text cases/2026/phone 1/private/var/mobile/Library/"
			       "SMS/sms.db +wal: \"old\" \"new\"\n"));
	buf_free(&got);
	buf_free(&of_folder);
}

/* ---- backups ---- */

static const char *payload(const char *domain, const char *path)
{
	static char names[4][64];
	static unsigned turn;
	unsigned char id[20];
	char *p = names[turn++ % 4];
	assert_true(want_backup_id(span_z(domain), span_z(path), id));
	snprintf(p, sizeof names[0], "%02x/", id[0]);
	for (int i = 0; i < 20; i++)
		snprintf(p + 3 + (ptrdiff_t)2 * i, 3, "%02x", id[i]);
	return p;
}

static void test_backup_before_and_after_its_list(void **state)
{
	(void)state;
	make_db(in(folder, "sms.db"), TEXTS("hello"));
	make_db(in(folder, "chat.db"), "CREATE TABLE chat(line); INSERT INTO chat VALUES('psst')");
	make_db(in(folder, "other.db"), "CREATE TABLE x(y)");
	sqlite3 *db = sql_open(in(folder, "Manifest.db"));
	sql_run(db, "CREATE TABLE Files(fileID, domain, relativePath, flags, file)");
	static const char *const files[][2] = {
		{ "HomeDomain", "Library/SMS/sms.db" },
		{ "AppDomain-org.example.chat", "Documents/chat.db" },
		{ "HomeDomain", "Library/Other/other.db" },
	};
	for (size_t i = 0; i < 3; i++) {
		char *sql = sqlite3_mprintf("INSERT INTO Files VALUES(%Q, %Q, %Q, 1, NULL)",
					    payload(files[i][0], files[i][1]) + 3, files[i][0],
					    files[i][1]);
		sql_run(db, sql);
		sqlite3_free(sql);
	}
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	static const char *const local[] = { "sms.db", "chat.db", "other.db" };
	for (int first = 0; first < 2; first++) {
		for (size_t k = 0; k < KINDS; k++) {
			struct pack p;
			char name[128];
			pack_open(&p, in(folder, kinds[k].name), kinds[k].format, kinds[k].filter,
				  NULL);
			if (first)
				pack_from(&p, "UDID/Manifest.db", in(folder, "Manifest.db"));
			for (size_t i = 0; i < 3; i++) {
				snprintf(name, sizeof name, "UDID/%s",
					 payload(files[i][0], files[i][1]));
				pack_from(&p, name, in(folder, local[i]));
			}
			if (!first)
				pack_from(&p, "UDID/Manifest.db", in(folder, "Manifest.db"));
			pack_close(&p);
			/* the chat is not known by an exact path: it is kept for its content until
			 * the list says what it is */
			expect_archive(
				in(folder, kinds[k].name),
				"read t-chat UDID/AppDomain-org.example.chat/Documents/"
				"chat.db: \"psst\"\n"
				"read t-text UDID/HomeDomain/Library/SMS/sms.db: \"hello\"\n");
			assert_int_equal(in_vault(), 2);
		}
	}
}

/* ---- what an archive can be full of ---- */

static void test_names(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("x"));
	make_db(in(folder, "n.db"), CALLS("01632960001"));
	struct pack p;
	pack_open(&p, in(folder, "a.tar"), "gnutar", NULL, NULL);
	pack_from(&p, "/abs/Library/SMS/sms.db", in(folder, "m.db"));
	pack_from(&p, "../../../../tmp/Library/Calls/calls.db", in(folder, "n.db"));
	pack_from(&p, "./dot/notes.db", in(folder, "n.db"));
	pack_file(&p, "caf\xe9/words", SPAN("words"));
	archive_entry_set_symlink(entry(&p, "Library/SMS/sms.db", AE_IFLNK, -1), "/etc/passwd");
	assert_int_equal(archive_write_header(p.a, p.e), ARCHIVE_OK);
	archive_entry_set_hardlink(entry(&p, "hard/Library/SMS/sms.db", AE_IFREG, -1),
				   "abs/Library/SMS/sms.db");
	assert_int_equal(archive_write_header(p.a, p.e), ARCHIVE_OK);
	archive_entry_set_rdev(entry(&p, "dev/Library/SMS/sms.db", AE_IFBLK, -1), 2049);
	assert_int_equal(archive_write_header(p.a, p.e), ARCHIVE_OK);
	assert_int_equal(archive_write_header(p.a, entry(&p, "fifo", AE_IFIFO, -1)), ARCHIVE_OK);
	assert_int_equal(archive_write_header(p.a, entry(&p, "f/Library/SMS/sms.db", AE_IFDIR, -1)),
			 ARCHIVE_OK);
	pack_close(&p);
	expect_archive(
		in(folder, "a.tar"),
		"read t-call ../../../../tmp/Library/Calls/calls.db: \"01632960001\"\n"
		"unreadable t-text Library/SMS/sms.db (a link stands where this file should "
		"be: not followed)\n"
		"read t-text abs/Library/SMS/sms.db: \"x\"\n"
		"unreadable t-text dev/Library/SMS/sms.db (it is not a regular file: not "
		"opened)\n"
		"read t-note dot/notes.db: \"01632960001\"\n"
		"unreadable t-text f/Library/SMS/sms.db (a folder stands where this file "
		"should be)\n"
		"note hard/Library/SMS/sms.db: a link to a file of the source that is read there\n"
		"note ../../../../tmp/Library/Calls/calls.db: a name that climbs out of its "
		"folder ('..'): nothing is ever written under it\n"
		"note caf\xe9/words: a name that is not UTF-8\n"
		"note /abs/Library/SMS/sms.db: an absolute name: taken as relative\n"
		"note fifo: not a regular file: not opened\n");
	assert_int_equal(access("/tmp/Library/Calls/calls.db", F_OK), -1);
}

static void test_links_archives_and_ends(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("x"));
	static const char *const formats[] = { "zip", "pax" };
	for (size_t i = 0; i < 2; i++) {
		struct pack p;
		pack_open(&p, in(folder, "a"), formats[i], NULL, NULL);
		archive_entry_set_symlink(entry(&p, "data/user/0", AE_IFLNK, -1), "/data/data");
		assert_int_equal(archive_write_header(p.a, p.e), ARCHIVE_OK);
		pack_from(&p, "data/data/p/Library/SMS/sms.db", in(folder, "m.db"));
		archive_entry_set_symlink(entry(&p, "data/gone", AE_IFLNK, -1), "../else/where");
		assert_int_equal(archive_write_header(p.a, p.e), ARCHIVE_OK);
		pack_file(&p, "inner.tar.gz", SPAN("not looked at"));
		pack_close(&p);
		expect_archive(
			in(folder, "a"),
			"read t-text data/data/p/Library/SMS/sms.db: \"x\"\n"
			"note data/user/0: a link to something in the source: looked at "
			"there\n"
			"loss data/gone: a link to something that the source does not have: not "
			"followed\n"
			"loss inner.tar.gz: an archive within the source: not opened. Take it out, "
			"and give it as a source of its own\n");
		/* cut behind the last entry: all is read, and the cut is said */
		span whole = read_file(in(folder, "a"));
		size_t cut = i ? 1100 : 30;
		write_file(in(folder, "cut"), (span){ whole.p, whole.n - cut });
		struct buf got = { 0 };
		tell_path(in(folder, "cut"), vault(), &got);
		assert_non_null(strstr(got.data, "sms.db: \"x\"\n"));
		assert_non_null(strstr(got.data, i ? "loss : the archive has no end mark"
						   : "loss : the archive is cut short"));
		buf_free(&got);
		free((void *)whole.p);
		pack_open(&p, in(folder, "none"), formats[i], NULL, NULL);
		pack_close(&p);
		if (i == 0)
			expect_archive(in(folder, "none"),
				       "loss : the archive is empty: there is no file in it\n");
	}
}

static void test_odd_bytes_in_names(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("x"));
	static const char *const formats[] = { "zip", "ustar", "gnutar" };
	for (size_t i = 0; i < 3; i++) {
		struct pack p;
		pack_open(&p, in(folder, "a"), formats[i], NULL, NULL);
		pack_from(&p, "caf\xe9/Library/SMS/sms.db", in(folder, "m.db"));
		pack_from(&p, "caf\xc3\xa9/Library/SMS/sms.db", in(folder, "m.db"));
		pack_close(&p);
		struct buf got = { 0 };
		tell_path(in(folder, "a"), vault(), &got);
		assert_non_null(strstr(got.data, "t-text caf\xe9/Library/SMS/sms.db"));
		assert_non_null(strstr(got.data, "t-text caf\xc3\xa9/Library/SMS/sms.db"));
		assert_non_null(strstr(
			got.data, "note caf\xe9/Library/SMS/sms.db: a name that is not UTF-8"));
		buf_free(&got);
	}
	/* packed on Windows */
	struct pack p;
	pack_open(&p, in(folder, "a.zip"), "ustar", NULL, NULL);
	pack_from(&p, "private\\var\\mobile\\Library\\SMS\\sms.db", in(folder, "m.db"));
	pack_close(&p);
	struct buf got = { 0 };
	tell_path(in(folder, "a.zip"), vault(), &got);
	assert_non_null(strstr(got.data, "SMS\\sms.db: \"x\"\n"));
	buf_free(&got);
}

static void test_duplicates_are_never_merged(void **state)
{
	(void)state;
	make_db(in(folder, "one.db"), TEXTS("one"));
	make_db(in(folder, "two.db"), TEXTS("two"));
	static const char *const formats[] = { "zip", "ustar" };
	for (size_t i = 0; i < 2; i++) {
		struct pack p;
		pack_open(&p, in(folder, "a"), formats[i], NULL, NULL);
		pack_from(&p, "Library/SMS/sms.db", in(folder, "one.db"));
		pack_from(&p, "Library/SMS/sms.db", in(folder, "two.db"));
		pack_from(&p, "./Library/SMS/sms.db", in(folder, "one.db"));
		pack_close(&p);
		expect_archive(in(folder, "a"),
			       "read t-text Library/SMS/sms.db: \"one\"\n"
			       "read t-text Library/SMS/sms.db: \"two\"\n"
			       "read t-text Library/SMS/sms.db (The same bytes as "
			       "'Library/SMS/sms.db': read and counted there.)\n"
			       "note Library/SMS/sms.db: this name is there more than once: each "
			       "was read, in order\n"
			       "note Library/SMS/sms.db: this name is there more than once: each "
			       "was read, in order\n");
	}
}

static void test_encrypted_entries(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("x"));
	static const char *const options[] = { "zip:encryption=traditional",
					       "zip:encryption=aes256" };
	for (size_t i = 0; i < 2; i++) {
		struct pack p;
		pack_open(&p, in(folder, "a.zip"), "zip", NULL, options[i]);
		pack_from(&p, "Library/SMS/sms.db", in(folder, "m.db"));
		pack_from(&p, "unknown", in(folder, "m.db"));
		pack_close(&p);
		expect_archive(in(folder, "a.zip"),
			       "encrypted t-text Library/SMS/sms.db (encrypted inside the "
			       "archive...\n"
			       "loss unknown: encrypted inside the archive: not looked at\n");
		assert_int_equal(in_vault(), 0);
	}
}

/* The passwords are lines; NULL: nobody can be asked. */
static void expect_locked(const char *lines, const char *want)
{
	int fds[2];
	struct passwords *p = NULL;
	struct source *s;
	struct err err = { 0 };
	struct buf b = { 0 };
	if (lines) {
		assert_int_equal(pipe(fds), 0);
		assert_int_equal(write(fds[1], lines, strlen(lines)), strlen(lines));
		close(fds[1]);
		assert_int_equal(passwords_new(&p, fds[0], false, NULL, NULL, NULL), 0);
	}
	struct source_options o = { .vault_dir = vault(),
				    .vault_key = test_vault_key(),
				    .parsers = test_parsers,
				    .passwords = p };
	int rc = source_open(&s, in(folder, "a.zip"), &o, &err);
	if (rc) {
		buf_addf(&b, "error %s: %s\n", err_word(rc), err.message);
	} else {
		tell_source(s, &b);
		source_close(s);
	}
	expect_text(b.data ? b.data : "", want);
	buf_free(&b);
	passwords_free(p);
	if (lines)
		close(fds[0]);
}

static void test_entries_with_a_password(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("psst"));
	make_db(in(folder, "c.db"), CALLS("1"));
	static const char *const options[] = { "zip:encryption=traditional",
					       "zip:encryption=aes128", "zip:encryption=aes256" };
	static const char opened[] =
		"read t-text Library/SMS/sms.db: \"psst\"\n"
		"read t-call private/var/wireless/Library/Calls/calls.db: \"1\"\n";
	static const char closed[] =
		"encrypted t-text Library/SMS/sms.db (encrypted inside the archive...\n"
		"encrypted t-call private/var/wireless/Library/Calls/calls.db (encrypted "
		"inside the archive...\n";
	for (size_t i = 0; i < 3; i++) {
		struct pack p;
		pack_open(&p, in(folder, "a.zip"), "zip", NULL, options[i]);
		pack_from(&p, "Library/SMS/sms.db", in(folder, "m.db"));
		pack_from(&p, "private/var/wireless/Library/Calls/calls.db", in(folder, "c.db"));
		pack_close(&p);
		expect_locked("secret\n", opened);
		/* the old way checks one byte of a password: one in 256 wrong ones passes */
		if (i) {
			expect_locked("no\nsecret\n", opened);
			expect_locked("no\nnever\n",
				      "error encrypted: The password that was given does not open "
				      "the encrypted archive...\n");
		}
		expect_locked("\n", closed);
		expect_locked(NULL, closed);
	}
}

static void test_cut_anywhere(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("x"));
	for (size_t k = 0; k < KINDS; k++) {
		struct pack p;
		pack_open(&p, in(folder, "whole"), kinds[k].format, kinds[k].filter, NULL);
		pack_from(&p, "Library/SMS/sms.db", in(folder, "m.db"));
		static char noise[1200000]; /* bzip2 works in blocks of 900,000 */
		uint64_t seed = k;
		for (size_t i = 0; i < sizeof noise; i++)
			noise[i] = (char)(unsigned char)(rnd(&seed) & 255);
		pack_file(&p, "noise.bin", (span){ noise, sizeof noise });
		pack_from(&p, "Library/Calls/calls.db", in(folder, "m.db"));
		pack_close(&p);
		span whole = read_file(in(folder, "whole"));
		unsigned first = 0, lost = 0;
		for (size_t n = 0; n < whole.n; n += 1 + whole.n / 13) {
			struct buf got = { 0 };
			write_file(in(folder, "cut"), (span){ whole.p, n });
			tell_path(in(folder, "cut"), vault(), &got);
			assert_non_null(got.data);
			first += strstr(got.data, "sms.db: \"x\"\n") != NULL;
			lost += strstr(got.data, "loss ") || strstr(got.data, "error ") ||
				strstr(got.data, "present-not-read") ||
				strstr(got.data, "unreadable");
			buf_free(&got);
		}
		/* no cut is silent; what came before it stands (7z has its list at the end) */
		assert_int_equal(lost, (whole.n + whole.n / 13) / (1 + whole.n / 13));
		if (strcmp(kinds[k].format, "7zip") != 0)
			assert_true(first > 0);
		free((void *)whole.p);
	}
}

static void test_flipped_bits(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("x"));
	for (size_t k = 0; k < KINDS; k++) {
		struct pack p;
		pack_open(&p, in(folder, "whole"), kinds[k].format, kinds[k].filter, NULL);
		pack_from(&p, "Library/SMS/sms.db", in(folder, "m.db"));
		pack_from(&p, "sub/Library/SMS/sms.db", in(folder, "m.db"));
		pack_close(&p);
		span whole = read_file(in(folder, "whole"));
		char *bytes = (char *)(uintptr_t)whole.p;
		uint64_t seed = 7 + k;
		for (int i = 0; i < 60; i++) {
			struct buf got = { 0 };
			size_t at = rnd(&seed) % whole.n;
			char was = bytes[at];
			bytes[at] ^= (char)(1u << rnd(&seed) % 8);
			write_file(in(folder, "flipped"), whole);
			bytes[at] = was;
			tell_path(in(folder, "flipped"), vault(), &got); /* ends, and is clean */
			buf_free(&got);
		}
		free(bytes);
	}
}

static void test_bombs(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("x"));
	struct pack p;
	/* a hole of 5 GB costs nothing to write in a tar file */
	pack_open(&p, in(folder, "a.tar"), "pax", NULL, NULL);
	pack_from(&p, "Library/SMS/sms.db", in(folder, "m.db"));
	entry(&p, "sparse/Library/SMS/sms.db", AE_IFREG, (int64_t)5 << 30);
	archive_entry_sparse_add_entry(p.e, ((int64_t)5 << 30) - 1, 1);
	assert_int_equal(archive_write_header(p.a, p.e), ARCHIVE_OK);
	char zeros[65536] = { 0 };
	for (int64_t left = (int64_t)5 << 30; left > 0; left -= (int64_t)sizeof zeros)
		assert_true(archive_write_data(p.a, zeros, sizeof zeros) > 0);
	pack_from(&p, "Library/Calls/calls.db", in(folder, "m.db"));
	pack_close(&p);
	struct stat st;
	assert_int_equal(stat(in(folder, "a.tar"), &st), 0);
	assert_true(st.st_size < 200000);
	expect_archive(
		in(folder, "a.tar"),
		"read t-text Library/SMS/sms.db: \"x\"\n"
		"unreadable t-text sparse/Library/SMS/sms.db (the archive was left in the "
		"middle of it: it unpacks to far more than it should)\n"
		"loss : the archive unpacks to far more than it should (a bomb?): the rest of "
		"it was not read\n");
	assert_int_equal(in_vault(), 1);
}

/* A wanted file of zeros, packed well: not a bomb, and not worth keeping. */
static void test_zeros_are_not_kept(void **state)
{
	(void)state;
	struct pack p;
	pack_open(&p, in(folder, "a.zip"), "zip", NULL, NULL);
	char *zeros = calloc(1, 20000000);
	pack_file(&p, "Library/SMS/sms.db", (span){ zeros, 20000000 });
	pack_file(&p, "Library/Calls/calls.db", SPAN(""));
	pack_close(&p);
	free(zeros);
	struct source *s;
	struct source_options o = { .vault_dir = vault(),
				    .vault_key = test_vault_key(),
				    .parsers = test_parsers };
	assert_int_equal(source_open(&s, in(folder, "a.zip"), &o, NULL), 0);
	assert_int_equal(source_files(s), 2);
	assert_string_equal(source_file(s, 0)->detail, "the file is empty (0 bytes)");
	assert_int_equal(source_file(s, 1)->state, EVIDENCE_UNREADABLE);
	assert_string_equal(source_file(s, 1)->detail,
			    "it is not a SQLite database: damaged, encrypted or something else");
	assert_int_equal(source_file(s, 1)->size, 20000000);
	assert_string_equal(source_file(s, 1)->sha256, ZEROS_20M);
	source_close(s);
	assert_int_equal(in_vault(), 0);
}

static void test_a_packed_file(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("x"));
	static const char *const filters[] = { "gzip", "xz", "zstd", "bzip2" };
	for (size_t i = 0; i < 4; i++) {
		struct pack p;
		pack_open(&p, in(folder, "messages.db.pack"), "raw", filters[i], NULL);
		pack_from(&p, "messages.db", in(folder, "m.db"));
		pack_close(&p);
		expect_archive(in(folder, "messages.db.pack"), "read t-text messages.db: \"x\"\n");
		pack_open(&p, in(folder, "words.pack"), "raw", filters[i], NULL);
		pack_file(&p, "words", SPAN("words"));
		pack_close(&p);
		expect_archive(in(folder, "words.pack"),
			       "present-not-read - words (not a kind of file that linecheck "
			       "reads)\n");
	}
}

static void test_lies_about_length(void **state)
{
	(void)state;
	make_db(in(folder, "m.db"), TEXTS("x"));
	struct pack p;
	pack_open(&p, in(folder, "a.zip"), "zip", NULL, "zip:compression=store");
	pack_from(&p, "Library/SMS/sms.db", in(folder, "m.db"));
	pack_from(&p, "two/Library/SMS/sms.db", in(folder, "m.db"));
	pack_close(&p);
	span zip = read_file(in(folder, "a.zip"));
	char *bytes = (char *)(uintptr_t)zip.p;
	/* each place where a length or a check sum stands in the local and the central header */
	for (size_t i = 0; i + 4 < zip.n; i++) {
		if (memcmp(bytes + i, "PK\1\2", 4) != 0 && memcmp(bytes + i, "PK\3\4", 4) != 0)
			continue;
		size_t base = i + (bytes[i + 2] == 1 ? 16 : 14);
		for (size_t k = 0; k < 12; k++) {
			struct buf got = { 0 };
			char was = bytes[base + k];
			bytes[base + k] ^= 0x41;
			write_file(in(folder, "lie.zip"), zip);
			bytes[base + k] = was;
			tell_path(in(folder, "lie.zip"), vault(), &got);
			buf_free(&got);
		}
	}
	free(bytes);
}

static void test_no_vault_no_archive(void **state)
{
	(void)state;
	struct pack p;
	pack_open(&p, in(folder, "a.zip"), "zip", NULL, NULL);
	pack_file(&p, "x", SPAN("y"));
	pack_close(&p);
	expect_source(in(folder, "a.zip"), "error refused: '...\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_an_archive_reads_as_its_folder),
		TEST(test_backup_before_and_after_its_list),
		TEST(test_names),
		TEST(test_links_archives_and_ends),
		TEST(test_odd_bytes_in_names),
		TEST(test_duplicates_are_never_merged),
		TEST(test_encrypted_entries),
		TEST(test_entries_with_a_password),
		TEST(test_cut_anywhere),
		TEST(test_flipped_bits),
		TEST(test_bombs),
		TEST(test_zeros_are_not_kept),
		TEST(test_a_packed_file),
		TEST(test_lies_about_length),
		TEST(test_no_vault_no_archive),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
