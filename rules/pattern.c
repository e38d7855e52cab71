/* pattern.c - see pattern.h. A recursive-descent parser into a tree of nodes. */
#include "pattern.h"
#include "ahocorasick.h"
#include "base/utf8.h"
#include "pattern_node.h"
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_DEPTH 12
#define MAX_REPEAT 120
#define LONGER_THAN_ALLOWED 100000

struct parse {
	struct pattern *p;
	span s;
	size_t pos;
	unsigned depth;
	bool folded;
	struct folder *folder;
	struct err *err;
};

static struct node *parse_choice(struct parse *x);

static struct node *node_new(struct parse *x, enum node_kind kind)
{
	struct node *n = calloc(1, sizeof *n);
	if (!n) {
		err_set(x->err, E_NOMEM, "out of memory");
		return NULL;
	}
	n->kind = kind;
	n->older = x->p->newest;
	x->p->newest = n;
	return n;
}

__attribute__((format(printf, 2, 3))) static struct node *refuse(struct parse *x,
								 const char *format, ...)
{
	char what[200];
	va_list ap;
	va_start(ap, format);
	vsnprintf(what, sizeof what, format, ap);
	va_end(ap);
	err_set(x->err, E_USER, "pattern, byte %zu: %s", x->pos + 1, what);
	return NULL;
}

static char peek(const struct parse *x, size_t ahead)
{
	return x->pos + ahead < x->s.n ? x->s.p[x->pos + ahead] : 0;
}

static bool at(const struct parse *x, const char *word)
{
	size_t n = strlen(word);
	return x->s.n - x->pos >= n && memcmp(x->s.p + x->pos, word, n) == 0;
}

/* Read one literal character; false after refusing. */
static bool character(struct parse *x, uint32_t *ret)
{
	size_t stop = x->pos;
	uint32_t cp = utf8_next(x->s, &stop);
	size_t n = stop - x->pos;
	if (cp == UTF8_BAD) {
		refuse(x, "not UTF-8");
		return false;
	}
	if (x->folded && cp >= 0x80) {
		const struct fold_char *c = fold_char(x->folder, cp);
		if (!c || c->n != n || memcmp(c->utf8, x->s.p + x->pos, c->n) != 0) {
			refuse(x, "'%.*s' never stands in folded text: write '%.*s'", (int)n,
			       x->s.p + x->pos, c ? (int)c->n : 0, c ? c->utf8 : "");
			return false;
		}
	}
	x->pos = stop;
	*ret = cp;
	return true;
}

