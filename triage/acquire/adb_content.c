/* adb_content.c - see adb_content.h */
#include "acquire/adb_content.h"
#include <stdio.h>
#include <stdlib.h>

#define PAGE 1000                       /* rows of text at a time */
#define ANSWER_MAX ((uint64_t)64 << 20) /* bytes of one answer */
#define NUMBERS_MAX ((uint64_t)512 << 20)
#define ROWS_MAX 5000000
#define COMMAND_SECONDS 600
#define COLUMNS 16

struct reading {
	struct adb *a;
	const struct adb_table *t;
	sqlite3 *db;
	sqlite3_stmt *set; /* of the text column at hand */
	struct adb_read *said;
	adb_step *step;
	void *user;
	struct buf command, answer;
	const char *number[COLUMNS];
	size_t numbers, frame;
	int64_t *id, *framed; /* of each row, ascending */
	bool *framed_null;
	size_t rows;
	size_t *at; /* rows where the column at hand is not NULL */
	size_t n, cap;
	const char *column;
	int64_t done, total;
};

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

/* What it prints is not what a provider prints: nothing of this table is taken. */
static int lies(struct reading *r)
{
	r->said->odd = true;
	snprintf(r->said->refused, sizeof r->said->refused,
		 "what it prints for it is not what an Android phone prints");
	return 1;
}

/* ---- asking ---- */

static int ask(struct reading *r, uint64_t most, struct err *err)
{
	int exit_code = 0;
	r->said->calls++;
	int rc = r->step ? r->step(r->user, r->done, r->total, err) : 0;
	if (rc == 0 && r->command.failed)
		rc = no_memory(err);
	return rc ? rc
		  : adb_output(r->a, r->command.data, COMMAND_SECONDS, most, &r->answer, &exit_code,
			       err);
}

static bool begins(span s, const char *with)
{
	span w = span_z(with);
	return s.n >= w.n && memcmp(s.p, w.p, w.n) == 0;
}

static bool find(span s, const char *what, size_t *ret)
{
	const char *p = s.n ? memmem(s.p, s.n, what, strlen(what)) : NULL;
	if (p && ret)
		*ret = (size_t)(p - s.p);
	return p;
}

static bool is_empty(span answer)
{
	return begins(answer, "No result found.");
}

/* What the phone says when it gives nothing: from either of its two mouths. Never told from the
 * rows themselves, which anybody can write. */
static span complaint(const struct reading *r)
{
	span out = buf_span(&r->answer), said = buf_span(adb_said(r->a));
	static const char *const words[] = {
		"Exception", "Permission Denial", "Error while accessing",
		"[ERROR]",   "Invalid column",    "not found"
	};
	if (begins(out, "Row: "))
		return SPAN_NONE;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (find(said, words[i], NULL))
			return said;
		if (find(out, words[i], NULL))
			return out;
	}
	return SPAN_NONE;
}

/* "... Invalid column subject" or "no such column: subject": the name. */
static bool missing_column(span said, char out[static 64])
{
	static const char *const marks[] = { "Invalid column ",
					     "no such column: ", "Invalid token ", NULL };
	for (const char *const *m = marks; *m; m++) {
		size_t at, n = 0;
		if (!find(said, *m, &at))
			continue;
		for (at += strlen(*m); at < said.n && n < 63; at++) {
			char c = said.p[at];
			bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
				    (c >= '0' && c <= '9');
			if (!word)
				break;
			out[n++] = c;
		}
		out[n] = 0;
		return n > 0;
	}
	return false;
}

static void say(char *to, size_t cap, span words)
{
	size_t n = 0;
	/* the line with the reason: behind the last "Exception: " if there is one */
	size_t at;
	while (find(words, "Exception: ", &at))
		words = span_from(words, at + 11);
	for (size_t i = 0; i < words.n && n + 1 < cap && words.p[i] != '\n'; i++)
		to[n++] = (unsigned char)words.p[i] < 0x20 ? ' ' : words.p[i];
	to[n] = 0;
}

static void say_missing(struct reading *r, const char *name)
{
	size_t n = strlen(r->said->missing);
	snprintf(r->said->missing + n, sizeof r->said->missing - n, "%s%s", n ? " " : "", name);
}

