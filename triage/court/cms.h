/*
 * cms.h - a detached CMS signature (RFC 5652) with a certificate that the force has from its own
 * issuer. Made without a signing time: RSA keys then give the same bytes for the same manifest.
 */
#ifndef COURT_CMS_H
#define COURT_CMS_H
#include "base/buf.h"
#include "base/err.h"

/* certificate, key: PEM files; the key must have no passphrase. DER, appended to ret. */
int cms_sign(span bytes, const char *certificate, const char *key, struct buf *ret,
	     struct err *err);
/* SHA-256 of a certificate's DER, as hex; a PEM file. */
int cms_certificate(const char *certificate, char ret[static 65], struct err *err);
/* 0: the signature is by the certificate in it over these bytes, and its own bytes are the only
 * spelling of it. There is one signer. ret_name: whose certificate that says it is; ret_sha256: of
 * the certificate. Whether its issuer is trusted is
 * asked only with ca (a PEM file; NULL: not asked). */
int cms_check(span signature, span bytes, const char *ca, struct buf *ret_name,
	      char ret_sha256[static 65], struct err *err);
#endif
