/* schema.c - see schema.h */
#include "schema.h"
#include <assert.h>

/* SQLite's own names are shorter in every app seen; longer ones in a parser are a mistake there. */
#define NAME_MAX_BYTES 128

static bool name_copy(span name, char out[static NAME_MAX_BYTES])
{
	if (!name.p || name.n == 0 || name.n >= NAME_MAX_BYTES)
		return false;
	memcpy(out, name.p, name.n);
	out[name.n] = 0;
	return true;
}

int schema_error_code(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		return E_NOMEM;
	case SQLITE_INTERRUPT:
	case SQLITE_TOOBIG:
		return E_LIMIT;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_FULL:
	case SQLITE_BUSY:
		return E_IO;
	case SQLITE_AUTH:
	case SQLITE_PERM:
		return E_REFUSED;
	default:
		return E_FORMAT;
	}
}

int schema_error(sqlite3 *db, int rc, const char *table, const char *what, struct err *err)
{
	int code = schema_error_code(rc);
	const char *why = (rc & 0xff) == SQLITE_INTERRUPT
				  ? "it takes more steps than a sound database can need"
				  : sqlite3_errmsg(db);
	if (table)
		return err_set(err, code, "%s table %s: %s", what, table, why);
	return err_set(err, code, "%s: %s", what, why);
}

int schema_has(sqlite3 *db, span table, span column, bool *ret, struct err *err)
{
	char t[NAME_MAX_BYTES], c[NAME_MAX_BYTES];
	if (!name_copy(table, t) || (column.p && !name_copy(column, c))) {
		*ret = false;
		return 0;
	}
	int rc = sqlite3_table_column_metadata(db, "main", t, column.p ? c : NULL, NULL, NULL, NULL,
					       NULL, NULL);
	if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_ERROR)
		return schema_error(db, rc, NULL, "reading the database's list of tables", err);
	/* A malformed list of tables is SQLITE_ERROR too, on some paths, and no table is found. */
	*ret = rc == SQLITE_OK;
	return 0;
}

static bool is_rowid(span column)
{
	return span_eq_nocase(column, SPAN("ROWID")) || span_eq_nocase(column, SPAN("_ROWID_")) ||
	       span_eq_nocase(column, SPAN("OID"));
}

