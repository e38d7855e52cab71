/* linepack.c - see linepack.h: reading, and what an identifier becomes. */
#include "linepack.h"
#include "base/utf8.h"
#include "hex.h"
#include "linepack_bytes.h"
#include <openssl/sha.h>
#include <sodium.h>
#include <stdlib.h>

#define MULTIPLY UINT64_C(0x9e3779b97f4a7c15)
#define INVERSE UINT64_C(0xf1de83e19937733d)

struct linepack {
	const unsigned char *entry, *line, *text, *gone;
	uint32_t entries, lines, texts, gone_n[3];
	bool keyed, delta;
	uint32_t *line_at, *text_at; /* offsets */
	/* Top bits of a tag -> first entry, and one byte of each tag: both stay in the cache, so
	 * that a number that is on no list is told without a look at the entries, and one that is
	 * with one look. */
	uint32_t *bucket;
	unsigned char *print;
	unsigned bits;
};

static int bad(struct err *err, const char *what)
{
	return err_set(err, E_FORMAT, "The list of lines is damaged: %s.", what);
}

/* ---- checking ---- */

static bool good_text(const unsigned char *p, size_t n)
{
	return utf8_valid((span){ (const char *)p, n }) && !memchr(p, 0, n);
}

static const char *check_lines(struct linepack *p, size_t bytes)
{
	uint32_t before = 0;
	size_t at = 0;
	for (uint32_t i = 0; i < p->lines; i++) {
		p->line_at[i] = (uint32_t)at;
		if (bytes - at < 24)
			return "a line is cut short";
		uint32_t id = get32(p->line + at);
		if (id <= before || p->line[at + 20] > 1)
			return "its lines are not in order";
		before = id;
		at += 21;
		for (int k = 0; k < 3; k++) {
			size_t n = at < bytes ? p->line[at] : 256;
			if (n > bytes - at - 1 || at >= bytes)
				return "a text of a line is cut short";
			if (!good_text(p->line + at + 1, n))
				return "a text of a line is not UTF-8";
			at += 1 + n;
		}
	}
	return at == bytes ? NULL : "there is more than its lines";
}

static const char *check_texts(struct linepack *p, size_t bytes)
{
	uint32_t before = 0;
	size_t at = 0;
	for (uint32_t i = 0; i < p->texts; i++) {
		p->text_at[i] = (uint32_t)at;
		if (bytes - at < 6)
			return "a text is cut short";
		uint32_t id = get32(p->text + at);
		size_t n = get16(p->text + at + 4);
		if (id <= before || n > bytes - at - 6 || !good_text(p->text + at + 6, n))
			return "its texts are not in order";
		before = id;
		at += 6 + n;
	}
	return at == bytes ? NULL : "there is more than its texts";
}

static const char *check_entry(const unsigned char *e)
{
	unsigned from = get16(e + 24), until = get16(e + 26), grade = e[28], status = e[29];
	if (from && until && from >= until)
		return "dates are the wrong way round";
	if ((grade >> 2 & 7) > 5 || grade >> 5 > 2 || !(grade & 3) != !(grade >> 2 & 7))
		return "a grade is none";
	if ((status & 3) > 2 || status > 6 || e[30] || e[31])
		return "a status is none";
	return NULL;
}

/* Which lines there are, a bit each for the low numbers, as nearly all have: a search for each of
 * ten million identifiers would take most of the time of a load. */
struct known_lines {
	unsigned char *bits; /* NULL when memory ran out: each is searched for */
	uint32_t n;
};

static struct known_lines know_lines(const struct linepack *p)
{
	uint64_t n = (uint64_t)p->lines * 16 + 1024;
	struct known_lines k = { .n = n < UINT32_MAX ? (uint32_t)n : UINT32_MAX };
	k.bits = calloc(k.n / 8 + 1, 1);
	for (uint32_t i = 0; k.bits && i < p->lines; i++) {
		uint32_t id = get32(p->line + p->line_at[i]);
		if (id < k.n)
			k.bits[id / 8] |= (unsigned char)(1 << id % 8);
	}
	return k;
}

static bool is_line(const struct linepack *p, const struct known_lines *k, uint32_t id)
{
	if (k->bits && id < k->n)
		return k->bits[id / 8] >> id % 8 & 1;
	return linepack_find_line(p, id) != LINEPACK_NONE;
}

