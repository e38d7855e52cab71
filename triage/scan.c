/* scan.c - see scan.h */
#include "scan.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "case_key.h"
#include "caselog.h"
#include "ending/retention.h"
#include "exhibit_store.h"
#include "hidden.h"
#include "kept.h"
#include "reread.h"
#include "scan_match.h"
#include "scan_packs.h"
#include "scope/scope.h"
#include "vault_folder.h"
#include <malloc.h>
#include <stdio.h>
#include <time.h>

/* One source being read into the case. */
struct scan {
	struct case_db *c;
	const struct scan_options *options;
	struct scope *scope;
	struct source *source;
	struct record_store *records;
	struct warning_store *warnings;
	struct scan_match *match;
	struct hidden *hidden;
	int64_t exhibit, reading, file, lines_pack;
	int64_t begun;     /* the row that this run made or took up */
	bool known;        /* the exhibit was read whole before */
	bool again;        /* ... under other decisions */
	struct kept *from; /* the vault, not the source */
	uint64_t kept;
	struct exhibit_outside outside;
	struct buf path; /* of the file being read, as it is stored */
	struct vault_key *vault_key;
	bool opened; /* the source could be opened */
	struct scan_timing timing;
	struct err *err;
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int keep_record(struct scan *s, const struct record *r)
{
	struct stored stored;
	bool text = scope_text(s->scope, buf_span(&s->path), r);
	int rc = record_store_add(s->records, s->file, r, text ? TEXT_SHOWN : TEXT_STAGE, &stored,
				  s->err);
	if (rc)
		return rc;
	struct record bare = *r;
	if (!text)
		bare.text = SPAN_NONE;
	s->kept++;
	return scan_match_record(s->match, s->file, &bare, &stored, s->err);
}

/* What is out of scope is counted here and goes no further. */
static int on_record(void *user, const struct record *r)
{
	struct scan *s = user;
	enum scope_out out = scope_of(s->scope, r);
	int rc = 0;
	s->outside.read++;
	if (out)
		s->outside.rows[out][r->kind]++;
	else
		rc = keep_record(s, r);
	if (rc)
		return rc;
	if (s->options->progress && s->outside.read % 4096 == 0 &&
	    !s->options->progress(s->options->user, "Reading records", (uint64_t)s->outside.read,
				  0))
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

static int on_link(void *user, const struct link *link)
{
	struct scan *s = user;
	int rc = hidden_add(s->hidden, link, buf_span(&s->path));
	if (rc == E_NOMEM)
		return err_set(s->err, rc, "Memory ran out.");
	return rc ? warning_store_add(s->warnings, s->file, warning_word(WARN_LIMIT), true,
				      link->table, link->row,
				      "more hidden names than linecheck keeps the numbers of",
				      s->err)
		  : 0;
}

/* Before the records: they name people by what is known here. */
static int read_links(struct scan *s, const struct evidence_file *f, const struct input *in)
{
	struct err why = { 0 };
	int rc = in->db ? parser_links(f->parser, in->db, on_link, s, &why) : 0;
	if (s->err->code)
		return s->err->code;
	if (rc == E_NOMEM)
		return err_set(s->err, rc, "%s", why.message);
	return rc ? warning_store_add(s->warnings, s->file, warning_word(WARN_ROW_LOST), true, NULL,
				      0, why.message, s->err)
		  : 0;
}

/* The parser's failure is the file's and is kept in detail; the case's own is in s->err. */
static int parse(struct scan *s, struct evidence_file *f, const struct input *in, struct err *why)
{
	struct sink sink = { on_record, on_warning, s };
	double start = now();
	int rc = read_links(s, f, in);
	if (!rc)
		rc = parser_run(f->parser, in, &sink, why);
	if (!s->err->code)
		scan_match_settle(s->match, s->err);
	s->timing.parse += now() - start;
	s->timing.match = scan_match_seconds(s->match);
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

/* The file's row: a new one, or the one it had when the exhibit was read before. */
static int number_file(struct scan *s, const struct evidence_file *f, int64_t last_id)
{
	buf_clear(&s->path);
	utf8_repair(&s->path, f->path);
	if (s->path.failed)
		return err_set(s->err, E_NOMEM, "Memory ran out.");
	s->file = 0;
	int rc = s->again ? reread_file(s->c, s->path.data ? s->path.data : "",
					f->parser ? f->parser->name : "", &s->file, s->err)
			  : 0;
	if (!s->file)
		s->file = last_id + 1;
	return rc;
}

static int scan_file(struct scan *s, size_t i, int64_t *last_id)
{
	struct evidence_file *f = source_file(s->source, i);
	struct err why = { 0 };
	int rc = number_file(s, f, *last_id);
	if (!rc && f->state == EVIDENCE_READ)
		rc = read_file(s, i, f, &why);
	if (!rc)
		rc = exhibit_add_file(s->c, s->exhibit, s->file, f, last_id, s->err);
	if (!rc)
		rc = warning_store_flush(s->warnings, s->err);
	return rc;
}

static int highest_file(struct scan *s, int64_t *ret)
{
	sqlite3_stmt *st;
	int64_t before = 0;
	int rc = case_prepare(s->c, "SELECT coalesce(max(id),0) FROM evidence_file", &st, s->err);
	if (rc)
		return rc;
	*ret = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	if (s->again)
		rc = reread_highest(s->c, "evidence_file", &before, s->err);
	if (before > *ret)
		*ret = before;
	return rc;
}

static int prepare(struct scan *s)
{
	int rc = s->again ? reread_begin(s->c, s->exhibit, s->err) : 0;
	if (!rc && !(s->hidden = hidden_new()))
		rc = err_set(s->err, E_NOMEM, "Memory ran out.");
	if (!rc)
		scope_know(s->scope, s->hidden);
	if (!rc)
		rc = scan_packs(s->c, s->options, scope_stage(s->scope), &s->lines_pack, s->err);
	if (!rc)
		rc = record_store_open(&s->records, s->c, s->exhibit, s->again, s->hidden,
				       scan_match_listed, (void *)s->options->lines, s->err);
	if (!rc)
		rc = warning_store_open(&s->warnings, s->c, s->exhibit, s->err);
	struct scan_match_setup setup = { .c = s->c,
					  .options = s->options,
					  .stage = scope_stage(s->scope),
					  .lines_pack = s->lines_pack,
					  .records = s->records,
					  .hidden = s->hidden,
					  .warnings = s->warnings };
	if (!rc)
		rc = scan_match_open(&s->match, &setup, s->err);
	malloc_trim(0); /* making sense of rules took more than they do */
	return rc;
}

/* First the files that say whose hidden names are whose, then the others; each in order. */
static int scan_files(struct scan *s, int64_t *last_id)
{
	int most = 0, rc = 0;
	for (size_t i = 0; i < source_files(s->source); i++) {
		const struct parser *p = source_file(s->source, i)->parser;
		most = p && p->early > most ? p->early : most;
	}
	for (int early = most; early >= 0; early--)
		for (size_t i = 0; !rc && i < source_files(s->source); i++) {
			const struct parser *p = source_file(s->source, i)->parser;
			if ((p ? p->early : 0) == early)
				rc = scan_file(s, i, last_id);
		}
	return rc;
}

/* Scoring reads the case alone: what reading needed makes room for it. */
static void make_room(struct scan *s)
{
	scan_match_free(s->match);
	record_store_free(s->records);
	s->match = NULL;
	s->records = NULL;
	malloc_trim(0);
}

static int read_all(struct scan *s)
{
	int64_t id = 0;
	int rc = prepare(s);
	if (!rc)
		rc = highest_file(s, &id);
	if (!rc)
		rc = scan_files(s, &id);
	if (!rc)
		rc = exhibit_add_notes(s->source, s->warnings, s->err);
	if (!rc && s->from)
		rc = kept_add_notes(s->from, s->c, s->err);
	if (!rc)
		rc = exhibit_add_apps(s->c, s->exhibit, s->source, s->err);
	if (!rc)
		rc = exhibit_add_outside(s->c, s->exhibit, &s->outside, s->err);
	if (!rc)
		rc = exhibit_finish(s->c, s->exhibit, s->source, s->scope, s->reading, s->err);
	make_room(s);
	double start = now();
	if (!rc)
		rc = score_case(s->c, s->options->rules, s->options->policy, s->err);
	s->timing.score = now() - start;
	return rc;
}

static void finish(struct scan *s)
{
	scan_match_free(s->match);
	record_store_free(s->records);
	hidden_free(s->hidden);
	warning_store_free(s->warnings);
	source_close(s->source);
	kept_free(s->from);
	vault_key_free(s->vault_key);
	scope_free(s->scope);
	buf_free(&s->path);
	if (s->again)
		reread_end(s->c);
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
	int rc = case_begin(s->c, s->err);
	if (!rc)
		rc = case_key_ensure(s->c, s->options->trust, s->err);
	if (!rc)
		rc = exhibit_begin(s->c, label, &s->begun, s->err);
	s->exhibit = s->begun;
	struct log_entry begun = {
		LOG_COLLECTION, "scan-begun", { { "exhibit", s->exhibit } }, { { 0 } }
	};
	return rc ? rc : case_commit(s->c, &begun, s->err);
}

static int open_source(struct scan *s, const char *path, int64_t reading)
{
	struct source_options options = { .progress = s->options->progress,
					  .user = s->options->user,
					  .kinds = scope_kinds(s->scope) };
	char vault[4096];
	int rc = vault_folder_new(case_dir(s->c), s->exhibit, reading, vault, sizeof vault, s->err);
	if (rc)
		return rc;
	options.vault_dir = vault;
	options.whatsapp_key = s->options->whatsapp_key;
	options.vault_key = s->vault_key;
	options.passwords = s->options->passwords;
	options.device = s->options->device;
	source_close(s->source);
	s->source = NULL;
	double start = now();
	rc = source_open(&s->source, path, &options, s->err);
	double unlock = rc ? 0 : source_info(s->source)->unlock_seconds;
	s->timing.unlock += unlock;
	s->timing.open += now() - start - unlock;
	s->opened |= !rc;
	return rc;
}

/* The same source was read before: nothing new, unless other decisions stand by now. */
static int known_source(struct scan *s, const char *path, int64_t known, int64_t version,
			int64_t reading, struct scan_result *result)
{
	int rc = exhibit_forget(s->c, s->exhibit, s->err);
	vault_folder_remove(case_dir(s->c), s->begun, 1);
	s->exhibit = known;
	s->known = true;
	if (rc)
		return rc;
	if (version == scope_version(s->scope) && !exhibit_lacks(s->c, known)) {
		result->known = true;
		return scan_packs(s->c, s->options, scope_stage(s->scope), &s->lines_pack, s->err);
	}
	s->again = true;
	s->reading = reading + 1;
	rc = open_source(s, path, s->reading);
	return rc ? rc : read_all(s);
}

static int commit(struct scan *s, bool known)
{
	struct log_entry done = { LOG_COLLECTION,
				  known      ? "scan-known"
				  : s->again ? "scan-again"
					     : "scan-done",
				  { { "exhibit", s->exhibit },
				    { "read", s->outside.read },
				    { "kept", (int64_t)s->kept },
				    { "stage", scope_stage(s->scope) } },
				  { { 0 } } };
	return case_commit(s->c, &done, s->err);
}

static int read_source(struct scan *s, const char *path, struct scan_result *result)
{
	int64_t known, version, reading;
	s->reading = 1;
	int rc = open_source(s, path, 1);
	if (!rc)
		rc = exhibit_known(s->c, s->source, &known, &version, &reading, s->err);
	if (!rc && !known)
		rc = exhibit_alike(s->c, s->source, &known, &version, &reading, s->err);
	if (!rc)
		rc = case_begin(s->c, s->err);
	if (!rc)
		rc = known ? known_source(s, path, known, version, reading, result) : read_all(s);
	if (!rc)
		rc = commit(s, result->known);
	if (!rc && s->again)
		vault_folder_remove(case_dir(s->c), s->exhibit, s->reading - 1);
	return rc;
}

/* Nothing of a source that failed is kept but the fact; one that never opened leaves no trace. An
 * exhibit that was to be read again stays as it was. */
static void give_up(struct scan *s)
{
	int rc;
	case_rollback(s->c);
	if (s->again && !s->from)
		vault_folder_remove(case_dir(s->c), s->exhibit, s->reading);
	if (!s->begun || case_begin(s->c, NULL))
		return;
	vault_folder_remove(case_dir(s->c), s->begun, 1);
	rc = s->opened && !s->known ? exhibit_fail(s->c, s->begun, s->err->message, NULL)
				    : exhibit_forget(s->c, s->begun, NULL);
	struct log_entry failed = {
		LOG_COLLECTION, "scan-failed", { { "exhibit", s->begun } }, { { 0 } }
	};
	if (rc || case_commit(s->c, &failed, NULL))
		case_rollback(s->c);
}

static void tell(const struct scan *s, struct scan_result *result, struct scan_result *ret)
{
	result->exhibit = s->exhibit;
	result->again = s->again;
	result->records = s->kept;
	result->timing = s->timing;
	*ret = *result;
}

/* What runs that were stopped left in the vault. */
static int tidy(struct scan *s)
{
	sqlite3_stmt *st;
	int rc = case_prepare(s->c,
			      "SELECT id, CASE state WHEN 'whole' THEN reading ELSE 0 END FROM "
			      "exhibit WHERE kind<>'typed'",
			      &st, s->err);
	if (rc)
		return rc;
	while (sqlite3_step(st) == SQLITE_ROW)
		vault_folder_tidy(case_dir(s->c), sqlite3_column_int64(st, 0),
				  sqlite3_column_int64(st, 1));
	sqlite3_finalize(st);
	return 0;
}

static int open_case(struct scan *s)
{
	int rc = case_lock(s->c, s->err);
	if (!rc)
		rc = retention_open(s->c, s->err);
	if (!rc)
		rc = scope_load(&s->scope, s->c, s->options->confidential, s->err);
	return rc ? rc : tidy(s);
}

int scan_source(struct case_db *c, const char *path, const struct scan_options *options,
		struct scan_result *ret, struct err *err)
{
	struct err own = { 0 };
	struct scan s = { .c = c, .options = options, .err = err ? err : &own };
	struct scan_result result = { 0 };
	int rc = open_case(&s);
	if (!rc)
		rc = begin_exhibit(&s, last_part(path));
	if (!rc)
		rc = case_key_open(c, case_actor(c), &s.vault_key, s.err);
	if (!rc)
		rc = read_source(&s, path, &result);
	if (!rc)
		tell(&s, &result, ret);
	finish(&s);
	if (rc)
		give_up(&s);
	return rc;
}

static int exhibit_stands(struct scan *s, int64_t *ret_version)
{
	sqlite3_stmt *st;
	int rc = case_prepare(s->c, "SELECT scope, reading FROM exhibit WHERE id=?1", &st, s->err);
	if (rc)
		return rc;
	sqlite3_bind_int64(st, 1, s->exhibit);
	if (sqlite3_step(st) == SQLITE_ROW) {
		*ret_version = sqlite3_column_int64(st, 0);
		s->reading = sqlite3_column_int64(st, 1);
	}
	sqlite3_finalize(st);
	return 0;
}

static int open_kept(struct scan *s)
{
	struct source_options options = { .progress = s->options->progress,
					  .user = s->options->user,
					  .kinds = scope_kinds(s->scope),
					  .vault_key = s->vault_key };
	char vault[4096];
	int rc = vault_folder_path(case_dir(s->c), s->exhibit, s->reading, vault, sizeof vault,
				   s->err);
	options.vault_dir = vault;
	if (!rc)
		rc = source_open_kept(&s->source, kept_source(s->from), &options, s->err);
	if (!rc)
		rc = case_begin(s->c, s->err);
	if (rc)
		return rc;
	s->again = true;
	return read_all(s);
}

static int read_kept(struct scan *s, struct scan_result *result)
{
	int64_t version = 0;
	int rc = exhibit_stands(s, &version);
	if (!rc)
		rc = kept_load(&s->from, s->c, s->exhibit, s->err);
	result->known = !rc && version == scope_version(s->scope);
	if (rc)
		return rc;
	if (!result->known) {
		rc = case_key_open(s->c, case_actor(s->c), &s->vault_key, s->err);
		return rc ? rc : open_kept(s);
	}
	rc = case_begin(s->c, s->err);
	return rc ? rc
		  : scan_packs(s->c, s->options, scope_stage(s->scope), &s->lines_pack, s->err);
}

int scan_kept(struct case_db *c, int64_t exhibit, const struct scan_options *options,
	      struct scan_result *ret, struct err *err)
{
	struct err own = { 0 };
	struct scan s = { .c = c, .options = options, .exhibit = exhibit, .err = err ? err : &own };
	struct scan_result result = { 0 };
	int rc = open_case(&s);
	if (!rc)
		rc = read_kept(&s, &result);
	if (!rc)
		rc = commit(&s, result.known);
	if (!rc)
		tell(&s, &result, ret);
	finish(&s);
	if (rc)
		case_rollback(c);
	return rc;
}
