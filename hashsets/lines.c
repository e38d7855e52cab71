/*
 * lines.c - see lines.h.
 *
 * Assertions lie in one array in the order of the file. Those about one identifier form a ring:
 * the maps name its last member, whose next is the first, so that adding keeps the order without a
 * second index.
 */
#include "lines.h"
#include "base/arena.h"
#include "given_file.h"
#include "hex.h"
#include "linepack.h"
#include "lines_csv.h"
#include "name.h"
#include "numset.h"
#include "textmap.h"
#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ASSERTIONS_MAX ((uint32_t)2000000)
#define FILE_MAX ((uint64_t)512 * 1024 * 1024)
#define PIECE ((size_t)64 * 1024)
#define RING_FRONT 8
#define ROW_BYTES 48 /* of a usual row: how many numbers to expect in a file */

struct brand {
	const char *name;
	uint32_t first; /* assertion */
};

struct lines {
	struct assertion *all;
	uint32_t *next; /* the ring */
	uint32_t n, cap;
	struct numset *numbers;  /* E.164 -> last of its ring */
	struct textmap *handles; /* key -> last of its ring */
	struct brand *brand;
	uint32_t brands, brands_cap;
	struct textmap *spelling; /* spelling or folded spelling of a brand -> brand */
	struct textmap *names;    /* words of a brand without "line" -> brand */
	struct arena *text;
	uint32_t skipped;
	char sha256[65];
	char *ignored;
	struct packed *packed; /* NULL: a CSV file */
};

/* A list that is a pack: nothing but the bytes and where what is in them. */
struct packed {
	char *bytes;
	struct linepack *p;
	struct linepack_tagger *tag;
	struct linepack_about about;
	struct assertion shown; /* what lines_at gave last, and its texts */
	char line[256], raw[24], uuid[37], unit[256], contact[256], conditions[65536];
};

struct loader {
	struct lines *l;
	struct numset *seen; /* fact_key() of those far back in long rings -> assertion */
	uint64_t salt;
	struct buf words;
	bool skip_bad;
	lines_bad_fn *bad;
	void *user;
	const char *name;
	uint32_t bad_rows, first_bad;
	char first_why[ROW_WHY_MAX];
	struct row_value value; /* of the row at hand */
};

void lines_free(struct lines *l)
{
	if (!l)
		return;
	if (l->packed) {
		linepack_free(l->packed->p);
		linepack_tagger_free(l->packed->tag);
		free(l->packed->bytes);
		free(l->packed);
	}
	free(l->all);
	free(l->next);
	free(l->brand);
	free(l->ignored);
	numset_free(l->numbers);
	textmap_free(l->handles);
	textmap_free(l->spelling);
	textmap_free(l->names);
	arena_free(l->text);
	free(l);
}

static struct lines *lines_new(uint64_t bytes)
{
	struct lines *l = calloc(1, sizeof *l);
	if (!l)
		return NULL;
	l->numbers = numset_new((size_t)(bytes / ROW_BYTES));
	l->handles = textmap_new();
	l->spelling = textmap_new();
	l->names = textmap_new();
	l->text = arena_new();
	if (!l->numbers || !l->handles || !l->spelling || !l->names || !l->text) {
		lines_free(l);
		return NULL;
	}
	return l;
}

static int no_memory(const struct loader *ld, struct err *err)
{
	return err_set(err, E_NOMEM, "memory ran out while reading %s", ld->name);
}

static int bad_row(void *user, uint32_t row, const char *why, struct err *err)
{
	(void)err;
	struct loader *ld = user;
	if (!ld->bad_rows++) {
		ld->first_bad = row;
		snprintf(ld->first_why, sizeof ld->first_why, "%s", why);
	}
	if (ld->bad)
		ld->bad(ld->user, row, why);
	return 0;
}

