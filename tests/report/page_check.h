/*
 * page_check.h - is a page only what the writer may make? An oracle for tests and fuzzing.
 *
 * Tags are those of the table, opened and closed in order, with attributes of the table only; text
 * has no raw markup, no character that hides, and no entity that the writer does not make.
 */
#ifndef PAGE_CHECK_H
#define PAGE_CHECK_H
#include "base/utf8.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What the page may consist of: element, and attributes with the start of the values they may have.
 */
static const struct {
	const char *name;
	bool is_void;
	const char *attributes[6]; /* name=value-prefix */
} elements[] = {
	{ "html", false, { "lang=en-GB" } },
	{ "head", false, { NULL } },
	{ "meta",
	  true,
	  { "charset=utf-8", "http-equiv=Content-Security-Policy", "content=", "name=" } },
	{ "title", false, { NULL } },
	{ "style", false, { NULL } },
	{ "body", false, { NULL } },
	{ "header", false, { NULL } },
	{ "main", false, { NULL } },
	{ "footer", false, { NULL } },
	{ "section", false, { "class=outcome" } },
	{ "article", false, { "id=F" } },
	{ "h1", false, { NULL } },
	{ "h2", false, { NULL } },
	{ "h3", false, { NULL } },
	{ "h4", false, { NULL } },
	{ "p", false, { "class=", "id=run" } },
	{ "b", false, { NULL } },
	{ "q", false, { NULL } },
	{ "a", false, { "href=#F" } },
	{ "br", true, { NULL } },
	{ "bdi", false, { "dir=auto", "class=w" } },
	{ "mark", false, { NULL } },
	{ "code", false, { NULL } },
	{ "span", false, { "class=" } },
	{ "ol", false, { "class=" } },
	{ "ul", false, { "class=axes" } },
	{ "li", false, { NULL } },
	{ "details", false, { NULL } },
	{ "summary", false, { NULL } },
	{ "dl", false, { NULL } },
	{ "dt", false, { NULL } },
	{ "dd", false, { NULL } },
	{ "blockquote", false, { NULL } },
	{ "table", false, { "class=times" } },
	{ "caption", false, { NULL } },
	{ "thead", false, { NULL } },
	{ "tbody", false, { NULL } },
	{ "tfoot", false, { NULL } },
	{ "tr", false, { NULL } },
	{ "th", false, { "scope=col", "scope=row", "class=id" } },
	{ "td", false, { "class=" } },
	{ "svg", false, { "viewBox=0 0 ", "role=img" } },
	{ "text", false, { "x=", "y=", "text-anchor=" } },
	{ "path", true, { "class=axis", "d=M" } },
	{ "rect", true, { "class=", "x=", "y=", "width=", "height=" } },
	{ "circle", true, { "class=other", "cx=", "cy=", "r=3" } },
};
enum { ELEMENTS = sizeof elements / sizeof *elements, DEPTH = 32 };

struct page_check {
	const char *p, *end;
	char *why;
	size_t cap;
	size_t stack[DEPTH], depth;
};

__attribute__((format(printf, 2, 3))) static inline bool page_bad(struct page_check *c,
								  const char *format, ...)
{
	va_list ap;
	va_start(ap, format);
	vsnprintf(c->why, c->cap, format, ap);
	va_end(ap);
	return false;
}

static inline size_t page_element(const char *name, size_t n)
{
	size_t i = 0;
	while (i < ELEMENTS &&
	       (strlen(elements[i].name) != n || memcmp(elements[i].name, name, n) != 0))
		i++;
	return i;
}

static inline bool page_attribute_ok(size_t element, const char *text, size_t n)
{
	for (size_t i = 0; i < 6 && elements[element].attributes[i]; i++) {
		const char *may = elements[element].attributes[i];
		if (n >= strlen(may) && memcmp(text, may, strlen(may)) == 0)
			return true;
	}
	return false;
}

