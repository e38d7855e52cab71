/*
 * replay.h - doing an extraction again: what a report says of how it was made, and the same run on
 * the same source.
 *
 * annex/replay.json is canonical JSON:
 *
 *   {"format":"linecheck-replay-1","isolated_at":time?,"packs":[{"kind":..,"sha256":hex}],
 *    "program":SHA-256 of the program's file,"scope":{choices}?,"stage":{choices}?,"version":..}
 *
 * A replay makes a scratch case with these decisions, reads the source into it, writes the annexes
 * again, pages too, and compares them byte for byte.
 */
#ifndef REPLAY_H
#define REPLAY_H
#include "bundle.h"
#include "case.h"
#include "replay_compare.h"
#include "scan.h"

#define REPLAY_FILE "annex/replay.json"

/* SHA-256 of the file of the program that runs. */
int replay_program(char ret[static 65], struct err *err);
/* Write REPLAY_FILE. */
int replay_describe(struct case_db *c, struct bundle *b, struct err *err);

/* options: as for a training case. work: a folder that the scratch case may be made in; it is
 * removed. E_REFUSED: another version, program or list; E_FORMAT: something is not the same.
 * *ret_same: how many files are. */
int replay_run(const char *bundle, const char *const *sources, size_t sources_n, const char *work,
	       const struct scan_options *options, replay_fn *differs, void *user,
	       int64_t *ret_same, struct err *err);
#endif