static span trim(span s)
{
	while (s.n && (*s.p == ' ' || *s.p == '\t' || *s.p == '\n'))
		s = span_from(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' || s.p[s.n - 1] == '\n'))
		s.n--;
	return s;
}

/* The part of *rest before separator, which is skipped; all of it if there is none. */
static span cut(span *rest, char separator)
{
	const char *at = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
	span first = at ? (span){ rest->p, (size_t)(at - rest->p) } : *rest;
	*rest = at ? span_from(*rest, first.n + 1) : (span){ rest->p + rest->n, 0 };
	return trim(first);
}

int schema_check(sqlite3 *db, span need, struct schema_lack *lack, struct err *err)
{
	span columns = need;
	span table = cut(&columns, '(');
	columns = cut(&columns, ')');
	bool unwanted = table.n && *table.p == '!';
	if (unwanted)
		table = span_from(table, 1);
	bool has = false;
	int rc = schema_has(db, table, SPAN_NONE, &has, err);
	if (rc)
		return rc;
	const char *comma = lack->names.n ? ", " : "";
	if (unwanted) {
		lack->tables += has;
		if (has)
			buf_addf(&lack->names, "%sno %.*s", comma, (int)table.n, table.p);
		return lack->names.failed ? err_set(err, E_NOMEM, "memory ran out") : 0;
	}
	if (!has) {
		lack->tables++;
		buf_addf(&lack->names, "%s%.*s", comma, (int)table.n, table.p);
		return 0;
	}
	size_t missing = 0;
	while (columns.n) {
		span column = cut(&columns, ',');
		if ((rc = schema_has(db, table, column, &has, err)))
			return rc;
		if (has) {
			lack->found += !is_rowid(column);
			continue;
		}
		if (missing++ == 0)
			buf_addf(&lack->names, "%s%.*s(", comma, (int)table.n, table.p);
		buf_addf(&lack->names, "%s%.*s", missing > 1 ? "," : "", (int)column.n, column.p);
	}
	if (missing)
		buf_byte(&lack->names, ')');
	lack->columns += missing;
	return lack->names.failed ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

struct fit {
	sqlite3 *db;
	struct buf *out;
	schema_absent *absent;
	void *user;
	struct err *err;
};

/* {table.column}, {alias:table.column} */
static int fit_column(const struct fit *f, span part)
{
	span table = part, alias = SPAN_NONE;
	if (part.n && memchr(part.p, ':', part.n))
		alias = cut(&table, ':');
	span column = table;
	table = cut(&column, '.');
	column = trim(column);
	assert(table.n && column.n);
	if (!alias.p)
		alias = table;
	bool has = false;
	int rc = schema_has(f->db, table, column, &has, f->err);
	if (rc)
		return rc;
	if (has) {
		buf_addf(f->out, "%.*s.\"%.*s\"", (int)alias.n, alias.p, (int)column.n, column.p);
		return 0;
	}
	buf_add(f->out, SPAN("NULL"));
	if ((rc = schema_has(f->db, table, SPAN_NONE, &has, f->err)))
		return rc;
	return f->absent(f->user, table, has ? column : SPAN_NONE);
}

/* Tell of everything that "table(col,col)" lacks. */
static int tell_lack(const struct fit *f, span need)
{
	span columns = need;
	span table = cut(&columns, '(');
	columns = cut(&columns, ')');
	bool has = false;
	int rc = schema_has(f->db, table, SPAN_NONE, &has, f->err);
	if (rc)
		return rc;
	if (!has)
		return f->absent(f->user, table, SPAN_NONE);
	while (columns.n) {
		span column = cut(&columns, ',');
		if ((rc = schema_has(f->db, table, column, &has, f->err)))
			return rc;
		if (!has && (rc = f->absent(f->user, table, column)))
			return rc;
	}
	return 0;
}

static int fit_text(const struct fit *f, span sql);

/* {?table(col,col) table(col): SQL}, {!...} */
static int fit_choice(const struct fit *f, span part, bool null)
{
	span then = part;
	span needs = cut(&then, ':');
	struct schema_lack lack = { 0 };
	int rc = 0;
	for (span rest = needs; rc == 0 && rest.n;) {
		span need = cut(&rest, ')');
		if (need.n)
			rc = schema_check(f->db, need, &lack, f->err);
	}
	bool whole = lack.tables + lack.columns == 0;
	buf_free(&lack.names);
	if (rc)
		return rc;
	if (whole)
		return fit_text(f, then);
	if (null)
		buf_add(f->out, SPAN("NULL"));
	for (span rest = needs; rc == 0 && rest.n;) {
		span need = cut(&rest, ')');
		if (need.n)
			rc = tell_lack(f, need);
	}
	return rc;
}

/* Where the brace that opens s closes. */
static size_t closing(span s)
{
	size_t depth = 0;
	for (size_t i = 0; i < s.n; i++) {
		depth += s.p[i] == '{';
		if (s.p[i] == '}' && --depth == 0)
			return i;
	}
	assert(false && "a brace of a parser's SQL does not close");
	return s.n;
}

/* Braces nest as deep as a parser's own SQL does: never driven by evidence. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static int fit_text(const struct fit *f, span sql)
{
	while (sql.n) {
		const char *brace = memchr(sql.p, '{', sql.n);
		size_t plain = brace ? (size_t)(brace - sql.p) : sql.n;
		buf_add(f->out, (span){ sql.p, plain });
		sql = span_from(sql, plain);
		if (!sql.n)
			break;
		size_t stop = closing(sql);
		span part = span_sub(sql, 1, stop);
		sql = span_from(sql, stop + 1);
		bool null = part.n && *part.p == '?', nothing = part.n && *part.p == '!';
		int rc = null || nothing ? fit_choice(f, span_from(part, 1), null)
					 : fit_column(f, part);
		if (rc)
			return rc;
	}
	return 0;
}

int schema_fit(sqlite3 *db, const char *sql, struct buf *out, schema_absent *absent, void *user,
	       struct err *err)
{
	struct fit f = { db, out, absent, user, err };
	int rc = fit_text(&f, span_z(sql));
	if (rc)
		return rc;
	return out->failed ? err_set(err, E_NOMEM, "memory ran out") : 0;
}
