/* rule_check.c - see rule_check.h */
#include "rule_check.h"
#include "ahocorasick.h"
#include "base/utf8.h"
#include "pattern.h"
#include "pattern_words.h"
#include "rx.h"
#include "torture.h"
#include "watch_check.h"
#include "wording.h"
#include <stdlib.h>

#define TERM_MAX_BYTES 80
#define PATTERN_BYTES 8000
#define LITTLE 5000        /* a cost of words (pattern_words.h) that does not matter */
#define GIVEN_TIMES 4      /* what words of the pattern itself may cost: more is known of them */
#define MIN_WORDS_CHARS 10 /* of meaning and innocent: a sentence, not a word */
#define MAX_WORDS_CHARS 600
/* What a space in a term stands for: ASCII signs and spaces, but no apostrophe. */
#define SEPARATOR "[\\x{00}-&(-/:-@\\[-`{-\\x{7f}]"
#define WORD "[\\p{L}\\p{M}\\p{N}]"

struct check {
	const struct rule_yaml *y;
	struct rule_body *b;
	struct arena *arena;
	struct folder *folder;
	bool thorough;
	struct err *err;
};

static int no_memory(struct check *c)
{
	return err_set(c->err, E_NOMEM, "out of memory");
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool rule_check_name(const char *name)
{
	size_t n = strlen(name);
	for (size_t i = 0; i < n; i++)
		if (!is_lower(name[i]) && !is_digit(name[i]) && !strchr("._-", name[i]))
			return false;
	return n > 0 && (is_lower(name[0]) || is_digit(name[0]));
}

static int copy(struct check *c, const char **ret, const char *s)
{
	bool ok;
	*ret = arena_copy(c->arena, span_z(s ? s : ""), &ok).p;
	return ok ? 0 : no_memory(c);
}

static int copy_list(struct check *c, const char *const **ret, size_t *ret_n, char **list,
		     unsigned n)
{
	const char **out = arena_alloc(c->arena, (n + 1) * sizeof *out);
	if (!out)
		return no_memory(c);
	for (unsigned i = 0; i < n; i++) {
		int code = copy(c, &out[i], list[i]);
		if (code)
			return code;
	}
	*ret = out;
	*ret_n = n;
	return 0;
}

static int check_id(struct check *c, const char *pack)
{
	const char *id = c->y->id;
	size_t n = strlen(pack);
	if (!rule_check_name(id) || strlen(id) > 64)
		return err_set(c->err, E_USER,
			       "an id has at most 64 of a-z 0-9 . _ -, and starts with a letter");
	if (strncmp(id, pack, n) != 0 || id[n] != '.' || !id[n + 1])
		return err_set(c->err, E_USER, "ids of this pack start with '%s.'", pack);
	return copy(c, &c->b->rule.id, id);
}

static bool is_hidden(uint32_t cp)
{
	return cp == UTF8_BAD || utf8_is_hidden(cp);
}

static int check_words(struct check *c, const char *what, const char *text, const char **ret,
		       bool needed)
{
	span s = span_z(text);
	size_t chars = 0;
	for (size_t pos = 0; pos < s.n; chars++)
		if (is_hidden(utf8_next(s, &pos)))
			return err_set(c->err, E_USER,
				       "%s: holds a control or invisible character: take it out",
				       what);
	if (needed && (chars < MIN_WORDS_CHARS || chars > MAX_WORDS_CHARS))
		return err_set(c->err, E_USER,
			       "%s: write one or two plain sentences (%d-%d characters)", what,
			       MIN_WORDS_CHARS, MAX_WORDS_CHARS);
	const char *instead, *word = s.n ? wording_banned(s, &instead) : NULL;
	if (word)
		return err_set(c->err, E_USER, "%s: '%s' judges the child: write '%s'", what, word,
			       instead);
	return copy(c, ret, text);
}

static int check_fair(struct check *c, const char *what, const char *text)
{
	const char *why, *word = text ? wording_unfair(span_z(text), &why) : NULL;
	if (!word)
		return 0;
	return err_set(c->err, E_USER, "%s: '%s' is %s: no rule may read that", what, word, why);
}

static int check_head(struct check *c)
{
	static const char *const ambiguities[] = {
		[AMBIGUITY_LOW] = "low", [AMBIGUITY_MEDIUM] = "medium", [AMBIGUITY_HIGH] = "high"
	};
	struct rule *r = &c->b->rule;
	const struct rule_yaml *y = c->y;
	if (!category_from_word(span_z(y->category), &r->category))
		return err_set(c->err, E_USER, "category: there is no '%s'", y->category);
	if (y->stage < 1 || y->stage > 3)
		return err_set(c->err, E_USER,
			       "stage: 1 (numbers and times), 2 (text of chosen threads) or 3 "
			       "(all text), not %u",
			       y->stage);
	r->stage = y->stage;
	if (y->weight < 0 || y->weight > 40)
		return err_set(c->err, E_USER, "weight: from 0 to 40, not %d", y->weight);
	r->weight = y->weight;
	unsigned i = 0;
	while (i < 3 && strcmp(y->ambiguity, ambiguities[i]) != 0)
		i++;
	if (i == 3)
		return err_set(c->err, E_USER, "ambiguity: low, medium or high, not '%s'",
			       y->ambiguity);
	r->ambiguity = (enum ambiguity)i;
	if (y->on && strcmp(y->on, "folded") != 0 && strcmp(y->on, "original") != 0)
		return err_set(c->err, E_USER, "on: folded or original, not '%s'", y->on);
	r->on_original = y->on && strcmp(y->on, "original") == 0;
	return 0;
}

static int check_names(struct check *c, struct rule_names *ret, char **list, unsigned n)
{
	return copy_list(c, &ret->name, &ret->n, list, n);
}

static int check_when(struct check *c)
{
	struct rule_when *w = &c->b->rule.when;
	const struct when_yaml *y = c->y->when;
	if (y) {
		const char *direction = y->direction ? y->direction : "any";
		const char *sender = y->sender ? y->sender : "any";
		w->in = strcmp(direction, "in") == 0;
		w->out = strcmp(direction, "out") == 0;
		if (!w->in && !w->out && strcmp(direction, "any") != 0)
			return err_set(c->err, E_USER,
				       "when: direction is in, out or any, not '%s'", direction);
		w->unsaved_only = strcmp(sender, "unsaved") == 0;
		w->not_family = strcmp(sender, "not-family") == 0;
		w->line_only = strcmp(sender, "line") == 0;
		if (!w->unsaved_only && !w->not_family && !w->line_only &&
		    strcmp(sender, "any") != 0)
			return err_set(c->err, E_USER,
				       "when: sender is any, unsaved, not-family or line, not '%s'",
				       sender);
		w->in_private = y->chat && strcmp(y->chat, "private") == 0;
		if (y->chat && !w->in_private)
			return err_set(c->err, E_USER, "when: chat is private, not '%s'", y->chat);
		if (y->repeat > 1000 || y->repeat_days > 366)
			return err_set(c->err, E_USER,
				       "when: repeat is at most 1000, repeat_days at most 366");
		w->repeat = y->repeat;
		w->repeat_days = y->repeat_days;
		w->missing = y->during && strcmp(y->during, "missing") == 0;
		if (y->during && !w->missing)
			return err_set(c->err, E_USER, "when: during is missing, not '%s'",
				       y->during);
		if ((y->near_n > 0) != (y->messages > 0) || y->messages > 1000)
			return err_set(c->err, E_USER,
				       "when: near and messages (1 to 1000) go together");
		w->messages = y->messages;
		return check_names(c, &w->near, y->near, y->near_n);
	}
	return 0;
}

/* Fold a term or literal as the base form of a text would be. */
static int fold(struct check *c, const char *text, struct buf *out)
{
	span s = span_z(text);
	for (size_t pos = 0; pos < s.n;) {
		const struct fold_char *f = fold_char(c->folder, utf8_next(s, &pos));
		if (!f)
			return no_memory(c);
		buf_add(out, (span){ f->utf8, f->n });
	}
	return out->failed ? no_memory(c) : 0;
}

static int make_symbols(struct check *c, span folded, span *ret)
{
	struct buf symbols = { 0 };
	bool ok = true;
	ac_symbols(&symbols, folded);
	*ret = arena_copy(c->arena, buf_span(&symbols), &ok);
	ok &= !symbols.failed;
	buf_free(&symbols);
	return ok ? 0 : no_memory(c);
}

/* The sieve looks for the rarest word of a term or literal. */
static struct literal literal_of(span symbols)
{
	span word = pattern_rarest_word(symbols);
	size_t start = word.n ? (size_t)(word.p - symbols.p) : 0, stop = start + word.n;
	if (word.n > LITERAL_MAX)
		stop = start + LITERAL_MAX;
	return (struct literal){ .branch = NO_BRANCH,
				 .word = span_sub(symbols, start, stop),
				 .before = span_sub(symbols, 0, start),
				 .after = span_from(symbols, stop) };
}

static bool is_word_char(struct check *c, uint32_t cp)
{
	const struct fold_char *f = fold_char(c->folder, cp);
	return f && (f->flags & CHAR_WORD);
}

/* One term as a regular expression; *ret_chars is the most it can match. */
static int term_regex(struct check *c, span s, struct buf *out, unsigned *ret_chars)
{
	unsigned chars = 2; /* the characters looked at on both sides */
	uint32_t cp = 0, first = 0;
	for (size_t pos = 0; pos < s.n;) {
		size_t from = pos;
		cp = utf8_next(s, &pos);
		if (from == 0) {
			first = cp;
			if (is_word_char(c, cp))
				buf_add(out, SPAN("(?<!" WORD ")"));
		}
		if (cp == ' ' || cp == '-') {
			while (pos < s.n && (s.p[pos] == ' ' || s.p[pos] == '-'))
				pos++;
			buf_add(out, SPAN(SEPARATOR "{1,3}"));
			chars += 3;
			continue;
		}
		chars++;
		if (cp == '\'') {
			buf_add(out, SPAN("'?"));
			continue;
		}
		if (cp < 0x80 && !is_word_char(c, cp))
			buf_byte(out, '\\');
		buf_add(out, span_sub(s, from, pos));
	}
	if (is_word_char(c, cp))
		buf_add(out, SPAN("(?!" WORD ")"));
	*ret_chars = chars;
	return first == ' ' || first == '-' || first == '\'' || cp == ' ' || cp == '-' || cp == '\''
		       ? err_set(c->err, E_USER,
				 "a term begins and ends with a letter, digit or sign")
		       : 0;
}

struct term {
	const char *written;
	struct buf text; /* folded, or as written for rules on the original */
	struct literal literal;
	span symbols;
};

static int by_length(const void *a, const void *b)
{
	const struct term *x = a, *y = b;
	if (x->text.n != y->text.n)
		return x->text.n > y->text.n ? -1 : 1;
	return strcmp(x->text.data, y->text.data);
}

/* Too little to find anything by: one letter or digit, unless a sign stands on both its sides. */
static bool is_short(span symbols)
{
	size_t words = 0;
	for (size_t i = 0; i < symbols.n; i++)
		words += symbols.p[i] != AC_SEPARATOR;
	return words == 0 || (words == 1 && symbols.n < 3);
}

static int check_term(struct check *c, struct term *t)
{
	struct buf folded = { 0 };
	int code = check_fair(c, "terms", t->written);
	if (code == 0 && strlen(t->written) > TERM_MAX_BYTES)
		code = err_set(c->err, E_USER, "terms: '%.40s...' is longer than %d bytes",
			       t->written, TERM_MAX_BYTES);
	if (code == 0)
		code = fold(c, t->written, &folded);
	if (code == 0)
		code = make_symbols(c, buf_span(&folded), &t->symbols);
	buf_add(&t->text, c->b->rule.on_original ? span_z(t->written) : buf_span(&folded));
	if (code == 0 && t->text.failed)
		code = no_memory(c);
	buf_free(&folded);
	if (code)
		return code;
	span s = t->symbols;
	if (is_short(s))
		return err_set(c->err, E_USER, "terms: '%s' is too short: at least two letters",
			       t->written);
	char last = s.p[s.n - 1];
	t->literal = literal_of(s);
	t->literal.edge_before = is_lower(s.p[0]) || is_digit(s.p[0]);
	t->literal.edge_after = is_lower(last) || is_digit(last);
	return 0;
}

static int build_terms(struct check *c, struct term *term, size_t n)
{
	struct buf regex = { 0 };
	struct literal *literal = arena_alloc(c->arena, n * sizeof *literal);
	int code = literal ? 0 : no_memory(c);
	unsigned chars;
	/* The longest first, so that a phrase wins over the word it begins with. */
	qsort(term, n, sizeof *term, by_length);
	for (size_t i = 0; i < n && code == 0; i++) {
		if (i > 0 && span_eq(buf_span(&term[i].text), buf_span(&term[i - 1].text))) {
			code = err_set(c->err, E_USER, "terms: '%s' is there twice",
				       term[i].written);
			break;
		}
		buf_add(&regex, i ? SPAN("|") : SPAN("(?:"));
		code = term_regex(c, buf_span(&term[i].text), &regex, &chars);
		if (code == 0 && chars > c->b->max_chars)
			c->b->max_chars = chars;
		literal[i] = term[i].literal;
	}
	buf_byte(&regex, ')');
	if (code == 0 && regex.failed)
		code = no_memory(c);
	if (code == 0)
		code = copy(c, &c->b->regex, regex.data);
	buf_free(&regex);
	c->b->terms = true;
	c->b->literal = literal;
	c->b->literal_n = n;
	return code;
}

static int check_terms(struct check *c)
{
	size_t n = c->y->term_n;
	struct term *term = calloc(n, sizeof *term);
	int code = term ? 0 : no_memory(c);
	for (size_t i = 0; i < n && code == 0; i++) {
		term[i].written = c->y->term[i];
		code = check_term(c, &term[i]);
	}
	if (code == 0)
		code = build_terms(c, term, n);
	for (size_t i = 0; term && i < n; i++)
		buf_free(&term[i].text);
	free(term);
	return code;
}

static int add_words(struct check *c, const struct pattern_words *w, uint32_t branch,
		     struct literal *literal)
{
	for (size_t i = 0; i < w->n; i++) {
		span symbols;
		int code = make_symbols(c, w->word[i].text, &symbols);
		if (code)
			return code;
		literal[i] = literal_of(symbols);
		literal[i].edge_before = w->word[i].edge_before;
		literal[i].edge_after = w->word[i].edge_after;
		literal[i].branch = branch;
	}
	return 0;
}

/* The words that the alternatives of the pattern make certain, if those are rarer than what is
 * given. */
static int derive_literals(struct check *c, const struct pattern *p, double given)
{
	size_t n = pattern_branches(p), all = 0, at = 0;
	struct pattern_words *w = arena_alloc(c->arena, n * sizeof *w);
	struct branch *branch = arena_alloc(c->arena, n * sizeof *branch);
	span text = span_z(c->y->pattern);
	double cost = 0;
	bool ok = w && branch;
	for (size_t i = 0; ok && i < n; i++) {
		ok = pattern_words(&w[i], p, i, c->folder, c->arena);
		if (ok && !w[i].n)
			return 0; /* what is given must do */
		cost += ok ? w[i].cost : 0;
		all += ok ? w[i].n : 0;
	}
	if (ok && c->b->literal_n && cost >= GIVEN_TIMES * given && cost >= LITTLE)
		return 0;
	struct literal *literal = ok ? arena_alloc(c->arena, (all + 1) * sizeof *literal) : NULL;
	int code = literal ? 0 : no_memory(c);
	for (size_t i = 0; i < n && !code; i++) {
		branch[i] = (struct branch){
			.regex = arena_copy(c->arena, span_sub(text, w[i].from, w[i].to), &ok).p,
			.max_chars = w[i].max_chars,
			.before = w[i].before,
			.clause = w[i].clause,
			.clauses = w[i].clauses,
		};
		code = ok ? add_words(c, &w[i], (uint32_t)i, literal + at) : no_memory(c);
		at += w[i].n;
	}
	if (code)
		return code;
	c->b->literal = literal;
	c->b->literal_n = all;
	c->b->branch = branch;
	c->b->branch_n = n;
	return 0;
}

static int check_literals(struct check *c, const struct pattern *p)
{
	size_t n = c->y->literal_n;
	struct literal *literal = arena_alloc(c->arena, (n + 1) * sizeof *literal);
	span *whole = calloc(n + 1, sizeof *whole);
	int code = literal && whole ? 0 : no_memory(c);
	for (size_t i = 0; i < n && code == 0; i++) {
		struct buf folded = { 0 };
		const char *written = c->y->literal[i];
		code = check_fair(c, "literal", written);
		if (code == 0)
			code = fold(c, written, &folded);
		if (code == 0)
			code = make_symbols(c, buf_span(&folded), &whole[i]);
		buf_free(&folded);
		if (code == 0 && is_short(whole[i]))
			code = err_set(
				c->err, E_USER,
				"literal: '%s' is too short to find anything by: at least two "
				"letters, or leave it out",
				written);
	}
	if (code == 0 && n > 0 && !pattern_requires(p, c->folder, whole, n))
		code = err_set(
			c->err, E_USER,
			"literal: not every match of the pattern holds %s: give one for each "
			"branch, or leave it out",
			n == 1 ? "it" : "one of them");
	double cost = 0;
	for (size_t i = 0; code == 0 && i < n; i++) {
		literal[i] = literal_of(whole[i]);
		cost += pattern_word_cost(whole[i], false, false);
	}
	free(whole);
	c->b->literal = literal;
	c->b->literal_n = n;
	return code ? code : derive_literals(c, p, cost);
}

static int check_pattern(struct check *c)
{
	struct pattern *p = NULL;
	span text = span_z(c->y->pattern);
	int code = check_fair(c, "pattern", c->y->pattern);
	if (code == 0)
		code = pattern_parse(&p, text, !c->b->rule.on_original, c->folder, c->err);
	if (code == 0)
		code = check_literals(c, p);
	if (code == 0)
		code = copy(c, &c->b->regex, c->y->pattern);
	if (code == 0) {
		c->b->max_chars = pattern_max(p);
		c->b->text.pattern = c->b->regex;
	}
	if (code == 0 && c->thorough)
		code = torture_pattern(p, c->b->regex, c->err);
	pattern_free(p);
	return code;
}

/* The words of which one must stand near, in the form that the matcher compares. */
static int check_needs(struct check *c)
{
	const struct rule_yaml *y = c->y;
	if ((y->needs_n > 0) != (y->within > 0) || y->within > 50)
		return err_set(c->err, E_USER, "needs and within (1 to 50 words) go together");
	const char **word = arena_alloc(c->arena, (y->needs_n + 1) * sizeof *word);
	int code = word ? 0 : no_memory(c);
	for (unsigned i = 0; i < y->needs_n && code == 0; i++) {
		struct buf folded = { 0 };
		code = check_fair(c, "needs", y->needs[i]);
		if (code == 0)
			code = fold(c, y->needs[i], &folded);
		if (code == 0 && (!folded.n || strpbrk(folded.data, " -'")))
			code = err_set(c->err, E_USER, "needs: '%s' is not one word", y->needs[i]);
		if (code == 0)
			code = copy(c, &word[i], folded.data);
		buf_free(&folded);
	}
	c->b->needs = (struct rule_names){ word, y->needs_n };
	c->b->text.within = y->within;
	return code ? code : check_names(c, &c->b->text.needs, y->needs, y->needs_n);
}

static int check_clears(struct check *c)
{
	static const char *const words[] = {
		[CLEARS_HIT] = "hit", [CLEARS_MESSAGE] = "message", [CLEARS_PERSON] = "person"
	};
	const char *word = c->y->exonerates;
	for (int i = CLEARS_HIT; word && i <= CLEARS_PERSON; i++)
		if (strcmp(word, words[i]) == 0)
			c->b->rule.clears = (enum rule_clears)i;
	if (word && !c->b->rule.clears)
		return err_set(c->err, E_USER, "exonerates: hit, message or person, not '%s'",
			       word);
	if (word && c->b->rule.weight)
		return err_set(c->err, E_USER, "exonerates: such a rule has no weight of its own");
	if (c->y->takes_n && !word)
		return err_set(c->err, E_USER, "takes: only a rule that exonerates takes anything");
	return check_names(c, &c->b->rule.takes, c->y->takes, c->y->takes_n);
}

/* A day as YYYY-MM-DD. */
static int check_review(struct check *c)
{
	const char *day = c->y->review ? c->y->review : "";
	static const char form[] = "dddd-dd-dd";
	bool ok = !*day || strlen(day) == sizeof form - 1;
	for (size_t i = 0; ok && *day && i < sizeof form - 1; i++)
		ok = form[i] == 'd' ? is_digit(day[i]) : day[i] == form[i];
	if (!ok)
		return err_set(c->err, E_USER, "review: a day as 2026-12-31, not '%.20s'", day);
	return copy(c, &c->b->rule.review, day);
}

static int check_examples(struct check *c)
{
	const struct rule_yaml *y = c->y;
	if (!y->match_n || !y->nomatch_n)
		return err_set(c->err, E_USER,
			       "give at least one example under match and one under nomatch");
	return 0;
}

static int check_what(struct check *c)
{
	const struct rule_yaml *y = c->y;
	int watch = watch_check(&c->b->rule, y, c->arena, c->err);
	if (watch || c->b->rule.kind != RULE_TEXT)
		return watch;
	if (c->b->rule.stage < 2)
		return err_set(c->err, E_USER, "stage: rules that read text need 2 or 3");
	if ((watch = check_examples(c)) || (watch = check_needs(c)))
		return watch;
	if ((y->term_n > 0) == (y->pattern != NULL))
		return err_set(c->err, E_USER, "give either terms or a pattern%s",
			       y->pattern ? ", not both" : "");
	if (y->term_n > 0 && y->literal_n > 0)
		return err_set(c->err, E_USER, "literal: only a pattern needs one");
	int code = y->pattern ? check_pattern(c) : check_terms(c);
	if (code)
		return code;
	c->b->rule.has_literal = c->b->literal_n > 0;
	/* It must compile now, not when a case is being read. */
	struct rx *rx = NULL;
	code = rx_new(&rx, c->b->regex, false, false, c->err);
	rx_free(rx);
	return code;
}

static const struct list_yaml *find_list(const struct pack_yaml *pack, span name)
{
	for (unsigned i = 0; i < pack->list_n; i++)
		if (span_eq(span_z(pack->list[i].name), name))
			return &pack->list[i];
	return NULL;
}

static void add_list(struct buf *out, const struct list_yaml *list)
{
	buf_add(out, SPAN("(?:"));
	for (unsigned i = 0; i < list->words_n; i++) {
		buf_add(out, i ? SPAN("|") : SPAN(""));
		buf_add(out, span_z(list->words[i]));
	}
	buf_byte(out, ')');
}

const char *rule_spell_out(const char *pattern, const struct pack_yaml *pack, struct arena *arena,
			   struct err *err)
{
	struct buf out = { 0 };
	bool ok = true;
	for (const char *p = pattern; *p;) {
		size_t n = *p == '<' ? strspn(p + 1, "abcdefghijklmnopqrstuvwxyz-") : 0;
		if (!n || p[n + 1] != '>') { /* also the < of a look-behind */
			buf_byte(&out, *p++);
			continue;
		}
		const struct list_yaml *list = find_list(pack, (span){ p + 1, n });
		if (!list) {
			err_set(err, E_USER, "pattern: there is no list '%.*s' in this pack",
				(int)n, p + 1);
			buf_free(&out);
			return NULL;
		}
		add_list(&out, list);
		p += n + 2;
	}
	if (out.n > PATTERN_BYTES)
		err_set(err, E_USER, "pattern: longer than %d bytes with its lists", PATTERN_BYTES);
	span all = out.n > PATTERN_BYTES ? SPAN_NONE : arena_copy(arena, buf_span(&out), &ok);
	if (out.failed || !ok)
		err_set(err, E_NOMEM, "out of memory");
	buf_free(&out);
	return ok ? all.p : NULL;
}

int rule_check(struct rule_body *ret, const struct rule_yaml *yaml, const struct pack_yaml *lists,
	       const char *pack, struct arena *arena, struct folder *folder, bool thorough,
	       struct err *err)
{
	struct rule_body b = { .rule = { .pack = pack } };
	struct rule_yaml spelt = *yaml;
	if (yaml->pattern &&
	    !(spelt.pattern = (char *)rule_spell_out(yaml->pattern, lists, arena, err)))
		return err->code;
	yaml = &spelt;
	struct check c = { .y = yaml,
			   .b = &b,
			   .arena = arena,
			   .folder = folder,
			   .thorough = thorough,
			   .err = err };
	struct rule_text *t = &b.text;
	int code;
	if ((code = check_id(&c, pack)) || (code = check_fair(&c, "id", yaml->id)) ||
	    (code = check_head(&c)) || (code = check_when(&c)) ||
	    (code = check_words(&c, "meaning", yaml->meaning, &b.rule.meaning, true)) ||
	    (code = check_words(&c, "innocent", yaml->innocent, &b.rule.innocent, true)) ||
	    (code = check_words(&c, "source", yaml->source ? yaml->source : "", &b.rule.source,
				false)) ||
	    (code = check_clears(&c)) || (code = check_review(&c)) || (code = check_what(&c)) ||
	    (code = copy_list(&c, &t->term, &t->term_n, yaml->term, yaml->term_n)) ||
	    (code = copy_list(&c, &t->literal, &t->literal_n, yaml->literal, yaml->literal_n)) ||
	    (code = copy_list(&c, &t->match, &t->match_n, yaml->match, yaml->match_n)) ||
	    (code = copy_list(&c, &t->nomatch, &t->nomatch_n, yaml->nomatch, yaml->nomatch_n)))
		return code;
	*ret = b;
	return 0;
}
