/*
 * export.h - what a recipient may have of a case, as a bundle.
 *
 *   export.html     to read
 *   export.json     the same for a program; keys are the fields of the profile
 *   records.csv     the records, a column for each field that the profile allows
 *   case.jsonld     CASE/UCO, where the profile says so
 *   entities.csv, links.csv   for i2, where the profile says so
 *
 * Only records that a finding rests on, that met the line list, or that stand in a chosen thread
 * leave. The same case and the same answers give the same bytes.
 */
#ifndef EXPORT_H
#define EXPORT_H
#include "court/bundle.h"
#include "profile.h"
#include "tokens.h"

struct export_for {
	const struct profile *profile;
	const char *recipient, *purpose, *conditions;
	char handling;       /* 'P' lawful sharing permitted, 'C' permitted with conditions */
	const char *threads; /* JSON array of thread ids, or NULL */
};

/* For the register: what tokens_left() says. */
struct export_left {
	struct buf tokens;
	uint32_t highest;
};
/* E_REFUSED: not signed off, or stopped. */
int export_write(struct case_db *c, struct bundle *b, const struct export_for *f,
		 struct export_left *ret, struct err *err);

/* For the parts of an export alone. */
struct export_job {
	struct case_db *c;
	struct bundle *b;
	const struct export_for *f;
	struct tokens *tokens;
	struct list_reader *lists;
	struct buf text;
	int64_t date; /* ms UTC, of the sign-off */
};
/* Each chosen record in turn; its lists are at its start. */
typedef int export_record_fn(struct export_job *j, const struct fact_record *r, void *user,
			     struct err *err);
int export_each(struct export_job *j, export_record_fn *fn, void *user, struct err *err);
/* Those a record was sent to, into j->text, with "; " between. */
int export_to(struct export_job *j, const struct fact_record *r, struct err *err);
/* May grade and status of this assertion leave? grade: as the list has it. */
bool export_grade(const struct export_for *f, span grade);
int export_jsonld(struct export_job *j, struct err *err);
int export_i2(struct export_job *j, struct err *err);
int export_json(struct export_job *j, struct err *err);
int export_page(struct export_job *j, struct err *err);
#endif
