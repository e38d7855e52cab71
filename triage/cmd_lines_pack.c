/* cmd_lines_pack.c - packs: issued by the unit, installed and looked at on the front line. */
#include "cmd.h"
#include "linedb_issue.h"
#include "lines_installed.h"
#include "lines_key.h"
#include "lines_verb.h"
#include "say.h"
#include "small_file.h"
#include "unlock.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400000)
#define DAYS_DEFAULT 60
#define PACK_FILE_MAX ((size_t)1 << 30)

static bool number(const char *text, int64_t least, int64_t most, int64_t *ret)
{
	size_t n = strspn(text, "0123456789");
	if (!n || text[n] || n > 9)
		return false;
	*ret = strtoll(text, NULL, 10);
	return *ret >= least && *ret <= most;
}

struct recipients {
	struct pack_recipient *to;
	size_t n;
};

/* "all": every officer and supervisor of the policy; else key ids with commas. */
static int find_recipients(const struct trust *t, const char *ids, struct recipients *r,
			   struct err *err)
{
	size_t people = trust_people(t);
	r->to = calloc(people + 1, sizeof *r->to);
	if (!r->to)
		return err_set(err, E_NOMEM, "Memory ran out.");
	size_t named = 0;
	for (const char *s = ids; *s; s += strcspn(s, ",") + (s[strcspn(s, ",")] == ','))
		named++;
	bool all = strcmp(ids, "all") == 0;
	for (size_t i = 0; i < people && r->n < PACK_RECIPIENTS_MAX; i++) {
		const struct person *p = trust_person_at(t, i);
		bool scans = p->role == PERSON_OFFICER || p->role == PERSON_SUPERVISOR;
		if (p->revoked || (all ? !scans : !strstr(ids, p->key.id)))
			continue;
		memcpy(r->to[r->n++].sign, p->key.sign, KEY_PUBLIC);
	}
	if (!r->n || (!all && r->n < named))
		return err_set(err, E_USER,
			       "--to: a key id is not in the policy ('linecheck trust check' lists "
			       "them).");
	return 0;
}

static int unlock_unit(struct lines_verb *v, struct key **ret, int64_t at, struct err *err)
{
	const char *file = lines_verb_option(v, "--unit-key");
	const char *fd = lines_verb_option(v, "--unit-passphrase-fd");
	int64_t n = -1;
	if (fd && !number(fd, 0, 999999, &n))
		return err_set(err, E_USAGE, "--unit-passphrase-fd needs a number.");
	int rc = unlock_key(ret, file, (int)n, err);
	return rc ? rc : trust_unit(v->act.trust, key_public(*ret)->id, at, NULL, err);
}

static int do_pack(struct lines_verb *v, struct issue_options *o, struct err *err)
{
	unsigned char key[LINEPACK_KEY];
	struct recipients r = { 0 };
	struct key *unit = NULL;
	struct buf pack = { 0 };
	struct linepack_about about;
	uint64_t base = 0;
	bool keyed = false;
	const char *out = lines_verb_option(v, "--out"), *to = lines_verb_option(v, "--to");
	const char *file = lines_verb_option(v, "--lines-key");
	int rc = lines_verb_open(v, WHO_ANALYST, err);
	if (!rc)
		rc = unlock_unit(v, &unit, o->issued, err);
	if (!rc && file)
		rc = lines_key_find(file, key, &keyed, err);
	if (!rc && to)
		rc = find_recipients(v->act.trust, to, &r, err);
	o->unit = unit;
	o->key = keyed ? key : NULL;
	o->to = r.to;
	o->to_n = r.n;
	if (!rc)
		rc = linedb_issue(v->d, o, &pack, &about, &base, err);
	if (!rc) {
		struct err why = { 0 };
		rc = small_file_new(AT_FDCWD, out, buf_span(&pack), 0644, &why);
		if (rc)
			rc = err_set(
				err, rc,
				"Pack %llu is recorded, but could not be written: %.300s Issue "
				"another with --full.",
				(unsigned long long)about.number, why.message);
	}
	if (!rc && base)
		printf("Pack %llu, standing on pack %llu: %u identifiers of %u lines, %zu bytes.\n",
		       (unsigned long long)about.number, (unsigned long long)base,
		       about.identifiers, about.lines, pack.n);
	else if (!rc)
		printf("Pack %llu, full: %u identifiers of %u lines, %zu bytes.\n",
		       (unsigned long long)about.number, about.identifiers, about.lines, pack.n);
	if (!rc) {
		fputs("It stands in ", stdout);
		say_name(stdout, out);
		puts(". On each machine: linecheck lines install FILE --key FILE");
	}
	o->key = NULL;
	lines_key_wipe(key);
	buf_free(&pack);
	key_free(unit);
	free(r.to);
	return rc;
}

