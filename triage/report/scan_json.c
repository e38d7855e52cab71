/* scan_emit.c - the document of `scan --json`. Keys and their order: triage/README.md. */
#include "emit.h"
#include "facts_record.h"
#include "facts_trace.h"
#include "parser.h"
#include "report.h"
#include "words.h"
#include <inttypes.h>
#include <limits.h>

#define SCHEMA "linecheck-scan-1"

struct ctx {
	struct emit j;
	struct case_db *c;
	struct fact_counts counts;
};

/* Write the next row as one value: 1, or 0 when there is none. */
typedef int row_writer(struct ctx *x, struct rows *rows, struct err *err);

/* The array of all rows. opened: what opening them gave. */
static int put_rows(struct ctx *x, int opened, struct rows *rows, row_writer *row, struct err *err)
{
	int rc = opened;
	emit_open(&x->j, '[');
	if (!rc)
		while ((rc = row(x, rows, err)) > 0)
			;
	emit_close(&x->j, ']');
	rows_close(rows);
	return rc;
}

static void put_exhibit(struct emit *j, const char *key, int64_t exhibit)
{
	char text[32];
	snprintf(text, sizeof text, "EX%" PRId64, exhibit);
	emit_pair_word(j, key, text);
}

static void put_kinds(struct emit *j, const int64_t n[REC_KIND_MAX])
{
	/* Traces only where a scope asked for them: the other keys are always there. */
	for (int kind = 0; kind < REC_KIND_MAX; kind++)
		if (!kind_is_trace((enum record_kind)kind) || n[kind])
			emit_pair_int(j, record_kind_word((enum record_kind)kind), n[kind]);
}

/* A path is UTF-8 in the case; its bytes stand beside it when they were not. */
static void put_path(struct emit *j, const char *key, span path, const char *hex_key, span hex)
{
	emit_key(j, key);
	emit_string(j, path);
	if (hex.p)
		emit_pair(j, hex_key, hex);
}

static int put_outcome(struct ctx *x, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_outcome o;
	int64_t all, losses;
	int rc = facts_outcome(x->c, &o, err);
	if (!rc)
		rc = facts_warning_total(x->c, &all, &losses, err);
	if (rc)
		return rc;
	emit_pair_word(j, "schema", SCHEMA);
	emit_pair_bool(j, "training", case_training(x->c));
	emit_pair(j, "level", span_z(word_level(o.level)));
	emit_key(j, "level_code");
	emit_int_or_null(j, o.level);
	emit_key(j, "axes");
	if (o.assessed) {
		emit_open(j, '{');
		emit_pair_int(j, "link", o.link);
		emit_pair(j, "harm", span_z(o.harm));
		emit_pair_int(j, "coverage", o.coverage);
		emit_close(j, '}');
	} else {
		emit_null(j);
	}
	emit_key(j, "counts");
	emit_open(j, '{');
	put_kinds(j, x->counts.total);
	emit_pair_int(j, "warning", losses);
	emit_pair_int(j, "note", all - losses);
	emit_close(j, '}');
	return 0;
}

static int origin_row(struct ctx *x, struct rows *rows, struct err *err)
{
	char text[64];
	struct emit *j = &x->j;
	struct fact_of_finding f;
	int rc = facts_fact(rows, &f, err);
	if (rc <= 0)
		return rc;
	const struct fact_record *r = &f.record;
	emit_open(j, '{');
	put_exhibit(j, "exhibit", r->exhibit);
	put_path(j, "file", r->file, "file_hex", r->file_hex);
	emit_pair(j, "sha256", r->sha256);
	emit_pair(j, "table", r->table);
	snprintf(text, sizeof text, "%" PRId64, r->row);
	emit_pair_word(j, "row", text);
	emit_pair_word(j, "state", fact_origin_word(r));
	fact_number(r, text);
	emit_pair_word(j, "record", text);
	emit_pair_int(j, "fact", f.n);
	emit_key(j, "start");
	emit_int_or_null(j, f.start);
	emit_key(j, "stop");
	emit_int_or_null(j, f.stop);
	emit_close(j, '}');
	return 1;
}

