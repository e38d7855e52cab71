/*
 * numbers.h - fictional phone numbers and how people write them.
 *
 * Only numbers that Ofcom keeps for drama (and +1 202 555 01xx) ever leave this file. They are
 * split in two pools that never meet: deal lines, and everybody else.
 */
#ifndef GEN_NUMBERS_H
#define GEN_NUMBERS_H
#include "rng.h"
#include <stdbool.h>

struct numbers;

struct numbers *numbers_new(uint64_t seed, size_t lines);
void numbers_free(struct numbers *n);
/* Number i of a pool, mobiles first: E.164 digits. Ends the program when the pool is empty. */
uint64_t numbers_line(const struct numbers *n, size_t i);
uint64_t numbers_person(const struct numbers *n, size_t i);
size_t numbers_people(const struct numbers *n); /* size of the second pool */

/* Spellings of a British number: 0 is +447..., 7 is 447..., the rest national or with spaces.
 * An overseas number has fewer, all of them international. */
#define SPELLINGS 9
#define NUMBER_TEXT 32 /* bytes that hold any spelling */
void number_spell(uint64_t e164, unsigned spelling, char out[static NUMBER_TEXT]);
#endif
