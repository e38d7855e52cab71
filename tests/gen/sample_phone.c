/*
 * sample_phone - make a fictional phone: an iPhone backup or an Android tree, with the line list to
 * scan it with and the truth about what was planted. The same words give the same bytes.
 */
#include "pack.h"
#include "tool.h"
#include "writers.h"
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] =
	"Usage: sample_phone --out DIR [options]\n"
	"Makes DIR/backup (an iPhone backup) or DIR/android (a tree), DIR/lines.csv, and the truth "
	"in\n"
	"DIR/backup.truth.jsonl or DIR/android.truth.jsonl.\n"
	"  --mode story|clean|bulk      story: a child missing over a weekend (default)\n"
	"                               clean: the same child without a deal line\n"
	"  --platform ios|android|both  (default ios)\n"
	"  --messages N                 bulk: how many (default 10000)\n"
	"  --lines N                    bulk: rows of lines.csv (default 12)\n"
	"  --rules N                    bulk: also DIR/rules.yaml with N rules\n"
	"  --seed N                     another phone (default 1)\n"
	"  --wal                        leave the newest tenth in a -wal\n"
	"  --records                    bulk: truth for each row (small phones always have it)\n"
	"  --backup-password X          the iPhone backup is encrypted with it\n"
	"  --generation G               of the iPhone backup: 9 (iOS 4 to 9), 10.0 or 10.2 (and "
	"later;\n"
	"                               default)\n"
	"  --rounds N                   of making a key of the password (default 10000000, as "
	"phones do)\n"
	"  --archive KIND               also as DIR/backup.KIND: zip, tar.gz or tar.zst\n";

struct options {
	const char *mode, *archive, *out;
	struct phone_wish wish;
	struct backup_form form;
	bool ios, android, wal, records;
};

static uint64_t number(const char *name, const char *s, uint64_t max)
{
	char *end;
	errno = 0;
	unsigned long long n = strtoull(s, &end, 10);
	if (errno || *end || end == s || *s == '-' || n > max)
		die("--%s: '%s' is not a number from 0 to %llu", name, s, (unsigned long long)max);
	return n;
}

static enum generation generation(const char *word)
{
	static const char *const words[] = { "9", "10.0", "10.2" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(word, words[i]) == 0)
			return (enum generation)i;
	die("--generation is 9, 10.0 or 10.2, not '%s'", word);
}

static void read_options(int argc, char **argv, struct options *o)
{
	static const struct option names[] = {
		{ "out", 1, NULL, 'o' },      { "mode", 1, NULL, 'm' },
		{ "platform", 1, NULL, 'p' }, { "messages", 1, NULL, 'n' },
		{ "lines", 1, NULL, 'l' },    { "rules", 1, NULL, 'r' },
		{ "seed", 1, NULL, 's' },     { "archive", 1, NULL, 'a' },
		{ "wal", 0, NULL, 'w' },      { "records", 0, NULL, 'R' },
		{ "help", 0, NULL, 'h' },     { "backup-password", 1, NULL, 'b' },
		{ "rounds", 1, NULL, 'k' },   { "generation", 1, NULL, 'g' },
		{ NULL, 0, NULL, 0 }
	};
	int c;
	while ((c = getopt_long(argc, argv, "h", names, NULL)) != -1) {
		switch (c) {
		case 'o':
			o->out = optarg;
			break;
		case 'm':
			o->mode = optarg;
			break;
		case 'p':
			o->ios = strcmp(optarg, "android") != 0;
			o->android = strcmp(optarg, "ios") != 0;
			if (o->ios && o->android && strcmp(optarg, "both") != 0)
				die("--platform is ios, android or both, not '%s'", optarg);
			break;
		case 'n':
			o->wish.messages = number("messages", optarg, 100000000);
			break;
		case 'l':
			o->wish.lines = (uint32_t)number("lines", optarg, 100000);
			break;
		case 'r':
			o->wish.rules = (uint32_t)number("rules", optarg, 100000);
			break;
		case 's':
			o->wish.seed = number("seed", optarg, UINT64_MAX);
			break;
		case 'a':
			o->archive = optarg;
			break;
		case 'b':
			o->form.password = optarg;
			break;
		case 'g':
			o->form.generation = generation(optarg);
			break;
		case 'k':
			o->form.rounds = (uint32_t)number("rounds", optarg, 50000000);
			break;
		case 'w':
			o->wal = true;
			break;
		case 'R':
			o->records = true;
			break;
		case 'h':
			fputs(usage, stdout);
			exit(0);
		default:
			exit(2);
		}
	}
	if (optind != argc || !o->out) {
		fputs(usage, stderr);
		exit(2);
	}
	if (!o->wish.lines)
		die("--lines: at least 1");
	if (!o->form.rounds)
		die("--rounds: at least 1");
}

static struct phone *make_phone(const struct options *o)
{
	if (strcmp(o->mode, "story") == 0)
		return phone_story(&o->wish, false);
	if (strcmp(o->mode, "clean") == 0)
		return phone_story(&o->wish, true);
	if (strcmp(o->mode, "bulk") == 0)
		return phone_bulk(&o->wish);
	die("--mode is story, clean or bulk, not '%s'", o->mode);
}

/* DIR/NAME and the files beside it. */
static void write_phone(const struct options *o, struct phone *p, const char *name)
{
	char *phone = path_join(o->out, name), *lines = path_join(o->out, "lines.csv");
	char *rules = path_join(o->out, "rules.yaml"), beside[4096];
	if (mkdir(phone, 0755))
		die("%s: %s", phone, strerror(errno));
	snprintf(beside, sizeof beside, "%s.truth.jsonl", phone);
	struct truth *t = truth_open(beside, p, o->mode, o->records || !strstr(o->mode, "bulk"));
	if (p->platform == PHONE_IOS)
		ios_write(p, phone, o->wal, t);
	else
		android_write(p, phone, o->wal, t);
	truth_close(t);
	deal_lines_write(p->lines, lines);
	if (p->rules)
		rule_pack_write(p->rules, rules);
	if (o->archive) {
		snprintf(beside, sizeof beside, "%s.%s", phone, o->archive);
		/* what copies an Android tree gives names from the root on */
		pack_folder(phone, p->platform == PHONE_IOS ? name : "", o->archive, p->backed_up,
			    beside);
	}
	free(phone);
	free(lines);
	free(rules);
}

int main(int argc, char **argv)
{
	struct options o = { .mode = "story",
			     .ios = true,
			     .form = { .generation = GEN_SEALED, .rounds = 10000000 },
			     .wish = { .seed = 1, .messages = 10000, .lines = 12 } };
	read_options(argc, argv, &o);
	make_parents(o.out);
	if (mkdir(o.out, 0755) && errno != EEXIST)
		die("%s: %s", o.out, strerror(errno));
	for (int i = PHONE_IOS; i <= PHONE_ANDROID; i++) {
		if (!(i == PHONE_IOS ? o.ios : o.android))
			continue;
		o.wish.platform = (enum platform_kind)i;
		struct phone *p = make_phone(&o);
		p->form = o.form;
		write_phone(&o, p, i == PHONE_IOS ? "backup" : "android");
		phone_free(p);
	}
	return 0;
}
