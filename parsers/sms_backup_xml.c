/*
 * sms_backup_xml.c - exports of the Android app "SMS Backup & Restore": <smses> and <calls>.
 *
 * Everything stands in attributes: <sms address date type body .../>, <mms date msg_box address>
 * with <parts><part ct text data/></parts> and <addrs><addr address type/></addrs>, <call number
 * duration date type presentation/>. The word "null" is the app's way to write that there is
 * nothing. Times are milliseconds since 1970, also those of MMS, and the address of a group is
 * "number~number". Source: the app's own description of its fields (synctech.com.au), the telephony
 * provider that the values are copied from, and real exports.
 *
 * A part's data is never held (xmlclean.h). A part that is not text is its name and type. row is
 * the ordinal among the elements of one name, from 1.
 *
 * Reading ends where the XML is broken and that is said: what follows cannot be told from the text
 * of a message, so nothing is looked for in it.
 */
#include "mms.h"
#include "textin.h"
#include "xmlclean.h"
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>

#define DEPTH_MAX 16
#define PARTS_MAX 256

enum element { EL_OTHER, EL_SMS, EL_MMS, EL_CALL };

struct reader {
	const struct sink *sink;
	struct err *err;
	XML_Parser expat;
	struct xmlclean *clean;
	int stop;   /* why reading ends: negative E_*, or what a sink answered */
	bool ended; /* by the sink, or by a lack of memory: nothing more is delivered */
	size_t depth;
	unsigned mended; /* of the tag at hand */
	int64_t count;   /* the header's, or -1 */
	int64_t seen[4]; /* by enum element */

	/* the message at hand */
	struct arena *arena;
	enum element at;
	struct record r;
	struct attachment attachment[PARTS_MAX];
	size_t attachments;
	span address[MMS_ADDRESSES];
	size_t addresses;
	span from, people, name;
	struct buf text;
	bool has_text;
};

static const char *const tables[] = { "element", "sms", "mms", "call" };

/* ---- small things ---- */

static void end(struct reader *d, int rc)
{
	d->ended = true;
	if (!d->stop)
		d->stop = rc;
}

static int warn(struct reader *d, enum warning kind, enum element element, const char *detail)
{
	if (d->stop)
		return d->stop;
	int rc = d->sink->warn(d->sink->user, kind, tables[element], d->seen[element], detail);
	if (rc < 0)
		end(d, rc);
	return d->stop;
}

static void no_memory(struct reader *d)
{
	end(d, err_set(d->err, E_NOMEM, "memory ran out"));
}

static span attribute(const XML_Char **atts, const char *name)
{
	for (; *atts; atts += 2)
		if (!strcmp(atts[0], name))
			return strcmp(atts[1], "null") != 0 ? span_z(atts[1]) : SPAN_NONE;
	return SPAN_NONE;
}

static bool whole_number(span s, int64_t *ret)
{
	int64_t value = 0;
	size_t sign = s.n && s.p[0] == '-';
	if (s.n == sign || s.n > 18)
		return false;
	for (size_t i = sign; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		value = value * 10 + (s.p[i] - '0');
	}
	*ret = sign ? -value : value;
	return true;
}

static int64_t number(const XML_Char **atts, const char *name)
{
	int64_t value;
	return whole_number(attribute(atts, name), &value) ? value : -1;
}

static span keep(struct reader *d, span s)
{
	bool ok = true;
	span copy = arena_copy(d->arena, s, &ok);
	if (!ok)
		no_memory(d);
	return copy;
}

static void begin_record(struct reader *d, enum element element, enum record_kind kind)
{
	arena_reset(d->arena);
	buf_clear(&d->text);
	d->at = element;
	d->r = (struct record){
		.kind = kind,
		.table = tables[element],
		.row = d->seen[element],
		.time = TIME_UNSET,
		.duration = -1,
	};
	d->attachments = d->addresses = 0;
	d->from = d->people = d->name = SPAN_NONE;
	d->has_text = false;
}

