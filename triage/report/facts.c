/* facts.c - see facts.h */
#include "facts.h"
#include "rows.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* One number. *ret is untouched when there is no row. */
static int one_number(struct case_db *c, const char *sql, int64_t *ret, struct err *err)
{
	struct rows r;
	int rc = rows_ask(&r, c, sql, err);
	if (rc)
		return rc;
	rc = rows_step(&r, err);
	if (rc > 0)
		*ret = rows_number(&r, 0);
	rows_close(&r);
	return rc < 0 ? rc : 0;
}

int facts_begin(struct case_db *c, bool *ret_began, struct err *err)
{
	bool begin = sqlite3_get_autocommit(case_handle(c)) != 0;
	int rc = begin ? case_exec(c, "reading the case", "BEGIN", err) : 0;
	if (!rc)
		*ret_began = begin;
	return rc;
}

void facts_end(struct case_db *c, bool began)
{
	if (began)
		case_rollback(c);
}

int facts_meta(struct case_db *c, const char *key, char *ret, size_t cap, struct err *err)
{
	struct rows r;
	int rc = rows_ask(&r, c, "SELECT value FROM meta WHERE key=?1", err);
	if (rc)
		return rc;
	sqlite3_bind_text(r.st, 1, key, -1, SQLITE_STATIC);
	rc = rows_step(&r, err);
	span value = rc > 0 ? rows_bytes(&r, 0) : SPAN_NONE;
	if (rc >= 0)
		snprintf(ret, cap, "%.*s", (int)value.n, value.p ? value.p : "");
	rows_close(&r);
	return rc < 0 ? rc : 0;
}

int facts_left_set(struct case_db *c, char *ret, size_t cap, struct err *err)
{
	char device[160];
	int rc = facts_meta(c, "left-set", device, sizeof device, err);
	if (rc)
		return rc;
	*ret = 0;
	if (*device)
		snprintf(ret, cap,
			 "LEFT SET: a temporary backup password stands on the phone %s. Connect it "
			 "and run 'linecheck recover' with this case's folder: until that says "
			 "that the password is gone, the phone must not go back.",
			 device);
	return 0;
}

int facts_not_compared(struct case_db *c, char *ret, size_t cap, struct err *err)
{
	struct rows r;
	int rc = rows_ask(
		&r, c,
		"SELECT count(*), coalesce(sum(skipped), 0), (SELECT count(*) FROM exhibit)"
		" FROM pack WHERE kind IN ('lines-csv', 'lines')",
		err);
	if (rc)
		return rc;
	rc = rows_step(&r, err);
	*ret = 0;
	int64_t lists = rc > 0 ? rows_number(&r, 0) : 0, skipped = rc > 0 ? rows_number(&r, 1) : 0;
	if (rc > 0 && !lists && rows_number(&r, 2))
		snprintf(ret, cap,
			 "No line list was used: no number was compared with known deal lines.");
	else if (rc > 0 && skipped > 0)
		snprintf(ret, cap,
			 "%" PRId64 " bad row%s of the line list %s left out: nothing was compared "
			 "with %s.",
			 skipped, skipped == 1 ? "" : "s", skipped == 1 ? "was" : "were",
			 skipped == 1 ? "it" : "them");
	rows_close(&r);
	return rc < 0 ? rc : 0;
}

int facts_outcome(struct case_db *c, struct fact_outcome *ret, struct err *err)
{
	struct rows r;
	int rc = rows_ask(&r, c, "SELECT level, link, coverage, harm FROM outcome WHERE id=1", err);
	if (rc)
		return rc;
	rc = rows_step(&r, err);
	struct fact_outcome out = { .level = -1 };
	if (rc > 0) {
		int64_t level = rows_number_or(&r, 0, -1);
		span harm = rows_bytes(&r, 3);
		out.assessed = true;
		out.level = level >= 0 && level <= 3 ? (int)level : -1;
		out.link = rows_number(&r, 1);
		out.coverage = rows_number(&r, 2);
		snprintf(out.harm, sizeof out.harm, "%.*s", (int)harm.n, harm.p ? harm.p : "");
	}
	rows_close(&r);
	if (rc < 0)
		return rc;
	*ret = out;
	return 0;
}

