/* cmd_scan.c - the main job: look at a phone's data, match it, say what was found. */
#include "cmd_scan.h"
#include "acquire/wa_crypt.h"
#include "act.h"
#include "authority/authority.h"
#include "authority/stop.h"
#include "case_folder.h"
#include "caselog.h"
#include "cmd.h"
#include "decision.h"
#include "device_run.h"
#include "given.h"
#include "like.h"
#include "options.h"
#include "passwords.h"
#include "report/report.h"
#include "safety.h"
#include "say.h"
#include "scan.h"
#include "view_file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MOST_SOURCES 64
#define GIVEN_EXHIBITS 1024
#define REASON_MIN 20

struct words {
	const char *source[MOST_SOURCES];
	size_t sources;
	struct given given;
	const char *case_dir, *confidential, *reason, *whatsapp_key, *password_fd, *device;
	struct act act;
	bool training, json, no_jit, temporary;
	bool acquire; /* the command is "acquire": phones alone, and no findings are shown */
	const char *command;
};

/* An option of one word, or one with a value: "--name VALUE" or "--name=VALUE". */
struct scan_option {
	const char *name;
	bool *flag;
	const char **value;
	const char *needs; /* what its value is */
};

#define OPTIONS 15

static int unknown_option(const struct words *w, const struct scan_option *o, const char *word)
{
	struct like l = LIKE_NEW;
	for (size_t i = 0; i < OPTIONS; i++)
		like_offer(&l, word, o[i].name);
	like_offer(&l, word, "--key");
	like_offer(&l, word, "--second");
	return l.word ? say_usage(w->command, "There is no option '%s'. Did you mean %s?", word,
				  l.word)
		      : say_usage(w->command, "There is no option '%s'.", word);
}

static int take_value(const struct words *w, const struct scan_option *o, int argc, char **argv,
		      int *i)
{
	const char *equals = strchr(argv[*i], '='), *value = equals ? equals + 1 : "";
	if (!equals && *i + 1 < argc && strncmp(argv[*i + 1], "--", 2) != 0)
		value = argv[++*i];
	if (!*value)
		return say_usage(w->command, "%s needs a name behind it: of a %s.", o->name,
				 o->needs);
	if (*o->value)
		return say_usage(w->command, "%s is given twice.", o->name);
	*o->value = value;
	return 0;
}

/* One word of the command line and its value; 0 or an exit code. */
static int read_option(struct words *w, int argc, char **argv, int *i)
{
	const char *pack = NULL;
	const struct scan_option all[OPTIONS] = {
		{ "--training", &w->training, NULL, NULL },
		{ "--skip-bad-lines", &w->given.skip_bad, NULL, NULL },
		{ "--json", &w->json, NULL, NULL },
		{ "--temporary-password", &w->temporary, NULL, NULL },
		{ "--no-jit", &w->no_jit, NULL, NULL },
		{ "--no-lines", &w->given.no_lines, NULL, NULL },
		{ "--lines", NULL, &w->given.lines_file, "CSV file of deal lines" },
		{ "--lines-key", NULL, &w->given.lines_key, "file with the key of a pack" },
		{ "--case", NULL, &w->case_dir, "folder for the results" },
		{ "--confidential", NULL, &w->confidential, "CSV file of numbers" },
		{ "--reason", NULL, &w->reason, "sentence" },
		{ "--device", NULL, &w->device, "phone ('linecheck devices' shows what to give)" },
		{ "--password-fd", NULL, &w->password_fd, "descriptor, as a number" },
		{ "--whatsapp-key", NULL, &w->whatsapp_key, "file with the key" },
		{ "--rules", NULL, &pack, "rule pack" },
	};
	const char *word = argv[*i];
	size_t n = strcspn(word, "="), o = 0;
	if (act_option(&w->act, argc, argv, i))
		return 0;
	while (o < OPTIONS && (strlen(all[o].name) != n || memcmp(all[o].name, word, n) != 0 ||
			       (all[o].flag && word[n])))
		o++;
	if (o == OPTIONS)
		return unknown_option(w, all, word);
	if (all[o].flag) {
		*all[o].flag = true;
		return 0;
	}
	int code = take_value(w, &all[o], argc, argv, i);
	if (!code && pack && w->given.packs == GIVEN_PACKS)
		return say_usage(w->command, "At most %d --rules.", GIVEN_PACKS);
	if (!code && pack)
		w->given.pack[w->given.packs++] = pack;
	return code;
}

