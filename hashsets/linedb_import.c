/* linedb_import.c - see linedb_import.h */
#include "linedb_import.h"
#include "given_file.h"
#include "linedb_import_inside.h"
#include "linedb_text.h"
#include "lines_csv.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PIECE ((size_t)64 * 1024)
#define FILE_MAX ((uint64_t)2048 << 20)

const char *const linedb_import_columns[IC_MAX] = {
	[COL_LINE] = "line",
	[COL_IDENTIFIER] = "identifier",
	[COL_FROM] = "from",
	[COL_TO] = "to",
	[COL_STATUS] = "status",
	[COL_GRADE] = "grade",
	[IC_TYPE] = "type",
	[IC_PRECISION] = "precision",
	[IC_ROLE] = "role",
	[IC_REVIEW_BY] = "review_by",
	[IC_ORIGINAL] = "original",
	[IC_CONDITIONS] = "conditions",
	[IC_FORCE] = "force",
	[IC_REFERENCE] = "reference",
	[IC_OFFICER] = "officer",
	[IC_RECEIVED] = "received",
	[IC_LINE_STATUS] = "line_status",
	[IC_AREA] = "area",
	[IC_AREAS] = "areas",
	[IC_UNIT] = "unit",
	[IC_CONTACT] = "contact",
	[IC_WARNING] = "warning",
	[IC_SEEN_IN] = "seen_in",
	[IC_SEEN_AS] = "seen_as",
};

int importer_no_memory(struct importer *m)
{
	return err_set(m->err, E_NOMEM, "Memory ran out while reading %s.", m->name);
}

void importer_tell(struct importer *m, enum import_tell kind, uint32_t row, const char *text)
{
	m->result->n[kind]++;
	if (m->tell)
		m->tell(m->user, kind, row, text);
}

static int bad(void *user, uint32_t row, const char *why, struct err *err)
{
	(void)err;
	importer_tell(user, IMPORT_BAD, row, why);
	return 0;
}

static int on_row(void *user, uint32_t row, const span *field, struct err *err)
{
	struct importer *m = user;
	struct extra x = { .grade = "", .original = "" };
	char why[ROW_WHY_MAX];
	span six[COL_MAX];
	m->err = err;
	memcpy(six, field, sizeof six);
	if (!importer_read_extra(m, row, field, &x))
		return 0;
	if (x.text[IC_SEEN_IN][0])
		return importer_candidate(m, row, field, &x);
	/* A grade in the older form is taken as the original. */
	span grade = importer_trim(six[COL_GRADE]);
	if (importer_is_555(grade) && linedb_grade(m->d, grade, x.original)) {
		memcpy(x.text[IC_ORIGINAL], grade.p, grade.n);
		x.text[IC_ORIGINAL][grade.n] = 0;
		six[COL_GRADE] = SPAN("");
	}
	char raw[ROW_FIELD_MAX + 1];
	struct row_key key;
	bool typed = importer_read_typed(m, row, &x, six[COL_IDENTIFIER], raw, &key);
	if (typed && !key.n)
		return 0;
	if (typed)
		six[COL_IDENTIFIER] = SPAN("typed");
	if (!lines_row_read(six, &m->value, why)) {
		importer_tell(m, IMPORT_BAD, row, why);
		return 0;
	}
	struct assertion *a = &m->value.a;
	if (typed) {
		memcpy(m->value.raw, raw, sizeof raw);
		m->value.key = key;
	}
	if (a->source)
		snprintf(x.grade, sizeof x.grade, "%c%c%.1s", a->source, a->assessment,
			 a->handling ? (char[]){ a->handling, 0 } : "");
	else
		memcpy(x.grade, x.original, sizeof x.grade);
	if (x.text[IC_TYPE][0] && !typed) {
		span is = a->id.e164 ? SPAN("+") : (span){ m->value.key.bytes, m->value.key.n };
		if (strcmp(linedb_type_of(is), x.text[IC_TYPE]) != 0) {
			importer_refuse(m, row, "identifier", m->value.raw,
					"what the column 'type' says");
			return 0;
		}
	}
	return importer_assertion(m, row, &x);
}

static int prepare(struct importer *m)
{
	int rc = linedb_prepare(
		m->d,
		"SELECT id FROM line WHERE current AND NOT gone AND words=?1 UNION ALL SELECT line "
		"FROM brand WHERE current AND NOT gone AND words=?1 LIMIT 1",
		&m->find_line, m->err);
	if (!rc)
		rc = linedb_prepare(
			m->d,
			"SELECT a.id,a.line,a.\"from\",a.until,a.status,a.grade,a.precision,a.role,"
			"a.review_by,a.original,a.conditions,a.force,a.reference,a.officer,"
			"a.received,l.name FROM assertion a JOIN line l ON l.id=a.line AND "
			"l.current WHERE a.current AND a.key=?1 AND NOT a.gone ORDER BY a.id",
			&m->find, m->err);
	if (!rc)
		rc = linedb_prepare(m->d,
				    "INSERT INTO line(id,v,base,proposal,current,gone,uuid,name,"
				    "words,status,area,areas,unit,contact,warning) "
				    "VALUES(?1,1,0,?2,0,0,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
				    &m->add_line, m->err);
	if (!rc)
		rc = linedb_prepare(
			m->d,
			"INSERT INTO assertion(id,v,base,proposal,current,gone,line,type,raw,key,"
			"\"from\",until,precision,role,status,grade,original,conditions,force,"
			"reference,officer,received,review_by) "
			"VALUES(?1,1,0,?2,0,0,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,"
			"?18,?19)",
			&m->add, m->err);
	if (!rc)
		rc = linedb_next_id(m->d, LT_LINE, &m->next_line, m->err);
	if (!rc)
		rc = linedb_next_id(m->d, LT_ASSERTION, &m->next_assertion, m->err);
	return rc;
}

