/* certificate.c - see certificate.h */
#include "certificate.h"
#include "base/time.h"
#include "caselog.h"
#include "hex.h"
#include "volume.h"
#include <string.h>

#define CONTEXT "certificate"
#define NOT_SIGNED "Not signed: a training case.\n"
static const char signature[] = "Signature ";

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

/* The line that is added: "Signature KEY-ID PUBLIC-HALF SIGNATURE\n". */
static void add_signature(struct buf *b, const unsigned char sign[static KEY_PUBLIC],
			  const unsigned char bytes[static KEY_SIGNATURE])
{
	char hex[2 * KEY_SIGNATURE + 1], public[2 * KEY_PUBLIC + 1], id[17];
	key_id(sign, id);
	hex_write(hex, bytes, KEY_SIGNATURE);
	hex_write(public, sign, KEY_PUBLIC);
	buf_addf(b, "%s%s %s %s\n", signature, id, public, hex);
}

/* Over all that stands before it. */
static int sign(struct buf *b, const struct key *k, struct err *err)
{
	unsigned char bytes[KEY_SIGNATURE];
	if (b->failed)
		return no_memory(err);
	if (!k) {
		buf_add(b, SPAN(NOT_SIGNED));
		return b->failed ? no_memory(err) : 0;
	}
	int rc = key_sign(k, CONTEXT, buf_span(b), bytes, err);
	if (rc)
		return rc;
	add_signature(b, key_public(k)->sign, bytes);
	return b->failed ? no_memory(err) : 0;
}

static void add_person(struct buf *b, const char *what, const struct key *k)
{
	if (k)
		buf_addf(b, "%-16s %s (key %s)\n", what, key_public(k)->name, key_public(k)->id);
}

/* One line: control characters become spaces. */
static void add_line(struct buf *b, const char *what, const char *text)
{
	buf_addf(b, "%-16s ", what);
	for (; *text; text++)
		buf_byte(b, (unsigned char)*text < ' ' ? ' ' : *text);
	buf_byte(b, '\n');
}

static int add_count(struct case_db *c, struct buf *b, const char *what, const char *sql,
		     struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c, sql, &st, err);
	if (rc)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW)
		buf_addf(b, "  %-28s %lld\n", what, (long long)sqlite3_column_int64(st, 0));
	else
		rc = case_error(c, "counting", err);
	sqlite3_finalize(st);
	return rc;
}

static int add_counts(struct case_db *c, struct buf *b, struct err *err)
{
	static const struct {
		const char *what, *sql;
	} counts[] = {
		{ "sealed copies of the vault key", "SELECT count(*) FROM vault_key" },
		{ "files in the vault", "SELECT count(DISTINCT exhibit||'/'||vault) FROM "
					"evidence_file WHERE vault IS NOT NULL" },
		{ "records", "SELECT count(*) FROM record" },
		{ "people and numbers", "SELECT count(*) FROM party" },
		{ "findings", "SELECT count(*) FROM finding" },
		{ "decisions", "SELECT count(*) FROM decision" },
		{ "entries of the log", "SELECT count(*) FROM log" },
	};
	int rc = 0;
	buf_add(b, SPAN("\nWhat is destroyed, in this order: the sealed copies of the vault's key, "
			"case.db,\nthe files of the vault, all else in the folder.\n\n"));
	for (size_t i = 0; !rc && i < sizeof counts / sizeof *counts; i++)
		rc = add_count(c, b, counts[i].what, counts[i].sql, err);
	return rc;
}

static int add_files(struct case_db *c, struct buf *b, struct err *err)
{
	sqlite3_stmt *st;
	int step, rc = case_prepare(c,
				    "SELECT exhibit, sha256, size, vault IS NOT NULL FROM "
				    "evidence_file WHERE sha256 IS NOT NULL ORDER BY id",
				    &st, err);
	if (rc)
		return rc;
	buf_add(b, SPAN("\nFiles that the case rested on: exhibit, SHA-256, bytes\n\n"));
	while ((step = sqlite3_step(st)) == SQLITE_ROW)
		buf_addf(b, "  EX%lld %s %lld%s\n", (long long)sqlite3_column_int64(st, 0),
			 (const char *)sqlite3_column_text(st, 1),
			 (long long)sqlite3_column_int64(st, 2),
			 sqlite3_column_int(st, 3) ? "" : " (no copy was in the case)");
	if (step != SQLITE_DONE)
		rc = case_error(c, "listing the files", err);
	sqlite3_finalize(st);
	return rc;
}

static void add_claims(struct case_db *c, struct buf *b)
{
	enum volume v = volume_of(case_dir(c));
	buf_add(b,
		SPAN("\nWhat is claimed: every file of the case folder was removed, case.db after "
		     "it was\noverwritten once. The vault was encrypted; the copies of its key in "
		     "the case were\nwiped and removed first, so that what a disk may still hold "
		     "of its files is noise to\nanybody without both an old copy of case.db and "
		     "the private key of a person that it\nwas sealed to.\n"
		     "\nWhat is not claimed: that no disk holds old blocks of case.db. Disks "
		     "without moving\nparts keep what was overwritten or removed for a while, and "
		     "copies of the folder that\nwere made elsewhere, backups and exports among "
		     "them, are not touched.\n"));
	buf_addf(b, "The disk that the case stood on: %s.\n",
		 v == VOLUME_ENCRYPTED ? "encrypted below the file system"
		 : v == VOLUME_PLAIN   ? "not encrypted, as far as can be seen"
				       : "not known whether it is encrypted");
	if (case_training(c))
		buf_add(b,
			SPAN("The key of a training case is no secret: nothing is claimed of its "
			     "vault.\n"));
}

