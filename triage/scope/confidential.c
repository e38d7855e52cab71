/* confidential.c - see confidential.h */
#include "confidential.h"
#include "base/buf.h"
#include "base/identifier.h"
#include "sha256.h"
#include "textmap.h"
#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MOST ((off_t)4 << 20)
#define KEY_MOST 128

static const char shipped[] = {
#include "confidential.inc"
};

struct confidential {
	struct textmap *map;
	char **key; /* the map borrows them */
	uint32_t n, cap;
	char sha256[65];
};

/* One spelling for all: "0800 1111", "+44 800 1111" and "(0800)1111" are "8001111"; what is not a
 * number is a sender's name without case. */
static size_t key_of(span raw, char out[static KEY_MOST])
{
	char digits[KEY_MOST];
	size_t n = 0;
	bool number = raw.n > 0;
	for (size_t i = 0; i < raw.n && number; i++) {
		char c = raw.p[i];
		if (c >= '0' && c <= '9' && n < sizeof digits)
			digits[n++] = c;
		else
			number = strchr("+ -().\t/", c) != NULL && c;
	}
	if (!number || !n) {
		size_t need = identifier_key(raw, out, KEY_MOST);
		return need < KEY_MOST ? need : 0;
	}
	const char *p = digits;
	size_t skip = n > 6 && memcmp(p, "0044", 4) == 0 ? 4
		      : n > 6 && memcmp(p, "44", 2) == 0 ? 2
							 : 0;
	p += skip;
	n -= skip;
	if (n > 6 && *p == '0') {
		p++;
		n--;
	}
	memcpy(out, p, n);
	return n;
}

static int add(struct confidential *c, span raw, struct err *err)
{
	char key[KEY_MOST];
	size_t n = key_of(raw, key);
	if (!n)
		return err_set(err, E_USER,
			       "A row of the confidential list has no number or sender name in "
			       "its first column.");
	if (c->n == c->cap) {
		uint32_t cap = c->cap ? 2 * c->cap : 64;
		char **more = realloc(c->key, cap * sizeof *more);
		if (!more)
			return err_set(err, E_NOMEM, "Memory ran out.");
		c->key = more;
		c->cap = cap;
	}
	char *copy = malloc(n + 1);
	if (!copy)
		return err_set(err, E_NOMEM, "Memory ran out.");
	memcpy(copy, key, n);
	copy[n] = 0;
	c->key[c->n++] = copy;
	return textmap_put(c->map, (span){ copy, n }, 1) ? 0
							 : err_set(err, E_NOMEM, "Memory ran out.");
}

struct reading {
	struct confidential *c;
	struct err *err;
	int rc;
	size_t column, row;
};

static void on_field(void *bytes, size_t n, void *user)
{
	struct reading *r = user;
	if (r->column++ == 0 && r->row > 0 && !r->rc)
		r->rc = add(r->c, (span){ bytes ? bytes : "", n }, r->err);
}

static void on_row(int end, void *user)
{
	struct reading *r = user;
	(void)end;
	r->row++;
	r->column = 0;
}

static int read_csv(struct confidential *c, span csv, struct err *err)
{
	struct csv_parser parser;
	struct reading r = { .c = c, .err = err };
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI))
		return err_set(err, E_NOMEM, "Memory ran out.");
	if (csv_parse(&parser, csv.p, csv.n, on_field, on_row, &r) != csv.n ||
	    csv_fini(&parser, on_field, on_row, &r))
		r.rc = r.rc ? r.rc
			    : err_set(err, E_USER,
				      "The confidential list is not a CSV file: a quotation mark "
				      "stands out of place.");
	csv_free(&parser);
	return r.rc;
}

static int read_file(const char *path, struct buf *ret, struct err *err)
{
	struct stat st;
	char bytes[8192];
	ssize_t n = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= FILE_MOST)
		while ((n = read(fd, bytes, sizeof bytes)) > 0)
			buf_add(ret, (span){ bytes, (size_t)n });
	if (fd >= 0)
		close(fd);
	if (n != 0)
		return err_set(err, E_USER,
			       "The confidential list '%s' cannot be read. It must be a CSV file "
			       "of at most 4 MiB with a number in its first column.",
			       path);
	return ret->failed ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
}

int confidential_load(struct confidential **ret, const char *own, struct err *err)
{
	struct buf file = { 0 };
	struct sha256 *h = sha256_new(err);
	struct confidential *c = calloc(1, sizeof *c);
	int rc = c && h && (c->map = textmap_new()) ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc && own)
		rc = read_file(own, &file, err);
	if (!rc)
		rc = read_csv(c, (span){ shipped, sizeof shipped - 1 }, err);
	if (!rc && file.n)
		rc = read_csv(c, buf_span(&file), err);
	if (!rc) {
		sha256_add(h, (span){ shipped, sizeof shipped - 1 });
		sha256_add(h, buf_span(&file));
		rc = sha256_end(h, c->sha256, err);
	}
	buf_free(&file);
	sha256_free(h);
	if (rc)
		confidential_free(c);
	else
		*ret = c;
	return rc;
}

void confidential_free(struct confidential *c)
{
	if (!c)
		return;
	textmap_free(c->map);
	for (uint32_t i = 0; i < c->n; i++)
		free(c->key[i]);
	free(c->key);
	free(c);
}

bool confidential_has(const struct confidential *c, span raw)
{
	char key[KEY_MOST];
	uint32_t value;
	if (!raw.p || !raw.n || raw.n > KEY_MOST)
		return false;
	size_t n = key_of(raw, key);
	return n && textmap_get(c->map, (span){ key, n }, &value) && value;
}

int confidential_forget(struct confidential *c, span raw, struct err *err)
{
	char key[KEY_MOST];
	size_t n = key_of(raw, key);
	for (uint32_t i = 0; n && i < c->n; i++) {
		span own = span_z(c->key[i]);
		if (span_eq(own, (span){ key, n }) && !textmap_put(c->map, own, 0))
			return err_set(err, E_NOMEM, "Memory ran out.");
	}
	return 0;
}

uint32_t confidential_count(const struct confidential *c)
{
	return c->n;
}

const char *confidential_sha256(const struct confidential *c)
{
	return c->sha256;
}
