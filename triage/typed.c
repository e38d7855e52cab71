/* typed.c - see typed.h */
#include "typed.h"
#include "caselog.h"
#include "decision.h"
#include "exhibit_store.h"
#include "scan_match.h"
#include "scan_packs.h"
#include <stdio.h>

struct adding {
	struct case_db *c;
	const struct typed *t;
	const struct scan_options *options;
	struct scope *scope;
	struct record_store *records;
	struct warning_store *warnings;
	struct scan_match *match;
	int64_t lines_pack, file, row;
	struct buf path;
	struct typed_result result;
	struct err *err;
};

/* The number that a statement with at most one row gives, 0 if it gives none. */
static int number_of(struct adding *a, const char *sql, span bound, int64_t *ret)
{
	sqlite3_stmt *st;
	int rc = case_prepare(a->c, sql, &st, a->err);
	if (rc)
		return rc;
	if (bound.p && sqlite3_bind_parameter_count(st) > 0)
		sqlite3_bind_text64(st, 1, bound.p, bound.n, SQLITE_STATIC, SQLITE_UTF8);
	if (sqlite3_bind_parameter_count(st) > 1)
		sqlite3_bind_int64(st, 2, a->result.exhibit);
	int step = sqlite3_step(st);
	*ret = step == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	if (step != SQLITE_ROW && step != SQLITE_DONE)
		rc = case_error(a->c, "storing what was typed", a->err);
	sqlite3_finalize(st);
	return rc;
}

/* All that is typed in a case is one exhibit, read at the lowest stage that any of it was. */
static int find_exhibit(struct adding *a)
{
	char sql[300];
	int rc = number_of(a, "SELECT id FROM exhibit WHERE kind='typed'", SPAN_NONE,
			   &a->result.exhibit);
	if (rc)
		return rc;
	if (!a->result.exhibit)
		rc = number_of(a,
			       "INSERT INTO exhibit(label,kind,platform,fingerprint,state) "
			       "VALUES('seen on the handset','typed','unknown','typed','whole') "
			       "RETURNING id",
			       SPAN_NONE, &a->result.exhibit);
	snprintf(sql, sizeof sql,
		 "UPDATE exhibit SET stage=min(stage,%d), scope=%lld WHERE id=%lld",
		 scope_stage(a->scope), (long long)scope_version(a->scope),
		 (long long)a->result.exhibit);
	return rc ? rc : case_exec(a->c, "storing what was typed", sql, a->err);
}

static int find_file(struct adding *a)
{
	char sql[200];
	buf_addf(&a->path, "seen on handset by %s, photo %lld", a->t->seen_by,
		 (long long)a->t->photo);
	if (a->path.failed)
		return err_set(a->err, E_NOMEM, "Memory ran out.");
	int rc = number_of(a, "SELECT id FROM evidence_file WHERE path=?1 AND exhibit=?2",
			   buf_span(&a->path), &a->file);
	if (!rc && !a->file)
		rc = number_of(a,
			       "INSERT INTO evidence_file(exhibit,path,state,kinds) "
			       "VALUES(?2,?1,'" TYPED_STATE "',0) RETURNING id",
			       buf_span(&a->path), &a->file);
	snprintf(sql, sizeof sql, "SELECT 1+coalesce(max(row),0) FROM record WHERE file=%lld",
		 (long long)a->file);
	return rc ? rc : number_of(a, sql, SPAN_NONE, &a->row);
}

static int count_outside(struct adding *a)
{
	char sql[300];
	snprintf(sql, sizeof sql,
		 "INSERT INTO outside VALUES(%lld,'%s','%s',1) "
		 "ON CONFLICT DO UPDATE SET rows=rows+1",
		 (long long)a->result.exhibit, scope_out_word(a->result.out),
		 record_kind_word(a->t->kind));
	return case_exec(a->c, "counting what was typed", sql, a->err);
}

/* The same conversation on the same photo is one thread, however many records were typed of it. */
static int join_threads(struct adding *a)
{
	char sql[700];
	snprintf(sql, sizeof sql,
		 "UPDATE record SET thread=(SELECT min(o.id) FROM thread o JOIN thread n ON "
		 "n.file=o.file AND n.key=o.key WHERE n.id=record.thread) WHERE id=%lld AND thread "
		 "IS NOT NULL; DELETE FROM thread WHERE file=%lld AND id NOT IN (SELECT thread "
		 "FROM record WHERE thread IS NOT NULL AND file=%lld)",
		 (long long)a->result.record, (long long)a->file, (long long)a->file);
	return case_exec(a->c, "storing what was typed", sql, a->err);
}

