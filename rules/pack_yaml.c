/* pack_yaml.c - the schema of a rule pack; its README says the same for people. */
#include "pack_yaml.h"
#include "yamldoc.h"

#define MAX_RULES 20000
#define MAX_TERMS 200
#define MAX_LITERALS 20
#define MAX_EXAMPLES 100
#define MAX_NAMES 40
#define TEXT CYAML_FLAG_POINTER
#define TEXT_OR_NOT (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_schema_value_t text = { CYAML_VALUE_STRING(TEXT, char, 1, 1000) };

static const cyaml_schema_field_t when_fields[] = {
	CYAML_FIELD_STRING_PTR("direction", TEXT_OR_NOT, struct when_yaml, direction, 0, 20),
	CYAML_FIELD_STRING_PTR("sender", TEXT_OR_NOT, struct when_yaml, sender, 0, 20),
	CYAML_FIELD_STRING_PTR("chat", TEXT_OR_NOT, struct when_yaml, chat, 0, 20),
	CYAML_FIELD_UINT("repeat", CYAML_FLAG_OPTIONAL, struct when_yaml, repeat),
	CYAML_FIELD_UINT("repeat_days", CYAML_FLAG_OPTIONAL, struct when_yaml, repeat_days),
	CYAML_FIELD_SEQUENCE_COUNT("near", TEXT_OR_NOT, struct when_yaml, near, near_n, &text, 1,
				   MAX_NAMES),
	CYAML_FIELD_UINT("messages", CYAML_FLAG_OPTIONAL, struct when_yaml, messages),
	CYAML_FIELD_STRING_PTR("during", TEXT_OR_NOT, struct when_yaml, during, 0, 20),
	CYAML_FIELD_END
};

#define NUMBER(key, type, member) CYAML_FIELD_UINT(key, CYAML_FLAG_OPTIONAL, type, member)
#define FLAG(key, type, member) CYAML_FIELD_BOOL(key, CYAML_FLAG_OPTIONAL, type, member)

static const cyaml_schema_field_t traffic_fields[] = {
	CYAML_FIELD_STRING_PTR("of", TEXT, struct traffic_yaml, of, 0, 20),
	NUMBER("events", struct traffic_yaml, events),
	NUMBER("people", struct traffic_yaml, people),
	NUMBER("days", struct traffic_yaml, days),
	NUMBER("minutes", struct traffic_yaml, minutes),
	NUMBER("shorter", struct traffic_yaml, shorter),
	NUMBER("from_hour", struct traffic_yaml, from_hour),
	NUMBER("to_hour", struct traffic_yaml, to_hour),
	NUMBER("quiet_hours", struct traffic_yaml, quiet_hours),
	FLAG("one_way", struct traffic_yaml, one_way),
	FLAG("first", struct traffic_yaml, first),
	FLAG("same_text", struct traffic_yaml, same_text),
	CYAML_FIELD_SEQUENCE_COUNT("hits", TEXT_OR_NOT, struct traffic_yaml, hits, hits_n, &text, 1,
				   MAX_NAMES),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t sequence_fields[] = {
	CYAML_FIELD_SEQUENCE_COUNT("steps", TEXT, struct sequence_yaml, steps, steps_n, &text, 2,
				   MAX_NAMES),
	NUMBER("messages", struct sequence_yaml, messages),
	NUMBER("hours", struct sequence_yaml, hours), CYAML_FIELD_END
};

static const cyaml_schema_field_t override_fields[] = {
	CYAML_FIELD_STRING_PTR("id", TEXT, struct override_yaml, id, 1, 80),
	CYAML_FIELD_STRING_PTR("why", TEXT, struct override_yaml, why, 1, 1000),
	FLAG("off", struct override_yaml, off),
	CYAML_FIELD_INT_PTR("weight", TEXT_OR_NOT, struct override_yaml, weight),
	CYAML_FIELD_STRING_PTR("ambiguity", TEXT_OR_NOT, struct override_yaml, ambiguity, 1, 20),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t override = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct override_yaml, override_fields) };

