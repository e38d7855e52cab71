/* pattern_words.c - see pattern_words.h */
#include "pattern_words.h"
#include "ahocorasick.h"
#include "pattern_node.h"
#include <stdlib.h>

#define EDGE '\x01'   /* in a row: an edge of a word */
#define ROW_MAX 40    /* bytes of one row */
#define EXACT_MAX 600 /* rows that are multiplied out */
#define FEW 600
#define HOPELESS 1e12 /* cost of a row that nothing can be found by */

struct rows {
	span *row;
	size_t n;
};

/* What is known of a node. */
struct known {
	bool exact;        /* it matches these rows and nothing else */
	struct rows all;   /* if exact */
	struct rows holds; /* each match holds one of these; n 0: nothing certain */
	unsigned before;   /* characters that can stand before those */
	double cost;
};

struct work {
	struct arena *arena;
	struct folder *folder;
	bool failed;
};

/* Words that ordinary messages are full of, per thousand words, more or less. */
static const struct {
	const char *word;
	double rate;
} common[] = {
	{ "i", 30 },      { "you", 25 },   { "to", 25 },    { "the", 25 },    { "a", 20 },
	{ "u", 20 },      { "and", 16 },   { "it", 14 },    { "in", 13 },     { "me", 13 },
	{ "my", 12 },     { "is", 12 },    { "for", 11 },   { "of", 10 },     { "that", 10 },
	{ "on", 9 },      { "have", 8 },   { "your", 8 },   { "at", 7 },      { "so", 7 },
	{ "im", 7 },      { "be", 7 },     { "not", 7 },    { "do", 7 },      { "are", 7 },
	{ "ur", 7 },      { "get", 6 },    { "can", 6 },    { "but", 6 },     { "just", 6 },
	{ "will", 6 },    { "with", 6 },   { "we", 6 },     { "now", 6 },     { "if", 6 },
	{ "up", 5 },      { "what", 5 },   { "go", 5 },     { "when", 4 },    { "this", 4 },
	{ "how", 4 },     { "no", 4 },     { "all", 4 },    { "ok", 4 },      { "got", 4 },
	{ "out", 4 },     { "there", 4 },  { "was", 4 },    { "come", 4 },    { "he", 4 },
	{ "she", 3 },     { "they", 3 },   { "them", 3 },   { "home", 3 },    { "its", 4 },
	{ "ill", 3 },     { "dont", 4 },   { "good", 3 },   { "one", 3 },     { "see", 3 },
	{ "like", 3 },    { "time", 3 },   { "know", 3 },   { "then", 3 },    { "still", 2 },
	{ "back", 3 },    { "send", 2 },   { "need", 2 },   { "today", 2 },   { "about", 2 },
	{ "here", 2 },    { "going", 3 },  { "want", 2 },   { "work", 2 },    { "some", 2 },
	{ "tell", 2 },    { "or", 3 },     { "him", 2 },    { "her", 2 },     { "any", 2 },
	{ "take", 2 },    { "lol", 2 },    { "where", 2 },  { "our", 2 },     { "thats", 2 },
	{ "from", 3 },    { "say", 2 },    { "make", 2 },   { "day", 2 },     { "yeah", 2 },
	{ "us", 2 },      { "put", 1 },    { "bring", 1 },  { "give", 1 },    { "phone", 2 },
	{ "find", 1 },    { "pay", 1 },    { "money", 1 },  { "left", 1 },    { "done", 1 },
	{ "off", 2 },     { "why", 2 },    { "people", 1 }, { "two", 1 },     { "next", 1 },
	{ "another", 1 }, { "wait", 1 },   { "coming", 1 }, { "tonight", 1 }, { "tomorrow", 1 },
	{ "free", 1 },    { "call", 2 },   { "ring", 1 },   { "stay", 1 },    { "leave", 1 },
	{ "open", 1 },    { "down", 1 },   { "round", 1 },  { "man", 1 },     { "same", 1 },
	{ "mum", 1 },     { "house", 1 },  { "food", 1 },   { "stuff", 1 },   { "bag", 1 },
	{ "show", 1 },    { "meet", 1 },   { "drop", 0.5 }, { "over", 1 },    { "more", 2 },
	{ "after", 2 },   { "before", 1 }, { "ive", 2 },    { "been", 2 },    { "dat", 1 },
	{ "till", 1 },    { "til", 1 },    { "let", 1 },
};

