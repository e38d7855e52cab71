/* wordsieve.c - see wordsieve.h. Reading goes over a text in passes, each without branches that
 * depend on it: guessing wrong costs a processor more than the work. */
#include "wordsieve.h"
#include "vector.h"
#include <stdlib.h>

#define NONE UINT32_MAX
#define THREES 32768 /* bits of a set of three letters */
#define TWOS 2048
#define PAIRS 131072 /* bits of the set of two words that begin a phrase */
/* Of first: something is reported at the node; the word holds words that need not be whole. */
#define OUT UINT32_C(1)
#define PARTS UINT32_C(2)
#define NODE_SHIFT 2
#define MIX_A UINT64_C(0x9E3779B97F4A7C15)
#define MIX_B UINT64_C(0xD6E8FEB86659FD93)

/* A table of words: the upper half of a slot is of the word's hash, the lower its number. Words
 * that share both slot and hash pass for each other: more is let through. */
struct table {
	uint64_t *slot; /* 0: free */
	uint32_t mask, n;
};

struct node {          /* a phrase so far */
	uint64_t next; /* a bit for each word that may follow: its number modulo 64 */
	uint32_t out;  /* first of what is reported here, NONE */
};

struct output {
	uint32_t what, next; /* next: while it is built */
	char before, after;
	bool last; /* of its node */
};

struct words {
	struct table table[WORD_KINDS];
	uint32_t count;
	uint32_t *first; /* per word: the node of the phrase that it begins, 0: none; OUT, PARTS */
	char (*spelling)[2 * WORD_BYTES]; /* per word, zero bytes behind it; gone when built */
	uint32_t spelling_cap;
	uint32_t first_cap;
	struct table step; /* from a node by a word to the next */
	struct node *node;
	uint32_t nodes, node_cap;
	struct output *output;
	uint32_t outputs, output_cap;
	uint64_t pair[PAIRS / 64];
	/* The first three letters of words that have as many. By the first three of WORD_BEGINS,
	 * and the last three of WORD_ENDS, their lengths, a bit each. */
	uint64_t prefix[THREES / 64];
	uint32_t begins[THREES / 16], ends[THREES / 16];
	uint8_t begins_two[TWOS], ends_two[TWOS]; /* 4: there is one of two letters */

	struct text_word *text;
	size_t text_n, text_cap;
	struct word_part *part;
	size_t part_n, part_cap;
	bool digit; /* in the text */
	uint64_t seen[WORDS_SEEN / 64];
	bool seen_known;
};

struct words *words_new(void)
{
	struct words *w = calloc(1, sizeof *w);
	bool ok = w != NULL;
	for (int k = 0; ok && k < WORD_KINDS; k++) {
		w->table[k].mask = 255;
		ok = (w->table[k].slot = calloc(256, sizeof *w->table[k].slot)) != NULL;
	}
	if (ok) {
		w->count = WORDS_DIGIT;
		w->step.mask = 1023;
		w->step.slot = calloc(w->step.mask + 1, sizeof *w->step.slot);
		w->first_cap = w->node_cap = w->output_cap = w->spelling_cap = 1024;
		w->spelling = calloc(w->spelling_cap, sizeof *w->spelling);
		w->first = calloc(w->first_cap, sizeof *w->first);
		w->node = calloc(w->node_cap, sizeof *w->node);
		w->output = calloc(w->output_cap, sizeof *w->output);
		w->nodes = 1; /* 0 is none */
		ok = w->step.slot && w->first && w->node && w->output && w->spelling;
	}
	if (!ok) {
		words_free(w);
		return NULL;
	}
	return w;
}

