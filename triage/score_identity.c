/* score_identity.c - rules on apps, on the phone's SIMs and numbers, on how a line is saved. */
#include "apps.h"
#include "name.h"
#include "score_watch_own.h"
#include <stdio.h>

int watch_apps(struct watch *w, uint32_t rule)
{
	const struct rule *r = w->f->rule[rule].rule;
	sqlite3_stmt *st;
	struct buf names = { 0 };
	int rc = case_prepare(w->c, "SELECT DISTINCT id,name FROM app ORDER BY id", &st, w->err);
	if (rc)
		return rc;
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *id = (const char *)sqlite3_column_text(st, 0);
		const char *name = (const char *)sqlite3_column_text(st, 1);
		const struct app *app = id ? app_find(PLATFORM_ANY, span_z(id)) : NULL;
		for (size_t i = 0; app && i < r->watch.of.n; i++)
			if (strcmp(app->category, r->watch.of.name[i]) == 0)
				buf_addf(&names, "%s%s", names.n ? ", " : "", name ? name : id);
	}
	sqlite3_finalize(st);
	if (names.n) {
		bool ok;
		w->f->rule[rule].seen = arena_copy(w->f->arena, buf_span(&names), &ok).p;
		struct sighting s = { .time = TIME_UNSET,
				      .subject = rule,
				      .conversation = NOWHERE,
				      .person = NOBODY,
				      .start = UINT32_MAX,
				      .stop = UINT32_MAX,
				      .sight = SIGHT_APP,
				      .kind = REC_SYSTEM };
		rc = ok && !names.failed ? facts_add(w->f, s, w->err) : watch_no_memory(w);
	}
	buf_free(&names);
	return rc;
}

static int add_record(struct watch *w, uint32_t rule, sqlite3_int64 record, enum record_kind kind)
{
	struct event e = { .time = TIME_UNSET,
			   .record = (uint32_t)record,
			   .person = NOBODY,
			   .conversation = NOWHERE,
			   .kind = (uint8_t)kind };
	return watch_add(w, rule, &e);
}

/* Different SIMs that the phone's own accounts name. */
static int see_sims(struct watch *w, uint32_t rule)
{
	static const char from[] = "FROM contact_id i JOIN record r ON r.id=i.record JOIN party t "
				   "ON t.id=i.party WHERE r.kind=0 AND t.kind IN (?1,?2) AND "
				   "t.raw IS NOT NULL";
	char sql[300];
	sqlite3_stmt *st;
	sqlite3_int64 most = 0;
	int rc = 0;
	for (int pass = 0; !rc && pass < 2; pass++) {
		snprintf(sql, sizeof sql, "SELECT %s %s%s",
			 pass ? "DISTINCT r.id" : "t.kind, count(DISTINCT t.raw)", from,
			 pass ? " ORDER BY 1" : " GROUP BY t.kind");
		if ((rc = case_prepare(w->c, sql, &st, w->err)))
			return rc;
		sqlite3_bind_text(st, 1, id_kind_word(ID_ICCID), -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 2, id_kind_word(ID_IMSI), -1, SQLITE_STATIC);
		while (!rc && sqlite3_step(st) == SQLITE_ROW) {
			if (pass)
				rc = add_record(w, rule, sqlite3_column_int64(st, 0), REC_ACCOUNT);
			else if (sqlite3_column_int64(st, 1) > most)
				most = sqlite3_column_int64(st, 1);
		}
		sqlite3_finalize(st);
		if (most < (sqlite3_int64)w->f->rule[rule].rule->watch.least)
			break;
	}
	return rc;
}

/* Whether a contact is saved under a single word. */
static bool single_word(sqlite3_stmt *st, uint32_t record, struct buf *words)
{
	bool one = false;
	sqlite3_bind_int64(st, 1, record);
	if (sqlite3_step(st) == SQLITE_ROW) {
		const void *bytes = sqlite3_column_blob(st, 0);
		int n = sqlite3_column_bytes(st, 0);
		one = bytes && n > 0 && name_words((span){ bytes, (size_t)n }, words) && words->n &&
		      !memchr(words->data, ' ', words->n);
	}
	sqlite3_reset(st);
	return one;
}

static int see_lines(struct watch *w, uint32_t rule, bool own)
{
	sqlite3_stmt *st;
	struct buf words = { 0 };
	int rc = case_prepare(w->c, "SELECT name FROM record WHERE id=?", &st, w->err);
	for (uint32_t i = 0; !rc && i < w->hits; i++) {
		struct sighting s = w->f->sighting[i];
		if (own ? s.sight != SIGHT_OWN
			: s.sight != SIGHT_SAVED || !single_word(st, s.record, &words))
			continue;
		rc = add_record(w, rule, s.record, (enum record_kind)s.kind);
	}
	sqlite3_finalize(st);
	buf_free(&words);
	return rc;
}

int watch_identity(struct watch *w, uint32_t rule)
{
	switch (w->f->rule[rule].rule->watch.identity) {
	case IDENTITY_SIMS:
		return see_sims(w, rule);
	case IDENTITY_OWN_LISTED:
		return see_lines(w, rule, true);
	default:
		return see_lines(w, rule, false);
	}
}
