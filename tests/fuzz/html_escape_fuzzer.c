/*
 * html_escape_fuzzer.c - any bytes, through each writer that shows evidence to a person or a
 * program, come out as text that cannot be anything else.
 *
 * FUZZ_RUNS: 6000
 */
#include "../report/page_check.h"
#include "report/emit.h"
#include "report/html.h"
#include "report/shown.h"
#include <jansson.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void demand(bool good, const char *what)
{
	if (!good) {
		fprintf(stderr, "%s\n", what);
		abort();
	}
}

static void check_part(span out)
{
	char why[256];
	demand(part_ok(out, why, sizeof why), why);
}

static void check_line(span out)
{
	for (size_t pos = 0; pos < out.n;) {
		uint32_t cp = utf8_next(out, &pos);
		demand(cp != UTF8_BAD && cp != '\n' && !utf8_is_hidden(cp),
		       "a terminal gets it raw");
	}
}

static void check_json(span out, span in)
{
	json_t *j = json_loadb(out.p, out.n, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
	demand(j != NULL, "not JSON");
	json_t *value = json_object_get(j, "text");
	demand(json_is_string(value), "no value");
	if (utf8_valid(in))
		demand(json_string_length(value) == in.n && !json_object_get(j, "text_hex") &&
			       (in.n == 0 || memcmp(json_string_value(value), in.p, in.n) == 0),
		       "the value changed");
	else
		demand(json_string_length(json_object_get(j, "text_hex")) == 2 * in.n,
		       "the bytes are not there");
	json_decref(j);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	int64_t start = n > 0 ? data[0] * 4 : -1, stop = n > 1 ? start + data[1] : -1;
	span in = { (const char *)data, n };
	struct emit j;
	char *out = NULL;
	size_t out_n = 0, sizes[4];
	FILE *to = open_memstream(&out, &out_n);
	html_said(to, in, start, stop);
	html_word(to, in);
	html_sentence(to, in);
	fflush(to);
	sizes[0] = out_n;
	shown_print(to, in, n > 2 ? data[2] : 40);
	fflush(to);
	sizes[1] = out_n;
	j = (struct emit){ .to = to };
	emit_open(&j, '{');
	emit_pair(&j, "text", in);
	emit_close(&j, '}');
	emit_flush(&j);
	fclose(to);
	sizes[2] = out_n;
	check_part((span){ out, sizes[0] });
	check_line((span){ out + sizes[0], sizes[1] - sizes[0] });
	check_json((span){ out + sizes[1], sizes[2] - sizes[1] }, in);
	free(out);
	return 0;
}
