/* lint.c - see lint.h */
#include "lint.h"
#include "compiled.h"
#include "lint_reach.h"
#include "rx.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What messages look like to a rule that is run on all of them. */
static const char *const ordinary[] = {
	"hey are you coming to mine after",
	"yeah 5 mins",
	"mum says tea is at six dont be late x",
	"lol no way he actually said that in front of everyone",
	"ok",
	"can you get milk and bread on your way home please love you",
	"your parcel will be delivered today between 12:00 and 14:00",
	"did you do the maths homework i dont get question 7 at all",
	"on the bus now be there about half 4, save me a seat at the back",
	"happy birthday!! hope you have the best day ever, see you saturday"
};
#define ORDINARY (sizeof ordinary / sizeof *ordinary)
#define ROUNDS 2000

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Milliseconds that a rule without a literal adds to a million messages, in steps of ten. */
static int cost(const struct rule_body *b, long *ret_ms, struct err *err)
{
	struct rx *rx = NULL;
	int code = rx_new(&rx, b->regex, false, true, err);
	if (code)
		return code;
	struct rx_scratch *s = rx_scratch_new(RX_MATCH_LIMIT);
	if (!s) {
		rx_free(rx);
		return err_set(err, E_NOMEM, "out of memory");
	}
	double start = now();
	for (unsigned i = 0; i < ROUNDS; i++)
		for (size_t k = 0; k < ORDINARY; k++) {
			span text = span_z(ordinary[k]);
			size_t a, z;
			rx_search(rx, s, text, 0, text.n, 0, &a, &z);
		}
	size_t searches = ROUNDS * ORDINARY;
	double ms = (now() - start) * 1e3 * 1e6 / (double)searches;
	*ret_ms = ((long)(ms / 10) + 1) * 10;
	rx_scratch_free(s);
	rx_free(rx);
	return 0;
}

struct term {
	const char *text;
	const struct rule_body *body;
	size_t i;
};

static int by_text(const void *a, const void *b)
{
	const struct term *x = a, *y = b;
	int order = strcmp(x->text, y->text);
	return order ? order : (x->i > y->i) - (x->i < y->i);
}

/* For each rule: the first of its terms that an earlier rule reads, too, and that rule. */
static int find_shared(const struct ruleset *rs, struct term *ret_shared, struct err *err)
{
	size_t n = 0, at = 0;
	for (size_t i = 0; i < rs->n; i++)
		n += rs->body[i].text.term_n;
	struct term *term = calloc(n + 1, sizeof *term);
	if (!term)
		return err_set(err, E_NOMEM, "out of memory");
	for (size_t i = 0; i < rs->n; i++)
		for (size_t k = 0; k < rs->body[i].text.term_n; k++)
			term[at++] = (struct term){ rs->body[i].text.term[k], &rs->body[i], i };
	qsort(term, n, sizeof *term, by_text);
	for (size_t i = 1; i < n; i++)
		if (strcmp(term[i].text, term[i - 1].text) == 0 && !ret_shared[term[i].i].text)
			ret_shared[term[i].i] = term[i - 1];
	free(term);
	return 0;
}

static void due(const struct rule *r, const char *today, lint_fn *remark, void *user)
{
	char text[80];
	if (!*r->review || strcmp(r->review, today) >= 0)
		return;
	snprintf(text, sizeof text, "its review was due on %s", r->review);
	remark(user, r, text);
}

int lint_remarks(const struct ruleset *rs, const char *pack, const char *today, lint_fn *remark,
		 void *user, struct err *err)
{
	char text[300];
	struct term *shared = calloc(rs->n + 1, sizeof *shared);
	int code = shared ? find_shared(rs, shared, err) : err_set(err, E_NOMEM, "out of memory");
	for (size_t i = 0; i < rs->n && code == 0; i++) {
		const struct rule_body *b = &rs->body[i];
		long ms;
		if (strcmp(b->rule.pack, pack) != 0)
			continue;
		due(&b->rule, today, remark, user);
		code = lint_reach(rs, i, remark, user, err);
		if (code)
			break;
		if (shared[i].text) {
			snprintf(text, sizeof text, "'%s' is also a term of %s", shared[i].text,
				 shared[i].body->rule.id);
			remark(user, &b->rule, text);
		}
		if (b->rule.has_literal || b->rule.kind != RULE_TEXT)
			continue;
		code = cost(b, &ms, err);
		if (code)
			break;
		snprintf(
			text, sizeof text,
			"has no literal, so it is run on every message: about %ld ms for a million",
			ms);
		remark(user, &b->rule, text);
	}
	free(shared);
	return code ? code : lint_overlap(rs, pack, remark, user, err);
}
