/*
 * vcard.c - address book exports: vCard 2.1 (versit), 3.0 (RFC 2426) and 4.0 (RFC 6350).
 *
 * Read a byte at a time: a value that is not kept (PHOTO, LOGO, SOUND, KEY ...) is never held,
 * however long it is. One card is one contact; row is its ordinal in the file, from 1.
 *
 * Kept: FN, N, NICKNAME, ORG, and as identifiers TEL, EMAIL, IMPP and the X- properties that phones
 * write for chat names. Not read: pictures, addresses, dates, notes, links.
 *
 * What phones do beside the standards, as their exports show: Android writes 2.1 with quoted-
 * printable whose soft line breaks are not folded, and X-ANDROID-CUSTOM; Apple writes 3.0 with
 * item1.TEL and item1.X-ABLabel; base64 lines of 2.1 may stand without the space that folds them.
 */
#include "base/utf8.h"
#include "textin.h"
#include <stdio.h>

#define HEAD_MAX 4096               /* name and parameters of one property */
#define VALUE_MAX ((size_t)1 << 20) /* of one kept value */
#define CARD_MAX ((size_t)4 << 20)  /* of all kept values of one card */
#define IDS_MAX 512
#define DEPTH_MAX 4 /* AGENT:, a card within a card (2.1) */

enum encoding { PLAIN, QUOTED_PRINTABLE, BASE64 };

struct item {
	span value, label, group;
};

struct card {
	int64_t row;
	int version; /* 2, 3 or 4; 0 until told */
	struct arena *arena;
	size_t bytes; /* kept in arena */
	span formatted, composed, nickname, organisation;
	/* label: X-ABLabel, its group in .group. Both grow in the arena. */
	struct item *id, *label;
	size_t ids, labels, id_room, label_room;
};

enum state {
	IN_HEAD,  /* before the colon */
	IN_VALUE, /* of a property that is kept */
	IN_SKIP   /* the rest of a line that is not kept */
};

struct vcard {
	const struct sink *sink;
	struct err *err;
	enum state state;
	bool eol, cr; /* a line end was read; whether the line goes on is told by what follows */
	bool quoted;  /* in HEAD, within a quoted parameter */
	bool soft;    /* the property is quoted-printable: '=' at a line end goes on */
	char last;    /* byte before the line end */
	bool too_long, loose_told, agent;
	uint64_t solid; /* bytes of the line at hand that are no blanks */
	struct buf head, value, plain, utf8;
	enum encoding encoding;
	enum charset charset;
	struct card *card[DEPTH_MAX];
	struct arena *arena[DEPTH_MAX]; /* of the cards, used again */
	size_t depth, deeper;           /* deeper: cards beyond DEPTH_MAX that are open */
	int64_t cards;
	uint64_t outside; /* bytes of lines that stand in no card, blanks not counted */
};

/* A property's head, cut up: spans of vcard.head. */
struct property {
	span group, name, params;
};

static int warn(struct vcard *v, enum warning kind, int64_t row, const char *detail)
{
	return v->sink->warn(v->sink->user, kind, "VCARD", row, detail);
}

static int no_memory(struct vcard *v)
{
	return err_set(v->err, E_NOMEM, "memory ran out");
}

static struct card *top(struct vcard *v)
{
	return v->depth && !v->deeper ? v->card[v->depth - 1] : NULL;
}

/* ---- heads ---- */

