/* The core that runs parsers: schema versions, addressing, limits, damage. Golden files test the
 * rest (tests/parsers/template). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "base/buf.h"
#include "members.h"
#include "parser.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- what a run gave, as text ---- */

struct seen {
	struct buf out;
	int64_t rows[20000];
	size_t records, warnings;
	size_t stop_at; /* end the run at this record */
};

static void put(struct buf *b, const char *name, span s)
{
	if (s.p)
		buf_addf(b, " %s=%.*s", name, (int)s.n, s.p);
}

static int on_record(void *user, const struct record *r)
{
	struct seen *s = user;
	struct buf *b = &s->out;
	if (s->records < sizeof s->rows / sizeof *s->rows)
		s->rows[s->records] = r->row;
	s->records++;
	buf_addf(b, "%s %lld %s from=%s", record_kind_word(r->kind), (long long)r->row,
		 direction_word(r->direction), role_word(r->from.role));
	put(b, "raw", r->from.raw);
	for (size_t i = 0; i < r->to_n && i < 8; i++) {
		buf_addf(b, " to=%s", role_word(r->to[i].role));
		put(b, "raw", r->to[i].raw);
	}
	put(b, "thread", r->thread);
	put(b, "called", r->thread_name);
	put(b, "text", r->text);
	put(b, "name", r->name);
	for (size_t i = 0; i < r->ids_n && i < 8; i++)
		put(b, "id", r->ids[i].raw);
	if (r->state & STATE_GROUP)
		buf_addf(b, " group");
	buf_addf(b, " n=%zu/%zu/%zu\n", r->to_n, r->ids_n, r->attachments_n);
	return s->records == s->stop_at ? -77 : 0;
}

static int on_warn(void *user, enum warning kind, const char *table, int64_t row,
		   const char *detail)
{
	struct seen *s = user;
	s->warnings++;
	buf_addf(&s->out, "! %s %s %lld %s\n", warning_word(kind), table ? table : "-",
		 (long long)row, detail);
	return 0;
}

static sqlite3 *open_sql(const char *sql)
{
	sqlite3 *db;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL))
		fail_msg("%s", sqlite3_errmsg(db));
	return db;
}

static int run(const struct parser *p, sqlite3 *db, struct seen *seen, struct err *err)
{
	struct input in = { .db = db };
	struct sink sink = { on_record, on_warn, seen };
	*err = (struct err){ 0 };
	return parser_run(p, &in, &sink, err);
}

/* p on the database that sql makes gives these lines. */
static void expect(const struct parser *p, const char *sql, const char *lines)
{
	struct seen *seen = calloc(1, sizeof *seen);
	struct err err;
	sqlite3 *db = open_sql(sql);
	int rc = run(p, db, seen, &err);
	if (rc)
		buf_addf(&seen->out, "= %s %s\n", err_word(rc), err.message);
	assert_string_equal(buf_span(&seen->out).p, lines);
	buf_free(&seen->out);
	free(seen);
	sqlite3_close(db);
}

#define CHAT "CREATE TABLE msg(id INTEGER PRIMARY KEY, at, out, who, room, body);"
static const char *const chat_sql = "SELECT id AS row, at AS time, out AS sent, who AS peer,"
				    " room AS thread, body AS text FROM msg ORDER BY id";

/* ---- words, names, paths ---- */

static void words(void **state)
{
	(void)state;
	enum record_kind kind = REC_CALL;
	for (int k = 0; k < REC_KIND_MAX; k++) {
		assert_true(record_kind_from_word(span_z(record_kind_word((enum record_kind)k)),
						  &kind));
		assert_int_equal(kind, k);
	}
	assert_false(record_kind_from_word(SPAN("messages"), &kind));
	assert_false(record_kind_from_word(SPAN_NONE, &kind));
	assert_int_equal(kind, REC_KIND_MAX - 1);
	for (unsigned bit = STATE_EDITED; bit <= STATE_ALL; bit <<= 1)
		assert_non_null(record_state_word(bit));
	assert_null(record_state_word((unsigned)STATE_ALL + 1));
	assert_null(record_state_word(0));
	assert_string_equal(warning_word(WARN_ROW_LOST), "row-lost");
	assert_false(warning_is_loss(WARN_NOTE));
	assert_true(warning_is_loss(WARN_LIMIT));
}

