/*
 * score_case.c - see score_case.h. Reads (score_read.c), makes items (score_items.c), weighs
 * (rules/score.c), asks what would be without (rules/pivot.c) and writes, in this order.
 */
#include "score_case.h"
#include "pivot.h"
#include "role_score.h"
#include "score_items.h"
#include <jansson.h>
#include <stdlib.h>

/* A finding as it will be written. */
struct finding {
	const struct subject *s;
	int points;
	int without;
	bool pivotal;
	enum category category;
};

struct coverage {
	int per_cent;
	bool too_little; /* to speak of "no indicators" */
};

struct job {
	struct case_db *c;
	const struct policy *p;
	struct err *err;
	struct case_facts facts;
	struct items items;
	struct scorer *scorer;
	struct verdict verdict;
	struct coverage coverage;
	int *points;
	bool *pivotal;
	struct finding *finding;
	uint32_t findings;
};

static int no_memory(struct job *j)
{
	return err_set(j->err, E_NOMEM, "memory ran out while scoring the case");
}

/* The level as people see it: the lowest one is only said when enough was read. */
static int shown(const struct job *j, int level)
{
	return level == 0 && j->coverage.too_little ? -1 : level;
}

static int read_coverage(struct job *j)
{
	sqlite3_stmt *st;
	sqlite3_int64 scope = 0, read = 0, messages = 0, messages_read = 0;
	int rc = case_prepare(j->c,
			      "SELECT state,kinds,count(*) FROM evidence_file "
			      "WHERE side_of IS NULL GROUP BY state,kinds",
			      &st, j->err);
	if (rc)
		return rc;
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *state = (const char *)sqlite3_column_text(st, 0);
		sqlite3_int64 kinds = sqlite3_column_int64(st, 1), n = sqlite3_column_int64(st, 2);
		if (!state || strcmp(state, "out-of-scope") == 0 || strcmp(state, "typed") == 0)
			continue;
		bool was_read = strcmp(state, "read") == 0;
		bool has_messages = kinds & (1 << REC_MESSAGE);
		scope += n;
		read += was_read ? n : 0;
		messages += has_messages ? n : 0;
		messages_read += has_messages && was_read ? n : 0;
	}
	rc = sqlite3_errcode(case_handle(j->c)) == SQLITE_DONE
		     ? 0
		     : case_error(j->c, "reading what was covered", j->err);
	sqlite3_finalize(st);
	j->coverage = (struct coverage){
		.per_cent = scope ? (int)(read * 100 / scope) : 0,
		.too_little = !read || (messages &&
					messages_read * 100 / messages < j->p->level.messages_read),
	};
	return rc;
}

/* What is listed: every line and name, rules that count, and rules that are only told. */
static bool is_listed(const struct job *j, const struct subject *s)
{
	if (s->kind != ITEM_RULE || scorer_counts(j->scorer, s->item))
		return true;
	const struct case_rule *rule = &j->facts.rule[s->rule];
	if (rule->rule && rule->rule->clears)
		return true;
	return !rule->rule || (j->p->by_category[rule->category]->kind == CATEGORY_NOTE &&
			       rule->rule->kind != RULE_APPS);
}

/* An app is a fact to be told beside what was found, and no finding without it. */
static void list_apps(struct job *j)
{
	bool any = false;
	for (uint32_t i = 0; i < j->findings; i++)
		any |= j->finding[i].points > 0;
	for (uint32_t i = 0; any && i < j->items.subjects; i++) {
		const struct subject *s = &j->items.subject[i];
		if (s->kind == ITEM_RULE && j->facts.rule[s->rule].seen)
			j->finding[j->findings++] =
				(struct finding){ .s = s,
						  .without = j->verdict.level,
						  .category = j->items.item[s->item].category };
	}
}

static int by_weight(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	if (x->pivotal != y->pivotal)
		return x->pivotal ? -1 : 1;
	if (x->points != y->points)
		return x->points > y->points ? -1 : 1;
	if (x->category != y->category)
		return x->category < y->category ? -1 : 1;
	return x->s < y->s ? -1 : x->s > y->s;
}

static void find_without(struct job *j, struct finding *f)
{
	if (f->s && !f->s->shared)
		f->without = pivot_without(j->scorer, f->s->item);
}

