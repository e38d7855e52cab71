/* torture.c - see torture.h. Texts that nearly match make a backtracking engine try everything:
 * long runs of one thing, and texts of the pattern's own making with the end spoilt. */
#include "torture.h"
#include "rx.h"

#define TEXT_MAX ((size_t)1000) /* as long as a window can be */
#define OWN_TEXTS 24

static const char *const runs[] = { "a",
				    "a ",
				    "ab",
				    "0",
				    "1 ",
				    "x4",
				    " ",
				    "  a",
				    ".",
				    "£1 ",
				    "a'",
				    "aA",
				    "-",
				    "\n",
				    "é",
				    "the ",
				    "4 for 20 ",
				    "on till 1 ",
				    "\xF0\x9F\x94\xA5" };

static int try_text(const struct rx *re, struct rx_scratch *s, span text, struct err *err)
{
	size_t start, stop;
	if (text.n > TEXT_MAX) {
		text.n = TEXT_MAX;
		while (text.n > 0 && ((unsigned char)text.p[text.n] & 0xC0) == 0x80)
			text.n--;
	}
	if (rx_search(re, s, text, 0, text.n, 0, &start, &stop) != RX_LIMIT)
		return 0;
	return err_set(
		err, E_LIMIT,
		"the pattern takes too many steps on a text such as '%.40s': two repeats next to "
		"or inside each other can take the same characters; make them differ",
		text.p);
}

static int try_own(const struct pattern *p, const struct rx *re, struct rx_scratch *s,
		   struct buf *text, struct err *err)
{
	static const char *const ends[] = { "", "!", "\x01", "a", "0" };
	uint64_t seed = 1;
	int code = 0;
	for (unsigned i = 0; i < OWN_TEXTS && code == 0; i++) {
		buf_clear(text);
		pattern_sample(p, &seed, text);
		/* Spoil it: cut its end, so that all but the last step fits, and go on with more of
		 * it. */
		size_t cut = text->n - (i % 4 < text->n ? i % 4 : 0);
		while (cut > 0 && cut < text->n && ((unsigned char)text->data[cut] & 0xC0) == 0x80)
			cut--;
		text->n = cut;
		buf_add(text, span_z(ends[i % 5]));
		if (i % 2)
			while (text->n < TEXT_MAX / 2 && text->n > 0 && !text->failed) {
				size_t n = text->n;
				for (size_t k = 0; k < n; k++)
					buf_byte(text, text->data[k]);
			}
		if (text->failed)
			return err_set(err, E_NOMEM, "out of memory");
		code = try_text(re, s, buf_span(text), err);
	}
	return code;
}

int torture_pattern(const struct pattern *p, const char *regex, struct err *err)
{
	struct rx *re = NULL;
	struct rx_scratch *s = NULL;
	struct buf text = { 0 };
	int code = rx_new(&re, regex, false, false, err);
	if (code)
		return code;
	s = rx_scratch_new(RX_MATCH_LIMIT / 10);
	if (!s)
		code = err_set(err, E_NOMEM, "out of memory");
	for (size_t i = 0; i < sizeof runs / sizeof *runs && code == 0; i++) {
		buf_clear(&text);
		while (text.n < TEXT_MAX && !text.failed)
			buf_add(&text, span_z(runs[i]));
		code = text.failed ? err_set(err, E_NOMEM, "out of memory")
				   : try_text(re, s, buf_span(&text), err);
	}
	if (code == 0)
		code = try_own(p, re, s, &text, err);
	buf_free(&text);
	rx_scratch_free(s);
	rx_free(re);
	return code;
}
