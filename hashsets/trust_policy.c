/* trust_policy.c - what stands in a policy, and whether it makes sense. */
#include "hex.h"
#include "name.h"
#include "trust_file.h"
#include <assert.h>
#include <stdlib.h>

#define FORMAT "linecheck-policy-1"
#define DAY_MS INT64_C(86400000)

static const char *text_of(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static bool is_text(const json_t *o, const char *key, const char *want)
{
	const char *s = text_of(o, key);
	return s && strcmp(s, want) == 0;
}

/* TIME_UNSET where the member is not there; false if it is no day. */
static bool day_of(const json_t *o, const char *key, int64_t *ret)
{
	const json_t *v = json_object_get(o, key);
	*ret = TIME_UNSET;
	return !v || time_parse_date(span_z(json_string_value(v)), ret);
}

static bool read_entry(const json_t *v, bool unit, struct person *p)
{
	const char *name = text_of(v, "name");
	size_t members = unit ? 3 : 4;
	*p = (struct person){ .role = PERSON_ROLE_MAX };
	if (!hex_read(p->key.sign, sizeof p->key.sign, span_z(text_of(v, "key"))) ||
	    key_name_check(name, NULL) ||
	    (!unit && !person_role_from_word(span_z(text_of(v, "role")), &p->role)))
		return false;
	memcpy(p->key.name, name, strlen(name) + 1);
	key_id(p->key.sign, p->key.id);
	if (!day_of(v, "from", &p->from) || p->from == TIME_UNSET ||
	    !day_of(v, "until", &p->until) || !day_of(v, "revoked", &p->revoked_on))
		return false;
	p->revoked = p->revoked_on != TIME_UNSET;
	members += p->revoked;
	if (p->until != TIME_UNSET) {
		if (p->until < p->from)
			return false;
		p->until += DAY_MS; /* the last day is inside */
		members++;
	}
	return json_object_size(v) == members;
}

static int read_list(struct trust *t, const json_t *list, bool unit, struct person **ret,
		     size_t *ret_n, struct err *err)
{
	size_t n = json_array_size(list);
	if (!json_is_array(list) || n > TRUST_PEOPLE_MAX)
		return trust_bad(err, t->dir, "a list of people or units is missing or too long");
	struct person *p = calloc(n ? n : 1, sizeof *p);
	if (!p)
		return err_set(err, E_NOMEM, "Memory ran out.");
	*ret = p;
	for (size_t i = 0; i < n; i++)
		if (!read_entry(json_array_get(list, i), unit, &p[i]))
			return trust_bad(err, t->dir, "entry %zu of its %s is not understood",
					 i + 1, unit ? "units" : "people");
	*ret_n = n;
	return 0;
}

/* People and units sorted by what must not meet itself: keys, or folded names. */
struct holder {
	struct buf what;
	const struct person *p;
};

static int by_what(const void *a, const void *b)
{
	const struct holder *x = a, *y = b;
	size_t n = x->what.n < y->what.n ? x->what.n : y->what.n;
	int order = n ? memcmp(x->what.data, y->what.data, n) : 0;
	return order ? order : (x->what.n > y->what.n) - (x->what.n < y->what.n);
}

static bool overlap(const struct person *a, const struct person *b)
{
	return (a->until == TIME_UNSET || b->from < a->until) &&
	       (b->until == TIME_UNSET || a->from < b->until);
}

static int clash(struct trust *t, const struct person *a, const struct person *b, bool names,
		 struct err *err)
{
	bool unit_a = a->role == PERSON_ROLE_MAX, unit_b = b->role == PERSON_ROLE_MAX;
	if (!names && unit_a != unit_b)
		return trust_bad(err, t->dir, "the key %s is a person's (%s) and a unit's",
				 a->key.id, unit_a ? b->key.name : a->key.name);
	if (!names && overlap(a, b))
		return trust_bad(err, t->dir, "the key %s (%s) stands twice for the same days",
				 a->key.id, a->key.name);
	/* One person with two keys could approve what the same person asked for. */
	if (names && unit_a == unit_b && !a->revoked && !b->revoked && overlap(a, b) &&
	    strcmp(a->key.id, b->key.id) != 0)
		return trust_bad(err, t->dir,
				 "two keys stand for '%.127s' on the same days. Retire one, or if "
				 "they are two people, add a collar number to the name",
				 a->key.name);
	return 0;
}

static int check_all(struct trust *t, struct holder *h, size_t n, bool names, struct err *err)
{
	int rc = 0;
	for (size_t i = 0; i < n; i++) {
		const struct person *p =
			i < t->people_n ? &t->people[i] : &t->units[i - t->people_n];
		assert(p);
		h[i].p = p;
		buf_clear(&h[i].what);
		if (!names)
			buf_add(&h[i].what, span_z(p->key.id));
		else if (!name_words(span_z(p->key.name), &h[i].what))
			return err_set(err, E_NOMEM, "Memory ran out.");
		if (h[i].what.failed)
			return err_set(err, E_NOMEM, "Memory ran out.");
		for (size_t k = 0; !names && k < t->keys_n; k++)
			if (memcmp(p->key.sign, t->keys[k], KEY_PUBLIC) == 0)
				return trust_bad(err, t->dir,
						 "'%.127s' has the force's own key, which signs "
						 "policies and nothing else",
						 p->key.name);
	}
	qsort(h, n, sizeof *h, by_what);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && by_what(&h[i], &h[k]) == 0 && !rc; k++)
			rc = clash(t, h[i].p, h[k].p, names, err);
	return rc;
}

static int check_sense(struct trust *t, struct err *err)
{
	size_t n = t->people_n + t->units_n;
	struct holder *h = calloc(n ? n : 1, sizeof *h);
	if (!h)
		return err_set(err, E_NOMEM, "Memory ran out.");
	int rc = check_all(t, h, n, false, err);
	if (!rc)
		rc = check_all(t, h, n, true, err);
	for (size_t i = 0; i < n; i++)
		buf_free(&h[i].what);
	free(h);
	return rc;
}

int trust_policy_parse(struct trust *t, struct err *err)
{
	const json_t *v = json_object_get(t->file, "policy");
	const char *format = text_of(v, "format"), *force = text_of(v, "force");
	json_int_t number = json_integer_value(json_object_get(v, "number"));
	if (!format || strcmp(format, FORMAT) != 0 || json_object_size(v) != 7)
		return trust_bad(err, t->dir, "it was made by a newer linecheck");
	if (!force || key_name_check(force, NULL) || number < 1 || number > CANON_INTEGER_MAX ||
	    !day_of(v, "issued", &t->issued) || t->issued == TIME_UNSET)
		return trust_bad(err, t->dir, "its name, number or date is not understood");
	t->training = is_text(v, "training", "allowed");
	if (!t->training && !is_text(v, "training", "refused"))
		return trust_bad(err, t->dir, "it does not say if training is allowed");
	memcpy(t->force, force, strlen(force) + 1);
	t->number = (uint64_t)number;
	int rc = read_list(t, json_object_get(v, "people"), false, &t->people, &t->people_n, err);
	if (!rc)
		rc = read_list(t, json_object_get(v, "units"), true, &t->units, &t->units_n, err);
	return rc ? rc : check_sense(t, err);
}
