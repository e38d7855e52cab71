/* cmd_lines_show.c - looking things up in the database: every time is logged. */
#include "cmd.h"
#include "linedb_amend.h"
#include "linedb_text.h"
#include "lines_row.h"
#include "lines_verb.h"
#include "name.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

#define FOUND_MAX 200
#define SEARCHES_AN_HOUR 100

static void say_column(sqlite3_stmt *st, int i)
{
	const char *s = (const char *)sqlite3_column_text(st, i);
	say_name(stdout, s ? s : "");
}

static void print_pair(sqlite3_stmt *st, int i)
{
	if (sqlite3_column_type(st, i) == SQLITE_NULL)
		return;
	printf("  %s: ", sqlite3_column_name(st, i));
	say_column(st, i);
	putchar('\n');
}

static int64_t time_of(sqlite3_stmt *st, int i)
{
	return sqlite3_column_type(st, i) == SQLITE_NULL ? TIME_UNSET : sqlite3_column_int64(st, i);
}

static int print_line(struct linedb *d, int64_t id, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		d,
		"SELECT name,uuid,status,area,areas,drugs,ocg,unit,contact,ddtro,holder,warning "
		"FROM line WHERE id=?1 AND current",
		&st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	if (sqlite3_step(st) == SQLITE_ROW) {
		say_column(st, 0);
		putchar('\n');
		if (sqlite3_column_int(st, 11))
			printf("  WARNING: risk to life. Contact the unit before anything else.\n");
		for (int i = 1; i < 11; i++)
			print_pair(st, i);
	}
	sqlite3_finalize(st);
	return 0;
}

/* What hangs on the line; each query gives one column of text. */
static int print_more(struct linedb *d, int64_t id, struct err *err)
{
	static const char *const sql[] = {
		"SELECT 'also called '||name FROM brand WHERE line=?1 AND current AND NOT gone "
		"ORDER BY id",
		"SELECT kind||': '||text FROM note WHERE line=?1 AND current AND NOT gone ORDER BY "
		"kind DESC,id",
		"SELECT 'template '||id||': '||length(shingles)/8||' hashes' FROM template WHERE "
		"line=?1 AND current AND NOT gone ORDER BY id",
		"SELECT CASE WHEN k.kind='takeover' THEN CASE WHEN k.line=?1 THEN 'taken over by ' "
		"ELSE 'took over ' END||l.name ELSE k.kind||' with '||l.name END||' ('||k.evidence"
		"||')' FROM link k JOIN line l ON l.id=CASE WHEN k.line=?1 THEN k.other ELSE "
		"k.line "
		"END AND l.current WHERE (k.line=?1 OR k.other=?1) AND k.kind IN ('takeover',"
		"'same') AND k.current AND NOT k.gone ORDER BY k.id",
		"SELECT 'number '||k.other||' followed '||k.line||' ('||k.evidence||')' FROM link "
		"k "
		"JOIN assertion a ON a.id=k.line AND a.current WHERE a.line=?1 AND k.kind='swap' "
		"AND k.current AND NOT k.gone ORDER BY k.id",
	};
	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
		sqlite3_stmt *st;
		int rc = linedb_prepare(d, sql[i], &st, err);
		if (rc)
			return rc;
		sqlite3_bind_int64(st, 1, id);
		while (sqlite3_step(st) == SQLITE_ROW) {
			printf("  ");
			say_column(st, 0);
			putchar('\n');
		}
		sqlite3_finalize(st);
	}
	return 0;
}

static void print_assertion(sqlite3_stmt *st)
{
	char dates[40], review[12];
	linedb_dates(time_of(st, 2), time_of(st, 3), dates);
	linedb_day(time_of(st, 12), review);
	printf("  %lld  ", (long long)sqlite3_column_int64(st, 0));
	say_column(st, 1);
	printf("  %s  %s  %s  %s", dates, (const char *)sqlite3_column_text(st, 4),
	       (const char *)sqlite3_column_text(st, 5),
	       sqlite3_column_bytes(st, 6) ? (const char *)sqlite3_column_text(st, 6) : "no grade");
	if (sqlite3_column_type(st, 7) == SQLITE_TEXT)
		printf(" (was %s)", (const char *)sqlite3_column_text(st, 7));
	printf("  review by %s%s\n", review, time_of(st, 12) < linedb_now() ? " LAPSED" : "");
	for (int i = 8; i < 12; i++)
		if (sqlite3_column_type(st, i) == SQLITE_TEXT) {
			printf("      %s: ", sqlite3_column_name(st, i));
			say_column(st, i);
			putchar('\n');
		}
}

