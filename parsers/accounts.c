/* accounts.c - see accounts.h */
#include "accounts.h"

void account_add(struct account *a, span raw, const char *label)
{
	bool ok;
	if (!raw.n)
		return;
	for (size_t i = 0; i < a->n; i++)
		if (span_eq(a->id[i].raw, raw) && span_eq(a->id[i].label, span_z(label)))
			return;
	if (a->n == ACCOUNT_IDS_MAX) {
		a->full = true;
		return;
	}
	a->id[a->n++] = (struct contact_id){ arena_copy(a->arena, raw, &ok), span_z(label) };
	a->failed |= !ok;
}

/* What a person looks for first stands first, wherever the file has it. */
static void order(const struct account *a, struct contact_id *out)
{
	static const char *const labels[] = { LABEL_PHONE, LABEL_IMEI,     LABEL_MEID,
					      LABEL_IMSI,  LABEL_ICCID,    LABEL_SERIAL,
					      LABEL_UDID,  LABEL_WHATSAPP, LABEL_WHATSAPP_LAST };
	size_t n = 0;
	for (size_t l = 0; l < sizeof labels / sizeof *labels; l++)
		for (size_t i = 0; i < a->n; i++)
			if (span_eq(a->id[i].label, span_z(labels[l])))
				out[n++] = a->id[i];
}

int account_deliver(struct account *a, const struct sink *sink, const char *table, int64_t row,
		    struct err *err)
{
	struct contact_id ids[ACCOUNT_IDS_MAX];
	struct record r = {
		.kind = REC_ACCOUNT,
		.table = table,
		.row = row,
		.time = TIME_UNSET,
		.duration = -1,
		.name = a->name.n ? a->name : SPAN_NONE,
		.ids = ids,
		.ids_n = a->n,
	};
	if (a->failed)
		return err_set(err, E_NOMEM, "memory ran out");
	order(a, ids);
	int rc = a->n ? sink->record(sink->user, &r) : 0;
	if (rc >= 0 && a->full)
		rc = sink->warn(sink->user, WARN_LIMIT, table, row,
				"more numbers than linecheck reads of one account");
	*a = (struct account){ .arena = a->arena };
	return rc < 0 ? rc : 0;
}

enum id_kind account_device(span label)
{
	static const struct {
		const char *label;
		enum id_kind kind;
	} known[] = {
		{ LABEL_IMEI, ID_IMEI }, { LABEL_IMSI, ID_IMSI },  { LABEL_ICCID, ID_ICCID },
		{ LABEL_MEID, ID_RAW },  { LABEL_SERIAL, ID_RAW }, { LABEL_UDID, ID_RAW },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (span_eq(label, span_z(known[i].label)))
			return known[i].kind;
	return ID_ABSENT;
}
