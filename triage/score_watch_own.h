/* score_watch_own.h - what the files of score_watch share; not for others. */
#ifndef SCORE_WATCH_OWN_H
#define SCORE_WATCH_OWN_H
#include "score_place.h"
#include "score_watch.h"

struct watch {
	struct case_facts *f;
	struct case_db *c;
	const struct policy *p;
	struct people *people;
	struct err *err;
	struct episode missing;
	struct place_book *places; /* NULL: no rule asks for them */
	uint32_t hits; /* sightings of texts and lines: those before any rule added its own */
};

/* All rules on traffic together, because the events go by once: open, see each event, close; then
 * watch_traffic for each rule, when the sightings of texts and lines are final. */
struct all_traffic;
int traffic_open(struct all_traffic **ret, struct watch *w);
void traffic_free(struct all_traffic *a); /* NULL is legal */
bool traffic_needs_events(const struct all_traffic *a);
int traffic_see(struct all_traffic *a, const struct event *e);
int traffic_close(struct all_traffic *a);
int watch_traffic(struct all_traffic *a, uint32_t rule);

int watch_sequence(struct watch *w, uint32_t rule);
int watch_near(struct watch *w); /* takes away what is not near what its rule asks for */
int watch_apps(struct watch *w, uint32_t rule);
int watch_identity(struct watch *w, uint32_t rule);

int watch_no_memory(struct watch *w);
/* A sighting of the rule on an event. */
int watch_add(struct watch *w, uint32_t rule, const struct event *e);

/* Number the texts of n records: near-identical ones share a number (5-gram shingles, Jaccard 0.8);
 * records without a text get 0 and are like no other. */
int watch_same_texts(struct watch *w, const uint32_t *record, uint32_t n, uint32_t *ret_number);
#endif
