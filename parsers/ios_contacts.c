/*
 * ios_contacts.c - the iPhone's address book: AddressBook.sqlitedb.
 *
 * ABPerson has a row for each card; ABMultiValue a row for each number, address or link of a card
 * (record_id), with property 3 = phone, 4 = e-mail, 13 = instant message, 46 = social profile, and
 * a label that is the rowid of ABMultiValueLabel ("_$!<Mobile>!$_" for Apple's own, any text for
 * the user's). Properties 13 and 46 have no value of their own: it stands in ABMultiValueEntry
 * (parent_id = UID) under the keys "username" and "service". Not read: postal addresses, links,
 * notes, birthdays, pictures.
 *
 * A value whose card is gone is a contact without a name. The name is what the phone shows: the
 * parts of the person's name, else the organisation, the nickname, DisplayName. The others are the
 * record's text: the brand of a line may stand in any of them.
 *
 * Source: the tables themselves, as real files of iOS 9, 15 and 18 have them; property numbers as
 * public forensic tools (iLEAPP) and the old AddressBook framework name them.
 */
#include "parser.h"

/* trim(a || ' ' || b || ' ' || c) without the doubled blanks of what is not there. */
#define PERSON                                                                                \
	"NULLIF(trim(COALESCE({p:ABPerson.First}, '')"                                        \
	" || CASE WHEN {p:ABPerson.Middle} <> '' THEN ' ' || {p:ABPerson.Middle} ELSE '' END" \
	" || CASE WHEN {p:ABPerson.Last} <> '' THEN ' ' || {p:ABPerson.Last} ELSE '' END), '')"

#define ORGANISATION "NULLIF({p:ABPerson.Organization}, '')"
#define NICKNAME "NULLIF({p:ABPerson.Nickname}, '')"

#define LABEL                                                \
	"CASE WHEN l.value LIKE '\\_$!<%>!$\\_' ESCAPE '\\'" \
	" THEN substr(l.value, 5, length(l.value) - 8) ELSE l.value END"

#define LOST_LABEL                                               \
	"CASE WHEN m.label IS NOT NULL AND l.rowid IS NULL THEN" \
	" 'the label of a value of it is not in the table ABMultiValueLabel' END"

/* Labels are joined by rowid, which no column declares. */
#define VALUES " LEFT JOIN ABMultiValueLabel l ON l.rowid = m.label"

/* What a chat or social profile is called there; label is the service. */
#define CHAT                                                                                      \
	"{?ABMultiValue(UID) ABMultiValueEntry(parent_id,key,value) ABMultiValueEntryKey(value):" \
	" SELECT m.record_id AS row, u.value AS ident, s.value AS label,"                         \
	" CASE WHEN u.value IS NULL THEN"                                                         \
	" 'a chat name of it: its key is not in the table ABMultiValueEntryKey' END AS lost"      \
	" FROM (SELECT rowid AS id FROM ABMultiValue WHERE property IN (13, 46)"                  \
	" ORDER BY record_id, rowid LIMIT -1) x CROSS JOIN ABMultiValue m ON m.rowid = x.id"      \
	" LEFT JOIN ABMultiValueEntry u ON u.parent_id = m.UID AND u.value <> '' AND u.key ="     \
	" (SELECT rowid FROM ABMultiValueEntryKey WHERE value = 'username' COLLATE NOCASE)"       \
	" LEFT JOIN ABMultiValueEntry s ON s.parent_id = m.UID AND s.key ="                       \
	" (SELECT rowid FROM ABMultiValueEntryKey WHERE value = 'service' COLLATE NOCASE)"        \
	" WHERE u.value IS NOT NULL OR EXISTS (SELECT 1 FROM ABMultiValueEntry e"                 \
	" LEFT JOIN ABMultiValueEntryKey k ON k.rowid = e.key"                                    \
	" WHERE e.parent_id = m.UID AND k.rowid IS NULL)}"

const struct parser parser_ios_contacts = {
	.name = "ios-contacts",
	.app = "Contacts (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_CONTACT),
	.files = { "HomeDomain/Library/AddressBook/AddressBook.sqlitedb",
		   "*/Library/AddressBook/AddressBook.sqlitedb", "*/AddressBook.sqlitedb",
		   "AddressBook.sqlitedb" },
	.tested = "iOS 15, real file; iOS 4-18, tables as published",
	.need = { "ABPerson(First,Last)", "ABMultiValue(record_id,property,value)" },
	.q = {
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "ABPerson",
			.need = { "ABMultiValue(label)", "ABMultiValueLabel(value)" },
			.sql = "SELECT p.rowid AS row,"
			       " COALESCE(" PERSON ", " ORGANISATION ", " NICKNAME
			       ", NULLIF({p:ABPerson.DisplayName}, '')) AS name,"
			       " CASE WHEN " PERSON " IS NOT NULL"
			       " THEN NULLIF(trim(COALESCE(" NICKNAME ", '') || char(10)"
			       " || COALESCE(" ORGANISATION ", ''), char(10)), '')"
			       " WHEN " ORGANISATION " IS NOT NULL THEN " NICKNAME " END AS text,"
			       " m.value AS ident, " LABEL " AS label, " LOST_LABEL " AS lost"
			       " FROM ABPerson p"
			       " LEFT JOIN ABMultiValue m ON m.record_id = p.rowid"
			       " AND m.property IN (3, 4) AND m.value <> ''" VALUES
			       " ORDER BY p.rowid, m.property, m.rowid",
			.along = { CHAT },
		},
		{
			.slot = "contacts",
			.kind = REC_CONTACT,
			.table = "ABPerson",
			.sql = "SELECT p.rowid AS row,"
			       " COALESCE(" PERSON ", " ORGANISATION ", " NICKNAME
			       ", NULLIF({p:ABPerson.DisplayName}, '')) AS name,"
			       " CASE WHEN " PERSON " IS NOT NULL"
			       " THEN NULLIF(trim(COALESCE(" NICKNAME ", '') || char(10)"
			       " || COALESCE(" ORGANISATION ", ''), char(10)), '')"
			       " WHEN " ORGANISATION " IS NOT NULL THEN " NICKNAME " END AS text,"
			       " m.value AS ident,"
			       " CASE WHEN {m:ABMultiValue.label} IS NOT NULL THEN"
			       " 'there is no table ABMultiValueLabel: its label is not known' END"
			       " AS lost"
			       " FROM ABPerson p"
			       " LEFT JOIN ABMultiValue m ON m.record_id = p.rowid"
			       " AND m.property IN (3, 4) AND m.value <> ''"
			       " ORDER BY p.rowid, m.property, m.rowid",
			.along = { CHAT },
		},
		{
			/* The card is gone, or the value was never joined to one. */
			.slot = "values",
			.kind = REC_CONTACT,
			.table = "ABMultiValue",
			.sql = "SELECT m.rowid AS row, m.value AS ident,"
			       " CASE WHEN m.record_id > 0 THEN"
			       " 'the card it belongs to is not in the table ABPerson' END AS lost"
			       " FROM ABMultiValue m"
			       " LEFT JOIN ABPerson p ON p.rowid = m.record_id"
			       " WHERE p.rowid IS NULL AND m.property IN (3, 4) AND m.value <> ''"
			       " ORDER BY m.rowid",
		},
	},
};