static int weigh(struct job *j)
{
	size_t n = j->items.n;
	bool proved;
	j->scorer = scorer_new(j->p, j->items.item, n, j->items.near);
	j->points = calloc(n + 1, sizeof *j->points);
	j->pivotal = calloc(n + 1, sizeof *j->pivotal);
	j->finding = calloc(j->items.subjects + 1u, sizeof *j->finding);
	if (!j->scorer || !j->points || !j->pivotal || !j->finding ||
	    pivot_find(j->scorer, n, j->pivotal, &proved) < 0)
		return no_memory(j);
	j->verdict = scorer_run(j->scorer);
	scorer_points(j->scorer, j->points);
	for (uint32_t i = 0; i < j->items.subjects; i++) {
		const struct subject *s = &j->items.subject[i];
		if (!is_listed(j, s))
			continue;
		j->finding[j->findings++] = (struct finding){
			.s = s,
			.points = s->shared ? 0 : j->points[s->item],
			.pivotal = j->pivotal[s->item],
			.without = j->verdict.level,
			.category = j->items.item[s->item].category,
		};
	}
	for (uint32_t i = 0; i < j->findings; i++)
		find_without(j, &j->finding[i]);
	scorer_run(j->scorer);
	list_apps(j);
	qsort(j->finding, j->findings, sizeof *j->finding, by_weight);
	return 0;
}

/* The contract's word for the kind of contact; NULL where none of them would be true. */
static const char *grade_kind(const struct summary *sum)
{
	if (sum->in && sum->out)
		return "two-way";
	if (sum->out)
		return "dialled";
	if (sum->in || sum->outreach)
		return "received-only";
	if (sum->unknown || sum->own)
		return NULL;
	return sum->saved ? "saved-only" : "mentioned";
}

static const struct contact_text *contact_text(const struct job *j, const struct summary *sum)
{
	const char *kind = sum->own ? "own" : grade_kind(sum);
	return policy_contact(j->p, kind ? kind : "unclear");
}

struct statements {
	sqlite3_stmt *finding, *record, *count, *role;
};

static void bind_text(sqlite3_stmt *st, int i, const char *s)
{
	sqlite3_bind_text(st, i, s, -1, SQLITE_TRANSIENT);
}

static enum weighing weighing(const struct job *j, const struct finding *f)
{
	const struct case_rule *rule = &j->facts.rule[f->s->rule];
	if (!rule->rule || rule->rule->off)
		return WEIGHED_UNKNOWN;
	if (rule->rule->clears)
		return WEIGHED_CLEARS;
	if (j->p->by_category[rule->category]->kind == CATEGORY_NOTE)
		return WEIGHED_NOTE;
	bool alone = j->items.item[f->s->item].most < (uint32_t)j->p->text.repeated &&
		     !scorer_beside(j->scorer, f->s->item);
	return alone ? WEIGHED_ALONE : WEIGHED_MORE;
}

static int write_finding(struct job *j, sqlite3_stmt *st, const struct finding *f, const char *id,
			 int n)
{
	const struct subject *s = f->s;
	struct buf reason = { 0 }, without = { 0 };
	const struct contact_text *text = NULL;
	const char *rule = "line", *meaning, *innocent, *kind = NULL;
	if (s->kind == ITEM_RULE) {
		const struct case_rule *r = &j->facts.rule[s->rule];
		rule = r->id;
		meaning = r->meaning;
		innocent = r->innocent;
		if (r->seen)
			words_app(&reason, r->seen);
		else
			words_rule(&reason, &s->sum, &j->facts, weighing(j, f));
	} else {
		text = s->kind == ITEM_NAME ? policy_contact(j->p, "name")
					    : contact_text(j, &s->sum);
		meaning = text->meaning;
		innocent = text->innocent;
		if (s->kind == ITEM_NAME) {
			rule = "line-name";
			words_name(&reason, &s->sum, f->points > 0);
		} else {
			kind = grade_kind(&s->sum);
			words_line(&reason, &s->sum, &s->line, &j->facts, j->p);
		}
	}
	int level = shown(j, f->without);
	words_without(&without, shown(j, j->verdict.level), level);
	int rc = reason.failed || without.failed ? no_memory(j) : 0;
	if (!rc) {
		bind_text(st, 1, id);
		sqlite3_bind_int(st, 2, n);
		bind_text(st, 3, rule);
		bind_text(st, 4, category_word(f->category));
		if (s->kind == ITEM_RULE)
			sqlite3_bind_null(st, 5);
		else
			bind_text(st, 5, j->facts.brand[s->brand].name);
		sqlite3_bind_int(st, 6, f->points);
		bind_text(st, 7, reason.data);
		bind_text(st, 8, meaning);
		bind_text(st, 9, innocent);
		bind_text(st, 10, without.data);
		if (level < 0)
			sqlite3_bind_null(st, 11);
		else
			sqlite3_bind_int(st, 11, level);
		sqlite3_bind_int(st, 12, f->pivotal);
		bind_text(st, 13, kind); /* NULL stays NULL */
		rc = case_step(j->c, st, j->err);
	}
	buf_free(&reason);
	buf_free(&without);
	return rc;
}

