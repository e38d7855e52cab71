/*
 * backup_mbdb.c - Manifest.mbdb, the list of backups before iOS 10: "mbdb" 05 00, then records
 *
 *   domain, path, link target, data hash, key   strings: length (16 bits), bytes; 0xffff is none;
 *                                               key: of an encrypted file, see keybag.h
 *   mode 16 bits; inode 64; user, group 32; three times 32; length 64; protection class 8
 *   n 8 bits, then n pairs of strings: extended attributes
 *
 * all numbers big-endian. A file is named by the SHA-1 of "domain-path". As public descriptions of
 * the format give it.
 */
#include "acquire/backup_list.h"
#include <stdlib.h>

#define LIST_MAX ((uint64_t)256 << 20)
#define TYPE 0xf000
#define TYPE_FILE 0x8000
#define TYPE_FOLDER 0x4000
#define TYPE_LINK 0xa000

static bool number(span *s, int bytes, uint64_t *ret)
{
	uint64_t v = 0;
	if (s->n < (size_t)bytes)
		return false;
	for (int i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)s->p[i];
	*s = span_from(*s, (size_t)bytes);
	*ret = v;
	return true;
}

static bool pass(span *s, size_t bytes)
{
	if (s->n < bytes)
		return false;
	*s = span_from(*s, bytes);
	return true;
}

static bool string(span *s, span *ret)
{
	uint64_t n;
	if (!number(s, 2, &n))
		return false;
	if (n == 0xffff)
		n = 0;
	if (n > s->n)
		return false;
	*ret = span_sub(*s, 0, (size_t)n);
	*s = span_from(*s, (size_t)n);
	return true;
}

static bool pass_strings(span *s, uint64_t n)
{
	span skip;
	for (; n; n--)
		if (!string(s, &skip))
			return false;
	return true;
}

static bool record(span *s, struct backup_row *r)
{
	uint64_t mode, size, count, protection;
	const size_t inode = 8, users = 2 * 4, times = 3 * 4;
	span key;
	*r = (struct backup_row){ .kind = ENTRY_OTHER };
	if (!string(s, &r->domain) || !string(s, &r->path) || !pass_strings(s, 2) ||
	    !string(s, &key) || !number(s, 2, &mode) || !pass(s, inode + users + times) ||
	    !number(s, 8, &size) || !number(s, 1, &protection) || !number(s, 1, &count) ||
	    !pass_strings(s, 2 * count))
		return false;
	if ((mode & TYPE) == TYPE_FILE)
		r->kind = ENTRY_FILE;
	else if ((mode & TYPE) == TYPE_FOLDER)
		r->kind = ENTRY_FOLDER;
	else if ((mode & TYPE) == TYPE_LINK)
		r->kind = ENTRY_LINK;
	r->size_known = r->kind == ENTRY_FILE;
	r->size = size;
	r->key = key.n ? key : SPAN_NONE;
	r->protection_class = (uint32_t)protection;
	r->id_ok = want_backup_id(r->domain, r->path, r->id);
	return true;
}

static int records(span all, backup_row_fn *row, void *user, struct err *err)
{
	span s = all;
	if (s.n < 6 || memcmp(s.p, "mbdb\5\0", 6) != 0)
		return err_set(err, E_FORMAT, "it does not begin as such a list does");
	for (s = span_from(s, 6); s.n;) {
		struct backup_row r;
		size_t at = all.n - s.n;
		if (!record(&s, &r))
			return err_set(err, E_FORMAT, "it is damaged at byte %zu", at);
		int rc = row(user, &r, err);
		if (rc)
			return rc;
	}
	return 0;
}

int backup_list_mbdb(struct reader *r, backup_row_fn *row, void *user, struct err *err)
{
	uint64_t size = reader_size(r);
	if (size > LIST_MAX)
		return err_set(err, E_LIMIT, "it is larger than such a list can be");
	char *bytes = malloc((size_t)size + 1);
	if (!bytes)
		return err_set(err, E_NOMEM, "Memory ran out.");
	ptrdiff_t n = reader_at(r, bytes, (size_t)size, 0, err);
	int rc = n < 0 ? (int)n : records((span){ bytes, (size_t)n }, row, user, err);
	free(bytes);
	return rc;
}