static void glob(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *path;
		bool match;
	} cases[] = {
		{ "HomeDomain/Library/SMS/sms.db", "HomeDomain/Library/SMS/sms.db", true },
		{ "HomeDomain/Library/SMS/sms.db", "homedomain/library/sms/SMS.DB", true },
		{ "*/Library/SMS/sms.db", "private/var/mobile/Library/SMS/sms.db", true },
		{ "*/Library/SMS/sms.db", "Library/SMS/sms.db", false },
		{ "*/sms.db", "a/sms.db-wal", false },
		{ "*sms.db*", "sms.db", true },
		{ "a?c", "abc", true },
		{ "a?c", "ac", false },
		{ "a*b*c", "a/x/b/b/x/c", true },
		{ "a*b*c", "a/x/b/b/x/d", false },
		{ "", "", true },
		{ "", "a", false },
		{ "*", "", true },
		{ "**", "anything", true },
		{ "abc", "ab", false },
		{ "ab", "abc", false },
		{ "*.db", "a.db\0.txt", true }, /* the span ends before the NUL here */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (parser_glob(cases[i].pattern, span_z(cases[i].path)) != cases[i].match)
			fail_msg("%s on %s", cases[i].pattern, cases[i].path);
	assert_false(parser_glob("*.db", (span){ "a.db\0.txt", 9 }));
	assert_true(parser_glob("a?b", (span){ "a\0b", 3 }));
	/* Would take for ever if every star were tried again. */
	static char many[40000];
	memset(many, 'a', sizeof many);
	assert_false(parser_glob("*a*a*a*a*a*a*a*a*a*a*a*a*b", (span){ many, sizeof many }));
}

static void registry(void **state)
{
	(void)state;
	assert_null(parser_find("no-such-parser"));
	for (size_t i = 0; parsers[i]; i++) {
		assert_ptr_equal(parser_find(parsers[i]->name), parsers[i]);
		assert_non_null(parsers[i]->app);
		assert_true(parsers[i]->files[0] || parsers[i]->sniff);
		assert_true(parsers[i]->kinds != 0);
		assert_true(parsers[i]->need[0] != NULL || parsers[i]->run != NULL);
	}
}

/* ---- versions ---- */

static const struct parser versions = {
	.name = "versions",
	.app = "Versions",
	.kinds = ~0u,
	.need = { "msg(id,body)" },
	.q = { { .slot = "m",
		 .table = "msg",
		 .kind = REC_MESSAGE,
		 .need = { "msg(at,out)", "who(id)" },
		 .sql = "SELECT id AS row, 'newest '||body AS text FROM msg" },
	       { .slot = "m",
		 .table = "msg",
		 .kind = REC_MESSAGE,
		 .need = { "msg(at)" },
		 .sql = "SELECT id AS row, 'older '||body AS text FROM msg" },
	       { .slot = "x",
		 .table = "extra",
		 .kind = REC_CALL,
		 .optional = true,
		 .need = { "extra(id)" },
		 .sql = "SELECT id AS row FROM extra" },
	       { .slot = "m",
		 .table = "msg",
		 .kind = REC_MESSAGE,
		 .need = { "msg(OUT)" },
		 .sql = "SELECT id AS row, 'oldest '||body AS text FROM msg" } },
};

static void first_version_that_fits(void **state)
{
	(void)state;
	expect(&versions,
	       "CREATE TABLE who(id); CREATE TABLE extra(id); CREATE TABLE msg(id,body,at,out);"
	       "INSERT INTO msg VALUES(1,'b',0,0); INSERT INTO extra VALUES(9)",
	       "message 1 unknown from=unknown text=newest b n=0/0/0\n"
	       "call 9 unknown from=unknown n=0/0/0\n");
	expect(&versions,
	       "CREATE TABLE extra(id); CREATE TABLE msg(id,body,at,out);"
	       "INSERT INTO msg VALUES(1,'b',0,0)",
	       "message 1 unknown from=unknown text=older b n=0/0/0\n");
	expect(&versions, "CREATE TABLE msg(id,body,out); INSERT INTO msg VALUES(1,'b',0)",
	       "! note extra 0 no x read: extra absent\n"
	       "message 1 unknown from=unknown text=oldest b n=0/0/0\n");
}

