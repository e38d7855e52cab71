/* form_yaml.c - a filled form as YAML. See form.h */
#include "base/buf.h"
#include "form.h"
#include "yaml_strict.h"
#include <string.h>
#include <yaml.h>

struct reading {
	struct form *f;
	const char *name;
	yaml_parser_t parser;
	json_t *given; /* field id -> text as given */
	struct err *err;
};

static int bad(struct reading *r, size_t line, const char *what)
{
	return err_set(r->err, E_USER, "%s, line %zu: %s", r->name, line + 1, what);
}

static int next(struct reading *r, yaml_event_t *event)
{
	if (!yaml_parser_parse(&r->parser, event))
		return bad(r, r->parser.problem_mark.line, "this is not YAML.");
	return 0;
}

/* A scalar, or a list of scalars joined by commas. */
static int read_value(struct reading *r, struct buf *ret)
{
	yaml_event_t event;
	bool list = false;
	int rc = 0;
	do {
		rc = next(r, &event);
		if (rc)
			return rc;
		size_t line = event.start_mark.line;
		if (event.type == YAML_SCALAR_EVENT) {
			if (ret->n)
				buf_byte(ret, ',');
			buf_add(ret, (span){ (const char *)event.data.scalar.value,
					     event.data.scalar.length });
		} else if (event.type == YAML_SEQUENCE_START_EVENT && !list) {
			list = true;
		} else if (event.type == YAML_SEQUENCE_END_EVENT) {
			list = false;
		} else {
			rc = bad(r, line, "a value is one text or a list of texts.");
		}
		yaml_event_delete(&event);
	} while (!rc && list);
	return rc ? rc : ret->failed ? err_set(r->err, E_NOMEM, "Memory ran out.") : 0;
}

static int read_pair(struct reading *r, const yaml_event_t *key)
{
	const char *id = (const char *)key->data.scalar.value;
	size_t line = key->start_mark.line;
	char what[200];
	if (!form_field(id)) {
		snprintf(what, sizeof what, "'%.60s' is not a question of the form.", id);
		return bad(r, line, what);
	}
	if (json_object_get(r->given, id)) {
		snprintf(what, sizeof what, "'%s' stands here a second time.", id);
		return bad(r, line, what);
	}
	struct buf value = { 0 };
	int rc = read_value(r, &value);
	json_t *text = rc ? NULL : json_stringn_nocheck(value.data ? value.data : "", value.n);
	if (!rc && json_object_set_new(r->given, id, text))
		rc = bad(r, line, "that is not text in UTF-8.");
	buf_free(&value);
	return rc;
}

static int read_pairs(struct reading *r)
{
	yaml_event_t event;
	bool started = false;
	for (;;) {
		int rc = next(r, &event);
		if (rc)
			return rc;
		yaml_event_type_t type = event.type;
		if (type == YAML_MAPPING_START_EVENT && !started)
			started = true;
		else if (type == YAML_SCALAR_EVENT && started)
			rc = read_pair(r, &event);
		else if (type == YAML_MAPPING_START_EVENT || type == YAML_SEQUENCE_START_EVENT ||
			 type == YAML_SCALAR_EVENT)
			rc = bad(r, event.start_mark.line,
				 "a form is a list of 'question: answer'.");
		yaml_event_delete(&event);
		if (rc || type == YAML_STREAM_END_EVENT)
			return rc;
	}
}

/* In the order of the questions, whatever the order in the file: one decides whether the next
 * applies. An empty answer to a question that does not apply is an empty form's. */
static int answer_all(struct reading *r)
{
	int rc = 0;
	for (size_t i = 0; !rc && i < form_fields_n; i++) {
		const struct field *field = &form_fields[i];
		const json_t *text = json_object_get(r->given, field->id);
		span answer = { text ? json_string_value(text) : "", json_string_length(text) };
		if (form_asks(r->f, field))
			rc = form_answer(r->f, field, answer, r->err);
		else if (answer.n)
			rc = err_set(r->err, E_USER,
				     "%s: '%s' is answered but does not apply here, as the other "
				     "answers stand. Clear it, or correct them.",
				     r->name, field->id);
	}
	return rc;
}

int form_read_yaml(struct form *f, const char *name, span bytes, struct err *err)
{
	struct err own = { 0 };
	struct reading r = { .f = f, .name = name, .err = err ? err : &own };
	if (bytes.n >= 3 && memcmp(bytes.p, "\xef\xbb\xbf", 3) == 0)
		bytes = span_from(bytes, 3); /* as some editors save it */
	int rc = yaml_strict_check(name, bytes, NULL, err);
	if (rc)
		return rc;
	r.given = json_object();
	if (!r.given || !yaml_parser_initialize(&r.parser)) {
		json_decref(r.given);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes.p, bytes.n);
	rc = read_pairs(&r);
	if (!rc)
		rc = answer_all(&r);
	yaml_parser_delete(&r.parser);
	json_decref(r.given);
	return rc;
}
