/* cms.c - see cms.h */
#include "cms.h"
#include "hex.h"
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>

static int said(int code, const char *what, struct err *err)
{
	const char *why = ERR_reason_error_string(ERR_peek_last_error());
	ERR_clear_error();
	return err_set(err, code, "%s%s%s.", what, why ? ": " : "", why ? why : "");
}

static int no_passphrase(char *to, int n, int writing, void *user)
{
	(void)to;
	(void)n;
	(void)writing;
	(void)user;
	return -1;
}

static bool digest(const X509 *x, char ret[static 65])
{
	unsigned char hash[32];
	unsigned n = 0;
	if (X509_digest(x, EVP_sha256(), hash, &n) != 1 || n != sizeof hash)
		return false;
	hex_write(ret, hash, sizeof hash);
	return true;
}

int cms_certificate(const char *certificate, char ret[static 65], struct err *err)
{
	BIO *c = BIO_new_file(certificate, "r");
	X509 *x = c ? PEM_read_bio_X509(c, NULL, NULL, NULL) : NULL;
	int rc =
		x && digest(x, ret)
			? 0
			: said(E_USER, "The certificate for the CMS signature cannot be read", err);
	X509_free(x);
	BIO_free(c);
	return rc;
}

int cms_sign(span bytes, const char *certificate, const char *key, struct buf *ret, struct err *err)
{
	BIO *c = BIO_new_file(certificate, "r"), *k = BIO_new_file(key, "r");
	X509 *x = c ? PEM_read_bio_X509(c, NULL, NULL, NULL) : NULL;
	EVP_PKEY *p = k ? PEM_read_bio_PrivateKey(k, NULL, no_passphrase, NULL) : NULL;
	BIO *data = BIO_new_mem_buf(bytes.p, (int)bytes.n);
	unsigned char *der = NULL;
	CMS_ContentInfo *cms = NULL;
	int rc = 0, n = 0;
	if (!x || !p)
		rc = said(E_USER,
			  !x ? "The certificate for the CMS signature cannot be read"
			     : "The key for the CMS signature cannot be read",
			  err);
	if (!rc)
		cms = CMS_sign(x, p, NULL, data,
			       CMS_DETACHED | CMS_BINARY | CMS_NOATTR | CMS_NOSMIMECAP);
	if (!rc && (!cms || (n = i2d_CMS_ContentInfo(cms, &der)) <= 0))
		rc = said(E_USER, "The CMS signature could not be made", err);
	if (!rc)
		buf_add(ret, (span){ (const char *)der, (size_t)n });
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	EVP_PKEY_free(p);
	X509_free(x);
	BIO_free(data);
	BIO_free(k);
	BIO_free(c);
	return rc;
}

/* d2i takes more spellings than i2d writes: only the written one counts. */
static bool canonical(CMS_ContentInfo *cms, span signature)
{
	unsigned char *der = NULL;
	int n = i2d_CMS_ContentInfo(cms, &der);
	bool same = n >= 0 && span_eq((span){ (const char *)der, (size_t)n }, signature);
	OPENSSL_free(der);
	return same;
}

/* Who the one signer is; false if there are several, or none. */
static bool add_signer(CMS_ContentInfo *cms, struct buf *ret, char ret_sha256[static 65])
{
	STACK_OF(X509) *signers = CMS_get0_signers(cms);
	char *text = NULL;
	BIO *to = BIO_new(BIO_s_mem());
	bool one = to && signers && sk_X509_num(signers) == 1 &&
		   digest(sk_X509_value(signers, 0), ret_sha256);
	if (one) {
		X509_NAME_print_ex(to, X509_get_subject_name(sk_X509_value(signers, 0)), 0,
				   XN_FLAG_RFC2253);
		long n = BIO_get_mem_data(to, &text);
		buf_add(ret, (span){ text, n > 0 ? (size_t)n : 0 });
	}
	BIO_free(to);
	sk_X509_free(signers);
	return one;
}

int cms_check(span signature, span bytes, const char *ca, struct buf *ret_name,
	      char ret_sha256[static 65], struct err *err)
{
	const unsigned char *at = (const unsigned char *)signature.p;
	CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)signature.n);
	BIO *data = BIO_new_mem_buf(bytes.p, (int)bytes.n);
	X509_STORE *store = X509_STORE_new();
	unsigned flags = CMS_BINARY | (ca ? 0 : CMS_NO_SIGNER_CERT_VERIFY);
	int rc = 0;
	if (!cms || !canonical(cms, signature))
		rc = err_set(err, E_FORMAT, "The CMS signature is damaged, or was written anew.");
	else if (ca && X509_STORE_load_file(store, ca) != 1)
		rc = said(E_USER, "The issuer's certificate cannot be read", err);
	else if (CMS_verify(cms, NULL, store, data, NULL, flags) != 1)
		rc = said(E_FORMAT, "The CMS signature does not hold", err);
	else if (!add_signer(cms, ret_name, ret_sha256))
		rc = err_set(err, E_FORMAT, "The CMS signature is of several signers, or of none.");
	ERR_clear_error();
	X509_STORE_free(store);
	BIO_free(data);
	CMS_ContentInfo_free(cms);
	return rc;
}