int facts_exhibits(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT id, label, kind, platform, fingerprint, state, detail, files_seen,"
			" bytes_seen, files_kept, bytes_kept, (SELECT total(times) FROM warning w"
			" WHERE w.exhibit = e.id AND w.file IS NULL AND w.loss)"
			" FROM exhibit e ORDER BY id",
			err);
}

int facts_exhibit(struct rows *r, struct fact_exhibit *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_exhibit){
			.id = rows_number(r, 0),
			.label = rows_bytes(r, 1),
			.kind = rows_bytes(r, 2),
			.platform = rows_bytes(r, 3),
			.fingerprint = rows_bytes(r, 4),
			.state = rows_bytes(r, 5),
			.detail = rows_bytes(r, 6),
			.files_seen = rows_number(r, 7),
			.bytes_seen = rows_number(r, 8),
			.files_kept = rows_number(r, 9),
			.bytes_kept = rows_number(r, 10),
			.losses = rows_number(r, 11),
		};
	return rc;
}

int facts_files(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(
		r, c,
		"SELECT f.id, f.exhibit, f.size, m.path, f.path, f.path_hex, f.sha256, f.state,"
		" f.parser, f.detail, w.losses, w.notes FROM evidence_file f"
		" LEFT JOIN evidence_file m ON m.id = f.side_of"
		" LEFT JOIN (SELECT file, sum(CASE WHEN loss THEN times ELSE 0 END) AS losses,"
		"  sum(CASE WHEN loss THEN 0 ELSE times END) AS notes FROM warning"
		"  GROUP BY file) w ON w.file = f.id ORDER BY f.exhibit, f.id",
		err);
}

int facts_file(struct rows *r, struct fact_file *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_file){
			.id = rows_number(r, 0),
			.exhibit = rows_number(r, 1),
			.size = rows_number_or(r, 2, -1),
			.side_of = rows_bytes(r, 3),
			.path = rows_bytes(r, 4),
			.path_hex = rows_bytes(r, 5),
			.sha256 = rows_bytes(r, 6),
			.state = rows_bytes(r, 7),
			.parser = rows_bytes(r, 8),
			.detail = rows_bytes(r, 9),
			.losses = rows_number(r, 10),
			.notes = rows_number(r, 11),
		};
	return rc;
}

static int file_order(const void *a, const void *b)
{
	const struct fact_file_count *x = a, *y = b;
	return (x->file > y->file) - (x->file < y->file);
}

const struct fact_file_count *fact_counts_of(const struct fact_counts *f, int64_t file)
{
	static const struct fact_file_count none;
	const struct fact_file_count key = { .file = file };
	const struct fact_file_count *at =
		f->files_n ? bsearch(&key, f->files, f->files_n, sizeof *f->files, file_order)
			   : NULL;
	return at ? at : &none;
}

void fact_counts_free(struct fact_counts *f)
{
	free(f->files);
	*f = (struct fact_counts){ 0 };
}

static int load_files(struct case_db *c, struct fact_counts *f, struct err *err)
{
	struct rows r;
	size_t cap = 0;
	int rc = rows_ask(&r, c, "SELECT id, exhibit FROM evidence_file ORDER BY id", err);
	if (rc)
		return rc;
	while ((rc = rows_step(&r, err)) > 0) {
		if (f->files_n == cap) {
			cap = cap ? cap * 2 : 64;
			void *more = realloc(f->files, cap * sizeof *f->files);
			if (!more) {
				rc = err_set(err, E_NOMEM, "Memory ran out while counting.");
				break;
			}
			f->files = more;
		}
		f->files[f->files_n++] = (struct fact_file_count){ .file = rows_number(&r, 0),
								   .exhibit = rows_number(&r, 1) };
	}
	rows_close(&r);
	return rc;
}

