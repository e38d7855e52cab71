/* pack_head.h - the bytes of a pack, taken apart and put together. For pack*.c. */
#ifndef PACK_HEAD_H
#define PACK_HEAD_H
#include "canon.h"
#include "pack.h"

#define PACK_NONCE 24
#define PACK_BODY_KEY 32

/* A pack in its parts; spans are of the bytes it was parsed from. */
struct pack_parts {
	struct pack_head head;
	span signed_bytes, body;
	const unsigned char *signature;
	unsigned char nonce[PACK_NONCE];
	json_t *recipients; /* owned */
};

/* Form only. pack_parts_free it after success. */
int pack_parse(span bytes, struct pack_parts *ret, struct err *err);
void pack_parts_free(struct pack_parts *p);
/* E_FORMAT: the body is not the one that the head names. Fills head.sha256 of bytes, the whole. */
int pack_check_body(struct pack_parts *p, span bytes, struct err *err);

/* Magic, length and head, appended. nonce is NULL without recipients. */
int pack_head_write(const struct pack_head *h, const unsigned char *nonce, json_t *recipients,
		    struct buf *ret, struct err *err);
/* What the seal of a body covers beside it. */
int pack_head_clear(const struct pack_head *h, const unsigned char *nonce, struct buf *ret,
		    struct err *err);
int pack_sha256(span bytes, char ret[static 65], struct err *err);
#endif
