/*
 * vault_bench.c - bytes a second into the vault (hashed, encrypted, written) and out of it again
 * (decrypted, hashed; and pages of 4 KiB here and there, as a database is read).
 *
 *   vault_bench FOLDER [MIB]     (1024; FOLDER is on the disk to be measured)
 *
 * Processor seconds, one run: elapsed ones say more of what else the machine does. Ends with 1
 * below 300 MB/s into the vault, which is what a phone can give at best.
 */
#include "vault.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 20)
#define PAGE ((size_t)4096)
#define PAGES 20000
#define PROMISE 300.0

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(int rc, const struct err *err)
{
	if (!rc)
		return;
	fprintf(stderr, "vault_bench: %s\n", err->message);
	exit(1);
}

static double fill(struct vault *v, size_t blocks, char name[static 16], struct err *err)
{
	struct vault_writer *w;
	uint32_t number;
	uint64_t size;
	char sha256[65], *block = malloc(BLOCK);
	if (!block)
		exit(1);
	for (size_t i = 0; i < BLOCK; i++)
		block[i] = (char)(i * 2654435761u >> 7 & 255);
	double start = now();
	must(vault_create(v, &w, &number, err), err);
	for (size_t i = 0; i < blocks; i++)
		must(vault_write(w, (span){ block, BLOCK }, err), err);
	must(vault_finish(w, sha256, &size, err), err);
	double drained = now() - start;
	must(vault_keep(v, number, name, err), err);
	free(block);
	return drained;
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	struct vault_key *key;
	struct vault *v;
	struct reader *r;
	char dir[4096], path[4200], name[16], sha256[65], page[PAGE];
	size_t blocks = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 1024;
	if (argc < 2)
		return 2;
	snprintf(dir, sizeof dir, "%s/EX1", argv[1]);
	mkdir(dir, 0700);
	must(vault_key_random(&key, &err), &err);
	must(vault_open(&v, dir, key, &err), &err);
	double megabytes = (double)blocks * (double)BLOCK / 1e6;
	double in = megabytes / fill(v, blocks, name, &err);
	must(vault_read(v, name, &r, &err), &err);
	double start = now();
	must(reader_sha256(r, sha256, NULL, NULL, &err), &err);
	double out = megabytes / (now() - start);
	uint64_t seed = 88172645463325252u;
	start = now();
	for (int i = 0; i < PAGES; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		uint64_t at = (seed >> 20) % (blocks * (BLOCK / PAGE)) * PAGE;
		if (reader_at(r, page, PAGE, at, &err) != (ptrdiff_t)PAGE)
			must(E_IO, &err);
	}
	double pages = PAGES / (now() - start);
	printf("  into the vault %.0f MB/s, out of it %.0f MB/s, pages of 4 KiB by chance %.0f/s\n",
	       in, out, pages);
	reader_free(r);
	snprintf(path, sizeof path, "%s/%s", dir, name);
	unlink(path);
	vault_free(v);
	rmdir(dir);
	vault_key_free(key);
	return in < PROMISE;
}
