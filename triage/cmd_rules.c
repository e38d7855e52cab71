/* cmd_rules.c - rule packs, for the person who writes or questions them. */
#include "cmd.h"
#include "lint.h"
#include "rules_path.h"
#include "rules_verb.h"
#include "ruleset.h"
#include "say.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PACKS_MAX 32
#define PATH_LENGTH 4096

static void print_plain(const char *s)
{
	say_name(stdout, s);
}

/* Whether these packs alone are the whole: one of them is the core, or they are no packs at all. */
static bool stands_alone(int n, char **path)
{
	struct ruleset *rs = NULL;
	bool core = false;
	const char *name, *version, *sha256;
	for (int i = 0; i < n && !core; i++) {
		if (ruleset_load(&rs, &(const char *){ path[i] }, 1, false, NULL))
			continue;
		ruleset_pack(rs, 0, &name, &version, &sha256);
		core = strcmp(name, "core") == 0;
		ruleset_free(rs);
	}
	return core;
}

int rules_load(struct ruleset **ret, int n, char **path, bool check, struct err *err)
{
	char own[PATH_LENGTH];
	const char *paths[PACKS_MAX + 1];
	size_t k = 0;
	if (!stands_alone(n, path)) {
		int rc = rules_default_path("core.yaml", own, sizeof own, err);
		if (rc)
			return rc;
		paths[k++] = own;
	}
	for (int i = 0; i < n; i++)
		paths[k++] = path[i];
	return ruleset_load(ret, paths, k, check, err);
}

static void print_remark(void *user, const struct rule *rule, const char *remark)
{
	(void)user;
	printf("  remark: %s: ", rule->id);
	print_plain(remark);
	putchar('\n');
}

/* Today, or the day that SOURCE_DATE_EPOCH says. */
static void this_day(char out[static 16])
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	time_t now = fixed ? (time_t)strtoll(fixed, NULL, 10) : time(NULL);
	struct tm t;
	if (!gmtime_r(&now, &t) || !strftime(out, 16, "%Y-%m-%d", &t))
		out[0] = 0;
}

/* One pack, beside those that ship; gives an exit code. */
static int lint_one(char *path)
{
	struct ruleset *rs = NULL;
	struct err err = { 0 };
	char today[16];
	const char *pack, *version, *sha256;
	if (rules_load(&rs, 1, &path, true, &err))
		return say_error(&err);
	size_t rules = 0, examples = 0, unfiltered = 0;
	ruleset_pack(rs, ruleset_packs(rs) - 1, &pack, &version, &sha256);
	for (size_t i = 0; i < ruleset_count(rs); i++) {
		const struct rule_text *t = ruleset_text(rs, i);
		const struct rule *r = ruleset_at(rs, i);
		if (strcmp(r->pack, pack) != 0)
			continue;
		rules++;
		examples += t->match_n + t->nomatch_n;
		unfiltered += r->kind == RULE_TEXT && !r->has_literal;
	}
	print_plain(path);
	printf(": %zu rules, %zu examples, all hold", rules, examples);
	if (unfiltered)
		printf("; %zu run on every message, for want of a literal", unfiltered);
	printf(".\n");
	this_day(today);
	int rc = lint_remarks(rs, pack, today, print_remark, NULL, &err);
	ruleset_free(rs);
	return rc ? say_error(&err) : EXIT_NOTHING;
}

static int lint(int n, char **path)
{
	int code = EXIT_NOTHING;
	if (n == 0)
		return say_usage("rules", "Say which files: 'linecheck rules lint FILE...'.");
	for (int i = 0; i < n; i++)
		if (lint_one(path[i]) != EXIT_NOTHING)
			code = EXIT_FAILED;
	if (code != EXIT_NOTHING || n == 1)
		return code;
	/* Each is sound; do they go together? */
	struct ruleset *rs = NULL;
	struct err err = { 0 };
	if (rules_load(&rs, n, path, false, &err))
		return say_error(&err);
	ruleset_free(rs);
	return EXIT_NOTHING;
}

static const char *ambiguity_word(enum ambiguity a)
{
	static const char *const words[] = {
		[AMBIGUITY_LOW] = "low", [AMBIGUITY_MEDIUM] = "medium", [AMBIGUITY_HIGH] = "high"
	};
	return words[a];
}

