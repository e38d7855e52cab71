/*
 * score_watch_test.c - what rules on the whole phone keep of calls and messages while they go by,
 * held against what the plain definition says of all of them at once. From fixed seeds.
 */
#include "case_maker.h"
#include "score_place.h"
#include "score_quiet.h"
#include "score_window.h"

#define MINUTE INT64_C(60000)
#define MOST 60000u /* more than a window looks through before it drops anything */
#define PEOPLE 200u

static uint64_t seed;

static uint64_t draw(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed >> 16) % below;
}

static struct one event[MOST];
static struct one sorted[MOST];
static uint32_t events;

static int by_time(const void *a, const void *b)
{
	const struct one *x = a, *y = b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

/* The definition: every stretch of a group, from each event back as far as the window reaches. */
static uint32_t find(const struct rule_watch *t)
{
	static uint32_t seen[PEOPLE];
	uint32_t n = 0, mark = 0, end;
	memcpy(sorted, event, events * sizeof *event);
	qsort(sorted, events, sizeof *sorted, by_time);
	memset(seen, 0, sizeof seen);
	for (uint32_t i = 0; i < events; i++) {
		uint32_t people = 0, count = 0, k = i + 1;
		mark++;
		while (k-- > 0 && sorted[k].group == sorted[i].group &&
		       (!t->minutes || sorted[i].time - sorted[k].time <= t->minutes * MINUTE)) {
			people += seen[sorted[k].person] != mark;
			seen[sorted[k].person] = mark;
			count++;
		}
		bool enough = count >= t->events && people >= t->people;
		for (uint32_t j = 0; enough && j < count && !(j && sorted[i - j].in); j++)
			sorted[i - j].in = true;
	}
	for (uint32_t i = 0; i < events; i = end) {
		uint32_t days = 0;
		int64_t last = -1;
		for (end = i; end < events && sorted[end].group == sorted[i].group; end++)
			if (sorted[end].in && sorted[end].time / DAY != last) {
				last = sorted[end].time / DAY;
				days++;
			}
		for (uint32_t k = i; k < end; k++)
			if (sorted[k].in && days >= t->days)
				sorted[n++] = sorted[k];
	}
	return n;
}

static void add(int64_t time, bool whole)
{
	uint32_t person = (uint32_t)draw(whole ? PEOPLE : 12);
	event[events] = (struct one){
		.time = time, .record = events + 1, .person = person, .group = whole ? 0 : person
	};
	events++;
}

/* Gives the largest number of events that were held. */
static uint32_t give(struct window *w, const struct one *one, uint32_t last_file)
{
	uint32_t held = 0;
	for (uint32_t i = 0; i < events; i++) {
		assert_true(window_add(w, one[i], i >= last_file));
		held = w->n > held ? w->n : held;
	}
	return held;
}

static void expect(struct window *w, const struct rule_watch *t)
{
	uint32_t n = find(t);
	assert_true(window_close(w));
	assert_int_equal(w->n, n);
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(w->one[i].record, sorted[i].record);
}

/* Slots of half an hour with few events, and some with many. */
static void fill(int64_t from, uint32_t n, bool whole, int64_t disorder)
{
	int64_t time = from;
	for (uint32_t i = 0; i < n; i++) {
		time += draw(40) ? (int64_t)draw(4) * 10 * MINUTE : (int64_t)draw(3) * DAY / 4;
		if (draw(200) == 0)
			for (int k = 0; k < 12 && i < n; k++, i++)
				add(time + (int64_t)draw(60000), whole);
		add(time - (int64_t)draw((uint64_t)disorder + 1), whole);
	}
}

static const struct rule_watch kinds[] = {
	{ .people = 8, .minutes = 30 },  { .events = 6, .people = 2, .minutes = 10, .days = 3 },
	{ .events = 4, .minutes = 720 }, { .events = 3, .minutes = 60, .days = 2 },
	{ .events = 40, .days = 20 },
};

static void windows_in_nearly_any_order(void **state)
{
	(void)state;
	seed = 0x9e3779b97f4a7c15u;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (int order = 0; order < 3; order++) {
			const struct rule_watch *t = &kinds[i];
			bool whole = t->people > 1;
			struct tallies tallies = { 0 };
			struct window w;
			uint32_t last_file = 0;
			events = 0;
			fill(START, 22000, whole, order ? 3 * DAY : 0);
			if (order == 2) { /* another file, and dates that are wrong */
				last_file = events;
				fill(START + 40 * DAY, 22000, whole, DAY);
				event[100].time = START + 4000 * DAY;
				event[events - 1].time = START + 5000 * DAY;
			}
			window_open(&w, t, &tallies, true, 0);
			uint32_t held = give(&w, event, last_file);
			assert_false(w.late);
			expect(&w, t);
			if (t->minutes && order < 2 && w.n < 4096)
				assert_in_range(held, 1, 16384);
			assert_in_range(w.n, 1, i ? events : events - 1);
			window_free(&w);
			free(tallies.of);
		}
}

/* An event from long before is not taken for what it is not: all have to come again. */
static void too_late(void **state)
{
	(void)state;
	seed = 0x2545f4914f6cdd1du;
	const struct rule_watch *t = &kinds[0];
	struct tallies tallies = { 0 };
	struct window w;
	events = 0;
	fill(START, 40000, true, 0);
	for (int i = 0; i < 8; i++)
		add(event[5000].time + i, true);
	window_open(&w, t, &tallies, true, 0);
	give(&w, event, 0);
	assert_true(w.late);
	window_again(&w);
	memcpy(sorted, event, events * sizeof *event);
	qsort(sorted, events, sizeof *sorted, by_time);
	static struct one again[MOST];
	memcpy(again, sorted, events * sizeof *again);
	assert_in_range(give(&w, again, events), 1, 16384);
	assert_false(w.late);
	expect(&w, t);
	window_free(&w);
	free(tallies.of);
}

static void all_at_once(void **state)
{
	(void)state;
	seed = 0x2545f4914f6cdd1du;
	struct rule_watch t = { .events = 20001, .people = 2, .minutes = 5 };
	struct tallies tallies = { 0 };
	struct window w;
	for (int enough = 0; enough < 2; enough++) {
		events = 0;
		for (int i = 0; i < 20000 + enough; i++)
			add(START, true);
		window_open(&w, &t, &tallies, true, 0);
		give(&w, event, 0);
		assert_true(window_close(&w));
		assert_int_equal(w.n, enough ? 20001 : 0);
		window_free(&w);
	}
	free(tallies.of);
}

/* Where only the first so many are asked for, no more than needed are held, and they are the first.
 */
static void the_first_of_many(void **state)
{
	(void)state;
	seed = 0x2545f4914f6cdd1du;
	const struct rule_watch rule = { .events = 6, .people = 2, .minutes = 10 }, *t = &rule;
	struct tallies tallies = { 0 };
	struct window w;
	events = 0;
	for (uint32_t i = 0; i < MOST; i++)
		add(START + i * 2 * MINUTE, true);
	window_open(&w, t, &tallies, true, 1000);
	assert_in_range(give(&w, event, 0), 1, 65536);
	assert_true(w.full);
	assert_true(window_close(&w));
	assert_int_equal(find(t), MOST);
	assert_int_equal(w.n, 1001);
	for (uint32_t i = 0; i < w.n; i++)
		assert_int_equal(w.one[i].record, sorted[i].record);
	window_free(&w);
	free(tallies.of);
}

static void silence_before(void **state)
{
	(void)state;
	static int64_t sent[4000];
	seed = 0x9e3779b97f4a7c15u;
	for (int round = 0; round < 40; round++) {
		int64_t gap = (1 + (int64_t)draw(48)) * 60 * MINUTE, time = START;
		uint32_t n = (uint32_t)draw(4000);
		struct quiet *q = quiet_new(gap);
		assert_non_null(q);
		static bool broken[4000];
		for (uint32_t i = 0; i < n; i++) {
			time += (int64_t)draw(round % 2 ? 40 : 4000) * MINUTE;
			sent[i] = draw(20) ? time : START + (int64_t)draw(2000) * 60 * MINUTE;
			assert_true(quiet_sent(q, sent[i]));
			broken[i] = quiet_broken(q, sent[i]);
		}
		quiet_close(q);
		for (int k = 0; k < 300; k++) {
			uint32_t i = (uint32_t)draw(n + 1);
			int64_t at = i < n ? sent[i] + (int64_t)draw(2) : START, last = INT64_MIN;
			for (uint32_t j = 0; j < n; j++)
				if (sent[j] < at && sent[j] > last)
					last = sent[j];
			bool quiet = last != INT64_MIN && at - last >= gap;
			assert_int_equal(quiet_before(q, at), quiet);
			if (i < n && at == sent[i] && quiet)
				assert_false(broken[i]);
		}
		quiet_free(q);
	}
}

static void places_in_conversations(void **state)
{
	(void)state;
	enum { EVENTS = 3000, PERSONS = 9, THREAD = 7 };
	static struct event at[EVENTS];
	static struct sighting seen[EVENTS];
	seed = 0x9e3779b97f4a7c15u;
	for (int round = 0; round < 20; round++) {
		struct case_facts f = { .sighting = seen, .persons = PERSONS };
		struct place_book *b = NULL;
		struct err err = { 0 };
		for (uint32_t i = 0; i < EVENTS; i++) {
			uint32_t c = (uint32_t)draw(PERSONS + 3);
			at[i] = (struct event){
				.time = draw(9) ? START + (int64_t)draw(500) * MINUTE : TIME_UNSET,
				.record = i + 1,
				.conversation = c < PERSONS    ? c
						: c == PERSONS ? NOWHERE
							       : 0x80000000u + THREAD + c,
			};
			for (uint64_t k = draw(4) ? 0 : 1 + draw(2); k > 0 && f.n < EVENTS; k--)
				seen[f.n++] = (struct sighting){
					.time = at[i].time,
					.record = at[i].record,
					.conversation = at[i].conversation,
					.event = draw(10) != 0,
				};
		}
		assert_int_equal(place_book_new(&b, &f, &err), 0);
		for (uint32_t i = 0; i < EVENTS; i++)
			place_book_see(b, &at[round % 2 ? EVENTS - 1 - i : i]);
		place_book_close(b);
		for (uint32_t i = 0; i < f.n; i++) {
			const struct sighting *s = &seen[i];
			uint32_t place = UINT32_MAX, before = 0;
			bool known = place_of(b, s, &place);
			assert_int_equal(known, s->event && s->conversation != NOWHERE);
			for (uint32_t k = 0; known && k < EVENTS; k++)
				before += at[k].conversation == s->conversation &&
					  (at[k].time < s->time ||
					   (at[k].time == s->time && at[k].record < s->record));
			assert_int_equal(place, known ? before : UINT32_MAX);
		}
		place_book_free(b);
	}
}

static const char to_many[] =
	"pack: t\nversion: '1'\nrules:\n- id: t.to-many\n  category: line-phone\n  stage: 2\n"
	"  weight: 20\n  ambiguity: low\n"
	"  traffic: {of: messages, people: 8, minutes: 30, same_text: true}\n"
	"  when: {direction: out, sender: unsaved}\n"
	"  meaning: Nearly the same text went to eight people or more.\n"
	"  innocent: Invitations are sent to many.\n";

static int64_t send_one(struct maker *m, int64_t owner, int64_t to, int64_t time)
{
	sqlite3_bind_int64(m->record, 1, m->file);
	sqlite3_bind_int(m->record, 2, REC_MESSAGE);
	sqlite3_bind_int64(m->record, 3, time);
	sqlite3_bind_int(m->record, 4, DIR_OUT);
	sqlite3_bind_int64(m->record, 5, owner);
	sqlite3_bind_int64(m->record, 6, to);
	sqlite3_bind_null(m->record, 7);
	sqlite3_bind_text(m->record, 8, "back on now come see me", -1, SQLITE_STATIC);
	sqlite3_bind_null(m->record, 9);
	sqlite3_bind_int64(m->record, 10, 0);
	return maker_step(m, m->record);
}

/* Where not all texts are compared, a warning says from where on, once; it goes when they are. */
static void what_is_not_compared_is_said(void **state)
{
	(void)state;
	enum { MANY = 20000, MORE = 3, OTHERS = 12 };
	static const struct maker_rule none = { "t.none", "threat", 1, "low", "" };
	struct maker one, *m = &one;
	struct err err = { 0 };
	maker_open(m, &none, 1);
	ruleset_free(m->rs);
	if (ruleset_load_memory(&m->rs, "t", span_z(to_many), false, &err))
		fail_msg("%s", err.message);
	maker_exec(m, "UPDATE rule SET id='t.to-many',category='line-phone'");
	int64_t owner = make_party(m, "owner"), other[OTHERS], last = 0;
	for (int i = 0; i < OTHERS; i++) {
		char number[24];
		snprintf(number, sizeof number, "+447700900%03d", i);
		other[i] = make_party(m, number);
		sqlite3_bind_int64(m->set, 1, other[i]);
		sqlite3_bind_int64(m->set, 2, 0);
		sqlite3_bind_int64(m->set, 3, other[i]);
		maker_step(m, m->set);
	}
	for (int i = 0; i < MANY + MORE; i++)
		last = send_one(m, owner, other[i % OTHERS], START + i * INT64_C(20000));
	for (int again = 0; again < 2; again++) {
		score_it(m);
		assert_int_equal(ask(m, "SELECT records FROM finding_count"), MANY);
		assert_int_equal(ask(m, "SELECT count(*) FROM warning"), 1);
		assert_string_equal(
			ask_text(m, "SELECT detail FROM warning WHERE kind='source' AND loss=1"),
			"more messages than are compared for being alike: those of this record and "
			"later are left out of rule t.to-many");
	}
	char sql[100];
	snprintf(sql, sizeof sql, "DELETE FROM finding_record; DELETE FROM record WHERE id>%lld",
		 (long long)last - MORE);
	maker_exec(m, sql);
	score_it(m);
	assert_int_equal(ask(m, "SELECT records FROM finding_count"), MANY);
	assert_int_equal(ask(m, "SELECT count(*) FROM warning"), 0);
	maker_close(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_in_nearly_any_order),
		cmocka_unit_test(too_late),
		cmocka_unit_test(all_at_once),
		cmocka_unit_test(the_first_of_many),
		cmocka_unit_test(silence_before),
		cmocka_unit_test(places_in_conversations),
		cmocka_unit_test(what_is_not_compared_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
