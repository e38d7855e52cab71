/*
 * whatsapp_line.h - the line that begins a message in a chat's text: "24/12/22, 13:34 - " or
 * "[24.12.2022, 1:34:05 PM] ", and which day its date is.
 *
 * Understood: parts with / . - or 年月日 between them, year first or last, of two or four digits;
 * an optional comma and a word of the language between date and time; hours to 12 or 24, with the
 * marks of many languages; digits of Arabic, Persian, Hindi and Bengali; marks of direction
 * anywhere. Source: public exports, and Unicode CLDR for the short forms of dates and day halves.
 */
#ifndef WHATSAPP_LINE_H
#define WHATSAPP_LINE_H
#include "base/span.h"
#include <stdint.h>

enum half { HALF_NONE, HALF_AM, HALF_PM, HALF_UNKNOWN };

struct chat_line {
	unsigned part[3];  /* of the date, in the order they stand */
	unsigned width[3]; /* digits of each */
	unsigned hour, minute, second;
	enum half half;
	char separator; /* of the date: '/', '.', '-', or ' ' for signs */
	bool bracket, comma, seconds;
	span stamp; /* date and time as they stand */
	span rest;  /* behind it */
};

/* False if the line begins no message. */
bool chat_line(span line, struct chat_line *ret);

enum date_order { ORDER_DMY, ORDER_MDY, ORDER_YMD, ORDERS };

/* Days since 1970 of the line's date read in that order; false if there is no such day from 2009,
 * when the first of these apps came out, to 2099. */
bool chat_line_day(const struct chat_line *l, enum date_order order, int64_t *ret_days);

/* Milliseconds since midnight; false if the hour is not known or there is no such time. */
bool chat_line_time(const struct chat_line *l, int64_t *ret_ms);

/* Marks that are not seen: of direction, and the byte order mark. */
bool chat_mark(uint32_t cp);
bool chat_blank(uint32_t cp);
#endif
