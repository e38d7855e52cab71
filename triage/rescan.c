/* rescan.c - see rescan.h */
#include "rescan.h"
#include "caselog.h"
#include "linepack.h"
#include "report/report.h"
#include "scan_match.h"
#include "scan_packs.h"
#include <stdlib.h>

/* What a line, identifier by identifier, was known as: before and after. */
#define KNOWN                                                                                   \
	"SELECT l.line,ifnull(CAST(l.e164 AS TEXT),l.identifier) AS k,min(l.identifier) AS "    \
	"identifier,group_concat(says,'; ') AS says FROM (SELECT l.*,ifnull(date(l.\"from\"/"   \
	"1000,'unixepoch'),'open')||' to '||ifnull(date(l.until/1000-1,'unixepoch'),'open')||"  \
	"', '||l.status||CASE WHEN l.grade='' THEN ', not graded' ELSE ', '||l.grade END||"     \
	"CASE WHEN s.lapsed THEN ', review overdue' ELSE '' END AS says FROM line l LEFT JOIN " \
	"line_source s ON s.line=l.id ORDER BY l.id) l GROUP BY l.line,k"

static const char forget[] = "DROP TABLE IF EXISTS temp.before; DROP TABLE IF EXISTS temp.met; "
			     "DROP TABLE IF EXISTS temp.hit;";

static const char prepare[] =
	"CREATE TEMP TABLE before AS " KNOWN ";"
	"CREATE TEMP TABLE met(party INTEGER PRIMARY KEY, first INTEGER);"
	"CREATE TEMP TABLE hit(record INTEGER, part INTEGER, n INTEGER, first INTEGER, rule TEXT, "
	"e164 INTEGER, raw BLOB, via TEXT, start INTEGER, stop INTEGER);"
	"INSERT INTO hit SELECT record,5,id,NULL,rule,NULL,NULL,via,start,stop FROM match WHERE "
	"rule IS NOT NULL;"
	"DELETE FROM match; DELETE FROM line_source; DELETE FROM line;";

/* In the order in which a scan adds them: sender, recipients, identifiers; then the name, the
 * numbers in the text, the rules. */
static const char collect[] =
	"INSERT INTO hit SELECT r.id,0,0,m.first,NULL,p.e164,p.raw,'from',NULL,NULL FROM met m "
	"JOIN party p ON p.id=m.party JOIN record r ON r.\"from\"=m.party WHERE "
	"p.role<>'owner';"
	"INSERT INTO hit SELECT r.id,1,s.n,m.first,NULL,p.e164,p.raw,CASE WHEN r.state&2048 OR "
	"r.direction=1 THEN 'member' ELSE 'to' END,NULL,NULL FROM met m JOIN party p ON "
	"p.id=m.party JOIN party_set s ON s.party=m.party JOIN record r ON r.\"to\"=s.id WHERE "
	"p.role<>'owner';"
	"INSERT INTO hit SELECT i.record,2,i.n,m.first,NULL,p.e164,p.raw,CASE r.kind WHEN 0 THEN "
	"'account' ELSE 'contact' END,NULL,NULL FROM met m JOIN party p ON p.id=m.party JOIN "
	"contact_id i ON i.party=m.party JOIN record r ON r.id=i.record;";

static const char compare[] =
	"INSERT INTO rescan_change SELECT ?1,row_number() OVER (ORDER BY k,line,identifier),k,line,"
	"identifier,was,now FROM ("
	"SELECT 'new' AS k,a.line,a.identifier,'' AS was,a.says AS now FROM (" KNOWN ") a LEFT "
	"JOIN before b ON b.line=a.line AND b.k=a.k WHERE b.k IS NULL UNION ALL "
	"SELECT 'gone',b.line,b.identifier,b.says,'' FROM before b LEFT JOIN (" KNOWN ") a ON "
	"b.line=a.line AND b.k=a.k WHERE a.k IS NULL UNION ALL "
	"SELECT 'changed',a.line,a.identifier,b.says,a.says FROM (" KNOWN ") a JOIN before b ON "
	"b.line=a.line AND b.k=a.k WHERE a.says<>b.says)";

struct again {
	struct case_db *c;
	const struct scan_options *o;
	struct scan_match *match;
	char *result; /* before */
	size_t result_n;
	int64_t id, lines_pack;
	struct err *err;
};

static span blob(sqlite3_stmt *st, int i)
{
	const char *p = sqlite3_column_blob(st, i);
	return sqlite3_column_type(st, i) == SQLITE_NULL
		       ? SPAN_NONE
		       : (span){ p ? p : "", (size_t)sqlite3_column_bytes(st, i) };
}

static int end(struct again *a, sqlite3_stmt *st, int step)
{
	int rc = step == SQLITE_DONE || step == SQLITE_ROW
			 ? 0
			 : case_error(a->c, "matching the case again", a->err);
	sqlite3_finalize(st);
	return rc;
}

