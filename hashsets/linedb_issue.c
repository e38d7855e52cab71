/* linedb_issue.c - see linedb_issue.h */
#include "linedb_issue.h"
#include "hex.h"
#include "lines.h"
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>

#define DAY INT64_C(86400000)
#define LAPSED_MOST (90 * DAY)
#define KEPT 8 /* contents that deltas may stand on */
#define CANDIDATES_LINE UINT32_C(0xffffffff)
#define CANDIDATES_FIRST UINT32_C(0x80000000)
#define CONDITIONS "Ask the unit before any use"

struct line {
	uint32_t id;
	bool used, warning;
	enum line_status status;
};

struct issuer {
	struct linedb *d;
	const struct issue_options *o;
	struct linepack_maker *m;
	struct linepack_tagger *tag;
	struct line *line;
	size_t lines, cap;
	bool candidates;
	struct err *err;
};

static int no_memory(struct issuer *s)
{
	return err_set(s->err, E_NOMEM, "Memory ran out.");
}

static span text(sqlite3_stmt *st, int i)
{
	const char *p = (const char *)sqlite3_column_text(st, i);
	return (span){ p ? p : "", (size_t)sqlite3_column_bytes(st, i) };
}

static enum line_status status_of(sqlite3_stmt *st, int i)
{
	enum line_status s = LINE_UNKNOWN;
	span word = text(st, i);
	line_status_from_word(word.p, &s);
	return s;
}

static int read_lines(struct issuer *s)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(s->d,
				"SELECT id,status,warning FROM line WHERE current AND NOT gone "
				"ORDER BY id",
				&st, s->err);
	while (!rc && sqlite3_step(st) == SQLITE_ROW) {
		if (s->lines == s->cap) {
			size_t cap = s->cap ? s->cap * 2 : 256;
			struct line *l = realloc(s->line, cap * sizeof *l);
			if (!l) {
				rc = no_memory(s);
				break;
			}
			s->line = l;
			s->cap = cap;
		}
		s->line[s->lines++] =
			(struct line){ (uint32_t)sqlite3_column_int64(st, 0), false,
				       sqlite3_column_int(st, 2) != 0, status_of(st, 1) };
	}
	sqlite3_finalize(st);
	return rc;
}

