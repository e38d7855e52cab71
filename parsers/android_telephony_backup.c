/*
 * android_telephony_backup.c - messages as Android's telephony provider puts them into a backup:
 * apps/com.android.providers.telephony/d_f/000000_sms_backup, 000001_mms_backup ... of an .ab.
 *
 * Each is a JSON array in a zlib stream, numbers written as strings:
 *   SMS  address, body, subject, date and date_sent (milliseconds), type, read, recipients[],
 *        self_phone
 *   MMS  sub, sub_cs, date (seconds), m_type, msg_box, read, recipients[], mms_addresses[{type,
 *        address, charset}], mms_body, mms_charset, attachments[{mime_type, filename}], self_phone
 * recipients are the people of the conversation, self_phone the phone's own number. The provider
 * writes them without their keys and leaves out what it cannot restore; row is the ordinal in the
 * file, from 1. Source: Android's TelephonyBackupAgent (since Android 6) and MVT's test backups.
 */
#include "export.h"
#include "mms.h"
#include <stddef.h>
#include <stdlib.h>
#include <zlib.h>

#define PIECE ((size_t)64 * 1024)
#define PEOPLE_MAX 256

/* ---- a zlib stream as a stream; what is none is given as it is ---- */

struct unzip {
	const struct input *in;
	z_stream z;
	bool begun, packed, ended;
	unsigned char piece[PIECE];
	size_t at, n;
};

static int unzip_fill(struct unzip *u, struct err *err)
{
	ptrdiff_t n = u->in->read(u->in->user, u->piece, sizeof u->piece, err);
	u->at = 0;
	u->n = n > 0 ? (size_t)n : 0;
	return n < 0 ? (int)n : 0;
}

static ptrdiff_t unzip_plain(struct unzip *u, void *buf, size_t n, struct err *err)
{
	int rc = u->at == u->n ? unzip_fill(u, err) : 0;
	if (rc)
		return rc;
	size_t take = u->n - u->at < n ? u->n - u->at : n;
	memcpy(buf, u->piece + u->at, take);
	u->at += take;
	return (ptrdiff_t)take;
}

static ptrdiff_t unzip_read(void *user, void *buf, size_t n, struct err *err)
{
	struct unzip *u = user;
	if (!u->begun) {
		int rc = unzip_fill(u, err);
		if (rc)
			return rc;
		u->begun = true;
		u->packed = u->n && u->piece[0] == 0x78;
	}
	if (!u->packed)
		return unzip_plain(u, buf, n, err);
	u->z.next_out = buf;
	u->z.avail_out = (uInt)n;
	while (u->z.avail_out == n && n && !u->ended) {
		if (u->at == u->n) {
			int rc = unzip_fill(u, err);
			if (rc)
				return rc;
			if (!u->n)
				return err_set(err, E_FORMAT,
					       "the file is cut short: its compressed bytes do not "
					       "end, and messages are missing");
		}
		u->z.next_in = u->piece + u->at;
		u->z.avail_in = (uInt)(u->n - u->at);
		int z = inflate(&u->z, Z_NO_FLUSH);
		u->at = u->n - u->z.avail_in;
		u->ended = z == Z_STREAM_END;
		bool bad = z != Z_OK && z != Z_STREAM_END && z != Z_BUF_ERROR;
		if (bad && u->z.avail_out == n) /* else what comes before the damage first */
			return err_set(err, E_FORMAT,
				       "the file is damaged: its compressed bytes cannot be "
				       "unpacked");
	}
	return (ptrdiff_t)(n - u->z.avail_out);
}

/* ---- one message ---- */

struct message {
	bool mms;
	span address, body, subject, date, self;
	int64_t type, read, box, pdu, charset;
	span people[PEOPLE_MAX], to[PEOPLE_MAX], from;
	size_t people_n, to_n;
	struct attachment file[PEOPLE_MAX];
	size_t files;
};

static int64_t number(struct export *x)
{
	int64_t value;
	return export_int(export_text(x), &value) ? value : -1;
}

static void people(struct export *x, struct message *m)
{
	for (bool all = export_array(x); all && export_more(x);) {
		span one = export_text(x);
		if (one.n && m->people_n < PEOPLE_MAX)
			m->people[m->people_n++] = one;
		else if (one.n)
			export_warn(x, WARN_LIMIT,
				    "more people than linecheck reads of one message");
	}
}

static void one_address(struct export *x, struct message *m)
{
	span key, address = SPAN_NONE;
	int64_t type = -1;
	for (bool in = export_object(x); in && export_key(x, &key);) {
		if (span_eq(key, SPAN("type")))
			type = number(x);
		else if (span_eq(key, SPAN("address")))
			address = export_text(x);
		else
			export_pass(x);
	}
	if (!address.n)
		return;
	if (type == MMS_FROM)
		m->from = address;
	else if (type != MMS_TO && type != MMS_CC && type != MMS_BCC)
		export_warn(x, WARN_FIELD_UNKNOWN, "an address of an unknown type");
	else if (m->to_n < PEOPLE_MAX)
		m->to[m->to_n++] = address;
	else
		export_warn(x, WARN_LIMIT, "more addresses than linecheck reads of one message");
}

