/* lines_installed.c - see lines_installed.h */
#include "lines_installed.h"
#include "chain.h"
#include "pack.h"
#include "small_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define EVERYBODYS "/var/lib/linecheck/lines"
#define FILE_MAX ((size_t)1 << 30)
#define DAY INT64_C(86400000)
#define HUGE_PAGE ((size_t)2 << 20)

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS log(seq INTEGER PRIMARY KEY, entry TEXT NOT NULL, signature "
	"BLOB);CREATE TABLE IF NOT EXISTS log_text(seq INTEGER NOT NULL, field TEXT NOT NULL, salt "
	"BLOB NOT NULL, text TEXT, PRIMARY KEY (seq, field)) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS seen(unit TEXT PRIMARY KEY, number INTEGER NOT NULL)";

bool lines_installed_dir(char *ret, size_t cap)
{
	struct stat st;
	const char *named = getenv("LINECHECK_LINES"), *home = getenv("HOME");
	if (stat(EVERYBODYS, &st) == 0)
		return snprintf(ret, cap, "%s", EVERYBODYS) < (int)cap;
	if (named && *named)
		return snprintf(ret, cap, "%s", named) < (int)cap;
	return home && *home &&
	       snprintf(ret, cap, "%s/.local/share/linecheck/lines", home) < (int)cap;
}

/* Read whole into memory of just its size. */
static int read_file(const char *dir, char **ret, size_t *ret_n, struct err *err)
{
	char path[4200];
	struct stat st;
	snprintf(path, sizeof path, "%s/lines", dir);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return err_set(err, E_ABSENT, "No pack of lines is installed.");
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < 0 ||
	    (uint64_t)st.st_size > FILE_MAX) {
		int why = errno;
		if (fd >= 0)
			close(fd);
		return err_set(err, E_IO, "The installed list '%.200s' cannot be read: %s.", path,
			       fd < 0 ? strerror(why) : "it is not what it should be");
	}
	size_t n = (size_t)st.st_size, got = 0;
	void *whole = NULL;
	size_t page = n < HUGE_PAGE ? 64 : HUGE_PAGE;
	char *bytes = posix_memalign(&whole, page, n + 1) ? NULL : whole;
	if (bytes && page == HUGE_PAGE) /* look-ups go all over it: fewer, larger pages */
		madvise(bytes, n / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
	ssize_t r = 1;
	while (bytes && got < n && ((r = read(fd, bytes + got, n - got)) > 0 || errno == EINTR))
		got += r > 0 ? (size_t)r : 0;
	close(fd);
	if (!bytes || got != n) {
		free(bytes);
		return err_set(err, bytes ? E_IO : E_NOMEM,
			       "The installed list '%.200s' cannot be read.", path);
	}
	*ret = bytes;
	*ret_n = n;
	return 0;
}

static int check_time(const struct linepack_about *a, int64_t now, struct err *err)
{
	char day[25];
	time_format(a->expires, day);
	day[10] = 0;
	if (a->issued > now + PACK_CLOCK_SLACK_MS)
		return err_set(
			err, E_REFUSED,
			"The installed pack %llu is from the future. Set this machine's clock "
			"right.",
			(unsigned long long)a->number);
	if (now >= a->expires)
		return err_set(
			err, E_REFUSED,
			"The installed pack %llu of lines is %lld days old and expired on %s. "
			"Install a newer one, or scan with --no-lines: no number is then "
			"compared with known lines.",
			(unsigned long long)a->number, (long long)((now - a->issued) / DAY), day);
	return 0;
}

int lines_installed_load(struct lines **ret, const char *dir, const struct trust *t,
			 const unsigned char *key, int64_t now, struct err *err)
{
	char *bytes;
	size_t n;
	struct lines *l;
	int rc = read_file(dir, &bytes, &n, err);
	if (!rc)
		rc = lines_of_pack(&l, bytes, n, t, key, err);
	if (rc)
		return rc;
	rc = check_time(lines_about(l), now, err);
	if (rc)
		lines_free(l);
	else
		*ret = l;
	return rc;
}

int lines_installed_about(const char *dir, const struct trust *t, struct linepack_about *ret,
			  struct err *err)
{
	char *bytes;
	size_t n;
	span head, contents;
	int rc = read_file(dir, &bytes, &n, err);
	if (rc)
		return rc;
	rc = linepack_verify((span){ bytes, n }, t, ret, &head, &contents, err);
	if (!rc)
		rc = linepack_verify_content(ret, contents, err);
	free(bytes);
	return rc;
}

/* ---- installing ---- */

struct install {
	const struct lines_install *o;
	const char *dir;
	sqlite3 *db;
	char *old;
	size_t old_n;
	struct linepack_about had; /* number 0: nothing is installed */
	int64_t seen;
	struct err *err;
};

static int failed(struct install *s)
{
	return err_set(s->err, E_IO,
		       "The folder of the installed lines '%.150s' cannot be used: %s.", s->dir,
		       sqlite3_errmsg(s->db));
}

static int make_folder(const char *dir, struct err *err)
{
	char path[4200];
	snprintf(path, sizeof path, "%s", dir);
	for (char *p = path + 1;; p++) {
		char c = *p;
		if (c && c != '/')
			continue;
		*p = 0;
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			return err_set(err, E_IO, "The folder '%.200s' cannot be made: %s.", path,
				       strerror(errno));
		*p = c;
		if (!c)
			return 0;
	}
}

static int open_log(struct install *s)
{
	char path[4200];
	snprintf(path, sizeof path, "%s/log.db", s->dir);
	if (sqlite3_open_v2(path, &s->db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW |
				    SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK)
		return failed(s);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_busy_timeout(s->db, 5000);
	return sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
			       sqlite3_exec(s->db, schema, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : failed(s);
}

/* What is installed now, and the highest number seen of the unit. */
static int read_had(struct install *s, const char *unit)
{
	sqlite3_stmt *st;
	span head, contents;
	struct err none = { 0 };
	int rc = read_file(s->dir, &s->old, &s->old_n, &none);
	if (!rc &&
	    (linepack_verify((span){ s->old, s->old_n }, NULL, &s->had, &head, &contents, NULL) ||
	     linepack_verify_content(&s->had, contents, NULL)))
		s->had = (struct linepack_about){ 0 }; /* damaged: a full pack replaces it */
	if (sqlite3_prepare_v2(s->db, "SELECT number FROM seen WHERE unit=?1", -1, &st, NULL) !=
	    SQLITE_OK)
		return failed(s);
	sqlite3_bind_text(st, 1, unit, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW)
		s->seen = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return 0;
}

static int check_order(struct install *s, const struct pack_head *h, bool *ret_same)
{
	const struct linepack_about *had = &s->had;
	unsigned long long number = h->number, last = had->number;
	*ret_same = false;
	bool other = had->number && strcmp(had->unit, h->unit) != 0;
	if (!other && !had->number && (uint64_t)s->seen > h->number)
		last = (unsigned long long)s->seen;
	if (s->o->rollback)
		return 0;
	if (other)
		return err_set(
			s->err, E_REFUSED,
			"The installed pack is of another unit (%s). A supervisor decides to "
			"change: --second, --reason.",
			had->unit);
	if (number < last)
		return err_set(
			s->err, E_REFUSED,
			"Pack %llu is older than pack %llu, which this machine has seen. Only "
			"a supervisor goes back: --second, --reason.",
			number, last);
	*ret_same = had->number && number == last;
	return 0;
}

/* The number that is installed, once more: the same list, or the unit gave one number twice. */
static int check_same(struct install *s, span body, struct linepack_about *ret)
{
	span head, contents;
	int rc = linepack_verify(body, s->o->trust, ret, &head, &contents, s->err);
	if (!rc && strcmp(ret->content, s->had.content) != 0)
		rc = err_set(s->err, E_REFUSED,
			     "Another pack %llu is installed: the unit gave two packs one number. "
			     "Ask it for a newer one.",
			     (unsigned long long)ret->number);
	return rc;
}

/* The signed list as it is kept: head of the body, full contents. */
static int put_together(struct install *s, const struct pack_head *h, span body, struct buf *ret,
			struct linepack_about *about)
{
	span head, contents, had_head, had_contents;
	struct linepack *a = NULL, *b = NULL;
	struct linepack_about had;
	int rc = linepack_verify(body, s->o->trust, about, &head, &contents, s->err);
	if (!rc && (about->number != h->number || strcmp(about->unit, h->unit) != 0 ||
		    about->issued != h->issued || about->expires != h->expires))
		rc = err_set(s->err, E_FORMAT,
			     "The pack and the list in it do not say the same: the unit made it "
			     "wrongly.");
	if (!rc)
		rc = linepack_open(&b, contents, s->err);
	if (!rc && linepack_delta(b) != (h->base != 0))
		rc = err_set(s->err, E_FORMAT, "The pack is not of the form that it says.");
	buf_add(ret, rc ? SPAN("") : head);
	if (!rc && !h->base)
		buf_add(ret, contents);
	else if (!rc && (s->had.number != h->base || strcmp(s->had.unit, h->unit) != 0))
		rc = err_set(s->err, E_USER,
			     s->had.number
				     ? "Pack %llu stands on pack %llu, but pack %llu is "
				       "installed. Install those between first, or get a full "
				       "one."
				     : "Pack %llu stands on pack %llu, and none is installed. "
				       "Get a full one.%.0llu",
			     (unsigned long long)h->number, (unsigned long long)h->base,
			     (unsigned long long)s->had.number);
	else if (!rc) {
		rc = linepack_verify((span){ s->old, s->old_n }, NULL, &had, &had_head,
				     &had_contents, s->err);
		if (!rc)
			rc = linepack_open(&a, had_contents, s->err);
		if (!rc)
			rc = linepack_apply(a, b, ret, s->err);
	}
	if (!rc && ret->failed)
		rc = err_set(s->err, E_NOMEM, "Memory ran out.");
	linepack_free(a);
	linepack_free(b);
	struct linepack *whole = NULL;
	span full = span_from(buf_span(ret), rc ? 0 : head.n);
	if (!rc)
		rc = linepack_verify_content(about, full, s->err);
	if (!rc)
		rc = linepack_open(&whole, full, s->err);
	linepack_free(whole);
	return rc;
}

static int note(struct install *s, const struct linepack_about *about)
{
	const struct lines_install *o = s->o;
	const struct chain_text texts[] = { { "why", o->why }, { NULL, NULL } };
	sqlite3_stmt *st;
	json_t *j = json_pack("{s:s,s:s,s:I,s:s,s:I,s:s}", "content", about->content, "second",
			      o->second ? o->second : "", "number", (json_int_t)about->number,
			      "unit", about->unit, "was", (json_int_t)s->had.number, "what",
			      s->had.number > about->number ? "rollback" : "install");
	int rc = chain_append(s->db, o->by, o->now, j, texts, s->err);
	if (rc)
		return rc;
	if (sqlite3_prepare_v2(s->db,
			       "INSERT INTO seen VALUES(?1,?2) ON CONFLICT(unit) DO UPDATE SET "
			       "number=max(number,?2)",
			       -1, &st, NULL) != SQLITE_OK)
		return failed(s);
	sqlite3_bind_text(st, 1, about->unit, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, (sqlite3_int64)about->number);
	int step = sqlite3_step(st);
	sqlite3_finalize(st);
	return step == SQLITE_DONE ? 0 : failed(s);
}

static int install(struct install *s, span pack, struct linepack_about *about, bool *ret_same)
{
	struct buf body = { 0 }, whole = { 0 };
	struct pack_head h;
	char path[4200];
	int rc = pack_open(&body, &h, pack, s->o->trust, s->o->reader, s->o->now, s->err);
	if (!rc && h.kind != PACK_LINES)
		rc = err_set(s->err, E_USER, "This is a pack of %s, not of lines.",
			     pack_kind_word(h.kind));
	if (!rc)
		rc = make_folder(s->dir, s->err);
	if (!rc)
		rc = open_log(s);
	if (!rc)
		rc = read_had(s, h.unit);
	if (!rc)
		rc = check_order(s, &h, ret_same);
	if (!rc && *ret_same)
		rc = check_same(s, buf_span(&body), about);
	else if (!rc)
		rc = put_together(s, &h, buf_span(&body), &whole, about);
	buf_free(&body);
	/* The list first: a stop before the log leaves a list that counts and is found again. */
	snprintf(path, sizeof path, "%s/lines", s->dir);
	if (!rc && !*ret_same)
		rc = small_file_replace(AT_FDCWD, path, buf_span(&whole), 0644, s->err);
	/* A stop came between the two: the log still lacks it. */
	if (!rc && (!*ret_same || s->seen < (int64_t)about->number))
		rc = note(s, about);
	if (!rc && sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		rc = failed(s);
	buf_free(&whole);
	return rc;
}

int lines_installed_put(const char *dir, span pack, const struct lines_install *o,
			struct linepack_about *ret, bool *ret_same, struct err *err)
{
	struct install s = { .o = o, .dir = dir, .err = err };
	int rc = install(&s, pack, ret, ret_same);
	sqlite3_close(s.db);
	free(s.old);
	return rc;
}
