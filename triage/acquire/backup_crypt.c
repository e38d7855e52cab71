/* backup_crypt.c - see backup_crypt.h */
#include "acquire/backup_crypt.h"
#include "passwords.h"
#include <stdlib.h>
#include <time.h>

#define PIECE ((size_t)256 * 1024)
#define SQLITE_PAGE_LEAST 512

static const char no_password[] =
	"the backup is encrypted: linecheck cannot read it without its password. Scan it again on "
	"a "
	"terminal, where the password is asked for, or give it with --password-fd";
static const char no_keys[] = "the backup is encrypted, and what its password opens (BackupKeyBag "
			      "in Manifest.plist) is not "
			      "in it: it cannot be read even with the password. Copy the whole "
			      "folder of the backup again";

/* Of the processor: the same on a machine with other work. */
static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int try_passwords(struct source *s, struct keybag *k, struct err *err)
{
	span password;
	for (unsigned attempt = 0;; attempt++) {
		struct err why = { 0 };
		int rc = passwords_next(s->options.passwords, "the encrypted backup", attempt,
					&password, err);
		if (rc == 0)
			rc = source_progress(s, "Trying the password", 0, 0, err);
		if (rc)
			return rc;
		double start = now();
		rc = keybag_unlock(k, password, &why);
		s->info.unlock_seconds += now() - start;
		if (rc != E_ENCRYPTED)
			return rc ? err_set(err, rc, "%s", why.message) : 0;
	}
}

int backup_unlock(struct source *s, const struct backup_plist *said, const char **ret_why,
		  struct err *err)
{
	struct keybag *k = NULL;
	struct err why = { 0 };
	*ret_why = no_keys;
	if (!said->keybag.p)
		return 0;
	int rc = keybag_read(&k, said->keybag, &why);
	if (rc == E_NOMEM)
		return err_set(err, rc, "%s", why.message);
	if (rc) {
		struct buf b = { 0 };
		buf_addf(&b,
			 "the backup is encrypted, and what its password opens (BackupKeyBag in "
			 "Manifest.plist) is damaged: %s. It cannot be read even with the password",
			 why.message);
		span words = arena_copy(s->arena, buf_span(&b), NULL);
		*ret_why = words.p ? words.p : no_keys;
		buf_free(&b);
		return 0;
	}
	rc = try_passwords(s, k, err);
	if (rc == 0) {
		keybag_free(s->keybag);
		s->keybag = k;
		return 0;
	}
	keybag_free(k);
	*ret_why = no_password;
	return rc == E_ABSENT ? 0 : rc;
}

bool backup_cipher(const struct source *s, span key, uint32_t protection_class, struct cipher *ret)
{
	if (!s->keybag || key.n != KEYBAG_FILE_KEY)
		return false;
	const unsigned char *p = (const unsigned char *)key.p;
	*ret = (struct cipher){ .bag = s->keybag,
				.protection_class = protection_class
							    ? protection_class
							    : (uint32_t)p[0] | (uint32_t)p[1] << 8 |
								      (uint32_t)p[2] << 16 |
								      (uint32_t)p[3] << 24 };
	memcpy(ret->wrapped, p + 4, sizeof ret->wrapped);
	return true;
}

int backup_list_reader(struct source *s, span manifest_key, struct reader *stored,
		       struct reader **ret, struct err *err)
{
	struct cipher c;
	enum cipher_end end;
	if (!backup_cipher(s, manifest_key, 0, &c)) {
		reader_free(stored);
		return err_set(err, E_FORMAT, "its key (ManifestKey in Manifest.plist) is %s",
			       manifest_key.p ? "damaged" : "missing");
	}
	int rc = cipher_measure(&c, stored, NULL, &end, err);
	if (rc) {
		reader_free(stored);
		return rc;
	}
	/* Pages without a padding can end in bytes that look like one. */
	if (c.size % SQLITE_PAGE_LEAST && reader_size(stored) % SQLITE_PAGE_LEAST == 0)
		c.size = reader_size(stored);
	return cipher_reader(ret, stored, &c, err);
}

int backup_place(struct source *s, struct place *p, const struct cipher *c, const uint64_t *said,
		 enum cipher_end *ret_end, struct err *err)
{
	struct reader *stored;
	struct stamp stamp;
	int rc = source_read(s, p, &stored, &stamp, err);
	if (rc)
		return rc;
	struct cipher *kept = arena_alloc(s->arena, sizeof *kept);
	if (!kept)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	if (rc == 0) {
		*kept = *c;
		rc = cipher_measure(kept, stored, said, ret_end, err);
	}
	reader_free(stored);
	if (rc == 0)
		p->cipher = kept;
	return rc;
}

static int copy(struct source *s, struct reader *r, struct vault_writer *w, struct err *err)
{
	int rc = 0;
	uint64_t size = reader_size(r);
	char *piece = malloc(PIECE);
	if (!piece)
		return err_set(err, E_NOMEM, "Memory ran out.");
	for (uint64_t at = 0; rc == 0 && at < size;) {
		ptrdiff_t n = reader_at(r, piece, PIECE, at, err);
		if (n <= 0) {
			rc = n ? (int)n : err_set(err, E_IO, "It became shorter meanwhile.");
			break;
		}
		rc = vault_write(w, (span){ piece, (size_t)n }, err);
		at += (uint64_t)n;
		if (rc == 0)
			rc = source_progress(s, "Decrypting", at, size, err);
	}
	free(piece);
	return rc;
}

int backup_into_vault(struct source *s, struct place *p, char sha256[static 65], struct err *err)
{
	struct reader *r;
	struct stamp stamp;
	struct vault_writer *w = NULL;
	struct place to = { .kind = PLACE_VAULT };
	int rc = source_read(s, p, &r, &stamp, err);
	if (rc)
		return rc;
	rc = vault_create(s->vault, &w, &to.part, err);
	if (rc == 0)
		rc = copy(s, r, w, err);
	reader_free(r);
	if (rc) {
		vault_abandon(w);
		return rc;
	}
	rc = vault_finish(w, sha256, &to.size, err);
	if (rc == 0)
		*p = to;
	return rc;
}

void backup_tell_stored(struct buf *b, const char *what, span path, uint64_t size,
			const char *sha256)
{
	span name = path_name(path);
	if (!*what)
		buf_addf(b, "decrypted with the backup's password: size and SHA-256 are of the "
			    "decrypted file. As it stands in the backup");
	else
		buf_addf(b, ";%s", what);
	buf_addf(b, ": %llu bytes, SHA-256 %s, name ", (unsigned long long)size, sha256);
	buf_add(b, name);
}
