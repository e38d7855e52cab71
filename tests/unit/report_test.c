/* JSON, JSON Lines, summary and exit code of cases that SQL made. */
#include "../report/fixture.h"
#include "base/utf8.h"
#include "report/emit.h"
#include "report/facts_record.h"
#include <jansson.h>
#include <locale.h>
#include <time.h>

static json_t *parse(const char *p, size_t n)
{
	json_error_t error;
	json_t *j = json_loadb(p, n, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
	if (!j)
		fail_msg("%s at byte %d of: %.300s", error.text, error.position, p);
	return j;
}

/* Key order is part of the contract; jansson keeps it. */
static void keys_are(json_t *object, const char *expect)
{
	struct buf all = { 0 };
	const char *key;
	json_t *value;
	json_object_foreach(object, key, value)
	{
		buf_addf(&all, "%s%s", all.n ? "," : "", key);
	}
	assert_string_equal(all.data, expect);
	buf_free(&all);
}

static void is(json_t *object, const char *path, const char *expect)
{
	char copy[128], *save = NULL;
	snprintf(copy, sizeof copy, "%s", path);
	json_t *at = object;
	for (char *part = strtok_r(copy, "/", &save); part; part = strtok_r(NULL, "/", &save))
		at = json_is_array(at) ? json_array_get(at, strtoul(part, NULL, 10))
				       : json_object_get(at, part);
	char *text = at ? json_dumps(at, JSON_ENCODE_ANY | JSON_COMPACT) : strdup("(missing)");
	if (strcmp(text, expect) != 0)
		fail_msg("%s is %s, not %s", path, text, expect);
	free(text);
}

static void strings_round_trip(void **state)
{
	(void)state;
	/* every character there is, through jansson and back */
	struct text t = { 0 };
	struct buf in = { 0 };
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		char bytes[4];
		buf_add(&in, (span){ bytes, utf8_put(cp, bytes) });
	}
	struct emit j = { .to = open_memstream(&t.p, &t.n) };
	emit_open(&j, '[');
	emit_string(&j, buf_span(&in));
	emit_string(&j, SPAN(""));
	emit_string(&j, SPAN_NONE);
	emit_string(&j, SPAN("a\xff\xed\xa0\x80"
			     "b"));
	emit_thousandths(&j, 1500);
	emit_thousandths(&j, 35250);
	emit_thousandths(&j, 7);
	emit_close(&j, ']');
	assert_true(emit_flush(&j));
	fclose(j.to);
	json_t *a = parse(t.p, t.n);
	json_t *s = json_array_get(a, 0);
	assert_int_equal(json_string_length(s), in.n);
	assert_memory_equal(json_string_value(s), in.data, in.n);
	is(a, "1", "\"\"");
	is(a, "2", "null");
	assert_string_equal(json_string_value(json_array_get(a, 3)),
			    "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
			    "b");
	is(a, "4", "1.5");
	is(a, "5", "35.25");
	assert_non_null(strstr(t.p, ",1.5,35.25,0.007]"));
	/* nothing that a terminal acts on is in it as such */
	for (size_t pos = 0; pos < t.n - 1;)
		assert_false(utf8_is_hidden(utf8_next((span){ t.p, t.n }, &pos)));
	json_decref(a);
	buf_free(&in);
	free(t.p);
}

