/*
 * whatsapp_android_account.c - whose WhatsApp it is on an Android phone: its shared preferences.
 *
 * <map><string name="registration_jid">447700900123</string>: the account's number without a plus;
 * where that is not there, cc and ph, the country's code and the number behind it; push_name what
 * its user calls himself.
 *
 * Source: names as IPED and public scripts read them, and as WhatsApp's own code writes them.
 */
#include "accounts.h"
#include "base/buf.h"
#include <expat.h>

#define TABLE "preferences"
#define FILE_MAX_BYTES ((uint64_t)16 << 20)
#define TEXT_MAX 512

enum wanted { NOTHING, JID, COUNTRY, PHONE, NAME, WANTED_MAX };

struct prefs {
	XML_Parser expat;
	enum wanted now;
	struct buf text[WANTED_MAX];
	bool entity;
};

static void XMLCALL on_start(void *user, const XML_Char *element, const XML_Char **atts)
{
	static const char *const names[WANTED_MAX] = { "", "registration_jid", "cc", "ph",
						       "push_name" };
	struct prefs *p = user;
	p->now = NOTHING;
	for (size_t i = 0; !strcmp(element, "string") && atts[i]; i += 2)
		for (int w = JID; !strcmp(atts[i], "name") && w < WANTED_MAX; w++)
			if (!strcmp(atts[i + 1], names[w]) && !p->text[w].n)
				p->now = (enum wanted)w;
}

static void XMLCALL on_text(void *user, const XML_Char *s, int n)
{
	struct prefs *p = user;
	struct buf *to = &p->text[p->now];
	if (p->now != NOTHING && to->n + (size_t)n <= TEXT_MAX)
		buf_add(to, (span){ s, (size_t)n });
}

static void XMLCALL on_end(void *user, const XML_Char *element)
{
	struct prefs *p = user;
	(void)element;
	p->now = NOTHING;
}

/* Android writes no document type: what brings one is not Android's. */
static void XMLCALL on_doctype(void *user, const XML_Char *a, const XML_Char *b, const XML_Char *c,
			       int subset)
{
	struct prefs *p = user;
	(void)a;
	(void)b;
	(void)c;
	(void)subset;
	p->entity = true;
	XML_StopParser(p->expat, XML_FALSE);
}

static int read_all(struct prefs *p, const struct input *in, struct err *err)
{
	char block[16384];
	uint64_t total = 0;
	ptrdiff_t n = 1;
	while (n > 0) {
		n = in->read(in->user, block, sizeof block, err);
		if (n < 0)
			return (int)n;
		total += (uint64_t)n;
		if (total > FILE_MAX_BYTES)
			return err_set(err, E_LIMIT, "more than linecheck reads of preferences");
		if (XML_Parse(p->expat, block, (int)n, n == 0) != XML_STATUS_OK)
			return p->entity
				       ? err_set(err, E_REFUSED, "preferences with a document type")
				       : err_set(err, E_FORMAT, "line %lu: %s",
						 (unsigned long)XML_GetCurrentLineNumber(p->expat),
						 XML_ErrorString(XML_GetErrorCode(p->expat)));
	}
	return 0;
}

static bool all_digits(const struct buf *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->data[i] < '0' || b->data[i] > '9')
			return false;
	return b->n > 0;
}

static void add_account(struct prefs *p, struct account *a)
{
	struct buf jid = { 0 };
	bool ok = true;
	if (p->text[JID].n)
		buf_add(&jid, buf_span(&p->text[JID]));
	else if (all_digits(&p->text[COUNTRY]) && all_digits(&p->text[PHONE]))
		buf_addf(&jid, "%s%s", p->text[COUNTRY].data, p->text[PHONE].data);
	if (all_digits(&jid))
		buf_add(&jid, SPAN("@s.whatsapp.net"));
	a->failed |= jid.failed;
	account_add(a, buf_span(&jid), LABEL_WHATSAPP);
	if (p->text[NAME].n)
		a->name = arena_copy(a->arena, buf_span(&p->text[NAME]), &ok);
	a->failed |= !ok;
	buf_free(&jid);
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct account a = { .arena = arena_new() };
	struct prefs p = { .expat = XML_ParserCreate(NULL) };
	if (!a.arena || !p.expat) {
		arena_free(a.arena);
		XML_ParserFree(p.expat);
		return err_set(err, E_NOMEM, "memory ran out");
	}
	XML_SetUserData(p.expat, &p);
	XML_SetElementHandler(p.expat, on_start, on_end);
	XML_SetCharacterDataHandler(p.expat, on_text);
	XML_SetStartDoctypeDeclHandler(p.expat, on_doctype);
	int rc = read_all(&p, in, err);
	/* What stood before a broken place stands. */
	add_account(&p, &a);
	bool none = rc == 0 && !a.n;
	int delivered = account_deliver(&a, sink, TABLE, 1, err);
	if (none)
		delivered = sink->warn(sink->user, WARN_NOTE, TABLE, 0,
				       "it names no account of WhatsApp");
	for (int i = 0; i < WANTED_MAX; i++)
		buf_free(&p.text[i]);
	XML_ParserFree(p.expat);
	arena_free(a.arena);
	return delivered < 0 ? delivered : rc;
}

static bool sniff(span head, span path)
{
	bool named = parser_glob("*com.whatsapp*_preferences_light.xml", path) ||
		     parser_glob("*registration.RegisterPhone.xml", path);
	return head.n && memmem(head.p, head.n, "<map", 4) &&
	       (named || memmem(head.p, head.n, "\"registration_jid\"", 18));
}

const struct parser parser_whatsapp_android_account = {
	.name = "whatsapp-android-account",
	.app = "WhatsApp account (Android)",
	.platform = PLATFORM_ANDROID,
	.kinds = KIND_BIT(REC_ACCOUNT),
	.files = { "*/com.whatsapp/shared_prefs/com.whatsapp_preferences_light.xml",
		   "*/com.whatsapp.w4b/shared_prefs/com.whatsapp.w4b_preferences_light.xml",
		   "*/com.whatsapp/shared_prefs/registration.RegisterPhone.xml",
		   "*/com.whatsapp.w4b/shared_prefs/registration.RegisterPhone.xml",
		   "*/com.whatsapp_preferences_light.xml",
		   "*/com.whatsapp.w4b_preferences_light.xml" },
	.tested = "names as published",
	.sniff = sniff,
	.run = run,
};
