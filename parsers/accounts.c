/* accounts.c - see accounts.h */
#include "accounts.h"

void account_add(struct account *a, span raw, const char *label)
{
	if (!raw.n)
		return;
	for (size_t i = 0; i < a->n; i++)
		if (span_eq(a->id[i].raw, raw) && span_eq(a->id[i].label, span_z(label)))
			return;
	if (a->n == ACCOUNT_IDS_MAX)
		a->full = true;
	else
		a->id[a->n++] = (struct contact_id){ raw, span_z(label) };
}

int account_deliver(const struct account *a, const struct sink *sink, const char *table,
		    int64_t row, span name)
{
	struct record r = {
		.kind = REC_ACCOUNT,
		.table = table,
		.row = row,
		.time = TIME_UNSET,
		.duration = -1,
		.name = name.n ? name : SPAN_NONE,
		.ids = a->id,
		.ids_n = a->n,
	};
	int rc = a->n ? sink->record(sink->user, &r) : 0;
	if (rc >= 0 && a->full)
		rc = sink->warn(sink->user, WARN_LIMIT, table, row,
				"more numbers than linecheck reads of one account");
	return rc;
}
