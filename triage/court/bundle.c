/* bundle.c - see bundle.h */
#include "bundle.h"
#include "cms.h"
#include "hex.h"
#include "seals.h"
#include "sha256.h"
#include "stamp.h"
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIR_MAX 4000

struct file {
	char path[BUNDLE_PATH_MAX + 1];
	char sha256[65];
};

struct bundle {
	char dir[DIR_MAX], part[DIR_MAX + 8];
	struct file *files;
	size_t n;
	FILE *open;
	bool sealed, ended;
};

static int failed(const char *what, const char *path, struct err *err)
{
	return err_set(err, E_IO, "%s '%s': %s.", what, path, strerror(errno));
}

bool bundle_path(span path)
{
	int folders = 0;
	if (!path.n || path.n > BUNDLE_PATH_MAX || path.p[0] == '/' || path.p[path.n - 1] == '/')
		return false;
	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			      (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
		if (c == '/' ? ++folders > 1 : !letter)
			return false;
		if (c == '.' && (i == 0 || path.p[i - 1] == '/'))
			return false; /* no hidden file, no '..' */
	}
	return true;
}

int bundle_new(struct bundle **ret, const char *dir, struct err *err)
{
	size_t n = strlen(dir);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	if (n >= DIR_MAX)
		return err_set(err, E_LIMIT, "The name of the folder is too long.");
	struct bundle *b = calloc(1, sizeof *b);
	if (!b)
		return err_set(err, E_NOMEM, "Memory ran out.");
	memcpy(b->dir, dir, n);
	snprintf(b->part, sizeof b->part, "%s.part", b->dir);
	struct stat st;
	int rc = 0;
	if (lstat(b->dir, &st) == 0)
		rc = err_set(err, E_USER,
			     "'%s' is there already. Nothing that was made is ever written over: "
			     "give another folder.",
			     b->dir);
	else if (lstat(b->part, &st) == 0)
		rc = err_set(err, E_USER,
			     "'%s' is left of a run that did not finish. Remove it, then try "
			     "again.",
			     b->part);
	else if (mkdir(b->part, 0700) != 0)
		rc = failed("The folder cannot be made:", b->part, err);
	if (rc) {
		free(b);
		return rc;
	}
	*ret = b;
	return 0;
}

static void full_path(const struct bundle *b, const char *path, char *out, size_t cap)
{
	snprintf(out, cap, "%s/%s", b->part, path);
}

static int make_folder(const struct bundle *b, const char *path, struct err *err)
{
	char full[DIR_MAX + BUNDLE_PATH_MAX + 16];
	const char *slash = strchr(path, '/');
	if (!slash)
		return 0;
	snprintf(full, sizeof full, "%s/%.*s", b->part, (int)(slash - path), path);
	return mkdir(full, 0700) == 0 || errno == EEXIST
		       ? 0
		       : failed("The folder cannot be made:", full, err);
}

