/*
 * truth.h - NAME.truth.jsonl: what was planted in NAME and where, one fact a line, for checks of a
 * scan.
 *
 *   {"fact":"sample","schema":1,...}                 what was made
 *   {"fact":"hit","kind","table","row","via","csv_row","line","identifier","spelling"}
 *        a row that meets line lines.csv:csv_row; via as in case.db's table match
 *   {"fact":"phrase","table","row","rule"}           a rule of rules.yaml hits this message
 *   {"fact":"phrase","table","row","category","text"} story: a message that means something
 *   {"fact":"record","kind","table","row",...}        small phones: every row as it should read
 *   {"fact":"absent","table","row"}                  a row that a -wal deletes
 *   {"fact":"app","id","name"}                        present
 *   {"fact":"counts",...}                             the last line
 */
#ifndef GEN_TRUTH_H
#define GEN_TRUTH_H
#include "phone.h"

struct truth;

/* records: also one fact for every row. */
struct truth *truth_open(const char *path, const struct phone *p, const char *mode, bool records);
void truth_message(struct truth *t, const char *table, int64_t row, const struct message *m);
void truth_call(struct truth *t, const char *table, int64_t row, const struct call *c);
void truth_contact(struct truth *t, const char *table, int64_t row, const struct person *q);
void truth_absent(struct truth *t, const char *table, int64_t row);
void truth_app(struct truth *t, const char *id, const char *name);
/* Messages of another app, which are counted and not compared. */
void truth_others(struct truth *t, uint64_t messages);
void truth_close(struct truth *t);
#endif
