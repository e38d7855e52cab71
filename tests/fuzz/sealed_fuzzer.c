/* sealed_fuzzer.c - any bytes as a sealed case; and, sealed to a key that opens it, as what is
 * inside one. Nothing is written but below the folder that is given. FUZZ_RUNS: 600 */
#include "ending/folder_list.h"
#include "ending/sealed_head.h"
#include "ending/sealed_stream.h"
#include "known_keys.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct key *reader;
static char root[64], file[80], inside[80], out[96];
static const struct sealed_progress quiet = { NULL, NULL };

static void begin(void)
{
	snprintf(root, sizeof root, "/dev/shm/linecheck-fuzz-XXXXXX");
	if (!mkdtemp(root)) {
		snprintf(root, sizeof root, "/tmp/linecheck-fuzz-XXXXXX");
		MUST(mkdtemp(root) != NULL);
	}
	snprintf(file, sizeof file, "%s/sealed", root);
	snprintf(inside, sizeof inside, "%s/inside", root);
	snprintf(out, sizeof out, "%s/inside/out", root);
	MUST(mkdir(inside, 0700) == 0);
	reader = known_key(3);
}

static size_t entries(const char *folder)
{
	struct folder_list l = { 0 };
	MUST(folder_list(&l, folder, 64, NULL) == 0);
	size_t count = l.n;
	folder_list_free(&l);
	return count;
}

static void put(span bytes)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	MUST(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	close(fd);
}

/* The file is left whole or refused; only out is written. */
static int open_it(void)
{
	const struct sealed_with with = { .key = reader };
	struct err err = { 0 };
	MUST(mkdir(out, 0700) == 0);
	int rc = sealed_unpack(file, &with, out, &quiet, &err);
	MUST(rc == 0 || (err.message[0] && (rc == E_FORMAT || rc == E_ENCRYPTED || rc == E_IO)));
	MUST(entries(root) == entries(out) + 3); /* the sealed file, inside, out */
	MUST(folder_remove(out, NULL) == 0);
	return rc;
}

static void seal(span plain)
{
	struct sealed_head h = { .about = { .case_id = "c", .head = "h" }, .size = plain.n };
	const struct sealed_to to = { .key = key_public(reader), .keys = 1 };
	const unsigned char key[CHUNK_KEY] = { 7 };
	struct chunk_key k;
	struct sealed_out *o;
	struct buf head = { 0 };
	char sha256[65];
	MUST(sealed_head_lock(&h, key, &to, NULL) == 0);
	MUST(sealed_head_write(&h, &head, NULL) == 0);
	chunk_key_of(&k, key, h.id, buf_span(&head));
	put(buf_span(&head));
	int fd = open(file, O_RDWR | O_CLOEXEC);
	MUST(fd >= 0 && sealed_out_open(&o, fd, head.n, &k, plain.n, NULL) == 0);
	MUST(sealed_out_put(o, plain, NULL) == 0 && sealed_out_end(o, sha256, NULL) == 0);
	sealed_out_free(o);
	close(fd);
	buf_free(&head);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct sealed_peek p;
	span bytes = { n ? (const char *)data : "", n };
	if (!reader)
		begin();
	put(bytes);
	MUST(open_it() != 0); /* nobody guesses a key */
	if (sealed_peek(file, &p, NULL) == 0)
		MUST(p.keys <= SEALED_KEYS_MAX && strlen(p.about.review_by) <= 10);
	if (!n)
		return 0;
	seal(bytes);
	MUST(sealed_peek(file, &p, NULL) == 0 && p.size == n);
	open_it();
	return 0;
}
