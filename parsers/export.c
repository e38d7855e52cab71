/* export.c - see export.h */
#include "export.h"

#define PIECE 65536

int export_begin(struct export *x, const struct input *in, const struct sink *sink, struct err *err)
{
	*x = (struct export){ .sink = sink, .err = err, .table = "-" };
	x->json = jsonpull_new(in);
	x->arena = arena_new();
	if (!x->json || !x->arena)
		x->stop = err_set(err, E_NOMEM, "memory ran out");
	return x->stop;
}

int export_end(struct export *x)
{
	/* What stands after the value is no export. */
	if (!x->stop && !x->ahead) {
		int rc = jsonpull_next(x->json, &x->token, x->err);
		x->stop = rc < 0 ? rc : 0;
	}
	jsonpull_free(x->json);
	arena_free(x->arena);
	return x->stop;
}

int export_load(const struct input *in, size_t max, struct buf *all, struct err *err)
{
	char piece[PIECE];
	for (;;) {
		ptrdiff_t n = in->read(in->user, piece, sizeof piece, err);
		if (n <= 0)
			return (int)n;
		if ((size_t)n > max - all->n)
			return err_set(err, E_LIMIT,
				       "a file of this kind of more than %zu MiB is not read: give "
				       "a part of it",
				       max >> 20);
		buf_add(all, (span){ piece, (size_t)n });
		if (all->failed)
			return err_set(err, E_NOMEM, "memory ran out");
	}
}

static bool look(struct export *x)
{
	if (x->stop)
		return false;
	if (x->ahead)
		return true;
	int rc = jsonpull_next(x->json, &x->token, x->err);
	if (rc < 0)
		x->stop = rc;
	x->ahead = rc > 0;
	return rc > 0;
}

enum json_kind export_peek(struct export *x)
{
	return look(x) ? x->token.kind : JSON_NULL;
}

void export_pass(struct export *x)
{
	size_t depth = 0;
	do {
		if (!look(x))
			return;
		x->ahead = false;
		depth += x->token.kind == JSON_OBJECT || x->token.kind == JSON_ARRAY;
		depth -= depth &&
			 (x->token.kind == JSON_OBJECT_END || x->token.kind == JSON_ARRAY_END);
	} while (depth);
}

static bool enter(struct export *x, enum json_kind kind)
{
	if (!look(x))
		return false;
	if (x->token.kind != kind) {
		export_pass(x);
		return false;
	}
	x->ahead = false;
	return true;
}

bool export_object(struct export *x)
{
	return enter(x, JSON_OBJECT);
}

bool export_array(struct export *x)
{
	return enter(x, JSON_ARRAY);
}

bool export_key(struct export *x, span *ret)
{
	if (!look(x))
		return false;
	x->ahead = false;
	*ret = x->token.text;
	return x->token.kind == JSON_KEY;
}

bool export_more(struct export *x)
{
	if (!look(x))
		return false;
	if (x->token.kind != JSON_ARRAY_END)
		return true;
	x->ahead = false;
	return false;
}

span export_keep(struct export *x, span s)
{
	bool ok = true;
	span copy = arena_copy(x->arena, s, &ok);
	if (!ok && !x->stop)
		x->stop = err_set(x->err, E_NOMEM, "memory ran out");
	return copy;
}

void export_warn(struct export *x, enum warning kind, const char *detail)
{
	if (x->stop)
		return;
	int rc = x->sink->warn(x->sink->user, kind, x->table, x->row, detail);
	if (rc < 0)
		x->stop = rc;
}

span export_text(struct export *x)
{
	if (!look(x))
		return SPAN_NONE;
	if (x->token.kind != JSON_STRING && x->token.kind != JSON_NUMBER) {
		export_pass(x);
		return SPAN_NONE;
	}
	x->ahead = false;
	span text = export_keep(x, x->token.text);
	if (x->token.flaws & JSON_CUT)
		export_warn(x, WARN_LIMIT, "a value longer than linecheck reads was cut");
	if (x->token.flaws & JSON_BAD)
		export_warn(x, WARN_TEXT_LOST,
			    "half of a character, or an unknown escape, was replaced by U+FFFD");
	return text;
}