/* "deano line 2" is about the line of "deano line". */
static span without_number(span words)
{
	span s = words;
	while (s.n && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9')
		s.n--;
	if (s.n == words.n || s.n < 2 || s.p[s.n - 1] != ' ')
		return words;
	s.n--;
	return s;
}

/* The words of a brand or contact without "line" at either end; ret_beside says there was one. */
static span without_line(span words, bool *ret_beside)
{
	*ret_beside = false;
	if (words.n >= 5 && memcmp(words.p, "line ", 5) == 0) {
		*ret_beside = true;
		return span_from(words, 5);
	}
	span s = without_number(words);
	if (s.n >= 5 && memcmp(s.p + s.n - 5, " line", 5) == 0) {
		*ret_beside = true;
		s.n -= 5;
		return s;
	}
	return words;
}

static bool spell(struct loader *ld, span key, uint32_t brand)
{
	bool ok;
	span kept = arena_copy(ld->l->text, key, &ok);
	return ok && textmap_put(ld->l->spelling, kept, brand);
}

static int add_brand(struct loader *ld, span name, uint32_t *ret, struct err *err)
{
	struct lines *l = ld->l;
	if (l->brands == l->brands_cap) {
		uint32_t cap = l->brands_cap ? l->brands_cap * 2 : 64;
		struct brand *b = realloc(l->brand, cap * sizeof *b);
		if (!b)
			return no_memory(ld, err);
		l->brand = b;
		l->brands_cap = cap;
	}
	bool ok, beside;
	span kept = arena_copy(l->text, name, &ok);
	if (!ok)
		return no_memory(ld, err);
	uint32_t other;
	span core = without_line(buf_span(&ld->words), &beside);
	if (core.n && !span_eq(core, SPAN("line")) && !textmap_get(l->names, core, &other)) {
		core = arena_copy(l->text, core, &ok);
		if (!ok || !textmap_put(l->names, core, l->brands))
			return no_memory(ld, err);
	}
	l->brand[l->brands] = (struct brand){ kept.p, l->n };
	*ret = l->brands++;
	return 0;
}

/* Which line a name is: by its spelling, else by its words, else a new one. A name without a
 * letter or digit (an emoji) has no words and is its spelling alone. */
static int brand_of(struct loader *ld, span name, uint32_t *ret, struct err *err)
{
	if (textmap_get(ld->l->spelling, name, ret))
		return 0;
	if (!name_words(name, &ld->words))
		return no_memory(ld, err);
	span words = buf_span(&ld->words);
	bool known = words.n && textmap_get(ld->l->spelling, words, ret);
	if (!known) {
		int rc = add_brand(ld, name, ret, err);
		if (rc)
			return rc;
		if (words.n && !spell(ld, words, *ret))
			return no_memory(ld, err);
	}
	return spell(ld, name, *ret) ? 0 : no_memory(ld, err);
}

static bool ring_last(const struct lines *l, const struct row_value *v, uint32_t *ret)
{
	return v->a.id.e164 ? numset_get(l->numbers, v->a.id.e164, ret)
			    : textmap_get(l->handles, (span){ v->key.bytes, v->key.n }, ret);
}

static bool same_fact(const struct assertion *a, const struct assertion *b)
{
	return a->line == b->line && a->from == b->from && a->until == b->until &&
	       a->id.e164 == b->id.e164 && strcmp(a->key, b->key) == 0;
}

/* A key for "this identifier of this line in this window". Two facts may share one by chance:
 * the caller compares. Never 0. */
static uint64_t fact_key(const struct loader *ld, const struct assertion *a, uint32_t ring)
{
	const uint64_t part[] = { ring, (uint64_t)(uintptr_t)a->line, (uint64_t)a->from,
				  (uint64_t)a->until };
	uint64_t h = ld->salt;
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		h = (h ^ part[i]) * 0x9fb21c651e98df25u;
		h ^= h >> 28;
	}
	return h | 1;
}

/* The assertion that says the same as a, in the ring that begins with first. Most identifiers have
 * one or two assertions: those at the front are walked, those behind them are found by their key.
 * ret_key gets the key to store a under, 0 if a would stand in front. */
static uint32_t twin_of(const struct loader *ld, const struct assertion *a, uint32_t first,
			uint64_t *ret_key)
{
	const struct lines *l = ld->l;
	uint32_t i = first;
	*ret_key = 0;
	for (int walked = 1;; walked++) {
		if (same_fact(&l->all[i], a))
			return i;
		if (walked == RING_FRONT)
			break;
		if (l->next[i] <= i)
			return LINES_NONE;
		i = l->next[i];
	}
	*ret_key = fact_key(ld, a, first);
	while (numset_get(ld->seen, *ret_key, &i)) {
		if (same_fact(&l->all[i], a))
			return i;
		*ret_key += 2; /* another fact has this key: try the next odd one */
	}
	return LINES_NONE;
}

