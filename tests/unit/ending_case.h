/*
 * ending_case.h - a real case to seal, close and erase: two messages, a contact and a call; one
 * message met a line. What belongs to the others carries a token that must not be found when they
 * are erased.
 */
#ifndef ENDING_CASE_H
#define ENDING_CASE_H
#include "case_key.h"
#include "case_verify.h"
#include "caselog.h"
#include "decision.h"
#include "key_maker.h"
#include "vault.h"
#include "vault_folder.h"

#define TOKEN "qz7Kv93LmXw2Rt5B"
#define KEPT "kept4HnP8sYd1Gc6"
static char root[64], folder[96];
static struct key *officer, *supervisor;

static void must(int rc, const struct err *err)
{
	if (rc)
		fail_msg("%s", err->message);
}

static void fill_vault(struct case_db *c, char name[static 16], char sha256[static 65],
		       struct err *err)
{
	struct vault_key *k;
	struct vault *v;
	struct vault_writer *w;
	char dir[256];
	uint32_t number;
	uint64_t size;
	must(case_key_open(c, officer, &k, err), err);
	must(vault_folder_new(folder, 1, 1, dir, sizeof dir, err), err);
	must(vault_open(&v, dir, k, err), err);
	must(vault_create(v, &w, &number, err), err);
	must(vault_write(w, SPAN("a database of messages: " TOKEN), err), err);
	must(vault_finish(w, sha256, &size, err), err);
	must(vault_keep(v, number, name, err), err);
	vault_free(v);
	vault_key_free(k);
}

static const char rows[] =
	"INSERT INTO exhibit(id,label,kind,platform,fingerprint,state) VALUES"
	"(1,'phone','archive','ios','f','whole');"
	"INSERT INTO evidence_file(id,exhibit,path,size,sha256,state,parser,vault) VALUES"
	"(1,1,'sms.db',40,'%s','read','ios-sms','%s');"
	"INSERT INTO party(id,exhibit,role,raw,kind,e164,certainty,reason,name) VALUES"
	"(1,1,'owner','+447700900001','GB_MOBILE',447700900001,'certain','',NULL),"
	"(2,1,'person','+447700900123','GB_MOBILE',447700900123,'certain','','" KEPT "'),"
	"(3,1,'person','" TOKEN "','EMAIL',NULL,'certain','','" TOKEN " Sam');"
	"INSERT INTO party_set VALUES(1,0,1),(2,0,3);"
	"INSERT INTO thread VALUES(1,1,'" KEPT "',NULL),(2,1,'" TOKEN "','" TOKEN "');"
	"INSERT INTO record(id,file,tbl,row,kind,direction,\"from\",\"to\",thread,text,name,state) "
	"VALUES"
	"(1,1,'message',1,3,1,2,1,1,'" KEPT "',NULL,0),"
	"(2,1,'message',2,3,2,1,2,2,'" TOKEN " mum',NULL,0),"
	"(3,1,'contact',3,1,0,NULL,NULL,NULL,NULL,'" TOKEN "',0),"
	"(4,1,'call',4,2,1,3,1,NULL,NULL,NULL,0);"
	/* traces: kinds beyond those that are scored */
	"INSERT INTO record(id,file,tbl,row,kind,direction,text,state) VALUES"
	"(5,1,'system',5,5,0,'" TOKEN "',0),(6,1,'apps',6,6,0,'" TOKEN "',0),"
	"(7,1,'notifications',7,7,0,'" TOKEN "',0),(8,1,'calendar',8,12,0,'" TOKEN "',0);"
	"WITH n(i) AS (SELECT 10 UNION ALL SELECT i+1 FROM n WHERE i<400) "
	"INSERT INTO record(id,file,tbl,row,kind,direction,\"from\",\"to\",thread,text,state) "
	"SELECT "
	"i,1,'message',i,3,1,3,1,2,'" TOKEN " '||hex(i*7919),0 FROM n;"
	"INSERT INTO contact_id VALUES(3,0,3,'" TOKEN "');"
	"INSERT INTO quoted VALUES(2,'" TOKEN " said before');"
	"INSERT INTO clock VALUES(3,1600000000000);"
	"INSERT INTO attachment VALUES(2,0,'" TOKEN ".jpg','image/jpeg');"
	"INSERT INTO mention VALUES(2,0,0,3,447700900999,'GB_MOBILE','certain');"
	"INSERT INTO pack(id,kind,name,version,sha256,entries) "
	"VALUES(1,'lines-csv','l','1','00',1);"
	"INSERT INTO line(id,pack,csv_row,line,identifier,e164,status,grade) VALUES"
	"(1,1,2,'Rico','+447700900123',447700900123,'active','2B');"
	"INSERT INTO match(id,record,line,via) VALUES(1,1,1,'from')";