static int print_assertions(struct linedb *d, int64_t id, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		d,
		"SELECT id,raw,\"from\",until,role,status,grade,original,conditions,force,"
		"reference,officer,review_by FROM assertion WHERE line=?1 AND current AND NOT gone "
		"ORDER BY \"from\",id",
		&st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	while (sqlite3_step(st) == SQLITE_ROW)
		print_assertion(st);
	sqlite3_finalize(st);
	return 0;
}

/* Every version of the line and its assertions: who, when, why, and how it stood. */
static int print_history(struct linedb *d, int64_t id, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		d,
		"SELECT p.id,p.kind,p.state,ifnull(p.decided_at,p.at),s.name,x.name,"
		"(SELECT t.text FROM log l JOIN log_text t ON t.seq=l.seq AND t.field='why' WHERE "
		"json_extract(l.entry,'$.n.proposal')=p.id ORDER BY l.seq LIMIT 1),h.says FROM ("
		"SELECT proposal,0 AS k,v,'line: '||status||ifnull(', '||unit,'')||ifnull(', '||"
		"contact,'')||CASE WHEN gone THEN ', taken out' ELSE '' END AS says FROM line "
		"WHERE id=?1 UNION ALL SELECT proposal,id,v,id||'  '||raw||'  '||ifnull(date("
		"\"from\"/1000,'unixepoch'),'open')||' to '||ifnull(date(until/1000-1,'unixepoch'),"
		"'open')||'  '||status||'  '||grade||CASE WHEN gone THEN '  taken out' ELSE '' END "
		"FROM assertion WHERE line=?1) h JOIN proposal p ON p.id=h.proposal LEFT JOIN "
		"signer s ON s.id=p.by LEFT JOIN signer x ON x.id=p.decided_by ORDER BY "
		"p.id,h.k,h.v",
		&st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	printf("  History:\n");
	int64_t last = 0;
	while (sqlite3_step(st) == SQLITE_ROW) {
		char day[12];
		int64_t proposal = sqlite3_column_int64(st, 0);
		linedb_day(sqlite3_column_int64(st, 3), day);
		if (proposal != last) {
			printf("    %s  proposal %lld (%s), %s, by ", day, (long long)proposal,
			       (const char *)sqlite3_column_text(st, 1),
			       (const char *)sqlite3_column_text(st, 2));
			say_column(st, 4);
			if (sqlite3_column_type(st, 5) == SQLITE_TEXT) {
				printf(" and ");
				say_column(st, 5);
			}
			printf(": ");
			say_column(st, 6);
			putchar('\n');
		}
		last = proposal;
		printf("      ");
		say_column(st, 7);
		putchar('\n');
	}
	sqlite3_finalize(st);
	return 0;
}

static int show(int argc, char **argv)
{
	struct lines_verb v = {
		.name = "show", .least = 2, .most = 2, .word_names = "DATABASE LINE"
	};
	struct err err = { 0 };
	int64_t id;
	int code = lines_verb_read(&v, argc, argv, true);
	if (code)
		return code;
	struct linedb_entry e = { .what = "show", .why = v.reason, .query = v.word[1] };
	int rc = lines_verb_open(&v, WHO_DECIDES, &err);
	if (!rc)
		rc = linedb_note(v.d, &e, &err);
	if (!rc)
		rc = linedb_find_line(v.d, v.word[1], &id, &err);
	if (!rc)
		rc = print_line(v.d, id, &err);
	if (!rc)
		rc = print_more(v.d, id, &err);
	if (!rc)
		rc = print_assertions(v.d, id, &err);
	if (!rc)
		rc = print_history(v.d, id, &err);
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_show = {
	.name = "show",
	.usage = "DATABASE LINE --reason TEXT --key FILE",
	.line = "all that is known of a line, with its history",
	.help = "LINE is a name of it, or its uuid. Looking is logged, with the "
		"reason.\n\n" ACT_HELP,
	.run = show,
};

/* ---- search ---- */

/* What a number or handle is compared as; empty if it is none. */
static void key_of(const char *text, struct buf *ret)
{
	struct identifier id = identifier_of(span_z(text));
	struct row_key key;
	char number[17];
	if (id.e164) {
		identifier_format(id.e164, number);
		buf_add(ret, span_z(number));
		return;
	}
	lines_row_key(KEY_HANDLE, span_z(text), &key);
	buf_add(ret, (span){ key.bytes, key.n });
}

static int limit(struct lines_verb *v, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		v->d,
		"SELECT count(*) FROM log WHERE seq>(SELECT max(seq) FROM log)-5000 AND "
		"json_extract(entry,'$.what')='search' AND json_extract(entry,'$.by')=?1 AND "
		"json_extract(entry,'$.at')>?2",
		&st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, key_public(v->act.key)->id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, linedb_now() - INT64_C(3600000));
	bool many = sqlite3_step(st) == SQLITE_ROW && sqlite3_column_int(st, 0) >= SEARCHES_AN_HOUR;
	sqlite3_finalize(st);
	if (!many)
		return 0;
	if (!v->act.second_file)
		return err_set(err, E_REFUSED,
			       "More than %d searches in an hour: a supervisor agrees to more with "
			       "--second.",
			       SEARCHES_AN_HOUR);
	return act_second(&v->act, PERSON_SUPERVISOR, err);
}

