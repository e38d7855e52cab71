/* jsonhead.c - beginnings of files, see jsonpull.h */
#include "jsonpull.h"
#include "textin.h"

static ptrdiff_t memory_read(void *user, void *buf, size_t n, struct err *err)
{
	struct json_memory *m = user;
	(void)err;
	n = n < m->left.n ? n : m->left.n;
	if (n)
		memcpy(buf, m->left.p, n);
	m->left = span_from(m->left, n);
	return (ptrdiff_t)n;
}

struct input json_memory_input(struct json_memory *m, span bytes)
{
	m->left = bytes;
	return (struct input){ .read = memory_read, .user = m, .size = bytes.n };
}

/* The n-th name of a path; absent if it has no more. */
static span path_name(const char *path, size_t n)
{
	span rest = span_z(path);
	for (;; n--) {
		const char *slash = memchr(rest.p, '/', rest.n);
		span name = slash ? span_sub(rest, 0, (size_t)(slash - rest.p)) : rest;
		if (!n)
			return name;
		if (!slash)
			return SPAN_NONE;
		rest = span_from(rest, name.n + 1);
	}
}

bool json_head_has(span head, const char *path)
{
	struct json_memory memory;
	struct input in = json_memory_input(&memory, head);
	struct jsonpull *j = NULL;
	struct json_token t = { JSON_NULL, SPAN_NONE, 0 };
	char first;
	/* Most files are no JSON: that is seen without a reader. */
	if (textin_peek(head, &first, 1) && (first == '{' || first == '[' || first == ' ' ||
					     first == '\n' || first == '\r' || first == '\t'))
		j = jsonpull_new(&in);
	size_t objects = 0, matched = 0; /* names of the path that the objects we are in have */
	bool found = false;
	while (j && !found && jsonpull_next(j, &t, NULL) > 0) {
		if (t.kind == JSON_OBJECT)
			objects++;
		else if (t.kind == JSON_OBJECT_END && --objects < matched)
			matched = objects;
		if (t.kind != JSON_KEY || matched < objects - 1)
			continue;
		span name = path_name(path, objects - 1);
		matched = objects - 1;
		if (span_eq(name, t.text) || span_eq(name, SPAN("*"))) {
			matched = objects;
			found = !path_name(path, objects).p;
		}
	}
	jsonpull_free(j);
	return found;
}
