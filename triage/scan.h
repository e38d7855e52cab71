/*
 * scan.h - evidence -> parsers -> records -> lines and rules -> case, streaming.
 */
#ifndef SCAN_H
#define SCAN_H
#include "case.h"
#include "evidence.h"
#include "lines.h"
#include "match.h"
#include "score_case.h"
#include "trust.h"

struct scan_options {
	const struct lines *lines; /* NULL: no line list was given */
	const char *lines_name;    /* last part of its path */
	const struct ruleset *rules;
	const struct policy *policy;
	const struct wa_key *whatsapp_key; /* NULL: none was given */
	struct passwords *passwords;       /* NULL: there are none */
	struct device_session *device;     /* a phone on a cable: path is its name; NULL: path is a
					    * file or folder */
	bool jit;
	const struct trust *trust; /* NULL in a training case; the vault is sealed to its force */
	const char *confidential;  /* the force's own list of confidential numbers, or NULL */
	progress_fn *progress;     /* may be NULL */
	void *user;
};

/* Where the time went, seconds; for the benchmark. */
struct scan_timing {
	double unlock; /* making keys of passwords: shown apart, not in open */
	double open, hash, parse, score;
	double match; /* of the processor, beside parse */
};

struct scan_result {
	int64_t exhibit; /* EX number in the case */
	bool known; /* the same source was read before with the same lines and rules: nothing new */
	bool again; /* the same source under other decisions: its rows were replaced */
	uint64_t records; /* kept */
	struct scan_timing timing;
};

/* Read one source into the case as its next exhibit (or as the exhibit it already is), match,
 * score. All or nothing: on failure the case is as before but for an exhibit marked as interrupted.
 */
int scan_source(struct case_db *c, const char *path, const struct scan_options *options,
		struct scan_result *ret, struct err *err);
/* Read an exhibit again from what the vault keeps of it, under the decisions that stand now; known:
 * it was read under them. E_ABSENT: it was read in place. All or nothing, too. */
int scan_kept(struct case_db *c, int64_t exhibit, const struct scan_options *options,
	      struct scan_result *ret, struct err *err);
#endif
