/* notice.c - see notice.h */
#include "notice.h"
#include "base/time.h"
#include "caselog.h"
#include "decision.h"
#include "report/html.h"
#include "report/zone.h"
#include "sha256.h"
#include "small_file.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char plain[] = {
#include "notice_plain.inc"
};
static const char easy[] = {
#include "notice_easy.inc"
};
static const char welsh[] = {
#include "notice_welsh.inc"
};

static const struct {
	const char *word, *text;
} forms[NOTICE_FORMS] = {
	[NOTICE_PLAIN] = { "plain", plain },
	[NOTICE_EASY] = { "easy-read", easy },
	[NOTICE_WELSH] = { "welsh", welsh },
};

const char *notice_form_word(enum notice_form form)
{
	return forms[form].word;
}

bool notice_form_from_word(const char *word, enum notice_form *ret)
{
	for (int i = 0; i < NOTICE_FORMS; i++)
		if (strcmp(forms[i].word, word) == 0) {
			*ret = (enum notice_form)i;
			return true;
		}
	return false;
}

#define LINE_MOST ((size_t)900) /* html_sentence() cuts longer ones */

struct known {
	struct case_db *c;
	json_t *authority, *scope, *retention;
	int64_t authority_id;
};

static int load(struct known *k, struct case_db *c, struct err *err)
{
	*k = (struct known){ .c = c };
	int rc = decision_current(c, DECISION_AUTHORITY, &k->authority_id, &k->authority, err);
	if (!rc)
		rc = decision_current(c, DECISION_SCOPE, NULL, &k->scope, err);
	if (!rc)
		decision_current(c, DECISION_RETENTION, NULL, &k->retention, NULL);
	return rc;
}

static void unload(struct known *k)
{
	json_decref(k->authority);
	json_decref(k->scope);
	json_decref(k->retention);
}

static const char *choice(const json_t *choices, const char *key)
{
	const char *s = json_string_value(json_object_get(choices, key));
	return s ? s : "";
}

static void add_day(struct buf *out, const char *date)
{
	int64_t ms;
	char words[24];
	if (!time_parse_date(span_z(date), &ms))
		return;
	zone_day_words(ms / 86400000, words);
	buf_add(out, span_z(words));
}

/* What is asked for, from the scope alone, so that the notice cannot promise less than is read. */
static void add_sought(struct buf *out, const struct known *k)
{
	static const struct {
		const char *kind, *words;
	} kinds[] = {
		{ "account", "- the phone's own number and SIM card" },
		{ "contact", "- the contacts saved on it" },
		{ "call", "- who was called, when and for how long" },
		{ "message", "- who messages were sent to or came from, and when. The words of "
			     "messages are read only if that is decided later, and only as far as "
			     "is needed" },
		{ "trace-apps", "- which apps are or were on it" },
		{ "trace-notifications", "- which apps showed notifications, and when" },
		{ "trace-contacts-used", "- whom apps on it were used to contact, and when" },
		{ "trace-usage", "- which apps were used, and when" },
		{ "trace-permissions",
		  "- what apps on it are allowed, such as to use its location" },
		{ "trace-notes-titles", "- when notes were changed. Their titles are read only if "
					"that is decided later; what is in them is not read" },
		{ "trace-calendar",
		  "- the times of calendar entries and who was asked to them. Their "
		  "titles are read only if that is decided later" },
	};
	const json_t *list = json_object_get(k->scope, "kinds");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (size_t n = 0; n < json_array_size(list); n++)
			if (strcmp(json_string_value(json_array_get(list, n)), kinds[i].kind) == 0)
				buf_addf(out, "%s\n", kinds[i].words);
	const char *from = choice(k->scope, "from"), *to = choice(k->scope, "to");
	buf_add(out, SPAN("Only"));
	if (*from) {
		buf_add(out, SPAN(" from "));
		add_day(out, from);
	}
	if (*to) {
		buf_add(out, SPAN(" until "));
		add_day(out, to);
	}
	if (!*from && !*to)
		buf_add(out, SPAN(" what is on the phone now, without a limit of days"));
	size_t people = json_array_size(json_object_get(k->scope, "with"));
	if (people)
		buf_addf(out, ", and only with %zu %s of which the officer has told you", people,
			 people == 1 ? "person" : "people");
	buf_add(out, SPAN(". No pictures, videos or sound."));
}