static void take_time(struct reader *d, const XML_Char **atts, enum time_unit unit)
{
	int64_t value;
	d->r.time_unit = unit;
	d->r.time_raw = keep(d, attribute(atts, "date"));
	if (!d->r.time_raw.p)
		return;
	if (!whole_number(d->r.time_raw, &value))
		warn(d, WARN_FIELD_UNKNOWN, d->at, "time is not a number");
	else if (value != 0 && !time_from_int(unit, value, &d->r.time))
		warn(d, WARN_FIELD_UNKNOWN, d->at, "time is outside the years 1970 to 2200");
}

/* The app writes "(Unknown)" for who is not in the address book. */
static span contact_name(const XML_Char **atts)
{
	span name = attribute(atts, "contact_name");
	return name.n && !span_eq(name, SPAN("(Unknown)")) ? name : SPAN_NONE;
}

static void add_text(struct reader *d, span s)
{
	if (!s.n)
		return;
	if (d->has_text)
		buf_byte(&d->text, '\n');
	if (s.n > XML_TAG_MAX - d->text.n % XML_TAG_MAX || d->text.n > XML_TAG_MAX) {
		warn(d, WARN_LIMIT, d->at, "more text than linecheck reads of one message");
		return;
	}
	buf_add(&d->text, s);
	d->has_text = true;
	if (d->text.failed)
		no_memory(d);
}

static void tell_mended(struct reader *d)
{
	if (d->mended & XML_TRUNCATED)
		warn(d, WARN_LIMIT, d->at, "a value longer than linecheck reads was cut");
	if (d->mended & XML_BAD_BYTES)
		warn(d, WARN_TEXT_LOST, d->at, "bytes that are no text were replaced by U+FFFD");
	if (d->mended & XML_SURROGATE)
		warn(d, WARN_TEXT_LOST, d->at,
		     "half of a character (a lone surrogate) was replaced by U+FFFD");
	if (d->mended & XML_BARE_MARK)
		warn(d, WARN_NOTE, d->at, "a bare & or < in a value was read as text");
}

/* One spelling of one number is one thread, whatever the spelling. */
static span thread_key(struct reader *d, span address)
{
	struct identifier id = identifier_of(address);
	char e164[17];
	if (!address.n || !id.e164)
		return keep(d, address);
	identifier_format(id.e164, e164);
	return keep(d, span_z(e164));
}

static void deliver(struct reader *d)
{
	if (d->has_text)
		d->r.text = buf_span(&d->text);
	d->r.attachments = d->attachment;
	d->r.attachments_n = d->attachments;
	if (d->stop)
		return;
	int rc = d->sink->record(d->sink->user, &d->r);
	if (rc < 0)
		end(d, rc);
}

static void set_parties(struct reader *d, span peer, span name)
{
	struct party *to = arena_alloc(d->arena, sizeof *to);
	if (!to) {
		no_memory(d);
		return;
	}
	struct party person = { ROLE_PERSON, keep(d, peer), keep(d, name) };
	bool known = person.raw.p || person.name.p;
	struct party owner = { .role = ROLE_OWNER };
	*to = d->r.direction == DIR_IN ? owner : person;
	if (d->r.direction == DIR_OUT)
		d->r.from = owner;
	else if (d->r.direction == DIR_IN && known)
		d->r.from = person;
	d->r.to = to;
	d->r.to_n = d->r.direction == DIR_IN || known;
}

/* ---- sms ---- */

/* android.provider.Telephony.TextBasedSmsColumns: 1 inbox, 2 sent, 3 draft, 4 outbox, 5 failed,
 * 6 queued. */
