/* replay_compare.c - see replay_compare.h */
#include "replay_compare.h"
#include "base/buf.h"
#include "replay.h"
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

#define PATH_ROOM 4700
#define NAMED_MAX 5 /* records of which it is said in what they differ */
#define RECORDS "annex/records.jsonl"

struct compare {
	const char *one, *two;
	replay_fn *differs;
	void *user;
	int64_t same, wrong;
};

static FILE *open_in(const char *dir, const char *file)
{
	char path[PATH_ROOM];
	snprintf(path, sizeof path, "%.4400s/%.280s", dir, file);
	return fopen(path, "re");
}

static void tell(struct compare *k, const char *file, const char *how)
{
	k->wrong++;
	k->differs(k->user, file, how);
}

/* The keys of which two records have other values: "time, text". */
static void add_keys(struct buf *to, const json_t *a, const json_t *b)
{
	const char *key, *between = "";
	json_t *value;
	json_object_foreach((json_t *)a, key, value)
	{
		if (json_equal(value, json_object_get(b, key)))
			continue;
		buf_addf(to, "%s%s", between, key);
		between = ", ";
	}
	json_object_foreach((json_t *)b, key, value)
	{
		(void)value;
		if (json_object_get(a, key))
			continue;
		buf_addf(to, "%s%s", between, key);
		between = ", ";
	}
	if (!*between)
		buf_add(to, SPAN("the order of its values"));
}

struct found {
	struct buf which; /* the first records that differ, and in what */
	int64_t named, origin;
};

/* A changed file gives all its records another origin: these are only counted. */
static bool only_origin(json_t *a, json_t *b)
{
	return json_object_set(a, "origin", json_object_get(b, "origin")) == 0 && json_equal(a, b);
}

static void add_record(struct found *to, const char *one, const char *two)
{
	struct buf keys = { 0 };
	json_t *a = json_loads(one, 0, NULL), *b = json_loads(two, 0, NULL);
	const char *id = json_string_value(json_object_get(a, "id"));
	const char *id2 = json_string_value(json_object_get(b, "id"));
	bool pair = id && id2 && strcmp(id, id2) == 0;
	if (pair)
		add_keys(&keys, a, b);
	if (pair && only_origin(a, b)) {
		to->origin++;
	} else if (++to->named <= NAMED_MAX) {
		if (pair) {
			buf_addf(&to->which, "; %.60s in ", id);
			buf_add(&to->which, buf_span(&keys));
		} else {
			buf_addf(&to->which, "; %.60s stands where %.60s stood",
				 id2 ? id2 : "nothing", id ? id : "nothing");
		}
	}
	buf_free(&keys);
	json_decref(a);
	json_decref(b);
}

struct line {
	char *text;
	size_t room;
	ssize_t n;
};

static bool next(struct line *l, FILE *f)
{
	l->n = getline(&l->text, &l->room, f);
	return l->n >= 0;
}

static bool is_same(const struct line *a, const struct line *b)
{
	return a->n == b->n && (a->n < 0 || memcmp(a->text, b->text, (size_t)a->n) == 0);
}

/* Line against line: which is the first that differs, how many, and of records in what. */
static void compare_lines(struct compare *k, const char *file, FILE *a, FILE *b)
{
	struct line x = { 0 }, y = { 0 };
	struct buf how = { 0 };
	struct found found = { 0 };
	int64_t first = 0, n = 0, at = 0;
	bool records = strcmp(file, RECORDS) == 0;
	for (;;) {
		bool more = next(&x, a);
		if (!next(&y, b) && !more)
			break;
		at++;
		if (is_same(&x, &y))
			continue;
		if (!n++)
			first = at;
		if (records)
			add_record(&found, x.n < 0 ? "" : x.text, y.n < 0 ? "" : y.text);
	}
	if (n) {
		buf_addf(&how, "%" PRId64 " line%s, the first is line %" PRId64, n,
			 n == 1 ? " differs" : "s differ", first);
		buf_add(&how, buf_span(&found.which));
		if (found.named > NAMED_MAX)
			buf_addf(&how, "; and %" PRId64 " more", found.named - NAMED_MAX);
		if (found.origin)
			buf_addf(&how, "; %" PRId64 " only in the file that they come from",
				 found.origin);
		buf_byte(&how, 0);
		tell(k, file, how.failed ? "it differs" : how.data);
	} else {
		k->same++;
	}
	free(x.text);
	free(y.text);
	buf_free(&how);
	buf_free(&found.which);
}

static void compare_file(struct compare *k, const char *file)
{
	FILE *a = open_in(k->one, file), *b = open_in(k->two, file);
	if (!a || !b)
		tell(k, file, a ? "this run does not give it" : "the report does not have it");
	else
		compare_lines(k, file, a, b);
	if (a)
		fclose(a);
	if (b)
		fclose(b);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Of `dir`; those that `other` has, too, only if both is set. */
static int each(struct compare *k, const char *dir, const char *other, bool both, struct err *err)
{
	char path[PATH_ROOM], file[300];
	struct dirent **names = NULL;
	snprintf(path, sizeof path, "%.4400s/annex", dir);
	int n = scandir(path, &names, NULL, by_name);
	if (n < 0)
		return err_set(err, E_IO, "The folder '%s' cannot be read: %s.", path,
			       strerror(errno));
	for (int i = 0; i < n; i++) {
		snprintf(file, sizeof file, "annex/%s", names[i]->d_name);
		snprintf(path, sizeof path, "%.4400s/%.280s", other, file);
		if (*names[i]->d_name != '.' && strcmp(file, REPLAY_FILE) != 0 &&
		    (both || access(path, F_OK) != 0))
			compare_file(k, file);
		free(names[i]);
	}
	free(names);
	return 0;
}

int replay_compare(const char *one, const char *two, replay_fn *differs, void *user,
		   int64_t *ret_same, struct err *err)
{
	struct compare k = { .one = one, .two = two, .differs = differs, .user = user };
	int rc = each(&k, one, two, true, err);
	if (!rc)
		rc = each(&k, two, one, false, err);
	*ret_same = k.same;
	if (rc)
		return rc;
	return k.wrong ? err_set(err, E_FORMAT,
				 "The source does not give what the report says it gave.")
		       : 0;
}
