/*
 * key_word.h - a key as a person names it on the command line.
 */
#ifndef KEY_WORD_H
#define KEY_WORD_H
#include "trust.h"

/* The public half of 64 digits, a file with them, a key file, or the key id or name of a person in
 * the policy. t may be NULL. E_USER: several people have that name. */
int key_word(const char *word, const struct trust *t, struct key_public *ret, struct err *err);
/* What the policy calls the key, else "key ID"; k->sign and k->id are set. */
void key_word_name(struct key_public *k, const struct trust *t);
#endif
