/* cmd_case_log.c - the log of a case for auditors: shown, or written out to be checked elsewhere.
 */
#include "caselog.h"
#include "cmd.h"
#include "report/log.h"
#include "say.h"
#include "verb.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run_log(int argc, char **argv)
{
	bool json = false, unlogged = false;
	const struct verb_own own[] = { { "--json", NULL, &json }, { NULL, NULL, NULL } };
	struct verb v = { .name = "log", .own = own };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int64_t n = 0;
	int code = verb_read(&v, argc, argv, false);
	if (code)
		return code;
	int rc = act_look(&v.act, &c, v.dir, "log", PERSON_AUDITOR, &unlogged, &err);
	if (!rc)
		rc = (json ? report_log_json : report_log)(c, v.act.trust, stdout, &n, &err);
	if (!rc && fflush(stdout) != 0)
		rc = err_set(&err, E_IO, "The log could not be written out to its end.");
	if (!rc && unlogged)
		say_note("The case cannot be written here: that you looked was not logged.");
	return verb_end(&v, c, rc, &err);
}

/* The file is new, and the disclosure is on record before anything of it exists. */
static int write_out(struct case_db *c, const char *path, int64_t *ret_n, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, errno == EEXIST ? E_USER : E_IO,
			       "'%s' cannot be made: %s. Give --file a new name.", path,
			       strerror(errno));
	FILE *f = fdopen(fd, "w");
	if (!f) {
		close(fd);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	int rc = report_log_export(c, f, ret_n, err);
	bool failed = fflush(f) != 0 || fsync(fd) != 0;
	if ((fclose(f) != 0 || failed) && !rc)
		rc = err_set(err, E_IO,
			     "'%s' could not be written to its end. Free some space, then run the "
			     "same command again.",
			     path);
	if (rc)
		unlink(path);
	return rc;
}

static int disclose(struct verb *v, struct case_db *c, const char *recipient, struct err *err)
{
	char head[65];
	int64_t seq;
	int rc = caselog_head(c, head, &seq, err);
	if (rc)
		return rc;
	json_t *choices =
		json_pack("{sssIss}", "head", head, "head_seq", (json_int_t)seq, "what", "log");
	const struct decision_text texts[] = { { "reason", v->reason },
					       { "recipient", recipient },
					       { NULL, NULL } };
	struct decision d = { .kind = DECISION_DISCLOSURE, .choices = choices, .texts = texts };
	struct log_entry done = { LOG_DISCLOSURE, "log", { { "decision", 0 } }, { { 0 } } };
	rc = choices ? case_begin(c, err) : err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = decision_add(c, &d, &done.n[0].value, err);
	if (!rc)
		rc = case_commit(c, &done, err);
	if (rc)
		case_rollback(c);
	json_decref(choices);
	return rc;
}

static int run_export(int argc, char **argv)
{
	const char *path = NULL, *recipient = NULL;
	const struct verb_own own[] = { { "--file", &path, NULL },
					{ "--recipient", &recipient, NULL },
					{ NULL, NULL, NULL } };
	struct verb v = { .name = "export-log", .own = own };
	struct case_db *c = NULL;
	struct err err = { 0 };
	int64_t n = 0;
	int code = verb_read(&v, argc, argv, true);
	if (code)
		return code;
	if (!path || !*path || !recipient || !*recipient)
		return say_usage("case", "Say where to, and for whom: --file NEW-FILE --recipient "
					 "\"Professional Standards\".");
	if (access(path, F_OK) == 0)
		return say_usage("case", "'%s' is there already. Give --file a new name.", path);
	int rc = act_open(&v.act, &c, v.dir, PERSON_AUDITOR, &err);
	if (!rc)
		rc = disclose(&v, c, recipient, &err);
	if (!rc)
		rc = write_out(c, path, &n, &err);
	if (!rc) {
		printf("%lld entries of the log, to be checked without the case: ", (long long)n);
		say_name(stdout, path);
		putchar('\n');
	}
	return verb_end(&v, c, rc, &err);
}

const struct cmd case_verb_log = {
	.name = "log",
	.usage = "FOLDER [--json] --key FILE",
	.line = "who did what in a case, and when; for auditors",
	.help = "One line for each act: number, time, what, counts, who. The log holds no name, "
		"number\n"
		"or text of the phone. An auditor's key opens this and no more. That it was read "
		"is\n"
		"logged, too.\n"
		"\n"
		"  --json   one JSON object a line\n" ACT_HELP,
	.run = run_log,
};

const struct cmd case_verb_export_log = {
	.name = "export-log",
	.usage = "FOLDER --file NEW-FILE --recipient TEXT --reason TEXT --key FILE",
	.line = "write the log out, to be checked without the case",
	.help = "For the Information Commissioner or Professional Standards: canonical JSON, one "
		"entry a\n"
		"line, each with its hash and signature; the first line names the keys. It is "
		"recorded\n"
		"as a disclosure.\n\n" ACT_HELP,
	.run = run_export,
};
