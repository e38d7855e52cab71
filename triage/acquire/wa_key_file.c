/* wa_key_file.c - a key of WhatsApp from a file. See wa_crypt.h. */
#include "acquire/wa_crypt.h"
#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <string.h>
#include <unistd.h>

#define KEY_FILE_MAX 4096

/* A pipe is as good as a file: /dev/fd/3 keeps the key off the disk. */
int wa_key_load(struct wa_key **ret, const char *path, struct err *err)
{
	char bytes[KEY_FILE_MAX + 1];
	size_t n = 0;
	ssize_t got = 1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_set(err, errno == ENOENT ? E_ABSENT : E_IO,
			       "The key file '%s' cannot be opened: %s.", path, strerror(errno));
	while (n < sizeof bytes && got != 0) {
		got = read(fd, bytes + n, sizeof bytes - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			break;
		n += (size_t)got;
	}
	close(fd);
	int rc = 0;
	struct err why = { 0 };
	if (got < 0)
		rc = err_set(err, E_IO, "The key file '%s' cannot be read: %s.", path,
			     strerror(errno));
	else if ((rc = wa_key_of(ret, (span){ bytes, n }, &why)) != 0)
		err_set(err, rc, "The key file '%s' is not understood. %s", path, why.message);
	OPENSSL_cleanse(bytes, sizeof bytes);
	return rc;
}
