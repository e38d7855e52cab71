/* daily.c - see daily.h */
#include "daily.h"
#include "answers.h"
#include "authority/verdict.h"
#include "doc.h"
#include "facts.h"
#include "sheet.h"
#include "words.h"
#include "zone.h"
#include <stdio.h>
#include <stdlib.h>

#define TITLE "Morning list"
#define CATEGORIES 6

struct row {
	char folder[200], reference[100], why[480], by[160];
	bool is_signed, gaps;
	int level;
	int64_t at, findings;
};

struct daily {
	struct row *rows;
	size_t n;
	bool training;
	struct doc doc;
};

int daily_new(struct daily **ret, struct err *err)
{
	*ret = calloc(1, sizeof **ret);
	return *ret ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
}

void daily_free(struct daily *d)
{
	if (!d)
		return;
	free(d->rows);
	free(d);
}

/* The categories of the findings, in the order of what cannot wait. */
static int put_why(struct row *r, struct case_db *c, struct err *err)
{
	const char *category, *next;
	size_t at = 0;
	int n = 0, rc = 0;
	for (size_t i = 0; !rc && n < CATEGORIES && word_next(i, &category, &next); i++) {
		bool has;
		rc = facts_has_category(c, category, &has, err);
		if (rc || !has)
			continue;
		const char *plain = word_category(span_z(category));
		int k = snprintf(r->why + at, sizeof r->why - at, "%s%s", n++ ? "; " : "",
				 plain ? plain : category);
		at += k > 0 && (size_t)k < sizeof r->why - at ? (size_t)k : 0;
	}
	return rc;
}

int daily_add(struct daily *d, struct case_db *c, const char *folder, struct err *err)
{
	struct answers answers = { 0 };
	struct signed_off s = { 0 };
	struct fact_outcome o;
	struct fact_gaps gaps;
	struct row *more = realloc(d->rows, (d->n + 1) * sizeof *more), *r;
	if (!more)
		return err_set(err, E_NOMEM, "Memory ran out.");
	d->rows = more;
	r = &more[d->n];
	*r = (struct row){ .level = -1 };
	snprintf(r->folder, sizeof r->folder, "%s", folder);
	int rc = answers_load(&answers, c, err);
	if (!rc)
		snprintf(r->reference, sizeof r->reference, "%s",
			 answers_get(&answers, "reference"));
	answers_free(&answers);
	struct err why = { 0 };
	if (!rc)
		rc = verdict_signed(c, &why);
	r->is_signed = rc == 0;
	if (rc == E_REFUSED)
		rc = 0;
	else if (!rc)
		rc = signed_off_load(&s, c, err);
	if (!rc)
		rc = facts_outcome(c, &o, err);
	if (!rc)
		rc = facts_gaps(c, &gaps, err);
	if (!rc)
		rc = facts_finding_total(c, &r->findings, err);
	if (!rc && r->is_signed)
		rc = put_why(r, c, err);
	if (rc)
		return err_set(err, rc, "%s", why.message);
	r->level = o.level;
	r->gaps = fact_gaps_any(&gaps);
	r->at = s.at;
	snprintf(r->by, sizeof r->by, "%s", s.by);
	d->training = d->training || case_training(c);
	d->n++;
	return 0;
}

/* Not looked at first; then by level, "cannot say" above "no indicators". */
static int weight(const struct row *r)
{
	static const int order[] = { 1, 0, 2, 3, 4 }; /* of level -1 .. 3 */
	return r->is_signed ? order[r->level + 1] : 5;
}

static int by_weight(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = weight(y) - weight(x);
	if (!order)
		order = strcmp(x->reference, y->reference);
	return order ? order : strcmp(x->folder, y->folder);
}

static const char *level_of(const struct row *r)
{
	return r->is_signed ? word_level(r->level)
			    : "Nobody has looked yet: look now, then sign off";
}

static void put_all(struct daily *d)
{
	static const struct pdf_column columns[] = { { "Case", 3 },  { "Level", 4 },
						     { "Why", 6 },   { "All read", 1 },
						     { "Owner", 2 }, { "By when", 2 },
						     { NULL, 0 } };
	struct doc *o = &d->doc;
	doc_begin(o, TITLE,
		  d->training ? "TRAINING - OFFICIAL-SENSITIVE - not evidence"
			      : "OFFICIAL-SENSITIVE - safeguarding, not evidence",
		  d->training);
	doc_text(o,
		 "Checks of phones of children who came back, by level. Each child is presumed a "
		 "victim. A level is where to begin, not what to conclude; give each row an "
		 "owner and a time.");
	doc_table(o, columns);
	for (size_t i = 0; i < d->n; i++) {
		const struct row *r = &d->rows[i];
		doc_row(o, (span[]){ span_z(*r->reference ? r->reference : r->folder),
				     span_z(level_of(r)),
				     r->is_signed ? span_z(*r->why ? r->why : "no finding")
						  : SPAN(" "),
				     r->gaps ? SPAN("no") : SPAN("yes"), SPAN(" "), SPAN(" ") });
	}
	doc_table_end(o);
	doc_text(o, word_person);
	doc_text(o, word_absence);
	doc_end(o);
}

static int build(struct pdf *p, void *user, struct err *err)
{
	struct daily *d = user;
	(void)err;
	d->doc = (struct doc){ .pdf = p };
	put_all(d);
	return 0;
}

static int put_csv(struct daily *d, struct bundle *b, struct err *err)
{
	static const char *const titles[] = { "case",       "folder",   "signed_off",
					      "level_code", "level",    "why",
					      "findings",   "all_read", NULL };
	struct sheet v = { 0 };
	int rc = bundle_open(b, "daily.csv", &v.to, err);
	if (rc)
		return rc;
	sheet_titles(&v, titles);
	for (size_t i = 0; i < d->n; i++) {
		const struct row *r = &d->rows[i];
		sheet_z(&v, r->reference);
		sheet_z(&v, r->folder);
		sheet_z(&v, r->is_signed ? "yes" : "no");
		if (r->is_signed && r->level >= 0)
			sheet_int(&v, r->level);
		else
			sheet_z(&v, "");
		sheet_z(&v, r->is_signed ? word_level(r->level) : "");
		sheet_z(&v, r->why);
		if (r->is_signed)
			sheet_int(&v, r->findings);
		else
			sheet_z(&v, "");
		sheet_z(&v, r->gaps ? "no" : "yes");
		sheet_end(&v);
	}
	return bundle_close(b, err);
}

int daily_write(struct daily *d, struct bundle *b, struct err *err)
{
	struct buf pdf = { 0 };
	FILE *to;
	int64_t last = 0;
	if (d->n)
		qsort(d->rows, d->n, sizeof *d->rows, by_weight);
	for (size_t i = 0; i < d->n; i++)
		last = d->rows[i].at > last ? d->rows[i].at : last;
	const struct pdf_about about = { .title = TITLE,
					 .marking = d->training ? "TRAINING - OFFICIAL-SENSITIVE"
								: "OFFICIAL-SENSITIVE",
					 .foot = "safeguarding, not evidence",
					 .date = last };
	int rc = put_csv(d, b, err);
	if (!rc)
		rc = bundle_open(b, "daily.html", &to, err);
	if (!rc) {
		d->doc = (struct doc){ .html = to };
		put_all(d);
		rc = bundle_close(b, err);
	}
	if (!rc)
		rc = pdf_make(&pdf, &about, build, d, err);
	if (!rc)
		rc = bundle_put(b, "daily.pdf", buf_span(&pdf), err);
	buf_free(&pdf);
	return rc;
}