/* In the order of the table, without a sort: SQLite's GROUP BY would sort a million rows. Records
 * of one file stand together, so the last file found is nearly always the next one's. */
static int count_records(struct case_db *c, struct fact_counts *f, struct err *err)
{
	struct rows r;
	struct fact_file_count *at = NULL;
	int rc = rows_ask(&r, c, "SELECT file, kind FROM record", err);
	if (rc)
		return rc;
	while ((rc = rows_step(&r, err)) > 0) {
		int64_t file = rows_number(&r, 0);
		enum record_kind kind = rows_kind(&r, 1);
		f->total[kind]++;
		if (!at || at->file != file) {
			const struct fact_file_count key = { .file = file };
			at = f->files_n ? bsearch(&key, f->files, f->files_n, sizeof *f->files,
						  file_order)
					: NULL;
		}
		if (at)
			at->n[kind]++;
	}
	rows_close(&r);
	return rc;
}

int facts_counts(struct case_db *c, struct fact_counts *ret, struct err *err)
{
	struct fact_counts f = { 0 };
	int rc = load_files(c, &f, err);
	if (!rc)
		rc = count_records(c, &f, err);
	if (rc)
		fact_counts_free(&f);
	else
		*ret = f;
	return rc;
}

int facts_apps(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT exhibit, id, name, read, evidence FROM app ORDER BY exhibit, id",
			err);
}

int facts_unread_apps(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT min(exhibit), id, name, read, evidence FROM app WHERE NOT read"
			" GROUP BY name ORDER BY name",
			err);
}

int facts_app(struct rows *r, struct fact_app *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_app){
			.exhibit = rows_number(r, 0),
			.id = rows_bytes(r, 1),
			.name = rows_bytes(r, 2),
			.read = rows_number(r, 3) != 0,
			.evidence = rows_bytes(r, 4),
		};
	return rc;
}

int facts_warnings(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT w.exhibit, w.row, w.times, w.loss, f.path, w.kind, w.tbl, w.detail"
			" FROM warning w LEFT JOIN evidence_file f ON f.id = w.file ORDER BY w.id",
			err);
}

int facts_warning_groups(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT w.exhibit, min(w.row), sum(w.times), w.loss, f.path, w.kind, w.tbl,"
			" w.detail FROM warning w LEFT JOIN evidence_file f ON f.id = w.file"
			" GROUP BY w.exhibit, w.file, w.kind, w.tbl, w.detail, w.loss"
			" ORDER BY w.loss = 0, w.file IS NOT NULL, min(w.id)",
			err);
}

int facts_warning(struct rows *r, struct fact_warning *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_warning){
			.exhibit = rows_number(r, 0),
			.row = rows_number(r, 1),
			.times = rows_number(r, 2),
			.loss = rows_number(r, 3) != 0,
			.file = rows_bytes(r, 4),
			.kind = rows_bytes(r, 5),
			.table = rows_bytes(r, 6),
			.detail = rows_bytes(r, 7),
		};
	return rc;
}

int facts_warning_total(struct case_db *c, int64_t *ret_all, int64_t *ret_losses, struct err *err)
{
	int64_t all = 0, losses = 0;
	int rc = one_number(c, "SELECT total(times) FROM warning", &all, err);
	if (!rc)
		rc = one_number(c, "SELECT total(times) FROM warning WHERE loss", &losses, err);
	if (rc)
		return rc;
	*ret_all = all;
	*ret_losses = losses;
	return 0;
}

int facts_packs(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(
		r, c,
		"SELECT kind, name, version, sha256, entries, skipped, CASE kind WHEN 'lines' THEN"
		" (SELECT value FROM meta WHERE key = 'lines-signer') END FROM pack ORDER BY id",
		err);
}