static int read_words(struct words *w, int argc, char **argv)
{
	bool options = true;
	int code = 0;
	for (int i = 1; i < argc && !code; i++) {
		if (options && strcmp(argv[i], "--") == 0)
			options = false;
		else if (options && argv[i][0] == '-' && argv[i][1])
			code = read_option(w, argc, argv, &i);
		else if (!*argv[i])
			code = say_usage(w->command,
					 "The name of a source is empty: give its path.");
		else if (w->sources == MOST_SOURCES)
			code = say_usage(w->command, "At most %d sources at a time.", MOST_SOURCES);
		else
			w->source[w->sources++] = argv[i];
	}
	if (!code && w->given.no_lines && w->given.lines_file)
		code = say_usage(w->command,
				 "--lines gives a list, and --no-lines says to use none: "
				 "leave one of them out.");
	if (!code && w->acquire && (!w->device || w->sources || w->json))
		code = say_usage("acquire",
				 "Give the phone alone: --device UDID. 'linecheck devices' "
				 "names what is connected.");
	if (!code && !w->sources && !w->device && !(w->case_dir && case_exists(w->case_dir)))
		code = say_usage(w->command,
				 "Say what to look at: a backup folder, a folder with a "
				 "phone's files, an archive, a database, or a phone on a "
				 "cable (--device).");
	if (!code && w->temporary && (!w->device || !w->reason || strlen(w->reason) < REASON_MIN))
		code = say_usage(w->command,
				 "--temporary-password changes a phone: give --device, and say why "
				 "with --reason \"...\" (at least %d letters), and that its owner "
				 "agreed.",
				 REASON_MIN);
	return code;
}

struct loaded {
	struct given given;
	struct case_db *c;
	struct wa_key *whatsapp_key;
	struct passwords *passwords;
	struct say_progress progress;
	bool left; /* something could not be put back on the phone */
};

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && slash[1] ? slash + 1 : path;
}

/* "linecheck-case", "linecheck-case-2" ...: the first name that is free here. The folder is made,
 * so that two scans at once do not choose the same one; what cannot be made is said later. */
static void free_case_name(char *out, size_t cap)
{
	snprintf(out, cap, "linecheck-case");
	for (int i = 2; mkdir(out, 0700) != 0 && errno == EEXIST && i < 100000; i++)
		snprintf(out, cap, "linecheck-case-%d", i);
}

/* A case that this run named and made, and into which nothing was read, would only be in the way.
 */
static void remove_empty(struct loaded *l, const char *dir)
{
	char path[4300];
	sqlite3_stmt *st = NULL;
	bool empty = !l->c;
	if (l->c && case_prepare(l->c, "SELECT 1 FROM exhibit", &st, NULL) == 0)
		empty = sqlite3_step(st) == SQLITE_DONE;
	sqlite3_finalize(st);
	if (!empty)
		return;
	case_close(l->c);
	l->c = NULL;
	snprintf(path, sizeof path, "%s/vault", dir);
	if (rmdir(path) != 0 && errno != ENOENT)
		return;
	snprintf(path, sizeof path, "%s/case.db", dir);
	unlink(path);
	rmdir(dir);
}

static int load(struct loaded *l, const struct words *w, struct err *err)
{
	l->given = w->given;
	int rc = given_load(&l->given, err);
	if (!rc && w->whatsapp_key)
		rc = wa_key_load(&l->whatsapp_key, w->whatsapp_key, err);
	return rc;
}

static int note_run(struct case_db *c, bool start, struct err *err)
{
	static const struct log_entry begun = { .act = LOG_COLLECTION, .what = "run-begun" },
				      ended = { .act = LOG_COLLECTION, .what = "run-ended" };
	char sql[160];
	if (start)
		snprintf(sql, sizeof sql, "INSERT INTO run(command,started) VALUES('scan',%lld)",
			 (long long)case_now(c));
	else
		snprintf(sql, sizeof sql,
			 "UPDATE run SET finished=%lld WHERE id=(SELECT max(id) FROM run)",
			 (long long)case_now(c));
	int rc = case_begin(c, err);
	if (!rc)
		rc = case_exec(c, "noting the time", sql, err);
	return rc ? rc : case_commit(c, start ? &begun : &ended, err);
}