static int pack(int argc, char **argv)
{
	struct lines_verb v = { .name = "pack",
				.least = 1,
				.most = 1,
				.word_names = "DATABASE",
				.option = { "--out", "--unit-key", "--unit-passphrase-fd",
					    "--full!", "--base", "--no-names!", "--candidates",
					    "--lines-key", "--issued", "--days", "--to",
					    "--contact" } };
	struct issue_options o = { .issued = linedb_now() };
	struct err err = { 0 };
	int64_t days = DAYS_DEFAULT, n = 0, day;
	int code = lines_verb_read(&v, argc, argv, true);
	if (code)
		return code;
	const char *base = lines_verb_option(&v, "--base"),
		   *few = lines_verb_option(&v, "--candidates");
	const char *given = lines_verb_option(&v, "--days"),
		   *issued = lines_verb_option(&v, "--issued");
	if (!lines_verb_option(&v, "--out") || !lines_verb_option(&v, "--unit-key"))
		return say_usage("lines", "Give --out FILE and --unit-key FILE.");
	if (base && !number(base, 1, 999999999, &n))
		return say_usage("lines", "--base needs the number of a pack.");
	o.base = (uint64_t)n;
	n = 0;
	if (few && !number(few, 2, 1000, &n))
		return say_usage("lines", "--candidates needs a number of cases, 2 or more.");
	o.candidates = (int)n;
	if (given && !number(given, 1, 366, &days))
		return say_usage("lines", "--days needs a number from 1 to 366.");
	if (issued && (!time_parse_date(span_z(issued), &day) || day > o.issued))
		return say_usage("lines", "--issued needs a day that is not in the future.");
	if (issued)
		o.issued = day;
	o.expires = o.issued + days * DAY;
	o.full = lines_verb_option(&v, "--full");
	o.no_names = lines_verb_option(&v, "--no-names");
	o.contact = lines_verb_option(&v, "--contact");
	o.why = v.reason;
	int rc = do_pack(&v, &o, &err);
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_pack = {
	.name = "pack",
	.usage = "DATABASE --out FILE --unit-key FILE [--full | --base N] [--days N] [--to "
		 "all|ID,ID] "
		 "[--lines-key FILE] --reason TEXT --key FILE",
	.line = "issue what counts as a signed pack for the front line",
	.help = "Without --full: what changed since the pack before (or --base N). Leaves out all "
		"that could\n"
		"name a source, and says of a line only: contact the unit first, current, past.\n"
		"  --days N            until it expires; 60 if not given.\n"
		"  --issued DATE       the day as of which it is true, if that is not today.\n"
		"  --to all|ID,ID      seal it to every officer and supervisor of the policy, or "
		"to these.\n"
		"  --lines-key FILE    key the identifiers (HMAC-SHA-256); the file goes another "
		"way.\n"
		"  --no-names          leave the names of lines out.\n"
		"  --candidates N      with numbers that nobody graded but N cases showed; "
		"--contact "
		"TEXT\n"
		"                      is the desk to ring.\n"
		"  --unit-passphrase-fd N  read the unit key's passphrase from that "
		"descriptor.\n" ACT_HELP,
	.run = pack,
};

/* ---- the front line ---- */

static int read_pack(const char *path, struct buf *ret, struct err *err)
{
	return small_file_read(AT_FDCWD, path, PACK_FILE_MAX, ret, NULL, err);
}

/* The unit's name, as the policy has it, before its id. */
static void print_unit(const struct trust *t, const char *id)
{
	for (size_t i = 0; t && i < trust_units(t); i++) {
		const struct key_public *k = &trust_unit_at(t, i)->key;
		if (strcmp(k->id, id) != 0)
			continue;
		say_name(stdout, k->name);
		printf(" (key %s)", id);
		return;
	}
	fputs(id, stdout);
}

static void print_age(const struct linepack_about *a, const struct trust *t, int64_t now)
{
	char issued[25], expires[25];
	int64_t days = (now - a->issued) / DAY;
	time_format(a->issued, issued);
	time_format(a->expires, expires);
	printf("Pack %llu of ", (unsigned long long)a->number);
	print_unit(t, a->unit);
	printf(": issued %.10s, %lld day%s old, expires %.10s. %u identifiers of %u lines%s.\n",
	       issued, (long long)days, days == 1 ? "" : "s", expires, a->identifiers, a->lines,
	       a->key[0] ? ", keyed" : "");
	if (now >= a->expires)
		printf("It has expired: scans refuse it. Install a newer one.\n");
	else if (days >= LINES_OLD_DAYS)
		printf("It is more than 30 days old: get a newer one before the next scan.\n");
	else if (days >= LINES_WARN_DAYS)
		printf("It is more than 7 days old: ask the unit if there is a newer one.\n");
}

static int install(int argc, char **argv)
{
	struct lines_verb v = { .name = "install", .least = 1, .most = 1, .word_names = "FILE" };
	struct linepack_about about;
	struct err err = { 0 };
	struct buf bytes = { 0 };
	char dir[4096];
	bool same;
	int code = lines_verb_read(&v, argc, argv, false);
	if (code)
		return code;
	int rc = act_unlock(&v.act, PERSON_OFFICER, &err);
	if (!rc && v.act.second_file && !v.reason)
		rc = err_set(&err, E_USAGE, "Say why: --reason \"...\".");
	if (!rc && v.act.second_file)
		rc = act_second(&v.act, PERSON_SUPERVISOR, &err);
	if (!rc && !lines_installed_dir(dir, sizeof dir))
		rc = err_set(&err, E_USER, "There is no folder for the list: set LINECHECK_LINES.");
	if (!rc)
		rc = read_pack(v.word[0], &bytes, &err);
	struct lines_install o = { .trust = v.act.trust,
				   .by = v.act.key,
				   .reader = v.act.key,
				   .rollback = v.act.second != NULL,
				   .second = v.act.second ? key_public(v.act.second)->id : NULL,
				   .why = v.reason,
				   .now = linedb_now() };
	if (!rc)
		rc = lines_installed_put(dir, buf_span(&bytes), &o, &about, &same, &err);
	if (!rc) {
		printf(same ? "It was installed already.\n" : "Installed.\n");
		print_age(&about, v.act.trust, o.now);
	}
	buf_free(&bytes);
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_install = {
	.name = "install",
	.usage = "FILE --key FILE [--second FILE --reason TEXT]",
	.line = "make a pack the list that real cases are matched with here",
	.help = "Refused, with the reason: altered, by another unit's key, from the future, "
		"expired, "
		"older\n"
		"than the one before, or standing on one that is not installed. An older one needs "
		"a\n"
		"supervisor.\n\n" ACT_HELP ACT_HELP_SECOND,
	.run = install,
};

static int status(int argc, char **argv)
{
	struct linepack_about about;
	struct err err = { 0 };
	struct trust *t = NULL;
	char dir[4096];
	(void)argv;
	if (argc != 1)
		return say_usage("lines", "'lines status' takes nothing.");
	int rc = trust_open(&t, &err);
	if (!rc && !lines_installed_dir(dir, sizeof dir))
		rc = err_set(&err, E_USER, "There is no folder for the list: set LINECHECK_LINES.");
	if (!rc)
		rc = lines_installed_about(dir, t, &about, &err);
	if (!rc)
		print_age(&about, t, linedb_now());
	trust_free(t);
	return rc ? say_error(&err) : EXIT_NOTHING;
}

const struct cmd lines_verb_status = {
	.name = "status",
	.usage = "",
	.line = "which pack is installed here, and how old it is",
	.help = "Warns at 7 and at 30 days.\n",
	.run = status,
};

static int new_key(int argc, char **argv)
{
	struct lines_verb v = { .name = "new-key", .least = 1, .most = 1, .word_names = "FILE" };
	unsigned char key[LINEPACK_KEY];
	char id[17];
	struct err err = { 0 };
	bool found = false;
	int code = lines_verb_read(&v, argc, argv, false);
	if (code)
		return code;
	int rc = lines_key_make(v.word[0], &err);
	if (!rc)
		rc = lines_key_find(v.word[0], key, &found, &err);
	if (!rc) {
		linepack_key_id(key, id);
		printf("Made: key %s. Carry it to each machine by another way than the packs; "
		       "LINECHECK_LINES_KEY\nor --lines-key names it there. Whoever has it and a "
		       "pack can try every number.\n",
		       id);
	}
	lines_key_wipe(key);
	return lines_verb_end(&v, rc, &err);
}

const struct cmd lines_verb_new_key = {
	.name = "new-key",
	.usage = "FILE",
	.line = "make the key of a pack whose identifiers are keyed",
	.help = "32 random bytes as 64 digits, for 'lines pack --lines-key' and 'scan "
		"--lines-key'.\n",
	.run = new_key,
};
