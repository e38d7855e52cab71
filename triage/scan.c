/* scan.c - see scan.h */
#include "scan.h"
#include "accounts.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "caselog.h"
#include "record_store.h"
#include "scan_packs.h"
#include "vault_folder.h"
#include "warning_store.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MENTIONS_IN_TEXT 1000 /* numbers stored of one text; the rest is a named limit */

/* One source being read into the case. */
struct scan {
	struct case_db *c;
	const struct scan_options *options;
	struct source *source;
	struct matcher *matcher;
	struct record_store *records;
	struct warning_store *warnings;
	sqlite3_stmt *add_match, *add_line;
	int64_t exhibit, file, lines_pack;
	int64_t *line_row; /* per assertion: its row in table line, 0 = not met yet */
	int64_t line_rows;
	uint64_t counted;
	bool opened; /* the source could be opened */
	struct scan_timing timing;
	int failed; /* from within a callback that cannot return it */
	struct err *err;
	int64_t record; /* the one whose text is being matched */
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint32_t listed(void *user, const struct identifier *id, span raw)
{
	const struct scan *s = user;
	return s->options->lines ? lines_find(s->options->lines, id, raw) : LINES_NONE;
}

static_assert(NOT_LISTED == LINES_NONE, "record_store keeps what lines_find gives");

static void bind_time(sqlite3_stmt *st, int i, int64_t t)
{
	if (t == TIME_UNSET)
		sqlite3_bind_null(st, i);
	else
		sqlite3_bind_int64(st, i, t);
}

/* The row of an assertion in table line, made when it is met for the first time. */
static int line_row(struct scan *s, uint32_t i, int64_t *ret)
{
	if (s->line_row[i]) {
		*ret = s->line_row[i];
		return 0;
	}
	const struct assertion *a = lines_at(s->options->lines, i);
	char grade[4] = { a->source, a->assessment, a->handling, 0 };
	sqlite3_stmt *st = s->add_line;
	sqlite3_bind_int64(st, 1, ++s->line_rows);
	sqlite3_bind_int64(st, 2, s->lines_pack);
	sqlite3_bind_int64(st, 3, a->row);
	sqlite3_bind_text(st, 4, a->line, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 5, a->raw, -1, SQLITE_STATIC);
	if (a->id.e164)
		sqlite3_bind_int64(st, 6, (sqlite3_int64)a->id.e164);
	else
		sqlite3_bind_null(st, 6);
	bind_time(st, 7, a->from);
	bind_time(st, 8, a->until);
	sqlite3_bind_text(st, 9, line_status_word(a->status), -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 10, grade, -1, SQLITE_STATIC);
	*ret = s->line_row[i] = s->line_rows;
	return case_step(s->c, st, s->err);
}

struct place {
	const char *via;
	size_t start, stop; /* stop 0: not in the text */
};

static int add_match(struct scan *s, int64_t record, int64_t line, const char *rule,
		     struct place at)
{
	sqlite3_stmt *st = s->add_match;
	sqlite3_bind_int64(st, 1, record);
	if (line)
		sqlite3_bind_int64(st, 2, line);
	else
		sqlite3_bind_null(st, 2);
	sqlite3_bind_text(st, 3, rule, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, at.via, -1, SQLITE_STATIC);
	if (at.stop) {
		sqlite3_bind_int64(st, 5, (sqlite3_int64)at.start);
		sqlite3_bind_int64(st, 6, (sqlite3_int64)at.stop);
	} else {
		sqlite3_bind_null(st, 5);
		sqlite3_bind_null(st, 6);
	}
	return case_step(s->c, st, s->err);
}

/* A match for each assertion about one identifier. */
static int match_line(struct scan *s, int64_t record, uint32_t first, struct place at)
{
	for (uint32_t i = first; i != LINES_NONE; i = lines_next(s->options->lines, i)) {
		int64_t line;
		int rc = line_row(s, i, &line);
		if (!rc)
			rc = add_match(s, record, line, NULL, at);
		if (rc)
			return rc;
	}
	return 0;
}

static int match_raw(struct scan *s, int64_t record, span raw, enum id_kind device, const char *via)
{
	struct identifier id = record_identifier(raw, device);
	return match_line(s, record, listed(s, &id, raw), (struct place){ .via = via });
}

static int match_parties(struct scan *s, const struct record *r, const struct stored *stored)
{
	int rc =
		match_line(s, stored->record, stored->from_listed, (struct place){ .via = "from" });
	/* In a group the phone's owner did not pick each member. */
	const char *via = r->state & STATE_GROUP   ? "member"
			  : r->direction == DIR_IN ? "member"
						   : "to";
	for (size_t i = 0; !rc && stored->to_listed && i < r->to_n; i++)
		if (r->to[i].role == ROLE_PERSON)
			rc = match_raw(s, stored->record, r->to[i].raw, ID_ABSENT, via);
	for (size_t i = 0; !rc && stored->ids_listed && i < r->ids_n; i++)
		rc = r->kind == REC_ACCOUNT
			     ? match_raw(s, stored->record, r->ids[i].raw,
					 account_device(r->ids[i].label), "account")
			     : match_raw(s, stored->record, r->ids[i].raw, ID_ABSENT, "contact");
	if (!rc && r->kind == REC_CONTACT && r->name.p && s->options->lines) {
		uint32_t named = lines_find_name(s->options->lines, r->name);
		int64_t line;
		if (named != LINES_NONE && !(rc = line_row(s, named, &line)))
			rc = add_match(s, stored->record, line, NULL,
				       (struct place){ .via = "name" });
	}
	return rc;
}

static void on_hit(void *user, const struct hit *hit)
{
	struct scan *s = user;
	if (s->failed)
		return;
	s->failed = add_match(s, s->record, 0, ruleset_at(s->options->rules, hit->rule)->id,
			      (struct place){ "text", hit->start, hit->stop });
}

static void on_limit(void *user, const struct rule *rule, const char *what)
{
	struct scan *s = user;
	char detail[300];
	if (s->failed)
		return;
	snprintf(detail, sizeof detail, "%s%s%s", rule ? rule->id : "", rule ? ": " : "", what);
	s->failed = warning_store_add(s->warnings, s->file, warning_word(WARN_LIMIT), true,
				      "record", s->record, detail, s->err);
}

static int match_text(struct scan *s, span text, int64_t record)
{
	size_t pos = 0;
	struct mention m;
	int rc = 0, n = 0;
	while (!rc && identifier_scan(text, &pos, &m)) {
		if (n == MENTIONS_IN_TEXT)
			return warning_store_add(
				s->warnings, s->file, warning_word(WARN_LIMIT), true, "record",
				record, "more phone numbers in one text than are kept", s->err);
		rc = record_store_mention(s->records, record, n++, &m, s->err);
		if (!rc)
			rc = match_line(s, record,
					listed(s, &m.id, span_sub(text, m.start, m.stop)),
					(struct place){ "mention", m.start, m.stop });
	}
	if (rc)
		return rc;
	s->record = record;
	s->failed = 0;
	matcher_run(s->matcher, text, on_hit, on_limit, s);
	return s->failed;
}

static int on_record(void *user, const struct record *r)
{
	struct scan *s = user;
	struct stored stored;
	bool timed = s->options->timings;
	int rc = record_store_add(s->records, s->file, r, &stored, s->err);
	if (!rc)
		rc = match_parties(s, r, &stored);
	if (!rc && r->kind == REC_MESSAGE && r->text.p && r->text.n) {
		double start = timed ? now() : 0;
		rc = match_text(s, r->text, stored.record);
		if (timed)
			s->timing.match += now() - start;
	}
	if (rc)
		return rc;
	s->counted++;
	if (s->options->progress && s->counted % 4096 == 0 &&
	    !s->options->progress(s->options->user, "Reading records", s->counted, 0))
		return err_set(s->err, E_STOPPED, "Stopped as asked. Nothing half done is kept.");
	return 0;
}

static int on_warning(void *user, enum warning kind, const char *table, int64_t row,
		      const char *detail)
{
	struct scan *s = user;
	return warning_store_add(s->warnings, s->file, warning_word(kind), warning_is_loss(kind),
				 table, row, detail, s->err);
}

static void bind_path(sqlite3_stmt *st, int text, int hex, span path)
{
	struct buf out = { 0 };
	utf8_repair(&out, path);
	sqlite3_bind_text64(st, text, out.data ? out.data : "", out.n, SQLITE_TRANSIENT,
			    SQLITE_UTF8);
	buf_clear(&out);
	if (!utf8_valid(path)) {
		for (size_t i = 0; i < path.n; i++)
			buf_addf(&out, "%02x", (unsigned char)path.p[i]);
		sqlite3_bind_text64(st, hex, out.data, out.n, SQLITE_TRANSIENT, SQLITE_UTF8);
	} else
		sqlite3_bind_null(st, hex);
	buf_free(&out);
}

static void bind_string(sqlite3_stmt *st, int i, const char *s)
{
	if (s && *s)
		sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, i);
}

