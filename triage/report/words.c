/* words.c - see words.h */
#include "words.h"
#include "scope/scope.h"

const char word_absence[] = "Absence of hits is not absence of risk.";
const char word_person[] = "A person decides. The program made no decision.";
const char word_working[] = "Working view: it stays inside the case and is not for handing on.";
const char word_training[] = "TRAINING: fictional or test data";

struct word {
	const char *word, *plain;
};

static const char *find(const struct word *words, size_t n, span word)
{
	for (size_t i = 0; i < n; i++)
		if (span_eq(word, span_z(words[i].word)))
			return words[i].plain;
	return NULL;
}
#define FIND(words, word) find(words, sizeof(words) / sizeof *(words), word)

static const struct {
	const char *name, *next;
} levels[] = {
	{ "Cannot say: too little was read",
	  "Too little could be read to say anything about this phone. Look below at what could not "
	  "be seen, and get a fuller copy if the authority for this check allows one." },
	{ "No indicators found in scope",
	  "Nothing that was read met the line list or a rule. Look below at what could not be seen "
	  "before the check is closed." },
	{ "Some indicators \xe2\x80\x93 consider",
	  "Consider these together with what else is known about the child. Each has an ordinary "
	  "explanation beside it: ask which one fits better." },
	{ "Strong indicators \xe2\x80\x93 discuss same day",
	  "Discuss these the same day with a supervisor and with children's social care." },
	{ "Immediate safeguarding",
	  "Speak now to a supervisor and to the safeguarding lead. Whether to act at once is for "
	  "them: the reasons stand below." },
};

const char *word_level(int level)
{
	return levels[level >= 0 && level <= 3 ? level + 1 : 0].name;
}

const char *word_level_next(int level)
{
	return levels[level >= 0 && level <= 3 ? level + 1 : 0].next;
}

const char *word_state(span state)
{
	static const struct word words[] = {
		{ "read", "Read" },
		{ "absent", "Not there: the source lists it, its bytes are missing" },
		{ "encrypted", "Encrypted: cannot be read without its key" },
		{ "out-of-scope", "Out of scope: not opened" },
		{ "unreadable", "Could not be read" },
		{ "newer-than-tested", "Newer than tested: not read, so that nothing is misread" },
		{ "typed", "Typed by hand, as a person saw it on the handset" },
		{ "present-not-read", "In what was given, but linecheck has no reader for it" },
	};
	return FIND(words, state);
}

const char *word_state_next(span state)
{
	static const struct word words[] = {
		{ "absent",
		  "Not there: make the copy again, and wait until it says it is complete." },
		{ "encrypted",
		  "Encrypted: if its password or key is known, scan again with it; the reason "
		  "beside "
		  "it says how. If not, ask whoever makes the copy for one whose password is "
		  "known." },
		{ "unreadable",
		  "Could not be read: if the reason is 'Permission denied', ask whoever made the "
		  "copy for the right to read it. Otherwise the file may be damaged: copy it again "
		  "from where it came from, or look at it with another tool." },
		{ "newer-than-tested", "Newer than tested: look at the app with another tool, and "
				       "tell the makers of linecheck its version." },
		{ "present-not-read", "Not read: look at these apps and files with another tool, "
				      "or on the phone, if the "
				      "authority for this check allows it." },
	};
	return FIND(words, state);
}

const char *word_loss(span kind)
{
	static const struct word words[] = {
		{ "row-lost", "an entry that could not be read" },
		{ "text-lost", "words of a message that could not be read" },
		{ "field-unknown", "a part of an entry that could not be read" },
		{ "limit", "there was more than linecheck takes, and the rest was left out" },
		{ "source", "something in the source" },
	};
	return FIND(words, kind);
}

const char *word_exhibit_state(span state, int64_t files, bool losses)
{
	if (files == 0 && span_eq(state, SPAN("whole")))
		return "nothing in it";
	if (losses && span_eq(state, SPAN("whole")))
		return "read in part, what was not is listed";
	static const struct word words[] = {
		{ "whole", "read to its end" },
		{ "reading", "interrupted, its reading did not finish" },
		{ "failed", "failed, it could not be read" },
	};
	return FIND(words, state);
}

