/*
 * lines_csv.c - see lines_csv.h.
 *
 * libcsv is handed one line of the file at a time, so that the number of the line is known when a
 * row or an error comes back, and so that reading can go on behind a bad quotation mark.
 */
#include "lines_csv.h"
#include "base/utf8.h"
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>

#define COLUMNS_MAX 64
#define FIELD_MAX ((size_t)64 * 1024)
#define LINES_MAX UINT32_C(100000000)

const char *const lines_csv_six[COL_MAX] = {
	[COL_LINE] = "line", [COL_IDENTIFIER] = "identifier", [COL_FROM] = "from",
	[COL_TO] = "to",     [COL_STATUS] = "status",         [COL_GRADE] = "grade",
};

struct lines_csv {
	struct csv_sink sink;
	const char *name;
	struct csv_parser parser;
	bool open; /* parser is to be freed */

	char head[4]; /* the first bytes, until a BOM can be told */
	size_t head_n;
	bool started;

	uint32_t line;     /* of the file, the first is 1 */
	uint32_t row_line; /* that the row at hand starts on */
	bool after_cr;     /* a LF now belongs to the CR before it */

	struct buf fields; /* of the row at hand, one after the other */
	size_t end[COLUMNS_MAX];
	size_t n; /* fields; may be more than COLUMNS_MAX */

	bool have_header;
	size_t header_n;
	size_t column[CSV_COLUMNS]; /* SIZE_MAX: the file has no such column */
	struct buf ignored;

	int rc; /* first failure inside a callback */
	struct err *err;
};

static void *field_realloc(void *p, size_t n)
{
	return n > FIELD_MAX ? NULL : realloc(p, n);
}

