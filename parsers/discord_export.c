/*
 * discord_export.c - messages of Discord's data package: messages/c123/messages.json, until about
 * 2024 messages.csv, and messages/index.json.
 *
 * A package holds what its owner sent, and nothing that others did: every message is outgoing, from
 * the owner, to whoever was in the channel, which the file does not say. messages.json is [{"ID",
 * "Timestamp","Contents","Attachments"}], messages.csv has the same four columns; Attachments are
 * addresses with blanks between them. index.json is {CHANNEL:"Direct Message with NAME"}, which
 * names the channel of that folder: a system entry each. Source: Discord's help article
 * 360004957991 and the README.txt in its packages; public readers of them.
 *
 * "Timestamp" names its zone in a .csv and not in a .json. ID counts milliseconds since 2015 UTC
 * (Discord's developer reference, "Snowflakes"), so that a Timestamp that shows the same second as
 * its ID is UTC; one that does not has no known zone.
 */
#include "export.h"
#include "textin.h"

#define ATTACHMENTS_MAX 64
#define FIELD_MAX ((size_t)1 << 20)
#define COLUMNS 4
#define EPOCH_2015 INT64_C(1420070400000)

struct entry {
	span id, time, text, attachments;
};

/* ---- one message, whatever file it is from ---- */

static bool snowflake_ms(span id, int64_t *ret)
{
	uint64_t value = 0;
	if (id.n < 17 || id.n > 19)
		return false;
	for (size_t i = 0; i < id.n; i++) {
		if (id.p[i] < '0' || id.p[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(id.p[i] - '0');
	}
	*ret = (int64_t)(value >> 22) + EPOCH_2015;
	return true;
}

/* The folder is "c" and the channel's number, or, in old packages, the number alone. */
static span channel_of(span path)
{
	span folder = export_folder(path);
	if (folder.n && (*folder.p == 'c' || *folder.p == 'C'))
		folder = span_from(folder, 1);
	for (size_t i = 0; i < folder.n; i++)
		if (folder.p[i] < '0' || folder.p[i] > '9')
			return SPAN_NONE;
	return folder.n ? folder : SPAN_NONE;
}

static void attach(struct export *x, struct record *r, span all)
{
	struct attachment *list = arena_alloc(x->arena, ATTACHMENTS_MAX * sizeof *list);
	if (!list && !x->stop)
		x->stop = err_set(x->err, E_NOMEM, "memory ran out");
	if (!list)
		return;
	while (all.n) {
		const char *blank = memchr(all.p, ' ', all.n);
		span one = blank ? span_sub(all, 0, (size_t)(blank - all.p)) : all;
		all = span_from(all, one.n + 1);
		if (!one.n)
			continue;
		if (r->attachments_n == ATTACHMENTS_MAX) {
			export_warn(x, WARN_LIMIT,
				    "more attachments than linecheck reads of one message");
			break;
		}
		list[r->attachments_n++] = (struct attachment){ one, SPAN_NONE };
	}
	r->attachments = list;
}

static void deliver(struct export *x, struct record *r, const struct entry *e, span channel)
{
	int64_t ms;
	export_time_text(x, r, e->time);
	if (r->local && snowflake_ms(e->id, &ms) && ms / 1000 == r->local / 1000) {
		r->time = ms;
		r->local = 0;
		r->time_unit = TIME_TEXT;
	}
	r->direction = DIR_OUT;
	r->from.role = ROLE_OWNER;
	r->thread = channel;
	r->service = SPAN("Discord");
	r->text = e->text.n ? e->text : SPAN_NONE;
	attach(x, r, e->attachments);
	export_deliver(x, r);
}

/* ---- messages.json and index.json ---- */

static void json_message(struct export *x, int64_t row, span channel)
{
	span key;
	struct entry e = { SPAN_NONE, SPAN_NONE, SPAN_NONE, SPAN_NONE };
	struct record r = export_record(x, REC_MESSAGE, "messages", row);
	if (!x->stop && export_peek(x) != JSON_OBJECT)
		export_warn(x, WARN_ROW_LOST, "not a message");
	if (!export_object(x))
		return;
	while (export_key(x, &key)) {
		if (span_eq(key, SPAN("ID")))
			e.id = export_text(x);
		else if (span_eq(key, SPAN("Timestamp")))
			e.time = export_text(x);
		else if (span_eq(key, SPAN("Contents")))
			e.text = export_text(x);
		else if (span_eq(key, SPAN("Attachments")))
			e.attachments = export_text(x);
		else
			export_pass(x);
	}
	deliver(x, &r, &e, channel);
}

static void json_channel(struct export *x, int64_t row, span id)
{
	char copy[40];
	struct record r = export_record(x, REC_SYSTEM, "index", row);
	size_t n = id.n < sizeof copy ? id.n : sizeof copy;
	memcpy(copy, id.p, n);
	r.thread = export_keep(x, (span){ copy, n });
	r.thread_name = r.text = export_text(x);
	r.service = SPAN("Discord");
	export_deliver(x, &r);
}

static int run_json(const struct input *in, const struct sink *sink, struct err *err)
{
	struct export x;
	int64_t row = 0;
	span key;
	export_begin(&x, in, sink, err);
	enum json_kind kind = export_peek(&x);
	if (kind == JSON_OBJECT) {
		for (bool all = export_object(&x); all && export_key(&x, &key);)
			json_channel(&x, ++row, key);
	} else if (kind == JSON_ARRAY) {
		for (bool all = export_array(&x); all && export_more(&x);)
			json_message(&x, ++row, channel_of(in->path));
	} else if (!x.stop) {
		x.stop = err_set(err, E_FORMAT, "not a list of messages of a Discord package");
	}
	return export_end(&x);
}

/* ---- messages.csv: RFC 4180, a message may have several lines ---- */

struct csv {
	struct export x;
	span channel;
	struct buf field[COLUMNS];
	size_t at;
	int64_t rows; /* with the header */
	bool quoted, quote, cut, cr;
};

static void csv_row(struct csv *c)
{
	struct export *x = &c->x;
	bool empty = c->at == 0 && !c->field[0].n;
	if (!empty && c->rows == 0 && !span_eq(buf_span(&c->field[0]), SPAN("ID")) && !x->stop)
		x->stop = err_set(x->err, E_FORMAT, "not the messages of a Discord package");
	if (!empty && c->rows++ > 0) {
		struct record r = export_record(x, REC_MESSAGE, "messages", c->rows - 1);
		struct entry e = { buf_span(&c->field[0]), buf_span(&c->field[1]),
				   buf_span(&c->field[2]), buf_span(&c->field[3]) };
		if (c->cut)
			export_warn(x, WARN_LIMIT, "a value longer than linecheck reads was cut");
		if (c->at + 1 != COLUMNS)
			export_warn(x, WARN_ROW_LOST, "not four columns");
		else
			deliver(x, &r, &e, c->channel);
	}
	for (size_t i = 0; i < COLUMNS; i++) {
		if (c->field[i].failed && !x->stop)
			x->stop = err_set(x->err, E_NOMEM, "memory ran out");
		buf_clear(&c->field[i]);
	}
	c->at = 0;
	c->cut = false;
}

static void csv_byte(struct csv *c, char b)
{
	if (c->quoted) {
		if (b == '"' && !c->quote) {
			c->quote = true;
			return;
		}
		bool ended = c->quote && b != '"';
		c->quote = false;
		c->quoted = !ended;
		if (ended) {
			csv_byte(c, b);
			return;
		}
	} else if (b == '"') {
		c->quoted = true;
		return;
	} else if (b == ',') {
		c->at++;
		return;
	} else if (b == '\n' || b == '\r') {
		if (b == '\r' || !c->cr)
			csv_row(c);
		c->cr = b == '\r';
		return;
	}
	c->cr = false;
	if (c->at >= COLUMNS)
		return;
	if (c->field[c->at].n < FIELD_MAX)
		buf_byte(&c->field[c->at], b);
	else
		c->cut = true;
}

static int run_csv(const struct input *in, const struct sink *sink, struct err *err)
{
	struct csv c = { .channel = channel_of(in->path) };
	struct textin *text = textin_new(in);
	span piece;
	int rc = 0;
	if (export_begin(&c.x, in, sink, err) == 0 && !text)
		c.x.stop = err_set(err, E_NOMEM, "memory ran out");
	while (!c.x.stop && (rc = textin_next(text, &piece, err)) > 0)
		for (size_t i = 0; i < piece.n && !c.x.stop; i++)
			csv_byte(&c, piece.p[i]);
	if (rc < 0)
		c.x.stop = rc;
	bool within = c.quoted && !c.quote;
	if (!c.x.stop && within) {
		c.x.table = "messages";
		c.x.row = c.rows;
		export_warn(&c.x, WARN_LIMIT, "the file ends within this message");
	}
	if (!c.x.stop)
		csv_row(&c);
	for (size_t i = 0; i < COLUMNS; i++)
		buf_free(&c.field[i]);
	textin_free(text);
	c.x.ahead = true; /* nothing was read as JSON */
	return export_end(&c.x);
}

/* ---- the file ---- */

/* The first byte, then all the others. */
struct first {
	const struct input *in;
	char byte;
	bool taken;
};

static ptrdiff_t read_first(void *user, void *buf, size_t n, struct err *err)
{
	struct first *f = user;
	if (f->taken || !n)
		return f->in->read(f->in->user, buf, n, err);
	*(char *)buf = f->byte;
	f->taken = true;
	return 1;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct first f = { .in = in };
	ptrdiff_t n = in->read(in->user, &f.byte, 1, err);
	if (n < 0)
		return (int)n;
	f.taken = n == 0;
	struct input all = { .read = read_first, .user = &f, .size = in->size, .path = in->path };
	bool json = f.byte == '[' || f.byte == '{';
	return json ? run_json(&all, sink, err) : run_csv(&all, sink, err);
}

static bool is_index(span head, span path)
{
	static const char *const says[] = { "\"Direct Message with ", "\"Unknown channel", " in " };
	if (!export_path_has(path, "messages/index.json"))
		return false;
	for (size_t i = 0; i < sizeof says / sizeof *says; i++)
		if (export_path_has(head, says[i]))
			return true;
	return false;
}

static bool sniff(span head, span path)
{
	char text[40];
	span start = { text, textin_peek(head, text, sizeof text) };
	static const span columns = SPAN_INIT("ID,Timestamp,Contents,Attachments");
	if (start.n >= columns.n && !memcmp(start.p, columns.p, columns.n))
		return true;
	return (json_head_has(head, "ID") && json_head_has(head, "Timestamp") &&
		json_head_has(head, "Contents")) ||
	       is_index(head, path);
}

const struct parser parser_discord_export = {
	.name = "discord-export",
	.app = "Discord (data package)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM),
	.files = { "*/messages/c*/messages.json", "*/messages/c*/messages.csv" },
	.tested = "packages until and since 2024, fields as published",
	.limits = "only what the account's owner wrote",
	.sniff = sniff,
	.run = run,
};