static int finding_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_finding f;
	struct rows facts;
	int rc = facts_finding(rows, &f, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	emit_pair(j, "id", f.id);
	emit_pair(j, "rule", f.rule);
	emit_pair(j, "category", f.category);
	emit_pair(j, "line", f.line);
	emit_pair_int(j, "points", f.points);
	emit_pair(j, "reason", f.reason);
	emit_pair(j, "innocent", f.innocent);
	emit_pair(j, "without", f.without);
	emit_key(j, "origins");
	rc = facts_of_finding(&facts, x->c, f.id, INT_MAX, err);
	rc = put_rows(x, rc, &facts, origin_row, err);
	emit_pair(j, "meaning", f.meaning);
	emit_key(j, "without_level");
	emit_int_or_null(j, f.without_level);
	emit_pair(j, "contact", f.grade_kind);
	emit_pair_int(j, "records", f.records);
	emit_close(j, '}');
	return rc ? rc : 1;
}

static int string_row(struct ctx *x, struct rows *rows, struct err *err)
{
	span s;
	int rc = facts_string(rows, &s, err);
	if (rc > 0)
		emit_string(&x->j, s);
	return rc;
}

static int put_strings(struct ctx *x, const char *key, span array, struct err *err)
{
	struct rows rows;
	emit_key(&x->j, key);
	return put_rows(x, facts_strings(&rows, x->c, array, err), &rows, string_row, err);
}

static int role_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct fact_role r;
	int rc = facts_role(rows, &r, err);
	if (rc <= 0)
		return rc;
	emit_open(&x->j, '{');
	emit_pair(&x->j, "id", r.id);
	rc = put_strings(x, "for", r.for_json, err);
	if (!rc)
		rc = put_strings(x, "against", r.against_json, err);
	emit_close(&x->j, '}');
	return rc ? rc : 1;
}

static int file_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_file f;
	int rc = facts_file(rows, &f, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	put_path(j, "path", f.path, "path_hex", f.path_hex);
	emit_pair(j, "sha256", f.sha256);
	emit_pair(j, "state", f.state);
	emit_pair(j, "parser", f.parser);
	emit_key(j, "counts");
	emit_open(j, '{');
	put_kinds(j, fact_counts_of(&x->counts, f.id)->n);
	emit_close(j, '}');
	put_exhibit(j, "exhibit", f.exhibit);
	emit_key(j, "size");
	emit_int_or_null(j, f.size);
	emit_pair(j, "side_of", f.side_of);
	emit_pair(j, "detail", f.detail);
	emit_pair_int(j, "losses", f.losses);
	emit_pair_int(j, "notes", f.notes);
	emit_close(j, '}');
	return 1;
}

static int rule_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_rule r;
	int rc = facts_rule(rows, &r, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	emit_pair(j, "rule", r.id);
	emit_pair(j, "why", r.not_run);
	emit_pair(j, "category", r.category);
	emit_pair_int(j, "stage", r.stage);
	emit_close(j, '}');
	return 1;
}

static int pivotal_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct fact_finding f;
	int rc;
	while ((rc = facts_finding(rows, &f, err)) > 0 && !f.pivotal)
		;
	if (rc > 0)
		emit_string(&x->j, f.id);
	return rc;
}

static int line_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_line l;
	int rc = facts_line(rows, &l, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	emit_pair(j, "line", l.line);
	emit_pair(j, "identifier", l.identifier);
	emit_pair_e164(j, "e164", l.e164);
	emit_pair_time(j, "from", l.from);
	emit_pair_time(j, "until", l.until);
	emit_pair(j, "status", l.status);
	emit_pair(j, "grade", l.grade);
	emit_pair(j, "pack", l.pack);
	emit_pair_int(j, "csv_row", l.csv_row);
	if (l.number) {
		emit_pair_int(j, "pack_number", l.number);
		emit_pair_time(j, "pack_issued", l.issued);
		emit_pair_int(j, "pack_age_days", l.age);
		emit_pair_int(j, "assertion", l.assertion);
		emit_pair_bool(j, "lapsed", l.lapsed);
		emit_pair(j, "uuid", l.uuid);
		emit_pair(j, "unit", l.unit);
		emit_pair(j, "contact", l.contact);
		emit_pair(j, "conditions", l.conditions);
	}
	emit_close(j, '}');
	return 1;
}

static int pack_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_pack p;
	int rc = facts_pack(rows, &p, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	emit_pair(j, "kind", p.kind);
	emit_pair(j, "name", p.name);
	emit_pair(j, "version", p.version);
	emit_pair(j, "sha256", p.sha256);
	emit_pair_int(j, "entries", p.entries);
	emit_pair_int(j, "skipped", p.skipped);
	emit_pair(j, "signer", p.signer);
	emit_close(j, '}');
	return 1;
}

