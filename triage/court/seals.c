/* seals.c - see seals.h */
#include "seals.h"
#include "bundle.h"

void seals_text(const struct seals *s, struct buf *ret)
{
	buf_add(ret, SPAN("linecheck-signed-1\n"));
	if (s->key)
		buf_addf(ret, BUNDLE_SIGNATURE " %s\n", s->key);
	if (s->certificate)
		buf_addf(ret, BUNDLE_CMS " %s\n", s->certificate);
	if (s->request)
		buf_add(ret, SPAN(BUNDLE_REQUEST "\n"));
}