static bool timed(void)
{
	return getenv("LINECHECK_TIMINGS");
}

static void say_timing(const struct scan_timing *t)
{
	struct rusage used = { 0 };
	getrusage(RUSAGE_SELF, &used);
	fprintf(stderr,
		"timing: unlock %.3f open %.3f hash %.3f parse+store+match %.3f beside match %.3f "
		"score %.3f; peak memory %ld kB\n",
		t->unlock, t->open, t->hash, t->parse, t->match, t->score, used.ru_maxrss);
}

/* Nothing is ever written in a source, and so the case must not stand in one. 0 or an exit code. */
static int case_outside(const struct words *w)
{
	char parent[4096], inside[4096], source[4096];
	const char *slash = strrchr(w->case_dir, '/');
	size_t n = slash ? (size_t)(slash - w->case_dir) + 1 : 0;
	if (n >= sizeof parent)
		return say_usage("scan", "The name of the case folder is too long.");
	memcpy(parent, w->case_dir, n);
	parent[n] = 0;
	if (!realpath(w->case_dir, inside) && !realpath(n ? parent : ".", inside))
		return 0; /* opening the case says why */
	for (size_t i = 0; i < w->sources; i++) {
		size_t length = realpath(w->source[i], source) ? strlen(source) : 0;
		if (length && strncmp(inside, source, length) == 0 &&
		    (!inside[length] || inside[length] == '/' || length == 1))
			return say_usage(
				"scan",
				"The case folder '%s' would stand inside the source '%s', and "
				"nothing is written there. Give --case another folder.",
				w->case_dir, w->source[i]);
	}
	return 0;
}

/* Before a question is asked, nothing of the progress stands in its line. */
static void before_asking(void *user)
{
	struct say_progress *p = user;
	bool active = p->active;
	say_progress_end(p);
	p->active = active;
}

static int open_passwords(struct loaded *l, const struct words *w, struct err *err)
{
	int fd;
	if (!options_descriptor(w->password_fd, &fd))
		return err_set(err, E_USAGE,
			       "--password-fd needs the number of a descriptor, not '%s'.",
			       w->password_fd);
	return passwords_new(&l->passwords, fd, true, before_asking, &l->progress, err);
}

/* Without a source: every exhibit again, from what the vault keeps of it. */
static int each_kept(const struct loaded *l, const struct scan_options *options, size_t *ret_read,
		     struct err *err)
{
	int64_t id[GIVEN_EXHIBITS];
	size_t n = 0;
	sqlite3_stmt *st;
	int rc = case_prepare(l->c,
			      "SELECT id FROM exhibit WHERE state='whole' AND kind<>'typed' ORDER "
			      "BY id",
			      &st, err);
	if (rc)
		return rc;
	while (n < GIVEN_EXHIBITS && sqlite3_step(st) == SQLITE_ROW)
		id[n++] = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	for (size_t i = 0; !rc && i < n; i++) {
		struct scan_result result;
		struct err why = { 0 };
		say_progress_start(options->user);
		rc = scan_kept(l->c, id[i], options, &result, &why);
		say_progress_end(options->user);
		if (rc == E_ABSENT) {
			say_note("%s", why.message);
			rc = 0;
			continue;
		}
		if (rc)
			return err_set(err, rc, "%s", why.message);
		++*ret_read;
		say_note(result.known ? "EX%lld was read under the decisions that stand: nothing "
					"in it is new."
				      : "EX%lld was read again from the vault, under the decisions "
					"that stand now.",
			 (long long)id[i]);
	}
	return 0;
}

static int scan_kept_all(const struct loaded *l, const struct scan_options *options,
			 struct err *err)
{
	size_t read = 0;
	int rc = each_kept(l, options, &read, err);
	if (!rc && !read)
		rc = err_set(err, E_ABSENT,
			     "Nothing of this case's exhibits is kept in its vault: say what to "
			     "look at.");
	return rc;
}

