/* scope.c - see scope.h */
#include "scope.h"
#include "decision.h"
#include "parser.h"
#include "textmap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY ((int64_t)86400000)
#define KEY_MOST 256

const char *scope_out_word(enum scope_out out)
{
	static const char *const word[SCOPE_OUT_MAX] = {
		[SCOPE_IN] = "in",
		[SCOPE_SEALED] = "sealed",
		[SCOPE_KIND] = "other-kind",
		[SCOPE_BEFORE] = "before",
		[SCOPE_AFTER] = "after",
		[SCOPE_NO_TIME] = "no-time",
		[SCOPE_PARTY] = "other-people",
		[SCOPE_NO_PARTY] = "unknown-people",
		[SCOPE_ISOLATED] = "after-isolation",
		[SCOPE_ERASED] = "erased",
	};
	return word[out];
}

const char *scope_out_sentence(enum scope_out out)
{
	static const char sealed_words[] =
		"with a helpline or another confidential number: sealed, "
		"counted and not looked at";
	static const char isolated_words[] =
		"from after the phone was cut off from its network: put aside, tell a supervisor";
	static const char *const sentence[SCOPE_OUT_MAX] = {
		[SCOPE_IN] = "in scope",
		[SCOPE_SEALED] = sealed_words,
		[SCOPE_KIND] = "of a kind that the scope does not ask for",
		[SCOPE_BEFORE] = "from before the days in scope",
		[SCOPE_AFTER] = "from after the days in scope",
		[SCOPE_NO_TIME] = "without a time that can be read, so not known to be in scope",
		[SCOPE_PARTY] = "with people outside the scope",
		[SCOPE_NO_PARTY] = "with people who are not known, so not known to be in scope",
		[SCOPE_ISOLATED] = isolated_words,
		[SCOPE_ERASED] = "erased when the case was closed: nothing was met in them",
	};
	return sentence[out];
}

const char *text_state_word(enum text_state state)
{
	static const char *const word[TEXT_STATE_MAX] = {
		[TEXT_STAGE] = "withheld-by-stage",
		[TEXT_ERASED] = "erased",
	};
	return word[state];
}

struct scope {
	struct confidential *confidential;
	unsigned kinds;
	int64_t from, until, isolated;
	struct textmap *with; /* NULL: anyone */
	int stage;
	struct textmap *threads; /* stage 2 */
	struct buf *owned;       /* bytes that the maps borrow, one buf a key */
	size_t owned_n;
	int64_t version;
	bool training;
	struct hidden *hidden; /* NULL: none known */
};

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static int put(struct scope *s, struct textmap *map, struct buf *key, struct err *err)
{
	struct buf *more = realloc(s->owned, (s->owned_n + 1) * sizeof *more);
	if (!more || key->failed) {
		if (more)
			s->owned = more;
		buf_free(key);
		return no_memory(err);
	}
	s->owned = more;
	s->owned[s->owned_n++] = *key;
	return textmap_put(map, buf_span(key), 1) ? 0 : no_memory(err);
}

/* What two spellings of a person are compared in. */
static size_t person_key(span raw, char out[static KEY_MOST])
{
	struct identifier id = identifier_of(raw);
	if (id.e164) {
		identifier_format(id.e164, out);
		return strlen(out);
	}
	size_t n = identifier_key(raw, out, KEY_MOST);
	return n <= KEY_MOST ? n : 0;
}

static void thread_key(struct buf *out, span path, span key)
{
	buf_add(out, path);
	buf_byte(out, 0);
	buf_add(out, key);
}

static int add_people(struct scope *s, const json_t *list, struct err *err)
{
	size_t i;
	json_t *value;
	int rc = 0;
	if (!list)
		return 0;
	if (!(s->with = textmap_new()))
		return no_memory(err);
	json_array_foreach(list, i, value)
	{
		char key[KEY_MOST];
		struct buf own = { 0 };
		size_t n = person_key(span_z(json_string_value(value)), key);
		buf_add(&own, (span){ key, n });
		rc = n ? put(s, s->with, &own, err)
		       : err_set(err, E_FORMAT, "The scope names a person by nothing.");
		if (rc)
			break;
	}
	return rc;
}