/* ---- numbers ---- */

static bool number(span *s, int64_t *ret)
{
	size_t i = s->n && *s->p == '-';
	int64_t v = 0;
	bool minus = i;
	for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++) {
		if (v > (INT64_MAX - 9) / 10)
			return false;
		v = v * 10 + (s->p[i] - '0');
	}
	if (i == (size_t)minus)
		return false;
	*ret = minus ? -v : v;
	*s = span_from(*s, i);
	return true;
}

static bool literal(span *s, const char *text)
{
	if (!begins(*s, text))
		return false;
	*s = span_from(*s, strlen(text));
	return true;
}

/* "Row: N _id=1, date=2\n" with columns as asked for; NULL is *null. */
static bool number_row(span *s, int64_t row, const char *const *column, size_t columns,
		       int64_t *value, bool *null)
{
	int64_t got;
	if (!literal(s, "Row: ") || !number(s, &got) || got != row || !literal(s, " "))
		return false;
	for (size_t i = 0; i < columns; i++) {
		if ((i && !literal(s, ", ")) || !literal(s, column[i]) || !literal(s, "="))
			return false;
		null[i] = literal(s, "NULL");
		value[i] = 0;
		if (!null[i] && !number(s, &value[i]))
			return false;
	}
	return literal(s, "\n");
}

static int prepare(struct reading *r, const char *sql, sqlite3_stmt **ret, struct err *err)
{
	return sqlite3_prepare_v2(r->db, sql, -1, ret, NULL) == SQLITE_OK
		       ? 0
		       : err_set(err, E_IO, "The rows of the phone cannot be kept: %s.",
				 sqlite3_errmsg(r->db));
}

static int make_table(struct reading *r, struct err *err)
{
	struct buf sql = { 0 };
	buf_addf(&sql, "CREATE TABLE %s(_id INTEGER PRIMARY KEY", r->t->table);
	for (size_t i = 1; i < r->numbers; i++)
		buf_addf(&sql, ", %s INTEGER", r->number[i]);
	for (size_t i = 0; r->t->texts[i]; i++)
		buf_addf(&sql, ", %s TEXT", r->t->texts[i]);
	buf_addf(&sql, ")");
	int rc = sql.failed ? no_memory(err)
		 : sqlite3_exec(r->db, sql.data, NULL, NULL, NULL) != SQLITE_OK
			 ? err_set(err, E_IO, "The rows of the phone cannot be kept: %s.",
				   sqlite3_errmsg(r->db))
			 : 0;
	buf_free(&sql);
	return rc;
}

static int keep_row(struct reading *r, sqlite3_stmt *st, const int64_t *value, const bool *null,
		    struct err *err)
{
	if (r->rows == r->cap) {
		size_t cap = r->cap ? r->cap * 2 : 1024;
		void *id = realloc(r->id, cap * sizeof *r->id);
		if (id)
			r->id = id;
		void *framed = realloc(r->framed, cap * sizeof *r->framed);
		if (framed)
			r->framed = framed;
		void *nulls = realloc(r->framed_null, cap * sizeof *r->framed_null);
		if (nulls)
			r->framed_null = nulls;
		if (!id || !framed || !nulls || r->rows >= ROWS_MAX)
			return no_memory(err);
		r->cap = cap;
	}
	/* in order, each once: else the phone lies */
	if (null[0] || (r->rows && value[0] <= r->id[r->rows - 1]))
		return lies(r);
	r->id[r->rows] = value[0];
	r->framed[r->rows] = value[r->frame];
	r->framed_null[r->rows++] = null[r->frame];
	sqlite3_reset(st);
	for (size_t i = 0; i < r->numbers; i++)
		if (null[i])
			sqlite3_bind_null(st, (int)i + 1);
		else
			sqlite3_bind_int64(st, (int)i + 1, value[i]);
	return sqlite3_step(st) == SQLITE_DONE ? 0 : err_set(err, E_IO, "A row cannot be kept.");
}

