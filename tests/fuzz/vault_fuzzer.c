/* vault_fuzzer.c - any bytes as a file of the vault: refused. What was written comes back, at every
 * offset; with one bit changed, or an end cut off, it does not. FUZZ_RUNS: 1500 */
#include "vault.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(condition)                                                         \
	do {                                                                    \
		if (!(condition)) {                                             \
			fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
			abort();                                                \
		}                                                               \
	} while (0)

#define MOST ((size_t)300000)

static char root[64], dir[80], file[96], stranger[96];
static struct vault_key *key;

static void begin(void)
{
	snprintf(root, sizeof root, "/dev/shm/linecheck-fuzz-XXXXXX");
	if (!mkdtemp(root)) {
		snprintf(root, sizeof root, "/tmp/linecheck-fuzz-XXXXXX");
		MUST(mkdtemp(root) != NULL);
	}
	snprintf(dir, sizeof dir, "%s/EX1", root);
	snprintf(file, sizeof file, "%s/0001", dir);
	snprintf(stranger, sizeof stranger, "%s/0002", dir);
	MUST(mkdir(dir, 0700) == 0);
	MUST(vault_key_training(&key, NULL) == 0);
}

static void put(const char *path, span bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	MUST(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	close(fd);
}

/* Read it all in pieces of step bytes; negative: why not. */
static int read_all(struct vault *v, const char *name, span expect, size_t step)
{
	struct reader *r;
	struct err err = { 0 };
	char buf[70000];
	int rc = vault_read(v, name, &r, &err);
	MUST(rc == 0 || err.message[0]);
	if (rc)
		return rc;
	MUST(reader_size(r) == expect.n);
	for (size_t at = 0; at < expect.n && !rc; at += step) {
		size_t want = expect.n - at < step ? expect.n - at : step;
		ptrdiff_t got = reader_at(r, buf, want, at, &err);
		if (got < 0)
			rc = (int)got;
		else
			MUST((size_t)got == want && memcmp(buf, expect.p + at, want) == 0);
	}
	reader_free(r);
	return rc;
}

static void write_vault(span bytes)
{
	struct vault *v;
	struct vault_writer *w;
	uint32_t number;
	uint64_t size;
	char sha256[65], name[16];
	unlink(file);
	unlink(stranger);
	MUST(vault_open(&v, dir, key, NULL) == 0);
	MUST(vault_create(v, &w, &number, NULL) == 0);
	MUST(vault_write(w, bytes, NULL) == 0);
	MUST(vault_finish(w, sha256, &size, NULL) == 0 && size == bytes.n);
	MUST(vault_keep(v, number, name, NULL) == 0);
	vault_free(v);
}

static void change(size_t n, const uint8_t *data)
{
	struct stat st;
	MUST(stat(file, &st) == 0);
	uint32_t random = 2166136261u;
	for (size_t i = 0; i < n; i++)
		random = (random ^ data[i]) * 16777619u;
	off_t at = (off_t)(random % (uint32_t)st.st_size);
	char byte;
	int fd = open(file, O_RDWR | O_CLOEXEC);
	MUST(fd >= 0 && pread(fd, &byte, 1, at) == 1);
	byte = (char)(byte ^ (1 << (random >> 29)));
	if (random & 4096)
		MUST(ftruncate(fd, at) == 0);
	else
		MUST(pwrite(fd, &byte, 1, at) == 1);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char many[MOST];
	struct vault *v;
	/* so often that there are several chunks, and that chunks are alike */
	size_t times = n ? 1 + data[0] % 8 : 0;
	span bytes = { many, 0 };
	if (!key)
		begin();
	for (size_t i = 0; i < times && bytes.n + n <= MOST; i++, bytes.n += n)
		memcpy(many + bytes.n, data, n);
	write_vault(bytes);
	put(stranger, (span){ n ? (const char *)data : "", n });
	MUST(vault_open_kept(&v, dir, key, NULL) == 0);
	int rc = read_all(v, "0002", bytes, 4096);
	MUST(rc == E_FORMAT || rc == E_ENCRYPTED); /* nobody guesses a key */
	MUST(read_all(v, "0001", bytes, n % 7 ? 1 + n % 65536 : 65536) == 0);
	change(n, data);
	rc = read_all(v, "0001", bytes, 70000);
	MUST(rc == E_FORMAT || rc == E_ENCRYPTED);
	vault_free(v);
	return 0;
}