static void sms(struct reader *d, const XML_Char **atts)
{
	begin_record(d, EL_SMS, REC_MESSAGE);
	tell_mended(d);
	int64_t type = number(atts, "type");
	span address = attribute(atts, "address");
	d->r.direction = type == 1 ? DIR_IN : type >= 2 && type <= 6 ? DIR_OUT : DIR_UNKNOWN;
	if (d->r.direction == DIR_UNKNOWN)
		warn(d, WARN_FIELD_UNKNOWN, d->at, "a type that does not say who sent it");
	d->r.state = type == 3 ? STATE_DRAFT : type == 5 ? STATE_FAILED : 0;
	take_time(d, atts, TIME_UNIX_MS);
	set_parties(d, address, contact_name(atts));
	d->r.thread = thread_key(d, address);
	d->r.service = SPAN("SMS");
	int64_t read = number(atts, "read");
	if (d->r.direction == DIR_IN && (read == 0 || read == 1))
		d->r.read = read ? ANSWER_YES : ANSWER_NO;
	add_text(d, attribute(atts, "subject"));
	add_text(d, attribute(atts, "body"));
	deliver(d);
	d->at = EL_OTHER;
}

/* ---- mms ---- */

static void mms_begin(struct reader *d, const XML_Char **atts)
{
	begin_record(d, EL_MMS, REC_MESSAGE);
	tell_mended(d);
	int64_t box = number(atts, "msg_box"), type = number(atts, "m_type");
	d->r.direction = mms_direction(box, type);
	d->r.state = mms_state(box);
	if (mms_is_report(type))
		d->r.kind = REC_SYSTEM;
	else if (d->r.direction == DIR_UNKNOWN)
		warn(d, WARN_FIELD_UNKNOWN, d->at, "neither msg_box nor m_type says who sent it");
	if (mms_is_notice(type))
		warn(d, WARN_NOTE, d->at, "only the notice of this message was on the phone");
	take_time(d, atts, TIME_UNIX_S_OR_MS);
	d->people = keep(d, attribute(atts, "address"));
	d->name = keep(d, contact_name(atts));
	d->r.service = SPAN("MMS");
	int64_t read = number(atts, "read");
	if (d->r.direction == DIR_IN && (read == 0 || read == 1))
		d->r.read = read ? ANSWER_YES : ANSWER_NO;
	add_text(d, mms_subject(d->arena, keep(d, attribute(atts, "sub")), number(atts, "sub_cs")));
}

static bool is_text(span type)
{
	static const span plain = SPAN_INIT("text/plain");
	return type.n >= plain.n && span_eq_nocase(span_sub(type, 0, plain.n), plain);
}

static void part(struct reader *d, const XML_Char **atts)
{
	span type = attribute(atts, "ct"), text = attribute(atts, "text");
	tell_mended(d);
	if (is_text(type) && text.p) {
		add_text(d, text);
		return;
	}
	/* The layout of the other parts, not a part that people see. */
	if (span_eq_nocase(type, SPAN("application/smil")))
		return;
	if (d->attachments == PARTS_MAX) {
		warn(d, WARN_LIMIT, d->at, "more parts than linecheck reads of one message");
		return;
	}
	static const char *const names[] = { "name", "cl", "fn", "cid" };
	span name = SPAN_NONE;
	for (size_t i = 0; i < sizeof names / sizeof *names && !name.n; i++)
		name = attribute(atts, names[i]);
	d->attachment[d->attachments++] = (struct attachment){ keep(d, name), keep(d, type) };
}

static void addr(struct reader *d, const XML_Char **atts)
{
	span address = attribute(atts, "address");
	tell_mended(d);
	switch (number(atts, "type")) {
	case MMS_FROM:
		d->from = keep(d, address);
		break;
	case MMS_TO:
	case MMS_CC:
	case MMS_BCC:
		if (d->addresses == MMS_ADDRESSES)
			warn(d, WARN_LIMIT, d->at,
			     "more addresses than linecheck reads of one message");
		else if (address.n)
			d->address[d->addresses++] = keep(d, address);
		break;
	default:
		warn(d, WARN_FIELD_UNKNOWN, d->at, "an address of an unknown type");
	}
}

