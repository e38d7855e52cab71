/* known_keys.h - keys that are the same in every run, for fuzz targets that sign what they make. */
#ifndef KNOWN_KEYS_H
#define KNOWN_KEYS_H
#include "key_file.h"
#include <stdlib.h>

#define MUST(condition) ((condition) ? (void)0 : abort())

/* The force is 1, a unit 2, a reader 3. */
static inline struct key *known_key(unsigned char number)
{
	unsigned char seed[KEY_SEED] = { number };
	struct key *k = key_of_seed(seed, "Known");
	MUST(k);
	return k;
}
#endif