static int keep_rows(struct reading *r, struct err *err)
{
	struct buf sql = { 0 };
	sqlite3_stmt *st = NULL;
	int64_t value[COLUMNS] = { 0 };
	bool null[COLUMNS] = { false };
	span s = buf_span(&r->answer);
	buf_addf(&sql, "INSERT INTO %s(_id", r->t->table);
	for (size_t i = 1; i < r->numbers; i++)
		buf_addf(&sql, ",%s", r->number[i]);
	buf_addf(&sql, ") VALUES(?1");
	for (size_t i = 1; i < r->numbers; i++)
		buf_addf(&sql, ",?%zu", i + 1);
	buf_addf(&sql, ")");
	int rc = sql.failed ? no_memory(err) : prepare(r, sql.data, &st, err);
	for (int64_t row = 0; rc == 0 && s.n; row++) {
		if (!number_row(&s, row, r->number, r->numbers, value, null))
			rc = lies(r);
		else
			rc = keep_row(r, st, value, null, err);
	}
	sqlite3_finalize(st);
	buf_free(&sql);
	return rc;
}

/* The columns of numbers; those that the phone does not know are left out. 1: refused. */
static int read_numbers(struct reading *r, struct err *err)
{
	for (int tries = 0; tries < COLUMNS; tries++) {
		char name[64];
		buf_clear(&r->command);
		buf_addf(&r->command, "content query --uri '%s' --projection _id", r->t->uri);
		for (size_t i = 1; i < r->numbers; i++)
			buf_addf(&r->command, ":%s", r->number[i]);
		buf_addf(&r->command, " --sort '_id ASC'");
		int rc = ask(r, NUMBERS_MAX, err);
		if (rc)
			return rc;
		span bad = complaint(r);
		if (!bad.p) {
			rc = make_table(r, err);
			return rc || is_empty(buf_span(&r->answer)) ? rc : keep_rows(r, err);
		}
		size_t at = r->numbers;
		if (missing_column(bad, name))
			for (at = 1; at < r->numbers && strcmp(r->number[at], name) != 0;)
				at++;
		if (at == r->numbers || at == r->frame) {
			say(r->said->refused, sizeof r->said->refused, bad);
			rc = make_table(r, err);
			return rc ? rc : 1;
		}
		say_missing(r, name);
		for (r->numbers--, r->frame -= at < r->frame; at < r->numbers; at++)
			r->number[at] = r->number[at + 1];
	}
	return lies(r);
}

/* ---- texts ---- */

static int set_text(struct reading *r, size_t row, span text, struct err *err)
{
	sqlite3_reset(r->set);
	sqlite3_bind_text64(r->set, 1, text.p ? text.p : "", text.n, SQLITE_TRANSIENT, SQLITE_UTF8);
	sqlite3_bind_int64(r->set, 2, r->id[row]);
	r->done++;
	return sqlite3_step(r->set) == SQLITE_DONE ? 0
						   : err_set(err, E_IO, "A text cannot be kept.");
}

/* All that is printed is the value. */
static int read_alone(struct reading *r, size_t row, struct err *err)
{
	char head[96];
	buf_clear(&r->command);
	buf_addf(&r->command, "content query --uri '%s' --projection %s --where '_id=%lld'",
		 r->t->uri, r->column, (long long)r->id[row]);
	int rc = ask(r, ANSWER_MAX, err);
	if (rc)
		return rc;
	span s = buf_span(&r->answer);
	r->said->reread++;
	snprintf(head, sizeof head, "Row: 0 %s=", r->column);
	if (is_empty(s) || complaint(r).p) {
		r->said->gone++;
		r->done++;
		return 0;
	}
	if (!literal(&s, head) || !s.n || s.p[s.n - 1] != '\n')
		return lies(r);
	s.n--;
	return set_text(r, row, s, err);
}

/* Could this value be more than a value? */
static bool suspicious(const struct reading *r, span value)
{
	char mark[80];
	const char *const names[] = { "_id", r->column, r->number[r->frame] };
	size_t at = 0;
	for (span s = value; find(s, "Row: ", &at); s = span_from(s, at + 5))
		if (at + 5 < s.n && s.p[at + 5] >= '0' && s.p[at + 5] <= '9')
			return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(mark, sizeof mark, ", %s=", names[i]);
		if (find(value, mark, NULL))
			return true;
	}
	return false;
}

