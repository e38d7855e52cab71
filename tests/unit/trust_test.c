/* trust_test.c - only what the force's key signed counts, only for whom and when it says, and never
 * again once a newer policy was seen. */
#include "hex.h"
#include "key_maker.h"
#include "trust_edit.h"
#include "trust_file.h"

#define DAY INT64_C(86400000)
#define TODAY (20000 * DAY) /* 2024-10-04 */

static char folder[64], store[80], home[80], installed[80];
static struct key *force, *ada, *bea, *unit;

static int set_up(void **state)
{
	(void)state;
	temp_folder(folder);
	snprintf(store, sizeof store, "%s/store", folder);
	snprintf(home, sizeof home, "%s/home", folder);
	snprintf(installed, sizeof installed, "%s/etc", folder);
	mkdir(home, 0700);
	setenv("HOME", home, 1);
	unsetenv("LINECHECK_TRUST");
	force = make_key(folder, "Force");
	ada = make_key(folder, "Ada");
	bea = make_key(folder, "Bea");
	unit = make_key(folder, "Unit");
	return trust_create(store, "Example Police", false, TODAY, force, NULL);
}

static int tear_down(void **state)
{
	(void)state;
	key_free(force);
	key_free(ada);
	key_free(bea);
	key_free(unit);
	remove_tree(folder);
	return 0;
}

static struct trust_entry entry(const struct key *k, const char *name, enum person_role role)
{
	struct trust_entry e = { .name = name, .role = role, .from = TODAY, .last = TIME_UNSET };
	memcpy(e.sign, key_public(k)->sign, sizeof e.sign);
	return e;
}

static int add(const struct key *k, const char *name, enum person_role role, struct err *err)
{
	struct trust_entry e = entry(k, name, role);
	return trust_add(store, &e, TODAY, force, err);
}

static int open_only(const char *dir, struct err *err)
{
	struct trust *t = NULL;
	int rc = trust_open_dir(&t, dir, err);
	assert_true((rc == 0) == (t != NULL));
	trust_free(t);
	return rc;
}

static struct trust *must_open(const char *dir)
{
	struct trust *t = NULL;
	struct err err = { 0 };
	if (trust_open_dir(&t, dir, &err))
		fail_msg("%s", err.message);
	return t;
}

static void test_made(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct trust *t = must_open(store);
	assert_string_equal(trust_force(t), "Example Police");
	assert_true(trust_number(t) == 1);
	assert_true(trust_issued(t) == TODAY);
	assert_false(trust_training_allowed(t));
	assert_false(trust_installed(t));
	assert_int_equal(trust_people(t) + trust_units(t), 0);
	assert_int_equal(trust_force_keys(t), 1);
	assert_memory_equal(trust_force_key(t, 0), key_public(force)->sign, KEY_PUBLIC);
	assert_string_equal(trust_dir(t), store);
	assert_null(trust_person(t, key_public(ada)->id));
	trust_free(t);
	trust_free(NULL);
	/* never over another */
	assert_int_equal(trust_create(store, "Other", true, TODAY, ada, &err), E_USER);
	assert_int_equal(open_only(store, NULL), 0);
	assert_int_equal(trust_create(in(folder, "s2"), " bad", true, TODAY, ada, NULL), E_USER);
	assert_int_equal(access(in(folder, "s2/policy.json"), F_OK), -1);
	assert_int_equal(trust_create(in(folder, "s3"), "B", true, TODAY, ada, NULL), 0);
	t = must_open(in(folder, "s3"));
	assert_true(trust_training_allowed(t));
	trust_free(t);
	assert_int_equal(open_only(in(folder, "none"), NULL), E_ABSENT);
}

static void expect(const struct trust *t, const struct key *k, enum person_role role, int64_t at,
		   const char *refused)
{
	struct err err = { 0 };
	int rc = trust_may(t, key_public(k)->id, role, at, &err);
	if (!refused) {
		if (rc)
			fail_msg("refused: %s", err.message);
	} else if (rc != E_REFUSED || !strstr(err.message, refused))
		fail_msg("%d, not '%s': %s", rc, refused, err.message);
}

