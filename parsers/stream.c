/* stream.c - see stream.h */
#include "stream.h"
#include <stdlib.h>

#define PIECE ((size_t)65536)

static int make_room(struct stream *s, size_t n, struct err *err)
{
	if (s->from) {
		memmove(s->data, s->data + s->from, s->n - s->from);
		s->n -= s->from;
		s->from = 0;
	}
	size_t cap = n > PIECE ? n : PIECE;
	if (cap <= s->cap)
		return 0;
	char *more = realloc(s->data, cap);
	if (!more)
		return err_set(err, E_NOMEM, "memory ran out");
	s->data = more;
	s->cap = cap;
	return 0;
}

int stream_see(struct stream *s, size_t n, span *ret, struct err *err)
{
	if (s->n - s->from < n && !s->ended) {
		int rc = make_room(s, n, err);
		while (rc == 0 && s->n < n && !s->ended) {
			ptrdiff_t got =
				s->in->read(s->in->user, s->data + s->n, s->cap - s->n, err);
			if (got < 0)
				return (int)got;
			s->n += (size_t)got;
			s->ended = got == 0;
		}
		if (rc)
			return rc;
	}
	size_t left = s->n - s->from;
	*ret = (span){ s->data ? s->data + s->from : "", left < n ? left : n };
	return 0;
}

void stream_take(struct stream *s, size_t n)
{
	s->from += n;
	s->passed += n;
}

void stream_free(struct stream *s)
{
	free(s->data);
	*s = (struct stream){ 0 };
}