/* What a person at the phone must know now; progress stands aside. */
static void tell(void *user, const char *words)
{
	before_asking(user);
	say_note("%s", words);
}

static int record_temporary(struct loaded *l, const struct words *w, struct err *err)
{
	const struct decision_text texts[] = { { "reason", w->reason }, { NULL, NULL } };
	const struct decision d = { .kind = DECISION_PASSWORD, .texts = texts };
	return w->temporary ? decision_record(l->c, &d, NULL, err) : 0;
}

static int scan_device(struct loaded *l, const struct words *w, struct scan_options *options,
		       struct err *err)
{
	struct scan_result result;
	char left[480];
	const struct device_run r = { .c = l->c,
				      .trust = w->act.trust,
				      .id = w->device,
				      .temporary = w->temporary,
				      .tell = tell,
				      .progress = say_progress_fn,
				      .user = &l->progress };
	int rc = record_temporary(l, w, err);
	if (rc)
		return rc;
	say_progress_start(&l->progress);
	rc = device_run(&r, options, &result, left, err);
	say_progress_end(&l->progress);
	if (*left)
		say_note("%s", left);
	l->left = *left != 0;
	if (!rc && result.known)
		say_note("The phone was read before as EX%lld; nothing in it is new.",
			 (long long)result.exhibit);
	if (!rc && timed())
		say_timing(&result.timing);
	return rc;
}

static int scan_all(struct loaded *l, struct words *w, struct err *err)
{
	struct scan_options options = { .lines = l->given.lines,
					.lines_name = given_lines_name(&l->given),
					.rules = l->given.rules,
					.policy = l->given.policy,
					.whatsapp_key = l->whatsapp_key,
					.passwords = l->passwords,
					.trust = w->act.trust,
					.jit = !w->no_jit,
					.progress = say_progress_fn,
					.user = &l->progress };
	int rc = act_confidential(&w->act, w->confidential, &options.confidential, err);
	if (!rc)
		rc = note_run(l->c, true, err);
	if (!rc && !w->sources && !w->device)
		rc = scan_kept_all(l, &options, err);
	for (size_t i = 0; !rc && i < w->sources; i++) {
		struct scan_result result;
		say_progress_start(&l->progress);
		rc = scan_source(l->c, w->source[i], &options, &result, err);
		say_progress_end(&l->progress);
		if (!rc && result.known)
			say_note("'%s' was read before as EX%lld; nothing in it is new.",
				 last_part(w->source[i]), (long long)result.exhibit);
		if (!rc && result.again)
			say_note("'%s' is EX%lld, read again under the decisions that stand now.",
				 last_part(w->source[i]), (long long)result.exhibit);
		if (!rc && timed())
			say_timing(&result.timing);
	}
	if (!rc && w->device)
		rc = scan_device(l, w, &options, err);
	return rc ? rc : note_run(l->c, false, err);
}

/* A stop stands: the officer must know how serious it is and that nothing may be handed over, and
 * no more. */
static int show_stop(const struct loaded *l, const char *why, int *ret_code, struct err *err)
{
	view_file_remove(l->c);
	int rc = report_level(l->c, stdout, err);
	if (rc)
		return rc;
	printf("\nSTOP. %s\nThe reasons are not shown until a supervisor has decided: linecheck "
	       "case go-on.\n",
	       why);
	if (!case_training(l->c))
		safety_before_return();
	fflush(stdout);
	return report_exit_code(l->c, ret_code, err);
}

static int show(const struct loaded *l, const struct words *w, int *ret_code, struct err *err)
{
	char view[4200];
	int rc = stop_check(l->c, err);
	const char *stop = rc ? NULL : stop_standing(l->c);
	if (stop)
		return show_stop(l, stop, ret_code, err);
	if (!rc)
		rc = view_file_write(l->c, view, sizeof view, err);
	if (rc)
		return rc;
	rc = w->json ? report_json(l->c, stdout, err)
		     : report_summary(l->c, stdout, say_colour(stdout), err);
	if (rc)
		return rc;
	fflush(stdout);
	if (ferror(stdout))
		return err_set(err, E_IO,
			       "The result could not be written out. The case is whole: "
			       "see %s.",
			       view);
	if (!case_training(l->c) && !w->json)
		safety_before_return();
	FILE *to = w->json ? stderr : stdout;
	fputs("\nThe page to open: ", to);
	say_name(to, view);
	putc('\n', to);
	return report_exit_code(l->c, ret_code, err);
}