static void scan_document(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, true);
	struct text t = made_by(report_json, c);
	json_t *j = parse(t.p, t.n);
	keys_are(j, "schema,training,level,level_code,axes,counts,findings,roles,coverage,not_run,"
		    "lines,"
		    "packs,searches,apps,warnings,counterfactual,exhibits,outside,readers,rescans,"
		    "run,case,"
		    "notes");
	is(j, "schema", "\"linecheck-scan-1\"");
	is(j, "training", "true");
	is(j, "level", "\"Strong indicators \xe2\x80\x93 discuss same day\"");
	is(j, "level_code", "2");
	is(j, "axes", "{\"link\":45,\"harm\":\"strong\",\"coverage\":67}");
	is(j, "counts",
	   "{\"account\":0,\"contact\":2,\"call\":2,\"message\":5,\"reaction\":0,"
	   "\"system\":0,\"warning\":1,\"note\":1}");
	keys_are(json_array_get(json_object_get(j, "findings"), 0),
		 "id,rule,category,line,points,reason,innocent,without,origins,meaning,without_"
		 "level,"
		 "contact,records");
	is(j, "findings/0/id", "\"F1\"");
	is(j, "findings/0/line", "\"Deano\"");
	is(j, "findings/0/points", "30");
	is(j, "findings/0/contact", "\"two-way\"");
	is(j, "findings/1/line", "null");
	is(j, "findings/1/contact", "null");
	is(j, "findings/2/records", "14");
	is(j, "findings/0/origins/5",
	   "{\"exhibit\":\"EX1\",\"file\":\"HomeDomain/Library/SMS/sms.db\",\"sha256\":\""
	   "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\",\"table\":"
	   "\"message\","
	   "\"row\":\"141\",\"state\":\"live\",\"record\":\"EX1/M000008\",\"fact\":6,\"start\":5,"
	   "\"stop\":17}");
	is(j, "findings/0/origins/0/start", "null");
	is(j, "roles/0",
	   "{\"id\":\"debt-threat-victim\",\"for\":[\"F2\"],\"against\":[\"The sender is "
	   "not saved and no other message speaks of money.\"]}");
	is(j, "roles/1/for", "[\"F1\",\"F3\"]");
	keys_are(json_array_get(json_object_get(j, "coverage"), 0),
		 "path,sha256,state,parser,counts,exhibit,size,side_of,detail,losses,notes");
	is(j, "coverage/2/counts/message", "5");
	is(j, "coverage/2/losses", "1");
	is(j, "coverage/2/notes", "1");
	is(j, "coverage/3/side_of", "\"HomeDomain/Library/SMS/sms.db\"");
	is(j, "coverage/4/state", "\"present-not-read\"");
	is(j, "coverage/4/sha256", "null");
	is(j, "coverage/5/size", "null");
	is(j, "not_run/0",
	   "{\"rule\":\"core.travel.tickets\",\"why\":\"stage 3 was not asked for\","
	   "\"category\":\"travel\",\"stage\":3}");
	is(j, "lines/0",
	   "{\"line\":\"Deano\",\"identifier\":\"07700 "
	   "900123\",\"e164\":\"+447700900123\",\"from\":"
	   "\"2025-07-01T00:00:00.000Z\",\"until\":\"2026-01-01T00:00:00.000Z\",\"status\":"
	   "\"active\","
	   "\"grade\":\"2BP\",\"pack\":\"lines.csv\",\"csv_row\":2}");
	is(j, "packs/0/skipped", "1");
	is(j, "packs/0/signer", "null");
	is(j, "searches",
	   "[{\"rule\":\"core.debt.work-it-off\",\"category\":\"debt-threat\",\"stage\":2,"
	   "\"pack\":\"core\",\"records\":1},"
	   "{\"rule\":\"core.supply.offer\",\"category\":\"broadcast\",\"stage\":2,\"pack\":"
	   "\"core\",\"records\":14},"
	   "{\"rule\":\"core.travel.tickets\",\"category\":\"travel\",\"stage\":3,\"pack\":"
	   "\"core\",\"records\":null}]");
	is(j, "apps/1/read", "false");
	is(j, "warnings/0",
	   "{\"kind\":\"text-lost\",\"table\":\"message\",\"row\":\"211\",\"detail\":"
	   "\"attributedBody "
	   "ends in the middle of its "
	   "text\",\"times\":1,\"loss\":true,\"exhibit\":\"EX1\",\"file\":"
	   "\"HomeDomain/Library/SMS/sms.db\"}");
	is(j, "warnings/1/row", "null");
	is(j, "counterfactual", "[\"F1\"]");
	is(j, "exhibits/0/label", "\"returned-phone\"");
	is(j, "case",
	   "{\"schema\":\"4\",\"tool\":\"linecheck " LINECHECK_VERSION
	   "\",\"zone\":\"Europe/London\",\"stage\":3}");
	is(j, "run",
	   "[{\"command\":\"scan\",\"started\":\"2026-01-01T00:00:00.000Z\",\"finished\":"
	   "\"2026-01-01T00:00:03.500Z\"}]");
	is(j, "notes/0", "\"Absence of hits is not absence of risk.\"");
	is(j, "notes/3",
	   "\"1 bad row of the line list was left out: nothing was compared with it.\"");
	assert_null(strstr(t.p, case_path));
	json_decref(j);
	free(t.p);
	drop_case(c);
}

