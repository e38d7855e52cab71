/* exit_code.c - what the outcome and the coverage of a case come to as an exit code. */
#include "cmd.h"
#include "facts.h"
#include "report.h"

static int find(struct case_db *c, int *ret_code, struct err *err)
{
	struct fact_outcome outcome;
	struct fact_gaps gaps;
	int rc = facts_outcome(c, &outcome, err);
	if (!rc)
		rc = facts_gaps(c, &gaps, err);
	if (rc)
		return rc;
	if (outcome.level >= 1)
		*ret_code = EXIT_INDICATORS;
	else
		*ret_code =
			outcome.level < 0 || fact_gaps_any(&gaps) ? EXIT_INCOMPLETE : EXIT_NOTHING;
	return 0;
}

int report_exit_code(struct case_db *c, int *ret_code, struct err *err)
{
	bool began = false;
	int rc = facts_begin(c, &began, err);
	if (!rc)
		rc = find(c, ret_code, err);
	facts_end(c, began);
	return rc;
}
