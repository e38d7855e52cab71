/* rx.c - see rx.h */
#include "rx.h"
#include <pcre2.h>
#include <stdlib.h>

#define HEAP_LIMIT_KIB 4096

struct rx {
	pcre2_code *code;
};

struct rx_scratch {
	pcre2_match_data *data;
	pcre2_match_context *context, *reach; /* the second with an end for where a match begins */
};

static int compile(struct rx **ret, const char *source, uint32_t more, bool jit, struct err *err)
{
	int code;
	PCRE2_SIZE at;
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_DOTALL |
			   PCRE2_NO_AUTO_CAPTURE | PCRE2_NEVER_BACKSLASH_C | more;
	struct rx *re = calloc(1, sizeof *re);
	if (!re)
		return err_set(err, E_NOMEM, "out of memory");
	re->code =
		pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED, options, &code, &at, NULL);
	if (!re->code) {
		PCRE2_UCHAR why[160];
		pcre2_get_error_message(code, why, sizeof why);
		free(re);
		return err_set(err, code == PCRE2_ERROR_NOMEMORY ? E_NOMEM : E_USER,
			       "pattern, byte %zu: %s", at + 1, (const char *)why);
	}
	if (jit) /* no JIT on this machine: the interpreter gives the same */
		pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE);
	*ret = re;
	return 0;
}

int rx_new(struct rx **ret, const char *source, bool anchored, bool jit, struct err *err)
{
	return compile(ret, source, anchored ? PCRE2_ANCHORED : 0, jit, err);
}

int rx_new_reach(struct rx **ret, const char *source, bool jit, struct err *err)
{
	return compile(ret, source, PCRE2_USE_OFFSET_LIMIT, jit, err);
}

void rx_free(struct rx *re)
{
	if (!re)
		return;
	pcre2_code_free(re->code);
	free(re);
}

struct rx_scratch *rx_scratch_new(uint32_t match_limit)
{
	struct rx_scratch *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->data = pcre2_match_data_create(1, NULL);
	s->context = pcre2_match_context_create(NULL);
	if (s->context) {
		pcre2_set_match_limit(s->context, match_limit);
		pcre2_set_depth_limit(s->context, match_limit);
		pcre2_set_heap_limit(s->context, HEAP_LIMIT_KIB);
		s->reach = pcre2_match_context_copy(s->context);
	}
	if (!s->data || !s->context || !s->reach) {
		rx_scratch_free(s);
		return NULL;
	}
	return s;
}

void rx_scratch_free(struct rx_scratch *s)
{
	if (!s)
		return;
	pcre2_match_data_free(s->data);
	pcre2_match_context_free(s->context);
	pcre2_match_context_free(s->reach);
	free(s);
}

/* The code of PCRE2; what the JIT cannot do, the interpreter tries. */
static int run(const struct rx *re, const struct rx_scratch *s, pcre2_match_context *context,
	       span text, size_t from, size_t to, size_t start)
{
	uint32_t options = PCRE2_NO_UTF_CHECK | (from > 0 ? PCRE2_NOTBOL : 0) |
			   (to < text.n ? PCRE2_NOTEOL : 0);
	PCRE2_SPTR p = (PCRE2_SPTR)text.p + from;
	int n = pcre2_match(re->code, p, to - from, start - from, options, s->data, context);
	if (n < 0 && n != PCRE2_ERROR_NOMATCH)
		n = pcre2_match(re->code, p, to - from, start - from, options | PCRE2_NO_JIT,
				s->data, context);
	return n;
}

enum rx_answer rx_reach(const struct rx *re, struct rx_scratch *s, span text, size_t from,
			size_t to, size_t start, size_t last, size_t *ret_start)
{
	pcre2_set_offset_limit(s->reach, last - from);
	int n = run(re, s, s->reach, text, from, to, start);
	if (n >= 0)
		*ret_start = from + pcre2_get_ovector_pointer(s->data)[0];
	return n == PCRE2_ERROR_NOMATCH ? RX_NO : n < 0 ? RX_LIMIT : RX_YES;
}

enum rx_answer rx_search(const struct rx *re, struct rx_scratch *s, span text, size_t from,
			 size_t to, size_t start, size_t *ret_start, size_t *ret_stop)
{
	int n = run(re, s, s->context, text, from, to, start);
	if (n == PCRE2_ERROR_NOMATCH)
		return RX_NO;
	if (n < 0)
		return RX_LIMIT;
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(s->data);
	*ret_start = from + at[0];
	*ret_stop = from + at[1];
	return RX_YES;
}
