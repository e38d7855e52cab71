/* evidence_source.h - a small world of parsers, and what a source made of files looks like to
 * them, as text. For the tests of folders, backups and archives. */
#ifndef EVIDENCE_SOURCE_H
#define EVIDENCE_SOURCE_H
#include "evidence.h"
#include "evidence_helpers.h"
#include "vault_key.h"

/* ---- parsers that only these tests know ---- */

HELPER bool sniff_list(span head, span path)
{
	(void)path;
	return head.n >= 6 && memcmp(head.p, "<list>", 6) == 0;
}

HELPER bool sniff_no(span head, span path)
{
	(void)head;
	(void)path;
	return false;
}

HELPER int run_nothing(const struct input *in, const struct sink *sink, struct err *err)
{
	(void)in;
	(void)sink;
	(void)err;
	return 0;
}

static const struct parser p_text = {
	.name = "t-text",
	.app = "Texts",
	.platform = PLATFORM_IOS,
	.files = { "HomeDomain/Library/SMS/sms.db", "*/Library/SMS/sms.db", "sms.db" },
	.need = { "message(ROWID,body)" },
};
static const struct parser p_call = {
	.name = "t-call",
	.app = "Calls",
	.platform = PLATFORM_IOS,
	.files = { "WirelessDomain/Library/Calls/calls.db", "*/Library/Calls/calls.db" },
	.need = { "call(number,date)" },
};
static const struct parser p_note = {
	/* takes the same tables as p_call: never guessed */
	.name = "t-note",
	.app = "Notes",
	.files = { "*/notes.db" },
	.need = { "call(number)" },
};
static const struct parser p_droid = {
	.name = "t-droid",
	.app = "Android texts",
	.platform = PLATFORM_ANDROID,
	.files = { "*/com.android.providers.telephony/databases/mmssms.db" },
	.need = { "sms(_id,body)" },
};
static const struct parser p_chat = {
	/* known by a glob only: no exact backup path */
	.name = "t-chat",         .app = "Chats",
	.platform = PLATFORM_IOS, .files = { "AppDomain-*/chat.db" },
	.need = { "chat(line)" },
};
static const struct parser p_list = {
	.name = "t-list",
	.app = "Lists",
	.files = { "*.list" },
	.sniff = sniff_list,
	.run = run_nothing,
};
static const struct parser p_info = {
	.name = "t-info",
	.app = "Backup information",
	.platform = PLATFORM_IOS,
	.files = { "Info.plist" },
	.sniff = sniff_no,
	.run = run_nothing,
};
static const struct parser *const test_parsers[] = { &p_text, &p_call, &p_note, &p_droid,
						     &p_chat, &p_list, &p_info, NULL };

#define TEXTS(body) "CREATE TABLE message(body TEXT); INSERT INTO message VALUES('" body "');"
#define CALLS(number) "CREATE TABLE call(number, date); INSERT INTO call VALUES('" number "', 1);"
#define SMS(body) \
	"CREATE TABLE sms(_id INTEGER PRIMARY KEY, body); INSERT INTO sms VALUES(1,'" body "');"

/* ---- a source as text ---- */

HELPER void content(const struct evidence_file *f, const struct input *in, struct buf *out)
{
	const char *sql = f->parser == &p_text    ? "SELECT body FROM message ORDER BY rowid"
			  : f->parser == &p_call  ? "SELECT number FROM call ORDER BY rowid"
			  : f->parser == &p_note  ? "SELECT number FROM call ORDER BY rowid"
			  : f->parser == &p_droid ? "SELECT body FROM sms ORDER BY _id"
						  : "SELECT line FROM chat ORDER BY rowid";
	char bytes[200];
	if (!in->db) {
		ptrdiff_t n = in->read(in->user, bytes, sizeof bytes, NULL);
		buf_addf(out, " \"%.*s\"", (int)(n > 0 ? n : 0), bytes);
		return;
	}
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(in->db, sql, -1, &st, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		buf_addf(out, " \"%s\"", sqlite3_column_text(st, 0));
		rc = SQLITE_OK;
	}
	if (rc != SQLITE_DONE)
		buf_addf(out, " (error %d)", rc & 0xff);
	sqlite3_finalize(st);
}

/* One line a file: "state parser path [sides]: rows". A line "note ..." or "loss ..." a remark. */
HELPER void tell_source(struct source *s, struct buf *out)
{
	for (size_t i = 0; i < source_files(s); i++) {
		struct evidence *e;
		struct input in;
		struct err err = { 0 };
		struct evidence_file *f = source_file(s, i);
		struct buf rows = { 0 };
		if (evidence_open(&e, s, i, &in, &err) == 0) {
			content(f, &in, &rows);
			evidence_close(e);
		}
		buf_addf(out, "%s %s ", evidence_state_word(f->state),
			 f->parser ? f->parser->name : "-");
		buf_add(out, f->path);
		for (size_t k = 0; k < f->side_n; k++)
			buf_addf(out, "%s%s", k ? "," : " +", strrchr(f->side[k].path.p, '-') + 1);
		if (rows.n)
			buf_addf(out, ":%s", rows.data);
		if (f->detail)
			buf_addf(out, " (%s)", f->detail);
		buf_byte(out, '\n');
		buf_free(&rows);
	}
	source_check_unchanged(s);
	for (size_t i = 0; i < source_apps(s); i++)
		buf_addf(out, "app %s\n", source_app(s, i)->name);
	for (size_t i = 0; i < source_notes(s); i++) {
		const struct source_note *n = source_note(s, i);
		buf_addf(out, "%s %.*s: %s\n", n->loss ? "loss" : "note", (int)n->path.n,
			 n->path.p ? n->path.p : "", n->detail);
	}
}

/* That of a training case. */
HELPER const struct vault_key *test_vault_key(void)
{
	static struct vault_key *k;
	if (!k)
		assert_int_equal(vault_key_training(&k, NULL), 0);
	return k;
}

/* Open, tell, close. vault may be NULL. */
HELPER void tell_path(const char *path, const char *vault, struct buf *out)
{
	struct source *s;
	struct err err = { 0 };
	struct source_options o = { .vault_dir = vault,
				    .vault_key = test_vault_key(),
				    .parsers = test_parsers };
	int rc = source_open(&s, path, &o, &err);
	if (rc) {
		buf_addf(out, "error %s: %s\n", err_word(rc), err.message);
		return;
	}
	tell_source(s, out);
	source_close(s);
}

/* want may leave out the end of a line with "...". */
HELPER void expect_text(const char *got, const char *want)
{
	const char *g = got, *w = want;
	while (*w) {
		if (strncmp(w, "...", 3) == 0) {
			w += 3;
			g += strcspn(g, "\n");
		} else if (*g++ != *w++) {
			fail_msg("got\n%s\nwanted\n%s", got, want);
		}
	}
	if (*g)
		fail_msg("got\n%s\nwanted\n%s", got, want);
}

HELPER void expect_source(const char *path, const char *want)
{
	struct buf b = { 0 };
	tell_path(path, NULL, &b);
	expect_text(b.data ? b.data : "", want);
	buf_free(&b);
}
#endif
