/* cmd_verify.c - is a case still what its log says it is? */
#include "act.h"
#include "case_verify.h"
#include "cmd.h"
#include "say.h"
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

static int verify(const char *dir, const char *head, struct act *a)
{
	struct case_db *c = NULL;
	struct trust *t = NULL;
	struct err err = { 0 };
	struct verify_result result;
	int rc = case_open(&c, dir, CASE_READ, false, &err);
	if (!rc && a->key_file) {
		rc = unlock_key(&a->key, a->key_file, a->key_fd, &err);
		if (!rc)
			rc = case_act_as(c, a->key, &err);
	}
	if (!rc) {
		if (trust_open(&t, NULL))
			t = NULL;
		say_name(stdout, dir);
		puts(case_training(c) ? "  (training: fictional or test data)" : "");
		rc = case_verify(c, head, t, print_bad, NULL, &result, &err);
	}
	if (!rc) {
		print_right(&result, head);
		if (!result.trusted && !case_training(c))
			printf("Who signed is known only by key: no trust store here names them "
			       "(see 'linecheck trust check').\n");
	}
	case_close(c);
	trust_free(t);
	return rc ? say_error(&err) : EXIT_NOTHING;
}

/* What the folder or file is decides what is checked. */
static int verify_any(const char *path, const char *head, const struct bundle_checks *checks,
		      struct act *a)
{
	bool asked = checks->signer || checks->manifest || checks->cms_ca || checks->stamp_ca;
	bool bundle = bundle_is(path), pack = !bundle && verify_is_pack(path);
	if ((bundle || pack) && (head || a->key_file))
		return say_usage("verify", "--head and --key are for a case.");
	if (asked && !bundle)
		return say_usage("verify",
				 "--signer, --manifest, --cms-ca and --stamp-ca are for a "
				 "folder with a " BUNDLE_MANIFEST ".");
	if (bundle)
		return verify_bundle(path, checks);
	return pack ? verify_pack(path) : verify(path, head, a);
}

static bool is_head(const char *s)
{
	return strlen(s) == 64 && strspn(s, "0123456789abcdefABCDEF") == 64;
}

static int run(int argc, char **argv)
{
	const char *dir = NULL, *head = NULL;
	struct bundle_checks checks = { 0 };
	struct act a = ACT_NEW;
	const struct {
		const char *name;
		const char **value;
		bool digits;
	} options[] = { { "--head", &head, true },
			{ "--signer", &checks.signer, true },
			{ "--manifest", &checks.manifest, true },
			{ "--cms-ca", &checks.cms_ca, false },
			{ "--stamp-ca", &checks.stamp_ca, false } };
	for (int i = 1; i < argc; i++) {
		size_t o = 0;
		if (act_option(&a, argc, argv, &i))
			continue;
		while (o < sizeof options / sizeof *options &&
		       strcmp(argv[i], options[o].name) != 0)
			o++;
		if (o < sizeof options / sizeof *options) {
			if (++i == argc || (options[o].digits && !is_head(argv[i])))
				return say_usage("verify",
						 options[o].digits
							 ? "%s takes the 64 digits (0-9, a-f) "
							   "that were printed."
							 : "%s takes a file.",
						 options[o].name);
			*options[o].value = argv[i];
		} else if (argv[i][0] == '-') {
			return say_usage("verify", "There is no option '%s'.", argv[i]);
		} else if (dir) {
			return say_usage("verify", "One at a time.");
		} else {
			dir = argv[i];
		}
	}
	if (!dir || !*dir)
		return say_usage("verify", "Which case? Give its folder.");
	int code = verify_any(dir, head, &checks, &a);
	act_end(&a);
	return code;
}

const struct cmd cmd_verify = {
	.name = "verify",
	.usage = "CASE|REPORT|PACK [--head HEX] [--key FILE] [--signer HEX]",
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
