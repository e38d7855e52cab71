/*
 * facebook_export.c - messages of a Facebook download (messages/inbox/NAME/message_1.json) and the
 * file that Messenger makes of an end-to-end encrypted chat. The layout is meta_thread.h's.
 */
#include "meta_thread.h"

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	return meta_thread(in, SPAN("Facebook Messenger"), sink, err);
}

static bool sniff(span head, span path)
{
	return meta_thread_app(head, path) == META_FACEBOOK;
}

const struct parser parser_facebook_export = {
	.name = "facebook-export",
	.app = "Facebook Messenger (download)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM) |
		 KIND_BIT(REC_CALL),
	.files = { "*facebook*/messages/inbox/*/message_*.json",
		   "*facebook*/messages/archived_threads/*/message_*.json",
		   "*facebook*/messages/filtered_threads/*/message_*.json",
		   "*facebook*/messages/message_requests/*/message_*.json" },
	.tested = "public export; fields as published, also of encrypted chats",
	.limits = "whose account it is: sent and received are not told apart",
	.keeps_deleted = true,
	.sniff = sniff,
	.run = run,
};
