/* evidential_closing.c - sections 12 to 15: limits, disclosure, declarations, annexes, signature.
 */
#include "evidential_part.h"
#include "hex.h"
#include "words.h"

static void put_limits(struct evidential *e)
{
	static const char *const limits[] = {
		"Use of a handset is not proof of who used it. A record names an account or a "
		"number, "
		"not a person.",
		"Times are those of the phone's clock, or of a network or server, as each app "
		"stores them. Whether the clock was right is not known to the program.",
		"A name beside a number is what somebody saved; it is not evidence of identity.",
		"A call log and a message store are bounded: apps drop old entries. Deleted "
		"records "
		"are in this report only where they are marked as recovered.",
		"The absence of a mark that a message was read does not prove that it was not.",
		"Direction, sender and owner are given as unknown where the source does not say. "
		"They are never guessed.",
		"A number is normalised under the rules of the United Kingdom where it bears no "
		"country code; the raw value stands beside it, with how certain the reading is.",
		"What was not read is listed in section 8. Absence from this report is not "
		"evidence of "
		"absence from the phone.",
	};
	pdf_heading(e->p, 1, "12  Limitations and errors");
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
		pdf_item(e->p, span_z(limits[i]));
	pdf_pair_z(e->p, "Validation",
		   "The tests of the program ship with its source. Validation by "
		   "the unit that uses it is for that unit to state:");
	pdf_blank(e->p, "Validation reference");
	pdf_blank(e->p, "Known faults considered");
}

static int put_unused(struct evidential *e, struct err *err)
{
	static const struct pdf_column columns[] = {
		{ "Item", 1 }, { "Description", 9 }, { "Location", 4 }, { NULL, 0 }
	};
	static const span lines[][3] = {
		{ SPAN_INIT("1"),
		  SPAN_INIT("The case database of linecheck: every record in scope, and the log of "
			    "what was done"),
		  SPAN_INIT("case folder, case.db") },
		{ SPAN_INIT("2"),
		  SPAN_INIT("Assessments made by the program for safeguarding (not facts, not part "
			    "of "
			    "this report), and what a person said of each"),
		  SPAN_INIT("case folder, case.db") },
		{ SPAN_INIT("3"),
		  SPAN_INIT("The copy of the exhibit that was read, sealed parts "
			    "included"),
		  SPAN_INIT("exhibit store, or the case's vault") },
		{ SPAN_INIT("4"),
		  SPAN_INIT("The list of numbers and the pack of searches, with their SHA-256"),
		  SPAN_INIT("intelligence unit") },
		{ SPAN_INIT("5"),
		  SPAN_INIT("The recorded reasons, the notice given and how it was "
			    "confirmed"),
		  SPAN_INIT("case folder") },
	};
	struct rows rows;
	struct fact_outside o;
	int64_t sealed = 0;
	int rc = facts_outside(&rows, e->c, err);
	while (!rc && (rc = facts_outside_row(&rows, &o, err)) > 0) {
		sealed += span_eq(o.reason, SPAN("sealed")) ? o.rows : 0;
		rc = 0;
	}
	rows_close(&rows);
	pdf_heading(e->p, 1, "13  Unused material: lines for the schedule");
	pdf_text(e->p,
		 "Offered for the disclosure officer's schedule. Whether an item is relevant, "
		 "sensitive or to be disclosed is for that officer and the prosecutor.");
	pdf_table(e->p, columns);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		pdf_row(e->p, lines[i]);
	pdf_table_end(e->p);
	pdf_pair_int(e->p, "Sealed, not looked at", sealed);
	return rc;
}

