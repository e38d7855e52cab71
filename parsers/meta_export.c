/*
 * meta_export.c - a message_1.json of which nothing says whether Instagram or Facebook wrote it:
 * the file is the same, and the folder that names the app was not handed over. The layout is
 * meta_thread.h's. The service is not set: it is not known.
 */
#include "meta_thread.h"

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	return meta_thread(in, SPAN_NONE, sink, err);
}

static bool sniff(span head, span path)
{
	return meta_thread_app(head, path) == META_EITHER;
}

const struct parser parser_meta_export = {
	.name = "meta-export",
	.app = "Instagram or Facebook Messenger (download: which is not said)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_REACTION) | KIND_BIT(REC_SYSTEM) |
		 KIND_BIT(REC_CALL),
	.files = { "*/messages/inbox/*/message_*.json",
		   "*/messages/archived_threads/*/message_*.json",
		   "*/messages/filtered_threads/*/message_*.json",
		   "*/messages/message_requests/*/message_*.json" },
	.tested = "public export; fields as published",
	.limits = "whose account it is: sent and received are not told apart",
	.keeps_deleted = true,
	.sniff = sniff,
	.run = run,
};
