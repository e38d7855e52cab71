/* labelled.c - see labelled.h */
#include "labelled.h"
#include "base/arena.h"
#include "base/buf.h"
#include "yamldoc.h"
#include <stdlib.h>

#define NAMES_MAX 20

struct labelled {
	struct arena *arena;
	struct labelled_text *text;
	size_t n, cap;
};

struct reading {
	struct labelled *l;
	const struct ruleset *rs;
	const char *path;
	unsigned line;
	struct err *err;
};

void labelled_free(struct labelled *l)
{
	if (!l)
		return;
	arena_free(l->arena);
	free(l->text);
	free(l);
}

size_t labelled_count(const struct labelled *l)
{
	return l->n;
}

const struct labelled_text *labelled_at(const struct labelled *l, size_t i)
{
	return &l->text[i];
}

static span trim(span s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = span_from(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

static bool is_name(const struct ruleset *rs, span name)
{
	enum category category;
	if (category_from_word(name, &category))
		return true;
	for (size_t i = 0; i < ruleset_count(rs); i++)
		if (span_eq(span_z(ruleset_at(rs, i)->id), name))
			return true;
	return false;
}

static int add_name(struct reading *r, const char **name, size_t *n, span word)
{
	bool ok;
	if (*n == NAMES_MAX)
		return err_set(r->err, E_USER, "%s: line %u: more than %d labels", r->path, r->line,
			       NAMES_MAX);
	if (!is_name(r->rs, word))
		return err_set(r->err, E_USER,
			       "%s: line %u: '%.*s' is no rule of these packs and no category",
			       r->path, r->line, word.n > 60 ? 60 : (int)word.n, word.p);
	name[(*n)++] = arena_copy(r->l->arena, word, &ok).p;
	return ok ? 0 : err_set(r->err, E_NOMEM, "out of memory");
}

static int read_names(struct reading *r, span names, struct rule_names *ret)
{
	const char **name = arena_alloc(r->l->arena, NAMES_MAX * sizeof *name);
	size_t n = 0;
	int rc = name ? 0 : err_set(r->err, E_NOMEM, "out of memory");
	while (!rc && names.n && !span_eq(names, SPAN("-"))) {
		const char *comma = memchr(names.p, ',', names.n);
		size_t length = comma ? (size_t)(comma - names.p) : names.n;
		rc = add_name(r, name, &n, trim(span_sub(names, 0, length)));
		names = trim(span_from(names, comma ? length + 1 : length));
	}
	*ret = (struct rule_names){ name, n };
	return rc;
}

/* "\n" written out is a line end. */
static int read_text(struct reading *r, span text, span *ret)
{
	struct buf b = { 0 };
	bool ok;
	for (size_t i = 0; i < text.n; i++) {
		bool end = text.p[i] == '\\' && i + 1 < text.n && text.p[i + 1] == 'n';
		buf_byte(&b, end ? '\n' : text.p[i]);
		i += end;
	}
	*ret = arena_copy(r->l->arena, buf_span(&b), &ok);
	ok &= !b.failed;
	buf_free(&b);
	return ok ? 0 : err_set(r->err, E_NOMEM, "out of memory");
}

static int read_line(struct reading *r, span line)
{
	struct labelled *l = r->l;
	line = trim(line);
	if (!line.n || line.p[0] == '#')
		return 0;
	const char *bar = memchr(line.p, '|', line.n);
	if (!bar)
		return err_set(r->err, E_USER,
			       "%s: line %u: write LABELS | TEXT, with - where nothing may hit",
			       r->path, r->line);
	if (l->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 256;
		struct labelled_text *more = realloc(l->text, cap * sizeof *more);
		if (!more)
			return err_set(r->err, E_NOMEM, "out of memory");
		l->text = more;
		l->cap = cap;
	}
	struct labelled_text *t = &l->text[l->n];
	*t = (struct labelled_text){ .line = r->line };
	size_t at = (size_t)(bar - line.p);
	int rc = read_names(r, trim(span_sub(line, 0, at)), &t->expected);
	if (!rc)
		rc = read_text(r, trim(span_from(line, at + 1)), &t->text);
	l->n += !rc && t->text.n > 0;
	return rc;
}

int labelled_load(struct labelled **ret, const char *path, const struct ruleset *rs,
		  struct err *err)
{
	span all = SPAN_NONE;
	struct labelled *l = calloc(1, sizeof *l);
	if (!l || !(l->arena = arena_new())) {
		labelled_free(l);
		return err_set(err, E_NOMEM, "out of memory");
	}
	struct reading r = { .l = l, .rs = rs, .path = path, .err = err };
	int rc = yamldoc_read(path, "a case, or a text file with a label before each text", &all,
			      err);
	for (span left = all; !rc && left.n;) {
		const char *end = memchr(left.p, '\n', left.n);
		size_t n = end ? (size_t)(end - left.p) : left.n;
		r.line++;
		rc = read_line(&r, span_sub(left, 0, n));
		left = span_from(left, end ? n + 1 : n);
	}
	if (!rc && !l->n)
		rc = err_set(err, E_USER, "%s: there is no text in it", path);
	free((char *)all.p);
	if (rc)
		labelled_free(l);
	else
		*ret = l;
	return rc;
}
