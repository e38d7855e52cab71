/*
 * ufdr.c - Cellebrite's report (report.xml of a .ufdr, which is a zip; or a part of one).
 *
 *   <project xmlns="http://pa.cellebrite.com/report/2.0"> <metadata section="Device Info">
 *     <item name="IMEI">..</item> .. <decodedData> <modelType type="Chat"> <model type="Chat" id=..
 *     deleted_state=..> <field name="Source"><value>..</value></field>
 *     <modelField name="From"><model type="Party"> .. </model></modelField>
 *     <multiModelField name="Messages"> <model type="InstantMessage"> ..
 *
 * Read: Chat with InstantMessage, SMS, MMS, Call, Contact, UserAccount, and the device's numbers.
 * The others are counted by name; those that hold communication too are a loss. What a message
 * quotes or forwards stands within it as a message: it is `quoted`, never of its own. A contact
 * that a message shares is text of that message. row is the ordinal among the models of one type,
 * from 1.
 *
 * The file can be larger than memory: one message, its chat's people and one value are held. expat
 * reads it; a document type is refused, since entities come from there. Source: IPED's test file
 * (anonymised, of a real report), and the names that public readers of the format use (IPED,
 * UFEDLib, UFDR2DIR's README).
 */
#include "ufdr.h"
#include "textin.h"
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>

#define DEPTH_MAX 200
#define VALUE_MAX ((size_t)1 << 20)
#define OTHERS_MAX 64
#define PIECE (256 * 1024)

enum model {
	M_OTHER,
	M_CHAT,
	M_MESSAGE, /* InstantMessage, SMS, MMS, Call */
	M_CONTACT,
	M_ACCOUNT,
	M_PARTY,
	M_FILE,
	M_ENTRY,
	M_LABEL
};

struct frame {
	enum model model;
	bool nested; /* within a message: what it quotes, forwards or shares */
	size_t depth;
};

struct other {
	char type[48];
	uint64_t n;
};

struct ufdr {
	struct export x;
	XML_Parser expat;
	size_t depth, frames;
	struct frame frame[DEPTH_MAX];
	char field[40], holder[40]; /* name of the field, and of the modelField around the model */
	struct buf value;
	bool in_value, cut, device;
	char device_item[40];
	int64_t rows[8];
	struct ufdr_item it;
	struct ufdr_chat chat;
	struct ufdr_party party;
	struct attachment file;
	span entry_value, entry_label, shared;
	bool entry_of_app;
	struct other other[OTHERS_MAX];
	size_t others;
	uint64_t more_others, models, fed;
	int64_t control; /* where the first byte is that XML does not allow, -1 */
};

static const struct {
	const char *type;
	enum model model;
	enum ufdr_kind kind;
} types[] = {
	{ "Chat", M_CHAT, 0 },
	{ "InstantMessage", M_MESSAGE, UFDR_MESSAGE },
	{ "SMS", M_MESSAGE, UFDR_SMS },
	{ "MMS", M_MESSAGE, UFDR_MMS },
	{ "Call", M_MESSAGE, UFDR_CALL },
	{ "Contact", M_CONTACT, UFDR_CONTACT },
	{ "UserAccount", M_ACCOUNT, UFDR_ACCOUNT },
	{ "Party", M_PARTY, 0 },
	{ "Attachment", M_FILE, 0 },
	{ "PhoneNumber", M_ENTRY, 0 },
	{ "EmailAddress", M_ENTRY, 0 },
	{ "UserID", M_ENTRY, 0 },
	{ "ContactEntry", M_ENTRY, 0 },
	{ "MessageLabel", M_LABEL, 0 },
	{ "ForwardedMessageData", M_LABEL, 0 },
};
#define TYPES (sizeof types / sizeof *types)

static const char *attribute(const XML_Char **atts, const char *name)
{
	for (; *atts; atts += 2)
		if (!strcmp(atts[0], name))
			return atts[1];
	return "";
}

static void copy_name(char *to, size_t n, const char *from)
{
	size_t i = 0;
	for (; i + 1 < n && from[i]; i++)
		to[i] = from[i];
	to[i] = 0;
}

static struct frame *top(struct ufdr *u)
{
	return u->frames ? &u->frame[u->frames - 1] : NULL;
}

static const struct frame *under(const struct ufdr *u)
{
	return u->frames > 1 ? &u->frame[u->frames - 2] : NULL;
}

/* ---- models ---- */

