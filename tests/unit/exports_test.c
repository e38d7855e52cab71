/* Downloads and exported chats that no golden file can hold: bytes that are no UTF-8, huge values,
 * files that go on for long, and names that many files have. */
#include "base/buf.h"
#include "parser.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct seen {
	size_t records, messages, losses, notes;
	struct buf from, text; /* of the last record */
	size_t text_n;
	char warning[160]; /* the last one */
};

static int on_record(void *user, const struct record *r)
{
	struct seen *s = user;
	s->records++;
	s->messages += r->kind == REC_MESSAGE;
	buf_clear(&s->from);
	buf_clear(&s->text);
	buf_add(&s->from, r->from.name.p ? r->from.name : SPAN(""));
	buf_add(&s->text, r->text.p ? r->text : SPAN(""));
	s->text_n = r->text.n;
	return 0;
}

static int on_warn(void *user, enum warning kind, const char *table, int64_t row,
		   const char *detail)
{
	struct seen *s = user;
	(void)table;
	(void)row;
	s->losses += warning_is_loss(kind);
	s->notes += !warning_is_loss(kind);
	snprintf(s->warning, sizeof s->warning, "%s", detail);
	return 0;
}

/* begin, then `times` times body, then end. */
struct source {
	span begin, body, end;
	size_t times, at;
	span left;
	int part;
};

static ptrdiff_t read_source(void *user, void *buf, size_t n, struct err *err)
{
	struct source *s = user;
	(void)err;
	while (!s->left.n) {
		if (s->part == 0)
			s->left = s->begin;
		else if (s->part == 1 && s->at < s->times)
			s->left = s->body;
		else if (s->part == 2)
			s->left = s->end;
		else if (s->part > 2)
			return 0;
		if (s->part != 1 || s->at++ >= s->times)
			s->part++;
	}
	n = n < s->left.n ? n : s->left.n;
	memcpy(buf, s->left.p, n);
	s->left = span_from(s->left, n);
	return (ptrdiff_t)n;
}

static int run(const char *name, struct source *source, const char *path, struct seen *seen)
{
	const struct parser *p = parser_find(name);
	struct err err = { 0 };
	assert_non_null(p);
	struct input in = { .read = read_source, .user = source, .path = span_z(path) };
	struct sink sink = { on_record, on_warn, seen };
	return parser_run(p, &in, &sink, &err);
}

static void seen_free(struct seen *s)
{
	buf_free(&s->from);
	buf_free(&s->text);
	*s = (struct seen){ .records = 0 };
}

static void bad_bytes(void **state)
{
	struct seen seen = { .records = 0 };
	(void)state;
	struct source chat = { .begin = SPAN(
				       "24/12/2022, 13:34 - \xFF\xFE: bad \xC3( bytes \0 here\n") };
	assert_int_equal(run("whatsapp-text", &chat, "a.txt", &seen), 0);
	assert_int_equal(seen.records, 1);
	assert_int_equal(seen.from.n, 2);
	assert_memory_equal(seen.from.data, "\xFF\xFE", 2);
	assert_int_equal(seen.text_n, 19);
	assert_memory_equal(seen.text.data, "bad \xC3( bytes \0 here", 19);
	struct source json = {
		.begin = SPAN("{\"messages\":[{\"sender_name\":\"\xFF\xC3(\",\"content\":\""
			      "\xFE\\u0000\"}]}")
	};
	assert_int_equal(run("meta-export", &json, "a.json", &seen), 0);
	assert_int_equal(seen.records, 2);
	assert_memory_equal(seen.from.data, "\xFF\xC3(", 3);
	assert_int_equal(seen.text_n, 2);
	assert_memory_equal(seen.text.data, "\xFE\0", 2);
	assert_int_equal(seen.losses, 0);
	seen_free(&seen);
}

/* A line of 20 MiB is one message; a JSON string of as much is cut, and that is said. */
static void huge_values(void **state)
{
	static const span block = SPAN_INIT("0123456789abcdef0123456789abcdef");
	struct seen seen = { .records = 0 };
	size_t times = ((size_t)20 << 20) / block.n;
	(void)state;
	struct source chat = {
		SPAN("24/12/2022, 13:34 - Amelia: "), block, SPAN("\n"), times, 0, SPAN_NONE, 0
	};
	assert_int_equal(run("whatsapp-text", &chat, "a.txt", &seen), 0);
	assert_int_equal(seen.records, 1);
	assert_int_equal(seen.text_n, times * block.n);
	struct source json = { SPAN("{\"messages\":[{\"date_unixtime\":\"1671886800\",\"text\":\""),
			       block,
			       SPAN("\"},{\"text\":\"next\"}]}"),
			       times,
			       0,
			       SPAN_NONE,
			       0 };
	assert_int_equal(run("telegram-export", &json, "result.json", &seen), 0);
	assert_int_equal(seen.records, 3);
	assert_int_equal(seen.losses, 1);
	assert_string_equal(seen.warning, "a value longer than linecheck reads was cut");
	assert_memory_equal(seen.text.data, "next", 4);
	seen_free(&seen);
}

