/*
 * ios_notes.c - titles of notes on an iPhone: NoteStore.sqlite. Their bodies are never read.
 *
 * ZICCLOUDSYNCINGOBJECT has notes, folders, accounts and more in one table; which Z_ENT is a note
 * (ICNote) is in Z_PRIMARYKEY and differs by version, as does the column of the day of making.
 * ZTITLE1 the title, ZMODIFICATIONDATE1 in seconds since 2001, ZMARKEDFORDELETION 1: to be deleted.
 * Titles of locked notes are not encrypted; that a note is locked is said beside it.
 *
 * Source: public description of ios-backup-parser (MIT) with its test file, iLEAPP's notes artifact
 * and test file (MIT), plaso's test file (Apache-2.0).
 */
#include "parser.h"

const struct parser parser_ios_notes = {
	.name = "ios-notes",
	.app = "Titles of notes (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_TRACE_NOTE),
	.files = { "AppDomainGroup-group.com.apple.notes/NoteStore.sqlite", "*/NoteStore.sqlite",
		   "NoteStore.sqlite" },
	.tested = "iOS 15 and 17, real files; iOS 18, published test file",
	.limits = "titles only",
	.keeps_deleted = true,
	.need = { "ZICCLOUDSYNCINGOBJECT(Z_PK,Z_ENT,ZTITLE1,ZMODIFICATIONDATE1)",
		  "Z_PRIMARYKEY(Z_ENT,Z_NAME)" },
	.q = {
		{
			.slot = "notes",
			.kind = REC_TRACE_NOTE,
			.table = "ZICCLOUDSYNCINGOBJECT",
			.unit = TIME_COCOA,
			/* State 4 is STATE_DELETED. */
			.sql = "SELECT n.Z_PK AS row, n.ZMODIFICATIONDATE1 AS time, n.ZTITLE1 AS text,"
			       " CASE WHEN {n:ZICCLOUDSYNCINGOBJECT.ZISPASSWORDPROTECTED}=1"
			       " THEN 'note, locked' ELSE 'note' END AS service,"
			       " f.ZTITLE2 AS thread_name, n.ZFOLDER AS thread,"
			       " CASE WHEN {n:ZICCLOUDSYNCINGOBJECT.ZMARKEDFORDELETION}=1 THEN 4 END"
			       " AS state FROM ZICCLOUDSYNCINGOBJECT n"
			       " LEFT JOIN ZICCLOUDSYNCINGOBJECT f ON f.Z_PK=n.ZFOLDER"
			       " WHERE n.Z_ENT IN (SELECT Z_ENT FROM Z_PRIMARYKEY WHERE Z_NAME='ICNote')"
			       " ORDER BY n.Z_PK",
			.need = { "ZICCLOUDSYNCINGOBJECT(ZFOLDER,ZTITLE2)" },
		},
	},
};
