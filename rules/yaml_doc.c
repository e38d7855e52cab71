/*
 * yaml_doc.c - see yaml_doc.h.
 *
 * libcyaml gets its memory here, from a list that is freed whole: a document that it gives up
 * half way leaves nothing behind, and cannot fill memory.
 */
#include "yaml_doc.h"
#include "base/utf8.h"
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX ((size_t)4 * 1024 * 1024)
#define MEMORY_MAX ((size_t)64 * 1024 * 1024)

/* Stands before each piece of memory, which is aligned like it. */
struct piece {
	_Alignas(16) struct piece *next;
	struct piece *prev;
	size_t size;
};

struct yaml_doc {
	struct piece head; /* ring */
	size_t used;
	char complaint[200];
	bool open; /* the last complaint waits for its place */
	char sha256[65];
};

static void *give(void *ctx, void *p, size_t size)
{
	struct yaml_doc *d = ctx;
	struct piece *old = p ? (struct piece *)p - 1 : NULL;
	size_t had = old ? old->size : 0;
	if (size > MEMORY_MAX || d->used - had + size > MEMORY_MAX)
		return NULL;
	if (old) {
		old->prev->next = old->next;
		old->next->prev = old->prev;
	}
	if (!size) {
		d->used -= had;
		free(old);
		return NULL;
	}
	struct piece *fresh = realloc(old, sizeof *fresh + size);
	struct piece *kept = fresh ? fresh : old;
	if (fresh) {
		d->used += size - had;
		fresh->size = size;
	}
	if (kept) {
		kept->next = d->head.next;
		kept->prev = &d->head;
		d->head.next->prev = kept;
		d->head.next = kept;
	}
	return fresh ? fresh + 1 : NULL;
}

/* libcyaml speaks in several lines: what is wrong, then where, from the inside out. The first two
 * are worth a person's time. */
__attribute__((format(printf, 3, 0))) static void hear(cyaml_log_t level, void *ctx,
						       const char *format, va_list args)
{
	struct yaml_doc *d = ctx;
	if (level < CYAML_LOG_ERROR)
		return;
	char line[120];
	vsnprintf(line, sizeof line, format, args);
	line[strcspn(line, "\n")] = 0;
	span said = span_z(line);
	if (said.n >= 6 && memcmp(said.p, "Load: ", 6) == 0)
		said = span_from(said, 6);
	while (said.n && said.p[0] == ' ')
		said = span_from(said, 1);
	if (said.n >= 9 && memcmp(said.p, "Backtrace", 9) == 0)
		return;
	size_t n = strlen(d->complaint);
	if (!n) {
		snprintf(d->complaint, sizeof d->complaint, "%s", said.p);
		d->open = true;
	} else if (d->open) {
		snprintf(d->complaint + n, sizeof d->complaint - n, " (%s)", said.p);
		d->open = false;
	}
}

void yaml_doc_free(struct yaml_doc *d)
{
	if (!d)
		return;
	for (struct piece *p = d->head.next, *next; p != &d->head; p = next) {
		next = p->next;
		free(p);
	}
	free(d);
}

const char *yaml_doc_sha256(const struct yaml_doc *d)
{
	return d->sha256;
}

static bool digest(struct yaml_doc *d, span bytes)
{
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	if (EVP_Digest(bytes.p, bytes.n, raw, &n, EVP_sha256(), NULL) != 1)
		return false;
	for (unsigned i = 0; i < n; i++)
		snprintf(d->sha256 + i * 2, 3, "%02x", raw[i]);
	return true;
}

static int parse(struct yaml_doc *d, span bytes, const char *name,
		 const struct cyaml_schema_value *schema, void **ret_root, struct err *err)
{
	cyaml_config_t config = {
		.log_fn = hear,
		.log_ctx = d,
		.mem_fn = give,
		.mem_ctx = d,
		.log_level = CYAML_LOG_ERROR,
		.flags = CYAML_CFG_NO_ALIAS,
	};
	void *root = NULL;
	cyaml_err_t rc =
		cyaml_load_data((const uint8_t *)bytes.p, bytes.n, &config, schema, &root, NULL);
	if (rc == CYAML_ERR_OOM)
		return err_set(err, E_LIMIT, "%s: needs more memory than a pack may use", name);
	if (rc != CYAML_OK)
		return err_set(err, E_USER, "%s: %s%s%s", name, cyaml_strerror(rc),
			       d->complaint[0] ? ": " : "", d->complaint);
	if (!root)
		return err_set(err, E_USER, "%s: is empty", name);
	*ret_root = root;
	return 0;
}

int yaml_doc_load(struct yaml_doc **ret, span bytes, const char *name,
		  const struct cyaml_schema_value *schema, void **ret_root, struct err *err)
{
	if (bytes.n > FILE_MAX)
		return err_set(err, E_LIMIT, "%s: is larger than %zu MiB", name, FILE_MAX >> 20);
	if (!utf8_valid(bytes) || (bytes.n && memchr(bytes.p, 0, bytes.n)))
		return err_set(err, E_USER, "%s: is not UTF-8 text", name);
	struct yaml_doc *d = calloc(1, sizeof *d);
	if (!d)
		return err_set(err, E_NOMEM, "memory ran out while reading %s", name);
	d->head.next = d->head.prev = &d->head;
	int rc = digest(d, bytes) ? parse(d, bytes, name, schema, ret_root, err)
				  : err_set(err, E_NOMEM, "memory ran out while reading %s", name);
	if (rc)
		yaml_doc_free(d);
	else
		*ret = d;
	return rc;
}

static int read_file(int fd, const char *path, char *bytes, size_t *n, struct err *err)
{
	*n = 0;
	for (;;) {
		ssize_t got = read(fd, bytes + *n, FILE_MAX + 1 - *n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, E_IO, "cannot read %s: %s", path, strerror(errno));
		if (got == 0)
			return 0;
		*n += (size_t)got;
		if (*n > FILE_MAX)
			return err_set(err, E_LIMIT, "%s: is larger than %zu MiB", path,
				       FILE_MAX >> 20);
	}
}

int yaml_doc_load_file(struct yaml_doc **ret, const char *path,
		       const struct cyaml_schema_value *schema, void **ret_root, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	if (fd < 0)
		return err_set(err, errno == ENOENT ? E_ABSENT : E_IO, "cannot open %s: %s", path,
			       strerror(errno));
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(err, E_USER, "%s is not a file", path);
	}
	size_t n = 0;
	char *bytes = malloc(FILE_MAX + 1);
	int rc = bytes ? read_file(fd, path, bytes, &n, err)
		       : err_set(err, E_NOMEM, "memory ran out while reading %s", path);
	close(fd);
	if (!rc)
		rc = yaml_doc_load(ret, (span){ bytes, n }, path, schema, ret_root, err);
	free(bytes);
	return rc;
}