static size_t type_of(const char *name)
{
	size_t i = 0;
	while (i < TYPES && strcmp(types[i].type, name) != 0)
		i++;
	return i;
}

static void count_other(struct ufdr *u, const char *type)
{
	size_t i = 0;
	while (i < u->others && strncmp(u->other[i].type, type, sizeof u->other[i].type - 1) != 0)
		i++;
	if (i == OTHERS_MAX) {
		u->more_others++;
		return;
	}
	if (i == u->others)
		copy_name(u->other[u->others++].type, sizeof u->other[i].type, type);
	u->other[i].n++;
}

static void begin_item(struct ufdr *u, size_t type, const XML_Char **atts)
{
	const char *deleted = attribute(atts, "deleted_state");
	arena_reset(u->x.arena);
	u->it = (struct ufdr_item){ .kind = types[type].kind,
				    .table = types[type].type,
				    .row = ++u->rows[types[type].kind],
				    .open = true,
				    .deleted = !strcmp(deleted, "Deleted") ||
					       !strcmp(deleted, "Trash") };
	u->x.table = u->it.table;
	u->x.row = u->it.row;
	u->shared = SPAN_NONE;
}

static void chat_free(struct ufdr_chat *c)
{
	arena_free(c->arena);
	*c = (struct ufdr_chat){ 0 };
}

static span chat_keep(struct ufdr *u, span s)
{
	bool ok = true;
	span copy = arena_copy(u->chat.arena, s, &ok);
	if (!ok && !u->x.stop)
		u->x.stop = err_set(u->x.err, E_NOMEM, "memory ran out");
	return copy;
}

static void begin_chat(struct ufdr *u, const XML_Char **atts)
{
	struct arena *a = arena_new();
	arena_free(u->chat.arena);
	u->chat = (struct ufdr_chat){ .arena = a, .open = true };
	if (!a && !u->x.stop)
		u->x.stop = err_set(u->x.err, E_NOMEM, "memory ran out");
	if (a)
		u->chat.id = chat_keep(u, span_z(attribute(atts, "id")));
}

static span kept_join(struct ufdr *u, span a, const char *between, span b)
{
	struct buf both = { 0 };
	buf_add(&both, a);
	if (a.n)
		buf_add(&both, span_z(between));
	buf_add(&both, b);
	span kept = export_keep(&u->x, buf_span(&both));
	buf_free(&both);
	return kept;
}

static void begin_model(struct ufdr *u, const XML_Char **atts)
{
	const char *name = attribute(atts, "type");
	size_t type = type_of(name);
	enum model model = type < TYPES ? types[type].model : M_OTHER;
	const struct frame *above = top(u);
	bool nested = above && (above->nested || above->model != M_CHAT);
	u->models++;
	u->frame[u->frames++] =
		(struct frame){ .model = model, .nested = nested, .depth = u->depth };
	if (!above && (model == M_OTHER || model >= M_PARTY))
		count_other(u, name);
	else if (model == M_CHAT && !above)
		begin_chat(u, atts);
	else if (model == M_MESSAGE && !nested && !u->it.open)
		begin_item(u, type, atts);
	else if ((model == M_CONTACT || model == M_ACCOUNT) && !above)
		begin_item(u, type, atts);
	else if (model == M_PARTY)
		u->party = (struct ufdr_party){ .id = SPAN_NONE };
	else if (model == M_FILE)
		u->file = (struct attachment){ SPAN_NONE, SPAN_NONE };
	else if (model == M_CONTACT && u->shared.n)
		u->shared = kept_join(u, u->shared, "", SPAN("\n"));
	else if (model == M_ENTRY) {
		u->entry_value = u->entry_label = SPAN_NONE;
		u->entry_of_app = !strcmp(name, "UserID");
	}
}

/* Is the model below the top the open entry itself, not something within it? */
static bool of_item(const struct ufdr *u, enum model model)
{
	const struct frame *f = under(u);
	return u->it.open && f && f->model == model && !f->nested;
}