static int add_kinds(struct scope *s, const json_t *list, struct err *err)
{
	size_t i;
	json_t *value;
	enum record_kind kind;
	s->kinds = 0;
	json_array_foreach(list, i, value)
	{
		if (!record_kind_from_word(span_z(json_string_value(value)), &kind))
			return err_set(err, E_FORMAT, "The scope names an unknown kind of record.");
		s->kinds |= KIND_BIT(kind);
		if (kind == REC_MESSAGE)
			s->kinds |= KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM);
	}
	return s->kinds ? 0 : err_set(err, E_FORMAT, "The scope names no kind of record.");
}

static int day_of(const json_t *choices, const char *key, int64_t *ret, struct err *err)
{
	const json_t *value = json_object_get(choices, key);
	if (value && !time_parse_date(span_z(json_string_value(value)), ret))
		return err_set(err, E_FORMAT, "The scope has a day that is not one.");
	return 0;
}

static int use_scope(struct scope *s, const json_t *choices, struct err *err)
{
	int rc = add_kinds(s, json_object_get(choices, "kinds"), err);
	if (!rc)
		rc = day_of(choices, "from", &s->from, err);
	if (!rc)
		rc = day_of(choices, "to", &s->until, err);
	if (!rc && s->until != TIME_UNSET)
		s->until += DAY;
	return rc ? rc : add_people(s, json_object_get(choices, "with"), err);
}

/* The threads whose text stage 2 may read: those with a number hit, and those chosen. */
static int add_threads(struct scope *s, struct case_db *c, const json_t *chosen, struct err *err)
{
	sqlite3_stmt *st;
	if (!(s->threads = textmap_new()))
		return no_memory(err);
	char *ids = json_dumps(chosen ? chosen : json_null(), JSON_ENCODE_ANY);
	if (!ids)
		return no_memory(err);
	int rc = case_prepare(c,
			      "SELECT f.path, t.key FROM thread t JOIN evidence_file f ON "
			      "f.id=t.file WHERE t.id IN (SELECT r.thread FROM match m JOIN record "
			      "r ON r.id=m.record WHERE m.line IS NOT NULL) OR t.id IN (SELECT "
			      "value FROM json_each(coalesce(?1,'[]')))",
			      &st, err);
	if (!rc) {
		if (chosen)
			sqlite3_bind_text(st, 1, ids, -1, SQLITE_STATIC);
		while (!rc && sqlite3_step(st) == SQLITE_ROW) {
			struct buf own = { 0 };
			thread_key(&own,
				   (span){ (const char *)sqlite3_column_text(st, 0),
					   (size_t)sqlite3_column_bytes(st, 0) },
				   (span){ sqlite3_column_blob(st, 1),
					   (size_t)sqlite3_column_bytes(st, 1) });
			rc = put(s, s->threads, &own, err);
		}
		sqlite3_finalize(st);
	}
	free(ids);
	return rc;
}

static void seen(struct scope *s, int64_t id)
{
	if (id > s->version)
		s->version = id;
}

/* A decision that may not be there. */
static int find(struct case_db *c, struct scope *s, enum decision_kind kind, json_t **ret,
		struct err *err)
{
	struct err why = { 0 };
	int64_t id;
	*ret = NULL;
	int rc = decision_current(c, kind, &id, ret, &why);
	if (rc == E_ABSENT)
		return 0;
	if (rc)
		return err_set(err, rc, "%s", why.message);
	seen(s, id);
	return 0;
}

static int load_scope(struct scope *s, struct case_db *c, struct err *err)
{
	json_t *choices;
	int rc = find(c, s, DECISION_SCOPE, &choices, err);
	if (!rc && choices)
		rc = use_scope(s, choices, err);
	else if (!rc && !s->training)
		rc = err_set(err, E_REFUSED,
			     "This case has no scope, so nothing of the phone may be read. Record "
			     "one with 'linecheck case scope %s'.",
			     case_dir(c));
	json_decref(choices);
	return rc;
}