static void make_case(void)
{
	static const struct log_entry done = { .act = LOG_COLLECTION, .what = "scan-done" };
	struct case_db *c;
	struct err err = { 0 };
	char sql[4096], sha256[65], name[16];
	must(case_create(&c, folder, officer, &err), &err);
	must(case_begin(c, &err), &err);
	must(case_key_ensure(c, NULL, &err), &err);
	must(case_commit(c, &done, &err), &err);
	fill_vault(c, name, sha256, &err);
	snprintf(sql, sizeof sql, rows, sha256, name);
	must(case_begin(c, &err), &err);
	must(case_exec(c, "filling", sql, &err), &err);
	must(case_commit(c, &done, &err), &err);
	json_t *choices =
		json_pack("{ssssss}", "review_by", "2099-01-01", "class", "missing", "hold", "no");
	struct decision d = { .kind = DECISION_RETENTION, .choices = choices };
	must(decision_record(c, &d, NULL, &err), &err);
	json_decref(choices);
	case_close(c);
	write_file(in(folder, "view.html"), SPAN("<p>" TOKEN "</p>"));
}

HELPER struct case_db *open_case(void)
{
	struct case_db *c;
	struct err err = { 0 };
	must(case_open(&c, folder, CASE_WRITE, false, &err), &err);
	must(case_act_as(c, officer, &err), &err);
	return c;
}

static void tell_bad(void *user, const char *what)
{
	(void)user;
	print_message("%s\n", what);
}

/* Everything as the log says, the vault with it. */
HELPER bool case_is_right(int64_t vault_files)
{
	struct case_db *c;
	struct verify_result result;
	struct err err = { 0 };
	if (case_open(&c, folder, CASE_READ, false, &err)) {
		print_message("%s\n", err.message);
		return false;
	}
	case_act_as(c, officer, NULL);
	int rc = case_verify(c, NULL, NULL, tell_bad, NULL, &result, &err);
	case_close(c);
	if (rc)
		print_message("%s\n", err.message);
	return !rc && result.vault_files == vault_files && !result.vault_closed;
}

HELPER int64_t ask(const char *sql)
{
	struct case_db *c;
	sqlite3_stmt *st;
	struct err err = { 0 };
	must(case_open(&c, folder, CASE_READ, false, &err), &err);
	must(case_prepare(c, sql, &st, &err), &err);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	int64_t n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	case_close(c);
	return n;
}

HELPER const char *beside(const char *end)
{
	static char path[4][128];
	static unsigned turn;
	char *p = path[turn++ % 4];
	snprintf(p, sizeof path[0], "%s%s", folder, end);
	return p;
}

HELPER bool is_there(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

/* Nothing beside the case but what is named. */
HELPER void expect_only(const char *name)
{
	DIR *d = opendir(root);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		if (strncmp(e->d_name, "case", 4) == 0 && strcmp(e->d_name, name) != 0)
			fail_msg("'%s' is left beside '%s'", e->d_name, name);
	closedir(d);
	assert_true(is_there(in(root, name)));
}

HELPER bool file_holds(const char *path, const char *words)
{
	span s = read_file(path);
	bool holds = s.p && memmem(s.p, s.n, words, strlen(words));
	free((void *)s.p);
	return holds;
}

static void copy_tree(const char *from, const char *to)
{
	char command[300];
	snprintf(command, sizeof command, "cp -a '%s' '%s'", from, to);
	assert_int_equal(system(command), 0);
}

/* The case as it was made. */
HELPER void fresh_case(void)
{
	char pristine[128];
	snprintf(pristine, sizeof pristine, "%s/pristine", root);
	DIR *d = opendir(root);
	for (struct dirent *e; (e = readdir(d));)
		if (strncmp(e->d_name, "case", 4) == 0)
			remove_tree(in(root, e->d_name));
	closedir(d);
	if (is_there(pristine)) {
		copy_tree(pristine, folder);
	} else {
		make_case();
		copy_tree(folder, pristine);
	}
}

HELPER int ending_setup(void **state)
{
	(void)state;
	temp_folder(root);
	snprintf(folder, sizeof folder, "%s/case", root);
	officer = make_key(root, "officer");
	supervisor = make_key(root, "supervisor");
	return 0;
}

HELPER int ending_teardown(void **state)
{
	(void)state;
	key_free(officer);
	key_free(supervisor);
	remove_tree(root);
	return 0;
}
#endif
