/* export.c - see export.h */
#include "export.h"
#include "authority/verdict.h"
#include "report/answers.h"
#include "report/sheet.h"
#include <inttypes.h>
#include <stdio.h>

#define RECORDS_MAX 1000000

static const char check_script[] = {
#include "check.inc"
};
static const char checking_page[] = {
#include "checking.inc"
};

int export_each(struct export_job *j, export_record_fn *fn, void *user, struct err *err)
{
	struct rows rows;
	struct fact_record r;
	int rc = facts_records_chosen(&rows, j->c, j->f->threads ? j->f->threads : "[]",
				      RECORDS_MAX, err);
	while (!rc && (rc = facts_record(&rows, &r, err)) > 0) {
		list_of(j->lists, r.id);
		rc = fn(j, &r, user, err);
	}
	rows_close(&rows);
	return rc;
}

int export_to(struct export_job *j, const struct fact_record *r, struct err *err)
{
	struct fact_party p;
	struct fact_contact_id id;
	int rc = 0, n = 0;
	buf_clear(&j->text);
	if (r->to >= 0) {
		list_to(j->lists, r->to);
		while ((rc = list_to_next(j->lists, &p, err)) > 0) {
			buf_add(&j->text, n++ ? SPAN("; ") : SPAN(""));
			tokens_party(j->tokens, &j->text, &p);
		}
	}
	while (!rc && (rc = list_contact_id(j->lists, &id, err)) > 0) {
		buf_add(&j->text, n++ ? SPAN("; ") : SPAN(""));
		tokens_party(j->tokens, &j->text, &id.party);
		rc = 0;
	}
	return rc;
}

bool export_grade(const struct export_for *f, span grade)
{
	bool conditions = grade.n == 3 && grade.p[2] == 'C';
	if (!f->profile->grades || !grade.n)
		return false;
	return !conditions || (f->handling == 'C' && f->conditions && *f->conditions);
}

static const char *const columns[] = {
	"record.id",   "record.kind",   "record.time", "record.direction", "record.from",
	"record.to",   "record.text",   "record.name", "record.service",   "record.duration",
	"record.read", "record.origin", NULL
};

/* As `records` counts: seconds, with decimals where the source has them. */
static void put_seconds(struct sheet *v, int64_t ms)
{
	char text[32];
	if (ms % 1000)
		snprintf(text, sizeof text, "%" PRId64 ".%03" PRId64, ms / 1000, ms % 1000);
	else
		snprintf(text, sizeof text, "%" PRId64, ms / 1000);
	sheet_z(v, text);
}

static int put_field(struct export_job *j, struct sheet *v, const struct fact_record *r,
		     size_t column, struct err *err)
{
	char id[64];
	int rc = 0;
	buf_clear(&j->text);
	switch (column) {
	case 0:
		fact_number(r, id);
		sheet_z(v, id);
		break;
	case 1:
		sheet_z(v, record_kind_word(r->kind));
		break;
	case 2:
		sheet_time(v, r->time);
		break;
	case 3:
		sheet_z(v, direction_word(r->direction));
		break;
	case 4:
		tokens_party(j->tokens, &j->text, &r->from);
		sheet_text(v, buf_span(&j->text));
		break;
	case 5:
		rc = export_to(j, r, err);
		sheet_text(v, buf_span(&j->text));
		break;
	case 6:
		if (r->text.p)
			rc = tokens_text(j->tokens, &j->text, j->lists, r->text, err);
		sheet_text(v, buf_span(&j->text));
		break;
	case 7:
		sheet_text(v, r->name);
		break;
	case 8:
		sheet_text(v, r->service);
		break;
	case 9:
		if (r->duration < 0)
			sheet_z(v, "");
		else
			put_seconds(v, r->duration);
		break;
	case 10:
		sheet_z(v, r->read == ANSWER_UNKNOWN ? "" : r->read == ANSWER_YES ? "yes" : "no");
		break;
	default:
		/* "WhatsApp Chat with 07700 900123.txt": its name may be somebody else's number */
		buf_add(&j->text, j->f->profile->tokens ? SPAN("file") : r->file);
		buf_add(&j->text, SPAN(" table "));
		buf_add(&j->text, r->table);
		buf_addf(&j->text, " row %" PRId64 " sha256 ", r->row);
		buf_add(&j->text, r->sha256);
		sheet_text(v, buf_span(&j->text));
	}
	return rc;
}

static int put_record(struct export_job *j, const struct fact_record *r, void *user,
		      struct err *err)
{
	struct sheet *v = user;
	int rc = 0;
	for (size_t i = 0; !rc && columns[i]; i++)
		if (profile_allows(j->f->profile, columns[i]))
			rc = put_field(j, v, r, i, err);
	sheet_end(v);
	return rc;
}

static int put_records(struct export_job *j, struct err *err)
{
	struct sheet v = { 0 };
	if (!profile_allows(j->f->profile, "record.id"))
		return 0;
	int rc = bundle_open(j->b, "records.csv", &v.to, err);
	if (rc)
		return rc;
	for (size_t i = 0; columns[i]; i++)
		if (profile_allows(j->f->profile, columns[i]))
			sheet_z(&v, columns[i] + sizeof "record." - 1);
	sheet_end(&v);
	rc = export_each(j, put_record, &v, err);
	return rc ? rc : bundle_close(j->b, err);
}

static int put_all(struct export_job *j, struct err *err)
{
	int rc = export_json(j, err);
	if (!rc)
		rc = export_page(j, err);
	if (!rc)
		rc = put_records(j, err);
	if (!rc && j->f->profile->machine)
		rc = export_jsonld(j, err);
	if (!rc && j->f->profile->machine)
		rc = export_i2(j, err);
	if (!rc)
		rc = bundle_put(j->b, "check.sh", (span){ check_script, sizeof check_script - 1 },
				err);
	if (!rc)
		rc = bundle_put(j->b, "checking.html",
				(span){ checking_page, sizeof checking_page - 1 }, err);
	if (!rc && j->text.failed)
		rc = err_set(err, E_NOMEM, "Memory ran out while the export was written.");
	return rc;
}

int export_write(struct case_db *c, struct bundle *b, const struct export_for *f,
		 struct export_left *ret, struct err *err)
{
	struct export_job j = { .c = c, .b = b, .f = f };
	struct signed_off s = { 0 };
	bool began = false;
	int rc = verdict_signed(c, err);
	if (!rc)
		rc = facts_begin(c, &began, err);
	if (!rc)
		rc = signed_off_load(&s, c, err);
	j.date = s.at;
	if (!rc)
		rc = tokens_new(&j.tokens, c, !f->profile->tokens, err);
	if (!rc)
		rc = list_reader_new(&j.lists, c, err);
	if (!rc)
		rc = put_all(&j, err);
	if (!rc)
		rc = tokens_left(j.tokens, &ret->tokens, &ret->highest, err);
	list_reader_free(j.lists);
	tokens_free(j.tokens);
	buf_free(&j.text);
	facts_end(c, began);
	return rc;
}
