/* closing.c - see closing.h */
#include "closing.h"
#include "case_key.h"
#include "caselog.h"
#include "decision.h"
#include "digest.h"
#include "folder_list.h"
#include "record.h"
#include "retention.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* kind 0: accounts, the phone's own */
static const char find_hits[] = "CREATE TEMP TABLE hit(id INTEGER PRIMARY KEY);"
				"INSERT OR IGNORE INTO hit SELECT record FROM match;"
				"INSERT OR IGNORE INTO hit SELECT record FROM finding_record;"
				"INSERT OR IGNORE INTO hit SELECT id FROM record WHERE kind=0";

static const char count_erased[] =
	"INSERT INTO outside SELECT f.exhibit,'erased',?1,count(*) FROM record r JOIN "
	"evidence_file f ON f.id=r.file WHERE r.kind=?2 AND r.id NOT IN (SELECT id FROM hit) GROUP "
	"BY f.exhibit";

static const char erase[] =
	"DELETE FROM quoted WHERE record NOT IN (SELECT id FROM hit);"
	"DELETE FROM clock WHERE record NOT IN (SELECT id FROM hit);"
	"DELETE FROM mention WHERE record NOT IN (SELECT id FROM hit);"
	"DELETE FROM attachment WHERE record NOT IN (SELECT id FROM hit);"
	"DELETE FROM contact_id WHERE record NOT IN (SELECT id FROM hit);"
	"DELETE FROM record WHERE id NOT IN (SELECT id FROM hit);"
	"DELETE FROM party_set WHERE id NOT IN (SELECT \"to\" FROM record WHERE \"to\" IS NOT "
	"NULL);"
	"DELETE FROM party WHERE id NOT IN (SELECT \"from\" FROM record WHERE \"from\" IS NOT NULL "
	"UNION SELECT party FROM party_set UNION SELECT party FROM contact_id);"
	"DELETE FROM thread WHERE id NOT IN (SELECT thread FROM record WHERE thread IS NOT NULL);"
	"UPDATE evidence_file SET vault=NULL WHERE vault IS NOT NULL;"
	"DROP TABLE temp.hit";

static int count(struct case_db *c, const char *sql, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, sql, &st, err);
	if (rc)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW)
		*ret = sqlite3_column_int64(st, 0);
	else
		rc = case_error(c, "counting", err);
	sqlite3_finalize(st);
	return rc;
}

static int count_rows(struct case_db *c, struct closing *n, struct err *err)
{
	int rc = count(c, "SELECT count(*) FROM record", &n->records, err);
	if (!rc)
		rc = count(c, "SELECT count(*) FROM party", &n->parties, err);
	if (!rc)
		rc = count(c, "SELECT count(*) FROM thread", &n->threads, err);
	return rc;
}

/* What goes is counted beside what the scope left out, by kind. */
static int keep_counts(struct case_db *c, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, count_erased, &st, err);
	if (rc)
		return rc;
	for (int kind = 0; !rc && kind < REC_KIND_MAX; kind++) {
		sqlite3_bind_text(st, 1, record_kind_word((enum record_kind)kind), -1,
				  SQLITE_STATIC);
		sqlite3_bind_int(st, 2, kind);
		rc = case_step(c, st, err);
	}
	sqlite3_finalize(st);
	return rc;
}

static int erase_rows(struct case_db *c, struct closing *ret, struct err *err)
{
	struct closing after = { 0 };
	int rc = count_rows(c, ret, err);
	if (!rc)
		rc = count(c,
			   "SELECT count(DISTINCT exhibit||'/'||vault) FROM evidence_file WHERE "
			   "vault IS NOT NULL",
			   &ret->vault_files, err);
	if (!rc)
		rc = case_exec(c, "erasing", find_hits, err);
	if (!rc)
		rc = keep_counts(c, err);
	if (!rc)
		rc = case_exec(c, "erasing", erase, err);
	if (!rc)
		rc = case_key_destroy(c, &ret->vault_keys, err);
	if (!rc)
		rc = count_rows(c, &after, err);
	ret->records -= after.records;
	ret->parties -= after.parties;
	ret->threads -= after.threads;
	ret->kept = after.records;
	return rc;
}

