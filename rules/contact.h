/*
 * contact.h - how much contact there was with one number of a line, and what it weighs.
 */
#ifndef CONTACT_H
#define CONTACT_H
#include "policy.h"
#include "record.h"

/* Where an event lies against the dates of an assertion. */
enum zone { ZONE_INSIDE, ZONE_NEAR, ZONE_UNDATED, ZONE_OUTSIDE, ZONE_FAR, ZONE_MAX };

struct contact_zone {
	uint32_t in, out, unknown; /* calls and messages with the number itself */
	uint32_t mentioned, member;
	uint32_t days; /* different ones, up to FACT_MAX */
	int32_t day[FACT_MAX];
};

/* Contact with one assertion of the line list. All zero to start. */
struct contact {
	uint32_t saved, own;
	struct contact_zone zone[ZONE_MAX];
};

enum zone contact_zone(const struct policy *p, int64_t from, int64_t until, int64_t time);
/* day counts from 1970 (UTC); INT32_MIN: the time is not known. */
void contact_event(struct contact *c, enum zone zone, enum direction direction, int32_t day);

struct contact_score {
	int64_t milli; /* thousandths of a point */
	bool sure, near;
};

/* grade: policy_grade(), not negative. */
struct contact_score contact_score(const struct policy *p, int grade, const struct contact *c);
#endif