static int search_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_search s;
	int rc = facts_search(rows, &s, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	emit_pair(j, "rule", s.id);
	emit_pair(j, "category", s.category);
	emit_pair_int(j, "stage", s.stage);
	emit_pair(j, "pack", s.pack);
	emit_key(j, "records");
	emit_int_or_null(j, s.not_run.p ? -1 : s.records);
	emit_close(j, '}');
	return 1;
}

static int app_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_app a;
	int rc = facts_app(rows, &a, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	put_exhibit(j, "exhibit", a.exhibit);
	emit_pair(j, "id", a.id);
	emit_pair(j, "name", a.name);
	emit_pair_bool(j, "read", a.read);
	emit_pair(j, "evidence", a.evidence);
	emit_close(j, '}');
	return 1;
}

static int warning_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_warning w;
	char row[32];
	int rc = facts_warning(rows, &w, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	emit_pair(j, "kind", w.kind);
	emit_pair(j, "table", w.table);
	snprintf(row, sizeof row, "%" PRId64, w.row);
	emit_pair_word(j, "row", w.row ? row : NULL);
	emit_pair(j, "detail", w.detail);
	emit_pair_int(j, "times", w.times);
	emit_pair_bool(j, "loss", w.loss);
	put_exhibit(j, "exhibit", w.exhibit);
	emit_pair(j, "file", w.file);
	emit_close(j, '}');
	return 1;
}

static int exhibit_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_exhibit e;
	int rc = facts_exhibit(rows, &e, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	put_exhibit(j, "id", e.id);
	emit_pair(j, "label", e.label);
	emit_pair(j, "kind", e.kind);
	emit_pair(j, "platform", e.platform);
	emit_pair(j, "fingerprint", e.fingerprint);
	emit_pair(j, "state", e.state);
	emit_pair_int(j, "files_seen", e.files_seen);
	emit_pair_int(j, "bytes_seen", e.bytes_seen);
	emit_pair_int(j, "files_kept", e.files_kept);
	emit_pair_int(j, "bytes_kept", e.bytes_kept);
	emit_pair(j, "detail", e.detail);
	emit_close(j, '}');
	return 1;
}

static int put_case(struct ctx *x, struct err *err)
{
	static const char *const keys[] = { "schema", "tool", "zone" };
	char value[128];
	int rc = 0;
	emit_key(&x->j, "case");
	emit_open(&x->j, '{');
	for (size_t i = 0; !rc && i < sizeof keys / sizeof *keys; i++) {
		rc = facts_meta(x->c, keys[i], value, sizeof value, err);
		if (!rc)
			emit_pair(&x->j, keys[i], span_z(value));
	}
	int64_t stage = 0;
	if (!rc)
		rc = facts_stage(x->c, &stage, err);
	emit_pair_int(&x->j, "stage", stage);
	emit_close(&x->j, '}');
	return rc;
}

static int put_notes(struct ctx *x, struct err *err)
{
	struct emit *j = &x->j;
	char left[480], apart[200];
	int rc = facts_left_set(x->c, left, sizeof left, err);
	if (!rc)
		rc = facts_not_compared(x->c, apart, sizeof apart, err);
	if (rc)
		return rc;
	emit_key(j, "notes");
	emit_open(j, '[');
	if (*left)
		emit_string(j, span_z(left));
	emit_word(j, word_absence);
	emit_word(j, word_person);
	emit_word(j, word_working);
	if (*apart)
		emit_string(j, span_z(apart));
	emit_close(j, ']');
	return 0;
}

static int run_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_run r;
	int rc = facts_run(rows, &r, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	emit_pair(j, "command", r.command);
	emit_pair_time(j, "started", r.started);
	emit_pair_time(j, "finished", r.finished);
	emit_close(j, '}');
	return 1;
}

static int change_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_rescan_change r;
	int rc = facts_rescan_change(rows, &r, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	emit_pair(j, "kind", r.kind);
	emit_pair(j, "line", r.line);
	emit_pair(j, "identifier", r.identifier);
	emit_pair(j, "was", r.was);
	emit_pair(j, "now", r.now);
	emit_close(j, '}');
	return 1;
}