static struct line *find_line(struct issuer *s, uint32_t id)
{
	size_t low = 0, high = s->lines;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->line[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->lines && s->line[low].id == id ? &s->line[low] : NULL;
}

/* What the front line is told: whoever meets a line that the police hold must not be able to tell
 * it from one with a risk to life or under an order. */
static bool is_quiet(enum line_status s)
{
	return s == LINE_SEIZED || s == LINE_POLICE_OPERATED || s == LINE_DDTRO;
}

static bool is_past(enum line_status s)
{
	return s == LINE_DORMANT || s == LINE_CLOSED || s == LINE_TAKEN_OVER;
}

static enum linepack_status told(const struct line *l, enum line_status own, int64_t until,
				 int64_t issued)
{
	if (l->warning || is_quiet(l->status) || is_quiet(own))
		return LINEPACK_CONTACT_UNIT;
	if (is_past(own) || is_past(l->status) || (until && until <= issued))
		return LINEPACK_PAST;
	return LINEPACK_CURRENT;
}

static void tag_key(const struct issuer *s, span key, unsigned char ret[static LINEPACK_TAG])
{
	uint64_t e164 = 0;
	if (key.n && key.p[0] == '+')
		e164 = strtoull(key.p + 1, NULL, 10);
	if (e164)
		linepack_tag_number(s->tag, e164, ret);
	else
		linepack_tag_text(s->tag, key, ret);
}

static int add_assertion(struct issuer *s, sqlite3_stmt *st)
{
	struct line *l = find_line(s, (uint32_t)sqlite3_column_int64(st, 1));
	int64_t id = sqlite3_column_int64(st, 0), until = sqlite3_column_int64(st, 4);
	if (!l)
		return 0;
	if (id >= CANDIDATES_FIRST)
		return err_set(s->err, E_LIMIT, "There are more assertions than a pack can hold.");
	struct linepack_entry e = { .assertion = (uint32_t)id,
				    .line = l->id,
				    .from = (uint16_t)(sqlite3_column_int64(st, 3) / DAY),
				    .until = (uint16_t)(until / DAY),
				    .status = told(l, status_of(st, 5), until, s->o->issued),
				    .lapsed = sqlite3_column_int64(st, 8) < s->o->issued };
	span grade = text(st, 6), conditions = text(st, 7);
	if (grade.n >= 2) {
		e.source = grade.p[0];
		e.assessment = grade.p[1];
		e.handling = grade.n > 2 ? grade.p[2] : 0;
	}
	if (e.handling == 'C' && !conditions.n)
		conditions = SPAN(CONDITIONS);
	tag_key(s, text(st, 2), e.tag);
	l->used = true;
	return linepack_add_entry(s->m, &e) &&
			       (!conditions.n || linepack_add_text(s->m, e.assertion, conditions))
		       ? 0
		       : no_memory(s);
}

static int add_assertions(struct issuer *s)
{
	sqlite3_stmt *st;
	int step = SQLITE_DONE,
	    rc = linedb_prepare(
		    s->d,
		    "SELECT id,line,key,\"from\",until,status,grade,conditions,review_by FROM "
		    "assertion WHERE current AND NOT gone AND role<>'victim' AND "
		    "substr(grade,2,1)<>'E' AND review_by>=?1",
		    &st, s->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, s->o->issued - LAPSED_MOST);
	while (!rc && (step = sqlite3_step(st)) == SQLITE_ROW)
		rc = add_assertion(s, st);
	if (!rc && step != SQLITE_DONE)
		rc = linedb_error(s->d, s->err);
	sqlite3_finalize(st);
	return rc;
}

/* Numbers that nobody has graded, seen on several phones: all that is said is whom to ring. */
static int add_candidates(struct issuer *s)
{
	sqlite3_stmt *st;
	if (!s->o->candidates)
		return 0;
	int rc = linedb_prepare(
		s->d,
		"SELECT min(c.id),c.key FROM candidate c WHERE c.current AND NOT c.gone AND NOT "
		"EXISTS(SELECT 1 FROM assertion a WHERE a.current AND NOT a.gone AND a.key=c.key) "
		"GROUP BY c.key HAVING count(DISTINCT c.token)>=?1 ORDER BY 1",
		&st, s->err);
	if (rc)
		return rc;
	sqlite3_bind_int(st, 1, s->o->candidates);
	while (!rc && sqlite3_step(st) == SQLITE_ROW) {
		struct linepack_entry e = { .assertion = CANDIDATES_FIRST +
							 (uint32_t)sqlite3_column_int64(st, 0),
					    .line = CANDIDATES_LINE,
					    .status = LINEPACK_CONTACT_UNIT };
		tag_key(s, text(st, 1), e.tag);
		s->candidates = true;
		if (!linepack_add_entry(s->m, &e))
			rc = no_memory(s);
	}
	sqlite3_finalize(st);
	return rc;
}

static bool read_uuid(span s, unsigned char ret[static 16])
{
	char hex[33];
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < 32; i++)
		if (s.p[i] != '-')
			hex[n++] = s.p[i];
	return n == 32 && hex_read(ret, 16, (span){ hex, 32 });
}