static int list(int n, char **path)
{
	struct ruleset *rs = NULL;
	struct err err = { 0 };
	if (rules_load(&rs, n, path, false, &err))
		return say_error(&err);
	for (size_t p = 0, i = 0; p < ruleset_packs(rs); p++) {
		const char *name, *version, *sha256;
		ruleset_pack(rs, p, &name, &version, &sha256);
		printf("%spack %s, version %s, SHA-256 %s\n", p ? "\n" : "", name, version, sha256);
		printf("  %-32s %-15s %5s %6s  %s\n", "rule", "category", "stage", "weight",
		       "ambiguity");
		for (; i < ruleset_count(rs) && strcmp(ruleset_at(rs, i)->pack, name) == 0; i++) {
			const struct rule *r = ruleset_at(rs, i);
			printf("  %-32s %-15s %5u %6d  %s\n", r->id, category_word(r->category),
			       r->stage, r->weight, ambiguity_word(r->ambiguity));
		}
	}
	printf("\n"
	       "stage      what must be read for it: 1 numbers and times, 2 the text of chosen "
	       "threads, 3 all text\n"
	       "weight     points of one message that it hits, before limits (scoring.yaml)\n"
	       "ambiguity  how often the words mean something else\n"
	       "\n"
	       "%zu rules. 'linecheck rules explain RULE' says what one of them means.\n",
	       ruleset_count(rs));
	ruleset_free(rs);
	return EXIT_NOTHING;
}

static void print_list(const char *what, const char *const *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		printf("%-12s", i ? "" : what);
		print_plain(text[i]);
		putchar('\n');
	}
}

static void print_terms(const struct rule_text *t)
{
	printf("%-12s", "words");
	for (size_t i = 0; i < t->term_n; i++) {
		if (i)
			fputs(i % 6 ? ", " : ",\n            ", stdout);
		print_plain(t->term[i]);
	}
	putchar('\n');
}

static void print_names(const struct rule_names *names)
{
	for (size_t i = 0; i < names->n; i++) {
		fputs(i ? (i % 4 ? ", " : ",\n            ") : "", stdout);
		print_plain(names->name[i]);
	}
}

static void print_when(const struct rule_when *w)
{
	printf("%-12s", "counts");
	printf(w->in    ? "in what was received"
	       : w->out ? "in what was sent"
			: "in what was received and sent");
	if (w->in_private)
		printf(", not in groups");
	if (w->unsaved_only)
		printf(", when the other person is not in the contacts");
	if (w->not_family)
		printf(", when the other person is no firm and not saved as family");
	if (w->line_only)
		printf(", when the other number is on the line list");
	if (w->missing)
		printf(", while the child was missing");
	if (w->repeat > 1)
		printf(", from %u messages on", (unsigned)w->repeat);
	if (w->repeat_days > 1)
		printf(", on %u days or more", (unsigned)w->repeat_days);
	printf(".\n");
	if (!w->near.n)
		return;
	printf("%-12swithin %u messages of one of these in the same conversation:\n%-12s",
	       "and only", (unsigned)w->messages, "");
	print_names(&w->near);
	putchar('\n');
}

static void print_traffic(const struct rule_watch *w)
{
	printf("%-12s%s: at least %u", "watches",
	       !w->texts   ? "calls"
	       : !w->calls ? "messages"
			   : "calls and messages",
	       (unsigned)(w->events > 1 ? w->events : 1));
	if (w->people > 1)
		printf(", with %u people", (unsigned)w->people);
	if (w->days > 1)
		printf(", on %u days", (unsigned)w->days);
	if (w->minutes)
		printf(", within %u minutes", (unsigned)w->minutes);
	if (w->shorter)
		printf(", calls under %u seconds", (unsigned)w->shorter);
	if (w->from_hour != w->to_hour)
		printf(", from %02u:00 to %02u:00", (unsigned)w->from_hour, (unsigned)w->to_hour);
	printf("%s%s%s", w->one_way ? ", with nothing the other way" : "",
	       w->first ? ", each the first contact" : "",
	       w->same_text ? ", of nearly the same text" : "");
	if (w->quiet_hours)
		printf(", after %u quiet hours", (unsigned)w->quiet_hours);
	if (w->of.n) {
		printf(", hit by one of\n%-12s", "");
		print_names(&w->of);
	}
	putchar('\n');
}

static void print_watch(const struct rule *r)
{
	static const char *const identities[] = {
		[IDENTITY_SIMS] = "how many SIMs the phone has used",
		[IDENTITY_OWN_LISTED] = "whether a number or SIM of the phone is on the line list",
		[IDENTITY_LINE_SAVED] = "whether a listed number is saved under one word"
	};
	switch (r->kind) {
	case RULE_TRAFFIC:
		print_traffic(&r->watch);
		break;
	case RULE_SEQUENCE:
		printf("%-12sone after the other in a conversation: ", "watches");
		print_names(&r->watch.of);
		putchar('\n');
		break;
	case RULE_APPS:
		printf("%-12sapps of these kinds: ", "watches");
		print_names(&r->watch.of);
		putchar('\n');
		break;
	case RULE_IDENTITY:
		printf("%-12s%s\n", "watches", identities[r->watch.identity]);
		break;
	case RULE_SHAPE:
		printf("%-12swords in %s, %u or more\n", "watches",
		       r->watch.shape == SHAPE_QUOTED ? "quotation marks" : "verse",
		       (unsigned)r->watch.least);
		break;
	case RULE_TEXT:
		break;
	}
}