static void test_who_may_do_what(void **state)
{
	(void)state;
	static const struct {
		enum person_role is, may;
	} good[] = { { PERSON_OFFICER, PERSON_OFFICER },
		     { PERSON_ANALYST, PERSON_ANALYST },
		     { PERSON_SUPERVISOR, PERSON_SUPERVISOR },
		     { PERSON_AUDITOR, PERSON_AUDITOR },
		     { PERSON_SUPERVISOR, PERSON_OFFICER } };
	struct key *k[PERSON_ROLE_MAX];
	for (int i = 0; i < PERSON_ROLE_MAX; i++) {
		char name[24];
		snprintf(name, sizeof name, "Person %d", i);
		k[i] = make_key(folder, name);
		assert_int_equal(add(k[i], name, (enum person_role)i, NULL), 0);
	}
	struct trust *t = must_open(store);
	assert_true(trust_number(t) == 1 + PERSON_ROLE_MAX);
	assert_int_equal(trust_people(t), PERSON_ROLE_MAX);
	for (int is = 0; is < PERSON_ROLE_MAX; is++)
		for (int may = 0; may < PERSON_ROLE_MAX; may++) {
			bool want = false;
			for (size_t g = 0; g < sizeof good / sizeof *good; g++)
				want |= (int)good[g].is == is && (int)good[g].may == may;
			expect(t, k[is], (enum person_role)may, TODAY,
			       want ? NULL : person_role_word((enum person_role)may));
		}
	expect(t, bea, PERSON_OFFICER, TODAY, "Ask whoever keeps");
	expect(t, k[0], PERSON_OFFICER, TIME_UNSET, "not known when");
	assert_int_equal(trust_may(t, "", PERSON_OFFICER, TODAY, NULL), E_REFUSED);
	assert_int_equal(trust_unit(t, key_public(k[0])->id, TODAY, NULL, NULL), E_REFUSED);
	trust_free(t);
	for (int i = 0; i < PERSON_ROLE_MAX; i++)
		key_free(k[i]);
}

static void test_days(void **state)
{
	(void)state;
	struct trust_entry e = entry(ada, "Ada Example", PERSON_OFFICER);
	struct err err = { 0 };
	e.from = TODAY, e.last = TODAY + 9 * DAY;
	assert_int_equal(trust_add(store, &e, TODAY, force, NULL), 0);
	/* the same person moves up: other days of the same key */
	e.role = PERSON_SUPERVISOR, e.from = TODAY + 10 * DAY, e.last = TIME_UNSET;
	assert_int_equal(trust_add(store, &e, TODAY, force, NULL), 0);
	struct trust *t = must_open(store);
	expect(t, ada, PERSON_OFFICER, TODAY - 1, "only from 2024-10-04");
	expect(t, ada, PERSON_OFFICER, TODAY, NULL);
	expect(t, ada, PERSON_OFFICER, TODAY + 10 * DAY - 1, NULL);
	expect(t, ada, PERSON_SUPERVISOR, TODAY + 10 * DAY - 1, "is officer");
	expect(t, ada, PERSON_SUPERVISOR, TODAY + 10 * DAY, NULL);
	expect(t, ada, PERSON_OFFICER, TODAY + 99 * DAY, NULL);
	assert_int_equal(trust_person(t, key_public(ada)->id)->role, PERSON_SUPERVISOR);
	assert_string_equal(trust_person(t, key_public(ada)->id)->key.name, "Ada Example");
	trust_free(t);
	/* an end, then an earlier one, never a later one, never before the beginning */
	const char *id = key_public(ada)->id;
	assert_int_equal(trust_retire(store, id, TODAY + 20 * DAY, TODAY, force, NULL), 0);
	assert_int_equal(trust_retire(store, id, TODAY + 15 * DAY, TODAY, force, NULL), 0);
	assert_int_equal(trust_retire(store, id, TODAY + 16 * DAY, TODAY, force, &err), E_USER);
	assert_int_equal(trust_retire(store, id, TODAY + 5 * DAY, TODAY, force, NULL), E_USER);
	assert_int_equal(trust_retire(store, "0123456789abcdef", TODAY, TODAY, force, &err),
			 E_USER);
	t = must_open(store);
	assert_true(trust_number(t) == 5);
	expect(t, ada, PERSON_SUPERVISOR, TODAY + 16 * DAY - 1, NULL);
	expect(t, ada, PERSON_SUPERVISOR, TODAY + 16 * DAY, "until 2024-10-19 only");
	trust_free(t);
}