static int open_training(struct loaded *l, struct words *w, struct err *err)
{
	int rc = act_training(err);
	if (!rc && !case_exists(w->case_dir))
		rc = case_folder_free(w->case_dir, err);
	if (!rc)
		rc = case_open(&l->c, w->case_dir, case_exists(w->case_dir) ? CASE_WRITE : CASE_NEW,
			       true, err);
	if (!rc && !case_training(l->c))
		rc = err_set(
			err, E_REFUSED,
			"'%s' is a real case: nothing that is training can be added to it. Give "
			"another --case folder.",
			w->case_dir);
	return rc;
}

static int open_real(struct loaded *l, struct words *w, struct err *err)
{
	struct err why = { 0 };
	char sealed[4200];
	if (w->case_dir && !case_exists(w->case_dir) &&
	    case_folder_sealed(w->case_dir, sealed, sizeof sealed)) {
		case_folder_none(w->case_dir, &why);
		return err_set(err, E_REFUSED, "%s", why.message);
	}
	if (!w->case_dir || !case_exists(w->case_dir))
		return err_set(
			err, E_REFUSED,
			"A child's phone is read only under a recorded authority. Make the case "
			"with 'linecheck case new FOLDER' and give it with --case. For fictional "
			"or test data give --training: everything is then marked as training.");
	int rc = act_open(&w->act, &l->c, w->case_dir, PERSON_OFFICER, err);
	if (!rc && case_training(l->c))
		rc = err_set(
			err, E_REFUSED,
			"'%s' is a training case: give --training, or the folder of a real case. "
			"A training case never becomes a real one.",
			w->case_dir);
	if (!rc)
		rc = authority_allows_scan(l->c, err);
	return rc ? rc : given_allow(&l->given, &w->act, l->c, w->reason, err);
}

/* "acquire": what was taken, and nothing of what was found. */
static int show_taken(const struct loaded *l, const struct words *w, int *ret_code, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(l->c,
			      "SELECT id,files_seen,bytes_seen,files_kept,bytes_kept FROM exhibit "
			      "WHERE state='whole' ORDER BY id DESC LIMIT 1",
			      &st, err);
	if (rc)
		return rc;
	if (sqlite3_step(st) == SQLITE_ROW)
		printf("EX%lld: the phone sent %lld files, %lld bytes; %lld files, %lld bytes are "
		       "in "
		       "scope and kept.\nTo see what they say: linecheck view ",
		       (long long)sqlite3_column_int64(st, 0),
		       (long long)sqlite3_column_int64(st, 1),
		       (long long)sqlite3_column_int64(st, 2),
		       (long long)sqlite3_column_int64(st, 3),
		       (long long)sqlite3_column_int64(st, 4));
	sqlite3_finalize(st);
	say_name(stdout, w->case_dir);
	putchar('\n');
	*ret_code = EXIT_NOTHING;
	return fflush(stdout) == 0 ? 0 : err_set(err, E_IO, "The result could not be written out.");
}

