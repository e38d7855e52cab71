/*
 * identifier.c - see identifier.h. What a stored handle is.
 *
 * Sources beside those of the header: RFC 3966 (tel:), RFC 3323 (anonymous.invalid), AOSP
 * CallerInfo
 * (-1, -2, -3) and Telephony.Mms ("insert-address-token"), WAP-209 ("/TYPE=PLMN"), Apple's handles
 * as they stand in sms.db ("p:", "e:", "SMS;-;", "(smsfp)").
 */
#include "base/identifier.h"
#include "base/number.h"
#include "base/utf8.h"
#include <utf8proc.h>

/* Longest sender name of GSM 03.40: 11 characters of 7 bits. */
#define ALPHA_MAX 11
/* RFC 5321: 64 for the local part, 255 for the domain, and '@'. */
#define EMAIL_MAX 320

static const char *const kind_words[ID_KIND_MAX] = {
	[ID_ABSENT] = "ABSENT",
	[ID_RAW] = "RAW",
	[ID_GB_MOBILE] = "GB_MOBILE",
	[ID_GB_FIXED] = "GB_FIXED",
	[ID_E164] = "E164",
	[ID_SHORT] = "SHORT",
	[ID_ALPHA] = "ALPHA",
	[ID_EMAIL] = "EMAIL",
	[ID_JID_GROUP] = "JID_GROUP",
	[ID_JID_LID] = "JID_LID",
	[ID_JID_BROADCAST] = "JID_BROADCAST",
	[ID_WITHHELD] = "WITHHELD",
	[ID_UNKNOWN] = "UNKNOWN",
	[ID_PAYPHONE] = "PAYPHONE",
	[ID_IMEI] = "IMEI",
	[ID_IMSI] = "IMSI",
	[ID_ICCID] = "ICCID",
};

const char *id_kind_word(enum id_kind kind)
{
	return (unsigned)kind < ID_KIND_MAX ? kind_words[kind] : "RAW";
}

bool id_kind_from_word(span word, enum id_kind *ret)
{
	for (int i = 0; i < ID_KIND_MAX; i++)
		if (span_eq(word, span_z(kind_words[i]))) {
			*ret = (enum id_kind)i;
			return true;
		}
	return false;
}

const char *id_certainty_word(enum id_certainty certainty)
{
	static const char *const words[] = { "none",    "assumed", "certain",
					     "contact", "map",     "unresolved" };
	return (unsigned)certainty <= CERTAINTY_UNRESOLVED ? words[certainty] : "none";
}

void identifier_format(uint64_t e164, char out[static 17])
{
	char digits[20];
	size_t n = 0;
	for (; e164 && n < 15; e164 /= 10)
		digits[n++] = (char)('0' + e164 % 10);
	char *p = out;
	if (n)
		*p++ = '+';
	while (n)
		*p++ = digits[--n];
	*p = 0;
}

static struct identifier make(enum id_kind kind, const char *reason)
{
	return (struct identifier){ .kind = kind, .reason = reason };
}

/* White space and characters that draw nothing say nothing at the ends of a handle. */
static bool is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == 0xA0 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F || cp == 0x3000 ||
	       utf8_is_hidden(cp);
}

static span trim(span s)
{
	size_t start = 0;
	while (start < s.n) {
		size_t next = start;
		if (!is_blank(utf8_next(s, &next)))
			break;
		start = next;
	}
	size_t stop = s.n;
	while (stop > start) {
		size_t back = stop - 1;
		while (back > start && stop - back < 4 && ((unsigned char)s.p[back] & 0xC0) == 0x80)
			back--;
		size_t next = back;
		uint32_t cp = utf8_next(span_sub(s, 0, stop), &next);
		if (next != stop || !is_blank(cp))
			break;
		stop = back;
	}
	return span_sub(s, start, stop);
}

static bool starts(span s, span prefix)
{
	return s.n >= prefix.n && span_eq_nocase(span_sub(s, 0, prefix.n), prefix);
}

