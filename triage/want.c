/*
 * want.c - see want.h
 *
 * Every file of a phone is asked about, half a million of them, against a few hundred globs. What
 * stands after a glob's last '*' or '?' is its tail, and a path can only match if it ends with it:
 * globs are kept by the last byte of their tail, and the tail is compared before the glob is tried.
 */
#include "want.h"
#include <openssl/evp.h>
#include <stdlib.h>

const char *const want_side_ends[SIDES] = { "-wal", "-journal", "-shm" };

struct glob {
	const char *pattern;
	span tail;
	const struct parser *parser; /* or: */
	const struct app *store;
	size_t next; /* in the same bucket, in order; 0 ends (index + 1) */
};

struct wants {
	const struct parser *const *parsers;
	unsigned kinds;
	struct glob *glob;
	size_t globs;
	size_t first[256], last[256]; /* by the lower-cased last byte of the tail, index + 1 */
	struct want_exact *exact;
	size_t exacts;
};

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool ends_with(span s, span tail)
{
	return s.n >= tail.n && span_eq_nocase((span){ s.p + (s.n - tail.n), tail.n }, tail);
}

static span tail_of(const char *pattern)
{
	span s = span_z(pattern);
	size_t at = s.n;
	while (at && s.p[at - 1] != '*' && s.p[at - 1] != '?')
		at--;
	return span_from(s, at);
}

bool want_backup_id(span domain, span path, unsigned char id[static 20])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	bool ok = ctx && EVP_DigestInit_ex(ctx, EVP_sha1(), NULL) == 1 &&
		  EVP_DigestUpdate(ctx, domain.p, domain.n) == 1 &&
		  EVP_DigestUpdate(ctx, "-", 1) == 1 &&
		  EVP_DigestUpdate(ctx, path.p, path.n) == 1 &&
		  EVP_DigestFinal_ex(ctx, raw, &n) == 1 && n == 20;
	EVP_MD_CTX_free(ctx);
	if (ok)
		memcpy(id, raw, 20);
	return ok;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	unsigned char l = lower(c);
	return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

bool want_hex_id(span name, unsigned char id[static 20])
{
	unsigned char out[20];
	if (name.n != 40)
		return false;
	for (size_t i = 0; i < 40; i++) {
		int d = hex_digit(name.p[i]);
		if (d < 0)
			return false;
		out[i / 2] = (unsigned char)(i % 2 ? (out[i / 2] << 4 | d) : d);
	}
	memcpy(id, out, sizeof out);
	return true;
}

/* ---- building ---- */

static void glob_add(struct wants *w, const char *pattern, const struct parser *parser,
		     const struct app *store)
{
	struct glob *g = &w->glob[w->globs++];
	*g = (struct glob){ pattern, tail_of(pattern), parser, store, 0 };
	unsigned char last = g->tail.n ? lower(g->tail.p[g->tail.n - 1]) : 0;
	if (w->last[last])
		w->glob[w->last[last] - 1].next = w->globs;
	else
		w->first[last] = w->globs;
	w->last[last] = w->globs;
}

/* An exact backup path has no wildcard and begins with a domain. */
static bool is_exact(const char *pattern)
{
	const char *slash = strchr(pattern, '/');
	if (!slash || strpbrk(pattern, "*?"))
		return false;
	for (const char *p = pattern; p + 6 <= slash; p++)
		if (memcmp(p, "Domain", 6) == 0)
			return true;
	return false;
}

