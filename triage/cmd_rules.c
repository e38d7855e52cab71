/* cmd_rules.c - rule packs, for the person who writes or questions them. */
#include "cmd.h"
#include "lint.h"
#include "rules_path.h"
#include "ruleset.h"
#include "say.h"
#include <string.h>

#define PACKS_MAX 32
#define PATH_LENGTH 4096

static void print_plain(const char *s)
{
	say_name(stdout, s);
}

static int load(struct ruleset **ret, int n, char **path, bool check, struct err *err)
{
	char own[PATH_LENGTH];
	const char *paths[PACKS_MAX];
	for (int i = 0; i < n; i++)
		paths[i] = path[i];
	if (n == 0) {
		int rc = rules_default_path("core.yaml", own, sizeof own, err);
		if (rc)
			return rc;
		paths[n++] = own;
	}
	return ruleset_load(ret, paths, (size_t)n, check, err);
}

static void print_remark(void *user, const struct rule *rule, const char *remark)
{
	(void)user;
	printf("  remark: %s: ", rule->id);
	print_plain(remark);
	putchar('\n');
}

/* One pack; gives an exit code. */
static int lint_one(char *path)
{
	struct ruleset *rs = NULL;
	struct err err = { 0 };
	if (ruleset_load(&rs, &(const char *){ path }, 1, true, &err))
		return say_error(&err);
	size_t examples = 0, unfiltered = 0;
	for (size_t i = 0; i < ruleset_count(rs); i++) {
		const struct rule_text *t = ruleset_text(rs, i);
		examples += t->match_n + t->nomatch_n;
		unfiltered += ruleset_at(rs, i)->kind == RULE_TEXT && !ruleset_at(rs, i)->has_literal;
	}
	print_plain(path);
	printf(": %zu rules, %zu examples, all hold", ruleset_count(rs), examples);
	if (unfiltered)
		printf("; %zu run on every message, for want of a literal", unfiltered);
	printf(".\n");
	int rc = lint_remarks(rs, print_remark, NULL, &err);
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
	if (load(&rs, n, path, false, &err))
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
	if (load(&rs, n, path, false, &err))
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
	       "stage      what must be read for it: 2 the text of chosen threads, 3 all text\n"
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

static void print_when(const struct rule_when *w)
{
	printf("%-12s", "counts");
	printf(w->in    ? "in messages received"
	       : w->out ? "in messages sent"
			: "in messages received and sent");
	if (w->unsaved_only)
		printf(", when the other person is not in the contacts");
	if (w->not_family)
		printf(", when the other person is not saved as family");
	if (w->line_only)
		printf(", when the other number is on the line list");
	if (w->repeat > 1)
		printf(", from %u messages on", (unsigned)w->repeat);
	if (w->repeat_days > 1)
		printf(", on %u days or more", (unsigned)w->repeat_days);
	printf(".\n");
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
	if (t->pattern)
		print_list("pattern", &t->pattern, 1);
	else
		print_terms(t);
	printf("%-12s%s\n", "read on",
	       r->on_original ? "the text as it was written"
			      : "the text and its respellings (case, lookalikes, spaced letters)");
	if (!r->has_literal)
		printf("%-12sit is run on every message: no word of it is fixed\n", "cost");
	if (*r->source)
		print_list("source", &r->source, 1);
	print_list("hits", t->match, t->match_n);
	print_list("leaves", t->nomatch, t->nomatch_n);
}

static int explain(const char *id, int n, char **path)
{
	struct ruleset *rs = NULL;
	struct err err = { 0 };
	if (load(&rs, n, path, false, &err))
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
	if (argc >= 3 && strcmp(argv[1], "explain") == 0)
		return explain(argv[2], argc - 3, argv + 3);
	return say_usage("rules",
			 "Say 'linecheck rules list', 'linecheck rules explain RULE' or 'linecheck "
			 "rules lint FILE...'.");
}

const struct cmd cmd_rules = {
	.name = "rules",
	.usage = "list [FILE...] | explain RULE [FILE...] | lint FILE...",
	.line = "show, explain and check the rules that messages are read by",
	.help = "list     names every rule, with its category and what it can weigh.\n"
		"explain  says what one rule means, what innocent reason there may be, what it "
		"reads,\n"
		"         and examples of what it hits and leaves alone.\n"
		"lint     checks packs: their form, their examples, their cost, and words that do "
		"not\n"
		"         belong in them.\n\n"
		"Without FILE the rules that ship with linecheck are meant. rules/packs/README.md "
		"gives\n"
		"the form of a pack.\n\n"
		"Ends with 0; 1: a pack cannot be read or is not sound; 2: the command line is "
		"wrong, or\n"
		"names a rule that is not there.\n",
	.run = run,
};
