/*
 * pack.h - the one signed container: lines and rules leave a unit only in this.
 *
 * A pack is: magic "LCPACK1\n", u32 length of the head, head (canonical JSON, canon.h), the body's
 * bytes, 64 bytes of Ed25519 signature by the issuing unit (context "pack") over all before it. The
 * head: kind ("lines", "rules"), number (1, 2 ...), unit (key id), issued, expires (dates), base
 * (number of the pack a delta stands on, 0: full), SHA-256 and length of the body, recipients
 * (sealed keys; none: in clear). A sealed body is XChaCha20-Poly1305 under a random key sealed to
 * each recipient (key.h). Nothing may follow the signature. The same contents give the same bytes
 * (but for a sealed body).
 */
#ifndef PACK_H
#define PACK_H
#include "trust.h"

enum pack_kind { PACK_LINES, PACK_RULES };

struct pack_head {
	enum pack_kind kind;
	uint64_t number, base;
	char unit[17];
	int64_t issued, expires; /* ms UTC */
	char body_sha256[65];
	char sha256[65]; /* of the whole pack */
	bool sealed;
};

struct pack_recipient {
	unsigned char sign[KEY_PUBLIC];
};

/* Make a pack of body; appends to ret. head: kind, number, base, issued, expires are read. */
int pack_make(struct buf *ret, const struct pack_head *head, span body, const struct key *unit,
	      const struct pack_recipient *to, size_t to_n, struct err *err);
/* Check everything - form, signature by a trusted unit, not from the future, not expired - and give
 * the body. reader: needed for a sealed pack, else NULL. err says which check failed. */
int pack_open(struct buf *ret_body, struct pack_head *ret, span bytes, const struct trust *t,
	      const struct key *reader, int64_t now, struct err *err);
/* The head without trust: for `status` and messages. */
int pack_peek(struct pack_head *ret, span bytes, struct err *err);
#endif