static int add_title(struct case_db *c, struct buf *b, struct err *err)
{
	sqlite3_stmt *st;
	char when[25];
	int rc = case_prepare(c,
			      "SELECT (SELECT value FROM meta WHERE key='case'), seq, sha256 FROM "
			      "log_head",
			      &st, err);
	if (rc)
		return rc;
	time_format(case_now(c), when);
	buf_add(b, SPAN("CERTIFICATE OF ERASURE, by linecheck " LINECHECK_VERSION "\n\n"));
	if (sqlite3_step(st) == SQLITE_ROW)
		buf_addf(b, "%-16s %s%s\n%-16s %s (entry %lld)\n", "Case",
			 (const char *)sqlite3_column_text(st, 0),
			 case_training(c) ? " (fictional or test data)" : "", "Head of its log",
			 (const char *)sqlite3_column_text(st, 2),
			 (long long)sqlite3_column_int64(st, 1));
	else
		rc = err_set(err, E_FORMAT, "The case is damaged: it has no log.");
	buf_addf(b, "%-16s %s\n", "Begun", when);
	sqlite3_finalize(st);
	return rc;
}

int certificate_begin(struct case_db *c, const char *reason, const struct key *second,
		      struct buf *ret, struct err *err)
{
	int rc = add_title(c, ret, err);
	add_person(ret, "Decided by", case_actor(c));
	add_person(ret, "Second person", second);
	add_line(ret, "Reason", reason);
	if (!rc)
		rc = add_counts(c, ret, err);
	if (!rc)
		rc = add_files(c, ret, err);
	if (rc)
		return rc;
	add_claims(c, ret);
	buf_byte(ret, '\n');
	return sign(ret, case_actor(c), err);
}

/* The signature that ends at the end of bytes; *ret_before: what it signs. */
static int check_last(span bytes, span *ret_before, struct err *err)
{
	unsigned char public[KEY_PUBLIC], bytes_of[KEY_SIGNATURE];
	size_t n = (sizeof signature - 1) + 16 + 1 + (2 * sizeof public) + 1 +
		   (2 * sizeof bytes_of) + 1;
	if (bytes.n < n || memcmp(bytes.p + bytes.n - n, signature, sizeof signature - 1) != 0)
		return err_set(err, E_FORMAT,
			       "The certificate is not whole: a signature is missing.");
	span before = { bytes.p, bytes.n - n };
	const char *p = before.p + before.n + sizeof signature - 1 + 16 + 1;
	if (!hex_read(public, sizeof public, (span){ p, 2 * sizeof public }) ||
	    !hex_read(bytes_of, sizeof bytes_of,
		      (span){ p + 2 * sizeof public + 1, 2 * sizeof bytes_of }))
		return err_set(err, E_FORMAT, "A signature of the certificate is damaged.");
	struct buf line = { 0 };
	add_signature(&line, public, bytes_of);
	bool same = span_eq(buf_span(&line), (span){ before.p + before.n, n });
	buf_free(&line);
	if (!same || key_verify(public, CONTEXT, before, bytes_of, NULL))
		return err_set(err, E_FORMAT, "The certificate was altered.");
	*ret_before = before;
	return 0;
}

static bool ends_with(span s, span end)
{
	return s.n >= end.n && memcmp(s.p + s.n - end.n, end.p, end.n) == 0;
}

bool certificate_signed(span certificate)
{
	return !ends_with(certificate, SPAN(NOT_SIGNED));
}

int certificate_end(struct buf *certificate, const struct key *k, int64_t at, struct err *err)
{
	char when[25];
	span before;
	bool is_signed = certificate_signed(buf_span(certificate));
	if (is_signed && !k)
		return err_set(
			err, E_REFUSED,
			"The erasure of a real case is finished by a person with a key: give "
			"--key FILE.");
	int rc = is_signed ? check_last(buf_span(certificate), &before, err) : 0;
	if (rc)
		return rc;
	time_format(at, when);
	buf_addf(certificate, "\n%-16s %s\n", "Finished", when);
	add_person(certificate, "Finished by", is_signed ? k : NULL);
	return sign(certificate, is_signed ? k : NULL, err);
}

int certificate_check(span certificate, struct err *err)
{
	span before;
	int rc = check_last(certificate, &before, err);
	if (rc)
		return rc;
	/* the first part ends where "\nFinished" begins */
	const char *finished = NULL;
	for (const char *p = before.p;
	     (p = memmem(p, before.n - (size_t)(p - before.p), "\n\nFinished", 10)); p++)
		finished = p;
	if (!finished)
		return err_set(err, E_FORMAT, "The certificate is not finished.");
	return check_last((span){ before.p, (size_t)(finished - before.p) + 1 }, &before, err);
}