static void end_party(struct ufdr *u)
{
	const struct frame *f = under(u);
	struct ufdr_party *p = &u->party;
	struct ufdr_people *to = NULL;
	if (of_item(u, M_MESSAGE)) {
		to = &u->it.people;
		if (!strcmp(u->holder, "From"))
			p->role = UFDR_FROM;
		else if (!strcmp(u->holder, "To"))
			p->role = UFDR_TO;
		if (p->role == UFDR_FROM && (span_eq_nocase(p->id, SPAN("System message")) ||
					     span_eq_nocase(p->name, SPAN("System message"))))
			u->it.system = true;
	} else if (f && f->model == M_CHAT && u->chat.open && !u->it.open) {
		to = &u->chat.people;
		p->id = p->id.p ? chat_keep(u, p->id) : SPAN_NONE;
		p->name = p->name.p ? chat_keep(u, p->name) : SPAN_NONE;
	}
	if (!to || (!p->id.n && !p->name.n))
		return;
	if (to->n == UFDR_PEOPLE) {
		export_warn(&u->x, WARN_LIMIT, "more people than linecheck reads of one entry");
		return;
	}
	to->p[to->n++] = *p;
}

static void end_entry(struct ufdr *u)
{
	const struct frame *f = under(u);
	if (!u->entry_value.n || !u->it.open || !f)
		return;
	if (f->nested && f->model == M_CONTACT) {
		u->shared = kept_join(u, u->shared, " ", u->entry_value);
		return;
	}
	if (!of_item(u, M_CONTACT) && !of_item(u, M_ACCOUNT))
		return;
	if (u->it.ids == UFDR_IDS) {
		export_warn(&u->x, WARN_LIMIT, "more numbers than linecheck reads of one entry");
		return;
	}
	u->it.of_app[u->it.ids] = u->entry_of_app;
	u->it.id[u->it.ids++] =
		(struct contact_id){ u->entry_value,
				     u->entry_label.n ? u->entry_label : SPAN_NONE };
}

static void end_file(struct ufdr *u)
{
	if (!of_item(u, M_MESSAGE) || (!u->file.name.n && !u->file.type.n))
		return;
	if (u->it.files == UFDR_FILES)
		export_warn(&u->x, WARN_LIMIT, "more attachments than linecheck reads");
	else
		u->it.file[u->it.files++] = u->file;
}

static void end_item(struct ufdr *u)
{
	if (u->shared.n)
		u->it.body = kept_join(u, u->it.body, "\n", u->shared);
	bool in_chat = u->chat.open && u->frames > 1;
	u->chat.messages += in_chat;
	ufdr_deliver(&u->x, &u->it, in_chat ? &u->chat : NULL);
	u->it.open = false;
}

static void end_model(struct ufdr *u)
{
	struct frame f = *top(u);
	if (f.model == M_PARTY)
		end_party(u);
	else if (f.model == M_FILE)
		end_file(u);
	else if (f.model == M_ENTRY)
		end_entry(u);
	else if (u->it.open && !f.nested &&
		 (f.model == M_MESSAGE || f.model == M_CONTACT || f.model == M_ACCOUNT))
		end_item(u);
	u->frames--;
	if (f.model == M_CHAT && !u->frames) {
		if (u->chat.open && !u->chat.messages) {
			u->x.table = "Chat";
			u->x.row = 0;
			export_warn(&u->x, WARN_NOTE, "a chat without messages");
		}
		chat_free(&u->chat);
	}
}

/* ---- fields ---- */

static enum answer answer_of(span s)
{
	return span_eq_nocase(s, SPAN("True"))    ? ANSWER_YES
	       : span_eq_nocase(s, SPAN("False")) ? ANSWER_NO
						  : ANSWER_UNKNOWN;
}

struct place {
	const char *name;
	span *to;
};

/* The first that is given stays: a field of one name can come twice. */
static void put(struct ufdr *u, const struct place *places, span s)
{
	for (; places->name; places++)
		if (!strcmp(u->field, places->name)) {
			if (!places->to->p)
				*places->to = export_keep(&u->x, s);
			return;
		}
}

static void party_field(struct ufdr *u, span s)
{
	const struct place places[] = { { "Identifier", &u->party.id },
					{ "Name", &u->party.name },
					{ NULL, NULL } };
	if (!strcmp(u->field, "IsPhoneOwner"))
		u->party.owner = answer_of(s);
	else if (!strcmp(u->field, "Role"))
		u->party.role = span_eq(s, SPAN("From")) ? UFDR_FROM
				: span_eq(s, SPAN("To")) ? UFDR_TO
							 : UFDR_GENERAL;
	else
		put(u, places, s);
}

