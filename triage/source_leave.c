/* source_leave.c - files that by their names could hold what is asked for, and by their tables do
 * not: they stay outside. An old address book holds calls, too; a newer one under the same name
 * does not. */
#include "source.h"
#include "wal_fit.h"

/* What the database can give, by the parser of its name or by the one that takes it instead. */
static bool database_gives(struct source *s, const struct parser *named, sqlite3 *db, unsigned *ret)
{
	unsigned kinds = 0;
	bool taken = false;
	int rc = parser_accepts(named, db, NULL);
	if (rc == 0)
		return parser_gives(named, db, ret, NULL) == 0;
	for (const struct parser *const *p = wants_parsers(s->wants); rc == E_FORMAT && *p; p++) {
		if (!want_database(*p) || (*p)->by_path_only || *p == named ||
		    parser_accepts(*p, db, NULL) != 0 || parser_gives(*p, db, &kinds, NULL) != 0)
			continue;
		*ret = (taken ? *ret : 0) | kinds;
		taken = true;
	}
	return taken;
}

static bool gives(struct source *s, struct listed *l, unsigned *ret)
{
	struct evidence_readers r;
	struct evidence_db *db = NULL;
	struct wal_fit fit = { 0 };
	bool known = false;
	if (source_read_listed(s, l, &r, NULL) != 0)
		return false; /* evidence_open says why */
	if (reader_size(r.main) && wal_fit_open(&db, &r.db, l->file.parser, &fit, NULL) == 0)
		known = database_gives(s, l->file.parser, evidence_db_handle(db), ret);
	evidence_db_close(db);
	source_readers_free(&r);
	l->stamp = (struct stamp){ 0 };
	return known;
}

void source_leave_out(struct source *s)
{
	for (size_t i = 0; s->options.kinds && i < s->lists; i++) {
		struct listed *l = &s->list[i];
		unsigned kinds;
		if (l->file.state != EVIDENCE_READ || l->place.kind == PLACE_NONE ||
		    !l->file.parser || !want_database(l->file.parser) || !gives(s, l, &kinds) ||
		    kinds & s->options.kinds)
			continue;
		l->file.kinds = kinds;
		l->file.state = EVIDENCE_OUT_OF_SCOPE;
		l->file.detail = "it holds no records of a kind that the scope of this case asks "
				 "for";
		l->file.side_n = 0;
		l->place.kind = l->sealed.kind = PLACE_NONE;
		l->sha256[0] = 0;
	}
}