static int print_found(struct lines_verb *v, int *ret, struct err *err)
{
	struct buf key = { 0 }, words = { 0 };
	sqlite3_stmt *st;
	key_of(v->word[1], &key);
	if (!name_words(span_z(v->word[1]), &words))
		buf_clear(&words);
	int rc = linedb_prepare(
		v->d,
		"SELECT a.id,l.name,a.raw,a.\"from\",a.until,a.status,a.grade FROM assertion a "
		"JOIN line l ON l.id=a.line AND l.current WHERE a.current AND NOT a.gone AND "
		"a.key=?1 UNION ALL SELECT NULL,l.name,l.uuid,NULL,NULL,l.status,'' FROM line l "
		"WHERE l.current AND NOT l.gone AND ?2<>'' AND (instr(' '||l.words||' ',' '||?2) "
		"OR EXISTS(SELECT 1 FROM brand b WHERE b.line=l.id AND b.current AND NOT b.gone "
		"AND "
		"instr(' '||b.words||' ',' '||?2))) LIMIT 201",
		&st, err);
	if (!rc) {
		sqlite3_bind_text(st, 1, key.data ? key.data : "", (int)key.n, SQLITE_STATIC);
		sqlite3_bind_text(st, 2, words.data ? words.data : "", (int)words.n, SQLITE_STATIC);
		while (sqlite3_step(st) == SQLITE_ROW && (*ret)++ < FOUND_MAX) {
			char dates[40];
			linedb_dates(time_of(st, 3), time_of(st, 4), dates);
			if (sqlite3_column_type(st, 0) == SQLITE_INTEGER)
				printf("  %lld  ", (long long)sqlite3_column_int64(st, 0));
			else
				printf("  line  ");
			say_column(st, 1);
			printf("  ");
			say_column(st, 2);
			if (sqlite3_column_type(st, 0) == SQLITE_INTEGER)
				printf("  %s", dates);
			printf("  %s  %s\n", (const char *)sqlite3_column_text(st, 5),
			       (const char *)sqlite3_column_text(st, 6));
		}
		sqlite3_finalize(st);
	}
	buf_free(&key);
	buf_free(&words);
	return rc;
}

static int search(int argc, char **argv)
{
	struct lines_verb v = {
		.name = "search", .least = 2, .most = 2, .word_names = "DATABASE TEXT"
	};
	struct err err = { 0 };
	int found = 0;
	int code = lines_verb_read(&v, argc, argv, true);
	if (code)
		return code;
	struct linedb_entry e = { .what = "search", .why = v.reason, .query = v.word[1] };
	int rc = lines_verb_open(&v, WHO_DECIDES, &err);
	if (!rc)
		rc = limit(&v, &err);
	if (!rc)
		rc = linedb_note(v.d, &e, &err); /* before anything is shown */
	if (!rc)
		rc = print_found(&v, &found, &err);
	if (!rc && !found)
		printf("Nothing.\n");
	if (!rc && found > FOUND_MAX)
		printf("  ... and more: search for less.\n");
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_search = {
	.name = "search",
	.usage = "DATABASE TEXT --reason TEXT --key FILE",
	.line = "find a number, handle or name; every search is logged with its reason",
	.help = "A number in any spelling and a handle are found exactly, never by a part. A name "
		"is\n"
		"found by the beginning of a word. The reason names the case or the purpose.\n"
		"More than 100 searches in an hour need a supervisor (--second).\n\n" ACT_HELP
			ACT_HELP_SECOND,
	.run = search,
};