static void one_file(struct export *x, struct message *m)
{
	span key, name = SPAN_NONE, type = SPAN_NONE;
	for (bool in = export_object(x); in && export_key(x, &key);) {
		if (span_eq(key, SPAN("mime_type")))
			type = export_text(x);
		else if (span_eq(key, SPAN("filename")))
			name = export_text(x);
		else
			export_pass(x);
	}
	if (m->files < PEOPLE_MAX)
		m->file[m->files++] = (struct attachment){ name, type };
	else
		export_warn(x, WARN_LIMIT, "more attachments than linecheck reads of one message");
}

static void member(struct export *x, struct message *m, span key)
{
	static const struct {
		const char *name;
		size_t at;
	} texts[] = { { "address", offsetof(struct message, address) },
		      { "body", offsetof(struct message, body) },
		      { "mms_body", offsetof(struct message, body) },
		      { "subject", offsetof(struct message, subject) },
		      { "sub", offsetof(struct message, subject) },
		      { "date", offsetof(struct message, date) },
		      { "self_phone", offsetof(struct message, self) } },
	  numbers[] = { { "type", offsetof(struct message, type) },
			{ "read", offsetof(struct message, read) },
			{ "msg_box", offsetof(struct message, box) },
			{ "m_type", offsetof(struct message, pdu) },
			{ "sub_cs", offsetof(struct message, charset) } };
	m->mms |= span_eq(key, SPAN("m_type")) || span_eq(key, SPAN("msg_box")) ||
		  span_eq(key, SPAN("mms_addresses"));
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (span_eq(key, span_z(texts[i].name))) {
			span s = export_text(x);
			memcpy((char *)m + texts[i].at, &s, sizeof s);
			return;
		}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (span_eq(key, span_z(numbers[i].name))) {
			int64_t n = number(x);
			memcpy((char *)m + numbers[i].at, &n, sizeof n);
			return;
		}
	bool in;
	if (span_eq(key, SPAN("recipients")) || span_eq(key, SPAN("sms_recipients")))
		people(x, m);
	else if (span_eq(key, SPAN("mms_addresses")))
		for (in = export_array(x); in && export_more(x);)
			one_address(x, m);
	else if (span_eq(key, SPAN("attachments")))
		for (in = export_array(x); in && export_more(x);)
			one_file(x, m);
	else
		export_pass(x);
}

/* One spelling of one number is one thread, whatever the spelling; several people are all of them.
 */
static span thread_key(struct export *x, const struct message *m)
{
	struct buf b = { 0 };
	span one = m->people_n ? m->people[0] : m->address;
	for (size_t i = 0; m->people_n > 1 && i < m->people_n; i++) {
		if (i)
			buf_byte(&b, '~');
		buf_add(&b, m->people[i]);
	}
	if (m->people_n < 2 && one.n) {
		struct identifier id = identifier_of(one);
		char e164[17];
		if (id.e164)
			identifier_format(id.e164, e164);
		buf_add(&b, id.e164 ? span_z(e164) : one);
	}
	span kept = b.n ? export_keep(x, buf_span(&b)) : SPAN_NONE;
	if (b.failed && !x->stop)
		x->stop = err_set(x->err, E_NOMEM, "memory ran out");
	buf_free(&b);
	return kept;
}

static void no_memory(struct export *x)
{
	if (!x->stop)
		x->stop = err_set(x->err, E_NOMEM, "memory ran out");
}

/* android.provider.Telephony.TextBasedSmsColumns: 1 inbox, 2 sent, 3 draft, 4 outbox, 5 failed,
 * 6 queued. */
static void sms(struct export *x, struct record *r, struct message *m)
{
	struct party *to = arena_alloc(x->arena, sizeof *to);
	if (!to) {
		no_memory(x);
		return;
	}
	struct party person = { ROLE_PERSON, m->address.n ? m->address : SPAN_NONE, SPAN_NONE };
	struct party owner = { ROLE_OWNER, m->self.n ? m->self : SPAN_NONE, SPAN_NONE };
	r->service = SPAN("SMS");
	r->direction = m->type == 1 ? DIR_IN : m->type >= 2 && m->type <= 6 ? DIR_OUT : DIR_UNKNOWN;
	if (r->direction == DIR_UNKNOWN)
		export_warn(x, WARN_FIELD_UNKNOWN, "a type that does not say who sent it");
	r->state = m->type == 3 ? STATE_DRAFT : m->type == 5 ? STATE_FAILED : 0;
	*to = r->direction == DIR_IN ? owner : person;
	if (r->direction == DIR_OUT)
		r->from = owner;
	else if (r->direction == DIR_IN && person.raw.p)
		r->from = person;
	r->to = to;
	r->to_n = r->direction == DIR_IN || person.raw.p;
	export_time_number(x, r, m->date, TIME_UNIX_MS);
}

