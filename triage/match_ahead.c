/* match_ahead.c - see match_ahead.h */
#include "match_ahead.h"
#include "base/buf.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#define ITEMS 512 /* of a batch */
#define BYTES (128 << 10)

struct item {
	struct match_row row; /* of a text: its record alone */
	int64_t file;
	enum direction direction;
	int stage;
	bool is_text;
	size_t at, n; /* in batch.texts */
	size_t found; /* where what it met begins */
};

struct found {
	const struct rule *rule;
	const char *limit; /* NULL: a hit */
	size_t start, stop;
};

struct batch {
	struct buf texts;
	struct item items[ITEMS];
	size_t n;
	struct found *found;
	size_t found_n, found_cap;
	const struct item *now; /* the one being matched */
	bool failed;            /* memory ran out */
};

struct match_ahead {
	const struct ruleset *rules;
	struct matcher *matcher; /* the thread's, while it is at work */
	struct match_ahead_sink sink;
	struct batch *filling, *matching;
	double seconds;
	pthread_t thread;
	bool threaded;
	pthread_mutex_t lock;
	pthread_cond_t change;
	bool at_work, end; /* under lock */
};

static struct found *room(struct batch *b)
{
	if (b->found_n == b->found_cap) {
		size_t cap = b->found_cap ? b->found_cap * 2 : 256;
		struct found *more = realloc(b->found, cap * sizeof *more);
		if (!more) {
			b->failed = true;
			return NULL;
		}
		b->found = more;
		b->found_cap = cap;
	}
	return &b->found[b->found_n++];
}

static void on_hit(void *user, const struct hit *hit)
{
	struct match_ahead *m = user;
	const struct rule *rule = ruleset_at(m->rules, hit->rule);
	struct found *f = (int)rule->stage > m->matching->now->stage ? NULL : room(m->matching);
	if (f)
		*f = (struct found){ .rule = rule, .start = hit->start, .stop = hit->stop };
}

static void on_limit(void *user, const struct rule *rule, const char *what)
{
	struct match_ahead *m = user;
	struct found *f = room(m->matching);
	if (f)
		*f = (struct found){ .rule = rule, .limit = what };
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void match_batch(struct match_ahead *m)
{
	struct batch *b = m->matching;
	double start = now();
	for (size_t i = 0; i < b->n; i++) {
		struct item *item = &b->items[i];
		item->found = b->found_n;
		if (!item->is_text)
			continue;
		b->now = item;
		matcher_aim(m->matcher, item->direction);
		matcher_run(m->matcher, span_sub(buf_span(&b->texts), item->at, item->at + item->n),
			    on_hit, on_limit, m);
	}
	m->seconds += now() - start;
}

static void *work(void *user)
{
	struct match_ahead *m = user;
	pthread_mutex_lock(&m->lock);
	for (;;) {
		while (!m->at_work && !m->end)
			pthread_cond_wait(&m->change, &m->lock);
		if (!m->at_work)
			break;
		pthread_mutex_unlock(&m->lock);
		match_batch(m);
		pthread_mutex_lock(&m->lock);
		m->at_work = false;
		pthread_cond_broadcast(&m->change);
	}
	pthread_mutex_unlock(&m->lock);
	return NULL;
}

static void set(struct match_ahead *m, bool *flag)
{
	pthread_mutex_lock(&m->lock);
	*flag = true;
	pthread_cond_broadcast(&m->change);
	pthread_mutex_unlock(&m->lock);
}

static void wait_idle(struct match_ahead *m)
{
	pthread_mutex_lock(&m->lock);
	while (m->at_work)
		pthread_cond_wait(&m->change, &m->lock);
	pthread_mutex_unlock(&m->lock);
}

/* Signals stay with the thread that reads. */
static bool begin_thread(struct match_ahead *m)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool begun = pthread_create(&m->thread, NULL, work, m) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return begun;
}