static bool ends_in(span s, span suffix)
{
	return s.n >= suffix.n && span_eq_nocase(span_from(s, s.n - suffix.n), suffix);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t digits_at(span s, size_t i)
{
	size_t n = 0;
	while (i + n < s.n && is_digit(s.p[i + n]))
		n++;
	return n;
}

/* Words that stand where a number is not shown. */
static bool of_words(span s, struct identifier *ret)
{
	static const struct {
		const char *word;
		enum id_kind kind;
	} words[] = {
		{ "-1", ID_UNKNOWN },
		{ "-2", ID_WITHHELD },
		{ "-3", ID_PAYPHONE },
		{ "unknown", ID_UNKNOWN },
		{ "unknown number", ID_UNKNOWN },
		{ "unknown caller", ID_UNKNOWN },
		{ "unavailable", ID_UNKNOWN },
		{ "number unavailable", ID_UNKNOWN },
		{ "not available", ID_UNKNOWN },
		{ "(unknown)", ID_UNKNOWN },
		{ "<unknown>", ID_UNKNOWN },
		{ "\xCA\xBCUNKNOWN_SENDER!", ID_UNKNOWN },
		{ "'UNKNOWN_SENDER!", ID_UNKNOWN },
		{ "unavailable@unknown.invalid", ID_UNKNOWN },
		{ "unknown@unknown.invalid", ID_UNKNOWN },
		{ "private", ID_WITHHELD },
		{ "private number", ID_WITHHELD },
		{ "private caller", ID_WITHHELD },
		{ "withheld", ID_WITHHELD },
		{ "withheld number", ID_WITHHELD },
		{ "number withheld", ID_WITHHELD },
		{ "restricted", ID_WITHHELD },
		{ "anonymous", ID_WITHHELD },
		{ "blocked", ID_WITHHELD },
		{ "hidden", ID_WITHHELD },
		{ "no number", ID_WITHHELD },
		{ "no caller id", ID_WITHHELD },
		{ "anonymous@anonymous.invalid", ID_WITHHELD },
		{ "payphone", ID_PAYPHONE },
		{ "pay phone", ID_PAYPHONE },
	};
	static const char *const reasons[] = {
		[ID_UNKNOWN] = "The network did not say the number",
		[ID_WITHHELD] = "The caller hid the number",
		[ID_PAYPHONE] = "Stored as a payphone, without its number",
	};
	if (starts(s, SPAN("sip:")))
		s = span_from(s, 4);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_eq_nocase(s, span_z(words[i].word))) {
			*ret = make(words[i].kind, reasons[words[i].kind]);
			return true;
		}
	return false;
}

/* user[.agent or _agent][:device] of a WhatsApp account: the user's digits. */
static bool jid_user(span user, span *ret)
{
	size_t n = digits_at(user, 0), i = n;
	if (!n)
		return false;
	if (i < user.n && (user.p[i] == '.' || user.p[i] == '_'))
		i += 1 + digits_at(user, i + 1);
	if (i < user.n && user.p[i] == ':')
		i += 1 + digits_at(user, i + 1);
	if (i != user.n || !is_digit(user.p[i - 1]))
		return false;
	*ret = span_sub(user, 0, n);
	return true;
}

enum server { NOT_JID, JID_PERSON, JID_LID, JID_GROUP, JID_BROADCAST, JID_OTHER };

static enum server server_of(span domain)
{
	static const struct {
		const char *name;
		enum server server;
	} servers[] = {
		{ "s.whatsapp.net", JID_PERSON },
		{ "c.us", JID_PERSON },
		{ "hosted", JID_PERSON },
		{ "lid", JID_LID },
		{ "hosted.lid", JID_LID },
		{ "g.us", JID_GROUP },
		{ "broadcast", JID_BROADCAST },
		{ "newsletter", JID_OTHER },
		{ "call", JID_OTHER },
		{ "bot", JID_OTHER },
		{ "msgr", JID_OTHER },
		{ "interop", JID_OTHER },
		{ "status_me", JID_OTHER },
		{ "temp", JID_OTHER },
	};
	for (size_t i = 0; i < sizeof servers / sizeof *servers; i++)
		if (span_eq_nocase(domain, span_z(servers[i].name)))
			return servers[i].server;
	return NOT_JID;
}

static struct identifier of_jid(span user, enum server server)
{
	struct identifier id;
	span digits;
	switch (server) {
	case JID_PERSON:
		if (jid_user(user, &digits) && number_of_jid(digits, &id))
			return id;
		return make(ID_RAW, "A WhatsApp account whose name is not a telephone number");
	case JID_LID:
		return make(ID_JID_LID,
			    "WhatsApp's hidden account name: says nothing of the number");
	case JID_GROUP:
		return make(ID_JID_GROUP, "A WhatsApp group");
	case JID_BROADCAST:
		return make(ID_JID_BROADCAST, "A WhatsApp broadcast list or status");
	case JID_OTHER:
	case NOT_JID:
		break;
	}
	return make(ID_RAW, "A WhatsApp name that is not a person");
}

