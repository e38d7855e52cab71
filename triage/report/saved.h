/*
 * saved.h - under which names the phone's contacts hold the numbers that findings speak of.
 */
#ifndef SAVED_H
#define SAVED_H
#include "base/span.h"
#include "case.h"
#include <stdint.h>

struct saved;

int saved_load(struct saved **ret, struct case_db *c, struct err *err);
void saved_free(struct saved *s); /* NULL is legal */

/* The first name, absent if the number is not saved (or saved without a name: ""). *ret_more: how
 * many other contacts hold the number. The span lives as long as s. */
span saved_name(const struct saved *s, uint64_t e164, size_t *ret_more);
#endif
