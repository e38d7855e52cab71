/* policy_yaml.c - the form of scoring.yaml: which key goes into which field of struct policy. */
#include "policy_yaml.h"
#include "policy.h"
#include "record.h"

#define MANY 1000 /* entries of any list */

#define INT(key, type, member) CYAML_FIELD_INT(key, CYAML_FLAG_DEFAULT, type, member)
#define INT_OR_0(key, type, member) CYAML_FIELD_INT(key, CYAML_FLAG_OPTIONAL, type, member)
#define FLAG(key, type, member) CYAML_FIELD_BOOL(key, CYAML_FLAG_OPTIONAL, type, member)
#define WORDS(key, type, member, max) \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, type, member, 1, max)
#define MAP(key, type, member, fields) \
	CYAML_FIELD_MAPPING(key, CYAML_FLAG_DEFAULT, type, member, fields)
#define LIST(key, type, member, n, entry) \
	CYAML_FIELD_SEQUENCE_COUNT(key, CYAML_FLAG_POINTER, type, member, n, entry, 1, MANY)
#define LIST_OR_NONE(key, type, member, n, entry)                                                  \
	CYAML_FIELD_SEQUENCE_COUNT(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, type, member, n, \
				   entry, 0, MANY)
#define ONE_OF(key, type, member, table) \
	CYAML_FIELD_ENUM(key, CYAML_FLAG_STRICT, type, member, table, CYAML_ARRAY_LEN(table))

static const cyaml_strval_t category_words[] = {
#define G(constant, word) { (word), CAT_##constant },
#include "category.list"
#undef G
};

static const cyaml_strval_t kind_words[] = {
	{ "text", CATEGORY_TEXT },
	{ "behaviour", CATEGORY_BEHAVIOUR },
	{ "note", CATEGORY_NOTE },
};

static const cyaml_strval_t scope_words[] = {
	{ "message", SCOPE_MESSAGE },
	{ "thread", SCOPE_THREAD },
	{ "phone", SCOPE_PHONE },
};

static const cyaml_strval_t harm_words[] = {
	{ "possible", HARM_POSSIBLE },
	{ "strong", HARM_STRONG },
	{ "immediate", HARM_IMMEDIATE },
};

static const cyaml_strval_t state_words[] = {
	{ "edited", STATE_EDITED },       { "unsent", STATE_UNSENT },
	{ "deleted", STATE_DELETED },     { "draft", STATE_DRAFT },
	{ "failed", STATE_FAILED },       { "forwarded", STATE_FORWARDED },
	{ "recovered", STATE_RECOVERED },
};

static const cyaml_strval_t business_words[] = {
	{ "SHORT", ID_SHORT },       { "ALPHA", ID_ALPHA },       { "EMAIL", ID_EMAIL },
	{ "RAW", ID_RAW },           { "WITHHELD", ID_WITHHELD }, { "UNKNOWN", ID_UNKNOWN },
	{ "PAYPHONE", ID_PAYPHONE },
};

static const cyaml_schema_value_t int_value = { CYAML_VALUE_INT(CYAML_FLAG_DEFAULT, int) };
static const cyaml_schema_value_t word_value = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1,
								    40) };
static const cyaml_schema_value_t category_value = { CYAML_VALUE_ENUM(
	CYAML_FLAG_STRICT, enum category, category_words, CYAML_ARRAY_LEN(category_words)) };
static const cyaml_schema_value_t business_value = { CYAML_VALUE_ENUM(
	CYAML_FLAG_STRICT, enum id_kind, business_words, CYAML_ARRAY_LEN(business_words)) };

static const cyaml_schema_field_t condition_fields[] = { WORDS("fact", struct condition, fact, 60),
							 INT_OR_0("min", struct condition, min),
							 INT_OR_0("below", struct condition, below),
							 CYAML_FIELD_END };
static const cyaml_schema_value_t condition_value = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct condition, condition_fields) };

static const cyaml_schema_field_t grade_fields[] = { WORDS("grade", struct grade_factor, grade, 2),
						     INT("factor", struct grade_factor, factor),
						     CYAML_FIELD_END };
static const cyaml_schema_value_t grade_value = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct grade_factor, grade_fields) };

