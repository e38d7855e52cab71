/* safeguarding_talk.c - talking with the child: open prompts, what to tell, what not to do. */
#include "safeguarding_part.h"

/* Open prompts only: none names a person, a drug, a number or an answer. They follow the advice on
 * interviewing children that questions be open and not lead ("Achieving Best Evidence"). */
static const char *const always[] = {
	"How have you been since you came back?",
	"Tell me about the time you were away, from the beginning, in your own way.",
	"What was the best part, and what was the hardest part?",
	"Who do you talk to when something is difficult?",
	"What would make it easier to stay, or to come back?",
	"What would you like to happen next, and what would you not like?",
	"What have I not asked that you would like to say?",
};

static const struct {
	const char *category, *prompt;
} about[] = {
	{ "debt-threat", "What are you worried about at the moment?" },
	{ "debt-threat", "What do you think will happen in the next days?" },
	{ "threat", "How safe do you feel at home, at school, and on the way?" },
	{ "threat", "Who else might be worried, or need help?" },
	{ "remote-control", "How do people get in touch with you, and how do you feel about it?" },
	{ "remote-control", "What happens when your phone is off?" },
	{ "coercion", "Tell me about anything online that you would like to be over." },
	{ "recruitment", "Tell me about people you have got to know lately." },
	{ "mule", "Tell me about how you manage money." },
	{ "travel", "Tell me about journeys you have made." },
	{ "concealment", "How is your body feeling? What would you like a doctor to look at?" },
	{ "weapons", "What do you do to keep yourself safe?" },
	{ "welfare", "How have you been sleeping and eating? How do the days feel?" },
	{ "cuckooing", "Tell me about the places where you have stayed." },
};

static int put_prompts(struct safeguarding *s, struct err *err)
{
	bool has;
	int rc = 0;
	doc_heading(&s->d, 1, "Prompts for the return-home interview");
	doc_text(&s->d,
		 "Open prompts, to be used in your own words and in any order. Do not read "
		 "messages out and do not name anybody first: what the child says unprompted "
		 "counts for more and does no harm. This is not an interview of a suspect or "
		 "a witness; stop if it becomes one. Write down the child's own words.");
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		doc_item(&s->d, span_z(always[i]));
	for (size_t i = 0; !rc && i < sizeof about / sizeof *about; i++) {
		rc = facts_has_category(s->c, about[i].category, &has, err);
		if (!rc && has)
			doc_item(&s->d, span_z(about[i].prompt));
	}
	return rc;
}

static void put_telling(struct safeguarding *s)
{
	static const char *const tell[] = {
		"That the phone was read, what was looked at, and by whom it was allowed.",
		"That nobody thinks the child is to blame.",
		"What happens next, who will know, and who will not.",
		"Where to get help at any time: Childline 0800 1111; Missing People 116 000.",
		"That they may say no to questions, and have somebody with them.",
	};
	static const char *const dont[] = {
		"Do not let a debt become larger: a phone, money or drugs that were taken can be "
		"counted as owed. Plan for it with the supervisor before the child goes home.",
		"Do not send the child home alone, without a phone or money, or with a phone that "
		"went silent without a reason agreed with the child.",
		"Do not forget that the phone can be followed, by an app or a shared account: take "
		"it that others know where it is.",
		"Do not show this paper, a number or a name to family or friends: somebody near "
		"the "
		"child may be part of it.",
		"Do not reply to, ring or test a number from the phone.",
		"Do not look for, open or copy pictures. If there may be indecent images of a "
		"child, "
		"stop and speak to the unit that deals with them.",
		"Do not promise to keep it secret.",
	};
	doc_heading(&s->d, 1, "What to tell the child");
	for (size_t i = 0; i < sizeof tell / sizeof *tell; i++)
		doc_item(&s->d, span_z(tell[i]));
	doc_heading(&s->d, 1, "What not to do");
	for (size_t i = 0; i < sizeof dont / sizeof *dont; i++)
		doc_item(&s->d, span_z(dont[i]));
}

int safeguarding_talk(struct safeguarding *s, struct err *err)
{
	int rc = put_prompts(s, err);
	put_telling(s);
	return rc;
}