static void no_version_fits(void **state)
{
	(void)state;
	struct err err = { 0 };
	sqlite3 *db = open_sql("CREATE TABLE msg(id,body); CREATE TABLE extra(id)");
	assert_int_equal(parser_accepts(&versions, db, &err), E_SCHEMA);
	assert_string_equal(err.message,
			    "newer or older than tested: Versions needs msg(at,out), who");
	sqlite3_close(db);
	/* What can be read is read, and the lack is told. */
	expect(&versions,
	       "CREATE TABLE msg(id,body); CREATE TABLE extra(id); INSERT INTO extra VALUES(9)",
	       "call 9 unknown from=unknown n=0/0/0\n"
	       "= schema newer or older than tested: Versions needs msg(at,out), who\n");
}

static void accepts(void **state)
{
	(void)state;
	static const struct {
		const char *sql;
		int code;
	} cases[] = {
		{ "CREATE TABLE msg(id,body,out)", 0 },
		{ "CREATE TABLE MSG(ID,Body,oUt)", 0 },
		{ "CREATE TABLE msg(id,text,out)", E_SCHEMA },
		{ "CREATE TABLE msg(a,b)", E_FORMAT },
		{ "CREATE TABLE other(id,body)", E_FORMAT },
		{ "CREATE TABLE t(id,body,out); CREATE VIEW msg AS SELECT * FROM t", E_FORMAT },
		{ "", E_FORMAT },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = { 0 };
		sqlite3 *db = open_sql(cases[i].sql);
		int rc = parser_accepts(&versions, db, &err);
		if (rc != cases[i].code)
			fail_msg("%s: %s %s", cases[i].sql, err_word(rc), err.message);
		assert_int_equal(err.code, cases[i].code);
		sqlite3_close(db);
	}
}

/* ---- optional columns ---- */

static const struct parser optional = {
	.name = "optional",
	.app = "Optional",
	.kinds = ~0u,
	.need = { "msg(id)" },
	.q = { { .table = "msg",
		 .kind = REC_MESSAGE,
		 .sql = "SELECT m.id AS row, {m:msg.body} AS text, {m:msg.body}||'!' AS name,"
			" {?extra(id) more(id): (SELECT {e:extra.x} FROM extra e)} AS thread"
			" FROM msg m{!extra(id): LEFT JOIN extra j ON j.id=m.id} ORDER BY m.id",
		 .side = { "{?files(msg,name): SELECT name AS att_name FROM files WHERE "
			   "msg=?1}" } } },
};

static void optional_columns(void **state)
{
	(void)state;
	expect(&optional,
	       "CREATE TABLE msg(id INTEGER PRIMARY KEY); CREATE TABLE extra(id);"
	       "INSERT INTO msg VALUES(1),(2)",
	       "! note - 0 column msg.body absent\n"
	       "! note - 0 table more absent\n"
	       "! note - 0 table files absent\n"
	       "message 1 unknown from=unknown n=0/0/0\n"
	       "message 2 unknown from=unknown n=0/0/0\n");
	expect(&optional,
	       "CREATE TABLE msg(id INTEGER PRIMARY KEY, body); CREATE TABLE extra(id, x);"
	       "CREATE TABLE more(id); CREATE TABLE files(msg,name); INSERT INTO files "
	       "VALUES(1,'f');"
	       "INSERT INTO msg VALUES(1,'b'); INSERT INTO extra VALUES(1,'t')",
	       "message 1 unknown from=unknown thread=t text=b name=b! n=0/0/1\n");
}

/* ---- who sent what to whom ---- */

static const struct parser rooms = {
	.name = "rooms",
	.app = "Rooms",
	.kinds = ~0u,
	.need = { "msg(id)" },
	.q = { { .slot = "r",
		 .members = true,
		 .table = "member",
		 .sql = "SELECT room AS thread, who AS peer, own AS to_owner, 'room '||room AS "
			"thread_name"
			" FROM member ORDER BY rowid" },
	       { .slot = "m",
		 .table = "msg",
		 .kind = REC_MESSAGE,
		 .sql = "SELECT id AS row, out AS sent, who AS peer, room AS thread, 'me' AS owner"
			" FROM msg ORDER BY id",
		 .side = { "SELECT who AS \"to\", own AS to_owner FROM side WHERE msg=?1 ORDER BY "
			   "rowid",
			   "SELECT f AS \"from\" FROM side WHERE msg=?1 ORDER BY rowid" } } },
};

