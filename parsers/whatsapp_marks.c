/* whatsapp_marks.c - see whatsapp_text.h */
#include "base/utf8.h"
#include "whatsapp_line.h"
#include "whatsapp_text.h"

/* English, German, French, Spanish, Portuguese, Italian, Dutch, Turkish, Polish, Romanian. */
static const char *const deleted[] = {
	"This message was deleted",
	"You deleted this message",
	"Diese Nachricht wurde gelöscht",
	"Du hast diese Nachricht gelöscht",
	"Ce message a été supprimé",
	"Vous avez supprimé ce message",
	"Se eliminó este mensaje",
	"Este mensaje fue eliminado",
	"Eliminaste este mensaje",
	"Mensagem apagada",
	"Esta mensagem foi apagada",
	"Você apagou esta mensagem",
	"Questo messaggio è stato eliminato",
	"Hai eliminato questo messaggio",
	"Dit bericht is verwijderd",
	"U hebt dit bericht verwijderd",
	"Bu mesaj silindi",
	"Bu mesajı sildiniz",
	"Ta wiadomość została usunięta",
	"Acest mesaj a fost șters",
	NULL,
};

static const char *const edited[] = {
	"<This message was edited>",
	"<Diese Nachricht wurde bearbeitet.>",
	"<Diese Nachricht wurde bearbeitet>",
	"<Ce message a été modifié>",
	"<Se editó este mensaje.>",
	"<Se editó este mensaje>",
	"<Mensagem editada>",
	"<Questo messaggio è stato modificato>",
	"<Dit bericht is bewerkt>",
	"<Bu mesaj düzenlendi>",
	NULL,
};

/* Also Russian, Indonesian. */
static const char *const left_out[] = {
	"<Media omitted>",
	"<Medien ausgeschlossen>",
	"<Médias omis>",
	"<Multimedia omitido>",
	"<Archivo omitido>",
	"<Mídia oculta>",
	"<Arquivo de mídia oculto>",
	"<Media omessi>",
	"<Media weggelaten>",
	"<Medya dahil edilmedi>",
	"<Pominięto multimedia>",
	"<Без медиафайлов>",
	"<Media tidak disertakan>",
	NULL,
};

/* iPhone, behind a mark of direction. */
static const char *const left_out_endings[] = {
	" omitted",  " weggelassen", " absente", " absent", " omitida",    " omitido",
	" ocultada", " ocultado",    " omessa",  " omesso", " weggelaten", NULL,
};

/* Android: NAME (file attached) */
static const char *const attached[] = {
	" (file attached)",   " (Datei angehängt)", " (fichier joint)",      " (archivo adjunto)",
	" (arquivo anexado)", " (file allegato)",   " (bestand bijgevoegd)", NULL,
};

static const char *const about_chat[] = {
	"end-to-end encrypted",
	"Ende-zu-Ende-verschlüsselt",
	"chiffrés de bout en bout",
	"cifrados de extremo a extremo",
	"criptografia de ponta a ponta",
	"crittografia end-to-end",
	"end-to-end versleuteld",
	"uçtan uca şifreli",
	NULL,
};

span whatsapp_bare(span s)
{
	for (size_t at = 0; s.n;) {
		at = 0;
		uint32_t cp = utf8_next(s, &at);
		if (!chat_mark(cp) && !chat_blank(cp))
			break;
		s = span_from(s, at);
	}
	while (s.n) {
		size_t start = s.n - 1, at;
		while (start && ((unsigned char)s.p[start] & 0xC0) == 0x80)
			start--;
		at = start;
		uint32_t cp = utf8_next(s, &at);
		if (at != s.n || (!chat_mark(cp) && !chat_blank(cp) && cp != '\n' && cp != '\r'))
			break;
		s.n = start;
	}
	return s;
}

static bool ends(span s, const char *with)
{
	span w = span_z(with);
	return s.n >= w.n && !memcmp(s.p + s.n - w.n, w.p, w.n);
}

static bool has(span s, const char *what)
{
	return memmem(s.p ? s.p : "", s.n, what, strlen(what)) != NULL;
}

static bool is_one(span s, const char *const *list)
{
	for (; *list; list++)
		if (span_eq(s, span_z(*list)))
			return true;
	return false;
}

static bool ends_one(span s, const char *const *list)
{
	for (; *list; list++)
		if (ends(s, *list))
			return true;
	return false;
}

static bool marked(span text)
{
	size_t at = 0;
	return text.n && chat_mark(utf8_next(text, &at));
}

unsigned whatsapp_state(span text)
{
	span bare = whatsapp_bare(text);
	unsigned state = ends_one(bare, edited) ? STATE_EDITED : 0;
	if (bare.n && bare.p[bare.n - 1] == '.')
		bare.n--;
	return state | (is_one(bare, deleted) ? STATE_UNSENT : 0);
}

bool whatsapp_attachment(span text, struct attachment *ret)
{
	const char *newline = text.n ? memchr(text.p, '\n', text.n) : NULL;
	span line = newline ? span_sub(text, 0, (size_t)(newline - text.p)) : text;
	span bare = whatsapp_bare(line);
	*ret = (struct attachment){ SPAN_NONE, SPAN_NONE };
	for (const char *const *a = attached; *a; a++)
		if (ends(bare, *a)) {
			ret->name = span_sub(bare, 0, bare.n - strlen(*a));
			return true;
		}
	if (is_one(bare, left_out) ||
	    (marked(text) && !newline && ends_one(bare, left_out_endings))) {
		ret->type = bare;
		return true;
	}
	/* iPhone: <attached: NAME>, behind a caption or alone */
	const char *open = bare.n ? memrchr(bare.p, '<', bare.n) : NULL;
	if (!open || bare.p[bare.n - 1] != '>' || !has(line, "\xE2\x80\x8E<"))
		return false;
	span inner = span_sub(bare, (size_t)(open - bare.p) + 1, bare.n - 1);
	const char *colon = inner.n ? memchr(inner.p, ':', inner.n) : NULL;
	if (!colon)
		return false;
	ret->name = whatsapp_bare(span_from(inner, (size_t)(colon - inner.p) + 1));
	return ret->name.n > 0;
}

bool whatsapp_about_chat(span text, span sender)
{
	span bare = whatsapp_bare(text);
	if (!marked(text))
		return false;
	for (const char *const *a = about_chat; *a; a++)
		if (has(bare, *a))
			return true;
	/* "NAME added ..." under NAME's own name */
	return sender.n && bare.n > sender.n && !memcmp(bare.p, sender.p, sender.n) &&
	       bare.p[sender.n] == ' ';
}

span whatsapp_title(span path)
{
	static const char *const before[] = {
		"WhatsApp Chat with ",       "WhatsApp Chat - ",      "WhatsApp-Chat mit ",
		"Discussion WhatsApp avec ", "Chat de WhatsApp con ", "Conversa do WhatsApp com ",
		"Chat WhatsApp con ",        "WhatsApp-chat met ",    NULL,
	};
	for (const char *const *b = before; *b; b++) {
		span w = span_z(*b);
		const char *found = path.n ? memmem(path.p, path.n, w.p, w.n) : NULL;
		if (!found)
			continue;
		span name = span_from(path, (size_t)(found - path.p) + w.n);
		const char *slash = name.n ? memchr(name.p, '/', name.n) : NULL;
		if (slash)
			name.n = (size_t)(slash - name.p);
		if (ends(name, ".txt") || ends(name, ".zip"))
			name.n -= 4;
		return name.n ? name : SPAN_NONE;
	}
	return SPAN_NONE;
}
