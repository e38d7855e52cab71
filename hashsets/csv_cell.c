/* csv_cell.c - see csv_cell.h */
#include "csv_cell.h"
#include <string.h>

static bool needs_quotes(span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr(",\"\r\n", s.p[i]) || s.p[i] == ' ')
			return true;
	return false;
}

void csv_cell(struct buf *ret, span s)
{
	if (ret->n && ret->data[ret->n - 1] != '\n')
		buf_byte(ret, ',');
	/* A first cell that is empty would leave the row without a sign that it has begun. */
	bool first = !ret->n || ret->data[ret->n - 1] == '\n';
	bool quote = needs_quotes(s) || (first && !s.n);
	if (quote)
		buf_byte(ret, '"');
	if (s.n && strchr("=+-@0\t", s.p[0]))
		buf_byte(ret, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(ret, '"');
		buf_byte(ret, s.p[i]);
	}
	if (quote)
		buf_byte(ret, '"');
}

void csv_end(struct buf *ret)
{
	buf_add(ret, SPAN("\r\n"));
}
