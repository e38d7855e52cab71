/* verify_bundle.c - see verify_bundle.h */
#include "verify_bundle.h"
#include "base/time.h"
#include "cmd.h"
#include "pack.h"
#include "say.h"
#include "small_file.h"
#include <fcntl.h>
#include <stdio.h>
#include <time.h>

static void print_bad(void *user, const char *what)
{
	(void)user;
	printf("  NOT RIGHT: ");
	say_name(stdout, what);
	putchar('\n');
}

static void print_signer(const struct bundle_result *r, const struct bundle_checks *checks)
{
	struct trust *t = NULL;
	const struct person *p = NULL;
	if (!r->is_signed) {
		puts("It is not signed: anybody could have made this folder.");
		return;
	}
	printf("Signed by the key %s.\n  public key %s\n", r->key, r->public_key);
	if (trust_open(&t, NULL) == 0)
		p = trust_person(t, r->key);
	if (p) {
		printf("The policy here names its holder: ");
		say_name(stdout, p->key.name);
		puts(p->revoked ? " - but the key was REVOKED." : ".");
	} else if (!checks->signer) {
		puts("Nobody here names its holder: compare the public key with the one printed on "
		     "the report's\nsignature page, or give it with --signer.");
	}
	trust_free(t);
}

int verify_bundle(const char *dir, const struct bundle_checks *checks)
{
	struct bundle_result r;
	struct err err = { 0 };
	char when[25];
	say_name(stdout, dir);
	putchar('\n');
	int rc = bundle_check(dir, checks, print_bad, NULL, &r, &err);
	if (rc)
		return say_error(&err);
	printf("%lld files are there and unchanged, and nothing was added.\n", (long long)r.files);
	print_signer(&r, checks);
	if (r.cms) {
		printf("Signed with a certificate (CMS) of: ");
		say_name(stdout, r.cms_name);
		puts(checks->cms_ca ? "." : ". Its issuer was not checked (--cms-ca FILE).");
	}
	if (r.stamped) {
		time_format(r.stamp_time, when);
		printf("Time stamp: %s.%s\n", when,
		       checks->stamp_ca ? "" : " Its issuer was not checked (--stamp-ca FILE).");
	}
	printf("SHA-256 of the list: %s\n", r.manifest);
	return EXIT_NOTHING;
}

bool verify_is_pack(const char *path)
{
	char magic[8] = "";
	FILE *f = fopen(path, "re");
	bool is = f && fread(magic, 1, sizeof magic, f) == sizeof magic &&
		  memcmp(magic, "LCPACK1\n", sizeof magic) == 0;
	if (f)
		fclose(f);
	return is;
}

int verify_pack(const char *path)
{
	struct buf bytes = { 0 }, body = { 0 };
	struct trust *t = NULL;
	struct pack_head head = { 0 };
	struct err err = { 0 };
	char issued[25], expires[25];
	int rc = small_file_read(AT_FDCWD, path, PACK_BODY_MAX + PACK_HEAD_MAX, &bytes, NULL, &err);
	if (!rc)
		rc = pack_peek(&head, buf_span(&bytes), &err);
	if (!rc)
		rc = trust_open(&t, &err);
	if (!rc)
		rc = pack_open(&body, &head, buf_span(&bytes), t, NULL, (int64_t)time(NULL) * 1000,
			       &err);
	if (rc == E_ENCRYPTED) {
		printf("The pack is whole and signed by a unit of the policy; its contents are "
		       "sealed to others.\n");
		rc = 0;
	}
	if (!rc) {
		time_format(head.issued, issued);
		time_format(head.expires, expires);
		printf("Pack of %s, number %llu, by the unit %s, issued %s, counts until %s.\n"
		       "Its signature and its contents are right.\nSHA-256: %s\n",
		       pack_kind_word(head.kind), (unsigned long long)head.number, head.unit,
		       issued, expires, head.sha256);
	}
	buf_free(&bytes);
	buf_free(&body);
	trust_free(t);
	return rc ? say_error(&err) : EXIT_NOTHING;
}