const char *word_exhibit_kind(span kind)
{
	static const struct word words[] = {
		{ "itunes-backup", "iPhone backup" },
		{ "iphone", "iPhone, over its cable" },
		{ "android", "Android phone, over its cable or an address that was named" },
		{ "folder", "folder of files" },
		{ "file", "single file, nothing else of its phone" },
		{ "archive", "archive" },
		{ "typed", "typed by hand, only what somebody saw on the handset" },
	};
	return FIND(words, kind);
}

const char *word_platform(span platform)
{
	static const struct word words[] = {
		{ "ios", "iPhone or iPad" },
		{ "android", "Android" },
		{ "unknown", "kind of phone not known" },
	};
	return FIND(words, platform);
}

const char *word_contact(span grade_kind)
{
	static const struct word words[] = {
		{ "saved-only", "saved only: the number stands in the contacts, no message or call "
				"with it was seen" },
		{ "received-only", "received only: it wrote or rang, nothing went back" },
		{ "two-way", "two-way: messages or calls went both ways" },
		{ "dialled", "dialled: this phone rang or wrote to it" },
		{ "mentioned", "mentioned: the number stands in the text of a message" },
	};
	return FIND(words, grade_kind);
}

const char *word_role(span role)
{
	static const struct word words[] = {
		{ "customer",
		  "someone who gets a line's adverts or asks it for amounts and prices" },
		{ "worker", "a child who is being made to work for a line" },
		{ "line-phone", "this phone being used as the line's own phone" },
		{ "debt-threat-victim", "a child under threat, or held by a debt" },
		{ "mule", "a child whose bank account others use for their money" },
		{ "recruitment", "somebody trying to draw the child in" },
		{ "associate", "a number that is saved, with no contact seen" },
		{ "false-positive",
		  "an innocent reason: a number that has changed hands, a relative's "
		  "contact, a police text, or unwanted adverts" },
	};
	return FIND(words, role);
}

static const struct {
	const char *word, *plain, *next;
} categories[] = {
	/* In the order in which their steps are shown: what cannot wait comes first. */
	{ "concealment", "Something hidden inside the body",
	  "A message may speak of something carried inside the body. That can kill: get medical "
	  "help "
	  "now if it may be so." },
	{ "welfare", "The child's wellbeing",
	  "A message may speak of self-harm or distress. It is never counted in the level. Tell "
	  "the "
	  "supervisor and the child's own worker today." },
	{ "health-alert", "Dangerous drugs",
	  "A message may speak of drugs that are hurting people. Pass it to the local drug alert "
	  "contact today." },
	{ "threat", "Threat",
	  "A message may hold a threat. Ask who else could be in danger, and whether those who "
	  "sent it "
	  "know where the child lives." },
	{ "debt-threat", "Debt with a threat",
	  "Messages may hold a debt over the child. Ask openly what the child thinks will happen, "
	  "and "
	  "who else could be in danger: family, friends, the home." },
	{ "coercion", "Pressure, orders or shame",
	  "Somebody may be ordering the child about, or holding pictures over them. Do not look "
	  "for, "
	  "open or copy any picture: pass it to the unit that deals with indecent images of "
	  "children." },
	{ "remote-control", "Being watched or directed from afar",
	  "Somebody may be asking where the child is or what they are doing. Take it that the "
	  "phone can "
	  "be followed, and make a plan with the child before it goes quiet." },
	{ "weapons", "Weapon",
	  "A message may speak of a weapon. Children often carry one out of fear: plan for safety "
	  "first." },
	{ "line-phone", "Signs of a line's own phone",
	  "This phone may be one that others want back or will look for. Plan for that before it "
	  "is "
	  "switched off or handed back." },
	{ "cuckooing", "Somebody's home in use by others",
	  "Somebody's home may have been taken over. Think of an adult safeguarding referral for "
	  "the "
	  "person who lives there." },
	{ "mule", "Use of a bank account",
	  "A bank account may be in the hands of others. The bank's fraud team can protect it; a "
	  "child "
	  "whose account is used this way is a victim." },
	{ "outreach-text", "Police or support text",
	  "A text may come from the police or a support service, sent to everyone who was in touch "
	  "with a line. By itself it says nothing about the child." },
	{ "line-match", "Number on the line list", NULL },
	{ "line-name", "Contact named like a line", NULL },
	{ "number-swap", "Same advert from a new number", NULL },
	{ "broadcast", "Advert sent to many", NULL },
	{ "logistics", "Instructions and deliveries", NULL },
	{ "drug-supply", "Drug supply wording", NULL },
	{ "recruitment", "Offer of work, money or gifts", NULL },
	{ "travel", "Travel", NULL },
	{ "evasion", "Avoiding police or parents", NULL },
};
enum { CATEGORIES = sizeof categories / sizeof *categories };

