/*
 * score.h - what facts weigh: pure, in integers, by the policy alone.
 */
#ifndef SCORE_H
#define SCORE_H
#include "policy.h"

/* "No indicators found in scope" ... ; level -1: "Cannot say: too little was read". */
const char *level_word(int level);
#endif
