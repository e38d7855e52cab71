/*
 * textin.h - the bytes of a text file as UTF-8, a piece at a time.
 *
 * UTF-16 (told by its BOM or by its first character), and the single-byte charset that an XML
 * declaration names, become UTF-8; a BOM is dropped. Everything else is given as it is: nothing
 * says that it is valid. Memory is one piece, whatever the size of the file.
 */
#ifndef TEXTIN_H
#define TEXTIN_H
#include "base/buf.h"
#include "parser.h"

enum charset {
	CHARSET_UTF8, /* also ASCII, and whatever is not named */
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	CHARSET_LATIN1,
	CHARSET_CP1252,
	CHARSET_UNKNOWN
};

/* From a name as MIME, XML and vCard write it; CHARSET_UNKNOWN if linecheck cannot read it. */
enum charset charset_of(span name);

/* s in charset, appended to out as UTF-8. UTF-8 is copied as it is. */
void charset_decode(struct buf *out, span s, enum charset charset);

struct textin;

/* in is borrowed until textin_free. NULL when memory ran out. */
struct textin *textin_new(const struct input *in);
void textin_free(struct textin *t);

/* The next piece, valid until the next call. 1, 0 at the end, or negative. */
int textin_next(struct textin *t, span *ret, struct err *err);

/* Once the first piece was given: the name of the encoding that the file says it is in, if that is
 * none that can be read; else absent. */
span textin_unknown(const struct textin *t);

/* The beginning of a file as ASCII, for sniffing: UTF-16 is reduced to its low bytes. Writes at
 * most cap bytes, gives how many. */
size_t textin_peek(span head, char *out, size_t cap);
#endif