static void nothing_scored(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, false);
	struct text t = made_by(report_json, c);
	json_t *j = parse(t.p, t.n);
	is(j, "level", "\"Cannot say: too little was read\"");
	is(j, "level_code", "null");
	is(j, "axes", "null");
	is(j, "findings", "[]");
	is(j, "coverage", "[]");
	json_decref(j);
	free(t.p);
	drop_case(c);
}

/* The lines of JSON Lines, parsed. */
static json_t *records_of(struct case_db *c, enum record_kind kind)
{
	struct text t = { 0 };
	struct err err = { 0 };
	FILE *to = open_memstream(&t.p, &t.n);
	assert_int_equal(report_records(c, kind == REC_KIND_MAX ? ~0u : KIND_BIT(kind), to, &err),
			 0);
	fclose(to);
	json_t *all = json_array();
	for (char *p = t.p, *end; (end = memchr(p, '\n', t.n - (size_t)(p - t.p))); p = end + 1)
		json_array_append_new(all, parse(p, (size_t)(end - p)));
	free(t.p);
	return all;
}

#define RECORD_KEYS                                                                           \
	"kind,time,time_raw,direction,from,to,thread,service,text,duration,name,identifiers," \
	"mentions,attachments,read,state,origin,id,time_unit,thread_name,thread_id"

static void records_of_the_story(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, true);
	json_t *all = records_of(c, REC_KIND_MAX), *r;
	size_t i;
	assert_int_equal(json_array_size(all), 9);
	json_array_foreach(all, i, r) keys_are(r, RECORD_KEYS);
	is(all, "2",
	   "{\"kind\":\"call\",\"time\":\"2025-07-25T18:59:59.250Z\",\"time_raw\":\"775162799.25\","
	   "\"direction\":\"in\",\"from\":{\"role\":\"person\",\"raw\":\"07700 900123\",\"kind\":"
	   "\"GB_MOBILE\",\"e164\":\"+447700900123\",\"name\":null,\"certainty\":\"assumed\"},"
	   "\"to\":"
	   "[{\"role\":\"owner\",\"raw\":\"+447700900001\",\"kind\":\"GB_MOBILE\",\"e164\":"
	   "\"+447700900001\",\"name\":null,\"certainty\":\"certain\"}],\"thread\":null,"
	   "\"service\":"
	   "\"Telephone\",\"text\":null,\"duration\":35.25,\"name\":null,\"identifiers\":[],"
	   "\"mentions\":[],\"attachments\":[],\"read\":null,\"state\":[],\"origin\":{\"exhibit\":"
	   "\"EX1\",\"file\":\"HomeDomain/Library/CallHistoryDB/CallHistory.storedata\",\"sha256\":"
	   "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\"table\":"
	   "\"ZCALLRECORD\",\"row\":\"9\",\"state\":\"live\"},\"id\":\"EX1/T000003\",\"time_unit\":"
	   "\"cocoa\",\"thread_name\":null,\"thread_id\":null}");
	is(all, "0/name", "\"Deano line\"");
	is(all, "0/identifiers",
	   "[{\"raw\":\"07700 900123\",\"kind\":\"GB_MOBILE\",\"e164\":"
	   "\"+447700900123\",\"certainty\":\"assumed\",\"label\":\"mobile\"}]");
	is(all, "0/time", "null");
	is(all, "0/to", "[]");
	is(all, "3/duration", "61");
	is(all, "4/read", "true");
	is(all, "6/read", "false");
	is(all, "5/read", "null");
	is(all, "5/state", "[\"edited\"]");
	/* a sender that the source does not give stays unknown */
	is(all, "7/from",
	   "{\"role\":\"unknown\",\"raw\":null,\"kind\":null,\"e164\":null,\"name\":null,"
	   "\"certainty\":null}");
	is(all, "7/direction", "\"unknown\"");
	is(all, "7/time", "null");
	is(all, "7/time_raw", "\"0\"");
	is(all, "7/mentions",
	   "[{\"start\":5,\"stop\":17,\"raw\":\"07700 900123\",\"kind\":\"GB_MOBILE\","
	   "\"e164\":\"+447700900123\",\"certainty\":\"assumed\"}]");
	is(all, "8/to/2/raw", "\"+447700900555\"");
	is(all, "8/attachments", "[{\"name\":\"IMG_0042.HEIC\",\"type\":\"image/heic\"}]");
	is(all, "8/text", "null");
	is(all, "8/state", "[\"group\"]");
	is(all, "8/thread_name", "\"weekend\"");
	run_sql(c, "UPDATE record SET state = 4096 + 4 WHERE id = 9");
	json_decref(all);
	all = records_of(c, REC_KIND_MAX);
	is(all, "8/state", "[\"deleted\",\"recovered\"]");
	is(all, "8/origin/state", "\"recovered\"");
	json_decref(all);
	all = records_of(c, REC_CALL);
	assert_int_equal(json_array_size(all), 2);
	is(all, "1/id", "\"EX1/T000004\"");
	json_decref(all);
	all = records_of(c, REC_SYSTEM);
	assert_int_equal(json_array_size(all), 0);
	json_decref(all);
	drop_case(c);
}

