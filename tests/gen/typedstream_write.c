/*
 * typedstream_write.c - see typedstream_write.h
 *
 * NeXT's typedstream, as seen in real attributedBody values: 0x84 begins something new, 0x86 ends
 * an object, 0x85 is nil, numbers from 0x92 on refer back to strings or objects already given. A
 * length is one byte up to 0x7f, then 0x81 and two bytes, then 0x82 and four, little-endian.
 */
#include "typedstream_write.h"

static const char head[] = "\x04\x0bstreamtyped\x81\xe8\x03"
			   "\x84\x01@\x84\x84\x84\x12NSAttributedString\0"
			   "\x84\x84\x08NSObject\0\x85\x92"
			   "\x84\x84\x84\x08NSString\x01\x94\x84\x01+";
static const char middle[] = "\x86\x84\x02iI\x01";
static const char tail[] = "\x92\x84\x84\x84\x0cNSDictionary\0\x94\x84\x01i\x01\x92\x84\x96\x96"
			   "\x1d__kIMMessagePartAttributeName\x86\x92"
			   "\x84\x84\x84\x08NSNumber\0\x84\x84\x07NSValue\0\x94\x84\x01*"
			   "\x84\x99\x99\0\x86\x86\x86";

static void add_number(struct buf *out, size_t n)
{
	if (n < 0x80) {
		buf_byte(out, (char)n);
		return;
	}
	int bytes = n < 0x8000 ? 2 : 4;
	buf_byte(out, bytes == 2 ? '\x81' : '\x82');
	for (int i = 0; i < bytes; i++)
		buf_byte(out, (char)(n >> (8 * i)));
}

/* UTF-16 units of a text that is known to be UTF-8: all but continuation bytes, twice for four. */
static size_t units(const char *text)
{
	size_t n = 0;
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		n += (c & 0xc0) != 0x80;
		n += c >= 0xf0;
	}
	return n;
}

void typedstream_write(struct buf *out, const char *text)
{
	span s = span_z(text);
	buf_add(out, SPAN(head));
	add_number(out, s.n);
	buf_add(out, s);
	buf_add(out, SPAN(middle));
	add_number(out, units(text));
	buf_add(out, SPAN(tail));
}