static void frame_of(const struct reading *r, size_t row, char *out, size_t cap)
{
	if (r->framed_null[row])
		snprintf(out, cap, ", %s=NULL\n", r->number[r->frame]);
	else
		snprintf(out, cap, ", %s=%lld\n", r->number[r->frame], (long long)r->framed[row]);
}

static void head_of(const struct reading *r, size_t nth, size_t row, char *out, size_t cap)
{
	snprintf(out, cap, "Row: %zu _id=%lld, %s=", nth, (long long)r->id[row], r->column);
}

/* Cut the answer into the values of rows at[first..stop). False where it does not fit. */
static bool cut_page(struct reading *r, size_t first, size_t stop, span *value)
{
	span s = buf_span(&r->answer);
	char end[400], head[200];
	head_of(r, 0, r->at[first], head, sizeof head);
	if (!literal(&s, head))
		return false;
	for (size_t i = first; i < stop; i++) {
		size_t at;
		frame_of(r, r->at[i], end, 128);
		if (i + 1 < stop) {
			size_t n = strlen(end);
			head_of(r, i + 1 - first, r->at[i + 1], end + n, sizeof end - n);
			if (!find(s, end, &at))
				return false;
		} else { /* the last ends with the answer */
			size_t n = strlen(end);
			if (s.n < n || memcmp(s.p + s.n - n, end, n) != 0)
				return false;
			at = s.n - n;
		}
		value[i - first] = (span){ s.p, at };
		s = span_from(s, at + strlen(end));
	}
	return s.n == 0;
}

/* Recursion: each step has fewer rows; deeper than the logarithm of a page only where rows are
 * suspicious, and then by at least one row less. */
static int read_page(struct reading *r, size_t first, size_t stop, struct err *err);

/* The page with the rows in bad left out, which are read alone. */
static int read_around(struct reading *r, size_t first, size_t stop, const bool *bad,
		       struct err *err)
{
	int rc = 0;
	for (size_t i = first, begin = first; rc == 0 && i <= stop; i++) {
		if (i < stop && !bad[i - first])
			continue;
		if (i > begin)
			rc = read_page(r, begin, i, err);
		if (rc == 0 && i < stop)
			rc = read_alone(r, r->at[i], err);
		begin = i + 1;
	}
	return rc;
}

static int take_page(struct reading *r, size_t first, size_t stop, struct err *err)
{
	size_t n = stop - first;
	span *value = calloc(n, sizeof *value);
	bool *bad = calloc(n, sizeof *bad), any = false;
	int rc = value && bad ? 0 : no_memory(err);
	bool fits = rc == 0 && !complaint(r).p && cut_page(r, first, stop, value);
	for (size_t i = 0; fits && i < n; i++) {
		bad[i] = suspicious(r, value[i]);
		any |= bad[i];
	}
	if (rc == 0 && !fits && n == 1) {
		rc = read_alone(r, r->at[first], err);
	} else if (rc == 0 && !fits) {
		rc = read_page(r, first, first + n / 2, err);
		if (rc == 0)
			rc = read_page(r, first + n / 2, stop, err);
	} else if (rc == 0 && any) {
		rc = read_around(r, first, stop, bad, err);
	} else {
		for (size_t i = 0; rc == 0 && i < n; i++)
			rc = set_text(r, r->at[first + i], value[i], err);
	}
	free(value);
	free(bad);
	return rc;
}

static int read_page(struct reading *r, size_t first, size_t stop, struct err *err)
{
	struct err why = { 0 };
	buf_clear(&r->command);
	buf_addf(&r->command,
		 "content query --uri '%s' --projection _id:%s:%s --where '_id>=%lld AND _id<=%lld "
		 "AND "
		 "%s IS NOT NULL' --sort '_id ASC'",
		 r->t->uri, r->column, r->number[r->frame], (long long)r->id[r->at[first]],
		 (long long)r->id[r->at[stop - 1]], r->column);
	int rc = ask(r, ANSWER_MAX, &why);
	if (rc == E_LIMIT && stop - first > 1) { /* too much at a time */
		size_t half = first + (stop - first) / 2;
		rc = read_page(r, first, half, err);
		return rc ? rc : read_page(r, half, stop, err);
	}
	return rc ? err_set(err, rc, "%s", why.message) : take_page(r, first, stop, err);
}

