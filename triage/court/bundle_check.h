/*
 * bundle_check.h - is a bundle (bundle.h) what was signed? Needs the folder and nothing else.
 */
#ifndef BUNDLE_CHECK_H
#define BUNDLE_CHECK_H
#include "bundle.h"
#include <stdint.h>

struct bundle_checks {
	const char *signer; /* public key, 64 hex digits, as printed on paper; NULL: not compared */
	const char *manifest; /* SHA-256 of the manifest, as printed or written down; NULL */
	const char *cms_ca;   /* PEM: who issues the certificates of the CMS signature; NULL */
	const char *stamp_ca; /* PEM: who issues those of the time stamp; NULL */
};

struct bundle_result {
	int64_t files; /* listed, there and unchanged */
	char manifest[65];
	bool is_signed;
	char key[17], public_key[65]; /* of the signature */
	bool cms;
	char cms_name[256];
	bool stamped;
	int64_t stamp_time; /* ms UTC */
};

/* Told each thing that is wrong, in plain words that may hold a hostile file name. */
typedef void bundle_bad_fn(void *user, const char *what);

/* Does dir look like a bundle? */
bool bundle_is(const char *dir);
/* 0: every file is there and unchanged, nothing was added, the signatures that are there hold.
 * E_FORMAT: not so (told to bad). */
int bundle_check(const char *dir, const struct bundle_checks *checks, bundle_bad_fn *bad,
		 void *user, struct bundle_result *ret, struct err *err);
#endif
