/*
 * whatsapp_text.c - the text that WhatsApp's "Export chat" makes: "_chat.txt" from an iPhone,
 * "WhatsApp Chat with NAME.txt" from Android.
 *
 * A message is "STAMP - NAME: TEXT" or "[STAMP] NAME: TEXT" and the lines up to the next stamp; a
 * stamp without a NAME is the app's own word. Source: public exports in ten layouts of the date
 * (chat-miner's tests, with the messages expected of them) and WhatsApp's help page on exporting
 * (faq.whatsapp.com/1180414079177245). The layouts are whatsapp_line.h's, the phrases of the app
 * whatsapp_marks.c's.
 *
 * What the text cannot say, and is not guessed:
 *  - Whose phone it is: the direction is unknown; a NAME is what that phone's address book calls
 *    the sender, or a number.
 *  - The zone of the clock: a record has no time, but what the clock showed (record.local).
 *  - Whether 03/04 is in March or April, where the file does not (whatsapp_dates.h).
 *  - Whether a line that looks like a message's first one is a part of the message before it.
 *  - Which app wrote it, if neither the name of the file nor a line without sender says WhatsApp:
 *    other apps' text can look the same. The service is then not set.
 *
 * On an iPhone the app's own words stand under the name of the chat, and begin with a mark that is
 * not seen (U+200E). A name under which nothing else was said is no sender.
 */
#include "whatsapp_text.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "parser.h"
#include "textin.h"
#include "whatsapp_dates.h"
#include <stdio.h>
#include <stdlib.h>

#define FILE_MAX ((size_t)128 << 20)
#define NAME_MAX_BYTES 256
#define SENDERS_MAX 2048 /* a group has at most 1,024 members, and they may change */
#define SLOTS (2 * SENDERS_MAX)

struct chat {
	const struct sink *sink;
	struct err *err;
	int stop;
	struct buf all;
	struct arena *arena;
	struct chat_dates *dates;
	span sender[SLOTS]; /* of those who said something, by hash */
	size_t senders;
	span title, service;
	bool group;
};

/* A message as the lines give it. */
struct message {
	struct chat_line line;
	span name, text;
	int64_t row; /* number of its first line */
};

static void warn(struct chat *c, enum warning kind, int64_t row, const char *detail)
{
	if (c->stop)
		return;
	int rc = c->sink->warn(c->sink->user, kind, "line", row, detail);
	if (rc < 0)
		c->stop = rc;
}

/* ---- lines ---- */

struct lines {
	span left;
	int64_t row;
};

/* A line without its end. */
static bool next_line(struct lines *l, span *ret)
{
	if (!l->left.n)
		return false;
	const char *lf = memchr(l->left.p, '\n', l->left.n);
	size_t n = lf ? (size_t)(lf - l->left.p) : l->left.n;
	*ret = span_sub(l->left, 0, n && l->left.p[n - 1] == '\r' ? n - 1 : n);
	l->left = span_from(l->left, n + 1);
	l->row++;
	return true;
}

/* An odd number of quotation marks: what follows stands within them. */
static bool quote_open(span s)
{
	size_t plain = 0, curly = 0, closed = 0;
	for (size_t i = 0; i < s.n;) {
		uint32_t cp = utf8_next(s, &i);
		plain += cp == '"';
		curly += cp == 0x201C;
		closed += cp == 0x201D;
	}
	return plain % 2 || curly > closed;
}

/* "NAME: TEXT". Absent where nobody is named: all of it is then text. */
static span split_name(span rest, span *ret_text)
{
	*ret_text = rest;
	for (size_t i = 0; i < rest.n && i <= NAME_MAX_BYTES; i++) {
		if (rest.p[i] != ':')
			continue;
		size_t next = i + 1;
		span name = whatsapp_bare(span_sub(rest, 0, i)), behind = span_from(rest, next);
		uint32_t cp = behind.n ? utf8_next(rest, &next) : ' ';
		bool ends = chat_blank(cp) || chat_mark(cp) || span_eq(behind, SPAN("."));
		if (!ends || !name.n || quote_open(name))
			continue;
		*ret_text = behind.n && chat_blank(cp) ? span_from(rest, next) : behind;
		return name;
	}
	return SPAN_NONE;
}

/* The next message. false at the end; *lines stands before the line after it. */
static bool next_message(struct lines *lines, struct message *ret)
{
	span line;
	struct lines before;
	struct message m = { .row = 0 };
	for (before = *lines; next_line(lines, &line); before = *lines) {
		struct chat_line l;
		bool begins = chat_line(line, &l);
		if (begins && m.row) {
			*lines = before;
			break;
		}
		if (begins) {
			m.row = lines->row;
			m.line = l;
			m.name = split_name(l.rest, &m.text);
		} else if (m.row) {
			m.text.n = (size_t)(line.p + line.n - m.text.p);
		}
	}
	if (!m.row)
		return false;
	while (m.text.n && (m.text.p[m.text.n - 1] == '\n' || m.text.p[m.text.n - 1] == '\r'))
		m.text.n--;
	*ret = m;
	return true;
}

