/*
 * annex.h - everything in scope as files for machines and for reading: what the evidential report
 * does not print. Written into a bundle, under annex/.
 *
 *   records.csv, records.jsonl   every record (JSON Lines: see README)
 *   records.html, records-0001.html ...  the same to read, ANNEX_CHUNK on a page
 *   sources.csv    every evidence file with its SHA-256 and state, every pack
 *   matches.csv    each record that met a number of the line list, and which
 *   searches.csv   each search that was loaded: whether it ran, how many records it met (nil, too)
 *   warnings.csv   what could not be read, and remarks
 */
#ifndef ANNEX_H
#define ANNEX_H
#include "case.h"
#include "court/bundle.h"

enum { ANNEX_CHUNK = 500 };

int annex_write(struct case_db *c, struct bundle *b, struct err *err);
/* "EX1", into out. */
void annex_exhibit(int64_t exhibit, char out[static 32]);
#endif