static int add_file(struct scan *s, int64_t id, const struct evidence_file *f)
{
	sqlite3_stmt *st;
	int rc = case_prepare(s->c, "INSERT INTO evidence_file VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
			      &st, s->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, s->exhibit);
	bind_path(st, 3, 4, f->path);
	sqlite3_bind_int64(st, 5, (sqlite3_int64)f->size);
	bind_string(st, 6, f->sha256);
	bind_string(st, 8, evidence_state_word(f->state));
	bind_string(st, 9, f->parser ? f->parser->name : NULL);
	sqlite3_bind_int(st, 10, f->parser ? (int)f->parser->kinds : 0);
	bind_string(st, 11, f->vault);
	bind_string(st, 12, f->detail);
	rc = case_step(s->c, st, s->err);
	for (size_t i = 0; !rc && i < f->side_n; i++) {
		const struct evidence_side *side = &f->side[i];
		sqlite3_bind_int64(st, 1, id + 1 + (int64_t)i);
		bind_path(st, 3, 4, side->path);
		sqlite3_bind_int64(st, 5, (sqlite3_int64)side->size);
		bind_string(st, 6, side->sha256);
		sqlite3_bind_int64(st, 7, id);
		bind_string(st, 11, side->vault);
		bind_string(st, 12, NULL);
		rc = case_step(s->c, st, s->err);
	}
	sqlite3_finalize(st);
	return rc;
}

