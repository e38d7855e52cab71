/* pack_yaml.c - the schema of a rule pack; its README says the same for people. */
#include "pack_yaml.h"
#include "yamldoc.h"

#define MAX_RULES 20000
#define MAX_TERMS 200
#define MAX_LITERALS 20
#define MAX_EXAMPLES 100
#define TEXT CYAML_FLAG_POINTER
#define TEXT_OR_NOT (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_schema_value_t text = { CYAML_VALUE_STRING(TEXT, char, 1, 1000) };

static const cyaml_schema_field_t when_fields[] = {
	CYAML_FIELD_STRING_PTR("direction", TEXT_OR_NOT, struct when_yaml, direction, 0, 20),
	CYAML_FIELD_STRING_PTR("sender", TEXT_OR_NOT, struct when_yaml, sender, 0, 20),
	CYAML_FIELD_UINT("repeat", CYAML_FLAG_OPTIONAL, struct when_yaml, repeat),
	CYAML_FIELD_UINT("repeat_days", CYAML_FLAG_OPTIONAL, struct when_yaml, repeat_days),
	CYAML_FIELD_END
};

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
	CYAML_FIELD_SEQUENCE_COUNT("match", TEXT, struct rule_yaml, match, match_n, &text, 1,
				   MAX_EXAMPLES),
	CYAML_FIELD_SEQUENCE_COUNT("nomatch", TEXT, struct rule_yaml, nomatch, nomatch_n, &text, 1,
				   MAX_EXAMPLES),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t rule = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct rule_yaml,
							       rule_fields) };

static const cyaml_schema_field_t pack_fields[] = {
	CYAML_FIELD_STRING_PTR("pack", TEXT, struct pack_yaml, pack, 1, 40),
	CYAML_FIELD_STRING_PTR("version", TEXT, struct pack_yaml, version, 1, 40),
	CYAML_FIELD_STRING_PTR("about", TEXT_OR_NOT, struct pack_yaml, about, 0, 1000),
	CYAML_FIELD_SEQUENCE_COUNT("rules", TEXT, struct pack_yaml, rule, rule_n, &rule, 1,
				   MAX_RULES),
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