/* "number~number" */
static span *people_of(struct reader *d, span address, size_t *ret)
{
	size_t n = 1;
	for (size_t i = 0; i < address.n; i++)
		n += address.p[i] == '~';
	if (n > MMS_ADDRESSES) {
		n = MMS_ADDRESSES;
		warn(d, WARN_LIMIT, d->at, "more people than linecheck reads of one message");
	}
	span *people = arena_alloc(d->arena, n * sizeof *people);
	if (!people)
		return NULL;
	*ret = 0;
	for (size_t i = 0; i < n && address.n; i++) {
		const char *at = memchr(address.p, '~', address.n);
		size_t length = at ? (size_t)(at - address.p) : address.n;
		if (length)
			people[(*ret)++] = span_sub(address, 0, length);
		address = span_from(address, length + 1);
	}
	return people;
}

static void mms_end(struct reader *d)
{
	struct mms_parties p = { .from = d->from, .to = d->address, .to_n = d->addresses };
	bool doubtful = false;
	p.people = people_of(d, d->people, &p.people_n);
	if (!p.people || !mms_address(d->arena, &d->r, &p, &doubtful)) {
		no_memory(d);
		return;
	}
	if (doubtful)
		warn(d, WARN_FIELD_UNKNOWN, d->at,
		     "sender and recipient are the same, so the phone's own address is not known");
	d->r.thread = p.people_n == 1 ? thread_key(d, p.people[0]) : d->people;
	if (p.people_n > 1)
		d->r.thread_name = d->name;
	else if (d->r.direction == DIR_IN && d->r.from.raw.p)
		d->r.from.name = d->name;
	deliver(d);
	d->at = EL_OTHER;
}

/* ---- calls ---- */

/* android.provider.CallLog.Calls: 1 incoming, 2 outgoing, 3 missed, 4 voicemail, 5 rejected,
 * 6 blocked ("refused list"), 7 answered on another device. */
static unsigned call_state(int64_t type)
{
	static const unsigned states[] = { [3] = STATE_MISSED,
					   [4] = STATE_VOICEMAIL,
					   [5] = STATE_REJECTED,
					   [6] = STATE_REJECTED | STATE_BLOCKED,
					   [7] = 0 };
	return type >= 3 && type <= 7 ? states[type] : 0;
}

/* A number that the network did not give is empty, and presentation says why. */
static span call_number(const XML_Char **atts)
{
	span s = attribute(atts, "number");
	if (s.n)
		return s;
	switch (number(atts, "presentation")) {
	case 2:
		return SPAN("withheld");
	case 3:
		return SPAN("unknown");
	case 4:
		return SPAN("payphone");
	default:
		return s;
	}
}

/* A call of an app that tells the phone about its calls names the app; the phone's own do not. */
static span call_service(struct reader *d, const XML_Char **atts)
{
	span component = attribute(atts, "subscription_component_name");
	const char *slash = component.n ? memchr(component.p, '/', component.n) : NULL;
	if (!component.n || (component.n > 12 && !memcmp(component.p, "com.android.", 12)))
		return SPAN("Phone");
	if (slash)
		component.n = (size_t)(slash - component.p);
	return keep(d, component);
}

static void call(struct reader *d, const XML_Char **atts)
{
	int64_t seconds, type = number(atts, "type");
	begin_record(d, EL_CALL, REC_CALL);
	tell_mended(d);
	d->r.direction = type == 2 ? DIR_OUT : type >= 1 && type <= 7 ? DIR_IN : DIR_UNKNOWN;
	if (d->r.direction == DIR_UNKNOWN)
		warn(d, WARN_FIELD_UNKNOWN, d->at, "a type that does not say who rang");
	d->r.state = call_state(type);
	take_time(d, atts, TIME_UNIX_MS);
	span duration = attribute(atts, "duration");
	/* 10 years: longer than any call. */
	if (whole_number(duration, &seconds) && seconds >= 0 && seconds <= 315360000)
		d->r.duration = seconds * 1000;
	else if (duration.p)
		warn(d, WARN_FIELD_UNKNOWN, d->at, "duration is not a number of seconds");
	d->r.service = call_service(d, atts);
	set_parties(d, call_number(atts), contact_name(atts));
	deliver(d);
	d->at = EL_OTHER;
}

