/*
 * bundle.h - a folder that leaves a case: its files, a manifest of them, and a signature.
 *
 *   SIGNED.txt        what stands beside the manifest (seals.h); in it, so that a signature that
 * was taken away is missed MANIFEST.sha256   "SHA-256, two spaces, path" of every other file, by
 * path in byte order: what `sha256sum -c` reads MANIFEST.sig      Ed25519 (64 bytes) over
 * "linecheck\0report\0" and the manifest (key.h) SIGNER.pem        the public key, as openssl reads
 * it MANIFEST.cms      the same manifest signed with a certificate (detached CMS, DER), if there is
 *                     one
 *   MANIFEST.tsq      a request for a time stamp (RFC 3161) of the manifest
 *   MANIFEST.tsr      the token, once somebody has fetched it
 *
 * The folder is put together as DIR.part and gets its name when it is whole.
 */
#ifndef BUNDLE_H
#define BUNDLE_H
#include "base/buf.h"
#include "base/err.h"
#include "key.h"
#include <stdio.h>

#define BUNDLE_MANIFEST "MANIFEST.sha256"
#define BUNDLE_SIGNATURE "MANIFEST.sig"
#define BUNDLE_SIGNER "SIGNER.pem"
#define BUNDLE_CMS "MANIFEST.cms"
#define BUNDLE_REQUEST "MANIFEST.tsq"
#define BUNDLE_TOKEN "MANIFEST.tsr"
#define BUNDLE_CONTEXT "report"
#define BUNDLE_PATH_MAX 200

struct bundle;

/* E_USER: dir or dir.part is there already. */
int bundle_new(struct bundle **ret, const char *dir, struct err *err);
/* Removes what is not finished; NULL is legal. */
void bundle_free(struct bundle *b);

/* A file of the bundle: letters, digits, '.', '-', '_', at most one folder. One is open at a time;
 * close it with bundle_close. */
int bundle_open(struct bundle *b, const char *path, FILE **ret, struct err *err);
int bundle_close(struct bundle *b, struct err *err);
int bundle_put(struct bundle *b, const char *path, span bytes, struct err *err);
/* The manifest of all files so far, as bytes. */
int bundle_list(struct bundle *b, struct buf *ret, struct err *err);

struct bundle_signing {
	const struct key *key;                 /* NULL: not signed (training) */
	const char *cms_key, *cms_certificate; /* PEM files, or NULL */
};
/* Write SIGNED.txt, after every other file: from here on bundle_list() is the manifest. */
int bundle_sealed(struct bundle *b, const struct bundle_signing *s, struct err *err);
/* Write SIGNED.txt if bundle_sealed() did not, manifest, signatures and the request, and give the
 * folder its name. ret_sha256: of the manifest. */
int bundle_end(struct bundle *b, const struct bundle_signing *s, char ret_sha256[static 65],
	       struct err *err);

/* Is this a path that a bundle may hold? */
bool bundle_path(span path);
/* The public key as PEM; the only spelling that counts. */
void bundle_pem(const unsigned char sign[static KEY_PUBLIC], struct buf *ret);
/* Of a file on disk. E_FORMAT: it is not a plain file. */
int bundle_sha256(const char *path, char ret[static 65], struct err *err);
#endif
