/* stop.c - see stop.h */
#include "stop.h"
#include "base/identifier.h"
#include "decision.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum why { STOP_AGREED, STOP_CARER, STOP_MANY, STOP_KINDS };

static const struct {
	const char *word, *sentence;
} stops[STOP_KINDS] = {
	[STOP_AGREED] = { "agreed-person-in-finding",
			  "A number or address of the person who agreed is in a finding. Hand over "
			  "no "
			  "notice and no summary, and give them no copy. Call a supervisor now." },
	[STOP_CARER] = { "carer-in-finding",
			 "Somebody whom the child has saved as a parent or carer is in a finding. "
			 "Hand "
			 "over no notice and no summary before a supervisor has decided." },
	[STOP_MANY] = { "many-lines",
			"This phone meets more deal lines than a child's phone does: it may have "
			"been "
			"made to find out what is on the list. A supervisor must decide." },
};

/* Everyone in the records of findings: those that are listed, and those that met the same rules or
 * lines beyond; as they are stored, as a number, or as a number in the text. */
/* Where a finding lists only its first records, all that its rule met count as its own. */
#define RECORDS                                                                                   \
	"WITH told(record) AS (SELECT record FROM finding_record UNION SELECT record FROM match " \
	"WHERE rule IN (SELECT f.rule FROM finding f JOIN finding_count n ON n.finding=f.id "     \
	"WHERE n.records>(SELECT count(*) FROM finding_record x WHERE x.finding=f.id)) OR "       \
	"(line IS NOT NULL AND EXISTS (SELECT 1 FROM finding WHERE rule IN "                      \
	"('line','line-name')))) "
#define PEOPLE                                                                                     \
	RECORDS "SELECT p.raw, p.e164 FROM told x JOIN record r ON r.id=x.record JOIN party p ON " \
		"p.id=r.\"from\" AND p.role='person' UNION SELECT p.raw, p.e164 FROM told x JOIN " \
		"record r ON r.id=x.record JOIN party_set s ON s.id=r.\"to\" JOIN party p ON "     \
		"p.id=s.party AND p.role='person' UNION SELECT p.raw, p.e164 FROM told x JOIN "    \
		"contact_id i ON i.record=x.record JOIN party p ON p.id=i.party UNION SELECT "     \
		"NULL, "                                                                           \
		"m.e164 FROM told x JOIN mention m ON m.record=x.record"

static bool same(span a, span b)
{
	struct identifier x = identifier_of(a), y = identifier_of(b);
	char k[256], l[256];
	if (x.e164 || y.e164)
		return x.e164 == y.e164;
	size_t n = identifier_key(a, k, sizeof k), m = identifier_key(b, l, sizeof l);
	return n && n == m && n <= sizeof k && memcmp(k, l, n) == 0;
}

/* How many of the JSON array's handles are in findings? */
static int handles_found(struct case_db *c, const json_t *handles, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	size_t n = json_array_size(handles);
	bool *met = calloc(n + 1, sizeof *met);
	int rc = met ? case_prepare(c, PEOPLE, &st, err) : err_set(err, E_NOMEM, "Memory ran out.");
	if (rc) {
		free(met);
		return rc;
	}
	while (sqlite3_step(st) == SQLITE_ROW) {
		span raw = { sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0) };
		uint64_t e164 = (uint64_t)sqlite3_column_int64(st, 1);
		for (size_t i = 0; i < n; i++) {
			span own = span_z(json_string_value(json_array_get(handles, i)));
			met[i] |= same(raw, own) || (e164 && identifier_of(own).e164 == e164);
		}
	}
	sqlite3_finalize(st);
	for (size_t i = 0; i < n; i++)
		*ret += met[i];
	free(met);
	return 0;
}

static int agreed_found(struct case_db *c, int64_t *ret, struct err *err)
{
	struct buf text = { 0 };
	struct err why = { 0 };
	int64_t id;
	int rc = decision_current(c, DECISION_AUTHORITY, &id, NULL, err);
	if (rc)
		return rc;
	rc = decision_text(c, id, "agreed_handles", &text, &why);
	if (rc == E_ABSENT || rc == E_REFUSED) {
		buf_free(&text);
		return 0;
	}
	json_t *handles = rc ? NULL : json_loadb(text.data ? text.data : "", text.n, 0, NULL);
	if (!rc)
		rc = handles_found(c, handles, ret, err);
	json_decref(handles);
	buf_free(&text);
	return rc;
}