/* More than the whole may be in memory: Telegram's is read as it comes; a chat's text says no. */
static void long_files(void **state)
{
	struct seen seen = { .records = 0 };
	(void)state;
	struct source json = {
		SPAN("{\"name\":\"Bea\",\"type\":\"personal_chat\",\"id\":7,\"messages\":["),
		SPAN("{\"date_unixtime\":\"1671886800\",\"from_id\":\"user7\",\"text\":\"hello\"}"
		     ","),
		SPAN("{\"text\":\"last\"}]}"),
		200000,
		0,
		SPAN_NONE,
		0
	};
	assert_int_equal(run("telegram-export", &json, "result.json", &seen), 0);
	assert_int_equal(seen.messages, 200001);
	seen_free(&seen);
	struct source chat = {
		SPAN("24/12/2022, 13:34 - Amelia: x\n"),
		SPAN("01234567890123456789012345678901234567890123456789012345678901\n"),
		SPAN("y"),
		2200000,
		0,
		SPAN_NONE,
		0
	};
	assert_int_equal(run("whatsapp-text", &chat, "a.txt", &seen), E_LIMIT);
	assert_int_equal(seen.records, 0);
	seen_free(&seen);
}

/* The parsers that take a file of this path and beginning, by name. */
static void takers(const char *path, const char *head, const char *want)
{
	struct buf got = { 0 };
	for (const struct parser *const *p = parsers; *p; p++)
		if ((*p)->sniff && (*p)->sniff(span_z(head), span_z(path)))
			buf_addf(&got, "%s ", (*p)->name);
	assert_string_equal(got.data ? got.data : "", want);
	buf_free(&got);
}

static void one_taker(void **state)
{
	static const char message[] =
		"{\"messages\":[{\"sender_name\":\"A\",\"timestamp_ms\":1,\"content\":\"x\"";
	(void)state;
	takers("inbox/a_1/message_1.json", message, "meta-export ");
	takers("your_instagram_activity/messages/inbox/a_1/message_1.json", message,
	       "instagram-export ");
	takers("your_facebook_activity/messages/inbox/a_1/message_1.json", message,
	       "facebook-export ");
	takers("facebook/instagram/message_1.json", message, "meta-export ");
	takers("a.json",
	       "{\"participants\":[\"A\"],\"messages\":[{\"senderName\":\"A\",\"timestamp\":1",
	       "facebook-export ");
	takers("a/message_1.json", "{\"participants\":[{\"name\":\"A\"},{\"name\":\"B",
	       "meta-export ");
	takers("result.json",
	       "{\"name\":\"A\",\"messages\":[{\"id\":1,\"date\":\"x\",\"from_id\":\"user1\"",
	       "telegram-export ");
	takers("result.json", "{\"about\":\"x\",\"personal_information\":{\"user_id\":1",
	       "telegram-export ");
	takers("result.json", "{\"result\":1,\"messages\":[]}", "");
	takers("json/chat_history.json",
	       "{\"bea\":[{\"From\":\"bea\",\"Media Type\":\"TEXT\",\"Created\":\"x\"",
	       "snapchat-export ");
	takers("messages/c1/messages.json", "[{\"ID\":1,\"Timestamp\":\"x\",\"Contents\":\"y\"",
	       "discord-export ");
	takers("x.csv", "ID,Timestamp,Contents,Attachments\r\n1", "discord-export ");
	takers("user_data.json", "{\"Activity\":{\"Favorite Effects\":{", "tiktok-export ");
	takers("messages.json",
	       "[{\"participants\":[\"a\"],\"conversation\":[{\"sender\":\"a\",\"created_at\":"
	       "\"x\"",
	       "instagram-export ");
	takers("anything.json", "{\"a\":[{\"b\":1}]}", "");
	takers("holiday.txt", "24/12/2022, 13:34 - Amelia: hello\n", "whatsapp-text ");
	takers("holiday.txt", "our holiday\n[24/12/2022, 13:34:05] Amelia: hello\n", "");
	takers("_chat.txt", "our holiday\n[24/12/2022, 13:34:05] Amelia: hello\n",
	       "whatsapp-text ");
	takers("holiday.doc", "24/12/2022, 13:34 - Amelia: hello\n", "");
	takers("server.txt", "2022-12-24 13:34:05 - INFO: started\n", "");
	takers("server.txt", "[24/12/2022 13:34:05] ERROR: stopped\n", "");
	takers("notes.txt", "24/12/2022 we went to York\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_bytes),
		cmocka_unit_test(huge_values),
		cmocka_unit_test(long_files),
		cmocka_unit_test(one_taker),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