/* Of a hundred letters of English. */
static double letter(char c)
{
	static const double rate[26] = { 8.2, 1.5, 2.8, 4.3, 12.7, 2.2, 2.0, 6.1, 7.0,
					 0.2, 0.8, 4.0, 2.4, 6.7,  7.5, 1.9, 0.1, 6.0,
					 6.3, 9.1, 2.8, 1.0, 2.4,  0.2, 2.0, 0.1 };
	if (c >= 'a' && c <= 'z')
		return rate[c - 'a'] / 100;
	return c >= '0' && c <= '9' ? 0.03 : 0.01;
}

/* Millionths of words that hold this one. */
static double word_cost(span w, bool whole)
{
	double cost = 4e6;
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (whole && span_eq(w, span_z(common[i].word)))
			return common[i].rate * 1000;
	for (size_t i = 0; i < w.n; i++)
		cost *= letter(w.p[i]) * 1.3;
	return whole ? cost / 3 : cost;
}

span pattern_rarest_word(span s)
{
	span best = SPAN("");
	double least = HOPELESS;
	for (size_t i = 0; i < s.n;) {
		const char *end = memchr(s.p + i, AC_SEPARATOR, s.n - i);
		size_t next = end ? (size_t)(end - s.p) : s.n;
		double cost = next > i ? word_cost(span_sub(s, i, next), true) : HOPELESS;
		if (cost < least) {
			least = cost;
			best = span_sub(s, i, next);
		}
		i = next + 1;
	}
	return best;
}

/* The sieve stops at the rarest word; what stands beside it is compared, and only then is the
 * pattern tried, which costs far more. */
double pattern_word_cost(span text, bool edge_before, bool edge_after)
{
	struct buf symbols = { 0 };
	double all = 1, rarest = HOPELESS;
	size_t letters = 0;
	ac_symbols(&symbols, text);
	span s = buf_span(&symbols);
	for (size_t i = 0; i < s.n;) {
		const char *end = memchr(s.p + i, AC_SEPARATOR, s.n - i);
		size_t next = end ? (size_t)(end - s.p) : s.n;
		bool whole = (i > 0 || edge_before) && (next < s.n || edge_after);
		if (next > i) {
			double cost = word_cost(span_sub(s, i, next), whole);
			all *= cost / 1e6 * 3;
			letters += next - i;
			rarest = cost < rarest ? cost : rarest;
		}
		i = next + 1;
	}
	bool short_word = letters == 0 || (letters == 1 && s.n < 3);
	if (symbols.failed || short_word)
		rarest = HOPELESS;
	buf_free(&symbols);
	return rarest == HOPELESS ? HOPELESS : rarest + all * 1e6 * 12;
}

/* A row without its marks of edges. */
static struct pattern_word bare(struct work *w, span row)
{
	struct pattern_word r = { .edge_before = false };
	struct buf text = { 0 };
	for (size_t i = 0; i < row.n; i++)
		if (row.p[i] != EDGE)
			buf_byte(&text, row.p[i]);
	bool ok = true;
	if (text.n) {
		size_t first = 0, last = row.n - 1;
		unsigned char a = (unsigned char)text.data[0],
			      z = (unsigned char)text.data[text.n - 1];
		bool word_a = a >= 0x80 || (a >= 'a' && a <= 'z') || (a >= '0' && a <= '9');
		bool word_z = z >= 0x80 || (z >= 'a' && z <= 'z') || (z >= '0' && z <= '9');
		r.edge_before = word_a && row.p[first] == EDGE;
		r.edge_after = word_z && row.p[last] == EDGE;
		r.text = arena_copy(w->arena, buf_span(&text), &ok);
	}
	w->failed |= !ok || text.failed;
	buf_free(&text);
	return r;
}

static double cost_of(struct work *w, const struct rows *rows)
{
	double sum = 0;
	if (!rows->n || rows->n > PATTERN_WORDS_MAX)
		return HOPELESS;
	for (size_t i = 0; i < rows->n && sum < HOPELESS; i++) {
		struct pattern_word word = bare(w, rows->row[i]);
		sum += pattern_word_cost(word.text, word.edge_before, word.edge_after);
	}
	return sum < HOPELESS ? sum : HOPELESS;
}

static struct rows one_row(struct work *w, span row)
{
	bool ok = true;
	struct rows r = { arena_alloc(w->arena, sizeof(span)), 1 };
	if (!r.row) {
		w->failed = true;
		return (struct rows){ NULL, 0 };
	}
	r.row[0] = arena_copy(w->arena, row, &ok);
	w->failed |= !ok;
	return r;
}

