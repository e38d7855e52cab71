/* offer.c - a file that is known by its content only is shown to every parser. See catalog.h. */
#include "catalog.h"

bool is_sqlite(span head)
{
	return head.n >= 16 && memcmp(head.p, "SQLite format 3", 16) == 0;
}

static void take(struct offer *o, const struct parser *p)
{
	if (!o->taker)
		o->taker = p;
	else if (!o->second)
		o->second = p;
}

static int offer_once(struct source *s, const struct evidence_vfs_files *files, struct offer *ret,
		      struct err *err)
{
	struct evidence_db *db = NULL;
	int rc = evidence_db_open(&db, files, err);
	if (rc)
		return rc;
	struct offer o = { .database = true };
	for (const struct parser *const *p = wants_parsers(s->wants); *p; p++) {
		if (!want_database(*p) || (*p)->by_path_only)
			continue;
		rc = parser_accepts(*p, evidence_db_handle(db), NULL);
		if (rc == 0)
			take(&o, *p);
		else if (rc == E_SCHEMA && !o.nearly)
			o.nearly = *p;
	}
	const char *limit = evidence_db_limit(db);
	rc = limit ? err_set(err, E_LIMIT, "The database was left: %s.", limit) : 0;
	evidence_db_close(db);
	if (rc == 0)
		*ret = o;
	return rc;
}

/* A -wal of another database hides what this one is: evidence_open reads it without, and says so.
 */
int offer_database(struct source *s, const struct evidence_vfs_files *files, struct offer *ret,
		   struct err *err)
{
	struct offer without = { 0 };
	struct evidence_vfs_files bare = *files;
	bare.wal = NULL;
	int rc = offer_once(s, files, ret, err);
	if (files->wal && rc != E_NOMEM && (rc || (!ret->taker && !ret->nearly)) &&
	    offer_once(s, &bare, &without, NULL) == 0 && (rc || without.taker)) {
		*ret = without;
		if (rc && err)
			*err = (struct err){ 0 };
		rc = 0;
	}
	return rc;
}

void offer_head(struct source *s, span head, span path, struct offer *ret)
{
	struct offer o = { 0 };
	for (const struct parser *const *p = wants_parsers(s->wants); *p; p++)
		if (!want_database(*p) && (*p)->sniff && (*p)->sniff(head, path))
			take(&o, *p);
	o.sealed = o.taker && o.taker->sealed && o.taker->sealed(head);
	*ret = o;
}
