/* rules_try.c - see rules_try.h */
#include "rules_try.h"
#include "match.h"
#include "score_case.h"
#include <stdlib.h>

/* The tables that scoring reads rules from and writes to, empty, before those of the case. */
static const char tables[] =
	"CREATE TEMP TABLE rule AS SELECT * FROM main.rule WHERE 0;"
	"CREATE TEMP TABLE found(record,line,rule,via,start,stop);"
	"CREATE TEMP TABLE match(id INTEGER PRIMARY KEY,record,line,rule,via,start,stop);"
	"CREATE TEMP TABLE outcome AS SELECT * FROM main.outcome WHERE 0;"
	"CREATE TEMP TABLE finding AS SELECT * FROM main.finding WHERE 0;"
	"CREATE TEMP TABLE finding_record AS SELECT * FROM main.finding_record WHERE 0;"
	"CREATE TEMP TABLE finding_count AS SELECT * FROM main.finding_count WHERE 0;"
	"CREATE TEMP TABLE role AS SELECT * FROM main.role WHERE 0;"
	"CREATE TEMP TABLE warning AS SELECT * FROM main.warning WHERE 0;"
	"INSERT INTO found SELECT record,line,NULL,via,start,stop FROM main.match "
	"WHERE line IS NOT NULL;";
static const char away[] =
	"DROP TABLE IF EXISTS temp.rule; DROP TABLE IF EXISTS temp.found;"
	"DROP TABLE IF EXISTS temp.match; DROP TABLE IF EXISTS temp.outcome;"
	"DROP TABLE IF EXISTS temp.finding; DROP TABLE IF EXISTS temp.finding_record;"
	"DROP TABLE IF EXISTS temp.finding_count; DROP TABLE IF EXISTS temp.role;"
	"DROP TABLE IF EXISTS temp.warning;";

struct attempt {
	struct tried *t;
	struct case_db *c;
	const struct ruleset *rs;
	const struct policy *policy;
	struct err *err;
	sqlite3_stmt *found;
	int64_t record;
	unsigned stage;
	bool limited;
	int failed;
};

void tried_free(struct tried *t)
{
	free(t->rule);
	*t = (struct tried){ 0 };
}

/* The stage that the case was read at: that of the last rule that ran. */
static int read_stage(struct attempt *a)
{
	sqlite3_stmt *st;
	int rc = case_prepare(a->c,
			      "SELECT coalesce(max(stage),3) FROM main.rule WHERE not_run IS NULL",
			      &st, a->err);
	if (rc)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW)
		a->stage = (unsigned)sqlite3_column_int(st, 0);
	else
		rc = case_error(a->c, "reading which rules ran", a->err);
	sqlite3_finalize(st);
	return rc;
}

static int add_rules(struct attempt *a)
{
	sqlite3_stmt *st;
	int rc = case_prepare(a->c, "INSERT INTO temp.rule VALUES(?,0,?,?,?,?,?)", &st, a->err);
	for (size_t i = 0; !rc && i < ruleset_count(a->rs); i++) {
		const struct rule *r = ruleset_at(a->rs, i);
		const char *later = r->stage > a->stage ? "The case was not read that far." : NULL;
		sqlite3_bind_text(st, 1, r->id, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 2, category_word(r->category), -1, SQLITE_STATIC);
		sqlite3_bind_int(st, 3, (int)r->stage);
		sqlite3_bind_text(st, 4, r->meaning, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 5, r->innocent, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 6, r->off ? r->off : later, -1, SQLITE_STATIC);
		rc = case_step(a->c, st, a->err);
	}
	sqlite3_finalize(st);
	return rc;
}

