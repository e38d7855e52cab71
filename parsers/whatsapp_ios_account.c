/*
 * whatsapp_ios_account.c - whose WhatsApp it is on an iPhone: the settings that its parts share.
 *
 * OwnJabberID is the account, with or without "@s.whatsapp.net"; LastOwnJabberID the one that was
 * signed in last; FullUserName what its user calls himself there. OwnPhoneNumber is obscured and is
 * not read.
 *
 * Source: key names as IPED and public scripts read them.
 */
#include "accounts.h"
#include "plist_strings.h"

#define TABLE "settings"

/* A JID of the digits alone is one of its server. */
static void add_jid(struct account *a, span text, const char *label)
{
	size_t digits = 0;
	while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9')
		digits++;
	if (!text.n || digits != text.n) {
		account_add(a, text, label);
		return;
	}
	span server = SPAN("@s.whatsapp.net");
	char *jid = arena_alloc(a->arena, text.n + server.n);
	a->failed |= !jid;
	if (!jid)
		return;
	memcpy(jid, text.p, text.n);
	memcpy(jid + text.n, server.p, server.n);
	account_add(a, (span){ jid, text.n + server.n }, label);
}

static int take(void *user, const span *name, size_t n, span text)
{
	struct account *a = user;
	bool ok = true;
	if (n != 1)
		return 0;
	if (span_eq(*name, SPAN("OwnJabberID")))
		add_jid(a, text, LABEL_WHATSAPP);
	else if (span_eq(*name, SPAN("LastOwnJabberID")))
		add_jid(a, text, LABEL_WHATSAPP_LAST);
	else if (span_eq(*name, SPAN("FullUserName")))
		a->name = arena_copy(a->arena, text, &ok);
	a->failed |= !ok;
	return 0;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct account a = { .arena = arena_new() };
	int rc = a.arena ? plist_strings(in, take, &a, err)
			 : err_set(err, E_NOMEM, "memory ran out");
	bool none = rc == 0 && !a.n;
	int delivered = a.arena ? account_deliver(&a, sink, TABLE, 1, err) : 0;
	if (none)
		delivered = sink->warn(sink->user, WARN_NOTE, TABLE, 0,
				       "it names no account of WhatsApp");
	arena_free(a.arena);
	return delivered < 0 ? delivered : rc;
}

static bool sniff(span head, span path)
{
	static const char *const any[] = { "", NULL };
	static const char *const telling[] = { "OwnJabberID", NULL };
	return plist_sniff(head, parser_glob("*group.net.whatsapp.WhatsApp*.shared.plist", path)
					 ? any
					 : telling);
}

const struct parser parser_whatsapp_ios_account = {
	.name = "whatsapp-ios-account",
	.app = "WhatsApp account (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_ACCOUNT),
	.files = { "AppDomainGroup-group.net.whatsapp.WhatsApp.shared/Library/Preferences/"
		   "group.net.whatsapp.WhatsApp.shared.plist",
		   "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared/Library/Preferences/"
		   "group.net.whatsapp.WhatsAppSMB.shared.plist",
		   "*/group.net.whatsapp.WhatsApp.shared.plist",
		   "*/group.net.whatsapp.WhatsAppSMB.shared.plist" },
	.tested = "keys as published",
	.sniff = sniff,
	.run = run,
};