int bundle_open(struct bundle *b, const char *path, FILE **ret, struct err *err)
{
	char full[DIR_MAX + BUNDLE_PATH_MAX + 16];
	struct file *more = realloc(b->files, (b->n + 1) * sizeof *more);
	if (!more)
		return err_set(err, E_NOMEM, "Memory ran out.");
	b->files = more;
	int rc = make_folder(b, path, err);
	if (rc)
		return rc;
	full_path(b, path, full, sizeof full);
	int fd = open(full, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	b->open = fd < 0 ? NULL : fdopen(fd, "w");
	if (!b->open) {
		if (fd >= 0)
			close(fd);
		return failed("The file cannot be written:", full, err);
	}
	snprintf(more[b->n].path, sizeof more[b->n].path, "%s", path);
	*more[b->n++].sha256 = 0;
	*ret = b->open;
	return 0;
}

int bundle_sha256(const char *path, char ret[static 65], struct err *err)
{
	char chunk[65536];
	struct stat st;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return failed("The file cannot be read:", path, err);
	struct sha256 *h = NULL;
	int rc = fstat(fd, &st) == 0 && S_ISREG(st.st_mode)
			 ? 0
			 : err_set(err, E_FORMAT, "'%s' is not a plain file.", path);
	if (!rc && !(h = sha256_new(err)))
		rc = E_NOMEM;
	while (!rc && (n = read(fd, chunk, sizeof chunk)) != 0)
		if (n < 0)
			rc = failed("The file cannot be read:", path, err);
		else
			sha256_add(h, (span){ chunk, (size_t)n });
	if (!rc)
		rc = sha256_end(h, ret, err);
	sha256_free(h);
	close(fd);
	return rc;
}

int bundle_close(struct bundle *b, struct err *err)
{
	char full[DIR_MAX + BUNDLE_PATH_MAX + 16];
	struct file *f = &b->files[b->n - 1];
	FILE *to = b->open;
	full_path(b, f->path, full, sizeof full);
	b->open = NULL;
	bool bad = ferror(to) || fflush(to) != 0 || fsync(fileno(to)) != 0;
	if (fclose(to) != 0 || bad)
		return failed("The file could not be written to its end:", full, err);
	return bundle_sha256(full, f->sha256, err);
}

int bundle_put(struct bundle *b, const char *path, span bytes, struct err *err)
{
	FILE *to;
	int rc = bundle_open(b, path, &to, err);
	if (rc)
		return rc;
	fwrite(bytes.p, 1, bytes.n, to);
	return bundle_close(b, err);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

int bundle_list(struct bundle *b, struct buf *ret, struct err *err)
{
	if (b->n)
		qsort(b->files, b->n, sizeof *b->files, by_path);
	for (size_t i = 0; i < b->n; i++)
		buf_addf(ret, "%s  %s\n", b->files[i].sha256, b->files[i].path);
	return ret->failed ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
}

void bundle_pem(const unsigned char sign[static KEY_PUBLIC], struct buf *ret)
{
	/* SubjectPublicKeyInfo of an Ed25519 key, RFC 8410 */
	unsigned char der[12 + KEY_PUBLIC] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
					       0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 };
	unsigned char text[4 * (sizeof der + 2) / 3 + 1];
	memcpy(der + 12, sign, KEY_PUBLIC);
	int n = EVP_EncodeBlock(text, der, sizeof der);
	buf_addf(ret, "-----BEGIN PUBLIC KEY-----\n%.*s\n-----END PUBLIC KEY-----\n", n,
		 (const char *)text);
}

/* Beside the manifest, so in no list. */
static int put_beside(struct bundle *b, const char *path, span bytes, struct err *err)
{
	int rc = bundle_put(b, path, bytes, err);
	if (!rc)
		b->n--;
	return rc;
}

static int sign(struct bundle *b, const struct bundle_signing *s, span manifest, struct err *err)
{
	unsigned char signature[KEY_SIGNATURE];
	struct buf more = { 0 };
	int rc = 0;
	if (s->key) {
		rc = key_sign(s->key, BUNDLE_CONTEXT, manifest, signature, err);
		if (!rc)
			rc = put_beside(b, BUNDLE_SIGNATURE,
					(span){ (const char *)signature, sizeof signature }, err);
		bundle_pem(key_public(s->key)->sign, &more);
		if (!rc)
			rc = put_beside(b, BUNDLE_SIGNER, buf_span(&more), err);
	}
	buf_clear(&more);
	if (!rc && s->cms_key) {
		rc = cms_sign(manifest, s->cms_certificate, s->cms_key, &more, err);
		if (!rc)
			rc = put_beside(b, BUNDLE_CMS, buf_span(&more), err);
	}
	buf_clear(&more);
	if (!rc)
		rc = stamp_request(manifest, &more, err);
	if (!rc)
		rc = put_beside(b, BUNDLE_REQUEST, buf_span(&more), err);
	buf_free(&more);
	return rc;
}

int bundle_sealed(struct bundle *b, const struct bundle_signing *s, struct err *err)
{
	char key[2 * KEY_PUBLIC + 1], certificate[65];
	struct seals seals = { .request = true };
	struct buf text = { 0 };
	int rc = 0;
	if (s->key) {
		hex_write(key, key_public(s->key)->sign, KEY_PUBLIC);
		seals.key = key;
	}
	if (s->cms_key) {
		rc = cms_certificate(s->cms_certificate, certificate, err);
		seals.certificate = certificate;
	}
	if (!rc) {
		seals_text(&seals, &text);
		rc = bundle_put(b, SEALS_FILE, buf_span(&text), err);
	}
	buf_free(&text);
	b->sealed = rc == 0;
	return rc;
}

int bundle_end(struct bundle *b, const struct bundle_signing *s, char ret_sha256[static 65],
	       struct err *err)
{
	char path[DIR_MAX + 64];
	struct buf list = { 0 };
	int rc = b->sealed ? 0 : bundle_sealed(b, s, err);
	if (!rc)
		rc = bundle_list(b, &list, err);
	if (!rc)
		rc = put_beside(b, BUNDLE_MANIFEST, buf_span(&list), err);
	full_path(b, BUNDLE_MANIFEST, path, sizeof path);
	if (!rc)
		rc = bundle_sha256(path, ret_sha256, err);
	if (!rc)
		rc = sign(b, s, buf_span(&list), err);
	buf_free(&list);
	if (!rc && rename(b->part, b->dir) != 0)
		rc = failed("The folder cannot be put in place:", b->dir, err);
	b->ended = rc == 0;
	return rc;
}

/* Only what this run wrote: the files it knows, those beside the manifest, its folders. */
static void discard(const struct bundle *b)
{
	static const char *const beside[] = { BUNDLE_MANIFEST, BUNDLE_SIGNATURE, BUNDLE_SIGNER,
					      BUNDLE_CMS, BUNDLE_REQUEST };
	char full[DIR_MAX + BUNDLE_PATH_MAX + 16];
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
		full_path(b, beside[i], full, sizeof full);
		unlink(full);
	}
	for (size_t i = 0; i < b->n; i++) {
		full_path(b, b->files[i].path, full, sizeof full);
		unlink(full);
	}
	for (size_t i = 0; i < b->n; i++) {
		full_path(b, b->files[i].path, full, sizeof full);
		*strrchr(full, '/') = 0;
		rmdir(full);
	}
	rmdir(b->part);
}

void bundle_free(struct bundle *b)
{
	if (!b)
		return;
	if (b->open)
		fclose(b->open);
	if (!b->ended)
		discard(b);
	free(b->files);
	free(b);
}