static void addressing(void **state)
{
	(void)state;
	expect(&rooms,
	       CHAT
	       "CREATE TABLE member(room,who,own); CREATE TABLE side(msg,who,own,f);"
	       "INSERT INTO member VALUES('g','+447700900101',0),('g','+447700900102',0),"
	       "('g','+447700900109',1),('g','+447700900101',0),('g','07700 900102',0),"
	       "('two','+447700900101',0);"
	       "INSERT INTO msg(id,out,who,room) VALUES(1,0,'+447700900101','g'),"
	       "(2,1,NULL,'g'),(3,0,NULL,'g'),(4,NULL,'+447700900101','g'),"
	       "(5,0,'07700 900102','g'),(6,1,'+447700900103','g'),(7,0,'+447700900104','two'),"
	       "(8,1,'+447700900101',NULL),(9,0,'+447700900101',NULL),(10,1,NULL,'unheard of'),"
	       "(11,0,'x','g'),(12,1,'x','g'),(13,NULL,'x','g'),(14,0,'x','g');"
	       "INSERT INTO side "
	       "VALUES(11,'a',0,NULL),(11,'b',1,'c'),(12,'a',0,'mine'),(13,'a',0,'d'),"
	       "(14,'a',0,NULL)",
	       /* the sender is left out, the owner is no member, one person is one member */
	       "message 1 in from=person raw=+447700900101 to=owner raw=me to=person "
	       "raw=+447700900102"
	       " thread=g called=room g group n=2/0/0\n"
	       "message 2 out from=owner raw=me to=person raw=+447700900101 to=person "
	       "raw=+447700900102"
	       " thread=g called=room g group n=2/0/0\n"
	       /* no sender: never the group, and nobody of it is said to have received it */
	       "message 3 in from=unknown to=owner raw=me thread=g called=room g group n=1/0/0\n"
	       "message 4 unknown from=unknown to=person raw=+447700900101 thread=g called=room g "
	       "group"
	       " n=1/0/0\n"
	       /* the same number in another spelling is the same member */
	       "message 5 in from=person raw=07700 900102 to=owner raw=me to=person "
	       "raw=+447700900101"
	       " thread=g called=room g group n=2/0/0\n"
	       /* out to somebody who has left: added */
	       "message 6 out from=owner raw=me to=person raw=+447700900103 to=person "
	       "raw=+447700900101"
	       " to=person raw=+447700900102 thread=g called=room g group n=3/0/0\n"
	       /* between two, by another handle: the sender is no recipient */
	       "message 7 in from=person raw=+447700900104 to=owner raw=me thread=two called=room "
	       "two"
	       " n=1/0/0\n"
	       "message 8 out from=owner raw=me to=person raw=+447700900101 n=1/0/0\n"
	       "message 9 in from=person raw=+447700900101 to=owner raw=me n=1/0/0\n"
	       "message 10 out from=owner raw=me thread=unheard of n=0/0/0\n"
	       /* side queries say it all themselves */
	       "message 11 in from=person raw=c to=person raw=a to=owner raw=b thread=g "
	       "called=room g group"
	       " n=2/0/0\n"
	       "message 12 out from=owner raw=mine to=person raw=a thread=g called=room g group "
	       "n=1/0/0\n"
	       "message 13 unknown from=unknown raw=d to=person raw=a thread=g called=room g group "
	       "n=1/0/0\n"
	       "message 14 in from=person raw=x to=person raw=a to=owner raw=me thread=g "
	       "called=room g group"
	       " n=2/0/0\n");
}

/* ---- contacts ---- */

static const struct parser contacts = {
	.name = "contacts",
	.app = "Contacts",
	.kinds = ~0u,
	.need = { "c(id)" },
	.q = { { .table = "c",
		 .kind = REC_CONTACT,
		 .sql = "SELECT id AS row, name, tel AS ident FROM c ORDER BY id, rowid",
		 .side = { "SELECT tel AS ident FROM more WHERE id=?1" } } },
};