bool export_true(struct export *x)
{
	bool yes = export_peek(x) == JSON_TRUE;
	export_pass(x);
	return yes;
}

struct record export_record(struct export *x, enum record_kind kind, const char *table, int64_t row)
{
	arena_reset(x->arena);
	x->table = table;
	x->row = row;
	return (struct record){
		.kind = kind,
		.table = table,
		.row = x->row,
		.time = TIME_UNSET,
		.duration = -1,
	};
}

void export_deliver(struct export *x, const struct record *r)
{
	if (x->stop == E_FORMAT || x->stop == E_LIMIT) {
		int rc = x->sink->warn(x->sink->user, WARN_ROW_LOST, x->table, x->row,
				       "the file breaks off or breaks down within this entry");
		if (rc < 0)
			x->stop = rc;
	}
	if (x->stop)
		return;
	int rc = x->sink->record(x->sink->user, r);
	if (rc < 0)
		x->stop = rc;
}

bool export_int(span s, int64_t *ret)
{
	int64_t value = 0;
	size_t sign = s.n && s.p[0] == '-';
	if (s.n == sign || s.n > 18)
		return false;
	for (size_t i = sign; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		value = value * 10 + (s.p[i] - '0');
	}
	*ret = sign ? -value : value;
	return true;
}

void export_time_number(struct export *x, struct record *r, span s, enum time_unit unit)
{
	int64_t value;
	if (!s.p)
		return;
	r->time = TIME_UNSET; /* a name may stand twice: the last one counts */
	r->local = 0;
	r->time_raw = s;
	r->time_unit = unit;
	if (!export_int(s, &value))
		export_warn(x, WARN_FIELD_UNKNOWN, "time is not a number");
	else if (value && !time_from_int(unit, value, &r->time))
		export_warn(x, WARN_FIELD_UNKNOWN, "time is outside the years 1970 to 2200");
}

/* The beginning of 1970 is a clock that was never set. */
static bool set_time(int64_t *to, int64_t ms)
{
	int64_t checked;
	if (!time_from_int(TIME_UNIX_MS, ms, &checked))
		return false;
	*to = checked;
	return true;
}

void export_time_text(struct export *x, struct record *r, span s)
{
	static const span utc = SPAN_INIT(" UTC");
	int64_t ms;
	char text[48];
	if (!s.n)
		return;
	r->time = TIME_UNSET; /* a name may stand twice: the last one counts */
	r->local = 0;
	r->time_raw = s;
	r->time_unit = TIME_TEXT;
	size_t n = s.n < sizeof text - 1 ? s.n : sizeof text - 1;
	memcpy(text, s.p, n);
	if (n > utc.n && n == s.n && !memcmp(text + n - utc.n, utc.p, utc.n)) {
		n -= utc.n;
		text[n++] = 'Z';
	}
	bool read = n <= s.n && time_parse((span){ text, n }, &ms) && set_time(&r->time, ms);
	if (!read && n == s.n && n < sizeof text - 1) {
		text[n++] = 'Z';
		if (time_parse((span){ text, n }, &ms) && set_time(&r->local, ms)) {
			r->time_unit = TIME_NO_ZONE;
			read = true;
		}
	}
	if (!read)
		export_warn(x, WARN_FIELD_UNKNOWN, "time is not a date that linecheck can read");
}

span export_folder(span path)
{
	size_t stop = path.n;
	while (stop && path.p[stop - 1] != '/')
		stop--;
	if (!stop)
		return SPAN_NONE;
	size_t start = --stop;
	while (start && path.p[start - 1] != '/')
		start--;
	return start < stop ? span_sub(path, start, stop) : SPAN_NONE;
}

bool export_path_has(span path, const char *word)
{
	span w = span_z(word);
	for (size_t i = 0; i + w.n <= path.n; i++)
		if (span_eq_nocase(span_sub(path, i, i + w.n), w))
			return true;
	return false;
}