const char *word_category(span category)
{
	for (size_t i = 0; i < CATEGORIES; i++)
		if (span_eq(category, span_z(categories[i].word)))
			return categories[i].plain;
	return NULL;
}

bool word_next(size_t i, const char **ret_category, const char **ret_next)
{
	if (i >= CATEGORIES)
		return false;
	*ret_category = categories[i].word;
	*ret_next = categories[i].next;
	return true;
}

const char *word_line_status(span status)
{
	static const struct word words[] = {
		{ "unknown", "not known" },
		{ "suspected", "suspected" },
		{ "active", "active" },
		{ "seized", "seized by the police" },
		{ "police-operated", "operated by the police: a text from it can be theirs" },
		{ "ddtro", "cut off by a court order (DDTRO)" },
		{ "dormant", "dormant" },
		{ "closed", "closed" },
		{ "taken-over", "taken over by others" },
	};
	return FIND(words, status);
}

const char *word_pack(span kind)
{
	static const struct word words[] = {
		{ "lines-csv", "line list" },
		{ "lines", "signed pack of lines" },
		{ "rules", "rules" },
		{ "scoring", "scoring" },
	};
	return FIND(words, kind);
}

const char *word_harm(span harm)
{
	static const struct word words[] = {
		{ "none", "no sign of it in what was read" },
		{ "possible", "possible" },
		{ "strong", "strong signs" },
		{ "immediate", "signs of danger now" },
	};
	return FIND(words, harm);
}

void word_grade(span grade, const char **ret_source, const char **ret_assessment)
{
	static const char *const sources[] = { "reliable source", "untested source",
					       "source that is not reliable" };
	static const char *const assessments[] = { "known directly to the source",
						   "known indirectly, but corroborated",
						   "known indirectly", "not known",
						   "suspected to be false" };
	char a = grade.n >= 1 ? grade.p[0] : 0, b = grade.n >= 2 ? grade.p[1] : 0;
	*ret_source = a >= '1' && a <= '3' ? sources[a - '1'] : NULL;
	*ret_assessment = b >= 'A' && b <= 'E' ? assessments[b - 'A'] : NULL;
}

const char *word_kind(enum record_kind kind, int64_t n)
{
	static const char *const words[REC_KIND_MAX][2] = {
		{ "account", "accounts" },
		{ "contact", "contacts" },
		{ "call", "calls" },
		{ "message", "messages" },
		{ "reaction", "reactions" },
		{ "system event", "system events" },
		{ "trace of an app being there", "traces of apps being there" },
		{ "trace of a notification", "traces of notifications" },
		{ "trace of contact without content", "traces of contact without content" },
		{ "trace of an app's use", "traces of apps' use" },
		{ "trace of a permission", "traces of permissions" },
		{ "title of a note", "titles of notes" },
		{ "title of a calendar entry", "titles of calendar entries" },
	};
	return words[kind][n != 1];
}

const char *word_direction(enum record_kind kind, enum direction direction)
{
	switch (direction) {
	case DIR_IN:
		return "received";
	case DIR_OUT:
		return kind == REC_CALL ? "dialled" : "sent";
	case DIR_UNKNOWN:
	default:
		return "direction not known";
	}
}

const char *word_outside(span reason)
{
	for (int i = SCOPE_IN + 1; i < SCOPE_OUT_MAX; i++)
		if (span_eq(reason, span_z(scope_out_word((enum scope_out)i))))
			return scope_out_sentence((enum scope_out)i);
	return "left out";
}
