/*
 * whatsapp_dates.h - which order the dates of a chat are in: day or month first, from all of them.
 *
 * The dates of one layout are taken together. An order in which one of them is no date is none; nor
 * is one in which messages go back by two days and more where they do not in another, since an
 * export is in the order of the chat. If two orders are left, the dates are not known.
 */
#ifndef WHATSAPP_DATES_H
#define WHATSAPP_DATES_H
#include "whatsapp_line.h"

#define CHAT_DATES_DETAIL 160

struct chat_dates;

struct chat_dates *chat_dates_new(void);    /* NULL when memory ran out */
void chat_dates_free(struct chat_dates *d); /* NULL is legal */

/* Every stamp of the file, in order; then decide, once. */
void chat_dates_see(struct chat_dates *d, const struct chat_line *l, int64_t row);
void chat_dates_decide(struct chat_dates *d);

/* Days since 1970; false if the order is not known and the possible ones differ, or there is no
 * such day. */
bool chat_dates_day(const struct chat_dates *d, const struct chat_line *l, int64_t *ret_days);

/* The i-th layout: the row of its first stamp and, for a person, which order was decided and why
 * ("" if there was nothing to decide, or it was not). False if there is no such layout. */
bool chat_dates_tell(const struct chat_dates *d, size_t i, int64_t *ret_row,
		     char ret_detail[static CHAT_DATES_DETAIL]);
#endif
