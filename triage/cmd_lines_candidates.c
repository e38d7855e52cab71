/* cmd_lines_candidates.c - unknown numbers of a case, for the unit. */
#include "authority/authority.h"
#include "candidates.h"
#include "caselog.h"
#include "cmd.h"
#include "decision.h"
#include "lines_verb.h"
#include "say.h"
#include "small_file.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define LEFT_OUT 32

/* That something left the case, by whom and why. */
static int disclose(struct lines_verb *v, struct case_db *c, int64_t rows, struct err *err)
{
	json_t *choices = json_pack("{sIss}", "rows", (json_int_t)rows, "what", "candidates");
	const struct decision_text texts[] = { { "reason", v->reason },
					       { "recipient", "the unit that issues packs" },
					       { NULL, NULL } };
	struct decision d = { .kind = DECISION_DISCLOSURE, .choices = choices, .texts = texts };
	struct log_entry done = {
		LOG_DISCLOSURE, "candidates", { { "decision", 0 }, { "rows", rows } }, { { 0 } }
	};
	int rc = choices ? case_begin(c, err) : err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = decision_add(c, &d, &done.n[0].value, err);
	if (!rc)
		rc = case_commit(c, &done, err);
	if (rc)
		case_rollback(c);
	json_decref(choices);
	return rc;
}

static int allowed(struct case_db *c, struct err *err)
{
	if (case_training(c))
		return err_set(err, E_REFUSED,
			       "This is a training case: what is made up never goes to the unit.");
	int rc = authority_allows_scan(c, err);
	return rc ? rc : authority_allows_handover(c, err);
}

static int write_out(struct lines_verb *v, struct case_db *c, const char *const *out_list, size_t n,
		     const char *out, struct err *err)
{
	struct buf csv = { 0 };
	uint64_t rows;
	int rc = candidates_write(c, out_list, n, &csv, &rows, err);
	if (!rc && !rows)
		printf("No unknown number of this case behaved like a line: no file was made.\n");
	if (!rc && rows)
		rc = disclose(v, c, (int64_t)rows, err);
	if (!rc && rows)
		rc = small_file_new(AT_FDCWD, out, buf_span(&csv), 0600, err);
	if (!rc && rows) {
		printf("%llu unknown number%s, without grade, name or text: ",
		       (unsigned long long)rows, rows == 1 ? "" : "s");
		say_name(stdout, out);
		printf("\nLook at the file, then give it to the unit: linecheck lines import "
		       "DATABASE FILE\n");
	}
	buf_free(&csv);
	return rc;
}

static int candidates(int argc, char **argv)
{
	struct lines_verb v = { .name = "candidates",
				.least = 1,
				.most = 1,
				.word_names = "CASE",
				.option = { "--out", "--leave-out" } };
	struct case_db *c = NULL;
	struct err err = { 0 };
	char copy[1024];
	const char *list[LEFT_OUT];
	size_t n = 0;
	int code = lines_verb_read(&v, argc, argv, true);
	if (code)
		return code;
	const char *out = lines_verb_option(&v, "--out"),
		   *leave = lines_verb_option(&v, "--leave-out");
	if (!out || !*out)
		return say_usage("lines", "Give --out FILE.csv.");
	if (leave && strlen(leave) >= sizeof copy)
		return say_usage("lines", "--leave-out is too long.");
	if (leave) {
		snprintf(copy, sizeof copy, "%s", leave);
		for (char *s = strtok(copy, ","); s && n < LEFT_OUT; s = strtok(NULL, ","))
			list[n++] = s;
	}
	int rc = act_open(&v.act, &c, v.word[0], PERSON_OFFICER, &err);
	if (!rc)
		rc = allowed(c, &err);
	if (!rc)
		rc = write_out(&v, c, list, n, out, &err);
	case_close(c);
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_candidates = {
	.name = "candidates",
	.usage = "CASE --out FILE.csv [--leave-out NUMBER,NUMBER] --reason TEXT --key FILE",
	.line = "unknown numbers of a case that behaved like a line, for the unit",
	.help = "Writes numbers that no line of the list has and that sent offers or said that a "
		"number is\n"
		"new: number, first and last day, how it behaved, and a token that says only "
		"whether two\n"
		"files are of the same case. No name, text, grade, and nothing of the child. That "
		"it left\n"
		"is logged. Refused for training.\n\n"
		"  --leave-out N,N    numbers that you know to be somebody else's\n" ACT_HELP,
	.run = candidates,
};
