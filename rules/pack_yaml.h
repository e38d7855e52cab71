/* pack_yaml.h - a rule pack as its YAML says it: names and shapes checked, meaning not. */
#ifndef PACK_YAML_H
#define PACK_YAML_H
#include "base/err.h"
#include "yaml_strict.h"

struct when_yaml {
	char *direction, *sender, *chat;
	unsigned repeat, repeat_days;
	char **near, *during;
	unsigned near_n, messages;
};

struct traffic_yaml {
	char *of, **hits;
	unsigned events, people, days, minutes, shorter, from_hour, to_hour, quiet_hours, hits_n;
	bool one_way, first, same_text;
};

struct sequence_yaml {
	char **steps;
	unsigned steps_n, messages, hours;
};

struct override_yaml {
	char *id, *why, *ambiguity;
	bool off;
	int *weight;
};

struct rule_yaml {
	char *id, *category, *ambiguity, *on, *pattern, *meaning, *innocent, *source;
	unsigned stage;
	int weight;
	char **term, **literal, **match, **nomatch;
	unsigned term_n, literal_n, match_n, nomatch_n;
	struct when_yaml *when;
	struct traffic_yaml *traffic;
	struct sequence_yaml *sequence;
	char **apps, *identity, *shape, *exonerates, **takes, **needs, *review;
	unsigned apps_n, least, takes_n, needs_n, within;
};

/* A list of words that patterns name as <name>. */
struct list_yaml {
	char *name, **words;
	unsigned words_n;
};

struct pack_yaml {
	char *pack, *version, *about;
	struct list_yaml *list;
	unsigned list_n;
	struct rule_yaml *rule;
	unsigned rule_n;
	struct override_yaml *overrides;
	unsigned override_n;
};

/* lines->line[i] is the line of rule i; freed by the caller, after a failure too. */
int pack_yaml_load(struct pack_yaml **ret, const char *name, span yaml, struct yaml_lines *lines,
		   struct err *err);
void pack_yaml_free(struct pack_yaml *p); /* NULL is legal */
#endif