static void message_field(struct ufdr *u, span s)
{
	struct ufdr_item *it = &u->it;
	const struct place places[] = { { "Source", &it->source },       { "Body", &it->body },
					{ "Subject", &it->subject },     { "TimeStamp", &it->time },
					{ "Direction", &it->direction }, { "Type", &it->type },
					{ "Folder", &it->folder },       { "Status", &it->status },
					{ "Duration", &it->duration },   { NULL, NULL } };
	if (!strcmp(u->field, "VideoCall"))
		it->video = answer_of(s) == ANSWER_YES;
	else
		put(u, places, s);
}

static void person_field(struct ufdr *u, span s)
{
	struct ufdr_item *it = &u->it;
	const struct place places[] = { { "Name", &it->name },           { "Source", &it->source },
					{ "ServiceType", &it->service }, { "Username", &it->user },
					{ "UserName", &it->user },       { NULL, NULL } };
	put(u, places, s);
}

static void chat_field(struct ufdr *u, span s)
{
	struct ufdr_chat *c = &u->chat;
	span *to = !strcmp(u->field, "Id")       ? &c->key
		   : !strcmp(u->field, "Name")   ? &c->name
		   : !strcmp(u->field, "Source") ? &c->source
						 : NULL;
	if (to && !to->p)
		*to = chat_keep(u, s);
}

static void label_field(struct ufdr *u, span s)
{
	if (strcmp(u->field, "Label") != 0)
		return;
	u->it.forwarded |= span_eq(s, SPAN("Forwarded"));
	u->it.edited |= span_eq(s, SPAN("Edited"));
	u->it.system |= span_eq(s, SPAN("System"));
}

static void give_value(struct ufdr *u, span s)
{
	const struct frame *f = top(u);
	if (!f || !s.n || u->depth != f->depth + 2) /* <model><field><value> */
		return;
	const struct place file[] = { { "Filename", &u->file.name },
				      { "ContentType", &u->file.type },
				      { NULL, NULL } },
			   entry[] = { { "Value", &u->entry_value },
				       { "Category", &u->entry_label },
				       { NULL, NULL } };
	if (f->model == M_PARTY)
		party_field(u, s);
	else if (f->model == M_FILE)
		put(u, file, s);
	else if (f->model == M_ENTRY)
		put(u, entry, s);
	else if (f->model == M_LABEL && of_item(u, M_MESSAGE))
		label_field(u, s);
	else if (f->model == M_MESSAGE && !f->nested && u->it.open)
		message_field(u, s);
	else if (f->model == M_MESSAGE && f->nested && u->it.open && !strcmp(u->field, "Body") &&
		 !u->it.quoted.p)
		u->it.quoted = export_keep(&u->x, s);
	else if (f->model == M_CONTACT && f->nested && u->it.open && !strcmp(u->field, "Name"))
		u->shared = kept_join(u, u->shared, "", s);
	else if ((f->model == M_CONTACT || f->model == M_ACCOUNT) && !f->nested && u->it.open)
		person_field(u, s);
	else if (f->model == M_CHAT && u->chat.open && !u->it.open)
		chat_field(u, s);
}

/* <metadata section="Device Info"><item name="IMEI">...: the phone's own numbers. */
static void device_value(struct ufdr *u, span s)
{
	static const char *const names[] = { "MSISDN", "IMEI", "IMSI", "ICCID", NULL };
	struct contact_id id = { SPAN_NONE, SPAN_NONE };
	for (const char *const *n = names; *n; n++)
		if (strstr(u->device_item, *n))
			id.label = span_z(*n);
	while (s.n && (*s.p == ' ' || *s.p == '\n' || *s.p == '\t' || *s.p == '\r'))
		s = span_from(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\t' ||
		       s.p[s.n - 1] == '\r'))
		s.n--;
	if (!id.label.p || !s.n)
		return;
	struct record r = export_record(&u->x, REC_ACCOUNT, "Device Info", ++u->rows[7]);
	id.raw = export_keep(&u->x, s);
	r.ids = &id;
	r.ids_n = 1;
	export_deliver(&u->x, &r);
}