static int load_stage(struct scope *s, struct case_db *c, struct err *err)
{
	json_t *choices;
	int rc = find(c, s, DECISION_STAGE, &choices, err);
	s->stage = s->training ? 3 : 1;
	if (!rc && choices) {
		s->stage = (int)json_integer_value(json_object_get(choices, "stage"));
		if (s->stage < 1 || s->stage > 3)
			rc = err_set(err, E_FORMAT, "The stage of the case is not 1, 2 or 3.");
		if (!rc && s->stage == 2)
			rc = add_threads(s, c, json_object_get(choices, "threads"), err);
	}
	json_decref(choices);
	return rc;
}

static int load_isolation(struct scope *s, struct case_db *c, struct err *err)
{
	json_t *choices;
	int rc = find(c, s, DECISION_AUTHORITY, &choices, err);
	const char *at = json_string_value(json_object_get(choices, "isolated_at"));
	if (!rc && at && !time_parse(span_z(at), &s->isolated))
		rc = err_set(err, E_FORMAT, "The time of isolation is not a time.");
	if (!rc && !choices && !s->training)
		rc = err_set(err, E_REFUSED,
			     "This case has no recorded authority, so nothing of the phone may be "
			     "read. 'linecheck case new' records one.");
	json_decref(choices);
	return rc;
}

static int forget(void *user, int64_t id, int64_t at, const char *by, const json_t *choices)
{
	struct scope *s = user;
	(void)at;
	(void)by;
	seen(s, id);
	return confidential_forget(s->confidential,
				   span_z(json_string_value(json_object_get(choices, "number"))),
				   NULL);
}

int scope_load(struct scope **ret, struct case_db *c, const char *own, struct err *err)
{
	struct scope *s = calloc(1, sizeof *s);
	if (!s)
		return no_memory(err);
	*s = (struct scope){ .kinds = KINDS_COMMUNICATION,
			     .from = TIME_UNSET,
			     .until = TIME_UNSET,
			     .isolated = TIME_UNSET,
			     .training = case_training(c) };
	int rc = confidential_load(&s->confidential, own, err);
	if (!rc)
		rc = decision_each(c, DECISION_UNSEAL, forget, s, err);
	if (!rc)
		rc = load_isolation(s, c, err);
	if (!rc)
		rc = load_scope(s, c, err);
	if (!rc)
		rc = load_stage(s, c, err);
	if (rc)
		scope_free(s);
	else
		*ret = s;
	return rc;
}

void scope_free(struct scope *s)
{
	if (!s)
		return;
	confidential_free(s->confidential);
	textmap_free(s->with);
	textmap_free(s->threads);
	for (size_t i = 0; i < s->owned_n; i++)
		buf_free(&s->owned[i]);
	free(s->owned);
	free(s);
}

unsigned scope_kinds(const struct scope *s)
{
	return s->kinds;
}

int scope_stage(const struct scope *s)
{
	return s->stage;
}

int64_t scope_version(const struct scope *s)
{
	return s->version;
}

const struct confidential *scope_confidential(const struct scope *s)
{
	return s->confidential;
}

void scope_know(struct scope *s, struct hidden *hidden)
{
	s->hidden = hidden;
}

/* The number behind a hidden name as "+44...", absent where there is none. */
static span number_behind(const struct scope *s, span raw, char out[static 17])
{
	struct identifier id = { .kind = ID_ABSENT };
	if (s->hidden && raw.p && memchr(raw.p, '@', raw.n))
		id = identifier_of(raw);
	if (id.kind == ID_JID_LID)
		id = hidden_resolve(s->hidden, raw, id);
	if (id.kind != ID_JID_LID || !id.e164)
		return SPAN_NONE;
	identifier_format(id.e164, out);
	return span_z(out);
}

