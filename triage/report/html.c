/* html.c - see html.h */
#include "html.h"
#include "shown.h"
#include <inttypes.h>

enum {
	WORD_MAX = 200,
	SENTENCE_MAX = 1000,
	LINES_MAX = 14 /* line breaks of one text that are kept as such */
};

void html_raw(FILE *to, span ours)
{
	fwrite(ours.p, 1, ours.n, to);
}

static void escape(FILE *to, span s)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&':
			HTML(to, "&amp;");
			break;
		case '<':
			HTML(to, "&lt;");
			break;
		case '>':
			HTML(to, "&gt;");
			break;
		case '"':
			HTML(to, "&quot;");
			break;
		case '\'':
			HTML(to, "&#39;");
			break;
		default:
			putc(s.p[i], to);
		}
}

static void put_token(FILE *to, const char *token)
{
	HTML(to, "<span class=\"tok\">" SHOWN_OPEN);
	escape(to, span_z(token));
	HTML(to, SHOWN_CLOSE "</span>");
}

static void put_cut(FILE *to, size_t n)
{
	HTML(to, "<span class=\"tok\">" SHOWN_OPEN "cut here: ");
	html_int(to, (int64_t)n);
	HTML(to, " bytes in all" SHOWN_CLOSE "</span>");
}

/* One piece; lines: how many line breaks may still be kept. */
static void put_piece(FILE *to, const struct shown *s, int *lines)
{
	if (s->kind == SHOWN_TOKEN)
		put_token(to, s->token);
	else if (s->kind == SHOWN_PLAIN)
		escape(to, s->plain);
	else if (*lines > 0 && (*lines)--)
		HTML(to, "\n");
	else
		put_token(to, "new line");
}

/* The element is open already. */
static void put_isolated(FILE *to, span s, size_t max)
{
	span part = shown_window(s, 0, 0, max);
	struct shown piece;
	int lines = 0;
	for (size_t pos = 0; shown_next(part, &pos, part.n, &piece);)
		put_piece(to, &piece, &lines);
	HTML(to, "</bdi>");
	if (part.n < s.n)
		put_cut(to, s.n);
}

void html_word(FILE *to, span s)
{
	HTML(to, "<bdi dir=\"auto\" class=\"w\">");
	put_isolated(to, s, WORD_MAX);
}

void html_sentence(FILE *to, span s)
{
	HTML(to, "<bdi dir=\"auto\">");
	put_isolated(to, s, SENTENCE_MAX);
}

void html_ours(FILE *to, const char *s)
{
	escape(to, span_z(s));
}

void html_int(FILE *to, int64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%" PRId64, n);
	for (int i = 0; i < len; i++) {
		putc(digits[i], to);
		int left = len - 1 - i;
		if (left > 0 && left % 3 == 0 && digits[i] != '-')
			putc(',', to);
	}
}

/* The bytes from *pos up to limit. */
static void put_until(FILE *to, span text, size_t *pos, size_t limit, int *lines)
{
	struct shown piece;
	while (*pos < limit && shown_next(text, pos, limit, &piece))
		put_piece(to, &piece, lines);
}

void html_said(FILE *to, span text, int64_t start, int64_t stop)
{
	bool marked = start >= 0 && stop > start && (uint64_t)stop <= text.n;
	size_t a = marked ? (size_t)start : 0, b = marked ? (size_t)stop : 0;
	span part = shown_window(text, a, b, HTML_SAID_MAX);
	size_t skipped = (size_t)(part.p - text.p), pos = 0;
	int lines = LINES_MAX;
	HTML(to, "<blockquote>");
	if (skipped)
		put_cut(to, text.n);
	HTML(to, "<bdi dir=\"auto\">");
	if (marked) {
		put_until(to, part, &pos, a - skipped, &lines);
		HTML(to, "<mark>");
		put_until(to, part, &pos, b - skipped, &lines);
		HTML(to, "</mark>");
	}
	put_until(to, part, &pos, part.n, &lines);
	HTML(to, "</bdi>");
	if (skipped + part.n < text.n)
		put_cut(to, text.n);
	HTML(to, "</blockquote>\n");
}