int match_ahead_open(struct match_ahead **ret, const struct ruleset *rules, bool jit,
		     const struct match_ahead_sink *sink, struct err *err)
{
	struct match_ahead *m = calloc(1, sizeof *m);
	if (!m)
		return err_set(err, E_NOMEM, "Memory ran out.");
	m->rules = rules;
	m->sink = *sink;
	pthread_mutex_init(&m->lock, NULL);
	pthread_cond_init(&m->change, NULL);
	m->filling = calloc(1, sizeof *m->filling);
	m->matching = calloc(1, sizeof *m->matching);
	m->matcher = matcher_new(rules, jit, err);
	if (!m->filling || !m->matching || !m->matcher) {
		match_ahead_free(m);
		return err && err->code ? err->code : err_set(err, E_NOMEM, "Memory ran out.");
	}
	m->threaded = begin_thread(m);
	*ret = m;
	return 0;
}

static void batch_free(struct batch *b)
{
	if (!b)
		return;
	buf_free(&b->texts);
	free(b->found);
	free(b);
}

void match_ahead_free(struct match_ahead *m)
{
	if (!m)
		return;
	if (m->threaded) {
		set(m, &m->end);
		pthread_join(m->thread, NULL);
	}
	pthread_cond_destroy(&m->change);
	pthread_mutex_destroy(&m->lock);
	matcher_free(m->matcher);
	batch_free(m->filling);
	batch_free(m->matching);
	free(m);
}

static int give_item(struct match_ahead *m, const struct batch *b, size_t i)
{
	const struct item *item = &b->items[i];
	size_t stop = i + 1 < b->n ? b->items[i + 1].found : b->found_n;
	int rc = item->is_text ? 0 : m->sink.row(m->sink.user, &item->row);
	for (size_t k = item->found; !rc && k < stop; k++) {
		const struct found *f = &b->found[k];
		struct match_row row = { .record = item->row.record,
					 .rule = f->rule ? f->rule->id : NULL,
					 .via = "text",
					 .start = f->start,
					 .stop = f->stop };
		rc = f->limit ? m->sink.limit(m->sink.user, item->file, item->row.record, f->rule,
					      f->limit)
			      : m->sink.row(m->sink.user, &row);
	}
	return rc;
}

static void empty(struct batch *b)
{
	buf_clear(&b->texts);
	b->n = b->found_n = 0;
}

/* The full batch goes to be matched, and what the one before it met is given. */
static int turn(struct match_ahead *m, struct err *err)
{
	if (m->threaded)
		wait_idle(m);
	struct batch *done = m->matching;
	m->matching = m->filling;
	m->filling = done;
	if (m->matching->n && m->threaded)
		set(m, &m->at_work);
	else if (m->matching->n)
		match_batch(m);
	int rc = done->failed ? err_set(err, E_NOMEM, "Memory ran out while matching.") : 0;
	for (size_t i = 0; !rc && i < done->n; i++)
		rc = give_item(m, done, i);
	empty(done);
	return rc;
}

static int add(struct match_ahead *m, const struct item *item, struct err *err)
{
	struct batch *b = m->filling;
	b->items[b->n++] = *item;
	return b->n == ITEMS || b->texts.n >= BYTES ? turn(m, err) : 0;
}

int match_ahead_row(struct match_ahead *m, const struct match_row *row, struct err *err)
{
	return add(m, &(struct item){ .row = *row }, err);
}

int match_ahead_text(struct match_ahead *m, const struct match_text *text, struct err *err)
{
	struct buf *texts = &m->filling->texts;
	struct item item = { .row = { .record = text->record },
			     .file = text->file,
			     .direction = text->direction,
			     .stage = text->stage,
			     .is_text = true,
			     .at = texts->n,
			     .n = text->text.n };
	buf_add(texts, text->text);
	return texts->failed ? err_set(err, E_NOMEM, "Memory ran out while matching.")
			     : add(m, &item, err);
}

int match_ahead_settle(struct match_ahead *m, struct err *err)
{
	int rc = 0;
	while (!rc && (m->filling->n || m->matching->n))
		rc = turn(m, err);
	return rc;
}

double match_ahead_seconds(const struct match_ahead *m)
{
	return m->seconds;
}