/* ---- expat ---- */

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **atts)
{
	struct ufdr *u = user;
	if (u->x.stop)
		return;
	if (++u->depth >= DEPTH_MAX) {
		u->x.stop =
			err_set(u->x.err, E_LIMIT,
				"line %lu: elements within elements deeper than any report; the "
				"rest was not read",
				XML_GetCurrentLineNumber(u->expat));
		return;
	}
	bool value = !strcmp(name, "value");
	if (value || (u->device && !strcmp(name, "item"))) {
		u->in_value = true;
		buf_clear(&u->value);
		u->cut = false;
		if (!value)
			copy_name(u->device_item, sizeof u->device_item, attribute(atts, "name"));
	} else if (!strcmp(name, "model")) {
		begin_model(u, atts);
	} else if (!strcmp(name, "field")) {
		copy_name(u->field, sizeof u->field, attribute(atts, "name"));
	} else if (!strcmp(name, "modelField") || !strcmp(name, "multiModelField")) {
		copy_name(u->holder, sizeof u->holder, attribute(atts, "name"));
	} else if (!strcmp(name, "multiField")) {
		u->field[0] = 0;
	} else if (!strcmp(name, "metadata")) {
		u->device = !strcmp(attribute(atts, "section"), "Device Info");
	}
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
	struct ufdr *u = user;
	if (u->x.stop)
		return;
	if (u->in_value && (!strcmp(name, "value") || !strcmp(name, "item"))) {
		u->in_value = false;
		if (u->value.failed && !u->x.stop)
			u->x.stop = err_set(u->x.err, E_NOMEM, "memory ran out");
		if (u->cut && u->it.open)
			export_warn(&u->x, WARN_LIMIT,
				    "a value longer than linecheck reads was cut");
		if (*name == 'v')
			give_value(u, buf_span(&u->value));
		else if (!u->frames)
			device_value(u, buf_span(&u->value));
	} else if (!strcmp(name, "model") && u->frames && top(u)->depth == u->depth) {
		end_model(u);
	} else if (!strcmp(name, "metadata")) {
		u->device = false;
	}
	u->depth--;
}

static void XMLCALL on_text(void *user, const XML_Char *s, int n)
{
	struct ufdr *u = user;
	if (!u->in_value || u->x.stop)
		return;
	if (u->value.n + (size_t)n > VALUE_MAX)
		u->cut = true;
	else
		buf_add(&u->value, (span){ s, (size_t)n });
}

static void XMLCALL on_doctype(void *user, const XML_Char *a, const XML_Char *b, const XML_Char *c,
			       int subset)
{
	struct ufdr *u = user;
	(void)a, (void)b, (void)c, (void)subset;
	if (!u->x.stop)
		u->x.stop =
			err_set(u->x.err, E_REFUSED,
				"the report has a document type of its own, which no Cellebrite "
				"report has: not read");
	XML_StopParser(u->expat, XML_FALSE);
}

/* ---- the file ---- */

/* A text can hold what XML does not allow: one such byte would end the reading. */
static void clean(struct ufdr *u, char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] < 0x20 && p[i] != '\n' && p[i] != '\t' && p[i] != '\r') {
			p[i] = '?';
			if (u->control < 0)
				u->control = (int64_t)(u->fed + i);
		}
}

static int broken(struct ufdr *u)
{
	if (u->x.stop)
		return u->x.stop;
	if (XML_GetErrorCode(u->expat) == XML_ERROR_NO_MEMORY)
		return err_set(u->x.err, E_NOMEM, "memory ran out");
	return err_set(
		u->x.err, E_FORMAT,
		"line %lu: the report is broken or cut short (%s) and the rest was not read; "
		"entries before that: %llu",
		XML_GetCurrentLineNumber(u->expat), XML_ErrorString(XML_GetErrorCode(u->expat)),
		(unsigned long long)u->models);
}

static int feed(struct ufdr *u, const struct input *in)
{
	for (bool first = true, wide = false;;) {
		char *p = XML_GetBuffer(u->expat, PIECE);
		if (!p)
			return err_set(u->x.err, E_NOMEM, "memory ran out");
		ptrdiff_t n = in->read(in->user, p, PIECE, u->x.err);
		if (n < 0)
			return (int)n;
		if (first && n > 1) /* UTF-16 has zeros */
			wide = !p[0] || !p[1] || (unsigned char)p[0] >= 0xfe;
		first = false;
		if (!wide)
			clean(u, p, (size_t)n);
		u->fed += (uint64_t)n;
		if (XML_ParseBuffer(u->expat, (int)n, n == 0) != XML_STATUS_OK || u->x.stop)
			return broken(u);
		if (n == 0)
			return 0;
	}
}

static void tell_file(struct ufdr *u, enum warning kind, const char *detail)
{
	int stop = u->x.stop;
	u->x.stop = stop == E_FORMAT || stop == E_LIMIT ? 0 : stop;
	u->x.table = NULL;
	u->x.row = 0;
	export_warn(&u->x, kind, detail);
	u->x.stop = u->x.stop ? u->x.stop : stop;
}