/* The parser's failure is the file's and is kept in detail; the case's own is in s->err. */
static int parse(struct scan *s, struct evidence_file *f, const struct input *in, struct err *why)
{
	struct sink sink = { on_record, on_warning, s };
	double start = now();
	int rc = parser_run(f->parser, in, &sink, why);
	s->timing.parse += now() - start;
	if (s->err->code)
		return s->err->code;
	if (rc) {
		f->state = rc == E_SCHEMA ? EVIDENCE_NEWER : EVIDENCE_UNREADABLE;
		f->detail = why->message;
	}
	return 0;
}

static int read_file(struct scan *s, size_t i, struct evidence_file *f, struct err *why)
{
	struct evidence *e = NULL;
	struct input in;
	double start = now();
	int rc = evidence_open(&e, s->source, i, &in, why);
	s->timing.hash += now() - start;
	if (rc == E_NOMEM || rc == E_STOPPED)
		return err_set(s->err, rc, "%s", why->message);
	if (rc)
		return 0; /* f says what it is */
	rc = parse(s, f, &in, why);
	const char *limit = evidence_limit_hit(e);
	if (!rc && limit) {
		f->state = EVIDENCE_UNREADABLE;
		f->detail = limit;
	}
	evidence_close(e);
	return rc;
}

static int scan_file(struct scan *s, size_t i, int64_t *last_id)
{
	struct evidence_file *f = source_file(s->source, i);
	struct err why = { 0 };
	int rc = 0;
	s->file = *last_id + 1;
	if (f->state == EVIDENCE_READ)
		rc = read_file(s, i, f, &why);
	if (!rc)
		rc = add_file(s, s->file, f);
	if (!rc)
		rc = warning_store_flush(s->warnings, s->err);
	*last_id = s->file + (int64_t)f->side_n;
	return rc;
}

