/*
 * device_run.h - a phone on a cable read into a case: from finding it to leaving it as it was. Used
 * by the command layer, which it speaks through.
 */
#ifndef DEVICE_RUN_H
#define DEVICE_RUN_H
#include "acquire/transport.h"
#include "scan.h"
#include "trust.h"

struct device_run {
	struct case_db *c;
	const struct trust *trust; /* NULL in a training case */
	const char *id;            /* what --device says */
	bool temporary;            /* set a backup password where there is none, and take it away */
	void (*tell)(void *user, const char *words); /* a sentence for the person, now */
	progress_fn *progress;
	void *user;
};

/* Read it as a source; options get session, progress and the passwords from here. Whatever happens,
 * the phone is put back as it was where it still answers. *ret_left: what could not be put back, in
 * words, or "". */
int device_run(const struct device_run *r, struct scan_options *options, struct scan_result *ret,
	       char ret_left[static 480], struct err *err);
/* Take a password away that a run left on a phone. */
int device_recover(const struct device_run *r, struct err *err);
#endif
