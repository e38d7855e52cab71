/*
 * command_faults_test.c - the commands that write a case, as an officer types them: stopped at a
 * call that changes the disk, or with a disk that is full, or that cannot be written. Whatever they
 * were at, what stands is whole; said again, the same command finishes, and then all is as if it
 * had never been stopped. FAULTS_STRIDE=1 for every call (tests/slow/faults.sh).
 */
#include "cmd.h"
#include "ending/case_seal.h"
#include "ending/certificate.h"
#include "ending/erasing.h"
#include "key_maker.h"
#include <fcntl.h>
#include <ftw.h>
#include <sqlite3.h>
#include <sys/mman.h>
/* after those that declare what it replaces */
#include "faults.h"

#define POINTS 7 /* of each command and kind of fault, unless FAULTS_STRIDE says otherwise */
#define ACTS "--key", "officer", "--passphrase-fd", "91"
#define BOTH ACTS, "--second", "supervisor", "--second-passphrase-fd", "92"
#define WHY "--reason", "This is what the plan of the case asks for."

static char root[64];

/* ---- running ---- */

static const char *const *command;

static void passphrase(int fd)
{
	int from = open("passphrase", O_RDONLY | O_CLOEXEC);
	dup2(from, fd);
	close(from);
}

static int run_command(void)
{
	char *argv[24];
	fault_kind = FAULT_NONE;
	int argc = 0, out = open("out", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	for (; command[argc]; argc++)
		argv[argc] = (char *)(uintptr_t)command[argc];
	argv[argc] = NULL;
	dup2(out, 1);
	dup2(out, 2);
	passphrase(91);
	passphrase(92);
	umask(077);
	fault_start();
	int code = cmd_find(argv[0])->run(argc, argv);
	fault_kind = FAULT_NONE;
	fflush(NULL);
	return code;
}

static int with_fault(enum fault kind, long n, const char *const *argv)
{
	command = argv;
	int code = fault_run(kind, n, run_command);
	command = NULL;
	return code;
}

static int plainly(const char *const *argv)
{
	return with_fault(FAULT_NONE, 0, argv);
}

static void print_out(void)
{
	char line[400];
	FILE *f = fopen("out", "re");
	while (f && fgets(line, sizeof line, f))
		print_message("    %s", line);
	if (f)
		fclose(f);
}

#define ARGV(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void must_run(int want, const char *const *argv)
{
	int code = plainly(argv);
	if (code != want) {
		print_out();
		fail_msg("'%s %s' ends with %d", argv[0], argv[1], code);
	}
}

/* ---- states that commands begin with ---- */

static void sh(const char *format, ...)
{
	char line[600];
	va_list ap;
	va_start(ap, format);
	vsnprintf(line, sizeof line, format, ap);
	va_end(ap);
	assert_int_equal(system(line), 0);
}

static bool is_there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

static void restore(const char *state)
{
	sh("rm -rf case case.*; if [ -d states/%s ]; then cp -a states/%s/. .; fi", state, state);
}

static void save(const char *state)
{
	sh("mkdir -p states/%s && cp -a case* states/%s/", state, state);
}

static const char form[] =
	"basis: parent\nreference: MC/25/001\nperson: P-100\nborn: 2011-05-06\n"
	"category: potential-victim\nepisode: returned\nmissing_from: 2025-03-10\n"
	"found_on: 2025-03-14\npurposes: protect\n"
	"relevance: \"Calls at night from a number that nobody in the family knows.\"\n"
	"agreed_age: \"41\"\nagreed_by: \"Jo Example, mother\"\nagreed_handles: \"+447700900411\"\n"
	"views: recorded\nviews_text: \"Wants it looked at, afraid of who will know.\"\n"
	"views_help: none\n"
	"necessity: \"Four episodes in two months, each after calls from unknown numbers.\"\n"
	"proportionality: \"Only the days around the last episode, numbers before any text.\"\n"
	"alternatives: \"Asking was tried twice; no other record of the calls exists.\"\n"
	"collateral: \"Friends' numbers will be seen as numbers only and are not kept.\"\n"
	"confidential_risk: \"Helplines are likely; they are sealed by the program itself.\"\n"
	"officer_role: \"PC 1234\"\nschedule3: \"1\"\ntraining_reference: \"MPE-77\"\n"
	"exhibit: JE/1\ncondition: \"On, unlocked\"\nisolation: aeroplane-mode\n"
	"isolated_at: \"2025-03-17 10:00\"\nisolated_by: \"PC 1234\"\nreview_by: 2099-01-01\n"
	"retention: MoPI-2\ninvestigation: \"no\"\n";

/* Two threads: one with the number on the list, within the days of the notice. */
static const char messages[] =
	"CREATE TABLE threads(_id INTEGER PRIMARY KEY, date INTEGER, message_count INTEGER, "
	"recipient_ids TEXT, snippet TEXT);"
	"CREATE TABLE canonical_addresses(_id INTEGER PRIMARY KEY, address TEXT);"
	"CREATE TABLE sms(_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, person INTEGER,"
	"date INTEGER, date_sent INTEGER, protocol INTEGER, read INTEGER, status INTEGER, type "
	"INTEGER, subject TEXT, body TEXT, service_center TEXT, sub_id INTEGER, seen INTEGER);"
	"CREATE TABLE pdu(_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, date_sent "
	"INTEGER, msg_box INTEGER, read INTEGER, m_id TEXT, sub TEXT, sub_cs INTEGER, ct_t TEXT, "
	"m_type INTEGER, text_only INTEGER);"
	"CREATE TABLE addr(_id INTEGER PRIMARY KEY, msg_id INTEGER, contact_id INTEGER, address "
	"TEXT, type INTEGER, charset INTEGER);"
	"CREATE TABLE part(_id INTEGER PRIMARY KEY, mid INTEGER, seq INTEGER, ct TEXT, name TEXT, "
	"chset INTEGER, cd TEXT, fn TEXT, cid TEXT, cl TEXT, ctt_s INTEGER, ctt_t TEXT, _data "
	"TEXT, text TEXT);"
	"INSERT INTO canonical_addresses VALUES(1,'+447700900123'),(2,'+447700900555');"
	"INSERT INTO threads(_id,recipient_ids) VALUES(1,'1'),(2,'2');"
	"WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<60) INSERT INTO "
	"sms(_id,thread_id,address,date,date_sent,read,type,body,sub_id) SELECT "
	"i,i%2+1,CASE i%2 WHEN 0 THEN '+447700900123' ELSE '+447700900555' END,"
	"1741700000000+i*60000,1741700000000+i*60000,1,1+i%3/2,'words '||i,1 FROM n;";

static void make_phone(void)
{
	sqlite3 *db;
	sh("mkdir -p phone/data/data/com.android.providers.telephony/databases");
	assert_int_equal(sqlite3_open("phone/data/data/com.android.providers.telephony/databases/"
				      "mmssms.db",
				      &db),
			 SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, messages, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	sh("tar czf phone.tgz -C phone .");
}

static void make_people(void)
{
	static const char *const who[][2] = { { "officer", "officer" },
					      { "supervisor", "supervisor" },
					      { "other", "officer" } };
	write_file("passphrase", SPAN("correct horse battery\n"));
	key_free(make_key(".", "force"));
	must_run(0, ARGV("trust", "create", "trust", "--force", "Example Police", "--key", "force",
			 "--passphrase-fd", "91"));
	for (size_t i = 0; i < 3; i++) {
		struct key *k = make_key(".", who[i][0]);
		char hex[2 * KEY_PUBLIC + 1];
		for (size_t b = 0; b < KEY_PUBLIC; b++)
			snprintf(hex + 2 * b, 3, "%02x", key_public(k)->sign[b]);
		key_free(k);
		must_run(0, ARGV("trust", "add", "trust", "--role", who[i][1], "--name", who[i][0],
				 "--public", hex, "--from", "2020-01-01", "--key", "force",
				 "--passphrase-fd", "91"));
	}
}

#define NEW ARGV("case", "new", "case", "--form", "form.yaml", ACTS)
#define CONFIRM ARGV("case", "confirm", "case", "--how", "written", "--copy", "given", ACTS)
#define SCAN ARGV("scan", "phone.tgz", "--case", "case", "--lines", "lines.csv", WHY, BOTH)
#define AGAIN ARGV("scan", "--case", "case", "--lines", "lines.csv", ACTS)
#define STAGE ARGV("case", "stage", "case", "2", WHY, ACTS)
#define SEAL ARGV("case", "seal", "case", ACTS)
#define OPEN ARGV("case", "open", "case", ACTS)
#define HOLD ARGV("case", "hold", "case", "on", WHY, ACTS)
#define REVIEW ARGV("case", "review", "case", "--until", "2098-01-01", WHY, ACTS)
#define SHARE ARGV("case", "share", "case", "other", ACTS)
#define CLOSE ARGV("case", "close", "case", WHY, BOTH)
#define ERASE ARGV("case", "erase", "case", WHY, BOTH)

static int set_up(void **state)
{
	(void)state;
	temp_folder(root);
	assert_int_equal(chdir(root), 0);
	setenv("LINECHECK_TRUST", "trust", 1);
	setenv("LINECHECK_RULES", SOURCE_DIR "/rules/packs", 1);
	setenv("HOME", root, 1);
	unsetenv("LINECHECK_KEY");
	unsetenv("SOURCE_DATE_EPOCH");
	fault_share();
	write_file("form.yaml", (span){ form, sizeof form - 1 });
	write_file("lines.csv", SPAN("line,identifier,from,to,status,grade\n"
				     "Rico,+44 7700 900123,,,active,2B\n"));
	make_people();
	make_phone();
	must_run(0, NEW);
	save("new");
	must_run(0, CONFIRM);
	save("confirmed");
	must_run(10, SCAN);
	save("scanned");
	must_run(0, STAGE);
	save("stage2");
	restore("scanned");
	must_run(0, SEAL);
	save("sealed");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	assert_int_equal(chdir("/"), 0);
	remove_tree(root);
	return 0;
}

/* ---- what must be so ---- */

static bool right(void)
{
	int code = plainly(ARGV("verify", "case", ACTS));
	if (code)
		print_out();
	return code == 0;
}

static int64_t ask(const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	int64_t n = -1;
	if (sqlite3_open_v2("case/case.db", &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK) {
		if (sqlite3_step(st) == SQLITE_ROW)
			n = sqlite3_column_int64(st, 0);
		sqlite3_finalize(st);
	}
	sqlite3_close(db);
	return n;
}

/* Beside the case nothing but what is named; inside it nothing but what belongs there. */
static bool only(const char *name)
{
	int others = 0;
	DIR *d = opendir(".");
	for (struct dirent *e; (e = readdir(d));)
		if (strncmp(e->d_name, "case", 4) == 0 && strcmp(e->d_name, name) != 0) {
			print_message("'%s' is left\n", e->d_name);
			others++;
		}
	closedir(d);
	d = opendir("case");
	for (struct dirent *e; d && (e = readdir(d));) {
		const char *end = strrchr(e->d_name, '.');
		if (end && (strcmp(end, ".new") == 0 || strcmp(end, ".part") == 0)) {
			print_message("'case/%s' is left\n", e->d_name);
			others++;
		}
	}
	if (d)
		closedir(d);
	return others == 0 && is_there(name);
}

static bool whole(void)
{
	return is_there("case") && right();
}

/* Not made yet, or made and right. */
static bool none_or_whole(void)
{
	if (!is_there("case/case.db") || ask("SELECT count(*) FROM sqlite_schema") == 0)
		return true;
	return right();
}

static bool new_done(void)
{
	return only("case") && right() && is_there("case/notice-1.txt") &&
	       is_there("case/notice-1.html") &&
	       ask("SELECT count(*) FROM decision WHERE kind='authority'") == 1 &&
	       ask("SELECT count(*) FROM decision WHERE kind='notice'") == 1;
}

static bool confirm_done(void)
{
	return only("case") && right();
}

/* All of the source is in, or nothing. */
static bool scan_stopped(void)
{
	int64_t n = ask("SELECT count(*) FROM record");
	return (n == 0 || n == 60) && right();
}

static bool scan_done(void)
{
	return only("case") && right() && ask("SELECT count(*) FROM record") == 60 &&
	       ask("SELECT count(*) FROM exhibit") == 1 &&
	       ask("SELECT count(*) FROM match WHERE line IS NOT NULL") == 30 &&
	       ask("SELECT count(*) FROM record WHERE text IS NOT NULL") == 0 &&
	       is_there("case/view.html") && ask("SELECT count(*) FROM vault_key") == 2;
}

static bool again_stopped(void)
{
	int64_t n = ask("SELECT count(*) FROM record WHERE text IS NOT NULL");
	return (n == 0 || n == 30) && ask("SELECT count(*) FROM record") == 60 && right();
}

static bool again_done(void)
{
	return only("case") && right() && ask("SELECT count(*) FROM record") == 60 &&
	       ask("SELECT count(*) FROM record WHERE text IS NOT NULL") == 30;
}

static bool sealed_whole(void)
{
	struct sealed_peek p;
	return sealed_peek("case.sealed", &p, NULL) == 0;
}

static bool either_whole(void)
{
	return is_there("case") ? right() && ask("SELECT count(*) FROM record") == 60
				: sealed_whole();
}

static bool seal_done(void)
{
	return only("case.sealed") && plainly(OPEN) == 0 && either_whole();
}

static bool open_done(void)
{
	return only("case") && either_whole() && ask("SELECT count(*) FROM vault_key") == 2;
}

static bool hold_done(void)
{
	return confirm_done() &&
	       ask("SELECT count(*) FROM decision WHERE kind='retention' AND body LIKE "
		   "'%\"hold\":\"yes\"%'") >= 1;
}

static bool review_done(void)
{
	return confirm_done() &&
	       ask("SELECT count(*) FROM decision WHERE kind='retention' AND body LIKE "
		   "'%2098-01-01%'") >= 1;
}

static bool share_done(void)
{
	return confirm_done() && ask("SELECT count(*) FROM vault_key") == 3;
}

/* The key goes with the rows, never before them; the vault goes after its key. */
static bool close_stopped(void)
{
	int64_t records = ask("SELECT count(*) FROM record");
	int64_t keys = ask("SELECT count(*) FROM vault_key");
	if (records == 60)
		return keys == 2 && right();
	return records == 30 && keys == 0 && (is_there("case/vault") || right());
}

static bool close_done(void)
{
	return only("case") && right() && ask("SELECT count(*) FROM record") == 30 &&
	       ask("SELECT count(*) FROM vault_key") == 0 && !is_there("case/vault") &&
	       !is_there("case/view.html");
}

static bool erase_stopped(void)
{
	return is_there("case") ? right() && ask("SELECT count(*) FROM record") == 60
				: erasing_begun("case") || is_there("case.erased.txt");
}

static bool erase_done(void)
{
	span s = read_file("case.erased.txt");
	bool done = only("case.erased.txt") && s.p && certificate_check(s, NULL) == 0;
	free((void *)s.p);
	return done;
}

static bool says(const char *word)
{
	span s = read_file("out");
	bool found = s.p && memmem(s.p, s.n, word, strlen(word));
	free((void *)s.p);
	return found;
}

/* ---- each command, each fault ---- */

struct work {
	const char *name, *state;
	const char *const *argv;
	int code, again; /* of a run that is not stopped; also right when it is said again */
	bool (*stopped)(void), (*done)(void);
};

static void fail_at(const struct work *w, enum fault kind, long n, const char *what)
{
	static const char *const kinds[] = { "", "killed", "disk full", "not writable" };
	print_out();
	fail_msg("%s, %s at step %ld: %s", w->name, kinds[kind], n, what);
}

static void one(const struct work *w, enum fault kind, long n)
{
	restore(w->state);
	int code = with_fault(kind, n, w->argv);
	if (code == 255 || (kind == FAULT_KILL && code != FAULT_KILLED && code != w->code))
		fail_at(w, kind, n, "it crashed, or ended strangely");
	if (kind != FAULT_KILL && code != w->code && (code != 1 || !says("linecheck: ")))
		fail_at(w, kind, n, "it does not say what is wrong");
	if (!w->stopped())
		fail_at(w, kind, n, "what stands is not whole");
	code = plainly(w->argv);
	if (code != w->code && code != w->again)
		fail_at(w, kind, n, "said again, it does not finish");
	if (!w->done())
		fail_at(w, kind, n, "finished, it is not right");
}

static void each(const struct work *w)
{
	const char *stride = getenv("FAULTS_STRIDE");
	restore(w->state);
	if (with_fault(FAULT_COUNT, 0, w->argv) != w->code)
		fail_at(w, FAULT_NONE, 0, "without a fault it fails");
	if (!w->done())
		fail_at(w, FAULT_NONE, 0, "without a fault it is not right");
	long steps = *fault_total, by = stride ? strtol(stride, NULL, 10) : steps / POINTS;
	assert_true(steps > 3);
	if (by < 1)
		by = 1;
	for (long n = 1; n <= steps; n += by)
		one(w, FAULT_KILL, n);
	one(w, FAULT_KILL, steps);
	for (long n = 1; n <= steps; n += by)
		one(w, FAULT_FULL, n);
	one(w, FAULT_READONLY, 1);
	print_message("%s: %ld calls change the disk; stopped at each %ld.\n", w->name, steps, by);
}

static void commands(void **state)
{
	(void)state;
	const struct work works[] = {
		{ "case new", "none", NEW, 0, 1, none_or_whole, new_done },
		{ "case confirm", "new", CONFIRM, 0, 0, whole, confirm_done },
		{ "scan", "confirmed", SCAN, 10, 10, scan_stopped, scan_done },
		{ "scan from the vault", "stage2", AGAIN, 10, 10, again_stopped, again_done },
		{ "case hold", "scanned", HOLD, 0, 0, whole, hold_done },
		{ "case review", "scanned", REVIEW, 0, 0, whole, review_done },
		{ "case share", "scanned", SHARE, 0, 0, whole, share_done },
		{ "case seal", "scanned", SEAL, 0, 0, either_whole, seal_done },
		{ "case open", "sealed", OPEN, 0, 1, either_whole, open_done },
		{ "case close", "scanned", CLOSE, 0, 3, close_stopped, close_done },
		{ "case erase", "scanned", ERASE, 0, 1, erase_stopped, erase_done },
	};
	const char *one_of = getenv("FAULTS_ONLY");
	for (size_t i = 0; i < sizeof works / sizeof *works; i++)
		if (!one_of || strcmp(one_of, works[i].name) == 0)
			each(&works[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(commands) };
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
