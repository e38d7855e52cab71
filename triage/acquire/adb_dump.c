/* adb_dump.c - see adb_dump.h */
#include "acquire/adb_dump.h"
#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>

#define FIELDS 8
#define ROWS_MAX 200000

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

/* ---- lines ---- */

static bool next_line(span *rest, span *ret)
{
	if (!rest->n)
		return false;
	const char *end = memchr(rest->p, '\n', rest->n);
	*ret = (span){ rest->p, end ? (size_t)(end - rest->p) : rest->n };
	*rest = span_from(*rest, ret->n + (end ? 1 : 0));
	if (ret->n && ret->p[ret->n - 1] == '\r')
		ret->n--;
	return true;
}

static bool begins(span s, const char *with)
{
	size_t n = strlen(with);
	return s.n >= n && memcmp(s.p, with, n) == 0;
}

static size_t indent(span s)
{
	size_t n = 0;
	while (n < s.n && s.p[n] == ' ')
		n++;
	return n;
}

static bool find(span s, span what, size_t *ret)
{
	const char *p = s.n && what.n ? memmem(s.p, s.n, what.p, what.n) : NULL;
	if (p)
		*ret = (size_t)(p - s.p);
	return p;
}

static bool number(span s, int64_t *ret)
{
	int64_t v = 0;
	if (!s.n || s.n > 18)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	*ret = v;
	return true;
}

/* The word behind " name=", up to the next blank; absent if it is not there. */
static span pair(span line, const char *name)
{
	char mark[40];
	size_t at;
	int n = snprintf(mark, sizeof mark, " %s=", name);
	if (!find(line, (span){ mark, (size_t)n }, &at))
		return SPAN_NONE;
	span v = span_from(line, at + (size_t)n);
	size_t end = 0;
	while (end < v.n && v.p[end] != ' ')
		end++;
	return (span){ v.p, end };
}

/* What a package may be called: nothing that could pass for more than a name. */
static bool is_package(span s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
			  c == '.' || (c >= '0' && c <= '9') || c == '-';
		if (!ok)
			return false;
	}
	return s.n > 0 && s.n < 256;
}

/* ---- rows ---- */

struct table {
	sqlite3 *db;
	sqlite3_stmt *st;
	struct adb_dump *said;
};

static int open_table(struct table *t, sqlite3 *db, const char *make, const char *insert,
		      struct adb_dump *said, struct err *err)
{
	*said = (struct adb_dump){ 0 };
	*t = (struct table){ .db = db, .said = said };
	return sqlite3_exec(db, make, NULL, NULL, NULL) == SQLITE_OK &&
			       sqlite3_prepare_v2(db, insert, -1, &t->st, NULL) == SQLITE_OK
		       ? 0
		       : no_memory(err);
}

