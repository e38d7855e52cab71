/* evidential_coverage.c - sections 7 and 8: integrity, what was and was not acquired. */
#include "evidential_part.h"
#include "words.h"
#include <inttypes.h>
#include <stdio.h>

#define FILES_MAX 200 /* printed; sources.csv has all */

static int put_files(struct evidential *e, struct err *err)
{
	static const struct pdf_column columns[] = { { "Exhibit", 2 }, { "File", 7 },
						     { "Bytes", 2 },   { "SHA-256", 8 },
						     { "State", 3 },   { NULL, 0 } };
	struct rows rows;
	struct fact_file f;
	char exhibit[32], size[32];
	int64_t n = 0;
	pdf_table(e->p, columns);
	int rc = facts_files(&rows, e->c, err);
	while (!rc && (rc = facts_file(&rows, &f, err)) > 0) {
		rc = 0;
		if (++n > FILES_MAX)
			continue;
		snprintf(exhibit, sizeof exhibit, "EX%" PRId64, f.exhibit);
		snprintf(size, sizeof size, "%" PRId64, f.size);
		pdf_row(e->p, (span[]){ span_z(exhibit), f.path,
					f.size < 0 ? SPAN_NONE : span_z(size), f.sha256, f.state });
	}
	rows_close(&rows);
	pdf_table_end(e->p);
	if (n > FILES_MAX) {
		char words[120];
		snprintf(words, sizeof words,
			 "%" PRId64 " more files are listed in annex/sources.csv.", n - FILES_MAX);
		pdf_text(e->p, words);
	}
	return rc;
}

static int put_packs(struct evidential *e, struct err *err)
{
	struct rows rows;
	struct fact_pack p;
	int rc = facts_packs(&rows, e->c, err);
	while (!rc && (rc = facts_pack(&rows, &p, err)) > 0) {
		const char *kind = word_pack(p.kind);
		/* how findings are weighed has no place in this report */
		if (span_eq(p.kind, SPAN("scoring"))) {
			rc = 0;
			continue;
		}
		buf_clear(&e->scratch);
		buf_add(&e->scratch, p.name);
		buf_add(&e->scratch, SPAN(", version "));
		buf_add(&e->scratch, p.version);
		buf_addf(&e->scratch, ", %" PRId64 " entries, SHA-256 ", p.entries);
		buf_add(&e->scratch, p.sha256);
		pdf_pair(e->p, kind ? kind : "pack", buf_span(&e->scratch));
		rc = 0;
	}
	rows_close(&rows);
	return rc;
}

static int put_counts(struct evidential *e, struct err *err)
{
	struct fact_counts counts;
	int rc = facts_counts(e->c, &counts, err);
	if (rc)
		return rc;
	for (int i = 0; i < REC_KIND_MAX; i++)
		pdf_pair_int(e->p, word_kind((enum record_kind)i, 2), counts.total[i]);
	fact_counts_free(&counts);
	return 0;
}

static int put_outside(struct evidential *e, struct err *err)
{
	static const struct pdf_column columns[] = { { "Exhibit", 1 },
						     { "Kind", 1 },
						     { "Rows", 1 },
						     { "Why it is not here", 5 },
						     { NULL, 0 } };
	struct rows rows;
	struct fact_outside o;
	char exhibit[32], n[24];
	pdf_table(e->p, columns);
	int rc = facts_outside(&rows, e->c, err);
	while (!rc && (rc = facts_outside_row(&rows, &o, err)) > 0) {
		snprintf(exhibit, sizeof exhibit, "EX%" PRId64, o.exhibit);
		snprintf(n, sizeof n, "%" PRId64, o.rows);
		pdf_row(e->p, (span[]){ span_z(exhibit), o.kind, span_z(n),
					span_z(word_outside(o.reason)) });
		rc = 0;
	}
	rows_close(&rows);
	pdf_table_end(e->p);
	return rc;
}

static int put_apps(struct evidential *e, struct err *err)
{
	struct rows rows;
	struct fact_app a;
	int64_t n = 0;
	int rc = facts_unread_apps(&rows, e->c, err);
	while (!rc && (rc = facts_app(&rows, &a, err)) > 0) {
		pdf_pair(e->p, n++ ? "" : "Apps seen, not read", a.name);
		rc = 0;
	}
	rows_close(&rows);
	if (!n)
		pdf_pair_z(e->p, "Apps seen, not read", "none");
	return rc;
}

static int put_warnings(struct evidential *e, struct err *err)
{
	static const struct pdf_column columns[] = {
		{ "File", 4 }, { "What", 2 }, { "Detail", 6 }, { "Times", 1 }, { NULL, 0 }
	};
	struct rows rows;
	struct fact_warning w;
	char times[24];
	int64_t n = 0;
	pdf_table(e->p, columns);
	int rc = facts_warning_groups(&rows, e->c, err);
	while (!rc && (rc = facts_warning(&rows, &w, err)) > 0) {
		rc = 0;
		if (!w.loss || ++n > FILES_MAX)
			continue;
		const char *what = word_loss(w.kind);
		snprintf(times, sizeof times, "%" PRId64, w.times);
		pdf_row(e->p,
			(span[]){ w.file, what ? span_z(what) : w.kind, w.detail, span_z(times) });
	}
	rows_close(&rows);
	pdf_table_end(e->p);
	if (!n)
		pdf_text(e->p, "Nothing in what was opened was lost.");
	return rc;
}

int evidential_coverage(struct evidential *e, struct err *err)
{
	pdf_heading(e->p, 1, "7  Integrity");
	pdf_text(e->p,
		 "Each file that was read, with its SHA-256 as it was when it was opened. The "
		 "lists that the records were compared with follow.");
	int rc = put_files(e, err);
	if (!rc)
		rc = put_packs(e, err);
	pdf_pair_z(e->p, "List of the annexes", e->annexes);
	pdf_text(e->p,
		 "The line above is the SHA-256 of ANNEXES.sha256, which lists the SHA-256 of "
		 "every annex: this page alone binds them.");
	pdf_heading(e->p, 1, "8  What was and was not acquired");
	pdf_heading(e->p, 2, "8.1  Records in scope");
	if (!rc)
		rc = put_counts(e, err);
	pdf_heading(e->p, 2, "8.2  Read and left out");
	if (!rc)
		rc = put_outside(e, err);
	pdf_heading(e->p, 2, "8.3  Not read");
	if (!rc)
		rc = put_apps(e, err);
	pdf_text(e->p,
		 "Files whose state in section 7 is not 'read' were not read. Encrypted content "
		 "is named as present and is not recoverable here: it is not empty.");
	pdf_heading(e->p, 2, "8.4  Errors");
	return rc ? rc : put_warnings(e, err);
}
