/*
 * confidential.h - numbers whose conversations are sealed: helplines, and what the force adds
 * (solicitors, health, advocates).
 *
 * The list that ships is confidential.csv beside this file: number, name, where the number is
 * published. A force's own list has the same form. What a child says to a helpline is confidential
 * information (Police, Crime, Sentencing and Courts Act 2022 s.43): such records are counted and
 * stay in the vault.
 */
#ifndef CONFIDENTIAL_H
#define CONFIDENTIAL_H
#include "base/err.h"
#include "base/span.h"
#include <stdint.h>

struct confidential;

/* The list that ships and, if own is not NULL, the force's CSV file. A bad row is E_USER. */
int confidential_load(struct confidential **ret, const char *own, struct err *err);
void confidential_free(struct confidential *c); /* NULL is legal */
/* Is this handle, as a phone stores it, on the list? In any spelling, or a sender's name. */
bool confidential_has(const struct confidential *c, span raw);
/* A number that was unsealed. */
int confidential_forget(struct confidential *c, span raw, struct err *err);
uint32_t confidential_count(const struct confidential *c);
/* SHA-256 over both lists, 64 hex digits. */
const char *confidential_sha256(const struct confidential *c);
#endif
