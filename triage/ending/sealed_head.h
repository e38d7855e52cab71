/* sealed_head.h - the head of a sealed case (sealed.h), and the key that it keeps. */
#ifndef SEALED_HEAD_H
#define SEALED_HEAD_H
#include "chunk.h"
#include "sealed.h"

#define SEALED_MAGIC "LCSEAL1\n"
#define SEALED_START 12 /* magic and the length of the head */
#define SEALED_BOX (CHUNK_KEY + 48)
#define SEALED_PASS (CHUNK_KEY + 16)

struct sealed_head {
	struct sealed_about about;
	unsigned char id[CHUNK_ID];
	uint64_t size;
	size_t keys;
	struct {
		char id[17], name[KEY_NAME_MAX + 1];
		unsigned char sealed[SEALED_BOX];
	} key[SEALED_KEYS_MAX];
	bool has_pass;
	struct {
		struct key_cost cost;
		unsigned char salt[KEY_SALT], nonce[KEY_NONCE], sealed[SEALED_PASS];
	} pass;
};

/* Appends magic, length and head to ret. */
int sealed_head_write(const struct sealed_head *h, struct buf *ret, struct err *err);
/* From the beginning of fd, which has file_size bytes; all of the head's bytes are appended to
 * ret_bytes. name stands for the file in messages. */
int sealed_head_read(int fd, uint64_t file_size, const char *name, struct sealed_head *ret,
		     struct buf *ret_bytes, struct err *err);
/* Seal the key for those who are to open it. */
int sealed_head_lock(struct sealed_head *h, const unsigned char key[static CHUNK_KEY],
		     const struct sealed_to *to, struct err *err);
/* E_ENCRYPTED: not for with. */
int sealed_head_unlock(const struct sealed_head *h, const struct sealed_with *with,
		       unsigned char key[static CHUNK_KEY], struct err *err);
#endif