static const char *check_each(const struct linepack *p, const struct known_lines *k)
{
	for (uint32_t i = 0; i < p->entries; i++) {
		const unsigned char *e = p->entry + (size_t)i * ENTRY;
		if (i && memcmp(e - ENTRY, e, 20) >= 0)
			return "its identifiers are not in order";
		const char *wrong = check_entry(e);
		if (wrong)
			return wrong;
		uint32_t line = get32(e + 20);
		if (!p->delta && !is_line(p, k, line))
			return "an identifier is of a line that is not there";
	}
	return NULL;
}

static const char *check_entries(const struct linepack *p)
{
	struct known_lines k = know_lines(p);
	const char *wrong = check_each(p, &k);
	free(k.bits);
	return wrong;
}

static const char *check_gone(const struct linepack *p)
{
	const unsigned char *g = p->gone;
	for (uint32_t i = 0; i < p->gone_n[0]; i++, g += 20)
		if (i && memcmp(g - 20, g, 20) >= 0)
			return "what is gone is not in order";
	for (int k = 1; k < 3; k++)
		for (uint32_t i = 0; i < p->gone_n[k]; i++, g += 4)
			if (i && memcmp(g - 4, g, 4) >= 0)
				return "what is gone is not in order";
	return NULL;
}

static uint64_t top64(const unsigned char *tag)
{
	return (uint64_t)get32(tag) << 32 | get32(tag + 4);
}

#define PRINT(tag) ((tag)[7])

/* A bucket for two to four entries. */
static bool index_entries(struct linepack *p)
{
	while (p->bits < 24 && (UINT32_C(4) << p->bits) < p->entries)
		p->bits++;
	size_t buckets = (size_t)1 << p->bits, b = 0;
	p->bucket = malloc((buckets + 1) * sizeof *p->bucket);
	p->print = malloc((size_t)p->entries + 8); /* it is read eight at a time */
	if (!p->bucket || !p->print)
		return false;
	for (uint32_t i = 0; i < p->entries; i++) {
		const unsigned char *e = p->entry + (size_t)i * ENTRY;
		size_t mine = p->bits ? (size_t)(top64(e) >> (64 - p->bits)) : 0;
		while (b <= mine)
			p->bucket[b++] = i;
		p->print[i] = PRINT(e);
	}
	while (b <= buckets)
		p->bucket[b++] = p->entries;
	memset(p->print + p->entries, 0, 8);
	return true;
}

int linepack_open(struct linepack **ret, span c, struct err *err)
{
	const unsigned char *b = (const unsigned char *)c.p;
	if (c.n < HEAD || memcmp(b, "LCLINES1", 8) != 0)
		return bad(err, "it does not begin as one");
	uint64_t flags = get32(b + 8), entries = get32(b + 12), lines = get32(b + 16);
	uint64_t line_bytes = get32(b + 20), texts = get32(b + 24), text_bytes = get32(b + 28);
	uint64_t gone[3] = { get32(b + 32), get32(b + 36), get32(b + 40) };
	uint64_t need = HEAD + entries * ENTRY + line_bytes + text_bytes + gone[0] * 20 +
			(gone[1] + gone[2]) * 4;
	if (flags > 3 || get32(b + 44) || need != c.n || lines * 24 > line_bytes ||
	    texts * 6 > text_bytes || entries >= UINT32_MAX - lines ||
	    (!(flags & 2) && (gone[0] || gone[1] || gone[2])))
		return bad(err, "its parts do not add up");
	struct linepack *p = calloc(1, sizeof *p);
	if (!p)
		return err_set(err, E_NOMEM, "Memory ran out.");
	*p = (struct linepack){ .entry = b + HEAD,
				.line = b + HEAD + entries * ENTRY,
				.entries = (uint32_t)entries,
				.lines = (uint32_t)lines,
				.texts = (uint32_t)texts,
				.keyed = flags & 1,
				.delta = flags & 2 };
	p->text = p->line + line_bytes;
	p->gone = p->text + text_bytes;
	for (int i = 0; i < 3; i++)
		p->gone_n[i] = (uint32_t)gone[i];
	p->line_at = malloc((lines + 1) * sizeof *p->line_at);
	p->text_at = malloc((texts + 1) * sizeof *p->text_at);
	const char *wrong = NULL;
	int rc = p->line_at && p->text_at ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc && !(wrong = check_lines(p, line_bytes)) && !(wrong = check_texts(p, text_bytes)) &&
	    !(wrong = check_entries(p)))
		wrong = check_gone(p);
	if (!rc && wrong)
		rc = bad(err, wrong);
	if (!rc && !index_entries(p))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (rc)
		linepack_free(p);
	else
		*ret = p;
	return rc;
}