static uint32_t look_up(struct again *a, span raw, span kind, int64_t e164)
{
	struct identifier id = { .e164 = (uint64_t)e164, .reason = "" };
	if (!raw.p || !id_kind_from_word(kind, &id.kind))
		return LINES_NONE;
	return scan_match_listed((void *)a->o->lines, &id, raw);
}

static int find_parties(struct again *a)
{
	sqlite3_stmt *st, *add = NULL;
	int step = SQLITE_DONE,
	    rc = case_prepare(a->c, "SELECT id,raw,kind,e164 FROM party WHERE raw IS NOT NULL", &st,
			      a->err);
	if (!rc)
		rc = case_prepare(a->c, "INSERT INTO met VALUES(?1,?2)", &add, a->err);
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW) {
		uint32_t first = look_up(a, blob(st, 1), blob(st, 2), sqlite3_column_int64(st, 3));
		if (first == LINES_NONE)
			continue;
		sqlite3_bind_int64(add, 1, sqlite3_column_int64(st, 0));
		sqlite3_bind_int64(add, 2, first);
		rc = case_step(a->c, add, a->err);
	}
	sqlite3_finalize(add);
	return rc ? (sqlite3_finalize(st), rc) : end(a, st, step);
}

/* One more row of hit, from a query that gives record, n, raw, kind, e164, start, stop: numbers in
 * texts; or from one that gives record, n, name: contacts. */
static int find_others(struct again *a, const char *sql, bool names)
{
	sqlite3_stmt *st, *add = NULL;
	int step = SQLITE_DONE, rc = case_prepare(a->c, sql, &st, a->err);
	if (!rc)
		rc = case_prepare(a->c,
				  names ? "INSERT INTO hit VALUES(?1,3,?2,?3,NULL,NULL,NULL,'name',"
					  "NULL,NULL)"
					: "INSERT INTO hit VALUES(?1,4,?2,?3,NULL,?4,?5,'mention',"
					  "?6,?7)",
				  &add, a->err);
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW) {
		span raw = blob(st, 2);
		uint32_t first = names ? lines_find_name(a->o->lines, raw)
				       : look_up(a, raw, blob(st, 3), sqlite3_column_int64(st, 4));
		if (first == LINES_NONE)
			continue;
		sqlite3_bind_int64(add, 1, sqlite3_column_int64(st, 0));
		sqlite3_bind_int64(add, 2, sqlite3_column_int64(st, 1));
		sqlite3_bind_int64(add, 3, first);
		if (!names) {
			sqlite3_bind_value(add, 4, sqlite3_column_value(st, 4));
			sqlite3_bind_value(add, 5, sqlite3_column_value(st, 2));
			sqlite3_bind_value(add, 6, sqlite3_column_value(st, 5));
			sqlite3_bind_value(add, 7, sqlite3_column_value(st, 6));
		}
		rc = case_step(a->c, add, a->err);
	}
	sqlite3_finalize(add);
	return rc ? (sqlite3_finalize(st), rc) : end(a, st, step);
}

static int write_matches(struct again *a)
{
	sqlite3_stmt *st;
	struct scan_match_setup setup = {
		.c = a->c, .options = a->o, .stage = 3, .lines_pack = a->lines_pack
	};
	int step = SQLITE_DONE, rc = scan_match_open(&a->match, &setup, a->err);
	if (rc)
		return rc;
	rc = case_prepare(a->c,
			  "SELECT record,part,first,rule,e164,raw,via,start,stop FROM temp.hit "
			  "ORDER BY record,part,n",
			  &st, a->err);
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW) {
		struct scan_met m = { .record = sqlite3_column_int64(st, 0),
				      .named = sqlite3_column_int(st, 1) == 3,
				      .first = (uint32_t)sqlite3_column_int64(st, 2),
				      .rule = (const char *)sqlite3_column_text(st, 3),
				      .e164 = (uint64_t)sqlite3_column_int64(st, 4),
				      .raw = blob(st, 5),
				      .via = (const char *)sqlite3_column_text(st, 6),
				      .start = (size_t)sqlite3_column_int64(st, 7),
				      .stop = (size_t)sqlite3_column_int64(st, 8) };
		rc = scan_match_again(a->match, &m, a->err);
	}
	int last = rc ? (sqlite3_finalize(st), rc) : end(a, st, step);
	scan_match_free(a->match); /* no statement may be open when the transaction ends */
	a->match = NULL;
	return last;
}

static int match_all(struct again *a)
{
	int rc = case_exec(a->c, "matching the case again", forget, a->err);
	if (!rc)
		rc = case_exec(a->c, "matching the case again", prepare, a->err);
	if (!rc)
		rc = scan_packs_change(a->c, a->o, &a->lines_pack, a->err);
	if (!rc)
		rc = find_parties(a);
	if (!rc)
		rc = case_exec(a->c, "matching the case again", collect, a->err);
	if (!rc)
		rc = find_others(
			a, "SELECT id,0,name FROM record WHERE kind=1 AND name IS NOT NULL", true);
	if (!rc)
		rc = find_others(
			a,
			"SELECT m.record,m.n,substr(r.text,m.start+1,m.stop-m.start),m.kind,"
			"m.e164,m.start,m.stop FROM mention m JOIN record r ON r.id=m.record "
			"WHERE r.text IS NOT NULL",
			false);
	if (!rc)
		rc = write_matches(a);
	return rc ? rc : score_case(a->c, a->o->rules, a->o->policy, a->err);
}

