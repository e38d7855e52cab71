/*
 * dialplan.h - what country codes and UK number ranges say. For number.c only.
 *
 * Labels and lengths, never a filter: a number in a range that nobody uses is still a number.
 * Sources: ITU-T E.164 and its list of country codes, Ofcom's numbering plan, the published
 * metadata of libphonenumber for lengths and for the ranges of the Crown dependencies.
 */
#ifndef BASE_DIALPLAN_H
#define BASE_DIALPLAN_H
#include "base/identifier.h"

/* How the digits said which country they belong to. */
enum form {
	FORM_INTERNATIONAL, /* + or 00 */
	FORM_JID,
	FORM_STATED,        /* 0..., and the context says which country */
	FORM_CODE,          /* 44 without a plus */
	FORM_NATIONAL,      /* 0... */
	FORM_BARE,          /* 7... without the 0 */
	FORM_PLUS_NATIONAL, /* +0... */
	FORM_MAX
};

/* Kind and reason of the UK number with these national digits (9 or 10, no leading 0). */
void dialplan_gb(const uint8_t *digits, unsigned n, enum form form, struct identifier *ret);

/* True if UK numbers of nine national digits begin like this. */
bool dialplan_gb_nine(const uint8_t *digits);

/* Digits of the country code that the 3 digits begin with, and how many national digits its
 * subscribers have. A code that is not in use has 3 digits and a length of 0 to 0. */
unsigned dialplan_country(const uint8_t *digits, unsigned *ret_min, unsigned *ret_max);
#endif