/* Lists that hang on records are given to the right record, whatever is left out between them. */
static void lists_keep_to_their_record(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, true);
	run_sql(c, "WITH n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
		   " INSERT INTO record "
		   "(id,file,tbl,row,kind,time,time_raw,unit,direction,\"from\",\"to\",thread,"
		   "service,text,duration,name,read,state) SELECT i, 3, 'message', i, iif(i % 7 = "
		   "0, 2, 3), i, NULL, "
		   "NULL, 1,"
		   " NULL, NULL, NULL, NULL, CAST(i AS TEXT), NULL, NULL, NULL, 0 FROM n;"
		   "INSERT INTO attachment SELECT id, k, id || '-' || k, NULL FROM record,"
		   " (SELECT 0 AS k UNION SELECT 1) WHERE id >= 100 AND id % 3 = 0;"
		   "INSERT INTO mention SELECT id, 0, 0, 3, 447700900000 + id % 1000, 'x', 'y' "
		   "FROM record"
		   " WHERE id BETWEEN 300 AND 330;");
	for (int pass = 0; pass < 2; pass++) {
		json_t *all = records_of(c, pass ? REC_CALL : REC_KIND_MAX), *r;
		size_t i;
		json_array_foreach(all, i, r)
		{
			int id = (int)strtol(json_string_value(json_object_get(r, "id")) + 5, NULL,
					     10);
			if (id < 100)
				continue;
			json_t *a = json_object_get(r, "attachments");
			json_t *m = json_object_get(r, "mentions");
			assert_int_equal(json_array_size(a), id % 3 == 0 ? 2 : 0);
			assert_int_equal(json_array_size(m), id >= 300 && id <= 330);
			if (id % 3 == 0) {
				char expect[32];
				snprintf(expect, sizeof expect, "\"%d-1\"", id);
				is(a, "1/name", expect);
			}
			if (json_array_size(m)) {
				char expect[32];
				snprintf(expect, sizeof expect, "\"+447700900%03d\"", id);
				is(m, "0/e164", expect);
			}
		}
		json_decref(all);
	}
	drop_case(c);
}

/* Asked in any order, and twice: the page does. */
static void lists_in_any_order(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, true);
	run_sql(c, "WITH n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
		   " INSERT INTO attachment SELECT i, k, i || '-' || k, NULL FROM n,"
		   " (SELECT 0 AS k UNION SELECT 1) WHERE i % 5 = 0");
	struct list_reader *lists = NULL;
	struct fact_attachment a;
	assert_int_equal(list_reader_new(&lists, c, NULL), 0);
	static const int ids[] = { 300, 100, 100, 101, 105, 104, 300, 301, 99, 200, 295, 100, 295 };
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		int n = 0;
		list_of(lists, ids[i]);
		while (list_attachment(lists, &a, NULL) > 0) {
			char expect[16];
			snprintf(expect, sizeof expect, "%d-%d", ids[i], n++);
			assert_true(span_eq(a.name, span_z(expect)));
		}
		assert_int_equal(n, ids[i] >= 100 && ids[i] <= 300 && ids[i] % 5 == 0 ? 2 : 0);
		assert_int_equal(list_attachment(lists, &a, NULL), 0); /* and stays at its end */
	}
	list_reader_free(lists);
	drop_case(c);
}