static int exact_add(struct wants *w, const char *pattern, struct err *err)
{
	const char *slash = strchr(pattern, '/');
	for (int side = -1; side < SIDES; side++) {
		char path[512];
		span rest = span_z(slash + 1);
		span end = side < 0 ? SPAN("") : span_z(want_side_ends[side]);
		if (rest.n + end.n > sizeof path)
			return err_set(err, E_LIMIT, "The path '%s' of a parser is too long.",
				       pattern);
		memcpy(path, rest.p, rest.n);
		memcpy(path + rest.n, end.p, end.n);
		struct want_exact *x = &w->exact[w->exacts];
		*x = (struct want_exact){ .path = pattern, .side = side };
		span domain = { pattern, (size_t)(slash - pattern) };
		if (!want_backup_id(domain, (span){ path, rest.n + end.n }, x->id))
			return err_set(err, E_IO, "OpenSSL could not compute a SHA-1.");
		w->exacts++;
	}
	return 0;
}

static int by_id(const void *a, const void *b)
{
	const struct want_exact *x = a, *y = b;
	int c = memcmp(x->id, y->id, sizeof x->id);
	return c ? c : strcmp(x->path, y->path);
}

#define FILES_MAX (sizeof((struct parser *)0)->files / sizeof(char *))

bool want_in_scope(const struct wants *w, const struct parser *p)
{
	return !w->kinds || p->kinds & w->kinds;
}