/* Notes on the source as a whole, and the apps that it holds. */
static int add_notes(struct scan *s)
{
	int rc = 0;
	source_check_unchanged(s->source);
	for (size_t i = 0; !rc && i < source_notes(s->source); i++) {
		const struct source_note *n = source_note(s->source, i);
		struct buf text = { 0 };
		utf8_repair(&text, n->path);
		buf_addf(&text, ": %s", n->detail);
		rc = text.failed ? err_set(s->err, E_NOMEM, "Memory ran out.")
				 : warning_store_add(s->warnings, 0, "source", n->loss, NULL, 0,
						     text.data, s->err);
		buf_free(&text);
	}
	return rc ? rc : warning_store_flush(s->warnings, s->err);
}

static bool app_was_read(struct scan *s, const struct source_app *app)
{
	for (size_t i = 0; app->parser_app && i < source_files(s->source); i++) {
		const struct evidence_file *f = source_file(s->source, i);
		if (f->parser && f->state == EVIDENCE_READ &&
		    strcmp(f->parser->app, app->parser_app) == 0)
			return true;
	}
	return false;
}

static int add_apps(struct scan *s)
{
	sqlite3_stmt *st;
	int rc = case_prepare(s->c, "INSERT OR IGNORE INTO app VALUES(?,?,?,?,?)", &st, s->err);
	if (rc)
		return rc;
	for (size_t i = 0; !rc && i < source_apps(s->source); i++) {
		const struct source_app *app = source_app(s->source, i);
		struct buf where = { 0 };
		utf8_repair(&where, app->evidence);
		sqlite3_bind_int64(st, 1, s->exhibit);
		sqlite3_bind_text(st, 2, app->id, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 3, app->name, -1, SQLITE_STATIC);
		sqlite3_bind_int(st, 4, app_was_read(s, app));
		sqlite3_bind_text64(st, 5, where.data ? where.data : "", where.n, SQLITE_TRANSIENT,
				    SQLITE_UTF8);
		rc = case_step(s->c, st, s->err);
		buf_free(&where);
	}
	sqlite3_finalize(st);
	return rc;
}

static int finish_exhibit(struct scan *s)
{
	const struct source_info *info = source_info(s->source);
	sqlite3_stmt *st;
	int rc = case_prepare(s->c,
			      "UPDATE exhibit SET state='whole',kind=?2,platform=?3,fingerprint=?4,"
			      "files_seen=?5,bytes_seen=?6,files_kept=?7,bytes_kept=?8 WHERE id=?1",
			      &st, s->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, s->exhibit);
	sqlite3_bind_text(st, 2, info->kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 3,
			  info->platform == PLATFORM_IOS       ? "ios"
			  : info->platform == PLATFORM_ANDROID ? "android"
							       : "unknown",
			  -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, info->fingerprint, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 5, (sqlite3_int64)info->files_seen);
	sqlite3_bind_int64(st, 6, (sqlite3_int64)info->bytes_seen);
	sqlite3_bind_int64(st, 7, (sqlite3_int64)info->files_kept);
	sqlite3_bind_int64(st, 8, (sqlite3_int64)info->bytes_kept);
	rc = case_step(s->c, st, s->err);
	sqlite3_finalize(st);
	return rc;
}

static int get_int(struct case_db *c, const char *sql, const char *text, int64_t *ret,
		   struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, sql, &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, text, -1, SQLITE_STATIC);
	*ret = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	return 0;
}

