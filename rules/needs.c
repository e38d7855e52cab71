/* needs.c - see needs.h */
#include "needs.h"
#include "base/utf8.h"

#define WORD_MAX ((size_t)80)

struct walk {
	struct folder *folder;
	const struct rule_names *words;
	uint32_t left; /* words that may still be looked at */
	char word[WORD_MAX];
	size_t n;
};

/* The word so far ends here. True if it is one of those looked for. */
static bool end_word(struct walk *w)
{
	bool found = false;
	if (w->n && w->left) {
		w->left--;
		for (size_t i = 0; i < w->words->n && !found; i++)
			found = w->n < WORD_MAX &&
				span_eq((span){ w->word, w->n }, span_z(w->words->name[i]));
	}
	w->n = 0;
	return found;
}

static bool look(struct walk *w, span text)
{
	for (size_t pos = 0; pos < text.n && w->left;) {
		const struct fold_char *f = fold_char(w->folder, utf8_next(text, &pos));
		if (!f || (!f->n && (f->flags & CHAR_MARK)))
			continue;
		if (f->flags & CHAR_WORD) {
			for (unsigned i = 0; i < f->n; i++)
				if (w->n < WORD_MAX)
					w->word[w->n++] = f->utf8[i];
		} else if (f->n && f->utf8[0] != '\'' && end_word(w)) {
			return true;
		}
	}
	return end_word(w);
}

/* Where the last `words` words before `at` begin, or as far back as is looked. */
static size_t go_back(struct walk *w, span text, size_t at, uint32_t words)
{
	size_t from = at;
	bool inside = false;
	while (from > 0 && at - from < NEEDS_REACH) {
		size_t to = from - 1, pos;
		while (to > 0 && ((unsigned char)text.p[to] & 0xC0) == 0x80)
			to--;
		pos = to;
		const struct fold_char *f = fold_char(w->folder, utf8_next(text, &pos));
		bool word = f && (f->flags & CHAR_WORD);
		if (inside && f && f->n && !word && f->utf8[0] != '\'' && !--words)
			return from;
		inside = word || (inside && (!f || !f->n || f->utf8[0] == '\''));
		from = to;
	}
	return from;
}

bool needs_near(struct folder *folder, const struct rule_names *words, uint32_t within, span text,
		size_t start, size_t stop)
{
	struct walk w = { .folder = folder, .words = words, .left = within };
	size_t end = text.n - stop > NEEDS_REACH ? stop + NEEDS_REACH : text.n;
	if (look(&w, span_sub(text, stop, end)))
		return true;
	w.left = within;
	w.n = 0;
	return look(&w, span_sub(text, go_back(&w, text, start, within), start));
}
