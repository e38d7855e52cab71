/*
 * report_verb.h - the documents of `linecheck report`: one file each, cmd_report_<name>.c.
 */
#ifndef REPORT_VERB_H
#define REPORT_VERB_H
#include "cmd.h"
#include "court/bundle.h"
#include "verb.h"

extern const struct cmd report_verb_evidential, report_verb_safeguarding, report_verb_daily;

/* "12,15" into "[12,15]"; false if it is no list of numbers. */
bool report_threads(const char *list, char *out, size_t cap);

/* What all of them do: open the case v->dir as an officer, write a new folder `out`, sign it, log
 * it (`what`, with the manifest's hash), say where `main` of it is. Ends v->act; gives an exit
 * code. */
typedef int report_write_fn(struct case_db *c, struct bundle *b, const struct act *a, void *user,
			    struct err *err);
int report_make(struct verb *v, const char *out, const char *main_file, const char *what,
		struct bundle_signing *s, report_write_fn *write, void *user);
#endif