/* ---- what it was, and what it is now ---- */

static int keep_result(struct again *a)
{
	FILE *f = open_memstream(&a->result, &a->result_n);
	if (!f)
		return err_set(a->err, E_NOMEM, "Memory ran out.");
	int rc = report_json(a->c, f, a->err);
	if (fclose(f) != 0 && !rc)
		rc = err_set(a->err, E_NOMEM, "Memory ran out.");
	return rc;
}

/* 'was' is filled before the list is changed, 'now' after. */
static int note_before(struct again *a)
{
	sqlite3_stmt *st;
	int rc = case_prepare(
		a->c,
		"INSERT INTO rescan(at,was,now,was_level,result) VALUES(?1,ifnull((SELECT CASE "
		"kind WHEN 'lines' THEN version ELSE name END FROM pack WHERE kind LIKE 'lines%'),"
		"''),'',(SELECT level FROM outcome),?2)",
		&st, a->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, case_now(a->c));
	sqlite3_bind_text64(st, 2, a->result, a->result_n, SQLITE_STATIC, SQLITE_UTF8);
	rc = case_step(a->c, st, a->err);
	a->id = sqlite3_last_insert_rowid(case_handle(a->c));
	sqlite3_finalize(st);
	return rc;
}

static int note_after(struct again *a)
{
	static const char *const sql[] = {
		compare,
		"UPDATE rescan SET now=(SELECT CASE kind WHEN 'lines' THEN version ELSE name END "
		"FROM pack WHERE kind LIKE 'lines%'),now_level=(SELECT level FROM outcome) WHERE "
		"id=?1",
	};
	int rc = 0;
	for (int i = 0; !rc && i < 2; i++) {
		sqlite3_stmt *st;
		rc = case_prepare(a->c, sql[i], &st, a->err);
		if (rc)
			return rc;
		sqlite3_bind_int64(st, 1, a->id);
		rc = case_step(a->c, st, a->err);
		sqlite3_finalize(st);
	}
	return rc;
}

/* Against the same list there is nothing to say. */
static int check_other(struct again *a)
{
	sqlite3_stmt *st;
	const struct linepack_about *p = lines_about(a->o->lines);
	int rc = case_prepare(a->c, "SELECT kind,sha256,version FROM pack WHERE kind LIKE 'lines%'",
			      &st, a->err);
	if (rc)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW) {
		const char *sha256 = (const char *)sqlite3_column_text(st, 1);
		bool older = p && span_eq(blob(st, 0), SPAN("lines")) &&
			     (uint64_t)sqlite3_column_int64(st, 2) > p->number;
		if (strcmp(sha256, lines_sha256(a->o->lines)) == 0)
			rc = err_set(a->err, E_USER,
				     "The case was matched against this list already: nothing to "
				     "do.");
		else if (older)
			rc = err_set(a->err, E_USER,
				     "The case was matched against pack %lld, which is newer than "
				     "pack %llu. Install a newer pack first.",
				     (long long)sqlite3_column_int64(st, 2),
				     (unsigned long long)p->number);
	}
	sqlite3_finalize(st);
	return rc;
}

static int count(struct again *a, const char *kind, int64_t *ret)
{
	sqlite3_stmt *st;
	int rc =
		case_prepare(a->c, "SELECT count(*) FROM rescan_change WHERE rescan=?1 AND kind=?2",
			     &st, a->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, a->id);
	sqlite3_bind_text(st, 2, kind, -1, SQLITE_STATIC);
	*ret = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return 0;
}

int rescan_case(struct case_db *c, const struct scan_options *options, int64_t *ret_id,
		struct err *err)
{
	struct again a = { .c = c, .o = options, .err = err };
	int64_t n[3] = { 0 };
	int rc = check_other(&a);
	if (!rc)
		rc = keep_result(&a);
	if (rc) {
		free(a.result);
		return rc;
	}
	rc = case_begin(c, err);
	if (!rc)
		rc = note_before(&a);
	if (!rc)
		rc = match_all(&a);
	if (!rc)
		rc = note_after(&a);
	if (!rc)
		rc = count(&a, "new", &n[0]);
	if (!rc)
		rc = count(&a, "gone", &n[1]);
	if (!rc)
		rc = count(&a, "changed", &n[2]);
	struct log_entry done = {
		LOG_COMBINATION,
		"rescan",
		{ { "rescan", a.id }, { "new", n[0] }, { "gone", n[1] }, { "changed", n[2] } },
		{ { "list", lines_sha256(options->lines) } }
	};
	if (!rc)
		rc = case_commit(c, &done, err);
	if (rc)
		case_rollback(c);
	else
		*ret_id = a.id;
	case_exec(c, "finishing to match again", forget, NULL);
	free(a.result);
	return rc;
}