static int add_reason(struct buf *out, const struct known *k, struct err *err)
{
	static const struct {
		const char *word, *words;
	} purposes[] = {
		{ "crime", "To prevent, find out about or prosecute crime." },
		{ "locate", "To help find a person who is missing." },
		{ "protect", "To protect a child or an adult at risk from harm." },
	};
	const json_t *list = json_object_get(k->authority, "purposes");
	for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
		for (size_t n = 0; n < json_array_size(list); n++)
			if (strcmp(json_string_value(json_array_get(list, n)), purposes[i].word) ==
			    0)
				buf_addf(out, "%s ", purposes[i].words);
	buf_byte(out, '\n');
	struct err why = { 0 };
	int rc = decision_text(k->c, k->authority_id, "relevance", out, &why);
	return rc && rc != E_ABSENT ? err_set(err, rc, "%s", why.message) : 0;
}

static int add_value(struct buf *out, span name, const struct known *k, struct err *err)
{
	char head[65];
	int64_t seq;
	if (span_eq(name, SPAN("sought")))
		add_sought(out, k);
	else if (span_eq(name, SPAN("reason")))
		return add_reason(out, k, err);
	else if (span_eq(name, SPAN("date"))) {
		char words[24];
		zone_day_words(zone_day(case_now(k->c)), words);
		buf_add(out, span_z(words));
	} else if (span_eq(name, SPAN("review_by")))
		add_day(out, choice(k->retention, "review_by"));
	else if (span_eq(name, SPAN("officer")))
		buf_add(out, span_z(choice(k->authority, "officer_role")));
	else if (span_eq(name, SPAN("head"))) {
		int rc = caselog_head(k->c, head, &seq, err);
		if (rc)
			return rc;
		buf_add(out, span_z(head));
	} else {
		char key[32];
		snprintf(key, sizeof key, "%.*s", (int)name.n, name.p);
		buf_add(out, span_z(choice(k->authority, key)));
	}
	return 0;
}

static int fill(struct buf *out, const char *text, const struct known *k, struct err *err)
{
	int rc = 0;
	while (!rc && *text) {
		const char *open = strstr(text, "{{"), *close = open ? strstr(open, "}}") : NULL;
		if (!close) {
			buf_add(out, span_z(text));
			break;
		}
		buf_add(out, (span){ text, (size_t)(open - text) });
		rc = add_value(out, (span){ open + 2, (size_t)(close - open - 2) }, k, err);
		text = close + 2;
	}
	return rc ? rc : out->failed ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
}

int notice_text(struct case_db *c, enum notice_form form, struct buf *ret, struct err *err)
{
	struct known k;
	int rc = load(&k, c, err);
	if (!rc)
		rc = fill(ret, forms[form].text, &k, err);
	unload(&k);
	return rc;
}

/* The page: the text with its lines as they are. */
static void put_page(FILE *f, span bytes)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>Notice"
	      "</title><style>body{max-width:46em;margin:2em auto;font:1.1em/1.5 "
	      "sans-serif;white-space:pre-wrap}</style></head><body>",
	      f);
	/* Line by line: the escaping is for one line. */
	while (bytes.n) {
		const char *end = memchr(bytes.p, '\n', bytes.n);
		size_t n = end ? (size_t)(end - bytes.p) : bytes.n;
		bool cut = n > LINE_MOST;
		for (n = cut ? LINE_MOST : n; cut && ((unsigned char)bytes.p[n] & 0xc0) == 0x80;)
			n--;
		html_sentence(f, (span){ bytes.p, n });
		if (!cut)
			fputc('\n', f);
		bytes = span_from(bytes, end && !cut ? n + 1 : n);
	}
	fputs("</body></html>\n", f);
}

