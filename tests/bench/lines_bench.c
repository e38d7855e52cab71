/*
 * lines_bench.c - the unit's database and the pack it gives out, at the size of a country.
 *
 *   lines_bench FOLDER [MOST]       (1000000; up to 10000000)
 *
 * For 1,000, 10,000 ... MOST identifiers, ten to a line: a CSV file into an empty database
 * (import, approve), the same file with one row in a hundred changed (the diff), a full pack, its
 * installation, loading it for a scan in a process of its own (peak memory), and a million
 * look-ups: of numbers that are on no list, as nearly all numbers of a phone, and of numbers that
 * are on it; with keyed identifiers, of half and half. Above 1,000,000 the contents are made
 * without the database, as a unit has no more. Numbers are of country code 999, which no country
 * has. Processor seconds of one run, look-ups the best of three. Ends with 1 when a promise is
 * broken.
 */
#include "key_file.h"
#include "linedb_import.h"
#include "linedb_issue.h"
#include "linedb_suggest.h"
#include "lines_installed.h"
#include "small_file.h"
#include "trust_edit.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DAY INT64_C(86400000)
#define PER_LINE 10
#define LOOKUPS 1000000
#define DATABASE_MOST 1000000
#define SCALE 1000000 /* where the promises hold */

static struct err err;
static char folder[1024];
static struct key *force, *ada, *bea, *unit;
static struct trust *trust;
static const unsigned char lines_key[LINEPACK_KEY] = "a key of a pack for a benchmark";
static bool broken;