static bool has_row(const struct rows *rows, span row)
{
	for (size_t i = 0; i < rows->n; i++)
		if (span_eq(rows->row[i], row))
			return true;
	return false;
}

static struct rows add_rows(struct work *w, const struct rows *a, const struct rows *b)
{
	struct rows r = { arena_alloc(w->arena, (a->n + b->n + 1) * sizeof(span)), 0 };
	if (!r.row) {
		w->failed = true;
		return r;
	}
	for (size_t i = 0; i < a->n + b->n; i++) {
		span row = i < a->n ? a->row[i] : b->row[i - a->n];
		if (!has_row(&r, row))
			r.row[r.n++] = row;
	}
	return r;
}

static bool is_letter(char c)
{
	return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '\'';
}

/* Of a row its longest word, with the edges that it has. */
static span longest_word(struct work *w, span row)
{
	size_t start = 0, stop = 0;
	for (size_t i = 0; i < row.n;) {
		size_t k = i;
		while (k < row.n && is_letter(row.p[k]))
			k++;
		if (k - i > stop - start) {
			start = i;
			stop = k;
		}
		i = k + 1;
	}
	span before = start > 0 ? SPAN("\x01") : SPAN(""),
	     after = stop < row.n ? SPAN("\x01") : SPAN("");
	span word = ARENA_JOIN(w->arena, before, span_sub(row, start, stop), after);
	w->failed |= !word.p;
	return word;
}

/* Many rows that share words: the words alone, each once. */
static struct rows cut(struct work *w, const struct rows *rows)
{
	struct rows r = { arena_alloc(w->arena, (rows->n + 1) * sizeof(span)), 0 };
	w->failed |= !r.row;
	for (size_t i = 0; r.row && i < rows->n && !w->failed; i++) {
		span word = longest_word(w, rows->row[i]);
		if (!w->failed && !has_row(&r, word))
			r.row[r.n++] = word;
	}
	return r;
}

/* Take these rows, if they are rarer than what is known. */
static void consider(struct work *w, struct known *k, const struct rows *rows, unsigned before)
{
	bool many = rows->n > FEW;
	struct rows some = many ? cut(w, rows) : *rows;
	double cost = cost_of(w, &some);
	if (cost < k->cost && cost < HOPELESS) {
		k->holds = some;
		k->before = before + (many ? ROW_MAX : 0);
		k->cost = cost;
	}
}

/* Each of a with each of b behind it. False: that would be too many, or too long. */
static bool multiply(struct work *w, const struct rows *a, const struct rows *b, struct rows *ret)
{
	if (a->n * b->n > EXACT_MAX)
		return false;
	struct rows r = { arena_alloc(w->arena, (a->n * b->n + 1) * sizeof(span)), 0 };
	for (size_t i = 0; r.row && i < a->n; i++)
		for (size_t j = 0; j < b->n; j++) {
			if (a->row[i].n + b->row[j].n > ROW_MAX)
				return false;
			span row = ARENA_JOIN(w->arena, a->row[i], b->row[j]);
			w->failed |= !row.p;
			if (row.p && !has_row(&r, row))
				r.row[r.n++] = row;
		}
	w->failed |= !r.row;
	*ret = r;
	return !w->failed;
}

static struct known look(struct work *w, const struct node *n);

static struct known exactly(struct work *w, span row)
{
	return (struct known){ .exact = true, .all = one_row(w, row), .cost = HOPELESS };
}

static struct known look_row(struct work *w, const struct node *n)
{
	struct known k = { .exact = true, .all = one_row(w, SPAN("")), .cost = HOPELESS };
	unsigned before = 0, passed = 0; /* characters before the row at hand, before this child */
	for (const struct node *c = n->child; c && !w->failed; c = c->next) {
		struct known part = look(w, c);
		struct rows more;
		unsigned longest = c->kind == NODE_LOOK ? 0 : node_longest(c);
		if (part.exact && multiply(w, &k.all, &part.all, &more)) {
			k.all = more;
			passed += longest;
			continue;
		}
		k.exact = false;
		consider(w, &k, &k.all, before);
		if (!part.exact)
			consider(w, &k, &part.holds, passed + part.before);
		before = passed + (part.exact ? 0 : longest);
		passed += longest;
		k.all = part.exact ? part.all : one_row(w, SPAN(""));
	}
	if (!k.exact) {
		consider(w, &k, &k.all, before);
		k.all = (struct rows){ NULL, 0 };
	}
	return k;
}