static int rescan_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_rescan r;
	struct rows changes;
	int rc = facts_rescan(rows, &r, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	emit_pair_time(j, "at", r.at);
	emit_pair(j, "was", r.was);
	emit_pair(j, "now", r.now);
	emit_key(j, "was_level_code");
	emit_int_or_null(j, r.was_level);
	emit_key(j, "now_level_code");
	emit_int_or_null(j, r.now_level);
	emit_key(j, "changes");
	rc = put_rows(x, facts_rescan_changes(&changes, x->c, r.id, err), &changes, change_row,
		      err);
	emit_close(j, '}');
	return rc ? rc : 1;
}

static int outside_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	struct fact_outside o;
	char text[32];
	int rc = facts_outside_row(rows, &o, err);
	if (rc <= 0)
		return rc;
	emit_open(j, '{');
	snprintf(text, sizeof text, "EX%" PRId64, o.exhibit);
	emit_pair_word(j, "exhibit", text);
	emit_pair(j, "reason", o.reason);
	emit_pair(j, "kind", o.kind);
	emit_pair_int(j, "rows", o.rows);
	emit_close(j, '}');
	return 1;
}

/* What a reader that a file of this case was for gives, as parsers/README.md lists it. */
static int reader_row(struct ctx *x, struct rows *rows, struct err *err)
{
	struct emit *j = &x->j;
	span name;
	int rc = facts_reader(rows, &name, err);
	if (rc <= 0)
		return rc;
	const struct parser *p = reader_of(name);
	emit_open(j, '{');
	emit_pair(j, "parser", name);
	if (p) { /* else of another version of this program */
		emit_pair(j, "app", span_z(p->app));
		emit_key(j, "kinds");
		emit_open(j, '[');
		for (int kind = 0; kind < REC_KIND_MAX; kind++)
			if (p->kinds & KIND_BIT(kind))
				emit_word(j, record_kind_word((enum record_kind)kind));
		emit_close(j, ']');
		emit_pair_bool(j, "deleted", p->keeps_deleted);
		emit_pair(j, "tested", span_z(p->tested));
		emit_pair(j, "limits", p->limits ? span_z(p->limits) : SPAN_NONE);
	}
	emit_close(j, '}');
	return 1;
}

static int put_document(struct ctx *x, struct err *err)
{
	/* The contract's lists first; `run` is the one place for times of running. */
	static const struct {
		const char *key;
		int (*open)(struct rows *r, struct case_db *c, struct err *err);
		row_writer *row;
	} lists[] = {
		{ "findings", facts_findings, finding_row },
		{ "roles", facts_roles, role_row },
		{ "coverage", facts_files, file_row },
		{ "not_run", facts_rules_not_run, rule_row },
		{ "lines", facts_lines, line_row },
		{ "packs", facts_packs, pack_row },
		{ "searches", facts_searches, search_row },
		{ "apps", facts_apps, app_row },
		{ "warnings", facts_warnings, warning_row },
		{ "counterfactual", facts_findings, pivotal_row },
		{ "exhibits", facts_exhibits, exhibit_row },
		{ "outside", facts_outside, outside_row },
		{ "readers", facts_readers, reader_row },
		{ "rescans", facts_rescans, rescan_row },
		{ "run", facts_runs, run_row },
	};
	struct rows rows;
	emit_open(&x->j, '{');
	int rc = put_outcome(x, err);
	for (size_t i = 0; !rc && i < sizeof lists / sizeof *lists; i++) {
		emit_key(&x->j, lists[i].key);
		rc = put_rows(x, lists[i].open(&rows, x->c, err), &rows, lists[i].row, err);
	}
	if (rc)
		return rc;
	rc = put_case(x, err);
	if (!rc)
		rc = put_notes(x, err);
	emit_close(&x->j, '}');
	if (!rc && (!emit_flush(&x->j) || fflush(x->j.to) != 0))
		rc = err_set(err, E_IO, "The JSON could not be written.");
	return rc;
}

int report_json(struct case_db *c, FILE *to, struct err *err)
{
	struct ctx x = { .c = c, .j = { .to = to, .indent = 2 } };
	bool began = false;
	int rc = facts_begin(c, &began, err);
	if (!rc)
		rc = facts_counts(c, &x.counts, err);
	if (!rc)
		rc = put_document(&x, err);
	fact_counts_free(&x.counts);
	facts_end(c, began);
	return rc;
}
