/* wal_fit.c - see wal_fit.h */
#include "wal_fit.h"
#include "wal_check.h"
#include <stdlib.h>
#include <string.h>

/* Below this many bytes the tables are walked whenever there is a -wal: it takes milliseconds.
 * Above it, where something else makes one doubt. */
#define WALK_ALWAYS ((uint64_t)16 << 20)

/* All keys of the table in order, to its end. A table that has no keys, or is not there, is. */
static bool table_in_order(sqlite3 *db, span name)
{
	sqlite3_stmt *st = NULL;
	char *sql = sqlite3_mprintf("SELECT _rowid_ FROM main.\"%.*w\" NOT INDEXED", (int)name.n,
				    name.p);
	int rc = sql ? sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_NO_VTAB, &st, NULL)
		     : SQLITE_NOMEM;
	sqlite3_free(sql);
	if (rc != SQLITE_OK)
		return true;
	bool first = true, sound = true;
	for (sqlite3_int64 key, last = 0; sound && (rc = sqlite3_step(st)) == SQLITE_ROW;
	     last = key) {
		key = sqlite3_column_int64(st, 0);
		sound = first || key > last;
		first = false;
	}
	sqlite3_finalize(st);
	return sound && rc == SQLITE_DONE;
}

static bool needs_in_order(sqlite3 *db, const char *const *need, size_t n)
{
	for (size_t i = 0; i < n && need[i]; i++)
		if (need[i][0] != '!' &&
		    !table_in_order(db, (span){ need[i], strcspn(need[i], "(") }))
			return false;
	return true;
}

static bool in_order(sqlite3 *db, const struct parser *p)
{
	bool sound = needs_in_order(db, p->need, sizeof p->need / sizeof *p->need);
	for (size_t i = 0; sound && i < sizeof p->q / sizeof *p->q && p->q[i].sql; i++)
		sound = needs_in_order(db, p->q[i].need,
				       sizeof p->q[i].need / sizeof *p->q[i].need);
	return sound;
}

/* Pages in the database file: its length by its own page size. */
static uint32_t file_pages(struct reader *db, uint32_t *ret_page_size)
{
	unsigned char head[18];
	*ret_page_size = 0;
	if (reader_at(db, head, sizeof head, 0, NULL) != (ptrdiff_t)sizeof head)
		return 0;
	uint32_t size = (uint32_t)head[16] << 8 | head[17];
	size = size == 1 ? 65536 : size;
	if (size < 512)
		return 0;
	*ret_page_size = size;
	uint64_t pages = reader_size(db) / size;
	return pages < UINT32_MAX ? (uint32_t)pages : UINT32_MAX;
}

/* A log of this database brings every page that the file has not, and seldom makes it smaller. */
static bool doubtful(const struct wal_state *w, uint32_t pages, uint32_t page_size, uint64_t bytes)
{
	bool gaps = w->db_pages > pages && w->pages < w->db_pages - pages;
	return bytes < WALK_ALWAYS || w->page_size != page_size || gaps || w->db_pages < pages / 2;
}

static bool takes(struct evidence_db *e, const struct parser *p)
{
	return parser_accepts(p, evidence_db_handle(e), NULL) == 0;
}

int wal_fit_open(struct evidence_db **ret, const struct evidence_vfs_files *files,
		 const struct parser *p, struct wal_fit *fit, struct err *err)
{
	struct wal_state w = { 0 };
	struct evidence_db *with = NULL, *without = NULL;
	struct err why = { 0 };
	uint32_t page_size, pages = file_pages(files->db, &page_size);
	if (files->wal && pages && wal_check(files->wal, pages, &w, NULL) == 0)
		fit->words = wal_trouble_words(w.trouble, &fit->loss);
	int rc = evidence_db_open(&with, files, &why);
	if (w.committed && rc != E_NOMEM &&
	    (rc || !takes(with, p) ||
	     (doubtful(&w, pages, page_size, reader_size(files->db)) &&
	      !in_order(evidence_db_handle(with), p)))) {
		struct evidence_vfs_files bare = *files;
		bare.wal = NULL;
		if (evidence_db_open(&without, &bare, NULL) == 0 && takes(without, p) &&
		    in_order(evidence_db_handle(without), p)) {
			evidence_db_close(with);
			fit->words = "it does not fit its database, as if it were another "
				     "database's: the database was read without it, and changes "
				     "may be missing";
			fit->loss = true;
			*ret = without;
			return 0;
		}
		evidence_db_close(without);
	}
	if (rc)
		return err_set(err, rc, "%s", why.message);
	*ret = with;
	return 0;
}
