/* typedstream.c - see typedstream.h */
#include "typedstream.h"
#include <stdint.h>

enum {
	TAG_INT16 = 0x81,
	TAG_INT32 = 0x82,
	TAG_NEW = 0x84,
	TAG_NIL = 0x85,
	TAG_END = 0x86,
	TAG_FIRST_REFERENCE = 0x92
};

/* Up to the text there are four classes and four types; more is not a message. */
#define CLASSES_MAX 16
#define STRINGS_MAX 16
#define OBJECTS_MAX 32
#define NONE (-1)

struct stream {
	span left;
	bool big_endian;
	bool bad; /* a read failed: all later ones give nothing */
	bool cut; /* because the bytes ended */
	span string[STRINGS_MAX];
	int strings;
	struct class
	{
		span name;
		int parent; /* in class[], or NONE */
	} class[CLASSES_MAX];
	int classes;
	int object[OBJECTS_MAX]; /* its place in class[] if it is a class, else NONE */
	int objects;
};

static int fail(struct stream *s)
{
	s->bad = true;
	return 0;
}

static bool need(struct stream *s, size_t n)
{
	if (s->bad)
		return false;
	s->bad = s->cut = n > s->left.n;
	return !s->bad;
}

static unsigned byte(struct stream *s)
{
	if (!need(s, 1))
		return 0;
	unsigned value = (unsigned char)*s->left.p;
	s->left = span_from(s->left, 1);
	return value;
}

static span bytes(struct stream *s, size_t n)
{
	if (!need(s, n))
		return SPAN_NONE;
	span out = span_sub(s->left, 0, n);
	s->left = span_from(s->left, n);
	return out;
}

/* A number that must not be negative: a length or a version. */
static size_t number(struct stream *s)
{
	unsigned head = byte(s);
	if (head < 0x80)
		return head;
	if (head != TAG_INT16 && head != TAG_INT32)
		return (size_t)fail(s);
	span raw = bytes(s, head == TAG_INT16 ? 2 : 4);
	size_t value = 0;
	for (size_t i = 0; i < raw.n; i++)
		value = value << 8 | (unsigned char)raw.p[s->big_endian ? i : raw.n - 1 - i];
	return value;
}

/* A type or a class name. */
static span shared_string(struct stream *s)
{
	unsigned head = byte(s);
	if (head == TAG_NEW) {
		span text = bytes(s, number(s));
		if (s->strings == STRINGS_MAX)
			fail(s);
		else
			s->string[s->strings++] = text;
		return text;
	}
	if (head < TAG_FIRST_REFERENCE || (int)(head - TAG_FIRST_REFERENCE) >= s->strings) {
		fail(s);
		return SPAN_NONE;
	}
	return s->string[head - TAG_FIRST_REFERENCE];
}

static void count_object(struct stream *s, int class)
{
	if (s->objects == OBJECTS_MAX)
		fail(s);
	else
		s->object[s->objects++] = class;
}

/* A class with all its parents: its place in class[], NONE where there is none. */
static int read_class(struct stream *s)
{
	int first = NONE, child = NONE;
	for (;;) {
		unsigned head = byte(s);
		int here = NONE;
		if (head == TAG_NEW && s->classes < CLASSES_MAX) {
			here = s->classes++;
			s->class[here] = (struct class){ shared_string(s), NONE };
			number(s);
			count_object(s, here);
		} else if (head >= TAG_FIRST_REFERENCE &&
			   (int)(head - TAG_FIRST_REFERENCE) < s->objects) {
			here = s->object[head - TAG_FIRST_REFERENCE];
			if (here == NONE)
				fail(s);
		} else if (head != TAG_NIL) {
			fail(s);
		}
		if (s->bad)
			return NONE;
		if (child == NONE)
			first = here;
		else
			s->class[child].parent = here;
		if (head != TAG_NEW)
			return first;
		child = here;
	}
}

/* A parent always stands before its child was complete, but a hostile stream can still make a
 * ring of references: the count bounds the walk. */
static bool descends(const struct stream *s, int class, span name)
{
	for (int steps = 0; class != NONE && steps < CLASSES_MAX; steps++) {
		if (span_eq(s->class[class].name, name))
			return true;
		class = s->class[class].parent;
	}
	return false;
}

/* The class of a new object, whose values follow; NONE for anything else. */
static int begin_object(struct stream *s)
{
	if (byte(s) != TAG_NEW) {
		fail(s);
		return NONE;
	}
	count_object(s, NONE);
	return read_class(s);
}

static span string_value(struct stream *s)
{
	/* Some writers put the letter without the tag of a type; nothing else could stand there. */
	if (s->left.n && *s->left.p == '+')
		byte(s);
	else if (!span_eq(shared_string(s), SPAN("+")))
		fail(s);
	span text = bytes(s, number(s));
	if (byte(s) != TAG_END)
		fail(s);
	return text;
}

static bool read_header(struct stream *s)
{
	if (byte(s) != 4)
		return false;
	span word = bytes(s, number(s));
	s->big_endian = span_eq(word, SPAN("typedstream"));
	if (!s->big_endian && !span_eq(word, SPAN("streamtyped")))
		return false;
	number(s);
	return !s->bad;
}

int typedstream_text(span blob, span *ret, struct err *err)
{
	struct stream s = { .left = blob };
	if (!blob.p || (!read_header(&s) && !s.cut))
		return err_set(err, E_FORMAT, "its text is not an archive that is known");
	bool typed = span_eq(shared_string(&s), SPAN("@"));
	int class = begin_object(&s);
	if (typed && descends(&s, class, SPAN("NSAttributedString"))) {
		typed = span_eq(shared_string(&s), SPAN("@"));
		class = begin_object(&s);
	}
	span text = string_value(&s);
	if (s.cut)
		return err_set(err, E_FORMAT, "its archived text is cut off");
	if (s.bad || !typed || !descends(&s, class, SPAN("NSString")))
		return err_set(err, E_FORMAT, "its archive holds no text where it should");
	*ret = text;
	return 0;
}
