/* phone.c - see phone.h */
#include "phone.h"
#include "tool.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void phone_free(struct phone *p)
{
	if (!p)
		return;
	if (p->state_free)
		p->state_free(p->state);
	deal_lines_free(p->lines);
	rule_pack_free(p->rules);
	free(p->people);
	free(p->chats);
	free(p->calls);
	free(p);
}

int64_t phone_time(const char *date, const char *clock)
{
	struct tm t = { 0 };
	if (sscanf(date, "%4d-%2d-%2d", &t.tm_year, &t.tm_mon, &t.tm_mday) != 3 ||
	    sscanf(clock, "%2d:%2d:%2d", &t.tm_hour, &t.tm_min, &t.tm_sec) < 2)
		die("not a time: %s %s", date, clock);
	t.tm_year -= 1900;
	t.tm_mon -= 1;
	return (int64_t)timegm(&t) * 1000;
}