int facts_pack(struct rows *r, struct fact_pack *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_pack){
			.kind = rows_bytes(r, 0),
			.name = rows_bytes(r, 1),
			.version = rows_bytes(r, 2),
			.sha256 = rows_bytes(r, 3),
			.entries = rows_number(r, 4),
			.skipped = rows_number(r, 5),
			.signer = rows_bytes(r, 6),
		};
	return rc;
}

int facts_lines(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(
		r, c,
		"SELECT l.id, l.line, l.identifier, l.e164, l.\"from\", l.until, l.status,"
		" l.grade, l.csv_row, p.name, s.assertion, s.number, s.issued, s.age, s.lapsed,"
		" s.uuid, s.unit, s.contact, s.conditions"
		" FROM line l LEFT JOIN pack p ON p.id = l.pack"
		" LEFT JOIN line_source s ON s.line = l.id"
		" LEFT JOIN (SELECT line, min(n) AS n FROM finding GROUP BY line) f"
		"  ON f.line = l.line ORDER BY f.n IS NULL, f.n, l.line, l.id",
		err);
}

int facts_line(struct rows *r, struct fact_line *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_line){
			.id = rows_number(r, 0),
			.line = rows_bytes(r, 1),
			.identifier = rows_bytes(r, 2),
			.e164 = (uint64_t)rows_number(r, 3),
			.from = rows_time(r, 4),
			.until = rows_time(r, 5),
			.status = rows_bytes(r, 6),
			.grade = rows_bytes(r, 7),
			.csv_row = rows_number(r, 8),
			.pack = rows_bytes(r, 9),
			.assertion = rows_number(r, 10),
			.number = rows_number(r, 11),
			.issued = rows_time(r, 12),
			.age = rows_number(r, 13),
			.lapsed = rows_number(r, 14),
			.uuid = rows_bytes(r, 15),
			.unit = rows_bytes(r, 16),
			.contact = rows_bytes(r, 17),
			.conditions = rows_bytes(r, 18),
		};
	return rc;
}

int facts_contacts(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT m.record, m.line, r.time, r.kind, r.direction, m.via FROM match m"
			" JOIN record r ON r.id = m.record WHERE m.line IS NOT NULL AND r.kind <= 5"
			" ORDER BY m.id",
			err);
}

int facts_contact(struct rows *r, struct fact_contact *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_contact){
			.record = rows_number(r, 0),
			.line = rows_number(r, 1),
			.time = rows_time(r, 2),
			.kind = rows_kind(r, 3),
			.direction = rows_direction(r, 4),
			.via = rows_bytes(r, 5),
		};
	return rc;
}

int facts_saved_numbers(struct rows *r, struct case_db *c, int limit, struct err *err)
{
	int rc = rows_ask(
		r, c,
		"WITH shown(e164) AS ("
		" SELECT p.e164 FROM finding_record x JOIN record r ON r.id = x.record"
		"  JOIN party p ON p.id = r.\"from\""
		" UNION SELECT p.e164 FROM finding_record x JOIN record r ON r.id = x.record"
		"  JOIN party_set s ON s.id = r.\"to\" JOIN party p ON p.id = s.party)"
		" SELECT p.e164, r.name, min(r.id) FROM contact_id i"
		" JOIN party p ON p.id = i.party JOIN record r ON r.id = i.record"
		" WHERE r.kind = 1 AND p.e164 > 0 AND p.e164 IN shown"
		" GROUP BY p.e164, i.record ORDER BY p.e164, i.record LIMIT ?1",
		err);
	if (!rc)
		sqlite3_bind_int(r->st, 1, limit);
	return rc;
}

int facts_saved_number(struct rows *r, uint64_t *ret_e164, span *ret_name, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0) {
		*ret_e164 = (uint64_t)rows_number(r, 0);
		*ret_name = rows_bytes(r, 1);
	}
	return rc;
}

int facts_rules_not_run(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT id, category, not_run, stage FROM rule WHERE not_run IS NOT NULL"
			" ORDER BY id",
			err);
}