static void hostile_records(void **state)
{
	(void)state;
	struct case_db *c = hostile_case();
	struct text t = made_by(all_records, c);
	assert_true(utf8_valid((span){ t.p, t.n }));
	for (size_t pos = 0; pos < t.n;) {
		uint32_t cp = utf8_next((span){ t.p, t.n }, &pos);
		assert_true(cp == '\n' || !utf8_is_hidden(cp));
	}
	free(t.p);
	json_t *all = records_of(c, REC_MESSAGE);
	assert_int_equal(json_array_size(all), 5);
	json_t *r = json_array_get(all, 0);
	keys_are(
		r,
		"kind,time,time_raw,time_raw_hex,direction,from,to,thread,thread_hex,service,"
		"service_hex,text,text_hex,duration,name,name_hex,identifiers,mentions,attachments,"
		"read,state,origin,id,time_unit,thread_name,thread_name_hex,thread_id");
	/* the bytes can be had back exactly */
	const char *hex = json_string_value(json_object_get(r, "text_hex"));
	assert_int_equal(strlen(hex), 2 * (sizeof hostile - 1));
	for (size_t i = 0; i < sizeof hostile - 1; i++) {
		char two[3];
		snprintf(two, sizeof two, "%02x", (unsigned char)hostile[i]);
		assert_memory_equal(hex + 2 * i, two, 2);
	}
	json_t *text = json_object_get(r, "text");
	struct buf repaired = { 0 };
	utf8_repair(&repaired, (span){ hostile, sizeof hostile - 1 });
	assert_int_equal(json_string_length(text), repaired.n);
	assert_memory_equal(json_string_value(text), repaired.data, repaired.n);
	buf_free(&repaired);
	keys_are(json_object_get(r, "from"),
		 "role,raw,raw_hex,kind,kind_hex,e164,name,name_hex,certainty,certainty_hex");
	json_decref(all);
	drop_case(c);
}

static void large_rows_are_exact(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, true);
	run_sql(c, "UPDATE record SET row = 9223372036854775807 WHERE id = 5;"
		   "UPDATE record SET row = -9223372036854775808, time = 253402300800000,"
		   " duration = 9223372036854775807 WHERE id = 6;");
	json_t *all = records_of(c, REC_MESSAGE);
	is(all, "0/origin/row", "\"9223372036854775807\"");
	is(all, "1/origin/row", "\"-9223372036854775808\"");
	is(all, "1/time", "null"); /* the year 10000 is no time that a phone has */
	json_decref(all);
	drop_case(c);
}

static void hostile_scan_document(void **state)
{
	(void)state;
	struct case_db *c = hostile_case();
	struct text t = made_by(report_json, c);
	json_t *j = parse(t.p, t.n);
	assert_true(utf8_valid((span){ t.p, t.n }));
	for (size_t pos = 0; pos < t.n;) {
		uint32_t cp = utf8_next((span){ t.p, t.n }, &pos);
		assert_true(cp == '\n' || !utf8_is_hidden(cp));
	}
	is(j, "training", "false");
	is(j, "level_code", "2");
	is(j, "roles/0/against", "[]"); /* was not JSON */
	assert_int_equal(json_array_size(json_object_get(j, "findings")), 4);
	json_decref(j);
	free(t.p);
	drop_case(c);
}

static int code_of(struct case_db *c)
{
	struct err err = { 0 };
	int code = -1;
	assert_int_equal(report_exit_code(c, &code, &err), 0);
	return code;
}

static void exit_codes(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, false);
	assert_int_equal(code_of(c), 4); /* nothing was read */
	run_sql(c, "INSERT INTO exhibit "
		   "(id,label,kind,platform,fingerprint,state,files_seen,bytes_seen,files_kept,"
		   "bytes_kept,detail) VALUES(1,'x','folder','ios','f','whole',1,1,1,1,NULL);"
		   "INSERT INTO evidence_file "
		   "VALUES(1,1,'sms.db',NULL,1,'s',NULL,'read','ios-sms',8,NULL,"
		   "NULL)");
	assert_int_equal(code_of(c), 4); /* not scored */
	run_sql(c, "INSERT INTO outcome VALUES(1, 0, 0, 'none', 100)");
	assert_int_equal(code_of(c), 0);
	run_sql(c, "INSERT INTO evidence_file "
		   "VALUES(2,1,'photo',NULL,1,NULL,NULL,'out-of-scope',NULL,0,"
		   "NULL,NULL)");
	assert_int_equal(code_of(c), 0);
	static const char *const unread[] = { "absent", "encrypted", "unreadable",
					      "newer-than-tested", "present-not-read" };
	for (size_t i = 0; i < sizeof unread / sizeof *unread; i++) {
		char sql[128];
		snprintf(sql, sizeof sql, "UPDATE evidence_file SET state='%s' WHERE id=2",
			 unread[i]);
		run_sql(c, sql);
		assert_int_equal(code_of(c), 4);
	}
	run_sql(c, "DELETE FROM evidence_file WHERE id=2;"
		   "INSERT INTO warning VALUES(1,1,1,'note',0,NULL,NULL,'x',1)");
	assert_int_equal(code_of(c), 0); /* a remark is no loss */
	run_sql(c, "INSERT INTO warning VALUES(2,1,1,'row-lost',1,NULL,NULL,'x',1)");
	assert_int_equal(code_of(c), 4);
	run_sql(c, "DELETE FROM warning; UPDATE exhibit SET state='reading'");
	assert_int_equal(code_of(c), 4);
	run_sql(c, "UPDATE exhibit SET state='failed'");
	assert_int_equal(code_of(c), 4);
	for (int level = 1; level <= 3; level++) {
		char sql[64];
		snprintf(sql, sizeof sql, "UPDATE outcome SET level=%d", level);
		run_sql(c, sql);
		assert_int_equal(code_of(c), 10); /* indicators, whatever else was not read */
	}
	run_sql(c, "UPDATE exhibit SET state='whole'; UPDATE outcome SET level=NULL");
	assert_int_equal(code_of(c), 4);
	drop_case(c);
}