struct source {
	int fd; /* -1: memory */
	span rest;
	char piece[PIECE];
};

static int feed(struct importer *m, struct source *from, struct lines_csv *csv)
{
	uint64_t total = 0;
	for (;;) {
		span piece = { from->rest.p, from->rest.n < PIECE ? from->rest.n : PIECE };
		if (from->fd >= 0) {
			ssize_t n;
			do
				n = read(from->fd, from->piece, PIECE);
			while (n < 0 && errno == EINTR);
			if (n < 0)
				return err_set(m->err, E_IO, "%s cannot be read: %s.", m->name,
					       strerror(errno));
			piece = (span){ from->piece, (size_t)n };
		} else
			from->rest = span_from(from->rest, piece.n);
		if (!piece.n)
			return lines_csv_end(csv, m->err);
		total += piece.n;
		if (total > FILE_MAX)
			return err_set(m->err, E_LIMIT, "%s is larger than 2 GiB: split it.",
				       m->name);
		int rc = lines_csv_feed(csv, piece, m->err);
		if (rc)
			return rc;
	}
}

static int finish(struct importer *m, bool apply, bool skip_bad, const char *why)
{
	struct import_result *r = m->result;
	if (!apply) {
		linedb_rollback(m->d);
		return 0;
	}
	if (r->n[IMPORT_BAD] && !skip_bad)
		return err_set(m->err, E_USER,
			       "%llu row%s of %s cannot be taken, so nothing was. Correct %s, or "
			       "give --skip-bad-rows to leave %s out.",
			       (unsigned long long)r->n[IMPORT_BAD],
			       r->n[IMPORT_BAD] == 1 ? "" : "s", m->name,
			       r->n[IMPORT_BAD] == 1 ? "it" : "them",
			       r->n[IMPORT_BAD] == 1 ? "it" : "them");
	int rc = linedb_propose_end(m->d, m->proposal, "import", why, m->err);
	if (!rc)
		r->proposal = m->proposal;
	return rc;
}

static int run(struct importer *m, struct source *from, bool apply, bool skip_bad, const char *why)
{
	struct csv_sink sink = { .row = on_row,
				 .bad = bad,
				 .user = m,
				 .column = linedb_import_columns,
				 .columns = IC_MAX };
	struct lines_csv *csv = lines_csv_new(&sink, m->name);
	m->lines = textmap_new();
	m->text = arena_new();
	m->seen = numset_new(1024);
	m->now = linedb_now();
	sipkey_draw(&m->salt[0]);
	sipkey_draw(&m->salt[1]);
	int rc = csv && m->lines && m->text && m->seen ? 0 : importer_no_memory(m);
	if (!rc)
		rc = linedb_propose(m->d, "import", 0, &m->proposal, m->err);
	if (!rc)
		rc = prepare(m);
	if (!rc)
		rc = feed(m, from, csv);
	if (!rc)
		snprintf(m->result->ignored, sizeof m->result->ignored, "%s",
			 lines_csv_ignored(csv));
	sqlite3_finalize(m->find_line);
	sqlite3_finalize(m->find);
	sqlite3_finalize(m->add_line);
	sqlite3_finalize(m->add);
	if (!rc)
		rc = finish(m, apply, skip_bad, why);
	if (rc)
		linedb_rollback(m->d);
	lines_csv_free(csv);
	textmap_free(m->lines);
	numset_free(m->seen);
	arena_free(m->text);
	free(m->line);
	free(m->pending);
	buf_free(&m->words);
	buf_free(&m->says);
	return rc;
}

static int start(struct linedb *d, struct source *from, const char *name, bool apply, bool skip_bad,
		 const char *why, import_tell_fn *fn, void *user, struct import_result *ret,
		 struct err *err)
{
	struct importer *m = calloc(1, sizeof *m);
	*ret = (struct import_result){ 0 };
	if (!m)
		return err_set(err, E_NOMEM, "Memory ran out.");
	m->d = d;
	m->name = name;
	m->tell = fn;
	m->user = user;
	m->result = ret;
	m->err = err;
	int rc = run(m, from, apply, skip_bad, why);
	free(m);
	return rc;
}

int linedb_import(struct linedb *d, const char *path, bool apply, bool skip_bad, const char *why,
		  import_tell_fn *fn, void *user, struct import_result *ret, struct err *err)
{
	struct source *from = calloc(1, sizeof *from);
	uint64_t size;
	if (!from)
		return err_set(err, E_NOMEM, "Memory ran out.");
	int rc = given_file_open(path, "the CSV file of the deal lines", &from->fd, &size, err);
	if (!rc) {
		rc = start(d, from, path, apply, skip_bad, why, fn, user, ret, err);
		close(from->fd);
	}
	free(from);
	return rc;
}

int linedb_import_bytes(struct linedb *d, span csv, const char *name, bool apply, bool skip_bad,
			const char *why, import_tell_fn *fn, void *user, struct import_result *ret,
			struct err *err)
{
	struct source *from = calloc(1, sizeof *from);
	if (!from)
		return err_set(err, E_NOMEM, "Memory ran out.");
	from->fd = -1;
	from->rest = csv;
	int rc = start(d, from, name, apply, skip_bad, why, fn, user, ret, err);
	free(from);
	return rc;
}