int facts_rule(struct rows *r, struct fact_rule *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_rule){
			.id = rows_bytes(r, 0),
			.category = rows_bytes(r, 1),
			.not_run = rows_bytes(r, 2),
			.stage = rows_number(r, 3),
		};
	return rc;
}

int facts_findings(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(
		r, c,
		"SELECT f.n, f.points, coalesce(n.records, (SELECT count(*) FROM finding_record r"
		" WHERE r.finding = f.id)), f.without_level, f.pivotal, f.id, f.rule, f.category,"
		" f.line, f.reason, f.meaning, f.innocent, f.without, f.grade_kind FROM finding f"
		" LEFT JOIN finding_count n ON n.finding = f.id ORDER BY f.n",
		err);
}

int facts_finding(struct rows *r, struct fact_finding *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0) {
		int64_t level = rows_number_or(r, 3, -1);
		*ret = (struct fact_finding){
			.n = rows_number(r, 0),
			.points = rows_number(r, 1),
			.records = rows_number(r, 2),
			.without_level = level >= 0 && level <= 3 ? (int)level : -1,
			.pivotal = rows_number(r, 4) != 0,
			.id = rows_bytes(r, 5),
			.rule = rows_bytes(r, 6),
			.category = rows_bytes(r, 7),
			.line = rows_bytes(r, 8),
			.reason = rows_bytes(r, 9),
			.meaning = rows_bytes(r, 10),
			.innocent = rows_bytes(r, 11),
			.without = rows_bytes(r, 12),
			.grade_kind = rows_bytes(r, 13),
		};
	}
	return rc;
}

int facts_finding_total(struct case_db *c, int64_t *ret, struct err *err)
{
	return one_number(c, "SELECT count(*) FROM finding", ret, err);
}

int facts_has_category(struct case_db *c, const char *category, bool *ret, struct err *err)
{
	struct rows r;
	int rc = rows_ask(&r, c, "SELECT 1 FROM finding WHERE category = ?1 LIMIT 1", err);
	if (rc)
		return rc;
	sqlite3_bind_text(r.st, 1, category, -1, SQLITE_STATIC);
	rc = rows_step(&r, err);
	if (rc >= 0)
		*ret = rc > 0;
	rows_close(&r);
	return rc < 0 ? rc : 0;
}

int facts_outside(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT exhibit, rows, reason, kind FROM outside ORDER BY exhibit, reason, "
			"kind",
			err);
}

int facts_outside_row(struct rows *r, struct fact_outside *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_outside){
			.exhibit = rows_number(r, 0),
			.rows = rows_number(r, 1),
			.reason = rows_bytes(r, 2),
			.kind = rows_bytes(r, 3),
		};
	return rc;
}

int facts_stage(struct case_db *c, int64_t *ret, struct err *err)
{
	return one_number(c, "SELECT coalesce(min(stage),3) FROM exhibit WHERE state='whole'", ret,
			  err);
}

int facts_roles(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c,
			"SELECT id, iif(json_valid(\"for\"), \"for\", '[]'),"
			" iif(json_valid(against), against, '[]') FROM role ORDER BY n, id",
			err);
}

int facts_role(struct rows *r, struct fact_role *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_role){
			.id = rows_bytes(r, 0),
			.for_json = rows_bytes(r, 1),
			.against_json = rows_bytes(r, 2),
		};
	return rc;
}

int facts_strings(struct rows *r, struct case_db *c, span json, struct err *err)
{
	int rc = rows_ask(r, c, "SELECT value FROM json_each(?1) WHERE type = 'text'", err);
	if (!rc && sqlite3_bind_text64(r->st, 1, json.p ? json.p : "[]", json.p ? json.n : 2,
				       SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK)
		rc = case_error(c, "reading the case", err);
	return rc;
}

int facts_string(struct rows *r, span *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = rows_bytes(r, 0);
	return rc;
}

int facts_runs(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(r, c, "SELECT command, started, finished FROM run ORDER BY id", err);
}

int facts_run(struct rows *r, struct fact_run *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_run){
			.command = rows_bytes(r, 0),
			.started = rows_time(r, 1),
			.finished = rows_time(r, 2),
		};
	/* A training case keeps no clock. */
	if (rc > 0 && !ret->started)
		ret->started = TIME_UNSET;
	if (rc > 0 && !ret->finished)
		ret->finished = TIME_UNSET;
	return rc;
}

