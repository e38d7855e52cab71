/*
 * pack.h - the one signed container: lines and rules leave a unit only in this.
 *
 * A pack is: magic "LCPACK1\n", u32 length of the head (big-endian), head (canonical JSON,
 * canon.h), 64 bytes of Ed25519 signature by the issuing unit (key.h, context "pack") over all
 * before it, the body's bytes to the end. The head holds SHA-256 and length of the body, so the
 * signature covers all, and a bad one is found before the body is touched. Head:
 *
 *   {"base":N,"body":{"bytes":N,"sha256":hex},"expires":time,"issued":time,"kind":"lines"|"rules",
 *    "nonce":hex?,"number":N,"recipients":[{"id":key id,"key":hex}],"unit":key id}
 *
 * number counts from 1; base is the number that a delta stands on, 0 for a full pack; times are RFC
 * 3339 UTC with milliseconds. With recipients the body is XChaCha20-Poly1305 under a random key,
 * with the canonical head less body and recipients as additional data; recipients' "key" is that
 * key sealed to each (key_seal), and nonce is there. SHA-256 and length are of the bytes as they
 * stand in the pack: those of what is sealed would let anyone test a guess at it. The same contents
 * give the same bytes (but for a sealed body).
 *
 * A sealed pack still shows who may read it, who issued it, when, and how large it is.
 */
#ifndef PACK_H
#define PACK_H
#include "trust.h"

#define PACK_BODY_MAX ((size_t)512 << 20)
#define PACK_HEAD_MAX ((size_t)1 << 20)
#define PACK_RECIPIENTS_MAX 1000
/* Two machines' clocks may differ by this much before a pack is from the future. */
#define PACK_CLOCK_SLACK_MS (INT64_C(10) * 60 * 1000)

enum pack_kind { PACK_LINES, PACK_RULES, PACK_KIND_MAX };
const char *pack_kind_word(enum pack_kind kind);

struct pack_head {
	enum pack_kind kind;
	uint64_t number, base;
	char unit[17];           /* key id */
	int64_t issued, expires; /* ms UTC; expires is the first ms at which it no longer counts */
	uint64_t body_bytes;     /* as in the pack: of a sealed body with its 16 bytes of proof */
	char body_sha256[65];
	char sha256[65]; /* of the whole pack */
	bool sealed;
	size_t recipients;
};

struct pack_recipient {
	unsigned char sign[KEY_PUBLIC];
};

/* Make a pack of body; appends to ret, which is as it was on failure. head: kind, number, base,
 * issued, expires are read. Does not ask if unit may issue packs: trust_unit. */
int pack_make(struct buf *ret, const struct pack_head *head, span body, const struct key *unit,
	      const struct pack_recipient *to, size_t to_n, struct err *err);
/* Check everything - form, a unit that was trusted when it was issued, its signature, not from the
 * future, not expired, whole - and append the body. reader: needed for a sealed pack, else NULL.
 * err says which check failed: E_FORMAT form or contents; E_REFUSED unit, signature or time;
 * E_ENCRYPTED not sealed to reader. If the number is newer than another's is the caller's. */
int pack_open(struct buf *ret_body, struct pack_head *ret, span bytes, const struct trust *t,
	      const struct key *reader, int64_t now, struct err *err);
/* The head without trust: for `status` and messages. Form and body are checked, nothing else. */
int pack_peek(struct pack_head *ret, span bytes, struct err *err);
#endif
