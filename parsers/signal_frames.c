/* signal_frames.c - see signal_frames.h: the little SQL that a backup of Signal has. */
#include "signal_frames.h"
#include "protobuf.h"

#define HEADER_MAX 400u

static const char *const names[SIGNAL_TABLES] = {
	"",         "recipient", "groups", "group_membership", "thread", "sms", "mms", "message",
	"reaction", "call",      "part",   "attachment",
};

const char *signal_table_name(enum signal_table table)
{
	return names[table];
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 128;
}

/* The word or quoted name that s begins with; s moves behind it. */
static span take_word(span *s)
{
	size_t n = 0;
	while (s->n && is_blank(*s->p))
		*s = span_from(*s, 1);
	if (s->n && (*s->p == '"' || *s->p == '`' || *s->p == '[' || *s->p == '\'')) {
		char end = *s->p == '[' ? ']' : *s->p;
		*s = span_from(*s, 1);
		while (n < s->n && s->p[n] != end)
			n++;
		span word = span_sub(*s, 0, n);
		*s = span_from(*s, n < s->n ? n + 1 : n);
		return word;
	}
	while (n < s->n && is_word(s->p[n]))
		n++;
	span word = span_sub(*s, 0, n);
	*s = span_from(*s, n);
	return word;
}

enum signal_table signal_statement(span sql, bool *ret_create, span *ret_rest)
{
	span s = sql, first = take_word(&s), word = take_word(&s);
	bool create = span_eq_nocase(first, SPAN("CREATE"));
	if (create) {
		if (!span_eq_nocase(word, SPAN("TABLE")))
			return SIGNAL_TABLE_NONE;
		word = take_word(&s);
		if (span_eq_nocase(word, SPAN("IF"))) {
			take_word(&s);
			take_word(&s);
			word = take_word(&s);
		}
	} else if (span_eq_nocase(first, SPAN("INSERT"))) {
		if (span_eq_nocase(word, SPAN("OR"))) {
			take_word(&s);
			word = take_word(&s);
		}
		if (!span_eq_nocase(word, SPAN("INTO")))
			return SIGNAL_TABLE_NONE;
		word = take_word(&s);
	} else {
		return SIGNAL_TABLE_NONE;
	}
	for (int t = SIGNAL_TABLE_NONE + 1; t < SIGNAL_TABLES; t++)
		if (span_eq_nocase(word, span_z(names[t]))) {
			*ret_create = create;
			*ret_rest = s;
			return (enum signal_table)t;
		}
	return SIGNAL_TABLE_NONE;
}

static uint32_t big(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

span signal_header(span head, uint64_t *ret_first)
{
	struct protobuf_field f;
	uint32_t n = head.n >= 4 ? big((const unsigned char *)head.p) : 0;
	if (n < 20 || n > HEADER_MAX || head.n < 4 + (size_t)n)
		return SPAN_NONE;
	span frame = span_sub(head, 4, 4 + (size_t)n);
	if (!protobuf_valid(frame) || !protobuf_get(frame, 1, PROTOBUF_BYTES, &f))
		return SPAN_NONE;
	span header = f.bytes;
	if (!protobuf_get(header, 1, PROTOBUF_BYTES, &f) || f.bytes.n != 16)
		return SPAN_NONE;
	*ret_first = 4 + (uint64_t)n;
	return header;
}
