/* story_judge.c - what the program said of a story against the story's labels, and the measure of
 * all stories together. */
#include "story.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KINDS_MAX 32
#define ALIKE_POINTS 2

/* How often a word was due and given, due and missed, given against the label, rightly not given.
 */
struct measure {
	unsigned hit, miss, wrong, none;
};

struct totals {
	struct measure level[4]; /* at least level 1 .. 3 */
	struct measure role[KINDS_MAX], category[KINDS_MAX];
	unsigned ordinary, messages, weighed, found; /* over stories of level 0 alone */
};

struct verdict {
	const struct story *s;
	json_t *said;
	int level; /* -1: cannot say */
	long points;
	unsigned complaints;
};

static void complain(struct verdict *v, const char *what, const char *which)
{
	printf("%s%s%s", v->complaints++ ? "; " : "", what, which);
}

static bool has(const struct words *w, const char *word, bool *ret_weightless)
{
	size_t n = strlen(word);
	for (size_t i = 0; i < w->n; i++) {
		if (strncmp(w->word[i], word, n) != 0 || (w->word[i][n] && w->word[i][n] != ':'))
			continue;
		if (ret_weightless)
			*ret_weightless = w->word[i][n] == ':';
		return true;
	}
	return false;
}

static bool role_given(const struct verdict *v, const char *role)
{
	size_t i;
	json_t *r;
	json_array_foreach(json_object_get(v->said, "roles"), i, r)
	{
		const char *id = json_string_value(json_object_get(r, "id"));
		if (id && !strcmp(id, role))
			return true;
	}
	return false;
}

/* The points of a category's findings together; -1: none found. */
static long category_points(const struct verdict *v, const char *category)
{
	size_t i;
	json_t *f;
	long points = -1;
	json_array_foreach(json_object_get(v->said, "findings"), i, f)
	{
		const char *name = json_string_value(json_object_get(f, "category"));
		if (category && (!name || strcmp(name, category) != 0))
			continue;
		points = (points < 0 ? 0 : points) +
			 (long)json_integer_value(json_object_get(f, "points"));
	}
	return points;
}

static void count(struct measure *m, bool due, bool given)
{
	*(due ? given ? &m->hit : &m->miss : given ? &m->wrong : &m->none) += 1;
}

static void judge_level(struct verdict *v, struct totals *t)
{
	const json_t *code = json_object_get(v->said, "level_code");
	unsigned levels = v->s->levels;
	char text[64];
	v->level = json_is_integer(code) ? (int)json_integer_value(code) : -1;
	for (int at = 1; at <= 3; at++) {
		unsigned below = levels & ((1U << at) - 1);
		if (!below || below == levels) /* where both are allowed, neither is counted */
			count(&t->level[at], !below, v->level >= at);
	}
	if (v->level >= 0 && (levels >> v->level & 1))
		return;
	snprintf(text, sizeof text, "%d, expected%s%s%s%s", v->level, levels & 1 ? " 0" : "",
		 levels & 2 ? " 1" : "", levels & 4 ? " 2" : "", levels & 8 ? " 3" : "");
	complain(v, "level ", text);
}

static void judge_roles(struct verdict *v, struct totals *t)
{
	for (size_t i = 0; story_roles[i]; i++) {
		const char *role = story_roles[i];
		bool due = has(&v->s->roles, role, NULL), given = role_given(v, role);
		bool banned = !due && (v->s->not_roles.any || has(&v->s->not_roles, role, NULL));
		if (due || banned)
			count(&t->role[i], due, given);
		if (due && !given)
			complain(v, "no role ", role);
		if (banned && given)
			complain(v, "role ", role);
	}
}

static void judge_findings(struct verdict *v, struct totals *t)
{
	for (size_t i = 0; story_categories[i]; i++) {
		const char *category = story_categories[i];
		bool weightless = false;
		bool due = has(&v->s->findings, category, &weightless);
		bool banned = !due &&
			      (v->s->not_findings.any || has(&v->s->not_findings, category, NULL));
		long points = category_points(v, category);
		if (due || banned)
			count(&t->category[i], due, due ? points >= 0 : points > 0);
		if (due && points < 0)
			complain(v, "not found: ", category);
		if (due && weightless && points > 0)
			complain(v, "points for ", category);
		if (banned && points > 0)
			complain(v, "found: ", category);
	}
}

static unsigned weighed(const struct verdict *v)
{
	size_t i;
	json_t *f;
	unsigned n = 0;
	json_array_foreach(json_object_get(v->said, "findings"), i, f) n +=
		json_integer_value(json_object_get(f, "points")) > 0;
	return n;
}

