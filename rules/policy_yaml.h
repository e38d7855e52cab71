/* policy_yaml.h - the form of scoring.yaml, for policy.c. */
#ifndef POLICY_YAML_H
#define POLICY_YAML_H
#include "yamldoc.h"

extern const cyaml_schema_value_t policy_schema;
#endif
