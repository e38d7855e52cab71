/* rows_doors.c - see rows_inside.h */
#include "rows_inside.h"
#include <string.h>

static int column_named(const struct row *row, const char *alias)
{
	const struct statement *s = &row->cursor->main;
	for (int i = 0; i < s->columns; i++)
		if (!strcmp(s->name[i], alias))
			return i;
	return -1;
}

span row_bytes(const struct row *row, const char *alias)
{
	int col = column_named(row, alias);
	return col < 0 ? SPAN_NONE : statement_bytes(&row->cursor->main, col);
}

bool row_int(const struct row *row, const char *alias, int64_t *ret)
{
	double d;
	int64_t i;
	int col = column_named(row, alias);
	if (col < 0 || statement_number(&row->cursor->main, col, &i, &d) != NUMBER_INT)
		return false;
	*ret = i;
	return true;
}

struct arena *row_arena(const struct row *row)
{
	row->run->arena_used = true;
	return row->run->arena;
}

int row_warn(const struct row *row, enum warning kind, const char *detail)
{
	return run_warn(row->run, kind, row->cursor->q->table, row->key, detail);
}

int row_needs_direction(const struct row *row, struct record *r, struct err *err)
{
	(void)err;
	if (r->direction == DIR_UNKNOWN && r->kind != REC_SYSTEM)
		row_warn(row, WARN_FIELD_UNKNOWN, "nothing that is known here says who sent it");
	return 0;
}

void row_peer(const struct row *row, span handle, span name)
{
	if (!row->handles)
		return;
	row->handles->peer = handle;
	row->handles->peer_name = name;
}

void row_owner(const struct row *row, span handle)
{
	if (row->handles)
		row->handles->owner = handle;
}

void row_from(const struct row *row, span handle, span name)
{
	struct run *run = row->run;
	run->side_from =
		(struct party){ ROLE_PERSON, rows_keep(run, handle), rows_keep(run, name) };
	run->side_from_given = handle.p || name.p;
}

span row_path(const struct row *row)
{
	return row->run->path;
}

bool row_attachment(const struct row *row, span name, span type)
{
	return rows_add_attachment(row, name, type) == 0 && !row->run->stop;
}

bool row_ident(const struct row *row, span raw, span label)
{
	return rows_keep_ident(row, raw, label) == 0 && !row->run->stop;
}

uint64_t row_place(const struct row *row)
{
	return row->run->place;
}

void row_again(const struct row *row, uint64_t place)
{
	row->run->again = place;
}

/* What members_name or members_add gave. */
static bool member_told(const struct row *row, int rc)
{
	struct run *run = row->run;
	if (rc == E_NOMEM)
		rows_nomem(run);
	if (rc == E_LIMIT && !run->members_told) {
		run->members_told = true;
		row_warn(row, WARN_LIMIT, "more members of threads than linecheck reads");
	}
	return rc == 0;
}

bool row_member(const struct row *row, span thread, const struct party *party)
{
	if (!thread.p || (!party->raw.p && !party->name.p))
		return true;
	return member_told(row, members_add(row->run->members, thread, party));
}

bool row_thread(const struct row *row, span thread, span name, span owner)
{
	if (!thread.p || (!name.p && !owner.p))
		return true;
	return member_told(row, members_name(row->run->members, thread, name, owner));
}

bool row_person(const struct row *row, span account, const struct party *party)
{
	if (!account.p || (!party->raw.p && !party->name.p))
		return true;
	return member_told(row, members_add(row->run->people, account, party));
}

const struct party *row_person_of(const struct row *row, span account)
{
	const struct member_list *list = account.p ? members_of(row->run->people, account) : NULL;
	return list && list->n ? &list->party[0] : NULL;
}
