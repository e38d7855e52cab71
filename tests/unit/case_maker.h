/*
 * case_maker.h - cases made row by row, for tests of scoring: what a scan would have stored.
 *
 * A test that includes it uses all of it. Everything is asserted; nothing is returned as an error.
 */
#ifndef CASE_MAKER_H
#define CASE_MAKER_H
#include "base/identifier.h"
#include "base/time.h"
#include "case.h"
#include "ruleset.h"
#include "score.h"
#include "score_case.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define DAY INT64_C(86400000)
#define HOUR INT64_C(3600000)
/* 2024-03-01 00:00 UTC: day 0 of every story. */
#define START INT64_C(1709251200000)
#define NEVER TIME_UNSET

struct maker {
	struct case_db *c;
	struct ruleset *rs;
	struct policy *p;
	char dir[64];
	sqlite3_stmt *party, *set, *record, *contact, *line, *match_line, *match_rule;
	int64_t last_party, last_line;
	int64_t file;
};

/* id, category, weight, ambiguity, when (YAML of the mapping, or "") */
struct maker_rule {
	const char *id, *category;
	int weight;
	const char *ambiguity, *when;
};

static inline struct ruleset *maker_rules(const struct maker_rule *rule, size_t n)
{
	char path[] = "/tmp/case_maker.XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	FILE *f = fdopen(fd, "w");
	assert_non_null(f);
	fprintf(f, "pack: t\nversion: '1'\nrules:\n");
	for (size_t i = 0; i < n; i++)
		fprintf(f,
			"- id: %s\n  category: %s\n  stage: 2\n  weight: %d\n  ambiguity: %s\n"
			"  terms: [zq%zuword]\n  meaning: Something that was written in a "
			"message.\n"
			"  innocent: People write such things for ordinary reasons.\n%s%s%s"
			"  match: [zq%zuword]\n  nomatch: [other words]\n",
			rule[i].id, rule[i].category, rule[i].weight, rule[i].ambiguity, i,
			rule[i].when[0] ? "  when: " : "", rule[i].when,
			rule[i].when[0] ? "\n" : "", i);
	fclose(f);
	struct ruleset *rs = NULL;
	struct err err = { 0 };
	const char *paths[] = { path };
	if (ruleset_load(&rs, paths, 1, false, &err))
		fail_msg("%s", err.message);
	unlink(path);
	return rs;
}

static inline sqlite3_stmt *maker_prepare(struct maker *m, const char *sql)
{
	sqlite3_stmt *st = NULL;
	struct err err = { 0 };
	if (case_prepare(m->c, sql, &st, &err))
		fail_msg("%s", err.message);
	return st;
}

static inline int64_t maker_step(struct maker *m, sqlite3_stmt *st)
{
	struct err err = { 0 };
	if (case_step(m->c, st, &err))
		fail_msg("%s", err.message);
	return sqlite3_last_insert_rowid(case_handle(m->c));
}

static inline void maker_exec(struct maker *m, const char *sql)
{
	struct err err = { 0 };
	if (case_exec(m->c, "making a case", sql, &err))
		fail_msg("%s", err.message);
}