static bool room(struct lines *l)
{
	if (l->n < l->cap)
		return true;
	uint32_t cap = l->cap ? l->cap * 2 : 256;
	struct assertion *all = realloc(l->all, cap * sizeof *all);
	if (!all)
		return false;
	l->all = all;
	uint32_t *next = realloc(l->next, cap * sizeof *next);
	if (!next)
		return false;
	l->next = next;
	l->cap = cap;
	return true;
}

/* Links assertion i behind the others about its identifier. */
static bool link_ring(struct lines *l, uint32_t i, const struct row_value *v, bool others,
		      uint32_t last)
{
	l->next[i] = others ? l->next[last] : i;
	if (others)
		l->next[last] = i;
	if (v->a.id.e164)
		return numset_put(l->numbers, v->a.id.e164, i);
	/* The key that the map holds must be one that lives as long as the map. */
	return textmap_put(l->handles, (span){ l->all[i].key - 1, v->key.n }, i);
}

static int store(struct loader *ld, uint32_t row, struct err *err)
{
	struct lines *l = ld->l;
	struct row_value *v = &ld->value;
	struct assertion a = v->a;
	uint32_t brand, last = 0, twin = LINES_NONE;
	uint64_t fact = 0;
	int rc = brand_of(ld, span_z(v->line), &brand, err);
	if (rc)
		return rc;
	a.line = l->brand[brand].name;
	a.row = row;
	a.key = v->key.n ? v->key.bytes + 1 : "";
	v->key.bytes[v->key.n] = 0;
	bool others = ring_last(l, v, &last);
	if (others)
		twin = twin_of(ld, &a, l->next[last], &fact);
	if (twin != LINES_NONE) {
		char why[ROW_WHY_MAX];
		snprintf(why, sizeof why,
			 "it says the same as row %u (same line, identifier and dates): delete one "
			 "of the two",
			 (unsigned)l->all[twin].row);
		return bad_row(ld, row, why, err);
	}
	if (l->n == ASSERTIONS_MAX)
		return err_set(err, E_LIMIT, "%s: more than %u identifiers: split the file",
			       ld->name, (unsigned)ASSERTIONS_MAX);
	bool ok = room(l), ok_raw, ok_key = true;
	span raw = arena_copy(l->text, span_z(v->raw), &ok_raw);
	if (v->key.n) {
		span key = arena_copy(l->text, (span){ v->key.bytes, v->key.n }, &ok_key);
		a.key = ok_key ? key.p + 1 : "";
	}
	if (!ok || !ok_raw || !ok_key)
		return no_memory(ld, err);
	a.raw = raw.p;
	l->all[l->n] = a;
	if ((fact && !numset_put(ld->seen, fact, l->n)) || !link_ring(l, l->n, v, others, last))
		return no_memory(ld, err);
	l->n++;
	return 0;
}

static int good_row(void *user, uint32_t row, const span *field, struct err *err)
{
	struct loader *ld = user;
	char why[ROW_WHY_MAX];
	if (!lines_row_read(field, &ld->value, why))
		return bad_row(ld, row, why, err);
	return store(ld, row, err);
}

/* Where the bytes come from: a descriptor, or memory. */
struct bytes {
	int fd; /* -1: memory */
	uint64_t size;
	span rest;
	char piece[PIECE];
};

static int next_piece(struct bytes *b, const char *name, span *ret, struct err *err)
{
	if (b->fd < 0) {
		size_t n = b->rest.n < PIECE ? b->rest.n : PIECE;
		*ret = (span){ b->rest.p, n };
		b->rest = span_from(b->rest, n);
		return 0;
	}
	ssize_t n;
	do
		n = read(b->fd, b->piece, sizeof b->piece);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, E_IO, "cannot read %s: %s", name, strerror(errno));
	*ret = (span){ b->piece, (size_t)n };
	return 0;
}

static void hex(const unsigned char *digest, unsigned n, char *out)
{
	for (unsigned i = 0; i < n; i++)
		snprintf(out + i * 2, 3, "%02x", digest[i]);
}