static bool app_words(span text)
{
	static const span mark = SPAN_INIT("\xE2\x80\x8E");
	return text.n >= mark.n && !memcmp(text.p, mark.p, mark.n);
}

/* ---- who said something ---- */

static span *slot_of(struct chat *c, span name)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)name.p[i]) * 16777619u;
	size_t i = hash % SLOTS;
	while (c->sender[i].p && !span_eq(c->sender[i], name))
		i = (i + 1) % SLOTS;
	return &c->sender[i];
}

static bool is_sender(struct chat *c, span name)
{
	return slot_of(c, name)->p != NULL;
}

static void add_sender(struct chat *c, span name)
{
	span *slot = slot_of(c, name);
	if (slot->p || c->senders == SENDERS_MAX)
		return;
	*slot = name;
	c->senders++;
}

static void tell_dates(struct chat *c)
{
	char detail[CHAT_DATES_DETAIL];
	int64_t row;
	for (size_t i = 0; chat_dates_tell(c->dates, i, &row, detail); i++)
		if (detail[0])
			warn(c, WARN_NOTE, row, detail);
	if (chat_dates_tell(c->dates, 1, &row, detail))
		warn(c, WARN_NOTE, row,
		     "a stamp of another form than before: the file was put together, or a message "
		     "imitates one");
	chat_dates_tell(c->dates, 0, &row, detail);
	warn(c, WARN_NOTE, row,
	     "times are what the exporting phone's clock showed; the file does not name its zone");
}

static void take_time(struct chat *c, struct record *r, const struct message *m)
{
	int64_t day, ms;
	r->time_raw = m->line.stamp;
	r->time_unit = TIME_NO_ZONE;
	if (!chat_line_time(&m->line, &ms))
		warn(c, WARN_FIELD_UNKNOWN, m->row,
		     "the time of day cannot be read: no such time, or a word beside it that "
		     "linecheck does not know");
	else if (!chat_dates_day(c->dates, &m->line, &day))
		warn(c, WARN_FIELD_UNKNOWN, m->row,
		     "day and month cannot be told apart in this file, or there is no such date");
	else
		r->local = day * 86400000 + ms;
}

/* ---- records ---- */

static span clean(struct chat *c, span s)
{
	struct buf b = { 0 };
	bool marks = false, ok = true;
	for (size_t i = 0; i < s.n;) {
		size_t start = i;
		uint32_t cp = utf8_next(s, &i);
		if (chat_mark(cp))
			marks = true;
		else
			buf_add(&b, span_sub(s, start, i));
	}
	span result = marks ? arena_copy(c->arena, buf_span(&b), &ok) : s;
	if ((!ok || b.failed) && !c->stop)
		c->stop = err_set(c->err, E_NOMEM, "memory ran out");
	buf_free(&b);
	return result;
}

/* A number stands where the address book has no name; it begins with its country's. */
static bool is_number(span name)
{
	size_t digits = 0;
	if (!name.n || name.p[0] != '+')
		return false;
	for (size_t i = 1; i < name.n;) {
		uint32_t cp = utf8_next(name, &i);
		bool digit = cp >= '0' && cp <= '9';
		if (!digit && !chat_blank(cp) && cp != '-' && cp != '(' && cp != ')' &&
		    cp != 0x2011)
			return false;
		digits += digit;
	}
	return digits >= 7;
}

static bool is_system(struct chat *c, const struct message *m)
{
	struct attachment ignored;
	if (!m->name.p)
		return true;
	if (!m->line.bracket || !app_words(m->text))
		return false;
	if (whatsapp_about_chat(m->text, m->name))
		return true;
	return !is_sender(c, m->name) && !whatsapp_state(m->text) &&
	       !whatsapp_attachment(m->text, &ignored);
}

static void deliver(struct chat *c, const struct message *m)
{
	struct attachment attachment;
	struct record r = {
		.kind = is_system(c, m) ? REC_SYSTEM : REC_MESSAGE,
		.table = "line",
		.row = m->row,
		.time = TIME_UNSET,
		.duration = -1,
		.thread = c->title.n ? c->title : SPAN("chat"),
		.thread_name = c->title,
		.service = c->service,
		.text = m->text,
		.state = c->group ? STATE_GROUP : 0,
	};
	arena_reset(c->arena);
	take_time(c, &r, m);
	if (r.kind == REC_MESSAGE) {
		span name = clean(c, m->name);
		*(is_number(name) ? &r.from.raw : &r.from.name) = name;
		r.state |= whatsapp_state(m->text);
		r.attachments = &attachment;
		r.attachments_n = whatsapp_attachment(m->text, &attachment);
	}
	if (c->stop)
		return;
	int rc = c->sink->record(c->sink->user, &r);
	if (rc < 0)
		c->stop = rc;
}

/* ---- the file ---- */

static bool path_says(span path)
{
	static const span own[] = { SPAN_INIT("whatsapp"), SPAN_INIT("_chat.txt") };
	for (size_t o = 0; o < 2; o++)
		for (size_t i = 0; i + own[o].n <= path.n; i++)
			if (span_eq_nocase(span_sub(path, i, i + own[o].n), own[o]))
				return true;
	return false;
}

