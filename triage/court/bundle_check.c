/* bundle_check.c - see bundle_check.h */
#include "bundle_check.h"
#include "cms.h"
#include "hex.h"
#include "seals.h"
#include "small_file.h"
#include "stamp.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#define MANIFEST_MAX ((size_t)64 << 20)
#define BESIDE_MAX ((size_t)4 << 20)
#define LINE_HEAD 66 /* digits and two spaces */

struct check {
	const char *dir;
	const struct bundle_checks *asked;
	bundle_bad_fn *bad;
	void *user;
	struct bundle_result *ret;
	struct buf manifest;
	span *paths; /* of the manifest, ascending */
	size_t n;
	char certificate[65]; /* of the CMS signature, if it holds */
	bool request;
	int64_t wrong;
	char path[4400], words[600];
};

__attribute__((format(printf, 2, 3))) static void wrong(struct check *k, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(k->words, sizeof k->words, format, args);
	va_end(args);
	k->wrong++;
	k->bad(k->user, k->words);
}

static const char *in_dir(struct check *k, const char *name, size_t n)
{
	snprintf(k->path, sizeof k->path, "%s/%.*s", k->dir, (int)n, name);
	return k->path;
}

bool bundle_is(const char *dir)
{
	char path[4400];
	snprintf(path, sizeof path, "%s/" BUNDLE_MANIFEST, dir);
	return access(path, F_OK) == 0;
}