static void contacts_merge(void **state)
{
	(void)state;
	expect(&contacts,
	       "CREATE TABLE c(id,name,tel); CREATE TABLE more(id,tel);"
	       "INSERT INTO c VALUES(2,NULL,'b1'),(1,'Ann',NULL),(2,'Ben','b2'),(1,'not Ann','a1'),"
	       "(3,NULL,NULL),(2,'not Ben','b3'); INSERT INTO more VALUES(2,'b4')",
	       "contact 1 unknown from=unknown name=Ann id=a1 n=0/1/0\n"
	       "contact 2 unknown from=unknown name=Ben id=b1 id=b4 id=b2 id=b3 n=0/4/0\n"
	       "contact 3 unknown from=unknown n=0/0/0\n");
}

/* ---- limits ---- */

static void limits(void **state)
{
	(void)state;
	char lines[400];
	expect(&contacts,
	       "CREATE TABLE c(id,name,tel); CREATE TABLE more(id,tel);"
	       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<600)"
	       " INSERT INTO c SELECT 1,'Ann',i FROM n; INSERT INTO c VALUES(2,'Ben','b')",
	       "! limit c 1 more identifiers than linecheck reads of one contact\n"
	       "contact 1 unknown from=unknown name=Ann id=1 id=2 id=3 id=4 id=5 id=6 id=7 id=8 "
	       "n=0/512/0\n"
	       "contact 2 unknown from=unknown name=Ben id=b n=0/1/0\n");
	snprintf(
		lines, sizeof lines,
		"! limit member 0 more members of threads than linecheck reads\n"
		"message 1 out from=owner raw=me to=person raw=p1 to=person raw=p2 to=person raw=p3"
		" to=person raw=p4 to=person raw=p5 to=person raw=p6 to=person raw=p7 to=person "
		"raw=p8"
		" thread=g called=room g group n=%d/0/0\n",
		MEMBERS_PER_THREAD);
	expect(&rooms,
	       CHAT "CREATE TABLE member(room,who,own); CREATE TABLE side(msg,who,own,f);"
		    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2100)"
		    " INSERT INTO member SELECT 'g','p'||i,0 FROM n;"
		    "INSERT INTO msg(id,out,room) VALUES(1,1,'g')",
	       lines);
	expect(&rooms,
	       CHAT "CREATE TABLE member(room,who,own); CREATE TABLE side(msg,who,own,f);"
		    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2100)"
		    " INSERT INTO side SELECT 1,'p'||i,0,NULL FROM n;"
		    "INSERT INTO msg(id,out,room) VALUES(1,0,NULL),(2,0,NULL)",
	       "! limit msg 1 more recipients than linecheck reads of one row\n"
	       "message 1 in from=unknown to=person raw=p1 to=person raw=p2 to=person raw=p3"
	       " to=person raw=p4 to=person raw=p5 to=person raw=p6 to=person raw=p7 to=person "
	       "raw=p8"
	       " n=2049/0/0\n"
	       "message 2 in from=unknown to=owner raw=me n=1/0/0\n");
}

/* ---- along ---- */

static const struct parser along = {
	.name = "along",
	.app = "Along",
	.kinds = ~0u,
	.need = { "msg(id)" },
	.q = { { .table = "msg",
		 .kind = REC_MESSAGE,
		 .sql = "SELECT id AS row, room AS thread FROM msg ORDER BY id",
		 .along = { "SELECT m AS row, room AS thread, note AS text FROM j ORDER BY m",
			    "{?k(m): SELECT m AS row, 2048 AS state FROM k ORDER BY m}" } } },
};

static void along_in_step(void **state)
{
	(void)state;
	expect(&along,
	       CHAT "CREATE TABLE j(m,room,note); CREATE TABLE k(m);"
		    "INSERT INTO msg(id,room) "
		    "VALUES(-5,NULL),(2,'own'),(3,NULL),(4,NULL),(9,NULL),(12,NULL);"
		    "INSERT INTO j VALUES(9,'r9','n'),(9,'r9 "
		    "again','n'),(-5,'r-5','n'),(2,'r2','n'),(5,'r5','n'),"
		    "(NULL,'rn','n'),('x','rx','n'),(3.5,'rr','n'),(20,'r20','n');"
		    "INSERT INTO k VALUES(4),(9),(4)",
	       "message -5 unknown from=unknown thread=r-5 text=n n=0/0/0\n"
	       "message 2 unknown from=unknown thread=own text=n n=0/0/0\n"
	       "message 3 unknown from=unknown n=0/0/0\n"
	       "message 4 unknown from=unknown group n=0/0/0\n"
	       "message 9 unknown from=unknown thread=r9 text=n group n=0/0/0\n"
	       "! note msg 9 belongs to more than one thread: the first is used\n"
	       "message 12 unknown from=unknown n=0/0/0\n");
}

