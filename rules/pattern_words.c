/* pattern_words.c - see pattern_words.h */
#include "pattern_words.h"
#include "ahocorasick.h"
#include "pattern_node.h"
#include <stdlib.h>

#define EDGE '\x01'   /* in a row: an edge of a word */
#define DIGIT '\x02'  /* in a row of a set, see known: any digit */
#define ROW_MAX 40    /* bytes of one row */
#define EXACT_MAX 600 /* rows that are multiplied out */
#define FEW 600
#define HOPELESS 1e12 /* cost of a row that nothing can be found by */
#define SETS 8
#define SIEVE_COST 0.2
#define SIMPLE_MOST 100
#define EDGED_LEAST 3     /* letters of a word in a set that need not be whole */
#define EDGED_COST 10000  /* such a word is looked for in every word: only if it is rare */
#define DIGIT_COST 30000  /* millionths of words that hold one */
#define CLAUSE_COST 60000 /* what more words hold is not worth a look */

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
	/* Each match holds one of each of these, wherever; a row may be DIGIT. */
	struct set {
		struct rows rows;
		double cost;
	} set[SETS];
	size_t sets;
};

struct work {
	struct arena *arena;
	struct folder *folder;
	bool failed;
};

/* Words that ordinary messages are full of, per thousand words, more or less; in order. */
static const struct {
	const char *word;
	double rate;
} common[] = {
	{ "a", 20 },      { "about", 2 },  { "after", 2 },    { "all", 4 },     { "and", 16 },
	{ "another", 1 }, { "any", 2 },    { "are", 7 },      { "at", 7 },      { "back", 3 },
	{ "bag", 1 },     { "be", 7 },     { "been", 2 },     { "before", 1 },  { "bring", 1 },
	{ "but", 6 },     { "call", 2 },   { "can", 6 },      { "come", 4 },    { "coming", 1 },
	{ "dat", 1 },     { "day", 2 },    { "do", 7 },       { "done", 1 },    { "dont", 4 },
	{ "down", 1 },    { "drop", 0.5 }, { "find", 1 },     { "food", 1 },    { "for", 11 },
	{ "free", 1 },    { "from", 3 },   { "get", 6 },      { "give", 1 },    { "go", 5 },
	{ "going", 3 },   { "good", 3 },   { "got", 4 },      { "have", 8 },    { "he", 4 },
	{ "her", 2 },     { "here", 2 },   { "him", 2 },      { "home", 3 },    { "house", 1 },
	{ "how", 4 },     { "i", 30 },     { "if", 6 },       { "ill", 3 },     { "im", 7 },
	{ "in", 13 },     { "is", 12 },    { "it", 14 },      { "its", 4 },     { "ive", 2 },
	{ "just", 6 },    { "know", 3 },   { "leave", 1 },    { "left", 1 },    { "let", 1 },
	{ "like", 3 },    { "lol", 2 },    { "make", 2 },     { "man", 1 },     { "me", 13 },
	{ "meet", 1 },    { "money", 1 },  { "more", 2 },     { "mum", 1 },     { "my", 12 },
	{ "need", 2 },    { "next", 1 },   { "no", 4 },       { "not", 7 },     { "now", 6 },
	{ "of", 10 },     { "off", 2 },    { "ok", 4 },       { "on", 9 },      { "one", 3 },
	{ "open", 1 },    { "or", 3 },     { "our", 2 },      { "out", 4 },     { "over", 1 },
	{ "pay", 1 },     { "people", 1 }, { "phone", 2 },    { "put", 1 },     { "ring", 1 },
	{ "round", 1 },   { "same", 1 },   { "say", 2 },      { "see", 3 },     { "send", 2 },
	{ "she", 3 },     { "show", 1 },   { "so", 7 },       { "some", 2 },    { "stay", 1 },
	{ "still", 2 },   { "stuff", 1 },  { "take", 2 },     { "tell", 2 },    { "that", 10 },
	{ "thats", 2 },   { "the", 25 },   { "them", 3 },     { "then", 3 },    { "there", 4 },
	{ "they", 3 },    { "this", 4 },   { "til", 1 },      { "till", 1 },    { "time", 3 },
	{ "to", 25 },     { "today", 2 },  { "tomorrow", 1 }, { "tonight", 1 }, { "two", 1 },
	{ "u", 20 },      { "up", 5 },     { "ur", 7 },       { "us", 2 },      { "wait", 1 },
	{ "want", 2 },    { "was", 4 },    { "we", 6 },       { "what", 5 },    { "when", 4 },
	{ "where", 2 },   { "why", 2 },    { "will", 6 },     { "with", 6 },    { "work", 2 },
	{ "yeah", 2 },    { "you", 25 },   { "your", 8 },
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

/* Per thousand words; 0 for one that is not common. */
static double common_rate(span w)
{
	size_t low = 0, high = sizeof common / sizeof *common;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		span at = span_z(common[middle].word);
		int c = memcmp(w.p, at.p, w.n < at.n ? w.n : at.n);
		if (c == 0 && w.n == at.n)
			return common[middle].rate;
		if (c < 0 || (c == 0 && w.n < at.n))
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

/* Millionths of words that hold this one. */
static double word_cost(span w, bool whole)
{
	double cost = 4e6, alone = w.n ? common_rate(w) * 1000 : 0;
	if (whole && alone > 0)
		return alone;
	for (size_t i = 0; i < w.n; i++)
		cost *= letter(w.p[i]) * 1.3;
	return whole ? cost / 3 : cost + alone;
}

double pattern_word_rate(span word)
{
	return word_cost(word, true);
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

/* What the sieve does grows with each word, but only where all of them stand is the pattern tried,
 * which costs far more. */
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
	return rarest == HOPELESS ? HOPELESS : rarest * SIEVE_COST + all * 1e6 * 12;
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

/* The word of a row that ordinary text holds least, with an edge on one side at least; empty if
 * there is none. It is as in the row, apostrophes and all. */
static struct pattern_word rarest_edged(span row, double *ret_cost)
{
	struct pattern_word best = { SPAN(""), false, false };
	*ret_cost = HOPELESS;
	for (size_t i = 0; i < row.n;) {
		size_t k = i;
		while (k < row.n && is_letter(row.p[k]))
			k++;
		bool before = i > 0, after = k < row.n;
		double cost = k - i < ((before && after) ? 1 : EDGED_LEAST) || !(before || after)
				      ? HOPELESS
				      : word_cost(span_sub(row, i, k), before && after);
		if (!(before && after) && cost > EDGED_COST)
			cost = HOPELESS;
		if (cost < *ret_cost) {
			best = (struct pattern_word){ span_sub(row, i, k), before, after };
			*ret_cost = cost;
		}
		i = k + 1;
	}
	return best;
}

static bool has_digit(span row)
{
	for (size_t i = 0; i < row.n; i++)
		if (row.p[i] == DIGIT || (row.p[i] >= '0' && row.p[i] <= '9'))
			return true;
	return false;
}

static bool same_word(const struct pattern_word *a, const struct pattern_word *b)
{
	return span_eq(a->text, b->text) && a->edge_before == b->edge_before &&
	       a->edge_after == b->edge_after;
}

/* How often ordinary text holds a row of the set, by one word of each and digits. */
static double set_cost(const struct rows *rows)
{
	double sum = rows->n && rows->n <= FEW ? 0 : HOPELESS;
	struct pattern_word word[FEW];
	size_t n = 0;
	bool digit = false;
	for (size_t i = 0; i < rows->n && sum < HOPELESS; i++) {
		double cost;
		word[n] = rarest_edged(rows->row[i], &cost);
		if (word[n].text.n) {
			size_t k = 0;
			while (!same_word(&word[k], &word[n]))
				k++;
			sum += k == n ? cost : 0;
			n += k == n;
		} else if (has_digit(rows->row[i])) {
			digit = true;
		} else {
			sum = HOPELESS;
		}
	}
	return sum < HOPELESS ? sum + (digit ? DIGIT_COST : 0) : HOPELESS;
}

/* Every match holds one of these too. Of too many, the most common set goes. */
static void add_set_of(struct known *k, struct set set)
{
	size_t at = 0;
	if (set.cost >= CLAUSE_COST)
		return;
	if (k->sets < SETS) {
		k->set[k->sets++] = set;
		return;
	}
	for (size_t i = 1; i < SETS; i++)
		at = k->set[i].cost > k->set[at].cost ? i : at;
	if (k->set[at].cost > set.cost)
		k->set[at] = set;
}

static void add_set(struct known *k, const struct rows *rows)
{
	add_set_of(k, (struct set){ *rows, set_cost(rows) });
}

static void add_sets(struct known *k, const struct known *part)
{
	for (size_t i = 0; i < part->sets; i++)
		add_set_of(k, part->set[i]);
}

/* The rarest set of what is known, its rows if it is exact. */
static struct rows best_set(const struct known *k)
{
	struct set best = { { NULL, 0 }, HOPELESS };
	if (k->exact && set_cost(&k->all) < HOPELESS)
		return k->all;
	for (size_t i = 0; i < k->sets; i++)
		if (k->set[i].cost < best.cost)
			best = k->set[i];
	return best.rows;
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

/* What stands beside a node: nothing that is a letter or digit. */
struct beside {
	bool before, after;
};

static struct known look(struct work *w, const struct node *n, struct beside beside);

static struct known exactly(struct work *w, span row)
{
	return (struct known){ .exact = true, .all = one_row(w, row), .cost = HOPELESS };
}

static struct rows edge(struct work *w, bool apart)
{
	return one_row(w, apart ? SPAN("\x01") : SPAN(""));
}

/* The rows, with what stands behind them. */
static struct rows ended(struct work *w, const struct rows *rows, bool apart)
{
	struct rows end = edge(w, apart), r = *rows;
	if (apart)
		multiply(w, rows, &end, &r);
	return r;
}

/* Rows that are complete: nothing can be put behind them. */
static void finish(struct work *w, struct known *k, const struct rows *rows, bool apart,
		   unsigned before)
{
	struct rows all = ended(w, rows, apart);
	consider(w, k, &all, before);
	add_set(k, &all);
}

static bool rest_apart(const struct node *first, bool after)
{
	return first ? node_apart_before(first, rest_apart(first->next, after)) : after;
}

static struct known look_row(struct work *w, const struct node *n, struct beside beside)
{
	struct known k = { .exact = true, .all = edge(w, beside.before), .cost = HOPELESS };
	unsigned before = 0, passed = 0; /* characters before the row at hand, before this child */
	bool apart = beside.before;      /* no letter or digit before this child */
	for (const struct node *c = n->child; c && !w->failed; c = c->next) {
		struct beside here = { apart, rest_apart(c->next, beside.after) };
		struct known part = look(w, c, here);
		struct rows more;
		unsigned longest = c->kind == NODE_LOOK ? 0 : node_longest(c);
		bool was_apart = apart;
		apart = node_apart_after(c, apart);
		if (part.exact && multiply(w, &k.all, &part.all, &more)) {
			k.all = more;
			passed += longest;
			continue;
		}
		k.exact = false;
		finish(w, &k, &k.all, rest_apart(c, beside.after), before);
		if (!part.exact) {
			consider(w, &k, &part.holds, passed + part.before);
			add_sets(&k, &part);
		}
		before = passed + (part.exact ? 0 : longest);
		passed += longest;
		k.all = edge(w, part.exact ? was_apart : apart);
		if (part.exact && !multiply(w, &k.all, &part.all, &more))
			k.all = part.all;
		else if (part.exact)
			k.all = more;
	}
	if (!k.exact) {
		finish(w, &k, &k.all, beside.after, before);
		k.all = (struct rows){ NULL, 0 };
	} else {
		k.all = ended(w, &k.all, beside.after);
	}
	return k;
}

static struct known look_choice(struct work *w, const struct node *n, struct beside beside)
{
	struct known k = { .exact = true, .cost = HOPELESS };
	struct rows holds = { NULL, 0 }, set = { NULL, 0 };
	unsigned before = 0;
	bool certain = true, set_certain = true;
	for (const struct node *c = n->child; c && !w->failed; c = c->next) {
		struct known part = look(w, c, beside);
		const struct rows *some = part.exact ? &part.all : &part.holds;
		bool many = some->n > FEW;
		struct rows few = many ? cut(w, some) : *some, best = best_set(&part);
		unsigned here = (part.exact ? 0 : part.before) + (many ? ROW_MAX : 0);
		before = here > before ? here : before;
		certain = certain && few.n && holds.n + few.n <= 2 * PATTERN_WORDS_MAX;
		if (certain)
			holds = add_rows(w, &holds, &few);
		set_certain = set_certain && best.n && set.n + best.n <= FEW;
		if (set_certain)
			set = add_rows(w, &set, &best);
		if (k.exact && part.exact && k.all.n + part.all.n <= EXACT_MAX)
			k.all = add_rows(w, &k.all, &part.all);
		else
			k.exact = false;
	}
	if (!k.exact && certain)
		consider(w, &k, &holds, before);
	if (!k.exact && set_certain)
		add_set(&k, &set);
	return k;
}

static struct known look_repeat(struct work *w, const struct node *n, struct beside beside)
{
	/* More than one stand beside each other. */
	struct beside here = { beside.before && n->high == 1, beside.after && n->high == 1 };
	struct known part = look(w, n->child, here), k = { .cost = HOPELESS };
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
	if (part.exact) {
		consider(w, &k, &part.all, others);
		add_set(&k, &part.all);
	} else {
		consider(w, &k, &part.holds, others + part.before);
		add_sets(&k, &part);
	}
	return k;
}

static struct known look(struct work *w, const struct node *n, struct beside beside)
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
		return look_row(w, n, beside);
	case NODE_ALT:
		return n->child && !n->child->next ? look(w, n->child, beside)
						   : look_choice(w, n, beside);
	case NODE_REPEAT:
		return look_repeat(w, n, beside);
	case NODE_SET:
		break;
	}
	struct known k = { .cost = HOPELESS };
	if (n->kind == NODE_SET && n->low) {
		struct rows digit = one_row(w, SPAN("\x02"));
		add_set(&k, &digit);
	}
	return k;
}

/* A set as the words to look for. */
static bool keep_clause(struct work *w, struct pattern_clause *ret, const struct rows *rows,
			struct arena *arena)
{
	struct pattern_word *word = arena_alloc(arena, (rows->n + 1) * sizeof *word);
	size_t n = 0;
	bool ok = word != NULL, digit = false;
	struct buf symbols = { 0 };
	for (size_t i = 0; ok && i < rows->n; i++) {
		double cost;
		word[n] = rarest_edged(rows->row[i], &cost);
		digit |= !word[n].text.n;
		if (!word[n].text.n)
			continue;
		buf_clear(&symbols);
		ac_symbols(&symbols, word[n].text);
		word[n].text = buf_span(&symbols);
		size_t k = 0;
		while (!same_word(&word[k], &word[n]))
			k++;
		if (k == n)
			word[n++].text = arena_copy(arena, buf_span(&symbols), &ok);
	}
	ok = ok && !symbols.failed;
	buf_free(&symbols);
	*ret = (struct pattern_clause){ word, n, digit };
	w->failed |= !ok;
	return ok;
}

/* Whether a word stands in another one, wherever that one does; *most becomes the bytes before it,
 * if they are more. */
static bool is_in(const struct pattern_word *w, const struct pattern_word *other, unsigned *most)
{
	const char *at = memmem(other->text.p, other->text.n, w->text.p, w->text.n);
	if (!at || w->text.n == other->text.n || !w->text.n)
		return false;
	unsigned offset = (unsigned)(at - other->text.p);
	bool first = at == other->text.p, last = at + w->text.n == other->text.p + other->text.n;
	bool before = first ? other->edge_before : !is_letter(at[-1]) || !is_letter(*at),
	     after = last ? other->edge_after
			  : !is_letter(at[w->text.n]) || !is_letter(at[w->text.n - 1]);
	if ((!before && w->edge_before) || (!after && w->edge_after))
		return false;
	*most = offset > *most ? offset : *most;
	return true;
}

/* Leave out the words in which another one stands: where it does, that one is found, up to
 * *ret_later bytes later. */
static size_t simplify(struct pattern_word *word, size_t n, unsigned *ret_later)
{
	size_t kept = 0;
	if (n > SIMPLE_MOST)
		return n;
	for (size_t i = 0; i < n; i++) {
		bool more = false;
		for (size_t k = 0; k < n && !more; k++)
			more = k != i && is_in(&word[k], &word[i], ret_later);
		for (size_t k = 0; k < kept && !more; k++)
			more = same_word(&word[k], &word[i]);
		if (!more)
			word[kept++] = word[i];
	}
	return kept;
}

/* The rarest first. */
static struct pattern_clause *keep_clauses(struct work *w, struct known *k, struct arena *arena)
{
	struct pattern_clause *clause = arena_alloc(arena, (k->sets + 1) * sizeof *clause);
	for (size_t i = 0; clause && i < k->sets; i++) {
		size_t least = i;
		for (size_t j = i + 1; j < k->sets; j++)
			if (k->set[j].cost < k->set[least].cost)
				least = j;
		struct set set = k->set[least];
		k->set[least] = k->set[i];
		if (!keep_clause(w, &clause[i], &set.rows, arena))
			return NULL;
	}
	w->failed |= !clause;
	return clause;
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
	struct known k = look(&w, row, (struct beside){ false, false });
	if (k.exact)
		finish(&w, &k, &k.all, false, 0);
	size_t n = k.cost < HOPELESS ? k.holds.n : 0;
	struct pattern_word *word = arena_alloc(arena, (n + 1) * sizeof *word);
	bool ok = word != NULL;
	for (size_t i = 0; ok && i < n; i++) {
		word[i] = bare(&w, k.holds.row[i]);
		word[i].text = arena_copy(arena, word[i].text, &ok);
	}
	unsigned later = 0;
	n = ok ? simplify(word, n, &later) : 0;
	struct pattern_clause *clause = keep_clauses(&w, &k, arena);
	ok = ok && !w.failed;
	arena_free(w.arena);
	if (!ok)
		return false;
	for (size_t i = 0; i < n; i++) { /* a sieve knows the last of signs in a row only */
		unsigned signs = 0;
		while (signs < word[i].text.n &&
		       (word[i].text.p[signs] == '\'' || !is_letter(word[i].text.p[signs])))
			signs++;
		later = signs > later ? signs : later;
	}
	*ret = (struct pattern_words){ .word = word,
				       .n = n,
				       .cost = k.cost,
				       .clause = clause,
				       .clauses = k.sets,
				       .from = row->low,
				       .to = row->high,
				       .max_chars = node_longest(row),
				       .before = k.before + later };
	return true;
}