void words_free(struct words *w)
{
	if (!w)
		return;
	for (int k = 0; k < WORD_KINDS; k++)
		free(w->table[k].slot);
	free(w->first);
	free(w->spelling);
	free(w->step.slot);
	free(w->node);
	free(w->output);
	free(w->text);
	free(w->part);
	free(w);
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool words_can(span word, enum word_kind kind)
{
	bool can = word.n >= (kind == WORD_WHOLE ? 1 : WORD_PART_BYTES) && word.n <= WORD_BYTES;
	for (size_t i = 0; can && i < word.n; i++)
		can = is_word(word.p[i]);
	return can;
}

enum word_kind words_kind(span word, bool edge_before, bool edge_after)
{
	enum word_kind kind = edge_before && edge_after ? WORD_WHOLE
			      : edge_after              ? WORD_ENDS
			      : edge_before             ? WORD_BEGINS
							: WORD_KINDS;
	return kind < WORD_KINDS && words_can(word, kind) ? kind : WORD_KINDS;
}

#define ALL UINT64_MAX
#define LOW(n) (ALL >> (64 - 8 * (n)))
/* By length, what of sixteen bytes is the word; of a longer one nothing. */
static const uint64_t low_mask[WORD_BYTES + 2] = { 0,      LOW(1), LOW(2), LOW(3), LOW(4), LOW(5),
						   LOW(6), LOW(7), ALL,    ALL,    ALL,    ALL,
						   ALL,    ALL,    ALL,    ALL,    ALL,    0 };
static const uint64_t high_mask[WORD_BYTES + 2] = { 0,      0,      0,      0,      0,      0,
						    0,      0,      0,      LOW(1), LOW(2), LOW(3),
						    LOW(4), LOW(5), LOW(6), LOW(7), ALL,    0 };

static uint64_t load8(const char *p)
{
	uint64_t v;
	memcpy(&v, p, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

__extension__ typedef unsigned __int128 wide;

/* Of n bytes at p; sixteen can be read. */
static uint32_t hash(const char *p, size_t n)
{
	size_t k = n < WORD_BYTES + 1 ? n : WORD_BYTES + 1;
	uint64_t low = load8(p) & low_mask[k], high = load8(p + 8) & high_mask[k];
	wide h = (wide)(low ^ MIX_A) * (high ^ MIX_B);
	return (uint32_t)h ^ (uint32_t)(h >> 32) ^ (uint32_t)(h >> 64) ^ (uint32_t)(h >> 96);
}

static uint32_t look_up(const struct table *t, uint32_t h)
{
	for (uint32_t i = h & t->mask;; i = (i + 2) & t->mask) { /* an even number of slots */
		uint64_t a = t->slot[i], b = t->slot[(i + 1) & t->mask];
		bool is_a = a >> 32 == h, is_b = b >> 32 == h;
		uint64_t found = is_a ? a : (is_b & (a != 0)) ? b : 0;
		if (is_a | is_b | !a | !b) /* one branch, nearly always taken */
			return (uint32_t)found;
	}
}

static void put_slot(uint64_t *slot, uint32_t mask, uint64_t value)
{
	uint32_t i = (uint32_t)(value >> 32) & mask;
	while (slot[i])
		i = (i + 1) & mask;
	slot[i] = value;
}

/* At most half of it is taken, so that a look at one slot mostly says all. */
static bool table_add(struct table *t, uint32_t h, uint32_t number)
{
	if (t->n * 2 >= t->mask) {
		uint32_t mask = t->mask * 2 + 1;
		uint64_t *slot = calloc((size_t)mask + 1, sizeof *slot);
		for (uint32_t i = 0; slot && i <= t->mask; i++)
			if (t->slot[i])
				put_slot(slot, mask, t->slot[i]);
		if (!slot)
			return false;
		free(t->slot);
		t->slot = slot;
		t->mask = mask;
	}
	put_slot(t->slot, t->mask, (uint64_t)h << 32 | number);
	t->n++;
	return true;
}

/* Room for one more; *cap of them are there. */
static bool room(void **list, uint32_t n, uint32_t *cap, size_t size)
{
	if (n < *cap)
		return true;
	char *more = *cap > UINT32_MAX / 4 ? NULL : realloc(*list, 2 * (size_t)*cap * size);
	if (!more)
		return false;
	memset(more + *cap * size, 0, *cap * size);
	*list = more;
	*cap *= 2;
	return true;
}

static uint32_t three_bit(uint64_t three)
{
	return (uint32_t)((three & 0xFFFFFF) * MIX_A >> 40) % THREES;
}

static uint32_t two_at(const char *p)
{
	return ((uint32_t)(unsigned char)p[0] * 37 + (unsigned char)p[1]) % TWOS;
}

/* Lengths of words that may begin like this, of sixteen bytes, a bit each; and that may end so. */
static uint32_t begins_long(const struct words *w, const char *p)
{
	return w->begins[three_bit(load8(p)) / 16] | w->begins_two[two_at(p)];
}

static uint32_t ends_long(const struct words *w, const char *stop)
{ /* what stands before a shorter word does not matter: its length is asked for */
	return w->ends[three_bit(load8(stop - 3)) / 16] | w->ends_two[two_at(stop - 2)];
}

static bool has_bit(const uint64_t *set, uint32_t bit)
{
	return set[bit / 64] >> bit % 64 & 1;
}

static void add_bit(uint64_t *set, uint32_t bit)
{
	set[bit / 64] |= UINT64_C(1) << bit % 64;
}

static uint32_t pair_bit(uint32_t a, uint32_t b)
{
	return (uint32_t)((a * MIX_A + b * MIX_B) >> 40) % PAIRS;
}

uint32_t words_add(struct words *w, span word, enum word_kind kind)
{
	char bytes[2 * WORD_BYTES] = { 0 };
	memcpy(bytes, word.p, word.n);
	uint32_t h = hash(bytes, word.n), known = look_up(&w->table[kind], h);
	if (known)
		return known;
	if (!room((void **)&w->first, w->count + 1, &w->first_cap, sizeof *w->first) ||
	    !room((void **)&w->spelling, w->count + 1, &w->spelling_cap, sizeof *w->spelling) ||
	    !table_add(&w->table[kind], h, w->count + 1))
		return 0;
	if (word.n >= 3)
		add_bit(w->prefix, three_bit(load8(bytes)));
	if (kind == WORD_BEGINS) {
		if (word.n == 2)
			w->begins_two[two_at(bytes)] = 4;
		else
			w->begins[three_bit(load8(bytes)) / 16] |= UINT32_C(1) << word.n;
	} else if (kind == WORD_ENDS) {
		if (word.n == 2)
			w->ends_two[two_at(bytes)] = 4;
		else
			w->ends[three_bit(load8(bytes + word.n - 3)) / 16] |= UINT32_C(1) << word.n;
	}
	memcpy(w->spelling[++w->count], bytes, sizeof bytes);
	return w->count;
}

uint32_t words_count(const struct words *w)
{
	return w->count;
}

static uint32_t step_hash(uint32_t node, uint32_t word)
{
	uint64_t h = (node * MIX_A) ^ (word * MIX_B);
	return (uint32_t)((h ^ h >> 29) * MIX_A >> 32);
}

static uint32_t follow(const struct words *w, uint32_t node, uint32_t word)
{
	return w->node[node].next >> word % 64 & 1 ? look_up(&w->step, step_hash(node, word)) : 0;
}

static bool add_step(struct words *w, uint32_t node, uint32_t word, uint32_t to)
{
	w->node[node].next |= UINT64_C(1) << word % 64;
	return table_add(&w->step, step_hash(node, word), to);
}

static uint32_t new_node(struct words *w)
{
	if (!room((void **)&w->node, w->nodes, &w->node_cap, sizeof *w->node))
		return 0;
	w->node[w->nodes].out = NONE;
	return w->nodes++;
}

bool words_phrase(struct words *w, const uint32_t *word, size_t n, uint32_t what, char before,
		  char after)
{
	uint32_t at = w->first[word[0]] >> NODE_SHIFT;
	if (!at) {
		if (!(at = new_node(w)))
			return false;
		w->first[word[0]] = at << NODE_SHIFT;
	}
	for (size_t i = 1; i < n; i++) {
		uint32_t to = follow(w, at, word[i]);
		if (!to && (!(to = new_node(w)) || !add_step(w, at, word[i], to)))
			return false;
		at = to;
	}
	if (n > 1)
		add_bit(w->pair, pair_bit(word[0], word[1]));
	else
		w->first[word[0]] |= OUT;
	if (!room((void **)&w->output, w->outputs, &w->output_cap, sizeof *w->output))
		return false;
	w->output[w->outputs] = (struct output){ what, w->node[at].out, before, after, false };
	w->node[at].out = w->outputs++;
	return true;
}

bool words_done(struct words *w)
{
	struct output *output = calloc(w->outputs + 1, sizeof *output);
	uint32_t n = 0;
	if (!output)
		return false;
	for (uint32_t i = 1; i < w->nodes; i++) {
		uint32_t at = w->node[i].out;
		if (at == NONE)
			continue;
		w->node[i].out = n;
		for (; at != NONE; at = w->output[at].next)
			output[n++] = w->output[at];
		output[n - 1].last = true;
	}
	free(w->output);
	w->output = output;
	for (uint32_t i = WORDS_DIGIT + 1; i <= w->count; i++) {
		const char *p = w->spelling[i];
		size_t k = strlen(p);
		if ((begins_long(w, p) | ends_long(w, p + k)) & ((UINT32_C(2) << k) - 1))
			w->first[i] |= PARTS;
	}
	free(w->spelling);
	w->spelling = NULL;
	return true;
}

static bool add_part(struct words *w, size_t start, size_t stop, uint32_t word)
{
	if (w->part_n == w->part_cap) {
		size_t cap = w->part_cap ? 2 * w->part_cap : 64;
		struct word_part *more = realloc(w->part, cap * sizeof *more);
		if (!more)
			return false;
		w->part = more;
		w->part_cap = cap;
	}
	w->part[w->part_n++] = (struct word_part){ (uint32_t)start, (uint32_t)stop, word };
	return true;
}

/* Of a word of the text, or a part of it between apostrophes, what ends as it does. bytes[0..n) are
 * the last of it, sixteen at most, without apostrophes. */
static bool read_ends(struct words *w, span text, const struct text_word *t, const char *bytes,
		      size_t n, size_t stop)
{
	uint32_t lengths = n < 2 ? 0 : ends_long(w, bytes + n);
	for (; lengths; lengths &= lengths - 1) {
		size_t k = (size_t)__builtin_ctz(lengths);
		if (k > n)
			break;
		uint32_t word = look_up(&w->table[WORD_ENDS], hash(bytes + n - k, k));
		size_t start = stop;
		for (size_t left = word ? k : 0; left && start > t->start;
		     left -= text.p[start] != '\'')
			start--;
		if (word && !add_part(w, start, stop, word))
			return false;
	}
	return true;
}

/* What begins as the word does from `start` on. */
static bool read_begins(struct words *w, span text, const struct text_word *t, const char *bytes,
			size_t n, size_t start)
{
	uint32_t lengths = n < 2 ? 0 : begins_long(w, bytes);
	for (; lengths; lengths &= lengths - 1) {
		size_t k = (size_t)__builtin_ctz(lengths);
		if (k > n)
			break;
		uint32_t word = look_up(&w->table[WORD_BEGINS], hash(bytes, k));
		size_t stop = start;
		for (size_t left = word ? k : 0; left && stop < t->stop; stop++)
			left -= text.p[stop] != '\'';
		if (word && !add_part(w, start, stop, word))
			return false;
	}
	return true;
}

/* The words that begin at `from`, the start or an apostrophe, and end at one, or at the end. */
static bool read_parts_from(struct words *w, span text, struct text_word *t, size_t from)
{
	char bytes[2 * WORD_BYTES] = { 0 };
	size_t n = 0;
	for (size_t i = from; i < t->stop && n < WORD_BYTES; i++) {
		if (text.p[i] == '\'')
			continue;
		bytes[n++] = text.p[i];
		if (n == 3 && !has_bit(w->prefix, three_bit(load8(bytes))))
			return true; /* no word begins like this */
		if (i + 1 < t->stop && text.p[i + 1] != '\'')
			continue;
		uint32_t word = look_up(&w->table[WORD_WHOLE], hash(bytes, n));
		if (word && from == t->start && i + 1 == t->stop)
			t->word = word;
		else if (word && !add_part(w, from, i + 1, word))
			return false;
	}
	return read_begins(w, text, t, bytes, n, from);
}

/* The last sixteen bytes before an apostrophe, or the end. */
static bool read_parts_to(struct words *w, span text, struct text_word *t, size_t to)
{
	char bytes[3 * WORD_BYTES] = { 0 };
	size_t n = 0;
	for (size_t i = to; i > t->start && n < WORD_BYTES; i--)
		if (text.p[i - 1] != '\'')
			bytes[WORD_BYTES - ++n] = text.p[i - 1];
	return read_ends(w, text, t, bytes + WORD_BYTES - n, n, to);
}

/* A word with apostrophes. */
static bool read_quoted(struct words *w, span text, struct text_word *t)
{
	bool ok = true;
	for (size_t i = t->start; ok && i < t->stop; i++) {
		if (text.p[i] == '\'')
			continue;
		if (i == t->start || text.p[i - 1] == '\'')
			ok = read_parts_from(w, text, t, i);
		if (ok && (i + 1 == t->stop || text.p[i + 1] == '\''))
			ok = read_parts_to(w, text, t, i + 1);
	}
	return ok;
}

/* Where words begin and end. *ret_quote, *ret_digit: an apostrophe, a digit is in the text. */
static void cut(struct words *w, span text, size_t from, size_t to, bool *ret_quote,
		bool *ret_digit)
{
	uint64_t before = 0, quotes = 0, digits = 0; /* before: the last byte was of a word */
	size_t starts = 0, stops = 0;
	for (size_t at = from; at < to; at += 64) {
		uint64_t word = 0;
		for (size_t i = 0; i < 64 && at + i < to; i += 16) {
			bytes16 v = load16(text.p + at + i), digit = digits16(v);
			bytes16 quote = v == all16('\'');
			word |= bits16(letters16(v) | digit | quote) << i;
			digits |= bits16(digit);
			quotes |= bits16(quote);
		}
		if (to - at < 64)
			word &= (UINT64_C(1) << (to - at)) - 1;
		uint64_t shifted = word << 1 | before;
		for (uint64_t left = word & ~shifted; left; left &= left - 1)
			w->text[starts++].start = (uint32_t)(at + (size_t)__builtin_ctzll(left));
		for (uint64_t left = ~word & shifted; left; left &= left - 1)
			w->text[stops++].stop = (uint32_t)(at + (size_t)__builtin_ctzll(left));
		before = word >> 63;
	}
	if (stops < starts)
		w->text[stops].stop = (uint32_t)to;
	w->text_n = starts;
	*ret_quote = quotes != 0;
	*ret_digit = digits != 0;
}

/* Apostrophes around words go; so do words of nothing else. */
static void trim(struct words *w, span text)
{
	size_t kept = 0;
	for (size_t i = 0; i < w->text_n; i++) {
		struct text_word t = w->text[i];
		while (t.start < t.stop && text.p[t.start] == '\'')
			t.start++;
		while (t.stop > t.start && text.p[t.stop - 1] == '\'')
			t.stop--;
		t.quote = t.stop > t.start && memchr(text.p + t.start, '\'', t.stop - t.start);
		if (t.stop > t.start)
			w->text[kept++] = t;
	}
	w->text_n = kept;
	w->text[kept] = (struct text_word){ .word = 0 };
}

static void mark_apart(struct words *w, span text)
{
	for (size_t i = 1; i < w->text_n; i++)
		for (size_t k = w->text[i - 1].stop; k < w->text[i].start; k++)
			w->text[i].apart |= (signed char)text.p[k] < 0;
}

static void mark_digits(struct words *w, span text)
{
	for (size_t i = 0; i < w->text_n; i++)
		for (size_t k = w->text[i].start; k < w->text[i].stop; k++)
			w->text[i].digit |= text.p[k] >= '0' && text.p[k] <= '9';
}

static bool look_up_all(struct words *w, span text)
{
	for (size_t i = 0; i < w->text_n; i++) {
		struct text_word *t = &w->text[i];
		const char *p = text.p + t->start;
		size_t n = t->stop - t->start, most = n < WORD_BYTES ? n : WORD_BYTES;
		if (t->quote) {
			t->part = (uint32_t)w->part_n;
			if (!read_quoted(w, text, t))
				return false;
			t->part_n = (uint32_t)(w->part_n - t->part);
		} else {
			t->word = look_up(&w->table[WORD_WHOLE], hash(p, n));
			bool parts = w->first[t->word] & PARTS;
			if (!t->word) /* nothing is known of it */
				parts = (begins_long(w, p) | ends_long(w, p + n)) &
					((UINT32_C(2) << most) - 1);
			if (parts) {
				t->part = (uint32_t)w->part_n;
				if (!read_begins(w, text, t, p, most, t->start) ||
				    !read_ends(w, text, t, p + n - most, most, t->stop))
					return false;
				t->part_n = (uint32_t)(w->part_n - t->part);
			}
		}
	}
	return true;
}

bool words_read(struct words *w, span text, bool ascii, size_t from, size_t to)
{
	bool quote;
	size_t most = (to - from) / 2 + 3;
	w->text_n = w->part_n = 0;
	if (most > w->text_cap) {
		free(w->text);
		w->text = malloc(2 * most * sizeof *w->text);
		w->text_cap = w->text ? 2 * most : 0;
		if (!w->text)
			return false;
	}
	w->seen_known = false;
	cut(w, text, from, to, &quote, &w->digit);
	for (size_t i = 0; i <= w->text_n; i++) {
		struct text_word *t = &w->text[i];
		t->part_n = t->word = 0;
		t->digit = t->quote = t->apart = false;
	}
	if (quote)
		trim(w, text);
	if (!ascii)
		mark_apart(w, text);
	if (w->digit)
		mark_digits(w, text);
	return look_up_all(w, text);
}

const struct text_word *words_text(const struct words *w, size_t *ret_n)
{
	*ret_n = w->text_n;
	return w->text;
}

const struct word_part *words_parts(const struct words *w)
{
	return w->part;
}

const uint64_t *words_seen(struct words *w)
{
	if (w->seen_known)
		return w->seen;
	memset(w->seen, 0, sizeof w->seen);
	if (w->digit)
		add_bit(w->seen, WORDS_DIGIT);
	for (size_t i = 0; i < w->text_n; i++)
		add_bit(w->seen, w->text[i].word % WORDS_SEEN);
	for (size_t i = 0; i < w->part_n; i++)
		add_bit(w->seen, w->part[i].word % WORDS_SEEN);
	w->seen_known = true;
	return w->seen;
}

bool words_digit(const struct words *w)
{
	return w->digit;
}

struct walk {
	const struct words *w;
	span text;
	words_hit_fn *hit;
	void *user;
};

static bool is_between(char c)
{
	return (signed char)c >= 0 && !is_word(c);
}

static char byte_before(span text, size_t i)
{
	while (i > 0 && is_between(text.p[i - 1]))
		i--;
	return i > 0 ? text.p[i - 1] : 0;
}

static char byte_after(span text, size_t i)
{
	while (i < text.n && is_between(text.p[i]))
		i++;
	return i < text.n ? text.p[i] : 0;
}

static void report(const struct walk *k, uint32_t node, size_t start, size_t stop)
{
	const struct words *w = k->w;
	char before = 0, after = 0;
	bool known = false;
	if (w->node[node].out == NONE)
		return;
	for (const struct output *o = &w->output[w->node[node].out];; o++) {
		if ((o->before || o->after) && !known) {
			before = byte_before(k->text, start);
			after = byte_after(k->text, stop);
			known = true;
		}
		if ((!o->before || o->before == before) && (!o->after || o->after == after))
			k->hit(k->user, o->what, start, stop);
		if (o->last)
			return;
	}
}

/* The phrases that begin with `node` at start, and go on with the words from i on. */
static void walk(const struct walk *k, uint32_t node, size_t start, size_t stop, size_t i)
{
	const struct words *w = k->w;
	report(k, node, start, stop);
	for (; i < w->text_n && w->node[node].next && !w->text[i].apart; i++) {
		const struct text_word *t = &w->text[i];
		for (uint32_t p = 0; p < t->part_n; p++) { /* a phrase may end in a word */
			const struct word_part *part = &w->part[t->part + p];
			uint32_t end = part->start == t->start ? follow(w, node, part->word) : 0;
			if (end)
				report(k, end, start, part->stop);
		}
		if (!t->word || !(node = follow(w, node, t->word)))
			return;
		report(k, node, start, t->stop);
	}
}

/* What begins inside a word. */
static void walk_parts(const struct walk *k, size_t i)
{
	const struct words *w = k->w;
	const struct text_word *t = &w->text[i];
	for (uint32_t p = 0; p < t->part_n; p++) {
		const struct word_part *part = &w->part[t->part + p];
		uint32_t node = w->first[part->word] >> NODE_SHIFT;
		if (node && part->stop == t->stop)
			walk(k, node, part->start, part->stop, i + 1);
		else if (node)
			report(k, node, part->start, part->stop);
	}
}

void words_find(const struct words *w, span text, size_t to, words_hit_fn *hit, void *user)
{
	const struct walk k = { w, text, hit, user };
	for (size_t i = 0; i < w->text_n && w->text[i].start < to; i++) {
		const struct text_word *t = &w->text[i]; /* there is one behind the last */
		uint32_t first = w->first[t->word];
		bool goes_on = (t[1].part_n > 0) | has_bit(w->pair, pair_bit(t->word, t[1].word));
		if ((first & OUT) | (goes_on & (first >> NODE_SHIFT != 0)))
			walk(&k, first >> NODE_SHIFT, t->start, t->stop, i + 1);
		if (t->part_n)
			walk_parts(&k, i);
	}
}

size_t words_bytes(const struct words *w)
{
	size_t bytes = ((size_t)w->step.mask + 1) * sizeof *w->step.slot +
		       w->node_cap * sizeof *w->node + w->first_cap * sizeof *w->first +
		       w->output_cap * sizeof *w->output + sizeof *w;
	for (int k = 0; k < WORD_KINDS; k++)
		bytes += ((size_t)w->table[k].mask + 1) * sizeof *w->table[k].slot;
	return bytes;
}