static void print_clears(const struct rule *r)
{
	static const char *const what[] = { [CLEARS_HIT] = "hits inside its own",
					    [CLEARS_MESSAGE] = "hits in the same message",
					    [CLEARS_PERSON] =
						    "hits in messages with the same person" };
	if (!r->clears)
		return;
	printf("%-12s%s", "takes away", what[r->clears]);
	if (r->takes.n) {
		printf(", of\n%-12s", "");
		print_names(&r->takes);
	}
	putchar('\n');
}

static void print_rule(const struct ruleset *rs, size_t i)
{
	const struct rule *r = ruleset_at(rs, i);
	const struct rule_text *t = ruleset_text(rs, i);
	printf("%s\n\n", r->id);
	print_list("meaning", &r->meaning, 1);
	print_list("innocent", &r->innocent, 1);
	printf("%-12s%s, weight %d, ambiguity %s, stage %u\n", "category",
	       category_word(r->category), r->weight, ambiguity_word(r->ambiguity), r->stage);
	print_when(&r->when);
	print_clears(r);
	if (r->off)
		print_list("off", &r->off, 1);
	if (r->kind != RULE_TEXT) {
		print_watch(r);
		print_list("source", &r->source, 1);
		return;
	}
	if (t->pattern)
		print_list("pattern", &t->pattern, 1);
	else
		print_terms(t);
	if (t->needs.n) {
		printf("%-12sone of these within %u words: ", "needs", (unsigned)t->within);
		print_names(&t->needs);
		putchar('\n');
	}
	printf("%-12s%s\n", "read on",
	       r->on_original ? "the text as it was written"
			      : "the text and its respellings (case, lookalikes, spaced letters)");
	if (!r->has_literal)
		printf("%-12sit is run on every message: no word of it is fixed\n", "cost");
	if (*r->source)
		print_list("source", &r->source, 1);
	if (*r->review)
		print_list("review", &r->review, 1);
	print_list("hits", t->match, t->match_n);
	print_list("leaves", t->nomatch, t->nomatch_n);
}

static int explain(const char *id, int n, char **path)
{
	struct ruleset *rs = NULL;
	struct err err = { 0 };
	if (rules_load(&rs, n, path, false, &err))
		return say_error(&err);
	for (size_t i = 0; i < ruleset_count(rs); i++)
		if (strcmp(ruleset_at(rs, i)->id, id) == 0) {
			print_rule(rs, i);
			ruleset_free(rs);
			return EXIT_NOTHING;
		}
	ruleset_free(rs);
	return say_usage("rules", "There is no rule '%s'. 'linecheck rules list' names them all.",
			 id);
}

static int run(int argc, char **argv)
{
	if (argc > PACKS_MAX)
		return say_usage("rules", "At most %d files at a time.", PACKS_MAX - 3);
	for (int i = 2; i < argc; i++)
		if (!*argv[i])
			return say_usage("rules", "One of the names is empty.");
	if (argc >= 2 && strcmp(argv[1], "lint") == 0)
		return lint(argc - 2, argv + 2);
	if (argc >= 2 && strcmp(argv[1], "list") == 0)
		return list(argc - 2, argv + 2);
	if (argc >= 2 && strcmp(argv[1], "test") == 0)
		return rules_test(argc - 2, argv + 2);
	if (argc >= 2 && strcmp(argv[1], "diff") == 0)
		return rules_diff(argc - 2, argv + 2);
	if (argc >= 3 && strcmp(argv[1], "explain") == 0)
		return explain(argv[2], argc - 3, argv + 3);
	return say_usage("rules",
			 "Say 'linecheck rules list', 'explain RULE', 'lint FILE...', 'test "
			 "FILE|CASE' or 'diff PACK PACK CASE'.");
}

const struct cmd cmd_rules = {
	.name = "rules",
	.usage = "list [PACK...] | explain RULE [PACK...] | lint PACK... | test FILE|CASE "
		 "[PACK...] | "
		 "diff PACK PACK CASE",
	.line = "show, explain, check and try the rules that messages are read by",
	.help = "list     names every rule, with its category and what it can weigh.\n"
		"explain  says what one rule means, what innocent reason there may be, what it "
		"reads,\n"
		"         and examples of what it hits and leaves alone.\n"
		"lint     checks packs: their form, their examples, rules that overlap or can "
		"never "
		"count,\n"
		"         what they cost, and words that do not belong in them.\n"
		"test     tries rules on a file of labelled texts (LABELS | TEXT, one a line; - "
		"where\n"
		"         nothing may hit): what was hit and missed, precision and recall; or on a "
		"case:\n"
		"         how often each rule hits, and the level that would be.\n"
		"diff     compares two packs, and what they make of a case. A case stays as it "
		"is.\n\n"
		"PACK goes over the rules that ship with linecheck; rules/packs/README.md gives "
		"its form.\n\n"
		"Ends with 0; 1: a pack or file cannot be read or is not sound, or a text is not "
		"hit as its\n"
		"label says; 2: the command line is wrong, or names a rule that is not there.\n",
	.run = run,
};