static int write_records(struct job *j, const struct statements *w, const struct finding *f,
			 const char *id)
{
	uint32_t all = j->facts.sighting[f->s->first].sight == SIGHT_APP ? 0 : f->s->n;
	uint32_t n = all < (uint32_t)j->p->facts ? all : (uint32_t)j->p->facts;
	int rc = 0;
	for (uint32_t i = 0; !rc && i < n; i++) {
		const struct sighting *s = &j->facts.sighting[f->s->first + i];
		bind_text(w->record, 1, id);
		sqlite3_bind_int64(w->record, 2, (sqlite3_int64)i + 1);
		sqlite3_bind_int64(w->record, 3, s->record);
		if (s->start == UINT32_MAX || s->stop == UINT32_MAX) {
			sqlite3_bind_null(w->record, 4);
			sqlite3_bind_null(w->record, 5);
		} else {
			sqlite3_bind_int64(w->record, 4, s->start);
			sqlite3_bind_int64(w->record, 5, s->stop);
		}
		rc = case_step(j->c, w->record, j->err);
	}
	if (rc)
		return rc;
	bind_text(w->count, 1, id);
	sqlite3_bind_int64(w->count, 2, all);
	return case_step(j->c, w->count, j->err);
}

static void finding_id(uint32_t i, char out[static 16])
{
	snprintf(out, 16, "F%u", (unsigned)i + 1);
}

static int write_findings(struct job *j, const struct statements *w)
{
	int rc = 0;
	for (uint32_t i = 0; !rc && i < j->findings; i++) {
		char id[16];
		finding_id(i, id);
		rc = write_finding(j, w->finding, &j->finding[i], id, (int)i + 1);
		if (!rc)
			rc = write_records(j, w, &j->finding[i], id);
	}
	return rc;
}

static bool speaks_for(const struct job *j, const struct role_policy *r, const struct finding *f)
{
	for (unsigned i = 0; i < r->clauses; i++) {
		const struct role_clause *k = &r->clause[i];
		bool named = false;
		for (unsigned c = 0; c < k->findings_n; c++)
			named = named || k->findings[c] == f->category;
		if (named && scorer_holds(j->scorer, &k->all))
			return true;
	}
	return false;
}

static int write_role(struct job *j, sqlite3_stmt *st, const struct role_policy *r, int n)
{
	json_t *for_it = json_array(), *against = json_array();
	bool ok = for_it && against;
	for (uint32_t i = 0; ok && i < j->findings; i++) {
		char id[16];
		finding_id(i, id);
		if (speaks_for(j, r, &j->finding[i]))
			ok = json_array_append_new(for_it, json_string(id)) == 0;
	}
	for (unsigned i = 0; ok && i < r->againsts; i++)
		if (scorer_holds(j->scorer, &r->against[i].all))
			ok = json_array_append_new(against, json_string(r->against[i].say)) == 0;
	char *a = ok ? json_dumps(for_it, JSON_COMPACT) : NULL;
	char *b = ok ? json_dumps(against, JSON_COMPACT) : NULL;
	int rc = a && b ? 0 : no_memory(j);
	if (!rc) {
		bind_text(st, 1, r->id);
		sqlite3_bind_int(st, 2, n);
		bind_text(st, 3, a);
		bind_text(st, 4, b);
		rc = case_step(j->c, st, j->err);
	}
	free(a);
	free(b);
	json_decref(for_it);
	json_decref(against);
	return rc;
}

static int write_roles(struct job *j, const struct statements *w)
{
	const struct role_policy *role[ROLES_SHOWN_MAX];
	int rc = 0;
	unsigned n = role_score(j->p, j->scorer, role);
	for (unsigned i = 0; !rc && i < n; i++)
		rc = write_role(j, w->role, role[i], (int)i + 1);
	return rc;
}