/* ` name="value"`, all of them; leaves p at the closing bracket. */
static inline bool page_attributes_ok(struct page_check *c, size_t element)
{
	while (c->p < c->end && *c->p == ' ') {
		char text[256];
		size_t n = 0;
		for (c->p++; c->p < c->end && *c->p != '=' && *c->p != '>' && n < 100; c->p++)
			text[n++] = *c->p;
		text[n++] = '=';
		if (c->end - c->p < 2 || memcmp(c->p, "=\"", 2) != 0)
			return page_bad(c, "<%s> has an attribute without a value",
					elements[element].name);
		for (c->p += 2; c->p < c->end && *c->p != '"' && n < sizeof text; c->p++)
			text[n++] = *c->p;
		if (c->p == c->end || *c->p++ != '"' || !page_attribute_ok(element, text, n))
			return page_bad(c, "<%s> has %.*s", elements[element].name, (int)n, text);
	}
	return true;
}

/* One tag; p stands after its '<'. */
static inline bool page_tag_ok(struct page_check *c)
{
	bool closes = *c->p == '/';
	c->p += closes;
	size_t n = 0;
	while (c->p + n < c->end && isalnum((unsigned char)c->p[n]))
		n++;
	size_t element = page_element(c->p, n);
	if (element == ELEMENTS)
		return page_bad(c, "<%.*s> does not belong on the page", (int)n, c->p);
	c->p += n;
	if (closes && (!c->depth || c->stack[--c->depth] != element))
		return page_bad(c, "</%s> closes something else", elements[element].name);
	if (!closes && !page_attributes_ok(c, element))
		return false;
	if (!closes && c->p < c->end && *c->p == '/')
		c->p++;
	if (c->p == c->end || *c->p++ != '>')
		return page_bad(c, "<%s> is not closed", elements[element].name);
	if (closes || elements[element].is_void)
		return true;
	if (c->depth == DEPTH)
		return page_bad(c, "too deep");
	c->stack[c->depth++] = element;
	if (strcmp(elements[element].name, "style") != 0)
		return true;
	const char *stop = memmem(c->p, (size_t)(c->end - c->p), "</style>", 8);
	if (!stop || memmem(c->p, (size_t)(stop - c->p), "url(", 4) ||
	    memmem(c->p, (size_t)(stop - c->p), "@import", 7))
		return page_bad(c, "the style fetches something");
	c->p = stop;
	return true;
}

/* One character of text. */
static inline bool page_text_ok(struct page_check *c)
{
	static const char *const entities[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
	size_t left = (size_t)(c->end - c->p), pos = 0;
	if (*c->p == '>' || *c->p == '"' || *c->p == '\'')
		return page_bad(c, "raw %c at: %.*s", *c->p, (int)(left < 60 ? left : 60), c->p);
	if (*c->p == '&') {
		bool known = false;
		for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
			known |= left >= strlen(entities[i]) &&
				 memcmp(c->p, entities[i], strlen(entities[i])) == 0;
		if (!known)
			return page_bad(c, "raw & at: %.*s", (int)(left < 60 ? left : 60), c->p);
	}
	uint32_t cp = utf8_next((span){ c->p, left }, &pos);
	if (cp == UTF8_BAD || (cp != '\n' && utf8_is_hidden(cp)))
		return page_bad(c, "U+%04X stands on the page", (unsigned)cp);
	c->p += pos;
	return true;
}

/* A part of a page: everything that it opens it closes. */
static inline bool part_ok(span part, char *why, size_t cap)
{
	struct page_check c = { .p = part.p, .end = part.p + part.n, .why = why, .cap = cap };
	while (c.p < c.end) {
		if (*c.p == '<') {
			if (++c.p == c.end)
				return page_bad(&c, "a bracket ends it");
			if (!page_tag_ok(&c))
				return false;
		} else if (!page_text_ok(&c)) {
			return false;
		}
	}
	return c.depth ? page_bad(&c, "<%s> stays open", elements[c.stack[c.depth - 1]].name)
		       : true;
}

static inline bool page_ok(span page, char *why, size_t cap)
{
	static const char doctype[] = "<!DOCTYPE html>\n";
	if (page.n < sizeof doctype || memcmp(page.p, doctype, sizeof doctype - 1) != 0) {
		snprintf(why, cap, "no doctype");
		return false;
	}
	return part_ok(span_from(page, sizeof doctype - 1), why, cap);
}
#endif
