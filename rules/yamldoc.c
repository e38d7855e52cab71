/* yamldoc.c - see yamldoc.h. The events are looked at first (libyaml): libcyaml 1.3 itself lets
 * anchors, tags and a second document pass, and cuts a text at its first NUL. */
#include "yamldoc.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

int yamldoc_read(const char *path, span *ret, struct err *err)
{
	/* Not blocking: a named pipe must not hold the program. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return err_set(err, E_IO, "%s: cannot be opened: %s", path, strerror(errno));
	struct stat st;
	char *p = NULL;
	size_t n = 0;
	int code = 0;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		code = err_set(err, E_USER, "%s: not a file", path);
		goto out;
	}
	p = malloc(YAMLDOC_MAX_BYTES + 1);
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

static int refuse(struct err *err, const char *name, const yaml_event_t *e, const char *what)
{
	return err_set(err, E_USER, "%s: line %zu: %s", name, e->start_mark.line + 1, what);
}

static int note_line(struct yamldoc_lines *lines, const char *name, const yaml_event_t *e,
		     struct err *err)
{
	if (lines->n == YAMLDOC_MAX_LINES)
		return err_set(err, E_LIMIT, "%s: more than %d entries under '%s': split it", name,
			       YAMLDOC_MAX_LINES, lines->list);
	if ((lines->n & (lines->n - 1)) == 0) {
		size_t cap = lines->n ? 2 * lines->n : 1;
		uint32_t *p = realloc(lines->line, cap * sizeof *p);
		if (!p)
			return err_set(err, E_NOMEM, "%s: out of memory", name);
		lines->line = p;
	}
	lines->line[lines->n++] = (uint32_t)e->start_mark.line + 1;
	return 0;
}

struct walk {
	const char *name;
	struct yamldoc_lines *lines;
	unsigned depth, documents;
	bool key;     /* the next event at depth 1 is a key */
	bool in_list; /* inside the list whose lines are wanted */
};

static const char *not_allowed(const yaml_event_t *e)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;
	switch (e->type) {
	case YAML_ALIAS_EVENT:
		return "an alias (*name): write the value out";
	case YAML_SCALAR_EVENT:
		anchor = e->data.scalar.anchor;
		tag = e->data.scalar.tag;
		if (memchr(e->data.scalar.value, 0, e->data.scalar.length))
			return "a text with a NUL character in it";
		if (e->data.scalar.length > YAMLDOC_MAX_TEXT)
			return "a text that is too long";
		break;
	case YAML_SEQUENCE_START_EVENT:
		anchor = e->data.sequence_start.anchor;
		tag = e->data.sequence_start.tag;
		break;
	case YAML_MAPPING_START_EVENT:
		anchor = e->data.mapping_start.anchor;
		tag = e->data.mapping_start.tag;
		break;
	default:
		break;
	}
	if (anchor)
		return "an anchor (&name): write the value out where it is needed";
	if (tag)
		return "a tag (!name): leave it out";
	return NULL;
}

static int event(struct walk *w, const yaml_event_t *e, struct err *err)
{
	const char *why = not_allowed(e);
	if (why)
		return refuse(err, w->name, e, why);
	bool opens = e->type == YAML_SEQUENCE_START_EVENT || e->type == YAML_MAPPING_START_EVENT;
	bool closes = e->type == YAML_SEQUENCE_END_EVENT || e->type == YAML_MAPPING_END_EVENT;
	if (e->type == YAML_DOCUMENT_START_EVENT && ++w->documents > 1)
		return refuse(err, w->name, e, "a second document (---): one file holds one");
	if (w->depth == 0 && (e->type == YAML_SCALAR_EVENT || e->type == YAML_SEQUENCE_START_EVENT))
		return refuse(err, w->name, e, "the file must start with 'key: value' lines");
	if (w->lines && w->lines->list) {
		if (w->depth == 1 && !closes) {
			if (w->key)
				w->in_list = e->type == YAML_SCALAR_EVENT &&
					     strcmp((const char *)e->data.scalar.value,
						    w->lines->list) == 0;
			w->key = !w->key;
		} else if (w->depth == 2 && w->in_list && !closes) {
			int code = note_line(w->lines, w->name, e, err);
			if (code)
				return code;
		}
	}
	if (opens && ++w->depth > YAMLDOC_MAX_DEPTH)
		return refuse(err, w->name, e, "too many levels inside each other");
	if (closes)
		w->depth--;
	if (opens && w->depth == 1)
		w->key = true;
	return 0;
}

static int check(const char *name, span bytes, struct yamldoc_lines *lines, struct err *err)
{
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser))
		return err_set(err, E_NOMEM, "%s: out of memory", name);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)bytes.p, bytes.n);
	struct walk w = { .name = name, .lines = lines };
	int code = 0;
	for (bool end = false; !end && code == 0;) {
		yaml_event_t e;
		if (!yaml_parser_parse(&parser, &e)) {
			if (parser.error == YAML_MEMORY_ERROR)
				code = err_set(err, E_NOMEM, "%s: out of memory", name);
			else
				code = err_set(err, E_USER, "%s: line %zu: not YAML: %s", name,
					       (parser.error == YAML_READER_ERROR
							? parser.mark.line
							: parser.problem_mark.line) +
						       1,
					       parser.problem ? parser.problem : "unreadable");
			break;
		}
		code = event(&w, &e, err);
		end = e.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&e);
	}
	yaml_parser_delete(&parser);
	if (code == 0 && w.documents == 0)
		code = err_set(err, E_USER, "%s: the file is empty", name);
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
		 struct yamldoc_lines *lines, struct err *err)
{
	if (lines) {
		lines->line = NULL;
		lines->n = 0;
	}
	if (bytes.n > YAMLDOC_MAX_BYTES)
		return err_set(err, E_LIMIT, "%s: larger than %zu MiB: split it", name,
			       YAMLDOC_MAX_BYTES >> 20);
	int code = check(name, bytes, lines, err);
	struct said said = { .line = 0 };
	cyaml_config_t c = config(&said);
	cyaml_data_t *data = NULL;
	cyaml_err_t e = CYAML_OK;
	if (code == 0)
		e = cyaml_load_data((const uint8_t *)bytes.p, bytes.n, &c, schema, &data, NULL);
	if (code == 0 && (e != CYAML_OK || !data)) {
		const char *what = said.text[0] ? said.text : cyaml_strerror(e);
		code = e == CYAML_ERR_OOM ? err_set(err, E_NOMEM, "%s: out of memory", name)
		       : said.line
			       ? err_set(err, E_USER, "%s: near line %u: %s", name, said.line, what)
			       : err_set(err, E_USER, "%s: %s", name, what);
	}
	if (code == 0) {
		*ret = data;
	} else if (lines) {
		free(lines->line);
		lines->line = NULL;
		lines->n = 0;
	}
	return code;
}

void yamldoc_free(const cyaml_schema_value_t *schema, void *data)
{
	if (!data)
		return;
	struct said said = { .line = 0 };
	cyaml_config_t c = config(&said);
	cyaml_free(&c, schema, data, 0);
}