/* ---- hooks ---- */

static int hook(const struct row *row, struct record *r, struct err *err)
{
	int64_t id = 0;
	assert_true(row_int(row, "row", &id));
	assert_int_equal(id, r->row);
	assert_false(row_int(row, "text", &id));
	assert_false(row_int(row, "no such alias", &id));
	assert_null(row_bytes(row, "no such alias").p);
	if (r->row == 1)
		return 1;
	if (r->row == 2)
		return err_set(err, E_FORMAT, "cannot be read");
	if (r->row == 3)
		return row_warn(row, WARN_TEXT_LOST, "half of it");
	bool ok;
	r->text = arena_copy(row_arena(row), SPAN("made"), &ok);
	assert_true(ok);
	return 0;
}

static const struct parser hooked = {
	.name = "hooked",
	.app = "Hooked",
	.kinds = ~0u,
	.need = { "msg(id)" },
	.q = { { .table = "msg",
		 .kind = REC_MESSAGE,
		 .row = hook,
		 .sql = "SELECT id AS row, body AS text FROM msg ORDER BY id" } },
};

static void hooks(void **state)
{
	(void)state;
	expect(&hooked, CHAT "INSERT INTO msg(id,body) VALUES(1,'a'),(2,'b'),(3,'c'),(4,'d')",
	       "! row-lost msg 2 cannot be read\n"
	       "! text-lost msg 3 half of it\n"
	       "message 3 unknown from=unknown text=c n=0/0/0\n"
	       "message 4 unknown from=unknown text=made n=0/0/0\n");
}

/* ---- ends ---- */

static const struct parser chat = {
	.name = "chat",
	.app = "Chat",
	.kinds = ~0u,
	.need = { "msg(id)" },
	.q = { { .slot = "1", .table = "msg", .kind = REC_MESSAGE, .unit = TIME_UNIX_MS },
	       { .slot = "2",
		 .table = "other",
		 .kind = REC_CALL,
		 .sql = "SELECT id AS row FROM other" } },
};

static struct parser chat_parser(void)
{
	struct parser p = chat;
	p.q[0].sql = chat_sql;
	return p;
}

static void sink_ends_the_run(void **state)
{
	(void)state;
	struct parser p = chat_parser();
	struct seen *seen = calloc(1, sizeof *seen);
	struct err err;
	sqlite3 *db =
		open_sql(CHAT "CREATE TABLE other(id); INSERT INTO msg(id) VALUES(1),(2),(3)");
	seen->stop_at = 2;
	assert_int_equal(run(&p, db, seen, &err), -77);
	assert_int_equal(seen->records, 2);
	buf_free(&seen->out);
	free(seen);
	sqlite3_close(db);
}

static int budget;

static int on_steps(void *user)
{
	(void)user;
	return --budget <= 0;
}

static void step_budget(void **state)
{
	(void)state;
	struct parser p = chat_parser();
	struct seen *seen = calloc(1, sizeof *seen);
	struct err err;
	sqlite3 *db = open_sql(
		CHAT "CREATE TABLE other(id); INSERT INTO other VALUES(1);"
		     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000)"
		     " INSERT INTO msg(id) SELECT i FROM n");
	budget = 100;
	sqlite3_progress_handler(db, 10, on_steps, NULL);
	assert_int_equal(run(&p, db, seen, &err), E_LIMIT);
	assert_true(seen->records > 10 && seen->records < 500);
	assert_non_null(strstr(err.message, "msg"));
	assert_non_null(strstr(err.message, "after row"));
	assert_null(strstr(buf_span(&seen->out).p, "call")); /* nothing more was begun */
	buf_free(&seen->out);
	free(seen);
	sqlite3_close(db);
}

/* ---- damage ---- */