static void test_revoked(void **state)
{
	(void)state;
	struct err err = { 0 };
	const struct key_public *p;
	assert_int_equal(add(ada, "Ada", PERSON_OFFICER, NULL), 0);
	assert_int_equal(add(unit, "Line Desk", PERSON_ROLE_MAX, NULL), 0);
	struct trust *t = must_open(store);
	assert_int_equal(trust_units(t), 1);
	assert_string_equal(trust_unit_at(t, 0)->key.name, "Line Desk");
	assert_int_equal(trust_unit(t, key_public(unit)->id, TODAY, &p, NULL), 0);
	assert_memory_equal(p->sign, key_public(unit)->sign, KEY_PUBLIC);
	assert_int_equal(trust_unit(t, key_public(unit)->id, TODAY - 1, &p, NULL), E_REFUSED);
	expect(t, unit, PERSON_OFFICER, TODAY, "No person");
	trust_free(t);
	int64_t then = TODAY + 30 * DAY;
	assert_int_equal(trust_revoke(store, key_public(ada)->id, then, force, NULL), 0);
	assert_int_equal(trust_revoke(store, key_public(unit)->id, then, force, NULL), 0);
	assert_int_equal(trust_revoke(store, key_public(unit)->id, then, force, &err), E_USER);
	t = must_open(store);
	/* whatever date its signatures bear */
	expect(t, ada, PERSON_OFFICER, TODAY, "was revoked on 2024-11-03");
	expect(t, ada, PERSON_OFFICER, then + DAY, "was revoked");
	err = (struct err){ 0 };
	assert_int_equal(trust_unit(t, key_public(unit)->id, TODAY, &p, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "revoked"));
	assert_true(trust_person_at(t, 0)->revoked && trust_person_at(t, 0)->revoked_on == then);
	trust_free(t);
	/* with a new key the same person goes on */
	assert_int_equal(add(bea, "Ada", PERSON_OFFICER, NULL), 0);
}

static void test_what_makes_no_sense(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct trust_entry e;
	assert_int_equal(add(ada, "Ada Example", PERSON_OFFICER, NULL), 0);
	span before = read_file(in(store, "policy.json"));
	/* one person with two keys could approve their own request */
	assert_int_equal(add(bea, "ADA  example", PERSON_SUPERVISOR, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "collar number"));
	err = (struct err){ 0 };
	assert_int_equal(add(ada, "Someone Else", PERSON_SUPERVISOR, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "twice for the same days"));
	err = (struct err){ 0 };
	assert_int_equal(add(ada, "Line Desk", PERSON_ROLE_MAX, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "unit's"));
	err = (struct err){ 0 };
	assert_int_equal(add(force, "Chief", PERSON_OFFICER, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "force's own key"));
	assert_int_equal(add(bea, "", PERSON_OFFICER, NULL), E_USER);
	e = entry(bea, "Bea", PERSON_OFFICER);
	memset(e.sign, 0, sizeof e.sign);
	assert_int_equal(trust_add(store, &e, TODAY, force, NULL), E_USER);
	e = entry(bea, "Bea", PERSON_OFFICER);
	e.last = e.from - DAY;
	assert_int_equal(trust_add(store, &e, TODAY, force, NULL), E_USER);
	/* only the force's key changes the policy */
	e = entry(bea, "Bea", PERSON_OFFICER);
	err = (struct err){ 0 };
	assert_int_equal(trust_add(store, &e, TODAY, ada, &err), E_REFUSED);
	assert_non_null(strstr(err.message, key_public(force)->id));
	span after = read_file(in(store, "policy.json"));
	assert_true(span_eq(before, after));
	free((void *)before.p);
	free((void *)after.p);
	/* two of a name are told apart, and may follow each other */
	assert_int_equal(add(bea, "Ada Example 77", PERSON_SUPERVISOR, NULL), 0);
}