/* One '@', no blanks, and a domain of at least two labels whose last is a name: "5.30pm" is none.
 */
static bool is_email(span s, size_t at)
{
	if (s.n > EMAIL_MAX || at == 0 || at + 1 >= s.n)
		return false;
	size_t label = 0; /* start of the last label, once there are two */
	for (size_t i = 0; i < s.n;) {
		size_t start = i;
		uint32_t cp = utf8_next(s, &i);
		if (cp == UTF8_BAD || is_blank(cp) || (cp == '@' && start != at) ||
		    (cp < 0x80 && strchr("\"(),;<>[\\]", (int)cp)))
			return false;
		if (cp == '.' && start > at) {
			if (start == at + 1 || s.p[start - 1] == '.')
				return false;
			label = i;
		}
	}
	return label && s.n - label >= 2 && !is_digit(s.p[label]);
}

/* Something with '@' in it. */
static bool of_at(span s, struct identifier *ret)
{
	const char *p = memchr(s.p, '@', s.n);
	if (!p)
		return false;
	size_t at = (size_t)(p - s.p);
	span user = span_sub(s, 0, at), domain = span_from(s, at + 1);
	bool sip = starts(s, SPAN("sip:")) || starts(s, SPAN("sips:"));
	if (sip) {
		user = span_from(user, user.p[3] == ':' ? 4 : 5);
		struct number d;
		if (user.n && user.p[0] == '+' && number_read(user, 0, &d) && d.plus && !d.more &&
		    d.stop[d.n - 1] == user.n) {
			number_whole(&d, ret);
			return true;
		}
		*ret = make(ID_RAW, "An internet call address: kept as it is");
		return true;
	}
	const char *slash = memchr(domain.p, '/', domain.n);
	enum server server =
		server_of(slash ? span_sub(domain, 0, (size_t)(slash - domain.p)) : domain);
	if (server != NOT_JID)
		*ret = of_jid(user, server);
	else if (is_email(s, at))
		*ret = make(ID_EMAIL, "An e-mail address");
	else
		return false;
	return true;
}

/* What phones and programs put before the handle itself. */
static span strip_prefix(span s)
{
	static const char *const prefixes[] = {
		"tel:",    "sms:",      "smsto:",          "mms:", "mmsto:", "callto:",
		"mailto:", "facetime:", "facetime-audio:", "im:",
	};
	/* "SMS;-;", "iMessage;-;": service and style of a chat of Messages */
	size_t word = 0;
	while (word < s.n && word < 24 && (is_letter(s.p[word]) || is_digit(s.p[word])))
		word++;
	if (word && starts(span_from(s, word), SPAN(";-;")))
		s = span_from(s, word + 3);
	if (starts(s, SPAN("e:")) && memchr(s.p, '@', s.n))
		s = span_from(s, 2);
	else if (starts(s, SPAN("p:")) && s.n > 2 && (s.p[2] == '+' || is_digit(s.p[2])))
		s = span_from(s, 2);
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (starts(s, span_z(prefixes[i])))
			return trim(span_from(s, strlen(prefixes[i])));
	return s;
}

static span strip_suffix(span s)
{
	/* "+447700900123/TYPE=PLMN" of MMS headers */
	for (size_t i = 0; i + 6 <= s.n && i < 64; i++)
		if (s.p[i] == '/' && starts(span_from(s, i), SPAN("/TYPE=")))
			return span_sub(s, 0, i);
	/* "(smsfp)", "(smsft_fi)", "(filtered)": how iOS sorted the sender */
	if (s.n && s.p[s.n - 1] == ')') {
		size_t i = s.n - 1;
		while (i && (is_letter(s.p[i - 1]) || s.p[i - 1] == '_'))
			i--;
		span tail = i ? span_from(s, i - 1) : SPAN_NONE;
		if (i > 1 && (starts(tail, SPAN("(sms")) || ends_in(tail, SPAN("(filtered)"))))
			return trim(span_sub(s, 0, i - 1));
	}
	return s;
}

/* The handle itself: what is left when prefixes and suffixes are gone. */
static span core(span raw)
{
	return strip_suffix(strip_prefix(trim(raw)));
}