static void mms(struct export *x, struct record *r, struct message *m)
{
	bool doubtful = false;
	struct mms_parties p = { .from = m->from,
				 .to = m->to,
				 .to_n = m->to_n,
				 .people = m->people,
				 .people_n = m->people_n };
	r->service = SPAN("MMS");
	r->direction = mms_direction(m->box, m->pdu);
	r->state = mms_state(m->box);
	if (mms_is_report(m->pdu))
		r->kind = REC_SYSTEM;
	else if (r->direction == DIR_UNKNOWN)
		export_warn(x, WARN_FIELD_UNKNOWN, "neither msg_box nor m_type says who sent it");
	if (mms_is_notice(m->pdu))
		export_warn(x, WARN_NOTE, "only the notice of this message was on the phone");
	if (!mms_address(x->arena, r, &p, &doubtful))
		no_memory(x);
	if (doubtful)
		export_warn(x, WARN_FIELD_UNKNOWN,
			    "sender and recipient are the same, so the phone's own address is not "
			    "known");
	if (r->from.role == ROLE_OWNER && !r->from.raw.p && m->self.n)
		r->from.raw = m->self;
	m->subject = mms_subject(x->arena, m->subject, m->charset);
	export_time_number(x, r, m->date, TIME_UNIX_S_OR_MS);
}

static span joined(struct export *x, span a, span b)
{
	if (!a.n || !b.n)
		return a.n ? a : b.n ? b : SPAN_NONE;
	char *p = arena_alloc(x->arena, a.n + 1 + b.n);
	if (!p) {
		no_memory(x);
		return SPAN_NONE;
	}
	memcpy(p, a.p, a.n);
	p[a.n] = '\n';
	memcpy(p + a.n + 1, b.p, b.n);
	return (span){ p, a.n + 1 + b.n };
}

static void message(struct export *x, struct message *m, int64_t row)
{
	span key;
	struct record r = export_record(x, REC_MESSAGE, "backup", row);
	*m = (struct message){ .type = -1, .read = -1, .box = -1, .pdu = -1, .charset = -1 };
	if (!x->stop && export_peek(x) != JSON_OBJECT)
		export_warn(x, WARN_ROW_LOST, "not a message");
	if (!export_object(x))
		return;
	while (export_key(x, &key))
		member(x, m, key);
	if (m->mms)
		mms(x, &r, m);
	else
		sms(x, &r, m);
	r.thread = thread_key(x, m);
	r.text = joined(x, m->subject, m->body);
	r.attachments = m->file;
	r.attachments_n = m->files;
	if (r.direction == DIR_IN && (m->read == 0 || m->read == 1))
		r.read = m->read ? ANSWER_YES : ANSWER_NO;
	export_deliver(x, &r);
}

/* ---- the file ---- */

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct unzip *u = calloc(1, sizeof *u);
	struct message *m = malloc(sizeof *m);
	struct export x;
	int64_t row = 0;
	int rc = E_NOMEM;
	if (!u || !m || inflateInit(&u->z) != Z_OK) {
		err_set(err, rc, "memory ran out");
		goto out;
	}
	u->in = in;
	struct input plain = { .read = unzip_read, .user = u, .size = in->size, .path = in->path };
	export_begin(&x, &plain, sink, err);
	if (!x.stop && export_peek(&x) != JSON_ARRAY && !x.stop)
		x.stop = err_set(err, E_FORMAT, "not a backup of messages");
	for (bool all = !x.stop && export_array(&x); all && export_more(&x);)
		message(&x, m, ++row);
	rc = export_end(&x);
	inflateEnd(&u->z);
out:
	free(u);
	free(m);
	return rc;
}

static bool ends(span path, span end)
{
	return path.n >= end.n && span_eq(span_from(path, path.n - end.n), end);
}

/* The beginning of what a zlib stream holds. */
static size_t peek(span head, char *out, size_t n)
{
	z_stream z = { 0 };
	if (inflateInit(&z) != Z_OK)
		return 0;
	z.next_in = (z_const Bytef *)(uintptr_t)head.p;
	z.avail_in = (uInt)head.n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)n;
	inflate(&z, Z_SYNC_FLUSH);
	n -= z.avail_out;
	inflateEnd(&z);
	return n;
}

static bool sniff(span head, span path)
{
	char text[4096];
	span s = head;
	if (head.n >= 2 && (unsigned char)head.p[0] == 0x78)
		s = (span){ text, peek(head, text, sizeof text) };
	bool named = ends(path, SPAN("_sms_backup")) || ends(path, SPAN("_mms_backup"));
	return (named && s.n && *s.p == '[') ||
	       (json_head_has(s, "address") && json_head_has(s, "recipients")) ||
	       json_head_has(s, "mms_addresses");
}

const struct parser parser_android_telephony_backup = {
	.name = "android-telephony-backup",
	.app = "Messages (Android backup: SMS and MMS)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM),
	.files = { "*/com.android.providers.telephony/d_f/*_sms_backup",
		   "*/com.android.providers.telephony/d_f/*_mms_backup", "*/0*_sms_backup",
		   "*/0*_mms_backup" },
	.tested = "real backups of 2022; Android 6-15, fields as published",
	.sniff = sniff,
	.run = run,
};
