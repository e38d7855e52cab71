/* key_word.c - see key_word.h */
#include "key_word.h"
#include "hex.h"
#include "small_file.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void key_word_name(struct key_public *k, const struct trust *t)
{
	const struct person *p = t ? trust_person(t, k->id) : NULL;
	snprintf(k->name, sizeof k->name, "key %s", k->id);
	if (p)
		snprintf(k->name, sizeof k->name, "%s", p->key.name);
	for (size_t i = 0; t && i < trust_units(t); i++)
		if (strcmp(trust_unit_at(t, i)->key.id, k->id) == 0)
			snprintf(k->name, sizeof k->name, "%s", trust_unit_at(t, i)->key.name);
	for (size_t i = 0; t && i < trust_force_keys(t); i++)
		if (memcmp(trust_force_key(t, i), k->sign, KEY_PUBLIC) == 0)
			snprintf(k->name, sizeof k->name, "%s", trust_force(t));
}

static bool from_digits(span digits, struct key_public *ret)
{
	while (digits.n && (digits.p[digits.n - 1] == '\n' || digits.p[digits.n - 1] == ' '))
		digits.n--;
	if (!hex_read(ret->sign, sizeof ret->sign, digits))
		return false;
	key_id(ret->sign, ret->id);
	return true;
}

/* 1: found; 0: nobody; negative: several. */
static int from_policy(const char *word, const struct trust *t, struct key_public *ret)
{
	int found = 0;
	for (size_t i = 0; t && i < trust_people(t); i++) {
		const struct person *p = trust_person_at(t, i);
		if (strcmp(p->key.id, word) != 0 && strcmp(p->key.name, word) != 0)
			continue;
		if (found && strcmp(p->key.id, ret->id) != 0)
			return -1;
		*ret = p->key;
		found = 1;
	}
	return found;
}

int key_word(const char *word, const struct trust *t, struct key_public *ret, struct err *err)
{
	struct buf bytes = { 0 };
	int rc = 0, named = 0;
	bool found = from_digits(span_z(word), ret);
	if (!found)
		named = from_policy(word, t, ret);
	if (named < 0)
		return err_set(err, E_USER,
			       "'%.200s' is the name of several people in the policy: give the key "
			       "id.",
			       word);
	if (named)
		return 0;
	if (!found) {
		struct err why = { 0 };
		rc = small_file_read(AT_FDCWD, word, 4096, &bytes, NULL, &why);
		if (rc)
			err_set(err, rc,
				access(word, F_OK) == 0 ? "%.400s"
							: "'%.200s' is neither a person or key id "
							  "of the policy, nor "
							  "64 digits, nor a file.",
				access(word, F_OK) == 0 ? why.message : word);
		found = !rc && from_digits(buf_span(&bytes), ret);
	}
	buf_free(&bytes);
	if (!rc && !found)
		return key_peek(word, ret, err);
	if (!rc)
		rc = key_public_check(ret->sign, err);
	if (!rc)
		key_word_name(ret, t);
	return rc;
}