/* What is known to hold no communication. Anything else that is not read may. */
static bool harmless(const char *type)
{
	static const char *const known[] = { "Location",
					     "WebBookmark",
					     "VisitedPage",
					     "Cookie",
					     "SearchedItem",
					     "InstalledApplication",
					     "ApplicationUsage",
					     "WirelessNetwork",
					     "BluetoothDevice",
					     "PoweringEvent",
					     "DeviceEvent",
					     "CellTower",
					     "Password",
					     "User",
					     "SIMData",
					     "CalendarEntry",
					     "Autofill",
					     "DeviceInfoEntry",
					     "Journey",
					     "Dictionary",
					     "DictionaryWord",
					     "LogEntry",
					     "Map",
					     "NetworkUsage",
					     "ActivitySensorData",
					     "AppsUsageLog",
					     "DeviceConnectivity",
					     "FileDownload",
					     "FinancialAccount",
					     "MobileCard",
					     "Image",
					     "Video",
					     "Audio",
					     "Recording",
					     "ContactPhoto",
					     "IPConnection",
					     "UserActivity",
					     "TransferOfFunds",
					     "CreditCard",
					     "Fitness",
					     NULL };
	for (const char *const *k = known; *k; k++)
		if (!strcmp(type, *k))
			return true;
	return false;
}

static void tell_others(struct ufdr *u)
{
	char detail[160];
	for (size_t i = 0; i < u->others; i++) {
		bool calm = harmless(u->other[i].type);
		snprintf(detail, sizeof detail,
			 "the report has %llu of the kind '%s', which linecheck does not read",
			 (unsigned long long)u->other[i].n, u->other[i].type);
		tell_file(u, calm ? WARN_NOTE : WARN_ROW_LOST, detail);
	}
	if (u->more_others) {
		snprintf(detail, sizeof detail,
			 "the report has %llu of still other kinds, which linecheck does not read",
			 (unsigned long long)u->more_others);
		tell_file(u, WARN_ROW_LOST, detail);
	}
	bool reached = u->control >= 0 && u->control < XML_GetCurrentByteIndex(u->expat);
	if (reached || (u->control >= 0 && !u->x.stop))
		tell_file(u, WARN_TEXT_LOST, "bytes that XML does not allow were read as '?'");
	if (u->it.open)
		tell_file(u, WARN_ROW_LOST, "the report breaks off within an entry");
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct ufdr *u = calloc(1, sizeof *u);
	int rc = E_NOMEM;
	if (u) {
		u->x = (struct export){ .sink = sink, .err = err, .table = "-" };
		u->x.arena = arena_new();
		u->expat = XML_ParserCreate(NULL);
		u->control = -1;
	}
	if (!u || !u->x.arena || !u->expat) {
		err_set(err, rc, "memory ran out");
	} else {
		XML_SetUserData(u->expat, u);
		XML_SetElementHandler(u->expat, on_start, on_end);
		XML_SetCharacterDataHandler(u->expat, on_text);
		XML_SetStartDoctypeDeclHandler(u->expat, on_doctype);
		rc = feed(u, in);
		if (!u->x.stop)
			u->x.stop = rc;
		tell_others(u);
		rc = u->x.stop;
	}
	if (u) {
		if (u->expat)
			XML_ParserFree(u->expat);
		arena_free(u->x.arena);
		arena_free(u->chat.arena);
		buf_free(&u->value);
	}
	free(u);
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
	char text[4096];
	(void)path;
	span s = { text, textin_peek(head, text, sizeof text) };
	return find(s, SPAN("pa.cellebrite.com/report")) ||
	       (find(s, SPAN("<model type=\"")) && find(s, SPAN("deleted_state=\"")) &&
		find(s, SPAN("<field name=\"")));
}

const struct parser parser_ufdr = {
	.name = "ufdr",
	.app = "Cellebrite report (UFDR)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_SYSTEM) | KIND_BIT(REC_CALL) |
		 KIND_BIT(REC_CONTACT) | KIND_BIT(REC_ACCOUNT),
	.files = { "*/report.xml", "report.xml" },
	.tested = "a part of a real report of 2024; reports 5 to 8, fields as published",
	.limits = "e-mails and other kinds are counted, not read",
	.keeps_deleted = true,
	.sniff = sniff,
	.run = run,
};