/* Whole, or not at all; a link of that name is replaced, not followed. */
static int write_page(const char *path, span bytes, struct err *err)
{
	char *page = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&page, &n);
	if (f)
		put_page(f, bytes);
	bool failed = !f || ferror(f);
	if (f && fclose(f) != 0)
		failed = true;
	int rc = failed ? err_set(err, E_NOMEM, "Memory ran out.")
			: small_file_replace(AT_FDCWD, path, (span){ page, n }, 0600, err);
	free(page);
	return rc;
}

static int hash_of(span bytes, char ret[static 65], struct err *err)
{
	struct sha256 *h = sha256_new(err);
	if (!h)
		return err_set(err, E_NOMEM, "Memory ran out.");
	sha256_add(h, bytes);
	int rc = sha256_end(h, ret, err);
	sha256_free(h);
	return rc;
}

static int64_t count_notices(struct case_db *c)
{
	sqlite3_stmt *st;
	int64_t n = 0;
	if (case_prepare(c, "SELECT count(*) FROM decision WHERE kind='notice'", &st, NULL))
		return 0;
	if (sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

static int record_notice(struct case_db *c, enum notice_form form, const char *sha256,
			 struct err *err)
{
	int64_t before = 0;
	decision_current(c, DECISION_NOTICE, &before, NULL, NULL);
	struct decision d = { .kind = DECISION_NOTICE, .supersedes = before };
	json_t *choices = json_pack("{ssssss}", "form", notice_form_word(form), "sha256", sha256,
				    "state", "made");
	d.choices = choices;
	int rc = decision_record(c, &d, NULL, err);
	json_decref(choices);
	return rc;
}

int notice_make(struct case_db *c, enum notice_form form, char *path, size_t cap, struct err *err)
{
	struct buf text = { 0 };
	char sha256[65], page[4200];
	int64_t n = count_notices(c) + 1;
	int rc = notice_text(c, form, &text, err);
	if (!rc &&
	    (snprintf(path, cap, "%s/notice-%lld.txt", case_dir(c), (long long)n) >= (int)cap ||
	     snprintf(page, sizeof page, "%s/notice-%lld.html", case_dir(c), (long long)n) >=
		     (int)sizeof page))
		rc = err_set(err, E_LIMIT, "The name of the case folder is too long.");
	if (!rc)
		rc = hash_of(buf_span(&text), sha256, err);
	if (!rc)
		rc = small_file_replace(AT_FDCWD, path, buf_span(&text), 0600, err);
	if (!rc)
		rc = write_page(page, buf_span(&text), err);
	if (!rc)
		rc = record_notice(c, form, sha256, err);
	buf_free(&text);
	return rc;
}

int notice_confirm(struct case_db *c, const char *how, const char *reason, bool copy_given,
		   struct err *err)
{
	struct err why = { 0 };
	json_t *made;
	int64_t id;
	int rc = decision_current(c, DECISION_NOTICE, &id, &made, &why);
	if (rc == E_ABSENT)
		return err_set(
			err, E_REFUSED,
			"There is no notice to confirm. Make one with 'linecheck case notice "
			"%s', hand it over, then confirm it.",
			case_dir(c));
	if (rc)
		return err_set(err, rc, "%s", why.message);
	json_t *choices = json_pack("{ssssssssss}", "copy", copy_given ? "given" : "not-given",
				    "form", choice(made, "form"), "how", how, "sha256",
				    choice(made, "sha256"), "state", "confirmed");
	const struct decision_text texts[] = { { "reason", reason ? reason : "" }, { NULL, NULL } };
	struct decision d = { .kind = DECISION_NOTICE,
			      .choices = choices,
			      .texts = reason ? texts : NULL,
			      .supersedes = id };
	rc = choices ? decision_record(c, &d, NULL, err) : err_set(err, E_NOMEM, "Memory ran out.");
	json_decref(choices);
	json_decref(made);
	return rc;
}