static void summary_of_the_story(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, true);
	struct text t = made_by(plain_summary, c);
	assert_string_equal(
		t.p,
		"TRAINING: fictional or test data\n"
		"\n"
		"Strong indicators \xe2\x80\x93 discuss same day\n"
		"Discuss these the same day with a supervisor and with children's social care.\n"
		"\n"
		"Why\n"
		"  F1  Number on the line list, 30 points\n"
		"      The phone was in touch with a number that is known as a deal line.\n"
		"      The number 07700 900123 is on the line list as Deano, and there was contact "
		"with it "
		"both\n"
		"      ways.\n"
		"      EX1/C000001, contact\n"
		"      | Deano line\n"
		"      EX1/T000003, call received, 2025-07-25 18:59:59 UTC = Fri 25 Jul 2025 "
		"19:59:59 BST, "
		"from 07700 900123\n"
		"  F2  Debt with a threat, 18 points\n"
		"      A debt is to be paid by working.\n"
		"      A message demands money, says that it is to be worked off, and threatens "
		"the family.\n"
		"      EX1/M000007, message received, 2025-07-29 08:00:00 UTC = Tue 29 Jul 2025 "
		"09:00:00 BST, "
		"from +447700900077\n"
		"      | you owe 300 now. work it off or we come to ur mums. answer ur phone\n"
		"  F3  Advert sent to many, 8 points\n"
		"      An offer with prices and times, as lines send them to many.\n"
		"      A text offers amounts and prices and says how long the sender is there.\n"
		"      EX1/M000005, message received, 2025-07-25 18:00:00 UTC = Fri 25 Jul 2025 "
		"19:00:00 BST, "
		"from 07700 900123\n"
		"      | on till 1, both banging, 3 for 25. new number same line\n"
		"  (Points: how much a reason weighs. EX1/M000001: a record of exhibit EX1; the "
		"page "
		"says where it stands.)\n"
		"\n"
		"Looked at\n"
		"  EX1 iPhone backup, read to its end: returned-phone\n"
		"  In all: 2 contacts, 2 calls, 5 messages\n"
		"\n"
		"Not seen\n"
		"  1 bad row of the line list was left out: nothing was compared with it.\n"
		"  Apps on the phone that were not read: Snapchat, WhatsApp\n"
		"  In what was given, but linecheck has no reader for it: "
		"AppDomainGroup-group.net.whatsapp.WhatsApp.shared/ChatStorage.sqlite\n"
		"  Not there: the source lists it, its bytes are missing: "
		"HomeDomain/Library/Voicemail/voicemail.db\n"
		"      The backup lists it, its bytes are not in the folder.\n"
		"  Lost, 1 time: words of a message that could not be read, in: "
		"HomeDomain/Library/SMS/sms.db\n"
		"      attributedBody ends in the middle of its text\n"
		"  Pictures, videos, sound: never opened.\n"
		"\n"
		"What to do about it\n"
		"  - Not compared: get the unit's list, or have the rows corrected ('linecheck "
		"lines check' names them), and look again with it.\n"
		"  - Not read: look at these apps and files with another tool, or on the phone, if "
		"the authority for this check allows it.\n"
		"  - Not there: make the copy again, and wait until it says it is complete.\n"
		"  - A loss: read the reason beside it. A fresh copy of the phone, or another "
		"tool, "
		"may show what is missing.\n"
		"\n"
		"Absence of hits is not absence of risk.\n"
		"A person decides. The program made no decision.\n");
	struct text colour = made_by(colour_summary, c);
	/* colour adds to the words: without its codes it is the same text */
	size_t n = 0;
	for (size_t i = 0; i < colour.n; i++) {
		if (strncmp(colour.p + i, "\033[1m", 4) == 0 ||
		    strncmp(colour.p + i, "\033[0m", 4) == 0)
			i += 3;
		else
			colour.p[n++] = colour.p[i];
	}
	assert_int_equal(n, t.n);
	assert_memory_equal(colour.p, t.p, n);
	free(colour.p);
	free(t.p);
	drop_case(c);
}