/* The database that sql makes, with pages of 512 bytes, as bytes. */
static unsigned char *image_of(const char *sql, sqlite3_int64 *n)
{
	struct buf all = { 0 };
	buf_addf(&all, "PRAGMA page_size=512; %s", sql);
	sqlite3 *db = open_sql(all.data);
	buf_free(&all);
	unsigned char *image = sqlite3_serialize(db, "main", n, 0);
	assert_non_null(image);
	sqlite3_close(db);
	return image;
}

/* A database of these bytes, which it keeps. */
static sqlite3 *open_image(const unsigned char *image, sqlite3_int64 n)
{
	sqlite3 *db;
	unsigned char *copy = sqlite3_malloc64((sqlite3_uint64)n);
	memcpy(copy, image, (size_t)n);
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_deserialize(db, "main", copy, n, n, SQLITE_DESERIALIZE_FREEONCLOSE),
		SQLITE_OK);
	return db;
}

/* The rows of msg that SQLite itself can give, looked up one by one. */
static size_t readable_rows(sqlite3 *db, int64_t first, int64_t last, int64_t *rows)
{
	size_t n = 0;
	sqlite3_stmt *st;
	if (sqlite3_prepare_v2(db, "SELECT body FROM msg WHERE id=?1", -1, &st, NULL))
		return 0; /* not even the list of tables */
	for (int64_t id = first; id <= last; id++) {
		sqlite3_reset(st);
		sqlite3_bind_int64(st, 1, id);
		if (sqlite3_step(st) == SQLITE_ROW)
			rows[n++] = id;
	}
	sqlite3_finalize(st);
	return n;
}

#define ROWS_SQL                                                                            \
	CHAT "CREATE TABLE other(id INTEGER PRIMARY KEY); INSERT INTO other VALUES(1),(2);" \
	     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<400)"    \
	     " INSERT INTO msg(id,body) SELECT i*3-50,hex(zeroblob(60)) FROM n;"

/* Each page in turn is zeroed, filled, or missing with all behind it: every row that SQLite can
 * still find is delivered, in order and once; the loss is told; and the other table is read. */
static void every_page_damaged(void **state)
{
	(void)state;
	struct parser p = chat_parser();
	sqlite3_int64 n;
	unsigned char *image = image_of(ROWS_SQL, &n);
	int64_t *want = calloc(2000, sizeof *want);
	size_t partial = 0;
	for (sqlite3_int64 page = 1; page < n / 512; page++)
		for (int how = 0; how < 3; how++) {
			unsigned char saved[512];
			sqlite3_int64 size = how == 2 ? page * 512 : n;
			memcpy(saved, image + page * 512, 512);
			if (how < 2)
				memset(image + page * 512, how ? 0xff : 0, 512);
			sqlite3 *db = open_image(image, size);
			sqlite3 *oracle = open_image(image, size);
			memcpy(image + page * 512, saved, 512);
			struct seen *seen = calloc(1, sizeof *seen);
			struct err err;
			int rc = run(&p, db, seen, &err);
			size_t rows = readable_rows(oracle, -60, 1200, want);
			size_t calls = 0;
			while (seen->records && strstr(seen->out.data, "call") && calls < 2)
				calls++;
			size_t messages = seen->records - calls;
			if (messages != rows || memcmp(want, seen->rows, rows * sizeof *want) != 0)
				fail_msg("page %lld, %d: %zu rows, %zu can be read\n%s",
					 (long long)page, how, messages, rows,
					 seen->out.data ? seen->out.data : "");
			if (messages != 400) {
				assert_int_equal(rc, E_FORMAT);
				assert_true(messages == 0 || strstr(err.message, "msg"));
				assert_true(messages == 0 || seen->warnings >= 1);
				partial += messages > 0 && messages < 400;
			}
			buf_free(&seen->out);
			free(seen);
			sqlite3_close(db);
			sqlite3_close(oracle);
		}
	assert_true(partial > 100); /* or nothing was tried */
	free(want);
	sqlite3_free(image);
}