static int add_lines(struct issuer *s)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(
		s->d,
		"SELECT l.id,l.uuid,l.name||ifnull((SELECT char(10)||group_concat(b.name,char(10)) "
		"FROM brand b WHERE b.line=l.id AND b.current AND NOT b.gone),''),l.unit,l.contact,"
		"l.warning FROM line l WHERE l.current AND NOT l.gone ORDER BY l.id",
		&st, s->err);
	while (!rc && sqlite3_step(st) == SQLITE_ROW) {
		struct linepack_line l = { .id = (uint32_t)sqlite3_column_int64(st, 0),
					   .names = s->o->no_names ? SPAN("") : text(st, 2),
					   .unit = text(st, 3),
					   .contact = text(st, 4),
					   .warning = sqlite3_column_int(st, 5) != 0 };
		const struct line *own = find_line(s, l.id);
		if (!own || !own->used)
			continue;
		if (!read_uuid(text(st, 1), l.uuid))
			rc = err_set(s->err, E_FORMAT, "Line %u has no sound uuid.", l.id);
		else if (!linepack_add_line(s->m, &l))
			rc = no_memory(s);
	}
	sqlite3_finalize(st);
	struct linepack_line desk = { .id = CANDIDATES_LINE,
				      .names = SPAN("Ring this desk"),
				      .unit = SPAN(""),
				      .contact = span_z(s->o->contact ? s->o->contact : "") };
	if (!rc && s->candidates && !linepack_add_line(s->m, &desk))
		rc = no_memory(s);
	return rc;
}

int linedb_contents(struct linedb *d, const struct issue_options *o, struct buf *ret,
		    struct err *err)
{
	struct issuer s = { .d = d, .o = o, .err = err };
	s.m = linepack_maker_new(o->key != NULL);
	s.tag = linepack_tagger_new(o->key);
	int rc = s.m && s.tag ? read_lines(&s) : no_memory(&s);
	if (!rc)
		rc = add_assertions(&s);
	if (!rc)
		rc = add_candidates(&s);
	if (!rc)
		rc = add_lines(&s);
	if (!rc)
		rc = linepack_make(s.m, ret, err);
	linepack_maker_free(s.m);
	linepack_tagger_free(s.tag);
	free(s.line);
	return rc;
}

/* ---- issuing ---- */

/* The pack that a delta stands on: its contents, appended. */
static int read_base(struct linedb *d, const struct issue_options *o, const char *keyed,
		     uint64_t *base, struct buf *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = linedb_prepare(d,
				"SELECT number,keyed,content FROM issue WHERE number=?1 OR ?1=0 "
				"ORDER BY number DESC LIMIT 1",
				&st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, (sqlite3_int64)o->base);
	if (sqlite3_step(st) != SQLITE_ROW)
		rc = err_set(
			err, E_USER,
			"There is no pack that this one could stand on: issue it with --full.");
	else if (strcmp(text(st, 1).p, keyed) != 0)
		rc = err_set(
			err, E_USER,
			"Pack %lld has identifiers under another key, or clear: issue this one "
			"with --full.",
			(long long)sqlite3_column_int64(st, 0));
	else if (sqlite3_column_type(st, 2) != SQLITE_BLOB)
		rc = err_set(err, E_USER,
			     "Pack %lld is too old to stand on: issue this one with --full.",
			     (long long)sqlite3_column_int64(st, 0));
	else {
		*base = (uint64_t)sqlite3_column_int64(st, 0);
		buf_add(ret,
			(span){ sqlite3_column_blob(st, 2), (size_t)sqlite3_column_bytes(st, 2) });
	}
	sqlite3_finalize(st);
	return rc;
}

static int make_delta(struct linedb *d, const struct issue_options *o, const char *keyed, span full,
		      uint64_t *base, struct buf *ret, struct err *err)
{
	struct buf old = { 0 };
	struct linepack *a = NULL, *b = NULL;
	int rc = read_base(d, o, keyed, base, &old, err);
	if (!rc)
		rc = linepack_open(&a, buf_span(&old), err);
	if (!rc)
		rc = linepack_open(&b, full, err);
	if (!rc)
		rc = linepack_diff(a, b, ret, err);
	linepack_free(a);
	linepack_free(b);
	buf_free(&old);
	return rc;
}

