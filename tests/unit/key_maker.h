/* key_maker.h - keys for tests: real but for the cost of guessing their passphrases. */
#ifndef KEY_MAKER_H
#define KEY_MAKER_H
#include "evidence_helpers.h"
#include "key_file.h"

#define PASSPHRASE SPAN("correct horse battery")
static const struct key_cost cheap = { 1, KEY_KIB_MIN };

/* A new key in folder, opened; the caller's to free. */
HELPER struct key *make_key(const char *folder, const char *name)
{
	struct key *k = NULL;
	struct err err = { 0 };
	const char *path = in(folder, name);
	if (key_create_at_cost(path, name, PASSPHRASE, cheap, NULL, &err) ||
	    key_open(&k, path, PASSPHRASE, &err))
		fail_msg("%s", err.message);
	return k;
}
#endif
