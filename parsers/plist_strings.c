/* plist_strings.c - see plist_strings.h */
#include "plist_strings.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "bplist.h"
#include <expat.h>

#define DEPTH_MAX 64
#define ENTRIES_MAX 262144 /* visited in a binary list: entries may be shared without end */

struct strings {
	plist_string *tell;
	void *user;
	struct err *err;
	int stop;
	/* XML */
	XML_Parser expat;
	char container[DEPTH_MAX]; /* 'd' or 'a' */
	size_t depth, arrays;
	struct buf name[PLIST_NAMES], text;
	bool collecting, too_long;
};

static bool holds(span s, const char *word)
{
	return memmem(s.p, s.n, word, strlen(word)) != NULL;
}

bool plist_sniff(span head, const char *const *words)
{
	static const span magic = SPAN_INIT("bplist00");
	bool binary = head.n >= magic.n && memcmp(head.p, magic.p, magic.n) == 0;
	if (!head.n || (!binary && !holds(head, "<plist")))
		return false;
	while (*words && !holds(head, *words))
		words++;
	return *words != NULL;
}

static int no_memory(struct strings *s)
{
	return s->stop = err_set(s->err, E_NOMEM, "memory ran out");
}

/* ---- XML ---- */

static void XMLCALL on_start(void *user, const XML_Char *element, const XML_Char **atts)
{
	struct strings *s = user;
	bool dict = !strcmp(element, "dict"), array = !strcmp(element, "array");
	(void)atts;
	if (s->stop)
		return;
	if (dict || array) {
		if (s->depth == DEPTH_MAX) {
			s->stop = err_set(s->err, E_LIMIT, "a property list nested too deep");
			return;
		}
		s->container[s->depth++] = dict ? 'd' : 'a';
		s->arrays += array;
		if (dict && s->depth <= PLIST_NAMES)
			buf_clear(&s->name[s->depth - 1]);
	}
	s->collecting = !s->arrays && s->depth >= 1 && s->depth <= PLIST_NAMES &&
			(!strcmp(element, "key") || !strcmp(element, "string"));
	s->too_long = false;
	buf_clear(&s->text);
}

static void XMLCALL on_text(void *user, const XML_Char *p, int n)
{
	struct strings *s = user;
	if (!s->collecting || s->too_long || n <= 0)
		return;
	if (s->text.n + (size_t)n > PLIST_TEXT_MAX)
		s->too_long = true;
	else
		buf_add(&s->text, (span){ p, (size_t)n });
}

static void tell(struct strings *s)
{
	span name[PLIST_NAMES];
	for (size_t i = 0; i < s->depth; i++)
		name[i] = buf_span(&s->name[i]);
	int rc = s->tell(s->user, name, s->depth, buf_span(&s->text));
	if (rc < 0)
		s->stop = rc;
}

static void XMLCALL on_end(void *user, const XML_Char *element)
{
	struct strings *s = user;
	if (s->stop)
		return;
	if (!strcmp(element, "dict") || !strcmp(element, "array")) {
		s->depth--;
		s->arrays -= s->container[s->depth] == 'a';
	} else if (s->collecting && !strcmp(element, "key")) {
		struct buf *name = &s->name[s->depth - 1];
		buf_clear(name);
		if (!s->too_long)
			buf_add(name, buf_span(&s->text));
		if (name->failed)
			no_memory(s);
	} else if (s->collecting && !s->too_long) {
		if (s->text.failed)
			no_memory(s);
		else
			tell(s);
	}
	s->collecting = false;
}

static int xml_piece(struct strings *s, const char *p, size_t n)
{
	bool last = n == 0;
	if (XML_Parse(s->expat, p, (int)n, last) != XML_STATUS_OK && !s->stop)
		s->stop = err_set(s->err, E_FORMAT, "line %lu: the property list is broken (%s)",
				  (unsigned long)XML_GetCurrentLineNumber(s->expat),
				  XML_ErrorString(XML_GetErrorCode(s->expat)));
	return s->stop;
}