static int open_stores(struct adding *a)
{
	const struct scan_options *o = a->options;
	int rc = scan_packs(a->c, o, scope_stage(a->scope), &a->lines_pack, a->err);
	if (!rc)
		rc = record_store_open(&a->records, a->c, a->result.exhibit, false, NULL,
				       scan_match_listed, (void *)o->lines, a->err);
	if (!rc)
		rc = warning_store_open(&a->warnings, a->c, a->result.exhibit, a->err);
	struct scan_match_setup setup = { .c = a->c,
					  .options = o,
					  .stage = scope_stage(a->scope),
					  .lines_pack = a->lines_pack,
					  .records = a->records,
					  .warnings = a->warnings };
	return rc ? rc : scan_match_open(&a->match, &setup, a->err);
}

/* Stage 2 reads texts with a number of the list: here nobody comes back to read it then. */
static bool keeps_text(struct adding *a, const struct record *r)
{
	struct identifier id = identifier_of(a->t->number);
	return scope_text(a->scope, buf_span(&a->path), r) ||
	       (scope_stage(a->scope) == 2 &&
		scan_match_listed((void *)a->options->lines, &id, a->t->number) != NOT_LISTED);
}

static int keep(struct adding *a, struct record *r)
{
	struct stored stored;
	bool text = keeps_text(a, r);
	int rc = open_stores(a);
	if (!rc)
		rc = record_store_add(a->records, a->file, r, text ? TEXT_SHOWN : TEXT_STAGE,
				      &stored, a->err);
	if (rc)
		return rc;
	a->result.record = stored.record;
	a->result.text_withheld = r->text.p && !text;
	if (!text)
		r->text = SPAN_NONE;
	rc = scan_match_record(a->match, a->file, r, &stored, a->err);
	if (!rc)
		rc = scan_match_settle(a->match, a->err);
	if (!rc)
		rc = warning_store_flush(a->warnings, a->err);
	return rc ? rc : join_threads(a);
}

/* Who typed what is the decision's; what it says stands in the record alone. */
static int decide(struct adding *a)
{
	json_t *choices =
		json_pack("{sssIsI}", "kind", record_kind_word(a->t->kind), "photo",
			  (json_int_t)a->t->photo, "record", (json_int_t)a->result.record);
	const struct decision_text texts[] = { { "seen_by", a->t->seen_by }, { NULL, NULL } };
	struct decision d = { .kind = DECISION_TYPED, .choices = choices, .texts = texts };
	int rc = choices ? decision_add(a->c, &d, NULL, a->err)
			 : err_set(a->err, E_NOMEM, "Memory ran out.");
	json_decref(choices);
	return rc;
}

static int add(struct adding *a)
{
	const struct typed *t = a->t;
	struct party person = { .role = ROLE_PERSON, .raw = t->number };
	struct party owner = { .role = ROLE_OWNER };
	struct contact_id id = { .raw = t->number };
	bool contact = t->kind == REC_CONTACT, out = t->direction == DIR_OUT;
	struct record r = { .kind = t->kind,
			    .table = TYPED_TABLE,
			    .time = t->time,
			    .time_raw = t->time_typed,
			    .duration = t->duration,
			    .direction = t->direction,
			    .thread = contact ? SPAN_NONE : t->number,
			    .text = t->text,
			    .name = t->name,
			    .state = t->state };
	if (contact) {
		r.ids = &id;
		r.ids_n = 1;
	} else {
		r.from = out ? owner : person;
		r.to = out ? &person : &owner;
		r.to_n = 1;
	}
	int rc = find_exhibit(a);
	if (rc)
		return rc;
	a->result.out = scope_of(a->scope, &r);
	if (a->result.out)
		return count_outside(a);
	rc = find_file(a);
	r.row = a->row;
	if (!rc)
		rc = keep(a, &r);
	if (!rc)
		rc = decide(a);
	return rc ? rc : score_case(a->c, a->options->rules, a->options->policy, a->err);
}

int typed_add(struct case_db *c, const struct typed *t, const struct scan_options *options,
	      struct typed_result *ret, struct err *err)
{
	struct adding a = { .c = c, .t = t, .options = options, .err = err };
	int rc = case_lock(c, err);
	if (!rc)
		rc = scope_load(&a.scope, c, options->confidential, err);
	if (!rc)
		rc = case_begin(c, err);
	if (!rc)
		rc = add(&a);
	struct log_entry done = { LOG_COLLECTION,
				  a.result.out ? "typed-outside" : "typed",
				  { { "exhibit", a.result.exhibit },
				    { "record", a.result.record } },
				  { { 0 } } };
	/* no statement may be open when the transaction ends */
	scan_match_free(a.match);
	record_store_free(a.records);
	warning_store_free(a.warnings);
	if (!rc)
		rc = case_commit(c, &done, err);
	if (rc)
		case_rollback(c);
	else
		*ret = a.result;
	scope_free(a.scope);
	buf_free(&a.path);
	return rc;
}