static bool is_sealed(const struct scope *s, span raw)
{
	char number[17];
	span behind = number_behind(s, raw, number);
	return confidential_has(s->confidential, raw) ||
	       (behind.p && confidential_has(s->confidential, behind));
}

static bool sealed(const struct scope *s, const struct record *r)
{
	bool found = r->from.role != ROLE_OWNER && is_sealed(s, r->from.raw);
	for (size_t i = 0; !found && i < r->to_n; i++)
		found = r->to[i].role != ROLE_OWNER && is_sealed(s, r->to[i].raw);
	for (size_t i = 0; !found && r->kind == REC_CONTACT && i < r->ids_n; i++)
		found = is_sealed(s, r->ids[i].raw);
	return found;
}

static enum scope_out at_time(const struct scope *s, int64_t time)
{
	if (s->isolated != TIME_UNSET && time > s->isolated)
		return SCOPE_ISOLATED;
	if (s->from != TIME_UNSET && time < s->from)
		return SCOPE_BEFORE;
	return s->until != TIME_UNSET && time >= s->until ? SCOPE_AFTER : SCOPE_IN;
}

/* What apps are there and what they may do is so when the phone is read, whenever it began. */
static bool is_of_phone(enum record_kind kind)
{
	return kind == REC_TRACE_APP || kind == REC_TRACE_PERMISSION;
}

static enum scope_out of_time(const struct scope *s, const struct record *r)
{
	if (r->kind == REC_CONTACT || r->kind == REC_ACCOUNT || is_of_phone(r->kind))
		return SCOPE_IN;
	if (r->time != TIME_UNSET)
		return at_time(s, r->time);
	if (s->from == TIME_UNSET && s->until == TIME_UNSET && s->isolated == TIME_UNSET)
		return SCOPE_IN;
	/* A clock whose zone is not said: from 14 hours before UTC to 12 behind it. */
	if (r->local) {
		enum scope_out first = at_time(s, r->local - INT64_C(14) * 3600000);
		if (first == at_time(s, r->local + INT64_C(12) * 3600000))
			return first;
	}
	return SCOPE_NO_TIME;
}

static bool listed(const struct scope *s, span raw, bool *known)
{
	char key[KEY_MOST], number[17];
	uint32_t value;
	size_t n = raw.p && raw.n ? person_key(raw, key) : 0;
	*known |= n > 0;
	if (n && textmap_get(s->with, (span){ key, n }, &value))
		return true;
	span behind = number_behind(s, raw, number);
	return behind.p && textmap_get(s->with, behind, &value);
}

static enum scope_out of_people(const struct scope *s, const struct record *r)
{
	bool known = false;
	if (!s->with || r->kind == REC_ACCOUNT || is_of_phone(r->kind) ||
	    r->kind == REC_TRACE_USAGE)
		return SCOPE_IN;
	if (r->from.role != ROLE_OWNER && listed(s, r->from.raw, &known))
		return SCOPE_IN;
	for (size_t i = 0; i < r->to_n; i++)
		if (r->to[i].role != ROLE_OWNER && listed(s, r->to[i].raw, &known))
			return SCOPE_IN;
	for (size_t i = 0; i < r->ids_n; i++)
		if (listed(s, r->ids[i].raw, &known))
			return SCOPE_IN;
	return known ? SCOPE_PARTY : SCOPE_NO_PARTY;
}

enum scope_out scope_of(const struct scope *s, const struct record *r)
{
	if (!(s->kinds & KIND_BIT(r->kind)))
		return SCOPE_KIND;
	if (sealed(s, r))
		return SCOPE_SEALED;
	enum scope_out out = of_time(s, r);
	return out ? out : of_people(s, r);
}

bool scope_text(const struct scope *s, span path, const struct record *r)
{
	uint32_t value;
	if (s->stage != 2)
		return s->stage == 3;
	if (!r->thread.p)
		return false;
	struct buf key = { 0 };
	thread_key(&key, path, r->thread);
	bool found = !key.failed && textmap_get(s->threads, buf_span(&key), &value);
	buf_free(&key);
	return found;
}