static int compare(span a, span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = memcmp(a.p, b.p, n);
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int by_span(const void *a, const void *b)
{
	return compare(*(const span *)a, *(const span *)b);
}

/* One file of the list against its digest. */
static void check_file(struct check *k, span line)
{
	char hash[65];
	struct err why = { 0 };
	span path = span_from(line, LINE_HEAD);
	if (bundle_sha256(in_dir(k, path.p, path.n), hash, &why)) {
		wrong(k, "%.*s is listed and is not there, or cannot be read.", (int)path.n,
		      path.p);
		return;
	}
	if (memcmp(hash, line.p, 64) != 0)
		wrong(k, "%.*s was changed: its SHA-256 is %s now.", (int)path.n, path.p, hash);
	else
		k->ret->files++;
}

static bool is_line(span line)
{
	unsigned char hash[32];
	return line.n > LINE_HEAD && hex_read(hash, sizeof hash, (span){ line.p, 64 }) &&
	       line.p[64] == ' ' && line.p[65] == ' ' && bundle_path(span_from(line, LINE_HEAD));
}

static int read_manifest(struct check *k, struct err *err)
{
	size_t room = 0;
	span all = buf_span(&k->manifest);
	for (size_t at = 0; at < all.n;) {
		const char *end = memchr(all.p + at, '\n', all.n - at);
		span line = { all.p + at, end ? (size_t)(end - all.p) - at : 0 };
		if (!end || !is_line(line) ||
		    (k->n && compare(k->paths[k->n - 1], span_from(line, LINE_HEAD)) >= 0))
			return err_set(err, E_FORMAT,
				       "'%s/" BUNDLE_MANIFEST "' is damaged at byte %zu: it is not "
				       "a list as linecheck writes it.",
				       k->dir, at);
		if (k->n == room) {
			room = room ? 2 * room : 64;
			span *more = realloc(k->paths, room * sizeof *more);
			if (!more)
				return err_set(err, E_NOMEM, "Memory ran out.");
			k->paths = more;
		}
		k->paths[k->n++] = span_from(line, LINE_HEAD);
		check_file(k, line);
		at += line.n + 1;
	}
	return 0;
}

static bool is_beside(const char *name)
{
	static const char *const beside[] = { BUNDLE_MANIFEST, BUNDLE_SIGNATURE, BUNDLE_SIGNER,
					      BUNDLE_CMS,      BUNDLE_REQUEST,   BUNDLE_TOKEN };
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
		if (strcmp(name, beside[i]) == 0)
			return true;
	return false;
}

static void check_entry(struct check *k, const char *folder, const struct dirent *d, int type)
{
	char path[800];
	snprintf(path, sizeof path, "%s%s%s", folder, *folder ? "/" : "", d->d_name);
	span s = span_z(path);
	if ((!*folder && is_beside(d->d_name) && type == DT_REG) ||
	    (k->n && bsearch(&s, k->paths, k->n, sizeof s, by_span)))
		return;
	wrong(k, "%s was added: it is not in the list.", path);
}

/* Is this the folder of a listed file? */
static bool is_folder(const struct check *k, const char *name)
{
	size_t n = strlen(name);
	for (size_t i = 0; i < k->n; i++)
		if (k->paths[i].n > n && memcmp(k->paths[i].p, name, n) == 0 &&
		    k->paths[i].p[n] == '/')
			return true;
	return false;
}

/* Some file systems leave the type out of the listing. */
static int type_of(DIR *d, const struct dirent *e)
{
	struct stat st;
	if (e->d_type != DT_UNKNOWN || fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return e->d_type;
	return S_ISREG(st.st_mode) ? DT_REG : S_ISDIR(st.st_mode) ? DT_DIR : DT_UNKNOWN;
}

static int walk(struct check *k, const char *folder, struct err *err)
{
	char path[4700];
	int rc = 0;
	snprintf(path, sizeof path, "%s%s%s", k->dir, *folder ? "/" : "", folder);
	DIR *d = opendir(path);
	if (!d)
		return err_set(err, E_IO, "The folder '%s' cannot be read: %s.", path,
			       strerror(errno));
	for (struct dirent *e; !rc && (e = readdir(d));) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		int type = type_of(d, e);
		if (!*folder && type == DT_DIR && is_folder(k, e->d_name))
			rc = walk(k, e->d_name, err);
		else
			check_entry(k, folder, e, type);
	}
	closedir(d);
	return rc;
}

static int beside(struct check *k, const char *name, struct buf *ret, struct err *err)
{
	buf_clear(ret);
	return small_file_read(AT_FDCWD, in_dir(k, name, strlen(name)), BESIDE_MAX, ret, NULL, err);
}

/* The 32 bytes of the key in SIGNER.pem, which must be spelled as bundle_pem() does. */
static bool read_pem(span pem, unsigned char ret[static KEY_PUBLIC])
{
	/* the last 43 digits of base64 and '=' are the key's: decode by trying the one spelling */
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	static const char head[] = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA";
	struct buf again = { 0 };
	if (pem.n < sizeof head - 1 + 44 || memcmp(pem.p, head, sizeof head - 1) != 0)
		return false;
	unsigned bits = 0;
	size_t have = 0, n = 0;
	for (size_t i = sizeof head - 1; i < sizeof head - 1 + 43; i++) {
		const char *d = pem.p[i] ? strchr(digits, pem.p[i]) : NULL;
		if (!d)
			return false;
		bits = (bits << 6 | (unsigned)(d - digits)) & 0xffffff;
		have += 6;
		if (have >= 8 && n < KEY_PUBLIC) {
			have -= 8;
			ret[n++] = (unsigned char)(bits >> have);
		}
	}
	bundle_pem(ret, &again);
	bool same = n == KEY_PUBLIC && span_eq(buf_span(&again), pem);
	buf_free(&again);
	return same;
}

static void check_signature(struct check *k)
{
	unsigned char public[KEY_PUBLIC];
	struct buf pem = { 0 }, signature = { 0 };
	int no_pem = beside(k, BUNDLE_SIGNER, &pem, NULL);
	int no_signature = beside(k, BUNDLE_SIGNATURE, &signature, NULL);
	if (no_pem == E_ABSENT && no_signature == E_ABSENT) {
		if (k->asked->signer)
			wrong(k, "There is no signature.");
	} else if (no_pem || no_signature || !read_pem(buf_span(&pem), public) ||
		   signature.n != KEY_SIGNATURE) {
		wrong(k, "The signature (" BUNDLE_SIGNATURE ", " BUNDLE_SIGNER
			 ") is damaged or not whole.");
	} else if (key_verify(public, BUNDLE_CONTEXT, buf_span(&k->manifest),
			      (const unsigned char *)signature.data, NULL)) {
		wrong(k, "The signature does not belong to this list and this key.");
	} else {
		k->ret->is_signed = true;
		key_id(public, k->ret->key);
		hex_write(k->ret->public_key, public, sizeof public);
		if (k->asked->signer && strcmp(k->asked->signer, k->ret->public_key) != 0)
			wrong(k, "It is signed by another key than the one given: %s.",
			      k->ret->public_key);
	}
	buf_free(&pem);
	buf_free(&signature);
}

static void check_cms(struct check *k)
{
	struct buf der = { 0 }, name = { 0 };
	struct err why = { 0 };
	int rc = beside(k, BUNDLE_CMS, &der, NULL);
	if (rc == E_ABSENT) {
		if (k->asked->cms_ca)
			wrong(k, "There is no CMS signature.");
		return;
	}
	if (!rc)
		rc = cms_check(buf_span(&der), buf_span(&k->manifest), k->asked->cms_ca, &name,
			       k->certificate, &why);
	if (rc)
		wrong(k, "%s", why.code ? why.message : "The CMS signature cannot be read.");
	k->ret->cms = rc == 0;
	snprintf(k->ret->cms_name, sizeof k->ret->cms_name, "%.*s", (int)name.n,
		 name.data ? name.data : "");
	buf_free(&der);
	buf_free(&name);
}

static void check_stamp(struct check *k)
{
	struct buf bytes = { 0 }, expect = { 0 };
	struct err why = { 0 };
	int rc = beside(k, BUNDLE_REQUEST, &bytes, NULL);
	k->request = rc == 0;
	if (rc != E_ABSENT && (rc || stamp_request(buf_span(&k->manifest), &expect, NULL) ||
			       !span_eq(buf_span(&bytes), buf_span(&expect))))
		wrong(k, BUNDLE_REQUEST " is not the request for this list.");
	rc = beside(k, BUNDLE_TOKEN, &bytes, NULL);
	if (rc == E_ABSENT && k->asked->stamp_ca)
		wrong(k, "There is no time stamp (" BUNDLE_TOKEN ").");
	if (!rc)
		rc = stamp_check(buf_span(&bytes), buf_span(&k->manifest), k->asked->stamp_ca,
				 &k->ret->stamp_time, &why);
	if (rc && rc != E_ABSENT)
		wrong(k, "%s", why.code ? why.message : "The time stamp cannot be read.");
	k->ret->stamped = rc == 0;
	buf_free(&bytes);
	buf_free(&expect);
}

/* What the list says stands beside it, against what does. */
static void check_seals(struct check *k)
{
	struct buf said = { 0 }, there = { 0 };
	span name = span_z(SEALS_FILE);
	bool listed = k->n && bsearch(&name, k->paths, k->n, sizeof name, by_span);
	const struct seals seals = { .key = k->ret->is_signed ? k->ret->public_key : NULL,
				     .certificate = k->ret->cms ? k->certificate : NULL,
				     .request = k->request };
	seals_text(&seals, &there);
	if (!listed && (k->ret->is_signed || k->ret->cms))
		wrong(k, "The list does not say that it is signed (" SEALS_FILE
			 "): somebody signed it later.");
	if (listed && beside(k, SEALS_FILE, &said, NULL) == 0 &&
	    !span_eq(buf_span(&said), buf_span(&there)))
		wrong(k, SEALS_FILE " says that other signatures stand here: one was taken away, "
				    "added or put in the place of another.");
	buf_free(&said);
	buf_free(&there);
}

static int check_all(struct check *k, struct err *err)
{
	int rc = small_file_read(AT_FDCWD, in_dir(k, BUNDLE_MANIFEST, strlen(BUNDLE_MANIFEST)),
				 MANIFEST_MAX, &k->manifest, NULL, err);
	if (!rc)
		rc = bundle_sha256(k->path, k->ret->manifest, err);
	if (!rc && k->asked->manifest && strcmp(k->asked->manifest, k->ret->manifest) != 0)
		wrong(k, "The list is another than the one given: its SHA-256 is %s.",
		      k->ret->manifest);
	if (!rc)
		rc = read_manifest(k, err);
	if (!rc)
		rc = walk(k, "", err);
	if (rc)
		return rc;
	check_signature(k);
	check_cms(k);
	check_stamp(k);
	check_seals(k);
	return k->wrong ? err_set(err, E_FORMAT, "'%s' is not what was signed.", k->dir) : 0;
}

int bundle_check(const char *dir, const struct bundle_checks *checks, bundle_bad_fn *bad,
		 void *user, struct bundle_result *ret, struct err *err)
{
	struct check k = { .dir = dir, .asked = checks, .bad = bad, .user = user, .ret = ret };
	*ret = (struct bundle_result){ 0 };
	int rc = check_all(&k, err);
	buf_free(&k.manifest);
	free(k.paths);
	return rc;
}