static void test_each_byte(void **state)
{
	(void)state;
	assert_int_equal(add(ada, "Ada", PERSON_OFFICER, NULL), 0);
	assert_int_equal(trust_rotate(store, TODAY, force, bea, NULL), 0);
	const char *names[] = { "policy.json", "force.pub" };
	for (size_t f = 0; f < 2; f++) {
		span whole = read_file(in(store, names[f]));
		span root = read_file(in(store, "force.pub"));
		unsigned char sign[KEY_PUBLIC];
		struct trust *t = NULL;
		assert_true(hex_read(sign, sizeof sign, (span){ root.p, 64 }));
		char *p = malloc(whole.n + 1);
		assert_non_null(p);
		memcpy(p, whole.p, whole.n);
		p[whole.n] = '\n';
		for (size_t i = 0; i < whole.n; i++)
			for (int bit = 0; bit < 8; bit++) {
				p[i] = (char)(whole.p[i] ^ 1 << bit);
				int rc;
				if (f == 0)
					rc = trust_file_parse((span){ p, whole.n }, sign, "s", &t,
							      NULL);
				else {
					write_file(in(store, names[f]), (span){ p, whole.n });
					rc = open_only(store, NULL);
				}
				if (rc != E_FORMAT && rc != E_REFUSED)
					fail_msg("%s byte %zu bit %d: %d", names[f], i, bit, rc);
				p[i] = whole.p[i];
			}
		for (size_t n = 0; n <= whole.n + 1; n++) {
			if (n == whole.n)
				continue;
			write_file(in(store, names[f]), (span){ p, n });
			int rc = open_only(store, NULL);
			if (rc != E_FORMAT && rc != E_LIMIT)
				fail_msg("%s cut at %zu: %d", names[f], n, rc);
		}
		write_file(in(store, names[f]), whole);
		assert_int_equal(open_only(store, NULL), 0);
		free(p);
		free((void *)whole.p);
		free((void *)root.p);
	}
	unlink(in(store, "policy.json"));
	assert_int_equal(open_only(store, NULL), E_FORMAT);
}

/* A policy that says anything else, well signed: what is not understood is refused. */
static int parse_policy(const char *text)
{
	struct buf b = { 0 };
	struct trust *t = NULL;
	json_error_t why;
	json_t *policy = json_loads(text, 0, &why), *none = json_array();
	if (!policy)
		fail_msg("%s: %s", text, why.text);
	assert_int_equal(trust_file_write(policy, none, force, &b, NULL), 0);
	int rc = trust_file_parse(buf_span(&b), key_public(force)->sign, "s", &t, NULL);
	trust_free(t);
	json_decref(policy);
	json_decref(none);
	buf_free(&b);
	return rc;
}

#define HEAD                                                                                       \
	"{\"format\":\"linecheck-policy-1\",\"force\":\"F\",\"issued\":\"2024-10-04\",\"number\":" \
	"1,"
#define TAIL "\"training\":\"refused\",\"units\":[]}"
#define KEY_A "\"key\":\"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\""