static size_t row_of(const struct reading *r, int64_t id)
{
	size_t low = 0, high = r->rows;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (r->id[mid] < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < r->rows && r->id[low] == id ? low : r->rows;
}

/* Which rows have a text in this column. 1: the phone does not have the column. */
static int with_text(struct reading *r, struct err *err)
{
	static const char *const only_id[] = { "_id" };
	int64_t id;
	bool null;
	r->n = 0;
	buf_clear(&r->command);
	buf_addf(&r->command,
		 "content query --uri '%s' --projection _id --where '%s IS NOT NULL' "
		 "--sort '_id ASC'",
		 r->t->uri, r->column);
	int rc = ask(r, NUMBERS_MAX, err);
	if (rc)
		return rc;
	span s = buf_span(&r->answer);
	if (complaint(r).p) {
		say_missing(r, r->column);
		return 1;
	}
	for (int64_t row = 0; s.n && !is_empty(s); row++) {
		if (!number_row(&s, row, only_id, 1, &id, &null) || null)
			return lies(r);
		size_t at = row_of(r, id);
		if (at == r->rows) /* came since: the next reading has it */
			continue;
		if (r->n && r->at[r->n - 1] >= at)
			return lies(r);
		r->at[r->n++] = at;
	}
	return 0;
}

static int read_text(struct reading *r, const char *column, struct err *err)
{
	struct buf sql = { 0 };
	r->column = column;
	int rc = with_text(r, err);
	if (rc)
		return rc > 0 ? 0 : rc;
	r->total += (int64_t)r->n;
	buf_addf(&sql, "UPDATE %s SET %s=?1 WHERE _id=?2", r->t->table, column);
	rc = sql.failed ? no_memory(err) : prepare(r, sql.data, &r->set, err);
	for (size_t i = 0; rc == 0 && i < r->n; i += PAGE)
		rc = read_page(r, i, i + PAGE < r->n ? i + PAGE : r->n, err);
	sqlite3_finalize(r->set);
	r->set = NULL;
	buf_free(&sql);
	return rc;
}

static int empty_table(struct reading *r, struct err *err)
{
	struct buf sql = { 0 };
	buf_addf(&sql, "DROP TABLE IF EXISTS %s", r->t->table);
	int rc = sql.failed || sqlite3_exec(r->db, sql.data, NULL, NULL, NULL) != SQLITE_OK
			 ? no_memory(err)
			 : make_table(r, err);
	buf_free(&sql);
	return rc;
}

int adb_content_read(struct adb *a, const struct adb_table *t, sqlite3 *db, struct adb_read *ret,
		     adb_step *step, void *user, struct err *err)
{
	struct reading r = { .a = a, .t = t, .db = db, .said = ret, .step = step, .user = user };
	*ret = (struct adb_read){ 0 };
	r.number[r.numbers++] = "_id";
	for (size_t i = 0; t->numbers[i] && r.numbers < COLUMNS; i++) {
		if (t->frame && strcmp(t->numbers[i], t->frame) == 0)
			r.frame = r.numbers;
		r.number[r.numbers++] = t->numbers[i];
	}
	int rc = read_numbers(&r, err);
	ret->rows = (int64_t)r.rows;
	if (rc == 0 && r.rows) {
		r.at = calloc(r.rows, sizeof *r.at);
		rc = r.at ? 0 : no_memory(err);
	}
	for (size_t i = 0; rc == 0 && r.rows && t->texts[i]; i++)
		rc = read_text(&r, t->texts[i], err);
	if (rc >= 0 && ret->odd) {
		ret->rows = 0;
		rc = empty_table(&r, err);
	}
	free(r.id);
	free(r.framed);
	free(r.framed_null);
	free(r.at);
	buf_free(&r.command);
	buf_free(&r.answer);
	return rc > 0 ? 0 : rc;
}
