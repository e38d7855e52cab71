/* linedb_change.c - see linedb_change.h */
#include "linedb_change.h"
#include "hex.h"
#include <openssl/evp.h>
#include <stdio.h>

static const struct {
	const char *name, *columns;
} tables[LT_MAX] = {
	[LT_LINE] = { "line", "uuid,name,words,status,area,areas,drugs,ocg,unit,contact,warning,"
			      "ddtro,ddtro_on,holder" },
	[LT_BRAND] = { "brand", "line,name,words,\"from\",until" },
	[LT_ASSERTION] = { "assertion",
			   "line,type,raw,key,\"from\",until,precision,role,status,"
			   "grade,original,conditions,force,reference,officer,received,"
			   "review_by" },
	[LT_LINK] = { "link", "line,other,kind,\"from\",evidence" },
	[LT_TEMPLATE] = { "template", "line,assertion,shingles" },
	[LT_NOTE] = { "note", "line,kind,text" },
	[LT_CANDIDATE] = { "candidate", "key,raw,token,first,last,why" },
};

const char *linedb_table_name(enum linedb_table t)
{
	return tables[t].name;
}

const char *linedb_columns(enum linedb_table t)
{
	return tables[t].columns;
}

/* Run SQL whose %1$s is the table and %2$s its columns, with up to two numbers. */
static int run(struct linedb *d, enum linedb_table t, const char *format, int64_t a, int64_t b,
	       struct err *err)
{
	char sql[1600];
	sqlite3_stmt *st;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(sql, sizeof sql, format, tables[t].name, tables[t].columns);
#pragma GCC diagnostic pop
	int rc = linedb_prepare(d, sql, &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, a);
	if (sqlite3_bind_parameter_count(st) > 1)
		sqlite3_bind_int64(st, 2, b);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

/* The first number that a query of one table gives; 0 where it gives no row. */
static int ask(struct linedb *d, enum linedb_table t, const char *format, int64_t a, int64_t *ret,
	       struct err *err)
{
	char sql[1600];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(sql, sizeof sql, format, tables[t].name);
#pragma GCC diagnostic pop
	*ret = 0;
	int rc = linedb_number(d, sql, a, ret, err);
	return rc == E_ABSENT ? 0 : rc;
}

int linedb_propose(struct linedb *d, const char *kind, int64_t undoes, int64_t *ret,
		   struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_begin(d, err);
	if (rc)
		return rc;
	rc = linedb_prepare(d,
			    "INSERT INTO proposal(kind,state,by,at,undoes,victim,rows,sha256) "
			    "VALUES(?1,'open',?2,?3,?4,0,0,'')",
			    &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, key_public(linedb_actor(d))->id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 3, linedb_now());
	if (undoes)
		sqlite3_bind_int64(st, 4, undoes);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	*ret = sqlite3_last_insert_rowid(linedb_handle(d));
	return rc;
}

/* ---- the hash of what a proposal holds ---- */

static void add_value(EVP_MD_CTX *sha, sqlite3_stmt *st, int i)
{
	unsigned char head[9] = { (unsigned char)sqlite3_column_type(st, i) };
	bool number = head[0] == SQLITE_INTEGER;
	uint64_t n = number ? (uint64_t)sqlite3_column_int64(st, i)
			    : (uint64_t)sqlite3_column_bytes(st, i);
	for (int k = 0; k < 8; k++)
		head[1 + k] = (unsigned char)(n >> (56 - 8 * k));
	EVP_DigestUpdate(sha, head, sizeof head);
	if (!number && n)
		EVP_DigestUpdate(sha, sqlite3_column_blob(st, i), (size_t)n);
}

static int hash_rows(struct linedb *d, int64_t proposal, int64_t *ret_rows, char ret[static 65],
		     struct err *err)
{
	EVP_MD_CTX *sha = EVP_MD_CTX_new();
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n;
	int rc = sha && EVP_DigestInit_ex(sha, EVP_sha256(), NULL) == 1
			 ? 0
			 : err_set(err, E_NOMEM, "Memory ran out.");
	*ret_rows = 0;
	for (enum linedb_table t = 0; !rc && t < LT_MAX; t++) {
		char sql[600];
		sqlite3_stmt *st;
		snprintf(sql, sizeof sql,
			 "SELECT id,v,base,gone,%s FROM %s WHERE proposal=?1 ORDER BY id,v",
			 tables[t].columns, tables[t].name);
		rc = linedb_prepare(d, sql, &st, err);
		if (rc)
			break;
		sqlite3_bind_int64(st, 1, proposal);
		unsigned char mark = (unsigned char)t;
		int step, columns = sqlite3_column_count(st);
		while ((step = sqlite3_step(st)) == SQLITE_ROW) {
			EVP_DigestUpdate(sha, &mark, 1);
			for (int i = 0; i < columns; i++)
				add_value(sha, st, i);
			++*ret_rows;
		}
		if (step != SQLITE_DONE)
			rc = linedb_error(d, err);
		sqlite3_finalize(st);
	}
	if (!rc && EVP_DigestFinal_ex(sha, digest, &n) == 1)
		hex_write(ret, digest, n);
	EVP_MD_CTX_free(sha);
	return rc;
}

int linedb_seal_rows(struct linedb *d, int64_t proposal, int64_t *ret_rows, char ret[static 65],
		     struct err *err)
{
	sqlite3_stmt *st;
	int rc = hash_rows(d, proposal, ret_rows, ret, err);
	if (!rc)
		rc = linedb_prepare(
			d,
			"UPDATE proposal SET rows=?2,sha256=?3,victim=EXISTS(SELECT 1 FROM "
			"assertion"
			" a WHERE a.proposal=?1 AND (a.role='victim' OR EXISTS(SELECT 1 FROM "
			"assertion o WHERE o.id=a.id AND o.v=a.base AND o.role='victim'))) WHERE "
			"id=?1",
			&st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, proposal);
	sqlite3_bind_int64(st, 2, *ret_rows);
	sqlite3_bind_text(st, 3, ret, 64, SQLITE_STATIC);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

int linedb_propose_end(struct linedb *d, int64_t proposal, const char *what, const char *why,
		       struct err *err)
{
	char sha256[65];
	int64_t rows;
	int rc = linedb_seal_rows(d, proposal, &rows, sha256, err);
	if (!rc && !rows)
		rc = err_set(err, E_USER, "Nothing would change.");
	struct linedb_entry e = { .what = what,
				  .why = why,
				  .n = { { "proposal", proposal }, { "rows", rows } },
				  .w = { { "sha256", sha256 } } };
	if (!rc)
		rc = linedb_commit(d, &e, err);
	if (rc)
		linedb_rollback(d);
	return rc;
}

/* ---- rows ---- */

int linedb_next_id(struct linedb *d, enum linedb_table t, int64_t *ret, struct err *err)
{
	int rc = ask(d, t, "SELECT max(id)+?1 FROM %1$s", 1, ret, err);
	if (!rc && !*ret)
		*ret = 1;
	return rc;
}

int linedb_edit(struct linedb *d, enum linedb_table t, int64_t id, int64_t proposal,
		struct err *err)
{
	int64_t there = 0;
	int rc = ask(d, t, "SELECT count(*) FROM %1$s WHERE id=?1 AND current AND NOT gone", id,
		     &there, err);
	if (!rc && !there)
		return err_set(err, E_ABSENT, "There is no %s %lld.", tables[t].name,
			       (long long)id);
	return rc ? rc
		  : run(d, t,
			"INSERT INTO %1$s(id,v,base,proposal,current,gone,%2$s) SELECT id,(SELECT "
			"max(v)+1 FROM %1$s WHERE id=?1),v,?2,0,0,%2$s FROM %1$s WHERE id=?1 AND "
			"current AND NOT EXISTS(SELECT 1 FROM %1$s WHERE id=?1 AND proposal=?2)",
			id, proposal, err);
}

static int set(struct linedb *d, enum linedb_table t, int64_t id, int64_t proposal,
	       const char *column, const char *text, const int64_t *number, struct err *err)
{
	char sql[200];
	sqlite3_stmt *st;
	snprintf(sql, sizeof sql, "UPDATE %s SET \"%s\"=?3 WHERE id=?1 AND proposal=?2",
		 tables[t].name, column);
	int rc = linedb_prepare(d, sql, &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, proposal);
	if (number)
		sqlite3_bind_int64(st, 3, *number);
	else if (text)
		sqlite3_bind_text(st, 3, text, -1, SQLITE_STATIC);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

int linedb_set(struct linedb *d, enum linedb_table t, int64_t id, int64_t proposal,
	       const char *column, const char *value, struct err *err)
{
	return set(d, t, id, proposal, column, value, NULL, err);
}

int linedb_set_number(struct linedb *d, enum linedb_table t, int64_t id, int64_t proposal,
		      const char *column, int64_t value, struct err *err)
{
	return set(d, t, id, proposal, column, NULL, &value, err);
}

/* ---- deciding ---- */

struct stored {
	char kind[16], state[16], by[20], sha256[65];
	int64_t victim, rows;
};

static void copy(char *to, size_t cap, sqlite3_stmt *st, int i)
{
	const char *s = (const char *)sqlite3_column_text(st, i);
	snprintf(to, cap, "%s", s ? s : "");
}

static int find(struct linedb *d, int64_t proposal, struct stored *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		d, "SELECT kind,state,by,sha256,victim,rows FROM proposal WHERE id=?1", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, proposal);
	if (sqlite3_step(st) == SQLITE_ROW) {
		copy(ret->kind, sizeof ret->kind, st, 0);
		copy(ret->state, sizeof ret->state, st, 1);
		copy(ret->by, sizeof ret->by, st, 2);
		copy(ret->sha256, sizeof ret->sha256, st, 3);
		ret->victim = sqlite3_column_int64(st, 4);
		ret->rows = sqlite3_column_int64(st, 5);
	} else
		rc = err_set(err, E_ABSENT,
			     "There is no proposal %lld. 'linecheck lines log' lists them.",
			     (long long)proposal);
	sqlite3_finalize(st);
	return rc;
}

static int find_open(struct linedb *d, int64_t proposal, struct stored *ret, struct err *err)
{
	int rc = find(d, proposal, ret, err);
	if (!rc && strcmp(ret->state, "open") != 0)
		rc = err_set(err, E_USER, "Proposal %lld is %s already.", (long long)proposal,
			     ret->state);
	return rc;
}

static int decide(struct linedb *d, int64_t proposal, const char *state, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		d, "UPDATE proposal SET state=?2,decided_by=?3,decided_at=?4 WHERE id=?1", &st,
		err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, proposal);
	sqlite3_bind_text(st, 2, state, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, key_public(linedb_actor(d))->id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 4, linedb_now());
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

/* Nothing may have changed under the proposal since it was made. */
static int check_base(struct linedb *d, int64_t proposal, struct err *err)
{
	for (enum linedb_table t = 0; t < LT_MAX; t++) {
		int64_t id;
		int rc = ask(d, t,
			     "SELECT n.id FROM %1$s n WHERE n.proposal=?1 AND n.base<>ifnull("
			     "(SELECT c.v FROM %1$s c WHERE c.id=n.id AND c.current),0) LIMIT 1",
			     proposal, &id, err);
		if (rc)
			return rc;
		if (id)
			return err_set(err, E_USER,
				       "The %s %lld was changed by somebody else since proposal "
				       "%lld was made. Refuse it, look at what stands now, and "
				       "propose again.",
				       tables[t].name, (long long)id, (long long)proposal);
	}
	return 0;
}

/* What the tables cannot say by themselves, once the proposal counts. */
static int check_sense(struct linedb *d, int64_t proposal, struct err *err)
{
	static const struct {
		const char *sql, *why;
	} must_not[] = {
		{ "SELECT n.id FROM assertion n JOIN assertion c ON c.key=n.key AND c.current AND "
		  "NOT c.gone AND c.line=n.line AND c.id<>n.id AND "
		  "ifnull(c.\"from\",-9e15)<ifnull(n.until,9e15) AND "
		  "ifnull(n.\"from\",-9e15)<ifnull(c.until,9e15) WHERE n.proposal=?1 AND n.current "
		  "AND NOT n.gone LIMIT 1",
		  "The number of assertion %lld stands for the same line at the same time already: "
		  "correct the dates of one, or leave one out." },
		{ "SELECT n.id FROM line n JOIN line c ON c.words=n.words AND c.current AND NOT "
		  "c.gone AND c.id<>n.id WHERE n.proposal=?1 AND n.current AND NOT n.gone LIMIT 1",
		  "The name of line %lld belongs to another line already." },
		{ "SELECT n.id FROM line n JOIN assertion c ON c.line=n.id AND c.current AND NOT "
		  "c.gone WHERE n.proposal=?1 AND n.current AND n.gone LIMIT 1",
		  "Line %lld still has identifiers that were added since: take those back first." },
		{ "SELECT n.id FROM assertion n WHERE n.proposal=?1 AND n.current AND NOT n.gone "
		  "AND NOT EXISTS(SELECT 1 FROM line l WHERE l.id=n.line AND l.current AND NOT "
		  "l.gone) LIMIT 1",
		  "The line of assertion %lld is no longer there." },
	};
	for (size_t i = 0; i < sizeof must_not / sizeof *must_not; i++) {
		int64_t id = 0;
		int rc = linedb_number(d, must_not[i].sql, proposal, &id, err);
		if (rc && rc != E_ABSENT)
			return rc;
		if (id) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			return err_set(err, E_USER, must_not[i].why, (long long)id);
#pragma GCC diagnostic pop
		}
	}
	return 0;
}

int linedb_apply(struct linedb *d, int64_t proposal, struct err *err)
{
	int rc = check_base(d, proposal, err);
	for (enum linedb_table t = 0; !rc && t < LT_MAX; t++) {
		rc = run(d, t,
			 "UPDATE %1$s SET current=0 WHERE current AND id IN (SELECT id FROM %1$s "
			 "WHERE proposal=?1 AND base>0)",
			 proposal, 0, err);
		if (!rc)
			rc = run(d, t, "UPDATE %1$s SET current=1 WHERE proposal=?1", proposal, 0,
				 err);
	}
	if (!rc)
		rc = check_sense(d, proposal, err);
	return rc ? rc : decide(d, proposal, "approved", err);
}

static int approve(struct linedb *d, int64_t proposal, const char *why, bool supervisor,
		   struct err *err)
{
	struct stored p;
	char sha256[65];
	int64_t rows;
	int rc = find_open(d, proposal, &p, err);
	if (rc)
		return rc;
	if (strcmp(p.by, key_public(linedb_actor(d))->id) == 0)
		return err_set(err, E_REFUSED,
			       "Nobody approves what they proposed themselves: proposal %lld "
			       "needs another person.",
			       (long long)proposal);
	if (p.victim && !supervisor)
		return err_set(err, E_REFUSED,
			       "Proposal %lld touches a number that a child uses: only a "
			       "supervisor approves it.",
			       (long long)proposal);
	rc = hash_rows(d, proposal, &rows, sha256, err);
	if (!rc && (strcmp(sha256, p.sha256) != 0 || rows != p.rows))
		rc = err_set(err, E_FORMAT,
			     "Proposal %lld is not what was proposed: the database was changed by "
			     "other means. Go back to a copy.",
			     (long long)proposal);
	if (!rc)
		rc = linedb_apply(d, proposal, err);
	struct linedb_entry e = { .what = "approve",
				  .why = why,
				  .n = { { "proposal", proposal }, { "rows", rows } },
				  .w = { { "sha256", sha256 } } };
	return rc ? rc : linedb_commit(d, &e, err);
}

int linedb_approve(struct linedb *d, int64_t proposal, const char *why, bool supervisor,
		   struct err *err)
{
	int rc = linedb_begin(d, err);
	if (!rc)
		rc = approve(d, proposal, why, supervisor, err);
	if (rc)
		linedb_rollback(d);
	return rc;
}

int linedb_refuse(struct linedb *d, int64_t proposal, const char *why, struct err *err)
{
	struct stored p;
	struct linedb_entry e = { .what = "refuse", .why = why, .n = { { "proposal", proposal } } };
	int rc = linedb_begin(d, err);
	if (!rc)
		rc = find_open(d, proposal, &p, err);
	if (!rc)
		rc = decide(d, proposal, "refused", err);
	if (!rc)
		rc = linedb_commit(d, &e, err);
	if (rc)
		linedb_rollback(d);
	return rc;
}

int linedb_undo(struct linedb *d, int64_t proposal, const char *why, int64_t *ret, struct err *err)
{
	struct stored p;
	int64_t own = 0;
	int rc = linedb_propose(d, "undo", proposal, &own, err);
	if (!rc)
		rc = find(d, proposal, &p, err);
	if (!rc && strcmp(p.state, "approved") != 0)
		rc = err_set(err, E_USER, "Proposal %lld is %s: there is nothing to undo.",
			     (long long)proposal, p.state);
	for (enum linedb_table t = 0; !rc && t < LT_MAX; t++) {
		int64_t later;
		rc = ask(d, t, "SELECT id FROM %1$s WHERE proposal=?1 AND NOT current LIMIT 1",
			 proposal, &later, err);
		if (!rc && later)
			rc = err_set(err, E_USER,
				     "The %s %lld was changed again after proposal %lld: undo that "
				     "change first. 'linecheck lines show' tells which.",
				     tables[t].name, (long long)later, (long long)proposal);
		if (!rc) /* what it changed: as before */
			rc = run(d, t,
				 "INSERT INTO %1$s(id,v,base,proposal,current,gone,%2$s) SELECT id,"
				 "(SELECT max(x.v)+1 FROM %1$s x WHERE x.id=o.id),(SELECT x.v FROM "
				 "%1$s x WHERE x.id=o.id AND x.current),?2,0,gone,%2$s FROM %1$s o "
				 "WHERE EXISTS(SELECT 1 FROM %1$s n WHERE n.proposal=?1 AND "
				 "n.id=o.id AND n.base=o.v)",
				 proposal, own, err);
		if (!rc) /* what it added: gone */
			rc = run(d, t,
				 "INSERT INTO %1$s(id,v,base,proposal,current,gone,%2$s) SELECT id,"
				 "(SELECT max(x.v)+1 FROM %1$s x WHERE x.id=o.id),v,?2,0,1,%2$s "
				 "FROM "
				 "%1$s o WHERE proposal=?1 AND base=0",
				 proposal, own, err);
	}
	if (rc)
		linedb_rollback(d);
	else
		rc = linedb_propose_end(d, own, "undo", why, err);
	if (!rc)
		*ret = own;
	return rc;
}

/* ---- checking ---- */

int linedb_check_entry(void *user, int64_t seq, const json_t *entry, struct err *err)
{
	struct linedb *d = user;
	const char *what = json_string_value(json_object_get(entry, "what"));
	const char *sha = json_string_value(json_object_get(json_object_get(entry, "w"), "sha256"));
	int64_t id = json_integer_value(json_object_get(json_object_get(entry, "n"), "proposal"));
	char sha256[65];
	int64_t rows;
	struct stored p;
	if (!what || !sha || !id || strcmp(what, "issue") == 0)
		return 0;
	int rc = find(d, id, &p, err);
	if (!rc)
		rc = hash_rows(d, id, &rows, sha256, err);
	bool counts = strcmp(what, "approve") == 0 || strcmp(what, "suggestion-refused") == 0;
	if (!rc && (strcmp(sha, sha256) != 0 || (counts && strcmp(p.state, "approved") != 0)))
		rc = err_set(err, E_FORMAT,
			     "What proposal %lld holds is not what entry %lld of the log says: the "
			     "database was changed by other means.",
			     (long long)id, (long long)seq);
	return rc;
}

int linedb_check_rows(struct linedb *d, struct err *err)
{
	int64_t bad = 0;
	int rc = linedb_number(d,
			       "SELECT (SELECT count(*) FROM proposal WHERE state='approved')<>"
			       "(SELECT count(*) FROM log WHERE json_extract(entry,'$.what') IN "
			       "('approve','suggestion-refused'))+?1",
			       0, &bad, err);
	for (enum linedb_table t = 0; !rc && !bad && t < LT_MAX; t++)
		rc = ask(
			d, t,
			"SELECT r.id FROM %1$s r LEFT JOIN proposal p ON p.id=r.proposal WHERE "
			"r.current<>(ifnull(p.state,'')='approved' AND NOT EXISTS(SELECT 1 FROM "
			"%1$s x JOIN proposal q ON q.id=x.proposal WHERE x.id=r.id AND x.v>r.v AND "
			"q.state='approved')) AND r.id>?1 LIMIT 1",
			0, &bad, err);
	if (!rc && bad)
		rc = err_set(err, E_FORMAT,
			     "What counts in the database is not what the log says was approved: "
			     "it was changed by other means. Go back to a copy.");
	return rc;
}