/* ---- elements ---- */

static enum element element_of(const char *name)
{
	for (size_t i = 1; i < sizeof tables / sizeof *tables; i++)
		if (!strcmp(name, tables[i]))
			return (enum element)i;
	return EL_OTHER;
}

static void root(struct reader *d, const char *name, const XML_Char **atts)
{
	if (strcmp(name, "smses") != 0 && strcmp(name, "calls") != 0)
		d->stop =
			err_set(d->err, E_FORMAT,
				"not an export of SMS Backup & Restore: it begins with <%s>", name);
	d->count = number(atts, "count");
}

static void child(struct reader *d, const char *name, const XML_Char **atts)
{
	enum element element = element_of(name);
	d->seen[element]++;
	switch (element) {
	case EL_SMS:
		sms(d, atts);
		break;
	case EL_MMS:
		mms_begin(d, atts);
		break;
	case EL_CALL:
		call(d, atts);
		break;
	case EL_OTHER: {
		char detail[96];
		snprintf(detail, sizeof detail, "an element <%.40s> is not read", name);
		warn(d, WARN_ROW_LOST, EL_OTHER, detail);
		break;
	}
	}
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **atts)
{
	struct reader *d = user;
	if (d->stop)
		return;
	d->depth++;
	if (d->depth == 1)
		root(d, name, atts);
	else if (d->depth == 2)
		child(d, name, atts);
	else if (d->depth == 4 && d->at == EL_MMS && !strcmp(name, "part"))
		part(d, atts);
	else if (d->depth == 4 && d->at == EL_MMS && !strcmp(name, "addr"))
		addr(d, atts);
	else if (d->depth > DEPTH_MAX)
		d->stop = err_set(d->err, E_LIMIT,
				  "line %lu: elements within elements deeper than any export; the "
				  "rest was not read",
				  xmlclean_line(d->clean));
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
	struct reader *d = user;
	(void)name;
	if (d->stop)
		return;
	if (d->depth == 2 && d->at == EL_MMS)
		mms_end(d);
	d->depth--;
}

static int broken(struct reader *d)
{
	int64_t read = d->seen[EL_SMS] + d->seen[EL_MMS] + d->seen[EL_CALL];
	return d->stop = err_set(
		       d->err, E_FORMAT,
		       "line %lu: the XML is broken (%s) and the rest was not read; entries "
		       "before that: %lld",
		       xmlclean_line(d->clean), XML_ErrorString(XML_GetErrorCode(d->expat)),
		       (long long)read);
}

static int on_tag(void *user, span tag, unsigned mended)
{
	struct reader *d = user;
	d->mended = mended;
	if (XML_Parse(d->expat, tag.p, (int)tag.n, 0) != XML_STATUS_OK && !d->stop)
		return XML_GetErrorCode(d->expat) == XML_ERROR_NO_MEMORY ? (no_memory(d), d->stop)
									 : broken(d);
	return d->stop;
}

/* What the file's end, or its broken XML, cut off is still a message. */
static int unfinished(struct reader *d)
{
	if (d->at != EL_MMS || d->ended)
		return 0;
	d->stop = 0;
	warn(d, WARN_LIMIT, EL_MMS, "the file breaks off within this message");
	mms_end(d);
	return d->stop;
}