/* What was lost is named where nothing was read, with the next step; paths stay on their line. */
static void summary_of_nothing(void **state)
{
	(void)state;
	struct case_db *c = new_case(true, false);
	run_sql(c, "INSERT INTO exhibit(id,label,kind,platform,fingerprint,state,files_seen) VALUES"
		   "(1,'my'||char(10)||'phone'||char(9)||char(27)||'[2J','folder','unknown','f',"
		   "'whole',2);"
		   "INSERT INTO evidence_file(id,exhibit,path,size,state,detail) VALUES"
		   "(1,1,'a'||char(10)||'b.db',10,'encrypted','needs'||char(13)||'a key');"
		   "INSERT INTO warning VALUES(1,1,NULL,'source',1,NULL,NULL,'x.db: it cannot be "
		   "opened: Permission denied',1)");
	struct text t = made_by(plain_summary, c);
	const char *at = strstr(t.p, "Looked at\n");
	assert_non_null(at);
	assert_string_equal(
		at,
		"Looked at\n"
		"  EX1 folder of files, read in part, what was not is listed: "
		"my\xe2\x9f\xa6U+000A\xe2\x9f\xa7phone"
		"\xe2\x9f\xa6U+0009\xe2\x9f\xa7\xe2\x9f\xa6U+001B\xe2\x9f\xa7[2J\n"
		"  In all: no records\n"
		"\n"
		"Not seen\n"
		"  No line list was used: no number was compared with known deal lines.\n"
		"  Encrypted: cannot be read without its key: a\xe2\x9f\xa6U+000A\xe2\x9f\xa7"
		"b.db\n"
		"      needs\xe2\x9f\xa6U+000D\xe2\x9f\xa7"
		"a key\n"
		"  Lost, 1 time: something in the source\n"
		"      x.db: it cannot be opened: Permission denied\n"
		"  Nothing was read: 2 files were found, and no messages, calls or contacts could "
		"be read from them.\n"
		"  Pictures, videos, sound: never opened.\n"
		"\n"
		"What to do about it\n"
		"  - Not compared: get the unit's list, or have the rows corrected ('linecheck "
		"lines check' names them), and look again with it.\n"
		"  - Encrypted: if its password or key is known, scan again with it; the reason "
		"beside it says how. If not, ask whoever makes the copy for one whose password is "
		"known.\n"
		"  - A loss: read the reason beside it. A fresh copy of the phone, or another "
		"tool, may show what is missing.\n"
		"  - Is it the right folder or file? Give the backup folder itself (the one with "
		"Manifest.db in it), the folder that holds the phone's files, an archive of "
		"these, or one database.\n"
		"\n"
		"Absence of hits is not absence of risk.\n"
		"A person decides. The program made no decision.\n");
	free(t.p);
	drop_case(c);
}

static void summary_says_who_it_went_to(void **state)
{
	(void)state;
	static const struct {
		const char *sql, *expect;
	} cases[] = {
		{ "UPDATE finding_record SET record = 4 WHERE finding = 'F1' AND n = 2",
		  "call dialled, 2025-07-25 19:05:00 UTC = Fri 25 Jul 2025 20:05:00 BST, to 07700 "
		  "900123\n" },
		{ "UPDATE record SET \"to\" = 3 WHERE id = 4", "to +447700900001 and others\n" },
		{ "UPDATE record SET \"to\" = NULL WHERE id = 4",
		  "to a person who is not known\n" },
		{ "UPDATE record SET direction = 0, \"from\" = NULL WHERE id = 4",
		  "call direction not known, 2025-07-25 19:05:00 UTC = Fri 25 Jul 2025 20:05:00 "
		  "BST, from a "
		  "person who is not known\n" },
	};
	struct case_db *c = new_case(true, true);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		run_sql(c, cases[i].sql);
		struct text t = made_by(plain_summary, c);
		if (!strstr(t.p, cases[i].expect))
			fail_msg("%zu: lacks %s", i, cases[i].expect);
		free(t.p);
	}
	drop_case(c);
}

