/* whatsapp_dates.c - see whatsapp_dates.h */
#include "whatsapp_dates.h"
#include <stdio.h>
#include <stdlib.h>

#define LAYOUTS_MAX 16

/* One way to write a stamp, and what its dates can mean. */
struct layout {
	struct chat_line like;
	bool possible[ORDERS], seen[ORDERS];
	size_t back[ORDERS];
	int64_t last[ORDERS];
	enum date_order order; /* ORDERS: not known */
	const char *how;
	int64_t row;
};

struct chat_dates {
	struct layout layout[LAYOUTS_MAX];
	size_t layouts;
};

struct chat_dates *chat_dates_new(void)
{
	return calloc(1, sizeof(struct chat_dates));
}

void chat_dates_free(struct chat_dates *d)
{
	free(d);
}

static bool same_layout(const struct chat_line *a, const struct chat_line *b)
{
	return a->separator == b->separator && a->bracket == b->bracket && a->comma == b->comma &&
	       a->seconds == b->seconds && (a->half == HALF_NONE) == (b->half == HALF_NONE) &&
	       (a->width[0] == 4) == (b->width[0] == 4) && (a->width[2] == 4) == (b->width[2] == 4);
}

static const struct layout *find(const struct chat_dates *d, const struct chat_line *l)
{
	for (size_t i = 0; i < d->layouts; i++)
		if (same_layout(&d->layout[i].like, l))
			return &d->layout[i];
	return NULL;
}

static void see_order(struct layout *l, const bool good[static ORDERS],
		      const int64_t day[static ORDERS])
{
	for (int o = 0; o < ORDERS; o++) {
		l->possible[o] &= good[o];
		if (!good[o])
			continue;
		l->back[o] += l->seen[o] && day[o] < l->last[o] - 1;
		l->last[o] = day[o];
		l->seen[o] = true;
	}
}

void chat_dates_see(struct chat_dates *d, const struct chat_line *line, int64_t row)
{
	bool good[ORDERS], any = false;
	int64_t day[ORDERS] = { 0 };
	size_t at = 0;
	while (at < d->layouts && !same_layout(&d->layout[at].like, line))
		at++;
	if (at == LAYOUTS_MAX)
		return; /* such a date is taken by itself */
	if (at == d->layouts) {
		bool first = line->width[0] == 4, last = line->width[2] == 4;
		d->layout[d->layouts++] = (struct layout){
			.like = *line,
			.possible = { [ORDER_DMY] = !first,
				      [ORDER_MDY] = !first,
				      [ORDER_YMD] = !last },
			.order = ORDERS,
			.row = row,
		};
	}
	for (int o = 0; o < ORDERS; o++) {
		good[o] = chat_line_day(line, (enum date_order)o, &day[o]);
		any |= good[o];
	}
	/* What is no date at all says nothing of the others. */
	if (any)
		see_order(&d->layout[at], good, day);
}

static void decide(struct layout *l)
{
	/* A year of two digits before the month is usual with dashes only. Elsewhere it is a doubt
	 * about another order, or all that is left. */
	bool doubt = l->possible[ORDER_YMD] && l->like.width[0] != 4 && l->like.separator != '-' &&
		     (l->possible[ORDER_DMY] || l->possible[ORDER_MDY]);
	bool candidate[ORDERS];
	int left = 0, straight = 0;
	for (int o = 0; o < ORDERS; o++) {
		candidate[o] = l->possible[o] && !(doubt && o == ORDER_YMD);
		left += candidate[o];
		straight += candidate[o] && !l->back[o];
	}
	for (int o = 0; o < ORDERS; o++) {
		if (!candidate[o])
			continue;
		if (left == 1 || (straight == 1 && !l->back[o]))
			l->order = (enum date_order)o;
	}
	l->how = left == 1 ? "no other order fits all of them"
			   : "in any other order the messages would go back in time";
	if (l->order != ORDERS && doubt && l->back[l->order] && !l->back[ORDER_YMD])
		l->order = ORDERS;
}

void chat_dates_decide(struct chat_dates *d)
{
	for (size_t i = 0; i < d->layouts; i++)
		decide(&d->layout[i]);
}

bool chat_dates_day(const struct chat_dates *d, const struct chat_line *line, int64_t *ret)
{
	const struct layout *l = find(d, line);
	int64_t day;
	bool some = false;
	if (l && l->order != ORDERS)
		return chat_line_day(line, l->order, ret);
	for (int o = 0; o < ORDERS; o++) {
		bool possible = l                     ? l->possible[o]
				: line->width[0] == 4 ? o == ORDER_YMD
						      : o != ORDER_YMD;
		if (!possible || !chat_line_day(line, (enum date_order)o, &day))
			continue;
		if (some && day != *ret)
			return false;
		*ret = day;
		some = true;
	}
	return some;
}

bool chat_dates_tell(const struct chat_dates *d, size_t i, int64_t *ret_row,
		     char detail[static CHAT_DATES_DETAIL])
{
	static const char *const words[ORDERS] = {
		[ORDER_DMY] = "day, month, year",
		[ORDER_MDY] = "month, day, year",
		[ORDER_YMD] = "year, month, day",
	};
	if (i >= d->layouts)
		return false;
	const struct layout *l = &d->layout[i];
	detail[0] = 0;
	if (l->order != ORDERS && l->like.width[0] != 4)
		snprintf(detail, CHAT_DATES_DETAIL, "dates as in this line are read as %s: %s",
			 words[l->order], l->how);
	*ret_row = l->row;
	return true;
}
