/* scan_packs.c - see scan_packs.h */
#include "scan_packs.h"
#include "linepack.h"
#include "policy.h"
#include <stdio.h>

struct pack {
	const char *kind, *name, *version, *sha256;
	int64_t entries, skipped;
};

static int find(struct case_db *c, const struct pack *p, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "SELECT id FROM pack WHERE kind=?1 AND sha256=?2 AND skipped=?3",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, p->kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, p->sha256, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 3, p->skipped);
	*ret = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return 0;
}

static int insert(struct case_db *c, const struct pack *p, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c,
			      "INSERT INTO pack(kind,name,version,sha256,entries,skipped) "
			      "VALUES(?,?,?,?,?,?)",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, p->kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, p->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, p->version, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, p->sha256, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 5, p->entries);
	sqlite3_bind_int64(st, 6, p->skipped);
	rc = case_step(c, st, err);
	*ret = sqlite3_last_insert_rowid(case_handle(c));
	sqlite3_finalize(st);
	return rc;
}

static int insert_rules(struct case_db *c, const struct ruleset *rs, const char *pack_name,
			int64_t pack, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, "INSERT INTO rule VALUES(?,?,?,?,?,?,?)", &st, err);
	if (rc)
		return rc;
	for (size_t i = 0; !rc && i < ruleset_count(rs); i++) {
		const struct rule *r = ruleset_at(rs, i);
		if (strcmp(r->pack, pack_name) != 0)
			continue;
		sqlite3_bind_text(st, 1, r->id, -1, SQLITE_STATIC);
		sqlite3_bind_int64(st, 2, pack);
		sqlite3_bind_text(st, 3, category_word(r->category), -1, SQLITE_STATIC);
		sqlite3_bind_int(st, 4, (int)r->stage);
		sqlite3_bind_text(st, 5, r->meaning, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 6, r->innocent, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 7, r->off, -1, SQLITE_STATIC); /* NULL: it runs */
		rc = case_step(c, st, err);
	}
	sqlite3_finalize(st);
	return rc;
}

static int64_t count(struct case_db *c)
{
	sqlite3_stmt *st;
	int64_t n = -1;
	if (case_prepare(c, "SELECT count(*) FROM pack", &st, NULL))
		return -1;
	if (sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

/* One pack: *first says whether packs are being stored or compared. */
static int keep(struct case_db *c, bool first, const struct pack *p, int64_t *ret, struct err *err)
{
	if (first)
		return insert(c, p, ret, err);
	int rc = find(c, p, ret, err);
	if (!rc && !*ret && strcmp(p->kind, "lines") == 0)
		return err_set(err, E_USER,
			       "This case was matched against another list than pack %s, which is "
			       "installed. 'linecheck rescan' matches what the case holds against "
			       "it; then this scan goes on.",
			       p->version);
	if (!rc && !*ret)
		return err_set(
			err, E_USER,
			"This case was matched against other %s than '%s'. A case keeps to "
			"one list, so that its findings stay comparable: give the same files, "
			"or a new --case folder.",
			strncmp(p->kind, "lines", 5) == 0 ? "deal lines" : "rules", p->name);
	return rc;
}

/* The stage of a case can rise: what did not run before may run now. */
static int mark_rules(struct case_db *c, int stage, struct err *err)
{
	sqlite3_stmt *st;
	int rc =
		case_prepare(c,
			     "UPDATE rule SET not_run=CASE WHEN stage<=?1 THEN NULL WHEN ?1=1 THEN "
			     "'Stage 1 looks at numbers and times: no text was read.' ELSE "
			     "'It looks through all texts, which needs stage 3.' END "
			     "WHERE not_run IS NULL OR not_run NOT LIKE 'Switched off by the "
			     "pack %'",
			     &st, err);
	if (rc)
		return rc;
	sqlite3_bind_int(st, 1, stage);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

static struct pack list_of(const struct scan_options *options, char number[static 24])
{
	const struct linepack_about *about = lines_about(options->lines);
	*number = 0;
	if (about)
		snprintf(number, 24, "%llu", (unsigned long long)about->number);
	return (struct pack){ .kind = about ? "lines" : "lines-csv",
			      .name = about ? "lines" : options->lines_name,
			      .version = number,
			      .sha256 = lines_sha256(options->lines),
			      .entries = lines_count(options->lines),
			      .skipped = lines_skipped(options->lines) };
}

/* Who signed the list: a view says it from the case alone. */
static int keep_signer(struct case_db *c, const struct lines *lines, struct err *err)
{
	const struct linepack_about *about = lines ? lines_about(lines) : NULL;
	if (!about)
		return case_exec(c, "forgetting who signed the lines",
				 "DELETE FROM meta WHERE key='lines-signer'", err);
	sqlite3_stmt *st;
	int rc = case_prepare(c, "INSERT OR REPLACE INTO meta VALUES('lines-signer',?1)", &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, about->unit, -1, SQLITE_STATIC);
	rc = case_step(c, st, err);
	sqlite3_finalize(st);
	return rc;
}

static int keep_all(struct case_db *c, const struct scan_options *options, int64_t *ret_lines_pack,
		    struct err *err)
{
	int64_t had = count(c), id, kept = 0, lines_pack = 0;
	if (had < 0)
		return case_error(c, "reading the packs", err);
	const struct ruleset *rs = options->rules;
	for (size_t i = 0; i < ruleset_packs(rs); i++, kept++) {
		struct pack p = { .kind = "rules" };
		ruleset_pack(rs, i, &p.name, &p.version, &p.sha256);
		for (size_t k = 0; k < ruleset_count(rs); k++)
			p.entries += strcmp(ruleset_at(rs, k)->pack, p.name) == 0;
		int rc = keep(c, had == 0, &p, &id, err);
		if (!rc && had == 0)
			rc = insert_rules(c, rs, p.name, id, err);
		if (rc)
			return rc;
	}
	struct pack scoring = { .kind = "scoring",
				.name = policy_name(options->policy),
				.version = policy_version(options->policy),
				.sha256 = policy_sha256(options->policy) };
	int rc = keep(c, had == 0, &scoring, &id, err);
	kept++;
	if (!rc && options->lines) {
		char number[24];
		struct pack p = list_of(options, number);
		rc = keep(c, had == 0, &p, &lines_pack, err);
		kept++;
	}
	if (!rc && had && had != kept)
		rc = err_set(err, E_USER,
			     "This case was matched against %lld lists, this command gives %lld. "
			     "Give the same --lines and --rules, or a new --case folder.",
			     (long long)had, (long long)kept);
	if (!rc)
		rc = keep_signer(c, options->lines, err);
	if (!rc)
		*ret_lines_pack = lines_pack;
	return rc;
}

int scan_packs(struct case_db *c, const struct scan_options *options, int stage,
	       int64_t *ret_lines_pack, struct err *err)
{
	int rc = keep_all(c, options, ret_lines_pack, err);
	return rc ? rc : mark_rules(c, stage, err);
}

int scan_packs_change(struct case_db *c, const struct scan_options *options,
		      int64_t *ret_lines_pack, struct err *err)
{
	char number[24];
	int64_t id;
	struct pack p = list_of(options, number);
	int rc = case_exec(c, "taking another list", "DELETE FROM pack WHERE kind LIKE 'lines%'",
			   err);
	if (!rc)
		rc = insert(c, &p, &id, err);
	return rc ? rc : keep_all(c, options, ret_lines_pack, err);
}
