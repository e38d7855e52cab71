/* cmd_case_new.c - make a case: ask what the law requires, refuse what it refuses, record the rest.
 */
#include "act.h"
#include "authority/authority.h"
#include "authority/form_words.h"
#include "authority/notice.h"
#include "case_folder.h"
#include "caselog.h"
#include "cmd.h"
#include "decision.h"
#include "ending/volume.h"
#include "safety.h"
#include "say.h"
#include "yamldoc.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct words {
	struct act act;
	const char *dir, *form, *confidential;
	bool training, amend;
};

static int64_t now(void)
{
	return (int64_t)time(NULL) * 1000;
}

static void put_lines(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		printf("    %.*s\n", (int)n, text);
		text += n + (text[n] == '\n');
	}
}

/* One answer: a line. false at the end of the input. */
static bool ask(const struct field *f, char **line, size_t *cap)
{
	printf("\n%s\n", f->question);
	put_lines(f->why);
	form_words_answer(stdout, "    ", f);
	printf("> ");
	fflush(stdout);
	ssize_t n = getline(line, cap, stdin);
	if (n < 0)
		return false;
	if (n && (*line)[n - 1] == '\n')
		(*line)[n - 1] = 0;
	return true;
}

/* Each question in turn. A wrong answer is asked again; what the law refuses ends it at once. */
static int ask_all(struct form *form, struct err *err)
{
	char *line = NULL;
	size_t cap = 0;
	int rc = 0;
	bool ended = false;
	for (size_t i = 0; !rc && !ended && i < form_fields_n; i++) {
		const struct field *f = &form_fields[i];
		struct err why;
		do {
			why = (struct err){ 0 };
			if (!form_asks(form, f))
				break;
			ended = !ask(f, &line, &cap);
			if (!ended && form_answer(form, f, span_z(line), &why))
				say_error(&why);
		} while (!ended && why.code == E_USER);
		if (!ended && why.code && why.code != E_USER)
			rc = err_set(err, why.code, "%s", why.message);
		if (!rc && !ended)
			rc = authority_gate(form, now(), err);
	}
	free(line);
	if (!rc && ended)
		rc = err_set(err, E_STOPPED,
			     "The questions were not answered to their end: no case was made.");
	return rc;
}

static int read_form(struct form *form, const char *path, struct err *err)
{
	span bytes;
	int rc = yamldoc_read(path, "a case form in YAML", &bytes, err);
	if (rc)
		return rc;
	rc = form_read_yaml(form, path, bytes, err);
	free((void *)bytes.p);
	return rc;
}

static int fill(struct form *form, const struct words *w, struct err *err)
{
	int rc = 0;
	if (w->training)
		rc = form_answer(form, form_field("basis"), SPAN("training"), err);
	if (!rc && w->form)
		rc = read_form(form, w->form, err);
	else if (!rc && !w->training)
		rc = ask_all(form, err);
	else if (!rc)
		rc = form_answer(form, form_field("reference"), SPAN("training"), err);
	if (!rc && w->training && !form_is(form, "basis", "training"))
		rc = err_set(
			err, E_REFUSED,
			"With --training the form's basis must be 'training': a training case is "
			"never a real one.");
	return rc ? rc : authority_check(form, now(), err);
}

/* A supervisor, where the answers ask for more than one person decides. c: NULL for a new case. */
static int find_second(struct words *w, struct case_db *c, const struct form *form, struct err *err)
{
	bool wide = false;
	int rc = authority_needs_second(c, form, now(), &wide, err);
	if (rc || !wide)
		return rc;
	if (!w->act.second_file)
		return err_set(err, E_REFUSED,
			       "The scope is more than 90 days, and one person does not decide "
			       "that alone: give --second with the key file of a supervisor, or "
			       "answer 'from' and 'to' with fewer days.");
	return act_second(&w->act, PERSON_SUPERVISOR, err);
}

static int make_case(struct words *w, const struct form *form, bool training, struct case_db **ret,
		     struct err *err)
{
	int rc = case_folder_free(w->dir, err);
	if (!rc && !training)
		rc = find_second(w, NULL, form, err);
	if (rc)
		return rc;
	enum case_mode mode = case_exists(w->dir) ? CASE_WRITE : CASE_NEW;
	return training ? case_open(ret, w->dir, mode, true, err)
			: case_create(ret, w->dir, w->act.key, err);
}

static int open_case(struct words *w, const struct form *form, struct case_db **ret,
		     struct err *err)
{
	bool training = form_is(form, "basis", "training");
	int rc = training ? act_training(err) : act_unlock(&w->act, PERSON_OFFICER, err);
	if (rc)
		return rc;
	if (!case_exists(w->dir))
		return make_case(w, form, training, ret, err);
	struct err why = { 0 };
	rc = case_open(ret, w->dir, CASE_WRITE, false, &why);
	if (rc == E_ABSENT) /* a run before this was stopped while it made the case */
		return make_case(w, form, training, ret, err);
	if (rc)
		return err_set(err, rc, "%s", why.message);
	if (case_training(*ret) != training)
		rc = err_set(
			err, E_REFUSED,
			"A training case can never become a real one, nor a real one training. "
			"Give a new folder.");
	if (!rc)
		rc = act_guard(&w->act, *ret, err);
	if (!rc && !training)
		rc = find_second(w, *ret, form, err);
	if (!rc)
		rc = case_act_as(*ret, w->act.key, err);
	return rc;
}

