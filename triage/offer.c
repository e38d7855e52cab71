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

int offer_database(struct source *s, const struct evidence_vfs_files *files, struct offer *ret,
		   struct err *err)
{
	struct evidence_db *db = NULL;
	int rc = evidence_db_open(&db, files, err);
	if (rc)
		return rc;
	struct offer o = { .database = true };
	for (const struct parser *const *p = wants_parsers(s->wants); *p; p++) {
		if (!want_database(*p))
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

void offer_head(struct source *s, span head, span path, struct offer *ret)
{
	struct offer o = { 0 };
	for (const struct parser *const *p = wants_parsers(s->wants); *p; p++)
		if (!want_database(*p) && (*p)->sniff && (*p)->sniff(head, path))
			take(&o, *p);
	*ret = o;
}