int cmd_scan_run(int argc, char **argv, bool acquire)
{
	struct words w = { .act = ACT_NEW,
			   .given = { .what_for = "scanned" },
			   .acquire = acquire,
			   .command = acquire ? "acquire" : "scan" };
	struct loaded l = { 0 };
	struct err err = { 0 };
	char name[4200];
	int code = read_words(&w, argc, argv);
	if (code)
		return code;
	bool named = !w.case_dir && w.training;
	if (named) {
		free_case_name(name, sizeof name);
		w.case_dir = name;
	}
	if (w.case_dir)
		code = case_outside(&w);
	if (code && named)
		rmdir(w.case_dir);
	if (code)
		return code;
	int rc = open_passwords(&l, &w, &err);
	if (!rc)
		rc = load(&l, &w, &err);
	if (!rc)
		rc = w.training ? open_training(&l, &w, &err) : open_real(&l, &w, &err);
	if (!rc)
		rc = scan_all(&l, &w, &err);
	if (!rc)
		rc = acquire ? show_taken(&l, &w, &code, &err) : show(&l, &w, &code, &err);
	else if (l.left && l.c) /* page one must say it */
		view_file_write(l.c, name, sizeof name, NULL);
	if (rc)
		code = say_error(&err);
	else if (l.left)
		code = EXIT_FAILED;
	if (rc && named)
		remove_empty(&l, w.case_dir);
	case_close(l.c);
	act_end(&w.act);
	given_free(&l.given);
	wa_key_free(l.whatsapp_key);
	passwords_free(l.passwords);
	return code;
}

static int run(int argc, char **argv)
{
	return cmd_scan_run(argc, argv, false);
}

const struct cmd cmd_scan = {
	.name = "scan",
	.usage = "[SOURCE...] | --device UDID  --training | --case FOLDER --key FILE  [--lines "
		 "FILE.csv] [--json] ...",
	.line = "look at a phone's data and say what was found",
	.help = "SOURCE is an iPhone backup folder, a folder with the files of an iPhone or "
		"Android\n"
		"phone, a zip or tar of either, or one database or export file. Nothing in it is\n"
		"changed. Several sources become exhibits EX1, EX2 ... of one case. Without a "
		"SOURCE, what\n"
		"the case's vault keeps is read again under the decisions that stand now: the "
		"phone may\n"
		"have gone home.\n"
		"\n"
		"  --training         the data is fictional or for tests; everything is marked "
		"so.\n"
		"  --lines FILE.csv   the deal lines to look for: columns line, identifier, from, "
		"to,\n"
		"                     status, grade. A bad row stops the scan, with its reason.\n"
		"                     A real case uses the pack that is installed ('lines "
		"install') instead.\n"
		"  --lines-key FILE   the key of a pack whose identifiers are keyed.\n"
		"  --no-lines         compare no number with known lines.\n"
		"  --skip-bad-lines   leave bad rows out, and say how many.\n"
		"  --rules FILE.yaml  more rules (a \"pack\") beside those that ship. May be given "
		"again.\n"
		"  --case FOLDER      where to keep the results. A new folder is made if not "
		"given; in\n"
		"                     a case that exists the source is the next exhibit.\n"
		"                     A real phone needs a real case: 'linecheck case new'.\n"
		"  --confidential FILE.csv  your force's numbers to seal, beside the helplines "
		"that "
		"ship.\n"
		"                     'confidential.csv' beside the policy always counts.\n"
		"  --reason TEXT      why a list that is not a signed pack is used on a real "
		"phone.\n" ACT_HELP ACT_HELP_SECOND
		"  --whatsapp-key FILE  the key of WhatsApp's own encrypted backups "
		"(crypt12, 14, 15):\n"
		"                     the phone's key file, or a text file with the 64 digits.\n"
		"  --password-fd N    read the password of an encrypted iPhone backup or a zip as "
		"one "
		"line\n"
		"                     from that descriptor; without it you are asked on a "
		"terminal.\n"
		"  --device UDID      a phone on a cable, as 'linecheck devices' names it. The "
		"program says\n"
		"                     what to do on the phone; only what is in scope is kept.\n"
		"  --temporary-password  an iPhone whose backups are not encrypted leaves call "
		"history out\n"
		"                     of them: set a password for this, and take it away again. "
		"Needs\n"
		"                     --reason, and the agreement of its owner.\n"
		"  --json             the result as JSON on standard output.\n"
		"  --no-jit           match patterns without compiling them first: slower, the "
		"same "
		"result.\n"
		"\n"
		"Ends with 0: all in scope was read, no indicators; 10: indicators found; 4: "
		"something\n"
		"in scope could not be read, and there were no indicators in what was; 3: "
		"refused:\n"
		"authority or policy does not allow it; 1: it failed: a source, list, rule pack "
		"or case\n"
		"cannot be read or is not sound; 2: the command line is wrong.\n",
	.run = run,
};