/* A run before this was stopped between the authority and its notice. */
static bool needs_only_notice(struct case_db *c, const struct form *form)
{
	json_t *before = NULL;
	if (!authority_needs_notice(form) || decision_exists(c, DECISION_NOTICE) ||
	    decision_current(c, DECISION_AUTHORITY, NULL, &before, NULL))
		return false;
	const char *basis = json_string_value(json_object_get(before, "basis"));
	bool same = basis && form_is(form, "basis", basis);
	json_decref(before);
	return same;
}

static int record(struct case_db *c, const struct form *form, const struct words *w,
		  struct err *err)
{
	bool amend = w->amend;
	bool has = decision_exists(c, DECISION_AUTHORITY);
	if (has && !amend && needs_only_notice(c, form)) {
		printf("\nThe authority was recorded before, by a run that was stopped: it stands "
		       "as it was given then,\nnot as now. What was missing is the notice.\n");
		return 0;
	}
	if (has && !amend)
		return err_set(
			err, E_USER,
			"'%s' has a recorded authority already. 'linecheck case amend' records a "
			"new one; both stay.",
			case_dir(c));
	int rc = case_begin(c, err);
	if (!rc)
		rc = authority_record(c, form, has, w->act.second, err);
	struct log_entry done = { .act = LOG_ALTERATION, .what = "authority" };
	if (!rc)
		rc = case_commit(c, &done, err);
	if (rc)
		case_rollback(c);
	return rc;
}

static int say_next(struct case_db *c, const struct form *form, struct err *err)
{
	char path[4200];
	if (form_is(form, "basis", "training")) {
		printf("\nA training case stands in %s. Next: linecheck scan SOURCE --training "
		       "--case "
		       "%s\n",
		       case_dir(c), case_dir(c));
		return 0;
	}
	if (!authority_needs_notice(form)) {
		printf("\nThe case stands in %s. No notice is given on this basis; the reason is "
		       "recorded.\nNext: linecheck scan SOURCE --case %s --key FILE\n",
		       case_dir(c), case_dir(c));
		return 0;
	}
	int rc = notice_make(c, NOTICE_PLAIN, path, sizeof path, err);
	if (!rc)
		printf("\nThe case stands in %s.\nThe notice to hand over: %s (and .html). In easy "
		       "words: linecheck case notice %s --form easy-read\n"
		       "When the person has agreed: linecheck case confirm %s --how written --copy "
		       "given\nNothing can be read before that.\n",
		       case_dir(c), path, case_dir(c), case_dir(c));
	if (!rc)
		safety_before_handover();
	return rc;
}

static int make(struct words *w)
{
	struct form *form = NULL;
	struct case_db *c = NULL;
	struct err err = { 0 };
	int rc = form_new(&form, &err);
	if (!rc)
		rc = fill(form, w, &err);
	if (!rc)
		rc = open_case(w, form, &c, &err);
	if (!rc)
		rc = record(c, form, w, &err);
	if (!rc)
		rc = say_next(c, form, &err);
	const char *warning = rc || case_training(c) ? NULL : volume_warning(volume_of(w->dir));
	if (warning)
		say_note("%s", warning);
	int code = rc ? say_error(&err) : EXIT_NOTHING;
	case_close(c);
	form_free(form);
	act_end(&w->act);
	return code;
}

static int read_words(struct words *w, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (act_option(&w->act, argc, argv, &i))
			continue;
		if (strcmp(argv[i], "--training") == 0)
			w->training = true;
		else if (strcmp(argv[i], "--form") == 0 && i + 1 < argc)
			w->form = argv[++i];
		else if (argv[i][0] == '-' || w->dir || !*argv[i])
			return say_usage("case", "'%s' is not understood, or its value is missing.",
					 argv[i]);
		else
			w->dir = argv[i];
	}
	return w->dir ? 0 : say_usage("case", "Give the folder of the case.");
}

static int run_new(int argc, char **argv)
{
	struct words w = { .act = ACT_NEW };
	int code = read_words(&w, argc, argv);
	return code ? code : make(&w);
}

static int run_amend(int argc, char **argv)
{
	struct words w = { .act = ACT_NEW, .amend = true };
	w.act.guard = ACT_INTACT;
	int code = read_words(&w, argc, argv);
	if (code)
		return code;
	if (!case_exists(w.dir))
		return say_usage("case", "There is no case in '%s' to amend.", w.dir);
	return make(&w);
}

const struct cmd case_verb_new = {
	.name = "new",
	.usage = "FOLDER [--form FILE.yaml] [--training] --key FILE [--second FILE]",
	.line = "make a case: asks what the law requires before a phone is read",
	.help = "Asks one plain question at a time, or takes the answers from a form ('linecheck "
		"case\n"
		"form' prints one). What the law refuses is refused, with the reason. Writes the "
		"notice\n"
		"to hand over. At first only numbers and times of the days in question are in "
		"scope.\n"
		"More than 90 days need a supervisor as the second person.\n"
		"\n"
		"  --form FILE.yaml   the filled form.\n"
		"  --training         fictional or test data; the form may set a scope.\n" ACT_HELP
			ACT_HELP_SECOND,
	.run = run_new,
};

const struct cmd case_verb_amend = {
	.name = "amend",
	.usage = "FOLDER [--form FILE.yaml] --key FILE [--second FILE]",
	.line = "record the authority anew, for example when the purpose has changed",
	.help = "Asks the same questions as 'case new'. The new answers count from now on, with "
		"scope\n"
		"and stage as at the start; what was recorded before stays.\n\n" ACT_HELP
			ACT_HELP_SECOND,
	.run = run_amend,
};