static const cyaml_schema_field_t rule_fields[] = {
	CYAML_FIELD_STRING_PTR("id", TEXT, struct rule_yaml, id, 1, 80),
	CYAML_FIELD_STRING_PTR("category", TEXT, struct rule_yaml, category, 1, 40),
	CYAML_FIELD_UINT("stage", CYAML_FLAG_DEFAULT, struct rule_yaml, stage),
	CYAML_FIELD_INT("weight", CYAML_FLAG_DEFAULT, struct rule_yaml, weight),
	CYAML_FIELD_STRING_PTR("ambiguity", TEXT, struct rule_yaml, ambiguity, 1, 20),
	CYAML_FIELD_STRING_PTR("on", TEXT_OR_NOT, struct rule_yaml, on, 0, 20),
	CYAML_FIELD_SEQUENCE_COUNT("terms", TEXT_OR_NOT, struct rule_yaml, term, term_n, &text, 1,
				   MAX_TERMS),
	CYAML_FIELD_STRING_PTR("pattern", TEXT_OR_NOT, struct rule_yaml, pattern, 1, 2000),
	CYAML_FIELD_SEQUENCE_COUNT("literal", TEXT_OR_NOT, struct rule_yaml, literal, literal_n,
				   &text, 1, MAX_LITERALS),
	CYAML_FIELD_STRING_PTR("meaning", TEXT, struct rule_yaml, meaning, 1, 1000),
	CYAML_FIELD_STRING_PTR("innocent", TEXT, struct rule_yaml, innocent, 1, 1000),
	CYAML_FIELD_STRING_PTR("source", TEXT_OR_NOT, struct rule_yaml, source, 0, 1000),
	CYAML_FIELD_MAPPING_PTR("when", TEXT_OR_NOT, struct rule_yaml, when, when_fields),
	CYAML_FIELD_SEQUENCE_COUNT("needs", TEXT_OR_NOT, struct rule_yaml, needs, needs_n, &text, 1,
				   MAX_TERMS),
	NUMBER("within", struct rule_yaml, within),
	CYAML_FIELD_MAPPING_PTR("traffic", TEXT_OR_NOT, struct rule_yaml, traffic, traffic_fields),
	CYAML_FIELD_MAPPING_PTR("sequence", TEXT_OR_NOT, struct rule_yaml, sequence,
				sequence_fields),
	CYAML_FIELD_SEQUENCE_COUNT("apps", TEXT_OR_NOT, struct rule_yaml, apps, apps_n, &text, 1,
				   MAX_NAMES),
	CYAML_FIELD_STRING_PTR("identity", TEXT_OR_NOT, struct rule_yaml, identity, 0, 20),
	CYAML_FIELD_STRING_PTR("shape", TEXT_OR_NOT, struct rule_yaml, shape, 0, 20),
	NUMBER("least", struct rule_yaml, least),
	CYAML_FIELD_STRING_PTR("exonerates", TEXT_OR_NOT, struct rule_yaml, exonerates, 0, 20),
	CYAML_FIELD_SEQUENCE_COUNT("takes", TEXT_OR_NOT, struct rule_yaml, takes, takes_n, &text, 1,
				   MAX_NAMES),
	CYAML_FIELD_STRING_PTR("review", TEXT_OR_NOT, struct rule_yaml, review, 0, 20),
	CYAML_FIELD_SEQUENCE_COUNT("match", TEXT_OR_NOT, struct rule_yaml, match, match_n, &text, 1,
				   MAX_EXAMPLES),
	CYAML_FIELD_SEQUENCE_COUNT("nomatch", TEXT_OR_NOT, struct rule_yaml, nomatch, nomatch_n,
				   &text, 1, MAX_EXAMPLES),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t rule = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct rule_yaml,
							       rule_fields) };

static const cyaml_schema_field_t list_fields[] = {
	CYAML_FIELD_STRING_PTR("name", TEXT, struct list_yaml, name, 1, 20),
	CYAML_FIELD_SEQUENCE_COUNT("words", TEXT, struct list_yaml, words, words_n, &text, 1,
				   MAX_TERMS),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t list = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct list_yaml,
							       list_fields) };

static const cyaml_schema_field_t pack_fields[] = {
	CYAML_FIELD_STRING_PTR("pack", TEXT, struct pack_yaml, pack, 1, 40),
	CYAML_FIELD_STRING_PTR("version", TEXT, struct pack_yaml, version, 1, 40),
	CYAML_FIELD_STRING_PTR("about", TEXT_OR_NOT, struct pack_yaml, about, 0, 1000),
	CYAML_FIELD_SEQUENCE_COUNT("lists", TEXT_OR_NOT, struct pack_yaml, list, list_n, &list, 1,
				   MAX_NAMES),
	CYAML_FIELD_SEQUENCE_COUNT("rules", TEXT_OR_NOT, struct pack_yaml, rule, rule_n, &rule, 1,
				   MAX_RULES),
	CYAML_FIELD_SEQUENCE_COUNT("overrides", TEXT_OR_NOT, struct pack_yaml, overrides,
				   override_n, &override, 1, MAX_RULES),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t pack = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct pack_yaml,
							       pack_fields) };

int pack_yaml_load(struct pack_yaml **ret, const char *name, span yaml, struct yaml_lines *lines,
		   struct err *err)
{
	void *data = NULL;
	*lines = (struct yaml_lines){ .list = "rules" };
	if (yaml.n > YAMLDOC_MAX_BYTES)
		return err_set(err, E_LIMIT, "%s: larger than %zu MiB: split it", name,
			       YAMLDOC_MAX_BYTES >> 20);
	int code = yaml_strict_check(name, yaml, lines, err);
	if (code == 0)
		code = yamldoc_load(&data, &pack, name, yaml, err);
	if (code == 0)
		*ret = data;
	return code;
}

void pack_yaml_free(struct pack_yaml *p)
{
	yamldoc_free(&pack, p);
}