static span trim(span s)
{
	while (s.n && (*s.p == ' ' || *s.p == '\t'))
		s = span_from(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

/* The part of *rest before separator outside of quotes; the separator is skipped. */
static span cut(span *rest, char separator)
{
	bool quoted = false;
	size_t i = 0;
	while (i < rest->n && (quoted || rest->p[i] != separator)) {
		quoted ^= rest->p[i] == '"';
		i++;
	}
	span first = span_sub(*rest, 0, i);
	*rest = span_from(*rest, i + 1);
	return first;
}

static span unquoted(span s)
{
	s = trim(s);
	if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		return span_sub(s, 1, s.n - 1);
	return s;
}

static struct property property_of(span head)
{
	struct property p = { .params = head };
	p.name = trim(cut(&p.params, ';'));
	for (size_t i = 0; i < p.name.n; i++)
		if (p.name.p[i] == '.') {
			p.group = span_sub(p.name, 0, i);
			p.name = span_from(p.name, i + 1);
			break;
		}
	return p;
}

static enum encoding encoding_of(span name)
{
	if (span_eq_nocase(name, SPAN("QUOTED-PRINTABLE")) || span_eq_nocase(name, SPAN("Q")))
		return QUOTED_PRINTABLE;
	if (span_eq_nocase(name, SPAN("BASE64")) || span_eq_nocase(name, SPAN("B")))
		return BASE64;
	return PLAIN;
}

/* ENCODING and CHARSET; 2.1 also gives an encoding's name alone. */
static void read_params(struct vcard *v, span params)
{
	v->encoding = PLAIN;
	v->charset = CHARSET_UTF8;
	while (params.n) {
		span value = cut(&params, ';');
		bool named = value.n && memchr(value.p, '=', value.n);
		span key = named ? trim(cut(&value, '=')) : SPAN("");
		value = unquoted(value);
		if (span_eq_nocase(key, SPAN("CHARSET")))
			v->charset = charset_of(value);
		else if (!named || span_eq_nocase(key, SPAN("ENCODING")))
			v->encoding = encoding_of(value) ? encoding_of(value) : v->encoding;
	}
	v->soft = v->encoding == QUOTED_PRINTABLE;
}

/* Words of TYPE that say nothing about which number of a person it is. */
static bool type_is_noise(span word)
{
	static const span noise[] = {
		SPAN_INIT("pref"), SPAN_INIT("voice"), SPAN_INIT("internet"),
		SPAN_INIT("msg"),  SPAN_INIT("text"),  SPAN_INIT("x-internet")
	};
	for (size_t i = 0; i < sizeof noise / sizeof *noise; i++)
		if (span_eq_nocase(word, noise[i]))
			return true;
	return word.n == 0;
}

static void add_type(struct buf *label, span words)
{
	while (words.n) {
		span word = trim(cut(&words, ','));
		if (type_is_noise(word))
			continue;
		if (label->n)
			buf_byte(label, ',');
		for (size_t i = 0; i < word.n; i++) {
			char c = word.p[i];
			buf_byte(label, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
		}
	}
}

/* "cell", "work,fax": the types of a number, lower-case as 3.0 and 4.0 write them. */
static void label_of(struct buf *label, span params)
{
	while (params.n) {
		span value = cut(&params, ';');
		bool named = value.n && memchr(value.p, '=', value.n);
		span key = named ? trim(cut(&value, '=')) : SPAN("");
		value = unquoted(value);
		if (span_eq_nocase(key, SPAN("TYPE")) || (!named && !encoding_of(value)))
			add_type(label, value);
	}
}

/* ---- values ---- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void from_quoted_printable(struct buf *out, span s)
{
	for (size_t i = 0; i < s.n; i++) {
		int high = -1, low = -1;
		if (s.p[i] == '=' && i + 2 < s.n && (high = hex_digit(s.p[i + 1])) >= 0)
			low = hex_digit(s.p[i + 2]);
		if (high >= 0 && low >= 0) {
			buf_byte(out, (char)(high << 4 | low));
			i += 2;
		} else {
			buf_byte(out, s.p[i]);
		}
	}
}

static bool from_base64(struct buf *out, span s)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t bits = 0;
	int have = 0;
	for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
		const char *at = s.p[i] ? strchr(digits, s.p[i]) : NULL;
		if (!at && (s.p[i] == ' ' || s.p[i] == '\t'))
			continue;
		if (!at)
			return false;
		bits = bits << 6 | (uint32_t)(at - digits);
		have += 6;
		if (have >= 8) {
			have -= 8;
			buf_byte(out, (char)(bits >> have & 0xff));
		}
	}
	return true;
}

/* The value at hand as UTF-8 in *ret. 1, or 0 when it cannot be read (said), or negative. */
static int decode(struct vcard *v, span *ret)
{
	span s = buf_span(&v->value);
	bool ok = true;
	buf_clear(&v->plain);
	buf_clear(&v->utf8);
	if (v->encoding == QUOTED_PRINTABLE)
		from_quoted_printable(&v->plain, s);
	else if (v->encoding == BASE64)
		ok = from_base64(&v->plain, s);
	if (v->encoding != PLAIN)
		s = buf_span(&v->plain);
	if (ok && v->charset != CHARSET_UTF8 && v->charset != CHARSET_UNKNOWN) {
		charset_decode(&v->utf8, s, v->charset);
		s = buf_span(&v->utf8);
	}
	if (v->value.failed || v->plain.failed || v->utf8.failed)
		return no_memory(v);
	*ret = s;
	int64_t row = top(v)->row;
	int rc = 0;
	if (!ok)
		rc = warn(v, WARN_FIELD_UNKNOWN, row, "a value that is not the base64 it claims");
	else if (v->charset == CHARSET_UTF8 && !utf8_valid(s))
		rc = warn(v, WARN_TEXT_LOST, row, "a value that is not UTF-8: kept byte for byte");
	else if (v->charset == CHARSET_UNKNOWN && !utf8_ascii(s))
		/* The bytes stand as they are: better than nothing. */
		rc = warn(v, WARN_TEXT_LOST, row,
			  "a value in a charset that linecheck cannot read");
	return rc < 0 ? rc : ok;
}

/* 3.0 and 4.0 escape comma, semicolon, backslash and newline; 2.1 only the semicolon. Writers of
 * 2.1 escape more than that, and no number or name holds a backslash of its own. */
static void unescape(struct buf *out, span s)
{
	for (size_t i = 0; i < s.n; i++) {
		char next = i + 1 < s.n ? s.p[i + 1] : 0;
		if (s.p[i] == '\\' && (next == 'n' || next == 'N')) {
			buf_byte(out, '\n');
			i++;
		} else if (s.p[i] == '\\' && next && strchr(",;:\\", next)) {
			buf_byte(out, next);
			i++;
		} else {
			buf_byte(out, s.p[i]);
		}
	}
}

/* The next part of a value of several: up to a semicolon that is not escaped. */
static bool next_part(span *rest, span *part)
{
	if (!rest->p)
		return false;
	size_t i = 0;
	while (i < rest->n && rest->p[i] != ';')
		i += rest->p[i] == '\\' && i + 1 < rest->n ? 2 : 1;
	*part = trim(span_sub(*rest, 0, i));
	*rest = i < rest->n ? span_from(*rest, i + 1) : SPAN_NONE;
	return true;
}

/* Keep a copy with the card. Absent if it is empty or the card is full (said once). */
static span keep(struct vcard *v, struct card *c, span s, int *rc)
{
	bool ok;
	s = trim(s);
	if (s.n == 0 || *rc < 0)
		return SPAN_NONE;
	if (s.n > CARD_MAX - c->bytes) {
		*rc = warn(v, WARN_LIMIT, c->row, "more than linecheck reads of one card");
		return SPAN_NONE;
	}
	c->bytes += s.n;
	span copy = arena_copy(c->arena, s, &ok);
	if (!ok)
		*rc = no_memory(v);
	return copy;
}

static span keep_plain(struct vcard *v, struct card *c, span s, int *rc)
{
	struct buf b = { 0 };
	unescape(&b, s);
	span copy = b.failed ? SPAN_NONE : keep(v, c, buf_span(&b), rc);
	if (b.failed)
		*rc = no_memory(v);
	buf_free(&b);
	return copy;
}

/* N is family; given; additional; prefix; suffix: told as people say it. */
static span compose(struct vcard *v, struct card *c, span n, int *rc)
{
	static const size_t order[] = { 1, 2, 0 };
	span part[3] = { SPAN_NONE, SPAN_NONE, SPAN_NONE };
	struct buf b = { 0 };
	for (size_t i = 0; i < 3 && next_part(&n, &part[i]); i++)
		;
	for (size_t i = 0; i < 3; i++) {
		span s = part[order[i]];
		if (!s.n)
			continue;
		if (b.n)
			buf_byte(&b, ' ');
		unescape(&b, s);
	}
	span copy = b.failed ? SPAN_NONE : keep(v, c, buf_span(&b), rc);
	if (b.failed)
		*rc = no_memory(v);
	buf_free(&b);
	return copy;
}

/* Room for one item more. */
static bool grow(struct arena *a, struct item **items, size_t n, size_t *cap)
{
	if (n < *cap)
		return true;
	size_t more = *cap ? *cap * 2 : 8;
	struct item *wide = arena_alloc(a, more * sizeof *wide);
	if (!wide)
		return false;
	if (n)
		memcpy(wide, *items, n * sizeof *wide);
	*items = wide;
	*cap = more;
	return true;
}

static int add_id(struct vcard *v, struct card *c, const struct property *p, span value, span label)
{
	struct buf types = { 0 };
	int rc = 0;
	if (c->ids == IDS_MAX)
		return warn(v, WARN_LIMIT, c->row,
			    "more identifiers than linecheck reads of one card");
	if (!label.p)
		label_of(&types, p->params);
	struct item item = {
		.value = keep_plain(v, c, value, &rc),
		.label = keep(v, c, label.p ? label : buf_span(&types), &rc),
		.group = keep(v, c, p->group, &rc),
	};
	if (types.failed)
		rc = no_memory(v);
	buf_free(&types);
	if (rc || !item.value.p)
		return rc;
	if (!grow(c->arena, &c->id, c->ids, &c->id_room))
		return no_memory(v);
	c->id[c->ids++] = item;
	return 0;
}

/* "_$!<Mobile>!$_" is how Apple writes the labels that it translates. */
static span bare_label(span s)
{
	if (s.n > 8 && memcmp(s.p, "_$!<", 4) == 0 && memcmp(s.p + s.n - 4, ">!$_", 4) == 0)
		return span_sub(s, 4, s.n - 4);
	return s;
}

/* vnd.android.cursor.item/nickname;Ace;1;;;... */
static int android_custom(struct vcard *v, struct card *c, span value)
{
	span type, part;
	int rc = 0;
	if (!next_part(&value, &type) || !next_part(&value, &part))
		return 0;
	if (span_eq_nocase(type, SPAN("vnd.android.cursor.item/nickname")) && !c->nickname.p)
		c->nickname = keep_plain(v, c, part, &rc);
	return rc;
}

/* ---- properties ---- */

enum kept {
	NOT_KEPT,
	K_BEGIN,
	K_END,
	K_VERSION,
	K_AGENT,
	K_FN,
	K_N,
	K_NICKNAME,
	K_ORG,
	K_ID,
	K_CHAT, /* an identifier labelled by its property's name */
	K_LABEL,
	K_ANDROID
};

static enum kept kept_of(span name)
{
	static const struct {
		span name;
		enum kept kept;
	} table[] = {
		{ SPAN_INIT("BEGIN"), K_BEGIN },
		{ SPAN_INIT("END"), K_END },
		{ SPAN_INIT("VERSION"), K_VERSION },
		{ SPAN_INIT("AGENT"), K_AGENT },
		{ SPAN_INIT("FN"), K_FN },
		{ SPAN_INIT("N"), K_N },
		{ SPAN_INIT("NICKNAME"), K_NICKNAME },
		{ SPAN_INIT("ORG"), K_ORG },
		{ SPAN_INIT("TEL"), K_ID },
		{ SPAN_INIT("EMAIL"), K_ID },
		{ SPAN_INIT("IMPP"), K_ID },
		{ SPAN_INIT("X-SIP"), K_ID },
		{ SPAN_INIT("X-SOCIALPROFILE"), K_ID },
		{ SPAN_INIT("X-ABLABEL"), K_LABEL },
		{ SPAN_INIT("X-ANDROID-CUSTOM"), K_ANDROID },
		{ SPAN_INIT("X-AIM"), K_CHAT },
		{ SPAN_INIT("X-GADUGADU"), K_CHAT },
		{ SPAN_INIT("X-GOOGLE-TALK"), K_CHAT },
		{ SPAN_INIT("X-GTALK"), K_CHAT },
		{ SPAN_INIT("X-ICQ"), K_CHAT },
		{ SPAN_INIT("X-JABBER"), K_CHAT },
		{ SPAN_INIT("X-MSN"), K_CHAT },
		{ SPAN_INIT("X-QQ"), K_CHAT },
		{ SPAN_INIT("X-SKYPE"), K_CHAT },
		{ SPAN_INIT("X-SKYPE-USERNAME"), K_CHAT },
		{ SPAN_INIT("X-SNAPCHAT"), K_CHAT },
		{ SPAN_INIT("X-TELEGRAM"), K_CHAT },
		{ SPAN_INIT("X-TWITTER"), K_CHAT },
		{ SPAN_INIT("X-WHATSAPP"), K_CHAT },
		{ SPAN_INIT("X-YAHOO"), K_CHAT },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (span_eq_nocase(name, table[i].name))
			return table[i].kept;
	return NOT_KEPT;
}

/* In the arena that it also keeps its texts in. */
static struct card *card_new(struct arena **a, int64_t row)
{
	if (*a)
		arena_reset(*a);
	else
		*a = arena_new();
	struct card *c = *a ? arena_alloc(*a, sizeof *c) : NULL;
	if (c) {
		c->arena = *a;
		c->row = row;
	}
	return c;
}

static span label_for(const struct card *c, const struct item *id)
{
	for (size_t i = 0; id->group.n && i < c->labels; i++)
		if (span_eq_nocase(c->label[i].group, id->group))
			return c->label[i].value;
	return id->label;
}

/* The names that are not the display name: a line's brand may stand in any of them. */
static void other_names(struct buf *out, const struct card *c, span name)
{
	const span names[] = { c->composed, c->nickname, c->organisation };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		/* A composed name beside a formatted one says the same in another order. */
		if (!names[i].n || span_eq(names[i], name) || (i == 0 && c->formatted.n))
			continue;
		if (out->n)
			buf_byte(out, '\n');
		buf_add(out, names[i]);
	}
}

static int card_deliver(struct vcard *v, struct card *c)
{
	const span names[] = { c->formatted, c->composed, c->nickname, c->organisation };
	struct record r = {
		.kind = REC_CONTACT,
		.table = "VCARD",
		.row = c->row,
		.time = TIME_UNSET,
		.duration = -1,
	};
	for (size_t i = 0; i < sizeof names / sizeof *names && !r.name.p; i++)
		if (names[i].n)
			r.name = names[i];
	struct contact_id *ids = arena_alloc(c->arena, (c->ids + 1) * sizeof *ids);
	if (!ids)
		return no_memory(v);
	for (size_t i = 0; i < c->ids; i++)
		ids[i] = (struct contact_id){ c->id[i].value, label_for(c, &c->id[i]) };
	r.ids = ids;
	r.ids_n = c->ids;
	struct buf others = { 0 };
	other_names(&others, c, r.name);
	if (others.n)
		r.text = buf_span(&others);
	int rc = others.failed ? no_memory(v) : v->sink->record(v->sink->user, &r);
	buf_free(&others);
	return rc;
}

static int card_end(struct vcard *v)
{
	if (v->deeper) {
		v->deeper--;
		return 0;
	}
	if (!v->depth)
		return warn(v, WARN_NOTE, v->cards, "an END that ends no card");
	return card_deliver(v, v->card[--v->depth]);
}

static int card_begin(struct vcard *v)
{
	int rc = 0;
	/* Only AGENT puts a card within a card: otherwise the one before was never ended. */
	if (v->depth && !v->agent) {
		v->deeper = 0;
		rc = warn(v, WARN_NOTE, v->card[v->depth - 1]->row, "the card has no END");
		while (rc >= 0 && v->depth)
			rc = card_end(v);
	}
	v->agent = false;
	if (rc < 0)
		return rc;
	v->cards++;
	if (v->deeper || v->depth == DEPTH_MAX) {
		v->deeper++;
		return warn(v, WARN_ROW_LOST, v->cards,
			    "a card within more cards than linecheck reads");
	}
	struct card *c = card_new(&v->arena[v->depth], v->cards);
	if (!c)
		return no_memory(v);
	v->card[v->depth++] = c;
	return 0;
}

/* Within a card; value is decoded but not unescaped. */
static int take(struct vcard *v, struct card *c, enum kept kept, const struct property *p,
		span value)
{
	int rc = 0;
	span part = value, rest = value;
	switch (kept) {
	case K_VERSION:
		value = trim(value);
		c->version = value.n && *value.p >= '2' && *value.p <= '4' ? *value.p - '0' : 0;
		break;
	case K_FN:
		if (!c->formatted.p)
			c->formatted = keep_plain(v, c, value, &rc);
		break;
	case K_N:
		if (!c->composed.p)
			c->composed = compose(v, c, value, &rc);
		break;
	case K_NICKNAME:
		if (!c->nickname.p)
			c->nickname = keep_plain(v, c, value, &rc);
		break;
	case K_ORG: /* organisation; unit; unit */
		if (!c->organisation.p && next_part(&rest, &part))
			c->organisation = keep_plain(v, c, part, &rc);
		break;
	case K_ID:
		return add_id(v, c, p, value, SPAN_NONE);
	case K_CHAT:
		return add_id(v, c, p, value, span_from(p->name, 2));
	case K_LABEL:
		if (c->labels < IDS_MAX && p->group.n) {
			struct item label = {
				.value = keep_plain(v, c, bare_label(trim(value)), &rc),
				.group = keep(v, c, p->group, &rc),
			};
			if (!grow(c->arena, &c->label, c->labels, &c->label_room))
				return no_memory(v);
			c->label[c->labels++] = label;
		}
		break;
	case K_ANDROID:
		return android_custom(v, c, value);
	default:
		break;
	}
	return rc;
}

/* A line without a colon. After base64 or quoted-printable it is what was not folded. */
static int loose_line(struct vcard *v)
{
	span line = trim(buf_span(&v->head));
	if (!line.n || v->encoding != PLAIN || v->loose_told)
		return 0;
	v->loose_told = true;
	return warn(v, WARN_NOTE, v->cards,
		    "a line that is no property; further ones are not told");
}

static int end_value(struct vcard *v)
{
	struct property p = property_of(buf_span(&v->head));
	enum kept kept = kept_of(p.name);
	struct card *c = top(v);
	if (v->too_long)
		return c ? warn(v, WARN_LIMIT, c->row,
				"a value longer than linecheck reads was left out")
			 : 0;
	span value = trim(buf_span(&v->value));
	if (v->value.failed)
		return no_memory(v);
	bool vcard = span_eq_nocase(value, SPAN("VCARD"));
	if (kept == K_BEGIN)
		return vcard ? card_begin(v) : 0;
	if (kept == K_END)
		return vcard ? card_end(v) : 0;
	bool agent = kept == K_AGENT && value.n == 0;
	v->agent = agent;
	if (!c)
		return 0;
	if (kept == K_AGENT)
		return agent ? 0
			     : warn(v, WARN_FIELD_UNKNOWN, c->row,
				    "a card within a value (AGENT) was not read");
	int rc = decode(v, &value);
	return rc <= 0 ? rc : take(v, c, kept, &p, value);
}

/* A line that stands in no card. BEGIN and END are told by themselves. */
static void count_outside(struct vcard *v)
{
	struct property p = property_of(buf_span(&v->head));
	enum kept kept = v->state == IN_HEAD ? NOT_KEPT : kept_of(p.name);
	if (kept != K_BEGIN && kept != K_END)
		v->outside += v->solid;
}

static int end_line(struct vcard *v)
{
	int rc = 0;
	if (v->head.failed)
		return no_memory(v);
	if (!v->depth && !v->deeper)
		count_outside(v);
	if (v->state == IN_HEAD)
		rc = loose_line(v);
	else if (v->state == IN_VALUE)
		rc = end_value(v);
	v->state = IN_HEAD;
	v->quoted = v->soft = v->too_long = false;
	v->last = 0;
	v->solid = 0;
	buf_clear(&v->head);
	buf_clear(&v->value);
	return rc < 0 ? rc : 0;
}

/* ---- bytes ---- */

/* The colon was read. */
static void begin_value(struct vcard *v)
{
	struct property p = property_of(buf_span(&v->head));
	enum kept kept = kept_of(p.name);
	read_params(v, p.params);
	/* What nests is followed also where it is no longer read. */
	bool card = kept == K_BEGIN || kept == K_END || (kept == K_AGENT && v->depth) || top(v);
	v->state = kept && card ? IN_VALUE : IN_SKIP;
}

static void take_byte(struct vcard *v, char c)
{
	v->last = c;
	v->solid += c != ' ' && c != '\t';
	switch (v->state) {
	case IN_HEAD:
		if (c == ':' && !v->quoted) {
			begin_value(v);
			v->last = 0;
		} else if (v->head.n == HEAD_MAX) {
			v->state = IN_SKIP;
		} else {
			v->quoted ^= c == '"';
			buf_byte(&v->head, c);
		}
		break;
	case IN_VALUE:
		if (v->value.n == VALUE_MAX)
			v->too_long = true;
		else
			buf_byte(&v->value, c);
		break;
	case IN_SKIP:
		break;
	}
}

/* Does the line that ended go on with the one that c begins? */
static bool goes_on(struct vcard *v, char c)
{
	struct card *card = top(v);
	if (v->state != IN_HEAD && v->soft && v->last == '=') {
		if (v->state == IN_VALUE && v->value.n && !v->too_long)
			v->value.data[--v->value.n] = 0;
		v->last = 0;
		take_byte(v, c);
		return true;
	}
	if ((c != ' ' && c != '\t') || (v->state == IN_HEAD && !v->head.n))
		return false;
	/* 2.1 folds where a blank is, and keeps it. */
	if (card && card->version == 2 && v->encoding != BASE64)
		take_byte(v, c);
	return true;
}

/* Bytes from the beginning of s that a skipped line takes: pictures are most of a file. */
static size_t skip(struct vcard *v, span s)
{
	const char *lf = memchr(s.p, '\n', s.n);
	size_t n = lf ? (size_t)(lf - s.p) : s.n;
	const char *cr = memchr(s.p, '\r', n);
	n = cr ? (size_t)(cr - s.p) : n;
	v->solid += n;
	if (n)
		v->last = s.p[n - 1];
	return n;
}

static int feed(struct vcard *v, span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (v->state == IN_SKIP && !v->eol && !v->cr) {
			i += skip(v, span_from(s, i));
			if (i == s.n)
				break;
		}
		char c = s.p[i];
		bool lf_of_crlf = v->cr && c == '\n';
		v->cr = c == '\r';
		if (lf_of_crlf)
			continue;
		bool newline = c == '\n' || c == '\r';
		if (v->eol) {
			v->eol = false;
			if (!newline && goes_on(v, c))
				continue;
			int rc = end_line(v);
			if (rc)
				return rc;
		}
		if (newline)
			v->eol = true;
		else
			take_byte(v, c);
	}
	return 0;
}

/* A card that the end of the file cut off is still a contact. */
static int end_of_file(struct vcard *v)
{
	int rc = end_line(v);
	if (rc >= 0 && v->outside) {
		char detail[100];
		snprintf(detail, sizeof detail,
			 "%llu bytes stand outside of BEGIN:VCARD and END:VCARD, and were not read",
			 (unsigned long long)v->outside);
		rc = warn(v, WARN_ROW_LOST, 0, detail);
	}
	while (rc >= 0 && (v->depth || v->deeper)) {
		if (!v->deeper)
			rc = warn(v, WARN_LIMIT, v->card[v->depth - 1]->row,
				  "the file ends within this card");
		if (rc >= 0)
			rc = card_end(v);
	}
	return rc < 0 ? rc : 0;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct vcard v = { .sink = sink, .err = err };
	struct textin *text = textin_new(in);
	span piece;
	int rc = text ? 0 : no_memory(&v);
	while (rc == 0 && (rc = textin_next(text, &piece, err)) > 0)
		rc = feed(&v, piece);
	if (rc == 0)
		rc = end_of_file(&v);
	for (size_t i = 0; i < DEPTH_MAX; i++)
		arena_free(v.arena[i]);
	buf_free(&v.head);
	buf_free(&v.value);
	buf_free(&v.plain);
	buf_free(&v.utf8);
	textin_free(text);
	return rc;
}

static bool sniff(span head, span path)
{
	(void)path;
	char text[64];
	span s = { text, textin_peek(head, text, sizeof text) };
	while (s.n && (*s.p == ' ' || *s.p == '\t' || *s.p == '\r' || *s.p == '\n'))
		s = span_from(s, 1);
	return s.n >= 11 && span_eq_nocase(span_sub(s, 0, 11), SPAN("BEGIN:VCARD"));
}

const struct parser parser_vcard = {
	.name = "vcard",
	.app = "Contacts (vCard file)",
	.platform = PLATFORM_ANY,
	.kinds = KIND_BIT(REC_CONTACT),
	.files = { "*.vcf", "*.vcard" },
	.tested = "vCard 2.1, 3.0, 4.0",
	.sniff = sniff,
	.run = run,
};
