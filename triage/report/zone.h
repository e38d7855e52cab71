/*
 * zone.h - UK local time, from the rule itself.
 *
 * Built in, so that the same case reads the same on every machine, whatever its TZ and time zone
 * files say. The rule (Summer Time Act 1972 as amended by SI 2002/262; the same days since 1996):
 * BST from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
 */
#ifndef ZONE_H
#define ZONE_H
#include "base/span.h"
#include <stdbool.h>
#include <stdint.h>

#define ZONE_NAME "Europe/London"

/* ms east of UTC and "GMT" or "BST". False before 1996, when other days held. */
bool zone_offset(int64_t ms, int64_t *ret_ms, const char **ret_name);

/* The day, counted from 1970-01-01, on which ms falls in the UK (in UTC before 1996). */
int64_t zone_day(int64_t ms);

/* "2019-08-29 18:40:10 UTC = Thu 29 Aug 2019 19:40:10 BST"; without the local half before 1996. */
void zone_words(int64_t ms, char out[static 80]);

/* "29 Aug 2019" */
void zone_day_words(int64_t day, char out[static 24]);
extern const char *const zone_months[12];

/* What a person types: "YYYY-MM-DD HH:MM" as UK clocks show it, or RFC 3339. An hour that the
 * clocks skip or repeat is read as winter time. */
bool zone_parse(span s, int64_t *ret_ms);
#endif