static int read_all(struct loader *ld, struct lines_csv *csv, struct bytes *from, EVP_MD_CTX *sha,
		    struct err *err)
{
	uint64_t total = 0;
	for (;;) {
		span piece;
		int rc = next_piece(from, ld->name, &piece, err);
		if (rc)
			return rc;
		if (!piece.n)
			break;
		total += piece.n;
		if (total > FILE_MAX)
			return err_set(err, E_LIMIT, "%s: is larger than %llu MiB: split the file",
				       ld->name, (unsigned long long)(FILE_MAX >> 20));
		if (EVP_DigestUpdate(sha, piece.p, piece.n) != 1)
			return no_memory(ld, err);
		rc = lines_csv_feed(csv, piece, err);
		if (rc)
			return rc;
	}
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	if (EVP_DigestFinal_ex(sha, digest, &n) != 1)
		return no_memory(ld, err);
	hex(digest, n, ld->l->sha256);
	return lines_csv_end(csv, err);
}

static int verdict(struct loader *ld, struct err *err)
{
	if (ld->bad_rows && !ld->skip_bad) {
		if (ld->bad_rows == 1)
			return err_set(err, E_USER, "%s: row %u: %s", ld->name,
				       (unsigned)ld->first_bad, ld->first_why);
		return err_set(err, E_USER, "%s: %u rows are bad. The first is row %u: %s",
			       ld->name, (unsigned)ld->bad_rows, (unsigned)ld->first_bad,
			       ld->first_why);
	}
	ld->l->skipped = ld->bad_rows;
	return 0;
}

static int load(struct lines **ret, struct bytes *from, const char *name, bool skip_bad,
		lines_bad_fn *bad, void *user, struct err *err)
{
	struct loader ld = { .skip_bad = skip_bad, .bad = bad, .user = user, .name = name };
	struct csv_sink sink = { .row = good_row, .bad = bad_row, .user = &ld };
	ld.l = lines_new(from->size < FILE_MAX ? from->size : 0);
	ld.seen = numset_new(0);
	ld.salt = (uint64_t)(uintptr_t)ld.l >> 4;
	struct lines_csv *csv = lines_csv_new(&sink, name);
	EVP_MD_CTX *sha = EVP_MD_CTX_new();
	int rc;
	if (!ld.l || !ld.seen || !csv || !sha || EVP_DigestInit_ex(sha, EVP_sha256(), NULL) != 1)
		rc = no_memory(&ld, err);
	else
		rc = read_all(&ld, csv, from, sha, err);
	if (!rc)
		rc = verdict(&ld, err);
	if (!rc) {
		ld.l->ignored = strdup(lines_csv_ignored(csv));
		if (!ld.l->ignored)
			rc = no_memory(&ld, err);
	}
	EVP_MD_CTX_free(sha);
	lines_csv_free(csv);
	numset_free(ld.seen);
	buf_free(&ld.words);
	if (rc)
		lines_free(ld.l);
	else
		*ret = ld.l;
	return rc;
}

int lines_load_csv(struct lines **ret, const char *path, bool skip_bad, lines_bad_fn *bad,
		   void *user, struct err *err)
{
	struct bytes *from = malloc(sizeof *from);
	if (!from)
		return err_set(err, E_NOMEM, "memory ran out while reading %s", path);
	int rc = given_file_open(path, "the CSV file of the deal lines", &from->fd, &from->size,
				 err);
	if (!rc) {
		rc = load(ret, from, path, skip_bad, bad, user, err);
		close(from->fd);
	}
	free(from);
	return rc;
}

int lines_load_csv_bytes(struct lines **ret, span csv, const char *name, bool skip_bad,
			 lines_bad_fn *bad, void *user, struct err *err)
{
	struct bytes *from = malloc(sizeof *from);
	if (!from)
		return err_set(err, E_NOMEM, "memory ran out while reading %s", name);
	from->fd = -1;
	from->rest = csv;
	from->size = csv.n;
	int rc = load(ret, from, name, skip_bad, bad, user, err);
	free(from);
	return rc;
}

/* ---- a pack ---- */

/* Every name of every line; words that two lines share stay with the first. */
static int name_lines(struct lines *l, struct err *err)
{
	struct buf words = { 0 };
	bool ok = true;
	for (uint32_t i = 0; ok && i < linepack_lines(l->packed->p); i++) {
		struct linepack_line line;
		linepack_line(l->packed->p, i, &line);
		for (span rest = line.names; ok && rest.n;) {
			const char *end = memchr(rest.p, '\n', rest.n);
			span name = { rest.p, end ? (size_t)(end - rest.p) : rest.n };
			bool beside;
			uint32_t other;
			rest = span_from(rest, name.n + (end != NULL));
			ok = name_words(name, &words);
			span core = without_line(buf_span(&words), &beside);
			if (ok && core.n && !span_eq(core, SPAN("line")) &&
			    !textmap_get(l->names, core, &other)) {
				core = arena_copy(l->text, core, &ok);
				ok = ok && textmap_put(l->names, core, i);
			}
		}
	}
	buf_free(&words);
	return ok ? 0 : err_set(err, E_NOMEM, "Memory ran out.");
}

