/* cmd_verify.c - is a case still what its log says it is? */
#include "act.h"
#include "case_verify.h"
#include "cmd.h"
#include "options.h"
#include "passwords.h"
#include "say.h"
#include "source_verify.h"
#include "unlock.h"
#include "verify_bundle.h"
#include <stdio.h>
#include <string.h>

static void print_bad(void *user, const char *what)
{
	(void)user;
	printf("  NOT RIGHT: ");
	say_name(stdout, what);
	putchar('\n');
}

static void print_right(const struct verify_result *r, const char *head)
{
	printf("%lld entries of the log, every table and every decision are as the log says.\n",
	       (long long)r->entries);
	if (r->vault_files)
		printf("%lld files of the vault are, byte for byte, those that were hashed when "
		       "they came in.\n",
		       (long long)r->vault_files);
	if (r->vault_closed)
		printf("%lld files of the vault were not compared: they are encrypted, and only a "
		       "person whose\nkey opens the vault can read them (--key FILE).\n",
		       (long long)r->vault_closed);
	if (head)
		printf("The head that you gave is entry %lld: nothing up to it was changed.\n",
		       (long long)r->head_seq);
	else
		printf("The case is internally consistent. That does not prove it unaltered: "
		       "whoever can\nwrite the folder could have written all of it anew. Give "
		       "--head with the head that\nis printed on a notice, view or report.\n");
	printf("Head now: %s\n", r->head);
}

struct words {
	const char *dir, *head, *source, *password_fd;
	struct bundle_checks checks;
	struct act act;
};

/* The exhibit that was read in place, hashed again where it lies now. */
static int verify_source(struct case_db *c, const struct words *w, struct err *err)
{
	struct source_checked n;
	struct say_progress progress;
	struct passwords *passwords = NULL;
	int fd = -1;
	if (!options_descriptor(w->password_fd, &fd))
		return err_set(err, E_USER, "--password-fd needs the number of a descriptor.");
	int rc = passwords_new(&passwords, fd, true, NULL, NULL, err);
	if (rc)
		return rc;
	putchar('\n');
	say_progress_start(&progress);
	struct source_options options = { .passwords = passwords,
					  .progress = say_progress_fn,
					  .user = &progress };
	rc = source_verify(c, w->source, &options, print_bad, NULL, &n, err);
	say_progress_end(&progress);
	passwords_free(passwords);
	if (rc && rc != E_FORMAT)
		return rc;
	say_name(stdout, w->source);
	printf(" is compared with EX%lld (", (long long)n.exhibit);
	say_name(stdout, n.label);
	printf("): %lld files are, byte for byte, those that were\nread; %lld changed, %lld are "
	       "missing, %lld are new.\n",
	       (long long)n.same, (long long)n.changed, (long long)n.missing, (long long)n.added);
	return rc;
}

static int verify(struct words *w)
{
	struct act *a = &w->act;
	struct case_db *c = NULL;
	struct trust *t = NULL;
	struct err err = { 0 };
	struct verify_result result;
	int rc = case_open(&c, w->dir, CASE_READ, false, &err);
	if (!rc && a->key_file) {
		rc = unlock_key(&a->key, a->key_file, a->key_fd, &err);
		if (!rc)
			rc = case_act_as(c, a->key, &err);
	}
	if (!rc) {
		if (trust_open(&t, NULL))
			t = NULL;
		say_name(stdout, w->dir);
		puts(case_training(c) ? "  (training: fictional or test data)" : "");
		rc = case_verify(c, w->head, t, print_bad, NULL, &result, &err);
	}
	if (!rc) {
		print_right(&result, w->head);
		if (!result.trusted && !case_training(c))
			printf("Who signed is known only by key: no trust store here names them "
			       "(see 'linecheck trust check').\n");
	}
	if ((!rc || rc == E_FORMAT) && w->source) {
		struct err why = { 0 };
		int other = verify_source(c, w, &why);
		if (other && (!rc || other != E_FORMAT))
			rc = err_set(&err, other, "%s", why.message);
	}
	case_close(c);
	trust_free(t);
	return rc ? say_error(&err) : EXIT_NOTHING;
}