static int finish(struct reader *d)
{
	int64_t read = d->seen[EL_SMS] + d->seen[EL_MMS] + d->seen[EL_CALL] + d->seen[EL_OTHER];
	char detail[120];
	if (d->count >= 0 && d->count != read) {
		/* More than it says is a header that was not kept up: nothing is missing. */
		bool fewer = read < d->count;
		snprintf(detail, sizeof detail,
			 "the file's header says %lld entries, the file holds %lld%s",
			 (long long)d->count, (long long)read,
			 fewer ? ": entries are missing" : "");
		int rc = d->sink->warn(d->sink->user, fewer ? WARN_ROW_LOST : WARN_NOTE, NULL, 0,
				       detail);
		if (rc < 0)
			return rc;
	}
	if (!xmlclean_between(d->clean) || XML_Parse(d->expat, "", 0, 1) != XML_STATUS_OK)
		return err_set(
			d->err, E_FORMAT,
			"line %lu: the file ends before its last element does; entries before "
			"that: %lld",
			xmlclean_line(d->clean), (long long)read);
	return 0;
}

/* What is not ASCII in it may read as other letters than were written. */
static int tell_charset(struct reader *d, const struct textin *text)
{
	char detail[120];
	span name = textin_unknown(text);
	if (!name.p)
		return 0;
	snprintf(detail, sizeof detail,
		 "the file says that it is in the encoding '%.*s', which linecheck cannot read: it "
		 "was read as UTF-8",
		 (int)(name.n < 32 ? name.n : 32), name.p);
	int rc = d->sink->warn(d->sink->user, WARN_TEXT_LOST, NULL, 0, detail);
	return rc < 0 ? rc : 0;
}

static int read_all(struct reader *d, const struct input *in)
{
	struct textin *text = textin_new(in);
	span piece;
	int rc = text ? 0 : err_set(d->err, E_NOMEM, "memory ran out");
	bool told = false;
	while (rc == 0 && (rc = textin_next(text, &piece, d->err)) > 0) {
		rc = told ? 0 : tell_charset(d, text);
		told = true;
		if (rc == 0)
			rc = xmlclean_feed(d->clean, piece, d->err);
	}
	textin_free(text);
	int cut = unfinished(d);
	if (rc == 0)
		rc = cut ? cut : finish(d);
	return rc;
}

static void reader_free(struct reader *d)
{
	if (!d)
		return;
	if (d->expat)
		XML_ParserFree(d->expat);
	xmlclean_free(d->clean);
	arena_free(d->arena);
	buf_free(&d->text);
	free(d);
}

static struct reader *reader_new(const struct sink *sink, struct err *err)
{
	struct reader *d = calloc(1, sizeof *d);
	if (!d)
		return NULL;
	d->sink = sink;
	d->err = err;
	d->count = -1;
	d->arena = arena_new();
	d->expat = XML_ParserCreate("UTF-8");
	d->clean = xmlclean_new(on_tag, d);
	if (!d->arena || !d->expat || !d->clean) {
		reader_free(d);
		return NULL;
	}
	XML_SetUserData(d->expat, d);
	XML_SetElementHandler(d->expat, on_start, on_end);
	return d;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct reader *d = reader_new(sink, err);
	int rc = d ? read_all(d, in) : err_set(err, E_NOMEM, "memory ran out");
	reader_free(d);
	return rc;
}

static bool find(span s, span what)
{
	for (size_t i = 0; i + what.n <= s.n; i++)
		if (memcmp(s.p + i, what.p, what.n) == 0)
			return true;
	return false;
}

static bool sniff(span head, span path)
{
	char text[2048];
	(void)path;
	span s = { text, textin_peek(head, text, sizeof text) };
	return find(s, SPAN("<smses")) || find(s, SPAN("<calls count")) ||
	       (find(s, SPAN("<calls")) && find(s, SPAN("<call ")));
}

const struct parser parser_sms_backup_xml = {
	.name = "sms-backup-xml",
	.app = "SMS Backup & Restore (export)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CALL) | KIND_BIT(REC_SYSTEM),
	.files = { "*/sms-20*.xml", "*/calls-20*.xml", "sms-20*.xml", "calls-20*.xml",
		   "*/SMSBackupRestore/*.xml" },
	.tested = "real exports, 2017-2024",
	.sniff = sniff,
	.run = run,
};