void linepack_free(struct linepack *p)
{
	if (!p)
		return;
	free(p->line_at);
	free(p->text_at);
	free(p->bucket);
	free(p->print);
	free(p);
}

bool linepack_keyed(const struct linepack *p)
{
	return p->keyed;
}

bool linepack_delta(const struct linepack *p)
{
	return p->delta;
}

uint32_t linepack_entries(const struct linepack *p)
{
	return p->entries;
}

uint32_t linepack_lines(const struct linepack *p)
{
	return p->lines;
}

void linepack_entry(const struct linepack *p, uint32_t i, struct linepack_entry *ret)
{
	const unsigned char *e = p->entry + (size_t)i * ENTRY;
	*ret = (struct linepack_entry){
		.assertion = get32(e + 16),
		.line = get32(e + 20),
		.from = (uint16_t)get16(e + 24),
		.until = (uint16_t)get16(e + 26),
		.status = (enum linepack_status)(e[29] & 3),
		.lapsed = e[29] & 4,
	};
	memcpy(ret->tag, e, LINEPACK_TAG);
	if (e[28] & 3) {
		ret->source = (char)('0' + (e[28] & 3));
		ret->assessment = (char)('A' - 1 + (e[28] >> 2 & 7));
	}
	ret->handling = "\0PC"[e[28] >> 5];
}

void linepack_line(const struct linepack *p, uint32_t i, struct linepack_line *ret)
{
	const unsigned char *l = p->line + p->line_at[i];
	span *texts[] = { &ret->names, &ret->unit, &ret->contact };
	ret->id = get32(l);
	memcpy(ret->uuid, l + 4, 16);
	ret->warning = l[20];
	l += 21;
	for (int k = 0; k < 3; k++) {
		*texts[k] = (span){ (const char *)l + 1, *l };
		l += 1 + *l;
	}
}

uint32_t linepack_find_line(const struct linepack *p, uint32_t id)
{
	uint32_t low = 0, high = p->lines;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (get32(p->line + p->line_at[middle]) < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->lines && get32(p->line + p->line_at[low]) == id ? low : LINEPACK_NONE;
}

/* Bytes of eight that are 0, as their high bits; those above the lowest may be wrong. */
static uint64_t zeros_of(uint64_t eight)
{
	return (eight - UINT64_C(0x0101010101010101)) & ~eight & UINT64_C(0x8080808080808080);
}

uint32_t linepack_find(const struct linepack *p, const unsigned char tag[static LINEPACK_TAG])
{
	size_t b = p->bits ? (size_t)(top64(tag) >> (64 - p->bits)) : 0;
	uint32_t end = p->bucket[b + 1];
	uint64_t wanted = PRINT(tag) * UINT64_C(0x0101010101010101);
	for (uint32_t i = p->bucket[b]; i < end; i += 8) {
		uint64_t eight = 0;
		for (int k = 7; k >= 0; k--) /* one load where the machine is little-endian */
			eight = eight << 8 | p->print[i + (uint32_t)k];
		for (uint64_t at = zeros_of(eight ^ wanted); at; at &= at - 1) {
			uint32_t found = i + (uint32_t)__builtin_ctzll(at) / 8;
			if (found < end &&
			    memcmp(p->entry + (size_t)found * ENTRY, tag, LINEPACK_TAG) == 0)
				return found;
		}
	}
	return LINEPACK_NONE;
}

bool linepack_same_tag(const struct linepack *p, uint32_t i, uint32_t k)
{
	return k < p->entries && memcmp(p->entry + (size_t)i * ENTRY, p->entry + (size_t)k * ENTRY,
					LINEPACK_TAG) == 0;
}

span linepack_text(const struct linepack *p, uint32_t assertion)
{
	uint32_t low = 0, high = p->texts;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (get32(p->text + p->text_at[middle]) < assertion)
			low = middle + 1;
		else
			high = middle;
	}
	const unsigned char *t = low < p->texts ? p->text + p->text_at[low] : NULL;
	return t && get32(t) == assertion ? (span){ (const char *)t + 6, get16(t + 4) } : SPAN_NONE;
}