static inline void maker_open(struct maker *m, const struct maker_rule *rule, size_t n)
{
	struct err err = { 0 };
	*m = (struct maker){ .dir = "/tmp/case_maker.XXXXXX" };
	assert_non_null(mkdtemp(m->dir));
	if (case_open(&m->c, m->dir, CASE_NEW, true, &err) ||
	    policy_load(&m->p, SOURCE_DIR "/rules/packs/scoring.yaml", &err) ||
	    case_begin(m->c, &err))
		fail_msg("%s", err.message);
	m->rs = maker_rules(rule, n);
	maker_exec(m, "INSERT INTO exhibit (id,label,kind,platform,fingerprint,state) "
		      "VALUES (1,'phone','folder','ios','f','reading');"
		      "INSERT INTO evidence_file (id,exhibit,path,sha256,state,parser,kinds) "
		      "VALUES (1,1,'sms.db','00','read','ios-sms',8);"
		      "INSERT INTO pack (id,kind,name,version,sha256,entries) "
		      "VALUES (1,'rules','t','1','00',1),(2,'lines-csv','l','1','00',1)");
	m->file = 1;
	sqlite3_stmt *st = maker_prepare(m, "INSERT INTO rule VALUES (?,1,?,2,?,?,NULL)");
	for (size_t i = 0; i < ruleset_count(m->rs); i++) {
		const struct rule *r = ruleset_at(m->rs, i);
		sqlite3_bind_text(st, 1, r->id, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 2, category_word(r->category), -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 3, r->meaning, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 4, r->innocent, -1, SQLITE_STATIC);
		maker_step(m, st);
	}
	sqlite3_finalize(st);
	m->party =
		maker_prepare(m, "INSERT INTO party (exhibit,role,raw,kind,e164,certainty,reason)"
				 " VALUES (1,?,?,?,?,?,'r')");
	m->set = maker_prepare(m, "INSERT INTO party_set VALUES (?,?,?)");
	m->record =
		maker_prepare(m, "INSERT INTO record (file,tbl,row,kind,time,direction,\"from\","
				 "\"to\",thread,text,name,state) "
				 "VALUES (?,'t',1,?,?,?,?,?,?,?,?,?)");
	m->contact = maker_prepare(m, "INSERT INTO contact_id VALUES (?,0,?,NULL)");
	m->line = maker_prepare(m, "INSERT INTO line (pack,csv_row,line,identifier,e164,\"from\","
				   "until,status,grade) VALUES (2,2,?,?,?,?,?,'active',?)");
	m->match_line = maker_prepare(m, "INSERT INTO match (record,line,via,start,stop) "
					 "VALUES (?,?,?,?,?)");
	m->match_rule = maker_prepare(m, "INSERT INTO match (record,rule,via,start,stop) "
					 "VALUES (?,?,'text',?,?)");
}

static inline void maker_close(struct maker *m)
{
	sqlite3_finalize(m->party);
	sqlite3_finalize(m->set);
	sqlite3_finalize(m->record);
	sqlite3_finalize(m->contact);
	sqlite3_finalize(m->line);
	sqlite3_finalize(m->match_line);
	sqlite3_finalize(m->match_rule);
	case_close(m->c);
	ruleset_free(m->rs);
	policy_free(m->p);
	char command[128];
	snprintf(command, sizeof command, "rm -r %s", m->dir);
	assert_int_equal(system(command), 0);
}

static inline void bind_time(sqlite3_stmt *st, int i, int64_t time)
{
	if (time == NEVER)
		sqlite3_bind_null(st, i);
	else
		sqlite3_bind_int64(st, i, time);
}