static void must(int rc)
{
	if (!rc)
		return;
	fprintf(stderr, "lines_bench: %s\n", err.message);
	exit(1);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const char *in(const char *name)
{
	static char path[4][1200];
	static int turn;
	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
	return path[turn];
}

static uint64_t nth(uint64_t i)
{
	return UINT64_C(999000000000) + i * UINT64_C(7368787) % UINT64_C(1000000000);
}

static struct key *new_key(const char *name)
{
	struct key *k = NULL;
	unlink(in(name));
	must(key_create_at_cost(in(name), name, SPAN("correct horse battery"),
				(struct key_cost){ 1, KEY_KIB_MIN }, NULL, &err));
	must(key_open(&k, in(name), SPAN("correct horse battery"), &err));
	return k;
}

static void wipe(const char *path)
{
	int status;
	pid_t child = fork();
	if (child == 0) {
		execlp("rm", "rm", "-rf", "--", path, (char *)NULL);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status)
		exit(1);
}

static void set_up(void)
{
	int64_t today = linedb_now();
	wipe(folder);
	if (mkdir(folder, 0755) != 0)
		exit(1);
	setenv("HOME", folder, 1);
	force = new_key("force");
	ada = new_key("ada");
	bea = new_key("bea");
	unit = new_key("unit");
	must(trust_create(in("trust"), "Example Police", false, today, force, &err));
	struct trust_entry e = {
		.name = "unit", .role = PERSON_ROLE_MAX, .from = today - DAY, .last = TIME_UNSET
	};
	memcpy(e.sign, key_public(unit)->sign, sizeof e.sign);
	must(trust_add(in("trust"), &e, today, force, &err));
	must(trust_open_dir(&trust, in("trust"), &err));
}

/* changed: one row in a hundred has another status and another last day. */
static void write_csv(const char *path, uint64_t n, bool changed)
{
	FILE *f = fopen(path, "w");
	if (!f)
		exit(1);
	fputs("line,identifier,from,to,status,grade,unit,contact\n", f);
	for (uint64_t i = 0; i < n; i++) {
		bool other = changed && i % 100 == 0;
		fprintf(f, "Line %llu,+%llu,2024-01-%02d,%s,%s,%d%cP,Line Desk,020 7946 0001\n",
			(unsigned long long)(i / PER_LINE), (unsigned long long)nth(i),
			1 + (int)(i % 28), other ? "2024-12-31" : "", other ? "closed" : "active",
			1 + (int)(i % 3), "ABCD"[i % 4]);
	}
	if (fclose(f) != 0)
		exit(1);
}

static void promise(const char *what, double value, double most, const char *unit_of)
{
	if (value <= most)
		return;
	printf("BROKEN: %s: %.3f %s, at most %.3f were promised\n", what, value, unit_of, most);
	broken = true;
}

/* Contents without a database. */
static void make_contents(uint64_t n, const unsigned char *key, struct buf *ret)
{
	struct linepack_maker *m = linepack_maker_new(key != NULL);
	struct linepack_tagger *t = linepack_tagger_new(key);
	if (!m || !t)
		exit(1);
	for (uint64_t i = 0; i < n; i++) {
		struct linepack_entry e = { .assertion = (uint32_t)i + 1,
					    .line = (uint32_t)(i / PER_LINE) + 1,
					    .from = 19723,
					    .source = '2',
					    .assessment = 'B' };
		linepack_tag_number(t, nth(i), e.tag);
		if (!linepack_add_entry(m, &e))
			exit(1);
	}
	for (uint64_t i = 0; i < (n + PER_LINE - 1) / PER_LINE; i++) {
		char name[32];
		snprintf(name, sizeof name, "Line %llu", (unsigned long long)i);
		struct linepack_line l = { .id = (uint32_t)i + 1,
					   .names = span_z(name),
					   .unit = SPAN("Line Desk"),
					   .contact = SPAN("020 7946 0001") };
		if (!linepack_add_line(m, &l))
			exit(1);
	}
	must(linepack_make(m, ret, &err));
	linepack_maker_free(m);
	linepack_tagger_free(t);
}

static void make_pack(uint64_t n, const unsigned char *key, struct buf *ret)
{
	struct buf full = { 0 }, body = { 0 };
	int64_t at = linedb_now();
	make_contents(n, key, &full);
	struct linepack_about a = { .number = 1, .issued = at, .expires = at + 30 * DAY };
	a.identifiers = (uint32_t)n;
	if (key)
		linepack_key_id(key, a.key);
	must(linepack_sign(&body, &a, buf_span(&full), buf_span(&full), unit, &err));
	struct pack_head h = {
		.kind = PACK_LINES, .number = 1, .issued = a.issued, .expires = a.expires
	};
	must(pack_make(ret, &h, buf_span(&body), unit, NULL, 0, &err));
	buf_free(&full);
	buf_free(&body);
}

struct times {
	double import, diff, suggest, issue, install, load, absent, present, keyed;
	double file_mib, peak_mib;
};

static void heard(void *user, const char *id, const char *text)
{
	(void)user;
	(void)id;
	(void)text;
}

static void through_database(uint64_t n, struct buf *clear, struct buf *keyed, struct times *t)
{
	struct linedb *d;
	struct import_result r;
	struct linepack_about about;
	uint64_t base;
	write_csv(in("first.csv"), n, false);
	write_csv(in("second.csv"), n, true);
	unlink(in("unit.db"));
	must(linedb_create(in("unit.db"), ada, &err));
	must(linedb_open(&d, in("unit.db"), ada, &err));
	double start = now();
	must(linedb_import(d, in("first.csv"), true, false, "for a benchmark", NULL, NULL, &r,
			   &err));
	t->import = now() - start;
	linedb_close(d);
	must(linedb_open(&d, in("unit.db"), bea, &err));
	must(linedb_approve(d, r.proposal, "for a benchmark", false, &err));
	linedb_close(d);
	must(linedb_open(&d, in("unit.db"), ada, &err));
	start = now();
	must(linedb_import(d, in("second.csv"), true, false, "for a benchmark", NULL, NULL, &r,
			   &err));
	t->diff = now() - start;
	if (r.n[IMPORT_CHANGED] != (n + 99) / 100 || r.n[IMPORT_BAD]) {
		printf("BROKEN: the diff names %llu changes\n",
		       (unsigned long long)r.n[IMPORT_CHANGED]);
		broken = true;
	}
	start = now();
	must(linedb_suggest(d, heard, NULL, &err));
	t->suggest = now() - start;
	struct issue_options o = { .full = true,
				   .issued = linedb_now(),
				   .expires = linedb_now() + 30 * DAY,
				   .unit = unit,
				   .why = "for a benchmark" };
	start = now();
	must(linedb_issue(d, &o, clear, &about, &base, &err));
	t->issue = now() - start;
	o.key = lines_key;
	start = now();
	must(linedb_issue(d, &o, keyed, &about, &base, &err));
	t->issue = now() - start > t->issue ? now() - start : t->issue;
	linedb_close(d);
}

static void install(const char *name, const struct buf *pack, double *seconds)
{
	struct linepack_about about;
	struct lines_install o = { .trust = trust, .by = ada, .now = linedb_now() };
	bool same;
	double start = now();
	must(lines_installed_put(in(name), buf_span(pack), &o, &about, &same, &err));
	*seconds = now() - start;
}

/* What a scan does before the first record, in a process that has done nothing else: seconds and
 * kilobytes come back through the pipe. */
static void load_alone(const char *self, const char *name, struct times *t)
{
	int to[2];
	double got[2] = { 0 };
	if (pipe(to) != 0)
		exit(1);
	pid_t child = fork();
	if (child == 0) {
		char fd[16];
		snprintf(fd, sizeof fd, "%d", to[1]);
		execl(self, self, "load", folder, name, fd, (char *)NULL);
		_exit(127);
	}
	int status;
	close(to[1]);
	if (read(to[0], got, sizeof got) != (ssize_t)sizeof got ||
	    waitpid(child, &status, 0) != child || status)
		exit(1);
	close(to[0]);
	t->load = got[0];
	t->peak_mib = got[1] / 1024;
}

/* getrusage() would give the larger of this process and the one that started it. */
static double peak_kib(void)
{
	char line[200];
	double kib = 0;
	FILE *f = fopen("/proc/self/status", "r");
	while (f && fgets(line, sizeof line, f))
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = strtod(line + 6, NULL);
	if (f)
		fclose(f);
	return kib;
}

static int load_child(char **argv)
{
	struct lines *l;
	double got[2];
	snprintf(folder, sizeof folder, "%s", argv[2]);
	setenv("HOME", folder, 1);
	must(trust_open_dir(&trust, in("trust"), &err));
	double start = now();
	must(lines_installed_load(&l, in(argv[3]), trust,
				  strcmp(argv[3], "keyed") == 0 ? lines_key : NULL, linedb_now(),
				  &err));
	got[0] = now() - start;
	got[1] = peak_kib();
	lines_free(l);
	trust_free(trust);
	return write((int)strtol(argv[4], NULL, 10), got, sizeof got) == (ssize_t)sizeof got ? 0
											     : 1;
}

/* Of 100 numbers so many are on the list, here and there in it. */
static double look_up(const char *name, uint64_t n, size_t on_it)
{
	struct lines *l;
	struct identifier *id = calloc(LOOKUPS, sizeof *id);
	double best = 0;
	if (!id)
		exit(1);
	must(lines_installed_load(&l, in(name), trust,
				  strcmp(name, "keyed") == 0 ? lines_key : NULL, linedb_now(),
				  &err));
	uint64_t seed = 88172645463325252u, want = 0, found = 0;
	for (size_t i = 0; i < LOOKUPS; i++) {
		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		id[i].e164 = nth(i % 100 < on_it ? seed % n : n + seed % n);
		want += i % 100 < on_it;
	}
	for (int run = 0; run < 3; run++) {
		found = 0;
		double start = now();
		for (size_t i = 0; i < LOOKUPS; i++)
			found += lines_find(l, &id[i], SPAN_NONE) != LINES_NONE;
		double took = (now() - start) / LOOKUPS * 1e9;
		best = !run || took < best ? took : best;
	}
	if (found != want) {
		printf("BROKEN: %llu of %llu numbers were found\n", (unsigned long long)found,
		       (unsigned long long)want);
		broken = true;
	}
	free(id);
	lines_free(l);
	return best;
}

static void measure(const char *self, uint64_t n)
{
	struct buf clear = { 0 }, keyed = { 0 };
	struct times t = { 0 };
	double seconds;
	wipe(in("clear"));
	wipe(in("keyed"));
	if (n <= DATABASE_MOST)
		through_database(n, &clear, &keyed, &t);
	else {
		double start = now();
		make_pack(n, NULL, &clear);
		t.issue = now() - start;
		make_pack(n, lines_key, &keyed);
	}
	install("clear", &clear, &t.install);
	install("keyed", &keyed, &seconds);
	t.file_mib = (double)clear.n / 1048576;
	buf_free(&clear);
	buf_free(&keyed);
	load_alone(self, "keyed", &t);
	load_alone(self, "clear", &t);
	t.absent = look_up("clear", n, 0);
	t.present = look_up("clear", n, 100);
	t.keyed = look_up("keyed", n, 50);
	char import[16] = "-", diff[16] = "-";
	if (n <= DATABASE_MOST) {
		snprintf(import, sizeof import, "%.2f", t.import);
		snprintf(diff, sizeof diff, "%.2f", t.diff);
	}
	printf("| %llu | %s | %s | %.2f | %.2f | %.1f | %.3f | %.1f | %.0f | %.0f | %.0f |\n",
	       (unsigned long long)n, import, diff, t.issue, t.install, t.file_mib, t.load,
	       t.peak_mib, t.absent, t.present, t.keyed);
	fflush(stdout);
	if (n != SCALE)
		return;
	promise("import", t.import, 60, "s");
	promise("import with diff", t.diff, 60, "s");
	promise("suggestions", t.suggest, 30, "s");
	promise("pack", t.issue, 10, "s");
	promise("install", t.install, 10, "s");
	promise("load for a scan", t.load, 0.5, "s");
	promise("memory of a load", t.peak_mib, 64, "MiB");
	promise("a look-up, clear", t.absent, 50, "ns");
	promise("a look-up, keyed", t.keyed, 1000, "ns");
}

int main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "load") == 0)
		return load_child(argv);
	if (argc < 2) {
		fputs("lines_bench FOLDER [MOST]\n", stderr);
		return 2;
	}
	snprintf(folder, sizeof folder, "%s/lines_bench", argv[1]);
	uint64_t most = argc > 2 ? strtoull(argv[2], NULL, 10) : SCALE;
	set_up();
	puts("| identifiers | import s | with diff s | pack s | install s | pack MiB | load s | "
	     "load peak MiB | look-up ns, not listed | listed | keyed "
	     "|\n|---|---|---|---|---|---|---|---|---|---|---|");
	for (uint64_t n = 1000; n <= most; n *= 10)
		measure(argv[0], n);
	key_free(force);
	key_free(ada);
	key_free(bea);
	key_free(unit);
	trust_free(trust);
	return broken;
}