static void test_signed_but_not_understood(void **state)
{
	(void)state;
	static const char *const good[] = {
		HEAD "\"people\":[]," TAIL,
		HEAD "\"people\":[{\"from\":\"2024-01-01\"," KEY_A
		     ",\"name\":\"A\",\"role\":\"officer\"}]," TAIL,
		HEAD "\"people\":[{\"from\":\"2024-01-01\"," KEY_A
		     ",\"name\":\"A\",\"role\":\"auditor\",\"until\":\"2024-01-01\",\"revoked\":"
		     "\"2024-01-02\"}]," TAIL,
	};
	static const char *const bad[] = {
		"{}",
		HEAD "\"people\":{}," TAIL,
		HEAD "\"peoples\":[]," TAIL,
		HEAD "\"people\":[],\"more\":1," TAIL,
		HEAD "\"people\":[1]," TAIL,
		HEAD "\"people\":[{}]," TAIL,
		HEAD "\"people\":[{" KEY_A ",\"name\":\"A\",\"role\":\"officer\"}]," TAIL,
		HEAD
		"\"people\":[{\"from\":\"2024-01-01\",\"name\":\"A\",\"role\":\"officer\"}]," TAIL,
		HEAD "\"people\":[{\"from\":\"2024-01-01\"," KEY_A ",\"role\":\"officer\"}]," TAIL,
		HEAD "\"people\":[{\"from\":\"2024-01-01\"," KEY_A ",\"name\":\"A\"}]," TAIL,
		HEAD "\"people\":[{\"from\":\"2024-01-01\"," KEY_A
		     ",\"name\":\"A\",\"role\":\"chief\"}]," TAIL,
		HEAD "\"people\":[{\"from\":\"2024-02-30\"," KEY_A
		     ",\"name\":\"A\",\"role\":\"officer\"}]," TAIL,
		HEAD "\"people\":[{\"from\":20240101," KEY_A
		     ",\"name\":\"A\",\"role\":\"officer\"}]," TAIL,
		HEAD "\"people\":[{\"from\":\"2024-01-02\"," KEY_A
		     ",\"name\":\"A\",\"role\":\"officer\",\"until\":\"2024-01-01\"}]," TAIL,
		HEAD "\"people\":[{\"from\":\"2024-01-02\"," KEY_A
		     ",\"name\":\"A\",\"role\":\"officer\",\"revoked\":true}]," TAIL,
		HEAD "\"people\":[{\"from\":\"2024-01-02\"," KEY_A
		     ",\"name\":\"A\",\"role\":\"officer\",\"only_cases\":[]}]," TAIL,
		HEAD "\"people\":[],\"training\":\"maybe\",\"units\":[]}",
		HEAD "\"people\":[],\"training\":true,\"units\":[]}",
		HEAD
		"\"people\":[],\"training\":\"refused\",\"units\":[{\"from\":\"2024-01-01\"," KEY_A
		",\"name\":\"A\",\"role\":\"officer\"}]}",
		"{\"format\":\"linecheck-policy-2\",\"force\":\"F\",\"issued\":\"2024-10-04\","
		"\"number\":1,"
		"\"people\":[]," TAIL,
		"{\"format\":\"linecheck-policy-1\",\"force\":\"F\",\"issued\":\"2024-10-04\","
		"\"number\":0,"
		"\"people\":[]," TAIL,
		"{\"format\":\"linecheck-policy-1\",\"force\":\"F\",\"issued\":\"2024-10-04\","
		"\"number\":\"1\","
		"\"people\":[]," TAIL,
		"{\"format\":\"linecheck-policy-1\",\"force\":\"\",\"issued\":\"2024-10-04\","
		"\"number\":1,"
		"\"people\":[]," TAIL,
		"{\"format\":\"linecheck-policy-1\",\"force\":\"F\",\"issued\":\"today\","
		"\"number\":1,"
		"\"people\":[]," TAIL,
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_int_equal(parse_policy(good[i]), 0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (parse_policy(bad[i]) != E_FORMAT)
			fail_msg("taken: %s", bad[i]);
}

static void test_older_is_refused(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct trust *t;
	setenv("LINECHECK_TRUST", store, 1);
	assert_int_equal(add(ada, "Ada", PERSON_OFFICER, NULL), 0);
	span second = read_file(in(store, "policy.json"));
	assert_int_equal(trust_revoke(store, key_public(ada)->id, TODAY, force, NULL), 0);
	span third = read_file(in(store, "policy.json"));
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	assert_false(trust_installed(t));
	assert_true(trust_number(t) == 3);
	trust_free(t);
	write_file(in(store, "policy.json"), second);
	assert_int_equal(trust_open_at(&t, installed, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "older than policy 3"));
	/* nor can it be gone on from: that would make a second policy 3 */
	assert_int_equal(add(bea, "Bea", PERSON_OFFICER, NULL), E_REFUSED);
	/* the same number, made on another machine */
	setenv("HOME", in(folder, "other-home"), 1);
	assert_int_equal(mkdir(in(folder, "other-home"), 0700), 0);
	assert_int_equal(add(bea, "Bea", PERSON_OFFICER, NULL), 0);
	setenv("HOME", home, 1);
	err = (struct err){ 0 };
	assert_int_equal(trust_open_at(&t, installed, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "both have the number 3"));
	write_file(in(store, "policy.json"), third);
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	trust_free(t);
	/* the memory is damaged: said, not ignored; another root has its own number */
	span seen = read_file(in(home, ".local/state/linecheck/trust-seen.json"));
	assert_true(seen.n > 100);
	write_file(in(home, ".local/state/linecheck/trust-seen.json"), span_from(seen, 1));
	assert_int_equal(trust_open_at(&t, installed, NULL), E_FORMAT);
	write_file(in(home, ".local/state/linecheck/trust-seen.json"), seen);
	assert_int_equal(trust_create(in(folder, "s2"), "Anew", false, TODAY, ada, NULL), 0);
	setenv("LINECHECK_TRUST", in(folder, "s2"), 1);
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	trust_free(t);
	/* no home, no memory: still a policy */
	unsetenv("HOME");
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	trust_free(t);
	free((void *)second.p);
	free((void *)third.p);
	free((void *)seen.p);
}

static void test_rotation(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct trust *t;
	assert_int_equal(add(ada, "Ada", PERSON_OFFICER, NULL), 0);
	span before = read_file(in(store, "policy.json"));
	assert_int_equal(trust_rotate(store, TODAY, ada, bea, NULL), E_REFUSED);
	assert_int_equal(trust_rotate(store, TODAY, force, force, NULL), E_FORMAT);
	assert_int_equal(trust_rotate(store, TODAY, force, ada, NULL), E_FORMAT); /* a person's */
	assert_int_equal(trust_rotate(store, TODAY, force, bea, NULL), 0);
	t = must_open(store);
	assert_true(trust_number(t) == 3);
	assert_int_equal(trust_force_keys(t), 2);
	assert_memory_equal(trust_force_key(t, 0), key_public(force)->sign, KEY_PUBLIC);
	assert_memory_equal(trust_force_key(t, 1), key_public(bea)->sign, KEY_PUBLIC);
	expect(t, ada, PERSON_OFFICER, TODAY, NULL);
	trust_free(t);
	/* the old key signs nothing any more, and the new one is nobody's */
	assert_int_equal(trust_set_training(store, true, TODAY, force, &err), E_REFUSED);
	assert_int_equal(trust_set_training(store, true, TODAY, bea, NULL), 0);
	t = must_open(store);
	assert_true(trust_training_allowed(t));
	struct trust_entry e = entry(bea, "Bea", PERSON_OFFICER);
	assert_int_equal(trust_add(store, &e, TODAY, bea, NULL), E_FORMAT);
	/* whoever has the old key goes on from before, to a higher number: seen through */
	setenv("LINECHECK_TRUST", store, 1);
	trust_free(t);
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	trust_free(t);
	write_file(in(store, "policy.json"), before);
	setenv("HOME", in(folder, "thief"), 1);
	assert_int_equal(mkdir(in(folder, "thief"), 0700), 0);
	for (int i = 0; i < 5; i++)
		assert_int_equal(trust_set_training(store, i % 2, TODAY, force, NULL), 0);
	setenv("HOME", home, 1);
	err = (struct err){ 0 };
	assert_int_equal(trust_open_at(&t, installed, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "force key that was replaced"));
	free((void *)before.p);
}

/* What is root's can be tested by root only; that nobody else's counts, by anyone. */
static void test_installed(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct trust *t;
	assert_int_equal(add(ada, "Ada", PERSON_OFFICER, NULL), 0);
	setenv("LINECHECK_TRUST", in(folder, "s2"), 1);
	assert_int_equal(trust_create(in(folder, "s2"), "Self-made", true, TODAY, bea, NULL), 0);
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	assert_string_equal(trust_force(t), "Self-made");
	trust_free(t);
	if (geteuid() != 0) {
		assert_int_equal(trust_install(store, installed, false, &err), E_REFUSED);
		copy_file(in(store, "policy.json"), in(installed, "policy.json"));
		copy_file(in(store, "force.pub"), in(installed, "force.pub"));
		assert_int_equal(trust_open_at(&t, installed, NULL), E_REFUSED);
		print_message("the rest of test_installed needs root\n");
		return;
	}
	mode_t was = umask(077);
	assert_int_equal(trust_install(store, installed, false, NULL), 0);
	umask(was);
	struct stat st;
	assert_int_equal(stat(in(installed, "policy.json"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(stat(installed, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	assert_true(trust_installed(t));
	assert_string_equal(trust_force(t), "Example Police");
	trust_free(t);
	/* others may not be able to write it, nor the folder; it never falls back to the self-made
	 */
	const char *const files[] = { "", "policy.json", "force.pub" };
	for (size_t i = 0; i < 3; i++) {
		const char *file = in(installed, files[i]);
		mode_t mode = i ? 0644 : 0755;
		assert_int_equal(chmod(file, mode | 020), 0);
		assert_int_equal(trust_open_at(&t, installed, NULL), E_REFUSED);
		assert_int_equal(chmod(file, mode | 002), 0);
		assert_int_equal(trust_open_at(&t, installed, NULL), E_REFUSED);
		assert_int_equal(chmod(file, mode), 0);
		assert_int_equal(chown(file, 12345, 0), 0);
		err = (struct err){ 0 };
		assert_int_equal(trust_open_at(&t, installed, &err), E_REFUSED);
		assert_non_null(strstr(err.message, "root's alone"));
		assert_int_equal(chown(file, 0, 0), 0);
		if (i) {
			assert_int_equal(rename(file, in(folder, "away")), 0);
			assert_int_equal(trust_open_at(&t, installed, NULL), E_FORMAT);
			assert_int_equal(symlink(in(folder, "away"), file), 0);
			assert_int_equal(trust_open_at(&t, installed, NULL), E_FORMAT);
			unlink(file);
			assert_int_equal(rename(in(folder, "away"), file), 0);
		}
	}
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	trust_free(t);
}

static void test_installing_again(void **state)
{
	(void)state;
	struct err err = { 0 };
	struct trust *t;
	if (geteuid() != 0)
		skip();
	assert_int_equal(trust_install(store, installed, false, NULL), 0);
	span first = read_file(in(store, "policy.json"));
	assert_int_equal(add(ada, "Ada", PERSON_OFFICER, NULL), 0);
	assert_int_equal(trust_install(store, installed, false, NULL), 0);
	assert_int_equal(trust_install(store, installed, false, NULL), 0);
	write_file(in(store, "policy.json"), first);
	assert_int_equal(trust_install(store, installed, false, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "older than policy 2"));
	/* root copies the old file by hand: what is remembered beside it still says so */
	setenv("HOME", in(folder, "fresh"), 1);
	copy_file(in(store, "policy.json"), in(installed, "policy.json"));
	assert_int_equal(trust_open_at(&t, installed, NULL), E_REFUSED);
	/* without the memory, the policy that stands there counts as seen */
	copy_file(in(store, "policy.json"), in(folder, "old.json"));
	assert_int_equal(add(bea, "Bea", PERSON_OFFICER, NULL), 0);
	assert_int_equal(trust_set_training(store, true, TODAY, force, NULL), 0);
	copy_file(in(store, "policy.json"), in(installed, "policy.json"));
	unlink(in(installed, "seen.json"));
	copy_file(in(folder, "old.json"), in(store, "policy.json"));
	assert_int_equal(trust_install(store, installed, false, NULL), E_REFUSED);
	/* what is not sound is never installed */
	span bytes = read_file(in(store, "policy.json"));
	write_file(in(store, "policy.json"), (span){ bytes.p, bytes.n - 1 });
	assert_int_equal(trust_install(store, installed, false, NULL), E_FORMAT);
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	assert_true(trust_number(t) == 3);
	trust_free(t);
	/* another root only if one says so */
	assert_int_equal(trust_create(in(folder, "s2"), "Anew", false, TODAY, bea, NULL), 0);
	err = (struct err){ 0 };
	assert_int_equal(trust_install(in(folder, "s2"), installed, false, &err), E_REFUSED);
	assert_non_null(strstr(err.message, "trust lost"));
	assert_int_equal(trust_install(in(folder, "s2"), installed, true, NULL), 0);
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	assert_string_equal(trust_force(t), "Anew");
	trust_free(t);
	free((void *)first.p);
	free((void *)bytes.p);
}

static void test_none(void **state)
{
	(void)state;
	struct trust *t = NULL;
	struct err err = { 0 };
	assert_int_equal(trust_open_at(&t, installed, &err), E_ABSENT);
	assert_int_equal(mkdir(installed, 0755), 0); /* a folder for something else */
	assert_int_equal(trust_open_at(&t, installed, NULL), E_ABSENT);
	setenv("LINECHECK_TRUST", in(folder, "mistyped"), 1);
	err = (struct err){ 0 };
	assert_int_equal(trust_open_at(&t, installed, &err), E_USER);
	assert_non_null(strstr(err.message, "mistyped"));
	unsetenv("LINECHECK_TRUST");
	copy_file(in(store, "policy.json"), in(home, ".config/linecheck/policy.json"));
	assert_int_equal(trust_open_at(&t, installed, NULL), E_FORMAT); /* not whole is not none */
	copy_file(in(store, "force.pub"), in(home, ".config/linecheck/force.pub"));
	assert_int_equal(trust_open_at(&t, installed, NULL), 0);
	trust_free(t);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_made),
		TEST(test_who_may_do_what),
		TEST(test_days),
		TEST(test_revoked),
		TEST(test_what_makes_no_sense),
		TEST(test_each_byte),
		TEST(test_signed_but_not_understood),
		TEST(test_older_is_refused),
		TEST(test_rotation),
		TEST(test_installed),
		TEST(test_installing_again),
		TEST(test_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