/* What can only be known when all was seen. */
static void look_over(struct chat *c, span path)
{
	struct lines lines = { buf_span(&c->all), 0 };
	struct message m;
	bool says = path_says(path);
	while (next_message(&lines, &m)) {
		chat_dates_see(c->dates, &m.line, m.row);
		if (m.name.p && !(m.line.bracket && app_words(m.text)))
			add_sender(c, m.name);
		if (!m.name.p && m.text.n)
			says |= memmem(m.text.p, m.text.n, "WhatsApp", 8) != NULL;
	}
	chat_dates_decide(c->dates);
	c->group = c->senders > 2;
	c->title = whatsapp_title(path);
	c->service = says ? SPAN("WhatsApp") : SPAN_NONE;
}

static void tell(struct chat *c)
{
	struct lines lines = { buf_span(&c->all), 0 };
	struct chat_line l;
	span line;
	int64_t loose = 0;
	while (next_line(&lines, &line) && !chat_line(line, &l))
		loose += whatsapp_bare(line).n > 0;
	if (loose)
		warn(c, WARN_ROW_LOST, 1, "lines before the first message belong to none");
	tell_dates(c);
	if (!c->service.p)
		warn(c, WARN_NOTE, 1,
		     "nothing says that this is from WhatsApp: text of another app can look the "
		     "same");
	if (c->senders == SENDERS_MAX)
		warn(c, WARN_LIMIT, 1, "more senders than linecheck tells apart");
}

static void read_all(struct chat *c, const struct input *in)
{
	struct textin *text = textin_new(in);
	span piece;
	int rc = text ? 0 : err_set(c->err, E_NOMEM, "memory ran out");
	while (!rc && (rc = textin_next(text, &piece, c->err)) > 0) {
		rc = 0;
		if (piece.n > FILE_MAX - c->all.n)
			rc = err_set(c->err, E_LIMIT,
				     "a chat of more than %zu MiB of text is not read: give a part "
				     "of it",
				     FILE_MAX >> 20);
		else
			buf_add(&c->all, piece);
		if (!rc && c->all.failed)
			rc = err_set(c->err, E_NOMEM, "memory ran out");
	}
	textin_free(text);
	c->stop = rc;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct chat *c = calloc(1, sizeof *c);
	struct message m;
	if (!c)
		return err_set(err, E_NOMEM, "memory ran out");
	c->sink = sink;
	c->err = err;
	c->arena = arena_new();
	c->dates = chat_dates_new();
	if (c->arena && c->dates)
		read_all(c, in);
	else
		c->stop = err_set(err, E_NOMEM, "memory ran out");
	if (!c->stop) {
		look_over(c, in->path);
		int64_t row;
		char detail[CHAT_DATES_DETAIL];
		if (!chat_dates_tell(c->dates, 0, &row, detail))
			c->stop = err_set(err, E_FORMAT,
					  "not a chat's text: no line begins with a date and time");
	}
	if (!c->stop)
		tell(c);
	struct lines lines = { buf_span(&c->all), 0 };
	while (!c->stop && next_message(&lines, &m))
		deliver(c, &m);
	int rc = c->stop;
	buf_free(&c->all);
	arena_free(c->arena);
	chat_dates_free(c->dates);
	free(c);
	return rc;
}

/* Logs look alike: dates that sort, seconds, words in capitals. */
static bool is_log(const struct chat_line *l)
{
	static const char *const words[] = { "INFO",  "WARN",  "ERROR",  "DEBUG",
					     "TRACE", "FATAL", "NOTICE", NULL };
	if (l->width[0] == 4 && l->separator == '-' && l->seconds && !l->comma)
		return true;
	span rest = whatsapp_bare(l->rest);
	for (const char *const *w = words; *w; w++)
		if (rest.n >= strlen(*w) && !memcmp(rest.p, *w, strlen(*w)))
			return true;
	return false;
}

static bool sniff(span head, span path)
{
	struct lines lines = { head, 0 };
	struct chat_line l;
	span line;
	bool named = path_says(path);
	bool text = path.n >= 4 && span_eq_nocase(span_from(path, path.n - 4), SPAN(".txt"));
	while (next_line(&lines, &line) && lines.row <= 8) {
		if (!whatsapp_bare(line).n)
			continue;
		if (chat_line(line, &l))
			return named || (text && !is_log(&l) && l.rest.n);
		if (!named)
			return false;
	}
	return false;
}

const struct parser parser_whatsapp_text = {
	.name = "whatsapp-text",
	.app = "WhatsApp (exported chat)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM),
	.files = { "*/_chat.txt", "*/WhatsApp Chat *.txt", "*/WhatsApp-Chat *.txt",
		   "*/Discussion WhatsApp *.txt", "*/Chat de WhatsApp *.txt",
		   "*/Conversa do WhatsApp *.txt", "*/Chat WhatsApp *.txt" },
	.tested = "public exports in ten layouts of the date, iPhone and Android",
	.limits = "the time zone; whose phone it was",
	.keeps_deleted = true,
	.sniff = sniff,
	.run = run,
};
