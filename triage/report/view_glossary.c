/* view_glossary.c - the words of the page, for a reader who meets them for the first time. */
#include "shown.h"
#include "view.h"

void view_glossary(struct view *v)
{
	static const struct {
		const char *term, *meaning;
	} words[] = {
		{ "Line, deal line", "A phone number, often with a brand name, through which drugs "
				     "are sold. The people "
				     "behind it make children do the selling." },
		{ "Line list",
		  "The numbers and names of known lines that this phone was compared with." },
		{ "Finding",
		  "Something in the phone that met the line list or a rule, with its reason." },
		{ "Points", "How much a finding adds. They order findings; they measure nobody." },
		{ "Fact",
		  "One message, call or contact that a finding rests on, with its place in the "
		  "source. F2.3 is the third fact of finding F2." },
		{ "Exhibit, source",
		  "The phone backup, archive or folder that was read: EX1 is the first." },
		{ "Record EX1/M000123",
		  "The stable number of one record. The letter says its kind: A account, C "
		  "contact, "
		  "T telephone call, M message, R reaction, S system event." },
		{ "SHA-256",
		  "A fingerprint of a file. If one byte of the file changes, it changes." },
		{ "UTC",
		  "World time. UK winter time (GMT) is the same, summer time (BST) is an hour "
		  "ahead." },
		{ "Grade",
		  "3x5x2: how reliable the source is (1 to 3), how the information is known (A to "
		  "E), and whether sharing has conditions (P or C)." },
		{ "Loss", "Something that stands in the source and could not be read." },
		{ SHOWN_OPEN "U+202E" SHOWN_CLOSE, "A character or byte that cannot be seen, or "
						   "that would change how the text reads. It is "
						   "shown as its number and does nothing here." },
		{ "Dotted underline", "These words stand like this in the phone, in a file's name "
				      "or on a list. They are not "
				      "this program's words, whatever they say." },
		{ "Bold and underlined", "The words of a message that the list or the rule met." },
	};
	FILE *to = v->to;
	HTML(to, "<section>\n<h2>Words on this page</h2>\n<dl>\n");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		HTML(to, "<dt>");
		html_ours(to, words[i].term);
		HTML(to, "</dt><dd>");
		html_ours(to, words[i].meaning);
		HTML(to, "</dd>\n");
	}
	HTML(to, "</dl>\n</section>\n");
}