static bool parser_open(struct lines_csv *c)
{
	if (csv_init(&c->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
		return false;
	csv_set_realloc_func(&c->parser, field_realloc);
	c->open = true;
	return true;
}

struct lines_csv *lines_csv_new(const struct csv_sink *sink, const char *name)
{
	struct lines_csv *c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	*c = (struct lines_csv){ .sink = *sink, .name = name, .line = 1, .row_line = 1 };
	if (!c->sink.column) {
		c->sink.column = lines_csv_six;
		c->sink.columns = COL_MAX;
	}
	if (!parser_open(c)) {
		free(c);
		return NULL;
	}
	return c;
}

void lines_csv_free(struct lines_csv *c)
{
	if (!c)
		return;
	if (c->open)
		csv_free(&c->parser);
	buf_free(&c->fields);
	buf_free(&c->ignored);
	free(c);
}

const char *lines_csv_ignored(const struct lines_csv *c)
{
	return c->ignored.data ? c->ignored.data : "";
}

static span field_at(const struct lines_csv *c, size_t i)
{
	size_t start = i ? c->end[i - 1] : 0;
	return (span){ c->fields.data + start, c->end[i] - start };
}

static span trim(span s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = span_from(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

static void ignore(struct lines_csv *c, span name)
{
	if (!name.n)
		return;
	if (c->ignored.n)
		buf_add(&c->ignored, SPAN(", "));
	for (size_t i = 0; i < name.n; i++)
		buf_byte(&c->ignored, (unsigned char)name.p[i] < 0x20 ? ' ' : name.p[i]);
}

static int header(struct lines_csv *c)
{
	const char *const *names = c->sink.column;
	for (size_t k = 0; k < c->sink.columns; k++)
		c->column[k] = SIZE_MAX;
	if (c->n > COLUMNS_MAX)
		return err_set(c->err, E_USER,
			       "%s: the header has %zu columns; at most %d are read", c->name, c->n,
			       COLUMNS_MAX);
	for (size_t i = 0; i < c->n; i++) {
		span name = trim(field_at(c, i));
		if (!utf8_valid(name) || (name.n && memchr(name.p, 0, name.n)))
			return err_set(c->err, E_USER,
				       "%s: the header is not UTF-8: save the file as 'CSV UTF-8'",
				       c->name);
		size_t k = 0;
		while (k < c->sink.columns && !span_eq_nocase(name, span_z(names[k])))
			k++;
		if (k == c->sink.columns) {
			ignore(c, name);
			continue;
		}
		if (c->column[k] != SIZE_MAX)
			return err_set(c->err, E_USER,
				       "%s: the header names the column '%s' twice: keep one",
				       c->name, names[k]);
		c->column[k] = i;
	}
	if (c->ignored.failed)
		return err_set(c->err, E_NOMEM, "memory ran out while reading %s", c->name);
	for (int k = COL_LINE; k <= COL_IDENTIFIER; k++) {
		if (c->column[k] != SIZE_MAX)
			continue;
		span first = c->n ? field_at(c, 0) : SPAN("");
		bool other = c->n == 1 &&
			     (memchr(first.p, ';', first.n) || memchr(first.p, '\t', first.n));
		return err_set(
			c->err, E_USER,
			other ? "%s: the columns are not separated by commas: save the file "
				"as 'CSV UTF-8 (comma delimited)'; the column '%s' is missing"
			      : "%s: the header has no column '%s': the first line must be "
				"line,identifier,from,to,status,grade (line and identifier are "
				"needed)",
			c->name, names[k]);
	}
	c->header_n = c->n;
	c->have_header = true;
	return 0;
}

static int row(struct lines_csv *c)
{
	if (c->n != c->header_n) {
		char why[ROW_WHY_MAX];
		snprintf(why, sizeof why,
			 "the row has %zu column%s where the header has %zu: add or remove commas; "
			 "put a value that holds a comma in quotation marks",
			 c->n, c->n == 1 ? "" : "s", c->header_n);
		return c->sink.bad(c->sink.user, c->row_line, why, c->err);
	}
	span field[CSV_COLUMNS];
	for (size_t k = 0; k < c->sink.columns; k++)
		field[k] = c->column[k] == SIZE_MAX ? SPAN_NONE : field_at(c, c->column[k]);
	return c->sink.row(c->sink.user, c->row_line, field, c->err);
}

static void on_field(void *p, size_t n, void *user)
{
	struct lines_csv *c = user;
	if (c->n < COLUMNS_MAX) {
		buf_add(&c->fields, (span){ p ? p : "", n });
		c->end[c->n] = c->fields.n;
	}
	c->n++;
}

static void on_row(int ending, void *user)
{
	struct lines_csv *c = user;
	(void)ending;
	if (c->n && !c->rc) {
		if (c->fields.failed)
			c->rc = err_set(c->err, E_NOMEM, "memory ran out while reading %s",
					c->name);
		else
			c->rc = c->have_header ? row(c) : header(c);
	}
	c->n = 0;
	buf_clear(&c->fields);
	c->row_line = c->line + 1;
}

/* The row that the parser is in cannot be read: tell it, and start again behind this line. */
static int give_up_row(struct lines_csv *c, const char *why)
{
	csv_free(&c->parser);
	c->open = false;
	c->n = 0;
	buf_clear(&c->fields);
	if (!parser_open(c))
		return err_set(c->err, E_NOMEM, "memory ran out while reading %s", c->name);
	if (!c->have_header)
		return err_set(c->err, E_USER, "%s: the header cannot be read: %s", c->name, why);
	int rc = c->sink.bad(c->sink.user, c->row_line, why, c->err);
	c->row_line = c->line + 1;
	return rc;
}

static int feed_line(struct lines_csv *c, span s)
{
	if (csv_parse(&c->parser, s.p, s.n, on_field, on_row, c) == s.n)
		return c->rc;
	if (c->rc)
		return c->rc;
	switch (csv_error(&c->parser)) {
	case CSV_EPARSE: {
		char why[ROW_WHY_MAX];
		snprintf(why, sizeof why,
			 "a quotation mark is out of place (line %u): put the whole value in "
			 "quotation marks and write each one inside it twice",
			 (unsigned)c->line);
		return give_up_row(c, why);
	}
	case CSV_ETOOBIG:
	case CSV_ENOMEM:
		return err_set(
			c->err, E_LIMIT,
			"%s: row %u: a value is longer than %zu KiB: a closing quotation mark "
			"may be missing",
			c->name, (unsigned)c->row_line, FIELD_MAX / 1024);
	default:
		return err_set(c->err, E_FORMAT,
			       "%s: cannot be read as CSV: save the file as 'CSV UTF-8'", c->name);
	}
}

static int feed_text(struct lines_csv *c, span s)
{
	while (s.n) {
		size_t n = 0;
		while (n < s.n && s.p[n] != '\n' && s.p[n] != '\r')
			n++;
		bool ends = n < s.n;
		n += ends;
		char last = s.p[n - 1];
		bool second = c->after_cr && n == 1 && last == '\n';
		if (second)
			c->line--; /* it belongs to the line that the CR ended */
		int rc = feed_line(c, (span){ s.p, n });
		if (rc)
			return rc;
		c->after_cr = ends && last == '\r';
		if (ends && ++c->line > LINES_MAX)
			return err_set(c->err, E_LIMIT, "%s: more than %u lines", c->name,
				       (unsigned)LINES_MAX);
		s = span_from(s, n);
	}
	return 0;
}

static int start(struct lines_csv *c)
{
	c->started = true;
	span head = { c->head, c->head_n };
	if (head.n >= 2 &&
	    (memcmp(head.p, "\xff\xfe", 2) == 0 || memcmp(head.p, "\xfe\xff", 2) == 0))
		return err_set(c->err, E_USER,
			       "%s: is UTF-16: save the file as 'CSV UTF-8 (comma delimited)'",
			       c->name);
	if (head.n >= 3 && memcmp(head.p, "\xef\xbb\xbf", 3) == 0)
		head = span_from(head, 3);
	return feed_text(c, head);
}

int lines_csv_feed(struct lines_csv *c, span piece, struct err *err)
{
	c->err = err;
	while (!c->started && piece.n) {
		c->head[c->head_n++] = piece.p[0];
		piece = span_from(piece, 1);
		if (c->head_n == sizeof c->head) {
			int rc = start(c);
			if (rc)
				return rc;
		}
	}
	return feed_text(c, piece);
}

int lines_csv_end(struct lines_csv *c, struct err *err)
{
	c->err = err;
	int rc = c->started ? 0 : start(c);
	if (rc)
		return rc;
	if (csv_fini(&c->parser, on_field, on_row, c) && !c->rc) {
		rc = give_up_row(c, "a quotation mark opens a value and is never closed: nothing "
				    "from here to the end of the file was read");
		if (rc)
			return rc;
	}
	if (c->rc)
		return c->rc;
	if (!c->have_header)
		return err_set(err, E_USER,
			       "%s: is empty: the first line must be "
			       "line,identifier,from,to,status,grade",
			       c->name);
	return 0;
}