static int record(struct linedb *d, const struct linepack_about *a, uint64_t base, span pack,
		  span full, struct err *err)
{
	unsigned char digest[32];
	char sha256[65];
	sqlite3_stmt *st;
	SHA256((const unsigned char *)pack.p, pack.n, digest);
	hex_write(sha256, digest, sizeof digest);
	int rc = linedb_prepare(d, "INSERT INTO issue VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
				&st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, (sqlite3_int64)a->number);
	sqlite3_bind_int64(st, 2, (sqlite3_int64)base);
	sqlite3_bind_int64(st, 3, a->issued);
	sqlite3_bind_int64(st, 4, a->expires);
	sqlite3_bind_text(st, 5, a->unit, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 6, a->key, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 7, a->identifiers);
	sqlite3_bind_int64(st, 8, a->lines);
	sqlite3_bind_text(st, 9, sha256, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 10, a->content, -1, SQLITE_STATIC);
	sqlite3_bind_blob64(st, 11, full.p, full.n, SQLITE_STATIC);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	if (!rc)
		rc = linedb_prepare(d,
				    "UPDATE issue SET content=NULL WHERE number<=?1 AND content IS "
				    "NOT NULL",
				    &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, (sqlite3_int64)a->number - KEPT);
	rc = linedb_step(d, st, err);
	sqlite3_finalize(st);
	return rc;
}

static int issue(struct linedb *d, const struct issue_options *o, struct buf *ret,
		 struct linepack_about *a, uint64_t *base, struct err *err)
{
	int64_t last = 0, issued = 0;
	struct buf full = { 0 }, delta = { 0 }, body = { 0 };
	struct linepack *whole = NULL;
	*base = 0;
	int rc = linedb_number(d, "SELECT ifnull(max(number),0)+?1 FROM issue", 0, &last, err);
	if (!rc)
		rc = linedb_number(d, "SELECT ifnull(max(issued),0)+?1 FROM issue", 0, &issued,
				   err);
	if (!rc && o->issued < issued)
		rc = err_set(err, E_USER, "A pack cannot be older than the one before it.");
	*a = (struct linepack_about){ .number = (uint64_t)last + 1,
				      .issued = o->issued,
				      .expires = o->expires };
	if (o->key)
		linepack_key_id(o->key, a->key);
	if (!rc)
		rc = linedb_contents(d, o, &full, err);
	if (!rc)
		rc = linepack_open(&whole, buf_span(&full), err);
	if (!rc) {
		a->identifiers = linepack_entries(whole);
		a->lines = linepack_lines(whole);
		linepack_free(whole);
	}
	if (!rc && !o->full)
		rc = make_delta(d, o, a->key, buf_span(&full), base, &delta, err);
	if (!rc)
		rc = linepack_sign(&body, a, buf_span(&full), buf_span(o->full ? &full : &delta),
				   o->unit, err);
	struct pack_head h = { .kind = PACK_LINES,
			       .number = a->number,
			       .base = *base,
			       .issued = a->issued,
			       .expires = a->expires };
	if (!rc)
		rc = pack_make(ret, &h, buf_span(&body), o->unit, o->to, o->to_n, err);
	if (!rc)
		rc = record(d, a, *base, buf_span(ret), buf_span(&full), err);
	struct linedb_entry e = { .what = "issue",
				  .why = o->why,
				  .n = { { "number", (int64_t)a->number },
					 { "base", (int64_t)*base },
					 { "identifiers", a->identifiers } },
				  .w = { { "content", a->content }, { "unit", a->unit } } };
	if (!rc)
		rc = linedb_commit(d, &e, err);
	buf_free(&full);
	buf_free(&delta);
	buf_free(&body);
	return rc;
}

int linedb_issue(struct linedb *d, const struct issue_options *o, struct buf *ret,
		 struct linepack_about *about, uint64_t *ret_base, struct err *err)
{
	int rc = linedb_begin(d, err);
	if (!rc)
		rc = issue(d, o, ret, about, ret_base, err);
	if (rc)
		linedb_rollback(d);
	return rc;
}