static void bind_text(struct table *t, int i, span s)
{
	if (s.p)
		sqlite3_bind_text64(t->st, i, s.p, s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
	else
		sqlite3_bind_null(t->st, i);
}

static void bind_time(struct table *t, int i, int64_t ms)
{
	if (ms > 0)
		sqlite3_bind_int64(t->st, i, ms);
	else
		sqlite3_bind_null(t->st, i);
}

static int add_row(struct table *t, struct err *err)
{
	if (t->said->rows >= ROWS_MAX) {
		t->said->lost++;
		return 0;
	}
	t->said->rows++;
	int rc = sqlite3_step(t->st);
	sqlite3_reset(t->st);
	return rc == SQLITE_DONE ? 0 : no_memory(err);
}

/* ---- packages ---- */

static size_t split(span line, span field[FIELDS])
{
	size_t n = 0;
	for (;;) {
		const char *end = line.n ? memchr(line.p, ',', line.n) : NULL;
		size_t length = end && n + 1 < FIELDS ? (size_t)(end - line.p) : line.n;
		field[n++] = (span){ line.p, length };
		if (!end || n == FIELDS)
			return n;
		line = span_from(line, length + 1);
	}
}

static int one_package(struct table *t, span line, struct err *err)
{
	span field[FIELDS];
	int64_t number_of, first = 0, last = 0;
	size_t n = split(line, field);
	bool ok = (n == 6 || n == 7) && is_package(field[1]) && number(field[2], &number_of) &&
		  number(field[3], &number_of) && number(field[n - 2], &last) &&
		  (n == 6 || number(field[4], &first));
	if (!ok) {
		t->said->lost++;
		return 0;
	}
	bind_text(t, 1, field[1]);
	bind_time(t, 2, first);
	bind_time(t, 3, last);
	bind_text(t, 4, field[n - 1]);
	return add_row(t, err);
}

int adb_dump_packages(span text, sqlite3 *db, struct adb_dump *ret, struct err *err)
{
	struct table t;
	span line;
	int rc = open_table(&t, db,
			    "CREATE TABLE linecheck_app(_id INTEGER PRIMARY KEY, package TEXT, "
			    "first_install INTEGER, last_update INTEGER, installer TEXT)",
			    "INSERT INTO linecheck_app(package,first_install,last_update,installer)"
			    " VALUES(?1,?2,?3,?4)",
			    ret, err);
	while (rc == 0 && next_line(&text, &line))
		if (begins(line, "pkg,"))
			rc = one_package(&t, line, err);
	sqlite3_finalize(t.st);
	ret->none = !ret->rows && !ret->lost;
	return rc;
}

/* ---- usage ---- */

static int one_event(struct table *t, span line, struct err *err)
{
	int64_t ms;
	span type = pair(line, "type"), package = pair(line, "package");
	if (!number(pair(line, "time"), &ms) || !is_package(type) || !is_package(package)) {
		t->said->lost++;
		return 0;
	}
	bind_time(t, 1, ms);
	bind_text(t, 2, type);
	bind_text(t, 3, package);
	return add_row(t, err);
}

int adb_dump_usage(span text, sqlite3 *db, struct adb_dump *ret, struct err *err)
{
	struct table t;
	span line;
	bool inside = false, seen = false;
	int rc = open_table(&t, db,
			    "CREATE TABLE linecheck_usage(_id INTEGER PRIMARY KEY, time INTEGER, "
			    "type TEXT, package TEXT)",
			    "INSERT INTO linecheck_usage(time,type,package) VALUES(?1,?2,?3)", ret,
			    err);
	while (rc == 0 && next_line(&text, &line)) {
		span bare = span_from(line, indent(line));
		if (begins(bare, "Last 24 hour events ("))
			inside = seen = true;
		else if (inside && !begins(bare, "time="))
			inside = false;
		else if (inside)
			rc = one_event(&t, (span){ bare.p - 1, bare.n + 1 }, err);
	}
	sqlite3_finalize(t.st);
	ret->none = !seen;
	return rc;
}

/* ---- accounts ---- */

/* "    Account {name=N, type=T}": T is the app's own word and has no blank in it. */
static int one_account(struct table *t, span line, struct err *err)
{
	static const span mark = SPAN_INIT(", type=");
	line = span_from(line, indent(line));
	size_t at = line.n, i;
	for (i = line.p ? line.n : 0; i-- > mark.n && at == line.n;)
		if (memcmp(line.p + i - mark.n, mark.p, mark.n) == 0)
			at = i - mark.n;
	bool ok = line.p && begins(line, "Account {name=") && at >= 14 && at < line.n &&
		  line.p[line.n - 1] == '}';
	span type = ok ? span_sub(line, at + mark.n, line.n - 1) : SPAN_NONE;
	if (!ok || !is_package(type)) {
		t->said->lost++;
		return 0;
	}
	bind_text(t, 1, type);
	bind_text(t, 2, span_sub(line, 14, at));
	return add_row(t, err);
}

int adb_dump_accounts(span text, sqlite3 *db, struct adb_dump *ret, struct err *err)
{
	struct table t;
	span line;
	int64_t left = 0;
	bool seen = false;
	int rc = open_table(&t, db,
			    "CREATE TABLE linecheck_account(_id INTEGER PRIMARY KEY, type TEXT, "
			    "name TEXT)",
			    "INSERT INTO linecheck_account(type,name) VALUES(?1,?2)", ret, err);
	/* As many lines as it says, no more: behind them stand other lists. */
	while (rc == 0 && next_line(&text, &line)) {
		span bare = span_from(line, indent(line));
		if (left) {
			left--;
			rc = one_account(&t, line, err);
		} else if (begins(bare, "Accounts: ") && number(span_from(bare, 10), &left)) {
			seen = true;
			left = left < 1000 ? left : 1000;
		}
	}
	ret->lost += left;
	sqlite3_finalize(t.st);
	ret->none = !seen;
	return rc;
}

/* ---- notifications ---- */

static const char list_head[] = "  Notification List:";

/* The lines of the list, without its head; absent if there is none. */
static span list_of(span text)
{
	span line;
	while (next_line(&text, &line))
		if (span_eq(line, span_z(list_head)))
			return text;
	return SPAN_NONE;
}

/* A record's first line stands deeper than the list's head, its fields deeper than that. */
static bool is_first(span line, size_t deep)
{
	return indent(line) == deep && begins(span_from(line, deep), "NotificationRecord(0x");
}

/* The next record of a list: its first line, and all up to the next record or the list's end. */
static bool next_record(span *rest, span *ret_first, span *ret_block)
{
	span line, from;
	size_t deep;
	if (!next_line(rest, &line) || indent(line) < 3 || !is_first(line, indent(line)))
		return false;
	deep = indent(line);
	*ret_first = line;
	from = *rest;
	for (span at = *rest; next_line(&at, &line); *rest = at)
		if (line.n && indent(line) <= deep)
			break;
	*ret_block = (span){ from.p, (size_t)(rest->p - from.p) };
	return true;
}

/* Where first stands as a line of its own in text: how often, and what follows it the first time.
 */
static size_t lines_like(span text, span first, span *ret_after)
{
	size_t n = 0;
	span line;
	while (next_line(&text, &line))
		if (span_eq(line, first) && !n++)
			*ret_after = text;
	return n;
}

/* Lines of block that begin with the key, at any depth: how many, and what follows the first's
 * key. */
static size_t lines_of(span block, const char *key, span *ret_value, span *ret_next)
{
	size_t n = 0, length = strlen(key);
	span line;
	while (next_line(&block, &line)) {
		span bare = span_from(line, indent(line));
		if (!begins(bare, key) || n++)
			continue;
		*ret_value =
			(span){ bare.p + length, (size_t)(block.p + block.n - bare.p) - length };
		*ret_next = block;
	}
	return n;
}

/* Bytes of the first units UTF-16 units of s; false if it is shorter. */
static bool units_of(span s, int64_t units, size_t *ret)
{
	size_t at = 0;
	while (units > 0 && at < s.n) {
		uint32_t c = utf8_next(s, &at);
		units -= c != UTF8_BAD && c > 0xffff ? 2 : 1;
	}
	*ret = at;
	return units == 0;
}

/* The part of a line that says what it is: up to its '='. */
static span name_of(span line)
{
	const char *end = line.n ? memchr(line.p, '=', line.n) : NULL;
	return end ? (span){ line.p, (size_t)(end - line.p) + 1 } : line;
}

/* "String [length=5]" and "String (hello)": the text, or absent. *ret_lost: there is one, and it
 * cannot be told from what stands around it. */
static span text_of(span bare, span full, const char *key, bool *ret_lost)
{
	span what = SPAN_NONE, value = SPAN_NONE, after, behind, line;
	size_t n = lines_of(bare, key, &what, &after), open, end;
	int64_t units = -1;
	if (!n)
		return SPAN_NONE;
	next_line(&what, &line);
	if (span_eq(line, SPAN("null")))
		return SPAN_NONE;
	*ret_lost = true;
	if (!full.p || lines_of(full, key, &value, &behind) != n)
		return SPAN_NONE;
	for (open = 0; open < line.n && line.p[open] != ' ';)
		open++; /* the class: String, SpannableString ... */
	if (value.n < open + 2 || memcmp(value.p, line.p, open) != 0 ||
	    memcmp(value.p + open, " (", 2) != 0)
		return SPAN_NONE;
	value = span_from(value, open + 2);
	span length = span_from(line, open);
	if (begins(length, " [length=") && length.p[length.n - 1] == ']') {
		if (!number(span_sub(length, 9, length.n - 1), &units) ||
		    !units_of(value, units, &end) || end + 2 > value.n ||
		    memcmp(value.p + end, ")\n", 2) != 0)
			return SPAN_NONE;
	} else {
		const char *stop = memchr(value.p, '\n', value.n);
		span expected;
		end = stop ? (size_t)(stop - value.p) : 0;
		if (open != line.n || !end || value.p[--end] != ')' ||
		    !next_line(&after, &expected) || behind.n < name_of(expected).n ||
		    memcmp(behind.p, name_of(expected).p, name_of(expected).n) != 0)
			return SPAN_NONE;
	}
	*ret_lost = false;
	return (span){ value.p, end };
}

static int64_t time_of(span block)
{
	static const char *const keys[] = { "mUpdateTimeMs=", "mCreationTimeMs=" };
	for (size_t i = 0; i < 2; i++) {
		span value, after, line;
		int64_t ms;
		if (lines_of(block, keys[i], &value, &after) == 1 && next_line(&value, &line) &&
		    number(line, &ms) && ms > 0)
			return ms;
	}
	return 0;
}

/* The block in the full list: first must stand in it once. */
static span full_of(span full, span first, span next)
{
	span after = SPAN_NONE, end = SPAN_NONE;
	if (!full.p || lines_like(full, first, &after) != 1)
		return SPAN_NONE;
	if (!next.p)
		return after;
	if (lines_like(full, next, &end) != 1 || end.p < after.p)
		return SPAN_NONE;
	return (span){ after.p, (size_t)(end.p - after.p) };
}

static int one_notification(struct table *t, span first, span block, span full, struct err *err)
{
	bool no_title = false, no_text = false;
	span package = pair(first, "pkg");
	if (!is_package(package)) {
		t->said->lost++;
		return 0;
	}
	bind_text(t, 1, package);
	bind_time(t, 2, time_of(block));
	bind_text(t, 3, text_of(block, full, "android.title=", &no_title));
	bind_text(t, 4, text_of(block, full, "android.text=", &no_text));
	bool lost = no_title || no_text;
	t->said->texts += lost;
	bind_text(t, 5,
		  lost ? SPAN("a text that could not be told from what stands around it")
		       : SPAN_NONE);
	return add_row(t, err);
}

int adb_dump_notifications(span redacted, span full, sqlite3 *db, struct adb_dump *ret,
			   struct err *err)
{
	struct table t;
	span first, block, next, next_block, rest = list_of(redacted);
	size_t ignored;
	int rc = open_table(&t, db,
			    "CREATE TABLE linecheck_notification(_id INTEGER PRIMARY KEY, time "
			    "INTEGER, package TEXT, title TEXT, text TEXT, lost TEXT)",
			    "INSERT INTO linecheck_notification(package,time,title,text,lost) "
			    "VALUES(?1,?2,?3,?4,?5)",
			    ret, err);
	ret->none = !find(redacted, SPAN("Current Notification Manager state"), &ignored);
	full = list_of(full);
	bool more = rest.p && next_record(&rest, &first, &block);
	while (rc == 0 && more) {
		more = next_record(&rest, &next, &next_block);
		rc = one_notification(&t, first, block,
				      full_of(full, first, more ? next : SPAN_NONE), err);
		first = next;
		block = next_block;
	}
	sqlite3_finalize(t.st);
	return rc;
}

/* ---- a parcel ---- */

static bool hex8(span s, uint32_t *ret)
{
	uint32_t v = 0;
	if (s.n < 8)
		return false;
	for (size_t i = 0; i < 8; i++) {
		char c = s.p[i];
		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return false;
		v = v << 4 | (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*ret = v;
	return true;
}

bool adb_dump_parcel(span text, char out[static 32])
{
	uint32_t word[24] = { 0 }, n = 0, v;
	size_t at;
	if (!find(text, SPAN("Result: Parcel("), &at))
		return false;
	/* words of eight digits; "0x00000010:" before a line of them is none, nor is what stands in
	 * quotes */
	bool quoted = false;
	for (text = span_from(text, at + 15); text.n && n < 24; text = span_from(text, 1)) {
		quoted ^= *text.p == '\'';
		if (quoted)
			continue;
		if (begins(text, "0x")) {
			text = span_from(text, 9);
		} else if (hex8(text, &v)) {
			word[n++] = v;
			text = span_from(text, 7);
		}
		if (!text.n)
			break;
	}
	/* no exception, the length, two digits a word */
	if (n < 2 || word[0] != 0 || word[1] == 0 || word[1] > 20 || n < 2 + (word[1] + 1) / 2)
		return false;
	for (uint32_t i = 0; i < word[1]; i++) {
		uint32_t c = word[2 + i / 2] >> (i % 2 ? 16 : 0) & 0xffff;
		if (c < '0' || c > '9')
			return false;
		out[i] = (char)c;
	}
	out[word[1]] = 0;
	return true;
}

bool adb_dump_imei(const char *digits)
{
	int sum = 0;
	if (strlen(digits) != 15)
		return false;
	for (int i = 0; i < 15; i++) {
		int d = digits[i] - '0';
		if (d < 0 || d > 9)
			return false;
		if (i % 2)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return sum % 10 == 0;
}