/* With the old salts the old digests would let anybody who guesses a row see that it was there. */
static int renew_salts(struct case_db *c, struct err *err)
{
	int rc = 0;
	for (size_t i = 0; !rc && case_changed(c)[i]; i++)
		if (strcmp(case_changed(c)[i], "salt") != 0)
			rc = digest_salt(c, case_changed(c)[i], true, err);
	return rc;
}

static int decide(struct case_db *c, const char *reason, const struct key *second,
		  const struct closing *n, struct err *err)
{
	const struct decision_text texts[] = { { "reason", reason }, { NULL, NULL } };
	json_t *choices = json_pack("{sIsIsIsI}", "records", (json_int_t)n->records, "parties",
				    (json_int_t)n->parties, "threads", (json_int_t)n->threads,
				    "kept", (json_int_t)n->kept);
	struct decision d = {
		.kind = DECISION_CLOSE, .choices = choices, .texts = texts, .second = second
	};
	int rc =
		choices ? decision_add(c, &d, NULL, err) : err_set(err, E_NOMEM, "Memory ran out.");
	json_decref(choices);
	return rc;
}

static int close_rows(struct case_db *c, const char *reason, const struct key *second,
		      struct closing *ret, struct err *err)
{
	int rc = case_begin(c, err);
	if (!rc)
		rc = erase_rows(c, ret, err);
	if (!rc)
		rc = decide(c, reason, second, ret, err);
	if (!rc)
		rc = renew_salts(c, err);
	struct log_entry done = { LOG_ERASURE,
				  "close",
				  { { "records", ret->records },
				    { "parties", ret->parties },
				    { "threads", ret->threads },
				    { "kept", ret->kept },
				    { "vault-files", ret->vault_files },
				    { "vault-keys", ret->vault_keys } },
				  { { 0 } } };
	if (!rc)
		rc = case_commit(c, &done, err);
	if (rc)
		case_rollback(c);
	return rc;
}

static int remove_files(struct case_db *c, struct err *err)
{
	char path[4200];
	snprintf(path, sizeof path, "%s/vault", case_dir(c));
	int rc = folder_remove(path, err);
	if (rc)
		return rc;
	/* ... .new: of a run that was stopped */
	static const char *const pages[] = { "view.html", "view.html.new" };
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		snprintf(path, sizeof path, "%s/%s", case_dir(c), pages[i]);
		if (unlink(path) != 0 && errno != ENOENT)
			return err_set(err, E_IO, "'%s' cannot be removed: %s.", path,
				       strerror(errno));
	}
	return folder_sync_parent(path, err);
}

/* What a deleted row leaves in a page is wiped by secure_delete; what moving rows about leaves,
 * only by writing the file anew. In memory: no copy of the case in a folder for temporary files. */
static int write_anew(struct case_db *c, struct err *err)
{
	int rc = case_exec(c, "writing the case anew", "PRAGMA temp_store=MEMORY; VACUUM", err);
	case_rollback(c); /* it changed no table */
	return rc;
}

static int finish(struct case_db *c, struct err *err)
{
	static const struct log_entry done = { .act = LOG_ERASURE, .what = "close-done" };
	int rc = remove_files(c, err);
	if (!rc)
		rc = write_anew(c, err);
	return rc ? rc : caselog_note(c, &done, err);
}

int closing_run(struct case_db *c, const char *reason, const struct key *second,
		struct closing *ret, struct err *err)
{
	struct retention r = { 0 };
	struct closing n = { 0 };
	int rc = case_lock(c, err);
	if (!rc)
		rc = retention_load(c, &r, err);
	if (!rc && !r.closed)
		rc = retention_allows(c, "closed", err);
	if (!rc && r.finished)
		rc = err_set(err, E_REFUSED, "The case is closed already.");
	if (!rc && !r.closed)
		rc = close_rows(c, reason, second, &n, err);
	n.resumed = r.closed;
	if (!rc)
		rc = finish(c, err);
	if (!rc)
		*ret = n;
	return rc;
}
