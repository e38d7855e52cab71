/* phone.c - see phone.h */
#include "phone.h"
#include "tool.h"
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

/* The digits at *s as a number; *s moves behind them and one sign. */
static int part(const char **s)
{
	int n = 0;
	if (**s < '0' || **s > '9')
		die("not a time: %s", *s);
	for (; **s >= '0' && **s <= '9' && n < 10000; ++*s)
		n = n * 10 + (**s - '0');
	if (**s)
		++*s;
	return n;
}

int64_t phone_time(const char *date, const char *clock)
{
	struct tm t = { 0 };
	t.tm_year = part(&date) - 1900;
	t.tm_mon = part(&date) - 1;
	t.tm_mday = part(&date);
	t.tm_hour = part(&clock);
	t.tm_min = part(&clock);
	return (int64_t)timegm(&t) * 1000;
}
