/*
 * form.h - the questions that the law asks before a child's phone is read, as data.
 *
 * One list (form_fields.c) serves the questions on a terminal, the YAML form, the checks and the
 * record. Sources: Police, Crime, Sentencing and Courts Act 2022 ss.37-44 and Schedule 3; the code
 * of practice under s.42.
 */
#ifndef FORM_H
#define FORM_H
#include "base/err.h"
#include "base/span.h"
#include <jansson.h>
#include <stdint.h>

enum field_kind {
	FIELD_CHOICE,  /* one of `words` */
	FIELD_CHOICES, /* one or more of `words` */
	FIELD_CODE,    /* a short reference; stays in the record */
	FIELD_TEXT,    /* free text: can be erased */
	FIELD_DATE,    /* YYYY-MM-DD */
	FIELD_TIME,    /* YYYY-MM-DD HH:MM, UK local or with an offset; stored as RFC 3339 UTC */
	FIELD_NUMBER,  /* a whole number */
	FIELD_HANDLES  /* phone numbers and the like, as text: can be erased */
};

struct form;

struct field {
	const char *id;
	const char *words; /* "a|b|c" */
	size_t least;      /* characters of a text */
	const char *asked; /* when it applies: "id=word|word" or "id!=word"; several with ';'; ""
			      always */
	const char *question;
	const char *why;
	enum field_kind kind;
	bool optional; /* an empty answer is one */
	bool personal; /* erasable even where its kind is not a text */
};

extern const struct field form_fields[];
extern const size_t form_fields_n;
const struct field *form_field(const char *id); /* NULL if there is none */

int form_new(struct form **ret, struct err *err);
void form_free(struct form *f); /* NULL is legal */

/* Does this question apply, as far as has been answered? */
bool form_asks(const struct form *f, const struct field *field);
/* Check and keep an answer; several choices are separated by commas. E_USER says what is wrong. */
int form_answer(struct form *f, const struct field *field, span answer, struct err *err);
/* "" where there is none. Choices: each on its own through form_has(). */
const char *form_text(const struct form *f, const char *id);
bool form_is(const struct form *f, const char *id, const char *word);
bool form_has(const struct form *f, const char *id, const char *word);
bool form_answered(const struct form *f, const char *id);
/* Days since 1970 of a date, or INT64_MIN. */
int64_t form_day(const struct form *f, const char *id);
/* Every answer, a string or an array of strings. Borrowed. */
const json_t *form_answers(const struct form *f);

/* Read a filled YAML form: a mapping of field ids to scalars or lists. name is for messages. An
 * unknown field, one given twice, and one that does not apply are E_USER. */
int form_read_yaml(struct form *f, const char *name, span bytes, struct err *err);
#endif