static int prepare(struct scan *s)
{
	int rc = case_prepare(s->c,
			      "INSERT INTO match(record,line,rule,via,start,stop) "
			      "VALUES(?,?,?,?,?,?)",
			      &s->add_match, s->err);
	if (!rc)
		rc = case_prepare(s->c, "INSERT INTO line VALUES(?,?,?,?,?,?,?,?,?,?)",
				  &s->add_line, s->err);
	if (!rc)
		rc = record_store_open(&s->records, s->c, s->exhibit, listed, s, s->err);
	if (!rc)
		rc = warning_store_open(&s->warnings, s->c, s->exhibit, s->err);
	if (!rc && s->options->lines) {
		s->line_row = calloc(lines_count(s->options->lines) + 1, sizeof *s->line_row);
		if (!s->line_row)
			rc = err_set(s->err, E_NOMEM, "Memory ran out.");
	}
	return rc;
}

/* Assertions met by an earlier exhibit keep their rows. */
static int load_lines(struct scan *s)
{
	sqlite3_stmt *st;
	int rc = case_prepare(s->c, "SELECT id, csv_row FROM line ORDER BY id", &st, s->err);
	if (rc)
		return rc;
	uint32_t n = s->options->lines ? lines_count(s->options->lines) : 0;
	while (sqlite3_step(st) == SQLITE_ROW) {
		s->line_rows = sqlite3_column_int64(st, 0);
		/* Assertions stand in the order of the file: search by row. */
		uint32_t low = 0, high = n;
		int64_t row = sqlite3_column_int64(st, 1);
		while (low < high) {
			uint32_t middle = low + (high - low) / 2;
			if (lines_at(s->options->lines, middle)->row < row)
				low = middle + 1;
			else
				high = middle;
		}
		if (low < n && lines_at(s->options->lines, low)->row == row)
			s->line_row[low] = s->line_rows;
	}
	sqlite3_finalize(st);
	return 0;
}

static int read_all(struct scan *s)
{
	int64_t id;
	int rc = scan_packs(s->c, s->options, &s->lines_pack, s->err);
	if (!rc)
		rc = prepare(s);
	if (!rc)
		rc = load_lines(s);
	if (!rc)
		rc = get_int(s->c, "SELECT coalesce(max(id),0) FROM evidence_file", NULL, &id,
			     s->err);
	for (size_t i = 0; !rc && i < source_files(s->source); i++)
		rc = scan_file(s, i, &id);
	if (!rc)
		rc = add_notes(s);
	if (!rc)
		rc = add_apps(s);
	if (!rc)
		rc = finish_exhibit(s);
	double start = now();
	if (!rc)
		rc = score_case(s->c, s->options->rules, s->options->policy, s->err);
	s->timing.score = now() - start;
	return rc;
}

static void finish(struct scan *s)
{
	sqlite3_finalize(s->add_match);
	sqlite3_finalize(s->add_line);
	record_store_free(s->records);
	warning_store_free(s->warnings);
	matcher_free(s->matcher);
	free(s->line_row);
	source_close(s->source);
}

static span last_part(const char *path)
{
	const char *end = path + strlen(path);
	while (end > path + 1 && end[-1] == '/')
		end--;
	const char *label = end;
	while (label > path && label[-1] != '/')
		label--;
	return (span){ label, (size_t)(end - label) };
}

/* The exhibit's row, in a transaction of its own: a killed run leaves it as 'reading', and the
 * same source given again takes it up. */
static int begin_exhibit(struct scan *s, span label)
{
	static const char *const sql[] = {
		"SELECT id FROM exhibit WHERE state<>'whole' AND label=?1 ORDER BY id LIMIT 1",
		"INSERT INTO exhibit(label,kind,platform,fingerprint,state) "
		"VALUES(?1,'','unknown','','reading') RETURNING id",
	};
	int rc = case_begin(s->c, s->err);
	for (int i = 0; !rc && !s->exhibit && i < 2; i++) {
		sqlite3_stmt *st;
		rc = case_prepare(s->c, sql[i], &st, s->err);
		if (rc)
			break;
		sqlite3_bind_text64(st, 1, label.p, label.n, SQLITE_STATIC, SQLITE_UTF8);
		if (sqlite3_step(st) == SQLITE_ROW)
			s->exhibit = sqlite3_column_int64(st, 0);
		else if (i == 1)
			rc = case_error(s->c, "starting an exhibit", s->err);
		sqlite3_finalize(st);
	}
	struct log_entry begun = {
		LOG_COLLECTION, "scan-begun", { { "exhibit", s->exhibit } }, { { 0 } }
	};
	return rc ? rc : case_commit(s->c, &begun, s->err);
}

