/* warning_store.c - see warning_store.h */
#include "warning_store.h"
#include "base/buf.h"
#include <stdlib.h>

#define NAMED_ROWS 100    /* of one kind, table and detail */
#define KINDS_IN_FILE 256 /* different (kind, table, detail) of one file; the rest is one row */

struct tally {
	char *kind, *table, *detail;
	bool loss;
	int64_t n;
};

struct warning_store {
	struct case_db *c;
	int64_t exhibit, file;
	sqlite3_stmt *add;
	struct tally tally[KINDS_IN_FILE];
	size_t n;
	int64_t rest[2]; /* past KINDS_IN_FILE: notes, losses */
};

int warning_store_open(struct warning_store **ret, struct case_db *c, int64_t exhibit,
		       struct err *err)
{
	struct warning_store *w = calloc(1, sizeof *w);
	if (!w)
		return err_set(err, E_NOMEM, "Memory ran out.");
	w->c = c;
	w->exhibit = exhibit;
	int rc = case_prepare(c,
			      "INSERT INTO warning(exhibit,file,kind,loss,tbl,row,detail,times) "
			      "VALUES(?,?,?,?,?,?,?,?)",
			      &w->add, err);
	if (rc) {
		warning_store_free(w);
		return rc;
	}
	*ret = w;
	return 0;
}

static void clear(struct warning_store *w)
{
	for (size_t i = 0; i < w->n; i++) {
		free(w->tally[i].kind);
		free(w->tally[i].table);
		free(w->tally[i].detail);
	}
	w->n = 0;
	w->rest[0] = w->rest[1] = 0;
}

void warning_store_free(struct warning_store *w)
{
	if (!w)
		return;
	clear(w);
	sqlite3_finalize(w->add);
	free(w);
}

static int insert(struct warning_store *w, const char *kind, bool loss, const char *table,
		  int64_t row, const char *detail, int64_t times, struct err *err)
{
	sqlite3_bind_int64(w->add, 1, w->exhibit);
	if (w->file)
		sqlite3_bind_int64(w->add, 2, w->file);
	else
		sqlite3_bind_null(w->add, 2);
	sqlite3_bind_text(w->add, 3, kind, -1, SQLITE_STATIC);
	sqlite3_bind_int(w->add, 4, loss);
	sqlite3_bind_text(w->add, 5, table, -1, SQLITE_STATIC);
	if (row)
		sqlite3_bind_int64(w->add, 6, row);
	else
		sqlite3_bind_null(w->add, 6);
	sqlite3_bind_text(w->add, 7, detail, -1, SQLITE_STATIC);
	sqlite3_bind_int64(w->add, 8, times);
	return case_step(w->c, w->add, err);
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct tally *tally_of(struct warning_store *w, const char *kind, bool loss,
			      const char *table, const char *detail)
{
	for (size_t i = 0; i < w->n; i++)
		if (same(w->tally[i].kind, kind) && same(w->tally[i].table, table) &&
		    same(w->tally[i].detail, detail))
			return &w->tally[i];
	if (w->n == KINDS_IN_FILE)
		return NULL;
	struct tally *t = &w->tally[w->n];
	*t = (struct tally){ .kind = strdup(kind),
			     .table = table ? strdup(table) : NULL,
			     .detail = strdup(detail),
			     .loss = loss };
	w->n++;
	return t;
}

int warning_store_add(struct warning_store *w, int64_t file, const char *kind_word, bool loss,
		      const char *table, int64_t row, const char *detail, struct err *err)
{
	if (file != w->file) {
		int rc = warning_store_flush(w, err);
		if (rc)
			return rc;
		w->file = file;
	}
	struct tally *t = tally_of(w, kind_word, loss, table, detail);
	if (!t) {
		w->rest[loss]++;
		return 0;
	}
	if (!t->kind || !t->detail)
		return err_set(err, E_NOMEM, "Memory ran out.");
	if (t->n++ >= NAMED_ROWS)
		return 0;
	return insert(w, kind_word, loss, table, row, detail, 1, err);
}

int warning_store_flush(struct warning_store *w, struct err *err)
{
	int rc = 0;
	for (size_t i = 0; !rc && i < w->n; i++) {
		const struct tally *t = &w->tally[i];
		if (t->n > NAMED_ROWS)
			rc = insert(w, t->kind, t->loss, t->table, 0, t->detail, t->n - NAMED_ROWS,
				    err);
	}
	for (int loss = 0; !rc && loss < 2; loss++)
		if (w->rest[loss])
			rc = insert(w, "limit", loss, NULL, 0,
				    "more kinds of warning than are told apart", w->rest[loss],
				    err);
	clear(w);
	return rc;
}