static bool carer_word(span word)
{
	static const char *const words[] = {
#define W(word) word,
#include "carer_words.list"
#undef W
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (word.n == strlen(words[i]) && strncasecmp(word.p, words[i], word.n) == 0)
			return true;
	return false;
}

static bool carer_name(span name)
{
	while (name.n) {
		size_t n = 0;
		while (n < name.n && isalpha((unsigned char)name.p[n]))
			n++;
		if (n && carer_word((span){ name.p, n }))
			return true;
		name = span_from(name, n + 1 < name.n ? n + 1 : name.n);
	}
	return false;
}

static int carer_found(struct case_db *c, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(
		c,
		"SELECT r.name, p.raw FROM record r JOIN contact_id i ON i.record=r.id "
		"JOIN party p ON p.id=i.party WHERE r.kind=1 AND r.name IS NOT NULL",
		&st, err);
	if (rc)
		return rc;
	json_t *handles = json_array();
	while (sqlite3_step(st) == SQLITE_ROW) {
		span name = { sqlite3_column_blob(st, 0), (size_t)sqlite3_column_bytes(st, 0) };
		if (carer_name(name))
			json_array_append_new(handles,
					      json_stringn(sqlite3_column_blob(st, 1),
							   (size_t)sqlite3_column_bytes(st, 1)));
	}
	sqlite3_finalize(st);
	rc = handles_found(c, handles, ret, err);
	json_decref(handles);
	return rc;
}

/* How many times the number that is too many. */
static int many_found(struct case_db *c, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(
		c, "SELECT count(DISTINCT l.line) FROM match m JOIN line l ON l.id=m.line", &st,
		err);
	if (rc)
		return rc;
	int64_t lines = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	*ret = lines ? (lines - 1) / STOP_LINES : 0;
	sqlite3_finalize(st);
	return 0;
}

/* A stop for as many was recorded before: it stands, or a supervisor lifted it. */
static int recorded(struct case_db *c, const char *word, int64_t n, bool *ret, struct err *err)
{
	sqlite3_stmt *st;
	int rc = case_prepare(c,
			      "SELECT 1 FROM decision WHERE kind='stop' AND "
			      "json_extract(body,'$.choices.why')=?1 AND "
			      "json_extract(body,'$.choices.n')>=?2",
			      &st, err);
	if (rc)
		return rc;
	sqlite3_bind_text(st, 1, word, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, n);
	*ret = sqlite3_step(st) == SQLITE_ROW;
	sqlite3_finalize(st);
	return 0;
}

int stop_check(struct case_db *c, struct err *err)
{
	static int (*const test[STOP_KINDS])(struct case_db * c, int64_t * ret,
					     struct err * err) = {
		[STOP_AGREED] = agreed_found,
		[STOP_CARER] = carer_found,
		[STOP_MANY] = many_found,
	};
	int rc = 0;
	if (!decision_exists(c, DECISION_AUTHORITY))
		return 0;
	for (int i = 0; !rc && i < STOP_KINDS; i++) {
		int64_t n = 0;
		bool before = false;
		if (i == STOP_MANY && case_training(c))
			continue; /* its lists are made up */
		rc = test[i](c, &n, err);
		if (!rc && n)
			rc = recorded(c, stops[i].word, n, &before, err);
		if (rc || !n || before)
			continue;
		json_t *choices = json_pack("{sIss}", "n", (json_int_t)n, "why", stops[i].word);
		struct decision d = { .kind = DECISION_STOP, .choices = choices };
		rc = decision_record(c, &d, NULL, err);
		json_decref(choices);
	}
	return rc;
}

const char *stop_standing(struct case_db *c)
{
	json_t *choices;
	if (decision_current(c, DECISION_STOP, NULL, &choices, NULL))
		return NULL;
	const char *word = json_string_value(json_object_get(choices, "why"));
	const char *sentence = "This case was stopped. A supervisor must decide.";
	for (int i = 0; word && i < STOP_KINDS; i++)
		if (strcmp(stops[i].word, word) == 0)
			sentence = stops[i].sentence;
	json_decref(choices);
	return sentence;
}