/* Two leaves, far from each other: the words of the loss. */
static void gaps_are_named(void **state)
{
	(void)state;
	struct parser p = chat_parser();
	sqlite3_int64 n;
	unsigned char *image = image_of(ROWS_SQL, &n);
	sqlite3 *db = open_image(image, n);
	sqlite3_stmt *st;
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT pageno FROM dbstat WHERE name='msg' AND"
					    " pagetype='leaf' ORDER BY path",
					    -1, &st, NULL),
			 0);
	for (int leaf = 0; sqlite3_step(st) == SQLITE_ROW; leaf++)
		if (leaf == 5 || leaf == 40)
			memset(image + (sqlite3_column_int(st, 0) - 1) * 512, 0, 512);
	sqlite3_finalize(st);
	sqlite3_close(db);
	db = open_image(image, n);
	struct seen *seen = calloc(1, sizeof *seen);
	struct err err;
	assert_int_equal(run(&p, db, seen, &err), E_FORMAT);
	assert_string_equal(err.message, "reading broke off after row -5 of table msg:"
					 " database disk image is malformed");
	assert_non_null(strstr(seen->out.data, "! row-lost msg -4 rows -4 to 6 could not be read:"
					       " database disk image is malformed\n"));
	assert_int_equal(seen->warnings, 2);
	buf_free(&seen->out);
	free(seen);
	sqlite3_close(db);
	sqlite3_free(image);
}

/* A row that is larger than the connection allows is one row lost, and the file is whole else. */
static void row_too_big(void **state)
{
	(void)state;
	struct parser p = chat_parser();
	struct seen *seen = calloc(1, sizeof *seen);
	struct err err;
	sqlite3 *db =
		open_sql(CHAT "CREATE TABLE other(id); INSERT INTO msg(id,body) VALUES(1,'a'),"
			      "(2,zeroblob(100000)),(3,'c')");
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 50000);
	assert_int_equal(run(&p, db, seen, &err), 0);
	assert_string_equal(seen->out.data,
			    "message 1 unknown from=unknown text=a n=0/0/0\n"
			    "! row-lost msg 2 could not be read: string or blob too big\n"
			    "message 3 unknown from=unknown text=c n=0/0/0\n");
	buf_free(&seen->out);
	free(seen);
	sqlite3_close(db);
}

/* The table read along is damaged: the rows themselves all come. */
static void along_damaged(void **state)
{
	(void)state;
	sqlite3_int64 n;
	unsigned char *image = image_of(
		CHAT "CREATE TABLE j(m INTEGER PRIMARY KEY,room,note);"
		     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<200)"
		     " INSERT INTO msg(id) SELECT i FROM n;"
		     "INSERT INTO j SELECT id,'r',hex(zeroblob(60)) FROM msg",
		&n);
	sqlite3 *db = open_image(image, n);
	sqlite3_stmt *st;
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT pageno FROM dbstat WHERE name='j' AND"
					    " pagetype='leaf' ORDER BY path LIMIT 1 OFFSET 9",
					    -1, &st, NULL),
			 0);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	memset(image + (sqlite3_column_int(st, 0) - 1) * 512, 0, 512);
	sqlite3_finalize(st);
	sqlite3_close(db);
	db = open_image(image, n);
	struct seen *seen = calloc(1, sizeof *seen);
	struct err err;
	assert_int_equal(run(&along, db, seen, &err), 0);
	assert_int_equal(seen->records, 200);
	assert_non_null(strstr(seen->out.data,
			       "! field-unknown msg 28 from this row on, a table that"
			       " says more could not be read: database disk image is"
			       " malformed\n"));
	assert_non_null(strstr(seen->out.data, "message 27 unknown from=unknown thread=r text="));
	assert_non_null(strstr(seen->out.data, "message 28 unknown from=unknown n=0/0/0\n"));
	buf_free(&seen->out);
	free(seen);
	sqlite3_close(db);
	sqlite3_free(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(glob),
		cmocka_unit_test(registry),
		cmocka_unit_test(first_version_that_fits),
		cmocka_unit_test(no_version_fits),
		cmocka_unit_test(accepts),
		cmocka_unit_test(optional_columns),
		cmocka_unit_test(addressing),
		cmocka_unit_test(contacts_merge),
		cmocka_unit_test(limits),
		cmocka_unit_test(along_in_step),
		cmocka_unit_test(hooks),
		cmocka_unit_test(sink_ends_the_run),
		cmocka_unit_test(step_budget),
		cmocka_unit_test(every_page_damaged),
		cmocka_unit_test(gaps_are_named),
		cmocka_unit_test(row_too_big),
		cmocka_unit_test(along_damaged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