static void judge_one(struct verdict *v, struct totals *t)
{
	unsigned n = weighed(v);
	char text[32];
	judge_level(v, t);
	judge_roles(v, t);
	judge_findings(v, t);
	v->points = category_points(v, NULL);
	snprintf(text, sizeof text, "%u", n);
	if (v->s->at_most >= 0 && n > (unsigned)v->s->at_most)
		complain(v, "findings with points: ", text);
	if (v->s->levels == 1) {
		t->ordinary++;
		t->messages += (unsigned)json_integer_value(
			json_object_get(json_object_get(v->said, "counts"), "message"));
		t->weighed += n;
		t->found += (unsigned)json_array_size(json_object_get(v->said, "findings"));
	}
}

/* Against the first story that must come out as this one does. */
static void judge_alike(struct verdict *v, const struct verdict *all, size_t n)
{
	for (size_t i = 0; i < n && v->s->alike; i++) {
		char text[96];
		if (!all[i].s->alike || strcmp(all[i].s->alike, v->s->alike) != 0)
			continue;
		if (all[i].level == v->level && labs(all[i].points - v->points) <= ALIKE_POINTS)
			return;
		snprintf(text, sizeof text, "%s: level %d and %ld points, here %d and %ld",
			 all[i].s->name, all[i].level, all[i].points, v->level, v->points);
		complain(v, "not like ", text);
		return;
	}
}

/* ---- the table ---- */

static void share(FILE *f, unsigned part, unsigned whole)
{
	if (whole)
		fprintf(f, " %u %% |", (100 * part + whole / 2) / whole);
	else
		fprintf(f, " - |");
}

static void row(FILE *f, const char *name, const struct measure *m)
{
	if (m->hit + m->miss + m->wrong + m->none == 0)
		return;
	fprintf(f, "| %s | %u | %u | %u | %u |", name, m->hit + m->miss, m->hit, m->wrong + m->none,
		m->wrong);
	share(f, m->hit, m->hit + m->miss);
	share(f, m->hit, m->hit + m->wrong);
	fprintf(f, "\n");
}

static void rows(FILE *f, const char *heading, const char *const *name, const struct measure *m)
{
	fprintf(f,
		"\n| %s | due | given | barred | given all the same | recall | precision "
		"|\n|---|---|---|---|---|---|---|\n",
		heading);
	for (size_t i = 0; name[i]; i++)
		row(f, name[i], &m[i]);
}

static void write_table(const char *path, const struct totals *t, size_t right, size_t n)
{
	static const char *const levels[] = { "", "at least 1", "at least 2", "at least 3", NULL };
	FILE *f = fopen(path, "w");
	if (!f)
		die("%s cannot be written", path);
	fprintf(f,
		"%zu of %zu stories come out wholly as their labels say. Due: stories whose label "
		"calls for it; barred: whose "
		"label rules it out;\nstories that allow both are not counted. On the %u phones "
		"whose only label is level 0 "
		"(%u messages) %u findings\nhave points, %u are shown in all.\n",
		right, n, t->ordinary, t->messages, t->weighed, t->found);
	rows(f, "level", levels, t->level);
	rows(f, "role", story_roles, t->role);
	rows(f, "category", story_categories, t->category);
	if (fclose(f))
		die("%s cannot be written", path);
}

static json_t *read_result(const char *results, const char *name)
{
	char *stem = path_join(results, name), path[4096];
	json_error_t e;
	snprintf(path, sizeof path, "%s.json", stem);
	free(stem);
	json_t *said = json_load_file(path, 0, &e);
	if (!said)
		printf("%s: %s: ", path, e.text);
	return said;
}

size_t story_judge(struct story *const *story, size_t n, const char *results, const char *table)
{
	struct verdict *all = must(calloc(n, sizeof *all));
	struct totals *t = must(calloc(1, sizeof *t));
	size_t right = 0;
	for (size_t i = 0; i < n; i++) {
		struct verdict *v = &all[i];
		v->s = story[i];
		v->said = read_result(results, story[i]->name);
		printf("%-30s ", story[i]->name);
		judge_one(v, t);
		judge_alike(v, all, i);
		printf("%s\n", v->complaints ? "" : "right");
		right += v->complaints == 0;
		json_decref(v->said);
		v->said = NULL;
	}
	if (table)
		write_table(table, t, right, n);
	printf("right: %zu of %zu\n", right, n);
	free(all);
	free(t);
	return right;
}