int facts_rescans(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(
		r, c, "SELECT id, at, was, now, was_level, now_level FROM rescan ORDER BY id", err);
}

int facts_rescan(struct rows *r, struct fact_rescan *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_rescan){
			.id = rows_number(r, 0),
			.at = rows_number(r, 1) ? rows_time(r, 1) : TIME_UNSET,
			.was = rows_bytes(r, 2),
			.now = rows_bytes(r, 3),
			.was_level = rows_number_or(r, 4, -1),
			.now_level = rows_number_or(r, 5, -1),
		};
	return rc;
}

int facts_rescan_changes(struct rows *r, struct case_db *c, int64_t rescan, struct err *err)
{
	int rc = rows_ask(r, c,
			  "SELECT kind, line, identifier, was, now FROM rescan_change WHERE "
			  "rescan=?1 ORDER BY n",
			  err);
	if (!rc)
		sqlite3_bind_int64(r->st, 1, rescan);
	return rc;
}

int facts_rescan_change(struct rows *r, struct fact_rescan_change *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_rescan_change){
			.kind = rows_bytes(r, 0),
			.line = rows_bytes(r, 1),
			.identifier = rows_bytes(r, 2),
			.was = rows_bytes(r, 3),
			.now = rows_bytes(r, 4),
		};
	return rc;
}

int facts_gaps(struct case_db *c, struct fact_gaps *ret, struct err *err)
{
	struct fact_gaps g = { 0 };
	int64_t exhibits = 0, all;
	int rc = one_number(c,
			    "SELECT count(*) FROM evidence_file WHERE state NOT IN"
			    " ('read', 'typed', 'out-of-scope')",
			    &g.files, err);
	if (!rc)
		rc = facts_warning_total(c, &all, &g.losses, err);
	if (!rc)
		rc = one_number(c, "SELECT count(*) FROM exhibit WHERE state <> 'whole'",
				&g.exhibits, err);
	if (!rc)
		rc = one_number(c, "SELECT count(*) FROM exhibit", &exhibits, err);
	if (rc)
		return rc;
	g.no_exhibit = exhibits == 0;
	*ret = g;
	return 0;
}

int facts_searches(struct rows *r, struct case_db *c, struct err *err)
{
	return rows_ask(
		r, c,
		"SELECT u.id, u.stage, u.not_run, p.name, p.version, p.sha256,"
		" max(coalesce(m.n, 0), coalesce(k.n, 0)), u.category FROM rule u JOIN pack p ON"
		" p.id = u.pack LEFT JOIN (SELECT rule, count(*) AS n FROM (SELECT rule, record"
		" FROM match WHERE rule IS NOT NULL UNION SELECT f.rule, x.record FROM finding f"
		" JOIN finding_record x ON x.finding = f.id) GROUP BY rule) m ON m.rule = u.id"
		/* of some findings only the first records are listed, and all are counted */
		" LEFT JOIN (SELECT f.rule, max(n.records) AS n FROM finding f JOIN finding_count"
		" n ON n.finding = f.id GROUP BY f.rule) k ON k.rule = u.id ORDER BY u.id",
		err);
}

int facts_search(struct rows *r, struct fact_search *ret, struct err *err)
{
	int rc = rows_step(r, err);
	if (rc > 0)
		*ret = (struct fact_search){
			.id = rows_bytes(r, 0),
			.stage = rows_number(r, 1),
			.not_run = rows_bytes(r, 2),
			.pack = rows_bytes(r, 3),
			.version = rows_bytes(r, 4),
			.sha256 = rows_bytes(r, 5),
			.records = rows_number(r, 6),
			.category = rows_bytes(r, 7),
		};
	return rc;
}