/* After "\": one that stands for a single known character, or for one of a set. */
static bool escape(struct parse *x, uint32_t *ret_cp, bool *ret_set)
{
	char c = peek(x, 0);
	*ret_set = false;
	switch (c) {
	case 't':
	case 'n':
	case 'r':
		*ret_cp = c == 't' ? '\t' : c == 'n' ? '\n' : '\r';
		x->pos++;
		return true;
	case 'd':
	case 'D':
	case 'w':
	case 'W':
	case 's':
	case 'S':
		*ret_cp = c == 'd' ? '7' : c == 'w' || c == 'D' || c == 'S' ? 'a' : ' ';
		*ret_set = true;
		x->pos++;
		return true;
	case 'p':
	case 'P': {
		size_t n = 1;
		if (peek(x, 1) == '{')
			while (peek(x, n) && peek(x, n) != '}' && n < 20)
				n++;
		if (!peek(x, n)) {
			refuse(x, "\\%c is not finished", c);
			return false;
		}
		*ret_cp = c == 'p' ? 'a' : ' ';
		*ret_set = true;
		x->pos += n + 1;
		return true;
	}
	default:
		break;
	}
	if (c == 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80) {
		refuse(x, "\\%c is not allowed here: only \\d \\w \\s \\b \\p{..} and signs",
		       c && (unsigned char)c < 0x80 ? c : ' ');
		return false;
	}
	*ret_cp = (unsigned char)c;
	x->pos++;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct node *parse_set(struct parse *x)
{
	struct node *set = node_new(x, NODE_SET);
	if (!set)
		return NULL;
	x->pos++;
	bool negated = peek(x, 0) == '^', any = false, digits = !negated;
	if (negated)
		x->pos++;
	for (;;) {
		char c = peek(x, 0);
		uint32_t cp;
		bool inner;
		if (c == 0)
			return refuse(x, "[ without ]");
		if (c == ']' && any)
			break;
		if (c == ']')
			return refuse(x, "an empty set: write \\] for the sign");
		if (c == '[')
			return refuse(x, "[ inside [ ]: write \\[ for the sign");
		bool range = c == '-' && any && is_digit(peek(x, 1));
		digits = digits && (is_digit(c) || range);
		if (c == '\\') {
			x->pos++;
			if (!escape(x, &cp, &inner))
				return NULL;
		} else if (!character(x, &cp)) {
			return NULL;
		}
		if (!any && !negated)
			set->cp = cp;
		any = true;
	}
	x->pos++;
	if (negated)
		set->cp = 'x';
	set->low = digits;
	return set;
}

static struct node *parse_group(struct parse *x)
{
	static const char *const looks[] = { "(?=", "(?!", "(?<=", "(?<!" };
	struct node *look = NULL;
	if (at(x, "(*"))
		return refuse(x, "(* verbs and callouts are not allowed");
	if (at(x, "(?:")) {
		x->pos += 3;
	} else if (at(x, "(?")) {
		for (size_t i = 0; i < 4 && !look; i++)
			if (at(x, looks[i])) {
				look = node_new(x, NODE_LOOK);
				if (!look)
					return NULL;
				x->pos += strlen(looks[i]);
			}
		if (!look)
			return refuse(x, "only (?: (?= (?! (?<= and (?<! are allowed after (");
	} else {
		x->pos++;
	}
	if (++x->depth > MAX_DEPTH)
		return refuse(x, "more than %d groups inside each other", MAX_DEPTH);
	struct node *inner = parse_choice(x);
	if (!inner)
		return NULL;
	if (peek(x, 0) != ')')
		return refuse(x, "( without )");
	x->pos++;
	x->depth--;
	if (!look)
		return inner;
	look->child = inner;
	return look;
}

static struct node *parse_atom(struct parse *x)
{
	struct node *n;
	bool set;
	uint32_t cp;
	switch (peek(x, 0)) {
	case '[':
		return parse_set(x);
	case '(':
		return parse_group(x);
	case '.':
		n = node_new(x, NODE_SET);
		if (n)
			n->cp = 'x';
		x->pos++;
		return n;
	case '^':
	case '$':
		x->pos++;
		n = node_new(x, NODE_EDGE);
		if (n)
			n->cp = NODE_WORD_EDGE; /* the text ends there */
		return n;
	case '*':
	case '+':
	case '?':
		return refuse(x, "%c with nothing before it: write \\%c for the sign", peek(x, 0),
			      peek(x, 0));
	case '{':
		return refuse(x, "{ with nothing before it: write \\{ for the sign");
	case '\\':
		x->pos++;
		if (peek(x, 0) == 'b' || peek(x, 0) == 'B') {
			n = node_new(x, NODE_EDGE);
			if (n)
				n->cp = peek(x, 0) == 'b' ? NODE_WORD_EDGE : 0;
			x->pos++;
			return n;
		}
		if (peek(x, 0) == 'x')
			return refuse(x, "\\x is not allowed: write the character itself");
		if (!escape(x, &cp, &set))
			return NULL;
		n = node_new(x, set ? NODE_SET : NODE_CHAR);
		if (n)
			n->cp = cp;
		return n;
	default:
		if (!character(x, &cp))
			return NULL;
		n = node_new(x, NODE_CHAR);
		if (n)
			n->cp = cp;
		return n;
	}
}

static bool number(struct parse *x, unsigned *ret)
{
	unsigned n = 0;
	size_t digits = 0;
	for (; peek(x, 0) >= '0' && peek(x, 0) <= '9'; digits++, x->pos++)
		n = n > MAX_REPEAT ? n : n * 10 + (unsigned)(peek(x, 0) - '0');
	*ret = n;
	return digits > 0 && n <= MAX_REPEAT;
}

/* Shortest and longest text of a node. A look-around takes no text but needs to see some. */
static void measure(const struct node *n, unsigned *ret_min, unsigned *ret_max)
{
	unsigned min = 0, max = 0, a, b;
	switch (n->kind) {
	case NODE_CHAR:
	case NODE_SET:
		min = max = 1;
		break;
	case NODE_EDGE:
		break;
	case NODE_LOOK:
		measure(n->child, &a, &max);
		break;
	case NODE_SEQ:
		for (const struct node *c = n->child; c; c = c->next) {
			measure(c, &a, &b);
			min += a;
			max += b;
		}
		break;
	case NODE_ALT:
		min = LONGER_THAN_ALLOWED;
		for (const struct node *c = n->child; c; c = c->next) {
			measure(c, &a, &b);
			min = a < min ? a : min;
			max = b > max ? b : max;
		}
		break;
	case NODE_REPEAT:
		measure(n->child, &a, &b);
		min = a * n->low;
		max = b * n->high;
		break;
	}
	*ret_min = min < LONGER_THAN_ALLOWED ? min : LONGER_THAN_ALLOWED;
	*ret_max = max < LONGER_THAN_ALLOWED ? max : LONGER_THAN_ALLOWED;
}

static struct node *parse_item(struct parse *x)
{
	struct node *atom = parse_atom(x);
	if (!atom)
		return NULL;
	unsigned low = 1, high = 1;
	switch (peek(x, 0)) {
	case '*':
	case '+':
		return refuse(x, "%c has no upper end: write {%d,40} or another number", peek(x, 0),
			      peek(x, 0) == '+');
	case '?':
		low = 0;
		x->pos++;
		break;
	case '{':
		x->pos++;
		if (!number(x, &low))
			return refuse(x, "after { comes a number up to %d", MAX_REPEAT);
		high = low;
		if (peek(x, 0) == ',') {
			x->pos++;
			if (peek(x, 0) == '}')
				return refuse(x, "{%u,} has no upper end: write {%u,40}", low, low);
			if (!number(x, &high))
				return refuse(x, "after , comes a number up to %d", MAX_REPEAT);
		}
		if (peek(x, 0) != '}' || high == 0 || high < low)
			return refuse(x, "a repeat is {n} or {n,m} with n not above m");
		x->pos++;
		break;
	default:
		return atom;
	}
	if (peek(x, 0) == '?' || peek(x, 0) == '+') /* lazy, possessive */
		x->pos++;
	if (peek(x, 0) == '?' || peek(x, 0) == '+' || peek(x, 0) == '*' || peek(x, 0) == '{')
		return refuse(x, "a repeat of a repeat: put a group (?:...) between them");
	unsigned least, most;
	measure(atom, &least, &most);
	if (most == 0 || atom->kind == NODE_LOOK)
		return refuse(x, "only characters can be repeated, and groups that hold some");
	struct node *n = node_new(x, NODE_REPEAT);
	if (n) {
		n->low = low;
		n->high = high;
		n->child = atom;
	}
	return n;
}

static struct node *parse_row(struct parse *x)
{
	struct node *row = node_new(x, NODE_SEQ);
	if (!row)
		return NULL;
	row->low = (unsigned)x->pos;
	struct node **last = &row->child;
	while (peek(x, 0) && peek(x, 0) != '|' && peek(x, 0) != ')') {
		struct node *item = parse_item(x);
		if (!item)
			return NULL;
		*last = item;
		last = &item->next;
	}
	row->high = (unsigned)x->pos;
	return row;
}

static struct node *parse_choice(struct parse *x)
{
	struct node *choice = node_new(x, NODE_ALT);
	if (!choice)
		return NULL;
	struct node **last = &choice->child;
	for (;;) {
		struct node *row = parse_row(x);
		if (!row)
			return NULL;
		*last = row;
		last = &row->next;
		if (peek(x, 0) != '|')
			return choice;
		x->pos++;
	}
}

int pattern_parse(struct pattern **ret, span text, bool folded, struct folder *folder,
		  struct err *err)
{
	struct pattern *p = calloc(1, sizeof *p);
	if (!p)
		return err_set(err, E_NOMEM, "out of memory");
	struct err own = { .code = 0 };
	struct parse x = { .p = p, .s = text, .folded = folded, .folder = folder, .err = &own };
	p->root = parse_choice(&x);
	if (p->root && x.pos < text.n)
		refuse(&x, peek(&x, 0) ? ") without (" : "a NUL character");
	if (own.code == 0) {
		measure(p->root, &p->min, &p->max);
		if (p->min == 0)
			err_set(&own, E_USER,
				"the pattern matches an empty text: make part of it "
				"required");
		else if (p->max > PATTERN_MAX_CHARS)
			err_set(&own, E_USER,
				"the pattern can match %u characters: at most %d are looked at; "
				"lower its {n,m}",
				p->max, PATTERN_MAX_CHARS);
	}
	if (own.code) {
		pattern_free(p);
		return err_set(err, own.code, "%s", own.message);
	}
	*ret = p;
	return 0;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	while (p->newest) {
		struct node *n = p->newest;
		p->newest = n->older;
		free(n);
	}
	free(p);
}

unsigned node_longest(const struct node *n)
{
	unsigned min, max;
	measure(n, &min, &max);
	return max;
}

size_t pattern_branches(const struct pattern *p)
{
	size_t n = 0;
	for (const struct node *c = p->root->child; c; c = c->next)
		n++;
	return n;
}

unsigned pattern_min(const struct pattern *p)
{
	return p->min;
}

unsigned pattern_max(const struct pattern *p)
{
	return p->max;
}

#define MAX_CHOICES 16
#define MAX_PATHS 4096

/* One way through the pattern, with the branch taken at each choice. */
struct way {
	struct folder *folder;
	const span *literal;
	size_t n;
	unsigned branch[MAX_CHOICES], branches[MAX_CHOICES];
	size_t choices; /* met on this way */
	bool alone;     /* no ways: a choice counts only if each of its branches holds a literal */
	struct buf run; /* characters that stand in a row */
	struct buf symbols; /* the same as symbols */
	bool found;
};

/* The row of required characters ends here: does it hold a literal? */
static void end_run(struct way *way)
{
	buf_clear(&way->symbols);
	ac_symbols(&way->symbols, buf_span(&way->run));
	span row = buf_span(&way->symbols);
	for (size_t i = 0; i < way->n && !way->found; i++)
		way->found = memmem(row.p, row.n, way->literal[i].p, way->literal[i].n) != NULL;
	buf_clear(&way->run);
}

static void walk(struct way *way, const struct node *n);

/* Whether each branch of a choice, taken by itself, holds a literal. */
static bool each_branch_holds(const struct way *outer, const struct node *n)
{
	bool all = true;
	for (const struct node *c = n->child; c && all; c = c->next) {
		struct way way = { .folder = outer->folder,
				   .literal = outer->literal,
				   .n = outer->n,
				   .alone = true };
		walk(&way, c);
		end_run(&way);
		all = way.found && !way.run.failed && !way.symbols.failed;
		buf_free(&way.run);
		buf_free(&way.symbols);
	}
	return all;
}

static void walk_choice(struct way *way, const struct node *n)
{
	unsigned count = 0, branch = 0;
	for (const struct node *c = n->child; c; c = c->next)
		count++;
	if (count > 1 && each_branch_holds(way, n)) {
		way->found = true;
		return;
	}
	if (count > 1) {
		if (way->alone || way->choices == MAX_CHOICES) { /* anything may stand here */
			end_run(way);
			return;
		}
		way->branches[way->choices] = count;
		branch = way->branch[way->choices++];
	}
	for (const struct node *c = n->child; c; c = c->next)
		if (branch-- == 0)
			walk(way, c);
}

static void walk(struct way *way, const struct node *n)
{
	switch (n->kind) {
	case NODE_CHAR: {
		const struct fold_char *c = fold_char(way->folder, n->cp);
		if (c)
			buf_add(&way->run, (span){ c->utf8, c->n });
		break;
	}
	case NODE_EDGE:
	case NODE_LOOK:
		break;
	case NODE_SEQ:
		for (const struct node *c = n->child; c && !way->found; c = c->next)
			walk(way, c);
		break;
	case NODE_ALT:
		walk_choice(way, n);
		break;
	case NODE_REPEAT:
		if (n->low > 0)
			walk(way, n->child);
		if (n->low != 1 || n->high != 1)
			end_run(way);
		break;
	case NODE_SET:
		end_run(way);
		break;
	}
}

/* The next way: the last choice that has another branch takes it. False after the last. */
static bool turn(struct way *way)
{
	while (way->choices > 0 &&
	       way->branch[way->choices - 1] + 1 == way->branches[way->choices - 1])
		way->choices--;
	if (way->choices == 0)
		return false;
	way->branch[way->choices - 1]++;
	for (size_t i = way->choices; i < MAX_CHOICES; i++)
		way->branch[i] = 0;
	return true;
}

bool pattern_requires(const struct pattern *p, struct folder *folder, const span *literal, size_t n)
{
	struct way way = { .folder = folder, .literal = literal, .n = n };
	bool all = true, more = true;
	for (unsigned i = 0; all && more; i++) {
		way.choices = 0;
		way.found = false;
		buf_clear(&way.run);
		walk(&way, p->root);
		end_run(&way);
		all = way.found && !way.run.failed && !way.symbols.failed && i < MAX_PATHS;
		more = turn(&way);
	}
	buf_free(&way.run);
	buf_free(&way.symbols);
	return all;
}

static unsigned pick(uint64_t *seed, unsigned n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % n;
}

static void sample(const struct node *n, uint64_t *seed, struct buf *out)
{
	unsigned count = 0;
	char bytes[4];
	if (out->n > 4096)
		return;
	switch (n->kind) {
	case NODE_CHAR:
	case NODE_SET:
		buf_add(out, (span){ bytes, utf8_put(n->cp, bytes) });
		break;
	case NODE_EDGE:
	case NODE_LOOK:
		break;
	case NODE_SEQ:
		for (const struct node *c = n->child; c; c = c->next)
			sample(c, seed, out);
		break;
	case NODE_ALT:
		for (const struct node *c = n->child; c; c = c->next)
			count++;
		assert(count > 0);
		count = pick(seed, count);
		for (const struct node *c = n->child; c; c = c->next)
			if (count-- == 0)
				sample(c, seed, out);
		break;
	case NODE_REPEAT:
		count = pick(seed, 3) == 0 ? n->low + pick(seed, n->high - n->low + 1) : n->high;
		for (unsigned i = 0; i < count; i++)
			sample(n->child, seed, out);
		break;
	}
}

void pattern_sample(const struct pattern *p, uint64_t *seed, struct buf *out)
{
	sample(p->root, seed, out);
}
