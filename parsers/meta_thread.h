/*
 * meta_thread.h - one conversation of an Instagram or Facebook download: message_1.json, or the
 * file that Messenger makes of an end-to-end encrypted chat.
 *
 * {"participants":[{"name"}], "messages":[{"sender_name","timestamp_ms","content","type",
 * "is_unsent","photos":[{"uri"}],"share":{"link","share_text"},"reactions":[{"reaction","actor"}],
 * "call_duration","users"}], "title","thread_path"}; the encrypted chat has participants as
 * strings, and threadName, senderName, timestamp, text, isUnsent, media. Sources: public
 * descriptions of the download (facebook.com/help/212802592074644, help.instagram.com/
 * 181231772500920), public readers of it (chat-miner's exports with their expected messages;
 * RLEAPP's facebookE2EMessages for the names of the encrypted chat's fields).
 *
 * Text was written as if each byte of its UTF-8 were a character; a text that reads as UTF-8 that
 * way is given so. A sender is a display name, and the file does not say whose account it is of:
 * the direction is unknown. Times are milliseconds since 1970.
 */
#ifndef META_THREAD_H
#define META_THREAD_H
#include "export.h"

#define META_FILE_MAX ((size_t)256 << 20) /* a thread's title stands behind its messages */

/* service as records name it, or absent. 0 or negative, as a parser's run. */
int meta_thread(const struct input *in, span service, const struct sink *sink, struct err *err);

enum meta_app { META_NEITHER, META_INSTAGRAM, META_FACEBOOK, META_EITHER };
/* Whose file this is the beginning of. Both apps write the same one, and only its path says which:
 * META_EITHER where that does not. An encrypted chat is Messenger's. */
enum meta_app meta_thread_app(span head, span path);

/* s as its writer meant it: a part of s, or in the record's memory. */
span meta_text(struct export *x, span s);
#endif
