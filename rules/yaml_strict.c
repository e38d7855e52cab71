/* yaml_strict.c - see yaml_strict.h */
#include "yaml_strict.h"
#include <stdlib.h>
#include <yaml.h>

static int refuse(struct err *err, const char *name, const yaml_event_t *e, const char *what)
{
	return err_set(err, E_USER, "%s: line %zu: %s", name, e->start_mark.line + 1, what);
}

static int note_line(struct yaml_lines *lines, const char *name, const yaml_event_t *e,
		     struct err *err)
{
	if (lines->n == YAML_STRICT_LINES)
		return err_set(err, E_LIMIT, "%s: more than %d entries under '%s': split it", name,
			       YAML_STRICT_LINES, lines->list);
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
	struct yaml_lines *lines;
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
		if (e->data.scalar.length > YAML_STRICT_TEXT)
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
	if (opens && ++w->depth > YAML_STRICT_DEPTH)
		return refuse(err, w->name, e, "too many levels inside each other");
	if (closes)
		w->depth--;
	if (opens && w->depth == 1)
		w->key = true;
	return 0;
}

int yaml_strict_check(const char *name, span bytes, struct yaml_lines *lines, struct err *err)
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
