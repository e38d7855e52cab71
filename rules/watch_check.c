/* watch_check.c - see watch_check.h */
#include "watch_check.h"
#include <string.h>

static int names(struct rule_names *ret, char **list, unsigned n, struct arena *arena,
		 struct err *err)
{
	const char **out = arena_alloc(arena, (n + 1) * sizeof *out);
	bool ok = out != NULL;
	for (unsigned i = 0; ok && i < n; i++)
		out[i] = arena_copy(arena, span_z(list[i]), &ok).p;
	if (!ok)
		return err_set(err, E_NOMEM, "out of memory");
	*ret = (struct rule_names){ out, n };
	return 0;
}

static int traffic(struct rule *r, const struct traffic_yaml *y, struct arena *arena,
		   struct err *err)
{
	struct rule_watch *w = &r->watch;
	w->calls = strcmp(y->of, "calls") == 0 || strcmp(y->of, "any") == 0;
	w->texts = strcmp(y->of, "messages") == 0 || strcmp(y->of, "any") == 0;
	if (!w->calls && !w->texts)
		return err_set(err, E_USER, "traffic: of is calls, messages or any, not '%s'",
			       y->of);
	if (y->events > 100000 || y->people > 10000 || y->days > 366 || y->minutes > 527040 ||
	    y->shorter > 86400 || y->from_hour > 23 || y->to_hour > 23 || y->quiet_hours > 8784)
		return err_set(err, E_USER,
			       "traffic: at most 100000 events, 10000 people, 366 days, 527040 "
			       "minutes, 86400 seconds, hours 0-23, 8784 quiet hours");
	if (y->events < 2 && y->people < 2 && y->days < 2 && !y->first && !y->quiet_hours)
		return err_set(err, E_USER,
			       "traffic: say from how many events, people or days on it counts");
	if (y->same_text && (!w->texts || r->stage < 2))
		return err_set(err, E_USER, "traffic: same_text reads messages, from stage 2 on");
	if (y->hits_n && r->stage < 2)
		return err_set(err, E_USER, "traffic: hits are of text, from stage 2 on");
	w->events = y->events;
	w->people = y->people;
	w->days = y->days;
	w->minutes = y->minutes;
	w->shorter = y->shorter;
	w->from_hour = y->from_hour;
	w->to_hour = y->to_hour;
	w->quiet_hours = y->quiet_hours;
	w->one_way = y->one_way;
	w->first = y->first;
	w->same_text = y->same_text;
	return names(&w->of, y->hits, y->hits_n, arena, err);
}

static int sequence(struct rule *r, const struct sequence_yaml *y, struct arena *arena,
		    struct err *err)
{
	if (y->messages > 10000 || y->hours > 8784)
		return err_set(err, E_USER,
			       "sequence: at most 10000 messages or 8784 hours between steps");
	if (r->stage < 2)
		return err_set(err, E_USER, "sequence: its steps read text, from stage 2 on");
	r->watch.messages = y->messages;
	r->watch.hours = y->hours;
	return names(&r->watch.of, y->steps, y->steps_n, arena, err);
}

static int apps(struct rule *r, const struct rule_yaml *y, struct arena *arena, struct err *err)
{
	if (r->weight)
		return err_set(err, E_USER,
			       "apps: that an app is there is a fact, never a point: weight 0");
	return names(&r->watch.of, y->apps, y->apps_n, arena, err);
}

static int identity(struct rule *r, const struct rule_yaml *y, struct err *err)
{
	static const char *const words[] = { [IDENTITY_SIMS] = "sims",
					     [IDENTITY_OWN_LISTED] = "own-listed",
					     [IDENTITY_LINE_SAVED] = "line-saved" };
	for (unsigned i = 0; i < 3; i++)
		if (strcmp(y->identity, words[i]) == 0) {
			r->watch.identity = (enum rule_identity)i;
			r->watch.least = y->least;
			return 0;
		}
	return err_set(err, E_USER, "identity: sims, own-listed or line-saved, not '%s'",
		       y->identity);
}

static int shape(struct rule *r, const struct rule_yaml *y, struct err *err)
{
	bool quoted = strcmp(y->shape, "quoted") == 0;
	if (!quoted && strcmp(y->shape, "verse") != 0)
		return err_set(err, E_USER, "shape: quoted or verse, not '%s'", y->shape);
	if (!y->least || y->least > 1000 || !r->clears || r->stage < 2)
		return err_set(err, E_USER,
			       "shape: give least (1 to 1000 words), exonerates, and stage 2 or 3");
	r->watch.shape = quoted ? SHAPE_QUOTED : SHAPE_LYRICS;
	r->watch.least = y->least;
	return 0;
}

int watch_check(struct rule *r, const struct rule_yaml *y, struct arena *arena, struct err *err)
{
	int kinds = (y->traffic != NULL) + (y->sequence != NULL) + (y->apps_n > 0) +
		    (y->identity != NULL) + (y->shape != NULL);
	r->kind = RULE_TEXT;
	if (!kinds)
		return 0;
	if (kinds > 1 || y->term_n || y->pattern || y->needs_n || y->literal_n)
		return err_set(err, E_USER,
			       "one rule looks at one thing: terms, a pattern, traffic, sequence, "
			       "apps, identity or shape");
	if (y->match_n || y->nomatch_n)
		return err_set(err, E_USER,
			       "match and nomatch are texts: only rules that read text have them");
	if (y->traffic) {
		r->kind = RULE_TRAFFIC;
		return traffic(r, y->traffic, arena, err);
	}
	if (y->sequence) {
		r->kind = RULE_SEQUENCE;
		return sequence(r, y->sequence, arena, err);
	}
	if (y->apps_n) {
		r->kind = RULE_APPS;
		return apps(r, y, arena, err);
	}
	r->kind = y->identity ? RULE_IDENTITY : RULE_SHAPE;
	return y->identity ? identity(r, y, err) : shape(r, y, err);
}