static void put_declarations(struct evidential *e)
{
	static const char *const blanks[] = { "Name", "Occupation", "Signature", "Date" };
	pdf_heading(e->p, 1, "14  Declarations");
	pdf_text(e->p,
		 "Nothing here is signed by the program. Complete only the part that applies.");
	pdf_heading(e->p, 2, "14.1  Witness statement");
	pdf_text(e->p, "(Criminal Justice Act 1967, s.9; Magistrates' Courts Act 1980, s.5B; check "
		       "the present wording of the form.) This statement, consisting of ____ pages "
		       "each signed by me, is true to the best of my knowledge and belief, and I "
		       "make it knowing that, if it is tendered in evidence, I shall be liable to "
		       "prosecution if I have wilfully stated in it anything which I know to be "
		       "false, or do not believe to be true.");
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
		pdf_blank(e->p, blanks[i]);
	pdf_heading(e->p, 2, "14.2  Expert's declaration");
	pdf_text(e->p,
		 "Only if instructed as an expert: Criminal Procedure Rules 19.4 asks for "
		 "qualifications, what was relied on, who did what, the range of opinion, and "
		 "a declaration of duty and of truth. This report gives no opinion.");
	pdf_blank(e->p, "Not instructed, or reference");
	pdf_heading(e->p, 2, "14.3  Forensic Science Regulator's Code");
	pdf_text(e->p, "State the version of the Code that was followed for this activity, or list "
		       "where it was not.");
	pdf_blank(e->p, "Version of the Code");
	pdf_blank(e->p, "Not complied with");
}

static void put_annexes(struct evidential *e)
{
	static const struct {
		const char *word, *plain;
	} glossary[] = {
		{ "E.164",
		  "a telephone number in its international form, for example +447700900123" },
		{ "SHA-256",
		  "64 digits worked out from the bytes of a file; they change if one byte "
		  "does" },
		{ "thread", "one conversation, as an app keeps it" },
		{ "origin", "file, table and row that a record was read from" },
		{ "normalised", "the same value in one spelling" },
		{ "live, recovered", "as the app would show it; found in space the app had freed" },
	};
	char key[2 * KEY_PUBLIC + 1] = "none";
	pdf_heading(e->p, 1, "15  Annexes");
	pdf_pair_z(e->p, "annex/records.csv", "every record in scope");
	pdf_pair_z(e->p, "annex/records.jsonl", "the same, exact to the byte");
	pdf_pair_z(e->p, "annex/records.html", "the same, to read");
	pdf_pair_z(e->p, "annex/sources.csv", "every file of the exhibits, every list used");
	pdf_pair_z(e->p, "annex/matches.csv", "every number match");
	pdf_pair_z(e->p, "annex/searches.csv", "every search, with nil results");
	pdf_pair_z(e->p, "annex/warnings.csv", "what could not be read, and remarks");
	pdf_pair_z(e->p, "check.sh, checking.html", "how to check every byte without linecheck");
	pdf_heading(e->p, 2, "15.1  Technical terms");
	for (size_t i = 0; i < sizeof glossary / sizeof *glossary; i++)
		pdf_pair_z(e->p, glossary[i].word, glossary[i].plain);
	pdf_heading(e->p, 2, "15.2  Doing it again");
	pdf_text(e->p,
		 "With the same build of linecheck (section 1), the same copy of the exhibit and "
		 "the same lists (section 7): linecheck replay THIS-FOLDER SOURCE --lines "
		 "FILE reads the copy again and compares every annex byte for byte. "
		 "annex/replay.json says how the run was made.");
	pdf_page(e->p);
	pdf_heading(e->p, 1, "Signature page");
	if (e->o->signer)
		hex_write(key, e->o->signer->sign, KEY_PUBLIC);
	pdf_pair_z(e->p, "SHA-256 of ANNEXES.sha256", e->annexes);
	pdf_pair_z(e->p, "Head of the case's log", e->head);
	pdf_pair_int(e->p, "Entry", e->head_seq);
	pdf_pair_z(e->p, "Public key that signs", key);
	pdf_pair_z(e->p, "Its holder says", e->o->signer ? e->o->signer->name : "");
	pdf_text(e->p, "The list MANIFEST.sha256 beside this report is signed with this key. To "
		       "check: sh check.sh, or linecheck verify FOLDER.");
	pdf_text(e->p, word_absence);
	pdf_blank(e->p, "Signature by hand");
	pdf_blank(e->p, "Date");
}

int evidential_closing(struct evidential *e, struct err *err)
{
	put_limits(e);
	int rc = put_unused(e, err);
	put_declarations(e);
	put_annexes(e);
	return rc;
}