int wants_new(struct wants **ret, const struct parser *const *list, unsigned kinds, struct err *err)
{
	size_t n = 0;
	for (const struct parser *const *p = list; *p; p++)
		n += FILES_MAX;
	struct wants *w = calloc(1, sizeof *w);
	if (w) {
		w->parsers = list;
		w->kinds = kinds;
		w->glob = calloc(n + apps_count() + 1, sizeof *w->glob);
		w->exact = calloc((n + 1) * (SIDES + 1), sizeof *w->exact);
	}
	if (!w || !w->glob || !w->exact) {
		wants_free(w);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	for (const struct parser *const *p = list; *p; p++)
		for (size_t i = 0; i < FILES_MAX && (*p)->files[i]; i++) {
			glob_add(w, (*p)->files[i], *p, NULL);
			int rc = want_in_scope(w, *p) && is_exact((*p)->files[i])
					 ? exact_add(w, (*p)->files[i], err)
					 : 0;
			if (rc) {
				wants_free(w);
				return rc;
			}
		}
	for (size_t i = 0; i < apps_count(); i++)
		if (apps[i].store)
			glob_add(w, apps[i].store, NULL, &apps[i]);
	qsort(w->exact, w->exacts, sizeof *w->exact, by_id);
	/* two parsers may name the same file */
	size_t kept = 0;
	for (size_t i = 0; i < w->exacts; i++)
		if (kept == 0 || memcmp(w->exact[i].id, w->exact[kept - 1].id, 20) != 0)
			w->exact[kept++] = w->exact[i];
	w->exacts = kept;
	*ret = w;
	return 0;
}

void wants_free(struct wants *w)
{
	if (!w)
		return;
	free(w->glob);
	free(w->exact);
	free(w);
}

/* ---- asking ---- */

static void take(const struct wants *w, struct want *t, const struct glob *g)
{
	if (g->store) {
		t->store = t->store ? t->store : g->store;
		return;
	}
	if (!want_in_scope(w, g->parser)) {
		t->outside = t->outside ? t->outside : g->parser;
		return;
	}
	for (size_t i = 0; i < t->parsers; i++)
		if (t->parser[i] == g->parser)
			return;
	if (t->parsers < WANT_PARSERS)
		t->parser[t->parsers++] = g->parser;
}

static void try_bucket(const struct wants *w, size_t first, span slashed, struct want *t)
{
	for (size_t i = first; i; i = w->glob[i - 1].next) {
		const struct glob *g = &w->glob[i - 1];
		if (ends_with(slashed, g->tail) &&
		    (parser_glob(g->pattern, span_from(slashed, 1)) ||
		     parser_glob(g->pattern, slashed)))
			take(w, t, g);
	}
}

/* Android's backups name an app's folders shorter than the phone: apps/PACKAGE/db/x is
 * PACKAGE/databases/x there. "d_": of the storage that is open before the first unlocking. */
static void try_backup(const struct wants *w, span slashed, struct want *t)
{
	static const char *const folders[][2] = {
		{ "db", "databases" },   { "sp", "shared_prefs" },   { "f", "files" },
		{ "d_db", "databases" }, { "d_sp", "shared_prefs" }, { "d_f", "files" }
	};
	static const span apps_folder = SPAN_INIT("/apps/");
	char fixed[1024];
	size_t at = 0, n = 0;
	while (at + apps_folder.n < slashed.n &&
	       memcmp(slashed.p + at, apps_folder.p, apps_folder.n) != 0)
		at++;
	if (at + apps_folder.n >= slashed.n || slashed.n + 16 > sizeof fixed)
		return;
	size_t package = at + apps_folder.n, end = package;
	while (end < slashed.n && slashed.p[end] != '/')
		end++;
	size_t folder = end < slashed.n ? end + 1 : end, stop = folder;
	while (stop < slashed.n && slashed.p[stop] != '/')
		stop++;
	span short_name = { slashed.p + folder, stop - folder };
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (span_eq(short_name, span_z(folders[i][0]))) {
			size_t long_n = strlen(folders[i][1]);
			memcpy(fixed, slashed.p, folder);
			memcpy(fixed + folder, folders[i][1], long_n);
			memcpy(fixed + folder + long_n, slashed.p + stop, slashed.n - stop);
			n = folder + long_n + slashed.n - stop;
		}
	if (!n)
		return;
	try_bucket(w, w->first[lower(fixed[n - 1])], (span){ fixed, n }, t);
	try_bucket(w, w->first[0], (span){ fixed, n }, t);
}

bool want_path(const struct wants *w, span path, struct want *ret)
{
	char fixed[1024], *p = fixed;
	*ret = (struct want){ 0 };
	if (!path.n || path.n > 65536)
		return false;
	if (path.n + 1 > sizeof fixed && !(p = malloc(path.n + 1)))
		return false;
	p[0] = '/';
	for (size_t i = 0; i < path.n; i++)
		p[i + 1] = path.p[i];
	span slashed = { p, path.n + 1 };
	if (!memchr(path.p, '/', path.n)) /* an archive packed on Windows */
		for (size_t i = 1; i < slashed.n; i++)
			if (p[i] == '\\')
				p[i] = '/';
	try_bucket(w, w->first[lower(slashed.p[slashed.n - 1])], slashed, ret);
	try_bucket(w, w->first[0], slashed, ret); /* globs that end in a wildcard */
	if (!ret->parsers && !ret->store && !ret->outside)
		try_backup(w, slashed, ret);
	if (p != fixed)
		free(p);
	if (ret->parsers)
		ret->outside = NULL;
	if (ret->parsers || ret->outside)
		ret->store = NULL;
	return ret->parsers || ret->store || ret->outside;
}

bool want_side(span path, span *ret_main, enum want_side *ret_side)
{
	for (int i = 0; i < SIDES; i++) {
		span end = span_z(want_side_ends[i]);
		if (path.n > end.n && memcmp(path.p + path.n - end.n, end.p, end.n) == 0) {
			*ret_main = (span){ path.p, path.n - end.n };
			*ret_side = (enum want_side)i;
			return true;
		}
	}
	return false;
}

size_t want_exacts(const struct wants *w)
{
	return w->exacts;
}

const struct want_exact *want_exact_at(const struct wants *w, size_t i)
{
	return &w->exact[i];
}

static int id_against(const void *key, const void *element)
{
	return memcmp(key, ((const struct want_exact *)element)->id, 20);
}

const struct want_exact *want_exact_find(const struct wants *w, const unsigned char id[static 20])
{
	return w->exacts ? bsearch(id, w->exact, w->exacts, sizeof *w->exact, id_against) : NULL;
}

const struct parser *const *wants_parsers(const struct wants *w)
{
	return w->parsers;
}