static struct known look_choice(struct work *w, const struct node *n)
{
	struct known k = { .exact = true, .cost = HOPELESS };
	struct rows holds = { NULL, 0 };
	unsigned before = 0;
	bool certain = true;
	for (const struct node *c = n->child; c && !w->failed; c = c->next) {
		struct known part = look(w, c);
		const struct rows *some = part.exact ? &part.all : &part.holds;
		bool many = some->n > FEW;
		struct rows few = many ? cut(w, some) : *some;
		unsigned here = (part.exact ? 0 : part.before) + (many ? ROW_MAX : 0);
		before = here > before ? here : before;
		certain = certain && few.n && holds.n + few.n <= 2 * PATTERN_WORDS_MAX;
		if (certain)
			holds = add_rows(w, &holds, &few);
		if (k.exact && part.exact && k.all.n + part.all.n <= EXACT_MAX)
			k.all = add_rows(w, &k.all, &part.all);
		else
			k.exact = false;
	}
	if (!k.exact && certain)
		consider(w, &k, &holds, before);
	return k;
}

static struct known look_repeat(struct work *w, const struct node *n)
{
	struct known part = look(w, n->child), k = { .cost = HOPELESS };
	struct rows none = one_row(w, SPAN(""));
	if (part.exact && n->low <= 1 && n->high == 1) {
		k.exact = true;
		k.all = n->low ? part.all : add_rows(w, &none, &part.all);
		return k;
	}
	if (part.exact && n->low == 0 && n->high <= 3) { /* none, one, two, three of them */
		struct rows some = none, sum = none;
		k.exact = true;
		for (unsigned i = 0; i < n->high && k.exact; i++) {
			struct rows more;
			k.exact =
				multiply(w, &some, &part.all, &more) && sum.n + more.n <= EXACT_MAX;
			if (k.exact) {
				some = more;
				sum = add_rows(w, &sum, &more);
			}
		}
		k.all = sum;
		if (k.exact)
			return k;
		k.all = (struct rows){ NULL, 0 };
	}
	if (n->low == 0)
		return k;
	unsigned others = (n->high - 1) * node_longest(n->child);
	if (part.exact)
		consider(w, &k, &part.all, others);
	else
		consider(w, &k, &part.holds, others + part.before);
	return k;
}

static struct known look(struct work *w, const struct node *n)
{
	switch (n->kind) {
	case NODE_CHAR: {
		const struct fold_char *c = fold_char(w->folder, n->cp);
		if (c)
			return exactly(w, (span){ c->utf8, c->n });
		break;
	}
	case NODE_EDGE:
		return exactly(w, n->cp == NODE_WORD_EDGE ? SPAN("\x01") : SPAN(""));
	case NODE_LOOK:
		return exactly(w, SPAN(""));
	case NODE_SEQ:
		return look_row(w, n);
	case NODE_ALT:
		return n->child && !n->child->next ? look(w, n->child) : look_choice(w, n);
	case NODE_REPEAT:
		return look_repeat(w, n);
	case NODE_SET:
		break;
	}
	return (struct known){ .cost = HOPELESS };
}

bool pattern_words(struct pattern_words *ret, const struct pattern *p, size_t branch,
		   struct folder *folder, struct arena *arena)
{
	struct work w = { .arena = arena_new(), .folder = folder };
	const struct node *row = p->root->child;
	while (branch--)
		row = row->next;
	if (!w.arena)
		return false;
	struct known k = look(&w, row);
	if (k.exact)
		consider(&w, &k, &k.all, 0);
	size_t n = k.cost < HOPELESS ? k.holds.n : 0;
	struct pattern_word *word = arena_alloc(arena, (n + 1) * sizeof *word);
	bool ok = word != NULL;
	for (size_t i = 0; ok && i < n; i++) {
		word[i] = bare(&w, k.holds.row[i]);
		word[i].text = arena_copy(arena, word[i].text, &ok);
	}
	ok = ok && !w.failed;
	arena_free(w.arena);
	if (!ok)
		return false;
	*ret = (struct pattern_words){ .word = word,
				       .n = n,
				       .cost = k.cost,
				       .from = row->low,
				       .to = row->high,
				       .max_chars = node_longest(row),
				       .before = k.before };
	return true;
}