static const cyaml_schema_field_t time_fields[] = { INT("inside", struct time_policy, inside),
						    INT("near", struct time_policy, near),
						    INT("near_days", struct time_policy, near_days),
						    INT("undated", struct time_policy, undated),
						    INT("outside", struct time_policy, outside),
						    INT("far_days", struct time_policy, far_days),
						    INT("far", struct time_policy, far),
						    CYAML_FIELD_END };

static const cyaml_schema_field_t step_fields[] = { INT_OR_0("events", struct step, events),
						    INT_OR_0("days", struct step, days),
						    INT("factor", struct step, factor),
						    CYAML_FIELD_END };
static const cyaml_schema_value_t step_value = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								     struct step, step_fields) };

static const cyaml_schema_field_t direction_fields[] = {
	INT("in", struct direction_policy, in),
	INT("out_once", struct direction_policy, out_once),
	INT("out", struct direction_policy, out),
	INT("two_way", struct direction_policy, two_way),
	INT("unknown", struct direction_policy, unknown),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t sure_fields[] = { INT("grade", struct sure_policy, grade),
						    INT("time", struct sure_policy, time),
						    INT("direction", struct sure_policy, direction),
						    CYAML_FIELD_END };

static const cyaml_schema_field_t line_fields[] = {
	INT("points", struct line_policy, points),
	INT("cap", struct line_policy, cap),
	LIST("diminish", struct line_policy, diminish, diminish_n, &int_value),
	LIST("grades", struct line_policy, grade, grades, &grade_value),
	INT("ungraded", struct line_policy, ungraded),
	INT("lapsed", struct line_policy, lapsed),
	MAP("time", struct line_policy, time, time_fields),
	LIST("interaction", struct line_policy, step, steps, &step_value),
	MAP("direction", struct line_policy, direction, direction_fields),
	INT("saved", struct line_policy, saved),
	INT("mentioned", struct line_policy, mentioned),
	INT("member", struct line_policy, member),
	INT("own", struct line_policy, own),
	MAP("sure", struct line_policy, sure, sure_fields),
	INT("near", struct line_policy, near),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t name_fields[] = { INT("points", struct name_policy, points),
						    INT("cap", struct name_policy, cap),
						    CYAML_FIELD_END };

static const cyaml_schema_field_t band_fields[] = { INT("alone", struct band, alone),
						    INT("repeated", struct band, repeated),
						    INT("beside", struct band, beside),
						    CYAML_FIELD_END };

static const cyaml_schema_field_t text_fields[] = {
	INT("cap", struct text_policy, cap),
	INT("near_hours", struct text_policy, near_hours),
	INT("repeated", struct text_policy, repeated),
	LIST("diminish", struct text_policy, diminish, diminish_n, &int_value),
	MAP("low", struct text_policy, low, band_fields),
	MAP("medium", struct text_policy, medium, band_fields),
	MAP("high", struct text_policy, high, band_fields),
	CYAML_FIELD_FLAGS("leave_out", CYAML_FLAG_STRICT, struct text_policy, leave_out,
			  state_words, CYAML_ARRAY_LEN(state_words)),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t raise_fields[] = { WORDS("pair", struct raise, pair, 60),
						     INT("add", struct raise, add),
						     INT("cap", struct raise, cap),
						     CYAML_FIELD_END };

static const cyaml_schema_field_t category_fields[] = {
	ONE_OF("category", struct category_policy, category, category_words),
	ONE_OF("kind", struct category_policy, kind, kind_words),
	INT_OR_0("cap", struct category_policy, cap),
	FLAG("gates", struct category_policy, gates),
	FLAG("anywhere", struct category_policy, anywhere),
	FLAG("exonerates", struct category_policy, exonerates),
	CYAML_FIELD_MAPPING_PTR("raise", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
				struct category_policy, raise, raise_fields),
	LIST_OR_NONE("context", struct category_policy, context, context_n, &category_value),
	CYAML_FIELD_END
};
static const cyaml_schema_value_t category_policy_value = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct category_policy, category_fields) };

static const cyaml_schema_field_t pair_fields[] = { WORDS("id", struct pair, id, 60),
						    LIST("a", struct pair, a, a_n, &category_value),
						    LIST("b", struct pair, b, b_n, &category_value),
						    ONE_OF("scope", struct pair, scope,
							   scope_words),
						    INT_OR_0("low", struct pair, low),
						    CYAML_FIELD_END };
static const cyaml_schema_value_t pair_value = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT,
								     struct pair, pair_fields) };

