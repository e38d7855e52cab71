/*
 * template.c - a parser to copy: messages and contacts of an app that does not exist.
 *
 * The head of a parser file says what the file is, which versions of the app were seen, and where
 * the knowledge of its tables comes from (a public page, or your own look at your own phone; never
 * another program's code). Then:
 *
 *  1. cp parsers/template.c parsers/kik_ios.c, change the name of the struct to parser_kik_ios and
 *     .name to "kik-ios". That name is stored in every case: it never changes again.
 *  2. cp -r tests/parsers/template tests/parsers/kik_ios and add the line P(kik_ios) to
 *     parsers/parsers.list. Run cmake again, build, and see `ctest -R kik_ios` pass as it is.
 *  3. .files: where the file lies. First its exact path in an iPhone backup ("AppDomain-x/...") if
 *     it is in one, then patterns for file trees.
 *  4. .need: the tables and columns that tell this app from any other and that every version has.
 *     Only what the queries use: each name more is a phone that is not read.
 *  5. .q: one query a kind of record. Write CREATE TABLE of the oldest and the newest version you
 *     know into input.sql first, with rows that try to mislead: no handle, NULL text, a date of 0,
 *     a message in a group. See what comes out, then believe it or change the SQL.
 *       - the aliases are in parser.h; LEFT JOIN, so that a row without its partner is still a row;
 *       - ORDER BY the key: reading then goes on behind a damaged page;
 *       - a column that only some versions have stands in braces; if versions differ in more than
 *         columns, write two queries with the same .slot, the newer one first;
 *       - what costs a look-up a row (attachments, recipients) goes to .side, and `side` says for
 *         which rows it is worth it.
 *  6. A .row hook only for what SQL cannot say. It never guesses: what it cannot read is
 *     row_warn() and stays unset.
 *  7. .kinds says what the parser gives, .tested what it was tried with.
 *  8. Change the golden files (UPDATE=1 ctest -R kik_ios writes what comes out), and read each line
 *     of the difference against the rows: sender, direction, time, owner.
 *
 * The app here: chat.db, table message; the column edited came with version 2, and so did the table
 * attachment. A message that was taken back has kind_id 9 and is no more than a remark.
 */
#include "parser.h"

enum { KIND_SYSTEM = 9 };

static int message_row(const struct row *row, struct record *r, struct err *err)
{
	int64_t kind = 0;
	(void)err;
	if (row_int(row, "kind_id", &kind) && kind == KIND_SYSTEM)
		r->kind = REC_SYSTEM;
	return 0;
}

const struct parser parser_template = {
	.name = "template",
	.app = "Template",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CONTACT),
	.files = { "AppDomain-example.template/Documents/template.db", "*/template/template.db" },
	.tested = "versions 1 and 2, rows made up",
	.need = { "template_message(id,sender,at,body,kind_id)", "template_person(id,handle)" },
	.q = {
		{
			.slot = "members",
			.members = true,
			.optional = true, /* version 1 had no groups */
			.table = "template_member",
			.need = { "template_member(room,person)" },
			.sql = "SELECT room AS thread, p.handle AS peer, p.name AS peer_name"
			       " FROM template_member m"
			       " LEFT JOIN template_person p ON p.id = m.person ORDER BY m.rowid",
		},
		{
			.slot = "messages",
			.kind = REC_MESSAGE,
			.table = "template_message",
			.unit = TIME_UNIX_MS,
			.sql = "SELECT m.id AS row, m.at AS time, m.sender = 1 AS sent,"
			       " p.handle AS peer, p.name AS peer_name, {m:template_message.room} AS thread,"
			       " m.body AS text, m.kind_id,"
			       " CASE WHEN {m:template_message.edited} > 0 THEN 1 END AS state,"
			       " {m:template_message.has_file} AS side"
			       " FROM template_message m"
			       " LEFT JOIN template_person p ON p.id = m.sender AND m.sender <> 1"
			       " ORDER BY m.id",
			.side = { "{?template_attachment(message,name,type): SELECT name AS att_name,"
				  " type AS att_type FROM template_attachment WHERE message = ?1"
				  " ORDER BY rowid}" },
			.row = message_row,
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "template_person",
			.sql = "SELECT id AS row, name, handle AS ident FROM template_person"
			       " WHERE id <> 1 ORDER BY id",
		},
	},
};
