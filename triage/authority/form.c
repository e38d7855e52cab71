/* form.c - see form.h */
#include "form.h"
#include "base/time.h"
#include "base/utf8.h"
#include "report/zone.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANSWER_MOST ((size_t)8000)
#define LIST_MOST 64

struct form {
	json_t *answers;
};

int form_new(struct form **ret, struct err *err)
{
	struct form *f = calloc(1, sizeof *f);
	if (!f || !(f->answers = json_object())) {
		free(f);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	*ret = f;
	return 0;
}

void form_free(struct form *f)
{
	if (!f)
		return;
	json_decref(f->answers);
	free(f);
}

const json_t *form_answers(const struct form *f)
{
	return f->answers;
}

const char *form_text(const struct form *f, const char *id)
{
	const char *s = json_string_value(json_object_get(f->answers, id));
	return s ? s : "";
}

bool form_answered(const struct form *f, const char *id)
{
	return json_object_get(f->answers, id) != NULL;
}

bool form_is(const struct form *f, const char *id, const char *word)
{
	return strcmp(form_text(f, id), word) == 0;
}

bool form_has(const struct form *f, const char *id, const char *word)
{
	const json_t *list = json_object_get(f->answers, id);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(json_string_value(json_array_get(list, i)), word) == 0)
			return true;
	return false;
}

int64_t form_day(const struct form *f, const char *id)
{
	int64_t ms;
	return time_parse_date(span_z(form_text(f, id)), &ms) ? ms / 86400000 : INT64_MIN;
}

/* Is word one of "a|b|c"? */
static bool one_of(const char *words, span word)
{
	while (words && *words) {
		size_t n = strcspn(words, "|");
		if (n == word.n && memcmp(words, word.p, n) == 0)
			return true;
		words += n + (words[n] == '|');
	}
	return false;
}

/* One of the conditions "id=word|word" or "id!=word". */
static bool holds(const struct form *f, span condition)
{
	char id[32];
	const char *equals = memchr(condition.p, '=', condition.n);
	bool not = equals > condition.p && equals[-1] == '!';
	size_t n = (size_t)(equals - condition.p) - not ;
	snprintf(id, sizeof id, "%.*s", (int)n, condition.p);
	const char *value = form_text(f, id);
	char words[400];
	snprintf(words, sizeof words, "%.*s", (int)(condition.p + condition.n - equals - 1),
		 equals + 1);
	return form_answered(f, id) && one_of(words, span_z(value)) != not ;
}

bool form_asks(const struct form *f, const struct field *field)
{
	for (const char *p = field->asked; *p;) {
		size_t n = strcspn(p, ";");
		if (!holds(f, (span){ p, n }))
			return false;
		p += n + (p[n] == ';');
	}
	return true;
}

static int wrong(const struct field *field, const char *what, struct err *err)
{
	return err_set(err, E_USER, "%s: %s", field->id, what);
}

static size_t letters(span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80 && s.p[i] > ' ';
	return n;
}

static span trim(span s)
{
	while (s.n && (unsigned char)s.p[0] <= ' ')
		s = span_from(s, 1);
	while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	return s;
}

static int put(struct form *f, const struct field *field, json_t *value, struct err *err)
{
	return value && json_object_set_new(f->answers, field->id, value) == 0
		       ? 0
		       : err_set(err, E_NOMEM, "Memory ran out.");
}

/* Characters that a terminal acts on, or that turn a line round: nobody types them. */
static bool steers(const struct field *field, span s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i],
			      d = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0,
			      e = i + 2 < s.n ? (unsigned char)s.p[i + 2] : 0;
		bool line = c == '\n' || c == '\t';
		if ((c < ' ' && !(line && field->kind == FIELD_TEXT)) || c == 0x7f ||
		    (c == 0xc2 && d >= 0x80 && d <= 0x9f) ||
		    (c == 0xe2 &&
		     ((d == 0x80 && (e == 0x8e || e == 0x8f || (e >= 0xa8 && e <= 0xae))) ||
		      (d == 0x81 && e >= 0xa6 && e <= 0xa9))))
			return true;
	}
	return false;
}

static int answer_list(struct form *f, const struct field *field, span answer, struct err *err)
{
	json_t *list = json_array();
	int rc = 0;
	while (!rc && answer.n) {
		const char *comma = memchr(answer.p, ',', answer.n);
		span item = trim((span){ answer.p, comma ? (size_t)(comma - answer.p) : answer.n });
		answer = span_from(answer, comma ? (size_t)(comma - answer.p) + 1 : answer.n);
		if (!item.n)
			continue;
		if (field->kind == FIELD_CHOICES && !one_of(field->words, item))
			rc = wrong(field, "that is not one of the words offered.", err);
		else if (field->kind == FIELD_HANDLES && span_eq_nocase(item, SPAN("any")))
			rc = wrong(field, "leave it empty for anyone.", err);
		else if (json_array_size(list) == LIST_MOST)
			rc = wrong(field, "that are more than can be kept.", err);
		else
			json_array_append_new(list, json_stringn(item.p, item.n));
	}
	if (!rc && !json_array_size(list))
		rc = wrong(field, "an answer is needed.", err);
	if (!rc)
		return put(f, field, list, err);
	json_decref(list);
	return rc;
}

static int answer_time(struct form *f, const struct field *field, span answer, struct err *err)
{
	int64_t ms;
	char text[25];
	if (!zone_parse(answer, &ms))
		return wrong(field, "give it as YYYY-MM-DD HH:MM, UK time.", err);
	time_format(ms, text);
	return put(f, field, json_string(text), err);
}

static int check_one(const struct field *field, span answer, struct err *err)
{
	int64_t ms;
	switch (field->kind) {
	case FIELD_CHOICE:
		if (!one_of(field->words, answer))
			return wrong(field, "that is not one of the words offered.", err);
		break;
	case FIELD_DATE:
		if (!time_parse_date(answer, &ms))
			return wrong(field, "give the day as YYYY-MM-DD.", err);
		break;
	case FIELD_NUMBER:
		for (size_t i = 0; i < answer.n; i++)
			if (answer.p[i] < '0' || answer.p[i] > '9' || answer.n > 3)
				return wrong(field, "give a whole number.", err);
		break;
	case FIELD_CODE:
		if (answer.n > 120)
			return wrong(field, "a reference has at most 120 characters.", err);
		break;
	default:
		if (letters(answer) < field->least)
			return wrong(
				field,
				"say more: this is the record of why, for this case, and a court "
				"may read it.",
				err);
	}
	return 0;
}

int form_answer(struct form *f, const struct field *field, span answer, struct err *err)
{
	answer = trim(answer);
	if (!answer.n)
		return field->optional ? 0 : wrong(field, "an answer is needed.", err);
	if (answer.n > ANSWER_MOST)
		return wrong(field, "that is longer than 8,000 bytes.", err);
	if (!utf8_valid(answer) || memchr(answer.p, 0, answer.n))
		return wrong(field, "that is not text in UTF-8.", err);
	if (steers(field, answer))
		return wrong(field, "it holds a character that cannot be seen.", err);
	if (field->kind == FIELD_CHOICES || field->kind == FIELD_HANDLES)
		return answer_list(f, field, answer, err);
	if (field->kind == FIELD_TIME)
		return answer_time(f, field, answer, err);
	int rc = check_one(field, answer, err);
	return rc ? rc : put(f, field, json_stringn(answer.p, answer.n), err);
}