static inline int64_t make_party(struct maker *m, const char *raw)
{
	bool owner = strcmp(raw, "owner") == 0;
	struct identifier id = identifier_of(span_z(raw));
	sqlite3_bind_text(m->party, 1, owner ? "owner" : "person", -1, SQLITE_STATIC);
	sqlite3_bind_text(m->party, 2, raw, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(m->party, 3, id_kind_word(id.kind), -1, SQLITE_STATIC);
	if (id.e164)
		sqlite3_bind_int64(m->party, 4, (sqlite3_int64)id.e164);
	else
		sqlite3_bind_null(m->party, 4);
	sqlite3_bind_text(m->party, 5, id_certainty_word(id.certainty), -1, SQLITE_STATIC);
	return m->last_party = maker_step(m, m->party);
}

/* A call or message with one person. */
static inline int64_t make_record(struct maker *m, enum record_kind kind, enum direction direction,
				  const char *peer, int64_t time, unsigned state)
{
	int64_t them = make_party(m, peer), us = make_party(m, "owner");
	int64_t from = direction == DIR_OUT ? us : them, to = direction == DIR_OUT ? them : us;
	sqlite3_bind_int64(m->set, 1, to);
	sqlite3_bind_int64(m->set, 2, 0);
	sqlite3_bind_int64(m->set, 3, to);
	maker_step(m, m->set);
	sqlite3_bind_int64(m->record, 1, m->file);
	sqlite3_bind_int(m->record, 2, (int)kind);
	bind_time(m->record, 3, time);
	sqlite3_bind_int(m->record, 4, (int)direction);
	sqlite3_bind_int64(m->record, 5, from);
	sqlite3_bind_int64(m->record, 6, to);
	sqlite3_bind_null(m->record, 7);
	sqlite3_bind_text(m->record, 8, "zq0word and more", -1, SQLITE_STATIC);
	sqlite3_bind_null(m->record, 9);
	sqlite3_bind_int64(m->record, 10, state);
	return maker_step(m, m->record);
}

static inline int64_t make_message(struct maker *m, enum direction d, const char *peer, int64_t t)
{
	return make_record(m, REC_MESSAGE, d, peer, t, 0);
}

static inline int64_t make_contact(struct maker *m, const char *name, const char *raw)
{
	int64_t party = make_party(m, raw);
	sqlite3_bind_int64(m->record, 1, m->file);
	sqlite3_bind_int(m->record, 2, REC_CONTACT);
	sqlite3_bind_null(m->record, 3);
	sqlite3_bind_int(m->record, 4, DIR_UNKNOWN);
	for (int i = 5; i <= 8; i++)
		sqlite3_bind_null(m->record, i);
	sqlite3_bind_text(m->record, 9, name, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(m->record, 10, 0);
	int64_t record = maker_step(m, m->record);
	sqlite3_bind_int64(m->contact, 1, record);
	sqlite3_bind_int64(m->contact, 2, party);
	maker_step(m, m->contact);
	return record;
}

/* from, to: days after START, to inclusive; INT32_MIN is open. */
#define OPEN INT32_MIN
static inline int64_t make_line(struct maker *m, const char *line, const char *identifier, int from,
				int to, const char *grade)
{
	struct identifier id = identifier_of(span_z(identifier));
	sqlite3_bind_text(m->line, 1, line, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(m->line, 2, identifier, -1, SQLITE_TRANSIENT);
	if (id.e164)
		sqlite3_bind_int64(m->line, 3, (sqlite3_int64)id.e164);
	else
		sqlite3_bind_null(m->line, 3);
	bind_time(m->line, 4, from == OPEN ? NEVER : START + from * DAY);
	bind_time(m->line, 5, to == OPEN ? NEVER : START + (to + 1) * DAY);
	sqlite3_bind_text(m->line, 6, grade, -1, SQLITE_TRANSIENT);
	return m->last_line = maker_step(m, m->line);
}

static inline void meet_line(struct maker *m, int64_t record, int64_t line, const char *via)
{
	sqlite3_bind_int64(m->match_line, 1, record);
	sqlite3_bind_int64(m->match_line, 2, line);
	sqlite3_bind_text(m->match_line, 3, via, -1, SQLITE_STATIC);
	sqlite3_bind_null(m->match_line, 4);
	sqlite3_bind_null(m->match_line, 5);
	maker_step(m, m->match_line);
}

static inline void meet_rule(struct maker *m, int64_t record, const char *rule)
{
	sqlite3_bind_int64(m->match_rule, 1, record);
	sqlite3_bind_text(m->match_rule, 2, rule, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(m->match_rule, 3, 0);
	sqlite3_bind_int(m->match_rule, 4, 7);
	maker_step(m, m->match_rule);
}

/* n messages or calls with a number of the line, one a day from `day` on. */
static inline void line_events(struct maker *m, int64_t line, const char *number, int n,
			       enum direction d, int day, int days)
{
	for (int i = 0; i < n; i++) {
		int64_t r = make_message(m, d, number, START + (day + i % days) * DAY + i * 60000);
		meet_line(m, r, line, d == DIR_OUT ? "to" : "from");
	}
}

static inline void score_it(struct maker *m)
{
	struct err err = { 0 };
	if (score_case(m->c, m->rs, m->p, &err))
		fail_msg("%s", err.message);
}

/* First column of the first row as a number; -1 for NULL, -2 for no row. */
static inline int64_t ask(struct maker *m, const char *sql)
{
	sqlite3_stmt *st = maker_prepare(m, sql);
	int64_t v = -2;
	if (sqlite3_step(st) == SQLITE_ROW)
		v = sqlite3_column_type(st, 0) == SQLITE_NULL ? -1 : sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return v;
}

static inline const char *ask_text(struct maker *m, const char *sql)
{
	static char text[4000];
	sqlite3_stmt *st = maker_prepare(m, sql);
	snprintf(text, sizeof text, "%s", "(no row)");
	if (sqlite3_step(st) == SQLITE_ROW) {
		const char *s = (const char *)sqlite3_column_text(st, 0);
		snprintf(text, sizeof text, "%s", s ? s : "(null)");
	}
	sqlite3_finalize(st);
	return text;
}

#define LEVEL(m) ask((m), "SELECT level FROM outcome")
#define LINK(m) ask((m), "SELECT link FROM outcome")
#define HARM(m) ask_text((m), "SELECT harm FROM outcome")
#endif