static const cyaml_schema_field_t harm_fields[] = {
	ONE_OF("harm", struct harm_rule, harm, harm_words),
	LIST("all", struct harm_rule, all.list, all.n, &condition_value), CYAML_FIELD_END
};
static const cyaml_schema_value_t harm_value = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct harm_rule, harm_fields) };

static const cyaml_schema_field_t level_rule_fields[] = {
	INT("level", struct level_rule, level),
	LIST("all", struct level_rule, all.list, all.n, &condition_value), CYAML_FIELD_END
};
static const cyaml_schema_value_t level_rule_value = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct level_rule, level_rule_fields) };

static const cyaml_schema_field_t level_fields[] = {
	LIST("bounds", struct level_policy, bound, bounds, &int_value),
	LIST("none", struct level_policy, row[HARM_NONE], row_n[HARM_NONE], &int_value),
	LIST("possible", struct level_policy, row[HARM_POSSIBLE], row_n[HARM_POSSIBLE], &int_value),
	LIST("strong", struct level_policy, row[HARM_STRONG], row_n[HARM_STRONG], &int_value),
	LIST("immediate", struct level_policy, row[HARM_IMMEDIATE], row_n[HARM_IMMEDIATE],
	     &int_value),
	LIST_OR_NONE("at_least", struct level_policy, at_least, at_leasts, &level_rule_value),
	LIST_OR_NONE("gates", struct level_policy, gate, gates, &level_rule_value),
	INT("messages_read", struct level_policy, messages_read),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t clause_fields[] = {
	INT("points", struct role_clause, points),
	LIST("findings", struct role_clause, findings, findings_n, &category_value),
	LIST("all", struct role_clause, all.list, all.n, &condition_value), CYAML_FIELD_END
};
static const cyaml_schema_value_t clause_value = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct role_clause, clause_fields) };

static const cyaml_schema_field_t against_fields[] = {
	WORDS("say", struct role_against, say, 300),
	LIST_OR_NONE("all", struct role_against, all.list, all.n, &condition_value), CYAML_FIELD_END
};
static const cyaml_schema_value_t against_value = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct role_against, against_fields) };

static const cyaml_schema_field_t role_fields[] = {
	WORDS("id", struct role_policy, id, 40), INT("needs", struct role_policy, needs),
	LIST("for", struct role_policy, clause, clauses, &clause_value),
	LIST("against", struct role_policy, against, againsts, &against_value), CYAML_FIELD_END
};
static const cyaml_schema_value_t role_value = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct role_policy, role_fields) };

static const cyaml_schema_field_t roles_fields[] = {
	INT("most", struct roles_policy, most),
	LIST("list", struct roles_policy, list, n, &role_value), CYAML_FIELD_END
};

static const cyaml_schema_field_t words_fields[] = {
	LIST("family", struct words_policy, family, families, &word_value),
	LIST("businesses", struct words_policy, business, businesses, &business_value),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t contact_fields[] = {
	WORDS("kind", struct contact_text, kind, 40),
	WORDS("meaning", struct contact_text, meaning, 500),
	WORDS("innocent", struct contact_text, innocent, 500), CYAML_FIELD_END
};
static const cyaml_schema_value_t contact_value = { CYAML_VALUE_MAPPING(
	CYAML_FLAG_DEFAULT, struct contact_text, contact_fields) };

static const cyaml_schema_field_t policy_fields[] = {
	WORDS("name", struct policy, name, 60),
	WORDS("version", struct policy, version, 60),
	MAP("line", struct policy, line, line_fields),
	MAP("line_name", struct policy, line_name, name_fields),
	MAP("text", struct policy, text, text_fields),
	INT("behaviour_cap", struct policy, behaviour_cap),
	LIST("categories", struct policy, category, categories, &category_policy_value),
	LIST_OR_NONE("pairs", struct policy, pair, pairs, &pair_value),
	LIST_OR_NONE("harm", struct policy, harm, harms, &harm_value),
	MAP("levels", struct policy, level, level_fields),
	MAP("roles", struct policy, roles, roles_fields),
	MAP("words", struct policy, words, words_fields),
	INT("facts", struct policy, facts),
	LIST("contact", struct policy, contact, contacts, &contact_value),
	CYAML_FIELD_END
};

const cyaml_schema_value_t policy_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct policy,
								 policy_fields) };
