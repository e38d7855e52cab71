/*
 * notice.h - the notice of section 39(3), made from a template and from what the case has recorded.
 *
 * Templates are data (notices/); the words in {{ }} are filled in. The text is written into the
 * case's folder as notice-N.txt and notice-N.html; its SHA-256 goes into a decision. Confirming it
 * is another decision: how (written, or spoken with the reason), by whom it was written down, and
 * whether a copy was given.
 */
#ifndef NOTICE_H
#define NOTICE_H
#include "base/buf.h"
#include "case.h"

enum notice_form { NOTICE_PLAIN, NOTICE_EASY, NOTICE_WELSH, NOTICE_FORMS };
bool notice_form_from_word(const char *word, enum notice_form *ret);
const char *notice_form_word(enum notice_form form);

/* The text, filled in. E_ABSENT: the case has no authority. */
int notice_text(struct case_db *c, enum notice_form form, struct buf *ret, struct err *err);
/* Write both files and record it, in a transaction of its own. path gets the text file's name. */
int notice_make(struct case_db *c, enum notice_form form, char *path, size_t cap, struct err *err);
/* how: "written", or "spoken" with the reason. E_REFUSED: there is no notice to confirm. */
int notice_confirm(struct case_db *c, const char *how, const char *reason, bool copy_given,
		   struct err *err);
#endif
