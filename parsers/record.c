/* record.c - the stable words of record.h. */
#include "record.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const kind_words[REC_KIND_MAX] = {
	[REC_ACCOUNT] = "account",
	[REC_CONTACT] = "contact",
	[REC_CALL] = "call",
	[REC_MESSAGE] = "message",
	[REC_REACTION] = "reaction",
	[REC_SYSTEM] = "system",
	[REC_TRACE_APP] = "trace-apps",
	[REC_TRACE_NOTIFICATION] = "trace-notifications",
	[REC_TRACE_CONTACTED] = "trace-contacts-used",
	[REC_TRACE_USAGE] = "trace-usage",
	[REC_TRACE_PERMISSION] = "trace-permissions",
	[REC_TRACE_NOTE] = "trace-notes-titles",
	[REC_TRACE_CALENDAR] = "trace-calendar",
};

static const char *const direction_words[] = {
	[DIR_UNKNOWN] = "unknown",
	[DIR_IN] = "in",
	[DIR_OUT] = "out",
};

static const char *const role_words[] = {
	[ROLE_UNKNOWN] = "unknown",
	[ROLE_OWNER] = "owner",
	[ROLE_PERSON] = "person",
};

static const struct {
	unsigned bit;
	const char *word;
} state_words[] = {
	{ STATE_EDITED, "edited" },       { STATE_UNSENT, "unsent" },
	{ STATE_DELETED, "deleted" },     { STATE_DRAFT, "draft" },
	{ STATE_FAILED, "failed" },       { STATE_FORWARDED, "forwarded" },
	{ STATE_MISSED, "missed" },       { STATE_REJECTED, "rejected" },
	{ STATE_VOICEMAIL, "voicemail" }, { STATE_BLOCKED, "blocked" },
	{ STATE_VIDEO, "video" },         { STATE_GROUP, "group" },
	{ STATE_RECOVERED, "recovered" }, { STATE_VIEW_ONCE, "view-once" },
};

const char *record_state_word(unsigned bit)
{
	for (size_t i = 0; i < COUNT(state_words); i++)
		if (state_words[i].bit == bit)
			return state_words[i].word;
	return NULL;
}

const char *record_kind_word(enum record_kind kind)
{
	return (size_t)kind < COUNT(kind_words) ? kind_words[kind] : "unknown";
}

bool record_kind_from_word(span word, enum record_kind *ret)
{
	for (size_t i = 0; i < COUNT(kind_words); i++)
		if (span_eq(word, span_z(kind_words[i]))) {
			*ret = (enum record_kind)i;
			return true;
		}
	return false;
}

const char *direction_word(enum direction direction)
{
	return (size_t)direction < COUNT(direction_words) ? direction_words[direction] : "unknown";
}

const char *role_word(enum role role)
{
	return (size_t)role < COUNT(role_words) ? role_words[role] : "unknown";
}