/* What stands behind a number */
enum tail {
	TAIL_NONE,
	TAIL_DIALLED, /* an extension, or tones after a pause */
	TAIL_NUMBER,  /* a second number */
	TAIL_OTHER
};

static enum tail tail_of(span rest)
{
	size_t i = 0;
	while (i < rest.n) {
		struct glyph g = glyph_at(rest, i);
		if (g.class == GLYPH_OTHER || g.class == GLYPH_DIGIT || g.class == GLYPH_PLUS)
			break;
		i += g.length;
	}
	rest = span_from(rest, i);
	if (!rest.n)
		return TAIL_NONE;
	static const char *const words[] = { "extension", "extn", "ext", "x", "#" };
	const char *any = NULL;
	for (size_t k = 0; k < sizeof words / sizeof *words && !any; k++)
		if (starts(rest, span_z(words[k]))) {
			rest = span_from(rest, strlen(words[k]));
			any = " .:#0123456789";
		}
	/* Pauses (, p), waits (; w) and the tones behind them */
	bool word = any;
	if (!any && rest.p[0] && strchr(",;pPwW", rest.p[0]))
		any = ",;pPwW*#0123456789 +-()";
	if (!any || !rest.n)
		return TAIL_OTHER;
	size_t first = rest.n;
	for (size_t k = 0; k < rest.n; k++) {
		if (!rest.p[k] || !strchr(any, rest.p[k]))
			return TAIL_OTHER;
		if (first == rest.n && (is_digit(rest.p[k]) || rest.p[k] == '+'))
			first = k;
	}
	if (word && first == rest.n)
		return TAIL_OTHER;
	/* "07700 900123; 07700 900124" */
	struct number d;
	struct identifier id = { 0 };
	if (first < rest.n && number_read(rest, first, &d))
		number_whole(&d, &id);
	return id.e164 ? TAIL_NUMBER : TAIL_DIALLED;
}

/* RFC 3966 parameters: what is before them, and the country code they name, if any. */
static span strip_parameters(span s, span *ret_country)
{
	const char *p = memchr(s.p, ';', s.n);
	span rest = p ? span_from(s, (size_t)(p - s.p)) : SPAN_NONE;
	if (rest.n < 2 || !is_letter(rest.p[1]) || !memchr(rest.p, '=', rest.n))
		return s;
	for (size_t i = 0; i < rest.n; i++)
		if (starts(span_from(rest, i), SPAN(";phone-context=+"))) {
			span value = span_from(rest, i + 16);
			*ret_country = span_sub(value, 0, digits_at(value, 0));
			break;
		}
	return span_sub(s, 0, (size_t)(p - s.p));
}

static bool of_number(span s, struct identifier *ret)
{
	struct number d;
	span country = SPAN_NONE;
	s = strip_parameters(s, &country);
	/* TS 22.030: hide or show the caller's own number for this call */
	bool hide = starts(s, SPAN("#31#")), show = starts(s, SPAN("*31#"));
	if (hide || show)
		s = span_from(s, 4);
	if (!s.n)
		return false;
	enum glyph_class first = glyph_at(s, 0).class;
	if ((first != GLYPH_DIGIT && first != GLYPH_PLUS && first != GLYPH_OPEN) ||
	    !number_read(s, 0, &d))
		return false;
	enum tail tail = TAIL_NONE;
	if (!d.more) {
		tail = tail_of(span_from(s, d.stop[d.n - 1]));
		if (tail == TAIL_OTHER)
			return false;
	}
	d.gb_stated = span_eq(country, SPAN("44"));
	number_whole(&d, ret);
	if (ret->certainty == CERTAINTY_ASSUMED && country.n && !d.gb_stated)
		*ret = make(ID_RAW,
			    "A national form of another country, named beside it: kept as it "
			    "is");
	else if (tail == TAIL_NUMBER)
		*ret = make(ID_RAW, "More than one number in one place: kept as it is");
	else if (ret->e164 && (hide || show))
		ret->reason = hide ? "Dialled with #31# before it, to hide the caller's own number"
				   : "Dialled with *31# before it, to show the caller's own number";
	return true;
}