/* What the folder or file is decides what is checked. */
static int verify_any(struct words *w)
{
	const struct bundle_checks *checks = &w->checks;
	bool asked = checks->signer || checks->manifest || checks->cms_ca || checks->stamp_ca;
	bool bundle = bundle_is(w->dir), pack = !bundle && verify_is_pack(w->dir);
	if ((bundle || pack) && (w->head || w->source || w->act.key_file))
		return say_usage("verify", "--head, --source and --key are for a case.");
	if (asked && !bundle)
		return say_usage("verify",
				 "--signer, --manifest, --cms-ca and --stamp-ca are for a "
				 "folder with a " BUNDLE_MANIFEST ".");
	if (bundle)
		return verify_bundle(w->dir, checks);
	return pack ? verify_pack(w->dir) : verify(w);
}

static bool is_head(const char *s)
{
	return strlen(s) == 64 && strspn(s, "0123456789abcdefABCDEF") == 64;
}

static int run(int argc, char **argv)
{
	struct words w = { .act = ACT_NEW };
	const struct {
		const char *name;
		const char **value;
		bool digits;
	} options[] = { { "--head", &w.head, true },
			{ "--signer", &w.checks.signer, true },
			{ "--manifest", &w.checks.manifest, true },
			{ "--cms-ca", &w.checks.cms_ca, false },
			{ "--stamp-ca", &w.checks.stamp_ca, false },
			{ "--source", &w.source, false },
			{ "--password-fd", &w.password_fd, false } };
	for (int i = 1; i < argc; i++) {
		size_t o = 0;
		if (act_option(&w.act, argc, argv, &i))
			continue;
		while (o < sizeof options / sizeof *options &&
		       strcmp(argv[i], options[o].name) != 0)
			o++;
		if (o < sizeof options / sizeof *options) {
			if (++i == argc || !*argv[i] || (options[o].digits && !is_head(argv[i])))
				return say_usage("verify",
						 options[o].digits
							 ? "%s takes the 64 digits (0-9, a-f) "
							   "that were printed."
							 : "%s needs its value.",
						 options[o].name);
			*options[o].value = argv[i];
		} else if (argv[i][0] == '-') {
			return say_usage("verify", "There is no option '%s'.", argv[i]);
		} else if (w.dir) {
			return say_usage("verify", "One at a time.");
		} else {
			w.dir = argv[i];
		}
	}
	if (!w.dir || !*w.dir)
		return say_usage("verify", "Which case? Give its folder.");
	int code = verify_any(&w);
	act_end(&w.act);
	return code;
}

const struct cmd cmd_verify = {
	.name = "verify",
	.usage = "CASE|REPORT|PACK [--head HEX] [--source PATH] [--key FILE] [--signer HEX]",
	.line = "check that a case, or what left one, is still what was signed",
	.help = "A folder with a MANIFEST.sha256 (a report, an export): every file against the "
		"list, nothing\n"
		"added, the signatures that are there. Needs nothing but the folder. A pack: its "
		"signature\n"
		"and contents, against the policy here. A case: checks the chain and the "
		"signatures of the case's log, every table against the\n"
		"log's last digest of it, every decision, and every file of the vault.\n"
		"\n"
		"  --head HEX   the head (64 hex digits) printed on a notice, view or report. "
		"Only\n"
		"               with it can the check say that nothing was changed since.\n"
		"  --source PATH  the folder or file that was read in place: hash it again, and "
		"say "
		"which\n"
		"               files are changed, missing or new.\n"
		"  --password-fd N  read the password of an encrypted backup there from that "
		"descriptor.\n"
		"  --key FILE   your key, to compare the files of an encrypted vault as well.\n"
		"  --passphrase-fd N  read its passphrase from that descriptor instead of asking.\n"
		"  --signer HEX     of a report: the public key on its signature page (64 "
		"digits).\n"
		"  --manifest HEX   of a report: the SHA-256 of its list, as written down.\n"
		"  --cms-ca FILE    of a report: who issues the certificate of its CMS signature "
		"(PEM).\n"
		"  --stamp-ca FILE  of a report: who issues that of its time stamp (PEM).\n"
		"\n"
		"Ends with 0: all is right; 1: something is not, and each thing is named, or there "
		"is no\n"
		"case there; 2: the command line is wrong.\n",
	.run = run,
};