int lines_of_pack(struct lines **ret, char *bytes, size_t n, const struct trust *t,
		  const unsigned char *key, struct err *err)
{
	char key_id[17] = "";
	span head, contents;
	struct lines *l = lines_new(0);
	if (!l || !(l->packed = calloc(1, sizeof *l->packed)) || !(l->ignored = strdup(""))) {
		lines_free(l);
		free(bytes);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	struct packed *k = l->packed;
	k->bytes = bytes;
	int rc = linepack_verify((span){ bytes, n }, t, &k->about, &head, &contents, err);
	if (!rc)
		rc = linepack_verify_content(&k->about, contents, err);
	if (!rc)
		rc = linepack_open(&k->p, contents, err);
	if (key)
		linepack_key_id(key, key_id);
	if (!rc && (linepack_delta(k->p) || linepack_keyed(k->p) != (k->about.key[0] != 0)))
		rc = err_set(err, E_FORMAT, "The list of lines is damaged: it is not whole.");
	if (!rc && k->about.key[0] && strcmp(key_id, k->about.key) != 0)
		rc = err_set(err, E_ENCRYPTED,
			     "The identifiers of the installed pack are keyed, and %s. Give "
			     "--lines-key FILE with the key %s of the unit that issued it.",
			     key ? "this is another key" : "no key was given", k->about.key);
	if (!rc && !(k->tag = linepack_tagger_new(k->about.key[0] ? key : NULL)))
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (!rc)
		rc = name_lines(l, err);
	if (rc) {
		lines_free(l);
		return rc;
	}
	memcpy(l->sha256, k->about.content, sizeof l->sha256);
	l->n = linepack_entries(k->p);
	l->brands = linepack_lines(k->p);
	*ret = l;
	return 0;
}

const struct linepack_about *lines_about(const struct lines *l)
{
	return l->packed ? &l->packed->about : NULL;
}

static void keep(char *to, size_t cap, span s)
{
	size_t n = s.n < cap ? s.n : cap - 1;
	if (n)
		memcpy(to, s.p, n);
	to[n] = 0;
}

static void spell_uuid(const unsigned char uuid[static 16], char ret[static 37])
{
	char hex[33];
	hex_write(hex, uuid, 16);
	snprintf(ret, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

/* i past the entries: a line as such, of which nothing is asserted. */
static const struct assertion *show_packed(struct packed *k, uint32_t i)
{
	static const enum line_status status[] = { [LINEPACK_CURRENT] = LINE_CURRENT,
						   [LINEPACK_PAST] = LINE_PAST,
						   [LINEPACK_CONTACT_UNIT] = LINE_CONTACT_UNIT };
	struct linepack_entry e = { .assertion = 0 };
	struct linepack_line line;
	uint32_t entries = linepack_entries(k->p), at;
	if (i < entries) {
		linepack_entry(k->p, i, &e);
		at = linepack_find_line(k->p, e.line);
	} else
		at = i - entries;
	linepack_line(k->p, at, &line);
	const char *end = memchr(line.names.p, '\n', line.names.n);
	spell_uuid(line.uuid, k->uuid);
	keep(k->line, sizeof k->line,
	     (span){ line.names.p, end ? (size_t)(end - line.names.p) : line.names.n });
	if (!k->line[0])
		snprintf(k->line, sizeof k->line, "line %.8s", k->uuid);
	keep(k->unit, sizeof k->unit, line.unit);
	keep(k->contact, sizeof k->contact, line.contact);
	keep(k->conditions, sizeof k->conditions, linepack_text(k->p, e.assertion));
	uint64_t e164 = i < entries ? linepack_untag(e.tag) : 0;
	if (linepack_keyed(k->p))
		e164 = 0;
	identifier_format(e164, k->raw);
	k->shown = (struct assertion){
		.line = k->line,
		.raw = k->raw,
		.id = { .e164 = e164, .reason = "" },
		.key = "",
		.from = e.from ? (int64_t)e.from * 86400000 : TIME_UNSET,
		.until = e.until ? (int64_t)e.until * 86400000 : TIME_UNSET,
		.status = status[e.status],
		.source = e.source,
		.assessment = e.assessment,
		.handling = e.handling,
		.row = i + 1,
		.number = e.assertion,
		.lapsed = e.lapsed,
		.uuid = k->uuid,
		.unit = k->unit,
		.contact = k->contact,
		.conditions = k->conditions,
	};
	return &k->shown;
}

uint32_t lines_slots(const struct lines *l)
{
	return l->packed ? l->n + l->brands : l->n;
}

uint32_t lines_count(const struct lines *l)
{
	return l->n;
}

const struct assertion *lines_at(const struct lines *l, uint32_t i)
{
	return l->packed ? show_packed(l->packed, i) : &l->all[i];
}

uint32_t lines_skipped(const struct lines *l)
{
	return l->skipped;
}

uint32_t lines_distinct(const struct lines *l)
{
	return l->brands;
}

const char *lines_sha256(const struct lines *l)
{
	return l->sha256;
}

const char *lines_ignored(const struct lines *l)
{
	return l->ignored;
}

static uint32_t find_key(const struct lines *l, enum key_space space, span raw)
{
	struct row_key key;
	uint32_t last;
	lines_row_key(space, raw, &key);
	if (key.n && l->packed) {
		unsigned char tag[LINEPACK_TAG];
		linepack_tag_text(l->packed->tag, (span){ key.bytes, key.n }, tag);
		return linepack_find(l->packed->p, tag);
	}
	if (!key.n || !textmap_get(l->handles, (span){ key.bytes, key.n }, &last))
		return LINES_NONE;
	return l->next[last];
}

static uint32_t find_device(const struct lines *l, enum id_kind kind, span raw)
{
	static const enum key_space space[ID_KIND_MAX] = {
		[ID_IMEI] = KEY_IMEI, [ID_IMSI] = KEY_IMSI, [ID_ICCID] = KEY_ICCID
	};
	char digits[24];
	if (identifier_of_device(raw, kind, digits).kind != kind || !digits[0])
		return LINES_NONE;
	return find_key(l, space[kind], span_z(digits));
}

uint32_t lines_find(const struct lines *l, const struct identifier *id, span raw)
{
	uint32_t last;
	if (id->e164 && l->packed) {
		unsigned char tag[LINEPACK_TAG];
		linepack_tag_number(l->packed->tag, id->e164, tag);
		return linepack_find(l->packed->p, tag);
	}
	if (id->e164)
		return numset_get(l->numbers, id->e164, &last) ? l->next[last] : LINES_NONE;
	if (!raw.p || raw.n > ROW_FIELD_MAX || (!l->packed && !textmap_count(l->handles)))
		return LINES_NONE;
	switch (id->kind) {
	case ID_ABSENT:
	case ID_WITHHELD:
	case ID_UNKNOWN:
	case ID_PAYPHONE:
	case ID_JID_BROADCAST:
		return LINES_NONE;
	case ID_IMEI:
	case ID_IMSI:
	case ID_ICCID:
		return find_device(l, id->kind, raw);
	default:
		break;
	}
	uint32_t i = find_key(l, KEY_HANDLE, raw);
	/* A source may hold a device number without saying that it is one. */
	for (enum id_kind k = ID_IMEI; i == LINES_NONE && id->kind == ID_RAW && k <= ID_ICCID; k++)
		i = find_device(l, k, raw);
	return i;
}

uint32_t lines_next(const struct lines *l, uint32_t i)
{
	if (l->packed)
		return i < l->n && linepack_same_tag(l->packed->p, i, i + 1) ? i + 1 : LINES_NONE;
	return l->next[i] > i ? l->next[i] : LINES_NONE;
}

uint32_t lines_find_name(const struct lines *l, span contact_name)
{
	struct buf words = { 0 };
	uint32_t found = LINES_NONE, brand;
	bool beside;
	if (name_words(contact_name, &words)) {
		span core = without_line(buf_span(&words), &beside);
		bool known = beside && core.n &&
			     (textmap_get(l->names, core, &brand) ||
			      textmap_get(l->names, without_number(core), &brand));
		if (known)
			found = l->packed ? l->n + brand : l->brand[brand].first;
	}
	buf_free(&words);
	return found;
}