static void hostile_summary(void **state)
{
	(void)state;
	struct case_db *c = hostile_case();
	struct text t = made_by(plain_summary, c);
	assert_true(utf8_valid((span){ t.p, t.n }));
	for (size_t pos = 0; pos < t.n;) {
		uint32_t cp = utf8_next((span){ t.p, t.n }, &pos);
		assert_true(cp == '\n' || !utf8_is_hidden(cp));
	}
	assert_true(t.n < 20000);
	free(t.p);
	drop_case(c);
}

static void same_bytes_everywhere(void **state)
{
	(void)state;
	static report_fn *const reports[] = { report_json, report_view, all_records,
					      plain_summary };
	struct case_db *c = hostile_case();
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
		struct text a = made_by(reports[i], c);
		setenv("TZ", "Pacific/Auckland", 1);
		setenv("LC_ALL", "de_DE.UTF-8", 1);
		tzset();
		setlocale(LC_ALL, "");
		struct text b = made_by(reports[i], c);
		unsetenv("TZ");
		unsetenv("LC_ALL");
		tzset();
		setlocale(LC_ALL, "C");
		assert_int_equal(a.n, b.n);
		assert_memory_equal(a.p, b.p, a.n);
		free(a.p);
		free(b.p);
	}
	drop_case(c);
}

/* A case that cannot be read gives an error with words, never half a truth. */
static void damaged_cases(void **state)
{
	(void)state;
	static const char *const tables[] = { "outcome", "evidence_file",  "record",
					      "finding", "finding_record", "party",
					      "line",    "warning",        "app",
					      "pack",    "role",           "run" };
	static report_fn *const reports[] = { report_json, report_view, plain_summary };
	struct case_db *c = new_case(true, true);
	run_sql(c, "PRAGMA foreign_keys=OFF");
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		char sql[64];
		run_sql(c, "SAVEPOINT whole");
		snprintf(sql, sizeof sql, "DROP TABLE %s", tables[i]);
		run_sql(c, sql);
		for (size_t k = 0; k < sizeof reports / sizeof *reports; k++) {
			struct text t = { 0 };
			struct err err = { 0 };
			FILE *to = open_memstream(&t.p, &t.n);
			int rc = reports[k](c, to, &err);
			fclose(to);
			free(t.p);
			/* the summary does without some tables */
			if (rc || reports[k] != plain_summary) {
				assert_true(rc < 0);
				assert_int_equal(err.code, rc);
				assert_non_null(strstr(err.message, tables[i]));
			}
		}
		run_sql(c, "ROLLBACK TO whole; RELEASE whole");
	}
	drop_case(c);
}

static void full_disks_are_said(void **state)
{
	(void)state;
	static report_fn *const reports[] = { report_json, report_view, all_records };
	struct case_db *c = new_case(true, true);
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
		FILE *full = fopen("/dev/full", "w");
		struct err err = { 0 };
		if (!full)
			skip();
		int rc = reports[i](c, full, &err);
		if (!rc && fflush(full) == 0)
			fail_msg("report %zu did not notice a full disk", i);
		fclose(full);
	}
	drop_case(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_round_trip),
		cmocka_unit_test(scan_document),
		cmocka_unit_test(nothing_scored),
		cmocka_unit_test(records_of_the_story),
		cmocka_unit_test(lists_keep_to_their_record),
		cmocka_unit_test(lists_in_any_order),
		cmocka_unit_test(hostile_records),
		cmocka_unit_test(large_rows_are_exact),
		cmocka_unit_test(hostile_scan_document),
		cmocka_unit_test(exit_codes),
		cmocka_unit_test(summary_of_the_story),
		cmocka_unit_test(summary_of_nothing),
		cmocka_unit_test(summary_says_who_it_went_to),
		cmocka_unit_test(hostile_summary),
		cmocka_unit_test(same_bytes_everywhere),
		cmocka_unit_test(damaged_cases),
		cmocka_unit_test(full_disks_are_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
