/*
 * standalone.c - a fuzz target as an ordinary test, without libFuzzer.
 *
 *   FUZZER RUNS [CORPUS-FOLDER|FILE]...
 *
 * Replays each file and each file of the folders (name.hex: bytes written in hexadecimal, '#'
 * starts a remark), then RUNS inputs made from them, or from nothing, by a generator with a fixed
 * seed: the same inputs on every run.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define INPUT_MAX 65536
#define SEEDS_MAX 4096

static struct seed {
	uint8_t *data;
	size_t n;
} seeds[SEEDS_MAX];
static size_t seeds_n;

static uint64_t state = 0x9e3779b97f4a7c15u;

static uint64_t next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static size_t below(size_t n)
{
	return n ? (size_t)(next() % n) : 0;
}

/* In place; the bytes only get fewer. */
static size_t from_hex(uint8_t *data, size_t n)
{
	size_t out = 0;
	int high = -1;
	for (size_t i = 0; i < n; i++) {
		if (data[i] == '#')
			while (i < n && data[i] != '\n')
				i++;
		if (i == n)
			break;
		const char *digits = "0123456789abcdef";
		int c = data[i] >= 'A' && data[i] <= 'F' ? data[i] + 32 : data[i];
		const char *at = c ? strchr(digits, c) : NULL;
		if (!at)
			continue;
		if (high < 0) {
			high = (int)(at - digits);
		} else {
			data[out++] = (uint8_t)(high << 4 | (int)(at - digits));
			high = -1;
		}
	}
	return out;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void load(const char *folder, const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s%s%s", folder ? folder : "", folder ? "/" : "", name);
	FILE *f = fopen(path, "rb");
	uint8_t *data = malloc(INPUT_MAX);
	if (!f || !data || seeds_n == SEEDS_MAX) {
		fprintf(stderr, "cannot read %s\n", path);
		exit(1);
	}
	size_t n = fread(data, 1, INPUT_MAX, f);
	fclose(f);
	size_t length = strlen(name);
	if (length > 4 && !strcmp(name + length - 4, ".hex"))
		n = from_hex(data, n);
	seeds[seeds_n++] = (struct seed){ data, n };
}

static void load_folder(const char *folder)
{
	struct dirent **entry;
	int n = scandir(folder, &entry, NULL, by_name);
	if (n < 0 && errno == ENOTDIR) {
		load(NULL, folder);
		return;
	}
	for (int i = 0; i < n; i++) {
		if (entry[i]->d_name[0] != '.')
			load(folder, entry[i]->d_name);
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
}

static size_t mutate(uint8_t *data, size_t n)
{
	static const uint8_t telling[] = { 0,    1,    2,    0x7f, 0x80, 0x81,
					   0x82, 0x84, 0x85, 0x86, 0xfe, 0xff };
	switch (below(7)) {
	case 0: /* cut */
		return below(n + 1);
	case 1: /* a part twice */
		if (n) {
			size_t at = below(n), more = below(n - at + 1);
			if (n + more <= INPUT_MAX) {
				memmove(data + at + more, data + at, n - at);
				n += more;
			}
		}
		return n;
	case 2: /* a part away */
		if (n) {
			size_t at = below(n), less = below(n - at + 1);
			memmove(data + at, data + at + less, n - at - less);
			n -= less;
		}
		return n;
	case 3:
		if (n)
			data[below(n)] ^= (uint8_t)(1u << below(8));
		return n;
	case 4:
		if (n)
			data[below(n)] = telling[below(sizeof telling)];
		return n;
	case 5: /* more */
		for (size_t more = below(64); more && n < INPUT_MAX; more--)
			data[n++] = (uint8_t)next();
		return n;
	default:
		for (size_t i = below(8); n && i; i--)
			data[below(n)] = (uint8_t)next();
		return n;
	}
}

/* In its own allocation of exactly n bytes, so that reading one more is seen. */
static void run(const uint8_t *data, size_t n)
{
	uint8_t *copy = malloc(n ? n : 1);
	if (!copy)
		exit(1);
	memcpy(copy, data, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

int main(int argc, char **argv)
{
	static uint8_t input[INPUT_MAX];
	unsigned long runs = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
	for (int i = 2; i < argc; i++)
		load_folder(argv[i]);
	for (size_t i = 0; i < seeds_n; i++)
		run(seeds[i].data, seeds[i].n);
	for (unsigned long r = 0; r < runs; r++) {
		size_t n = 0;
		if (seeds_n && below(8)) {
			const struct seed *s = &seeds[below(seeds_n)];
			memcpy(input, s->data, s->n);
			n = s->n;
		} else {
			for (n = 0; n < 16 + below(2048); n++)
				input[n] = (uint8_t)next();
		}
		for (size_t changes = 1 + below(4); changes; changes--)
			n = mutate(input, n);
		run(input, n);
	}
	for (size_t i = 0; i < seeds_n; i++)
		free(seeds[i].data);
	printf("%zu seeds, %lu inputs\n", seeds_n, runs);
	return 0;
}
