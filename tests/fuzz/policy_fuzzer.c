/* policy_fuzzer.c - any bytes as a policy file; or, signed by the force, as the policy in one.
 * FUZZ_RUNS: 20000 */
#include "known_keys.h"
#include "trust_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void use(const struct trust *t)
{
	for (size_t i = 0; i < trust_people(t); i++) {
		const struct person *p = trust_person_at(t, i);
		MUST(p->key.name[0] && p->role < PERSON_ROLE_MAX && p->from != TIME_UNSET);
		MUST(trust_person(t, p->key.id));
		int64_t last = p->until == TIME_UNSET ? p->from : p->until - 1;
		MUST(trust_may(t, p->key.id, p->role, p->from - 1, NULL) == 0 || !p->revoked ||
		     trust_may(t, p->key.id, p->role, p->from, NULL) == E_REFUSED);
		if (!p->revoked && last >= p->from && trust_people(t) == 1)
			MUST(trust_may(t, p->key.id, p->role, last, NULL) == 0);
		MUST(trust_unit(t, p->key.id, p->from, NULL, NULL) == E_REFUSED);
	}
	for (size_t i = 0; i < trust_units(t); i++) {
		const struct person *p = trust_unit_at(t, i);
		MUST(p->role == PERSON_ROLE_MAX);
		MUST(trust_may(t, p->key.id, PERSON_OFFICER, p->from, NULL) == E_REFUSED);
	}
}

static int parse(span bytes, const struct key *force)
{
	struct trust *t = NULL;
	struct err err = { 0 };
	int rc = trust_file_parse(bytes, key_public(force)->sign, "s", &t, &err);
	MUST((rc == 0) == (t != NULL));
	MUST(rc == 0 || ((rc == E_FORMAT || rc == E_REFUSED || rc == E_LIMIT) && err.message[0]));
	if (t)
		use(t);
	trust_free(t);
	return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct key *force;
	if (!force)
		force = known_key(1);
	span bytes = { n ? (const char *)data : "", n };
	json_t *policy = NULL, *none = json_array();
	parse(bytes, force);
	if (none && canon_read(&policy, bytes, NULL) == 0) {
		struct buf b = { 0 };
		MUST(trust_file_write(policy, none, force, &b, NULL) == 0);
		parse(buf_span(&b), force);
		buf_free(&b);
	}
	json_decref(policy);
	json_decref(none);
	return 0;
}
