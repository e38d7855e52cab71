/*
 * exhibit_store.h - the rows of one exhibit that are not records: the exhibit itself, its evidence
 * files, apps, notes, and what was left outside.
 */
#ifndef EXHIBIT_STORE_H
#define EXHIBIT_STORE_H
#include "case.h"
#include "evidence.h"
#include "scope/scope.h"
#include "warning_store.h"

/* A row for the exhibit, as 'reading': an interrupted one of the same label is taken up. */
int exhibit_begin(struct case_db *c, span label, int64_t *ret_id, struct err *err);
/* An exhibit that turned out to be nothing new leaves no row. */
int exhibit_forget(struct case_db *c, int64_t id, struct err *err);
int exhibit_fail(struct case_db *c, int64_t id, const char *why, struct err *err);

/* The exhibit that was read whole from the same source, whatever was in scope then; *ret_version:
 * under which decisions (scope_version), *ret_reading: how often it was read. *ret_id is 0 if there
 * is none. */
int exhibit_known(struct case_db *c, struct source *s, int64_t *ret_id, int64_t *ret_version,
		  int64_t *ret_reading, struct err *err);

/* The same, where the scope took in other files then, so that the fingerprint is another: as many
 * files and bytes were seen, all listed files have the same names, and those that are
 * read now and were read then (one at least) have the same SHA-256. Hashes them. */
int exhibit_alike(struct case_db *c, struct source *s, int64_t *ret_id, int64_t *ret_version,
		  int64_t *ret_reading, struct err *err);

/* Files of it are in scope that only the source can give (EVIDENCE_NOT_TAKEN). */
bool exhibit_lacks(struct case_db *c, int64_t id);

/* What was counted while reading and not kept. */
struct exhibit_outside {
	int64_t rows[SCOPE_OUT_MAX][REC_KIND_MAX];
	int64_t read; /* rows, kept or not */
};

/* The file as row id; its side files and what was opened of it as rows after *last, the highest
 * that is taken, which moves on. */
int exhibit_add_file(struct case_db *c, int64_t exhibit, int64_t id, const struct evidence_file *f,
		     int64_t *last, struct err *err);
int exhibit_add_notes(struct source *s, struct warning_store *w, struct err *err);
int exhibit_add_apps(struct case_db *c, int64_t exhibit, struct source *s, struct err *err);
int exhibit_add_outside(struct case_db *c, int64_t exhibit, const struct exhibit_outside *o,
			struct err *err);
int exhibit_finish(struct case_db *c, int64_t exhibit, struct source *s, const struct scope *scope,
		   int64_t reading, struct err *err);
#endif