static int write_outcome(struct job *j)
{
	sqlite3_stmt *st;
	int level = shown(j, j->verdict.level);
	int rc = case_prepare(j->c,
			      "INSERT INTO outcome (id,level,link,harm,coverage) "
			      "VALUES (1,?,?,?,?)",
			      &st, j->err);
	if (rc)
		return rc;
	if (level >= 0)
		sqlite3_bind_int(st, 1, level);
	sqlite3_bind_int(st, 2, j->verdict.link);
	bind_text(st, 3, harm_word(j->verdict.harm));
	sqlite3_bind_int(st, 4, j->coverage.per_cent);
	rc = case_step(j->c, st, j->err);
	sqlite3_finalize(st);
	return rc;
}

#define LIMIT_DETAIL "more matches than are weighed: those of this record and after are left out"
#define ALIKE_DETAIL                                                                 \
	"more messages than are compared for being alike: those of this record and " \
	"later are left out of rule "

/* A limit that was reached is a named warning, once. */
static int write_limit(struct job *j, int64_t record, const char *detail, const char *rule)
{
	sqlite3_stmt *st;
	if (!record)
		return 0;
	int rc = case_prepare(j->c,
			      "INSERT INTO warning (exhibit,file,kind,loss,tbl,row,detail,times) "
			      "SELECT f.exhibit,f.id,'source',1,r.tbl,r.row,?2||?3,1 "
			      "FROM record r JOIN evidence_file f ON f.id=r.file WHERE r.id=?1",
			      &st, j->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, record);
	bind_text(st, 2, detail);
	bind_text(st, 3, rule);
	rc = case_step(j->c, st, j->err);
	sqlite3_finalize(st);
	return rc;
}

static int write_limits(struct job *j)
{
	int rc = case_exec(j->c, "clearing earlier findings",
			   "DELETE FROM warning WHERE kind='source' AND (detail='" LIMIT_DETAIL
			   "' OR detail LIKE '" ALIKE_DETAIL "%')",
			   j->err);
	if (!rc)
		rc = write_limit(j, j->facts.left_after, LIMIT_DETAIL, "");
	for (uint32_t i = 0; !rc && i < j->facts.rules; i++)
		rc = write_limit(j, j->facts.rule[i].left_after, ALIKE_DETAIL, j->facts.rule[i].id);
	return rc;
}

static int write_all(struct job *j)
{
	struct statements w = { NULL, NULL, NULL, NULL };
	int rc = case_exec(
		j->c, "clearing earlier findings",
		"DELETE FROM role; DELETE FROM finding_count; DELETE FROM finding_record; "
		"DELETE FROM finding; DELETE FROM outcome;",
		j->err);
	if (!rc)
		rc = case_prepare(
			j->c,
			"INSERT INTO finding (id,n,rule,category,line,points,reason,meaning,"
			"innocent,without,without_level,pivotal,grade_kind) "
			"VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
			&w.finding, j->err);
	if (!rc)
		rc = case_prepare(j->c, "INSERT INTO finding_record VALUES (?,?,?,?,?)", &w.record,
				  j->err);
	if (!rc)
		rc = case_prepare(j->c, "INSERT INTO finding_count VALUES (?,?)", &w.count, j->err);
	if (!rc)
		rc = case_prepare(j->c, "INSERT INTO role VALUES (?,?,?,?)", &w.role, j->err);
	if (!rc)
		rc = write_findings(j, &w);
	if (!rc)
		rc = write_roles(j, &w);
	if (!rc)
		rc = write_outcome(j);
	if (!rc)
		rc = write_limits(j);
	sqlite3_finalize(w.finding);
	sqlite3_finalize(w.record);
	sqlite3_finalize(w.count);
	sqlite3_finalize(w.role);
	return rc;
}

int score_case(struct case_db *c, const struct ruleset *rs, const struct policy *policy,
	       struct err *err)
{
	struct job j = { .c = c, .p = policy, .err = err };
	int rc = read_coverage(&j);
	if (!rc)
		rc = score_read(&j.facts, c, rs, policy, err);
	if (!rc)
		rc = score_items(&j.items, &j.facts, policy, err);
	if (!rc)
		rc = weigh(&j);
	if (!rc)
		rc = write_all(&j);
	scorer_free(j.scorer);
	free(j.points);
	free(j.pivotal);
	free(j.finding);
	items_free(&j.items);
	case_facts_free(&j.facts);
	return rc;
}