static void on_hit(void *user, const struct hit *hit)
{
	struct attempt *a = user;
	const struct rule *r = ruleset_at(a->rs, hit->rule);
	if (a->failed || r->stage > a->stage)
		return;
	a->t->rule[hit->rule].messages++;
	sqlite3_bind_int64(a->found, 1, a->record);
	sqlite3_bind_text(a->found, 2, r->id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(a->found, 3, (sqlite3_int64)hit->start);
	sqlite3_bind_int64(a->found, 4, (sqlite3_int64)hit->stop);
	a->failed = case_step(a->c, a->found, a->err);
}

static void on_limit(void *user, const struct rule *rule, const char *what)
{
	(void)rule;
	(void)what;
	((struct attempt *)user)->limited = true;
}

static int match_texts(struct attempt *a)
{
	sqlite3_stmt *st = NULL;
	struct matcher *m = matcher_new(a->rs, true, a->err);
	if (!m)
		return a->err && a->err->code ? a->err->code : E_NOMEM;
	int rc = case_prepare(a->c, "INSERT INTO temp.found VALUES(?1,NULL,?2,'text',?3,?4)",
			      &a->found, a->err);
	if (!rc)
		rc = case_prepare(a->c,
				  /* what a scan matches, as it does */
				  "SELECT id,text,direction FROM main.record WHERE kind=3 "
				  "AND text IS NOT NULL ORDER BY id",
				  &st, a->err);
	int step = SQLITE_DONE;
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW) {
		const void *bytes = sqlite3_column_blob(st, 1);
		int n = sqlite3_column_bytes(st, 1);
		a->record = sqlite3_column_int64(st, 0);
		a->limited = false;
		matcher_aim(m, (enum direction)sqlite3_column_int(st, 2));
		matcher_run(m, (span){ bytes ? bytes : "", n > 0 ? (size_t)n : 0 }, on_hit,
			    on_limit, a);
		a->t->limits += a->limited;
		a->t->texts++;
		rc = a->failed;
	}
	if (!rc && step != SQLITE_DONE)
		rc = case_error(a->c, "reading the case's texts", a->err);
	sqlite3_finalize(st);
	sqlite3_finalize(a->found);
	matcher_free(m);
	return rc;
}

static uint32_t rule_of(const struct ruleset *rs, const char *id)
{
	for (size_t i = 0; i < ruleset_count(rs); i++)
		if (strcmp(ruleset_at(rs, i)->id, id) == 0)
			return (uint32_t)i;
	return UINT32_MAX;
}

static int read_outcome(struct attempt *a)
{
	sqlite3_stmt *st;
	int rc = case_prepare(a->c, "SELECT level,link FROM temp.outcome", &st, a->err);
	if (rc)
		return rc;
	a->t->level = -1;
	int step = sqlite3_step(st);
	if (step == SQLITE_ROW) {
		if (sqlite3_column_type(st, 0) != SQLITE_NULL)
			a->t->level = sqlite3_column_int(st, 0);
		a->t->link = sqlite3_column_int(st, 1);
	} else if (step != SQLITE_DONE) {
		rc = case_error(a->c, "reading the level of the try", a->err);
	}
	sqlite3_finalize(st);
	if (rc)
		return rc;
	rc = case_prepare(a->c, "SELECT rule,points FROM temp.finding", &st, a->err);
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW) {
		const char *id = (const char *)sqlite3_column_text(st, 0);
		uint32_t i = id ? rule_of(a->rs, id) : UINT32_MAX;
		if (i != UINT32_MAX)
			a->t->rule[i].points += sqlite3_column_int(st, 1);
	}
	if (!rc && step != SQLITE_DONE)
		rc = case_error(a->c, "reading the findings of the try", a->err);
	sqlite3_finalize(st);
	return rc;
}

int rules_try(struct tried *ret, struct case_db *c, const struct ruleset *rs,
	      const struct policy *policy, struct err *err)
{
	struct attempt a = { .t = ret, .c = c, .rs = rs, .policy = policy, .err = err };
	*ret = (struct tried){ .rule = calloc(ruleset_count(rs) + 1, sizeof *ret->rule) };
	if (!ret->rule)
		return err_set(err, E_NOMEM, "out of memory");
	int rc = case_exec(c, "trying rules", "PRAGMA temp_store=MEMORY;", err);
	if (!rc)
		rc = case_exec(c, "trying rules", "BEGIN;", err);
	if (rc)
		return rc;
	rc = case_exec(c, "trying rules", tables, err);
	if (!rc)
		rc = read_stage(&a);
	if (!rc)
		rc = add_rules(&a);
	if (!rc)
		rc = match_texts(&a);
	if (!rc)
		rc = case_exec(c, "trying rules",
			       "INSERT INTO temp.match SELECT NULL,record,line,rule,via,start,stop "
			       "FROM temp.found ORDER BY record,rowid;",
			       err);
	if (!rc)
		rc = score_case(c, rs, policy, err);
	if (!rc)
		rc = read_outcome(&a);
	case_exec(c, "trying rules", away, NULL);
	case_exec(c, "trying rules", "ROLLBACK;", NULL);
	return rc;
}
