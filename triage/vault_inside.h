/* vault_inside.h - what vault.c shows to vault_read.c. */
#ifndef VAULT_INSIDE_H
#define VAULT_INSIDE_H
#include "vault.h"

#define VAULT_PLACE 128

int vault_dir(const struct vault *v);
const struct vault_key *vault_key_in(const struct vault *v);
/* Where a file of that name stands: "EX1/0001". */
void vault_place(const struct vault *v, const char *name, char ret[static VAULT_PLACE]);
#endif