/* ---- binary ---- */

static bool utf8_of(struct buf *out, const struct bplist_node *node)
{
	buf_clear(out);
	if (node->bytes.n > PLIST_TEXT_MAX)
		return false;
	if (node->kind == BPLIST_ASCII)
		buf_add(out, node->bytes);
	else if (node->kind == BPLIST_UTF16)
		utf8_from_utf16(out, node->bytes, true);
	return node->kind == BPLIST_ASCII || node->kind == BPLIST_UTF16;
}

static int binary(struct strings *s, span data)
{
	struct bplist list;
	struct level {
		struct bplist_node dict;
		uint64_t at;
	} level[PLIST_NAMES] = { { .at = 0 } };
	size_t entries = 0;
	int rc = bplist_open(data, &list, s->err);
	if (rc)
		return rc;
	if (!bplist_root(&list, &level[0].dict) || level[0].dict.kind != BPLIST_DICT)
		return err_set(s->err, E_FORMAT, "the property list has no names at its top");
	for (s->depth = 1; s->depth > 0 && !s->stop;) {
		struct level *l = &level[s->depth - 1];
		struct bplist_node name, value;
		if (l->at == l->dict.n) {
			s->depth--;
			continue;
		}
		if (++entries > ENTRIES_MAX)
			return err_set(s->err, E_LIMIT, "a property list with too many entries");
		if (!bplist_entry(&list, &l->dict, l->at++, &name, &value))
			return err_set(s->err, E_FORMAT, "a damaged property list");
		if (!utf8_of(&s->name[s->depth - 1], &name))
			continue;
		if (value.kind == BPLIST_DICT && s->depth < PLIST_NAMES)
			level[s->depth++] = (struct level){ value, 0 };
		else if (utf8_of(&s->text, &value))
			tell(s);
		if (s->text.failed || s->name[s->depth - 1].failed)
			return no_memory(s);
	}
	return s->stop;
}

/* ---- both ---- */

static int read_list(struct strings *s, const struct input *in)
{
	char piece[16384];
	struct buf all = { 0 };
	bool is_binary = false, first = true;
	ptrdiff_t got;
	int rc = 0;
	while (rc == 0 && (got = in->read(in->user, piece, sizeof piece, s->err)) != 0) {
		if (got < 0) {
			rc = (int)got;
			break;
		}
		if (all.n + (size_t)got > PLIST_BYTES_MAX) {
			rc = err_set(s->err, E_LIMIT, "a binary property list of more than %zu MiB",
				     PLIST_BYTES_MAX >> 20);
			break;
		}
		/* A piece may be shorter than the word that tells the binary form. */
		buf_add(&all, (span){ piece, (size_t)got });
		if (first && all.n < 8)
			continue;
		if (first)
			is_binary = memcmp(all.data, "bplist00", 8) == 0;
		first = false;
		if (all.failed) {
			rc = no_memory(s);
		} else if (!is_binary) {
			rc = xml_piece(s, all.data, all.n);
			buf_clear(&all);
		}
	}
	if (rc == 0 && is_binary)
		rc = binary(s, buf_span(&all));
	else if (rc == 0)
		rc = all.n ? err_set(s->err, E_FORMAT, "not a property list") : xml_piece(s, "", 0);
	buf_free(&all);
	return rc;
}

int plist_strings(const struct input *in, plist_string *tell_one, void *user, struct err *err)
{
	struct strings s = { .tell = tell_one, .user = user, .err = err };
	s.expat = XML_ParserCreate(NULL);
	if (!s.expat)
		return no_memory(&s);
	XML_SetUserData(s.expat, &s);
	XML_SetElementHandler(s.expat, on_start, on_end);
	XML_SetCharacterDataHandler(s.expat, on_text);
	int rc = read_list(&s, in);
	XML_ParserFree(s.expat);
	for (size_t i = 0; i < PLIST_NAMES; i++)
		buf_free(&s.name[i]);
	buf_free(&s.text);
	return rc;
}
