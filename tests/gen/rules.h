/*
 * rules.h - a generated rule pack with terms that no ordinary text holds, and a few that many do.
 */
#ifndef GEN_RULES_H
#define GEN_RULES_H
#include "rng.h"
#include <stdbool.h>

struct rule_pack;

struct rule_pack *rule_pack_made(uint64_t seed, uint32_t n);
void rule_pack_free(struct rule_pack *p); /* NULL is legal */
uint32_t rule_pack_count(const struct rule_pack *p);
void rule_pack_id(const struct rule_pack *p, uint32_t rule, char out[static 24]);
/* A spelling of a rule's term as somebody might type it: as it is, in capitals, with digits or
 * letters of another alphabet for its own, with its last letter stretched. */
#define TERM_SPELLED 80
void rule_pack_spell(const struct rule_pack *p, uint32_t rule, struct rng *r,
		     char out[static TERM_SPELLED]);
/* The rule whose term is exactly this ordinary word (lower case), or false. */
bool rule_pack_word(const struct rule_pack *p, const char *word, uint32_t *ret);
/* Rules from here on have invented terms: the ones to plant. */
uint32_t rule_pack_invented(const struct rule_pack *p);
void rule_pack_write(const struct rule_pack *p, const char *path);
#endif