const unsigned char *linepack_raw(const struct linepack *p, enum linepack_part part, uint32_t i,
				  size_t *ret_n)
{
	const unsigned char *t;
	switch (part) {
	case PART_ENTRY:
		*ret_n = ENTRY;
		return i < p->entries ? p->entry + (size_t)i * ENTRY : NULL;
	case PART_LINE:
		if (i >= p->lines)
			return NULL;
		*ret_n = (i + 1 < p->lines ? p->line_at[i + 1] : (size_t)(p->text - p->line)) -
			 p->line_at[i];
		return p->line + p->line_at[i];
	case PART_TEXT:
		if (i >= p->texts)
			return NULL;
		t = p->text + p->text_at[i];
		*ret_n = 6 + get16(t + 4);
		return t;
	default:
		break;
	}
	unsigned which = (unsigned)part - PART_GONE_ENTRY;
	size_t skip = which > 0 ? (size_t)p->gone_n[0] * 20 : 0;
	skip += which > 1 ? (size_t)p->gone_n[1] * 4 : 0;
	*ret_n = which ? 4 : 20;
	return i < p->gone_n[which] ? p->gone + skip + *ret_n * i : NULL;
}

/* ---- tags ---- */

struct linepack_tagger {
	bool keyed;
	crypto_auth_hmacsha256_state state;
};

struct linepack_tagger *linepack_tagger_new(const unsigned char *key)
{
	struct linepack_tagger *t = sodium_malloc(sizeof *t);
	if (!t)
		return NULL;
	t->keyed = key != NULL;
	if (key)
		crypto_auth_hmacsha256_init(&t->state, key, LINEPACK_KEY);
	return t;
}

void linepack_tagger_free(struct linepack_tagger *t)
{
	sodium_free(t);
}

void linepack_tag_text(const struct linepack_tagger *t, span key,
		       unsigned char ret[static LINEPACK_TAG])
{
	unsigned char digest[32];
	if (t->keyed) {
		crypto_auth_hmacsha256_state s = t->state;
		crypto_auth_hmacsha256_update(&s, (const unsigned char *)key.p, key.n);
		crypto_auth_hmacsha256_final(&s, digest);
	} else
		SHA256((const unsigned char *)key.p, key.n, digest);
	memcpy(ret, digest, LINEPACK_TAG);
}

void linepack_tag_number(const struct linepack_tagger *t, uint64_t e164,
			 unsigned char ret[static LINEPACK_TAG])
{
	if (t->keyed) {
		char text[24];
		size_t at = sizeof text;
		for (uint64_t n = e164; n; n /= 10)
			text[--at] = (char)('0' + n % 10);
		text[--at] = '+';
		linepack_tag_text(t, (span){ text + at, sizeof text - at }, ret);
		return;
	}
	/* Spreads what is close together, so that one list cannot crowd one bucket by chance. */
	uint64_t x = e164 * MULTIPLY;
	x ^= x >> 32;
	x *= MULTIPLY;
	put32(ret, (uint32_t)(x >> 32));
	put32(ret + 4, (uint32_t)x);
	memset(ret + 8, 0, 8);
}

uint64_t linepack_untag(const unsigned char tag[static LINEPACK_TAG])
{
	static const unsigned char none[8];
	if (memcmp(tag + 8, none, 8) != 0)
		return 0;
	uint64_t x = ((uint64_t)get32(tag) << 32 | get32(tag + 4)) * INVERSE;
	x ^= x >> 32;
	return x * INVERSE;
}

void linepack_key_id(const unsigned char key[static LINEPACK_KEY], char ret[static 17])
{
	unsigned char digest[32];
	crypto_auth_hmacsha256_state s;
	crypto_auth_hmacsha256_init(&s, key, LINEPACK_KEY);
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)"linecheck-lines-key", 19);
	crypto_auth_hmacsha256_final(&s, digest);
	hex_write(ret, digest, 8);
}
