/* linedb_import_line.c - see linedb_import_inside.h */
#include "linedb_import_inside.h"
#include "linedb_text.h"
#include "name.h"
#include <stdio.h>
#include <stdlib.h>

static bool keep_line(struct importer *m, span words, int64_t id, bool fresh, uint32_t *ret)
{
	bool ok;
	if (m->lines_n == m->lines_cap) {
		uint32_t cap = m->lines_cap ? m->lines_cap * 2 : 256;
		void *p = realloc(m->line, cap * sizeof *m->line);
		if (!p)
			return false;
		m->line = p;
		m->lines_cap = cap;
	}
	span kept = arena_copy(m->text, words, &ok);
	m->line[m->lines_n].id = id;
	m->line[m->lines_n].fresh = fresh;
	m->line[m->lines_n].edited = fresh;
	*ret = m->lines_n++;
	return ok && textmap_put(m->lines, kept, *ret);
}

static int insert_line(struct importer *m, const struct extra *x, span words, int64_t id)
{
	char uuid[37];
	sqlite3_stmt *st = m->add_line;
	linedb_uuid(uuid);
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, m->proposal);
	sqlite3_bind_text(st, 3, uuid, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, m->value.line, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 5, words.p, (int)words.n, SQLITE_STATIC);
	sqlite3_bind_text(st, 6,
			  x->text[IC_LINE_STATUS][0] ? x->text[IC_LINE_STATUS]
						     : line_status_word(m->value.a.status),
			  -1, SQLITE_STATIC);
	bind_text(st, 7, x->text[IC_AREA]);
	bind_text(st, 8, x->text[IC_AREAS]);
	bind_text(st, 9, x->text[IC_UNIT]);
	bind_text(st, 10, x->text[IC_CONTACT]);
	sqlite3_bind_int(st, 11, x->text[IC_WARNING][0] == 'y' || x->text[IC_WARNING][0] == '1');
	int rc = linedb_step(m->d, st, m->err);
	sqlite3_clear_bindings(st);
	return rc;
}

/* What a row says of a line that is there: only what it says anew. */
static int amend_line(struct importer *m, const struct extra *x, uint32_t at, uint32_t row)
{
	static const struct {
		int column;
		const char *name;
	} all[] = { { IC_LINE_STATUS, "status" }, { IC_AREA, "area" },
		    { IC_AREAS, "areas" },        { IC_UNIT, "unit" },
		    { IC_CONTACT, "contact" },    { IC_WARNING, "warning" } };
	int rc = 0;
	for (size_t i = 0; !rc && i < sizeof all / sizeof *all; i++) {
		const char *now = x->text[all[i].column];
		char sql[160];
		sqlite3_stmt *st;
		if (!*now)
			continue;
		bool warning = all[i].column == IC_WARNING;
		if (warning)
			now = *now == 'y' || *now == '1' ? "1" : "0";
		snprintf(
			sql, sizeof sql,
			"SELECT %s, proposal=?2 FROM line WHERE id=?1 AND (current OR proposal=?2) "
			"ORDER BY v DESC LIMIT 1",
			all[i].name);
		rc = linedb_prepare(m->d, sql, &st, m->err);
		if (rc)
			return rc;
		sqlite3_bind_int64(st, 1, m->line[at].id);
		sqlite3_bind_int64(st, 2, m->proposal);
		bool differs = false, own = false;
		char was[120] = "";
		if (sqlite3_step(st) == SQLITE_ROW) {
			const char *s = (const char *)sqlite3_column_text(st, 0);
			snprintf(was, sizeof was, "%.100s", s ? s : "");
			differs = strcmp(s ? s : "", now) != 0;
			own = sqlite3_column_int(st, 1) && s;
		}
		sqlite3_finalize(st);
		if (!differs)
			continue;
		buf_clear(&m->says);
		if (own && m->line[at].fresh) {
			buf_addf(&m->says,
				 "%s: an earlier row of this line says '%s' in the column '%s', "
				 "this one '%s': the first is kept",
				 m->value.line, was, linedb_import_columns[all[i].column], now);
			importer_tell(m, IMPORT_FLAG, row, m->says.data ? m->says.data : "");
			continue;
		}
		rc = linedb_edit(m->d, LT_LINE, m->line[at].id, m->proposal, m->err);
		if (!rc)
			rc = warning ? linedb_set_number(m->d, LT_LINE, m->line[at].id, m->proposal,
							 "warning", *now == '1', m->err)
				     : linedb_set(m->d, LT_LINE, m->line[at].id, m->proposal,
						  all[i].name, now, m->err);
		buf_addf(&m->says, "%s: %s %s -> %s", m->value.line, all[i].name,
			 *was ? was : "(none)", now);
		if (!rc)
			importer_tell(m, IMPORT_CHANGED, row, m->says.data ? m->says.data : "");
	}
	return rc;
}

int importer_line(struct importer *m, uint32_t row, const struct extra *x, uint32_t *ret)
{
	if (!name_words(span_z(m->value.line), &m->words))
		return importer_no_memory(m);
	if (!m->words.n)
		buf_add(&m->words, span_z(m->value.line));
	span words = buf_span(&m->words);
	if (textmap_get(m->lines, words, ret))
		return amend_line(m, x, *ret, row);
	sqlite3_bind_text(m->find_line, 1, words.p, (int)words.n, SQLITE_STATIC);
	int64_t id = sqlite3_step(m->find_line) == SQLITE_ROW
			     ? sqlite3_column_int64(m->find_line, 0)
			     : 0;
	sqlite3_reset(m->find_line);
	if (id)
		return keep_line(m, words, id, false, ret) ? amend_line(m, x, *ret, row)
							   : importer_no_memory(m);
	int rc = insert_line(m, x, words, m->next_line);
	if (!rc && !keep_line(m, words, m->next_line++, true, ret))
		rc = importer_no_memory(m);
	if (!rc)
		importer_tell(m, IMPORT_NEW_LINE, row, m->value.line);
	return rc;
}