static bool is_alpha(span s, struct identifier *ret)
{
	size_t characters = 0, letters = 0, digits = 0;
	for (size_t i = 0; i < s.n;) {
		uint32_t cp = utf8_next(s, &i);
		if (cp == UTF8_BAD || cp < 0x20 || cp == 0x7F || ++characters > ALPHA_MAX)
			return false;
		utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);
		letters += category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
		digits += category == UTF8PROC_CATEGORY_ND;
	}
	if (!letters || digits >= 7)
		return false;
	*ret = make(ID_ALPHA, "A sender's name of up to 11 characters: anybody can choose it");
	return true;
}

/* "@name": with its sign it is nobody's sender name, however short. */
static bool is_user_name(span s)
{
	return s.n > 1 && s.p[0] == '@' && !memchr(s.p, ' ', s.n);
}

struct identifier identifier_of(span raw)
{
	struct identifier id;
	if (!raw.p)
		return make(ID_ABSENT, "The source names nobody");
	span s = trim(raw);
	if (!s.n)
		return make(ID_WITHHELD,
			    "Empty as stored, which is how phones store a hidden number");
	if (of_words(s, &id))
		return id;
	s = core(raw);
	if (!s.n)
		return make(ID_RAW, "A prefix with nothing behind it");
	if (of_at(s, &id) || of_number(s, &id))
		return id;
	if (is_user_name(s))
		return make(ID_RAW, "A user name of an app");
	if (starts(s, SPAN("urn:biz:")))
		return make(ID_RAW, "A business account of Messages");
	if (starts(s, SPAN("chat")) && digits_at(s, 4) >= 6 && digits_at(s, 4) + 4 == s.n)
		return make(ID_RAW, "A group chat of Messages");
	if (span_eq_nocase(s, SPAN("insert-address-token")))
		return make(ID_RAW, "Android's stand-in for the phone's own number");
	if (is_alpha(s, &id))
		return id;
	return make(ID_RAW, "Not a form that is known: kept as it is");
}

struct key {
	char *out;
	size_t cap, n;
};

static void key_add(struct key *k, span s)
{
	for (size_t i = 0; i < s.n; i++, k->n++)
		if (k->n < k->cap)
			k->out[k->n] = s.p[i];
}

static void key_lower(struct key *k, span s)
{
	for (size_t i = 0; i < s.n;) {
		size_t start = i;
		uint32_t cp = utf8_next(s, &i);
		char bytes[4];
		if (cp == UTF8_BAD)
			key_add(k, span_sub(s, start, i));
		else
			key_add(k, (span){ bytes, utf8_put((uint32_t)utf8proc_tolower((int32_t)cp),
							   bytes) });
	}
}

/* Digits and separators only: the digits, and the plus. Anything else as it is. */
static void key_raw(struct key *k, span s)
{
	bool digits = false, others = false;
	for (size_t i = 0; i < s.n;) {
		struct glyph g = glyph_at(s, i);
		digits |= g.class == GLYPH_DIGIT;
		others |= g.class == GLYPH_OTHER;
		i += g.length;
	}
	if (is_user_name(s)) {
		key_lower(k, s);
		return;
	}
	if (others || !digits) {
		key_add(k, s);
		return;
	}
	for (size_t i = 0; i < s.n;) {
		struct glyph g = glyph_at(s, i);
		char c = g.class == GLYPH_PLUS ? '+' : (char)('0' + g.value);
		if (g.class == GLYPH_PLUS || g.class == GLYPH_DIGIT)
			key_add(k, (span){ &c, 1 });
		i += g.length;
	}
}

size_t identifier_key(span raw, char *out, size_t cap)
{
	struct identifier id = identifier_of(raw);
	struct key k = { out, cap, 0 };
	span s = core(raw), user;
	char number[17] = "";
	const char *at;
	switch (id.kind) {
	case ID_ABSENT:
	case ID_WITHHELD:
	case ID_UNKNOWN:
	case ID_PAYPHONE:
		return 0;
	case ID_ALPHA:
	case ID_EMAIL:
		key_lower(&k, s);
		break;
	case ID_JID_LID:
	case ID_JID_GROUP:
	case ID_JID_BROADCAST:
		at = memchr(s.p, '@', s.n);
		user = span_sub(s, 0, (size_t)(at - s.p));
		if (id.kind == ID_JID_LID)
			jid_user(user, &user);
		key_lower(&k, user);
		key_lower(&k, span_from(s, (size_t)(at - s.p)));
		break;
	case ID_SHORT:
	case ID_RAW:
		key_raw(&k, s);
		break;
	default:
		identifier_format(id.e164, number);
		key_add(&k, span_z(number));
	}
	return k.n;
}
