/* yamldoc.c - see yamldoc.h. The events are looked at first (libyaml): libcyaml 1.3 itself lets
 * anchors, tags and a second document pass, and cuts a text at its first NUL. */
#include "yamldoc.h"
#include "given_file.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int yamldoc_read(const char *path, const char *what, span *ret, struct err *err)
{
	int fd;
	uint64_t size;
	int code = given_file_open(path, what, &fd, &size, err);
	if (code)
		return code;
	size_t n = 0;
	char *p = malloc(YAMLDOC_MAX_BYTES + 1);
	if (!p) {
		code = err_set(err, E_NOMEM, "%s: out of memory", path);
		goto out;
	}
	while (n <= YAMLDOC_MAX_BYTES) {
		ssize_t k = read(fd, p + n, YAMLDOC_MAX_BYTES + 1 - n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			code = err_set(err, E_IO, "%s: cannot be read: %s", path, strerror(errno));
			goto out;
		}
		if (k == 0)
			break;
		n += (size_t)k;
	}
	if (n > YAMLDOC_MAX_BYTES) {
		code = err_set(err, E_LIMIT, "%s: larger than %zu MiB: split it", path,
			       YAMLDOC_MAX_BYTES >> 20);
		goto out;
	}
	*ret = (span){ p, n };
	p = NULL;
out:
	free(p);
	close(fd);
	return code;
}

/* What libcyaml says first, and the first line it names. */
struct said {
	char text[200];
	unsigned line;
};

__attribute__((format(printf, 3, 0))) static void listen(cyaml_log_t level, void *user,
							 const char *format, va_list ap)
{
	struct said *said = user;
	char s[200];
	vsnprintf(s, sizeof s, format, ap);
	if (level < CYAML_LOG_ERROR)
		return;
	const char *at = strstr(s, "(line: ");
	if (at && !said->line)
		said->line = (unsigned)strtoul(at + 7, NULL, 10);
	if (at || said->text[0] || strstr(s, "Backtrace"))
		return;
	const char *colon = strstr(s, "Load: ");
	snprintf(said->text, sizeof said->text, "%s", colon ? colon + 6 : s);
	said->text[strcspn(said->text, "\n")] = 0;
}

static cyaml_config_t config(struct said *said)
{
	return (cyaml_config_t){ .log_fn = listen,
				 .log_ctx = said,
				 .mem_fn = cyaml_mem,
				 .log_level = CYAML_LOG_ERROR,
				 .flags = CYAML_CFG_NO_ALIAS };
}

int yamldoc_load(void **ret, const cyaml_schema_value_t *schema, const char *name, span bytes,
		 struct err *err)
{
	struct said said = { .line = 0 };
	cyaml_config_t c = config(&said);
	cyaml_data_t *data = NULL;
	cyaml_err_t e = cyaml_load_data((const uint8_t *)bytes.p, bytes.n, &c, schema, &data, NULL);
	if (e == CYAML_OK && data) {
		*ret = data;
		return 0;
	}
	const char *what = said.text[0] ? said.text : cyaml_strerror(e);
	if (e == CYAML_ERR_OOM)
		return err_set(err, E_NOMEM, "%s: out of memory", name);
	if (said.line)
		return err_set(err, E_USER, "%s: near line %u: %s", name, said.line, what);
	return err_set(err, E_USER, "%s: %s", name, what);
}

void yamldoc_free(const cyaml_schema_value_t *schema, void *data)
{
	if (!data)
		return;
	struct said said = { .line = 0 };
	cyaml_config_t c = config(&said);
	cyaml_free(&c, schema, data, 0);
}