/* An exhibit that turned out to be nothing new leaves no row. */
static int forget_exhibit(struct scan *s)
{
	char sql[80];
	snprintf(sql, sizeof sql, "DELETE FROM exhibit WHERE id=%lld", (long long)s->exhibit);
	return case_exec(s->c, "ending an exhibit", sql, s->err);
}

static int read_source(struct scan *s, const char *path, struct scan_result *result)
{
	struct source_options options = { .progress = s->options->progress,
					  .user = s->options->user };
	char vault[4096];
	int64_t known;
	int rc = vault_folder_new(case_dir(s->c), s->exhibit, vault, sizeof vault, s->err);
	if (rc)
		return rc;
	options.vault_dir = vault;
	double start = now();
	rc = source_open(&s->source, path, &options, s->err);
	s->timing.open = now() - start;
	if (rc)
		return rc;
	s->opened = true;
	rc = get_int(s->c, "SELECT id FROM exhibit WHERE state='whole' AND fingerprint=?1",
		     source_info(s->source)->fingerprint, &known, s->err);
	if (!rc)
		rc = case_begin(s->c, s->err);
	if (!rc && known) {
		rc = scan_packs(s->c, s->options, &s->lines_pack, s->err);
		if (!rc)
			rc = forget_exhibit(s);
		vault_folder_remove(case_dir(s->c), s->exhibit);
		s->exhibit = known;
		result->known = true;
	} else if (!rc)
		rc = read_all(s);
	struct log_entry done = { LOG_COLLECTION,
				  result->known ? "scan-known" : "scan-done",
				  { { "exhibit", s->exhibit }, { "records", (int64_t)s->counted } },
				  { { 0 } } };
	return rc ? rc : case_commit(s->c, &done, s->err);
}

/* Nothing of a source that failed is kept but the fact; one that never opened leaves no trace. */
static void give_up(struct scan *s)
{
	sqlite3_stmt *st;
	case_rollback(s->c);
	if (!s->exhibit || case_begin(s->c, NULL))
		return;
	if (!s->opened) {
		forget_exhibit(s);
		vault_folder_remove(case_dir(s->c), s->exhibit);
	} else if (case_prepare(s->c, "UPDATE exhibit SET state='failed', detail=?2 WHERE id=?1",
				&st, NULL) == 0) {
		sqlite3_bind_int64(st, 1, s->exhibit);
		sqlite3_bind_text(st, 2, s->err->message, -1, SQLITE_STATIC);
		case_step(s->c, st, NULL);
		sqlite3_finalize(st);
	}
	struct log_entry failed = {
		LOG_COLLECTION, "scan-failed", { { "exhibit", s->exhibit } }, { { 0 } }
	};
	if (case_commit(s->c, &failed, NULL))
		case_rollback(s->c);
}

int scan_source(struct case_db *c, const char *path, const struct scan_options *options,
		struct scan_result *ret, struct err *err)
{
	struct err own = { 0 };
	struct scan s = { .c = c, .options = options, .err = err ? err : &own };
	struct scan_result result = { 0 };
	int rc = 0;
	s.matcher = matcher_new(options->rules, options->jit, s.err);
	if (!s.matcher)
		rc = s.err->code ? s.err->code : err_set(s.err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = begin_exhibit(&s, last_part(path));
	if (!rc)
		rc = read_source(&s, path, &result);
	if (!rc) {
		result.exhibit = s.exhibit;
		result.records = s.counted;
		result.timing = s.timing;
		*ret = result;
	}
	finish(&s);
	if (rc)
		give_up(&s);
	return rc;
}
