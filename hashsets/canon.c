/* canon.c - see canon.h. Reading is jansson's; what it read must be written again as the same
 * bytes.
 */
#include "canon.h"
#include "base/utf8.h"
#include <inttypes.h>
#include <stdlib.h>

static int write_value(struct buf *b, const json_t *v, int depth, struct err *err);

static int write_string(struct buf *b, span s, struct err *err)
{
	if (!utf8_valid(s))
		return err_set(err, E_FORMAT, "A string for canonical JSON is not UTF-8.");
	buf_byte(b, '"');
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		if (!c)
			return err_set(err, E_FORMAT,
				       "A string for canonical JSON holds a zero character.");
		buf_add(b, span_sub(s, from, i));
		from = i + 1;
		const char *at = strchr("\bb\tt\nn\ff\rr", c);
		if (c >= 0x20)
			buf_addf(b, "\\%c", c);
		else if (at)
			buf_addf(b, "\\%c", at[1]);
		else
			buf_addf(b, "\\u%04x", c);
	}
	buf_add(b, span_sub(s, from, s.n));
	buf_byte(b, '"');
	return 0;
}

static int write_array(struct buf *b, const json_t *v, int depth, struct err *err)
{
	size_t n = json_array_size(v);
	int rc = 0;
	buf_byte(b, '[');
	for (size_t i = 0; i < n && !rc; i++) {
		if (i)
			buf_byte(b, ',');
		rc = write_value(b, json_array_get(v, i), depth + 1, err);
	}
	buf_byte(b, ']');
	return rc;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int write_key(struct buf *b, const char *key, struct err *err)
{
	for (const char *p = key; *p; p++)
		if (*p < 0x20 || *p > 0x7e || *p == '"' || *p == '\\')
			return err_set(err, E_FORMAT,
				       "A key of canonical JSON must be plain ASCII.");
	buf_addf(b, "\"%s\":", key);
	return 0;
}

static int write_object(struct buf *b, const json_t *v, int depth, struct err *err)
{
	size_t n = json_object_size(v), i = 0;
	const char **keys = malloc((n ? n : 1) * sizeof *keys);
	if (!keys)
		return err_set(err, E_NOMEM, "Memory ran out.");
	json_t *object = (json_t *)v; /* iterating changes nothing */
	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at))
		keys[i++] = json_object_iter_key(at);
	qsort(keys, n, sizeof *keys, by_bytes);
	int rc = 0;
	buf_byte(b, '{');
	for (i = 0; i < n && !rc; i++) {
		if (i)
			buf_byte(b, ',');
		rc = write_key(b, keys[i], err);
		if (!rc)
			rc = write_value(b, json_object_get(v, keys[i]), depth + 1, err);
	}
	buf_byte(b, '}');
	free(keys);
	return rc;
}

/* depth: how many arrays and objects v would stand in, itself included. */
static int write_value(struct buf *b, const json_t *v, int depth, struct err *err)
{
	if (depth > CANON_DEPTH_MAX && (json_is_array(v) || json_is_object(v)))
		return err_set(err, E_LIMIT, "The JSON is nested more than %d deep.",
			       CANON_DEPTH_MAX);
	json_int_t i;
	switch (v ? json_typeof(v) : JSON_NULL) {
	case JSON_OBJECT:
		return write_object(b, v, depth, err);
	case JSON_ARRAY:
		return write_array(b, v, depth, err);
	case JSON_STRING:
		return write_string(b, (span){ json_string_value(v), json_string_length(v) }, err);
	case JSON_INTEGER:
		i = json_integer_value(v);
		if (i < -CANON_INTEGER_MAX || i > CANON_INTEGER_MAX)
			return err_set(err, E_FORMAT,
				       "Canonical JSON has no integers of 2^53 and more.");
		buf_addf(b, "%" JSON_INTEGER_FORMAT, i);
		return 0;
	case JSON_TRUE:
		buf_add(b, SPAN("true"));
		return 0;
	case JSON_FALSE:
		buf_add(b, SPAN("false"));
		return 0;
	case JSON_REAL:
		return err_set(err, E_FORMAT, "Canonical JSON has no fractions or exponents.");
	case JSON_NULL:
		break;
	}
	return err_set(err, E_FORMAT, "Canonical JSON has no null.");
}

int canon_write(struct buf *ret, const json_t *v, struct err *err)
{
	size_t before = ret->n;
	int rc = write_value(ret, v, 1, err);
	if (!rc && ret->failed)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (rc) {
		ret->n = before;
		if (ret->data)
			ret->data[before] = 0;
	}
	return rc;
}

/* Depth and values, before anything is built: "{},{},..." costs a hundred times its size. */
static int measure(span s, struct err *err)
{
	int depth = 0;
	size_t values = 1;
	bool text = false;
	if (s.n > CANON_BYTES_MAX)
		return err_set(err, E_LIMIT, "The JSON is larger than %zu MiB.",
			       CANON_BYTES_MAX >> 20);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (text && c == '\\')
			i++;
		else if (c == '"')
			text = !text;
		else if (text)
			continue;
		else if (c == '[' || c == '{')
			depth++, values++;
		else if (c == ']' || c == '}')
			depth--;
		else if (c == ',')
			values++;
		if (depth > CANON_DEPTH_MAX)
			return err_set(err, E_LIMIT, "The JSON is nested more than %d deep.",
				       CANON_DEPTH_MAX);
		if (values > CANON_VALUES_MAX)
			return err_set(err, E_LIMIT, "The JSON holds more than %d values.",
				       CANON_VALUES_MAX);
	}
	return 0;
}

int canon_read(json_t **ret, span bytes, struct err *err)
{
	json_error_t why;
	struct buf again = { 0 };
	int rc = measure(bytes, err);
	if (rc)
		return rc;
	json_t *v = json_loadb(bytes.n ? bytes.p : "", bytes.n,
			       JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (!v)
		return err_set(err, E_FORMAT, "This is not JSON at byte %d: %s.", why.position,
			       why.text);
	rc = canon_write(&again, v, err);
	if (!rc && !span_eq(buf_span(&again), bytes)) {
		size_t i = 0;
		while (i < bytes.n && i < again.n && bytes.p[i] == again.data[i])
			i++;
		rc = err_set(err, E_FORMAT, "The JSON is not in canonical form at byte %zu.", i);
	}
	buf_free(&again);
	if (rc)
		json_decref(v);
	else
		*ret = v;
	return rc;
}
