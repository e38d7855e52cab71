/* stamp.c - see stamp.h */
#include "stamp.h"
#include "base/time.h"
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>

static int said(int code, const char *what, struct err *err)
{
	const char *why = ERR_reason_error_string(ERR_peek_last_error());
	ERR_clear_error();
	return err_set(err, code, "%s%s%s.", what, why ? ": " : "", why ? why : "");
}

static bool digest(span bytes, unsigned char ret[static 32])
{
	unsigned n = 0;
	return EVP_Digest(bytes.p, bytes.n, ret, &n, EVP_sha256(), NULL) == 1 && n == 32;
}

/* A request for the digest; the caller's to free. NULL: memory ran out. */
static TS_REQ *request(span bytes)
{
	unsigned char hash[32];
	TS_REQ *q = TS_REQ_new();
	TS_MSG_IMPRINT *print = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	bool made = q && print && algorithm && digest(bytes, hash) &&
		    X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
		    TS_MSG_IMPRINT_set_algo(print, algorithm) == 1 &&
		    TS_MSG_IMPRINT_set_msg(print, hash, sizeof hash) == 1 &&
		    TS_REQ_set_version(q, 1) == 1 && TS_REQ_set_msg_imprint(q, print) == 1 &&
		    TS_REQ_set_cert_req(q, 1) == 1;
	X509_ALGOR_free(algorithm);
	TS_MSG_IMPRINT_free(print);
	if (made)
		return q;
	TS_REQ_free(q);
	return NULL;
}

int stamp_request(span bytes, struct buf *ret, struct err *err)
{
	unsigned char *der = NULL;
	TS_REQ *q = request(bytes);
	int n = q ? i2d_TS_REQ(q, &der) : -1;
	if (n > 0)
		buf_add(ret, (span){ (const char *)der, (size_t)n });
	OPENSSL_free(der);
	TS_REQ_free(q);
	return n > 0 ? 0 : said(E_NOMEM, "The request for a time stamp could not be made", err);
}

static bool same_digest(TS_TST_INFO *info, span bytes)
{
	unsigned char hash[32];
	TS_MSG_IMPRINT *print = TS_TST_INFO_get_msg_imprint(info);
	const ASN1_OBJECT *algorithm = NULL;
	ASN1_OCTET_STRING *stamped = print ? TS_MSG_IMPRINT_get_msg(print) : NULL;
	if (!stamped || !digest(bytes, hash))
		return false;
	X509_ALGOR_get0(&algorithm, NULL, NULL, TS_MSG_IMPRINT_get_algo(print));
	return OBJ_obj2nid(algorithm) == NID_sha256 && ASN1_STRING_length(stamped) == 32 &&
	       memcmp(ASN1_STRING_get0_data(stamped), hash, 32) == 0;
}

static bool time_of(TS_TST_INFO *info, int64_t *ret)
{
	struct tm t;
	const ASN1_GENERALIZEDTIME *at = TS_TST_INFO_get_time(info);
	if (!at || ASN1_TIME_to_tm(at, &t) != 1)
		return false;
	*ret = (time_days(t.tm_year + 1900, (unsigned)t.tm_mon + 1, (unsigned)t.tm_mday) * 86400 +
		t.tm_hour * 3600 + t.tm_min * 60 + t.tm_sec) *
	       1000;
	return true;
}

/* The certificates in the token itself, whoever issued them and whether or not they have expired.
 */
static bool trust_own(X509_STORE *store, TS_RESP *r)
{
	PKCS7 *token = TS_RESP_get_token(r);
	STACK_OF(X509) *own = token && PKCS7_type_is_signed(token) ? token->d.sign->cert : NULL;
	for (int i = 0; own && i < sk_X509_num(own); i++)
		if (X509_STORE_add_cert(store, sk_X509_value(own, i)) != 1)
			return false;
	return X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME) ==
	       1;
}

/* ca NULL: only that the token is signed by a certificate in it, which the token names by its hash.
 */
static int check_issuer(TS_RESP *r, span bytes, const char *ca, struct err *err)
{
	TS_VERIFY_CTX *v = TS_VERIFY_CTX_new();
	X509_STORE *store = X509_STORE_new();
	BIO *data = BIO_new_mem_buf(bytes.p, (int)bytes.n);
	int rc = 0;
	if (!v || !store || !data)
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	else if (!ca && !trust_own(store, r))
		rc = said(E_FORMAT, "The time stamp's certificates cannot be used", err);
	else if (ca && X509_STORE_load_file(store, ca) != 1)
		rc = said(E_USER, "The certificate of the time stamp's issuer cannot be read", err);
	if (rc) {
		X509_STORE_free(store);
		BIO_free(data);
	} else {
		TS_VERIFY_CTX_set_flags(v, TS_VFY_SIGNATURE | TS_VFY_VERSION | TS_VFY_DATA);
		TS_VERIFY_CTX_set_store(v, store); /* taken over, and so is data */
		TS_VERIFY_CTX_set_data(v, data);
		if (TS_RESP_verify_response(v, r) != 1)
			rc = said(E_FORMAT, "The time stamp does not hold", err);
	}
	TS_VERIFY_CTX_free(v);
	return rc;
}

/* The answer as it would be written, which leaves no room for bytes that nobody signed. */
static bool canonical(TS_RESP *r, span token)
{
	unsigned char *der = NULL;
	int n = i2d_TS_RESP(r, &der);
	bool same = n >= 0 && span_eq((span){ (const char *)der, (size_t)n }, token);
	OPENSSL_free(der);
	return same;
}

int stamp_check(span token, span bytes, const char *ca, int64_t *ret_time, struct err *err)
{
	const unsigned char *at = (const unsigned char *)token.p;
	TS_RESP *r = d2i_TS_RESP(NULL, &at, (long)token.n);
	TS_TST_INFO *info = r ? TS_RESP_get_tst_info(r) : NULL;
	int64_t when = 0;
	int rc = 0;
	if (!info)
		rc = err_set(err, E_FORMAT,
			     "The answer is not a time stamp, or the request was refused.");
	else if (!canonical(r, token))
		rc = err_set(err, E_FORMAT, "The time stamp is damaged, or was written anew.");
	else if (!same_digest(info, bytes))
		rc = err_set(err, E_FORMAT, "The time stamp is of something else.");
	else if (!time_of(info, &when))
		rc = err_set(err, E_FORMAT, "The time stamp bears no time that can be read.");
	if (!rc)
		rc = check_issuer(r, bytes, ca, err);
	if (!rc)
		*ret_time = when;
	TS_RESP_free(r);
	ERR_clear_error();
	return rc;
}
